"""Files that mean harm: each is bounded in time and memory, ends with the status and the finding that it should, and loses nothing.

    hostile.py GBLINT ROOT [NAME]

What was large enough to be slow once is made at its full size; the bounds are those of the design: 2 s and 1 GB for 16 MB. Under
sanitizers inputs are small and the bounds wide: there the memory errors are looked for."""
import base64
import json
import os
import pathlib
import random
import resource
import shutil
import signal
import stat
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib

import harness
from harness import Skip, equal, holds

gblint, root = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
SANITIZED = b'__asan_init' in gblint.read_bytes()
SECONDS, MEMORY = (60, 0) if SANITIZED else (2, 1 << 30)

# A draft that is one, so that the rules run.
HEAD = ('# 前言\n\n本文件按照GB/T 1.1—2020的规定起草。\n\n# 1 范围\n\n本文件规定了办理的要求。\n\n# 2 规范性引用文件\n\n'
        '本文件没有规范性引用文件。\n\n# 3 术语和定义\n\n本文件没有需要界定的术语和定义。\n\n# 4 要求\n\n')
XML = '<?xml version="1.0"?>\n'
BOOK = ('<article xmlns="http://docbook.org/ns/docbook" version="5.0"><preface><title>前言</title><para>本文件按照GB/T 1.1—2020'
        '的规定起草。</para></preface><section><title>范围</title><para>本文件规定了要求。</para></section>')


def n(full):
    """How many: a hundredth under sanitizers."""
    return max(full // 100, 3) if SANITIZED else full


def run(folder, *args, stdin=subprocess.DEVNULL, prepare=None, wait=900):
    """(status, standard output, standard error, seconds); a negative status is a signal."""
    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS * 15, SECONDS * 15 + 5))
        if MEMORY:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        if prepare:
            prepare()

    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen([gblint, *map(str, args)], stdin=stdin, stdout=out, stderr=err, cwd=folder, preexec_fn=limit,
                                   restore_signals=False, env={'PATH': os.environ['PATH'], 'LANG': 'C.UTF-8'})
        timer = threading.Timer(wait, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return process.returncode, out.read(), err.read().decode(errors='replace'), usage.ru_utime + usage.ru_stime


def bounded(name, done, statuses):
    status, out, err, seconds = done
    if status not in statuses or 'Sanitizer' in err or 'runtime error' in err:
        raise AssertionError(f'{name}: status {status}, expected {statuses}: {err[-2000:]}')
    # Processor time grows where other programs share the caches: half as much again is granted.
    if seconds > SECONDS * 1.5:
        raise AssertionError(f'{name}: {seconds:.1f} s of processor time')


# ---- Drafts: name, text, the rule that tells what was not read (None: all of it was) ----

def bomb(levels):
    steps = ''.join(f'<!ENTITY a{i} "' + f'&a{i - 1};' * 10 + '">' for i in range(1, levels))
    return f'<!DOCTYPE article [<!ENTITY a0 "应">{steps}]>{BOOK}<para>&a{levels - 1};</para></article>'


def chunks(text, size=60000):
    """In paragraphs that are just not too long."""
    return '\n\n'.join(text[i:i + size] for i in range(0, len(text), size))


def drafts():
    m = n(16 << 20)
    cut = None if SANITIZED else 'INP-004'
    yield 'quotes.md', '> ' * n(10000) + '应当\n', 'INP-004'
    yield 'lists.md', '- ' * n(10000) + '应当\n', 'INP-004'
    yield 'indented-lists.md', ''.join(' ' * (2 * i) + '- 条\n' for i in range(max(n(6000), 200))), 'INP-004'
    yield 'deep.xml', XML + BOOK + '<section>' * n(20000) + '</section>' * n(20000) + '</article>', cut
    yield 'deep-open.xml', XML + '<book>' + '<para>' * n(100000), 'INP-004'
    yield 'one-line.md', HEAD + '登记人员应在5 个工作日内核对（见5.1），' * (m // 60), cut
    yield 'one-line-of-han.md', '应' * (m // 3), cut
    yield 'one-line.xml', XML + BOOK + '<para>' + '登记应当，' * (m // 16) + '</para></article>', None
    yield 'no-text.md', b'\xff' * m, 'INP-001'
    yield 'wide-table.md', '|a' * n(100000) + '|\n' + '|-' * n(100000) + '|\n' + '|b' * n(100000) + '|\n', 'INP-004'
    yield 'cells.md', HEAD + '|' + 'a|' * 1000 + '\n|' + '-|' * 1000 + '\n' + ('|' + 'b|' * 1000 + '\n') * n(2000), 'INP-004'
    yield 'spans.md', HEAD + '<table>' + '<tr><td rowspan="65535" colspan="65535">应</td></tr>' * n(2000) + '</table>', 'INP-004'
    yield 'wide-table.xml', XML + BOOK + '<table><title>t</title><tgroup cols="10000"><tbody><row>' + '<entry>a</entry>' * 10000 + \
        '</row></tbody></tgroup></table></article>', 'INP-004'
    yield 'continued.md', HEAD + '表 1（续）\n\n|a|b|\n|-|-|\n|c|d|\n\n' * n(20000), None
    yield 'instructions.md', '<?' * n(1000000), cut
    yield 'pictures.md', HEAD + chunks('![]()' * n(200000)), None
    yield 'rows.md', '|' * n(1000000), cut
    yield 'emphasis.md', HEAD + chunks('*a **a ' * n(100000)), None
    yield 'open-quotes.md', HEAD + chunks('“' * n(5 << 20)), None
    yield 'links.md', HEAD + chunks('[a]([b][' * n(100000)), None
    yield 'backticks.md', HEAD + chunks(''.join('a' + '`' * i for i in range(n(3000)))), None
    yield 'tags.md', HEAD + chunks('<a b=' * n(300000)), None
    yield 'tables.md', '<table>' * n(20000), None
    yield 'comments.md', HEAD + '\n\n'.join(['<!-- gblint-disable-line ALL: 理由 -->登记应当在2 个工作日内完成.'] * n(50000)), None
    yield 'unknown-rules.md', HEAD + '\n\n'.join(f'<!-- gblint-disable-line ABC-{i:06d}: 理由 -->登记。' for i in range(n(50000))), 'INP-007'
    yield 'open-comments.md', HEAD + '<!-- a\n\n' * n(100000), 'INP-002'
    yield 'bomb.xml', XML + bomb(12), 'INP-004'
    yield 'square-bomb.xml', XML + '<!DOCTYPE article [<!ENTITY a "' + '应' * 100000 + '">]>' + BOOK + '<para>' + '&a;' * n(100000) + '</para></article>', 'INP-004'
    yield 'outside.xml', XML + '<!DOCTYPE article [<!ENTITY a SYSTEM "/etc/passwd">]>' + BOOK + '<para>&a;</para></article>', 'INP-005'
    yield 'dtd.xml', XML + '<!DOCTYPE article SYSTEM "http://127.0.0.1:1/x.dtd">' + BOOK + '</article>', None
    yield 'circle.xml', XML + '<!DOCTYPE article [<!ENTITY a "&b;"><!ENTITY b "&a;">]>' + BOOK + '<para>&a;</para></article>', 'INP-004'
    yield 'attributes.xml', XML + '<article ' + ' '.join(f'a{i}="b"' for i in range(n(100000))) + '></article>', cut
    yield 'headings.md', HEAD + ''.join(f'## 4.{i} 要求\n\n登记应在5日内完成。\n\n' for i in range(n(100000))), None
    yield 'equal-headings.md', '# 要求\n' * n(100000), None
    yield 'setext.md', HEAD + '应\n---\n\n' * n(50000), None
    yield 'items.md', HEAD + '\n\n'.join(f'{chr(97 + i % 26)}) 登记应符合4.{i}的规定；' for i in range(n(50000))), None
    yield 'items-in-one-paragraph.md', HEAD + '\n'.join(f'{chr(97 + i % 26)}) 登记；' for i in range(n(15000))), None
    yield 'bullets.md', HEAD + '\n'.join(f'- 项{i}' for i in range(n(50000))), None
    yield 'definitions.md', HEAD + 't\n' + ': b\n' * n(50000), None
    yield 'untitled.md', HEAD + '\n\n'.join(f'4.{i // 1000}.{i % 1000} 登记应在5日内完成。' for i in range(n(60000))), None
    yield 'terms.md', HEAD.replace('# 4 要求', '') + '\n\n'.join(f'## 3.{i}\n\n术语{i} term{i}\n\n用于登记术语{i - 1}的物品。' for i in range(n(20000))), None
    yield 'steps.md', HEAD + '\n\n'.join(f'步骤{i}：窗口人员审核材料，不符合的转步骤{i * 7 % 30000}。' for i in range(n(30000))), None
    yield 'citations.md', HEAD + '\n\n'.join(f'应符合GB/T {i}—2020的规定，见4.{i}和表{i}。' for i in range(n(60000))), None
    yield 'notes.md', HEAD + '\n\n'.join(f'注{i}：应登记。' for i in range(n(50000))), None
    yield 'examples.md', HEAD + '示例：登记。\n\n' * n(50000), None
    yield 'typed-footnotes.md', HEAD + '¹⁾ 登记。\n\n' * n(50000), None
    yield 'headings-without-numbers.md', HEAD + '# 登记\n\n- 登记；\n\n' * n(20000), None
    yield 'empty-clauses.md', HEAD + '登记。\n\n' * n(30000) + '## 4.1 登记\n\n' * n(30000), None
    yield 'formulas-in-a-row.md', HEAD + '$$a=b \\tag{1}$$\n\n' * n(50000), None
    yield 'formulas-in-items.md', HEAD + '- 登记\n\n  $$ a = b $$ （1）\n\n' * n(30000), None
    yield 'lost-signs.md', HEAD + ('—— 登记；  \n' + '登记；  \n' * 4000 + '\n\n') * n(100), None
    yield 'annexes.md', HEAD + '\n\n'.join(f'# 附录{chr(65 + i % 26)}（规范性）标题' for i in range(n(50000))), None
    yield 'formulas.md', HEAD + '\n\n'.join(f'$$ a = b_{i} $$ （{i}）\n\n式中：\n\na——甲；' for i in range(n(20000))), None
    yield 'charts.md', HEAD + '\n\n'.join(f'```mermaid\nflowchart TD\nA-->B\nB-->C\nC-->A\n```\n\n图{i} 流程' for i in range(n(10000))), cut
    yield 'product.md', HEAD + '```mermaid\nflowchart TD\n' + ' & '.join(f'a{i}' for i in range(n(3000))) + ' --> ' + \
        ' & '.join(f'b{i}' for i in range(n(3000))) + '\n```\n', cut
    yield 'products.md', HEAD + ('```dot\ndigraph{{' + ';'.join(f'a{i}' for i in range(300)) + '}->{' + ';'.join(f'b{i}' for i in range(300)) + '}}\n```\n\n') * n(1500), 'INP-004'
    yield 'subgraphs.md', HEAD + '```mermaid\nflowchart TD\n' + 'subgraph a\n' * n(10000) + '```\n', 'INP-006'
    yield 'ifs.md', HEAD + '```plantuml\n@startuml\n' + 'if (a) then\n' * n(15000) + '\n@enduml\n```\n', 'INP-004'
    for seed in range(10):
        yield f'random-{seed}.md', random.Random(seed).randbytes(100000), 'INP-001'


def test_drafts():
    with tempfile.TemporaryDirectory(prefix='gblint-') as folder:
        for name, text, rule in drafts():
            path = pathlib.Path(folder) / name
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            done = run(folder, 'lint', '-f', 'json', name)
            path.unlink()
            bounded(name, done, {0, 1})
            file = json.loads(done[1])['files'][0]
            told = {f['rule'] for f in file['findings']}
            if rule and rule not in told:
                raise AssertionError(f'{name}: {rule} is not told, but {sorted(told)}')
            # What was not read may not pass for checked.
            if rule == 'INP-004' and not file['not_checked']:
                raise AssertionError(f'{name}: nothing is listed as not checked')


# ---- Charts ----

def packed(data):
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    return base64.b64encode(deflate.compress(data) + deflate.flush()).decode()


def png(*parts):
    out = b'\x89PNG\r\n\x1a\n'
    for kind, data, length in parts:
        out += struct.pack('>I', len(data) if length is None else length) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    return out


def charts():
    page, model = '<diagram name="a">{}</diagram>', b'<mxGraphModel><root>'
    cell = '<mxCell id="{}" value="步骤" vertex="1" parent="{}"><mxGeometry x="{}" y="9" width="80" height="40" as="geometry"/></mxCell>'
    yield 'bomb.drawio', '<mxfile>' + page.format(packed(model + b' ' * n(200 << 20))) + '</mxfile>'
    yield 'bombs.drawio', '<mxfile>' + page.format(packed(model + b' ' * n(60 << 20))) * 20 + '</mxfile>'
    yield 'cells.drawio', '<mxfile>' + page.format(model.decode() + ''.join(cell.format(i, 1, i * 7 % 999) for i in range(n(30000)))) + '</mxfile>'
    yield 'parents.drawio', '<mxfile>' + page.format(model.decode() + ''.join(cell.format(i + 1, i, 1) for i in range(n(30000))) + '</root></mxGraphModel>') + '</mxfile>'
    yield 'false-length.png', png((b'IHDR', b'\0' * 13, None), (b'tEXt', b'mxfile\0abc', 0xfffffff0))
    yield 'long-length.png', png((b'tEXt', b'mxfile\0abc', 0x7fffffff))
    yield 'bomb.png', png((b'IHDR', b'\0' * 13, None), (b'zTXt', b'mxfile\0\0' + zlib.compress(b'a' * n(200 << 20), 9), None))
    yield 'chunks.png', png((b'aaaa', b'', None)) + png((b'aaaa', b'', None))[8:] * n(1000000)
    svg = '<svg xmlns="http://www.w3.org/2000/svg">'
    yield 'path.svg', svg + '<path d="M0 0' + ' L1 1' * n(500000) + '"/></svg>'
    yield 'boxes.svg', svg + ''.join(f'<rect x="{i * 7 % 999}" y="{i * 13 % 999}" width="20" height="10"/>' for i in range(n(20000))) + '</svg>'
    yield 'lines.svg', svg + ''.join(f'<path d="M{i * 7 % 999} {i * 13 % 999} L{i * 17 % 999} 5" marker-end="url(#a)"/>' for i in range(n(20000))) + '</svg>'
    yield 'uses.svg', svg + '<g id="a0"><rect/></g>' + ''.join(f'<g id="a{i}">' + f'<use href="#a{i - 1}"/>' * 10 + '</g>' for i in range(1, 12)) + '<use href="#a11"/></svg>'
    yield 'deep.svg', svg + '<g>' * n(50000)
    bpmn = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process>'
    yield 'tasks.bpmn', bpmn + ''.join(f'<task id="t{i}"/><sequenceFlow id="f{i}" sourceRef="t{i}" targetRef="t{i + 1}"/>' for i in range(n(30000))) + '</process></definitions>'
    yield 'dense.bpmn', bpmn + ''.join(f'<task id="t{i}"/>' for i in range(200)) + ''.join(
        f'<sequenceFlow id="f{i}" sourceRef="t{i * 7 % 200}" targetRef="t{i * 13 % 200}"/>' for i in range(450)) + '</process></definitions>'


def test_charts():
    with tempfile.TemporaryDirectory(prefix='gblint-') as folder:
        for name, data in charts():
            path = pathlib.Path(folder) / name
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
            for args in ['flow', '-f', 'svg'], ['flow', '-f', 'json']:
                bounded(name, run(folder, *args, '-o', '/dev/null', name), {0, 2})
            path.unlink()


# ---- Patterns ----

def test_catastrophic_patterns():
    entry = ('- rule: OWN-{0:03d}\n  name: own-{0}\n  level: warning\n  check: forbid\n  with: {{pattern: \'{1}\'}}\n'
             '  title: {{zh: 甲, en: a}}\n  message: {{zh: 甲, en: a}}\n  remedy: {{zh: 甲, en: a}}\n  why: {{zh: 甲, en: a}}\n'
             '  source: [{{doc: 甲, edition: 2020, clause: "1", mark: C}}]\n')
    patterns = ['(a+)+$', '(a|aa)+$', '(.*)*x', '(a*)*b', '((a|b)*)*c', '(?:应?)*(?:应?)*(?:应?)*x', '(\\w+\\s?)*;$', '^(([a-z])+.)+[A-Z]([a-z])+$',
                '甲.*[乙丁].*[丙戊]', '甲[乙丁]{1,9}丙']
    # PCRE2's limit is one for each place where a match may begin; a rule that reaches it thrice is not tried again.
    with harness.Scratch(gblint, d__md=HEAD + '\n\n'.join(('a' * 500 + 'b', '应' * 200, 'a b ' * 100) * 10)) as scratch:
        scratch.write('own.yaml', ''.join(entry.format(i + 1, p.replace("'", "''")) for i, p in enumerate(patterns)))
        scratch.write('.gblint.yaml', 'packs: [own.yaml]\n')
        done = run(scratch.path, 'lint', '-f', 'json', 'd.md')
        bounded('patterns', done, {0, 1})
        json.loads(done[1])
        status, out, err, _ = run(scratch.path, 'pack', 'check', 'own.yaml')
        equal(status, 1)
        holds(out.decode(), 'OWN-008: 正则表达式在4 kB的文字上超出匹配限度', 'OWN-009: 正则表达式在4 kB的文字上太慢')
        equal('OWN-010: 正则' in out.decode(), False)


# ---- Truncated files ----

def test_truncated():
    """Every format cut at every hundredth of its length (every twelfth under sanitizers), in one run where that can be."""
    step = 12 if SANITIZED else 1
    drafts = ['fixtures/db32-t-2796-2015.md', 'fixtures/docbook/pandoc.xml', 'fixtures/shapes/figures-flowchart-notations.md', 'tests/silence/service.xml']
    pictures = {'mermaid': 'fixtures/flow/good/05-lanes.mmd', 'dot': 'fixtures/flow/good/dot-04-html.dot', 'plantuml': 'fixtures/flow/good/plantuml-13-nested.puml',
                'drawio': 'fixtures/flow/good/31-packed.drawio', 'bpmn': 'fixtures/flow/good/32-drawn.bpmn', 'svg': 'fixtures/flow/good/40-graphviz.svg'}
    pictures |= {'png': 'tests/flow/png/01-text.png'}
    encoded = {'gb18030': 'gb18030', 'utf-16': 'utf-16-le', 'utf-16 with a mark': 'utf-16'}
    tables = {'registry': ('tests/fuzz/seeds/registry/table.csv', '--registry'), 'registry as YAML': ('tests/fuzz/seeds/registry/table.yaml', '--registry'),
              'bank as CSV': ('tests/fuzz/seeds/bank/bank.csv', '--terms'), 'bank as TBX': ('tests/fuzz/seeds/bank/bank.tbx', '--terms'),
              'bank as YAML': ('tests/fuzz/seeds/bank/bank.yaml', '--terms'), 'config': ('tests/fuzz/seeds/config/all.yaml', '--config'),
              'manifest': ('fixtures/system/manifest.csv', '--manifest')}
    with tempfile.TemporaryDirectory(prefix='gblint-') as folder:
        folder = pathlib.Path(folder)

        def cuts(path):
            data = (root / path).read_bytes()
            return [data[:len(data) * i // 100] for i in range(0, 100, step)]

        def in_one_run(path, parts):
            for i, data in enumerate(parts):
                (folder / f'{i}{pathlib.Path(path).suffix}').write_bytes(data)
            names = sorted(p.name for p in folder.iterdir())
            done = run(folder, 'lint', '-f', 'json', *names)
            bounded(path, (*done[:3], 0), {0, 1})
            equal(len(json.loads(done[1])['files']), len(names), path)
            for name in names:
                (folder / name).unlink()

        for path in drafts:
            in_one_run(path, cuts(path))
        # By characters cut in two, too.
        text = (root / drafts[0]).read_text()[:6000]
        for charset in encoded.values():
            data = text.encode(charset, errors='replace')
            in_one_run('d.md', [data[:len(data) * i // 100] for i in range(0, 100, step)])
        requests = ''
        for kind, path in pictures.items():
            for i, data in enumerate(cuts(path)):
                (folder / f'{i}.{kind}').write_bytes(data)
                requests += json.dumps({'name': str(i), 'format': kind.replace('png', 'drawio'), 'path': f'{i}.{kind}'}) + '\n'
        (folder / 'requests').write_text(requests)
        done = run(folder, 'flow', '--batch', 'requests')
        bounded('charts', (*done[:3], 0), {0, 2})
        equal(done[1].count(b'\n'), requests.count('\n'))
        (folder / 'd.md').write_text(HEAD)
        for name, (path, option) in tables.items():
            for data in cuts(path):
                (folder / pathlib.Path(path).name).write_bytes(data)
                bounded(name, run(folder, 'lint', '--fail-on', 'never', option, pathlib.Path(path).name, 'd.md'), {0, 2})


def test_truncated_project():
    """What a project holds beside its drafts, cut likewise: never half believed."""
    step = 12 if SANITIZED else 1
    with scratch() as s:
        (s.path / '.git').mkdir()
        run(s.path, 'baseline', 'd.md')
        status, facts, _, _ = run(s.path, 'facts', 'd.md')
        equal(status, 0)
        baseline, pack = s.bytes('.gblint-baseline.json'), (root / 'tests/packs/kinds.yaml').read_bytes()
        for i in range(0, 100, step):
            s.write('.gblint-baseline.json', baseline[:len(baseline) * i // 100])
            bounded('baseline', run(s.path, 'lint', 'd.md'), {2})
            part = s.bytes('.gblint-baseline.json')
            bounded('baseline again', run(s.path, 'baseline', 'd.md'), {2})
            equal(s.bytes('.gblint-baseline.json'), part)
            (s.path / '.gblint-baseline.json').unlink()
            s.write('facts', facts[:len(facts) * i // 100])
            bounded('facts', run(s.path, 'lint', '--facts', 'facts'), {0, 1, 2})
            s.write('own.yaml', pack[:len(pack) * i // 100])
            bounded('pack', run(s.path, 'pack', 'check', 'own.yaml'), {0, 1, 2})


def test_truncated_parts():
    """A draft in several files and a configuration in several, of which one is cut: never half believed, and the others are read."""
    step = 12 if SANITIZED else 1
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{}"/>'
    files = {'x.xml': XML + BOOK + include.format('part.xml') + include.format('last.xml') + '</article>',
             'part.xml': '<section xmlns="http://docbook.org/ns/docbook"><title>要求</title><para>登记应当完成。</para>' + include.format('inner.xml') + '</section>',
             'inner.xml': '<section xmlns="http://docbook.org/ns/docbook"><title>登记</title><para>登记应当完成。</para></section>',
             'last.xml': '<section xmlns="http://docbook.org/ns/docbook"><title>办理</title><para>办理应当完成。</para></section>',
             '.gblint.yaml': 'extends: [common.yaml]\nrules:\n  TYP: off\n',
             'common.yaml': 'extends: [base.yaml]\nedition: 2020\nrules:\n  WRD-001: {level: error}\nexclude: ["old/*"]\n',
             'base.yaml': 'lang: en\nlevel: info\nterms:\n  - {preferred: 登记单, deprecated: [登记表]}\n'}
    with scratch() as s:
        for name, text in files.items():
            s.write(name, text)
        whole = run(s.path, 'lint', '--fail-on', 'never', '-f', 'json', 'x.xml')
        bounded('whole', whole, {0})
        for name, text in files.items():
            data = text.encode()
            for i in range(0, 100, step):
                s.write(name, data[:len(data) * i // 100])
                done = run(s.path, 'lint', '--fail-on', 'never', '-f', 'json', 'x.xml')
                bounded(f'{name} at {i} %', done, {0, 2} if name.endswith('.yaml') else {0})
                if done[0] == 2:
                    equal(bool(done[2]), True, name)
                    continue
                told = {(f['rule'], f.get('path', 'x.xml')) for f in json.loads(done[1])['files'][0]['findings']}
                if name.endswith('.xml') and not {rule for rule, _ in told} & {'INP-002', 'INP-003', 'INP-005'}:
                    raise AssertionError(f'{name} at {i} %: {sorted(told)}')
                if name in ('part.xml', 'inner.xml'):
                    equal(('WRD-003', 'last.xml') in told, True, f'{name} at {i} %')
            s.write(name, data)


# ---- Files that are none ----

DRAFT = HEAD + '## 4.1 登记\n\n登记应当完成。\n\n'


def scratch(**files):
    return harness.Scratch(gblint, **{'d__md': DRAFT, **files})


def test_links_in_a_circle():
    with scratch() as s:
        (s.path / 'loop.md').symlink_to('loop.md')
        (s.path / 'again').symlink_to('.')
        (s.path / 'up').mkdir()
        (s.path / 'up' / 'down').symlink_to('..')
        done = run(s.path, 'lint', '--fail-on', 'never', '-f', 'json', '.')
        bounded('folder', done, {0})
        equal([f['path'] for f in json.loads(done[1])['files']], ['./d.md'] if done[1].count(b'./d.md') else ['d.md'])
        done = run(s.path, 'lint', '--fail-on', 'never', 'loop.md', 'd.md')
        equal(done[0], 2)
        holds(done[2], 'loop.md')
        holds(done[1].decode(), 'd.md')


def test_pipes_and_devices():
    """Nothing that a draft or project names is waited for; nothing without end is read."""
    text = DRAFT + ''.join(f'![]({name})\n\n图{i} 流程\n\n' for i, name in enumerate(('pipe.svg', 'pipe.png', 'zero.png', '/dev/zero', 'zero.svg')))
    with scratch(d__md=text, x__xml=XML + BOOK + '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="pipe.xml"/></article>') as s:
        for name in 'pipe.svg', 'pipe.png', 'pipe.xml', 'pipe.md':
            os.mkfifo(s.path / name)
        (s.path / 'zero.png').symlink_to('/dev/zero')
        (s.path / 'zero.svg').symlink_to('/dev/zero')
        bounded('pictures', run(s.path, 'lint', 'd.md', wait=200), {0, 1})
        done = run(s.path, 'lint', '-f', 'json', 'x.xml', wait=200)
        bounded('include', done, {0, 1})
        holds(done[1].decode(), 'INP-005')
        bounded('folder', run(s.path, 'lint', '.', wait=200), {0, 1})
        for i, text in enumerate((None, 'extends: [../pipe.md]\n', 'packs: [../pipe.md]\n', 'registry: ../pipe.md\n', 'terms: [../pipe.md]\n',
                                  'extends: [/dev/zero]\n', 'series: [{files: ["*.md"], manifest: ../pipe.md}]\n')):
            s.write(f'p{i}/d.md', DRAFT)
            if text:
                s.write(f'p{i}/.gblint.yaml', text)
            else:
                os.mkfifo(s.path / f'p{i}/.gblint.yaml')
            bounded(f'config {text!r}', run(s.path, 'lint', f'p{i}/d.md', wait=200), {2})


def test_nothing_outside_of_the_project():
    text = DRAFT + '![](../secret.svg)\n\n图1 流程\n\n![](link.svg)\n\n图2 流程\n'
    secret = '<svg xmlns="http://www.w3.org/2000/svg"><g class="node"><title>SECRET</title><text>SECRET</text></g></svg>'
    with scratch(secret__svg=secret, secret__xml='<para>SECRET</para>') as s:
        s.write('p/.gblint.yaml', '')
        s.write('p/d.md', text)
        s.write('p/x.xml', XML + BOOK + ''.join(f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{h}"/>' for h in ('../secret.xml', 'link.xml')) + '</article>')
        (s.path / 'p/link.svg').symlink_to('../secret.svg')
        (s.path / 'p/link.xml').symlink_to('../secret.xml')
        done = run(s.path, 'lint', '-f', 'json', 'p/d.md', 'p/x.xml')
        bounded('outside', done, {0, 1})
        equal(b'SECRET' in done[1], False)
        told = [f['rule'] for file in json.loads(done[1])['files'] for f in file['findings']]
        equal(told.count('INP-005'), 4)


def as_nobody():
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)


def test_unreadable():
    prepare = as_nobody if os.getuid() == 0 else None
    with scratch(a__md=DRAFT) as s:
        s.path.chmod(0o755)
        if prepare and run(s.path, '--version', prepare=prepare)[0] != 0:
            raise Skip('another user cannot run the program where it is')
        (s.path / 'a.md').chmod(0)
        done = run(s.path, 'lint', '--fail-on', 'never', 'a.md', 'd.md', prepare=prepare)
        equal(done[0], 2)
        holds(done[2], 'a.md')
        holds(done[1].decode(), 'd.md')
        (s.path / 'shut').mkdir(0)
        done = run(s.path, 'lint', '--fail-on', 'never', '.', prepare=prepare)
        equal(done[0], 2)
        holds(done[2], 'shut')
        holds(done[1].decode(), 'd.md')


def test_vanishing():
    """A file that is gone when its turn comes costs the others nothing."""
    with scratch(z__md=DRAFT) as s:
        os.mkfifo(s.path / 'pipe')

        def feed():
            with open(s.path / 'pipe', 'w') as pipe:
                (s.path / 'z.md').unlink()
                pipe.write(DRAFT)

        thread = threading.Thread(target=feed)
        thread.start()
        done = run(s.path, 'lint', '--fail-on', 'never', '-j', '1', 'pipe', 'z.md', 'd.md', wait=300)
        thread.join()
        equal(done[0], 2)
        holds(done[2], 'z.md')
        holds(done[1].decode(), 'd.md')


# ---- Outputs ----

def formats():
    text = subprocess.run([gblint, 'lint', '-f', 'none-such'], capture_output=True, text=True).stderr
    known = ['text', 'concise', 'json', 'sarif', 'junit', 'checkstyle', 'github', 'gitlab', 'rdjson', 'comments', 'html']
    return [f for f in known if f in text] or ['text', 'concise', 'json']


def test_full_disk():
    with scratch() as s:
        for name in formats():
            done = run(s.path, 'lint', '-f', name, '-o', '/dev/full', 'd.md')
            equal((name, done[0]), (name, 2))
            holds(done[2], '/dev/full')
            with open('/dev/full', 'wb') as full:
                process = subprocess.run([gblint, 'lint', '-f', name, 'd.md'], stdout=full, stderr=subprocess.PIPE, cwd=s.path)
            equal((name, process.returncode), (name, 2))
        for args in ['outline'], ['outline', '-f', 'json'], ['terms', '-f', 'tbx'], ['facts']:
            equal((args, run(s.path, *args, '-o', '/dev/full', 'd.md')[0]), (args, 2))


def full(folder, *args):
    """(status, standard error) when standard output is full."""
    with open('/dev/full', 'wb') as disk:
        done = subprocess.run([gblint, *args], stdin=subprocess.DEVNULL, stdout=disk, stderr=subprocess.PIPE, cwd=folder)
    return done.returncode, done.stderr.decode()


def test_full_standard_output():
    """What a command prints is told to be lost; what it writes elsewhere is whole."""
    with scratch(own__yaml=(root / 'tests/packs/kinds.yaml').read_bytes()) as s:
        for args in (['outline', 'd.md'], ['terms', '-f', 'json', 'd.md'], ['facts', 'd.md'], ['fix', '--diff', 'd.md'], ['fix', 'd.md'], ['baseline', 'd.md'],
                     ['init'], ['rules'], ['explain', 'SCP-001'], ['pack', 'check', 'own.yaml'], ['lint', '--show-config', 'd.md'],
                     ['lint', '--statistics', 'd.md'], ['--help'], ['--version']):
            status, told = full(s.path, *args)
            equal((args, status, bool(told)), (args, 2, True))
        equal(json.loads(s.read('.gblint-baseline.json'))['schema'], 1)
        equal(run(s.path, 'lint', '--fail-on', 'never', 'd.md')[0], 0)


def small_files():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))


def limited(folder, *args):
    """The status of a run that cannot write more than 100 bytes into a file."""
    return subprocess.run([gblint, *args], cwd=folder, preexec_fn=small_files, restore_signals=False, stdout=subprocess.PIPE, stderr=subprocess.PIPE).returncode


def test_no_file_half_written():
    with scratch(old__out='old') as s:
        before = sorted(p.name for p in s.path.iterdir())
        for name in formats():
            equal((name, limited(s.path, 'lint', '-f', name, '-o', 'old.out', 'd.md')), (name, 2))
            equal(s.read('old.out'), 'old')
        equal(limited(s.path, 'fix', '--unsafe', 'd.md'), 2)
        equal(s.read('d.md'), DRAFT)
        for args in ['outline'], ['terms'], ['facts'], ['terms', '-f', 'tbx']:
            limited(s.path, *args, '-o', 'old.out', 'd.md')
            equal(s.read('old.out') in ('old', ''), True, args)
            s.write('old.out', 'old')
        equal(sorted(p.name for p in s.path.iterdir()), before)
        equal(limited(s.path, 'init'), 2)
        equal(limited(s.path, 'baseline', 'd.md'), 2)
        equal(sorted(p.name for p in s.path.iterdir()), before)
        run(s.path, 'baseline', 'd.md')
        known = s.bytes('.gblint-baseline.json')
        s.write('d.md', DRAFT + '登记应当在2 个工作日内完成.\n')
        equal(limited(s.path, 'baseline', 'd.md'), 2)
        equal(s.bytes('.gblint-baseline.json'), known)


def test_folder_gone():
    """The folder of an output goes while the drafts are read: told, and nothing is left of it elsewhere."""
    with scratch() as s:
        os.mkfifo(s.path / 'pipe')
        (s.path / 'out').mkdir()

        def feed():
            with open(s.path / 'pipe', 'w') as pipe:
                shutil.rmtree(s.path / 'out')
                pipe.write(DRAFT)

        thread = threading.Thread(target=feed)
        thread.start()
        done = run(s.path, 'lint', '--fail-on', 'never', '-f', 'json', '-o', 'out/r.json', '-f', 'concise', '-o', 'r.txt', 'pipe', 'd.md', wait=300)
        thread.join()
        equal(done[0], 2)
        holds(done[2], 'out/r.json')
        holds(s.read('r.txt'), 'd.md')
        equal(sorted(p.name for p in s.path.iterdir()), ['d.md', 'pipe', 'r.txt'])


harness.main(globals())
