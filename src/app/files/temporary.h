/*
 * A file that is written beside the one it will replace, in the same folder: .gblint-XXXXXX, and put in its place in one
 * step. SIGINT, SIGTERM and SIGHUP remove what is not in its place yet; only a process killed outright leaves it behind.
 */
#ifndef GB_APP_FILES_TEMPORARY_H
#define GB_APP_FILES_TEMPORARY_H

#include "base/str.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/stat.h>

struct gb_temporary {
    char *target; /* real path; NULL: nothing is open */
    struct gb_temporary_name *name;
    int fd; /* -1: closed */
};

/* The file that a path leads to through links, whether it exists or not; allocated. NULL when its folder does not exist. */
char *gb_temporary_target(const char *path);

/*
 * Opens the file beside the target, which is taken over, with the owner and mode of the file it will replace (`old`,
 * NULL: none). False with errno set, and nothing to be released.
 */
bool gb_temporary_open(struct gb_temporary *temporary, char *target, const struct stat *old);

/* Both false with errno set. Closing tells what a write could not; with `sync` the bytes are on the disk afterwards. */
bool gb_temporary_close(struct gb_temporary *temporary, bool sync);
bool gb_temporary_commit(struct gb_temporary *temporary);

/* Writes all of the bytes to any descriptor; false with errno set. */
bool gb_write_all(int fd, struct gb_str bytes);

/* Until pthread_sigmask sets the mask of before, those signals wait. */
void gb_temporary_hold_signals(sigset_t *out_before);

/* Removes what is not in its place. */
void gb_temporary_release(struct gb_temporary *temporary);

#endif
