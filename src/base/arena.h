/*
 * An arena: memory that is taken piece by piece and given back all at once. One per document
 * holds text, tree and findings; one per run holds rules. Out of memory ends the program here.
 */
#ifndef GB_BASE_ARENA_H
#define GB_BASE_ARENA_H

#include "base/str.h"

struct gb_arena_block;

struct gb_arena {
    struct gb_arena_block *block; /* the one in use; older ones hang behind it */
    char *next, *end;             /* free bytes of it */
};

#define GB_ARENA_ZERO ((struct gb_arena){0})

/* A zeroed arena is ready for use; release accepts one. */
void gb_arena_release(struct gb_arena *arena);

/* Zeroed bytes, aligned for any object. */
void *gb_arena_alloc(struct gb_arena *arena, size_t size);
/* The same, but for what is written as a whole: the bytes hold anything. */
void *gb_arena_take(struct gb_arena *arena, size_t size);

#define gb_arena_new(arena, type) ((type *)gb_arena_alloc((arena), sizeof(type)))
#define gb_arena_new_array(arena, type, n) ((type *)gb_arena_alloc((arena), sizeof(type) * (n)))

/* A copy of the bytes, followed by a NUL that the length does not count. */
struct gb_str gb_arena_copy(struct gb_arena *arena, struct gb_str text);
void *gb_arena_copy_bytes(struct gb_arena *arena, const void *bytes, size_t size);

/*
 * Room for one more in an array of `n` in the arena, which doubles whenever n is a power of two: the items, or a copy of them. What is
 * behind them is zeroed.
 */
void *gb_arena_more(struct gb_arena *arena, void *items, size_t n, size_t size);

/* Formatted text in the arena, NUL-terminated. */
struct gb_str gb_arena_printf(struct gb_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * To be called once, before other threads run. Only what is really large gets mappings of its own from the C library, which grow without
 * being copied. Left alone, it copies whatever grows once something large was freed, and gives back between two drafts what the next one
 * asks for again: 6 % of the memory and a fifth of the page faults of a draft of 10 MB, two thirds of those of many drafts.
 */
void gb_memory_startup(void);

/* malloc, calloc, realloc that never return NULL: the program ends instead. */
void *gb_alloc(size_t size);
void *gb_alloc_zeroed(size_t size);
void *gb_realloc(void *old, size_t size);

#endif
