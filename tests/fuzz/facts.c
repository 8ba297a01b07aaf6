/* Facts of drafts as JSON lines, as `lint --facts` joins them: read, and judged as a series without its drafts. */
#include "fuzz.h"

#include "facts/summary/json.h"
#include "series/series.h"

static const char line[] = "# 5 登记\n\n登记应当在5日内完成。\n";

static void
judge(const gb_summary_array *summaries, struct gb_arena *arena)
{
    uint32_t n = (uint32_t)summaries->len;
    struct gb_member *members = gb_arena_new_array(arena, struct gb_member, n);
    struct gb_report *reports = gb_arena_new_array(arena, struct gb_report, n);
    struct gb_series series = {.arena = arena, .members = members, .n_members = n, .as_of = 20250101};
    struct gb_source source;

    gb_source_init(&source, arena);
    gb_source_add(&source, "draft.md", GB_STR(line));
    for (uint32_t i = 0; i < n; i++) {
        gb_report_init(&reports[i], arena, &source);
        members[i] = (struct gb_member){.summary = &summaries->items[i],
                                        .source = &source,
                                        .report = &reports[i],
                                        .rules = gb_fuzz_rules()};
    }
    gb_series_match(&series);
    gb_series_check(&series);
    for (uint32_t i = 0; i < n; i++) {
        gb_report_finish(&reports[i]);
        gb_report_release(&reports[i]);
    }
}

void
gb_fuzz_facts(struct gb_str bytes)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_error error = {0};
    gb_summary_array summaries = {0};

    if (gb_summaries_read(gb_arena_copy(&arena, bytes), "facts", &arena, &summaries, &error))
        judge(&summaries, &arena);
    else
        GB_HOLDS(error.message[0]);
    gb_array_release(&summaries);
    gb_arena_release(&arena);
}
