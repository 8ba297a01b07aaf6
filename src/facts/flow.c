/* The charts of a draft: found in its figures, read by flow/, grouped by the process that they draw. */
#include "facts/flow.h"

#include "base/array.h"
#include "facts/facts.h"
#include "text/chars.h"
#include "text/utf8.h"

/* ---- Which charts draw a process ---- */

GB_WORDS(process_words, "流程", "程序", "步骤", "环节", "流转", "办理");

/* Does the text speak of a process: 流程, 程序, 步骤, 环节, 流转, 办理? */
static bool
speaks_of_process(struct gb_str text)
{
    return GB_HAS_ANY(text, process_words);
}

/* A caption that names something else than a process. */
static bool
speaks_of_structure(struct gb_str title)
{
    GB_WORDS(words, "组织", "机构", "架构", "结构", "框架", "体系", "拓扑", "关系", "分类", "部署", "组成", "接线",
             "原理", "状态", "数据流", "模型", "树");

    return GB_HAS_ANY(title, words);
}

/*
 * BPMN and the activities of PlantUML are processes always. Else the caption decides, where it says something; then decisions,
 * starts and ends; then the heading. Flowcharts.md, section 2.
 */
static bool
is_process(const struct gb_chart *chart)
{
    const struct gb_flow *flow = chart->flow;
    const struct gb_node *clause = gb_node_clause(chart->figure);
    bool has_decision = false, has_end = false;

    if (GB_AMONG(flow->format, GB_FLOW_BPMN, GB_FLOW_PLANTUML))
        return true;
    for (uint32_t i = 0; i < flow->n_nodes; i++) {
        enum gb_flow_kind kind = flow->nodes[i].kind;
        has_decision = has_decision || kind == GB_FLOW_DECISION;
        has_end = has_end || GB_AMONG(kind, GB_FLOW_START, GB_FLOW_END, GB_FLOW_TERMINAL);
    }
    if (speaks_of_process(chart->figure->title.str) || speaks_of_process(flow->title))
        return true;
    if (speaks_of_structure(chart->figure->title.str))
        return has_decision && has_end;
    return has_decision || has_end || (clause && speaks_of_process(clause->title.str));
}

/* ---- Reading ---- */

struct finder {
    const struct gb_doc *doc;
    GB_ARRAY(struct gb_chart) charts;
    uint32_t n_parts; /* nodes and edges read */
};

/* Was it read, and is it a flowchart? */
static bool
was_read(const struct gb_flow *flow)
{
    for (uint32_t i = 0; i < flow->n_problems; i++) {
        enum gb_flow_problem_kind kind = flow->problems[i].kind;
        if (GB_AMONG(kind, GB_FLOW_OTHER_CHART, GB_FLOW_UNREADABLE))
            return false;
    }
    return flow->n_nodes > 0;
}

/* A chart of which only its place is known. */
static struct gb_flows
leave_unread(enum gb_flow_format format, struct gb_arena *arena)
{
    struct gb_flow *flow = gb_arena_new(arena, struct gb_flow);
    struct gb_flow_problem *problem = gb_arena_new(arena, struct gb_flow_problem);

    *problem =
        (struct gb_flow_problem){.kind = GB_FLOW_LIMIT,
                                 .zh = GB_STR("文中各流程图的节点和连线合计过多，此图未读取"),
                                 .en = GB_STR(
                                     "the charts of the draft have too many nodes and edges; this one was not read")};
    *flow = (struct gb_flow){.format = format, .is_partial = true, .problems = problem, .n_problems = 1};
    return (struct gb_flows){flow, 1};
}

static void
add_charts(struct finder *f, struct gb_chart base, enum gb_flow_format format)
{
    struct gb_arena *arena = f->doc->arena;
    bool is_enough = f->n_parts > GB_CHART_MOST_PARTS;
    struct gb_flows flows = is_enough ? leave_unread(format, arena) : gb_flow_read(format, base.source, arena);

    for (uint32_t i = 0; i < flows.n; i++) {
        struct gb_chart *chart = gb_push(&f->charts);
        f->n_parts += flows.charts[i].n_nodes + flows.charts[i].n_edges;
        *chart = base;
        chart->flow = &flows.charts[i];
        chart->page = i;
        chart->n_pages = flows.n;
        chart->is_read = was_read(chart->flow);
        chart->is_large = chart->flow->n_nodes > GB_CHART_MOST_NODES || chart->flow->n_edges > GB_CHART_MOST_EDGES ||
                          f->charts.len > GB_CHART_MOST;
        chart->is_process = chart->is_read && is_process(chart);
        if (chart->is_process && !chart->is_large && !chart->flow->is_partial) {
            struct gb_flow_graph *graph = gb_arena_new(arena, struct gb_flow_graph);
            *graph = gb_flow_graph_of(chart->flow, arena);
            chart->graph = graph;
        }
    }
}

/* ---- Charts of one process ---- */

/* A Han or ASCII numeral, or a letter, as it parts charts: 一 … 十, 1 …, a …. */
static bool
is_counter(uint32_t c)
{
    return gb_is_alnum(c) || c == '/' || c == U'第' || c == U'页' || c == U'共' || c == U'续' || c == U'上' ||
           c == U'下' || gb_han_digit(c);
}

/* The title without what parts it from its like: （一）, （续）, 之一, a) at its end. */
static struct gb_str
base_title(struct gb_str title)
{
    size_t at = title.len, before;

    title = gb_str_trim(title);
    at = title.len;
    if (at == 0)
        return title;
    uint32_t c = gb_utf8_before(title, at, &before);
    bool has_bracket = c == U'）' || c == ')';
    if (has_bracket)
        at = before;
    size_t end = at;
    while (at > 0 && is_counter(c = gb_utf8_before(title, at, &before)))
        at = before;
    if (at == end || at == 0)
        return title;
    c = gb_utf8_before(title, at, &before);
    if (has_bracket ? c == U'（' || c == '(' : c == U'之' || c == U' ' || c == U'　')
        return gb_str_trim(gb_str_sub(title, 0, before));
    return title;
}

static bool
are_parts(const struct gb_chart *a, const struct gb_chart *b)
{
    if (a->figure == b->figure)
        return true;
    struct gb_str one = base_title(a->figure->title.str), other = base_title(b->figure->title.str);
    if (one.len && gb_str_same(one, other))
        return true;
    const struct gb_number *part = &a->figure->num, *whole = &b->figure->num;
    if (part->n == 2 && whole->n == 1) /* 图1-1 of 图1 */
        return part->letter == whole->letter && part->part[0] == whole->part[0];
    return part->n && gb_number_cmp(part, whole) == 0;
}

/* Does the chart go on elsewhere: a connector with this mark? */
static bool
has_connector(const struct gb_flow *flow, struct gb_str mark)
{
    GB_FIND(node, flow->nodes, flow->n_nodes, node->kind == GB_FLOW_CONNECTOR && gb_str_same(node->text, mark));
    return node != NULL;
}

static bool
share_connector(const struct gb_chart *a, const struct gb_chart *b)
{
    GB_FIND(node, a->flow->nodes, a->flow->n_nodes,
            node->kind == GB_FLOW_CONNECTOR && node->text.len && has_connector(b->flow, node->text));
    return node != NULL;
}

/* Charts of one title or number, wherever they stand, and neighbours that connectors join. Only a few look back. */
static void
group_processes(struct finder *f)
{
    for (size_t i = 0; i < f->charts.len; i++) {
        struct gb_chart *chart = &f->charts.items[i];
        chart->process = (uint32_t)i;
        for (size_t k = i; k > 0 && i - k < GB_CHART_LOOK_BACK && chart->process == i; k--) {
            const struct gb_chart *other = &f->charts.items[k - 1];
            if (chart->is_process && other->is_process &&
                (are_parts(chart, other) || (k == i && share_connector(chart, other))))
                chart->process = other->process;
        }
    }
}

void
gb_find_charts(struct gb_facts *facts, const struct gb_doc *doc, const struct gb_chart_file *files, uint32_t n_files)
{
    const struct gb_nodes *figures = &facts->of_kind[GB_NODE_FIGURE];
    struct finder f = {.doc = doc};

    for (uint32_t i = 0, file = 0; i < figures->n; i++) {
        const struct gb_node *figure = figures->items[i];
        for (const struct gb_figure *part = figure->u.figure; part; part = part->next) {
            if (!part->chart.str.len)
                continue;
            struct gb_chart base = {.figure = figure, .text = &part->chart, .source = part->chart.str};
            add_charts(&f, base, gb_flow_format_named(part->language));
        }
        for (; file < n_files && files[file].figure == figure; file++) {
            struct gb_chart base = {.figure = figure, .file = &files[file], .source = files[file].bytes};
            add_charts(&f, base, files[file].format);
        }
    }
    group_processes(&f);
    GB_KEEP(doc->arena, &f.charts, facts->charts.items, facts->charts.n);
}

/* ---- Places ---- */

struct gb_at
gb_chart_at(const struct gb_chart *chart, struct gb_span span)
{
    const struct gb_node *figure = chart->figure;

    if (!chart->text) {
        GB_FIND_NEXT(part, figure->u.figure, part->next,
                     part->file.str.len && gb_str_eq(gb_str_trim(part->file.str), chart->file->path));
        return part ? gb_at_part(&part->file, 0, part->file.str.len) : (struct gb_at){figure->span, true};
    }
    if (span.end > chart->source.len || span.begin >= span.end)
        return gb_chart_head(chart);
    return gb_at_part(chart->text, span.begin, span.end);
}

struct gb_at
gb_chart_head(const struct gb_chart *chart)
{
    struct gb_str s = chart->source;
    size_t begin = gb_skip_any(s, 0, " \n\t\r"), end;

    if (!chart->text)
        return gb_chart_at(chart, (struct gb_span){0, 0});
    for (end = begin; end < s.len && s.ptr[end] != '\n' && s.ptr[end] != '\r';)
        end++;
    while (end > begin && s.ptr[end - 1] == ' ')
        end--;
    return end > begin ? gb_at_part(chart->text, begin, end) : (struct gb_at){chart->figure->span, true};
}

uint32_t
gb_chart_line(const struct gb_chart *chart, uint32_t offset)
{
    uint32_t line = 1;

    for (uint32_t i = 0; i < offset && i < chart->source.len; i++)
        line += chart->source.ptr[i] == '\n';
    return line;
}
