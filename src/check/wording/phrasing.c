/* Words that have no place in a standard, or that are read in two ways: WRD-020, WRD-029. GB/T 1.1—2020, 5.1. */
#include "check/wording/wording_priv.h"

/* Questions stand in forms and in lists of aspects: one that is a paragraph of a provision does not. */
static void
hit_colloquial(struct gb_check *c, const struct gb_found *found)
{
    struct gb_str word = gb_found_str(found);
    bool is_question = GB_IS_ONE_OF(word, "？", "?");

    if (gb_node_inside(found->node, GB_NODE_EXAMPLE) || (is_question && gb_node_inside(found->node, GB_NODE_LIST)))
        return;
    gb_report(c, gb_at_found(found), found->node, GB_ARGS(word));
}

/* Two Han characters on each side of a slash: bytes of s. */
static bool
find_words(struct gb_str s, size_t begin, size_t end, size_t *out_begin, size_t *out_end)
{
    *out_begin = begin;
    *out_end = end;
    for (unsigned i = 0; i < 2; i++) {
        if (!gb_char_is_han(gb_utf8_before(s, *out_begin, out_begin)))
            return false;
        if (*out_end == s.len || !gb_char_is_han(gb_utf8_at(s, *out_end, out_end)))
            return false;
    }
    return true;
}

/* 申请/登记 in a requirement; units and the answers of a form have a slash by right. */
static void
hit_slash(struct gb_check *c, const struct gb_found *found)
{
    GB_WORDS(joints, "和", "及", "与", "或");
    struct gb_str before = gb_found_before(found), behind = gb_found_behind(found);
    const struct gb_str *units;
    size_t n = gb_param_words(c, "units", &units), begin, end;

    if (!find_words(found->str, found->match.begin, found->match.end, &begin, &end) || GB_ENDS_ANY(before, joints) ||
        GB_STARTS_ANY(behind, joints) || gb_str_ends_any(before, units, n) || gb_str_starts_any(behind, units, n))
        return;
    size_t text_begin = found->begin - (found->match.begin - begin), text_end = found->end + (end - found->match.end);
    struct gb_str words = gb_str_sub(found->str, begin, end);
    const struct gb_sentence *s = gb_sentence_at(c->facts, found->node, found->text, found->begin);
    if (!s || s->type != GB_TYPE_REQUIREMENT || !gb_str_eq(gb_str_sub(found->text->str, text_begin, text_end), words))
        return; /* also where a line break cuts the words */
    gb_report_case(c, "slash", gb_at_part(found->text, text_begin, text_end), found->node, GB_ARGS(words));
}

static void
hit_and_or(struct gb_check *c, const struct gb_found *found)
{
    struct gb_str word = gb_found_str(found);

    if (GB_IS_ONE_OF(word, "/", "／"))
        hit_slash(c, found);
    else
        gb_report(c, gb_at_found(found), found->node, GB_ARGS(word));
}

const struct gb_check_def gb_phrasing_checks[] = {
    {.name = "colloquial", .hit = hit_colloquial, .params = GB_SEARCH_PARAMS "words:words"},
    {.name = "and-or", .hit = hit_and_or, .cases = "slash", .params = GB_SEARCH_PARAMS "words:words units:words"},
    {0},
};
