/* What the checks on tables share. Inside of check/ only. */
#ifndef GB_CHECK_OBJECTS_TABLES_PRIV_H
#define GB_CHECK_OBJECTS_TABLES_PRIV_H

#include "check/objects/objects_priv.h"

/*
 * Is it a table of the draft's own, which the rules on tables hold for? Not one on the cover, in lists of documents, symbols and
 * terms, in examples and notes, in the key of a figure, or in a sample document.
 */
bool gb_table_is_own(const struct gb_node *table);

/* Does the table itself stand there? */
static inline bool
gb_table_is_there(const struct gb_node *table)
{
    return table->encoding != GB_ENCODING_LOST && (table->u.table || table->encoding == GB_ENCODING_PICTURE);
}

/* 表2a: the letter of a part of a table behind its number; GB_NOT_FOUND: none. Offset in the head. */
size_t gb_table_part_letter(const struct gb_node *table);

/* Its cells have places for entries: many of them are empty. */
bool gb_table_is_form(const struct gb_node *table);

/* Its first cell that has text, as a place; the lines of the table where none has. */
struct gb_at gb_table_at(const struct gb_node *table);

static inline bool
gb_cell_is_empty(const struct gb_cell *cell)
{
    struct gb_str s = cell->text.str;
    unsigned char first = s.len ? (unsigned char)s.ptr[0] : 0;

    /* Most begin with no blank, and none of their kinds with a Han or a letter. */
    return (first <= ' ' || first == 0xE3 || first == 0xC2) && gb_text_trim(&cell->text).str.len == 0;
}

/* One of the draft's own, with cells. */
static inline bool
gb_table_is_judged(const struct gb_node *table)
{
    return table->u.table && table->u.table->n_cells && table->encoding != GB_ENCODING_LOST && gb_table_is_own(table);
}

#endif
