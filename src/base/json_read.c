/* The one user of jansson. Its values are copied, so that the rest of the program knows arenas only. */
#include "base/json_read.h"

#include <jansson.h>

static void copy_value(struct gb_json_value *out, json_t *value, struct gb_arena *arena);

/* A new last value of the list or map. */
static struct gb_json_value *
append(struct gb_json_value *parent, const struct gb_json_value ***tail, struct gb_arena *arena)
{
    struct gb_json_value *child = gb_arena_new(arena, struct gb_json_value);

    **tail = child;
    *tail = &child->next;
    parent->n++;
    return child;
}

static void
copy_list(struct gb_json_value *out, json_t *list, struct gb_arena *arena)
{
    const struct gb_json_value **tail = &out->first;

    for (size_t i = 0; i < json_array_size(list); i++)
        copy_value(append(out, &tail, arena), json_array_get(list, i), arena);
}

/* jansson keeps members in the order of the text. */
static void
copy_map(struct gb_json_value *out, json_t *map, struct gb_arena *arena)
{
    const struct gb_json_value **tail = &out->first;

    for (void *at = json_object_iter(map); at; at = json_object_iter_next(map, at)) {
        struct gb_json_value *child = append(out, &tail, arena);
        copy_value(child, json_object_iter_value(at), arena);
        child->key = gb_arena_copy(arena, gb_str_from(json_object_iter_key(at)));
    }
}

/* As deep as the parser allowed (2,048 levels). */
static void
copy_value(struct gb_json_value *out, json_t *value, struct gb_arena *arena)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        out->kind = GB_JSON_MAP;
        copy_map(out, value, arena);
        break;
    case JSON_ARRAY:
        out->kind = GB_JSON_LIST;
        copy_list(out, value, arena);
        break;
    case JSON_STRING:
        out->kind = GB_JSON_STRING;
        out->text = gb_arena_copy(arena, (struct gb_str){json_string_value(value), json_string_length(value)});
        break;
    case JSON_INTEGER:
    case JSON_REAL:
        out->kind = GB_JSON_NUMBER;
        out->number = json_number_value(value);
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        out->kind = GB_JSON_BOOL;
        out->is_true = json_is_true(value);
        break;
    case JSON_NULL:
        out->kind = GB_JSON_NULL;
        break;
    }
}

const struct gb_json_value *
gb_json_parse(struct gb_str text, const char *path, unsigned line, struct gb_arena *arena, struct gb_error *error)
{
    json_error_t fault;
    json_t *root =
        json_loadb(text.len ? text.ptr : "", text.len,
                   JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL | JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &fault);

    if (!root) {
        gb_error_set(error, path, line + (fault.line > 1 ? (unsigned)fault.line - 1 : 0),
                     fault.column > 0 ? (unsigned)fault.column : 0, "“JSON”: %s", fault.text);
        return NULL;
    }
    struct gb_json_value *value = gb_arena_new(arena, struct gb_json_value);
    copy_value(value, root, arena);
    json_decref(root);
    return value;
}

const struct gb_json_value *
gb_json_get(const struct gb_json_value *map, const char *key)
{
    if (!map || map->kind != GB_JSON_MAP)
        return NULL;
    GB_JSON_EACH(member, map) {
        if (gb_str_is(member->key, key))
            return member;
    }
    return NULL;
}

struct gb_str
gb_json_text(const struct gb_json_value *map, const char *key)
{
    const struct gb_json_value *value = gb_json_get(map, key);

    return value && value->kind == GB_JSON_STRING ? value->text : (struct gb_str){0};
}
