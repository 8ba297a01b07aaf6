/* Numbers in the foreword and the introduction, which have none, or begin with 0: NUM-017. */
#include "check/clause_priv.h"

/* The number with the blanks behind it. */
static struct gb_span
span_with_blanks(const struct gb_node *node, struct gb_at at)
{
    if (node->title.str.len && !at.by_line) {
        struct gb_at title = gb_at_text(&node->title);
        if (!title.by_line && title.span.begin >= at.span.end)
            at.span.end = title.span.begin;
    }
    return at.span;
}

/* Clauses of the front matter whose numbers are wrong there; NULL. */
static const struct gb_node *
next_wrong_clause(const struct gb_node *element, const struct gb_node *node)
{
    for (; node; node = gb_node_next_same(node)) {
        bool is_right = element->kind == GB_NODE_INTRO && node->num.n > 1 && node->num.part[0] == 0;
        if (!is_right && gb_number_is_written(node) && node->depth > 0)
            return node;
    }
    return NULL;
}

static void
report_front_clause(struct gb_check *c, const struct gb_node *element, const struct gb_node *clause)
{
    bool is_intro = element->kind == GB_NODE_INTRO;
    struct gb_number right = clause->num;
    struct gb_at at = gb_at_number(clause);

    if (right.n == 1) {
        right.part[1] = right.part[0];
        right.n = 2;
    }
    right.part[0] = 0;
    struct gb_finding *f = gb_report_case(c, is_intro ? "intro-clause" : "foreword-clause", at, clause,
                                          GB_ARGS(clause->number.str, gb_number_text(&right, c->arena)));
    if (is_intro)
        gb_fix(c, f, at.span, gb_number_text(&right, c->arena));
    else
        gb_fix(c, f, span_with_blanks(clause, at), GB_STR(""));
    for (const struct gb_node *n = next_wrong_clause(element, gb_node_next_same(clause)); n;
         n = next_wrong_clause(element, gb_node_next_same(n)))
        gb_also_there(c, f, gb_at_number(n));
}

/* 1.1 随着…… : a paragraph of the introduction that begins with a number, not with a quantity; NULL. */
static const struct gb_node *
numbered_paragraph(const struct gb_node *intro, struct gb_number *out_num, size_t *out_end)
{
    static const char *const counted = "万亿千百倍个年月日时次人元吨级分秒度户家项种米";

    for (const struct gb_node *n = gb_node_child(intro, GB_NODE_PARA); n; n = gb_node_next_same(n)) {
        struct gb_str text = n->text.str;
        if (!text.len || text.ptr[0] < '1' || text.ptr[0] > '9' || !gb_number_at_head(text, out_num, out_end) ||
            out_num->n < 2)
            continue;
        size_t rest = gb_str_skip_space(text, *out_end), unused;
        uint32_t c = rest > *out_end && rest < text.len ? gb_utf8_at(text, rest, &unused) : 0;
        if (c && gb_char_is_han(c) && !gb_is_one_of(c, counted) && !out_num->letter)
            return n;
    }
    return NULL;
}

static void
report_numbered_paragraph(struct gb_check *c, const struct gb_node *node, struct gb_number num, size_t end)
{
    num.part[0] = 0;
    struct gb_str right = gb_number_text(&num, c->arena);
    gb_report_fix(c, "intro-clause", gb_at_part(&node->text, 0, end), node, right,
                  GB_ARGS(gb_str_sub(node->text.str, 0, end), right));
}

/* 前言 has no numbers; 引言 none itself, its clauses are 0.1, 0.2. Source: GB/T 1.1—2020, 8.3 and 8.4. */
static void
check_front_matter_number(struct gb_check *c, const struct gb_node *node)
{
    if (node->number.str.len && gb_number_is_written(node)) {
        struct gb_at at = gb_at_number(node);
        struct gb_finding *f = gb_report(c, at, node, GB_ARGS(node->title.str, node->number.str));
        gb_fix(c, f, span_with_blanks(node, at), GB_STR(""));
    }
    const struct gb_node *clause = next_wrong_clause(node, gb_node_child(node, GB_NODE_CLAUSE));
    struct gb_number num;
    size_t end;
    const struct gb_node *paragraph =
        node->kind == GB_NODE_INTRO && !clause ? numbered_paragraph(node, &num, &end) : NULL;
    if (clause)
        report_front_clause(c, node, clause);
    else if (paragraph)
        report_numbered_paragraph(c, paragraph, num, end);
}

const struct gb_check_def gb_front_matter_checks[] = {
    {.name = "front-matter-number",
     .run = check_front_matter_number,
     .on = GB_ON(FOREWORD) | GB_ON(INTRO),
     .cases = "intro-clause foreword-clause"},
    {0},
};
