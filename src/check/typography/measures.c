/*
 * Units behind numbers: legal ones, by their symbols, in the right case, upright: UNT-001, UNT-002, UNT-004, UNT-017; mixed
 * compounds: UNT-016. GB/T 1.1—2020, 9.4.4.1, 9.4.7 and 10.4.6; 2009, 8.6 and 8.7; GB 3100—1993.
 */
#include "check/typography/quantities_priv.h"

/* ---- What a unit means here ---- */

/* A Latin word before a number that one letter follows: SAE 5W, but AC 220V. */
static bool
is_type(const struct gb_quantity_scan *scan, const struct gb_amount *amount)
{
    const struct gb_measure *unit = amount->unit.uses[0].unit;
    struct gb_str s = scan->s;
    size_t end = amount->begin, begin;

    if (unit->word.n > 1 || amount->unit.begin > amount->end || end < 3 || s.ptr[end - 1] != ' ')
        return false;
    for (begin = --end; begin > 0 && s.ptr[begin - 1] >= 'A' && s.ptr[begin - 1] <= 'z'; begin--)
        continue;
    struct gb_str word = gb_str_sub(s, begin, end);
    return word.len > 1 && gb_is_letter(s.ptr[amount->unit.begin]) && !GB_IS_ONE_OF(word, "AC", "DC", "LED");
}

/* 4K, 512K: a resolution, a memory. */
static bool
is_resolution(const struct gb_amount *amount)
{
    return gb_str_is(gb_rel_str(&amount->unit.uses[0].unit->word), "K") && amount->unit.begin == amount->end;
}

/* 003, 010: zeros before a whole number make a code of it. */
static bool
is_code(struct gb_str s, size_t at)
{
    return at + 1 < s.len && s.ptr[at] == '0' && gb_is_digit(s.ptr[at + 1]);
}

/* Beside these words, or in a draft with such a title, the unit is what the law itself uses: 亩 of land. */
static bool
is_usual(const struct gb_doc *doc, const struct gb_measure *unit, struct gb_str beside)
{
    struct gb_str unless = gb_rel_str(&unit->unless);

    return unless.len && (gb_list_has(unless, beside) || gb_list_has(unless, doc->root->title.str));
}

/* Asked of each gram in a table: its cells are read once. */
static bool
table_has_gravity(struct gb_quantity_scan *scan, const struct gb_str *words, size_t n)
{
    if (scan->asked_table != scan->node) {
        scan->asked_table = scan->node;
        scan->has_gravity = gb_str_has_any(scan->node->title.str, words, n) ||
                            GB_ANY(GB_EACH_CELL(cell, scan->node), gb_str_has_any(cell->text.str, words, n));
    }
    return scan->has_gravity;
}

/* 最大加速度: 0.58g: not grams but the acceleration of free fall, of which the text or the table speaks. */
static bool
is_gravity(struct gb_quantity_scan *scan, const struct gb_amount *a)
{
    GB_WORDS(words, "加速度", "过载", "重力");
    enum { CENTRIFUGE = 3 }; /* digits: 2g beside a centrifuge is a sample */

    if (!a->unit.n || !gb_str_is(gb_rel_str(&a->unit.uses[0].unit->word), "g"))
        return false;
    return GB_HAS_ANY(scan->s, words) || (a->digits >= CENTRIFUGE && gb_str_has(scan->s, GB_STR("离心"))) ||
           (scan->is_cell && table_has_gravity(scan, words, GB_COUNT(words)));
}

/* The words around [begin, end) do not say that something else is meant: 10″ is an angle, beside 管径 it is a length. */
static bool
is_meant(const struct gb_quantity_scan *scan, const struct gb_measure *unit, size_t begin, size_t end)
{
    struct gb_str needs = gb_rel_str(&unit->needs);

    if (!needs.len && !unit->unless.n)
        return true;
    struct gb_str before = gb_quantity_before(scan, begin), behind = gb_quantity_behind(scan, end);
    return !is_usual(scan->check->doc, unit, before) && !is_usual(scan->check->doc, unit, behind) &&
           (!needs.len || gb_list_has(needs, before) || gb_list_has(needs, gb_str_sub(behind, 0, 6 * GB_HAN)));
}

bool
gb_measure_counts(struct gb_quantity_scan *scan, const struct gb_quantity *q, const struct gb_amount *amount)
{
    const struct gb_measure *unit = amount->unit.uses[0].unit, *last = amount->unit.uses[amount->unit.n - 1].unit;

    if (gb_list_starts(gb_rel_str(&last->undo), gb_str_skip(scan->s, amount->unit.end)) || is_type(scan, amount) ||
        is_resolution(amount) || is_code(scan->s, amount->begin) || is_gravity(scan, amount))
        return false;
    return is_meant(scan, unit, q->begin, amount->unit.end);
}

struct gb_str
gb_measure_right(const struct gb_quantity_scan *scan, const struct gb_measure_expression *unit)
{
    struct gb_buf out = {0};
    size_t at = unit->begin;

    for (unsigned i = 0; i < unit->n; i++) {
        struct gb_str by = gb_rel_str(&unit->uses[i].unit->by);
        if (!by.len || gb_quantity_flags(scan, unit->end - 1) & (GB_RUN_SUP | GB_RUN_SUB)) {
            gb_buf_release(&out);
            return GB_STR("");
        }
        gb_buf_add(&out, gb_str_sub(scan->s, at, unit->uses[i].begin));
        gb_buf_add(&out, by);
        at = unit->uses[i].end;
    }
    gb_buf_add(&out, gb_str_sub(scan->s, at, unit->end));
    return gb_buf_take(&out, scan->check->arena);
}

/* The words [begin, end) with the gap and the unit of each amount as they should be. */
static struct gb_str
rewritten(const struct gb_quantity_scan *scan, const struct gb_quantity *q, unsigned first)
{
    struct gb_buf out = {0};
    struct gb_str last = gb_measure_right(scan, &q->amounts[q->n - 1].unit);
    size_t at = q->amounts[first].begin;

    for (unsigned i = first; i < q->n && last.len; i++) {
        const struct gb_amount *a = &q->amounts[i];
        gb_buf_add(&out, gb_str_sub(scan->s, at, a->end));
        struct gb_str unit = a->unit.n ? gb_measure_right(scan, &a->unit) : last;
        if (unit.len)
            gb_buf_add_char(&out, ' ');
        gb_buf_add(&out, unit);
        at = a->unit.n ? a->unit.end : a->end;
    }
    return gb_buf_take(&out, scan->check->arena);
}

/* Has the units of the amounts from `first` on written as they should be, with their gaps. */
static void
rewrite(struct gb_quantity_scan *scan, struct gb_quantity_fault *fault, const struct gb_quantity *q, unsigned first)
{
    if (!fault)
        return;
    struct gb_str last = gb_measure_right(scan, &q->amounts[q->n - 1].unit);
    fault->by = rewritten(scan, q, first);

    for (unsigned i = first; i < q->n && last.len; i++) {
        const struct gb_amount *a = &q->amounts[i];
        struct gb_str unit = a->unit.n ? gb_measure_right(scan, &a->unit) : last;
        bool has_gap = a->unit.n && a->unit.begin > a->end;
        if (!unit.len)
            continue;
        struct gb_str by = has_gap ? unit : gb_arena_printf(scan->check->arena, " %.*s", GB_FMT(unit));
        if (a->unit.n)
            gb_quantity_change(scan, fault, a->unit.begin, a->unit.end, by);
        else
            gb_quantity_change(scan, fault, a->end, a->end, by);
    }
}

/* The first amount that takes its unit from the last: 5 of 5～10米. */
static unsigned
first_of(const struct gb_quantity *q)
{
    unsigned first = q->n - 1;

    while (first > 0 && (!q->amounts[first - 1].unit.n ||
                         q->amounts[first - 1].unit.uses[0].unit->kind == q->amounts[q->n - 1].unit.uses[0].unit->kind))
        first--;
    return first;
}

/* ---- UNT-001 ---- */

/* 25.4 mm（1英寸）: the legal value stands before. */
static bool
is_in_brackets(struct gb_str s, size_t begin, size_t end)
{
    struct gb_str before = gb_str_sub(s, 0, begin), behind = gb_str_skip(s, end);
    bool is_open = GB_ENDS_WITH(before, "（", "(");

    return is_open && GB_STARTS_WITH(behind, "）", ")");
}

/* 亩 of kg/亩; NULL: all are legal. */
static const struct gb_measure *
nonlegal_of(const struct gb_measure_expression *unit)
{
    GB_FIND(use, unit->uses, unit->n, use->unit->kind == GB_MEASURE_NONLEGAL);
    return use ? use->unit : NULL;
}

/* Source: GB/T 1.1—2020, 9.4.7; 2009, 8.7. */
static void
judge_nonlegal(struct gb_quantity_scan *scan, const struct gb_quantity *q)
{
    unsigned first = first_of(q);
    const struct gb_amount *last = &q->amounts[q->n - 1];

    if (is_in_brackets(scan->s, last->begin, last->unit.end))
        return;
    const char *which = nonlegal_of(&last->unit)->by.n ? NULL : "convert";
    rewrite(scan, gb_quantity_add(scan, GB_QUANTITY_NONLEGAL, which, q->amounts[first].begin, q->end), q, first);
}

/* 每亩: one of the unit, without a number. */
void
gb_hit_unit_alone(struct gb_check *c, const struct gb_found *found)
{
    size_t each = gb_str_starts(gb_str_skip(found->str, found->match.begin), GB_STR("每")) ? GB_HAN : 0;
    const struct gb_measure *unit =
        gb_measure_at(gb_lexicon_measures(c->facts->lexicon), found->str, found->match.begin + each);

    if (unit && !is_usual(c->doc, unit, found->str))
        gb_report_case(c, "convert", gb_at_found(found), found->node, GB_ARGS(gb_found_str(found)));
}

/* ---- UNT-002 ---- */

/* A time limit: in 24小时内 the unit is a word of the language rather than of a measurement. */
static bool
is_time_limit(const struct gb_quantity_scan *scan, const struct gb_amount *amount)
{
    static const struct gb_str limits =
        GB_STR("-内 -以内 -之内 -前 -之前 -值 -平均 -均值 -服务 -开放 -热线 -营业 -监控 -不间断 -制 -在线 -运行 -响应");

    return gb_list_starts(limits, gb_str_skip(scan->s, amount->unit.end));
}

/* 5米多: no symbol can be written here. */
static bool
is_estimate(const struct gb_quantity_scan *scan, const struct gb_amount *amount)
{
    return gb_list_starts(GB_STR("-多 -余 -来 -许"), gb_str_skip(scan->s, amount->unit.end));
}

static struct gb_str
without_number(struct gb_str s)
{
    s = gb_str_trim(s);
    s.len = gb_skip_digits_back(s, s.len);
    return gb_str_trim(s);
}

/* 12时0分0秒: a point of time has no symbols. */
static bool
is_clock_time(const struct gb_quantity_scan *scan, const struct gb_amount *amount)
{
    struct gb_str before = gb_str_trim(gb_str_sub(scan->s, 0, amount->begin)), minutes = GB_STR("分");

    if (!gb_str_is(gb_rel_str(&amount->unit.uses[0].unit->word), "秒") || !gb_str_ends(before, minutes))
        return false;
    before = without_number(gb_str_sub(before, 0, before.len - minutes.len));
    return GB_ENDS_WITH(before, "时", "点");
}

/* w01 氨氮 3 毫克/升 N4: the row of a table whose form a conversion lost; its columns say what is a number and what a unit. */
static bool
is_in_row(const struct gb_quantity_scan *scan)
{
    enum { LEAST_BLANKS = 3 };

    if (scan->node->kind != GB_NODE_PARA || GB_HAS_ONE_OF(scan->s, "。", "；", "，", "：", "、"))
        return false;
    return GB_HOW_MANY(GB_ITEMS(byte, scan->s.ptr, scan->s.len), *byte == ' ') >= LEAST_BLANKS;
}

/* Source: GB/T 1.1—2020, 9.4.4.1; 2009, 8.6. Introductions tell of things in the words of the language. */
static void
judge_name(struct gb_quantity_scan *scan, const struct gb_quantity *q)
{
    unsigned first = first_of(q);
    const struct gb_amount *last = &q->amounts[q->n - 1];
    bool is_duration = gb_measure_is(&last->unit, GB_MEASURE_DURATION) && last->unit.n == 1;

    if (gb_zone_of(scan->node) == GB_ZONE_INTRO || is_estimate(scan, last) || is_clock_time(scan, last) ||
        is_in_row(scan))
        return;
    bool is_product = q->n > 1 && q->joints[0].kind == GB_AMOUNT_TIMES; /* 7×24小时 */
    bool is_usual = is_duration && (is_product || gb_quantity_in_service(scan->check) || is_time_limit(scan, last));
    const char *which = is_usual ? "duration" : NULL;
    rewrite(scan, gb_quantity_add(scan, GB_QUANTITY_NAME, which, q->amounts[first].begin, q->end), q, first);
}

/* 5 km/小时, 克/kg: UNT-016 speaks of it. */
static bool
is_mixed(const struct gb_measure_expression *unit)
{
    return GB_ANY(GB_ITEMS(use, unit->uses, unit->n),
                  GB_AMONG(use->unit->kind, GB_MEASURE_NAME, GB_MEASURE_DURATION)) &&
           GB_ANY(GB_ITEMS(use, unit->uses, unit->n), GB_AMONG(use->unit->kind, GB_MEASURE_SYMBOL, GB_MEASURE_WRONG));
}

/* ---- UNT-004 ---- */

/* Source: GB/T 1.1—2020, 9.4.7; 2009, 8.7. */
static void
judge_case(struct gb_quantity_scan *scan, const struct gb_amount *amount)
{
    GB_FIND(wrong, amount->unit.uses, amount->unit.n, wrong->unit->kind == GB_MEASURE_WRONG);
    if (!wrong)
        return;
    struct gb_str right = gb_rel_str(&wrong->unit->by);
    bool is_degree = gb_str_is(gb_rel_str(&wrong->unit->word), "度");
    const char *which = gb_str_starts(right, GB_STR("μ")) ? "micro" : is_degree ? "degree" : NULL;
    struct gb_quantity alone = {.begin = amount->begin, .end = amount->unit.end, .amounts = {*amount}, .n = 1};
    struct gb_quantity_fault *fault = gb_quantity_add(scan, GB_QUANTITY_CASE, which, alone.begin, alone.end);
    if (!fault)
        return;
    fault->by = rewritten(scan, &alone, 0);
    for (unsigned i = 0; i < amount->unit.n; i++) {
        const struct gb_measure_use *use = &amount->unit.uses[i];
        bool is_glued = i == 0 && use->begin == amount->end;
        struct gb_str symbol = gb_rel_str(&use->unit->by);
        struct gb_str by = gb_arena_printf(scan->check->arena, is_glued ? " %.*s" : "%.*s", GB_FMT(symbol));
        if (use->unit->kind == GB_MEASURE_WRONG)
            gb_quantity_change(scan, fault, use->begin, use->end, by);
        else if (is_glued)
            gb_quantity_change(scan, fault, use->begin, use->begin, GB_STR(" "));
    }
}

/* ---- UNT-017 ---- */

/*
 * Source: GB/T 1.1—2020, 10.4.6; 2009, chapter 9. Formulas set letters in italics; one letter alone may be a variable there, and so
 * may one that follows the number at once: 0.015*L*.
 */
static void
judge_style(struct gb_quantity_scan *scan, const struct gb_amount *amount)
{
    if (!gb_measure_is(&amount->unit, GB_MEASURE_SYMBOL) ||
        (scan->text->n_runs < 2 && !(scan->text->runs->flags & GB_RUN_MATH)))
        return;
    uint32_t unit = gb_quantity_flags(scan, amount->unit.begin), number = gb_quantity_flags(scan, amount->begin);
    bool is_multiple = amount->unit.begin == amount->end && amount->unit.end == amount->unit.begin + 1;
    if ((unit & GB_RUN_EMPH && !(number & GB_RUN_EMPH) && !is_multiple) ||
        (unit & GB_RUN_MATH && amount->unit.uses[0].unit->word.n > 1))
        gb_quantity_add(scan, GB_QUANTITY_STYLE, NULL, amount->unit.begin, amount->unit.end);
}

size_t
gb_judge_bare_unit(struct gb_quantity_scan *scan, size_t at)
{
    struct gb_measure_expression unit = gb_measure_expression_at(scan->units, scan->s, at);
    struct gb_quantity_fault *fault = NULL;

    if (!unit.n || unit.begin != at || unit.end < at + 2)
        return at;
    const struct gb_measure *nonlegal = nonlegal_of(&unit);
    if (nonlegal) {
        if (is_meant(scan, nonlegal, unit.begin, unit.end))
            gb_quantity_add(scan, GB_QUANTITY_NONLEGAL, "convert", unit.begin, unit.end);
        return unit.end;
    }
    bool is_wrong =
        GB_ANY(GB_ITEMS(use, unit.uses, unit.n), use->unit->kind == GB_MEASURE_WRONG && use->end - use->begin > 1);
    if (!is_wrong) {
        if (gb_quantity_flags(scan, at) & GB_RUN_MATH && gb_measure_is(&unit, GB_MEASURE_SYMBOL) &&
            unit.uses[0].unit->word.n > 1)
            gb_quantity_add(scan, GB_QUANTITY_STYLE, NULL, unit.begin, unit.end);
        return unit.end;
    }
    fault = gb_quantity_add(scan, GB_QUANTITY_CASE, NULL, unit.begin, unit.end);
    if (fault)
        fault->by = gb_measure_right(scan, &unit);
    for (unsigned i = 0; i < unit.n; i++) {
        if (unit.uses[i].unit->kind == GB_MEASURE_WRONG)
            gb_quantity_change(scan, fault, unit.uses[i].begin, unit.uses[i].end, gb_rel_str(&unit.uses[i].unit->by));
    }
    return unit.end;
}

static bool
has_name(const struct gb_measure_expression *unit)
{
    return gb_measure_is(unit, GB_MEASURE_NAME) || gb_measure_is(unit, GB_MEASURE_DURATION);
}

/* 3小时～4 h: a name before the last unit, which is a symbol. */
static void
judge_names_before(struct gb_quantity_scan *scan, const struct gb_quantity *q)
{
    for (unsigned i = 0; i + 1 < q->n; i++) {
        struct gb_quantity part = *q;
        if (!q->amounts[i].unit.n || !has_name(&q->amounts[i].unit))
            continue;
        part.n = i + 1;
        part.end = q->amounts[i].unit.end;
        judge_name(scan, &part);
    }
}

bool
gb_judge_units(struct gb_quantity_scan *scan, const struct gb_quantity *q)
{
    const struct gb_measure_expression *last = &q->amounts[q->n - 1].unit;

    for (unsigned i = 0; i < q->n; i++) {
        if (q->amounts[i].unit.n) {
            judge_case(scan, &q->amounts[i]);
            judge_style(scan, &q->amounts[i]);
        }
    }
    if (!last->n && is_in_brackets(scan->s, q->begin, q->end)) /* （0.30±0.05）Mpa */
        gb_judge_bare_unit(scan, gb_behind_gap(scan->s, q->end + (scan->s.ptr[q->end] == ')' ? 1 : strlen("）"))));
    if (nonlegal_of(last)) {
        judge_nonlegal(scan, q);
        return true;
    }
    if (has_name(last)) {
        if (!is_mixed(last))
            judge_name(scan, q);
        return true;
    }
    judge_names_before(scan, q);
    return is_mixed(last);
}

/* ---- UNT-016 ---- */

static bool
is_unit(const struct gb_measures *units, struct gb_str word)
{
    const struct gb_measure *unit = gb_measure_at(units, word, 0);

    return unit && (unit->kind == GB_MEASURE_SYMBOL || unit->kind == GB_MEASURE_WRONG) && word.len <= unit->word.n + 3;
}

/* 人, 台: what is counted. */
static bool
is_counter(struct gb_str s)
{
    return (unsigned char)s.ptr[0] >= 0xE3;
}

/*
 * Groups of the pattern: 1 a symbol or a name, 2 what stands behind the first stroke, 3 what stands behind the second. Source: GB 3100—1993,
 * chapter 6; 2009, 8.7.
 */
static void
hit_slash(struct gb_check *c, const struct gb_found *found)
{
    const struct gb_measures *units = gb_lexicon_measures(c->facts->lexicon);
    struct gb_str first = found->match.groups[0], second = found->match.groups[1];
    struct gb_str third = found->match.n_groups > 2 ? found->match.groups[2] : GB_STR("");
    struct gb_at at = gb_at_found(found);
    struct gb_str words = gb_arena_copy(c->arena, gb_found_str(found));

    /* The symbols of names: h of km/小时, r of 转/min. */
    struct gb_str own = gb_param_pair(c, "symbols", first), symbol = gb_param_pair(c, "symbols", second);
    if (!own.len && !is_unit(units, first))
        return;
    if (own.len || symbol.len) {
        own = own.len ? own : first;
        symbol = symbol.len ? symbol : second;
        struct gb_str by = gb_arena_printf(c->arena, "%.*s/%.*s", GB_FMT(own), GB_FMT(symbol));
        struct gb_finding *f = gb_report_case(c, "mixed", at, found->node, GB_ARGS(words, by));
        bool is_glued =
            gb_is_digit(gb_char_before(found->str, found->match.begin)); /* as a name may be, and no symbol */
        gb_fix(c, f, at.span, is_glued ? gb_arena_printf(c->arena, " %.*s", GB_FMT(by)) : by);
    } else if (third.ptr && third.len && (is_unit(units, second) || is_counter(second)) &&
               (is_unit(units, third) || is_counter(third))) { /* L/人/d, L/min/台 */
        struct gb_str by = gb_arena_printf(c->arena, "%.*s/(%.*s·%.*s)", GB_FMT(first), GB_FMT(second), GB_FMT(third));
        gb_fix(c, gb_report(c, at, found->node, GB_ARGS(words, by)), at.span, by);
    }
}

const struct gb_check_def gb_measure_checks[] = {
    {.name = "unit-slash", .hit = hit_slash, .cases = "mixed", .params = GB_SEARCH_PARAMS "words:words symbols:pairs"},
    {0},
};
