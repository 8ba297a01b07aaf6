"""Threads never meet over the same bytes: the work of -j under the thread sanitizer, whose output is that of one thread.

    threads.py GBLINT ROOT [NAME]"""
import os
import pathlib
import shutil
import subprocess
import sys

import harness
from harness import Skip, equal

gblint, root = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
FORMATS = ['text', 'concise', 'json', 'sarif', 'junit', 'checkstyle', 'github', 'gitlab', 'rdjson', 'comments', 'html']
DRAFT = '# 1 范围\n\n本文件规定了办理的要求，见{0}.9。\n\n# 4 要求\n\n登记应当在{0} 个工作日内完成.\n\n```mermaid\nflowchart TD\nA[登记]-->B{{审核}}\nB-->A\n```\n\n图{0} 流程\n'
# It needs a layout of memory that newer kernels give only when asked.
WAYS = [], ['setarch', '-R']


def command():
    for way in WAYS:
        if not way or shutil.which(way[0]):
            if subprocess.run([*way, gblint, '--version'], capture_output=True).returncode == 0:
                return [*way, gblint]
    raise Skip('the thread sanitizer does not run on this kernel')


def output(cwd, *args):
    done = subprocess.run([*command(), *map(str, args)], cwd=cwd, capture_output=True,
                          env={'PATH': os.environ['PATH'], 'LANG': 'C.UTF-8', 'TSAN_OPTIONS': 'exitcode=66'})
    told = done.stderr.decode(errors='replace')
    if done.returncode not in (0, 1) or 'ThreadSanitizer' in told:
        raise AssertionError(f'{args[:8]}: status {done.returncode}: {told[:3000]}')
    return done.stdout


def same(cwd, *args):
    """With four threads as with one."""
    equal(output(cwd, *args, '-j', '4') == output(cwd, *args, '-j', '1'), True, args[:8])


def lint(cwd, *args):
    same(cwd, 'lint', '--level', 'info', '--as-of', '2025-01-01', *args)


def test_fixtures():
    folders = ['clean', 'docbook', 'fragment', 'shapes', 'twins']
    files = [p for folder in folders for p in sorted((root / 'fixtures' / folder).rglob('*')) if p.suffix in ('.md', '.xml')]
    lint(root, '--no-config', '-f', 'json', *files)


def test_small_drafts():
    """All formats at once, in which what one thread has judged is written by another."""
    with harness.Scratch(gblint) as s:
        for i in range(200):
            s.write(f'd{i}.md', DRAFT.format(i))
        targets = [a for name in FORMATS for a in ('-f', name, '-o', f'out.{name}')]
        outs = []
        for jobs in '1', '4':
            output(s.path, 'lint', '--no-config', '--level', 'info', *targets, '-j', jobs, '.')
            outs.append([s.bytes(f'out.{name}') for name in FORMATS])
        equal(outs[0] == outs[1], True)


def test_fix():
    """Drafts that share a file are mended as they stand in a row: each sees what those before it have changed."""
    def files(s):
        return {p.name: p.read_bytes() for p in s.path.iterdir() if p.suffix in ('.md', '.xml')}

    with harness.Scratch(gblint) as s:
        for i in range(60):
            s.write(f'd{i:02}.md', DRAFT.format(i))
        s.write('part.xml', '<section xmlns="http://docbook.org/ns/docbook"><title>要求</title><para>登记应当在5 个工作日内完成，见GB/T 1.1-2009.</para></section>')
        for i in range(20):
            s.write(f'x{i:02}.xml', '<article xmlns="http://docbook.org/ns/docbook" version="5.0"><section><title>范围</title><para>本文件规定了办理的要求.</para></section>'
                                    '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="part.xml"/></article>')
        names = [name for name in files(s) if name != 'part.xml']
        for more in [], ['--unsafe', '--renumber']:
            same(s.path, 'fix', *more, '--diff', *names)
            before, told, after = files(s), [], []
            for jobs in '4', '1':
                for name, text in before.items():
                    s.write(name, text)
                told.append(output(s.path, 'fix', *more, '-j', jobs, *names))
                after.append(files(s))
            equal(told[0] == told[1] and after[0] == after[1], True, more)
            equal(after[0] != before, True, more)


def test_facts():
    with harness.Scratch(gblint) as s:
        for i in range(60):
            s.write(f'd{i}.md', DRAFT.format(i) + f'\n应符合GB/T 1.1—2009的规定，登记表{i}。\n')
        s.write('b.csv', 'term,status,concept\n登记单,preferred,c1\n登记表,deprecated,c1\n')
        same(s.path, 'facts', '--terms', 'b.csv', '.')
        same(s.path, 'facts', '-o', 'all.jsonl', '.')
        lint(s.path, '-f', 'json', '--facts', 'all.jsonl')


def test_bank_and_registry():
    with harness.Scratch(gblint) as s:
        for i in range(20):
            s.write(f'd{i}.md', DRAFT.format(i) + f'\n应符合GB/T 1.1—2009的规定，登记表{i}。\n')
        s.write('r.csv', 'code,year,status,replaced_by\nGB/T 1.1,2009,废止,GB/T 1.1—2020\n')
        s.write('b.csv', 'term,status,concept\n登记单,preferred,c1\n登记表,deprecated,c1\n')
        lint(s.path, '-f', 'json', '--no-config', '--registry', 'r.csv', '--terms', 'b.csv', '.')


def test_series():
    lint(root / 'fixtures/series', '-f', 'json', '.')
    lint(root / 'fixtures/system', '-f', 'json', '--manifest', 'manifest.csv', '.')


def test_changes_since():
    if not shutil.which('git'):
        raise Skip('git is not installed')
    with harness.Scratch(gblint) as s:
        for i in range(30):
            s.write(f'd{i}.md', DRAFT.format(i))
        for args in ['init', '-q'], ['add', '.'], ['-c', 'user.name=甲', '-c', 'user.email=a@example.org', 'commit', '-qm', 'a']:
            subprocess.run(['git', *args], cwd=s.path, check=True)
        for i in range(30):
            s.write(f'd{i}.md', DRAFT.format(i).replace('范围', '范围 '))
        lint(s.path, '-f', 'json', '--since', 'HEAD', '.')
        subprocess.run(['git', 'add', '.'], cwd=s.path, check=True)
        lint(s.path, '-f', 'json', '--staged')
        output(s.path, 'baseline', '.')
        lint(s.path, '-f', 'json', '.')


harness.main(globals())
