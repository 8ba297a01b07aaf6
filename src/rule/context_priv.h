/* Stretches of a text that rules on wording leave alone: quotations, titles, code, formulas, identifiers, addresses. */
#ifndef GB_RULE_CONTEXT_PRIV_H
#define GB_RULE_CONTEXT_PRIV_H

#include "base/array.h"
#include "doc/text.h"

struct gb_stretch {
    uint32_t begin, end; /* bytes of the text */
    uint32_t reach;      /* the farthest end of this one and those before it */
    uint32_t context;    /* bit of a gb_context */
};

struct gb_stretches {
    GB_ARRAY(struct gb_stretch) items;
};

/* All stretches of the text, ordered by begin; what was in `out` is replaced. */
void gb_find_stretches(const struct gb_text *text, struct gb_stretches *out);

/* Does a stretch of one of these contexts touch bytes [begin, end)? */
bool gb_in_stretch(const struct gb_stretches *stretches, uint32_t contexts, size_t begin, size_t end);

#endif
