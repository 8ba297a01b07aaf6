/* The keys of a config. */
#include "app/config/config_priv.h"
#include "app/files/path.h"
#include "base/buf.h"
#include "source/source.h"

enum { MAX_EXTENDS = 8 };

/* While one file is read. */
struct loader {
    struct gb_arena *arena;
    bool english;
    struct gb_config *config;
    struct gb_scope *scope; /* that settings and rules go to: of the config, or of one of its overrides */
    const char *path;       /* of the file being read: `extends` leads to others */
    const char *folder;
    const char *named; /* by the command line; NULL: none */
    struct gb_error *error;
    int depth;
};

#define FAIL(l, node, zh, en, ...)                                                                                     \
    (gb_error_set((l)->error, (l)->path, (node)->line, (node)->column,                                                 \
                  GB_SAY((l)->english, zh, en) __VA_OPT__(, ) __VA_ARGS__),                                            \
     false)

typedef bool key_function(struct loader *l, const struct gb_yaml *value);

/* Place of the scalar among the words "a|b|c", or -1 with an error. */
static int
one_of(struct loader *l, const struct gb_yaml *value, const char *words, struct gb_choice *choice)
{
    if (!gb_yaml_expect(value, GB_YAML_SCALAR, value->key ? value->key->text.ptr : "", l->path, l->error))
        return -1;
    gb_choice_of(words, l->arena, choice);
    int place = gb_choice_find(choice, value->text);
    if (place >= 0)
        return place;
    struct gb_buf all = {0};
    /* “of” is near to both */
    const char *near = value->text.len > 2 ? gb_nearest(value->text, choice->names, choice->n) : NULL;
    for (size_t i = 0; i < choice->n; i++)
        gb_buf_printf(&all, "%s%s", i ? ", " : "", choice->names[i]);
    if (near)
        gb_buf_printf(&all, GB_SAY(l->english, "；是否指“%s”？", "; did you mean “%s”?"), near);
    gb_buf_add_char(&all, '\0');
    (void)FAIL(l, value, "“%.*s”不能是“%.*s”，可以是 %s", "“%.*s” cannot be “%.*s”; it is one of %s",
               GB_FMT(value->key ? value->key->text : GB_STR("-")), GB_FMT(value->text), all.ptr);
    gb_buf_release(&all);
    return -1;
}

/* The map without its `level`: what is left are options of the rule. NULL when nothing is. */
static const struct gb_yaml *
without_level(struct loader *l, const struct gb_yaml *map)
{
    struct gb_yaml *copy = gb_arena_new(l->arena, struct gb_yaml);
    const struct gb_yaml **link = &copy->first;

    *copy = *map;
    copy->n = 0;
    GB_YAML_EACH(item, map) {
        if (gb_str_is(item->key->text, "level"))
            continue;
        struct gb_yaml *kept = gb_arena_new(l->arena, struct gb_yaml);
        *kept = *item;
        *link = kept;
        link = &kept->next;
        copy->n++;
    }
    *link = NULL;
    return copy->n ? copy : NULL;
}

/* off | on | error | warning | info */
static bool
rule_level(struct loader *l, struct gb_rule_change *change, const struct gb_yaml *value)
{
    struct gb_choice choice;
    int which = one_of(l, value, "off|info|warning|error|on", &choice);

    if (which < 0)
        return false;
    change->has_level = which <= GB_LEVEL_ERROR;
    change->level = change->has_level ? (enum gb_level)which : GB_LEVEL_OFF;
    change->on = which != GB_LEVEL_OFF;
    return true;
}

static bool
key_rules(struct loader *l, const struct gb_yaml *value)
{
    if (!gb_yaml_expect(value, GB_YAML_MAP, "rules", l->path, l->error))
        return false;
    GB_YAML_EACH(item, value) {
        struct gb_rule_change change = {
            .name = item->key->text, .on = true, .path = l->path, .line = item->key->line, .column = item->key->column};
        const struct gb_yaml *level = item->kind == GB_YAML_MAP ? gb_yaml_get(item, "level") : item;
        if (level && !rule_level(l, &change, level))
            return false;
        if (item->kind == GB_YAML_MAP)
            change.options = without_level(l, item);
        *gb_push(&l->scope->changes) = change;
    }
    return true;
}

/* A list of scalars, or one alone. */
static bool
add_strings(struct loader *l, const struct gb_yaml *value, gb_string_array *list)
{
    if (value->kind == GB_YAML_SCALAR) {
        *gb_push(list) = value->text.ptr;
        return true;
    }
    if (!gb_yaml_expect(value, GB_YAML_LIST, value->key ? value->key->text.ptr : "", l->path, l->error))
        return false;
    GB_YAML_EACH(item, value) {
        if (!gb_yaml_expect(item, GB_YAML_SCALAR, value->key ? value->key->text.ptr : "", l->path, l->error))
            return false;
        *gb_push(list) = item->text.ptr;
    }
    return true;
}

static bool
key_packs(struct loader *l, const struct gb_yaml *value)
{
    size_t first = l->config->packs.len;

    if (!add_strings(l, value, &l->config->packs))
        return false;
    for (size_t i = first; i < l->config->packs.len; i++)
        l->config->packs.items[i] = gb_path_join(l->arena, l->folder, l->config->packs.items[i]);
    return true;
}

static bool
key_exclude(struct loader *l, const struct gb_yaml *value)
{
    return add_strings(l, value, &l->config->exclude);
}

static bool
key_drafts(struct loader *l, const struct gb_yaml *value)
{
    if (!gb_yaml_expect(value, GB_YAML_LIST, "drafts", l->path, l->error))
        return false;
    GB_YAML_EACH(item, value) {
        static const char *const keys[] = {"files"};
        gb_string_array files = {0};
        if (!gb_yaml_expect(item, GB_YAML_MAP, "drafts", l->path, l->error))
            return false;
        GB_YAML_EACH(field, item) {
            bool is_known = gb_str_is(field->key->text, keys[0]);
            if (is_known && add_strings(l, field, &files))
                continue;
            gb_array_release(&files);
            return !is_known && FAIL(l, field->key, "“drafts”中没有键“%.*s”，只有“files”",
                                     "no key “%.*s” in “drafts”, only “files”", GB_FMT(field->key->text));
        }
        GB_EACH_IN_PLACE(file, &files)
            *file = gb_path_join(l->arena, l->folder, *file);
        const char *const *paths = gb_arena_copy_bytes(l->arena, files.items, files.len * sizeof(files.items[0]));
        if (files.len)
            *gb_push(&l->config->drafts) = (struct gb_draft_files){paths, (uint32_t)files.len};
        gb_array_release(&files);
    }
    return true;
}

static bool
key_registry(struct loader *l, const struct gb_yaml *value)
{
    if (!gb_yaml_expect(value, GB_YAML_SCALAR, "registry", l->path, l->error))
        return false;
    l->config->registry = gb_path_join(l->arena, l->folder, value->text.ptr);
    return true;
}

/* A list of patterns, kept in the arena. */
static bool
key_series_files(struct loader *l, const struct gb_yaml *value, struct gb_series_spec *spec)
{
    gb_string_array files = {0};
    bool ok = add_strings(l, value, &files);

    GB_KEEP(l->arena, &files, spec->files, spec->n_files);
    return ok;
}

/* {name: …, files: […], manifest: …}; one of the last two must be there. */
static bool
add_series(struct loader *l, const struct gb_yaml *map)
{
    static const char *const names[] = {"name", "files", "manifest"};
    struct gb_series_spec *spec = gb_arena_new(l->arena, struct gb_series_spec);

    spec->name = "";
    GB_YAML_EACH(field, map) {
        struct gb_str key = field->key->text;
        if (gb_str_is(key, "files")) {
            if (!key_series_files(l, field, spec))
                return false;
            continue;
        }
        if (!gb_str_is(key, "name") && !gb_str_is(key, "manifest")) {
            const char *near = gb_nearest(key, names, GB_COUNT(names));
            return FAIL(l, field->key, "“series”中没有键“%.*s”%s%s", "no key “%.*s” in “series”%s%s", GB_FMT(key),
                        near ? GB_SAY(l->english, "；是否指 ", "; did you mean ") : "", near ? near : "");
        }
        if (!gb_yaml_expect(field, GB_YAML_SCALAR, key.ptr, l->path, l->error))
            return false;
        if (gb_str_is(key, "name"))
            spec->name = field->text.ptr;
        else
            spec->manifest_path = gb_path_join(l->arena, l->folder, field->text.ptr);
    }
    if (!spec->n_files && !spec->manifest_path)
        return FAIL(l, map, "“series”的一项缺少“files”或“manifest”",
                    "an entry of “series” lacks “files” or “manifest”");
    *gb_push(&l->config->series) = spec;
    return true;
}

/* One series as a map or as a list of files, or a list of maps. */
static bool
key_series(struct loader *l, const struct gb_yaml *value)
{
    if (value->kind == GB_YAML_MAP)
        return add_series(l, value);
    if (!gb_yaml_expect(value, GB_YAML_LIST, "series", l->path, l->error))
        return false;
    if (value->first && value->first->kind == GB_YAML_SCALAR) {
        struct gb_series_spec *spec = gb_arena_new(l->arena, struct gb_series_spec);
        spec->name = "";
        *gb_push(&l->config->series) = spec;
        return key_series_files(l, value, spec);
    }
    GB_YAML_EACH(item, value) {
        if (!gb_yaml_expect(item, GB_YAML_MAP, "series", l->path, l->error) || !add_series(l, item))
            return false;
    }
    return true;
}

/* A file, or a list of files and of entries. */
static bool
key_terms(struct loader *l, const struct gb_yaml *value)
{
    if (value->kind == GB_YAML_SCALAR) {
        *gb_push(&l->config->terms) = gb_path_join(l->arena, l->folder, value->text.ptr);
        return true;
    }
    if (!gb_yaml_expect(value, GB_YAML_LIST, "terms", l->path, l->error))
        return false;
    GB_YAML_EACH(item, value) {
        if (item->kind == GB_YAML_MAP)
            *gb_push(&l->config->term_maps) = (struct gb_term_map){l->path, item};
        else if (gb_yaml_expect(item, GB_YAML_SCALAR, "terms", l->path, l->error))
            *gb_push(&l->config->terms) = gb_path_join(l->arena, l->folder, item->text.ptr);
        else
            return false;
    }
    return true;
}

static key_function key_overrides, key_extends;

static const struct key {
    const char *name;
    bool in_override;
    key_function *read; /* NULL: a setting */
    enum gb_setting setting;
    const char *words;
} keys_table[] = {
    {"edition", true, NULL, GB_SETTING_EDITION, GB_EDITION_WORDS},
    {"stage", true, NULL, GB_SETTING_STAGE, GB_STAGE_WORDS},
    {"profile", true, NULL, GB_SETTING_PROFILE, GB_PROFILE_WORDS},
    {"lang", false, NULL, GB_SETTING_LANG, GB_LANG_WORDS},
    {"level", true, NULL, GB_SETTING_LEVEL, GB_LEVEL_WORDS},
    {"fail_on", true, NULL, GB_SETTING_FAIL_ON, GB_FAIL_ON_WORDS},
    {"baseline", true, NULL, GB_SETTING_BASELINE, GB_BASELINE_WORDS},
    {"rules", true, key_rules},
    {"packs", false, key_packs},
    {"exclude", false, key_exclude},
    {"drafts", false, key_drafts},
    {"overrides", false, key_overrides},
    {"extends", false, key_extends},
    {"registry", false, key_registry},
    {"terms", false, key_terms},
    {"series", false, key_series},
};

static bool
unknown_key(struct loader *l, const struct gb_yaml *key)
{
    bool in_override = l->scope != &l->config->scope;
    const char *names[GB_COUNT(keys_table) + 1];
    size_t n = 0;

    for (size_t i = 0; i < GB_COUNT(keys_table); i++) {
        if (!in_override || keys_table[i].in_override)
            names[n++] = keys_table[i].name;
    }
    if (in_override)
        names[n++] = "files";
    const char *near = gb_nearest(key->text, names, n);
    if (near)
        return FAIL(l, key, "没有键“%.*s”；是否指“%s”？", "no key “%.*s”; did you mean “%s”?", GB_FMT(key->text), near);
    return FAIL(l, key, "没有键“%.*s”", "no key “%.*s”", GB_FMT(key->text));
}

static bool
read_key(struct loader *l, const struct gb_yaml *value)
{
    bool in_override = l->scope != &l->config->scope;
    GB_FIND(row, keys_table, GB_COUNT(keys_table),
            gb_str_is(value->key->text, row->name) && (!in_override || row->in_override));
    struct gb_choice words;
    int place;

    if (!row)
        return unknown_key(l, value->key);
    if (row->read)
        return row->read(l, value);
    if ((place = one_of(l, value, row->words, &words)) >= 0)
        gb_scope_set(l->scope, row->setting, &words, place);
    return place >= 0;
}

static bool
key_overrides(struct loader *l, const struct gb_yaml *value)
{
    if (!gb_yaml_expect(value, GB_YAML_LIST, "overrides", l->path, l->error))
        return false;
    GB_YAML_EACH(item, value) {
        if (!gb_yaml_expect(item, GB_YAML_MAP, "overrides", l->path, l->error))
            return false;
        struct gb_config_override *made = gb_push(&l->config->overrides);
        *made = (struct gb_config_override){0};
        l->scope = &made->scope;
        GB_YAML_EACH(field, item) {
            if (!(gb_str_is(field->key->text, "files") ? add_strings(l, field, &made->files) : read_key(l, field)))
                return false;
        }
        l->scope = &l->config->scope;
        if (!made->files.len)
            return FAIL(l, item, "“overrides”的一项缺少“files”", "an entry of “overrides” lacks “files”");
    }
    return true;
}

static bool load_file(struct loader *l, const char *path);

/* A file named here is read first, whatever the order of keys: what this file says comes later and wins. */
static bool
key_extends(struct loader *l, const struct gb_yaml *value)
{
    gb_string_array files = {0};
    bool ok = add_strings(l, value, &files);

    if (ok && l->depth >= MAX_EXTENDS)
        ok = FAIL(l, value, "“extends”相互引用或超过 %d 层", "“extends” is circular or deeper than %d files",
                  MAX_EXTENDS);
    for (size_t i = 0; ok && i < files.len; i++) {
        struct loader inner = *l;
        inner.depth++;
        ok = load_file(&inner, gb_path_join(l->arena, l->folder, files.items[i]));
    }
    gb_array_release(&files);
    return ok;
}

static bool
load_file(struct loader *l, const char *path)
{
    struct gb_str text;

    l->path = path;
    l->folder = gb_path_folder(l->arena, path).ptr;
    *gb_push(&l->config->files) = path;
    bool is_named = l->named && strcmp(path, l->named) == 0;
    if (!(is_named ? gb_read_file : gb_read_regular_file)(path, l->arena, &text, l->error))
        return false;
    const struct gb_yaml *root = gb_yaml_parse(text, path, l->arena, l->error);
    if (!root)
        return false;
    if (root->kind == GB_YAML_SCALAR && !root->text.len)
        return true;
    if (!gb_yaml_expect(root, GB_YAML_MAP, ".gblint.yaml", path, l->error))
        return false;
    const struct gb_yaml *extends = gb_yaml_get(root, "extends");
    if (extends && !key_extends(l, extends))
        return false;
    GB_YAML_EACH(value, root) {
        if (value != extends && !read_key(l, value))
            return false;
    }
    return true;
}

bool
gb_config_read(struct gb_config *config, struct gb_arena *arena, bool english, const char *named)
{
    struct loader loader = {.arena = arena,
                            .english = english,
                            .config = config,
                            .scope = &config->scope,
                            .named = named,
                            .error = &config->error};

    return load_file(&loader, config->path);
}
