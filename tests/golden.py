"""Holds what gblint says of the documents in fixtures/ against what lies beside them. Fixtures are found by walking.

    golden.py GBLINT ROOT REPORT [--accept] [NAME]

clean/*                     nothing at error or warning level
shapes/NAME + NAME.outline  the clause tree (lines "comment" are left out on both sides); docbook/ the same
twins/NAME.md + NAME.xml    the same clause tree, the same findings
PACK/RULE/                  bad.* gives what bad.expect lists, good.* nothing
not-standard/*              INP-003 and nothing else; fragment/* not INP-003
all                         every exact finding quotes the bytes under its range; findings stand in order
golden/report.*             REPORT, a program that prints a hand-built report in one format
golden/seed-fix-*           what all safe fixes change in the seed, as a diff

NAME runs those tests whose name holds it; --accept writes their present output as the expected one."""
import difflib
import json
import pathlib
import re
import subprocess
import sys

DRAFTS = ('.md', '.markdown', '.xml', '.dbk', '.docbook')
FORMATS = ('text', 'concise', 'json', 'sarif', 'junit', 'checkstyle', 'github', 'gitlab', 'rdjson', 'comments')


class Test:
    """One comparison; `want` and `got` are texts, `path` the file that --accept writes."""

    def __init__(self, name, got, want, path=None):
        self.name, self.got, self.want, self.path = name, got, want, path


class Runner:
    def __init__(self, gblint, root, report):
        self.gblint, self.root, self.report = gblint, root, report
        self.fixtures = root / 'fixtures'

    def run(self, *args, program=None):
        done = subprocess.run([program or self.gblint, *map(str, args)], capture_output=True, cwd=self.root)
        if done.returncode not in (0, 1):
            return f'exit {done.returncode}\n{done.stderr.decode(errors="replace")}'
        return done.stdout.decode()

    def lint(self, path, *args):
        """The draft's object in the JSON output."""
        text = self.run('--no-config', '-f', 'json', *args, path)
        try:
            return json.loads(text)['files'][0]
        except (ValueError, IndexError) as error:
            return {'findings': [], 'broken': f'{error}: {text[:400]}'}

    def name(self, path):
        return str(path.relative_to(self.root))


def line_of(f):
    """A finding as expectations write it: 9:4-9:7 error sibling-title-consistency "5.2" | message"""
    start, end = f['start'], f['end']
    place = (f'{start["line"]}:{start["column"]}-{end["line"]}:{end["column"]}' if 'column' in start
             else f'{start["line"]}')
    return f'{place} {f["level"]} {f["name"]} {json.dumps(f["quote"], ensure_ascii=False)} | {f["message"]}\n'


def loud(draft):
    return draft.get('broken', '') + ''.join(line_of(f) for f in draft['findings'] if f['level'] != 'info')


def without_comments(outline):
    return re.sub(r'^ *comment.*\n', '', outline, flags=re.M)


def clean(r):
    for path in drafts(r.fixtures / 'clean'):
        yield Test(r.name(path), loud(r.lint(path)), '')


def shapes(r):
    for expected in sorted([*(r.fixtures / 'shapes').glob('*.outline'), *(r.fixtures / 'docbook').rglob('*.outline')]):
        for path in drafts(expected.parent):
            if path.stem == expected.stem:
                yield Test(r.name(path), without_comments(r.run('outline', '--no-config', path)),
                           without_comments(expected.read_text()), expected)


def twins(r):
    def said(path):
        outline = without_comments(r.run('outline', '--no-config', path))
        outline = re.sub(r' (lost|picture)$', '', outline, flags=re.M)
        found = sorted(f'{f["clause"]} {f["rule"]} {f["message"]}\n' for f in r.lint(path)['findings']
                       if f['rule'][:3] not in ('INP', 'MDC'))
        return outline + ''.join(found)

    for path in drafts(r.fixtures / 'twins'):
        twin = path.with_suffix('.xml')
        if path.suffix == '.md' and twin.exists():
            yield Test(r.name(twin), said(twin), said(path))


def rules(r):
    for expected in sorted(r.fixtures.glob('*/*/bad.expect')):
        for kind, want in (('bad', expected.read_text()), ('good', '')):
            for path in drafts(expected.parent):
                if path.stem == kind:
                    yield Test(r.name(path), loud(r.lint(path)) if kind == 'good' else
                               ''.join(map(line_of, r.lint(path)['findings'])), want,
                               expected if kind == 'bad' else None)


def kinds(r):
    for path in drafts(r.fixtures / 'not-standard'):
        yield Test(r.name(path), ' '.join(f['rule'] for f in r.lint(path)['findings']), 'INP-003')
    for path in drafts(r.fixtures / 'fragment'):
        got = r.lint(path)
        yield Test(r.name(path), got.get('broken', '') + ' '.join(f['rule'] for f in got['findings']
                                                                   if f['rule'] == 'INP-003'), '')


def places(r):
    """Quotes are the stored bytes; the order is start, end, rule."""
    for path in drafts(r.fixtures):
        stored, wrong = path.read_bytes(), []
        got = r.lint(path)
        wrong += [got['broken']] if 'broken' in got else []
        order = [(f['start']['byte'], f['end']['byte'], f['rule']) for f in got['findings'] if 'path' not in f]
        if order != sorted(order):
            wrong.append('findings are out of order\n')
        for f in got['findings'] + got.get('suppressed', []):
            under = stored[f['start']['byte']:f['end']['byte']].decode(errors='replace')
            if 'path' not in f and f['quote'] != under:
                wrong.append(f'{line_of(f)}  the bytes are {under!r}\n')
        yield Test('places ' + r.name(path), ''.join(wrong), '')


def threads(r):
    alone, many = (r.run('--no-config', '-f', 'json', '--level', 'info', '-j', n, r.fixtures) for n in (1, 4))
    yield Test('threads give the same bytes', many, alone)


def emitters(r):
    for name in FORMATS:
        path = r.root / 'tests' / 'golden' / f'report.{name}'
        yield Test(f'emitter {name}', r.run(name, program=r.report), path.read_bytes().decode() if path.exists() else '', path)


def fixes(r):
    """What all safe fixes make of the seed."""
    for edition in ('2009', '2020'):
        path = r.root / 'tests' / 'golden' / f'seed-fix-{edition}.diff'
        got = r.run('fix', '--diff', '--no-config', '--edition', edition, 'fixtures/db32-t-2796-2015.md')
        yield Test(f'fixes of the seed, {edition}', got, path.read_text() if path.exists() else '', path)


def drafts(folder):
    return sorted(p for p in folder.rglob('*') if p.suffix in DRAFTS and p.is_file())


def show(test, rerun):
    print(f'not ok - {test.name}')
    sys.stdout.writelines(difflib.unified_diff(test.want.splitlines(True), test.got.splitlines(True),
                                               'expected', 'got', n=2))
    print(f'  run it:  ./dev test {json.dumps(rerun, ensure_ascii=False)}')
    if test.path:
        print(f'  accept:  ./dev test --accept {json.dumps(rerun, ensure_ascii=False)}')


def main():
    accept = '--accept' in sys.argv
    gblint, root, report, *names = [a for a in sys.argv[1:] if a != '--accept']
    r = Runner(pathlib.Path(gblint).resolve(), pathlib.Path(root).resolve(), pathlib.Path(report).resolve())
    passed = failed = 0
    for group in (emitters, fixes, clean, shapes, twins, rules, kinds, places, threads):
        for test in group(r):
            if names and not any(n in test.name for n in names):
                continue
            if test.got == test.want:
                passed += 1
            elif accept and test.path:
                test.path.write_text(test.got)
                print(f'accepted {test.path.relative_to(r.root)}')
                passed += 1
            else:
                failed += 1
                show(test, test.name)
    print(f'{passed} passed, {failed} failed')
    sys.exit(bool(failed))


main()
