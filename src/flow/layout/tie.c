/*
 * Vertices that are to stand in one line are tied together (the main path, bends of one edge), and all distances, those of
 * frames included, are held at once.
 */
#include "base/sort.h"
#include "flow/graph.h"
#include "flow/layout/layout_priv.h"

#include <math.h>

enum {
    POLISH = 24,
    GAP = GB_LAY_GAP,
    LINE_GAP = GB_LAY_LINE_GAP,
    FRAME_PAD = GB_LAY_FRAME_PAD,
    FRAME_TITLE = 30,
    FRAME_GAP = 18,
    NEAR = 26 /* ends of a link that are to stand in one line */
};

/* Vertices tied together, and distances between ties and frames: "b stands at least `least` right of a". */
struct bound {
    uint32_t a, b;
    double least;
};

struct ties {
    struct gb_lay *lay;
    uint32_t *tie;        /* of each vertex: its variable */
    uint32_t n;           /* variables */
    uint32_t first_frame; /* from here on two per group: left and right of its frame */
    GB_ARRAY(struct bound) bounds;
    double *x, *wish, *weight, *low, *high, *group_mean;
    uint32_t *order, *first, *by_a; /* bounds by a */
    uint32_t *first_b, *by_b;
};

static uint32_t
left_of(const struct ties *t, int32_t group)
{
    return t->first_frame + 2 * (uint32_t)group;
}

static uint32_t
right_of(const struct ties *t, int32_t group)
{
    return t->first_frame + 2 * (uint32_t)group + 1;
}

static void
bind(struct ties *t, uint32_t a, uint32_t b, double least)
{
    *gb_push(&t->bounds) = (struct bound){a, b, least};
}

/* Between the left border of a frame and what is in it: where across is downwards, the title stands there. */
static double
left_pad(const struct gb_lay *lay)
{
    return lay->is_vertical ? FRAME_PAD : FRAME_TITLE;
}

/* From a vertex to its right neighbour: out of the frames that end between them, into those that begin. */
static void
bind_neighbours(struct ties *t, uint32_t left, uint32_t right)
{
    const struct gb_lay *lay = t->lay;
    const struct gb_lay_vertex *a = &lay->v.items[left], *b = &lay->v.items[right];
    int32_t out = gb_lay_framed(lay, a->group), in = gb_lay_framed(lay, b->group);
    uint32_t last = t->tie[left];
    double room = a->w / 2 + a->room, gap = gb_lay_is_bend(a) && gb_lay_is_bend(b) ? LINE_GAP : GAP;

    if (out == in) {
        bind(t, last, t->tie[right], gb_lay_distance(lay, left, right));
        return;
    }
    for (; out >= 0 && !gb_lay_lies_in(lay->flow, in, out); out = gb_lay_framed(lay, lay->flow->groups[out].parent)) {
        bind(t, last, right_of(t, out), room + FRAME_PAD);
        last = right_of(t, out);
        room = 0;
        gap = FRAME_GAP;
    }
    /* `out` holds both now; the frames of b inside of it follow from the innermost outwards. */
    uint32_t next = t->tie[right];
    double next_room = b->w / 2;
    for (; in != out; in = gb_lay_framed(lay, lay->flow->groups[in].parent)) {
        bind(t, left_of(t, in), next, next_room + left_pad(lay));
        next = left_of(t, in);
        next_room = 0;
        gap = FRAME_GAP;
    }
    bind(t, last, next, room + next_room + gap);
}

/* A vertex at the end of a row lies in its frames as well. */
static void
bind_ends(struct ties *t, const struct gb_lay_row *row)
{
    const struct gb_lay *lay = t->lay;

    for (int side = 0; side < 2 && row->n > 0; side++) {
        uint32_t v = row->v[side ? row->n - 1 : 0], last = t->tie[v];
        double room = lay->v.items[v].w / 2 + (side ? lay->v.items[v].room : 0);
        for (int32_t g = gb_lay_framed(lay, lay->v.items[v].group); g >= 0;
             g = gb_lay_framed(lay, lay->flow->groups[g].parent)) {
            if (side)
                bind(t, last, right_of(t, g), room + FRAME_PAD);
            else
                bind(t, left_of(t, g), last, room + left_pad(lay));
            last = side ? right_of(t, g) : left_of(t, g);
            room = 0;
        }
    }
}

static void
bind_all(struct ties *t)
{
    const struct gb_lay *lay = t->lay;

    t->bounds.len = 0;
    for (uint32_t r = 0; r < lay->n_rows; r++) {
        for (uint32_t i = 1; i < lay->rows[r].n; i++)
            bind_neighbours(t, lay->rows[r].v[i - 1], lay->rows[r].v[i]);
        if (gb_lay_has_frames(lay))
            bind_ends(t, &lay->rows[r]);
    }
    for (uint32_t g = 0; g < lay->flow->n_groups; g++) {
        if (gb_lay_has_frame(lay, (int32_t)g))
            bind(t, left_of(t, (int32_t)g), right_of(t, (int32_t)g),
                 lay->is_vertical ? gb_flow_cells(lay->flow->groups[g].text) * (GB_FLOW_CELL - 0.5) + 2 * FRAME_PAD
                                  : 60);
    }
}

/* How strongly the ends of a link are to stand in one line; 0: not at all. */
static double
straightness(const struct gb_lay *lay, const struct gb_lay_link *link)
{
    const struct gb_lay_vertex *a = &lay->v.items[link->a], *b = &lay->v.items[link->b];
    uint32_t n_down = lay->down_first[link->a + 1] - lay->down_first[link->a];
    uint32_t n_up = lay->up_first[link->b + 1] - lay->up_first[link->b];
    bool is_near = fabs(a->x - b->x) < NEAR;

    /* A bar is met anywhere. */
    if ((gb_lay_is_bar(lay, a) && n_down > 1) || (gb_lay_is_bar(lay, b) && n_up > 1))
        return 0;

    if (lay->arcs[link->edge].is_main || (gb_lay_is_bend(a) && gb_lay_is_bend(b)))
        return link->weight;
    if (is_near || (n_down == 1 && n_up == 1) || gb_lay_is_bend(a) || gb_lay_is_bend(b))
        return link->weight;
    return 0;
}

struct chosen {
    uint32_t top, end; /* places of an aligned link */
};

/* A link, and how straight it wants to be. */
struct wished {
    double strength;
    uint32_t link;
};

GB_ORDER(by_strength, struct wished, GB_KEY_DOWN(strength) GB_KEY(link))

/* Links by how straight they want to be. */
static uint32_t
wished_ties(const struct gb_lay *lay, struct wished *list)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < lay->links.len; i++) {
        list[n] = (struct wished){straightness(lay, &lay->links.items[i]), i};
        n += list[n].strength > 0;
    }
    qsort(list, n, sizeof(*list), by_strength);
    return n;
}

struct gap {
    GB_ARRAY(struct chosen) ties;
};

/* The ties of one layout: at most one above and one below each vertex, none across another. */
struct tying {
    uint32_t *tie; /* union of vertices */
    uint8_t *has;  /* 1: tied below, 2: tied above */
    struct gap *gaps;
};

static bool
may_tie(const struct gb_lay *lay, const struct tying *ty, const struct gb_lay_link *link)
{
    const struct gb_lay_vertex *a = &lay->v.items[link->a], *b = &lay->v.items[link->b];

    if ((ty->has[link->a] & 1) || (ty->has[link->b] & 2))
        return false;
    GB_FIND(other, ty->gaps[a->layer].ties.items, ty->gaps[a->layer].ties.len,
            (a->at < other->top) != (b->at < other->end));
    return other == NULL;
}

static void
tie_link(struct gb_lay *lay, struct tying *ty, const struct gb_lay_link *link)
{
    *gb_push(&ty->gaps[lay->v.items[link->a].layer].ties) =
        (struct chosen){lay->v.items[link->a].at, lay->v.items[link->b].at};
    ty->has[link->a] |= 1;
    ty->has[link->b] |= 2;
    ty->tie[gb_flow_root_of(ty->tie, link->b)] = gb_flow_root_of(ty->tie, link->a);
}

static void
index_bounds(struct ties *t)
{
    const struct bound *bounds = t->bounds.items;
    uint32_t n = (uint32_t)t->bounds.len;
    struct gb_arena *arena = t->lay->scratch;

    t->by_a = gb_flow_list_by(bounds, n, sizeof(*bounds), offsetof(struct bound, a), t->n, arena, &t->first);
    t->by_b = gb_flow_list_by(bounds, n, sizeof(*bounds), offsetof(struct bound, b), t->n, arena, &t->first_b);
}

/* Variables from left to right; false where the bounds contradict each other. */
static bool
sort_variables(struct ties *t)
{
    uint32_t *left = gb_arena_new_array(t->lay->scratch, uint32_t, t->n + 1), len = 0;

    for (uint32_t v = 0; v < t->n; v++) {
        left[v] = t->first_b[v + 1] - t->first_b[v];
        if (left[v] == 0)
            t->order[len++] = v;
    }
    for (uint32_t i = 0; i < len; i++) {
        for (uint32_t k = t->first[t->order[i]]; k < t->first[t->order[i] + 1]; k++) {
            uint32_t to = t->bounds.items[t->by_a[k]].b;
            if (--left[to] == 0)
                t->order[len++] = to;
        }
    }
    return len == t->n;
}

static double
low_bound(const struct ties *t, uint32_t v, const double *x)
{
    double low = -HUGE_VAL;

    for (uint32_t k = t->first_b[v]; k < t->first_b[v + 1]; k++) {
        const struct bound *bound = &t->bounds.items[t->by_b[k]];
        low = fmax(low, x[bound->a] + bound->least);
    }
    return low;
}

static double
high_bound(const struct ties *t, uint32_t v, const double *x)
{
    double high = HUGE_VAL;

    for (uint32_t k = t->first[v]; k < t->first[v + 1]; k++) {
        const struct bound *bound = &t->bounds.items[t->by_a[k]];
        high = fmin(high, x[bound->b] - bound->least);
    }
    return high;
}

/* Pushed right until all distances hold, pushed left until they hold: so does the mean of both. */
static void
hold_all(struct ties *t)
{
    for (uint32_t i = 0; i < t->n; i++)
        t->low[t->order[i]] = fmax(t->wish[t->order[i]], low_bound(t, t->order[i], t->low));
    for (uint32_t i = t->n; i-- > 0;)
        t->high[t->order[i]] = fmin(t->wish[t->order[i]], high_bound(t, t->order[i], t->high));
    for (uint32_t v = 0; v < t->n; v++)
        t->x[v] = (t->low[v] + t->high[v]) / 2;
}

static void
sum_wishes(struct ties *t)
{
    struct gb_lay *lay = t->lay;

    memset(t->wish, 0, t->n * sizeof(*t->wish));
    memset(t->weight, 0, t->n * sizeof(*t->weight));
    GB_EACH(const struct gb_lay_link, link, lay->links.items, lay->links.len) {
        uint32_t a = t->tie[link->a], b = t->tie[link->b];
        if (a == b)
            continue;
        t->wish[a] += link->weight * t->x[b];
        t->weight[a] += link->weight;
        t->wish[b] += link->weight * t->x[a];
        t->weight[b] += link->weight;
    }
    for (uint32_t v = 0; v < lay->v.len; v++) {
        const struct gb_lay_vertex *slot = &lay->v.items[v];
        if (slot->is_keeper) {
            t->wish[t->tie[v]] += t->group_mean[slot->group];
            t->weight[t->tie[v]] += 1;
        }
        if (slot->slot_of == GB_NONE)
            continue;
        const struct gb_lay_vertex *owner = &lay->v.items[slot->slot_of];
        t->wish[t->tie[v]] += 2 * (t->x[t->tie[slot->slot_of]] + slot->side * (owner->w / 2 + gb_lay_stub(lay, slot)));
        t->weight[t->tie[v]] += 2;
    }
}

/* Each variable moves to the mean of what it is linked to, as far as its bounds allow; frames make way. */
static void
polish(struct ties *t)
{
    gb_lay_group_means(t->lay, t->group_mean);
    for (uint32_t s = 0; s < POLISH; s++) {
        sum_wishes(t);
        for (uint32_t i = 0; i < t->n; i++) {
            uint32_t v = t->order[s % 2 == 0 ? i : t->n - 1 - i];
            double low = low_bound(t, v, t->x), high = high_bound(t, v, t->x);
            if (t->weight[v] > 0)
                t->x[v] = fmin(fmax(t->wish[v] / t->weight[v], low), fmax(low, high));
            else if (v >= t->first_frame && isfinite(low) && isfinite(high))
                t->x[v] = (low + high) / 2;
        }
    }
}

/* Frames close round what they hold, inner ones first. */
static void
close_frames(struct ties *t)
{
    for (uint32_t i = t->n; i-- > 0;) {
        uint32_t v = t->order[i];
        if (v >= t->first_frame && (v - t->first_frame) % 2 == 0 && isfinite(high_bound(t, v, t->x)))
            t->x[v] = high_bound(t, v, t->x);
    }
    for (uint32_t i = 0; i < t->n; i++) {
        uint32_t v = t->order[i];
        if (v >= t->first_frame && (v - t->first_frame) % 2 == 1 && isfinite(low_bound(t, v, t->x)))
            t->x[v] = low_bound(t, v, t->x);
    }
}

/* Gives each set of tied vertices its number, and each frame two. */
static void
number_variables(struct ties *t, uint32_t *tie)
{
    uint32_t n_vertices = (uint32_t)t->lay->v.len;

    t->n = 0;
    for (uint32_t v = 0; v < n_vertices; v++) {
        if (gb_flow_root_of(tie, v) == v)
            t->tie[v] = t->n++;
    }
    for (uint32_t v = 0; v < n_vertices; v++)
        t->tie[v] = t->tie[gb_flow_root_of(tie, v)];
    t->first_frame = t->n;
    t->n += 2 * t->lay->flow->n_groups;
}

static void
set_wishes(struct ties *t)
{
    const struct gb_lay *lay = t->lay;

    memset(t->wish, 0, t->n * sizeof(*t->wish));
    memset(t->weight, 0, t->n * sizeof(*t->weight));
    for (uint32_t v = 0; v < lay->v.len; v++) {
        double weight = gb_lay_is_bend(&lay->v.items[v]) ? 1 : 4;
        t->wish[t->tie[v]] += weight * lay->v.items[v].x;
        t->weight[t->tie[v]] += weight;
    }
    for (uint32_t v = 0; v < t->first_frame; v++)
        t->wish[v] /= t->weight[v];
    for (uint32_t g = 0; g < lay->flow->n_groups; g++) {
        t->wish[t->first_frame + 2 * g] = HUGE_VAL;
        t->wish[t->first_frame + 2 * g + 1] = -HUGE_VAL;
    }
    for (uint32_t v = 0; v < lay->v.len; v++) {
        for (int32_t g = lay->v.items[v].group; g >= 0; g = lay->flow->groups[g].parent) {
            double *left = &t->wish[left_of(t, g)], *right = &t->wish[right_of(t, g)];
            *left = fmin(*left, lay->v.items[v].x - lay->v.items[v].w / 2 - FRAME_PAD);
            *right = fmax(*right, lay->v.items[v].x + lay->v.items[v].w / 2 + FRAME_PAD);
        }
    }
    for (uint32_t v = t->first_frame; v < t->n; v++) {
        if (!isfinite(t->wish[v]))
            t->wish[v] = 0;
    }
}

static bool
fits(struct ties *t, uint32_t *tie)
{
    number_variables(t, tie);
    bind_all(t);
    index_bounds(t);
    return sort_variables(t);
}

static void
untie_all(const struct gb_lay *lay, struct tying *ty)
{
    for (uint32_t v = 0; v < lay->v.len; v++) {
        ty->tie[v] = v;
        ty->has[v] = 0;
    }
    for (uint32_t r = 0; r < lay->n_rows; r++)
        ty->gaps[r].ties.len = 0;
}

/* Which links a pass ties: those of the main path, those within one group, those across the border of a group. */
enum pass { MAIN, WITHIN, ACROSS };

static bool
is_of_pass(const struct gb_lay *lay, const struct gb_lay_link *link, enum pass pass)
{
    bool is_across = gb_lay_has_frames(lay) && lay->v.items[link->a].group != lay->v.items[link->b].group;

    return pass == MAIN ? lay->arcs[link->edge].is_main : is_across == (pass == ACROSS);
}

/* A tie across a border may contradict the bounds of a frame: it is tried, as long as tries are left. */
static void
tie_pass(struct ties *t, struct tying *ty, const struct wished *list, uint32_t n_list, enum pass pass)
{
    enum { MAX_TRIES = 64 };
    struct gb_lay *lay = t->lay;
    uint32_t tries = 0, n = (uint32_t)lay->v.len;
    uint32_t *before = gb_arena_new_array(lay->scratch, uint32_t, n + 1);

    for (uint32_t i = 0; i < n_list; i++) {
        const struct gb_lay_link *link = &lay->links.items[list[i].link];
        bool is_tried = is_of_pass(lay, link, ACROSS);
        if (!is_of_pass(lay, link, pass) || !may_tie(lay, ty, link) || (is_tried && tries++ >= MAX_TRIES))
            continue;
        if (is_tried)
            memcpy(before, ty->tie, n * sizeof(*before));
        tie_link(lay, ty, link);
        if (is_tried && !fits(t, ty->tie)) {
            memcpy(ty->tie, before, n * sizeof(*before));
            ty->gaps[lay->v.items[link->a].layer].ties.len--;
            ty->has[link->a] &= (uint8_t)~1U;
            ty->has[link->b] &= (uint8_t)~2U;
        }
    }
}

/* The main path first, if what lies within groups fits as well then; else after it; else nothing is tied. */
static void
tie_up(struct ties *t)
{
    static const enum pass attempts[][3] = {{MAIN, WITHIN, ACROSS}, {WITHIN, MAIN, ACROSS}};
    struct gb_lay *lay = t->lay;
    uint32_t n = (uint32_t)lay->v.len;
    struct wished *list = gb_alloc((lay->links.len + 1) * sizeof(*list));
    struct tying ty = {gb_arena_new_array(lay->scratch, uint32_t, n + 1),
                       gb_arena_new_array(lay->scratch, uint8_t, n + 1),
                       gb_arena_new_array(lay->scratch, struct gap, lay->n_rows + 1)};
    uint32_t n_list = wished_ties(lay, list);
    bool is_done = false;

    for (size_t i = 0; i < GB_COUNT(attempts) && !is_done; i++) {
        untie_all(lay, &ty);
        is_done = true;
        for (int k = 0; k < 3 && is_done; k++) {
            tie_pass(t, &ty, list, n_list, attempts[i][k]);
            is_done = fits(t, ty.tie);
        }
    }
    if (!is_done) {
        untie_all(lay, &ty);
        fits(t, ty.tie);
    }
    for (uint32_t r = 0; r < lay->n_rows; r++)
        gb_array_release(&ty.gaps[r].ties);
    free(list);
}

/* Lanes that stand side by side share a border. */
static void
join_lanes(struct gb_lay *lay)
{
    const struct gb_flow *flow = lay->flow;

    for (uint32_t a = 0; a < flow->n_groups; a++) {
        uint32_t next = GB_NONE;
        if (!gb_lay_is_lane(&flow->groups[a]) || !gb_lay_has_frame(lay, (int32_t)a))
            continue;
        for (uint32_t b = 0; b < flow->n_groups; b++) {
            if (gb_lay_is_lane(&flow->groups[b]) && gb_lay_has_frame(lay, (int32_t)b) &&
                flow->groups[b].parent == flow->groups[a].parent && lay->left[b] > lay->left[a] &&
                (next == GB_NONE || lay->left[b] < lay->left[next]))
                next = b;
        }
        if (next != GB_NONE)
            lay->right[a] = lay->left[next] = (lay->right[a] + lay->left[next]) / 2;
    }
}

void
gb_lay_straighten(struct gb_lay *lay)
{
    uint32_t n = (uint32_t)lay->v.len, all = n + 2 * lay->flow->n_groups + 2;
    struct gb_arena *arena = lay->scratch;
    struct ties t = {
        .lay = lay,
        .tie = gb_arena_new_array(arena, uint32_t, all),
        .x = gb_arena_new_array(arena, double, all),
        .wish = gb_arena_new_array(arena, double, all),
        .weight = gb_arena_new_array(arena, double, all),
        .low = gb_arena_new_array(arena, double, all),
        .high = gb_arena_new_array(arena, double, all),
        .group_mean = gb_arena_new_array(arena, double, all),
        .order = gb_arena_new_array(arena, uint32_t, all),
    };

    /* Once more, since what has come near may be tied as well. */
    for (int round = 0; round < 2; round++) {
        tie_up(&t);
        set_wishes(&t);
        hold_all(&t);
        polish(&t);
        for (uint32_t v = 0; v < n; v++)
            lay->v.items[v].x = t.x[t.tie[v]];
    }
    close_frames(&t);
    lay->left = gb_arena_new_array(arena, double, lay->flow->n_groups + 1);
    lay->right = gb_arena_new_array(arena, double, lay->flow->n_groups + 1);
    for (uint32_t g = 0; g < lay->flow->n_groups; g++) {
        lay->left[g] = t.x[left_of(&t, (int32_t)g)];
        lay->right[g] = t.x[right_of(&t, (int32_t)g)];
    }
    join_lanes(lay);
    gb_array_release(&t.bounds);
}
