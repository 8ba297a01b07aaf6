/*
 * Tables drawn with lines of hyphens, as pandoc writes them: simple ones with a row a line, multiline ones with blank lines between the
 * rows, and grids. To the parser they are rules and paragraphs; here they are regions, and what is in a column of their lines a cell.
 *
 *     项目     要求       ----------------     +--------+--------+
 *     ------ ------       项目     要求        | 项目   | 要求   |
 *     外观     5.1        -------- -------     +========+========+
 *     噪声     5.2        外观     5.1 和      | 外观   | 5.1    |
 *                                  5.2         +--------+--------+
 *
 *                         噪声     5.3
 *                         ----------------
 */
#include "read/markdown/markdown_priv.h"
#include "read/markdown/scanner_priv.h"
#include "text/chars.h"
#include "text/utf8.h"

enum {
    COLUMNS_MOST = 64,
    HEAD_LINES_MOST = 12,
    BYTES_MOST = 256 * 1024,
    TRIES_MOST = 64, /* tables that begin and do not end */
};

/* Where the columns of a table begin, in columns of the line; 0: no line of that kind. */
struct ruler {
    uint32_t at[COLUMNS_MOST], n;
};

static struct gb_str
line_at(struct gb_str text, size_t begin)
{
    size_t end = begin;

    while (end < text.len && !gb_is_line_end(text.ptr[end]))
        end++;
    return gb_str_sub(text, begin, end);
}

/* Where the next line begins; the end of the text behind the last one. */
static size_t
behind(struct gb_str text, size_t end)
{
    if (end < text.len && text.ptr[end] == '\r')
        end++;
    return end < text.len && text.ptr[end] == '\n' ? end + 1 : end;
}

static bool
is_blank(struct gb_str line)
{
    return gb_str_trim(line).len == 0;
}

/* Hyphens and blanks only: a column begins with each group. */
static struct ruler
read_ruler(struct gb_str line)
{
    struct ruler ruler = {.n = 0};
    uint32_t n_hyphens = 0;

    for (size_t i = 0; i < line.len; i++) {
        if (line.ptr[i] == '-' && (i == 0 || line.ptr[i - 1] == ' ')) {
            if (ruler.n == COLUMNS_MOST)
                return (struct ruler){.n = 0};
            ruler.at[ruler.n++] = (uint32_t)i;
        }
        n_hyphens += line.ptr[i] == '-';
        if (line.ptr[i] != '-' && line.ptr[i] != ' ')
            return (struct ruler){.n = 0};
    }
    /* "- - -" is a rule. */
    return n_hyphens >= 3 && n_hyphens > ruler.n ? ruler : (struct ruler){.n = 0};
}

/* "+------+------+", also of "=" and with colons. */
static struct ruler
read_grid_ruler(struct gb_str line)
{
    struct ruler ruler = {.n = 0};
    struct gb_str marks = gb_str_trim(line);
    size_t indent = (size_t)(marks.ptr - line.ptr);

    if (marks.len < 4 || marks.ptr[0] != '+' || marks.ptr[marks.len - 1] != '+')
        return ruler;
    for (size_t i = 0; i < marks.len; i++) {
        char c = marks.ptr[i];
        if (c != '+' && c != '-' && c != '=' && c != ':')
            return (struct ruler){.n = 0};
        if (c == '+' && i + 1 < marks.len) {
            if (ruler.n == COLUMNS_MOST)
                return (struct ruler){.n = 0};
            ruler.at[ruler.n++] = (uint32_t)(indent + i + 1);
        }
    }
    return ruler;
}

/* ---- Where one stands ---- */

/* End of the grid that begins with a ruler at `begin`; 0 where it has no row. */
static size_t
grid_end(struct gb_str text, size_t begin)
{
    size_t end = 0, at = begin, limit = text.len - at > BYTES_MOST ? at + BYTES_MOST : text.len;
    unsigned n_rows = 0;

    while (at < limit) {
        struct gb_str line = line_at(text, at), marks = gb_str_trim(line);
        if (!marks.len || (marks.ptr[0] != '|' && marks.ptr[0] != '+'))
            break;
        n_rows += marks.ptr[0] == '|';
        if (read_grid_ruler(line).n)
            end = at + line.len;
        at = behind(text, at + line.len);
    }
    return n_rows ? end : 0;
}

/* End of the first line of hyphens with one or as many groups as there are columns; before it, unless there is a head, a row. 0 without. */
static size_t
closing_line(struct gb_str text, size_t at, uint32_t n, bool has_head)
{
    size_t limit = text.len - at > BYTES_MOST ? at + BYTES_MOST : text.len;

    for (bool any = has_head; at < limit;) {
        struct gb_str line = line_at(text, at);
        uint32_t groups = read_ruler(line).n;
        if (groups)
            return any && (groups == 1 || groups == n) ? at + line.len : 0;
        any = any || !is_blank(line);
        at = behind(text, at + line.len);
    }
    return 0;
}

/* End of the rows that stand one a line from `at` on, perhaps with a line of hyphens directly behind them; 0 without a row. */
static size_t
rows_end(struct gb_str text, size_t at)
{
    size_t end = 0;

    while (at < text.len) {
        struct gb_str line = line_at(text, at);
        if (is_blank(line) || gb_str_starts(line, GB_STR(":::"))) /* the end of a div, too */
            break;
        bool is_ruler = read_ruler(line).n > 0;
        if (is_ruler && !end)
            return 0;
        end = at + line.len;
        if (is_ruler)
            break;
        at = behind(text, at + line.len);
    }
    return end;
}

/* Behind a line of hyphens at `at`: the ruler of the columns below a few lines of heads; its end, or 0. */
static size_t
ruler_below(struct gb_str text, size_t at, uint32_t *out_columns)
{
    for (unsigned i = 0; i < HEAD_LINES_MOST && at < text.len; i++) {
        struct gb_str line = line_at(text, at);
        *out_columns = read_ruler(line).n;
        if (*out_columns)
            return i > 0 && *out_columns > 1 ? at + line.len : 0;
        if (is_blank(line))
            return 0;
        at = behind(text, at + line.len);
    }
    return 0;
}

/* The line before `begin`; empty at the start. */
static struct gb_str
line_before(struct gb_str text, size_t begin)
{
    size_t end = begin;

    if (end > 0 && text.ptr[end - 1] == '\n')
        end--;
    if (end > 0 && end < begin && text.ptr[end - 1] == '\r')
        end--;
    size_t start = end;
    while (start > 0 && !gb_is_line_end(text.ptr[start - 1]))
        start--;
    return gb_str_sub(text, start, end);
}

/* Of the table with a line of hyphens at `begin`: its end, and where it begins, which is there or a line before. */
static size_t
drawn_end(struct gb_str text, size_t begin, bool was_blank, size_t *out_begin)
{
    struct gb_str line = line_at(text, begin);
    struct ruler ruler = read_ruler(line);
    size_t next = behind(text, begin + line.len), at;
    uint32_t n_columns;

    *out_begin = begin;
    if (!ruler.n)
        return read_grid_ruler(line).n && was_blank ? grid_end(text, begin) : 0;
    if (ruler.n == 1) {
        at = was_blank ? ruler_below(text, next, &n_columns) : 0;
        return at ? closing_line(text, behind(text, at), n_columns, true) : 0;
    }
    if (was_blank)
        return closing_line(text, next, ruler.n, false);
    struct gb_str head = line_before(text, begin);
    size_t head_at = (size_t)(head.ptr - text.ptr);
    if (head_at > 0 && !is_blank(line_before(text, head_at)))
        return 0;
    *out_begin = head_at;
    return rows_end(text, next);
}

uint32_t
gb_scan_drawn(struct gb_scanner *s, uint32_t begin, bool was_blank)
{
    size_t from, end;

    if (s->n_undrawn >= TRIES_MOST)
        return 0;
    end = drawn_end((struct gb_str){s->text, s->len}, begin, was_blank, &from);
    if (!end) {
        s->n_undrawn++;
        return 0;
    }
    gb_scan_add_region(s, GB_REGION_DRAWN, (uint32_t)from, (uint32_t)end, true);
    s->has_drawn = true;
    return (uint32_t)end;
}

/* ---- What is in it ---- */

struct drawn {
    struct gb_markdown *r;
    struct ruler ruler;
    GB_ARRAY(struct gb_span) words; /* of the row in hand */
    GB_ARRAY(uint32_t) columns;     /* of these */
    uint16_t rows;
    bool is_header;
};

/* The column that a word belongs to which begins at column `at`: widths of characters are not known to the last one. */
static uint32_t
column_of(const struct ruler *ruler, uint32_t at)
{
    uint32_t column = 0;

    while (column + 1 < ruler->n && at + 1 >= ruler->at[column + 1])
        column++;
    return column;
}

/* Takes down the words of a line by their columns; in a grid bars part them. */
static void
take_line(struct drawn *d, uint32_t begin, uint32_t end)
{
    struct gb_str raw = d->r->scan.raw;
    uint32_t width = 0, last = UINT32_MAX, stop = begin;
    bool is_grid = d->ruler.n && raw.ptr[gb_str_trim(gb_str_sub(raw, begin, end)).ptr - raw.ptr] == '|';

    for (size_t at = begin, next; at < end; at = next) {
        uint32_t c = gb_utf8_at(raw, at, &next);
        uint32_t column = column_of(&d->ruler, width);
        bool is_space = c == ' ' || c == '\t' || (is_grid && c == '|');
        width += gb_char_width(c, 1);
        if (is_space)
            continue;
        /* A word stays whole. */
        if (at == stop && last != UINT32_MAX)
            column = last;
        if (column == last) {
            d->words.items[d->words.len - 1].end = (uint32_t)next;
        } else {
            *gb_push(&d->words) = (struct gb_span){(uint32_t)at, (uint32_t)next};
            *gb_push(&d->columns) = column;
        }
        last = column;
        stop = (uint32_t)next;
    }
}

static struct gb_text
cell_text(struct drawn *d, uint32_t column)
{
    struct gb_markdown *r = d->r;
    struct gb_markdown_walk w = {.r = r, .is_drawn = true};
    uint32_t break_flags = 0;

    gb_markdown_clear_pieces(r);
    for (size_t i = 0; i < d->words.len; i++) {
        if (d->columns.items[i] != column)
            continue;
        struct gb_span span = d->words.items[i];
        bool is_hard = r->scan.raw.ptr[span.end - 1] == '\\';
        if (r->pieces.list.len)
            gb_pieces_break(&r->pieces, span.begin, span.begin, break_flags);
        gb_markdown_put_smart(&w, span.begin, span.end - is_hard, 0);
        break_flags = is_hard ? GB_RUN_HARD : 0;
    }
    return gb_markdown_text(r, 0, r->pieces.list.len);
}

static void
end_row(struct drawn *d)
{
    if (!d->words.len || d->rows == UINT16_MAX)
        return;
    for (uint32_t column = 0; column < d->ruler.n; column++) {
        struct gb_cell cell = {
            .row = d->rows, .column = (uint16_t)column, .rows = 1, .columns = 1, .is_header = d->is_header};
        cell.text = cell_text(d, column);
        *gb_push(&d->r->cells) = cell;
    }
    d->rows++;
    d->words.len = d->columns.len = 0;
    d->is_header = false;
}

/* The ruler of the columns, and whether rows are parted by blank lines. */
static bool
read_form(struct drawn *d, struct gb_str raw, struct gb_span span)
{
    bool has_blank = false, is_framed = false;

    for (size_t at = span.begin; at < span.end;) {
        struct gb_str line = line_at(raw, at);
        struct ruler ruler = read_ruler(line);
        is_framed = is_framed || ruler.n == 1;
        if (ruler.n > 1 && !d->ruler.n) {
            d->ruler = ruler;
            d->is_header = at > span.begin;
        }
        has_blank = has_blank || is_blank(line);
        at = behind(raw, at + line.len);
    }
    return has_blank || is_framed;
}

static void
read_lines(struct drawn *d, struct gb_span span)
{
    struct gb_str raw = d->r->scan.raw;
    bool by_blank = read_form(d, raw, span), is_grid = d->ruler.n == 0;

    if (is_grid)
        d->ruler = read_grid_ruler(line_at(raw, span.begin));
    d->is_header = d->is_header || is_grid;
    for (size_t at = span.begin; at < span.end;) {
        struct gb_str line = line_at(raw, at);
        bool is_head = d->is_header && !is_grid;
        if (read_ruler(line).n || (is_grid && read_grid_ruler(line).n) || (by_blank && !is_grid && is_blank(line)))
            end_row(d);
        else
            take_line(d, (uint32_t)at, (uint32_t)(at + line.len));
        if (!is_grid && !by_blank && !is_head)
            end_row(d);
        at = behind(raw, at + line.len);
    }
    end_row(d);
}

void
gb_markdown_read_drawn(struct gb_markdown *r, struct gb_block *parent, struct gb_span span)
{
    struct gb_block *block = gb_markdown_new_block(r, parent, GB_BLOCK_TABLE, span);
    struct drawn d = {.r = r};

    r->cells.len = 0;
    read_lines(&d, span);
    block->table = gb_markdown_make_table(r, d.rows);
    GB_RELEASE(&d.words, &d.columns);
}
