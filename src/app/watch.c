#include "app/watch.h"

#include "app/app.h"
#include "app/files/chart_file.h"
#include "app/files/input.h"
#include "app/files/path.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    QUIET = 100,   /* milliseconds without a change before linting: a save is several of them */
    PATIENCE = 10, /* so often at most, for files that are written without pause */
    MOST_FOLDERS = 5000,
    EVENTS = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE,
};

struct gb_watched {
    pthread_mutex_t lock;
    struct gb_arena arena;
    GB_ARRAY(const char *) files; /* real paths, of those that are there, else as they would be */
};

/* A folder that is watched. */
struct folder {
    int wd;
    const char *real;
    bool is_walked; /* drafts that come to be in it belong to the run */
};

struct watcher {
    const struct gb_options *options;
    struct gb_watched *watched;
    struct gb_arena arena;
    GB_ARRAY(struct folder) folders;
    int inotify, signals;
    bool is_new; /* folders were added since the last run began */
};

void
gb_watched_add(struct gb_watched *watched, const char *path)
{
    if (!watched || !path)
        return;
    pthread_mutex_lock(&watched->lock);
    const char *real = gb_path_place(&watched->arena, path);
    GB_FIND(known, watched->files.items, real ? watched->files.len : 0, strcmp(*known, real) == 0);
    if (real && !known)
        *gb_push(&watched->files) = real;
    pthread_mutex_unlock(&watched->lock);
}

/* ---- Folders ---- */

static void
watch_folder(struct watcher *w, const char *real, bool is_walked)
{
    GB_EACH_IN_PLACE(folder, &w->folders) {
        if (strcmp(folder->real, real) == 0) {
            folder->is_walked |= is_walked;
            return;
        }
    }
    int wd = w->folders.len < MOST_FOLDERS ? inotify_add_watch(w->inotify, real, EVENTS | IN_ONLYDIR) : -1;
    if (wd < 0)
        return;
    *gb_push(&w->folders) = (struct folder){wd, gb_arena_copy(&w->arena, gb_str_from(real)).ptr, is_walked};
    w->is_new = true;
}

/* A folder named on the command line, and all below it. */
static void
watch_tree(struct watcher *w, const char *real)
{
    DIR *dir = opendir(real);
    struct stat st;

    watch_folder(w, real, true);
    for (const struct dirent *entry; dir && (entry = readdir(dir));) {
        const char *path = entry->d_name[0] == '.' ? NULL : gb_path_join(&w->arena, real, entry->d_name);
        if (path && lstat(path, &st) == 0 && S_ISDIR(st.st_mode) && w->folders.len < MOST_FOLDERS)
            watch_tree(w, path);
    }
    if (dir)
        closedir(dir);
}

static void
watch_operands(struct watcher *w)
{
    const struct gb_options *o = w->options;

    GB_EACH_IN(operand, &o->operands) {
        const char *real = gb_path_is_directory(*operand) ? gb_path_real(&w->arena, *operand) : NULL;
        if (real)
            watch_tree(w, real);
    }
    if (!o->operands.len && !o->manifest)
        watch_tree(w, gb_path_real(&w->arena, "."));
}

static void
watch_files(struct watcher *w)
{
    GB_EACH_IN(file, &w->watched->files)
        watch_folder(w, gb_path_folder(&w->arena, *file).ptr, false);
}

/* ---- Changes ---- */

static const struct folder *
folder_of(const struct watcher *w, int wd)
{
    GB_FIND(found, w->folders.items, w->folders.len, found->wd == wd);
    return found;
}

static bool
is_watched(const struct watcher *w, const struct folder *folder, const char *name)
{
    size_t n = strlen(folder->real);

    for (size_t i = 0; i < w->watched->files.len; i++) {
        const char *file = w->watched->files.items[i];
        if (strncmp(file, folder->real, n) == 0 && strcmp(file + n + (folder->real[n - 1] != '/'), name) == 0)
            return true;
    }
    return false;
}

static bool
matters(const struct watcher *w, const struct inotify_event *event)
{
    const struct folder *folder = folder_of(w, event->wd);

    if (event->mask & IN_Q_OVERFLOW)
        return true;
    if (!folder || !event->len)
        return false;
    if (is_watched(w, folder, event->name) || strcmp(event->name, ".gblint.yaml") == 0 ||
        strcmp(event->name, ".gblint-baseline.json") == 0)
        return true;
    if (event->name[0] == '.')
        return false;
    bool is_folder = event->mask & IN_ISDIR;
    return gb_may_hold_chart(gb_str_from(event->name)) ||
           (folder->is_walked && (is_folder || gb_is_draft_name(event->name)));
}

/* The folder is gone: one of that name may come again. */
static void
forget(struct watcher *w, int wd)
{
    GB_EACH_IN_PLACE(folder, &w->folders) {
        if (folder->wd == wd) {
            *folder = w->folders.items[--w->folders.len];
            return;
        }
    }
}

/* Takes in what has happened; true when something of it matters. */
static bool
read_events(struct watcher *w)
{
    _Alignas(struct inotify_event) char buffer[16 * 1024];
    bool found = false;
    ssize_t n;

    while ((n = read(w->inotify, buffer, sizeof(buffer))) > 0) {
        for (ssize_t at = 0; at < n;) {
            const struct inotify_event *event = (const struct inotify_event *)(const void *)(buffer + at);
            found |= matters(w, event);
            if (event->mask & IN_IGNORED)
                forget(w, event->wd);
            at += (ssize_t)(sizeof(*event) + event->len);
        }
    }
    return found;
}

/* Until something that matters has happened and the files have been left alone for a while; false when a signal came. */
static bool
wait_for_change(struct watcher *w)
{
    struct pollfd fds[] = {{.fd = w->inotify, .events = POLLIN}, {.fd = w->signals, .events = POLLIN}};
    bool found = false;

    for (int rounds = 0; rounds < PATIENCE;) {
        int n = poll(fds, 2, found ? QUIET : -1);
        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0 && fds[1].revents)
            return false;
        if (n == 0)
            return true;
        found |= n > 0 && read_events(w);
        rounds += found;
    }
    return true;
}

/* Has a file changed since the run began, before its folder was watched? Clocks of files are coarse. */
static bool
has_changed(const struct watcher *w, struct timespec start)
{
    enum { COARSE = 10000000 };
    struct stat st;

    for (size_t i = 0; w->is_new && i < w->watched->files.len; i++) {
        if (stat(w->watched->files.items[i], &st))
            continue;
        long long late =
            (long long)(st.st_mtim.tv_sec - start.tv_sec) * 1000000000 + (st.st_mtim.tv_nsec - start.tv_nsec);
        if (late > -COARSE)
            return true;
    }
    return false;
}

/* ---- The loop ---- */

static void
tell(const struct watcher *w)
{
    if (!w->options->quiet)
        fprintf(stderr,
                GB_SAY(w->options->english, "gblint: 等待 %zu 个文件的改动，Ctrl-C 结束\n",
                       "gblint: waiting for changes of %zu files, Ctrl-C ends it\n"),
                w->watched->files.len);
}

static void
clear_screen(void)
{
    if (isatty(STDOUT_FILENO)) {
        fputs("\x1B[H\x1B[2J\x1B[3J", stdout);
        fflush(stdout);
    }
}

static void
begin_run(struct watcher *w)
{
    gb_array_release(&w->watched->files);
    gb_arena_release(&w->watched->arena);
    w->is_new = false;
}

/* Runs and waits; the signals are held back only while it waits. */
static int
loop(struct watcher *w, const sigset_t *signals,
     int (*lint)(const struct gb_options *options, struct gb_watched *watched))
{
    int status;

    for (;;) {
        struct timespec start;
        clock_gettime(CLOCK_REALTIME, &start);
        begin_run(w);
        watch_operands(w);
        status = lint(w->options, w->watched);
        pthread_sigmask(SIG_BLOCK, signals, NULL);
        watch_files(w);
        bool again = has_changed(w, start);
        if (!again) {
            tell(w);
            again = wait_for_change(w);
        }
        if (!again)
            return status;
        pthread_sigmask(SIG_UNBLOCK, signals, NULL);
        clear_screen();
    }
}

int
gb_watch(const struct gb_options *options, int (*lint)(const struct gb_options *options, struct gb_watched *watched))
{
    struct gb_watched watched = {.lock = PTHREAD_MUTEX_INITIALIZER};
    struct watcher w = {.options = options, .watched = &watched};
    sigset_t signals;

    if (options->staged || options->joins_facts)
        return gb_refuse(options->english, "--watch 不能与 --staged、--facts 同用",
                         "--watch goes with neither --staged nor --facts");
    GB_EACH_IN(operand, &options->operands) {
        if (strcmp(*operand, "-") == 0)
            return gb_refuse(options->english, "--watch 不能用于标准输入", "--watch does not go with standard input");
    }
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    w.inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    w.signals = signalfd(-1, &signals, SFD_CLOEXEC);
    int status = GB_STATUS_FAILED;
    if (w.inotify < 0 || w.signals < 0) {
        struct gb_error error;
        gb_error_set(&error, NULL, 0, 0, GB_SAY(options->english, "不能监视文件：%s", "cannot watch files: %s"),
                     strerror(errno));
        gb_error_print(&error);
    } else {
        status = loop(&w, &signals, lint);
    }
    if (w.inotify >= 0)
        close(w.inotify);
    if (w.signals >= 0)
        close(w.signals);
    GB_RELEASE(&w.folders, &watched.files);
    gb_arena_release(&watched.arena);
    gb_arena_release(&w.arena);
    return status;
}
