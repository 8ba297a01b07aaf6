/* Runs of plain lines: found line by line while a file is scanned, and made into blocks. */
#include "read/markdown/markdown_priv.h"

/* "1." or "1)" with a blank or nothing behind it. */
static bool
is_counted(struct gb_str text, uint32_t at, uint32_t end)
{
    while (at < end && gb_is_digit(text.ptr[at]))
        at++;
    return at < end && (text.ptr[at] == '.' || text.ptr[at] == ')') && (at + 1 == end || gb_is_blank(text.ptr[at + 1]));
}

/* What begins like this is the text of a paragraph to the parser: no mark, no underline, no row of a table. */
static bool
begins_text(struct gb_str text, uint32_t at, uint32_t end)
{
    unsigned char c = (unsigned char)text.ptr[at];

    if (gb_is_digit((char)c))
        return !is_counted(text, at, end);
    if (c >= 0x80) /* the parser drops a byte order mark */
        return !gb_str_starts(gb_str_sub(text, at, end), GB_STR("\xEF\xBB\xBF"));
    return gb_is_letter(c) || c == '(' || c == '{';
}

static bool
is_bullet(char c)
{
    return c == '-' || c == '*' || c == '+';
}

static bool
is_heading(struct gb_str text, uint32_t begin, uint32_t end)
{
    enum { DEEPEST = 6 };
    uint32_t at = begin;

    while (at < end && text.ptr[at] == '#')
        at++;
    return at > begin && at - begin <= DEEPEST && at < end && text.ptr[at] == ' ' && text.ptr[end - 1] != '#';
}

enum gb_line_kind
gb_plain_line(struct gb_str text, uint32_t begin, uint32_t end, bool is_clean)
{
    char c = text.ptr[begin];

    if (is_clean && !gb_is_blank(text.ptr[end - 1])) {
        if (begins_text(text, begin, end))
            return GB_LINE_TEXT;
        if (c == '#' && is_heading(text, begin, end))
            return GB_LINE_HEADING;
        if (is_bullet(c) && begin + 2 < end && text.ptr[begin + 1] == ' ' && begins_text(text, begin + 2, end))
            return GB_LINE_ITEM;
    }
    return gb_markdown_is_space(c) || c == '>' || is_bullet(c) || gb_is_digit(c) ? GB_LINE_OTHER : GB_LINE_MARGIN;
}

static void
close_run(struct gb_plain *plain, gb_plain_runs *runs, uint32_t end)
{
    if (end > plain->begin)
        *gb_push(runs) = (struct gb_span){plain->begin, end};
    plain->state = GB_PLAIN_NONE;
}

/* A list goes on over blank lines, up to what stands at the margin; a line right below an item is part of it. */
static bool
ends_list(const struct gb_plain *plain, enum gb_line_kind kind)
{
    return kind == GB_LINE_HEADING || (plain->after_blank && GB_AMONG(kind, GB_LINE_TEXT, GB_LINE_MARGIN));
}

void
gb_plain_take(struct gb_plain *plain, gb_plain_runs *runs, enum gb_line_kind kind, struct gb_str text, uint32_t begin)
{
    bool is_plain = kind != GB_LINE_OTHER && kind != GB_LINE_MARGIN;

    switch (plain->state) {
    case GB_PLAIN_NONE: /* what is open before ends behind a blank line, but a list does not end at an item */
        if (plain->after_blank && GB_AMONG(kind, GB_LINE_HEADING, GB_LINE_TEXT)) {
            plain->begin = begin;
            plain->state = GB_PLAIN_MARGIN;
        }
        break;
    case GB_PLAIN_MARGIN:
        break;
    case GB_PLAIN_PARA:
        if (!is_plain)
            close_run(plain, runs, plain->block);
        else if (kind != GB_LINE_TEXT)
            plain->state = GB_PLAIN_MARGIN;
        break;
    case GB_PLAIN_LIST:
        if (ends_list(plain, kind))
            plain->state = GB_PLAIN_MARGIN;
        else if (kind != GB_LINE_BLANK && !(kind == GB_LINE_ITEM && text.ptr[begin] == plain->bullet))
            close_run(plain, runs, plain->block);
        break;
    }
    if (plain->state == GB_PLAIN_MARGIN && !is_plain) {
        close_run(plain, runs, begin);
    } else if (plain->state == GB_PLAIN_MARGIN && GB_AMONG(kind, GB_LINE_TEXT, GB_LINE_ITEM)) {
        plain->state = kind == GB_LINE_TEXT ? GB_PLAIN_PARA : GB_PLAIN_LIST;
        plain->block = begin;
        plain->bullet = text.ptr[begin];
    }
    plain->after_blank = kind == GB_LINE_BLANK;
}

void
gb_plain_end(struct gb_plain *plain, gb_plain_runs *runs, uint32_t at)
{
    if (plain->state != GB_PLAIN_NONE)
        close_run(plain, runs, at);
    plain->after_blank = true;
}

void
gb_plain_drop(struct gb_plain *plain, gb_plain_runs *runs, uint32_t from)
{
    if (plain->state != GB_PLAIN_NONE)
        close_run(plain, runs, plain->state == GB_PLAIN_LIST && plain->block < from ? plain->block : from);
    while (runs->len && runs->items[runs->len - 1].begin >= from)
        runs->len--;
    if (runs->len && runs->items[runs->len - 1].end > from)
        runs->items[runs->len - 1].end = from;
}

/* ---- blocks ---- */

/* Line i of the file, which is one of a run. */
static enum gb_line_kind
read_line(const struct gb_markdown *r, uint32_t i, struct gb_span *out_line)
{
    if (gb_markdown_is_space(r->scan.raw.ptr[r->file->lines[i]]))
        return GB_LINE_BLANK;
    struct gb_span span = gb_source_line_span(r->file, i + 1);
    *out_line = (struct gb_span){span.begin - r->file->base, span.end - r->file->base};
    return gb_plain_line(r->scan.raw, out_line->begin, out_line->end, true);
}

static void
put_heading(struct gb_markdown *r, struct gb_span line)
{
    uint32_t at = line.begin;

    while (r->scan.raw.ptr[at] == '#')
        at++;
    gb_markdown_clear_pieces(r);
    gb_pieces_exact(&r->pieces, gb_markdown_skip_blanks(r, at, line.end), line.end, 0);
    gb_markdown_put_heading(r, r->blocks->root, line, at - line.begin, 0);
}

static void
put_item(struct gb_markdown *r, struct gb_block *list, struct gb_span line)
{
    struct gb_block *item = gb_markdown_open_item(r, list, line);

    gb_markdown_clear_pieces(r);
    gb_pieces_exact(&r->pieces, line.begin + 2, line.end, 0);
    gb_markdown_put_paras(r, item);
    gb_markdown_close_block(item);
}

/* Adds a line to the paragraph that the pieces hold. */
static void
add_line(struct gb_markdown *r, struct gb_span line)
{
    size_t n = r->pieces.list.len;

    if (n)
        gb_pieces_break(&r->pieces, r->pieces.list.items[n - 1].src.end, line.begin, 0);
    gb_pieces_exact(&r->pieces, line.begin, line.end, 0);
}

void
gb_markdown_read_plain(struct gb_markdown *r, struct gb_span run)
{
    struct gb_block *list = NULL;
    enum gb_line_kind last = GB_LINE_BLANK;

    for (uint32_t i = gb_markdown_file_line(r, run.begin); i < r->file->n_lines && r->file->lines[i] < run.end; i++) {
        struct gb_span line;
        enum gb_line_kind kind = read_line(r, i, &line);
        if (last == GB_LINE_TEXT && kind != GB_LINE_TEXT)
            gb_markdown_put_paras(r, r->blocks->root);
        if (list && GB_AMONG(kind, GB_LINE_TEXT, GB_LINE_HEADING)) {
            gb_markdown_close_block(list);
            list = NULL;
        }
        if (kind == GB_LINE_TEXT) {
            if (last != GB_LINE_TEXT)
                gb_markdown_clear_pieces(r);
            add_line(r, line);
        } else if (kind == GB_LINE_HEADING) {
            put_heading(r, line);
        } else if (kind == GB_LINE_ITEM) {
            if (!list)
                list = gb_markdown_open_list(r, r->blocks->root, line);
            put_item(r, list, line);
        }
        last = kind;
    }
    if (last == GB_LINE_TEXT)
        gb_markdown_put_paras(r, r->blocks->root);
    if (list)
        gb_markdown_close_block(list);
}
