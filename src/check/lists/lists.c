/*
 * How lists are led in and how their items end: LST-001 to LST-003. GB/T 1.1—2020, 7.5.1; 2009, 5.2.6. Markers are judged
 * in list_markers.c, contents in list_items.c.
 */
#include "check/clause_priv.h"
#include "check/lists/lists_priv.h"

enum { MOST_EDITS = 200, LONG_ITEM = 25 };

static bool
is_2020(struct gb_check *c)
{
    return c->facts->edition == GB_EDITION_2020;
}

/* Writes the mark in the place of the one that stands there, or behind the last word. */
static void
fix_end(struct gb_check *c, struct gb_finding *f, const struct gb_end *end, enum gb_end_mark mark)
{
    struct gb_span span = gb_text_span(end->text, end->begin, end->end, NULL);

    if (end->mark == GB_END_NONE)
        span.begin = span.end;
    gb_fix(c, f, span, gb_end_mark_text(mark));
}

/* ---- How a list's items end ---- */

/* Several sentences; the end mark itself is not counted. */
static bool
has_sentences(const struct gb_list_item *item)
{
    size_t stop = gb_str_find(item->node->text.str, GB_STR("。"), 0);

    return stop != GB_NOT_FOUND && (item->end.text != &item->node->text || stop < item->end.begin);
}

struct tally {
    unsigned judged, of[GB_END_COUNT];
    bool has_sentences;
    bool has_semicolon; /* at the end of a list in an item */
};

/* Of all items but the last. One that a list ends is counted with those that tell nothing of the style. */
static struct tally
tally_of(const struct gb_list *g)
{
    struct tally tally = {0};

    GB_EACH_ITEM(item, g) {
        bool is_last = item + 1 == g->items + g->n;
        tally.has_sentences |= has_sentences(item);
        tally.has_semicolon |= !is_last && item->has_list && item->end.mark == GB_END_SEMICOLON;
        if (is_last || item->end.mark == GB_END_FREE || item->has_list)
            continue;
        tally.judged++;
        tally.of[item->end.mark]++;
    }
    return tally;
}

/* Have none of them a mark? Then one finding speaks of the list, and of its last item too. */
static bool
lacks_marks(const struct tally *tally)
{
    return tally->judged > 0 && tally->of[GB_END_NONE] == tally->judged;
}

static bool
is_most(unsigned n, unsigned of)
{
    return n * 2 > of;
}

/* What the items end with: as the lead-in asks, else as most of them do; NONE when nothing tells. */
static enum gb_end_mark
mark_wanted(struct gb_check *c, const struct gb_list *g, const struct tally *tally)
{
    static const enum gb_end_mark marks[] = {GB_END_SEMICOLON, GB_END_COMMA, GB_END_STOP};

    if (g->lead == GB_LEAD_COLON)
        return is_most(tally->of[GB_END_COMMA], tally->judged) && !tally->has_semicolon ? GB_END_COMMA
                                                                                        : GB_END_SEMICOLON;
    if (g->lead == GB_LEAD_STOP && is_2020(c))
        return GB_END_STOP;
    GB_FIND(mark, marks, GB_COUNT(marks), is_most(tally->of[*mark], tally->judged));
    return mark ? *mark : GB_END_NONE;
}

/* The list of this item has no marks at all, and is told of itself. */
static bool
has_bare_sibling(const struct gb_node *leaf)
{
    return leaf->prev && leaf->prev->kind == GB_NODE_ITEM && gb_end_of(&leaf->prev->text).mark == GB_END_NONE;
}

/*
 * An item of several sentences ends in 。 even in a list whose items end in ；, and the items of a nested list may end so:
 * published standards have it.
 */
static bool
deviates(const struct gb_list_item *item, enum gb_end_mark wanted)
{
    enum gb_end_mark mark = item->end.mark;

    if (mark == GB_END_FREE || mark == wanted)
        return false;
    if (item->has_list)
        return mark == GB_END_OTHER || (mark == GB_END_NONE && !has_bare_sibling(item->leaf));
    return mark != GB_END_STOP || !has_sentences(item);
}

/* ---- LST-002 ---- */

static void
report_each(struct gb_check *c, const struct gb_list *g, enum gb_end_mark wanted)
{
    GB_EACH(const struct gb_list_item, item, g->items, g->n - 1) {
        const struct gb_end *end = &item->end;
        if (deviates(item, wanted))
            fix_end(c,
                    gb_report_case(c, end->mark == GB_END_NONE ? "none" : NULL, GB_AT(end), item->node,
                                   GB_ARGS(GB_WORDS_OF(end), gb_end_mark_text(wanted))),
                    end, wanted);
    }
}

/* One finding for all that deviate; where no item has a mark the last one is told of as well. */
static void
report_all(struct gb_check *c, const char *which, const struct gb_list *g, enum gb_end_mark wanted,
           const struct gb_list_item *first)
{
    struct gb_finding *f = gb_report_case(c, which, GB_AT(&first->end), first->node,
                                          GB_ARGS(GB_WORDS_OF(&first->end), gb_end_mark_text(wanted)));

    GB_EACH_ITEM(item, g) {
        bool is_last = item + 1 == g->items + g->n;
        if (is_last ? g->is_nested || first->end.mark != GB_END_NONE || item->end.mark != GB_END_NONE
                    : !deviates(item, wanted))
            continue;
        if (item != first)
            gb_also_there(c, f, GB_AT(&item->end));
        if (g->n <= MOST_EDITS)
            fix_end(c, f, &item->end, is_last ? GB_END_STOP : wanted);
    }
}

static void
judge_ends(struct gb_check *c, const struct gb_list *g)
{
    const struct gb_list_item *first = NULL;
    struct tally tally = tally_of(g);
    enum gb_end_mark wanted = mark_wanted(c, g, &tally);
    unsigned n = 0;

    if (wanted == GB_END_NONE)
        return;
    if (wanted == GB_END_STOP && g->lead == GB_LEAD_STOP && is_2020(c) &&
        is_most(tally.of[GB_END_SEMICOLON] + tally.of[GB_END_COMMA], tally.judged)) {
        struct gb_finding *f = gb_report_case(c, "lead-in", GB_AT(&g->lead_end), g->lead_in, GB_NO_ARGS);
        fix_end(c, f, &g->lead_end, GB_END_COLON);
        return;
    }
    /* Sentences that each end in 。 behind ：: the lead-in may be what is to be changed. */
    bool is_sentences = wanted == GB_END_SEMICOLON && tally.of[GB_END_STOP] == tally.judged && tally.has_sentences;
    GB_EACH(const struct gb_list_item, item, g->items, g->n - 1) {
        if (!(is_sentences ? item->end.mark == GB_END_STOP && !item->has_list : deviates(item, wanted)))
            continue;
        first = first ? first : item;
        n++;
    }
    if (!n)
        return;
    if (is_sentences) {
        gb_report_case(c, "sentences", GB_AT(&first->end), first->node, GB_NO_ARGS);
    } else if (lacks_marks(&tally) || (n > 1 && is_most(n, g->n - 1)) ||
               (g->n == 2 && first->end.mark == GB_END_STOP && g->items[1].end.mark == GB_END_STOP)) {
        report_all(c, first->end.mark == GB_END_NONE ? "all-none" : "all", g, wanted, first);
    } else {
        report_each(c, g, wanted);
    }
}

/* Source: GB/T 1.1—2020, 7.5.1; 2009, 5.2.6. */
GB_CHECK_WHOLE(check_ends, GB_EACH_LIST(g, c) judge_ends(c, g))

/* ---- LST-003 ---- */

/* Does the list perhaps go on behind its last item: in a paragraph whose marker was lost, that a page cut off, or that it has as others do? */
static bool
may_go_on(const struct gb_list_item *last)
{
    const struct gb_node *list = last->node->parent, *behind = gb_block_behind(list);

    if (!behind || behind->kind != GB_NODE_PARA || !behind->text.str.len)
        return false;
    struct gb_str text = behind->text.str;
    enum gb_end_mark mark = gb_end_of(&behind->text).mark;
    if (mark == GB_END_SEMICOLON || gb_has_odd_marker(text, 0) || behind->encoding == GB_ENCODING_HEADING)
        return true;
    uint32_t first = gb_char_narrow(gb_char_at(text, 0));
    if (first < 0x2E80 && first != '"') /* a marker that was misread */
        return true;
    return last->end.mark == GB_END_NONE && (gb_str_han_length(last->end.text->str) >= LONG_ITEM ||
                                             (list->first->first && list->first->first->kind == GB_NODE_PARA));
}

/* Source: GB/T 1.1—2020, 7.5.1; 2009, 5.2.6. The end of a nested list is that of the item around it. */
static void
check_last(struct gb_check *c)
{
    GB_EACH_LIST(g, c) {
        const struct gb_list_item *last = &g->items[g->n - 1];
        struct tally tally = tally_of(g);
        enum gb_end_mark mark = last->end.mark;
        if (g->is_nested || g->n < 2 || mark == GB_END_STOP || mark == GB_END_FREE || may_go_on(last))
            continue;
        /* A line that ends in 。 ends the item: what stands below it belongs to none, but no blank line tells. */
        bool is_open = mark == GB_END_NONE;
        if (is_open && (lacks_marks(&tally) || gb_str_has(last->end.text->str, GB_STR("。\n"))))
            continue;
        struct gb_finding *f =
            gb_report_case(c, is_open ? "none" : NULL, GB_AT(&last->end), last->node, GB_ARGS(GB_WORDS_OF(&last->end)));
        fix_end(c, f, &last->end, GB_END_STOP);
    }
}

/* ---- LST-001 ---- */

/*
 * Is an item without colon in truth followed by one of its own list, with another marker, or by all of them? That is LST-008. So is one with
 * the same letter again: LST-006.
 */
static bool
is_strayed(const struct gb_list *g)
{
    const struct gb_node *outer = g->first->parent;

    if (!g->is_nested || g->lead_in != outer)
        return false;
    return g->n == 1 || (g->lead_end.mark == GB_END_SEMICOLON && !outer->prev && !outer->next);
}

/*
 * Words without mark before a list: the colon is missing only where they promise one. A short line may be a title, or what is
 * left of a table or figure.
 */
static bool
promises_list(struct gb_str lead)
{
    enum { LEAST = 6 };
    GB_WORDS(words, "应", "宜", "可", "为", "是", "有", "包括", "如下", "以下", "下列", "包含", "分为", "分别", "要求");

    return GB_HAS_ANY(lead, words) || gb_str_han_length(lead) >= LEAST;
}

/* Behind a paragraph that ends in ： the next one is the first item, whose dash was lost. */
static bool
is_first_item(const struct gb_list *g)
{
    const struct gb_node *before = g->lead_in ? gb_block_before(g->lead_in) : NULL;

    return before && before->kind == GB_NODE_PARA && gb_end_of(&before->text).mark == GB_END_COLON;
}

/* Source: GB/T 1.1—2020, 7.5.1; 2009, 5.2.6. */
static void
check_lead_in(struct gb_check *c)
{
    GB_EACH_LIST(g, c) {
        bool is_old_stop = g->lead == GB_LEAD_STOP && !is_2020(c) && !g->is_nested;
        bool has_head = gb_item_value(g->items->node) <= 1; /* else a) was lost */
        if (!has_head || is_strayed(g) || g->n < 2)
            continue;
        if (g->lead == GB_LEAD_BAD && g->lead_end.mark == GB_END_NONE &&
            (!promises_list(g->lead_in->text.str) || gb_holds_cells(g->lead_in->text.str)))
            continue;
        if (is_old_stop && is_first_item(g))
            continue;
        if (g->lead == GB_LEAD_NONE) {
            const struct gb_node *clause = g->first->parent;
            struct gb_finding *f =
                gb_report_case(c, "none", gb_at_item(g->items->node), g->items->node, GB_ARGS(clause->title.str));
            gb_also(c, f, gb_at_head(clause), GB_STR(""));
        } else if (g->lead_in && (g->lead == GB_LEAD_BAD || is_old_stop)) {
            const char *which = is_old_stop ? "stop" : g->lead_end.mark == GB_END_NONE ? "word" : NULL;
            struct gb_finding *f =
                gb_report_case(c, which, GB_AT(&g->lead_end), g->lead_in, GB_ARGS(GB_WORDS_OF(&g->lead_end)));
            fix_end(c, f, &g->lead_end, GB_END_COLON);
        }
    }
}

const struct gb_check_def gb_list_checks[] = {
    {.name = "list-lead-in", .whole = check_lead_in, .cases = "none word stop"},
    {.name = "item-end-punctuation", .whole = check_ends, .cases = "none all all-none lead-in sentences"},
    {.name = "last-item-period", .whole = check_last, .cases = "none"},
    {0},
};
