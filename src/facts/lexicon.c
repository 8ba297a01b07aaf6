#include "facts/lexicon_priv.h"

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

struct gb_buf
gb_lexicon_make(gb_lexicon_list *list, void *data)
{
    struct gb_lexicon_maker maker = {.list = list, .data = data};

    gb_blob_add(&maker.blob, NULL, sizeof(struct gb_lexicon));
    add_words(&maker);
    gb_lexicon_add_modals(&maker);
    gb_lexicon_add_codes(&maker);
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
