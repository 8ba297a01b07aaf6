/*
 * The baseline command: the findings that drafts have now become known ones, or with --prune those that they have no more are
 * forgotten. Drafts that are not named keep their entries.
 */
#include "app/app.h"
#include "app/files/collect.h"
#include "app/files/confine.h"
#include "app/files/output.h"
#include "app/files/path.h"

#include <stdio.h>
#include <stdlib.h>

/* A baseline while drafts are judged. */
struct update {
    struct gb_baseline *baseline;
    GB_ARRAY(struct gb_known) now; /* of the drafts judged so far */
    GB_ARRAY(struct gb_str) files; /* whose entries those are */
    struct gb_baseline_counts counts;
};

struct run {
    const struct gb_options *options;
    struct gb_arena arena;
    GB_ARRAY(struct update) updates;
    uint32_t n_failed;
};

static void
fail(struct run *run, const struct gb_error *error)
{
    gb_error_print(error);
    run->n_failed++;
}

static struct update *
update_of(struct run *run, struct gb_baseline *baseline)
{
    GB_EACH_IN_PLACE(update, &run->updates) {
        if (update->baseline == baseline)
            return update;
    }
    struct update *update = gb_push(&run->updates);
    *update = (struct update){.baseline = baseline};
    return update;
}

/* A draft named twice is one. */
static bool
is_done(const struct update *update, struct gb_str file)
{
    GB_FIND(done, update->files.items, update->files.len, gb_str_eq(*done, file));
    return done != NULL;
}

static void
take(struct run *run, const struct gb_baseline_part *part, const bool *ran, const struct gb_report *report)
{
    struct gb_known *known;
    size_t n;

    if (!part)
        return;
    struct update *update = update_of(run, part->whole);
    if (is_done(update, part->file))
        return;
    gb_baseline_update(part, ran, report, run->options->prune, &run->arena, &known, &n, &update->counts);
    for (size_t i = 0; i < n; i++)
        *gb_push(&update->now) = known[i];
    *gb_push(&update->files) = part->file;
}

static void
judge_alone(struct run *run, const struct gb_input *input)
{
    struct gb_draft draft;
    struct gb_error error;

    switch (gb_draft_read(&draft, input, &error)) {
    case GB_DRAFT_READY:
        gb_draft_judge(&draft, input, (struct gb_wanted){.all = true});
        if (input->baseline)
            take(run, input->baseline,
                 gb_baseline_ran(input->baseline, draft.doc, input->settings->rules, &draft.facts, &draft.arena),
                 &draft.report);
        break;
    case GB_DRAFT_FAILED:
        fail(run, &error);
        break;
    case GB_DRAFT_SKIPPED:
        break;
    }
    gb_draft_release(&draft);
}

static void
judge_series(struct run *run, struct gb_collection *c)
{
    size_t n_told = c->inputs.list.len, n = n_told + c->plan.context.len;
    struct gb_kept *kept = gb_alloc(sizeof(*kept) * (n + 1));

    for (size_t i = 0; i < n; i++)
        gb_keep(&kept[i], i < n_told ? &c->inputs.list.items[i] : &c->plan.context.items[i - n_told], i < n_told,
                (struct gb_wanted){.all = true});
    gb_plan_judge(&c->plan, kept, n);
    for (size_t i = 0; i < n_told; i++) {
        if (kept[i].outcome == GB_DRAFT_READY)
            take(run, kept[i].input->baseline, kept[i].ran, gb_kept_report(&kept[i]));
        else if (kept[i].outcome == GB_DRAFT_FAILED)
            fail(run, &kept[i].error);
    }
    for (size_t i = 0; i < c->plan.specs.len; i++) {
        const struct gb_series_spec *spec = c->plan.specs.items[i];
        if (spec->baseline)
            take(run, spec->baseline,
                 spec->is_whole ? gb_baseline_ran_with_series(spec->baseline, NULL, &run->arena) : NULL,
                 c->plan.manifests.items[i]);
    }
    for (size_t i = 0; i < n; i++)
        gb_kept_release(&kept[i]);
    free(kept);
}

/* Entries of other drafts stay; with --prune those of files that are no more do not. */
static void
keep_others(struct run *run, struct update *update)
{
    GB_EACH_IN(e, &update->baseline->entries) {
        if (is_done(update, e->file))
            continue;
        const char *path = gb_path_join(&run->arena, update->baseline->folder, e->file.ptr);
        if (run->options->prune && !gb_path_exists(path)) {
            update->counts.removed += e->n;
            continue;
        }
        update->counts.known += e->n;
        *gb_push(&update->now) = *e;
    }
}

static void
tell(const struct run *run, const struct update *update)
{
    const struct gb_baseline_counts *n = &update->counts;
    bool english = run->options->english;

    if (run->options->quiet)
        return;
    printf(GB_SAY(english, "%s：已知 %u 个", "%s: %u known"), update->baseline->path, n->known);
    if (run->options->prune)
        printf(GB_SAY(english, "，移出 %u 个", ", %u taken out"), n->removed);
    else
        printf(GB_SAY(english, "，新增 %u 个", ", %u added"), n->added);
    if (n->stale)
        printf(GB_SAY(english, "；其中 %u 个已不再出现，用 gblint baseline --prune 移出",
                      "; %u of them are found no more, gblint baseline --prune takes them out"),
               n->stale);
    puts(GB_SAY(english, "。", "."));
}

static void
store(struct run *run, struct update *update)
{
    struct gb_baseline *baseline = update->baseline;
    struct gb_buf bytes = {0};
    struct gb_output output;
    struct gb_error error;

    keep_others(run, update);
    gb_baseline_order(update->now.items, &update->now.len, true);
    gb_baseline_write(update->now.items, update->now.len, &bytes);
    bool is_same = baseline->is_stored && gb_str_eq(gb_buf_str(&bytes), baseline->bytes);
    /* What was never there cannot be pruned. */
    bool ok = is_same || (run->options->prune && !baseline->is_stored) ||
              gb_output_open(&output, baseline->path, run->options->english, &error);
    if (ok && !is_same && (baseline->is_stored || !run->options->prune)) {
        gb_out_add(&output.out, gb_buf_str(&bytes));
        ok = gb_output_close(&output, run->options->english, &error);
    }
    if (ok)
        tell(run, update);
    else
        fail(run, &error);
    gb_buf_release(&bytes);
}

int
gb_cmd_baseline(const struct gb_options *options)
{
    struct run run = {.options = options};
    struct gb_collection c = {0};
    struct gb_error error = {0};

    if (!options->operands.len && !options->manifest)
        return gb_refuse(options->english, "baseline 须给出草案", "baseline takes drafts");
    struct gb_configs *configs = gb_configs_new(options, true);
    if (!gb_collect(&c, options, configs, GB_BASELINE_CREATE, &error))
        fail(&run, &error);
    run.n_failed += c.inputs.n_failed;
    if (!run.n_failed)
        gb_confine_to(&(struct gb_plans){.options = options,
                                         .inputs = c.inputs.list.items,
                                         .n_inputs = c.inputs.list.len,
                                         .others = c.plan.context.items,
                                         .n_others = c.plan.context.len,
                                         .baselines = &c.baselines});
    if (!run.n_failed && gb_plan_has_series(&c.plan))
        judge_series(&run, &c);
    for (size_t i = 0; !run.n_failed && !gb_plan_has_series(&c.plan) && i < c.inputs.list.len; i++)
        judge_alone(&run, &c.inputs.list.items[i]);
    /* A baseline is written whole or not at all. */
    for (size_t i = 0; i < run.updates.len && !run.n_failed; i++)
        store(&run, &run.updates.items[i]);
    GB_EACH_IN_PLACE(update, &run.updates) {
        GB_RELEASE(&update->now, &update->files);
    }
    gb_array_release(&run.updates);
    gb_arena_release(&run.arena);
    gb_collection_release(&c);
    gb_configs_free(configs);
    return run.n_failed ? GB_STATUS_FAILED : GB_STATUS_CLEAN;
}
