/*
 * A run over drafts: they are judged by one or several threads and written in the order of the arguments. With one
 * thread an emitter's bytes go straight to the output; with several each draft's wait for their turn.
 */
#ifndef GB_APP_LINT_H
#define GB_APP_LINT_H

#include "app/files/output.h"
#include "app/progress.h"
#include "app/series.h"
#include "app/statistics.h"
#include "app/watch.h"
#include "emit/emit.h"

struct gb_lint_target {
    const struct gb_emitter *emitter;
    struct gb_output output;
    bool color;
    unsigned columns;
    void *kept; /* the emitter's own */
};

/* A finished draft on its way to the emitters; facts and the tree of doc are there where one of them shows the tree. */
struct gb_lint_told {
    const struct gb_report *report;
    const struct gb_doc *doc;
    const struct gb_facts *facts;
    const struct gb_settings *settings;
    double *seconds;
};

/* A draft that was judged and waits for its turn. */
struct gb_lint_result {
    enum gb_outcome outcome;
    struct gb_error error;
    struct gb_out *outs;    /* one for each target */
    struct gb_draft *draft; /* kept for emitters that want them in order, else NULL */
    const struct gb_settings *settings;
    struct gb_totals totals;
    bool is_failing; /* findings at or above its --fail-on */
    struct gb_statistics statistics;
    struct gb_baseline *baseline; /* NULL: none */
};

/* A run. The command sets options, inputs, folder and targets; it reads what came of it: is_failing, n_failed, statistics. */
struct gb_lint {
    const struct gb_options *options;
    const struct gb_inputs *inputs;
    struct gb_lint_target *targets;
    size_t n_targets;
    unsigned ambiguous;
    bool shows_fixes, shows_scores; /* one of the targets does */
    bool in_order;                  /* one of them wants its drafts so */
    char *folder;                   /* that paths are relative to; NULL: unknown */
    bool is_failing;
    uint32_t n_failed;
    struct gb_totals totals;
    struct gb_statistics statistics;
    struct gb_progress *progress;
    struct gb_watched *watched; /* NULL: nobody waits for changes */

    struct gb_lint_result *results; /* with threads; of input i: at i % window */
    size_t window;
};

/*
 * Judges the drafts and writes all outputs from begin to end. `facts`: what was taken down of them before, then they are not read
 * again; NULL: they are.
 */
void gb_lint_run(struct gb_lint *run, struct gb_plan *plan, struct gb_kept *facts);

/* lint_series.c: drafts that belong together; `kept` of all inputs is given back. */
void gb_lint_series(struct gb_lint *run, struct gb_plan *plan, unsigned threads);
void gb_lint_finish_series(struct gb_lint *run, struct gb_plan *plan, struct gb_kept *kept, size_t n);

/* Counts a finished report, and writes it to all outputs. */
void gb_lint_write(struct gb_lint *run, struct gb_lint_result *result, const struct gb_lint_told *told);
/* Takes a result over into the run. */
void gb_lint_settle(struct gb_lint *run, struct gb_lint_result *result);
/* Notes the files that a draft was read from: those that it includes, too. */
void gb_lint_watch(const struct gb_lint *run, const struct gb_source *source);

#endif
