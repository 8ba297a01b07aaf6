"""Whole drafts of services with their charts: correct, and with one fault each.

    service_charts.py GBLINT ROOT [NAME…]

The drafts of fixtures/charts have a chart and its 续图, and a procedure in words that says the same. As they are they give no error and
no warning of any rule. Each fault below gives exactly the findings that stand beside it: the rule, and words at which it stands.
With NAME… only these faults are tried.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

GBLINT, ROOT = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]) / 'fixtures' / 'charts'
PROFILES = ('service-business', 'db32-2796')
CARD, JOB, HEAT = 'reader-card', 'job-seeker', 'heating-repair'

# name → draft, replacements (each exactly once; those in a drawing have its name first), findings
FAULTS = {
    'a partial chart with a number of its own': (CARD, [('续图1　读者证办理流程', '图2　读者证办理流程'), ('审核的流程见续图1', '审核的流程见图2')],
                                                 [('FLW-019', '图2')]),
    'an exit without words': (CARD, [('Q -- 否 --> B[告知补正内容]', 'Q --> B[告知补正内容]')], [('FLW-015', '-->')]),
    'a dead end': (CARD, [('    D((B)) --> F[收取押金]', '    Q -- 存疑 --> X[核实疑点]\n    D((B)) --> F[收取押金]')], [('FLW-014', '核实疑点')]),
    'an arrow with two heads': (CARD, [('F --> G[制作读者证]', 'F <--> G[制作读者证]')], [('FLW-009', '<-->')]),
    'a long text in a box': (CARD, [('F[收取押金]', 'F[由服务台的工作人员按公示的标准向申请人收取押金]')], [('FLW-001', '由服务台')]),
    'connectors that do not meet': (CARD, [('D((B))', 'D((C))')], [('FLW-020', 'C'), ('FLW-020', 'B')]),
    'two processes in one chart': (CARD, [('    D((B)) --> F', '    X([收到挂失申请]) --> Y([登记挂失，办结])\n    D((B)) --> F')],
                                   [('FLW-012', '收到挂失申请')]),
    'an act with two exits': (CARD, [('A --> Q{材料齐全？}', 'A --> Q{材料齐全？}\n    A --> X[登记台账]\n    X --> Q')], [('FLW-016', '受理申请')]),
    'another order in the chart': (CARD, [('F[收取押金]', 'F[制作读者证]'), ('G[制作读者证]', 'G[收取押金]')], [('FLW-011', '')]),
    'an arrow that is none': (CARD, [('G --> H(', 'G -> H(')], [('INP-006', '->')]),
    'stages that have no clause': (CARD, [('依次完成受理、审核、收取押金、制证和发证', '依次完成受理、审核、收取押金、寄送和发证')], [('PRC-015', '寄送')]),
    'a box twice': (CARD, [('D[查询借阅记录]', 'D[核对身份信息]')], [('FLW-022', '核对身份信息')]),
    'a vague time': (CARD, [('工作人员应在10 min内制作读者证', '工作人员应尽快制作读者证')], [('PRC-012', '尽快')]),
    'a loop without a way out': (CARD, [('    D((B)) --> F', '    Q -- 存疑 --> X[函询原单位]\n    X --> Y[收集复函]\n    Y --> Z[补充调查]\n    Z --> X\n    D((B)) --> F')], [('FLW-024', '-->')]),
    'two arrows against the rest': (JOB, [('    c -> d -> q2;', '    c -> d -> q2;\n    q2 -> c [label="待查"];')], [('FLW-007', '')]),
    'a decision with one exit': (JOB, [('    r -> m [label="不成立"];\n', '')], [('FLW-015', '异议成立？')]),
    'a start that says nothing': (JOB, [('label="收到认定申请"', 'label="开始"'), ('label="清点申请材料"', 'label="清点材料"'),
                                        ('申请人提出认定申请后，由受理人员、审核人员依次完成受理、审核、公示和认定。', '认定由公共就业服务机构的两名人员分工完成。')],
                                  [('FLW-013', '开始')]),
    'a jump to somewhere': (JOB, [('时，转5.4.1。', '时，转相关环节。')], [('PRC-006', '转相关环节')]),
    'a jump to what is no step': (JOB, [('补正后，转5.2.1。', '补正后，转4.1。')], [('PRC-007', '4.1')]),
    'arrows that cross': (HEAT, [(HEAT + '-2.drawio', '<mxPoint x="40" y="610" /><mxPoint x="40" y="115" />', '<mxPoint x="500" y="610" /><mxPoint x="500" y="115" />')],
                          [('FLW-008', '')]),
    'boxes that overlap': (HEAT, [(HEAT + '.drawio', 'x="90" y="280"', 'x="90" y="220"')], [('FLW-026', '')]),
    'a line through a box': (HEAT, [(HEAT + '.drawio', '<mxPoint x="380" y="575" />', '<mxPoint x="380" y="495" /><mxPoint x="20" y="495" /><mxPoint x="20" y="575" />')],
                             [('FLW-027', '')]),
    'a loose arrow': (HEAT, [(HEAT + '.drawio', 'source="p" target="c"', 'source="p"')], [('FLW-014', '')]),
    'conditions with a gap': (HEAT, [(HEAT + '-2.drawio', 'value="不低于18 ℃？"', 'value="室内温度是否达标？"'), (HEAT + '-2.drawio', 'id="e8" value="否"', 'id="e8" value="低于18 ℃"'),
                                     (HEAT + '-2.drawio', 'id="e9" value="是"', 'id="e9" value="高于18 ℃"')], [('FLW-023', '')]),
    'steps without an order': (HEAT, [('a) 收到报修后', '—— 收到报修后'), ('b) 客服人员判断', '—— 客服人员判断'), ('c) 故障在户内', '—— 故障在户内'),
                                      ('d) 维修人员告知', '—— 维修人员告知'), ('e) 维修人员测量室内温度，室内温度低于18 ℃时，转c)；', '—— 维修人员测量室内温度；'),
                                      ('f) 客服人员', '—— 客服人员')], [('PRC-003', '')]),
    'a step that is never reached': (HEAT, [('室内温度低于18 ℃时，转c)；', '转c)；')], [('PRC-008', '')]),
}


def lint(folder, draft, profile):
    done = subprocess.run([GBLINT, 'lint', '--no-config', '-f', 'json', '--profile', profile, '--stage', '送', f'{draft}.md'], cwd=folder,
                          capture_output=True, text=True, encoding='utf-8')
    if not done.stdout:
        sys.exit(f'{draft}: {done.stderr.strip()}')
    return [(f['rule'], f.get('quote', '')) for f in json.loads(done.stdout)['files'][0]['findings'] if f['level'] != 'info']


def seeded(folder, draft, changes):
    """Copies the draft and its drawings, with the changes in them."""
    texts = {p.name: p.read_text(encoding='utf-8') for p in ROOT.glob(f'{draft}*')}
    for change in changes:
        name, old, new = change if len(change) == 3 else (f'{draft}.md', *change)
        if texts[name].count(old) != 1:
            sys.exit(f'{name}: {old!r} stands {texts[name].count(old)} times')
        texts[name] = texts[name].replace(old, new)
    for name, text in texts.items():
        (pathlib.Path(folder) / name).write_text(text, encoding='utf-8')


def main():
    chosen, failed, n = sys.argv[3:], 0, 0
    for draft in () if chosen else (CARD, JOB, HEAT):
        for profile in PROFILES:
            n += 1
            found = lint(ROOT, draft, profile)
            if found:
                failed += 1
                print(f'not ok - {draft}, {profile}: {found}')
    for name, (draft, changes, wanted) in FAULTS.items():
        if chosen and name not in chosen:
            continue
        n += 1
        with tempfile.TemporaryDirectory() as folder:
            seeded(folder, draft, changes)
            found = lint(folder, draft, 'db32-2796')
        if len(found) != len(wanted) or not all(f[0] == w[0] and w[1] in f[1] for f, w in zip(found, wanted)):
            failed += 1
            print(f'not ok - {name}\n    wanted {wanted}\n    found  {found}')
    print(f'{n - failed} passed, {failed} failed')
    return failed > 0


sys.exit(main())
