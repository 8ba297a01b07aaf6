/* Styles of draw.io: key=value; pairs and bare words. What a vertex is by its shape, and what a label says. */
#include "base/buf.h"
#include "flow/drawio/drawio_priv.h"

/* The next part of a style, between semicolons. */
static bool
next_part(struct gb_str *rest, struct gb_str *out_key, struct gb_str *out_value)
{
    struct gb_str part;

    if (!gb_str_cut(rest, ';', &part))
        return false;
    size_t sign = gb_str_find(part, GB_STR("="), 0);
    *out_key = gb_str_trim(gb_str_sub(part, 0, sign));
    *out_value = sign != GB_NOT_FOUND ? gb_str_trim(gb_str_skip(part, sign + 1)) : (struct gb_str){NULL, 0};
    return true;
}

struct gb_str
gb_drawio_style(struct gb_str style, const char *key)
{
    struct gb_str name, value, found = GB_STR("");

    while (next_part(&style, &name, &value)) {
        if (value.ptr && gb_str_is(name, key))
            found = value; /* the last one wins */
    }
    return found;
}

bool
gb_drawio_style_is(struct gb_str style, const char *key, const char *value)
{
    return gb_str_is(gb_drawio_style(style, key), value);
}

double
gb_drawio_style_number(struct gb_str style, const char *key, double other)
{
    double number;

    return gb_flow_parse_number(gb_drawio_style(style, key), &number) && number < 1e9 && number > -1e9 ? number : other;
}

/* Names of shapes, bare or behind shape=, without the stencil's family (mxgraph.flowchart.). */
static const struct gb_flow_shape shapes[] = {
    {GB_FLOW_DECISION, false, "rhombus decision sortShape"},
    {GB_FLOW_TERMINAL, true, "ellipse"},
    {GB_FLOW_END, true, "doubleEllipse"},
    {GB_FLOW_TERMINAL, false, "terminator"},
    {GB_FLOW_START, true, "start_1 start_2"},
    {GB_FLOW_START, false, "startState"},
    {GB_FLOW_END, false, "endState"},
    {GB_FLOW_CONNECTOR, true, "on-page_reference"},
    {GB_FLOW_CONNECTOR, false, "off-page_reference offPageConnector"},
    {GB_FLOW_IO, false, "parallelogram data manualInput manual_input display"},
    {GB_FLOW_DOCUMENT, false, "document multi-document"},
    {GB_FLOW_SUBPROCESS, false, "process predefined_process"},
    {GB_FLOW_FORK, false, "parallel_mode line summing_function or merge_or_storage"},
    {GB_FLOW_NOTE, false, "text note note2 callout annotation_1 annotation_2 image curlyBracket umlActor actor"},
};

/* The last word of mxgraph.flowchart.decision; the family too where that says less. */
static struct gb_str
short_name(struct gb_str shape)
{
    size_t at = shape.len;

    while (at > 0 && shape.ptr[at - 1] != '.')
        at--;
    return at < shape.len ? gb_str_skip(shape, at) : shape;
}

static struct gb_str
shape_of(struct gb_str style)
{
    struct gb_str shape = gb_drawio_style(style, "shape"), rest = style, name, value;

    if (shape.len)
        return short_name(shape);
    while (next_part(&rest, &name, &value)) {
        if (!value.ptr && name.len)
            return short_name(name);
    }
    return GB_STR("rect");
}

/* Arc of a corner in parts of a hundred from which a box is a terminator. */
#define TERMINATOR_ARC 40

static bool
is_terminator(struct gb_str style)
{
    return gb_drawio_style_is(style, "rounded", "1") && !gb_drawio_style_is(style, "absoluteArcSize", "1") &&
           gb_drawio_style_number(style, "arcSize", 0) >= TERMINATOR_ARC;
}

/* Shapes of BPMN have one name; their style says which. */
static void
look_at_bpmn(struct gb_str style, struct gb_drawio_form *form)
{
    bool is_event =
        gb_str_has(style, GB_STR("mxgraph.bpmn.event")) || gb_drawio_style_is(style, "perimeter", "ellipsePerimeter");

    if (!gb_str_has(style, GB_STR("mxgraph.bpmn.")))
        return;
    if (gb_str_has(style, GB_STR("mxgraph.bpmn.gateway")))
        form->kind =
            gb_drawio_style_is(style, "gwType", "parallel") || gb_drawio_style_is(style, "symbol", "parallelGw")
                ? GB_FLOW_FORK
                : GB_FLOW_DECISION;
    else if (is_event && gb_drawio_style_is(style, "outline", "end"))
        form->kind = GB_FLOW_END;
    else if (is_event && gb_drawio_style_is(style, "outline", "standard"))
        form->kind = GB_FLOW_START;
    if (is_event)
        form->outline = GB_FLOW_ELLIPSE;
}

struct gb_drawio_form
gb_drawio_form_of(struct gb_str style)
{
    struct gb_drawio_form form = {.name = shape_of(style)};

    form.kind = gb_flow_kind_of_shape(shapes, GB_COUNT(shapes), form.name, &form.is_circle);
    if (gb_drawio_style_is(style, "shape", "mxgraph.flowchart.process"))
        form.kind = GB_FLOW_STEP; /* the plain box of that family; `process` alone is the one with double sides */
    if (form.kind == GB_FLOW_STEP && gb_drawio_style_is(style, "perimeter", "rhombusPerimeter"))
        form.kind = GB_FLOW_DECISION;
    if (form.kind == GB_FLOW_STEP && is_terminator(style)) {
        form.kind = GB_FLOW_TERMINAL;
        form.name = GB_STR("rounded");
    }
    form.outline = form.is_circle ? GB_FLOW_ELLIPSE : form.kind == GB_FLOW_DECISION ? GB_FLOW_RHOMBUS : GB_FLOW_RECT;
    look_at_bpmn(style, &form);
    form.is_text = gb_str_is(form.name, "text") ||
                   (form.kind == GB_FLOW_STEP && gb_drawio_style_is(style, "strokeColor", "none") &&
                    gb_drawio_style_is(style, "fillColor", "none"));
    if (form.is_text)
        form.kind = GB_FLOW_NOTE;
    form.is_picture =
        gb_str_is(form.name, "actor") || gb_str_is(form.name, "umlActor") || gb_str_is(form.name, "image");
    form.is_lane =
        gb_str_is(form.name, "swimlane") || gb_str_is(form.name, "table") || gb_str_is(form.name, "tableRow");
    form.is_frame = form.is_lane || gb_str_is(form.name, "group") || gb_drawio_style_is(style, "container", "1");
    return form;
}

/* Tags that begin or end a line without being <br>. */
static bool
ends_line(struct gb_str s)
{
    GB_WORDS(tags, "<div", "</div", "<p>", "<p ", "</p", "<li", "</li", "<h1", "</h1", "<h2", "</h2", "<h3", "</h3",
             "<hr", "<tr", "<ul", "</ul", "<ol", "</ol");

    return GB_ANY(GB_ITEMS(tag, tags, GB_COUNT(tags)),
                  s.len >= tag->len && gb_str_eq_nocase(gb_str_sub(s, 0, tag->len), *tag));
}

struct gb_str
gb_drawio_words(struct gb_str value, struct gb_str style, struct gb_arena *arena)
{
    struct gb_buf buf = {0};
    struct gb_str line;

    if (!gb_drawio_style_is(style, "html", "1"))
        return gb_flow_label_text(value, 0, arena);
    if (!value.len || (!memchr(value.ptr, '<', value.len) && !memchr(value.ptr, '\n', value.len)))
        return gb_flow_label_text(value, GB_FLOW_LABEL_HTML, arena);
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] == '<' && ends_line(gb_str_skip(value, i)))
            gb_buf_puts(&buf, "<br>");
        gb_buf_add_char(&buf, value.ptr[i] == '\n' ? ' ' : value.ptr[i]);
    }
    struct gb_str rest = gb_flow_label_text(gb_buf_str(&buf), GB_FLOW_LABEL_HTML, arena), all = rest;
    if (gb_str_has(all, GB_STR("\n\n"))) {
        buf.len = 0;
        while (gb_str_next_line(&rest, &line)) {
            if (line.len && buf.len)
                gb_buf_add_char(&buf, '\n');
            gb_buf_add(&buf, line);
        }
        all = gb_buf_take(&buf, arena);
    } else {
        all = gb_arena_copy(arena, all); /* it may point into the buffer */
    }
    gb_buf_release(&buf);
    return all;
}
