/*
 * BPMN 2.0: processes as their XML says, places as the diagram interchange (DI) says. A chart per diagram; a file without one
 * gives one chart of all its processes, without geometry.
 *
 * Sequence flows are the edges. Messages, associations and data are drawn, not judged. An event on the border of an activity is
 * part of it: its flows leave the activity. What only an event or a compensation starts stands outside of the flow: a group aside,
 * a note where nothing of its inside is shown.
 */
#include "flow/place_priv.h"
#include "flow/tree_priv.h"

/* ---- Elements and what they are ---- */

enum role {
    PLAIN,
    GATEWAY,  /* decides where two flows leave it, else joins */
    ACTIVITY, /* its words may say that it is a start or an end */
    EVENT,
    LINK, /* an event that goes on elsewhere where it says so */
    BOUNDARY,
    CONTAINER,
};

static const struct element_kind {
    const char *name;
    enum role role;
    enum gb_flow_kind kind;
} element_kinds[] = {
    {"startEvent", EVENT, GB_FLOW_START},
    {"endEvent", EVENT, GB_FLOW_END},
    {"intermediateCatchEvent", LINK, GB_FLOW_STEP},
    {"intermediateThrowEvent", LINK, GB_FLOW_STEP},
    {"boundaryEvent", BOUNDARY, GB_FLOW_STEP},
    {"exclusiveGateway", GATEWAY, GB_FLOW_DECISION},
    {"inclusiveGateway", GATEWAY, GB_FLOW_DECISION},
    {"complexGateway", GATEWAY, GB_FLOW_DECISION},
    {"eventBasedGateway", GATEWAY, GB_FLOW_DECISION},
    {"parallelGateway", PLAIN, GB_FLOW_FORK},
    {"task", ACTIVITY, GB_FLOW_STEP},
    {"userTask", ACTIVITY, GB_FLOW_STEP},
    {"manualTask", ACTIVITY, GB_FLOW_STEP},
    {"serviceTask", ACTIVITY, GB_FLOW_STEP},
    {"scriptTask", ACTIVITY, GB_FLOW_STEP},
    {"sendTask", ACTIVITY, GB_FLOW_STEP},
    {"receiveTask", ACTIVITY, GB_FLOW_STEP},
    {"businessRuleTask", ACTIVITY, GB_FLOW_STEP},
    {"callActivity", ACTIVITY, GB_FLOW_SUBPROCESS},
    {"callChoreography", ACTIVITY, GB_FLOW_SUBPROCESS},
    {"choreographyTask", ACTIVITY, GB_FLOW_STEP},
    {"subProcess", CONTAINER, GB_FLOW_SUBPROCESS},
    {"transaction", CONTAINER, GB_FLOW_SUBPROCESS},
    {"adHocSubProcess", CONTAINER, GB_FLOW_SUBPROCESS},
    {"subChoreography", CONTAINER, GB_FLOW_SUBPROCESS},
    {"textAnnotation", PLAIN, GB_FLOW_NOTE},
    {"dataObjectReference", PLAIN, GB_FLOW_NOTE},
    {"dataStoreReference", PLAIN, GB_FLOW_NOTE},
    {"dataInput", PLAIN, GB_FLOW_NOTE},
    {"dataOutput", PLAIN, GB_FLOW_NOTE},
};

/* What an XML element has become in the chart that is being made. */
struct made {
    const struct element_kind *kind; /* NULL: it is no node of any chart */
    int32_t node, group;             /* -1 for none */
    uint32_t event;                  /* 1 + its index, 0 for none */
    int32_t shape;                   /* its BPMNShape or BPMNEdge in the diagram, -1 */
    int32_t lane;                    /* group of the innermost lane that lists it, -1 */
    bool is_drawn;                   /* it has a shape in some diagram */
    bool is_hidden;                  /* it lies in a sub-process that is shut */
};

struct reader {
    struct gb_arena *arena;
    struct gb_tree tree;
    struct gb_tree_names ids; /* of the elements of the model */
    struct made *made;        /* one per XML element */
    GB_ARRAY(int32_t) diagrams;
    struct gb_flow_build build;
    uint32_t diagram; /* number of the one that is being made */
    bool is_model;    /* at most one diagram: all of the model is the chart */
};

/* More diagrams than this are not read. */
enum { MOST_DIAGRAMS = 200 };

static bool
is_of_model(const struct gb_tree_element *element)
{
    return element->name.len && gb_str_has(element->uri, GB_STR("/BPMN/")) &&
           gb_str_ends(element->uri, GB_STR("/MODEL"));
}

static const struct element_kind *
kind_of(const struct gb_tree_element *element)
{
    GB_FIND(kind, element_kinds, GB_COUNT(element_kinds), gb_str_is(element->name, kind->name));
    return kind && is_of_model(element) ? kind : NULL;
}

/* References are QNames: a prefix may stand before the id. */
static int32_t
find(const struct reader *r, struct gb_str id)
{
    id = gb_str_trim(id);
    int32_t element = gb_tree_names_find(&r->ids, id);
    const char *colon = element < 0 && id.len ? memchr(id.ptr, ':', id.len) : NULL;

    return colon ? gb_tree_names_find(&r->ids, gb_str_skip(id, (size_t)(colon - id.ptr) + 1)) : element;
}

static int32_t
referred(const struct reader *r, int32_t element, const char *attr)
{
    return find(r, gb_tree_value(&r->tree, element, attr));
}

static bool
has_value(const struct gb_tree *tree, int32_t element, const char *attr, const char *value)
{
    return element >= 0 && gb_str_is(gb_str_trim(gb_tree_value(tree, element, attr)), value);
}

static struct gb_span
span_of(const struct gb_tree *tree, int32_t element, const char *attr, struct gb_span other)
{
    const struct gb_tree_attr *found = gb_tree_attr(tree, element, attr);

    return found && found->value.len ? found->span : other;
}

/* The activity on whose border an event is; -1 for an event of its own, and where the file names none. */
static int32_t
host_of(const struct reader *r, int32_t element)
{
    const struct element_kind *kind = element >= 0 ? r->made[element].kind : NULL;

    return kind && kind->role == BOUNDARY ? referred(r, element, "attachedToRef") : -1;
}

/* ---- Geometry ---- */

static bool
box_of(const struct reader *r, int32_t element, struct gb_flow_box *out)
{
    int32_t shape = r->made[element].shape, bounds = shape >= 0 ? gb_tree_child(&r->tree, shape, "Bounds") : -1;

    return bounds >= 0 && gb_tree_number(&r->tree, bounds, "x", &out->x) &&
           gb_tree_number(&r->tree, bounds, "y", &out->y) && gb_tree_number(&r->tree, bounds, "width", &out->w) &&
           gb_tree_number(&r->tree, bounds, "height", &out->h) && out->w > 0 && out->h > 0;
}

static enum gb_flow_outline
outline_of(const struct gb_flow_build *build, struct gb_flow_end end)
{
    struct gb_str shape = end.node >= 0 ? build->nodes.items[end.node].shape : GB_STR("");

    if (gb_str_ends(shape, GB_STR("Gateway")))
        return GB_FLOW_RHOMBUS;
    return gb_str_ends(shape, GB_STR("Event")) ? GB_FLOW_ELLIPSE : GB_FLOW_RECT;
}

/* The way that is drawn; where the file does not draw it, nobody knows it. */
static void
set_route(struct reader *r, struct gb_flow_edge *edge, int32_t element)
{
    const struct gb_tree *tree = &r->tree;
    int32_t shape = r->made[element].shape;
    GB_ARRAY(struct gb_flow_point) points = {0};

    for (int32_t e = shape >= 0 ? tree->elements[shape].first : -1; e >= 0; e = tree->elements[e].next) {
        struct gb_flow_point p;
        if (gb_tree_is(tree, e, "waypoint") && gb_tree_number(tree, e, "x", &p.x) && gb_tree_number(tree, e, "y", &p.y))
            *gb_push(&points) = p;
    }
    if (points.len >= 2)
        gb_flow_set_points(&r->build, edge, points.items, points.len, GB_FLOW_DRAWN);
    else
        gb_flow_join(&r->build, edge, outline_of(&r->build, edge->from), outline_of(&r->build, edge->to),
                     GB_FLOW_GUESSED);
    gb_array_release(&points);
}

/* ---- Groups: pools, lanes, open sub-processes ---- */

static int32_t
add_group(struct reader *r, int32_t element, enum gb_flow_group_kind kind, int32_t parent)
{
    const struct gb_tree *tree = &r->tree;
    struct gb_flow_group *group = gb_flow_add_group(&r->build);
    struct gb_span whole = span_of(tree, element, "id", tree->elements[element].span);

    group->id = gb_tree_value(tree, element, "id");
    group->title = gb_tree_value(tree, element, "name");
    group->text = gb_flow_label_text(group->title, 0, r->arena);
    group->kind = kind;
    group->parent = parent;
    group->span = span_of(tree, element, "name", whole);
    group->has_box = box_of(r, element, &group->box);
    return r->made[element].group = (int32_t)r->build.groups.len - 1;
}

/* The group around an element: the lane that lists it, an open sub-process, the pool of its process. */
static int32_t
group_around(const struct reader *r, int32_t element)
{
    if (r->made[element].lane >= 0)
        return r->made[element].lane;
    for (int32_t e = r->tree.elements[element].parent; e >= 0; e = r->tree.elements[e].parent) {
        if (r->made[e].group >= 0)
            return r->made[e].group;
        if (r->made[e].lane >= 0)
            return r->made[e].lane;
    }
    return -1;
}

static bool
is_in_chart(const struct reader *r, int32_t element)
{
    return r->made[element].shape >= 0 || (r->is_model && !r->diagrams.len);
}

static void
add_pools(struct reader *r)
{
    for (int32_t e = 0; e < (int32_t)r->tree.n; e++) {
        if (!gb_tree_is(&r->tree, e, "participant") || !is_of_model(&r->tree.elements[e]) || !is_in_chart(r, e))
            continue;
        int32_t group = add_group(r, e, GB_FLOW_POOL, -1), process = referred(r, e, "processRef");
        if (process >= 0 && r->made[process].group < 0)
            r->made[process].group = group;
    }
}

/* A lane lists what lies in it; the lanes inside come later and have the last word. */
static void
add_lanes(struct reader *r)
{
    const struct gb_tree *tree = &r->tree;

    for (int32_t e = 0; e < (int32_t)tree->n; e++) {
        if (!gb_tree_is(tree, e, "lane") || !is_of_model(&tree->elements[e]) || !is_in_chart(r, e))
            continue;
        int32_t group = add_group(r, e, GB_FLOW_LANE, group_around(r, e));
        for (int32_t ref = tree->elements[e].first; ref >= 0; ref = tree->elements[ref].next) {
            int32_t listed = gb_tree_is(tree, ref, "flowNodeRef") ? find(r, gb_tree_text(tree, ref, r->arena)) : -1;
            if (listed >= 0)
                r->made[listed].lane = group;
        }
    }
}

/* ---- Nodes ---- */

/* Is there anything of the flow in a sub-process, and is it shown in this diagram? */
static bool
is_open(const struct reader *r, int32_t element)
{
    const struct gb_tree *tree = &r->tree;

    if (has_value(tree, r->made[element].shape, "isExpanded", "false"))
        return false;
    for (int32_t e = tree->elements[element].first; e >= 0; e = tree->elements[e].next) {
        const struct element_kind *kind = r->made[e].kind;
        if (kind && kind->kind != GB_FLOW_NOTE && (r->made[e].shape >= 0 || r->is_model))
            return true;
    }
    return false;
}

static enum gb_flow_kind
node_kind(const struct gb_tree *tree, int32_t element, const struct element_kind *kind, struct gb_str text)
{
    if (has_value(tree, element, "isForCompensation", "true") || has_value(tree, element, "triggeredByEvent", "true"))
        return GB_FLOW_NOTE;
    if (kind->role == LINK && gb_tree_child(tree, element, "linkEventDefinition") >= 0)
        return GB_FLOW_CONNECTOR;
    return kind->role == ACTIVITY ? gb_flow_kind_of(kind->kind, false, text) : kind->kind;
}

static void
add_node(struct reader *r, int32_t element)
{
    const struct gb_tree *tree = &r->tree;
    const struct element_kind *kind = r->made[element].kind;
    struct gb_flow_node *node = gb_flow_add_node(&r->build);
    int32_t words = kind->kind == GB_FLOW_NOTE ? gb_tree_child(tree, element, "text") : -1;

    node->id = gb_tree_value(tree, element, "id");
    node->span = span_of(tree, element, "id", tree->elements[element].span);
    node->label = words >= 0 ? gb_tree_text(tree, words, r->arena) : gb_tree_value(tree, element, "name");
    node->words = span_of(tree, element, "name", node->span);
    node->text = gb_flow_label_text(node->label, 0, r->arena);
    node->shape = gb_arena_printf(r->arena, "bpmn:%s", kind->name);
    node->kind = node_kind(tree, element, kind, node->text);
    node->group = group_around(r, element);
    node->has_box = box_of(r, element, &node->box);
    node->is_declared = true;
    r->made[element].node = (int32_t)r->build.nodes.len - 1;
}

/* Of several diagrams the first shows what none of them draws. */
static bool
is_shown(const struct reader *r, int32_t element)
{
    const struct made *made = &r->made[element];

    return !made->is_hidden && (r->is_model || made->shape >= 0 || (!made->is_drawn && r->diagram == 0));
}

/* What lies in a sub-process that is shut is hidden with all that is in it. */
static bool
lies_hidden(const struct reader *r, int32_t element)
{
    int32_t parent = r->tree.elements[element].parent;

    return parent >= 0 && (r->made[parent].is_hidden || (r->made[parent].kind && r->made[parent].node >= 0));
}

static void
add_open(struct reader *r, int32_t element)
{
    int32_t group = add_group(r, element, GB_FLOW_CONTAINER, group_around(r, element));

    r->build.groups.items[group].is_aside = has_value(&r->tree, element, "triggeredByEvent", "true");
}

static void
add_nodes(struct reader *r)
{
    for (int32_t e = 0; e < (int32_t)r->tree.n; e++) {
        struct made *made = &r->made[e];
        made->is_hidden = lies_hidden(r, e);
        if (!made->kind || host_of(r, e) >= 0 || !is_shown(r, e))
            continue;
        if (made->kind->role == CONTAINER && is_open(r, e))
            add_open(r, e);
        else
            add_node(r, e);
    }
}

/* When all activities are there. Where the host is not shown, they are not either. */
static void
add_events(struct reader *r)
{
    for (int32_t e = 0; e < (int32_t)r->tree.n; e++) {
        int32_t host = is_shown(r, e) ? host_of(r, e) : -1;
        if (host < 0 || (r->made[host].node < 0 && r->made[host].group < 0))
            continue;
        struct gb_flow_event *event = gb_push(&r->build.events);
        *event =
            (struct gb_flow_event){.id = gb_tree_value(&r->tree, e, "id"), .label = gb_tree_value(&r->tree, e, "name")};
        event->text = gb_flow_label_text(event->label, 0, r->arena);
        event->shape = GB_STR("bpmn:boundaryEvent");
        event->host = (struct gb_flow_end){r->made[host].node, r->made[host].node < 0 ? r->made[host].group : -1};
        event->has_box = box_of(r, e, &event->box);
        r->made[e].event = (uint32_t)r->build.events.len;
    }
}

/* ---- Edges ---- */

struct link {
    int32_t from, to; /* elements, -1 where the file names none */
    enum gb_flow_head tail, head;
    bool is_flow;
};

static struct gb_flow_end
end_of(const struct reader *r, int32_t element)
{
    if (host_of(r, element) >= 0)
        element = host_of(r, element);
    if (element < 0)
        return (struct gb_flow_end){-1, -1};
    return (struct gb_flow_end){r->made[element].node, r->made[element].node < 0 ? r->made[element].group : -1};
}

/* The exit that is taken by default; behind a gateway of events the event itself says when. */
static bool
needs_no_words(const struct gb_tree *tree, int32_t from, struct gb_str id)
{
    return gb_tree_is(tree, from, "eventBasedGateway") ||
           (id.len && gb_str_eq(gb_str_trim(gb_tree_value(tree, from, "default")), id));
}

static void
add_edge(struct reader *r, int32_t element, const struct link *link)
{
    const struct gb_tree *tree = &r->tree;
    struct gb_flow_end from = end_of(r, link->from), to = end_of(r, link->to);
    struct gb_str name = gb_tree_value(tree, element, "name"), id = gb_tree_value(tree, element, "id");

    /* An end that is elsewhere, in another diagram or a shut sub-process: so is the line. A flow that joins nothing is seen. */
    if ((gb_flow_end_is_loose(from) && link->from >= 0) || (gb_flow_end_is_loose(to) && link->to >= 0))
        return;
    if (gb_flow_end_is_loose(from) && gb_flow_end_is_loose(to) && (!link->is_flow || !is_shown(r, element)))
        return;
    struct gb_flow_edge *edge = gb_flow_add_edge(&r->build);
    edge->from = from;
    edge->to = to;
    edge->event = link->from >= 0 ? r->made[link->from].event : 0;
    edge->id = id;
    edge->span = span_of(tree, element, "id", tree->elements[element].span);
    edge->words = span_of(tree, element, "name", edge->span);
    edge->label = name;
    if (!name.len && host_of(r, link->from) >= 0) {
        name = gb_tree_value(tree, link->from, "name");
        edge->words = span_of(tree, link->from, "name", edge->span);
    }
    edge->text = gb_flow_label_text(name, 0, r->arena);
    edge->tail = link->tail;
    edge->head = link->head;
    edge->line = link->is_flow ? GB_FLOW_NORMAL : GB_FLOW_DOTTED;
    edge->is_message = !link->is_flow;
    edge->is_default = link->is_flow && link->from >= 0 && needs_no_words(tree, link->from, id);
    set_route(r, edge, element);
}

/* The element that a child <sourceRef> or <targetRef> names. */
static int32_t
named_by_child(const struct reader *r, int32_t element, const char *child)
{
    int32_t ref = gb_tree_child(&r->tree, element, child);

    return ref >= 0 ? find(r, gb_tree_text(&r->tree, ref, r->arena)) : -1;
}

static void
add_edges(struct reader *r)
{
    const struct gb_tree *tree = &r->tree;

    for (int32_t e = 0; e < (int32_t)tree->n; e++) {
        const struct gb_tree_element *element = &tree->elements[e];
        struct gb_str direction = gb_tree_value(tree, e, "associationDirection");
        struct link link = {-1, -1, GB_FLOW_NO_HEAD, GB_FLOW_ARROW, false};
        if (!is_of_model(element) || (element->parent >= 0 && r->made[element->parent].is_hidden))
            continue;
        if (gb_str_is(element->name, "dataInputAssociation")) {
            link.from = named_by_child(r, e, "sourceRef");
            link.to = element->parent;
        } else if (gb_str_is(element->name, "dataOutputAssociation")) {
            link.from = element->parent;
            link.to = named_by_child(r, e, "targetRef");
        } else if (gb_str_is(element->name, "sequenceFlow") || gb_str_is(element->name, "messageFlow") ||
                   gb_str_is(element->name, "association")) {
            link.from = referred(r, e, "sourceRef");
            link.to = referred(r, e, "targetRef");
            link.is_flow = gb_str_is(element->name, "sequenceFlow");
            if (gb_str_is(element->name, "association")) {
                link.head =
                    gb_str_is(direction, "One") || gb_str_is(direction, "Both") ? GB_FLOW_ARROW : GB_FLOW_NO_HEAD;
                link.tail = gb_str_is(direction, "Both") ? GB_FLOW_ARROW : GB_FLOW_NO_HEAD;
            }
        } else {
            continue;
        }
        add_edge(r, e, &link);
    }
}

/* A gateway with one exit joins; it decides nothing, unless it asks and one way leads to it: then it lacks an exit. */
static void
judge_gateways(struct reader *r)
{
    GB_WORDS(asks, "是否", "能否", "有无", "？", "?");
    uint32_t *exits = gb_arena_new_array(r->arena, uint32_t, r->build.nodes.len + 1);
    uint32_t *entries = gb_arena_new_array(r->arena, uint32_t, r->build.nodes.len + 1);

    GB_EACH(const struct gb_flow_edge, edge, r->build.edges.items, r->build.edges.len) {
        if (edge->from.node >= 0 && !edge->is_message)
            exits[edge->from.node]++;
        if (edge->to.node >= 0 && !edge->is_message)
            entries[edge->to.node]++;
    }
    for (size_t i = 0; i < r->build.nodes.len; i++) {
        struct gb_flow_node *node = &r->build.nodes.items[i];
        if (node->kind == GB_FLOW_DECISION && exits[i] < 2 && !(entries[i] == 1 && GB_HAS_ANY(node->text, asks)))
            node->kind = GB_FLOW_FORK;
    }
}

/* ---- Diagrams ---- */

/* The name of what the diagram shows, else its own. */
static void
set_title(struct reader *r, int32_t diagram)
{
    const struct gb_tree *tree = &r->tree;
    int32_t plane = diagram >= 0 ? gb_tree_child(tree, diagram, "BPMNPlane") : -1;
    int32_t shown = plane >= 0 ? referred(r, plane, "bpmnElement") : -1;

    if (diagram < 0 && tree->n)
        shown = gb_tree_child(tree, 0, "process");
    int32_t named = shown >= 0 && gb_tree_value(tree, shown, "name").len ? shown : diagram;
    if (named < 0 || !gb_tree_value(tree, named, "name").len)
        return;
    r->build.flow.title = gb_flow_label_text(gb_tree_value(tree, named, "name"), 0, r->arena);
    r->build.flow.title_span = span_of(tree, named, "name", tree->elements[named].span);
}

/* Forgets the last chart; then the shapes of the diagram belong to what they draw. */
static void
begin_chart(struct reader *r, int32_t diagram)
{
    const struct gb_tree *tree = &r->tree;
    int32_t end = diagram >= 0 ? gb_tree_end(tree, diagram) : 0;

    gb_flow_build_init(&r->build, GB_FLOW_BPMN, r->arena);
    GB_EACH(struct made, made, r->made, tree->n) {
        made->node = made->group = made->shape = made->lane = -1;
        made->event = 0;
    }
    for (int32_t e = diagram; e >= 0 && e < end; e++) {
        int32_t drawn =
            gb_tree_is(tree, e, "BPMNShape") || gb_tree_is(tree, e, "BPMNEdge") ? referred(r, e, "bpmnElement") : -1;
        if (drawn >= 0 && r->made[drawn].shape < 0)
            r->made[drawn].shape = e;
    }
}

static struct gb_flow
read_chart(struct reader *r, int32_t diagram)
{
    begin_chart(r, diagram);
    set_title(r, diagram);
    add_pools(r);
    add_lanes(r);
    add_nodes(r);
    add_events(r);
    add_edges(r);
    judge_gateways(r);
    gb_flow_finish(&r->build);
    if (r->tree.has_fault) {
        const struct gb_flow_problem *fault = &r->tree.fault;
        gb_flow_add_fault(&r->build, fault->kind, fault->span, fault->zh, fault->en);
    } else if (!r->tree.n || !gb_tree_is(&r->tree, 0, "definitions") || !is_of_model(&r->tree.elements[0])) {
        gb_flow_add_fault(&r->build, GB_FLOW_SYNTAX, (struct gb_span){0, 0},
                          GB_STR("不是BPMN 2.0文件：根元素应为definitions"),
                          GB_STR("this is no BPMN 2.0: its root must be definitions"));
    }
    return gb_flow_build_take(&r->build);
}

static void
look_over(struct reader *r)
{
    const struct gb_tree *tree = &r->tree;

    r->made = gb_arena_new_array(r->arena, struct made, tree->n + 1);
    gb_tree_names_init(&r->ids, tree->n, r->arena);
    for (int32_t e = 0; e < (int32_t)tree->n; e++) {
        r->made[e].kind = kind_of(&tree->elements[e]);
        if (is_of_model(&tree->elements[e]))
            gb_tree_names_add(&r->ids, gb_tree_value(tree, e, "id"), e);
        if (gb_tree_is(tree, e, "BPMNDiagram") && r->diagrams.len < MOST_DIAGRAMS)
            *gb_push(&r->diagrams) = e;
    }
    for (int32_t e = 0; e < (int32_t)tree->n; e++) {
        int32_t drawn = gb_tree_is(tree, e, "BPMNShape") ? referred(r, e, "bpmnElement") : -1;
        if (drawn >= 0)
            r->made[drawn].is_drawn = true;
    }
    r->is_model = r->diagrams.len < 2;
}

struct gb_flows
gb_flow_read_bpmn(struct gb_str text, struct gb_arena *arena)
{
    struct reader r = {.arena = arena};

    gb_tree_read(&r.tree, text, arena);
    look_over(&r);
    uint32_t n = r.diagrams.len ? (uint32_t)r.diagrams.len : 1;
    struct gb_flow *charts = gb_arena_new_array(arena, struct gb_flow, n);
    for (r.diagram = 0; r.diagram < n; r.diagram++)
        charts[r.diagram] = read_chart(&r, r.diagrams.len ? r.diagrams.items[r.diagram] : -1);
    gb_array_release(&r.diagrams);
    return (struct gb_flows){charts, n};
}
