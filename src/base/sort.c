#include "base/sort.h"

#include <stdlib.h>
#include <string.h>

enum { SHORT = 32, LARGEST = 256 };

/* Puts element i where it belongs among those before it, which are in order. */
static void
insert(char *items, size_t i, size_t size, int (*compare)(const void *, const void *))
{
    char moved[LARGEST];
    size_t at = i;

    memcpy(moved, items + i * size, size);
    while (at > 0 && compare(items + (at - 1) * size, moved) > 0)
        at--;
    memmove(items + (at + 1) * size, items + at * size, (i - at) * size);
    memcpy(items + at * size, moved, size);
}

void
gb_sort(void *items, size_t n, size_t size, int (*compare)(const void *, const void *))
{
    char *bytes = items;
    size_t sorted = 1;

    while (sorted < n && compare(bytes + (sorted - 1) * size, bytes + sorted * size) <= 0)
        sorted++;
    if (sorted >= n)
        return;
    if (n > SHORT || size > LARGEST) {
        qsort(items, n, size, compare);
        return;
    }
    for (size_t i = sorted; i < n; i++)
        insert(bytes, i, size, compare);
}

int
gb_compare_numbers(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;

    return (a > b) - (a < b);
}

int
gb_compare_names(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}
