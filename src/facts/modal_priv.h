/* Is a character of a text a modal verb, and the predicate? Rule catalogue 4.3. */
#ifndef GB_FACTS_MODAL_PRIV_H
#define GB_FACTS_MODAL_PRIV_H

#include "facts/lexicon_priv.h"

/*
 * The modal whose core character stands at `at`, not beginning before `floor`; NULL where there is none. A definition is a
 * noun with its attributes.
 */
const struct gb_entry *gb_modal_at(const struct gb_lexicon *lexicon, const struct gb_core *core, struct gb_str s, size_t floor,
                                   size_t at, bool in_definition);

#endif
