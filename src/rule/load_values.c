/* What every part of the loader uses: faults, bytes of the image, and plain values of YAML. */
#include "rule/loader_priv.h"

#include <stdarg.h>
#include <stdio.h>

bool
gb_load_fail(struct gb_loader *l, const struct gb_yaml *node, const char *zh, const char *en, ...)
{
    char message[900];
    va_list args;

    va_start(args, en);
    vsnprintf(message, sizeof(message), GB_ERROR_SAY(zh, en), args);
    va_end(args);
    gb_error_set(l->error, l->path, node->line, node->column, "%s", message);
    return false;
}

bool
gb_load_unknown(struct gb_loader *l, const struct gb_yaml *node, const char *zh, const char *en,
                const char *const *names, size_t n)
{
    const char *near = gb_nearest(node->text, names, n);
    struct gb_buf all = {0};

    if (GB_HAS_ONE_OF(node->text, "，", "、")) {
        gb_buf_puts(&all, GB_ERROR_SAY("；列表中的逗号须是半角逗号“,”", "; commas of a list are in half width"));
    } else if (near) {
        gb_buf_printf(&all, GB_ERROR_SAY("；最接近的是“%s”", "; the nearest is “%s”"), near);
    } else {
        gb_buf_puts(&all, GB_ERROR_SAY("；可用的有", "; there are "));
        for (size_t i = 0; i < n && i < 24; i++)
            gb_buf_printf(&all, "%s%s", i ? GB_ERROR_SAY("、", ", ") : "", names[i]);
    }
    gb_load_fail(l, node, "未知的%s“%.*s”%.*s", "unknown %s “%.*s”%.*s", GB_ERROR_SAY(zh, en), GB_FMT(node->text),
                 GB_FMT(gb_buf_str(&all)));
    gb_buf_release(&all);
    return false;
}

/* ---- Bytes of the image ---- */

struct gb_slice
gb_load_put(struct gb_loader *l, const void *bytes, size_t size, size_t n)
{
    while (l->bytes.len % 4)
        gb_buf_add_char(&l->bytes, 0);
    struct gb_slice slice = {(uint32_t)l->bytes.len, (uint32_t)n};
    gb_buf_add(&l->bytes, (struct gb_str){bytes, size * n});
    return slice;
}

struct gb_slice
gb_load_put_text(struct gb_loader *l, struct gb_str text)
{
    struct gb_slice slice = {(uint32_t)l->bytes.len, (uint32_t)text.len};

    gb_buf_add(&l->bytes, text);
    gb_buf_add_char(&l->bytes, 0);
    return slice;
}

struct gb_str
gb_load_text_at(const struct gb_loader *l, struct gb_slice slice)
{
    return (struct gb_str){l->bytes.ptr + slice.off, slice.n};
}

struct gb_str
gb_load_text_in(const struct gb_loader *l, struct gb_slice slices, size_t i)
{
    struct gb_slice slice;

    memcpy(&slice, l->bytes.ptr + slices.off + i * sizeof(slice), sizeof(slice));
    return gb_load_text_at(l, slice);
}

void
gb_load_gather(struct gb_loader *l, struct gb_slice slice)
{
    *gb_push(&l->scratch) = slice;
}

struct gb_slice
gb_load_put_gathered(struct gb_loader *l, size_t mark)
{
    size_t n = l->scratch.len - mark;
    struct gb_slice slice =
        n ? gb_load_put(l, l->scratch.items + mark, sizeof(struct gb_slice), n) : (struct gb_slice){0};

    l->scratch.len = mark;
    return slice;
}

/* ---- Values ---- */

bool
gb_load_text(struct gb_loader *l, const struct gb_yaml *node, const char *what, struct gb_slice *out)
{
    if (!gb_yaml_expect(node, GB_YAML_SCALAR, what, l->path, l->error))
        return false;
    *out = gb_load_put_text(l, node->text);
    return true;
}

bool
gb_load_texts(struct gb_loader *l, const struct gb_yaml *node, const char *what, struct gb_slice *out)
{
    size_t mark = l->scratch.len;
    struct gb_slice text;

    if (node->kind == GB_YAML_SCALAR) {
        if (!gb_load_text(l, node, what, &text))
            return false;
        gb_load_gather(l, text);
    } else {
        if (!gb_yaml_expect(node, GB_YAML_LIST, what, l->path, l->error))
            return false;
        GB_YAML_EACH(item, node) {
            if (!gb_load_text(l, item, what, &text))
                return false;
            gb_load_gather(l, text);
        }
    }
    *out = gb_load_put_gathered(l, mark);
    return true;
}

bool
gb_load_pairs(struct gb_loader *l, const struct gb_yaml *node, const char *what, struct gb_slice *out)
{
    size_t mark = l->scratch.len;
    struct gb_slice text;

    if (!gb_yaml_expect(node, GB_YAML_MAP, what, l->path, l->error))
        return false;
    GB_YAML_EACH(item, node) {
        gb_load_gather(l, gb_load_put_text(l, item->key->text));
        if (!gb_load_text(l, item, what, &text))
            return false;
        gb_load_gather(l, text);
    }
    *out = gb_load_put_gathered(l, mark);
    return true;
}

static const char *const language_names[] = {"zh", "en"};

bool
gb_load_words(struct gb_loader *l, const struct gb_yaml *node, const char *what, struct gb_words *out)
{
    if (node->kind == GB_YAML_SCALAR && !l->options.is_builtin) {
        if (!gb_load_text(l, node, what, &out->in[GB_ZH]))
            return false;
        out->in[GB_EN] = out->in[GB_ZH];
        return true;
    }
    if (!gb_yaml_expect(node, GB_YAML_MAP, what, l->path, l->error))
        return false;
    GB_YAML_EACH(item, node) {
        enum gb_language language = gb_str_is(item->key->text, "en") ? GB_EN : GB_ZH;
        if (language == GB_ZH && !gb_str_is(item->key->text, "zh"))
            return gb_load_unknown(l, item->key, "语言", "language", language_names, GB_COUNT(language_names));
        if (!gb_load_text(l, item, what, &out->in[language]))
            return false;
    }
    for (int i = 0; i < GB_LANGUAGE_COUNT; i++) {
        if (out->in[i].n)
            continue;
        if (l->options.is_builtin)
            return gb_load_fail(l, node, "“%s”缺“%s”", "“%s” lacks “%s”", what, language_names[i]);
        out->in[i] = out->in[1 - i];
    }
    return true;
}

bool
gb_load_choice(struct gb_loader *l, const struct gb_yaml *node, const char *what, const char *const *names, size_t n,
               size_t *out)
{
    if (!gb_yaml_expect(node, GB_YAML_SCALAR, what, l->path, l->error))
        return false;
    if (gb_load_index(node->text, names, n, out))
        return true;
    char zh[64], en[64];
    snprintf(zh, sizeof(zh), "%s值", what);
    snprintf(en, sizeof(en), "value of %s", what);
    return gb_load_unknown(l, node, zh, en, names, n);
}

bool
gb_load_key(struct gb_loader *l, const struct gb_yaml *key, const char *const *names, size_t n, size_t *out)
{
    return gb_load_index(key->text, names, n, out) || gb_load_unknown(l, key, "键", "key", names, n);
}

static const char *const level_names[] = {GB_LEVELS(GB_NAMED)};

static bool
read_level_word(struct gb_loader *l, const struct gb_yaml *node, uint8_t *out)
{
    size_t level = 0;

    if (!gb_load_choice(l, node, "level", level_names + 1, GB_COUNT(level_names) - 1, &level))
        return false;
    *out = (uint8_t)(level + 1);
    return true;
}

bool
gb_load_level(struct gb_loader *l, const struct gb_yaml *node, uint8_t *out)
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
    GB_YAML_EACH(item, node) {
        size_t edition = 0;
        if (!gb_load_choice(l, item->key, "edition", gb_edition_names, GB_EDITION_COUNT, &edition) ||
            !read_level_word(l, item, &out[edition]))
            return false;
    }
    return true;
}
