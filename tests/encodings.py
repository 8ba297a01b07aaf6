"""Writes one draft in all the encodings of its parts, alone and mixed, and holds every outline against the one tree they mean.

    encodings.py GBLINT [-v] [NAME]     -v shows the draft of a failure; NAME runs those variants whose name holds it

Each part of the draft (headings, numbers, terms, references, lists, notes, captions, annex heads …) has a table of forms
below. First each form is tried alone, the other parts in their first form; then all parts are drawn by lot, from a fixed
seed. "(given)" is left out on both sides: a draft without a number means the same tree."""
import difflib
import itertools
import pathlib
import random
import re
import subprocess
import sys
import tempfile

MIXES = 150

# ── how numbers and headings are written ──


def wide(text):
    return ''.join(chr(ord(c) + 0xFEE0) if c.isdigit() or c == '.' or c.isupper() else c for c in text)


NUMBERS = {
    'blank': lambda n, t: f'{n} {t}',
    'two-blanks': lambda n, t: f'{n}  {t}',
    'glued': lambda n, t: f'{n}{t}',
    'wide-blank': lambda n, t: f'{n}　{t}',
    'wide': lambda n, t: f'{wide(n)}　{t}',
    'stray-blank': lambda n, t: f'{n.replace(".", ". ", 1)} {t}',
    'final-dot': lambda n, t: f'{n}. {t}',
    'entity': lambda n, t: f'{n}&emsp;{t}',
    'no-break': lambda n, t: f'{n}\u00a0{t}',
    'bold': lambda n, t: f'**{n}** {t}',
    'escaped': lambda n, t: f'{n.replace(".", chr(92) + ".")} {t}',
    'lost': lambda n, t: t,
}


def depth(number):
    return number.count('.') + 1


DRIFT = [2, 2, 3, 1, 2, 4, 2, 1, 5, 2, 3, 2]


HEADINGS = {
    'levels': lambda level, i, t: f'{"#" * level} {t}',
    'deeper': lambda level, i, t: f'{"#" * (level + 1)} {t}',
    'flat': lambda level, i, t: f'# {t}',
    'flat-2': lambda level, i, t: f'## {t}',
    'drift': lambda level, i, t: f'{"#" * (2 if level == 1 else DRIFT[i % len(DRIFT)])} {t}',
    'none': lambda level, i, t: t,
    'bold': lambda level, i, t: f'**{t}**',
    'bold-inside': lambda level, i, t: f'{"#" * level} **{t}**',
    'closed': lambda level, i, t: f'{"#" * level} {t} {"#" * level}',
    'underlined': lambda level, i, t: f'{t}\n{"=-"[level > 1] * 4}',
    'html': lambda level, i, t: f'<h{level}>{t}</h{level}>',
    'commented': lambda level, i, t: f'<!-- level={level}; title={t} -->\n{"#" * level} {t}',
    'anchored': lambda level, i, t: f'{"#" * level} <a id="s{i}"></a>{t}',
}

UNTITLED = {
    'paragraph': lambda n, t: f'{n} {t}',
    'glued': lambda n, t: f'{n}{t}',
    'bullet': lambda n, t: f'- {n} {t}',
    'wide': lambda n, t: f'{wide(n)}　{t}',
    'bold': lambda n, t: f'**{n}** {t}',
    'wide-glued': lambda n, t: f'{wide(n)}{t}',
    'heading': lambda n, t: f'#### {n} {t}',
    'marker': lambda n, t: f'{{无标题条:{depth(n)}}} {t}',
}

# ── terms ──


def term_forms(heading, number):
    def split(h, n, zh, en, d):
        return [heading(2, n), h(f'{zh} {en}'), d]

    plain = lambda text: text
    return {
        'heading-paragraph': lambda n, zh, en, d: split(plain, n, zh, en, d),
        'heading-heading': lambda n, zh, en, d: [f'### {n}', f'## {zh} {en}', d],
        'paragraph-paragraph': lambda n, zh, en, d: [n, f'{zh} {en}', d],
        'paragraph-heading': lambda n, zh, en, d: [n, f'## {zh} {en}', d],
        'one-heading': lambda n, zh, en, d: [f'### {number(n, f"{zh} {en}")}', d],
        'one-paragraph': lambda n, zh, en, d: [f'{n} {zh} {en}', d],
        'glued-english': lambda n, zh, en, d: [f'### {n}', f'{zh}{en}', d],
        'no-number': lambda n, zh, en, d: [f'### {zh}  {en}', d],
        'bold': lambda n, zh, en, d: [f'**{zh} {en}**', d],
        'marker': lambda n, zh, en, d: [f'{{术语：{zh} | {en}}}', d],
        'bare': lambda n, zh, en, d: [f'{zh}  {en}', d],
        'bare-lines': lambda n, zh, en, d: [f'{zh}  {en}\n{d}'],
        'colon': lambda n, zh, en, d: [f'{n} {zh} {en}：{d}'],
        'number-and-lines': lambda n, zh, en, d: [n, f'{zh} {en}  \n{d}'],
        'on-one-line': lambda n, zh, en, d: [n, f'{zh} {en} {d}'],
        'english-below': lambda n, zh, en, d: [f'### {n}', zh, en, d],
    }


SOURCES = {
    '来源': lambda d, code, n: [d, f'[来源：{code}，{n}]'],
    'half-width': lambda d, code, n: [d, f'[来源: {code}, {n}]'],
    'at-end': lambda d, code, n: [f'{d}[来源：{code}，{n}]'],
    '定义': lambda d, code, n: [d, f'[{code}，定义 {n}]'],
    '定义-at-end': lambda d, code, n: [f'{d} [{code}，定义{n}]'],
}

REFERENCES = {
    'paragraphs': lambda refs: [f'{c} {t}' for c, t in refs],
    'bullets': lambda refs: ['\n'.join(f'- {c} {t}' for c, t in refs)],
    'dashes': lambda refs: [f'—— {c} {t}' for c, t in refs],
    'hard-breaks': lambda refs: ['  \n'.join(f'{c} {t}' for c, t in refs)],
    'lines': lambda refs: ['\n'.join(f'{c} {t}' for c, t in refs)],
    'table': lambda refs: ['\n'.join(['| 编号 | 名称 |', '| --- | --- |', *(f'| {c} | {t} |' for c, t in refs)])],
    'markers': lambda refs: [f'{{{{std:{c} {t}}}}}' for c, t in refs],
    'wide-blank': lambda refs: [f'{c}　{t}' for c, t in refs],
}

# ── lists ──


def items(form):
    """Items are (text, [inner texts]); a list goes into one block or several."""
    def blocks(pairs):
        for i, (text, inner) in enumerate(pairs):
            yield form(i, text)
            for k, t in enumerate(inner):
                yield f'{k + 1}) {t}'
    return lambda pairs: list(blocks(pairs))


def letter(i):
    return 'abcdefgh'[i]


def nested_bullets(pairs):
    lines = []
    for i, (text, inner) in enumerate(pairs):
        lines.append(f'- {letter(i)}) {text}')
        lines += [f'  - {k + 1}) {t}' for k, t in enumerate(inner)]
    return ['\n'.join(lines)]


def nested_numbers(pairs):
    lines = []
    for i, (text, inner) in enumerate(pairs):
        lines.append(f'{i + 1}. {text}')
        lines += [f'   {k + 1}. {t}' for k, t in enumerate(inner)]
    return ['\n'.join(lines)]


def hard_breaks(pairs):
    return ['  \n'.join(itertools.chain.from_iterable(
        [f'{letter(i)}) {text}', *(f'{k + 1}) {t}' for k, t in enumerate(inner))] for i, (text, inner) in enumerate(pairs)))]


def run_together(pairs):
    """Items without a list inside stand on one line."""
    blocks = []
    for i, (text, inner) in enumerate(pairs):
        item = f'{letter(i)}）{text}'
        if blocks and not pairs[i - 1][1]:
            blocks[-1] += item
        else:
            blocks.append(item)
        if inner:
            blocks.append(''.join(f'{k + 1}){t}' for k, t in enumerate(inner)))
    return blocks


LISTS = {
    'half': items(lambda i, t: f'{letter(i)}) {t}'),
    'wide': items(lambda i, t: f'{letter(i)}）{t}'),
    'spaced': items(lambda i, t: f'{letter(i)} ) {t}'),
    'mixed': items(lambda i, t: f'{letter(i)}{")）"[i % 2]} {t}'),
    'bullets': items(lambda i, t: f'- {letter(i)}) {t}'),
    'stars': items(lambda i, t: f'* {letter(i)}）{t}'),
    'nested-bullets': nested_bullets,
    'nested-numbers': nested_numbers,
    'hard-breaks': hard_breaks,
    'headings': items(lambda i, t: f'## {letter(i)}) {t}' if i else f'{letter(i)}) {t}'),
    'escaped': items(lambda i, t: f'{letter(i)}\\) {t}'),
    'run-together': run_together,
}

def html_list(pairs):
    def element(i, text, inner):
        below = '<ol>' + ''.join(f'<li>{t}</li>' for t in inner) + '</ol>' if inner else ''
        return f'<li>{text}{below}</li>'
    return ['<ol type="a">' + ''.join(element(i, t, inner) for i, (t, inner) in enumerate(pairs)) + '</ol>']


LISTS['html'] = html_list

DASHES = {
    'dash': lambda texts: [f'——{t}' for t in texts],
    'dash-blank': lambda texts: [f'—— {t}' for t in texts],
    'short-dash': lambda texts: [f'— {t}' for t in texts],
    'bullets': lambda texts: ['\n'.join(f'- {t}' for t in texts)],
    'stars': lambda texts: ['\n'.join(f'* {t}' for t in texts)],
    'double': lambda texts: ['\n'.join(f'- ——{t}' for t in texts)],
    'hard-breaks': lambda texts: ['  \n'.join(f'——{t}' for t in texts)],
}

NOTES = {
    'colon': lambda n, t: f'注{n}：{t}',
    'half-colon': lambda n, t: f'注{n}:{t}',
    'blank': lambda n, t: f'注 {n}：{t}' if n else f'注： {t}',
    'quote': lambda n, t: f'> 注{n}：{t}',
    'bold': lambda n, t: f'**注{n}：** {t}',
    'raised': lambda n, t: f'注 $ ^{{{n}}} $ ：{t}' if n else f'注：{t}',
    'small': lambda n, t: f'<small>注{n}：{t}</small>',
    'indented': lambda n, t: f'  注{n}：{t}',
    'wide-indented': lambda n, t: f'　　注{n}：{t}',
}

# ── tables and figures ──

GRID = [['项目', '要求'], ['柜号', '唯一'], ['门号', '连续']]


def pipes(rows):
    return '\n'.join(['| ' + ' | '.join(rows[0]) + ' |', '|---|---|', *('| ' + ' | '.join(r) + ' |' for r in rows[1:])])


def html(rows, quote="'"):
    cell = f'<td style={quote}text-align: center;{quote}>' if quote else '<td rowspan=1 colspan=1>'
    return '<table border=1>' + ''.join('<tr>' + ''.join(f'{cell}{c}</td>' for c in r) + '</tr>' for r in rows) + '</table>'


GRIDS = {'pipes': pipes, 'html': html, 'html-bare': lambda rows: html(rows, '')}

TABLES = {
    'blank': lambda n, t, grid: [f'表 {n} {t}', grid],
    'glued': lambda n, t, grid: [f'表{n}{t}', grid],
    'half-glued': lambda n, t, grid: [f'表{n} {t}', grid],
    'div': lambda n, t, grid: [f'<div style="text-align: center;">表 {n} {t}</div>', grid],
    'center': lambda n, t, grid: [f'<center>表 {n} {t}</center>', grid],
    'bold': lambda n, t, grid: [f'**表 {n} {t}**', grid],
    'heading': lambda n, t, grid: [f'# 表 {n} {t}', grid],
    'hard-break': lambda n, t, grid: [f'表 {n} {t}  \n', grid],
    'unit': lambda n, t, grid: [f'表 {n} {t}', '单位为毫米', grid],
    'wide': lambda n, t, grid: [f'表{wide(n)}　{t}', grid],
    'below': lambda n, t, grid: [grid, f'表 {n} {t}'],
    'aligned': lambda n, t, grid: [f'<p align="center">表 {n} {t}</p>', grid],
    'inside': lambda n, t, grid: [html(GRID).replace('<tr>', f'<caption>表 {n} {t}</caption><tr>', 1)],
    'heads': lambda n, t, grid: [f'表 {n} {t}', '<table><thead><tr>' + ''.join(f'<th>{c}</th>' for c in GRID[0]) +
                                 '</tr></thead><tbody>' + ''.join('<tr>' + ''.join(f'<td>{c}</td>' for c in r) + '</tr>'
                                                                  for r in GRID[1:]) + '</tbody></table>'],
}

FIGURES = {
    'below': lambda n, t: ['![](a1.jpg)', f'图 {n} {t}'],
    'hard-break': lambda n, t: [f'![](a1.jpg)  \n图{n} {t}'],
    'div': lambda n, t: ['<div style="text-align: center;"><img src="a1.jpg" alt="Image" width="40%" /></div>',
                         f'<div style="text-align: center;">图 {n} {t}</div>'],
    'glued': lambda n, t: ['![Image](a1.jpg)', f'图{n}{t}'],
    'aligned': lambda n, t: ['<p align="center"><img src="a1.jpg"></p>', f'<p align="center">图 {n} {t}</p>'],
    'figure': lambda n, t: [f'<figure><img src="a1.jpg"><figcaption>图 {n} {t}</figcaption></figure>'],
    'link': lambda n, t: ['[![](a1.jpg)](a1.jpg)', f'图 {n} {t}'],
    'above': lambda n, t: [f'图 {n} {t}', '![](a1.jpg)'],
    'alt': lambda n, t: [f'![图 {n} {t}](a1.jpg)'],
    'heading': lambda n, t: ['![](a1.jpg)', f'# 图{n} {t}'],
    'bold': lambda n, t: ['![](a1.jpg)', f'**图 {n} {t}**'],
    'fence': lambda n, t: ['```mermaid\ngraph TD\n  A[开] --> B[关]\n```', f'图 {n} {t}'],
}

FORMULAS = {
    'one-line': lambda n, f: [f'$$ {f} $$ （{n}）'],
    'lines': lambda n, f: [f'$$\n{f}\n$$', f'（{n}）'],
    'tag': lambda n, f: [f'$$ {f} \\tag{{{n}}} $$'],
    'dots': lambda n, f: [f' $$ {f} $$ ', f'……({n})'],
    'label': lambda n, f: [f'$$ {f} $$ {{#eq:{n}}}'],
}

LEGENDS = {
    'blocks': lambda pairs: ['式中：', *(f'{s}——{t}' for s, t in pairs)],
    'blank': lambda pairs: ['式中：', *(f'{s} —— {t}' for s, t in pairs)],
    'hard-breaks': lambda pairs: ['  \n'.join(['式中：', *(f'{s}——{t}' for s, t in pairs)])],
    'tex': lambda pairs: ['式中：', *(f' $ {s} $ ——{t}' for s, t in pairs)],
}

# ── annexes and end matter ──

ANNEXES = {
    'one-heading': lambda a, nature, t: [f'# 附录{a}（{nature}）{t}'],
    'blanks': lambda a, nature, t: [f'# 附录 {a} （{nature}） {t}'],
    'half-width': lambda a, nature, t: [f'# 附录{a}({nature}){t}'],
    'three-headings': lambda a, nature, t: [f'# 附 录 {a}', f'# （{nature}）', f'# {t}'],
    'three-headings-2': lambda a, nature, t: [f'## 附录 {a}', f'## ({nature})', f'## {t}'],
    'three-paragraphs': lambda a, nature, t: [f'附 录 {a}', f'（{nature}）', t],
    'hard-breaks': lambda a, nature, t: [f'附录 {a}  \n（{nature}）  \n{t}'],
    'lines': lambda a, nature, t: [f'附录{a}\n（{nature}）\n{t}'],
    'heading-paragraphs': lambda a, nature, t: [f'## 附录{a}', f'（{nature}）', t],
    'heading-then-line': lambda a, nature, t: [f'# 附录{a}（{nature}）', t],
    'center': lambda a, nature, t: [f'# 附录{a}', f'<center>（{nature}）</center>', f'<center>{t}</center>'],
    'old': lambda a, nature, t: [f'# 附录{a}（{nature}附录）{t}'],
    'one-paragraph': lambda a, nature, t: [f'附录{a}（{nature}）{t}'],
    'breaks': lambda a, nature, t: [f'# 附录{a}<br>（{nature}）<br>{t}'],
    'aligned': lambda a, nature, t: [f'<p align="center">附录 {a}</p>', f'<p align="center">（{nature}）</p>',
                                     f'<p align="center">{t}</p>'],
    'bold': lambda a, nature, t: [f'**附录{a}**', f'**（{nature}）**', f'**{t}**'],
    'letter-lost': lambda a, nature, t: [f'# 附录 {nature} {t}'],
    'nature-alone': lambda a, nature, t: [f'（{nature}）', t],
}

BIBLIOS = {
    'heading': (lambda: '# 参考文献', lambda i, c, t: f'[{i}] {c} {t}'),
    'spaced': (lambda: '# 参 考 文 献', lambda i, c, t: f'[{i}]{c} {t}'),
    'paragraph': (lambda: '参考文献', lambda i, c, t: f'[{i}]　{c} {t}'),
}

COVERS = {
    'none': None,
    'plain': 'ICS 03.060\n\nCCS A 12\n\n中华人民共和国国家标准\n\nGB/T 90021—2026\n\n旧书登记\n\nUsed book registration\n\n'
             '2026-01-05 发布 2026-08-01 实施',
    'headings': 'ICS 03.060\n\nCCS A 12\n\n# 中华人民共和国国家标准\n\nGB/T 90021—2026\n\n# 旧书登记\n\n# Used book registration\n\n'
                '2026-01-05 发布\n\n2026-08-01 实施',
    'spaced': 'ICS 03.060\nCCS A 12\n\n# 中 华 人 民 共 和 国 国 家 标 准\n\nGB/T 90021—2026\n\n# 旧书登记\n\nUsed book registration\n\n'
              '2026-01-05发布 2026-08-01实施',
    'lines': 'ICS 03.060\nCCS A 12\n中华人民共和国国家标准\nGB/T 90021—2026\n旧书登记\nUsed book registration\n'
             '2026-01-05 发布 2026-08-01 实施',
    'foreign-first': 'ICS 03.060\n\nCCS A 12\n\n# 中华人民共和国国家标准\n\nGB/T 90021—2026\n\n# Used book registration\n\n# 旧书登记\n\n'
                     '2026-01-05 发布\n\n2026-08-01 实施',
    'metadata': '---\nics: "03.060"\nccs: A 12\nband: 中华人民共和国国家标准\ncode: GB/T 90021—2026\ntitle: 旧书登记\n'
                'en: Used book registration\nissued: "2026-01-05"\nin_force: "2026-08-01"\n---',
}

FACTS = ['@ics 03.060', '@ccs A 12', '@band 中华人民共和国国家标准', '@code GB/T 90021—2026', '@title 旧书登记',
         '@en Used book registration', '@issued 2026-01-05', '@in_force 2026-08-01']

TITLES = {
    'none': None, 'heading': '# 旧书登记', 'level-2': '## 旧书登记', 'bold': '# **旧书登记**',
}

# Blank lines between all blocks, or only where Markdown and the reader need them.
JOINS = {'blank-lines': False, 'tight': True}

# How the file is written down.
BYTES = {
    'utf-8': lambda t: t.encode(),
    'crlf': lambda t: t.replace('\n', '\r\n').encode(),
    'marked': lambda t: b'\xef\xbb\xbf' + t.encode(),
    'trailing-blanks': lambda t: re.sub(r'(?<=[^ \n|>-])\n', ' \n', t).encode(),
    'gb18030': lambda t: t.encode('gb18030'),
    'utf-16': lambda t: t.encode('utf-16'),
}

FOREWORDS = {'heading': '# 前言', 'spaced': '# 前 言', 'paragraph': '前言', 'spaced-paragraph': '前  言', 'level-2': '## 前言',
             'dot': '.前言'}

CONTENTS = {
    'none': lambda entries: [],
    'dots': lambda entries: ['# 目次', '  \n'.join(f'{e} …… {p}' for e, p in entries)],
    'points': lambda entries: ['## 目 次', *(f'{e} ..... {p}' for e, p in entries)],
    'tabs': lambda entries: ['# 目次', '\n'.join(f'{e}\t{p}' for e, p in entries)],
    'no-pages': lambda entries: ['# 目次', '  \n'.join(e for e, _ in entries)],
    'toc': lambda entries: ['[TOC]'],
    'blank': lambda entries: ['# 目录', *(f'{e} {p}' for e, p in entries)],
}

PAGES = {'none': None, 'rule': '---', 'mark': '**[p7]**', 'number': '12', 'feed': '\f', 'comment': '<!-- 第7页 -->'}

PARTS = {
    'headings': HEADINGS, 'numbers': NUMBERS, 'untitled': UNTITLED, 'terms': term_forms(None, None), 'sources': SOURCES,
    'references': REFERENCES, 'lists': LISTS, 'dashes': DASHES, 'notes': NOTES, 'grids': GRIDS, 'tables': TABLES,
    'figures': FIGURES, 'formulas': FORMULAS, 'legends': LEGENDS, 'annexes': ANNEXES, 'biblios': BIBLIOS,
    'forewords': FOREWORDS, 'contents': CONTENTS, 'pages': PAGES, 'covers': COVERS, 'titles': TITLES, 'joins': JOINS, 'bytes': BYTES,
}

# Mixtures that mean another tree.
EXCLUDED = [
    {'headings': 'none', 'numbers': 'final-dot'},     # "1. 范围" on a line of its own is an item of a list
    {'headings': 'bold', 'numbers': 'final-dot'},
    {'headings': 'underlined', 'numbers': 'final-dot'},
    {'headings': 'underlined', 'numbers': 'stray-blank'},
    {'headings': 'html', 'numbers': 'escaped'},       # in HTML a backslash is one, and ** are two stars
    {'headings': 'html', 'numbers': 'bold'},
    {'headings': 'bold', 'numbers': 'bold'},
    {'headings': 'none', 'numbers': 'stray-blank', 'lists': 'nested-numbers'}, # "4. 2 标题" is the item behind 3.
    {'headings': 'none', 'joins': 'tight'},           # a title and the text below it are one paragraph
]

TERMS = [('旧书', 'used book', '已被他人使用过的图书。', [('', '不含期刊。')], ('GB/T 90002—2025', '3.4')),
         ('旧书柜', 'used book cabinet', '存放旧书的柜子。', [], None),
         ('柜门', 'cabinet door', '旧书柜开闭的部件。', [('1', '柜门可透明。'), ('2', '柜门应能锁闭。')], ('GB/T 90003—2024', '2.1'))]

REFS = [('GB/T 90002—2025', '旧书 分类'), ('GB/T 90003—2024', '旧书柜 部件'), ('ISO 9990:2020', 'Used books')]

ITEMS = [('柜号；', []), ('日期：', ['借出日期；', '归还日期。']), ('经手人。', [])]

THINGS = ['柜体；', '柜门；', '柜锁。']


class Draft:
    """Blocks of Markdown, and the lines of the tree that they mean."""

    def __init__(self, forms):
        self.forms, self.blocks, self.tree = forms, [], []
        self.headings = 0
        self.number = NUMBERS[forms['numbers']]

    def heading(self, level, text):
        self.headings += 1
        return self.form('headings')(level, self.headings, text)

    def form(self, part):
        return PARTS[part][self.forms[part]]

    def put(self, *blocks, tight=False):
        """Each block; a tight one may stand on the line below the block before it."""
        self.blocks += [(block, tight) for block in blocks]

    def text(self):
        """Markup of more than one line, and what begins or ends with it, needs its blank line."""
        text, last = '', ''
        for block, tight in self.blocks:
            if not block: # what follows needs its blank line
                last = ''
                continue
            plain = re.compile(r'(#|[^ <>|!$*`{\[—=-])[^\n]*')
            join = self.forms['joins'] == 'tight' and tight and plain.fullmatch(block) and plain.fullmatch(last)
            text += ('\n' if join else '\n\n') + block if text else block
            last = block
        return text + '\n'

    def mean(self, level, line):
        self.tree.append('  ' * level + line)

    def clause(self, number, title):
        self.put(self.heading(depth(number), self.number(number, title)), tight=True)
        self.mean(depth(number), f'clause {number} «{title}»')

    def para(self, level, text):
        """The first paragraph below a title may stand right below it."""
        self.put(text, tight=self.tree[-1].lstrip().startswith('clause'))
        self.mean(level, f'| {text}')

    def untitled(self, number, text):
        self.put(self.form('untitled')(number, text), tight=True)
        self.mean(depth(number), f'clause {number} —')
        self.mean(depth(number) + 1, f'| {text}')

    def page(self):
        if PAGES[self.forms['pages']]:
            self.put(PAGES[self.forms['pages']])
            self.blocks.append(('', False))

    def notes(self, level, notes):
        for n, text in notes:
            self.put(self.form('notes')(n, text), tight=True)
            self.mean(level, f'note {n} | {text}' if n else f'note | {text}')

    def terms(self):
        forms = term_forms(lambda level, text: f'### {text}', self.number)
        for i, (zh, en, definition, notes, source) in enumerate(TERMS):
            n = f'3.{i + 1}'
            blocks = forms[self.forms['terms']](n, zh, en, definition)
            if source and not notes: # the source stands behind the notes, else at the end of the definition
                blocks[-1:] = self.form('sources')(blocks[-1], *source)
            self.put(*blocks)
            self.mean(2, f'term {n} «{zh}» en «{en}»')
            self.mean(3, f'| {definition}')
            self.notes(3, notes)
            if source and notes:
                self.put(*SOURCES['来源']('', *source)[1:])
            if source:
                self.mean(3, f'source «{source[0]}» {source[1]}')

    def references(self):
        self.put(*self.form('references')(REFS))
        self.mean(2, 'refs')
        for code, title in REFS:
            self.mean(3, f'ref «{code}» title «{title}»')

    def list(self, level):
        self.put(*self.form('lists')(ITEMS), tight=True)
        self.mean(level, 'list alpha')
        for i, (text, inner) in enumerate(ITEMS):
            self.mean(level + 1, f'item {letter(i)} | {text}')
            if inner:
                self.mean(level + 2, 'list digit')
            for k, t in enumerate(inner):
                self.mean(level + 3, f'item {k + 1} | {t}')

    def dashes(self, level):
        self.put(*self.form('dashes')(THINGS), tight=True)
        self.mean(level, 'list dash')
        for text in THINGS:
            self.mean(level + 1, f'item —— | {text}')

    def table(self, level, number, title):
        grid = GRIDS[self.forms['grids']](GRID)
        self.put(*self.form('tables')(number, title, grid))
        self.mean(level, f'table {number} «{title}»')

    def figure(self, level, number, title):
        self.put(*self.form('figures')(number, title))
        self.mean(level, f'figure {number} «{title}»')

    def formula(self, level, number):
        pairs = [('N', '柜数；'), ('c', '每柜册数。')]
        self.put(*self.form('formulas')(number, 'V=Nc'), *self.form('legends')(pairs))
        self.mean(level, f'formula {number}')
        self.mean(level, 'where')
        for symbol, text in pairs:
            shown = {'tex': f'$ {symbol} $ ——', 'blank': f'{symbol} —— '}.get(self.forms['legends'], f'{symbol}——')
            self.mean(level + 1, f'| {shown}{text}')

    def annex(self, letter, nature, kind, title):
        self.put(*self.form('annexes')(letter, nature, title))
        self.mean(1, f'annex {letter} {kind} «{title}»')


def write(forms):
    d = Draft(forms)
    cover, title = COVERS[forms['covers']], TITLES[forms['titles']]
    d.mean(0, 'doc GB/T 90021—2026 «旧书登记» en «Used book registration»' if cover else 'doc «旧书登记»' if title else 'doc')
    if cover:
        d.put(cover)
        d.mean(1, 'cover')
        for fact in FACTS:
            d.mean(2, fact)
    entries = [('前言', 'II'), ('1 范围', '1'), ('2 规范性引用文件', '1'), ('3 术语和定义', '1'), ('4 登记', '2'), ('4.1 要求', '2'),
               ('4.2 记录', '2'), ('4.2.1 内容', '3'), ('5 柜体', '4'), ('附录A（规范性）登记表', '5'), ('参考文献', '6')]
    contents = CONTENTS[forms['contents']](entries)
    if contents:
        d.put(*contents)
        d.mean(1, 'toc')
    for line, page in entries if len(contents) > 1 else []:
        number, _, name = line.rpartition(' ')
        number = f"{number} " if number else ""
        if name.startswith("附录"):
            number, name = "A normative ", "登记表"
        page = '' if forms['contents'] == 'no-pages' else f' page «{page}»'
        d.mean(2, f'entry {number}«{name}»{page}')
    d.put(FOREWORDS[forms['forewords']])
    d.mean(1, 'foreword «前言»')
    d.para(2, '本文件由旧书管理局提出。')
    if title:
        d.put(title)
        d.mean(1, 'title «旧书登记»')

    d.clause('1', '范围')
    d.para(2, '本文件规定了旧书的登记要求。')
    d.clause('2', '规范性引用文件')
    d.para(2, '下列文件中的内容通过文中的规范性引用而构成本文件必不可少的条款。')
    d.references()
    d.clause('3', '术语和定义')
    d.para(2, '下列术语和定义适用于本文件。')
    d.terms()
    d.clause('4', '登记')
    d.clause('4.1', '要求')
    d.untitled('4.1.1', '旧书应在入柜当日登记。')
    d.notes(4, [('', '登记表见附录A。')])
    d.page()
    d.untitled('4.1.2', '登记应由专人核对，核对以后不应更改。')
    d.clause('4.2', '记录')
    d.clause('4.2.1', '内容')
    d.para(4, '应记录以下内容：')
    d.list(4)
    d.clause('4.2.2', '方法')
    d.para(4, '应登记以下部件：')
    d.dashes(4)
    d.para(4, '登记项目见表1，登记流程见图1。')
    d.table(4, '1', '登记项目')
    d.page()
    d.figure(4, '1', '登记流程')
    d.clause('5', '柜体')
    d.clause('5.1', '容量')
    d.para(3, '容量按公式（1）计算：')
    d.formula(3, '1')
    d.clause('5.2', '维护')
    d.para(3, '柜体应每月维护一次。')
    d.page()
    d.annex('A', '规范性', 'normative', '登记表')
    d.clause('A.1', '格式')
    d.para(3, '登记表的格式见表A.1。')
    d.table(3, 'A.1', '登记表')
    d.clause('A.2', '填写')
    d.untitled('A.2.1', '登记表应逐项填写。')
    d.untitled('A.2.2', '登记表应签字。')
    d.annex('B', '资料性', 'informative', '登记示例')
    d.clause('B.1', '入柜')
    d.para(3, '示例见图B.1。')
    d.figure(3, 'B.1', '登记示例')
    head, entry = BIBLIOS[forms['biblios']]
    d.put(head())
    d.mean(1, 'biblio «参考文献»')
    d.put(entry(1, 'GB/T 90009—2023', '旧书柜 术语'))
    d.mean(2, 'ref [1] «GB/T 90009—2023» title «旧书柜 术语»')
    return d.text(), '\n'.join(d.tree) + '\n'


def reduce(outline):
    """Without comments, what is given, and blanks at the edges of titles."""
    lines = re.sub(r'^ *comment.*\n', '', outline, flags=re.M)
    return re.sub(r' \(given\)$', '', lines, flags=re.M)


def variants():
    first = {part: next(iter(forms)) for part, forms in PARTS.items()}
    yield 'first', first
    for part, forms in PARTS.items():
        for form in list(forms)[1:]:
            yield f'{part}={form}', {**first, part: form}
    lot = random.Random(2796)
    for i in range(MIXES):
        yield f'mix-{i}', {part: lot.choice(list(forms)) for part, forms in PARTS.items()}


def adjust(forms):
    """Where numbers are lost, levels tell the depth: of all parts."""
    if forms['numbers'] != 'lost':
        return {**forms, 'untitled': 'paragraph'} if forms['untitled'] == 'marker' else forms
    keep = {'headings': ('levels', 'deeper', 'closed', 'bold-inside', 'html', 'commented', 'anchored'),
            'untitled': ('marker',), 'terms': ('no-number', 'bold', 'marker', 'bare'),
            'annexes': ('one-heading', 'blanks', 'half-width', 'old', 'breaks', 'letter-lost'),
            'tables': ('blank', 'glued', 'half-glued', 'div', 'center', 'bold', 'hard-break', 'unit', 'wide', 'below', 'aligned'),
            'figures': ('below', 'hard-break', 'div', 'glued', 'alt', 'bold', 'fence'),
            'lists': ('half', 'wide', 'spaced', 'mixed', 'bullets', 'nested-bullets', 'hard-breaks')}
    return {part: form if part not in keep or form in keep[part] else keep[part][0] for part, form in forms.items()}


def is_excluded(forms):
    return any(all(forms[part] == form for part, form in rule.items()) for rule in EXCLUDED)


def main():
    verbose = '-v' in sys.argv
    gblint, *names = [a for a in sys.argv[1:] if a != '-v']
    gblint = pathlib.Path(gblint).resolve()
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / 'draft.md'
        for name, forms in variants():
            forms = adjust(forms)
            if is_excluded(forms) or (names and not any(n in name for n in names)):
                continue
            text, want = write(forms)
            path.write_bytes(BYTES[forms['bytes']](text))
            done = subprocess.run([gblint, 'outline', '--no-config', path], capture_output=True)
            got, want = reduce(done.stdout.decode()), reduce(want)
            if got == want:
                passed += 1
                continue
            failed += 1
            print(f'not ok - {name}  ' + (' '.join(f'{p}={f}' for p, f in forms.items()) if name.startswith('mix') else ''))
            sys.stdout.writelines(difflib.unified_diff(want.splitlines(True), got.splitlines(True), 'meant', 'got', n=1))
            if verbose:
                print(text)
    print(f'{passed} passed, {failed} failed')
    sys.exit(bool(failed))


if __name__ == '__main__':
    main()
