/* Making and walking the clause tree. */
#include "doc/node.h"

GB_NAME_OF(gb_node_kind_name, enum gb_node_kind, GB_NODE_KINDS)

GB_NAME_OF(gb_encoding_name, enum gb_encoding, GB_ENCODINGS)

struct gb_node *
gb_node_new(struct gb_arena *arena, enum gb_node_kind kind, enum gb_encoding encoding)
{
    struct gb_node *node = gb_arena_new(arena, struct gb_node);

    node->kind = kind;
    node->encoding = encoding;
    return node;
}

void
gb_node_append(struct gb_node *parent, struct gb_node *child)
{
    child->parent = parent;
    child->prev = parent->last;
    child->next = NULL;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

void
gb_node_detach(struct gb_node *node)
{
    struct gb_node *parent = node->parent;

    if (!parent)
        return;
    if (node->prev)
        node->prev->next = node->next;
    else
        parent->first = node->next;
    if (node->next)
        node->next->prev = node->prev;
    else
        parent->last = node->prev;
    node->parent = node->prev = node->next = NULL;
}

const struct gb_node *
gb_node_walk_past(const struct gb_node *node, const struct gb_node *top)
{
    while (node && node != top) {
        if (node->next)
            return node->next;
        node = node->parent;
    }
    return NULL;
}

const struct gb_node *
gb_node_walk(const struct gb_node *node, const struct gb_node *top)
{
    return node->first ? node->first : gb_node_walk_past(node, top);
}

const struct gb_node *
gb_node_child(const struct gb_node *node, enum gb_node_kind kind)
{
    GB_FIND_NEXT(n, node->first, n->next, n->kind == kind);
    return n;
}

const struct gb_node *
gb_node_next_same(const struct gb_node *node)
{
    GB_FIND_NEXT(n, node->next, n->next, n->kind == node->kind);
    return n;
}

const struct gb_node *
gb_node_top(const struct gb_node *node)
{
    while (node->parent && node->parent->kind != GB_NODE_DOC)
        node = node->parent;
    return node;
}

const struct gb_node *
gb_node_inside(const struct gb_node *node, enum gb_node_kind kind)
{
    while (node && node->kind != kind)
        node = node->parent;
    return node;
}

const struct gb_node *
gb_node_clause(const struct gb_node *node)
{
    while (node && node->kind != GB_NODE_CLAUSE && node->kind != GB_NODE_TERM && node->kind != GB_NODE_ANNEX)
        node = node->parent;
    return node;
}

bool
gb_node_is_chapter(const struct gb_node *node)
{
    return node->kind == GB_NODE_CLAUSE && node->parent && node->parent->kind == GB_NODE_DOC;
}

int
gb_number_cmp(const struct gb_number *a, const struct gb_number *b)
{
    if (a->letter != b->letter)
        return a->letter < b->letter ? -1 : 1;
    for (unsigned i = 0; i < a->n && i < b->n; i++) {
        if (a->part[i] != b->part[i])
            return a->part[i] < b->part[i] ? -1 : 1;
    }
    return (a->n > b->n) - (a->n < b->n);
}

struct gb_str
gb_number_text(const struct gb_number *number, struct gb_arena *arena)
{
    char text[GB_MAX_COMPONENTS * 6 + 3];
    size_t len = 0;

    if (number->letter >= 'a') {
        text[len++] = 'N';
        text[len++] = (char)(number->letter - 'a' + 'A');
    } else if (number->letter) {
        text[len++] = number->letter;
    }
    for (unsigned i = 0; i < number->n; i++) {
        unsigned part = number->part[i], divisor = 1;
        if (len)
            text[len++] = '.';
        while (part / divisor >= 10)
            divisor *= 10;
        for (; divisor; divisor /= 10)
            text[len++] = (char)('0' + part / divisor % 10);
    }
    return gb_arena_copy(arena, (struct gb_str){text, len});
}

struct gb_str
gb_title_of_whole(struct gb_str title)
{
    GB_WORDS(blanks, " ", "　");
    size_t at = gb_str_find(title, GB_STR("第"), 0), blank;

    if (at == GB_NOT_FOUND || !gb_str_has(gb_str_skip(title, at), GB_STR("部分")))
        return title;
    struct gb_str whole = gb_str_sub(title, 0, at);
    while ((blank = GB_END(whole, blanks)))
        whole.len -= blank;
    return whole;
}
