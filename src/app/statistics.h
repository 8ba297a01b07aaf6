/* What --statistics tells on standard error: scores of drafts, findings by rule and group, seconds by step. */
#ifndef GB_APP_STATISTICS_H
#define GB_APP_STATISTICS_H

#include "app/draft.h"

struct gb_rule_count {
    struct gb_str code;
    uint32_t n;
};

/* The score of one draft, kept beyond it. */
struct gb_draft_score {
    char *path;
    struct gb_score score;
};

struct gb_statistics {
    GB_ARRAY(struct gb_rule_count) rules;   /* sorted by code */
    GB_ARRAY(struct gb_draft_score) scores; /* in the order of the drafts */
    double seconds[GB_STEP_COUNT];
};

/* Adds one draft: its findings that are not suppressed, and its times. */
void gb_statistics_add(struct gb_statistics *all, const struct gb_report *report, const double seconds[GB_STEP_COUNT]);
/* Adds another collection. */
void gb_statistics_join(struct gb_statistics *all, const struct gb_statistics *more);
void gb_statistics_print(const struct gb_statistics *all, bool english);
void gb_statistics_release(struct gb_statistics *all);

#endif
