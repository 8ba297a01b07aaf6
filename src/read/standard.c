/* Is the text the draft of a standard, or a part of one, at all? */
#include "read/build.h"

#include "text/chars.h"

/* Evidence that a text of no fixed chapter is a part of a standard: it goes on from a chapter before, and requires or says so. */
static bool
reads_like_part(const struct gb_builder *b)
{
    unsigned required = 0, dotted = 0;

    for (const struct gb_node *n = b->root; n; n = gb_node_walk(n, b->root)) {
        dotted += n->kind == GB_NODE_CLAUSE && n->num.n > 1 && !(n->flags & GB_NODE_GIVEN);
        required += GB_HAS_ONE_OF(n->text.str, "应", "宜", "本标准");
    }
    return dotted > 0 && required > 0;
}

/* The same of 1.0.1, 1.0.2 … without the head of a chapter, which may be versions of a program as well: they demand more than once. */
static bool
reads_like_construction(const struct gb_builder *b)
{
    enum { LEAST = 3 };
    GB_WORDS(demands, "应符合", "应按", "应采用", "应满足", "应根据", "应有", "应为", "不应", "不宜", "宜采用", "不得");
    unsigned n = 0;

    for (const struct gb_node *k = b->root; k && n < LEAST; k = gb_node_walk(k, b->root))
        n += GB_HAS_ANY(k->text.str, demands);
    return n >= LEAST;
}

/* 本文件按照GB/T 1.1—2020…起草: the draft says itself what it is. */
static bool
names_its_rules(const struct gb_node *foreword)
{
    GB_FIND_NEXT(n, foreword ? foreword->first : NULL, n->next, GB_HAS_ONE_OF(n->text.str, "GB/T 1.1", "GB/T1.1"));
    return n != NULL;
}

bool
gb_is_standard(const struct gb_builder *b)
{
    GB_WORDS(openings, "总则", "总 则", "概述", "一般规定");
    const struct gb_node *first = NULL;

    for (const struct gb_node *n = b->root->first; n; n = n->next) {
        if (n->kind == GB_NODE_ANNEX && (n->nature != GB_NATURE_NONE || !(n->flags & GB_NODE_GIVEN)))
            return true;
        if (n->kind == GB_NODE_CLAUSE && n->role != GB_ROLE_NONE && n->role != GB_ROLE_SYMBOLS)
            return true;
        if (n->kind == GB_NODE_CLAUSE && !first)
            first = n;
    }
    if (b->cover && b->cover->u.cover->code.str.len &&
        (b->cover->u.cover->band.str.len || b->cover->u.cover->ics.str.len || b->foreword || first))
        return true;
    if (b->cover && gb_str_has(b->cover->u.cover->title.str, GB_STR("修改单")))
        return true;
    if (!first || (first->flags & GB_NODE_GIVEN))
        return false;
    if (names_its_rules(b->foreword))
        return true;
    if (first->num.n == 3 && first->num.part[0] == 1 && first->num.part[1] == 0)
        return reads_like_construction(b);
    if (first->num.part[0] == 1 && first->num.n == 1 &&
        !GB_ANY(GB_ITEMS(opening, openings, GB_COUNT(openings)), gb_str_same(first->title.str, *opening)))
        return false;
    return reads_like_part(b);
}
