/* The lint command: what is to be linted, where the findings go, and what the run comes to. */
#include "app/app.h"
#include "app/files/collect.h"
#include "app/lint.h"
#include "app/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- Outputs ---- */

static bool
open_targets(struct gb_lint *run, struct gb_error *error)
{
    const struct gb_options *o = run->options;

    if (!o->quiet)
        run->progress = gb_progress_start(run->inputs->list.len, o->english);
    run->targets = gb_alloc(sizeof(*run->targets) * o->outputs.len);
    for (size_t i = 0; i < o->outputs.len; i++) {
        const struct gb_output_spec *spec = &o->outputs.items[i];
        struct gb_lint_target *target = &run->targets[i];
        *target = (struct gb_lint_target){.emitter = gb_emitter_find(gb_str_from(spec->format)),
                                          .color = gb_wants_color(o, spec->path ? -1 : STDOUT_FILENO),
                                          .columns = gb_terminal_columns(spec->path ? -1 : STDOUT_FILENO)};
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
close_targets(struct gb_lint *run)
{
    struct gb_error error;

    for (size_t i = 0; i < run->n_targets; i++) {
        if (gb_output_close(&run->targets[i].output, run->options->english, &error))
            continue;
        run->n_failed++;
        gb_error_print(&error);
    }
    free(run->targets);
}

static void
discard_targets(struct gb_lint *run)
{
    for (size_t i = 0; i < run->n_targets; i++)
        gb_output_discard(&run->targets[i].output);
    free(run->targets);
}

static void
show_configs(const struct gb_inputs *inputs)
{
    GB_EACH_IN(input, &inputs->list)
        gb_settings_show(input->settings, input->shown);
}

/* ---- Facts ---- */

/* The drafts that files of facts tell of, as inputs. False when a file is faulty; told on standard error. */
static bool
read_facts(const struct gb_options *options, struct gb_configs *configs, struct gb_inputs *inputs,
           gb_summary_array *summaries)
{
    struct gb_error error;

    GB_EACH_IN(operand, &options->operands) {
        const char *path = *operand;
        struct gb_str text;
        if (!gb_read_file(path, &inputs->arena, &text, &error) ||
            !gb_summaries_read(text, path, &inputs->arena, summaries, &error)) {
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
        *gb_push(&inputs->list) = (struct gb_input){.paths = draft ? draft->paths : paths,
                                                    .n_paths = draft ? draft->n_paths : 1,
                                                    .is_named = true,
                                                    .shown = path,
                                                    .settings = settings};
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
    struct gb_lint run = {.options = options,
                          .inputs = inputs,
                          .watched = watched,
                          .folder = getcwd(NULL, 0),
                          .shows_scores = options->statistics};
    struct gb_kept *facts = NULL;
    gb_summary_array summaries = {0};
    struct gb_error error = {0};
    bool ok;

    if (options->joins_facts && (options->staged || options->since)) {
        gb_error_set(&error, NULL, 0, 0, "%s",
                     GB_SAY(options->english, "--facts 不能与 --staged、--since 同用",
                            "--facts goes with neither --staged nor --since"));
        ok = false;
    } else if (options->joins_facts)
        ok = read_facts(options, configs, inputs, &summaries) &&
             (!options->manifest || gb_plan_manifest(&c.plan, options, configs, &error)) &&
             gb_collect_beside(&c, options, configs, GB_BASELINE_READ, &error);
    else
        ok = gb_collect(&c, options, configs, GB_BASELINE_READ, &error);
    run.n_failed = inputs->n_failed + !ok;
    run.ambiguous = gb_ambiguous_width(options);
    watch_all(&c, configs, watched);
    if (ok && options->joins_facts)
        facts = keep_facts(inputs, &summaries);
    if (!ok) {
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
        gb_lint_run(&run, &c.plan, facts);
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
