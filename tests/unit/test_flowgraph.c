/*
 * The graph of a flowchart. A chart is a row of words: "a>b" an arrow, "a.b" a dotted one, "a-b" a message, "a!" a decision,
 * "a$" a start, "a#" an end, "a*" a note; "G[" opens a group and "]" closes it; capital letters are groups, others nodes.
 */
#include "flow/build_priv.h"

#include "flow/graph.h"
#include "base/buf.h"
#include "unit.h"

struct chart {
    struct gb_arena arena;
    struct gb_flow flow;
    struct gb_flow_graph graph;
    int32_t nodes[128], groups[128]; /* by letter: index + 1 */
};

static int32_t
node_of(struct chart *c, struct gb_flow_build *b, char letter, int32_t group)
{
    int32_t *at = &c->nodes[(unsigned char)letter];

    if (!*at) {
        struct gb_flow_node *node = gb_flow_add_node(b);
        node->id = node->text = gb_arena_copy(&c->arena, (struct gb_str){&letter, 1});
        node->group = group;
        *at = (int32_t)b->nodes.len;
    }
    return *at - 1;
}

static int32_t
group_of(struct chart *c, struct gb_flow_build *b, char letter, int32_t parent)
{
    int32_t *at = &c->groups[(unsigned char)letter];

    if (!*at) {
        struct gb_flow_group *group = gb_flow_add_group(b);
        group->text = gb_arena_copy(&c->arena, (struct gb_str){&letter, 1});
        group->parent = parent;
        *at = (int32_t)b->groups.len;
    }
    return *at - 1;
}

static struct gb_flow_end
end_of(struct chart *c, struct gb_flow_build *b, char letter, int32_t group)
{
    if (letter >= 'A' && letter <= 'Z')
        return (struct gb_flow_end){-1, group_of(c, b, letter, -1)};
    return (struct gb_flow_end){node_of(c, b, letter, group), -1};
}

static void
read_word(struct chart *c, struct gb_flow_build *b, const char *word, int32_t *group)
{
    static const struct {
        char mark;
        enum gb_flow_kind kind;
    } kinds[] = {
        {'!', GB_FLOW_DECISION},
        {'$', GB_FLOW_START},
        {'#', GB_FLOW_END},
        {'*', GB_FLOW_NOTE},
    };

    if (word[0] == ']') {
        *group = b->groups.items[*group].parent;
    } else if (word[1] == '[') {
        *group = group_of(c, b, word[0], *group);
    } else if (word[1] == '>' || word[1] == '.' || word[1] == '-') {
        struct gb_flow_edge edge = {.from = end_of(c, b, word[0], *group), .to = end_of(c, b, word[2], *group)};
        edge.head = GB_FLOW_ARROW;
        edge.line = word[1] == '.' ? GB_FLOW_DOTTED : GB_FLOW_NORMAL;
        edge.is_message = word[1] == '-';
        *gb_flow_add_edge(b) = edge;
    } else {
        int32_t node = node_of(c, b, word[0], *group);
        for (size_t i = 0; i < GB_COUNT(kinds); i++) {
            if (word[1] == kinds[i].mark)
                b->nodes.items[node].kind = kinds[i].kind;
        }
    }
}

static void
make(struct chart *c, const char *text)
{
    struct gb_flow_build b;
    int32_t group = -1;

    *c = (struct chart){0};
    gb_flow_build_init(&b, GB_FLOW_MERMAID, &c->arena);
    for (const char *at = text; *at; at++) {
        if (*at == ' ')
            continue;
        read_word(c, &b, at, &group);
        while (at[1] && *at != ' ')
            at++;
    }
    c->flow = gb_flow_build_take(&b);
    c->graph = gb_flow_graph_of(&c->flow, &c->arena);
}

static const char *
names(const struct gb_flow_graph *g, struct gb_buf *out, const uint32_t *list, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        gb_buf_add(out, gb_flow_vertex_text(g, list[i]));
    gb_buf_add_char(out, '\0');
    return out->ptr;
}

/* entries/exits/return arrows/layers of the vertices in the flow/unreached/no way out/parts. */
static void
check_chart(const char *text, const char *want)
{
    struct chart c;
    struct gb_buf a = {0}, b = {0}, got = {0};

    make(&c, text);
    const struct gb_flow_graph *g = &c.graph;
    gb_buf_printf(&got, "%s/%s/", names(g, &a, g->entries, g->n_entries), names(g, &b, g->exits, g->n_exits));
    for (uint32_t i = 0; i < g->n_arcs; i++) {
        if (g->arcs[i].is_back)
            gb_buf_printf(&got, "%.*s>%.*s ", GB_FMT(gb_flow_vertex_text(g, g->arcs[i].from)),
                          GB_FMT(gb_flow_vertex_text(g, g->arcs[i].to)));
    }
    gb_buf_puts(&got, "/");
    for (uint32_t v = 0; v < g->n_vertices; v++) {
        if (g->vertices[v].is_in_flow)
            gb_buf_printf(&got, "%.*s%u", GB_FMT(gb_flow_vertex_text(g, v)), g->vertices[v].layer);
    }
    gb_buf_puts(&got, "/");
    for (uint32_t v = 0; v < g->n_vertices; v++) {
        if (g->vertices[v].is_in_flow && !g->vertices[v].from_start)
            gb_buf_add(&got, gb_flow_vertex_text(g, v));
    }
    gb_buf_puts(&got, "/");
    for (uint32_t v = 0; v < g->n_vertices; v++) {
        if (g->vertices[v].is_in_flow && !g->vertices[v].to_end)
            gb_buf_add(&got, gb_flow_vertex_text(g, v));
    }
    gb_buf_printf(&got, "/%u", g->n_parts);
    gb_buf_add_char(&got, '\0');
    assert_string_equal(got.ptr, want);
    gb_buf_release(&a);
    gb_buf_release(&b);
    gb_buf_release(&got);
    gb_arena_release(&c.arena);
}

TEST(test_ways)
{
    check_chart("a>b b>c", "a/c//a0b1c2///1");
    check_chart("a>b b>c c>b c>d", "a/d/c>b /a0b1c2d3///1"); /* one return arrow */
    check_chart("a>b a>c b>d c>d", "a/d//a0b1c1d2///1");
    check_chart("a>b b>c a>c", "a/c//a0b1c2///1");           /* longest path */
    check_chart("a>b b>a", "//b>a /a0b1/ab/ab/1");           /* no way in or out */
    check_chart("a$ a>b b>a", "a//b>a /a0b1//ab/1");         /* a start by its word */
    check_chart("a>b c>c", "a/b//a0b1c0/c/c/2");             /* a self-loop joins nothing */
    check_chart("a>b c>d d>c", "a/b/d>c /a0b1c0d1/cd/cd/2"); /* a cycle beside it */
    check_chart("", "//////0");
}

TEST(test_outside_of_the_flow)
{
    check_chart("a>b n* n.b n>a", "a/b//a0b1///1");    /* notes */
    check_chart("a>b m.a", "a/b//a0b1///1");           /* a document tied by a dotted line */
    check_chart("a>b b>c c.a", "a/c/c>a /a0b1c2///1"); /* a dotted return arrow is a way */
    check_chart("a.b b.c", "a/c//a0b1c2///1");         /* nothing but dotted lines */
    check_chart("a>b c-a", "a/b//a0b1c0/c/c/2");       /* a message is no way */
}

TEST(test_groups)
{
    check_chart("G[ b c ] a>G G>d", "a/d//a0d2G1///1");   /* not linked inside: one step */
    check_chart("G[ b>c ] a>G G>d", "a/d//b1c2a0d3///1"); /* linked: in at b, out at c */
    check_chart("G[ b>c ] a>b c>d", "a/d//b1c2a0d3///1");
    check_chart("G[ b>c c>b ] a>G", "a//c>b /b1c2a0//bca/1"); /* a cycle: in at its first node */
    check_chart("G[ H[ b>c ] ] a>G G>d", "a/d//b1c2a0d3///1");
}

TEST(test_measures)
{
    static const struct {
        const char *text;
        uint32_t cyclomatic, nesting;
    } rows[] = {
        {"a>b b>c", 1, 0},
        {"a! a>b a>c b>d c>d", 2, 1},
        {"a! d! a>b a>c b>d c>d d>e d>f e>g f>g", 3, 1},             /* one behind the other */
        {"a! b! a>b a>c b>d b>e d>f e>f f>g c>h h>i i>g g>k", 3, 2}, /* one in the other's branch */
        {"a! b! c! a>x a>b b>y b>c c>z c>d", 1, 1},                  /* guards */
        {"a! a>b a>s b>c", 1, 1},
    };
    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct chart c;
        make(&c, rows[i].text);
        if (gb_flow_nesting(&c.graph, &c.arena, NULL) != rows[i].nesting)
            fail_msg("%s: nested %u", rows[i].text, gb_flow_nesting(&c.graph, &c.arena, NULL));
        if (gb_flow_cyclomatic(&c.graph) != rows[i].cyclomatic)
            fail_msg("%s: cyclomatic %u", rows[i].text, gb_flow_cyclomatic(&c.graph));
        gb_arena_release(&c.arena);
    }
}

/* A chain and a fan of 100,000 nodes. */
TEST(test_large)
{
    for (int shape = 0; shape < 2; shape++) {
        struct gb_arena arena = GB_ARENA_ZERO;
        struct gb_flow_build b;
        gb_flow_build_init(&b, GB_FLOW_DOT, &arena);
        for (int32_t i = 0; i < 100000; i++) {
            gb_flow_add_node(&b);
            if (i > 0)
                *gb_flow_add_edge(&b) = (struct gb_flow_edge){.from = {shape ? 0 : i - 1, -1}, .to = {i, -1}};
        }
        struct gb_flow flow = gb_flow_build_take(&b);
        struct gb_flow_graph g = gb_flow_graph_of(&flow, &arena);
        assert_int_equal(g.n_layers, shape ? 2 : 100000);
        gb_arena_release(&arena);
    }
}
