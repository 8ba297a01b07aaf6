/*
 * The markers of lists: depth, sequence and kind: LST-005 to LST-009. GB/T 1.1—2020, 7.5.2 and 7.5.3; 2009, 5.2.6. Markers that lists
 * do not have are in list_forms.c.
 */
#include "check/lists/lists_priv.h"

#include "check/changes_priv.h"
#include "check/clause_priv.h"
#include "check/references/mentions_priv.h"

/* ---- LST-005: depth ---- */

static unsigned
depth_of(const struct gb_node *list)
{
    unsigned depth = 1;

    for (const struct gb_node *n = list->parent; n && (n->kind == GB_NODE_ITEM || n->kind == GB_NODE_LIST);
         n = n->parent)
        depth += n->kind == GB_NODE_LIST;
    return depth;
}

/* Source: GB/T 1.1—2020, 7.5.2; 2009, 5.2.6. Told where the third level begins, for the first time in each list of the second. */
static void
check_depth(struct gb_check *c)
{
    const struct gb_node *told = NULL;

    GB_EACH_LIST(g, c) {
        if (!g->is_nested || g->n < 2 || g->lead != GB_LEAD_COLON || depth_of(g->first) != 3)
            continue;
        const struct gb_node *second = g->first->parent->parent;
        if (second != told)
            gb_report(c, gb_at_item(g->items->node), g->items->node, GB_NO_ARGS);
        told = second;
    }
}

/* ---- LST-006: sequence ---- */

/* Letters that a conversion reads as a digit or another letter: what stands there is not what the author typed. */
static bool
is_misread(unsigned due, const struct gb_node *before)
{
    static const struct {
        char letter, read;
    } pairs[] = {{'i', 1}, {'l', 1}, {'g', 9}, {'q', 9}, {'b', 6}, {'s', 5}, {'z', 2}};
    const struct gb_node *list = before ? before->last : NULL;

    if (!list || list->kind != GB_NODE_LIST || list->first != list->last || !list->first)
        return false;
    GB_FIND(pair, pairs, GB_COUNT(pairs),
            due == (unsigned)(pair->letter - 'a') + 1 && gb_item_value(list->first) == (unsigned)pair->read);
    return pair != NULL;
}

static struct gb_str
marker_of(struct gb_check *c, unsigned value, bool is_letter)
{
    return is_letter ? gb_letter_marker(c, value, false) : gb_arena_printf(c->arena, "%u)", value);
}

/* Could the marker that is due stand in the item before, where the reader did not know it for one? */
static bool
is_hidden(struct gb_check *c, const struct gb_node *before, unsigned due, bool is_letter)
{
    if (gb_node_child(before, GB_NODE_PARA))
        return true;
    struct gb_str narrow = marker_of(c, due, is_letter);
    struct gb_str wide = gb_arena_printf(c->arena, "%.*s）", (int)narrow.len - 1, narrow.ptr);
    return gb_str_has(before->text.str, narrow) || gb_str_has(before->text.str, wide) ||
           (is_letter && is_misread(due, before));
}

/* A list that some other kind of marker interrupts, on the same level or seemingly inside of an item, is LST-008. */
static bool is_mixed(const struct gb_list *g);

/* Are its items mentioned by their markers? Then new markers need new mentions. */
static bool is_mentioned(struct gb_check *c, const struct gb_list *g);

static struct gb_finding *
report_sequence(struct gb_check *c, const char *which, const struct gb_node *item, unsigned due, bool is_letter)
{
    return gb_report_case(c, which, gb_at_item(item), item, GB_ARGS(item->marker.str, marker_of(c, due, is_letter)));
}

/* The value in a typed marker: the letter of b), the digits of 2）. */
static void
change_value(struct gb_check *c, struct gb_changes *changes, const struct gb_text *text, size_t begin, size_t end,
             unsigned value, bool is_letter)
{
    struct gb_str s = text->str,
                  by = is_letter ? gb_letter_marker(c, value, false) : gb_arena_printf(c->arena, "%u", value);

    while (begin < end && !(is_letter ? gb_is_lower(s.ptr[begin]) : gb_is_digit(s.ptr[begin])))
        begin++;
    size_t last = begin;
    while (last < end && (is_letter ? last == begin : gb_is_digit(s.ptr[last])))
        last++;
    if (last > begin)
        gb_change_part(changes, text, begin, last, is_letter ? gb_str_sub(by, 0, 1) : by);
}

/* Are the items the only ones of the clause that its mentions of an item can mean? */
static bool
is_only_list(const struct gb_list *g)
{
    const struct gb_node *first = g->first;

    return first->parent->kind == GB_NODE_CLAUSE &&
           !GB_ANY(GB_CHAIN(n, first->parent->first, n->next),
                   n->kind == GB_NODE_LIST && n->id < first->id && gb_str_eq(n->marker.str, first->marker.str));
}

/* Mentions of the items by their markers, 5.1 b）, follow; false: nobody knows which they mean. */
static bool
change_item_mentions(struct gb_check *c, struct gb_changes *changes, const struct gb_list *g, uint32_t from,
                     unsigned due)
{
    const struct gb_node *clause = gb_node_clause(g->first);

    for (const struct gb_mention *m = clause ? gb_first_mention(c->facts, clause) : NULL; m;
         m = gb_next_mention(c->facts, m)) {
        const struct gb_list_item *meant = NULL;
        unsigned n = 0;
        if (m->item_end == m->item_begin)
            continue;
        if (m->item[1] || m->item[0] < 'a' || !gb_mention_is_sure(m) || !is_only_list(g))
            return false;
        GB_EACH_ITEM(item, g) {
            bool is_it = gb_item_value(item->node) == m->item[0] - (unsigned)'a' + 1;
            meant = is_it ? item : meant;
            n += is_it;
        }
        if (n != 1)
            return false;
        if (meant >= g->items + from)
            change_value(c, changes, m->text, m->item_begin, m->item_end, due + (unsigned)(meant - (g->items + from)),
                         true);
    }
    return true;
}

/* From the item at fault on all items run, and the mentions with them. A list beyond z has no letters. */
static void
fix_sequence(struct gb_check *c, struct gb_finding *f, const struct gb_list *g, uint32_t from, unsigned due,
             bool is_letter)
{
    struct gb_changes changes = {0};

    changes.is_unsure =
        gb_item_value(g->items[from].node) > due + 1; /* so many items were lost, rather than letters slipped */
    bool is_clear = !is_letter || due + g->n - from - 1 <= GB_LETTERS;
    for (uint32_t i = from; i < g->n && is_clear; i++) {
        const struct gb_node *item = g->items[i].node;
        is_clear = gb_marker_is_typed(item) && gb_str_eq(item->parent->marker.str, g->first->marker.str);
        if (gb_item_value(item) != due + i - from)
            change_value(c, &changes, &item->marker, 0, item->marker.str.len, due + i - from, is_letter);
    }
    if (is_clear && (is_letter || !is_mentioned(c, g)) && change_item_mentions(c, &changes, g, from, due))
        gb_apply_changes(c, f, &changes);
    else
        gb_drop_changes(&changes);
}

static void
judge_sequence(struct gb_check *c, const struct gb_list *g)
{
    struct gb_finding *told = NULL;
    bool is_letter = gb_list_is(g->first, "alpha");
    unsigned due = 1;

    if (gb_item_value(g->items[0].node) != 1 && g->lead != GB_LEAD_COLON)
        return;
    for (uint32_t i = 0; i < g->n; i++) {
        const struct gb_node *item = g->items[i].node;
        unsigned value = gb_item_value(item);
        if (!gb_marker_is_typed(item) || (i && !gb_item_value(g->items[i - 1].node) && !gb_item_is_odd(g, i - 1)))
            return;
        if (value != due && due <= GB_LETTERS &&
            !(i && value > due && is_hidden(c, g->items[i - 1].node, due, is_letter))) {
            if (told) { /* the items were moved: b) and c) are exchanged */
                gb_also_there(c, told, gb_at_item(item));
            } else {
                told = report_sequence(c, i && value == gb_item_value(g->items[i - 1].node) ? "double" : NULL, item,
                                       due, is_letter);
                fix_sequence(c, told, g, i, due, is_letter);
            }
            unsigned next = i + 1 < g->n ? gb_item_value(g->items[i + 1].node) : 0;
            value = next == due + 1 ? due : value; /* only this one is wrong */
        }
        due = value + 1;
    }
}

/* Source: GB/T 1.1—2020, 7.5.3; 2009, 5.2.6. */
static void
check_sequence(struct gb_check *c)
{
    GB_EACH_LIST(g, c) {
        if (!gb_item_value(g->items->node) || is_mixed(g) || gb_list_is_roman(g)) /* LST-004 */
            continue;
        judge_sequence(c, g);
        if (gb_list_is(g->first, "alpha") && g->n > GB_LETTERS) {
            const struct gb_node *item = g->items[GB_LETTERS].node;
            gb_report_case(c, "many", gb_at_item(item), item, GB_NO_ARGS);
        }
    }
}

/* ---- LST-007, LST-008: kinds of markers ---- */

/*
 * A list in an item that no colon leads in: its items belong to the list around it, where the letters of that one have a gap for
 * them, where it is one item alone, or where the item is the only one.
 */
static bool
is_strayed(const struct gb_node *item, const struct gb_node *next)
{
    const struct gb_node *list = item->last;
    unsigned n = 0;

    if (!list || list->kind != GB_NODE_LIST || list != item->first)
        return false;
    enum gb_end_mark mark = gb_end_of(&item->text).mark;
    if (mark == GB_END_COLON || mark == GB_END_FREE || gb_list_is(item->parent, "dash") ||
        gb_list_is(item->parent, "dot"))
        return mark == GB_END_SEMICOLON && list->first == list->last;
    for (const struct gb_node *k = list->first; k; k = k->next)
        n++;
    unsigned value = gb_item_value(item);
    if (next && n < 3 && gb_item_value(next) == value + n + 1)
        return true;
    bool is_alone = n == 1 && (!next || gb_list_is(list, "dash"));
    return mark == GB_END_SEMICOLON && (is_alone || (!next && !item->prev));
}

/* The first item whose marker is of another kind than that of the items before it; NULL without. */
static const struct gb_node *
first_other(const struct gb_list *g)
{
    for (uint32_t i = 0; i < g->n; i++) {
        const struct gb_node *item = g->items[i].node;
        if (gb_item_is_odd(g, i)) /* LST-004 */
            continue;
        if (i && !gb_str_eq(item->parent->marker.str, g->first->marker.str) &&
            gb_end_of(&g->items[i - 1].node->text).mark != GB_END_COLON)
            return item;
        const struct gb_node *next = i + 1 < g->n ? g->items[i + 1].node : NULL;
        if (is_strayed(item, next) && !is_misread(gb_item_value(item) + 1, item))
            return item->last->first;
    }
    return NULL;
}

static bool
is_mixed(const struct gb_list *g)
{
    return first_other(g) != NULL;
}

/* Which kind do most markers have: letters? */
static bool
wants_letters(const struct gb_list *g)
{
    return GB_HOW_MANY(GB_EACH_ITEM(item, g), gb_list_is(item->node->parent, "alpha")) * 2 > g->n;
}

/* The value that a marker of the list would have at the item, which may stand in the one before it. */
static unsigned
place_of(const struct gb_list *g, const struct gb_node *odd)
{
    GB_FIND(item, g->items, g->n, item->node == odd || item->node == odd->parent->parent);
    return item ? (unsigned)(item - g->items) + (item->node == odd ? 1 : 2) : 1;
}

/*
 * Source: GB/T 1.1—2020, 7.5.3; 2009, 5.2.6. At the marker of the kind that fewer items have: the first one, where the others all
 * have that of the second.
 */
static void
check_mixed(struct gb_check *c)
{
    GB_EACH_LIST(g, c) {
        const struct gb_node *other = first_other(g);
        if (!other)
            continue;
        uint32_t of_first =
            GB_HOW_MANY(GB_EACH_ITEM(item, g), gb_str_eq(item->node->parent->marker.str, g->first->marker.str));
        const struct gb_node *odd =
            other->parent->parent->kind != GB_NODE_ITEM && of_first == 1 && g->n > 2 ? g->items[0].node : other;
        const struct gb_node *model = odd == other ? g->items[0].node : other;
        struct gb_finding *f = gb_report(c, gb_at_item(odd), odd, GB_ARGS(odd->marker.str, model->marker.str));
        unsigned letter = wants_letters(g) ? place_of(g, odd) : 0;
        if (letter <= GB_LETTERS)
            gb_fix_marker(c, f, odd, letter);
    }
}

static bool
is_mentioned(struct gb_check *c, const struct gb_list *g)
{
    const struct gb_node *clause = gb_node_clause(g->first);
    const struct gb_mention *first = clause ? gb_first_mention(c->facts, clause) : NULL;

    return GB_ANY(GB_EACH_ITEM(item, g), gb_first_mention(c->facts, item->node) != NULL) ||
           GB_ANY(GB_CHAIN(m, first, gb_next_mention(c->facts, m)), m->item_end > m->item_begin);
}

/*
 * Does a letter stand above it that a conversion took for a heading, ## a）登记, the last item b）登记： of a list, whose
 * paragraph leads it in, or an item with a marker that lists do not have, B. 登记：? Then it is of the second level.
 */
static bool
is_below_letter(const struct gb_node *list)
{
    enum { LOOK_BACK = 6 };
    unsigned n = 0;

    if (list->prev && list->prev->kind == GB_NODE_PARA && gb_has_odd_marker(list->prev->text.str, 0))
        return true;
    for (const struct gb_node *k = list->prev; k && n < LOOK_BACK; k = k->prev, n++) {
        if (k->kind == GB_NODE_PARA && k->encoding == GB_ENCODING_HEADING && gb_has_letter_marker(k->text.str))
            return true;
        if (k->kind == GB_NODE_LIST)
            return gb_list_is(k, "alpha") && k->last && gb_end_of(&k->last->text).mark == GB_END_COLON;
    }
    return false;
}

/* Source: GB/T 1.1—2020, 7.5.3; 2009, 5.2.6. */
static void
check_level(struct gb_check *c)
{
    GB_EACH_LIST(g, c) {
        if (g->is_nested || g->n < 2 || !gb_list_is(g->first, "digit") || gb_item_value(g->items->node) != 1 ||
            (g->items->node->marker.n_runs && !gb_marker_is_typed(g->items->node)) || g->lead == GB_LEAD_UNSURE ||
            is_mixed(g) || is_below_letter(g->first))
            continue;
        struct gb_finding *f = gb_report(c, gb_at_item(g->items->node), g->items->node,
                                         GB_ARGS(g->items->node->marker.str, gb_letter_marker(c, 1, false)));
        GB_FIND(stray, g->items, g->n, gb_item_value(stray->node) < 1 || gb_item_value(stray->node) > GB_LETTERS);
        if (!stray && g->n <= GB_LETTERS) { /* there is a letter for the number of each */
            GB_EACH_ITEM(item, g)
                gb_fix_marker(c, f, item->node, gb_item_value(item->node));
        }
        if (is_mentioned(c, g))
            gb_fix_unsafe(f);
    }
}

/* ---- LST-009: letters without need ---- */

/* Under such a title the order of the items says something. */
static bool
is_ordered(struct gb_check *c, const struct gb_node *list)
{
    GB_FIND_NEXT(node, list, node->parent, gb_param_has(c, "ordered", node->title.str));
    return node != NULL;
}

/* Source: GB/T 1.1—2020, 7.5.3; 2009, 5.2.6. */
static void
check_need(struct gb_check *c)
{
    GB_EACH_LIST(g, c) {
        const struct gb_node *item = g->items->node;
        if (!g->is_nested && gb_list_is(g->first, "alpha") && gb_marker_is_typed(item) && !is_ordered(c, g->first) &&
            !is_mentioned(c, g))
            gb_report(c, gb_at_item(item), item, GB_ARGS(item->marker.str));
    }
}

const struct gb_check_def gb_list_marker_checks[] = {
    {.name = "list-depth", .whole = check_depth},
    {.name = "list-sequence", .whole = check_sequence, .cases = "double many"},
    {.name = "list-level-marker", .whole = check_level},
    {.name = "list-symbol-mixed", .whole = check_mixed},
    {.name = "letters-without-need", .whole = check_need, .params = "ordered:words"},
    {0},
};
