/*
 * What the files of the DocBook reader share: elements that are open, and text on its way into blocks.
 *
 * A *flow* is where the content of an element goes: either blocks into a container (paragraphs are made as
 * text comes), or text into one target (a title, a cell). A footnote inside a paragraph has a flow of its own while
 * that of the paragraph stays open.
 */
#ifndef GB_READ_DOCBOOK_DOCBOOK_PRIV_H
#define GB_READ_DOCBOOK_DOCBOOK_PRIV_H

#include "base/buf.h"
#include "base/strmap.h"
#include "base/xml.h"
#include "read/block.h"

struct gb_docbook;

/* White space on its way: it becomes one blank or line end when text follows, and nothing at an end. */
struct gb_docbook_blank {
    struct gb_span span;
    uint32_t style;
    bool is_there, has_line_end, is_hard;
    bool is_gap;    /* made by markup: it reaches to the next text */
    bool is_single; /* one byte " " of the source */
};

struct gb_docbook_flow {
    struct gb_docbook_flow *outer;
    struct gb_block *container; /* of blocks; NULL: text goes to target */
    struct gb_text *target;
    struct gb_block *owner; /* heading or term whose designation is written: takes foreign phrases */
    struct gb_block *block; /* the paragraph that is open */
    enum gb_block_kind para_kind;
    struct gb_span para_tag; /* start tag of the paragraph, empty when there is none */
    struct gb_buf str;
    GB_ARRAY(struct gb_run) runs;
    struct gb_docbook_blank blank;
    bool is_verbatim;    /* all white space is kept */
    bool is_lined;       /* line ends are breaks that the author asked for */
    bool is_alternative; /* text in place of a picture: code in it is a block */
    bool is_math;        /* white space between elements is layout */
    const char *join;    /* what goes between the term of a variable list and its text */
    struct gb_span join_gap;
    bool is_joined;         /* that has been written: blanks before the text are layout */
    struct gb_block *image; /* an inline image at the start or, so far, the end of the paragraph */
    bool image_first;
    size_t first_xref;
};

/* What the elements of these names are. */
struct gb_docbook_kind;
struct gb_docbook_element {
    const struct gb_docbook_kind *kind;
    const char *word;  /* numeration, marker, key, opening bracket …, by kind */
    uint32_t bits;     /* flags of runs or blocks, by kind */
    const char *names; /* parted by blanks */
};

typedef void gb_docbook_handler(struct gb_docbook *r, const struct gb_xml_tag *tag);

enum gb_docbook_kind_flag {
    GB_DOCBOOK_BLOCK = 1 << 0, /* ends the paragraph that is open */
    GB_DOCBOOK_HEAD = 1 << 1,  /* may stand before the title of a section */
    GB_DOCBOOK_INFO = 1 << 2,  /* is read inside info elements */
};

struct gb_docbook_kind {
    gb_docbook_handler *start, *end; /* either may be NULL */
    uint32_t flags;
    enum gb_block_kind block; /* for handlers that several kinds share: what they make */
};

/* An element that is open. */
struct gb_docbook_frame {
    const struct gb_docbook_element *element;
    struct gb_docbook_flow *flow; /* of its content */
    struct gb_docbook_flow *own;  /* the same, when this element made it */
    struct gb_span tag;
    uint32_t style;         /* flags of the runs inside */
    uint32_t id;            /* index of its id plus 1, or 0 */
    struct gb_block *block; /* made for it: heading, list, table, formula … */
    void *state;            /* of lists, tables and formulas, in the arena */
    bool is_skipped;
    bool is_section, is_headed; /* a section; its heading has been made */
    uint8_t level;              /* of its sections' headings */
};

struct gb_docbook_id {
    struct gb_str name;
    struct gb_block *block; /* what it names, or NULL */
    struct gb_text label;   /* xreflabel */
    uint32_t file;
    uint32_t next; /* in the same bucket: index plus 1 */
};

/* A reference whose words are known when all has been read. */
struct gb_docbook_xref {
    struct gb_str id;
    struct gb_text *text; /* that holds it, once it has been written */
    const struct gb_docbook_flow *flow;
    uint32_t run; /* its run, empty so far */
};

enum { GB_DOCBOOK_MAX_FILES = 8, GB_DOCBOOK_MAX_LISTS = 8 };

struct gb_docbook_table;

struct gb_docbook {
    struct gb_blocks *blocks;
    struct gb_arena *arena;
    const struct gb_includer *includer;
    struct gb_strmap names; /* of elements */
    GB_ARRAY(struct gb_docbook_frame) frames;
    struct gb_docbook_flow *free_flows;
    uint32_t files[GB_DOCBOOK_MAX_FILES + 1]; /* open ones, the innermost last */
    unsigned n_files;
    size_t memory;        /* that blocks and elements have cost, roughly */
    struct gb_span place; /* of the last event */
    unsigned n_malformed; /* faults so far */
    bool is_full;         /* too much of it: nothing more is read */
    unsigned list_depth, footnotes;
    unsigned last_item[GB_DOCBOOK_MAX_LISTS + 1]; /* count of the last ordered list at each depth */
    GB_ARRAY(struct gb_docbook_id) ids;
    uint32_t *buckets;
    uint32_t n_buckets;
    GB_ARRAY(struct gb_docbook_xref) xrefs;
    GB_ARRAY(struct gb_docbook_table *) tables;
    const struct gb_block *explained;  /* last paragraph made of a symbol and its meaning */
    struct gb_block *title, *subtitle; /* of the document, META */
};

/* docbook.c */
struct gb_docbook_frame *gb_docbook_top(struct gb_docbook *r);
struct gb_docbook_frame *gb_docbook_above(struct gb_docbook *r); /* parent of the top; NULL at the root */
struct gb_docbook_frame *gb_docbook_nearest(struct gb_docbook *r, const struct gb_docbook_kind *kind);
void gb_docbook_fault(struct gb_docbook *r, enum gb_fault_kind kind, struct gb_span span, struct gb_str zh,
                      struct gb_str en);
/* Attribute as text, with its runs; empty (NULL) when there is none. */
struct gb_text gb_docbook_attr(struct gb_docbook *r, const struct gb_xml_tag *tag, const char *name);
bool gb_docbook_attr_is(const struct gb_xml_tag *tag, const char *name, const char *value);
/* The value as a number; `otherwise` when it is none or larger than the limit. */
unsigned gb_docbook_attr_number(const struct gb_xml_tag *tag, const char *name, unsigned limit, unsigned otherwise);
/* Every block is made here: it is counted against the budget. */
struct gb_block *gb_docbook_new_block(struct gb_docbook *r, struct gb_block *parent, enum gb_block_kind kind);
/* Puts a block that was made beforehand at the end of the parent's. */
void gb_docbook_append(struct gb_block *parent, struct gb_block *block);
/* A new block for the top element in the flow's container; takes its label attribute and its id. */
struct gb_block *gb_docbook_block(struct gb_docbook *r, const struct gb_xml_tag *tag, enum gb_block_kind kind);
struct gb_block *gb_docbook_block_in(struct gb_docbook *r, const struct gb_xml_tag *tag, enum gb_block_kind kind,
                                     struct gb_block *container);
/* The id of the top element is that of the block. */
void gb_docbook_name_block(struct gb_docbook *r, struct gb_block *block);
void gb_docbook_skip(struct gb_docbook *r);

/* sections.c */
/* Every section that has begun gets its heading before anything else of it. */
void gb_docbook_need_heading(struct gb_docbook *r);
/* A subtitle without Chinese is the English title; any other belongs to the title. */
void gb_docbook_finish_titles(struct gb_docbook *r);

/* text.c: flows. */
void gb_docbook_open_blocks(struct gb_docbook *r, struct gb_block *container);
void gb_docbook_open_text(struct gb_docbook *r, struct gb_text *target);
void gb_docbook_close_flow(struct gb_docbook *r);
void gb_docbook_free_flows(struct gb_docbook *r);
/* Container of blocks that cannot be part of the text which is open. */
struct gb_block *gb_docbook_container(struct gb_docbook *r);
/* The same for footnotes and comments. */
struct gb_block *gb_docbook_margin(struct gb_docbook *r);
void gb_docbook_put(struct gb_docbook *r, const struct gb_xml_piece *piece);
/* Words that the draft does not spell, in place of the markup at `span`. */
void gb_docbook_put_words(struct gb_docbook *r, struct gb_str words, struct gb_span span);
void gb_docbook_put_text(struct gb_docbook *r, const struct gb_text *text, uint32_t style);
void gb_docbook_put_mark(struct gb_docbook *r, struct gb_span span);
void gb_docbook_put_xref(struct gb_docbook *r, struct gb_str id, struct gb_span span);
void gb_docbook_break(struct gb_docbook *r, struct gb_span span);
void gb_docbook_begin_para(struct gb_docbook *r, struct gb_span tag, enum gb_block_kind kind);
/* Ends the paragraph that is open; in a cell the next text begins a line. `end` is the end of its markup or 0. */
void gb_docbook_end_para(struct gb_docbook *r, uint32_t end);
/* … with the element. */
void gb_docbook_end_para_here(struct gb_docbook *r, const struct gb_xml_tag *tag);

/* Handlers: a block that holds others, of the kind's own kind; the end of one; the end of one that holds text, or of none. */
void gb_docbook_start_holder(struct gb_docbook *r, const struct gb_xml_tag *tag);
void gb_docbook_end_holder(struct gb_docbook *r, const struct gb_xml_tag *tag);
void gb_docbook_end_block(struct gb_docbook *r, const struct gb_xml_tag *tag);
void gb_docbook_put_image(struct gb_docbook *r, struct gb_block *image);
/* Text of its own, beside what is open; `fill` puts it. */
struct gb_text gb_docbook_aside(struct gb_docbook *r, bool is_verbatim,
                                void (*fill)(struct gb_docbook *r, const void *data), const void *data);
/* The bytes of the source as text, one run a line. */
struct gb_text gb_docbook_raw_text(struct gb_docbook *r, struct gb_str raw, uint32_t begin);

/* elements.c: the names of all elements, to be looked up; NULL for one that means nothing. */
void gb_docbook_name_elements(struct gb_strmap *names);
const struct gb_docbook_element *gb_docbook_element(const struct gb_docbook *r, struct gb_str name);

/* ids.c */
void gb_docbook_add_id(struct gb_docbook *r, const struct gb_xml_tag *tag);
void gb_docbook_finish_references(struct gb_docbook *r);

/* number.c */
void gb_docbook_finish_numbers(struct gb_docbook *r);
/* What a reference to the block says: its number, with 表 or 附录 before it. */
struct gb_str gb_docbook_reference(struct gb_docbook *r, const struct gb_block *block);

/* table.c */
void gb_docbook_finish_tables(struct gb_docbook *r);

/* Kinds, in the file that handles them. */
extern const struct gb_docbook_kind gb_docbook_root, gb_docbook_section, gb_docbook_transparent, gb_docbook_group,
    gb_docbook_formalpara, gb_docbook_skipped, gb_docbook_include, gb_docbook_fallback, gb_docbook_title,
    gb_docbook_subtitle;
extern const struct gb_docbook_kind gb_docbook_info, gb_docbook_meta;
extern const struct gb_docbook_kind gb_docbook_para, gb_docbook_list, gb_docbook_simplelist, gb_docbook_item,
    gb_docbook_member, gb_docbook_entry, gb_docbook_term, gb_docbook_note, gb_docbook_example, gb_docbook_quote,
    gb_docbook_code, gb_docbook_lines, gb_docbook_page, gb_docbook_toc;
extern const struct gb_docbook_kind gb_docbook_figure, gb_docbook_media, gb_docbook_inline_media, gb_docbook_image,
    gb_docbook_textobject, gb_docbook_alt, gb_docbook_svg, gb_docbook_formula, gb_docbook_inline_formula,
    gb_docbook_phrase, gb_docbook_math;
extern const struct gb_docbook_kind gb_docbook_style, gb_docbook_wrapped, gb_docbook_link, gb_docbook_xref,
    gb_docbook_footnote, gb_docbook_footnoteref, gb_docbook_foreign, gb_docbook_remark, gb_docbook_anchor;
extern const struct gb_docbook_kind gb_docbook_glossentry, gb_docbook_glossterm, gb_docbook_designation,
    gb_docbook_glosssee, gb_docbook_ref;
extern const struct gb_docbook_kind gb_docbook_table, gb_docbook_tgroup, gb_docbook_colspec, gb_docbook_spanspec,
    gb_docbook_thead, gb_docbook_tfoot, gb_docbook_row, gb_docbook_cell, gb_docbook_caption;

#endif
