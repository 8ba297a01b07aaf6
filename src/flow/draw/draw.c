/* SVG of a drawing: frames, boxes by kind, lines with rounded bends, labels, marks. */
#include "flow/draw/draw_priv.h"
#include "flow/draw_style.h"
#include "flow/shape.h"

#include <math.h>

enum {
    MARGIN = 14,
    NOTE_H = 24, /* round the drawing; for the words below it */
    BEND = 7,
    HEAD = 8, /* pixels: radius of bends, length of arrowheads */
    USUAL_H = 44,
    LEAST_H = 26,
    MOST_H = 90, /* shorter side of the median box: beyond, the author's drawing is scaled */
    LONG_CELLS = 40,
    LONG_LINES = 3 /* DB32/T 2796—2015, 7.3.4.4 a: more is tinted */
};

void
gb_flow_draw_style(struct gb_out *out)
{
    gb_out_puts(out, page_style);
}

/* ---- Marks ---- */

struct marks {
    const struct gb_flow_draw_options *options;
    uint32_t *first[3]; /* by kind: of each node, edge, group the first of its marks + 1 */
    uint32_t *next;
};

static struct marks
marks_of(struct gb_picture *p)
{
    const uint32_t n[3] = {p->flow->n_nodes, p->flow->n_edges, p->flow->n_groups};
    struct marks marks = {.options = p->options,
                          .next = gb_arena_new_array(p->arena, uint32_t, p->options->n_marks + 1)};

    for (int kind = 0; kind < 3; kind++)
        marks.first[kind] = gb_arena_new_array(p->arena, uint32_t, n[kind] + 1);
    for (uint32_t i = p->options->n_marks; i-- > 0;) {
        const struct gb_flow_mark *mark = &p->options->marks[i];
        if (mark->kind == GB_FLOW_MARK_POINT || mark->index >= n[mark->kind])
            continue;
        marks.next[i] = marks.first[mark->kind][mark->index];
        marks.first[mark->kind][mark->index] = i + 1;
    }
    return marks;
}

static void
open_link(struct gb_out *out, enum gb_level level, struct gb_str href)
{
    static const char *const classes[] = {"", "", " class=\"w\"", " class=\"e\""};

    gb_out_puts(out, "<a");
    gb_out_puts(out, classes[level]);
    if (href.len > 1 && href.ptr[0] == '#') {
        gb_out_puts(out, " href=\"");
        gb_out_markup(out, href);
        gb_out_char(out, '"');
    }
    gb_out_puts(out, "><title>");
}

/* Opens the link of all marks on one thing: the colour of the worst, the words of all, the way to the first. */
static bool
open_marks(struct gb_picture *p, const struct marks *marks, enum gb_flow_mark_kind kind, uint32_t index)
{
    uint32_t first = marks->first[kind][index];
    enum gb_level level = GB_LEVEL_INFO;

    if (first == 0)
        return false;
    for (uint32_t i = first; i > 0; i = marks->next[i - 1]) {
        if (marks->options->marks[i - 1].level > level)
            level = marks->options->marks[i - 1].level;
    }
    open_link(p->out, level, marks->options->marks[first - 1].href);
    for (uint32_t i = first; i > 0; i = marks->next[i - 1]) {
        gb_out_markup(p->out, marks->options->marks[i - 1].label);
        if (marks->next[i - 1] > 0)
            gb_out_puts(p->out, "&#10;");
    }
    gb_out_puts(p->out, "</title>");
    return true;
}

static void
close_marks(struct gb_picture *p, bool is_open)
{
    if (is_open)
        gb_out_puts(p->out, "</a>");
}

/* ---- Nodes and frames ---- */

static bool
is_long(struct gb_str text)
{
    struct gb_str line;
    uint32_t cells = 0, lines = 0;

    while (gb_str_next_line(&text, &line)) {
        cells += gb_flow_cells(line);
        lines++;
    }
    return cells > LONG_CELLS || lines > LONG_LINES;
}

static void
put_node(struct gb_picture *p, const struct marks *marks, uint32_t i)
{
    const struct gb_flow_node *node = &p->flow->nodes[i];
    struct gb_flow_box b = p->boxes[i];

    if (b.w == 0)
        return;
    bool is_open = open_marks(p, marks, GB_FLOW_MARK_NODE, i);
    bool tint = node->kind != GB_FLOW_NOTE && is_long(node->text);
    gb_svg_outline(p->out, node->kind, tint ? "b t" : "b", b, p->words[i].n > 0);
    struct gb_flow_box aside = p->asides[i];
    if (aside.w > 0)
        gb_svg_lines(p->out, "l", &p->words[i], aside.x + aside.w / 2, aside.y + aside.h / 2, 13);
    else if (p->words[i].n > 0)
        gb_svg_lines(p->out, "", &p->words[i], b.x + b.w / 2,
                     b.y + b.h / 2 - (node->kind == GB_FLOW_DOCUMENT ? GB_FLOW_WAVE / 2.0 : 0), p->em[i]);
    close_marks(p, is_open);
}

struct scale {
    double by, x, y;
};

static struct gb_flow_box
scaled_box(const struct scale *s, struct gb_flow_box b)
{
    if (b.w == 0)
        return b;
    return (struct gb_flow_box){(b.x - s->x) * s->by + MARGIN, (b.y - s->y) * s->by + MARGIN, b.w * s->by, b.h * s->by};
}

static struct gb_flow_point
scaled(const struct scale *s, struct gb_flow_point p)
{
    return (struct gb_flow_point){(p.x - s->x) * s->by + MARGIN, (p.y - s->y) * s->by + MARGIN};
}

/* Events stand on the border of the author's boxes. */
static void
put_event(struct gb_picture *p, const struct scale *scale, const struct gb_flow_event *event)
{
    struct gb_flow_box b = scaled_box(scale, event->box);
    double radius = fmin(b.w, b.h) / 2;

    if (!p->options->is_own || !event->has_box)
        return;
    gb_svg_circle(p->out, "b", b.x + b.w / 2, b.y + b.h / 2, radius);
    if (radius > 4)
        gb_svg_circle(p->out, "b", b.x + b.w / 2, b.y + b.h / 2, radius - 3);
}

static void
put_frame(struct gb_picture *p, const struct marks *marks, uint32_t g)
{
    enum gb_flow_group_kind kind = p->flow->groups[g].kind;

    if (p->frames[g].w == 0)
        return;
    bool is_open = open_marks(p, marks, GB_FLOW_MARK_GROUP, g);
    gb_svg_rect(p->out, "f", p->frames[g],
                kind == GB_FLOW_LANE || kind == GB_FLOW_PARTITION || kind == GB_FLOW_POOL ? 0 : 4);
    close_marks(p, is_open);
}

/* Does a line run over the box? */
static bool
is_crossed(const struct gb_picture *p, struct gb_flow_box b)
{
    for (uint32_t e = 0; e < p->flow->n_edges; e++) {
        const struct gb_flow_point *q = p->paths[e].points;
        for (uint32_t i = 1; i < p->paths[e].n; i++) {
            if (fmin(q[i].x, q[i - 1].x) < b.x + b.w && fmax(q[i].x, q[i - 1].x) > b.x &&
                fmin(q[i].y, q[i - 1].y) < b.y + b.h && fmax(q[i].y, q[i - 1].y) > b.y)
                return true;
        }
    }
    return false;
}

/* The band at the left of a frame, in which its title stands upright because an inner frame begins beside it; 0: there is none. */
static double
band_of(const struct gb_picture *p, uint32_t g, double title_width)
{
    struct gb_flow_box b = p->frames[g];
    enum { NARROWEST = 16 };

    for (uint32_t i = 0; i < p->flow->n_groups; i++) {
        struct gb_flow_box inner = p->frames[i];
        double band = inner.x - b.x;
        if (p->flow->groups[i].parent == (int32_t)g && inner.w > 0 && inner.y < b.y + 23 && band >= NARROWEST &&
            band < title_width + 12)
            return band;
    }
    return 0;
}

/* Where the title of a frame begins: at its left, its right, or behind a line that comes in there; where all is crossed, at its left. */
static double
title_begin(const struct gb_picture *p, struct gb_flow_box b, double w)
{
    enum { RIM = 8, HIGH = 20 };
    struct gb_flow_box at = {b.x + RIM, b.y + 3, w, HIGH}, last = {b.x + b.w - RIM - w, b.y + 3, w, HIGH};

    if (!is_crossed(p, at))
        return at.x;
    if (!is_crossed(p, last))
        return last.x;
    for (uint32_t e = 0; e < p->flow->n_edges; e++) {
        for (uint32_t i = 0; i < p->paths[e].n; i++) {
            at.x = p->paths[e].points[i].x + RIM;
            if (at.x > b.x && at.x < last.x && !is_crossed(p, at))
                return at.x;
        }
    }
    return b.x + RIM;
}

static void
put_frame_title(struct gb_picture *p, uint32_t g)
{
    struct gb_flow_box b = p->frames[g];
    uint32_t room = b.w > 40 ? (uint32_t)(b.w - 12) / GB_FLOW_CELL + 1 : 6;
    struct gb_flow_lines title = gb_flow_wrap(p->flow->groups[g].text, room, 1, p->arena);

    if (b.w == 0 || title.cells == 0)
        return;
    double w = title.cells * (GB_FLOW_CELL - 0.5), band = band_of(p, g, w);
    if (band > 0) {
        struct gb_flow_lines upright =
            gb_flow_wrap(p->flow->groups[g].text, 2, (uint32_t)(b.h / GB_FLOW_LEADING), p->arena);
        gb_svg_lines(p->out, "g", &upright, b.x + band / 2 - 7, b.y + b.h / 2, 13);
        return;
    }
    gb_svg_lines(p->out, "g", &title, title_begin(p, b, w), b.y + 13, 13);
}

/* ---- Lines ---- */

/* Bends are rounded where both pieces are long enough to show it; the chords of a curve are not. */
static void
put_way(struct gb_out *out, const struct gb_flow_path *path)
{
    const struct gb_flow_point *q = path->points;

    STEP(out, 'M', q[0].x, q[0].y);
    for (uint32_t i = 1; i + 1 < path->n; i++) {
        double before = hypot(q[i].x - q[i - 1].x, q[i].y - q[i - 1].y);
        double after = hypot(q[i + 1].x - q[i].x, q[i + 1].y - q[i].y);
        double radius = fmin(BEND, fmin(before, after) / 2);
        if (radius < 2) {
            STEP(out, 'L', q[i].x, q[i].y);
            continue;
        }
        STEP(out, 'L', q[i].x + (q[i - 1].x - q[i].x) * radius / before,
             q[i].y + (q[i - 1].y - q[i].y) * radius / before);
        STEP(out, 'Q', q[i].x, q[i].y, q[i].x + (q[i + 1].x - q[i].x) * radius / after,
             q[i].y + (q[i + 1].y - q[i].y) * radius / after);
    }
    STEP(out, 'L', q[path->n - 1].x, q[path->n - 1].y);
}

/* The head at the tip of from → tip; arrows go to `arrows`, the others are shapes of their own. */
static void
put_head(struct gb_out *out, struct gb_out *arrows, enum gb_flow_head head, struct gb_flow_point from,
         struct gb_flow_point tip)
{
    double length = hypot(tip.x - from.x, tip.y - from.y);

    if (head == GB_FLOW_NO_HEAD || length == 0)
        return;
    double dx = (tip.x - from.x) / length, dy = (tip.y - from.y) / length;
    if (head == GB_FLOW_CIRCLE) {
        gb_svg_circle(out, "b", tip.x - dx * 4, tip.y - dy * 4, 4);
    } else if (head == GB_FLOW_CROSS) {
        gb_svg_open_path(out, "");
        for (int side = -1; side <= 1; side += 2) {
            STEP(out, 'M', tip.x - dx * HEAD - side * dy * 4, tip.y - dy * HEAD + side * dx * 4);
            STEP(out, 'L', tip.x + side * dy * 4, tip.y - side * dx * 4);
        }
        gb_out_puts(out, "\"/>");
    } else {
        STEP(arrows, 'M', tip.x, tip.y);
        STEP(arrows, 'l', -dx * HEAD - dy * 3.5, -dy * HEAD + dx * 3.5);
        STEP(arrows, 'l', dy * 7, -dx * 7);
        gb_out_char(arrows, 'z');
    }
}

static const char *
class_of_edge(const struct gb_flow_edge *edge, bool is_return)
{
    if (edge->is_message)
        return "m";
    if (edge->line == GB_FLOW_DOTTED)
        return "d";
    if (edge->line == GB_FLOW_THICK)
        return is_return ? "k r" : "k";
    return is_return ? "r" : "";
}

static void
put_arrows(struct gb_out *out, struct gb_out *arrows)
{
    if (arrows->buf.len > 0) {
        gb_svg_open_path(out, "h");
        gb_out_add(out, gb_buf_str(&arrows->buf));
        gb_out_puts(out, "\"/>");
    }
    arrows->buf.len = 0;
}

static void
put_edge(struct gb_picture *p, const struct marks *marks, uint32_t e, struct gb_out *arrows)
{
    const struct gb_flow_edge *edge = &p->flow->edges[e];
    const struct gb_flow_path *path = &p->paths[e];
    struct gb_out own = GB_OUT_ZERO;

    if (path->n < 2)
        return;
    bool is_open = open_marks(p, marks, GB_FLOW_MARK_EDGE, e);
    const char *class = class_of_edge(edge, path->is_return);
    gb_out_puts(p->out, "<path");
    if (*class) {
        gb_out_puts(p->out, " class=\"");
        gb_out_puts(p->out, class);
        gb_out_char(p->out, '"');
    }
    gb_out_puts(p->out, " d=\"");
    put_way(p->out, path);
    gb_out_puts(p->out, "\"/>");
    /* Arrows without a mark share one path at the end. */
    struct gb_out *heads = is_open ? &own : arrows;
    put_head(p->out, heads, edge->head, path->points[path->n - 2], path->points[path->n - 1]);
    put_head(p->out, heads, edge->tail, path->points[1], path->points[0]);
    put_arrows(p->out, &own);
    close_marks(p, is_open);
    gb_out_release(&own);
}

static void
put_labels(struct gb_picture *p)
{
    for (uint32_t e = 0; e < p->flow->n_edges; e++) {
        struct gb_flow_box at = p->places[e];
        if (at.w > 0)
            gb_svg_lines(p->out, "l", &p->labels[e], at.x + at.w / 2, at.y + at.h / 2, 13);
    }
}

/* ---- The whole ---- */

static double
median_side(const struct gb_flow *flow, const struct gb_flow_drawing *drawing)
{
    /* The box in the middle, without sorting all: few sizes matter, and a rough one will do. */
    double sum = 0;
    uint32_t n = 0;

    for (uint32_t i = 0; i < flow->n_nodes; i++) {
        if (drawing->boxes[i].w > 0 && flow->nodes[i].kind != GB_FLOW_NOTE && flow->nodes[i].kind != GB_FLOW_FORK) {
            sum += log(fmin(drawing->boxes[i].w, drawing->boxes[i].h));
            n++;
        }
    }
    return n > 0 ? exp(sum / n) : USUAL_H;
}

/* Boxes of the author's are filled as they are: smaller type where the words need it. */
static void
fit_words(struct gb_picture *p, uint32_t i)
{
    static const uint8_t ems[] = {14, 13, 12, 11, 10, 9, 8, 7, 6};
    const struct gb_flow_node *node = &p->flow->nodes[i];
    struct gb_flow_box b = p->boxes[i];
    bool is_round = b.w < 1.5 * b.h && (node->kind == GB_FLOW_START || node->kind == GB_FLOW_END ||
                                        node->kind == GB_FLOW_TERMINAL || node->kind == GB_FLOW_CONNECTOR);
    double part = node->kind == GB_FLOW_DECISION ? 0.62 : is_round ? 0.75 : 0.92;

    p->em[i] = GB_FLOW_EM;
    if (!p->options->is_own) {
        p->words[i] = gb_flow_node_lines(node, p->arena);
        return;
    }
    for (size_t k = 0; k < GB_COUNT(ems); k++) {
        double w = b.w * part - 4, h = b.h * part, cell = ems[k] / 2.0;
        uint32_t cells = w > 4 * cell ? (uint32_t)(w / cell) : 4;
        p->words[i] = gb_flow_wrap(node->text, cells, 12, p->arena);
        p->em[i] = ems[k];
        if (p->words[i].n * (ems[k] * 1.36) <= h + 4 && !p->words[i].is_cut && p->words[i].cells <= cells + 1)
            return;
    }
}

static struct scale
set_places(struct gb_picture *p, const struct gb_flow_drawing *drawing)
{
    const struct gb_flow *flow = p->flow;
    double side = p->options->is_own ? median_side(flow, drawing) : USUAL_H;
    struct scale s = {side < LEAST_H || side > MOST_H ? USUAL_H / side : 1, drawing->extent.x, drawing->extent.y};

    p->boxes = gb_arena_new_array(p->arena, struct gb_flow_box, flow->n_nodes + 1);
    p->frames = gb_arena_new_array(p->arena, struct gb_flow_box, flow->n_groups + 1);
    p->paths = gb_arena_new_array(p->arena, struct gb_flow_path, flow->n_edges + 1);
    p->words = gb_arena_new_array(p->arena, struct gb_flow_lines, flow->n_nodes + 1);
    p->em = gb_arena_new_array(p->arena, uint8_t, flow->n_nodes + 1);
    p->asides = gb_arena_new_array(p->arena, struct gb_flow_box, flow->n_nodes + 1);
    p->labels = gb_arena_new_array(p->arena, struct gb_flow_lines, flow->n_edges + 1);
    p->places = gb_arena_new_array(p->arena, struct gb_flow_box, flow->n_edges + 1);
    p->width = drawing->extent.w * s.by + 2 * MARGIN;
    p->height = drawing->extent.h * s.by + 2 * MARGIN;
    for (uint32_t i = 0; i < flow->n_nodes; i++) {
        p->boxes[i] = scaled_box(&s, drawing->boxes[i]);
        if (p->boxes[i].w > 0)
            fit_words(p, i);
    }
    for (uint32_t g = 0; g < flow->n_groups; g++)
        p->frames[g] = scaled_box(&s, drawing->frames[g]);
    for (uint32_t e = 0; e < flow->n_edges; e++) {
        struct gb_flow_path *path = &p->paths[e];
        *path = drawing->paths[e];
        path->points = gb_arena_new_array(p->arena, struct gb_flow_point, path->n);
        for (uint32_t i = 0; i < path->n; i++)
            path->points[i] = scaled(&s, drawing->paths[e].points[i]);
        p->labels[e] = gb_flow_edge_lines(&flow->edges[e], p->arena);
    }
    gb_picture_place_labels(p);
    return s;
}

/* Labels may stand outside of all lines and boxes: the picture grows round them. */
static struct gb_flow_size
put_view(struct gb_picture *p)
{
    double left = 0, top = 0, right = p->width, low = p->height;

    for (uint32_t i = 0; i < p->flow->n_edges + p->flow->n_nodes; i++) {
        struct gb_flow_box b = i < p->flow->n_edges ? p->places[i] : p->asides[i - p->flow->n_edges];
        if (b.w == 0)
            continue;
        left = fmin(left, b.x - 4);
        top = fmin(top, b.y - 4);
        right = fmax(right, b.x + b.w + 4);
        low = fmax(low, b.y + b.h + 4);
    }
    p->height = low;
    low += p->options->is_own ? 0 : NOTE_H;
    right = fmax(right, p->options->is_own ? 0 : left + 180);
    struct gb_flow_size size = {ceil(right - left), ceil(low - top)};
    gb_svg_attribute(p->out, "width", size.w);
    gb_svg_attribute(p->out, "height", size.h);
    gb_out_puts(p->out, " viewBox=\"");
    gb_svg_number(p->out, left);
    gb_out_char(p->out, ' ');
    gb_svg_number(p->out, top);
    gb_out_char(p->out, ' ');
    gb_svg_number(p->out, size.w);
    gb_out_char(p->out, ' ');
    gb_svg_number(p->out, size.h);
    gb_out_char(p->out, '"');
    return size;
}

static struct gb_str
title_of(const struct gb_picture *p)
{
    if (p->options->title.len > 0)
        return p->options->title;
    if (p->flow->title.len > 0)
        return p->flow->title;
    return p->options->in_english ? GB_STR("Flowchart") : GB_STR("流程图");
}

static struct gb_flow_size
put_opening(struct gb_picture *p)
{
    struct gb_out *out = p->out;

    /* To a screen reader a picture is one thing, without the links that marks are. */
    gb_out_puts(out, "<svg class=\"gf\" xmlns=\"http://www.w3.org/2000/svg\" role=\"");
    gb_out_puts(out, p->options->n_marks > 0 ? "group\"" : "img\"");
    struct gb_flow_size size = put_view(p);
    gb_out_puts(out, "><title>");
    gb_out_markup(out, title_of(p));
    gb_out_puts(out, "</title><desc>");
    gb_out_number(out, p->flow->n_nodes);
    gb_out_puts(out, p->options->in_english ? " nodes, " : " 个框，");
    gb_out_number(out, p->flow->n_edges);
    gb_out_puts(out, p->options->in_english ? " edges" : " 条箭头");
    gb_out_puts(out, "</desc>");
    if (p->options->has_style) {
        gb_out_puts(out, "<style>");
        gb_flow_draw_style(out);
        gb_out_puts(out, "</style>");
    }
    return size;
}

static void
put_rings(struct gb_picture *p, const struct scale *scale)
{
    GB_EACH(const struct gb_flow_mark, mark, p->options->marks, p->options->n_marks) {
        if (mark->kind != GB_FLOW_MARK_POINT)
            continue;
        struct gb_flow_point at = scaled(scale, mark->at);
        open_link(p->out, mark->level, mark->href);
        gb_out_markup(p->out, mark->label);
        gb_out_puts(p->out, "</title>");
        gb_svg_circle(p->out, "x", at.x, at.y, 9);
        gb_out_puts(p->out, "</a>");
    }
}

static void
put_footer(struct gb_picture *p)
{
    static const struct gb_str zh = GB_WORD("示意图，由检查工具排布"), en = GB_WORD("Sketch, laid out by the checker");

    if (p->options->is_own)
        return;
    gb_out_puts(p->out, "<text class=\"s\"");
    gb_svg_attribute(p->out, "x", MARGIN);
    gb_svg_attribute(p->out, "y", p->height + NOTE_H - 10);
    gb_out_char(p->out, '>');
    gb_out_add(p->out, p->options->in_english ? en : zh);
    gb_out_puts(p->out, "</text>");
}

struct gb_flow_size
gb_flow_draw(struct gb_out *out, const struct gb_flow *flow, const struct gb_flow_drawing *drawing,
             const struct gb_flow_draw_options *options)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_picture p = {out, &arena, flow, options};
    struct gb_out arrows = GB_OUT_ZERO;

    if (!drawing || !(drawing->extent.w > 0)) {
        gb_flow_draw_table(out, flow, options);
        return (struct gb_flow_size){0, 0};
    }
    struct scale scale = set_places(&p, drawing);
    struct marks marks = marks_of(&p);
    struct gb_flow_size size = put_opening(&p);
    for (uint32_t g = 0; g < flow->n_groups; g++)
        put_frame(&p, &marks, g);
    for (uint32_t i = 0; i < flow->n_nodes; i++)
        put_node(&p, &marks, i);
    for (uint32_t i = 0; i < flow->n_events; i++)
        put_event(&p, &scale, &flow->events[i]);
    for (uint32_t e = 0; e < flow->n_edges; e++)
        put_edge(&p, &marks, e, &arrows);
    put_arrows(out, &arrows);
    for (uint32_t g = 0; g < flow->n_groups; g++)
        put_frame_title(&p, g);
    put_labels(&p);
    put_rings(&p, &scale);
    put_footer(&p);
    gb_out_puts(out, "</svg>");
    gb_out_release(&arrows);
    gb_arena_release(&arena);
    return size;
}

/* ---- The table ---- */

static struct gb_str
name_of_end(const struct gb_flow *flow, struct gb_flow_end end)
{
    if (end.node >= 0)
        return flow->nodes[end.node].text.len ? flow->nodes[end.node].text : flow->nodes[end.node].id;
    return end.group >= 0 ? flow->groups[end.group].text : GB_STR("—");
}

static void
put_cell(struct gb_out *out, struct gb_str text)
{
    gb_out_puts(out, "<td>");
    gb_out_markup(out, text);
    gb_out_puts(out, "</td>");
}

void
gb_flow_draw_table(struct gb_out *out, const struct gb_flow *flow, const struct gb_flow_draw_options *options)
{
    struct gb_picture p = {.out = out, .flow = flow, .options = options};
    bool en = options->in_english;

    gb_out_puts(out, "<table class=\"gf-table\"><caption>");
    gb_out_markup(out, title_of(&p));
    gb_out_puts(out, en ? "</caption><tr><th>From</th><th>To</th><th>Label</th></tr>"
                        : "</caption><tr><th>自</th><th>至</th><th>条件</th></tr>");
    for (uint32_t e = 0; e < flow->n_edges; e++) {
        gb_out_puts(out, "<tr>");
        put_cell(out, name_of_end(flow, flow->edges[e].from));
        put_cell(out, name_of_end(flow, flow->edges[e].to));
        put_cell(out, flow->edges[e].text);
        gb_out_puts(out, "</tr>");
    }
    gb_out_puts(out, "</table>");
}
