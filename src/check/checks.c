/* The tables of native checks, one from each file of this room. A new file adds its two lines here. */
#include "rule/check.h"

extern const struct gb_check_def gb_input_checks[];
extern const struct gb_check_def gb_numbering_checks[];
extern const struct gb_check_def gb_source_form_checks[];
extern const struct gb_check_def gb_source_lines_checks[];

const struct gb_check_def *const gb_check_tables[] = {
    gb_input_checks,
    gb_numbering_checks,
    gb_source_form_checks,
    gb_source_lines_checks,
    NULL,
};
