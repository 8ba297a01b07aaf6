/* Nodes by their numbers. */
#include "base/sort.h"
#include "check/structure/numbers_priv.h"

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
    uint32_t added = (uint32_t)numbers->items.len;

    *gb_push(&numbers->items) = (struct gb_numbered){key_of(num), num, what, added};
}

static int
by_number(const void *left, const void *right)
{
    const struct gb_numbered *a = left, *b = right;
    int order = compare(a, b);

    return order ? order : a->added < b->added ? -1 : a->added > b->added;
}

void
gb_numbers_sort(struct gb_numbers *numbers)
{
    gb_sort(numbers->items.items, numbers->items.len, sizeof(*numbers->items.items), by_number);
}

size_t
gb_numbers_seek(const struct gb_numbers *numbers, const struct gb_number *num)
{
    struct gb_numbered wanted = {.key = key_of(num), .num = num};

    GB_SEEK(size_t, i, numbers->items.len, compare(&numbers->items.items[i], &wanted) < 0);
    return i;
}
