#include "app/score.h"

/* What a finding takes off, and the most that a group of rules takes off, in hundredths. */
enum { OFF_ERROR = 500, OFF_WARNING = 200, OFF_INFO = 50, WHOLE = 10000, CLAUSES = 10 };

static const struct group {
    const char *name, *codes; /* codes of groups, parted by blanks */
    uint32_t cap;
} groups[GB_SCORE_GROUPS] = {
    {"STR+NUM", "STR NUM", 2500},
    {"REF", "REF", 1500},
    {"WRD+ELM", "WRD ELM", 2000},
    {"TRM", "TRM", 1000},
    {"ANX+FIG+TBL+EQN+XRF", "ANX FIG TBL EQN XRF", 1500},
    {"LST+NEF", "LST NEF", 500},
    {"TYP+UNT", "TYP UNT", 500},
    {"COV+TOC+FWD+INT+SCP", "COV TOC FWD INT SCP", 1500},
    {"FLW+PRC+SVC", "FLW PRC SVC", 1500},
};

static size_t
group_of(struct gb_str code)
{
    struct gb_str group = gb_str_sub(code, 0, gb_str_find(code, GB_STR("-"), 0));

    for (size_t i = 0; i < GB_COUNT(groups); i++) {
        if (gb_str_has(gb_str_from(groups[i].codes), group))
            return i;
    }
    return GB_COUNT(groups);
}

uint32_t
gb_count_clauses(const struct gb_facts *facts)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < facts->numbered.n; i++) {
        const struct gb_node *clause = facts->numbered.items[i], *top = clause;
        bool has_text = false;
        if (clause->kind == GB_NODE_TERM)
            continue;
        while (top->parent && top->parent->parent)
            top = top->parent;
        if (top->role != GB_ROLE_NONE || (top->kind == GB_NODE_ANNEX && top->nature == GB_NATURE_INFORMATIVE))
            continue;
        for (const struct gb_node *k = clause->first; k && !has_text; k = k->next)
            has_text = k->kind == GB_NODE_PARA || k->kind == GB_NODE_LIST || k->kind == GB_NODE_TABLE;
        n += has_text;
    }
    return n;
}

void
gb_score_take(struct gb_report *report)
{
    struct gb_score *score = gb_arena_new(report->arena, struct gb_score);
    uint64_t tenths = report->n_clauses > CLAUSES ? report->n_clauses : CLAUSES; /* ten times k */
    uint32_t off = 0;

    for (size_t i = 0; i < GB_COUNT(groups); i++)
        score->groups[i].name = groups[i].name;
    GB_EACH_IN(f, &report->findings) {
        size_t group = group_of(f->rule->code);
        if (group < GB_COUNT(groups) && (!f->is_suppressed || f->is_known))
            score->groups[group].counts[f->level]++;
    }
    for (size_t i = 0; i < GB_COUNT(groups); i++) {
        struct gb_score_group *g = &score->groups[i];
        uint64_t sum = (uint64_t)g->counts[GB_LEVEL_ERROR] * OFF_ERROR +
                       (uint64_t)g->counts[GB_LEVEL_WARNING] * OFF_WARNING +
                       (uint64_t)g->counts[GB_LEVEL_INFO] * OFF_INFO;
        uint64_t taken = (sum * CLAUSES + tenths / 2) / tenths;
        g->is_capped = taken > groups[i].cap;
        g->off = g->is_capped ? groups[i].cap : (uint32_t)taken;
        off += g->off;
    }
    score->value = off > WHOLE ? 0 : WHOLE - off;
    score->n_clauses = report->n_clauses;
    report->score = score;
}
