/*
 * The flowcharts of a draft: each with the figure that it stands in, read once. DB32/T 2796—2015, 7.3.4.4.
 *
 * A chart stands in the draft (fence, element, inline SVG) or in a picture file that app/ has read; places in it are mapped to
 * the draft, for a file to the words that name it.
 */
#ifndef GB_FACTS_FLOW_H
#define GB_FACTS_FLOW_H

#include "diag/report.h"
#include "doc/node.h"
#include "flow/graph.h"

struct gb_facts;

/* Larger charts are read, but only their labels and arrows are judged one by one (flowcharts.md, section 7). */
enum { GB_CHART_MOST_NODES = 400, GB_CHART_MOST_EDGES = 500 };
/* So many charts of a draft are judged whole. */
enum { GB_CHART_MOST = 1000 };
/* Nodes and edges of all charts of a draft: those behind are not read. */
enum { GB_CHART_MOST_PARTS = 300000 };
/* Two charts of one process have fewer than this many others between them. */
enum { GB_CHART_LOOK_BACK = 50 };

/* A picture file with a chart in it; bytes as stored, or of a PNG only what is text. */
struct gb_chart_file {
    const struct gb_node *figure;
    struct gb_str path; /* as the draft names it */
    struct gb_str bytes;
    enum gb_flow_format format;
};

struct gb_chart {
    const struct gb_node *figure;
    const struct gb_flow *flow;
    const struct gb_text *text;       /* that it was read from; NULL: from a file */
    const struct gb_chart_file *file; /* NULL: from the draft */
    struct gb_str source;             /* the text that places in the flow are offsets of */
    uint32_t page, n_pages;           /* of the charts in one text, from 0 */
    bool is_read;                     /* false: not in its notation, no flowchart, or in a notation that nobody reads */
    bool is_process;                  /* the rules on flowcharts judge it */
    bool is_large;                    /* it, or its number in the draft, is beyond the limits above */
    const struct gb_flow_graph *graph; /* of a process chart that was read whole and is not large; else NULL */
    uint32_t process; /* charts with one number draw parts of one process; first part: index == process */
};

struct gb_charts {
    const struct gb_chart *items; /* in document order */
    uint32_t n;
};

/* Reads all charts of the draft. A draft without one pays a look at its figures. */
void gb_find_charts(struct gb_facts *facts, const struct gb_doc *doc, const struct gb_chart_file *files,
                    uint32_t n_files);

/* The place of a span of the chart in the draft. */
struct gb_at gb_chart_at(const struct gb_chart *chart, struct gb_span span);
/* The first line of the chart, where a finding on all of it stands. */
struct gb_at gb_chart_head(const struct gb_chart *chart);
/* Line of a place in the chart's own text, from 1. */
uint32_t gb_chart_line(const struct gb_chart *chart, uint32_t offset);

#endif
