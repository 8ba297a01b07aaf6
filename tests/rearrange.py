"""Fixes that move parts of a draft: what they mend is gone, all else stays, and nothing is left for a second run.

    rearrange.py GBLINT ROOT [NAME]"""
import collections
import itertools
import json
import pathlib
import re
import subprocess
import tempfile

from harness import GBLINT, ROOT, equal, main

START = '# 旧书登记\n\n## 1 范围\n\n本文件规定了旧书的登记。\n\n'


def run(name, text, *args):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / name
        path.write_text(text)
        done = subprocess.run([GBLINT, *args, path.name], capture_output=True, cwd=folder)
        return path.read_text(), done.stdout.decode(), done.stderr.decode()


def findings(text, name='a.md'):
    return json.loads(run(name, text, 'lint', '--no-config', '-f', 'json')[1])['files'][0]['findings']


def fixed(rule, text, name='a.md', *args):
    """The text after the fixes of one rule: none of its findings is left, no other rule has more, a second run changes nothing."""
    args = ('fix', '--no-config', '--level', 'info', '--select', rule, *args)
    once, _, err = run(name, text, *args)
    equal(err, '')
    equal(run(name, once, *args)[0], once, 'again')
    before, after = (collections.Counter(x['rule'] for x in findings(t, name)) for t in (text, once))
    equal(after[rule], 0, 'left')
    equal({r: n for r, n in after.items() if n > before[r]}, {}, 'new')
    return once


def unsafe(rule, text, name='a.md'):
    equal(run(name, text, 'fix', '--no-config', '--level', 'info', '--select', rule)[0], text, 'without --unsafe')
    return fixed(rule, text, name, '--unsafe')


def stays(rule, text, name='a.md'):
    if rule not in (x['rule'] for x in findings(text, name)):
        raise AssertionError(f'no {rule}')
    equal(run(name, text, 'fix', '--no-config', '--unsafe', '--level', 'info', '--select', rule)[0], text)


# ── ANX-003 ──

ANNEX = re.compile(r'(?m)^## 附录')


def permuted(text, order):
    """The draft with its annexes in another order, by the letters alone: what the fix has to undo."""
    letters = {'ABCDEFGH'[old]: 'ABCDEFGH'[new] for new, old in enumerate(order)}
    text = re.sub(r'(?<![A-Za-z/0-9])([A-H])(?=\.\d)|(?<=附录)[A-H]', lambda m: letters[m[0]], text)
    begin = ANNEX.search(text).start()
    end = text.find('## 参考文献', begin)
    end = len(text) if end < 0 else end
    parts = re.split(ANNEX, text[begin:end])[1:]
    text = text[:begin] + ''.join('## 附录' + parts[old] for old in order) + text[end:]
    # The contents: entries of annexes sorted, pages where they stood.
    lines = text.split('\n')
    places = [i for i, line in enumerate(lines[:lines.index('## 前言')]) if re.match('附录[A-H]', line)]
    entries = sorted(lines[i] for i in places)
    pages = [re.search(r'\s*…*\s*\d*$', lines[i])[0] for i in places]
    for i, entry, page in zip(places, entries, pages):
        lines[i] = re.sub(r'\s*…*\s*\d*$', '', entry) + page
    return '\n'.join(lines)


def test_annexes_come_back():
    n = 0
    for path in sorted((ROOT / 'fixtures' / 'clean').glob('*.md')):
        text = path.read_text()
        count = len(ANNEX.findall(text))
        for order in itertools.permutations(range(count)):
            moved = permuted(text, order)
            if moved != text and 'ANX-003' in (x['rule'] for x in findings(moved)):
                equal(unsafe('ANX-003', moved), text, (path.name, order))
                n += 1
    equal(n >= 6, True, n)


BODY = START + '''## 2 登记

标志见附录B，登记表应符合%s的规定。

## 附录A（规范性）登记表

%s

## 附录B（资料性）标志

%s
'''


def test_annexes_with_code_and_formulas_move_whole():
    code = '```\n旧书\n```'
    equal(unsafe('ANX-003', BODY % ('附录A', code, '$$\nx = 1\n$$')),
          (BODY % ('附录A', '@', code)).replace('标志见附录B', '标志见附录A').replace('应符合附录A', '应符合附录B')
          .replace('@', '$$\nx = 1\n$$').replace('A（规范性）登记表', 'A（资料性）标志').replace('B（资料性）标志', 'B（规范性）登记表'))


def test_annexes_stay_where_a_letter_is_not_certain():
    for text in (BODY % ('附录A', '甲。', '按GB/T 1.1—2020起草的“附录A”。'),
                 BODY % ('附录A', '甲。', '```\n见附录A\n```'),
                 BODY % ('附录A', '甲。', '![](A.1.png)'),
                 BODY % ('附录A～附录B', '甲。', '乙。'),
                 BODY % ('附录A、A.7', '甲。', '乙。'),
                 BODY % ('附录A', '<!-- gblint-disable WRD-001: 引文 -->\n\n甲。', '乙。')):
        stays('ANX-003', text)


def test_parts_of_other_documents_keep_their_letters():
    got = unsafe('ANX-003', BODY % ('附录A', '见GB/T 1.1—2020的附录B。', '乙。'))
    equal('见GB/T 1.1—2020的附录B。' in got, True)


DOCBOOK = '''<?xml version="1.0" encoding="UTF-8"?>
<article xmlns="http://docbook.org/ns/docbook" version="5.0"><title>旧书登记</title>
<section label="1"><title>范围</title><para>本文件规定了旧书的登记。</para></section>
<section%s><title>登记</title>%s
</section>%s
</article>
'''


def test_annexes_in_docbook():
    a = '<appendix%s role="informative"><title>登记册</title><!-- <appendix> --><para>甲。</para></appendix>'
    b = ('<appendix%s role="informative"><title>登记表</title><table%s><title>登记表</title><tgroup cols="1"><thead><row><entry>'
         '名称</entry></row></thead><tbody><row><entry>甲</entry></row></tbody></tgroup></table></appendix>')
    para = '<para>见附录%s的表%s.1和附录%s。</para>'
    chapter, label_a, label_b, before, after = (f' label="{x}"' for x in ('2', 'A', 'B', 'B.1', 'A.1'))
    equal(unsafe('ANX-003', DOCBOOK % (chapter, para % ('B', 'B', 'A'), '\n' + a % label_a + '\n' + b % (label_b, before)), 'a.xml'),
          DOCBOOK % (chapter, para % ('A', 'A', 'B'), '\n' + b % (label_a, after) + '\n' + a % label_b))


# ── NUM-012 ──

def hanging(before, after):
    equal(unsafe('NUM-012', START + before), START + after)


def test_hanging_paragraph_opens_a_subclause():
    hanging('''## 2 登记

登记应公开，见2.2.1和第2章。

a) 甲；

b) 乙。

### 2.1 要求

登记应符合2.1～2.2的规定，按GB/T 1.1—2020的2.1起草。

### 2.2 记录

#### 2.2.1 册

册应保存。

#### 2.2.2 卡

卡应保存，见2.1 a）。
''', '''## 2 登记

### 2.1 通则

登记应公开，见2.3.1和第2章。

a) 甲；

b) 乙。

### 2.2 要求

登记应符合2.2～2.3的规定，按GB/T 1.1—2020的2.1起草。

### 2.3 记录

#### 2.3.1 册

册应保存。

#### 2.3.2 卡

卡应保存，见2.2 a）。
''')


def test_hanging_paragraphs_one_in_the_other():
    hanging('''## 2 登记

登记应公开。

### 2.1 要求

要求应公布。

#### 2.1.1 册

册应保存，见2.1.2。

#### 2.1.2 卡

卡应保存。

### 2.2 记录

记录应保存。
''', '''## 2 登记

### 2.1 通则

登记应公开。

### 2.2 要求

#### 2.2.1 通则

要求应公布。

#### 2.2.2 册

册应保存，见2.2.3。

#### 2.2.3 卡

卡应保存。

### 2.3 记录

记录应保存。
''')


def test_hanging_paragraph_before_untitled_subclauses():
    hanging('''## 2 登记

登记应公开。

2.1 登记应在当日完成，见2.2。

2.2 登记应核对。
''', '''## 2 登记

2.1 登记应公开。

2.2 登记应在当日完成，见2.3。

2.3 登记应核对。
''')


def test_hanging_paragraph_in_the_contents():
    text = '''## 目次

1 范围 …… 1

2 登记 …… 2

2.1 要求 …… 3

2.2 记录 …… 3

'''
    after = text.replace('2.2 记录', '2.3 记录').replace('2.1 要求', '2.1 通则 …… 2\n\n2.2 要求')
    body = '## 2 登记\n\n%s登记应公开。\n\n### 2.%d 要求\n\n要求应公布。\n\n### 2.%d 记录\n\n记录应保存。\n'
    equal(unsafe('NUM-012', text + START + body % ('', 1, 2)), after + START + body % ('### 2.1 通则\n\n', 2, 3))


def test_hanging_paragraph_in_docbook():
    sub = '<section%s><title>%s</title><para>%s。</para></section>'
    before = '\n<para>登记应公开，见2.1。</para>\n' + sub % (' label="2.1"', '要求', '要求应公布') + sub % (' label="2.2"', '记录', '见2.1')
    after = ('\n<section label="2.1"><title>通则</title>\n<para>登记应公开，见2.2。</para>\n</section>\n' +
             sub % (' label="2.2"', '要求', '要求应公布') + sub % (' label="2.3"', '记录', '见2.2'))
    equal(unsafe('NUM-012', DOCBOOK % (' label="2"', before, ''), 'a.xml'), DOCBOOK % (' label="2"', after, ''))
    before = '\n<para>登记应公开。</para>\n' + sub % ('', '2.1 要求', '要求应公布') + sub % ('', '2.2 记录', '见2.1')
    after = ('\n<section><title>2.1 通则</title>\n<para>登记应公开。</para>\n</section>\n' + sub % ('', '2.2 要求', '要求应公布') +
             sub % ('', '2.3 记录', '见2.2'))
    equal(unsafe('NUM-012', DOCBOOK % (' label="2"', before, ''), 'a.xml'), DOCBOOK % (' label="2"', after, ''))


def test_hanging_paragraph_stays_where_a_number_is_not_certain():
    body = '## 2 登记\n\n登记应公开：\n\na) 甲；\n\nb) 乙。\n\n### 2.1 %s\n\n要求应公布，%s。\n\n### 2.2 记录\n\n记录应保存。\n'
    for title, text in (('要求', '应写“见2.2”'), ('要求', '见第2章 a）'), ('要求', '见2.3'), ('通则', '见2.2'), ('概述', '见2.2')):
        stays('NUM-012', START + body % (title, text))


# ── contents ──

HEAD = '## 目次\n\n%s\n\n## 前言\n\n本文件由旧书管理局提出。\n\n'
CHAPTERS = '''## 2 登记

### 2.1 册

册应保存。

### 2.2 卡

卡应保存。

## 3 归还

### 3.1 时限

归还应及时。

### 3.2 地点

归还应就近。

## 4 检查

### 4.1 频次

检查应每月进行。

### 4.2 结果

结果应公布。
'''


def entries(*lines, between='\n\n'):
    return HEAD % between.join(lines) + START + CHAPTERS


def test_order_of_the_contents():
    right = ['前言 …… Ⅱ', '1 范围 …… 1', '2 登记 …… 1', '3 归还 …… 2', '4 检查 …… 2']
    for between in ('\n\n', '\n', '  \n'):
        for old in range(len(right)):
            for new in range(len(right)):
                wrong = [x for x in right if x != right[old]]
                wrong.insert(new, right[old])
                if new != old:
                    equal(fixed('TOC-001', entries(*wrong, between=between)), entries(*right, between=between), (old, new))
    links = [f'- [{x}](#{i})' for i, x in enumerate(right)]
    equal(fixed('TOC-001', entries(*links[:2], links[3], links[2], links[4], between='\n')), entries(*links, between='\n'))


def test_levels_of_the_contents():
    chapters = ['1 范围', '2 登记', '3 归还', '4 检查']
    clauses = {'2': ['2.1 册', '2.2 卡'], '3': ['3.1 时限', '3.2 地点'], '4': ['4.1 频次', '4.2 结果']}
    full = [y for x in chapters for y in [x] + clauses.get(x[0], [])]
    for gone in clauses:
        equal(fixed('TOC-007', entries(*(x for x in full if not x.startswith(gone + '.')))), entries(*full), gone)
        equal(fixed('TOC-007', entries(*(x for x in full if '.' not in x or x.startswith(gone + '.')))), entries(*chapters), gone)


def test_pages_of_new_entries():
    """That of the chapter; it is certain where the next entry has the same."""
    lines = ['1 范围 …… 1', '2 登记 …… 1', '2.1 册 …… 1', '2.2 卡 …… 2', '3 归还 …… 2', '4 检查 …… %d', '4.1 频次 …… 3', '4.2 结果 …… 3']
    new = ['3.1 时限 …… 2', '3.2 地点 …… 2']
    for page, fix in ((2, fixed), (3, unsafe)):
        text = [x % page if '%' in x else x for x in lines]
        equal(fix('TOC-007', entries(*text)), entries(*text[:5], *new, *text[5:]))


def test_leaders_and_pages_go():
    right = ['前言', '1 范围', '2 登记', '3 归还', '4 检查']
    for between, leader in itertools.product(('\n\n', '\n', '  \n'), (' …… %d', '\t.......\t%d', ' · · · · %d', '………………%d')):
        equal(fixed('MDC-006', entries(*(x + leader % 2 for x in right), between=between)), entries(*right, between=between))
    stays('MDC-006', entries('前言 …… 1', '1范围 …… 1', '2 登记 …… 1', '3 归还 …… 2', '4 检查 …… 2'))
    stays('MDC-006', entries(*(f'- [{x}](#a) …… 2' for x in right), between='\n'))


def test_entries_in_two_languages_stay():
    text = entries('1 范围 …… 1', '2 登记 …… 1', '3 归还 …… 2', '4 检查 …… 2', '1 Scope …… 1', '2 Registration …… 1', '3 Return …… 2',
                   '4 Inspection …… 2')
    equal(run('a.md', text, 'fix', '--no-config', '--unsafe', '--level', 'info', '--select', 'TOC')[0], text)


def test_a_heading_with_a_leader_is_not_copied():
    text = entries('1 范围 …… 1', '2 登记 …… 1', '3 归还 …… 2', '4 检查 …… 2').replace('## 3 归还', '## 3 归还 ...... 2')
    equal(run('a.md', text, 'fix', '--no-config', '--unsafe', '--level', 'info', '--select', 'TOC-002')[0], text)


# ── cover ──

def test_headings_of_the_cover_become_lines():
    for path in sorted((ROOT / 'fixtures' / 'shapes').glob('*.md')):
        text = path.read_text()
        if 'MDC-010' not in (x['rule'] for x in findings(text) if x.get('fix')):
            continue
        once = unsafe('MDC-010', text)
        outline = [re.sub(r'"(line|encoding)":[^,}]*,?', '', run('a.md', t, 'outline', '--no-config', '-f', 'json')[1]) for t in (text, once)]
        equal(outline[1], outline[0], path.name)


def test_a_running_head_below_text_leaves_a_blank_line():
    text = 'GB/T 99001—2025\n\n' + START + '## 2 登记\n\n登记应公开。\nGB/T 99001—2025\n\n### 2.1 要求\n\n甲。\n\nGB/T 99001—2025\n\n乙。\n'
    equal(run('a.md', text, 'fix', '--no-config', '--select', 'MDC-012')[0],
          text.replace('。\nGB/T 99001—2025\n', '。\n').replace('。\n\nGB/T 99001—2025\n', '。\n'))


main(globals())
