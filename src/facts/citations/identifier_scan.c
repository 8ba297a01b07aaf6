/* The identifiers of a draft: which of the shapes in its text are documents, and what is written short for more of them. */
#include "facts/facts_priv.h"
#include "facts/citations/identifier_priv.h"
#include "facts/lexicon_priv.h"

#include "base/array.h"
#include "base/sort.h"
#include "text/chars.h"
#include "text/utf8.h"

struct scan {
    struct gb_facts *facts;
    const struct gb_lexicon *lexicon;
    struct gb_buf scratch;
    GB_ARRAY(struct gb_identifier) found;
    const struct gb_node *node; /* the text that is read, and where quotes were counted to */
    const struct gb_text *text;
    uint32_t cell;
    size_t n_before;             /* found in other texts */
    size_t quote_at, last_quote; /* last_quote: where the last ” of the text is; GB_NOT_FOUND: not looked for */
    bool in_quote;
};

/* ---- words around ---- */

static size_t
back_over_blanks(struct gb_str s, size_t at)
{
    size_t before;

    while (at > 0 && gb_char_is_space(gb_utf8_before(s, at, &before)))
        at = before;
    return at;
}

static uint32_t
char_at(struct gb_str s, size_t at)
{
    return at < s.len ? gb_char_narrow(gb_char_at(s, at)) : 0;
}

/* The end of what stands before the identifier without 现行国家标准, 《title》 and blanks: where a word of citing would end. */
size_t
gb_before_identifier(const struct gb_lexicon *lexicon, struct gb_str s, size_t at)
{
    enum { LONGEST_TITLE = 160 };
    GB_WORDS(openings, "《", "“", "「", "（", "(");
    size_t length;

    for (;;) {
        size_t end = back_over_blanks(s, at);
        struct gb_str head = gb_str_sub(s, 0, end);
        if (gb_str_ends(head, GB_STR("》"))) {
            struct gb_str near = gb_str_skip(head, end > LONGEST_TITLE ? end - LONGEST_TITLE : 0);
            size_t open = GB_NOT_FOUND;
            GB_EACH_FOUND(i, near, GB_STR("《"), 0)
                open = i;
            if (open == GB_NOT_FOUND)
                return end;
            at = (size_t)(near.ptr - s.ptr) + open;
            continue;
        }
        for (length = 0, at = end; length < GB_COUNT(openings); length++) {
            if (gb_str_ends(head, openings[length]))
                at = end - openings[length].len;
        }
        if (at < end)
            continue;
        length = gb_words_end(gb_rel_at(&lexicon->cite_kinds), head);
        if (length == 0)
            return end;
        at = end - length;
    }
}

static bool
is_cited_by_wording(const struct gb_lexicon *lexicon, struct gb_str s, const struct gb_identifier_shape *shape)
{
    GB_WORDS(behind, "的规定", "的要求", "规定", "要求", "执行", "中");
    struct gb_str before = gb_str_sub(s, 0, gb_before_identifier(lexicon, s, shape->begin));
    struct gb_str rest = gb_str_skip(s, gb_str_skip_space(s, shape->end));

    return gb_ends(&lexicon->cite_binding, before) || gb_ends(&lexicon->cite_see, before) ||
           gb_ends(&lexicon->cite_see_also, before) || GB_STARTS_ANY(rest, behind);
}

/* ---- is it a document? ---- */

/* 16 GB 3200: a quantity, not a number. */
static bool
is_behind_quantity(struct gb_str s, size_t at)
{
    return gb_char_digit(gb_char_before(s, back_over_blanks(s, at))) >= 0;
}

/* ISO 5级 (clean rooms), ISO 400 of a camera. */
static bool
is_iso_grade(struct gb_str s, const struct gb_identifier_shape *shape)
{
    GB_WORDS(behind, "级", "感光");
    enum { NEAR = 30 };
    size_t near = shape->begin > NEAR ? shape->begin - NEAR : 0;

    return GB_STARTS_ANY(gb_str_skip(s, gb_str_skip_space(s, shape->end)), behind) ||
           gb_str_has(gb_str_sub(s, near, shape->begin), GB_STR("感光度"));
}

static bool
is_listed(const struct gb_facts *facts, const struct gb_identifier *id)
{
    size_t n;

    gb_references_kin(facts, id, &n);
    return n > 0;
}

/* Only 、 and the like between two identifiers, and the title of the first: what is said of one is said of both. */
static bool
is_joint(struct gb_str gap)
{
    GB_WORDS(joints, "、", "和", "及", "与", "或", "以", "，", ",", "/", "～", "~", "至", "—", "-", "（", "(", " ",
             "\n", "系列", "《");
    while (gap.len) {
        size_t close = gb_str_starts(gap, GB_STR("《")) ? gb_str_find(gap, GB_STR("》"), 0) : GB_NOT_FOUND;
        if (close != GB_NOT_FOUND) {
            gap = gb_str_skip(gap, close + strlen("》"));
            continue;
        }
        size_t len = GB_START(gap, joints);
        if (!len)
            return false;
        gap = gb_str_skip(gap, len);
    }
    return true;
}

static uint32_t
end_of(const struct gb_identifier_shape *shape)
{
    return gb_extent_is_empty(shape->all_parts) ? shape->end : shape->all_parts.end;
}

/* Does 、 or the like join what begins at `at` to the document before it? */
static bool
is_joined(const struct scan *scan, size_t at)
{
    enum { LONGEST_JOINT = 160 };
    const struct gb_identifier *last =
        scan->found.len > scan->n_before ? &scan->found.items[scan->found.len - 1] : NULL;
    uint32_t gap = last ? end_of(&last->at) : 0;

    return last && (at < gap /* a member of a range */ ||
                    (at - gap <= LONGEST_JOINT && is_joint(gb_str_sub(scan->text->str, gap, at))));
}

/* 见GB/T 50123和SL 237: named in one breath with a document. A blank alone joins nothing: GB/T 4208 IP 65. */
static bool
is_in_row(const struct scan *scan, size_t at)
{
    GB_WORDS(joints, "、", "和", "及", "与", "或");

    return is_joined(scan, at) &&
           GB_ENDS_ANY(gb_str_sub(scan->text->str, 0, back_over_blanks(scan->text->str, at)), joints);
}

/* A code without /T and a number without a year may be a grade, a model, a unit; a code of no known publisher counts where it is listed. */
static bool
is_document(const struct scan *scan, const struct gb_identifier *id, bool is_ambiguous)
{
    struct gb_str s = scan->text->str;
    const struct gb_identifier_shape *shape = &id->at;
    bool has_nature = id->code.len != id->base.len, has_year = !gb_extent_is_empty(shape->year);

    if (id->publisher == GB_PUBLISHER_OTHER)
        return (has_nature && has_year) || is_listed(scan->facts, id);
    if (has_year || shape->flags & (GB_SHAPE_ONE_LETTER | GB_SHAPE_NO_SERIAL))
        return true;
    if (gb_char_is_latin(char_at(s, shape->end)) || (is_behind_quantity(s, shape->begin) && !has_nature))
        return false;
    if (has_nature || id->publisher == GB_PUBLISHER_LOCAL || is_listed(scan->facts, id))
        return true;
    if (gb_str_starts(gb_str_trim(gb_str_skip(s, shape->end)),
                      GB_STR("总线"))) /* ARINC429总线: a thing named after it */
        return false;
    if (id->publisher >= GB_PUBLISHER_ISO && id->publisher <= GB_PUBLISHER_IEC)
        return !is_iso_grade(s, shape);
    if (is_ambiguous)
        return id->serial.len >= 2 && (is_cited_by_wording(scan->lexicon, s, shape) || is_in_row(scan, shape->begin));
    return id->serial.len >= 2;
}

/* ---- writing down ---- */

/* A ” stands somewhere behind: else the quotation mark is a slip, and nothing is quoted. */
static bool
is_closed(struct scan *scan, size_t at)
{
    struct gb_str mark = GB_STR("”"), s = scan->text->str;

    if (scan->last_quote == GB_NOT_FOUND) {
        scan->last_quote = 0;
        GB_EACH_FOUND(i, s, mark, at)
            scan->last_quote = i;
    }
    return at < scan->last_quote;
}

static void
count_quotes(struct scan *scan, size_t to)
{
    struct gb_str s = scan->text->str;

    while (scan->quote_at + 3 <= to) {
        const char *mark = memchr(s.ptr + scan->quote_at, 0xE2, to - scan->quote_at);
        if (!mark)
            break;
        struct gb_str rest = gb_str_skip(s, (size_t)(mark - s.ptr));
        if (gb_str_starts(rest, GB_STR("“")))
            scan->in_quote = is_closed(scan, (size_t)(mark - s.ptr));
        else if (gb_str_starts(rest, GB_STR("”")))
            scan->in_quote = false;
        scan->quote_at = (size_t)(mark - s.ptr) + 3;
    }
    if (scan->quote_at < to)
        scan->quote_at = to;
}

static void
add(struct scan *scan, const struct gb_identifier *id, uint32_t flags)
{
    count_quotes(scan, id->at.begin);
    flags |= is_joined(scan, id->at.begin) ? GB_IDENTIFIER_JOINED : 0;
    struct gb_identifier *own = gb_push(&scan->found);
    *own = *id;
    own->node = scan->node;
    own->text = scan->text;
    own->cell = scan->cell;
    own->flags = (uint8_t)(flags | (scan->in_quote ? GB_IDENTIFIER_QUOTED : 0));
}

/* ---- ranges and enumerations ---- */

enum { MOST_MEMBERS = 64 };

static unsigned
value_of(struct gb_str digits)
{
    unsigned value = 0;

    for (size_t i = 0; i < digits.len; i++) {
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9' || value > 100000000)
            return 0;
        value = value * 10 + (unsigned)(digits.ptr[i] - '0');
    }
    return value;
}

/* What counts up in a range: the part of 24421.1, the whole of 3100. */
static struct gb_str
counting_part(struct gb_str serial)
{
    size_t at = serial.len;

    while (at > 0 && serial.ptr[at - 1] != '.')
        at--;
    return gb_str_skip(serial, at);
}

/* How many steps lie between two numbers that count alike: 3 between 24421.1 and 24421.4; 0: no range. */
static unsigned
steps(struct gb_str from, struct gb_str to)
{
    struct gb_str a = counting_part(from), b = counting_part(to);
    unsigned first = value_of(a), last = value_of(b);
    bool same_head = gb_str_eq(gb_str_sub(from, 0, from.len - a.len), gb_str_sub(to, 0, to.len - b.len));
    bool is_short = a.len == from.len && (from.len < 3 || last - first > 20);

    return same_head && first && last > first && last - first <= MOST_MEMBERS && !is_short ? last - first : 0;
}

/* The documents between the two ends, each with the place of the whole range. */
static void
add_between(struct scan *scan, const struct gb_identifier *from, const struct gb_identifier *to)
{
    unsigned n = steps(from->serial, to->serial);
    struct gb_str first = counting_part(from->serial);

    for (unsigned i = 1; i < n; i++) {
        struct gb_identifier member = *from;
        member.at.end = to->at.end;
        member.at.all_parts = (struct gb_extent){0};
        member.serial = gb_arena_printf(scan->facts->arena, "%.*s%u", (int)(from->serial.len - first.len),
                                        from->serial.ptr, value_of(first) + i);
        member.year = to->year.len ? to->year : from->year;
        add(scan, &member, GB_IDENTIFIER_MEMBER);
    }
}

static size_t
take_sign(struct gb_str s, size_t at, const struct gb_str *signs, size_t n)
{
    at = gb_str_skip_space(s, at);
    GB_FIND(sign, signs, n, gb_str_starts(gb_str_skip(s, at), *sign));
    return sign ? gb_str_skip_space(s, at + sign->len) : GB_NOT_FOUND;
}

GB_WORDS(range_signs, "～", "~", "〜", "至", "——", "—", "–", "-");
GB_WORDS(joiners, "、", "和", "及", "与", "或");

/* A number without code behind an identifier: 2423.2 behind GB/T 2423.1、 but not 5.2, 3 or 20 mm. */
static bool
is_bare_number(struct gb_str s, const struct gb_identifier *first, const struct gb_identifier *bare)
{
    GB_WORDS(behind, "的", "中", "、", "和", "及", "与", "等", "规定", "。", "，", "；", "）", "标准");
    bool is_part = counting_part(first->serial).len < first->serial.len;

    if (is_part)
        return counting_part(bare->serial).len < bare->serial.len &&
               gb_str_eq(gb_serial_head(first->serial), gb_serial_head(bare->serial)) &&
               !gb_char_is_latin(char_at(s, bare->at.end));
    return bare->serial.len >= 4 && bare->serial.len == first->serial.len &&
           (bare->at.end == s.len || GB_STARTS_ANY(gb_str_skip(s, bare->at.end), behind));
}

/* The bare number at `at`, as an identifier with the code of the first. */
static bool
read_bare(struct scan *scan, const struct gb_identifier *first, size_t at, struct gb_identifier *out)
{
    struct gb_identifier_shape shape;

    if (!gb_identifier_number_at(scan->text->str, at, &shape))
        return false;
    *out = *first;
    out->at = shape;
    out->year = out->serial = (struct gb_str){0};
    gb_identifier_read_number(scan->facts->arena, scan->text->str, &shape, &scan->scratch, out);
    return true;
}

/* What the identifier just found is continued by; returns where to read on. */
static size_t
take_more(struct scan *scan, const struct gb_identifier *first, size_t end)
{
    struct gb_str s = scan->text->str;
    struct gb_identifier last = *first, next;
    struct gb_identifier_shape shape;

    for (;;) {
        size_t at = take_sign(s, end, range_signs, GB_COUNT(range_signs));
        if (at != GB_NOT_FOUND && gb_identifier_at(s, at, &shape)) {
            gb_identifier_read(scan->facts->arena, scan->lexicon, s, &shape, &scan->scratch, &next);
            if (gb_str_eq(next.base, last.base) && steps(last.serial, next.serial))
                add_between(scan, &last, &next);
            return end; /* the other end is found by itself */
        }
        if (at != GB_NOT_FOUND && read_bare(scan, first, at, &next) && steps(last.serial, next.serial) &&
            !gb_char_is_latin(char_at(s, next.at.end))) {
            add_between(scan, &last, &next);
        } else {
            at = take_sign(s, end, joiners, GB_COUNT(joiners));
            if (at == GB_NOT_FOUND || !read_bare(scan, first, at, &next) || !is_bare_number(s, first, &next))
                return end;
        }
        add(scan, &next, GB_IDENTIFIER_BARE);
        last = next;
        end = end_of(&next.at);
    }
}

/* The number that the same document bears elsewhere: behind a slash, or in brackets right behind. */
static size_t
take_second(struct scan *scan, size_t end)
{
    GB_WORDS(openings, "/", "（", "(");
    struct gb_identifier_shape shape;
    struct gb_identifier next;
    size_t at = take_sign(scan->text->str, end, openings, GB_COUNT(openings));

    if (at == GB_NOT_FOUND || !gb_identifier_at(scan->text->str, at, &shape))
        return end;
    gb_identifier_read(scan->facts->arena, scan->lexicon, scan->text->str, &shape, &scan->scratch, &next);
    if (next.publisher == GB_PUBLISHER_OTHER)
        return end;
    add(scan, &next, GB_IDENTIFIER_SECOND);
    return end_of(&shape);
}

/* ---- the texts ---- */

static void
scan_text(struct scan *scan, const struct gb_node *node, const struct gb_text *text, uint32_t cell)
{
    struct gb_identifier_shape shape;
    struct gb_identifier id;

    scan->node = node;
    scan->text = text;
    scan->cell = cell;
    scan->n_before = scan->found.len;
    scan->quote_at = 0;
    scan->last_quote = GB_NOT_FOUND;
    scan->in_quote = false;
    for (size_t at = 0; gb_identifier_next(text->str, at, &shape);) {
        at = shape.end;
        if (gb_text_flags(text, shape.begin) & (GB_RUN_CODE | GB_RUN_MATH))
            continue;
        bool is_ambiguous =
            gb_identifier_read(scan->facts->arena, scan->lexicon, text->str, &shape, &scan->scratch, &id);
        if (!is_document(scan, &id, is_ambiguous))
            continue;
        add(scan, &id, 0);
        at = take_second(scan, take_more(scan, &id, end_of(&shape)));
    }
}

static const enum gb_node_kind kinds_with_text[] = {
    GB_NODE_PARA,   GB_NODE_ITEM, GB_NODE_NOTE, GB_NODE_EXAMPLE, GB_NODE_FOOTNOTE,
    GB_NODE_SOURCE, GB_NODE_REF,  GB_NODE_ABBR, GB_NODE_WHERE,
};
static const enum gb_node_kind kinds_with_title[] = {GB_NODE_CLAUSE, GB_NODE_ANNEX, GB_NODE_TABLE, GB_NODE_FIGURE};

/* The caption, which is in no cell, first. */
GB_ORDER(by_place, struct gb_identifier,
         GB_KEY(node->id) GB_KEY(cell + 1) GB_KEY(at.begin) GB_KEY_BY(gb_serial_cmp, serial))

void
gb_find_identifiers(struct gb_facts *facts, const struct gb_lexicon *lexicon)
{
    struct scan scan = {.facts = facts, .lexicon = lexicon};

    for (size_t k = 0; k < GB_COUNT(kinds_with_text); k++) {
        const struct gb_nodes *nodes = &facts->of_kind[kinds_with_text[k]];
        for (uint32_t i = 0; i < nodes->n; i++)
            scan_text(&scan, nodes->items[i], &nodes->items[i]->text, GB_NO_CELL);
    }
    for (size_t k = 0; k < GB_COUNT(kinds_with_title); k++) {
        const struct gb_nodes *nodes = &facts->of_kind[kinds_with_title[k]];
        for (uint32_t i = 0; i < nodes->n; i++)
            scan_text(&scan, nodes->items[i], &nodes->items[i]->title, GB_NO_CELL);
    }
    GB_EACH_NODE(node, &facts->of_kind[GB_NODE_TABLE]) {
        for (uint32_t c = 0; node->u.table && c < node->u.table->n_cells; c++)
            scan_text(&scan, node, &node->u.table->cells[c].text, c);
    }
    gb_sort(scan.found.items, scan.found.len, sizeof(*scan.found.items), by_place);
    GB_KEEP(facts->arena, &scan.found, facts->identifiers, facts->n_identifiers);
    gb_buf_release(&scan.scratch);
}

uint32_t
gb_first_identifier(const struct gb_facts *facts, const struct gb_node *node)
{
    GB_SEEK(uint32_t, i, facts->n_identifiers, facts->identifiers[i].node->id < node->id);
    return i;
}
