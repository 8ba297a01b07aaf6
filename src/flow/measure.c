/* Boxes on boxes, lines through boxes, directions; and the whole that gb_flow_measure gives. */
#include "flow/crossing_priv.h"
#include "base/sort.h"

/* A share of the smaller box; by how much a box shrinks before a line counts as running through it; of the median extent. */
static const double box_share = 0.1, through_shrink = 0.1, sense_part = 0.25;
enum { DEFAULT_H = 36, MAX_BOXES = 5000 };

/* ---- Boxes ---- */

static bool
is_solid(const struct gb_measuring *m, uint32_t node)
{
    return m->drawing->boxes[node].w > 0 && m->flow->nodes[node].kind != GB_FLOW_NOTE;
}

struct near_box {
    struct gb_flow_box box;
    uint32_t node;
};

GB_ORDER(by_left, struct near_box, GB_KEY(box.x) GB_KEY(node))

static void
compare_boxes(struct gb_measuring *m, const struct near_box *boxes, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t k = i + 1; k < n && boxes[k].box.x < boxes[i].box.x + boxes[i].box.w; k++) {
            struct gb_flow_box a = boxes[i].box, b = boxes[k].box;
            double left = fmax(a.x, b.x), right = fmin(a.x + a.w, b.x + b.w);
            double top = fmax(a.y, b.y), low = fmin(a.y + a.h, b.y + b.h);
            if (left >= right || top >= low || gb_flow_surrounds(a, b) != gb_flow_surrounds(b, a))
                continue;
            double share = (right - left) * (low - top) / fmin(a.w * a.h, b.w * b.h);
            if (share <= box_share)
                continue;
            uint32_t one = boxes[i].node, two = boxes[k].node;
            *gb_push(&m->overlaps) = (struct gb_flow_box_overlap){one < two ? one : two,
                                                                  one < two ? two : one,
                                                                  fmin(share, 1),
                                                                  {(left + right) / 2, (top + low) / 2}};
        }
    }
}

/* Does the piece run through the open rectangle? *out_at is where it comes in. */
static bool
runs_through(const struct gb_piece *p, struct gb_spot low, struct gb_spot high, struct gb_spot *out_at)
{
    /* Parts of the piece within the sides of the rectangle, as fractions of its length. */
    double from = 0, to = 1, dx = (double)(p->b.x - p->a.x), dy = (double)(p->b.y - p->a.y);
    double distance[4] = {(double)(p->a.x - low.x), (double)(high.x - p->a.x), (double)(p->a.y - low.y),
                          (double)(high.y - p->a.y)};
    double speed[4] = {-dx, dx, -dy, dy};

    for (int i = 0; i < 4; i++) {
        if (speed[i] == 0 && distance[i] <= 0)
            return false;
        if (speed[i] > 0)
            to = fmin(to, distance[i] / speed[i]);
        if (speed[i] < 0)
            from = fmax(from, distance[i] / speed[i]);
    }
    *out_at = (struct gb_spot){p->a.x + (int64_t)(from * dx), p->a.y + (int64_t)(from * dy)};
    return from < to;
}

static bool
ends_at(const struct gb_flow *flow, const struct gb_flow_edge *edge, uint32_t node)
{
    if (edge->from.node == (int32_t)node || edge->to.node == (int32_t)node)
        return true;
    /* An edge to a group may reach into it. */
    return GB_ANY(for (int32_t g = flow->nodes[node].group; g >= 0; g = flow->groups[g].parent),
                  (edge->from.node < 0 && edge->from.group == g) || (edge->to.node < 0 && edge->to.group == g));
}

/* A box that holds an end of the edge is a container, or the edge ends at what lies in it. */
static bool
holds_end(const struct gb_measuring *m, uint32_t edge, uint32_t node)
{
    const struct gb_line *line = &m->lines[edge];
    const struct gb_piece *first = &m->pieces[line->first], *last = first + line->n - 1;
    struct gb_flow_box box = m->drawing->boxes[node];

    return is_in_box(box, pixel((double)first->a.x, (double)first->a.y)) ||
           is_in_box(box, pixel((double)last->b.x, (double)last->b.y));
}

static void
find_throughs(struct gb_measuring *m, const struct near_box *boxes, uint32_t n, double widest)
{
    for (uint32_t e = 0; e < m->flow->n_edges; e++) {
        const struct gb_line *line = &m->lines[e];
        size_t first_found = m->throughs.len;
        for (uint32_t k = 0; k < line->n; k++) {
            const struct gb_piece *p = &m->pieces[line->first + k];
            struct gb_reach x = reach(p, false), y = reach(p, true);
            double left = (double)x.low / GB_SNAP - widest, right = (double)x.high / GB_SNAP;
            double top = (double)y.low / GB_SNAP, low_end = (double)y.high / GB_SNAP;
            GB_SEEK(uint32_t, from, n, boxes[from].box.x < left);
            for (uint32_t i = from; i < n && boxes[i].box.x <= right; i++) {
                struct gb_flow_box b = boxes[i].box;
                if (b.y > low_end || b.y + b.h < top)
                    continue;
                double dx = b.w * through_shrink / 2, dy = b.h * through_shrink / 2;
                struct gb_spot low = snap(b.x + dx, b.y + dy), high = snap(b.x + b.w - dx, b.y + b.h - dy), at;
                if (!runs_through(p, low, high, &at) || ends_at(m->flow, &m->flow->edges[e], boxes[i].node) ||
                    holds_end(m, e, boxes[i].node))
                    continue;
                bool is_known = false;
                for (size_t f = first_found; f < m->throughs.len; f++)
                    is_known |= m->throughs.items[f].node == boxes[i].node;
                if (!is_known)
                    *gb_push(&m->throughs) =
                        (struct gb_flow_through){e, boxes[i].node, pixel((double)at.x, (double)at.y)};
            }
        }
    }
}

GB_ORDER(by_nodes, struct gb_flow_box_overlap, GB_KEY(a) GB_KEY(b))

static void
measure_boxes(struct gb_measuring *m)
{
    struct near_box *boxes = gb_alloc((m->flow->n_nodes + 1) * sizeof(*boxes));
    uint32_t n = 0;
    double widest = 0;

    for (uint32_t i = 0; i < m->flow->n_nodes; i++) {
        if (!is_solid(m, i))
            continue;
        boxes[n++] = (struct near_box){m->drawing->boxes[i], i};
        widest = fmax(widest, m->drawing->boxes[i].w);
    }
    qsort(boxes, n, sizeof(*boxes), by_left);
    compare_boxes(m, boxes, n);
    find_throughs(m, boxes, n, widest);
    if (m->overlaps.len > 1)
        qsort(m->overlaps.items, m->overlaps.len, sizeof(*m->overlaps.items), by_nodes);
    free(boxes);
}

/* ---- Directions ---- */

/* Median over the nodes of the shorter side, or of the extent along an axis. */
static double
median(const struct gb_measuring *m, int what)
{
    double *sizes = gb_alloc((m->flow->n_nodes + 1) * sizeof(*sizes)), result = DEFAULT_H;
    uint32_t n = 0;

    for (uint32_t i = 0; i < m->flow->n_nodes; i++) {
        struct gb_flow_box b = m->drawing->boxes[i];
        if (is_solid(m, i))
            sizes[n++] = what == 0 ? fmin(b.w, b.h) : what == 1 ? b.w : b.h;
    }
    qsort(sizes, n, sizeof(*sizes), gb_compare_numbers);
    if (n > 0)
        result = (sizes[(n - 1) / 2] + sizes[n / 2]) / 2;
    free(sizes);
    return result;
}

static bool
displacement(const struct gb_measuring *m, uint32_t e, struct gb_flow_point *out)
{
    const struct gb_flow_edge *edge = &m->flow->edges[e];
    struct gb_flow_box from = gb_flow_box_of_end(m->drawing, edge->from), to = gb_flow_box_of_end(m->drawing, edge->to);

    if (!is_judged(edge) || from.w == 0 || to.w == 0 || is_same_end(edge->from, edge->to))
        return false;
    *out = (struct gb_flow_point){to.x + to.w / 2 - from.x - from.w / 2, to.y + to.h / 2 - from.y - from.h / 2};
    return true;
}

static void
set_senses(struct gb_measuring *m, struct gb_flow_geometry *g)
{
    struct gb_flow_point sum = {0, 0}, d;

    /* By their directions alone: a way back is as long as all the ways there that it undoes. */
    g->senses = gb_arena_new_array(m->arena, enum gb_flow_sense, m->flow->n_edges);
    for (uint32_t e = 0; e < m->flow->n_edges; e++) {
        if (displacement(m, e, &d) && hypot(d.x, d.y) > 0) {
            sum.x += d.x / hypot(d.x, d.y);
            sum.y += d.y / hypot(d.x, d.y);
        }
    }
    bool is_level = fabs(sum.x) > fabs(sum.y);
    double way = is_level ? sum.x : sum.y, free_part = sense_part * median(m, is_level ? 1 : 2);
    if (way == 0)
        return;
    g->direction = is_level ? (way > 0 ? GB_FLOW_LR : GB_FLOW_RL) : way > 0 ? GB_FLOW_TB : GB_FLOW_BT;
    for (uint32_t e = 0; e < m->flow->n_edges; e++) {
        if (!displacement(m, e, &d))
            continue;
        double ahead = (is_level ? d.x : d.y) * (way > 0 ? 1 : -1);
        g->senses[e] = ahead < -free_part ? GB_FLOW_AGAINST : ahead <= free_part ? GB_FLOW_SIDEWAYS : GB_FLOW_FORWARD;
    }
}

/* All of it, or lines against lines only. */
static struct gb_flow_geometry
measure(const struct gb_flow *flow, const struct gb_flow_drawing *drawing, bool only_lines, struct gb_arena *arena)
{
    struct gb_measuring m = {.flow = flow, .drawing = drawing, .arena = arena};
    struct gb_flow_geometry g = {.h = median(&m, 0)};

    m.h = g.h;
    if (!only_lines)
        set_senses(&m, &g);
    g.is_limited = flow->n_nodes > MAX_BOXES || !gb_measure_set_lines(&m) || !gb_measure_compare_lines(&m);
    if (!g.is_limited && !only_lines)
        measure_boxes(&m);
    GB_KEEP(arena, &m.crossings, g.crossings, g.n_crossings);
    GB_KEEP(arena, &m.throughs, g.throughs, g.n_throughs);
    GB_KEEP(arena, &m.overlaps, g.overlaps, g.n_overlaps);
    GB_RELEASE(&m.near, &m.stretches);
    return g;
}

struct gb_flow_geometry
gb_flow_measure(const struct gb_flow *flow, const struct gb_flow_drawing *drawing, struct gb_arena *arena)
{
    return measure(flow, drawing, false, arena);
}

struct gb_flow_geometry
gb_measure_lines(const struct gb_flow *flow, const struct gb_flow_drawing *drawing, struct gb_arena *arena)
{
    return measure(flow, drawing, true, arena);
}
