"""Drafts that belong together: what is found in fixtures/series and fixtures/system is what lies beside them, however the run is made.

    series.py GBLINT ROOT

expect.txt holds one finding a line: path:line level RULE "quote" > path:line of each related place in another file."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

gblint, root = map(os.path.abspath, sys.argv[1:3])
SYSTEM = ['--as-of', '2025-01-01', '--manifest', 'manifest.csv']
failed = passed = 0


def check(name, ok, detail=''):
    global failed, passed
    passed += ok
    failed += not ok
    if not ok:
        print(f'not ok - {name}: {detail}')


def run(folder, *args):
    r = subprocess.run([gblint, *args], cwd=folder, capture_output=True, text=True)
    return r.returncode, r.stdout, r.stderr


def findings(folder, *args):
    status, out, err = run(folder, 'lint', '--select', 'SYS', '-f', 'json', *args)
    if status not in (0, 1):
        sys.exit(f'gblint {args}: exit {status}: {err}')
    lines = []
    for f in json.loads(out)['files']:
        for x in f['findings']:
            others = [f"{r['path']}:{r['start']['line']}" for r in x.get('related', []) if r['path'] != f['path']]
            lines.append(' '.join([f"{f['path']}:{x['start']['line']}", x['level'], x['rule'], json.dumps(x['quote'], ensure_ascii=False)] +
                                  (['>'] + others if others else [])))
    return lines


def compare(name, got, want):
    missing, more = [x for x in want if x not in got], [x for x in got if x not in want]
    check(name, not missing and not more, 'missing ' + '; '.join(missing) + ' | not expected ' + '; '.join(more))


def expected(folder):
    return (folder / 'expect.txt').read_text().splitlines()


series, system = (pathlib.Path(root) / 'fixtures' / n for n in ('series', 'system'))
compare('series in the config', findings(series, '.'), expected(series))
compare('system with its manifest', findings(system, *SYSTEM), expected(system))
check('the same whatever -j', findings(system, *SYSTEM, '-j', '1') == findings(system, *SYSTEM, '-j', '4'))
check('files merely given together are judged singly', not [x for x in findings(series, '--no-config', '.') if 'SYS-011' not in x])

# One draft against the others of its table: only its own findings, and those of the table.
alone = findings(system, *SYSTEM, 'reminder.md')
compare('one draft of a system', alone, [x for x in expected(system) if x.startswith(('reminder.md', 'manifest.csv'))])

# Facts taken by two workers and joined give what one run gives.
drafts = sorted(p.name for p in system.glob('*.md'))
with tempfile.TemporaryDirectory() as scratch:
    halves = [os.path.join(scratch, n) for n in ('one.jsonl', 'two.jsonl')]
    for half, part in zip(halves, (drafts[::2], drafts[1::2])):
        check('gblint facts', run(system, 'facts', '-o', half, *part)[0] == 0)
    together = sorted(findings(system, *SYSTEM, '--facts', *halves))
    own = [x for x in expected(system) if 'SYS-011' not in x]
    compare('joined facts', together, own)
    if shutil.which('parallel'):
        lines = subprocess.run(['parallel', '-j2', '-k', gblint, 'facts', '{}', ':::', *drafts], cwd=system, capture_output=True, text=True).stdout
        pathlib.Path(scratch, 'all.jsonl').write_text(lines)
        compare('facts by two workers of GNU parallel', sorted(findings(system, *SYSTEM, '--facts', os.path.join(scratch, 'all.jsonl'))), own)
    else:
        print('skipped: facts by two workers (GNU parallel is not installed)')
    pathlib.Path(scratch, 'bad.jsonl').write_text('{"kind":"draft","facts":99}\n')
    status, _, err = run(scratch, 'lint', '--facts', 'bad.jsonl')
    check('facts of another form', status == 2 and 'bad.jsonl:1' in err, err)

    # A draft that has changed since is not told of by old facts.
    shutil.copytree(system, os.path.join(scratch, 'copy'))
    copy = pathlib.Path(scratch, 'copy')
    run(copy, 'facts', '-o', 'facts.jsonl', *drafts)
    (copy / 'posts.md').write_text((copy / 'posts.md').read_text() + '\n馆员应准时。\n')
    status, _, err = run(copy, 'lint', *SYSTEM, '--facts', 'facts.jsonl')
    check('facts of a changed draft', status == 2 and 'posts.md' in err, err)

    # What a draft excuses is suppressed, with its reason, in both ways.
    text = (system / 'posts.md').read_text()
    (copy / 'posts.md').write_text('<!-- gblint-disable-file SYS-003: 志愿人员另有定义 -->\n\n' + text)
    for how in ('lint', 'facts'):
        args = [*SYSTEM, *drafts]
        if how == 'facts':
            run(copy, 'facts', '-o', 'facts.jsonl', *drafts)
            args = [*SYSTEM, '--facts', 'facts.jsonl']
        out = json.loads(run(copy, 'lint', '-f', 'json', *args)[1])
        posts = next(f for f in out['files'] if f['path'] == 'posts.md')
        check(f'excused ({how})', [x['reason'] for x in posts['suppressed'] if x['rule'] == 'SYS-003'] == ['志愿人员另有定义'] and
              not [x for x in posts['findings'] if x['rule'] in ('SYS-003', 'INP-008')])

    # Faults of the table itself.
    for table, where in (('', 'm.csv:1'), ('title\nx\n', 'm.csv:1'), ('number,titel\nQ/A 1—2024,x\n', 'm.csv:1'),
                         ('number,published\nQ/A 1—2024,gestern\n', 'm.csv:2'), ('number,kind\nQ/A 1—2024,law\n', 'm.csv:2'),
                         ('number,title\nQ/A 1—2024,"x\n', 'm.csv:2'), ('number\nQ/A 1—2024,x\n', 'm.csv:2')):
        pathlib.Path(scratch, 'm.csv').write_text(table)
        pathlib.Path(scratch, 'x.md').write_text(text)
        status, out, err = run(scratch, 'lint', '--manifest', 'm.csv', 'x.md')
        check(f'table {table!r}', status == 2 and where in err and not out, f'{status} {err}')
    status, _, err = run(scratch, 'lint', '--manifest', 'none.csv', 'x.md')
    check('a table that is not there', status == 2 and 'none.csv' in err, err)
    bom = '\ufeff' + (system / 'manifest.csv').read_text()
    (copy / 'posts.md').write_text(text)
    (copy / 'manifest.csv').write_text(bom.replace('number,title', '编号,名称').replace('\n', '\r\n'), newline='')
    compare('a table as spreadsheets write it', [x.replace('编号,名称', 'number,title') for x in findings(copy, *SYSTEM)], expected(system))
    (copy / 'manifest.csv').write_bytes((system / 'manifest.csv').read_text().encode('gb18030'))
    compare('a table in GB18030', findings(copy, *SYSTEM), expected(system))

# The terms of all drafts in one list.
terms = json.loads(run(system, 'terms', '-f', 'json', '.')[1])['terms']
check('terms', [(t['term'], t['defined']['path']) for t in terms] == [('馆员', 'posts.md'), ('读者', 'terms.md'), ('馆员', 'terms.md')], terms)
check('uses of a term in other drafts', any(u['path'] == 'lending.md' for u in terms[0]['uses']))
table = subprocess.run([gblint, 'terms', '-f', 'csv', '.'], cwd=system, capture_output=True).stdout
check('terms as CSV', table.startswith(b'\xef\xbb\xbfterm,en,') and table.count(b'\r\n') == 4)
check('terms as TBX', run(system, 'terms', '-f', 'tbx', '.')[1].count('<conceptEntry ') == 3)
# Names that seem to be one concept stand with the one to keep, in each format.
with tempfile.TemporaryDirectory() as scratch:
    pathlib.Path(scratch, 'a.md').write_text('## 1 范围\n\n适用于救援。\n\n## 4 救援\n\n救援人员应验电。救援人员应登记。\n\n## 5 记录\n\n施救人员应填写记录。\n',
                                             encoding='utf-8')
    for form, words in (('text', '救援人员  未界定  a.md行 7\n    异名 施救人员  a.md行 11'), ('csv', '"施救人员（a.md:11）"'),
                        ('json', '"form":"施救人员","status":"suspected"')):
        listed = run(scratch, 'terms', '-f', form, 'a.md')[1]
        check(f'variants in terms as {form}', words in listed, listed)

# Values of one thing: two sentences of two drafts of a series, and whether they contradict each other.
VALUES = (('追溯信息应保存2年。', '追溯信息应保存3年。', True), ('电梯运行记录应至少保存5年。', '电梯运行记录应保存3年。', True),
          ('电梯运行记录应至少保存5年。', '电梯运行记录应保存6年。', False), ('紧急报修应在30分钟内响应。', '紧急报修应在15 min内响应。', True),
          ('紧急报修应在30分钟内响应。', '紧急报修应在0.5 h内响应。', False), ('监控录像应保存30天。', '监控录像应保存30 d。', False),
          ('记录应保存2年。', '记录应保存3年。', False), ('改造工程应在2025年完成。', '改造工程应在2026年完成。', False),
          ('监控录像应保存30天。', '监控录像应最少保存90 d。', True))
with tempfile.TemporaryDirectory() as scratch:
    pathlib.Path(scratch, '.gblint.yaml').write_text('series:\n  - name: x\n    files: ["*.md"]\n')
    for first, second, contradict in VALUES:
        for name, title, sentence in (('a', '图书借阅服务规范', first), ('b', '设备巡检管理', second)):
            pathlib.Path(scratch, f'{name}.md').write_text(f'# {title}\n\n## 1 范围\n\n本文件规定了{title}的要求。\n\n## 4 要求\n\n{sentence}\n')
        got = [x for x in findings(scratch, '.') if 'SYS-008' in x and ' error ' in x]
        check(f'{first} {second}', bool(got) == contradict, got)

# The list is a term bank, in both forms; a bank is told of by file and line when it is faulty.
with tempfile.TemporaryDirectory() as scratch:
    draft = pathlib.Path(scratch, 'draft.md')
    draft.write_text('# 标准\n\n## 4 要求\n\n阅览人员应登记。\n')
    for form in ('csv', 'tbx'):
        list_of_terms = os.path.join(scratch, f'bank.{form}')
        run(system, 'terms', '-f', form, '-o', list_of_terms, '.')
        status, _, err = run(scratch, 'lint', '--no-config', '--terms', list_of_terms, 'draft.md')
        check(f'the list as a bank ({form})', status in (0, 1) and not err, err)
    for name, text, line in (('b.csv', 'term,status\n甲方,falsch\n', 2), ('b.csv', 'term\n甲方,x\n', 2), ('b.csv', 'term,status\n,preferred\n', 2),
                             ('b.csv', 'term\n"甲方\n', 2), ('b.csv', 'trem\n', 1), ('b.csv', '', 1), ('b.csv', b'term\n\xbc\xd7\n', 2),
                             ('b.yaml', '- term: 甲方\n  status: falsch\n', 1), ('b.yaml', '- trem: 甲方\n', 1), ('b.yaml', '- preferred: []\n  a: b: c\n', 2),
                             ('b.tbx', '<tbx>\n<termEntry></tbx>', 2), ('b.tbx', '<tbx>' + ' ' * 70000 + '\n<termEntry>', 2)):
        pathlib.Path(scratch, name).write_bytes(text if isinstance(text, bytes) else text.encode())
        status, out, err = run(scratch, 'lint', '--no-config', '--terms', name, 'draft.md')
        check(f'bank {text[:40]!r}', status == 2 and f'{name}:{line}' in err, f'{status} {err}')

# The score: 100 less what the groups take off; in JSON only when it is asked for.
status, out, err = run(series, 'lint', '--statistics', '-f', 'json', 'mailing.md')
score = json.loads(out)['files'][0]['score']
off = sum(g['off'] for g in score['groups'])
check('score', abs(score['value'] - (100 - off)) < 0.001 and err.startswith(f"score {score['value']:.2f} clauses {score['clauses']} "), err)
check('no score unless asked for', 'score' not in json.loads(run(series, 'lint', '-f', 'json', 'mailing.md')[1])['files'][0])

print(f'{passed} passed, {failed} failed')
sys.exit(bool(failed))
