/* Where the designations of a draft are used: one pass over its texts. See term.h. */
#include "facts/terms/term_priv.h"

#include "doc/joined.h"
#include "text/chars.h"

/* ---- texts ---- */

static void
visit_node(const struct gb_node *node, unsigned flags, gb_term_text *visit, void *data)
{
    if (node->title.str.len && node->kind != GB_NODE_ABBR)
        visit(data, node, &node->title, flags | GB_USE_IN_TITLE);
    if (node->text.str.len)
        visit(data, node, &node->text, flags);
    if (node->kind == GB_NODE_TABLE && node->u.table) {
        GB_EACH_CELL(cell, node)
            visit(data, node, &cell->text, flags | GB_USE_IN_CELL);
    }
    if (node->kind == GB_NODE_FIGURE && node->u.figure && node->u.figure->chart.str.len)
        visit(data, node, &node->u.figure->chart, flags | GB_USE_IN_CELL);
}

void
gb_each_term_text(const struct gb_facts *facts, gb_term_text *visit, void *data)
{
    const struct gb_node *element = facts->of_kind[GB_NODE_DOC].items[0]->first;

    GB_EACH_NODE(node, &facts->speaking) {
        while (element->next && element->next->id <= node->id)
            element = element->next;
        bool is_front = element->kind == GB_NODE_FOREWORD || element->kind == GB_NODE_INTRO;
        visit_node(node, is_front ? GB_USE_FRONT : 0, visit, data);
    }
}

/* ---- uses ---- */

struct scan {
    struct gb_term_reader *r;
    struct gb_joined joined;
    struct gb_near_text at; /* the text in hand */
    unsigned flags;         /* of it */
    size_t bank_end;        /* end of the last name of the term bank in the text in hand */
    size_t form_end;        /* of the last form of a name that a list knows */
};

static bool
is_word_character(uint32_t c)
{
    return (c < 0x80 && gb_char_is_latin(c)) || gb_is_digit(c);
}

/* Latin letters at the ends of a designation must not go on. */
static bool
stands_alone(struct gb_str s, size_t begin, size_t end)
{
    uint32_t first = gb_char_at(s, begin), last = gb_char_before(s, end);

    if (begin > 0 && is_word_character(first) && is_word_character(gb_char_before(s, begin)))
        return false;
    return !(end < s.len && is_word_character(last) && is_word_character(gb_char_at(s, end)));
}

static void
add_use(struct scan *scan, size_t begin, size_t end, uint32_t which)
{
    const struct gb_node *node = scan->at.node;
    const struct gb_text *text = scan->at.text;
    unsigned flags = scan->flags;
    struct gb_term_reader *r = scan->r;
    struct gb_designation *designation = &r->designations.items[which];
    const struct gb_term *term = &r->terms.items[designation->term];
    size_t from = gb_joined_begin(&scan->joined, begin), to = gb_joined_end(&scan->joined, end);
    uint32_t index = (uint32_t)r->uses.len;

    if (gb_text_flags(text, from) & (GB_RUN_CODE | GB_RUN_MATH) &&
        text != (node->kind == GB_NODE_FIGURE ? &node->u.figure->chart : NULL))
        return;
    if (gb_text_flags(text, from) & GB_RUN_QUOTE) {
        designation->n_quoted++;
        return;
    }
    bool is_own = term->node == scan->at.entry || (term->node == node && term->kind != GB_TERM_DECLARED);
    flags |= scan->at.entry || node->kind == GB_NODE_ABBR ? GB_USE_IN_ENTRY : 0;
    flags |= is_own ? GB_USE_OWN : 0;
    *gb_push(&r->uses) =
        (struct gb_term_use){node, text, (uint32_t)from, (uint32_t)to, which, GB_NO_USE, (uint16_t)flags};
    if (designation->last_use == GB_NO_USE)
        designation->first_use = index;
    else
        r->uses.items[designation->last_use].next = index;
    designation->last_use = index;
    designation->n_uses += !is_own;
}

/* What may be a variant of a name. */
static void
add_candidate(struct scan *scan, size_t begin, size_t end, uint32_t which)
{
    struct gb_term_reader *r = scan->r;

    if (which & GB_INDEX_HEAD)
        end = begin + gb_variant_head_len(r, which);
    struct gb_variant_place place = {scan->at.node, scan->at.text, (uint32_t)gb_joined_begin(&scan->joined, begin),
                                     (uint32_t)gb_joined_end(&scan->joined, end)};
    if (gb_text_flags(place.text, place.begin) & (GB_RUN_CODE | GB_RUN_MATH | GB_RUN_QUOTE))
        return;
    if (which & GB_INDEX_HEAD)
        gb_variant_add_head(r, which, scan->joined.str, begin, end - begin, place, scan->flags);
    else if (!(scan->flags & GB_USE_FRONT))
        *gb_push(&r->variants.forms.items[which & ~GB_INDEX_FORM].places) = place;
}

/* Deprecated and nothing else: in one concept a name may be preferred, in another deprecated. */
static bool
is_deprecated(const struct gb_bank_entry *entry)
{
    while (entry && entry->status == GB_BANK_DEPRECATED)
        entry = entry->next;
    return entry == NULL;
}

/*
 * The longest name of the term bank at `at`, unless the draft defines a longer or the same one. Length of a deprecated
 * one, which is kept; others only guard the shorter names inside of them.
 */
static size_t
take_bank_name(struct scan *scan, size_t at)
{
    struct gb_term_reader *r = scan->r;
    struct gb_str s = scan->joined.str;
    const struct gb_bank_entry *entry = gb_bank_longest(r->facts->bank, s, at);
    size_t len = entry ? entry->term.len : 0;
    uint32_t own = 0;

    if (len == 0 || !stands_alone(s, at, at + len))
        return 0;
    scan->bank_end = at + len;
    size_t own_len = gb_index_longest(&r->index, s, at, &own);
    bool is_own = own_len >= len && !(own & (GB_INDEX_HEAD | GB_INDEX_FORM));
    if (is_own || own_len > len || !is_deprecated(entry))
        return 0;
    size_t from = gb_joined_begin(&scan->joined, at), to = gb_joined_end(&scan->joined, at + len);
    if (gb_text_flags(scan->at.text, from) & (GB_RUN_CODE | GB_RUN_MATH | GB_RUN_QUOTE))
        return 0;
    *gb_push(&r->bank_uses) = (struct gb_bank_use){scan->at.node, scan->at.text, (uint32_t)from, (uint32_t)to, entry};
    return len;
}

enum { FEWEST_CAPITALS = 2, MOST_CAPITALS = 6 };

/* The run of capitals at `at`, of 2 to 6, that no other letter, digit or mark of a code touches; 0 for others. */
static size_t
capitals_at(struct gb_str s, size_t at)
{
    size_t end = at;
    char before = at > 0 ? s.ptr[at - 1] : 0, behind;

    while (end < s.len && gb_is_upper(s.ptr[end]))
        end++;
    behind = end < s.len ? s.ptr[end] : 0;
    bool is_alone = !is_word_character((unsigned char)before) && !is_word_character((unsigned char)behind) &&
                    (!before || !strchr("-/._$\\@#&+*=<>", before)) && (!behind || !strchr("-/_$\\@#&+*=", behind));
    return end - at >= FEWEST_CAPITALS && end - at <= MOST_CAPITALS && is_alone ? end - at : 0;
}

static void
add_capitals(struct scan *scan, size_t begin, size_t end, bool is_quoted)
{
    const struct gb_node *node = scan->at.node;
    const struct gb_text *text = scan->at.text;
    unsigned flags = scan->flags;
    size_t from = gb_joined_begin(&scan->joined, begin), to = gb_joined_end(&scan->joined, end);

    if (gb_text_flags(text, from) & (GB_RUN_CODE | GB_RUN_MATH) || node->kind == GB_NODE_FIGURE)
        return;
    flags |= scan->at.entry || node->kind == GB_NODE_ABBR ? GB_USE_IN_ENTRY : 0;
    *gb_push(&scan->r->capitals) = (struct gb_capitals){node,
                                                        text,
                                                        (uint32_t)from,
                                                        (uint32_t)to,
                                                        gb_str_sub(text->str, from, to),
                                                        (uint16_t)flags,
                                                        is_quoted || gb_text_flags(text, from) & GB_RUN_QUOTE};
}

/* Quotations and titles of documents by the characters that open and close them; a quotation ends with its paragraph. */
static int
quote_step(uint32_t c)
{
    switch (c) {
    case 0x201C:
    case 0x300C:
    case 0x300A:
    case 0x2018:
    case 0x300E:
        return 1;
    case 0x201D:
    case 0x300D:
    case 0x300B:
    case 0x2019:
    case 0x300F:
        return -1;
    default:
        return 0;
    }
}

/* The first character at or behind `at` that may begin a name, or that says something of the text: most do neither. */
static size_t
next_stop(const struct gb_term_index *index, struct gb_str s, size_t at)
{
    while (at < s.len) {
        const unsigned char *p = (const unsigned char *)s.ptr + at;
        if (p[0] >= 0xE4 && p[0] <= 0xE9) {
            if (index->firsts[p[1] & 0x3F] >> (p[2] & 0x3F) & 1)
                return at;
            at += GB_HAN;
        } else if (p[0] < '0') {
            at++;
        } else {
            return at;
        }
    }
    return at;
}

/* 施工方 of 施工方法, 施工方案: no party. */
static bool
is_head_of_word(struct gb_str s, size_t end)
{
    GB_WORDS(rest, "法", "案", "式", "向", "面", "针", "程");

    return gb_str_ends(gb_str_sub(s, 0, end), GB_STR("方")) && GB_STARTS_ANY(gb_str_skip(s, end), rest);
}

/* What begins at `at`: a name of the bank, a designation, a head. Its length; 0 when nothing does. */
static size_t
take_name(struct scan *scan, size_t at, bool is_quoted)
{
    struct gb_term_reader *r = scan->r;
    struct gb_str s = scan->joined.str;
    uint32_t which = 0;
    size_t bank_len = r->facts->bank && at >= scan->bank_end && !is_quoted ? take_bank_name(scan, at) : 0;

    if (bank_len)
        return bank_len;
    size_t len = gb_index_longest(&r->index, s, at, &which);
    /* The form of a name hides neither a shorter designation nor a head in it. */
    while (len && gb_variant_is_subject_form(r, which)) {
        if (!is_quoted && !is_head_of_word(s, at + len))
            add_candidate(scan, at, at + len, which);
        scan->form_end = at + len > scan->form_end ? at + len : scan->form_end;
        len = gb_index_longest(&r->index, gb_str_sub(s, 0, at + len - GB_HAN), at, &which);
    }
    if (r->variants.near_names.len && !is_quoted && at >= scan->form_end && !(scan->flags & GB_USE_FRONT))
        gb_near_take(r, s, (struct gb_near_found){at, len, which}, &scan->at);
    if (!len || !stands_alone(s, at, at + len))
        return 0;
    if (which & (GB_INDEX_HEAD | GB_INDEX_FORM)) {
        if (!is_quoted)
            add_candidate(scan, at, at + len, which);
    } else if (is_quoted) {
        r->designations.items[which].n_quoted++;
    } else {
        add_use(scan, at, at + len, which);
    }
    return len;
}

static void
find_uses(void *data, const struct gb_node *node, const struct gb_text *text, unsigned flags)
{
    struct scan *scan = data;
    const struct gb_term_index *index = &scan->r->index;
    bool has_gaps = scan->r->variants.near_has_gaps && !(flags & GB_USE_FRONT);
    int depth = 0;

    scan->at = (struct gb_near_text){node, flags & GB_USE_FRONT ? NULL : gb_node_inside(node, GB_NODE_TERM), text,
                                     &scan->joined};
    scan->flags = flags;
    scan->bank_end = scan->form_end = 0;
    gb_join(text, &scan->joined);
    struct gb_str s = scan->joined.str;
    for (size_t at = next_stop(index, s, 0), next, behind; at < s.len; at = next_stop(index, s, next)) {
        uint32_t c = gb_utf8_at(s, at, &next);
        if (c < 0x3400 && c >= 0x2018) {
            depth += quote_step(c);
            depth = depth < 0 ? 0 : depth;
        }
        size_t capitals = gb_is_upper(c) ? capitals_at(s, at) : 0;
        if (capitals)
            add_capitals(scan, at, at + capitals, depth > 0);
        if (next >= s.len)
            continue;
        uint32_t second = gb_utf8_at(s, next, &behind);
        if (has_gaps && depth == 0 && at >= scan->form_end &&
            gb_index_may_begin(&scan->r->variants.near_index, c, gb_char_at(s, behind)) && behind - at == 2 * GB_HAN)
            gb_near_take_gap(scan->r, s, at, &scan->at);
        if (!gb_index_may_begin(index, c, second))
            continue;
        size_t len = take_name(scan, at, depth > 0);
        next = len ? at + len : next;
    }
}

/* Designations of one name share what was found; the terms count the uses of all of theirs. */
static void
share_uses(struct gb_term_reader *r)
{
    for (size_t i = 0; i < r->designations.len; i++) {
        struct gb_designation *designation = &r->designations.items[i];
        uint32_t first;
        if (gb_index_get(&r->index, designation->words, &first) && first != i) {
            const struct gb_designation *other = &r->designations.items[first];
            designation->first_use = other->first_use;
            designation->last_use = other->last_use;
            designation->n_uses = other->n_uses;
            designation->n_quoted = other->n_quoted;
        }
        r->terms.items[designation->term].n_uses += designation->n_uses;
    }
}

/* ---- the user's term bank ---- */

static void
expect_text(void *data, const struct gb_node *node, const struct gb_text *text, unsigned flags)
{
    struct scan *scan = data;

    (void)node, (void)flags;
    gb_join(text, &scan->joined);
    gb_bank_expect(scan->r->facts->bank, scan->joined.str);
}

static void
open_bank(struct scan *scan)
{
    struct gb_term_reader *r = scan->r;

    gb_each_term_text(r->facts, expect_text, scan);
    for (size_t i = 0; i < r->designations.len; i++)
        gb_bank_expect(r->facts->bank, r->designations.items[i].words);
    gb_bank_open(r->facts->bank);
    gb_bank_mark(r->facts->bank, &r->index);
}

/* 登记 ID for 登记ID and the other way: with and without the blanks between Chinese and Latin characters; empty where there are none. */
static struct gb_str
words_spaced_otherwise(struct gb_str words, struct gb_arena *arena)
{
    struct gb_buf other = {0};
    bool has_blank = false, is_mixed = false;

    for (size_t at = 0, next; at < words.len; at = next) {
        uint32_t c = gb_utf8_at(words, at, &next), before = at > 0 ? gb_char_before(words, at) : 0;
        uint32_t behind = next < words.len ? gb_char_at(words, next) : 0;
        bool is_blank = c == ' ' && (gb_char_is_han(before) || gb_char_is_han(behind));
        bool is_joint = (gb_char_is_han(before) && gb_is_alnum(c)) || (gb_is_alnum(before) && gb_char_is_han(c));
        has_blank = has_blank || is_blank;
        is_mixed = is_mixed || is_joint;
        gb_buf_puts(&other, is_joint && !has_blank ? " " : "");
        if (!is_blank)
            gb_buf_add(&other, gb_str_sub(words, at, next));
    }
    struct gb_str spaced = has_blank || is_mixed ? gb_buf_take(&other, arena) : (struct gb_str){0};
    gb_buf_release(&other);
    return spaced;
}

/* The pass over the texts does not stop at marks. */
static void
add_designation(struct gb_term_reader *r, uint32_t i)
{
    struct gb_designation *designation = &r->designations.items[i];
    uint32_t first;

    if ((unsigned char)designation->words.ptr[0] < '0' || !gb_index_add(&r->index, designation->words, i, &first))
        return;
    designation->is_searched = true;
    struct gb_str spaced = words_spaced_otherwise(designation->words, r->facts->arena);
    if (spaced.len)
        gb_index_add(&r->index, spaced, i, &first);
}

void
gb_find_term_uses(struct gb_term_reader *r)
{
    struct scan scan = {.r = r};

    gb_variant_collect_subjects(r);
    gb_index_init(&r->index, r->facts->arena,
                  2 * r->designations.len + gb_variant_most_words(r) + gb_variant_subject_forms(r));
    for (size_t i = 0; i < r->designations.len; i++)
        add_designation(r, (uint32_t)i);
    gb_variant_add_words(r);
    gb_variant_add_subject_forms(r);
    gb_near_add_names(r);
    if (r->facts->bank)
        open_bank(&scan);
    gb_each_term_text(r->facts, find_uses, &scan);
    share_uses(r);
    gb_joined_release(&scan.joined);
}
