/*
 * Text of the draft with the map back to the bytes it came from.
 *
 * `str` is what a reader of the draft sees (escapes and entities resolved, inline marks taken off); each run maps
 * a stretch of it to the source. A line break inside a paragraph is the byte '\n'.
 */
#ifndef GB_DOC_TEXT_H
#define GB_DOC_TEXT_H

#include "base/arena.h"

enum gb_run_flag {
    GB_RUN_EXACT = 1 << 0,   /* the bytes of the text are the bytes of the source, one for one */
    GB_RUN_DECODED = 1 << 1, /* the whole run stands for the whole span: an entity, an escape, a line break */
    GB_RUN_APPROX = 1 << 2,  /* the span is only the block or line it lies in: show the line, no column */
    GB_RUN_BREAK = 1 << 3,   /* the text is "\n": a line end of the source */
    GB_RUN_HARD = 1 << 4,    /* with BREAK: a line break that the author asked for */
    GB_RUN_CODE = 1 << 5,    /* code span */
    GB_RUN_STRONG = 1 << 6,
    GB_RUN_EMPH = 1 << 7,
    GB_RUN_LINK = 1 << 8, /* text of a link */
    GB_RUN_MATH = 1 << 9, /* $ … $, inlineequation */
    GB_RUN_SUP = 1 << 10, /* superscript, subscript */
    GB_RUN_SUB = 1 << 11,
    GB_RUN_NOTE = 1 << 12,  /* mark of a footnote: the text is "", its label in the source span */
    GB_RUN_QUOTE = 1 << 13, /* inside <q>, quote element, block quote */
};

struct gb_run {
    uint32_t at; /* offset of the run in the text it belongs to */
    uint32_t flags;
    struct gb_span src;
};

/* A piece of mapped text. Slices share the runs of the whole, or the part of them that they need: `off` is where the slice begins in it. */
struct gb_text {
    struct gb_str str;
    const struct gb_run *runs; /* in order; each ends where the next begins, the last at the end of the whole */
    uint32_t n_runs;
    uint32_t off;
};

/* Bytes [begin, end) of the text as text of their own; no copy. */
struct gb_text gb_text_slice(const struct gb_text *text, size_t begin, size_t end);

/* Without white space (full-width too) at both ends; and bytes [begin, end) so. */
struct gb_text gb_text_trim(const struct gb_text *text);
struct gb_text gb_text_between(const struct gb_text *text, size_t begin, size_t end);

/*
 * The source bytes of [begin, end) of the text: from the source place of its first byte to behind that of its last.
 * *out_exact tells whether both ends are exact (NULL to not ask). Inside a DECODED run the whole run is taken.
 */
struct gb_span gb_text_span(const struct gb_text *text, size_t begin, size_t end, bool *out_exact);

/* Source span of the whole text. */
struct gb_span gb_text_whole(const struct gb_text *text, bool *out_exact);

/* Flags of the run at a byte: 0 for an empty text. */
uint32_t gb_text_flags(const struct gb_text *text, size_t at);

/* Next line of the text, cut at '\n' (not included) from *at on, which moves behind it; false at the end.
 * *out_hard: the line ended in a hard break. NULL to not ask. */
bool gb_text_next_line(const struct gb_text *text, size_t *at, struct gb_text *out_line, bool *out_hard);

/* A text of one exact run: `str` must be the source's bytes of `src`. */
struct gb_text gb_text_exact(struct gb_arena *arena, struct gb_str str, uint32_t src_begin);

/* Two texts after each other with `between` (at most one byte, or "") as a DECODED run over the gap. */
struct gb_text gb_text_join(struct gb_arena *arena, const struct gb_text *a, const struct gb_text *b,
                            const char *between);

#endif
