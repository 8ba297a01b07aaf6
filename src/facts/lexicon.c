/* What rules/words says, made ready for one pass over a text. */
#include "facts/lexicon_priv.h"

#include "base/array.h"
#include "base/sort.h"

#include <stddef.h>

const struct gb_han_words *
gb_maker_set(struct gb_lexicon_maker *maker, struct gb_arena *arena, const char *name)
{
    const struct gb_str *words;
    size_t n = gb_maker_list(maker, name, &words);

    return gb_words_new(arena, words, n);
}

/* A list of rules/words and where it goes. */
struct field {
    size_t at;
    const char *name;
};

#define X(field, name) {offsetof(struct gb_lexicon, field), name},
static const struct field sets[] = {GB_LEXICON_SETS(X)}, lists[] = {GB_LEXICON_LISTS(X)};
#undef X

static void
add_words(struct gb_lexicon_maker *maker)
{
    struct gb_arena arena = GB_ARENA_ZERO;

    GB_EACH(const struct field, field, sets, GB_COUNT(sets)) {
        const struct gb_han_words *set = gb_maker_set(maker, &arena, field->name);
        gb_blob_link(&maker->blob, field->at, gb_blob_add(&maker->blob, set, set->size), 1);
    }
    GB_EACH(const struct field, field, lists, GB_COUNT(lists)) {
        const struct gb_str *words;
        size_t n = gb_maker_list(maker, field->name, &words);
        gb_blob_link_words(&maker->blob, field->at, words, n);
    }
    gb_arena_release(&arena);
}

/* A prefix before it is in the blob. */
struct code {
    struct gb_str code;
    enum gb_publisher publisher;
};

GB_ORDER(by_code, struct code, GB_KEY_STR(code))

/* One table of all prefixes of identifiers, for one search. */
static void
add_codes(struct gb_lexicon_maker *maker)
{
    static const char *const publishers[] = {
#define X(id, name, list) list,
        GB_PUBLISHERS(X)
#undef X
    };
    GB_ARRAY(struct code) codes = {0};
    const struct gb_str *words, *ambiguous;
    size_t n_ambiguous = gb_maker_list(maker, "codes-ambiguous", &ambiguous);

    for (size_t p = 0; p < GB_COUNT(publishers); p++) {
        size_t n = publishers[p] ? gb_maker_list(maker, publishers[p], &words) : 0;
        for (size_t i = 0; i + 1 < n; i += 2)
            *gb_push(&codes) = (struct code){words[i], (enum gb_publisher)p};
    }
    gb_sort(codes.items, codes.len, sizeof(*codes.items), by_code);
    size_t array = gb_blob_add(&maker->blob, NULL, codes.len * sizeof(struct gb_code));
    gb_blob_link(&maker->blob, offsetof(struct gb_lexicon, codes), array, codes.len);
    for (size_t i = 0; i < codes.len; i++) {
        size_t at = array + i * sizeof(struct gb_code);
        struct gb_code *code = gb_blob_at(&maker->blob, struct gb_code, at);
        code->publisher = codes.items[i].publisher;
        code->is_ambiguous = gb_str_is_any(codes.items[i].code, ambiguous, n_ambiguous);
        gb_blob_link_str(&maker->blob, at + offsetof(struct gb_code, code), codes.items[i].code);
    }
    gb_array_release(&codes);
}

struct gb_buf
gb_lexicon_make(gb_lexicon_list *list, void *data)
{
    struct gb_lexicon_maker maker = {.list = list, .data = data};

    gb_blob_add(&maker.blob, NULL, sizeof(struct gb_lexicon));
    add_words(&maker);
    gb_lexicon_add_modals(&maker);
    add_codes(&maker);
    size_t measures = gb_measures_add(&maker);
    gb_blob_link(&maker.blob, offsetof(struct gb_lexicon, measures), measures, 1);
    size_t mentions = gb_mention_words_add(&maker);
    gb_blob_link(&maker.blob, offsetof(struct gb_lexicon, mentions), mentions, 1);
    return maker.blob.buf;
}

const struct gb_measures *
gb_lexicon_measures(const struct gb_lexicon *lexicon)
{
    return gb_rel_at(&lexicon->measures);
}

const struct gb_code *
gb_lexicon_code(const struct gb_lexicon *lexicon, struct gb_str code)
{
    const struct gb_code *codes = gb_rel_at(&lexicon->codes);

    GB_SEEK(size_t, i, lexicon->codes.n, gb_str_cmp(gb_rel_str(&codes[i].code), code) < 0);
    return i < lexicon->codes.n && gb_str_eq(gb_rel_str(&codes[i].code), code) ? &codes[i] : NULL;
}
