/* A term bank: CSV, YAML or TBX. What is in it is found. */
#include "fuzz.h"

static void
read_as(const char *path, struct gb_str bytes)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_error error = {0};
    struct gb_bank_reader *reader = gb_bank_reader_new(&arena);
    bool ok = gb_bank_read(reader, path, gb_arena_copy(&arena, bytes), &error);
    const struct gb_term_bank *bank = gb_bank_finish(reader);

    GB_HOLDS(ok || error.message[0]);
    for (uint32_t i = 0; i < bank->n_entries && i < 50; i++) {
        gb_bank_preferred(bank, &bank->entries[i]);
        gb_bank_find(bank, bank->entries[i].term);
    }
    gb_term_bank_free(bank);
    gb_arena_release(&arena);
}

void
gb_fuzz_bank(struct gb_str bytes)
{
    read_as("b.csv", bytes);
    read_as("b.yaml", bytes);
    read_as("b.tbx", bytes);
}
