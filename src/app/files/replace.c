#include "app/files/replace.h"

#include "app/options.h"
#include "source/source.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/xattr.h>
#include <unistd.h>

static bool
fail(const struct gb_replacing *r, const char *shown, const char *zh, const char *en, struct gb_error *error)
{
    gb_error_set(error, shown, 0, 0, "%s", GB_SAY(r->english, zh, en));
    return false;
}

static bool
fail_with(const struct gb_replacing *r, const char *shown, int code, struct gb_error *error)
{
    gb_error_set(error, shown, 0, 0, GB_SAY(r->english, "不能写：%s", "cannot write: %s"), strerror(code));
    return false;
}

/* Access lists and other attributes; what the file system or our rights do not allow stays away. */
static void
copy_attributes(const char *from, int to)
{
    char names[4096], value[4096];
    ssize_t n = listxattr(from, names, sizeof(names));

    for (const char *name = names; n > 0 && name < names + n; name += strlen(name) + 1) {
        ssize_t size = getxattr(from, name, value, sizeof(value));
        if (size >= 0)
            (void)!fsetxattr(to, name, value, (size_t)size, 0);
    }
}

static bool
open_beside(const struct gb_replacing *r, struct gb_replacement *new, const char *path, struct gb_error *error)
{
    struct stat st;
    char *target = gb_temporary_target(path);

    if (!target || stat(target, &st) || !S_ISREG(st.st_mode)) {
        free(target);
        return fail(r, new->shown, "不是普通文件，没有写入", "no regular file: not written", error);
    }
    /* A file that may not be written is not to be replaced either. */
    if (access(target, W_OK)) {
        free(target);
        return fail_with(r, new->shown, errno, error);
    }
    new->has_links = st.st_nlink > 1;
    if (gb_temporary_open(&new->temporary, target, &st))
        return true;
    gb_error_set(error, new->shown, 0, 0,
                 GB_SAY(r->english, "没有写入：不能在其目录中新建文件：%s",
                        "not written: no file can be made in its folder: %s"),
                 strerror(errno));
    return false;
}

bool
gb_replacing_add(struct gb_replacing *r, const char *path, const char *shown, struct gb_str old, struct gb_str now,
                 struct gb_error *error)
{
    struct gb_replacement new = {.shown = shown, .old = old};

    if (!open_beside(r, &new, path, error))
        return false;
    copy_attributes(new.temporary.target, new.temporary.fd);
    if (!gb_write_all(new.temporary.fd, now) || !gb_temporary_close(&new.temporary, true)) {
        int code = errno;
        gb_temporary_release(&new.temporary);
        return fail_with(r, shown, code, error);
    }
    *gb_push(&r->list) = new;
    return true;
}

static bool
is_unchanged(const struct gb_replacement *replacement)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_str now;

    bool same = gb_read_file(replacement->temporary.target, &arena, &now, NULL) && gb_str_eq(now, replacement->old);
    gb_arena_release(&arena);
    return same;
}

static bool
put_all(struct gb_replacing *r, struct gb_error *error)
{
    GB_FIND(item, r->list.items, r->list.len, !gb_temporary_commit(&item->temporary));
    return !item || fail_with(r, item->shown, errno, error);
}

bool
gb_replacing_commit(struct gb_replacing *r, struct gb_error *error)
{
    sigset_t before;

    GB_EACH_IN_PLACE(new, &r->list) {
        if (!is_unchanged(new))
            return fail(r, new->shown, "文件在运行期间被改动，没有写入；请再运行一次",
                        "changed by others while gblint ran: not written; run it again", error);
    }
    /* Ctrl-C must not come between two of them. */
    gb_temporary_hold_signals(&before);
    bool ok = put_all(r, error);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return ok;
}

void
gb_replacing_release(struct gb_replacing *r)
{
    GB_EACH_IN_PLACE(new, &r->list)
        gb_temporary_release(&new->temporary);
    gb_array_release(&r->list);
}
