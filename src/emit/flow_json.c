#include "emit/flow_json.h"

#include <stdio.h>

static const char *const head_names[] = {"open", "point", "circle", "cross"};
static const char *const line_names[] = {"normal", "thick", "dotted", "invisible"};

/* The first problem for which nothing of the chart is shown. */
static const struct gb_flow_problem *
fault_of(const struct gb_flow *chart)
{
    GB_FIND(row, chart->problems, chart->n_problems, row->kind != GB_FLOW_SWALLOWED);
    return row;
}

static uint32_t
line_of(struct gb_str text, size_t offset, uint32_t first)
{
    for (size_t at = 0; (at = gb_str_find(text, GB_STR("\n"), at)) < offset; at++)
        first++;
    return first;
}

static void
write_fault(struct gb_json *json, const struct gb_flow_problem *fault, uint32_t line, bool english)
{
    gb_json_begin(json, "error", "{");
    gb_json_count(json, "line", line);
    gb_json_field(json, "message", english ? fault->en : fault->zh);
    gb_json_close(json, "}");
}

static void
write_real(struct gb_json *json, const char *key, double number)
{
    gb_json_key(json, key);
    gb_json_real(json, number);
}

static void
write_box(struct gb_json *json, const struct gb_flow_box *box)
{
    gb_json_begin(json, "box", "{");
    write_real(json, "x", box->x);
    write_real(json, "y", box->y);
    write_real(json, "w", box->w);
    write_real(json, "h", box->h);
    gb_json_close(json, "}");
}

static struct gb_str
end_id(const struct gb_flow *chart, struct gb_flow_end end)
{
    if (end.node >= 0)
        return chart->nodes[end.node].id;
    return end.group >= 0 ? chart->groups[end.group].id : GB_STR("");
}

/* What nodes and events begin with. */
static void
open_shape(struct gb_json *json, struct gb_str id, struct gb_str label, struct gb_str text, struct gb_str shape,
           const char *kind)
{
    gb_json_open(json, "{");
    gb_json_field(json, "id", id);
    gb_json_field(json, "label", label);
    gb_json_field(json, "text", text);
    gb_json_field(json, "shape", shape);
    gb_json_field(json, "kind", gb_str_from(kind));
}

/* Last among the nodes, with the activity on whose border they are. */
static void
write_events(struct gb_json *json, const struct gb_flow *chart)
{
    GB_EACH(const struct gb_flow_event, event, chart->events, chart->n_events) {
        open_shape(json, event->id, event->label, event->text, event->shape, "event");
        gb_json_field(json, "host", end_id(chart, event->host));
        if (event->has_box)
            write_box(json, &event->box);
        gb_json_close(json, "}");
    }
}

static void
write_nodes(struct gb_json *json, const struct gb_flow *chart)
{
    gb_json_begin(json, "nodes", "[");
    GB_EACH(const struct gb_flow_node, node, chart->nodes, chart->n_nodes) {
        open_shape(json, node->id, node->label, node->text, node->shape, gb_flow_kind_name(node->kind));
        if (node->has_box)
            write_box(json, &node->box);
        gb_json_close(json, "}");
    }
    write_events(json, chart);
    gb_json_close(json, "]");
}

/* A mark at both ends, at the end, or none: the names of the reference parser. */
static void
write_line(struct gb_json *json, const struct gb_flow_edge *edge)
{
    char arrow[40];

    if (edge->is_invalid) {
        gb_json_field(json, "arrow", GB_STR("INVALID"));
        gb_json_field(json, "stroke", GB_STR("INVALID"));
        return;
    }
    bool is_double = edge->tail != GB_FLOW_NO_HEAD && edge->tail == edge->head;
    snprintf(arrow, sizeof arrow, "%sarrow_%s", is_double ? "double_" : "", head_names[edge->head]);
    gb_json_field(json, "arrow", gb_str_from(arrow));
    gb_json_field(json, "stroke", gb_str_from(line_names[edge->line]));
    gb_json_count(json, "length", edge->length);
}

static void
write_points(struct gb_json *json, const struct gb_flow_edge *edge)
{
    gb_json_begin(json, "points", "[");
    for (uint32_t i = 0; i < edge->n_points; i++) {
        gb_json_open(json, "[");
        gb_json_real(json, edge->points[i].x);
        gb_json_real(json, edge->points[i].y);
        gb_json_close(json, "]");
    }
    gb_json_close(json, "]");
}

static void
write_edges(struct gb_json *json, const struct gb_flow *chart)
{
    gb_json_begin(json, "edges", "[");
    GB_EACH(const struct gb_flow_edge, edge, chart->edges, chart->n_edges) {
        gb_json_open(json, "{");
        gb_json_field(json, "from", edge->event ? chart->events[edge->event - 1].id : end_id(chart, edge->from));
        gb_json_field(json, "to", end_id(chart, edge->to));
        gb_json_field(json, "label", edge->label);
        gb_json_field(json, "text", edge->event ? edge->label : edge->text); /* what the event says is told there */
        write_line(json, edge);
        gb_json_given(json, "id", edge->id);
        if (edge->n_points)
            write_points(json, edge);
        gb_json_close(json, "}");
    }
    gb_json_close(json, "]");
}

/* Ids in the notation's own order where it has one, else of the nodes and inner groups. */
static void
write_members(struct gb_json *json, const struct gb_flow *chart, uint32_t index)
{
    const struct gb_flow_group *group = &chart->groups[index];

    gb_json_begin(json, "nodes", "[");
    for (uint32_t i = 0; i < group->n_member_ids; i++)
        gb_json_str(json, group->member_ids[i]);
    for (uint32_t i = 0; !group->n_member_ids && i < group->n_members; i++)
        gb_json_str(json, chart->nodes[group->members[i]].id);
    gb_json_close(json, "]");
}

static void
write_groups(struct gb_json *json, const struct gb_flow *chart)
{
    gb_json_begin(json, "subgraphs", "[");
    for (uint32_t i = 0; i < chart->n_groups; i++) {
        const struct gb_flow_group *group = &chart->groups[i];
        struct gb_str direction = gb_str_from(gb_flow_direction_name(group->direction));
        gb_json_open(json, "{");
        gb_json_field(json, "id", group->id);
        gb_json_field(json, "title", group->title);
        gb_json_key(json, "dir");
        if (group->direction_word.len || direction.len)
            gb_json_str(json, group->direction_word.len ? group->direction_word : direction);
        else
            gb_json_null(json);
        write_members(json, chart, i);
        if (group->has_box)
            write_box(json, &group->box);
        gb_json_close(json, "}");
    }
    gb_json_close(json, "]");
}

void
gb_flow_json(struct gb_json *json, const struct gb_flow *chart, struct gb_str text, uint32_t line, bool english)
{
    const struct gb_flow_problem *fault = fault_of(chart);

    gb_json_flag(json, "ok", !fault);
    gb_json_field(json, "format", gb_str_from(gb_flow_format_name(chart->format)));
    if (fault) {
        write_fault(json, fault, line_of(text, fault->span.begin, line), english);
        return;
    }
    struct gb_str direction = gb_str_from(gb_flow_direction_name(chart->direction));
    gb_json_given(json, "title", chart->title);
    gb_json_given(json, "direction", chart->direction_word.len ? chart->direction_word : direction);
    write_nodes(json, chart);
    write_edges(json, chart);
    write_groups(json, chart);
}

void
gb_flows_json(struct gb_json *json, const struct gb_flows *flows, struct gb_str text, uint32_t line, bool english)
{
    if (flows->n == 1) {
        gb_flow_json(json, &flows->charts[0], text, line, english);
        return;
    }
    gb_json_begin(json, "pages", "[");
    for (uint32_t i = 0; i < flows->n; i++) {
        gb_json_open(json, "{");
        gb_flow_json(json, &flows->charts[i], text, line, english);
        gb_json_close(json, "}");
    }
    gb_json_close(json, "]");
}
