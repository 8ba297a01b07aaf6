/* Titles of clauses: the rules of group NUM on who has one, and in which form. */
#include "check/structure/elements_priv.h"
#include "check/clause_priv.h"

/* ---- Clauses that should have a title ---- */

/* The line below a number without title that is short enough to be it. */
static const struct gb_node *
title_below(const struct gb_node *node)
{
    const struct gb_node *text = gb_clause_text(node);

    return text && !(node->flags & GB_NODE_SENTENCE) && gb_title_is_plain(text->text.str) ? text : NULL;
}

/* Every chapter has a title. Source: GB/T 1.1—2020, 7.2. A title with a stop too many is NUM-014. */
static void
check_chapter_title(struct gb_check *c, const struct gb_node *node)
{
    if (!gb_node_is_chapter(node) || node->num.n != 1 || node->num.letter || gb_node_is_titled(node))
        return;
    if (gb_clause_form(node) == GB_CLAUSE_UNSURE && node->flags & GB_NODE_SENTENCE)
        return;
    const struct gb_node *below = title_below(node);
    gb_report_case(c, below ? "below" : NULL, gb_at_number(node), node,
                   GB_ARGS(node->number.str, below ? below->text.str : GB_STR("")));
}

/*
 * Clauses of the first level should have titles: 5.1, 5.2. Source: GB/T 1.1—2020, 7.3.3. One finding for a chapter none of
 * whose clauses has one; where some have, NUM-009 speaks.
 */
static void
check_first_level_title(struct gb_check *c, const struct gb_node *node)
{
    const struct gb_node *first = gb_node_is_chapter(node) && node->num.n == 1 ? gb_clause_first(node) : NULL;
    unsigned n = 0, n_sure = 0;

    for (const struct gb_node *k = first; k; k = gb_clause_next(k)) {
        if (gb_node_is_titled(k))
            return;
        n++;
    }
    for (const struct gb_node *k = first; n > 1 && k; k = gb_clause_next(k))
        n_sure += gb_clause_form(k) == GB_CLAUSE_UNTITLED;
    if (n_sure > 0 && !gb_clause_in_terms(node) && !gb_clause_is_inventory(node))
        gb_report(c, gb_at_number(first), first, GB_ARGS(gb_clause_name(node), first->number.str));
}

/* A clause for the comparison with its siblings; one that is divided without title is NUM-010. */
static enum gb_clause_form
form_beside(const struct gb_node *node)
{
    return !gb_node_is_titled(node) && gb_clause_first(node) ? GB_CLAUSE_UNSURE : gb_clause_form(node);
}

/* Are there clauses with and without title, at first sight? */
static bool
has_both(const struct gb_node *parent)
{
    bool has[2] = {false};

    for (const struct gb_node *k = gb_clause_first(parent); k && !(has[0] && has[1]); k = gb_clause_next(k))
        has[gb_node_is_titled(k)] = true;
    return has[0] && has[1];
}

/*
 * Clauses of one parent either all have a title or none has. Source: GB/T 1.1—2020, 7.3.3. Reported once for a parent, at
 * the first of the fewer; of equally many, at the untitled where titles are due (first level), else at the one that differs
 * from the eldest.
 */
static void
check_sibling_titles(struct gb_check *c, const struct gb_node *node)
{
    const struct gb_node *first[3] = {NULL};
    unsigned n[3] = {0};

    if (!has_both(node) || gb_clause_in_terms(node) || gb_clause_is_inventory(node))
        return;
    for (const struct gb_node *k = gb_clause_first(node); k; k = gb_clause_next(k)) {
        enum gb_clause_form form = gb_clause_is_placed(k) ? form_beside(k) : GB_CLAUSE_UNSURE;
        if (n[form]++ == 0)
            first[form] = k;
    }
    if (n[GB_CLAUSE_TITLED] == 0 || n[GB_CLAUSE_UNTITLED] == 0)
        return;
    enum gb_clause_form odd = n[GB_CLAUSE_TITLED] < n[GB_CLAUSE_UNTITLED] ? GB_CLAUSE_TITLED : GB_CLAUSE_UNTITLED;
    bool is_first_level = gb_node_is_chapter(node) || node->kind == GB_NODE_ANNEX;
    if (n[GB_CLAUSE_TITLED] == n[GB_CLAUSE_UNTITLED] && !is_first_level &&
        form_beside(gb_clause_first(node)) == GB_CLAUSE_UNTITLED)
        odd = GB_CLAUSE_TITLED;
    const struct gb_node *other = first[odd == GB_CLAUSE_TITLED ? GB_CLAUSE_UNTITLED : GB_CLAUSE_TITLED];
    struct gb_finding *f = gb_report_case(c, odd == GB_CLAUSE_TITLED ? "titled" : NULL, gb_at_number(first[odd]),
                                          first[odd], GB_ARGS(first[odd]->number.str, other->number.str));
    for (const struct gb_node *k = gb_clause_next(first[odd]); k; k = gb_clause_next(k)) {
        if (form_beside(k) == odd)
            gb_also_there(c, f, gb_at_number(k));
    }
}

/*
 * A clause without title is not divided. Source: GB/T 1.1—2020, 7.3.4. Chapters without title are NUM-002. In construction
 * engineering clauses of text have paragraphs (款) with numbers of their own.
 */
static void
check_untitled_division(struct gb_check *c, const struct gb_node *node)
{
    const struct gb_node *child = gb_node_is_titled(node) ? NULL : gb_clause_first(node);

    if (!child || !gb_clause_is_placed(child) || (gb_node_is_chapter(node) && node->num.n == 1) ||
        gb_clause_in_terms(node))
        return;
    if (!gb_number_is_child(&child->num, &node->num) || title_below(node))
        return;
    /* A title with a stop too many, or one run together with its text: other faults. */
    if (gb_clause_text(node) && gb_clause_form(node) != GB_CLAUSE_UNTITLED)
        return;
    struct gb_finding *f = gb_report(c, gb_at_number(node), node, GB_ARGS(node->number.str, child->number.str));
    gb_also(c, f, gb_at_number(child), GB_STR(""));
}

/* ---- Highlighted terms ---- */

enum highlight { HIGHLIGHT_UNKNOWN, HIGHLIGHT_NO, HIGHLIGHT_YES };

static bool
begins_strong(const struct gb_node *clause)
{
    const struct gb_node *text = gb_clause_text(clause);

    return text && text->text.n_runs && gb_text_flags(&text->text, 0) & GB_RUN_STRONG;
}

/* Does the text begin with a bold word? All in bold is another matter. */
static enum highlight
highlight_of(const struct gb_node *node)
{
    const struct gb_node *text = gb_clause_text(node);

    if (!text || text->text.n_runs == 0)
        return HIGHLIGHT_UNKNOWN;
    /* Bold before a blank, 5.1.1 **表面** 应平整, looks like a title and its text on one line: it stands out all the same. */
    if (!begins_strong(node))
        return gb_clause_form(node) == GB_CLAUSE_UNTITLED ? HIGHLIGHT_NO : HIGHLIGHT_UNKNOWN;
    for (size_t at = 0; at < text->text.str.len; at++) {
        if (!(gb_text_flags(&text->text, at) & GB_RUN_STRONG))
            return HIGHLIGHT_YES;
    }
    return HIGHLIGHT_UNKNOWN;
}

static bool
has_strong_beginning(const struct gb_node *parent)
{
    return GB_ANY(GB_CHAIN(k, gb_clause_first(parent), gb_clause_next(k)), !gb_node_is_titled(k) && begins_strong(k));
}

/* If one untitled clause highlights its key term, its siblings do. Source: GB/T 1.1—2020, 7.3.4. */
static void
check_highlight(struct gb_check *c, const struct gb_node *node)
{
    const struct gb_node *first[3] = {NULL};
    unsigned n[3] = {0};

    if (!has_strong_beginning(node))
        return;
    for (const struct gb_node *k = gb_clause_first(node); k; k = gb_clause_next(k)) {
        enum highlight highlight = highlight_of(k);
        if (n[highlight]++ == 0)
            first[highlight] = k;
    }
    if (n[HIGHLIGHT_NO] == 0 || n[HIGHLIGHT_YES] == 0)
        return;
    bool is_rare = n[HIGHLIGHT_YES] < n[HIGHLIGHT_NO];
    const struct gb_node *odd = first[is_rare ? HIGHLIGHT_YES : HIGHLIGHT_NO];
    gb_report_case(c, is_rare ? "rare" : NULL, gb_at_number(odd), odd, GB_ARGS(odd->number.str));
}

/* ---- Wording of titles ---- */

/* A lead-in that a conversion took for a heading: "申请材料包括：". */
static bool
is_lead_in(struct gb_check *c, struct gb_str title)
{
    enum { LONGEST = 12 };

    return gb_param_has(c, "lead-in", title) || gb_str_han_length(title) > LONGEST || gb_title_has_modal(title) ||
           gb_str_has(title, GB_STR("，"));
}

/* Where the run of marks at the end of the title begins; its length where there is none. */
static size_t
end_marks(struct gb_str title)
{
    size_t begin, end = title.len;

    for (;;) {
        uint32_t c = gb_last_char(gb_str_sub(title, 0, end), &begin);
        if (!c || !gb_is_one_of(c, "。；，：、.;:,．") || begin == 0)
            return end;
        end = begin;
    }
}

/* Does any sibling have a title, so that this one's words are one too? Chapters always have. */
static bool
stands_among_titles(const struct gb_node *node)
{
    if (node->kind == GB_NODE_ANNEX || gb_node_is_chapter(node))
        return true;
    GB_FIND_NEXT(k, gb_clause_first(node->parent), gb_clause_next(k),
                 k != node && gb_clause_form(k) == GB_CLAUSE_TITLED);
    return k || (gb_node_next_same(node) == NULL && node->prev == NULL);
}

/*
 * A title ends without punctuation. Source: good practice, GB/T 1.1—2020, 10.2.1. Only headings: a line of text with a stop is
 * an untitled clause. A heading with a stop is that as well, unless it is short and stands among titles.
 */
static void
check_title_end(struct gb_check *c, const struct gb_node *node)
{
    bool is_line = node->kind == GB_NODE_CLAUSE && !node->title.str.len && gb_clause_is_marked_line(node);
    bool is_sentence = is_line || ((node->flags & GB_NODE_SENTENCE) && gb_clause_text(node));
    const struct gb_text *title = is_sentence ? &gb_clause_text(node)->text : &node->title;

    bool is_plain = node->depth == 0 && node->encoding != GB_ENCODING_ELEMENT && !gb_node_is_chapter(node) &&
                    !gb_node_child(node, GB_NODE_CLAUSE);
    if ((!is_line && is_plain) || title->str.len == 0)
        return;
    if (gb_ends_in_han(title->str))
        return;
    size_t begin = end_marks(title->str), end, last;
    struct gb_str words = gb_str_sub(title->str, 0, begin);
    bool is_term = gb_clause_in_terms(node->parent) && !gb_node_child(node, GB_NODE_TERM);
    if (begin == title->str.len || begin == 0 || is_term)
        return;
    uint32_t before = gb_last_char(words, &last), mark = gb_last_char(title->str, &end);
    if (mark == '.' && before < 0x80) /* an abbreviation */
        return;
    if (is_lead_in(c, words) || (is_sentence && gb_clause_form(node) != GB_CLAUSE_UNSURE) || !stands_among_titles(node))
        return;
    struct gb_at at = gb_at_part(title, begin, title->str.len);
    struct gb_finding *f = gb_report_case(c, is_sentence ? "stop" : NULL, at, node,
                                          GB_ARGS(words, gb_str_trim(gb_str_skip(title->str, begin))));
    gb_fix(c, f, at.span, GB_STR(""));
}

/* Outside brackets: not in 标准品（C₃H₆O，CAS号：67-64-1）. */
static bool
has_comma(struct gb_str title)
{
    int depth = 0;

    for (size_t at = 0; at < title.len;) {
        uint32_t c = gb_utf8_at(title, at, &at), narrow = gb_char_narrow(c);
        depth += (narrow == '(') - (narrow == ')');
        if (c == U'，' && depth <= 0)
            return true;
    }
    return false;
}

/* A title names the content. Source: GB/T 1.1—2020, 7.3.3. */
static void
check_title_wording(struct gb_check *c, const struct gb_node *node)
{
    struct gb_str title = node->title.str;

    if (title.len == 0)
        return;
    size_t limit = (size_t)gb_param_number(c, "limit");
    /* Two bytes at least count as one character. */
    bool is_long = title.len / 2 >= limit && gb_str_han_length(title) > limit;
    bool is_sentence = gb_title_has_modal(title) || (gb_str_has(title, GB_STR("，")) && has_comma(title));
    if ((!is_long && !is_sentence) || gb_clause_in_terms(node))
        return;
    if (is_sentence)
        gb_report(c, gb_at_text(&node->title), node, GB_ARGS(title));
    else
        gb_report_case(c, "long", gb_at_text(&node->title), node, GB_ARGS(title));
}

/* ---- Equal titles ---- */

struct titled {
    const struct gb_node *node;
    struct gb_str key; /* under N */
    size_t place;
    unsigned method; /* of a document that gives several, one behind the other */
};

GB_ORDER(by_key, struct titled, GB_KEY_STR(key) GB_KEY(place))

/* Nothing but ASCII: SIP/2.0 200 OK. */
static bool
is_foreign(struct gb_str key)
{
    return !GB_ANY(GB_ITEMS(byte, key.ptr, key.len), (unsigned char)*byte >= 0x80);
}

static bool
is_exempt_title(struct gb_check *c, struct gb_str key)
{
    GB_WORDS(signs, "@", "{", "=", "://"); /* the line of a message or a program, and no title */
    const struct gb_str *words;
    size_t n = gb_param_words(c, "exempt", &words);

    return GB_HAS_ANY(key, signs) || is_foreign(key) || GB_ANY(GB_ITEMS(word, words, n), gb_str_same(key, *word));
}

/* All Han: such a text is its own normal form. */
static bool
is_han(struct gb_str s)
{
    size_t at = 0;

    while (at + 2 < s.len && (unsigned char)s.ptr[at] >= 0xE4 && (unsigned char)s.ptr[at] <= 0xE9)
        at += 3;
    return at == s.len;
}

/* Equal titles have equal hashes; `spare` is for the normal form of those that need one. */
static uint32_t
hash_of(struct gb_str title, struct gb_buf *spare)
{
    const uint64_t factor = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t hash = 0;

    if (!is_han(title)) {
        spare->len = 0;
        gb_normalise(title, spare);
        title = gb_buf_str(spare);
    }
    for (size_t at = 0; at < title.len; at += sizeof(uint64_t)) {
        uint64_t word = 0;
        size_t left = title.len - at;
        memcpy(&word, title.ptr + at, left < sizeof(word) ? left : sizeof(word));
        hash = (hash ^ word) * factor;
        hash ^= hash >> 32;
    }
    return (uint32_t)(hash ^ title.len);
}

/* May any two of the hashes be equal? Few are compared with each other, more are put into a table that they fill by half. */
static bool
has_equal(const uint32_t *hashes, size_t n)
{
    enum { FEW = 8 };

    if (n <= FEW) {
        for (size_t i = 1; i < n; i++) {
            for (size_t k = 0; k < i; k++) {
                if (hashes[i] == hashes[k])
                    return true;
            }
        }
        return false;
    }
    size_t size = 2 * FEW;
    while (size < 2 * n)
        size *= 2;
    uint32_t *table = gb_alloc(size * sizeof(*table)); /* 0: free */
    bool is_found = false;
    memset(table, 0, size * sizeof(*table));
    for (size_t i = 0; i < n && !is_found; i++) {
        uint32_t hash = hashes[i] ? hashes[i] : 1;
        size_t at = hash & (size - 1);
        while (table[at] && table[at] != hash)
            at = (at + 1) & (size - 1);
        is_found = table[at] == hash;
        table[at] = hash;
    }
    free(table);
    return is_found;
}

static bool
may_have_equal(const struct gb_node *parent)
{
    const struct gb_node *first = gb_clause_first(parent);
    GB_ARRAY(uint32_t) hashes = {0};
    struct gb_buf spare = {0};

    if (!first || !first->next)
        return false;
    for (const struct gb_node *k = first; k; k = gb_clause_next(k)) {
        if (gb_node_is_titled(k) && k->role == GB_ROLE_NONE)
            *gb_push(&hashes) = hash_of(k->title.str, &spare);
    }
    bool may_have = has_equal(hashes.items, hashes.len);
    gb_array_release(&hashes);
    gb_buf_release(&spare);
    return may_have;
}

/* 第二法 分光光度法: a line at the end of a clause, behind which the clauses of another method begin with the same titles. */
static bool
ends_in_method(const struct gb_node *clause)
{
    enum { LONGEST = 12 }; /* bytes up to 法 */
    const struct gb_node *last = clause->last;
    struct gb_str line = last && last->kind == GB_NODE_PARA ? last->text.str : GB_STR("");

    return gb_str_starts(line, GB_STR("第")) &&
           gb_str_find(gb_str_sub(line, 0, LONGEST), GB_STR("法"), 0) != GB_NOT_FOUND;
}

/*
 * Siblings have different titles. Source: GB/T 1.1—2020, 5.4.1. Elements of the standard that stand twice are STR-014; a
 * clause that stands twice with its number is NUM-005.
 */
static void
check_equal_titles(struct gb_check *c, const struct gb_node *parent)
{
    GB_ARRAY(struct titled) all = {0};
    struct gb_buf key = {0};
    unsigned method = 0;

    if (!may_have_equal(parent) || (parent->kind != GB_NODE_DOC && gb_clause_in_terms(parent)))
        return;
    for (const struct gb_node *n = gb_clause_first(parent); n; n = gb_clause_next(n)) {
        unsigned of = method;
        method += ends_in_method(n);
        if (!gb_node_is_titled(n) || n->role != GB_ROLE_NONE)
            continue;
        struct titled one = {n, n->title.str, all.len, of};
        if (!is_han(one.key)) {
            key.len = 0;
            gb_normalise(n->title.str, &key);
            one.key = gb_buf_take(&key, c->arena);
        }
        *gb_push(&all) = one;
    }
    gb_sort(all.items, all.len, sizeof(*all.items), by_key);
    for (size_t i = 1; i < all.len; i++) {
        const struct gb_node *first = all.items[i - 1].node, *second = all.items[i].node;
        if (!gb_str_eq(all.items[i - 1].key, all.items[i].key) || gb_number_cmp(&first->num, &second->num) == 0 ||
            all.items[i - 1].method != all.items[i].method || first->num.n != second->num.n ||
            is_exempt_title(c, all.items[i].key))
            continue;
        struct gb_finding *f = gb_report(c, gb_at_text(&second->title), second,
                                         GB_ARGS(second->title.str, first->number.str, second->number.str));
        gb_also(c, f, gb_at_text(&first->title), GB_STR(""));
    }
    gb_array_release(&all);
    gb_buf_release(&key);
}

/* ---- General clauses ---- */

struct words {
    const struct gb_str *words;
    size_t n;
};

static struct words
words_of(struct gb_check *c, const char *key)
{
    struct words list;

    list.n = gb_param_words(c, key, &list.words);
    return list;
}

static bool
is_in_list(const struct words *list, struct gb_str title)
{
    enum { FIRST = 3 }; /* bytes of a Han character */

    for (size_t i = 0; title.len && i < list->n; i++) {
        struct gb_str word = list->words[i];
        bool may_be = title.len < FIRST || word.len < FIRST || memcmp(title.ptr, word.ptr, FIRST) == 0;
        if (may_be && gb_str_same(title, word))
            return true;
    }
    return false;
}

/*
 * What several clauses of a chapter have in common stands in the first. Source: GB/T 1.1—2020, 9.3. Behind other
 * introductory clauses it may come second.
 */
static void
check_general_clause(struct gb_check *c, const struct gb_node *parent)
{
    const struct gb_node *first = gb_clause_first(parent);
    bool is_opening = true; /* nothing but introductory clauses so far */

    if (!first || gb_clause_in_terms(parent))
        return;
    struct words general = words_of(c, "general"), vague = words_of(c, "vague"), opening = words_of(c, "opening");
    if (gb_node_is_titled(first) && gb_clause_next(first) && is_in_list(&vague, first->title.str))
        gb_report_case(c, "wording", gb_at_text(&first->title), first, GB_ARGS(first->title.str));
    for (const struct gb_node *n = first; n; n = gb_clause_next(n)) {
        struct gb_str title = gb_str_trim(n->title.str);
        bool is_general = title.len && is_in_list(&general, title);
        if (!is_opening && is_general)
            gb_report(c, gb_at_text(&n->title), n, GB_ARGS(title, n->number.str, first->number.str));
        is_opening = is_opening && (is_general || is_in_list(&opening, title));
    }
}

const struct gb_check_def gb_title_checks[] = {
    {.name = "chapter-title", .run = check_chapter_title, .on = GB_ON(CLAUSE), .cases = "below"},
    {.name = "first-level-title", .run = check_first_level_title, .on = GB_ON(CLAUSE)},
    {.name = "sibling-titles", .run = check_sibling_titles, .on = GB_ON(CLAUSE) | GB_ON(ANNEX), .cases = "titled"},
    {.name = "untitled-division", .run = check_untitled_division, .on = GB_ON(CLAUSE)},
    {.name = "highlight", .run = check_highlight, .on = GB_ON(CLAUSE) | GB_ON(ANNEX), .cases = "rare"},
    {.name = "title-end",
     .run = check_title_end,
     .on = GB_ON(CLAUSE) | GB_ON(ANNEX),
     .cases = "stop",
     .params = "lead-in:words"},
    {.name = "title-wording",
     .run = check_title_wording,
     .on = GB_ON(CLAUSE),
     .cases = "long",
     .params = "limit:number"},
    {.name = "equal-titles",
     .run = check_equal_titles,
     .on = GB_ON(DOC) | GB_ON(CLAUSE) | GB_ON(ANNEX),
     .params = "exempt:words"},
    {.name = "general-clause",
     .run = check_general_clause,
     .on = GB_ON(CLAUSE) | GB_ON(ANNEX),
     .cases = "wording",
     .params = "general:words vague:words opening:words"},
    {0},
};
