/*
 * The score of a draft by its findings: EVL-008; DB32/T 2796—2015, 10.1.1; rule catalogue, 8.7. Published and repeatable: what it
 * takes off is told by group of rules, and it never stands without the list of findings.
 */
#ifndef GB_APP_SCORE_H
#define GB_APP_SCORE_H

#include "diag/report.h"
#include "facts/facts.h"

/* Fills report->score from its finished findings, in the report's arena. */
void gb_score_take(struct gb_report *report);

/* The clauses that bind: those of technical chapters and normative annexes that have text of their own. */
uint32_t gb_count_clauses(const struct gb_facts *facts);

#endif
