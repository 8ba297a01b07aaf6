/* Words around a number that tell whether it is a mention, of what, and of which document. Rule catalogue 4.4. */
#include "facts/mention_priv.h"

#include "text/chars.h"
#include "text/utf8.h"

#define LIST(array) ((struct gb_word_list){(array), GB_COUNT(array)})

/* ── characters ────────────────────────────────────────────────────────── */

static bool
is_blank(uint32_t c)
{
    return c == ' ' || c == 0x3000 || c == 0xA0 || c == '\t' || c == '\n';
}

size_t
gb_skip_blanks(struct gb_str s, size_t at)
{
    size_t next;

    while (at < s.len && is_blank(gb_utf8_at(s, at, &next)))
        at = next;
    return at;
}

size_t
gb_skip_blanks_back(struct gb_str s, size_t at)
{
    size_t prev;

    while (at > 0 && is_blank(gb_utf8_before(s, at, &prev)))
        at = prev;
    return at;
}

/* ── verbs ─────────────────────────────────────────────────────────────── */

/* What a draft calls itself, and what ties a mention to it: 本文件的第5章. */
static const struct gb_str self_names[] = {
    GB_WORD("本文件"), GB_WORD("本标准"), GB_WORD("本部分"), GB_WORD("本规范"), GB_WORD("本规程"), GB_WORD("本指南"),
    GB_WORD("本导则"), GB_WORD("本指导性技术文件"), GB_WORD("本办法"), GB_WORD("本版"),
};

static const struct gb_str ties[] = {GB_WORD("中的"), GB_WORD("中"), GB_WORD("的"), GB_WORD("之"), GB_WORD("内")};

/* The longer word first where one ends in the other. */
static const struct {
    struct gb_str word;
    enum gb_mention_verb verb;
} verbs[] = {
    {GB_WORD("参见"), GB_VERB_SEE_ALSO}, {GB_WORD("参阅"), GB_VERB_SEE_ALSO}, {GB_WORD("参看"), GB_VERB_SEE_ALSO},
    {GB_WORD("参考"), GB_VERB_SEE_ALSO}, {GB_WORD("参照"), GB_VERB_CONSULT},  {GB_WORD("见"), GB_VERB_SEE},
    {GB_WORD("按照"), GB_VERB_FOLLOW},   {GB_WORD("依照"), GB_VERB_FOLLOW},   {GB_WORD("遵照"), GB_VERB_FOLLOW},
    {GB_WORD("按"), GB_VERB_FOLLOW},     {GB_WORD("依据"), GB_VERB_FOLLOW},   {GB_WORD("根据"), GB_VERB_FOLLOW},
    {GB_WORD("执行"), GB_VERB_FOLLOW},   {GB_WORD("遵循"), GB_VERB_FOLLOW},   {GB_WORD("依"), GB_VERB_FOLLOW},
    {GB_WORD("符合"), GB_VERB_COMPLY},   {GB_WORD("满足"), GB_VERB_COMPLY},   {GB_WORD("遵守"), GB_VERB_COMPLY},
    {GB_WORD("如"), GB_VERB_AS},         {GB_WORD("由"), GB_VERB_AS},         {GB_WORD("在"), GB_VERB_AS},
    {GB_WORD("对"), GB_VERB_AS},         {GB_WORD("除"), GB_VERB_AS},         {GB_WORD("从"), GB_VERB_AS},
    {GB_WORD("将"), GB_VERB_AS},         {GB_WORD("用"), GB_VERB_AS},         {GB_WORD("以"), GB_VERB_AS},
    {GB_WORD("同"), GB_VERB_AS},         {GB_WORD("为"), GB_VERB_AS},
};

/* Words that only end like a verb. */
static const struct gb_str no_verbs[] = {GB_WORD("意见"), GB_WORD("常见"), GB_WORD("罕见"), GB_WORD("偏见"),
                                         GB_WORD("可以"), GB_WORD("所以"), GB_WORD("认为"), GB_WORD("合同")};

static const struct gb_str negations[] = {GB_WORD("不"), GB_WORD("未"), GB_WORD("不应"), GB_WORD("不必"),
                                          GB_WORD("不再"), GB_WORD("无需"), GB_WORD("无须")};

/* Before 本文件的, 本标准中. */
static size_t
skip_self_name_back(struct gb_str s, size_t at)
{
    size_t begin = gb_skip_blanks_back(s, at);
    size_t tie = gb_word_before(LIST(ties), s, begin);
    size_t name_end = gb_skip_blanks_back(s, begin - tie);
    size_t name = gb_word_before(LIST(self_names), s, name_end);

    return name ? gb_skip_blanks_back(s, name_end - name) : at;
}

enum gb_mention_verb
gb_mention_verb_before(struct gb_str s, size_t at, size_t *out_begin, size_t *out_end, bool *out_negated)
{
    size_t end = gb_skip_blanks_back(s, skip_self_name_back(s, gb_skip_blanks_back(s, at)));
    struct gb_str head = gb_str_sub(s, 0, end);

    *out_begin = *out_end = end;
    *out_negated = false;
    if (gb_word_before(LIST(no_verbs), s, end))
        return GB_VERB_NONE;
    for (size_t i = 0; i < GB_COUNT(verbs); i++) {
        if (!gb_str_ends(head, verbs[i].word))
            continue;
        *out_begin = end - verbs[i].word.len;
        *out_negated = gb_word_before(LIST(negations), s, *out_begin) > 0 || gb_str_is(verbs[i].word, "除");
        return verbs[i].verb;
    }
    return GB_VERB_NONE;
}

/* ── units ─────────────────────────────────────────────────────────────── */

static const struct gb_str measures[] = {
    GB_WORD("倍"), GB_WORD("个"), GB_WORD("次"), GB_WORD("米"), GB_WORD("元"), GB_WORD("万"), GB_WORD("亿"),
    GB_WORD("年"), GB_WORD("月"), GB_WORD("日"), GB_WORD("天"), GB_WORD("小时"), GB_WORD("周"), GB_WORD("季度"),
    GB_WORD("度"), GB_WORD("秒"), GB_WORD("人"), GB_WORD("台"), GB_WORD("件"), GB_WORD("页"), GB_WORD("版"),
    GB_WORD("吨"), GB_WORD("克"), GB_WORD("千"), GB_WORD("毫"), GB_WORD("厘"), GB_WORD("公里"), GB_WORD("公斤"),
    GB_WORD("公顷"), GB_WORD("平方"), GB_WORD("立方"), GB_WORD("升"), GB_WORD("伏"), GB_WORD("瓦"), GB_WORD("赫"),
    GB_WORD("帕"), GB_WORD("号"), GB_WORD("层"), GB_WORD("岁"), GB_WORD("级"), GB_WORD("种"), GB_WORD("根"),
    GB_WORD("套"), GB_WORD("名"), GB_WORD("位"), GB_WORD("张"), GB_WORD("份"), GB_WORD("支"), GB_WORD("块"),
    GB_WORD("只"), GB_WORD("篇"), GB_WORD("幅"), GB_WORD("字节"), GB_WORD("比特"), GB_WORD("兆"), GB_WORD("成"),
    GB_WORD("以上"), GB_WORD("以下"), GB_WORD("以内"), GB_WORD("左右"), GB_WORD("及以上"), GB_WORD("及以下"),
    GB_WORD("类"), GB_WORD("型"), GB_WORD("档"), GB_WORD("折"), GB_WORD("期"), GB_WORD("寸"), GB_WORD("亩"),
};

/* 分 is a unit, but begins these. */
static const struct gb_str no_minutes[] = {GB_WORD("分别"), GB_WORD("分析"), GB_WORD("分组"), GB_WORD("分类"), GB_WORD("分步"),
                                           GB_WORD("分段"), GB_WORD("分级"), GB_WORD("分批"), GB_WORD("分层")};

bool
gb_is_unit_at(struct gb_str s, size_t at)
{
    size_t next, i = gb_skip_blanks(s, at);

    if (i >= s.len)
        return false;
    uint32_t c = gb_char_narrow(gb_utf8_at(s, i, &next));
    if (c < 0x80) {
        bool is_letter = gb_char_is_latin(c);
        return is_letter || (c && strchr("%*+=<>/^$_@#&|\\", (int)c));
    }
    if (gb_str_starts(gb_str_skip(s, i), GB_STR("分")))
        return !gb_word_behind(LIST(no_minutes), s, i);
    return c == 0x00B0 || c == 0x00B1 || c == 0x00D7 || c == 0x00B5 || (c >= 0x370 && c < 0x400) || c == 0x2030 ||
           c == 0x2032 || c == 0x2033 || (c >= 0x2100 && c < 0x2150) || (c >= 0x2200 && c < 0x2300) ||
           (c >= 0x3380 && c < 0x33E0) || gb_word_behind(LIST(measures), s, i);
}

/* ── what stands behind ────────────────────────────────────────────────── */

static const struct gb_str provisions[] = {
    GB_WORD("的规定"), GB_WORD("规定"), GB_WORD("的要求"), GB_WORD("要求"), GB_WORD("中"), GB_WORD("给出"), GB_WORD("所"),
    GB_WORD("描述"), GB_WORD("的描述"), GB_WORD("的方法"), GB_WORD("的程序"), GB_WORD("的步骤"), GB_WORD("的内容"),
    GB_WORD("列出"), GB_WORD("的条件"), GB_WORD("的试验"), GB_WORD("的检验"), GB_WORD("确定的"), GB_WORD("的有关"),
    GB_WORD("的相关"), GB_WORD("条"), GB_WORD("节"), GB_WORD("款"), GB_WORD("项"), GB_WORD("章"), GB_WORD("的列项"),
};

static const struct gb_str opens[] = {
    GB_WORD("的"), GB_WORD("进行"), GB_WORD("执行"), GB_WORD("检"), GB_WORD("试验"), GB_WORD("测"), GB_WORD("和"),
    GB_WORD("及"), GB_WORD("与"), GB_WORD("或"), GB_WORD("至"), GB_WORD("到"), GB_WORD("以外"), GB_WORD("外"),
    GB_WORD("处理"), GB_WORD("实施"), GB_WORD("办理"), GB_WORD("操作"), GB_WORD("等"), GB_WORD("时"), GB_WORD("之"),
    GB_WORD("选"), GB_WORD("制"), GB_WORD("编"), GB_WORD("提"), GB_WORD("评"), GB_WORD("验"),
};

enum gb_behind
gb_mention_behind(struct gb_str s, size_t at)
{
    size_t next, i = gb_skip_blanks(s, at);

    if (i >= s.len)
        return GB_BEHIND_OPEN;
    if (gb_word_behind(LIST(provisions), s, i))
        return GB_BEHIND_PROVISION;
    if (gb_word_behind(LIST(opens), s, i))
        return GB_BEHIND_OPEN;
    uint32_t c = gb_utf8_at(s, i, &next);
    return gb_char_is_cjk_punct(c) || strchr(",;:)]}.", c < 0x80 ? (int)c : 1) ? GB_BEHIND_OPEN : GB_BEHIND_OTHER;
}

/* ── joints ────────────────────────────────────────────────────────────── */

static const struct {
    struct gb_str word;
    enum gb_joint joint;
} joints[] = {
    {GB_WORD("和/或"), GB_JOINT_AND},  {GB_WORD("和"), GB_JOINT_AND},      {GB_WORD("以及"), GB_JOINT_AND},
    {GB_WORD("及"), GB_JOINT_AND},     {GB_WORD("与"), GB_JOINT_AND},      {GB_WORD("或"), GB_JOINT_AND},
    {GB_WORD("或者"), GB_JOINT_AND},   {GB_WORD("、"), GB_JOINT_AND},      {GB_WORD("及其"), GB_JOINT_AND},
    {GB_WORD("，"), GB_JOINT_COMMA},   {GB_WORD(","), GB_JOINT_COMMA},     {GB_WORD("～"), GB_JOINT_RANGE},
    {GB_WORD("~"), GB_JOINT_RANGE},    {GB_WORD("∼"), GB_JOINT_RANGE},     {GB_WORD("〜"), GB_JOINT_RANGE},
    {GB_WORD("至"), GB_JOINT_RANGE},   {GB_WORD("到"), GB_JOINT_RANGE},    {GB_WORD("-"), GB_JOINT_RANGE},
    {GB_WORD("—"), GB_JOINT_RANGE},    {GB_WORD("–"), GB_JOINT_RANGE},     {GB_WORD("－"), GB_JOINT_RANGE},
    {GB_WORD("——"), GB_JOINT_RANGE},   {GB_WORD("中"), GB_JOINT_INSIDE},   {GB_WORD("的"), GB_JOINT_INSIDE},
    {GB_WORD("中的"), GB_JOINT_INSIDE}, {GB_WORD("之"), GB_JOINT_INSIDE},  {GB_WORD(""), GB_JOINT_INSIDE},
    {GB_WORD("内的"), GB_JOINT_INSIDE},
};

enum gb_joint
gb_mention_joint(struct gb_str s, size_t begin, size_t end)
{
    enum { LONGEST = 24 };

    begin = gb_skip_blanks(s, begin);
    if (begin > end)
        return GB_JOINT_INSIDE;
    end = gb_skip_blanks_back(s, end);
    if (end < begin)
        return GB_JOINT_INSIDE;
    if (end - begin > LONGEST)
        return GB_JOINT_NONE;
    struct gb_str between = gb_str_sub(s, begin, end);
    for (size_t i = 0; i < GB_COUNT(joints); i++) {
        if (gb_str_eq(between, joints[i].word))
            return joints[i].joint;
    }
    return GB_JOINT_NONE;
}

/* ── other documents ───────────────────────────────────────────────────── */

static const struct gb_str of_document[] = {
    GB_WORD("中"), GB_WORD("的"), GB_WORD("之"), GB_WORD("第"), GB_WORD("及其"), GB_WORD("其"), GB_WORD("里"), GB_WORD("内"),
    GB_WORD("年版"), GB_WORD("年"), GB_WORD("版"), GB_WORD("标准"), GB_WORD("规范"), GB_WORD("文件"), GB_WORD("部分"), GB_WORD("定义"),
    GB_WORD("术语"), GB_WORD("条款"), GB_WORD("条"), GB_WORD("，"), GB_WORD(","), GB_WORD("（"), GB_WORD("）"), GB_WORD("("),
    GB_WORD(")"), GB_WORD(" "), GB_WORD("\xE3\x80\x80"), GB_WORD("规程"), GB_WORD("所有"), GB_WORD("："), GB_WORD(":"),
};

bool
gb_is_of_document(struct gb_str s, size_t begin, size_t end)
{
    enum { LONGEST = 48 };

    if (begin > end || end - begin > LONGEST)
        return false;
    struct gb_str between = gb_str_sub(s, begin, end);
    for (size_t at = 0; at < between.len;) {
        size_t next, n = gb_word_behind(LIST(of_document), between, at);
        if (n == 0 && gb_char_digit(gb_utf8_at(between, at, &next)) >= 0)
            n = next - at;
        if (n == 0)
            return false;
        at += n;
    }
    return true;
}

/* What names a document without its identifier. */
static const struct gb_str document_words[] = {
    GB_WORD("标准"), GB_WORD("文件"), GB_WORD("规范"), GB_WORD("规程"), GB_WORD("条例"), GB_WORD("办法"), GB_WORD("指南"),
    GB_WORD("导则"), GB_WORD("指令"), GB_WORD("公约"), GB_WORD("合同"), GB_WORD("协议"), GB_WORD("手册"), GB_WORD("药典"),
    GB_WORD("年版"), GB_WORD("版"), GB_WORD("部分"), GB_WORD("文献"), GB_WORD("法规"), GB_WORD("规则"), GB_WORD("细则"),
    GB_WORD("章程"), GB_WORD("大纲"), GB_WORD("图集"), GB_WORD("版本"), GB_WORD("决定"), GB_WORD("通知"), GB_WORD("原"),
    GB_WORD("法"), GB_WORD("建议书"), GB_WORD("报告"),
};

/* …法 that are no laws. */
static const struct gb_str no_laws[] = {GB_WORD("方法"), GB_WORD("办法"), GB_WORD("测法"), GB_WORD("做法"), GB_WORD("算法"), GB_WORD("语法"),
                                        GB_WORD("用法"), GB_WORD("写法"), GB_WORD("试法"), GB_WORD("分析法"), GB_WORD("测量法")};

/* Does 本 stand at most a few Han characters before the word that begins at `at`? 本文件, 本推荐性标准. */
static bool
is_own(struct gb_str s, size_t at)
{
    enum { FARTHEST = 6 };

    for (unsigned n = 0; n < FARTHEST && at > 0; n++) {
        size_t prev;
        uint32_t c = gb_utf8_before(s, at, &prev);
        if (!gb_char_is_han(c))
            return false;
        if (c == U'本')
            return true;
        at = prev;
    }
    return false;
}

/* Before [3] of a bibliography. */
static size_t
skip_bracketed_digits_back(struct gb_str s, size_t at)
{
    size_t i = at;

    if (i == 0 || s.ptr[i - 1] != ']')
        return at;
    for (i--; i > 0 && s.ptr[i - 1] >= '0' && s.ptr[i - 1] <= '9';)
        i--;
    return i > 0 && s.ptr[i - 1] == '[' ? i - 1 : at;
}

bool
gb_is_behind_document_word(struct gb_str s, size_t at)
{
    static const struct gb_str articles[] = {GB_WORD("第")};

    at = gb_skip_blanks_back(s, at);
    at = gb_skip_blanks_back(s, at - gb_word_before(LIST(articles), s, at));
    at = gb_skip_blanks_back(s, at - gb_word_before(LIST(ties), s, at));
    at = gb_skip_blanks_back(s, skip_bracketed_digits_back(s, at));
    size_t n = gb_word_before(LIST(document_words), s, at);
    return n > 0 && !gb_word_before(LIST(no_laws), s, at) && !is_own(s, at - n);
}
