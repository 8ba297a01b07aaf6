/*
 * A drawing being measured: lines as pieces between whole-numbered points, and what is found. crossing.c compares lines with
 * lines; measure.c compares boxes, and tells directions.
 */
#ifndef GB_FLOW_CROSSING_PRIV_H
#define GB_FLOW_CROSSING_PRIV_H

#include "base/array.h"
#include "flow/crossing.h"

#include <math.h>

/* Parts of a pixel. */
enum { GB_SNAP = 64 };

struct gb_spot {
    int64_t x, y;
};

struct gb_piece {
    struct gb_spot a, b;  /* a → b along the edge; never one point */
    uint32_t edge, index; /* number of the piece in its edge */
    double from;          /* length of the edge before it */
};

struct gb_line {
    uint32_t first, n; /* pieces */
    double length;
};

/* Pieces near each other, as (piece of the one, piece of the other). */
struct gb_near {
    uint32_t a, b;
};

/* A stretch that both lines share; begin = end for a point. Places are lengths along the line. */
struct gb_stretch {
    struct gb_spot begin, end; /* in the sense of the first line */
    double from_a, to_a, from_b, to_b;
};

struct gb_measuring {
    const struct gb_flow *flow;
    const struct gb_flow_drawing *drawing;
    struct gb_arena *arena;
    double h;
    struct gb_piece *pieces; /* by edge, in order */
    struct gb_line *lines;   /* one per edge */
    uint32_t n_pieces;
    GB_ARRAY(struct gb_near) near; /* a of the lower edge; sorted by edge a, edge b, piece a, piece b */
    GB_ARRAY(struct gb_stretch) stretches;
    GB_ARRAY(struct gb_flow_crossing) crossings;
    GB_ARRAY(struct gb_flow_through) throughs;
    GB_ARRAY(struct gb_flow_box_overlap) overlaps;
};

static inline struct gb_spot
snap(double x, double y)
{
    return (struct gb_spot){(int64_t)floor(x * GB_SNAP + 0.5), (int64_t)floor(y * GB_SNAP + 0.5)};
}

static inline struct gb_flow_point
pixel(double x, double y)
{
    return (struct gb_flow_point){x / GB_SNAP, y / GB_SNAP};
}

/* What the piece takes up along one axis. */
struct gb_reach {
    int64_t low, high;
};

static inline struct gb_reach
reach(const struct gb_piece *p, bool is_y)
{
    int64_t a = is_y ? p->a.y : p->a.x, b = is_y ? p->b.y : p->b.x;

    return a < b ? (struct gb_reach){a, b} : (struct gb_reach){b, a};
}

static inline bool
is_in_box(struct gb_flow_box box, struct gb_flow_point p)
{
    return box.w > 0 && p.x >= box.x && p.x <= box.x + box.w && p.y >= box.y && p.y <= box.y + box.h;
}

static inline bool
is_same_end(struct gb_flow_end a, struct gb_flow_end b)
{
    return a.node >= 0 ? a.node == b.node : a.group >= 0 && a.node == b.node && a.group == b.group;
}

static inline bool
is_judged(const struct gb_flow_edge *edge)
{
    return !edge->is_message && edge->line != GB_FLOW_INVISIBLE;
}

/* Pieces of all lines; false: too many. Then what crosses; false: too much lies near each other. */
bool gb_measure_set_lines(struct gb_measuring *m);
bool gb_measure_compare_lines(struct gb_measuring *m);

/* measure.c: as gb_flow_measure, but crossings and overlaps of lines only. */
struct gb_flow_geometry gb_measure_lines(const struct gb_flow *flow, const struct gb_flow_drawing *drawing,
                                         struct gb_arena *arena);

#endif
