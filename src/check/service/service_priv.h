/* What the checks on documents about services share. Inside of check/ only. */
#ifndef GB_CHECK_SERVICE_SERVICE_PRIV_H
#define GB_CHECK_SERVICE_SERVICE_PRIV_H

#include "check/structure/elements_priv.h"

/* Words for several things: a map of name → words parted by blanks, made ready for one pass over a text. */
struct gb_vocabulary {
    const struct gb_han_words *set;
    const struct gb_str *names; /* of the things, every second of them */
    struct gb_str *words;
    uint8_t *thing;            /* by word: which thing it names */
    uint16_t heads[64], *next; /* chains of words, by six bits of their first character: index + 1 */
    size_t n_words, n;
};

/* More things than this no list has: they are bits of a mask. */
enum { GB_MOST_THINGS = 32 };

/* The vocabulary of a parameter of type pairs; in the document's arena. */
struct gb_vocabulary gb_vocabulary_of(struct gb_check *check, const char *key);

static inline struct gb_str
gb_thing_name(const struct gb_vocabulary *vocabulary, size_t i)
{
    return vocabulary->names[2 * i];
}

/* The things that s names, as bits. */
uint32_t gb_vocabulary_in(const struct gb_vocabulary *vocabulary, struct gb_str s);

/* The names of the things in the mask, joined by 、. */
struct gb_str gb_thing_names(struct gb_check *check, const struct gb_vocabulary *vocabulary, uint32_t mask);

#endif
