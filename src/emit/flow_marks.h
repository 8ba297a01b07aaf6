/* A flowchart drawn with what the findings say of it. */
#ifndef GB_EMIT_FLOW_MARKS_H
#define GB_EMIT_FLOW_MARKS_H

#include "diag/report.h"
#include "facts/flow.h"
#include "flow/draw/draw.h"

/* The picture of a chart: its author's where there is one, else laid out; in the arena. */
struct gb_flow_picture {
    struct gb_flow_drawing drawing;
    bool is_own;
    bool is_table; /* too large to be drawn */
};

struct gb_flow_picture gb_flow_picture_of(const struct gb_chart *chart, struct gb_arena *arena);

/*
 * Marks for all findings on the chart that are not suppressed: the node, edge or group that each stands at, and a ring where
 * lines cross. `href` may be NULL: what a mark links to, for the finding with this index.
 */
const struct gb_flow_mark *gb_flow_marks_of(const struct gb_chart *chart, const struct gb_flow_picture *picture,
                                            const struct gb_report *report,
                                            struct gb_str (*href)(void *data, size_t finding), void *data,
                                            struct gb_arena *arena, uint32_t *out_n);

/* Does the finding speak of a flowchart, and of which node, edge or group? False: of none, or of the chart as a whole. */
bool gb_flow_mark_at(const struct gb_finding *finding, enum gb_flow_mark_kind *out_kind, uint32_t *out_index);

#endif
