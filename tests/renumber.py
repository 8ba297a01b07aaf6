"""`gblint fix --renumber`: numbers run, mentions follow, and what is not certain stays.

    renumber.py GBLINT ROOT [NAME]"""
import importlib.util
import json
import pathlib
import random
import re
import subprocess
import tempfile
import time

from harness import GBLINT, ROOT, equal, holds, main

HEAD = re.compile(r'(#+) *(附录 ?[A-Z]|[A-Z]?[0-9.]+|参考文献)(?=[ 　（]|$)')


def run(name, text, *args):
    """Exit status, the file afterwards, standard error."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / name
        path.write_text(text)
        done = subprocess.run([GBLINT, *args, path.name], capture_output=True, cwd=folder)
        return done.returncode, path.read_text(), done.stdout.decode(), done.stderr.decode()


def renumbered(text, name='a.md'):
    """The text with its numbers running; a second run changes nothing."""
    status, once, _, err = run(name, text, 'fix', '--no-config', '--select', 'INP', '--renumber')
    if status == 2:
        raise AssertionError(err)
    equal(run(name, once, 'fix', '--no-config', '--select', 'INP', '--renumber')[1], once)
    return once, err


def lint(text, name='a.md'):
    return json.loads(run(name, text, 'lint', '--no-config', '-f', 'json')[2])['files'][0]['findings']


START = '# 旧书登记\n\n## 1 范围\n\n本文件规定了旧书的登记。\n\n'


def body(text):
    once, err = renumbered(START + text)
    if not once.startswith(START):
        raise AssertionError(once)
    return once[len(START):], err


def becomes(text, want):
    got, err = body(text)
    equal((got, err), (want, ''))


def test_clauses_follow_their_parents():
    becomes('''## 3 登记

### 3.1 要求

#### 3.1.2 时限

登记应在当日完成，见3.3。

### 3.3 记录

记录应符合3.1.2的规定，核对见第5章。

## 5 核对

5.1 核对应每月进行，按3.1和3.3执行。

5.2 核对的结果应记录。
''', '''## 2 登记

### 2.1 要求

#### 2.1.1 时限

登记应在当日完成，见2.2。

### 2.2 记录

记录应符合2.1.1的规定，核对见第3章。

## 3 核对

3.1 核对应每月进行，按2.1和2.2执行。

3.2 核对的结果应记录。
''')


def test_annexes_and_what_is_in_them():
    becomes('''## 2 登记

登记表见附录C，格式见图C.1、表C.2和C.1.1。

## 附录C（资料性）登记表

### C.1 格式

#### C.1.1 内容

内容见表C.2。

表C.2 登记表

| 名称 | 数量 |
| --- | --- |
| 甲 | 1 |

图C.1 登记的流程
''', '''## 2 登记

登记表见附录A，格式见图A.1、表A.1和A.1.1。

## 附录A（资料性）登记表

### A.1 格式

#### A.1.1 内容

内容见表A.1。

表A.1 登记表

| 名称 | 数量 |
| --- | --- |
| 甲 | 1 |

图A.1 登记的流程
''')


def test_tables_and_formulas():
    becomes('''## 2 登记

项目见表2和表4，数量按公式（3）计算。

表2 项目

| 名称 | 数量 |
| --- | --- |
| 甲 | 1 |

表2 项目（续）

| 名称 | 数量 |
| --- | --- |
| 乙 | 2 |

$$ x = y $$（3）

表4 数量

| 名称 | 数量 |
| --- | --- |
| 甲 | 1 |

''', '''## 2 登记

项目见表1和表2，数量按公式（1）计算。

表1 项目

| 名称 | 数量 |
| --- | --- |
| 甲 | 1 |

表1 项目（续）

| 名称 | 数量 |
| --- | --- |
| 乙 | 2 |

$$ x = y $$（1）

表2 数量

| 名称 | 数量 |
| --- | --- |
| 甲 | 1 |

''')


def test_list_items():
    becomes('''## 2 登记

登记应包括以下内容：

b）编号；

c) 日期：

1）借出日期；

3）归还日期。

e）经手人。

经手人见第2章e）。
''', '''## 2 登记

登记应包括以下内容：

a）编号；

b) 日期：

1）借出日期；

2）归还日期。

c）经手人。

经手人见第2章c）。
''')


def test_ranges_cells_notes_and_titles():
    becomes('''## 3 登记

### 3.2 要求

登记应符合3.4～3.6和图2至图4的规定。

### 3.4 记录（见3.2）

注：记录的方法见3.5、3.6。

### 3.5 方法

表3 方法（见3.6）

| 方法 | 条 |
| --- | --- |
| 手写 | 见3.4 |

### 3.6 保存

图2 甲

图3 乙

图4 丙
''', '''## 2 登记

### 2.1 要求

登记应符合2.2～2.4和图1至图3的规定。

### 2.2 记录（见2.1）

注：记录的方法见2.3、2.4。

### 2.3 方法

表1 方法（见2.4）

| 方法 | 条 |
| --- | --- |
| 手写 | 见2.2 |

### 2.4 保存

图1 甲

图2 乙

图3 丙
''')


def test_the_form_of_a_number_stays():
    becomes('''## ３　登记

### ３．２　要求

#### 3\\.2\\.4 时限

登记应符合３．２的规定，见3.2.4。
''', '''## ２　登记

### ２．１　要求

#### 2\\.1\\.1 时限

登记应符合２．１的规定，见2.1.1。
''')


def test_a_draft_in_several_files():
    with tempfile.TemporaryDirectory() as folder:
        files = {'a.md': START, 'b.md': '## 3 登记\n\n登记应符合5.2的规定。\n', 'c.md': '## 5 归还\r\n\r\n### 5.2 时限\r\n\r\n见第3章。\r\n',
                 '.gblint.yaml': 'drafts:\n  - files: [a.md, b.md, c.md]\n'}
        for name, text in files.items():
            (pathlib.Path(folder) / name).write_bytes(text.encode())
        subprocess.run([GBLINT, 'fix', '--select', 'INP', '--renumber', 'b.md'], cwd=folder, capture_output=True)
        got = {name: (pathlib.Path(folder) / name).read_bytes().decode() for name in files}
        equal([got['a.md'], got['b.md'], got['c.md']],
              [START, '## 2 登记\n\n登记应符合3.1的规定。\n', '## 3 归还\r\n\r\n### 3.1 时限\r\n\r\n见第2章。\r\n'])


def test_what_is_not_certain_stays_and_is_told():
    got, err = body('''## 3 登记

### 3.1 要求

登记应符合3.9、GB/T 90001—2026中5.3和“见3.2”的规定，允许误差为3.1 mm，见3.2。

### 3.2 记录

记录应保存。

### 3.2 归还

归还应登记，见3.1。
''')
    equal(got, '''## 2 登记

### 2.1 要求

登记应符合3.9、GB/T 90001—2026中5.3和“见3.2”的规定，允许误差为3.1 mm，见3.2。

### 2.2 记录

记录应保存。

### 2.3 归还

归还应登记，见2.1。
''')
    holds(err, '“3.9”未改：所指的内容不存在', '“3.2”未改：有几处用这个编号')


def test_columns_of_clauses():
    table = '''## 3 要求

### 3.2 外观

甲。

### 3.4 尺寸

乙。

## 4 检验

%s

表1 项目

| 项目 | %s | 数量 |
| --- | --- | --- |
| 外观 | %s | 3.2 |
| 尺寸 | %s | 7 |
'''
    equal(body(table % ('项目见表1。', '技术要求', '3.2', '3.4'))[0],
          (table % ('项目见表1。', '技术要求', '2.1', '2.2')).replace('## 3 ', '## 2 ').replace('## 4 ', '## 3 ')
          .replace('### 3.2', '### 2.1').replace('### 3.4', '### 2.2'))
    for head, first, last in (('长度', '3.2', '3.4'), ('技术要求', '3.2', '3.9'), ('技术要求', '3.2', '—')):
        holds(body(table % ('项目见表1。', head, first, last))[0], f'| 外观 | {first} | 3.2 |', f'| 尺寸 | {last} | 7 |')


def test_terms():
    becomes('''## 3 术语和定义

下列术语和定义适用于本文件。

### 3.2

旧书 used book

已被他人使用过的图书。

### 3.4

旧书柜 used book cabinet

存放旧书（3.2）的柜子。

## 4 登记

旧书柜（3.4）应登记。
''', '''## 2 术语和定义

下列术语和定义适用于本文件。

### 2.1

旧书 used book

已被他人使用过的图书。

### 2.2

旧书柜 used book cabinet

存放旧书（2.1）的柜子。

## 3 登记

旧书柜（2.2）应登记。
''')
    got, err = body('## 3 登记\n\n### 3.2 要求\n\n登记应符合“见3.2”的规定，温差（3.2）应小。\n')
    equal(got, '## 2 登记\n\n### 2.1 要求\n\n登记应符合“见3.2”的规定，温差（3.2）应小。\n')
    equal(err.count('“3.2”未改：在引语中'), 2)


def test_numbers_that_the_reader_gave_stay():
    for text in ('# 旧书登记\n\n## 范围\n\n甲。\n\n## 登记\n\n乙见第2章。\n',
                 START + '## 2 登记\n\n1. 甲。\n3. 乙。\n'):
        equal(renumbered(text)[0], text)


def test_contents():
    got, err = renumbered('''## 目次

前言 …… II

1 范围 …… 1

3 登记 …… 2

3.2 记录 …… 2

4 归还 …… 3

5 检查 …… 3

附录B（资料性）登记表 …… 4

## 前言

本文件由旧书管理局提出。

# 旧书登记

## 1 范围

本文件规定了旧书的登记。

## 5 检查

检查应每月进行。

## 3 登记

### 3.2 记录

登记表见附录B。

## 附录B（资料性）登记表

登记表。
''')
    equal(got.split('## 前言')[0], '''## 目次

前言 …… II

1 范围 …… 1

2 检查 …… 3

3 登记 …… 2

3.1 记录 …… 2

附录A（资料性）登记表 …… 4

''')


def test_docbook():
    text = '''<?xml version="1.0" encoding="UTF-8"?>
<article xmlns="http://docbook.org/ns/docbook" version="5.0"><title>旧书登记</title>
<section label="1"><title>范围</title><para>本文件规定了旧书的登记。</para></section>
<section label="%(a)s"><title>登记</title>
<section label="%(a)s.%(b)s"><title>要求</title><para>登记应符合%(a)s.%(c)s的规定，见附录%(d)s的表%(d)s.1。</para></section>
<section label="%(a)s.%(c)s"><title>记录</title><para>记录应保存。</para></section>
</section>
<section><title>%(e)s 检查</title><para>检查应每月进行，见%(a)s.%(b)s。</para></section>
<appendix label="%(d)s" role="informative"><title>登记表</title>
<table label="%(d)s.1"><title>登记表</title><tgroup cols="1"><thead><row><entry>名称</entry></row></thead><tbody><row><entry>甲</entry></row></tbody></tgroup></table>
</appendix>
</article>
'''
    got, err = renumbered(text % {'a': 3, 'b': 2, 'c': 5, 'd': 'B', 'e': 6}, 'a.xml')
    equal(got, text % {'a': 2, 'b': 1, 'c': 2, 'd': 'A', 'e': 3})
    equal(err, '')


def parts(lines):
    """Number and lines [begin, end) of each headed part."""
    heads = [(i, len(m[1]), m[2].replace(' ', '')) for i, line in enumerate(lines) if (m := HEAD.match(line))]
    for k, (begin, depth, number) in enumerate(heads):
        end = next((i for i, d, _ in heads[k + 1:] if d <= depth), len(lines))
        yield number, depth, begin, end


def without(lines, begin, end):
    return lines[:begin] + lines[end:]


def moved(lines, begin, end, before):
    part, rest = lines[begin:end], without(lines, begin, end)
    at = before if before < begin else before - (end - begin)
    return rest[:at] + part + rest[at:]


def faults(text):
    """Of numbers, mentions and the contents. Notes and what was said of a part that is gone are no matter of numbers."""
    return [f'{f["start"]["line"]} {f["rule"]} {f["message"]}' for f in lint(text)
            if f['level'] != 'info' and (f['rule'][:3] in ('NUM', 'TOC', 'XRF') or f['rule'] in
            ('ANX-002', 'ANX-007', 'ANX-008', 'FIG-001', 'TBL-001', 'EQN-001', 'LST-006'))
            and f['rule'] not in ('NUM-007', 'NUM-011', 'NUM-019', 'TOC-006')]


def stable(path):
    return (path.read_text(), [line for line in path.read_text().split('\n')])


def test_clean_drafts_stay():
    for path in sorted((ROOT / 'fixtures' / 'clean').glob('*.md')):
        text, _ = stable(path)
        equal(run('a.md', text, 'fix', '--no-config', '--renumber')[1], text, path)


def test_every_form_stays():
    """Drafts whose numbers run, in all forms that numbers are written in."""
    spec = importlib.util.spec_from_file_location('forms', ROOT / 'tests' / 'encodings.py')
    forms = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(forms)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / 'draft.md'
        for name, form in forms.variants():
            form = forms.adjust(form)
            if forms.is_excluded(form) or name.startswith('mix-') and int(name[4:]) > 50:
                continue
            before = forms.BYTES[form['bytes']](forms.write(form)[0])
            path.write_bytes(before)
            done = subprocess.run([GBLINT, 'fix', '--no-config', '--select', 'INP', '--renumber', path], capture_output=True)
            equal((path.read_bytes(), done.stderr), (before, b''), name)


def test_parts_taken_out():
    """Every part of a clean draft that nothing mentions; the draft is clean again but for the missing part."""
    n = 0
    for path in sorted((ROOT / 'fixtures' / 'clean').glob('*.md')):
        text, lines = stable(path)
        for number, depth, begin, end in parts(lines):
            if number in ('1', '2', '3', '参考文献'):
                continue
            cut = '\n'.join(without(lines, begin, end))
            once, err = renumbered(cut)
            if '不存在' in err: # something mentions what is gone
                continue
            n += 1
            equal(faults(once), [], f'{path} without {number}')
    equal(n > 20, True, n)


def test_parts_moved():
    """Every part before the one that stands before it: the mentions follow, for each has its part still."""
    n = 0
    for path in sorted((ROOT / 'fixtures' / 'clean').glob('*.md')):
        text, lines = stable(path)
        all_parts = list(parts(lines))
        for k, (number, depth, begin, end) in enumerate(all_parts):
            if number in ('1', '2', '3', '4', '参考文献') or number.startswith('3.'):
                continue
            before = [p for p in all_parts[:k] if p[1] == depth and p[3] == begin]
            if not before or before[-1][0] == '3' or before[-1][0].startswith('附录') != number.startswith('附录'):
                continue
            once, err = renumbered('\n'.join(moved(lines, begin, end, before[-1][2])))
            n += 1
            # A measured 8.2 may look like a clause.
            equal([line for line in err.splitlines() if '不能确定' not in line], [], f'{path} {number}')
            equal(faults(once), [], f'{path} {number} before {before[-1][0]}')
            # The same words stand under the same titles: without numbers nothing has changed but the order.
            plain = lambda t: sorted(re.sub(r'[0-9A-Z.]+', '', t).split('\n'))
            equal(plain(once), plain(text), f'{path} {number}')
    equal(n > 20, True, n)


def test_parts_shuffled():
    """Chapters and annexes by lot; then back again by their titles gives the first draft."""
    lot = random.Random(2796)
    for path in sorted((ROOT / 'fixtures' / 'clean').glob('*.md')):
        text, lines = stable(path)
        for _ in range(4):
            chapters = [p for p in parts(lines) if p[1] == 2 and p[0].isdigit() and int(p[0]) > 4]
            begin, end = chapters[0][2], chapters[-1][3]
            bodies = [lines[p[2]:p[3]] for p in chapters]
            # No further than a reader takes numbers for clauses: three chapters ahead.
            order = list(range(len(bodies)))
            for i in range(len(order) - 1):
                if lot.random() < 0.5:
                    order[i], order[i + 1] = order[i + 1], order[i]
            mixed = lines[:begin] + [line for i in order for line in bodies[i]] + lines[end:]
            once, err = renumbered('\n'.join(mixed))
            equal(faults(once), [], f'{path} {order}')


def test_many_parts():
    text = START + ''.join(f'## {n + 3} 登记\n\n### {n + 3}.1 要求\n\n登记应符合{n + 3}.1的规定。\n\n' for n in range(20))
    text += '\n'.join(f'### 22.{n + 2} 记录\n\n记录见22.{n + 2}。\n' for n in range(4000))
    start = time.monotonic()
    once, err = renumbered(text)
    equal(time.monotonic() - start < 30, True)
    holds(once, '## 21 登记')


main(globals())
