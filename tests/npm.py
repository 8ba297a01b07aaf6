"""Packages of npm that tests compare with: installed once into a scratch folder, never into the repository."""
import hashlib
import os
import pathlib
import shutil
import subprocess
import tempfile


def modules(folder):
    """The node_modules that FOLDER's package-lock.json describes, or None and why there are none."""
    if not shutil.which('npm') or not shutil.which('node'):
        return None, 'there is no npm'
    lock = (folder / 'package-lock.json').read_bytes()
    scratch = (pathlib.Path(tempfile.gettempdir()) /
               f'gblint-{folder.name}-{os.getuid()}-{hashlib.sha256(lock).hexdigest()[:12]}')
    if not (scratch / 'done').exists():
        scratch.mkdir(mode=0o700, exist_ok=True)
        for name in ('package.json', 'package-lock.json'):
            shutil.copy(folder / name, scratch)
        try:
            done = subprocess.run(['npm', 'ci', '--no-audit', '--no-fund'], cwd=scratch, capture_output=True, timeout=240)
        except subprocess.TimeoutExpired:
            done = None
        if not done or done.returncode:
            return None, 'npm cannot install it'
        (scratch / 'done').touch()
    return scratch / 'node_modules', ''
