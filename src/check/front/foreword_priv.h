/* What the checks of the foreword share. Inside of check/ only. */
#ifndef GB_CHECK_FRONT_FOREWORD_PRIV_H
#define GB_CHECK_FRONT_FOREWORD_PRIV_H

#include "check/structure/elements_priv.h"

/* The foreword; NULL where there is none, or nothing stands in it. */
const struct gb_foreword *gb_foreword_judged(struct gb_check *check);

/* Stands so much in it, and unbroken, that what does not stand there is missing? */
bool gb_foreword_is_whole(const struct gb_foreword *foreword);

/* A statement that is no entry of a list and stands in no table: what the rules of form judge. */
static inline bool
gb_foreword_is_plain(const struct gb_foreword_statement *s)
{
    return !(s->flags & (GB_FOREWORD_ENTRY | GB_FOREWORD_CELL));
}

static inline bool
gb_key_has(struct gb_str key, const char *word)
{
    return gb_str_has(key, gb_str_from(word));
}

/* The place of bytes [begin, end) of a statement's key. */
struct gb_at gb_foreword_at(const struct gb_foreword_statement *statement, size_t begin, size_t end);

/* The last statement: behind it stands what closes the foreword. */
const struct gb_foreword_statement *gb_foreword_last(const struct gb_foreword *foreword);

/* Does the draft replace another: by its cover or its foreword? */
bool gb_is_revision(const struct gb_facts *facts);

/* Is byte `at` of a key inside of “…” or 《…》? */
bool gb_is_quoted(struct gb_str key, size_t at);

/* Does the statement on the rules of drafting differ from the fixed one in nothing but the document's name for itself? */
bool gb_basis_differs_in_name(const struct gb_foreword_statement *statement, struct gb_str fixed);

#endif
