"""What the documents show is true: each ```console block of them is run in a scratch folder with fixtures/ and build/gblint,
blocks of a document one behind the other, and a block with a file name (```yaml our-rules.yaml) writes that file.

    readme.py GBLINT ROOT [--accept]      with --accept the outputs in the documents are written anew

In a block, lines with "$ " are commands; behind each stands what it prints. A line "…" there stands for any lines."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

GBLINT = pathlib.Path(sys.argv[1]).resolve()
ROOT = pathlib.Path(sys.argv[2]).resolve()
ACCEPT = '--accept' in sys.argv
DOCUMENTS = ('README.md', 'README.zh-CN.md', 'rules/README.md', 'src/README.md')
FENCE = re.compile(r'^```(\w+)(?: (\S+))?\n(.*?)^```$', re.M | re.S)


def run(command, folder):
    env = {'PATH': os.environ['PATH'], 'LC_ALL': 'C.UTF-8', 'HOME': str(folder)}
    done = subprocess.run(['sh', '-c', command], cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    return done.stdout.decode()


def matches(got, want):
    pattern = ''.join('(?:.*\n)*' if line == '…\n' else re.escape(line) for line in want.splitlines(True))
    return re.fullmatch(pattern, got) is not None


def run_block(text, folder, where, faults):
    """The block with the outputs that there are."""
    made = []
    for part in re.split(r'^(?=\$ )', text, flags=re.M):
        command, _, want = part.partition('\n')
        if not command.startswith('$ '):
            continue
        got = run(command[2:], folder)
        if not matches(got, want):
            faults.append(f'{where}: {command}\nwant:\n{want}got:\n{got}')
            want = got
        made.append(f'{command}\n{want}')
    return ''.join(made)


def check(name, faults):
    """Runs the blocks of a document; how many commands there were."""
    text, n = (ROOT / name).read_text(), 0
    with tempfile.TemporaryDirectory(prefix='gblint-') as scratch:
        folder = pathlib.Path(scratch)
        shutil.copytree(ROOT / 'fixtures', folder / 'fixtures')
        (folder / 'build').mkdir()
        (folder / 'build/gblint').symlink_to(GBLINT)

        def replace(match):
            nonlocal n
            kind, file, body = match.groups()
            if file:
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                (folder / file).write_text(body)
            if kind != 'console':
                return match[0]
            n += body.count('\n$ ') + body.startswith('$ ')
            return f'```console\n{run_block(body, folder, name, faults)}```'

        made = FENCE.sub(replace, text)
    if ACCEPT and made != text:
        (ROOT / name).write_text(made)
        print(f'accepted {name}')
    return n


n, faults = 0, []
for name in DOCUMENTS:
    n += check(name, faults)
if ACCEPT:
    faults = []
for fault in faults:
    print(f'not ok - {fault}')
if faults:
    print('accept:  ./dev test --accept readme')
print(f'{n - len(faults)} passed, {len(faults)} failed')
sys.exit(bool(faults))
