/* What follows a number at the head of a line may make it part of a sentence, a quantity or a mention. */
#include "read/build.h"

#include "text/utf8.h"

/*
 * What is counted or measured: 3.5 kg, 5.1版, 5个工作日. Behind one of the characters of `unless` the word is another:
 * 5.1 个人信息, 5.2 A类区域.
 */
struct measure {
    struct gb_str word, unless;
};

#define DESIGNATED "类级型带区栏组段相列参轴形端点面"

/* Behind a number of two parts, in any writing. */
static const struct measure measures[] = {
    {GB_WORD("mm"), {0}},
    {GB_WORD("cm"), {0}},
    {GB_WORD("m"), GB_WORD(DESIGNATED)},
    {GB_WORD("km"), {0}},
    {GB_WORD("kg"), {0}},
    {GB_WORD("g"), GB_WORD(DESIGNATED)},
    {GB_WORD("mg"), {0}},
    {GB_WORD("mL"), {0}},
    {GB_WORD("ml"), {0}},
    {GB_WORD("L"), GB_WORD(DESIGNATED)},
    {GB_WORD("h"), GB_WORD(DESIGNATED)},
    {GB_WORD("min"), {0}},
    {GB_WORD("s"), GB_WORD(DESIGNATED)},
    {GB_WORD("%"), {0}},
    {GB_WORD("％"), {0}},
    {GB_WORD("℃"), {0}},
    {GB_WORD("kW"), {0}},
    {GB_WORD("W"), GB_WORD(DESIGNATED)},
    {GB_WORD("V"), GB_WORD(DESIGNATED)},
    {GB_WORD("kV"), {0}},
    {GB_WORD("A"), GB_WORD(DESIGNATED)},
    {GB_WORD("Hz"), {0}},
    {GB_WORD("kHz"), {0}},
    {GB_WORD("MHz"), {0}},
    {GB_WORD("GHz"), {0}},
    {GB_WORD("MPa"), {0}},
    {GB_WORD("kPa"), {0}},
    {GB_WORD("Pa"), {0}},
    {GB_WORD("倍"), GB_WORD("频率数")},
    {GB_WORD("万元"), {0}},
    {GB_WORD("亿元"), {0}},
    {GB_WORD("元"), GB_WORD("数件素器组")},
    {GB_WORD("吨"), GB_WORD("位")},
    {GB_WORD("公里"), {0}},
    {GB_WORD("小时"), GB_WORD("工")},
    {GB_WORD("年"), GB_WORD("度检报龄鉴限代审金")},
    {GB_WORD("个"), GB_WORD("人体别性案")},
    {GB_WORD("米"), GB_WORD("制")},
    {GB_WORD("版"), GB_WORD("本式面权图")},
    {GB_WORD("级"), GB_WORD("别配差数联间")},
};
/* Behind a lone number that is glued to it. */
static const struct measure times[] = {
    {GB_WORD("年"), GB_WORD("度检报龄鉴限代审金")},
    {GB_WORD("月"), GB_WORD("度报台")},
    {GB_WORD("日"), GB_WORD("常志")},
    {GB_WORD("个"), GB_WORD("人体别性案")},
    {GB_WORD("天"), GB_WORD("线然气")},
    {GB_WORD("次"), GB_WORD("序要生")},
    {GB_WORD("人次"), {0}},
    {GB_WORD("小时"), GB_WORD("工")},
    {GB_WORD("分钟"), {0}},
    {GB_WORD("层"), GB_WORD("次级压间")},
    {GB_WORD("台"), GB_WORD("账站")},
    {GB_WORD("份"), GB_WORD("额")},
    {GB_WORD("名"), GB_WORD("称词单录")},
    {GB_WORD("级"), GB_WORD("别配差数联间")},
    {GB_WORD("版"), GB_WORD("本式面权图")},
    {GB_WORD("倍"), GB_WORD("频率数")},
    {GB_WORD("种"), GB_WORD("类植子苗质源")},
    {GB_WORD("座"), GB_WORD("位椅")},
};

static bool
starts_with_measure(struct gb_str rest, const struct measure *list, size_t n)
{
    GB_EACH(const struct measure, m, list, n) {
        if (rest.ptr[0] != m->word.ptr[0] || !gb_str_starts(rest, m->word))
            continue;
        struct gb_str behind = gb_str_skip(rest, m->word.len);
        size_t end = 0;
        if (behind.len)
            gb_utf8_at(behind, 0, &end);
        if (behind.len &&
            (gb_is_letter(behind.ptr[0]) || (m->unless.len && gb_str_has(m->unless, gb_str_sub(behind, 0, end)))))
            continue;
        return true;
    }
    return false;
}

/* 5.2 a)中的, 5.2 a)和b): an item of a clause is mentioned. */
static bool
mentions_item(struct gb_str rest)
{
    GB_WORDS(brackets, ")", "）");
    GB_WORDS(behind, "中", "的", "规定", "给出", "、", "和", "或", "与", "～", "至", "所", "完成后", "结束后", "之后");

    if (rest.len < 2 || rest.ptr[0] < 'a' || rest.ptr[0] > 'z')
        return false;
    GB_FIND(bracket, brackets, GB_COUNT(brackets), gb_str_starts(gb_str_skip(rest, 1), *bracket));
    return bracket && GB_STARTS_ANY(gb_str_skip(rest, 1 + bracket->len), behind);
}

bool
gb_continues_sentence(struct gb_str rest, unsigned n_parts, bool is_glued)
{
    GB_WORDS(connectives, "的", "和", "或", "与", "及", "、", "，", "。", "；", ",", ")", "）", "给出的", "规定的",
             "中的", "中规定", "中给出", "所", "～", "~", "至", "—", "条", "章", "以上", "以下", "以内", "=", "＝", "×",
             "±", "<", ">", "≤", "≥");

    /* Words that only begin with one of these. */
    GB_WORDS(words, "及时", "及格", "和谐", "与会", "至少", "至多", "所有", "所需", "所在", "条件", "条码", "条形",
             "章程");

    if (rest.len == 0)
        return false;
    if (GB_STARTS_ANY(rest, connectives) && !GB_STARTS_ANY(rest, words))
        return true;
    if (mentions_item(rest))
        return true;
    if (n_parts == 2)
        return starts_with_measure(rest, measures, GB_COUNT(measures));
    return n_parts == 1 && is_glued && starts_with_measure(rest, times, GB_COUNT(times));
}
