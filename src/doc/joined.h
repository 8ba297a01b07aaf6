/* A text with its soft line breaks taken out, as a reader sees it: a word that the markup wraps is one word. */
#ifndef GB_DOC_JOINED_H
#define GB_DOC_JOINED_H

#include "base/array.h"
#include "base/buf.h"
#include "doc/text.h"

struct gb_joined {
    struct gb_str str; /* the text's own bytes when it has no such break */
    struct gb_buf buf;
    GB_ARRAY(uint32_t) gaps; /* offsets in str before which one byte was taken out, ascending */
};

/* Does nothing stand for the line end at `at` to a reader: is a Chinese character beside it? */
bool gb_is_tight_break(struct gb_str s, size_t at);

/* Breaks beside a Chinese character are dropped, others become a blank; hard breaks stay. Zeroed is ready; reusable. */
void gb_join(const struct gb_text *text, struct gb_joined *out);
void gb_joined_release(struct gb_joined *joined);

/* Offset in the text of the character at `at`, and of the end of a range that ends at `at`. */
size_t gb_joined_begin(const struct gb_joined *joined, size_t at);
size_t gb_joined_end(const struct gb_joined *joined, size_t at);

#endif
