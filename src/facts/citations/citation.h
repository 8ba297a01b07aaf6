/*
 * What a draft cites, and how: every citation with its place and force, joined to the entries of the two lists.
 * Rule catalogue, 4.5; GB/T 1.1—2020, 9.5.4; 2009, 6.2.3 and 8.1.3.
 */
#ifndef GB_FACTS_CITATIONS_CITATION_H
#define GB_FACTS_CITATIONS_CITATION_H

#include "facts/citations/identifier.h"
#include "facts/sentences/sentence.h"

enum gb_reference_list { GB_LIST_REFERENCES, GB_LIST_BIBLIOGRAPHY, GB_LIST_COUNT };

/* An entry of chapter 2 or of the bibliography. */
struct gb_reference {
    const struct gb_node *node;
    enum gb_reference_list list : 8;
    bool is_loose;           /* an identifier in other text of the list: an entry that was not read as one */
    struct gb_identifier id; /* code empty: a law, a book, a number that cannot be read */
    struct gb_text title;
};

enum gb_citation_force {
    GB_CITED_OPEN, /* the wording does not tell */
    GB_CITED_NORMATIVE,
    GB_CITED_INFORMATIVE,
};

enum gb_citation_flag {
    GB_CITATION_CERTAIN = 1 << 0, /* place or wording tells the force, not the edition's default alone */
    GB_CITATION_LEAD_IN = 1 << 1, /* in the lead-in of the terms */
    GB_CITATION_INTRO = 1 << 2,   /* in the introduction */
    GB_CITATION_EXAMPLE = 1 << 3,
    GB_CITATION_NOTE = 1 << 4,   /* note or footnote */
    GB_CITATION_SOURCE = 1 << 5, /* of a term, a table, copied text */
    GB_CITATION_CELL = 1 << 6,
    GB_CITATION_INFORMATIVE_ANNEX = 1 << 7,
    GB_CITATION_VERB = 1 << 8, /* a word of citing stands before it: 按, 见 … */
    GB_CITATION_SCOPE = 1 << 9,
};

struct gb_citation {
    const struct gb_identifier *id;
    const struct gb_sentence *sentence; /* NULL: in a title, a caption, a source */
    enum gb_citation_force force : 8;
    uint16_t flags;
    struct gb_extent target;         /* bytes of id->text: the clause, table, figure or annex cited with it */
    uint32_t matches[GB_LIST_COUNT]; /* index in facts->entries, GB_NO_REFERENCE without: the same year, else any */
};

enum { GB_NO_REFERENCE = UINT32_MAX };

struct gb_facts;

/* Entries of the lists that name the document itself, whatever the year: indexes in facts->entries. */
const uint32_t *gb_references_same(const struct gb_facts *facts, const struct gb_identifier *id, size_t *out_n);

/*
 * Entries of the lists that name the document or one of its family (GB/T 24421（所有部分）, GB/T 24421.2 for GB/T 24421.1),
 * ordered by gb_identifier_cmp: indexes in facts->entries.
 */
const uint32_t *gb_references_kin(const struct gb_facts *facts, const struct gb_identifier *id, size_t *out_n);

/* Index of the first citation that belongs to a node at or behind `id`. */
uint32_t gb_first_citation(const struct gb_facts *facts, uint32_t id);

/* Does the entry list what is cited: the same document, all parts of it, or one part of all that is cited? */
bool gb_reference_covers(const struct gb_reference *reference, const struct gb_identifier *id);

/* Is it the draft itself, or the series it is a part of? */
bool gb_is_own_identifier(const struct gb_facts *facts, const struct gb_identifier *id);

#endif
