/* Sums of scores and weights: EVL-003. DB32/T 2796—2015, 10.1.1. Scores are whole or have few decimals, so that sums are exact. */
#include "check/service/scoring_priv.h"

/* One column of scores, with what its cells add up to. */
struct sum {
    gb_score all, bonus;
    uint32_t n;                   /* cells with a score */
    bool is_doubtful;             /* a cell that cannot be read, or a value that may stand for several rows */
    const struct gb_cell *stated; /* of the row that states the total */
    gb_score total;
};

/* The same words in the same column of the row before: what a conversion makes of a cell over several rows. */
static bool
repeats(const struct gb_scoring *s, uint32_t i, int column)
{
    if (i == 0)
        return false;
    const struct gb_cell *here = gb_score_cell(s, &s->rows[i], column),
                         *before = gb_score_cell(s, &s->rows[i - 1], column);
    return here && before && here->text.str.len && gb_str_eq(here->text.str, before->text.str);
}

/*
 * Is the score of this row that of the row before, written once more? Then the item repeats as well, and what stands between both, not
 * only its clause or its sort.
 */
static bool
is_repeated_score(const struct gb_scoring *s, uint32_t i, int column)
{
    int label = column > 0 ? column - 1 : s->item;

    if (label == s->basis && label != s->content)
        label--;
    for (int k = s->item; k >= 0 && k < label; k++) {
        if (!repeats(s, i, k))
            return false;
    }
    return repeats(s, i, column) && label >= 0 && repeats(s, i, label);
}

/* The number that states the total in its row: in the column of scores, else the only one of the row. */
static bool
read_total(const struct gb_scoring *s, const struct gb_score_row *row, int column, struct sum *sum)
{
    const struct gb_cell *cell = gb_score_cell(s, row, column);
    gb_score score;

    if (cell && gb_score_read(cell->text.str, &score, NULL)) {
        sum->stated = cell;
        sum->total = score;
        return true;
    }
    for (uint32_t i = row->begin; i < row->end; i++) {
        if (!gb_score_read(s->table->cells[i].text.str, &score, NULL))
            continue;
        if (sum->stated)
            return false;
        sum->stated = &s->table->cells[i];
        sum->total = score;
    }
    return sum->stated != NULL;
}

static struct sum
sum_of(const struct gb_scoring *s, int column)
{
    struct sum sum = {0};
    gb_score score;

    for (uint32_t i = 0; i < s->n_rows; i++) {
        const struct gb_score_row *row = &s->rows[i];
        const struct gb_cell *cell = gb_score_cell(s, row, column);
        if (row->kind == GB_SCORE_TOTAL) {
            if (sum.stated || i + 1 < s->n_rows || !read_total(s, row, column, &sum))
                sum.is_doubtful = true;
            continue;
        }
        if (!cell || gb_cell_is_empty(cell) || row->kind == GB_SCORE_SUBTOTAL || is_repeated_score(s, i, column))
            continue;
        if (!gb_score_read(cell->text.str, &score, NULL))
            sum.is_doubtful = true;
        else if (row->kind == GB_SCORE_BONUS)
            sum.bonus += score;
        else
            sum.all += score, sum.n++;
    }
    return sum;
}

/* ---- What the text states ---- */

struct stated {
    const struct gb_text *text;
    size_t begin, end;
    gb_score total;
    bool is_doubtful; /* two that differ */
};

/* 满分100分, 总分为100分, 满分（100分）. */
static void
find_stated(const struct gb_text *text, struct stated *out)
{
    GB_WORDS(words, "满分", "总分值", "总分", "总计");
    GB_WORDS(between, "值", "设为", "设定为", "为", "是", "共", "：", ":", "（", "(", " ");
    struct gb_str s = text->str;
    gb_score score;

    for (size_t i = 0; i < GB_COUNT(words); i++) {
        size_t at = gb_str_find(s, words[i], 0);
        if (at == GB_NOT_FOUND)
            continue;
        size_t end = at + words[i].len;
        for (size_t k = 0; k < GB_COUNT(between); k++)
            end += gb_str_starts(gb_str_skip(s, end), between[k]) ? between[k].len : 0;
        size_t digits = end;
        if (!gb_score_number(s, &end, &score) || !gb_str_starts(gb_str_trim(gb_str_skip(s, end)), GB_STR("分")))
            continue;
        if (out->text)
            out->is_doubtful |= out->total != score;
        else
            *out = (struct stated){.text = text, .begin = digits, .end = end, .total = score};
        return;
    }
}

/* In the caption of the table; in the text of its clause or annex; in all of a draft that has no other such table. */
static struct stated
stated_total(const struct gb_facts *facts, const struct gb_scorings *all, const struct gb_scoring *s)
{
    const struct gb_node *clause = gb_node_clause(s->node);
    struct stated stated = {0};

    find_stated(&s->node->title, &stated);
    size_t beside =
        GB_HOW_MANY(GB_ITEMS(other, all->items, all->n), other->n_scores > 0 && gb_node_clause(other->node) == clause);
    size_t n_all = GB_HOW_MANY(GB_ITEMS(other, all->items, all->n), other->n_scores > 0);
    for (const struct gb_node *n = clause && beside == 1 ? clause->first : NULL; n; n = n->next) {
        if (n->kind == GB_NODE_PARA || n->kind == GB_NODE_NOTE)
            find_stated(&n->text, &stated);
    }
    for (uint32_t i = 0; !stated.text && n_all == 1 && i < facts->n_sentences; i++) {
        const struct gb_node *node = facts->sentences[i].node;
        if (node->kind == GB_NODE_PARA || node->kind == GB_NODE_ITEM)
            find_stated(&node->text, &stated);
    }
    return stated;
}

/* ---- Parts of an item ---- */

/* The number before 分 in brackets in the text of an item: 服务环境（20分）. */
static bool
score_in_text(struct gb_str text, gb_score *out)
{
    GB_WORDS(opens, "（", "(");

    for (size_t i = 0; i < GB_COUNT(opens); i++) {
        size_t at = gb_str_find(text, opens[i], 0);
        if (at == GB_NOT_FOUND)
            continue;
        at += opens[i].len;
        if (gb_score_number(text, &at, out) && gb_str_starts(gb_str_skip(text, at), GB_STR("分")))
            return true;
    }
    return false;
}

static void
tell_parts(struct gb_check *c, const struct gb_scoring *s, const struct gb_cell *item, gb_score wanted, gb_score got,
           uint32_t n)
{
    if (item && n > 1 && wanted != got)
        gb_report_case(c, "parts", gb_at_text(&item->text), s->node,
                       GB_ARGS(gb_score_text(c->arena, wanted), gb_score_text(c->arena, got)));
}

/* The score of an item, in the column of items or of scores before, and that of its rows. */
static void
check_parts(struct gb_check *c, const struct gb_scoring *s, int items, bool is_column, int parts)
{
    const struct gb_cell *item = NULL;
    gb_score wanted = 0, got = 0, score;
    uint32_t n = 0;

    for (uint32_t i = 0; i < s->n_rows; i++) {
        const struct gb_score_row *row = &s->rows[i];
        const struct gb_cell *head = gb_score_cell(s, row, items), *cell = gb_score_cell(s, row, parts);
        bool begins = head && !gb_cell_is_empty(head) && !repeats(s, i, items);
        if (begins || row->kind != GB_SCORE_ITEM) {
            tell_parts(c, s, item, wanted, got, n);
            bool has_score =
                begins && row->kind == GB_SCORE_ITEM &&
                (is_column ? gb_score_read(head->text.str, &wanted, NULL) : score_in_text(head->text.str, &wanted));
            item = has_score ? head : NULL;
            got = n = 0;
        }
        if (!cell || gb_cell_is_empty(cell))
            continue;
        if (!gb_score_read(cell->text.str, &score, NULL))
            item = NULL;
        else
            got += score, n++;
    }
    tell_parts(c, s, item, wanted, got, n);
}

/* 小计: of the rows since the one before. */
static void
check_subtotals(struct gb_check *c, const struct gb_scoring *s, int column)
{
    gb_score got = 0, score;
    bool is_doubtful = false;

    for (uint32_t i = 0; i < s->n_rows; i++) {
        const struct gb_cell *cell = gb_score_cell(s, &s->rows[i], column);
        if (!cell || gb_cell_is_empty(cell) || is_repeated_score(s, i, column))
            continue;
        if (!gb_score_read(cell->text.str, &score, NULL)) {
            is_doubtful = true;
        } else if (s->rows[i].kind == GB_SCORE_SUBTOTAL) {
            if (!is_doubtful && got && got != score)
                gb_report_case(c, "parts", gb_at_text(&cell->text), s->node,
                               GB_ARGS(gb_score_text(c->arena, score), gb_score_text(c->arena, got)));
            got = 0;
            is_doubtful = false;
        } else {
            got += score;
        }
    }
}

/* ---- The rule ---- */

/* Does another part of the same table stand beside this one? Then a sum may be that of both. */
static bool
may_be_continued(const struct gb_scorings *all, size_t i)
{
    const struct gb_scoring *s = &all->items[i];
    const struct gb_node *clause = gb_node_clause(s->node);

    return GB_ANY(GB_ITEMS(other, all->items, all->n),
                  other != s && gb_node_clause(other->node) == clause &&
                      !(gb_object_has_number(other->node) && gb_object_has_number(s->node)));
}

/* Source: DB32/T 2796—2015, 10.1.1. The scores of all items are the total that the table or the text states. */
static void
check_total(struct gb_check *c, const struct gb_scorings *all, size_t i)
{
    const struct gb_scoring *s = &all->items[i];
    struct sum sum = sum_of(s, s->scores[0]);
    struct stated stated = stated_total(c->facts, all, s);

    if (sum.is_doubtful || sum.n < 2 || may_be_continued(all, i))
        return;
    if (sum.stated && sum.total != sum.all && sum.total != sum.all + sum.bonus) {
        struct gb_finding *f = gb_report(c, gb_at_text(&sum.stated->text), s->node,
                                         GB_ARGS(gb_score_text(c->arena, sum.all), gb_score_text(c->arena, sum.total)));
        if (stated.text)
            gb_also(c, f, gb_at_part(stated.text, stated.begin, stated.end),
                    gb_say(c, "文中写明的总分", "the total that the text states"));
        return;
    }
    if (!stated.text || stated.is_doubtful || stated.total == sum.all || stated.total == sum.all + sum.bonus)
        return;
    /* where the table agrees with itself, the text is what differs */
    struct gb_at text = gb_at_part(stated.text, stated.begin, stated.end),
                 table = gb_at_text(sum.stated ? &sum.stated->text : &gb_score_header(s, s->scores[0])->text);
    struct gb_finding *f = gb_report(c, sum.stated ? text : table, s->node,
                                     GB_ARGS(gb_score_text(c->arena, sum.all), gb_score_text(c->arena, stated.total)));
    gb_also(c, f, sum.stated ? table : text,
            sum.stated ? gb_say(c, "表中的合计", "the total of the table")
                       : gb_say(c, "文中写明的总分", "the total that the text states"));
}

/* All weights are 1 or 100 %; those of parts may be so below each item. */
static void
check_weights(struct gb_check *c, const struct gb_scoring *s)
{
    gb_score sum = 0, one = 0, weight;
    int column = s->weights[0];
    bool percent = false, any = false;
    uint32_t n = 0;

    if (s->n_weights > 1)
        return;
    for (uint32_t i = 0; i < s->n_rows; i++) {
        const struct gb_cell *cell = gb_score_cell(s, &s->rows[i], column);
        bool is_percent;
        if (!cell || gb_cell_is_empty(cell) || s->rows[i].kind != GB_SCORE_ITEM || is_repeated_score(s, i, column))
            continue;
        if (!gb_score_read(cell->text.str, &weight, &is_percent) || (any && is_percent != percent))
            return;
        any = true;
        percent = is_percent;
        sum += weight;
        n++;
    }
    one = sum > 10 * 1000 ? 100 * 1000 : 1000;
    /* Far from it, they are weights of another sort, or of parts that add up below each item. */
    if (n < 2 || sum * 2 < one || sum * 2 > 3 * one || (sum - one <= 1 && one - sum <= 1))
        return;
    gb_report_case(c, "weights", gb_at_text(&gb_score_header(s, column)->text), s->node,
                   GB_ARGS(gb_score_text(c->arena, sum), gb_score_text(c->arena, one),
                           percent ? GB_STR("%") : GB_STR("")));
}

static void
check_score_sums(struct gb_check *c)
{
    const struct gb_scorings *all = gb_scorings_of(c);

    for (size_t i = 0; i < all->n; i++) {
        const struct gb_scoring *s = &all->items[i];
        if (s->n_scores) {
            check_total(c, all, i);
            check_subtotals(c, s, s->scores[0]);
        }
        if (s->n_scores == 2)
            check_parts(c, s, s->scores[0], true, s->scores[1]);
        else if (s->n_scores == 1 && s->item >= 0 && s->item < s->scores[0])
            check_parts(c, s, s->item, false, s->scores[0]);
        if (s->n_weights)
            check_weights(c, s);
    }
}

const struct gb_check_def gb_score_checks[] = {
    {.name = "score-sums", .whole = check_score_sums, .cases = "parts weights"},
    {0},
};
