/* How terms are found: what the entries say (term_entry.c), then where the designations are used (term_use.c). */
#ifndef GB_FACTS_TERMS_TERM_PRIV_H
#define GB_FACTS_TERMS_TERM_PRIV_H

#include "base/array.h"
#include "facts/facts_priv.h"
#include "facts/terms/variant_priv.h"
#include "facts/terms/term_index.h"

struct gb_term_reader {
    struct gb_facts *facts;
    GB_ARRAY(struct gb_term) terms;
    GB_ARRAY(struct gb_designation) designations;
    GB_ARRAY(struct gb_term_use) uses;
    GB_ARRAY(struct gb_capitals) capitals;
    GB_ARRAY(struct gb_bank_use) bank_uses;
    struct gb_term_index index; /* words → designation, and what variant_priv.h says */
    struct gb_variant_reader variants;
};

/* Length of a verb, adverb or preposition at the head of s. */
size_t gb_leading_verb(const struct gb_lexicon *lexicon, struct gb_str s);

/* Is a designation called so? *out_which: its index. */
static inline bool
gb_is_designation(const struct gb_term_reader *r, struct gb_str words, uint32_t *out_which)
{
    return gb_index_get(&r->index, words, out_which) && !(*out_which & (GB_INDEX_HEAD | GB_INDEX_FORM));
}

/* Entries, abbreviations, declared short forms, in this order. */
void gb_read_term_entries(struct gb_term_reader *r);
void gb_read_abbreviations(struct gb_term_reader *r);
void gb_read_declared_forms(struct gb_term_reader *r);

/* Texts of the draft in which designations are used, in document order. */
typedef void gb_term_text(void *data, const struct gb_node *node, const struct gb_text *text, unsigned flags);
void gb_each_term_text(const struct gb_facts *facts, gb_term_text *visit, void *data);

void gb_find_term_uses(struct gb_term_reader *r);

#endif
