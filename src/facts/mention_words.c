/* The words around a number that tell whether it is a mention, of what, and of which document. Rule catalogue 4.4. */
#include "facts/mention_priv.h"

#include "text/utf8.h"

#define W(literal)                                                                                                     \
    {                                                                                                                  \
        GB_WORD(literal), 0                                                                                            \
    }
#define V(literal, value)                                                                                              \
    {                                                                                                                  \
        GB_WORD(literal), (value)                                                                                      \
    }

/* The longer word first where one ends in (or begins with) the other. */

static const struct gb_listed_word kinds[] = {
    V("附录", GB_MENTION_ANNEX),   V("图", GB_MENTION_FIGURE),    V("表", GB_MENTION_TABLE),
    V("公式", GB_MENTION_FORMULA), V("方程", GB_MENTION_FORMULA), V("方程式", GB_MENTION_FORMULA),
    V("式", GB_MENTION_FORMULA),   V("示例", GB_MENTION_EXAMPLE), V("注", GB_MENTION_NOTE),
    V("步骤", GB_MENTION_STEP),    V("条款", GB_MENTION_CLAUSE),  V("章节", GB_MENTION_CLAUSE),
    V("条", GB_MENTION_CLAUSE),
};

/* They only end like a word of kind. */
static const struct gb_listed_word no_kinds[] = {
    W("代表"), W("仪表"), W("发表"), W("外表"), W("附表"), W("附图"), W("地图"), W("手表"), W("水表"),
    W("电表"), W("气表"), W("意图"), W("版图"), W("试图"), W("方式"), W("形式"), W("模式"), W("格式"),
    W("样式"), W("型式"), W("正式"), W("制式"), W("版式"), W("款式"), W("仪式"), W("等式"), W("备注"),
    W("标注"), W("关注"), W("批注"), W("加注"), W("附注"), W("脚注"),
};

/* They may stand right before 图1, 表2 in a sentence; other nouns make it 登记表1, 流程图1. */
static const struct gb_listed_word before_kinds[] = {
    W("见"), W("按"), W("照"), W("如"),   W("由"),   W("合"),   W("据"),   W("在"),   W("和"), W("与"), W("及"),
    W("或"), W("从"), W("至"), W("到"),   W("除"),   W("用"),   W("以"),   W("对"),   W("将"), W("的"), W("中"),
    W("其"), W("入"), W("依"), W("足"),   W("于"),   W("是"),   W("为"),   W("查"),   W("写"), W("同"), W("即"),
    W("而"), W("了"), W("行"), W("看"),   W("录"),   W("过"),   W("出"),   W("超"),   W("填"), W("考"), W("阅"),
    W("比"), W("并"), W("若"), W("则"),   W("应"),   W("可"),   W("宜"),   W("仅"),   W("均"), W("等"), W("换"),
    W("改"), W("循"), W("守"), W("测量"), W("一次"), W("两次"), W("确定"), W("选取"),
};

static const struct gb_listed_word ordinals[] = {W("第")};

static const struct gb_listed_word suffixes[] = {
    V("条款", GB_SUFFIX_ARTICLE), V("章节", GB_SUFFIX_ARTICLE), V("章", GB_SUFFIX_CHAPTER), V("条", GB_SUFFIX_ARTICLE),
    V("节", GB_SUFFIX_ARTICLE),   V("款", GB_SUFFIX_ARTICLE),   V("步", GB_SUFFIX_STEP),    V("部分", GB_SUFFIX_OTHER),
};

static const struct gb_listed_word no_suffixes[] = {W("条件"), W("条目"), W("条文"), W("步骤"), W("节能"),
                                                    W("节点"), W("节约"), W("款式"), W("款项"), W("章程")};

/* 第5至第7章: what may part 第5 from the number that has the word. */
static const struct gb_listed_word ordinal_joints[] = {W("至第"), W("～第"), W("、第"), W("和第"), W("到第")};

/* Between a clause's number and a marker: 5.2中第b）项; behind it. */
static const struct gb_listed_word marker_ties[] = {W("中的第"), W("中第"), W("的第"), W("中的"),
                                                    W("中"),     W("的"),   W("第")};
static const struct gb_listed_word marker_tails[] = {W("项"), W("款")};

static const struct gb_listed_word steps[] = {W("步骤"), W("转"),   W("转至"), W("转到"),
                                              W("返回"), W("回到"), W("跳至"), W("转入")};

static const struct gb_listed_word verbs[] = {
    V("参见", GB_VERB_SEE_ALSO), V("参阅", GB_VERB_SEE_ALSO), V("参看", GB_VERB_SEE_ALSO), V("参考", GB_VERB_SEE_ALSO),
    V("参照", GB_VERB_CONSULT),  V("见", GB_VERB_SEE),        V("按照", GB_VERB_FOLLOW),   V("依照", GB_VERB_FOLLOW),
    V("遵照", GB_VERB_FOLLOW),   V("按", GB_VERB_FOLLOW),     V("依据", GB_VERB_FOLLOW),   V("根据", GB_VERB_FOLLOW),
    V("执行", GB_VERB_FOLLOW),   V("遵循", GB_VERB_FOLLOW),   V("依", GB_VERB_FOLLOW),     V("符合", GB_VERB_COMPLY),
    V("满足", GB_VERB_COMPLY),   V("遵守", GB_VERB_COMPLY),   V("如", GB_VERB_AS),         V("由", GB_VERB_AS),
    V("在", GB_VERB_AS),         V("对", GB_VERB_AS),         V("除", GB_VERB_AS),         V("从", GB_VERB_AS),
    V("将", GB_VERB_AS),         V("用", GB_VERB_AS),         V("以", GB_VERB_AS),         V("同", GB_VERB_AS),
    V("为", GB_VERB_AS),         V("达到", GB_VERB_AS),       V("于", GB_VERB_AS),         V("与", GB_VERB_AS),
};

/* They only end like a verb. */
static const struct gb_listed_word no_verbs[] = {W("意见"), W("常见"), W("罕见"), W("偏见"), W("可以"),
                                                 W("所以"), W("认为"), W("合同"), W("不同"), W("相同"),
                                                 W("共同"), W("等同"), W("如同"), W("连同")};

static const struct gb_listed_word negations[] = {W("不"),   W("未"),   W("不应"), W("不必"),
                                                  W("不再"), W("无需"), W("无须")};

/* What a draft calls itself, and what ties a mention to it: 本文件的第5章. */
static const struct gb_listed_word self_names[] = {W("本文件"), W("本标准"), W("本部分"), W("本规范"),
                                                   W("本规程"), W("本指南"), W("本导则"), W("本指导性技术文件"),
                                                   W("本办法"), W("本版")};
static const struct gb_listed_word ties[] = {W("中的"), W("中"), W("的"), W("之"), W("内")};

/* Behind a quantity. */
static const struct gb_listed_word measures[] = {
    W("倍"),     W("个"),     W("次"),         W("米"),     W("元"),   W("万"),   W("亿"),     W("年"),     W("月"),
    W("日"),     W("天"),     W("小时"),       W("周"),     W("季度"), W("度"),   W("秒"),     W("人"),     W("台"),
    W("件"),     W("页"),     W("版"),         W("吨"),     W("克"),   W("千"),   W("毫"),     W("厘"),     W("公里"),
    W("公斤"),   W("公顷"),   W("平方"),       W("立方"),   W("升"),   W("伏"),   W("瓦"),     W("赫"),     W("帕"),
    W("号"),     W("层"),     W("岁"),         W("级"),     W("种"),   W("根"),   W("套"),     W("名"),     W("位"),
    W("张"),     W("份"),     W("支"),         W("块"),     W("只"),   W("篇"),   W("幅"),     W("字节"),   W("比特"),
    W("兆"),     W("成"),     W("以上"),       W("以下"),   W("以内"), W("左右"), W("及以上"), W("及以下"), W("类"),
    W("型"),     W("档"),     W("折"),         W("期"),     W("寸"),   W("亩"),   W("的系数"), W("的比例"), W("的比率"),
    W("的坡度"), W("的倍数"), W("的安全系数"), W("的置信"), W("分"),
};

/* 分 is a unit, but begins these. */
static const struct gb_listed_word no_measures[] = {W("分别"), W("分析"), W("分组"), W("分类"), W("分步"),
                                                    W("分段"), W("分级"), W("分批"), W("分层"), W("成立")};

/* Before a value. */
static const struct gb_listed_word values[] = {W("版本"),   W("版本号"), W("地址"), W("网址"), W("型号"), W("不低于"),
                                               W("不小于"), W("大于"),   W("小于"), W("等于"), W("低于"), W("高于"),
                                               W("多于"),   W("少于"),   W("超过"), W("至少"), W("约")};

/* Behind a mention: some make sure that it is one, some only allow it. */
static const struct gb_listed_word behind[] = {
    V("的规定", GB_BEHIND_PROVISION), V("规定", GB_BEHIND_PROVISION),   V("的要求", GB_BEHIND_PROVISION),
    V("要求", GB_BEHIND_PROVISION),   V("中", GB_BEHIND_PROVISION),     V("给出", GB_BEHIND_PROVISION),
    V("所", GB_BEHIND_PROVISION),     V("描述", GB_BEHIND_PROVISION),   V("的描述", GB_BEHIND_PROVISION),
    V("的方法", GB_BEHIND_PROVISION), V("的程序", GB_BEHIND_PROVISION), V("的步骤", GB_BEHIND_PROVISION),
    V("的内容", GB_BEHIND_PROVISION), V("列出", GB_BEHIND_PROVISION),   V("的条件", GB_BEHIND_PROVISION),
    V("的试验", GB_BEHIND_PROVISION), V("的检验", GB_BEHIND_PROVISION), V("确定的", GB_BEHIND_PROVISION),
    V("的有关", GB_BEHIND_PROVISION), V("的相关", GB_BEHIND_PROVISION), V("的列项", GB_BEHIND_PROVISION),
    V("条", GB_BEHIND_PROVISION),     V("节", GB_BEHIND_PROVISION),     V("款", GB_BEHIND_PROVISION),
    V("项", GB_BEHIND_PROVISION),     V("章", GB_BEHIND_PROVISION),     V("为准", GB_BEHIND_PROVISION),
    V("的结果", GB_BEHIND_PROVISION), V("的限值", GB_BEHIND_PROVISION), V("的指标", GB_BEHIND_PROVISION),
    V("的全部", GB_BEHIND_PROVISION), V("的所有", GB_BEHIND_PROVISION), V("的符合性", GB_BEHIND_PROVISION),
    V("的", GB_BEHIND_OPEN),          V("进行", GB_BEHIND_OPEN),        V("执行", GB_BEHIND_OPEN),
    V("检", GB_BEHIND_OPEN),          V("试验", GB_BEHIND_OPEN),        V("测", GB_BEHIND_OPEN),
    V("和", GB_BEHIND_OPEN),          V("及", GB_BEHIND_OPEN),          V("与", GB_BEHIND_OPEN),
    V("或", GB_BEHIND_OPEN),          V("至", GB_BEHIND_OPEN),          V("到", GB_BEHIND_OPEN),
    V("以外", GB_BEHIND_OPEN),        V("外", GB_BEHIND_OPEN),          V("处理", GB_BEHIND_OPEN),
    V("实施", GB_BEHIND_OPEN),        V("办理", GB_BEHIND_OPEN),        V("操作", GB_BEHIND_OPEN),
    V("等", GB_BEHIND_OPEN),          V("时", GB_BEHIND_OPEN),          V("之", GB_BEHIND_OPEN),
    V("选", GB_BEHIND_OPEN),          V("制", GB_BEHIND_OPEN),          V("编", GB_BEHIND_OPEN),
    V("提", GB_BEHIND_OPEN),          V("评", GB_BEHIND_OPEN),          V("验", GB_BEHIND_OPEN),
};

/* What joins two mentions; the longer first where one begins with the other. */
static const struct gb_listed_word joints[] = {
    V("和/或", GB_JOINT_AND), V("，以及", GB_JOINT_COMMA), V("，和", GB_JOINT_COMMA), V("，及", GB_JOINT_COMMA),
    V("和", GB_JOINT_AND),    V("以及", GB_JOINT_AND),     V("及其", GB_JOINT_AND),   V("及", GB_JOINT_AND),
    V("与", GB_JOINT_AND),    V("或者", GB_JOINT_AND),     V("或", GB_JOINT_AND),     V("、", GB_JOINT_AND),
    V("，", GB_JOINT_COMMA),  V(",", GB_JOINT_COMMA),      V("～", GB_JOINT_RANGE),   V("~", GB_JOINT_RANGE),
    V("∼", GB_JOINT_RANGE),   V("〜", GB_JOINT_RANGE),     V("至", GB_JOINT_RANGE),   V("到", GB_JOINT_RANGE),
    V("-", GB_JOINT_RANGE),   V("——", GB_JOINT_RANGE),     V("—", GB_JOINT_RANGE),    V("–", GB_JOINT_RANGE),
    V("－", GB_JOINT_RANGE),  V("中的", GB_JOINT_INSIDE),  V("中", GB_JOINT_INSIDE),  V("的", GB_JOINT_INSIDE),
    V("之", GB_JOINT_INSIDE), V("内的", GB_JOINT_INSIDE),
};

/* All that may stand between the name of a document and a part of it. */
static const struct gb_listed_word of_document[] = {
    W("中"),   W("的"),   W("之"),   W("第"),   W("及其"),   W("其"),     W("里"),   W("内"),   W("年版"),
    W("年"),   W("版"),   W("标准"), W("规范"), W("文件"),   W("部分"),   W("定义"), W("术语"), W("条款"),
    W("条"),   W("，"),   W(","),    W("（"),   W("）"),     W("("),      W(")"),    W(" "),    W("\xE3\x80\x80"),
    W("规程"), W("所有"), W("："),   W(":"),    W("取值于"), W("取值见"), W("取自"), W("选自"),
};

/* What names a document without its identifier. */
static const struct gb_listed_word documents[] = {
    W("标准"), W("文件"), W("规范"), W("规程"), W("条例"), W("办法"), W("指南"), W("导则"),
    W("指令"), W("公约"), W("合同"), W("协议"), W("手册"), W("药典"), W("年版"), W("版"),
    W("部分"), W("文献"), W("法规"), W("规则"), W("细则"), W("章程"), W("大纲"), W("图集"),
    W("版本"), W("决定"), W("通知"), W("原"),   W("法"),   W("书"),   W("报告"),
};

/* …法 that are no laws. */
static const struct gb_listed_word no_documents[] = {W("方法"), W("测法"), W("做法"), W("算法"),   W("语法"),
                                                     W("用法"), W("写法"), W("试法"), W("分析法"), W("测量法")};

/* Marks that end a part of a sentence. */
static const struct gb_listed_word ends[] = {W("，"), W("。"), W("；"), W("："), W(","),
                                             W(";"),  W("（"), W("("),  W("）"), W(")")};
static const struct gb_listed_word commas[] = {W("，"), W(",")};

static const struct {
    const struct gb_listed_word *words;
    size_t n;
} lists[GB_WORDS_COUNT] = {
#define X(id, list) [GB_WORDS_##id] = {list, GB_COUNT(list)},
    GB_WORD_LISTS(X)
#undef X
};

/* ── finding them ──────────────────────────────────────────────────────── */

static uint32_t
slot_of(uint32_t c)
{
    return (c * UINT32_C(2654435761)) >> (32 - GB_WORD_BITS);
}

void
gb_index_words(struct gb_word_index *index)
{
    for (unsigned list = 0; list < GB_WORDS_COUNT; list++) {
        for (size_t i = 0; i < lists[list].n; i++) {
            struct gb_str word = lists[list].words[i].str;
            index->begins[slot_of(gb_char_at(word, 0))] |= UINT32_C(1) << list;
            index->ends[slot_of(gb_char_before(word, word.len))] |= UINT32_C(1) << list;
        }
    }
}

const struct gb_listed_word *
gb_listed_at(const struct gb_word_index *index, struct gb_str s, size_t at, enum gb_word_set list)
{
    if (at >= s.len || !(index->begins[slot_of(gb_char_at(s, at))] >> list & 1))
        return NULL;
    struct gb_str rest = gb_str_skip(s, at);
    for (size_t i = 0; i < lists[list].n; i++) {
        struct gb_str word = lists[list].words[i].str;
        if (word.len <= rest.len && word.ptr[word.len - 1] == rest.ptr[word.len - 1] && gb_str_starts(rest, word))
            return &lists[list].words[i];
    }
    return NULL;
}

const struct gb_listed_word *
gb_listed_before(const struct gb_word_index *index, struct gb_str s, size_t at, enum gb_word_set list)
{
    if (at == 0 || !(index->ends[slot_of(gb_char_before(s, at))] >> list & 1))
        return NULL;
    struct gb_str head = gb_str_sub(s, 0, at);
    for (size_t i = 0; i < lists[list].n; i++) {
        struct gb_str word = lists[list].words[i].str;
        if (word.len <= at && word.ptr[0] == s.ptr[at - word.len] && word.ptr[word.len - 1] == s.ptr[at - 1] &&
            gb_str_ends(head, word))
            return &lists[list].words[i];
    }
    return NULL;
}
