/* What the parts of the HTML report share; html.c says how the page is built. */
#ifndef GB_EMIT_HTML_HTML_PRIV_H
#define GB_EMIT_HTML_HTML_PRIV_H

#include "emit/finding_priv.h"

enum { GB_HTML_NO_FINDING = UINT32_MAX };

/* A finding of the report on the page. */
struct gb_html_finding {
    struct gb_range range;
    uint32_t number; /* from 1: the 12 of d1-f12, or of d1-k12 among those that the baseline has; 0: suppressed */
    uint32_t next;   /* the next whose card stands behind the same block, GB_HTML_NO_FINDING */
    bool is_marked;  /* words of it were marked in the text */
};

/* Words to be marked: the part of a finding's range that is looked for in the text. Ordered by begin; a tree by `furthest`. */
struct gb_html_range {
    uint32_t begin, end, finding;
    uint32_t furthest; /* the last end in the half of the array that this is the middle of */
};

/* A part of the draft that cards can stand behind. */
struct gb_html_block {
    uint32_t begin, end;
    const struct gb_node *node;
};

/* What the page keeps for a node, by its id. */
struct gb_html_node {
    struct gb_str id;     /* of parts that have one: d1-c5.1; else empty */
    uint32_t first, last; /* findings whose cards stand behind it */
    uint32_t counts[4];   /* by level, with all below */
    uint32_t chart;       /* figures: their first chart + 1; 0: none */
    bool is_target;       /* something links to the block */
};

struct gb_html {
    struct gb_out *out;
    const struct gb_emit *e;
    const struct gb_report *report;
    const struct gb_doc *doc;
    const struct gb_facts *facts; /* NULL where the tree is not there */
    struct gb_arena *arena;
    struct gb_buf words;              /* scratch */
    uint32_t draft;                   /* the 1 of d1 */
    struct gb_html_finding *findings; /* as in the report */
    const uint64_t *keys;
    struct gb_html_range *ranges;
    uint32_t n_ranges;
    struct gb_html_block *blocks;
    uint32_t n_blocks;
    struct gb_html_node *nodes;
    uint32_t n_parts;                 /* that have an id */
    uint32_t front_first, front_last; /* findings before all blocks */
    uint64_t *picture_bytes;          /* of all pictures in the page so far */
};

/* The words in the language of the run. */
static inline const char *
gb_html_say(const struct gb_html *h, const char *zh, const char *en)
{
    return gb_say_of(h->e, zh, en);
}

/* ---- text.c ---- */

/* Text of others gets into the page by gb_out_markup() alone; here between bytes of our own: gb_html_put(out, "<q>", quote, "</q>"). */
void gb_html_put(struct gb_out *out, const char *before, struct gb_str text, const char *behind);
/* Cut to about `most` bytes. */
void gb_html_short(struct gb_out *out, struct gb_str text, size_t most);
/* Attribute ` name="value"`. */
void gb_html_put_attribute(struct gb_out *out, const char *name, struct gb_str value);
/* d1-f12 */
void gb_html_finding_id(struct gb_html *h, uint32_t finding);
/* The tag of a link to a part, or to a block that is a target. */
void gb_html_open_link(struct gb_html *h, const struct gb_node *node);
/* A line that says what was not read. */
void gb_html_lost(struct gb_html *h, const char *zh, const char *en);
/* Source text of a span, cut to about `most` bytes. */
void gb_html_quote(struct gb_html *h, struct gb_span span, size_t most);

/* How line ends of the draft are shown. */
enum gb_html_lines { GB_HTML_JOINED, GB_HTML_BROKEN, GB_HTML_AS_IS };

/* Text of the draft with the words of findings marked. */
void gb_html_runs(struct gb_html *h, const struct gb_text *text, enum gb_html_lines lines);
/* The same, lines joined, between bytes of our own; nothing for an empty text. */
void gb_html_put_runs(struct gb_html *h, const char *before, const struct gb_text *text, const char *behind);

/* ---- marks.c ---- */

/* Numbers the findings, finds the block that each belongs to, and orders the words to be marked. */
void gb_html_find_places(struct gb_html *h);
/* The block for a place in the draft; NULL before the first. */
const struct gb_node *gb_html_block_at(const struct gb_html *h, struct gb_range range);
/* Calls `take` for each range that shares bytes with [begin, end), in order. */
void gb_html_each_range(const struct gb_html *h, uint32_t begin, uint32_t end,
                        void (*take)(void *data, const struct gb_html_range *range), void *data);
void gb_html_open_mark(struct gb_html *h, uint32_t finding, const char *more);
/* Of a block's findings: marks that stand for those without visible words, and the cards of all. */
void gb_html_anchors(struct gb_html *h, uint32_t first);
void gb_html_cards(struct gb_html *h, uint32_t first);
/* The findings before all blocks; without a tree these are all. */
void gb_html_front(struct gb_html *h);

/* ---- card.c ---- */

void gb_html_card(struct gb_html *h, uint32_t finding);

/* ---- rules.c ---- */

struct gb_html_rule;

/* Kept from draft to draft. */
struct gb_html_rules {
    struct gb_arena arena;
    GB_ARRAY(struct gb_html_rule) list;
};

void gb_html_keep_rules(struct gb_html_rules *rules, const struct gb_html *h);
/* Writes them by their codes, and frees them. */
void gb_html_put_rules(struct gb_out *out, struct gb_html_rules *rules, bool english);

/* ---- draft.c, table.c, figure.c: the tree ---- */

void gb_html_tree(struct gb_html *h);
void gb_html_caption(struct gb_html *h, const struct gb_node *node, const char *zh, const char *en);
void gb_html_table(struct gb_html *h, const struct gb_node *node);
/* A note of a table that is in its cells, and shown there. */
bool gb_html_is_in_cells(const struct gb_node *node);
void gb_html_figure(struct gb_html *h, const struct gb_node *node);

/* ---- picture.c ---- */

/* The picture itself; false, and nothing written, where there is no file of a kind that browsers show, or a large one. */
bool gb_html_picture(struct gb_html *h, const struct gb_figure *figure);

/* ---- math.c ---- */

/* The formula as MathML; false, and nothing written, where it has something that is not known here. */
bool gb_html_math(struct gb_out *out, struct gb_str source, bool is_block);

/* ---- nav.c ---- */

/* Gives ids to the parts of the draft, and counts the findings of each. */
void gb_html_find_parts(struct gb_html *h);
/* Is it a part that the clause tree shows? */
bool gb_html_is_part(const struct gb_node *node);
void gb_html_nav(struct gb_html *h);
/* <span class="n error">3</span> … */
void gb_html_counts(struct gb_out *out, const uint32_t counts[4], bool english);
/* 错误; error, errors */
const char *gb_html_counted(enum gb_level level, uint32_t n, bool english);
/* Number and title of a part in one line. */
void gb_html_part_name(struct gb_html *h, const struct gb_node *node);

/* ---- summary.c, strip.c, lists.c: the picture of the draft ---- */

void gb_html_summary(struct gb_html *h);
void gb_html_strip(struct gb_html *h);
void gb_html_citations(struct gb_html *h);
void gb_html_terms(struct gb_html *h);
void gb_html_points(struct gb_out *out, uint32_t hundredths);
/* Something to be opened by its title, and how many are in it; 0: that is not told. */
void gb_html_open_details(struct gb_html *h, const char *class, const char *title, size_t n);
/* A table in it: its heads in both languages. */
void gb_html_open_table(struct gb_html *h, const char *const heads[][2], size_t n);
/* Both. */
void gb_html_close_table(struct gb_html *h);

#endif
