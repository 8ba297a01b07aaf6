#include "emit/flow_marks.h"

#include "flow/crossing.h"
#include "flow/layout/layout.h"

struct gb_flow_picture
gb_flow_picture_of(const struct gb_chart *chart, struct gb_arena *arena)
{
    struct gb_flow_picture picture = {.is_own = chart->flow->has_geometry};

    if (picture.is_own) {
        picture.drawing = gb_flow_own_drawing(chart->flow, arena);
    } else {
        struct gb_flow_layout layout = gb_flow_layout(chart->flow, arena);
        picture.drawing = layout.drawing;
        picture.is_table = layout.limit != GB_FLOW_NO_LIMIT;
    }
    return picture;
}

static bool
same_span(struct gb_span a, struct gb_span b)
{
    return a.begin == b.begin && a.end == b.end;
}

bool
gb_flow_mark_at(const struct gb_finding *finding, enum gb_flow_mark_kind *out_kind, uint32_t *out_index)
{
    const struct gb_flow *flow = finding->chart ? finding->chart->flow : NULL;
    struct gb_span at = finding->in_chart;

    if (!flow || at.begin >= at.end)
        return false;
    for (uint32_t i = 0; i < flow->n_nodes; i++) {
        if (same_span(flow->nodes[i].words, at)) {
            *out_kind = GB_FLOW_MARK_NODE, *out_index = i;
            return true;
        }
    }
    for (uint32_t i = 0; i < flow->n_edges; i++) {
        if (same_span(flow->edges[i].words, at) || same_span(flow->edges[i].span, at)) {
            *out_kind = GB_FLOW_MARK_EDGE, *out_index = i;
            return true;
        }
    }
    for (uint32_t i = 0; i < flow->n_groups; i++) {
        if (same_span(flow->groups[i].span, at)) {
            *out_kind = GB_FLOW_MARK_GROUP, *out_index = i;
            return true;
        }
    }
    return false;
}

struct marks {
    const struct gb_report *report;
    struct gb_str (*href)(void *data, size_t finding);
    void *data;
    GB_ARRAY(struct gb_flow_mark) list;
};

static void
add_mark(struct marks *m, size_t finding, struct gb_flow_mark mark)
{
    mark.level = m->report->findings.items[finding].level;
    mark.label = m->report->findings.items[finding].message;
    if (m->href)
        mark.href = m->href(m->data, finding);
    *gb_push(&m->list) = mark;
}

/* A ring at each crossing of the drawing, for the finding on crossings. */
static void
ring_crossings(struct marks *m, size_t finding, const struct gb_chart *chart, const struct gb_flow_picture *picture,
               struct gb_arena *arena)
{
    struct gb_flow_geometry geometry = gb_flow_measure(chart->flow, &picture->drawing, arena);

    for (uint32_t i = 0; i < geometry.n_crossings; i++)
        add_mark(m, finding, (struct gb_flow_mark){.kind = GB_FLOW_MARK_POINT, .at = geometry.crossings[i].at});
}

const struct gb_flow_mark *
gb_flow_marks_of(const struct gb_chart *chart, const struct gb_flow_picture *picture, const struct gb_report *report,
                 struct gb_str (*href)(void *data, size_t finding), void *data, struct gb_arena *arena, uint32_t *out_n)
{
    struct marks m = {.report = report, .href = href, .data = data};
    bool has_rings = false;

    for (size_t i = 0; i < report->findings.len; i++) {
        const struct gb_finding *f = &report->findings.items[i];
        struct gb_flow_mark mark = {.index = 0};
        if (f->chart != chart || f->is_suppressed)
            continue;
        if (gb_flow_mark_at(f, &mark.kind, &mark.index))
            add_mark(&m, i, mark);
        if (gb_str_is(f->rule->name, "lines-cross") && !has_rings && !picture->is_table) {
            ring_crossings(&m, i, chart, picture, arena);
            has_rings = true;
        }
    }
    const struct gb_flow_mark *marks = gb_arena_copy_bytes(arena, m.list.items, m.list.len * sizeof(*marks));
    *out_n = (uint32_t)m.list.len;
    gb_array_release(&m.list);
    return marks;
}
