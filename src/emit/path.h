/*
 * Paths of drafts as services show them: relative to the folder of the run, which in continuous integration is that of the
 * repository.
 */
#ifndef GB_EMIT_PATH_H
#define GB_EMIT_PATH_H

#include "base/buf.h"

/*
 * Appends the path as it is below the folder, without "." and "..", and gives true; a path that leads elsewhere is appended as an
 * absolute one. Without a folder (NULL) relative paths are taken as below it.
 */
bool gb_add_path_below(struct gb_buf *out, const char *folder, const char *path);

/* The same, for one line of text: what is no UTF-8 or acts on a terminal is replaced. */
void gb_add_clean_path(struct gb_buf *out, const char *folder, const char *path);

/* Appends the bytes of a path as a part of a URI: all but letters, digits, "-._~" and "/" percent-encoded. */
void gb_add_uri(struct gb_buf *out, struct gb_str path);

#endif
