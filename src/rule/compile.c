/*
 * The generator of the built-in packs: loads rules/ as the program loads a user's pack, and writes the image, and the
 * lexicon of its lists, as C arrays. Usage: compile-rules RULES OUT.c DEPFILE
 */
#include "facts/lexicon.h"
#include "rule/folder_priv.h"

#include <stdio.h>
#include <stdlib.h>

/* The program's own are not made yet; nothing here looks at them. */
const uint64_t gb_builtin_image[] = {0}, gb_builtin_lexicon[] = {0};

/* The image whose lists are asked for, and where the words go. */
struct lists {
    const struct gb_image *image;
    struct gb_arena arena;
};

/* gb_lexicon_list */
static size_t
list_words(void *data, const char *name, const struct gb_str **out_words)
{
    struct lists *lists = data;
    const struct gb_image_list *all = gb_image_at(lists->image, lists->image->lists), *list = NULL;

    for (size_t i = 0; i < lists->image->lists.n && !list; i++)
        list = gb_str_is(gb_image_str(lists->image, all[i].name), name) ? &all[i] : NULL;
    size_t n = list ? list->words.n : 0;
    struct gb_str *words = gb_arena_new_array(&lists->arena, struct gb_str, n + 1);
    for (size_t i = 0; i < n; i++)
        words[i] = gb_image_word(lists->image, list->words, i);
    *out_words = words;
    return n;
}

static void
write_array(FILE *f, const char *name, const void *bytes, size_t size)
{
    fprintf(f, "\nextern const uint64_t %s[];\nconst uint64_t %s[] = {", name, name);
    for (size_t i = 0; i < size; i += sizeof(uint64_t)) {
        uint64_t word = 0;
        memcpy(&word, (const char *)bytes + i, size - i < sizeof(word) ? size - i : sizeof(word));
        fprintf(f, "%s%#llx,", i / sizeof(word) % 6 ? "" : "\n", (unsigned long long)word);
    }
    fprintf(f, "\n};\n");
}

static bool
write_arrays(const struct gb_image *image, const char *path)
{
    struct lists lists = {.image = image};
    FILE *f = fopen(path, "w");

    if (!f)
        return false;
    struct gb_buf lexicon = gb_lexicon_make(list_words, &lists);
    fprintf(f, "/* Made from rules/ by src/rule/compile.c. */\n#include <stdint.h>\n");
    write_array(f, "gb_builtin_image", image, image->size);
    write_array(f, "gb_builtin_lexicon", lexicon.ptr, lexicon.len);
    gb_buf_release(&lexicon);
    gb_arena_release(&lists.arena);
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
    else if (!write_arrays(image, argv[2]) || !write_depfile(read, n_read, argv[2], argv[3]))
        perror("compile-rules");
    else
        status = 0;
    free(image);
    gb_arena_release(&arena);
    return status;
}
