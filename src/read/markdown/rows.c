/*
 * Tables that plain text has below their caption: a line for each row, its cells parted by tabs, as an office program pastes them, or
 * by two blanks and more, as they are set out in columns.
 */
#include "read/markdown/markdown_priv.h"
#include "read/marks.h"

/* Where the cell at `at` of the line ends, and in *out_next where the next one begins; the length of the line for both at its end. */
static size_t
cell_end(struct gb_str line, size_t at, bool by_tabs, size_t *out_next)
{
    for (; at < line.len; at++) {
        size_t next = at;
        if (by_tabs && line.ptr[at] == '\t')
            next = at + 1;
        while (!by_tabs && next < line.len && line.ptr[next] == ' ')
            next++;
        if (next > at + (by_tabs ? 0 : 1)) {
            *out_next = next;
            return at;
        }
    }
    *out_next = line.len;
    return line.len;
}

static uint32_t
count_cells(struct gb_str line, bool by_tabs)
{
    uint32_t n = 1;

    for (size_t at = 0, next; cell_end(line, at, by_tabs, &next) < line.len; at = next)
        n++;
    return n;
}

/* The line of pieces [first, last) in the file. */
static struct gb_str
line_of(const struct gb_markdown *r, size_t first, size_t last)
{
    const struct gb_piece *list = r->pieces.list.items;

    return first < last ? gb_str_trim(gb_str_sub(r->scan.raw, list[first].src.begin, list[last - 1].src.end))
                        : (struct gb_str){0};
}

/* Tabs before piece `first` in its line, which the parser took off: empty cells. */
static uint32_t
tabs_before(const struct gb_markdown *r, size_t first)
{
    uint32_t at = r->pieces.list.items[first].src.begin, n = 0;

    while (n < at && r->scan.raw.ptr[at - n - 1] == '\t')
        n++;
    return n;
}

static bool
has_tab(struct gb_str line)
{
    return line.len > 0 && memchr(line.ptr, '\t', line.len);
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

/* Does a text that stands above piece `first` end with the caption of a table, perhaps with the unit below it? */
static bool
stands_below_caption(const struct gb_markdown *r, const struct gb_block *parent, size_t pending, size_t first)
{
    const struct gb_piece *list = r->pieces.list.items;
    const struct gb_block *before = parent->last && parent->last->kind == GB_BLOCK_PARA ? parent->last : NULL;
    struct gb_str texts[2] = {{0}, before ? before->text.str : (struct gb_str){0}}, line = {0};
    struct gb_caption_mark mark;
    bool has_unit = false;

    if (first > pending)
        texts[0] = gb_str_sub(r->scan.raw, list[pending].src.begin, list[first - 1].src.begin);
    for (size_t i = 0; i < GB_COUNT(texts) && !line.len; i++) {
        line = take_last_line(&texts[i]);
        if (has_unit || !gb_str_starts(line, GB_STR("单位")))
            continue;
        has_unit = true;
        line = take_last_line(&texts[i]);
    }
    return gb_mark_caption(line, &mark) && mark.is_table;
}

static void
add_row(struct gb_markdown *r, const struct gb_text *line, uint16_t row, uint32_t n_cells, uint32_t n_empty,
        bool by_tabs)
{
    size_t begin = 0, next;

    for (uint32_t column = 0; column < n_cells; column++) {
        struct gb_cell cell = {.row = row, .column = (uint16_t)column, .rows = 1, .columns = 1, .is_header = row == 0};
        if (column >= n_empty) {
            cell.text = gb_text_between(line, begin, cell_end(line->str, begin, by_tabs, &next));
            begin = next;
        }
        *gb_push(&r->cells) = cell;
    }
}

size_t
gb_markdown_rows_end(const struct gb_markdown *r, const struct gb_block *parent, size_t pending, size_t first)
{
    enum { LEAST_ROWS = 2, MOST_CELLS = 64 };
    size_t end = first, last = gb_markdown_line_end(r, first), rows = 0;
    struct gb_str head = line_of(r, first, last);
    bool by_tabs = has_tab(head);
    uint32_t n_cells = count_cells(head, by_tabs), n;

    if (n_cells < 2 || n_cells > MOST_CELLS || (by_tabs && tabs_before(r, first)) ||
        !stands_below_caption(r, parent, pending, first))
        return first;
    /* Of the cells that tabs part, empty ones at the end of a row may be lost; of others nobody knows which is. */
    for (size_t at = first; at < r->pieces.list.len; at = last + 1) {
        last = gb_markdown_line_end(r, at);
        struct gb_str line = line_of(r, at, last);
        n = count_cells(line, by_tabs) + (by_tabs ? tabs_before(r, at) : 0);
        if (n < 2 || n > n_cells || (!by_tabs && (n != n_cells || gb_str_ends(line, GB_STR("。")))))
            break;
        end = last;
        rows++;
    }
    return rows < LEAST_ROWS || rows > UINT16_MAX ? first : end;
}

void
gb_markdown_put_rows(struct gb_markdown *r, struct gb_block *parent, size_t first, size_t end)
{
    const struct gb_piece *list = r->pieces.list.items;
    struct gb_block *block = gb_markdown_new_block(r, parent, GB_BLOCK_TABLE,
                                                   (struct gb_span){list[first].src.begin, list[end - 1].src.end});
    struct gb_str head = line_of(r, first, gb_markdown_line_end(r, first));
    bool by_tabs = has_tab(head);
    uint32_t n_cells = count_cells(head, by_tabs);
    uint16_t row = 0;

    r->cells.len = 0;
    for (size_t at = first, last; at < end; at = last + 1) {
        last = gb_markdown_line_end(r, at);
        struct gb_text line = gb_markdown_text(r, at, last);
        line = gb_text_trim(&line);
        add_row(r, &line, row++, n_cells, by_tabs ? tabs_before(r, at) : 0, by_tabs);
    }
    block->table = gb_markdown_make_table(r, row);
}
