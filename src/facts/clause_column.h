/*
 * Columns of tables that say which clause holds what: 条款, 技术要求, 试验方法. Their numbers stand alone in the cells: nothing but
 * the column makes mentions of them. GB/T 1.1—2020, 9.5.3.
 */
#ifndef GB_FACTS_CLAUSE_COLUMN_H
#define GB_FACTS_CLAUSE_COLUMN_H

#include "base/array.h"
#include "facts/facts.h"

/* The number of a clause in a cell: bytes of the cell's text. */
struct gb_column_number {
    const struct gb_cell *cell;
    size_t begin, end;
    struct gb_number num;
    const struct gb_node *target; /* NULL: no clause has it */
};

typedef GB_ARRAY(struct gb_column_number) gb_column_numbers;

/* 5.2, 5.2.1 or 第5章 at `at`, which moves behind it. */
bool gb_read_clause_number(struct gb_str s, size_t *at, struct gb_number *out);

/*
 * The numbers in a column of clauses, below its head, in the order of the cells; what was in `out` is replaced. False, and none,
 * for any other column: most of the numbers are clauses of the draft, or they are taken for values.
 */
bool gb_read_clause_column(const struct gb_facts *facts, const struct gb_table *table, uint16_t column,
                           gb_column_numbers *out);

/* Is it a column of clauses beyond doubt: named 条款 and the like, or all its numbers in one chapter? 要求 may hold values. */
bool gb_is_sure_clause_column(const struct gb_table *table, uint16_t column, const gb_column_numbers *numbers);

#endif
