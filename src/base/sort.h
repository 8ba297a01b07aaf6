/* Sorting of what is mostly in order, or short: qsort(3) costs more to begin than either needs. */
#ifndef GB_BASE_SORT_H
#define GB_BASE_SORT_H

#include <stddef.h>

/* As qsort(3). Equal elements keep their order where the elements were in order but for a few. */
void gb_sort(void *items, size_t n, size_t size, int (*compare)(const void *, const void *));

#endif
