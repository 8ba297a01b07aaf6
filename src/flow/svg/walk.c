/* Shapes, lines and words of an SVG, in the coordinates of its root. Scripts, pictures and other files are not looked at. */
#include "base/buf.h"
#include "flow/svg/svg_priv.h"
#include "flow/draw/wrap.h"

#include <math.h>

#define LIMIT 4194304.0 /* 2^22 */

enum { DEEPEST_USE = 8 };

struct place {
    struct gb_svg_matrix matrix;
    struct gb_svg_owner owner;
    struct gb_str data_id;
    double type; /* font size */
    int uses;
};

static void walk(struct gb_svg *svg, int32_t element, const struct place *outer);

/* ---- Attributes ---- */

static bool
is_none(struct gb_str value)
{
    return gb_str_is(value, "none") || gb_str_is(value, "transparent");
}

static enum gb_svg_role
role_of(const struct gb_tree *tree, int32_t element)
{
    static const struct {
        struct gb_str name;
        enum gb_svg_role role;
    } classes[] = {
        {GB_WORD("node"), GB_SVG_NODE},       {GB_WORD("edge"), GB_SVG_EDGE},
        {GB_WORD("edgePath"), GB_SVG_EDGE},   {GB_WORD("flowchart-link"), GB_SVG_EDGE},
        {GB_WORD("cluster"), GB_SVG_CLUSTER}, {GB_WORD("edgeLabel"), GB_SVG_LABEL},
    };

    GB_FIND(row, classes, gb_tree_attr(tree, element, "class") ? GB_COUNT(classes) : 0,
            gb_svg_has_class(tree, element, row->name));
    return row ? row->role : gb_tree_attr(tree, element, "data-edge") ? GB_SVG_EDGE : GB_SVG_FREE;
}

static double
number(const struct gb_tree *tree, int32_t element, const char *name, double other)
{
    gb_tree_number(tree, element, name, &other);
    return other;
}

/* ---- Shapes and lines ---- */

static bool
is_bounded(const struct gb_flow_point *p, size_t n)
{
    GB_FIND(far, p, n, !(fabs(far->x) <= LIMIT && fabs(far->y) <= LIMIT));
    return far == NULL;
}

static struct gb_flow_box
bounds(const struct gb_flow_point *p, size_t n)
{
    struct gb_flow_point low = p[0], high = p[0];

    for (size_t i = 1; i < n; i++) {
        low = (struct gb_flow_point){fmin(low.x, p[i].x), fmin(low.y, p[i].y)};
        high = (struct gb_flow_point){fmax(high.x, p[i].x), fmax(high.y, p[i].y)};
    }
    return (struct gb_flow_box){low.x, low.y, high.x - low.x, high.y - low.y};
}

static bool
is_near(double a, double b, double length)
{
    return fabs(a - b) <= length / 8;
}

/* How many of the points lie at a corner of the box, or at the middle of a side. */
static void
count_places(struct gb_flow_box b, const struct gb_flow_point *p, size_t n, size_t *out_corners, size_t *out_middles)
{
    double size = fmin(b.w, b.h);

    *out_corners = *out_middles = 0;
    for (size_t i = 0; i < n; i++) {
        bool side = is_near(p[i].x, b.x, size) || is_near(p[i].x, b.x + b.w, size);
        bool edge = is_near(p[i].y, b.y, size) || is_near(p[i].y, b.y + b.h, size);
        bool centre_x = is_near(p[i].x, b.x + b.w / 2, size), centre_y = is_near(p[i].y, b.y + b.h / 2, size);
        *out_corners += side && edge;
        *out_middles += (side && centre_y) || (edge && centre_x);
    }
}

static enum gb_svg_form
form_of(struct gb_flow_box b, const struct gb_flow_point *p, size_t n, bool is_curved)
{
    size_t corners, middles;

    count_places(b, p, n, &corners, &middles);
    if (is_curved)
        return corners ? GB_SVG_RECT : GB_SVG_ROUND;
    if (n == 4 && middles == 4)
        return GB_SVG_RHOMBUS;
    if (n == 4 && corners == 4)
        return GB_SVG_RECT;
    return n == 4 && corners == 2 && middles == 0 ? GB_SVG_SLANTED : GB_SVG_OTHER;
}

static bool
is_white(struct gb_str colour)
{
    return is_none(colour) || gb_str_eq_nocase(colour, GB_STR("white")) || gb_str_eq_nocase(colour, GB_STR("#fff")) ||
           gb_str_eq_nocase(colour, GB_STR("#ffffff"));
}

/* Nothing of it is seen. */
static bool
is_ground(const struct gb_svg *svg, int32_t element)
{
    struct gb_str stroke = gb_svg_inherited(svg, element, "stroke"), fill = gb_svg_inherited(svg, element, "fill");

    return (is_none(stroke) || (!stroke.len && fill.len)) && is_white(fill);
}

static void
add_shape(struct gb_svg *svg, int32_t element, const struct place *place, const struct gb_flow_point *p, size_t n,
          enum gb_svg_form form)
{
    if (n < 2 || !is_bounded(p, n))
        return;
    struct gb_svg_shape shape = {place->owner, element, form, bounds(p, n), .is_plain = is_ground(svg, element)};
    for (size_t i = 0; n <= 4 && i < n; i++)
        shape.corners[shape.n_corners++] = p[i];
    if (shape.box.w > 0 && shape.box.h > 0)
        *gb_push(&svg->shapes) = shape;
}

static void
add_line(struct gb_svg *svg, int32_t element, const struct place *place, const gb_svg_points *points)
{
    const struct gb_tree *tree = &svg->tree;
    struct gb_svg_line line = {.owner = place->owner, .element = element, .n = (uint32_t)points->len};
    struct gb_str tail = gb_svg_inherited(svg, element, "marker-start"),
                  head = gb_svg_inherited(svg, element, "marker-end"),
                  dashes = gb_svg_inherited(svg, element, "stroke-dasharray");

    if (!is_bounded(points->items, points->len))
        return;
    line.points = gb_arena_copy_bytes(svg->arena, points->items, points->len * sizeof(*points->items));
    line.has_head = head.len && !is_none(head);
    line.has_tail = tail.len && !is_none(tail);
    line.is_dotted = (dashes.len && !is_none(dashes) && !gb_str_is(dashes, "0")) ||
                     gb_svg_has_class(tree, element, GB_STR("edge-pattern-dotted"));
    *gb_push(&svg->lines) = line;
}

static void
add_outline(struct gb_svg *svg, int32_t element, const struct place *place, gb_svg_points *points, bool is_closed,
            bool is_curved)
{
    for (size_t i = 0; i < points->len; i++)
        points->items[i] = gb_svg_apply(place->matrix, points->items[i].x, points->items[i].y);
    size_t n = points->len;
    const struct gb_flow_point *p = points->items;
    if (is_closed && n > 2 && fabs(p[0].x - p[n - 1].x) < 0.01 && fabs(p[0].y - p[n - 1].y) < 0.01)
        n--;
    if (is_closed && n > 2)
        add_shape(svg, element, place, p, n, form_of(bounds(p, n), p, n, is_curved));
    else
        add_line(svg, element, place, points);
}

static void
see_path(struct gb_svg *svg, int32_t element, const struct place *place)
{
    gb_svg_points points = {0};
    bool is_closed, is_curved = false;

    if (gb_svg_path(gb_tree_value(&svg->tree, element, "d"), &points, &is_closed, &is_curved))
        add_outline(svg, element, place, &points, is_closed, is_curved);
    gb_array_release(&points);
}

static void
see_points(struct gb_svg *svg, int32_t element, const struct place *place)
{
    gb_svg_points points = {0};
    bool is_closed = gb_tree_is(&svg->tree, element, "polygon");

    if (gb_svg_point_list(gb_tree_value(&svg->tree, element, "points"), &points)) {
        struct gb_flow_point *p = points.items;
        is_closed = is_closed || (points.len > 3 && p[0].x == p[points.len - 1].x && p[0].y == p[points.len - 1].y);
        add_outline(svg, element, place, &points, is_closed, false);
    }
    gb_array_release(&points);
}

static void
see_line(struct gb_svg *svg, int32_t element, const struct place *place)
{
    const struct gb_tree *tree = &svg->tree;
    gb_svg_points points = {0};

    *gb_push(&points) = (struct gb_flow_point){number(tree, element, "x1", 0), number(tree, element, "y1", 0)};
    *gb_push(&points) = (struct gb_flow_point){number(tree, element, "x2", 0), number(tree, element, "y2", 0)};
    add_outline(svg, element, place, &points, false, false);
    gb_array_release(&points);
}

static void
see_box(struct gb_svg *svg, int32_t element, const struct place *place, struct gb_flow_box b, enum gb_svg_form form)
{
    struct gb_flow_point p[4] = {gb_svg_apply(place->matrix, b.x, b.y), gb_svg_apply(place->matrix, b.x + b.w, b.y),
                                 gb_svg_apply(place->matrix, b.x + b.w, b.y + b.h),
                                 gb_svg_apply(place->matrix, b.x, b.y + b.h)};
    bool is_turned = fabs(p[0].x - p[1].x) > 0.01 && fabs(p[0].y - p[1].y) > 0.01;

    if (b.w > 0 && b.h > 0)
        add_shape(svg, element, place, p, 4, is_turned && form == GB_SVG_RECT ? GB_SVG_RHOMBUS : form);
}

/* Ends of a box that are half circles. */
#define ROUND_PART 0.4

static void
see_rect(struct gb_svg *svg, int32_t element, const struct place *place)
{
    const struct gb_tree *tree = &svg->tree;
    struct gb_flow_box b = {number(tree, element, "x", 0), number(tree, element, "y", 0),
                            number(tree, element, "width", 0), number(tree, element, "height", 0)};
    double radius = number(tree, element, "rx", number(tree, element, "ry", 0));

    see_box(svg, element, place, b, radius >= ROUND_PART * fmin(b.w, b.h) && radius > 0 ? GB_SVG_ROUND : GB_SVG_RECT);
}

static void
see_ellipse(struct gb_svg *svg, int32_t element, const struct place *place)
{
    const struct gb_tree *tree = &svg->tree;
    double r = number(tree, element, "r", 0), rx = number(tree, element, "rx", r), ry = number(tree, element, "ry", r);
    double x = number(tree, element, "cx", 0), y = number(tree, element, "cy", 0);

    see_box(svg, element, place, (struct gb_flow_box){x - rx, y - ry, 2 * rx, 2 * ry}, GB_SVG_ELLIPSE);
}

/* ---- Words ---- */

/* Elements that begin a line of their own in a label. */
static bool
begins_line(const struct gb_tree *tree, int32_t element)
{
    static const char *const names[] = {"br", "div", "p", "li"};

    GB_FIND(name, names, GB_COUNT(names), gb_tree_is(tree, element, *name));
    return name || (gb_tree_is(tree, element, "tspan") &&
                    (gb_tree_attr(tree, element, "x") || gb_tree_attr(tree, element, "y") ||
                     gb_svg_has_class(tree, element, GB_STR("row"))));
}

static struct gb_str
words_in(struct gb_svg *svg, int32_t element)
{
    const struct gb_tree *tree = &svg->tree;
    struct gb_buf buf = {0};
    int32_t end = gb_tree_end(tree, element);

    for (int32_t e = element; e < end; e++) {
        if (e > element && begins_line(tree, e) && buf.len && buf.ptr[buf.len - 1] != '\n')
            gb_buf_add_char(&buf, '\n');
        struct gb_str text = tree->elements[e].text;
        for (size_t i = 0; i < text.len; i++) {
            bool is_blank = text.ptr[i] == '\n' || text.ptr[i] == '\r' || text.ptr[i] == '\t' || text.ptr[i] == ' ';
            if (!is_blank)
                gb_buf_add_char(&buf, text.ptr[i]);
            else if (buf.len && buf.ptr[buf.len - 1] != ' ' && buf.ptr[buf.len - 1] != '\n')
                gb_buf_add_char(&buf, ' ');
        }
    }
    struct gb_str all = gb_flow_label_text(gb_buf_str(&buf), 0, svg->arena);
    all = gb_arena_copy(svg->arena, all);
    gb_buf_release(&buf);
    return all;
}

static void
add_words(struct gb_svg *svg, int32_t element, const struct place *place, struct gb_flow_point middle, double width,
          double height)
{
    struct gb_svg_words words = {place->owner, element, words_in(svg, element), .data_id = place->data_id};

    if (!words.text.len || !is_bounded(&middle, 1))
        return;
    words.anchor = middle;
    words.box = (struct gb_flow_box){middle.x - width / 2, middle.y - height / 2, width, height};
    *gb_push(&svg->words) = words;
}

/* The first place that a text or its lines are given. */
static double
text_place(const struct gb_tree *tree, int32_t element, const char *name)
{
    double value = 0;
    int32_t end = gb_tree_end(tree, element);

    for (int32_t e = element; e < end; e++) {
        if (gb_tree_number(tree, e, name, &value))
            break;
    }
    return value;
}

static void
see_text(struct gb_svg *svg, int32_t element, const struct place *place)
{
    const struct gb_tree *tree = &svg->tree;
    struct gb_str anchor = gb_svg_inherited(svg, element, "text-anchor");
    struct gb_str text = words_in(svg, element), rest = text, line;
    double width = 0, height = 0, scale = hypot(place->matrix.a, place->matrix.b), type = place->type * scale;

    while (gb_str_next_line(&rest, &line)) {
        width = fmax(width, gb_flow_cells(line) * type / 2);
        height += type * 1.2;
    }
    struct gb_flow_point p =
        gb_svg_apply(place->matrix, text_place(tree, element, "x"), text_place(tree, element, "y"));
    if (!gb_str_is(anchor, "middle"))
        p.x += gb_str_is(anchor, "end") ? -width / 2 : width / 2;
    p.y += height / 2 - type; /* the base of its first line is given */
    add_words(svg, element, place, p, width, height);
}

static void
see_foreign(struct gb_svg *svg, int32_t element, const struct place *place)
{
    const struct gb_tree *tree = &svg->tree;
    double w = number(tree, element, "width", 0), h = number(tree, element, "height", 0);
    struct gb_flow_point p =
        gb_svg_apply(place->matrix, number(tree, element, "x", 0) + w / 2, number(tree, element, "y", 0) + h / 2);

    add_words(svg, element, place, p, w, h);
}

/* ---- The tree ---- */

static void
see_use(struct gb_svg *svg, int32_t element, const struct place *outer)
{
    const struct gb_tree *tree = &svg->tree;
    struct gb_str href = gb_str_trim(gb_tree_value(tree, element, "href"));
    int32_t target = gb_str_starts(href, GB_STR("#")) ? gb_tree_names_find(&svg->ids, gb_str_skip(href, 1)) : -1;
    struct gb_svg_matrix move = {1, 0, 0, 1, number(tree, element, "x", 0), number(tree, element, "y", 0)};
    struct place place = *outer;

    if (target < 0 || place.uses >= DEEPEST_USE)
        return;
    place.uses++;
    place.matrix = gb_svg_multiply(place.matrix, move);
    if (gb_tree_is(tree, target, "symbol")) {
        for (int32_t e = tree->elements[target].first; e >= 0; e = tree->elements[e].next)
            walk(svg, e, &place);
    } else {
        walk(svg, target, &place);
    }
}

/* Of a switch the plain text, which has a place of its own, else the first. */
static void
see_choice(struct gb_svg *svg, int32_t element, const struct place *place)
{
    int32_t text = gb_tree_child(&svg->tree, element, "text"), e = svg->tree.elements[element].first;

    while (e >= 0 && !svg->tree.elements[e].name.len)
        e = svg->tree.elements[e].next;
    if (text >= 0 || e >= 0)
        walk(svg, text >= 0 ? text : e, place);
}

static void
see_children(struct gb_svg *svg, int32_t element, const struct place *place)
{
    for (int32_t e = svg->tree.elements[element].first; e >= 0; e = svg->tree.elements[e].next) {
        if (svg->tree.elements[e].name.len)
            walk(svg, e, place);
    }
}

static void
see_nested(struct gb_svg *svg, int32_t element, const struct place *outer)
{
    struct place place = *outer;
    struct gb_svg_matrix move = {1, 0, 0, 1, number(&svg->tree, element, "x", 0), number(&svg->tree, element, "y", 0)};

    if (element > 0)
        place.matrix = gb_svg_multiply(place.matrix, move);
    see_children(svg, element, &place);
}

static const struct {
    const char *name;
    void (*see)(struct gb_svg *svg, int32_t element, const struct place *place);
} elements[] = {
    {"g", see_children},     {"a", see_children},
    {"switch", see_choice},  {"svg", see_nested},
    {"use", see_use},        {"rect", see_rect},
    {"circle", see_ellipse}, {"ellipse", see_ellipse},
    {"polygon", see_points}, {"polyline", see_points},
    {"line", see_line},      {"path", see_path},
    {"text", see_text},      {"foreignObject", see_foreign},
};

static void
walk(struct gb_svg *svg, int32_t element, const struct place *outer)
{
    const struct gb_tree *tree = &svg->tree;
    struct place place = *outer;
    double type;

    if (!svg->budget || is_none(gb_svg_property(svg, element, "display")) ||
        gb_str_is(gb_svg_property(svg, element, "visibility"), "hidden"))
        return;
    svg->budget--;
    enum gb_svg_role role = role_of(tree, element);
    if (role != GB_SVG_FREE) {
        place.owner = (struct gb_svg_owner){role, element};
        svg->has_owners = svg->has_owners || role == GB_SVG_NODE;
    }
    if (gb_tree_attr(tree, element, "data-id"))
        place.data_id = gb_tree_value(tree, element, "data-id");
    if (gb_flow_parse_number(gb_svg_property(svg, element, "font-size"), &type) && type > 0 && type < 1000)
        place.type = type;
    place.matrix = gb_svg_multiply(place.matrix, gb_svg_transform(gb_tree_value(tree, element, "transform")));
    GB_FIND(row, elements, GB_COUNT(elements), gb_tree_is(tree, element, row->name));
    if (row)
        row->see(svg, element, &place);
}

void
gb_svg_walk(struct gb_svg *svg)
{
    struct place place = {.matrix = {1, 0, 0, 1, 0, 0}, .owner = {GB_SVG_FREE, -1}, .data_id = GB_STR(""), .type = 14};

    gb_tree_names_init(&svg->ids, svg->tree.n, svg->arena);
    for (int32_t e = 0; e < (int32_t)svg->tree.n; e++)
        gb_tree_names_add(&svg->ids, gb_tree_value(&svg->tree, e, "id"), e);
    gb_svg_read_styles(svg);
    svg->budget = GB_TREE_MOST;
    if (svg->tree.n)
        walk(svg, 0, &place);
}
