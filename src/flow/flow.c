/* Notations: their names, how they are told apart, and who reads them; the chart that readers build. */
#include "base/buf.h"
#include "flow/build_priv.h"

static const char *const format_names[] = {"", GB_FLOW_FORMATS(GB_NAMED)};

static const char *const direction_names[] = {"", GB_FLOW_DIRECTIONS(GB_NAMED)};

static const char *const kind_names[] = {GB_FLOW_KINDS(GB_NAMED)};

/* Other names of notations, as fences and elements have them. */
static const struct {
    const char *name;
    enum gb_flow_format format;
} other_names[] = {
    {"mmd", GB_FLOW_MERMAID},   {"graphviz", GB_FLOW_DOT},   {"gv", GB_FLOW_DOT},
    {"puml", GB_FLOW_PLANTUML}, {"uml", GB_FLOW_PLANTUML},   {"plantuml-activity", GB_FLOW_PLANTUML},
    {"mxfile", GB_FLOW_DRAWIO}, {"mxgraph", GB_FLOW_DRAWIO}, {"diagrams.net", GB_FLOW_DRAWIO},
    {"bpmn2", GB_FLOW_BPMN},
};

const char *
gb_flow_format_name(enum gb_flow_format format)
{
    return format_names[format];
}

const char *
gb_flow_direction_name(enum gb_flow_direction direction)
{
    return direction_names[direction];
}

const char *
gb_flow_kind_name(enum gb_flow_kind kind)
{
    return kind_names[kind];
}

enum gb_flow_format
gb_flow_format_named(struct gb_str language)
{
    for (size_t i = 1; i < GB_COUNT(format_names); i++) {
        if (gb_str_eq_nocase(language, gb_str_from(format_names[i])))
            return (enum gb_flow_format)i;
    }
    GB_FIND(other_name, other_names, GB_COUNT(other_names), gb_str_eq_nocase(language, gb_str_from(other_name->name)));
    return other_name ? other_name->format : GB_FLOW_UNKNOWN;
}

void
gb_flow_build_init(struct gb_flow_build *build, enum gb_flow_format format, struct gb_arena *arena)
{
    *build = (struct gb_flow_build){.arena = arena, .flow.format = format};
}

struct gb_flow_node *
gb_flow_add_node(struct gb_flow_build *build)
{
    struct gb_flow_node *node = gb_push(&build->nodes);

    *node = (struct gb_flow_node){.group = -1};
    return node;
}

struct gb_flow_edge *
gb_flow_add_edge(struct gb_flow_build *build)
{
    struct gb_flow_edge *edge = gb_push(&build->edges);

    *edge = (struct gb_flow_edge){.from = {-1, -1}, .to = {-1, -1}};
    return edge;
}

struct gb_flow_group *
gb_flow_add_group(struct gb_flow_build *build)
{
    struct gb_flow_group *group = gb_push(&build->groups);

    *group = (struct gb_flow_group){.parent = -1};
    return group;
}

void
gb_flow_add_problem(struct gb_flow_build *build, enum gb_flow_problem_kind kind, struct gb_span span, struct gb_str zh,
                    struct gb_str en)
{
    *gb_push(&build->problems) = (struct gb_flow_problem){kind, span, zh, en};
}

void
gb_flow_add_fault(struct gb_flow_build *build, enum gb_flow_problem_kind kind, struct gb_span span, struct gb_str zh,
                  struct gb_str en)
{
    build->flow.is_partial = true;
    gb_flow_add_problem(build, kind, span, zh, en);
}

void
gb_flow_fill_members(struct gb_flow_build *build)
{
    int32_t *all = gb_arena_new_array(build->arena, int32_t, build->nodes.len + 1), *next = all;

    for (size_t i = 0; i < build->nodes.len; i++) {
        if (build->nodes.items[i].group >= 0)
            build->groups.items[build->nodes.items[i].group].n_members++;
    }
    for (size_t i = 0; i < build->groups.len; i++) {
        build->groups.items[i].members = next;
        next += build->groups.items[i].n_members;
        build->groups.items[i].n_members = 0;
    }
    for (size_t i = 0; i < build->nodes.len; i++) {
        if (build->nodes.items[i].group < 0)
            continue;
        struct gb_flow_group *group = &build->groups.items[build->nodes.items[i].group];
        all[group->members - all + group->n_members++] = (int32_t)i;
    }
}

struct gb_str
gb_flow_fill_in(const char *format, struct gb_str shown, struct gb_arena *arena)
{
    struct gb_buf buf = {0};

    if (shown.len == 0)
        shown = GB_STR("↵");
    for (const char *at; (at = strstr(format, "%s")) != NULL; format = at + 2) {
        gb_buf_add(&buf, (struct gb_str){format, (size_t)(at - format)});
        gb_buf_add(&buf, shown);
    }
    gb_buf_puts(&buf, format);
    return gb_buf_take(&buf, arena);
}

struct gb_flow
gb_flow_build_take(struct gb_flow_build *build)
{
    struct gb_flow flow = build->flow;

    GB_KEEP(build->arena, &build->nodes, flow.nodes, flow.n_nodes);
    GB_KEEP(build->arena, &build->edges, flow.edges, flow.n_edges);
    GB_KEEP(build->arena, &build->groups, flow.groups, flow.n_groups);
    GB_KEEP(build->arena, &build->events, flow.events, flow.n_events);
    GB_KEEP(build->arena, &build->problems, flow.problems, flow.n_problems);
    return flow;
}

/* A row per notation that has a reader. */
static const struct {
    enum gb_flow_format format;
    struct gb_flows (*read)(struct gb_str text, struct gb_arena *arena);
} readers[] = {
    {GB_FLOW_MERMAID, gb_flow_read_mermaid},   {GB_FLOW_DOT, gb_flow_read_dot},
    {GB_FLOW_PLANTUML, gb_flow_read_plantuml}, {GB_FLOW_BPMN, gb_flow_read_bpmn},
    {GB_FLOW_DRAWIO, gb_flow_read_drawio},     {GB_FLOW_SVG, gb_flow_read_svg},
    {GB_FLOW_ARROWS, gb_flow_read_arrows},
};

struct gb_flows
gb_flow_read(enum gb_flow_format format, struct gb_str text, struct gb_arena *arena)
{
    for (size_t i = 0; i < GB_COUNT(readers); i++) {
        if (readers[i].format == format)
            return readers[i].read(text, arena);
    }

    struct gb_flow_build build;
    gb_flow_build_init(&build, format, arena);
    gb_flow_add_fault(&build, GB_FLOW_UNREADABLE, (struct gb_span){0, 0}, GB_STR("没有读取这种记法的程序"),
                      GB_STR("there is no reader for this notation"));

    struct gb_flow *chart = gb_arena_new(arena, struct gb_flow);
    *chart = gb_flow_build_take(&build);
    return (struct gb_flows){chart, 1};
}
