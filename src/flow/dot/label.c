/* Labels of DOT: escapes and entities in strings, fields of records, HTML. */
#include "base/buf.h"
#include "base/html_entities.h"
#include "flow/dot/dot_priv.h"

/* &name; at the head of s; the bytes that it took, 0 for an ampersand. */
static size_t
add_entity(struct gb_buf *out, struct gb_str s)
{
    uint32_t c;
    char utf8[4];
    size_t used = gb_html_reference(s, &c);

    if (used == 0 || s.ptr[used - 1] != ';')
        return 0;
    gb_buf_add(out, (struct gb_str){utf8, gb_utf8_put(utf8, c)});
    return used;
}

static void
add_escape(struct gb_buf *out, char c, const struct gb_dot_names *names)
{
    switch (c) {
    case 'n':
    case 'l':
    case 'r':
        gb_buf_add_char(out, '\n');
        break;
    case 'N':
        gb_buf_add(out, names->node);
        break;
    case 'G':
        gb_buf_add(out, names->graph);
        break;
    case 'T':
        gb_buf_add(out, names->tail);
        break;
    case 'H':
        gb_buf_add(out, names->head);
        break;
    case 'E':
        gb_buf_add(out, names->tail);
        gb_buf_puts(out, names->is_directed ? "->" : "--");
        gb_buf_add(out, names->head);
        break;
    default:
        gb_buf_add_char(out, c);
    }
}

/* Bytes of what parts the fields of a record at the head of s: braces, bars, names of ports. */
static size_t
field_mark(struct gb_str s)
{
    if (s.ptr[0] == '{' || s.ptr[0] == '}' || s.ptr[0] == '|')
        return 1;
    if (s.ptr[0] != '<')
        return 0;
    size_t end = gb_str_find(gb_str_sub(s, 0, 200), GB_STR(">"), 0);
    return end == GB_NOT_FOUND ? 0 : end + 1;
}

static void
add_string(struct gb_buf *out, struct gb_str s, const struct gb_dot_names *names)
{
    for (size_t at = 0; at < s.len;) {
        size_t used = 1;
        if (s.ptr[at] == '\\' && at + 1 < s.len) {
            add_escape(out, s.ptr[at + 1], names);
            used = 2;
        } else if (s.ptr[at] == '&' && (used = add_entity(out, gb_str_skip(s, at))) > 0) {
        } else if (names->is_record && (used = field_mark(gb_str_skip(s, at))) > 0) {
            gb_buf_add_char(out, '\n');
        } else {
            gb_buf_add_char(out, s.ptr[at]);
            used = 1;
        }
        at += used;
    }
}

/* Name of the tag at the head of s, without its slash. */
static struct gb_str
tag_name(struct gb_str s)
{
    size_t begin = s.len > 1 && s.ptr[1] == '/' ? 2 : 1, end = begin;

    end = gb_skip_letters(s, end);
    return gb_str_sub(s, begin, end);
}

/* Rows and breaks end a line, cells stand apart. */
static void
add_tag(struct gb_buf *out, struct gb_str s)
{
    GB_WORDS(lines, "br", "tr", "hr", "table");
    struct gb_str name = tag_name(s);

    for (size_t i = 0; i < GB_COUNT(lines); i++) {
        if (gb_str_eq_nocase(name, lines[i]))
            gb_buf_add_char(out, '\n');
    }
    if (gb_str_eq_nocase(name, GB_STR("td")))
        gb_buf_add_char(out, ' ');
}

static void
add_html(struct gb_buf *out, struct gb_str s)
{
    for (size_t at = 0; at < s.len;) {
        size_t used = 1;
        if (gb_str_starts(gb_str_skip(s, at), GB_STR("<!--"))) {
            size_t end = gb_str_find(s, GB_STR("-->"), at);
            used = end == GB_NOT_FOUND ? s.len - at : end + 3 - at;
        } else if (s.ptr[at] == '<') {
            const char *end = memchr(s.ptr + at, '>', s.len - at);
            add_tag(out, gb_str_skip(s, at));
            used = end ? (size_t)(end - s.ptr) + 1 - at : s.len - at;
        } else if (s.ptr[at] == '&' && (used = add_entity(out, gb_str_skip(s, at))) > 0) {
        } else if (gb_is_space(s.ptr[at])) {
            if (out->len && !gb_is_space(out->ptr[out->len - 1]))
                gb_buf_add_char(out, ' ');
            used = 1;
        } else {
            gb_buf_add_char(out, s.ptr[at]);
            used = 1;
        }
        at += used;
    }
}

/* Lines without any words, as braces and rows leave them, go. */
static void
drop_empty_lines(struct gb_buf *buf)
{
    size_t len = 0;
    bool has_words = false;

    for (size_t i = 0, line = 0; i < buf->len; i++) {
        char c = buf->ptr[i];
        if (c == '\n' && !has_words) {
            len = line;
            continue;
        }
        has_words = c != '\n' && (has_words || !gb_is_space(c));
        buf->ptr[len++] = c;
        if (c == '\n')
            line = len;
    }
    buf->len = len;
}

struct gb_str
gb_dot_label_text(const struct gb_dot_value *label, const struct gb_dot_names *names, struct gb_arena *arena)
{
    struct gb_buf buf = {0};

    if (label->is_html)
        add_html(&buf, label->str);
    else
        add_string(&buf, label->str, names);
    if (label->is_html || names->is_record)
        drop_empty_lines(&buf);
    struct gb_str copy = gb_buf_take(&buf, arena);
    return gb_flow_label_text(copy, 0, arena);
}
