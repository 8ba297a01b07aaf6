/* Numbers of the parts of a figure, in the lines that name them. */
#ifndef GB_DOC_PART_NUMBER_H
#define GB_DOC_PART_NUMBER_H

#include "base/str.h"

/* （1）迁移前, 1）迁移前, ①迁移前, 1.1 主视图, 1-1 主视图: the number of a part before its title; its length, 0 for none. */
size_t gb_part_number(struct gb_str s, unsigned *out_value);

#endif
