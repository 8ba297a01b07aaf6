/*
 * One thing has one value in all documents of a system: SYS-008. DB32/T 2796—2015, 6.1.3 and 7.1.4; GB/T 1.1—2020, 5.4.2. Values are of one
 * thing when what is left of their clauses without value, modal and bound is equal (facts/summary/values.c).
 */
#include "series/series_priv.h"
#include "base/sort.h"

#include <math.h>

/* about is "title/condition". */
static struct gb_str
title_of(const struct gb_fact *fact)
{
    return gb_str_sub(fact->about, 0, gb_str_find(fact->about, GB_STR("/"), 0));
}

static struct gb_str
condition_of(const struct gb_fact *fact)
{
    size_t slash = gb_str_find(fact->about, GB_STR("/"), 0);

    return slash == GB_NOT_FOUND ? GB_STR("") : gb_str_skip(fact->about, slash + 1);
}

static int
compare_conditions(const struct gb_fact *a, const struct gb_fact *b)
{
    return gb_str_cmp(condition_of(a), condition_of(b));
}

GB_ORDER(compare_values, struct gb_stated,
         GB_KEY_STR(fact->key) GB_KEY_STR(fact->value) GB_KEY_BY(compare_conditions, fact) GB_KEY(member))

/* Words that tell no object are of one thing only below one title in documents on one thing. */
static bool
speak_of_one_thing(const struct gb_series *series, const struct gb_stated *a, const struct gb_stated *b)
{
    enum { SHORTEST = 4 * 3 };
    struct gb_str left = series->members[a->member].summary->title_key,
                  right = series->members[b->member].summary->title_key;

    if (!a->fact->is_generic && !b->fact->is_generic)
        return true;
    return gb_str_eq(title_of(a->fact), title_of(b->fact)) && left.len >= SHORTEST && right.len >= SHORTEST &&
           gb_likeness(left, right) >= 0.8;
}

/* The values that a fact allows: from `low` to `high`. */
static double
low_of(const struct gb_fact *f)
{
    return f->bound == GB_BOUND_MOST ? -INFINITY : f->number;
}

static double
high_of(const struct gb_fact *f)
{
    return f->bound == GB_BOUND_LEAST ? INFINITY : f->bound == GB_BOUND_RANGE ? f->upper : f->number;
}

/* Can both hold? What bounds in one way bounds at one value; an exact value or a range may lie inside of a bound. */
static bool
are_compatible(const struct gb_fact *a, const struct gb_fact *b)
{
    if (a->bound == b->bound)
        return a->number == b->number && high_of(a) == high_of(b);
    return low_of(a) <= high_of(b) && low_of(b) <= high_of(a);
}

/* Each is held against the first of the same condition; the first of each condition against the first of all. */
static void
judge_run(struct gb_series *series, const struct gb_stated *items, size_t n)
{
    const struct gb_stated *first = &items[0];

    for (size_t i = 1; i < n; i++) {
        const struct gb_stated *here = &items[i];
        bool same = gb_str_eq(condition_of(here->fact), condition_of(first->fact));
        if (!same) {
            if (here->member != items[0].member && speak_of_one_thing(series, &items[0], here) &&
                !are_compatible(items[0].fact, here->fact))
                gb_tell_pair(series, "SYS-008", "condition", &items[0], here, false);
            first = here;
            continue;
        }
        if (here->member == first->member || !speak_of_one_thing(series, first, here))
            continue;
        if (!are_compatible(first->fact, here->fact))
            gb_tell_pair(series, "SYS-008", NULL, first, here, false);
        else if (first->fact->bound == here->fact->bound && !here->fact->is_generic)
            gb_tell_pair(series, "SYS-008", "repeated", first, here, false);
    }
}

/* A value of the same thing in the same dimension. */
static bool
is_same(const struct gb_fact *a, const struct gb_fact *b)
{
    return gb_str_eq(a->key, b->key) && gb_str_eq(a->value, b->value);
}

void
gb_check_values(struct gb_series *series)
{
    gb_stated_array all = {0};

    gb_series_collect(series, NULL, GB_FACT_VALUE, &all);
    gb_sort(all.items, all.len, sizeof(all.items[0]), compare_values);
    GB_EACH_RUN(begin, end, all.len, is_same(all.items[end].fact, all.items[begin].fact)) {
        if (end - begin > 1)
            judge_run(series, all.items + begin, end - begin);
    }
    gb_array_release(&all);
}
