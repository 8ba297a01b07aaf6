#include "base/hash.h"
#include "base/strmap.h"

void
gb_strmap_release(struct gb_strmap *map)
{
    gb_array_release(&map->items);
    free(map->slots);
    *map = (struct gb_strmap){.slots = NULL};
}

static size_t
slot_of(const struct gb_strmap *map, struct gb_str str)
{
    size_t slot = gb_hash_slot(str) & (map->n_slots - 1);

    while (map->slots[slot] && !gb_str_eq(map->items.items[map->slots[slot] - 1].str, str))
        slot = (slot + 1) & (map->n_slots - 1);
    return slot;
}

static void
grow(struct gb_strmap *map)
{
    if (map->n_slots > 2 * map->items.len)
        return;
    map->n_slots = map->n_slots ? map->n_slots * 4 : 64;
    free(map->slots);
    map->slots = gb_alloc_zeroed(map->n_slots * sizeof(*map->slots));
    for (size_t i = 0; i < map->items.len; i++)
        map->slots[slot_of(map, map->items.items[i].str)] = (uint32_t)i + 1;
}

uint32_t
gb_strmap_add(struct gb_strmap *map, struct gb_str str, uint32_t value, bool *out_is_new)
{
    grow(map);
    size_t slot = slot_of(map, str);
    *out_is_new = !map->slots[slot];
    if (*out_is_new) {
        *gb_push(&map->items) = (struct gb_strmap_item){str, value};
        map->slots[slot] = (uint32_t)map->items.len;
    }
    return map->items.items[map->slots[slot] - 1].value;
}

bool
gb_strmap_find(const struct gb_strmap *map, struct gb_str str, uint32_t *out_value)
{
    if (!map->n_slots)
        return false;
    uint32_t slot = map->slots[slot_of(map, str)];
    if (slot)
        *out_value = map->items.items[slot - 1].value;
    return slot > 0;
}
