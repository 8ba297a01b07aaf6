/*
 * How far a run is, on a terminal behind standard error: drawn when it has lasted a second, erased at its end. Whoever writes to the
 * terminal meanwhile pauses it. All functions take NULL, and then do nothing.
 */
#ifndef GB_APP_PROGRESS_H
#define GB_APP_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

struct gb_progress;

/* NULL unless standard error is a terminal that can erase a line. `all`: drafts of the run. */
struct gb_progress *gb_progress_start(size_t all, bool english);
/* Erases what is shown and frees the struct. */
void gb_progress_stop(struct gb_progress *progress);

/* One draft more is done. */
void gb_progress_step(struct gb_progress *progress);

/* Nothing is shown between the two. */
void gb_progress_pause(struct gb_progress *progress);
void gb_progress_resume(struct gb_progress *progress);

#endif
