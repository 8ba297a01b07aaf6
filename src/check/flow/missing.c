/* Steps of the text that a chart does not show, boxes of which the text does not tell, and what one of both names otherwise. FLW-011. */
#include "check/flow/steps_priv.h"

#include "check/objects/figures_priv.h"

/* Pairs of neighbouring Han that texts hold, a bit for each by a hash: a pair whose bit is not set stands in none of them. */
enum { PAIR_BITS = 1 << 13 };
struct told_pairs {
    uint64_t bits[PAIR_BITS / 64];
};

static uint32_t
pair_bit(uint32_t a, uint32_t b)
{
    return (a * 31 + b) * 2654435761u >> 19;
}

static void
add_pairs(struct told_pairs *told, struct gb_str s)
{
    uint32_t before = 0;

    for (size_t at = 0; at < s.len;) {
        uint32_t han = gb_utf8_at(s, at, &at), bit = pair_bit(before, han);
        told->bits[bit / 64] |= (uint64_t)1 << bit % 64;
        before = han;
    }
}

static bool
tells_any_pair(const struct told_pairs *told, struct gb_str s)
{
    struct gb_han_name name = gb_han_name_read(s);

    for (size_t i = 1; i < name.n; i++) {
        uint32_t bit = pair_bit(name.han[i - 1], name.han[i]);
        if (told->bits[bit / 64] >> bit % 64 & 1)
            return true;
    }
    return name.n < 2;
}

/* The part of a text at `at`, up to the next mark. */
static struct gb_str
next_part(struct gb_str s, size_t *at)
{
    size_t ignored, begin = *at, end;

    gb_flow_part_around(s, begin, &ignored, &end);
    *at = end < s.len ? end + gb_utf8_length(s.ptr[end]) : end;
    return gb_str_sub(s, begin, end);
}

/* ---- Steps without a box ---- */

/* Is it one of a list, and its name no more than that: 受理：…? Or the title of a clause that is a step? */
static bool
is_named(const struct gb_flow_step *step)
{
    GB_WORDS(marks, "：", ":");

    if (step->node->kind == GB_NODE_CLAUSE)
        return !gb_is_aspect_title(GB_WORDS_OF(step));
    return step->row || (step->node->kind == GB_NODE_PARA && !step->is_sentence) ||
           (step->node->kind == GB_NODE_ITEM && !step->is_sentence &&
            GB_STARTS_ANY(gb_str_skip(step->text->str, step->end), marks));
}

/* 登记员核对证件，用时不超过5 min: what is done in words, without a name. */
static bool
is_in_words(const struct gb_flow_steps *steps, const struct gb_flow_step *step)
{
    return !steps->is_sentence && GB_AMONG(step->node->kind, GB_NODE_ITEM, GB_NODE_PARA) && !is_named(step);
}

/* Several boxes may hold the name of one step (引导至1号窗口, 引导至2号窗口), or its text tell of boxes that no other step has. */
static bool
is_in_chart(const struct gb_flow_graph *g, const struct gb_flow_steps *steps, const struct gb_flow_step *step)
{
    enum { SHORTEST = 3 };

    for (uint32_t v = 0; v < g->n_vertices; v++) {
        struct gb_str shown = gb_str_trim(gb_flow_vertex_text(g, v));
        GB_FIND(other, steps->items, steps->n, other->vertex == v);
        if (gb_str_has(shown, GB_WORDS_OF(step)) ||
            (!other && gb_str_han_length(shown) >= SHORTEST && gb_str_has(step->text->str, shown)))
            return true;
    }
    return false;
}

/* The words of all boxes, frames and lines. */
static void
show_pairs(const struct gb_flow *flow, struct told_pairs *out)
{
    GB_EACH(const struct gb_flow_node, node, flow->nodes, flow->n_nodes)
        add_pairs(out, node->text);
    GB_EACH(const struct gb_flow_group, group, flow->groups, flow->n_groups)
        add_pairs(out, group->text);
    GB_EACH(const struct gb_flow_edge, edge, flow->edges, flow->n_edges)
        add_pairs(out, edge->text);
}

/* Who does what: nothing of what is done stands in the chart, which nothing but a jump to another step says either. */
static bool
is_unshown(struct gb_check *c, const struct told_pairs *shown, const struct gb_flow_step *step)
{
    struct gb_str s = step->text->str;

    for (size_t at = 0; at < s.len;) {
        struct gb_str part = next_part(s, &at), act = gb_str_skip(part, gb_actor_at(c->facts->lexicon, part));
        if (gb_str_han_length(act) >= 2 &&
            (tells_any_pair(shown, act) || GB_STARTS_WITH(act, "转", "返回", "退回", "回到", "跳至", "进入", "按")))
            return false;
    }
    return true;
}

/* Is each box the step of another item, or told there? What an item does beside them then has none. */
static bool
are_boxes_taken(const struct gb_flow_graph *g, const struct gb_flow_steps *steps)
{
    return !GB_ANY(for (uint32_t v = 0; v < g->n_vertices; v++),
                   gb_flow_is_step(g, v) && gb_flow_vertex_kind(g, v) == GB_FLOW_STEP &&
                       !GB_ANY(GB_ITEMS(step, steps->items, steps->n),
                               step->vertex == v ||
                                   gb_str_has(step->text->str, gb_flow_bare_text(gb_flow_vertex_text(g, v)))));
}

/* 保管员应完成疫苗上架 where the chart has 疫苗入库, and 上架 nowhere: it says what is done, and none of that is shown. */
static bool
is_act_unshown(struct gb_check *c, const struct told_pairs *shown, const struct gb_flow_step *step)
{
    const struct gb_lexicon *lexicon = c->facts->lexicon;
    struct gb_str s = step->text->str;
    size_t at = 0, end = 0, len, n = 0;
    bool is_noun;

    s = next_part(s, &end);
    for (at = gb_actor_at(lexicon, s); at < s.len; at += len ? len : gb_utf8_length(s.ptr[at])) {
        struct gb_str rest = gb_str_skip(s, at);
        len = gb_act_at(lexicon, rest, &is_noun);
        len = len ? len : gb_verb_at(lexicon, rest);
        if (len && !GB_STARTS_WITH(rest, "完成", "办理", "进行") && ++n &&
            tells_any_pair(shown, gb_str_sub(rest, 0, len)))
            return false;
    }
    return n > 0;
}

bool
gb_flow_judge_missing(struct gb_check *c, const struct gb_chart *chart, const struct gb_flow_steps *steps,
                      size_t n_matched)
{
    static const double many = 0.5, most = 0.75;
    const struct gb_flow_step *missing[GB_MOST_STEPS];
    struct told_pairs shown = {{0}};
    struct gb_finding *f = NULL;
    size_t n = 0, n_shown = n_matched;

    show_pairs(chart->flow, &shown);
    bool has_spare = !are_boxes_taken(chart->graph, steps);
    GB_EACH(const struct gb_flow_step, step, steps->items, steps->n) {
        if (step->vertex != GB_NO_VERTEX)
            continue;
        bool is_missing = is_in_words(steps, step)
                              ? is_unshown(c, &shown, step) || (!has_spare && is_act_unshown(c, &shown, step))
                          : steps->is_sentence ? true
                                               : is_named(step) && !is_in_chart(chart->graph, steps, step);
        if (is_missing)
            missing[n++] = step;
        else
            n_shown += is_in_words(steps, step);
    }
    /* items may tell more than the chart: only where it shows nearly all of them */
    if ((double)n_shown < (steps->is_sentence ? many : most) * (double)steps->n)
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct gb_flow_step *step = missing[i];
        size_t end = 0;
        struct gb_str words = is_in_words(steps, step) ? next_part(step->text->str, &end) : GB_WORDS_OF(step);
        struct gb_at at = gb_at_part(step->text, step->begin, step->begin + words.len);
        if (!f)
            f = gb_report_case(c, "missing", at, step->node,
                               GB_ARGS(gb_flow_quote(c, words), gb_flow_figure_name(c, chart->figure)));
        else
            gb_also(c, f, at, gb_say(c, "图中也没有", "not in the chart either"));
    }
    return f != NULL;
}

/* ---- Boxes without a step ---- */

/*
 * Adds what stands from `node` on up to `end`, or up to the first clause, but for charts and captions. False: that is more than
 * is read.
 */
static bool
tell_pairs(const struct gb_node *node, const struct gb_node *end, bool is_one_clause, const struct gb_node *root,
           struct told_pairs *out)
{
    enum { MOST_NODES = 300, MOST_BYTES = 30000 };
    size_t n_bytes = 0;

    for (int n = 0; node && node != end && !(is_one_clause && node->kind == GB_NODE_CLAUSE);
         node = gb_node_walk(node, root), n++) {
        if (node->kind == GB_NODE_FIGURE)
            continue;
        GB_EACH_CELL(cell, node) {
            n_bytes += cell->text.str.len;
            if (n_bytes <= MOST_BYTES)
                add_pairs(out, cell->text.str);
        }
        n_bytes += node->title.str.len + node->text.str.len;
        if (n == MOST_NODES || n_bytes > MOST_BYTES)
            return false;
        add_pairs(out, node->title.str);
        add_pairs(out, node->text.str);
    }
    return true;
}

/* The text of the clause that has the chart, and all from the first step to the last with what lies beside and in them. */
static bool
tell_all_pairs(const struct gb_node *root, const struct gb_chart *chart, const struct gb_flow_steps *steps,
               struct told_pairs *out)
{
    const struct gb_node *first = steps->items[0].node, *last = steps->items[steps->n - 1].node;
    const struct gb_node *holder = chart->figure->parent;
    const struct gb_node *begin = gb_node_clause(first->kind == GB_NODE_CLAUSE ? first->parent : first);
    const struct gb_node *end = gb_node_walk_past(gb_node_clause(last) ? gb_node_clause(last) : last, root);

    return tell_pairs(holder->first, gb_node_walk_past(holder, root), true, root, out) &&
           tell_pairs(begin ? begin : first, end, false, root, out);
}

/* What is done in one case only may be left to the chart. */
static bool
follows_decision(const struct gb_flow_graph *g, uint32_t v)
{
    return GB_ANY(GB_ITEMS(arc, g->in + g->in_first[v], g->in_first[v + 1] - g->in_first[v]),
                  gb_flow_is_decision(g, g->arcs[*arc].from));
}

void
gb_flow_judge_extra(struct gb_check *c, const struct gb_chart *chart, const struct gb_flow_steps *steps)
{
    const struct gb_flow_graph *g = chart->graph;
    struct told_pairs told = {{0}};
    struct gb_finding *f = NULL;

    if (!tell_all_pairs(c->doc->root, chart, steps, &told))
        return;
    for (uint32_t v = 0; v < g->n_vertices; v++) {
        const struct gb_flow_vertex *x = &g->vertices[v];
        GB_FIND(step, steps->items, steps->n, step->vertex == v);
        if (step || !gb_flow_is_step(g, v) || gb_flow_vertex_kind(g, v) != GB_FLOW_STEP || !x->n_in || !x->n_out ||
            follows_decision(g, v) || tells_any_pair(&told, gb_flow_bare_text(gb_flow_vertex_text(g, v))))
            continue;
        if (f)
            gb_flow_also(c, f, chart, gb_flow_vertex_span(g, v), gb_say(c, "文中也没有", "not in the text either"));
        else
            f = gb_flow_report(c, "extra", chart, gb_flow_vertex_span(g, v),
                               GB_ARGS(gb_flow_name(c, chart, v), gb_flow_figure_name(c, chart->figure)));
    }
}

/* ---- Another thing than the box says ---- */

/* 登记员填写|借书证 and 登记员填写|读者证卡: both begin with the same act, by the same actor if told, and go on with other things. */
static bool
tells_other_thing(struct gb_check *c, struct gb_str label, struct gb_str part)
{
    enum { LONGEST = 8 };
    GB_WORDS(conditions, "的", "后", "时", "前"); /* 检验不合格的 */
    size_t actor = gb_actor_at(c->facts->lexicon, label),
           verb = gb_verb_at(c->facts->lexicon, gb_str_skip(label, actor));
    struct gb_str own = gb_str_skip(label, actor + verb), other = gb_str_skip(part, actor + verb);
    struct told_pairs told = {{0}};

    if (!verb || gb_begins_with_post(c->facts->lexicon, own) ||
        !gb_str_starts(part, gb_str_sub(label, 0, actor + verb)) || gb_str_han_length(own) < 2 ||
        gb_str_han_length(other) < 2 || gb_str_han_length(other) > LONGEST || GB_ENDS_ANY(part, conditions))
        return false;
    add_pairs(&told, other);
    return !tells_any_pair(&told, own);
}

/* Does one of the texts have the first words of the label, or those without who acts? */
static bool
is_told(struct gb_check *c, struct gb_str label, const struct gb_str *texts, size_t n_texts)
{
    enum { SHORTEST = 3 };
    size_t end = 0;
    struct gb_str first = next_part(label, &end), act = gb_str_skip(first, gb_actor_at(c->facts->lexicon, first));

    act = gb_str_han_length(act) < SHORTEST ? first : act;
    return GB_ANY(GB_ITEMS(text, texts, n_texts), gb_str_has(*text, act));
}

/* A part of the step that tells of no box, and of another thing than the label does. */
static bool
judge_name(struct gb_check *c, const struct gb_chart *chart, const struct gb_flow_step *step, uint32_t vertex)
{
    const struct gb_flow_graph *g = chart->graph;
    struct gb_str s = step->text->str, label = gb_flow_bare_text(gb_flow_vertex_text(g, vertex));

    for (size_t at = 0, begin = 0; at < s.len; begin = at) {
        struct gb_str part = next_part(s, &at);
        if (!tells_other_thing(c, label, part) ||
            GB_ANY(for (uint32_t v = 0; v < g->n_vertices; v++),
                   gb_flow_is_step(g, v) && is_told(c, gb_flow_bare_text(gb_flow_vertex_text(g, v)), &part, 1)))
            continue;
        struct gb_finding *f = gb_report_case(c, "name", gb_at_part(step->text, begin, begin + part.len), step->node,
                                              GB_ARGS(gb_flow_quote(c, part), gb_flow_quote(c, label),
                                                      gb_flow_figure_name(c, chart->figure)));
        gb_flow_also(c, f, chart, gb_flow_vertex_span(g, vertex), gb_say(c, "图中的该步骤", "the step in the chart"));
        return true;
    }
    return false;
}

void
gb_flow_judge_names(struct gb_check *c, const struct gb_chart *chart, const struct gb_flow_steps *steps)
{
    static const double most = 0.75;
    enum { MOST_NODES = 60 };
    const struct gb_flow_graph *g = chart->graph;
    struct gb_str texts[GB_MOST_STEPS];
    uint32_t untold[MOST_NODES], n = 0, n_boxes = 0;

    for (size_t i = 0; i < steps->n; i++)
        texts[i] = steps->items[i].text->str;
    for (uint32_t v = 0; v < g->n_vertices && g->n_vertices <= MOST_NODES; v++) {
        if (!gb_flow_is_step(g, v) || gb_flow_vertex_kind(g, v) != GB_FLOW_STEP)
            continue;
        GB_FIND(step, steps->items, steps->n, step->vertex == v);
        n_boxes++;
        if ((!step || is_in_words(steps, step)) &&
            !is_told(c, gb_flow_bare_text(gb_flow_vertex_text(g, v)), texts, steps->n))
            untold[n++] = v;
    }
    for (uint32_t i = 0; i < n && (double)(n_boxes - n) >= most * (double)n_boxes; i++)
        GB_EACH(const struct gb_flow_step, step, steps->items, steps->n) {
            if (is_in_words(steps, step) && judge_name(c, chart, step, untold[i]))
                break;
        }
}
