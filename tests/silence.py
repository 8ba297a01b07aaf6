"""Texts that look wrong and are right: no rule may find an error or a warning in them, in either edition.

    silence.py GBLINT ROOT [NAME]

silence/SUBJECT.md and .xml hold pieces that are set into the base documents of rules/base, as the examples of rules are:
a line "@@ CONTEXT" opens the content of that region, "@@ CONTEXT+" adds to it, "@@ CONTEXT 2009" does so in that edition
alone. What the editions write in different ways stands in « »: see WORDS. NAME is part of the name of a file. Counted are
the blocks, which blank lines (in DocBook: elements of text) part."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

GBLINT = pathlib.Path(sys.argv[1]).resolve()
ROOT = pathlib.Path(sys.argv[2]).resolve()
EDITIONS = ('2009', '2020')
# A region with one of these is not in the document unless it is filled.
OPTIONAL = '?'
# What is written in the editions: 2009, 2020.
WORDS = {
    '«见»': ('参见', '见'),
    '«本文件»': ('本标准', '本文件'),
    '«规范性»': ('规范性附录', '规范性'),
    '«资料性»': ('资料性附录', '资料性'),
    '«引导语»': ('下列文件对于本文件的应用是必不可少的。凡是注日期的引用文件，仅注日期的版本适用于本文件。凡是不注日期的'
             '引用文件，其最新版本（包括所有的修改单）适用于本文件。',
             '下列文件中的内容通过文中的规范性引用而构成本文件必不可少的条款。其中，注日期的引用文件，仅该日期对应的版本'
             '适用于本文件；不注日期的引用文件，其最新版本（包括所有的修改单）适用于本文件。'),
}
# Options beside the edition. The second run is that of a draft under discussion: rules that matter there only are not
# lowered; a base document has the cover and the foreword of a published one.
RUNS = ([], ['--stage', '征', '--ignore', 'COV'])


def cut(text, mark=r'^@@ (.*)\n'):
    """(name, content) of each region of a base document or a file of pieces; what stands before the first has no name."""
    parts = re.split(mark, text, flags=re.M)
    return [('', parts[0])] + list(zip(parts[1::2], parts[2::2]))


def base_of(edition, suffix):
    """Regions of a base document as [name, head, content, tail, is there]."""
    regions = []
    for name, text in cut((ROOT / 'rules/base' / f'{edition}{suffix}').read_text()):
        if name != '.':
            regions.append([name.rstrip(OPTIONAL), '', text, '', not name.endswith(OPTIONAL)])
        elif not regions[-1][1]:
            regions[-1][1:3] = regions[-1][2], text
        else:
            regions[-1][3] = text
    return regions


def set_into(regions, context, text):
    name = context.rstrip('+')
    region = next((r for r in regions if r[0] == name), None)
    if not region:
        sys.exit(f'no region "{name}" in the base document')
    # A heading of the element's own level replaces that of the base.
    own_head = re.match(r'#+ ', text.lstrip())
    if context.endswith('+'):
        region[2] = region[2].rstrip('\n') + '\n\n' + text
    else:
        region[2] = text
        if own_head and region[1].strip() and len(own_head[0]) <= len(re.match(r'#+ ', region[1].lstrip())[0]):
            region[1] = region[3] = ''
    region[4] = True
    if context == 'chapters':
        begin, end = (next(i for i, r in enumerate(regions) if r[0] == n) for n in ('chapters', 'end'))
        for r in regions[begin + 1:end]:
            r[1:4] = '', '', ''


def document(path, edition):
    regions = base_of(edition, path.suffix)
    for context, text in cut(path.read_text())[1:]:
        name, _, only = context.partition(' ')
        if only in ('', edition):
            set_into(regions, name, text.strip('\n') + '\n\n')
    out = ''.join(r[1] + r[2] + r[3] for r in regions if r[4])
    for word, forms in WORDS.items():
        out = out.replace(word, forms[EDITIONS.index(edition)])
    return out


def count_blocks(path):
    """Paragraphs, items, table rows … that are not headings; front matter of the notation is not counted."""
    text = path.read_text()
    if path.suffix == '.xml':
        return len(re.findall(r'<(?:para|entry|bibliomixed|programlisting|mathphrase)\b', text))
    blocks = [b for b in re.split(r'\n\s*\n', re.sub(r'^@@ .*$', '', text, flags=re.M)) if b.strip()]
    rows = sum(len(re.findall(r'^\|(?![-\s|:]*$)', b, flags=re.M)) - 1 for b in blocks if b.startswith('|'))
    return sum(not re.match(r'#+ \S+$', b.strip()) for b in blocks) + rows


def findings(text, suffix, edition, options):
    with tempfile.NamedTemporaryFile('w', suffix=suffix) as draft:
        draft.write(text)
        draft.flush()
        out = subprocess.run([GBLINT, 'lint', '--no-config', '--edition', edition, '-f', 'json', *options, draft.name],
                             capture_output=True, text=True)
    if out.returncode > 1:
        sys.exit(f'gblint: {out.stderr}')
    return [f for f in json.loads(out.stdout)['files'][0]['findings'] if f['level'] != 'info']


def main():
    passed = failed = blocks = 0
    for path in sorted((ROOT / 'tests/silence').iterdir()):
        if path.suffix not in ('.md', '.xml') or (sys.argv[3:] and sys.argv[3] not in path.name):
            continue
        blocks += count_blocks(path)
        for edition in EDITIONS:
            text = document(path, edition)
            lines = text.split('\n')
            for options in RUNS:
                wrong = findings(text, path.suffix, edition, options)
                passed += not wrong
                failed += bool(wrong)
                for f in wrong:
                    line = f['start']['line']
                    print(f'{path.name}, {edition}{" " + " ".join(options) if options else ""}: {f["rule"]} {f["message"]}\n'
                          f'    {lines[line - 1].strip()[:120]}')
    print(f'{blocks} blocks are right')
    print(f'{passed} passed, {failed} failed')
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())
