/* XRF-001 in columns of tables that list clauses: a number there that no clause has. */
#include "check/structure/elements_priv.h"
#include "check/references/lost_parts_priv.h"
#include "check/references/mentions_priv.h"

#include "facts/clause_column.h"

/* What is missing, if all of the draft was read. In a scoring table too: EVL-004 asks only whether something is cited. */
static void
check_column(struct gb_check *c, const struct gb_node *table, uint16_t column, gb_column_numbers *numbers,
             unsigned *n_told)
{
    enum { MOST_TOLD = 20 };
    gb_read_clause_column(c->facts, table->u.table, column, numbers);
    for (size_t i = 0; i < numbers->len && *n_told < MOST_TOLD; i++) {
        const struct gb_column_number *number = &numbers->items[i];
        const struct gb_text *text = &number->cell->text;
        if (number->target || !gb_clause_is_unlisted(c, &number->num) || gb_number_begins_text_line(c, &number->num))
            continue;
        gb_report(c, gb_at_part(text, number->begin, number->end), table,
                  GB_ARGS(gb_str_sub(text->str, number->begin, number->end)));
        ++*n_told;
    }
}

void
gb_check_cell_targets(struct gb_check *c)
{
    enum { MOST_COLUMNS = 16, MOST_TABLES = 1000 };
    const struct gb_nodes *tables = &c->facts->of_kind[GB_NODE_TABLE];
    gb_column_numbers numbers = {0};
    unsigned n_told = 0;

    if (!gb_is_whole_draft(c) || c->doc->is_partial || !c->doc->has_numbers)
        return;
    for (uint32_t i = 0; i < tables->n && i < MOST_TABLES; i++) {
        const struct gb_table *grid = tables->items[i]->u.table;
        for (uint16_t k = 0; grid && k < grid->columns && k < MOST_COLUMNS; k++)
            check_column(c, tables->items[i], k, &numbers, &n_told);
    }
    gb_array_release(&numbers);
}
