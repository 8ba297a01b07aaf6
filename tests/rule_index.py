"""rules/INDEX.md against the rules of the program.

    rule_index.py GBLINT ROOT [--accept]      with --accept it is written anew: ./dev test --accept rule_index"""
import json
import pathlib
import subprocess
import sys

GBLINT, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
INDEX = ROOT / 'rules/INDEX.md'
GROUPS = {
    'EVL': '评价与评分 evaluation and scoring', 'FLW': '流程图 flowcharts', 'PRC': '文字式流程 procedures written as text',
    'SVC': '服务内容 documents about services', 'SYS': '系列与标准体系 series and systems of standards', 'ANX': '附录 annexes',
    'COV': '封面 cover', 'ELM': '条款类型 clause types', 'EQN': '数学公式 formulas', 'FIG': '图 figures', 'FWD': '前言 foreword',
    'INT': '引言 introduction', 'LST': '列项 lists', 'NEF': '注、示例和脚注 notes, examples and footnotes', 'NUM': '编号 numbering',
    'REF': '规范性引用文件与引用 references and citing', 'SCP': '范围 scope', 'STR': '结构 structure', 'TBL': '表 tables',
    'TOC': '目次 contents', 'TRM': '术语和缩略语 terms and abbreviations', 'TYP': '标点与字符 punctuation and characters',
    'UNT': '量和单位 quantities and units', 'WRD': '用词 wording', 'XRF': '文内提及 mentions', 'INP': '输入 input',
    'MDC': '来源与转换 source and conversion',
}


def rules(lang):
    done = subprocess.run([GBLINT, 'rules', '--no-config', '-f', 'json', '--lang', lang], capture_output=True, check=True)
    return json.loads(done.stdout)['rules']


def source(entry):
    doc = entry['doc'] + (f'—{entry["edition"]}' if 'edition' in entry else '')
    return doc + (f', {entry["clause"]}' if 'clause' in entry else '')


def row(zh, en):
    level = [zh['level'].get(edition, '—') for edition in ('2020', '2009')]
    state = '' if zh['state'] == 'on' else ' (off)'
    cells = [zh['rule'] + state, zh['title'], en['title'], *level, '; '.join(dict.fromkeys(map(source, zh['source'])))]
    return '| ' + ' | '.join(cell.replace('|', '\\|') for cell in cells) + ' |'


def index():
    zh, en = rules('zh'), rules('en')
    groups = sorted({r['rule'][:3] for r in zh})
    yield '# 规则索引 · Rule index\n'
    yield (f'{len(zh)}条规则。由`gblint rules`生成（`./dev test --accept rule_index`），勿手工修改。各条的说明和示例见`gblint explain 规则`。'
           '级别按GB/T 1.1的版本给出，“—”表示该版本没有这一规则。\n')
    yield (f'{len(zh)} rules. Made of what `gblint rules` says (`./dev test --accept rule_index`), not to be edited. `gblint explain RULE` has the '
           'reasons and examples. Levels are given by edition of GB/T 1.1; — where the rule does not apply.\n')
    yield ' · '.join(f'[{g}](#{g.lower()})' for g in groups) + '\n'
    for group in groups:
        yield f'## {group}\n'
        yield f'{GROUPS[group]}\n'
        yield '| 规则 rule | 标题 | title | 2020 | 2009 | 依据 source |'
        yield '| --- | --- | --- | --- | --- | --- |'
        yield from (row(a, b) for a, b in zip(zh, en) if a['rule'].startswith(group))
        yield ''


want = '\n'.join(index())
if '--accept' in sys.argv:
    INDEX.write_text(want)
    print(f'accepted {INDEX.relative_to(ROOT)}')
ok = INDEX.exists() and INDEX.read_text() == want
if not ok:
    print('rules/INDEX.md is not what the rules say; accept:  ./dev test --accept rule_index')
print(f'{int(ok)} passed, {int(not ok)} failed')
sys.exit(not ok)
