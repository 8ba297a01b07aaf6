/* Lines of the file, as the parser sees those of the part at hand, and steps inside of them. */
#include "read/markdown/markdown_priv.h"

#include "base/sort.h"

uint32_t
gb_markdown_file_line(const struct gb_markdown *r, uint32_t offset)
{
    GB_SEEK(uint32_t, i, r->file->n_lines, r->file->lines[i] < offset);
    return i;
}

/* Adds the lines of [begin, end) as the parser sees them. */
static void
add_lines(struct gb_markdown *r, uint32_t begin, uint32_t end)
{
    const struct gb_source_file *file = r->file;
    const char *feed = r->scan.feed.ptr;

    for (uint32_t i = gb_markdown_file_line(r, begin); i < file->n_lines && file->lines[i] < end; i++) {
        uint32_t at = file->lines[i];
        if (at == begin || feed[at - 1] == '\n' || feed[at - 1] == '\r')
            *gb_push(&r->own_lines) = at;
    }
}

void
gb_markdown_set_lines(struct gb_markdown *r, uint32_t begin, uint32_t end)
{
    uint32_t first = gb_markdown_file_line(r, begin);

    r->end = end;
    r->lines = r->file->lines + first;
    r->n_lines = gb_markdown_file_line(r, end) - first;
    if (!r->scan.has_joined_lines && r->next_run == r->last_run)
        return;
    r->own_lines.len = 0;
    for (size_t i = r->next_run; i < r->last_run; i++) {
        struct gb_span run = r->scan.runs.items[i];
        add_lines(r, begin, run.begin);
        *gb_push(&r->own_lines) = run.begin;
        begin = run.end;
    }
    add_lines(r, begin, end);
    r->lines = r->own_lines.items;
    r->n_lines = (uint32_t)r->own_lines.len;
}

uint32_t
gb_markdown_line(const struct gb_markdown *r, int line)
{
    uint32_t i = (uint32_t)line - 1 - r->n_head;

    return line > 0 && i < r->n_lines ? i : r->n_lines;
}

struct gb_span
gb_markdown_line_span(const struct gb_markdown *r, uint32_t i)
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

struct gb_span
gb_markdown_lines_span(const struct gb_markdown *r, uint32_t first, uint32_t last)
{
    return (struct gb_span){gb_markdown_line_span(r, first).begin, gb_markdown_line_span(r, last).end};
}

uint32_t
gb_markdown_skip_blanks(const struct gb_markdown *r, uint32_t at, uint32_t end)
{
    while (at < end && gb_is_blank(r->scan.feed.ptr[at]))
        at++;
    return at;
}

uint32_t
gb_markdown_trim_end(const struct gb_markdown *r, uint32_t begin, uint32_t end)
{
    while (end > begin && gb_markdown_is_space(r->scan.feed.ptr[end - 1]))
        end--;
    return end;
}

uint32_t
gb_markdown_skip_marker(const struct gb_markdown *r, uint32_t at, uint32_t end)
{
    const char *text = r->scan.feed.ptr;
    uint32_t p = at;

    if (p < end && text[p] == '>')
        return gb_markdown_skip_blanks(r, p + 1, end);
    if (p < end && (text[p] == '-' || text[p] == '*' || text[p] == '+')) {
        p++;
    } else {
        while (p < end && p - at < 9 && gb_is_digit(text[p]))
            p++;
        if (p == at || p >= end || (text[p] != '.' && text[p] != ')'))
            return at;
        p++;
    }
    return p < end && gb_is_blank(text[p]) ? gb_markdown_skip_blanks(r, p, end) : at;
}

uint32_t
gb_markdown_count_lines(struct gb_str content)
{
    uint32_t n = 0;

    for (size_t at = 0; at < content.len; n++) {
        const char *end = memchr(content.ptr + at, '\n', content.len - at);
        at = end ? (size_t)(end - content.ptr) + 1 : content.len;
    }
    return n;
}
