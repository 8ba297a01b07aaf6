/* The author's drawing as boxes and lines; curves as chords. */
#include "flow/crossing.h"

#include <math.h>

#define LIMIT 4194304.0 /* 2^22 */

static bool
is_number(double c)
{
    return c >= -LIMIT && c <= LIMIT;
}

static bool
is_box(struct gb_flow_box b)
{
    return is_number(b.x) && is_number(b.y) && b.w > 0 && b.h > 0 && is_number(b.x + b.w) && is_number(b.y + b.h);
}

static void
grow(struct gb_flow_box *extent, double x, double y, double w, double h)
{
    if (extent->w < 0) {
        *extent = (struct gb_flow_box){x, y, w, h};
        return;
    }
    double right = fmax(extent->x + extent->w, x + w), low = fmax(extent->y + extent->h, y + h);
    extent->x = fmin(extent->x, x);
    extent->y = fmin(extent->y, y);
    extent->w = right - extent->x;
    extent->h = low - extent->y;
}

void
gb_flow_set_extent(const struct gb_flow *flow, struct gb_flow_drawing *drawing)
{
    struct gb_flow_box extent = {0, 0, -1, 0};

    for (uint32_t i = 0; i < flow->n_nodes + flow->n_groups; i++) {
        struct gb_flow_box box = i < flow->n_nodes ? drawing->boxes[i] : drawing->frames[i - flow->n_nodes];
        if (box.w > 0)
            grow(&extent, box.x, box.y, box.w, box.h);
    }
    for (uint32_t e = 0; e < flow->n_edges; e++) {
        for (uint32_t i = 0; i < drawing->paths[e].n; i++)
            grow(&extent, drawing->paths[e].points[i].x, drawing->paths[e].points[i].y, 0, 0);
    }
    extent.w = fmax(extent.w, 0);
    drawing->extent = extent;
}

/* The point of a box's border on the way from its middle to another point. */
static struct gb_flow_point
towards(struct gb_flow_box box, struct gb_flow_point to)
{
    struct gb_flow_point c = {box.x + box.w / 2, box.y + box.h / 2};
    double dx = to.x - c.x, dy = to.y - c.y;
    double scale = fmin(dx != 0 ? box.w / 2 / fabs(dx) : HUGE_VAL, dy != 0 ? box.h / 2 / fabs(dy) : HUGE_VAL);

    if (!(scale < 1))
        return c;
    return (struct gb_flow_point){c.x + dx * scale, c.y + dy * scale};
}

static void
own_path(const struct gb_flow_edge *edge, const struct gb_flow_drawing *drawing, struct gb_arena *arena,
         struct gb_flow_path *path)
{
    if (edge->line == GB_FLOW_INVISIBLE)
        return;
    for (uint32_t i = 0; i < edge->n_points; i++) {
        if (!is_number(edge->points[i].x) || !is_number(edge->points[i].y))
            return;
    }
    if (edge->n_points >= 2) {
        path->points = edge->points;
        path->n = edge->n_points;
        return;
    }
    struct gb_flow_box from = gb_flow_box_of_end(drawing, edge->from), to = gb_flow_box_of_end(drawing, edge->to);
    if (edge->n_points > 0 || from.w == 0 || to.w == 0)
        return;
    path->points = gb_arena_new_array(arena, struct gb_flow_point, 2);
    path->points[0] = towards(from, (struct gb_flow_point){to.x + to.w / 2, to.y + to.h / 2});
    path->points[1] = towards(to, (struct gb_flow_point){from.x + from.w / 2, from.y + from.h / 2});
    path->n = 2;
}

struct gb_flow_drawing
gb_flow_own_drawing(const struct gb_flow *flow, struct gb_arena *arena)
{
    struct gb_flow_drawing drawing = {
        gb_arena_new_array(arena, struct gb_flow_box, flow->n_nodes),
        gb_arena_new_array(arena, struct gb_flow_box, flow->n_groups),
        gb_arena_new_array(arena, struct gb_flow_path, flow->n_edges),
        {0, 0, 0, 0},
    };

    for (uint32_t i = 0; i < flow->n_nodes + flow->n_groups; i++) {
        bool is_node = i < flow->n_nodes;
        uint32_t at = is_node ? i : i - flow->n_nodes;
        struct gb_flow_box box = is_node ? flow->nodes[at].box : flow->groups[at].box;
        if ((is_node ? flow->nodes[at].has_box : flow->groups[at].has_box) && is_box(box))
            *(is_node ? &drawing.boxes[at] : &drawing.frames[at]) = box;
    }
    for (uint32_t e = 0; e < flow->n_edges; e++)
        own_path(&flow->edges[e], &drawing, arena, &drawing.paths[e]);
    gb_flow_set_extent(flow, &drawing);
    return drawing;
}

void
gb_flow_chords(const struct gb_flow_point p[4], struct gb_flow_point out[GB_FLOW_CHORDS])
{
    for (int i = 1; i <= GB_FLOW_CHORDS; i++) {
        double t = (double)i / GB_FLOW_CHORDS, u = 1 - t;
        double w[4] = {u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t};
        out[i - 1].x = w[0] * p[0].x + w[1] * p[1].x + w[2] * p[2].x + w[3] * p[3].x;
        out[i - 1].y = w[0] * p[0].y + w[1] * p[1].y + w[2] * p[2].y + w[3] * p[3].y;
    }
}
