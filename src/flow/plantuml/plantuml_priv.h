/*
 * PlantUML's activity diagrams in both syntaxes. The newer one is a structure of statements without arrows: what is open, and the
 * ends from which the flow goes on, are kept while its lines are read. The older one is a list of arrows.
 */
#ifndef GB_FLOW_PLANTUML_PLANTUML_PRIV_H
#define GB_FLOW_PLANTUML_PLANTUML_PRIV_H

#include "flow/build_priv.h"
#include "base/strmap.h"

/* Larger ones are drawings of machines, and what has more faults is no diagram. Structures are nested at most DEPTH deep. */
enum {
    GB_UML_MAX_FAULTS = 100,
    GB_UML_MAX_NODES = 50000,
    GB_UML_MAX_EDGES = 50000,
    GB_UML_MAX_GROUPS = 10000,
    GB_UML_MAX_CHARTS = 1000,
    GB_UML_MAX_DEPTH = 64,
};

/* ---- line.c: lines without comments and what only styles ---- */

/* A line that says something, without blanks at its ends; `next` begins the one behind it. */
struct gb_uml_line {
    size_t begin, end, next;
};

static inline struct gb_span
gb_uml_line_span(const struct gb_uml_line *line)
{
    return (struct gb_span){(uint32_t)line->begin, (uint32_t)line->end};
}

struct gb_uml_text {
    struct gb_str s; /* all that was given: places are offsets of it */
    size_t at, end;  /* of the block; `at` moves on */
};

/* False at the end of the block. */
bool gb_uml_next_line(struct gb_uml_text *text, struct gb_uml_line *out);

/* A place in a line. */
struct gb_uml_cursor {
    struct gb_str s;
    size_t at, end;
};

/* Words and where they stand; str.ptr NULL for none. */
struct gb_uml_words {
    struct gb_str str;
    struct gb_span span;
};

bool gb_uml_is_blank(char c);
void gb_uml_skip_blanks(struct gb_uml_cursor *c);
/*
 * The word at the cursor, in whatever case, no letter behind it, and the blanks behind it; or two or more words parted by blanks or by
 * nothing: "end if" takes endif too.
 */
bool gb_uml_take_words(struct gb_uml_cursor *c, const char *words);
bool gb_uml_take_mark(struct gb_uml_cursor *c, const char *mark);
/* ( … ) with brackets in pairs, over a few line ends if need be; the cursor's line is then longer. */
bool gb_uml_take_group(struct gb_uml_cursor *c, struct gb_uml_words *out);
struct gb_uml_words gb_uml_words_at(struct gb_str s, size_t begin, size_t end);

/* ---- label.c ---- */

/* The words that people read: line ends, tags, marks of type and lists resolved. */
struct gb_str gb_uml_label_text(struct gb_str label, struct gb_arena *arena);

/* ---- graph.c ---- */

/* An end from which the flow goes on. */
struct gb_uml_tail {
    uint32_t node;
    struct gb_uml_words label;
    struct gb_span span; /* of the keyword or arrow that made it; empty for none */
    enum gb_flow_line line;
    bool is_default; /* to the next question: the exit that needs no words */
    bool is_loop;    /* the way back of a loop */
};

enum gb_uml_frame_kind {
    GB_UML_IF,
    GB_UML_SWITCH,
    GB_UML_WHILE,
    GB_UML_REPEAT,
    GB_UML_FORK,
    GB_UML_SPLIT,
    GB_UML_GROUP
};

/* A structure that is open. */
struct gb_uml_frame {
    enum gb_uml_frame_kind kind;
    struct gb_span span;          /* of its keyword */
    int32_t node;                 /* the decision or bar; REPEAT: where the loop begins, -1 until it is known */
    int32_t backward;             /* the step on the way back; -1 */
    struct gb_span backward_span; /* of its keyword */
    size_t exits;                 /* where its exits begin in gb_uml_graph.exits */
    size_t breaks;                /* the same for those of break */
    bool has_else;
    bool has_brace; /* GROUP: closed by } */
    int32_t group;  /* GROUP: the one around it */
};

struct gb_uml_jump {
    struct gb_uml_tail tail;
    struct gb_uml_words target;
};

struct gb_uml_graph {
    struct gb_arena *arena;
    struct gb_str s;
    struct gb_flow_build build;
    GB_ARRAY(struct gb_uml_tail) tails, exits, breaks;
    GB_ARRAY(struct gb_uml_frame) frames;
    GB_ARRAY(struct gb_uml_jump) jumps;
    GB_ARRAY(struct gb_str) labels;                /* names of places that wait for their node */
    struct gb_strmap targets, lanes, nodes, marks; /* marks: shapes of nodes without words */
    int32_t group, lane;                           /* for new nodes; -1 */
    struct gb_uml_words arrow_words;               /* of the arrow that was written for the next node */
    struct gb_span arrow;                          /* empty for none */
    enum gb_flow_line arrow_line;
    uint32_t n_faults;
    bool is_full;           /* reading ends here */
    const char *missing[8]; /* ends of blocks that stand nowhere in what is left of the text */
};

void gb_uml_graph_init(struct gb_uml_graph *graph, struct gb_str s, struct gb_arena *arena);
struct gb_flow gb_uml_graph_take(struct gb_uml_graph *graph);

/* A node that nothing leads to yet; words.str.ptr NULL: it has none. False when there are too many. */
bool gb_uml_add(struct gb_uml_graph *graph, const char *shape, enum gb_flow_kind kind, struct gb_uml_words words,
                struct gb_span span, uint32_t *out_node);
/* The same as the next step of the flow: lines from all ends lead to it, and it is the only end. */
bool gb_uml_step(struct gb_uml_graph *graph, const char *shape, enum gb_flow_kind kind, struct gb_uml_words words,
                 struct gb_span span, uint32_t *out_node);
/* Lines from all ends to a node; no end is left. */
void gb_uml_join(struct gb_uml_graph *graph, uint32_t node);
/* A line of its own; NULL when there are too many. */
struct gb_flow_edge *gb_uml_connect(struct gb_uml_graph *graph, const struct gb_uml_tail *tail, uint32_t to);
/* The only end is now this one. */
void gb_uml_go_on(struct gb_uml_graph *graph, uint32_t node, struct gb_uml_words label, struct gb_span span);

bool gb_uml_open(struct gb_uml_graph *graph, enum gb_uml_frame_kind kind, int32_t node, struct gb_span span);
/* The innermost frame, of this kind; NULL when it is another or there is none. */
struct gb_uml_frame *gb_uml_top(struct gb_uml_graph *graph, enum gb_uml_frame_kind kind);
/* Ends of the branch that was read become exits of the innermost frame. */
void gb_uml_end_branch(struct gb_uml_graph *graph);
/* Exits and breaks of the innermost frame become the ends, beside those that are there; it is closed. */
void gb_uml_close(struct gb_uml_graph *graph);
/* Opens a group of nodes inside the open one, or makes a lane the current one. */
int32_t gb_uml_add_group(struct gb_uml_graph *graph, enum gb_flow_group_kind kind, struct gb_str id,
                         struct gb_uml_words title, struct gb_span span);

/* The first fault of a chart is told; %s stands for the words at the span. */
bool gb_uml_fail(struct gb_uml_graph *graph, struct gb_span span, const char *zh, const char *en);
void gb_uml_stop(struct gb_uml_graph *graph, struct gb_span span, const char *zh, const char *en);

/* ---- common.c: what both syntaxes share ---- */

/* Title, skinparam, legend, comments and the like at the head of a line: taken with all lines of them. */
bool gb_uml_take_common(struct gb_uml_graph *graph, struct gb_uml_text *text, const struct gb_uml_line *line);
/* note left: …, note right … end note: a node that is none of the flow. */
bool gb_uml_take_note(struct gb_uml_graph *graph, struct gb_uml_text *text, const struct gb_uml_line *line);
/* partition "x" {, group x, } and end group; a frame of its own. */
bool gb_uml_take_partition(struct gb_uml_graph *graph, const struct gb_uml_line *line);

/* ---- new.c, old.c ---- */

void gb_uml_read_new(struct gb_uml_graph *graph, struct gb_uml_text text);
void gb_uml_read_old(struct gb_uml_graph *graph, struct gb_uml_text text);

/* Does the line begin a step, or a structure, of the newer syntax? */
bool gb_uml_is_new_statement(struct gb_str line);

#endif
