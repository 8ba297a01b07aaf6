/*
 * Where a run writes: standard output, or a file that is replaced in one step when the run is done. Devices, FIFOs
 * and sockets are written directly. After the first error nothing more is written.
 */
#ifndef GB_APP_FILES_OUTPUT_H
#define GB_APP_FILES_OUTPUT_H

#include "app/files/temporary.h"
#include "base/error.h"
#include "base/out.h"

struct gb_progress;

struct gb_output {
    struct gb_out out;             /* what emitters write to */
    const char *path;              /* as given; NULL: standard output */
    struct gb_temporary temporary; /* written beside a regular file */
    int fd;
    int failed;                   /* errno of the first error; 0: none */
    struct gb_progress *progress; /* shown where this is written to; NULL: nothing is */
};

/* False and *error when it cannot be opened. */
bool gb_output_open(struct gb_output *output, const char *path, bool english, struct gb_error *error);

/*
 * Writes what is left and puts the file in its place. False and *error when anything could not be written: then the
 * old file stays as it was. A closed pipe behind standard output is an error with an empty message.
 */
bool gb_output_close(struct gb_output *output, bool english, struct gb_error *error);

/* Gives up what was opened; the old file stays. */
void gb_output_discard(struct gb_output *output);

#endif
