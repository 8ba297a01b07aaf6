/* What the files on terms share. Inside of check/ only. */
#ifndef GB_CHECK_TERMS_PRIV_H
#define GB_CHECK_TERMS_PRIV_H

#include "rule/check.h"

/* A character beside which a Chinese word ends: 的, 和, 由 … */
bool gb_is_joint(uint32_t c);

/* The stretch of `was` in which it differs from `wanted`: whole characters, empty where something is only put in. */
void gb_difference(struct gb_str was, struct gb_str wanted, size_t *out_begin, size_t *out_end);

#endif
