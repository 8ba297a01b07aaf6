/*
 * Numbers with their units in one text: values, ranges, tolerances, dimensions. GB/T 1.1—2020, 9.4.4 and 9.4.5.
 *
 * A reader goes from one number to the next. Types, versions, serials, dates, times and ratios are passed over: M12, IP65, 1.2.3,
 * 2015-09-10, 8:30, 1:50.
 */
#ifndef GB_FACTS_QUANTITY_H
#define GB_FACTS_QUANTITY_H

#include "facts/measure.h"

enum gb_amount_flag {
    GB_AMOUNT_POINT = 1 << 0,   /* has a decimal point */
    GB_AMOUNT_GROUPED = 1 << 1, /* 12 345 */
    GB_AMOUNT_COMMAS = 1 << 2,  /* 12,345 */
    GB_AMOUNT_BARE = 1 << 3,    /* .5: begins with the point */
    GB_AMOUNT_ZERO = 1 << 4,    /* 0755: begins with a zero that says nothing */
    GB_AMOUNT_POWER = 1 << 5,   /* 2.5×10³ */
};

/* A number and the unit behind it. Offsets are bytes of the text. */
struct gb_amount {
    size_t begin, end;           /* the number, its power of ten included */
    size_t sign_begin, sign_end; /* with POWER: its sign of multiplication; empty for 10³ */
    unsigned digits;             /* before the decimal point */
    uint8_t flags;
    double value;                      /* of the number before a power */
    struct gb_measure_expression unit; /* blanks before it are the gap; n 0: none */
};

enum gb_joint_kind { GB_AMOUNT_RANGE, GB_AMOUNT_HYPHEN, GB_AMOUNT_TO, GB_AMOUNT_PLUS_MINUS, GB_AMOUNT_TIMES };

/* What joins two amounts. */
struct gb_amount_joint {
    size_t begin, end;       /* the sign alone */
    enum gb_joint_kind kind; /* ～; - and dashes; 至; ±; × */
    bool is_wrong;           /* x, * for × */
};

enum { GB_AMOUNTS = 4 };

struct gb_quantity {
    size_t begin, end; /* the sign of the first number included */
    struct gb_amount amounts[GB_AMOUNTS];
    unsigned n; /* joints are one less */
    struct gb_amount_joint joints[GB_AMOUNTS - 1];
};

/* The next number at or behind *at, which moves behind it; false at the end of the text. */
bool gb_quantity_next(const struct gb_measures *units, struct gb_str s, size_t *at, struct gb_quantity *out);

/* Is there a digit? */
bool gb_may_hold_quantity(struct gb_str s);

/* Behind blanks, but for line breaks. */
size_t gb_behind_gap(struct gb_str s, size_t at);

#endif
