/*
 * Digits in the text: signs of ranges, forms of dates, letters read for digits, full width. TYP-002, TYP-006, TYP-007, TYP-019.
 */
#include "check/typography/typography_priv.h"

#include "facts/measure.h"

/* ---- TYP-002: full width ---- */

static bool
is_wide(uint32_t c)
{
    return (c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A);
}

/* Between two wide ones: ．／－ and a blank. */
static bool
is_wide_joint(uint32_t c)
{
    return c == 0xFF0E || c == 0xFF0F || c == 0xFF0D || c == ' ';
}

static struct gb_str
narrowed(struct gb_typography *typ, size_t begin, size_t end)
{
    struct gb_str s = gb_str_sub(typ->s, begin, end);
    struct gb_buf out = {0};
    bool is_identifier = gb_str_has(s, GB_STR("／"));
    char byte[4];
    size_t next;

    for (size_t at = 0; at < s.len; at = next) {
        uint32_t c = gb_utf8_at(s, at, &next);
        if (c == 0xFF0D && is_identifier)
            gb_buf_puts(&out, "—");
        else
            gb_buf_add(&out, (struct gb_str){byte, gb_utf8_put(byte, gb_char_narrow(c))});
    }
    return gb_buf_take(&out, typ->arena);
}

/* A run of them, ＧＢ／Ｔ １．１, or a full-width dot between digits. Source: GB/T 1.1—2020, 9.4.1. */
size_t
gb_scan_wide(struct gb_typography *typ, size_t at)
{
    struct gb_str s = typ->s;
    size_t end = at, next, behind;

    if (gb_char_at(s, at) == 0xFF0E) {
        bool is_dot = gb_is_digit(gb_char_before(s, at)) && gb_is_digit(gb_char_at(s, at + 3));
        if (is_dot && !gb_is_markup_text(typ, at))
            gb_add_slip(typ, GB_SLIP_WIDE, at, at + 3, NULL, GB_STR("."), !gb_is_cited_text(typ, at));
        return at + 3;
    }
    for (size_t i = at; i < s.len; i = next) {
        uint32_t c = gb_utf8_at(s, i, &next);
        if (is_wide(c))
            end = next;
        else if (!is_wide_joint(c) || next >= s.len || !is_wide(gb_utf8_at(s, next, &behind)))
            break;
    }
    if (!gb_is_markup_text(typ, at))
        gb_add_slip(typ, GB_SLIP_WIDE, at, end, NULL, narrowed(typ, at, end), !gb_is_cited_text(typ, at));
    return end;
}

GB_CHECK_WHOLE(check_wide, gb_report_slips(c, GB_SLIP_WIDE, true))

/* ---- TYP-007: ranges ---- */

struct value {
    double number;
    size_t begin, end; /* of its digits */
    size_t digits;     /* before the dot */
    bool has_dot, has_unit, is_year;
};

/* What is counted by itself; with the units of measurement, two numbers are known by it for values. */
GB_WORDS(counters, "个", "工作日", "人", "名", "天", "日", "年", "月", "周", "次", "份", "件", "台", "岁", "元", "倍",
         "分", "株", "粒", "棵", "枚", "头", "只", "户", "套", "座", "块", "根");
/* Words that begin like one of them. */
GB_WORDS(no_counters, "根据", "套用", "套管", "户外", "户内", "头部", "只能", "只有", "座椅", "块状", "粒径", "粒度");

static size_t
skip_blank(struct gb_str s, size_t at)
{
    struct gb_str nbsp = GB_STR("\u00a0");

    if (at < s.len && s.ptr[at] == ' ')
        return at + 1;
    return at + (gb_str_starts(gb_str_skip(s, at), nbsp) ? nbsp.len : 0);
}

/* Behind the unit that begins here, a blank before it or none; `at` where none does. */
static size_t
end_of_unit(const struct gb_measures *measures, struct gb_str s, size_t at)
{
    size_t begin = skip_blank(s, at);
    struct gb_measure_expression unit = gb_measure_expression_at(measures, s, begin);

    if (unit.n)
        return unit.end;
    for (size_t i = 0; i < GB_COUNT(counters); i++) {
        if (!gb_str_starts(gb_str_skip(s, begin), counters[i]) || GB_STARTS_ANY(gb_str_skip(s, begin), no_counters))
            continue;
        size_t end = begin + counters[i].len;
        struct gb_measure_expression by = gb_measure_expression_at(measures, s, end + 1);
        return end < s.len && s.ptr[end] == '/' && by.n ? by.end : end; /* 次/min */
    }
    return at;
}

/* Behind the number whose unit ends here: 5 of 5 mm, 6 of 6 m2; `at` where no unit does. */
static size_t
begin_of_unit(const struct gb_measures *measures, struct gb_str s, size_t at)
{
    enum { LONGEST = 24 };
    size_t least = at > LONGEST ? at - LONGEST : 0, begin = at;

    while (begin > least) {
        uint32_t c = gb_utf8_before(s, begin, &begin);
        if (gb_is_digit(c) && end_of_unit(measures, gb_str_sub(s, 0, at), begin + 1) == at)
            return begin + 1;
    }
    return at;
}

static void
read_digits(struct gb_str s, struct value *v)
{
    double scale = 0;

    v->number = 0;
    v->digits = 0;
    for (size_t i = v->begin; i < v->end; i++) {
        if (s.ptr[i] == '.')
            scale = 1;
        if (s.ptr[i] == '.' || s.ptr[i] == ' ')
            continue;
        v->number = v->number * 10 + (s.ptr[i] - '0');
        scale *= 10;
        v->digits += scale == 0;
    }
    v->has_dot = scale > 0;
    v->number = scale > 0 ? v->number / scale : v->number;
    v->is_year = !v->has_dot && v->digits == 4 && v->number >= 1900 && v->number < 2100;
}

/* The sign of a negative number that begins at `at`: where it begins, or `at`. */
static size_t
skip_sign(struct gb_str s, size_t at)
{
    size_t sign;
    uint32_t c = at ? gb_utf8_before(s, at, &sign) : 0;

    if (c != '-' && c != 0x2212 && c != '+')
        return at;
    uint32_t before = gb_char_before(s, sign);
    return !before || gb_char_is_han(before) || gb_char_is_cjk_punct(before) || before == ' ' ? sign : at;
}

/* What may not stand before the first number: it would be part of a code, a time, a power, a number of something. */
static bool
is_bound_before(struct gb_str s, size_t at)
{
    GB_WORDS(things, "图", "表", "式", "章", "第", "款", "项", "注", "例", "号", "步", "录", "话", "真", "机");
    uint32_t c = gb_char_before(s, at);

    if (c == ' ') {
        c = gb_char_before(s, --at);
        if (gb_is_alnum(c))
            return !gb_str_ends(gb_str_sub(s, 0, at), GB_STR("pH"));
    }
    if (GB_ENDS_ANY(gb_str_sub(s, 0, at), things))
        return true;
    if (c == U'：') /* 1：2, but not 湿度：45% */
        return gb_is_digit(gb_char_before(s, at - strlen("：")));
    return gb_is_letter(c) || (c && c < 0x80 && strchr("./:-_^*", (int)c)) || c == 0x2014 || c == 0x2013 || c == U'×' ||
           c == U'～' || c == 0x2212 || c == U'·' || c == U'〔';
}

/* 100 000: back over groups of three digits with blanks between them. */
static size_t
begin_of_groups(struct gb_str s, size_t begin, size_t end)
{
    enum { GROUP = 3 };

    while (end - begin == GROUP && begin >= 2 && s.ptr[begin - 1] == ' ' && gb_is_digit(s.ptr[begin - 2])) {
        end = begin - 1;
        begin = gb_skip_digits_back(s, end);
    }
    return begin;
}

/* The same onwards. */
static size_t
end_of_groups(struct gb_str s, size_t end)
{
    enum { GROUP = 3 };

    while (end < s.len && s.ptr[end] == ' ' && gb_skip_digits(s, end + 1) == end + 1 + GROUP)
        end += 1 + GROUP;
    return end;
}

/* 2片-3片: the same character behind both numbers counts, whatever it is, but for 3号-5号. Behind the first number, or `at`. */
static size_t
begin_of_twin(struct gb_str s, size_t at, size_t next)
{
    size_t begin = at, number = skip_blank(s, next), end = number;
    uint32_t c = at ? gb_utf8_before(s, at, &begin) : 0;

    while (end < s.len && (gb_is_digit(s.ptr[end]) || (s.ptr[end] == '.' && end > number)))
        end++;
    bool is_twin = gb_char_is_han(c) && c != U'号' && gb_is_digit(gb_char_before(s, begin)) && end > number;
    return is_twin && gb_char_at(s, end) == c ? begin : at;
}

static bool
read_before(const struct gb_measures *measures, struct gb_str s, size_t at, size_t next, struct value *out)
{
    size_t end = at > 0 && s.ptr[at - 1] == ' ' ? at - 1 : at, unit = begin_of_unit(measures, s, end);

    if (unit == end)
        unit = begin_of_twin(s, end, next);
    *out = (struct value){.has_unit = unit < end, .end = unit};
    out->begin = out->end;
    while (out->begin > 0 &&
           (gb_is_digit(s.ptr[out->begin - 1]) || (s.ptr[out->begin - 1] == '.' && out->begin < out->end)))
        out->begin--;
    out->begin = begin_of_groups(s, out->begin, out->end);
    if (out->begin == out->end || is_bound_before(s, skip_sign(s, out->begin)))
        return false;
    read_digits(s, out);
    if (skip_sign(s, out->begin) < out->begin && s.ptr[out->begin - 1] != '+')
        out->number = -out->number;
    return true;
}

static bool
read_behind(const struct gb_measures *measures, struct gb_str s, size_t at, struct value *out)
{
    *out = (struct value){.begin = skip_blank(s, at)};
    if (out->begin < s.len && s.ptr[out->begin] == '+')
        out->begin++;
    out->end = out->begin;
    while (out->end < s.len &&
           (gb_is_digit(s.ptr[out->end]) || (s.ptr[out->end] == '.' && out->end > out->begin && out->end + 1 < s.len &&
                                             gb_is_digit(s.ptr[out->end + 1]))))
        out->end++;
    if (out->end == out->begin)
        return false;
    out->end = end_of_groups(s, out->end);
    read_digits(s, out);
    out->has_unit = end_of_unit(measures, s, out->end) > out->end;
    return true;
}

/* Behind the last number nothing may stand that makes it a code, a time, a date. */
static bool
is_bound_behind(struct gb_str s, size_t at)
{
    uint32_t c = gb_char_at(s, at);

    return c && (c == '-' || c == ':' || c == '/' || c == '.' || c == '_' || c == 0x2014 || c == 0x2013 || c == U'：' ||
                 gb_is_letter(c));
}

/* 025-8330, 0.5.1: codes and numbers of clauses. */
static bool
is_plain_number(struct gb_str s, const struct value *v)
{
    size_t dots = 0;

    for (size_t i = v->begin; i < v->end; i++)
        dots += s.ptr[i] == '.';
    return dots < 2 && v->end - v->begin < 10 && !(v->digits > 1 && s.ptr[v->begin] == '0');
}

/* 10-3 mol/L: a power whose exponent lost its place. */
static bool
is_lost_power(const struct value *a, const struct value *b)
{
    return a->number == 10 && !a->has_unit && (b->number <= 9 || (b->number == 12 && a->has_dot));
}

/* pH应为5.0-7.5, pH 5.0-7.5: what has no unit is said to be so much. */
static bool
is_of_number(const struct gb_measures *measures, struct gb_str s, const struct value *a, const struct value *b)
{
    GB_WORDS(copulas, "为", "在", "应", "宜", "是", "值");
    struct gb_str what = gb_str_trim(gb_str_sub(s, 0, a->begin));
    size_t whole = what.len;

    if (!a->has_dot || !b->has_dot)
        return false;
    for (size_t n = GB_END(what, copulas); n; n = GB_END(what, copulas))
        what.len -= n;
    return (what.len < whole && gb_ends_in_number(measures, what)) || GB_ENDS_WITH(what, "pH");
}

/* Months and days of the calendar are joined as years are: 1月—6月. */
static bool
is_calendar_unit(struct gb_str rest)
{
    return GB_STARTS_WITH(rest, "月", "日");
}

/* Is it all of a cell, where other cells of the table have the sign of ranges? */
static bool
is_beside_waves(struct gb_typography *typ, size_t begin, size_t end)
{
    if (typ->part != GB_PART_CELL || begin > 0 || end < typ->s.len || typ->node->kind != GB_NODE_TABLE ||
        !typ->node->u.table)
        return false;
    if (typ->waved != typ->node) {
        const struct gb_table *t = typ->node->u.table;
        typ->waved = typ->node;
        typ->has_waves = false;
        for (uint32_t i = 0; i < t->n_cells && !typ->has_waves; i++)
            typ->has_waves = gb_str_has(t->cells[i].text.str, GB_STR("～"));
    }
    return typ->has_waves;
}

/*
 * Source: GB/T 1.1—2020, 9.4.5.2; GB/T 15835—2011, chapter 5. Years may be joined by 一字线; numbers of clauses are XRF-008's. A
 * unit tells that the numbers are values; ~ between numbers has no other meaning.
 */
bool
gb_scan_range(struct gb_typography *typ, size_t at, uint32_t c, size_t next)
{
    const struct gb_measures *measures = gb_lexicon_measures(typ->facts->lexicon);
    struct gb_str s = typ->s;
    struct value a, b;

    if (typ->zone == GB_ZONE_COVER || typ->zone == GB_ZONE_TOC || typ->zone == GB_ZONE_BIBLIO ||
        typ->node->kind == GB_NODE_REF || typ->node->kind == GB_NODE_SOURCE || c == 0x2500 || c == 0x2015)
        return false;
    if (!read_before(measures, s, at, next, &a) || !read_behind(measures, s, next, &b) || !is_plain_number(s, &a) ||
        !is_plain_number(s, &b))
        return false;
    b.has_unit = b.has_unit || (a.has_unit && begin_of_twin(s, at, next) == a.end);
    size_t unit_end = end_of_unit(measures, s, b.end);
    if (is_bound_behind(s, unit_end > b.end ? unit_end : b.end) &&
        !(unit_end > b.end && gb_char_at(s, unit_end) == '/'))
        return false;
    GB_WORDS(calendar, "月", "日", "年");
    struct gb_str wanted = GB_STR("～");
    if (c == 0x2014 && GB_STARTS_ANY(gb_str_skip(s, skip_blank(s, b.end)), calendar))
        return false; /* 1月—12月 */
    if (a.is_year && b.is_year) {
        bool is_year = gb_str_starts(gb_str_skip(s, b.end), GB_STR("年"));
        if (!is_year || c == 0x2014 || a.number >= b.number)
            return false;
        wanted = c == '~' || c == 0x223C ? wanted : GB_STR("—");
    } else if (c == '~' || c == 0x223C) {
        bool is_share = a.has_dot && a.number > 0 && a.number < 1; /* 0.35~0.55: no clause has a 0 for its chapter */
        if (!b.has_unit && !is_share && (a.has_dot || b.has_dot || (gb_is_letter(gb_char_at(s, b.end)))) &&
            typ->part != GB_PART_CELL)
            return false;
    } else if (!(b.has_unit || is_of_number(measures, s, &a, &b) || is_beside_waves(typ, a.begin, b.end)) ||
               a.number >= b.number || is_lost_power(&a, &b)) {
        return false;
    }
    if (is_calendar_unit(gb_str_skip(s, b.end))) {
        if (c == 0x2014)
            return false;
        wanted = c == '~' || c == 0x223C ? wanted : GB_STR("—");
    }
    gb_add_slip(typ, GB_SLIP_RANGE, at, next, NULL, wanted, !gb_is_cited_text(typ, at));
    return true;
}

/* Very many are a habit of the draft: one finding with all its places. */
static void
check_ranges(struct gb_check *c)
{
    enum { FLOOD = 30 };
    struct gb_slips slips = gb_slips_of(c, GB_SLIP_RANGE);

    if (slips.n > FLOOD)
        gb_report_all_slips(c, "habit", slips);
    else
        gb_report_slips_of(c, slips, true);
}

/* ---- TYP-019: dates ---- */

struct date {
    unsigned year, month, day;
};

static size_t
take_date_sign(struct gb_str s, size_t at)
{
    GB_WORDS(signs, ".", "/", "-", "—", "–", "－", "．", "／");
    return at + GB_START(gb_str_skip(s, at), signs);
}

/* A number of one or two digits behind one sign of a date and blanks; the sign is at *out_sign. 0: there is none. */
static size_t
take_part(struct gb_str s, size_t at, size_t *out_sign, unsigned *out_value)
{
    *out_sign = gb_skip_any(s, at, " ");
    size_t behind = take_date_sign(s, *out_sign), digits = gb_skip_any(s, behind, " "), end = digits;

    if (behind == *out_sign)
        return 0;
    *out_value = gb_take_digits(s, &end, 2);
    return end > digits ? end : 0;
}

/* A year, month and day with signs between them: the end, or 0. */
static size_t
take_signed_date(struct gb_str s, size_t begin, struct date *out)
{
    size_t first, second, at = take_part(s, begin + 4, &first, &out->month);

    if (!at || !(at = take_part(s, at, &second, &out->day)) || s.ptr[first] != s.ptr[second])
        return 0;
    if (out->month < 1 || out->month > 12 || out->day < 1 || out->day > 31)
        return 0;
    uint32_t behind = gb_char_at(s, at);
    if (gb_is_alnum(behind) || behind == '.' || behind == '-' || behind == '/' || behind == '_')
        return 0;
    return at;
}

static bool
is_right_date(struct gb_str s, size_t begin, size_t end)
{
    return end - begin == 10 && s.ptr[begin + 4] == '-' && s.ptr[begin + 7] == '-';
}

/* Versions, paths, numbers of documents: what stands before tells. */
static bool
is_date_place(const struct gb_typography *typ, size_t at)
{
    uint32_t c = gb_char_before(typ->s, at);

    if (c == ' ')
        c = gb_char_before(typ->s, at - 1);
    return !gb_is_letter(c) && !gb_is_digit(c) && c != '.' && c != '/' && c != '-' && c != '_' && c != ':' &&
           c != 0x2014 && c != '\\' && c != '=' && !gb_is_markup_text(typ, at);
}

static void
add_date(struct gb_typography *typ, size_t begin, size_t end, const char *which, struct gb_str wanted)
{
    gb_add_slip(typ, GB_SLIP_DATE, begin, end, which, wanted, !gb_is_cited_text(typ, begin));
}

/* What forms of dates there are: 如2015/9/10, 格式为2015.9.10. */
static bool
is_form_spoken_of(struct gb_str s, size_t at)
{
    enum { NEAR = 90 };
    GB_WORDS(words, "如：", "例如", "比如", "格式", "形式", "写法", "写作", "写成", "表示为", "照录");
    struct gb_str near = gb_str_sub(s, at > NEAR ? at - NEAR : 0, at);

    return GB_HAS_ANY(near, words) || GB_ANY(GB_EACH_FOUND(like, near, GB_STR("如"), 0),
                                             like + GB_HAN == near.len || gb_is_digit(near.ptr[like + GB_HAN]));
}

static void
judge_signed_date(struct gb_typography *typ, size_t begin)
{
    struct date date = {0};
    size_t end = take_signed_date(typ->s, begin, &date), at = begin;

    if (!end || is_right_date(typ->s, begin, end) || !is_date_place(typ, begin) || is_form_spoken_of(typ->s, begin))
        return;
    if (gb_char_before(typ->s, begin) == U'“' && gb_char_at(typ->s, end) == U'”') /* shown, not used */
        return;
    date.year = gb_take_digits(typ->s, &at, 4);
    add_date(typ, begin, end, NULL, gb_arena_printf(typ->arena, "%u年%u月%u日", date.year, date.month, date.day));
}

/* 15年9月: a year of two digits. A span of time has no month behind it: 15年9个月. */
static void
judge_short_year(struct gb_typography *typ, size_t begin, size_t end)
{
    size_t at = end + strlen("年"), month = at;
    unsigned value = gb_take_digits(typ->s, &at, 2), year;

    if (at == month || value < 1 || value > 12 || !gb_str_starts(gb_str_skip(typ->s, at), GB_STR("月")) ||
        !is_date_place(typ, begin))
        return;
    month = begin;
    year = gb_take_digits(typ->s, &month, 2);
    struct gb_str wanted = gb_arena_printf(typ->arena, "%u年", year < 50 ? 2000 + year : 1900 + year);
    gb_add_slip(typ, GB_SLIP_DATE, begin, end + strlen("年"), "short", wanted, false);
}

/* ---- TYP-006: letters for digits ---- */

static bool
is_misread(char c)
{
    return c == 'O' || c == 'o' || c == 'l' || c == 'I';
}

/* One letter behind a dot: between two, 4.O.1, or as the decimal of a value, 3.O mm; no symbol with an index, no unit behind a number. */
static bool
is_letter_part(const struct gb_measures *measures, struct gb_str s, size_t begin, size_t end)
{
    if (end - begin != 1 || !is_misread(s.ptr[begin]) || begin < 2 || s.ptr[begin - 1] != '.' ||
        !gb_is_digit(s.ptr[begin - 2]))
        return false;
    return (gb_str_at(s, end) == '.' && gb_is_digit(gb_str_at(s, end + 1))) ||
           (s.ptr[begin] == 'O' && end_of_unit(measures, s, end) > end);
}

/* 2O15, 20l5: a year, or a number of four with letters between digits. */
static bool
is_misread_year(struct gb_str s, size_t begin, size_t end)
{
    size_t letters = 0;

    if (end - begin != 4 || (s.ptr[begin] != '1' && s.ptr[begin] != '2'))
        return false;
    for (size_t i = begin; i < end; i++) {
        if (!gb_is_digit(s.ptr[i]) && !is_misread(s.ptr[i]))
            return false;
        letters += !gb_is_digit(s.ptr[i]);
    }
    return letters > 0 && gb_str_starts(gb_str_skip(s, end), GB_STR("年"));
}

/* 1O mm, 5O0 mL, 2l mm: digits with O among them, or digits and one l, then a unit. 2l alone is a volume. */
static bool
is_misread_value(const struct gb_measures *measures, struct gb_str s, size_t begin, size_t end)
{
    size_t at = begin;

    while (at < end && gb_is_digit(s.ptr[at]))
        at++;
    if (at == begin || at == end || gb_is_letter(gb_char_before(s, begin)) || gb_char_before(s, begin) == '-')
        return false;
    size_t unit = skip_blank(s, end);
    bool is_one = end - at == 1 && (s.ptr[at] == 'l' || s.ptr[at] == 'I') && unit < s.len && gb_is_letter(s.ptr[unit]);
    for (size_t i = at; i < end && !is_one; i++) {
        if (s.ptr[i] != 'O' && !gb_is_digit(s.ptr[i]))
            return false;
    }
    return end_of_unit(measures, s, end) > end;
}

static struct gb_str
digits_of(struct gb_typography *typ, size_t begin, size_t end)
{
    struct gb_str copy = gb_arena_copy(typ->arena, gb_str_sub(typ->s, begin, end));
    char *out = gb_arena_alloc(typ->arena, copy.len + 1);

    for (size_t i = 0; i < copy.len; i++)
        out[i] = copy.ptr[i] == 'O' || copy.ptr[i] == 'o'   ? '0'
                 : copy.ptr[i] == 'l' || copy.ptr[i] == 'I' ? '1'
                                                            : copy.ptr[i];
    return (struct gb_str){out, copy.len};
}

/* 9月10曰, 2015一2020. */
static void
judge_behind_digits(struct gb_typography *typ, size_t begin, size_t end)
{
    struct gb_str rest = gb_str_skip(typ->s, end);
    size_t behind = end + 3;
    bool is_year = end - begin == 4 && behind + 4 <= typ->s.len;

    if (gb_str_starts(rest, GB_STR("曰"))) {
        gb_add_slip(typ, GB_SLIP_MISREAD, end, behind, "sun", GB_STR("日"), true);
        return;
    }
    for (size_t i = behind; is_year && i < behind + 4; i++)
        is_year = gb_is_digit(typ->s.ptr[i]);
    if (is_year && gb_str_starts(rest, GB_STR("一")) && !gb_is_digit(gb_char_at(typ->s, behind + 4)) &&
        is_date_place(typ, begin))
        gb_add_slip(typ, GB_SLIP_MISREAD, end, behind, "one", GB_STR("—"), true);
}

void
gb_judge_word(struct gb_typography *typ, size_t begin, size_t end)
{
    struct gb_str s = typ->s;
    bool is_date_zone = typ->zone != GB_ZONE_COVER && typ->zone != GB_ZONE_TOC && typ->zone != GB_ZONE_BIBLIO &&
                        typ->node->kind != GB_NODE_REF;
    bool begins_with_digit = gb_is_digit(s.ptr[begin]);

    if (!begins_with_digit && end - begin > 1)
        return;
    const struct gb_measures *measures = gb_lexicon_measures(typ->facts->lexicon);
    bool is_misread =
        is_letter_part(measures, s, begin, end) ||
        (begins_with_digit && (is_misread_year(s, begin, end) || is_misread_value(measures, s, begin, end)));
    if (is_misread) {
        if (!gb_is_markup_text(typ, begin))
            gb_add_slip(typ, GB_SLIP_MISREAD, begin, end, NULL, digits_of(typ, begin, end), true);
        return;
    }
    if (!begins_with_digit || !is_date_zone || !gb_is_digit(s.ptr[end - 1]))
        return;
    if (end < s.len && (unsigned char)s.ptr[end] >= 0xE4)
        judge_behind_digits(typ, begin, end);
    if (end - begin == 4 && (s.ptr[begin] == '1' || s.ptr[begin] == '2'))
        judge_signed_date(typ, begin);
    else if (end - begin == 2 && gb_str_starts(gb_str_skip(s, end), GB_STR("年")))
        judge_short_year(typ, begin, end);
}

/* ---- Words that the search finds ---- */

/* 二〇一五年. */
static size_t
take_han_year(struct gb_str s, size_t at, unsigned *out_year)
{
    unsigned year = 0;

    for (unsigned n = 0; n < 4; n++, at += GB_HAN) {
        uint32_t c = gb_char_at(s, at);
        unsigned digit = gb_han_digit(c);
        if (digit > 9 || (!digit && c != U'〇' && c != U'零' && c != U'○'))
            return 0;
        year = year * 10 + digit;
    }
    *out_year = year;
    return gb_str_starts(gb_str_skip(s, at), GB_STR("年")) && year >= 1900 && year < 2100 ? at : 0;
}

/* The search finds the first two characters of the year; all others of the rule come from the pass over the texts. */
static void
hit_han_year(struct gb_check *c, const struct gb_found *found)
{
    struct gb_str s = found->text->str;
    unsigned year = 0;
    size_t end = take_han_year(s, found->begin, &year);

    if (!end || is_form_spoken_of(s, found->begin))
        return;
    struct gb_str wanted = gb_count_text(c, year);
    gb_report_fix(c, "han", gb_at_part(found->text, found->begin, end), found->node, wanted,
                  GB_ARGS(gb_str_sub(s, found->begin, end), wanted));
}

/* Source: GB/T 1.1—2020, 9.4.4.2. */
GB_CHECK_WHOLE(finish_dates, gb_report_slips(c, GB_SLIP_DATE, false))

/* 曰期, 巳经: words with a character that only looks like the right one. */
static void
hit_misread_word(struct gb_check *c, const struct gb_found *found)
{
    static const struct {
        struct gb_str wrong, right;
    } pairs[] = {{GB_WORD("曰"), GB_WORD("日")}, {GB_WORD("巳"), GB_WORD("已")}};
    struct gb_str word = GB_WORDS_OF(found);

    for (size_t i = 0; i < GB_COUNT(pairs); i++) {
        size_t at = gb_str_find(word, pairs[i].wrong, 0);
        if (at == GB_NOT_FOUND)
            continue;
        gb_report_fix(c, "sun", gb_at_part(found->text, found->begin + at, found->begin + at + pairs[i].wrong.len),
                      found->node, pairs[i].right, GB_ARGS(pairs[i].wrong, pairs[i].right));
    }
}

const struct gb_check_def gb_digit_checks[] = {
    {.name = "full-width-alnum", .whole = check_wide},
    {.name = "range-signs", .whole = check_ranges, .cases = "habit"},
    {.name = "date-forms",
     .hit = hit_han_year,
     .finish = finish_dates,
     .cases = "short han",
     .params = GB_SEARCH_PARAMS "words:words"},
    {.name = "misread-characters",
     .hit = hit_misread_word,
     .finish = gb_report_misread,
     .cases = "sun one",
     .params = GB_SEARCH_PARAMS "words:words"},
    {0},
};
