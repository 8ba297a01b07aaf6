"""Holds the reader of DOT against Graphviz.

    flow_dot.py GBLINT ROOT [--accept]

Charts are those of tests/flow/dot.gv. tests/flow/dot.answers holds the nodes, edges and clusters that dot(1) finds in each, so
that the test needs no Graphviz; where it is installed it is asked as well, and gvpr(1) for what each graph holds before any layout.
--accept writes the answers anew."""
import json
import pathlib
import re
import shutil
import subprocess
import sys

gblint, root = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
accept = '--accept' in sys.argv
folder = root / 'tests' / 'flow'


def all_charts():
    parts = (folder / 'dot.gv').read_bytes().decode().split('=== ')[1:]
    return dict(part.split('\n', 1) for part in parts)


def ask_gblint(texts):
    lines = ''.join(json.dumps({'name': n, 'format': 'dot', 'text': t}) + '\n' for n, t in texts.items())
    done = subprocess.run([gblint, 'flow', '--batch'], input=lines.encode(), capture_output=True)
    if done.stderr:
        print(done.stderr.decode(errors='replace')[:2000])
    return {a['name']: summary(a) for a in map(json.loads, filter(None, done.stdout.decode().split('\n')))}


def summary(answer):
    """What is compared, of each graph in a text; None for a text that is broken."""
    graphs = answer.get('pages', [answer])
    if not all(g['ok'] for g in graphs):
        return None
    return [{'nodes': sorted([n['id'], n['label'], n['shape']] for n in g['nodes']),
             'edges': sorted([e['from'], e['to'], e['label']] for e in g['edges']),
             'clusters': sorted([s['id'], s['title'], sorted(s['nodes'])] for s in g['subgraphs'])} for g in graphs]


def by_dot(graph):
    """The same from dot -Tdot_json."""
    objects = graph.get('objects', [])
    name = {o['_gvid']: o['name'] for o in objects if 'nodes' not in o and 'subgraphs' not in o}
    boxes = [o for o in objects if o['_gvid'] not in name]
    inner = {o['_gvid']: set(o.get('nodes', [])) for o in boxes}
    nodes, edges, clusters = [], [], []
    for o in objects:
        if o['_gvid'] in name and 'label' in o:
            label = o['name'] if o['label'] == '\\N' else o['label']
            nodes.append([o['name'], label, o.get('shape') or 'ellipse'])
    for e in graph.get('edges', []):
        ends = [name[e['tail']], name[e['head']]]
        label = next((e[k] for k in ('label', 'xlabel', 'taillabel', 'headlabel') if e.get(k)), '')
        edges.append((ends[::-1] if e.get('dir') == 'back' else ends) + [label])
    for o in boxes:
        if o['name'].startswith('cluster'):
            within = set().union(*(inner[s] for s in o.get('subgraphs', []) if s in inner and cluster(boxes, s)))
            clusters.append([o['name'], o.get('label', ''), sorted(name[n] for n in inner[o['_gvid']] - within)])
    return {'nodes': sorted(nodes), 'edges': sorted(edges), 'clusters': sorted(clusters)}


def cluster(boxes, gvid):
    return any(o['_gvid'] == gvid and o['name'].startswith('cluster') for o in boxes)


def ask_dot(text):
    done = subprocess.run(['dot', '-Tdot_json'], input=text.encode(), capture_output=True)
    if done.returncode or b'syntax error' in done.stderr:
        return None
    decoder, rest, out = json.JSONDecoder(strict=False), done.stdout.decode(), []
    while rest.strip():
        graph, end = decoder.raw_decode(rest.lstrip())
        rest = rest.lstrip()[end:]
        out.append(by_dot(graph))
    return out


GVPR = r'''BEG_G { printf("graph\036"); }
N { printf("node\037%s\036", $.name); }
E { printf("edge\037%s\037%s\037%s\036", $.tail.name, $.head.name, hasAttr($, "dir") ? $.dir : ""); }'''


def ask_gvpr(text):
    """Of each graph its nodes and edges; None for a text that is broken."""
    done = subprocess.run(['gvpr', GVPR], input=text.encode(), capture_output=True)
    if done.returncode or b'syntax error' in done.stderr:
        return None
    graphs = []
    for kind, *fields in (line.split('\x1f') for line in done.stdout.decode().split('\x1e') if line):
        if kind == 'graph':
            graphs.append({'nodes': [], 'edges': []})
        elif kind == 'node':
            graphs[-1]['nodes'].append(fields[0])
        else:
            tail, head, direction = fields
            graphs[-1]['edges'].append([head, tail] if direction == 'back' else [tail, head])
    return [{key: sorted(things) for key, things in g.items()} for g in graphs]


def bare(graphs):
    """Nodes and edges as gvpr tells them."""
    return graphs and [{'nodes': sorted(n[0] for n in g['nodes']), 'edges': sorted(e[:2] for e in g['edges'])} for g in graphs]


def check_gvpr(texts, ours):
    failed = 0
    for name, text in texts.items():
        wanted = ask_gvpr(text)
        if bare(ours[name]) != wanted:
            print(f'not ok - {name}, by gvpr\n' + re.sub('^', '    ', text, flags=re.M) + f'\n  gvpr:   {wanted}\n  gblint: {bare(ours[name])}')
            failed += 1
    print(f'gvpr: {len(texts) - failed} of {len(texts)} graphs have the same nodes and edges')
    return failed


def main():
    texts = all_charts()
    ours = ask_gblint(texts)
    stored_file = folder / 'dot.answers'
    if shutil.which('dot'):
        theirs = {name: ask_dot(text) for name, text in texts.items()}
        if accept:
            stored_file.write_text(''.join(json.dumps([n, a], ensure_ascii=False) + '\n' for n, a in theirs.items()), encoding='utf-8')
    else:
        print('skipped: Graphviz itself is not asked, there is no dot')
        theirs = {}
    stored = dict(map(json.loads, stored_file.read_text(encoding='utf-8').splitlines()))
    failed = 0
    if shutil.which('gvpr'):
        failed += check_gvpr(texts, ours)
    else:
        print('skipped: gvpr is not asked, it is not installed')
    for name, text in texts.items():
        wanted = theirs.get(name, stored.get(name))
        if name not in stored or stored[name] != wanted:
            print(f'not ok - the stored answer on “{name}” is not Graphviz\'s; --accept writes it anew')
            failed += 1
        if ours[name] != wanted:
            print(f'not ok - {name}\n' + re.sub('^', '    ', text, flags=re.M) + f'\n  Graphviz: {wanted}\n  gblint:   {ours[name]}')
            failed += 1
    return failed, len(texts)


bad, n = main()
print(f'{n - bad} passed, {bad} failed')
sys.exit(bool(bad))
