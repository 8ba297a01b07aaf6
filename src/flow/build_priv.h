/*
 * What the readers share: a chart that grows, the words of labels, and what a node is by shape and words.
 * Nothing here knows a notation.
 */
#ifndef GB_FLOW_BUILD_PRIV_H
#define GB_FLOW_BUILD_PRIV_H

#include "base/array.h"
#include "flow/flow.h"

/* A chart being read. Pointers into it move when it grows: keep indexes. */
struct gb_flow_build {
    struct gb_arena *arena;
    struct gb_flow flow;          /* all but the arrays below */
    GB_ARRAY(struct gb_flow_node) nodes;
    GB_ARRAY(struct gb_flow_edge) edges;
    GB_ARRAY(struct gb_flow_group) groups;
    GB_ARRAY(struct gb_flow_problem) problems;
};

void gb_flow_build_init(struct gb_flow_build *build, enum gb_flow_format format, struct gb_arena *arena);

/* New, zeroed but for group -1, ends -1; the pointer holds until the next one. */
struct gb_flow_node *gb_flow_add_node(struct gb_flow_build *build);
struct gb_flow_edge *gb_flow_add_edge(struct gb_flow_build *build);
struct gb_flow_group *gb_flow_add_group(struct gb_flow_build *build);
void gb_flow_add_problem(struct gb_flow_build *build, enum gb_flow_problem_kind kind, struct gb_span span,
                         struct gb_str zh, struct gb_str en);

/* Moves what was built into the arena; the builder is empty afterwards. */
struct gb_flow gb_flow_build_take(struct gb_flow_build *build);

/* One reader per notation, in flow.c's table. */
struct gb_flows gb_flow_read_mermaid(struct gb_str text, struct gb_arena *arena);
struct gb_flows gb_flow_read_dot(struct gb_str text, struct gb_arena *arena);
struct gb_flows gb_flow_read_plantuml(struct gb_str text, struct gb_arena *arena);
struct gb_flows gb_flow_read_drawio(struct gb_str text, struct gb_arena *arena);
struct gb_flows gb_flow_read_bpmn(struct gb_str text, struct gb_arena *arena);
struct gb_flows gb_flow_read_svg(struct gb_str text, struct gb_arena *arena);

#endif
