/*
 * DOT, the notation of Graphviz: tokens, what statements make of the chart, and the words of labels. The grammar is that of
 * libcgraph 2.43, told from its sources and from what gvpr(1) answers.
 */
#ifndef GB_FLOW_DOT_DOT_PRIV_H
#define GB_FLOW_DOT_DOT_PRIV_H

#include "flow/build_priv.h"
#include "base/strmap.h"

/* Larger ones are drawings of machines, and what has more faults is no chart: reading ends there. Subgraphs within subgraphs are at most DEPTH deep. */
enum {
    GB_DOT_MAX_FAULTS = 100,
    GB_DOT_MAX_NODES = 50000,
    GB_DOT_MAX_EDGES = 50000,
    GB_DOT_MAX_SCOPES = 50000,
    GB_DOT_MAX_DEPTH = 64,
    GB_DOT_MAX_CHARTS = 1000,
};

/* ---- lex.c ---- */

enum gb_dot_kind {
    DOT_END,
    DOT_BAD, /* a character that stands nowhere, or something that is not closed */
    DOT_ID,
    DOT_STRICT,
    DOT_GRAPH,
    DOT_DIGRAPH,
    DOT_NODE,
    DOT_EDGE,
    DOT_SUBGRAPH,
    DOT_OPEN,
    DOT_CLOSE, /* { } */
    DOT_OPEN_LIST,
    DOT_CLOSE_LIST, /* [ ] */
    DOT_SEMI,
    DOT_COMMA,
    DOT_COLON,
    DOT_EQUALS,
    DOT_PLUS,
    DOT_ARROW,
    DOT_LINE, /* -> -- */
};

enum gb_dot_writing { GB_DOT_PLAIN, GB_DOT_QUOTED, GB_DOT_HTML };

struct gb_dot_token {
    enum gb_dot_kind kind;
    enum gb_dot_writing writing; /* of an ID; of BAD: what is not closed */
    uint32_t begin, end;
    struct gb_span inside; /* of an ID: without quotes or brackets */
    struct gb_str value;   /* of an ID: as Graphviz takes it */
    bool on_new_line;      /* the first of its line */
};

struct gb_dot_lexer {
    struct gb_arena *arena;
    struct gb_str s;
    size_t at;
};

struct gb_dot_token gb_dot_next(struct gb_dot_lexer *lexer);

/* ---- graph.c ---- */

/* Attributes that say something of the flow. */
/* clang-format off */
#define GB_DOT_ATTRS(X) \
    X(LABEL, "label") X(XLABEL, "xlabel") X(HEADLABEL, "headlabel") X(TAILLABEL, "taillabel") \
    X(SHAPE, "shape") X(STYLE, "style") X(DIR, "dir") X(ARROWHEAD, "arrowhead") \
    X(ARROWTAIL, "arrowtail") X(POS, "pos") X(WIDTH, "width") X(HEIGHT, "height") \
    X(PERIPHERIES, "peripheries") X(RANKDIR, "rankdir") X(LAYOUT, "layout") X(BB, "bb") \
    X(CLUSTER, "cluster")
/* clang-format on */

enum gb_dot_attr {
#define X(id, name) DOT_ATTR_##id,
    GB_DOT_ATTRS(X)
#undef X
        DOT_N_ATTRS
};

struct gb_dot_value {
    struct gb_str str; /* ptr NULL: not given */
    struct gb_span span;
    bool is_html;
};

struct gb_dot_attrs {
    struct gb_dot_value of[DOT_N_ATTRS];
    bool is_shared; /* more than one owner: to be copied before it is changed */
};

/* What stands for the whole graph, a node, an edge, in attribute statements. */
enum gb_dot_what { GB_DOT_OF_GRAPH, GB_DOT_OF_NODE, GB_DOT_OF_EDGE };

/* A graph or subgraph. */
struct gb_dot_scope {
    int32_t parent; /* -1: the graph itself */
    int32_t group;  /* the cluster that it is, or lies in; -1 */
    bool is_cluster;
    struct gb_dot_attrs *attrs[3]; /* its own, and the defaults of nodes and edges in it; NULL: none */
    bool owns[3];      /* it has stated such defaults; else those around it hold, as they are when it is opened */
    uint32_t *members; /* nodes that it had when it was last closed; only of one with a name */
    uint32_t n_members;
};

struct gb_dot_graph {
    struct gb_arena *arena;
    struct gb_str text;
    struct gb_flow_build build;
    struct gb_str name;
    bool is_strict, is_directed;
    bool is_full; /* reading ends here */
    uint32_t n_faults;
    struct gb_strmap nodes, subgraphs, strict_edges;
    GB_ARRAY(struct gb_dot_scope) scopes;
    GB_ARRAY(struct gb_dot_attrs *) node_attrs; /* of each node; NULL: none */
    GB_ARRAY(struct gb_dot_attrs *) edge_attrs;
    uint32_t scope;      /* the open one */
    uint32_t n_connects; /* in a strict graph many may come to the same */
};

void gb_dot_graph_init(struct gb_dot_graph *graph, struct gb_str text, struct gb_arena *arena);
/* The chart with labels, kinds, groups and geometry; the graph is empty afterwards. */
struct gb_flow gb_dot_graph_take(struct gb_dot_graph *graph);

/* The index of an attribute that says something; false for all others. */
bool gb_dot_attr_named(struct gb_str name, enum gb_dot_attr *out_attr);
/* Those of `given` that are set go into *attrs, which is copied before where it is shared. */
void gb_dot_overlay(struct gb_dot_graph *graph, struct gb_dot_attrs **attrs, const struct gb_dot_attrs *given);

/* The node of this name, made in the open scope where it is new. False when there is no room for it. */
bool gb_dot_mention(struct gb_dot_graph *graph, const struct gb_dot_token *id, uint32_t *out_node);
/* An edge; false when there is no room. In a strict graph that of an earlier statement may be given back. */
bool gb_dot_connect(struct gb_dot_graph *graph, uint32_t from, uint32_t to, struct gb_span span, uint32_t *out_edge);

/* Opens a subgraph in the open scope: a new one, or that of this name (id NULL: none). False when there are too many. */
bool gb_dot_open(struct gb_dot_graph *graph, const struct gb_dot_token *id, struct gb_span span);

/* ---- label.c ---- */

/* What escapes in a label stand for. */
struct gb_dot_names {
    struct gb_str graph, node, tail, head;
    bool is_directed, is_record;
};

/* The words that people read. */
struct gb_str gb_dot_label_text(const struct gb_dot_value *label, const struct gb_dot_names *names,
                                struct gb_arena *arena);

/* ---- place.c ---- */

/* Takes the drawing over, where a layout program has written one into the attributes of every node and edge. */
void gb_dot_take_drawing(struct gb_dot_graph *graph);

/* ---- fault.c: what is wrong and what to write ---- */

enum gb_dot_place {
    GB_DOT_AT_HEAD, /* ahead of the first brace */
    GB_DOT_AT_STATEMENT,
    GB_DOT_AT_SUBGRAPH, /* its brace is missing */
    GB_DOT_AT_CLOSE,    /* the text ends inside braces */
    GB_DOT_BEHIND_NODE,
    GB_DOT_BEHIND_LINE,
    GB_DOT_IN_LIST,
    GB_DOT_IN_VALUE, /* behind = */
    GB_DOT_BEHIND_GRAPH,
};

struct gb_dot_fault {
    enum gb_dot_place at;
    struct gb_dot_token token; /* the one that does not fit */
    struct gb_dot_token before;
    struct gb_dot_token long_text; /* the last text in quotes that runs over a line end; END for none */
    uint32_t opened;               /* offset of the bracket or brace that is open */
};

/* Adds the problem, but only the first of a chart. */
void gb_dot_explain(struct gb_dot_graph *graph, const struct gb_dot_fault *fault);
/* Something that was too much. */
void gb_dot_stop(struct gb_dot_graph *graph, struct gb_span span, const char *zh, const char *en);

#endif
