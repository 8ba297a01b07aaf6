/*
 * Sorting, and searching what is sorted. What is sorted is mostly in order, or short: qsort(3) costs more to begin than either
 * needs.
 */
#ifndef GB_BASE_SORT_H
#define GB_BASE_SORT_H

#include "base/str.h"

#include <stddef.h>

/* As qsort(3). Equal elements keep their order where the elements were in order but for a few. */
void gb_sort(void *items, size_t n, size_t size, int (*compare)(const void *, const void *));

/* Of double. */
int gb_compare_numbers(const void *left, const void *right);
/* Of const char *, by bytes. */
int gb_compare_names(const void *left, const void *right);

/*
 * A comparison for either, by keys: the first in which two elements differ decides. A key is a member of `type`, or what can
 * be reached from one:
 *     GB_ORDER(by_place, struct gb_slip, GB_KEY(node->id) GB_KEY(begin))
 */
#define GB_ORDER(name, type, keys)                                                                                     \
    static int name(const void *left, const void *right)                                                               \
    {                                                                                                                  \
        const type *a = left, *b = right;                                                                              \
        keys return 0;                                                                                                 \
    }
/* The same of pointers to the elements. */
#define GB_ORDER_OF_POINTERS(name, type, keys)                                                                         \
    static int name(const void *left, const void *right)                                                               \
    {                                                                                                                  \
        const type *a = *(const type *const *)left, *b = *(const type *const *)right;                                  \
        keys return 0;                                                                                                 \
    }
#define GB_KEY(of)                                                                                                     \
    if (a->of != b->of)                                                                                                \
        return a->of < b->of ? -1 : 1;
#define GB_KEY_DOWN(of)                                                                                                \
    if (a->of != b->of)                                                                                                \
        return a->of > b->of ? -1 : 1;
/* By a comparison of their own; and, as the last one, by where they stand. */
#define GB_KEY_BY(compare, of)                                                                                         \
    {                                                                                                                  \
        int order = compare(a->of, b->of);                                                                             \
        if (order)                                                                                                     \
            return order;                                                                                              \
    }
#define GB_KEY_STR(of) GB_KEY_BY(gb_str_cmp, of)
#define GB_KEY_PLACE                                                                                                   \
    if (a != b)                                                                                                        \
        return a < b ? -1 : 1;

/*
 * Of n elements in order, the first that does not stand before what is sought: declares its index i, n where all do.
 * `is_before` asks it of element i.
 *     GB_SEEK(size_t, i, lines->len, lines->items[i].end <= at);
 */
#define GB_SEEK(type, i, n, is_before)                                                                                 \
    type i = 0;                                                                                                        \
    for (type i##_low = 0, i##_high = (n);                                                                             \
         i##_low < i##_high ? (i = i##_low + (i##_high - i##_low) / 2, true) : (i = i##_low, false);) {                \
        if (is_before)                                                                                                 \
            i##_low = i + 1;                                                                                           \
        else                                                                                                           \
            i##_high = i;                                                                                              \
    }

/*
 * The runs of equals among n elements in order, each as its [begin, end); `is_same` asks of element end whether it stands in that of begin.
 *     GB_EACH_RUN(begin, end, lines->len, lines->items[end].hash == lines->items[begin].hash) {…}
 */
#define GB_EACH_RUN(begin, end, n, is_same)                                                                            \
    for (size_t begin = 0, end = 0; begin < (n) && ({                                                                  \
                                        end = begin + 1;                                                               \
                                        while (end < (n) && (is_same))                                                 \
                                            end++;                                                                     \
                                        true;                                                                          \
                                    });                                                                                \
         begin = end)

#endif
