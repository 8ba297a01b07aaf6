"""`gblint fix`: what it changes, and above all what it leaves alone.

    fix.py GBLINT ROOT [NAME]"""
import json
import os
import pathlib
import re
import shutil
import stat
import subprocess
import time

from harness import GBLINT, ROOT, Scratch, Skip, equal, holds, main

DRAFTS = ('.md', '.markdown', '.xml', '.dbk', '.docbook')

# Rules whose fixes are known, so that the engine is tried and not the rules of the standard.
PACK = '''
- rule: OUR-001
  level: warning
  message: '“{0}”'
  check: replace
  with: {words: {旧词: 新词, 记号: 'A & B <C> *D*', 长长: 短}, in: [all, text, title, caption, cell]}
  fix: safe
- rule: OUR-002
  level: warning
  message: '“{0}”'
  check: replace
  with: {words: {疑词: 定词}}
  fix: unsafe
- rule: OUR-003
  level: info
  message: '“{0}”'
  check: replace
  with: {words: {小词: 大词}}
  fix: safe
- rule: OUR-004
  level: warning
  message: '“{0}”'
  check: replace
  with: {words: {长旧: 长新, 甲甲: 旧词}}
  fix: safe
- rule: OUR-005
  level: warning
  message: '“{0}”'
  check: replace
  with: {words: {往: 返, 返: 往}, except: []}
  fix: safe
- rule: OUR-006
  level: warning
  message: '“{0}”'
  check: replace
  with: {words: {处处: 到处}, except: [], in: [all, text, title, caption, cell]}
  fix: safe
'''
HEAD = '# 旧书登记\n\n## 1 范围\n\n本文件规定了旧书的登记。\n\n## 2 登记\n\n'
XML = '''<?xml version="1.0" encoding="UTF-8"?>
<article xmlns="http://docbook.org/ns/docbook" version="5.0"><title>旧书登记</title>
<section label="1"><title>范围</title><para>本文件规定了旧书的登记。</para></section>
<section label="2"><title>登记</title>%s</section>
</article>
'''
OURS = ('--select', 'OUR')


def pack():
    """The rules with the examples that each must have."""
    bad = {1: '旧词', 2: '疑词', 3: '小词', 4: '长旧', 5: '往', 6: '处处'}
    rules = re.split(r'(?=^- rule)', PACK.strip(), flags=re.M)
    return ''.join(rule.rstrip() + f'''
  examples:
    - bad: 登记应写明{bad[int(rule[12:15])]}。
      context: clause
    - good: 旧书应登记。
      context: clause
''' for rule in rules if rule)


class Folder(Scratch):
    """A scratch folder with our rules, in which gblint is run."""

    def __init__(self, **files):
        super().__init__(GBLINT, our__yaml=pack())
        self.write('.gblint.yaml', 'packs: [our.yaml]\n')
        for name, text in files.items():
            self.write(name.replace('__', '.'), text)

    def run(self, *args, stdin=b''):
        done = self.start(*args, stdin=stdin)
        return done.returncode, done.stdout, done.stderr.decode(errors='replace')

    def fix(self, *args, **more):
        return self.run('fix', *OURS, *args, **more)


def fixed(text, *args, name='a.md'):
    """The text after one run on a file."""
    with Folder() as f:
        f.write(name, text)
        status, _, err = f.fix(*args, name)
        if status == 2:
            raise AssertionError(err)
        return f.bytes(name).decode()


def body(text, *args):
    return fixed(HEAD + text, *args)[len(HEAD):]


def docbook(text, *args):
    before, after = XML.split('%s')
    got = fixed(XML % text, *args, name='a.xml')
    if not got.startswith(before) or not got.endswith(after):
        raise AssertionError(f'changed outside: {got}')
    return got[len(before):len(got) - len(after)]


# ── bytes ──

ENCODINGS = {
    'utf-8': ('utf-8', b''), 'utf-8-bom': ('utf-8', b'\xEF\xBB\xBF'), 'gb18030': ('gb18030', b''),
    'gb18030-bom': ('gb18030', b'\x84\x31\x95\x33'), 'utf-16le': ('utf-16-le', b'\xFF\xFE'),
    'utf-16be': ('utf-16-be', b'\xFE\xFF'), 'utf-16le-bare': ('utf-16-le', b''), 'utf-16be-bare': ('utf-16-be', b''),
}
LINE_ENDS = {'lf': '\n', 'crlf': '\r\n', 'cr': '\r'}
BEFORE = HEAD + '旧书的旧词应登记，€𠀀和旧词一起。\n\n登记应写明旧词上。\n\n旧词'
AFTER = BEFORE.replace('旧词', '新词')


def stored(text, encoding, line_end):
    codec, bom = ENCODINGS[encoding]
    return bom + text.replace('\n', LINE_ENDS[line_end]).encode(codec)


def test_encodings_and_line_ends():
    for encoding in ENCODINGS:
        for line_end in LINE_ENDS:
            for last in ('', '\n'):
                with Folder(a__md=stored(BEFORE + last, encoding, line_end)) as f:
                    equal(f.fix('a.md')[0], 0)
                    equal(f.bytes('a.md'), stored(AFTER + last, encoding, line_end), (encoding, line_end))


def test_mixed_line_ends_stay():
    text = (HEAD + '旧词一。\n\n').replace('\n', '\r\n') + '旧词二。\n\n旧词三。\r\n'
    equal(fixed(text), text.replace('旧词', '新词'))


def test_undecodable_bytes_survive():
    spoilt = HEAD.encode() + '旧词一。\n\n甲'.encode() + b'\xFF\xFE' + '乙，旧词二。\n\n丙旧词'.encode() + b'\xFF' + '。\n'.encode()
    with Folder(a__md=spoilt) as f:
        status, _, err = f.fix('a.md')
        equal(f.bytes('a.md'), spoilt.replace('旧词一'.encode(), '新词一'.encode()).replace('旧词二'.encode(), '新词二'.encode()))
        holds(err, '无法解码')
    nul = (HEAD + '旧词一。\0乙。\n').encode()
    with Folder(a__md=nul) as f:
        f.fix('a.md')
        equal(f.bytes('a.md'), nul.replace('旧词'.encode(), '新词'.encode()))


def test_a_file_in_no_charset_is_left():
    with Folder(a__md=bytes(range(256)) * 8) as f:
        before = f.bytes('a.md')
        f.fix('a.md')
        equal(f.bytes('a.md'), before)


# ── which fixes ──

def test_levels_and_safety():
    text = '旧词、疑词、小词。\n'
    equal(body(text), '新词、疑词、小词。\n')
    equal(body(text, '--unsafe'), '新词、定词、小词。\n')
    equal(body(text, '--level', 'info'), '新词、疑词、大词。\n')
    equal(body(text, '--level', 'error'), text)
    equal(body(text, '--ignore', 'OUR-001', '--unsafe'), '旧词、定词、小词。\n')


def test_suppressed_findings_stay():
    text = '<!-- gblint-disable-next-line OUR-001: 引用原文 -->\n旧词一。\n\n旧词二。\n'
    equal(body(text), text.replace('旧词二', '新词二'))


def test_of_overlapping_fixes_the_first_wins():
    equal(body('长长旧词。\n'), '短新词。\n')
    equal(body('长长旧。\n'), '短旧。\n')


def test_rounds():
    """One fix may make the next one due."""
    equal(body('甲甲。\n'), '新词。\n')


def test_a_fix_that_recurs_is_told():
    with Folder(a__md=HEAD + '往。\n') as f:
        status, out, err = f.fix('--select', 'OUR-005', 'a.md')
        holds(err, 'OUR-005', '反复')
        equal(f.bytes('a.md').decode(), HEAD + '往。\n')
    with Folder(a__md=HEAD + '往，旧词。\n') as f:
        holds(f.fix('a.md')[2], 'OUR-005')
        equal(f.bytes('a.md').decode(), HEAD + '往，新词。\n')


def test_exit_status_and_words():
    with Folder(a__md=HEAD + '旧词、疑词。\n', b__md=HEAD + '甲。\n') as f:
        status, out, err = f.fix('--fail-on', 'warning', 'a.md', 'b.md')
        equal((status, err), (1, ''))
        holds(out.decode(), 'a.md：修正了1处', 'b.md：没有可自动修正', 'OUR-002', '疑词')
        status, out, err = f.fix('--lang', 'en', '--unsafe', '--fail-on', 'warning', 'a.md')
        equal(status, 0)
        holds(out.decode(), 'a.md: 1 fixed')
        equal(f.run('fix')[0], 2)
        equal(f.run('lint', '--diff', 'a.md')[0], 2)


# ── where to ──

def test_diff_changes_nothing_and_applies():
    if not shutil.which('patch'):
        raise Skip('the program patch is not installed')
    for encoding in ENCODINGS:
        for line_end in LINE_ENDS:
            for last in ('', '\n'):
                before = stored(BEFORE + last, encoding, line_end)
                with Folder(a__md=before) as f:
                    status, out, _ = f.fix('--diff', 'a.md')
                    equal((status, f.bytes('a.md')), (0, before))
                    f.write('d.patch', out)
                    done = subprocess.run(['patch', '--binary', '-s', '-p1', '-i', 'd.patch'], cwd=f.path, capture_output=True)
                    equal(done.returncode, 0, (encoding, line_end, done.stdout))
                    equal(f.bytes('a.md'), stored(AFTER + last, encoding, line_end), (encoding, line_end))


def test_diff_text():
    with Folder(a__md=HEAD + '旧词一。\n\n甲。\n\n乙。\n\n丙。\n\n丁。\n\n戊。\n\n旧词二') as f:
        _, out, err = f.fix('--diff', 'a.md')
        equal(out.decode(), '''--- a/a.md
+++ b/a.md
@@ -6,7 +6,7 @@ OUR-001
 
 ## 2 登记
 
-旧词一。
+新词一。
 
 甲。
 
@@ -18,4 +18,4 @@ OUR-001
 
 戊。
 
-旧词二
\\ No newline at end of file
+新词二
\\ No newline at end of file
''')
        holds(err, 'a.md：可修正2处')
    with Folder(a__md=HEAD + '甲。\n') as f:
        equal(f.fix('--diff', 'a.md')[1], b'')


def test_standard_input():
    with Folder() as f:
        status, out, err = f.fix('-', stdin=stored(BEFORE, 'gb18030', 'crlf'))
        equal((status, out), (0, stored(AFTER, 'gb18030', 'crlf')))
        holds(err, '修正了4处')
        clean = (HEAD + '甲。\n').encode()
        equal(f.fix('-', stdin=clean)[:2], (0, clean))
        _, out, _ = f.fix('--diff', '--stdin-name', 'x.md', '-', stdin=BEFORE.encode())
        holds(out.decode(), '--- a/x.md\n')


def test_links_and_modes_stay():
    with Folder(real__md=HEAD + '旧词。\n') as f:
        os.chmod(f.path / 'real.md', 0o640)
        os.symlink('real.md', f.path / 'a.md')
        f.fix('a.md')
        equal(f.bytes('real.md').decode(), HEAD + '新词。\n')
        equal(((f.path / 'a.md').is_symlink(), stat.S_IMODE((f.path / 'real.md').stat().st_mode)), (True, 0o640))
        equal(sorted(p.name for p in f.path.iterdir()), ['.gblint.yaml', 'a.md', 'our.yaml', 'real.md'])


def test_a_file_that_needs_no_fix_is_not_written():
    with Folder(a__md=HEAD + '甲。\n') as f:
        os.utime(f.path / 'a.md', (1, 1))
        f.fix('a.md')
        equal((f.path / 'a.md').stat().st_mtime, 1)


def test_failures():
    with Folder(a__md=HEAD + '旧词。\n') as f:
        status, _, err = f.fix('none.md', 'a.md')
        equal((status, f.bytes('a.md').decode()), (2, HEAD + '新词。\n'))
        holds(err, 'none.md')
        if os.geteuid() == 0:
            return
        f.write('b.md', HEAD + '旧词。\n').chmod(0o400)
        equal(f.fix('b.md')[0], 2)
        equal(f.bytes('b.md').decode(), HEAD + '旧词。\n')


def test_folders_and_several_files():
    with Folder(x__md='', d__txt='旧词') as f:
        f.write('d/a.md', HEAD + '旧词。\n')
        f.write('d/e/b.xml', XML % '<para>旧词。</para>')
        f.write('d/note.txt', '旧词')
        f.write('d/data.xml', '<data>旧词</data>')
        f.fix('d')
        equal(f.bytes('d/a.md').decode(), HEAD + '新词。\n')
        equal(f.bytes('d/e/b.xml').decode(), XML % '<para>新词。</para>')
        equal(f.bytes('d/note.txt').decode() + f.bytes('d/data.xml').decode(), '旧词<data>旧词</data>')


def test_a_draft_in_several_files():
    with Folder() as f:
        f.write('.gblint.yaml', 'packs: [our.yaml]\ndrafts:\n  - files: [one.md, two.md, three.md]\n')
        f.write('one.md', HEAD + '旧词一。\n')
        f.write('two.md', '## 3 归还\n\n甲。\n')
        f.write('three.md', b'\xEF\xBB\xBF' + '## 4 检查\r\n\r\n旧词三。\r\n'.encode())
        os.utime(f.path / 'two.md', (1, 1))
        status, out, _ = f.fix('two.md')
        equal(f.bytes('one.md').decode(), HEAD + '新词一。\n')
        equal(f.bytes('three.md'), b'\xEF\xBB\xBF' + '## 4 检查\r\n\r\n新词三。\r\n'.encode())
        equal((f.path / 'two.md').stat().st_mtime, 1)


def test_includes():
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="%s"/>'
    part = '<section xmlns="http://docbook.org/ns/docbook" label="%s"><title>检查</title><para>旧词。</para></section>\n'
    with Folder() as f:
        f.write('p/.gblint.yaml', 'packs: [../our.yaml]\n')
        whole = f.write('p/a.xml', XML.replace('</article>', include % 'in.xml' + include % '../out.xml' + '</article>')
                        % '<para>旧词。</para>')
        f.write('p/in.xml', part % 3)
        f.write('out.xml', part % 4)
        _, diff, _ = f.fix('--diff', 'p/a.xml', 'p')
        equal(re.findall('^--- (.*)$', diff.decode(), re.M), ['a/p/a.xml', 'a/p/in.xml'])
        f.fix('p/a.xml')
        equal('旧词' in whole.read_text(), False)
        equal(f.bytes('p/in.xml').decode(), (part % 3).replace('旧词', '新词'))
        equal(f.bytes('out.xml').decode(), part % 4)


# ── markup ──

def test_docbook_escapes():
    equal(docbook('<para>记号。</para>'), '<para>A &amp; B &lt;C&gt; *D*。</para>')
    equal(docbook('<para><![CDATA[记号。]]></para>'), '<para><![CDATA[A & B <C> *D*。]]></para>')
    equal(docbook('<para>旧词&#x3001;<emphasis>旧词</emphasis>。</para>'), '<para>新词&#x3001;<emphasis>新词</emphasis>。</para>')


def test_docbook_markup_inside_a_word_stays():
    for text in ('<para>旧<emphasis>词</emphasis>。</para>', '<para><emphasis>旧</emphasis>词。</para>',
                 '<!-- 旧词 --><para>甲。</para>', '<para>甲<?page 旧词?>。</para>'):
        equal(docbook(text), text)


def test_own_entities_stay():
    text = XML.replace('<article', '<!DOCTYPE article [<!-- don\'t --><!ENTITY name "甲旧词乙">]>\n<article')
    got = fixed(text % '<para>&name;，旧词。</para>', name='a.xml')
    equal(got, text % '<para>&name;，新词。</para>')


def test_markdown_escapes():
    equal(body('记号。\n'), 'A & B \\<C> \\*D\\*。\n')
    equal(body('| 甲 | 乙 |\n| --- | --- |\n| 记号 | 旧词 |\n'), '| 甲 | 乙 |\n| --- | --- |\n| A & B \\<C> \\*D\\* | 新词 |\n')
    equal(body('<table>\n<tr><td>记号</td></tr>\n</table>\n'), '<table>\n<tr><td>A &amp; B &lt;C> *D*</td></tr>\n</table>\n')


def test_markdown_marks_stay_whole():
    equal(body('**旧词**应登记。\n'), '**新词**应登记。\n')
    for text in ('**旧**词应登记。\n', '旧**词**应登记。\n', '<sup>旧</sup>词。\n'):
        equal(body(text), text)


def test_code_formulas_and_charts_are_left():
    """Rules leave them alone already; here is one that does not."""
    for text in ('`处处`\n', '```\n处处\n```\n', '按$x_{处处} = 1$计算。\n', '$$\n处处 = 1\n$$\n', '```mermaid\ngraph TD\nA[处处] --> B\n```\n',
                 '    处处 = 1\n'):
        equal(body(text), text, text)
    equal(docbook('<para><literal>处处</literal>处处。</para>'), '<para><literal>处处</literal>到处。</para>')


def test_quotations_and_cited_titles_are_left():
    for text in ('“旧词”一语不应使用。\n', '按GB/T 90001—2026《旧词》的规定。\n'):
        equal(body(text), text)


def test_the_tree_stays():
    """But for the words that were meant."""
    for name in ('fixtures/clean/service.md', 'fixtures/twins/kite.md', 'fixtures/twins/kite.xml'):
        with Folder() as f:
            suffix = pathlib.Path(name).suffix
            text = (ROOT / name).read_text().replace('应', '旧词应')
            f.write('a' + suffix, text)
            before = f.run('outline', 'a' + suffix)[1].decode()
            f.fix('a' + suffix)
            left = f.run('-f', 'json', *OURS, 'a' + suffix)[1]
            equal([x for x in json.loads(left)['files'][0]['findings'] if x.get('fix')], [], name)
            now = f.run('outline', 'a' + suffix)[1].decode()
            equal(now.replace('新词', '旧词'), before, name)


# ── the fixes of the built-in rules ──

def lint(f, name, *args):
    return json.loads(f.run('lint', '--no-config', '-f', 'json', *args, name)[1])['files'][0]


def test_all_fixtures():
    """No fix comes twice, makes a draft unreadable, or leaves what a second run would still mend."""
    for path in sorted(p for p in (ROOT / 'fixtures').rglob('*') if p.suffix in DRAFTS and 'book/' not in str(p)):
        with Folder() as f:
            name = f.write('a' + path.suffix, path.read_bytes()).name
            args = ('--no-config', '--level', 'info', '--unsafe', name)
            status, _, err = f.run('fix', *args)
            equal((status in (0, 1), '反复' in err or '未予应用' in err), (True, False), (path, err))
            once = f.bytes(name)
            f.run('fix', *args)
            equal(f.bytes(name), once, path)
            if 'clean' in path.parts:
                equal(once, path.read_bytes(), path)


# A draft whose contents lack what an entry with its number hid.
NEW = {'contents-out-of-date.md': {'TOC-003'}}


def test_safe_fixes_bring_nothing_new():
    """No error or warning of a rule that had none, and no safe fix is left."""
    drafts = [p for p in (ROOT / 'fixtures').rglob('*') if p.suffix in DRAFTS and 'book/' not in str(p)]
    for folder in sorted({p.parent for p in drafts}):
        with Folder() as f:
            for path in folder.iterdir():
                if path.is_file():
                    f.write(path.name, path.read_bytes())
            for path in sorted(p for p in drafts if p.parent == folder):
                shown = lambda: {x['rule']: x for x in lint(f, path.name)['findings'] if x['level'] != 'info'}
                before = shown()
                f.run('fix', '--no-config', path.name)
                after = shown()
                equal(after.keys() - before.keys(), NEW.get(path.name, set()), path)
                equal([r for r, x in after.items() if x.get('fix', {}).get('safe')], [], path)


def outline_shape(f, name):
    """Kinds, numbers and depths of the tree: all but its words."""
    lines = f.run('outline', name)[1].decode().splitlines()
    return [re.match(r'\s*\S+(?: [\d.A-Z]+(?= ))?', x)[0] for x in lines[1:] if not x.lstrip().startswith(('|', '@'))]


def test_safe_fixes_of_the_seed():
    """No finding with a safe fix is left, none is new, and the clause tree stands as it stood. Its diff is in golden.py."""
    seed = (ROOT / 'fixtures/db32-t-2796-2015.md').read_bytes()
    for edition in ('2009', '2020'):
        with Folder() as f:
            f.write('seed.md', seed)
            args = ('--no-config', '--edition', edition)
            before, tree = lint(f, 'seed.md', '--edition', edition)['findings'], outline_shape(f, 'seed.md')
            f.run('fix', *args, 'seed.md')
            after = lint(f, 'seed.md', '--edition', edition)['findings']
            shown = [x for x in after if x['level'] != 'info']
            equal([x['rule'] for x in shown if x.get('fix', {}).get('safe')], [], edition)
            count = lambda findings, rule: sum(x['rule'] == rule and x['level'] != 'info' for x in findings)
            equal([r for r in {x['rule'] for x in shown} if count(after, r) > count(before, r)], [], edition)
            equal(outline_shape(f, 'seed.md'), tree, edition)


ANNEX = (HEAD.replace('## 2 登记', '## 2 登记\n\n### 2.1 柜台') + '%s## 附录A（资料性）　标识\n\n旧书的标识见图1。\n\n![](a.svg)\n\n'
         '图1　旧书的标识\n')
BODY = '旧书柜的外形见图1。\n\n![](b.svg)\n\n图1　旧书柜的外形\n\n'


def test_numbers_go_with_their_mentions():
    """A figure of an annex gets its letter, and so does what mentions it; where it may be another that is meant, only when asked for."""
    args = ('--select', 'ANX-008')
    equal(fixed(ANNEX % '', *args), ANNEX.replace('图1', '图A.1') % '')
    before, after = (ANNEX % BODY).rsplit('旧书的标识见', 1)
    equal(fixed(before + '旧书的标识见' + after, *args), ANNEX % BODY)
    equal(fixed(before + '旧书的标识见' + after, '--unsafe', *args), before + '旧书的标识见' + after.replace('图1', '图A.1'))


def test_what_is_moved_keeps_its_markup():
    text = HEAD.replace('## 2 登记', '## 2 规范性引用文件') + 'GB/T 90002\\.1　旧书乙\n\nGB/T 90001\\.1　*旧书*甲\n'
    got = fixed(text, '--select', 'REF-003')
    equal(got, text.replace('GB/T 90002\\.1　旧书乙\n\nGB/T 90001\\.1　*旧书*甲', 'GB/T 90001\\.1　*旧书*甲\n\nGB/T 90002\\.1　旧书乙'))


def test_a_title_that_is_repeated_leaves_its_identifier():
    title = '社区旧书回收　服务规范\n'
    text = (ROOT / 'fixtures/clean/service.md').read_text().replace('# ' + title + '\n', '')
    got = fixed(text.replace('\n' + title, '\n## 社区旧书回收　服务规范 {#t .title}\n', 1), '--select', 'STR-016')
    holds(got, '{#t .title}\n', '\n\n## ' + title + '\n## 1　范围\n')


def test_a_first_sentence_about_something_else_is_kept():
    """TRM-001 knows the words of a lead-in only in a later sentence of the paragraph."""
    text = HEAD.replace('## 2 登记', '## 2 术语和定义') + '旧书都要登记。以下给出的术语是大家使用的。\n\n### 2.1\n\n**旧书** used book\n\n读过的书。\n'
    equal(fixed(text, '--select', 'TRM-001'), text)


def test_blanks_of_labels_are_one_rule_s():
    """Where a draft types blanks beside Latin, those behind 附录, 图 and 表 still go; and nothing comes and goes."""
    text = HEAD + '按 A 类、B 类和 C 类登记，共 3 类，见表 1 和图 1。\n\n旧书有A本、B本、C本，共3本。\n\n表 1 旧书\n\n| 甲 |\n| --- |\n| 1 |\n'
    with Folder(a__md=text) as f:
        args = ('fix', '--no-config', '--level', 'info', '--select', 'TYP-012,ANX-011', 'a.md')
        err = f.run(*args)[2]
        once = f.bytes('a.md')
        f.run(*args)
        equal((err, f.bytes('a.md') == once, '表 1' in once.decode()), ('', True, False))


def test_what_recurs_is_tried_again_at_the_end():
    """So that a second run has nothing to do."""
    with Folder(a__md=HEAD + '往。\n\n甲甲，往。\n') as f:
        f.fix('a.md')
        once = f.bytes('a.md')
        f.fix('a.md')
        equal((f.bytes('a.md') == once, '新词' in once.decode()), (True, True))


def test_examples_of_rules():
    """The fix of each bad example mends it, and nothing else comes of it."""
    rules = json.loads(subprocess.run([GBLINT, 'rules', '-f', 'json'], capture_output=True).stdout)['rules']
    faults = []
    for rule in rules:
        page = json.loads(subprocess.run([GBLINT, 'explain', '-f', 'json', rule['rule']], capture_output=True).stdout)
        for number, example in enumerate(page['examples']):
            if example['kind'] != 'bad':
                continue
            with Folder() as f:
                name = f.write('draft.' + ('xml' if example['format'] == 'docbook' else 'md'), example['document']).name
                for other, text in example['files'].items():
                    f.write(other, text)
                before = lint(f, name, *example['args'])['findings']
                due = [x for x in before if x['rule'] == rule['rule'] and x.get('fix')]
                if not due:
                    continue
                # Whether a suppression is of use depends on all rules.
                select = () if rule['rule'].startswith('INP') else ('--select', rule['rule'])
                _, _, err = f.run('fix', '--no-config', '--unsafe', '--level', 'info', *select, *example['args'], name)
                after = lint(f, name, *example['args'])['findings']
                left = [x for x in after if x['rule'] == rule['rule'] and x.get('fix')]
                new = {x['rule'] for x in after if x['level'] != 'info'} - {x['rule'] for x in before}
                if left or new or err:
                    faults.append(f'{rule["rule"]} bad {number}: left {[x["quote"] for x in left]}, new {sorted(new)} {err}')
    equal('\n'.join(faults), '')


# ── hostile input ──

def test_many_fixes():
    with Folder(a__md=HEAD + '旧词一。\n\n' * 20000) as f:
        start = time.monotonic()
        f.fix('a.md')
        equal(f.bytes('a.md').decode(), HEAD + '新词一。\n\n' * 20000)
        equal(time.monotonic() - start < 20, True)
    line = '旧词一，' * 20000 + '。\n'
    with Folder(a__md=HEAD + line) as f:
        start = time.monotonic()
        f.fix('a.md')
        f.fix('--diff', 'a.md')
        equal(f.bytes('a.md').decode(), HEAD + line.replace('旧', '新'))
        equal(time.monotonic() - start < 20, True)


def test_a_habit_is_mended_at_once():
    """One finding speaks for all places, and its fix reaches them: else each round would mend a few more, up to the last."""
    for fault, right in ('质量为5kg。', '质量为5 kg。'), ('應审核材料。', '应审核材料。'):
        with Folder(a__md=HEAD + f'{fault}\n\n' * 600) as f:
            _, _, err = f.run('fix', '--no-config', 'a.md')
            equal(('反复' in err, f.bytes('a.md').decode().count(right)), (False, 600), fault)


def test_odd_names():
    if not shutil.which('patch'):
        raise Skip('the program patch is not installed')
    for name in ('两 字.md', 'a"b\n+++ c.md', '-x.md', 'tab\t.md'):
        with Folder() as f:
            f.write(name, HEAD + '旧词。\n')
            _, out, _ = f.fix('--diff', '--', name)
            f.write('d.patch', out)
            done = subprocess.run(['patch', '-s', '-p1', '-i', 'd.patch'], cwd=f.path, capture_output=True)
            equal((done.returncode, f.bytes(name).decode()), (0, HEAD + '新词。\n'), name)


main(globals())
