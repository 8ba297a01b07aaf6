/* Units of tables: the statement above, in the header, in the cells: TBL-009. */
#include "check/objects/tables_priv.h"

#include "check/changes_priv.h"
#include "check/clause_priv.h"
#include "facts/quantity.h"

/* The line that tells the unit: between caption and table, or before the caption. */
static struct gb_text
statement_of(const struct gb_node *table)
{
    const struct gb_node *before = table->u.table->unit.str.len ? NULL : gb_object_before(table);

    return gb_text_trim(before && before->kind == GB_NODE_PARA ? &before->text : &table->u.table->unit);
}

/* 单位为毫米, for the unit as written. */
static struct gb_str
statement(struct gb_check *c, struct gb_str unit)
{
    struct gb_str name = gb_unit_name(unit);

    return gb_arena_printf(c->arena, "单位为%.*s", GB_FMT(name.len ? name : unit));
}

static void
judge_statement(struct gb_check *c, const struct gb_node *table)
{
    struct gb_text unit = statement_of(table);
    struct gb_str words;

    if (!unit.str.len || gb_str_has(unit.str, GB_STR("\n")) || !gb_read_unit_line(unit.str, &words))
        return;
    struct gb_str want = statement(c, words);
    gb_report_fix(c, NULL, gb_at_text(&unit), table, want, GB_ARGS(unit.str, want));
}

/* 表3 尺寸偏差（单位：mm）: at the end of the title. */
static void
judge_title(struct gb_check *c, const struct gb_node *table)
{
    GB_WORDS(brackets, "（", "(");
    struct gb_str s = table->title.str, words;
    size_t at = gb_str_find(s, GB_STR("单位："), 0);

    at = at == GB_NOT_FOUND ? gb_str_find(s, GB_STR("单位:"), 0) : at;
    if (at == GB_NOT_FOUND || at == 0 ||
        !(GB_ENDS_ANY(gb_str_sub(s, 0, at), brackets) || gb_char_is_space(gb_char_before(s, at))))
        return;
    at -= GB_END(gb_str_sub(s, 0, at), brackets);
    struct gb_str tail = gb_str_skip(s, at);
    if (gb_read_unit_line(tail, &words) && !GB_HAS_ONE_OF(words, "）", ")"))
        gb_report(c, gb_at_part(&table->title, at, s.len), table, GB_ARGS(tail, statement(c, words)));
}

/* Columns beyond these are not judged. */
enum { MOST_COLUMNS = 32 };

/* What the cells of a column have in common so far. */
struct column {
    const struct gb_cell *first; /* with a number and a unit, or with a decimal point */
    struct gb_str unit;
    uint32_t n;
    bool is_mixed;
};

static bool
is_nothing(struct gb_str s)
{
    return !s.len || GB_IS_ONE_OF(s, "—", "——", "-", "/");
}

/* A number with the symbol of a unit, and nothing else: "5 mm". The unit, or an empty string. */
static struct gb_str
unit_of_cell(const struct gb_measures *units, struct gb_str s)
{
    enum { LONGEST = 24 };
    struct gb_quantity q;
    size_t at = 0;

    if (s.len < 2 || s.len > LONGEST || s.ptr[0] < '0' || s.ptr[0] > '9' || gb_is_digit(s.ptr[s.len - 1]) ||
        !gb_quantity_next(units, s, &at, &q))
        return GB_STR("");
    const struct gb_measure_expression *unit = &q.amounts[0].unit;
    if (q.begin != 0 || q.end != s.len || q.n != 1 || !gb_measure_is(unit, GB_MEASURE_SYMBOL))
        return GB_STR("");
    return gb_str_sub(s, unit->begin, unit->end);
}

/* Is the column, by its header, one of values of one quantity: 长度, 时间/h? In others the rows may be of different ones. */
static bool
is_quantity_column(const struct gb_measures *units, const struct gb_table *t, size_t column)
{
    for (uint32_t i = 0; i < t->n_cells && t->cells[i].row == 0; i++) {
        if (t->cells[i].column != column)
            continue;
        struct gb_str title = gb_text_trim(&t->cells[i].text).str;
        size_t slash = gb_str_find(title, GB_STR("/"), 0);
        return gb_ends_in_quantity(units, slash == GB_NOT_FOUND ? title : gb_str_sub(title, 0, slash));
    }
    return false;
}

/* The unit goes from the cells into the header: 长度/mm. */
static void
fix_column(struct gb_check *c, struct gb_finding *f, const struct gb_table *t, size_t column, struct gb_str unit)
{
    struct gb_str in_header = gb_arena_printf(c->arena, "/%.*s", GB_FMT(unit));
    struct gb_changes changes = {0};

    for (uint32_t i = 0; i < t->n_cells; i++) {
        if (t->cells[i].column != column)
            continue;
        struct gb_text text = gb_text_trim(&t->cells[i].text);
        size_t end = text.str.len, number = end - unit.len;
        if (t->cells[i].row == 0 || t->cells[i].is_header) {
            bool has_unit = gb_str_has(text.str, unit) || gb_str_has(text.str, GB_STR("/"));
            if (!has_unit)
                gb_change_part(&changes, &text, end, end, in_header);
            continue;
        }
        if (is_nothing(text.str))
            continue;
        number = gb_skip_any_back(text.str, number, " ");
        gb_change_part(&changes, &text, number, end, GB_STR(""));
    }
    gb_apply_changes(c, f, &changes);
}

/* One unit down a whole column belongs into its header. */
static void
judge_unit_columns(struct gb_check *c, const struct gb_node *table)
{
    enum { FEW = 2 };
    const struct gb_measures *units = gb_lexicon_measures(c->facts->lexicon);
    const struct gb_table *t = table->u.table;
    struct column columns[MOST_COLUMNS] = {{0}};

    GB_EACH(const struct gb_cell, cell, t->cells, t->n_cells) {
        if (cell->row == 0 || cell->is_header || cell->column >= MOST_COLUMNS)
            continue;
        struct column *column = &columns[cell->column];
        struct gb_str s = gb_text_trim(&cell->text).str;
        if (column->is_mixed || is_nothing(s))
            continue;
        struct gb_str unit = unit_of_cell(units, s);
        column->is_mixed = !unit.len || (column->n && !gb_str_eq(unit, column->unit));
        column->unit = unit;
        if (column->n++ == 0)
            column->first = cell;
    }
    for (size_t k = 0; k < MOST_COLUMNS; k++) {
        if (columns[k].is_mixed || columns[k].n < FEW)
            continue;
        struct gb_text text = gb_text_trim(&columns[k].first->text);
        bool is_of_one = is_quantity_column(units, t, k);
        struct gb_finding *f = gb_report_case(c, is_of_one ? "cells" : "mixed", gb_at_text(&text), table,
                                              GB_ARGS(text.str, columns[k].unit));
        if (is_of_one)
            fix_column(c, f, t, k, columns[k].unit);
    }
}

/* ---- One unit in all headers ---- */

/* The unit that a header names: 长度/mm, 长度（mm）, 长度 mm. */
struct header_unit {
    struct gb_text text; /* of the cell */
    size_t begin, end;   /* the unit in it */
    size_t mark;         /* where what parts it from the name begins */
    size_t behind;       /* behind it, with its bracket */
};

/* Is all of it one unit of measurement, by its symbol or its name? Those of time are steps of a service more often. */
static bool
is_unit(const struct gb_measures *units, struct gb_str s)
{
    struct gb_measure_expression unit =
        s.len ? gb_measure_expression_at(units, s, 0) : (struct gb_measure_expression){.n = 0};

    return unit.n && unit.end == s.len &&
           (gb_measure_is(&unit, GB_MEASURE_SYMBOL) || gb_measure_is(&unit, GB_MEASURE_NAME));
}

/* The bytes that stand between brackets at the end of s, in [*out_begin, *out_end); false: there are none. */
static bool
in_brackets(struct gb_str s, size_t *out_open, size_t *out_begin, size_t *out_end)
{
    static const struct {
        const char *open, *close;
    } pairs[] = {{"（", "）"}, {"(", ")"}, {"（", ")"}, {"(", "）"}, {"[", "]"}};

    for (size_t i = 0; i < GB_COUNT(pairs); i++) {
        struct gb_str open = gb_str_from(pairs[i].open), close = gb_str_from(pairs[i].close);
        size_t at = gb_str_find(s, open, 0);
        if (!gb_str_ends(s, close) || at == GB_NOT_FOUND)
            continue;
        *out_open = at;
        *out_begin = at + open.len;
        *out_end = s.len - close.len;
        return *out_begin < *out_end;
    }
    return false;
}

/* Bytes of a text without blanks at both ends. */
static void
trim_part(struct gb_str s, size_t *begin, size_t *end)
{
    struct gb_str part = gb_str_trim(gb_str_sub(s, *begin, *end));

    *begin = (size_t)(part.ptr - s.ptr);
    *end = *begin + part.len;
}

/* Does a quantity stand there: 长度, L, $l_1$? Not the first unit of m/s. */
static bool
is_quantity(const struct gb_measures *units, struct gb_str header, size_t end)
{
    struct gb_str name = gb_str_trim(gb_str_sub(header, 0, end));

    return gb_str_has_han(name) ||
           (name.len && (gb_is_letter(name.ptr[0]) || name.ptr[0] == '$') && !is_unit(units, header));
}

static bool
read_header_unit(const struct gb_measures *units, const struct gb_cell *cell, struct header_unit *out)
{
    GB_WORDS(marks, "\n", "/", "／", "，", "、", "　", " ");
    struct header_unit unit = {.text = gb_text_trim(&cell->text)};
    struct gb_str s = unit.text.str;
    bool has_unit = false; /* the longest one: 速度 m/min ends in a unit behind its slash too */

    unit.behind = s.len;
    if (in_brackets(s, &unit.mark, &unit.begin, &unit.end)) {
        trim_part(s, &unit.begin, &unit.end);
        if (is_unit(units, gb_str_sub(s, unit.begin, unit.end))) {
            *out = unit;
            return is_quantity(units, s, unit.mark);
        }
    }
    for (size_t i = 0; i < GB_COUNT(marks); i++) {
        unit.mark = gb_str_find(s, marks[i], 0);
        if (unit.mark == GB_NOT_FOUND || (has_unit && unit.mark > out->mark))
            continue;
        unit.begin = unit.mark + marks[i].len;
        unit.end = s.len;
        trim_part(s, &unit.begin, &unit.end);
        if (is_quantity(units, s, unit.mark) && is_unit(units, gb_str_sub(s, unit.begin, unit.end))) {
            *out = unit;
            has_unit = true;
        }
    }
    return has_unit;
}

/* 5, ≥ 5, 10～20, 5±1: a value without a unit. */
static bool
is_value(struct gb_str s)
{
    bool has_digit = false;

    for (size_t at = 0; at < s.len;) {
        uint32_t c = gb_char_narrow(gb_utf8_at(s, at, &at));
        bool is_digit = gb_is_digit(c);
        has_digit = has_digit || is_digit;
        if (!is_digit && !gb_char_is_space(c) && !gb_is_one_of(c, ".,～~-–—−+±≤≥<>＜＞×/()"))
            return false;
    }
    return has_digit;
}

/* Rows of the header: what the cells of the first one reach down to. */
static uint16_t
header_rows(const struct gb_table *t)
{
    uint16_t rows = 1;

    for (uint32_t i = 0; i < t->n_cells && (t->cells[i].row < rows || t->cells[i].is_header); i++) {
        const struct gb_cell *cell = &t->cells[i];
        bool is_heading = cell->row == 0 || (cell->is_header && cell->column > 0);
        if (is_heading && cell->row + cell->rows > rows && cell->row + cell->rows < t->rows)
            rows = (uint16_t)(cell->row + cell->rows);
    }
    return rows;
}

/* What the headers of a table say of its columns. */
struct headers {
    struct header_unit units[MOST_COLUMNS];
    unsigned n;                 /* cells of the header with a unit */
    bool covered[MOST_COLUMNS]; /* columns below these, and those that count */
    bool is_uniform;
};

static void
read_headers(const struct gb_measures *units, const struct gb_table *t, uint16_t rows, struct headers *out)
{
    out->is_uniform = true;
    for (uint32_t i = 0; i < t->n_cells && t->cells[i].row < rows && out->n < MOST_COLUMNS; i++) {
        const struct gb_cell *cell = &t->cells[i];
        struct header_unit *unit = &out->units[out->n];
        bool has_unit = read_header_unit(units, cell, unit);
        if (!has_unit && !GB_HAS_ONE_OF(cell->text.str, "序号", "编号", "代号", "项次", "No"))
            continue;
        for (unsigned k = cell->column; k < MOST_COLUMNS && k < cell->column + cell->columns; k++)
            out->covered[k] = true;
        if (!has_unit)
            continue;
        const struct header_unit *first = &out->units[0];
        out->is_uniform = out->is_uniform && gb_str_eq(gb_str_sub(first->text.str, first->begin, first->end),
                                                       gb_str_sub(unit->text.str, unit->begin, unit->end));
        out->n++;
    }
}

/* Does a column without a unit in its header hold values? They are of another quantity, or of none. */
static bool
has_other_values(const struct gb_table *t, uint16_t rows, const struct headers *headers)
{
    GB_EACH(const struct gb_cell, cell, t->cells, t->n_cells) {
        bool is_without = cell->row >= rows && !(cell->column < MOST_COLUMNS && headers->covered[cell->column]);
        if (is_without && is_value(gb_text_trim(&cell->text).str))
            return true;
    }
    return false;
}

/* The statement goes above the table, where a blank line stands before it, and the unit out of each header. */
static void
fix_headers(struct gb_check *c, struct gb_finding *f, const struct gb_node *table, const struct headers *headers,
            struct gb_str statement)
{
    const struct gb_source *source = c->doc->source;
    struct gb_at first = gb_at_text(&headers->units[0].text);
    uint32_t line = gb_source_line_begin(source, first.span.begin);
    struct gb_str s = source->files[0].text;
    struct gb_changes changes = {0};

    if (source->n_files != 1 || !c->doc->blanks_matter || table->encoding != GB_ENCODING_TABLE || first.by_line ||
        line < 2 || s.ptr[line - 1] != '\n' || s.ptr[line - 2] != '\n' || s.ptr[line] != '|')
        return;
    *gb_push(&changes.list) = (struct gb_edit){.span = {line, line},
                                               .text = gb_arena_printf(c->arena, "%.*s\n\n", GB_FMT(statement)),
                                               .is_markup = true};
    for (unsigned i = 0; i < headers->n; i++)
        gb_change_part(&changes, &headers->units[i].text, headers->units[i].mark, headers->units[i].behind, GB_STR(""));
    gb_apply_changes(c, f, &changes);
}

/* Columns of one unit share one statement. A table of one such column names it in the header as well. */
static void
judge_headers(struct gb_check *c, const struct gb_node *table)
{
    enum { FEW = 2 };
    const struct gb_measures *units = gb_lexicon_measures(c->facts->lexicon);
    const struct gb_table *t = table->u.table;
    struct headers headers = {.n = 0};
    uint16_t rows = header_rows(t);

    if (t->unit.str.len || t->rows <= rows || gb_table_is_form(table)) /* what is filled in is not known */
        return;
    read_headers(units, t, rows, &headers);
    if (headers.n < FEW || !headers.is_uniform || has_other_values(t, rows, &headers))
        return;
    const struct header_unit *first = &headers.units[0];
    struct gb_str unit = gb_str_sub(first->text.str, first->begin, first->end), name = gb_unit_name(unit);
    struct gb_str statement = gb_arena_printf(c->arena, "单位为%.*s", GB_FMT(name.len ? name : unit));
    struct gb_finding *f = gb_report_case(c, "headers", gb_at_part(&first->text, first->begin, first->end), table,
                                          GB_ARGS(unit, statement));
    for (unsigned i = 1; i < headers.n; i++)
        gb_also_there(c, f, gb_at_part(&headers.units[i].text, headers.units[i].begin, headers.units[i].end));
    fix_headers(c, f, table, &headers, statement);
}

/* Source: GB/T 1.1—2020, 9.8.4; 2009, 7.4.4. */
static void
check_units(struct gb_check *c, const struct gb_node *table)
{
    if (!gb_table_is_judged(table))
        return;
    judge_statement(c, table);
    judge_title(c, table);
    judge_unit_columns(c, table);
    judge_headers(c, table);
}

const struct gb_check_def gb_table_unit_checks[] = {
    {.name = "table-units", .run = check_units, .on = GB_ON(TABLE), .cases = "cells mixed headers"},
    {0},
};
