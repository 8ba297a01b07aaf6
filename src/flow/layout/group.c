/*
 * Groups in a layout: their members stand side by side in each layer, groups stand in the same order in all layers, and a
 * group keeps its place in the layers between its first and its last one, so that a rectangle can be drawn round it. Lanes
 * keep the author's order and are as long as the whole.
 */
#include "flow/layout/layout_priv.h"

enum { SWEEPS = 12, MAX_SWAPS = 200, MAX_ROUNDS = 4 };

bool
gb_lay_has_frames(const struct gb_lay *lay)
{
    return lay->group_first != NULL;
}

int32_t
gb_lay_common_group(const struct gb_lay *lay, int32_t a, int32_t b)
{
    for (; a >= 0; a = lay->flow->groups[a].parent) {
        for (int32_t g = b; g >= 0; g = lay->flow->groups[g].parent) {
            if (g == a)
                return a;
        }
    }
    return -1;
}

bool
gb_lay_is_lane(const struct gb_flow_group *group)
{
    return group->kind == GB_FLOW_LANE || group->kind == GB_FLOW_PARTITION;
}

/* ---- Rows of a group ---- */

static void
add_row(struct gb_lay *lay, int32_t group, uint32_t row)
{
    for (; group >= 0; group = lay->flow->groups[group].parent) {
        if (lay->group_first[group] > row)
            lay->group_first[group] = row;
        if (lay->group_last[group] < row)
            lay->group_last[group] = row;
    }
}

/* First and last row of each group that holds anything; lanes of one parent share theirs. */
static bool
set_group_rows(struct gb_lay *lay)
{
    const struct gb_flow *flow = lay->flow;
    uint32_t n_framed = 0, first = GB_NONE, last = 0;

    lay->group_first = gb_arena_new_array(lay->scratch, uint32_t, flow->n_groups + 1);
    lay->group_last = gb_arena_new_array(lay->scratch, uint32_t, flow->n_groups + 1);
    for (uint32_t g = 0; g < flow->n_groups; g++) {
        lay->group_first[g] = GB_NONE;
        lay->group_last[g] = 0;
    }
    for (uint32_t v = 0; v < lay->v.len; v++) {
        if (lay->v.items[v].node >= 0 || lay->v.items[v].group_self >= 0)
            add_row(lay, lay->v.items[v].group, lay->v.items[v].layer);
    }
    for (uint32_t g = 0; g < flow->n_groups; g++) {
        n_framed += lay->group_first[g] <= lay->group_last[g];
        if (gb_lay_is_lane(&flow->groups[g]) && lay->group_first[g] <= lay->group_last[g]) {
            first = lay->group_first[g] < first ? lay->group_first[g] : first;
            last = lay->group_last[g] > last ? lay->group_last[g] : last;
        }
    }
    for (uint32_t g = 0; g < flow->n_groups; g++) {
        if (gb_lay_is_lane(&flow->groups[g]) && lay->group_first[g] <= lay->group_last[g]) {
            add_row(lay, (int32_t)g, first);
            add_row(lay, (int32_t)g, last);
        }
    }
    return n_framed > 0;
}

static bool
spans_row(const struct gb_lay *lay, int32_t group, uint32_t row)
{
    return lay->group_first[group] <= row && row <= lay->group_last[group];
}

/*
 * A bend lies in the groups of its upper end as long as these go on, then in those of its lower end: the line leaves a frame
 * at its end, not through its side.
 */
static void
set_bend_groups(struct gb_lay *lay)
{
    GB_EACH(const struct gb_lay_arc, arc, lay->arcs, lay->flow->n_edges) {
        if (arc->n_links < 2)
            continue;
        int32_t top = lay->v.items[lay->links.items[arc->first_link].a].group;
        int32_t end = lay->v.items[lay->links.items[arc->first_link + arc->n_links - 1].b].group;
        int32_t common = gb_lay_common_group(lay, top, end);
        for (uint32_t i = 1; i < arc->n_links; i++) {
            struct gb_lay_vertex *bend = &lay->v.items[lay->links.items[arc->first_link + i].a];
            int32_t group = top;
            while (group != common && !spans_row(lay, group, bend->layer))
                group = lay->flow->groups[group].parent;
            if (group == common) {
                for (group = end; group != common && !spans_row(lay, group, bend->layer);)
                    group = lay->flow->groups[group].parent;
            }
            bend->group = group;
        }
    }
}

/* A vertex without extent holds the place of a group in each row in which it has no other. */
static void
add_keepers(struct gb_lay *lay)
{
    uint32_t *seen = gb_arena_new_array(lay->scratch, uint32_t, lay->flow->n_groups + 1);

    for (uint32_t r = 0; r < lay->n_rows; r++) {
        for (uint32_t i = 0; i < lay->rows[r].n; i++) {
            for (int32_t g = lay->v.items[lay->rows[r].v[i]].group; g >= 0; g = lay->flow->groups[g].parent)
                seen[g] = r + 1;
        }
        /* Inner groups first or last: a keeper of an inner group holds the place of the outer ones too. */
        for (uint32_t g = 0; g < lay->flow->n_groups; g++) {
            bool has_inner = false;
            for (uint32_t in = 0; in < lay->flow->n_groups; in++)
                has_inner |= lay->flow->groups[in].parent == (int32_t)g && spans_row(lay, (int32_t)in, r);
            if (!spans_row(lay, (int32_t)g, r) || seen[g] == r + 1 || has_inner)
                continue;
            uint32_t keeper = gb_lay_add_vertex(lay, (struct gb_lay_vertex){-1, -1, -1, GB_NONE, .is_keeper = true,
                                                                            .group = (int32_t)g, .layer = r});
            gb_lay_row_insert(lay, r, lay->rows[r].n, keeper);
        }
    }
}

/* ---- Order ---- */

struct grouping {
    struct gb_lay *lay;
    double *key;       /* wished place of a vertex in its row, from the middle */
    double *group_key; /* of a group, the same in all rows */
    uint32_t *scratch;
    uint32_t *best; /* places of the best order */
    uint64_t least;
};

/* What stands for a vertex among the parts of a group: an inner group, or itself (-1). */
static int32_t
part_in(const struct gb_lay *lay, uint32_t v, int32_t group)
{
    int32_t part = -1;

    for (int32_t g = lay->v.items[v].group; g != group; g = lay->flow->groups[g].parent)
        part = g;
    return part;
}

static bool
comes_before(const struct grouping *gr, uint32_t a, uint32_t b)
{
    const struct gb_lay *lay = gr->lay;
    int32_t common = gb_lay_common_group(lay, lay->v.items[a].group, lay->v.items[b].group);
    int32_t part_a = part_in(lay, a, common), part_b = part_in(lay, b, common);
    double key_a = part_a >= 0 ? gr->group_key[part_a] : gr->key[a];
    double key_b = part_b >= 0 ? gr->group_key[part_b] : gr->key[b];

    if (key_a != key_b)
        return key_a < key_b;
    /* Equal keys: groups by their number, then single vertices as they stand. */
    return part_a != part_b ? part_a > part_b : lay->v.items[a].at < lay->v.items[b].at;
}

static void
merge_sort(const struct grouping *gr, uint32_t *items, uint32_t n)
{
    uint32_t half = n / 2, i = 0, k = half, out = 0;

    if (n < 2)
        return;
    merge_sort(gr, items, half);
    merge_sort(gr, items + half, n - half);
    memcpy(gr->scratch, items, half * sizeof(*items));
    while (i < half && k < n)
        items[out++] = comes_before(gr, items[k], gr->scratch[i]) ? items[k++] : gr->scratch[i++];
    while (i < half)
        items[out++] = gr->scratch[i++];
}

static void
sort_rows(struct grouping *gr)
{
    struct gb_lay *lay = gr->lay;

    for (uint32_t r = 0; r < lay->n_rows; r++) {
        merge_sort(gr, lay->rows[r].v, lay->rows[r].n);
        for (uint32_t i = 0; i < lay->rows[r].n; i++)
            lay->v.items[lay->rows[r].v[i]].at = i;
    }
}

static double
from_middle(const struct gb_lay *lay, uint32_t v)
{
    return lay->v.items[v].at - (lay->rows[lay->v.items[v].layer].n - 1) / 2.0;
}

/* Means over members; lanes keep the order in which they were written. */
static void
set_group_keys(struct grouping *gr)
{
    const struct gb_lay *lay = gr->lay;
    uint32_t n = lay->flow->n_groups;
    uint32_t *count = gb_arena_new_array(lay->scratch, uint32_t, n + 1);

    memset(gr->group_key, 0, n * sizeof(*gr->group_key));
    for (uint32_t v = 0; v < lay->v.len; v++) {
        if (lay->v.items[v].is_keeper)
            continue;
        for (int32_t g = lay->v.items[v].group; g >= 0; g = lay->flow->groups[g].parent) {
            gr->group_key[g] += gr->key[v];
            count[g]++;
        }
    }
    for (uint32_t g = 0; g < n; g++) {
        gr->group_key[g] /= count[g] > 0 ? count[g] : 1;
        if (gb_lay_is_lane(&lay->flow->groups[g]))
            gr->group_key[g] = 1e6 + g;
    }
}

static void
take_if_better(struct grouping *gr)
{
    uint64_t count = gb_lay_count(gr->lay);

    if (count >= gr->least)
        return;
    gr->least = count;
    for (uint32_t v = 0; v < gr->lay->v.len; v++)
        gr->best[v] = gr->lay->v.items[v].at;
}

static void
restore(struct grouping *gr)
{
    struct gb_lay *lay = gr->lay;

    for (uint32_t r = 0; r < lay->n_rows; r++) {
        memcpy(gr->scratch, lay->rows[r].v, lay->rows[r].n * sizeof(*gr->scratch));
        for (uint32_t i = 0; i < lay->rows[r].n; i++) {
            uint32_t v = gr->scratch[i];
            lay->rows[r].v[gr->best[v]] = v;
            lay->v.items[v].at = gr->best[v];
        }
    }
}

static void
sweep(struct grouping *gr, bool goes_down)
{
    struct gb_lay *lay = gr->lay;
    const uint32_t *first = goes_down ? lay->up_first : lay->down_first, *links = goes_down ? lay->up : lay->down;

    for (uint32_t i = 1; i < lay->n_rows; i++) {
        struct gb_lay_row *row = &lay->rows[goes_down ? i : lay->n_rows - 1 - i];
        for (uint32_t k = 0; k < row->n; k++) {
            uint32_t v = row->v[k], n = first[v + 1] - first[v];
            double sum = 0;
            for (uint32_t l = first[v]; l < first[v + 1]; l++)
                sum += from_middle(lay, goes_down ? lay->links.items[links[l]].a : lay->links.items[links[l]].b);
            gr->key[v] = n > 0 ? sum / n : from_middle(lay, v);
        }
        merge_sort(gr, row->v, row->n);
        for (uint32_t k = 0; k < row->n; k++)
            lay->v.items[row->v[k]].at = k;
    }
}

/* Swaps neighbours of one group in a row where that saves crossings: counted on their own links only. */
static uint32_t
crossings_if(const struct gb_lay *lay, uint32_t left, uint32_t right)
{
    uint32_t count = 0;

    for (int above = 0; above < 2; above++) {
        const uint32_t *first = above ? lay->up_first : lay->down_first, *links = above ? lay->up : lay->down;
        for (uint32_t i = first[left]; i < first[left + 1]; i++) {
            for (uint32_t k = first[right]; k < first[right + 1]; k++) {
                const struct gb_lay_link *a = &lay->links.items[links[i]], *b = &lay->links.items[links[k]];
                count += lay->v.items[above ? a->a : a->b].at > lay->v.items[above ? b->a : b->b].at;
            }
        }
    }
    return count;
}

static void
swap_neighbours(struct grouping *gr)
{
    struct gb_lay *lay = gr->lay;

    for (uint32_t round = 0, swapped = 1; round < MAX_ROUNDS && swapped; round++) {
        swapped = 0;
        for (uint32_t r = 0; r < lay->n_rows; r++) {
            uint32_t *v = lay->rows[r].v;
            for (uint32_t i = 0; i + 1 < lay->rows[r].n; i++) {
                if (lay->v.items[v[i]].group != lay->v.items[v[i + 1]].group ||
                    crossings_if(lay, v[i + 1], v[i]) >= crossings_if(lay, v[i], v[i + 1]))
                    continue;
                uint32_t other = v[i];
                v[i] = v[i + 1];
                v[i + 1] = other;
                lay->v.items[v[i]].at = i;
                lay->v.items[v[i + 1]].at = i + 1;
                swapped = 1;
            }
        }
    }
}

static void
set_keys(struct grouping *gr)
{
    for (uint32_t v = 0; v < gr->lay->v.len; v++)
        gr->key[v] = from_middle(gr->lay, v);
    set_group_keys(gr);
}

/* Tries two neighbouring groups of one parent in each other's place. */
static void
swap_groups(struct grouping *gr)
{
    const struct gb_flow *flow = gr->lay->flow;
    uint32_t tries = 0;

    for (uint32_t a = 0; a < flow->n_groups; a++) {
        for (uint32_t b = a + 1; b < flow->n_groups && tries < MAX_SWAPS && gr->least > 0; b++) {
            if (flow->groups[a].parent != flow->groups[b].parent || gb_lay_is_lane(&flow->groups[a]) ||
                gr->lay->group_first[a] > gr->lay->group_last[b] || gr->lay->group_first[b] > gr->lay->group_last[a])
                continue;
            restore(gr);
            set_keys(gr);
            double key = gr->group_key[a];
            gr->group_key[a] = gr->group_key[b];
            gr->group_key[b] = key;
            tries++;
            sort_rows(gr);
            sweep(gr, true);
            swap_neighbours(gr);
            take_if_better(gr);
            sweep(gr, false);
            swap_neighbours(gr);
            take_if_better(gr);
        }
    }
}

void
gb_lay_group(struct gb_lay *lay)
{
    if (lay->flow->n_groups == 0 || !set_group_rows(lay)) {
        lay->group_first = lay->group_last = NULL;
        return;
    }
    set_bend_groups(lay);
    add_keepers(lay);
    gb_lay_join(lay);

    uint32_t n = (uint32_t)lay->v.len, n_groups = lay->flow->n_groups;
    struct grouping gr = {
        lay,
        gb_arena_new_array(lay->scratch, double, n + 1),
        gb_arena_new_array(lay->scratch, double, n_groups + 1),
        gb_arena_new_array(lay->scratch, uint32_t, n + 1),
        gb_arena_new_array(lay->scratch, uint32_t, n + 1),
        UINT64_MAX,
    };
    set_keys(&gr);
    sort_rows(&gr);
    take_if_better(&gr);
    for (uint32_t s = 0; s < SWEEPS && gr.least > 0; s++) {
        sweep(&gr, s % 2 == 0);
        swap_neighbours(&gr);
        take_if_better(&gr);
        if (s % 4 == 3) {
            set_keys(&gr);
            sort_rows(&gr);
        }
    }
    swap_groups(&gr);
    restore(&gr);
}
