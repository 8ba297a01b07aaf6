/*
 * The word lists that facts are found by: modal verbs, words in which a character is no modal, verbs of instructions,
 * prefixes of identifiers. They are data (rules/words/, or a user's lists of the same names), made ready once and shared
 * by all drafts and threads: the built-in ones when the program is built.
 */
#ifndef GB_FACTS_LEXICON_H
#define GB_FACTS_LEXICON_H

#include "base/blob.h"

struct gb_lexicon;
struct gb_measures;

/* Words of a list by its name; pairs as key, value, key, value. 0 where there is no such list. */
typedef size_t gb_lexicon_list(void *data, const char *name, const struct gb_str **out_words);

/* The bytes of a struct gb_lexicon with all that belongs to it, aligned for it; they are the caller's. */
struct gb_buf gb_lexicon_make(gb_lexicon_list *list, void *data);

/* Units of measurement: facts/measure.h. */
const struct gb_measures *gb_lexicon_measures(const struct gb_lexicon *lexicon);

#endif
