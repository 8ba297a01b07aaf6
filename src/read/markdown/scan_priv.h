/*
 * What is done with a Markdown file before cmark-gfm sees it, in one pass over its bytes.
 *
 * Regions are stretches that Markdown must not touch: comments, HTML tables and the like, formulas. In the copy that
 * is parsed (`feed`) their bytes are replaced, one for one, by harmless ones, so that every offset stays the same:
 * a region that fills its lines by itself looks like a heading ("# xxxx", one line), any other like a word. Texts that
 * would cost the parser time or memory out of all proportion are blanked and reported.
 */
#ifndef GB_READ_MARKDOWN_SCAN_PRIV_H
#define GB_READ_MARKDOWN_SCAN_PRIV_H

#include "read/block.h"
#include "read/markdown/plain_priv.h"

enum gb_region_kind {
    GB_REGION_MATH,    /* $ … $ inside a line */
    GB_REGION_DISPLAY, /* $$ … $$, with the number behind it where it is whole */
    GB_REGION_HTML,    /* elements from a first tag to its end tag */
    GB_REGION_COMMENT, /* <!-- … --> */
    GB_REGION_DRAWN,   /* a table drawn with hyphens: drawn.c */
};

struct gb_region {
    struct gb_span span; /* in the text of the file */
    enum gb_region_kind kind;
    bool is_whole; /* nothing else in its lines, but for the marks of containers */
};

/* A footnote definition or a link definition: the whole line. */
struct gb_definition {
    struct gb_span span, label;
};

struct gb_scan {
    struct gb_str raw, feed;            /* the same memory where nothing had to be replaced */
    char *copy;                         /* feed, when it is a copy: freed by release */
    GB_ARRAY(struct gb_region) regions; /* in order, none inside another */
    GB_ARRAY(uint32_t) chunks;          /* offsets where a part begins that can be parsed by itself */
    gb_plain_runs runs;                 /* in order, none in two parts */
    GB_ARRAY(struct gb_definition) footnotes, links;
    GB_ARRAY(struct gb_span) marks; /* labels of "[^label]" in the text */
    uint32_t *slots;                /* hash table of the footnotes' labels: index + 1 */
    uint32_t n_slots;
    GB_ARRAY(uint32_t) form_feeds; /* in order; blanks in the feed */
    bool is_smart;                 /* its punctuation was written in ASCII: pandoc.c */
    bool has_joined_lines;         /* a region holds a line end: lines of the feed are not lines of the file */
};

/* Scans the file from `begin` on (what lies before was read as front matter). Faults are added to the blocks. */
void gb_scan_markdown(struct gb_scan *scan, struct gb_blocks *blocks, const struct gb_source_file *file,
                      uint32_t begin);
void gb_scan_release(struct gb_scan *scan);

/* Index of the first region that ends behind `offset`: all of them lie at or after it. */
size_t gb_scan_region(const struct gb_scan *scan, uint32_t offset);

/* The definition of a footnote; NULL where there is none. */
const struct gb_definition *gb_scan_footnote(const struct gb_scan *scan, struct gb_str label);
/* No other has its label. */
void gb_scan_add_footnote(struct gb_scan *scan, struct gb_definition definition);

/* The "$" at `at` begins a formula: offset behind the "$" that ends it before `end`; else 0. */
uint32_t gb_scan_math(struct gb_str text, uint32_t at, uint32_t end);

/* Was the punctuation of a file written in ASCII by a converter? pandoc.c */
bool gb_markdown_is_smart(struct gb_str raw);

/* Adds a fault with a Chinese and an English sentence; span is in the text of the file. */
void gb_fault_add(struct gb_blocks *blocks, uint32_t base, enum gb_fault_kind kind, struct gb_span span, const char *zh,
                  const char *en);

#endif
