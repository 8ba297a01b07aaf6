#include "flow/names_priv.h"

void
gb_flow_names_release(struct gb_flow_names *names)
{
    gb_array_release(&names->items);
    free(names->slots);
    *names = (struct gb_flow_names){.slots = NULL};
}

static uint32_t
hash_of(struct gb_str s)
{
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < s.len; i++)
        hash = (hash ^ (unsigned char)s.ptr[i]) * 16777619u;
    return hash ^ hash >> 15;
}

static size_t
slot_of(const struct gb_flow_names *names, struct gb_str str)
{
    size_t slot = hash_of(str) & (names->n_slots - 1);

    while (names->slots[slot] && !gb_str_eq(names->items.items[names->slots[slot] - 1].str, str))
        slot = (slot + 1) & (names->n_slots - 1);
    return slot;
}

static void
grow(struct gb_flow_names *names)
{
    if (names->n_slots > 2 * names->items.len)
        return;
    names->n_slots = names->n_slots ? names->n_slots * 4 : 64;
    free(names->slots);
    names->slots = gb_alloc(names->n_slots * sizeof(*names->slots));
    memset(names->slots, 0, names->n_slots * sizeof(*names->slots));
    for (size_t i = 0; i < names->items.len; i++)
        names->slots[slot_of(names, names->items.items[i].str)] = (uint32_t)i + 1;
}

uint32_t
gb_flow_names_add(struct gb_flow_names *names, struct gb_str str, uint32_t value, bool *out_is_new)
{
    grow(names);
    size_t slot = slot_of(names, str);
    *out_is_new = !names->slots[slot];
    if (*out_is_new) {
        *gb_push(&names->items) = (struct gb_flow_name){str, value};
        names->slots[slot] = (uint32_t)names->items.len;
    }
    return names->items.items[names->slots[slot] - 1].value;
}

bool
gb_flow_names_find(const struct gb_flow_names *names, struct gb_str str, uint32_t *out_value)
{
    if (!names->n_slots)
        return false;
    uint32_t slot = names->slots[slot_of(names, str)];
    if (slot)
        *out_value = names->items.items[slot - 1].value;
    return slot > 0;
}
