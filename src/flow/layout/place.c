/*
 * Where the vertices of each layer stand across. Each one is drawn to the mean of its neighbours, again and again, while
 * isotonic regression keeps the distances of the layer; tie.c then makes straight what is nearly so.
 */
#include "flow/layout/layout_priv.h"

#include <math.h>

enum {
    SWEEPS = 60,
    GAP = GB_LAY_GAP,
    BEND_GAP = 20,
    LINE_GAP = GB_LAY_LINE_GAP,
    STUB = 20,
    FRAME_PAD = GB_LAY_FRAME_PAD,
    BAR_END = 24,
    BAR_HALF = 30 /* how far a bar goes beyond its lines; half of its least length */
};

bool
gb_lay_is_bend(const struct gb_lay_vertex *v)
{
    return v->edge >= 0 || v->is_keeper;
}

static double
label_across(const struct gb_lay *lay, uint32_t edge)
{
    return lay->is_vertical ? lay->arcs[edge].label_w : lay->arcs[edge].label_h;
}

/* The label of an exit at the side stands above its level part: that makes room for it. */
double
gb_lay_stub(const struct gb_lay *lay, const struct gb_lay_vertex *slot)
{
    const struct gb_lay_arc *arc = &lay->arcs[slot->edge];
    bool begins_here = arc->is_back == slot->is_up;
    double room = begins_here && arc->label_w > 0 ? label_across(lay, (uint32_t)slot->edge) + 8 : 0;

    return room > STUB ? room : STUB;
}

double
gb_lay_distance(const struct gb_lay *lay, uint32_t left, uint32_t right)
{
    const struct gb_lay_vertex *a = &lay->v.items[left], *b = &lay->v.items[right];
    double halves = (a->w + b->w) / 2 + a->room;

    if (b->slot_of == left)
        return a->w / 2 + a->room + gb_lay_stub(lay, b);
    if (a->slot_of == right)
        return b->w / 2 + gb_lay_stub(lay, a);
    if (a->slot_of != GB_NONE && a->slot_of == b->slot_of)
        return LINE_GAP * 0.75;
    if (gb_lay_is_bend(a) && gb_lay_is_bend(b))
        return halves + LINE_GAP;
    return halves + (gb_lay_is_bend(a) || gb_lay_is_bend(b) ? BEND_GAP : GAP);
}

/* Isotonic regression: the x that keep their distances and differ least (weighted squares) from what is wished. */
struct regression {
    double *wish, *weight, *mean, *mass, *shift, *group_mean;
    uint32_t *size;
};

static void
regress(struct gb_lay *lay, const struct gb_lay_row *row, struct regression *r)
{
    uint32_t n_blocks = 0;

    for (uint32_t i = 0; i < row->n; i++) {
        r->shift[i] = i == 0 ? 0 : r->shift[i - 1] + gb_lay_distance(lay, row->v[i - 1], row->v[i]);
        r->mean[n_blocks] = r->wish[i] - r->shift[i];
        r->mass[n_blocks] = r->weight[i];
        r->size[n_blocks++] = 1;
        while (n_blocks > 1 && r->mean[n_blocks - 2] > r->mean[n_blocks - 1]) {
            double mass = r->mass[n_blocks - 2] + r->mass[n_blocks - 1];
            r->mean[n_blocks - 2] =
                (r->mean[n_blocks - 2] * r->mass[n_blocks - 2] + r->mean[n_blocks - 1] * r->mass[n_blocks - 1]) / mass;
            r->mass[n_blocks - 2] = mass;
            r->size[n_blocks - 2] += r->size[n_blocks - 1];
            n_blocks--;
        }
    }
    for (uint32_t block = 0, i = 0; block < n_blocks; block++) {
        for (uint32_t end = i + r->size[block]; i < end; i++)
            lay->v.items[row->v[i]].x = r->mean[block] + r->shift[i];
    }
}

/* Sum of the weighted places of the neighbours on one side; a slot is drawn to its owner as well. */
static void
pull(const struct gb_lay *lay, uint32_t v, bool above, double *sum, double *weight)
{
    const uint32_t *first = above ? lay->up_first : lay->down_first, *links = above ? lay->up : lay->down;

    for (uint32_t k = first[v]; k < first[v + 1]; k++) {
        const struct gb_lay_link *link = &lay->links.items[links[k]];
        *sum += link->weight * lay->v.items[above ? link->a : link->b].x;
        *weight += link->weight;
    }
}

/* Where the members of each group stand in the mean: a keeper goes there. */
void
gb_lay_group_means(const struct gb_lay *lay, double *mean)
{
    uint32_t n_groups = lay->flow->n_groups;
    uint32_t *n = gb_alloc((n_groups + 1) * sizeof(*n));

    for (uint32_t g = 0; g < n_groups; g++)
        mean[g] = n[g] = 0;
    for (uint32_t v = 0; n_groups > 0 && v < lay->v.len; v++) {
        for (int32_t g = lay->v.items[v].group; g >= 0 && !lay->v.items[v].is_keeper; g = lay->flow->groups[g].parent) {
            mean[g] += lay->v.items[v].x;
            n[g]++;
        }
    }
    for (uint32_t g = 0; g < n_groups; g++)
        mean[g] /= n[g] > 0 ? n[g] : 1;
    free(n);
}

static void
pull_row(struct gb_lay *lay, uint32_t number, bool above, bool below, struct regression *r)
{
    const struct gb_lay_row *row = &lay->rows[number];

    for (uint32_t i = 0; i < row->n; i++) {
        double sum = 0, weight = 0;
        if (above)
            pull(lay, row->v[i], true, &sum, &weight);
        if (below)
            pull(lay, row->v[i], false, &sum, &weight);
        const struct gb_lay_vertex *v = &lay->v.items[row->v[i]];
        if (v->slot_of != GB_NONE) {
            const struct gb_lay_vertex *owner = &lay->v.items[v->slot_of];
            sum += owner->x + v->side * (owner->w / 2 + gb_lay_stub(lay, v));
            weight += 1;
        }
        if (v->is_keeper) {
            sum = r->group_mean[v->group];
            weight = 1;
        }
        r->wish[i] = weight > 0 ? sum / weight : v->x;
        r->weight[i] = weight > 0 ? weight : 0.05;
    }
    regress(lay, row, r);
}

static void
pull_all(struct gb_lay *lay, struct regression *r)
{
    for (uint32_t row = 0; row < lay->n_rows; row++) {
        for (uint32_t i = 0; i < lay->rows[row].n; i++) {
            uint32_t v = lay->rows[row].v[i];
            lay->v.items[v].x =
                i == 0 ? 0 : lay->v.items[lay->rows[row].v[i - 1]].x + gb_lay_distance(lay, lay->rows[row].v[i - 1], v);
        }
    }
    for (uint32_t s = 0; s < SWEEPS; s++) {
        bool goes_down = s % 2 == 0, both = s >= SWEEPS / 3;
        gb_lay_group_means(lay, r->group_mean);
        for (uint32_t i = 0; i < lay->n_rows; i++)
            pull_row(lay, goes_down ? i : lay->n_rows - 1 - i, both || goes_down, both || !goes_down, r);
    }
}

bool
gb_lay_has_frame(const struct gb_lay *lay, int32_t group)
{
    return group >= 0 && lay->group_first && lay->group_first[group] <= lay->group_last[group];
}

int32_t
gb_lay_framed(const struct gb_lay *lay, int32_t group)
{
    while (group >= 0 && !gb_lay_has_frame(lay, group))
        group = lay->flow->groups[group].parent;
    return group;
}

/* Bars end a little beyond the lines that meet them, as far as their neighbours and frames allow. */
static void
fit_bar(struct gb_lay *lay, struct gb_lay_vertex *bar, uint32_t number)
{
    const struct gb_lay_row *row = &lay->rows[bar->layer];
    int32_t group = gb_lay_framed(lay, bar->group);
    double least = HUGE_VAL, most = -HUGE_VAL, low = -HUGE_VAL, high = HUGE_VAL;

    for (uint32_t k = lay->down_first[number]; k < lay->down_first[number + 1]; k++) {
        least = fmin(least, lay->v.items[lay->links.items[lay->down[k]].b].x);
        most = fmax(most, lay->v.items[lay->links.items[lay->down[k]].b].x);
    }
    for (uint32_t k = lay->up_first[number]; k < lay->up_first[number + 1]; k++) {
        least = fmin(least, lay->v.items[lay->links.items[lay->up[k]].a].x);
        most = fmax(most, lay->v.items[lay->links.items[lay->up[k]].a].x);
    }
    if (bar->at > 0) {
        const struct gb_lay_vertex *left = &lay->v.items[row->v[bar->at - 1]];
        low = left->x + left->w / 2 + left->room + BEND_GAP;
    }
    if (bar->at + 1 < row->n) {
        const struct gb_lay_vertex *right = &lay->v.items[row->v[bar->at + 1]];
        high = right->x - right->w / 2 - BEND_GAP;
    }
    if (group >= 0) {
        low = fmax(low, lay->left[group] + FRAME_PAD);
        high = fmin(high, lay->right[group] - FRAME_PAD);
    }
    least = fmax(fmin(least - BAR_END, (least + most) / 2 - BAR_HALF), low);
    most = fmin(fmax(most + BAR_END, (least + most) / 2 + BAR_HALF), high);
    if (least + 2 * BAR_HALF > most || !isfinite(most - least))
        return;
    bar->x = (least + most) / 2;
    bar->w = most - least;
}

void
gb_lay_place(struct gb_lay *lay)
{
    uint32_t widest = 1;

    for (uint32_t r = 0; r < lay->n_rows; r++)
        widest = lay->rows[r].n > widest ? lay->rows[r].n : widest;
    struct regression r = {
        gb_arena_new_array(lay->scratch, double, widest),
        gb_arena_new_array(lay->scratch, double, widest),
        gb_arena_new_array(lay->scratch, double, widest),
        gb_arena_new_array(lay->scratch, double, widest),
        gb_arena_new_array(lay->scratch, double, widest),
        gb_arena_new_array(lay->scratch, double, lay->flow->n_groups + 1),
        gb_arena_new_array(lay->scratch, uint32_t, widest),
    };
    pull_all(lay, &r);
    gb_lay_straighten(lay);
    for (uint32_t v = 0; v < lay->flow->n_nodes; v++) {
        if (gb_lay_is_bar(lay, &lay->v.items[v]))
            fit_bar(lay, &lay->v.items[v], v);
    }
}
