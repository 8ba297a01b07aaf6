#include "facts/lexicon_priv.h"

#include <stddef.h>

struct gb_buf
gb_lexicon_make(gb_lexicon_list *list, void *data)
{
    struct gb_lexicon_maker maker = {.list = list, .data = data};

    gb_blob_add(&maker.blob, NULL, sizeof(struct gb_lexicon));
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
