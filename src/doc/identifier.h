/*
 * The shape of document identifiers: GB/T 1.1—2020, DB 32/T 2796-2015, T/CAMET 04010.3—2018, ISO/IEC 2382-1:1993.
 *
 * Shape only, and tolerant of what conversion does to them: full-width forms, blanks and line ends inside, any dash
 * before the year, two-digit years, letters read for digits. Whether a code is one of a publisher, and whether the
 * words around make it a citation, is told by facts/citations/identifier.h. Rule catalogue, 4.4.
 */
#ifndef GB_DOC_IDENTIFIER_H
#define GB_DOC_IDENTIFIER_H

#include "base/buf.h"

/* Bytes [begin, end) of a text; empty where there is no such part. */
struct gb_extent {
    uint32_t begin, end;
};

enum gb_shape_flag {
    GB_SHAPE_FOREIGN = 1 << 0,    /* of a foreign publisher: hyphens belong to the serial */
    GB_SHAPE_NO_SERIAL = 1 << 1,  /* ××××× or XXXXX stands for the serial */
    GB_SHAPE_NO_YEAR = 1 << 2,    /* ×××× stands for the year */
    GB_SHAPE_MISREAD = 1 << 3,    /* O, l or I stands for a digit */
    GB_SHAPE_ONE_LETTER = 1 << 4, /* T/…, Q/… */
    GB_SHAPE_LETTERS = 1 << 5,    /* the serial begins with letters: ASTM D638 */
};

struct gb_identifier_shape {
    struct gb_extent code, serial, separator, year; /* the separator with the blanks around it */
    struct gb_extent all_parts;                     /* （所有部分） behind it */
    uint32_t begin, end;                            /* code, serial and year */
    uint32_t flags;
};

static inline bool
gb_extent_is_empty(struct gb_extent extent)
{
    return extent.begin == extent.end;
}

static inline struct gb_str
gb_extent_str(struct gb_str s, struct gb_extent extent)
{
    return gb_str_sub(s, extent.begin, extent.end);
}

/* The identifier that begins exactly at `at`. */
bool gb_identifier_at(struct gb_str s, size_t at, struct gb_identifier_shape *out);

/* The first one that begins at or behind `from` and stands for itself: no letter, digit or slash before it. */
bool gb_identifier_next(struct gb_str s, size_t from, struct gb_identifier_shape *out);

/* The same without code: serial and year at `at`, as in GB/T 24421.1～24421.4—2009. */
bool gb_identifier_number_at(struct gb_str s, size_t at, struct gb_identifier_shape *out);

/*
 * The parts in normal form, appended to out: capitals and digits in half width, no blanks, GB/T for GBT and GB-T,
 * TR and the like behind one blank (ISO/IEC TR).
 */
void gb_identifier_put_code(struct gb_str s, const struct gb_identifier_shape *shape, struct gb_buf *out);
void gb_identifier_put_digits(struct gb_str s, struct gb_extent part, struct gb_buf *out);

#endif
