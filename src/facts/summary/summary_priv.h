/* What the files that take a draft down share. Inside of facts/ only. */
#ifndef GB_FACTS_SUMMARY_SUMMARY_PRIV_H
#define GB_FACTS_SUMMARY_SUMMARY_PRIV_H

#include "base/array.h"
#include "base/buf.h"
#include "facts/summary/summary.h"

struct gb_taker {
    const struct gb_doc *doc;
    const struct gb_facts *facts;
    struct gb_arena *arena; /* of the summary */
    struct gb_buf scratch, words;
    GB_ARRAY(struct gb_fact) list;
};

/* A new fact of the kind at bytes [begin, end) of a text. */
struct gb_fact *gb_take(struct gb_taker *t, enum gb_fact_kind kind, const struct gb_node *node,
                        const struct gb_text *text, size_t begin, size_t end);

/* Values in requirements: times, shares, counts. */
void gb_take_values(struct gb_taker *t);

/* Habits of style. */
void gb_take_features(struct gb_taker *t);

#endif
