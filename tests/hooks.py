"""init, the hook of git, and what callers such as hooks name.

    hooks.py GBLINT ROOT [NAME]"""
import os

from harness import equal, holds, main
from project import CLEAN, DRAFT, Folder, ROOT


def test_init_writes_a_config_that_loads():
    with Folder(a__md=(ROOT / 'fixtures' / 'db32-t-2796-2015.md').read_bytes(), README__md='# 说明\n') as f:
        status, out, err = f.run('init')
        equal((status, err), (0, ''))
        holds(out, '.gblint.yaml', '--git-hook', '#!/bin/sh', '--staged')
        holds(f.read('.gblint.yaml'), '\nedition: 2009', '\nstage: 报', '\nprofile: db32-2796')
        status, out, err = f.run('--show-config', 'a.md')
        equal((status, err), (0, ''))
        holds(out, 'edition: 2009', 'stage: 报', 'profile: db32-2796')
        f.write('.gblint.yaml', 'level: info\n')
        equal(f.run('init')[0], 0)
        equal(f.read('.gblint.yaml'), 'level: info\n')
        (f.path / '.gblint.yaml').unlink()
        f.write('b.md', DRAFT.replace('本文件', '本标准').replace('本标准没有', '本文件没有'))
        equal(f.run('init', '--lang', 'en')[0], 0)
        holds(f.read('.gblint.yaml'), 'Settings', '\nlang: en', '\n# stage: comment  # drafts differ: 报 (1) - (1)\n')
        equal(f.run('--show-config', 'a.md')[0], 0)
        equal(f.run('init', 'a.md')[0], 2)
    # What stands in comments is right too.
    for language in ('zh', 'en'):
        with Folder() as f:
            f.run('init', '--lang', language)
            text = f.read('.gblint.yaml')
            holds(text, '\n# edition: 2020', '\n# profile: gb11')
            lines = [line[2:] if line.startswith('# ') and (': ' in line or line.endswith(':') or line.startswith('#   ')) and line.isascii()
                     and not line[2].isupper() else line for line in text.splitlines()]
            f.write('.gblint.yaml', '\n'.join(line for line in lines if not line.startswith(('registry', 'terms', 'packs', 'stage:', '    stage'))))
            f.write('a.md', DRAFT)
            status, out, err = f.run('--show-config', 'a.md')
            equal((status, err), (0, ''))
            holds(out, 'MDC: off', 'NUM-012: error', 'edition: 2020')


def test_hook_judges_commits():
    with Folder(a__md=CLEAN, README__md='# 说明\n\n安装。\n') as f:
        f.repository().commit()
        status, out, err = f.run('init', '--git-hook')
        equal((status, err), (0, ''))
        hook = f.path / '.git/hooks/pre-commit'
        equal(os.access(hook, os.X_OK), True)
        f.write('.gblint.yaml', 'fail_on: warning\n')
        f.git('add', '-A', '.')
        status, told = f.git('commit', '-m', 'config', ok=False)
        equal((status, '尽快' in told, '未检查' in told), (0, False, False))
        f.write('a.md', DRAFT)
        f.git('add', 'a.md')
        f.write('a.md', CLEAN)
        status, told = f.git('commit', '-q', '-m', 'bad', ok=False)
        equal(status, 1)
        holds(told, 'a.md:21:4', 'WRD-015', '提交被拒绝', '--no-verify')
        # Named on the command line, or with -a, git judges an index of its own.
        equal(f.git('commit', '-q', '-m', 'good', '--allow-empty', 'a.md', ok=False)[0], 0)
        f.write('a.md', DRAFT)
        equal(f.git('commit', '-q', '-a', '-m', 'bad', ok=False)[0], 1)
        f.write('b.md', DRAFT)
        f.git('add', 'b.md')
        f.write('README.md', '# 说明\n\n安装和卸载。\n')
        equal(f.git('commit', '-q', '-m', 'only', 'README.md', ok=False)[0], 0)
        equal(f.git('commit', '-q', '-m', 'bad', 'a.md', ok=False)[0], 1)
        # In a linked work tree the hook is the same.
        f.git('reset', '-q', '--hard')
        f.git('worktree', 'add', '-q', 'w', '-b', 'w')
        f.write('w/sub/c.md', DRAFT)
        f.git('add', '-A', '.', cwd='w')
        equal(f.git('commit', '-q', '-m', 'bad', cwd='w/sub', ok=False)[0], 1)
        f.write('w/sub/c.md', CLEAN)
        f.git('add', '-A', '.', cwd='w')
        equal(f.git('commit', '-q', '-m', 'good', cwd='w/sub', ok=False)[0], 0)


def test_hook_is_put_where_git_looks():
    with Folder(a__md=CLEAN) as f:
        equal(f.run('init', '--git-hook')[0], 2)
        f.repository().commit()
        hook = f.path / '.git/hooks/pre-commit'
        hook.unlink(missing_ok=True)
        hook.parent.mkdir(exist_ok=True)
        hook.write_text('#!/bin/sh\nexit 0\n')
        status, out, err = f.run('init', '--git-hook')
        equal(status, 2)
        holds(err, 'pre-commit', 'gblint --staged')
        equal(hook.read_text(), '#!/bin/sh\nexit 0\n')
        # Its own is brought up to date.
        hook.unlink()
        f.run('init', '--git-hook')
        text = hook.read_text()
        hook.write_text(text + '# old\n')
        equal(f.run('init', '--git-hook')[0], 0)
        equal(hook.read_text(), text)
        f.git('config', 'core.hooksPath', 'our-hooks')
        equal(f.run('init', '--git-hook')[0], 0)
        equal((f.path / 'our-hooks/pre-commit').read_text(), text)
        f.write('sub/b.md', CLEAN)
        equal(f.run('init', '--git-hook', cwd='sub')[0], 0)


def test_force_exclude_treats_named_files_as_found():
    with Folder(a__md=DRAFT, pom__xml='<project><a></project>', x__svg='<svg/>', old__md=DRAFT) as f:
        f.write('.gblint.yaml', 'exclude: [old.md]\n')
        equal(f.run('pom.xml')[0], 1)
        equal([d['path'] for d in f.json('--force-exclude', 'a.md', 'pom.xml', 'x.svg', 'old.md')['files']], ['a.md'])
        equal(f.run('--force-exclude', '-q', 'pom.xml', 'x.svg', 'old.md')[:2], (0, ''))
        equal(f.run('--force-exclude', 'none.md')[0], 2)
        equal(len(f.json('--force-exclude', '-', stdin=DRAFT)['files']), 1)


main(globals())
