#include "app/series.h"

#include "app/files/path.h"
#include "app/suppress.h"
#include "base/sort.h"

#include <stdlib.h>
#include <unistd.h>

/* ---- What is kept of a draft ---- */

/* The same text in another arena: what findings point to. */
static void
copy_source(const struct gb_source *source, struct gb_arena *arena, struct gb_source *out)
{
    gb_source_init(out, arena);
    GB_EACH(const struct gb_source_file, file, source->files, source->n_files) {
        struct gb_source_file *copy =
            gb_source_add(out, gb_arena_copy(arena, gb_str_from(file->path)).ptr, gb_arena_copy(arena, file->stored));
        copy->is_staged = file->is_staged;
    }
}

static void
take(struct gb_kept *kept, struct gb_draft *draft, bool whole)
{
    struct gb_excuses excuses = {0};

    gb_find_excuses(draft->doc, &draft->facts, &excuses);
    kept->summary = gb_summary_take(draft->doc, &draft->facts, excuses.list.items, excuses.list.len, &kept->arena);
    gb_array_release(&excuses.list);
    if (kept->input->baseline)
        kept->ran = gb_baseline_ran(kept->input->baseline, draft->doc, kept->input->settings->rules, &draft->facts,
                                    &kept->arena);
    if (draft->changed)
        kept->changed = gb_changed_copy(draft->changed, &kept->arena);
    memcpy(kept->seconds, draft->seconds, sizeof(kept->seconds));
    if (whole)
        return;
    copy_source(&draft->source, &kept->arena, &kept->source);
    kept->doc = (struct gb_doc){.arena = &kept->arena,
                                .source = &kept->source,
                                .format = gb_arena_copy(&kept->arena, draft->doc->format),
                                .is_standard = draft->doc->is_standard,
                                .has_numbers = draft->doc->has_numbers};
    if (kept->is_told)
        gb_report_copy(&draft->report, &kept->arena, &kept->source, &kept->report);
}

void
gb_keep(struct gb_kept *kept, const struct gb_input *input, bool is_told, struct gb_wanted wanted)
{
    struct gb_draft *draft = gb_alloc(sizeof(*draft));

    *kept = (struct gb_kept){.input = input, .is_told = is_told};
    kept->outcome = gb_draft_read(draft, input, &kept->error);
    if (kept->outcome == GB_DRAFT_READY && is_told)
        gb_draft_judge(draft, input, wanted);
    if (kept->outcome == GB_DRAFT_READY)
        take(kept, draft, wanted.tree);
    if (kept->outcome == GB_DRAFT_READY && wanted.tree) {
        kept->draft = draft;
    } else {
        gb_draft_release(draft);
        free(draft);
    }
}

/* What outputs say of a draft beside its findings, as far as facts tell it. */
static void
fill_report(struct gb_kept *kept)
{
    const struct gb_summary *s = &kept->summary;

    gb_report_init(&kept->report, &kept->arena, &kept->source);
    kept->report.format = kept->doc.format;
    kept->report.edition = gb_str_from(gb_edition_names[s->edition]);
    kept->report.stage = gb_str_from(gb_stage_names[0][s->stage]);
    kept->report.type = s->type;
    kept->report.function = s->function;
    kept->report.profile = s->profile;
}

bool
gb_keep_facts(struct gb_kept *kept, const struct gb_input *input, const struct gb_summary *summary,
              struct gb_error *error)
{
    bool english = input->settings->english;

    *kept = (struct gb_kept){.input = input, .is_told = true, .outcome = GB_DRAFT_READY, .summary = *summary};
    gb_source_init(&kept->source, &kept->arena);
    for (uint32_t i = 0; i < input->n_paths; i++) {
        struct gb_str bytes;
        if (!gb_read_file(input->paths[i], &kept->arena, &bytes, error))
            return false;
        gb_source_add(&kept->source, input->paths[i], bytes);
    }
    if (gb_source_hash(&kept->source) != summary->hash) {
        gb_error_set(error, summary->path, 0, 0, "%s",
                     GB_SAY(english, "文稿在取得事实以后改动过；请重新运行 gblint facts",
                            "the draft has changed since its facts were taken; run gblint facts again"));
        return false;
    }
    bool is_docbook = gb_format_of(input->shown, kept->source.files[0].text) == GB_FORMAT_DOCBOOK;
    kept->doc = (struct gb_doc){.arena = &kept->arena,
                                .source = &kept->source,
                                .is_standard = summary->is_standard,
                                .format = is_docbook ? GB_STR("docbook") : GB_STR("markdown")};
    fill_report(kept);
    return true;
}

void
gb_kept_release(struct gb_kept *kept)
{
    if (kept->draft) {
        gb_draft_release(kept->draft);
        free(kept->draft);
    }
    gb_report_release(&kept->report);
    gb_arena_release(&kept->arena);
}

/* ---- The plan ---- */

static bool
read_manifest(struct gb_plan *plan, struct gb_series_spec *spec, struct gb_configs *configs, struct gb_error *error)
{
    struct gb_str bytes;

    if (!spec->manifest_path || spec->manifest)
        return true;
    spec->settings = gb_configs_settings(configs, spec->manifest_path, error);
    bool is_named = spec == &plan->line;
    if (!spec->settings ||
        !(is_named ? gb_read_file : gb_read_regular_file)(spec->manifest_path, &plan->arena, &bytes, error))
        return false;
    spec->manifest = gb_manifest_read(spec->manifest_path, bytes, gb_ruleset_lexicon(spec->settings->rules),
                                      spec->settings->english, &plan->arena, error);
    return spec->manifest != NULL;
}

bool
gb_plan_manifest(struct gb_plan *plan, const struct gb_options *options, struct gb_configs *configs,
                 struct gb_error *error)
{
    plan->line.manifest_path = options->manifest;
    return read_manifest(plan, &plan->line, configs, error);
}

static void
use_spec(struct gb_plan *plan, struct gb_series_spec *spec)
{
    for (size_t i = 0; i < plan->specs.len; i++) {
        if (plan->specs.items[i] == spec)
            return;
    }
    *gb_push(&plan->specs) = spec;
}

/* A working requirement is judged as one, unless the command line or the config says otherwise. */
static void
fit_settings(struct gb_plan *plan, struct gb_input *input, const struct gb_manifest_row *row)
{
    if (!row->is_requirement || input->settings->facts.profile)
        return;
    struct gb_settings *settings = gb_arena_new(&plan->arena, struct gb_settings);
    *settings = *input->settings;
    settings->facts.profile = "working-requirement";
    input->settings = settings;
}

/* The inputs by real path, to find the rows' files among them. */
struct located {
    const char *real;
    size_t input;
};

GB_ORDER(compare_located, struct located, GB_KEY_BY(strcmp, real))

static void
add_context(struct gb_plan *plan, struct gb_series_spec *spec, const struct gb_manifest_row *row,
            struct gb_configs *configs)
{
    const char **paths = gb_arena_new(&plan->arena, const char *);
    struct gb_error error;
    const struct gb_settings *settings = gb_configs_settings(configs, row->file, &error);

    if (!settings || access(row->file, R_OK))
        return;
    *paths = row->file;
    struct gb_input input = {
        .paths = paths, .n_paths = 1, .is_named = true, .shown = row->file, .settings = settings, .series = spec};
    fit_settings(plan, &input, row);
    *gb_push(&plan->context) = input;
}

/* The files that a manifest names: inputs get what their row says, the others are read beside. */
static void
join_rows(struct gb_plan *plan, struct gb_series_spec *spec, struct gb_inputs *inputs, struct gb_configs *configs)
{
    GB_ARRAY(struct located) located = {0};

    for (size_t i = 0; i < inputs->list.len; i++) {
        const char *real = gb_path_real(&plan->arena, inputs->list.items[i].paths[0]);
        if (real)
            *gb_push(&located) = (struct located){real, i};
    }
    gb_sort(located.items, located.len, sizeof(located.items[0]), compare_located);
    GB_EACH(const struct gb_manifest_row, row, spec->manifest->rows, spec->manifest->n_rows) {
        struct located key = {.real = row->file ? gb_path_real(&plan->arena, row->file) : NULL};
        if (!key.real)
            continue;
        const struct located *found =
            located.len ? bsearch(&key, located.items, located.len, sizeof(key), compare_located) : NULL;
        if (found) {
            fit_settings(plan, &inputs->list.items[found->input], row);
            inputs->list.items[found->input].series = spec;
        } else {
            add_context(plan, spec, row, configs);
        }
    }
    gb_array_release(&located);
}

/* Was the folder of the series, or one above it, named? Then all drafts in it are read; of staged ones only some are. */
static void
find_walked(struct gb_plan *plan, struct gb_series_spec *spec, const struct gb_options *options)
{
    for (size_t i = 0; spec->folder && !options->staged && i < options->operands.len; i++) {
        const char *real = gb_path_real(&plan->arena, options->operands.items[i]);
        spec->is_walked |= real && gb_path_is_directory(real) && gb_path_inside(spec->folder, real);
    }
}

bool
gb_plan_inputs(struct gb_plan *plan, struct gb_inputs *inputs, const struct gb_options *options,
               struct gb_configs *configs, struct gb_error *error)
{
    GB_EACH_IN_PLACE(input, &inputs->list) {
        input->series =
            options->manifest || options->joins_facts ? &plan->line : gb_configs_series(configs, input->shown);
        if (input->series)
            use_spec(plan, input->series);
    }
    if (options->manifest)
        use_spec(plan, &plan->line);
    GB_EACH_IN(spec, &plan->specs) {
        find_walked(plan, *spec, options);
        if (!read_manifest(plan, *spec, configs, error))
            return false;
        if ((*spec)->manifest && !options->joins_facts)
            join_rows(plan, *spec, inputs, configs);
    }
    return true;
}

/* ---- Judging ---- */

/* Findings of the series that the draft excuses. */
static void
excuse(const struct gb_summary *summary, struct gb_report *report)
{
    uint32_t n;
    const struct gb_fact *excuses = gb_summary_facts(summary, GB_FACT_EXCUSE, &n);

    for (size_t i = 0; n && i < report->findings.len; i++) {
        struct gb_finding *f = &report->findings.items[i];
        for (uint32_t k = 0; k < n && !f->is_suppressed && gb_is_of_series(f->rule->code); k++) {
            const struct gb_fact *e = &excuses[k];
            if (f->at.span.begin < e->at.span.begin || f->at.span.begin > e->at.span.end ||
                !(gb_str_eq(e->key, f->rule->code) || gb_str_is(e->key, "SYS") || gb_str_is(e->key, "ALL")))
                continue;
            f->is_suppressed = true;
            f->reason = e->value;
        }
    }
}

static struct gb_report *
new_manifest_report(struct gb_plan *plan, const struct gb_manifest *manifest)
{
    struct gb_report *report = gb_arena_new(&plan->arena, struct gb_report);

    gb_report_init(report, &plan->arena, &manifest->source);
    report->format = GB_STR("csv");
    report->edition = GB_STR("2020");
    return report;
}

/* What all drafts of the series have in common. */
static void
fill_series(const struct gb_series_spec *spec, struct gb_kept *kept, size_t n, struct gb_series *series)
{
    for (size_t i = 0; i < n; i++) {
        const struct gb_settings *settings = kept[i].input->settings;
        if (kept[i].input->series != spec || kept[i].outcome != GB_DRAFT_READY)
            continue;
        struct gb_member *m = &series->members[series->n_members++];
        *m = (struct gb_member){.summary = &kept[i].summary,
                                .source = kept[i].draft ? &kept[i].draft->source : &kept[i].source,
                                .report = kept[i].is_told ? gb_kept_report(&kept[i]) : NULL,
                                .rules = settings->rules,
                                .series = gb_str_from(spec->name)};
        series->registry = series->registry ? series->registry : settings->facts.registry;
        series->as_of = settings->facts.as_of ? settings->facts.as_of : settings->facts.today;
        series->english = settings->english;
    }
    series->manifest = spec->manifest;
    if (spec->manifest) {
        series->as_of = spec->settings->facts.as_of ? spec->settings->facts.as_of : spec->settings->facts.today;
        series->registry = series->registry ? series->registry : spec->settings->facts.registry;
        series->english = spec->settings->english;
        series->manifest_rules = spec->settings->rules;
    }
}

/* Were all drafts of the series read? Without a manifest that names them all this is known where all of its folder was walked. */
static bool
is_whole(const struct gb_series_spec *spec, const struct gb_kept *kept, size_t n)
{
    size_t n_ready = 0, n_named = 0;

    if (!spec->manifest && !spec->is_walked)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (kept[i].input->series != spec)
            continue;
        if (kept[i].outcome != GB_DRAFT_READY)
            return false;
        n_ready++;
    }
    for (uint32_t i = 0; spec->manifest && i < spec->manifest->n_rows; i++)
        n_named += spec->manifest->rows[i].file != NULL;
    return n_ready >= n_named;
}

/* With the findings of the series. */
static void
judge_again(const struct gb_baseline_part *part, const bool *ran, struct gb_report *report, bool english)
{
    gb_baseline_apply(part, ran, report, english);
    gb_report_finish(report);
}

void
gb_plan_judge(struct gb_plan *plan, struct gb_kept *kept, size_t n)
{
    for (size_t i = 0; i < plan->specs.len; i++) {
        struct gb_series_spec *spec = plan->specs.items[i];
        struct gb_series series = {.arena = &plan->arena, .members = gb_alloc(sizeof(struct gb_member) * (n + 1))};

        spec->is_whole = is_whole(spec, kept, n);
        fill_series(spec, kept, n, &series);
        if (spec->manifest) {
            series.manifest_report = new_manifest_report(plan, spec->manifest);
            *gb_push(&plan->manifests) = series.manifest_report;
        }
        gb_series_match(&series);
        gb_series_check(&series);
        if (series.manifest_report)
            gb_report_finish(series.manifest_report);
        if (series.manifest_report && spec->baseline)
            judge_again(spec->baseline,
                        spec->is_whole ? gb_baseline_ran_with_series(spec->baseline, NULL, &plan->arena) : NULL,
                        series.manifest_report, series.english);
        free(series.members);
    }
    for (size_t i = 0; i < n; i++) {
        if (kept[i].outcome != GB_DRAFT_READY || !kept[i].is_told)
            continue;
        excuse(&kept[i].summary, gb_kept_report(&kept[i]));
        gb_report_finish(gb_kept_report(&kept[i]));
        if (kept[i].input->baseline && kept[i].input->series && kept[i].input->series->is_whole)
            kept[i].ran = gb_baseline_ran_with_series(kept[i].input->baseline, kept[i].ran, &kept[i].arena);
        if (kept[i].input->baseline)
            judge_again(kept[i].input->baseline, kept[i].ran, gb_kept_report(&kept[i]),
                        kept[i].input->settings->english);
        if (kept[i].changed)
            gb_changed_filter(kept[i].changed, gb_kept_report(&kept[i]));
    }
}

void
gb_plan_release(struct gb_plan *plan)
{
    GB_EACH_IN(table, &plan->manifests)
        gb_report_release(*table);
    GB_RELEASE(&plan->specs, &plan->context, &plan->manifests);
    gb_arena_release(&plan->arena);
}
