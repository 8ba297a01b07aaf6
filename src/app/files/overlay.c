#include "app/files/overlay.h"

#include "app/options.h"
#include "app/files/path.h"
#include "source/source.h"

#include <stdlib.h>

void
gb_overlay_release(struct gb_overlay *overlay)
{
    GB_EACH_IN_PLACE(file, &overlay->files) {
        free((void *)(uintptr_t)file->old.ptr);
        free((void *)(uintptr_t)file->now.ptr);
        gb_array_release(&file->traces.list);
    }
    gb_array_release(&overlay->files);
    gb_arena_release(&overlay->arena);
}

static struct gb_overlay_file *
find(const struct gb_overlay *overlay, const char *path)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_overlay_file *file = NULL;

    if (!overlay || !overlay->files.len)
        return NULL;
    const char *real = strcmp(path, "-") == 0 ? path : gb_path_real(&arena, path);
    for (size_t i = 0; real && !file && i < overlay->files.len; i++) {
        if (strcmp(overlay->files.items[i].real, real) == 0)
            file = &overlay->files.items[i];
    }
    gb_arena_release(&arena);
    return file;
}

const char *
gb_overlay_real(const struct gb_overlay *overlay, const char *path, struct gb_arena *arena)
{
    const char *real = gb_path_real(arena, path), *slash = strrchr(path, '/');

    if (real || !overlay || !overlay->git)
        return real;
    /* Deleted or moved since it was staged: its folder may be gone too. */
    const char *folder = slash == path ? "/" : gb_path_folder(arena, path).ptr;
    folder = slash || strcmp(path, ".") ? gb_overlay_real(overlay, folder, arena) : NULL;
    return folder ? gb_path_join(arena, folder, slash ? slash + 1 : path) : NULL;
}

static bool
read_staged(const struct gb_overlay *overlay, const char *path, struct gb_arena *arena, struct gb_str *out_bytes,
            struct gb_error *error)
{
    const char *real = gb_overlay_real(overlay, path, arena);
    bool found = false;

    if (real && !gb_git_read(overlay->git, NULL, real, arena, out_bytes, &found, error))
        return false;
    if (!found)
        gb_error_set(error, path, 0, 0, "%s",
                     GB_SAY(overlay->english, "不在 git 的暂存区中（先用 git add）",
                            "it is not in git's index (git add puts it there)"));
    return found;
}

const struct gb_overlay_file *
gb_overlay_find(const struct gb_overlay *overlay, const char *path)
{
    return find(overlay, path);
}

bool
gb_overlay_read(const struct gb_overlay *overlay, const char *path, struct gb_arena *arena, struct gb_str *out_bytes,
                struct gb_error *error)
{
    const struct gb_overlay_file *file = find(overlay, path);

    if (overlay && overlay->git)
        return read_staged(overlay, path, arena, out_bytes, error);
    if (!file)
        return gb_read_file(path, arena, out_bytes, error);
    *out_bytes = gb_arena_copy(arena, file->now);
    return true;
}

static struct gb_str
copy(struct gb_str text)
{
    char *bytes = gb_alloc(text.len);

    if (text.len)
        memcpy(bytes, text.ptr, text.len);
    return (struct gb_str){bytes, text.len};
}

static void
put_traces(struct gb_overlay_file *file, const struct gb_traces *traces)
{
    file->traces.list.len = 0;
    for (size_t i = 0; traces && i < traces->list.len; i++)
        *gb_push(&file->traces.list) = traces->list.items[i];
}

void
gb_overlay_put(struct gb_overlay *overlay, const char *path, const char *shown, struct gb_str old, struct gb_str now,
               const struct gb_traces *traces)
{
    struct gb_overlay_file *file = find(overlay, path);

    if (file) {
        free((void *)(uintptr_t)file->now.ptr);
        file->now = copy(now);
        put_traces(file, traces);
        return;
    }
    const char *real = strcmp(path, "-") == 0 ? NULL : gb_path_real(&overlay->arena, path);
    const char *name = gb_arena_copy(&overlay->arena, gb_str_from(path)).ptr;
    *gb_push(&overlay->files) = (struct gb_overlay_file){
        .shown = gb_arena_copy(&overlay->arena, gb_str_from(shown)).ptr,
        .path = name,
        .real = real ? real : name,
        .old = copy(old),
        .now = copy(now),
    };
    put_traces(&overlay->files.items[overlay->files.len - 1], traces);
}
