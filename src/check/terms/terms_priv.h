/* What the files on terms share. Inside of check/ only. */
#ifndef GB_CHECK_TERMS_TERMS_PRIV_H
#define GB_CHECK_TERMS_TERMS_PRIV_H

#include "rule/check.h"

/* A character beside which a Chinese word ends: 的, 和, 由 … */
bool gb_is_joint(uint32_t c);

/* The stretch of `was` in which it differs from `wanted`: whole characters, empty where something is only put in. */
void gb_difference(struct gb_str was, struct gb_str wanted, size_t *out_begin, size_t *out_end);

/* The definition of a term that has one, behind domain and blanks. */
static inline struct gb_text
gb_defining_text(const struct gb_term *term)
{
    struct gb_text rest = gb_text_slice(&term->definition->text, term->definition_from, term->definition->text.str.len);

    return gb_text_trim(&rest);
}

#endif
