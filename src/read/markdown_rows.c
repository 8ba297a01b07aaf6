/* Tables as an office program pastes them into plain text: below their caption a line for each row, its cells parted by tabs. */
#include "read/markdown_priv.h"
#include "read/marks.h"

/* Cells of the line of pieces [first, last): one more than it has tabs. */
static uint32_t
count_cells(const struct gb_markdown *r, size_t first, size_t last)
{
    uint32_t n = 1;

    for (size_t i = first; i < last; i++) {
        const struct gb_piece *piece = &r->pieces.list.items[i];
        const char *text = piece->text ? piece->text : piece->own;
        for (uint32_t k = 0; k < piece->len; k++)
            n += text[k] == '\t';
    }
    return n;
}

/* The last line of a text, which is taken off it. */
static struct gb_str
take_last_line(struct gb_str *text)
{
    size_t begin = text->len;

    while (begin > 0 && text->ptr[begin - 1] != '\n')
        begin--;
    struct gb_str line = gb_str_trim(gb_str_skip(*text, begin));
    text->len = begin > 0 ? begin - 1 : 0;
    return line;
}

/* Does the text end with the caption of a table, or with the unit below one? */
static bool
ends_in_caption(struct gb_str text)
{
    struct gb_caption_mark mark;
    struct gb_str line = take_last_line(&text);

    if (gb_str_starts(line, GB_STR("单位")))
        line = take_last_line(&text);
    return gb_mark_caption(line, &mark) && mark.is_table;
}

static void
add_row(struct gb_markdown *r, const struct gb_text *line, uint16_t row, uint32_t n_cells)
{
    size_t begin = 0;

    for (uint32_t column = 0; column < n_cells; column++) {
        size_t tab = gb_str_find(line->str, GB_STR("\t"), begin), end = tab == GB_NOT_FOUND ? line->str.len : tab;
        struct gb_text text = gb_text_slice(line, begin, end);
        struct gb_cell cell = {.row = row, .column = (uint16_t)column, .rows = 1, .columns = 1, .is_header = row == 0};
        cell.text = gb_text_trim(&text);
        *gb_push(&r->cells) = cell;
        begin = end < line->str.len ? end + 1 : end;
    }
}

size_t
gb_markdown_rows_end(const struct gb_markdown *r, const struct gb_block *parent, size_t pending, size_t first)
{
    enum { LEAST_ROWS = 2, MOST_CELLS = 64 };
    size_t end = first, last = gb_markdown_line_end(r, first), rows = 0;
    uint32_t n_cells = count_cells(r, first, last), n;

    if (n_cells < 2 || n_cells > MOST_CELLS)
        return first;
    /* Empty cells at the end of a row may be lost. */
    for (size_t at = first; at < r->pieces.list.len; at = last + 1) {
        last = gb_markdown_line_end(r, at);
        n = count_cells(r, at, last);
        if (n < 2 || n > n_cells)
            break;
        end = last;
        rows++;
    }
    if (rows < LEAST_ROWS || rows > UINT16_MAX)
        return first;
    /* What stands above it: lines of the paragraph, or the block before. */
    struct gb_text above = {0};
    if (first > pending) {
        const struct gb_piece *list = r->pieces.list.items;
        above.str = gb_str_sub(r->scan.raw, list[pending].src.begin, list[first - 1].src.begin);
    } else if (parent->last && parent->last->kind == GB_BLOCK_PARA) {
        above = parent->last->text;
    }
    return ends_in_caption(above.str) ? end : first;
}

void
gb_markdown_put_rows(struct gb_markdown *r, struct gb_block *parent, size_t first, size_t end)
{
    const struct gb_piece *list = r->pieces.list.items;
    struct gb_block *block = gb_markdown_new_block(r, parent, GB_BLOCK_TABLE,
                                                   (struct gb_span){list[first].src.begin, list[end - 1].src.end});
    uint32_t n_cells = count_cells(r, first, gb_markdown_line_end(r, first));
    uint16_t row = 0;

    r->cells.len = 0;
    for (size_t at = first, last; at < end; at = last + 1) {
        last = gb_markdown_line_end(r, at);
        struct gb_text line = gb_markdown_text(r, at, last);
        add_row(r, &line, row++, n_cells);
    }
    block->table = gb_markdown_make_table(r, row);
}
