/* Nodes by their numbers. */
#include "base/sort.h"
#include "check/numbers_priv.h"

/* Five bits for the letter, fourteen for each of four parts (0: no such part), one for what does not fit. */
static uint64_t
key_of(const struct gb_number *num)
{
    enum { PARTS = 4, BITS = 14, MOST = (1 << BITS) - 1 };
    uint64_t key = (uint64_t)(num->letter & 31);
    unsigned n = num->n < PARTS ? num->n : PARTS, i = 0;
    bool is_cut = num->n > PARTS;

    for (; i < n; i++) {
        unsigned value = num->part[i] + 1u;
        if (value >= MOST) {
            key = key << BITS | MOST;
            is_cut = true;
            i++;
            break;
        }
        key = key << BITS | value;
    }
    return key << (PARTS - i) * BITS << 1 | is_cut;
}

static int
compare(const struct gb_numbered *a, const struct gb_numbered *b)
{
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->key & 1 ? gb_number_cmp(a->num, b->num) : 0;
}

void
gb_numbers_add(struct gb_numbers *numbers, const struct gb_number *num, const void *what)
{
    *gb_push(&numbers->items) = (struct gb_numbered){key_of(num), num, what};
}

/* Merges two runs, [begin, middle) and [middle, end) of `from`, to the same place in `to`. */
static void
merge(const struct gb_numbered *from, struct gb_numbered *to, size_t begin, size_t middle, size_t end)
{
    size_t a = begin, b = middle;

    for (size_t i = begin; i < end; i++) {
        if (b == end || (a < middle && compare(&from[a], &from[b]) <= 0))
            to[i] = from[a++];
        else
            to[i] = from[b++];
    }
}

/* The numbers of most drafts are in order already, those of others in runs: these are merged, two and two. */
void
gb_numbers_sort(struct gb_numbers *numbers)
{
    struct gb_numbered *items = numbers->items.items, *spare = NULL;
    size_t n = numbers->items.len;
    GB_ARRAY(size_t) ends = {0};

    for (size_t i = 1; i < n; i++) {
        if (compare(&items[i - 1], &items[i]) > 0)
            *gb_push(&ends) = i;
    }
    if (ends.len)
        spare = gb_alloc(numbers->items.cap * sizeof(*spare));
    while (ends.len) {
        size_t begin = 0, n_ends = 0;
        for (size_t i = 0; i <= ends.len; i += 2) {
            size_t middle = i < ends.len ? ends.items[i] : n, end = i + 1 < ends.len ? ends.items[i + 1] : n;
            merge(items, spare, begin, middle, end);
            if (end < n)
                ends.items[n_ends++] = end;
            begin = end;
        }
        ends.len = n_ends;
        struct gb_numbered *other = items;
        items = spare;
        spare = other;
    }
    numbers->items.items = items;
    free(spare);
    gb_array_release(&ends);
}

size_t
gb_numbers_seek(const struct gb_numbers *numbers, const struct gb_number *num)
{
    struct gb_numbered wanted = {key_of(num), num, NULL};

    GB_SEEK(size_t, i, numbers->items.len, compare(&numbers->items.items[i], &wanted) < 0);
    return i;
}
