#!/usr/bin/env python3
"""procedures.py GBLINT FOLDER: procedures written as text, group PRC, on labelled excerpts.

FOLDER/*.txt hold cases, parted by lines "== NAME: LABEL; LABEL …"; their text is the body of a small draft. A label is RULE WORDS: a finding
of the rule that begins with these words is due. "right": none is. Findings at warning level that no label names are wrong; labels may name
findings for information."""
import json, pathlib, re, subprocess, sys, tempfile

HEAD = '''# {title}

## 前言

本文件按照GB/T 1.1—2020《标准化工作导则　第1部分：标准化文件的结构和起草规则》的规定起草。

# {title}

## 1 范围

本文件规定了{title}的要求。

## 2 规范性引用文件

本文件没有规范性引用文件。

## 3 术语和定义

本文件没有需要界定的术语和定义。

{body}
'''


def cases(folder):
    for path in sorted(folder.glob('*.txt')):
        for part in re.split(r'^== ', path.read_text(encoding='utf-8'), flags=re.M)[1:]:
            head, _, text = part.partition('\n')
            name, _, labels = head.partition(': ')
            due = [] if labels == 'right' else [tuple(label.strip().split(' ', 1)) for label in labels.split(';')]
            yield f'{path.stem}, {name}', due, HEAD.format(title=path.stem, body=text.strip())


def findings(gblint, text):
    with tempfile.NamedTemporaryFile('w', suffix='.md', encoding='utf-8') as file:
        file.write(text); file.flush()
        out = subprocess.run([gblint, 'lint', '--no-config', '--level', 'info', '--select', 'PRC', '-f', 'json', file.name],
                             capture_output=True, text=True)
        if out.returncode > 1: sys.exit(out.stderr)
        return json.loads(out.stdout)['files'][0]['findings']


def main():
    gblint, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    n = n_right = n_due = n_found = n_wrong = 0
    for name, due, text in cases(folder):
        got, left = findings(gblint, text), list(due)
        n += 1; n_right += not due; n_due += len(due)
        for f in got:
            label = next((d for d in left if d[0] == f['rule'] and f['quote'].startswith(d[1])), None)
            if label: left.remove(label); n_found += 1
            elif f['level'] != 'info':
                n_wrong += 1; print(f'{name}: wrong: {f["rule"]} “{f["quote"]}” {f["message"]}')
        for d in left: print(f'{name}: not found: {" ".join(d)}')
    print(f'{n} procedures, {n_right} of them right: {n_found} of {n_due} faults found, {n_wrong} wrong findings')
    return n_found < n_due or n_wrong > 0


if __name__ == '__main__':
    sys.exit(main())
