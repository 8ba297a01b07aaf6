/* Which lines of a text another one does not have: for lists of hashes, in time about linear in their length. */
#ifndef GB_APP_FIX_LINE_DIFF_H
#define GB_APP_FIX_LINE_DIFF_H

#include <stdint.h>

enum { GB_NO_LINE = UINT32_MAX };

/*
 * Fills `old_of`, for each line of `now` the line of `old` that it is, or GB_NO_LINE; those that are there stand in rising order. Lines that
 * both texts have once hold the others in place, so that what was moved or inserted does not upset what follows.
 */
void gb_line_diff(const uint64_t *old, uint32_t n_old, const uint64_t *now, uint32_t n_now, uint32_t *old_of);

#endif
