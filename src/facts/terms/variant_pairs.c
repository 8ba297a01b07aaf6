/* Maps of words to the usual one that says the same, asked both ways. See variant_priv.h. */
#include "facts/terms/term_priv.h"

/* Words with one last byte are a chain, in their order; its links count from 1. */
static uint32_t
chain_of(struct gb_str word)
{
    return (unsigned char)word.ptr[word.len - 1] & 0x3F;
}

void
gb_pairs_init(struct gb_word_pairs *pairs, const struct gb_rel *list, struct gb_arena *arena)
{
    pairs->items = gb_rel_at(list);
    pairs->next = gb_arena_new_array(arena, uint16_t, list->n);
    memset(pairs->first, 0, sizeof(pairs->first));
    for (uint32_t i = list->n; i-- > 0;) {
        uint32_t chain = chain_of(gb_rel_str(&pairs->items[i]));
        pairs->next[i] = pairs->first[chain];
        pairs->first[chain] = (uint16_t)(i + 1);
    }
}

struct gb_str
gb_pairs_usual(const struct gb_word_pairs *pairs, struct gb_str own)
{
    for (uint32_t i = pairs->first[chain_of(own)]; i; i = pairs->next[i - 1]) {
        if (i % 2 && gb_str_eq(gb_rel_str(&pairs->items[i - 1]), own))
            return gb_rel_str(&pairs->items[i]);
    }
    return own;
}

struct gb_str
gb_pairs_next(const struct gb_word_pairs *pairs, uint32_t *link, struct gb_str own, struct gb_str usual)
{
    for (uint32_t i = *link ? pairs->next[*link - 1] : pairs->first[chain_of(usual)]; i; i = pairs->next[i - 1]) {
        if (i % 2 || !gb_str_eq(gb_rel_str(&pairs->items[i - 1]), usual))
            continue;
        *link = i;
        struct gb_str other = gb_rel_str(&pairs->items[i - 2]);
        return gb_str_eq(other, own) ? usual : other;
    }
    return (struct gb_str){NULL, 0};
}
