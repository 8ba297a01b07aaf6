/*
 * What inline nodes make of the content they stand in. The cursor steps over the marks each of them must have, so that
 * every text is met where it stands; what does not fit is marked approximate.
 */
#include "read/markdown/markdown_priv.h"

#include "text/chars.h"
#include "text/utf8.h"

uint32_t
gb_markdown_flags(const struct gb_markdown_walk *w)
{
    return (w->strong ? GB_RUN_STRONG : 0u) | (w->emph ? GB_RUN_EMPH : 0u) | (w->link ? GB_RUN_LINK : 0u) |
           (w->sup ? GB_RUN_SUP : 0u) | (w->sub ? GB_RUN_SUB : 0u) | (w->code ? GB_RUN_CODE : 0u);
}

static const struct gb_segment *
segment_at(struct gb_markdown_walk *w, uint32_t at, uint32_t *out_end)
{
    const struct gb_bytemap *map = &w->r->map;
    uint32_t i = gb_bytemap_find(map, at, &w->hint);

    *out_end = i + 1 < map->segments.len ? map->segments.items[i + 1].at : w->size;
    return &map->segments.items[i];
}

uint32_t
gb_markdown_source_at(struct gb_markdown_walk *w, uint32_t at)
{
    uint32_t end;
    const struct gb_segment *segment = segment_at(w, at, &end);

    return segment->loose ? segment->src : segment->src + (at - segment->at);
}

static void
put_text(struct gb_markdown_walk *w, uint32_t begin, uint32_t end, uint32_t flags)
{
    if (w->r->scan.is_smart && !(flags & GB_RUN_CODE))
        gb_markdown_put_smart(w, begin, end, flags);
    else
        gb_pieces_exact(&w->r->pieces, begin, end, flags);
}

/* Bytes of the file, where regions may lie. */
static void
put_source(struct gb_markdown_walk *w, uint32_t begin, uint32_t end, uint32_t flags)
{
    struct gb_scan *scan = &w->r->scan;
    struct gb_pieces *pieces = &w->r->pieces;
    size_t i = scan->regions.len ? gb_scan_region(scan, begin) : 0;

    for (; i < scan->regions.len && scan->regions.items[i].span.begin < end; i++) {
        const struct gb_region *region = &scan->regions.items[i];
        if (region->span.begin > begin) {
            put_text(w, begin, region->span.begin, flags);
            begin = region->span.begin;
        }
        uint32_t stop = region->span.end < end ? region->span.end : end;
        if (region->kind == GB_REGION_MATH || (region->kind == GB_REGION_DISPLAY && !region->is_whole)) {
            gb_pieces_exact(pieces, begin, stop, flags | GB_RUN_MATH);
        } else if (w->region != i) {
            gb_pieces_item(pieces, (uint32_t)w->r->items.len, region->span);
            *gb_push(&w->r->items) =
                (struct gb_markdown_item){.kind = GB_MARKDOWN_REGION, .span = region->span, .region = i};
        }
        w->region = i;
        begin = stop;
    }
    if (begin < end)
        put_text(w, begin, end, flags);
}

void
gb_markdown_put_content(struct gb_markdown_walk *w, uint32_t begin, uint32_t end, uint32_t flags)
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

void
gb_markdown_put_decoded(struct gb_markdown_walk *w, struct gb_str text, uint32_t begin, uint32_t end, uint32_t flags)
{
    uint32_t stop;
    const struct gb_segment *segment = segment_at(w, begin, &stop);
    struct gb_span span = {segment->src, segment->src_end};

    if (!segment->loose)
        span = (struct gb_span){gb_markdown_source_at(w, begin), gb_markdown_source_at(w, end - 1) + 1};
    gb_pieces_other(&w->r->pieces, text, span, flags | (segment->loose ? segment->loose : GB_RUN_DECODED));
    w->after_break = false;
}

bool
gb_markdown_align(struct gb_markdown_walk *w, struct gb_str literal, bool has_escapes)
{
    uint32_t flags = gb_markdown_flags(w);
    const struct gb_html *html = &w->r->html;
    uint32_t p = w->at, begin = w->at;

    for (uint32_t i = 0; i < literal.len;) {
        if (p >= w->size)
            return false;
        char c = w->content[p], entity[12];
        uint32_t n = 0, entity_len;
        if (has_escapes && c == '\\' && p + 1 < w->size && gb_markdown_is_punct(w->content[p + 1])) {
            if (w->content[p + 1] != literal.ptr[i])
                return false;
            gb_markdown_put_content(w, begin, p, flags);
            gb_markdown_put_decoded(w, (struct gb_str){literal.ptr + i, 1}, p, p + 2, flags);
            begin = p += 2;
            i++;
        } else if (c == '&' &&
                   (n = html->decode(html->data, (struct gb_str){w->content + p, w->size - p}, entity, &entity_len))) {
            if (entity_len > literal.len - i || memcmp(entity, literal.ptr + i, entity_len) != 0)
                return false;
            gb_markdown_put_content(w, begin, p, flags);
            gb_markdown_put_decoded(w, (struct gb_str){entity, entity_len}, p, p + 1 + n, flags);
            begin = p += 1 + n;
            i += entity_len;
        } else if (c == literal.ptr[i]) {
            p++;
            i++;
        } else {
            return false;
        }
    }
    gb_markdown_put_content(w, begin, p, flags);
    w->at = p;
    return true;
}

void
gb_markdown_put_lost(struct gb_markdown_walk *w, struct gb_str text)
{
    const struct gb_bytemap *map = &w->r->map;
    const struct gb_segment *first = &map->segments.items[0];
    uint32_t end = gb_markdown_source_at(w, w->size ? w->size - 1 : 0);

    gb_pieces_other(&w->r->pieces, gb_arena_copy(w->r->blocks->arena, text),
                    (struct gb_span){first->src, end < first->src ? first->src : end},
                    gb_markdown_flags(w) | GB_RUN_APPROX);
    w->is_lost = true;
    w->after_break = false;
}

void
gb_markdown_walk_text(struct gb_markdown_walk *w, struct gb_str text, bool has_escapes)
{
    uint32_t len = (uint32_t)text.len;
    bool is_slice = text.ptr >= w->content && text.ptr + len <= w->content + w->size;
    uint32_t at = is_slice ? (uint32_t)(text.ptr - w->content) : 0;

    if (len == 0)
        return;
    if (is_slice && (at >= w->at || w->is_lost)) {
        w->is_lost = false;
        gb_markdown_put_content(w, at, at + len, gb_markdown_flags(w));
        w->at = at + len;
        return;
    }
    size_t before = w->r->pieces.list.len;
    if (!w->is_lost && gb_markdown_align(w, text, has_escapes))
        return;
    w->r->pieces.list.len = before;
    gb_markdown_put_lost(w, text);
}

/*
 * Converters write two blanks at the end of each line of a page: a sentence goes on behind a long line that ends in a Chinese character,
 * or behind a comma.
 */
static bool
goes_on_behind(const struct gb_markdown_walk *w, uint32_t end, uint32_t next)
{
    enum { LONG = 25 };
    struct gb_str content = {w->content, w->size}, before = gb_str_sub(content, 0, end);
    size_t begin = end;

    while (begin > 0 && content.ptr[begin - 1] != '\n')
        begin--;
    before = gb_str_skip(before, begin);
    if (!gb_char_is_han(gb_char_at(content, gb_skip_any(content, next, " \t"))))
        return false;
    return GB_ENDS_WITH(before, "、", "，") ||
           (gb_char_is_han(gb_char_before(before, before.len)) && gb_str_han_length(before) >= LONG);
}

void
gb_markdown_walk_break(struct gb_markdown_walk *w, bool is_hard)
{
    uint32_t begin = w->at, p = w->at;

    while (p < w->size && gb_markdown_is_space(w->content[p]) && w->content[p] != '\n')
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
    uint32_t src = gb_markdown_source_at(w, begin), end = gb_markdown_source_at(w, p);
    if (end < raw.len && raw.ptr[end] == '\r')
        end++;
    if (end < raw.len && raw.ptr[end] == '\n')
        end++;
    if (end < src)
        end = src;
    p++;
    is_hard = is_hard && (is_escaped || !goes_on_behind(w, begin, p));
    if (!w->after_break)
        gb_pieces_break(&w->r->pieces, src, end, is_hard ? GB_RUN_HARD : 0);
    w->after_break = false;
    /* Behind a break by backslash the library leaves the blanks of a lazy line in the text. */
    while (!is_escaped && p < w->size && gb_is_blank(w->content[p]))
        p++;
    w->at = p;
}

static uint32_t
tick_run(const struct gb_markdown_walk *w, uint32_t at)
{
    uint32_t n = 0;

    while (at + n < w->size && w->content[at + n] == '`')
        n++;
    return n;
}

void
gb_markdown_walk_code(struct gb_markdown_walk *w, struct gb_str code)
{
    uint32_t n = tick_run(w, w->at), begin = w->at + n, end = begin;

    while (end < w->size && n) {
        uint32_t close = tick_run(w, end);
        if (close == n)
            break;
        end += close ? close : 1;
    }
    if (n == 0 || end >= w->size || w->is_lost) {
        gb_markdown_put_lost(w, code);
        return;
    }
    w->at = end + n;
    /* One blank at both ends is no part of it, unless there is nothing else. */
    if (end - begin > code.len && end - begin >= 2) {
        begin++;
        end--;
    }
    uint32_t flags = gb_markdown_flags(w) | GB_RUN_CODE;
    while (begin < end) {
        const char *newline = memchr(w->content + begin, '\n', end - begin);
        uint32_t stop = newline ? (uint32_t)(newline - w->content) : end;
        gb_markdown_put_content(w, begin, stop, flags);
        if (newline)
            gb_markdown_put_decoded(w, GB_STR("\n"), stop, stop + 1, flags | GB_RUN_BREAK);
        begin = stop + (newline != NULL);
    }
}

void
gb_markdown_walk_footnote(struct gb_markdown_walk *w)
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
    gb_markdown_put_decoded(w, GB_STR(""), w->at, end, gb_markdown_flags(w) | GB_RUN_NOTE);
    w->at = end;
}

void
gb_markdown_walk_delimiters(struct gb_markdown_walk *w, uint32_t n)
{
    for (uint32_t i = 0; i < n && !w->is_lost; i++) {
        if (w->at < w->size && (w->content[w->at] == '*' || w->content[w->at] == '_'))
            w->at++;
        else
            w->is_lost = true;
    }
}
