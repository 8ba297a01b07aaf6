/*
 * Numbers: limits with their unit, groups of figures, the zero before a decimal point, kinds of days, Han numerals: UNT-011, UNT-013,
 * UNT-014, UNT-015, UNT-018. GB/T 1.1—2020, 5.1, 9.4.4; 2009, 4.1, 8.6; GB/T 15835—2011.
 */
#include "check/typography/quantities_priv.h"

/* ---- UNT-011 ---- */

/* Length of the word of limit that ends the text; 0: none. */
static size_t
limit_at_end(struct gb_str s)
{
    GB_WORDS(limits, "大于或等于", "小于或等于", "不应大于", "不应小于", "不应超过", "不应高于", "不应低于", "不应少于",
             "不大于", "不小于", "不超过", "不高于", "不低于", "不少于", "大于等于", "小于等于", "大于", "小于", "高于",
             "低于", "超过", "≥", "≤", "＞", "＜", "≧", "≦");

    return GB_END(s, limits);
}

/* What is limited: the text without 应, 的, 值 … at its end. */
static struct gb_str
without_modals(struct gb_str s)
{
    GB_WORDS(words, "应", "宜", "均", "都", "可", "不", "须", "的", "值", "为", "是", "一般", "保证", " ");

    for (size_t n = GB_END(s, words); n && n < s.len; n = GB_END(s, words))
        s.len -= n;
    return s;
}

/* The number ends its part of the sentence; 、 joins it to one that may have the unit. */
static bool
ends_clause(struct gb_str behind)
{
    size_t next, at = gb_behind_gap(behind, 0);

    if (at >= behind.len)
        return true;
    uint32_t c = gb_utf8_at(behind, at, &next);
    if (c == 0x3001) { /* 湿度不大于80、无腐蚀性气体的室内 */
        GB_WORDS(others, "不", "大", "小", "高", "低", "应", "宜", "≥", "≤");
        struct gb_str rest = gb_str_skip(behind, next);
        return rest.len && gb_char_is_han(gb_utf8_at(rest, 0, &next)) && !GB_STARTS_ANY(rest, others);
    }
    return c == 0x3002 || c == 0xFF0C || c == 0xFF1B || c == '\n';
}

/* Does a unit stand before, for all of the values: 单位为毫米, 长度（mm）, 长度（毫米）? */
static bool
has_unit_before(struct gb_str before)
{
    enum { LONGEST = 4 * GB_HAN }; /* of a name of a unit: more is a remark */
    GB_WORDS(opening, "（", "(");
    GB_WORDS(closing, "）", ")");

    for (size_t i = 0; i < GB_COUNT(opening); i++) {
        GB_EACH_FOUND(at, before, opening[i], 0) {
            struct gb_str inside = gb_str_skip(before, at + opening[i].len);
            size_t end = gb_str_find(inside, closing[i], 0);
            if (end == GB_NOT_FOUND || end <= LONGEST || !gb_char_is_han(gb_char_at(inside, 0)))
                return true;
        }
    }
    return gb_str_has(before, GB_STR("单位"));
}

/* 不小于15的静态轴向拉力: what is limited stands behind. */
static bool
limits_quantity_behind(const struct gb_quantity_scan *scan, struct gb_str behind)
{
    enum { LONGEST = 12 * GB_HAN };
    struct gb_str of = GB_STR("的");
    size_t at = of.len, next = at;

    if (!gb_str_starts(behind, of))
        return false;
    while (at < behind.len && at < LONGEST && gb_char_is_han(gb_utf8_at(behind, at, &next)))
        at = next;
    return gb_ends_in_quantity(scan->units, gb_str_sub(behind, of.len, at));
}

/* Source: GB/T 1.1—2020, 9.4.4.1; 2009, 8.6. */
static void
judge_limit(struct gb_quantity_scan *scan, const struct gb_quantity *q)
{
    const struct gb_amount *a = &q->amounts[0];
    struct gb_str behind = gb_str_skip(scan->s, a->end);

    if (q->n > 1 || a->unit.n || scan->is_cell || a->flags & GB_AMOUNT_POWER ||
        !limit_at_end(gb_str_trim(gb_str_sub(scan->s, 0, q->begin))))
        return;
    struct gb_str before = gb_str_trim(gb_quantity_before(scan, q->begin));
    size_t limit = limit_at_end(before);
    if (limit && !has_unit_before(before) && limits_quantity_behind(scan, behind))
        gb_quantity_add(scan, GB_QUANTITY_LIMIT, NULL, q->begin, q->end);
    if (!limit || !ends_clause(behind))
        return;
    struct gb_str what = without_modals(gb_str_trim(gb_str_sub(before, 0, before.len - limit)));
    if (what.len < 2 * GB_HAN || has_unit_before(before) || !gb_char_is_han(gb_char_before(what, what.len)))
        return;
    if (gb_ends_in_quantity(scan->units, what))
        gb_quantity_add(scan, GB_QUANTITY_LIMIT, NULL, q->begin, q->end);
    else if (!gb_ends_in_number(scan->units, what) && !GB_ENDS_WITH(before, "少于")) /* what is counted */
        gb_quantity_add(scan, GB_QUANTITY_LIMIT, "open", q->begin, q->end);
}

/* ---- UNT-013 ---- */

static bool
is_counted(const struct gb_quantity_scan *scan, const struct gb_amount *a)
{
    static const struct gb_str counts = GB_STR(
        "-个 -人 -件 -次 -台 -只 -套 -份 -名 -户 -辆 -条 -张 -册 -株 -头 -粒 -倍 -转 -家 -樘 -块 -支 -根 -枚 -片 -组 -批 -间 -座 -处 -棵 -羽 -尾 -瓶 -袋 -箱 -桶 -卷 -架 -艘 -节 -孔 -页 -笔 -双 -副 -位 -盏 -盒 -包 -幢 -栋");

    return a->unit.n > 0 || gb_list_starts(counts, gb_str_skip(scan->s, gb_behind_gap(scan->s, a->end)));
}

/* Sums of money, serials and codes keep the form of their own. */
static bool
is_money_or_code(const struct gb_quantity_scan *scan, const struct gb_amount *a)
{
    static const struct gb_str behind = GB_STR("-元 -美元 -万元 -欧元 -号 -亿元"),
                               before = GB_STR(
                                   "￥ ¥ $ 人民币 编码 代码 编号 邮编 邮政编码 电话 账号 端口 工号 卡号 序列号 学号");
    struct gb_str words = gb_str_sub(scan->s, a->begin > 8 * GB_HAN ? a->begin - 8 * GB_HAN : 0, a->begin);

    return gb_list_starts(behind, gb_str_skip(scan->s, gb_behind_gap(scan->s, a->end))) || gb_list_has(before, words);
}

/* The number in groups of three; edits go from left to right. */
static struct gb_str
grouped(struct gb_quantity_scan *scan, const struct gb_amount *a, struct gb_quantity_fault *fault)
{
    struct gb_buf out = {0};
    unsigned left = a->digits;
    bool is_behind = false;

    for (size_t at = a->begin; at < a->end; at++) {
        char c = scan->s.ptr[at];
        if (c == ',' && !is_behind) {
            gb_quantity_change(scan, fault, at, at + 1, GB_STR(" "));
            gb_buf_add_char(&out, ' ');
            continue;
        }
        is_behind = is_behind || c == '.';
        if (!is_behind && left < a->digits && left % 3 == 0 && !(a->flags & GB_AMOUNT_COMMAS)) {
            gb_quantity_change(scan, fault, at, at, GB_STR(" "));
            gb_buf_add_char(&out, ' ');
        }
        left -= !is_behind;
        gb_buf_add_char(&out, c);
    }
    return gb_buf_take(&out, scan->check->arena);
}

/* Source: GB/T 15835—2011, 5.1; 2009, 8.6. */
static void
judge_grouping(struct gb_quantity_scan *scan, const struct gb_amount *a)
{
    enum { LONG = 5, LONGEST = 12 };
    bool has_commas = a->flags & GB_AMOUNT_COMMAS;

    if ((!has_commas && a->digits < LONG) || a->digits > LONGEST ||
        a->flags & (GB_AMOUNT_GROUPED | GB_AMOUNT_ZERO | GB_AMOUNT_POWER) || (!has_commas && !is_counted(scan, a)) ||
        is_money_or_code(scan, a))
        return;
    struct gb_quantity_fault *fault =
        gb_quantity_add(scan, GB_QUANTITY_GROUPING, has_commas ? "commas" : NULL, a->begin, a->end);
    if (fault)
        fault->by = grouped(scan, a, fault);
}

/* ---- UNT-014 ---- */

/* The point stands where a number may begin: behind Han or a mark of value; C .1 and 5 .1 are numbers of clauses. */
static bool
may_begin(const struct gb_quantity_scan *scan, const struct gb_amount *a)
{
    size_t at = a->begin, before = 0;
    uint32_t c = 0;

    while (at > 0) {
        c = gb_utf8_before(scan->s, at, &before);
        if (!gb_char_is_space(c))
            break;
        at = before;
    }
    if (at == 0)
        return scan->is_cell || a->unit.n > 0;
    if (c < 0x80)
        return c && strchr("<>=(,:;+-", (int)c);
    if (gb_char_digit(c) >= 0) /* ２.5 */
        return false;
    if (c == 0xD7 && gb_str_ends(gb_str_sub(scan->s, 0, at), GB_STR("××"))) /* GB/T ×××××.1: a number to be given */
        return false;
    return !gb_quantity_is_label(scan, a->begin) && c != 0x3002 && c != 0x2026 && c != 0xB7;
}

/* Source: GB/T 15835—2011; 2009, 8.6. */
static void
judge_zero(struct gb_quantity_scan *scan, const struct gb_amount *a)
{
    size_t next, end = gb_behind_gap(scan->s, a->end);

    if (!(a->flags & GB_AMOUNT_BARE) || !may_begin(scan, a))
        return;
    uint32_t c = end < scan->s.len ? gb_utf8_at(scan->s, end, &next) : 0;
    if (!a->unit.n && c && c < 0x80 && !strchr(",;)<>", (int)c))
        return;
    struct gb_quantity_fault *fault = gb_quantity_add(scan, GB_QUANTITY_ZERO, NULL, a->begin, a->end);
    if (!fault)
        return;
    fault->by = gb_arena_printf(scan->check->arena, "0%.*s", GB_FMT(gb_str_sub(scan->s, a->begin, a->end)));
    gb_quantity_change(scan, fault, a->begin, a->begin, GB_STR("0"));
}

/* ---- UNT-018 ---- */

/* Source: GB/T 1.1—2020, 5.1; 2009, 4.1. */
static void
judge_days(struct gb_quantity_scan *scan, const struct gb_quantity *q)
{
    static const struct gb_str limits = GB_STR("-日内 -天内 -日之内 -天之内 -日以内 -天以内"),
                               events = GB_STR("自 从 收到 起 工作日 自然日 日历 之后 后 发生");
    const struct gb_amount *a = &q->amounts[q->n - 1];
    struct gb_str behind = gb_str_skip(scan->s, gb_behind_gap(scan->s, a->end));
    bool may_be_limit = GB_STARTS_WITH(behind, "日", "天");

    if (a->unit.n || !may_be_limit || !gb_list_starts(limits, behind) ||
        gb_list_has(events, gb_quantity_before(scan, q->begin)) ||
        gb_list_has(events, gb_quantity_behind(scan, a->end)) || gb_quantity_is_label(scan, q->begin) ||
        gb_quantity_defines_days(scan))
        return;
    size_t next = (size_t)(behind.ptr - scan->s.ptr);
    next += gb_str_starts(gb_str_skip(behind, GB_HAN), GB_STR("内")) ? 2 * GB_HAN : 3 * GB_HAN;
    gb_quantity_add(scan, GB_QUANTITY_DAYS, NULL, q->begin, next);
}

void
gb_judge_number(struct gb_quantity_scan *scan, const struct gb_quantity *q)
{
    for (unsigned i = 0; i < q->n; i++) {
        if (q->amounts[i].flags & GB_AMOUNT_BARE)
            judge_zero(scan, &q->amounts[i]);
        if (q->amounts[i].digits > 3)
            judge_grouping(scan, &q->amounts[i]);
    }
    judge_limit(scan, q);
    judge_days(scan, q);
}

/* ---- UNT-015 ---- */

/* Value of a Han numeral up to 9 999; 0 where it is none, or says 三五 for some. */
static unsigned
numeral_value(struct gb_str s)
{
    static const struct gb_str figures = GB_STR("〇零一二两三四五六七八九十百千");
    static const unsigned values[] = {0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100, 1000};
    unsigned total = 0, figure = 0, last = 10000;
    bool has_figure = false;

    for (size_t at = 0; at < s.len; at += GB_HAN) {
        size_t place = gb_str_find(figures, gb_str_sub(s, at, at + GB_HAN), 0);
        if (place == GB_NOT_FOUND)
            return 0;
        unsigned value = values[place / GB_HAN];
        if (value < 10) {
            if (has_figure && figure > 0)
                return 0;
            figure = value;
            has_figure = true;
            continue;
        }
        if (value >= last || (!has_figure && (value > 10 || total > 0)))
            return 0;
        total += (has_figure ? figure : 1) * value;
        figure = 0;
        has_figure = false;
        last = value;
    }
    return total + figure;
}

/* 15.5 of 十五点五; empty where the numeral cannot be read. */
static struct gb_str
figures_of(struct gb_check *c, struct gb_str numeral)
{
    size_t point = gb_str_find(numeral, GB_STR("点"), 0);
    unsigned whole = numeral_value(gb_str_sub(numeral, 0, point));
    bool is_zero = gb_str_starts(numeral, GB_STR("零")) && point == GB_HAN;

    if (!whole && !is_zero)
        return GB_STR("");
    struct gb_str out = gb_arena_printf(c->arena, "%u", whole);
    for (size_t at = point; point != GB_NOT_FOUND && (at += GB_HAN) + GB_HAN <= numeral.len;) {
        struct gb_str one = gb_str_sub(numeral, at, at + GB_HAN);
        unsigned figure = numeral_value(one);
        if (figure > 9 || (!figure && !gb_str_is(one, "零")))
            return GB_STR("");
        out = gb_arena_printf(c->arena, at == point + GB_HAN ? "%.*s.%u" : "%.*s%u", GB_FMT(out), figure);
    }
    return out;
}

/*
 * Words of a list that ends in a numeral: 第三个工作日, 每一个工作日, 每月的前三个工作日. Behind what happens it is a term: 受理后三个工作日,
 * 提前三个工作日, 特殊情况下三个工作日.
 */
static bool
is_ordinal(struct gb_str before)
{
    GB_WORDS(words, "第", "每", "几", "数", "某", "同", "任", "另", "多", "这", "那");
    GB_WORDS(sides, "前", "后", "上", "下");
    GB_WORDS(wholes, "最", "的", "月", "年", "季", "季度", "周", "旬", "日", "天");

    if (!GB_ENDS_ANY(before, sides))
        return GB_ENDS_ANY(before, words);
    struct gb_str whole = gb_str_sub(before, 0, before.len - sides[0].len);
    size_t prev;
    return !whole.len || !gb_char_is_han(gb_utf8_before(whole, whole.len, &prev)) || GB_ENDS_ANY(whole, wholes);
}

/* The symbol of a unit that is written by its name, with the gap before it; empty where it stays a word: 小时, 个工作日. */
static struct gb_str
symbol_of(const struct gb_check *c, struct gb_str name)
{
    const struct gb_measure *unit = gb_measure_at(gb_lexicon_measures(c->facts->lexicon), name, 0);

    if (!unit || unit->kind != GB_MEASURE_NAME || unit->word.n != name.len || !unit->by.n)
        return GB_STR("");
    return gb_arena_printf(c->arena, " %.*s", GB_FMT(gb_rel_str(&unit->by)));
}

/* Groups: 1 百分之 or empty, 2 the numeral, 3 the unit behind. Source: GB/T 1.1—2020, 9.4.4.2; GB/T 15835—2011, 4.1.1. */
static void
hit_numeral(struct gb_check *c, const struct gb_found *found)
{
    struct gb_str percent = found->match.groups[0], numeral = found->match.groups[1];
    bool is_percent = percent.ptr && percent.len > 0;
    struct gb_str before = gb_found_before(found);
    struct gb_str figures = figures_of(c, numeral);

    if (!figures.len || (!is_percent && is_ordinal(before)) || (is_percent && gb_str_is(numeral, "百")))
        return;
    struct gb_str unit = is_percent ? GB_STR("%") : found->match.groups[2];
    bool is_time = GB_IS_ONE_OF(unit, "个工作日", "分钟", "小时");
    bool is_strict = is_percent || (is_time && !gb_str_is(numeral, "一")); /* 一小时: a word of the language */
    struct gb_str symbol = is_percent ? unit : symbol_of(c, unit);
    struct gb_str by = gb_arena_printf(c->arena, "%.*s%.*s", GB_FMT(figures), GB_FMT(symbol.len ? symbol : unit));
    struct gb_finding *f = gb_report_case(c, is_strict ? NULL : "free", gb_at_found(found), found->node,
                                          GB_ARGS(gb_arena_copy(c->arena, gb_found_str(found)), by));
    size_t end = symbol.len ? found->end : found->begin + numeral.len;
    if (symbol.len || gb_str_starts(gb_str_skip(found->text->str, found->begin), numeral))
        gb_fix(c, f, gb_at_part(found->text, found->begin, end).span, symbol.len ? by : figures);
}

const struct gb_check_def gb_quantity_number_checks[] = {
    {.name = "numeral-form", .hit = hit_numeral, .cases = "free", .params = GB_SEARCH_PARAMS "words:words"},
    {0},
};
