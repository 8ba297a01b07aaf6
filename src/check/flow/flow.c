/*
 * Flowcharts: what all checks on them share, and whether a chart could be judged at all: INP-006, FLW-025, FLW-010. The rules on
 * labels are in labels.c, on ways in ways.c, on exits in exits.c, on the drawing in drawing.c, on charts of several parts in parts.c,
 * on chart and text in text.c.
 */
#include "check/flow/flow_priv.h"

#include "check/objects/figures_priv.h"

/* ---- Charts ---- */

void
gb_each_process(struct gb_check *c, gb_chart_function *judge)
{
    const struct gb_charts *charts = &c->facts->charts;

    for (uint32_t i = 0; i < charts->n; i++) {
        if (charts->items[i].is_process)
            judge(c, &charts->items[i]);
    }
}

void
gb_each_graph(struct gb_check *c, gb_chart_function *judge)
{
    const struct gb_charts *charts = &c->facts->charts;

    for (uint32_t i = 0; i < charts->n; i++) {
        if (charts->items[i].graph && charts->items[i].graph->n_arcs)
            judge(c, &charts->items[i]);
    }
}

/* ---- Reporting ---- */

/* The place in a file, behind the message: （a.drawio，第12行）; and the page. */
static struct gb_str
with_place(struct gb_check *c, const struct gb_chart *chart, struct gb_span span, struct gb_str message)
{
    struct gb_arena *arena = c->arena;

    if (chart->n_pages > 1 && chart->flow->title.len)
        message = gb_arena_printf(arena, gb_say(c, "%.*s（“%.*s”页）", "%.*s (page “%.*s”)").ptr, GB_FMT(message),
                                  GB_FMT(gb_flow_quote(c, chart->flow->title)));
    if (!chart->file)
        return message;
    if (span.begin >= chart->source.len)
        return gb_arena_printf(arena, gb_say(c, "%.*s（%.*s）", "%.*s (%.*s)").ptr, GB_FMT(message),
                               GB_FMT(chart->file->path));
    return gb_arena_printf(arena, gb_say(c, "%.*s（%.*s第%u行）", "%.*s (%.*s, line %u)").ptr, GB_FMT(message),
                           GB_FMT(chart->file->path), gb_chart_line(chart, span.begin));
}

struct gb_finding *
gb_flow_report(struct gb_check *c, const char *which, const struct gb_chart *chart, struct gb_span span,
               const struct gb_str *args, size_t n_args)
{
    struct gb_finding *f = gb_report_case(c, which, gb_chart_at(chart, span), chart->figure, args, n_args);

    if (f) {
        f->message = with_place(c, chart, span, f->message);
        f->chart = chart;
        f->in_chart = span;
    }
    return f;
}

struct gb_finding *
gb_flow_report_all(struct gb_check *c, const char *which, const struct gb_chart *chart, const struct gb_str *args,
                   size_t n_args)
{
    struct gb_finding *f = gb_report_case(c, which, gb_chart_head(chart), chart->figure, args, n_args);
    struct gb_span none = {UINT32_MAX, UINT32_MAX};

    if (f) {
        f->message = with_place(c, chart, none, f->message);
        f->chart = chart;
    }
    return f;
}

void
gb_flow_also(struct gb_check *c, struct gb_finding *f, const struct gb_chart *chart, struct gb_span span,
             struct gb_str message)
{
    gb_also(c, f, gb_chart_at(chart, span), chart->file ? with_place(c, chart, span, message) : message);
    if (f && !f->chart) { /* told of the text: the picture marks what it is held against */
        f->chart = chart;
        f->in_chart = span;
    }
}

struct gb_str
gb_flow_quote(struct gb_check *c, struct gb_str text)
{
    enum { LONGEST = 20 };
    struct gb_buf out = {0};
    size_t n = 0;

    text = gb_str_trim(text);
    for (size_t at = 0, next; at < text.len; at = next, n++) {
        gb_utf8_at(text, at, &next);
        if (n == LONGEST) {
            gb_buf_puts(&out, "……");
            break;
        }
        if (text.ptr[at] == '\n' || text.ptr[at] == '\r')
            continue;
        gb_buf_add(&out, gb_str_sub(text, at, next));
    }
    return out.len ? gb_buf_take(&out, c->arena) : GB_STR("");
}

/* Words of a node; its id where it has none: in PlantUML, where the reader makes ids, its keyword. */
struct gb_str
gb_flow_name(struct gb_check *c, const struct gb_chart *chart, uint32_t vertex)
{
    const struct gb_flow *flow = chart->flow;
    struct gb_str text = vertex < flow->n_nodes ? flow->nodes[vertex].text : flow->groups[vertex - flow->n_nodes].text;

    if (!gb_str_trim(text).len && vertex < flow->n_nodes)
        text = flow->format == GB_FLOW_PLANTUML ? flow->nodes[vertex].shape : flow->nodes[vertex].id;
    else if (!gb_str_trim(text).len)
        text = flow->groups[vertex - flow->n_nodes].id;
    return gb_flow_quote(c, text);
}

static struct gb_str
end_name(struct gb_check *c, const struct gb_chart *chart, struct gb_flow_end end)
{
    if (end.node >= 0)
        return gb_flow_name(c, chart, (uint32_t)end.node);
    return end.group >= 0 ? gb_flow_name(c, chart, chart->flow->n_nodes + (uint32_t)end.group) : GB_STR("?");
}

struct gb_str
gb_flow_edge_name(struct gb_check *c, const struct gb_chart *chart, uint32_t edge)
{
    const struct gb_flow_edge *e = &chart->flow->edges[edge];

    return gb_arena_printf(c->arena, "“%.*s”→“%.*s”", GB_FMT(end_name(c, chart, e->from)),
                           GB_FMT(end_name(c, chart, e->to)));
}

struct gb_str
gb_flow_number(struct gb_check *c, double number)
{
    return gb_arena_printf(c->arena, "%g", number);
}

struct gb_span
gb_flow_edge_place(const struct gb_flow_edge *edge)
{
    return edge->span.end > edge->span.begin ? edge->span : edge->words;
}

struct gb_str
gb_flow_figure_name(struct gb_check *c, const struct gb_node *figure)
{
    if (figure->number.str.len)
        return gb_object_name(c, figure);
    return figure->title.str.len ? gb_flow_quote(c, figure->title.str) : gb_say(c, "流程图", "the flowchart");
}

/* ---- Vertices ---- */

bool
gb_flow_is_box(const struct gb_flow_node *node)
{
    GB_WORDS(names, "square", "box", "rect", "rectangle", "activity");

    return GB_IS_ANY(node->shape, names) || (gb_str_starts(node->shape, GB_STR("bpmn:")) && /* task, userTask … */
                                             gb_str_ends(node->shape, GB_STR("ask")));
}

bool
gb_flow_is_question(struct gb_str text)
{
    GB_WORDS(words, "是否", "能否", "有无", "可否");

    text = gb_str_trim(text);
    return GB_ENDS_WITH(text, "？", "?") || GB_HAS_ANY(text, words);
}

uint32_t
gb_flow_edges_out(const struct gb_flow_graph *graph, uint32_t vertex, bool with_soft, uint32_t *out, uint32_t most)
{
    uint32_t n = 0, last = GB_NO_VERTEX;

    for (uint32_t k = graph->out_first[vertex]; k < graph->out_first[vertex + 1]; k++) {
        const struct gb_flow_arc *arc = &graph->arcs[graph->out[k]];
        /* what an event on its border starts is no exit of the act */
        if ((arc->is_soft && !with_soft) || arc->edge == last || graph->flow->edges[arc->edge].event)
            continue;
        last = arc->edge;
        if (n < most)
            out[n] = arc->edge;
        n++;
    }
    return n;
}

bool
gb_flow_is_decision(const struct gb_flow_graph *graph, uint32_t vertex)
{
    enum gb_flow_kind kind = gb_flow_vertex_kind(graph, vertex);

    if (kind == GB_FLOW_DECISION)
        return true;
    return kind == GB_FLOW_STEP && gb_flow_is_question(gb_flow_vertex_text(graph, vertex)) &&
           gb_flow_edges_out(graph, vertex, true, NULL, 0) > 1;
}

uint32_t
gb_flow_cycle_size(const struct gb_flow_graph *graph, uint32_t cycle)
{
    return GB_HOW_MANY(for (uint32_t v = 0; v < graph->n_vertices; v++),
                       graph->vertices[v].is_in_flow && graph->vertices[v].cycle == cycle);
}

bool
gb_flow_is_endless(const struct gb_flow_graph *graph, uint32_t cycle)
{
    if (gb_flow_cycle_size(graph, cycle) < 2)
        return false;
    GB_EACH(const struct gb_flow_arc, arc, graph->arcs, graph->n_arcs) {
        const struct gb_flow_edge *edge = &graph->flow->edges[arc->edge];
        if (graph->vertices[arc->from].cycle != cycle || graph->vertices[arc->to].cycle == cycle)
            continue;
        /* a decision whose exits bear no words is FLW-015, a bar parts ways that run side by side */
        if (edge->text.len || edge->is_default || gb_flow_is_decision(graph, arc->from) ||
            gb_flow_vertex_kind(graph, arc->from) == GB_FLOW_FORK)
            return false;
    }
    return true;
}

uint32_t
gb_flow_loose_from(const struct gb_flow *flow, const struct gb_flow_edge *edge)
{
    bool from = edge->from.node >= 0 || edge->from.group >= 0, to = edge->to.node >= 0 || edge->to.group >= 0;
    struct gb_flow_end end = from ? edge->from : edge->to;

    /* dotted lines explain, those without a head are rules */
    if (from == to || edge->is_message || edge->line == GB_FLOW_DOTTED || edge->line == GB_FLOW_INVISIBLE ||
        (edge->head != GB_FLOW_ARROW && edge->tail != GB_FLOW_ARROW))
        return GB_NO_VERTEX;
    return end.node >= 0 ? (uint32_t)end.node : flow->n_nodes + (uint32_t)end.group;
}

bool
gb_flow_is_loose_at(const struct gb_flow *flow, uint32_t vertex)
{
    return GB_ANY(GB_ITEMS(edge, flow->edges, flow->n_edges), gb_flow_loose_from(flow, edge) == vertex);
}

/* ---- Describing paragraphs ---- */

/* 业务办理流程见图1。: one clause that only points at the figure. */
static bool
is_bare_pointer(struct gb_str s)
{
    GB_WORDS(pointers, "见图", "如图", "下图", "按图", "图示", "见附录", "附图");
    GB_WORDS(parts, "，", "；", "：", ",");
    enum { MUCH = 20 }; /* 机构收到申请后按图1给出的流程配送疫苗。 tells more */

    if (!GB_HAS_ANY(s, pointers) || GB_HAS_ANY(s, parts) || gb_str_han_length(s) >= MUCH)
        return false;
    size_t stop = gb_str_find(s, GB_STR("。"), 0);
    return stop == GB_NOT_FOUND || stop + strlen("。") >= gb_str_trim(s).len;
}

static bool
describes(const struct gb_node *node)
{
    enum { LEAST = 15 };

    if (node->kind == GB_NODE_LIST)
        return node->first && node->first->next;
    return node->kind == GB_NODE_PARA && gb_str_han_length(node->text.str) >= LEAST && !is_bare_pointer(node->text.str);
}

static bool
names_figure(const struct gb_facts *facts, const struct gb_node *node, const struct gb_node *figure)
{
    if (!figure->num.n)
        return false;
    GB_FIND_NEXT(m, gb_first_mention(facts, figure), gb_next_mention(facts, m), m->node == node);
    return m != NULL;
}

uint32_t
gb_flow_description(const struct gb_check *c, const struct gb_chart *chart, const struct gb_node **out, uint32_t most)
{
    enum { BLOCKS = 3, LOOK_BACK = 40 };
    uint32_t n = 0, blocks = 0;
    const struct gb_node *node = chart->figure->prev;

    for (int i = 0; node && i < LOOK_BACK && n < most; i++, node = node->prev) {
        if (node->kind == GB_NODE_CLAUSE || node->kind == GB_NODE_ANNEX)
            break;
        if (node->kind == GB_NODE_COMMENT || node->kind == GB_NODE_FIGURE)
            continue;
        if (describes(node) && (blocks < BLOCKS || names_figure(c->facts, node, chart->figure)))
            out[n++] = node;
        blocks++;
    }
    return n;
}

/* ---- FLW-010: a text before the chart ---- */

GB_WORDS(actors, "窗口", "经办", "申请人", "机构", "科", "岗", "部门", "单位", "人员", "中心");

static bool
names_actor(const struct gb_flow *flow)
{
    for (uint32_t i = 0; i < flow->n_groups; i++) {
        if (flow->groups[i].kind == GB_FLOW_LANE || flow->groups[i].kind == GB_FLOW_POOL ||
            GB_HAS_ANY(flow->groups[i].text, actors))
            return true;
    }
    return GB_ANY(GB_ITEMS(node, flow->nodes, flow->n_nodes), GB_HAS_ANY(node->text, actors));
}

static void
judge_introduction(struct gb_check *c, const struct gb_chart *chart)
{
    const struct gb_node *text;

    if (chart->page > 0 || gb_flow_description(c, chart, &text, 1) || gb_object_is_continued(chart->figure))
        return;
    gb_flow_report_all(c, names_actor(chart->flow) ? NULL : "actor", chart,
                       GB_ARGS(gb_flow_figure_name(c, chart->figure)));
}

/* Source: DB32/T 2796—2015, 7.3.4.4 d). */
GB_CHECK_WHOLE(check_introduction, gb_each_process(c, judge_introduction))

/* ---- INP-006: the source cannot be read ---- */

/* The first problem of a kind; NULL: none. */
static const struct gb_flow_problem *
first_problem(const struct gb_flow *flow, enum gb_flow_problem_kind kind)
{
    GB_FIND(problem, flow->problems, flow->n_problems, problem->kind == kind);
    return problem;
}

static uint32_t
count_problems(const struct gb_flow *flow, enum gb_flow_problem_kind kind)
{
    return GB_HOW_MANY(for (uint32_t i = 0; i < flow->n_problems; i++), flow->problems[i].kind == kind);
}

static struct gb_str
say_problem(struct gb_check *c, const struct gb_flow_problem *problem)
{
    return gb_str_is(gb_say(c, "zh", "en"), "en") ? problem->en : problem->zh;
}

/* Is data missing inside of a file that could be opened? A drawing whose lines find no ends is FLW-025. */
static bool
is_damaged_file(const struct gb_flow *flow)
{
    return (flow->format == GB_FLOW_DRAWIO || flow->format == GB_FLOW_BPMN) && first_problem(flow, GB_FLOW_UNREADABLE);
}

static void
judge_source(struct gb_check *c, const struct gb_chart *chart)
{
    const struct gb_flow *flow = chart->flow;
    const struct gb_flow_problem *fault = first_problem(flow, GB_FLOW_SYNTAX);
    const struct gb_flow_problem *swallowed = first_problem(flow, GB_FLOW_SWALLOWED);
    struct gb_str format = gb_str_from(gb_flow_format_name(flow->format));

    if (!fault && is_damaged_file(flow))
        fault = first_problem(flow, GB_FLOW_UNREADABLE);
    if (fault && !first_problem(flow, GB_FLOW_OTHER_CHART)) {
        uint32_t n = count_problems(flow, GB_FLOW_SYNTAX);
        struct gb_str what = say_problem(c, fault);
        gb_flow_report(c, n > 1 ? "several" : NULL, chart, fault->span, GB_ARGS(what, gb_flow_number(c, n), format));
        gb_not_checked(c, gb_flow_figure_name(c, chart->figure), what);
    } else if (swallowed) {
        gb_flow_report(c, "swallowed", chart, swallowed->span, GB_ARGS(say_problem(c, swallowed)));
    }
}

/* Each chart, whatever it draws. The source is the program itself. */
static void
check_source(struct gb_check *c)
{
    const struct gb_charts *charts = &c->facts->charts;

    for (uint32_t i = 0; i < charts->n; i++)
        judge_source(c, &charts->items[i]);
}

/* ---- INP-004: charts that are too large ---- */

void
gb_flow_report_limits(struct gb_check *c, const char *which)
{
    const struct gb_charts *charts = &c->facts->charts;

    for (uint32_t i = 0; i < charts->n; i++) {
        const struct gb_chart *chart = &charts->items[i];
        const struct gb_flow_problem *limit = first_problem(chart->flow, GB_FLOW_LIMIT);
        struct gb_str what;
        if (limit)
            what = say_problem(c, limit);
        else if (i == GB_CHART_MOST)
            what = gb_arena_printf(c->arena,
                                   gb_say(c, "流程图超过%d幅：此图及以后的图没有检查",
                                          "more than %d charts: this one and those behind were not judged")
                                       .ptr,
                                   GB_CHART_MOST);
        else if (i > GB_CHART_MOST)
            return;
        else if (chart->is_process && chart->is_large)
            what = gb_arena_printf(
                c->arena,
                gb_say(c, "一图有%u个框、%u条连线，超过%d个框、%d条连线：层次、走向和交叉没有检查",
                       "%u nodes and %u lines, more than %d and %d: layers, ways and crossings were not judged")
                    .ptr,
                chart->flow->n_nodes, chart->flow->n_edges, GB_CHART_MOST_NODES, GB_CHART_MOST_EDGES);
        else
            continue;
        if (limit)
            gb_flow_report(c, which, chart, limit->span, GB_ARGS(what));
        else
            gb_flow_report_all(c, which, chart, GB_ARGS(what));
        gb_not_checked(c, gb_flow_figure_name(c, chart->figure), what);
    }
}

/* ---- FLW-025: a figure of a process that was not judged ---- */

/* Why the chart was not judged, in the language of the run; empty: it was, or INP-006 says why. */
static struct gb_str
reason_of(struct gb_check *c, const struct gb_chart *chart, bool *out_is_other)
{
    const struct gb_flow_problem *other = first_problem(chart->flow, GB_FLOW_OTHER_CHART);
    const struct gb_flow_problem *unreadable = first_problem(chart->flow, GB_FLOW_UNREADABLE);

    *out_is_other = other != NULL;
    if (other)
        return say_problem(c, other);
    if (unreadable && !is_damaged_file(chart->flow))
        return say_problem(c, unreadable);
    if (!chart->is_read && !chart->flow->n_problems)
        return gb_say(c, "图中没有读出任何框", "no node was found in it");
    return GB_STR("");
}

/* Title of the figure, and the words that mention it: do they speak of a process? */
static bool
is_named_process(const struct gb_facts *facts, const struct gb_node *figure)
{
    GB_WORDS(words, "流程", "程序");
    enum { BEFORE = 60 };

    if (figure->title.str.len)
        return GB_HAS_ANY(figure->title.str, words);
    const struct gb_mention *m = figure->num.n ? gb_first_mention(facts, figure) : NULL;
    if (!m)
        return false;
    size_t from = m->begin > BEFORE ? m->begin - BEFORE : 0;
    return GB_HAS_ANY(gb_str_sub(m->text->str, from, m->begin), words);
}

static void
report_not_evaluated(struct gb_check *c, const struct gb_node *figure, struct gb_str why)
{
    struct gb_str name = gb_flow_figure_name(c, figure);

    gb_report(c, figure->head.str.len ? gb_at_head(figure) : gb_at_lines(figure->span), figure, GB_ARGS(name, why));
    if (figure->encoding != GB_ENCODING_LOST) /* MDC-009 tells that of all pictures */
        gb_not_checked(c, name, why);
}

/* Why a figure without chart has none. */
static struct gb_str
reason_without_chart(struct gb_check *c, const struct gb_node *figure)
{
    if (figure->encoding == GB_ENCODING_LOST)
        return gb_say(c, "只有图题，没有图", "there is a caption and no picture");
    return gb_say(c, "图片中没有可读的流程图源", "the picture holds no source of a chart");
}

/* Holds always: silence about a chart shall not be taken for success. */
static void
check_evaluated(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;
    uint32_t chart = 0;

    GB_EACH_NODE(figure, &facts->of_kind[GB_NODE_FIGURE]) {
        bool has_chart = false, is_told = false, is_other = false;
        for (; chart < facts->charts.n && facts->charts.items[chart].figure == figure; chart++) {
            struct gb_str why = reason_of(c, &facts->charts.items[chart], &is_other);
            has_chart = has_chart || !why.len;
            if (why.len && !is_told && (is_other || is_named_process(facts, figure))) {
                report_not_evaluated(c, figure, why);
                is_told = true;
            }
        }
        if (!has_chart && !is_told && gb_object_is_own(figure) && is_named_process(facts, figure))
            report_not_evaluated(c, figure, reason_without_chart(c, figure));
    }
}

const struct gb_check_def gb_flow_checks[] = {
    {.name = "flow-introduction", .whole = check_introduction, .cases = "actor"},
    {.name = "flow-source", .whole = check_source, .cases = "several swallowed"},
    {.name = "flow-evaluated", .whole = check_evaluated},
    {0},
};
