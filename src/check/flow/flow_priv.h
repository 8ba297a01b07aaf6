/* What the checks on flowcharts share. DB32/T 2796—2015, 7.3.4.4. Inside of check/ only. */
#ifndef GB_CHECK_FLOW_FLOW_PRIV_H
#define GB_CHECK_FLOW_FLOW_PRIV_H

#include "facts/flow.h"
#include "rule/check.h"

/* More places than this are counted, not told one by one. */
enum { GB_FLOW_MOST_PLACES = 5 };

typedef void gb_chart_function(struct gb_check *check, const struct gb_chart *chart);

/* Calls the function on each chart of a process; those read in part too. */
void gb_each_process(struct gb_check *check, gb_chart_function *judge);
/* … only on those whose graph is known, and which hold an arrow. */
void gb_each_graph(struct gb_check *check, gb_chart_function *judge);

/*
 * Reports at a place of the chart. Where the chart is a file, the message ends in its name and line; where it is one of several
 * pages, in the page's name.
 */
struct gb_finding *gb_flow_report(struct gb_check *check, const char *which, const struct gb_chart *chart,
                                  struct gb_span span, const struct gb_str *args, size_t n_args);
/* The same on the chart as a whole, at its first line. */
struct gb_finding *gb_flow_report_all(struct gb_check *check, const char *which, const struct gb_chart *chart,
                                      const struct gb_str *args, size_t n_args);
void gb_flow_also(struct gb_check *check, struct gb_finding *finding, const struct gb_chart *chart, struct gb_span span,
                  struct gb_str message);

/* Words as messages quote them: one line, cut where they are long. */
struct gb_str gb_flow_quote(struct gb_check *check, struct gb_str text);
struct gb_str gb_flow_name(struct gb_check *check, const struct gb_chart *chart, uint32_t vertex);
/* “受理”→“审核”: an edge, by its ends. */
struct gb_str gb_flow_edge_name(struct gb_check *check, const struct gb_chart *chart, uint32_t edge);
struct gb_str gb_flow_number(struct gb_check *check, double number);

/* Node or group; at its words where it has some. */
struct gb_span gb_flow_edge_place(const struct gb_flow_edge *edge);

/* Does the vertex decide: by its shape, or by its words (…？, 是否…) and several exits? */
bool gb_flow_is_decision(const struct gb_flow_graph *graph, uint32_t vertex);
/* The plain box of a step, in whatever notation? */
bool gb_flow_is_box(const struct gb_flow_node *node);
/* Do its words ask: end in ？, begin with 是否, 能否, 有无? */
bool gb_flow_is_question(struct gb_str text);

/* The vertex at the one end of an arrow whose other end touches nothing: it was drawn by hand, and missed. Else GB_NO_VERTEX. */
uint32_t gb_flow_loose_from(const struct gb_flow *flow, const struct gb_flow_edge *edge);
/* Is there such an arrow at the vertex? What the vertex lacks for it is told by FLW-014 alone. */
bool gb_flow_is_loose_at(const struct gb_flow *flow, uint32_t vertex);

/* Different edges that leave the vertex, in the order of the chart: up to `most`; returns how many there are. */
uint32_t gb_flow_edges_out(const struct gb_flow_graph *graph, uint32_t vertex, bool with_soft, uint32_t *out,
                           uint32_t most);

/* Is the cycle of more than one vertex, and does no edge that leaves it bear words? FLW-024. */
bool gb_flow_is_endless(const struct gb_flow_graph *graph, uint32_t cycle);
/* Vertices of the cycle that the vertex lies in. */
uint32_t gb_flow_cycle_size(const struct gb_flow_graph *graph, uint32_t cycle);

/*
 * The paragraphs (or list) before a chart that describe it: of the same clause, at most three blocks before it or naming its
 * figure, 15 characters and more, and no bare 见图1. Up to `most`; returns how many. 7.3.4.4 d).
 */
uint32_t gb_flow_description(const struct gb_check *check, const struct gb_chart *chart, const struct gb_node **out,
                             uint32_t most);

/* Reports the charts that are too large to be judged whole, for INP-004, and names them as not checked. */
void gb_flow_report_limits(struct gb_check *check, const char *which);

/* Name of the chart's figure: 图1 and title, or its title, or 流程图. */
struct gb_str gb_flow_figure_name(struct gb_check *check, const struct gb_node *figure);

#endif
