/* Inputs made of stored ones by small changes; the same sequence on every run. */
#ifndef GB_TESTS_FUZZ_MUTATE_H
#define GB_TESTS_FUZZ_MUTATE_H

#include "base/array.h"
#include "base/buf.h"

struct gb_mutator {
    GB_ARRAY(struct gb_str) seeds; /* at least one */
    GB_ARRAY(struct gb_str) words; /* what the format knows, to be put in */
    size_t most;                   /* bytes of an input */
    uint64_t state;
};

/* The next input, which replaces what is in `out`. */
void gb_mutate(struct gb_mutator *mutator, struct gb_buf *out);

#endif
