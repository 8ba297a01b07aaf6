/* Tables of Markdown: cells are parted as the library does it and compared with its own. */
#include "read/markdown/cmark_priv.h"

uint32_t
gb_markdown_table_head(const struct gb_markdown *r, const cmark_node *table)
{
    if (!table || table->type != CMARK_NODE_TABLE || !table->first_child)
        return 1;
    const cmark_node *body = table->first_child->next;
    int line = body ? body->start_line - 2 : table->end_line - 1;
    return gb_markdown_line(r, line);
}

/* Cells of a row that begins at `at`, parted as the library does it: trimmed spans into r->row. */
static void
split_row(struct gb_markdown *r, uint32_t at, uint32_t end)
{
    const char *text = r->scan.feed.ptr;

    r->row.len = 0;
    if (at < end && text[at] == '|')
        at++;
    while (at < end && gb_markdown_is_space(text[at]))
        at++;
    while (at < end) {
        uint32_t stop = at;
        while (stop < end && (text[stop] != '|' || (stop > at && text[stop - 1] == '\\')))
            stop++;
        struct gb_span cell = {at, gb_markdown_trim_end(r, at, stop)};
        while (cell.begin < cell.end && gb_markdown_is_space(text[cell.begin]))
            cell.begin++;
        *gb_push(&r->row) = cell;
        at = stop + (stop < end);
        while (at < end && gb_markdown_is_space(text[at]))
            at++;
    }
}

/* The cells of the tree are those of r->row. */
static bool
row_fits(struct gb_markdown *r, const cmark_node *row)
{
    size_t i = 0;

    for (const cmark_node *cell = row->first_child; cell && i < r->row.len; cell = cell->next, i++) {
        struct gb_span span = r->row.items[i];
        if (gb_markdown_map_cell(r, gb_markdown_content(cell), 0, span, false) != span.end - span.begin)
            return false;
    }
    return i > 0;
}

static bool
find_row(struct gb_markdown *r, const cmark_node *row, struct gb_span line)
{
    uint32_t at = gb_markdown_skip_blanks(r, line.begin, line.end);

    for (;;) {
        split_row(r, at, gb_markdown_trim_end(r, line.begin, line.end));
        if (row_fits(r, row))
            return true;
        uint32_t next = gb_markdown_skip_marker(r, at, line.end);
        if (next == at)
            break;
        at = next;
    }
    r->row.len = 0;
    return false;
}

/* Comments, tables and formulas in a cell come behind the table: its text cannot be parted. */
static void
put_regions(struct gb_markdown *r, struct gb_block *parent)
{
    for (size_t i = 0; i < r->items.len; i++) {
        if (r->items.items[i].kind == GB_MARKDOWN_REGION)
            gb_markdown_put_item(r, parent, &r->items.items[i]);
    }
}

static void
read_row(struct gb_markdown *r, const cmark_node *row, uint32_t line, uint16_t index, struct gb_block *table)
{
    struct gb_span span = gb_markdown_line_span(r, line);
    bool fits = find_row(r, row, span);
    uint16_t column = 0;
    size_t n_raw = r->row.len;

    for (cmark_node *node = row->first_child; node; node = node->next, column++) {
        struct gb_cell cell = {.row = index, .column = column, .rows = 1, .columns = 1, .is_header = index == 0};
        if (fits && column >= n_raw)
            break; /* a short row: the library adds the cells that it lacks */
        gb_bytemap_clear(&r->map);
        if (fits)
            gb_markdown_map_cell(r, gb_markdown_content(node), 0, r->row.items[column], true);
        else
            gb_markdown_map_lost(r, 0, span);
        if (node->first_child) {
            gb_markdown_walk_inlines(r, node);
            cell.text = gb_markdown_text(r, 0, r->pieces.list.len);
            put_regions(r, table->parent);
        }
        *gb_push(&r->cells) = cell;
    }
    /* Cells beyond the header's are not in the tree. */
    for (; fits && column < n_raw; column++) {
        struct gb_span extra = r->row.items[column];
        struct gb_cell cell = {.row = index, .column = column, .rows = 1, .columns = 1};
        if (extra.end > extra.begin)
            cell.text = gb_markdown_exact_text(r, extra.begin, extra.end);
        *gb_push(&r->cells) = cell;
    }
}

struct gb_table *
gb_markdown_make_table(struct gb_markdown *r, uint16_t rows)
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
table_span(struct gb_markdown *r, const cmark_node *header, uint32_t head, uint32_t last)
{
    struct gb_span span = gb_markdown_lines_span(r, head, last);

    find_row(r, header, gb_markdown_line_span(r, head));
    if (r->row.len) {
        span.begin = r->row.items[0].begin;
        while (span.begin > gb_markdown_line_span(r, head).begin && r->scan.feed.ptr[span.begin] != '|')
            span.begin--;
        if (r->scan.feed.ptr[span.begin] != '|')
            span.begin = r->row.items[0].begin;
    }
    span.end = gb_markdown_trim_end(r, span.begin, span.end);
    return (struct gb_span){span.begin + r->pieces.base, span.end + r->pieces.base};
}

void
gb_markdown_read_table(struct gb_markdown *r, cmark_node *node, struct gb_block *parent)
{
    uint32_t head = gb_markdown_table_head(r, node), line = head, last = head + 1;
    struct gb_block *block = gb_markdown_new_block(r, parent, GB_BLOCK_TABLE, (struct gb_span){0, 0});
    uint32_t index = 0;

    r->cells.len = 0;
    for (cmark_node *row = node->first_child; row && index < UINT16_MAX; row = row->next, index++) {
        if (index)
            line = gb_markdown_line(r, row->start_line);
        read_row(r, row, line, (uint16_t)index, block);
        if (line > last)
            last = line;
    }
    block->table = gb_markdown_make_table(r, (uint16_t)index);
    block->span = table_span(r, node->first_child, head, last);
}
