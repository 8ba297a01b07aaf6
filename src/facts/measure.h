/*
 * Units of measurement in the text of a draft: GB 3100—1993, GB 3101—1993; GB/T 1.1—2020, 9.4.7. The words are those of
 * rules/words/units.yaml, by symbol and by Chinese name, legal or not.
 */
#ifndef GB_FACTS_MEASURE_H
#define GB_FACTS_MEASURE_H

#include "facts/lexicon.h"

/* Kinds of units, and the list of each. */
#define GB_MEASURE_KINDS(X)                                                                                            \
    X(SYMBOL, "unit-symbols")                                                                                          \
    X(WRONG, "unit-wrong")        /* a letter of the wrong case: KG */                                                 \
    X(NAME, "unit-names")         /* 千克 */                                                                         \
    X(DURATION, "unit-durations") /* 小时 */                                                                         \
    X(NONLEGAL, "unit-nonlegal")  /* 英寸, psi */                                                                    \
    X(PERCENT, NULL)              /* % ‰ */                                                                          \
    X(ANGLE, NULL)                /* ° ′ */

enum gb_measure_kind {
#define X(id, list) GB_MEASURE_##id,
    GB_MEASURE_KINDS(X)
#undef X
};

struct gb_measure {
    struct gb_rel word;
    struct gb_rel by;                  /* the symbol to be written; empty: none without another number */
    struct gb_rel undo, needs, unless; /* words as in the lists, parted by blanks */
    enum gb_measure_kind kind;
};

struct gb_measures;

/* One unit of a compound: kg and m of kg/m³. */
struct gb_measure_use {
    const struct gb_measure *unit;
    uint32_t begin, end; /* bytes of the text; a power is not in it */
};

enum { GB_MEASURE_USES = 4 };

struct gb_measure_expression {
    size_t begin, end;
    struct gb_measure_use uses[GB_MEASURE_USES];
    unsigned n;     /* 0: no unit */
    bool has_power; /* m², m2, m^2 */
};

/* The longest unit that begins at `at`; NULL: none. Latin letters count only as a whole word. */
const struct gb_measure *gb_measure_at(const struct gb_measures *units, struct gb_str s, size_t at);

/* Another unit that is written the same: M, which is the molar and a wrong metre; NULL: none. */
const struct gb_measure *gb_measure_next(const struct gb_measures *units, const struct gb_measure *unit);

/* The unit with its powers, products and quotients that begins at `at`, as behind a number; n is 0 where there is none. */
struct gb_measure_expression gb_measure_expression_at(const struct gb_measures *units, struct gb_str s, size_t at);

/* Does the text end in a quantity that has a unit (电压, 长度), or in the word for one that has none (系数, 率)? */
bool gb_ends_in_quantity(const struct gb_measures *units, struct gb_str s);
bool gb_ends_in_number(const struct gb_measures *units, struct gb_str s);

/* Of a compound the kind of its first unit. */
static inline bool
gb_measure_is(const struct gb_measure_expression *unit, enum gb_measure_kind kind)
{
    return unit->n > 0 && unit->uses[0].unit->kind == kind;
}

#endif
