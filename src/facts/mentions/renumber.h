/*
 * Numbers that run: clauses, annexes, figures, tables, formulas and list items in document order, without gap or double,
 * and every mention of them. GB/T 1.1—2020, 10.2 and 9.5.3.
 *
 * Left alone: numbers that the reader gave, those whose place is not exact, and mentions that do not say for sure what they
 * mean (no target, several of one number, another document).
 */
#ifndef GB_FACTS_MENTIONS_RENUMBER_H
#define GB_FACTS_MENTIONS_RENUMBER_H

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
    const struct gb_node *about; /* the part that it may mean, or that has the number; NULL: none is known */
    struct gb_number num;        /* of a mention; n = 0 and no letter: not one of a part */
};

/* A place where a number is written anew. */
struct gb_renumber_edit {
    struct gb_edit edit;
    const struct gb_node *about; /* the part whose number it is; NULL: an entry of the contents that goes */
};

struct gb_renumbering {
    GB_ARRAY(struct gb_renumber_edit) edits; /* all of them or none; in the order of the source */
    GB_ARRAY(struct gb_renumber_doubt) doubts;
};

/* A change of the draft that numbers follow. */
struct gb_rearrangement {
    const struct gb_node *const *annexes; /* all of the draft, in the order they shall stand in; NULL: they stay */
    const bool *opens;                    /* by node->id: gets a new first subclause; NULL: none does */
};

/* Texts live in the document's arena. */
void gb_renumber(const struct gb_doc *doc, const struct gb_facts *facts, struct gb_renumbering *out);

/*
 * The numbers that the change makes others, and no more: faults of numbers that have nothing to do with it stay. Entries of annexes
 * change places in the contents; the pages stay where they are.
 */
void gb_renumber_rearranged(const struct gb_doc *doc, const struct gb_facts *facts,
                            const struct gb_rearrangement *change, struct gb_renumbering *out);
void gb_renumbering_release(struct gb_renumbering *renumbering);

#endif
