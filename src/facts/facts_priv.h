/* Steps of gb_facts_compute, in the order in which they run. */
#ifndef GB_FACTS_FACTS_PRIV_H
#define GB_FACTS_FACTS_PRIV_H

#include "facts/facts.h"

/* Sentences and modals of all texts; the nodes are numbered. */
void gb_find_sentences(struct gb_facts *facts, const struct gb_lexicon *lexicon);

/* Mentions of parts of the draft; their sentences are known. */
void gb_find_mentions(struct gb_facts *facts);

#endif
