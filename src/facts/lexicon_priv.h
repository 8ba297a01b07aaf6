/* What is inside a lexicon. */
#ifndef GB_FACTS_LEXICON_PRIV_H
#define GB_FACTS_LEXICON_PRIV_H

#include "facts/identifier.h"

/* A prefix of identifiers. */
struct gb_code {
    struct gb_str code;
    enum gb_publisher publisher;
    bool is_ambiguous;
};

struct gb_words {
    const struct gb_str *items;
    size_t n;
};

struct gb_lexicon {
    const struct gb_str *requirement;
    size_t n_requirement;
    const struct gb_code *codes; /* sorted by code */
    size_t n_codes;
    struct gb_words regions;     /* 32, name … */
    struct gb_words cite_binding, cite_see, cite_see_also, cite_gives, cite_kinds, cite_no_document;
};

/* NULL: no such prefix. */
const struct gb_code *gb_lexicon_code(const struct gb_lexicon *lexicon, struct gb_str code);

#endif
