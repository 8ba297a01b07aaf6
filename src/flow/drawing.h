/*
 * A picture of a chart: where its boxes and lines stand. One form for what its author drew (gb_flow_own_drawing) and for
 * what gblint lays out (flow/layout/layout.h), so that the tests of flow/crossing.h and the painter of flow/draw/draw.h ask neither.
 * Lengths are pixels; y grows downwards.
 */
#ifndef GB_FLOW_DRAWING_H
#define GB_FLOW_DRAWING_H

#include "flow/flow.h"

struct gb_flow_path {
    struct gb_flow_point *points; /* from `from` to `to` of the edge; both ends lie on borders */
    uint32_t n;                   /* 0: the edge is not drawn */
    bool is_return;               /* leads back: drawn dashed */
};

struct gb_flow_drawing {
    struct gb_flow_box *boxes;  /* one per node; w = 0: it has none */
    struct gb_flow_box *frames; /* one per group; w = 0: it has none */
    struct gb_flow_path *paths; /* one per edge */
    struct gb_flow_box extent;  /* of all of it; w = 0: nothing to be seen */
};

/* Where an edge ends: the box of its node, or the frame of its group. */
static inline struct gb_flow_box
gb_flow_box_of_end(const struct gb_flow_drawing *drawing, struct gb_flow_end end)
{
    if (end.node >= 0)
        return drawing->boxes[end.node];
    return end.group >= 0 ? drawing->frames[end.group] : (struct gb_flow_box){0, 0, 0, 0};
}

/* Of the boxes, frames and paths that are drawn. */
void gb_flow_set_extent(const struct gb_flow *flow, struct gb_flow_drawing *drawing);

/* Two edges that cross, or run on top of each other. */
struct gb_flow_crossing {
    uint32_t a, b;           /* edges, a < b */
    struct gb_flow_point at; /* of several places the first along a; of a run its middle */
    bool is_overlap;
};

/*
 * The author's own boxes and lines. An edge without points gets a straight line between its boxes. What is no number or
 * lies outside ±2^22 is left out, as if it were not drawn.
 */
struct gb_flow_drawing gb_flow_own_drawing(const struct gb_flow *flow, struct gb_arena *arena);

#endif
