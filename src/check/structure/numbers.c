/* Nodes by their numbers. */
#include "base/sort.h"
#include "check/structure/numbers_priv.h"

enum { PARTS = 3 }; /* that a key holds */

/* Letter, the first parts, and how many there are: of more, the key is only the beginning. */
static uint64_t
key_of(const struct gb_number *num)
{
    uint64_t key = (unsigned char)num->letter;

    for (unsigned i = 0; i < PARTS; i++)
        key = key << 16 | (i < num->n ? num->part[i] : 0);
    return key << 8 | (num->n < PARTS ? num->n : PARTS);
}

static int
compare_rest(const struct gb_number *a, const struct gb_number *b)
{
    return a->n <= PARTS && b->n <= PARTS ? 0 : gb_number_cmp(a, b);
}

void
gb_numbers_add(struct gb_numbers *numbers, const struct gb_number *num, const void *what)
{
    uint32_t added = (uint32_t)numbers->items.len;

    *gb_push(&numbers->items) = (struct gb_numbered){key_of(num), num, what, added};
}

GB_ORDER(by_number, struct gb_numbered, GB_KEY(key) GB_KEY_BY(compare_rest, num) GB_KEY(added))

void
gb_numbers_sort(struct gb_numbers *numbers)
{
    gb_sort(numbers->items.items, numbers->items.len, sizeof(*numbers->items.items), by_number);
}

size_t
gb_numbers_seek(const struct gb_numbers *numbers, const struct gb_number *num)
{
    const struct gb_numbered *items = numbers->items.items;
    uint64_t key = key_of(num);

    GB_SEEK(size_t, i, numbers->items.len,
            items[i].key < key || (items[i].key == key && compare_rest(items[i].num, num) < 0));
    return i;
}
