/*
 * The graph behind the statements, with Mermaid's own bookkeeping: a node is made by its first mention, text and shape may
 * come later, a node stays in the first subgraph that closes with it, an id that is a subgraph's is no node.
 */
#include "flow/mermaid/mermaid_priv.h"
#include "text/utf8.h"

#include <stdio.h>

void
gb_mermaid_graph_init(struct gb_mermaid_graph *graph, const struct gb_mermaid_text *text, struct gb_arena *arena)
{
    *graph = (struct gb_mermaid_graph){.arena = arena, .text = text};
    gb_flow_build_init(&graph->build, GB_FLOW_MERMAID, arena);
}

void
gb_mermaid_limit(struct gb_mermaid_graph *graph, struct gb_span place)
{
    if (graph->is_limited)
        return;
    graph->is_limited = graph->build.flow.is_partial = true;
    gb_flow_add_problem(&graph->build, GB_FLOW_LIMIT, place, GB_STR("流程图过大，自此处起的一部分未读取"),
                        GB_STR("the chart is too large: part of what stands from here on was not read"));
}

/* ---- names ---- */

uint32_t
gb_mermaid_name(struct gb_mermaid_graph *graph, struct gb_str str)
{
    bool is_new;
    uint32_t name = gb_strmap_add(&graph->ids, str, (uint32_t)graph->names.len, &is_new);

    if (is_new)
        *gb_push(&graph->names) = (struct gb_mermaid_name){.str = str, .node = -1, .group = -1};
    return name;
}

/* ---- nodes ---- */

/* Entity codes as the author typed them. */
static struct gb_str
as_written(struct gb_mermaid_graph *graph, struct gb_str s)
{
    size_t i = 0;

    while (i < s.len && (s.ptr[i] < CODE_NUMBER || s.ptr[i] > CODE_END))
        i++;
    if (i == s.len)
        return s;
    char *out = gb_arena_copy_bytes(graph->arena, s.ptr, s.len);
    for (; i < s.len; i++) {
        if (s.ptr[i] == CODE_NUMBER || s.ptr[i] == CODE_NAME)
            out[i] = '#';
        else if (s.ptr[i] == CODE_END)
            out[i] = ';';
    }
    return (struct gb_str){out, s.len};
}

/* The words that people read. */
static struct gb_str
label_text(struct gb_mermaid_graph *graph, struct gb_str label, bool is_markdown)
{
    unsigned marks = GB_FLOW_LABEL_HTML | GB_FLOW_LABEL_HASH | GB_FLOW_LABEL_ESCAPES;

    return gb_flow_label_text(label, is_markdown ? marks | GB_FLOW_LABEL_MARKDOWN : marks, graph->arena);
}

static struct gb_flow_node *
node_of(struct gb_mermaid_graph *graph, uint32_t name)
{
    int32_t node = graph->names.items[name].node;

    return node < 0 ? NULL : &graph->build.nodes.items[node];
}

/* More lines than this, and ids that Mermaid makes for lines are not looked for. */
enum { MAX_NAMED_LINES = 300 };
/* Mermaid itself refuses more than 500; a product of two sets makes many out of few bytes. */
enum { MAX_EDGES = 200000 };

/* Does s begin with the id and a _ behind it? Cut off then. */
static bool
take_id(struct gb_str *s, struct gb_str id)
{
    if (s->len <= id.len || !gb_str_starts(*s, id) || s->ptr[id.len] != '_')
        return false;
    *s = gb_str_skip(*s, id.len + 1);
    return true;
}

/* L_A_B_0: the id that Mermaid gives to a line from A to B; 2, 3 … for further ones. */
static bool
is_made_line_id(const struct gb_mermaid_graph *graph, struct gb_str id)
{
    size_t earlier = 0;

    if (!gb_str_starts(id, GB_STR("L_")) || graph->ends.len > MAX_NAMED_LINES)
        return false;
    for (size_t i = 0; i < graph->ends.len; i++) {
        struct gb_str rest = gb_str_skip(id, 2);
        char counter[24];
        if (!take_id(&rest, graph->names.items[graph->ends.items[i].from].str) ||
            !take_id(&rest, graph->names.items[graph->ends.items[i].to].str))
            continue;
        snprintf(counter, sizeof counter, "%zu", earlier ? earlier + 1 : 0);
        earlier++;
        if (!graph->build.edges.items[i].id.len && gb_str_is(rest, counter))
            return true;
    }
    return false;
}

bool
gb_mermaid_mention(struct gb_mermaid_graph *graph, uint32_t name, struct gb_span place)
{
    struct gb_mermaid_name *entry = &graph->names.items[name];

    entry->is_edge = entry->is_edge || is_made_line_id(graph, entry->str);
    if (entry->is_edge)
        return false;
    if (entry->node >= 0)
        return true;
    entry->node = (int32_t)graph->build.nodes.len;
    struct gb_flow_node *node = gb_flow_add_node(&graph->build);
    node->id = node->label = as_written(graph, entry->str);
    node->span = node->words = place;
    node->shape = GB_STR("square");
    *gb_push(&graph->extra) = (struct gb_mermaid_extra){0};
    return true;
}

/* Without the double quotes that were not the scanner's. */
static struct gb_str
unquote(struct gb_str s)
{
    bool is_quoted = s.len > 1 && s.ptr[0] == '"' && s.ptr[s.len - 1] == '"';

    return is_quoted ? gb_str_sub(s, 1, s.len - 1) : s;
}

void
gb_mermaid_describe(struct gb_mermaid_graph *graph, uint32_t name, const struct gb_mermaid_words *words,
                    const char *shape)
{
    struct gb_flow_node *node = node_of(graph, name);

    if (!node)
        return;
    node->is_declared = true;
    node->label = as_written(graph, unquote(gb_flow_trim(words->str)));
    node->words = words->place;
    node->shape = gb_str_from(shape);
    graph->extra.items[graph->names.items[name].node] =
        (struct gb_mermaid_extra){.is_markdown = words->kind == GB_MERMAID_MARKDOWN};
}

bool
gb_mermaid_is_node(const struct gb_mermaid_graph *graph, uint32_t name)
{
    const struct gb_mermaid_name *entry = &graph->names.items[name];

    return entry->node >= 0 && !entry->is_edge && entry->group < 0;
}

void
gb_mermaid_apply(struct gb_mermaid_graph *graph, uint32_t name, const struct gb_mermaid_data *data,
                 struct gb_span place)
{
    struct gb_flow_node *node = node_of(graph, name);

    if (!gb_mermaid_is_node(graph, name))
        return;
    struct gb_mermaid_extra *extra = &graph->extra.items[graph->names.items[name].node];
    node->is_declared = true;
    if (data->has_number) {
        extra->has_number = true;
        node->words = place;
    }
    if (data->shape.len)
        node->shape = data->shape;
    if (data->label.len) {
        node->label = as_written(graph, data->label);
        node->words = place;
        *extra = (struct gb_mermaid_extra){.is_markdown = !data->is_plain};
    }
    if (data->is_picture && !gb_flow_trim(data->label).len && gb_str_eq(node->label, node->id))
        node->label = GB_STR("");
}

/* ---- lines ---- */

/* A half of a line taken apart. */
struct half {
    enum gb_flow_head tail, head;
    enum gb_flow_line line;
    uint32_t length;
};

static enum gb_flow_head
head_of(char c)
{
    return c == '<' || c == '>' ? GB_FLOW_ARROW
           : c == 'o'           ? GB_FLOW_CIRCLE
           : c == 'x'           ? GB_FLOW_CROSS
                                : GB_FLOW_NO_HEAD;
}

/* A line, or its second half. A mark at its begin counts only where the same is at its end. */
static struct half
read_end(struct gb_str s)
{
    struct half half = {.head = head_of(s.ptr[s.len - 1])};
    struct gb_str line = gb_str_sub(s, 0, s.len - 1);
    uint32_t dots = 0;

    if (half.head != GB_FLOW_NO_HEAD && line.len && head_of(line.ptr[0]) == half.head) {
        half.tail = half.head;
        line = gb_str_skip(line, 1);
    }
    half.length = line.len ? (uint32_t)line.len - 1 : 0;
    if (line.len && line.ptr[0] == '=')
        half.line = GB_FLOW_THICK;
    if (line.len && line.ptr[0] == '~')
        half.line = GB_FLOW_INVISIBLE;
    for (size_t i = 0; i < line.len; i++)
        dots += line.ptr[i] == '.';
    if (dots) {
        half.line = GB_FLOW_DOTTED;
        half.length = dots;
    }
    return half;
}

/* The first half of a line that carries words. */
static struct half
read_start(struct gb_str s)
{
    struct half half = {.tail = head_of(s.ptr[0])};

    if (gb_str_has(s, GB_STR(".")))
        half.line = GB_FLOW_DOTTED;
    else if (gb_str_has(s, GB_STR("=")))
        half.line = GB_FLOW_THICK;
    return half;
}

static void
set_line(struct gb_flow_edge *edge, const struct gb_mermaid_line *line)
{
    struct half half = read_end(line->end);
    struct half start = line->start.len ? read_start(line->start) : (struct half){.line = half.line};

    edge->is_invalid = start.line != half.line;
    if (start.tail != GB_FLOW_NO_HEAD) {
        edge->is_invalid = edge->is_invalid || half.tail != GB_FLOW_NO_HEAD || start.tail != half.head;
        half.tail = start.tail;
    }
    edge->tail = half.tail;
    edge->head = half.head;
    edge->line = start.line;
    edge->length = half.length > 10 ? 10 : half.length;
}

static void
add_edge(struct gb_mermaid_graph *graph, uint32_t from, uint32_t to, const struct gb_mermaid_line *line, bool takes_id)
{
    struct gb_flow_edge *edge = gb_flow_add_edge(&graph->build);

    *gb_push(&graph->ends) = (struct gb_mermaid_ends){from, to};
    set_line(edge, line);
    edge->span = edge->words = line->place;
    if (line->words.str.ptr) {
        edge->label = as_written(graph, unquote(gb_flow_trim(line->words.str)));
        edge->words = line->words.place;
        edge->text = label_text(graph, edge->label, line->words.kind == GB_MERMAID_MARKDOWN);
    }
    if (takes_id && line->id.len) {
        uint32_t name = gb_mermaid_name(graph, line->id);
        if (!graph->names.items[name].is_edge) {
            graph->names.items[name].is_edge = true;
            edge->id = as_written(graph, line->id);
        }
    }
}

void
gb_mermaid_link(struct gb_mermaid_graph *graph, const uint32_t *from, size_t n_from, const uint32_t *to, size_t n_to,
                const struct gb_mermaid_line *line)
{
    if (graph->build.edges.len + n_from * n_to > MAX_EDGES) {
        gb_mermaid_limit(graph, line->place);
        return;
    }
    for (size_t i = 0; i < n_from; i++) {
        for (size_t k = 0; k < n_to; k++)
            add_edge(graph, from[i], to[k], line, from[i] == from[n_from - 1] && to[k] == to[0]);
    }
}

/* ---- subgraphs ---- */

void
gb_mermaid_open(struct gb_mermaid_graph *graph, const struct gb_mermaid_level *level)
{
    struct gb_mermaid_level *copy = gb_push(&graph->levels);

    *copy = *level;
    copy->items = graph->items.len;
    copy->groups = graph->closed.len;
}

void
gb_mermaid_list(struct gb_mermaid_graph *graph, uint32_t name)
{
    if (graph->levels.len)
        *gb_push(&graph->items) = name;
}

static bool
has_space(struct gb_str s)
{
    return GB_ANY(for (size_t at = 0; at < s.len;), gb_mermaid_is_space(gb_utf8_at(s, at, &at)));
}

static enum gb_flow_direction
direction_of(struct gb_str word)
{
    if (gb_str_is(word, "TD") || gb_str_is(word, "BR"))
        return GB_FLOW_TB;
    for (int i = GB_FLOW_TB; i <= GB_FLOW_RL; i++) {
        if (gb_str_is(word, gb_flow_direction_name((enum gb_flow_direction)i)))
            return (enum gb_flow_direction)i;
    }
    return GB_FLOW_NO_DIRECTION;
}

/* The ids that the subgraph lists: each once, and none that an earlier one has. */
static void
take_members(struct gb_mermaid_graph *graph, struct gb_flow_group *group, const struct gb_mermaid_level *level)
{
    uint32_t mark = (uint32_t)graph->build.groups.len; /* its index and 1 */
    size_t n = graph->items.len - level->items;
    struct gb_str *ids = gb_arena_new_array(graph->arena, struct gb_str, n ? n : 1);
    int32_t *members = gb_arena_new_array(graph->arena, int32_t, n ? n : 1);
    uint32_t kept = 0;

    for (size_t i = level->items; i < graph->items.len; i++) {
        struct gb_mermaid_name *name = &graph->names.items[graph->items.items[i]];
        if (name->seen_in == mark || name->listed_in)
            continue;
        name->seen_in = mark;
        members[kept] = (int32_t)graph->items.items[i];
        ids[kept++] = as_written(graph, name->str);
    }
    for (size_t i = level->items; i < graph->items.len; i++) {
        struct gb_mermaid_name *name = &graph->names.items[graph->items.items[i]];
        if (name->seen_in == mark)
            name->listed_in = mark;
    }
    group->member_ids = ids;
    group->members = members; /* names, until the chart is complete */
    group->n_member_ids = kept;
    graph->items.len = level->items;
}

void
gb_mermaid_close(struct gb_mermaid_graph *graph)
{
    struct gb_mermaid_level level = graph->levels.items[--graph->levels.len];
    int32_t index = (int32_t)graph->build.groups.len;
    struct gb_flow_group *group = gb_flow_add_group(&graph->build);
    struct gb_str id = gb_flow_trim(level.id.str);

    if (level.is_one && has_space(level.title.str))
        id = gb_arena_printf(graph->arena, "subGraph%d", (int)index);
    if (!level.direction.len && graph->text->inherits_direction)
        level.direction = graph->direction;
    group->id = as_written(graph, id);
    group->title = as_written(graph, gb_flow_trim(level.title.str));
    group->text = label_text(graph, group->title, level.title.kind == GB_MERMAID_MARKDOWN);
    group->kind = GB_FLOW_SUBGRAPH;
    group->span = level.title.place;
    group->direction = direction_of(level.direction);
    group->direction_word = level.direction;
    take_members(graph, group, &level);
    for (size_t i = level.groups; i < graph->closed.len; i++)
        graph->build.groups.items[graph->closed.items[i]].parent = index;
    graph->closed.len = level.groups;
    *gb_push(&graph->closed) = index;
    uint32_t name = gb_mermaid_name(graph, id);
    graph->names.items[name].group = index;
    gb_mermaid_list(graph, name);
}

/* ---- the chart ---- */

/* Nodes that are none because their id is that of a subgraph go; names get the new indexes. */
static void
drop_subgraph_nodes(struct gb_mermaid_graph *graph)
{
    size_t n = graph->build.nodes.len, kept = 0;
    int32_t *renamed = gb_alloc((n ? n : 1) * sizeof(*renamed));
    bool *is_group = gb_alloc(n ? n : 1);

    memset(is_group, 0, n);
    GB_EACH(const struct gb_mermaid_name, name, graph->names.items, graph->names.len) {
        if (name->node >= 0)
            is_group[name->node] = name->group >= 0;
    }
    for (size_t i = 0; i < n; i++) {
        renamed[i] = is_group[i] ? -1 : (int32_t)kept;
        if (is_group[i])
            continue;
        graph->build.nodes.items[kept] = graph->build.nodes.items[i];
        graph->extra.items[kept++] = graph->extra.items[i];
    }
    graph->build.nodes.len = kept;
    free(is_group);
    GB_EACH(struct gb_mermaid_name, name, graph->names.items, graph->names.len) {
        name->node = name->node < 0 ? -1 : renamed[name->node];
    }
    free(renamed);
}

static struct gb_flow_end
end_of(const struct gb_mermaid_graph *graph, uint32_t name)
{
    const struct gb_mermaid_name *entry = &graph->names.items[name];

    return (struct gb_flow_end){entry->group >= 0 ? -1 : entry->node, entry->group};
}

/* What people read in the node, and what it is. */
static void
finish_nodes(struct gb_mermaid_graph *graph)
{
    for (size_t i = 0; i < graph->build.nodes.len; i++) {
        struct gb_flow_node *node = &graph->build.nodes.items[i];
        bool is_circle;
        if (graph->extra.items[i].has_number) {
            gb_flow_add_fault(&graph->build, GB_FLOW_SYNTAX, node->words, GB_STR("“label”的值须是文字：加双引号"),
                              GB_STR("the value of label must be a text: quote it"));
        }
        node->text = label_text(graph, node->label, graph->extra.items[i].is_markdown);
        enum gb_flow_kind kind = gb_flow_kind_of_shape(gb_mermaid_shapes, gb_mermaid_n_shapes, node->shape, &is_circle);
        node->kind = gb_flow_kind_of(kind, is_circle, node->text);
    }
}

/* Nodes of each subgraph, in the order of its list. */
static void
finish_groups(struct gb_mermaid_graph *graph)
{
    for (size_t i = 0; i < graph->build.groups.len; i++) {
        struct gb_flow_group *group = &graph->build.groups.items[i];
        const int32_t *names = group->members;
        int32_t *members = gb_arena_new_array(graph->arena, int32_t, group->n_member_ids ? group->n_member_ids : 1);
        for (uint32_t k = 0; k < group->n_member_ids; k++) {
            int32_t node = graph->names.items[names[k]].node;
            if (node < 0)
                continue;
            members[group->n_members++] = node;
            graph->build.nodes.items[node].group = (int32_t)i;
        }
        group->members = members;
    }
}

struct gb_flow
gb_mermaid_graph_take(struct gb_mermaid_graph *graph)
{
    drop_subgraph_nodes(graph);
    for (size_t i = 0; i < graph->build.edges.len; i++) {
        struct gb_flow_edge *edge = &graph->build.edges.items[i];
        edge->from = end_of(graph, graph->ends.items[i].from);
        edge->to = end_of(graph, graph->ends.items[i].to);
    }
    finish_groups(graph);
    finish_nodes(graph);
    graph->build.flow.title = graph->text->title;
    graph->build.flow.title_span = graph->text->title_place;
    graph->build.flow.direction = direction_of(graph->direction);
    graph->build.flow.direction_word = graph->direction;
    gb_strmap_release(&graph->ids);
    GB_RELEASE(&graph->names, &graph->extra, &graph->ends, &graph->levels, &graph->items, &graph->closed);
    return gb_flow_build_take(&graph->build);
}
