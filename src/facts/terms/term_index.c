#include "facts/terms/term_index.h"

static uint32_t
power_above(size_t n)
{
    uint32_t size = 16;

    while (size < n + n / 2)
        size *= 2;
    return size;
}

void
gb_index_init(struct gb_term_index *index, struct gb_arena *arena, size_t most)
{
    uint32_t size = power_above(most);

    *index = (struct gb_term_index){.pair_mask = size - 1, .word_mask = size - 1};
    index->pair_slots = gb_arena_new_array(arena, struct gb_index_pair, size);
    index->word_slots = gb_arena_new_array(arena, struct gb_index_word, size);
}

static inline uint32_t
hash_step(uint32_t hash, uint32_t c)
{
    return (hash ^ c) * 0x9E3779B1u;
}

static inline uint32_t
hash_end(uint32_t hash)
{
    return hash ^ hash >> 15;
}

/* Slot of the pair, or the free one where it belongs. */
static struct gb_index_pair *
pair_slot(const struct gb_term_index *index, uint32_t first, uint32_t second)
{
    uint32_t at = hash_end(hash_step(hash_step(0, first), second));

    for (;; at++) {
        struct gb_index_pair *slot = &index->pair_slots[at & index->pair_mask];
        if ((slot->first == first && slot->second == second) || !slot->lengths)
            return slot;
    }
}

static struct gb_index_word *
word_slot(const struct gb_term_index *index, uint32_t hash, struct gb_str word)
{
    for (uint32_t at = hash;; at++) {
        struct gb_index_word *slot = &index->word_slots[at & index->word_mask];
        if (!slot->word.len || (slot->hash == hash && gb_str_eq(slot->word, word)))
            return slot;
    }
}

/* Number of characters; the first two and the hash of all. */
static size_t
read_word(struct gb_str word, uint32_t out_pair[2], uint32_t *out_hash)
{
    uint32_t hash = 0;
    size_t n = 0;

    for (size_t at = 0; at < word.len && n <= GB_INDEX_LONGEST; n++) {
        uint32_t c = gb_utf8_at(word, at, &at);
        if (n < 2)
            out_pair[n] = c;
        hash = hash_step(hash, c);
    }
    *out_hash = hash_end(hash);
    return n;
}

bool
gb_index_add(struct gb_term_index *index, struct gb_str word, uint32_t value, uint32_t *out_value)
{
    uint32_t pair[2], hash;
    size_t n = read_word(word, pair, &hash);

    if (n < 2 || n > GB_INDEX_LONGEST)
        return false;
    struct gb_index_word *slot = word_slot(index, hash, word);
    if (slot->word.len) {
        *out_value = slot->value;
        return true;
    }
    *slot = (struct gb_index_word){word, hash, value};
    *out_value = value;
    index->n_words++;
    struct gb_index_pair *lengths = pair_slot(index, pair[0], pair[1]);
    lengths->first = pair[0];
    lengths->second = pair[1];
    lengths->lengths |= UINT64_C(1) << n;
    uint32_t bit = gb_index_pair_hash(pair[0], pair[1]);
    index->firsts[pair[0] >> 6 & 63] |= UINT64_C(1) << (pair[0] & 63);
    index->pairs[bit >> 6] |= UINT64_C(1) << (bit & 63);
    return true;
}

bool
gb_index_get(const struct gb_term_index *index, struct gb_str word, uint32_t *out_value)
{
    uint32_t pair[2], hash;

    if (!index->n_words || read_word(word, pair, &hash) < 2)
        return false;
    const struct gb_index_word *slot = word_slot(index, hash, word);
    *out_value = slot->value;
    return slot->word.len > 0;
}

size_t
gb_index_longest(const struct gb_term_index *index, struct gb_str s, size_t at, uint32_t *out_value)
{
    size_t end = at, next, best = 0;
    uint32_t hash = 0;

    if (!index->n_words || at >= s.len)
        return 0;
    uint32_t first = gb_utf8_at(s, at, &next);
    if (next >= s.len)
        return 0;
    const struct gb_index_pair *pair = pair_slot(index, first, gb_utf8_at(s, next, &next));
    for (uint64_t left = pair->lengths; left && end < s.len; left &= ~UINT64_C(1)) {
        left >>= 1;
        hash = hash_step(hash, gb_utf8_at(s, end, &end));
        if (!(left & 1))
            continue;
        const struct gb_index_word *slot = word_slot(index, hash_end(hash), gb_str_sub(s, at, end));
        if (slot->word.len) {
            best = end - at;
            *out_value = slot->value;
        }
    }
    return best;
}

void
gb_index_merge_filter(struct gb_term_index *index, const struct gb_term_index *other)
{
    for (size_t i = 0; i < sizeof(index->firsts) / sizeof(index->firsts[0]); i++)
        index->firsts[i] |= other->firsts[i];
    for (size_t i = 0; i < sizeof(index->pairs) / sizeof(index->pairs[0]); i++)
        index->pairs[i] |= other->pairs[i];
}
