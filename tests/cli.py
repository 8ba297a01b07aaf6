"""The edges of the program: arguments, exit status, files read and written, config, suppression.

    cli.py GBLINT ROOT [NAME]"""
import fcntl
import json
import os
import pty
import re
import stat
import struct
import subprocess
import termios

from harness import GBLINT, ROOT, Scratch, Skip, equal, holds, main


def base(edition):
    """The clean draft that examples of rules are set into, without its optional parts."""
    kept, lines = True, []
    for line in (ROOT / 'rules' / 'base' / f'{edition}.md').read_text().splitlines(keepends=True):
        if line.startswith('@@'):
            mark = line[2:].strip()
            kept = kept if mark in ('.', '-') else not mark.endswith('?')
        elif kept:
            lines.append(line)
    return ''.join(lines)


# Clean drafts of both editions, and the same with one finding: NUM-012, an error in 2009, a warning in 2020.
CLEAN, CLEAN20 = base(2009), base(2020)
PARAGRAPH = '登记应当日完成。'
HANGING, HANGING20 = (re.sub('(## 4 .*\n\n)', rf'\1{PARAGRAPH}\n\n', text) for text in (CLEAN, CLEAN20))
LINE = HANGING[:HANGING.index(PARAGRAPH)].count('\n') + 1
RULES = ('NUM-012', 'INP-007', 'INP-008')
DOCBOOK = '''<?xml version="1.0" encoding="UTF-8"?>
<article xmlns="http://docbook.org/ns/docbook" version="5.0"><title>旧书</title>
<section label="1"><title>范围</title><para>本文件规定了旧书的登记。</para></section>
</article>
'''


class Folder(Scratch):
    """A scratch folder with files, in which gblint is run."""

    def __init__(self, **files):
        super().__init__(GBLINT, **files)

    def run(self, *args, stdin='', env=None):
        done = self.start(*args, stdin=stdin.encode(), env=env)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def json(self, *args, **more):
        return json.loads(self.run('-f', 'json', *args, **more)[1])


def rules_of(output):
    """By draft, the rules these tests are about: others may speak of what is no whole draft."""
    return [[f['rule'] for f in d['findings'] if f['rule'] in RULES] for d in output['files']]


def test_exit_status():
    with Folder(a__md=HANGING, b__md=CLEAN) as f:
        equal(f.run('b.md')[0], 0)
        equal(f.run('a.md')[0], 1)
        f.write('c.md', HANGING20)
        equal(f.run('c.md')[0], 0)
        equal(f.run('--fail-on', 'warning', 'c.md')[0], 1)
        equal(f.run('--fail-on', 'never', 'a.md')[0], 0)
        equal(f.run('lint', 'a.md')[0], 1)


def test_missing_file_fails_and_others_are_linted():
    with Folder(a__md=HANGING) as f:
        status, out, err = f.run('-f', 'json', 'none.md', 'a.md')
        equal(status, 2)
        equal([d['path'] for d in json.loads(out)['files']], ['a.md'])
        holds(err, 'none.md')
        status, out, err = f.run('-f', 'json', 'none.md')
        equal((status, json.loads(out)['files']), (2, []))


def test_unreadable_file_fails():
    with Folder(a__md=CLEAN) as f:
        (f.path / 'd.md').mkdir()
        (f.path / 'd.md' / 'x.txt').write_text('x')
        equal(f.run('d.md', 'a.md')[0], 0)  # a folder without drafts
        os.symlink('loop.md', f.path / 'loop.md')
        equal(f.run('loop.md', 'a.md')[0], 2)


def test_bad_arguments():
    with Folder(a__md=CLEAN) as f:
        for args, near in ((['--edtion', '2009', 'a.md'], '--edition'), (['lnt'], 'lint'), (['-f', 'jsn', 'a.md'], 'json'),
                           (['--level', 'eror', 'a.md'], 'error'), (['--select', 'NUM-01', 'a.md'], 'NUM-01'),
                           (['-Z', 'a.md'], '-Z'), (['-j', 'x', 'a.md'], '-j'), (['a.md', '--config'], '--config'),
                           (['-f', 'sarf', 'a.md'], 'sarif'), (['--since'], '--since'),
                           (['baseline'], 'baseline'), (['-o', 'x', '-f', 'json', '-o', 'x', 'a.md'], 'x'), (['-f', 'json', '-f', 'text', 'a.md'], '-o'),
                           (['outline', '--level', 'info', 'a.md'], '--level'), (['--level', 'warn', 'a.md'], '是否指 warning'),
                           (['flow', '-f', 'png', 'a.md'], 'json|svg'), (['rules', 'NUM-012'], '--select')):
            status, out, err = f.run(*args)
            equal((args, status, out), (args, 2, ''))
            holds(err, near)
        for args, near in ((['--edtion', '2009'], 'did you mean'), (['--select', 'NUM-01', 'a.md'], 'no rule or group'),
                           (['none.md'], 'cannot open')):
            holds(f.run('--lang', 'en', *args)[2], near)
        equal('是否指' in f.run('--ambiguous-width', '3', 'a.md')[2], False)
        holds(f.run('none.md')[2], '不能打开')


def test_faults_of_packs_in_both_languages():
    with Folder(a__yaml='- rule: OUR-001\n  level: warn\n', b__yaml='rule: OUR-001\n',
                c__yaml='- rule: OUR-001\n  level: warning\n  message: x\n  check: forbid\n  with: {in: [body，text], words: [x]}\n') as f:
        for name, zh, en in (('a.yaml', '最接近的是“warning”', 'the nearest is “warning”'),
                             ('b.yaml', '以“- rule: 编号”开头', 'beginning with “- rule: CODE”'),
                             ('c.yaml', '半角逗号', 'in half width')):
            status, _, err = f.run('pack', 'check', name)
            equal(status, 2)
            holds(err, zh)
            holds(f.run('pack', 'check', '--lang', 'en', name)[2], en)


def test_help_and_version():
    with Folder() as f:
        equal(f.run('--version')[1].split()[0], 'gblint')
        for command in ([], ['lint'], ['outline'], ['rules'], ['explain']):
            holds(f.run(*command, '--help')[1], '用法')
            holds(f.run(*command, '--help', '--lang', 'en')[1], 'Usage')


def test_levels():
    with Folder(a__md=HANGING20) as f:
        holds(f.run('a.md')[1], 'NUM-012')
        out = f.run('--level', 'error', 'a.md')[1]
        equal('NUM-012' in out, False)
        holds(out, '未显示')
        equal(rules_of(f.json('--level', 'error', 'a.md')), [['NUM-012']])
        equal(f.run('-q', '-f', 'concise', 'a.md')[1].count('\n'), 1)


def test_select_and_ignore():
    with Folder(a__md=HANGING) as f:
        equal(rules_of(f.json('--ignore', 'NUM-012', 'a.md')), [[]])
        equal(rules_of(f.json('--ignore', 'NUM', 'a.md')), [[]])
        equal(rules_of(f.json('--select', 'NUM-012', 'a.md')), [['NUM-012']])


def test_several_outputs():
    with Folder(a__md=HANGING) as f:
        status, out, _ = f.run('-f', 'json', '-o', 'r.json', '-f', 'concise', '-o', 'r.txt', 'a.md')
        equal((status, out), (1, ''))
        equal(rules_of(json.loads(f.read('r.json'))), [['NUM-012']])
        holds(f.read('r.txt'), f'a.md:{LINE}:1: error: ')
        f.run('-o', 'by-extension.json', 'a.md')
        json.loads(f.read('by-extension.json'))
        f.run('-o', 'late.txt', '-f', 'json', 'a.md')
        json.loads(f.read('late.txt'))
        equal(f.run('-f', 'concise', '-f', 'json', '-o', 's.json', 'a.md')[1].startswith(f'a.md:{LINE}:1'), True)


def test_output_goes_through_links_and_keeps_mode():
    with Folder(a__md=HANGING, real__txt='old') as f:
        (f.path / 'real.txt').chmod(0o640)
        os.symlink('real.txt', f.path / 'link.txt')
        os.symlink('later.txt', f.path / 'dangling.txt')
        f.run('-f', 'concise', '-o', 'link.txt', 'a.md')
        f.run('-f', 'concise', '-o', 'dangling.txt', 'a.md')
        equal((f.path / 'link.txt').is_symlink(), True)
        equal(stat.S_IMODE((f.path / 'real.txt').stat().st_mode), 0o640)
        holds(f.read('real.txt'), 'NUM-012')
        holds(f.read('later.txt'), 'NUM-012')
        equal(sorted(p.name for p in f.path.iterdir()), ['a.md', 'dangling.txt', 'later.txt', 'link.txt', 'real.txt'])


def test_outputs_that_cannot_be_written():
    with Folder(a__md=CLEAN, keep__txt='old') as f:
        for path in ('/dev/full', 'no/such/folder.txt', '.'):
            status, _, err = f.run('-o', path, 'a.md')
            equal((path, status, bool(err)), (path, 2, True))
        status, _, err = f.run('-f', 'json', '-o', '/dev/full', '-f', 'concise', '-o', 'keep.txt', 'a.md')
        equal((status, f.read('keep.txt')), (2, ''))
        equal(f.run('-o', 'a.md', 'a.md')[0], 2)
        equal(f.read('a.md'), CLEAN)
        equal(f.run('-o', '/dev/null', 'a.md'), (0, '', ''))
        f.write('keep.txt', 'old')
        equal(f.run('-o', 'keep.txt', '--select', 'NOT-001', 'a.md')[0], 2)
        equal(f.read('keep.txt'), 'old')
        with open('/dev/full', 'wb') as full:
            done = subprocess.run([GBLINT, 'a.md'], stdout=full, stderr=subprocess.PIPE, cwd=f.path)
        equal((done.returncode, bool(done.stderr)), (2, True))


def test_output_to_a_fifo():
    with Folder(a__md=HANGING) as f:
        os.mkfifo(f.path / 'fifo')
        reader = subprocess.Popen(['cat', 'fifo'], stdout=subprocess.PIPE, cwd=f.path)
        f.run('-f', 'concise', '-o', 'fifo', 'a.md')
        holds(reader.communicate()[0].decode(), 'NUM-012')
        equal(stat.S_ISFIFO((f.path / 'fifo').stat().st_mode), True)


def test_closed_pipe_is_silent():
    with Folder(a__md=HANGING) as f:
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run([GBLINT, 'a.md'], stdout=write, stderr=subprocess.PIPE, cwd=f.path)
        os.close(write)
        equal((done.returncode, done.stderr), (2, b''))


def test_standard_input():
    with Folder() as f:
        out = f.json('-', stdin=HANGING)
        equal((out['files'][0]['path'], rules_of(out)), ('-', [['NUM-012']]))
        equal(f.json('--stdin-name', 'x/y.md', '-', stdin=HANGING)['files'][0]['path'], 'x/y.md')


def test_walk():
    with Folder() as f:
        for name in ('d/b.md', 'd/a.markdown', 'd/sub/c.md', 'd/.hidden/x.md', 'd/.h.md', 'd/notes.txt'):
            f.write(name, CLEAN)
        f.write('d/other.xml', '<?xml version="1.0"?><svg/>')
        os.symlink('..', f.path / 'd/sub/up')
        os.symlink('nowhere', f.path / 'd/broken.md')
        status, out, err = f.run('-f', 'json', 'd')
        equal([d['path'] for d in json.loads(out)['files']], ['d/a.markdown', 'd/b.md', 'd/sub/c.md'])
        equal((status, err), (0, ''))
        equal([d['path'] for d in f.json()['files']], ['d/a.markdown', 'd/b.md', 'd/sub/c.md'])


def test_format_by_extension_then_content():
    with Folder(a__xml=DOCBOOK, b__md=CLEAN) as f:
        f.write('plain', CLEAN)
        f.write('book', DOCBOOK)
        f.write('entities.dbk', '<!DOCTYPE article PUBLIC "-//OASIS//DTD DocBook XML V4.5//EN" "x">\n' + DOCBOOK.split('\n', 1)[1])
        out = f.json('a.xml', 'b.md', 'plain', 'book', 'entities.dbk')
        equal([d['format'] for d in out['files']], ['docbook', 'markdown', 'markdown', 'docbook', 'docbook'])


def test_profile_is_recognised():
    engineering = '# 旧书库设计规范\n\n# 1 总则\n\n1.0.1 为统一旧书库的设计，制定本规范。\n\n# 2 基本规定\n\n2.0.1 旧书库必须防潮。\n\n2.0.2 旧书库应通风。\n'
    handling = CLEAN20.replace('旧书回收的服务要求', '旧书回收业务的办理要求')
    drafts = {'engineering': engineering, 'gb11': CLEAN20, 'service-business': handling}
    excerpt = engineering[engineering.index('2.0.1'):]
    with Folder() as f:
        for profile, draft in drafts.items():
            f.write('a.md', draft)
            equal(f.json('a.md')['files'][0]['profile'], profile)
        for year, profile in (('2008', 'earlier'), ('20XX', 'gb11')):
            f.write('a.md', f'GB/T 4567—{year}\n\n# 旧书柜管理规范\n\n{year}-XX-XX 发布\n\n# 1 范围\n\n本标准规定了旧书柜的管理要求。\n')
            equal(f.json('a.md')['files'][0]['profile'], profile)
        f.write('a.md', engineering)
        holds(f.run('a.md')[1] + f.run('a.md')[2], '方案 engineering（第1章为总则')
        f.write('a.md', excerpt)
        holds(f.run('a.md')[1] + f.run('a.md')[2], '方案 engineering（条的编号形如3.0.1')
        equal([x['rule'] for x in f.json('a.md')['files'][0]['findings'] if x['rule'] == 'WRD-001'], [])
        equal([x['rule'] for x in f.json('--profile', 'gb11', 'a.md')['files'][0]['findings'] if x['rule'] == 'WRD-001'], ['WRD-001'])


def test_places_are_those_of_the_stored_bytes():
    for codec in ('utf-8', 'utf-8-sig', 'gb18030', 'utf-16'):
        with Folder() as f:
            stored = HANGING.replace('\n', '\r\n').encode(codec)
            f.write('a.md', stored)
            found = f.json('a.md')['files'][0]['findings']
            equal((codec, [x['rule'] for x in found if x['rule'] == 'NUM-012']), (codec, ['NUM-012']))
            at = next(x for x in found if x['rule'] == 'NUM-012')
            decoder = 'utf-16-le' if codec == 'utf-16' else codec
            equal((codec, stored[at['start']['byte']:at['end']['byte']].decode(decoder)), (codec, at['quote']))
            equal((codec, at['start']['line'], at['start']['column']), (codec, LINE, 1))


def test_names_that_are_no_utf_8():
    with Folder() as f:
        os.rename(f.write('a.md', HANGING), os.path.join(os.fsencode(f.path), b'\xff\xe5.md'))
        equal(f.json('.')['files'][0]['path'], '\ufffd\ufffd.md')
        holds(f.run('-f', 'concise', '.')[1], f'\ufffd\ufffd.md:{LINE}:1')


def test_threads_keep_the_order():
    with Folder() as f:
        for i in range(40):
            f.write(f'd/{i:02}.md', HANGING if i % 3 else CLEAN)
        f.write('d/05.md', b'')
        for form in ('json', 'text', 'concise'):
            equal(f.run('-f', form, '-j', '7', 'd', 'none.md', 'd/01.md'), f.run('-f', form, '-j', '1', 'd', 'none.md', 'd/01.md'))


def on_terminal(f, *args, columns=0, **env):
    """What a terminal of so many columns is shown."""
    try:
        main, side = pty.openpty()
    except OSError as error:
        raise Skip(f'no terminal to be had: {error}')
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack('HHHH', 40, columns, 0, 0))
    subprocess.run([GBLINT, *args], stdout=side, cwd=f.path, env={'TERM': 'xterm', **env})
    os.close(side)
    out = os.read(main, 65536)
    os.close(main)
    return out.decode()


def test_colour():
    with Folder(a__md=HANGING) as f:
        equal('\x1b' in f.run('a.md')[1], False)
        equal('\x1b' in f.run('--color', 'always', 'a.md')[1], True)
        equal(['\x1b' in on_terminal(f, 'a.md', **env) for env in ({}, {'NO_COLOR': '1'}, {'TERM': 'dumb'})],
              [True, False, False])


def test_lines_of_the_draft_fit_the_terminal():
    with Folder(a__md=HANGING.replace('登记应当', '登记的人员在登记的当日' * 9 + '登记应当')) as f:
        def cells(columns):
            out = on_terminal(f, '--select', 'NUM-012', '--color', 'never', 'a.md', columns=columns)
            line = next(line for line in out.splitlines() if re.match(r' *\d+ \| ', line))
            return sum(1 + (c >= '\u2e80') for c in line)
        equal([cells(80) <= 80, cells(60) <= 60, cells(40) <= 40], [True, True, True])
        equal(80 < cells(120) == cells(0) <= 120, True)


def test_ambiguous_width():
    with Folder(a__md=HANGING.replace('登记应当', '“登记”——应当')) as f:
        def caret(*args, **env):
            out = f.run('--select', 'NUM-012', *args, 'a.md', env=env)[1]
            return next(line for line in out.splitlines() if '^' in line).count('^')
        narrow, wide = caret('--ambiguous-width', '1'), caret('--ambiguous-width', '2')
        equal(wide - narrow, 4)
        equal([caret(LC_ALL='zh_CN.UTF-8'), caret(LANG='en_US.UTF-8'), caret()], [wide, narrow, narrow])


def test_statistics():
    with Folder(a__md=HANGING) as f:
        status, out, err = f.run('--statistics', '-f', 'json', 'a.md')
        json.loads(out)
        holds(err, 'NUM-012', 'NUM\n', 'ms')


def test_config():
    with Folder(a__md=HANGING) as f:
        f.write('.gblint.yaml', 'edition: 2020\nrules:\n  NUM-012: off\n')
        equal(rules_of(f.json('a.md')), [[]])
        equal(rules_of(f.json('--no-config', 'a.md')), [['NUM-012']])
        f.write('.gblint.yaml', 'rules:\n  NUM-012: info\nfail_on: info\n')
        equal([f.json('a.md')['files'][0]['findings'][0]['level'], f.run('a.md')[0]], ['info', 1])
        f.write('.gblint.yaml', 'rules:\n  NUM: off\n  NUM-012: on\n')
        equal(rules_of(f.json('a.md')), [['NUM-012']])
        f.write('sub/b.md', HANGING)
        f.write('sub/.gblint.yaml', 'rules: {NUM: off}\n')
        equal(rules_of(f.json('sub/b.md', 'a.md')), [[], ['NUM-012']])
        equal(rules_of(f.json('--config', 'sub/.gblint.yaml', 'a.md')), [[]])
        holds(f.run('--show-config', 'sub')[1], 'sub/b.md', 'NUM: off')


def test_show_config_is_a_config():
    with Folder(a__md=CLEAN) as f:
        f.write('.gblint.yaml', "extends: [base/gb.yaml]\nlevel: info\nrules:\n  FLW-001: {node: 24, level: error}\n  WRD: off\n"
                "exclude: ['*.tmp.md', 旧]\noverrides:\n  - files: [a.md]\n    stage: 送\n    rules: {NUM: info}\n    baseline: off\n")
        f.write('base/gb.yaml', 'edition: 2020\nlevel: error\nprofile: q\nrules: {WRD: error}\n')
        shown = f.run('--show-config', 'a.md')[1]
        holds(shown, 'edition: 2020', 'level: info', 'profile: q', 'stage: 送', "- '*.tmp.md'", '{level: error, node: 24}', 'baseline: off')
        # In order: what comes later wins.
        equal(shown[shown.index('rules:'):].splitlines()[1:], ['  WRD: error', '  FLW-001: {level: error, node: 24}', '  WRD: off', '  NUM: info'])
        f.write('.gblint.yaml', shown.replace('  WRD: error\n', ''))
        equal(f.run('--show-config', 'a.md')[1], shown.replace('  WRD: error\n', ''))
        holds(f.run('--show-config', '--level', 'error', '--edition', '2009', 'a.md')[1], 'level: error', 'edition: 2009')


def test_config_faults():
    with Folder(a__md=CLEAN) as f:
        for text, parts in (('edtion: 2020\n', ('.gblint.yaml:1:1:', 'edition')),
                            ('edition: 2020\nlevel: loud\n', ('.gblint.yaml:2:8:', 'loud')),
                            ('rules:\n  NUM-O12: off\n', ('.gblint.yaml:2:3:', 'NUM-O12', 'NUM-012')),
                            ('rules: {num-012: off}\n', ('.gblint.yaml:1:9:', '“NUM-012”')),
                            ('level: waning\n', ('.gblint.yaml:1:8:', '“warning”')), ('baseline: of\n', ('.gblint.yaml:1:11:', 'off')),
                            ('exclude: {a: b}\n', ('.gblint.yaml:1:10:',)), ('level: info\nlevel: info\n', ('.gblint.yaml:2:1:',)),
                            ('rules:\n  NUM-012: of\n', ('.gblint.yaml:2:', 'of')),
                            ('overrides:\n  - level: info\n', ('.gblint.yaml:2:', 'files')),
                            ('overrides:\n  - files: [a.md]\n    packs: [x]\n', ('.gblint.yaml:3:5:', 'packs')),
                            ('extends: none.yaml\n', ('none.yaml',)),
                            ('extends: .gblint.yaml\n', ('extends',)),
                            ('packs: [none.yaml]\n', ('none.yaml',)),
                            ('a: b: c\n', ('.gblint.yaml:1:',))):
            f.write('.gblint.yaml', text)
            status, out, err = f.run('a.md', 'a.md')
            equal((text, status, out), (text, 2, ''))
            holds(err, *parts)
            equal((text, err.count('\n')), (text, 1))


# A clean draft with one reference that the registry below tells to be replaced from a day before its publication on.
DATED = CLEAN20.replace('GB/T 36733　', 'GB/T 36733—2018　').replace('照GB/T 36733的', '照GB/T 36733—2018的')
REGISTRY = '''code,year,title,status,replaced_by,from
GB/T 36733,2018,"服务质量评价通则",被代替,GB/T 36733—2024,2025-01-01
GB/T 36733,2024,"服务质量 ""评价"" 通则",现行,,
'''


def registry_rules(f, *args):
    return [x['message'] for x in f.json(*args)['files'][0]['findings'] if x['rule'] in ('REF-014', 'REF-022')]


def test_registry():
    with Folder(a__md=DATED) as f:
        f.write('r.csv', REGISTRY)
        told = ['GB/T 36733—2018自2025-01-01起由GB/T 36733—2024代替']
        equal(registry_rules(f, '--registry', 'r.csv', 'a.md'), told)
        equal(registry_rules(f, '--registry', 'r.csv', '--as-of', '2024-12-31', 'a.md'), [])
        equal(registry_rules(f, '--registry', 'r.csv', '--as-of', '2025年1月1日', 'a.md'), told)
        why = f.json('a.md')['files'][0]['not_checked']
        equal([x['why'] for x in why if 'REF-014' in x['what']], ['没有标准名录，用--registry给出'])
        for text in ('\ufeff' + REGISTRY, REGISTRY.replace('\n', '\r\n'), REGISTRY.replace('被代替', 'superseded'),
                     'status,from,code,replaced_by\n被代替,2025/1/1,GB/T36733-2018,GB/T 36733—2024\n'):
            f.write('s.csv', text)
            equal((text, registry_rules(f, '--registry', 's.csv', 'a.md')), (text, told))
        f.write('r.yaml', '- {code: GB/T 36733, year: 2018, status: 被代替, replaced_by: GB/T 36733—2024, from: 2025-01-01}\n')
        f.write('sub/.gblint.yaml', 'registry: ../r.yaml\n')
        f.write('sub/a.md', DATED)
        equal(registry_rules(f, 'sub/a.md'), told)


def test_registry_faults():
    with Folder(a__md=DATED, b__md=DATED) as f:
        for name, text, parts in (('r.csv', '', ('r.csv:1:', 'code')),
                                  ('r.csv', 'code,titel\n', ('r.csv:1:', 'titel', 'title')),
                                  ('r.csv', 'title,year\n', ('r.csv:1:', 'code')),
                                  ('r.csv', 'code,code\n', ('r.csv:1:', 'code')),
                                  ('r.csv', 'code,title\nGB/T 1,"甲\n', ('r.csv:2:', '引号')),
                                  ('r.csv', 'code,title\nGB/T 1,"甲"乙\n', ('r.csv:2:', '引号')),
                                  ('r.csv', 'code,title\nGB/T 1,甲,乙\n', ('r.csv:2:', '2')),
                                  ('r.csv', 'code,title\n\n,甲\n', ('r.csv:3:', 'code')),
                                  ('r.csv', 'code,title\n旧书,"甲\n乙"\n', ('r.csv:2:', '旧书')),
                                  ('r.csv', 'code,year\nGB/T 1—2009,2010\n', ('r.csv:2:', '2010')),
                                  ('r.csv', 'code,year\nGB/T 1,09\n', ('r.csv:2:', '09')),
                                  ('r.csv', 'code,status\nGB/T 1,失效\n', ('r.csv:2:', '失效')),
                                  ('r.csv', 'code,from\nGB/T 1,2009-02-29\n', ('r.csv:2:', '2009-02-29')),
                                  ('r.csv', 'code,status\nGB/T 1,现行\nGB/T 1,废止\n', ('r.csv:3:', 'GB/T 1', '2')),
                                  ('r.csv', 'code,title\nGB/T 1,旧书\n'.encode('gb18030'), ('r.csv:2:', 'UTF-8')),
                                  ('r.yaml', 'code: GB/T 1\n', ('r.yaml:1:',)),
                                  ('r.yaml', '- {code: GB/T 1}\n- {kode: GB/T 2}\n', ('r.yaml:2:', 'kode', 'code')),
                                  ('r.yaml', '- {code: GB/T 1, title: [a]}\n', ('r.yaml:1:', 'title'))):
            f.write(name, text)
            status, out, err = f.run('--registry', name, 'a.md', 'b.md')
            equal((text, status, out), (text, 2, ''))
            holds(err, *parts)
            equal((text, err.count('\n')), (text, 1))
        status, _, err = f.run('--registry', 'none.csv', 'a.md')
        equal(status, 2)
        holds(err, 'none.csv')
        for day in ('2018-13-01', '2018-9', 'today', ''):
            status, _, err = f.run('--as-of', day, 'a.md')
            equal((day, status), (day, 2))
            holds(err, '--as-of')


def test_config_extends_overrides_exclude():
    with Folder() as f:
        f.write('.gblint.yaml', 'extends: base/gb.yaml\noverrides:\n  - files: [old/*.md]\n    edition: 2009\nexclude: [skip, "*.tmp.md"]\n')
        f.write('base/gb.yaml', 'edition: 2020\nlevel: info\n')
        for name in ('a.md', 'old/b.md', 'skip/c.md', 'd.tmp.md'):
            f.write(name, HANGING)
        out = f.json('.')
        equal([(d['path'], d['edition']) for d in out['files']], [('a.md', '2020'), ('old/b.md', '2009')])
        equal([d['path'] for d in f.json('skip/c.md')['files']], ['skip/c.md'])


def test_draft_in_several_files():
    first, second = HANGING.split('## 4 ')
    with Folder() as f:
        f.write('.gblint.yaml', 'drafts:\n  - files: [d/1.md, d/2.md]\n')
        f.write('d/1.md', first)
        f.write('d/2.md', '## 4 ' + second)
        for args in (['d'], ['d/2.md'], ['d/1.md', 'd/2.md']):
            out = f.json(*args)
            equal([d['path'] for d in out['files']], ['d/1.md'])
            finding = next(x for x in out['files'][0]['findings'] if x['rule'] == 'NUM-012')
            equal((finding['path'], finding['start']['line'], finding['quote']), ('d/2.md', 3, PARAGRAPH))
        holds(f.run('d')[1], 'd/2.md:3:1')


def suppressed(comment, after='', args=()):
    """Codes of findings and of suppressed findings with the comment before the hanging paragraph."""
    with Folder(a__md=HANGING.replace(PARAGRAPH, f'{comment}{PARAGRAPH}{after}')) as f:
        draft = f.json(*args, 'a.md')['files'][0]
        return [x['rule'] for x in draft['findings'] if x['rule'] in RULES], [(x['rule'], x['reason']) for x in draft['suppressed']]


def test_suppression():
    done = ([], [('NUM-012', '与上级文件一致')])
    equal(suppressed('<!-- gblint-disable NUM-012: 与上级文件一致 -->\n\n', '\n\n<!-- gblint-enable NUM-012 -->'), done)
    equal(suppressed('<!-- gblint-disable NUM：与上级文件一致 -->\n\n', '\n\n<!-- gblint-enable -->'), done)
    equal(suppressed('<!-- gblint-disable-next-line NUM-012: 与上级文件一致 -->\n'), done)
    equal(suppressed('<!-- gblint-disable-next-line NUM-012: 与上级文件一致 -->\n\n'), done)
    equal(suppressed('', ' <!-- gblint-disable-line NUM-012: 与上级文件一致 -->'), done)
    equal(suppressed('<!-- gblint-disable-file NUM-012: 与上级文件一致 -->\n\n'), done)
    with Folder(a__md=HANGING.replace(PARAGRAPH, '<!-- gblint-disable-next-line NUM-012: 一致 -->\n' + PARAGRAPH)) as f:
        status, out, _ = f.run('a.md')
        equal((status, 'NUM-012' in out), (0, False))
        holds(out, '已抑制 1')


def test_suppression_in_docbook():
    hanging = DOCBOOK.replace('</article>', '%s<section label="2"><title>登记</title>\n%s<para>登记应当日完成。</para>%s\n'
                              '<section label="2.1"><title>编号</title><para>编号应为四位数字。</para></section>\n'
                              '<section label="2.2"><title>日期</title><para>日期应为当日。</para></section></section></article>')
    for parts, want in ((('', '', ''), []),
                        (('', '<!-- gblint-disable-next-line NUM-012: 一致 -->\n', ''), ['NUM-012']),
                        (('', '', '<!-- gblint-disable-line NUM-012: 一致 -->'), ['NUM-012']),
                        (('<!-- gblint-disable-file NUM-012: 一致 -->', '', ''), ['NUM-012']),
                        (('', '<!-- gblint-disable NUM-012: 一致 -->', '<!-- gblint-enable NUM-012 -->'), ['NUM-012'])):
        with Folder(a__xml=hanging % parts) as f:
            draft = f.json('--edition', '2009', 'a.xml')['files'][0]
            equal((parts, [x['rule'] for x in draft['suppressed']]), (parts, want))


def test_includes_stay_inside_the_project():
    part = DOCBOOK.replace('<article', '<section label="2"').replace('</article>', '</section>')
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="%s"/>'
    with Folder() as f:
        f.write('out/secret.xml', part)
        f.write('project/.git/HEAD', '')
        f.write('project/sub/part.xml', part)
        os.symlink('../../out/secret.xml', f.path / 'project/sub/link.xml')
        for href, inside in (('sub/part.xml', True), ('../out/secret.xml', False), ('sub/link.xml', False),
                             ('http://example.org/x.xml', False), ('a.xml', False), ('none.xml', False)):
            f.write('project/a.xml', DOCBOOK.replace('</article>', include % href + '</article>'))
            outline = f.run('outline', 'project/a.xml')[1]
            equal((href, outline.count('clause 2')), (href, int(inside)))


def test_pictures_stay_inside_the_project():
    with Folder() as f:
        f.write('out/a.png', 'x')
        f.write('project/.gblint.yaml', '')
        f.write('project/img/a.png', 'x')
        os.symlink('../../out/a.png', f.path / 'project/img/link.png')
        for name, found in (('img/a.png', 0), ('./img/../img/a.png', 0), ('../out/a.png', 1), ('../../none/a.png', 1),
                            ('img/link.png', 1), ('img/none.png', 0), ('/img/a.png', 0), ('/u/a.png', 0), ('/etc/hosts', 1),
                            ('https://example.org/a.png', 0)):
            f.write('project/a.md', CLEAN + f'\n![]({name})\n')
            report = json.loads(f.run('-f', 'json', '--select', 'INP-005', 'project/a.md')[1])
            equal((name, len(report['files'][0]['findings'])), (name, found))


def test_suppression_faults():
    equal(suppressed('<!-- gblint-disable-next-line NUM-012 -->\n'), (['INP-007', 'NUM-012'], []))
    equal(suppressed('<!-- gblint-disable-next-line NUM-O12: 一致 -->\n'), (['INP-007', 'NUM-012'], []))
    equal(suppressed('<!-- gblint-disable NUM-012: 一致 -->\n\n'), (['INP-007'], [('NUM-012', '一致')]))
    unused = '\n\n<!-- gblint-disable-next-line %s: 一致 -->'
    equal(suppressed('', unused % 'NUM-012'), (['NUM-012', 'INP-008'], []))
    equal(suppressed('', unused % 'NUM'), (['NUM-012', 'INP-008'], []))
    equal(suppressed('', unused % 'NUM-012', ['--ignore', 'NUM-012']), ([], []))
    equal(suppressed('`<!-- gblint-disable-next-line NUM-012 -->`'), (['NUM-012'], []))


main(globals())
