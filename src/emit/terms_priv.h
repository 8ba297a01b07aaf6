/* Inside of emit/: what the lists of terms hold besides the entries of each draft (terms_found.c). */
#ifndef GB_EMIT_TERMS_PRIV_H
#define GB_EMIT_TERMS_PRIV_H

#include "base/array.h"
#include "emit/place_priv.h"
#include "emit/terms.h"
#include "facts/terms/term_index.h"
#include "facts/terms/variant.h"

/* A designation on its way out. */
struct gb_listed_name {
    const struct gb_term_draft *draft;
    const struct gb_term *term;
    const struct gb_designation *designation;
};

typedef void gb_each_name_function(void *data, const struct gb_listed_name *name);

/* All names of terms (entries), or of abbreviations, in the order of drafts and text. */
void gb_each_listed_name(const struct gb_term_list *list, bool entries, gb_each_name_function *call, void *data);

struct gb_range gb_place_in_draft(const struct gb_term_draft *draft, const struct gb_text *text, size_t begin,
                                  size_t end);

/* Place i of a form. */
struct gb_range gb_place_of_form(const struct gb_term_draft *draft, const struct gb_variant_form *form, uint32_t i);

/* A place in a draft that has no such name of its own. */
struct gb_foreign_use {
    const struct gb_term_draft *draft;
    const struct gb_text *text;
    size_t begin, end;
    uint32_t next; /* of the same words, GB_NO_FOREIGN_USE */
};

#define GB_NO_FOREIGN_USE UINT32_MAX

/* The uses of some words. */
struct gb_use_chain {
    uint32_t first, last;
};

/* A name that seems to stand for another, TRM-016. */
struct gb_suspect {
    const struct gb_term_draft *draft;
    const struct gb_variant *variant;
};

/* The words of all names, and where drafts that do not enter them use them: one pass over the sentences. */
struct gb_listed_uses {
    struct gb_arena arena;
    struct gb_term_index index; /* words → place in chains */
    GB_ARRAY(struct gb_foreign_use) uses;
    GB_ARRAY(struct gb_use_chain) chains;
    GB_ARRAY(struct gb_suspect) suspects; /* by the name that they stand for */
};

void gb_find_listed_uses(const struct gb_term_list *list, struct gb_listed_uses *out);
void gb_listed_uses_release(struct gb_listed_uses *uses);

/* The first use of the name in drafts that do not enter it. */
uint32_t gb_first_foreign_use(const struct gb_listed_uses *uses, const struct gb_listed_name *name);

/* The suspects that seem to stand for the words: the first; *out_n of them. */
const struct gb_suspect *gb_suspects_of(const struct gb_listed_uses *uses, struct gb_str words, size_t *out_n);

/* 适配服务机构（a.md:33, 35）；… */
void gb_put_suspects(const struct gb_listed_uses *uses, struct gb_str words, struct gb_buf *out);

typedef void gb_each_kept_function(void *data, const struct gb_suspect *first);

/* The names that are no entries and have suspects. */
void gb_each_kept(const struct gb_listed_uses *uses, gb_each_kept_function *call, void *data);

#endif
