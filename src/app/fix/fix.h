/*
 * Mending one draft: the fixes of its findings are applied and it is judged anew, until none is left. The files themselves
 * are not written here: what they are to hold is in the overlay.
 */
#ifndef GB_APP_FIX_FIX_H
#define GB_APP_FIX_FIX_H

#include "app/draft.h"

struct gb_fix_options {
    bool unsafe, renumber;
};

/* Why a round came to nothing. */
enum gb_fix_halt {
    GB_FIX_DONE,
    GB_FIX_ENDLESS, /* the same fixes come again and again, even without those left out */
    GB_FIX_BREAKS,  /* the draft would not be readable any more, or in another charset */
};

struct gb_fix_result {
    uint32_t n_fixed;                                 /* findings whose fix was applied */
    uint32_t n_numbers;                               /* places where a number changed */
    uint32_t n_protected, n_undecoded, n_unencodable; /* fixes that could not be applied, and why */
    bool numbers_failed; /* one of the new numbers could not be put in, or they would not run: all were left */
    bool is_cut; /* a limit kept a part of the draft from being read: nothing is mended that may be mentioned there */
    enum gb_fix_halt halt;
    struct gb_buf rules;     /* of the round that halted, for a message */
    struct gb_buf recurring; /* rules whose fixes come again and again, and were left out */
    struct gb_buf doubts;    /* lines on numbers that were left, for standard error */
};

/*
 * Mends a draft. input->overlay must be `overlay`. On READY *draft is the mended draft, judged; to be released in every case.
 */
enum gb_outcome gb_fix_draft(const struct gb_fix_options *options, struct gb_overlay *overlay,
                             const struct gb_input *input, struct gb_draft *draft, struct gb_fix_result *result,
                             struct gb_error *error);

void gb_fix_result_release(struct gb_fix_result *result);

#endif
