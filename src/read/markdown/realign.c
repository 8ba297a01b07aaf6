/*
 * The content of a leaf block found again in the file: it is made of ends of lines, each of which is compared byte by
 * byte. Nothing here believes a column of the parser.
 */
#include "read/markdown/markdown_priv.h"

static bool
equal_at(const struct gb_markdown *r, uint32_t src, const char *text, uint32_t len)
{
    return len == 0 || memcmp(r->scan.feed.ptr + src, text, len) == 0;
}

bool
gb_markdown_map_line(struct gb_markdown *r, const char *content, uint32_t at, uint32_t len, struct gb_span line)
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

uint32_t
gb_markdown_map_cell(struct gb_markdown *r, struct gb_str content, uint32_t at, struct gb_span room, bool is_adding)
{
    const char *text = r->scan.feed.ptr;
    uint32_t p = room.begin, end = room.end;

    if (is_adding)
        gb_bytemap_add(&r->map, at, p);
    for (uint32_t i = 0; i < content.len; i++) {
        if (p < end && text[p] == content.ptr[i] && !(text[p] == '\\' && p + 1 < end && text[p + 1] == '|')) {
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
map_inside(struct gb_markdown *r, const char *content, uint32_t at, uint32_t len, struct gb_span line)
{
    struct gb_str text = {content + at, len};
    struct gb_span room = {gb_markdown_skip_blanks(r, line.begin, line.end), line.end};

    for (;;) {
        if (gb_markdown_map_cell(r, text, at, room, false) != UINT32_MAX) {
            gb_markdown_map_cell(r, text, at, room, true);
            return true;
        }
        uint32_t next = gb_markdown_skip_marker(r, room.begin, room.end);
        if (next == room.begin)
            return false;
        room.begin = next;
    }
}

void
gb_markdown_map_lost(struct gb_markdown *r, uint32_t at, struct gb_span line)
{
    gb_bytemap_add_loose(&r->map, at, line, GB_RUN_APPROX);
}

/* Maps content whose first line is line `first`. False when a line did not fit; nothing is mapped then. */
static bool
map_lines(struct gb_markdown *r, const char *content, uint32_t len, uint32_t first)
{
    gb_bytemap_clear(&r->map);
    for (uint32_t at = 0; at < len; first++) {
        const char *end = memchr(content + at, '\n', len - at);
        uint32_t n = end ? (uint32_t)(end - content) - at : len - at;
        struct gb_span line = gb_markdown_line_span(r, first);
        if (first >= r->n_lines ||
            (!gb_markdown_map_line(r, content, at, n, line) && !map_inside(r, content, at, n, line))) {
            gb_bytemap_clear(&r->map);
            return false;
        }
        at += n + (end != NULL);
    }
    return true;
}

void
gb_markdown_map_block(struct gb_markdown *r, struct gb_str content, uint32_t first, uint32_t last)
{
    uint32_t n = gb_markdown_count_lines(content);

    if (last >= r->n_lines && r->n_lines)
        last = r->n_lines - 1;
    for (uint32_t end = last + 1; n && end >= n && end - n + 1 > first; end--) {
        if (map_lines(r, content.ptr, (uint32_t)content.len, end - n))
            return;
    }
    gb_bytemap_clear(&r->map);
    gb_markdown_map_lost(r, 0, gb_markdown_lines_span(r, first, last > first ? last : first));
}

uint32_t
gb_markdown_map_atx(struct gb_markdown *r, struct gb_str content, uint32_t at, struct gb_span line)
{
    gb_bytemap_clear(&r->map);
    while (at < line.end && r->scan.feed.ptr[at] != '#')
        at++;
    uint32_t begin = at;
    while (at < line.end && r->scan.feed.ptr[at] == '#')
        at++;
    at = gb_markdown_skip_blanks(r, at, line.end);
    if (content.len <= line.end - at && equal_at(r, at, content.ptr, (uint32_t)content.len))
        gb_bytemap_add(&r->map, 0, at);
    else
        gb_markdown_map_lost(r, 0, line);
    return begin;
}
