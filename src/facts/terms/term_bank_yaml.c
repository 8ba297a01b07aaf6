/* Term banks in YAML. */
#include "base/yaml.h"
#include "facts/terms/term_bank_priv.h"

static const char *const map_keys[] = {"term",   "status",    "concept",  "en",        "definition",
                                       "source", "preferred", "admitted", "deprecated"};

static bool
add_names(struct gb_bank_reader *reader, const char *path, const struct gb_yaml *value, const char *status,
          struct gb_str *fields, struct gb_error *error)
{
    if (!value)
        return true;
    fields[GB_BANK_FIELD_STATUS] = gb_str_from(status);
    if (value->kind == GB_YAML_SCALAR) {
        fields[GB_BANK_FIELD_TERM] = gb_arena_copy(reader->arena, value->text);
        return gb_bank_add(reader, path, value->line, fields, error);
    }
    if (!gb_yaml_expect(value, GB_YAML_LIST, status, path, error))
        return false;
    GB_YAML_EACH(item, value) {
        if (!gb_yaml_expect(item, GB_YAML_SCALAR, status, path, error))
            return false;
        fields[GB_BANK_FIELD_TERM] = gb_arena_copy(reader->arena, item->text);
        if (!gb_bank_add(reader, path, item->line, fields, error))
            return false;
    }
    return true;
}

bool
gb_bank_read_map(struct gb_bank_reader *reader, const char *path, const struct gb_yaml *map, struct gb_error *error)
{
    struct gb_str fields[GB_BANK_FIELD_COUNT] = {0};
    bool has_names = false;

    if (!gb_yaml_expect(map, GB_YAML_MAP, "术语库的一项", path, error))
        return false;
    GB_YAML_EACH(value, map) {
        size_t i = 0;
        while (i < GB_COUNT(map_keys) && !gb_str_is(value->key->text, map_keys[i]))
            i++;
        if (i == GB_COUNT(map_keys)) {
            const char *near = gb_nearest(value->key->text, map_keys, GB_COUNT(map_keys));
            gb_error_set(error, path, value->key->line, value->key->column,
                         near ? "没有键“%.*s”；是否指“%s”？" : "没有键“%.*s”%s", GB_FMT(value->key->text),
                         near ? near : "");
            return false;
        }
        has_names = has_names || i >= GB_BANK_FIELD_COUNT;
        if (i >= GB_BANK_FIELD_COUNT)
            continue;
        if (!gb_yaml_expect(value, GB_YAML_SCALAR, map_keys[i], path, error))
            return false;
        fields[i] = gb_arena_copy(reader->arena, value->text);
    }
    if (!has_names)
        return gb_bank_add(reader, path, map->line, fields, error);
    /* One map holds all names of a concept: without a number of its own it gets one. */
    if (!fields[GB_BANK_FIELD_CONCEPT].len)
        fields[GB_BANK_FIELD_CONCEPT] = gb_arena_printf(reader->arena, "%s:%u", path, map->line);
    return add_names(reader, path, gb_yaml_get(map, "preferred"), "preferred", fields, error) &&
           add_names(reader, path, gb_yaml_get(map, "admitted"), "admitted", fields, error) &&
           add_names(reader, path, gb_yaml_get(map, "deprecated"), "deprecated", fields, error);
}

bool
gb_bank_read_yaml(struct gb_bank_reader *reader, struct gb_bank_file *file, struct gb_error *error)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    const struct gb_yaml *root = gb_yaml_parse(file->text, file->path, &arena, error);
    bool ok = root && gb_yaml_expect(root, GB_YAML_LIST, "术语库", file->path, error);

    for (const struct gb_yaml *item = ok ? root->first : NULL; item && ok; item = item->next)
        ok = gb_bank_read_map(reader, file->path, item, error);
    gb_arena_release(&arena);
    return ok;
}
