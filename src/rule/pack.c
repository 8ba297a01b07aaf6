/*
 * Loads packs: YAML in, an image out. The generator of the built-in packs and the program at run time use these same
 * files (pack.c, load_*.c). They know the shape of entries and the names of checks and kinds; they run nothing.
 */
#include "rule/literal_priv.h"
#include "rule/loader_priv.h"

#include <stdlib.h>

/* A list in a pack: {list: NAME, words: […] or {…}, extends: true}. */
static bool
add_list(struct gb_loader *l, const struct gb_yaml *name, const struct gb_yaml *words, bool extends)
{
    const char *base = NULL;
    const struct gb_image_list *old = gb_load_find_list(l, name->text, &base);
    struct gb_image_list list = {.is_pairs = words->kind == GB_YAML_MAP, .extends = extends, .line = name->line};
    size_t mark = l->scratch.len;
    struct gb_slice own;

    if (old && l->options.is_builtin)
        return gb_load_fail(l, name, "词表“%.*s”重复", "the list “%.*s” is there twice", GB_FMT(name->text));
    if (extends && !old)
        return gb_load_unknown_list(l, name);
    if (old && old->is_pairs != list.is_pairs)
        return gb_load_fail(l, words, "词表“%.*s”原为%s", "the list “%.*s” was %s", GB_FMT(name->text),
                            old->is_pairs ? GB_ERROR_SAY("映射", "a map") : GB_ERROR_SAY("一列词", "words"));
    if (extends)
        gb_load_gather_list(l, base, old->words);
    list.name = gb_load_put_text(l, name->text);
    if (!(list.is_pairs ? gb_load_pairs : gb_load_texts)(l, words, "words", &own))
        return false;
    gb_load_gather_list(l, l->bytes.ptr, own);
    list.words = gb_load_put_gathered(l, mark);
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

    GB_YAML_EACH(item, node) {
        if (!gb_load_key(l, item->key, keys, GB_COUNT(keys), &which))
            return false;
    }
    if (!gb_yaml_expect(name, GB_YAML_SCALAR, "list", l->path, l->error))
        return false;
    if (!words)
        return gb_load_fail(l, node, "词表缺“words”", "the list lacks “words”");
    if (extends && !gb_yaml_bool(extends, &does_extend))
        return gb_load_fail(l, extends, "“extends”应为true或false", "“extends” must be true or false");
    return add_list(l, name, words, does_extend);
}

static const struct gb_yaml *
begin_file(struct gb_loader *l, const char *path, const char *pack, struct gb_str text, struct gb_error *error)
{
    l->path = path;
    l->error = error;
    l->path_slice = gb_load_put_text(l, gb_str_from(path));
    l->pack = gb_load_put_text(l, gb_str_from(pack));
    return gb_yaml_parse(text, path, &l->arena, error);
}

bool
gb_loader_add(struct gb_loader *l, const char *path, const char *pack, struct gb_str text, struct gb_error *error)
{
    const struct gb_yaml *root = begin_file(l, path, pack, text, error);

    if (!root)
        return false;
    if (root->kind != GB_YAML_LIST)
        return gb_load_fail(l, root, "规则包应是一列规则，每条以“- rule: 编号”开头",
                            "a pack is a list of rules, each beginning with “- rule: CODE”");
    GB_YAML_EACH(item, root) {
        if (item->kind == GB_YAML_MAP && gb_yaml_get(item, "list") && !gb_yaml_get(item, "rule")) {
            if (!read_list_entry(l, item))
                return false;
        } else if (!gb_load_entry(l, item)) {
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
    GB_YAML_EACH(item, root) {
        if (!add_list(l, item->key, item, false))
            return false;
    }
    return true;
}

static bool
read_profile(struct gb_loader *l, const struct gb_yaml *node)
{
    static const char *const keys[] = {"title", "off", "on"};
    struct gb_image_profile profile = {.name = gb_load_put_text(l, node->key->text)};

    if (!gb_yaml_expect(node, GB_YAML_MAP, "profile", l->path, l->error))
        return false;
    GB_YAML_EACH(item, node) {
        size_t which = 0;
        if (!gb_load_key(l, item->key, keys, GB_COUNT(keys), &which))
            return false;
        if (which == 0 ? !gb_load_words(l, item, "title", &profile.title)
                       : !gb_load_texts(l, item, keys[which], which == 1 ? &profile.off : &profile.on))
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
    GB_YAML_EACH(item, root) {
        if (!read_profile(l, item))
            return false;
    }
    return true;
}

void
gb_loader_add_base(struct gb_loader *l, const char *name, struct gb_str text)
{
    *gb_push(&l->bases) = (struct gb_image_base){.name = gb_load_put_text(l, gb_str_from(name))};
    *gb_push(&l->base_texts) = gb_arena_copy(&l->arena, text);
}

/* ---- The end ---- */

static bool
has_profile(const struct gb_loader *l, struct gb_str name)
{
    for (size_t i = 0; i < l->profiles.len; i++) {
        if (gb_str_eq(gb_load_text_at(l, l->profiles.items[i].name), name))
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
    GB_EACH_IN(rule, &l->rules) {
        for (size_t k = 0; k < rule->profiles.n; k++) {
            struct gb_str name = gb_load_text_in(l, rule->profiles, k);
            if (!has_profile(l, name)) {
                gb_error_set(error, gb_load_text_at(l, rule->file).ptr, rule->line, rule->column,
                             GB_ERROR_SAY("规则“%.*s”的“profiles”中有未知的“%.*s”",
                                          "“profiles” of the rule “%.*s” has an unknown “%.*s”"),
                             GB_FMT(gb_load_text_at(l, rule->code)), GB_FMT(name));
                return false;
            }
        }
    }
    return true;
}

static void
add_literals(struct gb_loader *l, struct gb_literals *literals, struct gb_slice words, size_t step, uint32_t id)
{
    for (size_t i = 0; i < words.n; i += step)
        gb_literals_add(literals, gb_load_text_in(l, words, i), id, (uint32_t)(i / step));
}

/* The table of all words and keys that rules search for. */
static struct gb_slice
put_literals(struct gb_loader *l)
{
    struct gb_literals literals = {0};

    for (size_t i = 0; i < l->rules.len; i++) {
        const struct gb_image_rule *rule = &l->rules.items[i];
        if (!rule->head.does_search)
            continue;
        for (size_t k = 0; k < rule->head.params.n; k++) {
            const struct gb_image_param *param = &l->params.items[rule->head.params.off + k];
            if (param->index == GB_SEARCH_WORDS)
                add_literals(l, &literals, param->words, param->type == GB_PARAM_PAIRS ? 2 : 1, (uint32_t)(2 * i));
        }
        add_literals(l, &literals, rule->keys, 1, (uint32_t)(2 * i + 1));
    }
    struct gb_buf table = {0};
    gb_literals_build(&literals, &table);
    struct gb_slice slice = gb_load_put(l, table.ptr, 4, table.len / 4);
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
    GB_RELEASE(&l->rules, &l->params, &l->heads, &l->lists, &l->profiles, &l->pages, &l->bases, &l->base_texts,
               &l->scratch);
    free(l);
}

/* What no run reads stands behind all else: the system then leaves those pages of the program where they are. */
static bool
put_pages(struct gb_loader *l, struct gb_error *error)
{
    l->error = error;
    for (size_t i = 0; i < l->pages.len; i++) {
        if (!gb_load_page(l, &l->pages.items[i]))
            return false;
    }
    for (size_t i = 0; i < l->bases.len; i++)
        l->bases.items[i].text = gb_load_put_text(l, l->base_texts.items[i]);
    return true;
}

struct gb_image *
gb_loader_finish(struct gb_loader *l, struct gb_error *error)
{
    struct gb_image header = {.magic = GB_IMAGE_MAGIC};

    if (!check_profiles(l, error))
        return NULL;
    header.literals = put_literals(l);
    struct gb_slice params = gb_load_put(l, l->params.items, sizeof(*l->params.items), l->params.len);
    for (size_t i = 0; i < l->rules.len; i++) {
        struct gb_image_head *head = &l->rules.items[i].head;
        head->params.off = params.off + head->params.off * (uint32_t)sizeof(*l->params.items);
        *gb_push(&l->heads) = *head;
    }
    header.heads = gb_load_put(l, l->heads.items, sizeof(*l->heads.items), l->heads.len);
    header.rules = gb_load_put(l, l->rules.items, sizeof(*l->rules.items), l->rules.len);
    header.lists = gb_load_put(l, l->lists.items, sizeof(*l->lists.items), l->lists.len);
    header.profiles = gb_load_put(l, l->profiles.items, sizeof(*l->profiles.items), l->profiles.len);
    if (!put_pages(l, error))
        return NULL;
    if (l->rules.len)
        memcpy(l->bytes.ptr + header.rules.off, l->rules.items, l->rules.len * sizeof(*l->rules.items));
    header.bases = gb_load_put(l, l->bases.items, sizeof(*l->bases.items), l->bases.len);
    while (l->bytes.len % 4)
        gb_buf_add_char(&l->bytes, 0);
    header.size = (uint32_t)l->bytes.len;
    memcpy(l->bytes.ptr, &header, sizeof(header));
    struct gb_image *image = gb_alloc(l->bytes.len);
    memcpy(image, l->bytes.ptr, l->bytes.len);
    return image;
}
