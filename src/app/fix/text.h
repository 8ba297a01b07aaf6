/*
 * The texts of fixes, as the markup of their file needs them: rules say what a reader shall see. A fix that the place cannot
 * take (half of a tag, the inside of a comment, an entity of the author's own) is withdrawn.
 */
#ifndef GB_APP_FIX_TEXT_H
#define GB_APP_FIX_TEXT_H

#include "diag/report.h"
#include "doc/node.h"

/* To be called before the report is shown or applied. */
void gb_fix_texts(const struct gb_doc *doc, struct gb_report *report);

#endif
