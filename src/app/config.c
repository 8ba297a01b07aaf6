#include "app/config.h"

#include "app/path.h"
#include "base/buf.h"
#include "base/yaml.h"
#include "source/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MAX_EXTENDS = 8 };

/* What may be set for all drafts, or for some under `overrides`. */
struct scope {
    struct gb_facts_options facts;
    bool has_level, has_fail_on, has_lang, english, has_baseline, no_baseline;
    enum gb_level level, fail_on;
    GB_ARRAY(struct gb_rule_change) changes;
};

typedef GB_ARRAY(const char *) string_array;

struct override {
    string_array files;
    struct scope scope;
};

/* An entry of the term bank in a config. */
struct term_map {
    const char *path;
    const struct gb_yaml *map;
};

struct config {
    const char *path;      /* as found */
    const char *folder;    /* real path: patterns and paths are relative to it */
    struct scope scope;
    GB_ARRAY(struct override) overrides;
    string_array packs, exclude, files;   /* files: it was read from */
    const char *registry;
    string_array terms;                  /* files */
    GB_ARRAY(struct term_map) term_maps; /* entries that stand in the config itself */
    GB_ARRAY(struct gb_draft_files) drafts;
    GB_ARRAY(struct gb_series_spec *) series;
    bool ok;
    struct gb_error error; /* unless ok */
};

/* Settings made for a config, or none, and the overrides that match; NULL when they are faulty. */
struct made {
    const struct config *config;
    const bool *active;
    struct gb_settings *settings;
};

/* A registry that was read, or could not be. */
struct registry {
    const char *path;
    const struct gb_registry *read;
};

/* The term bank of a config, or of none; NULL when it could not be read. */
struct bank {
    const struct config *config;
    const struct gb_term_bank *read;
};

struct gb_configs {
    struct gb_arena arena;
    const struct gb_options *options;
    bool with_rules;
    GB_ARRAY(struct config *) configs;
    GB_ARRAY(struct made) made;
    GB_ARRAY(struct registry) registries;
    GB_ARRAY(struct bank) banks;
    struct gb_str last_folder;          /* drafts of one folder come after each other: its config is looked up once */
    const struct config *last_config;
};

/* While one file is read. */
struct loader {
    struct gb_arena *arena;
    bool english;
    struct config *config;
    const char *path;      /* of the file being read: `extends` leads to others */
    const char *folder;
    const char *named;     /* by the command line; NULL: none */
    struct gb_error *error;
    int depth;
};

#define FAIL(l, node, zh, en, ...)                                                                        \
    (gb_error_set((l)->error, (l)->path, (node)->line, (node)->column, GB_SAY((l)->english, zh, en), __VA_ARGS__), \
     false)

typedef bool key_function(struct loader *l, struct scope *scope, const struct gb_yaml *value);

/* Place of the scalar among the names, or -1 with an error. */
static int
one_of(struct loader *l, const struct gb_yaml *value, const char *const *names, size_t n)
{
    if (!gb_yaml_expect(value, GB_YAML_SCALAR, value->key ? value->key->text.ptr : "", l->path, l->error))
        return -1;
    for (size_t i = 0; i < n; i++) {
        if (gb_str_is(value->text, names[i]))
            return (int)i;
    }
    struct gb_buf all = {0};
    const char *near = value->text.len > 2 ? gb_nearest(value->text, names, n) : NULL; /* “of” is near to both */
    for (size_t i = 0; i < n; i++)
        gb_buf_printf(&all, "%s%s", i ? ", " : "", names[i]);
    if (near)
        gb_buf_printf(&all, GB_SAY(l->english, "；是否指“%s”？", "; did you mean “%s”?"), near);
    gb_buf_add_char(&all, '\0');
    (void)FAIL(l, value, "“%.*s”不能是“%.*s”，可以是 %s", "“%.*s” cannot be “%.*s”; it is one of %s",
               GB_FMT(value->key ? value->key->text : GB_STR("-")), GB_FMT(value->text), all.ptr);
    gb_buf_release(&all);
    return -1;
}

static bool
key_edition(struct loader *l, struct scope *scope, const struct gb_yaml *value)
{
    static const char *const names[] = {"2009", "2020"};
    int which = one_of(l, value, names, GB_COUNT(names));

    scope->facts.has_edition = true;
    scope->facts.edition = which > 0 ? GB_EDITION_2020 : GB_EDITION_2009;
    return which >= 0;
}

static bool
key_stage(struct loader *l, struct scope *scope, const struct gb_yaml *value)
{
    static const char *const names[] = {"草", "征", "送", "报", "draft", "comment", "review", "approval"};
    int which = one_of(l, value, names, GB_COUNT(names));

    if (which >= 0)
        scope->facts.stage = (enum gb_stage)(GB_STAGE_DRAFT + which % (GB_STAGE_COUNT - 1));
    return which >= 0;
}

static bool
key_profile(struct loader *l, struct scope *scope, const struct gb_yaml *value)
{
    size_t n;
    const char *const *names = gb_profile_names(&n);
    int which = one_of(l, value, names, n);

    if (which >= 0)
        scope->facts.profile = names[which];
    return which >= 0;
}

static bool
key_lang(struct loader *l, struct scope *scope, const struct gb_yaml *value)
{
    static const char *const names[] = {"zh", "en"};
    int which = one_of(l, value, names, GB_COUNT(names));

    scope->has_lang = true;
    scope->english = which == 1;
    return which >= 0;
}

static const char *const level_names[] = {"error", "warning", "info", "never"};

static bool
key_level(struct loader *l, struct scope *scope, const struct gb_yaml *value)
{
    int which = one_of(l, value, level_names, 3);

    scope->has_level = true;
    scope->level = (enum gb_level)(GB_LEVEL_ERROR - (which < 0 ? 0 : which));
    return which >= 0;
}

static bool
key_fail_on(struct loader *l, struct scope *scope, const struct gb_yaml *value)
{
    int which = one_of(l, value, level_names, 4);

    scope->has_fail_on = true;
    scope->fail_on = (enum gb_level)(GB_LEVEL_ERROR - (which < 0 ? 0 : which));
    return which >= 0;
}

static bool
key_baseline(struct loader *l, struct scope *scope, const struct gb_yaml *value)
{
    static const char *const names[] = {"on", "off"};
    int which = one_of(l, value, names, GB_COUNT(names));

    scope->has_baseline = true;
    scope->no_baseline = which == 1;
    return which >= 0;
}

/* The map without its `level`: what is left are options of the rule. NULL when nothing is. */
static const struct gb_yaml *
without_level(struct loader *l, const struct gb_yaml *map)
{
    struct gb_yaml *copy = gb_arena_new(l->arena, struct gb_yaml);
    const struct gb_yaml **link = &copy->first;

    *copy = *map;
    copy->n = 0;
    GB_YAML_EACH (item, map) {
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
    static const char *const names[] = {"off", "info", "warning", "error", "on"};
    int which = one_of(l, value, names, GB_COUNT(names));

    if (which < 0)
        return false;
    change->has_level = which <= GB_LEVEL_ERROR;
    change->level = change->has_level ? (enum gb_level)which : GB_LEVEL_OFF;
    change->on = which != GB_LEVEL_OFF;
    return true;
}

static bool
key_rules(struct loader *l, struct scope *scope, const struct gb_yaml *value)
{
    if (!gb_yaml_expect(value, GB_YAML_MAP, "rules", l->path, l->error))
        return false;
    GB_YAML_EACH (item, value) {
        struct gb_rule_change change = {.name = item->key->text, .on = true, .path = l->path,
                                        .line = item->key->line, .column = item->key->column};
        const struct gb_yaml *level = item->kind == GB_YAML_MAP ? gb_yaml_get(item, "level") : item;
        if (level && !rule_level(l, &change, level))
            return false;
        if (item->kind == GB_YAML_MAP)
            change.options = without_level(l, item);
        *gb_push(&scope->changes) = change;
    }
    return true;
}

/* A list of scalars, or one alone. */
static bool
add_strings(struct loader *l, const struct gb_yaml *value, string_array *list)
{
    if (value->kind == GB_YAML_SCALAR) {
        *gb_push(list) = value->text.ptr;
        return true;
    }
    if (!gb_yaml_expect(value, GB_YAML_LIST, value->key ? value->key->text.ptr : "", l->path, l->error))
        return false;
    GB_YAML_EACH (item, value) {
        if (!gb_yaml_expect(item, GB_YAML_SCALAR, value->key ? value->key->text.ptr : "", l->path, l->error))
            return false;
        *gb_push(list) = item->text.ptr;
    }
    return true;
}

static bool
key_packs(struct loader *l, struct scope *scope, const struct gb_yaml *value)
{
    size_t first = l->config->packs.len;

    (void)scope;
    if (!add_strings(l, value, &l->config->packs))
        return false;
    for (size_t i = first; i < l->config->packs.len; i++)
        l->config->packs.items[i] = gb_path_join(l->arena, l->folder, l->config->packs.items[i]);
    return true;
}

static bool
key_exclude(struct loader *l, struct scope *scope, const struct gb_yaml *value)
{
    (void)scope;
    return add_strings(l, value, &l->config->exclude);
}

static bool
key_drafts(struct loader *l, struct scope *scope, const struct gb_yaml *value)
{
    (void)scope;
    if (!gb_yaml_expect(value, GB_YAML_LIST, "drafts", l->path, l->error))
        return false;
    GB_YAML_EACH (item, value) {
        static const char *const keys[] = {"files"};
        string_array files = {0};
        if (!gb_yaml_expect(item, GB_YAML_MAP, "drafts", l->path, l->error))
            return false;
        GB_YAML_EACH (field, item) {
            if (!gb_str_is(field->key->text, keys[0]))
                return FAIL(l, field->key, "“drafts”中没有键“%.*s”，只有“files”", "no key “%.*s” in “drafts”, only “files”",
                            GB_FMT(field->key->text));
            if (!add_strings(l, field, &files)) {
                gb_array_release(&files);
                return false;
            }
        }
        for (size_t i = 0; i < files.len; i++)
            files.items[i] = gb_path_join(l->arena, l->folder, files.items[i]);
        const char *const *paths =
            gb_arena_copy_bytes(l->arena, files.items, files.len * sizeof(files.items[0]));
        if (files.len)
            *gb_push(&l->config->drafts) = (struct gb_draft_files){paths, (uint32_t)files.len};
        gb_array_release(&files);
    }
    return true;
}

static bool
key_registry(struct loader *l, struct scope *scope, const struct gb_yaml *value)
{
    (void)scope;
    if (!gb_yaml_expect(value, GB_YAML_SCALAR, "registry", l->path, l->error))
        return false;
    l->config->registry = gb_path_join(l->arena, l->folder, value->text.ptr);
    return true;
}

/* A list of patterns, kept in the arena. */
static bool
key_series_files(struct loader *l, const struct gb_yaml *value, struct gb_series_spec *spec)
{
    string_array files = {0};
    bool ok = add_strings(l, value, &files);

    if (ok && files.len) {
        spec->files = gb_arena_copy_bytes(l->arena, files.items, files.len * sizeof(files.items[0]));
        spec->n_files = (uint32_t)files.len;
    }
    gb_array_release(&files);
    return ok;
}

/* {name: …, files: […], manifest: …}; one of the last two must be there. */
static bool
add_series(struct loader *l, const struct gb_yaml *map)
{
    static const char *const names[] = {"name", "files", "manifest"};
    struct gb_series_spec *spec = gb_arena_new(l->arena, struct gb_series_spec);

    spec->name = "";
    GB_YAML_EACH (field, map) {
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
        return FAIL(l, map, "“series”的一项缺少“files”或“manifest”%s", "an entry of “series” lacks “files” or “manifest”%s", "");
    *gb_push(&l->config->series) = spec;
    return true;
}

/* One series as a map or as a list of files, or a list of maps. */
static bool
key_series(struct loader *l, struct scope *scope, const struct gb_yaml *value)
{
    (void)scope;
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
    GB_YAML_EACH (item, value) {
        if (!gb_yaml_expect(item, GB_YAML_MAP, "series", l->path, l->error) || !add_series(l, item))
            return false;
    }
    return true;
}

/* A file, or a list of files and of entries. */
static bool
key_terms(struct loader *l, struct scope *scope, const struct gb_yaml *value)
{
    (void)scope;
    if (value->kind == GB_YAML_SCALAR) {
        *gb_push(&l->config->terms) = gb_path_join(l->arena, l->folder, value->text.ptr);
        return true;
    }
    if (!gb_yaml_expect(value, GB_YAML_LIST, "terms", l->path, l->error))
        return false;
    GB_YAML_EACH (item, value) {
        if (item->kind == GB_YAML_MAP)
            *gb_push(&l->config->term_maps) = (struct term_map){l->path, item};
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
    key_function *read;
    bool in_override;
} keys_table[] = {
    {"edition", key_edition, true},
    {"stage", key_stage, true},
    {"profile", key_profile, true},
    {"lang", key_lang, false},
    {"level", key_level, true},
    {"fail_on", key_fail_on, true},
    {"rules", key_rules, true},
    {"baseline", key_baseline, true},
    {"packs", key_packs, false},
    {"exclude", key_exclude, false},
    {"drafts", key_drafts, false},
    {"overrides", key_overrides, false},
    {"extends", key_extends, false},
    {"registry", key_registry, false},
    {"terms", key_terms, false},
    {"series", key_series, false},
};

static bool
unknown_key(struct loader *l, const struct gb_yaml *key, bool in_override)
{
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
read_key(struct loader *l, struct scope *scope, const struct gb_yaml *value, bool in_override)
{
    for (size_t i = 0; i < GB_COUNT(keys_table); i++) {
        if (gb_str_is(value->key->text, keys_table[i].name) && (!in_override || keys_table[i].in_override))
            return keys_table[i].read(l, scope, value);
    }
    return unknown_key(l, value->key, in_override);
}

static bool
key_overrides(struct loader *l, struct scope *scope, const struct gb_yaml *value)
{
    (void)scope;
    if (!gb_yaml_expect(value, GB_YAML_LIST, "overrides", l->path, l->error))
        return false;
    GB_YAML_EACH (item, value) {
        if (!gb_yaml_expect(item, GB_YAML_MAP, "overrides", l->path, l->error))
            return false;
        struct override *made = gb_push(&l->config->overrides);
        *made = (struct override){0};
        GB_YAML_EACH (field, item) {
            bool ok = gb_str_is(field->key->text, "files") ? add_strings(l, field, &made->files)
                                                           : read_key(l, &made->scope, field, true);
            if (!ok)
                return false;
        }
        if (!made->files.len)
            return FAIL(l, item, "“overrides”的一项缺少“files”%s", "an entry of “overrides” lacks “files”%s", "");
    }
    return true;
}

static bool load_file(struct loader *l, const char *path);

/* A file named here is read first, whatever the order of keys: what this file says comes later and wins. */
static bool
key_extends(struct loader *l, struct scope *scope, const struct gb_yaml *value)
{
    string_array files = {0};
    bool ok = add_strings(l, value, &files);

    (void)scope;
    if (ok && l->depth >= MAX_EXTENDS)
        ok = FAIL(l, value, "“extends”相互引用或超过 %d 层", "“extends” is circular or deeper than %d files", MAX_EXTENDS);
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
    if (extends && !key_extends(l, &l->config->scope, extends))
        return false;
    GB_YAML_EACH (value, root) {
        if (value != extends && !read_key(l, &l->config->scope, value, false))
            return false;
    }
    return true;
}

struct gb_configs *
gb_configs_new(const struct gb_options *options, bool with_rules)
{
    struct gb_configs *configs = gb_alloc(sizeof(*configs));

    *configs = (struct gb_configs){.options = options, .with_rules = with_rules};
    return configs;
}

static void
release_config(struct config *config)
{
    gb_array_release(&config->scope.changes);
    for (size_t i = 0; i < config->overrides.len; i++) {
        gb_array_release(&config->overrides.items[i].files);
        gb_array_release(&config->overrides.items[i].scope.changes);
    }
    gb_array_release(&config->overrides);
    gb_array_release(&config->packs);
    gb_array_release(&config->exclude);
    gb_array_release(&config->files);
    gb_array_release(&config->drafts);
    gb_array_release(&config->series);
    gb_array_release(&config->terms);
    gb_array_release(&config->term_maps);
}

void
gb_configs_free(struct gb_configs *configs)
{
    if (!configs)
        return;
    for (size_t i = 0; i < configs->configs.len; i++)
        release_config(configs->configs.items[i]);
    for (size_t i = 0; i < configs->made.len; i++) {
        if (configs->made.items[i].settings)
            gb_ruleset_free((struct gb_ruleset *)(uintptr_t)configs->made.items[i].settings->rules);
    }
    gb_array_release(&configs->configs);
    gb_array_release(&configs->made);
    gb_array_release(&configs->registries);
    for (size_t i = 0; i < configs->banks.len; i++)
        gb_term_bank_free(configs->banks.items[i].read);
    gb_array_release(&configs->banks);
    gb_arena_release(&configs->arena);
    free(configs);
}

static const struct config *
load(struct gb_configs *configs, const char *path)
{
    for (size_t i = 0; i < configs->configs.len; i++) {
        if (strcmp(configs->configs.items[i]->path, path) == 0)
            return configs->configs.items[i];
    }
    struct config *config = gb_arena_new(&configs->arena, struct config);
    const char *folder = gb_path_folder(&configs->arena, path).ptr;
    const char *real = gb_path_real(&configs->arena, folder);
    struct loader loader = {.arena = &configs->arena,
                            .english = configs->options->english,
                            .config = config,
                            .named = configs->options->config,
                            .error = &config->error};

    config->path = path;
    config->folder = real ? real : folder;
    config->ok = load_file(&loader, path);
    *gb_push(&configs->configs) = config;
    return config;
}

/* The config for a draft, NULL when there is none. */
static const struct config *
config_for(struct gb_configs *configs, const char *path)
{
    if (configs->options->no_config)
        return NULL;
    if (configs->options->config)
        return load(configs, configs->options->config);
    struct gb_str folder = gb_path_folder(&configs->arena, path);
    if (!gb_str_eq(folder, configs->last_folder)) {
        const char *found = gb_path_config(&configs->arena, path);
        configs->last_config = found ? load(configs, found) : NULL;
        configs->last_folder = folder;
    }
    return configs->last_config;
}

/* The path as seen from the config's folder; NULL when it lies outside. */
static const char *
relative_to(struct gb_configs *configs, const struct config *config, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *folder = gb_path_real(&configs->arena, gb_path_folder(&configs->arena, path).ptr);
    size_t n = strlen(config->folder);

    if (!folder || !gb_path_inside(folder, config->folder))
        return NULL;
    const char *whole = gb_path_join(&configs->arena, folder, slash ? slash + 1 : path);
    return whole + n + (config->folder[n - 1] != '/');
}

static bool
any_matches(const string_array *patterns, const char *path)
{
    for (size_t i = 0; path && i < patterns->len; i++) {
        if (gb_path_matches(patterns->items[i], path))
            return true;
    }
    return false;
}

bool
gb_configs_excludes(struct gb_configs *configs, const char *path)
{
    const struct config *config = config_for(configs, path);

    return config && config->exclude.len && any_matches(&config->exclude, relative_to(configs, config, path));
}

const struct gb_draft_files *
gb_configs_draft(struct gb_configs *configs, const char *path)
{
    const struct config *config = config_for(configs, path);
    const char *real = config && config->drafts.len ? gb_path_real(&configs->arena, path) : NULL;

    for (size_t i = 0; real && i < config->drafts.len; i++) {
        const struct gb_draft_files *draft = &config->drafts.items[i];
        for (uint32_t k = 0; k < draft->n_paths; k++) {
            const char *part = gb_path_real(&configs->arena, draft->paths[k]);
            if (part && strcmp(part, real) == 0)
                return draft;
        }
    }
    return NULL;
}

struct gb_series_spec *
gb_configs_series(struct gb_configs *configs, const char *path)
{
    const struct config *config = config_for(configs, path);
    const char *relative = config && config->series.len ? relative_to(configs, config, path) : NULL;

    for (size_t i = 0; relative && i < config->series.len; i++) {
        struct gb_series_spec *spec = config->series.items[i];
        if (!spec->n_files)
            return spec;
        for (uint32_t k = 0; k < spec->n_files; k++) {
            if (gb_path_matches(spec->files[k], relative))
                return spec;
        }
    }
    return NULL;
}

/* What a narrower scope says wins. */
static void
overlay(struct gb_settings *settings, const struct scope *scope)
{
    if (scope->facts.has_edition) {
        settings->facts.has_edition = true;
        settings->facts.edition = scope->facts.edition;
    }
    if (scope->facts.stage)
        settings->facts.stage = scope->facts.stage;
    if (scope->facts.profile)
        settings->facts.profile = scope->facts.profile;
    if (scope->has_level)
        settings->level = scope->level;
    if (scope->has_fail_on)
        settings->fail_on = scope->fail_on;
    if (scope->has_lang)
        settings->english = scope->english;
    if (scope->has_baseline)
        settings->no_baseline = scope->no_baseline;
}

static void
add_changes(struct gb_settings *settings, struct gb_rule_change *list, const struct gb_rule_change *more, size_t n)
{
    if (n)
        memcpy(list + settings->n_changes, more, n * sizeof(*more));
    settings->n_changes += (uint32_t)n;
}

static uint32_t
today(void)
{
    time_t now = time(NULL);
    struct tm day;

    localtime_r(&now, &day);
    return (uint32_t)((day.tm_year + 1900) * 10000 + (day.tm_mon + 1) * 100 + day.tm_mday);
}

static struct gb_settings *
join(struct gb_configs *configs, const struct config *config, const bool *active)
{
    const struct gb_options *o = configs->options;
    struct gb_settings *s = gb_arena_new(&configs->arena, struct gb_settings);
    struct scope line = {.facts = o->facts, .has_level = o->has_level, .level = o->level, .has_fail_on = o->has_fail_on,
                         .fail_on = o->fail_on, .has_lang = o->has_lang, .english = o->english,
                         .has_baseline = o->no_baseline, .no_baseline = o->no_baseline};
    size_t n = o->changes.len + (config ? config->scope.changes.len : 0);

    for (size_t i = 0; config && i < config->overrides.len; i++)
        n += config->overrides.items[i].scope.changes.len;
    struct gb_rule_change *changes = gb_arena_new_array(&configs->arena, struct gb_rule_change, n);
    *s = (struct gb_settings){.level = GB_LEVEL_WARNING, .fail_on = GB_LEVEL_ERROR, .changes = changes};
    if (config) {
        s->config = config->path;
        s->packs = config->packs.items;
        s->n_packs = (uint32_t)config->packs.len;
        s->exclude = config->exclude.items;
        s->n_exclude = (uint32_t)config->exclude.len;
        overlay(s, &config->scope);
        add_changes(s, changes, config->scope.changes.items, config->scope.changes.len);
    }
    for (size_t i = 0; config && i < config->overrides.len; i++) {
        if (!active[i])
            continue;
        const struct scope *scope = &config->overrides.items[i].scope;
        overlay(s, scope);
        add_changes(s, changes, scope->changes.items, scope->changes.len);
    }
    overlay(s, &line);
    add_changes(s, changes, o->changes.items, o->changes.len);
    s->facts.english = s->english;
    s->facts.as_of = o->facts.as_of;
    s->facts.today = today();
    s->registry = o->registry ? o->registry : config ? config->registry : NULL;
    size_t n_own = config ? config->terms.len : 0;
    const char **terms = gb_arena_new_array(&configs->arena, const char *, n_own + o->terms.len);
    for (size_t i = 0; i < n_own + o->terms.len; i++)
        terms[i] = i < n_own ? config->terms.items[i] : o->terms.items[i - n_own];
    s->terms = terms;
    s->n_terms = (uint32_t)(n_own + o->terms.len);
    return s;
}

static bool
make_rules(struct gb_configs *configs, const struct config *config, struct gb_settings *settings,
           struct gb_error *error)
{
    struct gb_ruleset_options options = {.english = settings->english,
                                         .packs = config ? config->packs.items : NULL,
                                         .n_packs = config ? config->packs.len : 0,
                                         .changes = settings->changes,
                                         .n_changes = settings->n_changes};

    if (!configs->with_rules)
        return true;
    settings->rules = gb_ruleset_new(&options, error);
    return settings->rules != NULL;
}

static bool
read_bank(struct gb_configs *configs, const struct config *config, struct gb_settings *settings, struct gb_error *error)
{
    struct gb_bank_reader *reader = gb_bank_reader_new(&configs->arena);
    bool ok = true;

    for (uint32_t i = 0; i < settings->n_terms && ok; i++) {
        struct gb_str bytes;
        bool is_named = i >= settings->n_terms - configs->options->terms.len;
        ok = (is_named ? gb_read_file : gb_read_regular_file)(settings->terms[i], &configs->arena, &bytes, error) &&
             gb_bank_read(reader, settings->terms[i], bytes, error);
    }
    for (size_t i = 0; config && i < config->term_maps.len && ok; i++)
        ok = gb_bank_read_map(reader, config->term_maps.items[i].path, config->term_maps.items[i].map, error);
    const struct gb_term_bank *bank = gb_bank_finish(reader);
    settings->facts.bank = ok ? bank : NULL;
    if (!ok)
        gb_term_bank_free(bank);
    return ok;
}

/* The term bank is read once for each config. */
static bool
make_bank(struct gb_configs *configs, const struct config *config, struct gb_settings *settings, struct gb_error *error)
{
    if (!configs->with_rules || (settings->n_terms == 0 && !(config && config->term_maps.len)))
        return true;
    for (size_t i = 0; i < configs->banks.len; i++) {
        if (configs->banks.items[i].config == config) {
            settings->facts.bank = configs->banks.items[i].read;
            return settings->facts.bank != NULL; /* its fault was told */
        }
    }
    bool ok = read_bank(configs, config, settings, error);
    *gb_push(&configs->banks) = (struct bank){config, settings->facts.bank};
    return ok;
}

/* The registry of the settings is read once, whatever number of configs names it. */
static bool
make_registry(struct gb_configs *configs, struct gb_settings *settings, struct gb_error *error)
{
    struct gb_str bytes;

    if (!configs->with_rules || !settings->registry)
        return true;
    for (size_t i = 0; i < configs->registries.len; i++) {
        if (strcmp(configs->registries.items[i].path, settings->registry) == 0) {
            settings->facts.registry = configs->registries.items[i].read;
            return settings->facts.registry != NULL; /* its fault was told */
        }
    }
    bool is_named = configs->options->registry;
    if ((is_named ? gb_read_file : gb_read_regular_file)(settings->registry, &configs->arena, &bytes, error))
        settings->facts.registry = gb_registry_read(settings->registry, bytes, &configs->arena, error);
    *gb_push(&configs->registries) = (struct registry){settings->registry, settings->facts.registry};
    return settings->facts.registry != NULL;
}

const struct gb_settings *
gb_configs_settings(struct gb_configs *configs, const char *path, struct gb_error *error)
{
    const struct config *config = config_for(configs, path);
    size_t n = config ? config->overrides.len : 0;
    bool *active = gb_arena_new_array(&configs->arena, bool, n + 1);
    const char *relative = n ? relative_to(configs, config, path) : NULL;

    error->message[0] = '\0';
    for (size_t i = 0; i < n; i++)
        active[i] = any_matches(&config->overrides.items[i].files, relative);
    for (size_t i = 0; i < configs->made.len; i++) {
        const struct made *made = &configs->made.items[i];
        if (made->config == config && memcmp(made->active, active, n * sizeof(bool)) == 0)
            return made->settings;
    }
    struct gb_settings *settings = NULL;
    if (config && !config->ok) {
        *error = config->error;
    } else {
        settings = join(configs, config, active);
        if (!make_registry(configs, settings, error) || !make_bank(configs, config, settings, error) || !make_rules(configs, config, settings, error))
            settings = NULL;
    }
    *gb_push(&configs->made) = (struct made){config, active, settings};
    return settings;
}

void
gb_configs_files(const struct gb_configs *configs, void (*take)(void *data, const char *path), void *data)
{
    for (size_t i = 0; i < configs->configs.len; i++) {
        const struct config *config = configs->configs.items[i];
        const string_array *lists[] = {&config->files, &config->packs, &config->terms};
        for (size_t k = 0; k < GB_COUNT(lists); k++) {
            for (size_t n = 0; n < lists[k]->len; n++)
                take(data, lists[k]->items[n]);
        }
        if (config->registry)
            take(data, config->registry);
    }
    for (size_t i = 0; i < configs->options->terms.len; i++)
        take(data, configs->options->terms.items[i]);
    if (configs->options->registry)
        take(data, configs->options->registry);
}

/* A scalar: between quotes where it would not be plain text. */
static void
show_text(struct gb_str text)
{
    size_t plain = 0;

    while (plain < text.len && ((unsigned char)text.ptr[plain] >= 0x80 || (text.ptr[plain] >= '0' && text.ptr[plain] <= '9') ||
                                (text.ptr[plain] >= 'a' && text.ptr[plain] <= 'z') ||
                                (text.ptr[plain] >= 'A' && text.ptr[plain] <= 'Z') || (plain && strchr("._-/", text.ptr[plain]))))
        plain++;
    if (plain && plain == text.len) {
        printf("%.*s", GB_FMT(text));
        return;
    }
    putchar('\'');
    for (size_t i = 0; i < text.len; i++)
        fputs(text.ptr[i] == '\'' ? "\'\'" : (char[]){text.ptr[i], '\0'}, stdout);
    putchar('\'');
}

/* In flow form. */
static void
show_value(const struct gb_yaml *value)
{
    bool is_map = value->kind == GB_YAML_MAP, is_first = true;

    if (value->kind == GB_YAML_SCALAR) {
        show_text(value->text);
        return;
    }
    putchar(is_map ? '{' : '[');
    GB_YAML_EACH (item, value) {
        if (!is_first)
            fputs(", ", stdout);
        is_first = false;
        if (is_map)
            printf("%.*s: ", GB_FMT(item->key->text));
        show_value(item);
    }
    putchar(is_map ? '}' : ']');
}

static const char *
state_of(const struct gb_rule_change *c)
{
    return c->select ? "select" : c->has_level ? gb_level_name(c->level) : c->on ? "on" : "off";
}

static void
show_change(const struct gb_rule_change *c)
{
    printf("  %.*s: ", GB_FMT(c->name));
    if (!c->options) {
        puts(state_of(c));
        return;
    }
    printf("{level: %s", state_of(c));
    GB_YAML_EACH (item, c->options) {
        printf(", %.*s: ", GB_FMT(item->key->text));
        show_value(item);
    }
    puts("}");
}

static void
show_list(const char *key, const char *const *items, size_t n)
{
    if (n)
        printf("%s:\n", key);
    for (size_t i = 0; i < n; i++) {
        fputs("  - ", stdout);
        show_text(gb_str_from(items[i]));
        putchar('\n');
    }
}

void
gb_settings_show(const struct gb_settings *s, const char *path)
{
    static const char *const editions[] = {"2009", "2020"};
    static const char *const stages[] = {
#define X(id, zh, en) zh,
        GB_STAGES(X)
#undef X
    };

    printf("# %s\n# config: %s\n", path, s->config ? s->config : "-");
    if (s->facts.has_edition)
        printf("edition: %s\n", editions[s->facts.edition]);
    if (s->facts.stage)
        printf("stage: %s\n", stages[s->facts.stage]);
    if (s->facts.profile)
        printf("profile: %s\n", s->facts.profile);
    if (s->registry)
        printf("registry: %s\n", s->registry);
    show_list("terms", s->terms, s->n_terms);
    show_list("packs", s->packs, s->n_packs);
    show_list("exclude", s->exclude, s->n_exclude);
    printf("lang: %s\nlevel: %s\nfail_on: %s\n", s->english ? "en" : "zh", gb_level_name(s->level),
           s->fail_on == GB_LEVEL_OFF ? "never" : gb_level_name(s->fail_on));
    printf("baseline: %s\n", s->no_baseline ? "off" : "on");
    if (s->n_changes)
        printf("rules:\n");
    for (uint32_t i = 0; i < s->n_changes; i++)
        show_change(&s->changes[i]);
}
