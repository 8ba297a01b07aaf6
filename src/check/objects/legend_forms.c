/*
 * Legends of formulas, and how they are written: that part of EQN-002. What a legend explains is formula_legends.c.
 */
#include "check/structure/elements_priv.h"
#include "check/objects/formula_priv.h"
#include "check/lists/lists_priv.h"
#include "check/objects/objects_priv.h"

struct gb_str
gb_legend_key(const struct gb_node *line)
{
    size_t dash = gb_str_find(line->text.str, GB_STR("—"), 0);
    struct gb_str key = gb_str_sub(line->text.str, 0, dash == GB_NOT_FOUND ? 0 : dash);

    return gb_str_has_han(key) ? gb_str_sub(key, 0, 0)
                               : key; /* 其他的量按GB/T 90001—2026测定 stands behind the legend */
}

/* 式中： with a list below it: the list; else NULL. */
static const struct gb_node *
list_below(const struct gb_node *where)
{
    const struct gb_node *next = where->first ? NULL : gb_object_behind(where);

    return next && next->kind == GB_NODE_LIST && next->first && gb_legend_key(next->first).len ? next : NULL;
}

const struct gb_node *
gb_legend_first(const struct gb_node *where)
{
    const struct gb_node *list = list_below(where);

    return list ? list->first : where->first;
}

bool
gb_legend_goes_on(const struct gb_node *where)
{
    const struct gb_node *list = list_below(where), *next = gb_object_behind(list ? list : where);

    return next && (next->kind == GB_NODE_LIST ||
                    ((next->kind == GB_NODE_TABLE || next->kind == GB_NODE_FIGURE) && !next->number.str.len) ||
                    (next->kind == GB_NODE_PARA && gb_str_starts(next->text.str, GB_STR("—"))));
}

/* The formula before a legend or formula with nothing between; of an item, that which ends the item before; NULL: there is none. */
static const struct gb_node *
formula_before(const struct gb_node *node)
{
    const struct gb_node *n = gb_object_before(node);

    if (n && n->kind == GB_NODE_LIST)
        n = n->last ? n->last->last : NULL;
    else if (!n && node->parent->kind == GB_NODE_ITEM && node->parent->prev)
        n = node->parent->prev->last;
    return n && n->kind == GB_NODE_FORMULA ? n : NULL;
}

struct gb_letters
gb_letters_before_legend(const struct gb_facts *facts, const struct gb_node *where)
{
    const struct gb_measures *units = gb_lexicon_measures(facts->lexicon);
    struct gb_formula_symbol symbols[GB_FORMULA_SYMBOLS];
    struct gb_letters found = {0, 0};

    for (const struct gb_node *n = formula_before(where); n; n = formula_before(n)) {
        size_t count = gb_formula_symbols(units, &n->text, symbols);
        for (size_t i = 0; i < count; i++)
            gb_add_letters(&found, symbols[i].letter);
        gb_add_explained(n->text.str, &found, &(struct gb_letters){0, 0});
    }
    return found;
}

/* Where a colon stands between the symbol and its explanation, in the place of the dash: its bytes in *out_end; 0: there is none. */
static size_t
find_colon(struct gb_str line, const struct gb_letters *used, size_t *out_end)
{
    enum { LONGEST_SYMBOL = 60 };
    size_t wide = gb_str_find(line, GB_STR("："), 0), narrow = gb_str_find(line, GB_STR(":"), 0);
    size_t at = wide < narrow ? wide : narrow;
    struct gb_letters own = {0, 0}, ignored = {0, 0};

    if (at == GB_NOT_FOUND || at > LONGEST_SYMBOL || gb_str_has_han(gb_str_sub(line, 0, at)))
        return 0;
    *out_end = at + (wide < narrow ? strlen("：") : 1);
    gb_add_explained(gb_str_sub(line, 0, at), &own, &ignored);
    gb_add_signs(gb_str_sub(line, 0, at), &own);
    return gb_has_letter(used, own) && gb_char_is_han(gb_char_at(line, *out_end)) ? at : 0;
}

/* Behind the last line nothing says that the legend goes on: no line with another dash, no rest of a sentence. */
static bool
is_last(const struct gb_facts *facts, const struct gb_node *where)
{
    enum { NEAR = 20 };
    GB_WORDS(dashes, "—", "-", "–", "－"); /* n-人数: a line whose dash is another sign */
    const struct gb_node *next = gb_object_behind(where);
    size_t end;

    if (!next || next->kind != GB_NODE_PARA)
        return true;
    struct gb_letters used = gb_letters_before_legend(facts, where);
    return !GB_HAS_ANY(gb_str_sub(next->text.str, 0, NEAR), dashes) && !find_colon(next->text.str, &used, &end);
}

/* m——质量； where nothing follows: the last line ends in 。 as the last item of a list does. */
static void
judge_end(struct gb_check *c, const struct gb_node *where)
{
    const struct gb_node *last = where->last, *next = gb_object_behind(where);

    if (!last || last == where->first || last->kind != GB_NODE_PARA || !gb_legend_key(last).len ||
        !gb_str_ends(where->first->text.str, GB_STR("；")) || gb_legend_goes_on(where) || !is_last(c->facts, where))
        return;
    struct gb_end end = gb_end_of(&last->text);
    bool is_open = end.mark == GB_END_NONE && !(next && next->kind == GB_NODE_PARA);
    if (end.mark != GB_END_SEMICOLON && !is_open)
        return;
    struct gb_at at = GB_AT(&end);
    struct gb_finding *f = gb_report_case(c, is_open ? "open" : "end", at, last, GB_NO_ARGS);
    gb_fix(c, f, is_open ? (struct gb_span){at.span.end, at.span.end} : at.span, GB_STR("。"));
}

/* R：满意率；: one finding for the lines of a legend. */
static void
judge_colons(struct gb_check *c, const struct gb_node *where)
{
    struct gb_letters used = gb_letters_before_legend(c->facts, where);
    struct gb_finding *f = NULL;

    for (const struct gb_node *n = gb_object_behind(where); n && n->kind == GB_NODE_PARA; n = gb_object_behind(n)) {
        size_t end, at = find_colon(n->text.str, &used, &end);
        if (!at && !gb_legend_key(n).len)
            return;
        if (!at)
            continue;
        struct gb_at place = gb_at_part(&n->text, at, end);
        f = f ? f : gb_report_case(c, "colon", place, n, GB_ARGS(gb_str_trim(gb_str_sub(n->text.str, 0, at))));
        if (!place.by_line)
            gb_fix(c, f, place.span, GB_STR("——"));
    }
}

/* 其中： leads in the legend. */
static void
judge_lead(struct gb_check *c, const struct gb_node *where)
{
    struct gb_str words = gb_str_trim(where->marker.str);
    const struct gb_node *first = gb_legend_first(where);

    if (!gb_str_starts(words, GB_STR("其中")) || !first || !gb_legend_key(first).len)
        return;
    gb_report_fix(c, "lead", gb_at_text(&where->marker), where, GB_STR("式中："), GB_ARGS(words));
}

/* The lines of a legend right behind the formula, without 式中： before them. */
static void
judge_no_lead(struct gb_check *c, const struct gb_node *formula)
{
    const struct gb_node *line = gb_object_behind(formula);
    struct gb_letters used, own = {0, 0}, ignored = {0, 0};

    if (!line && formula->parent->kind == GB_NODE_ITEM && !formula->parent->next)
        line = gb_object_behind(formula->parent->parent);
    if (!line || line->kind != GB_NODE_PARA || !gb_legend_key(line).len)
        return;
    used = gb_letters_before_legend(c->facts, line);
    gb_add_explained(gb_legend_key(line), &own, &ignored);
    gb_add_signs(gb_legend_key(line), &own);
    if (gb_has_letter(&used, own))
        gb_report_case(c, "no-lead", gb_at_part(&line->text, 0, gb_legend_key(line).len), line,
                       GB_ARGS(gb_legend_key(line)));
}

void
gb_judge_legend_forms(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;

    GB_EACH_NODE(where, &facts->of_kind[GB_NODE_WHERE]) {
        if (gb_object_is_own(where)) {
            judge_end(c, where);
            judge_lead(c, where);
            judge_colons(c, where);
        }
    }
    GB_EACH_NODE(formula, &facts->of_kind[GB_NODE_FORMULA]) {
        if (gb_object_is_own(formula))
            judge_no_lead(c, formula);
    }
}
