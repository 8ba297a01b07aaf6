/*
 * Tables as wholes: their numbers, whether they have one, a title, and a mention: TBL-001 to TBL-004. Captions are judged in
 * table_captions.c, cells in table_cells.c.
 */
#include "check/tables_priv.h"

#include "base/array.h"
#include "base/sort.h"
#include "check/annex_priv.h"
#include "check/clause_priv.h"
#include "check/elements_priv.h"
#include "check/lost_parts_priv.h"
#include "check/mentions_priv.h"
#include "text/chars.h"
#include "text/utf8.h"

extern const struct gb_check_def gb_table_checks[];

/* Numbers beyond this are none of a table, but a misread year or the like. */
enum { LARGEST_TABLE = 500 };

/* ---- What is what ---- */

/* Only in the draft's own tables is the number that of the annex: those of a sample document count from 1. */
static bool
is_numbered_for(const struct gb_node *table, const struct gb_node *annex)
{
    return table->num.n > 0 && table->num.letter && table->num.letter == annex->num.letter;
}

bool
gb_table_is_own(const struct gb_node *table)
{
    for (const struct gb_node *n = table->parent; n; n = n->parent) {
        switch (n->kind) {
        case GB_NODE_EXAMPLE:
        case GB_NODE_NOTE:
        case GB_NODE_FOOTNOTE:
        case GB_NODE_FIGURE:
        case GB_NODE_TERM:
        case GB_NODE_WHERE:
            return false;
        case GB_NODE_ANNEX:
            if (gb_annex_is_sample(n) && !is_numbered_for(table, n))
                return false;
            break;
        default:
            break;
        }
    }
    enum gb_zone zone = gb_zone_of(table);
    if (zone == GB_ZONE_BODY || zone == GB_ZONE_NORMATIVE_ANNEX || zone == GB_ZONE_INFORMATIVE_ANNEX)
        return true;
    return gb_table_has_number(table) &&
           (zone == GB_ZONE_TERMS || zone == GB_ZONE_SYMBOLS || zone == GB_ZONE_INTRO);
}

bool
gb_table_has_number(const struct gb_node *table)
{
    return table->num.n > 0 && !(table->flags & GB_NODE_GIVEN) && table->number.str.len &&
           table->number.n_runs;
}

size_t
gb_table_part_letter(const struct gb_node *table)
{
    struct gb_str head = table->head.str, number = table->number.str;
    size_t at = gb_table_has_number(table) ? gb_str_find(head, number, 0) : GB_NOT_FOUND, next;

    if (at == GB_NOT_FOUND || at > strlen("表") + 4)
        return GB_NOT_FOUND;
    at += number.len;
    if (at >= head.len || head.ptr[at] < 'a' || head.ptr[at] > 'z')
        return GB_NOT_FOUND;
    uint32_t behind = at + 1 < head.len ? gb_utf8_at(head, at + 1, &next) : ' ';
    return gb_char_is_space(behind) || behind == ')' || behind == U'）' ? at : GB_NOT_FOUND;
}

bool
gb_table_is_form(const struct gb_node *table)
{
    enum { SHARE = 4 };
    const struct gb_table *t = table->u.table;
    uint32_t n_empty = 0;

    for (uint32_t i = 0; t && i < t->n_cells; i++)
        n_empty += gb_cell_is_empty(&t->cells[i]);
    return t && n_empty * SHARE > t->n_cells;
}

struct gb_at
gb_table_at(const struct gb_node *table)
{
    const struct gb_table *t = table->u.table;

    for (uint32_t i = 0; t && i < t->n_cells; i++) {
        if (!gb_cell_is_empty(&t->cells[i]))
            return gb_at_text(&t->cells[i].text);
    }
    return gb_at_lines(table->span);
}

const struct gb_node *
gb_table_before(const struct gb_node *table)
{
    const struct gb_node *n = table->prev;

    while (n && n->kind == GB_NODE_COMMENT)
        n = n->prev;
    return n;
}

const struct gb_node *
gb_table_behind(const struct gb_node *table)
{
    const struct gb_node *n = table->next;

    while (n && n->kind == GB_NODE_COMMENT)
        n = n->next;
    return n;
}

struct gb_str
gb_table_name(struct gb_check *c, const struct gb_node *table)
{
    return table->number.str.len
               ? gb_arena_printf(gb_check_context(c)->arena, "表%.*s", GB_FMT(table->number.str))
               : gb_say(c, "表", "the table");
}

static const struct gb_nodes *
tables_of(struct gb_check *c)
{
    return &gb_check_context(c)->facts->of_kind[GB_NODE_TABLE];
}

/* ---- TBL-001: the numbers in their order ---- */

/* Tables of the body that bear one number of one part. */
struct numbered {
    GB_ARRAY(const struct gb_node *) items;
    unsigned times[LARGEST_TABLE + 2]; /* how often a number stands */
    bool is_seen[LARGEST_TABLE + 2];   /* before the table in hand */
};

static unsigned
number_of(const struct gb_node *table)
{
    return table->num.part[0];
}

static bool
is_counted(const struct gb_node *table)
{
    return gb_table_has_number(table) && table->num.n == 1 && !table->num.letter &&
           number_of(table) <= LARGEST_TABLE && !gb_node_inside(table, GB_NODE_ANNEX) &&
           gb_zone_of(table) != GB_ZONE_COVER && gb_zone_of(table) != GB_ZONE_TOC &&
           !gb_node_inside(table, GB_NODE_EXAMPLE) && gb_table_part_letter(table) == GB_NOT_FOUND;
}

/* 表1（续）, the caption of a table on its next page, or one that stands twice around its picture. */
static bool
goes_on(const struct gb_node *table, const struct gb_node *before)
{
    return gb_str_has(table->head.str, GB_STR("续")) || (table->flags & GB_NODE_CONTINUED) ||
           table->encoding == GB_ENCODING_LOST || before->encoding == GB_ENCODING_LOST ||
           (table->title.str.len && gb_str_same(table->title.str, before->title.str));
}

static int
by_begin(const void *a, const void *b)
{
    const struct gb_span *x = a, *y = b;

    return (x->begin > y->begin) - (x->begin < y->begin);
}

/* The number, and where it was this table's alone, those of its mentions. */
static void
fix_number(struct gb_check *c, struct gb_finding *f, const struct gb_node *table, bool is_double,
           struct gb_str want)
{
    const struct gb_facts *facts = gb_check_context(c)->facts;
    GB_ARRAY(struct gb_span) spans = {0};
    bool exact = true;

    if (!f)
        return;
    *gb_push(&spans) = gb_at_number(table).span;
    const struct gb_mention *m = is_double ? NULL : gb_first_mention(facts, table);
    for (; m; m = gb_next_mention(facts, m)) {
        bool is_exact = false;
        if (!gb_mention_is_sure(m)) {
            gb_fix_unsafe(f);
            continue;
        }
        *gb_push(&spans) = gb_mention_number_span(m, &is_exact);
        exact = exact && is_exact;
    }
    gb_sort(spans.items, spans.len, sizeof(*spans.items), by_begin);
    for (size_t i = 0; i < spans.len && exact; i++)
        gb_fix(c, f, spans.items[i], want);
    if (is_double)
        gb_fix_unsafe(f);
    gb_array_release(&spans);
}

/* Does a table without number, or with another form of it, stand between the two? Then it lacks the one that is missing. */
static bool
has_nameless_between(struct gb_check *c, const struct gb_node *first, const struct gb_node *last)
{
    const struct gb_nodes *all = tables_of(c);

    for (uint32_t i = 0; i < all->n && all->items[i]->id < last->id; i++) {
        if ((!first || all->items[i]->id > first->id) && !is_counted(all->items[i]))
            return true;
    }
    return false;
}

/* The next mention of table `number`, which the draft does not have, from *at on. */
static const struct gb_mention *
next_vain_mention(const struct gb_facts *facts, unsigned number, uint32_t *at)
{
    while (*at < facts->n_mentions) {
        const struct gb_mention *m = &facts->mentions[(*at)++];
        if (m->kind == GB_MENTION_TABLE && !m->target && gb_mention_is_sure(m) && m->num.n == 1 && !m->num.letter &&
            m->num.part[0] == number)
            return m;
    }
    return NULL;
}

/* What mentions the number that the table should have follows from the same slip. */
static struct gb_finding *
report_number(struct gb_check *c, const char *which, const struct gb_node *table, unsigned want)
{
    const struct gb_facts *facts = gb_check_context(c)->facts;
    struct gb_finding *f = gb_report_case(
        c, which, gb_at_number(table), table,
        GB_ARGS(table->number.str, gb_count_text(c, want)));
    const struct gb_mention *m;
    size_t n = 0;

    for (uint32_t at = 0; (m = next_vain_mention(facts, want, &at)) != NULL && n < GB_MOST_TABLE_PLACES; n++)
        gb_also(c, f, gb_mention_at(m), gb_say(c, "提及的是它", "this mentions it"));
    return f;
}

/* Is the table certainly the one that should be `want`: no mention of its own number, and some of that? */
static bool
is_misnumbered(struct gb_check *c, const struct gb_node *table, unsigned want)
{
    const struct gb_facts *facts = gb_check_context(c)->facts;
    uint32_t at = 0;

    return !gb_first_mention(facts, table) && next_vain_mention(facts, want, &at);
}

/* One number that is not the next: what it should be, and where the count goes on. Returns the new last number. */
static unsigned
judge_number(struct gb_check *c, const struct numbered *all, size_t i, unsigned last)
{
    const struct gb_node *table = all->items.items[i], *before = i ? all->items.items[i - 1] : NULL;
    unsigned own = number_of(table), want = last + 1;
    unsigned next = i + 1 < all->items.len ? number_of(all->items.items[i + 1]) : 0;
    struct gb_number missing = {.n = 1, .part = {(uint16_t)want}};
    struct gb_str wanted = gb_count_text(c, want);
    bool is_double = all->times[own] > 1, is_taken = want <= LARGEST_TABLE && all->times[want] > 0;

    if (before && own <= last && goes_on(table, before))
        return last;
    if (own < want) { /* with a number of its own it stands behind a gap, which may have been a loss */
        if (!is_double)
            return last;
        fix_number(c, report_number(c, "double", table, want), table, true, wanted);
        return is_taken ? last : want;
    }
    if (is_taken) { /* it stands too early */
        if (next == want || own == want + 1)
            report_number(c, NULL, table, want);
        return next == want || own == want + 1 ? last : own;
    }
    if ((next == want + 1 && next != own + 1) || is_misnumbered(c, table, want)) {
        fix_number(c, report_number(c, NULL, table, want), table, is_double, wanted);
        return want;
    }
    /* More than one missing in a row is a conversion that lost them. */
    if (own == want + 1 && !has_nameless_between(c, before, table) &&
        !gb_head_stands(gb_check_context(c), GB_STR("表"), &missing))
        report_number(c, "missing", table, want);
    return own;
}

/*
 * Tables are numbered from 1 on, whatever chapters they stand in; those of annexes have ANX-008. One slip is one finding: the
 * numbers behind it that go on from it are none. Source: GB/T 1.1—2020, 9.8.2.1; 2009, 7.4.2.
 */
static void
check_sequence(struct gb_check *c, const struct gb_node *root)
{
    const struct gb_check_context *context = gb_check_context(c);
    const struct gb_nodes *nodes = tables_of(c);
    struct numbered *all;
    unsigned last = 0;

    (void)root;
    if (!nodes->n || gb_is_engineering(context))
        return;
    all = gb_arena_new(context->arena, struct numbered);
    for (uint32_t i = 0; i < nodes->n; i++) {
        if (!is_counted(nodes->items[i]))
            continue;
        *gb_push(&all->items) = nodes->items[i];
        all->times[number_of(nodes->items[i])]++;
    }
    bool is_part = context->facts->n_chapters && context->facts->chapters[0]->num.part[0] > 1;
    if (is_part && all->items.len)
        last = number_of(all->items.items[0]) - 1;
    unsigned n_faults = 0;
    for (size_t i = 0; i < all->items.len; i++) {
        unsigned own = number_of(all->items.items[i]);
        enum { MANY = 8 }; /* then it is no slip: a file of several documents */
        while (last < LARGEST_TABLE && all->is_seen[last + 1])
            last++;
        unsigned want = last + 1;
        if (own == want)
            last = own;
        else if (n_faults++ < MANY)
            last = judge_number(c, all, i, last);
        all->is_seen[last == want ? want : own] = true; /* at fault it counts as the one it should be */
    }
    gb_array_release(&all->items);
}

/* ---- TBL-002: tables without number ---- */

/* 表1, 续表: words that a caption begins with. */
static bool
begins_like_caption(struct gb_str s)
{
    if (gb_str_starts(s, GB_STR("续")))
        return true;
    if (!gb_str_starts(s, GB_STR("表")))
        return false;
    for (size_t at = strlen("表"), next; at < s.len; at = next) {
        uint32_t ch = gb_utf8_at(s, at, &next);
        if (!gb_char_is_space(ch))
            return gb_char_digit(ch) >= 0 || (ch >= 'A' && ch <= 'Z');
    }
    return false;
}

/* A caption, or what a conversion left of one; or what the table belongs to. */
static bool
may_be_caption(const struct gb_node *node)
{
    if (!node)
        return false;
    if (node->kind == GB_NODE_TABLE || node->kind == GB_NODE_FIGURE || node->kind == GB_NODE_EXAMPLE)
        return true;
    return begins_like_caption(node->text.str);
}

/* In its first row stands the caption, or in the last one of the table before, which took the line below it for a row. */
static bool
has_caption_inside(const struct gb_node *table, const struct gb_node *before)
{
    const struct gb_table *t = table->u.table, *above = before ? before->u.table : NULL;

    if (begins_like_caption(gb_text_trim(&t->cells[0].text).str))
        return true;
    for (uint32_t i = above ? above->n_cells : 0; i-- > 0 && above->cells[i].row + 1 == above->rows;) {
        if (begins_like_caption(gb_text_trim(&above->cells[i].text).str))
            return true;
    }
    return false;
}

/* A short line without end mark right before the table: a title that lacks label and number. */
static bool
is_bare_title(const struct gb_node *node)
{
    enum { LONGEST = 25 };

    if (!node || node->kind != GB_NODE_PARA || !node->text.str.len ||
        gb_str_has(node->text.str, GB_STR("单位")) || gb_str_has(node->text.str, GB_STR("\n")) ||
        gb_str_han_length(node->text.str) > LONGEST)
        return false;
    size_t at;
    uint32_t last = gb_last_char(node->text.str, &at);
    return gb_str_han_length(node->text.str) >= 2 && !gb_is_one_of(last, "。：；，:;.！？,、");
}

/* The rest of the table before it that a page end or a line of text cut off. */
static bool
is_cut_off(const struct gb_node *table, const struct gb_node *before)
{
    return before && before->u.table && table->u.table->columns == before->u.table->columns &&
           gb_node_clause(before) == gb_node_clause(table);
}

static bool
lacks_number(const struct gb_node *table, const struct gb_node *before)
{
    const struct gb_table *t = table->u.table;

    return table->num.n == 0 && !table->number.str.len && table->encoding != GB_ENCODING_LOST && t &&
           t->n_cells && t->rows >= 2 && t->columns >= 2 && gb_table_is_own(table) && !gb_table_is_form(table) &&
           !gb_cell_is_empty(&t->cells[0]) && !may_be_caption(gb_table_before(table)) &&
           !may_be_caption(gb_table_behind(table)) && !is_cut_off(table, before) &&
           !has_caption_inside(table, before);
}

/* Most tables have none: the style of the draft, or a conversion that lost the captions. */
static bool
has_mostly_nameless(const struct gb_nodes *all)
{
    size_t n_nameless = 0, n_numbered = 0;

    for (uint32_t i = 0; i < all->n; i++) {
        bool is_nameless = all->items[i]->num.n == 0 && gb_table_is_own(all->items[i]);
        n_nameless += is_nameless;
        n_numbered += gb_table_has_number(all->items[i]);
    }
    return n_nameless > 1 && n_nameless > n_numbered;
}

static struct gb_finding *
report_nameless(struct gb_check *c, const struct gb_node *table, bool is_style)
{
    const struct gb_node *before = gb_table_before(table);

    if (is_style)
        return gb_report_case(c, "many", gb_table_at(table), table, GB_NO_ARGS);
    if (is_bare_title(before)) {
        struct gb_text title = before->text;
        if (gb_str_starts(title.str, GB_STR("表　")) || gb_str_starts(title.str, GB_STR("表 ")))
            title = gb_text_slice(&title, strlen("表"), title.str.len);
        title = gb_text_trim(&title);
        return gb_report_case(c, "title", gb_at_text(&before->text), table, GB_ARGS(title.str));
    }
    return gb_report(c, gb_table_at(table), table, GB_NO_ARGS);
}

/* 表5-1: a number that follows the chapter, though the tables of the body are counted through. */
static bool
has_chapter_number(const struct gb_node *table)
{
    return gb_table_has_number(table) && table->num.n == 2 && !table->num.letter && gb_table_is_own(table) &&
           !gb_node_inside(table, GB_NODE_ANNEX);
}

/* Source: GB/T 1.1—2020, 9.8.2.1; 2009, 7.4.2. */
static void
check_numbered(struct gb_check *c, const struct gb_node *root)
{
    const struct gb_check_context *context = gb_check_context(c);
    const struct gb_nodes *all = tables_of(c);
    struct gb_finding *form = NULL;
    size_t n_form = 0;

    (void)root;
    if (gb_is_engineering(context))
        return;
    for (uint32_t i = 0; i < all->n; i++) {
        if (has_chapter_number(all->items[i]) && n_form++ == 0)
            form = gb_report_case(c, "form", gb_at_number(all->items[i]), all->items[i],
                                  GB_ARGS(all->items[i]->number.str));
        else if (has_chapter_number(all->items[i]) && n_form < GB_MOST_TABLE_PLACES)
            gb_also(c, form, gb_at_number(all->items[i]), gb_say(c, "又一处", "one more"));
    }
    bool is_style = has_mostly_nameless(all), is_told = false;
    for (uint32_t i = 0; i < all->n && !is_told; i++) {
        if (!lacks_number(all->items[i], i ? all->items[i - 1] : NULL))
            continue;
        report_nameless(c, all->items[i], is_style);
        is_told = is_style;
    }
}

/* ---- TBL-003: all have a title, or none ---- */

static bool
is_judged_for_title(const struct gb_node *table)
{
    return gb_table_has_number(table) && gb_table_is_there(table) && gb_table_is_own(table) &&
           gb_table_part_letter(table) == GB_NOT_FOUND && !gb_str_has(table->head.str, GB_STR("续"));
}

static bool
lacks_title(const struct gb_node *table)
{
    return !table->title.str.len && !is_bare_title(gb_table_before(table));
}

/* Source: GB/T 1.1—2020, 9.8.2.2; 2009, 7.4.3. */
static void
check_titles(struct gb_check *c, const struct gb_node *root)
{
    const struct gb_nodes *all = tables_of(c);
    struct gb_finding *f = NULL;
    const struct gb_node *titled = NULL;
    size_t n_untitled = 0;

    (void)root;
    for (uint32_t i = 0; i < all->n && !titled; i++)
        titled = is_judged_for_title(all->items[i]) && all->items[i]->title.str.len ? all->items[i] : NULL;
    for (uint32_t i = 0; i < all->n; i++) {
        const struct gb_node *table = all->items[i];
        if (!is_judged_for_title(table) || !lacks_title(table))
            continue;
        if (n_untitled++ == 0)
            f = gb_report_case(c, titled ? NULL : "none", gb_at_head(table), table,
                               GB_ARGS(gb_table_name(c, table), titled ? gb_table_name(c, titled) : GB_STR("")));
        else if (n_untitled < GB_MOST_TABLE_PLACES)
            gb_also(c, f, gb_at_head(table), gb_say(c, "也没有标题", "no title either"));
    }
}

/* ---- TBL-004: mentions ---- */

/* Is the table mentioned by its place: 见下表, 如下表所示, 上表? */
static bool
is_pointed_at(const struct gb_node *table)
{
    enum { LOOK_BACK = 6 };
    static const struct gb_str words[] = {GB_WORD("下表"), GB_WORD("下列表"), GB_WORD("本表"), GB_WORD("表中"),
                                          GB_WORD("附表"), GB_WORD("上表")};
    const struct gb_node *n = table->prev;

    for (int i = 0; n && i < LOOK_BACK; i++, n = n->prev) {
        for (size_t k = 0; k < GB_COUNT(words); k++) {
            if (gb_str_has(n->text.str, words[k]))
                return true;
        }
    }
    return false;
}

/*
 * Does 表 with this number stand in the source elsewhere than at the head of a line? Then it is mentioned, in a form that the
 * facts do not read: in markup, in a formula, as the end of a range.
 */
static bool
stands_in_text(struct gb_check *c, const struct gb_node *table)
{
    const struct gb_source *source = gb_check_context(c)->doc->source;
    struct gb_str number = gb_number_text(&table->num, gb_check_context(c)->arena);

    for (uint32_t i = 0; i < source->n_files; i++) {
        struct gb_str s = source->files[i].text;
        for (size_t at = gb_str_find(s, number, 0); at != GB_NOT_FOUND;
             at = gb_str_find(s, number, at + number.len)) {
            enum { BEFORE = 24 };
            size_t end = at + number.len, from = at > BEFORE ? at - BEFORE : 0;
            struct gb_str before = gb_str_sub(s, from, at);
            if (end < s.len && ((s.ptr[end] >= '0' && s.ptr[end] <= '9') || s.ptr[end] == '.'))
                continue;
            if (before.len && before.ptr[before.len - 1] >= '0' && before.ptr[before.len - 1] <= '9')
                continue;
            size_t label = gb_str_find(before, GB_STR("表"), 0), line;
            if (label == GB_NOT_FOUND)
                continue;
            for (line = before.len; line > 0 && before.ptr[line - 1] != '\n'; line--) {
            }
            /* 表 stands in the line, and something in Han before it */
            if (label > line && gb_str_han_length(gb_str_sub(before, line, label)) > 0)
                return true;
        }
    }
    return false;
}

/* An annex, or one of its clauses, that is no more than its tables: what mentions the annex mentions them. */
static bool
is_all_of_annex(const struct gb_node *table)
{
    if (!gb_node_inside(table, GB_NODE_ANNEX))
        return false;
    for (const struct gb_node *n = table->parent->first; n; n = n->next) {
        if (n->kind != GB_NODE_TABLE && n->kind != GB_NODE_COMMENT && n->kind != GB_NODE_NOTE)
            return false;
    }
    return true;
}

/* Source: GB/T 1.1—2020, 9.8.1.2; 2009, 7.4.1. */
static void
check_mentioned(struct gb_check *c, const struct gb_node *root)
{
    enum { MOST = 12 }; /* more, and the mentions were not read, or stand in another file */
    const struct gb_check_context *context = gb_check_context(c);
    const struct gb_nodes *all = tables_of(c);
    const struct gb_node *found[MOST];
    size_t n_found = 0;

    (void)root;
    if (!all->n || !gb_is_whole_draft(context) || gb_is_excerpt(context->facts))
        return;
    for (uint32_t i = 0; i < all->n; i++) {
        const struct gb_node *table = all->items[i];
        if (!gb_table_has_number(table) || !gb_table_is_there(table) || !gb_table_is_own(table) ||
            table->num.n != 1 || gb_first_mention(context->facts, table) || gb_str_has(table->head.str, GB_STR("续")))
            continue;
        /* Of two with one number mentions find the first: TBL-001 speaks of the other. */
        if (gb_find_part(context->facts, GB_MENTION_TABLE, &table->num) != table || is_pointed_at(table) ||
            is_all_of_annex(table))
            continue;
        if (n_found == MOST)
            return;
        found[n_found++] = table;
    }
    for (size_t i = 0; i < n_found; i++) {
        if (!stands_in_text(c, found[i]))
            gb_report(c, gb_at_head(found[i]), found[i], GB_ARGS(gb_table_name(c, found[i])));
    }
}

const struct gb_check_def gb_table_checks[] = {
    {.name = "table-sequence", .run = check_sequence, .on = GB_ON(DOC), .cases = "double missing"},
    {.name = "table-number", .run = check_numbered, .on = GB_ON(DOC), .cases = "form title many"},
    {.name = "table-titles", .run = check_titles, .on = GB_ON(DOC), .cases = "none"},
    {.name = "table-mentioned", .run = check_mentioned, .on = GB_ON(DOC)},
    {0},
};
