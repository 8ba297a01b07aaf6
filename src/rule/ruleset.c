/* Builds the rule set of a run: the built-in image, the user's packs, and the changes of config and command line. */
#include "rule/literal_priv.h"
#include "base/sort.h"
#include "rule/ruleset_priv.h"

#include "source/source.h"

#include <assert.h>
#include <stdlib.h>

/* ---- Values ---- */

double
gb_value_number(const struct gb_value *value)
{
    double number = 0;

    memcpy(&number, value->data->number, sizeof(number));
    return number;
}

static const char *
schema_of(const struct gb_rule *rule)
{
    const char *schema = rule->kind ? rule->kind->params : rule->native->params;

    return schema ? schema : "";
}

struct gb_value
gb_rule_value(const struct gb_rule *rule, size_t index)
{
    static const struct gb_image_param unset;
    const struct gb_image_param *params = gb_image_at(rule->image, rule->head->params);

    for (size_t i = 0; i < rule->n_params; i++) {
        if (rule->params[i].data->index == index)
            return rule->params[i];
    }
    GB_FIND(param, params, !rule->params ? rule->head->params.n : 0, param->index == index);
    return param ? (struct gb_value){.data = param, .image = rule->image} : (struct gb_value){.data = &unset};
}

/* Place of a key in a schema. Checks ask on every node: no more is read than must be. */
static size_t
index_in(const char *schema, const char *key)
{
    size_t n = strlen(key);

    for (size_t i = 0;; i++) {
        if (strncmp(schema, key, n) == 0 && schema[n] == ':')
            return i;
        schema = strchr(schema, ' ');
        assert(schema); /* a check asks for no parameter that its schema does not have */
        schema += strspn(schema, " ");
    }
}

struct gb_value
gb_rule_param(const struct gb_rule *rule, const char *key)
{
    return gb_rule_value(rule, index_in(schema_of(rule), key));
}

const void *
gb_made_of(const uint64_t *table, const void *place, uint32_t variant)
{
    const struct gb_made *rows = (const struct gb_made *)(const void *)table;
    const struct gb_image *image = (const struct gb_image *)(const void *)gb_builtin_image;
    uintptr_t of = (uintptr_t)place - (uintptr_t)image;
    uint32_t n = rows->of;

    if (of >= image->size)
        return NULL;
    rows++; /* the first one counts the others */
    GB_SEEK(uint32_t, i, n, rows[i].of < of || (rows[i].of == of && rows[i].variant < variant));
    return i < n && rows[i].of == of && rows[i].variant == variant ? (const char *)table + rows[i].off : NULL;
}

/* The set frees it. */
static struct gb_pattern *
keep_pattern(struct gb_ruleset *set, struct gb_pattern *pattern)
{
    *gb_push(&set->patterns) = pattern;
    return pattern;
}

static struct gb_pattern *
new_pattern(struct gb_ruleset *set, struct gb_str text)
{
    return keep_pattern(set, gb_pattern_new(&set->arena, text));
}

/* Makes a parameter of an image ready: patterns are set up. */
static void
fill_value(struct gb_ruleset *set, const struct gb_image *image, const struct gb_image_param *param,
           struct gb_value *value)
{
    *value = (struct gb_value){.data = param, .image = image};
    if (param->type == GB_PARAM_PATTERN) {
        value->patterns = gb_arena_new(&set->arena, struct gb_pattern *);
        value->patterns[0] = new_pattern(set, gb_image_str(image, param->text));
    }
    if (param->type == GB_PARAM_PATTERNS) {
        value->patterns = gb_arena_new_array(&set->arena, struct gb_pattern *, param->words.n + 1);
        for (size_t i = 0; i < param->words.n; i++)
            value->patterns[i] = new_pattern(set, gb_image_word(image, param->words, i));
    }
}

/* ---- Rules of an image ---- */

struct gb_str
gb_rule_code(const struct gb_rule *rule)
{
    return gb_image_str(rule->image, rule->data->code);
}

static struct gb_rule_info *
make_info(const struct gb_ruleset *set, const struct gb_rule *rule)
{
    const struct gb_image *image = rule->image;
    const struct gb_image_rule *data = rule->data;
    enum gb_language language = set->english ? GB_EN : GB_ZH;
    struct gb_rule_info *info = gb_alloc(sizeof(*info) + data->folds.n * sizeof(struct gb_str));
    struct gb_str *folds = (struct gb_str *)(info + 1);

    for (size_t i = 0; i < data->folds.n; i++)
        folds[i] = gb_image_word(image, data->folds, i);
    *info = (struct gb_rule_info){
        .code = gb_image_str(image, data->code),
        .name = gb_image_str(image, data->name),
        .title = gb_image_str(image, data->title.in[language]),
        .why = gb_image_str(image, data->why.in[language]),
        .folds = folds,
        .n_folds = data->folds.n,
        .index = (uint32_t)(rule - set->rules),
    };
    static_assert((int)GB_RULE_EDITIONS == (int)GB_EDITION_COUNT, "editions of diag/report.h");
    for (size_t i = 0; i < GB_RULE_EDITIONS; i++) {
        info->levels[i] = (enum gb_level)rule->level[i];
        info->sources[i] = gb_image_str(image, data->source_line[i]);
    }
    return info;
}

/* Threads share the set: of two that make it at once, one throws its own away. */
const struct gb_rule_info *
gb_rule_info_of(const struct gb_ruleset *set, const struct gb_rule *rule)
{
    struct gb_rule *slot = &set->rules[rule - set->rules];
    struct gb_rule_info *info = atomic_load(&slot->info), *expected = NULL;

    if (info)
        return info;
    info = make_info(set, rule);
    if (atomic_compare_exchange_strong(&slot->info, &expected, info))
        return info;
    free(info);
    return expected;
}

/* What the search runs: where it is known what all matches begin with, a pattern that is tried at one place. */
static void
choose_pattern(struct gb_ruleset *set, struct gb_rule *rule)
{
    struct gb_value pattern = gb_rule_value(rule, GB_SEARCH_PATTERN);

    rule->has_openers = rule->data->openers.n > 0 && pattern.image == rule->image; /* else the config changed it */
    if (pattern.data->is_set && (rule->opens || rule->has_openers))
        rule->pattern =
            keep_pattern(set, gb_pattern_new_anchored(&set->arena, gb_image_str(pattern.image, pattern.data->text)));
    else
        rule->pattern = pattern.data->is_set ? pattern.patterns[0] : NULL;
}

/* What the walk needs, and what follows from the parameters. */
static void
settle(struct gb_ruleset *set, struct gb_rule *rule)
{
    const struct gb_image_head *head = rule->head;

    if (rule->native)
        rule->on = rule->native->on;
    else if (rule->kind->run)
        rule->on = UINT32_C(1) << (head->of >= 0x100 ? GB_NODE_CLAUSE : head->of);
    if (rule->head->does_search && rule->params)
        choose_pattern(set, rule);
}

/* Values of the parameters that the entry sets, to be changed or because they hold patterns. */
static void
make_values(struct gb_ruleset *set, struct gb_rule *rule)
{
    const struct gb_image_param *params = gb_image_at(rule->image, rule->head->params);

    if (rule->params)
        return;
    rule->n_params = rule->head->params.n;
    rule->params = gb_arena_new_array(&set->arena, struct gb_value, rule->n_params + 1);
    for (size_t i = 0; i < rule->n_params; i++)
        fill_value(set, rule->image, &params[i], &rule->params[i]);
}

static void
fill_rule(struct gb_ruleset *set, const struct gb_image *image, size_t i, const struct gb_check_def *const *natives,
          struct gb_rule *rule)
{
    const struct gb_image_head *head = (const struct gb_image_head *)gb_image_at(image, image->heads) + i;

    rule->image = image;
    rule->data = (const struct gb_image_rule *)gb_image_at(image, image->rules) + i;
    rule->head = head;
    if (head->is_native)
        rule->native = natives[head->check_index];
    else
        rule->kind = &gb_kinds[head->check_index];
    for (int edition = 0; edition < GB_EDITION_COUNT; edition++)
        rule->level[edition] = head->level[edition];
    rule->is_slow = head->is_slow;
    rule->opens = head->opens;
    if (head->has_patterns)
        make_values(set, rule);
    settle(set, rule);
}

/* ---- User packs ---- */

static const struct gb_image *
load_pack(struct gb_ruleset *set, const char *path, struct gb_error *error)
{
    struct gb_loader_options options = {.below = set->images.items, .n_below = set->images.len};
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_loader *loader = gb_loader_new(&options);
    const char *slash = strrchr(path, '/');
    struct gb_str text, name = gb_str_from(slash ? slash + 1 : path);
    struct gb_image *image = NULL;

    for (size_t i = name.len; i > 0; i--) {
        if (name.ptr[i - 1] == '.') {
            name.len = i - 1;
            break;
        }
    }
    if (gb_read_regular_file(path, &arena, &text, error) &&
        gb_loader_add(loader, path, gb_arena_copy(&arena, name).ptr, text, error))
        image = gb_loader_finish(loader, error);
    gb_loader_free(loader);
    gb_arena_release(&arena);
    if (image)
        *gb_push(&set->owned) = image;
    return image;
}

/* Of lists that a user's pack changes the words of older rules are put together anew. */
static bool
is_outdated(const struct gb_ruleset *set, const struct gb_value *value)
{
    for (size_t i = 0; i < value->data->lists.n; i++) {
        const struct gb_image *image = value->image;
        gb_find_list(set->images.items + 1, set->images.len - 1, gb_image_word(value->image, value->data->lists, i),
                     &image);
        if (image != value->image)
            return true;
    }
    return false;
}

static void
renew_words(struct gb_ruleset *set, struct gb_value *value)
{
    GB_ARRAY(struct gb_str) words = {0};

    for (size_t i = 0; i < value->data->lists.n; i++) {
        const struct gb_str *items;
        size_t n = gb_list_words(set->images.items, set->images.len, gb_image_word(value->image, value->data->lists, i),
                                 &set->arena, &items);
        for (size_t k = 0; k < n; k++)
            *gb_push(&words) = items[k];
    }
    GB_KEEP(&set->arena, &words, value->words, value->n_words);
}

/* A list by name, for the lexicon: gb_lexicon_list. */
static size_t
list_words(void *data, const char *name, const struct gb_str **out_words)
{
    struct gb_ruleset *set = data;

    return gb_list_words(set->images.items, set->images.len, gb_str_from(name), &set->arena, out_words);
}

static void
apply_lists(struct gb_ruleset *set)
{
    for (size_t i = 0; set->images.len > 1 && i < set->n_rules; i++) {
        struct gb_rule *rule = &set->rules[i];
        make_values(set, rule);
        for (size_t p = 0; p < rule->n_params; p++) {
            if (rule->params[p].data->lists.n && is_outdated(set, &rule->params[p])) {
                renew_words(set, &rule->params[p]);
                rule->in_extra = rule->head->does_search;
            }
        }
    }
}

/* ---- Changes ---- */

static bool
in_group(struct gb_str code, struct gb_str name)
{
    return gb_str_is(name, "ALL") || gb_str_eq(code, name) ||
           (code.len > name.len && gb_str_starts(code, name) && code.ptr[name.len] == '-');
}

/* Puts a value in the place of that of the entry, or beside those that it gives. */
static void
put_value(struct gb_ruleset *set, struct gb_rule *rule, const struct gb_image *image,
          const struct gb_image_param *param)
{
    struct gb_image_head *head = gb_arena_copy_bytes(&set->arena, rule->head, sizeof(*head));
    size_t i = 0;

    make_values(set, rule);
    struct gb_value *params = gb_arena_new_array(&set->arena, struct gb_value, rule->n_params + 1);
    memcpy(params, rule->params, rule->n_params * sizeof(*params));
    while (i < rule->n_params && params[i].data->index != param->index)
        i++;
    fill_value(set, image, gb_arena_copy_bytes(&set->arena, param, sizeof(*param)), &params[i]);
    rule->params = params;
    rule->n_params += i == rule->n_params;
    gb_apply_param(param, rule->kind, head);
    rule->head = head;
    rule->in_extra = rule->head->does_search;
    settle(set, rule);
}

static bool
change_options(struct gb_ruleset *set, struct gb_rule *rule, const struct gb_rule_change *change,
               struct gb_error *error)
{
    struct gb_loader_options options = {.below = set->images.items, .n_below = set->images.len};

    GB_YAML_EACH(item, change->options) {
        struct gb_image_param param;
        struct gb_image *image =
            gb_load_param(item, schema_of(rule), item->key->text.ptr, &options, change->path, &param, error);

        if (!image)
            return false;
        *gb_push(&set->owned) = image;
        put_value(set, rule, image, &param);
    }
    return true;
}

static bool
change_rule(struct gb_ruleset *set, struct gb_rule *rule, const struct gb_rule_change *change, struct gb_error *error)
{
    bool is_named = gb_str_eq(gb_rule_code(rule), change->name);

    if (change->select)
        rule->force = is_named || rule->force == GB_FORCE_ON ? GB_FORCE_ON : GB_FORCE_NONE;
    else if (!change->has_level && !change->options)
        rule->force = change->on ? GB_FORCE_ON : GB_FORCE_OFF;
    else if (change->has_level && change->level == GB_LEVEL_OFF)
        rule->force = GB_FORCE_OFF;
    else if (change->has_level && is_named)
        rule->force = GB_FORCE_ON;
    if (change->has_level && change->level != GB_LEVEL_OFF) {
        for (int i = 0; i < GB_EDITION_COUNT; i++)
            rule->level[i] = rule->level[i] == GB_LEVEL_OFF ? GB_LEVEL_OFF : (uint8_t)change->level;
    }
    return !change->options || change_options(set, rule, change, error);
}

static bool
apply_changes(struct gb_ruleset *set, const struct gb_ruleset_options *options, struct gb_error *error)
{
    for (size_t i = 0; i < options->n_changes; i++)
        set->has_select = set->has_select || options->changes[i].select;
    for (size_t i = 0; i < set->n_rules; i++)
        set->rules[i].force = set->has_select ? GB_FORCE_OFF : GB_FORCE_NONE;
    GB_EACH(const struct gb_rule_change, change, options->changes, options->n_changes) {
        struct gb_str near = {0};
        if (!gb_ruleset_knows(set, change->name, &near)) {
            gb_error_set(error, change->path, change->line, change->column,
                         GB_ERROR_SAY("没有规则或组“%.*s”%s%.*s%s", "no rule or group “%.*s”%s%.*s%s"),
                         GB_FMT(change->name), near.len ? GB_ERROR_SAY("；最接近的是“", "; the nearest is “") : "",
                         GB_FMT(near), near.len ? "”" : "");
            return false;
        }
        for (size_t k = 0; k < set->n_rules; k++) {
            if (in_group(gb_rule_code(&set->rules[k]), change->name) &&
                !change_rule(set, &set->rules[k], change, error))
                return false;
        }
    }
    return true;
}

/* ---- The table of words that differ from the images ---- */

/* Keys of a pattern that the config may have changed. */
static void
add_keys(struct gb_ruleset *set, struct gb_literals *literals, struct gb_rule *rule, uint32_t id)
{
    struct gb_value pattern = gb_rule_value(rule, GB_SEARCH_PATTERN), keys = gb_rule_value(rule, GB_SEARCH_KEYS);
    struct gb_str text = gb_image_str(pattern.image, pattern.data->text);
    struct gb_buf found = {0};
    GB_ARRAY(struct gb_str) words = {0};

    if (!pattern.data->is_set)
        return;
    for (size_t k = 0; k < gb_value_count(&keys); k++)
        *gb_push(&words) = gb_value_word(&keys, k);
    if (keys.data->is_set)
        rule->opens = gb_pattern_opens(text, words.items, words.len);
    else
        rule->is_slow = !gb_pattern_keys(text, &found, &rule->opens);
    for (size_t at = 0; at < found.len; at += words.items[words.len - 1].len + 1)
        *gb_push(&words) = gb_str_from(found.ptr + at);
    for (size_t k = 0; k < words.len; k++)
        gb_literals_add(literals, words.items[k], id, 0);
    choose_pattern(set, rule);
    gb_array_release(&words);
    gb_buf_release(&found);
}

static void
build_extra(struct gb_ruleset *set)
{
    struct gb_literals literals = {0};
    struct gb_buf table = {0};
    bool is_needed = false;

    for (uint32_t i = 0; i < set->n_rules; i++) {
        struct gb_rule *rule = &set->rules[i];
        if (!rule->in_extra)
            continue;
        is_needed = true;
        struct gb_value words = gb_rule_value(rule, GB_SEARCH_WORDS);
        size_t step = words.data->type == GB_PARAM_PAIRS ? 2 : 1;
        for (size_t k = 0; k < gb_value_count(&words); k++)
            gb_literals_add(&literals, gb_value_word(&words, k * step), 2 * i, (uint32_t)k);
        add_keys(set, &literals, rule, 2 * i + 1);
    }
    if (is_needed) {
        gb_literals_build(&literals, &table);
        set->extra = gb_alloc(table.len);
        memcpy(set->extra, table.ptr, table.len);
        *gb_push(&set->tables) = (struct gb_literal_table){set->extra, 0, true};
    }
    gb_buf_release(&table);
}

/* That of the built-in lists, unless a user's pack has lists too. */
static void
make_lexicon(struct gb_ruleset *set)
{
    bool has_own = false;

    for (size_t i = 1; i < set->images.len; i++)
        has_own = has_own || set->images.items[i]->lists.n > 0;
    set->lexicon = (const struct gb_lexicon *)(const void *)gb_builtin_lexicon;
    if (!has_own)
        return;
    struct gb_buf own = gb_lexicon_make(list_words, set);
    set->lexicon = gb_arena_copy_bytes(&set->arena, own.ptr, own.len);
    gb_buf_release(&own);
}

static bool
fill(struct gb_ruleset *set, const struct gb_ruleset_options *options, struct gb_error *error)
{
    uint32_t at = 0;

    *gb_push(&set->images) = (const struct gb_image *)(const void *)gb_builtin_image;
    assert(set->images.items[0]->magic == GB_IMAGE_MAGIC);
    for (size_t i = 0; i < options->n_packs; i++) {
        const struct gb_image *image = load_pack(set, options->packs[i], error);

        if (!image)
            return false;
        *gb_push(&set->images) = image;
    }
    for (size_t i = 0; i < set->images.len; i++)
        set->n_rules += set->images.items[i]->rules.n;
    set->rules = gb_arena_new_array(&set->arena, struct gb_rule, set->n_rules + 1);
    const struct gb_check_def **natives = gb_check_defs(&set->arena);
    for (size_t i = 0; i < set->images.len; i++) {
        const struct gb_image *image = set->images.items[i];

        if (image->literals.n)
            *gb_push(&set->tables) = (struct gb_literal_table){gb_image_at(image, image->literals), at, false};
        for (size_t k = 0; k < image->rules.n; k++)
            fill_rule(set, image, k, natives, &set->rules[at++]);
    }
    apply_lists(set);
    if (!apply_changes(set, options, error))
        return false;
    build_extra(set);
    make_lexicon(set);
    return true;
}

const struct gb_lexicon *
gb_ruleset_lexicon(const struct gb_ruleset *rules)
{
    return rules->lexicon;
}

struct gb_ruleset *
gb_ruleset_new(const struct gb_ruleset_options *options, struct gb_error *error)
{
    struct gb_ruleset *set = gb_alloc(sizeof(*set));

    *set = (struct gb_ruleset){.english = options->english};
    if (fill(set, options, error))
        return set;
    gb_ruleset_free(set);
    return NULL;
}

void
gb_ruleset_free(struct gb_ruleset *set)
{
    if (!set)
        return;
    for (size_t i = 0; i < set->patterns.len; i++)
        gb_pattern_release(set->patterns.items[i]);
    for (size_t i = 0; set->rules && i < set->n_rules; i++)
        free(atomic_load(&set->rules[i].info));
    for (size_t i = 0; i < set->owned.len; i++)
        free(set->owned.items[i]);
    GB_RELEASE(&set->patterns, &set->owned, &set->images, &set->tables);
    gb_arena_release(&set->arena);
    free(set->extra);
    free(set);
}

/* ---- Questions ---- */

const struct gb_rule *
gb_ruleset_find(const struct gb_ruleset *set, struct gb_str code)
{
    GB_FIND(rule, set->rules, set->n_rules, gb_str_eq(gb_rule_code(rule), code));
    return rule;
}

/* The code that a name is likely to mean, or empty. */
static struct gb_str
nearest_code(const struct gb_ruleset *set, struct gb_str name)
{
    unsigned best = 4;
    char capitals[16];
    struct gb_str near = {0}, meant = {capitals, name.len < sizeof(capitals) ? name.len : sizeof(capitals)};

    for (size_t i = 0; i < meant.len; i++)
        capitals[i] = (char)(gb_is_lower(name.ptr[i]) ? name.ptr[i] - 'a' + 'A' : name.ptr[i]);
    for (size_t i = 0; i < set->n_rules; i++) {
        struct gb_str code = gb_rule_code(&set->rules[i]);
        unsigned distance = gb_str_distance(meant, code, best);

        if (distance < best) {
            best = distance;
            near = code;
        }
    }
    return near;
}

bool
gb_ruleset_knows(const struct gb_ruleset *set, struct gb_str name, struct gb_str *near)
{
    if (near)
        *near = (struct gb_str){0};
    if (gb_str_is(name, "ALL"))
        return true;
    for (size_t i = 0; name.len && i < set->n_rules; i++) {
        if (in_group(gb_rule_code(&set->rules[i]), name))
            return true;
    }
    if (near)
        *near = nearest_code(set, name);
    return false;
}

static const struct gb_image_profile *
find_profile(const struct gb_ruleset *set, struct gb_str name)
{
    const struct gb_image *image = set->images.items[0];
    const struct gb_image_profile *profiles = gb_image_at(image, image->profiles);

    GB_FIND(profile, profiles, image->profiles.n, gb_str_eq(gb_image_str(image, profile->name), name));
    return profile;
}

static bool
names_rule(const struct gb_image *image, struct gb_slice names, struct gb_str code)
{
    return GB_ANY(for (size_t i = 0; i < names.n; i++), in_group(code, gb_image_word(image, names, i)));
}

struct gb_switches
gb_find_switches(const struct gb_ruleset *set, const struct gb_facts *facts)
{
    struct gb_switches switches = {0};
    struct gb_str rest = facts->profile, name;

    while (switches.n < GB_COUNT(switches.profiles) && gb_str_cut(&rest, ',', &name)) {
        const struct gb_image_profile *profile = find_profile(set, name);
        if (profile && profile->off.n + profile->on.n)
            switches.profiles[switches.n++] = profile;
    }
    return switches;
}

/* On by its profiles and state, then as each profile of the draft switches it. */
static bool
is_on_by_profile(const struct gb_ruleset *set, const struct gb_rule *rule, const struct gb_facts *facts,
                 const struct gb_switches *switches)
{
    bool is_on = rule->head->in_base;

    for (size_t i = 0; i < rule->data->profiles.n && !is_on; i++)
        is_on = gb_facts_has_profile(facts, gb_image_word(rule->image, rule->data->profiles, i));
    is_on = is_on && !rule->head->is_off;
    for (size_t i = 0; i < switches->n; i++) {
        if (names_rule(set->images.items[0], switches->profiles[i]->off, gb_rule_code(rule)))
            is_on = false;
        if (names_rule(set->images.items[0], switches->profiles[i]->on, gb_rule_code(rule)))
            is_on = true;
    }
    return is_on;
}

bool
gb_rule_is_on(const struct gb_ruleset *set, const struct gb_rule *rule, const struct gb_facts *facts,
              const struct gb_switches *switches)
{
    if (rule->level[facts->edition] == GB_LEVEL_OFF || rule->force == GB_FORCE_OFF)
        return false;
    return rule->force == GB_FORCE_ON || is_on_by_profile(set, rule, facts, switches);
}

bool
gb_ruleset_ran(const struct gb_ruleset *set, struct gb_str name, const struct gb_facts *facts)
{
    struct gb_switches switches = gb_find_switches(set, facts);

    GB_FIND(rule, set->rules, set->n_rules,
            in_group(gb_rule_code(rule), name) && gb_rule_is_on(set, rule, facts, &switches));
    return rule != NULL;
}
