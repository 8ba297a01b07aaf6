/*
 * Tables that say in a column which clause holds what: 条款, 要求, 试验方法. A number there that no clause has is XRF-001. Such
 * numbers stand alone in their cells, so that nothing but the column makes mentions of them.
 */
#include "check/elements_priv.h"
#include "check/mentions_priv.h"

#include "base/array.h"
#include "text/chars.h"
#include "text/utf8.h"

/* A number of a clause in a cell: bytes of the cell's text. */
struct cell_number {
    const struct gb_cell *cell;
    size_t begin, end;
    struct gb_number num;
};

typedef GB_ARRAY(struct cell_number) number_array;

/* Is the column one of clauses of this draft, by its head? Clauses of another document are told by its name. */
static bool
lists_clauses(struct gb_str head)
{
    static const struct gb_str words[] = {GB_WORD("条款"), GB_WORD("章条"), GB_WORD("条号"), GB_WORD("条文"), GB_WORD("章节"),
                                          GB_WORD("要求"), GB_WORD("方法"), GB_WORD("条目"), GB_WORD("依据")};
    static const struct gb_str others[] = {GB_WORD("ISO"), GB_WORD("IEC"), GB_WORD("EN "), GB_WORD("GB"), GB_WORD("国际"), GB_WORD("原"),
                                           GB_WORD("版"),  GB_WORD("/T"),  GB_WORD("指标")};
    bool is_listed = false;

    for (size_t i = 0; i < GB_COUNT(others); i++) {
        if (gb_str_has(head, others[i]))
            return false;
    }
    for (size_t i = 0; i < GB_COUNT(words); i++)
        is_listed = is_listed || gb_str_has(head, words[i]);
    return is_listed;
}

/* 5.2, 5.2.1 or 第5章 at `at`, which moves behind it. */
static bool
read_number(struct gb_str s, size_t *at, struct gb_number *out)
{
    struct gb_number num = {0};
    struct gb_str ordinal = GB_STR("第"), chapter = GB_STR("章");
    bool is_chapter = gb_str_starts(gb_str_skip(s, *at), ordinal);
    size_t i = *at + (is_chapter ? ordinal.len : 0);

    for (;;) {
        unsigned value = 0;
        size_t begin = i;
        while (i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9' && i - begin < 3)
            value = value * 10 + (unsigned)(s.ptr[i++] - '0');
        if (i == begin || value == 0 || num.n == GB_MAX_COMPONENTS || s.ptr[begin] == '0')
            return false;
        num.part[num.n++] = (uint16_t)value;
        if (i + 1 >= s.len || s.ptr[i] != '.' || s.ptr[i + 1] < '0' || s.ptr[i + 1] > '9')
            break;
        i++;
    }
    if (is_chapter && (num.n != 1 || !gb_str_starts(gb_str_skip(s, i), chapter)))
        return false;
    *at = i + (is_chapter ? chapter.len : 0);
    *out = num;
    return num.n > 1 || is_chapter;
}

/* Behind what may part numbers in such a cell: 、 ， 和 及 ～ blanks, and the brackets of an item: 5.2 a). */
static size_t
behind_joint(struct gb_str s, size_t at)
{
    static const struct gb_str joints[] = {GB_WORD("、"), GB_WORD("，"), GB_WORD(","), GB_WORD("；"), GB_WORD(";"), GB_WORD("和"),
                                           GB_WORD("及"), GB_WORD("～"), GB_WORD("~"), GB_WORD("/"),  GB_WORD(" "), GB_WORD("\n"),
                                           GB_WORD("　"), GB_WORD("—"),  GB_WORD("-"), GB_WORD("－"), GB_WORD("见")};

    for (size_t i = 0; i < GB_COUNT(joints); i++) {
        if (gb_str_starts(gb_str_skip(s, at), joints[i]))
            return at + joints[i].len;
    }
    return at;
}

/* The numbers of a cell that holds nothing else; false for any other cell. */
static bool
read_cell(const struct gb_cell *cell, number_array *out)
{
    struct gb_str s = cell->text.str;
    size_t n_before = out->len;

    for (size_t at = 0; at < s.len;) {
        struct cell_number number = {.cell = cell, .begin = at};
        size_t behind = behind_joint(s, at);
        if (behind > at) {
            at = behind;
            continue;
        }
        if (!read_number(s, &at, &number.num)) {
            out->len = n_before;
            return false;
        }
        number.end = at;
        *gb_push(out) = number;
    }
    return out->len > n_before;
}

/*
 * Most numbers of the column are clauses of the draft; the few that are none are missing, if all of the draft was read. In a
 * scoring table too: EVL-004 asks only whether something is cited.
 */
static void
check_column(struct gb_check *c, const struct gb_node *table, uint16_t column, number_array *numbers)
{
    enum { FEWEST = 3, SHARE = 4, MOST = 8 };
    const struct gb_check_context *context = gb_check_context(c);
    size_t n_missing = 0;

    numbers->len = 0;
    for (uint32_t i = 0; i < table->u.table->n_cells; i++) {
        const struct gb_cell *cell = &table->u.table->cells[i];
        if (cell->column == column && cell->row > 0)
            read_cell(cell, numbers);
    }
    for (size_t i = 0; i < numbers->len; i++)
        n_missing += gb_find_part(context->facts, GB_MENTION_CLAUSE, &numbers->items[i].num) == NULL;
    if (n_missing == 0 || n_missing > MOST || numbers->len - n_missing < FEWEST || n_missing * SHARE > numbers->len)
        return;
    for (size_t i = 0; i < numbers->len; i++) {
        const struct cell_number *number = &numbers->items[i];
        if (!gb_find_part(context->facts, GB_MENTION_CLAUSE, &number->num) && gb_clause_is_unlisted(context, &number->num))
            gb_report(c, gb_at_part(&number->cell->text, number->begin, number->end), table,
                      GB_ARGS(gb_str_sub(number->cell->text.str, number->begin, number->end)));
    }
}

void
gb_check_cell_targets(struct gb_check *c)
{
    const struct gb_check_context *context = gb_check_context(c);
    enum { MOST_COLUMNS = 16, MOST_TABLES = 1000 };
    const struct gb_nodes *tables = &context->facts->of_kind[GB_NODE_TABLE];
    number_array numbers = {0};

    if (!gb_is_whole_draft(context) || context->doc->n_faults > 0 || !context->doc->has_numbers)
        return;
    for (uint32_t i = 0; i < tables->n && i < MOST_TABLES; i++) {
        const struct gb_table *grid = tables->items[i]->u.table;
        if (!grid)
            continue;
        for (uint32_t k = 0; k < grid->n_cells && k < MOST_COLUMNS && grid->cells[k].row == 0; k++) {
            if (grid->cells[k].columns <= 1 && lists_clauses(grid->cells[k].text.str))
                check_column(c, tables->items[i], grid->cells[k].column, &numbers);
        }
    }
    gb_array_release(&numbers);
}
