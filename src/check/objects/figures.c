/*
 * Figures as wholes: their numbers, titles and mentions: FIG-001 to FIG-004. Captions are judged in figure_captions.c, what stands
 * between picture and caption in figure_keys.c.
 */
#include "check/objects/figures_priv.h"

#include "check/changes_priv.h"
#include "check/clause_priv.h"
#include "check/structure/elements_priv.h"
#include "check/references/mentions_priv.h"

/* ---- What is what ---- */

/* A number that follows the chapter, though the figures of the body are counted through: 图5-1, 图5.1. */
static bool
has_chapter_number(const struct gb_node *figure)
{
    return gb_object_has_number(figure) && figure->num.n == 2 && !figure->num.letter;
}

/* ---- FIG-001: the numbers in their order ---- */

static const struct gb_object_run run = {GB_NODE_FIGURE, GB_MENTION_FIGURE, "图", NULL};

/* Source: GB/T 1.1—2020, 9.7.2.1; 2009, 7.3.3. */
GB_CHECK_WHOLE(check_sequence, gb_judge_object_run(c, &run))

/* ---- FIG-002: the form of the number ---- */

/* The whole that 图1-1 is a part of, or NULL. */
static const struct gb_node *
whole_of(const struct gb_check *c, const struct gb_node *figure)
{
    struct gb_number whole = {.n = 1, .part = {figure->num.part[0]}};

    return gb_find_part(c->facts, GB_MENTION_FIGURE, &whole);
}

static bool
is_next_part(const struct gb_node *figure, const struct gb_node *other)
{
    return other && other->kind == GB_NODE_FIGURE && has_chapter_number(other) &&
           other->num.part[0] == figure->num.part[0];
}

bool
gb_figure_is_part_of_other(const struct gb_check *c, const struct gb_node *figure)
{
    if (!has_chapter_number(figure))
        return false;
    if (whole_of(c, figure))
        return true;
    /* 图1-1 and 图1-2 in chapter 5: their first number is none of a chapter. */
    const struct gb_node *top = gb_node_top(figure);
    return top->num.n > 0 && top->num.part[0] != figure->num.part[0] &&
           (is_next_part(figure, gb_object_before(figure)) || is_next_part(figure, gb_object_behind(figure)));
}

/* 图一, 图二: length of the number in Han digits behind 图; 0: none. */
static size_t
han_number(struct gb_str s)
{
    size_t at = strlen("图");

    if (!gb_str_starts(s, GB_STR("图")) || !gb_take_han_number(s, &at) || gb_str_han_length(s) > 30)
        return 0;
    if (at == s.len)
        return at;
    uint32_t behind = gb_char_at(s, at);
    return gb_char_is_space(behind) || behind == ':' || behind == U'：' ? at : 0;
}

/* A short line without end mark right below the picture: a title that lacks label and number. */
static bool
is_bare_title(const struct gb_node *node)
{
    enum { LONGEST = 25 };
    GB_WORDS(ends, "图", "流程", "示意", "结构", "框架");

    return node && node->kind == GB_NODE_PARA && GB_ENDS_ANY(node->text.str, ends) &&
           !gb_str_has(node->text.str, GB_STR("\n")) && gb_str_han_length(node->text.str) <= LONGEST &&
           gb_str_han_length(node->text.str) >= 3;
}

/* 图　装置: the label and the title, without a number. */
static bool
lacks_only_number(const struct gb_node *node)
{
    enum { LONGEST = 25 };
    struct gb_str s = node && node->kind == GB_NODE_PARA ? node->text.str : GB_STR(""), rest;
    size_t next, at;

    if (!gb_str_starts(s, GB_STR("图")) || s.len == strlen("图") || gb_str_has(s, GB_STR("\n")) ||
        gb_str_han_length(s) > LONGEST || !gb_char_is_space(gb_utf8_at(s, strlen("图"), &next)) ||
        gb_is_one_of(gb_last_char(s, &at), "。：；，:;.！？,、"))
        return false;
    rest = gb_str_trim(gb_str_skip(s, next));
    return rest.len && gb_char_is_han(gb_utf8_at(rest, 0, &next));
}

static bool
may_be_caption(const struct gb_node *node)
{
    GB_WORDS(heads, "图", "表", "续");

    return node &&
           (node->kind == GB_NODE_FIGURE || node->kind == GB_NODE_TABLE || GB_STARTS_ANY(node->text.str, heads));
}

/* Something beside it that may be its caption: 图… in any form, or another figure that has none of its own. */
static bool
has_caption_near(const struct gb_node *figure)
{
    const struct gb_node *before = gb_object_before(figure), *behind = gb_object_behind(figure);
    bool is_captioned =
        before && before->kind == GB_NODE_FIGURE && before->num.n && before->encoding != GB_ENCODING_LOST;

    return (may_be_caption(before) && !(is_captioned && is_bare_title(behind))) || may_be_caption(behind);
}

/* What is known of the figures so far, in the body or in one annex. */
struct forms {
    const struct gb_node *annex;                /* NULL: in the body */
    unsigned n_plain;                           /* figures with a number, or that get one */
    GB_ARRAY(const struct gb_node *) chaptered; /* whose number has that of the chapter */
    struct gb_changes changes;                  /* which give all of them their own */
    bool is_taken;                              /* one of the new numbers is another figure's */
};

/* The number that comes next, and whether no figure has it. */
static bool
next_number(struct gb_check *c, const struct forms *forms, struct gb_str *out)
{
    struct gb_number num = {.n = 1, .part = {(uint16_t)(forms->n_plain + 1)}};

    if (forms->annex)
        num.letter = forms->annex->num.letter;
    *out = gb_number_text(&num, c->arena);
    return !gb_find_part(c->facts, GB_MENTION_FIGURE, &num) && (!forms->annex || num.letter);
}

static void
judge_han(struct gb_check *c, struct forms *forms, const struct gb_node *caption, size_t end)
{
    struct gb_str name = gb_str_sub(caption->text.str, 0, end);
    struct gb_finding *f = gb_report_case(c, "han", gb_at_part(&caption->text, 0, end), caption, GB_ARGS(name));
    struct gb_changes changes = {0};
    struct gb_str by;

    if (!next_number(c, forms, &by) || gb_take_han_number(name, &(size_t){strlen("图")}) != forms->n_plain + 1)
        return;
    /* The caption is a paragraph among them. */
    gb_change_written(c, &changes, "图", gb_str_skip(name, strlen("图")), by);
    gb_apply_changes(c, f, &changes);
    forms->n_plain++;
}

/* 图一 below a picture: the reader took it for the caption. */
static void
judge_han_number(struct gb_check *c, struct forms *forms, const struct gb_node *figure)
{
    struct gb_str name = gb_arena_printf(c->arena, "图%.*s", GB_FMT(figure->number.str));
    struct gb_finding *f = gb_report_case(c, "han", gb_at_label(figure), figure, GB_ARGS(name));
    struct gb_str by = gb_number_text(&figure->num, c->arena);
    struct gb_changes changes = {0};

    forms->n_plain++;
    if (forms->annex)
        return;
    gb_change_part(&changes, &figure->number, 0, figure->number.str.len, by);
    gb_change_written(c, &changes, "图", figure->number.str, by);
    gb_apply_changes(c, f, &changes);
}

/* 磨坑的形状见下图。 */
static bool
is_announced(const struct gb_node *figure)
{
    GB_WORDS(words, "见下图", "如下图", "下图所示", "见右图", "见附图", "如图所示");
    const struct gb_node *before = gb_object_before(figure);

    return before && before->kind == GB_NODE_PARA && GB_HAS_ANY(before->text.str, words);
}

/* The clause tells of 图2 before the figure, and there is none: that is what this one, the next, is to be called. */
static bool
is_mentioned_by_next_number(const struct gb_facts *facts, const struct forms *forms, const struct gb_node *figure)
{
    enum { LOOK_BACK = 20 };
    struct gb_number num = {.n = 1,
                            .part = {(uint16_t)(forms->n_plain + 1)},
                            .letter = forms->annex ? forms->annex->num.letter : 0};
    const struct gb_node *clause = gb_node_clause(figure);

    GB_SEEK(uint32_t, end, facts->n_mentions, facts->mentions[end].node->id < figure->id);
    for (uint32_t i = end; i-- > 0 && end - i <= LOOK_BACK && gb_node_clause(facts->mentions[i].node) == clause;) {
        const struct gb_mention *mention = &facts->mentions[i];
        if (mention->kind == GB_MENTION_FIGURE && !mention->target &&
            !(mention->flags & (GB_MENTION_EXTERNAL | GB_MENTION_DOUBTFUL)) && gb_number_cmp(&mention->num, &num) == 0)
            return true;
    }
    return false;
}

static void
judge_nameless(struct gb_check *c, struct forms *forms, const struct gb_node *figure)
{
    const struct gb_node *behind = gb_object_behind(figure);
    size_t n = behind && behind->kind == GB_NODE_PARA ? han_number(behind->text.str) : 0;
    struct gb_str by;

    if (n) {
        judge_han(c, forms, behind, n);
    } else if (lacks_only_number(behind)) {
        struct gb_at at = gb_at_text(&behind->text);
        struct gb_str s = behind->text.str, title = gb_str_trim(gb_str_skip(s, gb_str_skip_space(s, strlen("图"))));
        struct gb_finding *f = gb_report_case(c, "title", at, figure, GB_ARGS(title));
        if (!next_number(c, forms, &by) || at.by_line)
            return;
        uint32_t label = at.span.begin + (uint32_t)strlen("图");
        gb_fix(c, f, (struct gb_span){label, label}, by);
        forms->n_plain++;
    } else if (has_caption_near(figure) || (behind && gb_is_numbered_part(behind))) { /* FIG-009 */
        return;
    } else if (is_bare_title(behind)) {
        struct gb_at at = gb_at_text(&behind->text);
        struct gb_finding *f = gb_report_case(c, "title", at, figure, GB_ARGS(behind->text.str));
        if (!next_number(c, forms, &by) || at.by_line)
            return;
        gb_fix(c, f, (struct gb_span){at.span.begin, at.span.begin}, gb_arena_printf(c->arena, "图%.*s　", GB_FMT(by)));
        forms->n_plain++;
    } else if (figure->flags & GB_NODE_FLOWCHART || is_announced(figure)) {
        gb_report_case(c, "none", gb_at_lines(figure->span), figure, GB_NO_ARGS);
    } else if (figure->encoding != GB_ENCODING_LOST && next_number(c, forms, &by) &&
               is_mentioned_by_next_number(c->facts, forms, figure)) {
        forms->n_plain++;
        gb_report_case(c, "lost", gb_at_lines(figure->span), figure, GB_ARGS(by));
    }
}

static void
judge_chaptered(struct gb_check *c, struct forms *forms, const struct gb_node *figure)
{
    struct gb_str by;

    *gb_push(&forms->chaptered) = figure;
    forms->is_taken |= !next_number(c, forms, &by) || forms->chaptered.len >= GB_MOST_OBJECT_PLACES;
    if (forms->is_taken)
        return;
    gb_change_part(&forms->changes, &figure->number, 0, figure->number.str.len, by);
    gb_change_written(c, &forms->changes, "图", figure->number.str, by);
}

static void
judge_form(struct gb_check *c, struct forms *forms, const struct gb_node *figure)
{
    const struct gb_node *annex = gb_node_inside(figure, GB_NODE_ANNEX);

    if (annex != forms->annex)
        forms->n_plain = 0;
    forms->annex = annex;
    if (figure->num.n == 0 && !figure->number.str.len) {
        judge_nameless(c, forms, figure);
        return;
    }
    if (gb_han_digit(gb_char_at(figure->number.str, 0))) {
        judge_han_number(c, forms, figure);
        return;
    }
    if (!gb_object_has_number(figure))
        return;
    if (!annex && has_chapter_number(figure) && !gb_figure_is_part_of_other(c, figure))
        judge_chaptered(c, forms, figure);
    forms->n_plain++;
}

/* One finding for all of them. */
static void
report_chaptered(struct gb_check *c, struct forms *forms)
{
    struct gb_finding *f = NULL;

    GB_EACH_IN(figure, &forms->chaptered)
        f = gb_report_one(c, f, NULL, gb_at_label(*figure), *figure, GB_ARGS((*figure)->number.str));
    if (forms->is_taken)
        gb_drop_changes(&forms->changes);
    gb_apply_changes(c, f, &forms->changes);
    gb_array_release(&forms->chaptered);
}

/* Source: GB/T 1.1—2020, 9.7.2.1; 2009, 7.3.3. */
static void
check_number_form(struct gb_check *c)
{
    struct forms forms = {0};

    GB_EACH_NODE(figure, &c->facts->of_kind[GB_NODE_FIGURE]) {
        if (gb_object_is_own(figure) && !gb_object_is_continued(figure))
            judge_form(c, &forms, figure);
    }
    report_chaptered(c, &forms);
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

GB_WORDS(pointers, "下图", "下列图", "本图", "图中", "附图", "上图", "图示");

static const struct gb_captioned figures = {
    GB_NODE_FIGURE, GB_MENTION_FIGURE, "图", pointers, GB_COUNT(pointers), is_judged_for_title, lacks_title, is_due,
};

/* Source: GB/T 1.1—2020, 9.7.2.2; 2009, 7.3.4. */
GB_CHECK_WHOLE(check_titles, gb_judge_titles(c, &figures))

/* Source: GB/T 1.1—2020, 9.7.1.2; 2009, 7.3.1. */
GB_CHECK_WHOLE(check_mentioned, gb_judge_mentioned(c, &figures))

const struct gb_check_def gb_figure_checks[] = {
    {.name = "figure-sequence", .whole = check_sequence, .cases = "double missing"},
    {.name = "figure-number-form", .whole = check_number_form, .cases = "han title none lost"},
    {.name = "figure-titles", .whole = check_titles, .cases = "none"},
    {.name = "figure-mentioned", .whole = check_mentioned},
    {0},
};
