#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

enum { FIRST_BLOCK = 16 * 1024, LARGEST_BLOCK = 4 * 1024 * 1024, HUGE_PAGE = 2 * 1024 * 1024, ALIGN = 16 };

struct gb_arena_block {
    struct gb_arena_block *older;
    size_t size;
};

static _Noreturn void
out_of_memory(void)
{
    fputs("gblint: out of memory\n", stderr);
    exit(2);
}

void *
gb_alloc(size_t size)
{
    void *memory = malloc(size ? size : 1);

    if (!memory)
        out_of_memory();
    return memory;
}

void *
gb_realloc(void *old, size_t size)
{
    void *memory = realloc(old, size ? size : 1);

    if (!memory)
        out_of_memory();
    return memory;
}

void
gb_arena_release(struct gb_arena *arena)
{
    if (!arena)
        return;
    struct gb_arena_block *next;
    for (struct gb_arena_block *b = arena->block; b; b = next) {
        next = b->older;
        free(b);
    }
    *arena = GB_ARENA_ZERO;
}

static size_t
aligned(size_t size)
{
    return (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
}

/*
 * Memory for a block. A large one is made of huge pages where the system has them: a long draft spends a tenth of its time
 * in page faults without them.
 */
static void *
alloc_block(size_t size)
{
    if (size < HUGE_PAGE)
        return gb_alloc(size);
    size = (size + HUGE_PAGE - 1) & ~(size_t)(HUGE_PAGE - 1);
    void *memory = aligned_alloc(HUGE_PAGE, size);
    if (!memory)
        out_of_memory();
#ifdef MADV_HUGEPAGE
    madvise(memory, size, MADV_HUGEPAGE);
#endif
    return memory;
}

static char *
new_block(struct gb_arena *arena, size_t payload)
{
    size_t head = aligned(sizeof(struct gb_arena_block));
    struct gb_arena_block *block = alloc_block(head + payload);

    block->size = payload;
    block->older = arena->block;
    arena->block = block;
    return (char *)block + head;
}

void *
gb_arena_alloc(struct gb_arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        out_of_memory();
    size = aligned(size ? size : 1);
    if (size > (size_t)(arena->end - arena->next)) {
        size_t head = aligned(sizeof(struct gb_arena_block));
        size_t block = arena->block ? (arena->block->size + head) * 2 - head : FIRST_BLOCK - head;
        if (block > LARGEST_BLOCK - head)
            block = LARGEST_BLOCK - head;
        if (size > block / 4) {
            /* A large piece gets a block of its own, behind the one in use. */
            struct gb_arena_block *current = arena->block;
            char *own = new_block(arena, size);
            if (current) {
                struct gb_arena_block *made = arena->block;
                made->older = current->older;
                current->older = made;
                arena->block = current;
            } else {
                arena->block->size = FIRST_BLOCK / 2;
            }
            return memset(own, 0, size);
        }
        arena->next = new_block(arena, block);
        arena->end = arena->next + block;
    }
    void *memory = arena->next;
    arena->next += size;
    return memset(memory, 0, size);
}

void *
gb_arena_copy_bytes(struct gb_arena *arena, const void *bytes, size_t size)
{
    void *copy = gb_arena_alloc(arena, size);

    return size ? memcpy(copy, bytes, size) : copy;
}

struct gb_str
gb_arena_copy(struct gb_arena *arena, struct gb_str text)
{
    char *copy = gb_arena_alloc(arena, text.len + 1);

    if (text.len)
        memcpy(copy, text.ptr, text.len);
    return (struct gb_str){copy, text.len};
}

struct gb_str
gb_arena_printf(struct gb_arena *arena, const char *format, ...)
{
    va_list args, again;

    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    size_t n = length > 0 ? (size_t)length : 0;
    char *text = gb_arena_alloc(arena, n + 1);
    vsnprintf(text, n + 1, format, again);
    va_end(again);
    return (struct gb_str){text, n};
}
