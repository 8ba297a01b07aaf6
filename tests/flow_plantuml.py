"""Holds the reader of PlantUML's activity diagrams against graphs that were told by hand.

    flow_plantuml.py GBLINT ROOT [--accept]

Charts are those of tests/flow/plantuml.puml, what is expected of each stands in tests/flow/plantuml.json: nodes with kind, shape
and text, edges with words and line, groups with title and members; of a broken one the line of the fault. --accept writes what
gblint reads: to be looked through before it is committed."""
import json
import pathlib
import subprocess
import sys

gblint, root = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
folder = root / 'tests' / 'flow'


def all_charts():
    parts = ('\n' + (folder / 'plantuml.puml').read_text(encoding='utf-8')).split('\n=== ')[1:]
    return dict(part.split('\n', 1) for part in parts)


def ask(texts):
    lines = ''.join(json.dumps({'name': n, 'format': 'plantuml', 'text': t}) + '\n' for n, t in texts.items())
    done = subprocess.run([gblint, 'flow', '--batch'], input=lines.encode(), capture_output=True)
    if done.stderr:
        print(done.stderr.decode(errors='replace')[:2000])
    return {a['name']: [summary(p) for p in a.get('pages', [a])] for a in map(json.loads, filter(None, done.stdout.decode().split('\n')))}


def summary(chart):
    if not chart['ok']:
        return {'fault': chart['error']['line']}
    out = {'title': chart.get('title', ''),
           'nodes': [[n['id'], n['kind'], n['shape'], n['text']] for n in chart['nodes']],
           'edges': [[e['from'], e['to'], e['text']] + ([e['stroke']] if e['stroke'] != 'normal' else []) for e in chart['edges']],
           'groups': [[g['title'], g['nodes']] for g in chart['subgraphs']]}
    return {key: value for key, value in out.items() if value}


def main():
    texts = all_charts()
    got = ask(texts)
    file = folder / 'plantuml.json'
    if '--accept' in sys.argv:
        rows = (f'{json.dumps(n, ensure_ascii=False)}: {json.dumps(a, ensure_ascii=False)}' for n, a in got.items())
        file.write_text('{' + ',\n'.join(rows) + '}\n', encoding='utf-8')
    wanted = json.loads(file.read_text(encoding='utf-8'))
    failed = 0
    for name in {**texts, **wanted}:
        if got.get(name) != wanted.get(name):
            failed += 1
            print(f'not ok - {name}\n  expected: {json.dumps(wanted.get(name), ensure_ascii=False)}')
            print(f'  got:      {json.dumps(got.get(name), ensure_ascii=False)}')
    return failed, len(texts)


bad, n = main()
print(f'{n - bad} passed, {bad} failed')
sys.exit(bool(bad))
