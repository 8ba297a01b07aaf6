/*
 * The markers of lists: depth, sequence and kind: LST-005 to LST-009. GB/T 1.1—2020, 7.5.2 and 7.5.3; 2009, 5.2.6. Markers that lists
 * do not have are in list_forms.c.
 */
#include "check/lists/lists_priv.h"

#include "check/changes_priv.h"
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
    const struct gb_lists *lists = gb_lists_of(c);
    const struct gb_node *told = NULL;

    GB_EACH(const struct gb_list, g, lists->all, lists->n) {
        if (!g->is_nested || g->n < 2 || g->lead != GB_LEAD_COLON || depth_of(g->first) != 3)
            continue;
        const struct gb_node *second = g->first->parent->parent;
        if (second != told)
            gb_report(c, gb_at_item(gb_items_of(c, g)->node), gb_items_of(c, g)->node, GB_NO_ARGS);
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
    for (const struct gb_node *n = before->first; n; n = n->next) {
        if (n->kind == GB_NODE_PARA)
            return true;
    }
    struct gb_str narrow = marker_of(c, due, is_letter);
    struct gb_str wide = gb_arena_printf(c->arena, "%.*s）", (int)narrow.len - 1, narrow.ptr);
    return gb_str_has(before->text.str, narrow) || gb_str_has(before->text.str, wide) ||
           (is_letter && is_misread(due, before));
}

/* A list that some other kind of marker interrupts, on the same level or seemingly inside of an item, is LST-008. */
static bool is_mixed(struct gb_check *c, const struct gb_list *g);

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

    for (const struct gb_node *n = first->parent->first; n; n = n->next) {
        bool is_of_list = n->kind == GB_NODE_LIST && n->id >= first->id;
        if (n->kind == GB_NODE_LIST && !is_of_list && gb_str_eq(n->marker.str, first->marker.str))
            return false;
    }
    return first->parent->kind == GB_NODE_CLAUSE;
}

/* Mentions of the items by their markers, 5.1 b）, follow; false: nobody knows which they mean. */
static bool
change_item_mentions(struct gb_check *c, struct gb_changes *changes, const struct gb_list *g, uint32_t from,
                     unsigned due)
{
    const struct gb_list_item *items = gb_items_of(c, g);
    const struct gb_node *clause = gb_node_clause(g->first);

    for (const struct gb_mention *m = clause ? gb_first_mention(c->facts, clause) : NULL; m;
         m = gb_next_mention(c->facts, m)) {
        const struct gb_list_item *meant = NULL;
        unsigned n = 0;
        if (m->item_end == m->item_begin)
            continue;
        if (m->item[1] || m->item[0] < 'a' || !gb_mention_is_sure(m) || !is_only_list(g))
            return false;
        for (uint32_t i = 0; i < g->n; i++) {
            bool is_it = gb_item_value(items[i].node) == m->item[0] - (unsigned)'a' + 1;
            meant = is_it ? &items[i] : meant;
            n += is_it;
        }
        if (n != 1)
            return false;
        if (meant >= items + from)
            change_value(c, changes, m->text, m->item_begin, m->item_end, due + (unsigned)(meant - (items + from)),
                         true);
    }
    return true;
}

/* From the item at fault on all items run, and the mentions with them. A list beyond z has no letters. */
static void
fix_sequence(struct gb_check *c, struct gb_finding *f, const struct gb_list *g, uint32_t from, unsigned due,
             bool is_letter)
{
    const struct gb_list_item *items = gb_items_of(c, g);
    struct gb_changes changes = {0};

    changes.is_unsure =
        gb_item_value(items[from].node) > due + 1; /* so many items were lost, rather than letters slipped */
    bool is_clear = !is_letter || due + g->n - from - 1 <= GB_LETTERS;
    for (uint32_t i = from; i < g->n && is_clear; i++) {
        const struct gb_node *item = items[i].node;
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
    const struct gb_list_item *items = gb_items_of(c, g);
    struct gb_finding *told = NULL;
    bool is_letter = gb_list_is(g->first, "alpha");
    unsigned due = 1;

    if (gb_item_value(items[0].node) != 1 && g->lead != GB_LEAD_COLON)
        return;
    for (uint32_t i = 0; i < g->n; i++) {
        const struct gb_node *item = items[i].node;
        unsigned value = gb_item_value(item);
        if (!gb_marker_is_typed(item) ||
            (i && !gb_item_value(items[i - 1].node) && !gb_item_is_odd(items, g->n, i - 1)))
            return;
        if (value != due && due <= GB_LETTERS &&
            !(i && value > due && is_hidden(c, items[i - 1].node, due, is_letter))) {
            if (told) { /* the items were moved: b) and c) are exchanged */
                gb_also_there(c, told, gb_at_item(item));
            } else {
                told = report_sequence(c, i && value == gb_item_value(items[i - 1].node) ? "double" : NULL, item, due,
                                       is_letter);
                fix_sequence(c, told, g, i, due, is_letter);
            }
            unsigned next = i + 1 < g->n ? gb_item_value(items[i + 1].node) : 0;
            value = next == due + 1 ? due : value; /* only this one is wrong */
        }
        due = value + 1;
    }
}

/* Source: GB/T 1.1—2020, 7.5.3; 2009, 5.2.6. */
static void
check_sequence(struct gb_check *c)
{
    const struct gb_lists *lists = gb_lists_of(c);

    GB_EACH(const struct gb_list, g, lists->all, lists->n) {
        if (!gb_item_value(gb_items_of(c, g)->node) || is_mixed(c, g) || gb_list_is_roman(g)) /* LST-004 */
            continue;
        judge_sequence(c, g);
        if (gb_list_is(g->first, "alpha") && g->n > GB_LETTERS) {
            const struct gb_node *item = gb_items_of(c, g)[GB_LETTERS].node;
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
first_other(struct gb_check *c, const struct gb_list *g)
{
    const struct gb_list_item *items = gb_items_of(c, g);

    for (uint32_t i = 0; i < g->n; i++) {
        const struct gb_node *item = items[i].node;
        if (gb_item_is_odd(items, g->n, i)) /* LST-004 */
            continue;
        if (i && !gb_str_eq(item->parent->marker.str, g->first->marker.str) &&
            gb_end_of(&items[i - 1].node->text).mark != GB_END_COLON)
            return item;
        const struct gb_node *next = i + 1 < g->n ? items[i + 1].node : NULL;
        if (is_strayed(item, next) && !is_misread(gb_item_value(item) + 1, item))
            return item->last->first;
    }
    return NULL;
}

static bool
is_mixed(struct gb_check *c, const struct gb_list *g)
{
    return first_other(c, g) != NULL;
}

/* Which kind do most markers have: letters? */
static bool
wants_letters(const struct gb_list_item *items, uint32_t n)
{
    uint32_t letters = 0;

    for (uint32_t i = 0; i < n; i++)
        letters += gb_list_is(items[i].node->parent, "alpha");
    return letters * 2 > n;
}

/* The value that a marker of the list would have at the item, which may stand in the one before it. */
static unsigned
place_of(const struct gb_list_item *items, uint32_t n, const struct gb_node *odd)
{
    for (uint32_t i = 0; i < n; i++) {
        if (items[i].node == odd)
            return i + 1;
        if (items[i].node == odd->parent->parent)
            return i + 2;
    }
    return 1;
}

/*
 * Source: GB/T 1.1—2020, 7.5.3; 2009, 5.2.6. At the marker of the kind that fewer items have: the first one, where the others all
 * have that of the second.
 */
static void
check_mixed(struct gb_check *c)
{
    const struct gb_lists *lists = gb_lists_of(c);

    GB_EACH(const struct gb_list, g, lists->all, lists->n) {
        const struct gb_list_item *items = gb_items_of(c, g);
        const struct gb_node *other = first_other(c, g);
        if (!other)
            continue;
        uint32_t of_first = 0;
        for (uint32_t k = 0; k < g->n; k++)
            of_first += gb_str_eq(items[k].node->parent->marker.str, g->first->marker.str);
        const struct gb_node *odd =
            other->parent->parent->kind != GB_NODE_ITEM && of_first == 1 && g->n > 2 ? items[0].node : other;
        const struct gb_node *model = odd == other ? items[0].node : other;
        struct gb_finding *f = gb_report(c, gb_at_item(odd), odd, GB_ARGS(odd->marker.str, model->marker.str));
        if (!wants_letters(items, g->n))
            gb_fix_marker(c, f, odd, 0);
        else if (place_of(items, g->n, odd) <= GB_LETTERS)
            gb_fix_marker(c, f, odd, place_of(items, g->n, odd));
    }
}

static bool
is_mentioned(struct gb_check *c, const struct gb_list *g)
{
    const struct gb_facts *facts = c->facts;
    const struct gb_list_item *items = gb_items_of(c, g);
    const struct gb_node *clause = gb_node_clause(g->first);

    for (uint32_t i = 0; i < g->n; i++) {
        if (gb_first_mention(facts, items[i].node))
            return true;
    }
    for (const struct gb_mention *m = clause ? gb_first_mention(facts, clause) : NULL; m;
         m = gb_next_mention(facts, m)) {
        if (m->item_end > m->item_begin)
            return true;
    }
    return false;
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
        struct gb_str s = k->text.str;
        if (k->kind == GB_NODE_PARA && k->encoding == GB_ENCODING_HEADING && s.len > 1 && gb_is_lower(s.ptr[0]) &&
            (s.ptr[1] == ')' || gb_str_starts(gb_str_skip(s, 1), GB_STR("）"))))
            return true;
        if (k->kind == GB_NODE_LIST)
            return gb_list_is(k, "alpha") && k->last && gb_end_of(&k->last->text).mark == GB_END_COLON;
    }
    return false;
}

/* Is there a letter for the number of each item? */
static bool
have_letters(const struct gb_list_item *items, uint32_t n)
{
    GB_FIND(stray, items, n, gb_item_value(stray->node) < 1 || gb_item_value(stray->node) > GB_LETTERS);
    return stray == NULL;
}

/* Source: GB/T 1.1—2020, 7.5.3; 2009, 5.2.6. */
static void
check_level(struct gb_check *c)
{
    const struct gb_lists *lists = gb_lists_of(c);

    GB_EACH(const struct gb_list, g, lists->all, lists->n) {
        const struct gb_list_item *items = gb_items_of(c, g);
        if (g->is_nested || g->n < 2 || !gb_list_is(g->first, "digit") || gb_item_value(items->node) != 1 ||
            (items->node->marker.n_runs && !gb_marker_is_typed(items->node)) || g->lead == GB_LEAD_UNSURE ||
            is_mixed(c, g) || is_below_letter(g->first))
            continue;
        struct gb_finding *f = gb_report(c, gb_at_item(items->node), items->node,
                                         GB_ARGS(items->node->marker.str, gb_letter_marker(c, 1, false)));
        for (uint32_t k = 0; k < g->n && g->n <= GB_LETTERS && have_letters(items, g->n); k++)
            gb_fix_marker(c, f, items[k].node, gb_item_value(items[k].node));
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
    const struct gb_lists *lists = gb_lists_of(c);

    GB_EACH(const struct gb_list, g, lists->all, lists->n) {
        const struct gb_node *item = gb_items_of(c, g)->node;
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
