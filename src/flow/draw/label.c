/*
 * Labels of edges. Each has some places beside each piece of its line; the cheapest is taken: what it would cover costs, and so
 * does the way from the node where the edge begins, since a reader looks for the answer of a decision there.
 */
#include "flow/draw/draw_priv.h"

#include "base/sort.h"

#include <math.h>

enum { ON_BOX = 1000, ON_LABEL = 800, ON_LINE = 150, ON_OWN = 40, SHARED = 220, OUTSIDE = 400, ON_TITLE = 300 };
enum { MARGIN = 3, BESIDE = 7, TITLE_H = 22 };

/* Of words that belong to a node. */
enum { NO_EDGE = UINT32_MAX };

struct segment {
    struct gb_flow_point a, b;
    uint32_t edge;
};

struct placing {
    struct gb_picture *p;
    GB_ARRAY(struct segment) segments; /* of all lines, by their left end */
    double widest;                     /* extent of the widest of them */
    GB_ARRAY(struct gb_flow_box) placed;
};

static bool
overlap(struct gb_flow_box a, struct gb_flow_box b)
{
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/* Does the segment touch the box? */
static bool
touches(struct gb_flow_box box, struct gb_flow_point a, struct gb_flow_point b)
{
    double from = 0, to = 1, dx = b.x - a.x, dy = b.y - a.y;
    double distance[4] = {a.x - box.x, box.x + box.w - a.x, a.y - box.y, box.y + box.h - a.y},
           speed[4] = {-dx, dx, -dy, dy};

    for (int i = 0; i < 4; i++) {
        if (speed[i] == 0 && distance[i] < 0)
            return false;
        if (speed[i] > 0)
            to = fmin(to, distance[i] / speed[i]);
        if (speed[i] < 0)
            from = fmax(from, distance[i] / speed[i]);
    }
    return from <= to;
}

static int
by_left(const void *one, const void *two)
{
    const struct segment *a = one, *b = two;
    double left_a = fmin(a->a.x, a->b.x), left_b = fmin(b->a.x, b->b.x);

    if (left_a != left_b)
        return left_a < left_b ? -1 : 1;
    if (a->edge != b->edge)
        return a->edge < b->edge ? -1 : 1;
    return (a->a.y > b->a.y) - (a->a.y < b->a.y);
}

static void
add_segments(struct placing *pl)
{
    const struct gb_flow *flow = pl->p->flow;

    for (uint32_t e = 0; e < flow->n_edges; e++) {
        const struct gb_flow_path *path = &pl->p->paths[e];
        for (uint32_t i = 1; i < path->n; i++) {
            *gb_push(&pl->segments) = (struct segment){path->points[i - 1], path->points[i], e};
            pl->widest = fmax(pl->widest, fabs(path->points[i].x - path->points[i - 1].x));
        }
    }
    if (pl->segments.len > 1)
        qsort(pl->segments.items, pl->segments.len, sizeof(*pl->segments.items), by_left);
}

static double
cost_of_lines(const struct placing *pl, struct gb_flow_box box, uint32_t edge, struct gb_flow_point anchor,
              double limit)
{
    struct gb_flow_box point = {anchor.x - 1, anchor.y - 1, 2, 2};
    struct gb_flow_box wide = {box.x - BESIDE, box.y, box.w + 2 * BESIDE, box.h};
    double cost = 0, left = fmin(wide.x, point.x) - pl->widest, right = fmax(wide.x + wide.w, point.x + 2);
    double top = fmin(wide.y, point.y), low = fmax(wide.y + wide.h, point.y + 2);
    GB_SEEK(size_t, at, pl->segments.len, fmin(pl->segments.items[at].a.x, pl->segments.items[at].b.x) < left);
    for (size_t i = at; i < pl->segments.len && cost < limit; i++) {
        const struct segment *s = &pl->segments.items[i];
        if (fmin(s->a.x, s->b.x) > right)
            break;
        if (fmin(s->a.y, s->b.y) > low || fmax(s->a.y, s->b.y) < top)
            continue;
        if (touches(s->edge == edge ? box : wide, s->a, s->b))
            cost += s->edge == edge ? ON_OWN : ON_LINE;
        if (s->edge != edge && touches(point, s->a, s->b))
            cost += SHARED;
    }
    return cost;
}

static double
cost_of(const struct placing *pl, struct gb_flow_box box, uint32_t edge, struct gb_flow_point anchor, double limit)
{
    const struct gb_picture *p = pl->p;
    struct gb_flow_box wide = {box.x - MARGIN, box.y - 1, box.w + 2 * MARGIN, box.h + 2};
    double cost = 0;

    if (edge != NO_EDGE && (box.x < 0 || box.y < 0 || box.x + box.w > p->width || box.y + box.h > p->height))
        cost += OUTSIDE;
    for (uint32_t i = 0; i < p->flow->n_nodes && cost < limit; i++)
        cost += p->boxes[i].w > 0 && overlap(wide, p->boxes[i]) ? ON_BOX : 0;
    for (size_t i = 0; i < pl->placed.len && cost < limit; i++)
        cost += overlap(wide, pl->placed.items[i]) ? ON_LABEL : 0;
    for (uint32_t g = 0; g < p->flow->n_groups && cost < limit; g++) {
        struct gb_flow_box title = {p->frames[g].x, p->frames[g].y, p->frames[g].w, TITLE_H};
        cost += title.w > 0 && overlap(wide, title) ? ON_TITLE : 0;
    }
    return cost < limit ? cost + cost_of_lines(pl, box, edge, anchor, limit - cost) : cost;
}

struct best {
    struct gb_flow_box box;
    double cost;
};

static void
try_place(const struct placing *pl, uint32_t edge, struct gb_flow_point anchor, double cx, double cy, double extra,
          struct best *best)
{
    struct gb_flow_box box = {cx - best->box.w / 2, cy - best->box.h / 2, best->box.w, best->box.h};

    if (extra >= best->cost)
        return;
    double cost = extra + cost_of(pl, box, edge, anchor, best->cost - extra);
    if (cost < best->cost) {
        best->cost = cost;
        best->box = box;
    }
}

/* Places beside one piece: at its beginning, middle and end, above and below or right and left. */
static void
try_piece(const struct placing *pl, uint32_t edge, struct gb_flow_point a, struct gb_flow_point b, double extra,
          struct best *best)
{
    static const double parts[] = {0, 0.5, 1};
    double w = best->box.w, h = best->box.h, dx = b.x - a.x, dy = b.y - a.y;
    bool is_level = fabs(dx) > fabs(dy);
    double length = is_level ? fabs(dx) : fabs(dy), own = (is_level ? w : h) + 6;

    for (size_t i = 0; i < GB_COUNT(parts); i++) {
        /* The middle of the label along the piece; it stays beside the piece as far as that is long enough. */
        double at = length > own ? own / 2 + (length - own) * parts[i] : length / 2;
        struct gb_flow_point on = {a.x + dx * at / (length > 0 ? length : 1),
                                   a.y + dy * at / (length > 0 ? length : 1)};
        double cost = extra + 4.0 * (double)i + (length < own ? fmin(own - length, 30) : 0);
        if (is_level) {
            double slope = fabs(dx) > 0 ? fabs(dy / dx) * w / 2 : 0;
            try_place(pl, edge, on, on.x, on.y - h / 2 - 2 - slope, cost, best);
            try_place(pl, edge, on, on.x, on.y + h / 2 + 3 + slope, cost + 3, best);
        } else {
            double slope = fabs(dy) > 0 ? fabs(dx / dy) * h / 2 : 0;
            try_place(pl, edge, on, on.x + w / 2 + 4 + slope, on.y, cost, best);
            try_place(pl, edge, on, on.x - w / 2 - 4 - slope, on.y, cost + 3, best);
        }
    }
}

static void
place_label(struct placing *pl, uint32_t edge)
{
    struct gb_picture *p = pl->p;
    const struct gb_flow_path *path = &p->paths[edge];
    const struct gb_flow_lines *lines = &p->labels[edge];
    struct best best = {{0, 0, lines->cells * (GB_FLOW_CELL - 0.5) + 2, (double)lines->n * (GB_FLOW_LEADING - 2)},
                        HUGE_VAL};
    double way = 0;

    for (uint32_t i = 1; i < path->n && way / 8 < best.cost; i++) {
        try_piece(pl, edge, path->points[i - 1], path->points[i], way / 8, &best);
        way += hypot(path->points[i].x - path->points[i - 1].x, path->points[i].y - path->points[i - 1].y);
    }
    p->places[edge] = best.box;
    *gb_push(&pl->placed) = best.box;
}

/* Events and gateways of BPMN are drawn small, and their names beside them. */
static void
place_aside(struct placing *pl, uint32_t node)
{
    enum { CELLS = 12, MOST_LINES = 3, GAP = 3 };
    static const double sides[][2] = {{0, 1}, {0, -1}, {-1, -1}, {1, -1}, {-1, 1}, {1, 1}};
    struct gb_picture *p = pl->p;
    struct gb_flow_lines lines = gb_flow_wrap(p->flow->nodes[node].text, CELLS, MOST_LINES, p->arena);
    struct gb_flow_box box = p->boxes[node];
    struct best best = {{0, 0, lines.cells * (GB_FLOW_CELL - 0.5) + 2, (double)lines.n * (GB_FLOW_LEADING - 2)}, 1};

    /* straight below and above, else at a corner */
    for (size_t i = 0; i < GB_COUNT(sides) && !lines.is_cut; i++) {
        double rim = sides[i][0] == 0 ? GAP : -box.h / 4;
        struct gb_flow_point on = {box.x + box.w / 2 + sides[i][0] * (box.w / 4 + best.box.w / 2 + GAP),
                                   box.y + box.h / 2 + sides[i][1] * (box.h / 2 + best.box.h / 2 + rim)};
        try_place(pl, NO_EDGE, on, on.x, on.y, 0.1 * (double)i, &best);
    }
    if (best.cost >= 1)
        return;
    p->asides[node] = best.box;
    p->words[node] = lines;
    *gb_push(&pl->placed) = best.box;
}

void
gb_picture_place_labels(struct gb_picture *p)
{
    enum { LEGIBLE = 11 };
    struct placing pl = {.p = p};

    add_segments(&pl);
    for (uint32_t i = 0; i < p->flow->n_nodes; i++) {
        if (p->boxes[i].w > 0 && p->words[i].n > 0 && p->em[i] < LEGIBLE)
            place_aside(&pl, i);
    }
    for (uint32_t e = 0; e < p->flow->n_edges; e++) {
        if (p->paths[e].n > 1 && p->labels[e].n > 0 && p->labels[e].cells > 0)
            place_label(&pl, e);
    }
    GB_RELEASE(&pl.segments, &pl.placed);
}
