/* Making blocks. */
#include "read/block.h"

struct gb_block *
gb_block_new(struct gb_blocks *blocks, struct gb_block *parent, enum gb_block_kind kind)
{
    struct gb_block *block = gb_arena_new(&blocks->own, struct gb_block);

    block->kind = kind;
    block->parent = parent;
    if (parent) {
        if (parent->last)
            parent->last->next = block;
        else
            parent->first = block;
        parent->last = block;
    }
    return block;
}

void
gb_blocks_init(struct gb_blocks *blocks, struct gb_source *source)
{
    *blocks = (struct gb_blocks){.arena = source->arena, .source = source};
    blocks->root = gb_block_new(blocks, NULL, GB_BLOCK_ROOT);
}

void
gb_blocks_release(struct gb_blocks *blocks)
{
    gb_array_release(&blocks->faults);
    gb_arena_release(&blocks->own);
}
