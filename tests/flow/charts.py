"""Charts of Mermaid out of a seed: Chinese labels, every construct of the notation, some of them broken on purpose."""
import random

WORDS = ['受理', '审核', '材料齐全', '补正', '办结', '归档', '申请人提交申请', '一次性告知', '初审（经办）', '复核', '送达', '公示5日',
         '不予受理', '登记', '核定待遇', '发放', '结束', '开始', '系统自动比对', 'OK', '是否符合条件？', '发给《通知书》', '转下一环节',
         '表1', '3.2', 'A/B', '财务 支付', '“一窗”受理', '超过20个工作日']
SHORT = ['是', '否', '通过', '不通过', '齐全', '不齐全', '5日内', '符合', '退回', 'yes', 'no']
IDS = ['A', 'B', 'C', 'D', 'E1', 'F_2', 'node', '受理', '审核', '开始', '结束1', 'a-b', 'x1', 'o2', 'step.1', 'End', 'p/q', '甲&乙', 'v2', 'endpoint',
       'S1', 'S2', '1a', '2', 'default1', 'id:1', 'i,j', '环节']
OPEN_CLOSE = [('[', ']'), ('(', ')'), ('([', '])'), ('[[', ']]'), ('[(', ')]'), ('((', '))'), ('(((', ')))'), ('(-', '-)'), ('{', '}'),
              ('{{', '}}'), ('>', ']'), ('[/', '/]'), ('[\\', '\\]'), ('[/', '\\]'), ('[\\', '/]'), ('[|a:b|', ']')]
SHAPES = ['rect', 'diam', 'stadium', 'circle', 'doc', 'hex', 'lean-r', 'stop', 'fork', 'brace', 'cyl', 'subproc', 'Rect', 'no-such', 'lin-cyl']
LINES = ['-->', '---', '==>', '===', '-.->', '-.-', '~~~', '--->', '---->', '====>', '-..->', '-...-', '<-->', 'x--x', 'o--o', '--o', '--x',
         '<==>', '<-.->', '~~~~', '<--', 'x-->', '--->', '-------------->']
STARTS = [('--', '-->'), ('--', '---'), ('==', '==>'), ('-.', '.->'), ('-.', '-.->'), ('<--', '-->'), ('x--', '--x'), ('o==', '==o'), ('<-.', '.->'),
          ('--', '--->'), ('x--', '-->'), ('==', '===')]


class Maker:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.ids = self.r.sample(IDS, 8)

    def pick(self, things):
        return self.r.choice(things)

    def chance(self, p):
        return self.r.random() < p

    def text(self):
        r = self.r.random()
        word = self.pick(WORDS)
        if r < 0.55:
            return word
        if r < 0.75:
            return '"' + word + self.pick(['', '<br/>', '<br>第二行', ' (x)', '#35;1', '#quot;引#quot;', '&amp;', '\n下一行', '：', ' [a]', '\\n续']) + '"'
        if r < 0.85:
            return '"`' + self.pick(['**', '*', '']) + word + self.pick(['**', '*', '', '\n二']) + '`"'
        if r < 0.93:
            return word + self.pick([' ', '<br/>', '#59;', '：', '; 再办', '\n', '、', '%', ' a b', '=1', '-2'])
        return self.pick([' ' + word + ' ', word + '|', '"' + word + '"x', word + '(x)', '', ' ', '""', 'a direction LR b'] if self.chance(0.4) else [word])

    def node(self):
        i = self.pick(self.ids)
        r = self.r.random()
        if r < 0.4:
            out = i
        elif r < 0.9:
            o, c = self.pick(OPEN_CLOSE[:10] if self.chance(0.7) else OPEN_CLOSE)
            out = i + o + self.text() + c
        else:
            return i + self.data()
        if self.chance(0.06):
            out += ':::' + self.pick(['重点', 'big', 'cls-1'])
        return out

    def data(self):
        pairs = []
        if self.chance(0.8):
            pairs.append('shape: ' + self.pick(SHAPES))
        if self.chance(0.7):
            pairs.append('label: ' + self.pick(['"' + self.pick(WORDS) + '"', self.pick(WORDS), "'" + self.pick(SHORT) + "'", '"a\n  b"', '5', 'true', '""']))
        if self.chance(0.1):
            pairs.append(self.pick(['icon: "fa:bell"', 'w: 60', 'pos: b', 'labelType: text', 'animate: true']))
        if self.chance(0.3):
            return '@{\n' + ''.join(f'  {p}\n' for p in pairs) + '}'
        return '@{ ' + ', '.join(pairs) + ' }'

    def nodes(self):
        n = self.node()
        while self.chance(0.1):
            n += self.pick([' & ', ' & ', '  &  ', '&']) + self.node()
        return n

    def line(self):
        r = self.r.random()
        if r < 0.55:
            line = self.pick(LINES[:4] if self.chance(0.6) else LINES)
            if self.chance(0.35):
                line += '|' + self.pick([self.pick(SHORT), self.pick(SHORT), self.text()]) + '|'
        else:
            s, e = self.pick(STARTS[:5] if self.chance(0.7) else STARTS)
            line = s + ' ' + self.pick([self.pick(SHORT), self.text()]) + ' ' + e
        if self.chance(0.05):
            line = self.pick(['e1', 'e2', '边']) + '@' + line
            return ' ' + line + ' '
        return self.pick([' ', ' ', ' ', '', '\n']) + line + self.pick([' ', ' ', ' ', '', '\n'])

    def chain(self):
        out = self.nodes()
        while self.chance(0.6):
            out += self.line() + self.nodes()
        return out

    def other(self):
        i = self.pick(self.ids)
        return self.pick([f'style {i} fill:#f9f,stroke:#333', f'style {i} fill:#f9f,stroke-width:2px;', f'classDef 重点 fill:#f96', f'class {i} big',
                          'classDef a,b fill:#fff,color:red;', f'class {i},A 重点', 'linkStyle 0 stroke:#ff3', 'linkStyle default stroke:red',
                          'linkStyle 0,1 interpolate basis stroke:#f00', 'linkStyle 9 color:red', f'click {i} "http://e.org" "提示" _blank', f'click {i} cb',
                          f'click {i} call f(1, 2) "t"', f'click {i} href "http://e.org" _self', 'accTitle: 标题', 'accDescr: 说明', 'accDescr {\n多行\n}',
                          '%% 注释', '%%{init: {"theme": "dark"}}%%', 'e1@{ animate: true }', 'direction LR', ';', '', 'style', '%%', 'click', 'end'])

    def subgraph(self, depth):
        head = self.pick(['subgraph ' + self.pick(self.ids), 'subgraph ' + self.pick(['S1', 'S2', 'S3']) + self.pick(['[第一阶段]', ' [第二 阶段]', '["第三（阶段）"]']),
                          'subgraph "引号 标题"', 'subgraph 受理 环节', 'subgraph 一 ', 'subgraph "单词"'])
        body = self.block(depth + 1)
        if self.chance(0.3):
            body = 'direction ' + self.pick(['LR', 'TD', 'TB', 'RL', 'BT']) + '\n' + body
        return head + '\n' + body + self.pick(['end', 'end', 'end', 'end ', 'end;', '  end'])

    def block(self, depth=0):
        out = ''
        for _ in range(self.r.randint(1, 5 if depth else 8)):
            r = self.r.random()
            if r < 0.78:
                s = self.chain()
            elif r < 0.9 or depth > 2:
                s = self.other()
            else:
                s = self.subgraph(depth)
            out += self.pick(['', '  ', '\t', '    ']) + s + self.pick(['\n', '\n', '\n', '\n', ';\n', '\n\n', ' \n', ';', '\r\n'])
        return out

    def chart(self):
        head = self.pick(['flowchart TD', 'graph LR', 'graph TB', 'flowchart BT', 'flowchart RL', 'graph', 'graph TD;', 'flowchart LR ', 'graph >', 'graph v', 'flowchart-elk TD',
                          'swimlane-beta LR', 'graph BR']) + '\n'
        if self.chance(0.06):
            head = '---\ntitle: ' + self.pick(['流程', '"一：二"', '一: 二', '']) + '\n---\n' + head
        if self.chance(0.05):
            head = self.pick(['%% 说明\n', '%%{init: {"flowchart": {"curve": "basis"}}}%%\n', '\n  \n']) + head
        return head + self.block()


def chart(seed):
    return Maker(seed).chart()


def plain_chart(seed):
    """One without the rare things: such as drafters write."""
    m = Maker(seed)
    ids = [f'N{k}' for k in range(8)] if m.chance(0.5) else m.ids
    words = [w for w in WORDS if '(' not in w]
    out = m.pick(['flowchart TD', 'graph TD', 'graph LR', 'flowchart TB']) + '\n'
    declared = set()

    def node():
        i = m.pick(ids)
        if i in declared:
            return i
        declared.add(i)
        o, c = m.pick([('[', ']'), ('[', ']'), ('{', '}'), ('([', '])'), ('(', ')'), ('["', '"]'), ('{"', '"}')])
        return i + o + m.pick(words) + c

    for _ in range(m.r.randint(3, 12)):
        out += m.pick(['', '    ']) + node()
        for _ in range(m.r.randint(1, 2)):
            out += m.pick([' --> ', '-->', ' -->|' + m.pick(SHORT) + '| ', ' -- ' + m.pick(SHORT) + ' --> ', ' -.-> ', ' ==> ']) + node()
        out += '\n'
    return out


def mutate(text, seed):
    """One to three small damages."""
    r = random.Random(seed)
    for _ in range(r.randint(1, 3)):
        at = r.randrange(len(text) + 1)
        kind = r.random()
        if kind < 0.3 and text:
            text = text[:at] + text[at + r.randint(1, 3):]
        elif kind < 0.7:
            piece = r.choice(list('[](){}|"<>-=.~&:;,@#%\\/`^*+ \n　（）：，；“”→—_xov09AB') + ['end', ' end ', '-->', '->', '--', '==', '-.', '%%', '@{', '"`', '`"', ':::', '\n\n', 'direction LR',
                              'subgraph ', 'style ', 'class ', 'click ', 'default', 'href ', '#35;', '|', '[[', '))', '\t', '〇', '𠮷', '\u2028', '%%{', '}%%', 'graph TD', 'accTitle:', '---\n'])
            text = text[:at] + piece + text[at:]
        elif kind < 0.85 and len(text) > 4:
            to = r.randrange(len(text))
            size = r.randint(1, 12)
            text = text[:at] + text[to:to + size] + text[at:]
        else:
            lines = text.split('\n')
            a, b = r.randrange(len(lines)), r.randrange(len(lines))
            lines[a], lines[b] = lines[b], lines[a]
            text = '\n'.join(lines)
    return text
