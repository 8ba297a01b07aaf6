/* Is a character of a text a modal verb, and the predicate? Rule catalogue 4.3. */
#ifndef GB_FACTS_SENTENCES_MODAL_PRIV_H
#define GB_FACTS_SENTENCES_MODAL_PRIV_H

#include "facts/lexicon_priv.h"

/*
 * The modal whose core character stands at `at`, not beginning before `floor`; NULL where there is none. A definition is a
 * noun with its attributes.
 */
const struct gb_entry *gb_modal_at(const struct gb_lexicon *lexicon, const struct gb_core *core, struct gb_str s,
                                   size_t floor, size_t at, bool in_definition);

/* The clause from a place on: up to the next comma, mark or bracket, and only so far that the work for each modal is bounded. */
struct gb_clause {
    size_t end;
    size_t de;      /* the first 的 in it that is a particle; GB_NOT_FOUND where there is none */
    size_t last_de; /* the last one */
};

struct gb_clause gb_clause_from(const struct gb_lexicon *lexicon, struct gb_str s, size_t at);

/* Nothing of the clause stands before `at`. */
bool gb_is_clause_start(struct gb_str s, size_t at);

/* Where the clause begins that `at` stands in, not much more than `reach` bytes before it. */
size_t gb_clause_start(struct gb_str s, size_t at, size_t reach);

/* Does a neighbour of the list undo the word at [begin, end)? */
bool gb_is_undone(struct gb_str s, size_t begin, size_t end, struct gb_str undo);

/* Is the modal at [begin, clause from `end` on) inside an attribute: modal + verb … + 的 + noun? */
bool gb_is_attributive(const struct gb_lexicon *lexicon, struct gb_str s, size_t begin, size_t end,
                       const struct gb_clause *clause);

/* Is the modal at [begin, end) part of a quality that the verb of its clause takes: 确保…的可追踪? */
bool gb_is_quality(const struct gb_lexicon *lexicon, struct gb_str s, size_t begin, size_t end, size_t clause_end);

/* In a definition: not more than a noun stands behind the last 的 of the clause, and that ends the sentence. */
bool gb_is_in_noun(const struct gb_lexicon *lexicon, struct gb_str s, const struct gb_clause *clause);

#endif
