/* What the files on references share. Inside of check/ only. */
#ifndef GB_CHECK_REFERENCES_REFERENCES_PRIV_H
#define GB_CHECK_REFERENCES_REFERENCES_PRIV_H

#include "facts/citations/citation.h"
#include "rule/check.h"

/* A fix that makes the text the wanted one and leaves alone what both have at their ends. */
void gb_replace_part(struct gb_check *check, struct gb_finding *finding, const struct gb_text *text,
                     struct gb_str wanted);

/* Entries of one list that were read as such, in document order: the one behind `before`, the first for NULL; NULL behind the last. */
const struct gb_reference *gb_next_entry(const struct gb_facts *facts, enum gb_reference_list list,
                                         const struct gb_reference *before);
/* A loop over them: GB_EACH_REFERENCE(entry, facts, GB_LIST_REFERENCES) { … } */
#define GB_EACH_REFERENCE(entry, facts, list)                                                                          \
    GB_CHAIN(entry, gb_next_entry(facts, list, NULL), gb_next_entry(facts, list, entry))

/* An entry in messages: its identifier as written, else the beginning of its text. */
struct gb_str gb_entry_name(struct gb_check *check, const struct gb_reference *entry);

/* The mark in which an entry ends though it should have none; empty otherwise. */
struct gb_text gb_entry_end_mark(const struct gb_text *text);

/* A fix that puts the document into chapter 2, in its place and in the form of the entries there. None where the registry
 * has no title for it, or the entries are not all alike. */
void gb_fix_missing_entry(struct gb_check *check, struct gb_finding *finding, const struct gb_identifier *id);

/* More than 0: a stands behind b; 0: either way, or not to be told. An entry with a serial needs no node. */
int gb_cmp_entries(const struct gb_reference *a, const struct gb_reference *b, enum gb_edition edition);

/*
 * The order of a list. Source: GB/T 1.1—2020, 8.6.3.2; 2009, 6.2.3. Reports each entry that stands behind one that should follow
 * it (once for entries in a row), as the case `which`.
 */
void gb_report_disorder(struct gb_check *check, enum gb_reference_list list, const char *which);

#endif
