/* An SVG as shapes, lines and words in one system of coordinates. */
#ifndef GB_FLOW_SVG_SVG_PRIV_H
#define GB_FLOW_SVG_SVG_PRIV_H

#include "flow/place_priv.h"
#include "flow/tree_priv.h"

/* [a c e; b d f], as SVG has them. */
struct gb_svg_matrix {
    double a, b, c, d, e, f;
};

typedef GB_ARRAY(struct gb_flow_point) gb_svg_points;

struct gb_flow_point gb_svg_apply(struct gb_svg_matrix m, double x, double y);
struct gb_svg_matrix gb_svg_multiply(struct gb_svg_matrix outer, struct gb_svg_matrix inner);
/* transform="…"; what cannot be read ends the list. */
struct gb_svg_matrix gb_svg_transform(struct gb_str text);

/* The first outline of d="…", curves as chords; false when a number is beyond all bounds or there are too many. */
bool gb_svg_path(struct gb_str d, gb_svg_points *out, bool *out_is_closed, bool *out_is_curved);
/* points="x,y …" */
bool gb_svg_point_list(struct gb_str text, gb_svg_points *out);

/* Which group of a known program something stands in. */
enum gb_svg_role { GB_SVG_FREE, GB_SVG_NODE, GB_SVG_EDGE, GB_SVG_CLUSTER, GB_SVG_LABEL };

struct gb_svg_owner {
    enum gb_svg_role role;
    int32_t element; /* -1 for none */
};

enum gb_svg_form { GB_SVG_RECT, GB_SVG_ROUND, GB_SVG_ELLIPSE, GB_SVG_RHOMBUS, GB_SVG_SLANTED, GB_SVG_OTHER };

/* A closed outline. */
struct gb_svg_shape {
    struct gb_svg_owner owner;
    int32_t element;
    enum gb_svg_form form;
    struct gb_flow_box box;
    struct gb_flow_point corners[4]; /* of one with three or four corners */
    uint32_t n_corners;
    bool is_plain; /* white without an outline: the ground of words */
};

struct gb_svg_line {
    struct gb_svg_owner owner;
    int32_t element;
    struct gb_flow_point *points;
    uint32_t n;
    bool has_head, has_tail;
    bool is_dotted;
};

struct gb_svg_words {
    struct gb_svg_owner owner;
    int32_t element;
    struct gb_str text;
    struct gb_flow_box box;      /* estimated */
    struct gb_flow_point anchor; /* its middle */
    struct gb_str data_id;       /* Mermaid: of the line that it belongs to */
};

/* A declaration of a style sheet. */
struct gb_svg_rule {
    struct gb_str selector;
    const char *property;
    struct gb_str value;
    uint32_t weight; /* of two that fit, the heavier counts, of equals the later */
};

struct gb_svg {
    struct gb_arena *arena;
    struct gb_tree tree;
    struct gb_tree_names ids;
    GB_ARRAY(struct gb_svg_shape) shapes;
    GB_ARRAY(struct gb_svg_line) lines;
    GB_ARRAY(struct gb_svg_words) words;
    GB_ARRAY(struct gb_svg_rule) rules;
    size_t budget;   /* elements that may still be visited: use makes many of few */
    bool has_owners; /* drawn by a program that says what is a node */
    bool is_mermaid;
    struct gb_flow_build build;
};

/* style.c: takes down the rules of all <style>. */
void gb_svg_read_styles(struct gb_svg *svg);
/* A property of an element; empty when nothing says it. Inherited: of the nearest element around it that has it. */
struct gb_str gb_svg_property(const struct gb_svg *svg, int32_t element, const char *name);
struct gb_str gb_svg_inherited(const struct gb_svg *svg, int32_t element, const char *name);
bool gb_svg_has_class(const struct gb_tree *tree, int32_t element, struct gb_str name);

/* walk.c: all shapes, lines and words of the tree. */
void gb_svg_walk(struct gb_svg *svg);

/* route.c: the ways of the edges of a chart that was read from the model inside, as the picture draws them. */
void gb_svg_take_routes(struct gb_svg *svg, const struct gb_flow *flow);

#endif
