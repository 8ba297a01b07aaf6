/*
 * Edges of draw.io: what they join, and the way that the editor draws them. It writes down bends and the sides that an author has
 * fixed; what it works out anew at each look is guessed here, and told as a guess.
 */
#include "flow/drawio/drawio_priv.h"

#include <math.h>

typedef GB_ARRAY(struct gb_flow_point) points;

/* The cell that an attribute names; -1. */
static int32_t
named_by(const struct gb_drawio_page *page, int32_t element, const char *attr)
{
    return gb_tree_names_find(&page->ids, gb_tree_value(page->tree, element, attr));
}

/* What is seen of the cell that an edge names: a part belongs to its box, what is hidden to what it is hidden in. */
static struct gb_flow_end
end_at(const struct gb_drawio_page *page, int32_t cell, struct gb_drawio_form *out_form)
{
    enum { FARTHEST = 64 };

    for (int i = 0; i < FARTHEST && cell >= 0; i++) {
        const struct gb_drawio_cell *at = &page->cells.items[cell];
        if (at->node >= 0 || at->group >= 0) {
            *out_form = at->form;
            return (struct gb_flow_end){at->node, at->node < 0 ? at->group : -1};
        }
        cell = at->is_vertex ? at->parent : -1;
    }
    return (struct gb_flow_end){-1, -1};
}

/* ---- Points ---- */

static struct gb_flow_point
point_of(const struct gb_tree *tree, int32_t element, struct gb_flow_point origin)
{
    struct gb_flow_point p = {0, 0}; /* a coordinate of 0 is not written */

    gb_tree_number(tree, element, "x", &p.x);
    gb_tree_number(tree, element, "y", &p.y);
    return (struct gb_flow_point){p.x + origin.x, p.y + origin.y};
}

/* <mxPoint as="sourcePoint"/> */
static bool
named_point(const struct gb_tree *tree, int32_t geometry, const char *name, struct gb_flow_point origin,
            struct gb_flow_point *out)
{
    for (int32_t e = geometry >= 0 ? tree->elements[geometry].first : -1; e >= 0; e = tree->elements[e].next) {
        if (gb_tree_is(tree, e, "mxPoint") && gb_str_is(gb_tree_value(tree, e, "as"), name)) {
            *out = point_of(tree, e, origin);
            return true;
        }
    }
    return false;
}

static void
add_bends(const struct gb_tree *tree, int32_t geometry, struct gb_flow_point origin, points *out)
{
    for (int32_t e = geometry >= 0 ? tree->elements[geometry].first : -1; e >= 0; e = tree->elements[e].next) {
        if (!gb_tree_is(tree, e, "Array") || !gb_str_is(gb_tree_value(tree, e, "as"), "points"))
            continue;
        for (int32_t p = tree->elements[e].first; p >= 0; p = tree->elements[p].next) {
            if (gb_tree_is(tree, p, "mxPoint"))
                *gb_push(out) = point_of(tree, p, origin);
        }
    }
}

/* ---- The way of a line ---- */

struct side {
    struct gb_flow_box box; /* w = 0: the end is a point */
    enum gb_flow_outline outline;
    struct gb_flow_point point; /* where the author fixed it, or the loose end */
    bool is_fixed;
};

/* exitX, exitY: parts of the box, from its left upper corner. */
static void
set_fixed(struct side *side, struct gb_str style, const char *x_key, const char *y_key, const char *dx_key,
          const char *dy_key)
{
    double x = gb_drawio_style_number(style, x_key, NAN), y = gb_drawio_style_number(style, y_key, NAN);

    if (side->box.w <= 0 || isnan(x) || isnan(y))
        return;
    side->is_fixed = true;
    side->point = (struct gb_flow_point){side->box.x + x * side->box.w + gb_drawio_style_number(style, dx_key, 0),
                                         side->box.y + y * side->box.h + gb_drawio_style_number(style, dy_key, 0)};
    if (x > 0 && x < 1 && y > 0 && y < 1) {
        /* a point inside the box stands for the border in its direction from the middle */
        struct gb_flow_point c = gb_flow_middle(side->box);
        struct gb_flow_point far = {c.x + (side->point.x - c.x) * 1000, c.y + (side->point.y - c.y) * 1000};
        if (far.x != c.x || far.y != c.y)
            side->point = gb_flow_border(side->outline, side->box, far);
    }
}

static bool
is_within(double v, double begin, double length)
{
    return v >= begin && v <= begin + length;
}

/* The border where a line along an axis meets the box on its way to p; false when it would have to bend first. */
static bool
meet_straight(const struct side *side, struct gb_flow_point p, struct gb_flow_point *out)
{
    struct gb_flow_box b = side->box;

    if (is_within(p.x, b.x, b.w) && !is_within(p.y, b.y, b.h)) {
        *out = (struct gb_flow_point){p.x, p.y < b.y ? b.y : b.y + b.h};
        return true;
    }
    if (is_within(p.y, b.y, b.h) && !is_within(p.x, b.x, b.w)) {
        *out = (struct gb_flow_point){p.x < b.x ? b.x : b.x + b.w, p.y};
        return true;
    }
    return false;
}

/* The end of the line at this side, when it comes from p. */
static struct gb_flow_point
end_towards(const struct side *side, struct gb_flow_point p, bool is_orthogonal)
{
    struct gb_flow_point met;

    if (side->is_fixed || side->box.w <= 0)
        return side->point;
    if (is_orthogonal && meet_straight(side, p, &met))
        return met;
    return gb_flow_border(side->outline, side->box, p);
}

static struct gb_flow_point
target_of(const struct side *side)
{
    return side->is_fixed || side->box.w <= 0 ? side->point : gb_flow_middle(side->box);
}

/* Does the line leave upwards or downwards here? */
static bool
is_upright(const struct side *side, const struct side *other)
{
    struct gb_flow_box b = side->box;
    struct gb_flow_point p = side->point, o = target_of(other), c = gb_flow_middle(b);

    if (side->is_fixed)
        return fabs(p.x - b.x) > 1 && fabs(p.x - b.x - b.w) > 1;
    if (b.w > 0 && other->box.w > 0)
        return b.y + b.h < other->box.y || other->box.y + other->box.h < b.y;
    return fabs(o.y - c.y) > fabs(o.x - c.x);
}

/* Where it leaves when nothing is fixed: the middle of the side that faces the other end. */
static struct gb_flow_point
facing(const struct side *side, const struct side *other, bool upright)
{
    struct gb_flow_point c = target_of(side), o = target_of(other);

    if (side->is_fixed || side->box.w <= 0)
        return c;
    if (upright)
        return (struct gb_flow_point){c.x, o.y < c.y ? side->box.y : side->box.y + side->box.h};
    return (struct gb_flow_point){o.x < c.x ? side->box.x : side->box.x + side->box.w, c.y};
}

/* An L or a Z, as the editor would draw it; a straight line where both ends face each other. */
static enum gb_flow_route
guess(const struct side *from, const struct side *to, points *out)
{
    bool up_from = is_upright(from, to), up_to = is_upright(to, from);
    struct gb_flow_point a = facing(from, to, up_from), b = facing(to, from, up_to);

    *gb_push(out) = a;
    if (fabs(a.x - b.x) < 1 || fabs(a.y - b.y) < 1) {
        *gb_push(out) = b;
        return GB_FLOW_STRAIGHT;
    }
    if (up_from != up_to) {
        *gb_push(out) = up_from ? (struct gb_flow_point){a.x, b.y} : (struct gb_flow_point){b.x, a.y};
    } else if (up_from) {
        *gb_push(out) = (struct gb_flow_point){a.x, (a.y + b.y) / 2};
        *gb_push(out) = (struct gb_flow_point){b.x, (a.y + b.y) / 2};
    } else {
        *gb_push(out) = (struct gb_flow_point){(a.x + b.x) / 2, a.y};
        *gb_push(out) = (struct gb_flow_point){(a.x + b.x) / 2, b.y};
    }
    *gb_push(out) = b;
    return GB_FLOW_GUESSED;
}

/* A line along the axes has a corner between two bends that share no coordinate; which one, nobody wrote down. */
static enum gb_flow_route
add_corners(points *way)
{
    points out = {0};
    enum gb_flow_route route = GB_FLOW_POINTS;

    for (size_t i = 0; i < way->len; i++) {
        struct gb_flow_point p = way->items[i], last = i > 0 ? out.items[out.len - 1] : p;
        if (fabs(p.x - last.x) > 1 && fabs(p.y - last.y) > 1) {
            *gb_push(&out) = (struct gb_flow_point){p.x, last.y};
            route = GB_FLOW_GUESSED;
        }
        *gb_push(&out) = p;
    }
    gb_array_release(way);
    *way = out;
    return route;
}

static bool
is_orthogonal(struct gb_str style)
{
    struct gb_str kind = gb_drawio_style(style, "edgeStyle");

    return kind.len && !gb_str_is(kind, "none");
}

static void
set_way(struct gb_drawio_page *page, struct gb_flow_edge *edge, const struct gb_drawio_cell *cell, struct side *from,
        struct side *to, points *bends)
{
    bool orthogonal = is_orthogonal(cell->style);
    points way = {0};
    enum gb_flow_route route;

    set_fixed(from, cell->style, "exitX", "exitY", "exitDx", "exitDy");
    set_fixed(to, cell->style, "entryX", "entryY", "entryDx", "entryDy");
    if (!bends->len && orthogonal && from->box.w > 0 && to->box.w > 0) {
        route = guess(from, to, &way);
    } else {
        *gb_push(&way) = end_towards(from, bends->len ? bends->items[0] : target_of(to), orthogonal);
        for (size_t i = 0; i < bends->len; i++)
            *gb_push(&way) = bends->items[i];
        *gb_push(&way) = end_towards(to, bends->len ? bends->items[bends->len - 1] : target_of(from), orthogonal);
        route = orthogonal ? add_corners(&way) : bends->len ? GB_FLOW_POINTS : GB_FLOW_STRAIGHT;
        if (bends->len && gb_drawio_style_is(cell->style, "curved", "1"))
            route = GB_FLOW_GUESSED;
    }
    gb_flow_set_points(&page->build, edge, way.items, way.len, route);
    gb_array_release(&way);
}

/* ---- Edges ---- */

static enum gb_flow_head
head_of(struct gb_str style, const char *key, const char *usual)
{
    struct gb_str name = gb_drawio_style(style, key);

    if (!name.len)
        name = gb_str_from(usual);
    if (gb_str_is(name, "none"))
        return GB_FLOW_NO_HEAD;
    if (gb_str_starts(name, GB_STR("oval")) || gb_str_starts(name, GB_STR("circle")))
        return GB_FLOW_CIRCLE;
    return gb_str_is(name, "cross") || gb_str_is(name, "dash") ? GB_FLOW_CROSS : GB_FLOW_ARROW;
}

/* Its own words, then those of the labels on it. */
static void
set_words(struct gb_drawio_page *page, struct gb_flow_edge *edge, const struct gb_drawio_cell *cell)
{
    edge->label = cell->value;
    edge->text = gb_drawio_words(cell->value, cell->style, page->arena);
    edge->words = edge->text.len ? gb_drawio_words_span(page, cell) : edge->span;
    for (int32_t l = cell->label, n = 0; l >= 0 && n < 8; l = page->cells.items[l].label, n++) {
        const struct gb_drawio_cell *label = &page->cells.items[l];
        struct gb_str text = gb_drawio_words(label->value, label->style, page->arena);
        if (!text.len)
            continue;
        if (edge->text.len) {
            edge->text = gb_arena_printf(page->arena, "%.*s\n%.*s", GB_FMT(edge->text), GB_FMT(text));
            continue;
        }
        edge->label = label->value;
        edge->text = text;
        edge->words = gb_drawio_words_span(page, label);
    }
}

/* An end of an edge: attached, or a point that lies on something or in the open. A line may also end on another line. */
static struct side
find_side(struct gb_drawio_page *page, struct gb_flow_snap *snap, int32_t element, const char *attr, const char *point,
          struct gb_flow_point origin, struct gb_flow_end *out_end, bool *out_is_known)
{
    struct side side = {.outline = GB_FLOW_RECT};
    struct gb_drawio_form form = {.outline = GB_FLOW_RECT};
    int32_t other = named_by(page, element, attr);
    int32_t geometry = gb_tree_child(page->tree, element, "mxGeometry");

    if (other >= 0 && page->cells.items[other].is_edge)
        other = named_by(page, page->cells.items[other].element, attr);
    *out_end = end_at(page, other, &form);
    side.box = gb_flow_end_box(&page->build, *out_end);
    side.outline = form.outline;
    *out_is_known = side.box.w > 0;
    if (!gb_flow_end_is_loose(*out_end))
        return side;
    if (named_point(page->tree, geometry, point, origin, &side.point)) {
        *out_end = gb_flow_snap(snap, side.point);
        *out_is_known = true;
    }
    return side;
}

static void
add_edge(struct gb_drawio_page *page, struct gb_flow_snap *snap, const struct gb_drawio_cell *cell)
{
    struct gb_flow_point origin = gb_drawio_origin(page, cell->parent);
    struct gb_flow_end from_end, to_end;
    bool has_from, has_to;
    struct side from = find_side(page, snap, cell->element, "source", "sourcePoint", origin, &from_end, &has_from);
    struct side to = find_side(page, snap, cell->element, "target", "targetPoint", origin, &to_end, &has_to);

    if (gb_flow_end_is_loose(from_end) && gb_flow_end_is_loose(to_end))
        return; /* a line that is drawn for its own sake */
    struct gb_flow_edge *edge = gb_flow_add_edge(&page->build);
    edge->from = from_end;
    edge->to = to_end;
    edge->id = cell->id;
    edge->span = gb_drawio_span(page, cell->wrapper, "id");
    edge->head = head_of(cell->style, "endArrow", "classic");
    edge->tail = head_of(cell->style, "startArrow", "none");
    edge->line = gb_drawio_style_is(cell->style, "strokeColor", "none") ? GB_FLOW_INVISIBLE
                 : gb_drawio_style_is(cell->style, "dashed", "1")       ? GB_FLOW_DOTTED
                                                                        : GB_FLOW_NORMAL;
    set_words(page, edge, cell);
    if (has_from && has_to) {
        points bends = {0};
        add_bends(page->tree, gb_tree_child(page->tree, cell->element, "mxGeometry"), origin, &bends);
        set_way(page, edge, cell, &from, &to, &bends);
        gb_array_release(&bends);
    }
    if (edge->head == GB_FLOW_NO_HEAD && edge->tail == GB_FLOW_ARROW)
        gb_flow_turn_round(edge);
    /* A line to a note is not a step of the flow; what leads to something that is not shown cannot be judged. */
    edge->is_message = (gb_flow_end_is_loose(from_end) && named_by(page, cell->element, "source") >= 0) ||
                       (gb_flow_end_is_loose(to_end) && named_by(page, cell->element, "target") >= 0) ||
                       (from_end.node >= 0 && page->build.nodes.items[from_end.node].kind == GB_FLOW_NOTE) ||
                       (to_end.node >= 0 && page->build.nodes.items[to_end.node].kind == GB_FLOW_NOTE);
}

/* Does an arrow lead to what is drawn as a picture, or arrows to words and from them? It is a step then. */
static void
promote(struct gb_drawio_page *page)
{
    bool *has_in = gb_arena_new_array(page->arena, bool, page->build.nodes.len + 1);
    bool *has_out = gb_arena_new_array(page->arena, bool, page->build.nodes.len + 1);
    struct gb_drawio_form form;

    GB_EACH(const struct gb_drawio_cell, cell, page->cells.items, page->cells.len) {
        if (!cell->is_edge || cell->is_hidden || gb_drawio_style_is(cell->style, "dashed", "1"))
            continue;
        struct gb_flow_end from = end_at(page, named_by(page, cell->element, "source"), &form);
        struct gb_flow_end to = end_at(page, named_by(page, cell->element, "target"), &form);
        bool at_end = head_of(cell->style, "endArrow", "classic") == GB_FLOW_ARROW;
        bool at_begin = head_of(cell->style, "startArrow", "none") == GB_FLOW_ARROW;
        if (to.node >= 0) {
            has_in[to.node] |= at_end;
            has_out[to.node] |= at_begin && !at_end;
        }
        if (from.node >= 0) {
            has_out[from.node] |= at_end;
            has_in[from.node] |= at_begin;
        }
    }
    GB_EACH(const struct gb_drawio_cell, cell, page->cells.items, page->cells.len) {
        if (cell->node < 0 || !has_in[cell->node] ||
            !(cell->form.is_picture || (cell->form.is_text && has_out[cell->node])))
            continue;
        struct gb_flow_node *node = &page->build.nodes.items[cell->node];
        node->kind = gb_flow_kind_of(GB_FLOW_STEP, false, node->text);
    }
}

void
gb_drawio_add_edges(struct gb_drawio_page *page)
{
    struct gb_flow_snap snap;

    promote(page);
    gb_flow_snap_init(&snap, &page->build);
    for (size_t i = 0; i < page->cells.len; i++) {
        if (page->cells.items[i].is_edge && !page->cells.items[i].is_hidden)
            add_edge(page, &snap, &page->cells.items[i]);
    }
    gb_flow_join_lines(&page->build, snap.reach);
}
