/* Who does a step, by the text and by the chart beside it: FLW-011. The chart says it in lanes or in labels, 受理岗核对材料. */
#include "check/flow/steps_priv.h"

static bool
lies_in(const struct gb_flow *flow, uint32_t vertex, struct gb_str name)
{
    enum { DEEPEST = 64 };
    int32_t group = vertex < flow->n_nodes ? flow->nodes[vertex].group : flow->groups[vertex - flow->n_nodes].parent;

    return GB_ANY(for (int depth = 0; group >= 0 && depth < DEEPEST; depth++, group = flow->groups[group].parent),
                  gb_str_same(flow->groups[group].text, name));
}

/* A lane, or a frame that is named for those who act in it: 受理岗, not 受理. */
static bool
is_actor(struct gb_check *c, struct gb_str name)
{
    const struct gb_str *ends;
    size_t n = gb_param_words(c, "actors", &ends);

    return gb_str_han_length(name) >= 2 && gb_str_ends_any(name, ends, n);
}

/* The label before what is done, 受理岗 of 受理岗核对材料; empty: it names nobody, or hardly anything to be done. */
static struct gb_str
label_actor(struct gb_check *c, const struct gb_flow_graph *g, uint32_t vertex, struct gb_str *out_act)
{
    enum { SHORTEST = 3 };
    struct gb_str label = gb_flow_is_step(g, vertex) ? gb_flow_bare_text(gb_flow_vertex_text(g, vertex)) : GB_STR("");
    size_t len = gb_actor_at(c->facts->lexicon, label);

    *out_act = gb_str_skip(label, len);
    return gb_str_sub(label, 0, gb_str_han_length(*out_act) >= SHORTEST ? len : 0);
}

static void
report_actor(struct gb_check *c, const struct gb_chart *chart, struct gb_at at, const struct gb_node *node,
             struct gb_str act, struct gb_str told, struct gb_str own, uint32_t vertex)
{
    struct gb_finding *f = gb_report_case(c, "actor", at, node,
                                          GB_ARGS(gb_flow_quote(c, act), gb_flow_quote(c, told), gb_flow_quote(c, own),
                                                  gb_flow_figure_name(c, chart->figure)));
    gb_flow_also(c, f, chart, gb_flow_vertex_span(chart->graph, vertex),
                 gb_say(c, "图中的该步骤", "the step in the chart"));
}

/* The innermost lane of the vertex that is named for those who act in it. */
static struct gb_str
lane_actor(struct gb_check *c, const struct gb_flow_graph *g, uint32_t vertex)
{
    enum { DEEPEST = 64 };
    const struct gb_flow *flow = g->flow;
    int32_t group = vertex < flow->n_nodes ? flow->nodes[vertex].group : flow->groups[vertex - flow->n_nodes].parent;

    for (int depth = 0; group >= 0 && depth < DEEPEST; depth++, group = flow->groups[group].parent) {
        struct gb_str name = gb_str_trim(flow->groups[group].text);
        if (is_actor(c, name))
            return name;
    }
    return GB_STR("");
}

/* Who does what stands in the box: by its label, else by its lane. */
static struct gb_str
box_actor(struct gb_check *c, const struct gb_flow_graph *g, uint32_t vertex, struct gb_str *out_act)
{
    enum { SHORTEST = 3 };
    struct gb_str own = label_actor(c, g, vertex, out_act);

    return own.len || gb_str_han_length(*out_act) < SHORTEST ? own : lane_actor(c, g, vertex);
}

/* Does this actor do something in the chart? `act`: does he do this? */
static bool
acts_in_chart(struct gb_check *c, const struct gb_flow_graph *g, struct gb_str name, const struct gb_str *act)
{
    struct gb_str other;

    return name.len && GB_ANY(for (uint32_t v = 0; v < g->n_vertices; v++),
                              gb_str_eq(box_actor(c, g, v, &other), name) && (!act || gb_str_eq(other, *act)));
}

/* A row of a table names one who acts elsewhere in the chart, and not the one in the box. */
static void
judge_row(struct gb_check *c, const struct gb_chart *chart, const struct gb_flow_step *step)
{
    struct gb_str act, own = label_actor(c, chart->graph, step->vertex, &act);
    const struct gb_text *told = NULL;

    GB_EACH(const struct gb_step_text, cell, step->row->texts, own.len ? step->row->n_texts : 0) {
        struct gb_str s = gb_str_trim(cell->text->str);
        if (gb_str_has(s, own))
            return;
        told = acts_in_chart(c, chart->graph, s, NULL) ? cell->text : told;
    }
    if (told)
        report_actor(c, chart, gb_at_part(told, 0, told->str.len), step->node, GB_WORDS_OF(step), told->str, own,
                     step->vertex);
}

bool
gb_flow_judge_actor(struct gb_check *c, const struct gb_chart *chart, const struct gb_flow_step *step)
{
    GB_WORDS(marks, "：", ":");
    const struct gb_flow *flow = chart->flow;
    struct gb_str s = step->text->str, own = lane_actor(c, chart->graph, step->vertex);
    size_t begin = step->is_sentence ? 0 : step->end + GB_START(gb_str_skip(s, step->end), marks), ignored, end;

    if (step->row)
        judge_row(c, chart, step);
    gb_flow_part_around(s, begin, &ignored, &end);
    struct gb_str part = gb_str_sub(s, begin, end);
    if (!own.len || gb_str_has(s, own) ||
        (!gb_str_has(part, GB_WORDS_OF(step)) &&
         !gb_str_has(part, gb_flow_bare_text(gb_flow_vertex_text(chart->graph, step->vertex)))))
        return false;
    GB_EACH(const struct gb_flow_group, group, flow->groups, flow->n_groups) {
        struct gb_str name = gb_str_trim(group->text);
        if (!is_actor(c, name) || lies_in(flow, step->vertex, group->text) || !gb_str_starts(part, name))
            continue;
        report_actor(c, chart, gb_at_part(step->text, begin, begin + name.len), step->node, GB_WORDS_OF(step), name,
                     own, step->vertex);
        return true;
    }
    return false;
}

void
gb_flow_judge_told_actors(struct gb_check *c, const struct gb_chart *chart, const struct gb_node *item, uint32_t but)
{
    enum { LONGEST = 1500, MOST_NODES = 100 };
    const struct gb_flow_graph *g = chart->graph;
    struct gb_str s = item->text.str, act;

    for (uint32_t v = 0; s.len < LONGEST && v < g->n_vertices && g->n_vertices < MOST_NODES; v++) {
        struct gb_str own = box_actor(c, g, v, &act);
        size_t at = own.len ? gb_str_find(s, act, 0) : GB_NOT_FOUND, begin, end;
        if (at == GB_NOT_FOUND || v == but)
            continue;
        gb_flow_part_around(s, at, &begin, &end);
        struct gb_str part = gb_str_sub(s, begin, end),
                      told = gb_str_sub(part, 0, gb_actor_at(c->facts->lexicon, part));
        struct gb_str between = gb_str_sub(s, begin + told.len, at); /* 登记员归档|登记信息: 归档 is what he does */
        if (begin + told.len > at || gb_verb_at(c->facts->lexicon, between) || gb_str_has(part, own) ||
            !acts_in_chart(c, g, told, NULL) || acts_in_chart(c, g, told, &act))
            continue;
        report_actor(c, chart, gb_at_part(&item->text, begin, begin + told.len), item, act, told, own, v);
    }
}
