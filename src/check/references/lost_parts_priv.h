/* Parts of a draft that stand in its source, though the reader did not take them for such. Inside of check/ only. */
#ifndef GB_CHECK_REFERENCES_LOST_PARTS_PRIV_H
#define GB_CHECK_REFERENCES_LOST_PARTS_PRIV_H

#include "rule/check.h"

/* Does a line, a cell or a sentence begin with the number? */
bool gb_number_begins_line(const struct gb_check *check, const struct gb_number *num);

/* Does a line begin with it that is no row of a table? */
bool gb_number_begins_text_line(const struct gb_check *check, const struct gb_number *num);

/* A line that begins with the word (附录, 图, 表) and the number or letter, whatever marks of the markup stand before it. */
bool gb_head_stands(const struct gb_check *check, struct gb_str word, const struct gb_number *num);

/* （3） at the end of a line, or in \tag{3}. */
bool gb_formula_number_stands(const struct gb_check *check, const struct gb_number *num);

/* Between the formulas before and behind it in number stands a legend without its formula, of which a conversion made a picture. */
bool gb_formula_is_lost(const struct gb_check *check, const struct gb_number *num);

/* b） or b) anywhere in the text of the clause. True as well where its text has no certain end. */
bool gb_marker_stands(const struct gb_check *check, const struct gb_node *clause, uint16_t marker);

#endif
