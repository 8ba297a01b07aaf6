/* The Markdown reader and the clause builder, with the map back to the bytes. */
#include "fuzz.h"

#include "../unit/blocks.h"

struct reading {
    struct gb_arena arena;
    struct gb_source source;
    struct gb_blocks blocks;
    struct gb_buf dump;
};

static void
read_draft(struct reading *r, struct gb_str bytes, bool by_parser)
{
    *r = (struct reading){0};
    gb_source_init(&r->source, &r->arena);
    gb_source_add(&r->source, "draft.md", gb_arena_copy(&r->arena, bytes));
    gb_blocks_init(&r->blocks, &r->source);
    r->blocks.by_parser = by_parser;
    gb_read_markdown(&r->blocks, 0);
    gb_check_blocks(&r->blocks);
    blocks_dump(&r->blocks, &r->dump);
}

static void
release(struct reading *r)
{
    gb_buf_release(&r->dump);
    gb_blocks_release(&r->blocks);
    gb_arena_release(&r->arena);
}

void
gb_fuzz_markdown(struct gb_str bytes)
{
    struct reading plain, parsed;

    read_draft(&plain, bytes, false);
    read_draft(&parsed, bytes, true);
    GB_HOLDS(gb_str_eq(gb_buf_str(&plain.dump), gb_buf_str(&parsed.dump)));
    gb_check_doc(gb_build_clauses(&plain.blocks));
    release(&parsed);
    release(&plain);
}
