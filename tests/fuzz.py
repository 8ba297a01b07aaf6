"""Fuzz targets: on stored inputs as a test, with libFuzzer as `./dev fuzz`.

    fuzz.py REPLAY ROOT                      each target on its seeds and on what was found once (tests/fuzz/regress/); under sanitizers
                                             also three seconds on what comes of the seeds by small changes (tests/fuzz/mutate.c)
    fuzz.py --run FUZZ ROOT [TARGET|all [SECONDS]]
                                             lets libFuzzer look for more; without a target lists them

Seeds are files of the repository that tests/fuzz/seeds.txt names, and tests/fuzz/seeds/TARGET/. What libFuzzer finds worth keeping
stays in the build folder (corpus/TARGET), and what fails in finds/TARGET."""
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

DICTIONARIES = {'lint': 'markdown', 'fix': 'markdown', 'suppress': 'markdown', 'source': 'markdown', 'lint_docbook': 'docbook',
                'fix_docbook': 'docbook', 'pack': 'yaml', 'registry': 'table', 'bank': 'table', 'manifest': 'table'}
# The largest input that libFuzzer makes: what grows slowly is for hostile.py.
MOST_BYTES = {'source': 4096, 'png': 8192, 'drawio': 8192, 'svg': 8192, 'bpmn': 8192}

# So long each target is tried on changed seeds.
SMOKE_SECONDS = 3


def seeds(root, target):
    """(name, bytes) of each."""
    out = []
    for line in (root / 'tests/fuzz/seeds.txt').read_text().splitlines():
        name, *globs = line.split()
        if name != target:
            continue
        for glob in globs:
            for path in sorted(root.glob(glob.lstrip('='))):
                parts = [path.read_bytes()]
                if glob.startswith('='):
                    parts = [part.partition(b'\n')[2] for part in parts[0].split(b'=== ')[1:]]
                out += [(f'{path.name}-{i}', part) for i, part in enumerate(parts)]
    for folder in 'seeds', 'regress':
        out += [(f'{folder}-{path.name}', path.read_bytes()) for path in sorted((root / 'tests/fuzz' / folder / target).glob('*'))]
    return out


def write_seeds(root, target, folder):
    for name, data in seeds(root, target):
        (folder / name).write_bytes(data)


def targets(program):
    return subprocess.run([program], env={**os.environ, 'GB_FUZZ': ''}, capture_output=True, text=True).stdout.split()


def replay(program, root):
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix='gblint-fuzz-') as scratch:
        scratch = pathlib.Path(scratch)
        for target in targets(program):
            folder = scratch / target
            folder.mkdir()
            write_seeds(root, target, folder)
            files = sorted(p.name for p in folder.iterdir())
            while files:
                done = subprocess.run([program, *files], cwd=folder, env={**os.environ, 'GB_FUZZ': target}, stdout=subprocess.PIPE,
                                      stderr=subprocess.STDOUT, encoding='utf-8', errors='replace')
                begun = [line for line in done.stdout.splitlines() if line in files]
                if done.returncode == 0:
                    passed += len(files)
                    break
                failed += 1
                passed += len(begun) - 1
                print(f'not ok - {target}: {begun[-1] if begun else "?"}: status {done.returncode}\n{done.stdout[-3000:]}')
                files = files[files.index(begun[-1]) + 1:] if begun else []
    return passed, failed


def test(program, root):
    passed, failed = replay(program, root)
    if b'__asan_init' in program.read_bytes():
        more = smoke_all(program, root)
        passed, failed = passed + more[0], failed + more[1]
    print(f'{passed} passed, {failed} failed')
    return failed


def words(root, target):
    """Of the target's dictionary."""
    path = root / 'tests/fuzz' / (DICTIONARIES.get(target, target) + '.dict')
    if not path.exists():
        return []
    quoted = re.findall(rb'^"((?:[^"\\]|\\.)*)"', path.read_bytes(), re.M)
    return [re.sub(rb'\\(x[0-9A-F]{2}|.)', lambda m: bytes.fromhex(m[1][1:].decode()) if len(m[1]) == 3 else m[1], word) for word in quoted]


def smoke(program, root, target):
    """(target, inputs run, what to say of a failure)."""
    with tempfile.TemporaryDirectory(prefix='gblint-fuzz-') as scratch:
        scratch = pathlib.Path(scratch)
        (scratch / 'seeds').mkdir()
        write_seeds(root, target, scratch / 'seeds')
        (scratch / 'words').write_bytes(b''.join(bytes([len(word)]) + word for word in words(root, target)))
        done = subprocess.run([program, '--mutate', str(SMOKE_SECONDS), 'last', 'words', *sorted((scratch / 'seeds').iterdir())], cwd=scratch,
                              env={**os.environ, 'GB_FUZZ': target}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8', errors='replace')
        if done.returncode == 0:
            return target, int(done.stdout.split()[-2]), None
        kept = program.parent / 'finds' / target
        kept.mkdir(parents=True, exist_ok=True)
        kept /= 'smoke'
        shutil.copy(scratch / 'last', kept)
        return target, 0, f'{target}: {kept}: status {done.returncode}\n{done.stdout[-3000:]}'


def smoke_all(program, root):
    """Two at a time."""
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(2) as lanes:
        for target, n, fault in lanes.map(lambda target: smoke(program, root, target), targets(program)):
            print(f'not ok - {fault}' if fault else f'{target}: {n} changed inputs', flush=True)
            passed += not fault
            failed += bool(fault)
    return passed, failed


def fuzz(program, root, target, seconds):
    """One target; its line for people."""
    build = program.parent
    dictionary = root / 'tests/fuzz' / (DICTIONARIES.get(target, target) + '.dict')
    folders = [build / kind / target for kind in ('corpus', 'seeds', 'finds')]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    write_seeds(root, target, folders[1])
    # Its “entropic” choice of inputs takes nine tenths of the time where there are many edges.
    command = [program, f'-max_total_time={seconds}', f'-max_len={MOST_BYTES.get(target, 3072)}', '-rss_limit_mb=1500', '-timeout=10',
               '-print_final_stats=1', '-entropic=0', f'-artifact_prefix={folders[2]}/', '-detect_leaks=1']
    if dictionary.exists():
        words = build / 'dictionary'
        words.write_text(''.join(chr(b) if b < 128 else f'\\x{b:02X}' for b in dictionary.read_bytes()))
        command.append(f'-dict={words}')
    with tempfile.TemporaryDirectory(prefix='gblint-fuzz-') as scratch:
        done = subprocess.run([*map(str, command), *map(str, folders[:2])], cwd=scratch, env={**os.environ, 'GB_FUZZ': target},
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    text = done.stderr.decode(errors='replace')
    runs = re.findall(r'stat::number_of_executed_units: (\d+)', text)
    edges = re.findall(r'cov: (\d+)', text)
    print(f'{target}: {runs[-1] if runs else "?"} runs, {edges[-1] if edges else "?"} edges, {seconds} s, ' +
          ('nothing found' if done.returncode == 0 else f'FOUND something: status {done.returncode}'), flush=True)
    if done.returncode:
        wanted = re.compile('ERROR: |does not hold|runtime error|^SUMMARY|Test unit| in .*/(src|tests)/')
        told = [line for line in text.splitlines() if wanted.search(line) and 'NEW_FUNC' not in line]
        print('\n'.join(told[:40] or text.splitlines()[-20:]), flush=True)
    return done.returncode


def main():
    args = sys.argv[1:]
    if args[0] != '--run':
        sys.exit(bool(test(pathlib.Path(args[0]).resolve(), pathlib.Path(args[1]).resolve())))
    program, root = pathlib.Path(args[1]).resolve(), pathlib.Path(args[2]).resolve()
    known = targets(program)
    if len(args) < 4:
        print('\n'.join(known))
        return
    if args[3] != 'all' and args[3] not in known:
        sys.exit(f'no target {args[3]}; there are: {" ".join(known)}')
    seconds = int(args[4]) if len(args) > 4 else 60
    sys.exit(max(bool(fuzz(program, root, t, seconds)) for t in (known if args[3] == 'all' else [args[3]])))


main()
