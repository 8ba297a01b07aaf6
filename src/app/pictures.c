/* Pictures that a draft names: they must lie inside its project, and be there to be opened. Here no picture is read. */
#include "app/pictures.h"

#include "app/path.h"

#include <unistd.h>

/* http:, data: and the like are fetched by nobody, and no fault. */
static bool
is_remote(struct gb_str name)
{
    size_t i = 0;

    while (i < name.len && ((name.ptr[i] >= 'a' && name.ptr[i] <= 'z') || (name.ptr[i] >= 'A' && name.ptr[i] <= 'Z')))
        i++;
    return gb_str_starts(name, GB_STR("//")) || (i > 1 && i < name.len && name.ptr[i] == ':');
}

/* An absolute path without "." and "..", told from its words alone: for files that are not there. */
static const char *
without_dots(struct gb_arena *arena, struct gb_str path)
{
    struct gb_str clean = gb_arena_copy(arena, path);
    char *out = (char *)clean.ptr;
    size_t n = 0;

    for (size_t at = 0; at < path.len;) {
        size_t end = gb_str_find(path, GB_STR("/"), at);
        struct gb_str part = gb_str_sub(path, at, end == GB_NOT_FOUND ? path.len : end);
        at = end == GB_NOT_FOUND ? path.len : end + 1;
        if (part.len == 0 || gb_str_is(part, "."))
            continue;
        if (gb_str_is(part, "..")) {
            while (n > 0 && out[--n] != '/')
                ;
            continue;
        }
        out[n++] = '/';
        memmove(out + n, part.ptr, part.len);
        n += part.len;
    }
    out[n] = '\0';
    return out;
}

/* What is wrong with the picture, in both languages; NULL: nothing, or it is not there, which other rules tell. */
static const char *const *
fault_of(struct gb_arena *arena, const char *root, const char *draft, struct gb_str name)
{
    static const char *const outside[] = {"图片“%.*s”在项目目录之外，没有读取",
                                          "the picture “%.*s” lies outside of the project and was not read"};
    static const char *const closed[] = {"图片“%.*s”不能打开", "the picture “%.*s” cannot be opened"};
    struct gb_str folder = gb_path_folder(arena, draft);
    const char *from = gb_path_real(arena, folder.ptr);

    if (!from)
        return NULL;
    const char *path = gb_path_join(arena, from, gb_arena_copy(arena, name).ptr);
    const char *real = gb_path_real(arena, path);
    if (!gb_path_inside(real ? real : without_dots(arena, gb_str_from(path)), root))
        return outside;
    return real && access(real, R_OK) != 0 ? closed : NULL;
}

void
gb_find_picture_faults(struct gb_doc *doc, const struct gb_facts *facts, const char *draft)
{
    const struct gb_nodes *figures = &facts->of_kind[GB_NODE_FIGURE];
    GB_ARRAY(struct gb_fault) faults = {0};
    const char *root = NULL;

    for (uint32_t i = 0; i < figures->n; i++) {
        const struct gb_text *file = &figures->items[i]->u.figure->file;
        struct gb_str name = gb_str_trim(file->str);
        if (name.len == 0 || is_remote(name) || memchr(name.ptr, '\0', name.len))
            continue;
        if (!root && !(root = gb_path_root(doc->arena, draft)))
            break;
        bool exact;
        struct gb_span span = gb_text_whole(file, &exact);
        const struct gb_source_file *in = gb_source_file_at(doc->source, span.begin);
        const char *const *fault = fault_of(doc->arena, root, doc->source->n_files > 1 ? in->path : draft, name);
        if (!fault)
            continue;
        *gb_push(&faults) = (struct gb_fault){.kind = GB_FAULT_UNREADABLE, .span = span, .by_line = !exact,
                                              .zh = gb_arena_printf(doc->arena, fault[0], GB_FMT(name)),
                                              .en = gb_arena_printf(doc->arena, fault[1], GB_FMT(name))};
    }
    if (faults.len) {
        struct gb_fault *all = gb_arena_new_array(doc->arena, struct gb_fault, doc->n_faults + faults.len);
        memcpy(all, doc->faults, doc->n_faults * sizeof(*all));
        memcpy(all + doc->n_faults, faults.items, faults.len * sizeof(*all));
        doc->faults = all;
        doc->n_faults += (uint32_t)faults.len;
    }
    gb_array_release(&faults);
}
