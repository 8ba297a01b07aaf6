/* Sentences of the draft and their clause types; rule catalogue 4.2 and 4.3. */
#include "facts/facts_priv.h"
#include "facts/lexicon_priv.h"

const char *
gb_clause_type_name(enum gb_clause_type type)
{
    static const char *const names[] = {
#define X(id, name) name,
        GB_CLAUSE_TYPES(X)
#undef X
    };

    return names[type];
}

void
gb_find_sentences(struct gb_facts *facts, const struct gb_lexicon *lexicon)
{
    (void)lexicon;
    facts->first_sentence = gb_arena_new_array(facts->arena, uint32_t, facts->n_nodes + 1);
}

const struct gb_sentence *
gb_sentence_at(const struct gb_facts *facts, const struct gb_node *node, const struct gb_text *text, size_t at)
{
    uint32_t n;
    const struct gb_sentence *all = gb_sentences_of(facts, node, &n);

    for (uint32_t i = 0; i < n; i++) {
        if (all[i].text->str.ptr == text->str.ptr && all[i].begin <= at && at < all[i].end)
            return &all[i];
    }
    return NULL;
}
