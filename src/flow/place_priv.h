/* Where things stand in a drawing: what the readers of drawings share. Coordinates are absolute; y grows downwards. */
#ifndef GB_FLOW_PLACE_PRIV_H
#define GB_FLOW_PLACE_PRIV_H

#include "flow/build_priv.h"

enum gb_flow_outline { GB_FLOW_RECT, GB_FLOW_ELLIPSE, GB_FLOW_RHOMBUS };

static inline struct gb_flow_point
gb_flow_middle(struct gb_flow_box box)
{
    return (struct gb_flow_point){box.x + box.w / 2, box.y + box.h / 2};
}

static inline bool
gb_flow_is_in(struct gb_flow_box box, struct gb_flow_point p)
{
    return p.x >= box.x && p.x <= box.x + box.w && p.y >= box.y && p.y <= box.y + box.h;
}

/* The point of the outline on the way from the middle of the box to `to`; the middle where `to` is inside. */
struct gb_flow_point gb_flow_border(enum gb_flow_outline outline, struct gb_flow_box box, struct gb_flow_point to);

/* Distance of a point from the border of a box; inside of it, to the nearest side. */
double gb_flow_distance(struct gb_flow_box box, struct gb_flow_point p);

/* Box of what an edge ends at; w = 0 for none. */
struct gb_flow_box gb_flow_end_box(const struct gb_flow_build *build, struct gb_flow_end end);

/* Loose ends: set up when all nodes are there. */
struct gb_flow_snap {
    const struct gb_flow_build *build;
    double reach;  /* a quarter of the median height of nodes */
    size_t budget; /* boxes that may still be looked at */
};

void gb_flow_snap_init(struct gb_flow_snap *snap, const struct gb_flow_build *build);
/*
 * The node (no note) whose border is nearest to the point, when that is within reach; else the smallest node that the point lies
 * in; else a frame whose border is within reach; else nothing.
 */
struct gb_flow_end gb_flow_snap(struct gb_flow_snap *snap, struct gb_flow_point p);

/* A straight line between two boxes, as the route of an edge that has both. */
void gb_flow_join(struct gb_flow_build *build, struct gb_flow_edge *edge, enum gb_flow_outline from,
                  enum gb_flow_outline to, enum gb_flow_route route);

/* Copies points into the arena. */
void gb_flow_set_points(struct gb_flow_build *build, struct gb_flow_edge *edge, const struct gb_flow_point *points,
                        size_t n, enum gb_flow_route route);

double gb_flow_distance_to_piece(struct gb_flow_point p, struct gb_flow_point a, struct gb_flow_point b);

/*
 * Lines one end of which lies in the open, once all lines are there: where it lies on another line it goes on with that; where it
 * lies at a note the line explains.
 */
void gb_flow_join_lines(struct gb_flow_build *build, double reach);

/*
 * What people see and the file does not say, once all edges are there: loose words (notes of one short line that no edge ends at)
 * beside a line without a label are its label and no node; a box round others that no edge ends at is a frame: a note.
 */
void gb_flow_settle_words(struct gb_flow_build *build);

/* The lists of members of all groups; to be called once, when all is read. Tells whether the drawing has all boxes. */
void gb_flow_finish(struct gb_flow_build *build);

void gb_flow_reverse(struct gb_flow_point *points, size_t n);

/* From becomes to, and its head, which was a tail, stands there. */
void gb_flow_turn_round(struct gb_flow_edge *edge);

#endif
