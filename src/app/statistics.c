#include "app/statistics.h"

#include <stdio.h>

static struct gb_rule_count *
find(struct gb_statistics *all, struct gb_str code)
{
    size_t low = 0, high = all->rules.len;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (gb_str_cmp(all->rules.items[middle].code, code) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < all->rules.len && gb_str_eq(all->rules.items[low].code, code))
        return &all->rules.items[low];
    *gb_push(&all->rules) = (struct gb_rule_count){0};
    memmove(&all->rules.items[low + 1], &all->rules.items[low],
            (all->rules.len - 1 - low) * sizeof(all->rules.items[0]));
    all->rules.items[low] = (struct gb_rule_count){.code = code};
    return &all->rules.items[low];
}

void
gb_statistics_add(struct gb_statistics *all, const struct gb_report *report, const double seconds[GB_STEP_COUNT])
{
    for (size_t i = 0; i < report->findings.len; i++) {
        if (!report->findings.items[i].is_suppressed)
            find(all, report->findings.items[i].rule->code)->n++;
    }
    for (int i = 0; i < GB_STEP_COUNT; i++)
        all->seconds[i] += seconds[i];
}

void
gb_statistics_join(struct gb_statistics *all, const struct gb_statistics *more)
{
    for (size_t i = 0; i < more->rules.len; i++)
        find(all, more->rules.items[i].code)->n += more->rules.items[i].n;
    for (int i = 0; i < GB_STEP_COUNT; i++)
        all->seconds[i] += more->seconds[i];
}

static struct gb_str
group_of(struct gb_str code)
{
    size_t dash = gb_str_find(code, GB_STR("-"), 0);

    return gb_str_sub(code, 0, dash);
}

void
gb_statistics_print(const struct gb_statistics *all, bool english)
{
    static const struct {
        const char *zh, *en;
    } steps[] = {
#define X(id, zh, en) {zh, en},
        GB_STEPS(X)
#undef X
    };
    uint32_t in_group = 0;

    for (size_t i = 0; i < all->rules.len; i++) {
        const struct gb_rule_count *rule = &all->rules.items[i];
        struct gb_str group = group_of(rule->code);
        fprintf(stderr, "%8u  %.*s\n", rule->n, GB_FMT(rule->code));
        in_group += rule->n;
        if (i + 1 == all->rules.len || !gb_str_eq(group, group_of(rule[1].code))) {
            fprintf(stderr, "%8u  %.*s\n", in_group, GB_FMT(group));
            in_group = 0;
        }
    }
    for (int i = 0; i < GB_STEP_COUNT; i++)
        fprintf(stderr, "%8.2f ms  %s\n", all->seconds[i] * 1e3, english ? steps[i].en : steps[i].zh);
}

void
gb_statistics_release(struct gb_statistics *all)
{
    gb_array_release(&all->rules);
}
