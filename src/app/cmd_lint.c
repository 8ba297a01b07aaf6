/*
 * The lint command: drafts are judged by one or several threads and written in the order of the arguments. With one
 * thread an emitter's bytes go straight to the output; with several each draft's wait for their turn.
 */
#include "app/app.h"
#include "app/collect.h"
#include "app/locale.h"
#include "app/output.h"
#include "app/progress.h"
#include "app/statistics.h"
#include "app/watch.h"
#include "emit/emit.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Threads pay from this many drafts on; a thread may be this many drafts ahead of the writer. */
enum { DRAFTS_PER_THREAD = 10, AHEAD = 4 };

struct target {
    const struct gb_emitter *emitter;
    struct gb_output output;
    bool color;
    void *kept;                       /* the emitter's own */
};

/* A finished draft on its way to the emitters; facts and the tree of doc are there where one of them shows the tree. */
struct told {
    const struct gb_report *report;
    const struct gb_doc *doc;
    const struct gb_facts *facts;
    const struct gb_settings *settings;
    double *seconds;
};

/* A draft that was judged and waits for its turn. */
struct result {
    bool is_done;
    enum gb_outcome outcome;
    struct gb_error error;
    struct gb_out *outs;              /* one for each target */
    struct gb_draft *draft;           /* kept for emitters that want them in order, else NULL */
    const struct gb_settings *settings;
    struct gb_totals totals;
    bool is_failing;                  /* findings at or above its --fail-on */
    struct gb_statistics statistics;
    struct gb_baseline *baseline;     /* NULL: none */
};

struct run {
    const struct gb_options *options;
    const struct gb_inputs *inputs;
    struct target *targets;
    size_t n_targets;
    unsigned ambiguous;
    bool shows_fixes, shows_scores;   /* one of the targets does */
    bool in_order;                    /* one of them wants its drafts so */
    char *folder;                     /* that paths are relative to; NULL: unknown */
    bool is_failing;
    uint32_t n_failed;
    struct gb_totals totals;
    struct gb_statistics statistics;
    struct gb_progress *progress;
    struct gb_watched *watched;       /* NULL: nobody waits for changes */

    pthread_mutex_t lock;             /* guards all below, and the writing */
    pthread_cond_t written;
    struct result *results;           /* of inputs i: at i % window */
    size_t window, started, next_written;
};

static struct gb_emit_options
emit_options(const struct run *run, struct target *target, const struct gb_settings *settings)
{
    return (struct gb_emit_options){
        .english = settings ? settings->english : run->options->english,
        .level = settings ? settings->level : GB_LEVEL_WARNING,
        .color = target->color,
        .quiet = run->options->quiet,
        .single = run->inputs->list.len == 1,
        .ambiguous = run->ambiguous,
        .folder = run->folder,
        .kept = &target->kept,
        .shows_score = run->options->statistics || target->emitter->shows_score,
    };
}

/* Settings that speak for the run as a whole: those of its first draft. */
static const struct gb_settings *
first_settings(const struct run *run)
{
    return run->inputs->list.len ? run->inputs->list.items[0].settings : NULL;
}

static void
count(struct result *result, const struct gb_report *report, const struct gb_settings *settings)
{
    result->totals.drafts = 1;
    result->totals.suppressed = report->n_suppressed;
    result->totals.known = report->n_known;
    result->totals.is_since = report->is_since;
    result->totals.unchanged = report->n_unchanged;
    for (uint32_t i = 0; i < report->n_fixed; i++)
        result->totals.fixed += report->fixed[i].n;
    for (int level = GB_LEVEL_INFO; level <= GB_LEVEL_ERROR; level++) {
        result->totals.counts[level] = report->counts[level];
        if (level < (int)settings->level)
            result->totals.hidden += report->counts[level];
        if (settings->fail_on != GB_LEVEL_OFF && level >= (int)settings->fail_on && report->counts[level])
            result->is_failing = true;
    }
}

/* The files that a draft was read from: those that it includes, too. */
static void
add_watched(const struct run *run, const struct gb_source *source)
{
    for (uint32_t i = 0; run->watched && i < source->n_files; i++)
        gb_watched_add(run->watched, source->files[i].path);
}

/* Up to the finished report. */
static void
judge(const struct run *run, const struct gb_input *input, struct gb_draft *draft, struct result *result)
{
    result->outcome = gb_draft_read(draft, input, &result->error);
    if (result->outcome != GB_DRAFT_READY)
        return;
    add_watched(run, &draft->source);
    gb_draft_judge(draft, input, (struct gb_wanted){.fixes = run->shows_fixes, .scores = run->shows_scores});
    result->baseline = input->baseline ? input->baseline->whole : NULL;
    count(result, &draft->report, input->settings);
}

static void
emit(const struct run *run, struct target *target, struct gb_out *out, const struct told *told)
{
    struct gb_emit_options options = emit_options(run, target, told->settings);
    double start = gb_clock();

    options.facts = told->facts;
    target->emitter->draft(out, &options, told->report, told->doc);
    told->seconds[GB_STEP_EMIT] += gb_clock() - start;
}

static struct told
told_draft(struct gb_draft *draft, const struct gb_settings *settings)
{
    return (struct told){&draft->report, draft->doc, &draft->facts, settings, draft->seconds};
}

static void
take_statistics(const struct run *run, const struct gb_report *report, const double seconds[GB_STEP_COUNT], struct result *result)
{
    if (run->options->statistics && result->outcome == GB_DRAFT_READY)
        gb_statistics_add(&result->statistics, report, seconds);
}

/* What stands between two drafts; before the second's own bytes are written. */
static void
separate(struct run *run, struct target *target)
{
    if (run->totals.drafts)
        gb_out_puts(&target->output.out, target->emitter->separator);
}

/* Takes a result over into the run. */
static void
settle(struct run *run, struct result *result)
{
    if (result->outcome == GB_DRAFT_FAILED) {
        gb_progress_pause(run->progress);
        gb_error_print(&result->error);
        gb_progress_resume(run->progress);
        run->n_failed++;
    }
    run->totals.drafts += result->totals.drafts;
    run->totals.hidden += result->totals.hidden;
    run->totals.suppressed += result->totals.suppressed;
    run->totals.known += result->totals.known;
    run->totals.is_since |= result->totals.is_since;
    run->totals.unchanged += result->totals.unchanged;
    run->totals.fixed += result->totals.fixed;
    if (result->baseline)
        result->baseline->n_stale += result->totals.fixed;
    for (size_t i = 0; i < GB_COUNT(run->totals.counts); i++)
        run->totals.counts[i] += result->totals.counts[i];
    run->is_failing |= result->is_failing;
    gb_statistics_join(&run->statistics, &result->statistics);
    gb_statistics_release(&result->statistics);
}

static void
run_alone(struct run *run)
{
    for (size_t i = 0; i < run->inputs->list.len; i++) {
        const struct gb_input *input = &run->inputs->list.items[i];
        struct result result = {0};
        struct gb_draft draft;
        judge(run, input, &draft, &result);
        for (size_t k = 0; result.outcome == GB_DRAFT_READY && k < run->n_targets; k++) {
            separate(run, &run->targets[k]);
            struct told told = told_draft(&draft, input->settings);
            emit(run, &run->targets[k], &run->targets[k].output.out, &told);
        }
        take_statistics(run, &draft.report, draft.seconds, &result);
        settle(run, &result);
        gb_draft_release(&draft);
        gb_progress_step(run->progress);
    }
}

/* Nothing more is asked of the draft. */
static void
give_back(const struct run *run, struct result *result, struct gb_draft *draft)
{
    take_statistics(run, &draft->report, draft->seconds, result);
    gb_draft_release(draft);
    free(draft);
}

static void
write_result(struct run *run, struct result *result)
{
    struct told told = result->draft ? told_draft(result->draft, result->settings) : (struct told){0};

    for (size_t k = 0; k < run->n_targets; k++) {
        struct target *target = &run->targets[k];
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

/* Writes all results whose turn has come. Called with the lock held. */
static void
write_ready(struct run *run)
{
    struct result *result;

    while ((result = &run->results[run->next_written % run->window])->is_done) {
        write_result(run, result);
        settle(run, result);
        *result = (struct result){0};
        run->next_written++;
    }
    pthread_cond_broadcast(&run->written);
}

static void *
work(void *data)
{
    struct run *run = data;

    pthread_mutex_lock(&run->lock);
    while (run->started < run->inputs->list.len) {
        if (run->started >= run->next_written + run->window) {
            pthread_cond_wait(&run->written, &run->lock);
            continue;
        }
        size_t i = run->started++;
        pthread_mutex_unlock(&run->lock);

        const struct gb_input *input = &run->inputs->list.items[i];
        struct result result = {.outs = gb_alloc(sizeof(struct gb_out) * run->n_targets), .settings = input->settings};
        struct gb_draft *draft = gb_alloc(sizeof(*draft));
        judge(run, input, draft, &result);
        for (size_t k = 0; k < run->n_targets; k++) {
            result.outs[k] = GB_OUT_ZERO;
            if (result.outcome == GB_DRAFT_READY && !run->targets[k].emitter->in_order) {
                struct told told = told_draft(draft, input->settings);
                emit(run, &run->targets[k], &result.outs[k], &told);
            }
        }
        if (run->in_order)
            result.draft = draft;
        else
            give_back(run, &result, draft);
        gb_progress_step(run->progress);
        result.is_done = true;

        pthread_mutex_lock(&run->lock);
        run->results[i % run->window] = result;
        write_ready(run);
    }
    pthread_mutex_unlock(&run->lock);
    return NULL;
}

static void
run_threads(struct run *run, unsigned n)
{
    pthread_t *threads = gb_alloc(sizeof(*threads) * n);
    unsigned started = 0;

    run->window = (size_t)n * AHEAD;
    run->results = gb_alloc(sizeof(*run->results) * run->window);
    memset(run->results, 0, sizeof(*run->results) * run->window);
    pthread_mutex_init(&run->lock, NULL);
    pthread_cond_init(&run->written, NULL);
    while (started < n - 1 && pthread_create(&threads[started], NULL, work, run) == 0)
        started++;
    work(run);
    while (started)
        pthread_join(threads[--started], NULL);
    pthread_cond_destroy(&run->written);
    pthread_mutex_destroy(&run->lock);
    free(run->results);
    free(threads);
}

/* ---- Series ---- */

/* Drafts of a series, read by several threads: each is kept until all are there. */
struct reading {
    struct run *run;
    const struct gb_plan *plan;
    struct gb_kept *kept;
    size_t n, n_told, next;      /* the first n_told are inputs, the others are read beside */
    struct gb_wanted wanted;
    pthread_mutex_t lock;
};

static void *
read_series(void *data)
{
    struct reading *r = data;

    for (;;) {
        pthread_mutex_lock(&r->lock);
        size_t i = r->next++;
        pthread_mutex_unlock(&r->lock);
        if (i >= r->n)
            return NULL;
        const struct gb_input *input = i < r->n_told ? &r->run->inputs->list.items[i] : &r->plan->context.items[i - r->n_told];
        gb_keep(&r->kept[i], input, i < r->n_told, r->wanted);
        if (r->kept[i].outcome == GB_DRAFT_READY)
            add_watched(r->run, r->kept[i].draft ? &r->kept[i].draft->source : &r->kept[i].source);
        gb_progress_step(r->run->progress);
    }
}

static void
read_by_threads(struct reading *r, unsigned threads)
{
    pthread_t *others = gb_alloc(sizeof(*others) * threads);
    unsigned started = 0;

    pthread_mutex_init(&r->lock, NULL);
    while (started + 1 < threads && pthread_create(&others[started], NULL, read_series, r) == 0)
        started++;
    read_series(r);
    while (started)
        pthread_join(others[--started], NULL);
    pthread_mutex_destroy(&r->lock);
    free(others);
}

static void
write_report(struct run *run, struct result *result, const struct told *told)
{
    count(result, told->report, told->settings);
    for (size_t k = 0; k < run->n_targets; k++) {
        separate(run, &run->targets[k]);
        emit(run, &run->targets[k], &run->targets[k].output.out, told);
    }
    take_statistics(run, told->report, told->seconds, result);
}

static void
write_kept(struct run *run, struct gb_kept *kept)
{
    const struct gb_baseline_part *part = kept->input->baseline;
    struct result result = {.outcome = kept->outcome, .error = kept->error, .baseline = part ? part->whole : NULL};
    struct told told = {gb_kept_report(kept), gb_kept_doc(kept), kept->draft ? &kept->draft->facts : NULL, kept->input->settings,
                        kept->seconds};

    if (kept->is_told && kept->outcome == GB_DRAFT_READY)
        write_report(run, &result, &told);
    settle(run, &result);
}

/* What was found in the tables themselves; nothing is written where nothing was. */
static void
write_manifests(struct run *run, const struct gb_plan *plan)
{
    for (size_t i = 0; i < plan->manifests.len; i++) {
        const struct gb_report *report = plan->manifests.items[i];
        struct gb_doc doc = {.source = report->source, .format = report->format, .is_standard = true};
        struct result result = {.outcome = GB_DRAFT_READY};
        double seconds[GB_STEP_COUNT] = {0};
        const struct gb_settings *settings = NULL;
        for (size_t k = 0; k < plan->specs.len; k++) {
            if (plan->specs.items[k]->manifest && &plan->specs.items[k]->manifest->source == report->source)
                settings = plan->specs.items[k]->settings;
        }
        if (!report->findings.len)
            continue;
        write_report(run, &result, &(struct told){report, &doc, NULL, settings, seconds});
        settle(run, &result);
    }
}

static void
finish_series(struct run *run, struct gb_plan *plan, struct gb_kept *kept, size_t n)
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

static void
run_series(struct run *run, struct gb_plan *plan, unsigned threads)
{
    struct reading r = {.run = run, .plan = plan, .n_told = run->inputs->list.len,
                        .wanted = {.fixes = run->shows_fixes, .scores = run->shows_scores}};

    r.n = r.n_told + plan->context.len;
    r.kept = gb_alloc(sizeof(*r.kept) * (r.n + 1));
    for (size_t i = 0; i < run->n_targets; i++)
        r.wanted.tree |= run->targets[i].emitter->shows_tree;
    read_by_threads(&r, threads);
    finish_series(run, plan, r.kept, r.n);
}

static unsigned
thread_count(const struct run *run)
{
    size_t n = run->options->jobs, drafts = run->inputs->list.len;

    if (n == 0)
        n = drafts / DRAFTS_PER_THREAD;
    if (run->options->jobs == 0 && n > 1) {
        long cores = sysconf(_SC_NPROCESSORS_ONLN);
        n = cores > 0 && n > (size_t)cores ? (size_t)cores : n;
    }
    if (n > drafts)
        n = drafts;
    return n ? (unsigned)n : 1;
}

static bool
wants_color(const struct gb_options *options, const struct gb_output_spec *spec)
{
    const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");

    if (options->color != GB_COLOR_AUTO)
        return options->color == GB_COLOR_ALWAYS;
    return !spec->path && isatty(STDOUT_FILENO) && !(no_color && *no_color) && term && strcmp(term, "dumb");
}

static bool
open_targets(struct run *run, struct gb_error *error)
{
    const struct gb_options *o = run->options;

    if (!o->quiet)
        run->progress = gb_progress_start(run->inputs->list.len, o->english);
    run->targets = gb_alloc(sizeof(*run->targets) * o->outputs.len);
    for (size_t i = 0; i < o->outputs.len; i++) {
        const struct gb_output_spec *spec = &o->outputs.items[i];
        struct target *target = &run->targets[i];
        *target = (struct target){.emitter = gb_emitter_find(gb_str_from(spec->format)), .color = wants_color(o, spec)};
        if (gb_inputs_hold(run->inputs, spec, 1)) {
            gb_error_set(error, spec->path, 0, 0, "%s",
                         GB_SAY(o->english, "输出文件就是要检查的草案", "the output is one of the drafts"));
            return false;
        }
        if (!gb_output_open(&target->output, spec->path, o->english, error))
            return false;
        target->output.progress = !spec->path && isatty(STDOUT_FILENO) ? run->progress : NULL;
        run->shows_fixes |= target->emitter->shows_fixes;
        run->in_order |= target->emitter->in_order;
        run->shows_scores |= target->emitter->shows_score;
        run->n_targets++;
    }
    return true;
}

/* Closes all, so that one that fails costs no other. */
static void
close_targets(struct run *run)
{
    struct gb_error error;

    for (size_t i = 0; i < run->n_targets; i++) {
        if (gb_output_close(&run->targets[i].output, run->options->english, &error))
            continue;
        run->n_failed++;
        if (error.message[0])
            gb_error_print(&error);
    }
    free(run->targets);
}

static void
discard_targets(struct run *run)
{
    for (size_t i = 0; i < run->n_targets; i++)
        gb_output_discard(&run->targets[i].output);
    free(run->targets);
}

static void
lint(struct run *run, struct gb_plan *plan, struct gb_kept *facts)
{
    const struct gb_settings *settings = first_settings(run);
    unsigned threads = thread_count(run);

    for (size_t i = 0; i < run->n_targets; i++) {
        struct gb_emit_options options = emit_options(run, &run->targets[i], settings);
        run->targets[i].emitter->begin(&run->targets[i].output.out, &options);
    }
    if (facts)
        finish_series(run, plan, facts, run->inputs->list.len);
    else if (gb_plan_has_series(plan))
        run_series(run, plan, threads);
    else if (threads > 1)
        run_threads(run, threads);
    else
        run_alone(run);
    run->totals.failed = run->n_failed;
    for (size_t i = 0; i < run->n_targets; i++) {
        struct gb_emit_options options = emit_options(run, &run->targets[i], settings);
        run->targets[i].emitter->end(&run->targets[i].output.out, &options, &run->totals);
    }
}

static void
show_configs(const struct gb_inputs *inputs)
{
    for (size_t i = 0; i < inputs->list.len; i++)
        gb_settings_show(inputs->list.items[i].settings, inputs->list.items[i].shown);
}

/* ---- Facts ---- */

/* The drafts that files of facts tell of, as inputs. False when a file is faulty; told on standard error. */
static bool
read_facts(const struct gb_options *options, struct gb_configs *configs, struct gb_inputs *inputs, gb_summary_array *summaries)
{
    struct gb_error error;

    for (size_t i = 0; i < options->operands.len; i++) {
        const char *path = options->operands.items[i];
        struct gb_str text;
        if (!gb_read_file(path, &inputs->arena, &text, &error) || !gb_summaries_read(text, path, &inputs->arena, summaries, &error)) {
            gb_error_print(&error);
            return false;
        }
    }
    for (size_t i = 0; i < summaries->len; i++) {
        const char **paths = gb_arena_new(&inputs->arena, const char *);
        const char *path = summaries->items[i].path;
        const struct gb_settings *settings = gb_configs_settings(configs, path, &error);
        if (!settings) {
            gb_error_print(&error);
            return false;
        }
        const struct gb_draft_files *draft = gb_configs_draft(configs, path);
        *paths = path;
        *gb_push(&inputs->list) = (struct gb_input){.paths = draft ? draft->paths : paths, .n_paths = draft ? draft->n_paths : 1,
                                                    .is_named = true, .shown = path, .settings = settings};
    }
    return true;
}

static struct gb_kept *
keep_facts(struct gb_inputs *inputs, const gb_summary_array *summaries)
{
    struct gb_kept *kept = gb_alloc(sizeof(*kept) * (inputs->list.len + 1));

    for (size_t i = 0; i < inputs->list.len; i++) {
        if (!gb_keep_facts(&kept[i], &inputs->list.items[i], &summaries->items[i], &kept[i].error))
            kept[i].outcome = GB_DRAFT_FAILED;
    }
    return kept;
}

/* ---- The command ---- */

/* Standard error: what the baselines have and is found no more. */
static void
tell_stale(const struct gb_baselines *baselines, const struct gb_options *options)
{
    for (size_t i = 0; i < baselines->list.len && !options->quiet; i++) {
        const struct gb_baseline *baseline = baselines->list.items[i];
        if (baseline->n_stale)
            fprintf(stderr,
                    GB_SAY(options->english, "gblint: %s: 其中 %u 个已不再出现，用 gblint baseline --prune 移出\n",
                           "gblint: %s: %u in it are found no more, gblint baseline --prune takes them out\n"),
                    baseline->path, baseline->n_stale);
    }
}

static void
watch_config(void *data, const char *path)
{
    gb_watched_add(data, path);
}

/* What the run looks at beside the text of its drafts. */
static void
watch_all(const struct gb_collection *c, const struct gb_configs *configs, struct gb_watched *watched)
{
    for (size_t i = 0; watched && i < c->inputs.list.len; i++) {
        for (uint32_t k = 0; k < c->inputs.list.items[i].n_paths; k++)
            gb_watched_add(watched, c->inputs.list.items[i].paths[k]);
    }
    for (size_t i = 0; watched && i < c->plan.specs.len; i++)
        gb_watched_add(watched, c->plan.specs.items[i]->manifest_path);
    for (size_t i = 0; watched && i < c->baselines.list.len; i++)
        gb_watched_add(watched, c->baselines.list.items[i]->path);
    if (watched)
        gb_configs_files(configs, watch_config, watched);
}

static int
lint_once(const struct gb_options *options, struct gb_watched *watched)
{
    struct gb_configs *configs = gb_configs_new(options, true);
    struct gb_collection c = {0};
    struct gb_inputs *inputs = &c.inputs;
    struct run run = {.options = options, .inputs = inputs, .watched = watched, .folder = getcwd(NULL, 0),
                      .shows_scores = options->statistics};
    struct gb_kept *facts = NULL;
    gb_summary_array summaries = {0};
    struct gb_error error = {0};
    bool ok;

    if (options->joins_facts && (options->staged || options->since)) {
        gb_error_set(&error, NULL, 0, 0, "%s", GB_SAY(options->english, "--facts 不能与 --staged、--since 同用", "--facts goes with neither --staged nor --since"));
        ok = false;
    } else if (options->joins_facts)
        ok = read_facts(options, configs, inputs, &summaries) &&
             (!options->manifest || gb_plan_manifest(&c.plan, options, configs, &error)) &&
             gb_collect_beside(&c, options, configs, GB_BASELINE_READ, &error);
    else
        ok = gb_collect(&c, options, configs, GB_BASELINE_READ, &error);
    run.n_failed = inputs->n_failed + !ok;
    run.ambiguous = options->ambiguous ? options->ambiguous : gb_locale_ambiguous_width();
    watch_all(&c, configs, watched);
    if (ok && options->joins_facts)
        facts = keep_facts(inputs, &summaries);
    if (!ok) {
        if (error.message[0])
            gb_error_print(&error);
    } else if (options->show_config) {
        show_configs(inputs);
    } else if (run.n_failed && !inputs->list.len) {
        /* Nothing could be judged, and why was told: outputs stay as they are. */
    } else if (!open_targets(&run, &error)) {
        gb_progress_stop(run.progress);
        gb_error_print(&error);
        discard_targets(&run);
        run.n_failed++;
    } else {
        lint(&run, &c.plan, facts);
        close_targets(&run);
        gb_progress_stop(run.progress);
        if (options->statistics)
            gb_statistics_print(&run.statistics, options->english);
        tell_stale(&c.baselines, options);
    }
    free(run.folder);
    gb_statistics_release(&run.statistics);
    gb_array_release(&summaries);
    gb_collection_release(&c);
    gb_configs_free(configs);
    return run.n_failed ? GB_STATUS_FAILED : run.is_failing ? GB_STATUS_FOUND : GB_STATUS_CLEAN;
}

int
gb_cmd_lint(const struct gb_options *options)
{
    return options->watch ? gb_watch(options, lint_once) : lint_once(options, NULL);
}
