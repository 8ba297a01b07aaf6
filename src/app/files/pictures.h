/* Pictures that a draft names. */
#ifndef GB_APP_FILES_PICTURES_H
#define GB_APP_FILES_PICTURES_H

#include "facts/facts.h"

/*
 * Adds a fault (UNREADABLE, for INP-005) for each local picture outside of the project root, links and ".." resolved, and for
 * each that is there but cannot be opened; tells the document which are not there, or have few dots. Then reads the charts of the
 * draft, those in picture files among them. `draft`: its path; a picture's path is seen from its folder.
 */
void gb_find_pictures(struct gb_doc *doc, struct gb_facts *facts, const char *draft);

#endif
