#include "emit/finding_priv.h"

size_t
gb_count_shown(const struct gb_emit *e)
{
    size_t n = 0;

    GB_EACH_SHOWN(f, e)
        n++;
    return n;
}

const char *
gb_level_word(enum gb_level level, bool english)
{
    static const char *const words[] = {
        [GB_LEVEL_OFF] = "关闭",
        [GB_LEVEL_INFO] = "提示",
        [GB_LEVEL_WARNING] = "警告",
        [GB_LEVEL_ERROR] = "错误",
    };

    return english ? gb_level_name(level) : words[level];
}

const char *
gb_unnumbered_name(enum gb_node_kind kind, bool english)
{
    static const char *const names[GB_NODE_KIND_COUNT][2] = {
        [GB_NODE_COVER] = {"封面", "Cover"},       [GB_NODE_TOC] = {"目次", "Contents"},
        [GB_NODE_FOREWORD] = {"前言", "Foreword"}, [GB_NODE_INTRO] = {"引言", "Introduction"},
        [GB_NODE_TITLE] = {"标准名称", "Title"},   [GB_NODE_BIBLIO] = {"参考文献", "Bibliography"},
        [GB_NODE_INDEX] = {"索引", "Index"},
    };

    return names[kind][english];
}

void
gb_add_position(struct gb_buf *out, const struct gb_range *range)
{
    gb_add_clean(out, gb_str_from(range->start.file->path));
    gb_buf_printf(out, ":%u", range->start.line);
    if (!range->by_line)
        gb_buf_printf(out, ":%u", range->start.column);
}

void
gb_put_position(struct gb_out *out, const struct gb_range *range)
{
    gb_add_position(&out->buf, range);
    gb_out_filled(out);
}

static void
add_part(struct gb_buf *out, const char *separator, const char *label, struct gb_str text)
{
    if (!text.len)
        return;
    gb_buf_puts(out, separator);
    gb_buf_puts(out, label);
    gb_add_clean(out, text);
}

void
gb_add_advice(struct gb_buf *out, const struct gb_emit *e, const struct gb_finding *finding, const char *separator)
{
    gb_add_clean(out, finding->message);
    add_part(out, separator, gb_say_of(e, "改法：", "Remedy: "), finding->remedy);
    add_part(out, separator, gb_say_of(e, "依据：", "Source: "), finding->source);
}

void
gb_add_sources(struct gb_buf *out, const struct gb_rule_info *rule, const char *separator)
{
    struct gb_str last = {0};

    for (size_t i = GB_RULE_EDITIONS; i--;) {
        struct gb_str source = rule->levels[i] == GB_LEVEL_OFF ? GB_STR("") : rule->sources[i];
        if (!source.len || gb_str_eq(source, last))
            continue;
        gb_buf_puts(out, last.len ? separator : "");
        gb_buf_add(out, source);
        last = source;
    }
}
