/* Reading identifiers, for the other files of facts/. */
#ifndef GB_FACTS_CITATIONS_IDENTIFIER_PRIV_H
#define GB_FACTS_CITATIONS_IDENTIFIER_PRIV_H

#include "facts/citations/identifier.h"

struct gb_buf;

/* Publisher and normal form of what has the shape; node and text stay empty. True when the code alone does not tell
 * a document: it is on the list codes-ambiguous. */
bool gb_identifier_read(struct gb_arena *arena, const struct gb_lexicon *lexicon, struct gb_str s,
                        const struct gb_identifier_shape *shape, struct gb_buf *scratch, struct gb_identifier *out);

/* Serial and year alone. */
void gb_identifier_read_number(struct gb_arena *arena, struct gb_str s, const struct gb_identifier_shape *shape,
                               struct gb_buf *scratch, struct gb_identifier *out);

#endif
