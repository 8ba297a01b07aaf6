/* The words of labels: what people read where authors typed codes, tags and marks. */
#include "base/buf.h"
#include "base/html_entities.h"
#include "flow/build_priv.h"
#include "text/chars.h"
#include "text/utf8.h"

/* Length of the tag at the head of s, which begins with '<'; 0 for none. *out_is_break: it ends a line. */
static size_t
tag_length(struct gb_str s, bool *out_is_break)
{
    size_t at = 1, name;

    at += at < s.len && s.ptr[at] == '/';
    for (name = at; at < s.len && (gb_is_letter(s.ptr[at]) || (at > name && gb_is_word(s.ptr[at])));)
        at++;
    if (at == name)
        return 0;
    *out_is_break = name == 1 && gb_str_eq_nocase(gb_str_sub(s, name, at), GB_STR("br"));
    while (at < s.len && s.ptr[at] != '<' && s.ptr[at] != '>')
        at++;
    return at < s.len && s.ptr[at] == '>' ? at + 1 : 0;
}

/* Length of # word ; at the head of s; 0 for none. *out_is_number: the word is one. */
static size_t
hash_length(struct gb_str s, bool *out_is_number)
{
    size_t end = 1;

    *out_is_number = true;
    for (; end < s.len && gb_is_word(s.ptr[end]); end++)
        *out_is_number = *out_is_number && gb_is_digit(s.ptr[end]);
    return s.len && s.ptr[0] == '#' && end > 1 && end < s.len && s.ptr[end] == ';' ? end + 1 : 0;
}

/* #35; #quot; as Mermaid has them: the number or the name of a character between # and a semicolon. Unknown ones stay. */
static size_t
hash_code(struct gb_str s, struct gb_buf *out)
{
    char reference[40];
    uint32_t c = 0;
    bool is_number;
    size_t taken = hash_length(s, &is_number), length = taken + is_number;

    if (taken == 0 || length >= sizeof reference)
        return 0;
    reference[0] = '&';
    memcpy(reference + 1, s.ptr + !is_number, length - 1);
    size_t used = gb_html_reference((struct gb_str){reference, length}, &c);
    if (used == 0) {
        gb_buf_add_char(out, '&');
        gb_buf_add(out, gb_str_sub(s, 1, taken));
    } else {
        char utf8[4];
        gb_buf_add(out, (struct gb_str){utf8, gb_utf8_put(utf8, c)});
        gb_buf_add(out, (struct gb_str){reference + used, length - used});
    }
    return taken;
}

/* What stands at the head of s, resolved into `out`; the bytes that it took, 0 for an ordinary character. */
static size_t
resolve(struct gb_str s, unsigned marks, struct gb_buf *out)
{
    char utf8[4];
    uint32_t c;
    bool is_break = false, is_number;
    size_t used = 0;

    if (s.ptr[0] == '<' && (marks & GB_FLOW_LABEL_HTML)) {
        used = tag_length(s, &is_break);
        if (used && is_break)
            gb_buf_add_char(out, '\n');
    } else if (s.ptr[0] == '&' && (marks & GB_FLOW_LABEL_HTML)) {
        /* To Mermaid &#40; is an ampersand and a code. */
        if (!(marks & GB_FLOW_LABEL_HASH) || !hash_length(gb_str_skip(s, 1), &is_number))
            used = gb_html_reference(s, &c);
        if (used)
            gb_buf_add(out, (struct gb_str){utf8, gb_utf8_put(utf8, c)});
    } else if (s.ptr[0] == '#' && (marks & GB_FLOW_LABEL_HASH)) {
        used = hash_code(s, out);
    } else if (s.ptr[0] == '\\' && (marks & GB_FLOW_LABEL_ESCAPES) && s.len > 1 && s.ptr[1] == 'n') {
        gb_buf_add_char(out, '\n');
        used = 2;
    }
    return used;
}

/* Takes out the marks of bold and italic type: ** and __ first, then each * and _ that no backslash precedes. */
static void
drop_emphasis(struct gb_buf *buf)
{
    size_t len = 0, kept = 0;

    for (size_t i = 0; i < buf->len; i++) {
        char c = buf->ptr[i];
        if ((c == '*' || c == '_') && i + 1 < buf->len && buf->ptr[i + 1] == c)
            i++;
        else
            buf->ptr[len++] = c;
    }
    for (size_t i = 0; i < len; i++) {
        char c = buf->ptr[i];
        if (i == 0 && (c == '*' || c == '_'))
            continue;
        buf->ptr[kept++] = c;
        if (c != '\\' && i + 1 < len && (buf->ptr[i + 1] == '*' || buf->ptr[i + 1] == '_'))
            i++;
    }
    buf->len = kept;
}

static bool
is_trimmed(uint32_t c)
{
    return c == 0xFEFF || gb_char_is_space(c);
}

struct gb_str
gb_flow_trim(struct gb_str s)
{
    size_t begin = 0, end = s.len, at;

    while (begin < end && is_trimmed(gb_utf8_at(s, begin, &at)))
        begin = at;
    while (end > begin && is_trimmed(gb_utf8_before(s, end, &at)))
        end = at;
    return gb_str_sub(s, begin, end);
}

/* Each line without blanks at its ends, the whole without empty lines at its ends. */
static struct gb_str
trim_lines(struct gb_str s, struct gb_arena *arena)
{
    char *out = gb_arena_alloc(arena, s.len + 1);
    size_t len = 0;

    for (size_t at = 0; at <= s.len;) {
        size_t end = gb_line_end(s, at);
        struct gb_str line = gb_flow_trim(gb_str_sub(s, at, end));
        if (at > 0)
            out[len++] = '\n';
        if (line.len)
            memcpy(out + len, line.ptr, line.len);
        len += line.len;
        at = end + 1;
    }
    return gb_flow_trim((struct gb_str){out, len});
}

/* Is there nothing in it that would have to be resolved? Most labels are plain. */
static bool
is_plain(struct gb_str label)
{
    for (size_t i = 0; i < label.len; i++) {
        if (strchr("<&#\\*_\n", label.ptr[i])) /* NUL as well */
            return false;
    }
    return true;
}

struct gb_str
gb_flow_label_text(struct gb_str label, unsigned marks, struct gb_arena *arena)
{
    struct gb_buf buf = {0};

    if (is_plain(label))
        return gb_flow_trim(label);
    for (size_t at = 0; at < label.len;) {
        size_t used = resolve(gb_str_skip(label, at), marks, &buf);
        if (used == 0)
            gb_buf_add_char(&buf, label.ptr[at]);
        at += used ? used : 1;
    }
    if (marks & GB_FLOW_LABEL_MARKDOWN)
        drop_emphasis(&buf);
    struct gb_str text = trim_lines(gb_buf_str(&buf), arena);
    gb_buf_release(&buf);
    return text;
}
