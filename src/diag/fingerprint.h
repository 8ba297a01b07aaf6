/*
 * A key for each finding that outlives edits elsewhere in the draft: baselines, code-quality services and reviewers' marks
 * find it again by this.
 */
#ifndef GB_DIAG_FINGERPRINT_H
#define GB_DIAG_FINGERPRINT_H

#include "diag/report.h"

/*
 * The keys of a finished report's findings, one for each, in their order; to be freed. A key is made of the rule, the number of the
 * clause and the words of the range without blanks, never of lines; the second finding that would have the same key gets
 * another, and so on, so that no two of a draft are equal.
 */
uint64_t *gb_fingerprints(const struct gb_report *report);

/* The key of a finding among those of several drafts: made of the path as well. */
uint64_t gb_fingerprint_in(struct gb_str path, uint64_t key);

#endif
