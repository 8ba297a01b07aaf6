#include "facts/lexicon_priv.h"

const struct gb_lexicon *
gb_lexicon_new(struct gb_arena *arena, gb_lexicon_list *list, void *data)
{
    struct gb_lexicon *lexicon = gb_arena_new(arena, struct gb_lexicon);

    gb_lexicon_add_modals(lexicon, arena, list, data);
    gb_lexicon_add_codes(lexicon, arena, list, data);
    lexicon->measures = gb_measures_new(arena, list, data);
    return lexicon;
}

const struct gb_measures *
gb_lexicon_measures(const struct gb_lexicon *lexicon)
{
    return lexicon->measures;
}
