"""The HTML report as bytes: every finding of the JSON format has its element with its words, the page is well formed, loads nothing,
lets nothing of a draft run, and is the same whatever -j. What a browser makes of it: html_browser.py.

    html_page.py GBLINT ROOT [NAME]"""
import base64
import hashlib
import html.parser
import json
import re
import subprocess
import time

from harness import GBLINT, ROOT, Scratch, equal, holds, main

SEED = ROOT / 'fixtures/db32-t-2796-2015.md'
VOID = {'meta', 'br', 'wbr', 'path', 'rect', 'circle', 'img'}
PICTURE = re.compile(r'data:image/(png|jpeg|gif|svg\+xml);base64,([A-Za-z0-9+/]*={0,2})')
WORDS = {'error': '错误', 'warning': '警告', 'info': '提示'}
HEAD = '# 1 范围\n\n本文件规定了网点的要求。\n\n'


class Page(html.parser.HTMLParser):
    """Checks the nesting of tags; keeps elements by id, marks by finding, links, and what must not be."""

    def __init__(self, text):
        super().__init__()
        self.stack, self.faults, self.ids, self.links, self.marks, self.tags, self.cards = [], [], {}, [], {}, [], {}
        self.text = ''
        self.feed(text)
        self.close()
        self.faults += [f'<{tag}> is not closed' for tag, *_ in self.stack]

    def handle_starttag(self, tag, attributes, closed=False):
        values = dict(attributes)
        self.tags.append(tag)
        for name, value in attributes:
            if tag == 'img' and name == 'src' and PICTURE.fullmatch(value):
                continue
            if name == 'style' or name.startswith('on') or name in ('src', 'srcset', 'action', 'xlink:href'):
                self.faults.append(f'<{tag} {name}={value!r}>')
            if name == 'href' and not value.startswith('#'):
                self.faults.append(f'link to {value!r}')
        if 'id' in values:
            if values['id'] in self.ids:
                self.faults.append(f'two elements with id {values["id"]}')
            self.ids[values['id']] = values
        if 'href' in values:
            self.links.append(values['href'][1:])
        mark = None
        if tag == 'mark':
            mark = [values, '']
            self.marks.setdefault(values['data-f'], []).append(mark)
        if tag == 'div' and 'card' in values.get('class', '').split():
            around = next((c for c in reversed([c for *_, c in self.stack]) if c is not None), '')
            mark = self.cards[values['id']] = [{'data-clause': around, **values}, '']
        if tag not in VOID and not closed:
            self.stack.append((tag, mark, values.get('data-clause') if tag == 'section' else None))

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes, True)

    def handle_endtag(self, tag):
        if not self.stack or self.stack[-1][0] != tag:
            self.faults.append(f'</{tag}> at {self.getpos()} inside {[t for t, *_ in self.stack[-3:]]}')
            return
        self.stack.pop()

    def handle_data(self, data):
        if self.stack and self.stack[-1][0] in ('style', 'script'):
            return
        self.text += data
        for _, mark, _ in self.stack:
            if mark:
                mark[1] += data


def report(*args, cwd=None):
    done = subprocess.run([GBLINT, '--no-config', '-f', 'html', *map(str, args)], capture_output=True, cwd=cwd or ROOT)
    if done.returncode not in (0, 1):
        raise AssertionError(f'exit {done.returncode}: {done.stderr.decode()}')
    return done.stdout.decode()


def findings(*args, cwd=None):
    done = subprocess.run([GBLINT, '--no-config', '-f', 'json', *map(str, args)], capture_output=True, cwd=cwd or ROOT)
    return [f['findings'] for f in json.loads(done.stdout)['files']]


def bare(text):
    return re.sub(r'\s+', '', text)


def compare(*paths, cwd=None):
    """The page of the drafts, each finding of which has its card and its marks; how many marks hold just the quote."""
    page = Page(report(*paths, cwd=cwd))
    equal(page.faults, [], f'{paths}:')
    equal([link for link in page.links if link not in page.ids], [], f'{paths}: links that lead nowhere')
    same = total = 0
    for draft, list_of_one in enumerate(findings(*paths, cwd=cwd)):
        for number, f in enumerate(list_of_one):
            key = f'd{draft + 1}-f{number + 1}'
            card, said = page.cards.get(key, [{}, ''])
            equal([card.get('class'), card.get('data-clause')], [f'card {f["level"]}', f['clause']], f'{paths} {key}')
            said = bare(said)
            for words in (WORDS[f['level']], f['rule'], f'第{f["start"]["line"]}行', f['message'], f['remedy'], f['source']):
                holds(said, bare(words))
            holds(page.ids, f'r-{f["rule"]}')
            marks = page.marks.get(key)
            if not marks:
                raise AssertionError(f'{paths}: no mark for {key} {f["rule"]} {f["quote"]!r}')
            for values, _ in marks:
                equal([values['data-rule'], values['data-line'], values['class'].split()[0]], [f['rule'], str(f['start']['line']), f['level']], key)
            total += 1
            same += bare(''.join(words for _, words in marks)) == bare(f['quote'])
    equal(len([k for k in page.cards if re.fullmatch(r'd\d+-f\d+', k)]), total, f'{paths}: cards')
    return page, same, total


def test_every_finding_of_the_seed_has_its_words():
    page, same, total = compare(SEED)
    equal(same, total, 'marks that hold the quote')
    for key in ('d1-c7.3.4.4', 'd1-cA', 'd1-foreword', 'overview', 'd1'):
        holds(page.ids, key)
    equal(page.ids['d1-c7.3.4.4']['data-clause'], '7.3.4.4')
    equal(bool(re.fullmatch('[0-9a-f]{%d}' % (16 * total), page.ids['d1']['data-keys'])), True)


def test_every_finding_of_the_fixtures_has_an_element():
    same = total = 0
    drafts = [p for p in sorted((ROOT / 'fixtures').rglob('*')) if p.suffix in ('.md', '.xml') and p.parts[-2] != 'images']
    for start in range(0, len(drafts), 20):
        _, s, t = compare(*drafts[start:start + 20])
        same, total = same + s, total + t
    if same < 0.95 * total:
        raise AssertionError(f'{same} of {total} marks hold the quote')


def test_the_same_bytes():
    drafts = sorted((ROOT / 'fixtures/shapes').glob('*.md'))[:30]
    first = report('-j1', *drafts)
    equal(report('-j1', *drafts) == first, True, 'twice')
    equal(report('-j4', *drafts) == first, True, '-j4')


def test_the_policy_names_what_is_in_the_page():
    text = report(SEED)
    told(text, "default-src 'none'", "base-uri 'none'", "form-action 'none'")
    for tag, directive in (('style', 'style-src'), ('script', 'script-src')):
        found = re.findall(f'<{tag}>(.*?)</{tag}>', text, re.S)
        equal(len(found), {'style': 1, 'script': 2}[tag], tag)
        digests = (base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in found)
        told(text, directive + ''.join(f" 'sha256-{digest}'" for digest in digests) + ';')


def test_hostile_words_stay_words():
    payload = '"\'></mark></title></script></style><script>evil()</script><img src=x onerror=evil()>'
    draft = (f'---\ntitle: {json.dumps(payload)}\n---\n# 1 {payload}\n\n应当 {payload} `{payload}` [a](javascript:evil()) ![{payload}](javascript:evil())\n\n'
             f'```mermaid\nflowchart TD\na["{payload}"] --> b\nclick a "javascript:evil()"\n```\n\n图1 {payload}\n\n|{payload}|a|\n|--|--|\n|{payload}|b|\n\n'
             f'<!-- gblint-disable-next-line WRD-001: {payload} -->\n应当{payload}。\n')
    with Scratch(GBLINT) as s:
        name = '<img src=x onerror=evil()>.md'
        s.write(name, draft)
        text = report(name, cwd=s.path)
        page, _, total = compare(name, cwd=s.path)
        equal(total > 0, True)
    equal(page.tags.count('script'), 2)
    equal([t for t in page.tags if t in ('img', 'iframe', 'object', 'form')], [])
    equal(re.findall(r'<[^>]*(?:evil|javascript)[^>]*>', re.sub(r'"[^"]*"', '""', text)), [])


def test_marks_nest_and_split():
    with Scratch(GBLINT, a__md=HEAD + '# 2 要求\n\n应当按照GB/T  1.1-2009的有关规定，尽可能的做到准确、及时等。\n') as s:
        compare('a.md', cwd=s.path)


def test_overview_of_several_drafts():
    drafts = sorted((ROOT / 'fixtures/series').glob('*.md'))
    page, _, _ = compare(*drafts)
    text = report(*drafts)
    equal(text.index('id="overview"') < text.index('<article'), True, 'overview first')
    for number in range(1, len(drafts) + 1):
        told(text, f'<a href="#d{number}">')
        equal(page.ids[f'd{number}']['data-path'], str(drafts[number - 1]))


def told(text, *parts):
    """Parts of the page that are in it, style and script left out."""
    body = re.sub(r'<(style|script)>.*?</\1>', '', text, flags=re.S)
    for part in parts:
        if part not in body:
            raise AssertionError(f'{part!r} is not in the page')


def test_what_was_left_out_is_told():
    with Scratch(GBLINT) as s:
        s.write('a.md', HEAD + '# 2 要求\n\n<!-- gblint-disable-next-line WRD-003: 原文如此 -->\n网点应当通风。\n\n![图](p.jpg)\n\n图1 流程图\n')
        text = report('a.md', cwd=s.path)
        told(text, '原文如此', '<details class="excused">', '<details class="unchecked">')


def test_against_a_baseline():
    with Scratch(GBLINT) as s:
        s.write('.gblint.yaml', 'edition: 2020\n')
        s.write('a.md', HEAD + '# 2 要求\n\n网点应当通风。\n\n网点应当明亮。\n')
        s.start('baseline', 'a.md')
        s.write('a.md', HEAD + '# 2 要求\n\n网点应当通风。\n\n网点应明亮。\n')
        text = s.start('-f', 'html', 'a.md').stdout.decode()
        told(text, '<details class="known">', '<details class="fixed">', '<li class="known"><b>1</b>', '<li class="fixed"><b>1</b>', '<q>应当</q>')
        equal(Page(text).faults, [])


def test_charts_are_drawn_and_linked():
    text = report(ROOT / 'fixtures/shapes/figures-flowchart.md')
    page = Page(text)
    told(text, '<svg class="gf"')
    linked = [link for link in re.findall(r'<a(?: class="[we]")? href="#(d1-f\d+)"><title>', text)]
    equal(bool(linked) and all(link in page.ids for link in linked), True)


PIXEL = base64.b64decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==')
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" onload="evil()"><script>evil()</script><rect width="9" height="9"/></svg>'


def test_pictures_are_in_the_page():
    shown = {'a.png': PIXEL, 'b.svg': DRAWING.encode(), 'c.jpg': b'\xff\xd8\xff\xe0' + b'x' * 40, 'd.png': b'GIF89a' + b'x' * 41}
    left = {'e.png': b'no picture at all', 'f.png': PIXEL + b'x' * (2 << 20), 'g.svg': b'<!DOCTYPE svg [<!ENTITY a "b">]>' + DRAWING.encode()}
    with Scratch(GBLINT) as s:
        files = {**shown, **left}
        (s.path / 'in').mkdir()
        for name, data in files.items():
            (s.path / 'in' / name).write_bytes(data)
        (s.path / 'out.png').write_bytes(PIXEL)
        (s.path / 'in' / 'link.png').symlink_to('../out.png')
        (s.path / 'in' / '.gblint.yaml').write_text('{}\n')
        names = [*files, '../out.png', 'link.png', 'http://127.0.0.1:1/x.png', 'none.png']
        (s.path / 'in' / 'd.md').write_text(HEAD + '# 2 要求\n\n' + ''.join(f'![图"样{i}]({name})\n\n图{i} 样\n\n' for i, name in enumerate(names, 1)))
        text = report('d.md', cwd=s.path / 'in')
    equal(Page(text).faults, [])
    got = [base64.b64decode(data) for _, data in PICTURE.findall(text)]
    equal(got, list(shown.values()), 'pictures')
    equal([kind for kind, _ in PICTURE.findall(text)], ['png', 'svg+xml', 'jpeg', 'gif'], 'kinds, by their bytes')
    told(text, ' alt="图&quot;样1">', '<code>e.png</code>')
    holds(text, "img-src data:")
    equal([text.count('<p class="picture shown">'), text.count('<p class="picture">')], [len(shown), len(names) - len(shown)], 'told')


def test_pictures_of_a_page_are_limited():
    with Scratch(GBLINT) as s:
        (s.path / 'a.png').write_bytes(PIXEL + b'x' * (2000 << 10))
        s.write('a.md', HEAD + '# 2 要求\n\n' + ''.join(f'![](a.png)\n\n图{i} 样\n\n' for i in range(1, 20)))
        equal(report('a.md', cwd=s.path).count('<img '), 8)


def test_english():
    told(report('--lang', 'en', SEED), '<html lang="en">', '<div class="text" lang="zh-CN">', 'Clauses 1')
    told(report(SEED), '<html lang="zh-CN">')
    with Scratch(GBLINT, a__md=HEAD + '# 2 要求\n\n网点应当通风。\n') as s:
        text = report('--lang', 'en', '--select', 'WRD-003', 'a.md', cwd=s.path)
        told(text, '<li class="warning"><b>1</b> warning</li>', '<li class="error"><b>0</b> errors</li>')


def test_what_a_rule_says_stands_once():
    text = report(SEED)
    page = Page(text)
    rules = re.findall('<div id="r-([A-Z]+-[0-9]+)">', text)
    equal(rules, sorted({f['rule'] for f in findings(SEED)[0]}), 'rules')
    equal(text.count('<dd class="why">'), len(rules), 'reasons')
    for sources in re.findall('<dd class="src">(.*?)</dd>', text):
        equal(len(set(sources.split(' · '))), sources.count(' · ') + 1, sources)
    cards = [said for _, said in page.cards.values()]
    reason = re.search('<dd class="why">(.*?)</dd>', text)[1]
    equal([reason in said for said in cards].count(True), 0, 'cards that repeat a reason')


def test_cards_are_small():
    text = report(SEED)
    cards = re.findall('<div class="card .*?</div>', text)
    size = sum(len(card.encode()) for card in cards) / len(cards)
    if size > 480:
        raise AssertionError(f'{size} bytes for a card')
    equal(sum(card.count('<details') for card in cards), 0, 'elements that are slow by the thousand')


def test_hostile_sizes_end():
    with Scratch(GBLINT) as s:
        s.write('headings.md', HEAD + ''.join(f'## {n}\n\n应当\n\n' for n in range(20000)))
        s.write('deep.md', HEAD + ''.join('  ' * n + '- 应当\n' for n in range(300)))
        s.write('one.md', HEAD + '网点应当**尽可能**做到`a`。' * 20000 + '\n')
        for name in ('headings.md', 'deep.md', 'one.md'):
            start = time.monotonic()
            equal(Page(report(name, cwd=s.path)).faults, [], name)
            if time.monotonic() - start > 30:
                raise AssertionError(f'{name} took {time.monotonic() - start:.1f} s')


main(globals())
