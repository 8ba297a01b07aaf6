"""A term bank of N entries as CSV, YAML or TBX: bank.py FORM N.

Three names to a concept: the first is preferred, the others are deprecated. Every concept has its English and a definition."""
import sys

FIRST = ('社会 医疗 养老 失业 工伤 生育 住房 公积 信息 网络 数据 软件 硬件 接口 安全 质量 计量 检验 检测 认证 标准 规范 设计 施工 监理 验收 运行 维护 管理 '
         '经办 受理 审核 稽核 支付 征缴 统筹 基金 预算 决算 会计 审计 档案 文书 印章 食品 药品 器械 化妆 农业 林业 水利 渔业 畜牧 种子 肥料 农药 土壤 灌溉 '
         '机械 电气 液压 气动 轴承 齿轮 焊接 铸造 锻造 热处 表面 涂装 包装 运输 仓储 配送 建筑 结构 地基 混凝 钢筋 砌体 防水 保温 幕墙 门窗 环境 噪声 废水 '
         '废气 固废 监测 采样 生态 碳排 能源 电力 燃气 供热 供水 排水 道路 桥梁 隧道 轨道 航空 港口 教育 培训 图书 文物 旅游 体育 家政 物业 殡葬').split()
SECOND = '保险 服务 业务 系统 平台 设施 设备 装置 材料 产品 过程 作业 项目 工程 技术 资料 记录 合同 人员 岗位'.split()
HEAD = '机构 部门 单位 中心 窗口 人员 指标 系数 方法 程序 要求 报告 凭证 台账 周期'.split()
OTHER = '所 处 站 点 组 室 科 队'.split()


def concepts(n):
    for i in range((n + 2) // 3):
        a, b, h = FIRST[i % len(FIRST)], SECOND[i // len(FIRST) % len(SECOND)], HEAD[i * 7 % len(HEAD)]
        yield i, a + b + h, [a + b + OTHER[i % 8] + '类', a + h + OTHER[i // 8 % 8] + '别名'], f'concept number {i}', f'在{b}中承担{a}的{h}'


def csv(n):
    yield 'term,status,concept,en,definition'
    for i, name, others, en, definition in concepts(n):
        yield f'{name},preferred,c{i},{en},{definition}'
        for other in others:
            yield f'{other},deprecated,c{i},,'


def yaml(n):
    for i, name, others, en, definition in concepts(n):
        yield f'- preferred: {name}\n  deprecated: [{", ".join(others)}]\n  en: {en}\n  definition: {definition}'


def tbx(n):
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<tbx type="TBX-Basic" style="dca" xml:lang="zh" xmlns="urn:iso:std:iso:30042:ed-2">\n<text><body>'
    for i, name, others, en, definition in concepts(n):
        yield f'<conceptEntry id="c{i}">\n  <descrip type="definition">{definition}</descrip>\n  <langSec xml:lang="zh">'
        for j, each in enumerate([name] + others):
            status = 'deprecatedTerm-admn-sts' if j else 'preferredTerm-admn-sts'
            yield f'    <termSec><term>{each}</term><termNote type="administrativeStatus">{status}</termNote></termSec>'
        yield f'  </langSec>\n  <langSec xml:lang="en"><termSec><term>{en}</term></termSec></langSec>\n</conceptEntry>'
    yield '</body></text>\n</tbx>'


FORMS = {'csv': csv, 'yaml': yaml, 'tbx': tbx}


def write(form, n, path):
    path.write_text(''.join(line + '\n' for line in FORMS[form](n)))
    return path


if __name__ == '__main__':
    sys.stdout.writelines(line + '\n' for line in FORMS[sys.argv[1]](int(sys.argv[2])))
