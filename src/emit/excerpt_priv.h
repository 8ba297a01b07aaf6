/* One line of the draft as a terminal shows it. */
#ifndef GB_EMIT_EXCERPT_PRIV_H
#define GB_EMIT_EXCERPT_PRIV_H

#include "base/buf.h"

struct gb_excerpt {
    struct gb_buf text;      /* to be released by the caller */
    unsigned indent, carets; /* cells before the place, and of it: at least 1 */
};

/* Draws the part of the line around its bytes [begin, end), at most so many cells of it; `ambiguous` as gb_char_width has it. */
void gb_excerpt_draw(struct gb_excerpt *out, struct gb_str line, size_t begin, size_t end, unsigned most,
                     unsigned ambiguous);

#endif
