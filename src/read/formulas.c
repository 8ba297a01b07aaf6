/* Formulas, their numbers and their legends. */
#include "read/build.h"

#include "text/chars.h"
#include "text/utf8.h"

/* ── formulas ──────────────────────────────────────────────────────────── */

/* Without what leads to a formula's number: ……（1）, 式（1）. */
static struct gb_text
behind_leader(const struct gb_text *line)
{
    size_t at = 0, next;

    while (at < line->str.len) {
        uint32_t c = gb_utf8_at(line->str, at, &next);
        if (c != '.' && c != 0x2026 && c != 0x22EF && c != 0x00B7 && c != U'式' && !gb_char_is_space(c))
            break;
        at = next;
    }
    return gb_text_slice(line, at, line->str.len);
}

/*
 * The open item that leads in formulas: it ends in a colon, or names one as the item before it does, and nothing else stands behind it.
 * The last one of a list, too.
 */
static struct gb_node *
leading_item(const struct gb_builder *b)
{
    struct gb_node *item = b->n_lists ? b->lists[b->n_lists - 1].item : NULL;

    if (item && item->first && (item->first->kind != GB_NODE_FORMULA || item->last->kind != GB_NODE_FORMULA))
        return NULL;
    const struct gb_node *before = item && item->prev ? item->prev->first : NULL;
    bool goes_on = before && before->kind == GB_NODE_FORMULA && gb_str_has(item->text.str, GB_STR("式"));
    return item && (goes_on || gb_ends_with(item->text.str, "：:")) ? item : NULL;
}

/* The open item that leads in a formula takes it, else what takes the content. */
static struct gb_node *
add_formula(struct gb_builder *b, const struct gb_unit *u)
{
    struct gb_node *item = leading_item(b);

    return gb_add(b, item ? item : gb_content_parent(b), GB_NODE_FORMULA, gb_unit_encoding(u), &u->text);
}

/* （1）, ……式（1）: a line that is the number of the formula before it. */
static bool
read_lone_number(const struct gb_unit *u, struct gb_number *out_num, struct gb_text *out_number)
{
    if (!gb_unit_is_line(u))
        return false;
    struct gb_text line = behind_leader(&u->text);
    struct gb_str s = line.str;
    bool bracketed = gb_str_starts(s, GB_STR("（")) || gb_str_starts(s, GB_STR("("));
    if (!bracketed || !gb_ends_with(s, "）)") || s.len > 16 || !gb_parse_single(s, out_num))
        return false;
    size_t open = s.ptr[0] == '(' ? 1 : strlen("（");
    size_t close = s.ptr[s.len - 1] == ')' ? 1 : strlen("）");
    *out_number = gb_text_slice(&line, open, s.len - close);
    return true;
}

/* The number may stand alone on the next line. */
static void
take_number_behind(struct gb_builder *b, struct gb_node *formula)
{
    size_t k = b->i;

    if (!formula->num.n && k < b->n && read_lone_number(&b->units[k], &formula->num, &formula->number))
        b->i = k + 1;
}

/* The formula is the part of the line before its number. */
static void
take_number(struct gb_node *formula, const struct gb_text *line, const struct gb_formula_mark *mark)
{
    struct gb_text number = gb_text_between(line, mark->number_begin, mark->number_end);
    if (number.str.len && gb_parse_single(number.str, &formula->num))
        formula->number = number;
    formula->text = gb_text_slice(line, mark->begin, mark->end);
}

/* \mathrm{A}.1: the number without the command that sets its letter upright. */
static struct gb_text
without_command(const struct gb_builder *b, const struct gb_text *label)
{
    GB_WORDS(commands, "\\mathrm{", "\\text{", "\\textrm{");
    struct gb_text number = gb_text_trim(label);
    size_t open = GB_START(number.str, commands), close = gb_str_find(number.str, GB_STR("}"), open);

    if (!open || close == GB_NOT_FOUND)
        return number;
    struct gb_text letter = gb_text_slice(&number, open, close);
    struct gb_text rest = gb_text_slice(&number, close + 1, number.str.len);
    return gb_text_join(b->arena, &letter, &rest, "");
}

void
gb_take_formula(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_node *formula = add_formula(b, u);

    formula->text = u->text;
    formula->span = u->block->span;
    if (!(u->block->flags & GB_BLOCK_APPROX))
        formula->flags &= ~(uint32_t)GB_NODE_APPROX;
    struct gb_text label = without_command(b, &u->block->label);
    size_t colon = gb_str_find(label.str, GB_STR(":"), 0);
    if (colon != GB_NOT_FOUND) /* {#eq:1} */
        label = gb_text_slice(&label, colon + 1, label.str.len);
    if (label.str.len && gb_parse_single(label.str, &formula->num))
        formula->number = label;
    struct gb_formula_mark mark;
    if (!formula->num.n && gb_mark_formula(formula->text.str, &mark) && mark.has_leader &&
        mark.number_end > mark.number_begin)
        take_number(formula, &formula->text, &mark);
    b->i++;
    take_number_behind(b, formula);
    b->formula = formula;
}

/* 式中： or, before a line of symbols, 其中： */
static bool
is_legend_lead(const struct gb_builder *b, size_t i)
{
    struct gb_str line = i < b->n && gb_unit_is_line(&b->units[i]) ? b->units[i].text.str : (struct gb_str){0};

    if (gb_str_starts(line, GB_STR("式中")))
        return true;
    size_t k = i + 1;
    return gb_str_starts(line, GB_STR("其中：")) && k < b->n && gb_unit_is_line(&b->units[k]) &&
           gb_is_legend_line(b->units[k].text.str);
}

bool
gb_take_pictured_formula(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    size_t k = b->i + 1;
    struct gb_number num;
    struct gb_text number;

    if (k >= b->n)
        return false;
    bool has_number = read_lone_number(&b->units[k], &num, &number);
    bool has_leader =
        has_number && !GB_STARTS_WITH(b->units[k].text.str, "(", "（"); /* pictures (1), (2) are one figure */
    if (!has_leader && !is_legend_lead(b, has_number ? k + 1 : k))
        return false;
    struct gb_node *formula = add_formula(b, u);
    formula->encoding = GB_ENCODING_PICTURE;
    formula->span = u->block->span;
    formula->u.figure = gb_arena_new(b->arena, struct gb_figure);
    formula->u.figure->file = u->block->info;
    b->i++;
    take_number_behind(b, formula);
    b->formula = formula;
    return true;
}

/* ── formulas that stand as plain lines ────────────────────────────────── */

/* Letters that stand together: a symbol with its index; BMI; the longest that a formula may have. */
enum { MOST_OF_SYMBOL = 3, MOST_OF_NAME = 6, MOST_WITH_LEADER = 12 };

/* A line with a sign of equality; most lines are told apart by their length. */
static bool
has_relation(struct gb_str line)
{
    GB_WORDS(signs, "＝", "≤", "≥", "≈");
    enum { LONGEST = 240 };

    return line.len > 2 && line.len <= LONGEST && (memchr(line.ptr, '=', line.len) || GB_HAS_ANY(line, signs));
}

/* The line before, of the same paragraph, has come to its end, or is a formula. */
static bool
begins_anew(const struct gb_builder *b, size_t i)
{
    const struct gb_unit *u = &b->units[i];
    struct gb_formula_mark mark;

    if (u->is_first || u->after_hard_break || i == 0 || b->units[i - 1].block != u->block)
        return true;
    struct gb_str before = b->units[i - 1].text.str;
    return gb_ends_sentence(before) || gb_str_ends(before, GB_STR("计算")) || gb_ends_with(before, ")）") ||
           (has_relation(before) && gb_mark_formula(before, &mark));
}

/* A line of text, or one that stands in the middle of the page by blanks before it, which Markdown takes for code. Else empty. */
static struct gb_text
line_of(const struct gb_unit *u)
{
    struct gb_text line = u->text;

    if (u->kind == GB_BLOCK_CODE && !(u->block->flags & GB_BLOCK_FENCED))
        line = gb_text_trim(&line);
    else if (!gb_unit_is_line(u))
        return (struct gb_text){0};
    return u->kind == GB_BLOCK_CODE && line.str.len && memchr(line.str.ptr, '\n', line.str.len) ? (struct gb_text){0}
                                                                                                : line;
}

/* Has the line the form of a formula? Names are as long in it as what stands around it makes them believed. */
static bool
has_formula_form(const struct gb_builder *b, size_t i, struct gb_formula_mark *mark)
{
    const struct gb_unit *u = &b->units[i];
    struct gb_text line = line_of(u);

    if (u->is_quoted || u->starts_item || !has_relation(line.str) ||
        !gb_mark_formula(line.str, mark) || gb_text_flags(&line, mark->begin) & GB_RUN_CODE)
        return false;
    bool has_number = mark->number_end > mark->number_begin;
    unsigned most = has_number || mark->has_words ? MOST_OF_SYMBOL : MOST_OF_NAME;
    if (mark->has_leader)
        most = MOST_WITH_LEADER;
    else if (has_number && mark->longest > most && is_legend_lead(b, i + 1))
        most = MOST_OF_NAME;
    return mark->longest <= most;
}

/*
 * A line of a formula's form is one where its number stands at its end or alone on the next line, where its legend begins on the next
 * one, or where another such formula does: P = UI, Q = It, 式中：.
 */
static bool
is_formula_line(const struct gb_builder *b, size_t i, struct gb_formula_mark *mark)
{
    enum { MOST_IN_ROW = 4 };
    struct gb_formula_mark behind;
    struct gb_number num;
    struct gb_text number;

    if (!has_formula_form(b, i, mark))
        return false;
    bool has_number = mark->number_end > mark->number_begin;
    if (has_number && mark->has_leader)
        return true;
    if (mark->has_comma || !begins_anew(b, i))
        return false;
    for (unsigned row = 0; row < MOST_IN_ROW && !has_number; row++) {
        if (++i >= b->n)
            return false;
        if (is_legend_lead(b, i) || read_lone_number(&b->units[i], &num, &number))
            return true;
        if (mark->has_words || !has_formula_form(b, i, &behind) || behind.has_words || behind.has_comma)
            return false;
        has_number = behind.number_end > behind.number_begin;
    }
    return has_number;
}

bool
gb_is_formula_line(const struct gb_builder *b, size_t i)
{
    struct gb_formula_mark mark;

    return !b->in_example && is_formula_line(b, i, &mark);
}

bool
gb_take_formula_line(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_formula_mark mark;

    if (!is_formula_line(b, b->i, &mark))
        return false;
    struct gb_text line = line_of(u);
    struct gb_node *formula = add_formula(b, u);
    formula->span = gb_text_whole(&line, NULL);
    take_number(formula, &line, &mark);
    b->i++;
    if (mark.number_end == mark.number_begin)
        take_number_behind(b, formula);
    b->formula = formula;
    return true;
}

/* ── legends ───────────────────────────────────────────────────────────── */

/* Between a symbol and its meaning. */
GB_WORDS(dashes, "——", "—", "–", "--", "－");

/* Number of Han characters outside of formulas. */
static size_t
words_outside_formulas(struct gb_str s)
{
    size_t n = 0;
    bool inside = false;

    for (size_t at = 0; at < s.len;) {
        uint32_t c = gb_utf8_at(s, at, &at);
        if (c == '$')
            inside = !inside;
        else if (!inside)
            n += gb_char_is_han(c);
    }
    return n;
}

bool
gb_is_legend_line(struct gb_str line)
{
    enum { LONGEST = 12, LONGEST_SYMBOL = 400 };
    size_t best = GB_NOT_FOUND;

    for (size_t i = 0; i < GB_COUNT(dashes); i++) {
        size_t at = gb_str_find(line, dashes[i], 0);
        if (at < best)
            best = at;
    }
    if (best == GB_NOT_FOUND || best == 0 || best > LONGEST_SYMBOL)
        return false;
    struct gb_str symbol = gb_str_sub(line, 0, best);
    return words_outside_formulas(symbol) <= LONGEST &&
           (gb_str_has(symbol, GB_STR("$")) || gb_str_han_length(symbol) <= LONGEST);
}

/* Nothing stands behind the last formula but a few comments. */
static bool
stands_behind_formula(const struct gb_builder *b)
{
    enum { MOST_COMMENTS = 8 };
    const struct gb_node *n = b->formula ? b->formula->next : NULL;

    for (int i = 0; n && n->kind == GB_NODE_COMMENT && i < MOST_COMMENTS; i++)
        n = n->next;
    return b->formula && !n;
}

/* The item that the formula right before stands in; NULL: none. */
static struct gb_node *
item_of_formula(const struct gb_builder *b)
{
    return stands_behind_formula(b) && b->formula->parent->kind == GB_NODE_ITEM ? b->formula->parent : NULL;
}

/* Length of 式中： at the head of the line; right behind a formula also of 其中： and 其中， and, before a symbol, of 式中. 0: no legend. */
static size_t
legend_lead(const struct gb_builder *b, struct gb_str line)
{
    static const char *const leads[] = {"式中：", "式中:", "其中：", "其中:", "其中，", "式中"};
    enum { UNCONDITIONAL = 2 };
    bool behind_formula = stands_behind_formula(b);

    for (size_t i = 0; i < GB_COUNT(leads); i++) {
        struct gb_str lead = gb_str_from(leads[i]), rest = gb_str_skip(line, lead.len);
        if (!gb_str_starts(line, lead) || (i >= UNCONDITIONAL && !behind_formula))
            continue;
        if (i < UNCONDITIONAL || gb_str_trim(rest).len == 0 || gb_is_legend_line(rest))
            return lead.len;
    }
    return 0;
}

bool
gb_take_legend(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_str line = u->text.str;
    size_t lead = legend_lead(b, line);

    if (lead == 0)
        return false;
    struct gb_node *item = item_of_formula(b);
    struct gb_node *where = gb_add(b, item ? item : gb_content_parent(b), GB_NODE_WHERE, gb_unit_encoding(u), &u->text);
    where->marker = gb_text_slice(&u->text, 0, lead);
    struct gb_text rest = gb_text_between(&u->text, lead, line.len);
    if (rest.str.len)
        gb_add_para(b, where, &rest, gb_unit_encoding(u));
    b->i++;
    while (b->i < b->n) {
        const struct gb_unit *next = &b->units[b->i];
        struct gb_number_mark number;
        if (!gb_unit_is_line(next) || !gb_is_legend_line(next->text.str) || gb_is_formula_line(b, b->i) ||
            gb_is_source(b, next) || gb_opens_clause(b, b->i, &number))
            break;
        gb_add_para(b, where, &next->text, gb_unit_encoding(next));
        b->i++;
    }
    return true;
}

/* ── legends set out as a table ────────────────────────────────────────── */

/* The cells of one row that hold something. */
struct legend_row {
    struct gb_text lead, symbol, dash, meaning;
};

static bool
is_dash_cell(struct gb_str s)
{
    GB_FIND(dash, dashes, GB_COUNT(dashes), gb_str_same(s, *dash));
    return dash != NULL;
}

static bool
is_lead_cell(struct gb_str s)
{
    GB_WORDS(leads, "式中", "图中");

    for (size_t i = 0; i < GB_COUNT(leads); i++) {
        struct gb_str rest = gb_str_skip(s, leads[i].len);
        if (gb_str_starts(s, leads[i]) &&
            (!rest.len || gb_str_same(rest, GB_STR("：")) || gb_str_same(rest, GB_STR(":"))))
            return true;
    }
    return false;
}

/* [式中] symbol —— meaning, each in a cell, from *at on, which moves behind the row. An empty row has no symbol. */
static bool
read_legend_row(const struct gb_table *t, uint32_t *at, struct legend_row *out)
{
    enum { MOST = 4 };
    struct gb_text cells[MOST];
    uint16_t row = t->cells[*at].row;
    size_t n = 0;

    *out = (struct legend_row){0};
    for (; *at < t->n_cells && t->cells[*at].row == row; ++*at) {
        struct gb_text text = gb_text_trim(&t->cells[*at].text);
        if (text.str.len && n == MOST)
            return false;
        if (text.str.len)
            cells[n++] = text;
    }
    size_t first = n > 0 && is_lead_cell(cells[0].str) ? 1 : 0;
    if (first)
        out->lead = cells[0];
    if (n == 0)
        return true;
    if (n != first + 3 || !is_dash_cell(cells[first + 1].str) || words_outside_formulas(cells[first].str) > 12)
        return false;
    out->symbol = cells[first];
    out->dash = cells[first + 1];
    out->meaning = cells[first + 2];
    return true;
}

/* All rows are of a legend; the first one says 式中 or 图中, or the table stands behind a formula, or there are several. */
static bool
is_legend_table(const struct gb_builder *b, const struct gb_table *t, struct gb_text *out_lead)
{
    struct legend_row row;
    size_t n = 0;

    *out_lead = (struct gb_text){0};
    if (!t || t->columns < 3 || t->columns > 4)
        return false;
    for (uint32_t at = 0; at < t->n_cells;) {
        if (!read_legend_row(t, &at, &row))
            return false;
        if (row.lead.str.len && n == 0)
            *out_lead = row.lead;
        n += row.symbol.str.len > 0;
    }
    return n > 0 && (out_lead->str.len || n > 1 || stands_behind_formula(b));
}

/* A word processor's table without lines, in which the symbols, dashes and meanings of a legend stand in columns. */
bool
gb_take_legend_table(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    const struct gb_table *t = u->block->table;
    struct gb_text lead;
    struct legend_row row;

    if (!is_legend_table(b, t, &lead))
        return false;
    bool is_where = lead.str.len || stands_behind_formula(b);
    struct gb_node *item = is_where ? item_of_formula(b) : NULL;
    struct gb_node *parent = item ? item : gb_content_parent(b);
    if (is_where) {
        parent = gb_add(b, parent, GB_NODE_WHERE, GB_ENCODING_TABLE, NULL);
        parent->span = u->block->span;
        parent->marker = lead;
    }
    for (uint32_t at = 0; at < t->n_cells;) {
        if (!read_legend_row(t, &at, &row) || !row.symbol.str.len)
            continue;
        struct gb_text line = gb_text_join(b->arena, &row.symbol, &row.dash, "");
        line = gb_text_join(b->arena, &line, &row.meaning, "");
        gb_add_para(b, parent, &line, GB_ENCODING_TABLE);
    }
    b->i++;
    return true;
}
