"""gblint opens the files named, what they include inside the project root, config, packs and registry: nothing else; no socket, no other
program. Seen with strace on drafts that ask for more. Where the kernel has Landlock it could not if it would: seen by putting a link to a
file outside in the place of a draft while the program waits for another.

    privilege.py GBLINT ROOT [NAME]"""
import ctypes
import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading

import harness
from harness import Skip, equal, holds

gblint = pathlib.Path(sys.argv[1]).resolve()
# What the C library and the loader look at, and the sanitizers.
SYSTEM = ('/lib', '/usr/lib', '/etc/ld.so', '/proc/', '/dev/null', '/sys/', '/usr/share/locale', '/usr/share/zoneinfo', '/etc/localtime', '/etc/timezone')

DRAFT = '''# 1 范围

本文件规定了办理的要求，见<http://127.0.0.1:1/x>。

![](../outside.svg) ![](/etc/passwd) ![](http://127.0.0.1:1/a.svg) ![](file:///etc/passwd) ![](inside.svg) ![](link.svg)

图1 流程

<img src="/etc/hostname"><iframe src="http://127.0.0.1:1/"></iframe>

<!-- gblint-disable ALL: ../outside.md -->

```plantuml
@startuml
!include /etc/passwd
!includeurl http://127.0.0.1:1/x
start
:$(touch owned);
stop
@enduml
```
'''
XML = '''<?xml version="1.0"?>
<?xml-stylesheet href="/etc/passwd"?>
<!DOCTYPE article PUBLIC "-//OASIS//DTD DocBook XML V4.5//EN" "http://127.0.0.1:1/docbookx.dtd" [
<!ENTITY a SYSTEM "/etc/passwd"><!ENTITY b SYSTEM "http://127.0.0.1:1/b"><!ENTITY % c SYSTEM "file:///etc/passwd"> %c; ]>
<article xmlns:xi="http://www.w3.org/2001/XInclude"><para>&a;&b;</para>
<xi:include href="/etc/passwd"/><xi:include href="../outside.xml"/><xi:include href="http://127.0.0.1:1/i.xml"/><xi:include href="part.xml"/>
<mediaobject><imageobject><imagedata fileref="/etc/passwd"/></imageobject></mediaobject></article>
'''


def traced(folder, *args):
    """Calls of a run: (name, the rest of its line)."""
    if not shutil.which('strace'):
        raise Skip('strace is not installed')
    if subprocess.run(['strace', '-o', '/dev/null', 'true'], capture_output=True).returncode:
        raise Skip('strace is not permitted here')
    env = {'PATH': os.environ['PATH'], 'LANG': 'C.UTF-8', 'ASAN_OPTIONS': 'detect_leaks=0'}
    subprocess.run(['strace', '-f', '-qq', '-s', '4096', '-e', 'trace=%file,%network,%process', '-o', 'trace', gblint, *args], cwd=folder,
                   capture_output=True, env=env)
    for line in (folder / 'trace').read_text(errors='replace').splitlines():
        if match := re.match(r'(?:\d+ +)?(\w+)\((.*)', line):
            yield match.groups()


def check(folder, allowed, *args):
    """Only files of `allowed` (names in the project) are opened, and none that is not there."""
    opened = set()
    for name, rest in traced(folder, *args):
        equal(name in ('socket', 'connect', 'bind', 'fork', 'vfork', 'ptrace'), False, f'{name}({rest}')
        if name in ('execve', 'execveat'):
            holds(rest, str(gblint))
        # O_PATH: named to the kernel, and neither read nor written.
        if name in ('open', 'openat', 'openat2', 'creat') and 'O_PATH' not in rest:
            path = re.search(r'"([^"]*)"', rest).group(1)
            if not path.startswith(SYSTEM):
                opened.add(os.path.relpath(os.path.join(folder, path), folder))
    extra = {path for path in opened if path not in allowed}
    equal(extra, set(), 'opened beyond what was asked:')
    return opened


def project():
    scratch = harness.Scratch(gblint, outside__svg='<svg xmlns="http://www.w3.org/2000/svg"/>', outside__md=DRAFT, outside__xml='<para>x</para>')
    scratch.write('p/.gblint.yaml', 'registry: r.csv\npacks: [own.yaml]\n')
    scratch.write('p/r.csv', 'code,year,status\nGB/T 1.1,2020,现行\n')
    scratch.write('p/own.yaml', '- {list: own, words: [甲]}\n')
    scratch.write('p/d.md', DRAFT)
    scratch.write('p/x.xml', XML)
    scratch.write('p/part.xml', '<para>部分</para>')
    scratch.write('p/other.md', DRAFT)
    scratch.write('p/inside.svg', '<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>')
    (scratch.path / 'p/link.svg').symlink_to('../outside.svg')
    return scratch


CONFIG = {'.gblint.yaml', 'r.csv', 'own.yaml'}


def test_markdown():
    with project() as s:
        for args in ['lint'], ['lint', '-f', 'html'], ['outline'], ['terms'], ['facts'], ['flow'], ['fix', '--diff']:
            opened = check(s.path / 'p', {'d.md', 'inside.svg', *CONFIG}, *args, 'd.md')
            holds(opened, 'd.md')


def test_docbook():
    with project() as s:
        for args in ['lint'], ['lint', '-f', 'html'], ['outline'], ['fix', '--diff']:
            opened = check(s.path / 'p', {'x.xml', 'part.xml', *CONFIG}, *args, 'x.xml')
            holds(opened, 'x.xml', 'part.xml')


def test_link_set_meanwhile():
    """The draft was a file when the run began; when its turn comes it is a link that leads out of the project."""
    if ctypes.CDLL(None).syscall(444, None, 0, 1) < 1:
        raise Skip('this kernel has no Landlock')
    if b'__asan_init' in gblint.read_bytes():
        raise Skip('sanitizers must be able to read all')
    for args in ['lint', '-j', '1', '-f', 'html'], ['lint', '-j', '2'], ['terms'], ['facts']:
        # As many pipes as threads, so that none of them comes to the draft too early.
        pipes = [f'pipe{i}.md' for i in range(2 if '2' in args else 1)]
        with harness.Scratch(gblint, secret__md='# 1 范围\n\n本文件规定了SECRET的要求。\n') as s:
            s.write('p/z.md', DRAFT)
            for pipe in pipes:
                os.mkfifo(s.path / 'p' / pipe)

            def feed():
                opened = [open(s.path / 'p' / pipe, 'w') for pipe in pipes]
                (s.path / 'p/z.md').unlink()
                (s.path / 'p/z.md').symlink_to('../secret.md')
                for pipe in opened:
                    with pipe:
                        pipe.write(DRAFT)

            thread = threading.Thread(target=feed)
            thread.start()
            done = subprocess.run([gblint, *args, *pipes, 'z.md'], cwd=s.path / 'p', capture_output=True, timeout=60)
            thread.join()
            equal((args, done.returncode), (args, 2))
            holds(done.stderr.decode(), 'z.md')
            equal(b'SECRET' in done.stdout, False, args)


harness.main(globals())
