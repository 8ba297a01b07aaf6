/* Vertices and arcs of a layout, return edges, layers by longest path, dummies, components. */
#include "flow/graph.h"
#include "flow/layout/layout_priv.h"

#include <math.h>

enum {
    MIN_W = 98,
    PAD_W = 24,
    PAD_H = 17, /* of a box, round its words */
    MIN_H = 36,
    DOT = 24,
    DECISION_MIN_H = 56,
    CONNECTOR_W = 34,
    BAR_H = 6,
    BAR_MIN_W = 90,
    BAR_GAP = 34,
    LABEL_PAD = 6
};

/* A diamond holds a rectangle w × h of words when w/W + h/H ≤ 1. */
static void
size_decision(double *w, double *h)
{
    double width = *w * 1.5 + *h + 8;

    *h = fmax(*h / (1 - (*w + 4) / width), DECISION_MIN_H);
    *w = width;
}

static void
size_node(const struct gb_flow_node *node, struct gb_arena *arena, double *out_w, double *out_h)
{
    struct gb_flow_lines lines = gb_flow_node_lines(node, arena);
    double w = (lines.cells + 2.0 * lines.is_cut) * GB_FLOW_CELL, h = (double)(lines.n ? lines.n : 1) * GB_FLOW_LEADING;

    switch (node->kind) {
    case GB_FLOW_DECISION:
        size_decision(&w, &h);
        break;
    case GB_FLOW_CONNECTOR:
        w = h = fmax(fmax(w, h) + 8, CONNECTOR_W);
        break;
    case GB_FLOW_FORK:
        if (lines.n == 0) {
            w = BAR_MIN_W;
            h = BAR_H;
            break;
        }
        /* fall through */
    default:
        if (lines.n == 0 &&
            (node->kind == GB_FLOW_START || node->kind == GB_FLOW_END || node->kind == GB_FLOW_TERMINAL)) {
            w = h = DOT;
            break;
        }
        h = fmax(h + PAD_H, MIN_H);
        if (node->kind == GB_FLOW_IO)
            w += h * 0.5;
        if (node->kind == GB_FLOW_SUBPROCESS)
            w += 16;
        if (node->kind == GB_FLOW_DOCUMENT)
            h += 8;
        w = fmax(w + PAD_W, MIN_W);
    }
    *out_w = w;
    *out_h = h;
}

uint32_t
gb_lay_add_vertex(struct gb_lay *lay, struct gb_lay_vertex vertex)
{
    *gb_push(&lay->v) = vertex;
    return (uint32_t)lay->v.len - 1;
}

/* Extent across and along. */
static void
set_size(const struct gb_lay *lay, struct gb_lay_vertex *v, double w, double h)
{
    v->w = lay->is_vertical ? w : h;
    v->h = lay->is_vertical ? h : w;
}

static void
add_nodes(struct gb_lay *lay)
{
    for (uint32_t i = 0; i < lay->flow->n_nodes; i++) {
        struct gb_lay_vertex v = {(int32_t)i, -1, -1, GB_NONE, .group = lay->flow->nodes[i].group};
        double w, h;
        size_node(&lay->flow->nodes[i], lay->scratch, &w, &h);
        /* A bar lies across the flow in both directions. */
        if (lay->flow->nodes[i].kind == GB_FLOW_FORK && h == BAR_H && !lay->is_vertical) {
            w = BAR_H;
            h = BAR_MIN_W;
        }
        set_size(lay, &v, w, h);
        gb_lay_add_vertex(lay, v);
    }
}

bool
gb_lay_lies_in(const struct gb_flow *flow, int32_t group, int32_t in)
{
    while (group >= 0 && group != in)
        group = flow->groups[group].parent;
    return group == in;
}

/*
 * The vertex for an end at a group: a member that no edge of the group's inside leads to (where the edge comes in) or leaves
 * (where it goes out), else the first one. A group without members is a vertex itself.
 */
static uint32_t
vertex_of_group(struct gb_lay *lay, int32_t group, bool goes_in, uint32_t *own)
{
    const struct gb_flow *flow = lay->flow;
    uint32_t first = GB_NONE;

    uint32_t *known = &own[2 * group + goes_in];
    if (*known != GB_NONE)
        return *known;
    for (uint32_t i = 0; i < flow->n_nodes; i++) {
        if (!gb_lay_lies_in(flow, flow->nodes[i].group, group))
            continue;
        first = first == GB_NONE ? i : first;
        bool is_inner = false;
        for (uint32_t e = 0; e < flow->n_edges && !is_inner; e++) {
            struct gb_flow_end near = goes_in ? flow->edges[e].to : flow->edges[e].from;
            struct gb_flow_end far = goes_in ? flow->edges[e].from : flow->edges[e].to;
            is_inner = near.node == (int32_t)i && far.node >= 0 && far.node != near.node &&
                       gb_lay_lies_in(flow, flow->nodes[far.node].group, group);
        }
        if (!is_inner)
            return *known = i;
    }
    if (first != GB_NONE)
        return *known = first;

    struct gb_flow_lines lines = gb_flow_wrap(flow->groups[group].text, 22, 4, lay->scratch);
    struct gb_lay_vertex v = {-1, group, -1, GB_NONE, .group = flow->groups[group].parent};
    set_size(lay, &v, fmax(lines.cells * GB_FLOW_CELL + PAD_W, MIN_W),
             (double)(lines.n ? lines.n : 1) * GB_FLOW_LEADING + PAD_H);
    return own[2 * group] = own[2 * group + 1] = gb_lay_add_vertex(lay, v);
}

static uint32_t
vertex_of(struct gb_lay *lay, struct gb_flow_end end, bool goes_in, uint32_t *own)
{
    if (end.node >= 0)
        return (uint32_t)end.node;
    return end.group >= 0 ? vertex_of_group(lay, end.group, goes_in, own) : GB_NONE;
}

static void
add_arcs(struct gb_lay *lay)
{
    const struct gb_flow *flow = lay->flow;
    uint32_t *own = gb_arena_new_array(lay->scratch, uint32_t, 2 * flow->n_groups);

    memset(own, 0xFF, 2 * flow->n_groups * sizeof(*own));
    lay->arcs = gb_arena_new_array(lay->scratch, struct gb_lay_arc, flow->n_edges);
    for (uint32_t e = 0; e < flow->n_edges; e++) {
        struct gb_lay_arc *arc = &lay->arcs[e];
        const struct gb_flow_edge *edge = &flow->edges[e];
        arc->from = arc->to = GB_NONE;
        if (edge->line == GB_FLOW_INVISIBLE)
            continue;
        uint32_t from = vertex_of(lay, edge->from, false, own), to = vertex_of(lay, edge->to, true, own);
        if (from == GB_NONE || to == GB_NONE)
            continue;
        arc->from = from;
        arc->to = to;
        arc->is_loop = from == to;
        if (edge->text.len > 0) {
            struct gb_flow_lines lines = gb_flow_edge_lines(edge, lay->scratch);
            arc->label_w = lines.cells * (GB_FLOW_CELL - 0.5) + LABEL_PAD;
            arc->label_h = (double)lines.n * (GB_FLOW_LEADING - 2);
        }
        if (arc->is_loop)
            lay->v.items[from].room =
                fmax(lay->v.items[from].room, GB_LAY_LOOP + 4 + (lay->is_vertical ? arc->label_w : arc->label_h));
    }
}

/* The upper and lower end of an arc. */
static uint32_t
upper(const struct gb_lay_arc *arc)
{
    return arc->is_back ? arc->to : arc->from;
}

static uint32_t
lower(const struct gb_lay_arc *arc)
{
    return arc->is_back ? arc->from : arc->to;
}

/* Arcs by the vertex that they leave (or reach), in the order of the edges; those turned round count from their upper end. */
struct lists {
    uint32_t *first, *arcs;
};

static struct lists
lists_of(const struct gb_lay *lay, bool by_target)
{
    uint32_t n = lay->flow->n_edges, *ends = gb_arena_new_array(lay->scratch, uint32_t, n + 1);
    struct lists lists;

    for (uint32_t e = 0; e < n; e++) {
        const struct gb_lay_arc *arc = &lay->arcs[e];
        ends[e] = arc->is_loop ? GB_NONE : by_target ? lower(arc) : upper(arc);
    }
    lists.arcs = gb_flow_list_by(ends, n, sizeof(*ends), 0, (uint32_t)lay->v.len, lay->scratch, &lists.first);
    return lists;
}

/* An arc that leads to a vertex that the search is still inside of is turned round. */
static void
search(struct gb_lay *lay, const struct lists *out, uint32_t root, uint8_t *state, uint32_t *stack, uint32_t *next)
{
    uint32_t depth = 0;

    stack[depth++] = root;
    state[root] = 1;
    while (depth > 0) {
        uint32_t v = stack[depth - 1];
        if (next[v] == out->first[v + 1]) {
            state[v] = 2;
            depth--;
            continue;
        }
        struct gb_lay_arc *arc = &lay->arcs[out->arcs[next[v]++]];
        uint32_t to = lower(arc);
        if (state[to] == 1)
            arc->is_back = !arc->is_back;
        if (state[to] == 0) {
            state[to] = 1;
            stack[depth++] = to;
        }
    }
}

/*
 * Return arrows are those of the graph. It does not know messages and sees the ends at groups otherwise: cycles that these
 * close are broken as well, depth first in source order, from vertices without a way in, then from the rest.
 */
static void
find_back_arcs(struct gb_lay *lay)
{
    uint32_t n = (uint32_t)lay->v.len;
    struct gb_flow_graph graph = gb_flow_graph_of(lay->flow, lay->scratch);

    for (uint32_t i = 0; i < graph.n_arcs; i++) {
        if (graph.arcs[i].is_back && lay->arcs[graph.arcs[i].edge].from != GB_NONE &&
            !lay->arcs[graph.arcs[i].edge].is_loop)
            lay->arcs[graph.arcs[i].edge].is_back = true;
    }

    struct lists out = lists_of(lay, false), in = lists_of(lay, true);
    uint8_t *state = gb_arena_new_array(lay->scratch, uint8_t, n);
    uint32_t *stack = gb_arena_new_array(lay->scratch, uint32_t, n);
    uint32_t *next = gb_arena_copy_bytes(lay->scratch, out.first, (n + 1) * sizeof(*next));

    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t v = 0; v < n; v++) {
            if ((pass == 1 || in.first[v] == in.first[v + 1]) && state[v] == 0)
                search(lay, &out, v, state, stack, next);
        }
    }
}

/* Vertices so that every arc, turned round where it returns, leads onward. */
static uint32_t *
onward(const struct gb_lay *lay, const struct lists *out, const struct lists *in)
{
    uint32_t n = (uint32_t)lay->v.len, len = 0;
    uint32_t *order = gb_arena_new_array(lay->scratch, uint32_t, n);
    uint32_t *left = gb_arena_new_array(lay->scratch, uint32_t, n);

    for (uint32_t v = 0; v < n; v++) {
        left[v] = in->first[v + 1] - in->first[v];
        if (left[v] == 0)
            order[len++] = v;
    }
    for (uint32_t i = 0; i < len; i++) {
        for (uint32_t k = out->first[order[i]]; k < out->first[order[i] + 1]; k++) {
            const struct gb_lay_arc *arc = &lay->arcs[out->arcs[k]];
            uint32_t to = lower(arc);
            if (--left[to] == 0)
                order[len++] = to;
        }
    }
    return order;
}

static void
longest_paths(struct gb_lay *lay, const uint32_t *order, const struct lists *out, const uint32_t *least)
{
    struct gb_lay_vertex *v = lay->v.items;
    uint32_t n = (uint32_t)lay->v.len;

    for (uint32_t i = 0; i < n; i++)
        v[i].layer = least ? least[i] : 0;
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t k = out->first[order[i]]; k < out->first[order[i] + 1]; k++) {
            struct gb_lay_vertex *to = &v[lower(&lay->arcs[out->arcs[k]])];
            if (to->layer < v[order[i]].layer + 1)
                to->layer = v[order[i]].layer + 1;
        }
    }
}

/* Sources stand next to their first target. */
static void
pull_sources(struct gb_lay *lay, const struct lists *out, const struct lists *in)
{
    struct gb_lay_vertex *v = lay->v.items;

    for (uint32_t u = 0; u < lay->v.len; u++) {
        uint32_t nearest = GB_NONE;
        for (uint32_t k = out->first[u]; k < out->first[u + 1]; k++) {
            uint32_t layer = v[lower(&lay->arcs[out->arcs[k]])].layer;
            nearest = layer < nearest ? layer : nearest;
        }
        if (in->first[u] == in->first[u + 1] && nearest != GB_NONE)
            v[u].layer = nearest - 1;
    }
}

/* ---- Groups one below the other ---- */

/* For each pair of sibling groups with arcs from the one to the other and no way back: the other begins below the one. */
struct stage {
    int32_t before, behind;
};

struct stages {
    GB_ARRAY(struct stage) pairs;
};

/* Is anything in `to` reached from anything in `from`? */
static bool
reaches(const struct gb_lay *lay, const uint32_t *order, const struct lists *out, int32_t from, int32_t to)
{
    uint32_t n = (uint32_t)lay->v.len;
    uint8_t *seen = gb_alloc(n + 1);
    bool found = false;

    for (uint32_t v = 0; v < n; v++)
        seen[v] = gb_lay_lies_in(lay->flow, lay->v.items[v].group, from);
    for (uint32_t i = 0; i < n && !found; i++) {
        uint32_t v = order[i];
        found = seen[v] && gb_lay_lies_in(lay->flow, lay->v.items[v].group, to);
        for (uint32_t k = out->first[v]; seen[v] && k < out->first[v + 1]; k++)
            seen[lower(&lay->arcs[out->arcs[k]])] = 1;
    }
    free(seen);
    return found;
}

/* The ancestors of two groups, or the groups themselves, that are siblings; false where one holds the other. */
static bool
siblings_of(const struct gb_lay *lay, int32_t a, int32_t b, struct stage *out)
{
    int32_t common = gb_lay_common_group(lay, a, b);

    if (a == common || b == common)
        return false;
    while (lay->flow->groups[a].parent != common)
        a = lay->flow->groups[a].parent;
    while (lay->flow->groups[b].parent != common)
        b = lay->flow->groups[b].parent;
    *out = (struct stage){a, b};
    return !gb_lay_is_lane(&lay->flow->groups[a]) && !gb_lay_is_lane(&lay->flow->groups[b]);
}

static void
find_stages(const struct gb_lay *lay, const uint32_t *order, const struct lists *out, struct stages *stages)
{
    enum { MAX_STAGES = 200 };

    for (uint32_t e = 0; e < lay->flow->n_edges && stages->pairs.len < MAX_STAGES; e++) {
        const struct gb_lay_arc *arc = &lay->arcs[e];
        struct stage stage;
        bool is_known = false;
        if (arc->from == GB_NONE || arc->is_back ||
            !siblings_of(lay, lay->v.items[arc->from].group, lay->v.items[arc->to].group, &stage))
            continue;
        for (size_t i = 0; i < stages->pairs.len; i++)
            is_known |= stages->pairs.items[i].before == stage.before && stages->pairs.items[i].behind == stage.behind;
        if (!is_known && !reaches(lay, order, out, stage.behind, stage.before))
            *gb_push(&stages->pairs) = stage;
    }
}

/* Lower bounds of the layers from the layers as they are; true where one rose. */
static bool
raise(const struct gb_lay *lay, const struct stages *stages, uint32_t *least)
{
    bool rose = false;

    for (size_t i = 0; i < stages->pairs.len; i++) {
        struct stage stage = stages->pairs.items[i];
        uint32_t last = 0;
        for (uint32_t v = 0; v < lay->v.len; v++) {
            if (gb_lay_lies_in(lay->flow, lay->v.items[v].group, stage.before) && lay->v.items[v].layer > last)
                last = lay->v.items[v].layer;
        }
        for (uint32_t v = 0; v < lay->v.len; v++) {
            if (gb_lay_lies_in(lay->flow, lay->v.items[v].group, stage.behind) && least[v] < last + 1) {
                least[v] = last + 1;
                rose = true;
            }
        }
    }
    return rose;
}

/* Stages of a process follow each other down the page. Where their bounds contradict each other, they do not. */
static void
stack_stages(struct gb_lay *lay, const uint32_t *order, const struct lists *out)
{
    struct stages stages = {{0}};
    uint32_t *least = gb_arena_new_array(lay->scratch, uint32_t, lay->v.len + 1);
    uint32_t rounds = 0;

    find_stages(lay, order, out, &stages);
    while (raise(lay, &stages, least) && rounds++ <= stages.pairs.len)
        longest_paths(lay, order, out, least);
    if (rounds > stages.pairs.len)
        longest_paths(lay, order, out, NULL);
    gb_array_release(&stages.pairs);
}

/* Layers that nothing is left in go. */
static void
close_layers(struct gb_lay *lay)
{
    uint32_t n = (uint32_t)lay->v.len, n_layers = 0;

    for (uint32_t v = 0; v < n; v++)
        n_layers = lay->v.items[v].layer + 1 > n_layers ? lay->v.items[v].layer + 1 : n_layers;
    uint32_t *new_layer = gb_arena_new_array(lay->scratch, uint32_t, n_layers + 1);
    for (uint32_t v = 0; v < n; v++)
        new_layer[lay->v.items[v].layer] = 1;
    for (uint32_t layer = 0, next = 0; layer < n_layers; layer++) {
        uint32_t is_used = new_layer[layer];
        new_layer[layer] = next;
        next += is_used;
    }
    for (uint32_t v = 0; v < n; v++)
        lay->v.items[v].layer = new_layer[lay->v.items[v].layer];
}

/* The arcs of the longest way through the chart, and of the longest way on from each vertex, where it is the first choice
 * of both ends. */
static void
find_main_path(struct gb_lay *lay, const uint32_t *order, const struct lists *out)
{
    uint32_t n = (uint32_t)lay->v.len, top = GB_NONE;
    uint32_t *height = gb_arena_new_array(lay->scratch, uint32_t, n);
    uint32_t *choice = gb_arena_new_array(lay->scratch, uint32_t, n);

    for (uint32_t i = n; i-- > 0;) {
        uint32_t u = order[i];
        choice[u] = GB_NONE;
        for (uint32_t k = out->first[u]; k < out->first[u + 1]; k++) {
            const struct gb_lay_arc *arc = &lay->arcs[out->arcs[k]];
            if (!arc->is_back && (choice[u] == GB_NONE || height[arc->to] + 1 > height[u])) {
                height[u] = height[arc->to] + 1;
                choice[u] = out->arcs[k];
            }
        }
    }
    for (uint32_t u = 0; u < n; u++) {
        if (top == GB_NONE || height[u] > height[top])
            top = u;
        if (choice[u] != GB_NONE)
            lay->arcs[choice[u]].is_first = true;
    }
    for (uint32_t u = top; u != GB_NONE && choice[u] != GB_NONE; u = lay->arcs[choice[u]].to)
        lay->arcs[choice[u]].is_main = true;
}

/* Vertices that hang together get one number, in source order. */
static void
find_components(struct gb_lay *lay)
{
    uint32_t n = (uint32_t)lay->v.len;
    uint32_t *root = gb_arena_new_array(lay->scratch, uint32_t, n);
    uint32_t *number = gb_arena_new_array(lay->scratch, uint32_t, n);

    for (uint32_t v = 0; v < n; v++)
        root[v] = v;
    GB_EACH(const struct gb_lay_arc, arc, lay->arcs, lay->flow->n_edges) {
        if (arc->from == GB_NONE)
            continue;
        uint32_t a = gb_flow_root_of(root, arc->from), b = gb_flow_root_of(root, arc->to);
        root[a > b ? a : b] = a < b ? a : b;
    }
    for (uint32_t v = 0; v < n; v++) {
        uint32_t r = gb_flow_root_of(root, v);
        if (r == v)
            number[v] = lay->n_components++;
        lay->v.items[v].component = number[r];
    }
}

/* Nodes without edges fill rows of about equal length, instead of one long one. */
static void
spread_lone(struct gb_lay *lay, const struct lists *out, const struct lists *in)
{
    uint32_t n = (uint32_t)lay->v.len, n_lone = 0, n_rows = 1, i = 0;

    for (uint32_t v = 0; v < n; v++) {
        n_lone += out->first[v] == out->first[v + 1] && in->first[v] == in->first[v + 1];
        n_rows = lay->v.items[v].layer + 1 > n_rows ? lay->v.items[v].layer + 1 : n_rows;
    }
    while (n_rows * n_rows < n_lone)
        n_rows++;
    for (uint32_t v = 0; v < n; v++) {
        if (out->first[v] == out->first[v + 1] && in->first[v] == in->first[v + 1])
            lay->v.items[v].layer = i++ % n_rows;
    }
}

bool
gb_lay_is_bar(const struct gb_lay *lay, const struct gb_lay_vertex *v)
{
    return v->node >= 0 && lay->flow->nodes[v->node].kind == GB_FLOW_FORK && v->h == BAR_H;
}

static void
add_link(struct gb_lay *lay, uint32_t a, uint32_t b, uint32_t edge)
{
    const struct gb_lay_arc *arc = &lay->arcs[edge];
    bool a_bends = lay->v.items[a].edge >= 0, b_bends = lay->v.items[b].edge >= 0;
    double weight = a_bends && b_bends ? 8 : a_bends || b_bends ? 2 : 1;

    if (gb_lay_is_bar(lay, &lay->v.items[a]) || gb_lay_is_bar(lay, &lay->v.items[b]))
        weight = 1;
    else if (arc->is_main)
        weight *= 6;
    else if (arc->is_back)
        weight *= 0.5;
    *gb_push(&lay->links) = (struct gb_lay_link){a, b, edge, weight, .track = GB_NONE};
}

/* One dummy per layer that an arc passes, one link per gap. */
static bool
add_dummies(struct gb_lay *lay)
{
    uint32_t n_dummies = 0;

    for (uint32_t e = 0; e < lay->flow->n_edges; e++) {
        struct gb_lay_arc *arc = &lay->arcs[e];
        if (arc->from == GB_NONE || arc->is_loop)
            continue;
        struct gb_lay_vertex top = lay->v.items[upper(arc)], end = lay->v.items[lower(arc)];
        uint32_t last = upper(arc);
        int32_t group = gb_lay_common_group(lay, top.group, end.group);
        n_dummies += end.layer - top.layer - 1;
        if (n_dummies > GB_FLOW_MAX_DUMMIES)
            return false;
        arc->first_link = (uint32_t)lay->links.len;
        for (uint32_t layer = top.layer + 1; layer < end.layer; layer++) {
            uint32_t dummy = gb_lay_add_vertex(lay, (struct gb_lay_vertex){-1, -1, (int32_t)e, GB_NONE, .group = group,
                                                                           .component = top.component, .layer = layer});
            add_link(lay, last, dummy, e);
            last = dummy;
        }
        add_link(lay, last, lower(arc), e);
        arc->n_links = (uint32_t)lay->links.len - arc->first_link;
    }
    return true;
}

void
gb_lay_row_insert(struct gb_lay *lay, uint32_t row, uint32_t at, uint32_t vertex)
{
    struct gb_lay_row *r = &lay->rows[row];

    gb_array_grow((void **)&r->v, &r->cap, r->n + 1, sizeof(*r->v));
    memmove(r->v + at + 1, r->v + at, (r->n - at) * sizeof(*r->v));
    r->v[at] = vertex;
    r->n++;
    for (uint32_t i = at; i < r->n; i++)
        lay->v.items[r->v[i]].at = i;
}

void
gb_lay_join(struct gb_lay *lay)
{
    uint32_t n = (uint32_t)lay->v.len, n_links = (uint32_t)lay->links.len;
    const struct gb_lay_link *links = lay->links.items;

    lay->down = gb_flow_list_by(links, n_links, sizeof(*links), offsetof(struct gb_lay_link, a), n, lay->scratch,
                                &lay->down_first);
    lay->up = gb_flow_list_by(links, n_links, sizeof(*links), offsetof(struct gb_lay_link, b), n, lay->scratch,
                              &lay->up_first);
}

static void
fill_rows(struct gb_lay *lay)
{
    for (uint32_t v = 0; v < lay->v.len; v++)
        lay->n_rows = lay->v.items[v].layer + 1 > lay->n_rows ? lay->v.items[v].layer + 1 : lay->n_rows;
    lay->rows = gb_arena_new_array(lay->scratch, struct gb_lay_row, lay->n_rows + 1);
    for (uint32_t v = 0; v < lay->v.len; v++)
        gb_lay_row_insert(lay, lay->v.items[v].layer, lay->rows[lay->v.items[v].layer].n, v);
}

/* What stands side by side at the other ends of a vertex's arcs. */
static double
width_of_ends(const struct gb_lay *lay, uint32_t v, const struct lists *lists)
{
    double width = 0;

    for (uint32_t k = lists->first[v]; k < lists->first[v + 1]; k++) {
        const struct gb_lay_arc *arc = &lay->arcs[lists->arcs[k]];
        width += lay->v.items[arc->from == v ? arc->to : arc->from].w + BAR_GAP;
    }
    return width - BAR_GAP;
}

/* A bar spans what leaves it, or what comes in. */
static void
widen_bars(struct gb_lay *lay, const struct lists *out, const struct lists *in)
{
    for (uint32_t i = 0; i < lay->flow->n_nodes; i++) {
        struct gb_lay_vertex *v = &lay->v.items[i];
        if (gb_lay_is_bar(lay, v))
            v->w = fmax(v->w, fmax(width_of_ends(lay, i, out), width_of_ends(lay, i, in)));
    }
}

bool
gb_lay_rank(struct gb_lay *lay)
{
    add_nodes(lay);
    add_arcs(lay);
    find_back_arcs(lay);

    struct lists out = lists_of(lay, false), in = lists_of(lay, true);
    uint32_t *order = onward(lay, &out, &in);
    longest_paths(lay, order, &out, NULL);
    if (lay->keeps_groups)
        stack_stages(lay, order, &out);
    pull_sources(lay, &out, &in);
    close_layers(lay);
    find_main_path(lay, order, &out);
    find_components(lay);
    spread_lone(lay, &out, &in);
    widen_bars(lay, &out, &in);
    if (!add_dummies(lay))
        return false;
    fill_rows(lay);
    gb_lay_join(lay);
    return true;
}
