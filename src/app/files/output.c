#include "app/files/output.h"

#include "app/options.h"
#include "app/progress.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static void
write_bytes(void *data, struct gb_str bytes)
{
    struct gb_output *output = data;

    gb_progress_pause(output->progress);
    if (!output->failed && !gb_write_all(output->fd, bytes))
        output->failed = errno;
    gb_progress_resume(output->progress);
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
    char *target = gb_temporary_target(path);
    if (!target) {
        errno = ENOENT;
        return false;
    }
    /* A file that may not be written is not to be replaced either. */
    if (exists && access(target, W_OK)) {
        int code = errno;
        free(target);
        errno = code;
        return false;
    }
    if (!gb_temporary_open(&output->temporary, target, exists ? &st : NULL))
        return false;
    output->fd = output->temporary.fd;
    return true;
}

void
gb_output_discard(struct gb_output *output)
{
    if (output->temporary.target)
        gb_temporary_release(&output->temporary);
    else if (output->path && output->fd >= 0)
        close(output->fd);
    gb_out_release(&output->out);
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
    output->out = (struct gb_out){.write = write_bytes, .data = output};
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
        bool is_closed =
            output->temporary.target ? gb_temporary_close(&output->temporary, false) : close(output->fd) == 0;
        if (!is_closed && !output->failed)
            output->failed = errno;
        output->fd = -1;
    }
    if (!output->failed && output->temporary.target && !gb_temporary_commit(&output->temporary))
        output->failed = errno;
    if (output->failed) {
        set_error(output, output->failed, english, error);
        if (output->failed == EPIPE && !output->path)
            error->message[0] = '\0';
        ok = false;
    }
    gb_output_discard(output);
    return ok;
}
