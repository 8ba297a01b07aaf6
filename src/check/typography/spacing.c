/*
 * Blanks and characters that nobody sees: TYP-012 to TYP-015. Source: GB/T 1.1—2020, 9.4.1 and 10; the gap between Han and Latin,
 * and between the letters of a title, is layout and is not typed.
 */
#include "check/typography/typography_priv.h"

/* ---- TYP-012: Han beside Latin ---- */

static void
add_gap(struct gb_typography *typ, enum gb_slip_kind kind, size_t begin, size_t end)
{
    size_t *n = kind == GB_SLIP_SPACED ? &typ->n_spaced : &typ->n_tight;

    /* What is told is the smaller number of the two. */
    if (++*n <= typ->most)
        gb_add_slip(typ, kind, begin, end, NULL, kind == GB_SLIP_SPACED ? GB_STR("") : GB_STR(" "),
                    !gb_is_cited_text(typ, begin));
}

/* Between 附录, 图 or 表 and its number: ANX-011 tells of that, and wants none whatever the habit of the draft. */
static bool
is_behind_label(struct gb_str s, size_t at)
{
    return GB_ENDS_WITH(gb_str_sub(s, 0, at), "附录", "图", "表");
}

/* 1 总则；2 术语；3 设计: a number before the title that it belongs to. */
static bool
is_number_of_title(struct gb_str word, uint32_t before)
{
    return (!before || before == U'：' || before == U'；') && gb_skip_digits(word, 0) == word.len;
}

/* At the head of a word of Latin letters and digits, and behind it. */
static void
scan_gaps(struct gb_typography *typ, size_t begin, size_t end)
{
    struct gb_str s = typ->s;
    uint32_t before = gb_char_before(s, begin), behind = gb_char_at(s, end);

    if (!gb_is_running_text(typ) || gb_is_markup_text(typ, begin))
        return;
    size_t gap = before == ' ' && begin > 1 ? begin - 1 : begin;
    if (gb_char_is_han(gb_char_before(s, gap)) && !is_behind_label(s, gap))
        add_gap(typ, gap < begin ? GB_SLIP_SPACED : GB_SLIP_TIGHT, gap, begin);
    if (gb_char_is_han(behind))
        add_gap(typ, GB_SLIP_TIGHT, end, end);
    else if (behind == ' ' && gb_char_is_han(gb_char_at(s, end + 1)) &&
             !is_number_of_title(gb_str_sub(s, begin, end), before))
        add_gap(typ, GB_SLIP_SPACED, end, end + 1);
}

/* Both habits in one draft: the rarer is told, at all of its places. */
static void
check_gaps(struct gb_check *c)
{
    enum { LEAST = 3 };
    struct gb_slips spaced = gb_slips_of(c, GB_SLIP_SPACED), tight = gb_slips_of(c, GB_SLIP_TIGHT);
    bool is_tight_rare = tight.n < spaced.n;
    struct gb_slips rare = is_tight_rare ? tight : spaced, usual = is_tight_rare ? spaced : tight;

    if (rare.n <= LEAST || usual.n <= LEAST)
        return;
    rare.n = rare.n < gb_most_places(c) ? rare.n : gb_most_places(c);
    gb_report_all_slips(c, is_tight_rare ? "tight" : NULL, rare);
}

/* ---- Words of Latin letters and digits ---- */

static size_t
end_of_word(struct gb_str s, size_t at)
{
    while (at < s.len && (gb_is_digit((unsigned char)s.ptr[at]) || gb_is_letter((unsigned char)s.ptr[at])))
        at++;
    return at;
}

size_t
gb_scan_word(struct gb_typography *typ, size_t at)
{
    size_t end = end_of_word(typ->s, at);

    scan_gaps(typ, at, end);
    gb_judge_word(typ, at, end);
    return end;
}

/* ---- TYP-013: blanks between single Han; TYP-015: beside full-width marks ---- */

static bool
is_blank(uint32_t c)
{
    return c == ' ' || c == '\t' || c == 0x3000 || (c >= 0x2000 && c <= 0x200A);
}

static size_t
end_of_blanks(struct gb_str s, size_t at)
{
    size_t next;

    while (at < s.len && is_blank(gb_utf8_at(s, at, &next)))
        at = next;
    return at;
}

/* Han parted by blanks, one before each blank and one behind the last: what lies between two blanks is single. */
struct spread {
    size_t end; /* behind the last of them */
    unsigned n;
    bool ends_in_word; /* the last begins a word */
};

static struct spread
spread_han(struct gb_str s, size_t at)
{
    struct spread spread = {at, 0, false};
    size_t next;

    while (at < s.len && gb_char_is_han(gb_utf8_at(s, at, &next))) {
        size_t behind = end_of_blanks(s, next);
        spread.end = next;
        spread.n++;
        if (behind == next) {
            spread.ends_in_word = gb_char_is_han(gb_char_at(s, next));
            break;
        }
        at = behind;
    }
    return spread;
}

/* Titles that layout spreads: their inner blanks tell by themselves. */
static bool
is_fixed_title(struct gb_str word)
{
    return GB_IS_ONE_OF(word, "范围", "前言", "引言", "目次", "索引", "附录", "总则", "参考文献");
}

/* Cover, contents and the titles before chapter 1 are told by MDC-007; names of persons are spread by custom. */
static bool
is_told_elsewhere(const struct gb_typography *typ)
{
    if (typ->zone == GB_ZONE_COVER || typ->zone == GB_ZONE_TOC)
        return true;
    if (typ->zone == GB_ZONE_FOREWORD)
        return typ->part == GB_PART_TITLE || gb_str_has(typ->s, GB_STR("起草"));
    return typ->zone == GB_ZONE_INTRO && typ->node->kind == GB_NODE_INTRO;
}

/* From the Han before the blank at `at`; where to read on, or 0 when it is no spread text. Two words with a blank are none. */
static size_t
judge_spread(struct gb_typography *typ, size_t at)
{
    enum { SINGLE = 3, IN_WORDS = 4 };
    size_t begin = at;

    gb_utf8_before(typ->s, at, &begin);
    if (is_told_elsewhere(typ) || typ->part == GB_PART_CELL || gb_is_markup_text(typ, begin))
        return 0;
    struct spread spread = spread_han(typ->s, begin);
    bool begins_in_word = gb_char_is_han(gb_char_before(typ->s, begin));
    bool is_spread = spread.n >= IN_WORDS || (spread.n == SINGLE && !begins_in_word && !spread.ends_in_word);
    bool is_title = spread.n == 2 && typ->part == GB_PART_TITLE && begin == 0 && spread.end == typ->s.len;
    if (!is_spread && !is_title)
        return 0;
    struct gb_str word = gb_closed_up(typ->arena, gb_str_sub(typ->s, begin, spread.end));
    if (is_title && !is_fixed_title(word))
        return 0;
    bool is_plain = typ->part == GB_PART_TITLE && is_fixed_title(word);
    gb_add_slip(typ, GB_SLIP_SPREAD, begin, spread.end, NULL, word, is_plain);
    return spread.end;
}

static bool
is_opening(uint32_t c)
{
    return c == U'（' || c == U'《' || c == 0x201C || c == U'【' || c == U'〔';
}

static bool
is_closing(uint32_t c)
{
    return c == U'）' || c == U'》' || c == 0x201D || c == U'】' || c == U'〕';
}

static void
judge_blank(struct gb_typography *typ, size_t at, size_t end)
{
    uint32_t before = gb_char_before(typ->s, at), behind = gb_char_at(typ->s, end);
    bool is_before_mark = gb_is_pause(behind) || is_closing(behind);
    bool is_behind_mark = is_opening(before) || (gb_is_pause(before) && gb_char_is_han(behind));

    if (typ->part == GB_PART_CAPTION || GB_AMONG(typ->zone, GB_ZONE_COVER, GB_ZONE_TOC, GB_ZONE_BIBLIO) ||
        typ->node->kind == GB_NODE_REF || before == '\n' || !before || behind == '\n' || !behind)
        return;
    if ((is_before_mark || is_behind_mark) && !gb_is_markup_text(typ, at))
        gb_add_slip(typ, GB_SLIP_BLANK, at, end, NULL, GB_STR(""), !gb_is_cited_text(typ, at));
}

size_t
gb_scan_blank(struct gb_typography *typ, size_t at, size_t next)
{
    size_t end = end_of_blanks(typ->s, next);

    if (gb_char_is_han(gb_char_before(typ->s, at)) && gb_char_is_han(gb_char_at(typ->s, end))) {
        size_t behind = judge_spread(typ, at);
        if (behind > end)
            return behind;
    }
    judge_blank(typ, at, end);
    return end;
}

GB_CHECK_WHOLE(check_spread, gb_report_all_slips(c, NULL, gb_slips_of(c, GB_SLIP_SPREAD)))

GB_CHECK_WHOLE(check_blanks, gb_report_all_slips(c, NULL, gb_slips_of(c, GB_SLIP_BLANK)))

/* ---- TYP-014: invisible characters ---- */

/* A blank that keeps a number and its unit, or the parts of an identifier, on one line. */
static bool
is_wanted_nbsp(struct gb_str s, size_t at, size_t next)
{
    uint32_t before = gb_char_before(s, at), behind = gb_char_at(s, next);
    bool is_latin_before = gb_is_alnum(before);
    bool is_unit = gb_is_alnum(behind) || behind == '%' || behind == U'℃' || behind == U'°' || behind == U'µ' ||
                   behind == U'μ' || behind == U'Ω' || behind == U'‰' || behind == '(';

    return (is_latin_before && is_unit) || !before || before == '\n' || !behind || behind == '\n' || before == 0xA0;
}

static const char *
kind_of_invisible(uint32_t c)
{
    if (c == 0xA0)
        return "nbsp";
    if ((c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000)
        return "private";
    return c < 0x20 || (c >= 0x7F && c < 0xA0) ? "control" : NULL;
}

/* Its code point, U+200B. */
static struct gb_str
name_of(const struct gb_check *c, const struct gb_slip *slip)
{
    return gb_arena_printf(c->arena, "U+%04X", (unsigned)gb_char_at(slip->text->str, slip->begin));
}

size_t
gb_scan_invisible(struct gb_typography *typ, size_t at, uint32_t c, size_t next)
{
    const char *which = kind_of_invisible(c);
    bool is_private = which && strcmp(which, "private") == 0;

    if (gb_is_markup_text(typ, at) || c == 0x0C || c == GB_STAND_IN || (c >= 0xE0100 && c <= 0xE01EF))
        return next;
    if (c == 0xA0 && is_wanted_nbsp(typ->s, at, next))
        return next;
    gb_add_slip(typ, GB_SLIP_INVISIBLE, at, next, which, c == 0xA0 ? GB_STR(" ") : GB_STR(""), !is_private);
    return next;
}

/*
 * Those on one line and of one sort are told together; of a private character, all that follow on each other: it is the bullet of
 * a word processor.
 */
static void
check_invisible(struct gb_check *c)
{
    struct gb_slips slips = gb_slips_of(c, GB_SLIP_INVISIBLE);
    struct gb_finding *f = NULL;
    uint32_t last = 0;

    for (size_t i = 0; i < slips.n;) {
        const struct gb_slip *first = &slips.items[i];
        size_t n = gb_slips_together(&slips, i);
        uint32_t sign = gb_char_at(first->text->str, first->begin);
        bool is_again = f && sign == last && sign >= 0xE000;
        if (!is_again) {
            f = gb_report_case(c, first->which, GB_AT(first), first->node,
                               GB_ARGS(name_of(c, first), gb_count_text(c, n)));
            gb_fix_slip(c, f, first);
        }
        for (size_t k = !is_again; k < n; k++)
            gb_add_place(c, f, first + k);
        last = sign;
        i += n;
    }
}

const struct gb_check_def gb_spacing_checks[] = {
    {.name = "gaps-of-scripts", .whole = check_gaps, .cases = "tight"},
    {.name = "letterspaced-text", .whole = check_spread},
    {.name = "invisible-characters", .whole = check_invisible, .cases = "nbsp private control"},
    {.name = "blanks-beside-marks", .whole = check_blanks},
    {0},
};
