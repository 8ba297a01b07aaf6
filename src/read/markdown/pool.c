/* Blocks of memory, taken in order and used again. */
#include "read/markdown/pool_priv.h"

#include "base/arena.h"

#include <stdlib.h>

/* Blocks double: what a short draft frees is small enough for the heap to use again. */
enum { FIRST_BLOCK = 64 * 1024, LARGEST_BLOCK = 512 * 1024 };

struct gb_pool_block {
    struct gb_pool_block *next;
    size_t size;
};

static void
pool_enter(struct gb_pool *pool, struct gb_pool_block *block)
{
    pool->current = block;
    pool->at = (char *)block + GB_POOL_HEAD;
    pool->end = (char *)block + block->size;
}

/* Goes on to a block with that much room: one of an earlier chunk, or a new one. */
static void
pool_grow(struct gb_pool *pool, size_t need)
{
    struct gb_pool_block *next = pool->current ? pool->current->next : pool->first;

    if (!next || next->size - GB_POOL_HEAD < need) {
        size_t size = pool->current ? pool->current->size * 2 : FIRST_BLOCK;
        if (size > LARGEST_BLOCK)
            size = LARGEST_BLOCK;
        if (size < need + GB_POOL_HEAD)
            size = need + GB_POOL_HEAD;
        struct gb_pool_block *block = gb_alloc(size);
        *block = (struct gb_pool_block){next, size};
        if (pool->current)
            pool->current->next = block;
        else
            pool->first = block;
        next = block;
    }
    pool_enter(pool, next);
}

void *
gb_pool_take(struct gb_pool *pool, size_t size)
{
    size_t whole = GB_POOL_HEAD + ((size + GB_POOL_HEAD - 1) & ~(size_t)(GB_POOL_HEAD - 1));

    if (whole > (size_t)(pool->end - pool->at))
        pool_grow(pool, whole);
    char *memory = pool->at;
    pool->at += whole;
    memcpy(memory, &size, sizeof(size));
    return memory + GB_POOL_HEAD;
}

void
gb_pool_reset(struct gb_pool *pool)
{
    if (pool->first)
        pool_enter(pool, pool->first);
}

void
gb_pool_release(struct gb_pool *pool)
{
    struct gb_pool_block *next;

    for (struct gb_pool_block *block = pool->first; block; block = next) {
        next = block->next;
        free(block);
    }
}
