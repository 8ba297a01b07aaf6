/* What leaves a node: FLW-015, FLW-016, FLW-023. */
#include "check/flow/flow_priv.h"

#include <math.h>

enum { MOST_EXITS = 32 };

/* ---- FLW-015: decisions ---- */

/* In a 规程 GB/T 20001.6 holds, and the finding is an error: the cases of it end in -must. */
static const char *
by_function(struct gb_check *c, const char *plain, const char *must)
{
    return gb_str_is(c->facts->function, "规程") ? must : plain;
}

static bool
has_words(const struct gb_flow_edge *edge)
{
    return gb_str_trim(edge->text).len > 0 || edge->is_default;
}

/* A diamond without words at which ways come together: no decision, but a joint. */
static bool
is_joint(const struct gb_flow_graph *g, uint32_t v)
{
    return !gb_str_trim(gb_flow_vertex_text(g, v)).len && g->vertices[v].n_in > 1 && g->vertices[v].n_out <= 1;
}

/* Labels of two exits that exclude each other, and one word for the rest. */
static bool
is_pair(struct gb_check *c, struct gb_str a, struct gb_str b)
{
    const struct gb_str *pairs;
    size_t n = gb_param_words(c, "pairs", &pairs);

    return GB_ANY(for (size_t i = 0; i < 2 * n; i += 2),
                  (gb_str_same(a, pairs[i]) && gb_str_same(b, pairs[i + 1])) ||
                      (gb_str_same(b, pairs[i]) && gb_str_same(a, pairs[i + 1])));
}

static bool
is_of_pair(struct gb_check *c, struct gb_str word)
{
    const struct gb_str *pairs;
    size_t n = gb_param_words(c, "pairs", &pairs);

    return GB_ANY(GB_ITEMS(pair, pairs, 2 * n), gb_str_same(word, *pair));
}

/* 是 and 材料不全: both known words, of different pairs. */
static void
judge_pair(struct gb_check *c, const struct gb_chart *chart, struct gb_str name, const uint32_t *exits)
{
    const struct gb_flow_edge *a = &chart->flow->edges[exits[0]], *b = &chart->flow->edges[exits[1]];

    if (!a->is_default && !b->is_default && is_of_pair(c, a->text) && is_of_pair(c, b->text) &&
        !is_pair(c, a->text, b->text))
        gb_flow_report(c, "pair", chart, b->words, GB_ARGS(name, gb_flow_quote(c, a->text), gb_flow_quote(c, b->text)));
}

static void
judge_labels(struct gb_check *c, const struct gb_chart *chart, struct gb_str name, const uint32_t *exits, uint32_t n)
{
    const struct gb_flow_edge *edges = chart->flow->edges;
    struct gb_finding *f = NULL;
    uint32_t n_bare = 0;

    for (uint32_t i = 0; i < n; i++)
        n_bare += !has_words(&edges[exits[i]]);
    for (uint32_t i = 0, told = 0; i < n; i++) {
        if (has_words(&edges[exits[i]]))
            continue;
        if (told++ == 0)
            f = gb_flow_report(c, by_function(c, "unlabelled", "unlabelled-must"), chart,
                               gb_flow_edge_place(&edges[exits[i]]),
                               GB_ARGS(name, gb_flow_edge_name(c, chart, exits[i]), gb_flow_number(c, n_bare)));
        else
            gb_flow_also(c, f, chart, gb_flow_edge_place(&edges[exits[i]]), gb_say(c, "也没有标注", "no words either"));
    }
    for (uint32_t i = 1; n_bare == 0 && i < n; i++) {
        for (uint32_t k = 0; k < i; k++) {
            if (edges[exits[i]].is_default || edges[exits[k]].is_default ||
                !gb_str_same(edges[exits[i]].text, edges[exits[k]].text))
                continue;
            f = gb_flow_report(c, by_function(c, "same", "same-must"), chart, edges[exits[i]].words,
                               GB_ARGS(name, gb_flow_quote(c, edges[exits[i]].text)));
            gb_flow_also(c, f, chart, edges[exits[k]].words, gb_say(c, "另一条出线", "the other exit"));
            return;
        }
    }
    if (n_bare == 0 && n == 2)
        judge_pair(c, chart, name, exits);
}

/* A box whose exits bear conditions decides: a diamond would say so. */
static void
judge_box(struct gb_check *c, const struct gb_chart *chart, uint32_t v, const uint32_t *exits, uint32_t n)
{
    uint32_t n_words = 0;

    for (uint32_t i = 0; i < n && i < MOST_EXITS; i++)
        n_words += has_words(&chart->flow->edges[exits[i]]);
    /* A question in a box is FLW-021. */
    if (n > 1 && n_words > 0 && gb_flow_vertex_kind(chart->graph, v) == GB_FLOW_STEP &&
        !gb_flow_is_question(gb_flow_vertex_text(chart->graph, v)))
        gb_flow_report(c, "box", chart, gb_flow_vertex_span(chart->graph, v), GB_ARGS(gb_flow_name(c, chart, v)));
}

static void
judge_decisions(struct gb_check *c, const struct gb_chart *chart)
{
    const struct gb_flow_graph *g = chart->graph;
    uint32_t exits[MOST_EXITS];

    for (uint32_t v = 0; v < g->n_vertices; v++) {
        if (!g->vertices[v].is_in_flow || is_joint(g, v))
            continue;
        uint32_t n = gb_flow_edges_out(g, v, true, exits, MOST_EXITS);
        if (n > MOST_EXITS)
            continue;
        if (!gb_flow_is_decision(g, v))
            judge_box(c, chart, v, exits, n);
        else if (n < 2 && gb_flow_is_loose_at(chart->flow, v))
            continue; /* FLW-014 */
        else if (n < 2)
            gb_flow_report(c, by_function(c, "few", "few-must"), chart, gb_flow_vertex_span(g, v),
                           GB_ARGS(gb_flow_name(c, chart, v),
                                   n ? gb_say(c, "只有1条出线", "only one exit") : gb_say(c, "没有出线", "no exit")));
        else
            judge_labels(c, chart, gb_flow_name(c, chart, v), exits, n);
    }
}

/* Source: GB/T 1526—1989; GB/T 20001.6—2017, 6.3.4 and 6.4.1. */
GB_CHECK_WHOLE(check_decisions, gb_each_graph(c, judge_decisions))

/* ---- FLW-016: one exit of an act ---- */

static bool
is_act(enum gb_flow_kind kind)
{
    return kind == GB_FLOW_STEP || kind == GB_FLOW_SUBPROCESS || kind == GB_FLOW_START || kind == GB_FLOW_TERMINAL ||
           kind == GB_FLOW_IO;
}

static void
judge_acts(struct gb_check *c, const struct gb_chart *chart)
{
    const struct gb_flow_graph *g = chart->graph;
    uint32_t exits[MOST_EXITS];

    for (uint32_t v = 0; v < g->n_vertices; v++) {
        uint32_t n = gb_flow_edges_out(g, v, false, exits, MOST_EXITS), n_words = 0;
        if (!g->vertices[v].is_in_flow || n < 2 || !is_act(gb_flow_vertex_kind(g, v)) || gb_flow_is_decision(g, v) ||
            gb_flow_is_endless(g, g->vertices[v].cycle))
            continue;
        for (uint32_t i = 0; i < n && i < MOST_EXITS; i++)
            n_words += has_words(&chart->flow->edges[exits[i]]);
        if (n_words)
            continue;
        struct gb_finding *f = gb_flow_report(c, NULL, chart, gb_flow_vertex_span(g, v),
                                              GB_ARGS(gb_flow_name(c, chart, v), gb_flow_number(c, n)));
        for (uint32_t i = 0; i < n && i < MOST_EXITS; i++)
            gb_flow_also(c, f, chart, gb_flow_edge_place(&chart->flow->edges[exits[i]]), gb_say(c, "出线", "an exit"));
    }
}

/* Source: GB/T 1526—1989. */
GB_CHECK_WHOLE(check_acts, gb_each_graph(c, judge_acts))

/* ---- FLW-023: conditions that overlap or leave a gap ---- */

/* Values that an exit is taken for; what is left of the label without number and sign tells of what. */
struct range {
    double low, high;
    bool has_low, has_high; /* the bound itself is in it */
    bool is_whole;          /* the numbers are integers */
    bool is_vague;          /* 以上, 以下: whether the bound is in it is not said */
    struct gb_str unit;     /* behind the number */
    struct gb_str subject;  /* before the sign */
};

/* Signs and words of comparing; before the number, or behind it. LOW: the number is the lower bound. */
static const struct {
    const char *word;
    bool is_low, is_in, is_behind;
} signs[] = {
    {"≥", true, true, false},          {"≧", true, true, false},           {">=", true, true, false},
    {"≤", false, true, false},         {"≦", false, true, false},          {"<=", false, true, false},
    {">", true, false, false},         {"＞", true, false, false},         {"<", false, false, false},
    {"＜", false, false, false},       {"大于等于", true, true, false},    {"大于或等于", true, true, false},
    {"小于等于", false, true, false},  {"小于或等于", false, true, false}, {"不大于", false, true, false},
    {"不超过", false, true, false},    {"不多于", false, true, false},     {"不小于", true, true, false},
    {"不少于", true, true, false},     {"不低于", true, true, false},      {"不高于", false, true, false},
    {"至少", true, true, false},       {"至多", false, true, false},       {"大于", true, false, false},
    {"超过", true, false, false},      {"多于", true, false, false},       {"高于", true, false, false},
    {"小于", false, false, false},     {"少于", false, false, false},      {"低于", false, false, false},
    {"及以上", true, true, true},      {"及以下", false, true, true},      {"（含）以上", true, true, true},
    {"（含）以下", false, true, true}, {"(含)以上", true, true, true},     {"(含)以下", false, true, true},
    {"不足", false, false, false},     {"不满", false, false, false},      {"以内", false, true, true},
    {"以上", true, true, true},        {"以下", false, true, true},
};

/* A number at `at`: digits, blanks or commas that group them, a point; 万 and 亿 behind it. Offset behind it; `at` for none. */
static size_t
read_number(struct gb_str s, size_t at, double *out, bool *out_whole)
{
    double value = 0, scale = 0;
    size_t end = at, next;

    for (size_t i = at; i < s.len; i = next) {
        uint32_t c = gb_utf8_at(s, i, &next);
        int digit = gb_char_digit(c);
        if (digit >= 0) {
            value = value * 10 + digit;
            scale *= 10;
            end = next;
        } else if (c == '.' && scale == 0 && end > at) {
            scale = 1;
        } else if (!(c == ' ' || c == ',' || c == 0xA0) || end == at) {
            break;
        }
    }
    if (end == at)
        return at;
    *out = scale > 0 ? value / scale : value;
    *out_whole = scale <= 1;
    struct gb_str rest = gb_str_skip(s, end);
    if (GB_STARTS_WITH(rest, "万", "亿")) {
        *out *= gb_str_starts(rest, GB_STR("万")) ? 1e4 : 1e8;
        end += strlen("万");
    }
    return end;
}

static void
set_bound(struct range *r, bool is_low, bool is_in, double value)
{
    *(is_low ? &r->low : &r->high) = value;
    *(is_low ? &r->has_low : &r->has_high) = is_in;
}

/* 8万元～12万元: from one number to another, and nothing else but a subject and a unit. */
static bool
read_span(struct gb_str s, struct range *out)
{
    GB_WORDS(joints, "～", "~", "—", "–", "至", "-");
    size_t begin = 0, end, next;
    struct range r = {.has_low = true, .has_high = true};
    bool is_whole = false;

    while (begin < s.len && gb_char_digit((unsigned char)s.ptr[begin]) < 0)
        begin++;
    end = read_number(s, begin, &r.low, &r.is_whole);
    if (end == begin)
        return false;
    size_t joint = end, i = 0;
    while (joint < s.len && i == 0) {
        for (size_t k = 0; k < GB_COUNT(joints); k++)
            i = gb_str_starts(gb_str_skip(s, joint), joints[k]) ? joints[k].len : i;
        if (i == 0)
            gb_utf8_at(s, joint, &joint);
    }
    if (i == 0)
        return false;
    size_t second = gb_skip_any(s, joint + i, " ");
    next = read_number(s, second, &r.high, &is_whole);
    struct gb_str first_unit = gb_str_trim(gb_str_sub(s, end, joint));
    r.subject = gb_str_trim(gb_str_sub(s, 0, begin));
    r.unit = gb_str_trim(gb_str_skip(s, next));
    r.is_whole = r.is_whole && is_whole;
    if (next == second || r.low > r.high || gb_str_han_length(r.unit) > 4 ||
        (first_unit.len && !gb_str_same(first_unit, r.unit)))
        return false;
    *out = r;
    return true;
}

/* 金额≥5 000元, 5000元以内: one comparison, and nothing else but a subject and a unit. */
static bool
read_range(struct gb_str s, struct range *out)
{
    struct range r = {.low = -INFINITY, .high = INFINITY};
    size_t sign = GB_COUNT(signs), at = 0, number, end;
    double value;

    s = gb_str_trim(s);
    for (size_t i = 0; i < GB_COUNT(signs) && sign == GB_COUNT(signs); i++) {
        at = gb_str_find(s, gb_str_from(signs[i].word), 0);
        if (at != GB_NOT_FOUND)
            sign = i;
    }
    if (sign == GB_COUNT(signs))
        return read_span(s, out);
    GB_WORDS(vague, "以上", "以下");
    r.is_vague = GB_IS_ANY(gb_str_from(signs[sign].word), vague);
    size_t behind = at + strlen(signs[sign].word);
    if (signs[sign].is_behind) {
        for (number = 0; number < at && gb_char_digit((unsigned char)s.ptr[number]) < 0;)
            number++;
        end = read_number(s, number, &value, &r.is_whole);
        if (end == number || behind < s.len)
            return false;
        r.subject = gb_str_sub(s, 0, number);
        r.unit = gb_str_trim(gb_str_sub(s, end, at));
    } else {
        number = gb_skip_any(s, behind, " ");
        end = read_number(s, number, &value, &r.is_whole);
        if (end == number)
            return false;
        r.subject = gb_str_trim(gb_str_sub(s, 0, at));
        r.unit = gb_str_trim(gb_str_skip(s, end));
    }
    set_bound(&r, signs[sign].is_low, signs[sign].is_in, value);
    if (gb_str_han_length(r.unit) > 4 || GB_HAS_ONE_OF(r.unit, "，", "且"))
        return false;
    if (gb_str_has_digit(r.unit)) /* a second bound: 5～10 */
        return false;
    *out = r;
    return true;
}

static bool
are_comparable(const struct range *a, const struct range *b)
{
    return gb_str_same(a->unit, b->unit) && (gb_str_same(a->subject, b->subject) || !a->subject.len || !b->subject.len);
}

struct exit {
    struct range range;
    const struct gb_flow_edge *edge;
};

GB_ORDER(by_low, struct exit, GB_KEY(range.low) GB_KEY(edge))

/* What is wrong between a range and the next one: NULL, overlap or gap. */
static const char *
fault_between(const struct range *low, const struct range *high)
{
    bool steps = low->is_whole && high->is_whole && low->has_high && high->has_low && high->low - low->high <= 1;

    if (low->high > high->low)
        return "overlap";
    if (low->high < high->low)
        return steps ? NULL : "gap";
    if (low->is_vague || high->is_vague)
        return NULL;
    return low->has_high && high->has_low ? "overlap" : !low->has_high && !high->has_low ? "gap" : NULL;
}

/* The exits in the order of their values; two single bounds have to look away from each other. */
static void
judge_ranges(struct gb_check *c, const struct gb_chart *chart, uint32_t v, const uint32_t *exits, uint32_t n)
{
    struct exit all[MOST_EXITS];

    for (uint32_t i = 0; i < n; i++) {
        all[i].edge = &chart->flow->edges[exits[i]];
        if (!read_range(all[i].edge->text, &all[i].range) || !are_comparable(&all[0].range, &all[i].range))
            return;
    }
    gb_sort(all, n, sizeof(all[0]), by_low);
    for (uint32_t i = 1; i < n; i++) {
        const struct exit *low = &all[i - 1], *high = &all[i];
        if (isinf(low->range.low) == isinf(high->range.low) && isinf(low->range.low))
            return;
        if (isinf(low->range.high) && isinf(high->range.high))
            return;
        const char *which = fault_between(&low->range, &high->range);
        if (!which)
            continue;
        const struct exit *told = low->edge > high->edge ? low : high, *other = told == low ? high : low;
        struct gb_finding *f = gb_flow_report(c, which, chart, told->edge->words,
                                              GB_ARGS(gb_flow_name(c, chart, v), gb_flow_quote(c, other->edge->text),
                                                      gb_flow_quote(c, told->edge->text)));
        gb_flow_also(c, f, chart, other->edge->words, gb_say(c, "另一条出线", "the other exit"));
        return;
    }
}

static void
judge_conditions(struct gb_check *c, const struct gb_chart *chart)
{
    uint32_t exits[MOST_EXITS];

    for (uint32_t v = 0; v < chart->graph->n_vertices; v++) {
        uint32_t n = gb_flow_edges_out(chart->graph, v, true, exits, MOST_EXITS);
        if (n > 1 && n <= MOST_EXITS)
            judge_ranges(c, chart, v, exits, n);
    }
}

/* Conditions in words are not judged. Source: GB/T 20001.6—2017, 6.3.4 and 6.4.1. */
GB_CHECK_WHOLE(check_conditions, gb_each_graph(c, judge_conditions))

const struct gb_check_def gb_flow_exit_checks[] = {
    {.name = "flow-decisions",
     .whole = check_decisions,
     .params = "pairs:pairs",
     .cases = "few few-must unlabelled unlabelled-must same same-must pair box"},
    {.name = "flow-acts", .whole = check_acts},
    {.name = "flow-conditions", .whole = check_conditions, .cases = "overlap gap"},
    {0},
};
