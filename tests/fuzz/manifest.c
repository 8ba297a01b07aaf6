/* The table of a system, and the rules on it. */
#include "fuzz.h"

#include "series/series.h"

void
gb_fuzz_manifest(struct gb_str bytes)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_error error = {0};
    const struct gb_lexicon *lexicon = gb_ruleset_lexicon(gb_fuzz_rules());
    const struct gb_manifest *manifest =
        gb_manifest_read("m.csv", gb_arena_copy(&arena, bytes), lexicon, false, &arena, &error);

    if (manifest) {
        struct gb_report report;
        gb_report_init(&report, &arena, &manifest->source);
        struct gb_series series = {.arena = &arena,
                                   .manifest = manifest,
                                   .manifest_report = &report,
                                   .manifest_rules = gb_fuzz_rules(),
                                   .as_of = 20250101};
        gb_series_match(&series);
        gb_series_check(&series);
        gb_report_finish(&report);
        gb_check_report(&report);
        gb_report_release(&report);
    } else {
        GB_HOLDS(error.message[0]);
    }
    gb_arena_release(&arena);
}
