/* What the files on references share. Inside of check/ only. */
#ifndef GB_CHECK_REFERENCES_PRIV_H
#define GB_CHECK_REFERENCES_PRIV_H

#include "rule/check.h"

/* A fix that makes the text the wanted one and leaves alone what both have at their ends. */
void gb_replace_part(struct gb_check *check, struct gb_finding *finding, const struct gb_text *text,
                     struct gb_str wanted);

#endif
