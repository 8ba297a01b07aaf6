/*
 * A streaming JSON writer: what is written is gone, only the nesting depth is kept. Strings must be valid UTF-8, as
 * all text of gblint is; control characters are escaped.
 *
 *     gb_json_open(&json, "{");
 *     gb_json_key(&json, "line");
 *     gb_json_number(&json, 12);
 *     gb_json_close(&json, "}");
 */
#ifndef GB_BASE_JSON_H
#define GB_BASE_JSON_H

#include "base/out.h"

struct gb_json {
    struct gb_out *out; /* borrowed */
    unsigned depth;     /* of open objects and arrays */
    unsigned lines;     /* members down to this depth stand on lines of their own; deeper ones in a row */
    bool needs_comma, after_key;
};

enum { GB_JSON_COMPACT = 0, GB_JSON_PRETTY = 1000000 };

void gb_json_init(struct gb_json *json, struct gb_out *out, unsigned lines);

/* "{" with "}", "[" with "]"; several at once from the outermost on, "[{", and closed from the innermost on, "}]". */
void gb_json_open(struct gb_json *json, const char *brackets);
void gb_json_close(struct gb_json *json, const char *brackets);
/* Keys are names of our own: letters, digits and '_'. */
void gb_json_key(struct gb_json *json, const char *key);

void gb_json_str(struct gb_json *json, struct gb_str text);
void gb_json_number(struct gb_json *json, uint64_t number);
/* Rounded to thousandths; what is no finite number is 0. */
void gb_json_real(struct gb_json *json, double number);
void gb_json_null(struct gb_json *json);
/* A number in its own digits. */
void gb_json_raw(struct gb_json *json, struct gb_str number);
void gb_json_bool(struct gb_json *json, bool value);

/* Key and value at once; the _given form writes nothing for an empty text. */
void gb_json_field(struct gb_json *json, const char *key, struct gb_str text);
void gb_json_given(struct gb_json *json, const char *key, struct gb_str text);
void gb_json_count(struct gb_json *json, const char *key, uint64_t number);
void gb_json_flag(struct gb_json *json, const char *key, bool value);
/* As a text of 16 hexadecimal digits. */
void gb_json_hash(struct gb_json *json, const char *key, uint64_t hash);
/* A member that is opened. */
void gb_json_begin(struct gb_json *json, const char *key, const char *brackets);

#endif
