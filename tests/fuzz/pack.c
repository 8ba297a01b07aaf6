/* A pack of a user: loaded, its patterns timed, its pages read, and run on a short draft. */
#include "fuzz.h"

#include "rule/page.h"
#include "rule/rule.h"

static const char draft[] =
    "# 5 要求\n\n## 5.1 登记\n\n登记人员应在5个工作日内核对材料，见5.2。\n\na) 登记；\n\nb) 检查。\n\n|项目|要求|\n|-|-|\n|甲|3 kg|\n";

static void
run(const struct gb_ruleset *rules)
{
    const char *const paths[] = {"-"};
    const struct gb_settings settings = {.rules = rules, .level = GB_LEVEL_INFO, .facts = {.today = 20250101}};
    struct gb_overlay overlay = {0};
    const struct gb_input input = {.paths = paths,
                                   .n_paths = 1,
                                   .is_named = true,
                                   .shown = "draft.md",
                                   .settings = &settings,
                                   .overlay = &overlay};
    struct gb_draft judged;
    struct gb_error error;

    gb_overlay_put(&overlay, "-", "draft.md", GB_STR(""), GB_STR(draft), NULL);
    GB_HOLDS(gb_draft_read(&judged, &input, &error) == GB_DRAFT_READY);
    gb_draft_judge(&judged, &input, (struct gb_wanted){.fixes = true});
    gb_check_report(&judged.report);
    gb_draft_release(&judged);
    gb_overlay_release(&overlay);
}

static void
read_pages(const struct gb_ruleset *rules, const char *path)
{
    struct gb_arena arena = GB_ARENA_ZERO;

    for (size_t i = 0; i < gb_ruleset_count(rules); i++) {
        struct gb_page page;
        struct gb_trial trials[4];
        gb_page_read(rules, i, false, &arena, &page);
        if (!gb_str_is(page.file, path))
            continue;
        gb_page_read(rules, i, true, &arena, &page);
        gb_page_try(rules, i, trials, GB_COUNT(trials));
    }
    gb_arena_release(&arena);
}

void
gb_fuzz_pack(struct gb_str bytes)
{
    const char *path = gb_fuzz_file(bytes);
    const struct gb_ruleset_options options = {.packs = &path, .n_packs = 1};
    struct gb_error error = {0};
    struct gb_ruleset *rules = gb_ruleset_new(&options, &error);

    if (!rules) {
        GB_HOLDS(error.message[0]);
        return;
    }
    read_pages(rules, path);
    run(rules);
    gb_ruleset_free(rules);
}
