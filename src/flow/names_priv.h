/* Names of nodes and what they stand for: a table of strings, for notations in which a node is found again by its name. */
#ifndef GB_FLOW_NAMES_PRIV_H
#define GB_FLOW_NAMES_PRIV_H

#include "base/array.h"

struct gb_flow_name {
    struct gb_str str;
    uint32_t value;
};

/* Zeroed is empty. The strings are borrowed. */
struct gb_flow_names {
    GB_ARRAY(struct gb_flow_name) items; /* in the order in which they came */
    uint32_t *slots;                     /* 1 + item; open addressing */
    size_t n_slots;
};

void gb_flow_names_release(struct gb_flow_names *names);

/* The value of a name; where it is new, `value` becomes it and *out_is_new is set. */
uint32_t gb_flow_names_add(struct gb_flow_names *names, struct gb_str str, uint32_t value, bool *out_is_new);

/* The value of a name; false where there is none. */
bool gb_flow_names_find(const struct gb_flow_names *names, struct gb_str str, uint32_t *out_value);

#endif
