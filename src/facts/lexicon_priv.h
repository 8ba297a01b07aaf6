/* What is inside a lexicon. */
#ifndef GB_FACTS_LEXICON_PRIV_H
#define GB_FACTS_LEXICON_PRIV_H

#include "facts/lexicon.h"

struct gb_lexicon {
    const struct gb_str *requirement;
    size_t n_requirement;
};

#endif
