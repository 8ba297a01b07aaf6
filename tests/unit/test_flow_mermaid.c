#include "flow/flow.h"

#include "unit.h"

#include <stdint.h>
#include <stdio.h>

static struct gb_str
at(const char *text, struct gb_span span)
{
    return (struct gb_str){text + span.begin, span.end - span.begin};
}

static void
expect(struct gb_str got, const char *want)
{
    if (!gb_str_is(got, want))
        fail_msg("got “%.*s”, want “%s”", GB_FMT(got), want);
}

/* Every place quotes the bytes that the author typed, whatever was cleaned away ahead of it. */
TEST(knows_places)
{
    static const char text[] = "---\r\ntitle: 流程\r\n---\r\n%% 注释\r\n%%{init: {}}%%\r\nflowchart LR\r\n\r\n"
                               "甲[\"受理#35;1\"] -->|通过| B{是否}  \r\n%% 中\r\nB e1@-- 否 ==x C\r\n"
                               "B -- 否 --> C(补正) & D@{ shape: doc, label: \"件\" }\r\n"
                               "subgraph S1 [\"第一\"]\r\ndirection TD\r\nD\r\nend\r\nS1 <==> 甲\r\n";
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_flows flows = gb_flow_read(GB_FLOW_MERMAID, gb_str_from(text), &arena);
    const struct gb_flow *chart = &flows.charts[0];

    assert_int_equal(flows.n, 1);
    expect(chart->title, "流程");
    expect(at(text, chart->title_span), "title: 流程");
    assert_int_equal(chart->direction, GB_FLOW_LR);
    assert_true(chart->is_partial);
    assert_int_equal(chart->n_problems, 1);
    expect(at(text, chart->problems[0].span), "--");
    assert_int_equal(chart->n_nodes, 4);
    expect(at(text, chart->nodes[0].span), "甲");
    expect(at(text, chart->nodes[0].words), "受理#35;1");
    expect(chart->nodes[0].text, "受理#1");
    assert_int_equal(chart->nodes[1].kind, GB_FLOW_DECISION);
    expect(at(text, chart->nodes[2].words), "补正");
    expect(at(text, chart->nodes[3].words), "@{ shape: doc, label: \"件\" ");
    assert_int_equal(chart->nodes[3].kind, GB_FLOW_DOCUMENT);
    assert_int_equal(chart->nodes[3].group, 0);
    assert_int_equal(chart->n_edges, 4);
    expect(at(text, chart->edges[0].span), "-->");
    expect(at(text, chart->edges[0].words), "通过");
    expect(at(text, chart->edges[1].span), "-- 否 -->");
    expect(at(text, chart->edges[2].words), "否");
    expect(at(text, chart->edges[3].span), "<==>");
    assert_int_equal(chart->edges[3].from.group, 0);
    assert_int_equal(chart->edges[3].tail, GB_FLOW_ARROW);
    assert_int_equal(chart->edges[3].head, GB_FLOW_ARROW);
    assert_int_equal(chart->n_groups, 1);
    expect(at(text, chart->groups[0].span), "第一");
    expect(chart->groups[0].direction_word, "TD");
    assert_int_equal(chart->groups[0].direction, GB_FLOW_TB);
    gb_arena_release(&arena);
}

/* A fault is told at its words, and reading goes on with the next statement. */
TEST(tells_faults)
{
    static const struct {
        const char *body;    /* behind the header */
        const char *at, *zh; /* of the first problem; zh: words of it */
        enum gb_flow_problem_kind kind;
        uint32_t n_problems, n_nodes;
        bool is_whole; /* no node is lost */
    } rows[] = {
        {"A->B\nC-->D", "->", "“->”不是", GB_FLOW_SYNTAX, 1, 3},
        {"A -> B\nC-->D", "->", "“->”不是", GB_FLOW_SYNTAX, 1, 3},
        {"受理（窗口）-->B\nC-->D", "（", "全角括号", GB_FLOW_SYNTAX, 1, 3},
        {"A[x(y)] --> B\nC-->D", "(", "双引号", GB_FLOW_SYNTAX, 1, 3},
        {"A[受理\nB[审核] --> C\nD", "[", "没有闭合", GB_FLOW_SYNTAX, 1, 4},
        {"A[\"受理\nB --> C\nD", "\"", "双引号没有闭合", GB_FLOW_SYNTAX, 1, 4},
        {"A -->\nsubgraph S\nB\nend", "-->", "缺少节点", GB_FLOW_SYNTAX, 1, 2},
        {"A --> end\nB", "end", "关键字", GB_FLOW_SYNTAX, 1, 2},
        {"subgraph S\nA\n", "subgraph", "没有结束", GB_FLOW_SYNTAX, 1, 1},
        {"A-->B C-->D\nE", "C", "一行只写一条", GB_FLOW_SYNTAX, 1, 3},
        {"A[x] %% 注\nB", "%%", "独占一行", GB_FLOW_SYNTAX, 1, 2},
        {"A -- 是 ==> B\nC -.-> D", "--", "后一半", GB_FLOW_SYNTAX, 1, 3},
        {"A -- 是\nB --> C", "-- 是\nB -->", "跨行", GB_FLOW_SWALLOWED, 1, 2},
        {"A[a@b.cn]; B-->C", "A[a@", "双引号", GB_FLOW_SYNTAX, 1, 2},
        {"A[direction LR]-->B\nC", "A[direction LR]-->B", "整行", GB_FLOW_SWALLOWED, 1, 1},
        {"A@{ shape：diam }", "@{ shape：diam ", "全角冒号", GB_FLOW_SWALLOWED, 1, 1, true},
        {"A = B\nC =", "=", "“=”", GB_FLOW_SYNTAX, 2, 2},
    };

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct gb_arena arena = GB_ARENA_ZERO;
        char text[200];
        snprintf(text, sizeof text, "graph TD\n%s\n", rows[i].body);
        struct gb_flow chart = gb_flow_read(GB_FLOW_MERMAID, gb_str_from(text), &arena).charts[0];
        if (chart.n_problems != rows[i].n_problems || chart.n_nodes != rows[i].n_nodes)
            fail_msg("%s: %u problems, %u nodes", rows[i].body, chart.n_problems, chart.n_nodes);
        expect(at(text, chart.problems[0].span), rows[i].at);
        assert_int_equal(chart.problems[0].kind, rows[i].kind);
        assert_int_equal(chart.is_partial, !rows[i].is_whole);
        if (!gb_str_has(chart.problems[0].zh, gb_str_from(rows[i].zh)))
            fail_msg("%s: %.*s", rows[i].body, GB_FMT(chart.problems[0].zh));
        gb_arena_release(&arena);
    }
}

TEST(knows_other_charts)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_flow chart =
        gb_flow_read(GB_FLOW_MERMAID, GB_STR("%% x\nsequenceDiagram\nA->>B: 好\n"), &arena).charts[0];

    assert_int_equal(chart.problems[0].kind, GB_FLOW_OTHER_CHART);
    assert_int_equal(chart.problems[0].span.begin, 5);
    assert_int_equal(chart.problems[0].span.end, 5 + strlen("sequenceDiagram"));
    chart = gb_flow_read(GB_FLOW_MERMAID, GB_STR(""), &arena).charts[0];
    assert_int_equal(chart.problems[0].kind, GB_FLOW_SYNTAX);
    gb_arena_release(&arena);
}
