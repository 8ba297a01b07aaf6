/*
 * Comments in the draft that switch findings off:
 *
 *     <!-- gblint-disable NUM-012: reason --> … <!-- gblint-enable NUM-012 -->
 *     gblint-disable-line, gblint-disable-next-line, gblint-disable-file
 *
 * A finding belongs to the line on which it begins. Groups (NUM) stand for all their rules.
 */
#ifndef GB_APP_SUPPRESS_H
#define GB_APP_SUPPRESS_H

#include "base/array.h"
#include "facts/summary/summary.h"
#include "rule/rule.h"

/* Marks findings and gives them the reason; reports faulty comments (INP-007) and those without effect (INP-008). */
void gb_suppress(const struct gb_doc *doc, const struct gb_ruleset *rules, const struct gb_facts *facts,
                 struct gb_report *report);

/* Was all of the draft judged by the rule, or one of the group, so that its silence means something? Not for those of a series. */
bool gb_has_judged(const struct gb_doc *doc, const struct gb_ruleset *rules, const struct gb_facts *facts,
                   struct gb_str rule);

/* Is it a rule that speaks when all drafts of a series are read: its findings come after gb_suppress? */
bool gb_is_of_series(struct gb_str code);

/* What the draft excuses of those rules; strings are the draft's. */
struct gb_excuses {
    GB_ARRAY(struct gb_fact) list;
};

void gb_find_excuses(const struct gb_doc *doc, const struct gb_facts *facts, struct gb_excuses *out);

#endif
