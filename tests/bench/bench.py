"""Measures gblint: time, instructions, memory, and what others take for the same drafts. Prints the tables of README.

    bench.py GBLINT [--runs N] [--no-instructions] [--only drafts|many|docbook|banks|rivals|growth …]     all of it: half an hour

Drafts are the seed fixture and longer ones grown from it (grow.py). Programs run whole, their output thrown away; times are the least
of the runs. cmark-gfm gets the extensions that gblint reads with (its program has no option for footnotes)."""
import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile

import bank
import growth
import rivals
from measure import ROOT, SEED, Table, grown, instructions, machine, milliseconds, peak_kilobytes, seconds

SIZES = {'seed, 13 kB': 0, '100 kB': 100_000, '1 MB': 1_000_000, '10 MB': 10_000_000}
# callgrind runs some fifty times slower: not on what takes long by itself.
COUNT_UP_TO = 1_000_000
BANK = 10_000
RUNS = {'seed, 13 kB': 200, '100 kB': 50, '1 MB': 20, '10 MB': 5}
MANY = 1000


def measure_drafts(args, folder):
    table = Table('draft', 'gblint', 'cmark-gfm', 'ratio', 'instructions per byte', 'of cmark-gfm', 'peak memory', 'of cmark-gfm', 'ratio')
    for name, size in SIZES.items():
        draft = grown(folder, name, size)
        both = [[args.gblint, '--no-config', draft], ['cmark-gfm', '-e', 'table', '-e', 'tasklist', draft]]
        if subprocess.run(both[1], stdout=subprocess.DEVNULL).returncode:
            sys.exit('bench: cmark-gfm does not run')
        times = [seconds(c, args.runs or RUNS[name]) for c in both]
        counts = ['', '']
        if not args.no_instructions and size <= COUNT_UP_TO:
            counts = [f'{instructions(c) / draft.stat().st_size:.0f}' for c in both]
        peaks = [peak_kilobytes(c) for c in both]
        table.row(name, *map(milliseconds, times), f'{times[0] / times[1]:.1f}', *counts, *(f'{p / 1e3:.1f} MB' for p in peaks), f'{peaks[0] / peaks[1]:.1f}')


def measure_many(args, folder):
    """As many seeds in one run, with one thread and with two."""
    many = pathlib.Path(folder) / 'many'
    many.mkdir()
    for i in range(MANY):
        shutil.copy(SEED, many / f'd{i}.md')
    times = [seconds([args.gblint, '--no-config', '-f', 'concise', '-j', str(n), many], args.runs or 5) for n in (1, 2)]
    table = Table('drafts', '-j 1', '-j 2', 'ratio', 'each')
    table.row(f'{MANY:,} seeds', *map(milliseconds, times), f'{times[0] / times[1]:.2f}', milliseconds(times[0] / MANY))


def docbook_of(folder, size):
    """An article of that size: the chapters of a fixture again and again, each with its own names."""
    text = (ROOT / 'fixtures/twins/umbrella.xml').read_text()
    begin, end = text.index('<chapter'), text.rindex('</chapter>') + len('</chapter>')
    chapters = text[begin:end]
    copies = (chapters.replace('xml:id="', f'xml:id="n{n}-').replace('linkend="', f'linkend="n{n}-') for n in range(size // len(chapters.encode()) + 1))
    path = pathlib.Path(folder) / 'book.xml'
    path.write_text(text[:begin] + ''.join(copies) + text[end:])
    return path


def measure_docbook(args, folder):
    if not shutil.which('xmllint'):
        print('\nDocBook is not measured: xmllint is not installed')
        return
    path = docbook_of(folder, 1_000_000)
    size = path.stat().st_size
    both = [[args.gblint, '--no-config', path], ['xmllint', '--noout', path]]
    times = [seconds(c, args.runs or 20) for c in both]
    counts = ['', ''] if args.no_instructions else [f'{instructions(c) / size:.0f}' for c in both]
    table = Table('DocBook', 'gblint', 'xmllint --noout', 'ratio', 'instructions per byte', 'of xmllint')
    table.row(f'{size / 1e6:.1f} MB', *map(milliseconds, times), f'{times[0] / times[1]:.1f}', *counts)


def measure_banks(args, folder):
    files = {form: bank.write(form, BANK, pathlib.Path(folder) / f'bank.{form}') for form in bank.FORMS}
    table = Table('draft', f'bank of {BANK:,} names', 'without', 'with', 'ratio', 'million instructions', 'with', 'ratio')
    for name, size in SIZES.items():
        if size > COUNT_UP_TO:
            continue
        draft = grown(folder, name, size)
        plain = [args.gblint, '--no-config', draft]
        for form, file in files.items():
            both = [plain, plain + ['--terms', file]]
            times = [seconds(c, args.runs or RUNS[name]) for c in both]
            cells = ['', '', '']
            if not args.no_instructions:
                counts = [instructions(c) / 1e6 for c in both]
                cells = [f'{counts[0]:.1f}', f'{counts[1]:.1f}', f'{counts[1] / counts[0]:.2f}']
            table.row(name, form, *map(milliseconds, times), f'{times[1] / times[0]:.2f}', *cells)


MEASURES = {'drafts': measure_drafts, 'many': measure_many, 'docbook': measure_docbook, 'banks': measure_banks, 'rivals': rivals.measure,
            'growth': growth.measure}


def main():
    p = argparse.ArgumentParser()
    p.add_argument('gblint', type=lambda path: pathlib.Path(path).resolve())
    p.add_argument('--runs', type=int, help='runs for each measurement')
    p.add_argument('--no-instructions', action='store_true')
    p.add_argument('--only', nargs='+', choices=MEASURES, default=list(MEASURES))
    args = p.parse_args()
    print(machine())
    for name in args.only:
        with tempfile.TemporaryDirectory() as folder:
            MEASURES[name](args, folder)


main()
