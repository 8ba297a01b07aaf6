/* Words in flowcharts: FLW-001, FLW-002, FLW-004, FLW-021, FLW-022. DB32/T 2796—2015, 7.3.4.4 a). */
#include "check/flow/flow_priv.h"

#include "facts/words.h"

#include <stdio.h>

/* ---- What is what ---- */

static bool
is_sentence(struct gb_str text)
{
    return GB_HAS_ONE_OF(text, "。", "；");
}

/* Start or end: by kind, or because nothing leads to it or from it. */
static bool
is_terminal(const struct gb_chart *chart, uint32_t node)
{
    enum gb_flow_kind kind = chart->flow->nodes[node].kind;

    if (kind == GB_FLOW_START || kind == GB_FLOW_END || kind == GB_FLOW_TERMINAL)
        return true;
    if (!chart->graph)
        return false;
    const struct gb_flow_vertex *v = &chart->graph->vertices[node];
    return v->is_in_flow && v->n_in + v->n_out > 0 && (v->n_in == 0 || v->n_out == 0);
}

/* Behind a bracket with a number of a clause, which does not count: （5.2）, (见5.2.1); else `at`. */
static size_t
behind_reference(struct gb_str s, size_t at)
{
    size_t next, end = at;
    uint32_t c = gb_utf8_at(s, at, &next);
    bool has_digit = false;

    if (c != U'（' && c != '(')
        return at;
    for (end = next; end < s.len; end = next) {
        c = gb_utf8_at(s, end, &next);
        if (c == U'）' || c == ')')
            return has_digit ? next : at;
        if (gb_char_digit(c) >= 0)
            has_digit = true;
        else if (c != '.' && c != U'见' && c != U'第' && c != U'章' && c != U'条' && c != U'、' && c != ' ' &&
                 !gb_is_upper(c))
            return at;
    }
    return at;
}

/* Width without numbers of clauses in brackets and without line ends. */
static double
label_width(struct gb_str s)
{
    double width = 0;

    for (size_t at = 0, next; at < s.len; at = next) {
        next = behind_reference(s, at);
        if (next != at)
            continue;
        uint32_t c = gb_utf8_at(s, at, &next);
        if (c != '\n' && c != '\r')
            width += gb_char_width(c, 2) / 2.0;
    }
    return width;
}

static unsigned
count_lines(struct gb_str text)
{
    unsigned n = 1;

    for (size_t i = 0; i < text.len; i++)
        n += text.ptr[i] == '\n';
    return n;
}

/* A note, or a box that nothing but dotted lines ties to the flow: it explains. */
static bool
is_annotation(const struct gb_chart *chart, uint32_t node)
{
    const struct gb_flow *flow = chart->flow;

    if (flow->nodes[node].kind == GB_FLOW_NOTE || !chart->graph || chart->graph->vertices[node].is_in_flow)
        return flow->nodes[node].kind == GB_FLOW_NOTE;
    return GB_ANY(GB_ITEMS(edge, flow->edges, flow->n_edges),
                  edge->line == GB_FLOW_DOTTED && (edge->from.node == (int32_t)node || edge->to.node == (int32_t)node));
}

/* ---- FLW-001: labels are short ---- */

static void
judge_node_width(struct gb_check *c, const struct gb_chart *chart, uint32_t i)
{
    const struct gb_flow_node *node = &chart->flow->nodes[i];
    struct gb_str text = gb_str_trim(node->text);
    double width = label_width(text), limit = gb_param_number(c, is_terminal(chart, i) ? "terminal" : "node");
    double lines = gb_param_number(c, "lines");

    if (is_annotation(chart, i) || is_sentence(text))
        return;
    if (width > limit)
        gb_flow_report(c, NULL, chart, node->words,
                       GB_ARGS(gb_flow_quote(c, text), gb_flow_number(c, width), gb_flow_number(c, limit)));
    else if (count_lines(text) > lines)
        gb_flow_report(c, "lines", chart, node->words,
                       GB_ARGS(gb_flow_quote(c, text), gb_flow_number(c, count_lines(text)), gb_flow_number(c, lines)));
}

static void
judge_widths(struct gb_check *c, const struct gb_chart *chart)
{
    const struct gb_flow *flow = chart->flow;

    for (uint32_t i = 0; i < flow->n_nodes; i++)
        judge_node_width(c, chart, i);
    GB_EACH(const struct gb_flow_edge, edge, flow->edges, flow->n_edges) {
        double width = label_width(edge->text), limit = gb_param_number(c, "edge");
        if (width > limit && !edge->is_message)
            gb_flow_report(c, "edge", chart, edge->words,
                           GB_ARGS(gb_flow_quote(c, edge->text), gb_flow_number(c, width), gb_flow_number(c, limit)));
    }
}

/* Source: DB32/T 2796—2015, 7.3.4.4 a). */
GB_CHECK_WHOLE(check_width, gb_each_process(c, judge_widths))

/* ---- FLW-002: labels are phrases ---- */

/* 窗口应登记信息: 应 that belongs to no word, with an act behind it. */
static bool
has_requirement(struct gb_str s)
{
    static const char before[] = "相响适反供对效感呼照", behind[] = "急用力变答征收付届税诉聘邀激试缴";
    struct gb_str word = GB_STR("应");

    GB_EACH_FOUND(at, s, word, 0) {
        size_t next, end = at + word.len;
        struct gb_str left = gb_str_sub(s, at >= GB_HAN ? at - GB_HAN : 0, at),
                      right = gb_str_sub(s, end, end + GB_HAN);
        bool is_word = (left.len && gb_str_has(gb_str_from(before), left)) ||
                       (right.len && gb_str_has(gb_str_from(behind), right));
        if (!is_word && gb_str_han_length(gb_str_skip(s, end)) >= 2 && gb_char_is_han(gb_utf8_at(s, end, &next)))
            return true;
    }
    return false;
}

/* A modal at the head of a clause of the label: 应由…, 应当…, 可自行…; not 应急, 可靠. */
static bool
has_modal(struct gb_str s)
{
    GB_WORDS(inside, "应当", "应由", "应在", "应按", "不应", "不得", "必须", "应该", "可以", "不宜");

    return GB_HAS_ANY(s, inside) || has_requirement(s);
}

/* A comma with words on both sides: two clauses. In brackets it parts remarks. */
static bool
has_clauses(struct gb_str s)
{
    enum { LEAST = 3 };
    size_t at = gb_str_find(s, GB_STR("，"), 0);

    if (at == GB_NOT_FOUND || gb_str_find(s, GB_STR("（"), 0) < at)
        return false;
    return gb_str_han_length(gb_str_sub(s, 0, at)) >= LEAST && gb_str_han_length(gb_str_skip(s, at)) >= LEAST;
}

/* A box that names no act: as far as the verbs of the list tell. */
static bool
lacks_verb(struct gb_check *c, const struct gb_flow_node *node)
{
    enum { LONGEST = 12 };
    size_t han = gb_str_han_length(node->text);

    if (node->kind != GB_FLOW_STEP || !gb_str_is(node->shape, "square") || han < 2 || han > LONGEST)
        return false;
    return !gb_param_has(c, "verbs", node->text);
}

static void
judge_phrases(struct gb_check *c, const struct gb_chart *chart)
{
    const struct gb_flow *flow = chart->flow;

    for (uint32_t i = 0; i < flow->n_nodes; i++) {
        const struct gb_flow_node *node = &flow->nodes[i];
        struct gb_str text = gb_str_trim(node->text);
        if (is_annotation(chart, i))
            continue;
        const struct gb_str args[] = {gb_flow_quote(c, text)};
        if (is_sentence(text))
            gb_flow_report(c, NULL, chart, node->words, args, 1);
        else if (label_width(text) > gb_param_number(c, "long"))
            continue; /* FLW-001 */
        else if (!gb_flow_is_question(text) && has_modal(text))
            gb_flow_report(c, "modal", chart, node->words, args, 1);
        else if (!is_terminal(chart, i) && has_clauses(text))
            gb_flow_report(c, "clauses", chart, node->words, args, 1);
        else if (!is_terminal(chart, i) && !gb_flow_is_question(text) && lacks_verb(c, node)) /* a question: FLW-021 */
            gb_flow_report(c, "verb", chart, node->words, args, 1);
    }
}

/* Source: DB32/T 2796—2015, 7.3.4.4 a). */
GB_CHECK_WHOLE(check_phrase, gb_each_process(c, judge_phrases))

/* ---- FLW-004: marks of notes ---- */

enum { MOST_NOTES = 64 };

/* The number behind 注 at `at` (见注3, 注3): 0 for none. */
static unsigned
note_number(struct gb_str s, size_t at)
{
    unsigned n = 0;

    for (size_t i = at + strlen("注"), next; i < s.len; i = next) {
        int digit = gb_char_digit(gb_utf8_at(s, i, &next));
        if (digit < 0 || n >= MOST_NOTES)
            break;
        n = n * 10 + (unsigned)digit;
    }
    return n < MOST_NOTES ? n : 0;
}

/* Is 注 a word of its own here, and not the end of 备注, 标注, 关注? */
static bool
is_note_word(struct gb_str s, size_t at)
{
    static const char before[] = "备标关附批加校";
    size_t prev;
    uint32_t c = gb_utf8_before(s, at, &prev);

    return at == 0 || !gb_str_has(gb_str_from(before), gb_str_sub(s, prev, at)) || !gb_char_is_han(c);
}

/* Notes of the figure: inside of it, or right behind it. Bit n: 注n; bit 0: 注 without a number. */
static uint64_t
notes_of(const struct gb_node *figure)
{
    enum { LOOK_AHEAD = 8 };
    const struct gb_node *lists[] = {figure->first, figure->next};
    uint64_t seen = 0;

    for (size_t k = 0; k < GB_COUNT(lists); k++) {
        const struct gb_node *n = lists[k];
        for (int i = 0; n && (k == 0 || i < LOOK_AHEAD); i++, n = n->next) {
            if (k == 1 && n->kind != GB_NODE_NOTE && n->kind != GB_NODE_COMMENT && n->kind != GB_NODE_PARA)
                break;
            struct gb_str words = n->kind == GB_NODE_NOTE ? n->marker.str : n->text.str;
            if (gb_str_starts(words, GB_STR("注")))
                seen |= UINT64_C(1) << note_number(words, 0);
        }
    }
    return seen;
}

/* Where ① … ⑳ ends the label or a line of it; behind the text where none does: at the head they number the boxes. */
static size_t
circled_at(struct gb_str text)
{
    for (size_t at = gb_utf8_ceil(text, 1), next; at < text.len; at = next) {
        uint32_t c = gb_utf8_at(text, at, &next);
        if (c >= U'①' && c <= U'⑳' && (next == text.len || text.ptr[next] == '\n'))
            return at;
    }
    return text.len;
}

/* Does a line of or below the figure begin with the mark? */
static bool
explains_mark(const struct gb_node *figure, struct gb_str mark)
{
    enum { LOOK_AHEAD = 12 };
    const struct gb_node *lists[] = {figure->first, figure->next, figure->prev};

    for (size_t k = 0; k < GB_COUNT(lists); k++) {
        const struct gb_node *n = lists[k];
        for (int i = 0; n && i < LOOK_AHEAD && n->kind != GB_NODE_CLAUSE; i++, n = k == 2 ? n->prev : n->next) {
            if (gb_str_has(n->text.str, mark) || gb_str_has(n->marker.str, mark))
                return true;
        }
    }
    return false;
}

/* By the text of a line, or by the caption. */
static bool
is_led_to(const struct gb_flow *flow, const struct gb_node *figure, unsigned number)
{
    char word[16];
    struct gb_str name = {word, (size_t)snprintf(word, sizeof(word), "注%u", number)};

    GB_FIND(edge, flow->edges, flow->n_edges, gb_str_has(edge->text, name));
    return edge || gb_str_has(figure->title.str, name);
}

static void
judge_notes(struct gb_check *c, const struct gb_chart *chart)
{
    const struct gb_flow *flow = chart->flow;
    uint64_t notes = notes_of(chart->figure), referred = 0;
    bool is_missing = false;

    for (uint32_t i = 0; i < flow->n_nodes; i++) {
        struct gb_str text = flow->nodes[i].text;
        GB_EACH_FOUND(at, text, GB_STR("注"), 0) {
            unsigned number = note_number(text, at);
            if (number == 0 || !is_note_word(text, at))
                continue;
            referred |= UINT64_C(1) << number;
            if (notes >> number & 1)
                continue;
            is_missing = true;
            gb_flow_report(c, NULL, chart, flow->nodes[i].words,
                           GB_ARGS(gb_flow_quote(c, text), gb_flow_number(c, number)));
            break;
        }
        size_t circled = circled_at(text);
        struct gb_str mark = gb_str_sub(text, circled, circled + GB_HAN);
        if (circled < text.len && !explains_mark(chart->figure, mark))
            gb_flow_report(c, "mark", chart, flow->nodes[i].words, GB_ARGS(gb_flow_quote(c, text), mark));
    }
    /* Where boxes lead to notes by number, each note is led to; a number that is missing may be mistaken for it. */
    for (unsigned number = 1; referred && !is_missing && number < 64; number++) {
        if (notes >> number & ~(referred >> number) & 1 && !is_led_to(flow, chart->figure, number))
            gb_flow_report_all(c, "unused", chart, GB_ARGS(gb_flow_number(c, number)));
    }
}

/* Source: GB/T 1.1—2020, 9.11 and 9.12.2. */
GB_CHECK_WHOLE(check_notes, gb_each_process(c, judge_notes))

/* ---- FLW-021: one kind, one shape ---- */

/* 开始：收到申请, 结束. */
static bool
begins_with_terminal(struct gb_str text)
{
    GB_WORDS(words, "开始", "起始", "结束", "终止", "起点", "终点");
    GB_WORDS(others, "开始办理", "开始实施", "起始日", "终止办理");

    text = gb_str_trim(text);
    return GB_STARTS_ANY(text, words) && !GB_STARTS_ANY(text, others);
}

/* Are other starts or ends of the chart drawn as such? */
static bool
draws_terminators(const struct gb_flow *flow)
{
    for (uint32_t i = 0; i < flow->n_nodes; i++) {
        enum gb_flow_kind kind = flow->nodes[i].kind;
        if ((kind == GB_FLOW_START || kind == GB_FLOW_END || kind == GB_FLOW_TERMINAL) &&
            !gb_flow_is_box(&flow->nodes[i]))
            return true;
    }
    return false;
}

static void
judge_symbols(struct gb_check *c, const struct gb_chart *chart)
{
    const struct gb_flow_graph *g = chart->graph;
    const struct gb_flow *flow = chart->flow;
    bool has_terminators = draws_terminators(flow);

    for (uint32_t i = 0; i < flow->n_nodes; i++) {
        const struct gb_flow_node *node = &flow->nodes[i];
        if (!g->vertices[i].is_in_flow || !gb_str_trim(node->text).len)
            continue;
        const struct gb_str args[] = {gb_flow_quote(c, node->text)};
        /* 核对是否一致 may be an act; 是否一致 asks, and what ends in ？. */
        struct gb_str text = gb_str_trim(node->text);
        bool asks = gb_flow_is_question(text) && (gb_flow_edges_out(g, i, true, NULL, 0) > 1 ||
                                                  gb_str_starts(text, GB_STR("是否")) || GB_ENDS_WITH(text, "？", "?"));
        if (node->kind == GB_FLOW_STEP && asks)
            gb_flow_report(c, NULL, chart, node->words, args, 1);
        else if (has_terminators && gb_flow_is_box(node) && begins_with_terminal(node->text) &&
                 g->vertices[i].n_in * g->vertices[i].n_out == 0)
            gb_flow_report(c, "terminal", chart, node->words, args, 1);
    }
}

/* Source: GB/T 1526—1989; GB/T 20001.6—2017, 6.3.3. */
GB_CHECK_WHOLE(check_symbols, gb_each_graph(c, judge_symbols))

/* ---- FLW-022: one name, one node ---- */

/* Names that may come twice: where it goes on, starts, ends and what lies outside of the acts. */
static bool
may_repeat(const struct gb_chart *chart, uint32_t node)
{
    const struct gb_flow_node *n = &chart->flow->nodes[node];

    switch (n->kind) {
    case GB_FLOW_STEP:
    case GB_FLOW_SUBPROCESS:
    case GB_FLOW_DECISION:
        return !chart->graph->vertices[node].is_in_flow || is_terminal(chart, node) || gb_str_han_length(n->text) < 2;
    default:
        return true;
    }
}

/* A large chart is not judged at all, so that all pairs may be looked at. */
static void
judge_names(struct gb_check *c, const struct gb_chart *chart)
{
    const struct gb_flow *flow = chart->flow;
    bool *is_free = gb_arena_new_array(c->arena, bool, flow->n_nodes + 1);

    for (uint32_t i = 0; i < flow->n_nodes; i++) {
        is_free[i] = may_repeat(chart, i);
        for (uint32_t k = 0; k < i && !is_free[i]; k++) {
            if (is_free[k] || flow->nodes[k].kind != flow->nodes[i].kind ||
                flow->nodes[k].group != flow->nodes[i].group || !gb_str_same(flow->nodes[k].text, flow->nodes[i].text))
                continue;
            struct gb_finding *f =
                gb_flow_report(c, NULL, chart, flow->nodes[i].words, GB_ARGS(gb_flow_quote(c, flow->nodes[i].text)));
            gb_flow_also(c, f, chart, flow->nodes[k].words, gb_say(c, "同名的框", "the other one"));
            break;
        }
    }
}

/* Two of one name in different lanes or phases: FLW-006. Source: GB/T 1.1—2020, 5.4.1. */
GB_CHECK_WHOLE(check_names, gb_each_graph(c, judge_names))

const struct gb_check_def gb_flow_label_checks[] = {
    {.name = "flow-label-width",
     .whole = check_width,
     .cases = "lines edge",
     .params = "node:number lines:number edge:number terminal:number"},
    {.name = "flow-label-phrase",
     .whole = check_phrase,
     .cases = "modal clauses verb",
     .params = "long:number verbs:words"},
    {.name = "flow-notes", .whole = check_notes, .cases = "mark unused"},
    {.name = "flow-symbols", .whole = check_symbols, .cases = "terminal"},
    {.name = "flow-names", .whole = check_names},
    {0},
};
