"""Measures gblint against the cmark-gfm program on the same drafts: time, instructions, memory.

    bench.py GBLINT [--runs N] [--no-instructions] [--only drafts|banks]

Drafts are the seed fixture and longer ones grown from it (grow.py). Both programs run whole, their output thrown away;
cmark-gfm gets the extensions that gblint reads with (its program has no option for footnotes). Times are the least of the runs; one core, no shell between.

A second table measures gblint with a term bank of 10,000 names (bank.py) against the same run without it."""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import bank

HERE = pathlib.Path(__file__).resolve().parent
SEED = HERE.parent.parent / 'fixtures' / 'db32-t-2796-2015.md'
SIZES = {'seed': 0, '100 kB': 100_000, '1 MB': 1_000_000, '10 MB': 10_000_000}
# callgrind runs some fifty times slower: not on what takes long by itself.
COUNT_UP_TO = 1_000_000
BANK = 10_000
RUNS = {'seed': 200, '100 kB': 50, '1 MB': 20, '10 MB': 5}


def seconds(command, runs):
    with tempfile.NamedTemporaryFile() as out:
        subprocess.run(['hyperfine', '-N', '-i', '-w', '2', '-r', str(runs), '--export-json', out.name,
                        ' '.join(map(str, command))], capture_output=True, check=True)
        return json.load(out)['results'][0]['min']


def instructions(command):
    done = subprocess.run(['valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null', *map(str, command)],
                          capture_output=True, text=True)
    return int(re.search(r'Collected : (\d+)', done.stderr)[1])


def peak_kilobytes(command):
    # Through time(1): a child of this program would be charged with Python's own memory.
    done = subprocess.run(['time', '-f', '%M', *map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          text=True)
    return int(done.stderr.split()[-1])


def write_draft(folder, name, size):
    draft = pathlib.Path(folder) / f'{name.replace(" ", "")}.md'
    if size:
        draft.write_bytes(subprocess.run([sys.executable, HERE / 'grow.py', SEED, str(size)], capture_output=True, check=True).stdout)
    else:
        draft.write_bytes(SEED.read_bytes())
    return draft


def measure_drafts(args, folder):
    print(f'{"draft":8}{"gblint":>11}{"cmark-gfm":>11}{"ratio":>7}{"instr./byte":>13}{"cmark-gfm":>11}'
          f'{"peak kB":>10}{"cmark-gfm":>11}{"ratio":>7}')
    for name, size in SIZES.items():
        draft = write_draft(folder, name, size)
        ours = [pathlib.Path(args.gblint).resolve(), '--no-config', draft]
        theirs = ['cmark-gfm', '-e', 'table', '-e', 'tasklist', draft]
        if subprocess.run(theirs, stdout=subprocess.DEVNULL).returncode:
            sys.exit('bench: cmark-gfm does not run')
        times = [seconds(c, args.runs or RUNS[name]) for c in (ours, theirs)]
        if args.no_instructions or size > COUNT_UP_TO:
            counts = ['-', '-']
        else:
            counts = [f'{instructions(c) / draft.stat().st_size:.0f}' for c in (ours, theirs)]
        peaks = [peak_kilobytes(c) for c in (ours, theirs)]
        print(f'{name:8}{times[0] * 1e3:8.2f} ms{times[1] * 1e3:8.2f} ms{times[0] / times[1]:7.2f}'
              f'{counts[0]:>13}{counts[1]:>11}{peaks[0]:10}{peaks[1]:11}{peaks[0] / peaks[1]:7.2f}', flush=True)


def measure_banks(args, folder):
    files = {form: bank.write(form, BANK, pathlib.Path(folder) / f'bank.{form}') for form in bank.FORMS}
    print(f'\n{"draft":8}{"bank":>6}{"without":>11}{"with":>11}{"ratio":>7}{"M instr.":>10}{"with":>8}{"ratio":>7}')
    for name, size in SIZES.items():
        if size > COUNT_UP_TO:
            continue
        draft = write_draft(folder, name, size)
        plain = [pathlib.Path(args.gblint).resolve(), '--no-config', draft]
        for form, file in files.items():
            both = [plain, plain + ['--terms', file]]
            times = [seconds(c, args.runs or RUNS[name]) for c in both]
            line = f'{name:8}{form:>6}{times[0] * 1e3:8.2f} ms{times[1] * 1e3:8.2f} ms{times[1] / times[0]:7.2f}'
            if not args.no_instructions:
                counts = [instructions(c) / 1e6 for c in both]
                line += f'{counts[0]:10.1f}{counts[1]:8.1f}{counts[1] / counts[0]:7.2f}'
            print(line, flush=True)


def main():
    p = argparse.ArgumentParser()
    p.add_argument('gblint')
    p.add_argument('--runs', type=int, help='runs for each measurement')
    p.add_argument('--no-instructions', action='store_true')
    p.add_argument('--only', choices=['drafts', 'banks'])
    args = p.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if args.only != 'banks':
            measure_drafts(args, folder)
        if args.only != 'drafts':
            measure_banks(args, folder)


main()
