/*
 * A growable array of any element: GB_ARRAY(struct gb_finding) list = {0};
 *     *gb_push(&list) = finding;
 * The elements move when it grows; keep indexes, not pointers. Freed by gb_array_release.
 */
#ifndef GB_BASE_ARRAY_H
#define GB_BASE_ARRAY_H

#include "base/arena.h"

#include <stdlib.h>

#define GB_ARRAY(type)                                                                                                 \
    struct {                                                                                                           \
        type *items;                                                                                                   \
        size_t len, cap;                                                                                               \
    }

/* Pointer to a new element at the end; it is not zeroed. */
#define gb_push(array)                                                                                                 \
    (gb_array_grow((void **)&(array)->items, &(array)->cap, (array)->len + 1, sizeof(*(array)->items)),                \
     &(array)->items[(array)->len++])

/* A loop over its elements, while none is added: GB_EACH_IN(finding, &report->findings) { … }; IN_PLACE: they may be changed. */
#define GB_EACH_IN(item, array) GB_EACH(const __typeof__(*(array)->items), item, (array)->items, (array)->len)
#define GB_EACH_IN_PLACE(item, array) GB_EACH(__typeof__(*(array)->items), item, (array)->items, (array)->len)

/* Gives its elements to the arena, for a struct that holds them as pointer and number, and frees the array. */
#define GB_KEEP(arena, array, out, out_n)                                                                              \
    ((out_n) = (uint32_t)(array)->len,                                                                                 \
     (out) = gb_arena_copy_bytes((arena), (array)->items, (array)->len * sizeof(*(array)->items)),                     \
     gb_array_release(array))

#define gb_array_release(array) (free((array)->items), (array)->items = NULL, (array)->len = (array)->cap = 0)

/* Of several arrays: GB_RELEASE(&r.terms, &r.uses); */
#define GB_RELEASE(...)                                                                                                \
    do {                                                                                                               \
        GB_PASSES(GB_RELEASE_FIRST(__VA_ARGS__))                                                                       \
    } while (0)
#define GB_RELEASE_FIRST(array, ...)                                                                                   \
    gb_array_release(array);                                                                                           \
    __VA_OPT__(GB_RELEASE_OTHERS GB_LATER(__VA_ARGS__))
#define GB_RELEASE_OTHERS() GB_RELEASE_FIRST

static inline void
gb_array_grow(void **items, size_t *cap, size_t need, size_t size)
{
    if (need > *cap) {
        *cap = need < 8 ? 8 : need + need / 2;
        *items = gb_realloc(*items, *cap * size);
    }
}

#endif
