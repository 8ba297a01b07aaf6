"""The daily workflow: baselines, staged content, changes since a revision, hooks, watching, progress.

    workflow.py GBLINT ROOT [NAME]"""
import json
import os
import pathlib
import re
import subprocess
import sys
import time

from harness import Scratch, Skip, equal, holds, main

GBLINT = pathlib.Path(sys.argv[1]).resolve()
ROOT = pathlib.Path(sys.argv[2]).resolve()

# A draft with findings in several clauses: each sentence with 尽快 is one of WRD.
HEAD = '''# 旧书登记规程

## 1 范围

本文件规定了旧书的登记和保管。

本文件适用于旧书的登记。

## 2 规范性引用文件

本文件没有规范性引用文件。

## 3 术语和定义

本文件没有需要界定的术语和定义。

'''
BODY = '''## 4 登记

### 4.1 接收

旧书应尽快登记。

### 4.2 查看

查看人应记下破损。

## 5 保管

### 5.1 上架

旧书应尽快上架。

### 5.2 借出

旧书应借给读者。
'''
DRAFT = HEAD + BODY
CLEAN = DRAFT.replace('尽快', '当日')


class Folder(Scratch):
    """A scratch folder in which gblint and git are run."""

    def __init__(self, **files):
        super().__init__(GBLINT, **files)
        self.env = {'HOME': str(self.path / '.home'), 'GIT_CONFIG_NOSYSTEM': '1', 'GIT_CEILING_DIRECTORIES': str(self.path.parent)}

    def run(self, *args, stdin='', env=None, cwd='.', program=None):
        done = subprocess.run([program or self.program, *map(str, args)], input=stdin.encode(), capture_output=True,
                              cwd=self.path / cwd, env={'PATH': os.environ['PATH'], **self.env, **(env or {})})
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def json(self, *args, **more):
        status, out, err = self.run('-f', 'json', *args, **more)
        return json.loads(out) if out else {'status': status, 'err': err}

    def git(self, *args, cwd='.', env=None, ok=True):
        status, out, err = self.run(*args, program='git', cwd=cwd,
                                    env={'GIT_AUTHOR_NAME': 'a', 'GIT_AUTHOR_EMAIL': 'a@example.org', 'GIT_COMMITTER_NAME': 'a',
                                         'GIT_COMMITTER_EMAIL': 'a@example.org', **(env or {})})
        if ok and status:
            raise AssertionError(f'git {args}: {out}{err}')
        return status, out + err

    def repository(self):
        self.git('init', '-q', '-b', 'main', '.')
        return self

    def commit(self, message='all'):
        self.git('add', '-A', '.')
        self.git('commit', '-q', '--allow-empty', '-m', message)


def found(output, rule='', key='findings'):
    """Rule and clause of the findings of all drafts whose rule begins so."""
    return [(f['rule'], f['clause']) for d in output['files'] for f in d[key] if f['rule'].startswith(rule)]


SOON = [('WRD-015', '4.1'), ('WRD-015', '5.1')]


# ---- Baseline ----

BASELINE = '.gblint-baseline.json'


def known(f):
    return [e for e in json.loads(f.read(BASELINE))['known'] if e]


def test_baseline_leaves_out_what_is_known():
    with Folder(a__md=DRAFT) as f:
        before = f.json('a.md')
        equal(found(before, 'WRD'), SOON)
        equal('fixed' in before['files'][0], False)
        status, out, err = f.run('baseline', 'a.md')
        equal((status, err), (0, ''))
        holds(out, BASELINE, '新增')
        after = f.json('a.md')
        equal(found(after), [])
        equal(after['summary'], {'error': 0, 'warning': 0, 'info': 0, 'suppressed': 0, 'known': len(found(before))})
        equal(sorted(found(after, key='suppressed')), sorted(found(before)))
        equal({s['known'] for d in after['files'] for s in d['suppressed']}, {True})
        equal(after['files'][0]['fixed'], [])
        holds(f.run('a.md')[1], '记在基线中')
        results = json.loads(f.run('-f', 'sarif', 'a.md')[1])['runs'][0]['results']
        equal({s['kind'] for r in results for s in r['suppressions']}, {'external'})
        equal(f.run('--fail-on', 'info', 'a.md')[0], 0)
        equal(f.run('--fail-on', 'info', '--no-baseline', 'a.md')[0], 1)
        equal(found(f.json('--no-baseline', 'a.md')), found(before))
        f.write('.gblint.yaml', 'baseline: off\n')
        equal(found(f.json('a.md')), found(before))
        holds(f.run('--show-config', 'a.md')[1], 'baseline: off')


def test_baseline_is_kept_by_words_not_lines():
    with Folder(a__md=DRAFT) as f:
        f.run('baseline', 'a.md')
        stored = f.bytes(BASELINE)
        # Lines before, words wrapped anew, a new sentence beside: all known stay known.
        f.write('a.md', DRAFT.replace('## 4 登记', '\n\n\n## 4 登记').replace('旧书应尽快登记。', '旧书应尽快登\n记。馆长应看护旧书。'))
        equal(found(f.json('a.md')), [])
        # Another clause before: the numbers are others.
        f.write('a.md', DRAFT.replace('### 5.1', '### 5.1 清点\n\n旧书应清点。\n\n### 5.2').replace('### 5.2 借出', '### 5.3 借出'))
        equal(found(f.json('a.md'), 'WRD'), [])
        # The same words in another clause are new; so is a second one in the same.
        f.write('a.md', DRAFT.replace('旧书应借给读者。', '旧书应尽快借给读者。'))
        equal(found(f.json('a.md'), 'WRD'), [('WRD-015', '5.2')])
        f.write('a.md', DRAFT)
        f.run('baseline', 'a.md')
        equal(f.bytes(BASELINE), stored)
    comma = '馆员应登记,保管旧书。'
    with Folder(a__md=CLEAN.replace('旧书应借给读者。', comma)) as f:
        f.run('baseline', 'a.md')
        f.write('a.md', CLEAN.replace('旧书应借给读者。', f'{comma}\n\n{comma}'))
        equal(found(f.json('a.md'), 'TYP'), [('TYP-001', '5.2')])
        f.run('baseline', 'a.md')
        equal([e['n'] for e in known(f) if e['rule'] == 'TYP-001'], [2])


def test_baseline_only_falls_with_prune():
    with Folder(a__md=DRAFT, b__md=DRAFT) as f:
        f.run('baseline', 'a.md', 'b.md')
        n = sum(e['n'] for e in known(f))
        f.write('a.md', DRAFT.replace('旧书应尽快登记。', '旧书应登记。').replace('旧书应借给读者。', '旧书应尽快借给读者。'))
        status, out, err = f.run('a.md')
        holds(err, BASELINE, '--prune', '1 个')
        equal(f.run('-q', 'a.md')[2], '')
        output = f.json('a.md')
        equal([(x['rule'], x['clause'], x['quote'], x['n']) for x in output['files'][0]['fixed']], [('WRD-015', '4.1', '尽快', 1)])
        # With a rule switched off its silence means nothing.
        equal(f.json('--ignore', 'WRD', 'a.md')['files'][0]['fixed'], [])
        equal(f.run('--ignore', 'WRD', 'a.md')[2], '')
        holds(f.run('baseline', '--prune', 'a.md')[1], '移出 1 个')
        equal(sum(e['n'] for e in known(f)), n - 1)
        equal(found(f.json('a.md'), 'WRD'), [('WRD-015', '5.2')])
        equal(f.run('a.md')[2], '')
        holds(f.run('baseline', 'a.md')[1], '新增 1 个')
        equal(sum(e['n'] for e in known(f)), n)
        # A plain run takes nothing out; drafts that are not named keep theirs; files that are gone go with --prune.
        f.write('a.md', CLEAN)
        holds(f.run('baseline', 'a.md')[1], '新增 0 个', '2 个已不再出现')
        equal(sum(e['n'] for e in known(f)), n)
        (f.path / 'b.md').unlink()
        f.run('baseline', '--prune', 'a.md')
        equal({e['file'] for e in known(f)} <= {'a.md'}, True)
        equal([e for e in known(f) if e['rule'].startswith('WRD')], [])


def test_baseline_form():
    with Folder(a__md=DRAFT) as f:
        f.write('sub/中文 b.md', DRAFT)
        f.repository()
        f.run('baseline', '中文 b.md', cwd='sub')
        f.run('baseline', 'a.md')
        lines = f.read(BASELINE).splitlines()
        equal((lines[0], lines[-1]), ('{"schema":1,"known":[', '{}]}'))
        entries = [json.loads(line[:-1]) for line in lines[1:-1]]
        equal({e['file'] for e in entries}, {'a.md', 'sub/中文 b.md'})
        equal([e['file'] for e in entries], sorted(e['file'] for e in entries))
        equal('"line"' in f.read(BASELINE), False)
        # Bytes are the same whatever was given first, and after lines were put in another order or doubled by a merge.
        stored = f.bytes(BASELINE)
        (f.path / BASELINE).unlink()
        f.run('baseline', '.')
        equal(f.bytes(BASELINE), stored)
        f.write(BASELINE, '\n'.join([lines[0], *reversed(lines[1:-1]), lines[1], lines[-1], '']))
        equal(f.json('.')['summary']['error'], 0)
        f.run('baseline', 'a.md')
        equal(f.bytes(BASELINE), stored)
        equal(found(f.json('sub')), [])
        equal(found(f.json('中文 b.md', cwd='sub')), [])
        equal(found(f.json('--stdin-name', 'a.md', '-', stdin=DRAFT)), [])
        equal(found(f.json('-', stdin=DRAFT), 'WRD'), SOON)


def test_baseline_two_branches_merge():
    with Folder(a__md=DRAFT, b__md=CLEAN, c__md=CLEAN) as f:
        f.repository()
        f.write('.gitattributes', f'{BASELINE} merge=union\n')
        f.run('baseline', '.')
        f.commit()
        f.git('checkout', '-q', '-b', 'other')
        f.write('b.md', DRAFT)
        f.run('baseline', '.')
        f.commit()
        f.git('checkout', '-q', 'main')
        f.write('c.md', DRAFT)
        f.run('baseline', '.')
        f.commit()
        f.git('merge', '-q', '-m', 'both', 'other')
        equal(found(f.json('.')), [])
        equal(f.run('.')[2], '')


def test_baseline_faults():
    good = '{"file":"a.md","clause":"4.1","rule":"WRD-015","quote":"","words":"%s","around":"%s","n":1},\n' % ('0' * 16, 'f' * 16)
    head, end = '{"schema":1,"known":[\n', '{}]}\n'
    for text, place, *words in [
        ('', ':1'), ('{"schema":1', ':1'), (head + good + '<<<<<<< ours\n' + end, ':3'), ('[]', ''), ('{"schema":2,"known":[]}', ''),
        (head + good + good.replace('"rule"', '"rul"') + end, ':3', 'rule'), (head + good.replace(',"n":1', ',"n":-1') + end, ':2', 'n'),
        (head + good.replace('0' * 16, 'xyz') + end, ':2'), (head + good.replace('"clause":"4.1",', '') + end, ':2', 'clause'),
        (head + '7,\n' + end, ''),
    ]:
        with Folder(a__md=DRAFT) as f:
            f.write(BASELINE, text)
            for command in (['a.md'], ['baseline', 'a.md'], ['fix', 'a.md'], ['baseline', '--prune', 'a.md']):
                status, out, err = f.run(*command)
                equal((status, out), (2, ''), text)
                holds(err, BASELINE + place, *words)
            equal(f.read(BASELINE), text)
            equal(f.read('a.md'), DRAFT)
            equal(f.run('--no-baseline', '--fail-on', 'never', 'a.md')[0], 0)
    with Folder(a__md=DRAFT) as f:
        os.mkfifo(f.path / BASELINE)
        equal(f.run('a.md')[0], 2)
    with Folder(a__md=DRAFT) as f:
        equal(f.run('baseline')[0], 2)
        equal(f.run('baseline', 'none.md')[0], 2)
        equal(f.run('baseline', 'a.md', 'none.md')[0], 2)
        equal((f.path / BASELINE).exists(), False)
        equal(f.run('baseline', '--prune', 'a.md')[0], 0)
        equal((f.path / BASELINE).exists(), False)


def test_baseline_is_the_nearest_in_the_project():
    with Folder() as f:
        f.write('p/sub/a.md', DRAFT)
        f.write('p/inner/b.md', DRAFT)
        f.git('init', '-q', 'p')
        f.git('init', '-q', 'p/inner')
        f.run('baseline', 'p/sub/a.md')
        equal((f.path / 'p' / BASELINE).exists(), True)
        equal(found(f.json('p/sub/a.md')), [])
        equal(found(f.json('p/inner/b.md'), 'WRD'), SOON)
        f.run('baseline', 'p/inner/b.md')
        equal((f.path / 'p/inner' / BASELINE).exists(), True)
        equal(found(f.json('p')), [])


def test_baseline_holds_more_than_is_told():
    many = ''.join(f'馆员应登记,保管第{n}本旧书。\n\n' for n in range(1500))
    with Folder(a__md=DRAFT.replace('旧书应尽快登记。', many)) as f:
        f.run('baseline', 'a.md')
        output = f.json('a.md')
        equal(found(output), [])
        equal(output['summary']['known'] > 1500, True)


def test_baseline_in_fix_and_series():
    with Folder(a__md=DRAFT.replace('旧书应借给读者。', '旧书应借给读者,馆员。')) as f:
        text = f.read('a.md')
        f.run('baseline', 'a.md')
        f.run('fix', 'a.md')
        equal(f.read('a.md'), text)
        f.run('fix', '--no-baseline', 'a.md')
        equal(f.read('a.md') == text, False)
    with Folder(a__md=DRAFT, b__md=DRAFT.replace('旧书登记规程', '旧书保管规程')) as f:
        f.write('.gblint.yaml', 'series:\n  - {name: books, files: ["*.md"]}\n')
        before = f.json('.')
        f.run('baseline', '.')
        equal(found(f.json('.')), [])
        equal(f.json('.')['summary']['known'], len(found(before)))


def test_baseline_knows_levels():
    """What was known as a warning is new when it has become an error, and known when it has become milder."""
    with Folder(a__md=DRAFT) as f:
        f.write('.gblint.yaml', 'rules:\n  WRD-015: info\n')
        f.run('baseline', 'a.md')
        equal({e['level'] for e in known(f) if e['rule'] == 'WRD-015'}, {'info'})
        for level, new in ('warning', SOON), ('error', SOON), ('info', []):
            f.write('.gblint.yaml', f'rules:\n  WRD-015: {level}\n')
            equal(found(f.json('a.md'), 'WRD-015'), new, level)
            equal(f.json('a.md')['summary'].get('fixed', 0), 0, level)
        # A graver one is not added by --prune, nor is what it was before taken out; taken down anew, it takes its place.
        f.write('.gblint.yaml', 'rules:\n  WRD-015: warning\n')
        f.run('baseline', '--prune', 'a.md')
        equal([e['level'] for e in known(f) if e['rule'] == 'WRD-015'], ['info'] * 2)
        f.run('baseline', 'a.md')
        equal(found(f.json('a.md'), 'WRD-015'), [])
        equal([e['level'] for e in known(f) if e['rule'] == 'WRD-015'], ['warning'] * 2)
        f.write('.gblint.yaml', 'rules:\n  WRD-015: info\n')
        equal(found(f.json('a.md'), 'WRD-015'), [])
        # Of a baseline without levels all are known.
        f.write(BASELINE, re.sub('"level":"[a-z]+",', '', f.read(BASELINE)))
        f.write('.gblint.yaml', 'rules:\n  WRD-015: error\n')
        equal(found(f.json('a.md'), 'WRD-015'), [])
        f.run('baseline', 'a.md')
        equal({e['level'] for e in known(f) if e['rule'] == 'WRD-015'}, {'error'})
        f.write(BASELINE, f.read(BASELINE).replace('"level":"error"', '"level":"grave"', 1))
        status, _, err = f.run('a.md')
        equal(status, 2)
        holds(err, 'level')


def test_baseline_entries_of_series_become_stale():
    """A finding that two drafts gave is known to be gone only where all drafts were read."""
    def of_series(f):
        return [e for e in known(f) if re.match('SYS-(?!011)', e['rule'])]
    with Folder() as f:
        for path in (ROOT / 'fixtures/series').iterdir():
            if path.suffix in ('.md', '.yaml'):
                f.write(path.name, path.read_text())
        drafts = sorted(path.name for path in f.path.glob('*.md'))
        f.run('baseline', '.')
        first = of_series(f)
        equal(len(first) > 3, True)
        # All but one draft say nothing any more.
        for name in drafts[1:]:
            f.write(name, CLEAN)
        equal([fixed for d in f.json(drafts[0])['files'] for fixed in d['fixed'] if fixed['rule'].startswith('SYS-0') and fixed['rule'] != 'SYS-011'], [])
        equal(any(fixed['rule'].startswith('SYS-') for d in f.json('.')['files'] for fixed in d['fixed']), True)
        f.run('baseline', '--prune', drafts[0])
        equal(len([e for e in of_series(f) if e['file'] == drafts[0]]), len([e for e in first if e['file'] == drafts[0]]))
        f.run('baseline', '--prune', '.')
        equal(of_series(f), [])


def test_baseline_and_suppression():
    quiet = DRAFT.replace('旧书应尽快登记。', '<!-- gblint-disable-next-line WRD-015: 待定 -->\n旧书应尽快登记。')
    with Folder(a__md=quiet) as f:
        f.run('baseline', 'a.md')
        equal([e['clause'] for e in known(f) if e['rule'] == 'WRD-015'], ['5.1'])
        f.write('a.md', DRAFT)
        equal(found(f.json('a.md'), 'WRD'), [('WRD-015', '4.1')])


# ---- Staged content ----

def test_staged_content_is_judged():
    with Folder(a__md=CLEAN) as f:
        f.repository().commit()
        f.write('a.md', DRAFT)
        f.git('add', 'a.md')
        f.write('a.md', CLEAN)
        f.write('b.md', DRAFT)
        equal(found(f.json('--staged'), 'WRD'), SOON)
        equal(found(f.json('--staged', 'a.md'), 'WRD'), SOON)
        equal([d['path'] for d in f.json('--staged')['files']], ['a.md'])
        # The other way round: staged is right, the work tree is not.
        f.git('add', 'a.md')
        f.write('a.md', DRAFT)
        equal(f.json('--staged')['files'], [])
        equal(f.run('--staged')[0], 0)
        equal(found(f.json('--staged', 'a.md')), [])
        # A part of the changes is staged, and places are those of the staged text.
        f.write('a.md', '\n\n' + DRAFT)
        f.git('add', 'a.md')
        f.write('a.md', CLEAN)
        lines = [x['start']['line'] for x in f.json('--staged')['files'][0]['findings'] if x['rule'] == 'WRD-015']
        equal(lines, [23, 33])
        status, out, err = f.run('--staged', 'b.md')
        equal(status, 2)
        holds(err, 'b.md', 'git add')


def test_staged_files():
    with Folder(old__md=DRAFT, gone__md=DRAFT, same__md=DRAFT, README__md='# 说明\n\n如何安装。\n') as f:
        f.repository().commit()
        f.git('mv', 'old.md', '新 名.md')
        f.git('rm', '-q', 'gone.md')
        f.write('sub/line\nbreak.md', DRAFT)
        f.write('sub/中文.md', DRAFT)
        f.write('out/excluded.md', DRAFT)
        f.write('notes.txt', DRAFT)
        f.write('pom.xml', '<project/>')
        (f.path / 'link.md').symlink_to('same.md')
        f.write('.gblint.yaml', 'exclude: [out]\n')
        f.git('add', '-A', '.')
        for path in ('sub/中文.md', 'sub/line\nbreak.md'):
            (f.path / path).unlink()
        (f.path / 'sub').rmdir()
        output = f.json('--staged')
        equal(sorted(d['path'] for d in output['files']), sorted(['sub/line break.md', 'sub/中文.md', '新 名.md']))
        equal(len(found(output, 'WRD-015')), 6)
        equal([d['path'] for d in f.json('--staged', 'out')['files']], [])
        equal([d['path'] for d in f.json('--staged', 'out/excluded.md')['files']], ['out/excluded.md'])
        equal([d['path'] for d in f.json('--staged', '--force-exclude', 'out/excluded.md')['files']], [])
        # From a folder below: all of the repository, as seen from there.
        equal(sorted(d['path'] for d in f.json('--staged', cwd='out')['files']),
              sorted(['../sub/line break.md', '../sub/中文.md', '../新 名.md']))
        (f.path / 'sub').mkdir()
        equal(sorted(d['path'] for d in f.json('--staged', cwd='sub')['files']), sorted(['line break.md', '中文.md', '../新 名.md']))
        equal(sorted(d['path'] for d in f.json('--staged', '.', cwd='sub')['files']), sorted(['line break.md', '中文.md']))
        equal(found(f.json('--staged', '中文.md', cwd='sub'), 'WRD'), SOON)


def test_staged_before_the_first_commit_and_in_work_trees():
    with Folder() as f:
        f.write('r/a.md', DRAFT)
        f.git('init', '-q', 'r')
        f.git('add', 'a.md', cwd='r')
        equal(found(f.json('--staged', cwd='r'), 'WRD'), SOON)
        f.git('commit', '-q', '-m', 'a', cwd='r')
        f.git('worktree', 'add', '-q', '../w', '-b', 'w', cwd='r')
        f.write('w/sub/b.md', DRAFT)
        f.git('add', '.', cwd='w')
        equal([d['path'] for d in f.json('--staged', cwd='w')['files']], ['sub/b.md'])
        equal([d['path'] for d in f.json('--staged', cwd='w/sub')['files']], ['b.md'])
        # An index of another name, and a repository named from outside.
        index = str(f.path / 'other-index')
        f.write('r/c.md', DRAFT)
        f.git('add', 'c.md', cwd='r', env={'GIT_INDEX_FILE': index})
        equal([d['path'] for d in f.json('--staged', 'c.md', cwd='r', env={'GIT_INDEX_FILE': index})['files']], ['c.md'])
        equal(f.run('--staged', 'c.md', cwd='r')[0], 2)
        # Named for git to know, but nothing of it is staged.
        f.write('r/d.md', DRAFT)
        f.git('add', '-N', 'd.md', cwd='r')
        equal(f.json('--staged', cwd='r')['files'], [])
        env = {'GIT_DIR': str(f.path / 'r/.git'), 'GIT_WORK_TREE': str(f.path / 'r')}
        f.git('add', 'c.md', cwd='r')
        equal([d['path'] for d in f.json('--staged', env=env)['files']], ['r/c.md'])


DOCBOOK = '''<article xmlns="http://docbook.org/ns/docbook" xmlns:xi="http://www.w3.org/2001/XInclude" version="5.0">
<title>旧书登记规程</title><section label="1"><title>范围</title><para>本文件规定了旧书的登记。</para></section>
<xi:include href="part.xml"/></article>'''
PART = '<section xmlns="http://docbook.org/ns/docbook" label="2"><title>登记</title><para>旧书应%s登记。</para></section>'


def test_staged_includes_and_drafts_in_several_files():
    with Folder(book__xml=DOCBOOK, part__xml=PART % '尽快') as f:
        f.repository()
        f.git('add', '-A', '.')
        f.write('part.xml', PART % '当日')
        equal(found(f.json('--staged', 'book.xml'), 'WRD'), [('WRD-015', '2')])
        equal(found(f.json('book.xml'), 'WRD'), [])
        (f.path / 'part.xml').unlink()
        equal(found(f.json('--staged', 'book.xml'), 'WRD'), [('WRD-015', '2')])
        f.git('rm', '-q', '--cached', 'part.xml')
        f.write('part.xml', PART % '尽快')
        equal([r for r, _ in found(f.json('--staged', 'book.xml')) if r in ('WRD-015', 'INP-005')], ['INP-005'])
    with Folder(head__md=HEAD, body__md=BODY) as f:
        f.write('.gblint.yaml', 'drafts:\n  - files: [head.md, body.md]\n')
        f.repository().commit()
        f.write('body.md', BODY.replace('记下', '尽快记下'))
        f.git('add', 'body.md')
        f.write('body.md', CLEAN)
        output = f.json('--staged')
        equal(len(output['files']), 1)
        equal(found(output, 'WRD'), [('WRD-015', '4.1'), ('WRD-015', '4.2'), ('WRD-015', '5.1')])


def test_git_is_missing_or_there_is_no_repository():
    with Folder(a__md=DRAFT) as f:
        for option in (['--staged'], ['--since', 'HEAD']):
            status, out, err = f.run(*option, 'a.md')
            equal((status, out), (2, ''))
            holds(err, '仓库')
            status, out, err = f.run(*option, 'a.md', env={'PATH': '/nowhere'})
            equal((status, out), (2, ''))
            holds(err, '没有安装 git')
        holds(f.run('--lang', 'en', '--staged')[2], 'no git repository')
        f.git('init', '-q', '--bare', 'bare')
        equal(f.run('--staged', cwd='bare')[0], 2)


def test_git_runs_nothing_of_the_repository():
    with Folder(a__md=CLEAN) as f:
        f.repository().commit()
        told = f.path / 'told'
        script = f.write('tell.sh', f'#!/bin/sh\necho "$0" >>{told}\ncat\n')
        script.chmod(0o755)
        for key in ('core.fsmonitor', 'diff.external', 'filter.x.clean', 'filter.x.smudge', 'diff.x.textconv', 'diff.x.command', 'core.pager',
                    'core.sshCommand', 'alias.diff-index', 'alias.cat-file'):
            f.git('config', key, str(script))
        f.git('config', 'core.hooksPath', str(f.path))
        f.write('.gitattributes', '*.md diff=x filter=x\n')
        f.write('b.md', DRAFT)
        f.git('add', '-A', '.', ok=False)
        if told.exists():
            told.unlink()
        os.utime(f.path / 'a.md')
        f.run('--staged')
        f.run('--since', 'HEAD', 'a.md', 'b.md')
        equal(told.exists(), False)


# ---- Changes since a revision ----

def test_since_tells_of_changed_clauses():
    with Folder(a__md=DRAFT) as f:
        f.repository().commit()
        equal(found(f.json('--since', 'HEAD', 'a.md')), [])
        equal(f.run('--since', 'HEAD', '--fail-on', 'info', 'a.md')[0], 0)
        # A change elsewhere in the clause counts, one in another does not; moved lines and blank ones do not either.
        f.write('a.md', DRAFT.replace('### 4.1 接收\n', '### 4.1 接收\n\n\n').replace('旧书应尽快上架。', '旧书应尽快上架。\n\n书架应稳固。'))
        output = f.json('--since', 'HEAD', 'a.md')
        equal(found(output, 'WRD'), [('WRD-015', '5.1')])
        equal(output['summary']['unchanged'], 1)
        holds(f.run('--since', 'HEAD', 'a.md')[1], '未改动的条中')
        equal('unchanged' in f.json('a.md')['summary'], False)
        # The changed head of a chapter is not a change of its subclauses.
        f.write('a.md', DRAFT.replace('## 4 登记', '## 4 登记入账'))
        equal(found(f.json('--since', 'HEAD', 'a.md'), 'WRD'), [])
        # A line taken out counts for the clause that it was in.
        f.write('a.md', DRAFT.replace('旧书应尽快上架。', '旧书应尽快上架。\n\n书架应稳固。'))
        f.commit()
        f.write('a.md', DRAFT)
        equal(found(f.json('--since', 'HEAD', 'a.md'), 'WRD'), [('WRD-015', '5.1')])
        equal(found(f.json('--since', 'HEAD~1', 'a.md'), 'WRD'), [])
        # A chapter put in before: those behind are as they were.
        chapter = '## 4 清点\n\n' + '\n\n'.join(f'第{n}本旧书应清点。' for n in range(400)) + '\n\n旧书应尽快清点。\n\n'
        f.write('a.md', HEAD + chapter + BODY)
        equal([x['start']['line'] for x in f.json('--since', 'HEAD~1', 'a.md')['files'][0]['findings'] if x['rule'] == 'WRD-015'],
              [(HEAD + chapter).count('\n') - 1])


def test_since_new_moved_and_recoded_files():
    with Folder(a__md=DRAFT) as f:
        f.repository().commit()
        f.write('new.md', DRAFT)
        equal(found(f.json('--since', 'HEAD', 'new.md'), 'WRD'), SOON)
        f.write('sub/x', '')
        f.git('mv', 'a.md', 'sub/b.md')
        equal(found(f.json('--since', 'HEAD', 'sub/b.md'), 'WRD'), [])
        equal(found(f.json('--since', 'HEAD', 'b.md', cwd='sub'), 'WRD'), [])
        f.write('sub/b.md', DRAFT.replace('\n', '\r\n').encode('gb18030'))
        equal(found(f.json('--since', 'HEAD', 'sub/b.md'), 'WRD'), [])
        f.write('sub/b.md', DRAFT.replace('应记下', '应尽快记下'))
        equal(found(f.json('--since', 'HEAD', '.'), 'WRD')[-1:], [('WRD-015', '4.2')])
        equal(found(f.json('--since', 'HEAD', '-', '--stdin-name', 'sub/b.md', stdin=DRAFT), 'WRD'), [])
        equal(found(f.json('--since', 'HEAD', '--staged'), 'WRD'), [])


def test_since_with_a_baseline_and_a_series():
    with Folder(a__md=DRAFT, b__md=CLEAN) as f:
        f.write('.gblint.yaml', 'series: ["*.md"]\n')
        f.repository()
        f.run('baseline', 'a.md')
        f.commit()
        f.write('a.md', DRAFT.replace('应记下', '应尽快记下'))
        equal(found(f.json('--since', 'HEAD', '.'), 'WRD'), [('WRD-015', '4.2')])
        f.write('a.md', DRAFT.replace('旧书应尽快登记。', '旧书应尽快登记。\n\n馆员应看护旧书。'))
        equal(found(f.json('--since', 'HEAD', '.'), 'WRD'), [])


def test_since_sees_beyond_what_is_told_else():
    many = ''.join(f'馆员应登记,保管第{n}本旧书。\n\n' for n in range(1200))
    with Folder(a__md=HEAD + '## 4 登记\n\n' + many + '## 5 保管\n\n旧书应保管。\n') as f:
        f.repository().commit()
        f.write('a.md', f.read('a.md') + '\n馆员应看护,保管旧书。\n')
        equal(found(f.json('--since', 'HEAD', 'a.md'), 'TYP-001'), [('TYP-001', '5')])
        equal([n['what'] for n in f.json('--since', 'HEAD', 'a.md')['files'][0]['not_checked'] if n['what'].startswith('TYP')], [])


def test_since_faults():
    with Folder(a__md=DRAFT) as f:
        f.repository().commit()
        for revision in ('none', '--help', '-x', 'HEAD:a.md', 'HEAD~7', '', 'a.md', '$(touch x)'):
            status, out, err = f.run(f'--since={revision}', 'a.md')
            equal((status, out), (2, ''), revision)
            holds(err, revision)
        equal((f.path / 'x').exists(), False)
        equal(f.run('--since', 'HEAD', '--facts', 'a.md')[0], 2)


# ---- init and the hook ----

def test_init_writes_a_config_that_loads():
    with Folder(a__md=(ROOT / 'fixtures' / 'db32-t-2796-2015.md').read_bytes(), README__md='# 说明\n') as f:
        status, out, err = f.run('init')
        equal((status, err), (0, ''))
        holds(out, '.gblint.yaml', '--git-hook', '#!/bin/sh', '--staged')
        holds(f.read('.gblint.yaml'), '\nedition: 2009', '\nstage: 报', '\nprofile: db32-2796')
        status, out, err = f.run('--show-config', 'a.md')
        equal((status, err), (0, ''))
        holds(out, 'edition: 2009', 'stage: 报', 'profile: db32-2796')
        f.write('.gblint.yaml', 'level: info\n')
        equal(f.run('init')[0], 0)
        equal(f.read('.gblint.yaml'), 'level: info\n')
        (f.path / '.gblint.yaml').unlink()
        f.write('b.md', DRAFT.replace('本文件', '本标准').replace('本标准没有', '本文件没有'))
        equal(f.run('init', '--lang', 'en')[0], 0)
        holds(f.read('.gblint.yaml'), 'Settings', '\nlang: en', '\n# stage: comment  # drafts differ: 报 (1) - (1)\n')
        equal(f.run('--show-config', 'a.md')[0], 0)
        equal(f.run('init', 'a.md')[0], 2)
    # What stands in comments is right too.
    for language in ('zh', 'en'):
        with Folder() as f:
            f.run('init', '--lang', language)
            text = f.read('.gblint.yaml')
            holds(text, '\n# edition: 2020', '\n# profile: gb11')
            lines = [line[2:] if line.startswith('# ') and (': ' in line or line.endswith(':') or line.startswith('#   ')) and line.isascii()
                     and not line[2].isupper() else line for line in text.splitlines()]
            f.write('.gblint.yaml', '\n'.join(line for line in lines if not line.startswith(('registry', 'terms', 'packs', 'stage:', '    stage'))))
            f.write('a.md', DRAFT)
            status, out, err = f.run('--show-config', 'a.md')
            equal((status, err), (0, ''))
            holds(out, 'MDC: off', 'NUM-012: error', 'edition: 2020')


def test_hook_judges_commits():
    with Folder(a__md=CLEAN, README__md='# 说明\n\n安装。\n') as f:
        f.repository().commit()
        status, out, err = f.run('init', '--git-hook')
        equal((status, err), (0, ''))
        hook = f.path / '.git/hooks/pre-commit'
        equal(os.access(hook, os.X_OK), True)
        f.write('.gblint.yaml', 'fail_on: warning\n')
        f.git('add', '-A', '.')
        status, told = f.git('commit', '-m', 'config', ok=False)
        equal((status, '尽快' in told, '未检查' in told), (0, False, False))
        f.write('a.md', DRAFT)
        f.git('add', 'a.md')
        f.write('a.md', CLEAN)
        status, told = f.git('commit', '-q', '-m', 'bad', ok=False)
        equal(status, 1)
        holds(told, 'a.md:21:4', 'WRD-015', '提交被拒绝', '--no-verify')
        # Named on the command line, or with -a, git judges an index of its own.
        equal(f.git('commit', '-q', '-m', 'good', '--allow-empty', 'a.md', ok=False)[0], 0)
        f.write('a.md', DRAFT)
        equal(f.git('commit', '-q', '-a', '-m', 'bad', ok=False)[0], 1)
        f.write('b.md', DRAFT)
        f.git('add', 'b.md')
        f.write('README.md', '# 说明\n\n安装和卸载。\n')
        equal(f.git('commit', '-q', '-m', 'only', 'README.md', ok=False)[0], 0)
        equal(f.git('commit', '-q', '-m', 'bad', 'a.md', ok=False)[0], 1)
        # In a linked work tree the hook is the same.
        f.git('reset', '-q', '--hard')
        f.git('worktree', 'add', '-q', 'w', '-b', 'w')
        f.write('w/sub/c.md', DRAFT)
        f.git('add', '-A', '.', cwd='w')
        equal(f.git('commit', '-q', '-m', 'bad', cwd='w/sub', ok=False)[0], 1)
        f.write('w/sub/c.md', CLEAN)
        f.git('add', '-A', '.', cwd='w')
        equal(f.git('commit', '-q', '-m', 'good', cwd='w/sub', ok=False)[0], 0)


def test_hook_is_put_where_git_looks():
    with Folder(a__md=CLEAN) as f:
        equal(f.run('init', '--git-hook')[0], 2)
        f.repository().commit()
        hook = f.path / '.git/hooks/pre-commit'
        hook.unlink(missing_ok=True)
        hook.parent.mkdir(exist_ok=True)
        hook.write_text('#!/bin/sh\nexit 0\n')
        status, out, err = f.run('init', '--git-hook')
        equal(status, 2)
        holds(err, 'pre-commit', 'gblint --staged')
        equal(hook.read_text(), '#!/bin/sh\nexit 0\n')
        # Its own is brought up to date.
        hook.unlink()
        f.run('init', '--git-hook')
        text = hook.read_text()
        hook.write_text(text + '# old\n')
        equal(f.run('init', '--git-hook')[0], 0)
        equal(hook.read_text(), text)
        f.git('config', 'core.hooksPath', 'our-hooks')
        equal(f.run('init', '--git-hook')[0], 0)
        equal((f.path / 'our-hooks/pre-commit').read_text(), text)
        f.write('sub/b.md', CLEAN)
        equal(f.run('init', '--git-hook', cwd='sub')[0], 0)


def test_force_exclude_treats_named_files_as_found():
    with Folder(a__md=DRAFT, pom__xml='<project><a></project>', x__svg='<svg/>', old__md=DRAFT) as f:
        f.write('.gblint.yaml', 'exclude: [old.md]\n')
        equal(f.run('pom.xml')[0], 1)
        equal([d['path'] for d in f.json('--force-exclude', 'a.md', 'pom.xml', 'x.svg', 'old.md')['files']], ['a.md'])
        equal(f.run('--force-exclude', '-q', 'pom.xml', 'x.svg', 'old.md')[:2], (0, ''))
        equal(f.run('--force-exclude', 'none.md')[0], 2)
        equal(len(f.json('--force-exclude', '-', stdin=DRAFT)['files']), 1)


# ---- Watching, progress ----

class Watching:
    """gblint --watch while it runs; its lines come in order."""

    def __init__(self, folder, *args):
        self.process = subprocess.Popen([GBLINT, '--watch', *args], cwd=folder.path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                        env={'PATH': os.environ['PATH'], **folder.env})
        os.set_blocking(self.process.stdout.fileno(), False)
        self.text = ''

    def until(self, *parts, seconds=20):
        """What came since the last call, once all parts are in it."""
        end = time.monotonic() + seconds
        while not all(part in self.text for part in parts):
            if time.monotonic() > end:
                raise AssertionError(f'{parts} did not come: {self.text!r}')
            time.sleep(0.02)
            self.text += (self.process.stdout.read() or b'').decode()
        text, self.text = self.text, ''
        return text

    def quiet(self, seconds=0.5):
        time.sleep(seconds)
        self.text += (self.process.stdout.read() or b'').decode()
        equal(self.text, '')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


WAITING = '等待'


def test_watch_lints_on_each_save():
    with Folder(a__md=CLEAN) as f:
        with Watching(f, '-f', 'concise', '--fail-on', 'warning', 'a.md') as w:
            equal('WRD' in w.until(WAITING), False)
            f.write('a.md', DRAFT)
            holds(w.until(WAITING), 'a.md:21:4', 'a.md:31:4')
            # As editors save: a new file in the place of the old one, with others beside it.
            f.write('.a.md.swp', 'x')
            f.write('a.md~', CLEAN)
            w.quiet()
            f.write('new', DRAFT.replace('旧书应尽快登记。', '旧书应登记。'))
            os.replace(f.path / 'new', f.path / 'a.md')
            equal(w.until(WAITING).count('WRD-015'), 1)
            (f.path / 'a.md').unlink()
            holds(w.until(WAITING), 'a.md')
            f.write('a.md', DRAFT)
            equal(w.until(WAITING).count('WRD-015'), 2)
            # The config, even one that was not there.
            f.write('.gblint.yaml', 'rules: {WRD: off}\n')
            equal(w.until(WAITING).count('WRD-015'), 0)
            f.write('.gblint.yaml', 'rule: {}\n')
            holds(w.until(WAITING), 'rule')
            (f.path / '.gblint.yaml').unlink()
            w.until(WAITING, 'WRD-015')
            w.process.send_signal(2)
            equal(w.process.wait(10), 1)


def test_watch_folders_includes_and_outputs():
    with Folder(book__xml=DOCBOOK, part__xml=PART % '当日') as f:
        f.write('drafts/a.md', CLEAN)
        with Watching(f, '-f', 'json', '-o', 'out.json', 'book.xml', 'drafts') as w:
            w.until(WAITING)
            equal(found(json.loads(f.read('out.json')), 'WRD'), [])
            f.write('part.xml', PART % '尽快')
            w.until(WAITING)
            equal(found(json.loads(f.read('out.json')), 'WRD'), [('WRD-015', '2')])
            w.quiet()
            f.write('drafts/new/b.md', DRAFT)
            w.until(WAITING)
            time.sleep(0.3)
            equal(len(json.loads(f.read('out.json'))['files']), 3)
            f.write('drafts/new/c.md', DRAFT)
            w.until(WAITING)
            time.sleep(0.3)
            equal(len(json.loads(f.read('out.json'))['files']), 4)
            w.process.terminate()
            equal(w.process.wait(10), 0)


def test_watch_faults():
    with Folder(a__md=DRAFT) as f:
        f.repository()
        equal(f.run('--watch', '-')[0], 2)
        equal(f.run('--watch', '--staged')[0], 2)


def on_terminal(f, *args, feed, until='', seconds=1.5, stdout_too=False):
    """What gblint writes to a terminal behind standard error. It waits for a draft from a pipe, fed when `until` was seen or after a time."""
    os.mkfifo(f.path / 'slow.md')
    parent, child = os.openpty()
    os.set_blocking(parent, False)
    process = subprocess.Popen([GBLINT, *args, 'a.md', 'slow.md'], cwd=f.path, stderr=child, stdout=child if stdout_too else subprocess.DEVNULL,
                               env={'PATH': os.environ['PATH'], 'TERM': 'xterm', **f.env})
    os.close(child)
    text, is_fed, end = b'', False, time.monotonic() + (20 if until else seconds)
    while True:
        try:
            text += os.read(parent, 65536)
        except BlockingIOError:
            time.sleep(0.01)
        except OSError:
            break
        if not is_fed and (until.encode() in text if until else time.monotonic() > end):
            (f.path / 'slow.md').write_text(feed)
            is_fed = True
        if not is_fed and time.monotonic() > end:
            process.kill()
            raise AssertionError(f'{until!r} did not come: {text!r}')
    os.close(parent)
    process.wait()
    return text.decode()


def test_progress_is_shown_and_erased():
    with Folder(a__md=CLEAN) as f:
        text = on_terminal(f, until='1/2', feed=DRAFT)
        equal(text.endswith('\r\x1b[K'), True, repr(text))
        equal('\n' in text, False)


def test_progress_does_not_touch_findings():
    with Folder(a__md=CLEAN) as f:
        text = on_terminal(f, '-f', 'concise', '--color', 'never', until='1/2', feed=DRAFT, stdout_too=True)
        holds(text, '\r\x1b[Kslow.md:21:4')


def test_progress_is_for_long_runs_on_terminals():
    with Folder(a__md=CLEAN) as f:
        start = time.monotonic()
        text = on_terminal(f, seconds=0, feed=DRAFT)
        if time.monotonic() - start < 0.9:
            equal(text, '')
    with Folder(a__md=CLEAN) as f:
        equal(on_terminal(f, '-q', feed=DRAFT), '')
    with Folder(a__md=CLEAN) as f:
        f.env['TERM'] = 'dumb'
        equal(on_terminal(f, feed=DRAFT), '')


main(globals())
