/* Mermaid: which kind of chart a text is, and the reader of flowcharts. */
#include "flow/mermaid/mermaid_priv.h"

/* Kinds of Mermaid that are no flowcharts, as the first word of the text has them, and what they are called. */
static const struct {
    const char *word, *zh, *en;
} other_kinds[] = {
    {"sequenceDiagram", "时序图", "a sequence diagram"},
    {"classDiagram", "类图", "a class diagram"},
    {"stateDiagram", "状态图", "a state diagram"},
    {"erDiagram", "实体关系图", "an entity relationship diagram"},
    {"journey", "用户旅程图", "a user journey"},
    {"gantt", "甘特图", "a Gantt chart"},
    {"pie", "饼图", "a pie chart"},
    {"quadrantChart", "象限图", "a quadrant chart"},
    {"requirement", "需求图", "a requirement diagram"},
    {"gitGraph", "Git分支图", "a Git graph"},
    {"C4", "C4架构图", "a C4 diagram"},
    {"mindmap", "思维导图", "a mind map"},
    {"timeline", "时间线", "a timeline"},
    {"zenuml", "ZenUML时序图", "a ZenUML diagram"},
    {"sankey", "桑基图", "a Sankey diagram"},
    {"xychart", "坐标图", "an XY chart"},
    {"block", "框图", "a block diagram"},
    {"packet", "报文结构图", "a packet diagram"},
    {"kanban", "看板", "a Kanban board"},
    {"architecture", "架构图", "an architecture diagram"},
    {"radar-beta", "雷达图", "a radar chart"},
    {"treemap", "矩形树图", "a treemap"},
    {"treeView-beta", "树形图", "a tree view"},
    {"venn-beta", "维恩图", "a Venn diagram"},
    {"ishikawa", "鱼骨图", "an Ishikawa diagram"},
    {"info", "信息图", "an info chart"},
};

/* False when the text is a flowchart, or nothing known: then its first line is the fault. */
static bool
is_other_kind(struct gb_mermaid_graph *graph)
{
    struct gb_str s = gb_mermaid_str(graph->text, 0, graph->text->len);
    struct gb_arena *arena = graph->arena;

    GB_FIND(kind, other_kinds, GB_COUNT(other_kinds), gb_str_starts(s, gb_str_from(kind->word)));
    if (!kind)
        return false;
    gb_flow_add_fault(&graph->build, GB_FLOW_OTHER_CHART, gb_mermaid_place(graph->text, 0, strlen(kind->word)),
                      gb_arena_printf(arena, "这是Mermaid的%s，不是流程图", kind->zh),
                      gb_arena_printf(arena, "this is %s of Mermaid, no flowchart", kind->en));
    return true;
}

/* Mermaid itself refuses more than 50,000 characters unless it is told otherwise. */
enum { MAX_TEXT = 4 << 20 };

static bool
is_too_large(struct gb_mermaid_graph *graph, struct gb_str text)
{
    if (text.len <= MAX_TEXT)
        return false;
    gb_flow_add_fault(&graph->build, GB_FLOW_LIMIT, (struct gb_span){0, 0}, GB_STR("流程图的文本超过4 MB，未读取"),
                      GB_STR("the text of the chart is larger than 4 MB and was not read"));
    return true;
}

static void
read_chart(struct gb_mermaid_graph *graph, struct gb_mermaid_text *text, struct gb_str typed)
{
    if (is_too_large(graph, typed))
        return;
    gb_mermaid_clean(text, typed, graph->arena);
    if (text->fault_zh) {
        gb_flow_add_fault(&graph->build, GB_FLOW_SYNTAX, text->fault, gb_str_from(text->fault_zh),
                          gb_str_from(text->fault_en));
    }
    if (!is_other_kind(graph))
        gb_mermaid_parse(graph);
}

struct gb_flows
gb_flow_read_mermaid(struct gb_str text, struct gb_arena *arena)
{
    struct gb_flow *chart = gb_arena_new(arena, struct gb_flow);
    struct gb_mermaid_text clean = {0};
    struct gb_mermaid_graph graph;

    gb_mermaid_graph_init(&graph, &clean, arena);
    read_chart(&graph, &clean, text);
    *chart = gb_mermaid_graph_take(&graph);
    return (struct gb_flows){chart, 1};
}
