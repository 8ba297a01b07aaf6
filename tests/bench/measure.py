"""Time, instructions and memory of a command; tables as README has them."""
import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SEED = ROOT / 'fixtures' / 'db32-t-2796-2015.md'


def seconds(command, runs, cwd=None):
    """The least of the runs; no shell between."""
    with tempfile.NamedTemporaryFile() as out:
        subprocess.run(['hyperfine', '-N', '-i', '-w', '1', '-r', str(runs), '--export-json', out.name, ' '.join(map(str, command))],
                       cwd=cwd, capture_output=True, check=True)
        return json.load(open(out.name))['results'][0]['min']


def instructions(command, cwd=None):
    done = subprocess.run(['valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null', *map(str, command)], cwd=cwd,
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    return int(re.search(r'Collected : (\d+)', done.stderr)[1])


def peak_kilobytes(command):
    # Through time(1): a child of this program would be charged with Python's own memory.
    done = subprocess.run(['time', '-f', '%M', *map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    return int(done.stderr.split()[-1])


def grown(folder, name, size):
    """A draft of that size, grown from the seed; the seed itself for 0."""
    draft = pathlib.Path(folder) / f'{name.replace(" ", "").replace(",", "")}.md'
    if size:
        draft.write_bytes(subprocess.run([sys.executable, HERE / 'grow.py', SEED, str(size)], capture_output=True, check=True).stdout)
    else:
        draft.write_bytes(SEED.read_bytes())
    return draft


def milliseconds(s):
    return f'{s * 1e3:.1f} ms' if s < 0.02 else f'{s * 1e3:.0f} ms' if s < 2 else f'{s:.1f} s'


class Table:
    """Rows of Markdown, each shown as soon as it is known."""

    def __init__(self, *heads):
        print('\n| ' + ' | '.join(heads) + ' |\n|' + ' --- |' * len(heads))

    def row(self, *cells):
        print('| ' + ' | '.join(str(c) for c in cells) + ' |', flush=True)


def machine():
    model = re.search(r'^model name\s*: (.*)$', pathlib.Path('/proc/cpuinfo').read_text(), re.M)
    return f'{os.cpu_count()} cores of {model[1] if model else "an unknown processor"}, {datetime.date.today()}'
