/* Units of tables: the statement above, in the header, in the cells: TBL-009. */
#include "check/tables_priv.h"

#include "check/changes_priv.h"
#include "facts/quantity.h"
#include "text/chars.h"
#include "text/utf8.h"

extern const struct gb_check_def gb_table_unit_checks[];

static bool
is_judged(const struct gb_node *table)
{
    return table->u.table && table->u.table->n_cells && table->encoding != GB_ENCODING_LOST &&
           gb_table_is_own(table);
}

static void
judge_statement(struct gb_check *c, const struct gb_node *table)
{
    struct gb_text unit = gb_text_trim(&table->u.table->unit);
    struct gb_str words;

    if (!unit.str.len || gb_str_has(unit.str, GB_STR("\n")) || !gb_read_unit_line(unit.str, &words))
        return;
    struct gb_str name = gb_unit_name(words);
    struct gb_str want = gb_arena_printf(gb_check_context(c)->arena, "单位为%.*s", GB_FMT(name.len ? name : words));
    struct gb_finding *f = gb_report(c, gb_at_text(&unit), table, GB_ARGS(unit.str, want));
    gb_fix(c, f, gb_at_text(&unit).span, want);
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
    return !s.len || gb_str_is(s, "—") || gb_str_is(s, "——") || gb_str_is(s, "-") || gb_str_is(s, "/");
}

/* A number with the symbol of a unit, and nothing else: "5 mm". The unit, or an empty string. */
static struct gb_str
unit_of_cell(const struct gb_measures *units, struct gb_str s)
{
    enum { LONGEST = 24 };
    struct gb_quantity q;
    size_t at = 0;

    if (s.len < 2 || s.len > LONGEST || s.ptr[0] < '0' || s.ptr[0] > '9' ||
        (s.ptr[s.len - 1] >= '0' && s.ptr[s.len - 1] <= '9') || !gb_quantity_next(units, s, &at, &q))
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
    struct gb_str in_header = gb_arena_printf(gb_check_context(c)->arena, "/%.*s", GB_FMT(unit));
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
        while (number > 0 && text.str.ptr[number - 1] == ' ')
            number--;
        gb_change_part(&changes, &text, number, end, GB_STR(""));
    }
    gb_apply_changes(c, f, &changes);
}

/* One unit down a whole column belongs into its header. */
static void
judge_unit_columns(struct gb_check *c, const struct gb_node *table)
{
    enum { FEW = 2 };
    const struct gb_measures *units = gb_lexicon_measures(gb_check_context(c)->facts->lexicon);
    const struct gb_table *t = table->u.table;
    struct column columns[MOST_COLUMNS] = {{0}};

    for (uint32_t i = 0; i < t->n_cells; i++) {
        const struct gb_cell *cell = &t->cells[i];
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

/* Source: GB/T 1.1—2020, 9.8.4; 2009, 7.4.4. */
static void
check_units(struct gb_check *c, const struct gb_node *table)
{
    if (!is_judged(table))
        return;
    judge_statement(c, table);
    judge_unit_columns(c, table);
}

const struct gb_check_def gb_table_unit_checks[] = {
    {.name = "table-units", .run = check_units, .on = GB_ON(TABLE), .cases = "cells mixed"},
    {0},
};
