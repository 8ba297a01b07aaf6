/* Form and depth of clause numbers, divisions, numbers of parts: NUM but for sequences, titles, front matter. */
#include "check/clause_priv.h"

/* ---- Depth ---- */

/* Levels below the chapter or annex. */
static unsigned
level_of(const struct gb_number *num)
{
    return num->letter ? num->n : num->n - 1u;
}

static bool
is_too_deep(struct gb_check *c, const struct gb_number *num)
{
    return num->n > 0 && level_of(num) > (unsigned)gb_param_number(c, "most");
}

/*
 * Clauses are divided to the fifth level. Source: GB/T 1.1—2020, 7.3.1. Of one division the first clause is reported, and
 * what lies below it not at all. A number too long for the reader to place stands in a heading that it left a paragraph.
 */
static void
check_clause_depth(struct gb_check *c, const struct gb_node *node)
{
    struct gb_number num = node->num;
    size_t end = 0;

    if (node->kind == GB_NODE_PARA &&
        (node->encoding != GB_ENCODING_HEADING || !gb_number_at_head(node->text.str, &num, &end)))
        return;
    if (!is_too_deep(c, &num))
        return;
    if (node->kind != GB_NODE_PARA && node->prev && node->prev->kind == node->kind && is_too_deep(c, &node->prev->num))
        return;
    if ((node->parent->kind == GB_NODE_CLAUSE && is_too_deep(c, &node->parent->num)))
        return;
    struct gb_at at = node->kind == GB_NODE_PARA ? gb_at_part(&node->text, 0, end) : gb_at_number(node);
    gb_report(c, at, node, GB_ARGS(gb_number_text(&num, c->arena), gb_arena_printf(c->arena, "%u", level_of(&num))));
}

/* ---- Division ---- */

static bool
holds_doubtful(const struct gb_node *top)
{
    return GB_ANY(GB_CHAIN(n, gb_node_walk(top, top), gb_node_walk(n, top)), gb_clause_is_doubtful(n));
}

/* Is the next clause one that a wrong number put elsewhere? It may be the second. */
static bool
is_before_stray(const struct gb_node *node)
{
    const struct gb_node *next = node->next;

    return next && next->kind == GB_NODE_CLAUSE && !gb_number_is_child(&next->num, &next->parent->num);
}

/* Does the number of a second subclause begin a line of the text all the same, joined to a table or an item? */
static bool
has_hidden_sibling(struct gb_check *c, const struct gb_node *parent, const struct gb_node *only)
{
    const struct gb_doc *doc = c->doc;
    const struct gb_node *next = gb_node_walk_past(parent, doc->root);
    const struct gb_source_file *file = gb_source_file_at(doc->source, only->span.begin);
    struct gb_number second = only->num;

    second.part[second.n - 1]++;
    return gb_number_stands(doc->source, &second, only->span.end,
                            next ? next->span.begin : file->base + (uint32_t)file->text.len);
}

/*
 * A clause is divided into at least two. Source: GB/T 1.1—2020, 7.3.1. An only child that is not the first one has lost its
 * siblings (NUM-004); an untitled parent should not be divided at all (NUM-010).
 */
static void
check_single_subclause(struct gb_check *c, const struct gb_node *node)
{
    const struct gb_node *only = gb_node_child(node, GB_NODE_CLAUSE);

    /* That the references are divided at all is STR-005. */
    if (!only || gb_node_next_same(only) || gb_node_child(node, GB_NODE_TERM) || gb_clause_in_terms(node) ||
        node->role == GB_ROLE_REFERENCES)
        return;
    if (!gb_number_is_child(&only->num, &node->num) || !gb_clause_is_placed(only) || is_before_stray(node))
        return;
    if (only->num.part[only->num.n - 1] != 1)
        return;
    if ((node->kind == GB_NODE_CLAUSE && !gb_node_is_titled(node)) || holds_doubtful(node) || c->doc->is_partial ||
        has_hidden_sibling(c, node, only))
        return;
    gb_report_case(c, node->kind == GB_NODE_ANNEX ? "annex" : NULL, gb_at_number(only), only,
                   GB_ARGS(node->number.str, only->number.str));
}

/* ---- Form of numbers ---- */

enum number_form { FORM_GOOD, FORM_FINAL_DOT, FORM_WIDE_DOT, FORM_WORD, FORM_COUNT };

static const char *const form_cases[FORM_COUNT] = {
    [FORM_FINAL_DOT] = "final",
    [FORM_WIDE_DOT] = "wide",
    [FORM_WORD] = NULL,
};

/* Offset behind the number in the head, where a dot of its own would stand; 0 where the number lies elsewhere. */
static size_t
end_in_head(const struct gb_node *node)
{
    const char *begin = node->head.str.ptr, *end = node->number.str.ptr + node->number.str.len;

    return begin && end > begin && end < begin + node->head.str.len ? (size_t)(end - begin) : 0;
}

/* Does a dot or 、 follow the number? *out_end is behind it. */
static bool
has_final_dot(const struct gb_node *node, size_t *out_end)
{
    size_t at = end_in_head(node);

    if (at == 0)
        return false;
    uint32_t c = gb_utf8_at(node->head.str, at, out_end);
    return c == '.' || c == 0xFF0E || c == 0x3001;
}

/* Full-width dots between half-width digits; a number that is full-width as a whole is TYP-002. */
static bool
has_wide_dot(struct gb_str number)
{
    bool has_dot = false;

    if (!memchr(number.ptr, 0xEF, number.len)) /* the first byte of that dot */
        return false;
    for (size_t at = 0; at < number.len;) {
        uint32_t c = gb_utf8_at(number, at, &at);
        has_dot = has_dot || c == 0xFF0E;
        if (c != 0xFF0E && gb_char_narrow(c) != c)
            return false;
    }
    return has_dot;
}

static enum number_form
form_of(const struct gb_node *node)
{
    size_t unused;

    if (!gb_number_is_written(node) || node->num.n == 0)
        return FORM_GOOD;
    if (gb_char_digit(gb_utf8_at(node->number.str, 0, &unused)) < 0 && !node->num.letter)
        return FORM_WORD;
    if (has_final_dot(node, &unused))
        return FORM_FINAL_DOT;
    return has_wide_dot(node->number.str) ? FORM_WIDE_DOT : FORM_GOOD;
}

/* What is to be replaced by the plain number: the number with its dot. */
static struct gb_at
at_number_with_dot(const struct gb_node *node)
{
    size_t end, begin = end_in_head(node);

    if (begin && has_final_dot(node, &end))
        return gb_at_part(&node->head, begin - node->number.str.len, end);
    return gb_at_text(&node->number);
}

/* "第三章服务要求" needs a blank where the word ends the number. */
static void
fix_number(struct gb_check *c, struct gb_finding *f, const struct gb_node *node)
{
    struct gb_at at = at_number_with_dot(node);
    struct gb_str number = gb_number_text(&node->num, c->arena);
    size_t end = end_in_head(node), unused;
    if (has_final_dot(node, &unused))
        end = unused;
    bool is_glued = end && end < node->head.str.len && !gb_char_is_space(gb_utf8_at(node->head.str, end, &unused));

    if (!at.by_line)
        gb_fix(c, f, at.span, is_glued ? gb_arena_printf(c->arena, "%.*s　", GB_FMT(number)) : number);
}

/* Headings counted with words, which the reader leaves paragraphs: 第二节, 第三条, （一）. */
static bool
has_word_number(struct gb_check *c, struct gb_str text, struct gb_match *match)
{
    return gb_param_match(c, "words", text, 0, match) && match->begin == 0;
}

/* Chapters and clauses may have habits of their own: "1. 范围" above 1.1. */
enum { GROUP_CHAPTER, GROUP_CLAUSE, GROUP_COUNT };

static bool
has_number(const struct gb_node *node)
{
    return GB_AMONG(node->kind, GB_NODE_CLAUSE, GB_NODE_TERM) && node->num.n > 0 && gb_number_is_written(node);
}

static int
group_of(const struct gb_node *node)
{
    return node->num.n == 1 && !node->num.letter ? GROUP_CHAPTER : GROUP_CLAUSE;
}

struct form_count {
    size_t n[FORM_COUNT];
    const struct gb_node *first[FORM_COUNT];
};

static void
count_forms(const struct gb_nodes *numbered, struct form_count counts[GROUP_COUNT])
{
    GB_EACH_NODE(n, numbered) {
        if (!has_number(n))
            continue;
        struct form_count *count = &counts[group_of(n)];
        enum number_form form = form_of(n);
        if (count->n[form]++ == 0)
            count->first[form] = n;
    }
}

/* How many of both groups have another form than the good one. */
static size_t
count_faults(const struct form_count counts[GROUP_COUNT])
{
    size_t count = 0;

    for (int group = 0; group < GROUP_COUNT; group++) {
        for (int form = FORM_GOOD + 1; form < FORM_COUNT; form++)
            count += counts[group].n[form];
    }
    return count;
}

/* Most of several numbers have the form, or so many that each by itself would hide the rest. */
static bool
is_habit(const struct form_count *count, enum number_form form)
{
    enum { LEAST = 3, MANY = 8 };
    size_t all = 0;

    for (int i = 0; i < FORM_COUNT; i++)
        all += count->n[i];
    return form != FORM_GOOD && count->n[form] >= LEAST && (count->n[form] * 2 > all || count->n[form] >= MANY);
}

static void
report_form(struct gb_check *c, const struct gb_node *node, enum number_form form)
{
    struct gb_at at = at_number_with_dot(node);
    struct gb_str written = gb_source_text(c->doc->source, at.span);
    struct gb_finding *f =
        gb_report_case(c, form_cases[form], at, node,
                       GB_ARGS(at.by_line ? node->number.str : written, gb_number_text(&node->num, c->arena)));
    fix_number(c, f, node);
}

/* A form that is the habit of one or both groups is one finding, with the fix for all its numbers. */
static void
report_habit(struct gb_check *c, const struct form_count counts[GROUP_COUNT], enum number_form form)
{
    static const char *const cases[FORM_COUNT] = {
        [FORM_FINAL_DOT] = "all-final", [FORM_WIDE_DOT] = "all-wide", [FORM_WORD] = "all"};
    const struct gb_nodes *numbered = &c->facts->numbered;
    const struct gb_node *first = NULL;
    size_t count = 0;

    for (int group = 0; group < GROUP_COUNT; group++) {
        if (!is_habit(&counts[group], form))
            continue;
        count += counts[group].n[form];
        const struct gb_node *of_group = counts[group].first[form];
        if (!first || of_group->span.begin < first->span.begin)
            first = of_group;
    }
    if (!first)
        return;
    struct gb_at at = at_number_with_dot(first);
    struct gb_finding *f =
        gb_report_case(c, cases[form], at, first,
                       GB_ARGS(gb_source_text(c->doc->source, at.span), gb_arena_printf(c->arena, "%zu", count)));
    GB_EACH_NODE(n, numbered) {
        if (has_number(n) && form_of(n) == form && is_habit(&counts[group_of(n)], form))
            fix_number(c, f, n);
    }
}

static bool
is_word_heading(struct gb_check *c, const struct gb_node *node, struct gb_match *match)
{
    return gb_is_heading_left(c->facts, node) && gb_node_inside(node, GB_NODE_CLAUSE) &&
           !gb_node_inside(node, GB_NODE_ANNEX) && has_word_number(c, node->text.str, match);
}

/* （七）服务流程 whose number is counted, or given beside it: one that was typed in words. More of them are the way of the draft. */
static void
check_titles_with_number(struct gb_check *c, const struct gb_nodes *numbered)
{
    enum { MOST = 3 };
    const struct gb_node *found[MOST];
    struct gb_match match;
    size_t n = 0;

    GB_EACH_NODE(node, numbered) {
        struct gb_str title = node->title.str;
        if (node->kind != GB_NODE_CLAUSE || !node->title.n_runs || !has_word_number(c, title, &match) ||
            (!(node->flags & GB_NODE_GIVEN) && gb_char_is_han(gb_char_at(title, match.end)))) /* 5.2 第三节车厢 */
            continue;
        if (n == MOST)
            return;
        found[n++] = node;
    }
    for (size_t i = 0; i < n; i++) {
        has_word_number(c, found[i]->title.str, &match);
        gb_report_case(c, "heading", gb_at_part(&found[i]->title, match.begin, match.end), found[i],
                       GB_ARGS(gb_str_sub(found[i]->title.str, match.begin, match.end)));
    }
}

/* Numbers are Arabic, with dots between their parts and none at the end. Source: GB/T 1.1—2020, 7.2 and 7.3.2. */
static void
check_number_form(struct gb_check *c)
{
    enum { NEAR = 20 };
    const struct gb_facts *facts = c->facts;
    struct form_count counts[GROUP_COUNT] = {0};

    count_forms(&facts->numbered, counts);
    for (int form = FORM_FINAL_DOT; form < FORM_COUNT; form++)
        report_habit(c, counts, (enum number_form)form);
    for (uint32_t i = 0; count_faults(counts) && i < facts->numbered.n; i++) {
        const struct gb_node *n = facts->numbered.items[i];
        enum number_form form = has_number(n) ? form_of(n) : FORM_GOOD;
        if (form != FORM_GOOD && !is_habit(&counts[group_of(n)], form))
            report_form(c, n, form);
    }
    check_titles_with_number(c, &facts->numbered);
    GB_EACH_NODE(n, &facts->of_kind[GB_NODE_PARA]) {
        struct gb_match match;
        if (!is_word_heading(c, n, &match))
            continue;
        struct gb_finding *f = gb_report_case(c, "heading", gb_at_part(&n->text, match.begin, match.end), n,
                                              GB_ARGS(gb_str_sub(n->text.str, match.begin, match.end)));
        const struct gb_node *next = gb_node_walk(n, c->doc->root);
        for (unsigned steps = 0; next && next->kind != GB_NODE_CLAUSE; steps++)
            next = steps < NEAR ? gb_node_walk(next, c->doc->root) : NULL;
        if (next && next->number.str.len && next->number.n_runs) /* its parent is not missing: NUM-004 */
            gb_also(c, f, gb_at_number(next), gb_say(c, "其后的条", "the clause behind it"));
    }
}

/* ---- Parts ---- */

/* The serial number of a code in normal form: "20001.6" of "GB/T 20001.6—2017". Empty where the code is no such. */
static struct gb_str
serial_of(struct gb_str code)
{
    size_t begin = gb_str_find(code, GB_STR(" "), 0), end = gb_str_find(code, GB_STR("—"), 0);

    if (begin == GB_NOT_FOUND || end == GB_NOT_FOUND || end < begin || code.len - end != strlen("—") + 4)
        return GB_STR("");
    struct gb_str serial = gb_str_sub(code, begin + 1, end);
    GB_FIND(byte, serial.ptr, serial.len, *byte != '.' && (*byte < '0' || *byte > '9'));
    return byte ? GB_STR("") : serial;
}

/* The title that names the part; NULL. Chinese before foreign ones, those of the cover before those of the first page. */
static const struct gb_text *
title_with_part(struct gb_check *c, struct gb_match *match)
{
    const struct gb_node *page = c->facts->title;
    const struct gb_cover *cover = c->facts->cover->u.cover;
    const struct gb_text *titles[] = {&cover->title, page ? &page->title : NULL, &cover->en, page ? &page->en : NULL};

    GB_FIND(title, titles, GB_COUNT(titles),
            *title && (*title)->str.len && gb_param_match(c, "part", (*title)->str, 0, match));
    return title ? *title : NULL;
}

/* Does a line of the cover name a part, perhaps the rest of a title that was cut? */
static bool
cover_names_part(struct gb_check *c)
{
    struct gb_match match;

    return GB_ANY(GB_CHAIN(n, c->facts->cover->first, n->next),
                  n->text.str.len && gb_param_match(c, "part", n->text.str, 0, &match));
}

static struct gb_at
at_code(const struct gb_facts *facts)
{
    const struct gb_node *cover = facts->cover;

    return cover->u.cover->code.n_runs ? gb_at_text(&cover->u.cover->code) : gb_at_lines(cover->span);
}

/*
 * The number of a part is the serial number, a dot and the part's number, which the title repeats as 第6部分.
 * Source: GB/T 1.1—2020, 7.1.2 and 7.1.3. Enterprises number as they like; a title may be cut off on a damaged cover, so all
 * lines of cover and title page are looked at before it is said to lack the part.
 */
static void
check_part_number(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;
    struct gb_match match = {0};
    struct gb_str serial = serial_of(facts->code);
    size_t dot = gb_str_find(serial, GB_STR("."), 0);

    if (!serial.len || !facts->cover || !facts->cover->u.cover || gb_str_is(facts->type, "Q/"))
        return;
    struct gb_str part = dot == GB_NOT_FOUND ? GB_STR("") : gb_str_skip(serial, dot + 1);
    if (gb_str_has(part, GB_STR("."))) {
        gb_report_case(c, "divided", at_code(facts), NULL, GB_ARGS(facts->code));
        return;
    }
    const struct gb_text *title = title_with_part(c, &match);
    const struct gb_text *main_title = &facts->cover->u.cover->title;
    /* Part 3 in English alone, where both pages have the same Chinese title, or it is metadata: it is no damage that it lacks it. */
    bool is_whole = facts->title ? gb_str_same(facts->title->title.str, main_title->str) : c->doc->has_front_matter;
    bool is_foreign_alone = part.len && title && !match.groups[0].ptr && is_whole;
    if (is_foreign_alone)
        gb_report(c, gb_at_text(main_title), NULL, GB_ARGS(facts->code, part));
    else if (part.len && !title) {
        if (main_title->n_runs && !cover_names_part(c))
            gb_report(c, gb_at_text(main_title), NULL, GB_ARGS(facts->code, part));
    } else if (!part.len && title) {
        if (match.groups[0].ptr) /* 第6部分, not only an English Part 6 */
            gb_report_case(c, "code", at_code(facts), NULL,
                           GB_ARGS(facts->code, gb_str_sub(title->str, match.begin, match.end), match.groups[0]));
    } else if (part.len && match.groups[0].ptr && !gb_str_eq(match.groups[0], part)) {
        gb_report_case(c, "differs", gb_at_part(title, match.begin, match.end), NULL,
                       GB_ARGS(facts->code, part, gb_str_sub(title->str, match.begin, match.end)));
    }
}

/* ---- Numbered paragraphs ---- */

/* What a paragraph numbered like a list begins with: its value, from 1; 0 for none. */
static unsigned
list_value(struct gb_check *c, struct gb_str text, struct gb_match *match)
{
    unsigned value = 0;

    if (!gb_param_match(c, "marker", text, 0, match) || match->begin != 0 || !match->groups[0].ptr)
        return 0;
    struct gb_str mark = match->groups[0];
    if (GB_IS_ONE_OF(mark, "首先", "其次"))
        return gb_str_is(mark, "首先") ? 1 : 2;
    for (size_t at = 0; at < mark.len;) {
        uint32_t ch = gb_utf8_at(mark, at, &at);
        int digit = gb_char_digit(ch);
        if (digit < 0)
            return ch >= U'①' && ch <= U'⑩' ? ch - U'①' + 1 : gb_han_digit(ch);
        value = value * 10 + (unsigned)digit;
    }
    return value;
}

/* May a line begin so? Most begin with another byte or character. */
static bool
may_be_numbered(struct gb_str line)
{
    return line.len && memchr("\xEF(\xE2\xE4\xE9\xE5 \xE3", line.ptr[0], 8) &&
           gb_is_one_of(gb_char_at(line, 0), "（(①②一二首其 　");
}

/* （1）… and （2）… on lines of their own in one paragraph, as plain text keeps them. */
static void
check_numbered_lines(struct gb_check *c, const struct gb_node *node)
{
    struct gb_str text = node->text.str, end = GB_STR("\n");
    struct gb_match first = {0}, match = {0};
    size_t begin = 0;
    bool has_first = false;

    for (size_t at = gb_str_find(text, end, 0); at != GB_NOT_FOUND; at = gb_str_find(text, end, at + 1)) {
        struct gb_str line = gb_str_skip(text, at + 1);
        unsigned value = may_be_numbered(line) ? list_value(c, line, &match) : 0;
        if (value == 2 && has_first) {
            gb_report(c, gb_at_part(&node->text, begin + first.begin, begin + first.end), node,
                      GB_ARGS(gb_str_sub(text, begin + first.begin, begin + first.end)));
            return;
        }
        has_first = value == 1;
        begin = at + 1;
        first = match;
    }
}

/*
 * Enumerations are lists, and paragraphs have no numbers. Source: GB/T 1.1—2020, 7.4 and 7.5. Two paragraphs in a row that
 * count 1, 2; a lone （1） is the number of a formula.
 */
static void
check_numbered_paragraph(struct gb_check *c, const struct gb_node *node)
{
    struct gb_match first, second;

    if (node->encoding == GB_ENCODING_HEADING)
        return;
    if (!may_be_numbered(node->text.str) || list_value(c, node->text.str, &first) != 1) {
        check_numbered_lines(c, node);
        return;
    }
    const struct gb_node *next = node->next;
    if (next && next->kind == GB_NODE_PARA && list_value(c, next->text.str, &second) == 2)
        gb_report(c, gb_at_part(&node->text, first.begin, first.end), node,
                  GB_ARGS(gb_str_sub(node->text.str, first.begin, first.end)));
}

const struct gb_check_def gb_numbering_checks[] = {
    {.name = "clause-depth",
     .run = check_clause_depth,
     .on = GB_ON(CLAUSE) | GB_ON(TERM) | GB_ON(PARA),
     .params = "most:number"},
    {.name = "single-subclause", .run = check_single_subclause, .on = GB_ON(CLAUSE) | GB_ON(ANNEX), .cases = "annex"},
    {.name = "number-form",
     .whole = check_number_form,
     .cases = "final wide heading all all-final all-wide",
     .params = "words:pattern"},
    {.name = "part-number", .whole = check_part_number, .cases = "code differs divided", .params = "part:pattern"},
    {.name = "numbered-paragraph", .run = check_numbered_paragraph, .on = GB_ON(PARA), .params = "marker:pattern"},
    {0},
};
