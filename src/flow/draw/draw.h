/*
 * A drawing as one inline SVG: no script, nothing from outside, all text escaped. It takes its colours from the page
 * (currentColor and the variables --gf-…), so that it is readable on light, dark and paper.
 */
#ifndef GB_FLOW_DRAW_DRAW_H
#define GB_FLOW_DRAW_DRAW_H

#include "base/out.h"
#include "diag/report.h"
#include "flow/drawing.h"

enum gb_flow_mark_kind { GB_FLOW_MARK_NODE, GB_FLOW_MARK_EDGE, GB_FLOW_MARK_GROUP, GB_FLOW_MARK_POINT };

/* What a finding points at: a box or line in the colour of its level, or a ring round a point. */
struct gb_flow_mark {
    enum gb_flow_mark_kind kind;
    uint32_t index;          /* of the node, edge or group */
    struct gb_flow_point at; /* of a POINT, in the coordinates of the drawing */
    enum gb_level level;
    struct gb_str label; /* shown when pointed at, read aloud; one sentence */
    struct gb_str href;  /* "#…", empty for none; anything else is left out */
};

struct gb_flow_draw_options {
    const struct gb_flow_mark *marks;
    uint32_t n_marks;
    bool is_own;         /* the author's geometry; else 示意图，由检查工具排布 stands below it */
    bool in_english;     /* the words of the drawing's own */
    bool has_style;      /* the <style> of the drawing is in it; else the page has it once (gb_flow_draw_style) */
    struct gb_str title; /* caption of the figure; empty for the chart's own */
};

/* The CSS rules that all drawings of a page share, without <style>. */
void gb_flow_draw_style(struct gb_out *out);

/* Pixels of a drawing; 0 of a table. */
struct gb_flow_size {
    double w, h;
};

/* Writes <svg>…</svg>; the table below where the drawing is NULL or shows nothing. */
struct gb_flow_size gb_flow_draw(struct gb_out *out, const struct gb_flow *flow, const struct gb_flow_drawing *drawing,
                                 const struct gb_flow_draw_options *options);

/* The nodes and edges as an HTML table: for charts that are too large to be drawn. */
void gb_flow_draw_table(struct gb_out *out, const struct gb_flow *flow, const struct gb_flow_draw_options *options);

#endif
