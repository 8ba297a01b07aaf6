/* Front matter, line by line: indentation decides where a key belongs. */
#include "read/markdown/frontmatter_priv.h"

#include "read/markdown/bytemap_priv.h"
#include "read/markdown/scan_priv.h"

enum { DEPTH_MOST = 8, LINES_MOST = 1000, BLANK_LINES_MOST = 3 };

/* A key that later, deeper lines belong to. */
struct level {
    uint32_t indent;
    struct gb_span key;
};

struct header {
    struct gb_blocks *blocks;
    struct gb_str raw;
    uint32_t base;
    struct level levels[DEPTH_MOST];
    uint32_t depth;
    struct gb_pieces pieces;
    uint32_t n_blocks;
};

static uint32_t
line_end(struct gb_str raw, uint32_t at)
{
    while (at < raw.len && !gb_is_line_end(raw.ptr[at]))
        at++;
    return at;
}

static uint32_t
next_line(struct gb_str raw, uint32_t end)
{
    if (end < raw.len && raw.ptr[end] == '\r')
        end++;
    else
        return end < raw.len ? end + 1 : end;
    return end < raw.len && raw.ptr[end] == '\n' ? end + 1 : end;
}

static struct gb_span
trim(struct gb_str raw, uint32_t begin, uint32_t end)
{
    while (begin < end && gb_is_blank(raw.ptr[begin]))
        begin++;
    while (end > begin && gb_is_blank(raw.ptr[end - 1]))
        end--;
    return (struct gb_span){begin, end};
}

static bool
is_line(struct gb_str raw, uint32_t begin, const char *what)
{
    struct gb_span line = trim(raw, begin, line_end(raw, begin));

    return line.begin == begin && gb_str_is(gb_str_sub(raw, line.begin, line.end), what);
}

/* "key:" at the start of the span: the key, and where its value may begin. */
static bool
find_key(struct gb_str raw, struct gb_span line, struct gb_span *out_key, uint32_t *out_value)
{
    uint32_t at = line.begin;
    char quote = at < line.end && (raw.ptr[at] == '"' || raw.ptr[at] == '\'') ? raw.ptr[at] : 0;

    if (at >= line.end || strchr("#-[]{}|>*&!%@`|", raw.ptr[at]))
        return false;
    if (quote) {
        for (at++; at < line.end && raw.ptr[at] != quote; at++)
            ;
        *out_key = (struct gb_span){line.begin + 1, at};
        at++;
    } else {
        while (at < line.end && !(raw.ptr[at] == ':' && (at + 1 == line.end || gb_is_blank(raw.ptr[at + 1]))))
            at++;
        *out_key = trim(raw, line.begin, at);
    }
    if (at >= line.end || raw.ptr[at] != ':' || out_key->end == out_key->begin)
        return false;
    *out_value = at + 1;
    return true;
}

/* A value without a comment behind it. */
static struct gb_span
strip_comment(struct gb_str raw, struct gb_span value)
{
    for (uint32_t at = value.begin; at < value.end; at++) {
        if (raw.ptr[at] == '#' && (at == value.begin || gb_is_blank(raw.ptr[at - 1])))
            return trim(raw, value.begin, at);
    }
    return value;
}

/* Adds the bytes of a quoted scalar, its escapes decoded. */
static void
put_quoted(struct header *h, struct gb_span inside, char quote)
{
    static const char escapes[] = "n\nt\t\"\"\\\\//";
    uint32_t begin = inside.begin, at = inside.begin;

    while (at + 1 < inside.end) {
        char c = h->raw.ptr[at];
        if (quote == '\'' && c == '\'' && h->raw.ptr[at + 1] == '\'') {
            gb_pieces_exact(&h->pieces, begin, at, 0);
            gb_pieces_other(&h->pieces, GB_STR("'"), (struct gb_span){at, at + 2}, GB_RUN_DECODED);
            begin = at += 2;
        } else if (quote == '"' && c == '\\') {
            gb_pieces_exact(&h->pieces, begin, at, 0);
            struct gb_str text = {h->raw.ptr + at + 1, 1};
            for (size_t i = 0; i + 1 < sizeof(escapes); i += 2) {
                if (escapes[i] == text.ptr[0])
                    text.ptr = &escapes[i + 1];
            }
            gb_pieces_other(&h->pieces, text, (struct gb_span){at, at + 2}, GB_RUN_DECODED);
            begin = at += 2;
        } else {
            at++;
        }
    }
    gb_pieces_exact(&h->pieces, begin, inside.end, 0);
}

static struct gb_text
take_text(struct header *h)
{
    struct gb_text text =
        gb_pieces_text(&h->pieces, 0, h->pieces.list.len, h->blocks->arena, &h->blocks->n_exact, &h->blocks->n_approx);
    h->pieces.list.len = 0;
    return text;
}

/* The keys from the outermost to this one. */
static struct gb_text
key_path(struct header *h)
{
    h->pieces.list.len = 0;
    for (uint32_t i = 0; i < h->depth; i++) {
        struct gb_span key = h->levels[i].key;
        if (i)
            gb_pieces_other(&h->pieces, GB_STR("."), (struct gb_span){key.begin, key.begin}, GB_RUN_DECODED);
        gb_pieces_exact(&h->pieces, key.begin, key.end, 0);
    }
    return take_text(h);
}

/* The pieces at hand are the value of the innermost key. */
static void
add_meta(struct header *h, struct gb_span span)
{
    struct gb_text value = take_text(h);

    if (h->depth == 0)
        return;
    struct gb_block *block = gb_block_new(h->blocks, h->blocks->root, GB_BLOCK_META);
    if (h->levels[h->depth - 1].key.begin < span.begin && h->n_blocks == 0)
        span.begin = h->levels[h->depth - 1].key.begin;
    block->span = (struct gb_span){span.begin + h->base, span.end + h->base};
    block->text = value;
    block->info = key_path(h);
    h->n_blocks++;
}

static void
add_scalar(struct header *h, struct gb_span value)
{
    char quote = value.begin < value.end ? h->raw.ptr[value.begin] : 0;

    h->pieces.list.len = 0;
    if ((quote == '"' || quote == '\'') && value.end - value.begin >= 2) {
        uint32_t close = value.end - 1;
        while (close > value.begin + 1 && h->raw.ptr[close] != quote)
            close--;
        put_quoted(h, (struct gb_span){value.begin + 1, close}, quote);
    } else {
        value = strip_comment(h->raw, value);
        gb_pieces_exact(&h->pieces, value.begin, value.end, 0);
    }
    if (value.end > value.begin)
        add_meta(h, value);
}

/* "[a, b]" in one line. */
static void
add_flow_list(struct header *h, struct gb_span value)
{
    uint32_t at = value.begin + 1, end = value.end;
    const char *close = memrchr(h->raw.ptr + value.begin, ']', value.end - value.begin);

    if (close)
        end = (uint32_t)(close - h->raw.ptr);
    while (at < end) {
        uint32_t stop = at;
        char quote = 0;
        for (; stop < end && (quote || h->raw.ptr[stop] != ','); stop++) {
            char c = h->raw.ptr[stop];
            if (quote ? c == quote : c == '"' || c == '\'')
                quote = quote ? 0 : c;
        }
        struct gb_span part = trim(h->raw, at, stop);
        if (part.end > part.begin)
            add_scalar(h, part);
        at = stop + 1;
    }
}

static uint32_t
indent_of(const struct header *h, uint32_t begin)
{
    uint32_t at = begin;

    while (at < h->raw.len && gb_is_blank(h->raw.ptr[at]))
        at++;
    return at - begin;
}

/* "|" or ">": the lines indented deeper. Returns the offset of the first line behind them. */
static uint32_t
add_block_scalar(struct header *h, uint32_t at, uint32_t indent, uint32_t end)
{
    struct gb_span span = {at, at};

    h->pieces.list.len = 0;
    while (at < end) {
        uint32_t stop = line_end(h->raw, at);
        struct gb_span line = trim(h->raw, at, stop);
        if (line.end > line.begin && line.begin - at <= indent)
            break;
        if (line.end > line.begin) {
            if (h->pieces.list.len)
                gb_pieces_break(&h->pieces, span.end, next_line(h->raw, line_end(h->raw, span.end)), 0);
            else
                span.begin = line.begin;
            gb_pieces_exact(&h->pieces, line.begin, line.end, 0);
            span.end = line.end;
        }
        at = next_line(h->raw, stop);
    }
    if (h->pieces.list.len)
        add_meta(h, span);
    return at;
}

/* A value on the line of its key, or of its "- ". Returns where the next line begins. */
static uint32_t
read_value(struct header *h, struct gb_span value, uint32_t indent, uint32_t next, uint32_t end)
{
    if (value.end == value.begin)
        return next;
    switch (h->raw.ptr[value.begin]) {
    case '|':
    case '>':
        return add_block_scalar(h, next, indent, end);
    case '[':
        add_flow_list(h, value);
        return next;
    default:
        add_scalar(h, value);
        return next;
    }
}

/* A list or a quotation that is opened and not closed before the header ends is no YAML. */
static bool
is_closed(const struct header *h, struct gb_span value, uint32_t end)
{
    char open = value.begin < value.end ? h->raw.ptr[value.begin] : 0;
    char close = open == '[' ? ']' : open == '{' ? '}' : open == '"' || open == '\'' ? open : 0;

    for (uint32_t at = value.begin + 1; close && at < end; at++) {
        if (h->raw.ptr[at] == close)
            return true;
    }
    return !close;
}

/* Keys at or right of an indentation are left. */
static void
leave_levels(struct header *h, uint32_t indent)
{
    while (h->depth && h->levels[h->depth - 1].indent >= indent)
        h->depth--;
}

/* Reads one line (or a block scalar); false when it is no YAML. */
static bool
read_line(struct header *h, uint32_t *at, uint32_t end)
{
    uint32_t indent = indent_of(h, *at), stop = line_end(h->raw, *at);
    struct gb_span line = trim(h->raw, *at, stop), key;
    uint32_t value;

    *at = next_line(h->raw, stop);
    if (line.end == line.begin || h->raw.ptr[line.begin] == '#')
        return true;
    bool is_element =
        h->raw.ptr[line.begin] == '-' && (line.begin + 1 == line.end || gb_is_blank(h->raw.ptr[line.begin + 1]));
    if (is_element) {
        /* An element may stand as far left as its key. */
        while (h->depth && h->levels[h->depth - 1].indent > indent)
            h->depth--;
        line = trim(h->raw, line.begin + 1, line.end);
        if (line.end == line.begin)
            return true;
        if (!find_key(h->raw, line, &key, &value)) {
            *at = read_value(h, line, indent, *at, end);
            return true;
        }
        indent += 2;
    }
    if (!find_key(h->raw, line, &key, &value)) {
        /* A plain scalar that goes on, under the key of the lines before. */
        bool goes_on = h->depth && indent > h->levels[h->depth - 1].indent && !is_element;
        if (goes_on)
            add_scalar(h, line);
        return goes_on;
    }
    leave_levels(h, indent);
    if (h->depth == DEPTH_MOST)
        return true;
    h->levels[h->depth++] = (struct level){indent, key};
    h->n_blocks = 0;
    struct gb_span given = trim(h->raw, value, line.end);
    *at = read_value(h, given, indent, *at, end);
    return is_closed(h, given, end);
}

/* The line of "---" or "..." that ends the header; raw.len where there is none. */
static uint32_t
find_end(struct gb_str raw, uint32_t at)
{
    for (unsigned n = 0; at < raw.len && n < LINES_MOST; n++) {
        if (is_line(raw, at, "---") || is_line(raw, at, "..."))
            return at;
        at = next_line(raw, line_end(raw, at));
    }
    return (uint32_t)raw.len;
}

/* The first line with something on it, which must come soon, is "key:". */
static bool
begins_with_key(struct gb_str raw, uint32_t at)
{
    struct gb_span key;
    uint32_t value;

    for (unsigned n = 0; at < raw.len && n <= BLANK_LINES_MOST; n++) {
        struct gb_span line = trim(raw, at, line_end(raw, at));
        if (line.end > line.begin && raw.ptr[line.begin] != '#')
            return line.begin == at && find_key(raw, line, &key, &value);
        at = next_line(raw, line_end(raw, at));
    }
    return false;
}

uint32_t
gb_read_front_matter(struct gb_blocks *blocks, const struct gb_source_file *file)
{
    struct header h = {.blocks = blocks, .raw = file->text, .base = file->base};
    struct gb_str raw = file->text;
    uint32_t at = next_line(raw, line_end(raw, 0));

    if (!is_line(raw, 0, "---") || !begins_with_key(raw, at))
        return 0;
    uint32_t end = find_end(raw, at);
    if (end == raw.len) {
        gb_fault_add(blocks, h.base, GB_FAULT_MALFORMED, (struct gb_span){0, 3}, "文件头的元数据没有以“---”结束",
                     "the front matter is not ended by “---”");
        return 0;
    }
    h.pieces.raw = raw;
    h.pieces.base = h.base;
    while (at < end) {
        uint32_t begin = at;
        if (!read_line(&h, &at, end))
            gb_fault_add(blocks, h.base, GB_FAULT_MALFORMED, (struct gb_span){begin, line_end(raw, begin)},
                         "文件头的元数据中有一行不是“键: 值”", "a line of the front matter is not “key: value”");
    }
    gb_array_release(&h.pieces.list);
    blocks->has_front_matter = true;
    return next_line(raw, line_end(raw, end));
}
