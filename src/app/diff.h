/*
 * A unified diff of two contents of one file, by lines of bytes, in whatever charset: applied with patch(1) to the old
 * bytes it gives the new ones.
 */
#ifndef GB_APP_DIFF_H
#define GB_APP_DIFF_H

#include "base/out.h"

/* Writes nothing when both are the same. */
void gb_diff(struct gb_out *out, const char *path, struct gb_str old, struct gb_str now);

#endif
