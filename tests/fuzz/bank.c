/* A term bank: CSV, YAML or TBX. What is in it is found. */
#include "fuzz.h"

#include "text/utf8.h"

static void
read_as(const char *path, struct gb_str bytes, struct gb_str draft)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_error error = {0};
    struct gb_bank_reader *reader = gb_bank_reader_new(&arena);
    bool ok = gb_bank_read(reader, path, gb_arena_copy(&arena, bytes), &error);
    const struct gb_term_bank *bank = gb_bank_finish(reader);

    GB_HOLDS(ok || error.message[0]);
    /* As if the draft were the bank itself: all its names are in it. */
    struct gb_bank_view *view = gb_bank_view_new(bank, draft.len, &arena);
    gb_bank_expect(view, draft);
    gb_bank_open(view);
    for (size_t at = 0, next; at < draft.len && at < 2000; at = next) {
        gb_utf8_at(draft, at, &next);
        const struct gb_bank_entry *entry = gb_bank_longest(view, draft, at);
        if (!entry)
            continue;
        GB_HOLDS(gb_str_starts(gb_str_skip(draft, at), entry->term));
        GB_HOLDS(gb_bank_find(view, entry->term));
        gb_bank_preferred(view, entry);
    }
    gb_term_bank_free(bank);
    gb_arena_release(&arena);
}

void
gb_fuzz_bank(struct gb_str bytes)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_source source;

    /* The text of a draft is checked UTF-8. */
    gb_source_init(&source, &arena);
    struct gb_str draft = gb_fuzz_exact(gb_source_add(&source, "draft", gb_arena_copy(&arena, bytes))->text);
    read_as("b.csv", bytes, draft);
    read_as("b.yaml", bytes, draft);
    read_as("b.tbx", bytes, draft);
    gb_fuzz_forget(draft);
    gb_arena_release(&arena);
}
