/* Symbols of formulas, and letters that a text explains. Inside of check/ only. */
#ifndef GB_CHECK_OBJECTS_FORMULA_PRIV_H
#define GB_CHECK_OBJECTS_FORMULA_PRIV_H

#include "facts/measure.h"
#include "rule/check.h"

/* Sets of letters, one bit each: A to Z, a to z; α to ω, whatever their case. */
struct gb_letters {
    uint64_t latin;
    uint32_t greek;
};

/* The set of one letter: Latin, Greek, or italic or bold as mathematics has them; empty for anything else. */
struct gb_letters gb_letter(uint32_t c);

/* The letter that stands at a byte, as a character or as a command of TeX; else empty. *out_end is behind it, a command or one character. */
struct gb_letters gb_letter_at(struct gb_str s, size_t at, size_t *out_end);

static inline bool
gb_has_letter(const struct gb_letters *set, struct gb_letters letter)
{
    return (set->latin & letter.latin) || (set->greek & letter.greek);
}

static inline void
gb_add_letters(struct gb_letters *set, struct gb_letters more)
{
    set->latin |= more.latin;
    set->greek |= more.greek;
}

static inline bool
gb_is_empty(struct gb_letters set)
{
    return !set.latin && !set.greek;
}

/* A letter that stands for a quantity: alone, whatever its index. */
struct gb_formula_symbol {
    size_t begin, end; /* of the letter, without index, in the text of the formula */
    struct gb_letters letter;
    bool is_left;   /* of the first sign of equality */
    bool is_joined; /* other letters stand beside it: a product where these are symbols, else a name */
};

/* Longer ones are not looked into. */
enum { GB_FORMULA_SYMBOLS = 48, GB_LONGEST_FORMULA = 400 };

/*
 * Its symbols in order; how many. Functions, operators, differentials, variables of integration, indexes and words have none, nor have
 * units: those in upright letters, and one behind a number or, at the end, behind a blank.
 */
size_t gb_formula_symbols(const struct gb_measures *units, const struct gb_text *formula,
                          struct gb_formula_symbol *out);

/* Do upright letters begin here: \mathrm{, \text{? */
bool gb_opens_upright(struct gb_str s);

/* Bytes [*out_begin, end) of a unit that stands in a formula; end 0: none. */
size_t gb_formula_unit(const struct gb_measures *units, struct gb_str formula, size_t *out_begin);

/* The place of the sign of equality, without one that of ≤ or ≥; GB_NOT_FOUND. */
size_t gb_relation_in(struct gb_str formula);

/* The letters of a text: all that stand in short words, and those of them that are no symbols of units there (5 m, 米（m）, m/s). */
void gb_add_explained(struct gb_str s, struct gb_letters *all, struct gb_letters *sure);

/* The letters that are none of ASCII: Greek, as characters and as commands, and those of mathematics. */
void gb_add_signs(struct gb_str s, struct gb_letters *set);

/* The symbol that a line of a legend explains: what stands before its dash; empty without. */
struct gb_str gb_legend_key(const struct gb_node *line);

/* The first line of a legend, or the first item of the list below it; NULL: it has none. */
const struct gb_node *gb_legend_first(const struct gb_node *where);

/* Does the rest of a legend stand behind it in another form: a table, a picture, lines that lost their symbol? */
bool gb_legend_goes_on(const struct gb_node *where);

/* The letters of the formulas that one legend stands behind. */
struct gb_letters gb_letters_before_legend(const struct gb_facts *facts, const struct gb_node *where);

/* Reports what is wrong in how legends are written. */
void gb_judge_legend_forms(struct gb_check *check);

#endif
