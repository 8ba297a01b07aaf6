#include "app/lint.h"

#include "app/files/confine.h"
#include "app/jobs.h"

#include <stdlib.h>

static bool
has_manifest(const struct gb_inputs *inputs)
{
    GB_FIND(input, inputs->list.items, inputs->list.len, input->series && input->series->manifest_path);
    return input != NULL;
}

static struct gb_emit
emission(const struct gb_lint *run, struct gb_lint_target *target, const struct gb_settings *settings)
{
    return (struct gb_emit){
        .out = &target->output.out,
        .totals = &run->totals,
        .english = settings ? settings->english : run->options->english,
        .level = settings ? settings->level : GB_LEVEL_WARNING,
        .color = target->color,
        .columns = target->columns,
        .quiet = run->options->quiet,
        .single = run->inputs->list.len == 1,
        .has_tables = has_manifest(run->inputs),
        .ambiguous = run->ambiguous,
        .folder = run->folder,
        .kept = &target->kept,
        .shows_score = run->options->statistics || target->emitter->shows_score,
    };
}

/* Settings that speak for the run as a whole: those of its first draft. */
static const struct gb_settings *
first_settings(const struct gb_lint *run)
{
    return run->inputs->list.len ? run->inputs->list.items[0].settings : NULL;
}

static void
count(struct gb_lint_result *result, const struct gb_report *report, const struct gb_settings *settings)
{
    result->totals = gb_totals_of(report, settings->level);
    result->is_failing |= gb_is_failing(settings, report);
}

void
gb_lint_watch(const struct gb_lint *run, const struct gb_source *source)
{
    for (uint32_t i = 0; run->watched && i < source->n_files; i++)
        gb_watched_add(run->watched, source->files[i].path);
}

/* Up to the finished report. */
static void
judge(const struct gb_lint *run, const struct gb_input *input, struct gb_draft *draft, struct gb_lint_result *result)
{
    result->outcome = gb_draft_read(draft, input, &result->error);
    if (result->outcome != GB_DRAFT_READY)
        return;
    gb_lint_watch(run, &draft->source);
    gb_draft_judge(draft, input, (struct gb_wanted){.fixes = run->shows_fixes, .scores = run->shows_scores});
    result->baseline = input->baseline ? input->baseline->whole : NULL;
    count(result, &draft->report, input->settings);
}

static void
emit(const struct gb_lint *run, struct gb_lint_target *target, struct gb_out *out, const struct gb_lint_told *told)
{
    struct gb_emit e = emission(run, target, told->settings);
    double start = gb_clock();

    e.out = out;
    e.report = told->report;
    e.doc = told->doc;
    e.facts = told->facts;
    target->emitter->draft(&e);
    told->seconds[GB_STEP_EMIT] += gb_clock() - start;
}

static struct gb_lint_told
told_draft(struct gb_draft *draft, const struct gb_settings *settings)
{
    return (struct gb_lint_told){&draft->report, draft->doc, &draft->facts, settings, draft->seconds};
}

static void
take_statistics(const struct gb_lint *run, const struct gb_report *report, const double seconds[GB_STEP_COUNT],
                struct gb_lint_result *result)
{
    if (run->options->statistics && result->outcome == GB_DRAFT_READY)
        gb_statistics_add(&result->statistics, report, seconds);
}

/* What stands between two drafts; before the second's own bytes are written. */
static void
separate(struct gb_lint *run, struct gb_lint_target *target)
{
    if (run->totals.drafts)
        gb_out_puts(&target->output.out, target->emitter->separator);
}

void
gb_lint_settle(struct gb_lint *run, struct gb_lint_result *result)
{
    if (result->outcome == GB_DRAFT_FAILED) {
        gb_progress_pause(run->progress);
        gb_error_print(&result->error);
        gb_progress_resume(run->progress);
        run->n_failed++;
    }
    gb_totals_add(&run->totals, &result->totals);
    if (result->baseline)
        result->baseline->n_stale += result->totals.fixed;
    run->is_failing |= result->is_failing;
    gb_statistics_join(&run->statistics, &result->statistics);
    gb_statistics_release(&result->statistics);
}

static void
run_alone(struct gb_lint *run)
{
    GB_EACH_IN(input, &run->inputs->list) {
        struct gb_lint_result result = {0};
        struct gb_draft draft;
        judge(run, input, &draft, &result);
        for (size_t k = 0; result.outcome == GB_DRAFT_READY && k < run->n_targets; k++) {
            separate(run, &run->targets[k]);
            struct gb_lint_told told = told_draft(&draft, input->settings);
            emit(run, &run->targets[k], &run->targets[k].output.out, &told);
        }
        take_statistics(run, &draft.report, draft.seconds, &result);
        gb_lint_settle(run, &result);
        gb_draft_release(&draft);
        gb_progress_step(run->progress);
    }
}

/* Nothing more is asked of the draft. */
static void
give_back(const struct gb_lint *run, struct gb_lint_result *result, struct gb_draft *draft)
{
    take_statistics(run, &draft->report, draft->seconds, result);
    gb_draft_release(draft);
    free(draft);
}

static void
write_result(struct gb_lint *run, struct gb_lint_result *result)
{
    struct gb_lint_told told = result->draft ? told_draft(result->draft, result->settings) : (struct gb_lint_told){0};

    for (size_t k = 0; k < run->n_targets; k++) {
        struct gb_lint_target *target = &run->targets[k];
        if (result->outcome == GB_DRAFT_READY) {
            separate(run, target);
            if (target->emitter->in_order)
                emit(run, target, &target->output.out, &told);
            else
                gb_out_add(&target->output.out, gb_buf_str(&result->outs[k].buf));
        }
        gb_out_release(&result->outs[k]);
    }
    free(result->outs);
    if (result->draft)
        give_back(run, result, result->draft);
}

static void
judge_one(void *data, size_t i)
{
    struct gb_lint *run = data;
    const struct gb_input *input = &run->inputs->list.items[i];
    struct gb_lint_result *result = &run->results[i % run->window];
    struct gb_draft *draft = gb_alloc(sizeof(*draft));

    *result =
        (struct gb_lint_result){.outs = gb_alloc(sizeof(struct gb_out) * run->n_targets), .settings = input->settings};
    judge(run, input, draft, result);
    for (size_t k = 0; k < run->n_targets; k++) {
        result->outs[k] = GB_OUT_ZERO;
        if (result->outcome == GB_DRAFT_READY && !run->targets[k].emitter->in_order) {
            struct gb_lint_told told = told_draft(draft, input->settings);
            emit(run, &run->targets[k], &result->outs[k], &told);
        }
    }
    if (run->in_order)
        result->draft = draft;
    else
        give_back(run, result, draft);
    gb_progress_step(run->progress);
}

static void
write_one(void *data, size_t i)
{
    struct gb_lint *run = data;
    struct gb_lint_result *result = &run->results[i % run->window];

    write_result(run, result);
    gb_lint_settle(run, result);
}

static void
run_threads(struct gb_lint *run, unsigned n)
{
    run->window = gb_jobs_window(n);
    run->results = gb_alloc(sizeof(*run->results) * run->window);
    gb_jobs_run(&(
        struct gb_jobs){.n = run->inputs->list.len, .threads = n, .data = run, .work = judge_one, .settle = write_one});
    free(run->results);
}

void
gb_lint_write(struct gb_lint *run, struct gb_lint_result *result, const struct gb_lint_told *told)
{
    count(result, told->report, told->settings);
    for (size_t k = 0; k < run->n_targets; k++) {
        separate(run, &run->targets[k]);
        emit(run, &run->targets[k], &run->targets[k].output.out, told);
    }
    take_statistics(run, told->report, told->seconds, result);
}

/* Git is asked while drafts are read, and who watches must be able to follow a config that changes: these runs keep their rights. */
static void
confine(const struct gb_lint *run, const struct gb_plan *plan)
{
    if (run->watched || run->options->staged || run->options->since)
        return;
    gb_confine_to(&(struct gb_plans){.options = run->options,
                                     .inputs = run->inputs->list.items,
                                     .n_inputs = run->inputs->list.len,
                                     .others = plan->context.items,
                                     .n_others = plan->context.len});
}

void
gb_lint_run(struct gb_lint *run, struct gb_plan *plan, struct gb_kept *facts)
{
    const struct gb_settings *settings = first_settings(run);
    unsigned threads = gb_jobs_threads(run->options->jobs, run->inputs->list.len);

    confine(run, plan);
    for (size_t i = 0; i < run->n_targets; i++) {
        struct gb_emit e = emission(run, &run->targets[i], settings);
        if (run->targets[i].emitter->begin)
            run->targets[i].emitter->begin(&e);
    }
    if (facts)
        gb_lint_finish_series(run, plan, facts, run->inputs->list.len);
    else if (gb_plan_has_series(plan))
        gb_lint_series(run, plan, threads);
    else if (threads > 1)
        run_threads(run, threads);
    else
        run_alone(run);
    run->totals.failed = run->n_failed;
    for (size_t i = 0; i < run->n_targets; i++) {
        struct gb_emit e = emission(run, &run->targets[i], settings);
        if (run->targets[i].emitter->end)
            run->targets[i].emitter->end(&e);
    }
}
