#include "app/draft.h"

#include "app/fix/text.h"
#include "app/files/path.h"
#include "app/files/pictures.h"
#include "app/score.h"
#include "app/since.h"
#include "app/suppress.h"

#include <time.h>

double
gb_clock(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Adds the time since *since to a step, and restarts the watch. */
static void
take_time(struct gb_draft *draft, enum gb_step step, double *since)
{
    double now = gb_clock();

    draft->seconds[step] += now - *since;
    *since = now;
}

static bool
add_files(struct gb_draft *draft, const struct gb_input *input, struct gb_error *error)
{
    for (uint32_t i = 0; i < input->n_paths; i++) {
        struct gb_str bytes;
        if (!gb_overlay_read(input->overlay, input->paths[i], &draft->arena, &bytes, error))
            return false;
        struct gb_source_file *file =
            gb_source_add(&draft->source, input->n_paths == 1 ? input->shown : input->paths[i], bytes);
        file->is_staged = input->overlay && input->overlay->git;
    }
    return true;
}

static void
parse(struct gb_draft *draft, const struct gb_input *input)
{
    struct gb_include_root root = {NULL, input->settings->english, input->overlay};
    struct gb_includer includer = gb_includer_for(&root);

    gb_blocks_init(&draft->blocks, &draft->source);
    for (uint32_t i = 0; i < input->n_paths; i++) {
        const struct gb_source_file *file = &draft->source.files[i];
        if (gb_format_of(file->path, file->text) == GB_FORMAT_MARKDOWN) {
            gb_read_markdown(&draft->blocks, i);
            continue;
        }
        if (!root.root)
            root.root = gb_path_root(&draft->arena, input->shown);
        gb_read_docbook(&draft->blocks, i, &includer);
    }
}

/* What outputs say of the draft beside its findings. */
static void
fill_report(struct gb_draft *draft)
{
    const struct gb_facts *facts = &draft->facts;
    struct gb_report *report = &draft->report;

    gb_report_init(report, &draft->arena, &draft->source);
    report->format = draft->doc->format;
    report->edition = gb_str_from(gb_edition_names[facts->edition]);
    report->edition_why = facts->edition_why;
    report->stage = gb_str_from(gb_stage_names[0][facts->stage]);
    report->type = facts->type;
    report->function = facts->function;
    report->profile = facts->profile;
    report->profile_why = facts->profile_why;
    report->n_clauses = gb_count_clauses(facts);
}

enum gb_outcome
gb_draft_read(struct gb_draft *draft, const struct gb_input *input, struct gb_error *error)
{
    double watch = gb_clock();

    *draft = (struct gb_draft){0};
    gb_source_init(&draft->source, &draft->arena);
    if (!add_files(draft, input, error))
        return GB_DRAFT_FAILED;
    take_time(draft, GB_STEP_READ, &watch);
    if (!input->is_named && gb_format_of(input->shown, draft->source.files[0].text) == GB_FORMAT_OTHER)
        return GB_DRAFT_SKIPPED;
    parse(draft, input);
    take_time(draft, GB_STEP_PARSE, &watch);
    draft->doc = gb_build_clauses(&draft->blocks);
    gb_blocks_release(&draft->blocks);
    take_time(draft, GB_STEP_TREE, &watch);
    gb_facts_compute(&draft->facts, draft->doc, gb_ruleset_lexicon(input->settings->rules), &input->settings->facts);
    /* Rules and systems of an organisation need not look like a standard: DB32/T 2796—2015, 7.3.5.1. */
    if (gb_facts_has_profile(&draft->facts, GB_STR("working-requirement")))
        draft->doc->is_standard = true;
    gb_find_pictures(draft->doc, &draft->facts, input->shown);
    fill_report(draft);
    if (input->since && !(draft->changed = gb_changed_new(input->since, draft->doc, &draft->arena, error)))
        return GB_DRAFT_FAILED;
    take_time(draft, GB_STEP_FACTS, &watch);
    return GB_DRAFT_READY;
}

/* Rules that found more than a report takes, so that nobody counts the findings told. */
static void
tell_left_out(struct gb_report *report, bool english)
{
    GB_EACH_IN(tally, &report->tallies) {
        if (!tally->left_out)
            continue;
        const char *why = english ? "it found too much: %u more places are not listed" : "问题过多，另有%u处没有列出";
        gb_report_not_checked(report, tally->rule->code, gb_arena_printf(report->arena, why, tally->left_out));
    }
}

/* Where some findings are to be taken out again, so many count, not only as many as are told. */
enum { MOST_TAKEN = 100000 };

/* Takes out what is known and what has not changed. */
static void
leave_out(struct gb_draft *draft, const struct gb_input *input)
{
    const struct gb_baseline_part *part = input->baseline;

    if (part)
        gb_baseline_apply(part, gb_baseline_ran(part, draft->doc, input->settings->rules, &draft->facts, &draft->arena),
                          &draft->report, input->settings->english);
    if (draft->changed)
        gb_changed_filter(draft->changed, &draft->report);
}

void
gb_draft_judge(struct gb_draft *draft, const struct gb_input *input, struct gb_wanted wanted)
{
    const struct gb_settings *settings = input->settings;
    struct gb_report *report = &draft->report;
    double watch = gb_clock();
    bool is_filtered = input->baseline || draft->changed;
    uint32_t most = wanted.all ? UINT32_MAX : report->most;

    report->wants_fixes = wanted.fixes;
    gb_report_limit(report, is_filtered && most < MOST_TAKEN ? MOST_TAKEN : most);
    gb_rules_run(settings->rules, draft->doc, &draft->facts, report);
    gb_suppress(draft->doc, settings->rules, &draft->facts, report);
    gb_report_finish(report);
    if (wanted.scores && draft->doc->is_standard && gb_ruleset_ran(settings->rules, GB_STR("EVL-008"), &draft->facts))
        gb_score_take(report);
    if (is_filtered) {
        leave_out(draft, input);
        gb_report_limit(report, most);
        gb_report_finish(report);
    }
    tell_left_out(report, settings->english);
    if (wanted.fixes)
        gb_fix_texts(draft->doc, report);
    take_time(draft, GB_STEP_RULES, &watch);
}

void
gb_draft_release(struct gb_draft *draft)
{
    gb_report_release(&draft->report);
    gb_blocks_release(&draft->blocks);
    gb_arena_release(&draft->arena);
}
