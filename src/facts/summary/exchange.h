/*
 * Annexes in another order: each is moved as a whole, and its letter, the numbers in it, all mentions and the contents follow.
 * GB/T 1.1—2020, 9.6.2.
 */
#ifndef GB_FACTS_SUMMARY_EXCHANGE_H
#define GB_FACTS_SUMMARY_EXCHANGE_H

#include "base/array.h"
#include "facts/facts.h"

typedef GB_ARRAY(struct gb_edit) gb_edit_array;

/*
 * Appends the edits, in the order of the source; texts live in the document's arena. `order` has all annexes of the draft, as
 * they shall stand. False, with nothing appended, where one of them cannot be moved, or a letter that would be
 * another stands in a place that does not say for sure what it means.
 */
bool gb_exchange_annexes(const struct gb_doc *doc, const struct gb_facts *facts, const struct gb_node *const *order,
                         gb_edit_array *out);

#endif
