/* XML as a tree, and tables of names. base/xml.h judges the text and resolves references; no file but this text is touched. */
#include "flow/tree_priv.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/xml.h"

#include <math.h>

#define NUMBER_LIMIT 4194304.0 /* 2^22: beyond it nothing is drawn */

struct growing {
    struct gb_tree *tree;
    struct gb_arena *arena;
    GB_ARRAY(struct gb_tree_element) elements;
    GB_ARRAY(struct gb_tree_attr) attrs;
    struct gb_buf value;
    struct gb_str uri; /* of the last element: copied once while it stays */
    int32_t open;
    bool is_full;
};

static void
set_fault(struct gb_tree *tree, enum gb_flow_problem_kind kind, struct gb_span span, struct gb_str zh, struct gb_str en)
{
    if (tree->has_fault)
        return;
    tree->has_fault = true;
    tree->fault = (struct gb_flow_problem){kind, span, zh, en};
}

static bool
is_full(struct growing *g, struct gb_xml *xml, struct gb_span span)
{
    if (g->elements.len + g->attrs.len < GB_TREE_MOST)
        return false;
    set_fault(g->tree, GB_FLOW_LIMIT, span, GB_STR("图的元素和属性超过400000个，其余未读取"),
              GB_STR("the drawing has more than 400000 elements and attributes; the rest was not read"));
    g->is_full = true;
    if (xml)
        gb_xml_stop(xml);
    return true;
}

static struct gb_tree_element *
add_element(struct growing *g)
{
    int32_t index = (int32_t)g->elements.len;
    struct gb_tree_element *element = gb_push(&g->elements);

    *element = (struct gb_tree_element){.parent = g->open, .first = -1, .last = -1, .next = -1};
    if (g->open >= 0) {
        struct gb_tree_element *parent = &g->elements.items[g->open];
        if (parent->last >= 0)
            g->elements.items[parent->last].next = index;
        else
            parent->first = index;
        parent->last = index;
    }
    return element;
}

static void
add_piece(void *data, const struct gb_xml_piece *piece)
{
    gb_buf_add(&((struct growing *)data)->value, piece->str);
}

static void
add_attr(struct growing *g, const struct gb_xml_tag *tag, const struct gb_xml_attr *attr)
{
    struct gb_tree_attr *out = gb_push(&g->attrs);

    /* Outside of entities these are bytes of the text itself. */
    *out = (struct gb_tree_attr){attr->prefix, attr->name, attr->value, attr->span};
    if (attr->is_expanded) {
        out->prefix = gb_arena_copy(g->arena, attr->prefix);
        out->name = gb_arena_copy(g->arena, attr->name);
    }
    if (attr->value.len && (attr->is_expanded || memchr(attr->value.ptr, '&', attr->value.len))) {
        g->value.len = 0;
        gb_xml_attr_pieces(tag, attr, add_piece, g);
        out->value = gb_arena_copy(g->arena, gb_buf_str(&g->value));
    }
}

static void
on_start(void *data, const struct gb_xml_tag *tag)
{
    struct growing *g = data;
    struct gb_xml_attr attr;

    if (g->is_full || is_full(g, tag->xml, tag->span))
        return;
    int32_t index = (int32_t)g->elements.len;
    struct gb_tree_element *element = add_element(g);
    element->name = gb_arena_copy(g->arena, tag->name);
    if (!gb_str_eq(g->uri, tag->uri))
        g->uri = gb_arena_copy(g->arena, tag->uri);
    element->uri = g->uri;
    element->span = tag->span;
    element->attr = (uint32_t)g->attrs.len;
    for (size_t at = tag->attrs; gb_xml_next_attr(tag, &at, &attr);) {
        if (!gb_str_is(attr.prefix, "xmlns"))
            add_attr(g, tag, &attr);
    }
    element->n_attrs = (uint32_t)g->attrs.len - element->attr;
    g->open = index;
}

static void
on_end(void *data, const struct gb_xml_tag *tag)
{
    struct growing *g = data;

    (void)tag;
    if (!g->is_full && g->open >= 0)
        g->open = g->elements.items[g->open].parent;
}

static void
on_text(void *data, const struct gb_xml_piece *piece)
{
    struct growing *g = data;

    if (g->open < 0 || g->is_full || !piece->str.len || is_full(g, NULL, piece->span))
        return;
    struct gb_tree_element *text = add_element(g);
    text->text = gb_arena_copy(g->arena, piece->str);
    text->span = piece->span;
}

/* An unknown entity (&nbsp; without a DTD) leaves a word out, not a node: only what ends the reading counts. */
static void
on_fault(void *data, const struct gb_xml_fault *fault)
{
    struct growing *g = data;
    static const enum gb_flow_problem_kind kinds[] = {
        [GB_XML_MALFORMED] = GB_FLOW_SYNTAX,
        [GB_XML_LIMIT] = GB_FLOW_LIMIT,
        [GB_XML_EXTERNAL] = GB_FLOW_UNREADABLE,
    };

    if (fault->is_whole)
        set_fault(g->tree, kinds[fault->kind], fault->span, gb_arena_copy(g->arena, fault->zh),
                  gb_arena_copy(g->arena, fault->en));
}

void
gb_tree_read(struct gb_tree *tree, struct gb_str text, struct gb_arena *arena)
{
    static const struct gb_xml_events events = {.start = on_start, .end = on_end, .text = on_text, .fault = on_fault};
    struct growing g = {.tree = tree, .arena = arena, .open = -1};

    *tree = (struct gb_tree){.n = 0};
    if (text.len > GB_TREE_MOST_BYTES) {
        set_fault(tree, GB_FLOW_LIMIT, (struct gb_span){0, 0}, GB_STR("图的文本超过64 MB，未读取"),
                  GB_STR("the text of the drawing is larger than 64 MB and was not read"));
        return;
    }
    gb_xml_read(text, 0, &events, &g);
    GB_KEEP(arena, &g.elements, tree->elements, tree->n);
    GB_KEEP(arena, &g.attrs, tree->attrs, tree->n_attrs);
    gb_buf_release(&g.value);
}

/* ---- Looking things up ---- */

const struct gb_tree_attr *
gb_tree_attr(const struct gb_tree *tree, int32_t element, const char *name)
{
    const struct gb_tree_element *e = &tree->elements[element];

    for (uint32_t i = e->attr; i < e->attr + e->n_attrs; i++) {
        if (gb_str_is(tree->attrs[i].name, name))
            return &tree->attrs[i];
    }
    return NULL;
}

struct gb_str
gb_tree_value(const struct gb_tree *tree, int32_t element, const char *name)
{
    const struct gb_tree_attr *attr = gb_tree_attr(tree, element, name);

    return attr ? attr->value : GB_STR("");
}

/* 1e-3: the exponent, cut to what a double holds; the bytes that it takes. */
static size_t
parse_exponent(struct gb_str s, int *out)
{
    size_t at = 1;
    bool is_negative = s.len > 1 && s.ptr[1] == '-';
    int n = 0;

    if (!s.len || (s.ptr[0] | 0x20) != 'e')
        return 0;
    at += s.len > 1 && (s.ptr[1] == '-' || s.ptr[1] == '+');
    if (!gb_is_digit(gb_str_at(s, at)))
        return 0;
    for (; gb_is_digit(gb_str_at(s, at)); at++)
        n = n < 400 ? n * 10 + (s.ptr[at] - '0') : n;
    *out = is_negative ? -n : n;
    return at;
}

size_t
gb_flow_parse_number(struct gb_str s, double *out)
{
    size_t at = s.len && (s.ptr[0] == '-' || s.ptr[0] == '+'), first;
    double number = 0, part = 1;
    int exponent = 0;

    for (first = at; gb_is_digit(gb_str_at(s, at)); at++)
        number = number * 10 + (s.ptr[at] - '0');
    size_t digits = at - first;
    if (at < s.len && s.ptr[at] == '.' && (digits || gb_is_digit(gb_str_at(s, at + 1)))) {
        for (at++; gb_is_digit(gb_str_at(s, at)); at++, digits++)
            number += (part /= 10) * (s.ptr[at] - '0');
    }
    if (!digits)
        return 0;
    at += parse_exponent(gb_str_skip(s, at), &exponent);
    if (exponent)
        number *= pow(10, exponent);
    if (!(number <= NUMBER_LIMIT))
        number = HUGE_VAL;
    *out = s.ptr[0] == '-' ? -number : number;
    return at;
}

bool
gb_tree_number(const struct gb_tree *tree, int32_t element, const char *name, double *out)
{
    double number;

    if (!gb_flow_parse_number(gb_str_trim(gb_tree_value(tree, element, name)), &number) || isinf(number))
        return false;
    *out = number;
    return true;
}

int32_t
gb_tree_child(const struct gb_tree *tree, int32_t element, const char *name)
{
    int32_t child = tree->elements[element].first;

    while (child >= 0 && !gb_tree_is(tree, child, name))
        child = tree->elements[child].next;
    return child;
}

int32_t
gb_tree_end(const struct gb_tree *tree, int32_t element)
{
    for (int32_t e = element; e >= 0; e = tree->elements[e].parent) {
        if (tree->elements[e].next >= 0)
            return tree->elements[e].next;
    }
    return (int32_t)tree->n;
}

struct gb_str
gb_tree_text(const struct gb_tree *tree, int32_t element, struct gb_arena *arena)
{
    struct gb_buf buf = {0};
    int32_t end = gb_tree_end(tree, element), only = -1;
    unsigned n = 0;

    for (int32_t e = element; e < end; e++) {
        if (tree->elements[e].text.len) {
            n++;
            only = e;
            gb_buf_add(&buf, tree->elements[e].text);
        }
    }
    struct gb_str text = n > 1 ? gb_buf_take(&buf, arena) : n ? tree->elements[only].text : GB_STR("");
    gb_buf_release(&buf);
    return text;
}

/* ---- Names ---- */

void
gb_tree_names_init(struct gb_tree_names *names, size_t most, struct gb_arena *arena)
{
    *names = (struct gb_tree_names){.n_slots = 16};
    while (names->n_slots < most * 2)
        names->n_slots *= 2;
    names->slots = gb_arena_new_array(arena, struct gb_tree_name_slot, names->n_slots);
}

static struct gb_tree_name_slot *
slot_of(const struct gb_tree_names *names, struct gb_str name)
{
    size_t i = gb_hash_slot(name) & (names->n_slots - 1);

    while (names->slots[i].name.len && !gb_str_eq(names->slots[i].name, name))
        i = (i + 1) & (names->n_slots - 1);
    return &names->slots[i];
}

bool
gb_tree_names_add(struct gb_tree_names *names, struct gb_str name, int32_t value)
{
    struct gb_tree_name_slot *slot = name.len && names->n < names->n_slots / 2 ? slot_of(names, name) : NULL;

    if (!slot || slot->name.len)
        return false;
    *slot = (struct gb_tree_name_slot){name, value};
    names->n++;
    return true;
}

int32_t
gb_tree_names_find(const struct gb_tree_names *names, struct gb_str name)
{
    const struct gb_tree_name_slot *slot = name.len && names->n_slots ? slot_of(names, name) : NULL;

    return slot && slot->name.len ? slot->value : -1;
}
