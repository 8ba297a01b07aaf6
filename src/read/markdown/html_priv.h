/*
 * HTML as drafts in Markdown use it: tables, centred captions, pictures, headings, details. A tokenizer over the
 * bytes of the file, tolerant as browsers are, not a parser of HTML documents.
 */
#ifndef GB_READ_MARKDOWN_HTML_PRIV_H
#define GB_READ_MARKDOWN_HTML_PRIV_H

#include "read/markdown/bytemap_priv.h"
#include "read/block.h"

/* What a tag means to a draft. */
enum gb_tag_kind {
    GB_TAG_NONE,   /* no element of HTML: text of the draft in angle brackets */
    GB_TAG_INLINE, /* taken off; its text may get a flag */
    GB_TAG_BREAK,
    GB_TAG_IMAGE,
    GB_TAG_RULE,
    GB_TAG_BLOCK, /* parts paragraphs */
    GB_TAG_HEADING,
    GB_TAG_LIST,
    GB_TAG_ITEM,
    GB_TAG_QUOTE,
    GB_TAG_DETAILS,
    GB_TAG_TABLE,
    GB_TAG_ROW,
    GB_TAG_CELL,
    GB_TAG_CAPTION,
    GB_TAG_PART, /* part of a table that is neither row nor cell */
    GB_TAG_CODE, /* <pre> */
    GB_TAG_SVG,
    GB_TAG_HIDDEN, /* <script>, <style>: dropped with what is in them */
};

/* What `flags` says of a BLOCK. */
enum gb_tag_block_flag {
    GB_TAG_MAY_STAY_OPEN = 1 << 0, /* the end tag is often left out */
    GB_TAG_IS_CENTRED = 1 << 1,
};

struct gb_tag {
    enum gb_tag_kind kind;
    uint16_t name;          /* index of the element: equal for equal names */
    uint8_t level;          /* of a heading */
    bool is_end, is_closed; /* </x>, <x/> */
    bool is_void;           /* never has an end tag */
    uint32_t flags;         /* run flags of its text; of a BLOCK enum gb_tag_block_flag */
    uint32_t begin, end;    /* the whole tag */
    uint32_t attrs;         /* where its attributes begin */
};

static inline bool
gb_html_is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\f' || gb_is_line_end(c);
}

/* The tag that begins at `at` ("<"), as it stands; false when there is none. Kind NONE for unknown elements. */
bool gb_html_tag(struct gb_str text, uint32_t at, struct gb_tag *out_tag);

/* Value of an attribute, without its quotes; false when the tag has none. */
bool gb_html_attribute(struct gb_str text, const struct gb_tag *tag, const char *name, struct gb_span *out_value);

/* Offset behind the end tag that belongs to the open tag, at most `limit`; 0 where there is none. */
uint32_t gb_html_end_tag(struct gb_str text, const struct gb_tag *open, uint32_t limit);

/* What searches for end tags that went in vain have shown and cost; zeroed, but for no_table_end = UINT32_MAX. */
struct gb_html_search {
    uint32_t no_table_end;   /* from here on no table ends */
    uint32_t wasted;         /* bytes */
    struct gb_span to_blank; /* from any offset in it the next blank line is at its end */
};

/*
 * End of the stretch that begins with the tag at `at` and is to be read as HTML as a whole: tables and pictures (svg)
 * anywhere, other blocks where they begin a line and end before a blank one. 0 where there is none. *out_is_block:
 * of the latter kind.
 */
uint32_t gb_html_region(struct gb_str text, uint32_t at, bool is_first, struct gb_html_search *search,
                        bool *out_is_block);

enum { GB_HTML_DEPTH = 32 };

/* Elements that are open, also from one stretch of HTML to the next. */
struct gb_html {
    struct gb_blocks *blocks;
    struct gb_str raw;
    uint32_t base;
    /* Decodes the entity behind the '&' at the start: its length without the '&' (0: none), its text in out. */
    uint32_t (*decode)(void *data, struct gb_str at, char out[12], uint32_t *out_len);
    void *data;
    struct {
        uint16_t name;
        uint32_t flags; /* enum gb_block_flag */
        bool is_short;  /* ends without an end tag where the next block begins */
    } open[GB_HTML_DEPTH];
    uint32_t n_open;
    uint32_t n_blocks; /* blocks and cells made so far */
    bool is_full;      /* too many: reported once */
    struct gb_pieces pieces;
    GB_ARRAY(struct gb_cell) cells;
};

/* Flags for blocks at this place: inside of <details>, centred. */
uint32_t gb_html_flags(const struct gb_html *html);

/* Reads a stretch of HTML into blocks; quote_marks: its lines may begin with ">". */
void gb_html_read(struct gb_html *html, struct gb_block *parent, struct gb_span span, bool quote_marks);
void gb_html_release(struct gb_html *html);

#endif
