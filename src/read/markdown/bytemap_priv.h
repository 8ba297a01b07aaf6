/*
 * The way from a parser's buffer back to the file, and texts put together of pieces whose place is known.
 *
 * Offsets here are into the text of one file; `base` is added where a run of a gb_text is made.
 */
#ifndef GB_READ_MARKDOWN_BYTEMAP_PRIV_H
#define GB_READ_MARKDOWN_BYTEMAP_PRIV_H

#include "base/array.h"
#include "doc/text.h"

/* Bytes of the buffer from `at` to the next segment are the bytes of the file from `src` on. A `loose` segment
 * stands as a whole for [src, src_end): blanks in the place of a tab, or bytes that were not found again. */
struct gb_segment {
    uint32_t at, src, src_end;
    uint32_t loose; /* 0, GB_RUN_DECODED or GB_RUN_APPROX */
};

struct gb_bytemap {
    GB_ARRAY(struct gb_segment) segments;
};

void gb_bytemap_clear(struct gb_bytemap *map);
void gb_bytemap_add(struct gb_bytemap *map, uint32_t at, uint32_t src);
void gb_bytemap_add_loose(struct gb_bytemap *map, uint32_t at, struct gb_span src, uint32_t flag);

/* Index of the segment that holds offset `at`, looked for from *hint on (which is moved there). */
uint32_t gb_bytemap_find(const struct gb_bytemap *map, uint32_t at, uint32_t *hint);

/* A stretch of a text in the making. `text` are its bytes: in the file for an exact one, else in `own` or in the arena. */
struct gb_piece {
    uint32_t flags; /* enum gb_run_flag */
    uint32_t item;  /* 1 + index of what stands here instead of text, else 0 */
    struct gb_span src;
    const char *text; /* NULL: own */
    uint32_t len;
    char own[12];
};

struct gb_pieces {
    GB_ARRAY(struct gb_piece) list;
    struct gb_str raw; /* text of the file */
    uint32_t base;
};

/* Bytes [begin, end) of the file; joined to the last piece where it goes on from there with the same flags. */
void gb_pieces_exact(struct gb_pieces *pieces, uint32_t begin, uint32_t end, uint32_t flags);
/* Text that stands for a span as a whole. It is copied when it fits in a piece, else it must outlive the pieces. */
void gb_pieces_other(struct gb_pieces *pieces, struct gb_str text, struct gb_span src, uint32_t flags);
/* A line end at [begin, end) of the file. */
void gb_pieces_break(struct gb_pieces *pieces, uint32_t begin, uint32_t end, uint32_t flags);
/* The place of something that is no text. */
void gb_pieces_item(struct gb_pieces *pieces, uint32_t item, struct gb_span src);

typedef GB_ARRAY(struct gb_span) gb_spans;

/* Takes stretches of the file out of the text; they are in order, none in another. Scratch has the same file and base; its pieces are
 * lost. */
void gb_pieces_cut(struct gb_pieces *pieces, struct gb_pieces *scratch, const gb_spans *cuts);

/* Takes pairs of "~~" (struck-out words stay) or "==" (highlight) out of the text. Scratch has the same file and base; its pieces are lost. */
void gb_pieces_drop_doubled(struct gb_pieces *pieces, struct gb_pieces *scratch, char mark);

/* The text of pieces [first, last), items left out: a slice of the file where all its bytes follow each other there.
 * Adds the number of runs to *n_exact and *n_approx. */
struct gb_text gb_pieces_text(const struct gb_pieces *pieces, size_t first, size_t last, struct gb_arena *arena,
                              uint32_t *n_exact, uint32_t *n_approx);

#endif
