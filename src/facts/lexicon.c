#include "facts/lexicon_priv.h"

const struct gb_lexicon *
gb_lexicon_new(struct gb_arena *arena, gb_lexicon_list *list, void *data)
{
    struct gb_lexicon *lexicon = gb_arena_new(arena, struct gb_lexicon);

    lexicon->n_requirement = list(data, "modal-requirement", &lexicon->requirement);
    return lexicon;
}
