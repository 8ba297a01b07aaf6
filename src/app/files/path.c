#include "app/files/path.h"

#include <stdlib.h>
#include <sys/stat.h>

bool
gb_path_exists(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0;
}

bool
gb_path_is_directory(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

uint64_t
gb_path_size(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 ? (uint64_t)st.st_size : 0;
}

struct gb_str
gb_path_folder(struct gb_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (!slash)
        return GB_STR(".");
    return gb_arena_copy(arena, (struct gb_str){path, slash == path ? 1 : (size_t)(slash - path)});
}

const char *
gb_path_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

const char *
gb_path_join(struct gb_arena *arena, const char *folder, const char *name)
{
    size_t n = strlen(folder);

    if (name[0] == '/' || strcmp(folder, ".") == 0)
        return gb_arena_copy(arena, gb_str_from(name)).ptr;
    return gb_arena_printf(arena, "%s%s%s", folder, n && folder[n - 1] == '/' ? "" : "/", name).ptr;
}

const char *
gb_path_real(struct gb_arena *arena, const char *path)
{
    char *real = realpath(path, NULL);

    if (!real)
        return NULL;
    const char *copy = gb_arena_copy(arena, gb_str_from(real)).ptr;
    free(real);
    return copy;
}

bool
gb_path_inside(const char *path, const char *folder)
{
    size_t n = strlen(folder);

    while (n > 1 && folder[n - 1] == '/')
        n--;
    if (strncmp(path, folder, n))
        return false;
    return path[n] == '\0' || path[n] == '/' || folder[n - 1] == '/';
}

const char *
gb_path_place(struct gb_arena *arena, const char *path)
{
    const char *folder = gb_path_real(arena, gb_path_folder(arena, path).ptr);

    return folder ? gb_path_join(arena, folder, gb_path_name(path)) : NULL;
}

const char *
gb_path_below(const char *path, const char *folder)
{
    size_t n = strlen(folder);

    return gb_path_inside(path, folder) ? path + n + (folder[n - 1] != '/' && path[n] == '/') : NULL;
}

const char *
gb_path_shown(struct gb_arena *arena, const char *path)
{
    const char *here = gb_path_real(arena, ".");
    size_t n = here ? strlen(here) : 0;

    if (n > 1 && strncmp(path, here, n) == 0 && path[n] == '/')
        return path + n + 1;
    return path;
}

/* Cuts the last part off; false at the top. */
static bool
go_up(char *folder)
{
    char *slash = strrchr(folder, '/');

    if (!slash || folder[1] == '\0')
        return false;
    slash[slash == folder ? 1 : 0] = '\0';
    return true;
}

/* The folder of a path as a string that go_up may shorten; NULL when it does not exist. */
static char *
real_folder(struct gb_arena *arena, const char *path)
{
    const char *real = gb_path_real(arena, gb_path_folder(arena, path).ptr);

    return real ? (char *)(uintptr_t)real : NULL;
}

const char *
gb_path_config(struct gb_arena *arena, const char *path)
{
    const char *own = real_folder(arena, path), *found = own ? gb_path_upward(arena, own, ".gblint.yaml", NULL) : NULL;

    return found ? gb_path_shown(arena, gb_path_join(arena, found, ".gblint.yaml")) : NULL;
}

const char *
gb_path_upward(struct gb_arena *arena, const char *folder, const char *name, const char *end)
{
    char *at = (char *)(uintptr_t)gb_arena_copy(arena, gb_str_from(folder)).ptr;

    do {
        if (gb_path_exists(gb_path_join(arena, at, name)))
            return at;
    } while (!(end && gb_path_exists(gb_path_join(arena, at, end))) && go_up(at));
    return NULL;
}

const char *
gb_path_root(struct gb_arena *arena, const char *path)
{
    const char *own = NULL;
    /* A draft that is a link lies where it leads. */
    const char *real = gb_path_real(arena, path);
    char *folder = real_folder(arena, real ? real : path);

    if (!folder)
        return NULL;
    own = gb_arena_copy(arena, gb_str_from(folder)).ptr;
    do {
        if (gb_path_exists(gb_path_join(arena, folder, ".gblint.yaml")) ||
            gb_path_exists(gb_path_join(arena, folder, ".git")))
            return folder;
    } while (go_up(folder));
    return own;
}

/* The next part of a path, or NULL. */
static const char *
next_part(const char *path)
{
    const char *slash = strchr(path, '/');

    return slash ? slash + 1 : NULL;
}

/* Does the pattern [pattern, end) match the path, or a folder that the path is in? */
static bool
glob(const char *pattern, const char *end, const char *path)
{
    for (; pattern < end; pattern++, path++) {
        if (end - pattern >= 2 && pattern[0] == '*' && pattern[1] == '*') {
            pattern += 2;
            if (pattern < end && *pattern == '/')
                pattern++;
            for (const char *p = path; p; p = next_part(p)) {
                if (pattern == end || glob(pattern, end, p))
                    return true;
            }
            return false;
        }
        if (*pattern == '*') {
            while (!glob(pattern + 1, end, path)) {
                if (!*path || *path++ == '/')
                    return false;
            }
            return true;
        }
        if (!*path || (*pattern == '?' ? *path == '/' : *pattern != *path))
            return false;
    }
    return *path == '\0' || *path == '/';
}

bool
gb_path_matches(const char *pattern, const char *path)
{
    const char *end = pattern + strlen(pattern);

    if (end > pattern && end[-1] == '/')
        end--;
    if (end == pattern)
        return false;
    if (memchr(pattern, '/', (size_t)(end - pattern)))
        return glob(pattern + (*pattern == '/'), end, path);
    return GB_ANY(for (const char *p = path; p; p = next_part(p)), glob(pattern, end, p));
}
