/*
 * Loads packs: YAML in, an image out. The generator of the built-in packs and the program at run time use this same
 * file. It knows the shape of entries and the names of checks and kinds; it runs nothing.
 */
#include "rule/kind_priv.h"
#include "rule/literal_priv.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct gb_loader {
    struct gb_loader_options options;
    struct gb_arena arena;          /* YAML trees */
    struct gb_buf bytes;            /* the image grows here; the header comes first */
    GB_ARRAY(struct gb_image_rule) rules;
    GB_ARRAY(struct gb_image_list) lists;
    GB_ARRAY(struct gb_image_profile) profiles;
    GB_ARRAY(struct gb_image_base) bases;
    GB_ARRAY(struct gb_slice) scratch; /* slices being gathered; used as a stack */
    const char *path;               /* of the file being read */
    struct gb_slice path_slice, pack;
    struct gb_error *error;
};

/* A fault at a node. */
static bool __attribute__((format(printf, 3, 4)))
fail(struct gb_loader *l, const struct gb_yaml *node, const char *format, ...)
{
    char message[900];
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof(message), format, args);
    va_end(args);
    gb_error_set(l->error, l->path, node->line, node->column, "%s", message);
    return false;
}

/* An unknown key or value, with the nearest of the known ones. */
static bool
fail_unknown(struct gb_loader *l, const struct gb_yaml *node, const char *what, const char *const *names, size_t n)
{
    const char *near = gb_nearest(node->text, names, n);
    struct gb_buf all = {0};

    if (near) {
        gb_buf_printf(&all, "；最接近的是“%s”", near);
    } else {
        gb_buf_puts(&all, "；可用的有");
        for (size_t i = 0; i < n && i < 24; i++)
            gb_buf_printf(&all, "%s%s", i ? "、" : "", names[i]);
    }
    fail(l, node, "未知的%s“%.*s”%.*s", what, GB_FMT(node->text), GB_FMT(gb_buf_str(&all)));
    gb_buf_release(&all);
    return false;
}

/* ---- Bytes of the image ---- */

static struct gb_slice
put(struct gb_loader *l, const void *bytes, size_t size, size_t n)
{
    while (l->bytes.len % 4)
        gb_buf_add_char(&l->bytes, 0);
    struct gb_slice slice = {(uint32_t)l->bytes.len, (uint32_t)n};
    gb_buf_add(&l->bytes, (struct gb_str){bytes, size * n});
    return slice;
}

/* Text is followed by a NUL that its length does not count. */
static struct gb_slice
put_text(struct gb_loader *l, struct gb_str text)
{
    struct gb_slice slice = {(uint32_t)l->bytes.len, (uint32_t)text.len};

    gb_buf_add(&l->bytes, text);
    gb_buf_add_char(&l->bytes, 0);
    return slice;
}

static struct gb_str
text_at(const struct gb_loader *l, struct gb_slice slice)
{
    return (struct gb_str){l->bytes.ptr + slice.off, slice.n};
}

static void
gather(struct gb_loader *l, struct gb_slice slice)
{
    *gb_push(&l->scratch) = slice;
}

/* The slices gathered since `mark` as a slice of slices. */
static struct gb_slice
put_gathered(struct gb_loader *l, size_t mark)
{
    size_t n = l->scratch.len - mark;
    struct gb_slice slice = n ? put(l, l->scratch.items + mark, sizeof(struct gb_slice), n) : (struct gb_slice){0};

    l->scratch.len = mark;
    return slice;
}

/* ---- Values ---- */

static bool
read_text(struct gb_loader *l, const struct gb_yaml *node, const char *what, struct gb_slice *out)
{
    if (!gb_yaml_expect(node, GB_YAML_SCALAR, what, l->path, l->error))
        return false;
    *out = put_text(l, node->text);
    return true;
}

/* One text or a list of them. */
static bool
read_texts(struct gb_loader *l, const struct gb_yaml *node, const char *what, struct gb_slice *out)
{
    size_t mark = l->scratch.len;
    struct gb_slice text;

    if (node->kind == GB_YAML_SCALAR) {
        if (!read_text(l, node, what, &text))
            return false;
        gather(l, text);
    } else {
        if (!gb_yaml_expect(node, GB_YAML_LIST, what, l->path, l->error))
            return false;
        for GB_YAML_EACH (item, node) {
            if (!read_text(l, item, what, &text))
                return false;
            gather(l, text);
        }
    }
    *out = put_gathered(l, mark);
    return true;
}

/* A map of texts: key, value, key, value. */
static bool
read_pairs(struct gb_loader *l, const struct gb_yaml *node, const char *what, struct gb_slice *out)
{
    size_t mark = l->scratch.len;
    struct gb_slice text;

    if (!gb_yaml_expect(node, GB_YAML_MAP, what, l->path, l->error))
        return false;
    for GB_YAML_EACH (item, node) {
        gather(l, put_text(l, item->key->text));
        if (!read_text(l, item, what, &text))
            return false;
        gather(l, text);
    }
    *out = put_gathered(l, mark);
    return true;
}

static const char *const language_names[] = {"zh", "en"};

/* {zh: …, en: …}, or one text for both. */
static bool
read_words(struct gb_loader *l, const struct gb_yaml *node, const char *what, struct gb_words *out)
{
    if (node->kind == GB_YAML_SCALAR && !l->options.is_builtin) {
        if (!read_text(l, node, what, &out->in[GB_ZH]))
            return false;
        out->in[GB_EN] = out->in[GB_ZH];
        return true;
    }
    if (!gb_yaml_expect(node, GB_YAML_MAP, what, l->path, l->error))
        return false;
    for GB_YAML_EACH (item, node) {
        enum gb_language language = gb_str_is(item->key->text, "en") ? GB_EN : GB_ZH;

        if (language == GB_ZH && !gb_str_is(item->key->text, "zh"))
            return fail_unknown(l, item->key, "语言", language_names, GB_COUNT(language_names));
        if (!read_text(l, item, what, &out->in[language]))
            return false;
    }
    for (int i = 0; i < GB_LANGUAGE_COUNT; i++) {
        if (out->in[i].n)
            continue;
        if (l->options.is_builtin)
            return fail(l, node, "“%s”缺“%s”", what, language_names[i]);
        out->in[i] = out->in[1 - i];
    }
    return true;
}

/* One of some names: its index, or false. */
static bool
read_choice(struct gb_loader *l, const struct gb_yaml *node, const char *what, const char *const *names, size_t n,
            size_t *out)
{
    if (!gb_yaml_expect(node, GB_YAML_SCALAR, what, l->path, l->error))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (gb_str_is(node->text, names[i])) {
            *out = i;
            return true;
        }
    }
    char title[64];
    snprintf(title, sizeof(title), "%s值", what);
    return fail_unknown(l, node, title, names, n);
}

static const char *const edition_names[] = {
#define X(id, name) name,
    GB_EDITIONS(X)
#undef X
};

static const char *const level_names[] = {
#define X(id, name) name,
    GB_LEVELS(X)
#undef X
};

static const char *const stage_names[] = {
#define X(id, zh, en) zh,
    GB_STAGES(X)
#undef X
#define X(id, zh, en) en,
    GB_STAGES(X)
#undef X
};

static bool
read_level_word(struct gb_loader *l, const struct gb_yaml *node, uint8_t *out)
{
    size_t level = 0;

    if (!read_choice(l, node, "level", level_names + 1, GB_COUNT(level_names) - 1, &level))
        return false;
    *out = (uint8_t)(level + 1);
    return true;
}

/* A level for all editions, or a map by edition; an edition left out is OFF. */
static bool
read_level(struct gb_loader *l, const struct gb_yaml *node, uint8_t *out)
{
    if (node->kind == GB_YAML_SCALAR) {
        if (!read_level_word(l, node, &out[0]))
            return false;
        for (int i = 1; i < GB_EDITION_COUNT; i++)
            out[i] = out[0];
        return true;
    }
    if (!gb_yaml_expect(node, GB_YAML_MAP, "level", l->path, l->error))
        return false;
    for (int i = 0; i < GB_EDITION_COUNT; i++)
        out[i] = GB_LEVEL_OFF;
    for GB_YAML_EACH (item, node) {
        size_t edition = 0;

        if (!read_choice(l, item->key, "edition", edition_names, GB_COUNT(edition_names), &edition) ||
            !read_level_word(l, item, &out[edition]))
            return false;
    }
    return true;
}

/* ---- Lists ---- */

static const struct gb_image_list *
find_list(const struct gb_loader *l, struct gb_str name, const char **out_base)
{
    for (size_t i = l->lists.len; i > 0; i--) {
        if (gb_str_eq(text_at(l, l->lists.items[i - 1].name), name)) {
            *out_base = l->bytes.ptr;
            return &l->lists.items[i - 1];
        }
    }
    for (size_t i = l->options.n_below; i > 0; i--) {
        const struct gb_image *image = l->options.below[i - 1];
        const struct gb_image_list *lists = gb_image_at(image, image->lists);

        for (size_t j = 0; j < image->lists.n; j++) {
            if (gb_str_eq(gb_image_str(image, lists[j].name), name)) {
                *out_base = (const char *)image;
                return &lists[j];
            }
        }
    }
    return NULL;
}

/* Copies the texts of a list to the gathered slices; its bytes may move, so go by offset. */
static void
gather_list(struct gb_loader *l, const char *base, struct gb_slice words)
{
    bool is_own = base == l->bytes.ptr;

    for (size_t i = 0; i < words.n; i++) {
        struct gb_slice slice;

        memcpy(&slice, (is_own ? l->bytes.ptr : base) + words.off + i * sizeof(slice), sizeof(slice));
        gather(l, is_own ? slice : put_text(l, (struct gb_str){base + slice.off, slice.n}));
    }
}

static bool
fail_unknown_list(struct gb_loader *l, const struct gb_yaml *node)
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
    fail_unknown(l, node, "词表", names.items, names.len);
    gb_array_release(&names);
    return false;
}

/* {list: NAME} or {list: [NAME, …]}, with `words:` for some more. */
static bool
is_list_reference(const struct gb_yaml *node)
{
    return gb_yaml_get(node, "list") != NULL;
}

static bool
read_list_reference(struct gb_loader *l, const struct gb_yaml *node, struct gb_image_param *param, bool pairs)
{
    static const char *const keys[] = {"list", "words"};
    size_t mark = l->scratch.len;

    for GB_YAML_EACH (item, node) {
        size_t which = 0;

        if (!read_choice(l, item->key, "with", keys, GB_COUNT(keys), &which))
            return false;
        if (which == 1 && !(pairs ? read_pairs : read_texts)(l, item, "words", &param->own))
            return false;
        if (which == 0 && !read_texts(l, item, "list", &param->lists))
            return false;
    }
    const struct gb_yaml *names = gb_yaml_get(node, "list");
    const struct gb_yaml *name = names->kind == GB_YAML_SCALAR ? names : names->first;
    for (; name; name = names->kind == GB_YAML_SCALAR ? NULL : name->next) {
        const char *base = NULL;
        const struct gb_image_list *list = find_list(l, name->text, &base);

        if (!list)
            return fail_unknown_list(l, name);
        if (list->is_pairs != pairs)
            return fail(l, name, "词表“%.*s”%s", GB_FMT(name->text),
                        pairs ? "是一列词，此处要“词: 词”的映射" : "是映射，此处要一列词");
        gather_list(l, base, list->words);
    }
    if (param->own.n)
        gather_list(l, l->bytes.ptr, param->own);
    param->words = put_gathered(l, mark);
    return true;
}

/* ---- Parameters ---- */

static const char *const param_type_names[] = {
#define X(id, name) name,
    GB_PARAM_TYPES(X)
#undef X
};

/* Cuts "key:type" off the schema; false at its end. */
static bool
next_field(struct gb_str *schema, struct gb_str *out_key, struct gb_str *out_type)
{
    *schema = gb_str_trim(*schema);
    if (schema->len == 0)
        return false;
    size_t end = gb_str_find(*schema, GB_STR(" "), 0);
    struct gb_str field = gb_str_sub(*schema, 0, end);
    size_t colon = gb_str_find(field, GB_STR(":"), 0);

    assert(colon != GB_NOT_FOUND);
    *out_key = gb_str_sub(field, 0, colon);
    *out_type = gb_str_skip(field, colon + 1);
    *schema = gb_str_skip(*schema, field.len);
    return true;
}

bool
gb_schema_find(const char *schema, struct gb_str key, size_t *out_index, enum gb_param_type *out_type)
{
    struct gb_str rest = gb_str_from(schema), name, type;

    for (size_t i = 0; next_field(&rest, &name, &type); i++) {
        if (!gb_str_eq(name, key))
            continue;
        *out_index = i;
        for (size_t t = 0; t < GB_COUNT(param_type_names); t++) {
            if (gb_str_is(type, param_type_names[t])) {
                *out_type = (enum gb_param_type)t;
                return true;
            }
        }
        assert(!"unknown type in a schema");
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
        fail(l, key, "该规则没有参数“%.*s”", GB_FMT(key->text));
    else
        fail_unknown(l, key, "参数", names.items, names.len);
    gb_array_release(&names);
    return false;
}

static const char *const node_names[] = {
#define X(id, name) name,
    GB_NODE_KINDS(X)
#undef X
};
static const char *const role_names[] = {
#define X(id, name) name,
    GB_ROLES(X)
#undef X
};
static const char *const zone_names[] = {
#define X(id, name) name,
    GB_ZONES(X)
#undef X
};
static const char *const part_names[] = {
#define X(id, name) name,
    GB_PARTS(X)
#undef X
};
static const char *const context_names[] = {
#define X(id, name) name,
    GB_CONTEXTS(X)
#undef X
};

static bool
index_of(struct gb_str word, const char *const *names, size_t n, size_t *out)
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
    } else if (index_of(node->text, part_names, GB_COUNT(part_names), &i)) {
        places->parts |= UINT32_C(1) << i;
    } else if (index_of(node->text, zone_names, GB_COUNT(zone_names), &i)) {
        places->zones |= UINT32_C(1) << i;
    } else if (index_of(node->text, node_names, GB_COUNT(node_names), &i)) {
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
        return fail_unknown(l, node, "位置", all, n);
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
    for GB_YAML_EACH (item, node) {
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

    if (!read_choice(l, node, "except", context_names, GB_COUNT(context_names), &i))
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
    if (index_of(node->text, node_names, GB_COUNT(node_names), &i)) {
        param->number[0] = (uint32_t)i;
        return true;
    }
    if (node->text.len && index_of(node->text, role_names, GB_COUNT(role_names), &i)) {
        param->number[0] = 0x100 + (uint32_t)i;
        return true;
    }
    return fail_unknown(l, node, "要素", node_names, GB_COUNT(node_names));
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
    return fail(l, node, "正则表达式在“%.*s”之后有误：%s", GB_FMT(before), message);
}

static bool
read_number(struct gb_loader *l, const struct gb_yaml *node, struct gb_image_param *param)
{
    double value = 0;

    if (!gb_yaml_number(node, &value))
        return fail(l, node, "此处应为数字");
    memcpy(param->number, &value, sizeof(value));
    return true;
}

static bool
read_bool(struct gb_loader *l, const struct gb_yaml *node, struct gb_image_param *param)
{
    bool value = false;

    if (!gb_yaml_bool(node, &value))
        return fail(l, node, "此处应为true或false");
    param->number[0] = value;
    return true;
}

static bool
read_pattern(struct gb_loader *l, const struct gb_yaml *node, struct gb_image_param *param)
{
    return read_text(l, node, "pattern", &param->text) && check_pattern(l, node);
}

static bool
read_patterns(struct gb_loader *l, const struct gb_yaml *node, struct gb_image_param *param)
{
    if (!read_texts(l, node, "patterns", &param->words))
        return false;
    for (const struct gb_yaml *item = node->kind == GB_YAML_SCALAR ? node : node->first; item; item = item->next) {
        if (!check_pattern(l, item))
            return false;
    }
    return true;
}

static bool
read_word_list(struct gb_loader *l, const struct gb_yaml *node, struct gb_image_param *param)
{
    if (is_list_reference(node))
        return read_list_reference(l, node, param, false);
    if (!read_texts(l, node, "words", &param->own))
        return false;
    param->words = param->own;
    return true;
}

static bool
read_pair_list(struct gb_loader *l, const struct gb_yaml *node, struct gb_image_param *param)
{
    if (is_list_reference(node))
        return read_list_reference(l, node, param, true);
    if (!read_pairs(l, node, "words", &param->own))
        return false;
    param->words = param->own;
    return true;
}

static bool
read_param(struct gb_loader *l, const struct gb_yaml *node, enum gb_param_type type, struct gb_image_param *param)
{
    param->is_set = 1;
    param->type = type;
    param->line = node->line;
    switch (type) {
    case GB_PARAM_NUMBER:
        return read_number(l, node, param);
    case GB_PARAM_BOOL:
        return read_bool(l, node, param);
    case GB_PARAM_TEXT:
        return read_text(l, node, "with", &param->text);
    case GB_PARAM_WORDS:
        return read_word_list(l, node, param);
    case GB_PARAM_PAIRS:
        return read_pair_list(l, node, param);
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

static bool
read_params(struct gb_loader *l, const struct gb_yaml *with, const char *schema, struct gb_slice *out)
{
    size_t n = gb_schema_count(schema);
    struct gb_image_param *params = gb_arena_new_array(&l->arena, struct gb_image_param, n + 1);

    for (size_t i = 0; with && i < 1; i++) {
        if (!gb_yaml_expect(with, GB_YAML_MAP, "with", l->path, l->error))
            return false;
        for GB_YAML_EACH (item, with) {
            enum gb_param_type type = GB_PARAM_TEXT;
            size_t at = 0;

            if (!gb_schema_find(schema, item->key->text, &at, &type))
                return fail_unknown_param(l, item->key, schema);
            if (!read_param(l, item, type, &params[at]))
                return false;
        }
    }
    *out = put(l, params, sizeof(*params), n);
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
    gb_loader_free(l);
    return image;
}

/* ---- Entries ---- */

/* An entry being read: the node of each key, and the rule. */
struct entry {
    const struct gb_yaml *node;
    struct gb_image_rule rule;
    const struct gb_kind_def *kind;
    const struct gb_check_def *native;
};

static bool
read_code(struct gb_loader *l, struct entry *e, const struct gb_yaml *node)
{
    struct gb_str s = node->text;
    size_t i = 0;

    if (!read_text(l, node, "rule", &e->rule.code))
        return false;
    while (i < s.len && s.ptr[i] >= 'A' && s.ptr[i] <= 'Z')
        i++;
    bool is_good = i >= 2 && s.len == i + 4 && s.ptr[i] == '-';
    for (size_t k = i + 1; is_good && k < s.len; k++)
        is_good = s.ptr[k] >= '0' && s.ptr[k] <= '9';
    if (!is_good || gb_str_starts(s, GB_STR("ALL-")))
        return fail(l, node, "规则编号“%.*s”应由大写字母、连字符和三位数字组成，如“ACM-001”", GB_FMT(s));
    e->rule.line = node->line;
    e->rule.column = node->column;
    return true;
}

static bool
read_name(struct gb_loader *l, struct entry *e, const struct gb_yaml *node)
{
    return read_text(l, node, "name", &e->rule.name);
}

static bool
read_entry_level(struct gb_loader *l, struct entry *e, const struct gb_yaml *node)
{
    return read_level(l, node, e->rule.level);
}

static bool
read_source(struct gb_loader *l, const struct gb_yaml *node, struct gb_image_source *source)
{
    static const char *const keys[] = {"doc", "edition", "clause", "mark"};
    static const char *const marks[] = {"C", "N", "M"};

    if (!gb_yaml_expect(node, GB_YAML_MAP, "source", l->path, l->error))
        return false;
    for GB_YAML_EACH (item, node) {
        size_t which = 0, mark = 0;
        double edition = 0;

        if (!read_choice(l, item->key, "source的键", keys, GB_COUNT(keys), &which))
            return false;
        switch (which) {
        case 0:
            if (!read_text(l, item, "doc", &source->doc))
                return false;
            break;
        case 1:
            if (!gb_yaml_number(item, &edition))
                return fail(l, item, "“edition”应为年份");
            source->edition = (uint32_t)edition;
            break;
        case 2:
            if (!read_text(l, item, "clause", &source->clause))
                return false;
            break;
        default:
            if (!read_choice(l, item, "mark", marks, GB_COUNT(marks), &mark))
                return false;
            source->mark = (uint32_t)marks[mark][0];
        }
    }
    return source->doc.n > 0 || fail(l, node, "“source”的一项缺“doc”");
}

static bool
read_sources(struct gb_loader *l, struct entry *e, const struct gb_yaml *node)
{
    struct gb_image_source *sources = gb_arena_new_array(&l->arena, struct gb_image_source, node->n + 1);
    size_t n = 0;

    if (!gb_yaml_expect(node, GB_YAML_LIST, "source", l->path, l->error))
        return false;
    for GB_YAML_EACH (item, node) {
        if (!read_source(l, item, &sources[n++]))
            return false;
    }
    e->rule.sources = put(l, sources, sizeof(*sources), n);
    return true;
}

static bool
read_stages(struct gb_loader *l, struct entry *e, const struct gb_yaml *node)
{
    if (!gb_yaml_expect(node, GB_YAML_LIST, "stages", l->path, l->error))
        return false;
    for GB_YAML_EACH (item, node) {
        size_t stage = 0;

        if (item->text.len == 0 || !index_of(item->text, stage_names, GB_COUNT(stage_names), &stage))
            return fail_unknown(l, item, "阶段", stage_names + 1, GB_STAGE_COUNT - 1);
        e->rule.stages |= (uint8_t)(1u << stage % GB_STAGE_COUNT);
    }
    return true;
}

static bool
read_profiles(struct gb_loader *l, struct entry *e, const struct gb_yaml *node)
{
    return read_texts(l, node, "profiles", &e->rule.profiles);
}

static bool
read_title(struct gb_loader *l, struct entry *e, const struct gb_yaml *node)
{
    return read_words(l, node, "title", &e->rule.title);
}

static bool
read_message(struct gb_loader *l, struct entry *e, const struct gb_yaml *node)
{
    return read_words(l, node, "message", &e->rule.message);
}

static bool
read_remedy(struct gb_loader *l, struct entry *e, const struct gb_yaml *node)
{
    return read_words(l, node, "remedy", &e->rule.remedy);
}

static bool
read_why(struct gb_loader *l, struct entry *e, const struct gb_yaml *node)
{
    return read_words(l, node, "why", &e->rule.why);
}

size_t
gb_check_def_count(void)
{
    size_t n = 0;

    for (size_t t = 0; gb_check_tables[t]; t++) {
        for (const struct gb_check_def *def = gb_check_tables[t]; def->name; def++)
            n++;
    }
    return n;
}

const struct gb_check_def *
gb_check_def_at(size_t index)
{
    for (size_t t = 0; gb_check_tables[t]; t++) {
        for (const struct gb_check_def *def = gb_check_tables[t]; def->name; def++) {
            if (index-- == 0)
                return def;
        }
    }
    return NULL;
}

bool
gb_check_def_find(struct gb_str name, size_t *out_index)
{
    size_t i = 0;

    for (size_t t = 0; gb_check_tables[t]; t++) {
        for (const struct gb_check_def *def = gb_check_tables[t]; def->name; def++, i++) {
            if (gb_str_is(name, def->name)) {
                *out_index = i;
                return true;
            }
        }
    }
    return false;
}

static bool
fail_unknown_check(struct gb_loader *l, const struct gb_yaml *node)
{
    GB_ARRAY(const char *) names = {0};

    for (const struct gb_kind_def *kind = gb_kinds; kind->name; kind++)
        *gb_push(&names) = kind->name;
    for (size_t t = 0; gb_check_tables[t]; t++) {
        for (const struct gb_check_def *def = gb_check_tables[t]; def->name; def++)
            *gb_push(&names) = def->name;
    }
    fail_unknown(l, node, "检查", names.items, names.len);
    gb_array_release(&names);
    return false;
}

static bool
read_check(struct gb_loader *l, struct entry *e, const struct gb_yaml *node)
{
    size_t index = 0;

    if (!read_text(l, node, "check", &e->rule.check))
        return false;
    for (const struct gb_kind_def *kind = gb_kinds; kind->name; kind++) {
        if (gb_str_is(node->text, kind->name)) {
            e->kind = kind;
            e->rule.check_index = (uint32_t)(kind - gb_kinds);
            return true;
        }
    }
    if (!gb_check_def_find(node->text, &index))
        return fail_unknown_check(l, node);
    e->native = gb_check_def_at(index);
    e->rule.is_native = 1;
    e->rule.check_index = (uint32_t)index;
    return true;
}

static bool
read_folds(struct gb_loader *l, struct entry *e, const struct gb_yaml *node)
{
    return read_texts(l, node, "folds", &e->rule.folds);
}

static bool
read_fix(struct gb_loader *l, struct entry *e, const struct gb_yaml *node)
{
    static const char *const names[] = {"none", "safe", "unsafe"};
    size_t fix = 0;

    if (!read_choice(l, node, "fix", names, GB_COUNT(names), &fix))
        return false;
    e->rule.fix = (uint8_t)fix;
    return true;
}

static bool
read_kind(struct gb_loader *l, struct entry *e, const struct gb_yaml *node)
{
    static const char *const names[] = {"finding", "report"};
    size_t kind = 0;

    if (!read_choice(l, node, "kind", names, GB_COUNT(names), &kind))
        return false;
    e->rule.is_report = kind == 1;
    return true;
}

static bool
read_state(struct gb_loader *l, struct entry *e, const struct gb_yaml *node)
{
    static const char *const names[] = {"on", "off"};
    size_t state = 0;

    if (!read_choice(l, node, "state", names, GB_COUNT(names), &state))
        return false;
    e->rule.is_off = state == 1;
    return true;
}

/* `with` and `cases` need the check, `examples` come last; see read_entry. */
static bool
read_later(struct gb_loader *l, struct entry *e, const struct gb_yaml *node)
{
    (void)l;
    (void)e;
    (void)node;
    return true;
}

static const struct {
    const char *name;
    bool (*read)(struct gb_loader *, struct entry *, const struct gb_yaml *);
    bool in_user_packs, in_builtin; /* required there */
} entry_keys[] = {
    {"rule", read_code, true, true},
    {"name", read_name, false, true},
    {"level", read_entry_level, true, true},
    {"source", read_sources, false, true},
    {"stages", read_stages, false, false},
    {"profiles", read_profiles, false, false},
    {"title", read_title, false, true},
    {"message", read_message, true, true},
    {"remedy", read_remedy, false, false},
    {"why", read_why, false, true},
    {"check", read_check, true, true},
    {"with", read_later, false, false},
    {"cases", read_later, false, false},
    {"folds", read_folds, false, false},
    {"fix", read_fix, false, false},
    {"kind", read_kind, false, false},
    {"state", read_state, false, false},
    {"examples", read_later, false, false},
};

static bool
fail_unknown_key(struct gb_loader *l, const struct gb_yaml *key)
{
    const char *names[GB_COUNT(entry_keys)];

    for (size_t i = 0; i < GB_COUNT(entry_keys); i++)
        names[i] = entry_keys[i].name;
    return fail_unknown(l, key, "键", names, GB_COUNT(names));
}

/* Is the name among those of a list separated by blanks? */
static bool
has_name(const char *names, struct gb_str name)
{
    struct gb_str rest = gb_str_from(names);

    if (gb_str_is(rest, "*"))
        return true;
    while (rest.len) {
        size_t end = gb_str_find(rest, GB_STR(" "), 0);
        if (gb_str_eq(gb_str_sub(rest, 0, end), name))
            return true;
        rest = end == GB_NOT_FOUND ? GB_STR("") : gb_str_skip(rest, end + 1);
    }
    return false;
}

static bool
check_case_levels(struct gb_loader *l, const struct entry *e, const struct gb_image_case *c, const struct gb_yaml *node)
{
    for (int i = 0; i < GB_EDITION_COUNT; i++) {
        if (c->level[i] != GB_LEVEL_INHERIT && c->level[i] > e->rule.level[i])
            return fail(l, node, "情形的级别高于规则在%s版的级别：规则的“level”应为各情形中最高的", edition_names[i]);
    }
    return true;
}

static bool
read_case(struct gb_loader *l, const struct entry *e, const struct gb_yaml *node, struct gb_image_case *c)
{
    static const char *const keys[] = {"level", "message", "remedy"};
    const char *names = e->kind ? e->kind->cases : e->native ? e->native->cases : NULL;

    memset(c->level, GB_LEVEL_INHERIT, sizeof(c->level));
    if (!names || !has_name(names, node->key->text))
        return fail(l, node->key, "检查没有情形“%.*s”%s%s", GB_FMT(node->key->text), names ? "；它的情形是：" : "",
                    names ? names : "");
    c->name = put_text(l, node->key->text);
    if (!gb_yaml_expect(node, GB_YAML_MAP, "cases", l->path, l->error))
        return false;
    for GB_YAML_EACH (item, node) {
        size_t which = 0;

        if (!read_choice(l, item->key, "cases的键", keys, GB_COUNT(keys), &which))
            return false;
        bool is_good = which == 0   ? read_level(l, item, c->level)
                       : which == 1 ? read_words(l, item, "message", &c->message)
                                    : read_words(l, item, "remedy", &c->remedy);
        if (!is_good)
            return false;
    }
    return check_case_levels(l, e, c, node);
}

static bool
read_cases(struct gb_loader *l, struct entry *e, const struct gb_yaml *node)
{
    if (!node)
        return true;
    if (!gb_yaml_expect(node, GB_YAML_MAP, "cases", l->path, l->error))
        return false;
    struct gb_image_case *cases = gb_arena_new_array(&l->arena, struct gb_image_case, node->n + 1);
    size_t n = 0;
    for GB_YAML_EACH (item, node) {
        if (!read_case(l, e, item, &cases[n++]))
            return false;
    }
    e->rule.cases = put(l, cases, sizeof(*cases), n);
    return true;
}

/* ---- Examples ---- */

static const char *const example_kinds[] = {"bad", "good", "silent"};
static const char *const example_keys[] = {"bad", "good", "silent", "at", "context", "args", "format", "files"};

/* Places of the base documents; a "+" behind the name adds to what is there. */
static const char *const example_contexts[] = {
    "document", "cover", "toc", "foreword", "intro", "title", "scope", "references", "terms", "chapters",
    "chapter", "clause", "body", "normative-annex", "annex", "biblio", "index",
};

static bool
check_context(struct gb_loader *l, const struct gb_yaml *node)
{
    struct gb_str name = node->text;
    size_t i = 0;

    if (gb_str_ends(name, GB_STR("+")))
        name.len--;
    return index_of(name, example_contexts, GB_COUNT(example_contexts), &i) ||
           fail_unknown(l, node, "上下文", example_contexts, GB_COUNT(example_contexts));
}

/* A fragment with `context:`, or a map of context and fragment. */
static bool
read_fragments(struct gb_loader *l, const struct gb_yaml *node, const struct gb_yaml *context,
               struct gb_image_example *out)
{
    size_t mark = l->scratch.len;
    struct gb_slice text;

    if (node->kind == GB_YAML_MAP) {
        for GB_YAML_EACH (item, node) {
            if (!check_context(l, item->key))
                return false;
        }
        return read_pairs(l, node, "examples", &out->fragments);
    }
    if (context && (!gb_yaml_expect(context, GB_YAML_SCALAR, "context", l->path, l->error) || !check_context(l, context)))
        return false;
    gather(l, put_text(l, context ? context->text : GB_STR("document")));
    if (!read_text(l, node, "examples", &text))
        return false;
    gather(l, text);
    out->fragments = put_gathered(l, mark);
    return true;
}

static bool
read_example(struct gb_loader *l, const struct gb_yaml *node, struct gb_image_example *out)
{
    const struct gb_yaml *body = NULL;

    if (!gb_yaml_expect(node, GB_YAML_MAP, "examples", l->path, l->error))
        return false;
    for GB_YAML_EACH (item, node) {
        size_t which = 0;

        if (!index_of(item->key->text, example_keys, GB_COUNT(example_keys), &which))
            return fail_unknown(l, item->key, "键", example_keys, GB_COUNT(example_keys));
        if (which < GB_COUNT(example_kinds)) {
            if (body)
                return fail(l, item->key, "一个例子只能是bad、good、silent之一");
            body = item;
            out->kind = (uint32_t)which;
        }
    }
    if (!body)
        return fail(l, node, "例子缺bad、good或silent");
    out->line = body->key->line;
    out->column = body->key->column;
    if (!read_fragments(l, body, gb_yaml_get(node, "context"), out))
        return false;
    const struct gb_yaml *at = gb_yaml_get(node, "at"), *args = gb_yaml_get(node, "args"),
                         *files = gb_yaml_get(node, "files"), *format = gb_yaml_get(node, "format");
    if (at && out->kind != GB_EXAMPLE_BAD)
        return fail(l, at->key, "“at”只用于bad例子");
    if (format) {
        static const char *const formats[] = {"markdown", "docbook"};
        size_t which = 0;
        if (!read_choice(l, format, "format", formats, GB_COUNT(formats), &which))
            return false;
        out->is_docbook = which == 1;
    }
    return (!at || read_texts(l, at, "at", &out->at)) && (!args || read_texts(l, args, "args", &out->args)) &&
           (!files || read_pairs(l, files, "files", &out->files));
}

static bool
read_examples(struct gb_loader *l, struct entry *e, const struct gb_yaml *node)
{
    bool has[GB_COUNT(example_kinds)] = {false};
    struct gb_image_example *examples = gb_arena_new_array(&l->arena, struct gb_image_example, node ? node->n + 1 : 1);
    size_t n = 0;

    if (node && !gb_yaml_expect(node, GB_YAML_LIST, "examples", l->path, l->error))
        return false;
    for (const struct gb_yaml *item = node ? node->first : NULL; item; item = item->next) {
        if (!read_example(l, item, &examples[n]))
            return false;
        has[examples[n++].kind] = true;
    }
    if (l->options.is_builtin && !e->rule.is_report &&
        (!has[GB_EXAMPLE_BAD] || (!has[GB_EXAMPLE_GOOD] && !has[GB_EXAMPLE_SILENT])))
        return fail(l, e->node, "规则缺例子：至少一个bad和一个good或silent");
    e->rule.examples = put(l, examples, sizeof(*examples), n);
    return true;
}

/* ---- What must hold for a whole entry ---- */

static bool
rule_exists(const struct gb_loader *l, struct gb_str code, const char **out_path, uint32_t *out_line)
{
    for (size_t i = 0; i < l->rules.len; i++) {
        if (gb_str_eq(text_at(l, l->rules.items[i].code), code)) {
            *out_path = l->bytes.ptr + l->rules.items[i].file.off;
            *out_line = l->rules.items[i].line;
            return true;
        }
    }
    for (size_t k = 0; k < l->options.n_below; k++) {
        const struct gb_image *image = l->options.below[k];
        const struct gb_image_rule *rules = gb_image_at(image, image->rules);
        for (size_t i = 0; i < image->rules.n; i++) {
            if (gb_str_eq(gb_image_str(image, rules[i].code), code)) {
                *out_path = gb_image_str(image, rules[i].file).ptr;
                *out_line = rules[i].line;
                return true;
            }
        }
    }
    return false;
}

/* Does a source count in the edition? One of another document counts in both. */
static bool
counts_in(const struct gb_image_source *source, int edition)
{
    return source->edition != 2009 && source->edition != 2020 ? true : (source->edition == 2009) == (edition == GB_EDITION_2009);
}

/* Ruling 2 of the catalogue: from memory alone, at most a warning. */
static bool
check_marks(struct gb_loader *l, const struct entry *e)
{
    struct gb_image_source sources[64];
    size_t n = e->rule.sources.n < GB_COUNT(sources) ? e->rule.sources.n : GB_COUNT(sources);

    if (n)
        memcpy(sources, l->bytes.ptr + e->rule.sources.off, n * sizeof(*sources));
    for (int edition = 0; edition < GB_EDITION_COUNT; edition++) {
        size_t counted = 0, from_memory = 0;

        for (size_t i = 0; i < n; i++) {
            counted += counts_in(&sources[i], edition);
            from_memory += counts_in(&sources[i], edition) && sources[i].mark == 'M';
        }
        if (counted && counted == from_memory && e->rule.level[edition] > GB_LEVEL_WARNING)
            return fail(l, gb_yaml_get(e->node, "level"), "%s版的来源都只凭记忆（M）：级别至多为warning", edition_names[edition]);
    }
    return true;
}

/* "GB/T 1.1—2020, 7.4；…": the edition's own sources, else those of no edition. */
static struct gb_slice
put_source_line(struct gb_loader *l, const struct gb_image_rule *rule, int edition)
{
    struct gb_buf line = {0};

    for (int pass = 0; pass < 2 && line.len == 0; pass++) {
        for (size_t i = 0; i < rule->sources.n; i++) {
            struct gb_image_source s;

            memcpy(&s, l->bytes.ptr + rule->sources.off + i * sizeof(s), sizeof(s));
            bool is_own = s.edition == (edition == GB_EDITION_2009 ? 2009u : 2020u);
            bool is_other = s.edition != 2009 && s.edition != 2020;
            if (pass == 0 ? !is_own : !is_other)
                continue;
            gb_buf_puts(&line, line.len ? "；" : "");
            gb_buf_add(&line, text_at(l, s.doc));
            if (s.edition)
                gb_buf_printf(&line, "—%u", s.edition);
            if (s.clause.n)
                gb_buf_printf(&line, ", %.*s", GB_FMT(text_at(l, s.clause)));
        }
    }
    struct gb_slice slice = put_text(l, gb_buf_str(&line));
    gb_buf_release(&line);
    return slice;
}

/* Keys of the rule's pattern: given, or taken from it. */
static bool
put_keys(struct gb_loader *l, struct entry *e)
{
    struct gb_image_param params[GB_SEARCH_WORDS];
    struct gb_buf keys = {0};
    size_t mark = l->scratch.len;

    if (!e->kind || !e->kind->hit)
        return true;
    memcpy(params, l->bytes.ptr + e->rule.params.off, sizeof(params));
    if (!params[GB_SEARCH_PATTERN].is_set)
        return true;
    if (params[GB_SEARCH_KEYS].is_set) {
        e->rule.keys = params[GB_SEARCH_KEYS].words;
        return true;
    }
    if (!gb_pattern_keys(text_at(l, params[GB_SEARCH_PATTERN].text), &keys)) {
        if (l->options.is_builtin)
            return fail(l, gb_yaml_get(e->node, "with"), "“pattern”中没有必现的文字：用“keys”给出");
        e->rule.is_slow = 1;
        return true;
    }
    for (size_t at = 0; at < keys.len;) {
        struct gb_str key = gb_str_from(keys.ptr + at);
        gather(l, put_text(l, key));
        at += key.len + 1;
    }
    gb_buf_release(&keys);
    e->rule.keys = put_gathered(l, mark);
    return true;
}

static bool
check_entry(struct gb_loader *l, struct entry *e)
{
    const char *path = NULL;
    uint32_t line = 0;

    for (size_t i = 0; i < GB_COUNT(entry_keys); i++) {
        bool is_required = l->options.is_builtin ? entry_keys[i].in_builtin : entry_keys[i].in_user_packs;
        if (is_required && !(e->rule.is_report && strcmp(entry_keys[i].name, "message") == 0) && !gb_yaml_get(e->node, entry_keys[i].name))
            return fail(l, e->node, "规则缺“%s”", entry_keys[i].name);
    }
    if (rule_exists(l, text_at(l, e->rule.code), &path, &line))
        return fail(l, gb_yaml_get(e->node, "rule"), "规则编号“%.*s”已用于%s第%u行",
                    GB_FMT(text_at(l, e->rule.code)), path, line);
    return !l->options.is_builtin || check_marks(l, e);
}

static const char *
verify_params(struct gb_loader *l, const struct entry *e)
{
    struct gb_image_param params[16];
    size_t n = e->rule.params.n;

    if (!e->kind || !e->kind->verify)
        return NULL;
    assert(n <= GB_COUNT(params));
    memcpy(params, l->bytes.ptr + e->rule.params.off, n * sizeof(*params));
    return e->kind->verify(params);
}

static bool
read_entry(struct gb_loader *l, const struct gb_yaml *node)
{
    struct entry e = {.node = node};

    if (!gb_yaml_expect(node, GB_YAML_MAP, "rule", l->path, l->error))
        return false;
    e.rule.file = l->path_slice;
    e.rule.pack = l->pack;
    for GB_YAML_EACH (item, node) {
        size_t i = 0;
        while (i < GB_COUNT(entry_keys) && !gb_str_is(item->key->text, entry_keys[i].name))
            i++;
        if (i == GB_COUNT(entry_keys))
            return fail_unknown_key(l, item->key);
        if (!entry_keys[i].read(l, &e, item))
            return false;
    }
    if (!check_entry(l, &e))
        return false;
    const char *schema = e.kind ? e.kind->params : e.native->params;
    const struct gb_yaml *with = gb_yaml_get(node, "with");
    if (!read_params(l, with, schema ? schema : "", &e.rule.params))
        return false;
    const char *fault = verify_params(l, &e);
    if (fault)
        return fail(l, with ? with->key : node, "%s", fault);
    if (!put_keys(l, &e) || !read_cases(l, &e, gb_yaml_get(node, "cases")) ||
        !read_examples(l, &e, gb_yaml_get(node, "examples")))
        return false;
    for (int edition = 0; edition < GB_EDITION_COUNT; edition++)
        e.rule.source_line[edition] = put_source_line(l, &e.rule, edition);
    if (!e.rule.name.n)
        e.rule.name = e.rule.code;
    if (!e.rule.title.in[GB_ZH].n)
        e.rule.title = e.rule.message;
    *gb_push(&l->rules) = e.rule;
    return true;
}

/* A list in a pack: {list: NAME, words: […] or {…}, extends: true}. */
static bool
add_list(struct gb_loader *l, const struct gb_yaml *name, const struct gb_yaml *words, bool extends)
{
    const char *base = NULL;
    const struct gb_image_list *old = find_list(l, name->text, &base);
    struct gb_image_list list = {.is_pairs = words->kind == GB_YAML_MAP, .extends = extends, .line = name->line};
    size_t mark = l->scratch.len;
    struct gb_slice own;

    if (old && l->options.is_builtin)
        return fail(l, name, "词表“%.*s”重复", GB_FMT(name->text));
    if (extends && !old)
        return fail_unknown_list(l, name);
    if (old && old->is_pairs != list.is_pairs)
        return fail(l, words, "词表“%.*s”原为%s", GB_FMT(name->text), old->is_pairs ? "映射" : "一列词");
    if (extends)
        gather_list(l, base, old->words);
    list.name = put_text(l, name->text);
    if (!(list.is_pairs ? read_pairs : read_texts)(l, words, "words", &own))
        return false;
    gather_list(l, l->bytes.ptr, own);
    list.words = put_gathered(l, mark);
    *gb_push(&l->lists) = list;
    return true;
}

static bool
read_list_entry(struct gb_loader *l, const struct gb_yaml *node)
{
    static const char *const keys[] = {"list", "words", "extends"};
    const struct gb_yaml *name = gb_yaml_get(node, "list"), *words = gb_yaml_get(node, "words"),
                         *extends = gb_yaml_get(node, "extends");
    bool does_extend = false;
    size_t which = 0;

    for GB_YAML_EACH (item, node) {
        if (!index_of(item->key->text, keys, GB_COUNT(keys), &which))
            return fail_unknown(l, item->key, "键", keys, GB_COUNT(keys));
    }
    if (!gb_yaml_expect(name, GB_YAML_SCALAR, "list", l->path, l->error))
        return false;
    if (!words)
        return fail(l, node, "词表缺“words”");
    if (extends && !gb_yaml_bool(extends, &does_extend))
        return fail(l, extends, "“extends”应为true或false");
    return add_list(l, name, words, does_extend);
}

static const struct gb_yaml *
begin_file(struct gb_loader *l, const char *path, const char *pack, struct gb_str text, struct gb_error *error)
{
    l->path = path;
    l->error = error;
    l->path_slice = put_text(l, gb_str_from(path));
    l->pack = put_text(l, gb_str_from(pack));
    return gb_yaml_parse(text, path, &l->arena, error);
}

bool
gb_loader_add(struct gb_loader *l, const char *path, const char *pack, struct gb_str text, struct gb_error *error)
{
    const struct gb_yaml *root = begin_file(l, path, pack, text, error);

    if (!root || !gb_yaml_expect(root, GB_YAML_LIST, pack, path, error))
        return false;
    for GB_YAML_EACH (item, root) {
        if (item->kind == GB_YAML_MAP && gb_yaml_get(item, "list") && !gb_yaml_get(item, "rule")) {
            if (!read_list_entry(l, item))
                return false;
        } else if (!read_entry(l, item)) {
            return false;
        }
    }
    return true;
}

bool
gb_loader_add_lists(struct gb_loader *l, const char *path, struct gb_str text, struct gb_error *error)
{
    const struct gb_yaml *root = begin_file(l, path, "words", text, error);

    if (!root || !gb_yaml_expect(root, GB_YAML_MAP, "words", path, error))
        return false;
    for GB_YAML_EACH (item, root) {
        if (!add_list(l, item->key, item, false))
            return false;
    }
    return true;
}

static bool
read_profile(struct gb_loader *l, const struct gb_yaml *node)
{
    static const char *const keys[] = {"title", "off", "on"};
    struct gb_image_profile profile = {.name = put_text(l, node->key->text)};

    if (!gb_yaml_expect(node, GB_YAML_MAP, "profile", l->path, l->error))
        return false;
    for GB_YAML_EACH (item, node) {
        size_t which = 0;

        if (!read_choice(l, item->key, "profile的键", keys, GB_COUNT(keys), &which))
            return false;
        if (which == 0 ? !read_words(l, item, "title", &profile.title)
                       : !read_texts(l, item, keys[which], which == 1 ? &profile.off : &profile.on))
            return false;
    }
    *gb_push(&l->profiles) = profile;
    return true;
}

bool
gb_loader_add_profiles(struct gb_loader *l, const char *path, struct gb_str text, struct gb_error *error)
{
    const struct gb_yaml *root = begin_file(l, path, "profiles", text, error);

    if (!root || !gb_yaml_expect(root, GB_YAML_MAP, "profiles", path, error))
        return false;
    for GB_YAML_EACH (item, root) {
        if (!read_profile(l, item))
            return false;
    }
    return true;
}

void
gb_loader_add_base(struct gb_loader *l, const char *name, struct gb_str text)
{
    struct gb_slice slice = put_text(l, gb_str_from(name));

    *gb_push(&l->bases) = (struct gb_image_base){slice, put_text(l, text)};
}

/* ---- The end ---- */

static bool
has_profile(const struct gb_loader *l, struct gb_str name)
{
    for (size_t i = 0; i < l->profiles.len; i++) {
        if (gb_str_eq(text_at(l, l->profiles.items[i].name), name))
            return true;
    }
    for (size_t k = 0; k < l->options.n_below; k++) {
        const struct gb_image *image = l->options.below[k];
        const struct gb_image_profile *profiles = gb_image_at(image, image->profiles);
        for (size_t i = 0; i < image->profiles.n; i++) {
            if (gb_str_eq(gb_image_str(image, profiles[i].name), name))
                return true;
        }
    }
    return false;
}

static bool
check_profiles(struct gb_loader *l, struct gb_error *error)
{
    for (size_t i = 0; i < l->rules.len; i++) {
        const struct gb_image_rule *rule = &l->rules.items[i];

        for (size_t k = 0; k < rule->profiles.n; k++) {
            struct gb_slice name;

            memcpy(&name, l->bytes.ptr + rule->profiles.off + k * sizeof(name), sizeof(name));
            if (!has_profile(l, text_at(l, name))) {
                gb_error_set(error, text_at(l, rule->file).ptr, rule->line, rule->column, "规则“%.*s”的“profiles”中有未知的“%.*s”",
                             GB_FMT(text_at(l, rule->code)), GB_FMT(text_at(l, name)));
                return false;
            }
        }
    }
    return true;
}

static void
add_literals(struct gb_loader *l, struct gb_literals *literals, struct gb_slice words, size_t step, uint32_t id)
{
    for (size_t i = 0; i < words.n; i += step) {
        struct gb_slice word;

        memcpy(&word, l->bytes.ptr + words.off + i * sizeof(word), sizeof(word));
        gb_literals_add(literals, text_at(l, word), id, (uint32_t)(i / step));
    }
}

/* The table of all words and keys that rules search for. */
static struct gb_slice
put_literals(struct gb_loader *l)
{
    struct gb_literals literals = {0};

    for (size_t i = 0; i < l->rules.len; i++) {
        const struct gb_image_rule *rule = &l->rules.items[i];
        const struct gb_kind_def *kind = rule->is_native ? NULL : &gb_kinds[rule->check_index];
        struct gb_image_param words;

        if (!kind || !kind->hit)
            continue;
        memcpy(&words, l->bytes.ptr + rule->params.off + GB_SEARCH_WORDS * sizeof(words), sizeof(words));
        if (words.is_set)
            add_literals(l, &literals, words.words, words.type == GB_PARAM_PAIRS ? 2 : 1, (uint32_t)(2 * i));
        add_literals(l, &literals, rule->keys, 1, (uint32_t)(2 * i + 1));
    }
    struct gb_buf table = {0};
    gb_literals_build(&literals, &table);
    struct gb_slice slice = put(l, table.ptr, 4, table.len / 4);
    gb_buf_release(&table);
    return slice;
}

struct gb_loader *
gb_loader_new(const struct gb_loader_options *options)
{
    static const struct gb_image zero;
    struct gb_loader *l = gb_alloc(sizeof(*l));

    *l = (struct gb_loader){.options = *options};
    gb_buf_add(&l->bytes, (struct gb_str){(const char *)&zero, sizeof(zero)});
    return l;
}

void
gb_loader_free(struct gb_loader *l)
{
    if (!l)
        return;
    gb_arena_release(&l->arena);
    gb_buf_release(&l->bytes);
    gb_array_release(&l->rules);
    gb_array_release(&l->lists);
    gb_array_release(&l->profiles);
    gb_array_release(&l->bases);
    gb_array_release(&l->scratch);
    free(l);
}

struct gb_image *
gb_loader_finish(struct gb_loader *l, struct gb_error *error)
{
    struct gb_image header = {.magic = GB_IMAGE_MAGIC};

    if (!check_profiles(l, error))
        return NULL;
    header.literals = put_literals(l);
    header.rules = put(l, l->rules.items, sizeof(*l->rules.items), l->rules.len);
    header.lists = put(l, l->lists.items, sizeof(*l->lists.items), l->lists.len);
    header.profiles = put(l, l->profiles.items, sizeof(*l->profiles.items), l->profiles.len);
    header.bases = put(l, l->bases.items, sizeof(*l->bases.items), l->bases.len);
    while (l->bytes.len % 4)
        gb_buf_add_char(&l->bytes, 0);
    header.size = (uint32_t)l->bytes.len;
    memcpy(l->bytes.ptr, &header, sizeof(header));
    struct gb_image *image = gb_alloc(l->bytes.len);
    memcpy(image, l->bytes.ptr, l->bytes.len);
    return image;
}
