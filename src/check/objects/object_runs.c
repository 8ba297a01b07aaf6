/*
 * Figures, tables and formulas of the body are counted through from 1 on, whatever chapters they stand in; those of annexes have
 * ANX-008. GB/T 1.1—2020, 9.7.2.1, 9.8.2.1, 9.9.2; 2009, 7.3.3, 7.4.2, 8.8.3.
 */
#include "check/objects/objects_priv.h"

#include "check/changes_priv.h"
#include "check/clause_priv.h"
#include "check/structure/elements_priv.h"
#include "check/references/lost_parts_priv.h"
#include "check/references/mentions_priv.h"

enum {
    LARGEST = 500,    /* numbers beyond this are none of an object, but a misread year or the like */
    MOST_MISSING = 3, /* in a row, for one slip */
    MANY = 8,         /* so many faults are no slip: a file of several documents */
    MOST_MOVED = 60,  /* a fix that renumbers more than this is better left to --renumber */
};

/* Those of the kind that bear one number of one part. */
struct numbered {
    const struct gb_object_run *run;
    const struct gb_nodes *nodes;
    GB_ARRAY(const struct gb_node *) items;
    unsigned times[LARGEST + 2]; /* how often a number stands */
    bool is_seen[LARGEST + 2];   /* before the one in hand */
    unsigned told;               /* the number that was due in the last finding */
};

static unsigned
number_of(const struct gb_node *node)
{
    return node->num.part[0];
}

static bool
is_counted(const struct gb_object_run *run, const struct gb_node *node)
{
    if (!gb_object_has_number(node) || node->num.n != 1 || node->num.letter || number_of(node) > LARGEST ||
        gb_node_inside(node, GB_NODE_ANNEX) || gb_node_inside(node, GB_NODE_EXAMPLE) ||
        (run->is_counted && !run->is_counted(node)))
        return false;
    return !GB_AMONG(gb_zone_of(node), GB_ZONE_COVER, GB_ZONE_TOC);
}

/* 图1（续）, the caption of a table on its next page, or one that stands twice around its picture. */
static bool
goes_on(const struct gb_node *node, const struct gb_node *before)
{
    return gb_object_is_continued(node) || node->encoding == GB_ENCODING_LOST || before->encoding == GB_ENCODING_LOST ||
           (node->title.str.len && gb_str_same(node->title.str, before->title.str)) || gb_object_repeats(node, before);
}

static bool
stands_in_source(struct gb_check *c, const struct gb_object_run *run, unsigned number)
{
    const struct gb_number num = {.n = 1, .part = {(uint16_t)number}};

    if (!run->label)
        return gb_formula_number_stands(c, &num) || gb_formula_is_lost(c, &num);
    return gb_head_stands(c, gb_str_from(run->label), &num);
}

/* Does one without number, or with another form of it, stand between the two? Then it lacks the one that is missing. */
static bool
has_nameless_between(const struct numbered *all, const struct gb_node *first, const struct gb_node *last)
{
    return GB_ANY(for (uint32_t i = 0; i < all->nodes->n && all->nodes->items[i]->id < last->id; i++),
                  (!first || all->nodes->items[i]->id > first->id) && !is_counted(all->run, all->nodes->items[i]));
}

/* The next mention of `number`, which the draft does not have, from *at on. */
static const struct gb_mention *
next_vain_mention(const struct gb_facts *facts, const struct gb_object_run *run, unsigned number, uint32_t *at)
{
    while (*at < facts->n_mentions) {
        const struct gb_mention *m = &facts->mentions[(*at)++];
        if (m->kind == run->mention && !m->target && gb_mention_is_sure(m) && m->num.n == 1 && !m->num.letter &&
            m->num.part[0] == number)
            return m;
    }
    return NULL;
}

static bool
is_mentioned_in_vain(struct gb_check *c, const struct gb_object_run *run, unsigned number)
{
    uint32_t at = 0;

    return next_vain_mention(c->facts, run, number, &at) != NULL;
}

/* ---- Fixes ---- */

static struct gb_str
text_of(struct gb_check *c, unsigned number)
{
    return gb_arena_printf(c->arena, "%u", number);
}

static void
fix_one(struct gb_check *c, struct gb_finding *f, const struct gb_node *node, bool with_mentions, unsigned want)
{
    struct gb_changes changes = {0};

    gb_change_number(c, &changes, node, with_mentions, text_of(c, want));
    gb_apply_changes(c, f, &changes);
}

/* This one and the next have each other's number. */
static void
fix_swapped(struct gb_check *c, struct gb_finding *f, const struct gb_node *node, const struct gb_node *next)
{
    struct gb_changes changes = {0};

    gb_change_number(c, &changes, node, true, text_of(c, number_of(next)));
    gb_change_number(c, &changes, next, true, text_of(c, number_of(node)));
    gb_apply_changes(c, f, &changes);
}

/*
 * From the i-th on the numbers become `want` and what follows it, as far as they go on from each other; where one is left
 * that is free already, no further. Of a double nobody knows which one a mention means.
 */
static void
fix_run(struct gb_check *c, struct gb_finding *f, const struct numbered *all, size_t i, unsigned want, bool is_double)
{
    struct gb_changes changes = {0};
    size_t k = i;

    for (; k < all->items.len && k - i < MOST_MOVED; k++) {
        const struct gb_node *node = all->items.items[k];
        unsigned own = number_of(node), before = k > i ? number_of(all->items.items[k - 1]) : 0;
        bool is_same = k > i && own == before && goes_on(node, all->items.items[k - 1]);
        if (k > i && !is_same && is_double && own > want + 1)
            break;
        if (k > i && !is_same && !is_double && own != before + 1)
            break;
        want += k > i && !is_same;
        gb_change_number(c, &changes, node, !is_double || k > i, text_of(c, want));
    }
    if (k - i == MOST_MOVED)
        gb_drop_changes(&changes);
    else
        gb_apply_changes(c, f, &changes);
}

/* ---- Judging ---- */

/* What mentions the number that it should have follows from the same slip. */
static struct gb_finding *
report_number(struct gb_check *c, struct numbered *all, const char *which, const struct gb_node *node, unsigned want)
{
    struct gb_finding *f =
        gb_report_case(c, which, gb_at_label(node), node, GB_ARGS(node->number.str, text_of(c, want)));
    const struct gb_mention *m;
    size_t n = 0;

    all->told = want;
    for (uint32_t at = 0; (m = next_vain_mention(c->facts, all->run, want, &at)) != NULL && n < GB_MOST_OBJECT_PLACES;
         n++)
        gb_also(c, f, gb_mention_at(m), gb_say(c, "提及的是它", "this mentions it"));
    return f;
}

/* It stands too early, before the one that has the number due here. */
static unsigned
judge_early(struct gb_check *c, struct numbered *all, size_t i, unsigned last)
{
    const struct gb_node *node = all->items.items[i], *next = i + 1 < all->items.len ? all->items.items[i + 1] : NULL;
    unsigned own = number_of(node), want = last + 1;
    bool is_swapped = next && number_of(next) == want;

    if (!is_swapped && own != want + 1)
        return own;
    if (all->told == want) /* behind another that does */
        return last;
    struct gb_finding *f = report_number(c, all, NULL, node, want);
    if (is_swapped && own == want + 1 && all->times[own] == 1 && all->times[want] == 1)
        fix_swapped(c, f, node, next);
    return last;
}

/* Has one of the numbers from `first` to before `end` left a trace: a caption, or, where they are several, a mention? */
static bool
left_trace(struct gb_check *c, const struct gb_object_run *run, unsigned first, unsigned end)
{
    bool is_one = first + 1 == end;

    while (first < end && !stands_in_source(c, run, first) && (is_one || !is_mentioned_in_vain(c, run, first)))
        first++;
    return first < end;
}

/* One number that is not the next: what it should be, and where the count goes on. Returns the new last number. */
static unsigned
judge_number(struct gb_check *c, struct numbered *all, size_t i, unsigned last)
{
    const struct gb_node *node = all->items.items[i], *before = i ? all->items.items[i - 1] : NULL;
    unsigned own = number_of(node), want = last + 1;
    unsigned next = i + 1 < all->items.len ? number_of(all->items.items[i + 1]) : 0;
    bool is_double = all->times[own] > 1, is_taken = want <= LARGEST && all->times[want] > 0;

    if (before && own <= last && goes_on(node, before))
        return last;
    if (own < want) { /* with a number of its own it stands behind a gap, which may have been a loss */
        if (!is_double)
            return last;
        fix_run(c, report_number(c, all, "double", node, want), all, i, want, true);
        return is_taken ? last : want;
    }
    if (is_taken)
        return judge_early(c, all, i, last);
    /* No mention of its own number, and some of the one due: it is certainly that one. */
    bool is_meant = !gb_first_mention(c->facts, node) && is_mentioned_in_vain(c, all->run, want);
    if ((next == want + 1 && next != own + 1) || is_meant) {
        fix_one(c, report_number(c, all, NULL, node, want), node, !is_double, want);
        return want;
    }
    /*
     * Several missing in a row of which something is left were lost in a conversion, formulas without a trace; many, or at the head and
     * in no whole draft, show a part of one.
     */
    bool is_whole = all->run->label && gb_is_whole_draft(c);
    bool is_slip =
        own == want + 1 || (own - want <= MOST_MISSING && (is_whole || (all->run->kind == GB_NODE_TABLE && before)));
    if (is_slip && !has_nameless_between(all, before, node) && !left_trace(c, all->run, want, own)) {
        struct gb_finding *f = report_number(c, all, "missing", node, want);
        if (!is_mentioned_in_vain(c, all->run, want)) /* else it was lost */
            fix_run(c, f, all, i, want, false);
    }
    return own;
}

/* One slip is one finding: the numbers behind it that go on from it are none. */
static void
judge_all(struct gb_check *c, struct numbered *all, unsigned last)
{
    unsigned n_faults = 0;

    for (size_t i = 0; i < all->items.len; i++) {
        unsigned own = number_of(all->items.items[i]);
        while (last < LARGEST && all->is_seen[last + 1])
            last++;
        unsigned want = last + 1;
        if (own == want)
            last = own;
        else if (n_faults++ < MANY)
            last = judge_number(c, all, i, last);
        all->is_seen[last == want ? want : own] = true; /* at fault it counts as the one it should be */
    }
}

void
gb_judge_object_run(struct gb_check *c, const struct gb_object_run *run)
{
    const struct gb_nodes *nodes = &c->facts->of_kind[run->kind];

    if (!nodes->n)
        return;
    struct numbered *all = gb_arena_new(c->arena, struct numbered);
    all->run = run;
    all->nodes = nodes;
    GB_EACH_NODE(node, nodes) {
        if (!is_counted(run, node))
            continue;
        *gb_push(&all->items) = node;
        all->times[number_of(node)]++;
    }
    /* One chapter of a draft kept in several files goes on from another. */
    bool is_part = c->facts->n_chapters && c->facts->chapters[0]->num.part[0] > 1;
    judge_all(c, all, is_part && all->items.len ? number_of(all->items.items[0]) - 1 : 0);
    gb_array_release(&all->items);
}
