/* Ends of lines that lie on no box: on another line, with which they go on, or at a note, which they explain. */
#include "flow/place_priv.h"

#include <math.h>

/* Ends and pieces of lines that are compared: more, no person drew. */
enum { MOST_PAIRS = 20000000 };

double
gb_flow_distance_to_piece(struct gb_flow_point p, struct gb_flow_point a, struct gb_flow_point b)
{
    double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
    double t = length > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length : 0;

    t = fmin(fmax(t, 0), 1);
    return hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

/* The nearest other line that has the end which is wanted; build->edges.len for none. */
static size_t
line_at(const struct gb_flow_build *build, size_t own, struct gb_flow_point p, bool wants_target, double reach)
{
    size_t found = build->edges.len;
    double least = reach;

    for (size_t i = 0; i < build->edges.len; i++) {
        const struct gb_flow_edge *edge = &build->edges.items[i];
        if (i == own || edge->is_message || gb_flow_end_is_loose(wants_target ? edge->to : edge->from))
            continue;
        for (uint32_t k = 1; k < edge->n_points; k++) {
            double far = gb_flow_distance_to_piece(p, edge->points[k - 1], edge->points[k]);
            if (far <= least && (far < least || found == build->edges.len)) {
                least = far;
                found = i;
            }
        }
    }
    return found;
}

static int32_t
note_at(const struct gb_flow_build *build, struct gb_flow_point p, double reach)
{
    for (size_t i = 0; i < build->nodes.len; i++) {
        const struct gb_flow_node *node = &build->nodes.items[i];
        if (node->kind == GB_FLOW_NOTE && node->has_box &&
            (gb_flow_is_in(node->box, p) || gb_flow_distance(node->box, p) <= reach))
            return (int32_t)i;
    }
    return -1;
}

/* True when the end was found. */
static bool
settle(struct gb_flow_build *build, size_t index, bool at_target, double reach)
{
    struct gb_flow_edge *edge = &build->edges.items[index];
    struct gb_flow_point p = edge->points[at_target ? edge->n_points - 1 : 0];
    struct gb_flow_end *end = at_target ? &edge->to : &edge->from;
    size_t line = line_at(build, index, p, at_target, reach);

    if (line < build->edges.len) {
        *end = at_target ? build->edges.items[line].to : build->edges.items[line].from;
        return true;
    }
    end->node = note_at(build, p, reach);
    edge->is_message = edge->is_message || end->node >= 0;
    return end->node >= 0;
}

void
gb_flow_join_lines(struct gb_flow_build *build, double reach)
{
    size_t n_pieces = build->nodes.len, budget = MOST_PAIRS;
    bool is_new = true;

    for (size_t i = 0; i < build->edges.len; i++)
        n_pieces += build->edges.items[i].n_points;
    while (is_new) {
        is_new = false;
        for (size_t i = 0; i < build->edges.len; i++) {
            const struct gb_flow_edge *edge = &build->edges.items[i];
            if (edge->n_points < 2 || gb_flow_end_is_loose(edge->from) == gb_flow_end_is_loose(edge->to))
                continue;
            if (budget < n_pieces)
                return;
            budget -= n_pieces;
            is_new |= settle(build, i, gb_flow_end_is_loose(edge->to), reach);
        }
    }
}
