/*
 * The generator of the built-in packs: loads rules/ as the program loads a user's pack, and writes the image, the lexicon of
 * its lists, the code of its patterns and the sets of its words as C arrays. Usage: compile-rules RULES OUT.c DEPFILE
 */
#include "base/sort.h"
#include "facts/lexicon.h"
#include "rule/folder_priv.h"
#include "rule/kind_priv.h"
#include "rule/pattern_priv.h"

#include <stdio.h>
#include <stdlib.h>

/* The program's own are not made yet; nothing here looks at them. */
const uint64_t gb_builtin_image[] = {0}, gb_builtin_lexicon[] = {0}, gb_builtin_codes[] = {0}, gb_builtin_sets[] = {0};

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

    return gb_list_words(&lists->image, 1, gb_str_from(name), &lists->arena, out_words);
}

/* ---- What is made of the image ---- */

/* A row of a table of struct gb_made, and its bytes. */
struct made {
    uint32_t of, variant;
    struct gb_str bytes;
};

struct table {
    GB_ARRAY(struct made) items;
    struct gb_arena arena;
};

static void
add_code(struct table *codes, const struct gb_image *image, struct gb_slice text, bool is_anchored)
{
    struct gb_buf bytes = {0};

    if (gb_pattern_encode(gb_image_str(image, text), is_anchored, &bytes))
        *gb_push(&codes->items) = (struct made){text.off, is_anchored, gb_buf_take(&bytes, &codes->arena)};
    gb_buf_release(&bytes);
}

/* Is it the pattern of a search, tried where its matches begin? As choose_pattern of ruleset.c has it. */
static bool
is_anchored(const struct gb_image_rule *rule, const struct gb_image_param *param)
{
    return rule->head.does_search && param->index == GB_SEARCH_PATTERN && (rule->head.opens || rule->openers.n);
}

static void
add_codes(struct table *codes, const struct gb_image *image, const struct gb_image_rule *rule,
          const struct gb_image_param *param)
{
    const struct gb_slice *words = gb_image_at(image, param->words);

    if (param->type == GB_PARAM_PATTERN && param->is_set)
        add_code(codes, image, param->text, is_anchored(rule, param));
    for (uint32_t i = 0; param->type == GB_PARAM_PATTERNS && i < param->words.n; i++)
        add_code(codes, image, words[i], false);
}

/* Only a native check asks for a set; a small one is made in no time. */
static void
add_set(struct table *sets, const struct gb_image *image, const struct gb_image_rule *rule,
        const struct gb_image_param *param)
{
    enum { FEWEST = 20 };
    uint32_t n = param->words.n;

    if (!rule->head.is_native || param->type != GB_PARAM_WORDS || n < FEWEST)
        return;
    struct gb_str *words = gb_arena_new_array(&sets->arena, struct gb_str, n);
    for (uint32_t i = 0; i < n; i++)
        words[i] = gb_image_word(image, param->words, i);
    const struct gb_han_words *set = gb_words_new(&sets->arena, words, n);
    *gb_push(&sets->items) = (struct made){param->words.off, 0, {(const char *)set, set->size}};
}

GB_ORDER(compare_made, struct made, GB_KEY(of) GB_KEY(variant))

/* The table as struct gb_made has it. What rules share is made once. */
static void
write_table(struct table *table, struct gb_buf *out)
{
    struct made *items = table->items.items;
    uint32_t n = 0;

    gb_sort(items, table->items.len, sizeof(*items), compare_made);
    for (size_t i = 0; i < table->items.len; i++) {
        if (n == 0 || compare_made(&items[n - 1], &items[i]) != 0)
            items[n++] = items[i];
    }
    uint32_t off = (n + 1) * (uint32_t)sizeof(struct gb_made);
    gb_buf_add(out, (struct gb_str){(const char *)&(struct gb_made){.of = n}, sizeof(struct gb_made)});
    for (uint32_t i = 0; i < n; i++) {
        struct gb_made row = {items[i].of, items[i].variant, off, (uint32_t)items[i].bytes.len};
        gb_buf_add(out, (struct gb_str){(const char *)&row, sizeof(row)});
        off += (row.size + 7) & ~UINT32_C(7);
    }
    for (uint32_t i = 0; i < n; i++) {
        gb_buf_add(out, items[i].bytes);
        while (out->len % 8)
            gb_buf_add_char(out, 0);
    }
    gb_array_release(&table->items);
    gb_arena_release(&table->arena);
}

static void
make_tables(const struct gb_image *image, struct gb_buf *out_codes, struct gb_buf *out_sets)
{
    const struct gb_image_rule *rules = gb_image_at(image, image->rules);
    struct table codes = {.arena = GB_ARENA_ZERO}, sets = {.arena = GB_ARENA_ZERO};

    for (uint32_t i = 0; i < image->rules.n; i++) {
        const struct gb_image_param *params = gb_image_at(image, rules[i].head.params);
        for (uint32_t k = 0; k < rules[i].head.params.n; k++) {
            add_codes(&codes, image, &rules[i], &params[k]);
            add_set(&sets, image, &rules[i], &params[k]);
        }
    }
    write_table(&codes, out_codes);
    write_table(&sets, out_sets);
}

/* ---- Writing ---- */

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
    struct gb_buf codes = {0}, sets = {0};
    FILE *f = fopen(path, "w");

    if (!f)
        return false;
    struct gb_buf lexicon = gb_lexicon_make(list_words, &lists);
    fprintf(f, "/* Made from rules/ by src/rule/compile.c. */\n#include <stdint.h>\n");
    write_array(f, "gb_builtin_image", image, image->size);
    write_array(f, "gb_builtin_lexicon", lexicon.ptr, lexicon.len);
    gb_buf_release(&lexicon);
    make_tables(image, &codes, &sets);
    write_array(f, "gb_builtin_codes", codes.ptr, codes.len);
    write_array(f, "gb_builtin_sets", sets.ptr, sets.len);
    gb_buf_release(&codes);
    gb_buf_release(&sets);
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
