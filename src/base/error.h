/*
 * What went wrong in the surroundings: a file, a pack, a config, an option. Faults of the draft
 * itself are findings, never this.
 */
#ifndef GB_BASE_ERROR_H
#define GB_BASE_ERROR_H

#include <stdbool.h>

struct gb_error {
    char path[512];        /* the file concerned, or empty */
    unsigned line, column; /* from 1; 0 where none applies; columns count code points */
    char message[1024];    /* one sentence, subject in quotes */
};

/* Their language: Chinese, unless the program says otherwise before other threads run. */
extern bool gb_errors_are_english;
#define GB_ERROR_SAY(zh, en) (gb_errors_are_english ? (en) : (zh))

/* Fills *error (NULL is allowed: then nothing is kept). path may be NULL. */
void gb_error_set(struct gb_error *error, const char *path, unsigned line, unsigned column, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Prints "gblint: path:line:column: message" to standard error; nothing where the message is empty: then it was told before. */
void gb_error_print(const struct gb_error *error);

#endif
