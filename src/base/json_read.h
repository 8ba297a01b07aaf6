/*
 * JSON as it is read: baselines, facts, flowcharts in batch. A whole text becomes a tree in the arena. Member names given
 * twice and bytes that are no UTF-8 are refused; U+0000 in a string is kept. Who wants a fixed form checks the kinds.
 */
#ifndef GB_BASE_JSON_READ_H
#define GB_BASE_JSON_READ_H

#include "base/arena.h"
#include "base/error.h"

enum gb_json_kind { GB_JSON_NULL, GB_JSON_BOOL, GB_JSON_NUMBER, GB_JSON_STRING, GB_JSON_LIST, GB_JSON_MAP };

struct gb_json_value {
    enum gb_json_kind kind;
    bool is_true;                      /* BOOL */
    double number;                     /* NUMBER; whole ones are exact up to 2^53 */
    struct gb_str text;                /* STRING: NUL-terminated behind the length */
    struct gb_str key;                 /* in a map: its name; else empty */
    const struct gb_json_value *first; /* LIST, MAP: the values in the order of the text */
    const struct gb_json_value *next;
    uint32_t n; /* LIST, MAP: number of values */
};

/*
 * Parses a whole text into the arena; `path` and `line`, that of its first line from 1, are for errors. NULL and *error
 * when it is no JSON.
 */
const struct gb_json_value *gb_json_parse(struct gb_str text, const char *path, unsigned line, struct gb_arena *arena,
                                          struct gb_error *error);

/* Value of a member, or NULL; NULL for a value that is no map. */
const struct gb_json_value *gb_json_get(const struct gb_json_value *map, const char *key);

/* Text of a member that is a string; empty (with a NULL pointer) for any other. */
struct gb_str gb_json_text(const struct gb_json_value *map, const char *key);

/* A loop over the values of a list or map: GB_JSON_EACH (item, value) { … } */
#define GB_JSON_EACH(item, value) for (const struct gb_json_value *item = (value)->first; item; item = item->next)

#endif
