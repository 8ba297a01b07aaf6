/*
 * The order of each layer: barycentre sweeps with swaps of neighbours, from several starts, the best of which is kept. Each
 * component is ordered for itself and stands beside the one before.
 */
#include "flow/layout/layout_priv.h"

enum { MAX_STARTS = 16, MAX_SWEEPS = 24, MAX_IDLE = 8, MAX_ROUNDS = 8, HOPELESS = 50, FEW_STARTS = 2 };

/* One component, and what the sweeps need. */
struct order {
    struct gb_lay *lay;
    struct gb_lay_row *rows; /* of this component only */
    uint32_t *tree;          /* accumulator tree */
    uint32_t *places;        /* places of the neighbours of a vertex, sorted; as the adjacency */
    uint32_t *was;           /* place of a vertex of the row before swaps */
    double *key;
    uint32_t *scratch, *best;
    uint32_t *lower_at; /* where the places of a vertex's lower (upper) neighbours begin */
    uint32_t *upper_at;
    uint64_t seed;
};

/* Numbers that are the same everywhere (xorshift64*). */
static uint32_t
next_random(uint64_t *seed)
{
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return (uint32_t)(*seed * UINT64_C(2685821657736338717) >> 32);
}

static void
merge(uint32_t *items, uint32_t half, uint32_t n, const double *key, uint32_t *scratch)
{
    uint32_t i = 0, k = half, out = 0;

    memcpy(scratch, items, half * sizeof(*items));
    while (i < half && k < n)
        items[out++] = key[items[k]] < key[scratch[i]] ? items[k++] : scratch[i++];
    while (i < half)
        items[out++] = scratch[i++];
}

/* A stable order by key: insertion for few, merging for many. */
static void
lay_sort(uint32_t *items, uint32_t n, const double *key, uint32_t *scratch)
{
    if (n > 24) {
        lay_sort(items, n / 2, key, scratch);
        lay_sort(items + n / 2, n - n / 2, key, scratch);
        merge(items, n / 2, n, key, scratch);
        return;
    }
    for (uint32_t i = 1; i < n; i++) {
        uint32_t item = items[i], k = i;
        for (; k > 0 && key[item] < key[items[k - 1]]; k--)
            items[k] = items[k - 1];
        items[k] = item;
    }
}

static void
set_places(struct gb_lay *lay, const struct gb_lay_row *row)
{
    for (uint32_t i = 0; i < row->n; i++)
        lay->v.items[row->v[i]].at = i;
}

/* Places of the neighbours of v in the row above (below), ascending; few each, hence insertion. */
static uint32_t
sorted_places(const struct gb_lay *lay, uint32_t v, bool above, uint32_t *out)
{
    const uint32_t *first = above ? lay->up_first : lay->down_first, *links = above ? lay->up : lay->down;
    uint32_t n = 0;

    for (uint32_t k = first[v]; k < first[v + 1]; k++) {
        const struct gb_lay_link *link = &lay->links.items[links[k]];
        uint32_t at = lay->v.items[above ? link->a : link->b].at, i = n++;
        for (; i > 0 && out[i - 1] > at; i--)
            out[i] = out[i - 1];
        out[i] = at;
    }
    return n;
}

/* Pairs of links that cross between a row and the next, by an accumulator tree: O(E log V). */
static uint64_t
count_gap(const struct gb_lay *lay, const struct gb_lay_row *row, uint32_t n_below, uint32_t *tree, uint32_t *places)
{
    uint32_t leaves = 1;
    uint64_t count = 0;

    while (leaves < n_below)
        leaves *= 2;
    memset(tree, 0, 2 * leaves * sizeof(*tree));
    for (uint32_t i = 0; i < row->n; i++) {
        uint32_t n = sorted_places(lay, row->v[i], false, places);
        /* First what lies to the right of each, then the links of this vertex join: they do not cross each other. */
        for (uint32_t k = 0; k < n; k++) {
            for (uint32_t leaf = places[k] + leaves; leaf > 1; leaf /= 2)
                count += leaf % 2 == 0 ? tree[leaf + 1] : 0;
        }
        for (uint32_t k = 0; k < n; k++) {
            for (uint32_t leaf = places[k] + leaves; leaf > 0; leaf /= 2)
                tree[leaf]++;
        }
    }
    return count;
}

static uint64_t
count_rows(const struct gb_lay *lay, const struct gb_lay_row *rows, uint32_t *tree, uint32_t *places)
{
    uint64_t count = 0;

    for (uint32_t r = 0; r + 1 < lay->n_rows; r++) {
        if (rows[r].n > 0 && rows[r + 1].n > 0)
            count += count_gap(lay, &rows[r], rows[r + 1].n, tree, places);
    }
    return count;
}

uint64_t
gb_lay_count(const struct gb_lay *lay)
{
    uint32_t n = 1;

    for (uint32_t r = 0; r < lay->n_rows; r++)
        n = lay->rows[r].n > n ? lay->rows[r].n : n;
    uint32_t *tree = gb_alloc((4 * n + 4) * sizeof(*tree));
    uint32_t *places = gb_alloc((lay->links.len + 1) * sizeof(*places));
    uint64_t count = count_rows(lay, lay->rows, tree, places);
    free(tree);
    free(places);
    return count;
}

/* Depth first from the topmost vertices, in source order: what hangs together stands together. */
static void
start_depth_first(struct order *o, uint32_t component)
{
    struct gb_lay *lay = o->lay;
    uint32_t n = (uint32_t)lay->v.len, *stack = o->scratch, *state = o->best;

    for (uint32_t r = 0; r < lay->n_rows; r++)
        o->rows[r].n = 0;
    memset(state, 0, n * sizeof(*state));
    for (uint32_t pass = 0; pass < 2; pass++) {
        for (uint32_t root = 0; root < n; root++) {
            const struct gb_lay_vertex *v = &lay->v.items[root];
            if (v->component != component || state[root] ||
                (pass == 0 && lay->up_first[root] != lay->up_first[root + 1]))
                continue;
            uint32_t depth = 0;
            stack[depth++] = root;
            state[root] = 1;
            while (depth > 0) {
                uint32_t u = stack[--depth];
                struct gb_lay_row *row = &o->rows[lay->v.items[u].layer];
                row->v[row->n++] = u;
                for (uint32_t k = lay->down_first[u + 1]; k-- > lay->down_first[u];) {
                    uint32_t to = lay->links.items[lay->down[k]].b;
                    if (!state[to]) {
                        state[to] = 1;
                        stack[depth++] = to;
                    }
                }
            }
        }
    }
}

static void
mirror(struct gb_lay_row *row)
{
    for (uint32_t i = 0; i < row->n / 2; i++) {
        uint32_t other = row->n - 1 - i, v = row->v[i];
        row->v[i] = row->v[other];
        row->v[other] = v;
    }
}

static void
shuffle(struct gb_lay_row *row, uint64_t *seed)
{
    for (uint32_t i = row->n; i > 1; i--) {
        uint32_t other = next_random(seed) % i, v = row->v[i - 1];
        row->v[i - 1] = row->v[other];
        row->v[other] = v;
    }
}

/* Sorts a row by the mean place of the neighbours in the row before; vertices without any keep theirs. */
static void
sweep_row(struct order *o, struct gb_lay_row *row, const struct gb_lay_row *before, bool goes_down, bool mirrors_ties)
{
    const struct gb_lay *lay = o->lay;
    const uint32_t *first = goes_down ? lay->up_first : lay->down_first, *links = goes_down ? lay->up : lay->down;

    if (mirrors_ties) {
        mirror(row);
        set_places(o->lay, row);
    }
    for (uint32_t i = 0; i < row->n; i++) {
        uint32_t v = row->v[i], n = first[v + 1] - first[v];
        uint64_t sum = 0;
        for (uint32_t k = first[v]; k < first[v + 1]; k++) {
            const struct gb_lay_link *link = &lay->links.items[links[k]];
            sum += lay->v.items[goes_down ? link->a : link->b].at;
        }
        uint32_t own = mirrors_ties ? row->n - 1 - i : i;
        o->key[v] = n > 0 ? (double)sum / n : own * (double)before->n / row->n;
    }
    lay_sort(row->v, row->n, o->key, o->scratch);
    set_places(o->lay, row);
}

/* Crossings between the links of u and v, when u stands left of v. */
static uint32_t
crossings_of(const uint32_t *u, uint32_t n_u, const uint32_t *v, uint32_t n_v)
{
    uint32_t count = 0, k = 0;

    for (uint32_t i = 0; i < n_u; i++) {
        while (k < n_v && v[k] < u[i])
            k++;
        count += k;
    }
    return count;
}

/* Swaps neighbours in a row as long as that saves crossings. */
static bool
swap_in_row(struct order *o, struct gb_lay_row *row)
{
    struct gb_lay *lay = o->lay;
    uint32_t fill = 0;
    bool any = false;

    for (uint32_t i = 0; i < row->n; i++) {
        uint32_t v = row->v[i];
        o->upper_at[i] = fill;
        fill += sorted_places(lay, v, true, o->places + fill);
        o->lower_at[i] = fill;
        fill += sorted_places(lay, v, false, o->places + fill);
    }
    o->upper_at[row->n] = fill;
    /* upper_at and lower_at follow the vertices by their place at the beginning, `was` tells which that was. */
    for (uint32_t i = 0; i < row->n; i++)
        o->was[i] = i;
    for (uint32_t round = 0, swapped = 1; round < MAX_ROUNDS && swapped; round++) {
        swapped = 0;
        for (uint32_t i = 0; i + 1 < row->n; i++) {
            uint32_t a = o->was[i], b = o->was[i + 1];
            const uint32_t *ua = o->places + o->upper_at[a], *la = o->places + o->lower_at[a];
            const uint32_t *ub = o->places + o->upper_at[b], *lb = o->places + o->lower_at[b];
            uint32_t n_ua = o->lower_at[a] - o->upper_at[a], n_la = o->upper_at[a + 1] - o->lower_at[a];
            uint32_t n_ub = o->lower_at[b] - o->upper_at[b], n_lb = o->upper_at[b + 1] - o->lower_at[b];
            uint32_t kept = crossings_of(ua, n_ua, ub, n_ub) + crossings_of(la, n_la, lb, n_lb);
            if (kept == 0 || crossings_of(ub, n_ub, ua, n_ua) + crossings_of(lb, n_lb, la, n_la) >= kept)
                continue;
            uint32_t v = row->v[i];
            row->v[i] = row->v[i + 1];
            row->v[i + 1] = v;
            o->was[i] = b;
            o->was[i + 1] = a;
            swapped = 1;
            any = true;
        }
    }
    if (any)
        set_places(lay, row);
    return any;
}

static void
sweep(struct order *o, uint32_t number)
{
    uint32_t n = o->lay->n_rows;
    bool goes_down = number % 2 == 0, mirrors_ties = number / 2 % 2 == 1;

    for (uint32_t i = 1; i < n; i++) {
        uint32_t r = goes_down ? i : n - 1 - i;
        struct gb_lay_row *before = &o->rows[goes_down ? r - 1 : r + 1];
        if (o->rows[r].n > 1 && before->n > 0)
            sweep_row(o, &o->rows[r], before, goes_down, mirrors_ties);
    }
    for (uint32_t round = 0, swapped = 1; round < MAX_ROUNDS && swapped; round++) {
        swapped = 0;
        for (uint32_t r = 0; r < n; r++)
            swapped |= o->rows[r].n > 1 && swap_in_row(o, &o->rows[r]);
    }
}

/* The places of all vertices of the component, to come back to. */
static void
keep(const struct order *o, uint32_t *best)
{
    for (uint32_t r = 0; r < o->lay->n_rows; r++) {
        for (uint32_t i = 0; i < o->rows[r].n; i++)
            best[o->rows[r].v[i]] = i;
    }
}

static uint64_t
improve(struct order *o, uint64_t least, uint32_t *best)
{
    uint64_t own = UINT64_MAX;

    for (uint32_t r = 0; r < o->lay->n_rows; r++)
        set_places(o->lay, &o->rows[r]);
    for (uint32_t s = 0, idle = 0; s < MAX_SWEEPS && idle < MAX_IDLE && least > 0; s++, idle++) {
        if (s > 0)
            sweep(o, s - 1);
        uint64_t count = count_rows(o->lay, o->rows, o->tree, o->places);
        if (count < own) {
            own = count;
            idle = 0;
        }
        if (count < least) {
            least = count;
            keep(o, best);
        }
    }
    return least;
}

static void
order_component(struct order *o, uint32_t component, uint32_t *best)
{
    uint64_t least = UINT64_MAX;

    for (uint32_t start = 0; start < MAX_STARTS && least > 0; start++) {
        if (start == FEW_STARTS && least > HOPELESS)
            break;
        if (start < 2)
            start_depth_first(o, component);
        for (uint32_t r = 0; r < o->lay->n_rows; r++) {
            if (start == 1)
                mirror(&o->rows[r]);
            else if (start > 1)
                shuffle(&o->rows[r], &o->seed);
        }
        least = improve(o, least, best);
    }
}

/* Appends the component to the rows of the whole. */
static void
take_best(struct order *o, const uint32_t *best)
{
    struct gb_lay *lay = o->lay;

    for (uint32_t r = 0; r < lay->n_rows; r++) {
        struct gb_lay_row *row = &lay->rows[r];
        for (uint32_t i = 0; i < o->rows[r].n; i++)
            row->v[row->n + best[o->rows[r].v[i]]] = o->rows[r].v[i];
        row->n += o->rows[r].n;
        set_places(lay, row);
    }
}

void
gb_lay_order(struct gb_lay *lay)
{
    uint32_t n = (uint32_t)lay->v.len;
    struct gb_arena *arena = lay->scratch;
    struct order o = {
        lay,
        gb_arena_new_array(arena, struct gb_lay_row, lay->n_rows + 1),
        gb_arena_new_array(arena, uint32_t, 4 * n + 4),
        gb_arena_new_array(arena, uint32_t, 2 * lay->links.len + 2),
        gb_arena_new_array(arena, uint32_t, n + 1),
        gb_arena_new_array(arena, double, n + 1),
        gb_arena_new_array(arena, uint32_t, n + 1),
        gb_arena_new_array(arena, uint32_t, n + 1),
        gb_arena_new_array(arena, uint32_t, n + 2),
        gb_arena_new_array(arena, uint32_t, n + 2),
        UINT64_C(0x9E3779B97F4A7C15),
    };
    uint32_t *best = gb_arena_new_array(arena, uint32_t, n + 1);

    for (uint32_t r = 0; r < lay->n_rows; r++) {
        o.rows[r].v = gb_arena_new_array(arena, uint32_t, lay->rows[r].n + 1);
        lay->rows[r].n = 0;
    }
    for (uint32_t c = 0; c < lay->n_components; c++) {
        order_component(&o, c, best);
        take_best(&o, best);
    }
}

uint32_t
gb_lay_pairs(const struct gb_lay *lay, struct gb_flow_crossing **out)
{
    uint32_t n_edges = lay->flow->n_edges;
    GB_ARRAY(uint32_t) gap = {0};
    uint32_t n = 0;

    *out = NULL;
    if (gb_lay_count(lay) == 0)
        return 0;
    uint8_t *known = gb_arena_new_array(lay->scratch, uint8_t, ((size_t)n_edges * n_edges + 7) / 8);
    for (uint32_t r = 0; r + 1 < lay->n_rows; r++) {
        gap.len = 0;
        for (uint32_t i = 0; i < lay->rows[r].n; i++) {
            uint32_t v = lay->rows[r].v[i];
            for (uint32_t k = lay->down_first[v]; k < lay->down_first[v + 1]; k++) {
                if (!lay->flow->edges[lay->links.items[lay->down[k]].edge].is_message)
                    *gb_push(&gap) = lay->down[k];
            }
        }
        for (size_t i = 0; i < gap.len; i++) {
            const struct gb_lay_link *one = &lay->links.items[gap.items[i]];
            for (size_t k = i + 1; k < gap.len; k++) {
                const struct gb_lay_link *two = &lay->links.items[gap.items[k]];
                if (one->a == two->a || lay->v.items[one->b].at <= lay->v.items[two->b].at)
                    continue;
                size_t a = one->edge < two->edge ? one->edge : two->edge, b = one->edge + two->edge - a;
                n += !(known[(a * n_edges + b) / 8] >> (a * n_edges + b) % 8 & 1);
                known[(a * n_edges + b) / 8] |= (uint8_t)(1U << (a * n_edges + b) % 8);
            }
        }
    }
    gb_array_release(&gap);

    *out = gb_arena_new_array(lay->arena, struct gb_flow_crossing, n);
    n = 0;
    for (size_t at = 0; at < (size_t)n_edges * n_edges; at++) {
        if (known[at / 8] >> at % 8 & 1)
            (*out)[n++] = (struct gb_flow_crossing){.a = (uint32_t)(at / n_edges), .b = (uint32_t)(at % n_edges)};
    }
    return n;
}
