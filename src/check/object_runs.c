/* Figures and formulas of the body are counted through from 1 on. */
#include "check/object_runs_priv.h"

#include "base/array.h"
#include "base/sort.h"
#include "check/annex_priv.h"
#include "check/clause_priv.h"
#include "check/mentions_priv.h"

/* Numbers beyond this are none of a figure, but a misread year or the like. */
enum { LARGEST = 500 };

bool
gb_object_is_own(const struct gb_node *node)
{
    const uint32_t outer = GB_ON(EXAMPLE) | GB_ON(NOTE) | GB_ON(FOOTNOTE) | GB_ON(TABLE) | GB_ON(TERM);

    for (const struct gb_node *n = node->parent; n; n = n->parent) {
        if (outer >> n->kind & 1 || (n->kind == GB_NODE_ANNEX && gb_annex_is_sample(n)))
            return false;
    }
    enum gb_zone zone = gb_zone_of(node);
    return zone == GB_ZONE_BODY || zone == GB_ZONE_NORMATIVE_ANNEX || zone == GB_ZONE_INFORMATIVE_ANNEX;
}

const struct gb_node *
gb_object_behind(const struct gb_node *node)
{
    const struct gb_node *n = node->next;

    while (n && n->kind == GB_NODE_COMMENT)
        n = n->next;
    return n;
}

struct numbered {
    const struct gb_object_run *run;
    const struct gb_nodes *nodes;
    GB_ARRAY(const struct gb_node *) items;
    unsigned times[LARGEST + 1]; /* how often a number stands */
};

static unsigned
number_of(const struct gb_node *node)
{
    return node->num.part[0];
}

static bool
is_counted(const struct gb_object_run *run, const struct gb_node *node)
{
    enum gb_zone zone;

    if (!gb_object_has_number(node) || node->num.n != 1 || node->num.letter || number_of(node) > LARGEST ||
        gb_node_inside(node, GB_NODE_ANNEX) || gb_node_inside(node, GB_NODE_EXAMPLE) || !run->is_counted(node))
        return false;
    zone = gb_zone_of(node);
    return zone != GB_ZONE_COVER && zone != GB_ZONE_TOC;
}

static int
by_begin(const void *a, const void *b)
{
    const struct gb_span *x = a, *y = b;

    return (x->begin > y->begin) - (x->begin < y->begin);
}

void
gb_fix_object_number(struct gb_check *c, struct gb_finding *f, const struct gb_node *node, bool with_mentions,
                     struct gb_str want)
{
    const struct gb_facts *facts = gb_check_context(c)->facts;
    GB_ARRAY(struct gb_span) spans = {0};
    bool exact = true;

    if (!f)
        return;
    *gb_push(&spans) = gb_at_number(node).span;
    const struct gb_mention *m = with_mentions ? gb_first_mention(facts, node) : NULL;
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
    if (!with_mentions)
        gb_fix_unsafe(f);
    gb_array_release(&spans);
}

static bool
has_nameless_between(const struct numbered *all, const struct gb_node *first, const struct gb_node *last)
{
    for (uint32_t i = 0; all->run->is_nameless && i < all->nodes->n && all->nodes->items[i]->id < last->id; i++) {
        if ((!first || all->nodes->items[i]->id > first->id) && all->run->is_nameless(all->nodes->items[i]))
            return true;
    }
    return false;
}

static struct gb_finding *
report_number(struct gb_check *c, const char *which, const struct gb_node *node, unsigned want)
{
    return gb_report_case(c, which, gb_at_number(node), node,
                          GB_ARGS(node->number.str, gb_count_text(c, want)));
}

/* One number that is not the next: what it should be, and where the count goes on. Returns the new last number. */
static unsigned
judge_number(struct gb_check *c, const struct numbered *all, size_t i, unsigned last)
{
    const struct gb_check_context *context = gb_check_context(c);
    const struct gb_node *node = all->items.items[i], *before = i ? all->items.items[i - 1] : NULL;
    unsigned own = number_of(node), want = last + 1;
    unsigned next = i + 1 < all->items.len ? number_of(all->items.items[i + 1]) : 0;
    struct gb_number missing = {.n = 1, .part = {(uint16_t)want}};
    struct gb_str wanted = gb_arena_printf(context->arena, "%u", want);

    if (before && own <= last && all->run->goes_on && all->run->goes_on(node, before))
        return last;
    bool is_double = all->times[own] > 1;
    if (own < want) {
        struct gb_finding *f = report_number(c, is_double ? "double" : NULL, node, want);
        if (!is_double) /* of a double, nobody knows which one a mention means */
            gb_fix_object_number(c, f, node, true, wanted);
        return want;
    }
    bool is_taken = want <= LARGEST && all->times[want] > 0;
    if ((next == want + 1 && next != own + 1) || (is_taken && own == want + 1)) {
        struct gb_finding *f = report_number(c, NULL, node, want);
        if (!is_taken)
            gb_fix_object_number(c, f, node, !is_double, wanted);
        return next == want ? own : want;
    }
    /* More than one missing in a row is a conversion that lost them. */
    if (own == want + 1 && !is_taken && !has_nameless_between(all, before, node) && !all->run->stands(context, &missing)) {
        struct gb_finding *f = report_number(c, "missing", node, want);
        if (!next)
            gb_fix_object_number(c, f, node, true, wanted);
    }
    return own;
}

/* One slip is one finding: the numbers behind it that go on from it are none. */
void
gb_judge_object_run(struct gb_check *c, const struct gb_object_run *run)
{
    enum { MANY = 8 }; /* then it is no slip: a file of several documents */
    const struct gb_check_context *context = gb_check_context(c);
    const struct gb_nodes *nodes = &context->facts->of_kind[run->kind];
    unsigned last = 0, n_faults = 0;

    if (!nodes->n)
        return;
    struct numbered *all = gb_arena_new(context->arena, struct numbered);
    all->run = run;
    all->nodes = nodes;
    for (uint32_t i = 0; i < nodes->n; i++) {
        if (!is_counted(run, nodes->items[i]))
            continue;
        *gb_push(&all->items) = nodes->items[i];
        all->times[number_of(nodes->items[i])]++;
    }
    /* One chapter of a draft kept in several files goes on from another. */
    bool is_part = context->facts->n_chapters && context->facts->chapters[0]->num.part[0] > 1;
    if (is_part && all->items.len)
        last = number_of(all->items.items[0]) - 1;
    for (size_t i = 0; i < all->items.len; i++) {
        unsigned own = number_of(all->items.items[i]);
        if (own == last + 1)
            last = own;
        else if (n_faults++ < MANY)
            last = judge_number(c, all, i, last);
    }
    gb_array_release(&all->items);
}
