/*
 * Mentions: each gets the number of the part that it means, when it is certain which that is. GB/T 1.1—2020, 9.5.3.
 */
#include "facts/mentions/renumber_priv.h"

#include "facts/clause_column.h"

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
        while (at < m->item_end && !(is_letter ? gb_is_lower(s.ptr[at]) : gb_is_digit(s.ptr[at])))
            at++;
        size_t end = at;
        while (end < m->item_end && (is_letter ? end == at : gb_is_digit(s.ptr[end])))
            end++;
        owner = end > at ? find_item(owner, m->item[i]) : NULL;
        if (!owner)
            gb_doubt_number(r, m->text, m->begin, m->end, GB_RENUMBER_NO_TARGET);
        else if (r->item[owner->id])
            gb_edit_number(r, m->text, at, end, gb_marker_text(r, is_letter, r->item[owner->id]));
        at = end;
    }
}

/* Looks at the columns of a table, once for all mentions in it. */
static void
look_at_table(struct gb_renumberer *r, const struct gb_node *node)
{
    const struct gb_table *table = node->u.table;
    gb_column_numbers numbers = {0};

    r->table = node;
    r->has_clauses = gb_arena_new_array(r->doc->arena, bool, (size_t)table->columns + 1);
    for (uint16_t i = 0; i < table->columns; i++) {
        r->has_clauses[i] =
            gb_read_clause_column(r->facts, table, i, &numbers) && gb_is_sure_clause_column(table, i, &numbers);
        for (size_t k = 0; r->has_clauses[i] && k < numbers.len; k++) {
            const struct gb_column_number *number = &numbers.items[k];
            if (!number->target)
                gb_doubt_number(r, &number->cell->text, number->begin, number->end, GB_RENUMBER_NO_TARGET)->num =
                    number->num;
        }
    }
    gb_array_release(&numbers);
}

/* 5.1, 5.2 in a column of 技术要求: clauses, not values. */
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
    return r->has_clauses[cell->column];
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
    return target->kind == GB_NODE_TERM && target->title.str.len && gb_str_ends(gb_str_trim(before), target->title.str);
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
