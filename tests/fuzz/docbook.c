/* The DocBook reader and the clause builder; nothing is included. */
#include "fuzz.h"

static bool
refuse(void *data, struct gb_source *source, const char *from, struct gb_str href, uint32_t *out_file,
       struct gb_error *why)
{
    (void)data;
    (void)source;
    (void)from;
    (void)href;
    (void)out_file;
    gb_error_set(why, NULL, 0, 0, "no");
    return false;
}

void
gb_fuzz_docbook(struct gb_str bytes)
{
    const struct gb_includer includer = {refuse, NULL};
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_source source;
    struct gb_blocks blocks;

    gb_source_init(&source, &arena);
    gb_source_add(&source, "draft.xml", gb_arena_copy(&arena, bytes));
    gb_blocks_init(&blocks, &source);
    gb_read_docbook(&blocks, 0, &includer);
    gb_check_blocks(&blocks);
    gb_check_doc(gb_build_clauses(&blocks));
    gb_blocks_release(&blocks);
    gb_arena_release(&arena);
}
