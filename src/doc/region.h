/*
 * The bytes that a part of the draft takes up with all that is below it: whole lines, or one element. What is there can be moved,
 * or something be put beside it.
 */
#ifndef GB_DOC_REGION_H
#define GB_DOC_REGION_H

#include "doc/node.h"

struct gb_region {
    struct gb_span whole;
    uint32_t head_end; /* behind the head: its line, or the elements of title and the like */
    struct gb_str tag; /* the start tag, from < to >; empty where parts are lines */
};

/*
 * False where the part is not surely alone in those bytes: its head stands in other markup, or below it something lies
 * that stands elsewhere in the file. For clauses, terms and annexes.
 */
bool gb_region_of(const struct gb_doc *doc, const struct gb_node *part, struct gb_region *out);

#endif
