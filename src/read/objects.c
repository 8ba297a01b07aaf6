/* Captions, and tables with their notes. */
#include "read/build.h"

#include "doc/raised.h"
#include "text/chars.h"
#include "text/utf8.h"

/* ── captions ──────────────────────────────────────────────────────────── */

/* Caption from a marker notation: {表：#id} 标题, {图：标题}. */
static bool
mark_notation(struct gb_str line, struct gb_caption_mark *out)
{
    bool table = gb_str_starts(line, GB_STR("{表"));

    if (!table && !gb_str_starts(line, GB_STR("{图")))
        return false;
    size_t close = gb_str_find(line, GB_STR("}"), 0);
    if (close == GB_NOT_FOUND)
        return false;
    *out = (struct gb_caption_mark){.is_table = table};
    size_t behind = gb_skip_any(line, close + 1, " ");
    out->title = behind;
    out->title_end = line.len;
    if (behind == line.len) { /* the title stands inside the braces */
        out->title = strlen("{表");
        struct gb_str colon = gb_str_skip(line, out->title);
        out->title += gb_str_starts(colon, GB_STR("：")) ? strlen("：") : gb_str_starts(colon, GB_STR(":")) ? 1 : 0;
        out->title_end = close;
    }
    return true;
}

bool
gb_read_caption(const struct gb_unit *u, struct gb_caption_mark *mark)
{
    return gb_unit_is_text(u) && u->text.str.len > 0 &&
           (gb_mark_caption(u->text.str, mark) || mark_notation(u->text.str, mark));
}

void
gb_set_caption(struct gb_node *node, const struct gb_unit *u, const struct gb_caption_mark *mark)
{
    node->num = mark->num;
    node->head = u->text;
    node->span = gb_text_whole(&u->text, NULL);
    node->depth = gb_unit_is_heading(u) ? u->block->level : 0;
    if (mark->num.n)
        node->number = gb_text_slice(&u->text, mark->number_begin, mark->number_end);
    node->title = gb_text_between(&u->text, mark->title, mark->title_end);
    bool exact;
    gb_text_whole(&u->text, &exact);
    node->flags = exact ? node->flags & ~(uint32_t)GB_NODE_APPROX : node->flags;
}

/* ── tables ────────────────────────────────────────────────────────────── */

/*
 * "a 时间自……起计算。": how long the mark of a footnote at the head of a line is, which begins at *out_begin; raised it needs no blank
 * behind it, and may be 1).
 */
static size_t
footnote_mark(const struct gb_text *line, size_t *out_begin)
{
    struct gb_str s = line->str;
    bool is_raised = s.len && gb_text_flags(line, 0) & GB_RUN_SUP;

    *out_begin = 0;
    if (s.len < 4 || gb_str_han_length(s) < 4)
        return 0;
    if (s.ptr[0] == '^' || s.ptr[0] == '$')
        return gb_raised_letter(s, 0, out_begin);
    if (gb_is_lower(s.ptr[0]))
        return s.ptr[1] == ' ' || (is_raised && !(gb_text_flags(line, 1) & GB_RUN_SUP)) ? 1 : 0;
    if (!is_raised || s.ptr[0] < '1' || s.ptr[0] > '9')
        return 0;
    return s.ptr[1] == ')' ? 2 : gb_str_starts(gb_str_skip(s, 1), GB_STR("）")) ? 1 + strlen("）") : 0;
}

static void
add_table_footnote(struct gb_builder *b, struct gb_node *table, const struct gb_text *line)
{
    size_t begin, mark = footnote_mark(line, &begin);

    if (!mark)
        return;
    struct gb_node *note = gb_add(b, table, GB_NODE_FOOTNOTE, GB_ENCODING_TABLE, line);
    struct gb_text rest = gb_text_slice(line, mark, line->str.len);
    note->marker = line->str.ptr[begin] >= 'a' ? gb_text_slice(line, begin, begin + 1) : gb_text_slice(line, 0, mark);
    note->text = gb_text_trim(&rest);
}

/* A note or footnote in a row of its own, which is short because the markup knows no cells over several columns. */
static void
widen_note_row(struct gb_table *grid, uint32_t i)
{
    struct gb_cell *cell = &grid->cells[i];
    bool is_last = i + 1 == grid->n_cells || grid->cells[i + 1].row != cell->row;
    struct gb_note_mark mark;

    if (cell->row == 0 || cell->column != 0 || !is_last || cell->columns != 1)
        return;
    struct gb_text text = gb_text_trim(&cell->text);
    size_t begin;
    if ((gb_mark_note(text.str, &mark) && mark.has_colon) || footnote_mark(&text, &begin))
        cell->columns = grid->columns;
}

/* Behind a note, the empty cells that a row of the markup has to have are none: | 注：… | | |. */
static void
drop_cells_behind_notes(struct gb_table *grid)
{
    uint32_t n = 0;

    for (uint32_t i = 0, end; i < grid->n_cells; i = end) {
        const struct gb_cell *first = &grid->cells[i];
        struct gb_text text = gb_text_trim(&first->text);
        struct gb_note_mark mark;
        size_t begin;
        bool is_empty = true;
        for (end = i + 1; end < grid->n_cells && grid->cells[end].row == first->row; end++)
            is_empty = is_empty && gb_text_trim(&grid->cells[end].text).str.len == 0;
        bool is_note = first->row > 0 && first->column == 0 && is_empty && text.str.len &&
                       ((gb_mark_note(text.str, &mark) && mark.has_colon) || footnote_mark(&text, &begin));
        for (uint32_t k = i; k < (is_note ? i + 1 : end); k++)
            grid->cells[n++] = grid->cells[k];
    }
    grid->n_cells = n;
}

/* Notes in the last rows of the grid over its full width belong to the table. */
static void
add_table_notes(struct gb_builder *b, struct gb_node *table, struct gb_table *grid)
{
    if (grid->columns > 1)
        drop_cells_behind_notes(grid);
    for (uint32_t i = 0; i < grid->n_cells; i++) {
        const struct gb_cell *cell = &grid->cells[i];
        if (grid->columns < 2 || cell->row == 0)
            continue;
        widen_note_row(grid, i);
        if (cell->columns != grid->columns)
            continue;
        struct gb_text line;
        size_t at = 0;
        while (gb_text_next_line(&cell->text, &at, &line, NULL)) {
            struct gb_note_mark mark;
            struct gb_text piece = gb_text_trim(&line);
            if (!gb_mark_note(piece.str, &mark) || !mark.has_colon) {
                add_table_footnote(b, table, &piece);
                continue;
            }
            struct gb_node *note =
                gb_add(b, table, mark.is_example ? GB_NODE_EXAMPLE : GB_NODE_NOTE, GB_ENCODING_TABLE, &piece);
            note->num = mark.num;
            note->marker = gb_text_slice(&piece, mark.begin, mark.end);
            if (mark.num.n)
                note->number = gb_text_slice(&piece, mark.number_begin, mark.number_end);
            note->text = gb_text_slice(&piece, mark.rest, piece.str.len);
        }
    }
}

/* The cells of a table, with room for `n` of them: a table of many parts is not copied for each. */
static struct gb_cell *
room_for_cells(struct gb_builder *b, const struct gb_table *table, uint32_t n)
{
    if (b->joined != table->cells || n > b->joined_cap) {
        b->joined_cap = n * 2;
        b->joined = gb_arena_new_array(b->arena, struct gb_cell, b->joined_cap);
        memcpy(b->joined, table->cells, table->n_cells * sizeof(*b->joined));
    }
    return b->joined;
}

/* Rows of a continuation are joined to the table; a repeated head row is dropped. */
static void
join_rows(struct gb_builder *b, struct gb_table *table, const struct gb_table *more)
{
    uint16_t skip = 0;
    bool same = table->columns == more->columns && table->n_cells > 0 && more->n_cells > 0;

    for (uint32_t i = 0; same && i < more->n_cells && more->cells[i].row == 0; i++)
        same = i < table->n_cells && gb_str_same(table->cells[i].text.str, more->cells[i].text.str);
    skip = same ? 1 : 0;
    uint32_t n = table->n_cells;
    struct gb_cell *cells = room_for_cells(b, table, n + more->n_cells);
    for (uint32_t i = 0; i < more->n_cells; i++) {
        if (more->cells[i].row < skip)
            continue;
        cells[n] = more->cells[i];
        cells[n++].row = (uint16_t)(more->cells[i].row - skip + table->rows);
    }
    table->cells = cells;
    table->n_cells = n;
    table->rows = (uint16_t)(table->rows + more->rows - skip);
    if (more->columns > table->columns)
        table->columns = more->columns;
}

static struct gb_node *
add_table(struct gb_builder *b, struct gb_node *parent, const struct gb_unit *u)
{
    struct gb_node *table =
        gb_add(b, parent, GB_NODE_TABLE, u->block->flags & GB_BLOCK_HTML ? GB_ENCODING_HTML : GB_ENCODING_TABLE, NULL);

    table->u.table = u->block->table;
    table->span = u->block->span;
    if (!(u->block->flags & GB_BLOCK_APPROX))
        table->flags &= ~(uint32_t)GB_NODE_APPROX;
    b->table = table;
    return table;
}

/* Puts grid (or picture) of the unit at b->i into the table node. */
static void
fill_table(struct gb_builder *b, struct gb_node *table, const struct gb_unit *u)
{
    if (u->kind == GB_BLOCK_TABLE) {
        table->u.table = u->block->table;
        table->encoding = u->block->flags & GB_BLOCK_HTML ? GB_ENCODING_HTML : GB_ENCODING_TABLE;
        add_table_notes(b, table, table->u.table);
    } else {
        table->encoding = GB_ENCODING_PICTURE;
    }
}

static struct gb_node *
find_table(struct gb_builder *b, const struct gb_number *num)
{
    return b->table && gb_number_cmp(&b->table->num, num) == 0 ? b->table : NULL;
}

/* {表：#id}: the notation leaves the number to a program. */
static void
give_number(struct gb_builder *b, struct gb_node *table)
{
    if (table->num.n)
        return;
    const struct gb_number *last = b->table ? &b->table->num : NULL;
    char letter = b->annex ? b->annex->num.letter : 0;
    bool goes_on = last && last->n > 0 && last->letter == letter;
    table->num = (struct gb_number){.letter = letter, .n = 1, .part = {(uint16_t)(goes_on ? last->part[0] + 1 : 1)}};
    table->number = gb_given(b, gb_number_text(&table->num, b->arena));
    table->flags |= GB_NODE_GIVEN;
}

/* Where the unit begins that stands at the end of a title, in the line of the caption: 单位为毫米, or % behind a wide gap. */
static size_t
unit_behind_title(struct gb_str title)
{
    size_t at = gb_str_find(title, GB_STR("单位为"), 0), wide = gb_str_find(title, GB_STR("　　"), 0);

    if (at != GB_NOT_FOUND)
        return at > 0 && gb_char_is_space(gb_char_before(title, at)) ? at : GB_NOT_FOUND;
    if (wide == GB_NOT_FOUND || wide == 0)
        return GB_NOT_FOUND;
    size_t unit = gb_str_skip_space(title, wide);
    struct gb_str rest = gb_str_skip(title, unit);
    return gb_is_bare_unit(rest) && gb_str_han_length(rest) == 0 ? unit : GB_NOT_FOUND; /* a word may be of the title */
}

/* The statement of a unit that stands last so far: above a table, or above its caption. */
static struct gb_text
take_unit_above(struct gb_node *parent)
{
    struct gb_node *above = parent->last;

    if (!above || above->kind != GB_NODE_PARA || !gb_is_unit_statement(above->text.str) ||
        gb_ends_sentence(above->text.str))
        return (struct gb_text){0};
    gb_node_detach(above);
    return above->text;
}

static bool
is_grid(const struct gb_builder *b, size_t i)
{
    return i < b->n && b->units[i].kind == GB_BLOCK_TABLE && b->units[i].block->table;
}

static void
take_table_caption(struct gb_builder *b, const struct gb_caption_mark *mark)
{
    const struct gb_unit *caption = &b->units[b->i];
    struct gb_node *parent = gb_content_parent(b);
    struct gb_text unit = take_unit_above(parent);
    size_t k = b->i + 1;

    /* A line with the unit, or a stray continuation of the caption, may stand between. */
    if (k < b->n && gb_unit_is_line(&b->units[k])) {
        struct gb_text line = b->units[k].text;
        size_t behind = k + 1;
        if (gb_is_unit_statement(line.str) || (gb_is_bare_unit(line.str) && is_grid(b, behind))) {
            unit = line;
            k = behind;
        }
    }
    bool has_grid = is_grid(b, k);
    struct gb_caption_mark next;
    bool has_picture = k < b->n && b->units[k].kind == GB_BLOCK_IMAGE;
    if (has_picture) { /* unless the picture has a figure's caption of its own */
        size_t behind = k + 1;
        has_picture = !(behind < b->n && gb_read_caption(&b->units[behind], &next) && !next.is_table);
    }
    struct gb_node *whole = mark->is_continued ? find_table(b, &mark->num) : NULL;
    bool fits =
        whole && has_grid && whole->u.table && whole->u.table->rows + b->units[k].block->table->rows <= UINT16_MAX;
    if (fits) {
        struct gb_table *joined = gb_arena_new(b->arena, struct gb_table);
        *joined = *whole->u.table;
        add_table_notes(b, whole, b->units[k].block->table);
        join_rows(b, joined, b->units[k].block->table);
        whole->u.table = joined;
        whole->flags |= GB_NODE_CONTINUED;
        b->i = k + 1;
        return;
    }
    if (whole && !has_grid) {
        whole->flags |= GB_NODE_CONTINUED;
        b->i = has_picture ? k + 1 : b->i + 1;
        return;
    }
    struct gb_node *table = gb_add(b, parent, GB_NODE_TABLE, GB_ENCODING_LOST, &caption->text);
    gb_set_caption(table, caption, mark);
    size_t behind = unit.str.len || !has_grid ? GB_NOT_FOUND : unit_behind_title(table->title.str);
    if (behind != GB_NOT_FOUND) {
        struct gb_text title = gb_text_slice(&table->title, 0, behind),
                       rest = gb_text_slice(&table->title, behind, table->title.str.len);
        table->title = gb_text_trim(&title);
        unit = gb_text_trim(&rest);
    }
    give_number(b, table);
    b->table = table;
    if (has_grid || has_picture) {
        fill_table(b, table, &b->units[k]);
        if (table->u.table)
            table->u.table->unit = unit;
        b->i = k + 1;
    } else {
        b->i++;
    }
}

void
gb_take_table(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_caption_mark mark;

    if (!u->block->table) {
        b->i++;
        return;
    }
    if (b->refs || (b->at && b->at->role == GB_ROLE_REFERENCES)) {
        if (gb_take_reference(b))
            return;
    }
    bool has_title = u->block->text.str.len || u->block->label.str.len;
    if (!has_title && gb_take_legend_table(b))
        return;
    struct gb_node *parent = gb_content_parent(b);
    struct gb_text unit = take_unit_above(parent);
    struct gb_node *table = add_table(b, parent, u);
    table->u.table->unit = unit;
    b->i++;
    if (has_title) { /* a title in the markup */
        struct gb_unit title = {.block = u->block, .kind = u->kind, .text = u->block->text};
        if (gb_mark_caption(u->block->text.str, &mark)) {
            gb_set_caption(table, &title, &mark);
        } else {
            table->title = table->head = u->block->text;
            if (u->block->text.str.len)
                table->span = gb_text_whole(&u->block->text, NULL);
            table->number = u->block->label;
            gb_parse_single(u->block->label.str, &table->num);
        }
    } else {
        /* A caption below it, when that caption has no table of its own. */
        size_t k = b->i, behind = k + 1;
        if (k < b->n && !gb_unit_is_heading(&b->units[k]) && gb_read_caption(&b->units[k], &mark) && mark.is_table &&
            !(behind < b->n && b->units[behind].kind == GB_BLOCK_TABLE)) {
            gb_set_caption(table, &b->units[k], &mark);
            b->i = k + 1;
        }
    }
    add_table_notes(b, table, table->u.table);
}

bool
gb_take_caption(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_caption_mark mark;

    if (u->is_quoted || !gb_read_caption(u, &mark))
        return false;
    /* In the middle of a paragraph a caption must be followed by its object, or stand behind one or below the head of a clause. */
    bool alone = gb_is_whole(b, b->i);
    bool opens_clause = b->at && b->at->kind == GB_NODE_CLAUSE && b->at->title.str.len && !b->at->first;
    if (!alone && !opens_clause && !u->is_first && !u->after_hard_break && b->units[b->i - 1].block == u->block &&
        !gb_ends_sentence(b->units[b->i - 1].text.str))
        return false;
    if (mark.is_table)
        take_table_caption(b, &mark);
    else
        gb_take_figure_caption(b, &mark);
    return true;
}
