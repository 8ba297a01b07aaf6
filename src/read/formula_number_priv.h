/* The number of a display formula, among the bytes of a file or in a text. */
#ifndef GB_READ_FORMULA_NUMBER_PRIV_H
#define GB_READ_FORMULA_NUMBER_PRIV_H

#include "base/str.h"

/*
 * The number that stands in `behind` (what follows the formula in its line: （1）, (1), {#eq:a}; empty where there is
 * nothing), else at the end of the formula itself, as \tag{1} or behind dots: then *inside, the formula, is cut
 * before it. Without its brackets; empty at 0 when there is none.
 */
struct gb_span gb_formula_number(struct gb_str raw, struct gb_span behind, struct gb_span *inside);

#endif
