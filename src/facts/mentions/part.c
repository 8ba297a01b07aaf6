/* Parts of the draft by their numbers: what a mention names. Rule catalogue 4.7. */
#include "facts/mentions/mention_priv.h"

/* Clauses, terms and annexes have one space of numbers, tables, figures and formulas each their own. */
enum space { SPACE_CLAUSE, SPACE_TABLE, SPACE_FIGURE, SPACE_FORMULA, SPACE_NONE };

static enum space
space_of_node(const struct gb_node *node)
{
    switch (node->kind) {
    case GB_NODE_TABLE:
        return SPACE_TABLE;
    case GB_NODE_FIGURE:
        return SPACE_FIGURE;
    case GB_NODE_FORMULA:
        return SPACE_FORMULA;
    default:
        return SPACE_CLAUSE;
    }
}

static enum space
space_of_kind(enum gb_mention_kind kind)
{
    static const enum space spaces[GB_MENTION_KIND_COUNT] = {
        [GB_MENTION_CHAPTER] = SPACE_CLAUSE,  [GB_MENTION_CLAUSE] = SPACE_CLAUSE, [GB_MENTION_ITEM] = SPACE_CLAUSE,
        [GB_MENTION_ANNEX] = SPACE_CLAUSE,    [GB_MENTION_FIGURE] = SPACE_FIGURE, [GB_MENTION_TABLE] = SPACE_TABLE,
        [GB_MENTION_FORMULA] = SPACE_FORMULA, [GB_MENTION_NOTE] = SPACE_NONE,     [GB_MENTION_EXAMPLE] = SPACE_NONE,
        [GB_MENTION_STEP] = SPACE_NONE,
    };

    return spaces[kind];
}

static uint32_t
hash_of(enum space space, const struct gb_number *num)
{
    uint32_t hash = 2166136261u ^ (uint32_t)space;

    hash = (hash ^ (uint32_t)(unsigned char)num->letter) * 16777619u;
    for (unsigned i = 0; i < num->n; i++)
        hash = (hash ^ num->part[i]) * 16777619u;
    return hash ^ hash >> 15;
}

/* The slot that holds the number, or the empty one where it belongs. */
static const struct gb_node **
slot_of(const struct gb_parts *parts, enum space space, const struct gb_number *num)
{
    for (uint32_t i = hash_of(space, num);; i++) {
        const struct gb_node **slot = &parts->slots[i & (parts->n_slots - 1)];
        if (!*slot || (space_of_node(*slot) == space && gb_number_cmp(&(*slot)->num, num) == 0))
            return slot;
    }
}

/* Of two parts with one number the first counts: the other is a finding of its own. */
static void
add_parts(struct gb_parts *parts, const struct gb_nodes *nodes)
{
    GB_EACH_NODE(node, nodes) {
        if (node->num.n == 0 && node->num.letter == 0)
            continue;
        const struct gb_node **slot = slot_of(parts, space_of_node(node), &node->num);
        if (!*slot)
            *slot = node;
        if (node->kind == GB_NODE_ANNEX)
            parts->letters |= gb_annex_bit(node->num.letter);
    }
}

void
gb_index_parts(struct gb_facts *facts)
{
    const struct gb_nodes *lists[] = {&facts->numbered, &facts->of_kind[GB_NODE_TABLE], &facts->of_kind[GB_NODE_FIGURE],
                                      &facts->of_kind[GB_NODE_FORMULA]};
    struct gb_parts *parts = gb_arena_new(facts->arena, struct gb_parts);
    uint32_t n = 0;

    for (size_t i = 0; i < GB_COUNT(lists); i++)
        n += lists[i]->n;
    parts->n_slots = 16;
    while (parts->n_slots < n * 2)
        parts->n_slots *= 2;
    parts->slots = gb_arena_new_array(facts->arena, const struct gb_node *, parts->n_slots);
    for (size_t i = 0; i < GB_COUNT(lists); i++)
        add_parts(parts, lists[i]);
    facts->parts = parts;
}

const struct gb_node *
gb_find_part(const struct gb_facts *facts, enum gb_mention_kind kind, const struct gb_number *num)
{
    enum space space = space_of_kind(kind);

    return space == SPACE_NONE ? NULL : *slot_of(facts->parts, space, num);
}
