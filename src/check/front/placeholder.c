/* Words and signs that hold the place of what is not written yet: COV-018. */
#include "check/structure/elements_priv.h"

/* Groups of the pattern: what kind of placeholder it found. */
enum kind { KIND_NONE, KIND_WORD, KIND_NUMBER, KIND_FOREWORD };

static enum kind
kind_of(const struct gb_match *match)
{
    for (size_t i = 0; i < match->n_groups && i < KIND_FOREWORD; i++) {
        if (match->groups[i].ptr && match->groups[i].len)
            return (enum kind)(i + 1);
    }
    return KIND_NONE;
}

/* 待定 and 待确认 are states as well: an entry of a list, or of a table, may be one. In brackets it is a remark: 册数（待定）. */
static bool
is_state(const struct gb_found *found)
{
    bool is_entry = found->part == GB_PART_CELL || found->node->kind == GB_NODE_ITEM;
    struct gb_str before = gb_found_before(found);

    if (gb_str_ends(before, GB_STR("（")) && before.len > strlen("（"))
        return false;

    return is_entry && GB_HAS_ONE_OF(found->match.groups[0], "待定", "待确认", "待核实");
}

/* Forms and samples to be filled in by those who use them stand in annexes: a cell, 联系电话×××. */
static bool
is_form(const struct gb_found *found)
{
    bool is_sign = gb_str_starts(gb_str_skip(found->str, found->match.begin), GB_STR("×"));
    struct gb_str before = gb_found_before(found);
    bool is_number = is_sign && GB_ENDS_WITH(before, "电话", "热线", "传真", "邮编");

    return (found->part == GB_PART_CELL || is_number) &&
           (found->zone == GB_ZONE_INFORMATIVE_ANNEX || found->zone == GB_ZONE_NORMATIVE_ANNEX);
}

/* Is the number cited, not the pattern that numbers follow? */
static bool
is_cited(const struct gb_found *found)
{
    GB_WORDS(before, "符合", "按照", "按", "执行", "依据", "根据", "遵守", "满足", "见", "引用", "达到");
    struct gb_str s = gb_found_before(found);

    if (found->node->kind == GB_NODE_REF)
        return true;
    if (GB_ENDS_ANY(gb_str_trim(s), before))
        return found->zone != GB_ZONE_COVER;
    return false;
}

/* Good practice. Number and dates on the cover are given when the document is approved: nothing is said of them. */
static void
hit_placeholder(struct gb_check *c, const struct gb_found *found)
{
    enum gb_stage stage = c->facts->stage;

    switch (kind_of(&found->match)) {
    case KIND_WORD:
        if (is_state(found) || is_form(found))
            return;
        break;
    case KIND_NUMBER:
        if (!is_cited(found))
            return;
        break;
    case KIND_FOREWORD:
        if (found->zone != GB_ZONE_FOREWORD)
            return;
        break;
    default:
        return;
    }
    struct gb_str word = gb_found_str(found);
    gb_report_case(c, stage == GB_STAGE_APPROVAL ? NULL : "early", gb_at_found(found), found->node, GB_ARGS(word));
}

const struct gb_check_def gb_placeholder_checks[] = {
    {.name = "placeholder", .hit = hit_placeholder, .cases = "early", .params = GB_SEARCH_PARAMS "words:words"},
    {NULL},
};
