/*
 * What a node is in the process. Readers say what its shape tells; here its words have their say. The words are those of
 * DB32/T 2796—2015, 7.3.4.4 e) in practice: how starts and ends are written in charts.
 */
#include "flow/build_priv.h"
#include "text/chars.h"
#include "text/utf8.h"

/* A node of these words alone is a start or an end, whatever its shape. */
GB_WORDS(start_names, "开始", "起始", "起点", "流程开始", "流程起点", "开始节点", "开始事件", "start", "begin",
         "开始start", "开始begin", "始");
GB_WORDS(end_names, "结束", "终点", "终止", "流程结束", "流程终止", "流程终点", "结束节点", "结束事件", "end", "stop",
         "finish", "结束end", "终");

/* In a node whose shape says start or end, these words say which. */
GB_WORDS(start_words, "开始", "起始", "起点", "启动", "受理申请", "start", "begin");
GB_WORDS(end_words, "结束", "终点", "终止", "办结", "完成", "归档", "end", "stop", "finish");

/* Letters and Han characters of the text, narrow and in lower case, without blanks, marks and punctuation. */
enum { KEY_SIZE = 96 };

struct key {
    char bytes[KEY_SIZE + 4];
    size_t len, characters;
    uint32_t last;
};

/* ① to ⓿, ❶ to ➓ */
static bool
is_enclosed(uint32_t c)
{
    return c - 0x2460 <= 0x24FF - 0x2460 || c - 0x2776 <= 0x2793 - 0x2776;
}

static bool
is_kept(uint32_t c)
{
    return gb_char_is_han(c) || gb_char_is_latin(c) || gb_char_digit(c) >= 0 || is_enclosed(c);
}

/* Does the character name a place where the flow goes on? */
static bool
is_connector_name(uint32_t c)
{
    static const uint32_t numerals[] = {U'甲', U'乙', U'丙', U'丁', U'一', U'二', U'三',
                                        U'四', U'五', U'六', U'七', U'八', U'九', U'十'};

    GB_FIND(numeral, numerals, GB_COUNT(numerals), *numeral == c);
    return numeral || !gb_char_is_han(c);
}

/* The last KEY_SIZE bytes matter least: a longer text is no bare word, and its words are looked for in what fits. */
static struct key
make_key(struct gb_str text)
{
    struct key key = {.len = 0};

    for (size_t at = 0; at < text.len && key.len <= KEY_SIZE - 4;) {
        uint32_t c = gb_char_narrow(gb_utf8_at(text, at, &at));
        if (!is_kept(c))
            continue;
        if (gb_is_upper(c))
            c |= 0x20;
        key.len += gb_utf8_put(key.bytes + key.len, c);
        key.characters++;
        key.last = c;
    }
    return key;
}

/* Behind the last of the words in s; 0 when none stands in it. */
static size_t
last_word_end(struct gb_str s, const struct gb_str *words, size_t n)
{
    size_t last = 0;

    for (size_t i = 0; i < n; i++) {
        GB_EACH_FOUND(at, s, words[i], 0) {
            if (at + words[i].len > last)
                last = at + words[i].len;
        }
    }
    return last;
}

/* Of a start and an end word in one text the later says what the node is: 启动程序完成 is an end. */
static enum gb_flow_kind
which_terminal(struct gb_str words)
{
    size_t start = last_word_end(words, start_words, GB_COUNT(start_words));
    size_t end = last_word_end(words, end_words, GB_COUNT(end_words));

    if (start == end)
        return GB_FLOW_TERMINAL;
    return start > end ? GB_FLOW_START : GB_FLOW_END;
}

enum gb_flow_kind
gb_flow_kind_of(enum gb_flow_kind by_shape, bool is_circle, struct gb_str text)
{
    if (!GB_AMONG(by_shape, GB_FLOW_STEP, GB_FLOW_TERMINAL, GB_FLOW_START, GB_FLOW_END))
        return by_shape;

    struct key key = make_key(text);
    struct gb_str words = {key.bytes, key.len};
    if (GB_IS_ANY(words, start_names))
        return GB_FLOW_START;
    if (GB_IS_ANY(words, end_names))
        return GB_FLOW_END;
    if (is_circle && key.characters == 1 && is_connector_name(key.last))
        return GB_FLOW_CONNECTOR;
    return by_shape == GB_FLOW_TERMINAL ? which_terminal(words) : by_shape;
}

bool
gb_flow_has_name(struct gb_str names, struct gb_str name)
{
    size_t at = name.len && !memchr(name.ptr, ' ', name.len) ? gb_str_find(names, name, 0) : GB_NOT_FOUND;

    for (; at != GB_NOT_FOUND; at = gb_str_find(names, name, at + 1)) {
        size_t end = at + name.len;
        if ((at == 0 || names.ptr[at - 1] == ' ') && (end == names.len || names.ptr[end] == ' '))
            return true;
    }
    return false;
}

const struct gb_flow_shape *
gb_flow_shape_named(const struct gb_flow_shape *shapes, size_t n, struct gb_str name)
{
    GB_FIND(shape, shapes, n, gb_flow_has_name(gb_str_from(shape->names), name));
    return shape;
}

enum gb_flow_kind
gb_flow_kind_of_shape(const struct gb_flow_shape *shapes, size_t n, struct gb_str name, bool *out_is_circle)
{
    const struct gb_flow_shape *row = gb_flow_shape_named(shapes, n, name);

    *out_is_circle = row && row->is_circle;
    return row ? row->kind : GB_FLOW_STEP;
}
