/* Prefixes of identifiers, and the words around citations. */
#include "facts/lexicon_priv.h"

#include "base/array.h"
#include "base/sort.h"

#include <stddef.h>

/* A prefix before it is in the blob. */
struct code {
    struct gb_str code;
    enum gb_publisher publisher;
};

GB_ORDER(by_code, struct code, GB_KEY_STR(code))

/* One table of all prefixes, for one search. */
static void
add_codes(struct gb_lexicon_maker *maker)
{
    static const char *const lists[] = {
#define X(id, name, list) list,
        GB_PUBLISHERS(X)
#undef X
    };
    GB_ARRAY(struct code) codes = {0};
    const struct gb_str *words, *ambiguous;
    size_t n_ambiguous = gb_maker_list(maker, "codes-ambiguous", &ambiguous);

    for (size_t p = 0; p < GB_COUNT(lists); p++) {
        size_t n = lists[p] ? gb_maker_list(maker, lists[p], &words) : 0;
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

const struct gb_code *
gb_lexicon_code(const struct gb_lexicon *lexicon, struct gb_str code)
{
    const struct gb_code *codes = gb_rel_at(&lexicon->codes);

    GB_SEEK(size_t, i, lexicon->codes.n, gb_str_cmp(gb_rel_str(&codes[i].code), code) < 0);
    return i < lexicon->codes.n && gb_str_eq(gb_rel_str(&codes[i].code), code) ? &codes[i] : NULL;
}

void
gb_lexicon_add_codes(struct gb_lexicon_maker *maker)
{
    static const struct {
        size_t field;
        const char *name;
    } lists[] = {{offsetof(struct gb_lexicon, regions), "codes-region"},
                 {offsetof(struct gb_lexicon, cite_binding), "cite-binding"},
                 {offsetof(struct gb_lexicon, cite_see), "cite-see"},
                 {offsetof(struct gb_lexicon, cite_see_also), "cite-see-also"},
                 {offsetof(struct gb_lexicon, cite_gives), "cite-gives"},
                 {offsetof(struct gb_lexicon, cite_kinds), "cite-kinds"},
                 {offsetof(struct gb_lexicon, cite_no_document), "cite-no-document"},
                 {offsetof(struct gb_lexicon, variant_heads), "variant-heads"},
                 {offsetof(struct gb_lexicon, variant_things), "variant-things"},
                 {offsetof(struct gb_lexicon, variant_weak), "variant-weak"},
                 {offsetof(struct gb_lexicon, variant_qualifiers), "variant-qualifiers"},
                 {offsetof(struct gb_lexicon, variant_fillings), "variant-fillings"},
                 {offsetof(struct gb_lexicon, variant_loose_words), "variant-loose-words"},
                 {offsetof(struct gb_lexicon, variant_contrasts), "variant-contrasts"},
                 {offsetof(struct gb_lexicon, variant_contractions), "variant-contractions"},
                 {offsetof(struct gb_lexicon, variant_synonyms), "variant-synonyms"},
                 {offsetof(struct gb_lexicon, value_periods), "value-periods"},
                 {offsetof(struct gb_lexicon, variant_ends), "variant-ends"},
                 {offsetof(struct gb_lexicon, variant_likely_ends), "variant-likely-ends"},
                 {offsetof(struct gb_lexicon, variant_likely_words), "variant-likely-words"}};

    add_codes(maker);
    for (size_t i = 0; i < GB_COUNT(lists); i++) {
        const struct gb_str *words;
        size_t n = gb_maker_list(maker, lists[i].name, &words);
        gb_blob_link_words(&maker->blob, lists[i].field, words, n);
    }
}
