/*
 * Layouts of charts in short: "a>b" an arrow, single letters are nodes; and of generated ones, planar by construction, so that
 * their number of crossings is known: none.
 */
#include "base/out.h"

#include "flow/build_priv.h"
#include "flow/crossing.h"
#include "flow/draw/draw.h"
#include "flow/layout/layout.h"
#include "unit.h"

static uint32_t
add_node(struct gb_flow_build *b, enum gb_flow_kind kind, const char *text)
{
    struct gb_flow_node *node = gb_flow_add_node(b);

    node->kind = kind;
    node->id = node->label = node->text = gb_str_from(text);
    return (uint32_t)b->nodes.len - 1;
}

static void
add_edge(struct gb_flow_build *b, uint32_t from, uint32_t to, const char *label)
{
    struct gb_flow_edge *edge = gb_flow_add_edge(b);

    edge->from.node = (int32_t)from;
    edge->to.node = (int32_t)to;
    edge->head = GB_FLOW_ARROW;
    edge->text = gb_str_from(label);
}

static struct gb_flow
read_chart(const char *s, struct gb_arena *arena)
{
    struct gb_flow_build b;
    uint32_t nodes[128] = {0};

    gb_flow_build_init(&b, GB_FLOW_MERMAID, arena);
    for (; *s; s += 3 + strspn(s + 3, " ")) {
        for (int i = 0; i < 3; i += 2) {
            if (nodes[(unsigned char)s[i]] == 0)
                nodes[(unsigned char)s[i]] = add_node(&b, GB_FLOW_STEP, "步骤") + 1;
        }
        add_edge(&b, nodes[(unsigned char)s[0]] - 1, nodes[(unsigned char)s[2]] - 1, "");
    }
    return gb_flow_build_take(&b);
}

TEST(test_verdicts)
{
    static const struct {
        const char *chart;
        uint32_t crossings;
        bool is_certain;
    } rows[] = {
        {"a>b b>c c>d", 0, false},
        {"a>b a>c b>d c>d", 0, false},
        {"a>b b>c c>a c>b b>a a>a", 0, false},
        /* Two that both lead to the same two. */
        {"a>c a>d b>c b>d", 1, false},
        /* Five that are all joined have ten pairs, more than 3 × 5 − 6. */
        {"a>b a>c a>d a>e b>c b>d b>e c>d c>e d>e", 1, true},
        {"a>d a>e a>f b>d b>e b>f c>d c>e c>f", 9, false},
        {"", 0, false},
    };

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct gb_arena arena = GB_ARENA_ZERO;
        struct gb_flow flow = read_chart(rows[i].chart, &arena);
        struct gb_flow_layout layout = gb_flow_layout(&flow, &arena);
        if (layout.n_crossings != rows[i].crossings || layout.n_drawn != rows[i].crossings ||
            layout.is_certain != rows[i].is_certain)
            fail_msg("%s: %u crossings, %u drawn", rows[i].chart, layout.n_crossings, layout.n_drawn);
        gb_arena_release(&arena);
    }
}

/* ---- Charts made of sequences, branches and loops within each other ---- */

struct maker {
    struct gb_flow_build b;
    uint32_t seed;
};

static uint32_t
pick(struct maker *m, uint32_t n)
{
    m->seed = m->seed * 1664525u + 1013904223u;
    return (m->seed >> 16) % n;
}

static void
make_block(struct maker *m, uint32_t budget, uint32_t *first, uint32_t *last)
{
    static const char *const texts[] = {"审查", "登记受理", "组织专家评审并形成意见", "制作并送达决定书"};
    uint32_t a, b, c, d, what = pick(m, 20);

    if (budget <= 1) {
        *first = *last = add_node(&m->b, GB_FLOW_STEP, texts[pick(m, 4)]);
    } else if (what < 9) {
        a = 1 + pick(m, budget - 1);
        make_block(m, a, first, &b);
        make_block(m, budget - a, &c, last);
        add_edge(&m->b, b, c, "");
    } else if (what < 16) {
        *first = add_node(&m->b, GB_FLOW_DECISION, "是否符合规定条件");
        *last = add_node(&m->b, GB_FLOW_STEP, "汇总");
        for (uint32_t i = 0, n = 2 + pick(m, 2); i < n; i++) {
            make_block(m, (budget + 1) / 3, &c, &d);
            add_edge(&m->b, *first, c, i == 0 ? "是" : "否");
            add_edge(&m->b, d, *last, "");
        }
    } else {
        make_block(m, budget - 1, first, &b);
        *last = add_node(&m->b, GB_FLOW_DECISION, "是否通过");
        add_edge(&m->b, b, *last, "");
        add_edge(&m->b, *last, *first, "退回");
    }
}

static struct gb_flow
make_chart(uint32_t seed, struct gb_arena *arena)
{
    struct maker m = {.seed = seed};
    uint32_t start, first, last, end;

    gb_flow_build_init(&m.b, GB_FLOW_MERMAID, arena);
    m.b.flow.direction = GB_FLOW_TB + seed % 4;
    start = add_node(&m.b, GB_FLOW_START, "开始");
    make_block(&m, 3 + seed % 30, &first, &last);
    end = add_node(&m.b, GB_FLOW_END, "结束");
    add_edge(&m.b, start, first, "");
    add_edge(&m.b, last, end, "");
    return gb_flow_build_take(&m.b);
}

/* The nodes in another order, and the edges too: the sense of a chart does not depend on it. */
static struct gb_flow
permuted(const struct gb_flow *flow, uint32_t seed, struct gb_arena *arena)
{
    struct maker m = {.seed = seed};
    struct gb_flow out = *flow;
    uint32_t *at = gb_arena_new_array(arena, uint32_t, flow->n_nodes);

    out.nodes = gb_arena_new_array(arena, struct gb_flow_node, flow->n_nodes);
    out.edges = gb_arena_copy_bytes(arena, flow->edges, flow->n_edges * sizeof(*out.edges));
    for (uint32_t i = 0; i < flow->n_nodes; i++)
        at[i] = i;
    for (uint32_t i = flow->n_nodes; i > 1; i--) {
        uint32_t k = pick(&m, i), other = at[i - 1];
        at[i - 1] = at[k];
        at[k] = other;
    }
    for (uint32_t i = 0; i < flow->n_nodes; i++)
        out.nodes[at[i]] = flow->nodes[i];
    for (uint32_t e = 0; e < flow->n_edges; e++) {
        out.edges[e].from.node = (int32_t)at[flow->edges[e].from.node];
        out.edges[e].to.node = (int32_t)at[flow->edges[e].to.node];
    }
    return out;
}

static void
check_clean(const struct gb_flow *flow, uint32_t seed, struct gb_arena *arena)
{
    struct gb_flow_layout layout = gb_flow_layout(flow, arena);
    struct gb_flow_geometry g = gb_flow_measure(flow, &layout.drawing, arena);

    if (layout.n_crossings || layout.n_drawn || g.n_crossings || g.n_throughs || g.n_overlaps)
        fail_msg("chart %u: %u crossings, %u drawn, %u met, %u through boxes, %u boxes on each other", seed,
                 layout.n_crossings, layout.n_drawn, g.n_crossings, g.n_throughs, g.n_overlaps);
}

TEST(test_planar)
{
    for (uint32_t seed = 0; seed < 120; seed++) {
        struct gb_arena arena = GB_ARENA_ZERO;
        struct gb_flow flow = make_chart(seed, &arena), other = permuted(&flow, seed + 7, &arena);
        check_clean(&flow, seed, &arena);
        check_clean(&other, seed, &arena);
        gb_arena_release(&arena);
    }
}

TEST(test_limits)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_flow_build b;

    gb_flow_build_init(&b, GB_FLOW_MERMAID, &arena);
    for (int i = 0; i <= GB_FLOW_MAX_NODES; i++)
        add_node(&b, GB_FLOW_STEP, "步骤");
    struct gb_flow flow = gb_flow_build_take(&b);
    struct gb_flow_layout layout = gb_flow_layout(&flow, &arena);
    assert_int_equal(layout.limit, GB_FLOW_TOO_MANY_NODES);
    assert_true(gb_flow_limit_text(layout.limit, false).len > 0);
    flow.n_nodes--;
    assert_int_equal(gb_flow_layout(&flow, &arena).limit, GB_FLOW_NO_LIMIT);
    gb_arena_release(&arena);
}

static struct gb_str
svg_of(const struct gb_flow *flow, const struct gb_flow_draw_options *options, struct gb_out *out,
       struct gb_arena *arena)
{
    struct gb_flow_layout layout = gb_flow_layout(flow, arena);

    gb_flow_draw(out, flow, &layout.drawing, options);
    return gb_buf_str(&out->buf);
}

TEST(test_drawing)
{
    static const struct gb_flow_mark marks[] = {
        {GB_FLOW_MARK_NODE, 0, {0, 0}, GB_LEVEL_WARNING, GB_WORD("太长<"), GB_WORD("#f\"1")},
        {GB_FLOW_MARK_EDGE, 0, {0, 0}, GB_LEVEL_ERROR, GB_WORD("箭头"), GB_WORD("javascript:alert(1)")},
        {GB_FLOW_MARK_NODE, 99, {0, 0}, GB_LEVEL_ERROR, GB_WORD("没有这个框"), GB_WORD("#x")},
    };
    struct gb_flow_draw_options options = {.marks = marks, .n_marks = GB_COUNT(marks), .has_style = true};
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_out out = GB_OUT_ZERO, again = GB_OUT_ZERO;
    struct gb_flow_build b;

    gb_flow_build_init(&b, GB_FLOW_MERMAID, &arena);
    add_node(&b, GB_FLOW_STEP, "</text><script>alert(1)</script>&\"\x01");
    add_node(&b, GB_FLOW_DECISION, "是否");
    add_edge(&b, 0, 1, "<i>");
    struct gb_flow flow = gb_flow_build_take(&b);
    struct gb_str svg = svg_of(&flow, &options, &out, &arena);
    assert_true(gb_str_starts(svg, GB_STR("<svg ")) && gb_str_ends(svg, GB_STR("</svg>")));
    assert_true(gb_str_has(svg, GB_STR("&lt;script")) && !gb_str_has(svg, GB_STR("<script")));
    assert_false(gb_str_has(svg, GB_STR("javascript")));
    assert_false(gb_str_has(svg, GB_STR("\x01")));
    assert_false(gb_str_has(svg, GB_STR("没有这个框")));
    assert_true(gb_str_has(svg, GB_STR("<a class=\"w\" href=\"#f&quot;1\"><title>太长&lt;</title>")));
    assert_true(gb_str_has(svg, GB_STR("示意图，由检查工具排布")));
    assert_true(gb_str_eq(svg, svg_of(&flow, &options, &again, &arena)));
    out.buf.len = 0;
    gb_flow_draw(&out, &flow, NULL, &options);
    assert_true(gb_str_starts(gb_buf_str(&out.buf), GB_STR("<table ")));
    gb_out_release(&out);
    gb_out_release(&again);
    gb_arena_release(&arena);
}
