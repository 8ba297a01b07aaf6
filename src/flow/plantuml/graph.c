/* What statements make of a chart: nodes, the ends from which the flow goes on, and the structures that are open. */
#include "flow/plantuml/plantuml_priv.h"

#include "text/utf8.h"

void
gb_uml_graph_init(struct gb_uml_graph *graph, struct gb_str s, struct gb_arena *arena)
{
    *graph = (struct gb_uml_graph){.arena = arena, .s = s, .group = -1, .lane = -1};
    gb_flow_build_init(&graph->build, GB_FLOW_PLANTUML, arena);
    graph->build.flow.direction = GB_FLOW_TB;
}

/* ---- faults ---- */

/* At most one line of it, and a few words. */
static struct gb_span
cut(struct gb_str s, struct gb_span span)
{
    enum { MOST_SHOWN = 90 };
    const char *feed = memchr(s.ptr + span.begin, '\n', span.end - span.begin);

    if (feed)
        span.end = (uint32_t)(feed - s.ptr);
    if (span.end - span.begin > MOST_SHOWN)
        span.end = (uint32_t)gb_utf8_floor(s, span.begin + MOST_SHOWN);
    return span;
}

bool
gb_uml_fail(struct gb_uml_graph *graph, struct gb_span span, const char *zh, const char *en)
{
    graph->build.flow.is_partial = true;
    if (graph->n_faults++ > 0) {
        graph->is_full = graph->is_full || graph->n_faults > GB_UML_MAX_FAULTS;
        return false;
    }
    if (span.end > span.begin)
        span = cut(graph->s, span);
    struct gb_str shown = gb_str_sub(graph->s, span.begin, span.end);
    gb_flow_add_problem(&graph->build, GB_FLOW_SYNTAX, span, gb_flow_fill_in(zh, shown, graph->arena),
                        gb_flow_fill_in(en, shown, graph->arena));
    return false;
}

void
gb_uml_stop(struct gb_uml_graph *graph, struct gb_span span, const char *zh, const char *en)
{
    graph->build.flow.is_partial = true;
    if (!graph->is_full)
        gb_flow_add_problem(&graph->build, GB_FLOW_LIMIT, span, gb_str_from(zh), gb_str_from(en));
    graph->is_full = true;
}

/* ---- nodes and lines ---- */

/* Loops and places to jump to that wait for a node take this one. */
static void
begin_loops(struct gb_uml_graph *graph, uint32_t node)
{
    bool is_new;

    GB_EACH(struct gb_uml_frame, frame, graph->frames.items, graph->frames.len) {
        if (frame->kind == GB_UML_REPEAT && frame->node < 0)
            frame->node = (int32_t)node;
    }
    for (size_t i = 0; i < graph->labels.len; i++)
        gb_strmap_add(&graph->targets, graph->labels.items[i], node, &is_new);
    graph->labels.len = 0;
}

/* What has no words is called by its keyword: start, stop; where there are several, with a number. */
static struct gb_str
make_id(struct gb_uml_graph *graph, const char *shape, struct gb_uml_words words, uint32_t index)
{
    bool is_new = false;

    if (!words.str.len)
        gb_strmap_add(&graph->marks, gb_str_from(shape), index, &is_new);
    return is_new ? gb_str_from(shape) : gb_arena_printf(graph->arena, "%s%u", words.str.len ? "n" : shape, index + 1);
}

bool
gb_uml_add(struct gb_uml_graph *graph, const char *shape, enum gb_flow_kind kind, struct gb_uml_words words,
           struct gb_span span, uint32_t *out_node)
{
    uint32_t index = (uint32_t)graph->build.nodes.len;

    if (index >= GB_UML_MAX_NODES) {
        gb_uml_stop(graph, span, "节点超过50000个，其后的未读取",
                    "there are more than 50,000 nodes; those behind were not read");
        return false;
    }
    struct gb_flow_node *node = gb_flow_add_node(&graph->build);
    node->id = make_id(graph, shape, words, index);
    node->label = words.str.ptr ? words.str : GB_STR("");
    node->text = gb_uml_label_text(node->label, graph->arena);
    node->shape = gb_str_from(shape);
    node->kind = kind;
    node->span = span;
    node->words = words.str.len ? words.span : span;
    node->is_declared = true;
    node->group = graph->group >= 0 ? graph->group : graph->lane;
    *out_node = index;
    return true;
}

/* The arrow as written, else the words on it, else what it leads to. */
struct gb_flow_edge *
gb_uml_connect(struct gb_uml_graph *graph, const struct gb_uml_tail *tail, uint32_t to)
{
    if (graph->build.edges.len >= GB_UML_MAX_EDGES) {
        gb_uml_stop(graph, tail->span, "连线超过50000条，其后的未读取",
                    "there are more than 50,000 lines; those behind were not read");
        return NULL;
    }
    struct gb_flow_edge *edge = gb_flow_add_edge(&graph->build);
    bool has_arrow = graph->arrow.end > graph->arrow.begin;
    struct gb_uml_words label = tail->label.str.len ? tail->label : graph->arrow_words;

    edge->from.node = (int32_t)tail->node;
    edge->to.node = (int32_t)to;
    edge->head = GB_FLOW_ARROW;
    edge->is_loop = tail->is_loop;
    edge->is_default = tail->is_default && !label.str.len;
    edge->line = graph->arrow_line != GB_FLOW_NORMAL ? graph->arrow_line : tail->line;
    edge->span = has_arrow                           ? graph->arrow
                 : tail->span.end > tail->span.begin ? tail->span
                                                     : graph->build.nodes.items[to].span;
    edge->words = edge->span;
    if (label.str.len) {
        edge->label = label.str;
        edge->text = gb_uml_label_text(label.str, graph->arena);
        edge->words = label.span;
        if (!has_arrow)
            edge->span = label.span;
    }
    return edge;
}

static void
drop_arrow(struct gb_uml_graph *graph)
{
    graph->arrow = (struct gb_span){0, 0};
    graph->arrow_words = (struct gb_uml_words){.str = {NULL, 0}};
    graph->arrow_line = GB_FLOW_NORMAL;
}

void
gb_uml_join(struct gb_uml_graph *graph, uint32_t node)
{
    for (size_t i = 0; i < graph->tails.len; i++)
        gb_uml_connect(graph, &graph->tails.items[i], node);
    graph->tails.len = 0;
    drop_arrow(graph);
}

void
gb_uml_go_on(struct gb_uml_graph *graph, uint32_t node, struct gb_uml_words label, struct gb_span span)
{
    graph->tails.len = 0;
    *gb_push(&graph->tails) = (struct gb_uml_tail){.node = node, .label = label, .span = span};
    drop_arrow(graph);
}

bool
gb_uml_step(struct gb_uml_graph *graph, const char *shape, enum gb_flow_kind kind, struct gb_uml_words words,
            struct gb_span span, uint32_t *out_node)
{
    if (!gb_uml_add(graph, shape, kind, words, span, out_node))
        return false;
    begin_loops(graph, *out_node);
    gb_uml_join(graph, *out_node);
    gb_uml_go_on(graph, *out_node, (struct gb_uml_words){.str = {NULL, 0}}, (struct gb_span){0, 0});
    return true;
}

/* ---- structures ---- */

bool
gb_uml_open(struct gb_uml_graph *graph, enum gb_uml_frame_kind kind, int32_t node, struct gb_span span)
{
    if (graph->frames.len >= GB_UML_MAX_DEPTH) {
        gb_uml_stop(graph, span, "结构嵌套超过64层，其后的未读取",
                    "structures are nested more than 64 deep; what is behind was not read");
        return false;
    }
    *gb_push(&graph->frames) = (struct gb_uml_frame){.kind = kind,
                                                     .span = span,
                                                     .node = node,
                                                     .backward = -1,
                                                     .exits = graph->exits.len,
                                                     .breaks = graph->breaks.len,
                                                     .group = graph->group};
    return true;
}

struct gb_uml_frame *
gb_uml_top(struct gb_uml_graph *graph, enum gb_uml_frame_kind kind)
{
    struct gb_uml_frame *top = graph->frames.len ? &graph->frames.items[graph->frames.len - 1] : NULL;

    return top && top->kind == kind ? top : NULL;
}

void
gb_uml_end_branch(struct gb_uml_graph *graph)
{
    for (size_t i = 0; i < graph->tails.len; i++) {
        struct gb_uml_tail *exit = gb_push(&graph->exits);
        *exit = graph->tails.items[i];
        if (!exit->label.str.len) /* an arrow written at the end of a branch */
            exit->label = graph->arrow_words;
        if (graph->arrow.end > graph->arrow.begin) {
            exit->span = graph->arrow;
            exit->line = graph->arrow_line;
        }
    }
    graph->tails.len = 0;
    drop_arrow(graph);
}

void
gb_uml_close(struct gb_uml_graph *graph)
{
    struct gb_uml_frame frame = graph->frames.items[--graph->frames.len];

    for (size_t i = frame.exits; i < graph->exits.len; i++)
        *gb_push(&graph->tails) = graph->exits.items[i];
    graph->exits.len = frame.exits;
    /* A break inside of an if belongs to the loop around it. */
    if (frame.kind == GB_UML_WHILE || frame.kind == GB_UML_REPEAT) {
        for (size_t i = frame.breaks; i < graph->breaks.len; i++)
            *gb_push(&graph->tails) = graph->breaks.items[i];
        graph->breaks.len = frame.breaks;
    }
    if (frame.kind == GB_UML_GROUP)
        graph->group = frame.group;
}

int32_t
gb_uml_add_group(struct gb_uml_graph *graph, enum gb_flow_group_kind kind, struct gb_str id, struct gb_uml_words title,
                 struct gb_span span)
{
    if (graph->build.groups.len >= GB_UML_MAX_GROUPS) {
        gb_uml_stop(graph, span, "分区和泳道超过10000个，其后的未读取",
                    "there are more than 10,000 partitions and lanes; those behind were not read");
        return -1;
    }
    struct gb_flow_group *group = gb_flow_add_group(&graph->build);
    group->id = id;
    group->kind = kind;
    group->title = title.str.ptr ? title.str : GB_STR("");
    group->text = gb_uml_label_text(group->title, graph->arena);
    group->span = title.str.len ? title.span : span;
    group->parent = kind == GB_FLOW_LANE ? -1 : graph->group >= 0 ? graph->group : graph->lane;
    return (int32_t)graph->build.groups.len - 1;
}

/* ---- the chart ---- */

static void
make_jumps(struct gb_uml_graph *graph)
{
    GB_EACH(const struct gb_uml_jump, jump, graph->jumps.items, graph->jumps.len) {
        uint32_t node;
        if (gb_strmap_find(&graph->targets, jump->target.str, &node))
            gb_uml_connect(graph, &jump->tail, node);
        else
            gb_uml_fail(graph, jump->target.span, "没有名为“%s”的标签：在目标步骤之前写“label %s”",
                        "there is no label “%s”: write “label %s” ahead of the step that is meant");
    }
}

struct gb_flow
gb_uml_graph_take(struct gb_uml_graph *graph)
{
    drop_arrow(graph);
    make_jumps(graph);
    gb_flow_fill_members(&graph->build);
    GB_RELEASE(&graph->tails, &graph->exits, &graph->breaks, &graph->frames, &graph->jumps, &graph->labels);
    gb_strmap_release(&graph->targets);
    gb_strmap_release(&graph->lanes);
    gb_strmap_release(&graph->nodes);
    gb_strmap_release(&graph->marks);
    return gb_flow_build_take(&graph->build);
}
