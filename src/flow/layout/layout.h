/*
 * A layered drawing of a chart: return edges turned round, layers by longest path, few crossings, straight main path.
 * The same chart gives the same drawing everywhere: fixed seed, estimated widths of text, no fonts.
 *
 * Whether arrows cross (DB32/T 2796—2015, 7.3.4.4 c) is judged by the best order found without regard to groups; the
 * drawing keeps the members of a group together, which may cost more crossings.
 */
#ifndef GB_FLOW_LAYOUT_LAYOUT_H
#define GB_FLOW_LAYOUT_LAYOUT_H

#include "flow/drawing.h"

/* Beyond these a chart is not laid out, so that its crossings are not known. */
enum { GB_FLOW_MAX_NODES = 400, GB_FLOW_MAX_EDGES = 500, GB_FLOW_MAX_DUMMIES = 20000 };

enum gb_flow_limit { GB_FLOW_NO_LIMIT, GB_FLOW_TOO_MANY_NODES, GB_FLOW_TOO_MANY_EDGES, GB_FLOW_TOO_MANY_BENDS };

struct gb_flow_layout {
    enum gb_flow_limit limit; /* else than NO_LIMIT: all below is empty */
    struct gb_flow_drawing drawing;
    struct gb_flow_crossing *crossings; /* the verdict: pairs of edges that still cross, each once, by a and b */
    uint32_t n_crossings;
    bool is_certain;                /* it has crossings in any drawing: more than 3n − 6 pairs of nodes are joined */
    struct gb_flow_crossing *drawn; /* the pairs that cross in `drawing`: the same, or more where groups ask for it */
    uint32_t n_drawn;
};

/* Edges of messages and associations are drawn, but their crossings are not counted. All of it lives in the arena. */
struct gb_flow_layout gb_flow_layout(const struct gb_flow *flow, struct gb_arena *arena);

/* Why a chart was not laid out, one clause without end mark; empty for NO_LIMIT. */
struct gb_str gb_flow_limit_text(enum gb_flow_limit limit, bool in_english);

#endif
