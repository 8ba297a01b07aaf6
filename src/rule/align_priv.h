/* How a text of the draft differs from a sentence in its fixed words: edit distance under normalisation N, and the places. */
#ifndef GB_RULE_ALIGN_PRIV_H
#define GB_RULE_ALIGN_PRIV_H

#include "base/arena.h"
#include "base/array.h"

enum { GB_OWN_WORDS = 0 }; /* the character of a sentence that stands for words of the draft's own */

/* A character as N leaves it, and the bytes that it stands for. */
struct gb_glyph {
    uint32_t c;
    uint32_t begin, end;
};

struct gb_glyphs {
    struct gb_glyph *items;
    size_t len, cap;
};

/* A sentence made ready for comparing. */
struct gb_wording {
    struct gb_glyphs glyphs;
    struct gb_align_block *blocks;
    size_t n_blocks;
};

/* Characters [from, to) of the sentence stand in place of [begin, end) of the draft. */
struct gb_hunk {
    size_t from, to, begin, end;
};

/* The draft's text beside a sentence; zeroed is empty, the hunks belong to the caller. */
struct gb_alignment {
    size_t distance, begin, end; /* where the sentence stands in the draft */
    GB_ARRAY(struct gb_hunk) hunks;
};

/* Memory that alignments use one after the other; zeroed is empty. */
struct gb_aligner {
    GB_ARRAY(struct gb_align_cell) cells;
};

void gb_aligner_release(struct gb_aligner *aligner);

/* Makes blocks of the glyphs, in the arena. */
void gb_wording_prepare(struct gb_wording *wording, struct gb_arena *arena);

/* The nearest stretch of the draft: only its distance, or with its place and the differences. */
size_t gb_align_distance(struct gb_aligner *aligner, const struct gb_wording *wording, const struct gb_glyphs *draft);
void gb_align(struct gb_aligner *aligner, const struct gb_wording *wording, const struct gb_glyphs *draft,
              struct gb_alignment *out);

#endif
