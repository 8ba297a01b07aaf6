#!/usr/bin/env python3
"""terms.py GBLINT FOLDER: names that stand for the same, TRM-016, on labelled excerpts.

FOLDER/*.txt hold cases, parted by lines "== NAME: LABEL FORM/FORM …"; their text is the body of a small draft. Lines "scope: …" and
"term: …" before it give the scope, and terms with their definitions. Labels: fault (a warning is due for the pair), likely (any level
will do), trap (no warning). A pair is found when a finding names both forms. Prints precision and recall of the warnings."""
import json, pathlib, re, subprocess, sys, tempfile

HEAD = '''# {title}

## 前言

本文件按照GB/T 1.1—2020《标准化工作导则　第1部分：标准化文件的结构和起草规则》的规定起草。

# {title}

## 1 范围

{scope}

## 2 规范性引用文件

本文件没有规范性引用文件。

## 3 术语和定义

{terms}

## 4 要求

{body}
'''
RULES = 'TRM-016,WRD-017,WRD-026'


def cases(folder):
    for path in sorted(folder.glob('*.txt')):
        for part in re.split(r'^== ', path.read_text(encoding='utf-8'), flags=re.M)[1:]:
            head, _, text = part.partition('\n')
            name, _, label = head.partition(': ')
            label, *pairs = label.split()
            yield path.stem, name, label, [tuple(p.split('/')) for p in pairs], text


def draft(name, text):
    scope, terms, body = '', [], []
    for line in text.strip().split('\n'):
        if line.startswith('scope: '): scope += line[7:]
        elif line.startswith('term: '): terms.append(line[6:].split('：', 1))
        else: body.append(line)
    entries = ''.join(f'\n### 3.{i}\n\n**{term}** term {i}\n\n{definition}\n' for i, (term, definition) in enumerate(terms, 1))
    lead = '下列术语和定义适用于本文件。\n' + entries if terms else '本文件没有需要界定的术语和定义。'
    return HEAD.format(title=name, scope=scope or f'本文件规定了{name}的要求。', terms=lead, body='\n'.join(body))


def findings(gblint, text):
    with tempfile.NamedTemporaryFile('w', suffix='.md', encoding='utf-8') as file:
        file.write(text); file.flush()
        out = subprocess.run([gblint, 'lint', '--no-config', '--level', 'info', '--select', RULES, '-f', 'json', file.name],
                             capture_output=True, text=True)
        if out.returncode > 1: sys.exit(out.stderr)
        return json.loads(out.stdout)['files'][0]['findings']


def main():
    gblint, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    right = wrong = due = found = likely = noticed = traps = noise = failed = 0
    for file, name, label, pairs, text in cases(folder):
        got = findings(gblint, draft(name, text))
        warned = [f for f in got if f['level'] != 'info']
        names = lambda f, pair: all(form in f['message'] for form in pair)
        traps += label == 'trap'
        noise += label == 'trap' and len(got) > len(warned)
        for pair in pairs if label != 'trap' else []:
            hit = any(names(f, pair) for f in (warned if label == 'fault' else got))
            if label == 'fault': due += 1; found += hit
            else: likely += 1; noticed += hit
            if not hit: print(f'{file} {name}: not found: {"/".join(pair)}')
        for f in warned:
            is_right = label != 'trap' and any(names(f, pair) for pair in pairs)
            right += is_right; wrong += not is_right
            if not is_right: print(f'{file} {name}: {f["rule"]} {f["message"]}')
        failed += not text.strip()
    precision = right / (right + wrong) if right + wrong else 1
    recall = found / due if due else 1
    print(f'{traps} traps; warnings: precision {precision:.1%} ({right} of {right + wrong}), recall {recall:.1%} ({found} of {due}); '
          f'likely pairs noticed: {noticed} of {likely}; traps with information: {noise}')
    sys.exit(failed or precision < 0.95 or recall < 0.8)


main()
