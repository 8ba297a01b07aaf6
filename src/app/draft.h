/*
 * One draft on its way through the program: file → source → blocks → clause tree → facts → findings. Everything lives
 * in the draft's arena until release.
 */
#ifndef GB_APP_DRAFT_H
#define GB_APP_DRAFT_H

#include "app/files/input.h"

/* Steps that --statistics times. */
#define GB_STEPS(X)                                                                                                    \
    X(READ, "读入", "read")                                                                                            \
    X(PARSE, "解析", "parse")                                                                                          \
    X(TREE, "条款树", "tree")                                                                                          \
    X(FACTS, "事实", "facts")                                                                                          \
    X(RULES, "规则", "rules")                                                                                          \
    X(EMIT, "输出", "emit")

enum gb_step {
#define X(id, zh, en) GB_STEP_##id,
    GB_STEPS(X)
#undef X
        GB_STEP_COUNT
};

struct gb_changed;

struct gb_draft {
    struct gb_arena arena;
    struct gb_source source;
    struct gb_blocks blocks;
    struct gb_doc *doc;
    struct gb_facts facts;
    struct gb_report report;
    const struct gb_changed *changed; /* of --since; NULL: all of it counts */
    double seconds[GB_STEP_COUNT];
};

enum gb_outcome { GB_DRAFT_READY, GB_DRAFT_SKIPPED, GB_DRAFT_FAILED };

/*
 * Reads a draft up to its facts. FAILED and *error when a file of it, or what it was before, cannot be read; SKIPPED for an .xml file that a
 * walk found and that is no DocBook. To be released in every case.
 */
enum gb_outcome gb_draft_read(struct gb_draft *draft, const struct gb_input *input, struct gb_error *error);

/*
 * What is wanted of a draft: fixes; the score in its report (EVL-008), where that rule is on; all findings, however many; its tree after it
 * was judged.
 */
struct gb_wanted {
    bool fixes, scores, all, tree;
};

/* Runs the rules, the suppressions of the draft and the baseline, leaves out what has not changed, and finishes its report. */
void gb_draft_judge(struct gb_draft *draft, const struct gb_input *input, struct gb_wanted wanted);

void gb_draft_release(struct gb_draft *draft);

/* Seconds on a clock that never goes back. */
double gb_clock(void);

#endif
