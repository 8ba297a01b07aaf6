/* Faults in the order of clause numbers, and what they are about. Inside of check/ only. */
#ifndef GB_CHECK_STRUCTURE_SEQUENCE_PRIV_H
#define GB_CHECK_STRUCTURE_SEQUENCE_PRIV_H

#include "rule/check.h"

/* A number of the draft. Doubtful: it begins a heading or line that the reader did not take for a clause. */
struct gb_sequence_item {
    const struct gb_node *node;
    struct gb_number num;
    bool is_given, is_doubtful;
};

enum gb_sequence_fault_kind {
    GB_SEQUENCE_MISSING,   /* numbers before the item are missing */
    GB_SEQUENCE_ORDER,     /* the item's last part is wrong */
    GB_SEQUENCE_PREFIX,    /* its parts before the last are not those of its parent */
    GB_SEQUENCE_DUPLICATE, /* the number stands elsewhere */
};

struct gb_sequence_fault {
    enum gb_sequence_fault_kind kind;
    const struct gb_sequence_item *item, *other; /* other: of DUPLICATE, where the number stands as well */
    struct gb_number expected, last; /* what should stand there (n = 0: unknown); MISSING: first and last missing */
    struct gb_number parent;         /* PREFIX: where it stands */
    struct gb_span at;               /* PREFIX: its place where it begins a line that is no item; else empty */
};

/* The faults of a document, in its order: four rules tell them, each those of its kind. */
struct gb_sequence_faults {
    bool is_known;
    GB_ARRAY(struct gb_sequence_fault) list; /* its items are in the arena once they are known */
};

/* What is wrong in the document: found for the rule that asks first. */
const struct gb_sequence_faults *gb_sequence_faults_of(struct gb_check *c);

/* Where the number of the item stands. */
struct gb_at gb_at_sequence_item(const struct gb_sequence_item *item);

#endif
