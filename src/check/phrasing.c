/* Words that have no place in a standard, or that are read in two ways: WRD-020, WRD-029. GB/T 1.1—2020, 5.1. */
#include "check/wording_priv.h"

extern const struct gb_check_def gb_phrasing_checks[];

/* Questions stand in forms and in lists of aspects: one that is a paragraph of a provision does not. */
static void
hit_colloquial(struct gb_check *c, const struct gb_found *found)
{
    struct gb_str word = gb_str_sub(found->str, found->match.begin, found->match.end);
    bool is_question = gb_str_is(word, "？") || gb_str_is(word, "?");

    if (gb_node_inside(found->node, GB_NODE_EXAMPLE) || (is_question && gb_node_inside(found->node, GB_NODE_LIST)))
        return;
    gb_report(c, gb_at_part(found->text, found->begin, found->end), found->node, GB_ARGS(word));
}

/* 申请/登记 in a requirement; units and the answers of a form have a slash by right. */
static void
hit_and_or(struct gb_check *c, const struct gb_found *found)
{
    const struct gb_facts *facts = gb_check_context(c)->facts;
    struct gb_str word = gb_str_sub(found->str, found->match.begin, found->match.end);
    const struct gb_sentence *s = gb_sentence_at(facts, found->node, found->text, found->begin);
    bool is_or = gb_str_has(word, GB_STR("/或")) || gb_str_has(word, GB_STR("／或")) || gb_str_starts(word, GB_STR("或"));
    const struct gb_str *units;
    size_t n = gb_param_words(c, "units", &units);

    for (size_t i = 0; i < n; i++) {
        if (gb_str_has(word, units[i]))
            return;
    }
    if (!is_or && !(s && s->type == GB_TYPE_REQUIREMENT))
        return;
    gb_report_case(c, is_or ? NULL : "slash", gb_at_part(found->text, found->begin, found->end), found->node, GB_ARGS(word));
}

const struct gb_check_def gb_phrasing_checks[] = {
    {.name = "colloquial", .hit = hit_colloquial, .params = GB_SEARCH_PARAMS "words:words"},
    {.name = "and-or", .hit = hit_and_or, .cases = "slash", .params = GB_SEARCH_PARAMS "words:words units:words"},
    {0},
};
