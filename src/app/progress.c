#include "app/progress.h"

#include "app/files/temporary.h"
#include "app/options.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* Milliseconds before the first drawing, and between two. */
enum { FIRST = 1000, NEXT = 200 };

struct gb_progress {
    pthread_t thread;
    pthread_mutex_t lock; /* guards all below, and the line on the terminal */
    pthread_cond_t ended;
    size_t all, done, shown; /* shown: number of done in the line */
    bool english, is_shown, is_ended;
};

/* Bytes that may be lost: nobody needs them. */
static void
put(const char *text)
{
    (void)gb_write_all(STDERR_FILENO, gb_str_from(text));
}

static void
erase(struct gb_progress *p)
{
    if (p->is_shown)
        put("\r\x1B[K");
    p->is_shown = false;
}

static void
draw(struct gb_progress *p)
{
    char text[96];

    if (p->is_shown && p->shown == p->done)
        return;
    snprintf(text, sizeof(text),
             GB_SAY(p->english, "\rgblint: 已检查 %zu/%zu 个文件\x1B[K", "\rgblint: %zu of %zu drafts\x1B[K"), p->done,
             p->all);
    put(text);
    p->is_shown = true;
    p->shown = p->done;
}

static struct timespec
after(struct timespec time, long milliseconds)
{
    time.tv_sec += milliseconds / 1000;
    time.tv_nsec += milliseconds % 1000 * 1000000;
    if (time.tv_nsec >= 1000000000) {
        time.tv_sec++;
        time.tv_nsec -= 1000000000;
    }
    return time;
}

static void *
show(void *data)
{
    struct gb_progress *p = data;
    struct timespec next;

    pthread_mutex_lock(&p->lock);
    clock_gettime(CLOCK_MONOTONIC, &next);
    next = after(next, FIRST);
    while (!p->is_ended) {
        if (pthread_cond_timedwait(&p->ended, &p->lock, &next) == 0)
            continue;
        draw(p);
        next = after(next, NEXT);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

struct gb_progress *
gb_progress_start(size_t all, bool english)
{
    const char *term = getenv("TERM");
    pthread_condattr_t clock;

    if (!isatty(STDERR_FILENO) || !term || strcmp(term, "dumb") == 0)
        return NULL;
    struct gb_progress *p = gb_alloc(sizeof(*p));
    *p = (struct gb_progress){.all = all, .english = english};
    pthread_mutex_init(&p->lock, NULL);
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_cond_init(&p->ended, &clock);
    pthread_condattr_destroy(&clock);
    if (pthread_create(&p->thread, NULL, show, p) == 0)
        return p;
    pthread_cond_destroy(&p->ended);
    pthread_mutex_destroy(&p->lock);
    free(p);
    return NULL;
}

void
gb_progress_stop(struct gb_progress *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->is_ended = true;
    pthread_cond_signal(&p->ended);
    pthread_mutex_unlock(&p->lock);
    pthread_join(p->thread, NULL);
    erase(p);
    pthread_cond_destroy(&p->ended);
    pthread_mutex_destroy(&p->lock);
    free(p);
}

void
gb_progress_step(struct gb_progress *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->done++;
    pthread_mutex_unlock(&p->lock);
}

void
gb_progress_pause(struct gb_progress *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    erase(p);
}

void
gb_progress_resume(struct gb_progress *p)
{
    if (p)
        pthread_mutex_unlock(&p->lock);
}
