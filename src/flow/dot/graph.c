/*
 * The graph behind the statements, with Graphviz' own bookkeeping: a node is made by its first mention and takes the defaults
 * of the subgraph that it is made in; later statements change single attributes.
 */
#include "flow/dot/dot_priv.h"
#include "flow/place_priv.h"

static const char *const attr_names[] = {GB_DOT_ATTRS(GB_NAMED)};

void
gb_dot_graph_init(struct gb_dot_graph *graph, struct gb_str text, struct gb_arena *arena)
{
    *graph = (struct gb_dot_graph){.arena = arena, .text = text};
    gb_flow_build_init(&graph->build, GB_FLOW_DOT, arena);
    *gb_push(&graph->scopes) = (struct gb_dot_scope){.parent = -1, .group = -1};
}

/* ---- attributes ---- */

bool
gb_dot_attr_named(struct gb_str name, enum gb_dot_attr *out_attr)
{
    GB_FIND(found, attr_names, GB_COUNT(attr_names), gb_str_is(name, *found));
    *out_attr = found ? (enum gb_dot_attr)(found - attr_names) : DOT_N_ATTRS;
    return found != NULL;
}

void
gb_dot_overlay(struct gb_dot_graph *graph, struct gb_dot_attrs **attrs, const struct gb_dot_attrs *given)
{
    bool is_empty = true;

    for (size_t i = 0; i < DOT_N_ATTRS; i++)
        is_empty = is_empty && !given->of[i].str.ptr;
    if (is_empty)
        return;
    if (!*attrs)
        *attrs = gb_arena_new(graph->arena, struct gb_dot_attrs);
    else if ((*attrs)->is_shared)
        *attrs = gb_arena_copy_bytes(graph->arena, *attrs, sizeof(**attrs));
    (*attrs)->is_shared = false;
    for (size_t i = 0; i < DOT_N_ATTRS; i++) {
        if (given->of[i].str.ptr)
            (*attrs)->of[i] = given->of[i];
    }
}

static struct gb_dot_attrs *
share(struct gb_dot_attrs *attrs)
{
    if (attrs)
        attrs->is_shared = true;
    return attrs;
}

static struct gb_dot_value
value_of(const struct gb_dot_attrs *attrs, enum gb_dot_attr attr)
{
    return attrs ? attrs->of[attr] : (struct gb_dot_value){.str = {NULL, 0}};
}

static struct gb_str
word_of(const struct gb_dot_attrs *attrs, enum gb_dot_attr attr)
{
    return value_of(attrs, attr).str;
}

/* ---- nodes and edges ---- */

/* Marks that Graphviz takes for letters of a name, where an author meant them otherwise. */
GB_WORDS(lost_marks, "→", "—>", "；", "＝", "［", "］", "｛", "｝", "＞");

static void
warn_of_marks(struct gb_dot_graph *graph, const struct gb_dot_token *id)
{
    if (id->writing != GB_DOT_PLAIN || !GB_HAS_ANY(id->value, lost_marks))
        return;
    GB_FIND(told, graph->build.problems.items, graph->build.problems.len, told->kind == GB_FLOW_SWALLOWED);
    if (told)
        return;
    const char *line = graph->is_directed ? "->" : "--";
    gb_flow_add_problem(&graph->build, GB_FLOW_SWALLOWED, id->inside,
                        gb_arena_printf(graph->arena,
                                        "“%.*s”整个被当作一个节点名：连线写“%s”，语句之间用半角分号，括号用半角",
                                        GB_FMT(id->value), line),
                        gb_arena_printf(graph->arena,
                                        "“%.*s” is taken for the name of one node: lines are written “%s”, and "
                                        "semicolons and brackets in half width",
                                        GB_FMT(id->value), line));
}

/* In the innermost cluster that mentions it, of those inside each other; of others in the first. */
static void
put_into_cluster(struct gb_dot_graph *graph, uint32_t index)
{
    struct gb_flow_node *node = &graph->build.nodes.items[index];
    int32_t group = graph->scopes.items[graph->scope].group;

    if (group < 0 || node->group == group)
        return;
    int32_t outer = group;
    while (outer >= 0 && outer != node->group)
        outer = graph->build.groups.items[outer].parent;
    if (outer == node->group)
        node->group = group;
}

bool
gb_dot_mention(struct gb_dot_graph *graph, const struct gb_dot_token *id, uint32_t *out_node)
{
    bool is_new = false;
    uint32_t n = (uint32_t)graph->build.nodes.len;

    if (n >= GB_DOT_MAX_NODES && !gb_strmap_find(&graph->nodes, id->value, &n)) {
        gb_dot_stop(graph, id->inside, "节点超过50000个，其后的未读取",
                    "there are more than 50,000 nodes; those behind were not read");
        return false;
    }
    *out_node = gb_strmap_add(&graph->nodes, id->value, n, &is_new);
    if (is_new) {
        struct gb_flow_node *node = gb_flow_add_node(&graph->build);
        node->id = id->value;
        node->span = node->words = id->inside;
        *gb_push(&graph->node_attrs) = share(graph->scopes.items[graph->scope].attrs[GB_DOT_OF_NODE]);
        warn_of_marks(graph, id);
    }
    put_into_cluster(graph, *out_node);
    return true;
}

/* The pair of nodes as a key; in a graph without direction both ways are one. */
static struct gb_str
edge_key(struct gb_dot_graph *graph, uint32_t from, uint32_t to)
{
    bool is_turned = !graph->is_directed && from > to;

    return gb_arena_printf(graph->arena, "%u %u", is_turned ? to : from, is_turned ? from : to);
}

bool
gb_dot_connect(struct gb_dot_graph *graph, uint32_t from, uint32_t to, struct gb_span span, uint32_t *out_edge)
{
    uint32_t n = (uint32_t)graph->build.edges.len;
    bool is_new = true;

    if (n >= GB_DOT_MAX_EDGES || graph->n_connects++ > 4 * GB_DOT_MAX_EDGES) {
        gb_dot_stop(graph, span, "连线超过50000条，其后的未读取",
                    "there are more than 50,000 lines; those behind were not read");
        return false;
    }
    *out_edge = n;
    if (graph->is_strict)
        *out_edge = gb_strmap_add(&graph->strict_edges, edge_key(graph, from, to), n, &is_new);
    if (!is_new)
        return true;
    struct gb_flow_edge *edge = gb_flow_add_edge(&graph->build);
    edge->from.node = (int32_t)from;
    edge->to.node = (int32_t)to;
    edge->span = edge->words = span;
    *gb_push(&graph->edge_attrs) = share(graph->scopes.items[graph->scope].attrs[GB_DOT_OF_EDGE]);
    return true;
}

/* ---- subgraphs ---- */

static void
add_scope(struct gb_dot_graph *graph, const struct gb_dot_token *id, struct gb_span span)
{
    struct gb_dot_scope scope = {.parent = (int32_t)graph->scope, .group = graph->scopes.items[graph->scope].group};

    if (id && gb_str_starts(id->value, GB_STR("cluster"))) {
        struct gb_flow_group *group = gb_flow_add_group(&graph->build);
        group->id = id->value;
        group->kind = GB_FLOW_CLUSTER;
        group->span = span;
        group->parent = scope.group;
        scope.group = (int32_t)graph->build.groups.len - 1;
        scope.is_cluster = true;
    }
    *gb_push(&graph->scopes) = scope;
}

bool
gb_dot_open(struct gb_dot_graph *graph, const struct gb_dot_token *id, struct gb_span span)
{
    uint32_t index = (uint32_t)graph->scopes.len;
    bool is_new = true;

    if (index >= GB_DOT_MAX_SCOPES) {
        gb_dot_stop(graph, span, "子图超过50000个，其后的未读取",
                    "there are more than 50,000 subgraphs; those behind were not read");
        return false;
    }
    if (id) {
        struct gb_str key = gb_arena_printf(graph->arena, "%u %.*s", graph->scope, GB_FMT(id->value));
        index = gb_strmap_add(&graph->subgraphs, key, index, &is_new);
    }
    if (is_new)
        add_scope(graph, id, span);
    struct gb_dot_scope *scope = &graph->scopes.items[index], *outer = &graph->scopes.items[graph->scope];
    for (int what = GB_DOT_OF_NODE; what <= GB_DOT_OF_EDGE; what++) {
        if (!scope->owns[what])
            scope->attrs[what] = share(outer->attrs[what]);
    }
    graph->scope = index;
    return true;
}

/* ---- kinds ---- */

static const struct gb_flow_shape shapes[] = {
    {GB_FLOW_DECISION, false, "diamond"},
    {GB_FLOW_IO, false, "parallelogram cylinder"},
    {GB_FLOW_DOCUMENT, false, "note folder tab"},
    {GB_FLOW_SUBPROCESS, false, "component"},
    {GB_FLOW_TERMINAL, true, "doublecircle Mcircle circle"},
    {GB_FLOW_TERMINAL, false, "Msquare ellipse oval"},
    {GB_FLOW_FORK, false, "point"},
    {GB_FLOW_NOTE, false, "plaintext plain none underline"},
};

/* What the kinds of nodes depend on beside their own shape. */
struct survey {
    uint8_t *ways;  /* of each node */
    bool has_boxes; /* steps are drawn as boxes: ellipses then mean something */
};

enum { WAY_IN = 1, WAY_OUT = 2, FLOWS = 4 };

static bool
has_style(const struct gb_dot_attrs *attrs, const char *style)
{
    return gb_str_has(word_of(attrs, DOT_ATTR_STYLE), gb_str_from(style));
}

static bool
is_box(struct gb_str shape)
{
    GB_WORDS(names, "box", "rect", "rectangle", "square", "record", "Mrecord");

    return GB_IS_ANY(shape, names);
}

static struct survey
survey(const struct gb_dot_graph *graph)
{
    struct survey s = {.ways = gb_arena_alloc(graph->arena, graph->build.nodes.len + 1)};

    for (size_t i = 0; i < graph->build.nodes.len; i++) {
        const struct gb_dot_attrs *attrs = graph->node_attrs.items[i];
        s.has_boxes = s.has_boxes || (is_box(word_of(attrs, DOT_ATTR_SHAPE)) && !has_style(attrs, "rounded"));
    }
    GB_EACH(const struct gb_flow_edge, edge, graph->build.edges.items, graph->build.edges.len) {
        if (edge->line == GB_FLOW_INVISIBLE)
            continue;
        s.ways[edge->from.node] |= WAY_OUT;
        s.ways[edge->to.node] |= WAY_IN;
        if (edge->line != GB_FLOW_DOTTED && edge->head != GB_FLOW_NO_HEAD) {
            s.ways[edge->from.node] |= FLOWS;
            s.ways[edge->to.node] |= FLOWS;
        }
    }
    return s;
}

/* A box of no height or width: the bar at which branches part or meet. */
static bool
is_bar(const struct gb_dot_attrs *attrs, struct gb_str text)
{
    GB_WORDS(thin, "0.0", ".0", "0.1", ".1");
    struct gb_str sizes[] = {word_of(attrs, DOT_ATTR_WIDTH), word_of(attrs, DOT_ATTR_HEIGHT)};

    for (size_t i = 0; i < GB_COUNT(sizes); i++) {
        for (size_t k = 0; k < GB_COUNT(thin); k++) {
            if (text.len == 0 && gb_str_starts(sizes[i], thin[k]))
                return true;
        }
    }
    return false;
}

static enum gb_flow_kind
terminal_by_ways(uint8_t ways)
{
    if (!(ways & WAY_IN) && ways & WAY_OUT)
        return GB_FLOW_START;
    return !(ways & WAY_OUT) && ways & WAY_IN ? GB_FLOW_END : GB_FLOW_TERMINAL;
}

/*
 * Ellipse is what Graphviz draws where nothing is said, and often a step: it is a start or an end where the steps are boxes and
 * nothing leads in, or out. The same holds for rounded boxes.
 */
static enum gb_flow_kind
kind_of(const struct gb_dot_graph *graph, const struct survey *s, uint32_t index)
{
    const struct gb_flow_node *node = &graph->build.nodes.items[index];
    const struct gb_dot_attrs *attrs = graph->node_attrs.items[index];
    struct gb_str shape = node->shape, peripheries = word_of(attrs, DOT_ATTR_PERIPHERIES);
    uint8_t ways = s->ways[index];
    bool is_circle, is_inner = ways & WAY_IN && ways & WAY_OUT;
    enum gb_flow_kind kind = gb_flow_kind_of_shape(shapes, GB_COUNT(shapes), shape, &is_circle);

    if (has_style(attrs, "invis"))
        return GB_FLOW_NOTE;
    if (is_box(shape)) {
        if (is_bar(attrs, node->text))
            return GB_FLOW_FORK;
        if (has_style(attrs, "rounded"))
            kind = GB_FLOW_TERMINAL;
        else if (peripheries.len && peripheries.ptr[0] > '1')
            return GB_FLOW_SUBPROCESS;
    }
    if (gb_str_is(shape, "Mdiamond")) {
        kind = gb_flow_kind_of(GB_FLOW_STEP, false, node->text);
        return kind == GB_FLOW_STEP ? GB_FLOW_DECISION : kind;
    }
    if (kind == GB_FLOW_NOTE)
        kind = ways & FLOWS ? GB_FLOW_STEP : GB_FLOW_NOTE;
    if (kind == GB_FLOW_DOCUMENT && gb_str_is(shape, "note") && !(ways & FLOWS))
        return GB_FLOW_NOTE;
    if (gb_str_is(shape, "point"))
        return is_inner ? GB_FLOW_FORK : terminal_by_ways(ways);
    if (kind == GB_FLOW_TERMINAL && is_circle && node->text.len == 0)
        return is_inner ? GB_FLOW_FORK : terminal_by_ways(ways);
    if (kind == GB_FLOW_TERMINAL && (is_inner || (!is_circle && !gb_str_is(shape, "Msquare") && !s->has_boxes)))
        kind = GB_FLOW_STEP;
    kind = gb_flow_kind_of(kind, is_circle, node->text);
    return kind == GB_FLOW_TERMINAL && ways & (WAY_IN | WAY_OUT) ? terminal_by_ways(ways) : kind;
}

/* ---- the chart ---- */

static struct gb_dot_names
names_of(const struct gb_dot_graph *graph)
{
    return (struct gb_dot_names){.graph = graph->name, .is_directed = graph->is_directed};
}

/* Node without a label of its own: its name. */
static void
set_label(struct gb_dot_graph *graph, uint32_t index)
{
    struct gb_flow_node *node = &graph->build.nodes.items[index];
    const struct gb_dot_attrs *attrs = graph->node_attrs.items[index];
    struct gb_dot_value label = value_of(attrs, DOT_ATTR_LABEL);
    struct gb_dot_names names = names_of(graph);

    names.node = node->id;
    node->shape = word_of(attrs, DOT_ATTR_SHAPE);
    names.is_record = gb_str_is(node->shape, "record") || gb_str_is(node->shape, "Mrecord");
    if (!node->shape.len)
        node->shape = GB_STR("ellipse");
    if (label.str.ptr && !gb_str_is(label.str, "\\N")) {
        node->label = label.str;
        node->words = label.span;
    } else {
        node->label = node->id;
        label = (struct gb_dot_value){.str = node->id};
    }
    node->text = gb_dot_label_text(&label, &names, graph->arena);
    if (gb_str_is(node->shape, "point")) /* its words are never drawn */
        node->text = GB_STR("");
}

static enum gb_flow_head
head_of(struct gb_str arrow)
{
    if (gb_str_is(arrow, "none"))
        return GB_FLOW_NO_HEAD;
    return gb_str_is(arrow, "dot") || gb_str_is(arrow, "odot") ? GB_FLOW_CIRCLE : GB_FLOW_ARROW;
}

static enum gb_flow_line
line_of(const struct gb_dot_attrs *attrs)
{
    if (has_style(attrs, "invis"))
        return GB_FLOW_INVISIBLE;
    if (has_style(attrs, "dashed") || has_style(attrs, "dotted"))
        return GB_FLOW_DOTTED;
    return has_style(attrs, "bold") ? GB_FLOW_THICK : GB_FLOW_NORMAL;
}

static void
set_heads(const struct gb_dot_graph *graph, struct gb_flow_edge *edge, const struct gb_dot_attrs *attrs)
{
    struct gb_str dir = word_of(attrs, DOT_ATTR_DIR);
    bool is_both = gb_str_eq_nocase(dir, GB_STR("both")), is_back = gb_str_eq_nocase(dir, GB_STR("back"));
    bool is_forward = gb_str_eq_nocase(dir, GB_STR("forward")) || (!dir.len && graph->is_directed);

    if (is_both || is_forward)
        edge->head = head_of(word_of(attrs, DOT_ATTR_ARROWHEAD));
    if (is_both || is_back)
        edge->tail = head_of(word_of(attrs, DOT_ATTR_ARROWTAIL));
    if (is_back)
        gb_flow_turn_round(edge);
}

/* The words beside a line: in its middle, else at one of its ends. */
static void
set_edge(struct gb_dot_graph *graph, uint32_t index)
{
    static const enum gb_dot_attr labels[] = {DOT_ATTR_LABEL, DOT_ATTR_XLABEL, DOT_ATTR_TAILLABEL, DOT_ATTR_HEADLABEL};
    struct gb_flow_edge *edge = &graph->build.edges.items[index];
    const struct gb_dot_attrs *attrs = graph->edge_attrs.items[index];
    struct gb_dot_names names = names_of(graph);

    names.tail = graph->build.nodes.items[edge->from.node].id;
    names.head = graph->build.nodes.items[edge->to.node].id;
    for (size_t i = 0; i < GB_COUNT(labels) && !edge->text.len; i++) {
        struct gb_dot_value label = value_of(attrs, labels[i]);
        if (!label.str.len)
            continue;
        edge->label = label.str;
        edge->words = label.span;
        edge->text = gb_dot_label_text(&label, &names, graph->arena);
    }
    edge->line = line_of(attrs);
    set_heads(graph, edge, attrs);
}

/* dot(1) draws the label of a graph again on clusters behind it that have none; nobody means that. */
static void
set_title(struct gb_dot_graph *graph, const struct gb_dot_scope *scope)
{
    struct gb_dot_value label = value_of(scope->attrs[GB_DOT_OF_GRAPH], DOT_ATTR_LABEL);
    struct gb_dot_names names = names_of(graph);

    if (!label.str.len)
        return;
    struct gb_str text = gb_dot_label_text(&label, &names, graph->arena);
    if (scope->is_cluster) {
        struct gb_flow_group *group = &graph->build.groups.items[scope->group];
        group->title = label.str;
        group->text = text;
        group->span = label.span;
    } else if (scope->parent < 0) {
        graph->build.flow.title = text;
        graph->build.flow.title_span = label.span;
    }
}

/* dot(1) draws from the top down; other programs of Graphviz have no direction. */
static enum gb_flow_direction
direction_of(const struct gb_dot_attrs *attrs)
{
    struct gb_str word = word_of(attrs, DOT_ATTR_RANKDIR), layout = word_of(attrs, DOT_ATTR_LAYOUT);

    if (layout.len && !gb_str_is(layout, "dot"))
        return GB_FLOW_NO_DIRECTION;
    for (int i = GB_FLOW_TB; i <= GB_FLOW_RL; i++) {
        if (gb_str_eq_nocase(word, gb_str_from(gb_flow_direction_name((enum gb_flow_direction)i))))
            return (enum gb_flow_direction)i;
    }
    return GB_FLOW_TB;
}

struct gb_flow
gb_dot_graph_take(struct gb_dot_graph *graph)
{
    for (uint32_t i = 0; i < graph->build.nodes.len; i++)
        set_label(graph, i);
    for (uint32_t i = 0; i < graph->build.edges.len; i++)
        set_edge(graph, i);
    for (size_t i = 0; i < graph->scopes.len; i++)
        set_title(graph, &graph->scopes.items[i]);
    struct survey s = survey(graph);
    for (uint32_t i = 0; i < graph->build.nodes.len; i++)
        graph->build.nodes.items[i].kind = kind_of(graph, &s, i);
    gb_flow_fill_members(&graph->build);
    graph->build.flow.direction = direction_of(graph->scopes.items[0].attrs[GB_DOT_OF_GRAPH]);
    gb_dot_take_drawing(graph);
    GB_RELEASE(&graph->scopes, &graph->node_attrs, &graph->edge_attrs);
    gb_strmap_release(&graph->nodes);
    gb_strmap_release(&graph->subgraphs);
    gb_strmap_release(&graph->strict_edges);
    return gb_flow_build_take(&graph->build);
}
