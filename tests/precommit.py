"""The hooks of .pre-commit-hooks.yaml, run by the real pre-commit on a scratch repository that takes them from a clone.

    precommit.py GBLINT ROOT [NAME]"""
import os
import shutil
import subprocess

from harness import Scratch, Skip, equal, holds, main
from project import GBLINT, HEAD, ROOT

GOOD = HEAD + '''## 4 登记

### 4.1 接收

旧书应当日登记。

### 4.2 查看

查看人应记下破损。
'''
# An error in either edition: a number that is there twice.
BAD = GOOD.replace('4.2', '4.1')
HALFWIDTH = GOOD.replace('查看人应记下破损。', '查看人应记下破损,并告知馆员。')


class Repository(Scratch):
    """A repository with pre-commit installed; gblint is in PATH and nothing else of this folder is."""

    def __init__(self):
        super().__init__(GBLINT)
        if not shutil.which('pre-commit') or not shutil.which('git'):
            raise Skip('pre-commit or git is not installed')
        bin = self.path / 'bin'
        bin.mkdir()
        (bin / 'gblint').symlink_to(GBLINT)
        self.env = {'PATH': f'{bin}:{os.environ["PATH"]}', 'HOME': str(self.path / 'home'), 'GIT_CONFIG_NOSYSTEM': '1',
                    'PRE_COMMIT_HOME': str(self.path / 'cache'), 'PRE_COMMIT_COLOR': 'never', 'LC_ALL': 'C.UTF-8',
                    'GIT_AUTHOR_NAME': 'a', 'GIT_AUTHOR_EMAIL': 'a@example.org',
                    'GIT_COMMITTER_NAME': 'a', 'GIT_COMMITTER_EMAIL': 'a@example.org'}
        (self.path / 'home').mkdir()
        self.write('hooks/.pre-commit-hooks.yaml', (ROOT / '.pre-commit-hooks.yaml').read_bytes())
        self.run('git', 'init', '-q', 'hooks')
        self.run('git', 'add', '.', cwd='hooks')
        self.run('git', 'commit', '-q', '-m', 'hooks', cwd='hooks')
        revision = self.run('git', 'rev-parse', 'HEAD', cwd='hooks')[1].strip()
        self.run('git', 'init', '-q', 'work')
        self.config = f'repos:\n  - repo: file://{self.path}/hooks\n    rev: {revision}\n    hooks:\n'

    def run(self, *args, cwd='work', ok=True):
        done = subprocess.run([str(a) for a in args], capture_output=True, cwd=self.path / cwd if cwd != 'work' or (self.path / 'work').exists()
                              else self.path, env=self.env)
        told = done.stdout.decode() + done.stderr.decode()
        if ok and done.returncode:
            raise AssertionError(f'{args}: {told}')
        return done.returncode, told

    def hooks(self, *ids):
        self.write('work/.pre-commit-config.yaml', self.config + ''.join(f'      - id: {id}\n' for id in ids))
        self.run('pre-commit', 'install')
        self.run('git', 'add', '.pre-commit-config.yaml')

    def commit(self, *paths, ok=False):
        self.run('git', 'add', *paths)
        return self.run('git', 'commit', '-m', 'drafts', ok=ok)


def test_bad_draft_is_refused_and_good_one_passes():
    with Repository() as r:
        r.hooks('gblint')
        r.write('work/草案/a.md', GOOD)
        r.write('work/README.md', '# 说明\n\n安装。\n')
        r.write('work/pom.xml', '<project><a></project>')
        # What is not staged is not looked at.
        r.write('work/b.md', BAD)
        status, told = r.commit('草案', 'README.md', 'pom.xml')
        equal(status, 0, told)
        holds(told, 'gblint', 'Passed')
        status, told = r.commit('b.md')
        equal(status, 1, told)
        holds(told, 'b.md:', '错误', '4.1', '改法')
        # Staged right, wrong in the work tree.
        r.write('work/b.md', GOOD)
        r.run('git', 'add', 'b.md')
        r.write('work/b.md', BAD)
        equal(r.run('git', 'commit', '-m', 'good', ok=False)[0], 0)
        equal((r.path / 'work/b.md').read_text(), BAD)
        # The whole tree, with what the config excludes.
        r.run('git', 'commit', '-q', '-n', '-a', '-m', 'bad')
        equal(r.run('pre-commit', 'run', '--all-files', ok=False)[0], 1)
        r.write('work/.gblint.yaml', 'exclude: [b.md]\n')
        equal(r.run('pre-commit', 'run', '--all-files', ok=False)[0], 0)


def test_fix_mends_and_asks_for_another_commit():
    with Repository() as r:
        r.hooks('gblint-fix')
        r.write('work/a.md', HALFWIDTH)
        r.write('work/README.md', '# 说明\n\n安装,重启。\n')
        status, told = r.commit('a.md', 'README.md')
        equal(status, 1, told)
        holds(told, 'files were modified by this hook')
        holds((r.path / 'work/a.md').read_text(), '破损，并')
        equal((r.path / 'work/README.md').read_text(), '# 说明\n\n安装,重启。\n')
        equal(r.commit('a.md')[0], 0)


main(globals())
