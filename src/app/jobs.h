/* Work on many items by several threads, whose results are handed over one by one and in order. */
#ifndef GB_APP_JOBS_H
#define GB_APP_JOBS_H

#include <stddef.h>

/* Items are 0 … n − 1. */
struct gb_jobs {
    size_t n;
    unsigned threads; /* at least 1; the calling thread is one of them */
    void *data;
    void (*work)(void *data, size_t i);   /* on several items at a time */
    void (*settle)(void *data, size_t i); /* on one at a time, in order, when its work is done; or NULL */
};

/*
 * Runs them all. No item is begun before the one gb_jobs_window places ahead of it is settled: results may wait in that many slots, that
 * of item i at i % gb_jobs_window(threads).
 */
void gb_jobs_run(const struct gb_jobs *jobs);
size_t gb_jobs_window(unsigned threads);

/* Threads for n items: as many as asked for with -j, or (0) as pay and there are processors. */
unsigned gb_jobs_threads(unsigned asked, size_t n);

#endif
