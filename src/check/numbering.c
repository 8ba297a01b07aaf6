/* Numbering and hierarchy of chapters, clauses and paragraphs: group NUM. */
#include "rule/check.h"

extern const struct gb_check_def gb_numbering_checks[];

/* Blocks that hang when they stand between a title and its first subclause. */
#define HANGING (GB_ON(PARA) | GB_ON(LIST) | GB_ON(TABLE) | GB_ON(FIGURE) | GB_ON(FORMULA) | GB_ON(EXAMPLE))

static bool
is_of(const struct gb_node *node, uint32_t kinds)
{
    return kinds >> node->kind & 1;
}

/* The lead-ins of these chapters stand before their entries by rule. */
static bool
has_lead_in(const struct gb_node *node)
{
    for (; node; node = node->parent) {
        if (node->role == GB_ROLE_TERMS || node->role == GB_ROLE_SYMBOLS || node->role == GB_ROLE_TERMS_SYMBOLS)
            return true;
    }
    return false;
}

/* First block before the first subclause; NULL when nothing hangs or there is no subclause. */
static const struct gb_node *
first_hanging(const struct gb_node *parent)
{
    const struct gb_node *hanging = NULL;

    for (const struct gb_node *n = parent->first; n; n = n->next) {
        if (n->kind == GB_NODE_CLAUSE)
            return hanging;
        if (!hanging && is_of(n, HANGING))
            hanging = n;
    }
    return NULL;
}

static struct gb_at
at_block(const struct gb_node *block)
{
    if (block->text.str.len)
        return gb_at_text(&block->text);
    if (block->kind == GB_NODE_LIST && block->first)
        return at_block(block->first);
    return gb_at_head(block);
}

/*
 * A paragraph between the title of a clause and its first subclause cannot be cited by a number.
 * Source: GB/T 1.1—2020, 7.4. A figure that stands there alone is only mentioned.
 */
static void
check_hanging_paragraph(struct gb_check *c, const struct gb_node *node)
{
    const struct gb_node *block = first_hanging(node);

    if (!block || has_lead_in(node))
        return;
    bool is_figure_alone = block->kind == GB_NODE_FIGURE && block->next && block->next->kind == GB_NODE_CLAUSE;
    const struct gb_str args[] = {node->title.str.len ? node->title.str : node->number.str, node->number.str};
    gb_report_case(c, is_figure_alone ? "figure" : NULL, at_block(block), node, args, GB_COUNT(args));
}

const struct gb_check_def gb_numbering_checks[] = {
    {
        .name = "hanging-paragraph",
        .run = check_hanging_paragraph,
        .on = GB_ON(CLAUSE) | GB_ON(ANNEX),
        .cases = "figure",
    },
    {0},
};
