/* Reading a whole file. It is read, not mapped: a mapped draft that an editor cuts short would kill the program. */
#include "source/source.h"

#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    FIRST_PIECE = 64 * 1024,
    SIZE_LIMIT = INT32_MAX, /* bytes: as UTF-8 the text must fit the offsets of a span */
};

/* Fills the buffer or reaches the end of the file; -1 on an error. */
static ssize_t
read_fully(int fd, char *buffer, size_t size)
{
    size_t done = 0;

    while (done < size) {
        ssize_t n = read(fd, buffer + done, size - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        if (n == 0)
            break;
        done += (size_t)n;
    }
    return (ssize_t)done;
}

static bool
fail(const char *path, const char *why, struct gb_error *error)
{
    gb_error_set(error, path, 0, 0, GB_ERROR_SAY("不能读取：%s", "cannot read: %s"), why);
    return false;
}

static bool
too_large(const char *path, struct gb_error *error)
{
    return fail(path, GB_ERROR_SAY("大于2 GB", "larger than 2 GB"), error);
}

/* Reads on where `begun` ends: the file is a stream, or grew while it was read. */
static bool
read_stream(int fd, const char *path, struct gb_str begun, struct gb_arena *arena, struct gb_str *out_bytes,
            struct gb_error *error)
{
    struct gb_buf buf = {0};
    bool ok = true;

    gb_buf_add(&buf, begun);
    for (;;) {
        gb_buf_reserve(&buf, FIRST_PIECE);
        ssize_t n = read_fully(fd, buf.ptr + buf.len, buf.cap - buf.len);
        if (n < 0)
            ok = fail(path, strerror(errno), error);
        if (n <= 0)
            break;
        buf.len += (size_t)n;
        if (buf.len > SIZE_LIMIT) {
            ok = too_large(path, error);
            break;
        }
    }
    if (ok)
        *out_bytes = gb_buf_take(&buf, arena);
    gb_buf_release(&buf);
    return ok;
}

static bool
read_open(int fd, const char *path, struct gb_arena *arena, struct gb_str *out_bytes, struct gb_error *error)
{
    struct stat status;

    if (fstat(fd, &status) != 0)
        return fail(path, strerror(errno), error);
    if (!S_ISREG(status.st_mode) || status.st_size <= 0)
        return read_stream(fd, path, (struct gb_str){0}, arena, out_bytes, error);
    if (status.st_size > SIZE_LIMIT)
        return too_large(path, error);

    /* One byte more than the file has: when it stays free, the end was reached. */
    size_t size = (size_t)status.st_size + 1;
    char *buffer = gb_arena_take(arena, size);
    ssize_t n = read_fully(fd, buffer, size);
    if (n < 0)
        return fail(path, strerror(errno), error);
    struct gb_str bytes = {buffer, (size_t)n};
    if (bytes.len == size)
        return read_stream(fd, path, bytes, arena, out_bytes, error);
    buffer[bytes.len] = '\0';
    *out_bytes = bytes;
    return true;
}

static bool
is_regular(int fd)
{
    struct stat status;

    return fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
}

static bool
read_path(const char *path, bool only_regular, struct gb_arena *arena, struct gb_str *out_bytes, struct gb_error *error)
{
    /* Without O_NONBLOCK a FIFO would wait for its writer. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | (only_regular ? O_NONBLOCK : 0));

    if (fd < 0) {
        gb_error_set(error, path, 0, 0, GB_ERROR_SAY("不能打开：%s", "cannot open: %s"), strerror(errno));
        return false;
    }
    bool ok = only_regular && !is_regular(fd) ? fail(path, GB_ERROR_SAY("不是普通文件", "it is no regular file"), error)
                                              : read_open(fd, path, arena, out_bytes, error);
    close(fd);
    return ok;
}

bool
gb_read_file(const char *path, struct gb_arena *arena, struct gb_str *out_bytes, struct gb_error *error)
{
    if (strcmp(path, "-") == 0)
        return read_open(STDIN_FILENO, path, arena, out_bytes, error);
    return read_path(path, false, arena, out_bytes, error);
}

bool
gb_read_regular_file(const char *path, struct gb_arena *arena, struct gb_str *out_bytes, struct gb_error *error)
{
    return read_path(path, true, arena, out_bytes, error);
}
