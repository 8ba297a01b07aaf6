/* Steps of gb_facts_compute, in the order in which they run. */
#ifndef GB_FACTS_FACTS_PRIV_H
#define GB_FACTS_FACTS_PRIV_H

#include "facts/facts.h"
#include "facts/lexicon_priv.h"

/* The profiles; number, edition, foreword and entries are known. */
void gb_decide_profile(struct gb_facts *facts, struct gb_str title, const struct gb_facts_options *options);
/* Sentences and modals of all texts; the nodes are numbered. */
void gb_find_sentences(struct gb_facts *facts, const struct gb_lexicon *lexicon);

/* The entries of both lists; then the identifiers of all texts, which the entries help to tell; then, with the sentences,
 * the citations. */
void gb_find_references(struct gb_facts *facts, const struct gb_lexicon *lexicon);
void gb_find_identifiers(struct gb_facts *facts, const struct gb_lexicon *lexicon);
void gb_find_citations(struct gb_facts *facts, const struct gb_lexicon *lexicon);

/* Where a word of citing before an identifier would end: in front of 现行国家标准, of the document's 《title》, of blanks. */
size_t gb_before_identifier(const struct gb_lexicon *lexicon, struct gb_str s, size_t at);
/* Mentions of parts of the draft; their sentences are known. */
void gb_find_mentions(struct gb_facts *facts);
/* Terms, abbreviations and short forms with their uses. */
void gb_find_terms(struct gb_facts *facts);
/* Procedures written as text; sentences and mentions are known. */
void gb_find_procedures(struct gb_facts *facts);

#endif
