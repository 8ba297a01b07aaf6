/* Parameters of entries by their types, and the named lists that they refer to. */
#include "rule/loader_priv.h"
#include "rule/pattern_priv.h"

#include <assert.h>

/* ---- Lists ---- */

const struct gb_image_list *
gb_load_find_list(const struct gb_loader *l, struct gb_str name, const char **out_base)
{
    for (size_t i = l->lists.len; i > 0; i--) {
        if (gb_str_eq(gb_load_text_at(l, l->lists.items[i - 1].name), name)) {
            *out_base = l->bytes.ptr;
            return &l->lists.items[i - 1];
        }
    }
    const struct gb_image *image = NULL;
    const struct gb_image_list *list = gb_find_list(l->options.below, l->options.n_below, name, &image);

    *out_base = (const char *)image;
    return list;
}

const struct gb_image_list *
gb_find_list(const struct gb_image *const *images, size_t n, struct gb_str name, const struct gb_image **out_image)
{
    for (size_t i = n; i > 0; i--) {
        const struct gb_image_list *lists = gb_image_at(images[i - 1], images[i - 1]->lists);
        for (size_t k = images[i - 1]->lists.n; k > 0; k--) {
            if (gb_str_eq(gb_image_str(images[i - 1], lists[k - 1].name), name)) {
                *out_image = images[i - 1];
                return &lists[k - 1];
            }
        }
    }
    return NULL;
}

size_t
gb_list_words(const struct gb_image *const *images, size_t n, struct gb_str name, struct gb_arena *arena,
              const struct gb_str **out_words)
{
    const struct gb_image *image;
    const struct gb_image_list *list = gb_find_list(images, n, name, &image);
    size_t n_words = list ? list->words.n : 0;
    struct gb_str *words = gb_arena_new_array(arena, struct gb_str, n_words + 1);

    for (size_t i = 0; i < n_words; i++)
        words[i] = gb_image_word(image, list->words, i);
    *out_words = words;
    return n_words;
}

/* Copies the texts of a list to the gathered slices; its bytes may move, so go by offset. */
void
gb_load_gather_list(struct gb_loader *l, const char *base, struct gb_slice words)
{
    bool is_own = base == l->bytes.ptr;

    for (size_t i = 0; i < words.n; i++) {
        struct gb_slice slice;
        memcpy(&slice, (is_own ? l->bytes.ptr : base) + words.off + i * sizeof(slice), sizeof(slice));
        gb_load_gather(l, is_own ? slice : gb_load_put_text(l, (struct gb_str){base + slice.off, slice.n}));
    }
}

bool
gb_load_unknown_list(struct gb_loader *l, const struct gb_yaml *node)
{
    GB_ARRAY(const char *) names = {0};

    for (size_t i = 0; i < l->lists.len; i++)
        *gb_push(&names) = l->bytes.ptr + l->lists.items[i].name.off;
    for (size_t k = 0; k < l->options.n_below; k++) {
        const struct gb_image *image = l->options.below[k];
        const struct gb_image_list *lists = gb_image_at(image, image->lists);
        for (size_t j = 0; j < image->lists.n; j++)
            *gb_push(&names) = gb_image_str(image, lists[j].name).ptr;
    }
    gb_load_unknown(l, node, "词表", "list", names.items, names.len);
    gb_array_release(&names);
    return false;
}

/* Is a value written in parts, {note: …, list: …, words: …}? A map of words may have one of them as its word. */
static bool
is_in_parts(const struct gb_yaml *node)
{
    return gb_yaml_get(node, "list") || (gb_yaml_get(node, "note") && gb_yaml_get(node, "words"));
}

/* The words of the rule itself are a list too, so that a user's pack may extend or replace it: WRD-009.exempt. */
static bool
add_own_list(struct gb_loader *l, struct gb_str key, const struct gb_yaml *words, bool is_pairs,
             struct gb_image_param *param)
{
    struct gb_image_list list = {.is_pairs = is_pairs, .line = words->line};
    struct gb_buf name = {0};
    size_t mark = l->scratch.len;

    if (!(is_pairs ? gb_load_pairs : gb_load_texts)(l, words, "words", &list.words))
        return false;
    gb_buf_printf(&name, "%.*s.%.*s", GB_FMT(l->code), GB_FMT(key));
    list.name = gb_load_put_text(l, gb_buf_str(&name));
    gb_buf_release(&name);
    *gb_push(&l->lists) = list;
    gb_load_gather_list(l, l->bytes.ptr, param->lists);
    gb_load_gather(l, list.name);
    param->lists = gb_load_put_gathered(l, mark);
    return true;
}

static bool
gather_named_list(struct gb_loader *l, const struct gb_yaml *name, bool is_pairs)
{
    const char *base = NULL;
    const struct gb_image_list *list = gb_load_find_list(l, name->text, &base);

    if (!list)
        return gb_load_unknown_list(l, name);
    if (list->is_pairs != is_pairs)
        return gb_load_fail(l, name, "词表“%.*s”%s", "the list “%.*s” %s", GB_FMT(name->text),
                            is_pairs ? GB_ERROR_SAY("是一列词，此处要“词: 词”的映射",
                                                    "holds words, where a map “word: word” is needed")
                                     : GB_ERROR_SAY("是映射，此处要一列词", "is a map, where words are needed"));
    gb_load_gather_list(l, base, list->words);
    return true;
}

/* [词, …], {词: 词, …}, or parts: {list: NAME} or {list: [NAME, …]}, `words:` for the rule's own, `note:` what they do. */
static bool
read_words(struct gb_loader *l, const struct gb_yaml *node, struct gb_image_param *param, bool is_pairs)
{
    static const char *const keys[] = {"note", "list", "words"};
    bool has_parts = is_in_parts(node);
    const struct gb_yaml *words = has_parts ? gb_yaml_get(node, "words") : node,
                         *names = has_parts ? gb_yaml_get(node, "list") : NULL;
    size_t mark = l->scratch.len, which = 0;

    GB_YAML_EACH(item, node) {
        if (has_parts && (!gb_load_choice(l, item->key, "with", keys, GB_COUNT(keys), &which) ||
                          (which == 0 && !gb_load_text(l, item, "note", &param->note))))
            return false;
    }
    if (names && !gb_load_texts(l, names, "list", &param->lists))
        return false;
    const struct gb_yaml *name = names && names->kind != GB_YAML_SCALAR ? names->first : names;
    for (; name; name = name == names ? NULL : name->next) {
        if (!gather_named_list(l, name, is_pairs))
            return false;
    }
    if (words && !add_own_list(l, node->key->text, words, is_pairs, param))
        return false;
    if (words)
        gb_load_gather_list(l, l->bytes.ptr, l->lists.items[l->lists.len - 1].words);
    param->words = gb_load_put_gathered(l, mark);
    return true;
}

/* ---- Parameters ---- */

static const char *const param_type_names[] = {GB_PARAM_TYPES(GB_NAMED)};

/* Cuts "key:type" off the schema; false at its end. */
static bool
next_field(struct gb_str *schema, struct gb_str *out_key, struct gb_str *out_type)
{
    struct gb_str field;

    do {
        if (!gb_str_cut(schema, ' ', &field))
            return false;
    } while (!field.len);
    size_t colon = gb_str_find(field, GB_STR(":"), 0);
    assert(colon != GB_NOT_FOUND);
    *out_key = gb_str_sub(field, 0, colon);
    *out_type = gb_str_skip(field, colon + 1);
    return true;
}

bool
gb_schema_find(const char *schema, struct gb_str key, size_t *out_index, enum gb_param_type *out_type)
{
    struct gb_str rest = gb_str_from(schema), name, type;

    for (size_t i = 0; next_field(&rest, &name, &type); i++) {
        if (!gb_str_eq(name, key))
            continue;
        size_t t = 0;
        bool is_type = gb_load_index(type, param_type_names, GB_COUNT(param_type_names), &t);
        assert(is_type); /* schemas are our own */
        *out_index = i;
        *out_type = (enum gb_param_type)t;
        return is_type;
    }
    return false;
}

size_t
gb_schema_count(const char *schema)
{
    struct gb_str rest = gb_str_from(schema), name, type;
    size_t n = 0;

    while (next_field(&rest, &name, &type))
        n++;
    return n;
}

static bool
fail_unknown_param(struct gb_loader *l, const struct gb_yaml *key, const char *schema)
{
    GB_ARRAY(const char *) names = {0};
    struct gb_str rest = gb_str_from(schema), name, type;

    while (next_field(&rest, &name, &type))
        *gb_push(&names) = gb_arena_copy(&l->arena, name).ptr;
    if (names.len == 0)
        gb_load_fail(l, key, "该规则没有参数“%.*s”", "the rule has no parameter “%.*s”", GB_FMT(key->text));
    else
        gb_load_unknown(l, key, "参数", "parameter", names.items, names.len);
    gb_array_release(&names);
    return false;
}

static const char *const node_names[] = {GB_NODE_KINDS(GB_NAMED)};
static const char *const role_names[] = {GB_ROLES(GB_NAMED)};
static const char *const zone_names[] = {GB_ZONES(GB_NAMED)};
static const char *const part_names[] = {GB_PARTS(GB_NAMED)};
static const char *const context_names[] = {GB_CONTEXTS(GB_NAMED)};

bool
gb_load_index(struct gb_str word, const char *const *names, size_t n, size_t *out)
{
    for (size_t i = 0; i < n; i++) {
        if (gb_str_is(word, names[i])) {
            *out = i;
            return true;
        }
    }
    return false;
}

/* Sets a bit of the places for one name. "title" is a part, "cover" a zone; the node kinds come last. */
static bool
read_place(struct gb_loader *l, const struct gb_yaml *node, struct gb_places *places)
{
    size_t i = 0;

    if (!gb_yaml_expect(node, GB_YAML_SCALAR, "in", l->path, l->error))
        return false;
    if (gb_str_is(node->text, "annex")) {
        places->zones |= UINT32_C(1) << GB_ZONE_NORMATIVE_ANNEX | UINT32_C(1) << GB_ZONE_INFORMATIVE_ANNEX;
    } else if (gb_str_is(node->text, "all")) {
        places->zones |= (UINT32_C(1) << GB_ZONE_COUNT) - 1;
    } else if (gb_load_index(node->text, part_names, GB_COUNT(part_names), &i)) {
        places->parts |= UINT32_C(1) << i;
    } else if (gb_load_index(node->text, zone_names, GB_COUNT(zone_names), &i)) {
        places->zones |= UINT32_C(1) << i;
    } else if (gb_load_index(node->text, node_names, GB_COUNT(node_names), &i)) {
        places->kinds |= UINT32_C(1) << i;
    } else {
        const char *all[GB_COUNT(part_names) + GB_COUNT(zone_names) + GB_COUNT(node_names)];
        size_t n = 0;
        for (i = 0; i < GB_COUNT(part_names); i++)
            all[n++] = part_names[i];
        for (i = 0; i < GB_COUNT(zone_names); i++)
            all[n++] = zone_names[i];
        for (i = 0; i < GB_COUNT(node_names); i++)
            all[n++] = node_names[i];
        return gb_load_unknown(l, node, "位置", "place", all, n);
    }
    return true;
}

/* Calls for one scalar, or each item of a list. */
static bool
read_each(struct gb_loader *l, const struct gb_yaml *node, const char *what, struct gb_image_param *param,
          bool (*read)(struct gb_loader *, const struct gb_yaml *, struct gb_image_param *))
{
    if (node->kind == GB_YAML_SCALAR)
        return read(l, node, param);
    if (!gb_yaml_expect(node, GB_YAML_LIST, what, l->path, l->error))
        return false;
    GB_YAML_EACH(item, node) {
        if (!read(l, item, param))
            return false;
    }
    return true;
}

static bool
read_place_param(struct gb_loader *l, const struct gb_yaml *node, struct gb_image_param *param)
{
    return read_place(l, node, &param->places);
}

static bool
read_context(struct gb_loader *l, const struct gb_yaml *node, struct gb_image_param *param)
{
    size_t i = 0;

    if (!gb_load_choice(l, node, "except", context_names, GB_COUNT(context_names), &i))
        return false;
    param->number[0] |= UINT32_C(1) << i;
    return true;
}

/* A kind of node, or 0x100 + role. */
static bool
read_node_name(struct gb_loader *l, const struct gb_yaml *node, struct gb_image_param *param)
{
    size_t i = 0;

    if (!gb_yaml_expect(node, GB_YAML_SCALAR, "of", l->path, l->error))
        return false;
    if (gb_load_index(node->text, node_names, GB_COUNT(node_names), &i)) {
        param->number[0] = (uint32_t)i;
        return true;
    }
    if (node->text.len && gb_load_index(node->text, role_names, GB_COUNT(role_names), &i)) {
        param->number[0] = 0x100 + (uint32_t)i;
        return true;
    }
    return gb_load_unknown(l, node, "要素", "element", node_names, GB_COUNT(node_names));
}

static bool
check_pattern(struct gb_loader *l, const struct gb_yaml *node)
{
    char message[200];
    size_t at = 0;

    if (gb_pattern_check(node->text, message, sizeof(message), &at))
        return true;
    struct gb_str before = gb_str_sub(node->text, at > 20 ? at - 20 : 0, at);
    while (before.len && (before.ptr[0] & 0xC0) == 0x80)
        before = gb_str_skip(before, 1);
    return gb_load_fail(l, node, "正则表达式在“%.*s”之后有误：%s", "the pattern is wrong behind “%.*s”: %s",
                        GB_FMT(before), message);
}

static bool
read_number(struct gb_loader *l, const struct gb_yaml *node, struct gb_image_param *param)
{
    double value = 0;

    if (!gb_yaml_number(node, &value))
        return gb_load_fail(l, node, "此处应为数字", "a number is needed here");
    memcpy(param->number, &value, sizeof(value));
    return true;
}

static bool
read_bool(struct gb_loader *l, const struct gb_yaml *node, struct gb_image_param *param)
{
    bool value = false;

    if (!gb_yaml_bool(node, &value))
        return gb_load_fail(l, node, "此处应为true或false", "true or false is needed here");
    param->number[0] = value;
    return true;
}

static bool
read_pattern(struct gb_loader *l, const struct gb_yaml *node, struct gb_image_param *param)
{
    return gb_load_text(l, node, "pattern", &param->text) && check_pattern(l, node);
}

static bool
read_patterns(struct gb_loader *l, const struct gb_yaml *node, struct gb_image_param *param)
{
    if (!gb_load_texts(l, node, "patterns", &param->words))
        return false;
    GB_FIND_NEXT(item, node->kind == GB_YAML_SCALAR ? node : node->first, item->next, !check_pattern(l, item));
    return item == NULL;
}

static bool
read_param(struct gb_loader *l, const struct gb_yaml *node, enum gb_param_type type, struct gb_image_param *param)
{
    param->is_set = 1;
    param->type = type;
    switch (type) {
    case GB_PARAM_NUMBER:
        return read_number(l, node, param);
    case GB_PARAM_BOOL:
        return read_bool(l, node, param);
    case GB_PARAM_TEXT:
        return gb_load_text(l, node, "with", &param->text);
    case GB_PARAM_WORDS:
        return read_words(l, node, param, false);
    case GB_PARAM_PAIRS:
        return read_words(l, node, param, true);
    case GB_PARAM_PATTERN:
        return read_pattern(l, node, param);
    case GB_PARAM_PATTERNS:
        return read_patterns(l, node, param);
    case GB_PARAM_PLACES:
        return read_each(l, node, "in", param, read_place_param);
    case GB_PARAM_CONTEXTS:
        return read_each(l, node, "except", param, read_context);
    case GB_PARAM_NODE:
        return read_node_name(l, node, param);
    }
    return false;
}

bool
gb_load_params(struct gb_loader *l, const struct gb_yaml *with, const char *schema, struct gb_image_param **out_params)
{
    struct gb_image_param *params = gb_arena_new_array(&l->arena, struct gb_image_param, gb_schema_count(schema) + 1);

    *out_params = params;
    if (!with)
        return true;
    if (!gb_yaml_expect(with, GB_YAML_MAP, "with", l->path, l->error))
        return false;
    GB_YAML_EACH(item, with) {
        enum gb_param_type type = GB_PARAM_TEXT;
        size_t at = 0;
        if (!gb_schema_find(schema, item->key->text, &at, &type))
            return fail_unknown_param(l, item->key, schema);
        if (!read_param(l, item, type, &params[at]))
            return false;
        params[at].index = (uint32_t)at;
    }
    return true;
}

struct gb_image *
gb_load_param(const struct gb_yaml *value, const char *schema, const char *key, const struct gb_loader_options *options,
              const char *path, struct gb_image_param *out_param, struct gb_error *error)
{
    struct gb_loader *l = gb_loader_new(options);
    enum gb_param_type type = GB_PARAM_TEXT;
    struct gb_image *image = NULL;
    size_t at = 0;

    l->path = path;
    l->error = error;
    *out_param = (struct gb_image_param){0};
    if (!gb_schema_find(schema, gb_str_from(key), &at, &type))
        fail_unknown_param(l, value->key, schema);
    else if (read_param(l, value, type, out_param))
        image = gb_loader_finish(l, error);
    out_param->index = (uint32_t)at;
    gb_loader_free(l);
    return image;
}
