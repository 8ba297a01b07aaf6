"""The same input gives the same bytes: on every run, with any number of threads, in any locale, order and folder.

    determinism.py GBLINT ROOT [NAME]"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import harness
from harness import equal

gblint, root = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
FORMATS = ['text', 'concise', 'json', 'sarif', 'junit', 'checkstyle', 'github', 'gitlab', 'rdjson', 'comments', 'html']
DRAFTS = ['fixtures/db32-t-2796-2015.md', 'fixtures/series/borrowing.md', 'fixtures/series/lectures.md', 'fixtures/clean/service.md',
          'fixtures/docbook/pandoc.xml', 'fixtures/shapes/figures-flowchart-notations.md', 'tests/silence/service.xml']


def output(args, cwd, **env):
    done = subprocess.run([gblint, 'lint', '--level', 'info', '--no-config', '--as-of', '2025-01-01', *args], cwd=cwd, capture_output=True,
                          env={'PATH': os.environ['PATH'], **env})
    if done.returncode not in (0, 1):
        raise AssertionError(f'{args}: status {done.returncode}: {done.stderr.decode(errors="replace")[-500:]}')
    return done.stdout


def known_formats():
    told = subprocess.run([gblint, 'lint', '-f', 'none-such'], capture_output=True, text=True).stderr
    return [f for f in FORMATS if f in told] or FORMATS[:3]


class Folder:
    """Drafts under short names, in the folder `in` of a scratch folder."""

    def __enter__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix='gblint-'))
        (self.path / 'in').mkdir()
        self.names = []
        for draft in DRAFTS:
            shutil.copy(root / draft, self.path / 'in')
            self.names.append('in/' + pathlib.Path(draft).name)
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)


def test_runs_threads_locales():
    """MALLOC_PERTURB_ fills memory that nobody has written, so that what depends on it shows."""
    with Folder() as f:
        for name in known_formats():
            # How wide ambiguous characters are in a terminal is for the locale to say.
            fixed = ['-f', name, '--ambiguous-width', '1', *f.names]
            want = output(fixed, f.path, LANG='C.UTF-8', MALLOC_PERTURB_='85')
            for args, env in (([], {'MALLOC_PERTURB_': '170'}), (['-j', '4'], {}), (['-j', '1'], {'LANG': 'tr_TR.UTF-8', 'LC_ALL': 'tr_TR.UTF-8'}),
                              (['-j', '3'], {'LANG': 'zh_CN.GB18030'}), ([], {'TZ': 'Pacific/Kiritimati', 'COLUMNS': '40'})):
                equal(output([*args, *fixed], f.path, **env) == want, True, f'{name} {args} {env}')


def test_order_of_files():
    with Folder() as f:
        whole = json.loads(output(['-f', 'json', *f.names], f.path))['files']
        turned = json.loads(output(['-f', 'json', *reversed(f.names)], f.path))['files']
        equal(turned == whole[::-1], True)
        for name, file in zip(f.names, whole):
            equal(json.loads(output(['-f', 'json', name], f.path))['files'] == [file], True, name)


def test_working_folder():
    with Folder() as f:
        for name in 'json', 'concise':
            there = output(['-f', name, *(n.removeprefix('in/') for n in f.names)], f.path / 'in')
            here = output(['-f', name, *f.names], f.path)
            equal(here.replace(b'in/', b'') == there.replace(b'in/', b''), True, name)


def test_other_commands():
    with Folder() as f:
        for args in ['outline', '-f', 'json'], ['terms', '-f', 'json'], ['flow', '-f', 'svg'], ['flow', '-f', 'json'], ['facts']:
            path = 'in/figures-flowchart-notations.md' if args[0] == 'flow' else f.names[0]
            runs = {subprocess.run([gblint, *args, path], cwd=f.path, capture_output=True, env={'PATH': os.environ['PATH'], 'MALLOC_PERTURB_': p}).stdout
                    for p in ('85', '170', '1')}
            equal(len(runs), 1, args)


harness.main(globals())
