/*
 * An XML text as a tree in the arena: the readers of drawings look things up in any order. Places are offsets into the text.
 */
#ifndef GB_FLOW_TREE_PRIV_H
#define GB_FLOW_TREE_PRIV_H

#include "flow/build_priv.h"

struct gb_tree_attr {
    struct gb_str prefix, name, value; /* references resolved */
    struct gb_span span;               /* of the value; of the reference when it comes out of an entity */
};

/* An element, or a piece of text: that has no name. */
struct gb_tree_element {
    struct gb_str name;                /* without prefix */
    struct gb_str uri;                 /* of the namespace */
    struct gb_str text;                /* of a piece of text */
    struct gb_span span;               /* of the start tag */
    uint32_t attr, n_attrs;            /* in the tree's attributes */
    int32_t parent, first, last, next; /* elements, -1 for none */
};

struct gb_tree {
    struct gb_tree_element *elements; /* in the order of the text: the root is the first */
    struct gb_tree_attr *attrs;
    uint32_t n, n_attrs;
    bool has_fault; /* what is behind it is not in the tree */
    struct gb_flow_problem fault;
};

/* Larger texts, and those of more elements and attributes, are not read: the fault says so. */
enum { GB_TREE_MOST_BYTES = 64 << 20, GB_TREE_MOST = 400000 };

void gb_tree_read(struct gb_tree *tree, struct gb_str text, struct gb_arena *arena);

/* The attribute of that name whatever its prefix; NULL when there is none. */
const struct gb_tree_attr *gb_tree_attr(const struct gb_tree *tree, int32_t element, const char *name);
/* Its value; empty when there is none. */
struct gb_str gb_tree_value(const struct gb_tree *tree, int32_t element, const char *name);
/* A number in ±2^22; false, and *out as it was, for anything else. What stands behind the number (px) is not looked at. */
bool gb_tree_number(const struct gb_tree *tree, int32_t element, const char *name, double *out);
/* The number at the head of s, and the bytes that it takes; 0 for none. Numbers beyond ±2^22 become HUGE_VAL. */
size_t gb_flow_parse_number(struct gb_str s, double *out);

/* The first child element of that name, -1 for none. */
int32_t gb_tree_child(const struct gb_tree *tree, int32_t element, const char *name);
/* All text in the element, that of inner ones too. */
struct gb_str gb_tree_text(const struct gb_tree *tree, int32_t element, struct gb_arena *arena);
/* The element behind all that is in this one: the end of a walk over its inside. */
int32_t gb_tree_end(const struct gb_tree *tree, int32_t element);

static inline bool
gb_tree_is(const struct gb_tree *tree, int32_t element, const char *name)
{
    return gb_str_is(tree->elements[element].name, name);
}

/* Things by name; the first of a name wins. */
struct gb_tree_names {
    struct gb_tree_name_slot *slots;
    size_t n_slots, n;
};

struct gb_tree_name_slot {
    struct gb_str name;
    int32_t value;
};

/* Room for `most` names. */
void gb_tree_names_init(struct gb_tree_names *names, size_t most, struct gb_arena *arena);
/* False when the name is taken, or empty. */
bool gb_tree_names_add(struct gb_tree_names *names, struct gb_str name, int32_t value);
int32_t gb_tree_names_find(const struct gb_tree_names *names, struct gb_str name); /* -1 for none */

#endif
