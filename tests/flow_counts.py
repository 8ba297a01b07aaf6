"""draw.io and BPMN: what the readers find, against a count that knows nothing of them.

    flow_counts.py GBLINT ROOT [FILE…]

The count is taken here, out of the XML alone: for each page the words of its boxes, and of its lines with the words at their two
ends. Files are those of tests/flow/drawio and tests/flow/bpmn, each as it is and in the other wrappings that tools write: packed,
in an SVG, in a PNG, in UTF-16, with other prefixes. With FILE… these are counted instead, as they are.
"""
import base64
import html.parser
import json
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree as ElementTree
import zlib
from collections import Counter

GBLINT, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])

# ---- Words ----

class Words(html.parser.HTMLParser):
    """What is seen of a label that holds HTML."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.seen, self.hidden = [], 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in ('style', 'script')

    def handle_endtag(self, tag):
        self.hidden -= tag in ('style', 'script')

    def handle_data(self, data):
        if not self.hidden:
            self.seen.append(data)


def squeeze(text):
    return ''.join(text.split()).replace('\u200b', '')


def words(label, is_html):
    if is_html:
        reader = Words()
        reader.feed(label)
        reader.close()
        label = ''.join(reader.seen)
    return squeeze(label)


# ---- draw.io ----

def png_text(data):
    at = 8
    while at + 8 <= len(data):
        size, kind = struct.unpack('>I4s', data[at:at + 8])
        body = data[at + 8:at + 8 + size]
        at += size + 12
        keyword, _, rest = body.partition(b'\0')
        if keyword not in (b'mxfile', b'mxGraphModel'):
            continue
        if kind == b'tEXt':
            return rest.decode('latin-1')
        if kind == b'zTXt':
            return zlib.decompress(rest[1:]).decode('latin-1')
        if kind == b'iTXt':
            is_packed = rest[0]
            rest = rest[2:].split(b'\0', 2)[2]
            return (zlib.decompress(rest) if is_packed else rest).decode('utf-8')
    return None


def drawing_in(data):
    """The XML of a drawing, whatever it is wrapped in."""
    if data.startswith(b'\x89PNG'):
        return urllib.parse.unquote(png_text(data))
    root = ElementTree.fromstring(data)
    if root.tag.endswith('}svg'):
        return urllib.parse.unquote(root.get('content')) if root.get('content').startswith('%3C') else root.get('content')
    return data


def pages_of(data):
    root = ElementTree.fromstring(drawing_in(data))
    if root.tag == 'mxGraphModel':
        return [root]
    pages = []
    for diagram in root.findall('diagram'):
        if diagram.find('mxGraphModel') is not None:
            pages.append(diagram.find('mxGraphModel'))
        elif (diagram.text or '').strip():
            text = diagram.text.strip()
            if not text.startswith('<') and not text.startswith('%3C'):
                text = zlib.decompress(base64.b64decode(text), -15).decode()
            pages.append(ElementTree.fromstring(urllib.parse.unquote(text)))
    return pages


class Cell:
    def __init__(self, inner, outer):
        self.id = (outer if outer is not None else inner).get('id')
        self.label = outer.get('label', '') if outer is not None else inner.get('value', '')
        self.is_box = inner.get('vertex') == '1'
        self.is_line = inner.get('edge') == '1' and not self.is_box
        self.shown = inner.get('visible') != '0'
        self.shut = inner.get('collapsed') == '1'
        self.parent_id, self.ends = inner.get('parent'), (inner.get('source'), inner.get('target'))
        self.parent, self.inside = None, []
        parts = [p.partition('=') for p in inner.get('style', '').split(';') if p]
        self.keys = {k.strip(): v.strip() for k, sign, v in parts if sign}
        self.shape = self.keys.get('shape') or next((k for k, sign, _ in parts if not sign), '')

    @property
    def words(self):
        own = words(self.label, self.keys.get('html') == '1')
        return own + ''.join(c.words for c in self.inside if c.is_box) if self.is_line else own

    def is_seen(self):
        return self.shown and (self.parent is None or (self.parent.is_seen() and not self.parent.shut))

    def is_frame(self):
        """Made to hold others: a lane always, the rest when it does."""
        if self.shape in ('swimlane', 'table', 'tableRow') and not self.shut:
            return True
        return any(c.is_box and c.is_seen() for c in self.inside) and (self.keys.get('container') == '1' or self.shape == 'group')

    def points(self):
        """Which ends bear an arrow."""
        return self.keys.get('startArrow', 'none') != 'none', self.keys.get('endArrow', 'classic') != 'none'


def cells_of(model):
    cells = {}
    for parent in model.iter():
        for inner in parent.findall('mxCell'):
            cell = Cell(inner, parent if parent.tag in ('object', 'UserObject') else None)
            cells.setdefault(cell.id, cell)
    for cell in cells.values():
        cell.parent = cells.get(cell.parent_id)
        if cell.parent:
            cell.parent.inside.append(cell)
    return cells


class Page:
    """What is seen of one: words of boxes; lines as (from, to, words); words that stand alone, which may be those of a line."""

    def __init__(self):
        self.boxes, self.lines, self.loose = [], [], []


def drawio_page(model):
    page, cells = Page(), cells_of(model)
    seen = [c for c in cells.values() if c.is_seen()]
    lines = [c for c in seen if c.is_line]
    for cell in seen:
        if not cell.is_box or (cell.parent and cell.parent.is_line) or cell.is_frame():
            continue
        if not cell.words and cell.parent and cell.parent.is_box and not cell.parent.is_frame():
            continue  # a mark on a box
        is_passed = any(c.ends[1] == cell.id for c in lines) and any(c.ends[0] == cell.id for c in lines)
        is_words = cell.shape in ('text', 'note', 'image', 'umlActor') or (cell.keys.get('strokeColor') == 'none' == cell.keys.get('fillColor'))
        (page.loose if is_words and not is_passed else page.boxes).append(cell.words)
    for cell in lines:
        ends = [cells[e].words if e in cells else None for e in cell.ends]
        if cell.points() == (True, False):
            ends.reverse()
        page.lines.append((*ends, cell.words))
    return page


# ---- BPMN ----

MODEL, DI = '{http://www.omg.org/spec/BPMN/20100524/MODEL}', '{http://www.omg.org/spec/BPMN/20100524/DI}'
BPMN_BOX = re.compile(r'(start|end|boundary|intermediate\w+)Event|\w*[tT]ask|callActivity|\w*[pP]rocess|transaction|\w+Gateway')


class Bpmn:
    def __init__(self, data):
        self.root = ElementTree.fromstring(data)
        self.parent = {c: p for p in self.root.iter() for c in p}
        self.by_id = {e.get('id'): e for e in self.root.iter() if e.get('id')}

    def kind(self, element):
        return element.tag[len(MODEL):] if element.tag.startswith(MODEL) else ''

    def is_box(self, element):
        kind = self.kind(element)
        return bool(BPMN_BOX.fullmatch(kind)) and kind != 'process' and not kind.startswith('global')

    def named(self, qname):
        return self.by_id.get((qname or '').split(':')[-1]) if qname not in self.by_id else self.by_id[qname]

    def page(self, drawn, undrawn):
        """drawn: element → its shape in the diagram; undrawn: what no diagram shows, for the first."""
        shut = {e for e, shape in drawn.items() if shape.get('isExpanded') == 'false'}
        page = Page()

        def is_seen(element):
            above = self.parent.get(element)
            while above is not None:
                if above in shut:
                    return False
                above = self.parent.get(above)
            return element in drawn or element in undrawn

        for element in self.root.iter():
            if not is_seen(element):
                continue
            name = squeeze(element.get('name', ''))
            if self.is_box(element) and (element in shut or not any(self.is_box(c) and is_seen(c) for c in element)):
                page.boxes.append(name)
            elif self.kind(element) == 'sequenceFlow':
                ends = [self.named(element.get(k)) for k in ('sourceRef', 'targetRef')]
                page.lines.append((*(None if e is None else squeeze(e.get('name', '')) for e in ends), name))
        return page

    def pages(self):
        diagrams = list(self.root.iter(DI + 'BPMNDiagram'))
        drawn = [{self.named(s.get('bpmnElement')): s for s in d.iter() if s.tag in (DI + 'BPMNShape', DI + 'BPMNEdge')}
                 for d in diagrams or [self.root]]
        undrawn = {e for e in self.root.iter() if not any(e in d for d in drawn)}
        return [self.page(d, undrawn if i == 0 or len(drawn) < 2 else set()) for i, d in enumerate(drawn)]


# ---- What gblint says ----

NO_BOX = {'bpmn:textAnnotation', 'bpmn:dataObjectReference', 'bpmn:dataStoreReference', 'bpmn:dataInput', 'bpmn:dataOutput'}


def our_page(answer):
    page = Page()
    names = {n['id']: squeeze(n['text']) for n in answer['nodes']}
    names.update((s['id'], squeeze(words(s['title'], True))) for s in answer['subgraphs'])
    for node in answer['nodes']:
        is_box = node['shape'] not in NO_BOX if node['shape'].startswith('bpmn:') else node['kind'] != 'note'
        (page.boxes if is_box else page.loose).append(squeeze(node['text']))
    for edge in answer['edges']:
        if edge['stroke'] != 'dotted' or answer['format'] != 'bpmn':
            page.lines.append((names.get(edge['from']), names.get(edge['to']), squeeze(edge['text'])))
    return page


def ask(files):
    """files: name → (format, path)."""
    requests = ''.join(json.dumps({'name': n, 'format': f, 'path': str(p)}) + '\n' for n, (f, p) in files.items())
    done = subprocess.run([GBLINT, 'flow', '--batch'], input=requests.encode(), capture_output=True)
    answers = (json.loads(line) for line in done.stdout.decode().split('\n') if line)
    return {a['name']: a.get('pages', [a]) for a in answers}


# ---- Comparing ----

def is_like(line, ours, loose):
    """An end that the file does not name may be found by its place; a line without words may have been given loose ones."""
    return all(a is None or a == b for a, b in zip(line[:2], ours[:2])) and (line[2] == ours[2] or (not line[2] and ours[2] in loose))


def differences(want, got):
    out = []
    if Counter(want.boxes) != Counter(got.boxes):
        out.append(f'boxes: not found {dict(Counter(want.boxes) - Counter(got.boxes))}, too many {dict(Counter(got.boxes) - Counter(want.boxes))}')
    rest = list(got.lines)
    for line in sorted(want.lines, key=lambda x: (x.count(None), not x[2])):
        found = next((o for o in rest if is_like(line, o, want.loose)), None)
        if found:
            rest.remove(found)
        elif line[:2] != (None, None):
            out.append(f'line not found: {line}')
    return out + [f'line too many: {line}' for line in rest]


def compare(name, want, got):
    want = [p for p in want if p.boxes or p.lines or p.loose]
    got = [our_page(a) if a['ok'] else a['error'] for a in got]
    got = [p for p in got if isinstance(p, dict) or p.boxes or p.lines or p.loose]
    if len(want) != len(got):
        print(f'not ok - {name}: {len(want)} pages, gblint finds {len(got)}')
        return False
    found = []
    for i, (w, g) in enumerate(zip(want, got), 1):
        found += [f'page {i}: {d}' for d in ([g['message']] if isinstance(g, dict) else differences(w, g))]
    if found:
        print(f'not ok - {name}\n' + ''.join(f'    {d}\n' for d in found), end='')
    return not found


# ---- Wrappings ----

def packed(xml):
    """As the editor saves by default: each page deflated, in Base64."""
    root = ElementTree.fromstring(xml)
    if root.tag == 'mxGraphModel':
        page, root = root, ElementTree.Element('mxfile')
        ElementTree.SubElement(root, 'diagram').append(page)
    for diagram in root.findall('diagram'):
        model = diagram.find('mxGraphModel')
        if model is None:
            continue
        text = urllib.parse.quote(ElementTree.tostring(model, encoding='unicode'), safe="~()*!.'").encode()
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        diagram.remove(model)
        diagram.text = base64.b64encode(deflate.compress(text) + deflate.flush()).decode()
    return ElementTree.tostring(root)


def chunk(kind, body):
    return struct.pack('>I', len(body)) + kind + body + struct.pack('>I', zlib.crc32(kind + body))


def in_png(xml, is_packed):
    text = urllib.parse.quote(xml, safe='').encode()
    body = b'mxfile\0' + (b'\0' + zlib.compress(text) if is_packed else text)
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 1, 1, 8, 0, 0, 0, 0)) + chunk(b'zTXt' if is_packed else b'tEXt', body) +
            chunk(b'IDAT', zlib.compress(b'\0\0')) + chunk(b'IEND', b''))


def in_svg(xml):
    root = ElementTree.Element('{http://www.w3.org/2000/svg}svg', content=xml.decode())
    return ElementTree.tostring(root)


def in_percent_svg(xml):
    return in_svg(urllib.parse.quote(xml, safe='').encode())


def in_utf16(data):
    return re.sub(r'^<\?xml[^>]*\?>', '<?xml version="1.0" encoding="UTF-16"?>', data.decode()).encode('utf-16')


def other_prefix(data):
    """bpmn2: where there was none, and none where there was one."""
    text = data.decode()
    model = re.search(r'xmlns(:\w+)?="http://www.omg.org/spec/BPMN/20100524/MODEL"', text)
    old = model[1][1:] + ':' if model[1] else ''
    new = '' if old else 'bpmn2:'
    text = text.replace(model[0], model[0].replace(model[1], '') if model[1] else model[0].replace('xmlns=', 'xmlns:bpmn2='))
    return re.sub(rf'<(/?){old}(?=[\w]+[\s/>])', rf'<\1{new}', text).encode()


WRAPPINGS = {
    'drawio': {'packed.drawio': ('drawio', packed), 'content.svg': ('svg', in_svg), 'packed.svg': ('svg', lambda x: in_svg(packed(x))),
               'percent.svg': ('svg', in_percent_svg),
               'tEXt.png': ('drawio', lambda x: in_png(x, False)), 'zTXt.png': ('drawio', lambda x: in_png(packed(x), True)),
               'utf16.drawio': ('drawio', in_utf16), 'bom.drawio': ('drawio', lambda x: b'\xef\xbb\xbf' + x)},
    'bpmn': {'prefix.bpmn': ('bpmn', other_prefix), 'utf16.bpmn': ('bpmn', in_utf16), 'bom.bpmn': ('bpmn', lambda x: b'\xef\xbb\xbf' + x)},
}


def pages_in(kind, data):
    if kind == 'bpmn':
        return Bpmn(data).pages()
    return [drawio_page(m) for m in pages_of(data)]


def read(path, kind):
    """None for what is no such file: other tests have the broken ones."""
    try:
        return pages_in(kind, path.read_bytes())
    except (ElementTree.ParseError, RecursionError, ValueError, zlib.error):
        return None


def main():
    chosen = [pathlib.Path(a) for a in sys.argv[3:]]
    paths = chosen or sorted((ROOT / 'tests' / 'flow' / 'drawio').iterdir()) + sorted((ROOT / 'tests' / 'flow' / 'bpmn').iterdir())
    wanted, files = {}, {}
    with tempfile.TemporaryDirectory() as scratch:
        for path in paths:
            kind = 'bpmn' if path.suffix == '.bpmn' else 'drawio'
            pages = read(path, kind)
            if not pages or (kind == 'bpmn' and not any(p.boxes for p in pages)):
                continue
            wanted[str(path)], files[str(path)] = pages, ('svg' if path.suffix == '.svg' else kind, path)
            for name, (form, wrap) in WRAPPINGS[kind].items() if not chosen else ():
                wrapped = pathlib.Path(scratch) / f'{path.name}.{name}'
                wrapped.write_bytes(wrap(path.read_bytes()))
                wanted[wrapped.name] = pages_in(kind, wrapped.read_bytes())
                files[wrapped.name] = form, wrapped
        answers = ask(files)
        failed = sum(not compare(name, wanted[name], answers[name]) for name in files)
    n_lines = sum(len(p.lines) for pages in wanted.values() for p in pages)
    n_boxes = sum(len(p.boxes) for pages in wanted.values() for p in pages)
    print(f'{len(files) - failed} passed, {failed} failed ({n_boxes} boxes, {n_lines} lines)')
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())
