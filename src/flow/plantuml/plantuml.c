/* PlantUML: the blocks of a text, which kind of diagram each is, and the reader of activity diagrams. */
#include "flow/plantuml/plantuml_priv.h"

/* Larger texts are drawings of machines; places are 32 bits wide. */
enum { MAX_TEXT = 16 << 20 };

/* Blocks of PlantUML that are no UML, by the word behind @start. */
static const struct {
    const char *word, *zh, *en;
} other_blocks[] = {
    {"mindmap", "思维导图", "a mind map"},
    {"wbs", "工作分解图", "a work breakdown"},
    {"gantt", "甘特图", "a Gantt chart"},
    {"salt", "界面草图", "a sketch of a screen"},
    {"json", "JSON图", "a JSON diagram"},
    {"yaml", "YAML图", "a YAML diagram"},
    {"ditaa", "字符图", "a ditaa diagram"},
    {"dot", "DOT图", "a DOT diagram"},
    {"regex", "正则式图", "a diagram of a regular expression"},
    {"ebnf", "EBNF语法图", "an EBNF diagram"},
    {"chronology", "年表", "a chronology"},
    {"nwdiag", "网络图", "a network diagram"},
};

/* Other diagrams, and the words with which lines of them begin. */
static const struct {
    const char *zh, *en, *words;
} other_kinds[] = {
    {"时序图", "a sequence diagram", "participant activate autonumber boundary control alt loop"},
    {"时序图或用例图", "a sequence or use case diagram", "actor"},
    {"类图", "a class diagram", "class abstract interface enum entity"},
    {"对象图", "an object diagram", "object"},
    {"状态图", "a state diagram", "state [*]"},
    {"用例图", "a use case diagram", "usecase"},
    {"部件图", "a component diagram", "component"},
    {"部署图", "a deployment diagram", "node database cloud"},
    {"时间图", "a timing diagram", "robust concise clock"},
    {"网络图", "a network diagram", "nwdiag"},
};

static void
set_other(struct gb_uml_graph *graph, struct gb_span span, const char *zh, const char *en)
{
    gb_flow_add_fault(&graph->build, GB_FLOW_OTHER_CHART, span,
                      gb_arena_printf(graph->arena, "这是PlantUML的%s，不是活动图", zh),
                      gb_arena_printf(graph->arena, "this is %s of PlantUML, no activity diagram", en));
}

/* :words; is a step; :actor: is none. */
static bool
is_step(struct gb_str line)
{
    return line.ptr[0] == ':' && strchr(";|<>/\\]}", line.ptr[line.len - 1]) && line.ptr[line.len - 1];
}

enum syntax { NEW_SYNTAX, OLD_SYNTAX, OTHER_SYNTAX, NO_SYNTAX };

/*
 * (*) is only in the older syntax; steps and structures only in the newer. Other diagrams are told by how a line begins. A text in
 * which nothing is known is read as one in the newer syntax when a line of it looks like a step, however badly written.
 */
static enum syntax
syntax_of(struct gb_uml_graph *graph, struct gb_uml_text text)
{
    struct gb_uml_line line, other = {0, 0, 0};
    size_t row = 0;
    bool has_step = false;

    while (gb_uml_next_line(&text, &line)) {
        struct gb_str s = gb_str_sub(graph->s, line.begin, line.end);
        if (gb_str_has(s, GB_STR("(*)")) || gb_str_has(s, GB_STR("(*top)")))
            return OLD_SYNTAX;
        if (is_step(s) || gb_uml_is_new_statement(s))
            return NEW_SYNTAX;
        has_step = has_step || s.ptr[0] == ':' || s.ptr[0] == '|' || gb_str_starts(s, GB_STR("：")) ||
                   gb_str_starts(s, GB_STR("if"));
        size_t word = 0;
        while (word < s.len && !gb_uml_is_blank(s.ptr[word]))
            word++;
        for (size_t i = 0; i < GB_COUNT(other_kinds) && !other.end; i++) {
            if (gb_flow_has_name(gb_str_from(other_kinds[i].words), gb_str_sub(s, 0, word))) {
                other = line;
                row = i;
            }
        }
    }
    if (!other.end)
        return has_step ? NEW_SYNTAX : NO_SYNTAX;
    set_other(graph, gb_uml_line_span(&other), other_kinds[row].zh, other_kinds[row].en);
    return OTHER_SYNTAX;
}

/* Nothing of an activity diagram: words joined by arrows are mostly a sequence diagram. */
static void
read_unknown(struct gb_uml_graph *graph, struct gb_uml_text text)
{
    struct gb_uml_text ahead = text;
    struct gb_uml_line line;

    while (gb_uml_next_line(&ahead, &line)) {
        struct gb_str s = gb_str_sub(graph->s, line.begin, line.end);
        struct gb_span span = gb_uml_line_span(&line);
        if (gb_uml_take_common(graph, &ahead, &line))
            continue;
        if (gb_str_has(s, GB_STR("->")) || gb_str_has(s, GB_STR("<-")) || gb_str_has(s, GB_STR("--")))
            set_other(graph, span, "时序图或结构图", "a sequence diagram or the like");
        else
            gb_uml_fail(graph, span, "“%s”不是活动图的语句：起点写“start”，步骤写作“:文字;”",
                        "“%s” is no statement of an activity diagram: it begins with “start”, a step is “:words;”");
        return;
    }
    gb_uml_fail(graph, (struct gb_span){(uint32_t)text.at, (uint32_t)text.at},
                "图中没有语句：起点写“start”，步骤写作“:文字;”",
                "the diagram has no statements: it begins with “start”, a step is “:words;”");
}

/* `open`: the @start of a block without @end, which no program draws; empty for one that is whole. */
static struct gb_flow
read_block(struct gb_str s, size_t begin, size_t end, struct gb_span open, struct gb_arena *arena)
{
    struct gb_uml_graph graph;
    struct gb_uml_text text = {s, begin, end};

    gb_uml_graph_init(&graph, s, arena);
    switch (syntax_of(&graph, text)) {
    case NEW_SYNTAX:
        gb_uml_read_new(&graph, text);
        break;
    case OLD_SYNTAX:
        gb_uml_read_old(&graph, text);
        break;
    case OTHER_SYNTAX:
        break;
    case NO_SYNTAX:
        read_unknown(&graph, text);
        break;
    }
    if (open.end > open.begin)
        gb_uml_fail(&graph, open, "“%s”没有结束：在其最后一行之后写一行“@enduml”",
                    "“%s” is not closed: write a line “@enduml” behind its last one");
    return gb_uml_graph_take(&graph);
}

/* ---- blocks ---- */

struct blocks {
    struct gb_arena *arena;
    GB_ARRAY(struct gb_flow) charts;
    bool has_no_end; /* no @end stands in what is left */
};

/* Begin of the next line that starts with the word, at or behind `at`; GB_NOT_FOUND. */
static size_t
find_line(struct gb_str s, size_t at, struct gb_str word)
{
    while ((at = gb_str_find(s, word, at)) != GB_NOT_FOUND) {
        size_t begin = at;
        while (begin > 0 && gb_uml_is_blank(s.ptr[begin - 1]))
            begin--;
        if (begin == 0 || s.ptr[begin - 1] == '\n' || gb_str_ends(gb_str_sub(s, 0, begin), GB_STR("\xEF\xBB\xBF")))
            return at;
        at += word.len;
    }
    return GB_NOT_FOUND;
}

/* The block that begins with @start at `at`; the offset behind it. */
static size_t
add_block(struct blocks *blocks, struct gb_str s, size_t at)
{
    size_t word = at + strlen("@start"), word_end = word, begin;

    while (word_end < s.len && (s.ptr[word_end] | 0x20) >= 'a' && (s.ptr[word_end] | 0x20) <= 'z')
        word_end++;
    begin = gb_str_find(s, GB_STR("\n"), word_end);
    begin = begin == GB_NOT_FOUND ? s.len : begin + 1;
    size_t end = blocks->has_no_end ? GB_NOT_FOUND : find_line(s, begin, GB_STR("@end")),
           next = find_line(s, begin, GB_STR("@start"));
    blocks->has_no_end = end == GB_NOT_FOUND;
    size_t stop = end < next ? end : next;
    stop = stop == GB_NOT_FOUND ? s.len : stop;
    struct gb_str name = gb_str_sub(s, word, word_end);
    for (size_t i = 0; i < GB_COUNT(other_blocks); i++) {
        if (!gb_str_eq_nocase(name, gb_str_from(other_blocks[i].word)))
            continue;
        struct gb_uml_graph graph;
        gb_uml_graph_init(&graph, s, blocks->arena);
        set_other(&graph, (struct gb_span){(uint32_t)at, (uint32_t)word_end}, other_blocks[i].zh, other_blocks[i].en);
        *gb_push(&blocks->charts) = gb_uml_graph_take(&graph);
        return stop;
    }
    struct gb_span open = {(uint32_t)at, (uint32_t)(stop == end ? at : word_end)};
    struct gb_flow flow = read_block(s, begin, stop, open, blocks->arena);
    *gb_push(&blocks->charts) = flow;
    return stop;
}

struct gb_flows
gb_flow_read_plantuml(struct gb_str text, struct gb_arena *arena)
{
    struct blocks blocks = {.arena = arena};

    if (text.len > MAX_TEXT) {
        struct gb_uml_graph graph;
        gb_uml_graph_init(&graph, text, arena);
        gb_uml_stop(&graph, (struct gb_span){0, 0}, "流程图的文本超过16 MB，未读取",
                    "the text of the chart is larger than 16 MB and was not read");
        struct gb_flow flow = gb_uml_graph_take(&graph);
        *gb_push(&blocks.charts) = flow;
    } else {
        size_t at = find_line(text, 0, GB_STR("@start"));
        if (at == GB_NOT_FOUND)
            *gb_push(&blocks.charts) = read_block(text, 0, text.len, (struct gb_span){0, 0}, arena);
        while (at != GB_NOT_FOUND && blocks.charts.len < GB_UML_MAX_CHARTS)
            at = find_line(text, add_block(&blocks, text, at), GB_STR("@start"));
    }
    struct gb_flows flows;
    GB_KEEP(arena, &blocks.charts, flows.charts, flows.n);
    return flows;
}
