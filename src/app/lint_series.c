/* Drafts that belong together: all are read, then judged against each other, then written. See lint.h. */
#include "app/lint.h"

#include "app/jobs.h"

#include <stdlib.h>

/* Drafts of a series, read by several threads: each is kept until all are there. */
struct reading {
    struct gb_lint *run;
    const struct gb_plan *plan;
    struct gb_kept *kept;
    size_t n_told; /* the first are inputs, the others are read beside */
    struct gb_wanted wanted;
};

static void
read_one(void *data, size_t i)
{
    struct reading *r = data;
    const struct gb_input *input =
        i < r->n_told ? &r->run->inputs->list.items[i] : &r->plan->context.items[i - r->n_told];

    gb_keep(&r->kept[i], input, i < r->n_told, r->wanted);
    if (r->kept[i].outcome == GB_DRAFT_READY)
        gb_lint_watch(r->run, r->kept[i].draft ? &r->kept[i].draft->source : &r->kept[i].source);
    gb_progress_step(r->run->progress);
}

static void
write_kept(struct gb_lint *run, struct gb_kept *kept)
{
    const struct gb_baseline_part *part = kept->input->baseline;
    struct gb_lint_result result = {.outcome = kept->outcome,
                                    .error = kept->error,
                                    .baseline = part ? part->whole : NULL};
    struct gb_lint_told told = {gb_kept_report(kept), gb_kept_doc(kept), kept->draft ? &kept->draft->facts : NULL,
                                kept->input->settings, kept->seconds};

    if (kept->is_told && kept->outcome == GB_DRAFT_READY)
        gb_lint_write(run, &result, &told);
    gb_lint_settle(run, &result);
}

/* What was found in the tables themselves; nothing is written where nothing was. */
static void
write_manifests(struct gb_lint *run, const struct gb_plan *plan)
{
    GB_EACH_IN(table, &plan->manifests) {
        const struct gb_report *report = *table;
        struct gb_doc doc = {.source = report->source, .format = report->format, .is_standard = true};
        struct gb_lint_result result = {.outcome = GB_DRAFT_READY};
        double seconds[GB_STEP_COUNT] = {0};
        const struct gb_settings *settings = NULL;
        GB_EACH_IN(spec, &plan->specs) {
            if ((*spec)->manifest && &(*spec)->manifest->source == report->source)
                settings = (*spec)->settings;
        }
        if (!report->findings.len)
            continue;
        gb_lint_write(run, &result, &(struct gb_lint_told){report, &doc, NULL, settings, seconds});
        gb_lint_settle(run, &result);
    }
}

void
gb_lint_finish_series(struct gb_lint *run, struct gb_plan *plan, struct gb_kept *kept, size_t n)
{
    gb_plan_judge(plan, kept, n);
    for (size_t i = 0; i < n; i++)
        write_kept(run, &kept[i]);
    write_manifests(run, plan);
    /* Findings point to places in each other's text: all are given back at once. */
    for (size_t i = 0; i < n; i++)
        gb_kept_release(&kept[i]);
    free(kept);
}

void
gb_lint_series(struct gb_lint *run, struct gb_plan *plan, unsigned threads)
{
    struct reading r = {.run = run,
                        .plan = plan,
                        .n_told = run->inputs->list.len,
                        .wanted = {.fixes = run->shows_fixes, .scores = run->shows_scores}};

    size_t n = r.n_told + plan->context.len;
    r.kept = gb_alloc(sizeof(*r.kept) * (n + 1));
    for (size_t i = 0; i < run->n_targets; i++)
        r.wanted.tree |= run->targets[i].emitter->shows_tree;
    gb_jobs_run(&(struct gb_jobs){.n = n, .threads = threads, .data = &r, .work = read_one});
    gb_lint_finish_series(run, plan, r.kept, n);
}
