/* Deductions in scoring tables: EVL-006. DB32/T 2796—2015, 10.1.1. Which tables those are: scoring.c. */
#include "check/service/scoring_priv.h"

static const char deduction_key;

struct deductions {
    bool is_bounded_for_all; /* 扣完为止 stands somewhere, and not in a table, where it is mostly said of one item */
    const struct gb_text *last; /* the last cell with it */
    size_t n_cells;             /* how many there are */
};

/* 2分, 得分 close behind: where no score is told, something else is taken off, money or time. */
static bool
has_score(struct gb_str behind)
{
    enum { NEAR = 15 * GB_HAN };
    size_t end = gb_str_find(behind, GB_STR("。"), 0);
    struct gb_str near = gb_str_sub(behind, 0, end < NEAR ? end : NEAR);

    return GB_ANY(GB_EACH_FOUND(at, near, GB_STR("分"), 0),
                  !gb_str_ends(gb_str_sub(near, 0, at), GB_STR("部")) &&
                      !GB_STARTS_WITH(gb_str_skip(near, at + GB_HAN), "钟", "期", "批"));
}

/* Words of the parameter are of two sorts: those that leave the deduction open, and those that say where it ends. */
static void
hit_deduction(struct gb_check *c, const struct gb_found *found)
{
    struct deductions *d = gb_check_shared(c, &deduction_key, sizeof(*d));
    struct gb_str word = gb_found_str(found);

    if (!GB_STARTS_WITH(word, "酌情", "视情", "适当")) {
        d->is_bounded_for_all |= found->node->kind != GB_NODE_TABLE;
        d->n_cells += found->node->kind == GB_NODE_TABLE && found->text != d->last;
        d->last = found->text;
        return;
    }
    if (found->node->kind == GB_NODE_TABLE || has_score(gb_str_skip(found->str, found->match.end)))
        gb_report(c, gb_at_found(found), found->node, GB_ARGS(word));
}

/* What stands before a deduction in its clause; of a clause without end the last words. */
static struct gb_str
clause_before(struct gb_str s, size_t at)
{
    enum { LONGEST = 100 * GB_HAN };
    GB_WORDS(marks, "；", "。", ";", "\n", "分，", "分,");
    struct gb_str before = gb_str_sub(s, at > LONGEST ? at - LONGEST : 0, at);

    for (size_t i = 0; i < GB_COUNT(marks); i++) {
        for (size_t k = gb_str_find(before, marks[i], 0); k != GB_NOT_FOUND; k = gb_str_find(before, marks[i], 0))
            before = gb_str_skip(before, k + marks[i].len);
    }
    return before;
}

/* Deductions of one cell: the largest, and the sum of those for faults that may come together. */
struct cell_deductions {
    gb_score largest, sum;
    bool is_repeated, may_exclude; /* 每…扣; conditions with numbers may exclude each other */
    size_t repeated_begin, repeated_end;
};

static struct cell_deductions
read_deductions(struct gb_str s)
{
    struct cell_deductions d = {0};
    gb_score score;

    GB_EACH_FOUND(at, s, GB_STR("扣"), 0) {
        size_t end = at + strlen("扣");
        struct gb_str before = clause_before(s, at);
        if (gb_str_starts(gb_str_skip(s, end), GB_STR("除")))
            end += strlen("除");
        end = gb_skip_any(s, end, " ");
        if (!gb_score_number(s, &end, &score) || !gb_str_starts(gb_str_trim(gb_str_skip(s, end)), GB_STR("分")))
            continue;
        if (gb_str_has(before, GB_STR("每"))) {
            d.is_repeated = true;
            d.repeated_begin = at - before.len + gb_str_find(before, GB_STR("每"), 0);
            d.repeated_end = gb_str_find(s, GB_STR("分"), end) + strlen("分");
            continue;
        }
        d.may_exclude |= gb_str_has_digit(before) || GB_HAS_ONE_OF(before, "或", "否则");
        d.sum += score;
        d.largest = score > d.largest ? score : d.largest;
    }
    return d;
}

/* Words that say where the deductions of an item end. */
static bool
ends_deductions(struct gb_str s)
{
    GB_WORDS(words, "扣完", "扣至", "负分", "倒扣", "最多扣", "最高扣", "不超过", "累计扣");

    return GB_HAS_ANY(s, words);
}

/* Is there a cell that ends the deductions of all items: none of those that say how one is scored? */
static bool
has_common_end(const struct gb_scorings *all, const struct deductions *d)
{
    size_t n = 0;

    GB_EACH(const struct gb_scoring, s, all->items, all->n) {
        for (uint32_t k = 0; k < s->n_rows && s->method >= 0; k++) {
            const struct gb_cell *method = gb_score_cell(s, &s->rows[k], s->method);
            n += method && ends_deductions(method->text.str);
        }
    }
    return d->is_bounded_for_all || d->n_cells > n;
}

/* Deductions beyond the score of the item, and those without end. */
static void
finish_deductions(struct gb_check *c)
{
    const struct deductions *d = gb_check_shared(c, &deduction_key, sizeof(*d));
    const struct gb_scorings *all = gb_scorings_of(c);
    bool has_end = has_common_end(all, d);

    GB_EACH(const struct gb_scoring, s, all->items, all->n) {
        bool told = false;
        GB_EACH(const struct gb_score_row, row, s->rows, s->n_rows) {
            const struct gb_cell *method = s->method >= 0 ? gb_score_cell(s, row, s->method) : NULL;
            const struct gb_cell *cell = s->n_scores ? gb_score_cell(s, row, s->scores[s->n_scores - 1]) : NULL;
            gb_score score;
            if (!method)
                continue;
            struct cell_deductions found = read_deductions(method->text.str);
            if (found.is_repeated && !has_end && !ends_deductions(method->text.str) && !told) {
                gb_report_case(c, "unbounded", gb_at_part(&method->text, found.repeated_begin, found.repeated_end),
                               s->node,
                               GB_ARGS(gb_str_sub(method->text.str, found.repeated_begin, found.repeated_end)));
                told = true;
            }
            if (!cell || cell->rows > 1 || !gb_score_read(cell->text.str, &score, NULL) || has_end ||
                ends_deductions(method->text.str))
                continue;
            if (found.largest > score || (!found.may_exclude && found.sum > score))
                gb_report_case(c, "beyond", gb_at_text(&method->text), s->node,
                               GB_ARGS(gb_score_text(c->arena, found.largest > score ? found.largest : found.sum),
                                       gb_score_text(c->arena, score)));
        }
    }
}

const struct gb_check_def gb_deduction_checks[] = {
    {.name = "deductions",
     .hit = hit_deduction,
     .finish = finish_deductions,
     .cases = "unbounded beyond",
     .params = GB_SEARCH_PARAMS "words:words"},
    {0},
};
