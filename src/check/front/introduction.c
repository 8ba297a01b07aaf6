/*
 * The introduction: when a draft needs one, and what it says of patents: INT-002, INT-003. Its provisions are judged in
 * wording/provisions.c.
 */
#include "check/structure/elements_priv.h"

/* ---- INT-002: a part needs one ---- */

/* 第2部分 in the title, however wide its digits and blanks. Parts are numbered in Arabic numerals, from 1 on. */
static bool
is_part_title(struct gb_str title)
{
    struct gb_buf normal = {0};
    bool is_part = false;

    gb_normalise(title, &normal);
    struct gb_str s = gb_buf_str(&normal), first = GB_STR("第"), last = GB_STR("部分");
    for (size_t at = gb_str_find(s, first, 0); at != GB_NOT_FOUND && !is_part;
         at = gb_str_find(s, first, at + first.len)) {
        size_t digits = at + first.len, end = gb_skip_digits(s, digits);
        is_part = end > digits && gb_str_starts(gb_str_skip(s, end), last);
    }
    gb_buf_release(&normal);
    return is_part;
}

/* The statement on identified patents, in the foreword. */
static const struct gb_node *
patent_statement(const struct gb_node *foreword)
{
    GB_FIND_NEXT(n, foreword ? foreword->first : NULL, gb_node_walk(n, foreword),
                 gb_str_has(n->text.str, GB_STR("声明符合")) && gb_str_has(n->text.str, GB_STR("专利")));
    return n;
}

/*
 * Source: GB/T 1.1—2020, 8.4; before, an introduction was never needed. Reported where it should stand: at the title on the first
 * page of the body, else at chapter 1.
 */
static void
check_introduction_needed(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;

    if (!gb_is_whole_draft(c) || gb_element_find(c->doc, GB_ELEMENT_INTRO))
        return;
    const struct gb_node *place = facts->title ? facts->title : facts->chapters[0], *patents;
    const struct gb_text *title = gb_title_near_body(facts);
    if (title && is_part_title(title->str))
        gb_report(c, gb_at_head(place), place, GB_ARGS(title->str));
    else if ((patents = patent_statement(facts->foreword)))
        gb_report_case(c, "patents", gb_at_text(&patents->text), patents, GB_NO_ARGS);
}

/* ---- INT-003: identified patents ---- */

/* All that the introduction says, in one string. */
static struct gb_str
whole_text(const struct gb_node *intro, struct gb_buf *out)
{
    for (const struct gb_node *n = intro; n; n = gb_node_walk(n, intro)) {
        gb_buf_add(out, n->text.str);
        gb_buf_puts(out, "\n");
        GB_EACH_CELL(cell, n) {
            gb_buf_add(out, cell->text.str);
            gb_buf_puts(out, "\n");
        }
    }
    return gb_buf_str(out);
}

/* The words that say that patents are known: the holder, or that the document involves them. */
static const struct gb_node *
find_trigger(struct gb_check *c, const struct gb_node *intro, struct gb_match *out)
{
    GB_FIND_NEXT(n, intro, gb_node_walk(n, intro),
                 gb_str_has(n->text.str, GB_STR("专利")) && gb_param_match(c, "known", n->text.str, 0, out));
    return n;
}

/*
 * Source: GB/T 1.1—2020, 8.4 and D.3; 2009, C.3. Compared by what the statement must hold, since its wording has places to fill in.
 * That patents may exist which nobody knows of is said in the foreword (FWD-007).
 */
static void
check_patents(struct gb_check *c, const struct gb_node *intro)
{
    GB_WORDS(statement, "提请注意", "声明符合", "可能涉及", "专利的使用");
    struct gb_match match;
    const struct gb_node *place = find_trigger(c, intro, &match);
    struct gb_buf all = {0}, normal = {0};

    if (!place)
        return;
    gb_normalise(whole_text(intro, &all), &normal);
    struct gb_str said = gb_buf_str(&normal), words = gb_str_sub(place->text.str, match.begin, match.end);
    struct gb_at at = gb_at_part(&place->text, match.begin, match.end);
    bool has_name = GB_HAS_ONE_OF(said, "专利持有人姓名", "专利持有人名称", "专利持有人：");
    if (GB_ANY(GB_ITEMS(word, statement, GB_COUNT(statement)), !gb_str_has(said, *word)))
        gb_report(c, at, place, GB_ARGS(words));
    else if (!has_name || !gb_str_has(said, GB_STR("地址")))
        gb_report_case(c, "holder", at, place,
                       GB_ARGS(has_name ? gb_say(c, "地址", "address") : gb_say(c, "姓名或名称", "name")));
    gb_buf_release(&all);
    gb_buf_release(&normal);
}

const struct gb_check_def gb_introduction_checks[] = {
    {.name = "introduction-needed", .whole = check_introduction_needed, .cases = "patents"},
    {.name = "patent-statement",
     .run = check_patents,
     .on = GB_ON(INTRO),
     .cases = "holder",
     .params = "known:pattern"},
    {0},
};
