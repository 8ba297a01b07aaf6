/* Sets of Han words, asked for the word that begins or ends at a place of a text. */
#ifndef GB_FACTS_WORDS_H
#define GB_FACTS_WORDS_H

#include "base/blob.h"
#include "text/chars.h"

/* A set of words of Han characters and Chinese marks. It is one piece of memory that may be moved as a whole. */
struct gb_han_words {
    uint32_t size;                 /* of the whole, in bytes */
    uint32_t mask;                 /* of the slots, which follow */
    uint32_t lengths;              /* bit n: there are words of n characters */
    uint64_t heads[16], tails[16]; /* first and last characters by ten of their bits: most texts fail here */
    struct gb_rel slots[]; /* hashed; without length where no word is; behind them a byte for each: how words begin */
};

/* The set of n words, copied. Words of other characters are left out. */
const struct gb_han_words *gb_words_new(struct gb_arena *arena, const struct gb_str *items, size_t n);

bool gb_words_has(const struct gb_han_words *words, struct gb_str word);

/* Length in bytes of the longest word at the start, or at the end, of a text that may hold one; see below. */
size_t gb_words_longest_start(const struct gb_han_words *words, struct gb_str s);
size_t gb_words_longest_end(const struct gb_han_words *words, struct gb_str s);

static inline bool
gb_words_bit(const uint64_t *bits, const char *character)
{
    unsigned second = (unsigned char)character[1], third = (unsigned char)character[2];

    return bits[third & 0xF] >> (second & 0x3F) & 1;
}

/* Length in bytes of the longest word at the start of s; 0 when there is none. */
static inline size_t
gb_words_start(const struct gb_han_words *words, struct gb_str s)
{
    return s.len >= GB_HAN && gb_words_bit(words->heads, s.ptr) ? gb_words_longest_start(words, s) : 0;
}

/* The same for its end. */
static inline size_t
gb_words_end(const struct gb_han_words *words, struct gb_str s)
{
    return s.len >= GB_HAN && gb_words_bit(words->tails, s.ptr + s.len - GB_HAN) ? gb_words_longest_end(words, s) : 0;
}

/* Does a word of the set stand anywhere in s? */
bool gb_words_in(const struct gb_han_words *words, struct gb_str s);

#endif
