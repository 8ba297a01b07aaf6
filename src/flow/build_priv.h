/*
 * What the readers share: a chart that grows, the words of labels, and what a node is by shape and words.
 * Nothing here knows a notation.
 */
#ifndef GB_FLOW_BUILD_PRIV_H
#define GB_FLOW_BUILD_PRIV_H

#include "base/array.h"
#include "flow/flow.h"

/* A chart being read. Pointers into it move when it grows: keep indexes. */
struct gb_flow_build {
    struct gb_arena *arena;
    struct gb_flow flow; /* all but the arrays below */
    GB_ARRAY(struct gb_flow_node) nodes;
    GB_ARRAY(struct gb_flow_edge) edges;
    GB_ARRAY(struct gb_flow_group) groups;
    GB_ARRAY(struct gb_flow_event) events;
    GB_ARRAY(struct gb_flow_problem) problems;
};

void gb_flow_build_init(struct gb_flow_build *build, enum gb_flow_format format, struct gb_arena *arena);

/* New, zeroed but for group -1, ends -1; the pointer holds until the next one. */
struct gb_flow_node *gb_flow_add_node(struct gb_flow_build *build);
struct gb_flow_edge *gb_flow_add_edge(struct gb_flow_build *build);
struct gb_flow_group *gb_flow_add_group(struct gb_flow_build *build);
void gb_flow_add_problem(struct gb_flow_build *build, enum gb_flow_problem_kind kind, struct gb_span span,
                         struct gb_str zh, struct gb_str en);
/* One that leaves something of the chart out. */
void gb_flow_add_fault(struct gb_flow_build *build, enum gb_flow_problem_kind kind, struct gb_span span,
                       struct gb_str zh, struct gb_str en);

/* Lists the nodes of each group, in their order. */
void gb_flow_fill_members(struct gb_flow_build *build);

/* A sentence in which %s stands, any number of times, for what the author wrote; an empty one reads ↵. */
struct gb_str gb_flow_fill_in(const char *format, struct gb_str shown, struct gb_arena *arena);

/* Moves what was built into the arena; the builder is empty afterwards. */
struct gb_flow gb_flow_build_take(struct gb_flow_build *build);

/* label.c: what a notation puts into its labels. */
enum {
    GB_FLOW_LABEL_HTML = 1 << 0,     /* <br> ends a line, other tags mean nothing, &nbsp; &#35; are characters */
    GB_FLOW_LABEL_HASH = 1 << 1,     /* #35; #quot; are characters (Mermaid) */
    GB_FLOW_LABEL_ESCAPES = 1 << 2,  /* \n ends a line */
    GB_FLOW_LABEL_MARKDOWN = 1 << 3, /* * ** _ __ are marks of type */
};

/* The words that people read: codes, tags and marks resolved, lines parted by '\n', each trimmed. In the arena, or the
 * label itself where there is nothing to do. */
struct gb_str gb_flow_label_text(struct gb_str label, unsigned marks, struct gb_arena *arena);
/* Without white space of any kind at both ends. */
struct gb_str gb_flow_trim(struct gb_str s);

/* kinds.c: what a node is by its shape; a reader keeps a table of such rows. */
struct gb_flow_shape {
    enum gb_flow_kind kind;
    bool is_circle;    /* with one letter or digit in it: a connector, never a start */
    const char *names; /* of the shapes that mean it, parted by blanks */
};

/* Is the name one of those that blanks part? */
bool gb_flow_has_name(struct gb_str names, struct gb_str name);
/* The row that has the name; NULL for none. */
const struct gb_flow_shape *gb_flow_shape_named(const struct gb_flow_shape *shapes, size_t n, struct gb_str name);
/* STEP for a name that is in no row. */
enum gb_flow_kind gb_flow_kind_of_shape(const struct gb_flow_shape *shapes, size_t n, struct gb_str name,
                                        bool *out_is_circle);
/* What shape and words say together: 开始 in a box is a start, 归档 in a terminator is an end. `text` as people read it. */
enum gb_flow_kind gb_flow_kind_of(enum gb_flow_kind by_shape, bool is_circle, struct gb_str text);

/* One reader per notation, in flow.c's table. */
struct gb_flows gb_flow_read_mermaid(struct gb_str text, struct gb_arena *arena);
struct gb_flows gb_flow_read_dot(struct gb_str text, struct gb_arena *arena);
struct gb_flows gb_flow_read_plantuml(struct gb_str text, struct gb_arena *arena);
struct gb_flows gb_flow_read_drawio(struct gb_str text, struct gb_arena *arena);
struct gb_flows gb_flow_read_bpmn(struct gb_str text, struct gb_arena *arena);
struct gb_flows gb_flow_read_svg(struct gb_str text, struct gb_arena *arena);
struct gb_flows gb_flow_read_arrows(struct gb_str text, struct gb_arena *arena);

/* drawio/png.c: the drawing of draw.io inside a PNG: XML, checked UTF-8. False: the bytes are no PNG. Empty: it holds none. */
bool gb_png_drawing(struct gb_str bytes, struct gb_arena *arena, struct gb_str *out_xml);

#endif
