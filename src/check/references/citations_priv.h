/* Citations as findings show them. Inside of check/ only. */
#ifndef GB_CHECK_REFERENCES_CITATIONS_PRIV_H
#define GB_CHECK_REFERENCES_CITATIONS_PRIV_H

#include "rule/check.h"

/* The identifier as it stands in the text, and its place. */
struct gb_str gb_citation_written(const struct gb_citation *citation);
struct gb_at gb_citation_at(const struct gb_citation *citation);

/*
 * Informative, and in neither list. Examples show what a text may look like, the introduction speaks of documents without citing them;
 * sources of terms name their document in full in the edition of 2009.
 */
bool gb_is_unlisted_information(const struct gb_facts *facts, const struct gb_citation *citation);

/* The place of an entry: its number, or the whole of it where it has none. */
struct gb_at gb_reference_at(const struct gb_reference *reference);

#endif
