/*
 * Does the text beside a flowchart say what the chart shows? FLW-011. The text names steps in a sentence (A、B、C等阶段, A→B→C), in
 * lettered items, or in the titles of the clauses that follow (steps.c); the chart shows them as nodes.
 */
#include "check/flow/steps_priv.h"

#include "check/objects/figures_priv.h"

/* Is there a way from one of the vertices to `to` that does not pass `without`? */
static bool
lead_to(const struct gb_flow_graph *g, const uint32_t *from, uint32_t n_from, uint32_t to, uint32_t without,
        struct gb_arena *arena)
{
    bool *is_seen = gb_arena_new_array(arena, bool, g->n_vertices + 1);
    uint32_t *stack = gb_arena_new_array(arena, uint32_t, g->n_vertices + 1), n = 0;

    if (without != GB_NO_VERTEX)
        is_seen[without] = true;
    for (uint32_t i = 0; i < n_from; i++) {
        if (from[i] == to)
            return true;
        if (!is_seen[from[i]])
            stack[n++] = from[i];
        is_seen[from[i]] = true;
    }
    while (n > 0) {
        uint32_t v = stack[--n];
        for (uint32_t k = g->out_first[v]; k < g->out_first[v + 1]; k++) {
            uint32_t w = g->arcs[g->out[k]].to;
            if (w == to)
                return true;
            if (!is_seen[w]) {
                is_seen[w] = true;
                stack[n++] = w;
            }
        }
    }
    return false;
}

/* ---- What they contradict in ---- */

/* Does b always come before a? In a loop it does where every way from the start to a passes b. */
static bool
comes_before(const struct gb_flow_graph *g, uint32_t b, uint32_t a, struct gb_arena *arena)
{
    return a != b && lead_to(g, &b, 1, a, GB_NO_VERTEX, arena) &&
           (!lead_to(g, &a, 1, b, GB_NO_VERTEX, arena) ||
            (g->n_entries && !lead_to(g, g->entries, g->n_entries, a, b, arena)));
}

/* The first pair of steps whose nodes come the other way round. Is there one? */
static bool
judge_order(struct gb_check *c, const struct gb_chart *chart, const struct gb_flow_steps *steps)
{
    const struct gb_flow_graph *g = chart->graph;

    for (size_t i = 1, last = 0; i < steps->n; i++) {
        const struct gb_flow_step *a = &steps->items[last], *b = &steps->items[i];
        if (b->vertex == GB_NO_VERTEX)
            continue;
        last = i;
        if (a->vertex == GB_NO_VERTEX || !comes_before(g, b->vertex, a->vertex, c->arena))
            continue;
        struct gb_finding *f =
            gb_report_case(c, "order", GB_AT(b), b->node,
                           GB_ARGS(gb_flow_quote(c, GB_WORDS_OF(a)), gb_flow_quote(c, GB_WORDS_OF(b)),
                                   gb_flow_figure_name(c, chart->figure)));
        gb_flow_also(c, f, chart, gb_flow_vertex_span(g, b->vertex),
                     gb_say(c, "图中的该步骤", "the step in the chart"));
        return true;
    }
    return false;
}

/* A box that lies beside the flow and is tied to the vertex: what it says is said of it. GB_NO_VERTEX: none tells a limit. */
static uint32_t
note_with_limit(const struct gb_flow_graph *g, uint32_t vertex, unsigned *out_value, unsigned *out_unit)
{
    size_t ignored;

    GB_EACH(const struct gb_flow_edge, edge, g->flow->edges, g->flow->n_edges) {
        int32_t other = edge->from.node == (int32_t)vertex ? edge->to.node
                        : edge->to.node == (int32_t)vertex ? edge->from.node
                                                           : -1;
        if (other >= 0 && !g->vertices[other].is_in_flow &&
            gb_flow_read_limit(g->flow->nodes[other].text, out_value, out_unit, &ignored, &ignored) == 1)
            return (uint32_t)other;
    }
    return GB_NO_VERTEX;
}

static void
report_limit(struct gb_check *c, const struct gb_chart *chart, const struct gb_flow_step *step, struct gb_at at,
             struct gb_str told, uint32_t where)
{
    struct gb_finding *f = gb_report_case(c, "limit", at, step->node,
                                          GB_ARGS(gb_flow_quote(c, GB_WORDS_OF(step)), told,
                                                  gb_flow_quote(c, gb_flow_vertex_text(chart->graph, where)),
                                                  gb_flow_figure_name(c, chart->figure)));
    gb_flow_also(c, f, chart, gb_flow_vertex_span(chart->graph, where),
                 gb_say(c, "图中的时限", "the limit in the chart"));
}

/* 24 h内, 不超过24 h: how long it may take; 保存30日 is something else. */
static bool
is_time_allowed(struct gb_str s, size_t begin, size_t end)
{
    GB_WORDS(within, "内", "之内", "以内");
    GB_WORDS(bounds, "不超过", "不应超过", "不得超过", "不大于", "不应大于", "不多于", "≤", "时限", "时限为", "期限为",
             "时限：", "时间：", "最长");

    return GB_STARTS_ANY(gb_str_trim(gb_str_skip(s, end)), within) ||
           GB_ENDS_ANY(gb_str_trim(gb_str_sub(s, 0, begin)), bounds);
}

/* Within the time allowed, or beside the name of the step: 公示：10日; 公示10日. */
static bool
is_limit_of(const struct gb_flow_step *step, size_t begin, size_t end)
{
    struct gb_str s = step->text->str;
    size_t from, to;

    gb_flow_part_around(s, begin, &from, &to);
    return is_time_allowed(s, begin, end) ||
           (!step->is_sentence &&
            (begin <= step->end + GB_HAN || gb_str_has(gb_str_sub(s, from, begin), GB_WORDS_OF(step))));
}

/* The text of the step, or cell of its row, that names its only limit of time; NULL: there is none, or more than one. */
static const struct gb_text *
limited_text(const struct gb_flow_step *step)
{
    const struct gb_text *found = NULL;
    unsigned n = 0, value, unit;
    size_t begin, end;

    if (!step->row)
        return gb_flow_read_limit(step->text->str, &value, &unit, &begin, &end) == 1 ? step->text : NULL;
    GB_EACH(const struct gb_step_text, cell, step->row->texts, step->row->n_texts) {
        unsigned here = gb_flow_read_limit(cell->text->str, &value, &unit, &begin, &end);
        n += here;
        found = here ? cell->text : found;
    }
    return n == 1 ? found : NULL;
}

/* A matched step with another limit of time in the chart than in its item. */
static void
judge_limit(struct gb_check *c, const struct gb_chart *chart, const struct gb_flow_step *step)
{
    unsigned a, b, unit, other;
    size_t begin, end, ignored;
    uint32_t where = step->vertex;

    const struct gb_text *text = limited_text(step);
    if (!text)
        return;
    gb_flow_read_limit(text->str, &a, &unit, &begin, &end);
    if (!step->row && !is_limit_of(step, begin, end))
        return;
    if (gb_flow_read_limit(gb_flow_vertex_text(chart->graph, where), &b, &other, &ignored, &ignored) != 1)
        where = note_with_limit(chart->graph, where, &b, &other);
    if (where != GB_NO_VERTEX && unit == other && a != b)
        report_limit(c, chart, step, gb_at_part(text, begin, end), gb_str_sub(text->str, begin, end), where);
}

/* What is done within a limit: the words behind it (10日内核实情况), else those before it (核实情况，10日; 核实情况（10日）). */
static struct gb_str
limited_words(struct gb_str shown, size_t begin, size_t end)
{
    GB_WORDS(marks, "，", "（", "(", "：", ",", " ", "\n");
    GB_WORDS(questions, "？", "?");
    enum { SHORTEST = 4 };
    struct gb_str before = gb_str_sub(shown, 0, begin),
                  behind =
                      gb_str_skip(shown, end + (gb_str_starts(gb_str_skip(shown, end), GB_STR("内")) ? GB_HAN : 0));

    for (size_t i = 0; i < GB_COUNT(marks); i++) {
        while (before.len && gb_str_ends(before, marks[i])) {
            before.len -= marks[i].len;
            i = 0;
        }
    }
    behind.len -= GB_END(behind, questions);
    struct gb_str words = gb_str_han_length(behind) >= SHORTEST ? behind : before;
    return gb_str_han_length(words) >= SHORTEST ? words : GB_STR("");
}

/*
 * A clause has the name of a box, and names one limit of time in all: 24 h where the box says 48 h. Where the words of the box stand
 * beside the limit, judge_told_limits() has it.
 */
static void
judge_clause_limit(struct gb_check *c, const struct gb_chart *chart, const struct gb_flow_step *step)
{
    enum { MOST_NODES = 30 };
    struct gb_str shown = gb_flow_vertex_text(chart->graph, step->vertex);
    const struct gb_node *found = NULL;
    unsigned a = 0, b, unit = 0, other, n = 0;
    size_t begin = 0, end = 0, from, to;
    int i = 0;

    if (gb_flow_read_limit(shown, &b, &other, &from, &to) != 1)
        return;
    struct gb_str words = limited_words(shown, from, to);
    for (const struct gb_node *node = gb_node_walk(step->node, step->node); node;
         node = gb_node_walk(node, step->node)) {
        unsigned here = gb_flow_read_limit(node->text.str, &a, &unit, &begin, &end);
        n += here;
        found = here ? node : found;
        if (n > 1 || ++i > MOST_NODES)
            return;
    }
    if (n != 1 || gb_flow_read_limit(found->text.str, &a, &unit, &begin, &end) != 1 || unit != other || a == b ||
        !is_time_allowed(found->text.str, begin, end) || (words.len && gb_str_has(found->text.str, words)))
        return;
    report_limit(c, chart, step, gb_at_part(&found->text, begin, end), gb_str_sub(found->text.str, begin, end),
                 step->vertex);
}

/*
 * 10日内核实情况 in the chart, 15日内核实情况 in a text beside it: the words beside the limit are the same. `own` is the vertex that
 * stands for the text.
 */
static void
judge_told_limits(struct gb_check *c, const struct gb_chart *chart, const struct gb_node *node, uint32_t own)
{
    enum { LONGEST = 1500 };
    struct gb_str s = node->text.str;

    for (uint32_t v = 0; s.len < LONGEST && v < chart->graph->n_vertices; v++) {
        struct gb_str shown = gb_flow_vertex_text(chart->graph, v);
        unsigned a, b, unit, other;
        size_t begin, end, from, to;
        if (v == own || !gb_flow_is_step(chart->graph, v) || gb_flow_read_limit(shown, &b, &other, &begin, &end) != 1)
            continue;
        struct gb_str words = limited_words(shown, begin, end);
        size_t at = words.len ? gb_str_find(s, words, 0) : GB_NOT_FOUND;
        if (at == GB_NOT_FOUND)
            continue;
        gb_flow_part_around(s, at, &from, &to);
        if (gb_flow_read_limit(gb_str_sub(s, from, to), &a, &unit, &begin, &end) != 1 || unit != other || a == b)
            continue;
        struct gb_finding *f = gb_report_case(c, "limit", gb_at_part(&node->text, from + begin, from + end), node,
                                              GB_ARGS(gb_flow_quote(c, words), gb_str_sub(s, from + begin, from + end),
                                                      gb_flow_quote(c, shown), gb_flow_figure_name(c, chart->figure)));
        gb_flow_also(c, f, chart, gb_flow_vertex_span(chart->graph, v),
                     gb_say(c, "图中的时限", "the limit in the chart"));
    }
}

/* What is told from a clause on, in those behind it: limits, and who acts, but for texts that were compared as steps. */
static void
judge_told_from(struct gb_check *c, const struct gb_chart *chart, const struct gb_node *first,
                const struct gb_flow_steps *compared, bool has_actors)
{
    enum { MOST_NODES = 200 };
    int i = 0;

    for (const struct gb_node *n = first; n && n->kind == GB_NODE_CLAUSE; n = n->next) {
        for (const struct gb_node *inner = gb_node_walk(n, n); inner; inner = gb_node_walk(inner, n)) {
            if (++i > MOST_NODES || inner->kind == GB_NODE_FIGURE)
                return;
            if (!GB_AMONG(inner->kind, GB_NODE_PARA, GB_NODE_ITEM) ||
                GB_ANY(GB_ITEMS(step, compared->items, compared->n), step->node == inner))
                continue;
            judge_told_limits(c, chart, inner, GB_NO_VERTEX);
            if (has_actors)
                gb_flow_judge_told_actors(c, chart, inner, GB_NO_VERTEX);
        }
    }
}

/* The only number of a label, with words before it and a unit at its end; false: there is none, or several, or more is said. */
static bool
read_number(struct gb_str s, size_t *out_begin, size_t *out_end)
{
    enum { SHORTEST = 4 };
    GB_WORDS(ends, "", "？", "?", "的");
    size_t begin = 0, end;

    while (begin < s.len && !gb_is_digit(s.ptr[begin]))
        begin++;
    end = gb_skip_digits(s, begin);
    if (gb_str_has_digit(gb_str_skip(s, end)))
        return false;
    *out_begin = begin;
    *out_end = end;
    if (end == begin || end == s.len || gb_str_han_length(gb_str_sub(s, 0, begin)) < SHORTEST)
        return false;
    bool has_unit = gb_char_is_han(gb_utf8_at(s, end, &begin));
    return has_unit && GB_IS_ANY(gb_str_skip(s, begin), ends);
}

/* 报价不少于3家 in the chart, 报价不少于5家 in the item: the same words before the number and the same unit behind it. */
static void
judge_numbers(struct gb_check *c, const struct gb_chart *chart, const struct gb_node *item)
{
    struct gb_str s = item->text.str;

    for (uint32_t v = 0; v < chart->graph->n_vertices; v++) {
        struct gb_str shown = gb_str_trim(gb_flow_vertex_text(chart->graph, v));
        size_t begin, end, next;
        if (!gb_flow_is_step(chart->graph, v) || !read_number(shown, &begin, &end))
            continue;
        struct gb_str words = gb_str_sub(shown, 0, begin), number = gb_str_sub(shown, begin, end);
        size_t at = gb_str_find(s, words, 0), from, to;
        while (at != GB_NOT_FOUND && !gb_is_digit(gb_char_at(s, at + words.len)))
            at = gb_str_find(s, words, at + words.len);
        if (at == GB_NOT_FOUND)
            continue;
        to = gb_skip_digits(s, from = at + words.len);
        gb_utf8_at(shown, end, &next);
        if (gb_str_same(gb_str_sub(s, from, to), number) ||
            !gb_str_starts(gb_str_skip(s, to), gb_str_sub(shown, end, next)))
            continue;
        struct gb_finding *f = gb_report_case(c, "number", gb_at_part(&item->text, at, to + next - end), item,
                                              GB_ARGS(gb_str_sub(s, at, to + next - end), gb_flow_quote(c, shown),
                                                      gb_flow_figure_name(c, chart->figure)));
        gb_flow_also(c, f, chart, gb_flow_vertex_span(chart->graph, v),
                     gb_say(c, "图中的数", "the number in the chart"));
    }
}

static void
judge_items(struct gb_check *c, const struct gb_chart *chart, const struct gb_flow_steps *steps)
{
    GB_EACH(const struct gb_flow_step, step, steps->items, steps->n) {
        if (step->node->kind == GB_NODE_CLAUSE && step->vertex != GB_NO_VERTEX)
            judge_clause_limit(c, chart, step);
        bool is_told = false, is_text = step->node->kind == GB_NODE_ITEM || (step->node->kind == GB_NODE_PARA && !steps->is_sentence);
        if (!is_text && !step->row)
            continue;
        if (step->vertex != GB_NO_VERTEX) {
            judge_limit(c, chart, step);
            is_told = gb_flow_judge_actor(c, chart, step);
        }
        if (step->row)
            continue;
        judge_told_limits(c, chart, step->node, step->vertex);
        gb_flow_judge_told_actors(c, chart, step->node, is_told ? step->vertex : GB_NO_VERTEX);
        judge_numbers(c, chart, step->node);
    }
}

/* Does another chart show a part of the process? The step may be there. */
static bool
has_parts(const struct gb_facts *facts, const struct gb_chart *chart)
{
    GB_FIND(other, facts->charts.items, facts->charts.n, other != chart && other->process == chart->process);
    return other != NULL;
}

/* A chart on another level of detail shows few of them: nothing can be said. */
enum compared { NOT_COMPARED, AGREE, DIFFER };

static enum compared
judge_steps(struct gb_check *c, const struct gb_chart *chart, struct gb_flow_steps *steps)
{
    static const double least = 0.3, most = 0.75;
    size_t n = steps->n >= 2 ? gb_flow_steps_match(chart->graph, steps) : 0, n_named = 0, n_shown = 0;

    for (size_t i = 0; i < steps->n; i++) { /* that a sentence has no node's words says nothing */
        bool is_shown = steps->items[i].is_shown || steps->items[i].vertex != GB_NO_VERTEX;
        n_shown += is_shown;
        n_named += !steps->items[i].is_sentence || is_shown;
    }
    if (n_shown < 2 || (double)n_shown < least * (double)n_named) {
        if (steps->is_sentence)
            gb_not_checked(c, gb_flow_figure_name(c, chart->figure),
                           gb_say(c, "图与文字的详略不同，没有比较",
                                  "chart and text differ in detail and were not compared"));
        return NOT_COMPARED;
    }
    bool differs = judge_order(c, chart, steps);
    judge_items(c, chart, steps);
    if (!has_parts(c->facts, chart)) {
        differs = gb_flow_judge_missing(c, chart, steps, n) || differs;
        if (!steps->is_sentence && n > 2 && (double)n >= most * (double)steps->n)
            gb_flow_judge_extra(c, chart, steps);
        if (!steps->is_sentence)
            gb_flow_judge_names(c, chart, steps);
    }
    return differs ? DIFFER : AGREE;
}

/* Clauses stand behind the text of the clause that holds them. */
static const struct gb_node *
first_subclause(const struct gb_node *clause)
{
    const struct gb_node *n = clause->last;

    for (int i = 0; n && i < GB_MOST_STEPS && n->prev && n->prev->kind == GB_NODE_CLAUSE; i++)
        n = n->prev;
    return n && n->kind == GB_NODE_CLAUSE ? n : NULL;
}

/*
 * The clauses below that of the chart and behind it treat its steps, up to one with a chart of its own. A chapter behind may be about
 * something else, where others do the same.
 */
static void
judge_told(struct gb_check *c, const struct gb_chart *chart, const struct gb_node *clause,
           const struct gb_flow_steps *compared)
{
    if (!clause)
        return;
    judge_told_from(c, chart, first_subclause(clause), compared, true);
    judge_told_from(c, chart, clause->next, compared, gb_node_top(clause) != clause);
}

/* 6.2 办理步骤, 6.2 流程要求 behind 6.1, which has the chart; 5 程序指示 behind chapter 4. Else NULL. */
static const struct gb_node *
treated_behind(const struct gb_node *clause)
{
    GB_WORDS(titles, "步骤", "流程", "程序", "步骤要求", "流程要求", "程序要求");
    const struct gb_node *next = clause ? clause->next : NULL;

    if (next && next->kind == GB_NODE_CLAUSE && GB_ENDS_ANY(gb_str_trim(next->title.str), titles))
        return next;
    if (clause && !next)
        next = clause->parent ? clause->parent->next : NULL;
    return next && next->kind == GB_NODE_CLAUSE && gb_is_instructions_title(next->title.str) ? next : NULL;
}

/* The list of steps in the clause, or NULL. */
static const struct gb_node *
steps_in(const struct gb_node *next)
{
    for (const struct gb_node *n = next->first; n && n->kind != GB_NODE_CLAUSE; n = n->next) {
        if (n->kind == GB_NODE_FIGURE)
            return NULL;
        if (n->kind == GB_NODE_LIST)
            return n;
    }
    return NULL;
}

/* 4.1 程序构成 before 4.2, which has the chart, names the stages. */
static enum compared
judge_overview(struct gb_check *c, const struct gb_chart *chart, const struct gb_node *clause)
{
    const struct gb_node *before = clause ? clause->prev : NULL;
    struct gb_flow_steps steps = {.n = 0};

    if (!before || before->kind != GB_NODE_CLAUSE || !gb_is_overview_title(before->title.str))
        return NOT_COMPARED;
    const struct gb_node *para = gb_node_child(before, GB_NODE_PARA);
    if (para)
        gb_flow_steps_of_sentence(c->facts->lexicon, para, &steps);
    return steps.n ? judge_steps(c, chart, &steps) : NOT_COMPARED;
}

/* What the facts know as a procedure in the clause, of a form that is not read here; NULL: there is none. */
static const struct gb_procedure *
procedure_in(const struct gb_check *c, const struct gb_node *clause)
{
    const struct gb_procedures *all = &c->facts->procedures;
    const struct gb_node *end = gb_node_walk_past(clause, c->doc->root);

    GB_SEEK(uint32_t, i, all->n, all->items[i].holder->id < clause->id);
    const struct gb_procedure *p = i < all->n ? &all->items[i] : NULL;
    return p && (!end || p->holder->id < end->id) &&
                   (p->form == GB_PROCEDURE_UNTITLED || p->form == GB_PROCEDURE_PARAGRAPHS ||
                    p->form == GB_PROCEDURE_TABLE)
               ? p
               : NULL;
}

/* The clause behind that treats the steps. What differs from a sentence that was compared already is told once. */
static void
judge_treated(struct gb_check *c, const struct gb_chart *chart, const struct gb_node *clause, enum compared before)
{
    const struct gb_node *treated = treated_behind(clause), *list = treated ? steps_in(treated) : NULL;
    struct gb_flow_steps steps = {.n = 0};

    const struct gb_procedure *p = treated && !list ? procedure_in(c, treated) : NULL;

    if (list)
        gb_flow_steps_of_list(list, &steps);
    else if (p)
        gb_flow_steps_of_procedure(p, &steps);
    else if (treated && first_subclause(treated))
        gb_flow_steps_of_titles(first_subclause(treated), &steps);
    else if (!treated && clause) /* compared with a sentence: of the clauses behind, the limits */
        gb_flow_steps_of_titles(clause->next, &steps);
    if (before != DIFFER && treated)
        judge_steps(c, chart, &steps);
    else if (gb_flow_steps_match(chart->graph, &steps))
        judge_items(c, chart, &steps);
    judge_told(c, chart, clause, &steps);
}

static void
judge_text(struct gb_check *c, const struct gb_chart *chart)
{
    enum { LOOK_AROUND = 40 };
    const struct gb_node *clause = gb_node_clause(chart->figure), *node = chart->figure->prev;

    if (chart->page > 0)
        return;
    if (gb_object_is_continued(chart->figure)) {
        judge_told(c, chart, clause, &(struct gb_flow_steps){.n = 0});
        return;
    }
    for (int i = 0; node && i < LOOK_AROUND && node->kind != GB_NODE_CLAUSE; i++, node = node->prev) {
        struct gb_flow_steps steps = {.n = 0};
        if (node->kind == GB_NODE_PARA) {
            judge_told_limits(c, chart, node, GB_NO_VERTEX);
            gb_flow_steps_of_sentence(c->facts->lexicon, node, &steps);
        } else if (node->kind == GB_NODE_LIST)
            gb_flow_steps_of_list(node, &steps);
        enum compared compared = steps.n ? judge_steps(c, chart, &steps) : NOT_COMPARED;
        if (compared != NOT_COMPARED) {
            judge_treated(c, chart, clause, compared);
            return;
        }
    }
    struct gb_flow_steps steps = {.n = 0};
    const struct gb_node *list = chart->figure->next;
    if (list && list->kind == GB_NODE_PARA && gb_str_ends(gb_str_trim(list->text.str), GB_STR("：")))
        list = list->next;
    if (list && list->kind == GB_NODE_LIST)
        gb_flow_steps_of_list(list, &steps);
    const struct gb_procedure *p = !steps.n && clause ? procedure_in(c, clause) : NULL;
    if (p)
        gb_flow_steps_of_procedure(p, &steps);
    else if (!steps.n && clause)
        gb_flow_steps_of_titles(first_subclause(clause) ? first_subclause(clause) : clause->next, &steps);
    if (judge_steps(c, chart, &steps) != NOT_COMPARED) {
        judge_told(c, chart, clause, &steps);
        return;
    }
    judge_treated(c, chart, clause, judge_overview(c, chart, clause));
}

/* Source: GB/T 20001.6—2017, 6.3.3; DB32/T 2796—2015, 7.3.4.4 d). */
GB_CHECK_WHOLE(check_text, gb_each_graph(c, judge_text))

const struct gb_check_def gb_flow_text_checks[] = {
    {.name = "flow-text",
     .whole = check_text,
     .cases = "order limit number actor missing extra name",
     .params = "actors:words"},
    {0},
};
