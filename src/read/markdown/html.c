/* HTML inside Markdown as blocks: tables with spans, paragraphs, headings, lists, pictures. */
#include "read/markdown/html_priv.h"

#include "read/markdown/scan_priv.h"

enum {
    SPAN_MOST = 1000,        /* rows or columns of one cell, as in browsers */
    CELLS_MOST = 200 * 1000, /* of the grid of one table */
    COLUMNS_MOST = 1000,
    BLOCKS_MOST = 500 * 1000, /* blocks and cells of one file */
};

/* A table in the making. */
struct grid {
    uint32_t row, column;
    bool has_row, in_cell, in_head, in_caption;
    struct gb_cell cell;
    uint32_t covered[COLUMNS_MOST]; /* the row up to which a cell from above reaches, by column */
    uint32_t columns, n_cells;
    struct gb_text caption;
    struct gb_block *block;
    uint32_t depth; /* tables inside a cell */
};

struct converter {
    struct gb_html *html;
    struct gb_block *parent;
    struct grid *grid;          /* of the table that is open */
    uint32_t n_flags[8];        /* open inline elements, by run flag */
    bool quote_marks, is_first; /* at the start of a line */
    uint8_t heading;            /* level of the heading that is open */
    uint32_t begin;             /* of the block at hand */
};

static const uint32_t inline_flags[] = {GB_RUN_STRONG, GB_RUN_EMPH, GB_RUN_CODE, GB_RUN_SUP, GB_RUN_SUB, GB_RUN_QUOTE};

static uint32_t
run_flags(const struct converter *c)
{
    uint32_t flags = 0;

    for (size_t i = 0; i < GB_COUNT(inline_flags); i++)
        flags |= c->n_flags[i] ? inline_flags[i] : 0;
    return flags;
}

uint32_t
gb_html_flags(const struct gb_html *html)
{
    uint32_t flags = 0;

    for (uint32_t i = 0; i < html->n_open; i++)
        flags |= html->open[i].flags;
    return flags;
}

static struct gb_text
take_text(struct converter *c)
{
    struct gb_pieces *pieces = &c->html->pieces;
    size_t first = 0, last = pieces->list.len;

    while (first < last && pieces->list.items[first].flags & GB_RUN_BREAK)
        first++;
    while (last > first && pieces->list.items[last - 1].flags & GB_RUN_BREAK)
        last--;
    struct gb_text text = gb_pieces_text(pieces, first, last, c->html->blocks->arena, &c->html->blocks->n_exact,
                                         &c->html->blocks->n_approx);
    pieces->list.len = 0;
    return gb_text_trim(&text);
}

static struct gb_block *
add_block(struct converter *c, enum gb_block_kind kind, struct gb_span span)
{
    struct gb_block *block = gb_block_new(c->html->blocks, c->parent, kind);

    c->html->n_blocks++;
    block->span = (struct gb_span){span.begin + c->html->base, span.end + c->html->base};
    block->flags = GB_BLOCK_HTML | gb_html_flags(c->html);
    return block;
}

/* A block ends here: its text becomes a paragraph or heading. */
static void
flush(struct converter *c)
{
    struct gb_pieces *pieces = &c->html->pieces;
    bool is_bold = true;

    if (c->grid && c->grid->block) {
        /* Inside of a table blocks are lines. */
        if (pieces->list.len && !(pieces->list.items[pieces->list.len - 1].flags & GB_RUN_BREAK)) {
            uint32_t end = pieces->list.items[pieces->list.len - 1].src.end;
            gb_pieces_break(pieces, end, end, GB_RUN_HARD);
        }
        return;
    }
    for (size_t i = 0; i < pieces->list.len; i++)
        is_bold = is_bold && pieces->list.items[i].flags & (GB_RUN_STRONG | GB_RUN_BREAK);
    struct gb_text text = take_text(c);
    if (text.str.len == 0)
        return;
    struct gb_block *block = add_block(c, c->heading ? GB_BLOCK_HEADING : GB_BLOCK_PARA, (struct gb_span){0, 0});
    block->span = gb_text_whole(&text, NULL);
    block->level = c->heading;
    block->text = text;
    block->flags |= is_bold && !c->heading ? GB_BLOCK_BOLD : 0u;
}

static void
put_line_break(struct converter *c, uint32_t begin, uint32_t end, uint32_t flags)
{
    struct gb_pieces *pieces = &c->html->pieces;

    c->is_first = true;
    /* A line end of the file behind a <br>, or before any text, is none of the text. */
    if (pieces->list.len == 0)
        return;
    if (pieces->list.items[pieces->list.len - 1].flags & GB_RUN_BREAK)
        return;
    gb_pieces_break(pieces, begin, end, flags);
}

/* Words without a line end, with entities and formulas. */
static void
put_words(struct converter *c, uint32_t begin, uint32_t end)
{
    struct gb_html *html = c->html;
    uint32_t flags = run_flags(c), at = begin;

    while (at < end) {
        char ch = html->raw.ptr[at];
        if (ch == '&') {
            char decoded[12];
            uint32_t len, n = html->decode(html->data, gb_str_sub(html->raw, at, end), decoded, &len);
            if (n) {
                gb_pieces_exact(&html->pieces, begin, at, flags);
                gb_pieces_other(&html->pieces, (struct gb_str){decoded, len}, (struct gb_span){at, at + 1 + n},
                                flags | GB_RUN_DECODED);
                begin = at += 1 + n;
                continue;
            }
        } else if (ch == '$') {
            uint32_t close = gb_scan_math(html->raw, at, end);
            if (close) {
                gb_pieces_exact(&html->pieces, begin, at, flags);
                gb_pieces_exact(&html->pieces, at, close, flags | GB_RUN_MATH);
                begin = at = close;
                continue;
            }
        }
        at++;
    }
    gb_pieces_exact(&html->pieces, begin, end, flags);
}

static bool
is_blank(struct gb_str text)
{
    size_t i = 0;

    while (i < text.len && gb_html_is_space(text.ptr[i]))
        i++;
    return i == text.len;
}

/* Text between two tags. */
static void
put_text(struct converter *c, uint32_t begin, uint32_t end)
{
    struct gb_str raw = c->html->raw;
    uint32_t at = begin;

    /* Blanks between the rows of a table. */
    if (c->grid && !c->grid->in_cell && !c->grid->in_caption && is_blank(gb_str_sub(raw, begin, end)))
        return;
    while (at < end) {
        if (c->is_first) {
            while (at < end && (raw.ptr[at] == ' ' || raw.ptr[at] == '\t' || (c->quote_marks && raw.ptr[at] == '>')))
                at++;
        }
        uint32_t stop = at;
        while (stop < end && !gb_is_line_end(raw.ptr[stop]))
            stop++;
        if (stop > at) {
            uint32_t trimmed = stop;
            while (stop < end && trimmed > at && gb_html_is_space(raw.ptr[trimmed - 1]))
                trimmed--;
            put_words(c, at, trimmed);
            c->is_first = false;
            at = trimmed;
        }
        if (stop == end)
            break;
        uint32_t next = stop + (raw.ptr[stop] == '\r' && stop + 1 < end && raw.ptr[stop + 1] == '\n' ? 2 : 1);
        put_line_break(c, at, next, 0);
        at = next;
    }
}

static struct gb_text
exact_text(struct converter *c, struct gb_span span)
{
    c->html->blocks->n_exact++;
    return gb_text_exact(c->html->blocks->arena, gb_str_sub(c->html->raw, span.begin, span.end),
                         span.begin + c->html->base);
}

/* ---- tables ---- */

static void
end_cell(struct converter *c)
{
    struct grid *g = c->grid;

    if (!g->in_cell)
        return;
    g->in_cell = false;
    g->cell.text = take_text(c);
    *gb_push(&c->html->cells) = g->cell;
    c->html->n_blocks++;
}

static void
end_row(struct converter *c)
{
    struct grid *g = c->grid;

    end_cell(c);
    if (!g->has_row)
        return;
    g->has_row = false;
    g->row++;
    g->column = 0;
}

static uint16_t
span_attribute(const struct converter *c, const struct gb_tag *tag, const char *name)
{
    struct gb_span value;
    unsigned n = 0;

    if (!gb_html_attribute(c->html->raw, tag, name, &value))
        return 1;
    for (uint32_t i = value.begin; i < value.end && n < SPAN_MOST; i++) {
        char d = c->html->raw.ptr[i];
        if (gb_is_digit(d))
            n = n * 10 + (unsigned)(d - '0');
    }
    return (uint16_t)(n == 0 ? 1 : n > SPAN_MOST ? SPAN_MOST : n);
}

/* Words between rows or cells: browsers put them before the table, here they come behind it. */
static void
flush_stray(struct converter *c)
{
    if (c->grid->in_cell || c->grid->in_caption)
        return;
    struct gb_text text = take_text(c);
    if (text.str.len == 0)
        return;
    struct gb_block *block = add_block(c, GB_BLOCK_PARA, (struct gb_span){0, 0});
    block->span = gb_text_whole(&text, NULL);
    block->text = text;
}

static void
begin_cell(struct converter *c, const struct gb_tag *tag)
{
    struct grid *g = c->grid;

    end_cell(c);
    flush_stray(c);
    g->has_row = true;
    if (g->row >= UINT16_MAX || g->n_cells >= CELLS_MOST)
        return;
    while (g->column < COLUMNS_MOST && g->covered[g->column] > g->row)
        g->column++;
    if (g->column >= COLUMNS_MOST)
        return;
    uint16_t rows = span_attribute(c, tag, "rowspan"), columns = span_attribute(c, tag, "colspan");
    if (columns > COLUMNS_MOST - g->column)
        columns = (uint16_t)(COLUMNS_MOST - g->column);
    g->cell = (struct gb_cell){.row = (uint16_t)g->row,
                               .column = (uint16_t)g->column,
                               .rows = rows,
                               .columns = columns,
                               .is_header = tag->level || g->in_head};
    g->n_cells += (uint32_t)rows * columns;
    for (uint32_t i = 0; i < columns; i++)
        g->covered[g->column + i] = g->row + rows;
    g->column += columns;
    if (g->column > g->columns)
        g->columns = g->column;
    g->in_cell = true;
    c->is_first = true;
}

static void
end_table(struct converter *c, uint32_t end)
{
    struct grid *g = c->grid;
    struct gb_blocks *blocks = c->html->blocks;

    end_row(c);
    if (g->in_caption)
        g->caption = take_text(c);
    flush_stray(c);
    struct gb_table *table = gb_arena_new(blocks->arena, struct gb_table);
    table->n_cells = (uint32_t)c->html->cells.len;
    table->cells =
        gb_arena_copy_bytes(blocks->arena, c->html->cells.items, c->html->cells.len * sizeof(struct gb_cell));
    table->rows = (uint16_t)(g->row > UINT16_MAX ? UINT16_MAX : g->row);
    table->columns = (uint16_t)g->columns;
    /* A cell that reaches below the last row is cut there. */
    GB_EACH(struct gb_cell, cell, table->cells, table->n_cells) {
        if (cell->rows > table->rows - cell->row)
            cell->rows = (uint16_t)(table->rows - cell->row);
    }
    g->block->table = table;
    g->block->text = g->caption;
    g->block->span.end = end + c->html->base;
    if (g->n_cells >= CELLS_MOST) {
        struct gb_span span = {g->block->span.begin - c->html->base, end};
        gb_fault_add(blocks, c->html->base, GB_FAULT_LIMIT, span, "表格超过200000格",
                     "a table has more than 200000 cells");
    }
    free(g);
    c->grid = NULL;
    c->html->cells.len = 0;
    c->html->pieces.list.len = 0;
}

static void
begin_table(struct converter *c, const struct gb_tag *tag)
{
    flush(c);
    struct grid *g = gb_alloc_zeroed(sizeof(*g));
    c->grid = g;
    g->block = add_block(c, GB_BLOCK_TABLE, (struct gb_span){tag->begin, tag->end});
    c->html->cells.len = 0;
}

/* A tag inside of a table; false when it is to be read as any other. */
static bool
read_table_tag(struct converter *c, const struct gb_tag *tag)
{
    struct grid *g = c->grid;

    if (tag->kind == GB_TAG_TABLE) {
        if (!tag->is_end)
            g->depth++;
        else if (g->depth)
            g->depth--;
        else
            end_table(c, tag->end);
        return true;
    }
    if (g->depth && tag->kind >= GB_TAG_ROW && tag->kind <= GB_TAG_PART) {
        flush(c);
        return true;
    }
    switch (tag->kind) {
    case GB_TAG_ROW:
        end_row(c);
        g->has_row = !tag->is_end;
        return true;
    case GB_TAG_CELL:
        if (tag->is_end)
            end_cell(c);
        else
            begin_cell(c, tag);
        return true;
    case GB_TAG_CAPTION:
        if (tag->is_end && g->in_caption)
            g->caption = take_text(c);
        g->in_caption = !tag->is_end;
        return true;
    case GB_TAG_PART:
        end_row(c);
        g->in_head = tag->level && !tag->is_end;
        return true;
    default:
        return false;
    }
}

/* ---- other tags ---- */

/* Centred, by any of the ways that are in use. */
static bool
is_centred(struct gb_str raw, const struct gb_tag *tag)
{
    struct gb_span value;

    if (tag->kind == GB_TAG_BLOCK && tag->flags & GB_TAG_IS_CENTRED)
        return true;
    if (gb_html_attribute(raw, tag, "align", &value) &&
        gb_str_eq_nocase(gb_str_trim(gb_str_sub(raw, value.begin, value.end)), GB_STR("center")))
        return true;
    if (!gb_html_attribute(raw, tag, "style", &value))
        return false;
    struct gb_str style = gb_str_sub(raw, value.begin, value.end);
    size_t align = gb_str_find(style, GB_STR("text-align"), 0);
    return align != GB_NOT_FOUND &&
           gb_str_find(gb_str_sub(style, align, align + 24), GB_STR("center"), 0) != GB_NOT_FOUND;
}

/* Elements that end without an end tag: where the next block begins, and with the stretch of HTML. */
static void
close_short_elements(struct gb_html *html)
{
    while (html->n_open && html->open[html->n_open - 1].is_short)
        html->n_open--;
}

static void
open_element(struct converter *c, const struct gb_tag *tag)
{
    struct gb_html *html = c->html;
    uint32_t flags = is_centred(html->raw, tag) ? GB_BLOCK_CENTER : 0u;

    close_short_elements(html);

    if (tag->kind == GB_TAG_DETAILS)
        flags |= GB_BLOCK_DETAILS;
    if (html->n_open < GB_HTML_DEPTH) {
        html->open[html->n_open].name = tag->name;
        html->open[html->n_open].flags = flags;
        html->open[html->n_open].is_short =
            tag->kind == GB_TAG_HEADING || (tag->kind == GB_TAG_BLOCK && tag->flags & GB_TAG_MAY_STAY_OPEN);
        html->n_open++;
    }
}

static void
close_element(struct converter *c, const struct gb_tag *tag)
{
    for (uint32_t i = c->html->n_open; i > 0; i--) {
        if (c->html->open[i - 1].name == tag->name) {
            c->html->n_open = i - 1;
            return;
        }
    }
}

static void
read_image(struct converter *c, const struct gb_tag *tag)
{
    struct gb_span value;

    if (c->grid)
        return;
    flush(c);
    struct gb_block *block = add_block(c, GB_BLOCK_IMAGE, (struct gb_span){tag->begin, tag->end});
    if (gb_html_attribute(c->html->raw, tag, "src", &value))
        block->info = exact_text(c, value);
    if (gb_html_attribute(c->html->raw, tag, "alt", &value) && value.end > value.begin)
        block->text = exact_text(c, value);
}

/* <pre> or <svg>: code up to the end tag. Returns the offset behind it. */
static uint32_t
read_code(struct converter *c, const struct gb_tag *tag, uint32_t limit)
{
    struct gb_str raw = c->html->raw;
    uint32_t end = gb_html_end_tag(raw, tag, limit);
    struct gb_span span = {tag->begin, end ? end : limit}, value;

    flush(c);
    struct gb_block *block = add_block(c, GB_BLOCK_CODE, span);
    if (tag->kind == GB_TAG_SVG) {
        block->info = exact_text(c, (struct gb_span){tag->begin + 1, tag->begin + 4});
        block->text = exact_text(c, span);
        return span.end;
    }
    struct gb_tag inner;
    span.begin = tag->end;
    if (end) {
        while (span.end > span.begin && raw.ptr[span.end - 1] != '<')
            span.end--;
        span.end -= span.end > span.begin;
    }
    if (span.begin < span.end && raw.ptr[span.begin] == '<' && gb_html_tag(raw, span.begin, &inner) &&
        inner.flags == GB_RUN_CODE) {
        span.begin = inner.end;
        if (gb_html_attribute(raw, &inner, "class", &value) &&
            gb_str_starts(gb_str_sub(raw, value.begin, value.end), GB_STR("language-"))) {
            value.begin += 9;
            block->info = exact_text(c, value);
        }
        if (gb_str_ends(gb_str_sub(raw, span.begin, span.end), GB_STR("</code>")))
            span.end -= 7;
    }
    span.begin += span.begin < span.end && raw.ptr[span.begin] == '\n';
    while (span.end > span.begin && gb_is_line_end(raw.ptr[span.end - 1]))
        span.end--;
    block->text = exact_text(c, span);
    return end ? end : limit;
}

/* Lists and quotes: blocks that hold others. */
static void
read_container(struct converter *c, const struct gb_tag *tag)
{
    flush(c);
    if (c->grid)
        return;
    enum gb_block_kind kind = tag->kind == GB_TAG_LIST   ? GB_BLOCK_LIST
                              : tag->kind == GB_TAG_ITEM ? GB_BLOCK_ITEM
                                                         : GB_BLOCK_QUOTE;
    /* An item ends where the next one of its list begins, or the list. */
    struct gb_block *open = c->parent;
    while (open && (tag->is_end || kind == GB_BLOCK_ITEM) && open->flags & GB_BLOCK_HTML) {
        if (open->kind == GB_BLOCK_LIST && kind == GB_BLOCK_ITEM)
            break;
        c->parent = open->parent;
        open->span.end = tag->begin + c->html->base;
        if (open->kind == kind)
            break;
        open = open->parent;
    }
    if (tag->is_end || (kind == GB_BLOCK_ITEM && c->parent->kind != GB_BLOCK_LIST))
        return;
    c->parent = add_block(c, kind, (struct gb_span){tag->begin, tag->end});
    if (kind == GB_BLOCK_LIST) {
        c->parent->flags |= tag->level ? GB_BLOCK_ORDERED : 0u;
        c->parent->level = 1;
        for (const struct gb_block *b = c->parent->parent; b; b = b->parent) {
            if (b->kind == GB_BLOCK_LIST) {
                c->parent->level = (uint8_t)(b->level + 1);
                break;
            }
        }
    }
}

static void
read_inline_tag(struct converter *c, const struct gb_tag *tag)
{
    for (size_t i = 0; i < GB_COUNT(inline_flags); i++) {
        if (!(tag->flags & inline_flags[i]))
            continue;
        if (!tag->is_end)
            c->n_flags[i]++;
        else if (c->n_flags[i])
            c->n_flags[i]--;
    }
}

/* Reads the tag; returns the offset behind it, or behind the element. */
static uint32_t
read_tag(struct converter *c, const struct gb_tag *tag, uint32_t limit)
{
    if (c->grid && read_table_tag(c, tag))
        return tag->end;
    switch (tag->kind) {
    case GB_TAG_NONE:
        put_text(c, tag->begin, tag->end);
        break;
    case GB_TAG_INLINE:
        read_inline_tag(c, tag);
        break;
    case GB_TAG_BREAK:
        put_line_break(c, tag->begin, tag->end, GB_RUN_HARD);
        break;
    case GB_TAG_IMAGE:
        read_image(c, tag);
        break;
    case GB_TAG_RULE:
        flush(c);
        if (!c->grid)
            add_block(c, GB_BLOCK_RULE, (struct gb_span){tag->begin, tag->end});
        break;
    case GB_TAG_TABLE:
        if (!tag->is_end)
            begin_table(c, tag);
        break;
    case GB_TAG_HIDDEN: {
        uint32_t end = tag->is_end ? tag->end : gb_html_end_tag(c->html->raw, tag, limit);
        return end ? end : limit;
    }
    case GB_TAG_CODE:
    case GB_TAG_SVG:
        if (!tag->is_end && !tag->is_closed)
            return read_code(c, tag, limit);
        break;
    case GB_TAG_LIST:
    case GB_TAG_ITEM:
    case GB_TAG_QUOTE:
        read_container(c, tag);
        break;
    case GB_TAG_BLOCK:
    case GB_TAG_HEADING:
    case GB_TAG_DETAILS:
        flush(c);
        c->heading = 0;
        if (tag->is_end) {
            close_element(c, tag);
        } else if (!tag->is_closed) {
            open_element(c, tag);
            c->heading = tag->level;
        }
        break;
    default:
        break; /* parts of a table outside of one */
    }
    return tag->end;
}

/* "<!…>", "<?…>": the offset behind it. Comments become blocks. */
static uint32_t
read_declaration(struct converter *c, uint32_t at, uint32_t limit)
{
    struct gb_str rest = gb_str_sub(c->html->raw, at, limit);
    bool is_comment = gb_str_starts(rest, GB_STR("<!--"));
    size_t end = gb_str_find(rest, is_comment ? GB_STR("-->") : GB_STR(">"), is_comment ? 4 : 2);

    if (end == GB_NOT_FOUND)
        return limit;
    if (is_comment) {
        struct gb_span inside = {at + 4, at + (uint32_t)end};
        struct gb_block *block = add_block(c, GB_BLOCK_COMMENT, (struct gb_span){at, inside.end + 3});
        block->text = exact_text(c, inside);
    }
    return at + (uint32_t)end + (is_comment ? 3 : 1);
}

void
gb_html_read(struct gb_html *html, struct gb_block *parent, struct gb_span span, bool quote_marks)
{
    struct converter c = {.html = html, .parent = parent, .quote_marks = quote_marks, .is_first = true};
    struct gb_str raw = gb_str_sub(html->raw, 0, span.end);
    struct gb_tag tag;
    uint32_t at = span.begin, text = at;

    html->pieces.raw = html->raw;
    html->pieces.base = html->base;
    html->pieces.list.len = 0;
    while (at < span.end && html->n_blocks < BLOCKS_MOST) {
        const char *hit = memchr(raw.ptr + at, '<', span.end - at);
        at = hit ? (uint32_t)(hit - raw.ptr) : span.end;
        if (at + 1 >= span.end)
            break;
        bool is_declaration = raw.ptr[at + 1] == '!' || raw.ptr[at + 1] == '?';
        if (!is_declaration && !gb_html_tag(raw, at, &tag)) {
            at++;
            continue;
        }
        put_text(&c, text, at);
        at = text = is_declaration ? read_declaration(&c, at, span.end) : read_tag(&c, &tag, span.end);
    }
    if (html->n_blocks < BLOCKS_MOST)
        put_text(&c, text, span.end);
    else if (!html->is_full)
        gb_fault_add(html->blocks, html->base, GB_FAULT_LIMIT, (struct gb_span){at, span.end},
                     "HTML中的段落和表格的格超过50万", "more than 500000 blocks and cells in HTML");
    html->is_full = html->n_blocks >= BLOCKS_MOST;
    if (c.grid)
        end_table(&c, span.end);
    flush(&c);
    close_short_elements(html);
}

void
gb_html_release(struct gb_html *html)
{
    GB_RELEASE(&html->pieces.list, &html->cells);
}
