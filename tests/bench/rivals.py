"""What else a drafter would pick, on the same drafts. None of them knows GB/T 1.1: they look at typography and Markdown, each with the
rules that it has on by itself. Installed with npm into a scratch folder, never into the repository."""
import hashlib
import os
import pathlib
import shutil
import subprocess
import tempfile

from measure import Table, grown, milliseconds, seconds

PACKAGES = ['textlint@15.8.0', 'textlint-rule-zh-half-and-full-width-bracket@1.1.0', 'markdownlint-cli2@0.24.1', 'autocorrect-node@2.14.0', 'zhlint@0.8.2',
            '@lint-md/cli@2.2.4']
RIVALS = {'textlint': ['textlint', '--no-textlintrc', '--rule', 'zh-half-and-full-width-bracket'], 'markdownlint-cli2': ['markdownlint-cli2'],
          'AutoCorrect': ['autocorrect', '--lint'], 'zhlint': ['zhlint'], 'lint-md': ['lint-md']}
SIZES = {'seed, 13 kB': 0, '100 kB': 100_000, '1 MB': 1_000_000}
# Of one run; what takes longer is not waited for.
PATIENCE = 60


def install():
    """The folder of the programs, or None and why there is none."""
    if not shutil.which('npm') or not shutil.which('node'):
        return None, 'there is no npm'
    scratch = pathlib.Path(tempfile.gettempdir()) / f'gblint-rivals-{os.getuid()}-{hashlib.sha256(" ".join(PACKAGES).encode()).hexdigest()[:12]}'
    if not (scratch / 'done').exists():
        scratch.mkdir(mode=0o700, exist_ok=True)
        (scratch / 'package.json').write_text('{}\n')
        try:
            done = subprocess.run(['npm', 'install', '--no-audit', '--no-fund', *PACKAGES], cwd=scratch, capture_output=True, timeout=300)
        except subprocess.TimeoutExpired:
            done = None
        if not done or done.returncode:
            return None, 'npm cannot install them'
        (scratch / 'done').touch()
    return scratch / 'node_modules' / '.bin', ''


def once(command, cwd):
    """Is one run over in time?"""
    try:
        subprocess.run(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=PATIENCE)
        return True
    except subprocess.TimeoutExpired:
        return False


def measure(args, folder):
    programs, why = install()
    if not programs:
        print(f'\nOther linters are not measured: {why}')
        return
    table = Table('draft', 'gblint', *RIVALS)
    for name, size in SIZES.items():
        draft = grown(folder, name, size)
        # Each gets a file of that name in the folder where it runs: some read no other.
        ours = seconds([args.gblint, '--no-config', draft], args.runs or 20)
        cells = []
        for command in RIVALS.values():
            command = [programs / command[0], *command[1:], draft.name]
            if once(command, folder):
                theirs = seconds(command, args.runs or 3, cwd=folder)
                cells.append(f'{milliseconds(theirs)}, {theirs / ours:.0f} ×')
            else:
                cells.append(f'over {PATIENCE} s')
        table.row(name, milliseconds(ours), *cells)
