/* The pass over a Markdown file before it is parsed: its lines, and the places where it can be cut. */
#include "read/markdown/scanner_priv.h"

enum {
    CHUNK = 64 * 1024, /* bytes after which a place to cut is looked for: a part that fits the cache parses faster */
    FILE_MOST = 16 * 1024 * 1024,
    DEPTH_MOST = 50,       /* container marks in one line */
    INDENT_MOST = 200,     /* bytes before a list marker */
    BLANK_LINES_MOST = 16, /* one after the other, as the parser sees them */
    PAGES_MOST = 10 * 1000,
};

/* Columns from the start of the line, with tab stops of four. */
static uint32_t
column_of(const struct gb_scanner *s, uint32_t begin, uint32_t at)
{
    uint32_t column = 0;

    for (uint32_t i = begin; i < at; i++)
        column = s->text[i] == '\t' ? (column + 4) & ~3u : column + 1;
    return column;
}

static uint32_t
next_line(const struct gb_scanner *s, uint32_t end)
{
    if (end < s->len && s->text[end] == '\r')
        end++;
    else if (end < s->len)
        return end + 1;
    return end < s->len && s->text[end] == '\n' ? end + 1 : end;
}

/* Cells of a table's delimiter row, or 0. */
static uint32_t
delimiter_cells(const struct gb_scanner *s, uint32_t begin, uint32_t end)
{
    uint32_t pipes = 0, dashes = 0;

    for (uint32_t i = begin; i < end; i++) {
        char c = s->text[i];
        pipes += c == '|';
        dashes += c == '-';
        if (c != '|' && c != '-' && c != ':' && !gb_is_blank(c) && c != '>')
            return 0;
    }
    return dashes ? pipes + 1 : 0;
}

struct prefix {
    uint32_t content; /* where the text of the line begins */
    uint32_t depth;   /* container marks before it */
    bool in_item;     /* the last of them is a list marker */
};

/* Length of a list marker with the blank behind it, or 0. */
static uint32_t
list_marker(const struct gb_scanner *s, uint32_t at)
{
    uint32_t p = at;

    if (p < s->len && (s->text[p] == '-' || s->text[p] == '*' || s->text[p] == '+')) {
        p++;
    } else {
        while (p < s->len && p - at < 9 && gb_is_digit(s->text[p]))
            p++;
        if (p == at || p >= s->len || (s->text[p] != '.' && s->text[p] != ')'))
            return 0;
        p++;
    }
    return p < s->len && gb_is_blank(s->text[p]) ? p - at : 0;
}

static struct prefix
read_prefix(const struct gb_scanner *s, uint32_t begin)
{
    struct prefix prefix = {gb_scan_skip_blanks(s, begin), 0, false};
    uint32_t marker;

    for (;;) {
        if (prefix.content < s->len && s->text[prefix.content] == '>') {
            prefix.content = gb_scan_skip_blanks(s, prefix.content + 1);
            prefix.in_item = false;
        } else if ((marker = list_marker(s, prefix.content))) {
            prefix.content = gb_scan_skip_blanks(s, prefix.content + marker);
            prefix.in_item = true;
        } else {
            return prefix;
        }
        prefix.depth++;
    }
}

/* A line of one character and blanks, such as "* * *": a rule, however long. */
static bool
is_rule(struct gb_scanner *s, uint32_t begin, uint32_t end)
{
    uint32_t at = gb_scan_skip_blanks(s, begin);
    char c = at < end ? s->text[at] : 0;

    if (c != '*' && c != '-' && c != '_')
        return false;
    return !GB_ANY(for (; at < end; at++), s->text[at] != c && !gb_is_blank(s->text[at]));
}

/* A code fence opens at `at`: its info string must hold no backtick. */
static bool
opens_fence(struct gb_scanner *s, uint32_t at)
{
    char c = at < s->len ? s->text[at] : 0;

    if (c != '`' && c != '~')
        return false;
    uint32_t n = gb_scan_run_length(s, at, c), end = gb_scan_line_end(s, at);
    if (n < 3 || (c == '`' && memchr(s->text + at + n, '`', end - at - n)))
        return false;
    s->fence = c;
    s->fence_len = n;
    return true;
}

static bool
closes_fence(const struct gb_scanner *s, uint32_t at)
{
    while (at < s->len && (gb_is_blank(s->text[at]) || s->text[at] == '>'))
        at++;
    uint32_t n = gb_scan_run_length(s, at, s->fence);
    if (n < s->fence_len)
        return false;
    at = gb_scan_skip_blanks(s, at + n);
    return at >= s->len || gb_is_line_end(s->text[at]);
}

/* HTML blocks that go on over blank lines until their end. */
static const struct {
    const char *start, *end;
} raw_blocks[] = {
    {"<?", "?>"},
    {"<![CDATA[", "]]>"},
    {"<!", ">"},
};

/* A destination of a link definition: not just a word with a colon before it. */
static bool
looks_like_target(struct gb_str s)
{
    return s.len && (s.ptr[0] == '<' || s.ptr[0] == '#' || s.ptr[0] == '/' || s.ptr[0] == '.' ||
                     gb_str_has(s, GB_STR("://")) || gb_str_starts(s, GB_STR("mailto:")));
}

/* The label can stand in a reference that cmark-gfm finds: it must be one text to it. */
static bool
is_plain_label(struct gb_str label)
{
    GB_FIND(byte, label.ptr, label.len, strchr("*_`&<!\\'\"", *byte));
    return !byte && label.len > 0;
}

/* "[label]:" at the start of a line. What cmark-gfm would take out of the text without need is left in it. */
static void
scan_definition(struct gb_scanner *s, uint32_t at)
{
    uint32_t end = gb_scan_line_end(s, at), close = at + 1;

    while (close < end && s->text[close] != ']' && s->text[close] != '[')
        close += s->text[close] == '\\' ? 2 : 1;
    if (close + 1 >= end || s->text[close] != ']' || s->text[close + 1] != ':')
        return;
    struct gb_definition definition = {{at, end}, {at + 1, close}};
    s->weight += 10;
    if (s->text[at + 1] == '^') {
        definition.label.begin++;
        struct gb_str label = gb_str_sub(s->scan->raw, definition.label.begin, definition.label.end);
        if (is_plain_label(label) && !gb_scan_footnote(s->scan, label))
            gb_scan_add_footnote(s->scan, definition);
        else
            gb_scan_feed(s)[at] = 'x';
        return;
    }
    uint32_t target = gb_scan_skip_blanks(s, close + 2);
    if (looks_like_target(gb_str_sub(s->scan->raw, target, end)))
        *gb_push(&s->scan->links) = definition;
    else
        gb_scan_feed(s)[at] = 'x';
}

/* The place to begin a new chunk: text at the margin behind a blank line, which closes all that was open. */
static bool
is_cut(const struct gb_scanner *s, uint32_t begin)
{
    char c = s->text[begin];

    return s->was_blank && begin - s->chunk_begin >= CHUNK && (c == '#' || gb_is_letter(c) || (unsigned char)c >= 0x80);
}

static void
begin_chunk(struct gb_scanner *s, uint32_t at)
{
    gb_plain_end(&s->plain, &s->scan->runs, at);
    *gb_push(&s->scan->chunks) = at;
    s->chunk_begin = at;
    s->weight = 0;
}

/* Does the line belong to the fence, or the block of raw HTML, that is open? It ends there when the line closes it, or stands outside. */
static bool
is_inside_open_block(struct gb_scanner *s, uint32_t begin)
{
    if (s->fence) {
        if (closes_fence(s, begin)) {
            s->fence = 0;
            return true;
        }
        uint32_t content = gb_scan_skip_blanks(s, begin);
        bool is_outside = s->fence_indent && content < s->len && !gb_is_line_end(s->text[content]) &&
                          s->text[content] != '>' && column_of(s, begin, content) < s->fence_indent;
        if (!is_outside)
            return true;
        s->fence = 0;
    }
    if (!s->raw_end)
        return false;
    if (gb_scan_find(s, begin, gb_scan_line_end(s, begin), s->raw_end) != UINT32_MAX)
        s->raw_end = NULL;
    return true;
}

/* A line that opens more containers than the parser bears is taken out; a rule such as ***…* only looks like one. */
static bool
is_too_deep(struct gb_scanner *s, uint32_t begin, const struct prefix *prefix)
{
    if (prefix->depth <= DEPTH_MOST && !(prefix->in_item && prefix->content - begin > INDENT_MOST))
        return false;
    uint32_t end = gb_scan_line_end(s, begin);
    if (is_rule(s, begin, end))
        return false;
    gb_scan_report_limit(s, begin, end, "嵌套超过50层", "nested more than 50 deep");
    gb_scan_blank_out(s, begin, end);
    return true;
}

/* <?, <![CDATA[, <!X: all until its end is raw; comments are read elsewhere. */
static void
open_raw_block(struct gb_scanner *s, uint32_t begin, uint32_t content)
{
    for (size_t i = 0; i < GB_COUNT(raw_blocks); i++) {
        if (!gb_scan_starts(s, content, raw_blocks[i].start) || gb_scan_starts(s, content, "<!--"))
            continue;
        s->stretch.n_declarations++;
        if (gb_scan_find(s, content + 2, gb_scan_line_end(s, begin), raw_blocks[i].end) == UINT32_MAX)
            s->raw_end = raw_blocks[i].end;
        return;
    }
}

/* The line as a row of a table: what the parser makes of it depends on the delimiter rows so far. */
static void
count_row(struct gb_scanner *s, uint32_t begin, uint32_t content)
{
    char c = s->text[content];

    if (c == '|' || c == '-' || c == ':') {
        uint32_t cells = delimiter_cells(s, content, gb_scan_line_end(s, begin));
        if (cells) {
            s->stretch.n_delimiter_rows++;
            if (cells > s->stretch.columns)
                s->stretch.columns = cells;
        }
    }
    if (s->stretch.columns)
        s->stretch.n_rows++;
}

/* True when nothing of the line is to be scanned further. */
static bool
scan_line_start(struct gb_scanner *s, uint32_t begin, struct prefix *prefix)
{
    if (is_inside_open_block(s, begin))
        return true;
    *prefix = read_prefix(s, begin);
    if (prefix->content >= s->len || gb_is_line_end(s->text[prefix->content])) {
        gb_scan_end_stretch(s, begin);
        s->n_blocks += prefix->depth;
        return true;
    }
    if (is_cut(s, begin)) {
        gb_scan_end_stretch(s, begin);
        begin_chunk(s, begin);
    }
    if (is_too_deep(s, begin, prefix))
        return true;
    /* ":::" of pandoc and its kin: what is between is read as if they were not there. */
    if (gb_scan_starts(s, prefix->content, ":::")) {
        gb_scan_end_stretch(s, begin);
        gb_scan_blank_out(s, begin, gb_scan_line_end(s, begin));
        return true;
    }
    if (opens_fence(s, prefix->content)) {
        gb_scan_end_stretch(s, begin);
        s->fence_indent = prefix->depth ? column_of(s, begin, prefix->content) : 0;
        return true;
    }
    char c = s->text[prefix->content];
    if (c == '<')
        open_raw_block(s, begin, prefix->content);
    if (c == '#' || prefix->in_item || (c == '|' && s->stretch.columns))
        gb_scan_begin_paragraph(s, begin);
    if (s->was_blank || prefix->depth || c == '#')
        s->n_blocks += prefix->depth + 1;
    if (c == '[')
        scan_definition(s, prefix->content);
    count_row(s, begin, prefix->content);
    return false;
}

/* Each blank line costs the parser a step for every list that is open: those behind the first few become one. */
static void
join_to_last(struct gb_scanner *s, uint32_t begin)
{
    char *copy = gb_scan_feed(s);

    s->scan->has_joined_lines = true;
    if (begin > 1 && copy[begin - 1] == '\n' && copy[begin - 2] == '\r')
        copy[begin - 2] = ' ';
    copy[begin - 1] = ' ';
}

static uint32_t
scan_line(struct gb_scanner *s, uint32_t begin)
{
    struct prefix prefix = {begin, 0, false};
    uint32_t at;
    bool was_blank = s->was_blank;

    bool is_done = scan_line_start(s, begin, &prefix);
    s->was_blank = is_done && !s->fence && !s->raw_end && gb_scan_ends_line(s, prefix.content);
    s->n_blank = s->was_blank ? s->n_blank + 1 : 0;
    s->weight += s->was_blank ? 0 : 3;
    enum gb_line_kind kind = s->was_blank && !prefix.depth ? GB_LINE_BLANK : GB_LINE_OTHER;
    if (kind == GB_LINE_BLANK && s->n_blank > BLANK_LINES_MOST)
        join_to_last(s, begin);
    char c = is_done ? 0 : s->text[prefix.content];
    if (is_done) {
        at = gb_scan_line_end(s, begin);
    } else if ((c == '-' || c == '+') && !prefix.depth && (at = gb_scan_drawn(s, begin, was_blank))) {
        is_done = true;
    } else {
        bool is_clean;
        at = gb_scan_content(s, prefix.content, &is_clean);
        kind = gb_plain_line(s->scan->raw, begin, at, is_clean);
    }
    gb_plain_take(&s->plain, &s->scan->runs, kind, s->scan->raw, begin);
    return next_line(s, at);
}

/* A form feed is no blank to the parser: it would begin a paragraph. */
static void
blank_form_feeds(struct gb_scanner *s)
{
    const char *hit = s->text, *end = s->text + s->len;

    while ((hit = memchr(hit, '\f', (size_t)(end - hit)))) {
        uint32_t at = (uint32_t)(hit - s->text);
        if (s->scan->form_feeds.len < PAGES_MOST)
            *gb_push(&s->scan->form_feeds) = at;
        gb_scan_feed(s)[at] = ' ';
        hit++;
    }
}

void
gb_scan_markdown(struct gb_scan *scan, struct gb_blocks *blocks, const struct gb_source_file *file, uint32_t begin)
{
    struct gb_scanner s = {
        .scan = scan,
        .blocks = blocks,
        .base = file->base,
        .text = file->text.ptr,
        .len = (uint32_t)file->text.len,
        .was_blank = true,
        .line = {UINT32_MAX, 0},
        .search = {.no_table_end = UINT32_MAX},
        .no_comment_end = UINT32_MAX,
    };

    *scan = (struct gb_scan){.raw = file->text, .feed = file->text};
    if (file->text.len > FILE_MOST) {
        gb_fault_add(blocks, s.base, GB_FAULT_LIMIT, (struct gb_span){0, 0}, "文件超过16 MB，未检查",
                     "the file has more than 16 MB and was not checked");
        blocks->faults.items[blocks->faults.len - 1].is_whole = true;
        return;
    }
    begin_chunk(&s, begin);
    s.stretch = (struct gb_scan_stretch){.begin = begin, .text_begin = begin};
    blank_form_feeds(&s);
    for (uint32_t at = begin; at < s.len;) {
        at = scan_line(&s, at);
        gb_scan_check_chunk(&s, at);
    }
    gb_scan_end_stretch(&s, s.len);
    gb_plain_end(&s.plain, &scan->runs, s.len);
    scan->is_smart = gb_markdown_is_smart(file->text);
    /* What stands for other characters is read on the way through the parser's text. */
    if (blocks->by_parser || scan->is_smart || s.has_drawn)
        scan->runs.len = 0;
    gb_scan_check_links(&s);
}
