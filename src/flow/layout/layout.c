/* The steps of a layout, its limits, and its verdict on crossings. */
#include "flow/layout/layout.h"

#include "base/sort.h"
#include "flow/crossing_priv.h"
#include "flow/layout/layout_priv.h"

static const struct {
    struct gb_str zh, en;
} limits[] = {
    [GB_FLOW_NO_LIMIT] = {GB_WORD(""), GB_WORD("")},
    [GB_FLOW_TOO_MANY_NODES] = {GB_WORD("框超过 400 个，未排布"), GB_WORD("more than 400 boxes: not laid out")},
    [GB_FLOW_TOO_MANY_EDGES] = {GB_WORD("箭头超过 500 条，未排布"), GB_WORD("more than 500 arrows: not laid out")},
    [GB_FLOW_TOO_MANY_BENDS] = {GB_WORD("跨层的箭头过多，未排布"),
                                GB_WORD("too many arrows over many layers: not laid out")},
};

struct gb_str
gb_flow_limit_text(enum gb_flow_limit limit, bool in_english)
{
    return in_english ? limits[limit].en : limits[limit].zh;
}

struct pair {
    uint32_t a, b; /* vertices, the smaller one first */
};

GB_ORDER(by_ends, struct pair, GB_KEY(a) GB_KEY(b))

/* A planar graph of n ≥ 3 vertices joins at most 3n − 6 pairs of them. */
static bool
has_too_many_pairs(const struct gb_lay *lay)
{
    struct pair *pairs = gb_alloc((lay->flow->n_edges + 1) * sizeof(*pairs));
    uint32_t n = 0, n_vertices = 0, n_different = 0;
    uint8_t *seen = gb_arena_new_array(lay->scratch, uint8_t, lay->v.len);

    for (uint32_t e = 0; e < lay->flow->n_edges; e++) {
        const struct gb_lay_arc *arc = &lay->arcs[e];
        if (arc->from == GB_NONE || arc->is_loop || lay->flow->edges[e].is_message)
            continue;
        pairs[n++] = arc->from < arc->to ? (struct pair){arc->from, arc->to} : (struct pair){arc->to, arc->from};
        n_vertices += !seen[arc->from];
        seen[arc->from] = 1;
        n_vertices += !seen[arc->to];
        seen[arc->to] = 1;
    }
    qsort(pairs, n, sizeof(*pairs), by_ends);
    for (uint32_t i = 0; i < n; i++)
        n_different += i == 0 || by_ends(&pairs[i - 1], &pairs[i]) != 0;
    free(pairs);
    return n_vertices >= 3 && n_different > 3 * n_vertices - 6;
}

/* Where a pair of the verdict meets in the drawing; where groups have parted them, the first bend of one of them. */
static void
place_crossings(struct gb_flow_layout *layout)
{
    uint32_t k = 0;

    GB_EACH(struct gb_flow_crossing, c, layout->crossings, layout->n_crossings) {
        const struct gb_flow_path *path = &layout->drawing.paths[c->a];
        while (k < layout->n_drawn &&
               (layout->drawn[k].a < c->a || (layout->drawn[k].a == c->a && layout->drawn[k].b < c->b)))
            k++;
        if (k < layout->n_drawn && layout->drawn[k].a == c->a && layout->drawn[k].b == c->b)
            c->at = layout->drawn[k].at;
        else if (path->n > 0)
            c->at = path->points[path->n / 2];
    }
}

/* The pairs that the drawing shows to cross, without those that share a piece of their way. */
static void
find_drawn(const struct gb_flow *flow, struct gb_flow_layout *layout, struct gb_arena *arena)
{
    struct gb_flow_geometry geometry = gb_measure_lines(flow, &layout->drawing, arena);

    layout->drawn = geometry.crossings;
    for (uint32_t i = 0; i < geometry.n_crossings; i++) {
        if (!geometry.crossings[i].is_overlap)
            layout->drawn[layout->n_drawn++] = geometry.crossings[i];
    }
}

static struct gb_lay
new_lay(const struct gb_flow *flow, struct gb_arena *scratch, struct gb_arena *arena, bool keeps_groups)
{
    return (struct gb_lay){
        .flow = flow,
        .scratch = scratch,
        .arena = arena,
        .keeps_groups = keeps_groups,
        .is_vertical = flow->direction != GB_FLOW_LR && flow->direction != GB_FLOW_RL,
    };
}

static void
release(struct gb_lay *lay)
{
    for (uint32_t r = 0; lay->rows && r < lay->n_rows; r++)
        free(lay->rows[r].v);
    GB_RELEASE(&lay->v, &lay->links);
}

static void
draw(struct gb_lay *lay, struct gb_flow_layout *layout)
{
    gb_lay_group(lay);
    gb_lay_sides(lay);
    gb_lay_place(lay);
    gb_lay_route(lay, &layout->drawing);
    find_drawn(lay->flow, layout, lay->arena);
    place_crossings(layout);
}

/* The verdict, then the drawing: from the same layers, or from layers that put groups one below the other. */
static void
lay_out(const struct gb_flow *flow, struct gb_arena *scratch, struct gb_arena *arena, struct gb_flow_layout *layout)
{
    struct gb_lay lay = new_lay(flow, scratch, arena, false);

    if (gb_lay_rank(&lay)) {
        gb_lay_order(&lay);
        layout->n_crossings = gb_lay_pairs(&lay, &layout->crossings);
        layout->is_certain = layout->n_crossings > 0 && has_too_many_pairs(&lay);
        struct gb_lay grouped = new_lay(flow, scratch, arena, true);
        if (flow->n_groups > 1 && gb_lay_rank(&grouped)) {
            gb_lay_order(&grouped);
            draw(&grouped, layout);
        } else {
            draw(&lay, layout);
        }
        release(&grouped);
    } else {
        layout->limit = GB_FLOW_TOO_MANY_BENDS;
    }
    release(&lay);
}

struct gb_flow_layout
gb_flow_layout_within(const struct gb_flow *flow, uint32_t max_nodes, uint32_t max_edges, struct gb_arena *arena)
{
    struct gb_flow_layout layout = {0};
    struct gb_arena scratch = GB_ARENA_ZERO;

    if (flow->n_nodes > max_nodes)
        layout.limit = GB_FLOW_TOO_MANY_NODES;
    else if (flow->n_edges > max_edges)
        layout.limit = GB_FLOW_TOO_MANY_EDGES;
    else
        lay_out(flow, &scratch, arena, &layout);
    gb_arena_release(&scratch);
    return layout;
}

struct gb_flow_layout
gb_flow_layout(const struct gb_flow *flow, struct gb_arena *arena)
{
    return gb_flow_layout_within(flow, GB_FLOW_MAX_NODES, GB_FLOW_MAX_EDGES, arena);
}
