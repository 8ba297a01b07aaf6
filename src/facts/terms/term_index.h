/*
 * Many words of any script, and the longest of them that begins at a place of a text. Made for thousands of words and texts of
 * megabytes: two characters tell at most places that no word begins there.
 */
#ifndef GB_FACTS_WORD_INDEX_H
#define GB_FACTS_WORD_INDEX_H

#include "base/arena.h"
#include "text/utf8.h"

enum { GB_INDEX_LONGEST = 63, GB_INDEX_PAIR_BITS = 15 };

/* Lengths, in characters, of the words that begin with two characters: bit n. */
struct gb_index_pair {
    uint32_t first, second; /* 0, 0: free */
    uint64_t lengths;
};

struct gb_index_word {
    struct gb_str word; /* empty: free */
    uint32_t hash, value;
};

struct gb_term_index {
    uint64_t firsts[64]; /* first characters, by twelve of their bits */
    uint64_t pairs[1 << (GB_INDEX_PAIR_BITS - 6)];
    struct gb_index_pair *pair_slots;
    struct gb_index_word *word_slots;
    uint32_t pair_mask, word_mask;
    uint32_t n_words;
};

/* Room for at most `most` words, in the arena. */
void gb_index_init(struct gb_term_index *index, struct gb_arena *arena, size_t most);

/*
 * Adds a word of 2 to 63 characters, which the index refers to; false for others. A word that is there already keeps its
 * value, which goes to *out_value.
 */
bool gb_index_add(struct gb_term_index *index, struct gb_str word, uint32_t value, uint32_t *out_value);

/* Value of a word; false without. */
bool gb_index_get(const struct gb_term_index *index, struct gb_str word, uint32_t *out_value);

/* Length of the longest word that begins at `at`, and its value; 0 without. */
size_t gb_index_longest(const struct gb_term_index *index, struct gb_str s, size_t at, uint32_t *out_value);

static inline uint32_t
gb_index_pair_hash(uint32_t first, uint32_t second)
{
    return (first * 0x9E3779B1u ^ second * 0x85EBCA6Bu) >> (32 - GB_INDEX_PAIR_BITS);
}

/* May a word begin with these characters? */
static inline bool
gb_index_may_begin(const struct gb_term_index *index, uint32_t first, uint32_t second)
{
    uint32_t pair;

    if (!(index->firsts[first >> 6 & 63] >> (first & 63) & 1))
        return false;
    pair = gb_index_pair_hash(first, second);
    return index->pairs[pair >> 6] >> (pair & 63) & 1;
}

/* Which tells also for the words of the other. */
void gb_index_merge_filter(struct gb_term_index *index, const struct gb_term_index *other);

#endif
