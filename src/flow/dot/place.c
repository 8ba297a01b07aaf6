/*
 * The drawing that dot -Tdot writes into the attributes: pos of nodes and edges in points, y upwards, sizes of nodes in inches. It
 * is taken only as a whole: where a node or an edge has no place, the chart is one without a drawing.
 */
#include "flow/crossing.h"
#include "flow/dot/dot_priv.h"
#include "flow/place_priv.h"

enum { POINTS_PER_INCH = 72, FAR = 1000000 };

/* A decimal number at the head of *s, which is cut off with the blanks and commas behind it. */
static bool
take_number(struct gb_str *s, double *out)
{
    double value = 0, scale = 1;
    size_t at = 0, digits = 0;
    bool is_negative = s->len && s->ptr[0] == '-';

    at += is_negative;
    for (bool has_point = false; at < s->len; at++) {
        char c = s->ptr[at];
        if (c == '.' && !has_point) {
            has_point = true;
            continue;
        }
        if (c < '0' || c > '9')
            break;
        if (value < FAR)
            value = value * 10 + (c - '0');
        scale = has_point ? scale * 10 : scale;
        digits++;
    }
    if (!digits || digits > 15 || value / scale > FAR)
        return false;
    while (at < s->len &&
           (s->ptr[at] == ' ' || s->ptr[at] == ',' || s->ptr[at] == '\n' || s->ptr[at] == '\r' || s->ptr[at] == '\t'))
        at++;
    *s = gb_str_skip(*s, at);
    *out = (is_negative ? -value : value) / scale;
    return true;
}

static bool
take_point(struct gb_str *s, double height, struct gb_flow_point *out)
{
    double y;

    if (!take_number(s, &out->x) || !take_number(s, &y))
        return false;
    out->y = height - y;
    return true;
}

static bool
place_node(const struct gb_dot_attrs *attrs, double height, struct gb_flow_node *node)
{
    struct gb_flow_point middle;

    if (!attrs)
        return false;
    struct gb_str pos = attrs->of[DOT_ATTR_POS].str, w = attrs->of[DOT_ATTR_WIDTH].str,
                  h = attrs->of[DOT_ATTR_HEIGHT].str;
    double wide, high;
    if (!take_point(&pos, height, &middle) || pos.len || !take_number(&w, &wide) || !take_number(&h, &high))
        return false;
    wide *= POINTS_PER_INCH;
    high *= POINTS_PER_INCH;
    node->box = (struct gb_flow_box){middle.x - wide / 2, middle.y - high / 2, wide, high};
    node->has_box = true;
    return true;
}

/* e,x,y is the tip of the arrow at the end, s,x,y that at the begin; then a curve of 3n + 1 points. */
static bool
place_edge(const struct gb_dot_attrs *attrs, double height, struct gb_flow_edge *edge, struct gb_arena *arena)
{
    GB_ARRAY(struct gb_flow_point) points = {0};
    struct gb_flow_point tip = {0, 0}, butt = {0, 0}, p;
    bool has_tip = false, has_butt = false;

    if (edge->line == GB_FLOW_INVISIBLE)
        return true;
    if (!attrs)
        return false;
    struct gb_str pos = attrs->of[DOT_ATTR_POS].str;
    while (pos.len > 2 && (pos.ptr[0] == 'e' || pos.ptr[0] == 's') && pos.ptr[1] == ',') {
        bool is_tip = pos.ptr[0] == 'e';
        pos = gb_str_skip(pos, 2);
        if (!take_point(&pos, height, is_tip ? &tip : &butt))
            return false;
        *(is_tip ? &has_tip : &has_butt) = true;
    }
    while (pos.len && take_point(&pos, height, &p))
        *gb_push(&points) = p;
    bool is_curve = !pos.len && points.len >= 4 && points.len % 3 == 1;
    if (is_curve) {
        size_t n = (points.len - 1) / 3 * GB_FLOW_CHORDS + 3;
        struct gb_flow_point *out = gb_arena_new_array(arena, struct gb_flow_point, n);
        n = 0;
        if (has_butt)
            out[n++] = butt;
        out[n++] = points.items[0];
        for (size_t i = 0; i + 3 < points.len; i += 3, n += GB_FLOW_CHORDS)
            gb_flow_chords(&points.items[i], &out[n]);
        if (has_tip)
            out[n++] = tip;
        if (gb_str_eq_nocase(attrs->of[DOT_ATTR_DIR].str, GB_STR("back")))
            gb_flow_reverse(out, n);
        edge->points = out;
        edge->n_points = (uint32_t)n;
        edge->route = GB_FLOW_DRAWN;
    }
    gb_array_release(&points);
    return is_curve;
}

static void
drop_drawing(struct gb_flow_build *build)
{
    for (size_t i = 0; i < build->nodes.len; i++)
        build->nodes.items[i].has_box = false;
    for (size_t i = 0; i < build->edges.len; i++) {
        build->edges.items[i].points = NULL;
        build->edges.items[i].n_points = 0;
        build->edges.items[i].route = GB_FLOW_NO_ROUTE;
    }
}

static void
place_groups(struct gb_dot_graph *graph, double height)
{
    GB_EACH(const struct gb_dot_scope, scope, graph->scopes.items, graph->scopes.len) {
        struct gb_flow_point low, high;
        if (!scope->is_cluster || !scope->attrs[GB_DOT_OF_GRAPH])
            continue;
        struct gb_str bb = scope->attrs[GB_DOT_OF_GRAPH]->of[DOT_ATTR_BB].str;
        if (!take_point(&bb, height, &low) || !take_point(&bb, height, &high))
            continue;
        struct gb_flow_group *group = &graph->build.groups.items[scope->group];
        group->box = (struct gb_flow_box){low.x, high.y, high.x - low.x, low.y - high.y};
        group->has_box = true;
    }
}

void
gb_dot_take_drawing(struct gb_dot_graph *graph)
{
    struct gb_flow_build *build = &graph->build;
    const struct gb_dot_attrs *attrs = graph->scopes.items[0].attrs[GB_DOT_OF_GRAPH];
    struct gb_flow_point low, high;

    if (!attrs || !build->nodes.len)
        return;
    struct gb_str bb = attrs->of[DOT_ATTR_BB].str;
    if (!take_point(&bb, 0, &low) || !take_point(&bb, 0, &high))
        return;
    bool is_whole = true;
    for (size_t i = 0; i < build->nodes.len && is_whole; i++)
        is_whole = place_node(graph->node_attrs.items[i], -high.y, &build->nodes.items[i]);
    for (size_t i = 0; i < build->edges.len && is_whole; i++)
        is_whole = place_edge(graph->edge_attrs.items[i], -high.y, &build->edges.items[i], graph->arena);
    if (is_whole)
        place_groups(graph, -high.y);
    else
        drop_drawing(build);
    build->flow.has_geometry = is_whole;
}
