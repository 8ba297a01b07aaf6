#include "app/jobs.h"

#include "base/arena.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Threads pay from this many drafts on; a thread may be this many drafts ahead of the one that settles. */
enum { DRAFTS_PER_THREAD = 10, AHEAD = 4 };

struct run {
    const struct gb_jobs *jobs;
    size_t window;
    pthread_mutex_t lock; /* guards all below, and the settling */
    pthread_cond_t settling;
    size_t started, settled;
    bool *is_done; /* by slot */
};

size_t
gb_jobs_window(unsigned threads)
{
    return (size_t)threads * AHEAD;
}

unsigned
gb_jobs_threads(unsigned asked, size_t n)
{
    size_t threads = asked ? asked : n / DRAFTS_PER_THREAD;

    if (!asked && threads > 1) {
        long cores = sysconf(_SC_NPROCESSORS_ONLN);
        threads = cores > 0 && threads > (size_t)cores ? (size_t)cores : threads;
    }
    if (threads > n)
        threads = n;
    return threads ? (unsigned)threads : 1;
}

/* All items whose turn has come. Called with the lock held. */
static void
settle_done(struct run *run)
{
    bool *is_done;

    while (*(is_done = &run->is_done[run->settled % run->window])) {
        if (run->jobs->settle)
            run->jobs->settle(run->jobs->data, run->settled);
        *is_done = false;
        run->settled++;
    }
    pthread_cond_broadcast(&run->settling);
}

static void *
work(void *data)
{
    struct run *run = data;

    pthread_mutex_lock(&run->lock);
    while (run->started < run->jobs->n) {
        if (run->started >= run->settled + run->window) {
            pthread_cond_wait(&run->settling, &run->lock);
            continue;
        }
        size_t i = run->started++;
        pthread_mutex_unlock(&run->lock);
        run->jobs->work(run->jobs->data, i);
        pthread_mutex_lock(&run->lock);
        run->is_done[i % run->window] = true;
        settle_done(run);
    }
    pthread_mutex_unlock(&run->lock);
    return NULL;
}

void
gb_jobs_run(const struct gb_jobs *jobs)
{
    /* What nobody settles takes no slot: no item waits for another. */
    struct run run = {.jobs = jobs, .window = jobs->settle ? gb_jobs_window(jobs->threads) : jobs->n + 1};
    pthread_t *threads = gb_alloc(sizeof(*threads) * jobs->threads);
    unsigned started = 0;

    run.is_done = gb_alloc_zeroed(sizeof(*run.is_done) * run.window);
    pthread_mutex_init(&run.lock, NULL);
    pthread_cond_init(&run.settling, NULL);
    while (started + 1 < jobs->threads && pthread_create(&threads[started], NULL, work, &run) == 0)
        started++;
    work(&run);
    while (started)
        pthread_join(threads[--started], NULL);
    pthread_cond_destroy(&run.settling);
    pthread_mutex_destroy(&run.lock);
    free(run.is_done);
    free(threads);
}
