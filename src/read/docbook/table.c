/* Tables: the CALS model (tgroup, row, entry) and that of HTML (tr, td). */
#include "read/docbook/docbook_priv.h"

#include "base/sort.h"

enum { MAX_COLUMNS = 512, MAX_ROWS = 60000 };

struct cell {
    struct gb_cell cell;
    struct cell *next;
};

/* A named column, or a named span of columns. */
struct named {
    struct gb_str name;
    unsigned first, last; /* from 0 */
    struct named *next;
};

struct gb_docbook_table {
    struct gb_block *block;
    struct cell *first, *last;
    uint32_t n_cells;
    unsigned rows, columns, column; /* column: of the next cell */
    unsigned next_column;           /* of the next colspec */
    struct named *names;
    uint32_t *free_from; /* by column: first row that no cell above reaches into */
    unsigned n_free;
    unsigned foot, n_foot; /* rows of a tfoot, which may stand before those of the body */
    bool in_row, is_full;
};

static struct gb_docbook_table *
table_of(struct gb_docbook *r)
{
    struct gb_docbook_frame *frame = gb_docbook_nearest(r, &gb_docbook_table);

    return frame ? frame->state : NULL;
}

static void
start_table(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_frame *top = gb_docbook_top(r);

    if (!top->flow->container)
        return;
    struct gb_docbook_table *table = gb_arena_new(r->arena, struct gb_docbook_table);
    table->block = gb_docbook_block(r, tag, GB_BLOCK_TABLE);
    top->state = table;
    /* Paragraphs inside that are no cells stand behind it. */
    gb_docbook_open_blocks(r, gb_docbook_container(r));
    *gb_push(&r->tables) = table;
}

/* Puts the rows of the foot behind those of the body. */
static void
end_tgroup(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_table *table = table_of(r);

    (void)tag;
    if (!table || !table->n_foot)
        return;
    unsigned behind = table->foot + table->n_foot;
    for (struct cell *c = table->first; c; c = c->next) {
        if (c->cell.row >= behind)
            c->cell.row = (uint16_t)(c->cell.row - table->n_foot);
        else if (c->cell.row >= table->foot)
            c->cell.row = (uint16_t)(c->cell.row + table->rows - behind);
    }
    table->n_foot = 0;
}

static void
end_table(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    gb_docbook_end_para(r, 0);
    end_tgroup(r, tag);
    gb_docbook_end_block(r, tag);
}

static void
start_tgroup(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_table *table = table_of(r);

    (void)tag;
    if (!table)
        return;
    table->names = NULL;
    table->next_column = 0;
}

static bool
find_name(const struct gb_docbook_table *table, struct gb_str name, struct named *out)
{
    for (const struct named *n = name.len ? table->names : NULL; n; n = n->next) {
        if (gb_str_eq(n->name, name)) {
            *out = *n;
            return true;
        }
    }
    return false;
}

static void
add_name(struct gb_docbook *r, struct gb_docbook_table *table, struct gb_str name, unsigned first, unsigned last)
{
    struct named *named = gb_arena_new(r->arena, struct named);

    *named = (struct named){name, first, last, table->names};
    table->names = named;
}

static void
start_colspec(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_table *table = table_of(r);

    if (!table || table->next_column >= MAX_COLUMNS)
        return;
    unsigned number = gb_docbook_attr_number(tag, "colnum", MAX_COLUMNS, table->next_column + 1);
    struct gb_str name = gb_docbook_attr(r, tag, "colname").str;
    if (number == 0)
        number = 1;
    table->next_column = number;
    if (name.len)
        add_name(r, table, name, number - 1, number - 1);
}

/* Columns from the one named by one attribute to the one named by another. */
static bool
named_range(struct gb_docbook *r, const struct gb_docbook_table *table, const struct gb_xml_tag *tag,
            unsigned *out_first, unsigned *out_last)
{
    struct named first, last;

    if (!find_name(table, gb_docbook_attr(r, tag, "namest").str, &first))
        return false;
    if (!find_name(table, gb_docbook_attr(r, tag, "nameend").str, &last) || last.last < first.first)
        last = first;
    *out_first = first.first;
    *out_last = last.last;
    return true;
}

static void
start_spanspec(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_table *table = table_of(r);
    unsigned first, last;

    if (table && named_range(r, table, tag, &first, &last))
        add_name(r, table, gb_docbook_attr(r, tag, "spanname").str, first, last);
}

static void
start_tfoot(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_table *table = table_of(r);

    (void)tag;
    if (table)
        table->foot = table->rows;
}

static void
end_tfoot(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_table *table = table_of(r);

    (void)tag;
    if (table)
        table->n_foot = table->rows - table->foot;
}

static void
report_size(struct gb_docbook *r, struct gb_docbook_table *table, struct gb_span span)
{
    if (!table->is_full)
        gb_docbook_fault(r, GB_FAULT_LIMIT, span, GB_STR("表超过512列或60000行：其余的格没有检查"),
                         GB_STR("the table has more than 512 columns or 60000 rows: the other cells were not checked"));
    table->is_full = true;
}

static void
start_row(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_table *table = table_of(r);

    /* A table inside a cell: its rows are lines of it. */
    if (!table || !gb_docbook_top(r)->flow->container) {
        gb_docbook_end_para(r, 0);
        return;
    }
    if (table->rows >= MAX_ROWS) {
        report_size(r, table, tag->span);
        gb_docbook_skip(r);
        return;
    }
    table->rows++;
    table->column = 0;
    table->in_row = true;
}

static uint32_t
free_from(const struct gb_docbook_table *table, unsigned column)
{
    return column < table->n_free ? table->free_from[column] : 0;
}

static void
set_free(struct gb_docbook *r, struct gb_docbook_table *table, unsigned column, unsigned columns, unsigned row)
{
    if (column + columns > table->n_free) {
        unsigned n = column + columns + table->n_free;
        uint32_t *more = gb_arena_new_array(r->arena, uint32_t, n);
        if (table->n_free)
            memcpy(more, table->free_from, table->n_free * sizeof(*more));
        table->free_from = more;
        table->n_free = n;
    }
    for (unsigned i = column; i < column + columns; i++)
        table->free_from[i] = row;
}

/* Where a cell stands, and how many columns it has: by names, else the next free column. */
static bool
place_cell(struct gb_docbook *r, struct gb_docbook_table *table, const struct gb_xml_tag *tag, unsigned *out_columns)
{
    unsigned row = table->rows - 1, first, last;
    struct named named;

    while (table->column < MAX_COLUMNS && free_from(table, table->column) > row)
        table->column++;
    first = last = table->column;
    if (first >= MAX_COLUMNS)
        return false;
    if (find_name(table, gb_docbook_attr(r, tag, "spanname").str, &named) ||
        find_name(table, gb_docbook_attr(r, tag, "colname").str, &named)) {
        first = named.first;
        last = named.last;
    } else if (!named_range(r, table, tag, &first, &last)) {
        last = first + gb_docbook_attr_number(tag, "colspan", MAX_COLUMNS, 1);
        last -= last > first;
    }
    if (last >= MAX_COLUMNS)
        return false;
    table->column = first;
    *out_columns = last - first + 1;
    return true;
}

static void
start_cell(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_frame *top = gb_docbook_top(r);
    struct gb_docbook_table *table = table_of(r);
    unsigned columns;

    if (!table || !top->flow->container || !table->in_row) {
        gb_docbook_end_para(r, 0);
        return;
    }
    if (!place_cell(r, table, tag, &columns)) {
        report_size(r, table, tag->span);
        gb_docbook_skip(r);
        return;
    }
    unsigned row = table->rows - 1;
    unsigned rows = gb_docbook_attr_number(tag, "morerows", MAX_ROWS, 0) + 1;
    unsigned html_rows = gb_docbook_attr_number(tag, "rowspan", MAX_ROWS, 1);
    if (html_rows > rows)
        rows = html_rows;
    if (rows > MAX_ROWS - row)
        rows = MAX_ROWS - row;

    struct cell *cell = gb_arena_new(r->arena, struct cell);
    cell->cell = (struct gb_cell){.row = (uint16_t)row,
                                  .column = (uint16_t)table->column,
                                  .rows = (uint16_t)rows,
                                  .columns = (uint16_t)columns,
                                  .is_header = gb_docbook_nearest(r, &gb_docbook_thead) || (top->element->bits & 1) ||
                                               gb_docbook_attr_is(tag, "role", "header")};
    if (table->last)
        table->last->next = cell;
    else
        table->first = cell;
    table->last = cell;
    table->n_cells++;
    set_free(r, table, table->column, columns, row + rows);
    table->column += columns;
    if (table->column > table->columns)
        table->columns = table->column;
    gb_docbook_open_text(r, &cell->cell.text);
    top->style = 0;
}

static void
end_cell(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    (void)tag;
    if (!gb_docbook_top(r)->own)
        gb_docbook_end_para(r, 0);
}

/* In a table of the HTML model the caption is the title; below a picture it is text. */
static void
start_caption(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    const struct gb_docbook_frame *above = gb_docbook_above(r);

    (void)tag;
    if (above && above->element->kind == &gb_docbook_table && above->block && !above->block->text.str.len)
        gb_docbook_open_text(r, &above->block->text);
    else
        gb_docbook_end_para(r, 0);
}

static void
end_caption(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    if (!gb_docbook_top(r)->own)
        gb_docbook_end_para(r, tag->span.end);
}

GB_ORDER(by_place, struct gb_cell, GB_KEY(row) GB_KEY(column))

/* Cells into their arrays, when references in them have got their words. */
void
gb_docbook_finish_tables(struct gb_docbook *r)
{
    for (size_t i = 0; i < r->tables.len; i++) {
        const struct gb_docbook_table *from = r->tables.items[i];
        struct gb_table *table = gb_arena_new(r->arena, struct gb_table);
        uint32_t n = 0;
        bool in_order = true;

        table->cells = gb_arena_new_array(r->arena, struct gb_cell, from->n_cells);
        for (const struct cell *cell = from->first; cell; cell = cell->next) {
            table->cells[n++] = cell->cell;
            in_order = in_order && (n < 2 || by_place(&table->cells[n - 2], &table->cells[n - 1]) <= 0);
            /* The rows that a cell claims may not be there. */
            if (cell->cell.row + cell->cell.rows > (int)from->rows)
                table->cells[n - 1].rows = (uint16_t)(from->rows - cell->cell.row);
        }
        if (!in_order)
            gb_sort(table->cells, n, sizeof(*table->cells), by_place);
        table->n_cells = n;
        table->rows = (uint16_t)from->rows;
        table->columns = (uint16_t)from->columns;
        from->block->table = table;
    }
}

const struct gb_docbook_kind gb_docbook_table = {start_table, end_table, GB_DOCBOOK_BLOCK},
                             gb_docbook_tgroup = {start_tgroup, end_tgroup, 0},
                             gb_docbook_tfoot = {start_tfoot, end_tfoot, 0},
                             gb_docbook_colspec = {start_colspec, NULL, 0},
                             gb_docbook_spanspec = {start_spanspec, NULL, 0}, gb_docbook_thead = {NULL, NULL, 0},
                             gb_docbook_row = {start_row, NULL, 0}, gb_docbook_cell = {start_cell, end_cell, 0},
                             gb_docbook_caption = {start_caption, end_caption, 0};
