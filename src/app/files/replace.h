/*
 * Replacing files that belong together. Each new content is first written out whole beside its file; when that went well for
 * all, and no file was changed by others meanwhile, they are put in their places. So a file holds the old content
 * or the new one, whatever happens; and several of them mostly do so together.
 */
#ifndef GB_APP_FILES_REPLACE_H
#define GB_APP_FILES_REPLACE_H

#include "app/files/temporary.h"
#include "base/array.h"
#include "base/error.h"
#include "base/str.h"

struct gb_replacement {
    const char *shown; /* path as messages show it */
    struct gb_str old; /* what the file must still hold */
    bool has_links;    /* it has other names (hard links), which keep the old content */
    struct gb_temporary temporary;
};

/* Zeroed is ready, with the language set. */
struct gb_replacing {
    bool english;
    GB_ARRAY(struct gb_replacement) list;
};

/*
 * Writes the new content beside the file. False and *error when the file is no regular one, must not be written, or there
 * is no room. Paths and old content are borrowed.
 */
bool gb_replacing_add(struct gb_replacing *replacing, const char *path, const char *shown, struct gb_str old,
                      struct gb_str now, struct gb_error *error);

/*
 * Puts all in place. False and *error, with nothing replaced, when a file does not hold its old content any more; or, with those
 * before it replaced, when the system refuses one.
 */
bool gb_replacing_commit(struct gb_replacing *replacing, struct gb_error *error);

/* Removes what was not put in place. */
void gb_replacing_release(struct gb_replacing *replacing);

#endif
