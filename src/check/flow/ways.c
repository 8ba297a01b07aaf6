/* Ways through a flowchart: where it begins and ends, what is reached, loops: FLW-012 to FLW-014, FLW-024. 7.3.4.4 e). */
#include "check/flow/flow_priv.h"

/* ---- What begins and ends ---- */

/* What lies beside the acts: documents, data, connectors to other charts, bars. */
static bool
is_aside(enum gb_flow_kind kind)
{
    return kind == GB_FLOW_CONNECTOR || kind == GB_FLOW_DOCUMENT || kind == GB_FLOW_IO || kind == GB_FLOW_FORK;
}

/* Is an end drawn as such? Then an act that nothing leaves is none. */
static bool
has_drawn_end(const struct gb_flow_graph *g)
{
    return GB_ANY(GB_ITEMS(exit, g->exits, g->n_exits),
                  gb_flow_vertex_kind(g, *exit) == GB_FLOW_END || gb_flow_vertex_kind(g, *exit) == GB_FLOW_TERMINAL);
}

/* The outermost group that the vertex lies in; -1: none. */
static int32_t
outer_group(const struct gb_flow *flow, uint32_t vertex)
{
    enum { DEEPEST = 64 };
    int32_t group = vertex < flow->n_nodes ? flow->nodes[vertex].group : (int32_t)(vertex - flow->n_nodes);

    for (int depth = 0; group >= 0 && flow->groups[group].parent >= 0 && depth < DEEPEST; depth++)
        group = flow->groups[group].parent;
    return group;
}

/* Does a frame hold all that the vertex hangs together with, and nothing else? Lanes part one process. */
static bool
is_sub_chart(const struct gb_flow_graph *g, uint32_t v)
{
    int32_t group = outer_group(g->flow, v);

    if (group < 0 || g->flow->groups[group].kind == GB_FLOW_LANE || g->flow->groups[group].kind == GB_FLOW_PARTITION)
        return false;
    return !GB_ANY(for (uint32_t w = 0; w < g->n_vertices; w++),
                   g->vertices[w].is_in_flow &&
                       (g->vertices[w].part == g->vertices[v].part) != (outer_group(g->flow, w) == group));
}

/* A start that is drawn as one, or where a chart goes on from another. */
static bool
begins_chart(const struct gb_flow_graph *g, uint32_t v)
{
    enum gb_flow_kind kind = gb_flow_vertex_kind(g, v);

    return kind == GB_FLOW_START || kind == GB_FLOW_TERMINAL || kind == GB_FLOW_CONNECTOR;
}

/*
 * A box that nothing leads to, apart from all that a drawn start leads to; or a decision, which begins nothing. In PlantUML, where
 * steps follow each other, what nothing leads to stands behind an end.
 */
static bool
is_cut_off(const struct gb_flow_graph *g, uint32_t v)
{
    const struct gb_flow_vertex *x = &g->vertices[v];
    enum gb_flow_kind kind = gb_flow_vertex_kind(g, v);

    bool is_sure = kind == GB_FLOW_DECISION || g->flow->format == GB_FLOW_PLANTUML, has_start = false;
    if (!x->is_in_flow || x->n_in + x->n_soft_in > 0 || x->n_out == 0 ||
        (kind != GB_FLOW_DECISION && kind != GB_FLOW_STEP && kind != GB_FLOW_SUBPROCESS))
        return false;
    for (uint32_t i = 0; i < g->n_entries; i++) {
        bool begins = begins_chart(g, g->entries[i]);
        if (begins && !is_sure && g->vertices[g->entries[i]].part == x->part)
            return false;
        has_start = has_start || begins;
    }
    return has_start && !is_sub_chart(g, v);
}

/* ---- FLW-012: one start, at least one end ---- */

/* Starts that lie in no separate sub-charts and never come together: the first that stands alone, or GB_NO_VERTEX. */
static uint32_t
lone_start(const struct gb_flow_graph *g, const uint32_t *starts, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++) {
        int32_t group = outer_group(g->flow, starts[i]);
        bool is_apart = group >= 0 && group != outer_group(g->flow, starts[0]);
        if (g->vertices[starts[i]].part != g->vertices[starts[0]].part && !is_apart)
            return starts[i];
    }
    return GB_NO_VERTEX;
}

/* Entries that count as starts: acts; where there are none, all. */
static uint32_t
starts_of(const struct gb_flow_graph *g, struct gb_arena *arena, uint32_t **out)
{
    uint32_t *list = gb_arena_new_array(arena, uint32_t, g->n_entries + 1), n = 0;

    for (uint32_t i = 0; i < g->n_entries; i++) {
        if (!is_aside(gb_flow_vertex_kind(g, g->entries[i])) && !is_cut_off(g, g->entries[i]))
            list[n++] = g->entries[i];
    }
    *out = n ? list : g->entries;
    return n ? n : g->n_entries;
}

static void
judge_many_starts(struct gb_check *c, const struct gb_chart *chart, const uint32_t *starts, uint32_t n)
{
    const struct gb_flow_graph *g = chart->graph;
    uint32_t lone = lone_start(g, starts, n), shown = lone == GB_NO_VERTEX ? starts[1] : lone;
    struct gb_finding *f;

    if (lone == GB_NO_VERTEX && g->vertices[starts[1]].part != g->vertices[starts[0]].part)
        return; /* each in a sub-chart of its own */
    f = gb_flow_report(c, lone == GB_NO_VERTEX ? "merging" : "many", chart, gb_flow_vertex_span(g, shown),
                       GB_ARGS(gb_flow_name(c, chart, starts[0]), gb_flow_name(c, chart, shown), gb_flow_number(c, n)));
    for (uint32_t i = 0; i < n && i < GB_FLOW_MOST_PLACES; i++) {
        if (starts[i] != shown)
            gb_flow_also(c, f, chart, gb_flow_vertex_span(g, starts[i]), gb_say(c, "另一处起点", "another start"));
    }
}

/* A box with a start or end word: the words do it, a terminator would show it. */
static void
judge_shapes(struct gb_check *c, const struct gb_chart *chart)
{
    const struct gb_flow *flow = chart->flow;

    for (uint32_t i = 0; i < flow->n_nodes; i++) {
        const struct gb_flow_node *node = &flow->nodes[i];
        const struct gb_flow_vertex *v = &chart->graph->vertices[i];
        bool is_start = node->kind == GB_FLOW_START && v->n_in == 0,
             is_end = node->kind == GB_FLOW_END && v->n_out == 0;
        if (v->is_in_flow && (is_start || is_end) && gb_flow_is_box(node))
            gb_flow_report(c, is_start ? "start-shape" : "end-shape", chart, node->words,
                           GB_ARGS(gb_flow_quote(c, node->text)));
    }
}

/* 提交申请 in a box, where the ends are drawn as terminators. */
static void
judge_plain_start(struct gb_check *c, const struct gb_chart *chart, uint32_t v)
{
    const struct gb_flow *flow = chart->flow;
    bool draws_ends = false;

    if (v >= flow->n_nodes || flow->nodes[v].kind != GB_FLOW_STEP || !gb_flow_is_box(&flow->nodes[v]))
        return;
    for (uint32_t i = 0; i < flow->n_nodes && !draws_ends; i++) {
        const struct gb_flow_node *node = &flow->nodes[i];
        draws_ends = (node->kind == GB_FLOW_END || node->kind == GB_FLOW_TERMINAL) && !gb_flow_is_box(node) &&
                     chart->graph->vertices[i].n_out == 0 && chart->graph->vertices[i].n_in > 0;
    }
    if (draws_ends)
        gb_flow_report(c, "start-shape", chart, flow->nodes[v].words, GB_ARGS(gb_flow_quote(c, flow->nodes[v].text)));
}

static void
judge_starts(struct gb_check *c, const struct gb_chart *chart)
{
    const struct gb_flow_graph *g = chart->graph;
    uint32_t *starts, n = starts_of(g, c->arena, &starts);
    const struct gb_str args[] = {gb_flow_figure_name(c, chart->figure)};

    if (n == 0)
        gb_flow_report_all(c, g->n_exits == 0 ? "none" : "start", chart, args, 1);
    else if (g->n_exits == 0)
        gb_flow_report_all(c, "end", chart, args, 1);
    if (n > 1)
        judge_many_starts(c, chart, starts, n);
    else if (n == 1)
        judge_plain_start(c, chart, starts[0]);
    judge_shapes(c, chart);
}

/* Source: DB32/T 2796—2015, 7.3.4.4 e). */
GB_CHECK_WHOLE(check_starts, gb_each_graph(c, judge_starts))

/* ---- FLW-013: the start says its condition, the end its result ---- */

static bool
has_cue(struct gb_check *c, const char *cues, struct gb_str text)
{
    struct gb_match match;

    return text.len && gb_param_match(c, cues, text, 0, &match);
}

/* On the edges that leave (enter) the vertex, and in the nodes at their other ends. */
static bool
has_cue_beside(struct gb_check *c, const char *cues, const struct gb_flow_graph *g, uint32_t v, bool is_end)
{
    const uint32_t *list = is_end ? g->in : g->out, *first = is_end ? g->in_first : g->out_first;

    for (uint32_t k = first[v]; k < first[v + 1]; k++) {
        const struct gb_flow_arc *arc = &g->arcs[list[k]];
        uint32_t beside = is_end ? arc->from : arc->to;
        /* 审批是否通过 asks for a result. */
        bool asks = is_end && gb_flow_vertex_kind(g, beside) == GB_FLOW_DECISION;
        if (has_cue(c, cues, g->flow->edges[arc->edge].text) ||
            (!asks && has_cue(c, cues, gb_flow_vertex_text(g, beside))))
            return true;
    }
    return false;
}

/* Of a list the first item tells the condition, the last one the result. */
static bool
has_cue_in_text(struct gb_check *c, const char *cues, const struct gb_chart *chart, bool is_end)
{
    enum { MOST = 8 };
    const struct gb_node *texts[MOST];
    uint32_t n = gb_flow_description(c, chart, texts, MOST);

    for (uint32_t i = 0; i < n; i++) {
        const struct gb_node *text = texts[i];
        if (text->kind == GB_NODE_LIST)
            text = is_end ? text->last : text->first;
        if (has_cue(c, cues, text->text.str))
            return true;
    }
    return false;
}

/* No words, or one of the list: 开始. */
static bool
is_bare(struct gb_check *c, const char *words, struct gb_str text)
{
    const struct gb_str *list;
    size_t n = gb_param_words(c, words, &list);

    text = gb_str_trim(text);
    GB_FIND(word, list, n, gb_str_eq_nocase(text, *word));
    return word || text.len == 0;
}

/* An act that nothing leaves, and that names no result. */
static bool
is_dead_end(struct gb_check *c, const struct gb_flow_graph *g, uint32_t v)
{
    const struct gb_flow_vertex *x = &g->vertices[v];
    enum gb_flow_kind kind = gb_flow_vertex_kind(g, v);

    if (!has_drawn_end(g) || !x->is_in_flow || x->n_in == 0 || x->n_out + x->n_soft_out > 0 ||
        (kind != GB_FLOW_STEP && kind != GB_FLOW_SUBPROCESS))
        return false;
    /* 告知补正: something comes back. */
    GB_WORDS(open, "补正", "补充", "补齐", "整改", "更正", "重新");
    GB_WORDS(closed, "终止", "结束", "退件", "办结", "不予", "归档", "完成");
    struct gb_str text = gb_flow_vertex_text(g, v);
    if (GB_HAS_ANY(text, open) && !GB_HAS_ANY(text, closed))
        return true;
    return !has_cue(c, "results", text);
}

/* Is it a start (an end) of the process, and not of a chart that goes on from (to) another? */
static bool
is_judged(const struct gb_flow_graph *g, uint32_t v)
{
    return g->vertices[v].is_in_flow && !is_aside(gb_flow_vertex_kind(g, v)) &&
           gb_flow_vertex_kind(g, v) != GB_FLOW_DECISION;
}

/* Does an end, or what leads to it, tell its result? The text before the chart then speaks of that one. */
static bool
is_told_elsewhere(struct gb_check *c, const char *cues, const struct gb_flow_graph *g, uint32_t but)
{
    return GB_ANY(GB_ITEMS(exit, g->exits, g->n_exits),
                  *exit != but && is_judged(g, *exit) && has_cue(c, cues, gb_flow_vertex_text(g, *exit)));
}

static void
judge_end_words(struct gb_check *c, const struct gb_chart *chart, bool is_end)
{
    const struct gb_flow_graph *g = chart->graph;
    const char *cues = is_end ? "results" : "conditions", *bare = is_end ? "ends" : "starts";
    uint32_t n = is_end ? g->n_exits : g->n_entries, *list = is_end ? g->exits : g->entries;
    int in_text = -1;

    for (uint32_t i = 0; i < n; i++) {
        struct gb_str text = gb_flow_vertex_text(g, list[i]);
        if (!is_judged(g, list[i]) || has_cue(c, cues, text) || gb_flow_is_loose_at(chart->flow, list[i]) ||
            (is_end ? is_dead_end(c, g, list[i]) : is_cut_off(g, list[i])))
            continue; /* the latter: FLW-014 */
        bool is_fault = is_bare(c, bare, text);
        if (is_fault) {
            if (in_text < 0)
                in_text = has_cue_in_text(c, cues, chart, is_end);
            bool is_excused = in_text && !(is_end && is_told_elsewhere(c, cues, g, list[i]));
            if (is_excused || has_cue_beside(c, cues, g, list[i], is_end))
                continue;
        }
        const struct gb_str args[] = {gb_flow_name(c, chart, list[i])};
        const char *which = is_fault ? (is_end ? "end" : "start") : is_end ? "end-open" : "start-open";
        gb_flow_report(c, which, chart, gb_flow_vertex_span(g, list[i]), args, 1);
    }
}

static void
judge_conditions(struct gb_check *c, const struct gb_chart *chart)
{
    judge_end_words(c, chart, false);
    judge_end_words(c, chart, true);
}

/* Source: DB32/T 2796—2015, 7.3.4.4 e); GB/T 20001.6—2017, 6.4.1. */
GB_CHECK_WHOLE(check_conditions, gb_each_graph(c, judge_conditions))

/* ---- FLW-014: each node lies on a way ---- */

/* A node that nothing joins: words in a corner of the drawing, or one that was forgotten. */
static bool
is_isolated_act(const struct gb_flow_graph *g, uint32_t v)
{
    const struct gb_flow_vertex *x = &g->vertices[v];
    enum gb_flow_kind kind = gb_flow_vertex_kind(g, v);

    return v < g->flow->n_nodes && x->is_in_flow && x->n_in + x->n_out + x->n_soft_in + x->n_soft_out == 0 &&
           !is_aside(kind) && gb_str_trim(gb_flow_vertex_text(g, v)).len > 0;
}

/* A frame that the reader took for a node: another box lies in it. */
static bool
is_frame(const struct gb_flow *flow, uint32_t v)
{
    const struct gb_flow_box *outer = &flow->nodes[v].box;

    for (uint32_t i = 0; flow->nodes[v].has_box && i < flow->n_nodes; i++) {
        const struct gb_flow_box *b = &flow->nodes[i].box;
        double x = b->x + b->w / 2, y = b->y + b->h / 2;
        if (i != v && flow->nodes[i].has_box && x > outer->x && x < outer->x + outer->w && y > outer->y &&
            y < outer->y + outer->h)
            return true;
    }
    return false;
}

/* A cycle that no start leads to; told at its first node. */
static bool
is_unreached(const struct gb_flow_graph *g, uint32_t v)
{
    const struct gb_flow_vertex *x = &g->vertices[v];

    if (!x->is_in_flow || x->from_start || x->n_in == 0)
        return false;
    GB_FIND(vertex, g->vertices, v,
            vertex->is_in_flow && !vertex->from_start && vertex->part == x->part && vertex->n_in);
    return vertex == NULL;
}

/* Tells the loose arrows, and marks the vertices at their other ends: what they lack is told. */
static void
judge_loose(struct gb_check *c, const struct gb_chart *chart, bool *is_told)
{
    GB_EACH(const struct gb_flow_edge, edge, chart->flow->edges, chart->flow->n_edges) {
        bool leaves = edge->to.node < 0 && edge->to.group < 0;
        uint32_t v = gb_flow_loose_from(chart->flow, edge);
        if (v == GB_NO_VERTEX)
            continue;
        is_told[v] = true;
        gb_flow_report(c, leaves ? "loose-target" : "loose-source", chart, gb_flow_edge_place(edge),
                       GB_ARGS(gb_flow_name(c, chart, v)));
    }
}

static void
judge_reach(struct gb_check *c, const struct gb_chart *chart)
{
    const struct gb_flow_graph *g = chart->graph;
    bool *is_told = gb_arena_new_array(c->arena, bool, g->n_vertices + 1);

    judge_loose(c, chart, is_told);
    for (uint32_t v = 0; v < g->n_vertices; v++) {
        const char *which = NULL;
        if (is_told[v])
            continue;
        if (is_isolated_act(g, v) && !is_frame(g->flow, v))
            which = "isolated";
        else if (is_dead_end(c, g, v))
            which = "dead-end";
        else if (is_cut_off(g, v))
            which = "cut-off";
        else if (g->n_entries && g->n_exits && is_unreached(g, v))
            which = "unreached";
        if (which)
            gb_flow_report(c, which, chart, gb_flow_vertex_span(g, v), GB_ARGS(gb_flow_name(c, chart, v)));
    }
}

/* No start or no end at all: FLW-012; a loop without a way out: FLW-024. Source: GB/T 1526—1989; DB32/T 2796—2015, 7.3.4.4 e). */
GB_CHECK_WHOLE(check_reach, gb_each_graph(c, judge_reach))

/* ---- FLW-024: a loop has a way out ---- */

/* Does any way lead out of the cycle, labelled or not? */
static bool
leaves(const struct gb_flow_graph *g, uint32_t cycle)
{
    return GB_ANY(GB_ITEMS(arc, g->arcs, g->n_arcs),
                  g->vertices[arc->from].cycle == cycle && g->vertices[arc->to].cycle != cycle);
}

/* The way out may be the exit that a decision in the cycle lacks: FLW-015. */
static bool
lacks_exit(const struct gb_flow_graph *g, uint32_t cycle)
{
    return GB_ANY(for (uint32_t v = 0; v < g->n_vertices; v++),
                  g->vertices[v].cycle == cycle && gb_flow_is_decision(g, v) &&
                      g->vertices[v].n_out + g->vertices[v].n_soft_out < 2);
}

static void
judge_loops(struct gb_check *c, const struct gb_chart *chart)
{
    const struct gb_flow_graph *g = chart->graph;

    if (g->n_exits == 0)
        return; /* FLW-012 */
    for (uint32_t i = 0; i < g->n_arcs; i++) {
        const struct gb_flow_arc *arc = &g->arcs[i];
        uint32_t cycle = g->vertices[arc->from].cycle, k = 0;
        /* Arrows to and fro between two nodes are FLW-009, unless no way leads out at all. */
        if (!arc->is_back || !gb_flow_is_endless(g, cycle) || (gb_flow_cycle_size(g, cycle) == 2 && leaves(g, cycle)) ||
            lacks_exit(g, cycle))
            continue;
        while (k < i && (!g->arcs[k].is_back || g->vertices[g->arcs[k].from].cycle != cycle))
            k++;
        if (k < i)
            continue; /* told at its first return arrow */
        gb_flow_report(c, NULL, chart, gb_flow_edge_place(&g->flow->edges[arc->edge]),
                       GB_ARGS(gb_flow_name(c, chart, arc->to), gb_flow_name(c, chart, arc->from)));
    }
}

/* Source: GB/T 20001.6—2017, 6.4.1. */
GB_CHECK_WHOLE(check_loops, gb_each_graph(c, judge_loops))

const struct gb_check_def gb_flow_way_checks[] = {
    {.name = "flow-starts", .whole = check_starts, .cases = "none start end many merging start-shape end-shape"},
    {.name = "flow-conditions-results",
     .whole = check_conditions,
     .cases = "start end start-open end-open",
     .params = "starts:words ends:words conditions:pattern results:pattern"},
    {.name = "flow-reach",
     .whole = check_reach,
     .cases = "isolated dead-end cut-off unreached loose-source loose-target",
     .params = "results:pattern"},
    {.name = "flow-loops", .whole = check_loops},
    {0},
};
