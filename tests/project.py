"""What the tests of the daily work share: drafts with findings in several clauses, and a folder in which gblint and git are run.

Imported by programs that are called as NAME.py GBLINT ROOT [TEST]."""
import json
import os
import subprocess

from harness import GBLINT, ROOT, Scratch


# A draft with findings in several clauses: each sentence with 尽快 is one of WRD.
HEAD = '''# 旧书登记规程

## 1 范围

本文件规定了旧书的登记和保管。

本文件适用于旧书的登记。

## 2 规范性引用文件

本文件没有规范性引用文件。

## 3 术语和定义

本文件没有需要界定的术语和定义。

'''
BODY = '''## 4 登记

### 4.1 接收

旧书应尽快登记。

### 4.2 查看

查看人应记下破损。

## 5 保管

### 5.1 上架

旧书应尽快上架。

### 5.2 借出

旧书应借给读者。
'''
DRAFT = HEAD + BODY
CLEAN = DRAFT.replace('尽快', '当日')

DOCBOOK = '''<article xmlns="http://docbook.org/ns/docbook" xmlns:xi="http://www.w3.org/2001/XInclude" version="5.0">
<title>旧书登记规程</title><section label="1"><title>范围</title><para>本文件规定了旧书的登记。</para></section>
<xi:include href="part.xml"/></article>'''
PART = '<section xmlns="http://docbook.org/ns/docbook" label="2"><title>登记</title><para>旧书应%s登记。</para></section>'


class Folder(Scratch):
    """A scratch folder in which gblint and git are run."""

    def __init__(self, **files):
        super().__init__(GBLINT, **files)
        self.env = {'HOME': str(self.path / '.home'), 'GIT_CONFIG_NOSYSTEM': '1', 'GIT_CEILING_DIRECTORIES': str(self.path.parent)}

    def run(self, *args, stdin='', env=None, cwd='.', program=None):
        done = subprocess.run([program or self.program, *map(str, args)], input=stdin.encode(), capture_output=True,
                              cwd=self.path / cwd, env={'PATH': os.environ['PATH'], **self.env, **(env or {})})
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def json(self, *args, **more):
        status, out, err = self.run('-f', 'json', *args, **more)
        return json.loads(out) if out else {'status': status, 'err': err}

    def git(self, *args, cwd='.', env=None, ok=True):
        status, out, err = self.run(*args, program='git', cwd=cwd,
                                    env={'GIT_AUTHOR_NAME': 'a', 'GIT_AUTHOR_EMAIL': 'a@example.org', 'GIT_COMMITTER_NAME': 'a',
                                         'GIT_COMMITTER_EMAIL': 'a@example.org', **(env or {})})
        if ok and status:
            raise AssertionError(f'git {args}: {out}{err}')
        return status, out + err

    def repository(self):
        self.git('init', '-q', '-b', 'main', '.')
        return self

    def commit(self, message='all'):
        self.git('add', '-A', '.')
        self.git('commit', '-q', '--allow-empty', '-m', message)


def found(output, rule='', key='findings'):
    """Rule and clause of the findings of all drafts whose rule begins so."""
    return [(f['rule'], f['clause']) for d in output['files'] for f in d[key] if f['rule'].startswith(rule)]


SOON = [('WRD-015', '4.1'), ('WRD-015', '5.1')]
