#include "app/statistics.h"

#include "base/sort.h"

#include <stdio.h>
#include <stdlib.h>

static struct gb_rule_count *
find(struct gb_statistics *all, struct gb_str code)
{
    GB_SEEK(size_t, i, all->rules.len, gb_str_cmp(all->rules.items[i].code, code) < 0);
    if (i < all->rules.len && gb_str_eq(all->rules.items[i].code, code))
        return &all->rules.items[i];
    *gb_push(&all->rules) = (struct gb_rule_count){0};
    memmove(&all->rules.items[i + 1], &all->rules.items[i], (all->rules.len - 1 - i) * sizeof(all->rules.items[0]));
    all->rules.items[i] = (struct gb_rule_count){.code = code};
    return &all->rules.items[i];
}

void
gb_statistics_add(struct gb_statistics *all, const struct gb_report *report, const double seconds[GB_STEP_COUNT])
{
    GB_EACH_IN(finding, &report->findings) {
        if (!finding->is_suppressed)
            find(all, finding->rule->code)->n++;
    }
    for (int i = 0; i < GB_STEP_COUNT; i++)
        all->seconds[i] += seconds[i];
    if (report->score)
        *gb_push(&all->scores) = (struct gb_draft_score){strdup(report->source->files[0].path), *report->score};
}

void
gb_statistics_join(struct gb_statistics *all, const struct gb_statistics *more)
{
    GB_EACH_IN(rule, &more->rules)
        find(all, rule->code)->n += rule->n;
    for (int i = 0; i < GB_STEP_COUNT; i++)
        all->seconds[i] += more->seconds[i];
    GB_EACH_IN(score, &more->scores) {
        *gb_push(&all->scores) = (struct gb_draft_score){strdup(score->path), score->score};
    }
}

/* One line for the draft, and one for each group of rules that took something off: the same in both languages. */
static void
print_score(const struct gb_draft_score *draft)
{
    const struct gb_score *s = &draft->score;

    fprintf(stderr, "score %u.%02u clauses %u catalogue " GB_VERSION " %s\n", s->value / 100, s->value % 100,
            s->n_clauses, draft->path);
    GB_EACH(const struct gb_score_group, g, s->groups, GB_SCORE_GROUPS) {
        if (g->off)
            fprintf(stderr, "score -%u.%02u %s %u error %u warning %u info%s\n", g->off / 100, g->off % 100, g->name,
                    g->counts[GB_LEVEL_ERROR], g->counts[GB_LEVEL_WARNING], g->counts[GB_LEVEL_INFO],
                    g->is_capped ? " capped" : "");
    }
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

    GB_EACH_IN(score, &all->scores)
        print_score(score);
    for (size_t i = 0; i < all->rules.len; i++) {
        const struct gb_rule_count *rule = &all->rules.items[i];
        struct gb_str group = gb_rule_group(rule->code);
        fprintf(stderr, "%8u  %.*s\n", rule->n, GB_FMT(rule->code));
        in_group += rule->n;
        if (i + 1 == all->rules.len || !gb_str_eq(group, gb_rule_group(rule[1].code))) {
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
    GB_EACH_IN(score, &all->scores)
        free(score->path);
    gb_array_release(&all->scores);
}
