/*
 * Numbers that run: clauses, annexes, figures, tables, formulas and list items in document order, without gap or double,
 * and every mention of them. GB/T 1.1—2020, 10.2 and 9.5.3.
 *
 * Left alone: numbers that the reader gave, those whose place is not exact, and mentions that do not say for sure what they
 * mean (no target, several of one number, another document).
 */
#ifndef GB_FACTS_RENUMBER_H
#define GB_FACTS_RENUMBER_H

#include "facts/facts.h"

enum gb_renumber_why {
    GB_RENUMBER_NO_TARGET,    /* nothing has the number mentioned */
    GB_RENUMBER_MANY_TARGETS, /* several have it */
    GB_RENUMBER_UNSURE,       /* quoted, or perhaps no mention of this draft at all */
    GB_RENUMBER_NO_PLACE,     /* where the number stands is known by line only */
};

/* A number that should perhaps have changed and did not. */
struct gb_renumber_doubt {
    struct gb_at at;
    struct gb_str text;
    enum gb_renumber_why why;
};

struct gb_renumbering {
    GB_ARRAY(struct gb_edit) edits; /* all of them or none */
    GB_ARRAY(struct gb_renumber_doubt) doubts;
};

/* Texts live in the document's arena. */
void gb_renumber(const struct gb_doc *doc, const struct gb_facts *facts, struct gb_renumbering *out);
void gb_renumbering_release(struct gb_renumbering *renumbering);

#endif
