/* The words of SVG: numbers, text, and the outline of each kind of node. */
#include "flow/draw/draw_priv.h"
#include "flow/shape.h"

#include <math.h>

/* At most one decimal, never an exponent, a sign only where it counts. */
void
gb_svg_number(struct gb_out *out, double number)
{
    int64_t tenths = (int64_t)floor(number * 10 + 0.5);

    if (tenths < 0) {
        gb_out_char(out, '-');
        tenths = -tenths;
    }
    gb_out_number(out, (uint64_t)tenths / 10);
    if (tenths % 10) {
        gb_out_char(out, '.');
        gb_out_char(out, (char)('0' + tenths % 10));
    }
}

/* "M1 2" and the like: a letter, then numbers. */
void
gb_svg_step(struct gb_out *out, char letter, const double *numbers, int n)
{
    gb_out_char(out, letter);
    for (int i = 0; i < n; i++) {
        if (i > 0)
            gb_out_char(out, ' ');
        gb_svg_number(out, numbers[i]);
    }
}

void
gb_svg_attribute(struct gb_out *out, const char *name, double number)
{
    gb_out_char(out, ' ');
    gb_out_puts(out, name);
    gb_out_puts(out, "=\"");
    gb_svg_number(out, number);
    gb_out_char(out, '"');
}

/* Lines of words round a middle. */
void
gb_svg_lines(struct gb_out *out, const char *class, const struct gb_flow_lines *lines, double x, double y, double em)
{
    double leading = floor(em * GB_FLOW_LEADING / GB_FLOW_EM + 0.5);
    double first = y - leading * (double)(lines->n - 1) / 2 + em * 0.36;

    gb_out_puts(out, "<text");
    if (*class) {
        gb_out_puts(out, " class=\"");
        gb_out_puts(out, class);
        gb_out_char(out, '"');
    }
    if (em != GB_FLOW_EM && !*class)
        gb_svg_attribute(out, "font-size", em);
    gb_svg_attribute(out, "x", x);
    gb_svg_attribute(out, "y", first);
    gb_out_char(out, '>');
    for (uint32_t i = 0; i < lines->n; i++) {
        if (i > 0) {
            gb_out_puts(out, "<tspan");
            gb_svg_attribute(out, "x", x);
            gb_svg_attribute(out, "dy", leading);
            gb_out_char(out, '>');
        }
        gb_out_markup(out, lines->lines[i]);
        if (i + 1 == lines->n && lines->is_cut)
            gb_out_puts(out, "…");
        if (i > 0)
            gb_out_puts(out, "</tspan>");
    }
    gb_out_puts(out, "</text>");
}

void
gb_svg_rect(struct gb_out *out, const char *class, struct gb_flow_box b, double radius)
{
    gb_out_puts(out, "<rect class=\"");
    gb_out_puts(out, class);
    gb_out_char(out, '"');
    gb_svg_attribute(out, "x", b.x);
    gb_svg_attribute(out, "y", b.y);
    gb_svg_attribute(out, "width", b.w);
    gb_svg_attribute(out, "height", b.h);
    if (radius > 0)
        gb_svg_attribute(out, "rx", radius);
    gb_out_puts(out, "/>");
}

void
gb_svg_open_path(struct gb_out *out, const char *class)
{
    gb_out_puts(out, "<path class=\"");
    gb_out_puts(out, class);
    gb_out_puts(out, "\" d=\"");
}

static void
put_decision(struct gb_out *out, const char *class, struct gb_flow_box b)
{
    gb_svg_open_path(out, class);
    STEP(out, 'M', b.x + b.w / 2, b.y);
    STEP(out, 'l', b.w / 2, b.h / 2);
    STEP(out, 'l', -b.w / 2, b.h / 2);
    STEP(out, 'l', -b.w / 2, -b.h / 2);
    gb_out_puts(out, "z\"/>");
}

/* A bar as wide as high: the gateway of BPMN where ways run side by side. */
enum { LEAST_GATEWAY = 16 };

static void
put_gateway(struct gb_out *out, const char *class, struct gb_flow_box b, bool has_words)
{
    double arm = fmin(b.w, b.h) / 4;

    put_decision(out, class, b);
    if (has_words)
        return;
    gb_svg_open_path(out, "k");
    STEP(out, 'M', b.x + b.w / 2 - arm, b.y + b.h / 2);
    STEP(out, 'h', 2 * arm);
    STEP(out, 'M', b.x + b.w / 2, b.y + b.h / 2 - arm);
    STEP(out, 'v', 2 * arm);
    gb_out_puts(out, "\"/>");
}

static void
put_io(struct gb_out *out, const char *class, struct gb_flow_box b)
{
    double slant = gb_flow_slant(b);

    gb_svg_open_path(out, class);
    STEP(out, 'M', b.x + slant, b.y);
    STEP(out, 'h', b.w - slant);
    STEP(out, 'l', -slant, b.h);
    STEP(out, 'h', slant - b.w);
    gb_out_puts(out, "z\"/>");
}

static void
put_document(struct gb_out *out, const char *class, struct gb_flow_box b)
{
    double wave = GB_FLOW_WAVE;

    gb_svg_open_path(out, class);
    STEP(out, 'M', b.x, b.y);
    STEP(out, 'h', b.w);
    STEP(out, 'v', b.h - wave);
    STEP(out, 'q', -b.w / 4, -wave, -b.w / 2, wave / 2);
    STEP(out, 't', -b.w / 2, 0);
    gb_out_puts(out, "z\"/>");
}

static void
put_subprocess(struct gb_out *out, const char *class, struct gb_flow_box b)
{
    double bar = fmin(8, b.w / 8);

    gb_svg_rect(out, class, b, 0);
    gb_svg_open_path(out, "");
    STEP(out, 'M', b.x + bar, b.y);
    STEP(out, 'v', b.h);
    STEP(out, 'M', b.x + b.w - bar, b.y);
    STEP(out, 'v', b.h);
    gb_out_puts(out, "\"/>");
}

static void
put_note(struct gb_out *out, const char *class, struct gb_flow_box b)
{
    double fold = fmin(10, b.w / 4);

    gb_svg_open_path(out, class);
    STEP(out, 'M', b.x, b.y);
    STEP(out, 'h', b.w - fold);
    STEP(out, 'l', fold, fold);
    STEP(out, 'v', b.h - fold);
    STEP(out, 'h', -b.w);
    gb_out_puts(out, "z");
    STEP(out, 'M', b.x + b.w - fold, b.y);
    STEP(out, 'v', fold);
    STEP(out, 'h', fold);
    gb_out_puts(out, "\"/>");
}

void
gb_svg_circle(struct gb_out *out, const char *class, double x, double y, double radius)
{
    gb_out_puts(out, "<circle class=\"");
    gb_out_puts(out, class);
    gb_out_char(out, '"');
    gb_svg_attribute(out, "cx", x);
    gb_svg_attribute(out, "cy", y);
    gb_svg_attribute(out, "r", radius);
    gb_out_puts(out, "/>");
}

/* A start or end that says nothing: the dot and the ring of activity diagrams. */
enum { LARGEST_DOT = 30 };

static void
put_dot(struct gb_out *out, enum gb_flow_kind kind, const char *class, struct gb_flow_box b)
{
    double radius = fmin(b.w, b.h) / 2, x = b.x + b.w / 2, y = b.y + b.h / 2;

    gb_svg_circle(out, class, x, y, radius);
    if (kind != GB_FLOW_TERMINAL)
        gb_svg_circle(out, "h", x, y, kind == GB_FLOW_START ? radius - 1 : radius / 2);
}

void
gb_svg_outline(struct gb_out *out, enum gb_flow_kind kind, const char *class, struct gb_flow_box b, bool has_words)
{
    switch (kind) {
    case GB_FLOW_DECISION:
        put_decision(out, class, b);
        break;
    case GB_FLOW_START:
    case GB_FLOW_END:
    case GB_FLOW_TERMINAL:
        if (!has_words && b.w == b.h && b.w <= LARGEST_DOT)
            put_dot(out, kind, class, b);
        else
            gb_svg_rect(out, class, b, fmin(b.w, b.h) / 2);
        break;
    case GB_FLOW_IO:
        put_io(out, class, b);
        break;
    case GB_FLOW_DOCUMENT:
        put_document(out, class, b);
        break;
    case GB_FLOW_SUBPROCESS:
        put_subprocess(out, class, b);
        break;
    case GB_FLOW_FORK:
        if (fmin(b.w, b.h) > fmax(b.w, b.h) / 2 && fmin(b.w, b.h) >= LEAST_GATEWAY)
            put_gateway(out, class, b, has_words);
        else
            gb_svg_rect(out, has_words ? class : "h", b, 0);
        break;
    case GB_FLOW_CONNECTOR:
        gb_svg_circle(out, class, b.x + b.w / 2, b.y + b.h / 2, fmin(b.w, b.h) / 2);
        break;
    case GB_FLOW_NOTE:
        put_note(out, class, b);
        break;
    case GB_FLOW_STEP:
        gb_svg_rect(out, class, b, 2);
        break;
    }
}
