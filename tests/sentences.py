"""Holds the clause types of sentences against a labelled set: tests/sentences/*.tsv.

A row is text TAB type TAB modal TAB context: the modal is `-` where none is the predicate; of several sentences types and
modals stand in order, parted by `|`; `\\n` in the text is a line break of the markup. The context (may be left out):
steps (under a title of a test procedure), term (a definition), lead:TEXT (an item of the list that TEXT leads in), several parted by commas.

FILE.lines names a draft of fixtures/ and, for each modal, the lines on which it is the strongest one of a sentence.

Usage: sentences.py GBLINT FILE|FOLDER… [--show]   (--show: all rows that differ, not only the first)
"""
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

TYPES = ['requirement', 'recommendation', 'permission', 'instruction', 'statement']
CHAPTERS = {'term': '术语和定义', '': '内容', 'steps': '试验步骤'}
PRECISION, RECALL = 0.99, 0.98


def rows_of(path):
    for number, line in enumerate(path.read_text(encoding='utf-8').splitlines(), 1):
        text, types, modals, *context = line.split('\t')
        flags = context[0].split(',') if context else []
        lead = next((flag[5:] for flag in flags if flag.startswith('lead:')), None)
        yield {'place': f'{path.name}:{number}', 'text': text, 'types': types.split('|'), 'modals': modals.split('|'),
               'chapter': next((c for c in CHAPTERS if c in flags), ''), 'lead': lead}


def write(rows, path):
    """One paragraph or list for each row; notes the lines that its text takes."""
    lines = ['# 产品', '', '## 1 范围', '', '本文件规定了内容。', '', '## 2 规范性引用文件', '', '本文件没有规范性引用文件。', '']
    for number, (chapter, title) in enumerate(CHAPTERS.items(), 3):
        lines += [f'## {number} {title}', '']
        for entry, row in enumerate((row for row in rows if row['chapter'] == chapter), 1):
            if chapter == 'term':
                lines += [f'### {number}.{entry}', '', f'**概念{entry}** concept', '']
            if row['lead']:
                lines += [row['lead'], '']
            text = ('a) ' if row['lead'] else '') + row['text']
            row['lines'] = range(len(lines) + 1, len(lines) + 1 + len(text.split('\\n')))
            lines += text.split('\\n') + ['']
            if row['lead']:
                lines += ['b) 其他。', '']
    path.write_text('\n'.join(lines), encoding='utf-8')


def sentences_of(node):
    yield from node.get('sentences', [])
    for child in node.get('children', []):
        yield from sentences_of(child)


def outline(gblint, draft):
    """The sentences of a draft by line."""
    done = subprocess.run([gblint, 'outline', '--no-config', '-f', 'json', draft], capture_output=True, check=True)
    at = collections.defaultdict(list)
    for sentence in (s for node in json.loads(done.stdout)['nodes'] for s in sentences_of(node)):
        at[sentence['line']].append(sentence)
    return at


def check_lines(gblint, path):
    """Number of modals whose lines differ."""
    wrong = 0
    at = outline(gblint, pathlib.Path(__file__).parent.parent / 'fixtures' / f'{path.stem}.md')
    got = collections.defaultdict(list)
    for line, modal in sorted({(line, s['modal']) for line, sentences in at.items() for s in sentences if 'modal' in s}):
        got[modal].append(line)
    want = {word: list(map(int, lines.split())) for word, lines in
            (row.split('\t') for row in path.read_text(encoding='utf-8').splitlines())}
    for word in sorted(want.keys() | got.keys()):
        if want.get(word, []) != got[word]:
            wrong += 1
            print(f'{path.name}: {word}\n    expected {want.get(word)}\n    got      {got[word]}')
    return wrong


def main():
    show = '--show' in sys.argv
    gblint, *files = [a for a in sys.argv[1:] if a != '--show']
    names = list(map(pathlib.Path, files))
    paths = [path for name in names for path in (sorted(name.glob('*.tsv')) if name.is_dir() else [name])]
    rows = [row for path in paths for row in rows_of(path)]
    failed = sum(check_lines(gblint, path) for name in names if name.is_dir() for path in name.glob('*.lines')) > 0
    with tempfile.TemporaryDirectory() as folder:
        draft = pathlib.Path(folder) / 'draft.md'
        write(rows, draft)
        at = outline(gblint, draft)
    count = collections.Counter()
    wrong = 0
    for row in rows:
        got = [s for line in row['lines'] for s in at[line]]
        types, modals = [s['type'] for s in got], [s.get('modal', '-') for s in got]
        modals = ['-' if t == 'statement' and w == '-' else m for m, t, w in
                  zip(modals, types, row['modals'])] if len(got) == len(row['modals']) else modals
        for want, have in zip(row['types'] + [None] * len(types), types + [None] * len(row['types'])):
            if want or have:
                count[want, have] += 1
        if types != row['types'] or modals != row['modals']:
            wrong += 1
            if show or wrong <= 20:
                print(f'{row["place"]}: {row["text"]}\n    expected {row["types"]} {row["modals"]}\n    got      {types} {modals}')
    failed = failed or wrong > len(rows) * (1 - PRECISION)
    for kind in TYPES:
        hits = count[kind, kind]
        got = sum(n for (want, have), n in count.items() if have == kind)
        all_ = sum(n for (want, have), n in count.items() if want == kind)
        precision, recall = hits / got if got else 1, hits / all_ if all_ else 1
        failed = failed or precision < PRECISION or recall < RECALL
        print(f'{kind:15} {all_:5} precision {precision:.4f} recall {recall:.4f}')
    print(f'{len(rows)} rows, {wrong} differ in type or modal')
    sys.exit(failed or not rows)


main()
