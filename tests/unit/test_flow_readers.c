/* Readers of charts: places of what they read, and damaged texts, under which nothing may point outside of text or chart. */
#include "flow/flow.h"

#include "text/utf8.h"
#include "unit.h"

#include <stdlib.h>
#include <stdint.h>

static struct gb_flow
read_one(enum gb_flow_format format, const char *text, struct gb_arena *arena)
{
    struct gb_flows flows = gb_flow_read(format, gb_str_from(text), arena);

    assert_int_equal(flows.n, 1);
    return flows.charts[0];
}

static void
assert_words(const char *text, struct gb_span span, const char *words)
{
    struct gb_str got = gb_str_sub(gb_str_from(text), span.begin, span.end);

    assert_int_equal(got.len, strlen(words));
    assert_memory_equal(got.ptr, words, got.len);
}

TEST(places_of_dot)
{
    static const char text[] =
        "digraph {\n  a [label=\"受理\"];\n  a -> \"b c\" [label=是]; label=题; subgraph cluster_1 { label=\"组\"; d }\n}\n";
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_flow flow = read_one(GB_FLOW_DOT, text, &arena);

    assert_words(text, flow.nodes[0].span, "a");
    assert_words(text, flow.nodes[0].words, "受理");
    assert_words(text, flow.nodes[1].span, "b c");
    assert_words(text, flow.edges[0].span, "->");
    assert_words(text, flow.edges[0].words, "是");
    assert_words(text, flow.title_span, "题");
    assert_words(text, flow.groups[0].span, "组");
    gb_arena_release(&arena);
}

TEST(places_of_plantuml)
{
    static const char text[] =
        "@startuml\ntitle 题\n|甲|\nstart\n:受理\n申请;\n-> 当日;\nif (齐全？) then (是)\n:办;\nelse (否)\n:退;\nendif\nstop\n@enduml\n";
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_flow flow = read_one(GB_FLOW_PLANTUML, text, &arena);

    assert_words(text, flow.nodes[0].span, "start");
    assert_words(text, flow.nodes[1].words, "受理\n申请");
    assert_words(text, flow.nodes[2].words, "齐全？");
    assert_words(text, flow.edges[1].span, "->");
    assert_words(text, flow.edges[1].words, "当日");
    assert_words(text, flow.edges[2].words, "是");
    assert_words(text, flow.edges[3].words, "否");
    assert_words(text, flow.title_span, "题");
    assert_words(text, flow.groups[0].span, "甲");
    gb_arena_release(&arena);
}

TEST(places_of_faults)
{
    static const struct {
        enum gb_flow_format format;
        const char *text, *words;
    } rows[] = {
        {GB_FLOW_DOT, "digraph { a -- b }", "--"},
        {GB_FLOW_DOT, "digraph { a => b }", "=>"},
        {GB_FLOW_DOT, "digraph { a [label=\"x\" ; b -> c }", "["},
        {GB_FLOW_DOT, "digraph {\n a [label=\"开始];\n b [label=\"结束\"];\n}", "\""},
        {GB_FLOW_DOT, "digraph { a [shape] }", "shape"},
        {GB_FLOW_DOT, "digraph { a -> node }", "node"},
        {GB_FLOW_DOT, "digraph { a", "{"},
        {GB_FLOW_PLANTUML, "start\n:受理；\n:办;\n", "；"},
        {GB_FLOW_PLANTUML, "start\n:受理\n:办;\n", ":受理"},
        {GB_FLOW_PLANTUML, "start\nif（齐全？）then\nendif\n", "（"},
        {GB_FLOW_PLANTUML, "start\nif (a) then\n:b;\n", "if"},
        {GB_FLOW_PLANTUML, "start\n:a;\nendif\n", "endif"},
        {GB_FLOW_PLANTUML, "(*) --> \"a\"\n\"a\" => \"b\"\n", "=> \"b\""},
    };
    struct gb_arena arena = GB_ARENA_ZERO;

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct gb_flow flow = read_one(rows[i].format, rows[i].text, &arena);
        assert_true(flow.is_partial);
        assert_int_equal(flow.n_problems, 1);
        assert_words(rows[i].text, flow.problems[0].span, rows[i].words);
    }
    gb_arena_release(&arena);
}

/* ---- damaged texts ---- */

static uint32_t
next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    return *seed ^= *seed << 5;
}

static void
assert_span(struct gb_span span, size_t len)
{
    assert_true(span.begin <= span.end && span.end <= len);
}

static void
assert_end(const struct gb_flow *flow, struct gb_flow_end end)
{
    assert_true(end.node >= -1 && end.node < (int32_t)flow->n_nodes);
    assert_true(end.group >= -1 && end.group < (int32_t)flow->n_groups);
}

static void
assert_whole(const struct gb_flow *flow, size_t len)
{
    for (uint32_t i = 0; i < flow->n_nodes; i++) {
        const struct gb_flow_node *node = &flow->nodes[i];
        assert_span(node->span, len);
        assert_span(node->words, len);
        assert_true(node->group >= -1 && node->group < (int32_t)flow->n_groups);
        assert_int_equal(gb_utf8_check(node->text), node->text.len);
    }
    for (uint32_t i = 0; i < flow->n_edges; i++) {
        assert_span(flow->edges[i].span, len);
        assert_span(flow->edges[i].words, len);
        assert_end(flow, flow->edges[i].from);
        assert_end(flow, flow->edges[i].to);
    }
    for (uint32_t i = 0; i < flow->n_groups; i++) {
        assert_span(flow->groups[i].span, len);
        assert_true(flow->groups[i].parent < (int32_t)i);
        for (uint32_t k = 0; k < flow->groups[i].n_members; k++)
            assert_true(flow->groups[i].members[k] < (int32_t)flow->n_nodes);
    }
    for (uint32_t i = 0; i < flow->n_problems; i++) {
        assert_span(flow->problems[i].span, len);
        assert_int_equal(gb_utf8_check(flow->problems[i].zh), flow->problems[i].zh.len);
    }
}

/* Pieces of both notations, put together at random. */
static const char *const pieces[] = {
    "digraph",
    "graph",
    "strict",
    "subgraph",
    "cluster_1",
    "node",
    "edge",
    "{",
    "}",
    "{",
    "}",
    "[",
    "]",
    "[label=",
    "\"",
    "\"受理\"",
    "<",
    ">",
    "<b>x</b>",
    "->",
    "->",
    "--",
    ";",
    ",",
    ":",
    "=",
    "+",
    "a",
    "b",
    "受理",
    "1.5",
    "\\",
    "\\\"",
    "\n",
    "\n",
    " ",
    "/*",
    "*/",
    "//",
    "#",
    "shape=record",
    "label=<",
    "pos=\"1,2\"",
    "style=invis",
    "dir=back",
    "&amp;",
    "start\n",
    "stop\n",
    ":受理;\n",
    ":",
    ";\n",
    "if (",
    ") then (",
    ")\n",
    "else\n",
    "endif\n",
    "elseif (",
    "while (",
    "endwhile\n",
    "repeat\n",
    "repeat while (",
    "backward:x;\n",
    "fork\n",
    "fork again\n",
    "end fork\n",
    "split\n",
    "end split\n",
    "switch (",
    "case (",
    "endswitch\n",
    "|甲|\n",
    "partition x {\n",
    "}\n",
    "break\n",
    "detach\n",
    "goto x\n",
    "label x\n",
    "note left\n",
    "end note\n",
    "note right: 注\n",
    "(*) --> ",
    "\"乙\" as B\n",
    "-->[是] ",
    "===b===",
    "@startuml\n",
    "@enduml\n",
    "title\n",
    "'x\n",
    "/'",
    "'/",
    "(A)\n",
    "-> x;\n",
    "-[#red,dashed]-> ",
    "#red:",
    "**",
    "[[u x]]",
    "<&y>",
    "<<input>>\n",
    "skinparam x {\n",
    "<style>",
    "（",
    "；\n",
    "—>",
    "→",
    "\r\n",
    "\t",
};

TEST(survives_damage)
{
    enum { ROUNDS = 4000, LONGEST = 60 };
    char text[LONGEST * 24];
    uint32_t seed = 20151231;

    for (int round = 0; round < ROUNDS; round++) {
        struct gb_arena arena = GB_ARENA_ZERO;
        size_t len = 0, n = next_random(&seed) % LONGEST;
        const char *head = round % 4 == 0   ? "digraph {"
                           : round % 4 == 1 ? "start\n"
                           : round % 4 == 2 ? "(*) --> \"a\"\n"
                                            : "";
        memcpy(text, head, len = strlen(head));
        for (size_t i = 0; i < n && len + 24 < sizeof text; i++) {
            const char *piece = pieces[next_random(&seed) % GB_COUNT(pieces)];
            memcpy(text + len, piece, strlen(piece));
            len += strlen(piece);
        }
        char *copy = gb_alloc(len ? len : 1); /* its own block: a byte too far shows itself */
        memcpy(copy, text, len);
        for (enum gb_flow_format format = GB_FLOW_DOT; format <= GB_FLOW_PLANTUML; format++) {
            struct gb_flows flows = gb_flow_read(format, (struct gb_str){copy, len}, &arena);
            assert_true(flows.n > 0);
            for (uint32_t i = 0; i < flows.n; i++)
                assert_whole(&flows.charts[i], len);
        }
        free(copy);
        gb_arena_release(&arena);
    }
}
