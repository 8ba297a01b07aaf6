/*
 * The layout at work. Its own words: *across* is the axis along which the vertices of a layer stand side by side, *along*
 * the one on which layers follow each other; only the last step turns them into x and y by the direction of the chart.
 * A link joins two vertices of neighbouring layers, upper one first, whatever the direction of its edge.
 */
#ifndef GB_FLOW_LAYOUT_LAYOUT_PRIV_H
#define GB_FLOW_LAYOUT_LAYOUT_PRIV_H

#include "base/array.h"
#include "flow/layout/layout.h"
#include "flow/draw/wrap.h"

#define GB_NONE UINT32_MAX

/* A node, an empty group, a bend of an edge (dummy), the side of a node where an edge turns up or down (slot), or the
 * place that a group keeps free in a layer without members (keeper). */
struct gb_lay_vertex {
    int32_t node, group_self, edge; /* what it stands for; -1 */
    uint32_t slot_of;               /* vertex at whose side it stands, GB_NONE for no slot */
    int32_t side;                   /* of a slot: -1 left of it, 1 right */
    bool is_up;                     /* of a slot: its links lead up */
    bool is_keeper;
    int32_t group; /* innermost group that it lies in, -1 */
    uint32_t component;
    uint32_t layer, at; /* at: place in its layer */
    double w, h;        /* extent across and along */
    double room;        /* kept free right of it: for edges to itself */
    double x;           /* centre, across */
};

struct gb_lay_link {
    uint32_t a, b; /* upper and lower vertex */
    uint32_t edge;
    double weight;  /* how much it wants to be straight */
    double xa, xb;  /* where it leaves a and reaches b, across */
    uint32_t track; /* of its gap, from 0 at the top; GB_NONE: straight */
};

struct gb_lay_row {
    uint32_t *v; /* in order across; on the heap */
    uint32_t n;
    size_t cap;
    double top, h;               /* along */
    double gap;                  /* to the next row */
    uint32_t n_tracks;           /* of the gap below */
    double pad_above, pad_below; /* frames of groups that begin or end here */
};

/* What is laid out for an edge of the chart. */
struct gb_lay_arc {
    uint32_t from, to; /* vertices; GB_NONE: not laid out (loose, invisible) */
    bool is_back;      /* turned round */
    bool is_loop;
    bool is_main;                 /* on the longest path through the chart, which is to be straight */
    bool is_first;                /* begins the longest way on from its source */
    uint32_t first_link, n_links; /* from the upper end to the lower one */
    double label_w, label_h;      /* 0: no label */
};

struct gb_lay {
    const struct gb_flow *flow;
    struct gb_arena *scratch, *arena;
    bool is_vertical;  /* across is x */
    bool keeps_groups; /* stages of a process one below the other */
    GB_ARRAY(struct gb_lay_vertex) v;
    GB_ARRAY(struct gb_lay_link) links;
    struct gb_lay_arc *arcs; /* one per edge */
    struct gb_lay_row *rows;
    uint32_t n_rows, n_components;
    uint32_t *down_first, *down, *up_first, *up; /* links of a vertex; up to date after gb_lay_join */
    double *left, *right;                        /* of the groups' frames, across */
    uint32_t *group_first, *group_last;          /* rows; first > last: no frame */
};

#define GB_LAY_LOOP 18 /* how far an edge from a node to itself stands out */

/* Is it a bar without words, which lines meet anywhere? */
bool gb_lay_is_bar(const struct gb_lay *lay, const struct gb_lay_vertex *v);

/* rank.c: vertices, arcs, return edges, layers, dummies, components. */
bool gb_lay_rank(struct gb_lay *lay); /* false: too many dummies */
void gb_lay_join(struct gb_lay *lay); /* adjacency from the links */
uint32_t gb_lay_add_vertex(struct gb_lay *lay, struct gb_lay_vertex vertex);
void gb_lay_row_insert(struct gb_lay *lay, uint32_t row, uint32_t at, uint32_t vertex);

/* order.c: the order of each row, and what crosses in it. */
void gb_lay_order(struct gb_lay *lay);
uint64_t gb_lay_count(const struct gb_lay *lay);
/* Pairs of edges that cross, by a and b; no messages among them. Places are not set. */
uint32_t gb_lay_pairs(const struct gb_lay *lay, struct gb_flow_crossing **out);

/* group.c: members side by side, frames. */
bool gb_lay_has_frames(const struct gb_lay *lay);
void gb_lay_group(struct gb_lay *lay);
bool gb_lay_is_lane(const struct gb_flow_group *group);
/* Is `group` the group `in`, or inside of it? */
bool gb_lay_lies_in(const struct gb_flow *flow, int32_t group, int32_t in);
int32_t gb_lay_common_group(const struct gb_lay *lay, int32_t a, int32_t b);

/* side.c: exits at the sides of nodes, return edges beside them. */
void gb_lay_sides(struct gb_lay *lay);

/* Least distances across: between boxes, between lines, between a frame and what it holds. */
enum { GB_LAY_GAP = 34, GB_LAY_LINE_GAP = 16, GB_LAY_FRAME_PAD = 14 };

/* place.c: x of all vertices. */
void gb_lay_place(struct gb_lay *lay);
bool gb_lay_is_bend(const struct gb_lay_vertex *v);
/* Length of the level part between a slot and its owner. */
double gb_lay_stub(const struct gb_lay *lay, const struct gb_lay_vertex *slot);
/* Smallest distance of the centres of two neighbours, without regard to frames. */
double gb_lay_distance(const struct gb_lay *lay, uint32_t left, uint32_t right);
/* Where the members of each group stand in the mean. */
void gb_lay_group_means(const struct gb_lay *lay, double *mean);
bool gb_lay_has_frame(const struct gb_lay *lay, int32_t group);
/* The innermost group with a frame that is the group or holds it; -1. */
int32_t gb_lay_framed(const struct gb_lay *lay, int32_t group);

/* tie.c: from the x that vertices wish to those that they get, and the frames. */
void gb_lay_straighten(struct gb_lay *lay);

/* route.c: tracks, heights, points; fills the drawing. */
void gb_lay_route(struct gb_lay *lay, struct gb_flow_drawing *drawing);

/* As gb_flow_layout, with other limits: for measuring. */
struct gb_flow_layout gb_flow_layout_within(const struct gb_flow *flow, uint32_t max_nodes, uint32_t max_edges,
                                            struct gb_arena *arena);

#endif
