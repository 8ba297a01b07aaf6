/* Tables and figures, with their captions, notes and legends. */
#include "read/build.h"

#include "doc/raised.h"
#include "flow/detect.h"
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

static bool
read_caption(const struct gb_unit *u, struct gb_caption_mark *mark)
{
    return gb_unit_is_text(u) && u->text.str.len > 0 &&
           (gb_mark_caption(u->text.str, mark) || mark_notation(u->text.str, mark));
}

/* Below a picture a caption is one in any form. */
static bool
read_caption_below(const struct gb_unit *u, struct gb_caption_mark *mark)
{
    return read_caption(u, mark) || (gb_unit_is_text(u) && gb_mark_faulty_caption(u->text.str, mark));
}

static void
set_caption(struct gb_node *node, const struct gb_unit *u, const struct gb_caption_mark *mark)
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
    struct gb_text unit = {0};
    size_t k = gb_next_unit(b, b->i + 1);

    /* A line with the unit, or a stray continuation of the caption, may stand between. */
    if (k < b->n && gb_unit_is_line(&b->units[k])) {
        struct gb_text line = b->units[k].text;
        size_t behind = gb_next_unit(b, k + 1);
        if (gb_is_unit_statement(line.str) || (gb_is_bare_unit(line.str) && is_grid(b, behind))) {
            unit = line;
            k = behind;
        }
    }
    bool has_grid = is_grid(b, k);
    struct gb_caption_mark next;
    bool has_picture = k < b->n && b->units[k].kind == GB_BLOCK_IMAGE;
    if (has_picture) { /* unless the picture has a figure's caption of its own */
        size_t behind = gb_next_unit(b, k + 1);
        has_picture = !(behind < b->n && read_caption(&b->units[behind], &next) && !next.is_table);
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
    set_caption(table, caption, mark);
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
    struct gb_node *table = add_table(b, gb_content_parent(b), u);
    b->i++;
    if (has_title) { /* a title in the markup */
        struct gb_unit title = {.block = u->block, .kind = u->kind, .text = u->block->text};
        if (gb_mark_caption(u->block->text.str, &mark)) {
            set_caption(table, &title, &mark);
        } else {
            table->title = table->head = u->block->text;
            if (u->block->text.str.len)
                table->span = gb_text_whole(&u->block->text, NULL);
            table->number = u->block->label;
            gb_parse_single(u->block->label.str, &table->num);
        }
    } else {
        /* A caption below it, when that caption has no table of its own. */
        size_t k = gb_next_unit(b, b->i), behind = gb_next_unit(b, k + 1);
        if (k < b->n && !gb_unit_is_heading(&b->units[k]) && read_caption(&b->units[k], &mark) && mark.is_table &&
            !(behind < b->n && b->units[behind].kind == GB_BLOCK_TABLE)) {
            set_caption(table, &b->units[k], &mark);
            b->i = k + 1;
        }
    }
    add_table_notes(b, table, table->u.table);
}

/* ── figures ───────────────────────────────────────────────────────────── */

static struct gb_node *
add_figure(struct gb_builder *b, struct gb_node *parent, const struct gb_unit *u)
{
    struct gb_node *figure = gb_add(b, parent, GB_NODE_FIGURE, GB_ENCODING_PICTURE, NULL);

    figure->u.figure = gb_arena_new(b->arena, struct gb_figure);
    figure->span = u->block->span;
    if (!(u->block->flags & GB_BLOCK_APPROX))
        figure->flags &= ~(uint32_t)GB_NODE_APPROX;
    return figure;
}

/* The part of the figure that has no file (no chart) yet. */
static struct gb_figure *
free_part(struct gb_builder *b, struct gb_figure *f, bool is_file)
{
    while (is_file ? f->file.str.len : f->chart.str.len) {
        if (!f->next)
            f->next = gb_arena_new(b->arena, struct gb_figure);
        f = f->next;
    }
    return f;
}

static void
add_picture(struct gb_builder *b, struct gb_node *figure, const struct gb_block *block)
{
    struct gb_figure *f = figure->u.figure;
    struct gb_str language;

    if (block->kind == GB_BLOCK_IMAGE) {
        if (!f->alt.str.len)
            f->alt = block->text;
        free_part(b, f, true)->file = block->info;
    } else if (block->kind == GB_BLOCK_CODE && gb_is_chart(block, &language)) {
        struct gb_figure *part = free_part(b, f, false);
        part->chart = block->text;
        part->language = language;
        /* drawn with characters it may be anything: a frame of data, a device */
        if (!gb_str_is(language, gb_flow_format_name(GB_FLOW_ASCII)))
            figure->flags |= GB_NODE_FLOWCHART;
        if (!f->file.str.len)
            figure->encoding = block->flags & GB_BLOCK_HTML ? GB_ENCODING_HTML : GB_ENCODING_FENCE;
    } else if (block->kind == GB_BLOCK_CODE) {
        gb_add_para(b, figure, &block->text, GB_ENCODING_FENCE)->span = block->span;
    }
}

static bool
is_picture(const struct gb_unit *u)
{
    return u->kind == GB_BLOCK_IMAGE || (u->kind == GB_BLOCK_CODE && gb_is_chart(u->block, NULL));
}

/* 1-投入口； 1——投入口；: a line of the key, with any dash; 1：投入口； where the lead-in stands above. */
static bool
is_key_line(struct gb_str line, bool is_led_in)
{
    size_t at = 0, next;

    while (at < line.len && at < 2 && gb_is_digit(line.ptr[at]))
        at++;
    if (at == 0 || gb_str_han_length(line) > 30)
        return false;
    at = gb_skip_any(line, at, " ");
    size_t dash = at;
    while (at < line.len) {
        uint32_t c = gb_utf8_at(line, at, &next);
        bool is_colon = is_led_in && at == dash && (c == ':' || c == U'：');
        if (!is_colon && c != '-' && c != 0x2013 && c != 0x2014 && c != 0xFF0D && c != ' ')
            return at > dash && gb_char_is_han(c);
        at = next;
    }
    return false;
}

/* What leads in a key: 说明：, 标引序号说明：, 字母符号说明：. */
static bool
opens_legend(struct gb_str line)
{
    enum { LONGEST = 8 };
    GB_WORDS(leads, "说明：", "说明:", "标引序号说明", "标引说明", "图例：", "图例:", "图注：", "图注:", "图中：",
             "图中:");

    return GB_STARTS_ANY(line, leads) || (gb_str_han_length(line) <= LONGEST && gb_str_ends_any(line, leads, 2));
}

/* Between a picture and its caption: further pictures, captions of parts (a) …), notes, the unit, legends. */
static bool
belongs_to_figure(const struct gb_unit *u)
{
    struct gb_item_mark item;
    struct gb_note_mark note;

    if (is_picture(u) || gb_unit_is_silent(u) || (u->block->flags & GB_BLOCK_DETAILS))
        return true;
    if (!gb_unit_is_line(u))
        return false;
    struct gb_str line = u->text.str;
    if (gb_mark_note(line, &note))
        return note.has_colon && !note.is_example;
    if (gb_mark_item(line, &item) && item.form == GB_ITEM_ALPHA)
        return gb_str_han_length(line) < 25 && !gb_ends_with(line, "。");
    return gb_is_unit_statement(line) || gb_is_legend_line(line) || is_key_line(line, false) || opens_legend(line);
}

/* a) 正面: the caption of a part of a figure. */
static bool
is_part_caption(const struct gb_unit *u)
{
    struct gb_item_mark item;

    return gb_unit_is_line(u) && gb_mark_item(u->text.str, &item) && item.form == GB_ITEM_ALPHA;
}

/* 1) 正面, 2) 背面 in the place of letters: the number that is due for a part behind its picture. */
static bool
is_numbered_part(const struct gb_builder *b, size_t k, unsigned due)
{
    enum { LONGEST = 12 };
    const struct gb_unit *u = &b->units[k];
    struct gb_item_mark item;

    return gb_unit_is_line(u) && k > 0 && is_picture(&b->units[k - 1]) && gb_mark_item(u->text.str, &item) &&
           item.form == GB_ITEM_DIGIT && item.value == due && gb_str_han_length(u->text.str) < LONGEST &&
           !gb_ends_with(u->text.str, "。；;，,：:");
}

/* 虚线框内为可选部分。: a sentence on the picture above it, with the caption below it. *out_caption is the unit of that. */
static bool
is_sentence_of_figure(const struct gb_builder *b, size_t k, size_t *out_caption)
{
    enum { LONGEST = 30 };
    const struct gb_unit *u = &b->units[k];
    size_t caption = gb_next_unit(b, k + 1), behind = gb_next_unit(b, caption + 1);
    struct gb_caption_mark mark;

    *out_caption = caption;
    return gb_unit_is_line(u) && !u->item && gb_str_han_length(u->text.str) <= LONGEST &&
           gb_ends_with(u->text.str, "。") && !gb_str_has(u->text.str, GB_STR("图")) && !gb_is_structural(b, k) &&
           caption < b->n && read_caption(&b->units[caption], &mark) && !mark.is_table && mark.num.n &&
           !(behind < b->n && is_picture(&b->units[behind]));
}

/*
 * The unit with the caption of the picture at unit i, or b->n. Behind 说明： any text may stand between both, up to the next
 * picture, which has a caption of its own unless both are parts of one figure.
 */
static size_t
find_caption(const struct gb_builder *b, size_t i)
{
    enum { LOOK_AHEAD = 64, MOST_LOOSE = 12 }; /* lines below 说明： that are no line of a key */
    struct gb_caption_mark mark;
    bool in_legend = false, has_parts = false;
    unsigned n_parts = 0, n_loose = 0;
    size_t caption;

    for (size_t k = i + 1; k < b->n && k < i + LOOK_AHEAD; k++) {
        const struct gb_unit *u = &b->units[k];
        if (read_caption_below(u, &mark))
            return mark.is_table ? b->n : k;
        if (in_legend && is_picture(u) && !has_parts)
            return b->n;
        bool is_part = is_part_caption(u) || is_numbered_part(b, k, n_parts + 1);
        n_parts += is_part;
        has_parts = has_parts || is_part;
        in_legend = in_legend && !is_picture(u);
        if (is_part && !is_part_caption(u))
            continue;
        if (!in_legend && is_sentence_of_figure(b, k, &caption))
            return caption;
        if (belongs_to_figure(u))
            in_legend = in_legend || (gb_unit_is_line(u) && opens_legend(u->text.str));
        else if (!in_legend || ++n_loose > MOST_LOOSE || !gb_unit_is_line(u) || u->item || gb_is_structural(b, k))
            return b->n;
    }
    return b->n;
}

/* Machine-made alternative texts say nothing: Image, image-2021…, img_1.png. */
static bool
caption_in_alt(const struct gb_block *image, struct gb_caption_mark *mark)
{
    struct gb_str alt = gb_str_trim(image->text.str), stop = GB_STR("。");

    if (gb_str_ends(alt, stop)) /* below a picture it would be a sentence; here it is nothing but a caption */
        alt.len -= stop.len;
    return gb_mark_caption(alt, mark) && !mark->is_table;
}

/* The key below the caption, or below the picture where the caption stands above: 标引序号说明： and its lines. */
static void
take_key_behind(struct gb_builder *b, struct gb_node *figure)
{
    size_t lead = gb_next_unit(b, b->i), line = lead < b->n ? gb_next_unit(b, lead + 1) : b->n;

    if (line >= b->n || !gb_unit_is_line(&b->units[lead]) || !opens_legend(b->units[lead].text.str) ||
        !gb_unit_is_line(&b->units[line]) || !is_key_line(b->units[line].text.str, true))
        return;
    for (size_t k = lead; k < b->n && gb_unit_is_line(&b->units[k]); k = gb_next_unit(b, k + 1)) {
        const struct gb_unit *u = &b->units[k];
        if (k != lead && !is_key_line(u->text.str, true))
            break;
        gb_add_para(b, figure, &u->text, gb_unit_encoding(u));
        b->i = k + 1;
    }
    b->figure = figure;
    b->figure_end = b->i;
}

/* What stands between a picture and its caption, and the caption. */
static void
take_to_caption(struct gb_builder *b, struct gb_node *figure, size_t caption)
{
    struct gb_caption_mark mark;
    struct gb_node *at = b->at;
    unsigned lists = b->n_lists;
    b->at = figure;
    b->n_lists = 0;
    while (b->i < caption) {
        const struct gb_unit *part = &b->units[b->i];
        if (is_picture(part)) {
            add_picture(b, figure, part->block);
            b->i++;
        } else if (part->kind == GB_BLOCK_COMMENT) {
            gb_take_comment(b);
        } else if (gb_unit_is_line(part) && part->text.str.len) {
            b->figure_end = b->i;
            if (!gb_take_note(b)) {
                gb_add_para(b, figure, &part->text, gb_unit_encoding(part));
                b->i++;
            }
        } else {
            b->i++;
        }
    }
    b->at = at;
    b->n_lists = lists;
    read_caption_below(&b->units[caption], &mark);
    set_caption(figure, &b->units[caption], &mark);
    b->i = b->figure_end = caption + 1;
    take_key_behind(b, figure);
}

void
gb_take_picture(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_caption_mark mark;
    size_t caption = find_caption(b, b->i);

    if (caption == b->n && u->kind == GB_BLOCK_IMAGE && gb_take_pictured_formula(b))
        return;
    struct gb_node *figure = add_figure(b, gb_content_parent(b), u);

    add_picture(b, figure, u->block);
    b->i++;
    b->figure = figure;
    b->figure_end = b->i;
    if (caption == b->n) {
        if (u->kind == GB_BLOCK_IMAGE && caption_in_alt(u->block, &mark)) {
            struct gb_unit alt = {.block = u->block, .kind = u->kind, .text = u->block->text};
            set_caption(figure, &alt, &mark);
        } else if (u->block->text.str.len && u->block->label.str.len) {
            figure->title = u->block->text;
            figure->number = u->block->label;
        }
        return;
    }
    take_to_caption(b, figure, caption);
}

/* <!-- image -->, which converters leave in the place of a picture. */
static bool
stands_for_picture(const struct gb_unit *u)
{
    return u->kind == GB_BLOCK_COMMENT && gb_str_is(gb_str_trim(u->block->text.str), "image");
}

/* A caption that no picture came before: the picture stands below it, or is lost. */
static void
take_figure_caption(struct gb_builder *b, const struct gb_caption_mark *mark)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_node *parent = gb_content_parent(b);
    struct gb_node *figure = gb_add(b, parent, GB_NODE_FIGURE, GB_ENCODING_LOST, &u->text);
    size_t k = gb_next_unit(b, b->i + 1);

    const struct gb_unit *unit =
        k < b->n && gb_unit_is_line(&b->units[k]) && gb_is_unit_statement(b->units[k].text.str) ? &b->units[k] : NULL;
    if (unit)
        k = gb_next_unit(b, k + 1);
    figure->u.figure = gb_arena_new(b->arena, struct gb_figure);
    set_caption(figure, u, mark);
    if ((b->i > 0 && stands_for_picture(u - 1)) || (b->i + 1 < b->n && stands_for_picture(u + 1)))
        figure->encoding = GB_ENCODING_PICTURE;
    b->i++;
    if (k < b->n && is_picture(&b->units[k]) && find_caption(b, k) == b->n) {
        figure->encoding = GB_ENCODING_PICTURE;
        if (unit)
            gb_add_para(b, figure, &unit->text, gb_unit_encoding(unit));
        add_picture(b, figure, b->units[k].block);
        b->i = k + 1;
        b->figure = figure;
        b->figure_end = b->i;
        take_key_behind(b, figure);
    }
}

bool
gb_take_caption(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_caption_mark mark;

    if (u->is_quoted || !read_caption(u, &mark))
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
        take_figure_caption(b, &mark);
    return true;
}

/*
 * The unit with the caption of a figure element that is typed below it, as where a converter made the title of the alternative
 * text; or b->n.
 */
static size_t
caption_below_element(const struct gb_builder *b, const struct gb_node *figure)
{
    size_t caption = find_caption(b, b->i);
    struct gb_caption_mark own, mark;

    if (caption == b->n || gb_mark_caption(figure->title.str, &own) || figure->number.n_runs ||
        !read_caption_below(&b->units[caption], &mark))
        return b->n;
    struct gb_str title = gb_str_sub(b->units[caption].text.str, mark.title, mark.title_end);
    bool is_same = !figure->title.str.len || gb_str_same(title, figure->title.str) ||
                   (figure->num.n && gb_number_cmp(&mark.num, &figure->num) == 0);
    return is_same ? caption : b->n;
}

void
gb_take_figure_element(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    const struct gb_block *block = u->block;
    struct gb_node *figure = add_figure(b, gb_content_parent(b), u);
    struct gb_caption_mark mark;

    if (gb_mark_caption(block->text.str, &mark)) {
        struct gb_unit title = {.block = u->block, .kind = u->kind, .text = block->text};
        set_caption(figure, &title, &mark);
    } else if (block->text.str.len > 0) {
        figure->title = figure->head = block->text;
        figure->span = gb_text_whole(&block->text, NULL);
    }
    if (block->label.str.len > 0) {
        figure->number = block->label;
        gb_parse_single(block->label.str, &figure->num);
    }
    figure->encoding = GB_ENCODING_LOST;
    for (const struct gb_block *part = block->first; part; part = part->next) {
        struct gb_unit probe = {.block = (struct gb_block *)part, .kind = part->kind, .text = part->text};
        if (is_picture(&probe)) {
            figure->encoding = GB_ENCODING_PICTURE;
            add_picture(b, figure, part);
            continue;
        }
        struct gb_block one = *part;
        one.next = NULL;
        gb_place_blocks(b, figure, &one);
    }
    size_t caption = caption_below_element(b, figure);
    b->i++;
    if (caption < b->n)
        take_to_caption(b, figure, caption);
}

/* A fence that no notation of charts is known for, above the caption of a figure: a drawing made of characters. */
static bool
is_drawing(const struct gb_builder *b, size_t i)
{
    size_t caption = b->units[i].block->flags & GB_BLOCK_FENCED ? find_caption(b, i) : b->n;
    size_t behind = gb_next_unit(b, caption + 1);

    return caption < b->n && !(behind < b->n && is_picture(&b->units[behind]));
}

void
gb_take_code(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_str language = {NULL, 0};

    /* Words with arrows between them may be anything, 设置→网络→代理: the caption of a figure tells. */
    bool is_chart = gb_is_chart(u->block, &language);
    if (is_chart ? !gb_str_is(language, gb_flow_format_name(GB_FLOW_ARROWS)) || find_caption(b, b->i) < b->n
                 : is_drawing(b, b->i)) {
        gb_take_picture(b);
        return;
    }
    if (gb_take_formula_line(b))
        return;
    struct gb_node *para = gb_add_para(b, gb_content_parent(b), &u->text, GB_ENCODING_FENCE);
    para->span = u->block->span;
    b->i++;
}
