/*
 * The lines of an SVG that draw.io exported: the model inside says what joins what, the picture where the lines run. A line is known
 * by the id of its cell, which newer exports give, or by its place among the lines; it is taken only when both its ends lie at the boxes
 * that the model names. Without that the way stays what the model says, which is often a guess.
 */
#include "flow/svg/svg_priv.h"

#include <math.h>

/* An arrowhead hides the end of its line. */
#define HEAD_GAP 14.0

enum { MOST_PAIRS = 4000000 };

/* A line of a cell, by the mark that the editor gives to all of them. */
static bool
is_cell_line(const struct gb_svg *svg, const struct gb_svg_line *line)
{
    return line->n >= 2 && gb_str_is(gb_tree_value(&svg->tree, line->element, "pointer-events"), "stroke") &&
           gb_str_is(gb_svg_inherited(svg, line->element, "fill"), "none");
}

static struct gb_str
cell_id(const struct gb_svg *svg, const struct gb_svg_line *line)
{
    for (int32_t e = line->element; e >= 0; e = svg->tree.elements[e].parent) {
        if (gb_tree_attr(&svg->tree, e, "data-cell-id"))
            return gb_tree_value(&svg->tree, e, "data-cell-id");
    }
    return GB_STR("");
}

/* How far the picture is moved against the model: what most boxes agree on. */
struct shift {
    double x, y;
    uint32_t votes;
};

static bool
is_same_size(struct gb_flow_box a, struct gb_flow_box b)
{
    return fabs(a.w - b.w) < 1 && fabs(a.h - b.h) < 1;
}

static uint32_t
count_votes(const struct gb_svg *svg, const struct gb_flow *flow, double x, double y)
{
    uint32_t votes = 0;

    for (uint32_t i = 0; i < flow->n_nodes; i++) {
        struct gb_flow_box b = flow->nodes[i].box;
        for (size_t k = 0; flow->nodes[i].has_box && k < svg->shapes.len; k++) {
            struct gb_flow_box s = svg->shapes.items[k].box;
            if (is_same_size(b, s) && fabs(s.x - b.x - x) < 1 && fabs(s.y - b.y - y) < 1) {
                votes++;
                break;
            }
        }
    }
    return votes;
}

/* The shift by which at least half of the boxes lie on outlines of their size. */
static bool
find_shift(const struct gb_svg *svg, const struct gb_flow *flow, struct shift *out)
{
    enum { MOST_TRIED = 3 };
    size_t pairs = svg->shapes.len * flow->n_nodes;
    uint32_t n_boxes = 0;

    *out = (struct shift){0, 0, 0};
    for (uint32_t i = 0; i < flow->n_nodes; i++)
        n_boxes += flow->nodes[i].has_box && flow->nodes[i].kind != GB_FLOW_NOTE;
    if (n_boxes == 0 || pairs * svg->shapes.len > MOST_PAIRS)
        return false;
    for (uint32_t i = 0, tried = 0; i < flow->n_nodes && tried < MOST_TRIED; i++) {
        if (!flow->nodes[i].has_box || flow->nodes[i].kind == GB_FLOW_NOTE)
            continue;
        tried++;
        for (size_t k = 0; k < svg->shapes.len; k++) {
            struct gb_flow_box s = svg->shapes.items[k].box;
            double x = s.x - flow->nodes[i].box.x, y = s.y - flow->nodes[i].box.y;
            uint32_t votes = is_same_size(s, flow->nodes[i].box) ? count_votes(svg, flow, x, y) : 0;
            if (votes > out->votes)
                *out = (struct shift){x, y, votes};
        }
    }
    return 2 * out->votes >= n_boxes;
}

static bool
has_box(const struct gb_flow *flow, struct gb_flow_end end, struct gb_flow_box *out)
{
    if (end.node >= 0) {
        *out = flow->nodes[end.node].box;
        return flow->nodes[end.node].has_box;
    }
    if (end.group >= 0)
        *out = flow->groups[end.group].box;
    return end.group >= 0 && flow->groups[end.group].has_box;
}

/* The point of the border that is nearest. */
static struct gb_flow_point
on_border(struct gb_flow_box b, struct gb_flow_point p)
{
    return (struct gb_flow_point){fmin(fmax(p.x, b.x), b.x + b.w), fmin(fmax(p.y, b.y), b.y + b.h)};
}

/* Lays the line along the edge; false when its ends lie elsewhere. */
static bool
take_line(struct gb_svg *svg, const struct gb_flow *flow, struct gb_flow_edge *edge, const struct gb_svg_line *line,
          struct shift shift)
{
    struct gb_flow_point *points = gb_arena_new_array(svg->arena, struct gb_flow_point, line->n);
    struct gb_flow_box from, to;
    uint32_t last = line->n - 1;

    if (!has_box(flow, edge->from, &from) || !has_box(flow, edge->to, &to))
        return false;
    for (uint32_t i = 0; i <= last; i++)
        points[i] = (struct gb_flow_point){line->points[i].x - shift.x, line->points[i].y - shift.y};
    for (int turned = 0; turned < 2; turned++) {
        if (gb_flow_distance(from, points[0]) <= HEAD_GAP && gb_flow_distance(to, points[last]) <= HEAD_GAP) {
            points[0] = on_border(from, points[0]);
            points[last] = on_border(to, points[last]);
            edge->points = points;
            edge->n_points = line->n;
            edge->route = GB_FLOW_DRAWN;
            return true;
        }
        gb_flow_reverse(points, line->n);
    }
    return false;
}

void
gb_svg_take_routes(struct gb_svg *svg, const struct gb_flow *flow)
{
    GB_ARRAY(const struct gb_svg_line *) lines = {0};
    struct gb_tree_names edges;
    struct shift shift;

    gb_svg_walk(svg);
    for (size_t i = 0; i < svg->lines.len; i++) {
        if (is_cell_line(svg, &svg->lines.items[i]))
            *gb_push(&lines) = &svg->lines.items[i];
    }
    gb_tree_names_init(&edges, flow->n_edges, svg->arena);
    for (uint32_t i = 0; i < flow->n_edges; i++)
        gb_tree_names_add(&edges, flow->edges[i].id, (int32_t)i);
    if (lines.len && find_shift(svg, flow, &shift)) {
        for (size_t i = 0; i < lines.len; i++) {
            int32_t edge = gb_tree_names_find(&edges, cell_id(svg, lines.items[i]));
            if (edge < 0 && lines.len == flow->n_edges)
                edge = (int32_t)i;
            if (edge >= 0)
                (void)take_line(svg, flow, &flow->edges[edge], lines.items[i], shift);
        }
    }
    gb_array_release(&lines);
}
