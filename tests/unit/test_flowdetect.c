/* Telling notations apart: language of the fence | text, and the notation. */
#include "flow/detect.h"

#include "unit.h"

static const struct {
    const char *language, *text, *want;
} rows[] = {
    {"mermaid", "anything", "mermaid"},
    {"Mermaid", "sequenceDiagram", "mermaid"},
    {"graphviz", "", "dot"},
    {"puml", "", "plantuml"},
    {"", "flowchart TD\nA-->B", "mermaid"},
    {"", "graph LR;A-->B", "mermaid"},
    {"", "graph\nA-->B", "mermaid"},
    {"", "---\ntitle: 流程\n---\nflowchart TD\nA-->B", "mermaid"},
    {"", "%%{init: {}}%%\n%% 注\ngraph TD", "mermaid"},
    {"", "sequenceDiagram\nA->>B: x", "mermaid"},
    {"", "graph G { a -- b }", "dot"},
    {"", "digraph {\na -> b\n}", "dot"},
    {"", "strict digraph G\n{ a -> b }", "dot"},
    {"", "// 注\ndigraph G {}", "dot"},
    {"", "@startuml\nstart\n@enduml", "plantuml"},
    {"", "@startmindmap\n* 登记\n@endmindmap", "plantuml"},
    {"xml", "<?xml version=\"1.0\"?>\n<mxfile><diagram/></mxfile>", "drawio"},
    {"", "<bpmn:definitions xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\">", "bpmn"},
    {"", "<!-- a --><svg width='1'></svg>", "svg"},
    {"", "┌──┐\n│受理│\n└──┘\n ▼\n┌──┐\n│审核│\n└──┘", "ascii"},
    {"text", "+----+    +----+\n| a  |--->| b  |\n+----+    +----+", "ascii"},
    {"flow", "st=>start: 开始\nop=>operation: 受理", "other"},
    {"graph", "A-->B", "mermaid"},
    /* no charts */
    {"", "graph theory", ""},
    {"", "@start_server\ndef run():", ""},
    {"", "graphics TD", ""},
    {"", "flowchart of the process", ""},
    {"", "digraph is a word", ""},
    {"", "pie", ""},
    {"xml", "<definitions><a/></definitions>", ""},
    {"xml", "<book/>", ""},
    {"c", "digraph { a }", ""},
    {"", "src\n├── a.c\n└── b.c", ""},
    {"", "+---+---+\n| a | b |\n+---+---+\n", ""},
    {"", "┌──┬──┐\n│ a│ b│\n└──┴──┘", ""},
    {"", "", ""},
};

TEST(test_languages)
{
    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        enum gb_flow_format got = gb_flow_format_of(gb_str_from(rows[i].language), gb_str_from(rows[i].text));
        if (strcmp(gb_flow_format_name(got), rows[i].want) != 0)
            fail_msg("%s | %s: %s", rows[i].language, rows[i].text, gb_flow_format_name(got));
    }
}

TEST(test_files)
{
    assert_int_equal(gb_flow_format_of_file(GB_STR("图/a.DRAWIO")), GB_FLOW_DRAWIO);
    assert_int_equal(gb_flow_format_of_file(GB_STR("a.drawio.png")), GB_FLOW_DRAWIO);
    assert_int_equal(gb_flow_format_of_file(GB_STR("a.drawio.svg")), GB_FLOW_SVG);
    assert_int_equal(gb_flow_format_of_file(GB_STR("a.jpg")), GB_FLOW_UNKNOWN);
    assert_int_equal(gb_flow_format_of_file(GB_STR(".dot")), GB_FLOW_UNKNOWN);
}
