/*
 * The generator of the built-in packs: reads rules/, loads it as the program loads a user's pack, and writes the image as
 * a C array. Usage: compile-rules RULES OUT.c DEPFILE
 */
#include "rule/image_priv.h"

#include "source/source.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* The program's own image is not made yet; nothing here looks at it. */
const uint32_t gb_builtin_image[] = {0};

struct generator {
    struct gb_arena arena;
    struct gb_loader *loader;
    const char *root;
    GB_ARRAY(const char *) read; /* files and folders, for the depfile */
    struct gb_error error;
};

static int
by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names in a folder, in order of their bytes; a missing folder is empty. */
static size_t
list_folder(struct generator *g, const char *path, const char ***out)
{
    GB_ARRAY(const char *) names = {0};
    DIR *folder = opendir(path);

    for (struct dirent *e; folder && (e = readdir(folder));) {
        if (e->d_name[0] != '.')
            *gb_push(&names) = gb_arena_copy(&g->arena, gb_str_from(e->d_name)).ptr;
    }
    if (folder) {
        closedir(folder);
        *gb_push(&g->read) = path;
    }
    if (names.len)
        qsort(names.items, names.len, sizeof(*names.items), by_name);
    *out = gb_arena_copy_bytes(&g->arena, names.items, names.len * sizeof(*names.items));
    size_t n = names.len;
    gb_array_release(&names);
    return n;
}

/* Loads one file as what its folder holds; the path in errors and in the image is relative to the repository. */
static bool
load_file(struct generator *g, const char *folder, const char *name)
{
    const char *path = gb_arena_printf(&g->arena, "%s/%s/%s", g->root, folder, name).ptr;
    const char *shown = gb_arena_printf(&g->arena, "rules/%s/%s", folder, name).ptr;
    struct gb_str text;

    if (!gb_read_file(path, &g->arena, &text, &g->error))
        return false;
    *gb_push(&g->read) = path;
    if (strcmp(folder, "base") == 0) {
        gb_loader_add_base(g->loader, name, text);
        return true;
    }
    if (!gb_str_ends(gb_str_from(name), GB_STR(".yaml")))
        return true;
    if (strcmp(folder, "words") == 0)
        return gb_loader_add_lists(g->loader, shown, text, &g->error);
    return gb_loader_add(g->loader, shown, folder, text, &g->error);
}

static bool
load_folder(struct generator *g, const char *folder)
{
    const char *path = gb_arena_printf(&g->arena, "%s/%s", g->root, folder).ptr;
    const char **names = NULL;
    size_t n = list_folder(g, path, &names);

    for (size_t i = 0; i < n; i++) {
        if (!load_file(g, folder, names[i]))
            return false;
    }
    return true;
}

static bool
load_profiles(struct generator *g)
{
    const char *path = gb_arena_printf(&g->arena, "%s/profiles.yaml", g->root).ptr;
    struct gb_str text;

    *gb_push(&g->read) = path;
    return gb_read_file(path, &g->arena, &text, &g->error) &&
           gb_loader_add_profiles(g->loader, "rules/profiles.yaml", text, &g->error);
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
        const char *path = gb_arena_printf(&g->arena, "%s/%s", g->root, names[i]).ptr;

        if (strcmp(names[i], "words") == 0 || strcmp(names[i], "base") == 0 || stat(path, &st) != 0 || !S_ISDIR(st.st_mode))
            continue;
        if (!load_folder(g, names[i]))
            return false;
    }
    return true;
}

static bool
write_image(const struct gb_image *image, const char *path)
{
    const uint32_t *words = (const uint32_t *)(const void *)image;
    FILE *f = fopen(path, "w");

    if (!f)
        return false;
    fprintf(f, "/* Made from rules/ by src/rule/compile.c. */\n#include <stdint.h>\n\n"
               "extern const uint32_t gb_builtin_image[];\nconst uint32_t gb_builtin_image[] = {");
    for (size_t i = 0; i < image->size / 4; i++)
        fprintf(f, "%s%#x,", i % 12 ? "" : "\n", (unsigned)words[i]);
    fprintf(f, "\n};\n");
    return fclose(f) == 0;
}

static bool
write_depfile(const struct generator *g, const char *out, const char *path)
{
    FILE *f = fopen(path, "w");

    if (!f)
        return false;
    fprintf(f, "%s:", out);
    for (size_t i = 0; i < g->read.len; i++)
        fprintf(f, " \\\n  %s", g->read.items[i]);
    fprintf(f, "\n");
    return fclose(f) == 0;
}

int
main(int argc, char **argv)
{
    struct gb_loader_options options = {.is_builtin = true};
    struct generator g = {.loader = gb_loader_new(&options)};
    struct gb_image *image = NULL;
    int status = 1;

    if (argc != 4) {
        fprintf(stderr, "usage: compile-rules RULES OUT.c DEPFILE\n");
        return 2;
    }
    g.root = argv[1];
    if (load_all(&g))
        image = gb_loader_finish(g.loader, &g.error);
    if (!image)
        gb_error_print(&g.error);
    else if (!write_image(image, argv[2]) || !write_depfile(&g, argv[2], argv[3]))
        perror("compile-rules");
    else
        status = 0;
    free(image);
    gb_loader_free(g.loader);
    gb_array_release(&g.read);
    gb_arena_release(&g.arena);
    return status;
}
