#include "facts/clause_column.h"

/* What heads of columns are called: clauses, or what clauses lay down. */
GB_WORDS(clauses, "条款", "章条", "条号", "条文", "章节", "条目");
GB_WORDS(contents, "要求", "方法", "依据");
/* Of another document, or of what is measured. */
GB_WORDS(others, "ISO", "IEC", "EN ", "GB", "国际", "原", "版", "/T", "指标");

static struct gb_str
head_of(const struct gb_table *table, uint16_t column)
{
    for (uint32_t i = 0; i < table->n_cells && table->cells[i].row == 0; i++) {
        if (table->cells[i].column == column && table->cells[i].columns <= 1)
            return table->cells[i].text.str;
    }
    return GB_STR("");
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
        size_t begin = i;
        unsigned value = gb_take_digits(s, &i, 3);
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
    GB_WORDS(joints, "、", "，", ",", "；", ";", "和", "及", "～", "~", "/", " ", "\n", "　", "—", "-", "－", "见");

    return at + GB_START(gb_str_skip(s, at), joints);
}

/* The numbers of a cell that holds nothing else. */
static void
read_cell(const struct gb_facts *facts, const struct gb_cell *cell, gb_column_numbers *out)
{
    struct gb_str s = cell->text.str;
    size_t n_before = out->len;

    for (size_t at = 0; at < s.len;) {
        struct gb_column_number number = {.cell = cell, .begin = at};
        size_t behind = behind_joint(s, at);
        if (behind > at) {
            at = behind;
            continue;
        }
        if (!read_number(s, &at, &number.num)) {
            out->len = n_before;
            return;
        }
        number.end = at;
        number.target = gb_find_part(facts, GB_MENTION_CLAUSE, &number.num);
        *gb_push(out) = number;
    }
}

/* 4.6, where 4 has subclauses but no sixth. */
static bool
has_siblings(const struct gb_facts *facts, const struct gb_number *num)
{
    struct gb_number first = *num;

    first.part[first.n - 1] = 1;
    return num->n > 1 && gb_find_part(facts, GB_MENTION_CLAUSE, &first);
}

bool
gb_read_clause_column(const struct gb_facts *facts, const struct gb_table *table, uint16_t column,
                      gb_column_numbers *out)
{
    enum { FEWEST = 2, FEWEST_BESIDE_MISSING = 3, SHARE = 4, MOST = 8 };
    struct gb_str head = head_of(table, column);
    size_t n_missing = 0, n_found = 0, n_strange = 0;

    out->len = 0;
    if (GB_HAS_ANY(head, others) || (!GB_HAS_ANY(head, clauses) && !GB_HAS_ANY(head, contents)))
        return false;
    GB_EACH(const struct gb_cell, cell, table->cells, table->n_cells) {
        if (cell->column == column && cell->row > 0)
            read_cell(facts, cell, out);
    }
    /* The same number in cells one below the other is one. */
    for (size_t i = 0; i < out->len; i++) {
        bool is_same = i > 0 && gb_number_cmp(&out->items[i].num, &out->items[i - 1].num) == 0;
        n_missing += !out->items[i].target && !is_same;
        n_found += out->items[i].target && !is_same;
        n_strange += !out->items[i].target && !has_siblings(facts, &out->items[i].num);
    }
    /* Of a short table named 依据条款 one number may be missing beside two. */
    bool is_short = GB_HAS_ANY(head, clauses) && n_missing == 1 && !n_strange;
    if (n_missing > MOST || n_found < (n_missing && !is_short ? FEWEST_BESIDE_MISSING : FEWEST) ||
        (n_missing * SHARE > n_missing + n_found && !is_short))
        out->len = 0;
    return out->len > 0;
}

bool
gb_is_sure_clause_column(const struct gb_table *table, uint16_t column, const gb_column_numbers *numbers)
{
    for (size_t i = 1; i < numbers->len; i++) {
        if (numbers->items[i].num.part[0] != numbers->items[0].num.part[0])
            return GB_HAS_ANY(head_of(table, column), clauses);
    }
    return true;
}
