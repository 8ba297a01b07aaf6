"""The baseline: what it leaves out, how findings are known again, branches, faults, series.

    baseline.py GBLINT ROOT [NAME]"""
import json
import os
import re

from harness import equal, holds, main
from project import CLEAN, DRAFT, Folder, found, HEAD, ROOT, SOON

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
    many = ''.join(f'馆员必须登记第{n}本旧书。\n\n' for n in range(1500))
    with Folder(a__md=DRAFT.replace('旧书应尽快登记。', many)) as f:
        f.run('baseline', 'a.md')
        output = f.json('a.md')
        equal(found(output), [])
        equal(output['summary']['known'] > 1500, True)


def test_baseline_knows_each_place_of_a_finding():
    lines = [f'馆员应登记第{n}本旧书,记下书名,注明来源。' for n in range(30)]
    draft = HEAD + '## 4 登记\n\n' + '\n\n'.join(lines) + '\n\n## 5 保管\n\n旧书应保管。\n'
    with Folder(a__md=draft) as f:
        f.repository()
        f.run('baseline', 'a.md')
        equal(found(f.json('a.md'), 'TYP'), [])
        # One more stands where it is new.
        f.write('a.md', draft + '\n馆员应看护旧书,并记录。\n')
        equal(found(f.json('a.md'), 'TYP'), [('TYP-001', '5')])
        # One less, the first: nothing is new, and that one is fixed.
        f.write('a.md', draft.replace('第0本旧书,', '第0本旧书，'))
        output = f.json('a.md')
        equal(found(output, 'TYP'), [])
        equal([(x['rule'], x['n']) for x in output['files'][0]['fixed']], [('TYP-001', 1)])
        holds(f.run('baseline', '--prune', 'a.md')[1], '移出 1 个')


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


main(globals())
