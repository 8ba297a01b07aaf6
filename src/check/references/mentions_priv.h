/* What the checks on mentions share. Inside of check/ only. */
#ifndef GB_CHECK_REFERENCES_MENTIONS_PRIV_H
#define GB_CHECK_REFERENCES_MENTIONS_PRIV_H

#include "rule/check.h"

/* A mention of this draft in its own words, of which that is certain. */
static inline bool
gb_mention_is_sure(const struct gb_mention *mention)
{
    enum { UNSURE = GB_MENTION_EXTERNAL | GB_MENTION_DOUBTFUL | GB_MENTION_QUOTED | GB_MENTION_IMPLIED };

    return !(mention->flags & UNSURE) && mention->node->kind != GB_NODE_EXAMPLE;
}

static inline struct gb_at
gb_mention_at(const struct gb_mention *mention)
{
    return GB_AT(mention);
}

/* 附录B, 图A.1, 5.2 b）: its words without the breaks and blanks that the markup put there; in the arena. */
struct gb_str gb_mention_name(struct gb_arena *arena, const struct gb_mention *mention);

/*
 * Contents list parts that the body does not have, or numbers are left out in several places: an excerpt, or heads that a conversion
 * lost. What is mentioned there, or mentions, may have been left out as well.
 */
bool gb_is_excerpt(const struct gb_facts *facts);

/*
 * How many parts of that kind are mentioned that the draft does not have (XRF-001), or has as another kind (XRF-010). As many of the
 * parts that nothing mentions are what was meant. Of figures and tables those with that letter, 0: none, in their numbers.
 */
size_t gb_mentions_astray(const struct gb_facts *facts, enum gb_mention_kind kind, char letter);

/* Do the numbers of the clauses (chapters, term entries) end before this one? In doubt false. A line may begin with it all the same. */
bool gb_clause_is_unlisted(const struct gb_check *check, const struct gb_number *num);

/* XRF-001 for the columns of tables that list clauses by number. */
void gb_check_cell_targets(struct gb_check *c);

#endif
