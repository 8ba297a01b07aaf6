/* Prefixes of identifiers, and the words around citations. */
#include "facts/lexicon_priv.h"

#include "base/array.h"
#include "base/sort.h"

static int
by_code(const void *a, const void *b)
{
    return gb_str_cmp(((const struct gb_code *)a)->code, ((const struct gb_code *)b)->code);
}

static struct gb_word_list
words_of(gb_lexicon_list *list, void *data, const char *name)
{
    struct gb_word_list words;

    words.n = list(data, name, &words.items);
    return words;
}

static bool
has_word(struct gb_word_list words, struct gb_str word)
{
    for (size_t i = 0; i < words.n; i++) {
        if (words.items[i].len == word.len && words.items[i].ptr[0] == word.ptr[0] && gb_str_eq(words.items[i], word))
            return true;
    }
    return false;
}

/* One table of all prefixes, for one search. */
static void
gather_codes(struct gb_lexicon *lexicon, struct gb_arena *arena, gb_lexicon_list *list, void *data)
{
    static const char *const lists[] = {
#define X(id, name, list) list,
        GB_PUBLISHERS(X)
#undef X
    };
    GB_ARRAY(struct gb_code) codes = {0};
    struct gb_word_list ambiguous = words_of(list, data, "codes-ambiguous");

    for (size_t p = 0; p < GB_COUNT(lists); p++) {
        struct gb_word_list words = lists[p] ? words_of(list, data, lists[p]) : (struct gb_word_list){0};
        for (size_t i = 0; i + 1 < words.n; i += 2)
            *gb_push(&codes) = (struct gb_code){words.items[i], (enum gb_publisher)p, has_word(ambiguous, words.items[i])};
    }
    gb_sort(codes.items, codes.len, sizeof(*codes.items), by_code);
    lexicon->n_codes = codes.len;
    lexicon->codes = gb_arena_copy_bytes(arena, codes.items, codes.len * sizeof(*codes.items));
    gb_array_release(&codes);
}

const struct gb_code *
gb_lexicon_code(const struct gb_lexicon *lexicon, struct gb_str code)
{
    struct gb_code key = {.code = code};

    return lexicon->n_codes ? bsearch(&key, lexicon->codes, lexicon->n_codes, sizeof(key), by_code) : NULL;
}

void
gb_lexicon_add_codes(struct gb_lexicon *lexicon, struct gb_arena *arena, gb_lexicon_list *list, void *data)
{
    gather_codes(lexicon, arena, list, data);
    lexicon->regions = words_of(list, data, "codes-region");
    lexicon->cite_binding = words_of(list, data, "cite-binding");
    lexicon->cite_see = words_of(list, data, "cite-see");
    lexicon->cite_see_also = words_of(list, data, "cite-see-also");
    lexicon->cite_gives = words_of(list, data, "cite-gives");
    lexicon->cite_kinds = words_of(list, data, "cite-kinds");
    lexicon->cite_no_document = words_of(list, data, "cite-no-document");
}
