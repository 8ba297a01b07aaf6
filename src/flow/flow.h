/*
 * A flowchart: one graph model for Mermaid, DOT, PlantUML, draw.io, BPMN and SVG.
 *
 * Readers write it, with the place of everything in the text they were given; after that it is const. All of a
 * chart lives in one arena. Places are byte offsets into that text: who knows where the text came from (a fenced
 * block, an element, a file) maps them on.
 */
#ifndef GB_FLOW_FLOW_H
#define GB_FLOW_FLOW_H

#include "base/arena.h"

/* Notations and their names. */
#define GB_FLOW_FORMATS(X)                                                                                             \
    X(MERMAID, "mermaid")                                                                                              \
    X(DOT, "dot")                                                                                                      \
    X(PLANTUML, "plantuml")                                                                                            \
    X(DRAWIO, "drawio")                                                                                                \
    X(BPMN, "bpmn")                                                                                                    \
    X(SVG, "svg")                                                                                                      \
    X(ARROWS, "arrows") /* steps in a text with arrows between them */                                                 \
    X(ASCII, "ascii")   /* a chart drawn with characters: recognised, never read */                                    \
    X(OTHER, "other")   /* flowchart.js, D2 and the like: recognised, never read */

enum gb_flow_format {
    GB_FLOW_UNKNOWN,
#define X(id, name) GB_FLOW_##id,
    GB_FLOW_FORMATS(X)
#undef X
};

/* Main direction; NONE where the notation has none (PlantUML counts as TB; drawings tell it by their geometry). */
#define GB_FLOW_DIRECTIONS(X) X(TB, "TB") X(BT, "BT") X(LR, "LR") X(RL, "RL")

enum gb_flow_direction {
    GB_FLOW_NO_DIRECTION,
#define X(id, name) GB_FLOW_##id,
    GB_FLOW_DIRECTIONS(X)
#undef X
};

/* What a node is in the process, by its shape and its words. */
#define GB_FLOW_KINDS(X)                                                                                               \
    X(STEP, "step")                                                                                                    \
    X(DECISION, "decision")                                                                                            \
    X(START, "start")                                                                                                  \
    X(END, "end")                                                                                                      \
    X(TERMINAL, "terminal") /* start or end: the shape says one of both */                                             \
    X(IO, "io")                                                                                                        \
    X(DOCUMENT, "document")                                                                                            \
    X(SUBPROCESS, "subprocess")                                                                                        \
    X(FORK, "fork")           /* fork or join of branches that run side by side; joining node */                       \
    X(CONNECTOR, "connector") /* circle with a letter or digit: goes on elsewhere */                                   \
    X(NOTE, "note")           /* no node of the flow: counts for nothing but as a note */

enum gb_flow_kind {
#define X(id, name) GB_FLOW_##id,
    GB_FLOW_KINDS(X)
#undef X
};

struct gb_flow_point {
    double x, y; /* y grows downwards */
};

struct gb_flow_box {
    double x, y, w, h; /* left upper corner and extent */
};

struct gb_flow_node {
    struct gb_str id;    /* as written; made by the reader where the notation has none */
    struct gb_str label; /* as written, entity codes restored (what --batch prints) */
    struct gb_str text;  /* as read by people: entities, tags and marks resolved, lines by '\n', trimmed */
    struct gb_str shape; /* the notation's own word: diamond, stadium, bpmn:userTask … */
    enum gb_flow_kind kind;
    int32_t group;        /* innermost, -1 for none */
    struct gb_span span;  /* of its first mention: the id, or the words where there is none */
    struct gb_span words; /* of its label where that was given; else = span */
    struct gb_flow_box box;
    bool has_box;
    bool is_declared; /* false: only ever named as the end of an edge */
};

/* Heads and lines of an edge. A Mermaid cross or circle is a head of its own. */
enum gb_flow_head { GB_FLOW_NO_HEAD, GB_FLOW_ARROW, GB_FLOW_CIRCLE, GB_FLOW_CROSS };
enum gb_flow_line { GB_FLOW_NORMAL, GB_FLOW_THICK, GB_FLOW_DOTTED, GB_FLOW_INVISIBLE };

/* Where the points of an edge come from, best first. */
enum gb_flow_route {
    GB_FLOW_NO_ROUTE,
    GB_FLOW_DRAWN,    /* the path itself */
    GB_FLOW_POINTS,   /* bends given by the author */
    GB_FLOW_STRAIGHT, /* a straight line between the borders */
    GB_FLOW_GUESSED,  /* what the editor would route: findings on it are information */
};

/* An end of an edge: a node, a group, or nothing (a loose end of a drawing). */
struct gb_flow_end {
    int32_t node, group; /* index or -1; both -1: loose */
};

struct gb_flow_edge {
    struct gb_flow_end from,
        to;           /* in the sense of the flow: an edge drawn from its target is turned round by the reader */
    struct gb_str id; /* only where the author gave one */
    struct gb_str label, text;    /* as for nodes; empty for none */
    enum gb_flow_head tail, head; /* at `from`, at `to` */
    enum gb_flow_line line;
    uint32_t length; /* Mermaid: 1 for the shortest; else 0 */
    bool is_message; /* no flow of control (BPMN messageFlow, association, data): drawn, not judged */
    bool is_invalid; /* Mermaid: the two halves of its line differ (A -- x ==> B); it is kept, not drawn as written */
    bool is_default; /* the exit taken when no condition holds: counts as labelled */
    bool is_loop;    /* the way back of a loop that the notation draws beside the way there (PlantUML while, repeat) */
    struct gb_span span;          /* the arrow; of a set product, of the arrow that makes it */
    struct gb_span words;         /* of the label; else = span */
    struct gb_flow_point *points; /* from `from` to `to`; the ends lie on the borders */
    uint32_t n_points;
    enum gb_flow_route route;
    uint32_t event; /* 1 + the index of the event on the border of `from` that it leaves; 0 for none */
};

/* An event on the border of an activity: a part of it; the edges that leave it leave the activity. */
struct gb_flow_event {
    struct gb_str id, label, text, shape;
    struct gb_flow_end host;
    struct gb_flow_box box;
    bool has_box;
};

#define GB_FLOW_GROUP_KINDS(X)                                                                                         \
    X(SUBGRAPH, "subgraph")                                                                                            \
    X(CLUSTER, "cluster") X(LANE, "lane") X(POOL, "pool") X(PARTITION, "partition") X(CONTAINER, "container")

enum gb_flow_group_kind {
#define X(id, name) GB_FLOW_##id,
    GB_FLOW_GROUP_KINDS(X)
#undef X
};

struct gb_flow_group {
    struct gb_str id;
    struct gb_str title; /* as written */
    struct gb_str text;  /* as read by people */
    enum gb_flow_group_kind kind;
    enum gb_flow_direction direction; /* of its own, else NONE */
    struct gb_str direction_word;     /* Mermaid: as --batch prints it (TD); else empty */
    int32_t parent;                   /* -1 for none */
    const int32_t *members;           /* nodes in it (not those of inner groups), in the notation's order */
    uint32_t n_members;
    struct gb_str *member_ids; /* Mermaid: ids in the order of its own list, inner groups among them (for --batch) */
    uint32_t n_member_ids;
    struct gb_span span; /* of its id or title */
    struct gb_flow_box box;
    bool has_box;
    bool is_aside; /* begins by itself, whatever the rest does (BPMN event sub-process): drawn, not in the flow */
};

/* What could not be read, or reads otherwise than its author will think. */
enum gb_flow_problem_kind {
    GB_FLOW_SYNTAX,      /* not in the notation: INP-006 */
    GB_FLOW_OTHER_CHART, /* readable, but no flowchart (sequenceDiagram …): FLW-025 */
    GB_FLOW_UNREADABLE,  /* a file that cannot be opened or decoded, a drawing without edges to be known */
    GB_FLOW_LIMIT,       /* too large: what was not read or checked */
    GB_FLOW_SWALLOWED,   /* accepted, but words vanish (a label with "direction TB") */
};

struct gb_flow_problem {
    enum gb_flow_problem_kind kind;
    struct gb_span span;
    struct gb_str zh, en; /* one sentence each, without end mark; the remedy is in it where one is known */
};

struct gb_flow {
    enum gb_flow_format format;
    struct gb_str title; /* given in the chart itself, or the name of a page */
    struct gb_span title_span;
    enum gb_flow_direction direction;
    struct gb_str direction_word; /* Mermaid: as --batch prints it (BR); empty: the name of `direction` */
    bool has_geometry;            /* boxes and routes are the author's drawing */
    bool is_partial;              /* a problem left something out: only checks that stay sound may run */
    struct gb_flow_node *nodes;   /* by first mention */
    struct gb_flow_edge *edges;   /* as written; parallel edges are kept */
    struct gb_flow_group *groups; /* Mermaid: in the order in which they end */
    struct gb_flow_event *events;
    struct gb_flow_problem *problems;
    uint32_t n_nodes, n_edges, n_groups, n_events, n_problems;
};

/* A text may hold several charts: PlantUML blocks, DOT graphs, pages of draw.io, diagrams of BPMN. */
struct gb_flows {
    struct gb_flow *charts;
    uint32_t n; /* at least 1 for a text that was given to a reader; an unreadable one has problems */
};

const char *gb_flow_format_name(enum gb_flow_format format);
const char *gb_flow_direction_name(enum gb_flow_direction direction);
const char *gb_flow_kind_name(enum gb_flow_kind kind);

/* UNKNOWN for a name that is none; "graphviz", "puml", "plantuml", "drawio", "mxfile" … are known. */
enum gb_flow_format gb_flow_format_named(struct gb_str language);
/* Reads a text in its notation. Text of PNG files may hold any byte; all others are UTF-8. Never fails: see problems. */
struct gb_flows gb_flow_read(enum gb_flow_format format, struct gb_str text, struct gb_arena *arena);

/* Does the edge end at nothing? */
static inline bool
gb_flow_end_is_loose(struct gb_flow_end end)
{
    return end.node < 0 && end.group < 0;
}

/* Does the one box lie in the other, or take up the same place? */
static inline bool
gb_flow_surrounds(struct gb_flow_box outer, struct gb_flow_box inner)
{
    return outer.x <= inner.x && outer.y <= inner.y && outer.x + outer.w >= inner.x + inner.w &&
           outer.y + outer.h >= inner.y + inner.h;
}

#endif
