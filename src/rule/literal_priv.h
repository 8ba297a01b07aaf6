/*
 * Many literals searched in one pass: a bit for each character with which one begins, then a hash of these. The table is
 * integers only, so that it can be part of an image.
 */
#ifndef GB_RULE_LITERAL_PRIV_H
#define GB_RULE_LITERAL_PRIV_H

#include "base/array.h"
#include "base/buf.h"

struct gb_literal {
    uint32_t first, second; /* its first two code points; second 0: it has only one */
    uint32_t off, len;      /* bytes in `text` */
    uint32_t id, word;      /* the caller's */
};

/* The word that stands for each character that is none of the 通用规范汉字: gb_char_standard. */
#define GB_NONSTANDARD "[:nonstandard:]"

/* Literals being collected; zeroed is empty. Released by gb_literals_build. */
struct gb_literals {
    GB_ARRAY(struct gb_literal) items;
    GB_ARRAY(struct gb_literal) classes; /* those that are GB_NONSTANDARD */
    struct gb_buf text;
};

/* An empty text is not added. */
void gb_literals_add(struct gb_literals *literals, struct gb_str text, uint32_t id, uint32_t word);

/* Appends the table, a multiple of four bytes, and releases the literals. */
void gb_literals_build(struct gb_literals *literals, struct gb_buf *out);

struct gb_literal_hit {
    uint32_t id, word;
    size_t begin, end; /* bytes of the text searched */
};

/*
 * Calls for every occurrence, ordered by begin, single characters first, then longer ones before shorter. The table is
 * aligned to four bytes.
 */
void gb_literals_scan(const uint32_t *table, struct gb_str text,
                      void (*found)(void *data, const struct gb_literal_hit *hit), void *data);

#endif
