/*
 * CSV as RFC 4180 has it: comma, fields in double quotes may hold commas, line ends and doubled quotes. A quote inside a
 * field without quotes is a character. Lines end in LF, CRLF or CR; empty ones are skipped.
 */
#ifndef GB_BASE_CSV_H
#define GB_BASE_CSV_H

#include "base/arena.h"
#include "base/error.h"

/* Set `rest` to the text (without byte order mark), `path` for errors, `line` to 1, and begin. */
struct gb_csv {
    struct gb_str rest;
    const char *path;
    unsigned line;          /* where `rest` begins */
    struct gb_arena *arena; /* borrowed; holds fields with doubled quotes, the others lie in the text */
};

enum gb_csv_result { GB_CSV_ROW, GB_CSV_END, GB_CSV_FAULT };

/*
 * The next row: up to `max` fields; more, or a fault in the quotes, is FAULT and fills *error. *out_line is where the row
 * begins.
 */
enum gb_csv_result gb_csv_next(struct gb_csv *csv, struct gb_str *fields, size_t max, size_t *out_n, unsigned *out_line,
                               struct gb_error *error);

#endif
