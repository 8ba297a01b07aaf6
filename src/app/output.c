#include "app/output.h"

#include "app/options.h"
#include "app/path.h"
#include "app/progress.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static void
write_all(void *data, struct gb_str bytes)
{
    struct gb_output *output = data;

    gb_progress_pause(output->progress);
    while (bytes.len && !output->failed) {
        ssize_t n = write(output->fd, bytes.ptr, bytes.len);
        if (n >= 0)
            bytes = gb_str_skip(bytes, (size_t)n);
        else if (errno != EINTR)
            output->failed = errno;
    }
    gb_progress_resume(output->progress);
}

/* The file that a path leads to through links, whether it exists or not; NULL when its folder does not. */
static char *
resolve(const char *path)
{
    enum { MAX_LINKS = 40 };
    char *real = realpath(path, NULL);
    struct gb_arena arena = GB_ARENA_ZERO;
    const char *at = path;

    for (int i = 0; !real && i < MAX_LINKS; i++) {
        char link[4096];
        ssize_t n = readlink(at, link, sizeof(link) - 1);
        struct gb_str folder = gb_path_folder(&arena, at);
        if (n < 0) {
            const char *slash = strrchr(at, '/'), *real_folder = gb_path_real(&arena, folder.ptr);
            if (real_folder)
                real = strdup(gb_path_join(&arena, real_folder, slash ? slash + 1 : at));
            break;
        }
        link[n] = '\0';
        at = gb_path_join(&arena, folder.ptr, link);
    }
    gb_arena_release(&arena);
    return real;
}

/* Opens a new file beside the target, with the mode of the file it will replace. */
static bool
open_temporary(struct gb_output *output, const struct stat *old)
{
    struct gb_buf name = {0};
    mode_t mask = umask(0);

    umask(mask);
    gb_buf_printf(&name, "%s.XXXXXX", output->target);
    gb_buf_add_char(&name, '\0');
    output->fd = mkostemp(name.ptr, O_CLOEXEC);
    if (output->fd < 0) {
        gb_buf_release(&name);
        return false;
    }
    output->temporary = name.ptr;
    return fchmod(output->fd, old ? old->st_mode & 07777 : 0666 & ~mask) == 0;
}

static int
connect_socket(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0 || strlen(path) >= sizeof(address.sun_path))
        return fd;
    memcpy(address.sun_path, path, strlen(path) + 1);
    if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) == 0)
        return fd;
    int code = errno;
    close(fd);
    errno = code;
    return -1;
}

/* A descriptor that the program already has, by the name it has in /dev; else -1. */
static int
inherited(const char *path)
{
    if (strcmp(path, "/dev/stdout") == 0)
        return STDOUT_FILENO;
    return strcmp(path, "/dev/stderr") == 0 ? STDERR_FILENO : -1;
}

static bool
open_file(struct gb_output *output, const char *path)
{
    struct stat st;
    bool exists = stat(path, &st) == 0;

    if (inherited(path) >= 0)
        output->fd = dup(inherited(path));
    else if (exists && S_ISSOCK(st.st_mode))
        output->fd = connect_socket(path);
    else if (exists && !S_ISREG(st.st_mode))
        output->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (inherited(path) >= 0 || (exists && !S_ISREG(st.st_mode)))
        return output->fd >= 0;
    output->target = resolve(path);
    if (!output->target) {
        errno = ENOENT;
        return false;
    }
    /* A file that may not be written is not to be replaced either. */
    if (exists && access(output->target, W_OK))
        return false;
    return open_temporary(output, exists ? &st : NULL);
}

void
gb_output_discard(struct gb_output *output)
{
    if (output->temporary)
        unlink(output->temporary);
    if (output->path && output->fd >= 0)
        close(output->fd);
    free(output->temporary);
    free(output->target);
    gb_out_release(&output->out);
    output->temporary = output->target = NULL;
    output->fd = -1;
}

static bool
set_error(const struct gb_output *output, int code, bool english, struct gb_error *error)
{
    gb_error_set(error, output->path, 0, 0, GB_SAY(english, "不能写%s：%s", "cannot write%s: %s"),
                 output->path ? "" : GB_SAY(english, "标准输出", " standard output"), strerror(code));
    return false;
}

bool
gb_output_open(struct gb_output *output, const char *path, bool english, struct gb_error *error)
{
    *output = (struct gb_output){.path = path, .fd = path ? -1 : STDOUT_FILENO};
    output->out = (struct gb_out){.write = write_all, .data = output};
    if (path && !open_file(output, path)) {
        set_error(output, errno, english, error);
        gb_output_discard(output);
        return false;
    }
    return true;
}

bool
gb_output_close(struct gb_output *output, bool english, struct gb_error *error)
{
    bool ok = true;

    if (output->fd < 0)
        return true;
    gb_out_flush(&output->out);
    if (output->path) {
        if (close(output->fd) && !output->failed)
            output->failed = errno;
        output->fd = -1;
    }
    if (!output->failed && output->temporary) {
        if (rename(output->temporary, output->target) == 0) {
            free(output->temporary);
            output->temporary = NULL;
        } else {
            output->failed = errno;
        }
    }
    if (output->failed) {
        set_error(output, output->failed, english, error);
        if (output->failed == EPIPE && !output->path)
            error->message[0] = '\0';
        ok = false;
    }
    gb_output_discard(output);
    return ok;
}
