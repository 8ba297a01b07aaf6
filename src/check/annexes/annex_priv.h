/* The annexes of a draft and the letters they should have, for the checks of heads and of the numbers inside. */
#ifndef GB_CHECK_ANNEXES_ANNEX_PRIV_H
#define GB_CHECK_ANNEXES_ANNEX_PRIV_H

#include "rule/check.h"

enum gb_letter_fault {
    GB_LETTER_RIGHT,
    GB_LETTER_MISSING, /* letters before it are missing: from `expected` on */
    GB_LETTER_WRONG,   /* it should be `expected` */
};

struct gb_annex {
    const struct gb_node *node;
    char expected;
    enum gb_letter_fault fault;
    bool is_double; /* an earlier annex has its letter */
};

/* Those that hold something: other heads are left over from contents and running heads. None in standards of engineering. */
struct gb_annexes {
    struct gb_annex *items;
    size_t n;
    bool is_known;
};

/* Made for the rule that asks first; lives as long as the document. */
const struct gb_annexes *gb_annexes_of(struct gb_check *check);

/* The first with the letter; where it has to be sure, the first of which that holds. NULL. */
const struct gb_annex *gb_annex_of_letter(const struct gb_annexes *annexes, char letter, bool is_sure);

/*
 * Is the letter of the annex certain, so that numbers inside can be held against it? Not where the reader gave it, two annexes
 * have it, or the letter itself is at fault.
 */
bool gb_annex_is_sure(const struct gb_annex *annex);

/* Is it, by its title, a sample of another document or a form, which has numbers and provisions of its own? */
bool gb_annex_is_sample(const struct gb_node *annex);

/* Does a requirement or instruction of the text mention the annex, which makes it normative? */
bool gb_annex_is_bound(struct gb_check *check, const struct gb_node *annex);

/* Number of the child clause, figure … of an annex: "A.2", in the arena. */
struct gb_str gb_annex_number(struct gb_check *check, char letter, unsigned n);

/* （规范性） or （资料性）, as the edition writes them below the letter. */
struct gb_str gb_annex_nature_words(enum gb_nature nature, enum gb_edition edition);

#endif
