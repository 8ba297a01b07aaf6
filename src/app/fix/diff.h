/*
 * A unified diff of two contents of one file, by lines of bytes, in whatever charset: applied with `git apply` or
 * `patch -p1` to the old bytes it gives the new ones. Each hunk says behind its second @@ what it is for.
 */
#ifndef GB_APP_FIX_DIFF_H
#define GB_APP_FIX_DIFF_H

#include "base/out.h"
#include "diag/edits.h"

/* Writes nothing when both are the same. The path is written behind a/ and b/; the traces lie in `now`. */
void gb_diff(struct gb_out *out, const char *path, struct gb_str old, struct gb_str now,
             const struct gb_traces *traces);

#endif
