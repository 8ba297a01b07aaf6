/* The graph of a flowchart: arcs, return arrows, layers, parts, cycles, reachability. */
#include "flow/graph.h"

#include "base/array.h"

/* ---- From edges to arcs ---- */

struct builder {
    struct gb_flow_graph *graph;
    const struct gb_flow *flow;
    struct gb_arena *arena;
    bool *is_end, *is_linked; /* by group: an edge ends at it; one ends inside of it */
    GB_ARRAY(struct gb_flow_arc) arcs;
    GB_ARRAY(uint32_t) from, to; /* vertices that an end of the present edge stands for */
    uint64_t budget;             /* looks at nodes inside of groups that are left */
};

enum { MOST_LOOKS = 4000000, DEEPEST = 100 };

/* Groups hang in each other at most so deep: a reader's fault shall not make an endless loop. */
static int32_t
parent_of(const struct gb_flow *flow, int32_t group)
{
    return group < 0 || (uint32_t)group >= flow->n_groups ? -1 : flow->groups[group].parent;
}

static bool
is_inside(const struct gb_flow *flow, int32_t group, int32_t outer)
{
    return GB_ANY(for (int depth = 0; group >= 0 && depth < DEEPEST; depth++, group = parent_of(flow, group)),
                  group == outer);
}

static bool
is_way(const struct gb_flow_edge *edge)
{
    return !edge->is_message && edge->line != GB_FLOW_INVISIBLE && (edge->from.node >= 0 || edge->from.group >= 0) &&
           (edge->to.node >= 0 || edge->to.group >= 0);
}

static void
mark_groups(struct builder *b)
{
    const struct gb_flow *flow = b->flow;

    GB_EACH(const struct gb_flow_edge, edge, flow->edges, flow->n_edges) {
        const struct gb_flow_end ends[] = {edge->from, edge->to};
        for (size_t k = 0; k < 2 && is_way(edge); k++) {
            int32_t group = ends[k].group;
            if (ends[k].node >= 0) {
                group = flow->nodes[ends[k].node].group;
            } else {
                b->is_end[group] = true;
                group = parent_of(flow, group);
            }
            for (int depth = 0; group >= 0 && depth < DEEPEST && !b->is_linked[group];
                 depth++, group = parent_of(flow, group))
                b->is_linked[group] = true;
        }
    }
}

/* Is there an edge from another node of the group to the node (or, `leaving`, from the node to another)? */
static bool
has_inner_edge(struct builder *b, uint32_t node, int32_t group, bool leaving)
{
    const struct gb_flow *flow = b->flow;

    GB_EACH(const struct gb_flow_edge, edge, flow->edges, flow->n_edges) {
        struct gb_flow_end here = leaving ? edge->from : edge->to, there = leaving ? edge->to : edge->from;
        int32_t around = there.node >= 0 ? flow->nodes[there.node].group : parent_of(flow, there.group);
        if (here.node == (int32_t)node && there.node != here.node && is_way(edge) && is_inside(flow, around, group))
            return true;
    }
    return false;
}

/* Does the node lie in a group that begins by itself? */
static bool
is_aside(const struct gb_flow *flow, uint32_t node)
{
    int32_t group = flow->nodes[node].group;

    return GB_ANY(for (int depth = 0; group >= 0 && depth < DEEPEST; depth++, group = parent_of(flow, group)),
                  flow->groups[group].is_aside);
}

/* Nodes at which a group begins (ends), into `list`. Where there are none, or it would take too long, its first one. */
static void
add_inner_ends(struct builder *b, int32_t group, bool leaving, bool is_from)
{
    const struct gb_flow *flow = b->flow;
    size_t n = 0;
    uint32_t first = GB_NO_VERTEX;

    for (uint32_t i = 0; i < flow->n_nodes; i++) {
        if (flow->nodes[i].kind == GB_FLOW_NOTE || !is_inside(flow, flow->nodes[i].group, group) || is_aside(flow, i))
            continue;
        if (first == GB_NO_VERTEX)
            first = i;
        if (b->budget < flow->n_edges)
            break;
        b->budget -= flow->n_edges;
        if (has_inner_edge(b, i, group, leaving))
            continue;
        *(is_from ? gb_push(&b->from) : gb_push(&b->to)) = i;
        n++;
    }
    if (n == 0 && first != GB_NO_VERTEX)
        *(is_from ? gb_push(&b->from) : gb_push(&b->to)) = first;
}

static void
add_end(struct builder *b, struct gb_flow_end end, bool is_from)
{
    if (end.node >= 0)
        *(is_from ? gb_push(&b->from) : gb_push(&b->to)) = (uint32_t)end.node;
    else if (!b->is_linked[end.group])
        *(is_from ? gb_push(&b->from) : gb_push(&b->to)) = b->flow->n_nodes + (uint32_t)end.group;
    else
        add_inner_ends(b, end.group, is_from, is_from);
}

/* In a chart of dotted lines only, these are the flow. */
static bool
has_solid_way(const struct gb_flow *flow)
{
    return GB_ANY(GB_ITEMS(edge, flow->edges, flow->n_edges), is_way(edge) && edge->line != GB_FLOW_DOTTED);
}

static void
add_arcs(struct builder *b)
{
    bool is_mixed = has_solid_way(b->flow);

    for (uint32_t i = 0; i < b->flow->n_edges; i++) {
        const struct gb_flow_edge *edge = &b->flow->edges[i];
        if (!is_way(edge))
            continue;
        b->from.len = b->to.len = 0;
        add_end(b, edge->from, true);
        add_end(b, edge->to, false);
        for (size_t f = 0; f < b->from.len; f++) {
            for (size_t t = 0; t < b->to.len; t++) {
                if (b->from.items[f] != b->to.items[t])
                    *gb_push(&b->arcs) = (struct gb_flow_arc){.from = b->from.items[f],
                                                              .to = b->to.items[t],
                                                              .edge = i,
                                                              .is_soft = is_mixed && edge->line == GB_FLOW_DOTTED};
            }
        }
    }
}

/* ---- What is in the flow ---- */

static bool
is_note(const struct gb_flow_graph *graph, uint32_t vertex)
{
    return vertex < graph->flow->n_nodes && graph->flow->nodes[vertex].kind == GB_FLOW_NOTE;
}

/* Does the node lie in a group that stands for all that is in it, or that stands aside? */
static bool
is_content(const struct builder *b, uint32_t node)
{
    int32_t group = b->flow->nodes[node].group;

    for (int depth = 0; group >= 0 && depth < DEEPEST; depth++, group = parent_of(b->flow, group)) {
        if (b->is_end[group] && !b->is_linked[group])
            return true;
    }
    return is_aside(b->flow, node);
}

/* A dotted exit of a decision that says with its words when it is taken: no annotation. */
static bool
is_told_exit(const struct gb_flow *flow, const struct gb_flow_arc *arc)
{
    return arc->from < flow->n_nodes && flow->nodes[arc->from].kind == GB_FLOW_DECISION &&
           flow->edges[arc->edge].text.len;
}

/* Is the vertex a node or group that solid lines join, or that nothing joins? */
static bool
is_in_flow(const struct builder *b, uint32_t v, bool has_dotted)
{
    const struct gb_flow_vertex *x = &b->graph->vertices[v];

    if (v >= b->flow->n_nodes)
        return b->is_end[v - b->flow->n_nodes] && !b->is_linked[v - b->flow->n_nodes];
    return !is_note(b->graph, v) && !(has_dotted && x->n_in + x->n_out == 0) && !is_content(b, v);
}

/* Only arcs between vertices of the flow are kept: a note, or what only dotted lines join to it, is neither way in nor out. */
static void
find_vertices(struct builder *b)
{
    struct gb_flow_graph *g = b->graph;
    bool *has_dotted = gb_arena_new_array(b->arena, bool, g->n_vertices + 1);
    uint32_t kept = 0;

    GB_EACH(const struct gb_flow_arc, arc, b->arcs.items, b->arcs.len) {
        if (is_note(g, arc->from) || is_note(g, arc->to))
            continue;
        g->vertices[arc->from].n_out += !arc->is_soft;
        g->vertices[arc->to].n_in += !arc->is_soft;
        if (arc->is_soft && !is_told_exit(b->flow, arc))
            has_dotted[arc->from] = has_dotted[arc->to] = true;
    }
    for (uint32_t v = 0; v < g->n_vertices; v++) {
        g->vertices[v].is_in_flow = is_in_flow(b, v, has_dotted[v]);
        g->n_in_flow += g->vertices[v].is_in_flow;
    }
    for (size_t i = 0; i < b->arcs.len; i++) {
        struct gb_flow_arc arc = b->arcs.items[i];
        if (!g->vertices[arc.from].is_in_flow || !g->vertices[arc.to].is_in_flow)
            continue;
        b->arcs.items[kept++] = arc;
        g->vertices[arc.from].n_soft_out += arc.is_soft;
        g->vertices[arc.to].n_soft_in += arc.is_soft;
        g->n_solid += !arc.is_soft;
    }
    g->n_arcs = kept;
}

uint32_t *
gb_flow_list_by(const void *items, uint32_t n, size_t size, size_t offset, uint32_t n_keys, struct gb_arena *arena,
                uint32_t **out_first)
{
    uint32_t *first = gb_arena_new_array(arena, uint32_t, n_keys + 2),
             *list = gb_arena_new_array(arena, uint32_t, n + 1);
    const char *begin = (const char *)items + offset;

    /* counted two places further on, so that filling moves each begin to where it belongs */
    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < n; i++) {
            uint32_t key = *(const uint32_t *)(const void *)(begin + i * size);
            if (key == GB_NO_VERTEX)
                continue;
            if (round == 0)
                first[key + 2]++;
            else
                list[first[key + 1]++] = i;
        }
        for (uint32_t k = 0; round == 0 && k <= n_keys; k++)
            first[k + 1] += first[k];
    }
    *out_first = first;
    return list;
}

/* ---- Where it begins and ends ---- */

/*
 * A return arrow may lead to the very start: the first terminator that something leaves, or the first box of the chart where its words
 * tell of an application. GB_NO_VERTEX: there is none.
 */
static uint32_t
returned_start(const struct gb_flow_graph *g)
{
    GB_WORDS(words, "申请", "提交", "提出", "收到", "接到", "申报", "报名", "预约", "报修", "来电", "来访");
    bool is_first = true;

    for (uint32_t v = 0; v < g->n_vertices; v++) {
        enum gb_flow_kind kind = gb_flow_vertex_kind(g, v);
        if (!g->vertices[v].is_in_flow || g->vertices[v].n_out == 0)
            continue;
        if (kind == GB_FLOW_TERMINAL ||
            (is_first && kind == GB_FLOW_STEP && GB_HAS_ANY(gb_flow_vertex_text(g, v), words)))
            return v;
        is_first = false;
    }
    return GB_NO_VERTEX;
}

/* Entries (exits): vertices without a way in (out), dotted ones looked at first. Where there are none, starts (ends) by shape or word. */
static void
find_ends(struct gb_flow_graph *g, struct gb_arena *arena, bool is_exit)
{
    uint32_t *list = gb_arena_new_array(arena, uint32_t, g->n_in_flow + 1), n = 0;
    enum { NO_WAY, NO_SOLID_WAY, BY_WORD, N_TRIALS };
    int trial = NO_WAY;

    for (; trial < N_TRIALS && n == 0; trial++) {
        for (uint32_t v = 0; v < g->n_vertices; v++) {
            const struct gb_flow_vertex *x = &g->vertices[v];
            uint32_t solid = is_exit ? x->n_out : x->n_in, soft = is_exit ? x->n_soft_out : x->n_soft_in;
            if (!x->is_in_flow || x->n_in + x->n_out == 0)
                continue;
            /* of those by word or shape none that is one of the others by its ways */
            bool is_other = (is_exit ? x->n_in + x->n_soft_in : x->n_out + x->n_soft_out) == 0;
            if (trial == BY_WORD ? !is_other && gb_flow_vertex_kind(g, v) == (is_exit ? GB_FLOW_END : GB_FLOW_START)
                                 : solid == 0 && (soft == 0 || trial == NO_SOLID_WAY))
                list[n++] = v;
        }
    }
    bool is_open = n > 0 && trial <= BY_WORD;
    if (n == 0 && !is_exit && returned_start(g) != GB_NO_VERTEX)
        list[n++] = returned_start(g);
    if (is_exit) {
        g->exits = list, g->n_exits = n, g->ends = is_open;
    } else {
        g->entries = list, g->n_entries = n, g->begins = is_open;
    }
}

/* ---- Return arrows and order ---- */

enum color { WHITE, GREY, BLACK };

struct frame {
    uint32_t vertex, next; /* next: place in `out` */
};

/* Depth first from one vertex: an arc to a vertex that is still open returns. `order` is filled from its end. */
static void
search(struct gb_flow_graph *g, uint32_t root, uint8_t *color, struct frame *stack, uint32_t *left)
{
    size_t depth = 0;

    if (color[root] != WHITE)
        return;
    stack[depth++] = (struct frame){root, g->out_first[root]};
    color[root] = GREY;
    while (depth > 0) {
        struct frame *top = &stack[depth - 1];
        if (top->next == g->out_first[top->vertex + 1]) {
            color[top->vertex] = BLACK;
            if (g->vertices[top->vertex].is_in_flow)
                g->order[--*left] = top->vertex;
            depth--;
            continue;
        }
        struct gb_flow_arc *arc = &g->arcs[g->out[top->next++]];
        if (color[arc->to] == GREY) {
            arc->is_back = true;
        } else if (color[arc->to] == WHITE) {
            color[arc->to] = GREY;
            stack[depth++] = (struct frame){arc->to, g->out_first[arc->to]};
        }
    }
}

static void
find_returns(struct gb_flow_graph *g, struct gb_arena *arena)
{
    uint8_t *color = gb_arena_new_array(arena, uint8_t, g->n_vertices + 1);
    struct frame *stack = gb_arena_new_array(arena, struct frame, g->n_vertices + 1);
    uint32_t left = g->n_in_flow;

    g->order = gb_arena_new_array(arena, uint32_t, g->n_in_flow + 1);
    for (uint32_t i = 0; i < g->n_entries; i++)
        search(g, g->entries[i], color, stack, &left);
    for (uint32_t v = 0; v < g->n_vertices; v++)
        search(g, v, color, stack, &left);
}

static void
find_layers(struct gb_flow_graph *g)
{
    for (uint32_t i = 0; i < g->n_in_flow; i++) {
        uint32_t v = g->order[i];
        for (uint32_t k = g->out_first[v]; k < g->out_first[v + 1]; k++) {
            const struct gb_flow_arc *arc = &g->arcs[g->out[k]];
            struct gb_flow_vertex *to = &g->vertices[arc->to];
            if (!arc->is_back && to->layer <= g->vertices[v].layer)
                to->layer = g->vertices[v].layer + 1;
        }
        if (g->vertices[v].layer + 1 > g->n_layers)
            g->n_layers = g->vertices[v].layer + 1;
    }
}

/* ---- Reachability, parts, cycles ---- */

static void
flood(struct gb_flow_graph *g, uint32_t *stack, bool from_start)
{
    const uint32_t *roots = from_start ? g->entries : g->exits;
    uint32_t n_roots = from_start ? g->n_entries : g->n_exits, n = 0;

    for (uint32_t i = 0; i < n_roots; i++) {
        stack[n++] = roots[i];
        *(from_start ? &g->vertices[roots[i]].from_start : &g->vertices[roots[i]].to_end) = true;
    }
    while (n > 0) {
        uint32_t v = stack[--n], *list = from_start ? g->out : g->in, *first = from_start ? g->out_first : g->in_first;
        for (uint32_t k = first[v]; k < first[v + 1]; k++) {
            uint32_t w = from_start ? g->arcs[list[k]].to : g->arcs[list[k]].from;
            bool *is_seen = from_start ? &g->vertices[w].from_start : &g->vertices[w].to_end;
            if (!*is_seen) {
                *is_seen = true;
                stack[n++] = w;
            }
        }
    }
}

static void
find_parts(struct gb_flow_graph *g, uint32_t *parent)
{
    for (uint32_t v = 0; v < g->n_vertices; v++)
        parent[v] = v;
    /* the smallest vertex becomes the root, so that its number is given before another asks for it */
    for (uint32_t i = 0; i < g->n_arcs; i++) {
        uint32_t a = gb_flow_root_of(parent, g->arcs[i].from), b = gb_flow_root_of(parent, g->arcs[i].to);
        if (a < b)
            parent[b] = a;
        else
            parent[a] = b;
    }
    for (uint32_t v = 0; v < g->n_vertices; v++) {
        if (g->vertices[v].is_in_flow && gb_flow_root_of(parent, v) == v)
            g->vertices[v].part = g->n_parts++;
        else if (g->vertices[v].is_in_flow)
            g->vertices[v].part = g->vertices[gb_flow_root_of(parent, v)].part;
    }
}

/* Cycles by Kosaraju's method: `order` is by finishing, so a search against the arcs in that order finds one after the other. */
static void
find_cycles(struct gb_flow_graph *g, uint32_t *stack, struct gb_arena *arena)
{
    bool *is_seen = gb_arena_new_array(arena, bool, g->n_vertices + 1);

    for (uint32_t i = 0; i < g->n_in_flow; i++) {
        uint32_t n = 0;
        if (is_seen[g->order[i]])
            continue;
        is_seen[g->order[i]] = true;
        stack[n++] = g->order[i];
        while (n > 0) {
            uint32_t v = stack[--n];
            g->vertices[v].cycle = g->n_cycles;
            for (uint32_t k = g->in_first[v]; k < g->in_first[v + 1]; k++) {
                uint32_t from = g->arcs[g->in[k]].from;
                if (!is_seen[from] && g->vertices[from].is_in_flow) {
                    is_seen[from] = true;
                    stack[n++] = from;
                }
            }
        }
        g->n_cycles++;
    }
}

struct gb_flow_graph
gb_flow_graph_of(const struct gb_flow *flow, struct gb_arena *arena)
{
    struct gb_flow_graph g = {.flow = flow, .n_vertices = flow->n_nodes + flow->n_groups};
    struct builder b = {.graph = &g, .flow = flow, .arena = arena, .budget = MOST_LOOKS};

    g.vertices = gb_arena_new_array(arena, struct gb_flow_vertex, g.n_vertices + 1);
    b.is_end = gb_arena_new_array(arena, bool, flow->n_groups + 1);
    b.is_linked = gb_arena_new_array(arena, bool, flow->n_groups + 1);
    mark_groups(&b);
    add_arcs(&b);
    find_vertices(&b);
    g.arcs = gb_arena_copy_bytes(arena, b.arcs.items, g.n_arcs * sizeof(*g.arcs));
    GB_RELEASE(&b.arcs, &b.from, &b.to);

    uint32_t *scratch = gb_arena_new_array(arena, uint32_t, g.n_vertices + 1);
    g.out = gb_flow_list_by(g.arcs, g.n_arcs, sizeof(*g.arcs), offsetof(struct gb_flow_arc, from), g.n_vertices, arena,
                            &g.out_first);
    g.in = gb_flow_list_by(g.arcs, g.n_arcs, sizeof(*g.arcs), offsetof(struct gb_flow_arc, to), g.n_vertices, arena,
                           &g.in_first);
    find_ends(&g, arena, false);
    find_ends(&g, arena, true);
    find_returns(&g, arena);
    find_layers(&g);
    flood(&g, scratch, true);
    flood(&g, scratch, false);
    find_parts(&g, scratch);
    find_cycles(&g, scratch, arena);
    return g;
}

/* ---- Vertices ---- */

struct gb_str
gb_flow_vertex_text(const struct gb_flow_graph *graph, uint32_t vertex)
{
    const struct gb_flow *flow = graph->flow;

    return vertex < flow->n_nodes ? flow->nodes[vertex].text : flow->groups[vertex - flow->n_nodes].text;
}

enum gb_flow_kind
gb_flow_vertex_kind(const struct gb_flow_graph *graph, uint32_t vertex)
{
    return vertex < graph->flow->n_nodes ? graph->flow->nodes[vertex].kind : GB_FLOW_SUBPROCESS;
}

struct gb_span
gb_flow_vertex_span(const struct gb_flow_graph *graph, uint32_t vertex)
{
    const struct gb_flow *flow = graph->flow;

    return vertex < flow->n_nodes ? flow->nodes[vertex].words : flow->groups[vertex - flow->n_nodes].span;
}

uint32_t
gb_flow_exits_of(const struct gb_flow_graph *graph, uint32_t vertex, bool with_soft)
{
    uint32_t n = 0, last = GB_NO_VERTEX;

    for (uint32_t k = graph->out_first[vertex]; k < graph->out_first[vertex + 1]; k++) {
        const struct gb_flow_arc *arc = &graph->arcs[graph->out[k]];
        if ((arc->is_soft && !with_soft) || arc->edge == last)
            continue;
        last = arc->edge;
        n++;
    }
    return n;
}

/* ---- Measures ---- */

uint32_t
gb_flow_cyclomatic(const struct gb_flow_graph *graph)
{
    uint32_t plus = graph->n_solid + 2 * graph->n_parts;

    return plus > graph->n_in_flow ? plus - graph->n_in_flow : 0;
}

/* Is the exit a guard: an end follows, at once or behind one step? */
static bool
is_guard(const struct gb_flow_graph *g, const struct gb_flow_arc *arc)
{
    uint32_t v = arc->to;

    for (int steps = 0; steps < 2; steps++) {
        uint32_t n = g->out_first[v + 1] - g->out_first[v];
        if (n == 0)
            return true;
        const struct gb_flow_arc *next = &g->arcs[g->out[g->out_first[v]]];
        if (n > 1 || next->is_back || gb_flow_vertex_kind(g, v) == GB_FLOW_DECISION)
            return n == 1 && next->is_back;
        v = next->to;
    }
    return g->out_first[v + 1] == g->out_first[v];
}

static bool
is_forward(const struct gb_flow_arc *arc)
{
    return !arc->is_back && !arc->is_soft;
}

/* Exits of a decision that open branches: forward, and no guards, unless all are. *out_guarded: some are left out. 0: no decision. */
static uint32_t
branches_of(const struct gb_flow_graph *g, uint32_t v, bool *out_guarded)
{
    uint32_t n = 0, n_guards = 0;

    *out_guarded = false;
    if (gb_flow_vertex_kind(g, v) != GB_FLOW_DECISION)
        return 0;
    for (uint32_t k = g->out_first[v]; k < g->out_first[v + 1]; k++) {
        const struct gb_flow_arc *arc = &g->arcs[g->out[k]];
        n += is_forward(arc);
        n_guards += is_forward(arc) && is_guard(g, arc);
    }
    *out_guarded = n_guards < n;
    return n_guards < n ? n - n_guards : n;
}

/* The vertex at which all ways from a and from b have come together: up the tree of post-dominators. */
static uint32_t
common(const uint32_t *next, const uint32_t *place, uint32_t a, uint32_t b)
{
    while (a != b && a != GB_NO_VERTEX && b != GB_NO_VERTEX) {
        if (place[a] < place[b])
            a = next[a];
        else
            b = next[b];
    }
    return a == b ? a : GB_NO_VERTEX;
}

/* For each vertex the first one that all its ways onward share; GB_NO_VERTEX: none. Guards are left out, return arrows too. */
static uint32_t *
join_points(const struct gb_flow_graph *g, struct gb_arena *arena)
{
    uint32_t *next = gb_arena_new_array(arena, uint32_t, g->n_vertices + 1),
             *place = gb_arena_new_array(arena, uint32_t, g->n_vertices + 1);

    for (uint32_t i = 0; i < g->n_in_flow; i++)
        place[g->order[i]] = i;
    for (uint32_t i = g->n_in_flow; i-- > 0;) {
        uint32_t v = g->order[i], all = GB_NO_VERTEX, n = 0;
        bool is_guarded;
        branches_of(g, v, &is_guarded);
        for (uint32_t k = g->out_first[v]; k < g->out_first[v + 1]; k++) {
            const struct gb_flow_arc *arc = &g->arcs[g->out[k]];
            if (!is_forward(arc) || (is_guarded && is_guard(g, arc)))
                continue;
            all = n++ ? common(next, place, all, arc->to) : arc->to;
        }
        next[v] = all;
    }
    return next;
}

uint32_t
gb_flow_nesting(const struct gb_flow_graph *graph, struct gb_arena *arena, uint32_t *out_vertex)
{
    const struct gb_flow_graph *g = graph;
    /* by vertex: the innermost decision in whose branch it lies, and how many lie around it and itself */
    uint32_t *owner = gb_arena_new_array(arena, uint32_t, g->n_vertices + 1),
             *depth = gb_arena_new_array(arena, uint32_t, g->n_vertices + 1);
    uint32_t *joins = join_points(g, arena), deepest = 0;
    bool *is_seen = gb_arena_new_array(arena, bool, g->n_vertices + 1);

    for (uint32_t i = 0; i < g->n_in_flow; i++) {
        uint32_t v = g->order[i], around = is_seen[v] ? owner[v] : GB_NO_VERTEX;
        bool is_guarded, opens = branches_of(g, v, &is_guarded) > 1;
        depth[v] = (around == GB_NO_VERTEX ? 0 : depth[around]) + opens;
        if (depth[v] > deepest) {
            deepest = depth[v];
            if (out_vertex)
                *out_vertex = v;
        }
        for (uint32_t k = g->out_first[v]; k < g->out_first[v + 1]; k++) {
            const struct gb_flow_arc *arc = &g->arcs[g->out[k]];
            uint32_t o = opens ? v : around;
            if (arc->is_back)
                continue;
            while (o != GB_NO_VERTEX && joins[o] == arc->to)
                o = is_seen[o] ? owner[o] : GB_NO_VERTEX;
            /* ways that disagree: the one that lies less deep */
            if (!is_seen[arc->to] || o == GB_NO_VERTEX ||
                (owner[arc->to] != GB_NO_VERTEX && depth[o] < depth[owner[arc->to]]))
                owner[arc->to] = o;
            is_seen[arc->to] = true;
        }
    }
    return deepest;
}
