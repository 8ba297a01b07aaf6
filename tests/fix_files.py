"""`gblint fix` and the files: its diff is a patch for git, and no file is ever half written, whatever comes between.

    fix_files.py GBLINT ROOT [NAME]"""
import os
import re
import resource
import shutil
import signal
import subprocess
import time

from harness import GBLINT, ROOT, Scratch, Skip, equal, holds, main

DRAFTS = ('.md', '.markdown', '.xml', '.dbk', '.docbook')
HEAD = '# 旧书登记\n\n## 1 范围\n\n本文件规定了旧书的登记。\n\n## 2 登记\n\n'
OLD, NEW = HEAD + '旧词。\n', HEAD + '新词。\n'
NOBODY = 65534
PACK = ''.join(f'''- rule: OUR-00{number}
  level: warning
  message: '“{{0}}”'
  check: replace
  with: {{words: {{{old}: {new}}}}}
  fix: {fix}
  examples:
    - bad: 登记应写明{old}。
      context: clause
    - good: 旧书应登记。
      context: clause
''' for number, old, new, fix in ((1, '旧词', '新词', 'safe'), (2, '疑词', '定词', 'unsafe'), (3, '甲甲', '旧词', 'safe')))


class Folder(Scratch):
    """A scratch folder with our rules."""

    def __init__(self, **files):
        super().__init__(GBLINT, our__yaml=PACK, **files)
        self.write('.gblint.yaml', 'packs: [our.yaml]\n')

    def fix(self, *args, cwd='.', prefix=(), **more):
        done = subprocess.run([*prefix, GBLINT, 'fix', '--select', 'OUR', *map(str, args)], cwd=self.path / cwd,
                              stdin=subprocess.DEVNULL, stdout=more.pop('stdout', subprocess.PIPE), stderr=subprocess.PIPE, **more)
        return done.returncode, done.stdout, done.stderr.decode(errors='replace')

    def strays(self):
        return [str(p) for p in self.path.rglob('.gblint-*')]

    def git(self, *args, cwd='.', stdin=b''):
        env = {'PATH': os.environ['PATH'], 'HOME': str(self.path), 'GIT_CONFIG_NOSYSTEM': '1'}
        done = subprocess.run(['git', *args], cwd=self.path / cwd, input=stdin, capture_output=True, env=env)
        if done.returncode:
            raise AssertionError(done.stderr.decode(errors='replace'))
        return done.stdout


def need(program):
    if not shutil.which(program):
        raise Skip(f'the program {program} is not installed')


def root_only():
    if os.geteuid():
        raise Skip('only root can try this')


# ── the diff ──

NAMES = ['a.md', '标准 草案.md', '两"引"\\号.md', 'd/e/子 目录/f.md', 'tab\there.md', 'line\nfeed.md', ' 前.md', "l'un.md",
         'a/b.md', '-x.md', 'é.md', '2009-01-01 00:00:00.md']
CONTENTS = [OLD, OLD.rstrip('\n'), OLD.replace('\n', '\r\n'), OLD.replace('\n', '\r\n').rstrip('\r\n'), '\ufeff' + OLD,
            HEAD + '旧词一。\n' + '\n行。\n' * 20 + '\n旧词二。\n' + '\n行。\n' * 20 + '\n旧词三。', OLD.replace('\n', '\r')]


def test_git_applies_the_diff():
    """All names and contents at once, in a repository and in none, from its root and from a folder in it."""
    need('git')
    for charset in ('utf-8', 'gb18030', 'utf-16'):
        contents = [c.encode(charset) for c in CONTENTS if charset != 'gb18030' or not c.startswith('\ufeff')]
        files = {name: contents[i % len(contents)] for i, name in enumerate(NAMES)}
        files.update({f'd/{i}.md': content for i, content in enumerate(contents)})
        want = {name: content.decode(charset).replace('旧词', '新词').encode(charset) for name, content in files.items()}
        for in_repository, cwd in ((False, '.'), (True, '.'), (True, 'd')):
            with Folder() as f:
                for name, content in files.items():
                    f.write(name, content)
                if in_repository:
                    f.git('init', '-q')
                here = {name for name in files if name.startswith('d/')} if cwd == 'd' else set(files)
                status, diff, err = f.fix('--diff', '--', '.', cwd=cwd)
                equal(status, 0, err)
                f.git('apply', '--whitespace=nowarn', '-', cwd=cwd, stdin=diff)
                for name in files:
                    equal(f.bytes(name), want[name] if name in here else files[name], (charset, cwd, name))
                equal(f.fix('--diff', '--', '.', cwd=cwd)[1], b'')
                f.git('apply', '--whitespace=nowarn', '-R', '-', cwd=cwd, stdin=diff)
                for name in files:
                    equal(f.bytes(name), files[name], (charset, cwd, name))


def test_names_are_quoted_as_git_quotes_them():
    need('git')
    for name in NAMES:
        with Folder() as f:
            f.write(name, OLD)
            f.git('init', '-q')
            f.git('add', '--', name)
            f.write(name, NEW)
            git = f.git('-c', 'core.quotePath=false', 'diff', '--', name)
            f.write(name, OLD)
            heads = lambda diff: re.findall(rb'^(?:---|\+\+\+) .*$', diff, re.M)
            equal(heads(f.fix('--diff', '--', name)[1]), heads(git))


def test_paths_are_those_that_git_knows():
    """A link is not what is changed but what it leads to; files outside of the current folder are named from the root."""
    with Folder(real__md=OLD) as f:
        os.symlink('real.md', f.path / 'a.md')
        f.write('d/x.md', OLD)
        for path, cwd, want in (('a.md', '.', 'real.md'), ('./d/../real.md', '.', 'real.md'), (f.path / 'd/x.md', '.', 'd/x.md'),
                                ('../real.md', 'd', str(f.path.resolve() / 'real.md')[1:])):
            diff = f.fix('--diff', path, cwd=cwd)[1].decode()
            equal(diff.splitlines()[:2], ['--- a/' + want, '+++ b/' + want])
    with Folder() as f:
        f.write('d/y.md', OLD)
        done = subprocess.run([GBLINT, 'fix', '--diff', '--select', 'OUR', '--stdin-name', './d/x.md', '-'], cwd=f.path,
                              input=OLD.encode(), capture_output=True)
        equal(done.stdout.decode().splitlines()[0], '--- a/d/x.md')


def hunks(diff):
    """What stands behind the second @@ of each hunk."""
    return re.findall(r'^@@ -[\d,]+ \+[\d,]+ @@(.*)$', diff.decode(errors='replace'), re.M)


def test_hunks_name_their_rules():
    far = '\n\n' + '行。\n\n' * 10
    with Folder(a__md=HEAD + '疑词。' + far + '旧词、疑词。' + far + '甲甲。\n') as f:
        equal(hunks(f.fix('--diff', 'a.md')[1]), [' OUR-001', ' OUR-003, OUR-001'])
        equal(hunks(f.fix('--diff', '--unsafe', 'a.md')[1]),
              [' OUR-002 (unsafe)', ' OUR-001, OUR-002 (unsafe)', ' OUR-003, OUR-001'])
    with Folder(a__md=HEAD.replace('2 登记', '3 登记') + '旧词。\n' + far + '## 5 归还\n\n甲。\n') as f:
        equal(hunks(f.fix('--diff', '--renumber', 'a.md')[1]), [' --renumber, OUR-001', ' --renumber'])


def test_every_hunk_names_a_rule():
    drafts = [p for p in sorted((ROOT / 'fixtures').rglob('*')) if p.suffix in DRAFTS and p.is_file() and 'book/' not in str(p)]
    for extra in ((), ('--unsafe', '--level', 'info'), ('--renumber',)):
        done = subprocess.run([GBLINT, 'fix', '--diff', '--no-config', *extra, *drafts], capture_output=True)
        found = hunks(done.stdout)
        equal((len(found) > 10, [x for x in found if not x.strip()]), (True, []), extra)


def test_other_charsets_are_told():
    for charset, name in (('gb18030', 'GB18030'), ('utf-16', 'UTF-16')):
        with Folder(a__md=OLD.encode(charset)) as f:
            _, diff, err = f.fix('--diff', 'a.md')
            holds(err, name)
            holds(diff, '新'.encode(charset)[-2:])
            equal(f.fix('--diff', '-q', 'a.md')[2], '')
    with Folder(a__md=OLD) as f:
        equal('UTF' in f.fix('--diff', 'a.md')[2], False)


# ── safe and unsafe ──

def test_what_needs_a_person_is_counted():
    with Folder(a__md=HEAD + '旧词、疑词、疑词。\n', b__md=HEAD + '疑词。\n', c__md=HEAD + '甲。\n') as f:
        _, out, _ = f.fix('a.md', 'b.md', 'c.md')
        holds(out.decode(), 'a.md：修正了1处；另有2处的修正须由人确认（--unsafe）', 'b.md：没有可自动修正的问题；另有1处',
              'c.md：没有可自动修正的问题\n')
        equal('须由人确认' in f.fix('--unsafe', 'a.md')[1].decode(), False)


# ── what a file keeps ──

def test_owner_mode_and_attributes_stay():
    with Folder(a__md=OLD) as f:
        path = f.path / 'a.md'
        path.chmod(0o2640)
        if not os.geteuid():
            os.chown(path, NOBODY, NOBODY)
            path.chmod(0o2640)
        try:
            os.setxattr(path, 'user.origin', '甲'.encode())
            has_attribute = True
        except OSError:
            has_attribute = False
        before = path.stat()
        equal(f.fix('a.md')[0], 0)
        after = path.stat()
        equal(f.read('a.md'), NEW)
        equal((after.st_mode, after.st_uid, after.st_gid), (before.st_mode, before.st_uid, before.st_gid))
        equal(os.getxattr(path, 'user.origin') if has_attribute else '甲'.encode(), '甲'.encode())


def test_links():
    with Folder() as f:
        f.write('far/real.md', OLD)
        (f.path / 'd').mkdir()
        os.symlink('../far/real.md', f.path / 'd/one.md')
        os.symlink('d/one.md', f.path / 'two.md')
        equal(f.fix('two.md')[0], 0)
        equal((f.read('far/real.md'), os.readlink(f.path / 'two.md'), os.readlink(f.path / 'd/one.md')),
              (NEW, 'd/one.md', '../far/real.md'))
        os.symlink('/dev/full', f.path / 'full.md')
        equal(f.fix('full.md')[0], 2)


def test_hard_links_part_and_are_told():
    with Folder(a__md=OLD) as f:
        os.link(f.path / 'a.md', f.path / 'b.md')
        status, _, err = f.fix('a.md')
        equal((status, f.read('a.md'), f.read('b.md')), (0, NEW, OLD))
        holds(err, 'a.md', '硬链接')


def test_a_long_name():
    """As long as names can be."""
    name = '标' * 84 + '.md'
    with Folder() as f:
        f.write(name, OLD)
        equal((f.fix(name)[0], f.read(name)), (0, NEW))


# ── what goes wrong ──

def test_standard_output_that_is_full():
    with open('/dev/full', 'wb') as full, Folder(a__md=OLD) as f:
        status, _, err = f.fix('--diff', 'a.md', stdout=full)
        equal((status, f.read('a.md')), (2, OLD))
        holds(err, 'No space left')


def limit(size):
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_limit_to_the_size_of_files():
    text = HEAD + '旧词。\n\n' + '行。\n\n' * 1000
    with Folder(a__md=text, b__md=OLD) as f:
        status, out, err = f.fix('a.md', 'b.md', preexec_fn=limit(4096))
        equal((status, f.read('a.md') == text, f.read('b.md'), f.strays()), (2, True, NEW, []))
        holds(err, 'a.md', 'File too large')
        equal('a.md：修正' in out.decode(), False)
    with Folder(a__md=text, o__json='old') as f:
        done = subprocess.run([GBLINT, '-f', 'json', '-o', 'o.json', 'a.md'], cwd=f.path, capture_output=True, preexec_fn=limit(100))
        equal((done.returncode, f.read('o.json'), f.strays()), (2, 'old', []))


def test_a_full_disk():
    text = HEAD + '旧词。\n\n' + '行。\n\n' * 20000
    script = '''mount -t tmpfs -o size=300k none m && cp a.md .gblint.yaml our.yaml m && cd m && "$0" fix -q --select OUR a.md
                echo "status $?"; ls -A; cmp a.md ../a.md && echo same'''
    with Folder(a__md=text) as f:
        (f.path / 'm').mkdir()
        done = subprocess.run(['unshare', '-rm', 'sh', '-c', script, GBLINT], cwd=f.path, capture_output=True, text=True)
        if 'status' not in done.stdout:
            raise Skip('no file system of its own: ' + done.stderr.strip())
        equal(done.stdout, 'status 2\n.gblint.yaml\na.md\nour.yaml\nsame\n', done.stderr)
        holds(done.stderr, 'No space left')


def test_a_folder_or_file_that_is_read_only():
    root_only()
    need('setpriv')
    as_nobody = ('setpriv', f'--reuid={NOBODY}', f'--regid={NOBODY}', '--clear-groups')
    with Folder() as f:
        f.path.chmod(0o755)
        f.write('d/a.md', OLD).chmod(0o666)
        f.write('e/b.md', OLD).chmod(0o444)
        (f.path / 'e').chmod(0o777)
        if subprocess.run([*as_nobody, GBLINT, '--version'], capture_output=True).returncode:
            raise Skip('others may not run the program where it lies')
        status, out, err = f.fix('d/a.md', 'e/b.md', prefix=as_nobody)
        equal((status, f.read('d/a.md'), f.read('e/b.md'), f.strays()), (2, OLD, OLD, []))
        holds(err, 'd/a.md: 没有写入：不能在其目录中新建文件', 'e/b.md: 不能写')
        equal('修正了' in out.decode(), False)


def test_a_file_that_others_change_meanwhile():
    """A second draft that comes through a FIFO keeps gblint waiting between reading the first part and writing it."""
    with Folder(a__md=OLD, b__md=HEAD + '甲。\n') as f:
        f.write('.gblint.yaml', 'packs: [our.yaml]\ndrafts:\n  - files: [a.md, late.md]\n')
        os.mkfifo(f.path / 'late.md')
        process = subprocess.Popen([GBLINT, 'fix', '--select', 'OUR', 'a.md'], cwd=f.path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        with open(f.path / 'late.md', 'wb') as late:
            f.write('a.md', OLD + '又一行。\n')
            late.write('## 3 归还\n\n甲。\n'.encode())
        # Each round reads anew.
        feeder = subprocess.Popen(['sh', '-c', 'while printf "## 3 归还\\n\\n甲。\\n" > late.md; do :; done'], cwd=f.path,
                                  stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            out, err = process.communicate(timeout=20)
        finally:
            os.killpg(feeder.pid, signal.SIGKILL)
            feeder.wait()
        equal((process.returncode, f.read('a.md'), f.strays()), (2, OLD + '又一行。\n', []))
        holds(err.decode(), 'a.md', '被改动')


def test_files_of_one_draft_are_written_together():
    """When one of them cannot be, none is."""
    with Folder() as f:
        f.write('.gblint.yaml', 'packs: [our.yaml]\ndrafts:\n  - files: [one.md, two.md]\n')
        f.write('one.md', OLD)
        two = '## 3 归还\n\n旧词。\n\n' + '行。\n\n' * 1000
        f.write('two.md', two)
        status, _, err = f.fix('one.md', preexec_fn=limit(4096))
        equal((status, f.read('one.md'), f.read('two.md') == two, f.strays()), (2, OLD, True, []))
        equal(f.fix('one.md')[0], 0)
        equal((f.read('one.md'), '旧词' in f.read('two.md')), (NEW, False))


# ── signals ──

def big():
    return (HEAD + '旧词。\n\n' + '行的内容应登记。\n\n' * 8000).encode()


def test_killed_at_any_time():
    """The file is the old one or the new one, and what is left behind is one file of a known name."""
    old = big()
    new = old.replace('旧词'.encode(), '新词'.encode())
    with Folder() as f:
        path = f.write('a.md', old)
        begin = time.monotonic()
        f.fix('a.md')
        whole = time.monotonic() - begin
        equal(path.read_bytes(), new)
        for i in range(30):
            f.write('a.md', old)
            process = subprocess.Popen([GBLINT, 'fix', '--select', 'OUR', 'a.md'], cwd=f.path, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            time.sleep(whole * (0.4 + 0.7 * i / 30))
            process.kill()
            process.wait()
            equal(path.read_bytes() in (old, new), True, i)
            names = sorted(p.name for p in f.path.iterdir())
            odd = [n for n in names if n not in ('.gblint.yaml', 'a.md', 'our.yaml')]
            equal((len(odd) <= 1, all(re.fullmatch(r'\.gblint-\w{6}', n) for n in odd)), (True, True), names)
            for n in odd:
                (f.path / n).unlink()


def stopped_when_it_writes(folder, command, number):
    """Runs until the file beside the target is there, then sends the signal; gives the exit status, or None when it came too late."""
    process = subprocess.Popen(command, cwd=folder.path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               preexec_fn=lambda: signal.signal(number, signal.SIG_DFL))  # nohup ignores SIGHUP
    while process.poll() is None:
        if folder.strays():
            process.send_signal(number)
            return process.wait()
    return None


def test_signals_leave_nothing_behind():
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        with Folder(a__md=OLD, o__json='old') as f:
            # An output waits for the draft, which never comes.
            os.mkfifo(f.path / 'never.md')
            command = [GBLINT, 'lint', '-f', 'json', '-o', 'o.json', 'never.md']
            equal((stopped_when_it_writes(f, command, number), f.strays(), f.read('o.json')), (-number, [], 'old'))
    old = big()
    with Folder() as f:
        for i in range(15):
            f.write('a.md', old)
            status = stopped_when_it_writes(f, [GBLINT, 'fix', '--select', 'OUR', 'a.md'], signal.SIGTERM)
            equal((status in (None, 0, -signal.SIGTERM), f.strays()), (True, []), status)


def test_an_ignored_signal_stays_ignored():
    with Folder(o__json='old') as f:
        os.mkfifo(f.path / 'late.md')
        process = subprocess.Popen([GBLINT, 'lint', '-f', 'json', '-o', 'o.json', 'late.md'], cwd=f.path, stderr=subprocess.DEVNULL,
                                   preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        while not f.strays():
            time.sleep(0.01)
        process.send_signal(signal.SIGHUP)
        with open(f.path / 'late.md', 'wb') as late:
            late.write(OLD.encode())
        equal((process.wait() in (0, 1), f.read('o.json').startswith('{')), (True, True))


# ── twice is once ──

def test_a_second_run_changes_nothing():
    drafts = [p for p in sorted((ROOT / 'fixtures').rglob('*')) if p.suffix in DRAFTS and p.is_file() and 'book/' not in str(p)]
    for extra in ((), ('--renumber',)):
        with Folder() as f:
            names = []
            for number, path in enumerate(drafts):
                names.append(f.write(f'{number:04}{path.suffix}', path.read_bytes()).name)
            args = (GBLINT, 'fix', '--no-config', *extra, *names)
            subprocess.run(args, cwd=f.path, capture_output=True)
            once = [f.bytes(n) for n in names]
            subprocess.run(args, cwd=f.path, capture_output=True)
            equal([str(p) for p, n, o in zip(drafts, names, once) if f.bytes(n) != o], [], extra)


main(globals())
