/*
 * The parts of the Mermaid reader. A chart is cleaned as Mermaid cleans it, cut into tokens by the same rules in the same
 * order, parsed by the same grammar; what differs is that every token knows its place and that reading goes on behind a
 * fault. All offsets are bytes of the cleaned text unless they are called places.
 */
#ifndef GB_FLOW_MERMAID_MERMAID_PRIV_H
#define GB_FLOW_MERMAID_MERMAID_PRIV_H

#include "base/buf.h"
#include "flow/build_priv.h"
#include "base/strmap.h"

/* What #35; and #quot; become in the cleaned text: their marks, so that neither # nor ; is seen by the scanner. */
enum { CODE_NUMBER = 0x01, CODE_NAME = 0x02, CODE_END = 0x03 };

/* White space of the patterns of ECMAScript. */
bool gb_mermaid_is_space(uint32_t c);
/* Behind the white space that begins at `at`. */
size_t gb_mermaid_skip_space(struct gb_str s, size_t at);

/* ---- clean.c: comments, directives and front matter out, entity codes hidden ---- */

struct gb_mermaid_text {
    char *ptr;        /* ends with a line feed that the author need not have typed */
    uint32_t *places; /* of each byte, in the text that the author typed */
    size_t len;
    uint32_t n_typed;    /* bytes of what the author typed */
    struct gb_str title; /* of the front matter; empty for none */
    struct gb_span title_place;
    struct gb_span fault;            /* of front matter that cannot be read */
    const char *fault_zh, *fault_en; /* NULL: there is none */
    bool inherits_direction;         /* configured: subgraphs without a direction take that of the chart */
};

/* In the arena; `text` is what the author typed. */
void gb_mermaid_clean(struct gb_mermaid_text *out, struct gb_str text, struct gb_arena *arena);

static inline struct gb_str
gb_mermaid_str(const struct gb_mermaid_text *text, size_t begin, size_t end)
{
    return (struct gb_str){text->ptr + begin, end - begin};
}

/* The place of [begin, end): from its first byte to behind its last. */
static inline struct gb_span
gb_mermaid_place(const struct gb_mermaid_text *text, size_t begin, size_t end)
{
    uint32_t from = begin < text->len ? text->places[begin] : text->len ? text->places[text->len - 1] : 0;
    uint32_t to = end > begin ? text->places[end - 1] + 1 : from;

    if (to > text->n_typed)
        to = text->n_typed;
    return (struct gb_span){from, to > from ? to : from};
}

/* ---- lex.c ---- */

/* clang-format off */
#define GB_MERMAID_TOKENS(X) \
    X(END) X(EOF_MARK) X(BAD) X(NEWLINE) X(SPACE) X(SEMI) X(GRAPH) X(DIR) X(NODIR) X(SUBGRAPH) \
    X(END_WORD) X(DIRECTION) X(ACC_TITLE) X(ACC_TITLE_VALUE) X(ACC_DESCR) X(ACC_DESCR_VALUE) \
    X(ACC_BLOCK) X(SHAPE_DATA) X(DATA_OPEN) X(DATA_STR) X(STYLE) X(DEFAULT) X(LINK_STYLE) X(INTERPOLATE) \
    X(CLASS_DEF) X(CLASS) X(HREF) X(CLICK) X(CALLBACK_NAME) X(CALLBACK_ARGS) X(TARGET) X(LINK_ID) X(NUM) \
    X(BRKT) X(STYLE_SEPARATOR) X(COLON) X(AMP) X(COMMA) X(MULT) X(LINK) X(START_LINK) X(EDGE_TEXT) \
    X(TEXT) X(STR) X(MD_STR) X(PIPE) X(NODE_STRING) X(MINUS) X(UNICODE) X(DOWN) X(UP) X(SEP) X(QUOTE) \
    X(TAG_START) X(TAG_END) X(SQUARE_OPEN) X(SQUARE_CLOSE) X(ROUND_OPEN) X(ROUND_CLOSE) X(BRACE_OPEN) \
    X(BRACE_CLOSE) X(ELLIPSE_OPEN) X(ELLIPSE_CLOSE) X(STADIUM_OPEN) X(STADIUM_CLOSE) X(SUBROUTINE_OPEN) \
    X(SUBROUTINE_CLOSE) X(PROPS_OPEN) X(CYLINDER_OPEN) X(CYLINDER_CLOSE) X(DOUBLE_OPEN) X(DOUBLE_CLOSE) \
    X(TRAP_OPEN) X(TRAP_CLOSE) X(INVTRAP_OPEN) X(INVTRAP_CLOSE)
/* clang-format on */

enum gb_mermaid_kind {
#define X(id) TOKEN_##id,
    GB_MERMAID_TOKENS(X)
#undef X
        TOKEN_COUNT
};

struct gb_mermaid_token {
    enum gb_mermaid_kind kind;
    size_t begin, end; /* white space around an arrow belongs to it */
};

enum { MERMAID_MAX_STATES = 64 };

struct gb_mermaid_lexer {
    struct gb_str s;
    size_t at;
    uint8_t states[MERMAID_MAX_STATES];
    unsigned depth;  /* index of the current state */
    bool has_header; /* the word "flowchart" is followed by a direction the first time only */
    bool is_done;    /* the end was told once */
    /* What was found ahead, so that no byte is looked at again and again. */
    size_t space_begin, space_end, plain_end;
    size_t line_end, direction_end[5], direction[5], next_direction;
    size_t run_begin, run_end, run_at;
};

void gb_mermaid_lexer_init(struct gb_mermaid_lexer *lexer, const struct gb_mermaid_text *text);
struct gb_mermaid_token gb_mermaid_next(struct gb_mermaid_lexer *lexer);
/* Goes on at an offset as at the beginning of a statement. */
void gb_mermaid_resume(struct gb_mermaid_lexer *lexer, size_t at);

/* ---- data.c: shapes, and what stands in id@{ … } ---- */

extern const struct gb_flow_shape gb_mermaid_shapes[];
extern const size_t gb_mermaid_n_shapes;

struct gb_mermaid_data {
    struct gb_str label, shape;    /* empty for none */
    bool is_picture;               /* icon or img: without a label there is no text */
    bool is_plain;                 /* labelType is text or string: no marks of Markdown */
    bool has_number;               /* the label is a number, true, a list …: wrong where no text follows it */
    bool is_nothing;               /* null: wrong for a subgraph as well */
    bool has_wide_colon;           /* in a key: nothing of it will be seen */
    const char *node_zh, *node_en; /* what is wrong with it for a node, not for a line or subgraph; NULL: nothing */
    struct gb_str wrong;           /* the value that is; empty: all of it */
};

/* False, with a sentence in both languages, when it is no YAML. */
bool gb_mermaid_read_data(struct gb_str yaml, struct gb_arena *arena, struct gb_mermaid_data *out, const char **out_zh,
                          const char **out_en);

/* ---- graph.c: what statements make of the chart ---- */

/* The words of a label. */
enum gb_mermaid_words_kind { GB_MERMAID_PLAIN, GB_MERMAID_STRING, GB_MERMAID_MARKDOWN };

struct gb_mermaid_words {
    struct gb_str str;
    enum gb_mermaid_words_kind kind;
    struct gb_span place;
};

/* An id, wherever it stands: of a node, an edge, a subgraph, or in the list of a subgraph. */
struct gb_mermaid_name {
    struct gb_str str;
    int32_t node, group; /* -1 for none */
    bool is_edge;
    uint32_t listed_in; /* 1 + the subgraph that lists it; 0: none */
    uint32_t seen_in;   /* the same while a list is made */
};

/* What a node has beside the model. */
struct gb_mermaid_extra {
    bool is_markdown;
    bool has_number; /* its label is no text */
};

struct gb_mermaid_ends {
    uint32_t from, to; /* names */
};

/* A subgraph that is open. */
struct gb_mermaid_level {
    struct gb_mermaid_words id, title;
    bool is_one;          /* id and title are the same words */
    struct gb_span place; /* of the word "subgraph" */
    size_t items, groups; /* where those of it begin */
    struct gb_str direction;
};

struct gb_mermaid_graph {
    struct gb_arena *arena;
    const struct gb_mermaid_text *text;
    struct gb_flow_build build;
    GB_ARRAY(struct gb_mermaid_name) names;
    struct gb_strmap ids;                    /* the index of each in `names` */
    GB_ARRAY(struct gb_mermaid_extra) extra; /* of each node */
    GB_ARRAY(struct gb_mermaid_ends) ends;   /* of each edge */
    GB_ARRAY(struct gb_mermaid_level) levels;
    GB_ARRAY(uint32_t) items; /* names that open subgraphs list, one list behind the other */
    GB_ARRAY(int32_t) closed; /* groups that have ended and wait for the one around them */
    struct gb_str direction;
    bool is_limited; /* a limit was reached and told */
};

/* What is left out of a chart that no person drew. Told once. */
void gb_mermaid_limit(struct gb_mermaid_graph *graph, struct gb_span place);

void gb_mermaid_graph_init(struct gb_mermaid_graph *graph, const struct gb_mermaid_text *text, struct gb_arena *arena);
/* The chart; the graph is empty afterwards. */
struct gb_flow gb_mermaid_graph_take(struct gb_mermaid_graph *graph);

/* The name of these words; a new one when there is none. */
uint32_t gb_mermaid_name(struct gb_mermaid_graph *graph, struct gb_str str);
/* A mention of a node: makes it unless the name is that of an edge. False then. */
bool gb_mermaid_mention(struct gb_mermaid_graph *graph, uint32_t name, struct gb_span place);
/* Text and shape of a mentioned node; the last ones win. */
void gb_mermaid_describe(struct gb_mermaid_graph *graph, uint32_t name, const struct gb_mermaid_words *words,
                         const char *shape);
/* Is it a node, and neither a line nor a subgraph that has ended? */
bool gb_mermaid_is_node(const struct gb_mermaid_graph *graph, uint32_t name);
/* What id@{ … } says of it. */
void gb_mermaid_apply(struct gb_mermaid_graph *graph, uint32_t name, const struct gb_mermaid_data *data,
                      struct gb_span place);

/* A line as written: its two halves (the first only where words stand between them), white space trimmed. */
struct gb_mermaid_line {
    struct gb_str start, end;
    struct gb_str id;              /* empty for none */
    struct gb_mermaid_words words; /* str.ptr NULL for none */
    struct gb_span place;
};

/* Lines from each to each. */
void gb_mermaid_link(struct gb_mermaid_graph *graph, const uint32_t *from, size_t n_from, const uint32_t *to,
                     size_t n_to, const struct gb_mermaid_line *line);

void gb_mermaid_open(struct gb_mermaid_graph *graph, const struct gb_mermaid_level *level);
void gb_mermaid_list(struct gb_mermaid_graph *graph, uint32_t name); /* in the innermost open subgraph */
void gb_mermaid_close(struct gb_mermaid_graph *graph);

/* ---- fault.c: what is wrong and what to write ---- */

/* Where the parser stood. */
enum gb_mermaid_place {
    GB_MERMAID_AT_HEADER,
    GB_MERMAID_AT_STATEMENT, /* a statement may begin */
    GB_MERMAID_BEHIND_NODE,  /* a line, a separator … */
    GB_MERMAID_BEHIND_LINE,  /* a node must follow */
    GB_MERMAID_IN_TEXT,      /* between brackets or bars */
    GB_MERMAID_IN_LINE_TEXT, /* words on a line */
    GB_MERMAID_IN_SUBGRAPH,  /* its head */
    GB_MERMAID_IN_STYLE,     /* style, class, click … */
    GB_MERMAID_IN_DATA,
};

struct gb_mermaid_fault {
    enum gb_mermaid_place at;
    struct gb_mermaid_token token; /* the one that does not fit */
    size_t opened;                 /* offset of the bracket that is open, IN_TEXT; of the statement elsewhere */
    const char *zh, *en;           /* a sentence of its own; NULL: to be found */
};

/* Adds the problem. Returns the offset from where the rest of its line is skipped. */
size_t gb_mermaid_explain(struct gb_mermaid_graph *graph, const struct gb_mermaid_fault *fault);

/* ---- parse.c ---- */

void gb_mermaid_parse(struct gb_mermaid_graph *graph);

#endif
