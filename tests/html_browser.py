"""The HTML report in a real browser: Debian's Chromium, led by playwright-core from npm.

    html_browser.py GBLINT ROOT [NAME]

Makes reports of ordinary, large and hostile drafts, has tests/browser/*.mjs open and work them, and looks at what they saved:
the table of comments, the printed pages. NAME: only tests whose name holds it. playwright-core and axe-core are installed once, into a
scratch folder."""
import csv
import hashlib
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

GBLINT, ROOT = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
ONLY = sys.argv[3] if len(sys.argv) > 3 else ''
HERE = ROOT / 'tests' / 'browser'
SEED = ROOT / 'fixtures' / 'db32-t-2796-2015.md'
# Reports whose table of comments is held against that of -f comments, at the level that the page is at.
TABLES = {'seed': [], 'several': ['--level', 'info']}
WHAT = 'the HTML report in a browser'
NEWEST_NODE = 18

PAYLOAD = '<script>window.pwned1=1;alert(1)</script><img src=x onerror="window.pwned2=1;alert(2)"><svg onload=window.pwned3=1>'
BREAKOUT = '"\'></mark></p></script></style></title><script>window.pwned4=1</script><iframe src="javascript:parent.pwned5=1">'
LINKS = '[链接](javascript:window.pwned6=1) <javascript:pwned7=1> ![图](javascript:pwned8=1 "x\\" onerror=\\"pwned9=1") [外](http://example.invalid/a)'
SVG = ('<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="window.pwned10=1">'
       '<script>window.pwned11=1</script><a xlink:href="javascript:window.pwned12=1"><text>点</text></a>'
       '<foreignObject><iframe src="http://example.invalid/"></iframe></foreignObject>'
       '<image href="http://example.invalid/x.png"/><animate onbegin="window.pwned13=1" attributeName="x" dur="1s"/></svg>')


def skip(why):
    print(f'skipped - {WHAT}: {why}\n0 passed, 0 failed, 1 skipped')
    sys.exit(0)


def browser():
    for name in ('chromium', 'chromium-browser', 'google-chrome'):
        if found := shutil.which(name):
            return found
    return skip('there is no Chromium')


def modules():
    """The folder of the installed packages, kept between runs."""
    if not shutil.which('npm') or not shutil.which('node'):
        skip('there is no npm')
    version = subprocess.run(['node', '--version'], capture_output=True, text=True).stdout
    if int((re.match(r'v(\d+)', version) or [0, 0])[1]) < NEWEST_NODE:
        skip(f'node is older than {NEWEST_NODE}')
    lock = (HERE / 'package-lock.json').read_bytes()
    folder = pathlib.Path(tempfile.gettempdir()) / f'gblint-browser-{os.getuid()}-{hashlib.sha256(lock).hexdigest()[:12]}'
    if not (folder / 'done').exists():
        folder.mkdir(mode=0o700, exist_ok=True)
        for name in ('package.json', 'package-lock.json'):
            shutil.copy(HERE / name, folder)
        try:
            done = subprocess.run(['npm', 'ci', '--no-audit', '--no-fund', '--ignore-scripts'], cwd=folder, capture_output=True, timeout=240)
        except subprocess.TimeoutExpired:
            done = None
        if not done or done.returncode:
            skip('npm cannot install playwright-core and axe-core')
        (folder / 'done').touch()
    return folder


# ---- Drafts ----

def base(edition):
    """The clean draft that examples of rules are set into, without its optional parts."""
    kept, lines = True, []
    for line in (ROOT / 'rules' / 'base' / f'{edition}.md').read_text().splitlines(keepends=True):
        if line.startswith('@@'):
            mark = line[2:].strip()
            kept = kept if mark in ('.', '-') else not mark.endswith('?')
        elif kept:
            lines.append(line)
    return ''.join(lines)


def charts():
    """A draft with all that a report shows: charts with faults, a table, a formula, lists, notes, terms."""
    parts = [base(2020), '\n## 7 流程\n\n悬置的一段，应当立即进行。\n\n']
    for i, name in enumerate(('b-dead-end', 'c-crossing', 'e-decision', 'b-isolated', 'c-to-and-fro'), 1):
        text = (ROOT / 'fixtures' / 'flow' / 'bad' / f'{name}.mmd').read_text()
        parts.append(f'### 7.{i} 步骤{i}\n\n步骤见图{i}。\n\n```mermaid\n{text}\n```\n\n图{i} 流程{i}\n\n')
    parts.append('''### 7.6 数据

数据见表1，按公式（1）计算：

表1 数据

| 项目 | 数值 | 备注 |
|---|---|---|
| 甲 | 10Kg | **应**当 |
| 乙 | 20 | 不得不 |

$$
a = b + c \\qquad (1)
$$

式中：

a——总量，单位为千克（kg）；

注：此处应当注意。

a) 第一项应登记；
c) 第二项必须登记；

示例：登记的例子。
''')
    return ''.join(parts)


def hostile():
    return f'''---
title: {json.dumps(PAYLOAD)}
number: {json.dumps(BREAKOUT)}
---

# {PAYLOAD}

## 前 言

本文件由{PAYLOAD}提出。

## 1 范围{BREAKOUT}

本文件规定了`{PAYLOAD}`，应当{PAYLOAD}必须{BREAKOUT}。{LINKS}

<!-- gblint-disable-next-line NUM-012: {PAYLOAD.replace("--", "")} -->
## 2 术语和定义

### 2.1
**{PAYLOAD}** {BREAKOUT}

一种{PAYLOAD}。

## 3 {LINKS}

悬置段{PAYLOAD}应当不得不。[^1]

[^1]: 脚注{BREAKOUT}

### 3.1 {PAYLOAD}

{PAYLOAD}

{SVG}

<iframe srcdoc="<script>parent.pwned14=1</script>"></iframe>
<style>body {{ display: none }} @import url(http://example.invalid/x.css);</style>
<meta http-equiv="refresh" content="0;url=http://example.invalid/">
<base href="http://example.invalid/">

- a) {PAYLOAD}
- c) {BREAKOUT}必须

| {PAYLOAD} | {BREAKOUT} |
|---|---|
| {LINKS} | 应当{PAYLOAD} |

![{PAYLOAD}](x.png" onerror="window.pwned15=1)

![图](evil.svg)

图1 {PAYLOAD}

```mermaid
flowchart TD
  A["{PAYLOAD.replace('"', "'")}"] -->|"{BREAKOUT.replace('"', "'")}"| B{{"<b onmouseover=pwned16=1>x"}}
  B --> C
  click A "javascript:window.pwned17=1"
  click B call pwned()
  subgraph s ["</svg>{PAYLOAD.replace('"', "'")}"]
  D
  end
```

图2 {BREAKOUT}

```dot
digraph {{ a [label="{PAYLOAD.replace('"', chr(92) + '"')}", URL="javascript:pwned18=1"]; a -> b [label="</text><script>pwned19=1</script>"]; }}
```

$$
{PAYLOAD} \\href{{javascript:pwned20=1}}{{x}}
$$

## 附录A{PAYLOAD}

### A.1 {BREAKOUT}

同{PAYLOAD}\u202e\u2028\x0b。
'''


def hostile_docbook():
    escape = lambda text: text.replace('&', '&amp;').replace('<', '&lt;').replace('"', '&quot;')  # noqa: E731
    return f'''<?xml version="1.0" encoding="UTF-8"?>
<article xmlns="http://docbook.org/ns/docbook" xmlns:xlink="http://www.w3.org/1999/xlink" version="5.0"><info><title>{escape(PAYLOAD)}</title></info>
<section label="1"><title>范围{escape(BREAKOUT)}</title>
<para>应当<link xlink:href="javascript:pwned30=1">{escape(PAYLOAD)}</link>必须<emphasis role='x" onclick="pwned31=1'>不得不</emphasis>。</para></section>
<section label='2"&gt;&lt;script&gt;pwned32=1&lt;/script&gt;'><title>{escape(BREAKOUT)}</title><para>{escape(PAYLOAD)}</para>
<figure><title>{escape(PAYLOAD)}</title><mediaobject><imageobject><imagedata fileref="javascript:pwned33=1"/></imageobject>
<textobject><phrase>{escape(BREAKOUT)}</phrase></textobject></mediaobject></figure>
<informaltable><tgroup cols="1"><tbody><row><entry>{escape(PAYLOAD)}</entry></row></tbody></tgroup></informaltable>
<programlisting language="mermaid">flowchart TD
  A["{escape(PAYLOAD.replace('"', "'"))}"] --&gt; B</programlisting>
</section></article>
'''


def many():
    """1 MB with some 5,000 findings: the seed over and over, and a chapter with few faults behind each."""
    right, wrong = '服务机构应保存所有记录，公布记录的目录，并说明查阅的方法。\n\n', '服务机构必须公布记录。\n\n'
    return (SEED.read_text() + '\n## 11 记录\n\n' + right * 118 + wrong * 4) * 42


def lint(folder, *args):
    return subprocess.run([GBLINT, 'lint', '--no-config', '--fail-on', 'never', *args], cwd=folder, capture_output=True, check=True).stdout


def report(folder, name, drafts, *args):
    """The page of the drafts, and their findings as -f json has them."""
    lint(folder, *args, '-f', 'html', '-o', f'{name}.html', '-f', 'json', '-o', f'{name}.json', *drafts)
    told = json.loads((folder / f'{name}.json').read_text())
    size = (folder / f'{name}.html').stat().st_size
    if size > 1 << 20:
        print(f'{name}: a report of {size / (1 << 20):.1f} MB')
    return told


def reports(folder):
    """The plan for the browser: where each page is, and what it should hold."""
    seed = SEED.read_text()
    lines = [line for line in seed.split('\n') if 12 < len(line) < 60 and re.fullmatch(r'[\u4e00-\u9fff，。、]+', line)]
    drafts = {
        'seed': {'seed.md': seed}, 'english': {'seed.md': seed}, 'charts': {'charts.md': charts()},
        'pair': {'b.md': base(2020), 'c.md': base(2009)},
        'several': {'甲 一.md': seed, 'b.md': charts(), 'c.md': base(2009)},
        'hostile': {'<img src=x onerror=alert(3)>.md': hostile()}, 'hostile-docbook': {"'onclick='alert(4).xml": hostile_docbook()},
        'many': {'many.md': many()},
    }
    options = {'english': ['--lang', 'en'], 'many': ['--level', 'info']}
    plan = {'folder': str(folder), 'chromium': browser(), 'only': ONLY, 'pages': {}, 'found': {}}
    (folder / 'evil.svg').write_text(SVG)
    for name, files in drafts.items():
        for path, text in files.items():
            (folder / path).write_text(text)
        told = report(folder, name, files, *options.get(name, []))
        plan['pages'][name] = str(folder / f'{name}.html')
        if name in TABLES:
            lint(folder, '-f', 'comments', '-o', f'{name}-comments.csv', *TABLES[name], *files)
        plan['found'][name] = {'counts': told['summary'], 'drafts': len(files), 'words': lines[10:40:3]}
    # The seed against a baseline of the same but for its last part.
    (folder / '.gblint.yaml').write_text('{}\n')
    (folder / 'known.md').write_text(seed)
    subprocess.run([GBLINT, 'baseline', 'known.md'], cwd=folder, capture_output=True, check=True)
    (folder / 'known.md').write_text(seed + '\n## 11 记录\n\n悬置的一段，应当记录。\n\n### 11.1 保存\n\n必须保存。\n')
    lint(folder, '-f', 'html', '-o', 'known.html', '-f', 'json', '-o', 'known.json', 'known.md')
    plan['pages']['known'] = str(folder / 'known.html')
    plan['found']['known'] = {'counts': json.loads((folder / 'known.json').read_text())['summary']}
    return plan


# ---- What the browser saved ----

COLUMNS = ['序号', '章条编号', '意见内容', '提出单位', '处理意见及理由', '备注', '文件']


def rows_of(path, n):
    data = path.read_bytes()
    assert data.startswith(b'\xef\xbb\xbf'), 'no byte order mark'
    text = data[3:].decode()
    rows = list(csv.reader(io.StringIO(text, newline=''), strict=True))
    assert text.count('\r\n') == len(rows) and text.endswith('\r\n'), 'line ends'
    assert all(len(row) == len(COLUMNS[:n]) for row in rows), [row for row in rows if len(row) != n][:2]
    assert rows[0] == COLUMNS[:n], rows[0]
    assert [row[0] for row in rows[1:]] == [str(i) for i in range(1, len(rows))], 'numbers'
    for row in rows:
        for field in row:
            assert not re.match(r'\s*[=+\-@\t\r]', field), f'a formula: {field!r}'
    return rows[1:]


def same_as_comments(folder, name, n, rows):
    """The rows but for their numbers, what was decided, and quotes, which cards cut sooner; in whatever order cards and places have."""
    def key(row):
        return (*row[5:], row[1], re.sub('原文：“.*?”。(?=建议|依据|$)', '', row[2], flags=re.S))
    wanted = sorted(map(key, rows_of(folder / f'{name}-comments.csv', n)))
    got = sorted(map(key, rows))
    assert got == wanted, next((pair for pair in zip(got, wanted) if pair[0] != pair[1]), (len(got), len(wanted)))


def check_table(folder):
    rows = rows_of(folder / 'table.csv', 6)
    shown = json.loads((folder / 'table.json').read_text())
    own = [row for row in rows if row[5] == '自拟意见']
    same_as_comments(folder, 'seed', 6, [row for row in rows if row not in own])
    assert len(own) == 1 and own[0][1] == '5', own
    assert own[0][2] == '\'=HYPERLINK("http://example.invalid"),\n换行' and own[0][3] == "'@某某标准化技术委员会", own
    found = [row for row in rows if row not in own]
    assert len(found) == len(shown), (len(found), len(shown))
    assert sorted(card['message'] for card in shown) == sorted(
        next(c['message'] for c in shown if row[2].lstrip("'").startswith(c['message'])) for row in found), 'messages'
    assert [row[4] for row in found if row[4]] == ['采纳', '不采纳：=SUM(A1:A9)，与 "5.2" 重复'], [row[4] for row in found if row[4]]


def check_several(folder):
    rows = rows_of(folder / 'several.csv', 7)
    same_as_comments(folder, 'several', 7, rows)
    drafts = [row[6] for row in rows]
    assert drafts == sorted(drafts, key=['甲 一.md', 'b.md', 'c.md'].index) and len(set(drafts)) >= 2, 'drafts in their order'


def check_print(folder):
    info = subprocess.run(['pdfinfo', folder / 'print.pdf'], capture_output=True, text=True, check=True).stdout
    pages = int(re.search(r'^Pages:\s+(\d+)', info, re.M)[1])
    width, height = map(float, re.search(r'^Page size:\s+([\d.]+) x ([\d.]+)', info, re.M).groups())
    assert pages >= 3 and abs(width - 595) < 2 and abs(height - 842) < 2, info
    text = subprocess.run(['pdftotext', '-layout', folder / 'print.pdf', '-'], capture_output=True, text=True, check=True).stdout
    plain = re.sub(r'\s', '', text)
    for words in ('悬置的一段', '本文件规定了', '采纳'):
        assert words in plain, f'{words} is not on paper'


def main():
    env = {**os.environ, 'BROWSER_MODULES': str(modules())}
    with tempfile.TemporaryDirectory(prefix='gblint-') as scratch:
        folder = pathlib.Path(scratch)
        (folder / 'plan.json').write_text(json.dumps(reports(folder)))
        done = subprocess.run(['node', HERE / 'run.mjs', folder / 'plan.json'], env=env, stdout=subprocess.PIPE, text=True)
        *lines, last = done.stdout.rstrip('\n').split('\n')
        print('\n'.join(lines))
        counted = re.match(r'(\d+) passed, (\d+) failed$', last)
        if not counted:
            print(last)
        passed, failed = map(int, counted.groups()) if counted else (0, 1)
        skipped = 0
        for file, check in (('table.csv', check_table), ('several.csv', check_several), ('print.pdf', check_print)):
            if not (folder / file).exists():
                continue
            if file == 'print.pdf' and not shutil.which('pdfinfo'):
                print('skipped - the printed pages: there is no pdfinfo')
                skipped += 1
                continue
            try:
                check(folder)
                passed += 1
            except (AssertionError, StopIteration) as error:
                failed += 1
                print(f'not ok - {check.__name__}: {error!r}')
    print(f'{passed} passed, {failed} failed, {skipped} skipped')
    sys.exit(bool(failed))


main()
