/*
 * --watch: lint, wait until one of the files that mattered is saved, lint again. Folders are watched, not files: most editors save by
 * putting a new file in the place of the old one.
 */
#ifndef GB_APP_WATCH_H
#define GB_APP_WATCH_H

#include "app/options.h"

/* Files that a run has read or looked for. */
struct gb_watched;

/* Takes the file down; threads may do so at the same time. `watched` may be NULL. */
void gb_watched_add(struct gb_watched *watched, const char *path);

/*
 * Runs `lint` at once and after each change, until SIGINT, SIGTERM or SIGHUP ends it. Gives the status of the last run that came to its
 * end; one that is interrupted ends the program by the signal.
 */
int gb_watch(const struct gb_options *options,
             int (*lint)(const struct gb_options *options, struct gb_watched *watched));

#endif
