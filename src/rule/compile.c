/*
 * The generator of the built-in packs: loads rules/ as the program loads a user's pack, and writes the image as a C
 * array. Usage: compile-rules RULES OUT.c DEPFILE
 */
#include "rule/folder_priv.h"

#include <stdio.h>
#include <stdlib.h>

/* The program's own image is not made yet; nothing here looks at it. */
const uint32_t gb_builtin_image[] = {0};

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
write_depfile(const char *const *read, size_t n, const char *out, const char *path)
{
    FILE *f = fopen(path, "w");

    if (!f)
        return false;
    fprintf(f, "%s:", out);
    for (size_t i = 0; i < n; i++)
        fprintf(f, " \\\n  %s", read[i]);
    fprintf(f, "\n");
    return fclose(f) == 0;
}

int
main(int argc, char **argv)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_error error;
    const char **read = NULL;
    size_t n_read = 0;
    int status = 1;

    if (argc != 4) {
        fprintf(stderr, "usage: compile-rules RULES OUT.c DEPFILE\n");
        return 2;
    }
    struct gb_image *image = gb_load_folder(argv[1], &arena, &read, &n_read, &error);
    if (!image)
        gb_error_print(&error);
    else if (!write_image(image, argv[2]) || !write_depfile(read, n_read, argv[2], argv[3]))
        perror("compile-rules");
    else
        status = 0;
    free(image);
    gb_arena_release(&arena);
    return status;
}
