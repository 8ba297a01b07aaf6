/* Nodes by their numbers: made once of what stands in the draft, then searched. Inside of check/ only. */
#ifndef GB_CHECK_STRUCTURE_NUMBERS_PRIV_H
#define GB_CHECK_STRUCTURE_NUMBERS_PRIV_H

#include "base/array.h"
#include "doc/node.h"

struct gb_numbered {
    uint64_t key; /* orders as the number does, as far as it goes */
    const struct gb_number *num;
    const void *what; /* whose number it is */
    uint32_t added;   /* its place in the order in which they were added */
};

/* Zeroed it is ready for use; gb_array_release(&numbers.items) frees it. */
struct gb_numbers {
    GB_ARRAY(struct gb_numbered) items;
};

/* The number is not copied. */
void gb_numbers_add(struct gb_numbers *numbers, const struct gb_number *num, const void *what);

/* By number; those with the same one stay in the order in which they were added. */
void gb_numbers_sort(struct gb_numbers *numbers);

/* Index of the first that is not less than `num`; the length where all are. */
size_t gb_numbers_seek(const struct gb_numbers *numbers, const struct gb_number *num);

#endif
