/* Charts of several parts: stages, lanes, partial charts and the connectors between them: FLW-006, FLW-018 to FLW-020. 7.3.4.4 f). */
#include "check/flow/flow_priv.h"

#include "check/objects/figures_priv.h"

/* ---- Stages ---- */

/* 第一…, 一、…, （一）…, 1 …: an ordinal at the head of a title. */
static bool
begins_with_ordinal(struct gb_str s)
{
    size_t at = 0, next;

    s = gb_str_trim(s);
    if (!s.len)
        return false;
    uint32_t c = gb_utf8_at(s, 0, &next);
    bool has_mark = c == U'第' || c == U'（' || c == '(';
    if (has_mark)
        at = next;
    size_t from = at;
    gb_take_numeral(s, &at);
    if (at == from || at == s.len)
        return false;
    c = gb_char_at(s, at);
    return has_mark || c == U'、' || c == '.' || c == U'．' || c == ' ' || c == U'　' || c == ')' || c == U'）';
}

static bool
is_stage(const struct gb_flow_group *group)
{
    return GB_HAS_ONE_OF(group->text, "阶段", "环节") || begins_with_ordinal(group->text);
}

/* Place of a stage among the stages of the chart, from 1; 0: the vertex lies in none. */
static uint32_t
stage_of(const struct gb_flow *flow, uint32_t vertex)
{
    enum { DEEPEST = 64 };
    int32_t group = vertex < flow->n_nodes ? flow->nodes[vertex].group : (int32_t)(vertex - flow->n_nodes);

    for (int depth = 0; group >= 0 && depth < DEEPEST; depth++, group = flow->groups[group].parent) {
        if (!is_stage(&flow->groups[group]))
            continue;
        uint32_t place = 1;
        for (uint32_t i = 0; i < flow->n_groups; i++)
            place += is_stage(&flow->groups[i]) && flow->groups[i].span.begin < flow->groups[group].span.begin;
        return place;
    }
    return 0;
}

/* ---- FLW-006: each act in one lane, stages in their order ---- */

static bool
is_act(const struct gb_flow_node *node)
{
    return (node->kind == GB_FLOW_STEP || node->kind == GB_FLOW_SUBPROCESS) && gb_str_han_length(node->text) >= 2;
}

/* Both groups are lanes, or both stages of the process: a name in a note's frame says nothing. */
static bool
are_alike(const struct gb_flow *flow, int32_t a, int32_t b)
{
    return a >= 0 && b >= 0 && a != b && flow->groups[a].kind == flow->groups[b].kind &&
           flow->groups[a].parent == flow->groups[b].parent;
}

static void
judge_groups(struct gb_check *c, const struct gb_chart *chart)
{
    const struct gb_flow *flow = chart->flow;

    for (uint32_t i = 1; i < flow->n_nodes; i++) {
        bool is_one = is_act(&flow->nodes[i]);
        for (uint32_t k = 0; k < i && is_one; k++) {
            if (!are_alike(flow, flow->nodes[i].group, flow->nodes[k].group) ||
                !gb_str_same(flow->nodes[i].text, flow->nodes[k].text))
                continue;
            struct gb_finding *f = gb_flow_report(c, NULL, chart, flow->nodes[i].words,
                                                  GB_ARGS(gb_flow_quote(c, flow->nodes[i].text),
                                                          gb_flow_quote(c, flow->groups[flow->nodes[k].group].text),
                                                          gb_flow_quote(c, flow->groups[flow->nodes[i].group].text)));
            gb_flow_also(c, f, chart, flow->nodes[k].words, gb_say(c, "同名的框", "the other one"));
            break;
        }
    }
    GB_EACH(const struct gb_flow_arc, arc, chart->graph->arcs, chart->graph->n_arcs) {
        const struct gb_flow_edge *edge = &flow->edges[arc->edge];
        uint32_t from = stage_of(flow, arc->from), to = stage_of(flow, arc->to);
        if (from && to && to < from && !gb_str_trim(edge->text).len)
            gb_flow_report(c, "order", chart, gb_flow_edge_place(edge),
                           GB_ARGS(gb_flow_edge_name(c, chart, arc->edge)));
    }
}

/* Source: DB32/T 2796—2015, 7.3.4.4 b). */
GB_CHECK_WHOLE(check_groups, gb_each_graph(c, judge_groups))

/* ---- FLW-018: several stages want partial charts ---- */

static uint32_t
count_stages(const struct gb_flow *flow)
{
    return GB_HOW_MANY(for (uint32_t i = 0; i < flow->n_groups; i++), is_stage(&flow->groups[i]));
}

static uint32_t
count_nodes(const struct gb_flow *flow)
{
    return GB_HOW_MANY(for (uint32_t i = 0; i < flow->n_nodes; i++), flow->nodes[i].kind != GB_FLOW_NOTE);
}

/* Depth first over the edges, whatever their sense: an edge is a bridge when nothing behind it leads back before it. */
struct bridges {
    const struct gb_flow_graph *g;
    uint32_t *found, *low, *block; /* order of finding from 1; the least that is reached; number of the block */
    uint32_t n_found, n_blocks;
};

struct frame {
    uint32_t vertex, next, by; /* next: place among the arcs, those that leave first; by: arc that it was reached by */
};

static bool
next_arc(const struct gb_flow_graph *g, struct frame *f, uint32_t *out_arc)
{
    uint32_t n_out = g->out_first[f->vertex + 1] - g->out_first[f->vertex],
             n_in = g->in_first[f->vertex + 1] - g->in_first[f->vertex];

    if (f->next >= n_out + n_in)
        return false;
    *out_arc =
        f->next < n_out ? g->out[g->out_first[f->vertex] + f->next] : g->in[g->in_first[f->vertex] + f->next - n_out];
    f->next++;
    return true;
}

static void
find_blocks(struct bridges *b, uint32_t root, struct frame *stack, uint32_t *open)
{
    size_t depth = 0, n_open = 0;
    uint32_t arc;

    stack[depth++] = (struct frame){root, 0, UINT32_MAX};
    open[n_open++] = root;
    b->found[root] = b->low[root] = ++b->n_found;
    while (depth > 0) {
        struct frame *top = &stack[depth - 1];
        if (next_arc(b->g, top, &arc)) {
            uint32_t v = b->g->arcs[arc].from == top->vertex ? b->g->arcs[arc].to : b->g->arcs[arc].from;
            if (arc == top->by)
                continue;
            if (b->found[v]) {
                if (b->found[v] < b->low[top->vertex])
                    b->low[top->vertex] = b->found[v];
                continue;
            }
            b->found[v] = b->low[v] = ++b->n_found;
            open[n_open++] = v;
            stack[depth++] = (struct frame){v, 0, arc};
            continue;
        }
        uint32_t v = top->vertex;
        depth--;
        if (depth > 0 && b->low[v] < b->low[stack[depth - 1].vertex])
            b->low[stack[depth - 1].vertex] = b->low[v];
        if (b->low[v] != b->found[v])
            continue;
        b->n_blocks++;
        do {
            b->block[open[--n_open]] = b->n_blocks;
        } while (open[n_open] != v);
    }
}

/* Blocks of six nodes and more that hang together by single edges. */
static uint32_t
count_large_blocks(const struct gb_flow_graph *g, struct gb_arena *arena)
{
    enum { LEAST = 6 };
    uint32_t n = g->n_vertices + 1, n_large = 0;
    struct bridges b = {g,
                        gb_arena_new_array(arena, uint32_t, n),
                        gb_arena_new_array(arena, uint32_t, n),
                        gb_arena_new_array(arena, uint32_t, n),
                        0,
                        0};
    struct frame *stack = gb_arena_new_array(arena, struct frame, n);
    uint32_t *open = gb_arena_new_array(arena, uint32_t, n), *size = gb_arena_new_array(arena, uint32_t, n);

    for (uint32_t v = 0; v < g->n_vertices; v++) {
        if (g->vertices[v].is_in_flow && !b.found[v])
            find_blocks(&b, v, stack, open);
    }
    for (uint32_t v = 0; v < g->n_vertices; v++)
        n_large += b.block[v] && ++size[b.block[v] - 1] == LEAST;
    return n_large;
}

static void
judge_stages(struct gb_check *c, const struct gb_chart *chart)
{
    uint32_t stages = count_stages(chart->flow), nodes = count_nodes(chart->flow);
    const struct gb_str args[] = {gb_flow_figure_name(c, chart->figure), gb_flow_number(c, stages),
                                  gb_flow_number(c, nodes)};

    enum { SEVERAL = 3, OF_EACH = 3 };

    /* A short chart of two stages is fine. */
    if (stages >= 2 && (nodes > gb_param_number(c, "short") || (stages >= SEVERAL && nodes >= OF_EACH * stages)))
        gb_flow_report_all(c, NULL, chart, args, GB_COUNT(args));
    else if (nodes > gb_param_number(c, "limit") && count_large_blocks(chart->graph, c->arena) >= 2)
        gb_flow_report_all(c, "blocks", chart, args, GB_COUNT(args));
}

/* Source: DB32/T 2796—2015, 7.3.4.4 f). */
GB_CHECK_WHOLE(check_stages, gb_each_graph(c, judge_stages))

/* ---- FLW-019: partial charts are numbered 续图× ---- */

enum style { PLAIN, PREFIX, SUFFIX };

/* 续图1; 图1（续）. */
static enum style
style_of(const struct gb_node *figure)
{
    struct gb_str head = gb_str_trim(figure->head.str);

    if (gb_str_starts(head, GB_STR("续")))
        return PREFIX;
    return gb_object_is_continued(figure) ? SUFFIX : PLAIN;
}

/* The label of a caption, from its beginning to behind the number. */
static struct gb_at
label_of(const struct gb_node *figure)
{
    size_t at = figure->number.str.len ? gb_str_find(figure->head.str, figure->number.str, 0) : GB_NOT_FOUND;

    if (at == GB_NOT_FOUND)
        return figure->head.str.len ? gb_at_head(figure) : gb_at_lines(figure->span);
    return gb_at_part(&figure->head, 0, at + figure->number.str.len);
}

/* 图1　…（续） becomes 续图1　…: the mark goes from the end to the head. Other numbers are mentioned elsewhere, and followed. */
static void
fix_label(struct gb_check *c, struct gb_finding *f, const struct gb_node *figure, const struct gb_node *first)
{
    GB_WORDS(marks, "（续）", "(续)");
    struct gb_at head = gb_at_part(&figure->head, 0, figure->head.str.len);

    if (!f || head.by_line || !figure->num.n || gb_number_cmp(&figure->num, &first->num) != 0)
        return;
    for (size_t i = 0; i < GB_COUNT(marks); i++) {
        size_t at = gb_str_find(figure->head.str, marks[i], 0);
        if (at == GB_NOT_FOUND)
            continue;
        struct gb_at mark = gb_at_part(&figure->head, at, at + marks[i].len);
        gb_fix(c, f, (struct gb_span){head.span.begin, head.span.begin}, GB_STR("续"));
        if (!mark.by_line)
            gb_fix(c, f, mark.span, GB_STR(""));
        return;
    }
}

/* A line 分图1 … below a chart: a label that no document asks for. */
static const struct gb_text *
wrong_label_below(const struct gb_node *figure)
{
    GB_WORDS(labels, "分图", "子图", "接图", "附图");
    const struct gb_node *below = gb_object_behind(figure);

    if (figure->num.n || !below || below->kind != GB_NODE_PARA || gb_str_han_length(below->text.str) > 30 ||
        !GB_STARTS_ANY(below->text.str, labels) || below->text.str.len <= strlen("分图"))
        return NULL;
    return gb_char_digit(gb_char_at(below->text.str, strlen("分图"))) >= 0 ? &below->text : NULL;
}

static void
judge_number(struct gb_check *c, const struct gb_chart *chart, const struct gb_chart *first)
{
    const struct gb_node *figure = chart->figure, *head = first->figure;
    bool is_same = figure->num.n && gb_number_cmp(&figure->num, &head->num) == 0;
    struct gb_str want =
        head->number.str.len ? gb_arena_printf(c->arena, "续图%.*s", GB_FMT(head->number.str)) : GB_STR("续图×");

    if (style_of(figure) == PREFIX && (is_same || !head->num.n))
        return;
    struct gb_at at = label_of(figure);
    bool is_written = figure->num.n && gb_str_has(figure->head.str, figure->number.str); /* else the markup has it */
    struct gb_str label = is_written ? gb_source_text(c->doc->source, at.span) : gb_flow_figure_name(c, figure);
    struct gb_finding *f = gb_report(c, at, figure, GB_ARGS(label, want, gb_flow_figure_name(c, head)));
    fix_label(c, f, figure, head);
}

/* Both styles in one draft: the one that comes second is told. */
static void
judge_styles(struct gb_check *c)
{
    const struct gb_node *first = NULL;

    GB_EACH_NODE(figure, &c->facts->of_kind[GB_NODE_FIGURE]) {
        enum style style = style_of(figure);
        if (style == PLAIN || !gb_object_is_own(figure))
            continue;
        if (!first)
            first = figure;
        if (style == style_of(first))
            continue;
        struct gb_finding *f = gb_report_case(c, "mixed", label_of(figure), figure,
                                              GB_ARGS(gb_str_trim(figure->head.str), gb_str_trim(first->head.str)));
        gb_also(c, f, label_of(first), gb_say(c, "另一种写法", "the other form"));
        return;
    }
}

/* Source: DB32/T 2796—2015, 7.3.4.4 f); GB/T 1.1—2020, 9.7.3. */
static void
check_numbers(struct gb_check *c)
{
    const struct gb_charts *charts = &c->facts->charts;

    if (!gb_facts_has_profile(c->facts, GB_STR("db32-2796"))) {
        judge_styles(c);
        return;
    }
    for (uint32_t i = 0; i < charts->n; i++) {
        const struct gb_chart *chart = &charts->items[i], *first = &charts->items[chart->process];
        const struct gb_text *wrong = chart->page == 0 ? wrong_label_below(chart->figure) : NULL;
        if (wrong && chart->is_process)
            gb_report(c, gb_at_text(wrong), chart->figure,
                      GB_ARGS(wrong->str, GB_STR("续图×"), gb_flow_figure_name(c, chart->figure)));
        else if (chart->page == 0 && first->figure != chart->figure &&
                 (i == 0 || charts->items[i - 1].figure != chart->figure))
            judge_number(c, chart, first);
    }
}

/* ---- FLW-020: connectors come in pairs ---- */

struct connector {
    const struct gb_chart *chart;
    uint32_t node;
    bool is_entry;
};

enum { MOST_CONNECTORS = 200 };

/* Connectors of all charts of a process that lead out of a chart, or into one. A chart is never far from the one before. */
static size_t
collect_connectors(const struct gb_charts *charts, uint32_t process, struct connector *out)
{
    size_t n = 0;
    uint32_t last = process;

    for (uint32_t i = process; i < charts->n && i - last <= GB_CHART_LOOK_BACK; i++) {
        const struct gb_chart *chart = &charts->items[i];
        if (chart->process == process)
            last = i;
        for (uint32_t v = 0; chart->process == process && chart->graph && v < chart->flow->n_nodes; v++) {
            const struct gb_flow_vertex *x = &chart->graph->vertices[v];
            bool is_exit = x->n_in > 0 && x->n_out == 0, is_entry = x->n_in == 0 && x->n_out > 0;
            if (chart->flow->nodes[v].kind != GB_FLOW_CONNECTOR || !gb_str_trim(chart->flow->nodes[v].text).len ||
                (!is_exit && !is_entry))
                continue;
            if (n < MOST_CONNECTORS)
                out[n++] = (struct connector){chart, v, is_entry};
        }
    }
    return n;
}

static struct gb_str
mark_of(const struct connector *connector)
{
    return gb_str_trim(connector->chart->flow->nodes[connector->node].text);
}

static void
judge_connectors(struct gb_check *c, const struct connector *all, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct connector *one = &all[i], *twin = NULL;
        size_t n_partners = 0;
        for (size_t k = 0; k < n; k++) {
            bool is_same = k != i && gb_str_same(mark_of(one), mark_of(&all[k]));
            n_partners += is_same && all[k].is_entry != one->is_entry;
            if (is_same && k < i && one->is_entry && all[k].is_entry)
                twin = &all[k];
        }
        const char *which = twin ? "double" : n_partners ? NULL : one->is_entry ? "entry" : "exit";
        if (!which)
            continue;
        struct gb_finding *f =
            gb_flow_report(c, which, one->chart, one->chart->flow->nodes[one->node].words, GB_ARGS(mark_of(one)));
        if (twin)
            gb_flow_also(c, f, twin->chart, twin->chart->flow->nodes[twin->node].words,
                         gb_say(c, "另一个入口", "the other entry"));
    }
}

/* Was every chart of the draft read? An unread one may hold the other half of a pair. */
static bool
all_were_read(const struct gb_charts *charts)
{
    GB_FIND(chart, charts->items, charts->n, !chart->is_read || (chart->is_process && !chart->graph));
    return chart == NULL;
}

/* Source: GB/T 1526—1989; DB32/T 2796—2015, 7.3.4.4 f). */
static void
check_connectors(struct gb_check *c)
{
    const struct gb_charts *charts = &c->facts->charts;
    struct connector all[MOST_CONNECTORS];

    if (!all_were_read(charts))
        return;
    for (uint32_t i = 0; i < charts->n; i++) {
        if (charts->items[i].process == i && charts->items[i].is_process)
            judge_connectors(c, all, collect_connectors(charts, i, all));
    }
}

const struct gb_check_def gb_flow_part_checks[] = {
    {.name = "flow-groups", .whole = check_groups, .cases = "order"},
    {.name = "flow-stages", .whole = check_stages, .cases = "blocks", .params = "limit:number short:number"},
    {.name = "flow-numbers", .whole = check_numbers, .cases = "mixed"},
    {.name = "flow-connectors", .whole = check_connectors, .cases = "exit entry double"},
    {0},
};
