/* Words and frames that a drawing puts beside and around what they belong to, by their place alone. */
#include "flow/place_priv.h"

#include <math.h>

/* Looks at pairs of words and lines, or boxes, that no person drew so many of. */
enum { MOST_PAIRS = 20000000 };

/* Longer words beside a line are a remark. */
enum { LONGEST_LABEL = 60 };

/* Between a box of words and a line, from the outline of the box: 0 when the line runs behind it. */
static double
distance_to_line(struct gb_flow_box box, const struct gb_flow_edge *edge)
{
    double least = HUGE_VAL;
    struct gb_flow_point c = gb_flow_middle(box);

    for (uint32_t i = 1; i < edge->n_points; i++) {
        struct gb_flow_point a = edge->points[i - 1], b = edge->points[i];
        double dx = fabs(b.x - a.x), dy = fabs(b.y - a.y), far = gb_flow_distance_to_piece(c, a, b);
        /* half of the box as seen across the line */
        double half = hypot(dx, dy) > 0 ? (dx * box.h + dy * box.w) / hypot(dx, dy) / 2 : 0;
        least = fmin(least, fmax(far - half, 0));
    }
    return least;
}

static bool
is_loose_word(const struct gb_flow_node *node, bool is_linked)
{
    return node->kind == GB_FLOW_NOTE && node->has_box && !is_linked && node->text.len &&
           node->text.len <= LONGEST_LABEL && !memchr(node->text.ptr, '\n', node->text.len);
}

/* Gives the words to the nearest line without any, when that is not farther than they are high. */
static bool
give_to_line(struct gb_flow_build *build, const struct gb_flow_node *word, bool *has_own)
{
    double least = fmin(word->box.h, 30);
    size_t found = build->edges.len;

    for (size_t i = 0; i < build->edges.len; i++) {
        struct gb_flow_edge *edge = &build->edges.items[i];
        double distance = has_own[i] || edge->is_message ? HUGE_VAL : distance_to_line(word->box, edge);
        if (distance < least) {
            least = distance;
            found = i;
        }
    }
    if (found == build->edges.len)
        return false;
    struct gb_flow_edge *edge = &build->edges.items[found];
    edge->label = word->label;
    edge->text = word->text;
    edge->words = word->words;
    has_own[found] = true;
    return true;
}

static void
mark_linked(const struct gb_flow_build *build, bool *is_linked)
{
    GB_EACH(const struct gb_flow_edge, edge, build->edges.items, build->edges.len) {
        if (edge->from.node >= 0)
            is_linked[edge->from.node] = true;
        if (edge->to.node >= 0)
            is_linked[edge->to.node] = true;
    }
}

/* Takes nodes out; those that stay get new numbers. */
static void
drop_nodes(struct gb_flow_build *build, const bool *is_dropped)
{
    int32_t *number = gb_arena_new_array(build->arena, int32_t, build->nodes.len + 1);
    size_t n = 0;

    for (size_t i = 0; i < build->nodes.len; i++) {
        number[i] = (int32_t)n;
        if (!is_dropped[i])
            build->nodes.items[n++] = build->nodes.items[i];
    }
    build->nodes.len = n;
    GB_EACH(struct gb_flow_edge, edge, build->edges.items, build->edges.len) {
        if (edge->from.node >= 0)
            edge->from.node = number[edge->from.node];
        if (edge->to.node >= 0)
            edge->to.node = number[edge->to.node];
    }
}

static void
find_frames(struct gb_flow_build *build, const bool *is_linked)
{
    size_t budget = MOST_PAIRS;

    for (size_t i = 0; i < build->nodes.len && budget > build->nodes.len; i++) {
        struct gb_flow_node *frame = &build->nodes.items[i];
        if (is_linked[i] || !frame->has_box || frame->kind == GB_FLOW_NOTE)
            continue;
        budget -= build->nodes.len;
        for (size_t k = 0; k < build->nodes.len && frame->kind != GB_FLOW_NOTE; k++) {
            struct gb_flow_box inner = build->nodes.items[k].box;
            if (k != i && is_linked[k] && build->nodes.items[k].has_box && gb_flow_surrounds(frame->box, inner) &&
                frame->box.w * frame->box.h > inner.w * inner.h)
                frame->kind = GB_FLOW_NOTE;
        }
        /* an outline without words that nothing joins is a picture */
        if (!frame->text.len)
            frame->kind = GB_FLOW_NOTE;
    }
}

void
gb_flow_settle_words(struct gb_flow_build *build)
{
    bool *is_linked = gb_arena_new_array(build->arena, bool, build->nodes.len + 1);
    bool *is_dropped = gb_arena_new_array(build->arena, bool, build->nodes.len + 1);
    bool *has_own = gb_arena_new_array(build->arena, bool, build->edges.len + 1);
    size_t budget = MOST_PAIRS, n_points = 0;

    mark_linked(build, is_linked);
    find_frames(build, is_linked);
    for (size_t i = 0; i < build->edges.len; i++) {
        has_own[i] = build->edges.items[i].text.len > 0;
        n_points += build->edges.items[i].n_points;
    }
    for (size_t i = 0; i < build->nodes.len && budget > n_points; i++) {
        if (!is_loose_word(&build->nodes.items[i], is_linked[i]))
            continue;
        budget -= n_points;
        is_dropped[i] = give_to_line(build, &build->nodes.items[i], has_own);
    }
    drop_nodes(build, is_dropped);
}
