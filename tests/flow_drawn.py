"""Drawings: BPMN, draw.io, SVG and PNG files, and the graphs that are read from them.

    flow_drawn.py GBLINT ROOT [--accept]

tests/flow/FORMAT.answers has a line of JSON for each file of tests/flow/FORMAT/: what `gblint flow --batch` says of it, with boxes
and points. --accept writes them anew.
"""
import json
import pathlib
import subprocess
import sys

gblint, root = sys.argv[1], pathlib.Path(sys.argv[2]) / 'tests' / 'flow'
FORMATS = {'bpmn': 'bpmn', 'drawio': 'drawio', 'svg': 'svg', 'png': 'drawio'}
failed = n = 0

for folder, name in FORMATS.items():
    paths = sorted(p for p in (root / folder).glob('*') if p.is_file())
    if not paths:
        continue
    requests = ''.join(json.dumps({'name': p.name, 'format': name, 'path': str(p)}) + '\n' for p in paths)
    done = subprocess.run([gblint, 'flow', '--batch'], input=requests, capture_output=True, text=True, encoding='utf-8')
    answers = root / f'{folder}.answers'
    if '--accept' in sys.argv:
        answers.write_text(done.stdout, encoding='utf-8')
    want = {json.loads(line)['name']: line for line in answers.read_text(encoding='utf-8').splitlines()}
    got = {json.loads(line)['name']: line for line in done.stdout.splitlines()}
    for file in sorted({*want, *got, *(p.name for p in paths)}):
        n += 1
        if want.get(file) != got.get(file):
            failed += 1
            print(f'not ok - {folder}/{file}\n  expected {want.get(file)}\n  got      {got.get(file)}')

print(f'{n} drawings, {failed} fail')
sys.exit(failed > 0)
