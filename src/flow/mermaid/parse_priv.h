/* What the files of the parser share: the token ahead, what it may be part of, and how a fault is noted. */
#ifndef GB_FLOW_MERMAID_PARSE_PRIV_H
#define GB_FLOW_MERMAID_PARSE_PRIV_H

#include "flow/mermaid/mermaid_priv.h"

enum role {
    ID = 1 << 0,         /* part of an id */
    STYLE = 1 << 1,      /* of a style */
    TITLE = 1 << 2,      /* of the head of a subgraph */
    CALLBACK = 1 << 3,   /* of the name of a callback or curve */
    WORDS = 1 << 4,      /* of a text in brackets */
    LINE_WORDS = 1 << 5, /* of the words on a line */
    SEPARATOR = 1 << 6,  /* ends a statement */
    DATA = 1 << 7,
};

/* Roles of each token. */
extern const uint8_t gb_mermaid_roles[TOKEN_COUNT];

struct parser {
    struct gb_mermaid_graph *graph;
    struct gb_mermaid_lexer lexer;
    struct gb_mermaid_token token;    /* ahead */
    size_t behind;                    /* end of the one before it */
    GB_ARRAY(uint32_t) set, previous; /* names of the nodes on both sides of a line */
    GB_ARRAY(uint32_t) listed;        /* of a statement, in its order */
    GB_ARRAY(size_t) sets;            /* where each set begins in it */
    size_t statement;                 /* where it begins */
    struct gb_mermaid_fault fault;
    unsigned n_faults, n_data;
};

static inline struct gb_str
text_of(const struct parser *p, size_t begin, size_t end)
{
    return gb_mermaid_str(p->graph->text, begin, end);
}

static inline struct gb_span
place_of(const struct parser *p, size_t begin, size_t end)
{
    return gb_mermaid_place(p->graph->text, begin, end);
}

static inline void
advance(struct parser *p)
{
    p->behind = p->token.end;
    p->token = gb_mermaid_next(&p->lexer);
}

static inline bool
is(const struct parser *p, unsigned role)
{
    return gb_mermaid_roles[p->token.kind] & role;
}

/* The token ahead does not fit into what was opened. */
static inline bool
fail_inside(struct parser *p, enum gb_mermaid_place at, size_t opened)
{
    p->fault = (struct gb_mermaid_fault){.at = at, .token = p->token, .opened = opened};
    return false;
}

static inline bool
fail(struct parser *p, enum gb_mermaid_place at)
{
    return fail_inside(p, at, p->statement);
}

static inline bool
fail_with(struct parser *p, size_t begin, size_t end, const char *zh, const char *en)
{
    p->fault = (struct gb_mermaid_fault){
        .at = GB_MERMAID_IN_DATA, .token = {TOKEN_BAD, begin, end}, .opened = begin, .zh = zh, .en = en};
    return false;
}

static inline bool
take(struct parser *p, enum gb_mermaid_kind kind)
{
    if (p->token.kind != kind)
        return false;
    advance(p);
    return true;
}

static inline bool
expect(struct parser *p, enum gb_mermaid_kind kind, enum gb_mermaid_place at)
{
    return take(p, kind) || fail(p, at);
}

static inline bool
expect_separator(struct parser *p, enum gb_mermaid_place at)
{
    if (!is(p, SEPARATOR))
        return fail(p, at);
    advance(p);
    return true;
}

/* One or more tokens of a role. */
static inline bool
take_run(struct parser *p, unsigned role, enum gb_mermaid_place at, struct gb_str *out, struct gb_span *out_place)
{
    size_t begin = p->token.begin;

    if (!is(p, role))
        return fail(p, at);
    while (is(p, role))
        advance(p);
    *out = text_of(p, begin, p->behind);
    if (out_place)
        *out_place = place_of(p, begin, p->behind);
    return true;
}

static inline void
skip_spaces(struct parser *p)
{
    while (take(p, TOKEN_SPACE))
        ;
}

static inline struct gb_str
trimmed(const struct parser *p, struct gb_mermaid_token token)
{
    return gb_flow_trim(text_of(p, token.begin, token.end));
}

/* style.c: statements on looks, links and accessible names. The token ahead is their keyword. */
bool gb_mermaid_take_style(struct parser *p, enum gb_mermaid_kind kind);
bool gb_mermaid_take_link_style(struct parser *p);
bool gb_mermaid_take_click(struct parser *p);
bool gb_mermaid_take_accessible(struct parser *p, enum gb_mermaid_kind value);

#endif
