"""How the work grows with the draft, the rules and the findings, and that of other commands, in instructions: the same on any machine, however busy."""
import json
import pathlib
import random
import subprocess

from measure import Table, grown, instructions

SIZES = {'100 kB': 100_000, '300 kB': 300_000, '1 MB': 1_000_000, '3 MB': 3_000_000, '10 MB': 10_000_000}
FORMATS = ['text', 'concise', 'json', 'sarif', 'junit', 'checkstyle', 'github', 'gitlab', 'rdjson', 'comments', 'html']
# A report keeps a thousand findings of a rule.
RULES = 100
FINDINGS = 25_000, 100_000
CLAUSES = 2_000, 8_000

ENTRY = """- rule: OWN-{0:03d}
  name: own-{0}
  level: warning
  check: forbid
  with: {{words: [禁用词{0:03d}]}}
  title: {{zh: 甲, en: a}}
  message: {{zh: '“{{0}}”不宜使用', en: '“{{0}}” is not to be used'}}
  remedy: {{zh: 甲, en: a}}
  why: {{zh: 甲, en: a}}
  source: [{{doc: 甲, edition: 2020, clause: "1", mark: C}}]
"""


def measure_drafts(args, folder):
    table = Table('draft', 'instructions per byte', 'against 100 kB')
    first = None
    for name, size in SIZES.items():
        draft = grown(folder, name, size)
        each = instructions([args.gblint, '--no-config', draft]) / draft.stat().st_size
        first = first or each
        table.row(name, f'{each:.0f}', f'{each / first:.2f}')


def measure_rules(args, folder):
    """All rules against a quarter of them, drawn by chance."""
    listed = json.loads(subprocess.run([args.gblint, 'rules', '-f', 'json', '--no-config'], capture_output=True, check=True).stdout)['rules']
    codes = [rule['rule'] for rule in listed if rule['kind'] == 'finding']
    table = Table('draft', 'a quarter of the rules', f'all {len(codes)}', 'ratio')
    for name, size in {'seed, 13 kB': 0, '1 MB': 1_000_000}.items():
        draft = grown(folder, name, size)
        whole = instructions([args.gblint, '--no-config', draft])
        for seed in range(3):
            some = random.Random(seed).sample(codes, len(codes) // 4)
            quarter = instructions([args.gblint, '--no-config', '--select', ','.join(some), draft])
            table.row(name, f'{quarter / 1e6:.1f} million', f'{whole / 1e6:.1f} million', f'{whole / quarter:.2f}')


def write_findings(folder, n):
    """A draft with n findings, in a folder of its own: its baseline is no other's."""
    folder = folder / str(n)
    folder.mkdir()
    (folder / '.gblint.yaml').write_text('packs: [own.yaml]\n')
    (folder / 'own.yaml').write_text(''.join(ENTRY.format(i) for i in range(RULES)))
    draft = folder / 'd.md'
    draft.write_text('# 1 范围\n\n本文件规定了要求。\n\n# 4 要求\n\n' + ''.join(f'登记第{i}项时填写禁用词{i % RULES:03d}。\n\n' for i in range(n)))
    return draft


def measure_findings(args, folder):
    select = ['--select', 'OWN']
    table = Table('findings', *(f'{n:,}' for n in FINDINGS), 'ratio')
    drafts = [write_findings(pathlib.Path(folder), n) for n in FINDINGS]
    commands = {name: ['lint', *select, '-f', name, '-o', '/dev/null'] for name in FORMATS}
    commands |= {'baseline': ['baseline', *select], 'with that baseline': ['lint', *select, '-f', 'concise', '-o', '/dev/null']}
    for name, command in commands.items():
        counts = [instructions([args.gblint, *command, draft.name], cwd=draft.parent) / 1e6 for draft in drafts]
        table.row(name, *(f'{c:.0f} million' for c in counts), f'{counts[1] / counts[0]:.1f}')


def write_clauses(folder, n):
    """Each clause with a wrong number, a mention, an identifier and what can be mended; and as many terms."""
    draft = folder / f'c{n}.md'
    terms = ''.join(f'## 3.{i + 1}\n\n{chr(0x4e00 + i)}{chr(0x5e00 + i % 97)}表 form{i}\n\n登记{i}用的物品。\n\n' for i in range(n))
    clauses = ''.join(f'## 4.{i + 2} 登记\n\n登记应当在2 个工作日内完成,见4.{i + 2}。质量为5kg，应符合GB/T {i}-2020的规定。\n\n' for i in range(n))
    draft.write_text('# 1 范围\n\n本文件规定了要求。\n\n# 3 术语和定义\n\n下列术语和定义适用于本文件。\n\n' + terms + '# 4 要求\n\n' + clauses)
    return draft


def measure_commands(args, folder):
    folder = pathlib.Path(folder)
    table = Table('clauses', *(f'{n:,}' for n in CLAUSES), 'ratio')
    drafts = [write_clauses(folder, n) for n in CLAUSES]
    for command in ['lint'], ['fix', '--diff'], ['fix', '--unsafe', '--renumber', '--diff'], ['outline', '-f', 'json'], ['terms', '-f', 'json'], ['facts'], ['baseline']:
        counts = []
        for draft in drafts:
            counts.append(instructions([args.gblint, *command, draft.name], cwd=folder) / 1e6)
            (folder / '.gblint-baseline.json').unlink(missing_ok=True)
        table.row(' '.join(command), *(f'{c:.0f} million' for c in counts), f'{counts[1] / counts[0]:.1f}')


def measure(args, folder):
    measure_drafts(args, folder)
    measure_rules(args, folder)
    measure_findings(args, folder)
    measure_commands(args, folder)
