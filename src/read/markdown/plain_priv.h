/*
 * Plain lines: headings, paragraphs and list items of one line that stand at the margin without any mark of Markdown in
 * them. Drafts consist of them, and what they mean needs no parser: a *run* of them is read as it stands, and the parser
 * sees one empty heading in its place, which closes what a run would close.
 */
#ifndef GB_READ_MARKDOWN_PLAIN_PRIV_H
#define GB_READ_MARKDOWN_PLAIN_PRIV_H

#include "base/array.h"

enum gb_line_kind {
    GB_LINE_BLANK,
    GB_LINE_HEADING, /* "# …" */
    GB_LINE_TEXT,
    GB_LINE_ITEM,   /* "- …" */
    GB_LINE_MARGIN, /* not plain; begins at the margin, and no container */
    GB_LINE_OTHER,
};

/* What a line [begin, end) without its line end is. It is not blank, and no code or HTML is open. `is_clean`: no byte of
 * it, behind the mark that it may begin with, means something to Markdown. */
enum gb_line_kind gb_plain_line(struct gb_str text, uint32_t begin, uint32_t end, bool is_clean);

typedef GB_ARRAY(struct gb_span) gb_plain_runs;

/* The run that is open, while lines are read. Blank lines are part of it. */
struct gb_plain {
    enum { GB_PLAIN_NONE, GB_PLAIN_MARGIN, GB_PLAIN_PARA, GB_PLAIN_LIST } state;
    uint32_t begin;
    uint32_t block; /* PARA, LIST: where that begins; the next line may show that it is not plain */
    char bullet;
    bool after_blank; /* the line before is blank, or there is none */
};

/* Goes over a line that begins at `begin`. */
void gb_plain_take(struct gb_plain *plain, gb_plain_runs *runs, enum gb_line_kind kind, struct gb_str text,
                   uint32_t begin);
/* A part ends at `at`: what is open ends there, too. */
void gb_plain_end(struct gb_plain *plain, gb_plain_runs *runs, uint32_t at);
/* What lies between `from` and the line at hand is not to be read. */
void gb_plain_drop(struct gb_plain *plain, gb_plain_runs *runs, uint32_t from);

#endif
