"""Holds the reader of Mermaid flowcharts against Mermaid's own parser.

    flow_mermaid.py GBLINT ROOT [--accept]

Charts are those of tests/flow/mermaid.mmd and some that tests/flow/charts.py makes. tests/flow/mermaid.answers holds a
checksum of what Mermaid says of each, so that the test needs no Mermaid; where npm can install it (once, into a scratch
folder), it is asked as well, and the agreement is shown field by field. --accept writes the checksums from Mermaid's answers."""
import hashlib
import json
import os
import pathlib
import subprocess
import sys

gblint, root = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
accept = '--accept' in sys.argv
tests = root / 'tests'
sys.path.insert(0, str(tests / 'flow'))
import charts  # noqa: E402
import npm  # noqa: E402

GENERATED = 120
FIELDS = {'nodes': ('id', 'label', 'text', 'shape'),
          'edges': ('from', 'to', 'label', 'text', 'arrow', 'stroke', 'length', 'id'),
          'subgraphs': ('id', 'title', 'dir', 'nodes')}


def all_charts():
    out = {}
    for part in (tests / 'flow' / 'mermaid.mmd').read_text(encoding='utf-8').split('=== ')[1:]:
        name, _, text = part.partition('\n')
        out[name] = text
    for i in range(GENERATED):
        out[f'plain {i}'] = charts.plain_chart(f'plain {i}')
        out[f'rich {i}'] = charts.chart(f'rich {i}')
        out[f'damaged {i}'] = charts.mutate(charts.plain_chart(f'whole {i}'), f'damaged {i}')
    return out


def ask(command, texts):
    lines = ''.join(json.dumps({'name': n, 'text': t}) + '\n' for n, t in texts.items())
    done = subprocess.run(command, input=lines.encode(), capture_output=True)
    if done.stderr:
        print(done.stderr.decode(errors='replace')[:2000])
    answers = (json.loads(line) for line in done.stdout.decode().split('\n') if line)
    return {a['name']: a for a in answers}


def fields(answer):
    """Each field that is compared, and its value in an answer."""
    if not answer.get('ok'):
        return {'verdict': False}
    out = {'verdict': True, 'direction': answer['direction']}
    for part, keys in FIELDS.items():
        out[f'{part}'] = len(answer[part])
        for key in keys:
            out[f'{part}.{key}'] = [x.get(key) for x in answer[part]]
    return out


def checksum(thing):
    return hashlib.sha256(json.dumps(thing, sort_keys=True).encode()).hexdigest()[:12]


def show(name, text, ours, wanted=None):
    print(f'not ok - {name}\n' + ''.join(f'    {line}\n' for line in text.split('\n')), end='')
    if not wanted:
        print('  gblint:', json.dumps(ours, ensure_ascii=False)[:1000])
        return
    for key in sorted({*fields(wanted), *fields(ours)}):
        a, b = fields(wanted).get(key), fields(ours).get(key)
        if a != b:
            print(f'  {key}: Mermaid {a}, gblint {b}')


def modules():
    """The folder of the installed reference parser; None, and a line that says why."""
    if os.environ.get('MERMAID_ORACLE_MODULES'):
        return os.environ['MERMAID_ORACLE_MODULES']
    folder, why = npm.modules(tests / 'mermaid-oracle')
    if not folder:
        print(f'skipped: Mermaid itself is not asked, {why}')
    return folder


def compare(texts, ours, theirs):
    """Agreement per field, and the charts that differ."""
    agree, total = {}, {}
    for name in texts:
        wanted, got = fields(theirs[name]), fields(ours[name])
        for key, value in wanted.items():
            total[key] = total.get(key, 0) + 1
            agree[key] = agree.get(key, 0) + (got.get(key) == value)
    for key, n in total.items():
        print(f'    {key}: {agree[key]} of {n}')
    return [n for n in texts if fields(theirs[n]) != fields(ours[n])]


def main():
    texts = all_charts()
    ours = ask([gblint, 'flow', '--batch'], texts)
    stored_file = tests / 'flow' / 'mermaid.answers'
    lines = stored_file.read_text(encoding='utf-8').split('\n') if stored_file.exists() else []
    stored = {name: (text, answer) for name, text, answer in (line.rsplit('\t', 2) for line in lines if line)}
    failed, skipped = 0, 0

    oracle = modules()
    theirs = {}
    if oracle:
        os.environ['MERMAID_ORACLE_MODULES'] = str(oracle)
        theirs = ask(['node', tests / 'mermaid-oracle' / 'oracle.mjs', '--batch'], texts)
        for name in compare(texts, ours, theirs):
            show(name, texts[name], ours[name], theirs[name])
            failed += 1
        if accept:
            stored_file.write_text(''.join(f'{n}\t{checksum(t)}\t{checksum(fields(theirs[n]))}\n' for n, t in texts.items()),
                                   encoding='utf-8')
            return failed, skipped, len(texts)
    for name, text in texts.items():
        if name not in stored or stored[name][0] != checksum(text):
            skipped += 1
        elif stored[name][1] != checksum(fields(ours[name])) and not theirs:
            show(name, text, ours[name])
            failed += 1
        elif theirs and stored[name][1] != checksum(fields(theirs[name])):
            print(f'not ok - the stored answer on “{name}” is not Mermaid\'s; --accept writes it anew')
            failed += 1
    if skipped:
        print(f'{skipped} charts have no stored answer (another version of Python makes others)')
    return failed, skipped, len(texts)


bad, left_out, n = main()
print(f'{n - bad - left_out} passed, {bad} failed, {left_out} skipped')
sys.exit(bool(bad))
