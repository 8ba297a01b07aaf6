/* What stands behind the body: annexes, bibliography, index, each in its place: STR-009 to STR-011. */
#include "check/structure/elements_priv.h"

/* A chapter behind an annex; an annex behind the bibliography, where others stand before that. Source: GB/T 1.1—2020, 9.6.2. A bibliography with a number is STR-010. */
static void
check_annex_position(struct gb_check *c)
{
    const struct gb_node *annex = NULL, *biblio = NULL;
    struct gb_finding *f = NULL;

    for (const struct gb_node *n = c->doc->root->first; n; n = n->next) {
        enum gb_element element = gb_element_of(n);
        if (element == GB_ELEMENT_ANNEX && !annex)
            annex = n;
        biblio = element == GB_ELEMENT_BIBLIO && annex ? n : biblio;
        if (biblio && element == GB_ELEMENT_ANNEX) {
            struct gb_finding *late =
                gb_report_case(c, "late", gb_at_head(n), n, GB_ARGS(gb_element_name(c, n), gb_element_name(c, biblio)));
            gb_also(c, late, gb_at_head(biblio), gb_say(c, "在它之后的要素", "the element that comes after it"));
            biblio = NULL;
        }
        if (!annex || !gb_element_is_chapter(element))
            continue;
        if (f) {
            gb_also(c, f, gb_at_head(n), gb_say(c, "同样在附录之后", "behind the annex as well"));
            continue;
        }
        f = gb_report(c, gb_at_head(n), n, GB_ARGS(gb_element_name(c, n), gb_element_name(c, annex)));
        gb_also(c, f, gb_at_head(annex), gb_say(c, "第一个附录", "the first annex"));
    }
}

/* 1 国家标准, 一、国家标准, （一）国家标准 */
static bool
begins_with_number(struct gb_str s)
{
    size_t next = 0;
    uint32_t c = s.len ? gb_utf8_at(s, 0, &next) : 0;

    if (c == U'（' || c == '(')
        c = gb_utf8_at(s, next, &next);
    if (gb_char_digit(c) >= 0)
        return true;
    return gb_han_digit(c) && GB_STARTS_WITH(gb_str_skip(s, next), "、", "）");
}

/* A heading with a number inside of the bibliography. */
static const struct gb_node *
numbered_heading(const struct gb_node *biblio)
{
    GB_FIND_NEXT(n, biblio->first, n->next,
                 n->kind == GB_NODE_CLAUSE || (n->kind == GB_NODE_PARA && n->encoding == GB_ENCODING_HEADING &&
                                               begins_with_number(n->text.str)));
    return n;
}

/* Source: GB/T 1.1—2020, 8.13: behind the annexes, without a number, not divided into clauses. An annex
 * behind it is STR-002. */
static void
check_bibliography_position(struct gb_check *c)
{
    bool has_annex = false;

    for (const struct gb_node *n = c->doc->root->first; n; n = n->next) {
        enum gb_element element = gb_element_of(n);
        has_annex = has_annex || element == GB_ELEMENT_ANNEX;
        if (element != GB_ELEMENT_BIBLIO)
            continue;
        const struct gb_node *inner = numbered_heading(n);
        if (n->number.str.len && !(n->flags & GB_NODE_GIVEN))
            gb_report_case(c, "number", gb_at_text(&n->number), n, GB_ARGS(n->title.str, n->number.str));
        if (inner)
            gb_report_case(c, "divided", gb_at_head(inner), inner, GB_ARGS(n->title.str, inner->text.str));
        const struct gb_node *next = n->next;
        while (next && gb_element_of(next) == GB_ELEMENT_NONE)
            next = next->next;
        if (next && !has_annex && gb_element_is_chapter(gb_element_of(next)) && n->kind == GB_NODE_BIBLIO &&
            gb_element_has_content(n)) {
            struct gb_finding *f = gb_report(c, gb_at_head(n), n, GB_ARGS(n->title.str, gb_element_name(c, next)));
            gb_also(c, f, gb_at_head(next), gb_say(c, "其后的章", "the chapter behind it"));
            GB_FIND_NEXT(annex, next, annex->next, annex->kind == GB_NODE_ANNEX);
            if (annex)
                gb_also(c, f, gb_at_head(annex), gb_say(c, "其后的附录", "the annex behind it"));
        }
    }
}

/* Source: GB/T 1.1—2020, 8.14. A heading 索引 among the chapters is no index. */
static void
check_index_last(struct gb_check *c)
{
    for (const struct gb_node *n = c->doc->root->first; n; n = n->next) {
        if (n->kind != GB_NODE_INDEX)
            continue;
        for (const struct gb_node *next = n->next; next; next = next->next) {
            enum gb_element element = gb_element_of(next);
            if (element != GB_ELEMENT_ANNEX && element != GB_ELEMENT_BIBLIO)
                continue;
            struct gb_finding *f = gb_report(c, gb_at_head(n), n, GB_ARGS(n->title.str, gb_element_name(c, next)));
            gb_also(c, f, gb_at_head(next), gb_say(c, "其后的要素", "the element behind it"));
            return;
        }
    }
}

const struct gb_check_def gb_end_matter_checks[] = {
    {.name = "annex-position", .whole = check_annex_position, .cases = "late"},
    {.name = "bibliography-position", .whole = check_bibliography_position, .cases = "number divided"},
    {.name = "index-last", .whole = check_index_last},
    {0},
};
