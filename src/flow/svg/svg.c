/*
 * SVG: the drawing of draw.io inside it, when there is one; else the groups that Graphviz and Mermaid make for nodes and edges; else
 * outlines, words in them, and lines with heads whose ends lie at outlines. When fewer than four of five lines find both ends nothing
 * is known: the chart says so and holds nothing.
 */
#include "base/inflate.h"
#include "flow/drawio/drawio_priv.h"
#include "flow/svg/svg_priv.h"
#include "text/utf8.h"

#include <math.h>

/* Sizes in which people draw. */
#define LEAST_WIDTH 14.0
#define LEAST_HEIGHT 10.0
#define LARGEST_HEAD 24.0
#define HEAD_GAP 14.0  /* between the end of a line and the triangle that is its head */
#define DOUBLE_GAP 8.0 /* between the outlines of a double circle */
#define PART_OF_EDGES 0.8

/* Pairs of things that are compared: more, no person drew. */
enum { MOST_PAIRS = 20000000 };

static const struct {
    const char *name;
    enum gb_flow_kind kind;
    bool is_circle;
} forms[] = {
    [GB_SVG_RECT] = {"rect", GB_FLOW_STEP, false},           [GB_SVG_ROUND] = {"rounded", GB_FLOW_TERMINAL, false},
    [GB_SVG_ELLIPSE] = {"ellipse", GB_FLOW_TERMINAL, true},  [GB_SVG_RHOMBUS] = {"diamond", GB_FLOW_DECISION, false},
    [GB_SVG_SLANTED] = {"parallelogram", GB_FLOW_IO, false}, [GB_SVG_OTHER] = {"polygon", GB_FLOW_STEP, false},
};

static struct gb_span
span_of(const struct gb_svg *svg, int32_t element)
{
    const struct gb_tree *tree = &svg->tree;
    const struct gb_tree_attr *id = gb_tree_attr(tree, element, "id");

    return id && id->value.len ? id->span : tree->elements[element].span;
}

/* The words that stand in an element, as a place. */
static struct gb_span
span_of_words(const struct gb_svg *svg, int32_t element)
{
    const struct gb_tree *tree = &svg->tree;
    int32_t end = gb_tree_end(tree, element);

    for (int32_t e = element; e < end; e++) {
        struct gb_str text = gb_flow_trim(tree->elements[e].text);
        if (!text.len)
            continue;
        uint32_t blanks = (uint32_t)(text.ptr - tree->elements[e].text.ptr),
                 begin = tree->elements[e].span.begin + blanks;
        if (tree->elements[e].text.len == tree->elements[e].span.end - tree->elements[e].span.begin)
            return (struct gb_span){begin, begin + (uint32_t)text.len};
        return tree->elements[e].span;
    }
    return tree->elements[element].span;
}

/* ---- Nodes ---- */

static void
set_form(struct gb_flow_node *node, const struct gb_svg_shape *shape, bool is_graphviz)
{
    node->box = shape->box;
    node->has_box = true;
    node->shape = gb_str_from(forms[shape->form].name);
    node->kind = forms[shape->form].kind;
    if (is_graphviz && shape->form == GB_SVG_ELLIPSE)
        node->kind = GB_FLOW_STEP; /* the form that DOT gives to all nodes */
}

static void
settle_kind(struct gb_flow_node *node)
{
    bool is_circle = gb_str_is(node->shape, "ellipse") && fabs(node->box.w - node->box.h) < 2;

    if (node->kind != GB_FLOW_NOTE)
        node->kind = gb_flow_kind_of(node->kind, is_circle, node->text);
}

static void
add_text(struct gb_svg *svg, struct gb_flow_node *node, const struct gb_svg_words *words)
{
    if (node->text.len) {
        node->text = gb_arena_printf(svg->arena, "%.*s\n%.*s", GB_FMT(node->text), GB_FMT(words->text));
    } else {
        node->text = words->text;
        node->words = span_of_words(svg, words->element);
    }
    node->label = node->text;
}

/* flowchart-ID-12, whatever stands before it; Graphviz has the name in <title>. */
static struct gb_str
owner_name(struct gb_svg *svg, int32_t element)
{
    struct gb_str id = gb_tree_value(&svg->tree, element, "id"), word = GB_STR("flowchart-");
    int32_t title = gb_tree_child(&svg->tree, element, "title");
    size_t at = gb_str_find(id, word, 0), end = id.len;

    if (title >= 0)
        return gb_flow_trim(gb_tree_text(&svg->tree, title, svg->arena));
    if (at == GB_NOT_FOUND)
        return id;
    while (end > at && id.ptr[end - 1] != '-')
        end--;
    return end > at + word.len ? gb_str_sub(id, at + word.len, end - 1) : gb_str_skip(id, at + word.len);
}

/* What each owner has become; by element. */
struct owners {
    int32_t *node, *group;
};

static int32_t
node_of_owner(struct gb_svg *svg, struct owners *owners, const struct gb_svg_shape *shape)
{
    int32_t *index = &owners->node[shape->owner.element];

    if (*index >= 0) {
        struct gb_flow_node *node = &svg->build.nodes.items[*index];
        if (shape->form == GB_SVG_ELLIPSE && gb_str_is(node->shape, "ellipse"))
            node->kind = GB_FLOW_END; /* a double circle */
        if (shape->box.w * shape->box.h > node->box.w * node->box.h)
            node->box = shape->box;
        return *index;
    }
    struct gb_flow_node *node = gb_flow_add_node(&svg->build);
    *index = (int32_t)svg->build.nodes.len - 1;
    node->id = owner_name(svg, shape->owner.element);
    node->span = node->words = span_of(svg, shape->owner.element);
    node->is_declared = true;
    set_form(node, shape, !svg->is_mermaid);
    return *index;
}

static void
add_cluster(struct gb_svg *svg, struct owners *owners, const struct gb_svg_shape *shape)
{
    int32_t *index = &owners->group[shape->owner.element];

    if (*index >= 0)
        return;
    struct gb_flow_group *group = gb_flow_add_group(&svg->build);
    *index = (int32_t)svg->build.groups.len - 1;
    group->id = owner_name(svg, shape->owner.element);
    group->kind = svg->is_mermaid ? GB_FLOW_SUBGRAPH : GB_FLOW_CLUSTER;
    group->span = span_of(svg, shape->owner.element);
    group->box = shape->box;
    group->has_box = true;
}

static void
add_owned(struct gb_svg *svg, struct owners *owners)
{
    for (size_t i = 0; i < svg->shapes.len; i++) {
        if (svg->shapes.items[i].owner.role == GB_SVG_NODE)
            node_of_owner(svg, owners, &svg->shapes.items[i]);
        else if (svg->shapes.items[i].owner.role == GB_SVG_CLUSTER)
            add_cluster(svg, owners, &svg->shapes.items[i]);
    }
    GB_EACH(const struct gb_svg_words, words, svg->words.items, svg->words.len) {
        int32_t owner = words->owner.element;
        if (words->owner.role == GB_SVG_NODE && owners->node[owner] >= 0)
            add_text(svg, &svg->build.nodes.items[owners->node[owner]], words);
        else if (words->owner.role == GB_SVG_CLUSTER && owners->group[owner] >= 0)
            svg->build.groups.items[owners->group[owner]].title = svg->build.groups.items[owners->group[owner]].text =
                words->text;
    }
}

/* The smallest group round a box that is larger than it. */
static int32_t
group_round(const struct gb_svg *svg, struct gb_flow_box box)
{
    int32_t found = -1;
    double least = HUGE_VAL;

    for (size_t g = 0; g < svg->build.groups.len; g++) {
        struct gb_flow_box frame = svg->build.groups.items[g].box;
        double size = frame.w * frame.h;
        if (size > box.w * box.h && size < least && gb_flow_surrounds(frame, box)) {
            least = size;
            found = (int32_t)g;
        }
    }
    return found;
}

static void
put_in_groups(struct gb_svg *svg)
{
    if ((svg->build.nodes.len + svg->build.groups.len) * svg->build.groups.len > MOST_PAIRS)
        return;
    for (size_t i = 0; i < svg->build.nodes.len; i++)
        svg->build.nodes.items[i].group = group_round(svg, svg->build.nodes.items[i].box);
    for (size_t g = 0; g < svg->build.groups.len; g++)
        svg->build.groups.items[g].parent = group_round(svg, svg->build.groups.items[g].box);
}

/* ---- Shapes without owners ---- */

static bool
is_head(const struct gb_svg_shape *shape)
{
    return (shape->n_corners == 3 || shape->n_corners == 4) && fmax(shape->box.w, shape->box.h) <= LARGEST_HEAD &&
           shape->form != GB_SVG_RECT && shape->form != GB_SVG_ELLIPSE && shape->form != GB_SVG_ROUND;
}

static bool
is_double(struct gb_flow_box a, struct gb_flow_box b)
{
    return fabs(a.x - b.x) <= DOUBLE_GAP && fabs(a.y - b.y) <= DOUBLE_GAP &&
           fabs(a.x + a.w - b.x - b.w) <= DOUBLE_GAP && fabs(a.y + a.h - b.y - b.h) <= DOUBLE_GAP;
}

/* The outline of a shadow or of a double circle is no second node. */
static bool
joins_last(struct gb_svg *svg, const struct gb_svg_shape *shape)
{
    enum { LOOK_BACK = 4 };

    for (size_t n = svg->build.nodes.len, i = n; i > 0 && n - i < LOOK_BACK; i--) {
        struct gb_flow_node *node = &svg->build.nodes.items[i - 1];
        if (!is_double(node->box, shape->box))
            continue;
        bool both_round = shape->form == GB_SVG_ELLIPSE && gb_str_is(node->shape, "ellipse");
        struct gb_flow_box old = node->box;
        if (shape->form != GB_SVG_RECT || gb_str_is(node->shape, "rect"))
            set_form(node, shape, false);
        if (both_round)
            node->kind = GB_FLOW_END;
        if (old.w * old.h > node->box.w * node->box.h)
            node->box = old;
        return true;
    }
    return false;
}

static void
add_free(struct gb_svg *svg)
{
    struct gb_tree_names names;

    gb_tree_names_init(&names, svg->shapes.len, svg->arena);
    GB_EACH(const struct gb_svg_shape, shape, svg->shapes.items, svg->shapes.len) {
        if (shape->is_plain || is_head(shape) || shape->box.w < LEAST_WIDTH || shape->box.h < LEAST_HEIGHT ||
            joins_last(svg, shape))
            continue;
        struct gb_flow_node *node = gb_flow_add_node(&svg->build);
        node->id = gb_tree_value(&svg->tree, shape->element, "id");
        if (!gb_tree_names_add(&names, node->id, 0)) /* none, or that of a shape which is used again */
            node->id = gb_arena_printf(svg->arena, "n%u", (unsigned)svg->build.nodes.len);
        node->span = node->words = span_of(svg, shape->element);
        node->is_declared = true;
        set_form(node, shape, false);
    }
}

/* Boxes round other boxes: a title may stand in them, but what stands beside a line in them is not theirs. */
static bool *
find_frames(struct gb_svg *svg, size_t n)
{
    bool *is_frame = gb_arena_new_array(svg->arena, bool, n + 1);

    for (size_t i = 0; n * n <= MOST_PAIRS && i < n; i++) {
        struct gb_flow_box box = svg->build.nodes.items[i].box;
        for (size_t k = 0; k < n && !is_frame[i]; k++)
            is_frame[i] = k != i && gb_flow_surrounds(box, svg->build.nodes.items[k].box);
    }
    return is_frame;
}

/* Words belong to the smallest outline that they stand in, of equal ones that overlap to the nearer; others are notes until a line takes them. */
static void
add_free_words(struct gb_svg *svg)
{
    size_t n = svg->build.nodes.len;
    const bool *is_frame = find_frames(svg, n);

    if (n * svg->words.len > MOST_PAIRS)
        return;
    for (size_t i = 0; i < svg->words.len; i++) {
        const struct gb_svg_words *words = &svg->words.items[i];
        double least = HUGE_VAL, nearest = HUGE_VAL;
        size_t found = n;
        for (size_t k = 0; k < n && words->owner.role != GB_SVG_LABEL; k++) {
            struct gb_flow_box box = svg->build.nodes.items[k].box;
            double area = box.w * box.h,
                   far = hypot(box.x + box.w / 2 - words->anchor.x, box.y + box.h / 2 - words->anchor.y);
            if (is_frame[k] || area > least || (area == least && far >= nearest) || !gb_flow_is_in(box, words->anchor))
                continue;
            least = area;
            nearest = far;
            found = k;
        }
        if (found < n) {
            add_text(svg, &svg->build.nodes.items[found], words);
            continue;
        }
        struct gb_flow_node *note = gb_flow_add_node(&svg->build);
        note->id = gb_arena_printf(svg->arena, "t%u", (unsigned)i + 1);
        note->span = note->words = span_of_words(svg, words->element);
        note->text = note->label = words->text;
        note->shape = GB_STR("text");
        note->kind = GB_FLOW_NOTE;
        note->box = words->box;
        note->has_box = words->box.w > 0 && words->box.h > 0;
        note->is_declared = true;
    }
}

/* ---- Lines ---- */

static double
distance(struct gb_flow_point a, struct gb_flow_point b)
{
    return hypot(a.x - b.x, a.y - b.y);
}

/* A triangle at the end of a line is its head: the line goes on to its tip. */
static void
take_head(struct gb_svg_line *line, const struct gb_svg_shape *head)
{
    struct gb_flow_point middle = gb_flow_middle(head->box), *first = &line->points[0],
                         *last = &line->points[line->n - 1];
    bool at_first = distance(middle, *first) < distance(middle, *last);
    struct gb_flow_point *end = at_first ? first : last,
                         before = at_first ? line->points[1] : line->points[line->n - 2], tip = *end;

    for (uint32_t i = 0; i < head->n_corners; i++) {
        if (distance(head->corners[i], before) > distance(tip, before))
            tip = head->corners[i];
    }
    if (at_first)
        line->has_tail = true;
    else
        line->has_head = true;
    *end = tip;
}

static void
take_heads(struct gb_svg *svg)
{
    size_t budget = MOST_PAIRS;

    for (size_t i = 0; i < svg->shapes.len && budget > svg->lines.len; i++) {
        const struct gb_svg_shape *head = &svg->shapes.items[i];
        struct gb_flow_point middle = gb_flow_middle(head->box);
        double least = HEAD_GAP + fmax(head->box.w, head->box.h) / 2;
        struct gb_svg_line *found = NULL;
        if (!is_head(head))
            continue;
        budget -= svg->lines.len;
        GB_EACH(struct gb_svg_line, line, svg->lines.items, svg->lines.len) {
            if (svg->has_owners && (line->owner.role != GB_SVG_EDGE || line->owner.element != head->owner.element))
                continue;
            double far = fmin(distance(middle, line->points[0]), distance(middle, line->points[line->n - 1]));
            if (far < least) {
                least = far;
                found = line;
            }
        }
        if (found)
            take_head(found, head);
    }
}

/* Two names with a sign between them: A->B of Graphviz, L_A_B_0 of Mermaid. */
static bool
ends_by_name(const struct gb_tree_names *names, struct gb_str pair, struct gb_str sign, struct gb_flow_edge *edge)
{
    for (size_t at = gb_str_find(pair, sign, 0); at != GB_NOT_FOUND; at = gb_str_find(pair, sign, at + 1)) {
        int32_t from = gb_tree_names_find(names, gb_str_sub(pair, 0, at));
        int32_t to = gb_tree_names_find(names, gb_str_skip(pair, at + sign.len));
        if (from < 0 || to < 0)
            continue;
        edge->from.node = from;
        edge->to.node = to;
        return true;
    }
    return false;
}

/* A port of DOT follows the name: A:s->B:n. */
static struct gb_str
line_name(struct gb_svg *svg, const struct gb_svg_line *line)
{
    struct gb_str id = gb_tree_value(&svg->tree, line->element, "data-id");

    if (!id.len)
        id = gb_tree_value(&svg->tree, line->element, "id");
    if (svg->is_mermaid && gb_str_starts(id, GB_STR("L"))) {
        size_t end = id.len;
        while (end > 2 && gb_is_digit(id.ptr[end - 1]))
            end--;
        return end > 3 && end < id.len ? gb_str_sub(id, 2, end - 1) : GB_STR("");
    }
    return line->owner.role == GB_SVG_EDGE && line->owner.element != line->element
               ? owner_name(svg, line->owner.element)
               : GB_STR("");
}

static void
find_ends(struct gb_svg *svg, struct gb_flow_snap *snap, const struct gb_tree_names *names,
          const struct gb_svg_line *line, struct gb_flow_edge *edge)
{
    GB_WORDS(signs, "->", "--", "_", "-");
    struct gb_str name = svg->has_owners ? line_name(svg, line) : GB_STR("");

    for (size_t i = svg->is_mermaid ? 2 : 0; name.len && i < (svg->is_mermaid ? 4u : 2u); i++) {
        if (ends_by_name(names, name, signs[i], edge))
            return;
    }
    edge->from = gb_flow_snap(snap, line->points[0]);
    edge->to = gb_flow_snap(snap, line->points[line->n - 1]);
}

static void
set_edge_words(struct gb_svg *svg, struct gb_flow_edge *edge, const struct gb_svg_line *line)
{
    struct gb_str id = gb_tree_value(&svg->tree, line->element, svg->is_mermaid ? "data-id" : "id");

    GB_EACH(const struct gb_svg_words, words, svg->words.items, svg->words.len) {
        bool is_own = words->owner.role == GB_SVG_EDGE && words->owner.element == line->owner.element;
        bool is_named = words->owner.role == GB_SVG_LABEL && id.len && gb_str_eq(words->data_id, id);
        if (!is_own && !is_named)
            continue;
        edge->text = edge->label =
            edge->text.len ? gb_arena_printf(svg->arena, "%.*s\n%.*s", GB_FMT(edge->text), GB_FMT(words->text))
                           : words->text;
        edge->words = span_of_words(svg, words->element);
    }
}

static void
add_edge(struct gb_svg *svg, struct gb_flow_snap *snap, const struct gb_tree_names *names,
         const struct gb_svg_line *line, size_t *budget)
{
    struct gb_flow_edge edge = {.from = {-1, -1}, .to = {-1, -1}};
    bool is_sure = line->has_head || line->has_tail || line->owner.role == GB_SVG_EDGE;

    find_ends(svg, snap, names, line, &edge);
    bool is_joined = !gb_flow_end_is_loose(edge.from) && !gb_flow_end_is_loose(edge.to);
    bool is_short = edge.from.node >= 0 && edge.from.node == edge.to.node && line->n == 2;
    if (!is_sure && (!is_joined || is_short))
        return; /* a rule, a frame, a part of a picture */
    edge.head = line->has_head ? GB_FLOW_ARROW : GB_FLOW_NO_HEAD;
    edge.tail = line->has_tail ? GB_FLOW_ARROW : GB_FLOW_NO_HEAD;
    edge.line = line->is_dotted ? GB_FLOW_DOTTED : GB_FLOW_NORMAL;
    edge.span = edge.words = span_of(svg, line->element);
    gb_flow_set_points(&svg->build, &edge, line->points, line->n, GB_FLOW_DRAWN);
    if (svg->has_owners && *budget > svg->words.len) {
        *budget -= svg->words.len;
        set_edge_words(svg, &edge, line);
    }
    /* Some draw towards the target first, and only then a head at the beginning. */
    if (edge.tail == GB_FLOW_ARROW && edge.head == GB_FLOW_NO_HEAD)
        gb_flow_turn_round(&edge);
    *gb_flow_add_edge(&svg->build) = edge;
}

static void
add_edges(struct gb_svg *svg)
{
    struct gb_flow_snap snap;
    struct gb_tree_names names;
    size_t budget = MOST_PAIRS;

    gb_tree_names_init(&names, svg->build.nodes.len, svg->arena);
    for (size_t i = 0; i < svg->build.nodes.len; i++)
        gb_tree_names_add(&names, svg->build.nodes.items[i].id, (int32_t)i);
    gb_flow_snap_init(&snap, &svg->build);
    snap.reach = fmax(snap.reach, HEAD_GAP);
    take_heads(svg);
    for (size_t i = 0; i < svg->lines.len; i++) {
        if (!svg->has_owners || svg->lines.items[i].owner.role == GB_SVG_EDGE)
            add_edge(svg, &snap, &names, &svg->lines.items[i], &budget);
    }
    gb_flow_join_lines(&svg->build, HEAD_GAP);
}

/* Do enough of the lines join two things? */
static bool
is_known(const struct gb_svg *svg)
{
    size_t n = svg->build.edges.len, n_joined = 0;

    for (size_t i = 0; i < n; i++)
        n_joined += !gb_flow_end_is_loose(svg->build.edges.items[i].from) &&
                    !gb_flow_end_is_loose(svg->build.edges.items[i].to);
    return n && (double)n_joined >= PART_OF_EDGES * (double)n;
}

/* ---- Charts ---- */

static void
give_up(struct gb_svg *svg, struct gb_str zh, struct gb_str en)
{
    svg->build.nodes.len = svg->build.edges.len = svg->build.groups.len = svg->build.problems.len = 0;
    gb_flow_add_fault(&svg->build, GB_FLOW_UNREADABLE,
                      svg->tree.n ? svg->tree.elements[0].span : (struct gb_span){0, 0}, zh, en);
}

static bool
looks_like_mermaid(const struct gb_svg *svg)
{
    const struct gb_tree *tree = &svg->tree;

    return tree->n && (gb_str_starts(gb_tree_value(tree, 0, "aria-roledescription"), GB_STR("flowchart")) ||
                       gb_str_has(gb_tree_value(tree, 0, "id"), GB_STR("mermaid")) ||
                       gb_str_has(gb_tree_value(tree, 0, "class"), GB_STR("flowchart")));
}

static void
read_shapes(struct gb_svg *svg)
{
    struct owners owners = {gb_arena_new_array(svg->arena, int32_t, svg->tree.n + 1),
                            gb_arena_new_array(svg->arena, int32_t, svg->tree.n + 1)};

    memset(owners.node, -1, (svg->tree.n + 1) * sizeof(*owners.node));
    memset(owners.group, -1, (svg->tree.n + 1) * sizeof(*owners.group));
    gb_svg_walk(svg);
    if (svg->has_owners) {
        add_owned(svg, &owners);
        put_in_groups(svg);
    } else {
        add_free(svg);
        add_free_words(svg);
    }
    for (size_t i = 0; i < svg->build.nodes.len; i++)
        settle_kind(&svg->build.nodes.items[i]);
    add_edges(svg);
    if (!is_known(svg)) {
        give_up(svg, GB_STR("未能识别：图中的连线大多找不到两端的图框"),
                GB_STR("not recognised: most of the lines in the picture find no boxes at their ends"));
        return;
    }
    if (!svg->has_owners)
        gb_flow_settle_words(&svg->build);
    gb_flow_finish(&svg->build);
}

static void
release(struct gb_svg *svg)
{
    GB_RELEASE(&svg->shapes, &svg->lines, &svg->words, &svg->rules);
}

static struct gb_flow
read_drawing(struct gb_svg *svg)
{
    gb_flow_build_init(&svg->build, GB_FLOW_SVG, svg->arena);
    if (svg->tree.has_fault) {
        const struct gb_flow_problem *fault = &svg->tree.fault;
        gb_flow_add_fault(&svg->build, fault->kind, fault->span, fault->zh, fault->en);
    } else if (!svg->tree.n || !gb_tree_is(&svg->tree, 0, "svg")) {
        give_up(svg, GB_STR("不是SVG文件：根元素应为svg"), GB_STR("this is no SVG: its root must be svg"));
    } else {
        read_shapes(svg);
    }
    release(svg);
    return gb_flow_build_take(&svg->build);
}

/* The picture alone. */
static struct gb_flows
read_picture(struct gb_svg *svg)
{
    struct gb_flow *chart = gb_arena_new(svg->arena, struct gb_flow);

    svg->is_mermaid = looks_like_mermaid(svg);
    *chart = read_drawing(svg);
    return (struct gb_flows){chart, 1};
}

/*
 * The chart inside, which draw.io put there, with its lines as the picture has them: it shows one page. Where the data inside are
 * damaged the picture is read; if that says nothing either, the damage is told.
 */
static struct gb_flows
read_model(struct gb_svg *svg, struct gb_str xml)
{
    struct gb_flows flows = gb_drawio_read(xml, GB_FLOW_SVG, false, svg->tree.elements[0].span, svg->arena);

    if (flows.n == 1 && !flows.charts[0].n_nodes && flows.charts[0].n_problems) {
        struct gb_flows picture = read_picture(svg);
        flows.charts[0].format = GB_FLOW_DRAWIO;
        return picture.charts[0].n_nodes ? picture : flows;
    }
    if (flows.n == 1 && flows.charts[0].n_edges)
        gb_svg_take_routes(svg, &flows.charts[0]);
    release(svg);
    return flows;
}

struct gb_flows
gb_flow_read_svg(struct gb_str text, struct gb_arena *arena)
{
    struct gb_svg svg = {.arena = arena};

    gb_tree_read(&svg.tree, text, arena);
    struct gb_str content = svg.tree.n ? gb_tree_value(&svg.tree, 0, "content") : GB_STR("");
    if (gb_str_starts(content, GB_STR("%3C"))) /* as older exports write it */
        content = gb_percent_decode(content, arena);
    if (gb_utf8_check(content) == content.len &&
        (gb_str_has(content, GB_STR("<mxfile")) || gb_str_has(content, GB_STR("<mxGraphModel"))))
        return read_model(&svg, content);
    return read_picture(&svg);
}
