/*
 * The graph of a flowchart: who leads to whom, which arrows return, in which layer each node lies, what is reached.
 * Shared by the layout, by the checks, and by procedures written as text. All is linear in nodes and edges, but for
 * edges that end at groups.
 */
#ifndef GB_FLOW_GRAPH_H
#define GB_FLOW_GRAPH_H

#include "flow/flow.h"

/*
 * A way from vertex to vertex. Self-loops, invisible edges, messages and edges with a loose end give none; an edge to a group
 * gives one to each node at which the group begins, unless the group is a vertex itself.
 */
struct gb_flow_arc {
    uint32_t from, to; /* vertices */
    uint32_t edge;     /* index in flow->edges */
    bool is_back;      /* closes a cycle: a return arrow */
    bool is_soft;      /* dotted: joins, but is no flow of control of its own */
};

/*
 * Vertices are the nodes, then the groups, by their indexes: vertex v is node v, or group v - n_nodes. Not in the flow are
 * notes, nodes that only dotted lines join to others, groups, and what lies in a group that is in the flow. A group is in it
 * when an edge ends at it and none ends inside.
 */
struct gb_flow_vertex {
    bool is_in_flow;
    bool from_start;      /* reached from an entry */
    bool to_end;          /* reaches an exit */
    uint32_t n_in, n_out; /* arcs that are not soft, return arrows among them */
    uint32_t n_soft_in, n_soft_out;
    uint32_t layer; /* longest path from an entry without return arrows, from 0 */
    uint32_t part;  /* vertices of one number hang together; only in the flow */
    uint32_t cycle; /* vertices of one number reach each other */
};

struct gb_flow_graph {
    const struct gb_flow *flow;
    uint32_t n_vertices, n_arcs;
    struct gb_flow_vertex *vertices;
    struct gb_flow_arc *arcs; /* in the order of the edges */
    /* Arcs that leave v: out[out_first[v]] … out[out_first[v + 1] - 1], in the order of the edges; in the same way those to it. */
    uint32_t *out, *out_first;
    uint32_t *in, *in_first;
    /*
     * Where the flow begins and ends, in source order: vertices without a way in (out); where there are none, those that a word or
     * shape makes a start (an end).
     */
    uint32_t *entries, *exits;
    uint32_t n_entries, n_exits;
    bool begins, ends;                    /* false: there are no entries (exits) but by word or shape, or none at all */
    uint32_t *order;                      /* vertices in the flow so that all arcs but return arrows lead onward */
    uint32_t n_in_flow, n_solid;          /* vertices in the flow; arcs between them that are not soft */
    uint32_t n_layers, n_parts, n_cycles; /* n_cycles: numbers given, single vertices counted as well */
};

/* The graph and all that hangs on it, in the arena. */
struct gb_flow_graph gb_flow_graph_of(const struct gb_flow *flow, struct gb_arena *arena);

/* Words, kind and place of a vertex. */
struct gb_str gb_flow_vertex_text(const struct gb_flow_graph *graph, uint32_t vertex);
enum gb_flow_kind gb_flow_vertex_kind(const struct gb_flow_graph *graph, uint32_t vertex);
struct gb_span gb_flow_vertex_span(const struct gb_flow_graph *graph, uint32_t vertex);

/* Exits of a vertex: different edges that leave it, dotted ones too where `with_soft`. */
uint32_t gb_flow_exits_of(const struct gb_flow_graph *graph, uint32_t vertex, bool with_soft);

/* McCabe's number of independent cycles, E − N + 2P, of the flow. */
uint32_t gb_flow_cyclomatic(const struct gb_flow_graph *graph);

/*
 * The largest number of decisions that lie inside each other's branches; *out_vertex is the innermost (NULL to not ask). An exit
 * that leads to an end at once, or over one step, is a guard and opens no branch.
 */
uint32_t gb_flow_nesting(const struct gb_flow_graph *graph, struct gb_arena *arena, uint32_t *out_vertex);

/* No vertex: none is so, or none was asked for. */
#define GB_NO_VERTEX UINT32_MAX

/*
 * The numbers of n items by a key of each, in their order: those of key k are (*out_first)[k] … (*out_first)[k + 1]. The key is the
 * uint32_t at `offset` of an item, below n_keys; items of GB_NO_VERTEX are left out.
 */
uint32_t *gb_flow_list_by(const void *items, uint32_t n, size_t size, size_t offset, uint32_t n_keys,
                          struct gb_arena *arena, uint32_t **out_first);

/* The top of v in a table of parents, in which a top is its own; the way to it is made shorter. */
static inline uint32_t
gb_flow_root_of(uint32_t *parents, uint32_t v)
{
    while (parents[v] != v)
        v = parents[v] = parents[parents[v]];
    return v;
}

#endif
