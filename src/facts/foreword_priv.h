/* What the two files on the foreword share. Inside of facts/ only. */
#ifndef GB_FACTS_FOREWORD_PRIV_H
#define GB_FACTS_FOREWORD_PRIV_H

#include "facts/foreword.h"

/* Length of the first of the words that s has at `at`, 0 for none. */
size_t gb_word_at(struct gb_str s, size_t at, const struct gb_str *words, size_t n);

/* The item that a statement belongs to, by its key alone. */
enum gb_foreword_item gb_foreword_item_of(struct gb_str key);

#endif
