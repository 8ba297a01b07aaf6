/* Fixes: what comes out is read again, keeps its charset, and has nothing left to be mended. */
#include "fuzz.h"

#include "app/fix/fix.h"

#include <stdio.h>

static struct gb_str
now(const struct gb_overlay *overlay)
{
    return overlay->files.items[0].now;
}

static uint32_t
mend(struct gb_overlay *overlay, const struct gb_settings *settings, const char *name,
     const struct gb_fix_options *options, bool *out_settled)
{
    const char *const paths[] = {"-"};
    const struct gb_input input = {
        .paths = paths, .n_paths = 1, .is_named = true, .shown = name, .settings = settings, .overlay = overlay};
    struct gb_fix_result result;
    struct gb_draft draft;
    struct gb_error error;

    GB_HOLDS(gb_fix_draft(options, overlay, &input, &draft, &result, &error) == GB_DRAFT_READY);
    gb_check_source(&draft.source);
    gb_check_report(&draft.report);
    GB_HOLDS(gb_str_eq(draft.source.files[0].stored, now(overlay)));
    *out_settled = result.halt == GB_FIX_DONE && !result.recurring.len && !result.numbers_failed;
    uint32_t n = result.n_fixed + result.n_numbers;
    gb_fix_result_release(&result);
    gb_draft_release(&draft);
    return n;
}

/* Bytes that no edit touched stay: a draft without a fix is the same to the last byte. */
static void
fix(struct gb_str bytes, const char *name)
{
    struct gb_settings settings = {.rules = gb_fuzz_rules(),
                                   .level = GB_LEVEL_INFO,
                                   .fail_on = GB_LEVEL_ERROR,
                                   .facts = {.today = 20250101}};
    struct gb_fix_options options = {.unsafe = gb_fuzz_choice(bytes, 1, 2), .renumber = gb_fuzz_choice(bytes, 2, 2)};
    struct gb_overlay overlay = {0};
    bool settled;

    settings.facts.has_edition = gb_fuzz_choice(bytes, 3, 2);
    settings.facts.edition = (enum gb_edition)gb_fuzz_choice(bytes, 4, GB_EDITION_COUNT);
    gb_overlay_put(&overlay, "-", name, bytes, bytes, NULL);
    uint32_t n = mend(&overlay, &settings, name, &options, &settled);
    GB_HOLDS(n || gb_str_eq(now(&overlay), bytes));
    if (n && settled) {
        struct gb_str once = gb_fuzz_exact(now(&overlay));
        mend(&overlay, &settings, name, &options, &settled);
        if (!gb_str_eq(now(&overlay), once))
            fprintf(stderr, "---- once\n%.*s\n---- again\n%.*s\n----\n", GB_FMT(once), GB_FMT(now(&overlay)));
        GB_HOLDS(gb_str_eq(now(&overlay), once));
        gb_fuzz_forget(once);
    }
    gb_overlay_release(&overlay);
}

void
gb_fuzz_fix(struct gb_str bytes)
{
    fix(bytes, "draft.md");
}

void
gb_fuzz_fix_docbook(struct gb_str bytes)
{
    fix(bytes, "draft.dbk");
}
