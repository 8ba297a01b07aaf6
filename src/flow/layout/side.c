/*
 * Lines that leave or reach a node at its side: return edges, which go up beside the nodes between, and the exits of
 * decisions but the main one. A slot beside the node takes their place in its layer. Only the outermost lines of a node move
 * to its side, so that no crossing is added or lost.
 */
#include "flow/layout/layout_priv.h"

/* The links of one vertex on one side along, in their order across; parallel ones by their edges, return edges last. */
struct fan {
    uint32_t links[64];
    uint32_t n;
};

enum { MAX_FAN = (int)GB_COUNT(((struct fan *)0)->links) };

static bool
stands_before(const struct gb_lay *lay, uint32_t one, uint32_t two, bool down)
{
    const struct gb_lay_link *a = &lay->links.items[one], *b = &lay->links.items[two];
    uint32_t at_a = lay->v.items[down ? a->b : a->a].at, at_b = lay->v.items[down ? b->b : b->a].at;

    if (at_a != at_b)
        return at_a < at_b;
    bool back_a = lay->arcs[a->edge].is_back, back_b = lay->arcs[b->edge].is_back;
    return back_a != back_b ? back_b : a->edge < b->edge;
}

static struct fan
fan_of(const struct gb_lay *lay, uint32_t v, bool down)
{
    const uint32_t *first = down ? lay->down_first : lay->up_first, *links = down ? lay->down : lay->up;
    struct fan fan = {.n = 0};

    if (first[v + 1] - first[v] > MAX_FAN)
        return fan;
    for (uint32_t k = first[v]; k < first[v + 1]; k++) {
        uint32_t i = fan.n++;
        for (; i > 0 && stands_before(lay, links[k], fan.links[i - 1], down); i--)
            fan.links[i] = fan.links[i - 1];
        fan.links[i] = links[k];
    }
    return fan;
}

static bool
is_back(const struct gb_lay *lay, uint32_t link)
{
    return lay->arcs[lay->links.items[link].edge].is_back;
}

/* What stands at the sides of a node already: left and right. */
struct sides {
    uint8_t taken[2];
};

/* A corner of a diamond holds one line; the side of a box one that leads up and one that leads down. */
static bool
is_free(const struct gb_lay *lay, uint32_t v, const struct sides *sides, int side, bool is_up)
{
    uint8_t taken = sides->taken[side > 0];

    return lay->flow->nodes[lay->v.items[v].node].kind == GB_FLOW_DECISION ? taken == 0 : !(taken >> is_up & 1);
}

static void
add_slot(struct gb_lay *lay, uint32_t v, struct sides *sides, int side, bool is_up, const uint32_t *links, uint32_t n)
{
    struct gb_lay_vertex owner = lay->v.items[v];
    uint32_t slot = gb_lay_add_vertex(lay, (struct gb_lay_vertex){-1, -1, (int32_t)lay->links.items[links[0]].edge, v,
                                                                  .side = side, .is_up = is_up, .group = owner.group,
                                                                  .component = owner.component, .layer = owner.layer});

    for (uint32_t i = 0; i < n; i++) {
        struct gb_lay_link *link = &lay->links.items[links[i]];
        *(is_up ? &link->b : &link->a) = slot;
        if (link->weight < 4)
            link->weight = 4;
    }
    gb_lay_row_insert(lay, owner.layer, owner.at + (side > 0), slot);
    sides->taken[side > 0] |= (uint8_t)(1U << is_up);
}

/* The run of return edges at the right end of a fan, else the one at the left end. */
static void
move_returns(struct gb_lay *lay, uint32_t v, struct sides *sides, bool down)
{
    struct fan fan = fan_of(lay, v, down);
    uint32_t right = 0, left = 0;

    while (right < fan.n && is_back(lay, fan.links[fan.n - 1 - right]))
        right++;
    while (left + right < fan.n && is_back(lay, fan.links[left]))
        left++;
    if (right > 0 && is_free(lay, v, sides, 1, !down))
        add_slot(lay, v, sides, 1, !down, fan.links + fan.n - right, right);
    if (left > 0 && is_free(lay, v, sides, -1, !down))
        add_slot(lay, v, sides, -1, !down, fan.links, left);
}

/* Of the exits of a decision the one with the longest way on leaves below, the outermost others at the corners. */
static void
move_exits(struct gb_lay *lay, uint32_t v, struct sides *sides)
{
    struct fan fan = fan_of(lay, v, true);
    uint32_t n = 0, main = GB_NONE;

    for (uint32_t i = 0; i < fan.n; i++) {
        /* What moved to a slot left the fan only in the links. */
        if (lay->links.items[fan.links[i]].a == v)
            fan.links[n++] = fan.links[i];
    }
    for (uint32_t i = 0; i < n; i++) {
        if (lay->arcs[lay->links.items[fan.links[i]].edge].is_first)
            main = i;
    }
    if (main == GB_NONE || n < 2)
        return;
    if (main < n - 1 && !is_back(lay, fan.links[n - 1]) && is_free(lay, v, sides, 1, false))
        add_slot(lay, v, sides, 1, false, &fan.links[n - 1], 1);
    if (main > 0 && !is_back(lay, fan.links[0]) && is_free(lay, v, sides, -1, false))
        add_slot(lay, v, sides, -1, false, &fan.links[0], 1);
}

void
gb_lay_sides(struct gb_lay *lay)
{
    /* The fans are those before any change: gb_lay_join comes at the end. */
    for (uint32_t v = 0; v < lay->flow->n_nodes; v++) {
        enum gb_flow_kind kind = lay->flow->nodes[v].kind;
        /* An edge to itself takes the right side. */
        struct sides sides = {{0, lay->v.items[v].room > 0 ? 3 : 0}};
        if (kind == GB_FLOW_FORK)
            continue;
        move_returns(lay, v, &sides, false);
        move_returns(lay, v, &sides, true);
        if (kind == GB_FLOW_DECISION)
            move_exits(lay, v, &sides);
    }
    gb_lay_join(lay);
}
