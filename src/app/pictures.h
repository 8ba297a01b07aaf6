/* Pictures that a draft names. */
#ifndef GB_APP_PICTURES_H
#define GB_APP_PICTURES_H

#include "facts/facts.h"

/*
 * Adds a fault (UNREADABLE, for INP-005) for each local picture outside of the project root, links and ".." resolved, and for
<<<<<<< HEAD
 * each that is there but cannot be opened; tells the document which are not there, or have few dots. `draft`: its path; a
 * picture's path is seen from its folder.
=======
 * each that is there but cannot be opened; then reads the charts of the draft, those in picture files among them. `draft`: its
 * path; a picture's path is seen from its folder.
>>>>>>> f8fb5d4 (facts/flow: the charts of a draft, in its text and in its picture files)
 */
void gb_find_pictures(struct gb_doc *doc, struct gb_facts *facts, const char *draft);

/* Text of a file with a chart, as UTF-8; of a PNG its signature and the chunk with a drawing of draw.io, as stored. Empty when it
 * is no regular file, is too large, or holds nothing. */
struct gb_str gb_read_chart_file(const char *path, struct gb_arena *arena);

#endif
