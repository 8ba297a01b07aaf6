/*
 * Marks of punctuation: width, doubled ones, 、 between quotations, dashes. Source: GB/T 1.1—2020, 9.4.1; 2009, 7.1.4.
 */
#include "check/clause_priv.h"
#include "check/typography/typography_priv.h"

/* ---- TYP-001: half-width marks ---- */

static const struct {
    char half;
    struct gb_str full;
} marks[] = {
    {',', GB_WORD("，")}, {';', GB_WORD("；")}, {':', GB_WORD("：")}, {'?', GB_WORD("？")}, {'!', GB_WORD("！")},
};

struct gb_str
gb_full_width(char half)
{
    GB_FIND(mark, marks, GB_COUNT(marks), mark->half == half);
    return mark ? mark->full : GB_NO_WORDS;
}

/* Lists of documents and contents have forms of their own; what is cited in them was punctuated by others. */
static bool
has_own_marks(const struct gb_typography *typ)
{
    return GB_AMONG(typ->zone, GB_ZONE_TOC, GB_ZONE_BIBLIO, GB_ZONE_INDEX) || typ->node->kind == GB_NODE_REF ||
           typ->node->kind == GB_NODE_SOURCE;
}

/* 8 m/s: a unit behind a number. */
static bool
is_behind_quotient(struct gb_str s, size_t begin, size_t at)
{
    enum { LONGEST = 8 };

    if (begin < 2 || at - begin > LONGEST || s.ptr[begin - 1] != ' ' || !gb_is_digit(s.ptr[begin - 2]))
        return false;
    return !GB_ANY(for (size_t i = begin; i < at; i++), !gb_is_letter(s.ptr[i]) && s.ptr[i] != '/');
}

/* A word of Latin letters before the mark that is code rather than a name: a key, a path, an address. */
static bool
is_behind_code(struct gb_str s, size_t at)
{
    size_t begin = at;

    while (begin > 0 && s.ptr[begin - 1] > ' ' && s.ptr[begin - 1] < 0x7F)
        begin--;
    if (is_behind_quotient(s, begin, at))
        return false;
    return GB_ANY(GB_ITEMS(byte, s.ptr + begin, at - begin), strchr("_={}<>\"'/\\@#[]|$&:", *byte));
}

/* An address or a path, which may hold Chinese words, ends at a blank or a full-width mark. */
static void
enter_address(struct gb_typography *typ, size_t at)
{
    enum { LONGEST = 300 };
    size_t end = at, next;

    for (; end < typ->s.len && end - at < LONGEST; end = next) {
        uint32_t c = gb_utf8_at(typ->s, end, &next);
        if (gb_char_is_space(c) || gb_char_is_cjk_punct(c))
            break;
    }
    typ->address_end = end;
}

/* 第1部分: is TYP-020's. */
static bool
is_behind_part(struct gb_str s, size_t at)
{
    return s.ptr[at] == ':' && gb_str_ends(gb_str_sub(s, 0, at), GB_STR("部分"));
}

/* 5.2, 应: a comma or semicolon, a blank, Chinese. */
static bool
is_before_chinese(const struct gb_typography *typ, size_t at)
{
    uint32_t next = gb_char_at(typ->s, at + 1);
    bool takes_blank = typ->s.ptr[at] == ',' || typ->s.ptr[at] == ';';

    return gb_char_is_han(next) ||
           (takes_blank && next == ' ' && gb_is_running_text(typ) && gb_char_is_han(gb_char_at(typ->s, at + 2)));
}

/* Han in the last of the text before `at`. */
static size_t
han_near(struct gb_str s, size_t at)
{
    enum { MOST = 20 };
    size_t n = 0;

    for (unsigned i = 0; i < MOST && at > 0; i++)
        n += gb_char_is_han(gb_utf8_before(s, at, &at));
    return n;
}

/* …不大于1.5 kPa; at the end of a Chinese text. */
static bool
ends_chinese_text(const struct gb_typography *typ, size_t at)
{
    enum { LEAST = 8 };

    return at + 1 == typ->s.len && gb_is_running_text(typ) && han_near(typ->s, at) >= LEAST;
}

/* “:”, （如!、@、#）: the character itself is spoken of. */
static bool
is_spoken_of(uint32_t before, uint32_t next)
{
    return next >= 0x80 && gb_is_one_of(next, "”’）、和") && gb_is_one_of(before, "“‘（、如和为是用");
}

/* Source: GB/T 1.1—2020, 9.4.1. A mark with Chinese text on one side. Not in 3:1, 12:30, ISO 9001:2015, keys of code. */
static bool
is_half_mark(const struct gb_typography *typ, size_t at)
{
    struct gb_str s = typ->s;
    uint32_t before = gb_char_before(s, at), next = gb_char_at(s, at + 1);

    if (has_own_marks(typ) || gb_is_pause(before) || is_behind_part(s, at) || gb_is_markup_text(typ, at))
        return false;
    if ((s.ptr[at] == ':' && gb_is_one_of(next, ":=/")) || is_spoken_of(before, next) || next == U'、' ||
        before == U'“' || before == U'〈') /* 如!、@, “:”, “:2”: the mark itself is spoken of; 〈? of a tag */
        return false;
    if (gb_is_chinese(before))
        return at >= typ->address_end && !gb_is_latin_text(s, at) && !gb_is_reference_text(s, at);
    if (!gb_is_digit(before) && !gb_is_letter(before) && !gb_is_one_of(before, ")%℃‰Ω°²³"))
        return false;
    return typ->part != GB_PART_CELL && s.ptr[at] != '!' &&
           (is_before_chinese(typ, at) || ends_chinese_text(typ, at)) && !is_behind_code(s, at) &&
           at >= typ->address_end && !gb_is_latin_text(s, at);
}

size_t
gb_scan_half_mark(struct gb_typography *typ, size_t at)
{
    struct gb_str rest = gb_str_skip(typ->s, at);

    if (at >= typ->address_end && GB_STARTS_WITH(rest, "://", ":\\"))
        enter_address(typ, at);
    if (is_half_mark(typ, at))
        gb_add_slip(typ, GB_SLIP_HALF, at, at + 1, NULL, gb_full_width(typ->s.ptr[at]), !gb_is_cited_text(typ, at));
    return at + 1;
}

/* The Han that follow each other before and behind; no more than `most` are counted. */
static unsigned
han_before(struct gb_str s, size_t at, unsigned most)
{
    unsigned n = 0;

    while (n < most && at > 0 && gb_char_is_han(gb_utf8_before(s, at, &at)))
        n++;
    return n;
}

static unsigned
han_behind(struct gb_str s, size_t at, unsigned most)
{
    unsigned n = 0;

    while (n < most && at < s.len && gb_char_is_han(gb_utf8_at(s, at, &at)))
        n++;
    return n;
}

/* 5 mm. and 5.2. at the end of a Chinese sentence; not etc. and J. Smith. */
static bool
ends_value(struct gb_str s, size_t at)
{
    size_t begin = at, prev;

    while (begin > 0 && gb_is_alnum(s.ptr[begin - 1]))
        begin--;
    if (begin == at)
        return gb_is_one_of(gb_char_before(s, at), "）”》℃%²³");
    uint32_t before = begin ? gb_utf8_before(s, begin, &prev) : 0;
    if (before == ' ')
        before = gb_is_letter(s.ptr[begin]) && gb_is_digit(gb_char_before(s, prev)) ? '0' : 0;
    return gb_char_is_han(before) || before == '0' || before == 0x2014 || (before == '.' && gb_is_digit(s.ptr[begin]));
}

/* A full stop in half width, behind Chinese text and at the end of its sentence. */
static bool
is_half_stop(const struct gb_typography *typ, size_t at)
{
    enum { SHORTEST = 4, LONG = 8 };
    struct gb_str s = typ->s;
    uint32_t next = gb_char_at(s, at + 1);
    size_t behind = at + 1 + (next == ' ');

    if (has_own_marks(typ) || !gb_is_running_text(typ) || gb_is_markup_text(typ, at))
        return false;
    if (!next || next == '\n')
        return gb_has_han(s) && !gb_is_latin_text(s, at) && han_near(s, at) >= SHORTEST &&
               (han_before(s, at, 1) || (!next && han_near(s, at) >= LONG && ends_value(s, at)));
    return han_before(s, at, SHORTEST) == SHORTEST && han_behind(s, behind, SHORTEST) == SHORTEST &&
           !gb_is_cited_text(typ, at); /* “主版本号.次版本号” */
}

/* Only a page behind the leader: a line of contents. */
static bool
leads_to_page(struct gb_str s, size_t at)
{
    size_t digits = gb_skip_any(s, at, " \t"), end = gb_skip_digits(s, digits);

    return end > digits && (end == s.len || s.ptr[end] == '\n');
}

static bool
is_ellipsis_place(const struct gb_typography *typ, size_t begin, size_t end)
{
    uint32_t next = gb_char_at(typ->s, end);

    return gb_is_running_text(typ) && gb_char_is_han(gb_char_before(typ->s, begin)) && !gb_is_markup_text(typ, begin) &&
           (!next || next == '\n' || gb_is_chinese(next)) && !leads_to_page(typ->s, end);
}

/* ... or ......; more are a leader. */
static size_t
scan_dots(struct gb_typography *typ, size_t at)
{
    size_t end = gb_skip_any(typ->s, at, ".");

    if ((end - at == 3 || end - at == 6) && is_ellipsis_place(typ, at, end))
        gb_add_slip(typ, GB_SLIP_DOUBLE, at, end, "ellipsis", GB_STR("……"), !gb_is_cited_text(typ, at));
    return end;
}

size_t
gb_scan_stop(struct gb_typography *typ, size_t at)
{
    if (gb_char_at(typ->s, at + 1) == '.')
        return scan_dots(typ, at);
    if (is_half_stop(typ, at))
        gb_add_slip(typ, GB_SLIP_HALF, at, at + 1, NULL, GB_STR("。"), !gb_is_cited_text(typ, at));
    return at + 1;
}

/* How often a mark stands in the text of the draft. */
static size_t
count_mark(const struct gb_facts *facts, struct gb_str mark)
{
    static const enum gb_node_kind kinds[] = {GB_NODE_PARA, GB_NODE_ITEM, GB_NODE_NOTE};
    size_t n = 0;

    for (size_t k = 0; k < GB_COUNT(kinds); k++) {
        GB_EACH_NODE(node, &facts->of_kind[kinds[k]])
            n += GB_HOW_MANY(GB_EACH_FOUND(at, node->text.str, mark, 0), true);
    }
    return n;
}

static bool
is_of_marks(const struct gb_slip *slip, const char *half)
{
    return strchr(half, slip->text->str.ptr[slip->begin]) != NULL;
}

/* Reports slips of these marks at once, under a case of the rule, and takes them out of the rest. */
static void
report_habit(struct gb_check *c, const char *which, const char *half, struct gb_slip *rest, size_t *n_rest)
{
    struct gb_slip *habit = gb_arena_alloc(c->arena, *n_rest * sizeof(*habit));
    size_t n = 0, kept = 0;

    for (size_t i = 0; i < *n_rest; i++) {
        if (is_of_marks(&rest[i], half))
            habit[n++] = rest[i];
        else
            rest[kept++] = rest[i];
    }
    *n_rest = kept;
    gb_report_all_slips(c, which, (struct gb_slips){habit, n});
}

static size_t
count_slips(const struct gb_slip *slips, size_t n_slips, const char *half)
{
    return GB_HOW_MANY(GB_ITEMS(slip, slips, n_slips), is_of_marks(slip, half));
}

/* A mark that is half-width in `n` places: more often than not, or very often. */
static bool
is_habit(struct gb_check *c, size_t n, struct gb_str full)
{
    enum { MANY = 12, FLOOD = 40 };

    return n >= MANY && (n >= FLOOD || n > count_mark(c->facts, full));
}

/* A habit is one finding for all its places. The others are told line by line. */
static void
check_half_width(struct gb_check *c)
{
    struct gb_slips all = gb_slips_of(c, GB_SLIP_HALF);
    struct gb_slip *rest = all.n ? gb_arena_copy_bytes(c->arena, all.items, all.n * sizeof(*rest)) : NULL;
    size_t n_rest = all.n, n_brackets = count_slips(rest, n_rest, "()");

    if (n_brackets && gb_has_narrow_brackets(c))
        report_habit(c, "brackets", "()", rest, &n_rest);
    else if (is_habit(c, n_brackets / 2, GB_STR("（"))) /* of pairs */
        report_habit(c, "habit", "()", rest, &n_rest);
    for (size_t k = 0; k < GB_COUNT(marks); k++) {
        const char half[] = {marks[k].half, 0};
        if (is_habit(c, count_slips(rest, n_rest, half), marks[k].full))
            report_habit(c, "habit", half, rest, &n_rest);
    }
    gb_report_slips_of(c, (struct gb_slips){rest, n_rest}, true);
}

/* ---- TYP-011: marks that do not follow each other ---- */

/* 等 that ends an enumeration, not the word 等级. */
static bool
ends_enumeration(struct gb_str s, size_t at)
{
    if (!gb_str_starts(gb_str_skip(s, at), GB_STR("等")))
        return false;
    uint32_t next = gb_char_at(s, at + strlen("等"));
    return !gb_is_one_of(
               next,
               "级待效于同离候号比量压温高边腰值距速强电渗张熵深势厚径长截臂精概分次额质价轴角倾面时式闲份外差位") &&
           (gb_char_is_han(next) || gb_is_pause(next) || next == U'）' || next == '\0');
}

static size_t
scan_ellipsis(struct gb_typography *typ, size_t at)
{
    size_t end = at, n = 0;

    while (gb_char_at(typ->s, end) == 0x2026) {
        end += strlen("…");
        n++;
    }
    if (!gb_is_running_text(typ) || gb_is_markup_text(typ, at))
        return end;
    bool is_fixable = !gb_is_cited_text(typ, at);
    if (n == 1 && is_ellipsis_place(typ, at, end))
        gb_add_slip(typ, GB_SLIP_DOUBLE, at, end, "ellipsis", GB_STR("……"), is_fixable);
    else if (n == 2 && ends_enumeration(typ->s, end))
        gb_add_slip(typ, GB_SLIP_DOUBLE, at, end + strlen("等"), "twice", GB_STR("等"), is_fixable);
    else if (n == 2 && gb_str_ends(gb_str_sub(typ->s, 0, at), GB_STR("等")) && !gb_char_is_han(gb_char_at(typ->s, end)))
        gb_add_slip(typ, GB_SLIP_DOUBLE, at - strlen("等"), end, "twice", GB_STR("等"), is_fixable);
    return end;
}

/* Behind the marks that follow each other from `at` on. */
static size_t
end_of_marks(struct gb_str s, size_t at, size_t *out_n)
{
    size_t next;

    for (*out_n = 0; at < s.len && gb_is_pause(gb_utf8_at(s, at, &next)); at = next)
        ++*out_n;
    return at;
}

/* What two marks should be: one of them where they are equal or one only parts what the other ends. */
static struct gb_str
one_of(struct gb_str pair)
{
    struct gb_str first = gb_str_sub(pair, 0, 3), second = gb_str_sub(pair, 3, 6);

    if (gb_str_eq(first, second) || gb_str_is(second, "、"))
        return first;
    if (gb_str_is(first, "、") || (gb_str_is(first, "，") && !gb_str_is(second, "：")))
        return second;
    return GB_NO_WORDS;
}

/* 《，》: the marks themselves are spoken of. */
static bool
is_named(struct gb_str s, size_t begin, size_t end)
{
    uint32_t before = gb_char_before(s, begin), next = gb_char_at(s, end);

    return (before == U'“' && next == U'”') || (before == U'（' && next == U'）') || (before == U'《' && next == U'》');
}

static void
judge_marks(struct gb_typography *typ, size_t at, size_t end, size_t n)
{
    struct gb_str pair = gb_str_sub(typ->s, at, end);
    bool is_fixable = !gb_is_cited_text(typ, at);

    if (gb_is_markup_text(typ, at) || is_named(typ->s, at, end) || typ->zone == GB_ZONE_TOC)
        return;
    if (n == 3 && gb_str_is(pair, "。。。")) {
        gb_add_slip(typ, GB_SLIP_DOUBLE, at, end, "ellipsis", GB_STR("……"), is_fixable);
        return;
    }
    if (n != 2 || (gb_is_one_of(gb_char_at(typ->s, at), "？！") && gb_is_one_of(gb_char_at(typ->s, at + 3), "？！")))
        return;
    /* A mark that ends the text is right: what stands before it is not. */
    struct gb_str wanted = gb_str_ends(pair, GB_STR("。")) && end == typ->s.len ? GB_STR("。") : one_of(pair);
    gb_add_slip(typ, GB_SLIP_DOUBLE, at, end, NULL, wanted, is_fixable);
}

/* ---- TYP-009: 、 between quotations ---- */

/* Source: GB/T 15834—2011, 4.5.3.5. Nothing else stands between the marks. */
static void
judge_pause(struct gb_typography *typ, size_t at, size_t next)
{
    uint32_t before = gb_char_before(typ->s, at), behind = gb_char_at(typ->s, next);
    bool is_between = (before == U'”' && behind == U'“') || (before == U'》' && behind == U'《');

    if (is_between && !gb_is_markup_text(typ, at))
        gb_add_slip(typ, GB_SLIP_PAUSE, at, next, NULL, GB_STR(""), true);
    else if (ends_enumeration(typ->s, next) && gb_is_running_text(typ) && !gb_is_markup_text(typ, at))
        gb_add_slip(typ, GB_SLIP_DOUBLE, at, next + strlen("等"), "etc", GB_STR("等"), !gb_is_cited_text(typ, at));
}

size_t
gb_scan_full_mark(struct gb_typography *typ, size_t at, uint32_t c, size_t next)
{
    size_t n, end;

    if (c == 0x2026)
        return scan_ellipsis(typ, at);
    if (c == U'、')
        judge_pause(typ, at, next);
    if (!gb_is_pause(gb_char_at(typ->s, next))) {
        uint32_t behind;
        bool is_half = gb_is_one_of(gb_char_at(typ->s, next), ",;:") &&
                       (behind = gb_char_at(typ->s, next + 1), !behind || behind == ' ' || gb_is_chinese(behind));
        if (is_half && !has_own_marks(typ) && !gb_is_markup_text(typ, at))
            gb_add_slip(typ, GB_SLIP_DOUBLE, at, next + 1, NULL, gb_str_sub(typ->s, at, next),
                        !gb_is_cited_text(typ, at));
        return is_half ? next + 1 : next;
    }
    end = end_of_marks(typ->s, at, &n);
    judge_marks(typ, at, end, n);
    return end;
}

GB_CHECK_WHOLE(check_doubled, gb_report_slips(c, GB_SLIP_DOUBLE, true))

GB_CHECK_WHOLE(check_pauses, gb_report_slips(c, GB_SLIP_PAUSE, true))

/* ---- TYP-017: dashes ---- */

static size_t
end_of_run(struct gb_str s, size_t at, uint32_t c)
{
    size_t next;

    while (at < s.len && gb_utf8_at(s, at, &next) == c)
        at = next;
    return at;
}

/* Two of a character that only looks like the dash: --, ──, ――, ––, －－. */
static bool
is_false_dash(uint32_t c, size_t n)
{
    return (n == 2 && (c == '-' || c == 0x2013 || c == 0xFF0D)) || (n > 1 && n <= 3 && (c == 0x2500 || c == 0x2015));
}

/*
 * One dash between two phrases. It joins places, names and terms (北京—上海, 输入—输出) rightly: only where a long phrase
 * explains what stands before it is it meant to be the longer one.
 */
static bool
is_short_dash(const struct gb_typography *typ, size_t at, size_t end)
{
    enum { BEFORE = 3, BEHIND = 8, FEW = 90 };
    GB_WORDS(openings, "即", "也就是", "包括", "指", "是", "用于", "表示", "应", "以");
    struct gb_str s = typ->s, rest = gb_str_skip(s, end), near = gb_str_sub(s, end, end + FEW);

    if (!gb_is_running_text(typ) || han_before(s, at, BEFORE) < BEFORE || han_behind(s, end, BEHIND) < 2)
        return false;
    if (gb_str_has(near, GB_STR("—")) || gb_str_has(gb_str_sub(s, at > FEW ? at - FEW : 0, at), GB_STR("—")))
        return false;
    return GB_STARTS_ANY(rest, openings) && han_behind(s, end, BEHIND) == BEHIND;
}

/* Where the line begins that `at` stands near the head of; else GB_NOT_FOUND. */
static size_t
line_begin(struct gb_str s, size_t at)
{
    enum { LONGEST = 24 };
    size_t low = at > LONGEST ? at - LONGEST : 0, i = at;

    while (i > low && s.ptr[i - 1] != '\n')
        i--;
    return i > low || !low ? i : GB_NOT_FOUND;
}

/* One of the lines behind 式中. */
static bool
explains_symbol(const struct gb_node *node)
{
    enum { MOST_LINES = 40 };
    const struct gb_node *n = node;

    if (node->kind == GB_NODE_WHERE || (node->parent && node->parent->kind == GB_NODE_WHERE))
        return true;
    for (unsigned i = 0; node->kind == GB_NODE_PARA && n && i < MOST_LINES; i++, n = n->prev) {
        if (n->kind == GB_NODE_WHERE)
            return true;
        bool is_last = n != node && gb_str_ends(gb_str_trim(n->text.str), GB_STR("。"));
        if (n->kind != GB_NODE_PARA || is_last || gb_str_han_length(n->text.str) > 80)
            return false;
    }
    return false;
}

/* v-速度: a symbol at the head of a line of 式中, then one dash. */
static bool
is_legend_dash(const struct gb_typography *typ, size_t at, size_t end)
{
    size_t begin = line_begin(typ->s, at), next;
    bool has_symbol = false;

    if (begin == GB_NOT_FOUND || begin == at)
        return false;
    for (size_t i = begin; i < at; i = next) {
        uint32_t c = gb_utf8_at(typ->s, i, &next);
        if (gb_char_is_han(c) || c == '-' || gb_char_is_cjk_punct(c))
            return false;
        has_symbol = has_symbol || gb_is_letter(c) || (c >= 0x391 && c <= 0x3C9);
    }
    end = gb_skip_any(typ->s, end, " ");
    return has_symbol && gb_char_is_han(gb_char_at(typ->s, end)) && explains_symbol(typ->node);
}

static bool
beside_chinese(struct gb_str s, size_t at, size_t end)
{
    uint32_t before = gb_char_before(s, at), next = gb_char_at(s, end);

    return (gb_is_chinese(before) && (gb_is_chinese(next) || !next || next == '\n')) ||
           (gb_char_is_han(next) && before != ' ');
}

/* －书名；: the marker of an item that was read as a paragraph, behind a lead-in or the other items; -书名； among items with ——. */
static bool
is_marker_dash(const struct gb_typography *typ, uint32_t c, size_t at, size_t end)
{
    const struct gb_node *node = typ->node, *prev = node->prev;
    bool is_item = node->kind == GB_NODE_ITEM && !node->marker.n_runs;

    if (at != 0 || typ->part != GB_PART_TEXT || !(node->kind == GB_NODE_PARA || is_item) || !prev ||
        (c == '-' && !is_item) || c == '~' || c == 0x2212 ||
        !gb_char_is_han(gb_char_at(typ->s, gb_skip_any(typ->s, end, " "))))
        return false;
    struct gb_str before = gb_str_trim(prev->text.str);
    return is_item ? gb_str_is(prev->marker.str, "——") : prev->kind == GB_NODE_LIST || GB_ENDS_WITH(before, "：", "；");
}

/* └──顺序码: a line of a drawing that is made of characters. */
static bool
is_drawn_line(struct gb_str s, size_t at, size_t end)
{
    uint32_t before = gb_char_before(s, at), behind = gb_char_at(s, end);

    return (before > 0x2500 && before <= 0x257F) || (behind > 0x2500 && behind <= 0x257F);
}

size_t
gb_scan_dash(struct gb_typography *typ, size_t at, uint32_t c, size_t next)
{
    size_t end = end_of_run(typ->s, at, c), n = c < 0x80 ? end - at : (end - at) / 3;

    if ((c == '~' && n > 1) || gb_is_markup_text(typ, at) || (n == 1 && gb_scan_range(typ, at, c, next)) ||
        has_own_marks(typ) || typ->zone == GB_ZONE_COVER || is_drawn_line(typ->s, at, end))
        return end;
    const char *which = NULL;
    bool is_wrong = is_false_dash(c, n) && typ->part != GB_PART_CELL &&
                    (beside_chinese(typ->s, at, end) || (at == 0 && gb_is_digit(gb_char_at(typ->s, end))));
    if (n == 1 && c != '~' && c != 0x223C) {
        which = is_marker_dash(typ, c, at, end) ? "marker" : is_legend_dash(typ, at, end) ? "legend" : NULL;
        is_wrong = which || (c == 0x2014 && is_short_dash(typ, at, end));
    }
    if (is_wrong)
        gb_add_slip(typ, GB_SLIP_DASH, at, end, which, GB_STR("——"), !gb_is_cited_text(typ, at));
    return end;
}

/* A marker that is one dash, or two of another character. Source: GB/T 1.1—2020, 7.5.3. Items of one list one after the other are told together. */
static void
check_markers(struct gb_check *c)
{
    const struct gb_nodes *items = &c->facts->of_kind[GB_NODE_ITEM];
    const struct gb_node *last = NULL;
    struct gb_finding *f = NULL;

    GB_EACH_NODE(item, items) {
        struct gb_text marker = gb_text_trim(&item->marker);
        if (!item->marker.n_runs || !GB_IS_ONE_OF(marker.str, "—", "–", "－", "─", "――", "──", "––", "－－", "--"))
            continue;
        struct gb_at at = gb_at_text(&marker);
        f = gb_report_one(c, last && item->prev == last ? f : NULL, "marker", at, item,
                          GB_ARGS(marker.str, GB_STR("——")));
        if (!at.by_line)
            gb_fix(c, f, at.span, GB_STR("——"));
        last = item;
    }
}

static void
check_dashes(struct gb_check *c)
{
    gb_report_slips(c, GB_SLIP_DASH, true);
    check_markers(c);
}

const struct gb_check_def gb_punctuation_checks[] = {
    {.name = "half-width-marks", .whole = check_half_width, .cases = "habit brackets"},
    {.name = "doubled-marks", .whole = check_doubled, .cases = "ellipsis twice etc"},
    {.name = "pauses-between-quotations", .whole = check_pauses},
    {.name = "dash-form", .whole = check_dashes, .cases = "legend marker"},
    {0},
};
