/*
 * YAML, the part of it that packs and configs use: maps, lists and scalars in block or flow form. The tree keeps
 * the place of every node. Anchors, aliases, tags, merge keys, several documents, more than eight levels and keys
 * given twice are refused. Every scalar is a string; who asks for a number converts it.
 */
#ifndef GB_BASE_YAML_H
#define GB_BASE_YAML_H

#include "base/arena.h"
#include "base/error.h"

enum gb_yaml_kind { GB_YAML_SCALAR, GB_YAML_LIST, GB_YAML_MAP };

struct gb_yaml {
    enum gb_yaml_kind kind;
    bool is_plain;               /* scalar without quotes and not a block */
    uint32_t line, column;       /* of its first character, from 1, in code points */
    struct gb_str text;          /* scalar: its value, NUL-terminated behind the length */
    const struct gb_yaml *key;   /* in a map: its key, a scalar; else NULL */
    const struct gb_yaml *first; /* map, list: the values in order */
    const struct gb_yaml *next;
    uint32_t n; /* number of values */
};

enum { GB_YAML_MAX_DEPTH = 8 };

/*
 * Parses a whole text into the arena; `path` is for errors. NULL and *error (place and one sentence) when it is no
 * YAML or outside the subset. An empty text is a scalar "".
 */
const struct gb_yaml *gb_yaml_parse(struct gb_str text, const char *path, struct gb_arena *arena,
                                    struct gb_error *error);

/* Value of a key, or NULL; NULL for a node that is no map. */
const struct gb_yaml *gb_yaml_get(const struct gb_yaml *map, const char *key);

/* False, and *error, when the node is not of the kind; `what` names it in the message. The usual slips (full-width
 * colon, pattern in brackets without quotes) are explained. */
bool gb_yaml_expect(const struct gb_yaml *node, enum gb_yaml_kind kind, const char *what, const char *path,
                    struct gb_error *error);

/* Conversions of a scalar; false when it is something else. yes/no, on/off, true/false, 是/否. */
bool gb_yaml_bool(const struct gb_yaml *node, bool *out);
bool gb_yaml_number(const struct gb_yaml *node, double *out);

/* Nearest of `n` names to a misspelt one, or NULL when none is near. */
const char *gb_nearest(struct gb_str name, const char *const *names, size_t n);

/* A loop over the values of a list or map: GB_YAML_EACH (item, node) { … } */
#define GB_YAML_EACH(item, node) for (const struct gb_yaml *item = (node)->first; item; item = item->next)

#endif
