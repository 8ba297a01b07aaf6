"""gblint opens the files named, what they include inside the project root, config, packs and registry: nothing else; no socket, no other
program. Seen with strace on drafts that ask for more.

    privilege.py GBLINT ROOT [NAME]"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

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
        if name in ('open', 'openat', 'openat2', 'creat'):
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


harness.main(globals())
