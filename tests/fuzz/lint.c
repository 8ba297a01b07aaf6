/* A whole draft: tree, facts, all rules, all formats of output. */
#include "fuzz.h"

#include "emit/emit.h"
#include "emit/terms.h"
#include "facts/summary/json.h"

static const char *const profiles[] = {NULL,      "gb11", "engineering",      "food-safety", "environment",
                                       "earlier", "q",    "service-business", "db32-2796",   "working-requirement"};

static struct gb_settings
settings_for(struct gb_str bytes)
{
    struct gb_settings settings = {.rules = gb_fuzz_rules(), .level = GB_LEVEL_INFO, .fail_on = GB_LEVEL_ERROR};

    settings.facts.today = 20250101;
    settings.facts.profile = profiles[gb_fuzz_choice(bytes, 1, GB_COUNT(profiles))];
    settings.facts.stage = (enum gb_stage)gb_fuzz_choice(bytes, 2, GB_STAGE_COUNT);
    settings.facts.has_edition = gb_fuzz_choice(bytes, 3, 2);
    settings.facts.edition = (enum gb_edition)gb_fuzz_choice(bytes, 4, GB_EDITION_COUNT);
    return settings;
}

static void
check_format(const char *name, struct gb_str text)
{
    static const char *const json[] = {"json", "sarif", "gitlab"}, *const xml[] = {"junit", "checkstyle"};

    for (size_t i = 0; i < GB_COUNT(json); i++) {
        if (strcmp(name, json[i]) == 0)
            gb_check_json(text);
    }
    for (size_t i = 0; i < GB_COUNT(xml); i++) {
        if (strcmp(name, xml[i]) == 0)
            gb_check_xml(text);
    }
}

static void
emit_all(const struct gb_draft *draft)
{
    const struct gb_totals totals = {.drafts = 1};

    for (const struct gb_emitter *emitter = gb_emitters; emitter->name; emitter++) {
        struct gb_out out = GB_OUT_ZERO;
        void *kept = NULL;
        const struct gb_emit e = {.out = &out,
                                  .report = &draft->report,
                                  .doc = draft->doc,
                                  .facts = &draft->facts,
                                  .totals = &totals,
                                  .kept = &kept,
                                  .color = true,
                                  .single = true,
                                  .shows_score = true,
                                  .ambiguous = 2,
                                  .level = GB_LEVEL_INFO,
                                  .folder = "/"};
        if (emitter->begin)
            emitter->begin(&e);
        emitter->draft(&e);
        if (emitter->end)
            emitter->end(&e);
        gb_check_utf8(gb_buf_str(&out.buf));
        check_format(emitter->name, gb_buf_str(&out.buf));
        gb_out_release(&out);
    }
}

static void
list_terms(const struct gb_draft *draft)
{
    static const char *const formats[] = {"text", "json", "csv", "tbx"};
    const struct gb_term_draft one = {draft->doc, &draft->facts};
    const struct gb_term_list list = {&one, 1, false};

    for (size_t i = 0; i < GB_COUNT(formats); i++) {
        gb_terms_writer *write = gb_terms_writer_find(formats[i]);
        struct gb_out out = GB_OUT_ZERO;
        GB_HOLDS(write);
        write(&out, &list);
        gb_check_utf8(gb_buf_str(&out.buf));
        if (strcmp(formats[i], "json") == 0)
            gb_check_json(gb_buf_str(&out.buf));
        if (strcmp(formats[i], "tbx") == 0)
            gb_check_xml(gb_buf_str(&out.buf));
        gb_out_release(&out);
    }
}

static void
outline(const struct gb_draft *draft)
{
    struct gb_out out = GB_OUT_ZERO;

    gb_outline_text(&out, draft->doc);
    out.buf.len = 0;
    gb_outline_json(&out, draft->doc, &draft->facts, draft->report.edition);
    gb_check_json(gb_buf_str(&out.buf));
    gb_out_release(&out);
}

/* Facts that are written can be read. */
static void
take_facts(struct gb_draft *draft)
{
    struct gb_summary summary = gb_summary_take(draft->doc, &draft->facts, NULL, 0, &draft->arena);
    struct gb_out out = GB_OUT_ZERO;
    gb_summary_array list = {0};
    struct gb_error error;

    gb_summary_write(&out, &summary, &draft->source);
    GB_HOLDS(gb_summaries_read(gb_buf_str(&out.buf), "facts", &draft->arena, &list, &error));
    GB_HOLDS(list.len == 1 && list.items[0].n_facts == summary.n_facts && list.items[0].hash == summary.hash);
    gb_array_release(&list);
    gb_out_release(&out);
}

void
gb_fuzz_draft(struct gb_str bytes, const char *name)
{
    const char *const paths[] = {"-"};
    struct gb_settings settings = settings_for(bytes);
    struct gb_overlay overlay = {0};
    const struct gb_input input = {
        .paths = paths, .n_paths = 1, .is_named = true, .shown = name, .settings = &settings, .overlay = &overlay};
    struct gb_draft draft;
    struct gb_error error;

    gb_overlay_put(&overlay, "-", name, GB_STR(""), bytes, NULL);
    GB_HOLDS(gb_draft_read(&draft, &input, &error) == GB_DRAFT_READY);
    gb_check_source(&draft.source);
    gb_draft_judge(&draft, &input, (struct gb_wanted){.fixes = true, .scores = true, .tree = true});
    gb_check_report(&draft.report);
    emit_all(&draft);
    list_terms(&draft);
    outline(&draft);
    take_facts(&draft);
    gb_draft_release(&draft);
    gb_overlay_release(&overlay);
}

void
gb_fuzz_lint(struct gb_str bytes)
{
    gb_fuzz_draft(bytes, "draft.md");
}

void
gb_fuzz_lint_docbook(struct gb_str bytes)
{
    gb_fuzz_draft(bytes, "draft.dbk");
}
