"""What is installed: man pages, completion, the Debian package, the static program.

    install.py GBLINT ROOT [NAME]        with the build in the folder of GBLINT"""
import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import tempfile
import time

from harness import GBLINT, ROOT, Skip, equal, holds, main

BUILD = GBLINT.parent
ENV = {'PATH': f'{BUILD}:{os.environ["PATH"]}', 'LC_ALL': 'C.UTF-8', 'HOME': '/nonexistent'}
PAGES = ('gblint.1', 'gblint.zh.1')
SEED = ROOT / 'fixtures/db32-t-2796-2015.md'


def run(*command, ok=(0,), **more):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, env={**ENV, **more.pop('env', {})}, **more)
    if ok is not None and done.returncode not in ok:
        raise AssertionError(f'{command[0]}: {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}')
    return done


def need(program):
    if not shutil.which(program):
        raise Skip(f'the program {program} is not installed')


def is_sanitized():
    return b'__asan_init' in GBLINT.read_bytes()


def commands():
    return [line.split()[0] for line in run(GBLINT, '--lang', 'en', '--help').stdout.split('Commands:')[1].split('Options:')[0].splitlines()
            if line.strip()]


def options(command):
    return re.findall(r'^ +(?:-\w, )?(--[\w-]+)', run(GBLINT, command, '--help').stdout, re.M)


# ── man pages ──

def test_pages_render_without_a_warning():
    need('man')
    for page in PAGES:
        done = run('man', '--warnings=w', '-l', BUILD / page, env={'MANWIDTH': '80', 'MANPAGER': 'cat'})
        equal(done.stderr, '', page)
        lines = done.stdout.splitlines()
        wide = lambda line: sum(2 if '\u2e80' < c < '\uffee' else 1 for c in line)
        equal([x for x in lines if wide(x) > 80], [], page)


def test_pages_in_groff():
    need('groff')
    need('preconv')
    for page in PAGES:
        done = run('sh', '-c', f'preconv -e utf8 {BUILD / page} | groff -ww -man -Tutf8')
        equal((done.stderr, len(done.stdout) > 3000), ('', True), page)


def test_pages_have_a_name():
    """What whatis and apropos find them by."""
    need('lexgrog')
    for page in PAGES:
        holds(run('lexgrog', BUILD / page).stdout, '"gblint - ')


def test_pages_tell_all():
    for page in PAGES:
        text = (BUILD / page).read_text().replace('\\-', '-')
        for command in commands():
            holds(text, f'.B {command}\n')
            for option in options(command):
                holds(text, f'\\fB{option}\\fR')


# ── bash ──

def bash(*words, folder='/', function='_gblint'):
    """What is offered for the last word."""
    script = 'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _gblint gblint 2>/dev/null; printf "%s\\n" "${COMPREPLY[@]}"'
    return run('bash', '--norc', '-c', script, BUILD / 'gblint.bash', 'gblint', *words, cwd=folder).stdout.removesuffix('\n').split('\n')


def test_bash_offers_what_there_is():
    need('bash')
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / '标准 草案.md').touch()
        (pathlib.Path(folder) / 'other.md').touch()
        complete = lambda *words: bash(*words, folder=folder)
        equal(sorted(complete('')), sorted([*commands(), '标准 草案.md', 'other.md']))
        equal(complete('fi'), ['fix'])
        equal(complete('fix', '标'), ['标准 草案.md'])
        equal(sorted(complete('fix', '--')), sorted(options('fix')))
        equal(sorted(complete('--')), sorted(options('lint')))
        equal(complete('--edition', ''), ['2009', '2020'])
        equal(complete('--edition', '=', '20'), ['2009', '2020'])
        equal(complete('--edition', '='), ['2009', '2020'])
        equal(complete('fix', '--level', 'e'), ['error'])
        equal(complete('terms', '-f', 't'), ['text', 'tbx'])
        equal(complete('-f', 'j', ), [x for x in complete('lint', '-f', '') if x.startswith('j')])
        equal(complete('explain', 'NUM-01')[:2], ['NUM-010', 'NUM-011'])
        equal(complete('--select', 'TY')[:2], ['TYP', 'TYP-001'])
        equal(complete('--select', 'TYP-001,NUM-012'), ['TYP-001,NUM-012'])
        equal(complete('pack', ''), ['check'])
        equal(complete('pack', 'check', 'o'), ['other.md'])
        equal(complete('-o', 'o'), ['other.md'])
        equal((complete('rules', 'o'), complete('-j', '')), ([''], ['']))
        equal(complete('--config', 'fix', 'o'), ['outline', 'other.md'])


def test_bash_has_every_option():
    need('bash')
    for command in commands():
        equal(sorted(bash(command, '--')), sorted(options(command)), command)


def type_in(shell, keys, until):
    """Types into a shell at a terminal; what the screen shows up to `until`."""
    pid, fd = pty.fork()
    if pid == 0:
        os.execvpe(shell[0], shell, {**ENV, 'TERM': 'dumb', 'PS1': '$ ', 'INPUTRC': '/dev/null'})
    shown, end = b'', time.monotonic() + 20
    for key in keys:
        os.write(fd, key.encode())
        time.sleep(0.3)
    while until.encode() not in shown and time.monotonic() < end:
        if select.select([fd], [], [], 0.2)[0]:
            try:
                shown += os.read(fd, 65536)
            except OSError:
                break
    os.close(fd)
    os.waitpid(pid, 0)
    return shown.decode(errors='replace')


def test_bash_at_a_terminal():
    need('bash')
    script = BUILD / 'gblint.bash'
    shown = type_in(['bash', '--norc', '-i'], [f'source {script}\n', 'gblint fix --ren\t', '\n', 'exit\n'], 'fix --renumber ')
    holds(shown, 'fix --renumber ')


# ── zsh, fish ──

def test_zsh_reads_its_script():
    need('zsh')
    run('zsh', '-n', BUILD / '_gblint')
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(BUILD / '_gblint', folder)
        done = run('zsh', '-fc', 'fpath=($1 $fpath); autoload -U compinit; compinit -D -u; echo ${_comps[gblint]}', 'zsh', folder)
        equal(done.stdout, '_gblint\n')
    text = (BUILD / '_gblint').read_text()
    for command in commands():
        part = text.split(f'    ({command})\n')[1].split(';;')[0]
        for option in options(command):
            holds(part, option)


def fish(line, folder='/'):
    done = run('fish', '--no-config', '-c', f'source {BUILD / "gblint.fish"}; complete -C "$argv[1]"', line, cwd=folder,
               env={'HOME': '/tmp', 'XDG_CONFIG_HOME': '/nonexistent', 'XDG_DATA_HOME': tempfile.gettempdir()})
    return [x.split('\t')[0] for x in done.stdout.splitlines()]


def test_fish_offers_what_there_is():
    need('fish')
    run('fish', '-n', BUILD / 'gblint.fish')
    equal(sorted(set(fish('gblint ')) & set(commands())), sorted(commands()))
    for command in commands():
        equal(sorted(fish(f'gblint {command} --')), sorted(options(command)), command)
    equal(sorted(fish('gblint --')), sorted(options('lint')))
    equal(fish('gblint fix --level e'), ['error'])
    equal(fish('gblint terms -f t'), ['tbx', 'text'])
    equal(fish('gblint explain NUM-01')[:2], ['NUM-010', 'NUM-011'])
    equal(fish('gblint --select TYP-001,NUM-012'), ['TYP-001,NUM-012'])
    equal(fish('gblint pack '), ['check'])


# ── installing ──

INSTALLED = ['bin/gblint', 'share/bash-completion/completions/gblint.bash', 'share/fish/vendor_completions.d/gblint.fish',
             'share/man/man1/gblint.1', 'share/man/zh_CN/man1/gblint.1', 'share/zsh/vendor-completions/_gblint']


def files(folder):
    return sorted(str(p.relative_to(folder)) for p in pathlib.Path(folder).rglob('*') if p.is_file() or p.is_symlink())


def test_meson_install():
    if is_sanitized():
        raise Skip('the program with sanitizers is not installed')
    with tempfile.TemporaryDirectory() as folder:
        run('meson', 'install', '-C', BUILD, '--no-rebuild', '--quiet', env={'DESTDIR': folder})
        prefix = pathlib.Path(folder) / 'usr/local'
        equal(files(prefix), INSTALLED)
        equal({oct((prefix / f).stat().st_mode & 0o777) for f in INSTALLED[1:]}, {'0o644'})
        moved = pathlib.Path(folder) / 'anywhere'
        prefix.rename(moved)
        holds(run(moved / 'bin/gblint', '--version').stdout, 'gblint ')
        need('man')
        for lang, word in (('C.UTF-8', 'SYNOPSIS'),):
            holds(run('man', '-M', moved / 'share/man', 'gblint', env={'LC_ALL': lang}).stdout, word)


def package(folder):
    """Made in the folder."""
    for program in ('dpkg-deb', 'dpkg-shlibdeps', 'strip'):
        need(program)
    if is_sanitized():
        raise Skip('the program with sanitizers is not packaged')
    return run(ROOT / 'debian/package', BUILD, folder).stdout.strip()


def test_debian_package():
    """Installed into a root of its own, used, removed."""
    with tempfile.TemporaryDirectory() as folder:
        made = package(folder)
        root = pathlib.Path(folder) / 'root'
        for name in ('info', 'updates', 'triggers'):
            (root / 'var/lib/dpkg' / name).mkdir(parents=True)
        for name in ('status', 'available'):
            (root / 'var/lib/dpkg' / name).touch()
        # What it depends on is not in this root; a user who is not root may do all this too.
        dpkg = ('dpkg', f'--root={root}', '--force-not-root', '--force-depends', '--log=/dev/null')
        run(*dpkg, '-i', made)
        listed = run(*dpkg, '-L', 'gblint').stdout
        holds(listed, *('/usr/' + name + ('.gz' if '/man/' in name else '') for name in INSTALLED), '/usr/share/doc/gblint/copyright')
        holds(run(root / 'usr/bin/gblint', '--version').stdout, 'gblint ')
        equal(run('sh', '-c', 'cd "$0" && md5sum -c --quiet var/lib/dpkg/info/gblint.md5sums', root).stdout, '')
        run(*dpkg, '-P', 'gblint')
        equal([f for f in files(root) if not f.startswith('var/lib/dpkg/')], [])


def test_lintian():
    need('lintian')
    with tempfile.TemporaryDirectory() as folder:
        done = run('lintian', package(folder), ok=None)
        equal((done.returncode, done.stdout), (0, ''), done.stderr)


def test_the_release_build_is_hardened():
    """A position-independent program whose tables of addresses are read-only from the start on, with guarded stacks."""
    if b'__asan_init' in GBLINT.read_bytes():
        raise Skip('this build is no release')
    need('readelf')
    head, sections = run('readelf', '-h', GBLINT).stdout, run('readelf', '-l', '-d', GBLINT).stdout
    holds(' '.join(head.split()), 'Type: DYN')
    holds(' '.join(sections.split()), 'GNU_RELRO', 'BIND_NOW', 'PIE')
    holds(run('strings', GBLINT).stdout, 'stack smashing')


def test_the_release_build_needs_nothing():
    """In a root that holds it and drafts: the same findings and the same files."""
    if '=>' in run('ldd', GBLINT, ok=None).stdout:
        raise Skip('this build is no static one')
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        shutil.copy(GBLINT, root / 'gblint')
        shutil.copy(SEED, root / 'a.md')
        shutil.copy(ROOT / 'fixtures/twins/kite.xml', root / 'b.xml')
        inside = lambda *args: run('unshare', '-r', 'chroot', root, '/gblint', *args, ok=None)
        if 'unshare' in inside('--version').stderr:
            raise Skip('unshare may not make a root of its own')
        for args in (('-f', 'json', 'a.md', 'b.xml'), ('-j', '4', 'a.md', 'b.xml'), ('outline', 'b.xml'), ('explain', 'NUM-012')):
            here, there = run(GBLINT, *args, cwd=root, ok=None), inside(*args)
            equal((there.returncode, there.stdout, there.stderr), (here.returncode, here.stdout, here.stderr), args)
        inside('fix', '-q', 'a.md')
        mended = (root / 'a.md').read_bytes()
        shutil.copy(SEED, root / 'a.md')
        run(GBLINT, 'fix', '-q', 'a.md', cwd=root, ok=None)
        equal((mended == (root / 'a.md').read_bytes(), mended == SEED.read_bytes(), files(root)),
              (True, False, ['a.md', 'b.xml', 'gblint']))


main(globals())
