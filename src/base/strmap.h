/* Strings and what they stand for: a table for texts in which a thing is found again by its name. */
#ifndef GB_BASE_STRMAP_H
#define GB_BASE_STRMAP_H

#include "base/array.h"

struct gb_strmap_item {
    struct gb_str str;
    uint32_t value;
};

/* Zeroed is empty. The strings are borrowed. */
struct gb_strmap {
    GB_ARRAY(struct gb_strmap_item) items; /* in the order in which they came */
    uint32_t *slots;                       /* 1 + item; open addressing */
    size_t n_slots;
};

void gb_strmap_release(struct gb_strmap *map);

/* The value of a string; where it is new, `value` becomes it and *out_is_new is set. */
uint32_t gb_strmap_add(struct gb_strmap *map, struct gb_str str, uint32_t value, bool *out_is_new);

/* The value of a string; false where there is none. */
bool gb_strmap_find(const struct gb_strmap *map, struct gb_str str, uint32_t *out_value);

#endif
