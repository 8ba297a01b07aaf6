/*
 * Figures as wholes: their numbers, titles and mentions: FIG-001 to FIG-004. Captions are judged in figure_captions.c, what stands
 * between picture and caption in figure_keys.c.
 */
#include "check/figures_priv.h"

#include "check/clause_priv.h"
#include "check/elements_priv.h"
#include "check/lost_parts_priv.h"
#include "check/mentions_priv.h"
#include "text/chars.h"
#include "text/utf8.h"

extern const struct gb_check_def gb_figure_checks[];

/* ---- What is what ---- */

/* A number that follows the chapter, though the figures of the body are counted through: 图5-1, 图5.1. */
static bool
has_chapter_number(const struct gb_node *figure)
{
    return gb_object_has_number(figure) && figure->num.n == 2 && !figure->num.letter;
}

/* ---- FIG-001: the numbers in their order ---- */

/*
 * Figures are numbered from 1 on, whatever chapters they stand in; those of annexes have ANX-008. Source: GB/T 1.1—2020, 9.7.2.1;
 * 2009, 7.3.3.
 */
static void
check_sequence(struct gb_check *c, const struct gb_node *root)
{
    static const struct gb_object_run run = {GB_NODE_FIGURE, GB_MENTION_FIGURE, "图", NULL};

    (void)root;
    if (!gb_is_engineering(gb_check_context(c)))
        gb_judge_object_run(c, &run);
}

/* ---- FIG-002: the form of the number ---- */

bool
gb_figure_is_part_of_other(const struct gb_check_context *context, const struct gb_node *figure)
{
    struct gb_number whole = {.n = 1, .part = {figure->num.part[0]}};

    return has_chapter_number(figure) && gb_find_part(context->facts, GB_MENTION_FIGURE, &whole);
}

/* 图一, 图二: length of the number in Han digits behind 图; 0: none. */
static size_t
han_number(struct gb_str s)
{
    static const char digits[] = "一二三四五六七八九十";
    size_t at = strlen("图"), n = 0;

    if (!gb_str_starts(s, GB_STR("图")))
        return 0;
    for (; at + 3 <= s.len && n < 2 && gb_str_has(GB_STR(digits), gb_str_sub(s, at, at + 3)); n++)
        at += 3;
    if (n == 0 || gb_str_han_length(s) > 30)
        return 0;
    if (at == s.len)
        return at;
    size_t next;
    uint32_t behind = gb_utf8_at(s, at, &next);
    return gb_char_is_space(behind) || behind == ':' || behind == U'：' ? at : 0;
}

/* A short line without end mark right below the picture: a title that lacks label and number. */
static bool
is_bare_title(const struct gb_node *node)
{
    enum { LONGEST = 25 };
    size_t at;

    if (!node || node->kind != GB_NODE_PARA || gb_str_has(node->text.str, GB_STR("\n")) ||
        gb_str_han_length(node->text.str) > LONGEST || gb_str_han_length(node->text.str) < 3)
        return false;
    return !gb_is_one_of(gb_last_char(node->text.str, &at), "。：；，:;.！？,、）)") &&
           (gb_str_ends(node->text.str, GB_STR("图")) || gb_str_ends(node->text.str, GB_STR("流程")) ||
            gb_str_ends(node->text.str, GB_STR("示意")) || gb_str_ends(node->text.str, GB_STR("结构")) ||
            gb_str_ends(node->text.str, GB_STR("框架")));
}

/* Something beside it that may be its caption: 图… in any form, or another figure. */
static bool
has_caption_near(const struct gb_node *figure)
{
    const struct gb_node *near[] = {figure->prev, gb_object_behind(figure)};

    for (size_t i = 0; i < GB_COUNT(near); i++) {
        if (near[i] && (near[i]->kind == GB_NODE_FIGURE || near[i]->kind == GB_NODE_TABLE ||
                        gb_str_starts(near[i]->text.str, GB_STR("图")) || gb_str_starts(near[i]->text.str, GB_STR("表")) ||
                        gb_str_starts(near[i]->text.str, GB_STR("续"))))
            return true;
    }
    return false;
}

static void
judge_nameless(struct gb_check *c, const struct gb_node *figure)
{
    const struct gb_node *behind = gb_object_behind(figure);
    size_t n = behind && behind->kind == GB_NODE_PARA ? han_number(behind->text.str) : 0;

    if (n) {
        gb_report_case(c, "han", gb_at_part(&behind->text, strlen("图"), n), behind,
                       GB_ARGS(gb_str_sub(behind->text.str, 0, n)));
    } else if (has_caption_near(figure)) {
        return;
    } else if (is_bare_title(behind)) {
        gb_report_case(c, "title", gb_at_text(&behind->text), figure, GB_ARGS(behind->text.str));
    } else if (figure->flags & GB_NODE_FLOWCHART) {
        gb_report_case(c, "none", gb_at_lines(figure->span), figure, GB_NO_ARGS);
    }
}

/* Source: GB/T 1.1—2020, 9.7.2.1; 2009, 7.3.3. */
static void
check_number_form(struct gb_check *c, const struct gb_node *root)
{
    const struct gb_check_context *context = gb_check_context(c);
    const struct gb_nodes *all = &context->facts->of_kind[GB_NODE_FIGURE];
    struct gb_finding *f = NULL;
    size_t n = 0, n_plain = 0;

    (void)root;
    if (gb_is_engineering(context))
        return;
    for (uint32_t i = 0; i < all->n; i++) {
        const struct gb_node *figure = all->items[i];
        if (!gb_object_is_own(figure) || gb_object_is_continued(figure))
            continue;
        if (figure->num.n == 0 && !figure->number.str.len) {
            judge_nameless(c, figure);
            continue;
        }
        if (gb_node_inside(figure, GB_NODE_ANNEX) || !gb_object_has_number(figure))
            continue;
        n_plain++;
        if (!has_chapter_number(figure) || gb_figure_is_part_of_other(context, figure))
            continue;
        if (n++ == 0) {
            f = gb_report(c, gb_at_number(figure), figure, GB_ARGS(figure->number.str));
            struct gb_number taken = {.n = 1, .part = {(uint16_t)n_plain}};
            if (!gb_find_part(context->facts, GB_MENTION_FIGURE, &taken))
                gb_fix_object_number(c, f, figure, true, gb_arena_printf(context->arena, "%zu", n_plain));
        } else if (n < GB_MOST_OBJECT_PLACES) {
            gb_also(c, f, gb_at_number(figure), gb_say(c, "又一处", "one more"));
        }
    }
}

/* ---- FIG-003, FIG-004: titles and mentions ---- */

static bool
is_judged_for_title(const struct gb_node *figure)
{
    return gb_object_has_number(figure) && gb_object_is_own(figure) && figure->encoding != GB_ENCODING_LOST &&
           figure->num.n == 1 && !gb_object_is_continued(figure);
}

/* A conversion may have put the title on a line of its own. */
static bool
lacks_title(const struct gb_node *figure)
{
    enum { LONGEST = 25 };
    const struct gb_node *behind = gb_object_behind(figure);
    size_t at;

    return !behind || behind->kind != GB_NODE_PARA || gb_str_han_length(behind->text.str) > LONGEST ||
           gb_is_one_of(gb_last_char(behind->text.str, &at), "。：；，:;.");
}

static bool
is_due(const struct gb_node *figure)
{
    return gb_object_is_own(figure) && figure->title.str.len && !gb_object_is_continued(figure);
}

static const struct gb_str pointers[] = {GB_WORD("下图"), GB_WORD("下列图"), GB_WORD("本图"), GB_WORD("图中"),
                                         GB_WORD("附图"), GB_WORD("上图"), GB_WORD("图示")};

static const struct gb_captioned figures = {
    GB_NODE_FIGURE, GB_MENTION_FIGURE, "图", pointers, GB_COUNT(pointers), is_judged_for_title, lacks_title, is_due,
};

/* Source: GB/T 1.1—2020, 9.7.2.2; 2009, 7.3.4. */
static void
check_titles(struct gb_check *c, const struct gb_node *root)
{
    (void)root;
    gb_judge_titles(c, &figures);
}

/* Source: GB/T 1.1—2020, 9.7.1.2; 2009, 7.3.1. */
static void
check_mentioned(struct gb_check *c, const struct gb_node *root)
{
    (void)root;
    gb_judge_mentioned(c, &figures);
}

const struct gb_check_def gb_figure_checks[] = {
    {.name = "figure-sequence", .run = check_sequence, .on = GB_ON(DOC), .cases = "double missing"},
    {.name = "figure-number-form", .run = check_number_form, .on = GB_ON(DOC), .cases = "han title none"},
    {.name = "figure-titles", .run = check_titles, .on = GB_ON(DOC), .cases = "none"},
    {.name = "figure-mentioned", .run = check_mentioned, .on = GB_ON(DOC)},
    {0},
};
