"""Holds each machine format of `lint` against `-f json` of the same run, and SARIF against its schema and Microsoft's validator.

    formats.py GBLINT ROOT REPORT [NAME]

REPORT is the program that prints a hand-built report. The validators are of npm, see npm.py and formats/package.json."""
import csv
import functools
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import urllib.parse
import xml.etree.ElementTree as xml

import harness
import npm
from harness import Scratch, Skip, equal, holds

gblint, root, report = (str(pathlib.Path(a).resolve()) for a in sys.argv[1:4])
del sys.argv[3]  # harness.main takes the third for a name
folder = pathlib.Path(root) / 'tests' / 'formats'

FORMATS = {'sarif': 'a.sarif', 'junit': 'junit.xml', 'checkstyle': 'checkstyle.xml', 'github': 'github.txt',
           'gitlab': 'gitlab.json', 'rdjson': 'rdjson.json', 'comments': 'a.csv'}
LEVELS = ('info', 'warning', 'error')
seed = (pathlib.Path(root) / 'fixtures' / 'db32-t-2796-2015.md').read_text()
clean = (pathlib.Path(root) / 'fixtures' / 'clean' / 'service.md').read_bytes()
NASTY = '草案/第1部分 登记 #1?%41,:=x.md'

# Words that are messages' own: ends of comments and sections, controls, percent signs, a suppressed finding.
hostile = '''# 5 登记]]><b>"&amp;'%0A

5.1 应当在]]>当日"登记'&amp;%0A，,:并且,检查\x01\x1b[31m。

<!-- gblint-disable-next-line ALL: “上级]]>文件”%0A<规定> -->
5.2 应当登记,5 %。

::error file=a,line=1::b 应当,检查(必须)。

# 6 检查

6.10.1 应当检查\uffff,记录\u3000(必须)。
'''


def drafts(s):
    """Every encoding, line end and shape of a path; the arguments that lint them all."""
    part = seed[:seed.index('\n\n', 4500)]
    half = part.index('\n\n', len(part) // 2)
    s.write(NASTY, part)
    s.write('in/hostile.md', hostile + part)
    s.write('in/gb18030.md', part.encode('gb18030'))
    s.write('in/utf16.md', b'\xff\xfe' + part.encode('utf-16-le'))
    s.write('in/crlf.md', ('\ufeff' + part).replace('\n', '\r\n'))
    s.write('in/cr.md', part.replace('\n', '\r'))
    s.write('in/broken.md', part.encode()[:3000] + b'\xe5\x8a\xff\xfe' + part.encode()[3000:])
    s.write('in/clean.md', clean)
    s.write('in/book.xml', next((pathlib.Path(root) / 'fixtures').rglob('*.xml')).read_bytes())
    s.write('=cmd.md', part)
    s.write('full.md', seed)
    s.write('多文件/前.md', part[:half])
    s.write('多文件/后.md', part[half:])
    s.write('.gblint.yaml', 'drafts:\n  - files: ["多文件/前.md", "多文件/后.md"]\n')
    return ['in/', './/' + NASTY, s.path / '=cmd.md', 'in/../full.md', '多文件/前.md']


def run(s, *args, status=(0, 1), stdin=b''):
    done = s.start(*args, stdin=stdin)
    if done.returncode not in status:
        raise AssertionError(f'exit {done.returncode}: {done.stderr.decode()[:500]}')
    return done


def outputs(s, *args, **more):
    """One run with all formats; the JSON as it is read, and the bytes of each output."""
    pairs = [a for name, file in FORMATS.items() for a in ('-f', name, '-o', file)]
    run(s, '--config', '.gblint.yaml', '-f', 'json', '-o', 'all.json', *pairs, *args, **more)
    return json.loads(s.read('all.json')), {name: s.bytes(file) for name, file in FORMATS.items()}


def below(s, path):
    """The path as services show it."""
    return os.path.relpath(os.path.join(s.path, path), s.path)


def listed(s, data, level='info', suppressed=False):
    """(draft, finding, path) of what is at the level or above, in the order of the run."""
    for draft in data['files']:
        found = draft['findings'] + (draft['suppressed'] if suppressed else [])
        for f in found:
            if LEVELS.index(f['level']) >= LEVELS.index(level):
                yield draft, f, below(s, f.get('path', draft['path']))


def plain(text):
    """As it is in one line: controls are blanks there."""
    return re.sub(r'[\x00-\x1f\x7f-\x9f]', ' ', text)


def xml_plain(text):
    return plain(text).replace('\ufffe', '\ufffd').replace('\uffff', '\ufffd')


def advice(f, between):
    parts = [f['message']]
    parts += ['改法：' + f['remedy']] if f['remedy'] else []
    parts += ['依据：' + f['source']] if f['source'] else []
    return between.join(plain(p) for p in parts)


@functools.cache
def lines_of(data):
    """Of stored bytes: the text of each line with its end."""
    for mark, name in ((b'\xff\xfe', 'utf-16-le'), (b'\xef\xbb\xbf', 'utf-8')):
        if data.startswith(mark):
            return re.split(r'(?<=\n)|(?<=\r)(?!\n)', data[len(mark):].decode(name))
    try:
        text = data.decode()
    except UnicodeDecodeError:
        try:
            text = data.decode('gb18030')
        except UnicodeDecodeError:
            return None
    return re.split(r'(?<=\n)|(?<=\r)(?!\n)', text)


def with_ends(text, lines):
    """The text of an edit with the line ends of its file."""
    return text.replace('\r\n', '\n').replace('\n', re.search('[\r\n]+$', lines[0])[0]) if lines else text


# ---- SARIF ----

def place_of_region(r):
    return tuple(r.get(k) for k in ('startLine', 'startColumn', 'endLine', 'endColumn', 'byteOffset', 'byteLength'))


def place_of_json(f):
    a, b = f['start'], f['end']
    return a['line'], a.get('column'), b['line'], b.get('column'), a['byte'], b['byte'] - a['byte']


def path_of(s, location):
    uri = location['uri']
    path = urllib.parse.unquote(uri, errors='strict')
    assert re.fullmatch(r'[A-Za-z0-9._~/%:-]*', uri), uri
    if location.get('uriBaseId') != 'SRCROOT':
        assert path.startswith('file:///'), path
        return path[len('file://'):]
    return path


def text_at(lines, r):
    """The text of a region in lines of Unicode code points."""
    part = lines[r['startLine'] - 1:r['endLine']]
    if 'startColumn' not in r:
        part[-1] = part[-1].rstrip('\r\n')
        return ''.join(part)
    part[-1] = part[-1][:r['endColumn'] - 1]
    part[0] = part[0][r['startColumn'] - 1:]
    return ''.join(part)


def check_sarif(s, data, text):
    log = json.loads(text)
    equal(len(log['runs']), 1)
    one = log['runs'][0]
    rules = one['tool']['driver']['rules']
    equal(len({r['id'] for r in rules}), len(rules), 'rules are named once:')
    results = one['results']
    wanted = []
    for draft in data['files']:
        both = draft['findings'] + draft['suppressed']
        wanted += [(draft, f) for f in sorted(both, key=lambda f: (f.get('path', '') == '多文件/后.md', f['start']['byte'],
                                                                     f['end']['byte'], f['rule'], f['message']))]
    equal(len(results), len(wanted), 'results:')
    seen, fixes = set(), 0
    for r, (draft, f) in zip(results, wanted):
        equal((r['ruleId'], rules[r['ruleIndex']]['id']), (f['rule'], f['rule']))
        equal(r['level'], 'note' if f['level'] == 'info' else f['level'])
        equal(r['message']['text'], advice(f, '。') + '。')
        place, = r['locations']
        path = path_of(s, place['physicalLocation']['artifactLocation'])
        equal(path, below(s, f.get('path', draft['path'])))
        region = place['physicalLocation']['region']
        equal(place_of_region(region), place_of_json(f))
        lines = lines_of(s.bytes(path))
        if lines:
            equal(text_at(lines, region), f['quote'], f'{path} {region}')
        if 'snippet' in region:
            equal(region['snippet']['text'], f['quote'])
        equal(place.get('logicalLocations', [{'name': ''}])[0]['name'], f['clause'])
        related = [(path_of(s, x['physicalLocation']['artifactLocation']), place_of_region(x['physicalLocation']['region']),
                    x.get('message', {}).get('text', '')) for x in r.get('relatedLocations', [])]
        equal(related, [(below(s, x['path']), place_of_json(x), x['message']) for x in f.get('related', [])])
        equal([(x['kind'], x['justification']) for x in r['suppressions']],
              [('external' if f.get('known') else 'inSource', f['reason'])] if 'reason' in f else [])
        key = (path_of(s, place['physicalLocation']['artifactLocation']), r['partialFingerprints']['gblint/v1'])
        assert key not in seen, key
        seen.add(key)
        edits = [(x['deletedRegion'], x['insertedContent']['text']) for fix in r.get('fixes', [])
                 for change in fix['artifactChanges'] for x in change['replacements']]
        equal([(place_of_region(d)[:4], t) for d, t in edits],
              [(place_of_json(e)[:4], with_ends(e['text'], lines)) for e in f.get('fix', {'edits': []})['edits']])
        if edits:
            equal(r['fixes'][0]['properties']['safe'], f['fix']['safe'])
            fixes += 1
    assert fixes
    told = [n['message']['text'] for n in one['invocations'][0]['toolExecutionNotifications']]
    equal(told, [f'没有检查：{n["what"]}：{n["why"]}。' for d in data['files'] for n in d['not_checked']])
    return log


def test_formats_say_what_json_says():
    with Scratch(gblint) as s:
        data, out = outputs(s, *drafts(s))
        assert any(d['suppressed'] for d in data['files'])
        check_sarif(s, data, out['sarif'])
        check_github(s, data, out['github'].decode())
        check_gitlab(s, data, out['gitlab'])
        check_rdjson(s, data, out['rdjson'])
        check_checkstyle(s, data, out['checkstyle'])
        check_junit(s, data, out['junit'])
        check_comments(s, data, out['comments'])


def test_artifacts_have_encodings():
    with Scratch(gblint) as s:
        data, out = outputs(s, *drafts(s))
        got = {path_of(s, a['location']): a.get('encoding') for a in json.loads(out['sarif'])['runs'][0]['artifacts']}
        equal((got['in/gb18030.md'], got['in/utf16.md'], got[NASTY], got['多文件/后.md']), ('GB18030', 'UTF-16LE', 'UTF-8', 'UTF-8'))


def test_a_level_is_what_formats_for_people_show():
    with Scratch(gblint) as s:
        args = drafts(s)
        for level in LEVELS:
            data, out = outputs(s, '--level', level, *args)
            check_github(s, data, out['github'].decode(), level)
            check_gitlab(s, data, out['gitlab'], level)
            check_rdjson(s, data, out['rdjson'], level)
            check_checkstyle(s, data, out['checkstyle'], level)
            check_junit(s, data, out['junit'], level)
            check_comments(s, data, out['comments'], level)
            check_sarif(s, data, out['sarif'])


# ---- GitHub ----

def unescape(text):
    return re.sub('%(25|0A|0D|3A|2C)', lambda m: chr(int(m[1], 16)), text)


def check_github(s, data, text, level='warning'):
    commands = {'error': 'error', 'warning': 'warning', 'info': 'notice'}
    lines = text.split('\n')
    equal(lines.pop(), '')
    wanted = list(listed(s, data, level))
    equal(len(lines), len(wanted), 'annotations:')
    for line, (draft, f, path) in zip(lines, wanted):
        m = re.fullmatch(r'::(error|warning|notice) ([^:]*)::([^\r\n]*)', line)
        assert m, line
        props = dict(p.split('=', 1) for p in m[2].split(','))
        props = {k: unescape(v) for k, v in props.items()}
        equal(m[1], commands[f['level']])
        equal(unescape(m[3]), advice(f, '\n'))
        a, b = f['start'], f['end']
        want = {'file': path, 'line': str(a['line']), 'endLine': str(b['line']), 'title': props['title']}
        if 'column' in a and a['line'] == b['line']:
            want.update(col=str(a['column']), endColumn=str(b['column']))
        equal(props, want)
        assert props['title'].startswith(f['rule'] + ' ')


# ---- GitLab ----

def check_gitlab(s, data, text, level='warning'):
    severities = {'error': 'major', 'warning': 'minor', 'info': 'info'}
    issues = json.loads(text)
    wanted = list(listed(s, data, level))
    equal(len(issues), len(wanted), 'issues:')
    for issue, (draft, f, path) in zip(issues, wanted):
        equal({**issue, 'fingerprint': ''},
              {'type': 'issue', 'check_name': f['rule'], 'description': advice(f, '；'), 'categories': ['Style'],
               'severity': severities[f['level']], 'fingerprint': '',
               'location': {'path': path, 'lines': {'begin': f['start']['line'], 'end': f['end']['line']}}})
    equal(len({i['fingerprint'] for i in issues}), len(issues), 'fingerprints differ:')


def test_fingerprints_outlive_edits_elsewhere():
    with Scratch(gblint, a__md=seed, __gblint__yaml='') as s:
        def keys():
            data, out = outputs(s, 'a.md')
            return ({i['fingerprint'] for i in json.loads(out['gitlab'])},
                    {r['partialFingerprints']['gblint/v1'] for r in json.loads(out['sarif'])['runs'][0]['results']},
                    {(c.get('classname'), c.get('name')) for c in xml.fromstring(out['junit']).iter('testcase')})

        before = keys()
        s.write('a.md', '\n\n' + seed + '\n[^z]: 。\n')
        for old, new in zip(before, keys()):
            assert len(old - new) <= len(old) // 50, old - new


# ---- rdjson ----

def byte_column(lines, line, column):
    return len(lines[line - 1][:column - 1].encode()) + 1


def check_rdjson(s, data, text, level='warning'):
    got = json.loads(text)
    equal(got['source'], {'name': 'gblint'})
    wanted = list(listed(s, data, level))
    equal(len(got['diagnostics']), len(wanted), 'diagnostics:')
    suggestions = 0
    for d, (draft, f, path) in zip(got['diagnostics'], wanted):
        equal((d['message'], d['severity'], d['code']), (advice(f, '\n'), f['level'].upper(), {'value': f['rule']}))
        equal(d['location']['path'], path)
        lines = lines_of(s.bytes(path))
        ends = [(e['line'], e.get('column')) for e in (d['location']['range']['start'], d['location']['range']['end'])]
        if 'column' not in f['start']:
            equal(ends, [(f['start']['line'], None), (f['end']['line'], None)])
        elif lines:
            equal(ends, [(p['line'], byte_column(lines, p['line'], p['column'])) for p in (f['start'], f['end'])])
        equal([(x['message'], x['location']['path']) for x in d.get('related_locations', [])],
              [(x['message'], below(s, x['path'])) for x in f.get('related', [])])
        if 'suggestions' in d and lines:
            suggestions += 1
            check_suggestion(lines, d['suggestions'][0], f)
    assert suggestions or level == 'error'


def check_suggestion(lines, suggestion, f):
    """Put into the text, it gives what the edits give."""
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.encode()))
    text = ''.join(lines).encode()

    def offset(place, is_bytes):
        column = place['column'] if is_bytes else byte_column(lines, place['line'], place['column'])
        return starts[place['line'] - 1] + column - 1

    r = suggestion['range']
    got = text[:offset(r['start'], True)] + suggestion['text'].encode() + text[offset(r['end'], True):]
    for e in reversed(f['fix']['edits']):
        new = with_ends(e['text'], lines).encode()
        text = text[:offset(e['start'], False)] + new + text[offset(e['end'], False):]
    assert got == text, (suggestion, f['fix'])


# ---- XML ----

def check_checkstyle(s, data, text, level='warning'):
    top = xml.fromstring(text)
    equal((top.tag, top.get('version')), ('checkstyle', '4.3'))
    got = []
    for file in top:
        equal(file.tag, 'file')
        for e in file:
            equal(e.tag, 'error')
            got.append((file.get('name'), e.get('line'), e.get('column'), e.get('severity'), e.get('message'), e.get('source')))
    want = [(xml_plain(path), str(f['start']['line']), str(f['start']['column']) if 'column' in f['start'] else None, f['level'],
             xml_plain(advice(f, '；')), f'gblint.{f["rule"].split("-")[0]}.{f["rule"]}') for _, f, path in listed(s, data, level)]
    equal(len(got), len(want), 'errors:')
    for a, b in zip(got, want):
        equal(a, b)
    names = [f.get('name') for f in top]
    equal([n for d in data['files'] for n in [below(s, d['path'])] if n not in names], [], 'each draft is named:')


def check_junit(s, data, text, level='warning'):
    top = xml.fromstring(text)
    equal(top.tag, 'testsuites')
    equal([suite.get('name') for suite in top], [below(s, d['path']) for d in data['files']])
    for suite, draft in zip(top, data['files']):
        cases = suite.findall('testcase')
        failures, skipped = suite.findall('testcase/failure'), suite.findall('testcase/skipped')
        equal((suite.tag, len(cases), len(failures), len(skipped)),
              ('testsuite', int(suite.get('tests')), int(suite.get('failures')), int(suite.get('skipped'))))
        equal(len({(c.get('classname'), c.get('name')) for c in cases}), len(cases), 'names of cases differ:')
        wanted = [(f, path) for d, f, path in listed(s, data, level) if d is draft]
        equal(len(failures), len(wanted), 'failures:')
        for case, (f, path) in zip(cases, wanted):
            failure = case[0]
            equal((case.get('file'), failure.get('type'), failure.get('message')), (path, f['level'], xml_plain(f['message'])))
            place = ':'.join(str(f['start'][k]) for k in ('line', 'column') if k in f['start'])
            want = f'{f.get("path", draft["path"])}:{place}: ' + advice(f, '\n')
            equal(failure.text, '\n'.join(map(xml_plain, want.split('\n'))))
        equal([c.get('name') for c in cases if not len(c)], [] if wanted else ['gblint'], 'a case that passed:')
        equal([c.get('message') for c in skipped], [xml_plain(n['why']) for n in draft['not_checked']])


# ---- The table of comments ----

COLUMNS = ['序号', '章条编号', '意见内容', '提出单位', '处理意见及理由', '备注']


def rows_of(text):
    assert text.startswith(b'\xef\xbb\xbf')
    lines = text.decode('utf-8-sig')
    equal(lines.count('\n'), lines.count('\r\n'), 'line ends:')
    return list(csv.reader(io.StringIO(lines, newline=''), strict=True))


def check_comments(s, data, text, level='warning'):
    head, *rows = rows_of(text)
    is_single = len(data['files']) == 1
    equal(head, COLUMNS + ([] if is_single else ['文件']))
    wanted = list(listed(s, data, level))
    equal(len(rows), len(wanted), 'rows:')
    equal([row[0] for row in rows], [str(i + 1) for i in range(len(rows))])
    for row, (draft, f, path) in zip(rows, wanted):
        if f['clause']:
            equal(row[1].lstrip("'").replace('附录', ''), f['clause'])
        assert row[1], row
        assert plain(f['message']) in row[2] and plain(f['remedy']) in row[2] and plain(f['source']) in row[2], row
        assert plain(f['quote'])[:40] in row[2], (row, f['quote'])
        equal(row[3:5], ['', ''])
        holds(row[5], f['rule'], f'第{f["start"]["line"]}行')
        if not is_single:
            equal(row[6].lstrip("'"), draft['path'])
        for field in row:
            assert field[:1] not in tuple('=+-@\t＝＋－＠'), field


def test_elements_without_numbers_have_names_in_the_table():
    with Scratch(gblint, a__md=seed) as s:
        done = run(s, '--no-config', '--level', 'info', '-f', 'comments', 'a.md')
        clauses = [r[1] for r in rows_of(done.stdout)[1:]]
        for name in ('封面', '前言', '1'):
            holds(clauses, name)


def test_numbers_that_spreadsheets_would_change_are_kept():
    text = seed + '\n# 11 登记\n\n' + ''.join(f'## 11.{i} 登记{i}\n\n应登记,检查。\n\n' for i in range(1, 12))
    with Scratch(gblint, a__md=text) as s:
        clauses = [row[1] for row in rows_of(run(s, '--no-config', '--select', 'TYP', '-f', 'comments', 'a.md').stdout)]
        holds(clauses, "'11.10", '11.9')
        assert '11.10' not in clauses


# ---- Runs ----

def test_threads_and_standard_input_give_the_same():
    with Scratch(gblint) as s:
        args = drafts(s)
        alone = outputs(s, '-j1', *args)
        equal(outputs(s, '-j4', *args)[1], alone[1], 'threads:')
        run(s, '--no-config', '-f', 'sarif', '-o', 'f.sarif', 'in/hostile.md')
        done = run(s, '--no-config', '-f', 'sarif', '--stdin-name', 'in/hostile.md', '-', stdin=s.bytes('in/hostile.md'))
        equal(done.stdout, s.bytes('f.sarif'), 'standard input:')


def test_what_a_baseline_knows_is_suppressed_outside():
    with Scratch(gblint, a__md=seed, __gblint__yaml='') as s:
        run(s, 'baseline', 'a.md')
        s.write('a.md', hostile + seed)
        data, out = outputs(s, 'a.md')
        kinds = {x['kind'] for r in check_sarif(s, data, out['sarif'])['runs'][0]['results'] for x in r['suppressions']}
        equal(kinds, {'inSource', 'external'})
        check_gitlab(s, data, out['gitlab'])
        check_junit(s, data, out['junit'])


def test_extensions_choose_formats():
    with Scratch(gblint, a__md=seed) as s:
        run(s, '--no-config', '-o', 'a.sarif', '-o', 'a.csv', '-o', 'a.json', '-f', 'junit', '-o', 'b.xml', 'a.md')
        equal(json.loads(s.read('a.sarif'))['version'], '2.1.0')
        equal(json.loads(s.read('a.json'))['schema'], 1)
        equal(rows_of(s.bytes('a.csv'))[0], COLUMNS)
        equal(xml.fromstring(s.read('b.xml')).tag, 'testsuites')


def test_comments_name_the_file_where_there_are_several():
    with Scratch(gblint) as s:
        for path in (pathlib.Path(root) / 'fixtures/system').iterdir():
            s.write(path.name, path.read_text())
        args = ['--no-config', '--as-of', '2025-01-01', '-f', 'comments', '-o', 'a.csv']
        run(s, *args, 'lending.md')
        equal(rows_of(s.bytes('a.csv'))[0], COLUMNS)
        # The table of the system is a second file, and is spoken of.
        run(s, *args, '--manifest', 'manifest.csv', 'lending.md')
        head, *rows = rows_of(s.bytes('a.csv'))
        equal(head, [*COLUMNS, '文件'])
        equal({row[6] for row in rows}, {'lending.md', 'manifest.csv'})


def test_names_choose_formats():
    with Scratch(gblint, a__md=seed) as s:
        (s.path / 'out').mkdir()
        outputs = ['x.sarif.json', 'gitlab.json', 'x.rdjson.json', 'out/junit.xml', 'x.checkstyle.xml', 'x.concise.txt', 'x.html', 'text.csv', 'my-sarif.json',
                   'sarif.csv.txt']
        run(s, '--no-config', *(word for output in outputs for word in ('-o', output)), 'a.md')
        equal(json.loads(s.read('x.sarif.json'))['version'], '2.1.0')
        equal(json.loads(s.read('gitlab.json'))[0]['check_name'][3], '-')
        equal(json.loads(s.read('x.rdjson.json'))['source']['name'], 'gblint')
        equal(xml.fromstring(s.read('out/junit.xml')).tag, 'testsuites')
        equal(xml.fromstring(s.read('x.checkstyle.xml')).tag, 'checkstyle')
        holds(s.read('x.concise.txt'), 'a.md:')
        holds(s.read('x.html'), '<!DOCTYPE html>')
        equal(rows_of(s.bytes('text.csv'))[0], COLUMNS)
        equal(json.loads(s.read('my-sarif.json'))['schema'], 1)
        # -f counts more than a name; of .xml alone nobody knows which is meant.
        run(s, '--no-config', '-f', 'json', '-o', 'y.sarif.json', 'a.md')
        equal(json.loads(s.read('y.sarif.json'))['schema'], 1)
        done = s.start('--no-config', '-o', 'out/y.xml', 'a.md')
        equal((done.returncode, (s.path / 'out/y.xml').exists()), (2, False))
        holds(done.stderr.decode(), 'junit', 'checkstyle')
        run(s, '--no-config', '-o', 'y.xml', '-f', 'checkstyle', 'a.md')
        equal(xml.fromstring(s.read('y.xml')).tag, 'checkstyle')


def test_paths_outside_are_absolute_uris():
    with Scratch(gblint) as s:
        s.write('x y/a.md', seed)
        (s.path / 'in').mkdir()
        done = subprocess.run([gblint, '--no-config', '-f', 'sarif', '../x y/a.md'], cwd=s.path / 'in', capture_output=True)
        place = json.loads(done.stdout)['runs'][0]['results'][0]['locations'][0]['physicalLocation']['artifactLocation']
        equal(place, {'uri': f'file://{s.path}/x%20y/a.md'})


def test_a_file_that_cannot_be_read_is_no_success():
    with Scratch(gblint, a__md=seed) as s:
        done = run(s, '--no-config', '-f', 'sarif', 'a.md', 'none.md', status=(2,))
        equal(json.loads(done.stdout)['runs'][0]['invocations'][0]['executionSuccessful'], False)
        done = run(s, '--no-config', '-f', 'junit', 'a.md', 'none.md', status=(2,))
        equal([suite.get('errors') for suite in xml.fromstring(done.stdout)], ['0', '1'])


def test_nothing_found():
    with Scratch(gblint, a__md=clean, __gblint__yaml='') as s:
        data, out = outputs(s, 'a.md')
        equal(list(listed(s, data, 'warning')), [])
        equal((out['github'], json.loads(out['gitlab'])), (b'', []))
        check_junit(s, data, out['junit'])
        check_checkstyle(s, data, out['checkstyle'])
        check_comments(s, data, out['comments'])
        equal(json.loads(out['rdjson'])['diagnostics'], [])


# ---- The hand-built report ----

def built(name, n):
    done = subprocess.run([report, name, str(n)], capture_output=True)
    equal(done.returncode, 0, name)
    return done.stdout


def test_hostile_words():
    for name in FORMATS:
        text = built(name, 50).decode()
        assert '\x1b' not in text and '\x01' not in text and '\x7f' not in text, name
        if name in ('junit', 'checkstyle'):
            xml.fromstring(text)
        elif name in ('sarif', 'gitlab', 'rdjson'):
            json.loads(text)
    shown = [f for f in json.loads(built('json', 50))['files'][0]['findings'] if f['level'] != 'info']
    equal(len(built('github', 50).decode().split('\n')) - 1, len(shown))
    equal([r[2][:6] for r in rows_of(built('comments', 50))[1:]], ["'=]]>-"] * len(shown))
    equal(sum(not f['start'].get('column') for f in shown) > 0, True)
    places = [r['locations'][0]['physicalLocation']['region'] for r in json.loads(built('sarif', 50))['runs'][0]['results']]
    equal({'startColumn' in r for r in places}, {True, False})


# ---- Validators ----

def sarif_files(s):
    args = drafts(s)
    run(s, '--config', '.gblint.yaml', '-o', 'some.sarif', args[1], args[4])
    (s.path / 'built.sarif').write_bytes(built('sarif', 30))
    (s.path / 'golden.sarif').write_bytes(subprocess.run([report, 'sarif'], capture_output=True).stdout)
    run(s, '--no-config', '--lang', 'en', '-o', 'en.sarif', 'in/hostile.md')
    run(s, '--no-config', '-o', 'clean.sarif', 'in/clean.md')
    return ['some.sarif', 'built.sarif', 'golden.sarif', 'en.sarif', 'clean.sarif']


def test_sarif_by_its_schema():
    modules, why = npm.modules(folder)
    if not modules:
        raise Skip(f'ajv is not asked, {why}')
    schema = modules / '@microsoft' / 'sarif-multitool-linux' / 'sarif-2.1.0.json'
    if not schema.exists():
        raise Skip('the schema comes with the multitool for Linux on x86-64 only')
    with Scratch(gblint) as s:
        files = ['a.sarif', *sarif_files(s)]
        outputs(s, *drafts(s))
        done = subprocess.run(['node', folder / 'validate.mjs', modules, schema, *files], cwd=s.path, capture_output=True)
        equal((done.stdout.decode(), done.stderr.decode()), ('', ''))


# An address of the tool in the web: gblint has none.
NOT_OURS = {'SARIF2005'}


def test_sarif_by_the_multitool():
    modules, why = npm.modules(folder)
    if not modules:
        raise Skip(f'the multitool is not asked, {why}')
    tool = modules / '@microsoft' / 'sarif-multitool-linux' / 'Sarif.Multitool'
    if not tool.exists():
        raise Skip('the multitool is not asked, npm has none for this machine')
    tool.chmod(0o755)
    with Scratch(gblint) as s:
        s.write('config.json', json.dumps({'SARIF2006.UrisShouldBeReachable.Options': {'RuleEnabled': 'Disabled'}}))  # it asks the web
        done = subprocess.run([tool, 'validate', *sarif_files(s), '--rule-kind', 'Sarif;Ghas', '-o', 'said', '--log', 'ForceOverwrite',
                               '--level', 'Error;Warning', '-c', 'config.json'], cwd=s.path, capture_output=True,
                              env={**os.environ, 'DOTNET_SYSTEM_GLOBALIZATION_INVARIANT': '1'})
        equal(done.returncode, 0, done.stdout.decode()[:500])
        said = json.loads((s.path / 'said').read_text('utf-8-sig'))['runs'][0]
        equal(said['invocations'][0]['executionSuccessful'], True)
        holds(done.stdout.decode(), '5 files scanned')
        equal([r for r in said['results'] if r['ruleId'] not in NOT_OURS][:3], [])


if __name__ == '__main__':
    harness.main(globals())
