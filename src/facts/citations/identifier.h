/*
 * Identifiers of documents in the text of a draft, with their publishers. Rule catalogue, 4.4; GB/T 1.1—2020, 8.1.
 *
 * The shape is read by doc/identifier.h; here the code is looked up in the lists codes-… of rules/words/prefixes.yaml, so
 * that grades, models and committees (HRB400, SAE 30, SAC/TC 264) are none.
 */
#ifndef GB_FACTS_CITATIONS_IDENTIFIER_H
#define GB_FACTS_CITATIONS_IDENTIFIER_H

#include "doc/identifier.h"
#include "doc/node.h"
#include "facts/lexicon.h"

/* Publishers, and the list that holds their codes. In the order of lists of references (GB/T 1.1—2020, 8.6.3.2). */
#define GB_PUBLISHERS(X)                                                                                               \
    X(NATIONAL, "national", "codes-national")                                                                          \
    X(MILITARY, "military", "codes-military")                                                                          \
    X(SECTOR, "sector", "codes-sector")                                                                                \
    X(METROLOGY, "metrology", "codes-metrology")                                                                       \
    X(LOCAL, "local", "codes-local")  /* DB with a region: codes-region */                                             \
    X(GROUP, "group", "codes-group")  /* T/… */                                                                      \
    X(ENTERPRISE, "enterprise", NULL) /* Q/… */                                                                      \
    X(ISO, "iso", "codes-iso")                                                                                         \
    X(ISO_IEC, "iso-iec", "codes-iso-iec")                                                                             \
    X(IEC, "iec", "codes-iec")                                                                                         \
    X(ITU, "itu", "codes-itu")                                                                                         \
    X(FOREIGN, "foreign", "codes-foreign")                                                                             \
    X(OTHER, "other", NULL) /* of no list; taken for a document with /T or /Z and a year */

enum gb_publisher {
#define X(id, name, list) GB_PUBLISHER_##id,
    GB_PUBLISHERS(X)
#undef X
        GB_PUBLISHER_COUNT
};

enum gb_identifier_flag {
    GB_IDENTIFIER_MEMBER = 1 << 0, /* of a range: the place is that of the range */
    GB_IDENTIFIER_BARE = 1 << 1,   /* the number alone is written, the code stands before: GB/T 2423.1、2423.2 */
    GB_IDENTIFIER_SECOND = 1 << 2, /* of the same document: GB/T 19001—2016/ISO 9001:2015 */
    GB_IDENTIFIER_QUOTED = 1 << 3, /* inside “…” */
    GB_IDENTIFIER_JOINED = 1 << 4, /* by 、 or 和 to the one before it in the array */
};

struct gb_identifier {
    const struct gb_node *node;    /* NULL: parsed on its own */
    const struct gb_text *text;    /* the node's text or title, or that of one of its cells */
    struct gb_identifier_shape at; /* bytes of the text */
    uint32_t cell;                 /* of a table: which; else GB_NO_CELL */
    enum gb_publisher publisher : 8;
    uint8_t flags;
    struct gb_str code;   /* GB/T, DB32/T, T/CAS, ISO/IEC TR */
    struct gb_str base;   /* the code without /T or /Z: two documents never differ by that alone */
    struct gb_str serial; /* 1.1, 60027-1, D638; empty for ××××× */
    struct gb_str year;   /* 2020, 98; empty: undated, or ×××× */
};

enum { GB_NO_CELL = UINT32_MAX };

/* A body outside China. */
static inline bool
gb_publisher_is_foreign(enum gb_publisher publisher)
{
    return publisher >= GB_PUBLISHER_ISO && publisher <= GB_PUBLISHER_FOREIGN;
}

/*
 * The identifier at the beginning of a text (blanks, [1], 《 before it are passed over): a cover's number, an entry of a
 * list. True for any code of the right shape; unknown ones are of OTHER. Strings live in the arena or in the text.
 */
bool gb_identifier_parse(struct gb_arena *arena, const struct gb_lexicon *lexicon, const struct gb_text *text,
                         struct gb_identifier *out);

/* "GB/T 1.1—2020", "ISO 9001:2015": as it should be written. */
struct gb_str gb_identifier_text(struct gb_arena *arena, const struct gb_identifier *identifier);

/* Order by code without its nature, then serial number with its parts as integers; 0: one document, whatever its year. */
int gb_identifier_cmp(const struct gb_identifier *a, const struct gb_identifier *b);
int gb_serial_cmp(struct gb_str a, struct gb_str b);

/* One is a part of the other, or both are parts of the same: GB/T 24421.1 and GB/T 24421. */
bool gb_identifier_is_kin(const struct gb_identifier *a, const struct gb_identifier *b);

/* Code and serial agree, but one is mandatory and one is not: GB 19001 and GB/T 19001. */
static inline bool
gb_identifier_differs_in_nature(const struct gb_identifier *a, const struct gb_identifier *b)
{
    return gb_identifier_cmp(a, b) == 0 && !gb_str_eq(a->code, b->code);
}

/* The serial without its part: 24421 of 24421.1, 60027 of 60027-1. */
struct gb_str gb_serial_head(struct gb_str serial);

#endif
