/*
 * Two lines cross where one passes from one side of the other to its other side: at a point inside two pieces, at a bend,
 * or along a stretch that both share. All three are told by the sides (orientation) of whole-numbered points only.
 */
#include "flow/crossing_priv.h"
#include "base/sort.h"

/* Parts of h: how near to an end lines meet as they must, and how long a shared stretch is an overlap. */
static const double end_part = 0.1, overlap_part = 0.5;
static const double least_sine = 0.08715574274765817; /* of 5° */
enum { MAX_PAIRS = 4000000 };

/* ---- Points and sides ---- */

static bool
is_same(struct gb_spot a, struct gb_spot b)
{
    return a.x == b.x && a.y == b.y;
}

static int
sign(int64_t n)
{
    return (n > 0) - (n < 0);
}

/* Side of c as seen along a → b. |c| ≤ 2^28 each, so that the products stay below 2^60. */
static int
side(struct gb_spot a, struct gb_spot b, struct gb_spot c)
{
    return sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
}

static double
far(struct gb_spot a, struct gb_spot b)
{
    return hypot((double)(b.x - a.x), (double)(b.y - a.y));
}

/* Is p, which lies in line with the piece, on it? */
static bool
is_between(const struct gb_piece *p, struct gb_spot c)
{
    int64_t dx = (c.x - p->a.x) * sign(p->b.x - p->a.x), dy = (c.y - p->a.y) * sign(p->b.y - p->a.y);

    return dx >= 0 && dy >= 0 && dx <= llabs(p->b.x - p->a.x) && dy <= llabs(p->b.y - p->a.y);
}

/* ---- Contacts of two lines ---- */

static double
place_on(const struct gb_piece *p, struct gb_spot c)
{
    return p->from + far(p->a, c);
}

/* The points that two pieces in line share, or the end of one that lies on the other. */
static bool
touch(const struct gb_piece *p, const struct gb_piece *q, struct gb_stretch *out)
{
    struct gb_spot ends[4] = {p->a, p->b, q->a, q->b};
    bool any = false;

    for (int i = 0; i < 4; i++) {
        const struct gb_piece *other = i < 2 ? q : p;
        if (side(other->a, other->b, ends[i]) != 0 || !is_between(other, ends[i]))
            continue;
        double at = place_on(p, ends[i]);
        if (!any || at < out->from_a) {
            out->begin = ends[i];
            out->from_a = at;
            out->from_b = place_on(q, ends[i]);
        }
        if (!any || at > out->to_a) {
            out->end = ends[i];
            out->to_a = at;
            out->to_b = place_on(q, ends[i]);
        }
        any = true;
    }
    return any;
}

/* The point of line `edge` before (after) the place `at`, which is c itself: the neighbouring bend. */
static bool
neighbour(const struct gb_measuring *m, uint32_t edge, double at, struct gb_spot c, bool before, struct gb_spot *out)
{
    const struct gb_line *line = &m->lines[edge];

    for (uint32_t k = 0; k < line->n; k++) {
        const struct gb_piece *p = &m->pieces[line->first + (before ? line->n - 1 - k : k)];
        struct gb_spot end = before ? p->a : p->b;
        double length = p->from + (before ? 0 : far(p->a, p->b));
        if ((before ? length < at : length > at) && !is_same(end, c) && side(p->a, p->b, c) == 0 && is_between(p, c)) {
            *out = end;
            return true;
        }
    }
    return false;
}

/* Is the direction c → x left (1) or right (-1) of the way in → c → out? 0: along it. */
static int
side_of_way(struct gb_spot in, struct gb_spot c, struct gb_spot out, struct gb_spot x)
{
    int s_in = side(in, c, x), s_out = side(c, out, x), turn = side(in, c, out);

    /* x on one of both legs, in their direction. */
    bool on_in = s_in == 0 && (x.x - c.x) * (in.x - c.x) + (x.y - c.y) * (in.y - c.y) > 0;
    bool on_out = s_out == 0 && (x.x - c.x) * (out.x - c.x) + (x.y - c.y) * (out.y - c.y) > 0;
    if (on_in || on_out)
        return 0;
    if (turn > 0)
        return s_in > 0 && s_out > 0 ? 1 : -1;
    if (turn < 0)
        return s_in < 0 && s_out < 0 ? -1 : 1;
    /* Straight on; a way that turns back on itself has no sides. */
    return s_in != 0 ? s_in : s_out;
}

/*
 * Does line b change from one side of line a to the other at the stretch? Where both share a piece, b's ways at its two ends
 * lie on different sides of a's way there.
 */
static bool
changes_side(const struct gb_measuring *m, uint32_t a, uint32_t b, const struct gb_stretch *s)
{
    struct gb_spot in, out, b_first, b_last, along;
    bool turns = s->from_b > s->to_b; /* b runs against a */

    if (!neighbour(m, a, s->from_a, s->begin, true, &in) || !neighbour(m, a, s->to_a, s->end, false, &out) ||
        !neighbour(m, b, s->from_b, s->begin, !turns, &b_first) || !neighbour(m, b, s->to_b, s->end, turns, &b_last))
        return false;
    if (is_same(s->begin, s->end)) {
        int one = side_of_way(in, s->begin, out, b_first), two = side_of_way(in, s->begin, out, b_last);
        return one * two < 0;
    }
    if (!neighbour(m, a, s->from_a, s->begin, false, &along))
        return false;
    int one = side_of_way(in, s->begin, along, b_first);
    if (!neighbour(m, a, s->to_a, s->end, true, &along))
        return false;
    int two = side_of_way(along, s->end, out, b_last);
    return one * two < 0;
}

/* Near the end of a line, or in a box at which both end, lines meet as they must. */
static bool
is_at_end(const struct gb_measuring *m, uint32_t a, uint32_t b, double at_a, double at_b, struct gb_flow_point at)
{
    double room = end_part * m->h * GB_SNAP;

    if (at_a < room || m->lines[a].length - at_a < room || at_b < room || m->lines[b].length - at_b < room)
        return true;
    struct gb_flow_end ends_a[] = {m->flow->edges[a].from, m->flow->edges[a].to};
    struct gb_flow_end ends_b[] = {m->flow->edges[b].from, m->flow->edges[b].to};
    for (int i = 0; i < 2; i++) {
        for (int k = 0; k < 2; k++) {
            if (is_same_end(ends_a[i], ends_b[k]) && ends_a[i].node >= 0 &&
                is_in_box(m->drawing->boxes[ends_a[i].node], at))
                return true;
        }
    }
    return false;
}

/* Pieces that pass through each other inside of both, steeper than 5°. */
static bool
passes(const struct gb_measuring *m, const struct gb_piece *p, const struct gb_piece *q, struct gb_flow_point *out_at)
{
    int a = side(p->a, p->b, q->a), b = side(p->a, p->b, q->b);
    int c = side(q->a, q->b, p->a), d = side(q->a, q->b, p->b);

    if (a * b >= 0 || c * d >= 0)
        return false;
    double px = (double)(p->b.x - p->a.x), py = (double)(p->b.y - p->a.y);
    double qx = (double)(q->b.x - q->a.x), qy = (double)(q->b.y - q->a.y);
    double cross = px * qy - py * qx;
    double t = ((double)(q->a.x - p->a.x) * qy - (double)(q->a.y - p->a.y) * qx) / cross;
    double s = ((double)(q->a.x - p->a.x) * py - (double)(q->a.y - p->a.y) * px) / cross;
    *out_at = pixel((double)p->a.x + t * px, (double)p->a.y + t * py);
    return fabs(cross) >= least_sine * hypot(px, py) * hypot(qx, qy) &&
           !is_at_end(m, p->edge, q->edge, p->from + t * hypot(px, py), q->from + s * hypot(qx, qy), *out_at);
}

static bool
shares_end(const struct gb_flow_edge *a, const struct gb_flow_edge *b)
{
    return is_same_end(a->from, b->from) || is_same_end(a->to, b->to);
}

/* What a shared stretch is: a crossing, lines on top of each other, or nothing. */
static bool
judge_stretch(struct gb_measuring *m, uint32_t a, uint32_t b, const struct gb_stretch *s, struct gb_flow_crossing *out)
{
    struct gb_flow_point at = pixel((double)(s->begin.x + s->end.x) / 2, (double)(s->begin.y + s->end.y) / 2);

    *out = (struct gb_flow_crossing){a, b, at, false};
    if (s->to_a - s->from_a > overlap_part * m->h * GB_SNAP && !shares_end(&m->flow->edges[a], &m->flow->edges[b])) {
        out->is_overlap = true;
        return true;
    }
    return changes_side(m, a, b, s) && !is_at_end(m, a, b, (s->from_a + s->to_a) / 2, (s->from_b + s->to_b) / 2, at);
}

GB_ORDER(by_place, struct gb_stretch, GB_KEY(from_a) GB_KEY(to_a))

/* Does the next stretch go on where this one ends, over a bend of one of the lines? */
static bool
goes_on(const struct gb_stretch *s, const struct gb_stretch *next)
{
    double slack = 1 + s->to_a - s->from_a;

    return next->from_a <= s->to_a + 1 && fabs(next->from_b - s->to_b) <= slack &&
           (is_same(next->begin, s->end) || is_same(next->begin, s->begin) || is_same(next->end, s->end));
}

/* A crossing counts before an overlap, else the first along the lower edge. */
static void
take_better(struct gb_flow_crossing *best, bool *has_best, struct gb_flow_crossing found)
{
    if (!*has_best || (best->is_overlap && !found.is_overlap))
        *best = found;
    *has_best = true;
}

/* The crossing or overlap of two edges, from their near pieces. */
static void
compare_edges(struct gb_measuring *m, const struct gb_near *near, size_t n)
{
    uint32_t a = m->pieces[near[0].a].edge, b = m->pieces[near[0].b].edge;
    struct gb_flow_crossing best = {a, b, {0, 0}, true}, found = best;
    bool has_best = false;

    m->stretches.len = 0;
    for (size_t i = 0; i < n; i++) {
        const struct gb_piece *p = &m->pieces[near[i].a], *q = &m->pieces[near[i].b];
        struct gb_stretch s = {{0, 0}, {0, 0}, 0, 0, 0, 0};
        found.is_overlap = false;
        if (touch(p, q, &s))
            *gb_push(&m->stretches) = s;
        else if (passes(m, p, q, &found.at))
            take_better(&best, &has_best, found);
    }
    if (m->stretches.len > 1)
        qsort(m->stretches.items, m->stretches.len, sizeof(*m->stretches.items), by_place);
    for (size_t i = 0, k; i < m->stretches.len; i = k) {
        struct gb_stretch s = m->stretches.items[i];
        for (k = i + 1; k < m->stretches.len && goes_on(&s, &m->stretches.items[k]); k++) {
            const struct gb_stretch *next = &m->stretches.items[k];
            if (next->to_a > s.to_a) {
                s.end = next->end;
                s.to_a = next->to_a;
                s.to_b = next->to_b;
            }
        }
        if (judge_stretch(m, a, b, &s, &found))
            take_better(&best, &has_best, found);
    }
    if (has_best)
        *gb_push(&m->crossings) = best;
}

/* ---- Lines ---- */

/* Runs of one direction become one piece: a bend that bends nothing is none. */
static void
add_pieces(struct gb_measuring *m, uint32_t edge)
{
    const struct gb_flow_path *path = &m->drawing->paths[edge];
    struct gb_line *line = &m->lines[edge];

    line->first = m->n_pieces;
    for (uint32_t i = 0; i + 1 < path->n; i++) {
        struct gb_spot a = snap(path->points[i].x, path->points[i].y),
                       b = snap(path->points[i + 1].x, path->points[i + 1].y);
        struct gb_piece *last = line->n > 0 ? &m->pieces[m->n_pieces - 1] : NULL;
        if (is_same(a, b))
            continue;
        if (last && side(last->a, last->b, b) == 0 &&
            (b.x - a.x) * (last->b.x - last->a.x) + (b.y - a.y) * (last->b.y - last->a.y) > 0) {
            line->length += far(a, b);
            last->b = b;
            continue;
        }
        m->pieces[m->n_pieces++] = (struct gb_piece){a, b, edge, line->n++, line->length};
        line->length += far(a, b);
    }
}

bool
gb_measure_set_lines(struct gb_measuring *m)
{
    uint64_t n = 0;

    for (uint32_t e = 0; e < m->flow->n_edges; e++)
        n += is_judged(&m->flow->edges[e]) ? m->drawing->paths[e].n : 0;
    if (n > GB_FLOW_MAX_SEGMENTS)
        return false;
    m->pieces = gb_arena_new_array(m->arena, struct gb_piece, n + 1);
    m->lines = gb_arena_new_array(m->arena, struct gb_line, m->flow->n_edges + 1);
    for (uint32_t e = 0; e < m->flow->n_edges; e++) {
        if (is_judged(&m->flow->edges[e]))
            add_pieces(m, e);
    }
    return true;
}

static bool
meets(struct gb_reach a, struct gb_reach b)
{
    return a.low <= b.high && b.low <= a.high;
}

/* A piece by where it begins along the axis in which the pieces are gone through. */
struct beginning {
    int64_t low;
    uint32_t piece;
};

GB_ORDER(by_low, struct beginning, GB_KEY(low) GB_KEY(piece))

/* Pieces are numbered by edge, so that their numbers order the pairs by edges as well once both edges are compared first. */
struct sorted_near {
    uint32_t edge_a, edge_b;
    struct gb_near near;
};

GB_ORDER(by_edges, struct sorted_near, GB_KEY(edge_a) GB_KEY(edge_b) GB_KEY(near.a) GB_KEY(near.b))

/* Along the longer side of the drawing few pieces lie beside each other. */
static bool
is_upright(const struct gb_measuring *m)
{
    int64_t left = INT64_MAX, right = INT64_MIN, top = INT64_MAX, low = INT64_MIN;

    GB_EACH(const struct gb_piece, p, m->pieces, m->n_pieces) {
        struct gb_reach x = reach(p, false), y = reach(p, true);
        left = x.low < left ? x.low : left;
        right = x.high > right ? x.high : right;
        top = y.low < top ? y.low : top;
        low = y.high > low ? y.high : low;
    }
    return m->n_pieces > 0 && low - top > right - left;
}

/* Pairs of pieces of different edges whose boxes meet, found from left to right, or from above in an upright drawing. */
bool
gb_measure_compare_lines(struct gb_measuring *m)
{
    struct beginning *order = gb_alloc((m->n_pieces + 1) * sizeof(*order));
    uint32_t *open = gb_alloc((m->n_pieces + 1) * sizeof(*open)), n_open = 0;
    bool upright = is_upright(m);
    GB_ARRAY(struct sorted_near) pairs = {0};

    for (uint32_t i = 0; i < m->n_pieces; i++)
        order[i] = (struct beginning){reach(&m->pieces[i], upright).low, i};
    qsort(order, m->n_pieces, sizeof(*order), by_low);
    for (uint32_t i = 0; i < m->n_pieces && pairs.len < MAX_PAIRS; i++) {
        uint32_t kept = 0, own = order[i].piece;
        const struct gb_piece *piece = &m->pieces[own];
        for (uint32_t k = 0; k < n_open; k++) {
            const struct gb_piece *other = &m->pieces[open[k]];
            if (reach(other, upright).high < order[i].low)
                continue;
            open[kept++] = open[k];
            if (other->edge == piece->edge || !meets(reach(other, !upright), reach(piece, !upright)))
                continue;
            uint32_t a = other->edge < piece->edge ? open[k] : own, b = open[k] + own - a;
            *gb_push(&pairs) = (struct sorted_near){m->pieces[a].edge, m->pieces[b].edge, {a, b}};
        }
        n_open = kept;
        open[n_open++] = own;
    }
    bool is_done = pairs.len < MAX_PAIRS;
    if (pairs.len > 1)
        qsort(pairs.items, pairs.len, sizeof(*pairs.items), by_edges);
    for (size_t i = 0, end; is_done && i < pairs.len; i = end) {
        m->near.len = 0;
        for (end = i; end < pairs.len && pairs.items[end].edge_a == pairs.items[i].edge_a &&
                      pairs.items[end].edge_b == pairs.items[i].edge_b;
             end++)
            *gb_push(&m->near) = pairs.items[end].near;
        compare_edges(m, m->near.items, m->near.len);
    }
    gb_array_release(&pairs);
    free(order);
    free(open);
    return is_done;
}
