/* DOT: the reader of the graphs of Graphviz. */
#include "flow/dot_priv.h"

/* Larger texts are drawings of machines; places are 32 bits wide. */
enum { MAX_TEXT = 16 << 20 };

struct gb_flows
gb_flow_read_dot(struct gb_str text, struct gb_arena *arena)
{
    if (text.len <= MAX_TEXT)
        return gb_dot_parse(text, arena);

    struct gb_dot_graph graph;
    struct gb_flow *chart = gb_arena_new(arena, struct gb_flow);
    gb_dot_graph_init(&graph, text, arena);
    gb_dot_stop(&graph, (struct gb_span){0, 0}, "流程图的文本超过16 MB，未读取",
                "the text of the chart is larger than 16 MB and was not read");
    *chart = gb_dot_graph_take(&graph);
    return (struct gb_flows){chart, 1};
}
