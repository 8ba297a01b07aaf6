#include "app/files/temporary.h"

#include "app/files/path.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/*
 * Names that a signal handler may have to remove: it can reach nothing but static data. It may come at any time and in any
 * thread, so a name, once told, stays until the process ends.
 */
struct gb_temporary_name {
    struct gb_temporary_name *next;
    atomic_bool is_there;
    char path[];
};

static _Atomic(struct gb_temporary_name *) names;

static const int fatal_signals[] = {SIGINT, SIGTERM, SIGHUP};

static void
remove_all(int number)
{
    for (struct gb_temporary_name *n = atomic_load(&names); n; n = n->next) {
        if (atomic_load(&n->is_there))
            unlink(n->path);
    }
    /* The default action was set when the handler was entered: it ends the process when this returns. */
    raise(number);
}

/* A signal that whoever started us wants ignored (nohup) stays ignored. */
static void
watch_signals(void)
{
    for (size_t i = 0; i < GB_COUNT(fatal_signals); i++) {
        struct sigaction old, new = {.sa_handler = remove_all, .sa_flags = (int)SA_RESETHAND};
        if (sigaction(fatal_signals[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
            sigaction(fatal_signals[i], &new, NULL);
    }
}

void
gb_temporary_hold_signals(sigset_t *out_before)
{
    sigset_t set;

    sigemptyset(&set);
    for (size_t i = 0; i < GB_COUNT(fatal_signals); i++)
        sigaddset(&set, fatal_signals[i]);
    pthread_sigmask(SIG_BLOCK, &set, out_before);
}

/* Makes the file; no signal comes between its being there and its being known. */
static int
make(struct gb_temporary_name *name)
{
    sigset_t before;

    gb_temporary_hold_signals(&before);
    int fd = mkostemp(name->path, O_CLOEXEC), code = errno;
    atomic_store(&name->is_there, fd >= 0);
    name->next = atomic_load(&names);
    atomic_store(&names, name);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = code;
    return fd;
}

/* In the folder of the target, with a short name: that of a draft may be as long as names can be. */
static struct gb_temporary_name *
name_beside(const char *target)
{
    static const char pattern[] = ".gblint-XXXXXX";
    const char *slash = strrchr(target, '/');
    size_t n = slash ? (size_t)(slash - target) + 1 : 0;
    struct gb_temporary_name *name = gb_alloc(sizeof(*name) + n + sizeof(pattern));

    atomic_init(&name->is_there, false);
    memcpy(name->path, target, n);
    memcpy(name->path + n, pattern, sizeof(pattern));
    return name;
}

/* Another's file stays another's where the system lets us; the mode comes last, since chown takes bits away. */
static bool
set_owner_and_mode(int fd, const struct stat *old)
{
    struct stat st;

    if (!old) {
        mode_t mask = umask(0);
        umask(mask);
        return fchmod(fd, 0666 & ~mask) == 0;
    }
    if (fstat(fd, &st))
        return false;
    bool is_same = st.st_uid == old->st_uid && st.st_gid == old->st_gid;
    if (!is_same && fchown(fd, old->st_uid, old->st_gid))
        (void)!fchown(fd, (uid_t)-1, old->st_gid);
    return fchmod(fd, old->st_mode & 07777) == 0;
}

bool
gb_temporary_open(struct gb_temporary *temporary, char *target, const struct stat *old)
{
    *temporary = (struct gb_temporary){.target = target, .name = name_beside(target)};
    watch_signals();
    temporary->fd = make(temporary->name);
    if (temporary->fd >= 0 && set_owner_and_mode(temporary->fd, old))
        return true;
    int code = errno;
    gb_temporary_release(temporary);
    errno = code;
    return false;
}

bool
gb_write_all(int fd, struct gb_str bytes)
{
    while (bytes.len) {
        ssize_t n = write(fd, bytes.ptr, bytes.len);
        if (n < 0 && errno != EINTR)
            return false;
        bytes = gb_str_skip(bytes, n > 0 ? (size_t)n : 0);
    }
    return true;
}

bool
gb_temporary_close(struct gb_temporary *temporary, bool sync)
{
    int code = sync && fsync(temporary->fd) && errno != EINVAL ? errno : 0;

    if (close(temporary->fd) && !code)
        code = errno;
    temporary->fd = -1;
    errno = code;
    return code == 0;
}

bool
gb_temporary_commit(struct gb_temporary *temporary)
{
    if (rename(temporary->name->path, temporary->target))
        return false;
    atomic_store(&temporary->name->is_there, false);
    return true;
}

void
gb_temporary_release(struct gb_temporary *temporary)
{
    if (!temporary->target)
        return;
    if (temporary->fd >= 0)
        close(temporary->fd);
    if (atomic_load(&temporary->name->is_there))
        unlink(temporary->name->path);
    atomic_store(&temporary->name->is_there, false);
    free(temporary->target);
    *temporary = (struct gb_temporary){.fd = -1};
}

char *
gb_temporary_target(const char *path)
{
    enum { MAX_LINKS = 40 };
    char *real = realpath(path, NULL);
    struct gb_arena arena = GB_ARENA_ZERO;
    const char *at = path;

    for (int i = 0; !real && i < MAX_LINKS; i++) {
        char link[4096];
        ssize_t n = readlink(at, link, sizeof(link) - 1);
        if (n < 0) {
            const char *place = gb_path_place(&arena, at);
            real = place ? strdup(place) : NULL;
            break;
        }
        link[n] = '\0';
        at = gb_path_join(&arena, gb_path_folder(&arena, at).ptr, link);
    }
    gb_arena_release(&arena);
    return real;
}
