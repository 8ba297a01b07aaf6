/* What stands above the cells of a table, and the precision of its columns: TBL-012, TBL-013. Units are in table_units.c. */
#include "check/objects/tables_priv.h"

#include "check/clause_priv.h"

/* ---- TBL-012: captions ---- */

static bool
is_object(const struct gb_node *node)
{
    return node && (node->kind == GB_NODE_TABLE || node->kind == GB_NODE_FIGURE);
}

/* Does the caption stand behind the cells? Between two tables it may be that of the one below. */
static bool
is_below(const struct gb_node *table)
{
    const struct gb_table *t = table->u.table;

    if (is_object(gb_object_before(table)) || is_object(gb_object_behind(table)))
        return false;
    if (!table->head.n_runs || !table->head.str.len || table->flags & GB_NODE_CONTINUED)
        return false;
    GB_FIND(cell, t->cells, t->n_cells, !gb_cell_is_empty(cell));
    return cell && gb_text_whole(&cell->text, NULL).begin < gb_text_whole(&table->head, NULL).begin;
}

static bool
has_text_in_header(const struct gb_table *t)
{
    return GB_ANY(for (uint32_t i = 0; i < t->n_cells && t->cells[i].row == 0; i++), !gb_cell_is_empty(&t->cells[i]));
}

/* ": 表1" and "Table: 表1" are marks of pandoc, which places the caption itself. */
static bool
is_placed_by_markup(const struct gb_source *source, const struct gb_node *table)
{
    uint32_t begin = gb_text_whole(&table->head, NULL).begin;
    struct gb_span before = {gb_source_line_begin(source, begin), begin};

    return gb_str_ends(gb_str_trim(gb_source_text(source, before)), GB_STR(":"));
}

/* The line of the caption goes above that of the header. */
static void
move_up(struct gb_check *c, struct gb_finding *f, const struct gb_node *table)
{
    const struct gb_source *source = c->doc->source;
    struct gb_span head = gb_table_at(table).span, caption;
    struct gb_span line = {gb_source_line_begin(source, head.begin), gb_source_line_end(source, head.begin)};
    struct gb_str words = gb_str_trim(gb_source_text(source, line));

    if (gb_line_of_text(c, &table->head, &caption) && caption.begin > line.end &&
        GB_STARTS_WITH(words, "|", "<table") && has_text_in_header(table->u.table))
        gb_fix_lines_up(c, f, caption, line.begin);
}

/* 表1：标题, 表1、标题: the mark at the head of the title, blanks behind it with it; 0: none. */
static size_t
mark_length(struct gb_str title)
{
    size_t at = 0;

    return !title.len || !gb_is_one_of(gb_utf8_at(title, 0, &at), "：:、.．") ? 0 : gb_str_skip_space(title, at);
}

/* 表1时限: no blank. Where a conversion lost the blanks it is told of more softly. */
static void
judge_blank(struct gb_check *c, const struct gb_node *table)
{
    struct gb_str head = table->head.str;
    size_t number = gb_str_find(head, table->number.str, 0), next, behind = number + table->number.str.len;

    if (number == GB_NOT_FOUND || behind >= head.len || gb_object_is_continued(table))
        return;
    if (!gb_char_is_han(gb_utf8_at(head, behind, &next)))
        return;
    struct gb_at at = gb_at_part(&table->head, 0, next);
    uint32_t place = gb_at_part(&table->head, behind, next).span.begin;
    struct gb_finding *f = gb_report_case(c, gb_loses_blanks(c) ? "lost" : "glued", at, table,
                                          GB_ARGS(gb_str_sub(head, 0, behind), gb_str_skip(head, behind)));
    if (!at.by_line)
        gb_fix(c, f, (struct gb_span){place, place}, GB_STR("　"));
}

static void
judge_form(struct gb_check *c, const struct gb_node *table)
{
    size_t len = mark_length(table->title.str), next;
    struct gb_str stop = GB_STR("。");

    if (gb_str_ends(table->title.str, stop)) {
        size_t at = table->title.str.len - stop.len;
        struct gb_str words = gb_arena_printf(c->arena, "表%.*s　%.*s", GB_FMT(table->number.str),
                                              GB_FMT(gb_str_sub(table->title.str, 0, at)));
        gb_report_fix(c, "mark", gb_at_part(&table->title, at, at + stop.len), table, GB_STR(""), GB_ARGS(stop, words));
    }
    if (len == 0)
        judge_blank(c, table);
    if (len == 0 || len >= table->title.str.len)
        return;
    size_t end = (gb_utf8_at(table->title.str, 0, &next), next);
    struct gb_str title = gb_str_skip(table->title.str, len);
    struct gb_str want = gb_arena_printf(c->arena, "表%.*s　%.*s", GB_FMT(table->number.str), GB_FMT(title));
    struct gb_finding *f = gb_report_case(c, "mark", gb_at_part(&table->title, 0, end), table,
                                          GB_ARGS(gb_str_sub(table->title.str, 0, end), want));
    gb_fix(c, f, gb_at_part(&table->title, 0, len).span, GB_STR("　"));
}

/* 表1　时限。: with the stop the reader takes it for a paragraph, or for a title without number. */
static void
judge_stop(struct gb_check *c, const struct gb_node *table)
{
    enum { LONGEST = 25 };
    const struct gb_node *before = gb_caption_before(table);
    bool has_title = gb_str_starts(table->title.str, GB_STR("表")) && !gb_object_has_number(table);
    const struct gb_text *text = has_title ? &table->title : before ? &before->text : NULL;
    struct gb_number num;
    size_t begin, end;

    if (!has_title && (table->num.n || table->head.str.len || !before || before->kind != GB_NODE_PARA ||
                       !gb_str_starts(before->text.str, GB_STR("表"))))
        return;
    struct gb_str s = text->str;
    size_t stop = gb_str_find(s, GB_STR("。"), 0);
    if (stop == GB_NOT_FOUND || stop + strlen("。") != s.len || gb_str_han_length(s) > LONGEST ||
        !gb_read_object_number(gb_str_skip(s, strlen("表")), &num, &begin, &end) || (end += strlen("表")) >= s.len ||
        !gb_char_is_space(gb_char_at(s, end)) || gb_str_has(s, GB_STR("了")))
        return;
    gb_report_fix(c, "mark", gb_at_part(text, stop, s.len), has_title ? table : before, GB_STR(""),
                  GB_ARGS(GB_STR("。"), gb_str_sub(s, 0, stop)));
}

/* 表1、时限: the reader takes it for the beginning of a sentence. */
static void
judge_enumeration(struct gb_check *c, const struct gb_node *table)
{
    enum { LONGEST = 25 };
    const struct gb_node *before = gb_caption_before(table);
    struct gb_str s = before && before->kind == GB_NODE_PARA ? before->text.str : GB_STR("");
    struct gb_number num;
    size_t begin, end, at;

    if (table->num.n || table->head.str.len || !gb_str_starts(s, GB_STR("表")) || gb_str_han_length(s) > LONGEST ||
        gb_str_has(s, GB_STR("\n")) || !gb_read_object_number(gb_str_skip(s, strlen("表")), &num, &begin, &end))
        return;
    end += strlen("表");
    struct gb_str title = gb_str_skip(s, end + strlen("、"));
    if (!gb_str_starts(gb_str_skip(s, end), GB_STR("、")) || !title.len || gb_str_starts(title, GB_STR("表")) ||
        !gb_char_is_han(gb_char_at(title, 0)) || gb_is_one_of(gb_last_char(s, &at), "。：；，:;.！？,、"))
        return;
    struct gb_str number = gb_number_text(&num, c->arena);
    gb_report_fix(c, "mark", gb_at_part(&before->text, end, end + strlen("、")), before, GB_STR("　"),
                  GB_ARGS(GB_STR("、"), gb_arena_printf(c->arena, "表%.*s　%.*s", GB_FMT(number), GB_FMT(title))));
}

/* Source: GB/T 1.1—2020, 10.4.2.1; 2009, chapter 9. In DocBook the style sheet places the caption. */
static void
check_caption(struct gb_check *c, const struct gb_node *table)
{
    if (!gb_table_is_judged(table))
        return;
    judge_stop(c, table);
    judge_enumeration(c, table);
    if (!gb_object_has_number(table))
        return;
    judge_form(c, table);
    if (c->doc->blanks_matter && is_below(table) && !is_placed_by_markup(c->doc->source, table))
        move_up(c, gb_report(c, gb_at_head(table), table, GB_ARGS(gb_object_name(c, table))), table);
}

/* ---- TBL-013: digits behind the point ---- */

/* Columns beyond these are not judged. */
enum { MOST_COLUMNS = 32 };

/* What the cells of a column have in common so far. */
struct column {
    const struct gb_cell *first;           /* with the fewest digits behind the point */
    const struct gb_cell *longest;         /* with the most */
    unsigned least, most, n_least, n_most; /* digits behind the point; how many cells have so many */
    bool is_mixed;
};

static void
count_cell(struct column *column, const struct gb_cell *cell, unsigned decimals)
{
    if (!column->first || decimals < column->least) {
        column->first = cell;
        column->least = decimals;
        column->n_least = 0;
    }
    if (!column->longest || decimals > column->most) {
        column->longest = cell;
        column->most = decimals;
        column->n_most = 0;
    }
    column->n_least += decimals == column->least;
    column->n_most += decimals == column->most;
}

/* Digits behind the decimal point of a cell that is one number; 0: none. */
static unsigned
count_decimals(struct gb_str s)
{
    size_t point = gb_skip_digits(s, 0);

    if (point == 0 || gb_str_at(s, point) != '.' || gb_skip_digits(s, point + 1) != s.len)
        return 0;
    return (unsigned)(s.len - point - 1);
}

/* A row has a quantity of its own where it is headed 体积/mL or w/%, or has a cell for its unit; a column has none there. */
static bool
is_of_row(const struct gb_cell *cell)
{
    struct gb_str s = cell->text.str;

    return cell->row == 0 ? gb_str_ends(gb_str_trim(s), GB_STR("单位"))
                          : cell->column == 0 && gb_str_has(s, GB_STR("/")) && gb_str_has_han(s);
}

/* Source: GB/T 1.1—2020, 9.4.6, 10.4.2.2; 2009, 8.5. Integers are counts or limits, and are left alone. */
static void
check_precision(struct gb_check *c, const struct gb_node *table)
{
    const struct gb_table *t = table->u.table;
    struct column columns[MOST_COLUMNS] = {{0}};

    if (!gb_table_is_judged(table) || GB_ANY(GB_ITEMS(cell, t->cells, t->n_cells), is_of_row(cell)))
        return;
    GB_EACH(const struct gb_cell, cell, t->cells, t->n_cells) {
        if (cell->column >= MOST_COLUMNS)
            continue;
        struct column *column = &columns[cell->column];
        struct gb_str s = gb_text_trim(&cell->text).str;
        if (cell->row == 0)
            column->is_mixed =
                GB_HAS_ONE_OF(s, "条", "章", "号", "编", "版"); /* clause numbers and the like: 5.1, 5.10 */
        unsigned n = cell->row == 0 ? 0 : count_decimals(s);
        if (n > 0)
            count_cell(column, cell, n);
    }
    for (size_t k = 0; k < MOST_COLUMNS; k++) {
        if (!columns[k].first || columns[k].is_mixed)
            continue;
        bool is_long = columns[k].n_most == 1 && columns[k].n_least > 1; /* one alone has more than the others */
        struct gb_text text = gb_text_trim(is_long ? &columns[k].longest->text : &columns[k].first->text);
        if (columns[k].least < columns[k].most)
            gb_report_case(c, is_long ? "long" : NULL, gb_at_text(&text), table,
                           GB_ARGS(text.str, gb_count_text(c, is_long ? columns[k].least : columns[k].most)));
    }
}

const struct gb_check_def gb_table_caption_checks[] = {
    {.name = "table-caption", .run = check_caption, .on = GB_ON(TABLE), .cases = "mark glued lost"},
    {.name = "table-precision", .run = check_precision, .on = GB_ON(TABLE), .cases = "long"},
    {0},
};
