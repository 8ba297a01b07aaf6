/* Numbers of SVG: transforms, paths, lists of points. */
#include "flow/crossing.h"
#include "flow/svg/svg_priv.h"

#include <math.h>

enum { MOST_POINTS = 20000 };

struct gb_flow_point
gb_svg_apply(struct gb_svg_matrix m, double x, double y)
{
    return (struct gb_flow_point){m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f};
}

struct gb_svg_matrix
gb_svg_multiply(struct gb_svg_matrix o, struct gb_svg_matrix i)
{
    return (struct gb_svg_matrix){
        o.a * i.a + o.c * i.b, o.b * i.a + o.d * i.b,       o.a * i.c + o.c * i.d,
        o.b * i.c + o.d * i.d, o.a * i.e + o.c * i.f + o.e, o.b * i.e + o.d * i.f + o.f,
    };
}

static void
skip_separators(struct gb_str *s)
{
    size_t n = 0;

    while (n < s->len && (s->ptr[n] == ',' || gb_is_space(s->ptr[n])))
        n++;
    *s = gb_str_skip(*s, n);
}

static bool
take_number(struct gb_str *s, double *out)
{
    skip_separators(s);
    size_t used = gb_flow_parse_number(*s, out);
    *s = gb_str_skip(*s, used);
    return used > 0 && !isinf(*out);
}

static struct gb_svg_matrix
step_of(struct gb_str name, const double *v, int n)
{
    struct gb_svg_matrix m = {1, 0, 0, 1, 0, 0};

    if (gb_str_is(name, "translate") && n >= 1) {
        m.e = v[0];
        m.f = n > 1 ? v[1] : 0;
    } else if (gb_str_is(name, "scale") && n >= 1) {
        m.a = v[0];
        m.d = n > 1 ? v[1] : v[0];
    } else if (gb_str_is(name, "matrix") && n == 6) {
        m = (struct gb_svg_matrix){v[0], v[1], v[2], v[3], v[4], v[5]};
    } else if (gb_str_is(name, "rotate") && n >= 1) {
        double angle = v[0] * 3.14159265358979323846 / 180, x = n == 3 ? v[1] : 0, y = n == 3 ? v[2] : 0;
        struct gb_svg_matrix to = {1, 0, 0, 1, x, y}, back = {1, 0, 0, 1, -x, -y};
        struct gb_svg_matrix turn = {cos(angle), sin(angle), -sin(angle), cos(angle), 0, 0};
        m = gb_svg_multiply(to, gb_svg_multiply(turn, back));
    }
    return m;
}

struct gb_svg_matrix
gb_svg_transform(struct gb_str text)
{
    struct gb_svg_matrix m = {1, 0, 0, 1, 0, 0};

    for (skip_separators(&text); text.len; skip_separators(&text)) {
        double v[6];
        int n = 0;
        const char *open = memchr(text.ptr, '(', text.len);
        if (!open)
            break;
        struct gb_str name = gb_str_trim(gb_str_sub(text, 0, (size_t)(open - text.ptr)));
        text = gb_str_skip(text, (size_t)(open - text.ptr) + 1);
        while (n < 6 && take_number(&text, &v[n]))
            n++;
        skip_separators(&text);
        if (!text.len || text.ptr[0] != ')')
            break;
        text = gb_str_skip(text, 1);
        m = gb_svg_multiply(m, step_of(name, v, n));
    }
    return m;
}

/* ---- Paths ---- */

struct pen {
    gb_svg_points *out;
    struct gb_flow_point at, control; /* control: the last of a curve, for the smooth ones */
    char last;
    bool is_curved;
};

static void
draw_to(struct pen *pen, struct gb_flow_point p)
{
    *gb_push(pen->out) = pen->at = p;
}

static void
curve_to(struct pen *pen, struct gb_flow_point c1, struct gb_flow_point c2, struct gb_flow_point p)
{
    const struct gb_flow_point curve[4] = {pen->at, c1, c2, p};
    struct gb_flow_point chords[GB_FLOW_CHORDS];

    gb_flow_chords(curve, chords);
    for (int i = 0; i < GB_FLOW_CHORDS; i++)
        draw_to(pen, chords[i]);
    pen->is_curved = true;
}

/* An elliptic arc as chords: centre and angles as the specification of SVG works them out (its appendix on paths). */
static void
arc_to(struct pen *pen, const double *v, struct gb_flow_point p)
{
    double rx = fabs(v[0]), ry = fabs(v[1]), turn = v[2] * 3.14159265358979323846 / 180, c = cos(turn), s = sin(turn);
    double dx = (pen->at.x - p.x) / 2, dy = (pen->at.y - p.y) / 2, x = c * dx + s * dy, y = c * dy - s * dx;
    struct gb_flow_point from = pen->at;

    pen->is_curved = true;
    if (!(rx > 0) || !(ry > 0) || (x == 0 && y == 0)) {
        draw_to(pen, p);
        return;
    }
    double scale = sqrt(x * x / (rx * rx) + y * y / (ry * ry));
    if (scale > 1) {
        rx *= scale;
        ry *= scale;
    }
    double rest = rx * rx * y * y + ry * ry * x * x;
    double root = sqrt(fmax(rx * rx * ry * ry / rest - 1, 0)) * (v[3] == v[4] ? -1 : 1);
    double cx = root * rx * y / ry, cy = -root * ry * x / rx;
    double begin = atan2((y - cy) / ry, (x - cx) / rx), end = atan2((-y - cy) / ry, (-x - cx) / rx);
    if (v[4] != 0 && end < begin)
        end += 2 * 3.14159265358979323846;
    if (v[4] == 0 && end > begin)
        end -= 2 * 3.14159265358979323846;
    double mx = c * cx - s * cy + (from.x + p.x) / 2, my = s * cx + c * cy + (from.y + p.y) / 2;
    for (int i = 1; i < GB_FLOW_CHORDS; i++) {
        double angle = begin + (end - begin) * i / GB_FLOW_CHORDS, ax = rx * cos(angle), ay = ry * sin(angle);
        draw_to(pen, (struct gb_flow_point){mx + c * ax - s * ay, my + s * ax + c * ay});
    }
    draw_to(pen, p);
}

static struct gb_flow_point
between(struct gb_flow_point a, struct gb_flow_point b, double t)
{
    return (struct gb_flow_point){a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

/* The control point of a smooth curve: the last one, seen from the other side. */
static struct gb_flow_point
mirrored(const struct pen *pen, const char *after)
{
    if (!strchr(after, pen->last | 0x20))
        return pen->at;
    return (struct gb_flow_point){2 * pen->at.x - pen->control.x, 2 * pen->at.y - pen->control.y};
}

static int
numbers_of(char command)
{
    static const struct {
        char command;
        int n;
    } rows[] = {{'m', 2}, {'l', 2}, {'h', 1}, {'v', 1}, {'c', 6}, {'s', 4}, {'q', 4}, {'t', 2}, {'a', 7}, {'z', 0}};

    GB_FIND(row, rows, GB_COUNT(rows), row->command == (command | 0x20));
    return row ? row->n : -1;
}

/* The two flags of an arc are single digits that nothing has to part. */
static bool
take_numbers(struct gb_str *d, char command, int n, double *v)
{
    for (int i = 0; i < n; i++) {
        if ((command | 0x20) == 'a' && (i == 3 || i == 4)) {
            skip_separators(d);
            if (!d->len || (d->ptr[0] != '0' && d->ptr[0] != '1'))
                return false;
            v[i] = d->ptr[0] - '0';
            *d = gb_str_skip(*d, 1);
        } else if (!take_number(d, &v[i])) {
            return false;
        }
    }
    return true;
}

static void
step(struct pen *pen, char command, const double *v)
{
    bool relative = command >= 'a';
    double ox = relative ? pen->at.x : 0, oy = relative ? pen->at.y : 0;
    struct gb_flow_point p[3] = {{v[0] + ox, v[1] + oy}, {v[2] + ox, v[3] + oy}, {v[4] + ox, v[5] + oy}}, c;

    switch (command | 0x20) {
    case 'h':
        draw_to(pen, (struct gb_flow_point){p[0].x, pen->at.y});
        break;
    case 'v':
        draw_to(pen, (struct gb_flow_point){pen->at.x, v[0] + oy});
        break;
    case 'c':
        curve_to(pen, p[0], p[1], p[2]);
        pen->control = p[1];
        break;
    case 's':
        curve_to(pen, mirrored(pen, "cs"), p[0], p[1]);
        pen->control = p[0];
        break;
    case 'q':
    case 't':
        c = (command | 0x20) == 'q' ? p[0] : mirrored(pen, "qt");
        p[1] = (command | 0x20) == 'q' ? p[1] : p[0];
        curve_to(pen, between(pen->at, c, 2.0 / 3), between(p[1], c, 2.0 / 3), p[1]);
        pen->control = c;
        break;
    case 'a':
        arc_to(pen, v, (struct gb_flow_point){v[5] + ox, v[6] + oy});
        break;
    default:
        draw_to(pen, p[0]);
        break;
    }
    pen->last = command;
}

bool
gb_svg_path(struct gb_str d, gb_svg_points *out, bool *out_is_closed, bool *out_is_curved)
{
    struct pen pen = {.out = out};
    char command = 0;

    *out_is_closed = false;
    for (skip_separators(&d); d.len; skip_separators(&d)) {
        double v[7] = {0};
        if (numbers_of(d.ptr[0]) >= 0 && (d.ptr[0] | 0x20) >= 'a' && (d.ptr[0] | 0x20) <= 'z') {
            command = d.ptr[0];
            d = gb_str_skip(d, 1);
            if ((command | 0x20) == 'z')
                *out_is_closed = true;
            if ((command | 0x20) == 'z' || ((command | 0x20) == 'm' && out->len))
                break; /* only the first outline */
        }
        int n = command ? numbers_of(command) : -1;
        if (n <= 0 || !take_numbers(&d, command, n, v) || out->len > MOST_POINTS)
            return false;
        step(&pen, command, v);
        if ((command | 0x20) == 'm')
            command = command == 'm' ? 'l' : 'L';
    }
    struct gb_flow_point *p = out->items;
    if (out->len > 2 && fabs(p[0].x - p[out->len - 1].x) < 0.01 && fabs(p[0].y - p[out->len - 1].y) < 0.01)
        *out_is_closed = true;
    *out_is_curved = pen.is_curved;
    return out->len > 1;
}

bool
gb_svg_point_list(struct gb_str text, gb_svg_points *out)
{
    struct gb_flow_point p;

    while (take_number(&text, &p.x)) {
        if (!take_number(&text, &p.y) || out->len > MOST_POINTS)
            return false;
        *gb_push(out) = p;
    }
    return out->len > 1;
}
