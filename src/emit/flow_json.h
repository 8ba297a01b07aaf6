/* One flowchart as JSON: the form of `flow --batch`, and of a chart in `flow -f json`. */
#ifndef GB_EMIT_FLOW_JSON_H
#define GB_EMIT_FLOW_JSON_H

#include "base/json.h"
#include "flow/flow.h"

/*
 * Writes the members of one chart into the object that is open: ok, format, direction, nodes, edges, subgraphs; or ok false
 * with the first fault. `text` is what the chart was read from, `line` the number of its first line; they give the
 * line of a fault.
 */
void gb_flow_json(struct gb_json *json, const struct gb_flow *chart, struct gb_str text, uint32_t line, bool english);

/* The members of one chart, or `pages` of such objects where there are several. */
void gb_flows_json(struct gb_json *json, const struct gb_flows *flows, struct gb_str text, uint32_t line, bool english);

#endif
