/*
 * What a reader sees of a flowchart: size, layers, direction, crossings, arrowheads: FLW-003, FLW-005, FLW-007 to FLW-009, FLW-017,
 * FLW-026, FLW-027. Where the author drew it his boxes and lines are judged, else the graph; DB32/T 2796—2015, 7.3.4.4 b) and c).
 */
#include "check/flow/flow_priv.h"

#include "flow/crossing.h"
#include "flow/layout/layout.h"

/* ---- The drawing ---- */

/* The author's drawing of a chart, measured when it is first asked for. */
struct drawn {
    bool is_known;
    struct gb_flow_drawing drawing;
    struct gb_flow_geometry geometry;
};

/* NULL: the chart has no geometry of its own. */
static const struct drawn *
drawn_of(struct gb_check *c, const struct gb_chart *chart)
{
    static const char key;
    const struct gb_charts *charts = &c->facts->charts;
    struct {
        struct drawn *items;
    } *shared = gb_check_shared(c, &key, sizeof(*shared));

    if (!chart->flow->has_geometry)
        return NULL;
    if (!shared->items)
        shared->items = gb_arena_new_array(c->arena, struct drawn, charts->n);
    struct drawn *drawn = &shared->items[chart - charts->items];
    if (!drawn->is_known) {
        drawn->is_known = true;
        drawn->drawing = gb_flow_own_drawing(chart->flow, c->arena);
        drawn->geometry = gb_flow_measure(chart->flow, &drawn->drawing, c->arena);
    }
    return drawn;
}

static bool
is_guessed(const struct gb_flow *flow, uint32_t edge)
{
    return flow->edges[edge].route == GB_FLOW_GUESSED;
}

static bool
same_end(struct gb_flow_end a, struct gb_flow_end b)
{
    return a.node == b.node && a.group == b.group;
}

/* ---- FLW-003: a chart is seen at a glance ---- */

static void
judge_size(struct gb_check *c, const struct gb_chart *chart)
{
    double limit = gb_param_number(c, "limit");
    uint32_t n = 0;

    if (gb_str_eq_nocase(gb_param_text(c, "page"), GB_STR("A3")))
        limit = (double)(uint32_t)(limit * 1.41);
    for (uint32_t i = 0; i < chart->flow->n_nodes; i++)
        n += chart->flow->nodes[i].kind != GB_FLOW_NOTE;
    if (n > limit)
        gb_flow_report_all(c, NULL, chart,
                           GB_ARGS(gb_flow_figure_name(c, chart->figure), gb_flow_number(c, n),
                                   gb_flow_number(c, limit)));
}

/* Source: DB32/T 2796—2015, 7.3.4.4 a) and f). */
GB_CHECK_WHOLE(check_size, gb_each_process(c, judge_size))

/* ---- FLW-005: layers ---- */

enum { MANY_LAYERS = 5, MANY_SKIPS = 3 };

/* Reasons, one behind the other; each adds itself where it holds. */
struct reasons {
    struct gb_check *c;
    const struct gb_chart *chart;
    struct gb_buf text;
};

static void
add_reason(struct reasons *r, struct gb_str what, double value, struct gb_str name)
{
    if (r->text.len)
        gb_buf_puts(&r->text, gb_say(r->c, "；", "; ").ptr);
    gb_buf_printf(&r->text, what.ptr, value, GB_FMT(name));
}

static void
find_skips(struct reasons *r)
{
    const struct gb_flow_graph *g = r->chart->graph;
    uint32_t n = 0;

    GB_EACH(const struct gb_flow_arc, arc, g->arcs, g->n_arcs) {
        n += !arc->is_back && !arc->is_soft && g->vertices[arc->to].layer > g->vertices[arc->from].layer + MANY_LAYERS;
    }
    if (n >= MANY_SKIPS)
        add_reason(r, gb_say(r->c, "有%g条连线跨过5层以上%.*s", "%g lines pass over more than 5 layers%.*s"), n,
                   GB_STR(""));
}

static void
find_widest(struct reasons *r)
{
    const struct gb_flow_graph *g = r->chart->graph;
    uint32_t *sizes = gb_arena_new_array(r->c->arena, uint32_t, g->n_layers + 1), widest = 0;

    for (uint32_t v = 0; v < g->n_vertices; v++) {
        if (g->vertices[v].is_in_flow && ++sizes[g->vertices[v].layer] > widest)
            widest = sizes[g->vertices[v].layer];
    }
    if (widest > gb_param_number(r->c, "layer"))
        add_reason(r, gb_say(r->c, "同一层有%g个框%.*s", "%g nodes lie in one layer%.*s"), widest, GB_STR(""));
}

static void
find_fans(struct reasons *r)
{
    const struct gb_flow_graph *g = r->chart->graph;
    uint32_t most = 0, where = 0;

    for (uint32_t v = 0; v < g->n_vertices; v++) {
        uint32_t n = gb_flow_exits_of(g, v, false);
        if (n > most)
            most = n, where = v;
    }
    if (most > gb_param_number(r->c, "exits"))
        add_reason(r, gb_say(r->c, "一个框有%g条出线（“%.*s”）", "one node has %g exits (“%.*s”)"), most,
                   gb_flow_name(r->c, r->chart, where));
}

static void
find_nested_groups(struct reasons *r)
{
    enum { DEEPEST = 64 };
    const struct gb_flow *flow = r->chart->flow;
    uint32_t most = 0;

    for (uint32_t i = 0; i < flow->n_groups; i++) {
        uint32_t depth = 0;
        for (int32_t group = (int32_t)i; group >= 0 && depth < DEEPEST; group = flow->groups[group].parent)
            depth += flow->groups[group].kind != GB_FLOW_POOL;
        most = depth > most ? depth : most;
    }
    if (most > gb_param_number(r->c, "groups"))
        add_reason(r, gb_say(r->c, "分组嵌套%g层%.*s", "groups are nested %g deep%.*s"), most, GB_STR(""));
}

static void
find_decisions(struct reasons *r)
{
    const struct gb_flow_graph *g = r->chart->graph;
    uint32_t cycles = gb_flow_cyclomatic(g), where = 0, nested = gb_flow_nesting(g, r->c->arena, &where);

    if (cycles > gb_param_number(r->c, "cyclomatic"))
        add_reason(r, gb_say(r->c, "独立路径有%g条%.*s", "there are %g independent paths%.*s"), cycles, GB_STR(""));
    if (nested > gb_param_number(r->c, "nested"))
        add_reason(r, gb_say(r->c, "判断嵌套%g层（最内为“%.*s”）", "decisions are nested %g deep (innermost “%.*s”)"),
                   nested, gb_flow_name(r->c, r->chart, where));
}

/* Do boxes of one rank stand in one row? Centres that lie near each other along the main axis make a row. Lanes have their own. */
static void
find_ranks(struct reasons *r)
{
    const struct drawn *drawn = drawn_of(r->c, r->chart);
    const struct gb_flow_graph *g = r->chart->graph;
    struct gb_arena *arena = r->c->arena;
    double *at = gb_arena_new_array(arena, double, g->n_vertices + 1),
           *extents = gb_arena_new_array(arena, double, g->n_vertices + 1);
    size_t n = 0, n_rows = 1;

    if (!drawn || r->chart->flow->n_groups || drawn->geometry.direction == GB_FLOW_NO_DIRECTION)
        return;
    bool is_down = drawn->geometry.direction == GB_FLOW_TB || drawn->geometry.direction == GB_FLOW_BT;
    for (uint32_t v = 0; v < r->chart->flow->n_nodes; v++) {
        const struct gb_flow_box *box = &drawn->drawing.boxes[v];
        if (!g->vertices[v].is_in_flow || box->w <= 0)
            continue;
        at[n] = is_down ? box->y + box->h / 2 : box->x + box->w / 2;
        extents[n++] = is_down ? box->h : box->w;
    }
    if (n < 4)
        return;
    qsort(at, n, sizeof(*at), gb_compare_numbers);
    qsort(extents, n, sizeof(*extents), gb_compare_numbers);
    for (size_t i = 1; i < n; i++)
        n_rows += at[i] - at[i - 1] > extents[n / 2] / 2;
    if ((double)n_rows > gb_param_number(r->c, "ranks") * g->n_layers)
        add_reason(r, gb_say(r->c, "同层的框没有对齐（%g行%.*s）", "nodes of one layer are not aligned (%g rows%.*s)"),
                   (double)n_rows, GB_STR(""));
}

static void
judge_layers(struct gb_check *c, const struct gb_chart *chart)
{
    struct reasons r = {.c = c, .chart = chart};

    find_skips(&r);
    find_widest(&r);
    find_fans(&r);
    find_nested_groups(&r);
    find_decisions(&r);
    find_ranks(&r);
    if (r.text.len)
        gb_flow_report_all(c, NULL, chart,
                           GB_ARGS(gb_flow_figure_name(c, chart->figure), gb_buf_take(&r.text, c->arena)));
    gb_buf_release(&r.text);
}

/* Source: DB32/T 2796—2015, 7.3.4.4 b). */
GB_CHECK_WHOLE(check_layers, gb_each_graph(c, judge_layers))

/* ---- FLW-007: one main direction ---- */

/* Do two edges lead to and fro between the same two ends? FLW-009. */
static bool
has_twin(const struct gb_flow *flow, const struct gb_flow_edge *edge)
{
    return GB_ANY(GB_ITEMS(other, flow->edges, flow->n_edges),
                  same_end(other->from, edge->to) && same_end(other->to, edge->from) && !other->is_message &&
                      other->line != GB_FLOW_INVISIBLE);
}

/* Marks the edges that run against the main direction, and counts those that were judged. */
static uint32_t
find_against(struct gb_check *c, const struct gb_chart *chart, bool *is_against)
{
    const struct drawn *drawn = drawn_of(c, chart);
    const struct gb_flow *flow = chart->flow;
    uint32_t n = 0;

    for (uint32_t i = 0; i < flow->n_edges; i++) {
        const struct gb_flow_edge *edge = &flow->edges[i];
        bool is_judged = !edge->is_message && edge->line != GB_FLOW_INVISIBLE && edge->line != GB_FLOW_DOTTED;
        n += is_judged;
        if (drawn && is_judged && drawn->geometry.senses[i] == GB_FLOW_AGAINST)
            is_against[i] = true;
    }
    for (uint32_t i = 0; !drawn && i < chart->graph->n_arcs; i++) {
        const struct gb_flow_arc *arc = &chart->graph->arcs[i];
        if (arc->is_back && !arc->is_soft)
            is_against[arc->edge] = true;
    }
    return n;
}

/* A group with a direction of its own. */
static void
judge_group_directions(struct gb_check *c, const struct gb_chart *chart)
{
    const struct gb_flow *flow = chart->flow;

    for (uint32_t i = 0; i < flow->n_groups && flow->direction != GB_FLOW_NO_DIRECTION; i++) {
        enum gb_flow_direction own = flow->groups[i].direction;
        if (own != GB_FLOW_NO_DIRECTION && own != flow->direction)
            gb_flow_report(c, "group", chart, flow->groups[i].span,
                           GB_ARGS(gb_flow_quote(c, flow->groups[i].text), gb_str_from(gb_flow_direction_name(own)),
                                   gb_str_from(gb_flow_direction_name(flow->direction))));
    }
}

static void
judge_direction(struct gb_check *c, const struct gb_chart *chart)
{
    const struct gb_flow *flow = chart->flow;
    bool *is_against = gb_arena_new_array(c->arena, bool, flow->n_edges + 1);
    uint32_t n = find_against(c, chart, is_against), n_against = 0, told = 0;
    struct gb_finding *f = NULL;

    for (uint32_t i = 0; i < flow->n_edges; i++) {
        is_against[i] = is_against[i] && (flow->has_geometry || !has_twin(flow, &flow->edges[i]));
        n_against += is_against[i];
    }
    bool is_many = n_against >= gb_param_number(c, "least") && n_against > gb_param_number(c, "share") * n;
    for (uint32_t i = 0; i < flow->n_edges; i++) {
        if (!is_against[i])
            continue;
        struct gb_span place = gb_flow_edge_place(&flow->edges[i]);
        const struct gb_str args[] = {gb_flow_edge_name(c, chart, i), gb_flow_number(c, n_against),
                                      gb_flow_number(c, n)};
        if (!is_many)
            gb_flow_report(c, "single", chart, place, args, 1);
        else if (told++ == 0)
            f = gb_flow_report(c, NULL, chart, place, args, GB_COUNT(args));
        else
            gb_flow_also(c, f, chart, place, args[0]);
    }
    judge_group_directions(c, chart);
}

/* Source: DB32/T 2796—2015, 7.3.4.4 c). */
GB_CHECK_WHOLE(check_direction, gb_each_graph(c, judge_direction))

/* ---- FLW-008: lines do not cross ---- */

static struct gb_str
pair_name(struct gb_check *c, const struct gb_chart *chart, const struct gb_flow_crossing *x)
{
    return gb_arena_printf(c->arena, gb_say(c, "%.*s与%.*s", "%.*s and %.*s").ptr,
                           GB_FMT(gb_flow_edge_name(c, chart, x->a)), GB_FMT(gb_flow_edge_name(c, chart, x->b)));
}

/* The edge of the pair that was written later: it makes the crossing. */
static struct gb_span
later_edge(const struct gb_chart *chart, const struct gb_flow_crossing *x)
{
    return gb_flow_edge_place(&chart->flow->edges[x->b]);
}

/* Each pair of lines of the drawing; the rest behind the fifth in one. */
static void
judge_drawn_crossings(struct gb_check *c, const struct gb_chart *chart, const struct gb_flow_geometry *g)
{
    struct gb_finding *f = NULL;

    for (uint32_t i = 0; i < g->n_crossings; i++) {
        const struct gb_flow_crossing *x = &g->crossings[i];
        bool guessed = is_guessed(chart->flow, x->a) || is_guessed(chart->flow, x->b);
        struct gb_str name = pair_name(c, chart, x);
        if (i >= GB_FLOW_MOST_PLACES) {
            gb_flow_also(c, f, chart, later_edge(chart, x), name);
            continue;
        }
        f = gb_flow_report(c,
                           guessed         ? "guessed"
                           : x->is_overlap ? "overlap"
                                           : "drawn",
                           chart, later_edge(chart, x), GB_ARGS(name));
    }
}

/* Edges that were laid out in one draft: enough for what people draw, and an end for what they do not. */
enum { MOST_LAID_OUT = 5000 };

/* One finding at the line that makes the first crossing; the others beside it. */
static void
judge_layout(struct gb_check *c, const struct gb_chart *chart)
{
    static const char key;
    struct {
        uint32_t edges;
    } *used = gb_check_shared(c, &key, sizeof(*used));

    used->edges += chart->flow->n_edges;
    if (used->edges > MOST_LAID_OUT) {
        gb_not_checked(c, gb_flow_figure_name(c, chart->figure),
                       gb_say(c, "流程图过多，没有检查交叉", "too many charts: crossings were not looked for"));
        return;
    }
    struct gb_flow_layout layout = gb_flow_layout(chart->flow, c->arena);
    if (layout.limit != GB_FLOW_NO_LIMIT) {
        gb_not_checked(c, gb_flow_figure_name(c, chart->figure),
                       gb_flow_limit_text(layout.limit, gb_str_is(gb_say(c, "zh", "en"), "en")));
        return;
    }
    if (!layout.n_crossings)
        return;
    const struct gb_flow_crossing *first = &layout.crossings[0];
    const struct gb_str args[] = {gb_flow_figure_name(c, chart->figure), gb_flow_number(c, layout.n_crossings),
                                  pair_name(c, chart, first)};
    struct gb_finding *f =
        gb_flow_report(c, layout.is_certain ? "certain" : NULL, chart, later_edge(chart, first), args, GB_COUNT(args));
    for (uint32_t i = 1; i < layout.n_crossings && i < GB_FLOW_MOST_PLACES; i++)
        gb_flow_also(c, f, chart, later_edge(chart, &layout.crossings[i]), pair_name(c, chart, &layout.crossings[i]));
}

static void
judge_crossings(struct gb_check *c, const struct gb_chart *chart)
{
    const struct drawn *drawn = drawn_of(c, chart);

    if (drawn)
        judge_drawn_crossings(c, chart, &drawn->geometry);
    else
        judge_layout(c, chart);
}

/* Source: DB32/T 2796—2015, 7.3.4.4 c). */
GB_CHECK_WHOLE(check_crossings, gb_each_graph(c, judge_crossings))

/* ---- FLW-009: no arrows to and fro ---- */

/* A decision, or a box whose exits all say when they are taken: that it should have the other symbol is FLW-015. */
static bool
decides(const struct gb_flow *flow, struct gb_flow_end end)
{
    uint32_t n = 0, n_told = 0;

    if (end.node < 0)
        return false;
    GB_EACH(const struct gb_flow_edge, edge, flow->edges, flow->n_edges) {
        if (edge->from.node != end.node || edge->is_message)
            continue;
        n++;
        n_told += gb_str_trim(edge->text).len > 0;
    }
    return flow->nodes[end.node].kind == GB_FLOW_DECISION || (n >= 2 && n_told == n);
}

static bool
returns(const struct gb_flow_graph *g, uint32_t edge)
{
    return GB_ANY(GB_ITEMS(arc, g->arcs, g->n_arcs), arc->edge == edge && arc->is_back);
}

/* At a decision, does the way back say why it is taken (重新提交, 不合格), or is it the structure of a loop? */
static bool
is_told_return(const struct gb_chart *chart, uint32_t a, uint32_t b)
{
    const struct gb_flow_edge *edges = chart->flow->edges;
    uint32_t back = returns(chart->graph, a) ? a : b;

    return (decides(chart->flow, edges[a].to) || decides(chart->flow, edges[b].to)) &&
           (edges[back].is_loop || gb_str_trim(edges[back].text).len > 0);
}

static bool
is_arrow_of_flow(const struct gb_flow_edge *edge)
{
    return !edge->is_message && edge->line != GB_FLOW_INVISIBLE && edge->line != GB_FLOW_DOTTED &&
           !same_end(edge->from, edge->to) && (edge->from.node >= 0 || edge->from.group >= 0) &&
           (edge->to.node >= 0 || edge->to.group >= 0);
}

static void
judge_two_ways(struct gb_check *c, const struct gb_chart *chart)
{
    const struct gb_flow *flow = chart->flow;

    for (uint32_t i = 0; i < flow->n_edges; i++) {
        const struct gb_flow_edge *edge = &flow->edges[i];
        if (edge->tail == GB_FLOW_ARROW && edge->head == GB_FLOW_ARROW && !edge->is_message &&
            edge->line != GB_FLOW_INVISIBLE)
            gb_flow_report(c, NULL, chart, gb_flow_edge_place(edge), GB_ARGS(gb_flow_edge_name(c, chart, i)));
        for (uint32_t k = 0; k < i && chart->graph && is_arrow_of_flow(edge); k++) {
            const struct gb_flow_edge *other = &flow->edges[k];
            if (!is_arrow_of_flow(other) || !same_end(other->from, edge->to) || !same_end(other->to, edge->from))
                continue;
            struct gb_finding *f =
                gb_flow_report(c, is_told_return(chart, i, k) ? "return" : "pair", chart, gb_flow_edge_place(edge),
                               GB_ARGS(gb_flow_edge_name(c, chart, k), gb_flow_edge_name(c, chart, i)));
            gb_flow_also(c, f, chart, gb_flow_edge_place(other), gb_say(c, "去的箭头", "the arrow there"));
            break;
        }
    }
}

/* An arrow with two heads is told in charts that were read in part as well. Source: DB32/T 2796—2015, 7.3.4.4 c). */
GB_CHECK_WHOLE(check_two_ways, gb_each_process(c, judge_two_ways))

/* ---- FLW-017: arrows have heads ---- */

static bool
lacks_head(const struct gb_flow_edge *edge)
{
    return is_arrow_of_flow(edge) && edge->head == GB_FLOW_NO_HEAD && edge->tail == GB_FLOW_NO_HEAD;
}

/* The same line with a head, in Mermaid: --- becomes -->. */
static void
fix_head(struct gb_check *c, struct gb_finding *f, const struct gb_chart *chart, const struct gb_flow_edge *edge)
{
    static const struct {
        const char *bare, *headed;
    } lines[] = {{"---", "-->"}, {"===", "==>"}};
    struct gb_str written = gb_str_sub(chart->source, edge->span.begin, edge->span.end);

    for (size_t i = 0; i < GB_COUNT(lines) && chart->text && chart->flow->format == GB_FLOW_MERMAID; i++) {
        struct gb_at at = gb_chart_at(chart, edge->span);
        struct gb_edit edit = {at.span, gb_str_from(lines[i].headed), .is_markup = true, .is_code = true};
        if (gb_str_is(written, lines[i].bare) && !at.by_line)
            gb_fix_edits(c, f, &edit, 1);
    }
}

/* In a chart without heads one finding stands for all; else each line against the direction that has none. */
static void
judge_heads(struct gb_check *c, const struct gb_chart *chart)
{
    const struct gb_flow *flow = chart->flow;
    bool *is_against = gb_arena_new_array(c->arena, bool, flow->n_edges + 1);
    uint32_t n = 0, n_bare = 0;
    struct gb_finding *f = NULL;

    find_against(c, chart, is_against);
    for (uint32_t i = 0; i < flow->n_edges; i++) {
        n += is_arrow_of_flow(&flow->edges[i]);
        n_bare += lacks_head(&flow->edges[i]);
    }
    for (uint32_t i = 0, told = 0; i < flow->n_edges && n_bare; i++) {
        const struct gb_flow_edge *edge = &flow->edges[i];
        if (!lacks_head(edge) || (n_bare < n && !is_against[i]))
            continue;
        if (told++ == 0 || n_bare < n)
            f = gb_flow_report(c, n_bare == n ? "all" : NULL, chart, gb_flow_edge_place(edge),
                               GB_ARGS(gb_flow_edge_name(c, chart, i), gb_flow_number(c, n_bare)));
        fix_head(c, f, chart, edge);
    }
}

/* Source: GB/T 1526—1989. */
GB_CHECK_WHOLE(check_heads, gb_each_graph(c, judge_heads))

/* ---- FLW-026, FLW-027: boxes apart, lines beside them ---- */

static void
judge_overlaps(struct gb_check *c, const struct gb_chart *chart)
{
    const struct drawn *drawn = drawn_of(c, chart);
    struct gb_finding *f = NULL;

    for (uint32_t i = 0; drawn && i < drawn->geometry.n_overlaps; i++) {
        const struct gb_flow_box_overlap *o = &drawn->geometry.overlaps[i];
        struct gb_str a = gb_flow_name(c, chart, o->a), b = gb_flow_name(c, chart, o->b);
        if (i >= GB_FLOW_MOST_PLACES) {
            gb_flow_also(c, f, chart, chart->flow->nodes[o->b].words, b);
            continue;
        }
        f = gb_flow_report(c, NULL, chart, chart->flow->nodes[o->b].words,
                           GB_ARGS(a, b, gb_flow_number(c, (double)(int)(o->share * 100))));
        gb_flow_also(c, f, chart, chart->flow->nodes[o->a].words, a);
    }
}

/* Source: DB32/T 2796—2015, 7.3.4.4 b). */
GB_CHECK_WHOLE(check_overlaps, gb_each_graph(c, judge_overlaps))

static void
judge_throughs(struct gb_check *c, const struct gb_chart *chart)
{
    const struct drawn *drawn = drawn_of(c, chart);
    uint32_t last = UINT32_MAX;

    for (uint32_t i = 0; drawn && i < drawn->geometry.n_throughs; i++) {
        const struct gb_flow_through *t = &drawn->geometry.throughs[i];
        if (t->edge == last)
            continue;
        last = t->edge;
        gb_flow_report(c, is_guessed(chart->flow, t->edge) ? "guessed" : NULL, chart,
                       gb_flow_edge_place(&chart->flow->edges[t->edge]),
                       GB_ARGS(gb_flow_edge_name(c, chart, t->edge), gb_flow_name(c, chart, t->node)));
    }
}

/* Source: DB32/T 2796—2015, 7.3.4.4 b). */
GB_CHECK_WHOLE(check_throughs, gb_each_graph(c, judge_throughs))

const struct gb_check_def gb_flow_drawing_checks[] = {
    {.name = "flow-size", .whole = check_size, .params = "limit:number page:text"},
    {.name = "flow-layers",
     .whole = check_layers,
     .params = "layer:number exits:number groups:number cyclomatic:number nested:number ranks:number"},
    {.name = "flow-direction",
     .whole = check_direction,
     .cases = "single group",
     .params = "share:number least:number"},
    {.name = "flow-crossings", .whole = check_crossings, .cases = "certain drawn overlap guessed"},
    {.name = "flow-two-ways", .whole = check_two_ways, .cases = "pair return"},
    {.name = "flow-heads", .whole = check_heads, .cases = "all"},
    {.name = "flow-overlaps", .whole = check_overlaps},
    {.name = "flow-throughs", .whole = check_throughs, .cases = "guessed"},
    {0},
};
