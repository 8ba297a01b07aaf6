/* A registry of standards, CSV or YAML by its first byte. */
#include "fuzz.h"

void
gb_fuzz_registry(struct gb_str bytes)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_error error = {0};
    const char *path = gb_fuzz_choice(gb_str_sub(bytes, 0, 1), 0, 2) ? "r.csv" : "r.yaml";
    const struct gb_registry *registry = gb_registry_read(path, gb_arena_copy(&arena, bytes), &arena, &error);

    if (registry) {
        gb_registry_find_text(registry, GB_STR("GB/T 1.1—2020"));
        gb_registry_find_text(registry, bytes);
    } else {
        GB_HOLDS(error.message[0]);
    }
    gb_arena_release(&arena);
}
