/*
 * Quantities are read once for all rules about them: the scan in quantities.c goes over the texts, the judges say what is
 * wrong with each quantity, and each rule tells of its own faults. Inside of check/ only.
 */
#ifndef GB_CHECK_TYPOGRAPHY_QUANTITIES_PRIV_H
#define GB_CHECK_TYPOGRAPHY_QUANTITIES_PRIV_H

#include "check/structure/elements_priv.h"

#include "doc/joined.h"
#include "facts/quantity.h"

/* The rules, the names of their checks, and their cases. */
#define GB_QUANTITY_RULES(X)                                                                                           \
    X(NAME, "unit-name", "duration")                                                                                   \
    X(CASE, "unit-case", "micro degree")                                                                               \
    X(RANGE, "range-unit", "to")                                                                                       \
    X(PERCENT, "percent-range", "tolerance to")                                                                        \
    X(TOLERANCE, "tolerance-form", NULL)                                                                               \
    X(DIMENSION, "dimension-form", "sign")                                                                             \
    X(TIMES, "multiplication-sign", "pixels")                                                                          \
    X(ANGLE, "angle-form", NULL)                                                                                       \
    X(LIMIT, "number-without-unit", "open")                                                                            \
    X(GROUPING, "digit-grouping", "commas")                                                                            \
    X(ZERO, "leading-zero", NULL)                                                                                      \
    X(STYLE, "unit-style", NULL)                                                                                       \
    X(DAYS, "day-kind", NULL)

enum gb_quantity_rule {
    GB_QUANTITY_NONLEGAL,
    GB_QUANTITY_GAP,
#define X(id, name, cases) GB_QUANTITY_##id,
    GB_QUANTITY_RULES(X)
#undef X
        GB_QUANTITY_RULE_COUNT
};

/* A change in the text: [begin, end) is replaced; empty: inserted. */
struct gb_quantity_edit {
    uint32_t begin, end; /* bytes of the node's text */
    struct gb_str by;
    bool is_star; /* what is replaced is an asterisk that stands between begin and the byte before it */
};

enum { GB_QUANTITY_EDITS = 8 };

struct gb_quantity_fault {
    const struct gb_node *node;
    const struct gb_text *text;
    uint32_t begin, end; /* bytes of the text */
    const char *which;   /* case of the entry, or NULL */
    struct gb_str words; /* as written */
    struct gb_str by;    /* what the changes put in the place of the first `done` bytes of them */
    size_t at, done;     /* at: where they begin in the text of the scan */
    struct gb_quantity_edit *edits;
    uint32_t n_edits;
};

enum { GB_QUOTE_KINDS = 4 };

/* One text in the hands of the judges. */
struct gb_quantity_scan {
    const struct gb_check *check;
    const struct gb_measures *units;
    const struct gb_node *node;
    const struct gb_text *text;
    struct gb_joined joined;
    struct gb_str s; /* the text without soft line breaks: offsets below are bytes of it */
    /* 80*25*50 in a markup that has taken the asterisks for marks of emphasis: they are put back into s. */
    struct gb_buf starred;
    GB_ARRAY(uint32_t) stars; /* their offsets in s */
    bool is_cell;
    const struct gb_node *asked_table; /* the last that was searched for words on acceleration */
    bool has_gravity;
    struct gb_quantities *all;
    /* Where quotations and titles were followed to; the end of the last one; the next closing mark of each kind. */
    size_t followed, closes, next_close[GB_QUOTE_KINDS];
};

/* What a judge found; the changes are for him to add. NULL where the place is a quotation, code, an address … */
struct gb_quantity_fault *gb_quantity_add(struct gb_quantity_scan *scan, enum gb_quantity_rule rule, const char *which,
                                          size_t begin, size_t end);
/* Accepts NULL. In order of the text; what stands between superscript marks is not touched. */
void gb_quantity_change(struct gb_quantity_scan *scan, struct gb_quantity_fault *fault, size_t begin, size_t end,
                        struct gb_str by);

/* Flags of the run at a place. */
uint32_t gb_quantity_flags(const struct gb_quantity_scan *scan, size_t at);

/* The text of the sentence before a place, and behind it; not farther than matters. */
struct gb_str gb_quantity_before(const struct gb_quantity_scan *scan, size_t at);
struct gb_str gb_quantity_behind(const struct gb_quantity_scan *scan, size_t at);

/* Does the number name something: 表1, 第3, 型号5? */
bool gb_quantity_is_label(const struct gb_quantity_scan *scan, size_t at);

/* Is one of the words of a list, parted by blanks, in s; does one of its neighbours (-级 -型) stand at its start? */
bool gb_list_has(struct gb_str list, struct gb_str s);
bool gb_list_starts(struct gb_str list, struct gb_str s);

/* A document on a service, and not on a product or a method? Without a title it may be one. */
bool gb_quantity_in_service(const struct gb_check *check);

/* Does the draft say what its days are: 日指工作日? */
bool gb_quantity_defines_days(const struct gb_quantity_scan *scan);

/* Does the draft explain the letter, in a legend or a note: d——公称直径, d为公称直径? */
bool gb_quantity_is_symbol(const struct gb_quantity_scan *scan, char letter);

/* Counted for UNT-003: symbols with a gap before them, and without. */
void gb_quantity_count_gap(struct gb_quantity_scan *scan, bool has_gap);

/* The unit means what it says here: no 5A级, no 100米跑. */
bool gb_measure_counts(struct gb_quantity_scan *scan, const struct gb_quantity *q, const struct gb_amount *amount);

/* The unit as it is to be written: symbols for names, letters of the right case; empty where that cannot be said. */
struct gb_str gb_measure_right(const struct gb_quantity_scan *scan, const struct gb_measure_expression *unit);

/* The judges. Those of units say whether they have found a fault for which the form of the quantity need not be judged. */
/* A unit without a number: 单位为千瓦（kW）, the cell of a column of units. Behind it; `at` where none stands there. */
size_t gb_judge_bare_unit(struct gb_quantity_scan *scan, size_t at);
void gb_hit_unit_alone(struct gb_check *c, const struct gb_found *found);
bool gb_judge_units(struct gb_quantity_scan *scan, const struct gb_quantity *q);
void gb_judge_form(struct gb_quantity_scan *scan, const struct gb_quantity *q);
void gb_judge_number(struct gb_quantity_scan *scan, const struct gb_quantity *q);

#endif
