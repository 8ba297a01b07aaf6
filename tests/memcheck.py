"""Nothing is read that was not written, and nothing is lost: the program under memcheck of valgrind.

    memcheck.py GBLINT ROOT [NAME]       some drafts, all formats and commands
    memcheck.py --golden GBLINT ROOT     every fixture, one by one: some minutes

The program must be linked with a C library that valgrind can look into."""
import os
import pathlib
import shutil
import subprocess
import sys

import harness
from harness import Skip

GOLDEN = sys.argv[1] == '--golden'
if GOLDEN:
    del sys.argv[1]
gblint, root = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
FORMATS = ['text', 'concise', 'json', 'sarif', 'junit', 'checkstyle', 'github', 'gitlab', 'rdjson', 'comments', 'html']
OUTPUTS = [a for name in FORMATS for a in ('-f', name, '-o', '/dev/null')]
LINT = ['lint', '--level', 'info', '--no-config', *OUTPUTS]


def check(*args, cwd=root, status=(0, 1)):
    if not shutil.which('valgrind'):
        raise Skip('valgrind is not installed')
    # What is still reachable at the end is given back by the end.
    done = subprocess.run(['valgrind', '-q', '--error-exitcode=99', '--leak-check=full', '--show-leak-kinds=definite', '--errors-for-leak-kinds=definite',
                           '--', gblint, *map(str, args)], cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          env={'PATH': os.environ['PATH'], 'LANG': 'C.UTF-8'})
    if done.returncode not in status:
        raise AssertionError(f'{args[0]} … {args[-1]}: status {done.returncode}: {done.stderr.decode(errors="replace")[:3000]}')


def test_drafts():
    check(*LINT, 'fixtures/shapes/figures-flowchart-notations.md', 'fixtures/docbook/pandoc.xml', 'fixtures/clean/service.md', 'fixtures/series/borrowing.md')


def test_seed():
    check(*LINT, '--statistics', 'fixtures/db32-t-2796-2015.md')


def test_commands():
    with harness.Scratch(gblint) as s:
        for name in 'a.md', 'b.md':
            shutil.copy(root / 'fixtures/series/borrowing.md', s.path / name)
        s.write('.gblint.yaml', 'rules: {TYP: warning}\nterms: [{preferred: 借阅, deprecated: [外借]}]\n')
        for args in (['fix', '--unsafe', '--diff'], ['fix', '--unsafe', '--renumber'], ['outline', '-f', 'json'], ['terms', '-f', 'tbx'], ['facts'], ['baseline']):
            check(*args, 'a.md', cwd=s.path)
        check('lint', '-j', '2', 'a.md', 'b.md', cwd=s.path)
    check('flow', '-f', 'svg', '-o', '/dev/null', 'fixtures/flow/good/05-lanes.mmd')
    check('explain', 'SCP-001')


def all_fixtures():
    files = [p for p in sorted((root / 'fixtures').rglob('*')) if p.suffix in ('.md', '.xml', '.dbk')]
    charts = [p for p in sorted((root / 'fixtures').rglob('*')) if p.suffix in ('.mmd', '.dot', '.puml', '.drawio', '.bpmn', '.svg', '.png')]
    failed = 0
    for args in [[*LINT, p] for p in files] + [['flow', '-f', 'svg', '-o', '/dev/null', p] for p in charts]:
        try:
            check(*args, status=(0, 1, 2))
        except AssertionError as error:
            failed += 1
            print(error, flush=True)
    print(f'{len(files)} drafts, {len(charts)} charts, {failed} failed')


if GOLDEN:
    all_fixtures()
else:
    harness.main(globals())
