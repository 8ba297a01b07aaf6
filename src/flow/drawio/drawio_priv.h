/* A page of draw.io while it is read. */
#ifndef GB_FLOW_DRAWIO_DRAWIO_PRIV_H
#define GB_FLOW_DRAWIO_DRAWIO_PRIV_H

#include "flow/place_priv.h"
#include "flow/tree_priv.h"

/* ---- style.c: what a style says ---- */

/* The value of key=value; in a style; empty when it is not there. */
struct gb_str gb_drawio_style(struct gb_str style, const char *key);
bool gb_drawio_style_is(struct gb_str style, const char *key, const char *value);
/* A number; `other` when it is not there. */
double gb_drawio_style_number(struct gb_str style, const char *key, double other);

/* A vertex by its style. */
struct gb_drawio_form {
    struct gb_str name; /* ellipse, rhombus, flowchart.decision …; rect for none */
    enum gb_flow_kind kind;
    bool is_circle, is_frame; /* is_frame: a container when there is something in it */
    bool is_lane;             /* a frame with nothing in it too */
    bool is_text;             /* words without an outline: a step where arrows lead to and from them */
    bool is_picture;          /* a note, but a step where an arrow leads to it */
    enum gb_flow_outline outline;
};

struct gb_drawio_form gb_drawio_form_of(struct gb_str style);
/* The words of a value, of HTML where the style says so. */
struct gb_str gb_drawio_words(struct gb_str value, struct gb_str style, struct gb_arena *arena);

/* ---- drawio.c, edge.c ---- */

struct gb_drawio_cell {
    int32_t element, wrapper; /* mxCell, and the UserObject around it or the same */
    struct gb_str id, value, style;
    int32_t parent; /* cells, -1 */
    int32_t label;  /* first of the labels of an edge, and the next of a label; -1 */
    bool is_vertex, is_edge, is_hidden, is_placed, has_box, is_label;
    uint32_t n_inside;      /* vertices in it that are no labels */
    struct gb_flow_box box; /* absolute once it is placed */
    struct gb_drawio_form form;
    int32_t around;      /* group that it lies in, -1 */
    int32_t node, group; /* what it became, -1 */
};

struct gb_drawio_page {
    struct gb_arena *arena;
    const struct gb_tree *tree;
    int32_t model;        /* mxGraphModel */
    bool is_exact;        /* places in the tree are those of the file */
    struct gb_span place; /* else everything stands here */
    GB_ARRAY(struct gb_drawio_cell) cells;
    GB_ARRAY(int32_t) order; /* cells, parents before what is in them */
    struct gb_tree_names ids;
    struct gb_flow_build build;
};

/* The place of an attribute, or of the element where it is not there. */
struct gb_span gb_drawio_span(const struct gb_drawio_page *page, int32_t element, const char *attr);
/* The place of a cell's words, which a wrapper round it may hold. */
struct gb_span gb_drawio_words_span(const struct gb_drawio_page *page, const struct gb_drawio_cell *cell);
/* Where the coordinates of a cell's children begin. */
struct gb_flow_point gb_drawio_origin(const struct gb_drawio_page *page, int32_t parent);
void gb_drawio_add_edges(struct gb_drawio_page *page);

/* The charts of a text with the root mxfile or mxGraphModel. `place`: where all of it stands when it is not the file itself. */
struct gb_flows gb_drawio_read(struct gb_str xml, enum gb_flow_format format, bool is_exact, struct gb_span place,
                               struct gb_arena *arena);

#endif
