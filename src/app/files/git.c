#include "app/files/git.h"

#include "app/options.h"
#include "app/files/path.h"
#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* Said to every git: nothing of the repository's is run, nothing is asked, fetched or locked; messages are those looked for below. */
static const char *const settings[] = {
    "LC_ALL=C",
    "GIT_OPTIONAL_LOCKS=0",
    "GIT_TERMINAL_PROMPT=0",
    "GIT_NO_LAZY_FETCH=1",
    "GIT_ALLOW_PROTOCOL=none",
    "GIT_LITERAL_PATHSPECS=1",
    "GIT_PAGER=cat",
};
static const char *const common[] = {"git", "--no-pager", "-c", "core.fsmonitor=false"};
/* What differs between a commit and the index, each row and name ended by a NUL. */
#define DIFF_INDEX "diff-index", "--cached", "--raw", "-z", "--ignore-submodules=all", "--no-ext-diff", "--no-textconv"

/* `git cat-file --batch`: names in, contents out. */
struct batch {
    pid_t pid;
    FILE *in, *out; /* to it, from it */
};

struct rename {
    const char *old, *now; /* seen from the top of the work tree */
};

struct gb_git {
    struct gb_arena arena;
    bool english;
    const char *top, *here; /* real paths: of the work tree, of the current folder */
    char **environment;
    pthread_mutex_t lock; /* guards all below */
    struct batch batch;
    const char *renames_of; /* commit whose renames are known; NULL: none */
    GB_ARRAY(struct rename) renames;
};

/* ---- Running ---- */

extern char **environ;

static bool
is_set(const char *variable)
{
    const char *equals = strchr(variable, '=');
    size_t n = (size_t)(equals - variable) + 1;

    GB_FIND(setting, settings, GB_COUNT(settings), equals && strncmp(*setting, variable, n) == 0);
    return setting != NULL;
}

static char **
make_environment(struct gb_arena *arena)
{
    size_t n = 0, kept = 0;

    while (environ[n])
        n++;
    char **list = gb_arena_new_array(arena, char *, n + GB_COUNT(settings) + 1);
    for (size_t i = 0; i < n; i++) {
        if (strchr(environ[i], '=') && !is_set(environ[i]))
            list[kept++] = environ[i];
    }
    for (size_t i = 0; i < GB_COUNT(settings); i++)
        list[kept++] = (char *)(uintptr_t)settings[i];
    return list;
}

static bool
fail(const struct gb_git *git, struct gb_error *error, const char *zh, const char *en, const char *detail)
{
    gb_error_set(error, NULL, 0, 0, "%s%s", GB_SAY(git->english, zh, en), detail);
    return false;
}

/* Starts git with pipes where the pairs are open: in[0] is its standard input, out[1] its output, err[1] its messages. */
static int
spawn(const struct gb_git *git, const char *const *args, const int in[2], const int out[2], const int err[2],
      pid_t *pid)
{
    GB_ARRAY(char *) all = {0};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t defaults;

    for (size_t i = 0; i < GB_COUNT(common); i++)
        *gb_push(&all) = (char *)(uintptr_t)common[i];
    while (*args)
        *gb_push(&all) = (char *)(uintptr_t)*args++;
    *gb_push(&all) = NULL;
    posix_spawn_file_actions_init(&actions);
    if (in)
        posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    else
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    if (err)
        posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO);
    posix_spawnattr_init(&attributes);
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    int code = posix_spawnp(pid, "git", &actions, &attributes, all.items, git->environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    gb_array_release(&all);
    return code;
}

/* Reads both pipes to their ends. */
static void
drain(int out, int err, struct gb_buf *output, struct gb_buf *messages)
{
    struct pollfd fds[] = {{.fd = out, .events = POLLIN}, {.fd = err, .events = POLLIN}};
    struct gb_buf *bufs[] = {output, messages};

    while (fds[0].fd >= 0 || fds[1].fd >= 0) {
        if (poll(fds, 2, -1) < 0 && errno != EINTR)
            return;
        for (int i = 0; i < 2; i++) {
            if (fds[i].fd < 0 || !fds[i].revents)
                continue;
            gb_buf_reserve(bufs[i], 64 * 1024);
            ssize_t n = read(fds[i].fd, bufs[i]->ptr + bufs[i]->len, 64 * 1024);
            if (n > 0)
                bufs[i]->len += (size_t)n;
            else if (n == 0 || errno != EINTR)
                fds[i].fd = -1;
        }
    }
}

static int
wait_for(pid_t pid)
{
    int status = 0;

    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static bool
tell_start(const struct gb_git *git, int code, struct gb_error *error)
{
    if (code == ENOENT)
        return fail(git, error, "没有安装 git", "git is not installed", "");
    return fail(git, error, "不能运行 git：", "cannot run git: ", strerror(code));
}

/* The first line of what git said, without "fatal: ". */
static void
tell_messages(const struct gb_git *git, struct gb_str messages, struct gb_error *error)
{
    struct gb_str line = {0};

    if (gb_str_has(messages, GB_STR("not a git repository"))) {
        fail(git, error, "当前目录不在 git 仓库中", "the current folder is in no git repository", "");
        return;
    }
    gb_str_next_line(&messages, &line);
    if (gb_str_starts(line, GB_STR("fatal: ")))
        line = gb_str_skip(line, strlen("fatal: "));
    gb_error_set(error, NULL, 0, 0, "git: %.*s", GB_FMT(line));
}

/* Starts git with the pipes that are asked for, those of its side closed here. False and *error when it cannot be run. */
static bool
start(const struct gb_git *git, const char *const *args, int in[2], int out[2], int err[2], pid_t *pid,
      struct gb_error *error)
{
    int *const pairs[] = {in, out, err};
    int code = 0;

    for (size_t i = 0; i < GB_COUNT(pairs); i++) {
        if (pairs[i])
            pairs[i][0] = pairs[i][1] = -1;
        if (pairs[i] && !code && pipe2(pairs[i], O_CLOEXEC))
            code = errno;
    }
    if (!code)
        code = spawn(git, args, in, out, err, pid);
    for (size_t i = 0; i < GB_COUNT(pairs); i++) {
        for (int end = 0; pairs[i] && end < 2; end++) {
            bool is_ours = end == (i == 0);
            if (pairs[i][end] >= 0 && (code || !is_ours))
                close(pairs[i][end]);
        }
    }
    return !code || tell_start(git, code, error);
}

/* Runs git to its end. False and *error when it could not be run; with `must` also when it failed. */
static bool
run(struct gb_git *git, const char *const *args, bool must, struct gb_arena *arena, struct gb_str *output, int *status,
    struct gb_error *error)
{
    int out[2], err[2];
    struct gb_buf text = {0}, messages = {0};
    pid_t pid;

    if (!start(git, args, NULL, out, err, &pid, error))
        return false;
    drain(out[0], err[0], &text, &messages);
    close(out[0]);
    close(err[0]);
    *status = wait_for(pid);
    *output = gb_buf_take(&text, arena);
    if (*status && must)
        tell_messages(git, gb_buf_str(&messages), error);
    gb_buf_release(&messages);
    return *status == 0 || !must;
}

/* What git printed, without the last line end. */
static bool
ask(struct gb_git *git, const char *const *args, struct gb_arena *arena, const char **out, struct gb_error *error)
{
    struct gb_str output;
    int status;

    if (!run(git, args, true, arena, &output, &status, error))
        return false;
    if (gb_str_ends(output, GB_STR("\n")))
        output.len--;
    *out = gb_arena_copy(arena, output).ptr;
    return true;
}

/* ---- The repository ---- */

static bool
start_batch(struct gb_git *git, struct gb_error *error)
{
    static const char *const args[] = {"cat-file", "--batch", NULL};
    int in[2], out[2];

    if (!start(git, args, in, out, NULL, &git->batch.pid, error))
        return false;
    git->batch.in = fdopen(in[1], "w");
    git->batch.out = fdopen(out[0], "r");
    return true;
}

struct gb_git *
gb_git_open(bool english, struct gb_error *error)
{
    static const char *const args[] = {"rev-parse", "--show-toplevel", NULL};
    struct gb_git *git = gb_alloc(sizeof(*git));
    const char *top;

    *git = (struct gb_git){.english = english};
    pthread_mutex_init(&git->lock, NULL);
    git->environment = make_environment(&git->arena);
    git->here = gb_path_real(&git->arena, ".");
    if (!ask(git, args, &git->arena, &top, error) || !git->here) {
        gb_git_close(git);
        return NULL;
    }
    git->top = gb_path_real(&git->arena, top);
    if (!git->top) {
        fail(git, error, "git 仓库没有工作区", "the git repository has no work tree", "");
        gb_git_close(git);
        return NULL;
    }
    return git;
}

void
gb_git_close(struct gb_git *git)
{
    if (!git)
        return;
    if (git->batch.in) {
        fclose(git->batch.in);
        fclose(git->batch.out);
        wait_for(git->batch.pid);
    }
    pthread_mutex_destroy(&git->lock);
    gb_array_release(&git->renames);
    gb_arena_release(&git->arena);
    free(git);
}

/* A real path as seen from the top of the work tree; NULL when it lies outside. */
static const char *
from_top(const struct gb_git *git, const char *real)
{
    const char *path = gb_path_below(real, git->top);

    return path && *path ? path : NULL;
}

/* A real path as seen from the current folder, with ".." where it lies beside. */
static const char *
shown(const struct gb_git *git, struct gb_arena *arena, const char *real)
{
    size_t n = strlen(git->here), same = 0;
    struct gb_buf buf = {0};

    /* Up to the last "/" that both have; the end of the folder counts as one. */
    for (size_t i = 0; i <= n && real[i] == (i < n ? git->here[i] : '/'); i++) {
        if (real[i] == '/')
            same = i + 1;
    }
    for (size_t i = same; i < n; i++) {
        if (i == same || git->here[i] == '/')
            gb_buf_puts(&buf, "../");
    }
    gb_buf_puts(&buf, real + same);
    struct gb_str path = gb_buf_take(&buf, arena);
    return path.ptr;
}

/* The id of what has this name; empty when there is none. */
static bool
id_of(struct gb_git *git, const char *name, struct gb_arena *arena, const char **out, struct gb_error *error)
{
    const char *const args[] = {"rev-parse", "--quiet", "--verify", "--end-of-options", name, NULL};
    struct gb_str output;
    int status;

    if (!run(git, args, false, arena, &output, &status, error))
        return false;
    *out = status ? "" : gb_arena_copy(arena, gb_str_trim(output)).ptr;
    return true;
}

/* The next text up to a NUL; false at the end. */
static bool
next_text(struct gb_str *rest, struct gb_str *out)
{
    const char *end = rest->len ? memchr(rest->ptr, '\0', rest->len) : NULL;

    if (!end)
        return false;
    *out = (struct gb_str){rest->ptr, (size_t)(end - rest->ptr)};
    *rest = gb_str_skip(*rest, out->len + 1);
    return true;
}

static bool
is_regular(struct gb_str row)
{
    /* ":100644 100755 …": the mode behind the blank is that of the index. */
    return row.len > 14 && gb_str_starts(gb_str_skip(row, 8), GB_STR("100"));
}

bool
gb_git_staged(struct gb_git *git, struct gb_arena *arena, struct gb_git_files *out, struct gb_error *error)
{
    static const char *const empty_tree[] = {"hash-object", "-t", "tree", "--stdin", NULL};
    const char *tree = "HEAD", *born;
    struct gb_str rows, row, path;
    int status;

    if (!id_of(git, "HEAD^{commit}", arena, &born, error) || (!*born && !ask(git, empty_tree, arena, &tree, error)))
        return false;
    const char *const args[] = {
        DIFF_INDEX, "--no-renames", "--diff-filter=AMT", "--ita-invisible-in-index", "--end-of-options", tree, "--",
        NULL};
    if (!run(git, args, true, arena, &rows, &status, error))
        return false;
    while (next_text(&rows, &row) && next_text(&rows, &path)) {
        if (!is_regular(row))
            continue;
        const char *real = gb_path_join(arena, git->top, gb_arena_copy(arena, path).ptr);
        *gb_push(&out->list) = (struct gb_git_file){real, shown(git, arena, real)};
    }
    return true;
}

bool
gb_git_commit(struct gb_git *git, const char *revision, struct gb_arena *arena, const char **out,
              struct gb_error *error)
{
    const char *name = gb_arena_printf(arena, "%s^{commit}", revision).ptr;

    if (!id_of(git, name, arena, out, error))
        return false;
    return **out || fail(git, error, "git 仓库中没有这个版本：", "the git repository has no such revision: ", revision);
}

/* ---- Contents ---- */

/* "<id> blob <size>", or "<name> missing" and the like. */
static bool
read_answer(struct batch *batch, struct gb_arena *arena, struct gb_str *bytes, bool *found)
{
    struct gb_buf line = {0};
    int c;

    while ((c = getc(batch->out)) != EOF && c != '\n')
        gb_buf_add_char(&line, (char)c);
    gb_buf_add_char(&line, '\0');
    const char *last = strrchr(line.ptr, ' ');
    bool has_size = last && gb_is_digit(last[1]);
    bool is_blob = has_size && last - line.ptr > 5 && memcmp(last - 5, " blob", 5) == 0;
    unsigned long long size = has_size ? strtoull(last + 1, NULL, 10) : 0;
    gb_buf_release(&line);
    *found = is_blob;
    if (c == EOF || !has_size || size > INT32_MAX)
        return c != EOF && !has_size;
    char *content = gb_arena_take(arena, (size_t)size + 1);
    bool ok = fread(content, 1, (size_t)size, batch->out) == size && getc(batch->out) == '\n';
    content[size] = '\0';
    *bytes = (struct gb_str){content, (size_t)size};
    return ok;
}

static bool
read_locked(struct gb_git *git, const char *name, struct gb_arena *arena, struct gb_str *bytes, bool *found,
            struct gb_error *error)
{
    if (!git->batch.in && !start_batch(git, error))
        return false;
    if (fprintf(git->batch.in, "%s\n", name) < 0 || fflush(git->batch.in) ||
        !read_answer(&git->batch, arena, bytes, found))
        return fail(git, error, "git cat-file 没有给出内容：", "git cat-file gave no content of ", name);
    return true;
}

bool
gb_git_read(struct gb_git *git, const char *commit, const char *real, struct gb_arena *arena, struct gb_str *out_bytes,
            bool *out_found, struct gb_error *error)
{
    const char *path = from_top(git, real);

    *out_found = false;
    if (!path)
        return true;
    const char *name = gb_arena_printf(arena, "%s:%s", commit ? commit : ":0", path).ptr;
    /* A name with a line end cannot be asked for in a line: its id can. */
    if (strchr(name, '\n') && !id_of(git, name, arena, &name, error))
        return false;
    if (!*name)
        return true;
    pthread_mutex_lock(&git->lock);
    bool ok = read_locked(git, name, arena, out_bytes, out_found, error);
    pthread_mutex_unlock(&git->lock);
    return ok;
}

/* Names that differ between commit and index while the contents are alike. */
static bool
find_renames(struct gb_git *git, const char *commit, struct gb_error *error)
{
    const char *const args[] = {DIFF_INDEX, "-M", "--diff-filter=R", "--end-of-options", commit, "--", NULL};
    struct gb_str rows, row, old, now;
    int status;

    if (!run(git, args, true, &git->arena, &rows, &status, error))
        return false;
    while (next_text(&rows, &row) && next_text(&rows, &old) && next_text(&rows, &now))
        *gb_push(&git->renames) = (struct rename){old.ptr, now.ptr};
    git->renames_of = gb_arena_copy(&git->arena, gb_str_from(commit)).ptr;
    return true;
}

bool
gb_git_renamed(struct gb_git *git, const char *commit, const char *real, struct gb_arena *arena, const char **out,
               struct gb_error *error)
{
    const char *path = from_top(git, real);
    bool ok = true;

    *out = NULL;
    pthread_mutex_lock(&git->lock);
    if (!git->renames_of || strcmp(git->renames_of, commit))
        ok = find_renames(git, commit, error);
    for (size_t i = 0; ok && path && i < git->renames.len; i++) {
        if (strcmp(git->renames.items[i].now, path) == 0)
            *out = gb_path_join(arena, git->top, git->renames.items[i].old);
    }
    pthread_mutex_unlock(&git->lock);
    return ok;
}

bool
gb_git_hooks(struct gb_git *git, struct gb_arena *arena, const char **out, struct gb_error *error)
{
    static const char *const args[] = {"rev-parse", "--git-path", "hooks", NULL};

    return ask(git, args, arena, out, error);
}
