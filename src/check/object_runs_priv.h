/* Figures and formulas of the body are counted through from 1 on: what both checks share. Inside of check/ only. */
#ifndef GB_CHECK_OBJECT_RUNS_PRIV_H
#define GB_CHECK_OBJECT_RUNS_PRIV_H

#include "rule/check.h"

/* More places than this help nobody. */
enum { GB_MOST_OBJECT_PLACES = 30 };

/* Objects of one kind. */
struct gb_object_run {
    enum gb_node_kind kind;
    bool (*is_counted)(const struct gb_node *node);
    /* One that has no such number takes the place of the one that is missing; NULL: none does. */
    bool (*is_nameless)(const struct gb_node *node);
    /* Goes on with the one before under the same number; NULL: none does. */
    bool (*goes_on)(const struct gb_node *node, const struct gb_node *before);
    /* The number stands in the source, though the reader did not take it for one. */
    bool (*stands)(const struct gb_check_context *context, const struct gb_number *num);
};

/* Does it bear a number that was written? */
static inline bool
gb_object_has_number(const struct gb_node *node)
{
    return node->num.n > 0 && !(node->flags & GB_NODE_GIVEN) && node->number.str.len && node->number.n_runs;
}

/*
 * Is it an object of the draft's own, which the rules hold for? Not one on the cover, in lists of documents, in examples, notes
 * and tables, or in a sample document.
 */
bool gb_object_is_own(const struct gb_node *node);

/* Reports each number that is out of sequence; cases "double" and "missing". */
void gb_judge_object_run(struct gb_check *check, const struct gb_object_run *run);

/* Writes another number there and in all mentions; less certain where a mention is. */
void gb_fix_object_number(struct gb_check *check, struct gb_finding *finding, const struct gb_node *node, bool with_mentions,
                          struct gb_str want);

/* The sibling behind it that is no comment; NULL: none. */
const struct gb_node *gb_object_behind(const struct gb_node *node);

#endif
