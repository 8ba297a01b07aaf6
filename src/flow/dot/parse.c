/*
 * The grammar of DOT, by recursive descent with one token ahead; subgraphs are the recursion, GB_DOT_MAX_DEPTH deep. On a fault the
 * statement is skipped, and reading goes on with the next; only the first fault of a chart is told.
 */
#include "base/buf.h"
#include "flow/dot/dot_priv.h"

/* Nodes listed for subgraphs that stand at the ends of lines, all in all. */
enum { MAX_LISTED = 2000000 };

struct parser {
    struct gb_dot_graph *graph;
    struct gb_dot_lexer lexer;
    struct gb_dot_token token, before; /* the one ahead, and the last taken */
    struct gb_dot_token long_text;     /* the last text in quotes over a line end */
    GB_ARRAY(uint32_t) mentions;       /* nodes that open subgraphs name, one list behind the other */
    GB_ARRAY(uint32_t) sets;           /* nodes at the ends of the lines of open statements */
    GB_ARRAY(uint32_t) edges;          /* lines of open statements */
    GB_ARRAY(uint32_t) seen;           /* of each node: the number of the list that it was last put on */
    uint32_t n_lists;
    size_t n_listed;
    unsigned depth;
    GB_ARRAY(struct gb_flow) charts;
};

static void
advance(struct parser *p)
{
    p->before = p->token;
    if (p->token.writing == GB_DOT_QUOTED && gb_str_has(p->token.value, GB_STR("\n")))
        p->long_text = p->token;
    p->token = gb_dot_next(&p->lexer);
}

static bool
take(struct parser *p, enum gb_dot_kind kind)
{
    if (p->token.kind != kind)
        return false;
    advance(p);
    return true;
}

static bool
fail(struct parser *p, enum gb_dot_place at, uint32_t opened)
{
    struct gb_dot_fault fault = {
        .at = at, .token = p->token, .before = p->before, .long_text = p->long_text, .opened = opened};

    gb_dot_explain(p->graph, &fault);
    return false;
}

/* ---- ids ---- */

/* A name, or strings joined by +. */
static bool
take_id(struct parser *p, struct gb_dot_token *out_id)
{
    if (p->token.kind != DOT_ID)
        return false;
    *out_id = p->token;
    advance(p);
    if (out_id->writing != GB_DOT_QUOTED || p->token.kind != DOT_PLUS)
        return true;
    struct gb_buf buf = {0};
    gb_buf_add(&buf, out_id->value);
    while (take(p, DOT_PLUS) && p->token.kind == DOT_ID && p->token.writing == GB_DOT_QUOTED) {
        gb_buf_add(&buf, p->token.value);
        out_id->inside.end = p->token.inside.end;
        out_id->end = p->token.end;
        advance(p);
    }
    out_id->value = gb_buf_take(&buf, p->graph->arena);
    return true;
}

/* ---- attributes ---- */

static void
set(struct gb_dot_attrs *attrs, const struct gb_dot_token *name, const struct gb_dot_token *value)
{
    enum gb_dot_attr attr;

    if (gb_dot_attr_named(name->value, &attr))
        attrs->of[attr] = (struct gb_dot_value){value->value, value->inside, value->writing == GB_DOT_HTML};
}

/* [a=b, c=d; e=f] and more such lists. What was read ahead of a fault counts. */
static bool
take_lists(struct parser *p, struct gb_dot_attrs *attrs)
{
    while (p->token.kind == DOT_OPEN_LIST) {
        uint32_t opened = p->token.begin;
        advance(p);
        while (p->token.kind != DOT_CLOSE_LIST) {
            struct gb_dot_token name, value;
            if (!take_id(p, &name) || !take(p, DOT_EQUALS))
                return fail(p, GB_DOT_IN_LIST, opened);
            if (!take_id(p, &value))
                return fail(p, GB_DOT_IN_VALUE, opened);
            set(attrs, &name, &value);
            if (p->token.kind == DOT_SEMI || p->token.kind == DOT_COMMA)
                advance(p);
        }
        advance(p);
    }
    return true;
}

static struct gb_dot_attrs **
attrs_of_scope(struct parser *p, enum gb_dot_what what)
{
    return &p->graph->scopes.items[p->graph->scope].attrs[what];
}

/* node [ … ], edge [ … ], graph [ … ] */
static bool
parse_defaults(struct parser *p)
{
    enum gb_dot_what what = p->token.kind == DOT_NODE   ? GB_DOT_OF_NODE
                            : p->token.kind == DOT_EDGE ? GB_DOT_OF_EDGE
                                                        : GB_DOT_OF_GRAPH;
    struct gb_dot_attrs attrs = {0};

    advance(p);
    if (p->token.kind != DOT_OPEN_LIST)
        return fail(p, GB_DOT_BEHIND_NODE, p->before.begin);
    bool is_whole = take_lists(p, &attrs);
    gb_dot_overlay(p->graph, attrs_of_scope(p, what), &attrs);
    p->graph->scopes.items[p->graph->scope].owns[what] = true;
    return is_whole;
}

/* ---- ends of lines ---- */

/* Puts a node on the list of this number; false when it is there. */
static bool
list(struct parser *p, uint32_t node, uint32_t number)
{
    while (p->seen.len <= node)
        *gb_push(&p->seen) = 0;
    if (p->seen.items[node] == number)
        return false;
    p->seen.items[node] = number;
    p->n_listed++;
    return true;
}

/*
 * The nodes of a subgraph: what it had when it was closed before, and the mentions from `begin` on, each once. They replace the
 * mentions. One with a name keeps them for the next time.
 */
static bool
close_list(struct parser *p, size_t begin, bool has_name)
{
    struct gb_dot_scope *scope = &p->graph->scopes.items[p->graph->scope];
    uint32_t number = ++p->n_lists;
    size_t kept = begin;

    p->n_listed += scope->n_members;
    if (p->n_listed > MAX_LISTED) {
        gb_dot_stop(p->graph, (struct gb_span){p->token.begin, p->token.end}, "子图列出的节点过多，其后的未读取",
                    "subgraphs list too many nodes; what is behind was not read");
        return false;
    }
    for (uint32_t i = 0; i < scope->n_members; i++)
        (void)list(p, scope->members[i], number);
    for (size_t i = begin; i < p->mentions.len; i++) {
        if (list(p, p->mentions.items[i], number))
            p->mentions.items[kept++] = p->mentions.items[i];
    }
    p->mentions.len = kept;
    for (uint32_t i = 0; i < scope->n_members; i++)
        *gb_push(&p->mentions) = scope->members[i];
    if (has_name && p->mentions.len - begin > scope->n_members) {
        scope->n_members = (uint32_t)(p->mentions.len - begin);
        scope->members =
            gb_arena_copy_bytes(p->graph->arena, &p->mentions.items[begin], scope->n_members * sizeof(uint32_t));
    }
    return true;
}

static bool parse_statements(struct parser *p);

static bool
open_subgraph(struct parser *p, const struct gb_dot_token *id, uint32_t at)
{
    if (p->depth >= GB_DOT_MAX_DEPTH) {
        gb_dot_stop(p->graph, (struct gb_span){at, at + 1}, "子图嵌套超过64层，其后的未读取",
                    "subgraphs are nested more than 64 deep; what is behind was not read");
        return false;
    }
    return gb_dot_open(p->graph, id, id ? id->inside : (struct gb_span){at, at + 1});
}

/* subgraph name { … }, { … }: its nodes go to the end of p->sets. */
static bool
parse_subgraph(struct parser *p)
{
    struct gb_dot_token word = p->token, id;
    size_t begin = p->mentions.len;
    bool has_name = take(p, DOT_SUBGRAPH) && take_id(p, &id);
    uint32_t outer = p->graph->scope, opened = p->token.begin;

    if (!take(p, DOT_OPEN))
        return fail(p, GB_DOT_AT_SUBGRAPH, word.begin);
    if (!open_subgraph(p, has_name ? &id : NULL, opened))
        return false;
    p->depth++;
    bool is_whole = parse_statements(p);
    p->depth--;
    if (is_whole && !take(p, DOT_CLOSE))
        is_whole = fail(p, GB_DOT_AT_CLOSE, opened);
    is_whole = close_list(p, begin, has_name) && is_whole;
    p->graph->scope = outer;
    for (size_t i = begin; is_whole && i < p->mentions.len; i++)
        *gb_push(&p->sets) = p->mentions.items[i];
    return is_whole;
}

/* :port:ne */
static bool
skip_ports(struct parser *p)
{
    struct gb_dot_token port;

    for (int i = 0; i < 2 && take(p, DOT_COLON); i++) {
        if (!take_id(p, &port))
            return fail(p, GB_DOT_BEHIND_NODE, p->before.begin);
    }
    return true;
}

/* The rest of a list of nodes whose first name was taken. */
static bool
parse_nodes(struct parser *p, struct gb_dot_token id)
{
    uint32_t node;

    for (;;) {
        if (!gb_dot_mention(p->graph, &id, &node))
            return false;
        *gb_push(&p->sets) = node;
        *gb_push(&p->mentions) = node;
        if (!skip_ports(p))
            return false;
        if (!take(p, DOT_COMMA))
            return true;
        if (!take_id(p, &id))
            return fail(p, GB_DOT_BEHIND_LINE, p->before.begin);
    }
}

static bool
parse_end(struct parser *p)
{
    struct gb_dot_token id;

    if (p->token.kind == DOT_SUBGRAPH || p->token.kind == DOT_OPEN)
        return parse_subgraph(p);
    if (!take_id(p, &id))
        return fail(p, GB_DOT_BEHIND_LINE, p->before.begin);
    return parse_nodes(p, id);
}

/* ---- statements ---- */

/* Lines from each node of sets[from] … to each of sets[to] … */
static bool
connect(struct parser *p, size_t from, size_t to, struct gb_span span)
{
    for (size_t i = from; i < to; i++) {
        for (size_t k = to; k < p->sets.len; k++) {
            uint32_t edge;
            if (!gb_dot_connect(p->graph, p->sets.items[i], p->sets.items[k], span, &edge))
                return false;
            *gb_push(&p->edges) = edge;
        }
    }
    return true;
}

static bool
parse_chain(struct parser *p, size_t begin)
{
    size_t from = begin;

    while (p->token.kind == (p->graph->is_directed ? DOT_ARROW : DOT_LINE)) {
        struct gb_span span = {p->token.begin, p->token.end};
        size_t to = p->sets.len;
        advance(p);
        if (!parse_end(p) || !connect(p, from, to, span))
            return false;
        from = to;
    }
    return true;
}

/* Attribute lists behind nodes or lines. */
static bool
parse_attributes(struct parser *p, size_t begin, size_t first_edge, bool is_subgraph)
{
    struct gb_dot_attrs attrs = {0};
    bool is_whole = take_lists(p, &attrs), has_edges = p->edges.len > first_edge;

    for (size_t i = first_edge; i < p->edges.len; i++)
        gb_dot_overlay(p->graph, &p->graph->edge_attrs.items[p->edges.items[i]], &attrs);
    for (size_t i = begin; !has_edges && !is_subgraph && i < p->sets.len; i++)
        gb_dot_overlay(p->graph, &p->graph->node_attrs.items[p->sets.items[i]], &attrs);
    return is_whole;
}

/* Nodes or lines, with their attributes; `first` is NULL where a subgraph begins. */
static bool
parse_compound(struct parser *p, const struct gb_dot_token *first)
{
    size_t begin = p->sets.len, first_edge = p->edges.len;
    bool is_whole = (first ? parse_nodes(p, *first) : parse_subgraph(p)) && parse_chain(p, begin);

    if (is_whole && p->token.kind == DOT_OPEN_LIST)
        is_whole = parse_attributes(p, begin, first_edge, !first);
    for (size_t i = begin; first && p->edges.len == first_edge && i < p->sets.len; i++)
        p->graph->build.nodes.items[p->sets.items[i]].is_declared = true;
    p->sets.len = begin;
    p->edges.len = first_edge;
    return is_whole;
}

/* name = value: an attribute of the graph or subgraph. */
static bool
parse_assignment(struct parser *p, const struct gb_dot_token *name)
{
    struct gb_dot_attrs attrs = {0};
    struct gb_dot_token value;

    advance(p);
    if (!take_id(p, &value))
        return fail(p, GB_DOT_IN_VALUE, p->before.begin);
    set(&attrs, name, &value);
    gb_dot_overlay(p->graph, attrs_of_scope(p, GB_DOT_OF_GRAPH), &attrs);
    return true;
}

static bool
parse_statement(struct parser *p)
{
    struct gb_dot_token id;

    if (GB_AMONG(p->token.kind, DOT_NODE, DOT_EDGE, DOT_GRAPH))
        return parse_defaults(p);
    if (GB_AMONG(p->token.kind, DOT_SUBGRAPH, DOT_OPEN))
        return parse_compound(p, NULL);
    if (!take_id(p, &id))
        return fail(p, GB_DOT_AT_STATEMENT, p->token.begin);
    return p->token.kind == DOT_EQUALS ? parse_assignment(p, &id) : parse_compound(p, &id);
}

/* To the end of the statement: a semicolon, a line end outside of braces, the brace that closes. */
static void
recover(struct parser *p)
{
    size_t depth = 0;

    for (bool is_first = true; p->token.kind != DOT_END; is_first = false) {
        if (depth == 0 && !is_first && p->token.on_new_line)
            return;
        if (p->token.kind == DOT_CLOSE && depth-- == 0)
            return;
        depth += p->token.kind == DOT_OPEN;
        bool is_end = p->token.kind == DOT_SEMI && depth == 0;
        advance(p);
        if (is_end)
            return;
    }
}

/* Is a statement over where this token stands? */
static bool
may_follow(enum gb_dot_kind kind)
{
    return GB_AMONG(kind, DOT_ID, DOT_NODE, DOT_EDGE, DOT_GRAPH, DOT_SUBGRAPH, DOT_OPEN, DOT_CLOSE, DOT_END);
}

/* False when reading has to stop. */
static bool
parse_statements(struct parser *p)
{
    while (p->token.kind != DOT_CLOSE && p->token.kind != DOT_END) {
        uint32_t begin = p->token.begin;
        bool is_whole = parse_statement(p);
        if (is_whole && !take(p, DOT_SEMI) && !may_follow(p->token.kind))
            is_whole = fail(p, GB_DOT_BEHIND_NODE, begin);
        if (p->graph->is_full)
            return false;
        if (!is_whole)
            recover(p);
    }
    return true;
}

/* ---- graphs ---- */

static bool
begins_graph(const struct parser *p)
{
    return GB_AMONG(p->token.kind, DOT_STRICT, DOT_GRAPH, DOT_DIGRAPH);
}

static bool
parse_head(struct parser *p)
{
    struct gb_dot_token id;

    p->graph->is_strict = take(p, DOT_STRICT);
    if (p->token.kind != DOT_GRAPH && p->token.kind != DOT_DIGRAPH)
        return fail(p, GB_DOT_AT_HEAD, p->token.begin);
    p->graph->is_directed = p->token.kind == DOT_DIGRAPH;
    advance(p);
    if (take_id(p, &id))
        p->graph->name = id.value;
    return p->token.kind == DOT_OPEN || fail(p, GB_DOT_AT_HEAD, p->token.begin);
}

static void
parse_graph(struct parser *p)
{
    bool is_whole = parse_head(p);
    uint32_t opened = p->token.begin;

    if (is_whole) {
        advance(p);
        if (parse_statements(p) && !take(p, DOT_CLOSE))
            (void)fail(p, GB_DOT_AT_CLOSE, opened);
    }
    if (p->graph->is_full) {
        p->token.kind = DOT_END;
        return;
    }
    if (is_whole && p->token.kind != DOT_END && !begins_graph(p))
        (void)fail(p, GB_DOT_BEHIND_GRAPH, p->token.begin);
    while (p->token.kind != DOT_END && !(begins_graph(p) && (is_whole || p->token.on_new_line)))
        advance(p);
}

static void
add_chart(struct parser *p, struct gb_dot_graph *graph)
{
    p->mentions.len = p->sets.len = p->edges.len = p->seen.len = 0;
    p->n_lists = 0;
    struct gb_flow flow = gb_dot_graph_take(graph);
    *gb_push(&p->charts) = flow;
}

/* All graphs of a text, at least one: that of a text without any has a problem. */
static struct gb_flows
parse_text(struct gb_str text, struct gb_arena *arena)
{
    struct parser p = {.lexer = {.arena = arena, .s = text}};
    struct gb_dot_graph graph;

    p.token = gb_dot_next(&p.lexer);
    do {
        gb_dot_graph_init(&graph, text, arena);
        p.graph = &graph;
        parse_graph(&p);
        if (p.token.kind != DOT_END && p.charts.len + 1 == GB_DOT_MAX_CHARTS)
            gb_dot_stop(&graph, (struct gb_span){p.token.begin, p.token.end}, "文本中的图超过1000个，其后的未读取",
                        "there are more than 1,000 graphs in the text; those behind were not read");
        add_chart(&p, &graph);
    } while (p.token.kind != DOT_END && p.charts.len < GB_DOT_MAX_CHARTS);
    struct gb_flows flows;
    GB_KEEP(arena, &p.charts, flows.charts, flows.n);
    GB_RELEASE(&p.mentions, &p.sets, &p.edges, &p.seen);
    return flows;
}

/* Larger texts are drawings of machines; places are 32 bits wide. */
enum { MAX_TEXT = 16 << 20 };

struct gb_flows
gb_flow_read_dot(struct gb_str text, struct gb_arena *arena)
{
    if (text.len <= MAX_TEXT)
        return parse_text(text, arena);

    struct gb_dot_graph graph;
    struct gb_flow *chart = gb_arena_new(arena, struct gb_flow);
    gb_dot_graph_init(&graph, text, arena);
    gb_dot_stop(&graph, (struct gb_span){0, 0}, "流程图的文本超过16 MB，未读取",
                "the text of the chart is larger than 16 MB and was not read");
    *chart = gb_dot_graph_take(&graph);
    return (struct gb_flows){chart, 1};
}
