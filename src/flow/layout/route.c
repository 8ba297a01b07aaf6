/*
 * Lines of a layout: right-angled, one level part per gap between layers, each on a track of its own unless it leaves the
 * same node as its neighbour or reaches the same one. Tracks are chosen so that lines cross exactly where the order of the
 * layers makes them. At the end across and along become x and y.
 */
#include "flow/layout/layout_priv.h"
#include "flow/shape.h"

#include <math.h>

/* Less is no bend. */
static const double least_jog = 0.05;

enum { PORT_STEP = 18, TRACK = 13, STUB_ABOVE = 14, STUB_BELOW = 22, BAR_RIM = 8, FRAME_TITLE = 28, FRAME_PAD = 14 };

static enum gb_flow_kind
kind_of(const struct gb_lay *lay, const struct gb_lay_vertex *v)
{
    return v->node >= 0 ? lay->flow->nodes[v->node].kind : GB_FLOW_SUBPROCESS;
}

/* Of a vertex as it will be drawn, without its place. */
static struct gb_flow_box
box_of(const struct gb_lay *lay, const struct gb_lay_vertex *v)
{
    return (struct gb_flow_box){.w = lay->is_vertical ? v->w : v->h, .h = lay->is_vertical ? v->h : v->w};
}

static double
reach_along(const struct gb_lay *lay, const struct gb_lay_vertex *v, double offset, int sign)
{
    if (lay->flow->direction == GB_FLOW_BT || lay->flow->direction == GB_FLOW_RL)
        sign = -sign;
    return gb_flow_reach(kind_of(lay, v), box_of(lay, v), lay->is_vertical, offset, sign);
}

/* ---- Ports ---- */

struct port {
    uint32_t link;
    double other; /* place of the other end, across */
    bool is_back;
};

static bool
is_left(const struct gb_lay *lay, struct port a, struct port b)
{
    if (a.other != b.other)
        return a.other < b.other;
    return a.is_back != b.is_back ? b.is_back : lay->links.items[a.link].edge < lay->links.items[b.link].edge;
}

/* Do two neighbouring links share a port? Not return edges with others, nor two edges between the same nodes. */
static bool
shares_port(const struct gb_lay *lay, struct port a, struct port b, bool down)
{
    const struct gb_lay_link *one = &lay->links.items[a.link], *two = &lay->links.items[b.link];
    uint32_t end = down ? one->b : one->a;

    if (a.is_back != b.is_back)
        return false;
    return end != (down ? two->b : two->a) || lay->v.items[end].edge >= 0;
}

/* Places on the outline for the links of a vertex on one side along; the run with most of the flow gets the middle. */
static void
set_ports(struct gb_lay *lay, uint32_t v, bool down, struct port *ports)
{
    const uint32_t *first = down ? lay->down_first : lay->up_first, *links = down ? lay->down : lay->up;
    const struct gb_lay_vertex *vertex = &lay->v.items[v];
    uint32_t n = 0, middle = 0, run = 0, size = 0, largest = 0;
    bool is_bar = vertex->node >= 0 && kind_of(lay, vertex) == GB_FLOW_FORK, any_back = false;

    for (uint32_t k = first[v]; k < first[v + 1]; k++) {
        const struct gb_lay_link *link = &lay->links.items[links[k]];
        struct port port = {links[k], lay->v.items[down ? link->b : link->a].x, lay->arcs[link->edge].is_back};
        uint32_t i = n++;
        for (; i > 0 && is_left(lay, port, ports[i - 1]); i--)
            ports[i] = ports[i - 1];
        ports[i] = port;
    }
    for (uint32_t i = 0, at = 0; i < n; i++) {
        at += i > 0 && !shares_port(lay, ports[i - 1], ports[i], down);
        run = at;
        size = i > 0 && shares_port(lay, ports[i - 1], ports[i], down) ? size + 1 : 1;
        any_back |= ports[i].is_back;
        if (!ports[i].is_back && (lay->arcs[lay->links.items[ports[i].link].edge].is_main ? 2 * n : size) > largest) {
            largest = lay->arcs[lay->links.items[ports[i].link].edge].is_main ? 2 * n : size;
            middle = 2 * at;
        }
    }
    if (!any_back)
        middle = run;
    /* The middle one keeps its place as long as there is room on both sides of it. */
    double rim = vertex->w / 2 - BAR_RIM, room = fmax(middle, 2 * run - middle) / 2.0 * PORT_STEP;
    double step = room > rim ? PORT_STEP * rim / room : PORT_STEP;
    for (uint32_t i = 0, at = 0; i < n; i++) {
        struct gb_lay_link *link = &lay->links.items[ports[i].link];
        at += i > 0 && !shares_port(lay, ports[i - 1], ports[i], down);
        double offset = vertex->edge >= 0 ? 0 : (at - middle / 2.0) * step;
        if (is_bar)
            offset = fmin(fmax(ports[i].other - vertex->x, -rim), rim);
        *(down ? &link->xa : &link->xb) = vertex->x + offset;
    }
}

static void
set_all_ports(struct gb_lay *lay)
{
    struct port *ports = gb_alloc((lay->links.len + 1) * sizeof(*ports));

    for (uint32_t v = 0; v < lay->v.len; v++) {
        set_ports(lay, v, true, ports);
        set_ports(lay, v, false, ports);
    }
    free(ports);
}

/* ---- Tracks ---- */

static bool
goes_right(const struct gb_lay_link *l)
{
    return l->xb > l->xa;
}

/* Links of a gap that are not straight, so that each one mostly has its track before those that must lie below it. */
static int
by_turn(const void *one, const void *two)
{
    const struct gb_lay_link *a = *(const struct gb_lay_link *const *)one, *b = *(const struct gb_lay_link *const *)two;
    int sign = goes_right(a) ? -1 : 1;

    if (goes_right(a) != goes_right(b))
        return goes_right(a) ? 1 : -1;
    if (a->xa != b->xa)
        return a->xa < b->xa ? -sign : sign;
    if (a->xb != b->xb)
        return a->xb < b->xb ? -sign : sign;
    return a->edge < b->edge ? -1 : a->edge > b->edge;
}

static bool
spans_meet(const struct gb_lay_link *a, const struct gb_lay_link *b)
{
    return fmin(a->xa, a->xb) < fmax(b->xa, b->xb) + GB_LAY_LOOP / 2.0 &&
           fmin(b->xa, b->xb) < fmax(a->xa, a->xb) + GB_LAY_LOOP / 2.0;
}

static bool
may_share(const struct gb_lay_link *a, const struct gb_lay_link *b)
{
    return (a->a == b->a && a->xa == b->xa) || (a->b == b->b && a->xb == b->xb);
}

/* Does a come down on the line on which b goes on down? */
static bool
meets_end_on(const struct gb_lay_link *a, const struct gb_lay_link *b)
{
    return fabs(a->xa - b->xb) < 1 && a->a != b->a;
}

/*
 * Must the track of a lie above that of b? Where both turn the same way without crossing, the one that turns over the other's
 * way would cross it twice; where a comes down on b's line, they would run on top of each other.
 */
static bool
lies_above(const struct gb_lay_link *a, const struct gb_lay_link *b)
{
    if (meets_end_on(a, b))
        return true;
    if (goes_right(a) != goes_right(b) || !spans_meet(a, b) || (a->xa - b->xa) * (a->xb - b->xb) < 0)
        return false;
    double ahead = a->xa != b->xa ? a->xa - b->xa : a->xb - b->xb;
    return goes_right(a) ? ahead > 0 : ahead < 0;
}

struct gap {
    GB_ARRAY(struct gb_lay_link *) bent;
};

static void
find_bent(struct gb_lay *lay, const struct gb_lay_row *row, struct gap *gap)
{
    gap->bent.len = 0;
    for (uint32_t i = 0; i < row->n; i++) {
        for (uint32_t k = lay->down_first[row->v[i]]; k < lay->down_first[row->v[i] + 1]; k++) {
            struct gb_lay_link *link = &lay->links.items[lay->down[k]];
            if (fabs(link->xa - link->xb) >= least_jog)
                *gb_push(&gap->bent) = link;
        }
    }
    if (gap->bent.len > 1)
        qsort(gap->bent.items, gap->bent.len, sizeof(*gap->bent.items), by_turn);
}

/* What comes in from the left and from the right gets ports of its own. */
static void
part_ports(struct gb_lay *lay, uint32_t v)
{
    double step = fmin(PORT_STEP / 2.0, lay->v.items[v].w / 4);

    for (uint32_t k = lay->up_first[v]; k < lay->up_first[v + 1]; k++) {
        struct gb_lay_link *link = &lay->links.items[lay->up[k]];
        if (fabs(link->xa - link->xb) >= least_jog)
            link->xb += link->xa < link->xb ? -step : step;
    }
}

/* Two links that change places would run on top of each other: one of both reaches its node off the line. */
static void
part_swapped(struct gb_lay *lay, const struct gap *gap)
{
    for (size_t i = 0; i < gap->bent.len; i++) {
        for (size_t k = i + 1; k < gap->bent.len; k++) {
            const struct gb_lay_link *a = gap->bent.items[i], *b = gap->bent.items[k];
            if (!meets_end_on(a, b) || !meets_end_on(b, a))
                continue;
            if (lay->v.items[b->b].edge < 0)
                part_ports(lay, b->b);
            else if (lay->v.items[a->b].edge < 0)
                part_ports(lay, a->b);
        }
    }
}

/* The uppermost track that is below all that must lie above, and free. */
static uint32_t
free_track(const struct gap *gap, const uint8_t *is_set, size_t own)
{
    const struct gb_lay_link *link = gap->bent.items[own];
    uint32_t track = 0;

    for (size_t k = 0; k < gap->bent.len; k++) {
        const struct gb_lay_link *other = gap->bent.items[k];
        if (!is_set[k] || !lies_above(other, link))
            continue;
        uint32_t least = other->track + !may_share(link, other);
        track = track < least ? least : track;
    }
    for (size_t k = 0; k < gap->bent.len; k++) {
        const struct gb_lay_link *other = gap->bent.items[k];
        if (is_set[k] && other->track == track && spans_meet(link, other) && !may_share(link, other)) {
            track++;
            k = (size_t)-1;
        }
    }
    return track;
}

/* Tracks from above; where demands go round in a circle, the next in turn breaks it. */
static void
set_tracks(struct gb_lay *lay, struct gb_lay_row *row, struct gap *gap)
{
    find_bent(lay, row, gap);
    part_swapped(lay, gap);
    find_bent(lay, row, gap);

    size_t n = gap->bent.len;
    uint32_t *n_above = gb_alloc((n + 1) * sizeof(*n_above));
    uint8_t *is_set = gb_alloc(n + 1);
    row->n_tracks = 0;
    for (size_t i = 0; i < n; i++) {
        is_set[i] = 0;
        n_above[i] = 0;
        for (size_t k = 0; k < n; k++)
            n_above[i] += i != k && lies_above(gap->bent.items[k], gap->bent.items[i]);
    }
    for (size_t done = 0; done < n; done++) {
        size_t next = n;
        for (size_t i = 0; i < n; i++) {
            if (!is_set[i] && (next == n || n_above[i] == 0)) {
                next = i;
                if (n_above[i] == 0)
                    break;
            }
        }
        struct gb_lay_link *link = gap->bent.items[next];
        link->track = free_track(gap, is_set, next);
        is_set[next] = 1;
        row->n_tracks = link->track + 1 > row->n_tracks ? link->track + 1 : row->n_tracks;
        for (size_t k = 0; k < n; k++)
            n_above[k] -= !is_set[k] && n_above[k] > 0 && lies_above(link, gap->bent.items[k]);
    }
    free(n_above);
    free(is_set);
}

/* ---- Along ---- */

/* Room for frames that begin above a row or end below it; inner groups lie within outer ones. */
static void
set_frame_pads(struct gb_lay *lay, double *above, double *below)
{
    const struct gb_flow *flow = lay->flow;
    double title = lay->is_vertical ? FRAME_TITLE : FRAME_PAD;
    bool is_turned = flow->direction == GB_FLOW_BT;

    if (!gb_lay_has_frames(lay))
        return;
    /* Depth is at most n_groups; parents come after their members once all have been seen that often. */
    for (uint32_t round = 0, changed = 1; round <= flow->n_groups && changed; round++) {
        changed = 0;
        for (uint32_t g = 0; g < flow->n_groups; g++) {
            if (lay->group_first[g] > lay->group_last[g])
                continue;
            double a = 0, b = 0;
            for (uint32_t in = 0; in < flow->n_groups; in++) {
                if (flow->groups[in].parent != (int32_t)g || lay->group_first[in] > lay->group_last[in])
                    continue;
                if (lay->group_first[in] == lay->group_first[g])
                    a = fmax(a, above[in]);
                if (lay->group_last[in] == lay->group_last[g])
                    b = fmax(b, below[in]);
            }
            a += is_turned ? FRAME_PAD : title;
            b += is_turned ? title : FRAME_PAD;
            changed |= a != above[g] || b != below[g];
            above[g] = a;
            below[g] = b;
        }
    }
    for (uint32_t g = 0; g < flow->n_groups; g++) {
        if (lay->group_first[g] > lay->group_last[g])
            continue;
        struct gb_lay_row *top = &lay->rows[lay->group_first[g]], *end = &lay->rows[lay->group_last[g]];
        top->pad_above = fmax(top->pad_above, above[g]);
        end->pad_below = fmax(end->pad_below, below[g]);
    }
}

/* Room for the labels of edges that begin in the gap below a row. */
static double
label_room(const struct gb_lay *lay, const struct gb_lay_row *row)
{
    double room = 0;

    for (uint32_t i = 0; i < row->n; i++) {
        for (uint32_t k = lay->down_first[row->v[i]]; k < lay->down_first[row->v[i] + 1]; k++) {
            const struct gb_lay_link *link = &lay->links.items[lay->down[k]];
            const struct gb_lay_arc *arc = &lay->arcs[link->edge];
            uint32_t begin = arc->is_back ? arc->first_link + arc->n_links - 1 : arc->first_link;
            if (arc->label_w == 0 || begin != lay->down[k])
                continue;
            room = fmax(room, lay->is_vertical ? arc->label_h - 4 : arc->label_w);
        }
    }
    return room;
}

static void
set_rows(struct gb_lay *lay)
{
    double at = 0;

    GB_EACH(struct gb_lay_row, row, lay->rows, lay->n_rows) {
        for (uint32_t i = 0; i < row->n; i++)
            row->h = fmax(row->h, lay->v.items[row->v[i]].h);
        at += row->pad_above;
        row->top = at;
        row->gap =
            STUB_ABOVE + STUB_BELOW + label_room(lay, row) + (row->n_tracks > 1 ? (row->n_tracks - 1) * TRACK : 0);
        at += row->h + row->gap + row->pad_below;
    }
}

static double
middle_along(const struct gb_lay *lay, const struct gb_lay_vertex *v)
{
    return lay->rows[v->layer].top + lay->rows[v->layer].h / 2;
}

static double
track_along(const struct gb_lay *lay, const struct gb_lay_row *row, uint32_t track)
{
    /* Behind the labels, which stand where the lines begin. */
    return row->top + row->h + row->pad_below + STUB_ABOVE + label_room(lay, row) + track * TRACK;
}

/* ---- Points ---- */

struct line {
    GB_ARRAY(struct gb_flow_point) points; /* x: across, y: along */
};

static void
add_point(struct line *line, double across, double along)
{
    size_t n = line->points.len;

    if (n > 0 && line->points.items[n - 1].x == across && line->points.items[n - 1].y == along)
        return;
    /* A bend that bends nothing goes. */
    if (n > 1) {
        struct gb_flow_point a = line->points.items[n - 2], b = line->points.items[n - 1];
        if ((a.x == b.x && b.x == across) || (a.y == b.y && b.y == along)) {
            line->points.items[n - 1] = (struct gb_flow_point){across, along};
            return;
        }
    }
    *gb_push(&line->points) = (struct gb_flow_point){across, along};
}

/* Where the level part of a slot meets its owner; beside one that leads the other way it stands off the middle. */
static struct gb_flow_point
side_point(const struct gb_lay *lay, const struct gb_lay_vertex *slot)
{
    const struct gb_lay_vertex *owner = &lay->v.items[slot->slot_of];
    const struct gb_lay_row *row = &lay->rows[slot->layer];
    double shift = 0;

    for (uint32_t at = slot->at > 2 ? slot->at - 2 : 0; at < row->n && at <= slot->at + 2; at++) {
        const struct gb_lay_vertex *other = &lay->v.items[row->v[at]];
        if (other != slot && other->slot_of == slot->slot_of && other->side == slot->side)
            shift = owner->h / 6 * (slot->is_up ? -1 : 1);
    }
    int side = slot->side;
    double reach = gb_flow_reach(kind_of(lay, owner), box_of(lay, owner), !lay->is_vertical, shift, side);
    return (struct gb_flow_point){owner->x + side * reach, middle_along(lay, owner) + shift};
}

static void
add_end(const struct gb_lay *lay, struct line *line, uint32_t vertex, double port, bool is_top)
{
    const struct gb_lay_vertex *v = &lay->v.items[vertex];

    if (v->slot_of != GB_NONE) {
        struct gb_flow_point side = side_point(lay, v);
        if (is_top)
            add_point(line, side.x, side.y);
        add_point(line, v->x, side.y);
        if (!is_top)
            add_point(line, side.x, side.y);
    } else {
        int sign = is_top ? 1 : -1;
        add_point(line, port, middle_along(lay, v) + sign * reach_along(lay, v, port - v->x, sign));
    }
}

static void
add_links(const struct gb_lay *lay, struct line *line, const struct gb_lay_arc *arc)
{
    for (uint32_t i = 0; i < arc->n_links; i++) {
        const struct gb_lay_link *link = &lay->links.items[arc->first_link + i];
        double xa = link->xa, xb = link->track == GB_NONE ? link->xa : link->xb;
        if (i == 0)
            add_end(lay, line, link->a, xa, true);
        if (link->track != GB_NONE) {
            double along = track_along(lay, &lay->rows[lay->v.items[link->a].layer], link->track);
            add_point(line, xa, along);
            add_point(line, xb, along);
        }
        if (i + 1 == arc->n_links)
            add_end(lay, line, link->b, xb, false);
    }
}

static void
add_loop(const struct gb_lay *lay, struct line *line, const struct gb_lay_vertex *v)
{
    double along = middle_along(lay, v), step = v->h / 5;
    struct gb_flow_box box = box_of(lay, v);
    double up = gb_flow_reach(kind_of(lay, v), box, !lay->is_vertical, -step, 1);
    double down = gb_flow_reach(kind_of(lay, v), box, !lay->is_vertical, step, 1);
    double out = v->x + v->w / 2 + GB_LAY_LOOP;

    add_point(line, v->x + down, along + step);
    add_point(line, out, along + step);
    add_point(line, out, along - step);
    add_point(line, v->x + up, along - step);
}

/* ---- x and y ---- */

struct turn {
    bool is_vertical, flips;
    double shift_across, length; /* of the whole along */
};

static struct gb_flow_point
turned(const struct turn *t, struct gb_flow_point p)
{
    double across = p.x + t->shift_across, along = t->flips ? t->length - p.y : p.y;

    return t->is_vertical ? (struct gb_flow_point){across, along} : (struct gb_flow_point){along, across};
}

static struct gb_flow_box
turned_box(const struct turn *t, double across, double along, double w, double h)
{
    struct gb_flow_point a = turned(t, (struct gb_flow_point){across, along});
    struct gb_flow_point b = turned(t, (struct gb_flow_point){across + w, along + h});

    return (struct gb_flow_box){fmin(a.x, b.x), fmin(a.y, b.y), fabs(a.x - b.x), fabs(a.y - b.y)};
}

static void
draw_path(const struct gb_lay *lay, uint32_t e, const struct turn *t, struct line *line, struct gb_flow_path *path)
{
    const struct gb_lay_arc *arc = &lay->arcs[e];

    line->points.len = 0;
    if (arc->from == GB_NONE)
        return;
    if (arc->is_loop)
        add_loop(lay, line, &lay->v.items[arc->from]);
    else
        add_links(lay, line, arc);
    path->n = (uint32_t)line->points.len;
    path->is_return = arc->is_back || arc->is_loop;
    path->points = gb_arena_new_array(lay->arena, struct gb_flow_point, path->n);
    for (uint32_t i = 0; i < path->n; i++)
        path->points[arc->is_back ? path->n - 1 - i : i] = turned(t, line->points.items[i]);
}

static void
draw_frames(const struct gb_lay *lay, const struct turn *t, const double *above, const double *below,
            struct gb_flow_drawing *drawing)
{
    const struct gb_flow *flow = lay->flow;

    for (uint32_t g = 0; gb_lay_has_frames(lay) && g < flow->n_groups; g++) {
        if (lay->group_first[g] > lay->group_last[g])
            continue;
        const struct gb_lay_row *first = &lay->rows[lay->group_first[g]], *last = &lay->rows[lay->group_last[g]];
        double top = first->top - above[g] + 4, end = last->top + last->h + below[g] - 4;
        drawing->frames[g] = turned_box(t, lay->left[g], top, lay->right[g] - lay->left[g], end - top);
    }
    GB_EACH(const struct gb_lay_vertex, own, lay->v.items, lay->v.len) {
        if (own->group_self >= 0)
            drawing->frames[own->group_self] =
                turned_box(t, own->x - own->w / 2, middle_along(lay, own) - own->h / 2, own->w, own->h);
    }
}

void
gb_lay_route(struct gb_lay *lay, struct gb_flow_drawing *drawing)
{
    const struct gb_flow *flow = lay->flow;
    double *above = gb_arena_new_array(lay->scratch, double, flow->n_groups + 1);
    double *below = gb_arena_new_array(lay->scratch, double, flow->n_groups + 1);
    struct line line = {{0}};
    struct gap gap = {{0}};

    set_all_ports(lay);
    for (uint32_t r = 0; r < lay->n_rows; r++)
        set_tracks(lay, &lay->rows[r], &gap);
    gb_array_release(&gap.bent);
    set_frame_pads(lay, above, below);
    set_rows(lay);

    const struct gb_lay_row *last = &lay->rows[lay->n_rows ? lay->n_rows - 1 : 0];
    struct turn turn = {lay->is_vertical, flow->direction == GB_FLOW_BT || flow->direction == GB_FLOW_RL, 0,
                        last->top + last->h + last->pad_below};
    double least = 0;
    for (uint32_t v = 0; v < lay->v.len; v++)
        least = fmin(least, lay->v.items[v].x - lay->v.items[v].w / 2);
    turn.shift_across = -least;
    drawing->boxes = gb_arena_new_array(lay->arena, struct gb_flow_box, flow->n_nodes);
    drawing->frames = gb_arena_new_array(lay->arena, struct gb_flow_box, flow->n_groups);
    drawing->paths = gb_arena_new_array(lay->arena, struct gb_flow_path, flow->n_edges);
    for (uint32_t i = 0; i < flow->n_nodes; i++) {
        const struct gb_lay_vertex *v = &lay->v.items[i];
        drawing->boxes[i] = turned_box(&turn, v->x - v->w / 2, middle_along(lay, v) - v->h / 2, v->w, v->h);
    }
    for (uint32_t e = 0; e < flow->n_edges; e++)
        draw_path(lay, e, &turn, &line, &drawing->paths[e]);
    draw_frames(lay, &turn, above, below, drawing);
    gb_flow_set_extent(flow, drawing);
    gb_array_release(&line.points);
}
