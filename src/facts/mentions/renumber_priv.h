/* What the files that make numbers run share. */
#ifndef GB_FACTS_MENTIONS_RENUMBER_PRIV_H
#define GB_FACTS_MENTIONS_RENUMBER_PRIV_H

#include "facts/mentions/renumber.h"

/* Numbers of one series are told apart by their number alone. */
enum gb_series {
    GB_SERIES_CLAUSE,
    GB_SERIES_ANNEX,
    GB_SERIES_TABLE,
    GB_SERIES_FIGURE,
    GB_SERIES_FORMULA,
    GB_SERIES_NONE
};

struct gb_numbered {
    enum gb_series series;
    const struct gb_node *node;
};

/* A clause or annex by its title. */
struct gb_titled {
    uint64_t hash; /* of the title without blanks */
    const struct gb_node *node;
};

struct gb_renumberer {
    const struct gb_doc *doc;
    const struct gb_facts *facts;
    struct gb_renumbering *out;
    const struct gb_rearrangement *change; /* NULL: all numbers are to run */
    const struct gb_node *about;           /* the part whose number is being written */
    struct gb_number *now;                 /* by node->id: the number that it gets; its own where nothing changes */
    uint16_t *item;                        /* by node->id of a list item: the value of its marker; 0: not known */
    struct gb_numbered *parts;             /* sorted by series and old number */
    size_t n_parts;
    struct gb_titled *titled; /* sorted by title */
    size_t n_titled;
    const struct gb_node *table; /* renumber_mention.c: which of its columns list clauses */
    bool *has_clauses;
};

/* Has the node or entry a number or letter? */
static inline bool
gb_has_number(const struct gb_node *node)
{
    return node->num.n > 0 || node->num.letter;
}

/* The text has one exact place, and is not empty. */
bool gb_is_exact_text(const struct gb_text *text);
/* Digits, letters and dots in any width: 第五章 is left to those who want it so. */
bool gb_is_plain_number(struct gb_str s);

/* Notes a number that stays, bytes [begin, end) of the text. What is returned is good until the next one. */
struct gb_renumber_doubt *gb_doubt_number(struct gb_renumberer *r, const struct gb_text *text, size_t begin, size_t end,
                                          enum gb_renumber_why why);
void gb_add_renumber_edit(struct gb_renumberer *r, struct gb_span span, struct gb_str now);
/* Writes a number in the place of bytes [begin, end): only the parts that are others, in the width that they have. */
void gb_edit_number(struct gb_renumberer *r, const struct gb_text *text, size_t begin, size_t end, struct gb_str now);

/* The number that the part gets, as it is written. */
struct gb_str gb_new_number(struct gb_renumberer *r, const struct gb_node *part);

/* The place of a part in the new order of the draft: rises from part to part. */
uint64_t gb_new_place(const struct gb_renumberer *r, const struct gb_node *part);

/* Does the part get another number than it has? */
bool gb_number_changes(const struct gb_renumberer *r, const struct gb_node *part);

/* The value of a list marker a) or 1) in any width, and where it stands in it; 0 for all others. */
unsigned gb_marker_value(const struct gb_text *marker, size_t *out_begin, size_t *out_end);
/* The value as a letter or a number. */
struct gb_str gb_marker_text(struct gb_renumberer *r, bool is_letter, unsigned value);
/* Is it a letter that stands at this byte of the marker, where gb_marker_value found something? */
static inline bool
gb_is_letter_marker(const struct gb_text *marker, size_t at)
{
    return marker->str.ptr[at] >= 'a';
}

/* Parts with the old number: *out_n of them, in document order. */
const struct gb_numbered *gb_parts_with(const struct gb_renumberer *r, enum gb_series series,
                                        const struct gb_number *num, size_t *out_n);

/* renumber_mention.c */
bool gb_knows_formulas(const struct gb_renumberer *r);
void gb_renumber_mentions(struct gb_renumberer *r);

/* renumber_toc.c: the entries of the contents follow their parts, in their order. */
void gb_renumber_contents(struct gb_renumberer *r);

#endif
