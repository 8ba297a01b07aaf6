#include "app/config/config_priv.h"
#include "app/files/path.h"
#include "source/source.h"

#include <stdlib.h>
#include <time.h>

/* Settings made for a config, or none, and the overrides that match; NULL when they are faulty. */
struct made {
    const struct gb_config *config;
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
    const struct gb_config *config;
    const struct gb_term_bank *read;
};

struct gb_configs {
    struct gb_arena arena;
    const struct gb_options *options;
    bool with_rules;
    GB_ARRAY(struct gb_config *) configs;
    GB_ARRAY(struct made) made;
    GB_ARRAY(struct registry) registries;
    GB_ARRAY(struct bank) banks;
    struct gb_str last_folder; /* drafts of one folder come after each other: its config is looked up once */
    const struct gb_config *last_config;
};

struct gb_configs *
gb_configs_new(const struct gb_options *options, bool with_rules)
{
    struct gb_configs *configs = gb_alloc(sizeof(*configs));

    *configs = (struct gb_configs){.options = options, .with_rules = with_rules};
    return configs;
}

static void
release_config(struct gb_config *config)
{
    gb_array_release(&config->scope.changes);
    GB_EACH_IN_PLACE(part, &config->overrides) {
        GB_RELEASE(&part->files, &part->scope.changes);
    }
    GB_RELEASE(&config->overrides, &config->packs, &config->exclude, &config->files, &config->drafts, &config->series,
               &config->terms, &config->term_maps);
}

void
gb_configs_free(struct gb_configs *configs)
{
    if (!configs)
        return;
    GB_EACH_IN(config, &configs->configs)
        release_config(*config);
    for (size_t i = 0; i < configs->made.len; i++) {
        if (configs->made.items[i].settings)
            gb_ruleset_free((struct gb_ruleset *)(uintptr_t)configs->made.items[i].settings->rules);
    }
    GB_RELEASE(&configs->configs, &configs->made, &configs->registries);
    GB_EACH_IN(bank, &configs->banks)
        gb_term_bank_free(bank->read);
    gb_array_release(&configs->banks);
    gb_arena_release(&configs->arena);
    free(configs);
}

static const struct gb_config *
load(struct gb_configs *configs, const char *path)
{
    GB_EACH_IN(config, &configs->configs) {
        if (strcmp((*config)->path, path) == 0)
            return *config;
    }
    struct gb_config *config = gb_arena_new(&configs->arena, struct gb_config);
    const char *folder = gb_path_folder(&configs->arena, path).ptr;
    const char *real = gb_path_real(&configs->arena, folder);

    config->path = path;
    config->folder = real ? real : folder;
    config->ok = gb_config_read(config, &configs->arena, configs->options->english, configs->options->config);
    *gb_push(&configs->configs) = config;
    return config;
}

/* The config for a draft, NULL when there is none. */
static const struct gb_config *
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
relative_to(struct gb_configs *configs, const struct gb_config *config, const char *path)
{
    const char *place = gb_path_place(&configs->arena, path);

    return place ? gb_path_below(place, config->folder) : NULL;
}

static bool
any_matches(const gb_string_array *patterns, const char *path)
{
    GB_FIND(pattern, patterns->items, path ? patterns->len : 0, gb_path_matches(*pattern, path));
    return pattern != NULL;
}

bool
gb_configs_excludes(struct gb_configs *configs, const char *path)
{
    const struct gb_config *config = config_for(configs, path);

    return config && config->exclude.len && any_matches(&config->exclude, relative_to(configs, config, path));
}

const struct gb_draft_files *
gb_configs_draft(struct gb_configs *configs, const char *path)
{
    const struct gb_config *config = config_for(configs, path);
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
    const struct gb_config *config = config_for(configs, path);
    const char *relative = config && config->series.len ? relative_to(configs, config, path) : NULL;

    for (size_t i = 0; relative && i < config->series.len; i++) {
        struct gb_series_spec *spec = config->series.items[i];
        spec->folder = config->folder;
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
narrow(struct gb_settings *settings, const struct gb_scope *scope)
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
    if (scope->has_baseline || scope->no_baseline)
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
join(struct gb_configs *configs, const struct gb_config *config, const bool *active)
{
    const struct gb_options *o = configs->options;
    struct gb_settings *s = gb_arena_new(&configs->arena, struct gb_settings);
    size_t n = o->scope.changes.len + (config ? config->scope.changes.len : 0);

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
        narrow(s, &config->scope);
        add_changes(s, changes, config->scope.changes.items, config->scope.changes.len);
    }
    for (size_t i = 0; config && i < config->overrides.len; i++) {
        if (!active[i])
            continue;
        const struct gb_scope *scope = &config->overrides.items[i].scope;
        narrow(s, scope);
        add_changes(s, changes, scope->changes.items, scope->changes.len);
    }
    narrow(s, &o->scope);
    add_changes(s, changes, o->scope.changes.items, o->scope.changes.len);
    s->facts.english = s->english;
    s->facts.as_of = o->scope.facts.as_of;
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
make_rules(struct gb_configs *configs, const struct gb_config *config, struct gb_settings *settings,
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
read_bank(struct gb_configs *configs, const struct gb_config *config, struct gb_settings *settings,
          struct gb_error *error)
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
make_bank(struct gb_configs *configs, const struct gb_config *config, struct gb_settings *settings,
          struct gb_error *error)
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
    GB_EACH_IN(known, &configs->registries) {
        if (strcmp(known->path, settings->registry) == 0) {
            settings->facts.registry = known->read;
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
    const struct gb_config *config = config_for(configs, path);
    size_t n = config ? config->overrides.len : 0;
    bool *active = gb_arena_new_array(&configs->arena, bool, n + 1);
    const char *relative = n ? relative_to(configs, config, path) : NULL;

    error->message[0] = '\0';
    for (size_t i = 0; i < n; i++)
        active[i] = any_matches(&config->overrides.items[i].files, relative);
    GB_EACH_IN(made, &configs->made) {
        if (made->config == config && memcmp(made->active, active, n * sizeof(bool)) == 0)
            return made->settings;
    }
    struct gb_settings *settings = NULL;
    if (config && !config->ok) {
        *error = config->error;
    } else {
        settings = join(configs, config, active);
        if (!make_registry(configs, settings, error) || !make_bank(configs, config, settings, error) ||
            !make_rules(configs, config, settings, error))
            settings = NULL;
    }
    *gb_push(&configs->made) = (struct made){config, active, settings};
    return settings;
}

bool
gb_is_failing(const struct gb_settings *settings, const struct gb_report *report)
{
    bool is_failing = false;

    for (enum gb_level level = settings->fail_on; level != GB_LEVEL_OFF && level <= GB_LEVEL_ERROR; level++)
        is_failing |= report->counts[level] > 0;
    return is_failing;
}

void
gb_configs_files(const struct gb_configs *configs, void (*take)(void *data, const char *path), void *data)
{
    for (size_t i = 0; i < configs->configs.len; i++) {
        const struct gb_config *config = configs->configs.items[i];
        const gb_string_array *lists[] = {&config->files, &config->packs, &config->terms};
        for (size_t k = 0; k < GB_COUNT(lists); k++) {
            for (size_t n = 0; n < lists[k]->len; n++)
                take(data, lists[k]->items[n]);
        }
        if (config->registry)
            take(data, config->registry);
    }
    GB_EACH_IN(term, &configs->options->terms)
        take(data, *term);
    if (configs->options->registry)
        take(data, configs->options->registry);
}
