/*
 * Mentions: each gets the number of the part that it means, when it is certain which that is. GB/T 1.1—2020, 9.5.3.
 */
#include "facts/renumber_priv.h"

#include <stddef.h>

static enum gb_series
series_of_mention(enum gb_mention_kind kind)
{
    static const enum gb_series rows[GB_MENTION_KIND_COUNT] = {
        [GB_MENTION_CHAPTER] = GB_SERIES_CLAUSE,  [GB_MENTION_CLAUSE] = GB_SERIES_CLAUSE,
        [GB_MENTION_ITEM] = GB_SERIES_CLAUSE,     [GB_MENTION_ANNEX] = GB_SERIES_ANNEX,
        [GB_MENTION_FIGURE] = GB_SERIES_FIGURE,   [GB_MENTION_TABLE] = GB_SERIES_TABLE,
        [GB_MENTION_FORMULA] = GB_SERIES_FORMULA, [GB_MENTION_NOTE] = GB_SERIES_NONE,
        [GB_MENTION_EXAMPLE] = GB_SERIES_NONE,    [GB_MENTION_STEP] = GB_SERIES_CLAUSE,
    };

    return rows[kind];
}

/* Items that are looked through for a mention. */
enum { MAX_ITEMS = 2000 };

/* The one item with this old marker in the lists right below the node; NULL: none, several, or too many to look through. */
static const struct gb_node *
find_item(const struct gb_node *owner, unsigned marker)
{
    bool is_letter = marker >= 'a';
    unsigned value = is_letter ? marker - 'a' + 1 : marker;
    const struct gb_node *found = NULL;
    size_t begin, end;
    unsigned seen = 0;

    for (const struct gb_node *list = owner->first; list; list = list->next) {
        if (list->kind != GB_NODE_LIST)
            continue;
        for (const struct gb_node *item = list->first; item; item = item->next) {
            if (++seen > MAX_ITEMS)
                return NULL;
            if (item->kind != GB_NODE_ITEM || gb_marker_value(&item->marker, &begin, &end) != value ||
                gb_is_letter_marker(&item->marker, begin) != is_letter)
                continue;
            if (found)
                return NULL;
            found = item;
        }
    }
    return found;
}

/* Markers b）, a）1） of an item of the clause `owner`: letter by letter, as long as each is found. */
static void
write_item_markers(struct gb_renumberer *r, const struct gb_mention *m, const struct gb_node *owner)
{
    size_t at = m->item_begin;

    for (size_t i = 0; i < GB_MENTION_ITEMS && m->item[i] && owner; i++) {
        bool is_letter = m->item[i] >= 'a';
        struct gb_str s = m->text->str;
        while (at < m->item_end &&
               !(is_letter ? s.ptr[at] >= 'a' && s.ptr[at] <= 'z' : s.ptr[at] >= '0' && s.ptr[at] <= '9'))
            at++;
        size_t end = at;
        while (end < m->item_end && (is_letter ? end == at : s.ptr[end] >= '0' && s.ptr[end] <= '9'))
            end++;
        owner = end > at ? find_item(owner, m->item[i]) : NULL;
        if (!owner)
            gb_doubt_number(r, m->text, m->begin, m->end, GB_RENUMBER_NO_TARGET);
        else if (r->item[owner->id])
            gb_edit_number(r, m->text, at, end, gb_marker_text(r, is_letter, r->item[owner->id]));
        at = end;
    }
}

/* What is known of a column of a table. */
struct gb_column {
    bool is_titled;   /* its head speaks of clauses */
    bool is_other;    /* holds what is no number of a clause, or of clauses of several chapters */
    unsigned n;       /* numbers of clauses */
    uint16_t chapter; /* and of which */
};

/* Behind what joins two numbers in a cell. */
static size_t
skip_joints(struct gb_str s, size_t at)
{
    static const struct gb_str joints[] = {GB_WORD("、"), GB_WORD("，"), GB_WORD("～"),
                                           GB_WORD("至"), GB_WORD("和"), GB_WORD(","),
                                           GB_WORD(" "),  GB_WORD("~"),  GB_WORD("\n")};
    size_t i = 0;

    while (i < GB_COUNT(joints)) {
        bool is_here = gb_str_starts(gb_str_skip(s, at), joints[i]);
        at += is_here ? joints[i].len : 0;
        i = is_here ? 0 : i + 1;
    }
    return at;
}

/* The clause number at *at of a cell's text, behind what joins it to the one before; n = 0 where there is none. */
static struct gb_number
cell_number(struct gb_str s, size_t *at)
{
    struct gb_number num = {0};
    unsigned part = 0, digits = 0;

    for (*at = skip_joints(s, *at); *at < s.len && num.n < GB_MAX_COMPONENTS; ++*at) {
        char c = s.ptr[*at];
        if (c >= '0' && c <= '9' && digits < 3) {
            part = part * 10 + (unsigned)(c - '0');
            digits++;
        } else if (c == '.' && digits) {
            num.part[num.n++] = (uint16_t)part;
            part = digits = 0;
        } else {
            break;
        }
    }
    if (!digits || num.n == 0 || num.n == GB_MAX_COMPONENTS)
        return (struct gb_number){0};
    num.part[num.n++] = (uint16_t)part;
    return num;
}

/* 试验方法, 章条号: heads of columns that list clauses. */
static bool
speaks_of_clauses(struct gb_str head)
{
    static const struct gb_str words[] = {GB_WORD("条"), GB_WORD("章"), GB_WORD("要求"), GB_WORD("方法"),
                                          GB_WORD("依据")};

    for (size_t i = 0; i < GB_COUNT(words); i++) {
        if (gb_str_has(head, words[i]))
            return true;
    }
    return false;
}

static void
look_at_cell(const struct gb_renumberer *r, const struct gb_cell *cell, struct gb_column *column)
{
    struct gb_str s = gb_str_trim(cell->text.str);
    size_t at = 0, n;

    if (cell->is_header || cell->row == 0) {
        column->is_titled = column->is_titled || speaks_of_clauses(s);
        return;
    }
    while (at < s.len) {
        struct gb_number num = cell_number(s, &at);
        /* A dash, a word: nothing is listed in this cell. */
        if (!num.n) {
            column->is_other = column->is_other || (s.ptr[0] >= '0' && s.ptr[0] <= '9');
            return;
        }
        gb_parts_with(r, GB_SERIES_CLAUSE, &num, &n);
        column->is_other = column->is_other || n != 1 || (column->n && column->chapter != num.part[0]);
        column->chapter = num.part[0];
        column->n++;
    }
}

/* Looks at the columns of a table, once for all mentions in it. */
static void
look_at_table(struct gb_renumberer *r, const struct gb_node *node)
{
    const struct gb_table *table = node->u.table;

    r->table = node;
    r->columns = gb_arena_new_array(r->doc->arena, struct gb_column, (size_t)table->columns + 1);
    for (uint32_t i = 0; i < table->n_cells; i++) {
        if (table->cells[i].column < table->columns)
            look_at_cell(r, &table->cells[i], &r->columns[table->cells[i].column]);
    }
}

/* 5.1, 5.2 in a column of 技术要求: a list of clauses, all of one chapter, not of values. */
static bool
is_in_column_of_clauses(struct gb_renumberer *r, const struct gb_mention *m)
{
    const struct gb_table *table = m->node->kind == GB_NODE_TABLE ? m->node->u.table : NULL;

    if (!table || !(m->flags & GB_MENTION_IN_CELL) || !table->n_cells)
        return false;
    const struct gb_cell *cell =
        (const struct gb_cell *)(const void *)((const char *)m->text - offsetof(struct gb_cell, text));
    if (cell < table->cells || cell >= table->cells + table->n_cells || cell->column >= table->columns)
        return false;
    if (r->table != m->node)
        look_at_table(r, m->node);
    const struct gb_column *column = &r->columns[cell->column];
    return column->is_titled && !column->is_other && column->n > 1;
}

/* 旧书（3.1）: the number of a term behind its name, in brackets of its own. */
static bool
is_behind_term(const struct gb_mention *m, const struct gb_node *target)
{
    struct gb_str before = gb_str_trim(gb_str_sub(m->text->str, 0, m->begin));

    if (gb_str_ends(before, GB_STR("（")))
        before.len -= strlen("（");
    else if (gb_str_ends(before, GB_STR("(")))
        before.len--;
    else
        return false;
    return target->kind == GB_NODE_TERM && target->title.str.len &&
           gb_str_ends(gb_str_trim(before), target->title.str);
}

static void
write_mention(struct gb_renumberer *r, const struct gb_mention *m)
{
    enum { NOT_OURS = GB_MENTION_EXTERNAL | GB_MENTION_IMPLIED };
    enum gb_series series = series_of_mention(m->kind);
    size_t n = 0;

    if (m->flags & NOT_OURS || series == GB_SERIES_NONE)
        return;
    bool is_sure = !(m->flags & (GB_MENTION_DOUBTFUL | GB_MENTION_QUOTED));
    r->about = NULL;
    if (m->num_end == m->num_begin) { /* of an item of the clause itself */
        if (is_sure && m->item_end > m->item_begin)
            write_item_markers(r, m, gb_node_clause(m->node));
        return;
    }
    const struct gb_numbered *parts = gb_parts_with(r, series, &m->num, &n);
    const struct gb_node *target = n == 1 ? parts[0].node : NULL;
    if (!is_sure && target && !(m->flags & GB_MENTION_QUOTED))
        is_sure = is_behind_term(m, target) || is_in_column_of_clauses(r, m);
    r->about = target;
    if (!is_sure) {
        if (target && gb_number_changes(r, target))
            gb_doubt_number(r, m->text, m->begin, m->end, GB_RENUMBER_UNSURE)->num = m->num;
        return;
    }
    if (!target) {
        enum gb_renumber_why why = n ? GB_RENUMBER_MANY_TARGETS : GB_RENUMBER_NO_TARGET;
        gb_doubt_number(r, m->text, m->begin, m->end, why)->num = m->num;
        return;
    }
    if (gb_number_changes(r, target))
        gb_edit_number(r, m->text, m->num_begin, m->num_end, gb_new_number(r, target));
    r->about = NULL; /* markers are numbers of items */
    if (m->item_end > m->item_begin)
        write_item_markers(r, m, target);
}

/*
 * Formulas are what conversion loses most. A mention of one that is not there says that the reader has not found all of
 * them, and their numbers are better left.
 */
bool
gb_knows_formulas(const struct gb_renumberer *r)
{
    size_t n = 1;

    for (uint32_t i = 0; i < r->facts->n_mentions && n; i++) {
        const struct gb_mention *m = &r->facts->mentions[i];
        if (m->kind == GB_MENTION_FORMULA && !(m->flags & (GB_MENTION_EXTERNAL | GB_MENTION_DOUBTFUL)))
            gb_parts_with(r, GB_SERIES_FORMULA, &m->num, &n);
    }
    return n > 0;
}

void
gb_renumber_mentions(struct gb_renumberer *r)
{
    for (uint32_t i = 0; i < r->facts->n_mentions; i++)
        write_mention(r, &r->facts->mentions[i]);
}
