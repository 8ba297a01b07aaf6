/*
 * The generator of the built-in packs: loads rules/ as the program loads a user's pack, and writes the image, the lexicon of
 * its lists and the code of its patterns as C arrays. Usage: compile-rules RULES OUT.c DEPFILE
 */
#include "base/sort.h"
#include "facts/lexicon.h"
#include "rule/folder_priv.h"
#include "rule/kind_priv.h"
#include "rule/pattern_priv.h"

#include <stdio.h>
#include <stdlib.h>

/* The program's own are not made yet; nothing here looks at them. */
const uint64_t gb_builtin_image[] = {0}, gb_builtin_lexicon[] = {0}, gb_builtin_codes[] = {0};

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

/* The code of a pattern at its place in the image. */
struct code {
    uint32_t text;
    bool is_anchored;
    struct gb_str bytes;
};

struct codes {
    GB_ARRAY(struct code) items;
    struct gb_arena arena;
};

static void
add_code(struct codes *codes, const struct gb_image *image, struct gb_slice text, bool is_anchored)
{
    struct gb_buf bytes = {0};

    if (gb_pattern_encode(gb_image_str(image, text), is_anchored, &bytes))
        *gb_push(&codes->items) = (struct code){text.off, is_anchored, gb_buf_take(&bytes, &codes->arena)};
    gb_buf_release(&bytes);
}

/* Is it the pattern of a search, tried where its matches begin? As choose_pattern of ruleset.c has it. */
static bool
is_anchored(const struct gb_image_rule *rule, const struct gb_image_param *param)
{
    return rule->head.does_search && param->index == GB_SEARCH_PATTERN && (rule->head.opens || rule->openers.n);
}

static void
add_codes(struct codes *codes, const struct gb_image *image, const struct gb_image_rule *rule)
{
    const struct gb_image_param *params = gb_image_at(image, rule->head.params);

    for (uint32_t i = 0; i < rule->head.params.n; i++) {
        const struct gb_slice *words = gb_image_at(image, params[i].words);
        if (params[i].type == GB_PARAM_PATTERN && params[i].is_set)
            add_code(codes, image, params[i].text, is_anchored(rule, &params[i]));
        for (uint32_t k = 0; params[i].type == GB_PARAM_PATTERNS && k < params[i].words.n; k++)
            add_code(codes, image, words[k], false);
    }
}

static int
compare_codes(const void *left, const void *right)
{
    const struct code *a = left, *b = right;

    return a->text != b->text ? (a->text > b->text) - (a->text < b->text) : a->is_anchored - b->is_anchored;
}

/* See struct gb_pattern_code. Rules that share a pattern share its code. */
static void
make_codes(const struct gb_image *image, struct gb_buf *out)
{
    const struct gb_image_rule *rules = gb_image_at(image, image->rules);
    struct codes codes = {.arena = GB_ARENA_ZERO};
    size_t n = 0, off;

    for (uint32_t i = 0; i < image->rules.n; i++)
        add_codes(&codes, image, &rules[i]);
    gb_sort(codes.items.items, codes.items.len, sizeof(*codes.items.items), compare_codes);
    for (size_t i = 0; i < codes.items.len; i++) {
        if (n == 0 || compare_codes(&codes.items.items[n - 1], &codes.items.items[i]) != 0)
            codes.items.items[n++] = codes.items.items[i];
    }
    off = (n + 1) * sizeof(struct gb_pattern_code);
    gb_buf_add(out, (struct gb_str){(const char *)&(struct gb_pattern_code){.text = (uint32_t)n}, sizeof(struct gb_pattern_code)});
    for (size_t i = 0; i < n; i++) {
        const struct code *code = &codes.items.items[i];
        struct gb_pattern_code row = {code->text, code->is_anchored, (uint32_t)off, (uint32_t)code->bytes.len};
        gb_buf_add(out, (struct gb_str){(const char *)&row, sizeof(row)});
        off += (code->bytes.len + 7) & ~(size_t)7;
    }
    for (size_t i = 0; i < n; i++) {
        gb_buf_add(out, codes.items.items[i].bytes);
        while (out->len % 8)
            gb_buf_add_char(out, 0);
    }
    gb_array_release(&codes.items);
    gb_arena_release(&codes.arena);
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
    struct gb_buf codes = {0};
    FILE *f = fopen(path, "w");

    if (!f)
        return false;
    struct gb_buf lexicon = gb_lexicon_make(list_words, &lists);
    fprintf(f, "/* Made from rules/ by src/rule/compile.c. */\n#include <stdint.h>\n");
    write_array(f, "gb_builtin_image", image, image->size);
    write_array(f, "gb_builtin_lexicon", lexicon.ptr, lexicon.len);
    gb_buf_release(&lexicon);
    make_codes(image, &codes);
    write_array(f, "gb_builtin_codes", codes.ptr, codes.len);
    gb_buf_release(&codes);
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
