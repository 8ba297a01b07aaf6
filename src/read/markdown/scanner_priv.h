/* The pass over a Markdown file in the hands of its parts: lines (scan.c), what stands in them (regions.c), limits (limits.c). */
#ifndef GB_READ_MARKDOWN_SCANNER_PRIV_H
#define GB_READ_MARKDOWN_SCANNER_PRIV_H

#include "read/markdown/html_priv.h"
#include "read/markdown/scan_priv.h"

enum { GB_SCAN_TICKS_MOST = 16 }; /* of a code span that formulas are not looked for in */

/* Consecutive lines without a blank one: the most that can become one paragraph. */
struct gb_scan_stretch {
    uint32_t begin;
    uint32_t text_begin; /* where the bytes that may be one paragraph begin */
    uint32_t longest;    /* of such paragraphs */
    uint32_t n_declarations, n_images, n_delimiter_rows, n_brackets, n_delimiters;
    uint32_t columns, n_rows; /* of the table that may be in it */
    const char *zh, *en;      /* the limit that it goes beyond */
};

/* The state of the pass; offsets are in the text of the file. */
struct gb_scanner {
    struct gb_scan *scan;
    struct gb_blocks *blocks;
    uint32_t base;
    const char *text;
    uint32_t len;
    struct gb_scan_stretch stretch;
    struct gb_span line; /* part of the line last asked for, up to its end */
    char fence;          /* of an open code fence, or 0 */
    uint32_t fence_len, fence_indent;
    const char *raw_end;                       /* what ends the HTML block that is open, or NULL */
    uint32_t no_ticks[GB_SCAN_TICKS_MOST + 1]; /* by length: end of the line in which no code span ends any more */
    bool was_blank;                            /* the line before */
    uint32_t n_blank;                          /* lines before that are blank */
    struct gb_plain plain;
    uint32_t chunk_begin;
    uint32_t weight, n_blocks;
    uint64_t cost; /* of all stretches */
    struct gb_html_search search;
    uint32_t no_comment_end; /* no --> is found from here on */
    size_t n_links;          /* brackets that may be links */
    unsigned n_limits;
    unsigned n_undrawn; /* lines that might have begun a drawn table */
    bool has_drawn;
};

static inline uint32_t
gb_scan_skip_blanks(const struct gb_scanner *s, uint32_t at)
{
    while (at < s->len && gb_is_blank(s->text[at]))
        at++;
    return at;
}

/* End of the line that holds `at`, without its line end. It is asked for again and again in one line. */
static inline uint32_t
gb_scan_line_end(struct gb_scanner *s, uint32_t at)
{
    if (at < s->line.begin || at > s->line.end) {
        s->line.begin = at;
        while (at < s->len && !gb_is_line_end(s->text[at]))
            at++;
        s->line.end = at;
    }
    return s->line.end;
}

/* The copy that may be changed. */
static inline char *
gb_scan_feed(struct gb_scanner *s)
{
    if (!s->scan->copy) {
        s->scan->copy = gb_alloc(s->len);
        memcpy(s->scan->copy, s->text, s->len);
        s->scan->feed.ptr = s->scan->copy;
    }
    return s->scan->copy;
}

static inline uint32_t
gb_scan_run_length(const struct gb_scanner *s, uint32_t at, char c)
{
    uint32_t n = 0;

    while (at + n < s->len && s->text[at + n] == c)
        n++;
    return n;
}

static inline bool
gb_scan_starts(const struct gb_scanner *s, uint32_t at, const char *what)
{
    size_t n = strlen(what);

    return s->len - at >= n && memcmp(s->text + at, what, n) == 0;
}

static inline uint32_t
gb_scan_find(const struct gb_scanner *s, uint32_t from, uint32_t limit, const char *what)
{
    size_t n = strlen(what);

    if (limit > s->len)
        limit = s->len;
    const char *hit = from < limit ? memmem(s->text + from, limit - from, what, n) : NULL;
    return hit ? (uint32_t)(hit - s->text) : UINT32_MAX;
}

/* Nothing but blanks up to the end of the line. */
static inline bool
gb_scan_ends_line(const struct gb_scanner *s, uint32_t at)
{
    at = gb_scan_skip_blanks(s, at);
    return at >= s->len || gb_is_line_end(s->text[at]);
}

/* ---- Limits: limits.c ---- */

/* A line that ends the paragraph before it, or stands by itself. */
void gb_scan_begin_paragraph(struct gb_scanner *s, uint32_t at);
/* A blank line, a fence or the end: what was read since the last one is judged. */
void gb_scan_end_stretch(struct gb_scanner *s, uint32_t end);
/* Too much that hangs together: the rest of it is not parsed. */
void gb_scan_check_chunk(struct gb_scanner *s, uint32_t at);
/* Links made through definitions copy their target: the work is targets times brackets. */
void gb_scan_check_links(struct gb_scanner *s);
void gb_scan_report_limit(struct gb_scanner *s, uint32_t begin, uint32_t end, const char *zh, const char *en);
/* Blanks out whole lines, so that the parser sees empty ones. */
void gb_scan_blank_out(struct gb_scanner *s, uint32_t begin, uint32_t end);

/* ---- What stands in a line: regions.c ---- */

/* Looks at the text of a line; returns the end of it, or of the line where a region that begins in it ends. */
uint32_t gb_scan_content(struct gb_scanner *s, uint32_t content, bool *out_is_clean);
/* Bytes that the parser shall not see as they are. */
void gb_scan_add_region(struct gb_scanner *s, enum gb_region_kind kind, uint32_t begin, uint32_t end, bool is_whole);

/* ---- Tables drawn with hyphens: drawn.c ---- */

/* A line of hyphens at `begin`: the end of the table that it belongs to, which may begin a line before; 0 for none. */
uint32_t gb_scan_drawn(struct gb_scanner *s, uint32_t begin, bool was_blank);

#endif
