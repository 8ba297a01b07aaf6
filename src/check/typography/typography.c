/*
 * The pass over all texts that the rules of group TYP share, and how slips are told. What is wrong is decided in
 * punctuation.c, brackets.c, spacing.c and digits.c.
 */
#include "check/typography/typography_priv.h"

/* ---- What stands around ---- */

bool
gb_is_chinese(uint32_t c)
{
    return gb_char_is_han(c) || (gb_char_is_cjk_punct(c) && c != 0x2026 && c != 0x2014 && c != 0xB7 && c != 0xFF5E);
}

bool
gb_has_han(struct gb_str s)
{
    enum { LONGEST = 400 };

    return gb_str_has_han(gb_str_sub(s, 0, LONGEST));
}

bool
gb_is_latin_text(struct gb_str s, size_t at)
{
    enum { BEFORE = 60, BEHIND = 20, LEAST = 12, TIMES = 3 };
    unsigned letters = 0, han = 0;
    size_t begin = at > BEFORE ? at - BEFORE : 0, end = at + BEHIND < s.len ? at + BEHIND : s.len;

    for (size_t i = begin; i < end; i++) {
        letters += gb_is_letter(s.ptr[i]);
        han += (unsigned char)s.ptr[i] >= 0xE3 && (unsigned char)s.ptr[i] <= 0xE9;
    }
    return letters >= LEAST && letters > TIMES * han;
}

bool
gb_is_reference_text(struct gb_str s, size_t at)
{
    enum { BEFORE = 240, BEHIND = 120 };
    size_t begin = at > BEFORE ? at - BEFORE : 0, end = at + BEHIND < s.len ? at + BEHIND : s.len;

    for (const char *open = s.ptr + begin, *last = s.ptr + end - 3;
         end > begin + 3 && (open = memchr(open, '[', (size_t)(last - open))); open++) {
        if (gb_is_upper(open[1]) && open[2] == ']' && (open[3] == '.' || open[3] == '/'))
            return true;
    }
    return false;
}

bool
gb_is_markup_text(const struct gb_typography *typ, size_t at)
{
    return gb_text_flags(typ->text, at) & (GB_RUN_CODE | GB_RUN_MATH);
}

bool
gb_is_cited_text(const struct gb_typography *typ, size_t at)
{
    return at < typ->cited_end || gb_text_flags(typ->text, at) & GB_RUN_QUOTE;
}

bool
gb_is_running_text(const struct gb_typography *typ)
{
    return typ->part == GB_PART_TEXT &&
           GB_AMONG(typ->node->kind, GB_NODE_PARA, GB_NODE_ITEM, GB_NODE_NOTE, GB_NODE_FOOTNOTE, GB_NODE_EXAMPLE) &&
           !GB_AMONG(typ->zone, GB_ZONE_COVER, GB_ZONE_TOC, GB_ZONE_BIBLIO, GB_ZONE_INDEX);
}

void
gb_add_slip(struct gb_typography *typ, enum gb_slip_kind kind, size_t begin, size_t end, const char *which,
            struct gb_str wanted, bool is_fixable)
{
    if (typ->found[kind].len == typ->most) {
        typ->n_left_out[kind]++;
        return;
    }
    *gb_push(&typ->found[kind]) = (struct gb_slip){
        .node = typ->node,
        .text = typ->text,
        .begin = (uint32_t)begin,
        .end = (uint32_t)end,
        .place = gb_text_span(typ->text, begin, end, NULL).begin,
        .which = which,
        .wanted = wanted,
        .is_fixable = is_fixable && wanted.ptr,
    };
}

/* ---- One text ---- */

/* What a byte at the head of a character may be. */
enum sort {
    PLAIN,
    HAN,
    WORD,
    HALF,
    STOP,
    ROUND,
    STRAIGHT,
    DASH,
    BLANK,
    STAR,
    CONTROL,
    TWO,
    THREE,
    PUNCT,
    CJK,
    WIDE,
    PRIVATE,
    FOUR
};

static const uint8_t sorts[256] = {
    [0x01 ... 0x08] = CONTROL,
    ['\t'] = BLANK,
    ['\n'] = PLAIN,
    [0x0B] = CONTROL,
    [0x0E ... 0x19] = CONTROL,
    [0x1B ... 0x1F] = CONTROL,
    [' '] = BLANK,
    ['!'] = HALF,
    ['"'] = STRAIGHT,
    ['\''] = STRAIGHT,
    ['('] = ROUND,
    [')'] = ROUND,
    ['*'] = STAR,
    [','] = HALF,
    ['-'] = DASH,
    ['.'] = STOP,
    ['0' ... '9'] = WORD,
    [':'] = HALF,
    [';'] = HALF,
    ['?'] = HALF,
    ['A' ... 'Z'] = WORD,
    ['a' ... 'z'] = WORD,
    ['~'] = DASH,
    [0x7F] = CONTROL,
    [0xC2] = TWO,
    [0xC3 ... 0xDF] = TWO,
    [0xE0 ... 0xE1] = THREE,
    [0xE2] = PUNCT,
    [0xE3] = CJK,
    [0xE4 ... 0xE9] = HAN,
    [0xEA ... 0xED] = THREE,
    [0xEE] = PRIVATE,
    [0xEF] = WIDE,
    [0xF0 ... 0xF4] = FOUR,
};

static size_t
scan_other(struct gb_typography *typ, size_t at, uint32_t c, size_t next)
{
    switch (c) {
    case 0x2018 ... 0x2019:
    case 0x201C ... 0x201D:
    case 0x300C ... 0x300F:
        return gb_scan_quote(typ, at, c, next);
    case 0x3008 ... 0x300B:
    case 0x3010 ... 0x3011:
    case 0x3014 ... 0x3015:
    case 0xFF08 ... 0xFF09:
        return gb_scan_bracket(typ, at, c, next);
    case 0x2026:
    case 0x3001 ... 0x3002:
    case 0xFF01:
    case 0xFF0C:
    case 0xFF1A ... 0xFF1B:
    case 0xFF1F:
        return gb_scan_full_mark(typ, at, c, next);
    case 0x2010 ... 0x2015:
    case 0x2212:
    case 0x223C:
    case 0x2500:
    case 0xFF0D:
        return gb_scan_dash(typ, at, c, next);
    case 0x3007:
        return next;
    default:
        break;
    }
    if ((c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A) || c == 0xFF0E)
        return gb_scan_wide(typ, at);
    if (c == 0xA0 || gb_char_is_invisible(c) || gb_is_private(c) || (c >= 0x80 && c < 0xA0) || c == 0x2028 ||
        c == 0x2029)
        return gb_scan_invisible(typ, at, c, next);
    return gb_char_is_space(c) ? gb_scan_blank(typ, at, next) : next;
}

static size_t
scan_char(struct gb_typography *typ, size_t at, enum sort sort)
{
    size_t next;

    switch (sort) {
    case WORD:
        return gb_scan_word(typ, at);
    case HALF:
        return gb_scan_half_mark(typ, at);
    case STOP:
        return gb_scan_stop(typ, at);
    case ROUND:
        return gb_scan_bracket(typ, at, (unsigned char)typ->s.ptr[at], at + 1);
    case STRAIGHT:
        return gb_scan_quote(typ, at, (unsigned char)typ->s.ptr[at], at + 1);
    case DASH:
        return gb_scan_dash(typ, at, (unsigned char)typ->s.ptr[at], at + 1);
    case BLANK:
        return gb_scan_blank(typ, at, at + 1);
    case STAR:
        return gb_scan_star(typ, at);
    case CONTROL:
        return gb_scan_invisible(typ, at, (unsigned char)typ->s.ptr[at], at + 1);
    default:
        break;
    }
    uint32_t c = gb_utf8_at(typ->s, at, &next);
    return scan_other(typ, at, c, next);
}

/* Most marks: ，。；：、 with a Han behind them that is not 等. gb_scan_full_mark has nothing to say of them. */
static bool
is_plain_mark(const unsigned char *p, size_t left)
{
    bool is_comma = p[0] == 0xEF && p[1] == 0xBC && (p[2] == 0x8C || p[2] == 0x9A || p[2] == 0x9B);
    bool is_pause = p[0] == 0xE3 && p[1] == 0x80 && p[2] == 0x81;
    bool is_stop = p[0] == 0xE3 && p[1] == 0x80 && p[2] == 0x82;

    if (!is_comma && !is_pause && !is_stop)
        return false;
    return left == 3 || (p[3] >= 0xE4 && p[3] <= 0xE9 && !(is_pause && p[3] == 0xE7));
}

static void
scan_text(struct gb_typography *typ, const struct gb_node *node, const struct gb_text *text, enum gb_part part,
          enum gb_zone zone)
{
    const unsigned char *p = (const unsigned char *)text->str.ptr;

    typ->node = node;
    typ->text = text;
    typ->s = text->str;
    typ->part = part;
    typ->zone = zone;
    typ->cited_end = typ->address_end = 0;
    typ->quote_at = GB_NOT_FOUND;
    typ->brackets.len = typ->quotes.len = 0;
    typ->first_half = typ->halves.len;
    typ->formula_balance = 0;
    typ->n_marker_closes = 0;
    for (size_t at = 0; at < text->str.len;) {
        enum sort sort = sorts[p[at]];
        if (sort == HAN || (sort >= CJK && is_plain_mark(p + at, text->str.len - at)))
            at += 3;
        else
            at = sort == PLAIN ? at + 1 : scan_char(typ, at, sort);
    }
    gb_end_brackets(typ);
}

/* ---- All texts ---- */

static const enum gb_node_kind kinds_with_text[] = {
    GB_NODE_PARA,   GB_NODE_ITEM, GB_NODE_NOTE, GB_NODE_EXAMPLE, GB_NODE_FOOTNOTE,
    GB_NODE_SOURCE, GB_NODE_REF,  GB_NODE_ABBR, GB_NODE_WHERE,
};
static const struct {
    enum gb_node_kind kind;
    enum gb_part part;
} kinds_with_title[] = {
    {GB_NODE_TITLE, GB_PART_TITLE},    {GB_NODE_CLAUSE, GB_PART_TITLE},  {GB_NODE_ANNEX, GB_PART_TITLE},
    {GB_NODE_TERM, GB_PART_TITLE},     {GB_NODE_TABLE, GB_PART_CAPTION}, {GB_NODE_FIGURE, GB_PART_CAPTION},
    {GB_NODE_FOREWORD, GB_PART_TITLE}, {GB_NODE_INTRO, GB_PART_TITLE},   {GB_NODE_BIBLIO, GB_PART_TITLE},
    {GB_NODE_INDEX, GB_PART_TITLE},    {GB_NODE_ENTRY, GB_PART_TITLE},
};

static void
scan_cover(struct gb_typography *typ, const struct gb_node *cover)
{
    if (!cover->u.cover || cover->first)
        return;
#define X(name)                                                                                                        \
    if (cover->u.cover->name.str.len)                                                                                  \
        scan_text(typ, cover, &cover->u.cover->name, GB_PART_TEXT, GB_ZONE_COVER);
    GB_COVER_FIELDS(X)
#undef X
}

/* 式中： is all that its node has, and what follows it in the line a paragraph; an abbreviation has a colon between its short form and its text. */
static const struct gb_text *
text_of(const struct gb_node *node)
{
    bool is_where = node->kind == GB_NODE_WHERE && !node->text.str.len;

    if (is_where && node->marker.str.len)
        return &node->marker;
    return (is_where || node->kind == GB_NODE_ABBR) && node->head.str.len ? &node->head : &node->text;
}

static void
scan_all(struct gb_typography *typ)
{
    const struct gb_facts *facts = typ->facts;

    for (size_t k = 0; k < GB_COUNT(kinds_with_text); k++) {
        GB_EACH_NODE(node, &facts->of_kind[kinds_with_text[k]]) {
            const struct gb_text *text = text_of(node);
            if (node->encoding != GB_ENCODING_FENCE && text->str.len)
                scan_text(typ, node, text, GB_PART_TEXT, gb_zone_of(node));
        }
    }
    for (size_t k = 0; k < GB_COUNT(kinds_with_title); k++) {
        GB_EACH_NODE(node, &facts->of_kind[kinds_with_title[k].kind]) {
            if (node->title.str.len)
                scan_text(typ, node, &node->title, kinds_with_title[k].part, gb_zone_of(node));
        }
    }
    GB_EACH_NODE(node, &facts->of_kind[GB_NODE_TABLE]) {
        GB_EACH_CELL(cell, node)
            scan_text(typ, node, &cell->text, GB_PART_CELL, gb_zone_of(node));
    }
    if (facts->cover)
        scan_cover(typ, facts->cover);
    gb_pair_halves(typ);
}

/* ---- The result ---- */

struct result {
    bool is_ready;
    size_t n_left_out[GB_SLIP_KIND_COUNT]; /* 0 once it is told */
    struct gb_slips slips[GB_SLIP_KIND_COUNT];
    bool has_narrow_brackets;
};

GB_ORDER(by_place, struct gb_slip, GB_KEY(place) GB_KEY(node->id) GB_KEY(begin))

/* Takes out what was found twice: a note below a table may be a cell of it. Sorted by place. */
static size_t
without_doubles(struct gb_slip *slips, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || slips[i].place != slips[kept - 1].place)
            slips[kept++] = slips[i];
    }
    return kept;
}

static void
compute(struct result *result, struct gb_check *check)
{
    struct gb_typography typ = {.facts = check->facts, .arena = check->arena, .most = gb_most_places(check)};

    scan_all(&typ);
    for (size_t k = 0; k < GB_SLIP_KIND_COUNT; k++) {
        if (typ.found[k].len) {
            gb_sort(typ.found[k].items, typ.found[k].len, sizeof(struct gb_slip), by_place);
            typ.found[k].len = without_doubles(typ.found[k].items, typ.found[k].len);
            result->slips[k].items =
                gb_arena_copy_bytes(check->arena, typ.found[k].items, sizeof(struct gb_slip) * typ.found[k].len);
        }
        result->slips[k].n = k == GB_SLIP_SPACED ? typ.n_spaced : k == GB_SLIP_TIGHT ? typ.n_tight : typ.found[k].len;
        gb_array_release(&typ.found[k]);
    }
    GB_RELEASE(&typ.brackets, &typ.quotes, &typ.halves);
    enum { FEWEST = 3, SHARE = 6 };
    result->has_narrow_brackets = typ.n_narrow_opens >= FEWEST && typ.n_wide_opens * SHARE <= typ.n_narrow_opens;
    result->is_ready = true;
    memcpy(result->n_left_out, typ.n_left_out, sizeof(result->n_left_out));
}

static struct result *
result_of(struct gb_check *check)
{
    static const char key;
    struct result *result = gb_check_shared(check, &key, sizeof(*result));

    if (!result->is_ready)
        compute(result, check);
    return result;
}

bool
gb_has_narrow_brackets(struct gb_check *check)
{
    return result_of(check)->has_narrow_brackets;
}

struct gb_slips
gb_slips_of(struct gb_check *check, enum gb_slip_kind kind)
{
    struct result *result = result_of(check);

    gb_leave_out(check, result->n_left_out[kind]);
    result->n_left_out[kind] = 0;
    return result->slips[kind];
}

/* ---- Telling ---- */

void
gb_fix_slip(struct gb_check *check, struct gb_finding *finding, const struct gb_slip *slip)
{
    if (slip->is_fixable && gb_wants_fix(check, finding))
        gb_fix_part(check, finding, slip->text, slip->begin, slip->end, slip->wanted);
}

static bool
same_case(const struct gb_slip *a, const struct gb_slip *b)
{
    return a->which == b->which || (a->which && b->which && strcmp(a->which, b->which) == 0);
}

/* On one line of one text, and of one sort? */
static bool
goes_with(const struct gb_slip *a, const struct gb_slip *b)
{
    return a->text == b->text && same_case(a, b) && a->end <= b->begin &&
           !memchr(a->text->str.ptr + a->begin, '\n', b->begin - a->begin);
}

size_t
gb_slips_together(const struct gb_slips *slips, size_t first)
{
    size_t end = first + 1;

    while (end < slips->n && goes_with(&slips->items[end - 1], &slips->items[end]))
        end++;
    return end - first;
}

static struct gb_finding *
report_slip(struct gb_check *check, const struct gb_slip *slip, const char *which, size_t n)
{
    struct gb_finding *f = gb_report_case(check, which, GB_AT(slip), slip->node,
                                          GB_ARGS(GB_WORDS_OF(slip), slip->wanted.ptr ? slip->wanted : GB_STR(""),
                                                  gb_count_text(check, n)));

    gb_fix_slip(check, f, slip);
    return f;
}

void
gb_add_place(struct gb_check *check, struct gb_finding *f, const struct gb_slip *slip)
{
    gb_also_there(check, f, GB_AT(slip));
    gb_fix_slip(check, f, slip);
}

void
gb_report_slips(struct gb_check *check, enum gb_slip_kind kind, bool together)
{
    gb_report_slips_of(check, gb_slips_of(check, kind), together);
}

void
gb_report_slips_of(struct gb_check *check, struct gb_slips slips, bool together)
{
    for (size_t i = 0; i < slips.n;) {
        const struct gb_slip *first = &slips.items[i];
        size_t n = together ? gb_slips_together(&slips, i) : 1;
        struct gb_finding *f = report_slip(check, first, first->which, n);
        for (size_t k = 1; k < n; k++)
            gb_add_place(check, f, first + k);
        i += n;
    }
}

void
gb_report_all_slips(struct gb_check *check, const char *which, struct gb_slips slips)
{
    if (!slips.n)
        return;
    struct gb_finding *f = report_slip(check, &slips.items[0], which, slips.n);
    for (size_t i = 1; i < slips.n; i++)
        gb_add_place(check, f, &slips.items[i]);
}
