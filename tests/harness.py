"""What the tests of commands share: comparing, a scratch folder, running all functions named test_… of a file."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

# Programs of tests are called as NAME.py GBLINT ROOT …
GBLINT, ROOT = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])


class Skip(Exception):
    """What the test needs is not there."""


def equal(got, want, about=''):
    if got != want:
        raise AssertionError(f'{about} got  {got!r}\nwant {want!r}')


def holds(text, *parts):
    for part in parts:
        if part not in text:
            raise AssertionError(f'{part!r} is not in {text!r}')


class Scratch:
    """A folder with files, gone at the end, in which the program is run. `a__md='…'` is the file a.md."""

    def __init__(self, program, **files):
        self.program = program
        self.path = pathlib.Path(tempfile.mkdtemp(prefix='gblint-'))
        for name, text in files.items():
            self.write(name.replace('__', '.'), text)

    def write(self, name, text):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def bytes(self, name):
        return (self.path / name).read_bytes()

    def read(self, name):
        return (self.path / name).read_text()

    def start(self, *args, stdin=b'', env=None):
        """The finished process, with its bytes."""
        return subprocess.run([self.program, *map(str, args)], input=stdin, capture_output=True, cwd=self.path,
                              env={'PATH': os.environ['PATH'], **(env or {})})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)


def main(tests):
    """Runs those whose name holds the third argument, or all; ends the program. `tests`: the names of the test file."""
    passed = failed = skipped = 0
    for name, test in list(tests.items()):
        if not name.startswith('test_') or (len(sys.argv) > 3 and sys.argv[3] not in name):
            continue
        try:
            test()
            passed += 1
        except Skip as reason:
            skipped += 1
            print(f'skipped - {name}: {reason}')
        except Exception as error:
            failed += 1
            trace = error.__traceback__.tb_next
            print(f'not ok - {name}: line {trace.tb_lineno if trace else "?"}: {type(error).__name__}: {error}')
    print(f'{passed} passed, {failed} failed, {skipped} skipped')
    sys.exit(bool(failed))
