/*
 * The geometry of a drawing. A row is a drawing in short, "a 0 0 40 20" a box (left, top, width, height), "a>b 0,0 9,9" a line
 * with its points, "a-b …" a message, parted by ';', and what is found: "x" a crossing, "=" a run on top of each other,
 * "o" a line through a box, "#" boxes on each other, "<" an edge against the main direction. Single letters are nodes.
 */
#include "base/buf.h"

#include "flow/build_priv.h"
#include "flow/crossing.h"
#include "unit.h"

#include <math.h>
#include <stdlib.h>

static int32_t
node_of(struct gb_flow_build *b, char letter, struct gb_arena *arena)
{
    for (size_t i = 0; i < b->nodes.len; i++) {
        if (b->nodes.items[i].id.ptr[0] == letter)
            return (int32_t)i;
    }
    struct gb_flow_node *node = gb_flow_add_node(b);
    node->id = node->text = gb_arena_copy(arena, (struct gb_str){&letter, 1});
    node->kind = letter == 'n' ? GB_FLOW_NOTE : GB_FLOW_STEP;
    return (int32_t)b->nodes.len - 1;
}

static double
number(const char **at)
{
    char *end;
    double value = strtod(*at, &end);

    *at = end + strspn(end, ", ");
    return value;
}

static struct gb_flow
read_drawing(const char *s, struct gb_arena *arena)
{
    struct gb_flow_build b;

    gb_flow_build_init(&b, GB_FLOW_SVG, arena);
    for (; *s; s += strspn(s, "; ")) {
        int32_t first = node_of(&b, s[0], arena);
        if (s[1] == ' ') {
            s += 2;
            struct gb_flow_box box = {number(&s), 0, 0, 0};
            box.y = number(&s);
            box.w = number(&s);
            box.h = number(&s);
            b.nodes.items[first].box = box;
            b.nodes.items[first].has_box = true;
            continue;
        }
        struct gb_flow_edge *edge = gb_flow_add_edge(&b);
        edge->from.node = first;
        edge->to.node = node_of(&b, s[2], arena);
        edge->is_message = s[1] == '-';
        edge->points = gb_arena_new_array(arena, struct gb_flow_point, 64);
        for (s += 3 + strspn(s + 3, " "); *s && *s != ';';) {
            double x = number(&s);
            edge->points[edge->n_points++] = (struct gb_flow_point){x, number(&s)};
        }
    }
    return gb_flow_build_take(&b);
}

static const char *
found_in(const struct gb_flow *flow, const struct gb_flow_geometry *g, struct gb_buf *out)
{
#define NAME(end) flow->nodes[(end)].id.ptr
    for (uint32_t i = 0; i < g->n_crossings; i++) {
        const struct gb_flow_edge *a = &flow->edges[g->crossings[i].a], *b = &flow->edges[g->crossings[i].b];
        gb_buf_printf(out, "%s%s%s %s%s @%.0f,%.0f;", g->crossings[i].is_overlap ? "=" : "x", NAME(a->from.node),
                      NAME(a->to.node), NAME(b->from.node), NAME(b->to.node), g->crossings[i].at.x,
                      g->crossings[i].at.y);
    }
    for (uint32_t i = 0; i < g->n_throughs; i++) {
        const struct gb_flow_edge *e = &flow->edges[g->throughs[i].edge];
        gb_buf_printf(out, "o%s%s %s;", NAME(e->from.node), NAME(e->to.node), NAME(g->throughs[i].node));
    }
    for (uint32_t i = 0; i < g->n_overlaps; i++)
        gb_buf_printf(out, "#%s %s;", NAME(g->overlaps[i].a), NAME(g->overlaps[i].b));
    for (uint32_t i = 0; i < flow->n_edges; i++) {
        if (g->senses[i] == GB_FLOW_AGAINST)
            gb_buf_printf(out, "<%s%s;", NAME(flow->edges[i].from.node), NAME(flow->edges[i].to.node));
    }
    gb_buf_add_char(out, '\0');
    return out->ptr;
}

/* Four boxes in two columns, far from the middle. */
#define FOUR "a 0 0 40 20;b 200 0 40 20;c 0 200 40 20;d 200 200 40 20;"

TEST(test_drawings)
{
    static const struct {
        const char *drawing, *want;
    } rows[] = {
        {FOUR "a>d 40,20 200,200;b>c 200,20 40,200", "xad bc @120,110;"},
        {FOUR "a>c 20,20 20,200;b>d 220,20 220,200", ""},
        /* No points: straight lines from border to border. */
        {FOUR "a>d;b>c", "xad bc @120,110;"},
        /* A message crosses nothing. */
        {FOUR "a>d 40,20 200,200;b-c 200,20 40,200", ""},
        /* Right-angled lines; a crossing in a bend of the one, and of both. */
        {FOUR "a>d 20,20 20,100 220,100 220,200;b>c 220,20 220,60 120,60 120,140 20,140 20,200", "xad bc @120,100;"},
        {FOUR "a>d 40,20 120,110 200,200;b>c 200,20 40,200", "xad bc @120,110;"},
        {FOUR "a>d 40,20 120,110 200,200;b>c 200,20 120,110 40,200", "xad bc @120,110;"},
        /* Both touch in a point, and each stays on its side. */
        {FOUR "a>c 40,20 120,110 40,200;b>d 200,20 120,110 200,200", ""},
        /* A line ends on another: it joins it, or stops at it. */
        {FOUR "a>d 20,20 20,100 220,100 220,200;b>d 120,20 120,100", ""},
        {FOUR "a>d 20,20 20,100 220,100 220,200;b>d 220,20 220,200", ""},
        /* A common trunk of the same source, and of the same target. */
        {FOUR "a>c 20,20 20,200;a>d 20,20 20,100 220,100 220,200", ""},
        {FOUR "a>d 20,20 20,100 220,100 220,200;c>d 120,200 120,100 220,100 220,200", ""},
        /* On top of each other without a common end: an overlap, unless it is short; then who changes side crosses. */
        {FOUR "a>d 20,20 20,100 220,100 220,200;b>c 220,20 220,100 20,100 20,200", "=ad bc @120,100;"},
        {FOUR "a>d 40,20 115,110 125,110 200,200;b>c 200,20 125,110 115,110 40,200", "xad bc @120,110;"},
        {FOUR "a>b 40,20 115,110 125,110 200,20;c>d 40,200 115,110 125,110 200,200", ""},
        {FOUR "a>d 40,20 118,110 122,110 200,200;c>b 40,200 118,110 122,110 200,20", "xad cb @120,110;"},
        /* Flatter than 5 degrees, or at an end of a line. */
        {FOUR "a>d 0,100 400,108;b>c 0,104 400,104", ""},
        {FOUR "a>d 40,20 200,200;b>c 41,10 41,200", ""},
        /* Where both end at one box they meet inside of it. */
        {"a 0 0 40 40;b 100 0 40 40;c 100 100 40 40;a>b 10,10 100,20;a>c 30,0 5,40 110,110", ""},
        /* One pair counts once. */
        {FOUR "a>d 20,20 20,60 100,60 100,140 220,140 220,200;b>c 220,20 220,100 60,100 60,50 10,50 10,200",
         "xad bc @20,50;"},
        /* Through a box, over its rim, along its border; to what lies in it. */
        {"a 0 0 40 20;b 0 100 40 20;c 0 50 40 20;a>b 20,20 20,100", "oab c;"},
        {"a 0 0 40 20;b 0 100 40 20;c 0 50 40 20;a>b 1,20 1,100", ""},
        {"a 0 0 40 20;b 0 100 40 20;c 0 50 40 20;a>b 40,20 40,100", ""},
        {"a 0 0 40 20;b 0 100 40 20;c -20 50 80 90;a>b 20,20 20,100", ""},
        {"a 0 0 40 20;b 0 100 40 20;n 0 50 40 20;a>b 20,20 20,100", ""},
        /* Boxes on each other: more than a tenth; not what holds the other. */
        {"a 0 0 40 20;b 35 0 40 20", "#a b;"},
        {"a 0 0 40 20;b 37 0 40 20", ""},
        {"a 0 0 40 20;b -10 -10 80 80", ""},
        {"a 0 0 40 20;b 0 0 40 20", "#a b;"},
        {"a 0 0 40 20;n 20 0 40 20", ""},
        /* Downwards but for one; a step to the side is free. */
        {"a 0 0 40 20;b 0 50 40 20;c 0 100 40 20;d 0 150 40 20;e 45 98 40 20;a>b;b>c;c>d;c>e;c>a 0,110 -40,110 -40,10 0,10",
         "<ca;"},
        /* The way back undoes both ways there, and is one of three all the same. */
        {"a 0 0 40 20;b 0 50 40 20;c 0 100 40 20;a>b;b>c;c>a", "=ab ca @20,35;=bc ca @20,85;oca b;<ca;"},
        {"a 0 0 40 20;b 60 0 40 20;c 120 0 40 20;a>b;b>c;c>b 120,5 100,5", "<cb;"},
        /* Places beyond all bounds, and no places at all. */
        {"a 0 0 40 20;b 0 1e9 40 20;a>b 0,0 0,1e9", ""},
        {"", ""},
    };

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct gb_arena arena = GB_ARENA_ZERO;
        struct gb_buf out = {0};
        struct gb_flow flow = read_drawing(rows[i].drawing, &arena);
        struct gb_flow_drawing drawing = gb_flow_own_drawing(&flow, &arena);
        struct gb_flow_geometry g = gb_flow_measure(&flow, &drawing, &arena);
        if (strcmp(found_in(&flow, &g, &out), rows[i].want) != 0)
            fail_msg("%s\n     got \"%s\"\nexpected \"%s\"", rows[i].drawing, out.ptr, rows[i].want);
        gb_buf_release(&out);
        gb_arena_release(&arena);
    }
}

/* Moved by whole pixels, mirrored, read from the other end: the same pairs. */
TEST(test_same_everywhere)
{
    enum { N = 24 };
    uint32_t seed = 12345, counts[4] = {0, 0, 0, 0};

    for (int variant = 0; variant < 4; variant++) {
        struct gb_arena arena = GB_ARENA_ZERO;
        struct gb_flow_build b;
        seed = 12345;
        gb_flow_build_init(&b, GB_FLOW_SVG, &arena);
        for (int e = 0; e < N; e++) {
            struct gb_flow_edge *edge = gb_flow_add_edge(&b);
            edge->points = gb_arena_new_array(&arena, struct gb_flow_point, 6);
            edge->n_points = 6;
            for (int i = 0; i < 6; i++) {
                seed = seed * 1664525u + 1013904223u;
                /* On a coarse grid, so that bends, touching points and shared runs are many. */
                double x = (seed >> 8) % 12 * 50, y = (seed >> 20) % 12 * 50;
                x = variant == 1 ? x + 1000000 : variant == 2 ? -x : x;
                edge->points[variant == 3 ? 5 - i : i] = (struct gb_flow_point){x, y};
            }
        }
        struct gb_flow flow = gb_flow_build_take(&b);
        struct gb_flow_drawing drawing = gb_flow_own_drawing(&flow, &arena);
        struct gb_flow_geometry g = gb_flow_measure(&flow, &drawing, &arena);
        for (uint32_t i = 0; i < g.n_crossings; i++)
            counts[variant] =
                counts[variant] * 31 + g.crossings[i].a * 64 + g.crossings[i].b * 2 + g.crossings[i].is_overlap;
        assert_true(g.n_crossings > N);
        gb_arena_release(&arena);
    }
    assert_int_equal(counts[0], counts[1]);
    assert_int_equal(counts[0], counts[2]);
    assert_int_equal(counts[0], counts[3]);
}

TEST(test_chords)
{
    struct gb_flow_point p[4] = {{0, 0}, {0, 100}, {100, 100}, {100, 0}}, out[GB_FLOW_CHORDS];

    gb_flow_chords(p, out);
    assert_true(out[5].x == 50 && out[5].y == 75);
    assert_true(out[11].x == 100 && out[11].y == 0);
}

TEST(test_not_a_number)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_flow flow = read_drawing(FOUR "a>d 40,20 200,200;b>c 200,20 40,200", &arena);

    flow.edges[0].points[1].x = NAN;
    flow.nodes[2].box.w = INFINITY;
    struct gb_flow_drawing drawing = gb_flow_own_drawing(&flow, &arena);
    assert_int_equal(drawing.paths[0].n, 0);
    assert_true(drawing.boxes[2].w == 0);
    assert_int_equal(gb_flow_measure(&flow, &drawing, &arena).n_crossings, 0);
    gb_arena_release(&arena);
}
