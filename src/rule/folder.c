/* Loads a whole folder of packs, as the repository's rules/ is laid out. */
#include "rule/folder_priv.h"

#include "base/sort.h"
#include "source/source.h"

#include <dirent.h>
#include <sys/stat.h>

struct generator {
    struct gb_arena *arena;
    struct gb_loader *loader;
    const char *root;
    GB_ARRAY(const char *) read;
    struct gb_error *error;
};

/* Names in a folder, in order of their bytes; a missing folder is empty. */
static size_t
list_folder(struct generator *g, const char *path, const char ***out)
{
    GB_ARRAY(const char *) names = {0};
    DIR *folder = opendir(path);

    for (struct dirent *e; folder && (e = readdir(folder));) {
        if (e->d_name[0] != '.')
            *gb_push(&names) = gb_arena_copy(g->arena, gb_str_from(e->d_name)).ptr;
    }
    if (folder) {
        closedir(folder);
        *gb_push(&g->read) = path;
    }
    gb_sort(names.items, names.len, sizeof(*names.items), gb_compare_names);
    size_t n;
    GB_KEEP(g->arena, &names, *out, n);
    return n;
}

/* Loads one file as what its folder holds; the path in errors and in the image is relative to the repository. */
static bool
load_file(struct generator *g, const char *folder, const char *name)
{
    const char *path = gb_arena_printf(g->arena, "%s/%s/%s", g->root, folder, name).ptr;
    const char *shown = gb_arena_printf(g->arena, "rules/%s/%s", folder, name).ptr;
    struct gb_str text;

    if (!gb_read_file(path, g->arena, &text, g->error))
        return false;
    *gb_push(&g->read) = path;
    if (strcmp(folder, "base") == 0) {
        gb_loader_add_base(g->loader, name, text);
        return true;
    }
    if (!gb_str_ends(gb_str_from(name), GB_STR(".yaml")))
        return true;
    if (strcmp(folder, "words") == 0)
        return gb_loader_add_lists(g->loader, shown, text, g->error);
    return gb_loader_add(g->loader, shown, folder, text, g->error);
}

static bool
load_folder(struct generator *g, const char *folder)
{
    const char *path = gb_arena_printf(g->arena, "%s/%s", g->root, folder).ptr;
    const char **names = NULL;
    size_t n = list_folder(g, path, &names);

    GB_FIND(name, names, n, !load_file(g, folder, *name));
    return name == NULL;
}

static bool
load_profiles(struct generator *g)
{
    const char *path = gb_arena_printf(g->arena, "%s/profiles.yaml", g->root).ptr;
    struct gb_str text;

    *gb_push(&g->read) = path;
    return gb_read_file(path, g->arena, &text, g->error) &&
           gb_loader_add_profiles(g->loader, "rules/profiles.yaml", text, g->error);
}

/* Lists first, as rules refer to them; then the packs in order of their names. */
static bool
load_all(struct generator *g)
{
    const char **names = NULL;
    size_t n = list_folder(g, g->root, &names);

    if (!load_folder(g, "words") || !load_profiles(g) || !load_folder(g, "base"))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct stat st;
        const char *path = gb_arena_printf(g->arena, "%s/%s", g->root, names[i]).ptr;
        if (strcmp(names[i], "words") == 0 || strcmp(names[i], "base") == 0 || stat(path, &st) != 0 ||
            !S_ISDIR(st.st_mode))
            continue;
        if (!load_folder(g, names[i]))
            return false;
    }
    return true;
}

struct gb_image *
gb_load_folder(const char *root, struct gb_arena *arena, const char ***out_read, size_t *out_n_read,
               struct gb_error *error)
{
    struct gb_loader_options options = {.is_builtin = true};
    struct generator g = {.arena = arena, .loader = gb_loader_new(&options), .root = root, .error = error};
    struct gb_image *image = load_all(&g) ? gb_loader_finish(g.loader, error) : NULL;

    GB_KEEP(arena, &g.read, *out_read, *out_n_read);
    gb_loader_free(g.loader);
    return image;
}
