/* Borders, loose ends, members of groups: geometry that no notation has of its own. */
#include "base/sort.h"
#include "flow/place_priv.h"

#include <math.h>

struct gb_flow_point
gb_flow_border(enum gb_flow_outline outline, struct gb_flow_box box, struct gb_flow_point to)
{
    struct gb_flow_point c = gb_flow_middle(box);
    double dx = to.x - c.x, dy = to.y - c.y, u = box.w > 0 ? fabs(dx) / (box.w / 2) : 0,
           v = box.h > 0 ? fabs(dy) / (box.h / 2) : 0;
    double scale;

    switch (outline) {
    case GB_FLOW_ELLIPSE:
        scale = sqrt(u * u + v * v);
        break;
    case GB_FLOW_RHOMBUS:
        scale = u + v;
        break;
    default:
        scale = fmax(u, v);
        break;
    }
    if (!(scale > 1))
        return c;
    return (struct gb_flow_point){c.x + dx / scale, c.y + dy / scale};
}

double
gb_flow_distance(struct gb_flow_box box, struct gb_flow_point p)
{
    double left = box.x - p.x, right = p.x - box.x - box.w, above = box.y - p.y, below = p.y - box.y - box.h;
    double dx = fmax(left, right), dy = fmax(above, below);

    if (dx <= 0 && dy <= 0)
        return -fmax(dx, dy);
    return hypot(fmax(dx, 0), fmax(dy, 0));
}

struct gb_flow_box
gb_flow_end_box(const struct gb_flow_build *build, struct gb_flow_end end)
{
    struct gb_flow_box none = {0, 0, 0, 0};

    if (end.node >= 0)
        return build->nodes.items[end.node].has_box ? build->nodes.items[end.node].box : none;
    return end.group >= 0 && build->groups.items[end.group].has_box ? build->groups.items[end.group].box : none;
}

static double
median_height(const struct gb_flow_build *build)
{
    double *heights = gb_arena_new_array(build->arena, double, build->nodes.len + 1);
    size_t n = 0;

    for (size_t i = 0; i < build->nodes.len; i++) {
        if (build->nodes.items[i].has_box && build->nodes.items[i].kind != GB_FLOW_NOTE)
            heights[n++] = build->nodes.items[i].box.h;
    }
    if (n)
        qsort(heights, n, sizeof(*heights), gb_compare_numbers);
    return n ? heights[n / 2] : 0;
}

/* Loose ends are looked for in all boxes: not in drawings that no person drew. */
enum { MOST_LOOKED_AT = 20000000 };

void
gb_flow_snap_init(struct gb_flow_snap *snap, const struct gb_flow_build *build)
{
    *snap = (struct gb_flow_snap){build, median_height(build) / 4, MOST_LOOKED_AT};
}

static double
area(struct gb_flow_box box)
{
    return box.w * box.h;
}

struct gb_flow_end
gb_flow_snap(struct gb_flow_snap *snap, struct gb_flow_point p)
{
    const struct gb_flow_build *build = snap->build;
    struct gb_flow_end near = {-1, -1}, inside = {-1, -1};
    double least = snap->reach, smallest = HUGE_VAL;

    if (snap->budget < build->nodes.len + build->groups.len)
        return near;
    snap->budget -= build->nodes.len + build->groups.len;
    for (size_t i = 0; i < build->nodes.len; i++) {
        const struct gb_flow_node *node = &build->nodes.items[i];
        if (!node->has_box || node->kind == GB_FLOW_NOTE)
            continue;
        double distance = gb_flow_distance(node->box, p);
        if (distance <= least && (distance < least || near.node < 0)) {
            least = distance;
            near.node = (int32_t)i;
        }
        if (gb_flow_is_in(node->box, p) && area(node->box) < smallest) {
            smallest = area(node->box);
            inside.node = (int32_t)i;
        }
    }
    if (near.node >= 0 || inside.node >= 0)
        return near.node >= 0 ? near : inside;
    for (size_t i = 0; i < build->groups.len; i++) {
        double distance = build->groups.items[i].has_box ? gb_flow_distance(build->groups.items[i].box, p) : HUGE_VAL;
        if (distance < least) {
            least = distance;
            near.group = (int32_t)i;
        }
    }
    return near;
}

void
gb_flow_set_points(struct gb_flow_build *build, struct gb_flow_edge *edge, const struct gb_flow_point *points, size_t n,
                   enum gb_flow_route route)
{
    edge->points = gb_arena_copy_bytes(build->arena, points, n * sizeof(*points));
    edge->n_points = (uint32_t)n;
    edge->route = route;
}

void
gb_flow_join(struct gb_flow_build *build, struct gb_flow_edge *edge, enum gb_flow_outline from, enum gb_flow_outline to,
             enum gb_flow_route route)
{
    struct gb_flow_box a = gb_flow_end_box(build, edge->from), b = gb_flow_end_box(build, edge->to);

    if (a.w <= 0 || b.w <= 0)
        return;
    struct gb_flow_point points[] = {gb_flow_border(from, a, gb_flow_middle(b)),
                                     gb_flow_border(to, b, gb_flow_middle(a))};
    gb_flow_set_points(build, edge, points, GB_COUNT(points), route);
}

void
gb_flow_finish(struct gb_flow_build *build)
{
    uint32_t n_drawn = 0, n_hidden = 0;

    gb_flow_fill_members(build);
    GB_EACH(const struct gb_flow_node, node, build->nodes.items, build->nodes.len) {
        n_drawn += node->has_box;
        n_hidden += !node->has_box && node->kind != GB_FLOW_NOTE;
    }
    build->flow.has_geometry = n_drawn > 0 && n_hidden == 0;
}

void
gb_flow_reverse(struct gb_flow_point *points, size_t n)
{
    for (size_t i = 0; i < n / 2; i++) {
        struct gb_flow_point p = points[i];
        points[i] = points[n - 1 - i];
        points[n - 1 - i] = p;
    }
}

void
gb_flow_turn_round(struct gb_flow_edge *edge)
{
    struct gb_flow_end from = edge->from;

    edge->from = edge->to;
    edge->to = from;
    edge->head = edge->tail;
    edge->tail = GB_FLOW_NO_HEAD;
    gb_flow_reverse(edge->points, edge->n_points);
}
