/*
 * Forms of quantities: gaps, ranges, tolerances, dimensions, products, angles: UNT-003, UNT-005 to UNT-010. GB/T 1.1—2020, 9.4.4.3,
 * 9.4.5 and 10.4.6; 2009, 8.6, 8.9 and chapter 9.
 */
#include "check/typography/quantities_priv.h"

static bool
has_symbol(const struct gb_amount *a)
{
    return gb_measure_is(&a->unit, GB_MEASURE_SYMBOL) || gb_measure_is(&a->unit, GB_MEASURE_WRONG);
}

static bool
has_percent(const struct gb_amount *a)
{
    return gb_measure_is(&a->unit, GB_MEASURE_PERCENT);
}

static bool
has_angle(const struct gb_amount *a)
{
    return gb_measure_is(&a->unit, GB_MEASURE_ANGLE);
}

/* The gap that the unit asks for, and the unit: " mm", "%", "°". */
static struct gb_str
unit_with_gap(const struct gb_quantity_scan *scan, const struct gb_amount *a)
{
    struct gb_str unit = gb_measure_right(scan, &a->unit);

    if (!unit.len || has_percent(a) || has_angle(a))
        return unit;
    return gb_arena_printf(scan->check->arena, " %.*s", GB_FMT(unit));
}

/* The quantity with the unit behind each number that has none, and × for other signs of multiplication. */
static struct gb_str
spelled_out(const struct gb_quantity_scan *scan, const struct gb_quantity *q, struct gb_str unit)
{
    struct gb_buf out = {0};

    gb_buf_add(&out, gb_str_sub(scan->s, q->begin, q->amounts[0].begin));
    for (unsigned i = 0; i < q->n; i++) {
        const struct gb_amount *a = &q->amounts[i];
        if (i > 0 && q->joints[i - 1].kind == GB_AMOUNT_TIMES)
            gb_buf_puts(&out, "×");
        else if (i > 0)
            gb_buf_add(&out, gb_str_trim(gb_str_sub(scan->s, q->joints[i - 1].begin, a->begin)));
        gb_buf_add(&out, gb_str_sub(scan->s, a->begin, a->end));
        gb_buf_add(&out, a->unit.n && !unit.len ? gb_str_sub(scan->s, a->end, a->unit.end)
                         : a->unit.n            ? unit_with_gap(scan, a)
                                                : unit);
    }
    return gb_buf_take(&out, scan->check->arena);
}

/* 划分为1A、A3、A2三段: one of the names beside it begins with a letter; those of a list are of one sort. */
static bool
is_beside_name(struct gb_str s, size_t begin, size_t end)
{
    static const char joint[] = "、";
    enum { MOST = 8, JOINT = sizeof(joint) - 1 };

    for (unsigned n = 0; n < MOST && gb_str_starts(gb_str_skip(s, end), GB_STR(joint)); n++) {
        size_t at = end += JOINT;
        while (end < s.len && gb_is_alnum(s.ptr[end]))
            end++;
        if (end == at)
            break;
        if (gb_is_upper(s.ptr[at]))
            return true;
    }
    for (unsigned n = 0; n < MOST && gb_str_ends(gb_str_sub(s, 0, begin), GB_STR(joint)); n++) {
        size_t at = begin -= JOINT;
        while (begin > 0 && gb_is_alnum(s.ptr[begin - 1]))
            begin--;
        if (begin == at)
            break;
        if (gb_is_upper(s.ptr[begin]))
            return true;
    }
    return false;
}

/* 90L below 机座号: one of the words heads the column of the cell in hand. */
static bool
is_headed(const struct gb_quantity_scan *scan, const struct gb_str *words, size_t n)
{
    const struct gb_table *t = scan->node->u.table;

    if (!scan->is_cell)
        return false;
    GB_FIND(own, t->cells, t->n_cells, &own->text == scan->text);
    return own && GB_ANY(GB_ITEMS(cell, t->cells, t->n_cells),
                         cell->row == 0 && cell->column == own->column && gb_str_has_any(cell->text.str, words, n));
}

/* 等级分为5A、4A, 规格为205/55 R16 91V, 程序为4N: a letter behind the number of something that has a name of its own. */
static bool
is_designation(const struct gb_quantity_scan *scan, const struct gb_amount *a)
{
    enum { LOOK_BACK = 60 };
    GB_WORDS(names, "型号", "规格", "等级", "级别", "代号", "代码", "编号", "程序", "图号", "牌号", "标号", "座号",
             "名称");
    size_t begin = a->begin > LOOK_BACK ? a->begin - LOOK_BACK : 0;
    GB_WORDS(metals, "钢", "合金", "不锈钢");
    struct gb_str before = gb_str_sub(scan->s, begin, a->begin), unit = gb_str_sub(scan->s, a->unit.begin, a->unit.end);

    if (unit.len != 1)
        return false;
    /* 1×10^-6L, 0.015L, 35d: the letter is a quantity. */
    struct gb_str behind = gb_str_skip(scan->s, a->unit.end);
    if (a->flags & GB_AMOUNT_POWER || gb_quantity_is_symbol(scan, unit.ptr[0]) ||
        (gb_str_is(unit, "d") && GB_HAS_ONE_OF(behind, "d为", "d 为")))
        return true;
    if (a->flags & GB_AMOUNT_POINT)
        return false;
    if (GB_STARTS_WITH(behind, "级", " 级"))
        return true;
    if (unit.ptr[0] <= 'Z' && is_beside_name(scan->s, a->begin, a->unit.end))
        return true;
    return unit.ptr[0] <= 'Z' && (GB_HAS_ANY(before, names) || is_headed(scan, names, GB_COUNT(names)) ||
                                  GB_ENDS_ANY(gb_str_trim(before), metals) ||
                                  GB_STARTS_ANY(gb_str_trim(behind), metals)); /* 不锈钢316L, 316L不锈钢 */
}

/* 0.015*L*: a multiple of a quantity; 1000*N, whose asterisk the markup took for a mark of emphasis; "1s": the value of a parameter. */
static bool
is_expression(const struct gb_quantity_scan *scan, const struct gb_amount *a)
{
    bool may_begin = a->begin > 0, may_end = a->unit.end < scan->s.len;
    bool is_number_emph = gb_quantity_flags(scan, a->end - 1) & GB_RUN_EMPH;
    bool is_unit_emph = gb_quantity_flags(scan, a->unit.begin) & GB_RUN_EMPH;

    if (is_number_emph && !is_unit_emph) /* and more than the number is */
        return may_begin && gb_quantity_flags(scan, a->begin - 1) & GB_RUN_EMPH;
    if (is_unit_emph && !is_number_emph)
        return a->unit.end - a->unit.begin == 1 || (may_end && gb_quantity_flags(scan, a->unit.end) & GB_RUN_EMPH);
    return may_begin && may_end && scan->s.ptr[a->begin - 1] == '"' && scan->s.ptr[a->unit.end] == '"';
}

/* The symbol follows the number at once. */
static bool
is_glued(const struct gb_quantity_scan *scan, const struct gb_amount *a)
{
    return gb_measure_is(&a->unit, GB_MEASURE_SYMBOL) && a->unit.begin == a->end && !is_designation(scan, a) &&
           !is_expression(scan, a);
}

/* Writes the unit behind each number that has none, the gap before each that lacks it, and the right sign between them. */
static void
spell_out(struct gb_quantity_scan *scan, struct gb_quantity_fault *fault, const struct gb_quantity *q,
          struct gb_str unit)
{
    if (!fault)
        return;
    fault->by = spelled_out(scan, q, unit);
    for (unsigned i = 0; i < q->n; i++) {
        const struct gb_amount *a = &q->amounts[i];
        const struct gb_amount_joint *joint = i + 1 < q->n && q->joints[i].is_wrong ? &q->joints[i] : NULL;
        struct gb_str add = a->unit.n ? GB_STR("") : unit;
        bool is_beside = joint && joint->begin == a->end;
        if (is_glued(scan, a))
            gb_quantity_change(scan, fault, a->end, a->end, GB_STR(" "));
        else if (add.len && !is_beside)
            gb_quantity_change(scan, fault, a->end, a->end, add);
        if (joint)
            gb_quantity_change(scan, fault, joint->begin, joint->end,
                               gb_arena_printf(scan->check->arena, "%.*s×", is_beside ? (int)add.len : 0, add.ptr));
    }
}

/* ---- UNT-005, UNT-006: ranges ---- */

/* Nothing but the end of its part of the sentence stands behind. */
static bool
is_at_end(const struct gb_quantity_scan *scan, size_t at)
{
    at = gb_behind_gap(scan->s, at);
    if (at >= scan->s.len)
        return true;
    uint32_t c = gb_char_at(scan->s, at);
    return c == 0x3002 || c == 0xFF0C || c == 0xFF1B || c == 0xFF09;
}

/* A hyphen may belong to a date, a serial, a type: 2015-09, 15-10-15. */
static bool
is_sure_range(const struct gb_quantity_scan *scan, const struct gb_quantity *q)
{
    const struct gb_amount *a = &q->amounts[0], *b = &q->amounts[1];

    if (q->joints[0].kind == GB_AMOUNT_RANGE)
        return true;
    if (a->value >= b->value || a->flags & GB_AMOUNT_ZERO || (a->value >= 1900 && a->value <= 2100))
        return false;
    return !(q->begin > 0 && strchr("-/.", scan->s.ptr[q->begin - 1]));
}

/* Source: GB/T 1.1—2020, 9.4.5.2 and 9.4.5.3; 2009, 8.9. */
static bool
judge_range(struct gb_quantity_scan *scan, const struct gb_quantity *q)
{
    const struct gb_amount *a = &q->amounts[0], *b = &q->amounts[1];
    bool is_first = !a->unit.n && (has_symbol(b) || has_percent(b) || has_angle(b));
    bool is_second = has_symbol(a) && !b->unit.n && q->joints[0].kind == GB_AMOUNT_RANGE && !scan->is_cell &&
                     is_at_end(scan, q->end);

    if (q->n != 2 || q->joints[0].kind > GB_AMOUNT_TO || (!is_first && !is_second) || !is_sure_range(scan, q))
        return false;
    const struct gb_amount *with = is_first ? b : a;
    struct gb_str unit = unit_with_gap(scan, with);
    const char *which = q->joints[0].kind == GB_AMOUNT_TO ? "to" : NULL;
    enum gb_quantity_rule rule = has_percent(with) ? GB_QUANTITY_PERCENT : GB_QUANTITY_RANGE;
    spell_out(scan, gb_quantity_add(scan, rule, which, q->begin, q->end), q, unit);
    return true;
}

/* ---- UNT-006, UNT-007: tolerances ---- */

/* 65%±2%, 65±2%: (65±2)%. */
static bool
judge_percent_tolerance(struct gb_quantity_scan *scan, const struct gb_quantity *q)
{
    const struct gb_amount *a = &q->amounts[0], *b = &q->amounts[1];

    if (a->unit.n && !has_percent(a))
        return false;
    /* 220×(1±10%)V: the one, not a percentage. */
    if (!a->unit.n && a->value == 1 && gb_char_narrow(gb_char_before(scan->s, a->begin)) == '(')
        return false;
    struct gb_quantity_fault *fault = gb_quantity_add(scan, GB_QUANTITY_PERCENT, "tolerance", q->begin, q->end);
    if (!fault)
        return true;
    fault->by =
        gb_arena_printf(scan->check->arena, "(%.*s±%.*s)%.*s", GB_FMT(gb_str_sub(scan->s, a->begin, a->end)),
                        GB_FMT(gb_str_sub(scan->s, b->begin, b->end)), GB_FMT(gb_rel_str(&b->unit.uses[0].unit->word)));
    gb_quantity_change(scan, fault, q->begin, q->begin, GB_STR("("));
    if (a->unit.n)
        gb_quantity_change(scan, fault, a->end, a->unit.end, GB_STR(""));
    gb_quantity_change(scan, fault, b->end, b->end, GB_STR(")"));
    return true;
}

/* Source: GB/T 1.1—2020, 9.4.5.2; 2009, 8.9. */
static bool
judge_tolerance(struct gb_quantity_scan *scan, const struct gb_quantity *q)
{
    const struct gb_amount *a = &q->amounts[0], *b = &q->amounts[1];

    if (q->n != 2 || q->joints[0].kind != GB_AMOUNT_PLUS_MINUS)
        return false;
    if (has_percent(b))
        return judge_percent_tolerance(scan, q);
    if (a->unit.n || !(has_symbol(b) || has_angle(b)))
        return false;
    spell_out(scan, gb_quantity_add(scan, GB_QUANTITY_TOLERANCE, NULL, q->begin, q->end), q, unit_with_gap(scan, b));
    return true;
}

/* ---- UNT-008, UNT-009: × ---- */

static bool
is_product(const struct gb_quantity *q)
{
    return q->n > 1 && !GB_ANY(GB_ITEMS(joint, q->joints, q->n - 1), joint->kind != GB_AMOUNT_TIMES);
}

static bool
has_wrong_sign(const struct gb_quantity *q)
{
    return GB_ANY(GB_ITEMS(joint, q->joints, q->n - 1), joint->is_wrong);
}

static bool
is_length(const struct gb_quantity_scan *scan, const struct gb_amount *a)
{
    GB_WORDS(lengths, "m", "mm", "cm", "dm", "km", "μm", "µm", "nm", "MM", "CM", "KM");
    struct gb_str unit = gb_str_sub(scan->s, a->unit.begin, a->unit.end);

    return GB_IS_ANY(unit, lengths);
}

/* 2×100 mm: twice that length; 4×25 mm: four wires. A size has sides of one order. */
static bool
is_number_of_pieces(const struct gb_quantity *q)
{
    const struct gb_amount *a = &q->amounts[0], *b = &q->amounts[1];

    return q->n == 2 && !a->unit.n && !(a->flags & GB_AMOUNT_POINT) && a->value < 10 && b->value > 5 * a->value;
}

/* 4x4, 2X2 name kinds of drives and grids; hexadecimal numbers begin with 0x. */
static bool
is_name(const struct gb_quantity_scan *scan, const struct gb_quantity *q)
{
    bool is_small = q->n == 2, has_blank = q->joints[0].begin > q->amounts[0].end;

    for (unsigned i = 0; i < q->n; i++)
        is_small = is_small && q->amounts[i].digits == 1 && !(q->amounts[i].flags & GB_AMOUNT_POINT);
    /* 2*3册, but 2*3=6 is a formula, quoted as it stands */
    size_t end = q->amounts[q->n - 1].end, next;
    bool is_star = gb_str_is(gb_str_trim(gb_str_sub(scan->s, q->amounts[0].end, q->amounts[1].begin)), "*") &&
                   end < scan->s.len && gb_char_is_han(gb_utf8_at(scan->s, end, &next)) &&
                   !gb_str_starts(gb_str_skip(scan->s, end), GB_STR("的"));
    return (is_small && !has_blank && !is_star) ||
           (q->amounts[0].digits == 1 && q->amounts[0].value == 0 && !(q->amounts[0].flags & GB_AMOUNT_POINT));
}

/* 1920x1080 px: counts of picture elements. */
static bool
is_pixels(const struct gb_quantity_scan *scan, const struct gb_quantity *q)
{
    static const struct gb_str words = GB_STR("分辨率 像素 像元 分辨力 屏幕 图像 画面 视频");

    return q->n == 2 && q->amounts[0].value >= 100 && q->amounts[1].value >= 100 &&
           (gb_list_has(words, gb_quantity_before(scan, q->begin)) ||
            gb_list_has(words, gb_quantity_behind(scan, q->end)));
}

/* Source: GB/T 1.1—2020, 9.4.5.1 and 9.4.4.3; 2009, 8.9 and 8.6. */
static bool
judge_product(struct gb_quantity_scan *scan, const struct gb_quantity *q)
{
    const struct gb_amount *last = &q->amounts[q->n - 1];
    struct gb_quantity_fault *fault;

    if (!is_product(q))
        return false;
    unsigned n_units = GB_HOW_MANY(GB_ITEMS(amount, q->amounts, q->n), amount->unit.n > 0);
    bool is_wrong = has_wrong_sign(q), is_size = last->unit.n > 0 && is_length(scan, last) && !is_number_of_pieces(q);
    if (is_size && (n_units < q->n || is_wrong)) {
        spell_out(scan, gb_quantity_add(scan, GB_QUANTITY_DIMENSION, n_units < q->n ? NULL : "sign", q->begin, q->end),
                  q, unit_with_gap(scan, last));
        return true;
    }
    if (!is_wrong || is_name(scan, q))
        return false;
    fault = gb_quantity_add(scan, GB_QUANTITY_TIMES, is_pixels(scan, q) ? "pixels" : NULL, q->begin, q->end);
    spell_out(scan, fault, q, GB_STR(""));
    return true;
}

/* 2.5 x 10^3, 2.5·10³. Source: GB/T 1.1—2020, 9.4.4.3; 2009, 8.6. */
static bool
judge_power(struct gb_quantity_scan *scan, const struct gb_amount *a)
{
    if (!(a->flags & GB_AMOUNT_POWER) || gb_str_is(gb_str_sub(scan->s, a->sign_begin, a->sign_end), "×"))
        return false;
    struct gb_str head = gb_str_trim(gb_str_sub(scan->s, a->begin, a->sign_begin));
    struct gb_str tail = gb_str_trim(gb_str_sub(scan->s, a->sign_end, a->end));
    struct gb_quantity_fault *fault = gb_quantity_add(scan, GB_QUANTITY_TIMES, NULL, a->begin, a->end);
    if (!fault)
        return true;
    fault->by = gb_arena_printf(scan->check->arena, "%.*s×%.*s", GB_FMT(head), GB_FMT(tail));
    gb_quantity_change(scan, fault, a->begin + head.len, a->end - tail.len, GB_STR("×"));
    return true;
}

/* ---- UNT-010 ---- */

GB_WORDS(minutes, "′", "'", "’", "´");
GB_WORDS(seconds, "″", "\"", "”", "′′", "''");

/* Behind figures and one of the signs; `at` where they do not stand there. */
static size_t
behind_part(struct gb_str s, size_t at, const struct gb_str *signs, size_t n)
{
    size_t digits = gb_behind_gap(s, at), end = gb_skip_any(s, digits, "0123456789.");
    size_t sign = end > digits ? gb_str_start(gb_str_skip(s, end), signs, n) : 0;
    return sign ? end + sign : at;
}

/* Places on the earth are told in minutes. */
static bool
is_coordinate(const struct gb_quantity_scan *scan, const struct gb_amount *a, size_t end)
{
    static const struct gb_str words =
        GB_STR("东经 西经 北纬 南纬 经度 纬度 经纬 坐标 经线 纬线 子午线 大地 地理 方位 N E S W");
    struct gb_str behind = gb_quantity_behind(scan, end), before = gb_quantity_before(scan, a->begin);
    const struct gb_node *clause = gb_node_clause(scan->node);

    if (gb_list_has(words, before) || gb_list_has(words, behind) || (clause && gb_list_has(words, clause->title.str)) ||
        gb_list_has(words, scan->node->title.str))
        return true;
    const struct gb_table *table = scan->node->kind == GB_NODE_TABLE ? scan->node->u.table : NULL;
    return GB_ANY(for (uint32_t i = 0; table && i < table->n_cells && table->cells[i].row == 0; i++),
                  gb_list_has(words, table->cells[i].text.str));
}

/* Source: GB/T 1.1—2020, 9.4.5.4; 2009, 8.9. */
static bool
judge_angle(struct gb_quantity_scan *scan, const struct gb_amount *a)
{
    if (!has_angle(a) || !gb_str_is(gb_rel_str(&a->unit.uses[0].unit->word), "°"))
        return false;
    size_t end = behind_part(scan->s, a->unit.end, minutes, GB_COUNT(minutes));
    if (end == a->unit.end)
        return false;
    end = behind_part(scan->s, end, seconds, GB_COUNT(seconds));
    if (!is_coordinate(scan, a, end))
        gb_quantity_add(scan, GB_QUANTITY_ANGLE, NULL, a->begin, end);
    return true;
}

/* ---- UNT-003 ---- */

/* The quantity with its gaps. */
static struct gb_str
with_gaps(const struct gb_quantity_scan *scan, const struct gb_quantity *q)
{
    struct gb_buf out = {0};
    size_t at = q->begin;

    GB_EACH(const struct gb_amount, a, q->amounts, q->n) {
        gb_buf_add(&out, gb_str_sub(scan->s, at, a->end));
        if (is_glued(scan, a))
            gb_buf_add_char(&out, ' ');
        at = a->end;
    }
    gb_buf_add(&out, gb_str_sub(scan->s, at, q->end));
    return gb_buf_take(&out, scan->check->arena);
}

/* 5 %: none stands before the sign of per cent. */
static void
report_percent_gap(struct gb_quantity_scan *scan, const struct gb_amount *a)
{
    struct gb_quantity_fault *fault = gb_quantity_add(scan, GB_QUANTITY_GAP, "percent", a->begin, a->unit.end);

    if (!fault)
        return;
    fault->by = gb_arena_printf(scan->check->arena, "%.*s%.*s", GB_FMT(gb_str_sub(scan->s, a->begin, a->end)),
                                GB_FMT(gb_rel_str(&a->unit.uses[0].unit->word)));
    gb_quantity_change(scan, fault, a->end, a->unit.begin, GB_STR(""));
}

/* Source: GB/T 1.1—2020, 10.4.6; 2009, chapter 9. One finding for all parts of a range. */
static void
judge_gaps(struct gb_quantity_scan *scan, const struct gb_quantity *q)
{
    unsigned n_glued = 0;

    GB_EACH(const struct gb_amount, a, q->amounts, q->n) {
        if (has_percent(a) && a->unit.begin > a->end)
            report_percent_gap(scan, a);
        n_glued += is_glued(scan, a);
        if (gb_measure_is(&a->unit, GB_MEASURE_SYMBOL) && !is_glued(scan, a))
            gb_quantity_count_gap(scan, true);
    }
    if (!n_glued)
        return;
    struct gb_quantity_fault *fault = gb_quantity_add(scan, GB_QUANTITY_GAP, NULL, q->begin, q->end);
    if (!fault)
        return;
    fault->by = with_gaps(scan, q);
    for (unsigned i = 0; i < q->n; i++) {
        if (!is_glued(scan, &q->amounts[i]))
            continue;
        gb_quantity_count_gap(scan, false);
        gb_quantity_change(scan, fault, q->amounts[i].end, q->amounts[i].end, GB_STR(" "));
    }
}

void
gb_judge_form(struct gb_quantity_scan *scan, const struct gb_quantity *q)
{
    bool is_found = false;

    if (q->n > 1 && q->joints[0].kind == GB_AMOUNT_HYPHEN && gb_str_ends(gb_str_sub(scan->s, 0, q->begin), GB_STR("×")))
        return; /* M16×1.5-6g */
    for (unsigned i = 0; i < q->n; i++)
        is_found = judge_power(scan, &q->amounts[i]) || judge_angle(scan, &q->amounts[i]) || is_found;
    if (is_found || judge_product(scan, q))
        return;
    if (q->n > 1 && (judge_range(scan, q) || judge_tolerance(scan, q)))
        return;
    judge_gaps(scan, q);
}
