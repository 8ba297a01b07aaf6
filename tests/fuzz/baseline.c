/* A baseline: read, written and read again, held against the findings of a draft, and brought up to date. */
#include "fuzz.h"

#include "app/baseline.h"

static const char text[] =
    "# 5 要求\n\n登记应当在2 个工作日内完成.\n\n## 5.1 登记\n\n登记应在5天内完成，不得超过10天 。\n\n## 5.3 检查\n\n见5.9和表3。\n";

struct reading {
    struct gb_baseline baseline;
    struct gb_buf written;
};

static bool
read_baseline(struct reading *r, struct gb_str bytes)
{
    struct gb_error error = {0};

    *r = (struct reading){.baseline.path = "baseline", .baseline.folder = "/"};
    if (!gb_baseline_read(&r->baseline, gb_arena_copy(&r->baseline.arena, bytes), false, &error)) {
        GB_HOLDS(error.message[0]);
        return false;
    }
    gb_baseline_write(r->baseline.entries.items, r->baseline.entries.len, &r->written);
    return true;
}

static void
release(struct reading *r)
{
    gb_buf_release(&r->written);
    gb_array_release(&r->baseline.entries);
    gb_arena_release(&r->baseline.arena);
}

/* What was written is read as it was. */
static void
check_written(struct gb_str bytes)
{
    struct reading again;

    GB_HOLDS(read_baseline(&again, bytes));
    GB_HOLDS(gb_str_eq(gb_buf_str(&again.written), bytes));
    release(&again);
}

/* As gb_baselines_part cuts it out. */
static struct gb_baseline_part
part_of(struct gb_baseline *baseline, struct gb_str file)
{
    struct gb_baseline_part part = {.whole = baseline, .file = file};

    for (size_t i = 0; i < baseline->entries.len; i++) {
        const struct gb_known *entry = &baseline->entries.items[i];
        GB_HOLDS(i == 0 || gb_str_cmp(entry[-1].file, entry->file) <= 0);
        if (!gb_str_eq(entry->file, file))
            continue;
        if (!part.n++)
            part.entries = entry;
    }
    return part;
}

static void
update(struct gb_baseline *baseline, struct gb_draft *draft, bool prune)
{
    const struct gb_baseline_part part = part_of(baseline, GB_STR("draft.md"));
    const bool *ran = gb_baseline_ran(&part, draft->doc, gb_fuzz_rules(), &draft->facts, &draft->arena);
    struct gb_baseline_counts counts = {0};
    struct gb_buf written = {0};
    struct gb_known *entries;
    size_t n;

    gb_baseline_apply(&part, ran, &draft->report, false);
    gb_check_report(&draft->report);
    gb_baseline_update(&part, ran, &draft->report, prune, &draft->arena, &entries, &n, &counts);
    GB_HOLDS(!prune || !counts.added);
    gb_baseline_write(entries, n, &written);
    check_written(gb_buf_str(&written));
    gb_buf_release(&written);
}

static void
hold_against_draft(struct gb_baseline *baseline, bool prune)
{
    const char *const paths[] = {"-"};
    const struct gb_settings settings = {.rules = gb_fuzz_rules(),
                                         .level = GB_LEVEL_INFO,
                                         .facts = {.today = 20250101}};
    struct gb_overlay overlay = {0};
    const struct gb_input input = {.paths = paths,
                                   .n_paths = 1,
                                   .is_named = true,
                                   .shown = "draft.md",
                                   .settings = &settings,
                                   .overlay = &overlay};
    struct gb_draft draft;
    struct gb_error error;

    gb_overlay_put(&overlay, "-", "draft.md", GB_STR(""), GB_STR(text), NULL);
    GB_HOLDS(gb_draft_read(&draft, &input, &error) == GB_DRAFT_READY);
    gb_draft_judge(&draft, &input, (struct gb_wanted){.fixes = false});
    update(baseline, &draft, prune);
    gb_draft_release(&draft);
    gb_overlay_release(&overlay);
}

void
gb_fuzz_baseline(struct gb_str bytes)
{
    struct reading r;

    if (read_baseline(&r, bytes)) {
        check_written(gb_buf_str(&r.written));
        hold_against_draft(&r.baseline, gb_fuzz_choice(bytes, 0, 2));
    }
    release(&r);
}
