/*
 * What the geometry of a drawing shows (DB32/T 2796—2015, 7.3.4.4 b and c): lines that cross or run on top of each other,
 * lines through boxes, boxes on boxes, edges against the main direction.
 *
 * Coordinates are snapped to 1/64 of a pixel and kept in 64 bits: the side of a line on which a point lies is exact, so
 * that a verdict never depends on the machine. Tolerances are parts of h, the median of the shorter sides of the boxes.
 */
#ifndef GB_FLOW_CROSSING_H
#define GB_FLOW_CROSSING_H

#include "flow/drawing.h"

/* Beyond this many straight pieces of lines nothing is compared: is_limited. */
enum { GB_FLOW_MAX_SEGMENTS = 20000 };

/* An edge that runs through a box at which it does not end. */
struct gb_flow_through {
    uint32_t edge, node;
    struct gb_flow_point at; /* where it enters */
};

/* Two boxes of nodes that share a part of their area; notes and what contains the other do not count. */
struct gb_flow_box_overlap {
    uint32_t a, b;           /* nodes, a < b */
    double share;            /* of the smaller box: above 0.1, at most 1 */
    struct gb_flow_point at; /* middle of the common part */
};

/* Ends of an edge along the main axis: the displacement beyond a quarter of the median extent of nodes. */
enum gb_flow_sense { GB_FLOW_NO_SENSE, GB_FLOW_FORWARD, GB_FLOW_SIDEWAYS, GB_FLOW_AGAINST };

struct gb_flow_geometry {
    double h;
    enum gb_flow_direction direction;   /* of the sum of all edges; NONE without one */
    enum gb_flow_sense *senses;         /* one per edge; NO_SENSE: an end has no box, or it is no flow */
    struct gb_flow_crossing *crossings; /* pairs, each once; ordered by a, b; overlaps among them */
    struct gb_flow_through *throughs;   /* each edge and node once */
    struct gb_flow_box_overlap *overlaps;
    uint32_t n_crossings, n_throughs, n_overlaps;
    bool is_limited; /* too many lines: only direction and senses are told */
};

/* Edges of messages, associations and invisible ones are not judged. Linear but for lines that lie near each other. */
struct gb_flow_geometry gb_flow_measure(const struct gb_flow *flow, const struct gb_flow_drawing *drawing,
                                        struct gb_arena *arena);

/* A cubic Bézier curve p[0] … p[3] as 12 chords: the 12 points behind p[0]. */
enum { GB_FLOW_CHORDS = 12 };
void gb_flow_chords(const struct gb_flow_point p[4], struct gb_flow_point out[GB_FLOW_CHORDS]);

#endif
