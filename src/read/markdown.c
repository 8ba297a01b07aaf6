/*
 * Markdown to blocks, through cmark-gfm 0.29.0.gfm.6: the one file that knows the library.
 *
 * Its line numbers are taken for blocks, corrected where they are known to be wrong; its columns are not used at all.
 * A leaf block's `content` is made of ends of lines of the file: each is found again and compared byte by byte. Inside,
 * the inline nodes are walked in their order with a cursor that steps over the marks each of them must have, so that
 * every text node is met where it stands; what does not fit is marked approximate.
 *
 * Rests on the library being called without CMARK_OPT_SOURCEPOS and with the extensions named below only.
 */
#include "read/markdown_bytemap_priv.h"
#include "read/markdown_formula_priv.h"
#include "read/markdown_frontmatter_priv.h"
#include "read/markdown_html_priv.h"
#include "read/markdown_pool_priv.h"
#include "read/markdown_scan_priv.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <cmark-gfm/houdini.h>
#include <cmark-gfm/node.h>
#include <cmark-gfm/parser.h>

enum {
    DEPTH_MOST = 32,              /* deeper containers are put into the deepest one that is kept */
    HEAD_LINES_MOST = 100 * 1000, /* definitions of links times parts of the file */
};

/* Exported by the library, declared in none of its headers; valid once the extensions are registered. */
extern cmark_node_type CMARK_NODE_TABLE, CMARK_NODE_TABLE_ROW, CMARK_NODE_TABLE_CELL;

/* ---- nodes ---- */

static struct gb_str
chunk_str(cmark_chunk chunk)
{
    return (struct gb_str){(const char *)chunk.data, (size_t)chunk.len};
}

/* Text of a leaf block or cell whose inline nodes point into it. */
static struct gb_str
content_of(const cmark_node *leaf)
{
    return (struct gb_str){(const char *)leaf->content.ptr, (size_t)leaf->content.size};
}

/* Bytes before a block in its first line. */
static uint32_t
indent_of(const cmark_node *block)
{
    return block->start_column > 0 ? (uint32_t)block->start_column - 1 : 0;
}

/* ---- memory of the library ---- */

/* The library's allocator has no argument to pass the pool through, hence this pointer, set for the time of one chunk. */
static _Thread_local struct gb_pool *current_pool;

static void *
pool_calloc(size_t n, size_t size)
{
    return memset(gb_pool_take(current_pool, n * size), 0, n * size);
}

static void *
pool_realloc(void *old, size_t size)
{
    size_t had = 0;

    if (old)
        memcpy(&had, (char *)old - GB_POOL_HEAD, sizeof(had));
    if (size <= had)
        return old;
    void *memory = gb_pool_take(current_pool, size);
    return had ? memcpy(memory, old, had) : memory;
}

static void
pool_free(void *memory)
{
    (void)memory; /* with the whole pool */
}

static cmark_mem pool_memory = {pool_calloc, pool_realloc, pool_free};

enum item_kind { ITEM_IMAGE, ITEM_REGION };

/* What stands in the text of a leaf without being text. */
struct item {
    enum item_kind kind;
    struct gb_span span;
    size_t region;
    bool is_html;
    struct gb_text alt, path;
};

struct reader {
    struct gb_blocks *blocks;
    const struct gb_source_file *file;
    struct gb_scan scan;
    /* The chunk at hand: offsets of its lines as the parser saw them, behind `n_head` lines of our own. */
    const uint32_t *lines;
    uint32_t n_lines, end, n_head;
    GB_ARRAY(uint32_t) own_lines;
    /* The leaf at hand. */
    struct gb_bytemap map;
    struct gb_pieces pieces, formula; /* the latter also where pieces are rebuilt */
    GB_ARRAY(struct item) items;
    GB_ARRAY(struct gb_cell) cells;
    GB_ARRAY(struct gb_span) row;
    GB_ARRAY(uint32_t) images;
    struct gb_html html;
    struct gb_pool pool;
    size_t next_form_feed, next_footnote, next_mark;
};

void
gb_markdown_startup(void)
{
    cmark_gfm_core_extensions_ensure_registered();
}

/* ---- lines ---- */

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool
is_space(char c)
{
    return is_blank(c) || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

static bool
is_punct(char c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Index of a line of the parser; n_lines and more for lines that are not of the file. */
static uint32_t
line_index(const struct reader *r, int line)
{
    uint32_t i = (uint32_t)line - 1 - r->n_head;

    return line > 0 && i < r->n_lines ? i : r->n_lines;
}

/* A line without its line end. */
static struct gb_span
line_span(const struct reader *r, uint32_t i)
{
    const char *text = r->scan.feed.ptr;

    if (i >= r->n_lines)
        return (struct gb_span){r->end, r->end};
    struct gb_span line = {r->lines[i], i + 1 < r->n_lines ? r->lines[i + 1] : r->end};
    if (line.end > line.begin && text[line.end - 1] == '\n')
        line.end--;
    if (line.end > line.begin && text[line.end - 1] == '\r')
        line.end--;
    return line;
}

/* Lines [first, last] as one span. */
static struct gb_span
lines_span(const struct reader *r, uint32_t first, uint32_t last)
{
    return (struct gb_span){line_span(r, first).begin, line_span(r, last).end};
}

static uint32_t
skip_blanks(const struct reader *r, uint32_t at, uint32_t end)
{
    while (at < end && is_blank(r->scan.feed.ptr[at]))
        at++;
    return at;
}

static uint32_t
trim_end(const struct reader *r, uint32_t begin, uint32_t end)
{
    while (end > begin && is_space(r->scan.feed.ptr[end - 1]))
        end--;
    return end;
}

/* Steps over one mark of a container and the blanks behind it; the same offset where there is none. */
static uint32_t
skip_marker(const struct reader *r, uint32_t at, uint32_t end)
{
    const char *text = r->scan.feed.ptr;
    uint32_t p = at;

    if (p < end && text[p] == '>')
        return skip_blanks(r, p + 1, end);
    if (p < end && (text[p] == '-' || text[p] == '*' || text[p] == '+')) {
        p++;
    } else {
        while (p < end && p - at < 9 && is_digit(text[p]))
            p++;
        if (p == at || p >= end || (text[p] != '.' && text[p] != ')'))
            return at;
        p++;
    }
    return p < end && is_blank(text[p]) ? skip_blanks(r, p, end) : at;
}

/* ---- from content back to the file ---- */

static bool
equal_at(const struct reader *r, uint32_t src, const char *text, uint32_t len)
{
    return len == 0 || memcmp(r->scan.feed.ptr + src, text, len) == 0;
}

/* Content [at, at + len) is the end of the line. Blanks at its start may stand for a tab that a container split. */
static bool
map_suffix(struct reader *r, const char *content, uint32_t at, uint32_t len, struct gb_span line)
{
    uint32_t room = line.end - line.begin;

    if (len <= room && equal_at(r, line.end - len, content + at, len)) {
        gb_bytemap_add(&r->map, at, line.end - len);
        return true;
    }
    for (uint32_t blanks = 1; blanks < 4 && blanks <= len && content[at + blanks - 1] == ' '; blanks++) {
        uint32_t rest = len - blanks;
        if (rest >= room)
            continue;
        uint32_t src = line.end - rest;
        if (r->scan.feed.ptr[src - 1] == '\t' && equal_at(r, src, content + at + blanks, rest)) {
            gb_bytemap_add_loose(&r->map, at, (struct gb_span){src - 1, src}, GB_RUN_DECODED);
            gb_bytemap_add(&r->map, at + blanks, src);
            return true;
        }
    }
    return false;
}

/* Content with its "\|" made "|" stands at the start of the room: its length in the file, or UINT32_MAX. With `is_adding`
 * it is mapped, from offset `at` of the leaf's content on. */
static uint32_t
map_cell(struct reader *r, struct gb_str content, uint32_t at, struct gb_span room, bool is_adding)
{
    const char *text = r->scan.feed.ptr;
    uint32_t p = room.begin, end = room.end;

    if (is_adding)
        gb_bytemap_add(&r->map, at, p);
    for (uint32_t i = 0; i < content.len; i++) {
        if (p < end && text[p] == content.ptr[i] &&
            !(text[p] == '\\' && p + 1 < end && text[p + 1] == '|')) {
            p++;
        } else if (p + 1 < end && text[p] == '\\' && text[p + 1] == '|' && content.ptr[i] == '|') {
            if (is_adding) {
                gb_bytemap_add_loose(&r->map, at + i, (struct gb_span){p, p + 2}, GB_RUN_DECODED);
                gb_bytemap_add(&r->map, at + i + 1, p + 2);
            }
            p += 2;
        } else {
            return UINT32_MAX;
        }
    }
    return p - room.begin;
}

/* One line of content somewhere in a line of the file, behind the marks of containers. */
static bool
map_inside(struct reader *r, const char *content, uint32_t at, uint32_t len, struct gb_span line)
{
    struct gb_str text = {content + at, len};
    struct gb_span room = {skip_blanks(r, line.begin, line.end), line.end};

    for (;;) {
        if (map_cell(r, text, at, room, false) != UINT32_MAX) {
            map_cell(r, text, at, room, true);
            return true;
        }
        uint32_t next = skip_marker(r, room.begin, room.end);
        if (next == room.begin)
            return false;
        room.begin = next;
    }
}

static void
map_lost(struct reader *r, uint32_t at, struct gb_span line)
{
    gb_bytemap_add_loose(&r->map, at, line, GB_RUN_APPROX);
}

static uint32_t
count_lines(struct gb_str content)
{
    uint32_t n = 0;

    for (size_t at = 0; at < content.len; n++) {
        const char *end = memchr(content.ptr + at, '\n', content.len - at);
        at = end ? (size_t)(end - content.ptr) + 1 : content.len;
    }
    return n;
}

/* Maps content whose first line is line `first`. False when a line did not fit; nothing is mapped then. */
static bool
map_lines(struct reader *r, const char *content, uint32_t len, uint32_t first)
{
    gb_bytemap_clear(&r->map);
    for (uint32_t at = 0; at < len; first++) {
        const char *end = memchr(content + at, '\n', len - at);
        uint32_t n = end ? (uint32_t)(end - content) - at : len - at;
        struct gb_span line = line_span(r, first);
        if (first >= r->n_lines || (!map_suffix(r, content, at, n, line) && !map_inside(r, content, at, n, line))) {
            gb_bytemap_clear(&r->map);
            return false;
        }
        at += n + (end != NULL);
    }
    return true;
}

/* Maps content that is somewhere between two lines, most likely so that it ends on `last`. */
static void
map_block(struct reader *r, struct gb_str content, uint32_t first, uint32_t last)
{
    uint32_t n = count_lines(content);

    if (last >= r->n_lines && r->n_lines)
        last = r->n_lines - 1;
    for (uint32_t end = last + 1; n && end >= n && end - n + 1 > first; end--) {
        if (map_lines(r, content.ptr, (uint32_t)content.len, end - n))
            return;
    }
    gb_bytemap_clear(&r->map);
    map_lost(r, 0, lines_span(r, first, last > first ? last : first));
}

/* Maps a heading's text behind its "#" marks, the first of which is at or behind `at`: where that stands. */
static uint32_t
map_atx(struct reader *r, struct gb_str content, uint32_t at, struct gb_span line)
{
    gb_bytemap_clear(&r->map);
    while (at < line.end && r->scan.feed.ptr[at] != '#')
        at++;
    uint32_t begin = at;
    while (at < line.end && r->scan.feed.ptr[at] == '#')
        at++;
    at = skip_blanks(r, at, line.end);
    if (content.len <= line.end - at && equal_at(r, at, content.ptr, (uint32_t)content.len))
        gb_bytemap_add(&r->map, 0, at);
    else
        map_lost(r, 0, line);
    return begin;
}

/* ---- inline nodes ---- */

struct walk {
    struct reader *r;
    const char *content;
    uint32_t size, at, hint;
    unsigned strong, emph, link;
    unsigned sup, sub, code;  /* these by HTML only */
    bool is_lost;             /* the cursor is not to be trusted until the next slice */
    bool after_break;         /* a <br> was the last thing */
    size_t region;            /* the last one met */
};

static uint32_t
walk_flags(const struct walk *w)
{
    return (w->strong ? GB_RUN_STRONG : 0u) | (w->emph ? GB_RUN_EMPH : 0u) | (w->link ? GB_RUN_LINK : 0u) |
           (w->sup ? GB_RUN_SUP : 0u) | (w->sub ? GB_RUN_SUB : 0u) | (w->code ? GB_RUN_CODE : 0u);
}

static const struct gb_segment *
segment_at(struct walk *w, uint32_t at, uint32_t *out_end)
{
    const struct gb_bytemap *map = &w->r->map;
    uint32_t i = gb_bytemap_find(map, at, &w->hint);

    *out_end = i + 1 < map->segments.len ? map->segments.items[i + 1].at : w->size;
    return &map->segments.items[i];
}

/* Where byte `at` of the content stands in the file. */
static uint32_t
source_at(struct walk *w, uint32_t at)
{
    uint32_t end;
    const struct gb_segment *segment = segment_at(w, at, &end);

    return segment->loose ? segment->src : segment->src + (at - segment->at);
}

/* Bytes of the file, where regions may lie. */
static void
put_source(struct walk *w, uint32_t begin, uint32_t end, uint32_t flags)
{
    struct gb_scan *scan = &w->r->scan;
    struct gb_pieces *pieces = &w->r->pieces;
    size_t i = scan->regions.len ? gb_scan_region(scan, begin) : 0;

    for (; i < scan->regions.len && scan->regions.items[i].span.begin < end; i++) {
        const struct gb_region *region = &scan->regions.items[i];
        if (region->span.begin > begin) {
            gb_pieces_exact(pieces, begin, region->span.begin, flags);
            begin = region->span.begin;
        }
        uint32_t stop = region->span.end < end ? region->span.end : end;
        if (region->kind == GB_REGION_MATH || (region->kind == GB_REGION_DISPLAY && !region->is_whole)) {
            gb_pieces_exact(pieces, begin, stop, flags | GB_RUN_MATH);
        } else if (w->region != i) {
            gb_pieces_item(pieces, (uint32_t)w->r->items.len, region->span);
            *gb_push(&w->r->items) = (struct item){.kind = ITEM_REGION, .span = region->span, .region = i};
        }
        w->region = i;
        begin = stop;
    }
    if (begin < end)
        gb_pieces_exact(pieces, begin, end, flags);
}

/* Content [begin, end) as text. */
static void
put_content(struct walk *w, uint32_t begin, uint32_t end, uint32_t flags)
{
    while (begin < end) {
        uint32_t stop;
        const struct gb_segment *segment = segment_at(w, begin, &stop);
        if (stop > end)
            stop = end;
        if (segment->loose) {
            struct gb_str text = {w->content + begin, stop - begin};
            if (text.len > sizeof(((struct gb_piece *)0)->own))
                text = gb_arena_copy(w->r->blocks->arena, text);
            gb_pieces_other(&w->r->pieces, text, (struct gb_span){segment->src, segment->src_end},
                            flags | segment->loose);
        } else {
            put_source(w, segment->src + (begin - segment->at), segment->src + (stop - segment->at), flags);
        }
        begin = stop;
    }
    w->after_break = false;
}

/* Content [begin, end) that stands for other text as a whole: an escape, an entity. */
static void
put_decoded(struct walk *w, struct gb_str text, uint32_t begin, uint32_t end, uint32_t flags)
{
    uint32_t stop;
    const struct gb_segment *segment = segment_at(w, begin, &stop);
    struct gb_span span = {segment->src, segment->src_end};

    if (!segment->loose)
        span = (struct gb_span){source_at(w, begin), source_at(w, end - 1) + 1};
    gb_pieces_other(&w->r->pieces, text, span, flags | (segment->loose ? segment->loose : GB_RUN_DECODED));
    w->after_break = false;
}

/* A text node that is no slice of the content: several nodes joined. Steps through both. */
static bool
align(struct walk *w, struct gb_str literal, bool has_escapes)
{
    uint32_t flags = walk_flags(w);
    const struct gb_html *html = &w->r->html;
    uint32_t p = w->at, begin = w->at;

    for (uint32_t i = 0; i < literal.len;) {
        if (p >= w->size)
            return false;
        char c = w->content[p], entity[12];
        uint32_t n = 0, entity_len;
        if (has_escapes && c == '\\' && p + 1 < w->size && is_punct(w->content[p + 1])) {
            if (w->content[p + 1] != literal.ptr[i])
                return false;
            put_content(w, begin, p, flags);
            put_decoded(w, (struct gb_str){literal.ptr + i, 1}, p, p + 2, flags);
            begin = p += 2;
            i++;
        } else if (c == '&' &&
                   (n = html->decode(html->data, (struct gb_str){w->content + p, w->size - p}, entity, &entity_len))) {
            if (entity_len > literal.len - i || memcmp(entity, literal.ptr + i, entity_len) != 0)
                return false;
            put_content(w, begin, p, flags);
            put_decoded(w, (struct gb_str){entity, entity_len}, p, p + 1 + n, flags);
            begin = p += 1 + n;
            i += entity_len;
        } else if (c == literal.ptr[i]) {
            p++;
            i++;
        } else {
            return false;
        }
    }
    put_content(w, begin, p, flags);
    w->at = p;
    return true;
}

static void
put_lost(struct walk *w, struct gb_str text)
{
    const struct gb_bytemap *map = &w->r->map;
    const struct gb_segment *first = &map->segments.items[0];
    uint32_t end = source_at(w, w->size ? w->size - 1 : 0);

    gb_pieces_other(&w->r->pieces, gb_arena_copy(w->r->blocks->arena, text),
                    (struct gb_span){first->src, end < first->src ? first->src : end}, walk_flags(w) | GB_RUN_APPROX);
    w->is_lost = true;
    w->after_break = false;
}

static void
walk_text(struct walk *w, struct gb_str text, bool has_escapes)
{
    uint32_t len = (uint32_t)text.len;
    bool is_slice = text.ptr >= w->content && text.ptr + len <= w->content + w->size;
    uint32_t at = is_slice ? (uint32_t)(text.ptr - w->content) : 0;

    if (len == 0)
        return;
    if (is_slice && (at >= w->at || w->is_lost)) {
        w->is_lost = false;
        put_content(w, at, at + len, walk_flags(w));
        w->at = at + len;
        return;
    }
    size_t before = w->r->pieces.list.len;
    if (!w->is_lost && align(w, text, has_escapes))
        return;
    w->r->pieces.list.len = before;
    put_lost(w, text);
}

static void
walk_break(struct walk *w, bool is_hard)
{
    uint32_t begin = w->at, p = w->at;

    while (p < w->size && is_space(w->content[p]) && w->content[p] != '\n')
        p++;
    bool is_escaped = is_hard && p < w->size && w->content[p] == '\\';
    p += is_escaped;
    if (w->is_lost || p >= w->size || w->content[p] != '\n') {
        const char *end = memchr(w->content + w->at, '\n', w->size - w->at);
        w->is_lost = true;
        if (!end)
            return;
        begin = p = (uint32_t)(end - w->content);
    }
    struct gb_str raw = w->r->scan.raw;
    uint32_t src = source_at(w, begin), end = source_at(w, p);
    if (end < raw.len && raw.ptr[end] == '\r')
        end++;
    if (end < raw.len && raw.ptr[end] == '\n')
        end++;
    if (end < src)
        end = src;
    if (!w->after_break)
        gb_pieces_break(&w->r->pieces, src, end, is_hard ? GB_RUN_HARD : 0);
    w->after_break = false;
    p++;
    /* Behind a break by backslash the library leaves the blanks of a lazy line in the text. */
    while (!is_escaped && p < w->size && is_blank(w->content[p]))
        p++;
    w->at = p;
}

static uint32_t
tick_run(const struct walk *w, uint32_t at)
{
    uint32_t n = 0;

    while (at + n < w->size && w->content[at + n] == '`')
        n++;
    return n;
}

static void
walk_code(struct walk *w, struct gb_str code)
{
    uint32_t n = tick_run(w, w->at), begin = w->at + n, end = begin;

    while (end < w->size && n) {
        uint32_t close = tick_run(w, end);
        if (close == n)
            break;
        end += close ? close : 1;
    }
    if (n == 0 || end >= w->size || w->is_lost) {
        put_lost(w, code);
        return;
    }
    w->at = end + n;
    /* One blank at both ends is no part of it, unless there is nothing else. */
    if (end - begin > code.len && end - begin >= 2) {
        begin++;
        end--;
    }
    uint32_t flags = walk_flags(w) | GB_RUN_CODE;
    while (begin < end) {
        const char *newline = memchr(w->content + begin, '\n', end - begin);
        uint32_t stop = newline ? (uint32_t)(newline - w->content) : end;
        put_content(w, begin, stop, flags);
        if (newline)
            put_decoded(w, GB_STR("\n"), stop, stop + 1, flags | GB_RUN_BREAK);
        begin = stop + (newline != NULL);
    }
}

/* ---- links ---- */

static uint32_t
skip_spaces(const struct walk *w, uint32_t at)
{
    while (at < w->size && is_space(w->content[at]))
        at++;
    return at;
}

/* End of a link target at `at`, as the library scans it; 0 where there is none. *out_target is the target itself. */
static uint32_t
scan_target(const struct walk *w, uint32_t at, struct gb_span *out_target)
{
    uint32_t p = at, depth = 0;

    if (p < w->size && w->content[p] == '<') {
        for (p++; p < w->size && w->content[p] != '>'; p++) {
            if (w->content[p] == '\n' || w->content[p] == '<')
                return 0;
            if (w->content[p] == '\\')
                p++;
        }
        *out_target = (struct gb_span){at + 1, p};
        return p + 1;
    }
    while (p < w->size && !is_space(w->content[p])) {
        if (w->content[p] == '\\' && p + 1 < w->size && is_punct(w->content[p + 1])) {
            p++;
        } else if (w->content[p] == '(') {
            depth++;
        } else if (w->content[p] == ')') {
            if (depth == 0)
                break;
            depth--;
        }
        p++;
    }
    *out_target = (struct gb_span){at, p};
    return p;
}

static uint32_t
scan_title(const struct walk *w, uint32_t at)
{
    char open = at < w->size ? w->content[at] : 0;
    char close = open == '(' ? ')' : open;

    if (open != '"' && open != '\'' && open != '(')
        return at;
    for (uint32_t p = at + 1; p < w->size; p++) {
        if (w->content[p] == '\\' && p + 1 < w->size && is_punct(w->content[p + 1]))
            p++;
        else if (w->content[p] == close)
            return p + 1;
        else if (open == '(' && w->content[p] == '(')
            return at;
    }
    return at;
}

/* "(target "title")" at the cursor; false where it is not that. */
static bool
walk_inline_target(struct walk *w, struct gb_span *out_target)
{
    if (w->at >= w->size || w->content[w->at] != '(')
        return false;
    uint32_t p = skip_spaces(w, w->at + 1);
    uint32_t end = scan_target(w, p, out_target);
    if (end == 0)
        return false;
    p = skip_spaces(w, end);
    if (p > end)
        p = skip_spaces(w, scan_title(w, p));
    if (p >= w->size || w->content[p] != ')')
        return false;
    w->at = p + 1;
    return true;
}

/* Steps behind what closes a link or image: "]", then a target or a label. */
static void
walk_link_end(struct walk *w, struct gb_span *out_target)
{
    *out_target = (struct gb_span){0, 0};
    if (w->is_lost)
        return;
    if (w->at >= w->size || w->content[w->at] != ']') {
        w->is_lost = true;
        return;
    }
    w->at++;
    if (walk_inline_target(w, out_target) || w->at >= w->size || w->content[w->at] != '[')
        return;
    uint32_t p = w->at + 1;
    while (p < w->size && w->content[p] != ']' && w->content[p] != '[')
        p += w->content[p] == '\\' && p + 1 < w->size && is_punct(w->content[p + 1]) ? 2 : 1;
    if (p < w->size && w->content[p] == ']')
        w->at = p + 1;
}

/* The path of an image: from the bytes of its target, or from the definition it refers to. */
static struct gb_text
image_path(struct walk *w, struct gb_str url, struct gb_span target)
{
    struct reader *r = w->r;
    size_t first = r->pieces.list.len;
    struct walk path = *w;

    path.at = target.begin;
    path.strong = path.emph = path.link = path.sup = path.sub = path.code = 0;
    if (url.len == 0)
        return (struct gb_text){0};
    if (target.end == target.begin || !align(&path, url, true)) {
        r->pieces.list.len = first;
        put_lost(&path, url);
    }
    w->hint = 0;
    struct gb_text text = gb_pieces_text(&r->pieces, first, r->pieces.list.len, r->blocks->arena, &r->blocks->n_exact,
                                         &r->blocks->n_approx);
    r->pieces.list.len = first;
    return text;
}

static void
enter_link(struct walk *w, bool is_image)
{
    uint32_t n = is_image ? 2 : 1;

    if (is_image)
        *gb_push(&w->r->images) = (uint32_t)w->r->pieces.list.len;
    else
        w->link++;
    if (w->is_lost)
        return;
    bool fits = w->at + n <= w->size &&
                (is_image ? memcmp(w->content + w->at, "![", 2) == 0
                          : w->content[w->at] == '[' || w->content[w->at] == '<');
    if (fits)
        w->at += n;
    else
        w->is_lost = true;
}

static void
leave_link(struct walk *w, uint32_t begin)
{
    struct gb_span target;

    w->link--;
    if (!w->is_lost && w->at < w->size && w->content[w->at] == '>' && w->content[begin] == '<')
        w->at++;
    else
        walk_link_end(w, &target);
}

static void
leave_image(struct walk *w, struct gb_str url, uint32_t begin)
{
    struct reader *r = w->r;
    struct gb_span target;
    size_t first = r->images.items[--r->images.len];

    walk_link_end(w, &target);
    struct item item = {.kind = ITEM_IMAGE};
    item.alt = gb_pieces_text(&r->pieces, first, r->pieces.list.len, r->blocks->arena, &r->blocks->n_exact,
                              &r->blocks->n_approx);
    r->pieces.list.len = first;
    item.path = image_path(w, url, target);
    uint32_t end = w->at > begin && !w->is_lost ? w->at - 1 : begin;
    item.span = (struct gb_span){source_at(w, begin), source_at(w, end) + 1};
    if (item.span.end < item.span.begin)
        item.span.end = item.span.begin;
    gb_pieces_item(&r->pieces, (uint32_t)r->items.len, item.span);
    *gb_push(&r->items) = item;
    w->after_break = false;
}

static void
walk_footnote(struct walk *w)
{
    if (w->is_lost || w->at + 1 >= w->size || w->content[w->at] != '[' || w->content[w->at + 1] != '^') {
        w->is_lost = true;
        return;
    }
    const char *close = memchr(w->content + w->at, ']', w->size - w->at);
    if (!close) {
        w->is_lost = true;
        return;
    }
    uint32_t end = (uint32_t)(close - w->content) + 1;
    put_decoded(w, GB_STR(""), w->at, end, walk_flags(w) | GB_RUN_NOTE);
    w->at = end;
}

static void
step_over_delimiters(struct walk *w, uint32_t n)
{
    for (uint32_t i = 0; i < n && !w->is_lost; i++) {
        if (w->at < w->size && (w->content[w->at] == '*' || w->content[w->at] == '_'))
            w->at++;
        else
            w->is_lost = true;
    }
}

/* Text of an attribute's value. */
static struct gb_text
attribute_text(struct walk *w, const struct gb_tag *tag, const char *name)
{
    struct reader *r = w->r;
    struct gb_span value;
    size_t first = r->pieces.list.len;

    if (!gb_html_attribute((struct gb_str){w->content, w->size}, tag, name, &value))
        return (struct gb_text){0};
    put_content(w, value.begin, value.end, 0);
    struct gb_text text = gb_pieces_text(&r->pieces, first, r->pieces.list.len, r->blocks->arena, &r->blocks->n_exact,
                                         &r->blocks->n_approx);
    r->pieces.list.len = first;
    return text;
}

static void
walk_html_image(struct walk *w, const struct gb_tag *tag)
{
    struct item item = {.kind = ITEM_IMAGE, .is_html = true};

    item.path = attribute_text(w, tag, "src");
    item.alt = attribute_text(w, tag, "alt");
    item.span = (struct gb_span){source_at(w, tag->begin), source_at(w, tag->end - 1) + 1};
    gb_pieces_item(&w->r->pieces, (uint32_t)w->r->items.len, item.span);
    *gb_push(&w->r->items) = item;
}

/* A tag inside of a paragraph. */
static void
walk_tag(struct walk *w, const struct gb_tag *tag)
{
    const struct {
        uint32_t flag;
        unsigned *count;
    } counts[] = {
        {GB_RUN_STRONG, &w->strong}, {GB_RUN_EMPH, &w->emph}, {GB_RUN_SUP, &w->sup},
        {GB_RUN_SUB, &w->sub},       {GB_RUN_CODE, &w->code},
    };

    switch (tag->kind) {
    case GB_TAG_NONE:
        put_content(w, tag->begin, tag->end, walk_flags(w));
        break;
    case GB_TAG_INLINE:
        for (size_t i = 0; i < GB_COUNT(counts); i++) {
            if (!(tag->flags & counts[i].flag))
                continue;
            if (!tag->is_end)
                ++*counts[i].count;
            else if (*counts[i].count)
                --*counts[i].count;
        }
        break;
    case GB_TAG_IMAGE:
        walk_html_image(w, tag);
        break;
    case GB_TAG_HIDDEN:
        break;
    default: /* <br>, and blocks that begin or end in a line */
        if (!w->after_break)
            put_decoded(w, GB_STR("\n"), tag->begin, tag->end, GB_RUN_BREAK | GB_RUN_HARD);
        w->after_break = true;
        break;
    }
}

static void
walk_html(struct walk *w, struct gb_str html)
{
    struct gb_tag tag;

    if (html.ptr < w->content || html.ptr >= w->content + w->size) {
        w->is_lost = true;
        return;
    }
    uint32_t at = (uint32_t)(html.ptr - w->content);
    w->at = at + (uint32_t)html.len;
    w->is_lost = false;
    if (gb_html_tag((struct gb_str){w->content, w->at}, at, &tag))
        walk_tag(w, &tag);
}

/* "<http://…>" and not "[text](…)". */
static bool
is_autolink(const struct walk *w, const cmark_node *link)
{
    uint32_t begin = (uint32_t)link->internal_offset;

    return link->type == CMARK_NODE_LINK && begin < w->size && w->content[begin] == '<';
}

/* True when the node's children are to be walked. */
static bool
enter_inline(struct walk *w, cmark_node *node)
{
    switch ((int)node->type) {
    case CMARK_NODE_TEXT:
        walk_text(w, chunk_str(node->as.literal), !is_autolink(w, node->parent));
        break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
        walk_break(w, node->type == CMARK_NODE_LINEBREAK);
        break;
    case CMARK_NODE_CODE:
        walk_code(w, chunk_str(node->as.literal));
        break;
    case CMARK_NODE_HTML_INLINE:
        walk_html(w, chunk_str(node->as.literal));
        break;
    case CMARK_NODE_EMPH:
        w->emph++;
        step_over_delimiters(w, 1);
        return true;
    case CMARK_NODE_STRONG:
        w->strong++;
        step_over_delimiters(w, 2);
        return true;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
        node->internal_offset = (int)w->at; /* free for use in inline nodes */
        enter_link(w, node->type == CMARK_NODE_IMAGE);
        return true;
    default:
        if (node->type == CMARK_NODE_FOOTNOTE_REFERENCE)
            walk_footnote(w);
        break;
    }
    return false;
}

static void
leave_inline(struct walk *w, const cmark_node *node)
{
    switch ((int)node->type) {
    case CMARK_NODE_EMPH:
        w->emph -= w->emph > 0; /* an end tag may have been before */
        step_over_delimiters(w, 1);
        break;
    case CMARK_NODE_STRONG:
        w->strong -= w->strong > 0;
        step_over_delimiters(w, 2);
        break;
    case CMARK_NODE_LINK:
        leave_link(w, (uint32_t)node->internal_offset);
        break;
    case CMARK_NODE_IMAGE:
        leave_image(w, chunk_str(node->as.link.url), (uint32_t)node->internal_offset);
        break;
    default:
        break;
    }
}

/* ---- leaves ---- */

/* Makes the pieces of a leaf whose content has been mapped. */
static void
walk_inlines(struct reader *r, cmark_node *leaf)
{
    struct walk w = {
        .r = r,
        .content = (const char *)leaf->content.ptr,
        .size = (uint32_t)leaf->content.size,
        .region = SIZE_MAX,
    };
    cmark_node *node = leaf->first_child;

    r->pieces.list.len = r->items.len = r->images.len = 0;
    while (node) {
        if (enter_inline(&w, node) && node->first_child) {
            node = node->first_child;
            continue;
        }
        leave_inline(&w, node);
        while (!node->next && node->parent != leaf) {
            node = node->parent;
            leave_inline(&w, node);
        }
        node = node->next;
    }
    /* The library's own extension for strikethrough is not safe with threads. */
    if (memmem(w.content, w.size, "~~", 2))
        gb_pieces_drop_tildes(&r->pieces, &r->formula);
}

/* ---- blocks ---- */

static struct gb_text
text_of(struct reader *r, size_t first, size_t last)
{
    return gb_pieces_text(&r->pieces, first, last, r->blocks->arena, &r->blocks->n_exact, &r->blocks->n_approx);
}

/* Form feeds before an offset become page marks. */
static void
put_pages(struct reader *r, struct gb_block *parent, uint32_t before)
{
    while (r->next_form_feed < r->scan.form_feeds.len && r->scan.form_feeds.items[r->next_form_feed] < before) {
        uint32_t at = r->scan.form_feeds.items[r->next_form_feed++] + r->pieces.base;
        gb_block_new(r->blocks, parent, GB_BLOCK_PAGE)->span = (struct gb_span){at, at + 1};
    }
}

static struct gb_block *
new_block(struct reader *r, struct gb_block *parent, enum gb_block_kind kind, struct gb_span span)
{
    put_pages(r, parent, span.begin);
    struct gb_block *block = gb_block_new(r->blocks, parent, kind);
    block->span = (struct gb_span){span.begin + r->pieces.base, span.end + r->pieces.base};
    block->flags = gb_html_flags(&r->html);
    return block;
}

/* Bytes [begin, end) of the file as a text. */
static struct gb_text
exact_text(struct reader *r, uint32_t begin, uint32_t end)
{
    r->blocks->n_exact++;
    return gb_text_exact(r->blocks->arena, gb_str_sub(r->scan.raw, begin, end), begin + r->pieces.base);
}

/* Span of pieces [first, last). */
static struct gb_span
pieces_span(const struct reader *r, size_t first, size_t last)
{
    const struct gb_piece *list = r->pieces.list.items;

    return (struct gb_span){list[first].src.begin, list[last - 1].src.end};
}

/* All words are strong. */
static bool
is_bold(const struct reader *r, size_t first, size_t last)
{
    bool has_text = false;

    for (size_t i = first; i < last; i++) {
        const struct gb_piece *piece = &r->pieces.list.items[i];
        if (piece->flags & GB_RUN_BREAK || piece->item || piece->len == 0)
            continue;
        if (!(piece->flags & GB_RUN_STRONG))
            return false;
        has_text = true;
    }
    return has_text;
}

/* Text pieces that are not only blanks. */
static bool
has_words(const struct reader *r, size_t first, size_t last)
{
    for (size_t i = first; i < last; i++) {
        const struct gb_piece *piece = &r->pieces.list.items[i];
        const char *text = piece->text ? piece->text : piece->own;
        for (uint32_t k = 0; !piece->item && k < piece->len; k++) {
            if (!is_space(text[k]))
                return true;
        }
        if (piece->flags & GB_RUN_NOTE)
            return true;
    }
    return false;
}

/* "**[p7]**", "[p 7]" as a paragraph of its own. */
static bool
is_page_mark(struct gb_str s)
{
    s = gb_str_trim(s);
    if (s.len < 4 || s.len > 12 || s.ptr[0] != '[' || s.ptr[s.len - 1] != ']' || (s.ptr[1] != 'p' && s.ptr[1] != 'P'))
        return false;
    for (size_t i = 2; i + 1 < s.len; i++) {
        if (!is_digit(s.ptr[i]) && s.ptr[i] != ' ' && s.ptr[i] != '.')
            return false;
    }
    return true;
}

static void
put_para(struct reader *r, struct gb_block *parent, size_t first, size_t last)
{
    while (first < last && !has_words(r, first, first + 1))
        first++;
    while (last > first && !has_words(r, last - 1, last))
        last--;
    if (first == last)
        return;
    struct gb_block *block = new_block(r, parent, GB_BLOCK_PARA, pieces_span(r, first, last));
    block->text = text_of(r, first, last);
    if (is_page_mark(block->text.str))
        block->kind = GB_BLOCK_PAGE;
    else if (gb_str_eq_nocase(gb_str_trim(block->text.str), GB_STR("[TOC]")))
        block->kind = GB_BLOCK_TOC;
    if (is_bold(r, first, last))
        block->flags |= GB_BLOCK_BOLD;
}

static void
put_comment(struct reader *r, struct gb_block *parent, struct gb_span span)
{
    struct gb_block *block = new_block(r, parent, GB_BLOCK_COMMENT, span);

    block->text = exact_text(r, span.begin + 4, span.end - 3);
}

static bool
is_in_quote(const struct gb_block *block)
{
    while (block && block->kind != GB_BLOCK_QUOTE)
        block = block->parent;
    return block != NULL;
}

/* Bytes [begin, end) of the file that may go over several lines, each with the marks of quotes taken off. */
static struct gb_text
raw_text(struct reader *r, struct gb_block *parent, uint32_t begin, uint32_t end)
{
    struct gb_str raw = r->scan.raw;
    struct gb_pieces *lines = &r->formula; /* the others hold the paragraph it stands in */
    bool quote = is_in_quote(parent);

    lines->list.len = 0;
    while (begin < end && is_space(raw.ptr[begin]))
        begin++;
    while (end > begin && is_space(raw.ptr[end - 1]))
        end--;
    while (begin < end) {
        uint32_t stop = begin;
        while (stop < end && raw.ptr[stop] != '\n' && raw.ptr[stop] != '\r')
            stop++;
        gb_pieces_exact(lines, begin, stop, GB_RUN_MATH);
        uint32_t next = stop + (stop + 1 < end && raw.ptr[stop] == '\r' && raw.ptr[stop + 1] == '\n' ? 2 : 1);
        if (stop < end)
            gb_pieces_break(lines, stop, next, GB_RUN_MATH);
        while (next < end && (is_blank(raw.ptr[next]) || (quote && raw.ptr[next] == '>')))
            next++;
        begin = next;
    }
    return gb_pieces_text(lines, 0, lines->list.len, r->blocks->arena, &r->blocks->n_exact, &r->blocks->n_approx);
}

/* "$$ … $$" with what may stand behind it. */
static void
put_formula(struct reader *r, struct gb_block *parent, struct gb_span span)
{
    struct gb_str raw = r->scan.raw;
    struct gb_block *block = new_block(r, parent, GB_BLOCK_FORMULA, span);
    uint32_t close = span.end - 2;

    while (close > span.begin + 2 && !(raw.ptr[close] == '$' && raw.ptr[close + 1] == '$'))
        close--;
    struct gb_span inside = {span.begin + 2, close};
    struct gb_span number = gb_formula_number(raw, (struct gb_span){close + 2, span.end}, &inside);
    block->text = raw_text(r, parent, inside.begin, inside.end);
    if (number.end > number.begin)
        block->label = exact_text(r, number.begin, number.end);
}

static void
put_region(struct reader *r, struct gb_block *parent, const struct gb_region *region)
{
    if (region->kind == GB_REGION_COMMENT) {
        put_comment(r, parent, region->span);
    } else if (region->kind == GB_REGION_HTML) {
        put_pages(r, parent, region->span.begin);
        gb_html_read(&r->html, parent, region->span, is_in_quote(parent));
    } else {
        put_formula(r, parent, region->span);
    }
}

static void
put_image(struct reader *r, struct gb_block *parent, const struct item *item)
{
    struct gb_block *block = new_block(r, parent, GB_BLOCK_IMAGE, item->span);

    block->text = item->alt;
    block->info = item->path;
    block->flags |= item->is_html ? GB_BLOCK_HTML : 0u;
}

static const struct item *
item_of(const struct reader *r, const struct gb_piece *piece)
{
    return piece->item ? &r->items.items[piece->item - 1] : NULL;
}

static bool
is_comment(const struct reader *r, const struct item *item)
{
    return item->kind == ITEM_REGION && r->scan.regions.items[item->region].kind == GB_REGION_COMMENT;
}

static void
put_item(struct reader *r, struct gb_block *parent, const struct item *item)
{
    if (item->kind == ITEM_IMAGE)
        put_image(r, parent, item);
    else
        put_region(r, parent, &r->scan.regions.items[item->region]);
}

/* The line of pieces [first, last) must be parted: it holds something that is a block of its own. An image is one
 * when nothing but a caption stands in its line. */
static bool
is_parted(const struct reader *r, size_t first, size_t last)
{
    const struct item *item = NULL;
    size_t i = first;

    for (; i < last; i++) {
        item = item_of(r, &r->pieces.list.items[i]);
        if (item && item->kind == ITEM_REGION && !is_comment(r, item))
            return true;
    }
    for (i = first; i < last && !has_words(r, i, i + 1); i++) {
        item = item_of(r, &r->pieces.list.items[i]);
        if (item && item->kind == ITEM_IMAGE)
            return true;
    }
    return false;
}

/* Lines of a paragraph: those with a picture, table or formula of their own become blocks, the others paragraphs. */
static void
put_lines(struct reader *r, struct gb_block *parent)
{
    const struct gb_piece *list = r->pieces.list.items;
    size_t n = r->pieces.list.len, pending = 0, last;

    for (size_t first = 0; first < n; first = last + 1) {
        for (last = first; last < n && !(list[last].flags & GB_RUN_BREAK); last++)
            ;
        if (!is_parted(r, first, last))
            continue;
        put_para(r, parent, pending, first);
        pending = first;
        for (size_t i = first; i < last; i++) {
            const struct item *item = item_of(r, &list[i]);
            if (!item || is_comment(r, item))
                continue;
            put_para(r, parent, pending, i);
            put_item(r, parent, item);
            pending = i + 1;
        }
        put_para(r, parent, pending, last);
        pending = last + 1 < n ? last + 1 : n;
    }
    put_para(r, parent, pending, n);
}

/* Comments in a text stand behind it. */
static void
put_comments(struct reader *r, struct gb_block *parent)
{
    for (size_t i = 0; i < r->items.len; i++) {
        if (is_comment(r, &r->items.items[i]))
            put_item(r, parent, &r->items.items[i]);
    }
}

/* The pieces of a paragraph become one block, or several. */
static void
put_paras(struct reader *r, struct gb_block *parent)
{
    if (r->items.len == 0)
        put_para(r, parent, 0, r->pieces.list.len);
    else
        put_lines(r, parent);
    put_comments(r, parent);
}

/* Comments, tables and formulas in a cell come behind the table: its text cannot be parted. */
static void
put_regions(struct reader *r, struct gb_block *parent)
{
    for (size_t i = 0; i < r->items.len; i++) {
        if (r->items.items[i].kind == ITEM_REGION)
            put_item(r, parent, &r->items.items[i]);
    }
}

/* The line of the header row: those the library gives are wrong below a paragraph. */
static uint32_t
table_head(const struct reader *r, const cmark_node *table)
{
    if (!table || table->type != CMARK_NODE_TABLE || !table->first_child)
        return 1;
    const cmark_node *body = table->first_child->next;
    int line = body ? body->start_line - 2 : table->end_line - 1;
    return line_index(r, line);
}

static void
read_para(struct reader *r, cmark_node *node, struct gb_block *parent)
{
    struct gb_str content = content_of(node);

    if (node->start_line > 0) {
        map_block(r, content, line_index(r, node->start_line), line_index(r, node->end_line));
    } else {
        /* Made of the lines above a table's head: it has no place of its own. */
        uint32_t head = table_head(r, node->next), n = count_lines(content);
        map_block(r, content, head > n ? head - n : 0, head - 1);
    }
    walk_inlines(r, node);
    put_paras(r, parent);
}

/* First line from `first` on that is followed by the underline of a setext heading. */
static uint32_t
setext_text_end(const struct reader *r, uint32_t first)
{
    for (uint32_t i = first + 1; i < r->n_lines; i++) {
        struct gb_span line = line_span(r, i);
        uint32_t at = skip_blanks(r, line.begin, line.end);
        while (at < line.end && r->scan.feed.ptr[at] == '>')
            at = skip_blanks(r, at + 1, line.end);
        uint32_t end = trim_end(r, at, line.end);
        char c = at < end ? r->scan.feed.ptr[at] : 0;
        bool is_underline = c == '=' || c == '-';
        for (; is_underline && at < end; at++)
            is_underline = r->scan.feed.ptr[at] == c;
        if (is_underline)
            return i - 1;
    }
    return first;
}

static void
read_heading(struct reader *r, cmark_node *node, struct gb_block *parent)
{
    uint32_t first = line_index(r, node->start_line), begin;
    struct gb_span span;

    if (node->as.heading.setext) {
        uint32_t last = setext_text_end(r, first);
        map_block(r, content_of(node), first, last);
        const struct gb_segment *head = &r->map.segments.items[0];
        begin = head->src;
        span = (struct gb_span){begin, line_span(r, last + 1).end};
        span.end = trim_end(r, span.begin, span.end);
    } else {
        struct gb_span line = line_span(r, first);
        begin = map_atx(r, content_of(node), line.begin + indent_of(node), line);
        span = (struct gb_span){begin, trim_end(r, begin, line.end)};
        size_t region = gb_scan_region(&r->scan, begin);
        if (region < r->scan.regions.len && r->scan.regions.items[region].span.begin == begin &&
            r->scan.regions.items[region].is_whole) {
            put_region(r, parent, &r->scan.regions.items[region]);
            return;
        }
    }
    walk_inlines(r, node);
    struct gb_block *block = new_block(r, parent, GB_BLOCK_HEADING, span);
    block->level = (uint8_t)node->as.heading.level;
    block->flags |= node->as.heading.setext ? GB_BLOCK_SETEXT : 0u;
    block->text = text_of(r, 0, r->pieces.list.len);
    for (size_t i = 0; i < r->items.len; i++)
        put_item(r, parent, &r->items.items[i]);
}

/* The opening fence of a code block, behind the marks of containers. */
struct fence {
    uint32_t indent; /* bytes before it in its line */
    char mark;
    uint32_t len;
};

/* The code's lines as a text: the last line end is left out. */
static struct gb_text
code_text(struct reader *r, struct gb_str code, uint32_t first)
{
    const char *content = code.ptr;
    uint32_t len = (uint32_t)code.len;

    r->pieces.list.len = 0;
    for (uint32_t at = 0; at < len && first < r->n_lines; first++) {
        const char *end = memchr(content + at, '\n', len - at);
        uint32_t n = end ? (uint32_t)(end - content) - at : len - at;
        struct gb_span line = line_span(r, first);
        gb_bytemap_clear(&r->map);
        if (map_suffix(r, content, at, n, line)) {
            uint32_t rest = at;
            for (size_t i = 0; i < r->map.segments.len; i++) {
                const struct gb_segment *segment = &r->map.segments.items[i];
                if (segment->loose)
                    gb_pieces_other(&r->pieces, gb_str_sub(code, at, at + 3),
                                    (struct gb_span){segment->src, segment->src_end}, GB_RUN_DECODED);
                else
                    rest = segment->at;
            }
            gb_pieces_exact(&r->pieces, line.end - (at + n - rest), line.end, 0);
        } else if (n) {
            struct gb_str text = gb_arena_copy(r->blocks->arena, (struct gb_str){content + at, n});
            gb_pieces_other(&r->pieces, text, line, GB_RUN_APPROX);
        }
        at += n + (end != NULL);
        if (at >= len || first + 1 >= r->n_lines)
            break;
        uint32_t next = r->lines[first + 1];
        if (next == line.end + 1 && r->scan.raw.ptr[line.end] == '\n')
            gb_pieces_exact(&r->pieces, line.end, next, 0);
        else
            gb_pieces_break(&r->pieces, line.end, next, 0);
    }
    return text_of(r, 0, r->pieces.list.len);
}

/* The word behind the fence: the language. */
static struct gb_text
fence_info(struct reader *r, uint32_t at, uint32_t end)
{
    while (at < end && (r->scan.feed.ptr[at] == '`' || r->scan.feed.ptr[at] == '~'))
        at++;
    at = skip_blanks(r, at, end);
    uint32_t stop = at;
    while (stop < end && !is_space(r->scan.feed.ptr[stop]))
        stop++;
    return stop > at ? exact_text(r, at, stop) : (struct gb_text){0};
}

static bool
is_closing_fence(const struct reader *r, struct gb_span line, const struct fence *fence)
{
    uint32_t at = line.begin, n = 0;

    while (at < line.end && (is_blank(r->scan.feed.ptr[at]) || r->scan.feed.ptr[at] == '>'))
        at++;
    while (at + n < line.end && r->scan.feed.ptr[at + n] == fence->mark)
        n++;
    return n >= fence->len && skip_blanks(r, at + n, line.end) == line.end;
}

/* A block ```math: its number may be in the formula. */
static void
make_formula(struct reader *r, struct gb_block *block)
{
    struct gb_span span = gb_text_whole(&block->text, NULL);

    block->kind = GB_BLOCK_FORMULA;
    block->info = (struct gb_text){0};
    if (block->text.n_runs != 1)
        return;
    struct gb_span inside = {span.begin - r->pieces.base, span.end - r->pieces.base};
    struct gb_span number = gb_formula_number(r->scan.raw, (struct gb_span){inside.end, inside.end}, &inside);
    if (number.end == 0)
        return;
    block->label = exact_text(r, number.begin, number.end);
    struct gb_text text = gb_text_slice(&block->text, 0, inside.end - inside.begin);
    block->text = gb_text_trim(&text);
}

/* Length of the content without blank lines at its end. */
static size_t
without_blank_lines(struct gb_str code)
{
    size_t end = code.len;

    while (end > 0 && is_space(code.ptr[end - 1]))
        end--;
    while (end < code.len && code.ptr[end] != '\n')
        end++;
    return end < code.len ? end + 1 : code.len;
}

/* Code by its indentation; it begins in line `first`. */
static void
put_indented(struct reader *r, struct gb_block *parent, struct gb_str code, uint32_t first)
{
    struct gb_block *block = new_block(r, parent, GB_BLOCK_CODE, line_span(r, first));

    block->text = code_text(r, code, first);
    block->span = gb_text_whole(&block->text, NULL);
}

/* Code between fences, the first of which is in line `first`. */
static void
put_fenced(struct reader *r, struct gb_block *parent, struct gb_str code, uint32_t first, const struct fence *fence)
{
    struct gb_span line = line_span(r, first);
    struct gb_block *block = new_block(r, parent, GB_BLOCK_CODE, line);
    uint32_t n = count_lines(code), close = first + 1 + n, begin = line.begin + fence->indent;
    bool is_closed = close < r->n_lines && is_closing_fence(r, line_span(r, close), fence);

    if (!is_closed)
        code.len = without_blank_lines(code); /* up to the end of what holds it */
    block->flags |= GB_BLOCK_FENCED;
    block->info = fence_info(r, begin, line.end);
    block->text = code_text(r, code, first + 1);
    uint32_t last = is_closed ? close : first + n < r->n_lines ? first + n : r->n_lines - 1;
    uint32_t end = trim_end(r, line.end, line_span(r, last).end);
    if (close >= r->n_lines) {
        block->flags |= GB_BLOCK_UNCLOSED;
        gb_fault_add(r->blocks, r->pieces.base, GB_FAULT_MALFORMED, (struct gb_span){begin, trim_end(r, begin, line.end)},
                     "代码块没有结束标记", "the code block is never closed");
    }
    block->span = (struct gb_span){begin + r->pieces.base, end + r->pieces.base};
    if (gb_str_eq_nocase(block->info.str, GB_STR("math")))
        make_formula(r, block);
}

static void
read_code(struct reader *r, const cmark_node *node, struct gb_block *parent)
{
    uint32_t first = line_index(r, node->start_line);
    struct fence fence = {
        .indent = indent_of(node),
        .mark = (char)node->as.code.fence_char,
        .len = node->as.code.fence_length,
    };

    if (node->as.code.fenced)
        put_fenced(r, parent, chunk_str(node->as.code.literal), first, &fence);
    else
        put_indented(r, parent, chunk_str(node->as.code.literal), first);
}

static void
read_html(struct reader *r, const cmark_node *node, struct gb_block *parent)
{
    uint32_t first = line_index(r, node->start_line);
    uint32_t n = count_lines(chunk_str(node->as.literal));
    uint32_t last = first + (n ? n : 1) - 1;
    struct gb_span span = lines_span(r, first, last < r->n_lines ? last : r->n_lines - 1);

    put_pages(r, parent, span.begin);
    span.begin += indent_of(node);
    if (span.begin < span.end)
        gb_html_read(&r->html, parent, span, is_in_quote(parent));
}

/* ---- tables ---- */

/* Cells of a row that begins at `at`, parted as the library does it: trimmed spans into r->row. */
static void
split_row(struct reader *r, uint32_t at, uint32_t end)
{
    const char *text = r->scan.feed.ptr;

    r->row.len = 0;
    if (at < end && text[at] == '|')
        at++;
    while (at < end && is_space(text[at]))
        at++;
    while (at < end) {
        uint32_t stop = at;
        while (stop < end && (text[stop] != '|' || (stop > at && text[stop - 1] == '\\')))
            stop++;
        struct gb_span cell = {at, trim_end(r, at, stop)};
        while (cell.begin < cell.end && is_space(text[cell.begin]))
            cell.begin++;
        *gb_push(&r->row) = cell;
        at = stop + (stop < end);
        while (at < end && is_space(text[at]))
            at++;
    }
}

/* The cells of the tree are those of r->row. */
static bool
row_fits(struct reader *r, const cmark_node *row)
{
    size_t i = 0;

    for (const cmark_node *cell = row->first_child; cell && i < r->row.len; cell = cell->next, i++) {
        struct gb_span span = r->row.items[i];
        if (map_cell(r, content_of(cell), 0, span, false) != span.end - span.begin)
            return false;
    }
    return i > 0;
}

static bool
find_row(struct reader *r, const cmark_node *row, struct gb_span line)
{
    uint32_t at = skip_blanks(r, line.begin, line.end);

    for (;;) {
        split_row(r, at, trim_end(r, line.begin, line.end));
        if (row_fits(r, row))
            return true;
        uint32_t next = skip_marker(r, at, line.end);
        if (next == at)
            break;
        at = next;
    }
    r->row.len = 0;
    return false;
}

static void
read_row(struct reader *r, const cmark_node *row, uint32_t line, uint16_t index, struct gb_block *table)
{
    struct gb_span span = line_span(r, line);
    bool fits = find_row(r, row, span);
    uint16_t column = 0;
    size_t n_raw = r->row.len;

    for (cmark_node *node = row->first_child; node; node = node->next, column++) {
        struct gb_cell cell = {.row = index, .column = column, .rows = 1, .columns = 1, .is_header = index == 0};
        if (fits && column >= n_raw)
            break; /* a short row: the library adds the cells that it lacks */
        gb_bytemap_clear(&r->map);
        if (fits)
            map_cell(r, content_of(node), 0, r->row.items[column], true);
        else
            map_lost(r, 0, span);
        if (node->first_child) {
            walk_inlines(r, node);
            cell.text = text_of(r, 0, r->pieces.list.len);
            put_regions(r, table->parent);
        }
        *gb_push(&r->cells) = cell;
    }
    /* Cells beyond the header's are not in the tree. */
    for (; fits && column < n_raw; column++) {
        struct gb_span extra = r->row.items[column];
        struct gb_cell cell = {.row = index, .column = column, .rows = 1, .columns = 1};
        if (extra.end > extra.begin)
            cell.text = exact_text(r, extra.begin, extra.end);
        *gb_push(&r->cells) = cell;
    }
}

/* The table whose cells are in r->cells. */
static struct gb_table *
make_table(struct reader *r, uint16_t rows)
{
    struct gb_table *table = gb_arena_new(r->blocks->arena, struct gb_table);

    table->rows = rows;
    table->n_cells = (uint32_t)r->cells.len;
    table->cells = gb_arena_copy_bytes(r->blocks->arena, r->cells.items, r->cells.len * sizeof(struct gb_cell));
    for (size_t i = 0; i < r->cells.len; i++) {
        if (r->cells.items[i].column >= table->columns)
            table->columns = (uint16_t)(r->cells.items[i].column + 1);
    }
    return table;
}

/* From the first bar of the header row to the end of line `last`. */
static struct gb_span
table_span(struct reader *r, const cmark_node *header, uint32_t head, uint32_t last)
{
    struct gb_span span = lines_span(r, head, last);

    find_row(r, header, line_span(r, head));
    if (r->row.len) {
        span.begin = r->row.items[0].begin;
        while (span.begin > line_span(r, head).begin && r->scan.feed.ptr[span.begin] != '|')
            span.begin--;
        if (r->scan.feed.ptr[span.begin] != '|')
            span.begin = r->row.items[0].begin;
    }
    span.end = trim_end(r, span.begin, span.end);
    return (struct gb_span){span.begin + r->pieces.base, span.end + r->pieces.base};
}

static void
read_table(struct reader *r, cmark_node *node, struct gb_block *parent)
{
    uint32_t head = table_head(r, node), line = head, last = head + 1;
    struct gb_block *block = new_block(r, parent, GB_BLOCK_TABLE, (struct gb_span){0, 0});
    uint32_t index = 0;

    r->cells.len = 0;
    for (cmark_node *row = node->first_child; row && index < UINT16_MAX; row = row->next, index++) {
        if (index)
            line = line_index(r, row->start_line);
        read_row(r, row, line, (uint16_t)index, block);
        if (line > last)
            last = line;
    }
    block->table = make_table(r, (uint16_t)index);
    block->span = table_span(r, node->first_child, head, last);
}

/* ---- containers ---- */

static struct gb_block *
open_list(struct reader *r, const cmark_node *node, struct gb_block *parent, struct gb_span span)
{
    struct gb_block *block = new_block(r, parent, GB_BLOCK_LIST, span);

    block->level = 1;
    for (const struct gb_block *b = parent; b; b = b->parent) {
        if (b->kind == GB_BLOCK_LIST) {
            block->level = (uint8_t)(b->level + 1);
            break;
        }
    }
    if (node->as.list.list_type == CMARK_ORDERED_LIST)
        block->flags |= GB_BLOCK_ORDERED;
    return block;
}

static struct gb_block *
open_item(struct reader *r, struct gb_block *parent, struct gb_span span)
{
    struct gb_block *block = new_block(r, parent, GB_BLOCK_ITEM, span);
    uint32_t end = span.begin;

    while (end < span.end && is_digit(r->scan.feed.ptr[end]))
        end++;
    if (end < span.end)
        block->label = exact_text(r, span.begin, end + 1);
    return block;
}

static struct gb_block *
open_footnote(struct reader *r, struct gb_block *parent, struct gb_span line)
{
    const char *text = r->scan.feed.ptr;
    uint32_t at = line.begin;

    while (at + 1 < line.end && !(text[at] == '[' && text[at + 1] == '^'))
        at++;
    uint32_t end = at;
    while (end < line.end && text[end] != ']')
        end++;
    struct gb_block *block = new_block(r, parent, GB_BLOCK_FOOTNOTE, (struct gb_span){at, line.end});
    if (end > at + 2)
        block->label = exact_text(r, at + 2, end);
    return block;
}

/* Where a container begins. */
static struct gb_span
start_span(const struct reader *r, const cmark_node *node)
{
    struct gb_span line = line_span(r, line_index(r, node->start_line));

    line.begin += indent_of(node);
    if (line.begin > line.end)
        line.begin = line.end;
    line.end = trim_end(r, line.begin, line.end);
    return line;
}

/* Opens a container, or reads a leaf and returns NULL. */
static struct gb_block *
read_node(struct reader *r, cmark_node *node, struct gb_block *parent, bool is_deep)
{
    switch ((int)node->type) {
    case CMARK_NODE_BLOCK_QUOTE:
        return is_deep ? parent : new_block(r, parent, GB_BLOCK_QUOTE, start_span(r, node));
    case CMARK_NODE_LIST:
        return is_deep ? parent : open_list(r, node, parent, start_span(r, node));
    case CMARK_NODE_ITEM:
        return is_deep ? parent : open_item(r, parent, start_span(r, node));
    case CMARK_NODE_PARAGRAPH:
        read_para(r, node, parent);
        return NULL;
    case CMARK_NODE_HEADING:
        read_heading(r, node, parent);
        return NULL;
    case CMARK_NODE_CODE_BLOCK:
        read_code(r, node, parent);
        return NULL;
    case CMARK_NODE_HTML_BLOCK:
        read_html(r, node, parent);
        return NULL;
    case CMARK_NODE_THEMATIC_BREAK:
        new_block(r, parent, GB_BLOCK_RULE, start_span(r, node));
        return NULL;
    default:
        if (node->type == CMARK_NODE_TABLE)
            read_table(r, node, parent);
        else if (node->type == CMARK_NODE_FOOTNOTE_DEFINITION)
            return open_footnote(r, parent, line_span(r, line_index(r, node->start_line)));
        return NULL;
    }
}

/* A container reaches as far as what is in it; the last child may be a comment from inside of the one before. */
static void
close_block(struct gb_block *block)
{
    for (const struct gb_block *child = block->first; child; child = child->next) {
        if (child->span.end > block->span.end)
            block->span.end = child->span.end;
    }
}

/* Reads a node of the top with all that is in it. */
static void
read_tree(struct reader *r, cmark_node *top)
{
    struct gb_block *parent = r->blocks->root;
    cmark_node *node = top;
    unsigned depth = 0;

    for (;;) {
        bool is_deep = depth >= DEPTH_MOST && node->type != CMARK_NODE_ITEM;
        struct gb_block *own = read_node(r, node, parent, is_deep || (node->type == CMARK_NODE_ITEM && parent->kind != GB_BLOCK_LIST));
        /* A container that was not opened is marked, so that leaving it closes nothing. */
        node->user_data = own && own != parent ? own : NULL;
        if (own && node->first_child) {
            parent = own;
            depth += node->user_data != NULL;
            node = node->first_child;
            continue;
        }
        while (node != top && !node->next) {
            node = node->parent;
            if (node->user_data) {
                close_block(parent);
                parent = parent->parent;
                depth--;
            }
        }
        if (node == top)
            return;
        node = node->next;
    }
}

static int
by_line(const void *a, const void *b)
{
    const cmark_node *x = *(cmark_node *const *)a, *y = *(cmark_node *const *)b;

    return (x->start_line > y->start_line) - (x->start_line < y->start_line);
}

/* The library puts footnotes at the end: they go back to where they stand. */
static void
read_document(struct reader *r, cmark_node *root)
{
    GB_ARRAY(cmark_node *) notes = {0};
    size_t next = 0;

    for (cmark_node *node = root->first_child; node; node = node->next) {
        if (node->type == CMARK_NODE_FOOTNOTE_DEFINITION && node->start_line > (int)r->n_head)
            *gb_push(&notes) = node;
    }
    if (notes.len)
        qsort(notes.items, notes.len, sizeof(cmark_node *), by_line);
    for (cmark_node *node = root->first_child; node; node = node->next) {
        /* A paragraph made of the lines above a table has no line. */
        int line = node->start_line || !node->next ? node->start_line : node->next->start_line;
        if (node->type == CMARK_NODE_FOOTNOTE_DEFINITION)
            break;
        for (; next < notes.len && line > notes.items[next]->start_line; next++)
            read_tree(r, notes.items[next]);
        if (line > (int)r->n_head)
            read_tree(r, node);
    }
    for (; next < notes.len; next++)
        read_tree(r, notes.items[next]);
    gb_array_release(&notes);
}

/* ---- chunks ---- */

static uint32_t
first_line(const struct gb_source_file *file, uint32_t offset)
{
    uint32_t low = 0, high = file->n_lines;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (file->lines[middle] < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The lines of [begin, end) as the parser sees them. */
static void
set_lines(struct reader *r, uint32_t begin, uint32_t end)
{
    uint32_t first = first_line(r->file, begin), last = first_line(r->file, end);

    r->end = end;
    r->lines = r->file->lines + first;
    r->n_lines = last - first;
    if (!r->scan.has_joined_lines)
        return;
    r->own_lines.len = 0;
    for (uint32_t i = first; i < last; i++) {
        uint32_t at = r->file->lines[i];
        if (at == begin || r->scan.feed.ptr[at - 1] == '\n' || r->scan.feed.ptr[at - 1] == '\r')
            *gb_push(&r->own_lines) = at;
    }
    r->lines = r->own_lines.items;
    r->n_lines = (uint32_t)r->own_lines.len;
}

/* Lines of our own before those of the file. */
static void
feed_line(struct reader *r, cmark_parser *parser, struct gb_span span, const char *rest)
{
    cmark_parser_feed(parser, r->scan.feed.ptr + span.begin, span.end - span.begin);
    cmark_parser_feed(parser, rest, strlen(rest));
    r->n_head += 2;
}

/* What a chunk needs from elsewhere: definitions, as far as it uses them; and a use of each footnote that it defines, for
 * the library drops the others. */
static void
feed_head(struct reader *r, cmark_parser *parser, uint32_t begin, uint32_t end)
{
    const struct gb_scan *scan = &r->scan;

    r->n_head = 0;
    bool is_cheap = scan->links.len * scan->chunks.len <= HEAD_LINES_MOST;
    for (size_t i = 0; i < scan->links.len && is_cheap; i++) {
        struct gb_span span = scan->links.items[i].span;
        if (span.begin < begin || span.begin >= end)
            feed_line(r, parser, span, "\n\n");
    }
    for (; r->next_footnote < scan->footnotes.len; r->next_footnote++) {
        const struct gb_definition *definition = &scan->footnotes.items[r->next_footnote];
        if (definition->span.begin >= end)
            break;
        feed_line(r, parser, (struct gb_span){definition->label.begin - 2, definition->label.end + 1}, "\n\n");
    }
    for (; r->next_mark < scan->marks.len && scan->marks.items[r->next_mark].begin < end; r->next_mark++) {
        struct gb_span mark = scan->marks.items[r->next_mark];
        const struct gb_definition *definition = gb_scan_footnote(scan, gb_str_sub(scan->raw, mark.begin, mark.end));
        if (definition && (definition->span.begin < begin || definition->span.begin >= end))
            feed_line(r, parser, (struct gb_span){mark.begin - 2, mark.end + 1}, ": x\n\n");
    }
}

static void
read_chunk(struct reader *r, uint32_t begin, uint32_t end)
{
    static const char *const extensions[] = {"table", "tasklist"};
    cmark_parser *parser;

    current_pool = &r->pool;
    parser = cmark_parser_new_with_mem(CMARK_OPT_FOOTNOTES, &pool_memory);

    for (size_t i = 0; i < GB_COUNT(extensions); i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extensions[i]));
    set_lines(r, begin, end);
    feed_head(r, parser, begin, end);
    cmark_parser_feed(parser, r->scan.feed.ptr + begin, end - begin);
    cmark_node *root = cmark_parser_finish(parser);
    read_document(r, root);
    current_pool = NULL;
    gb_pool_reset(&r->pool);
}

/* Entities of HTML stand for 8 bytes at most. */
static uint32_t
decode_entity(void *data, struct gb_str at, char out[12], uint32_t *out_len)
{
    cmark_strbuf *text = data;

    cmark_strbuf_clear(text);
    bufsize_t n = houdini_unescape_ent(text, (const uint8_t *)at.ptr + 1, (bufsize_t)at.len - 1);
    if (n <= 0 || text->size > 12)
        return 0;
    memcpy(out, text->ptr, (size_t)text->size);
    *out_len = (uint32_t)text->size;
    return (uint32_t)n;
}

void
gb_read_markdown(struct gb_blocks *blocks, uint32_t file)
{
    struct reader r = {.blocks = blocks, .file = &blocks->source->files[file]};
    cmark_strbuf entity;

    blocks->format = GB_STR("markdown");
    r.pieces.raw = r.file->text;
    r.pieces.base = r.file->base;
    r.formula = r.pieces;
    r.html = (struct gb_html){.blocks = blocks, .raw = r.file->text, .base = r.file->base, .decode = decode_entity, .data = &entity};
    cmark_strbuf_init(cmark_get_default_mem_allocator(), &entity, 0);
    gb_scan_markdown(&r.scan, blocks, r.file, gb_read_front_matter(blocks, r.file));
    for (size_t i = 0; i < r.scan.chunks.len; i++)
        read_chunk(&r, r.scan.chunks.items[i],
                   i + 1 < r.scan.chunks.len ? r.scan.chunks.items[i + 1] : (uint32_t)r.file->text.len);
    put_pages(&r, blocks->root, (uint32_t)r.file->text.len);
    gb_scan_release(&r.scan);
    gb_html_release(&r.html);
    gb_pool_release(&r.pool);
    gb_array_release(&r.own_lines);
    gb_array_release(&r.map.segments);
    gb_array_release(&r.pieces.list);
    gb_array_release(&r.formula.list);
    gb_array_release(&r.items);
    gb_array_release(&r.cells);
    gb_array_release(&r.row);
    gb_array_release(&r.images);
    cmark_strbuf_free(&entity);
    close_block(blocks->root);
}
