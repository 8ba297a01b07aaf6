/* The tables of native checks, one from each file of this room. A new file adds its two lines here. */
#include "rule/check.h"

extern const struct gb_check_def gb_contents_checks[];
extern const struct gb_check_def gb_numbering_checks[];
extern const struct gb_check_def gb_sequence_checks[];
extern const struct gb_check_def gb_title_checks[];

const struct gb_check_def *const gb_check_tables[] = {
    gb_contents_checks,
    gb_numbering_checks,
    gb_sequence_checks,
    gb_title_checks,
    NULL,
};
