/*
 * What the files of the Markdown reader share. None of them but those that include cmark_priv.h knows the
 * library that parses.
 *
 * Offsets are into the text of the file at hand, where the parser saw the bytes of scan.feed; block spans and runs have
 * the base of the file added. The *content* of a leaf is the library's buffer with its text: the map leads from there
 * back to the file, and a *walk* goes through it and leaves pieces, among them *items*, of which blocks are made.
 */
#ifndef GB_READ_MARKDOWN_MARKDOWN_PRIV_H
#define GB_READ_MARKDOWN_MARKDOWN_PRIV_H

#include "read/markdown/bytemap_priv.h"
#include "read/markdown/html_priv.h"
#include "read/markdown/pool_priv.h"
#include "read/markdown/scan_priv.h"

enum gb_markdown_item_kind { GB_MARKDOWN_IMAGE, GB_MARKDOWN_REGION };

/* What stands in the text of a leaf without being text. */
struct gb_markdown_item {
    enum gb_markdown_item_kind kind;
    struct gb_span span;
    size_t region;            /* REGION: index in scan.regions */
    bool is_html;             /* IMAGE: from a tag */
    struct gb_text alt, path; /* IMAGE */
};

struct gb_markdown {
    struct gb_blocks *blocks;
    const struct gb_source_file *file;
    struct gb_scan scan;
    /* The chunk at hand: offsets of its lines as the parser saw them, behind `n_head` lines of our own. */
    const uint32_t *lines;
    uint32_t n_lines, end, n_head;
    GB_ARRAY(uint32_t) own_lines;
    /* The leaf at hand. */
    struct gb_bytemap map;
    struct gb_pieces pieces, formula; /* the latter also where pieces are rebuilt */
    GB_ARRAY(struct gb_markdown_item) items;
    GB_ARRAY(struct gb_cell) cells;
    GB_ARRAY(struct gb_span) row;
    GB_ARRAY(uint32_t) images; /* that are open: where the pieces of each begin */
    struct gb_html html;
    struct gb_pool pool;
    size_t next_form_feed, next_footnote, next_mark;
    size_t next_run, last_run; /* of the chunk at hand: the one to be read next, and behind its last one */
};

static inline bool
gb_markdown_is_space(char c)
{
    return gb_is_blank(c) || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

static inline bool
gb_markdown_is_punct(char c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

/* lines.c: lines count from 0 at the start of the chunk. */
/* The lines of the chunk [begin, end) are those at hand; runs [next_run, last_run) are one line each. */
void gb_markdown_set_lines(struct gb_markdown *r, uint32_t begin, uint32_t end);
/* Index in the file of the first line at or behind an offset. */
uint32_t gb_markdown_file_line(const struct gb_markdown *r, uint32_t offset);
/* Index of a line of the parser; n_lines and more for lines that are not of the file. */
uint32_t gb_markdown_line(const struct gb_markdown *r, int line);
/* A line without its line end; empty at the end of the chunk where there is none. */
struct gb_span gb_markdown_line_span(const struct gb_markdown *r, uint32_t i);
/* Lines [first, last] as one span. */
struct gb_span gb_markdown_lines_span(const struct gb_markdown *r, uint32_t first, uint32_t last);
uint32_t gb_markdown_skip_blanks(const struct gb_markdown *r, uint32_t at, uint32_t end);
/* Steps over one mark of a container and the blanks behind it; the same offset where there is none. */
uint32_t gb_markdown_skip_marker(const struct gb_markdown *r, uint32_t at, uint32_t end);
/* [begin, end) without white space at its end: the new end. */
uint32_t gb_markdown_trim_end(const struct gb_markdown *r, uint32_t begin, uint32_t end);
uint32_t gb_markdown_count_lines(struct gb_str content);

/* realign.c: each fills r->map; what is not found is mapped to its lines, as approximate. */
/* Maps content that is somewhere between two lines, most likely so that it ends on `last`. */
void gb_markdown_map_block(struct gb_markdown *r, struct gb_str content, uint32_t first, uint32_t last);
/* Adds content [at, at + len), where it is the end of the line; else false. Blanks at its start may stand for a tab that
 * a container split. */
bool gb_markdown_map_line(struct gb_markdown *r, const char *content, uint32_t at, uint32_t len, struct gb_span line);
/* Content with its "\|" made "|" stands at the start of the room: its length in the file, or UINT32_MAX. With
 * `is_adding` it is added, from offset `at` of the leaf's content on. */
uint32_t gb_markdown_map_cell(struct gb_markdown *r, struct gb_str content, uint32_t at, struct gb_span room,
                              bool is_adding);
/* Maps a heading's text behind its "#" marks, the first of which is at or behind `at`: where that stands. */
uint32_t gb_markdown_map_atx(struct gb_markdown *r, struct gb_str content, uint32_t at, struct gb_span line);
/* Adds content from offset `at` on, which was not found. */
void gb_markdown_map_lost(struct gb_markdown *r, uint32_t at, struct gb_span line);

/* The way through the content of a leaf; offsets here are into the content. */
struct gb_markdown_walk {
    struct gb_markdown *r;
    const char *content;
    uint32_t size, at, hint;
    unsigned strong, emph, link;
    unsigned sup, sub, code;   /* these by HTML only */
    bool is_lost;              /* the cursor is not to be trusted until the next slice */
    bool after_break;          /* a <br> was the last thing */
    bool in_double, in_single; /* quotes that are open, where the file is smart */
    bool is_drawn;             /* a cell of a drawn table, which the parser does not read */
    size_t region;             /* the last one met */
};

/* drawn.c: a table in a region of that kind. */
void gb_markdown_read_drawn(struct gb_markdown *r, struct gb_block *parent, struct gb_span span);

/* table.c: the table whose cells are in r->cells. */
struct gb_table *gb_markdown_make_table(struct gb_markdown *r, uint16_t rows);

/* pandoc.c */
/* A paragraph ": 表1　面积" behind a table is its title: it takes its place before the table. Others stay. */
void gb_markdown_lift_caption(struct gb_block *table, struct gb_block *para);
/* Takes out of the pieces of a leaf what is no text to pandoc: the marks of "[text]{.class}", attributes behind a picture. */
void gb_markdown_drop_attributes(struct gb_markdown *r);
/* Bytes of the file, their punctuation as it was before a converter wrote it in ASCII. */
void gb_markdown_put_smart(struct gb_markdown_walk *w, uint32_t begin, uint32_t end, uint32_t flags);

/* walk.c: texts go to r->pieces, and the cursor behind them. */
/* Flags of text that stands here. */
uint32_t gb_markdown_flags(const struct gb_markdown_walk *w);
/* Where byte `at` of the content stands in the file. */
uint32_t gb_markdown_source_at(struct gb_markdown_walk *w, uint32_t at);
/* Content [begin, end) as text. */
void gb_markdown_put_content(struct gb_markdown_walk *w, uint32_t begin, uint32_t end, uint32_t flags);
/* Content [begin, end) that stands for other text as a whole: an escape, an entity. Text that does not fit in a piece
 * must outlive the pieces. */
void gb_markdown_put_decoded(struct gb_markdown_walk *w, struct gb_str text, uint32_t begin, uint32_t end,
                             uint32_t flags);
/* Text that was not found, at the place of the leaf; copied. */
void gb_markdown_put_lost(struct gb_markdown_walk *w, struct gb_str text);
/* Puts a literal that stands at the cursor with entities in it, and escapes if it has some. False where it does not
 * stand there; some pieces may have been added. */
bool gb_markdown_align(struct gb_markdown_walk *w, struct gb_str literal, bool has_escapes);
/* What inline nodes are: text (a slice of the content, or several nodes joined), ends of lines, code, marks of
 * footnotes, n delimiters of emphasis. */
void gb_markdown_walk_text(struct gb_markdown_walk *w, struct gb_str text, bool has_escapes);
void gb_markdown_walk_break(struct gb_markdown_walk *w, bool is_hard);
void gb_markdown_walk_code(struct gb_markdown_walk *w, struct gb_str code);
void gb_markdown_walk_footnote(struct gb_markdown_walk *w);
void gb_markdown_walk_delimiters(struct gb_markdown_walk *w, uint32_t n);

/* link.c: before and behind the text of a link or image, which began at `begin`. */
void gb_markdown_enter_link(struct gb_markdown_walk *w, bool is_image);
void gb_markdown_leave_link(struct gb_markdown_walk *w, uint32_t begin);
/* `url` is what the library makes of its target. */
void gb_markdown_leave_image(struct gb_markdown_walk *w, struct gb_str url, uint32_t begin);

/* tag.c: a tag, as a slice of the content. */
void gb_markdown_walk_html(struct gb_markdown_walk *w, struct gb_str html);

/* block.c */
/* A block with the pages before it. The span is in the text of the file. */
struct gb_block *gb_markdown_new_block(struct gb_markdown *r, struct gb_block *parent, enum gb_block_kind kind,
                                       struct gb_span span);
/* A container reaches as far as what is in it; the last child may be a comment from inside of the one before. */
void gb_markdown_close_block(struct gb_block *block);
/* Form feeds before an offset become page marks. */
void gb_markdown_put_pages(struct gb_markdown *r, struct gb_block *parent, uint32_t before);
/* The text of pieces [first, last). */
struct gb_text gb_markdown_text(struct gb_markdown *r, size_t first, size_t last);
/* Bytes [begin, end) of the file as a text. */
struct gb_text gb_markdown_exact_text(struct gb_markdown *r, uint32_t begin, uint32_t end);
bool gb_markdown_is_in_quote(const struct gb_block *block);
/* The span of a list or an item is that of its first line. */
struct gb_block *gb_markdown_open_list(struct gb_markdown *r, struct gb_block *parent, struct gb_span span);
struct gb_block *gb_markdown_open_item(struct gb_markdown *r, struct gb_block *list, struct gb_span span);
/* The next leaf begins. */
void gb_markdown_clear_pieces(struct gb_markdown *r);
/* The pieces become a heading, with the items in it behind it. */
void gb_markdown_put_heading(struct gb_markdown *r, struct gb_block *parent, struct gb_span span, uint32_t level,
                             uint32_t flags);

/* item.c */
/* The item that a piece is the place of, or NULL. */
const struct gb_markdown_item *gb_markdown_item_of(const struct gb_markdown *r, const struct gb_piece *piece);
bool gb_markdown_is_comment(const struct gb_markdown *r, const struct gb_markdown_item *item);
/* Makes blocks of an item or of a region. */
void gb_markdown_put_item(struct gb_markdown *r, struct gb_block *parent, const struct gb_markdown_item *item);
void gb_markdown_put_region(struct gb_markdown *r, struct gb_block *parent, const struct gb_region *region);

/* para.c: the pieces of a paragraph become one block, or several. */
void gb_markdown_put_paras(struct gb_markdown *r, struct gb_block *parent);
/* Behind the last piece of the line that begins with piece `first`. */
size_t gb_markdown_line_end(const struct gb_markdown *r, size_t first);

/* rows.c: rows of a table without lines, in pieces from `first` on; the text before them that is no block yet begins at `pending`. */
/* Behind the last of them; `first` where there are none. */
size_t gb_markdown_rows_end(const struct gb_markdown *r, const struct gb_block *parent, size_t pending, size_t first);
void gb_markdown_put_rows(struct gb_markdown *r, struct gb_block *parent, size_t first, size_t end);

/* plain.c: makes blocks of a run of plain lines. */
void gb_markdown_read_plain(struct gb_markdown *r, struct gb_span run);

/* The opening fence of a code block, behind the marks of containers. */
struct gb_markdown_fence {
    uint32_t indent; /* bytes before it in its line */
    char mark;
    uint32_t len;
};

/* code.c: code by its indentation, which begins in line `first`, or between fences, of which one is there. */
void gb_markdown_put_indented(struct gb_markdown *r, struct gb_block *parent, struct gb_str code, uint32_t first);
void gb_markdown_put_fenced(struct gb_markdown *r, struct gb_block *parent, struct gb_str code, uint32_t first,
                            const struct gb_markdown_fence *fence);

#endif
