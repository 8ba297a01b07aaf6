/*
 * Procedures that a draft writes as text: their steps in order, with what each says. DB32/T 2796—2015, 7.3.4.5;
 * GB/T 20001.6—2017, 6.4.
 *
 * A procedure is a clause whose title ends in 流程, 程序, 步骤 (or 办理, 经办, 受理, 操作, where its steps are announced), or a list whose
 * lead-in announces steps. What only lists duties, materials or requirements is none.
 */
#ifndef GB_FACTS_PROCEDURES_PROCEDURE_H
#define GB_FACTS_PROCEDURES_PROCEDURE_H

#include "doc/node.h"
#include "flow/graph.h"

/* What the steps are written as. */
enum gb_procedure_form {
    GB_PROCEDURE_CLAUSES,  /* subclauses with titles */
    GB_PROCEDURE_UNTITLED, /* subclauses without */
    GB_PROCEDURE_LIST,
    GB_PROCEDURE_PARAGRAPHS, /* 第一步 …, 首先 … 最后 … */
    GB_PROCEDURE_TABLE,      /* one row a step */
    GB_PROCEDURE_STAGES,     /* named in a sentence: 包括A、B和C等阶段 */
    GB_PROCEDURE_RUNNING,    /* told in sentences: 先…，然后…，再… */
};

/* One text of a step, without its soft line breaks. */
struct gb_step_text {
    const struct gb_node *node;
    const struct gb_text *text; /* of the node, or of a cell */
    struct gb_str str;          /* as a reader sees it; of stages and running steps their own words */
    uint32_t off;               /* of str in the text without its soft breaks */
    const uint32_t *gaps;       /* where breaks were taken out of that text, as struct gb_joined has them */
    uint32_t n_gaps;
    bool is_title;
};

struct gb_procedure_step {
    const struct gb_node *node;       /* clause, item, paragraph, table */
    const struct gb_step_text *texts; /* at least one */
    uint32_t n_texts;
    struct gb_str name; /* title, or the words before the first mark; empty where these are a sentence */
    uint32_t ordinal;   /* 3 of 第三步, of c) and of 3); 0: none */
    uint32_t rank;      /* 3 of 第三步; 首先 1, 其次 2, 然后 3, 最后 9; 0: the text begins otherwise */
};

/* What a jump leads to. */
#define GB_JUMP_KINDS(X)                                                                                               \
    X(STEP, "step")         /* a step of the procedure: c）, 第3步, 审核, 5.2.3 */                                \
    X(CLAUSE, "clause")     /* another part of the draft */                                                            \
    X(VAGUE, "vague")       /* 相关环节 */                                                                         \
    X(RELATIVE, "relative") /* 上一步 */                                                                            \
    X(UNKNOWN, "unknown")   /* 支付环节, where no step has that name */                                            \
    X(MISSING, "missing")   /* 第8步 of five; 5.9, which the draft does not have */

enum gb_jump_kind {
#define X(id, name) GB_JUMP_##id,
    GB_JUMP_KINDS(X)
#undef X
};

#define GB_NO_STEP UINT32_MAX

/* 转步骤c）, 返回第2步, 退回相关环节. */
struct gb_jump {
    uint32_t step, text;   /* where it stands: indexes of the step and of its text */
    uint32_t begin, end;   /* bytes of the text: from the word of jumping to the end of the target */
    uint32_t target_begin; /* where the target begins */
    enum gb_jump_kind kind;
    uint32_t target;            /* STEP: its index; else GB_NO_STEP */
    const struct gb_node *node; /* CLAUSE: the part */
    bool is_conditional;        /* its sentence says when: 不通过的，如…，否则 */
    bool is_all;                /* the text says nothing but the condition and the jump */
};

enum gb_procedure_flag {
    GB_PROCEDURE_ANNOUNCED = 1 << 0, /* its lead-in says that steps follow */
    GB_PROCEDURE_SERVICE = 1 << 1,   /* of a service or an administration, no test and no program */
    GB_PROCEDURE_TECHNICAL = 1 << 7, /* of a test, a machine, a program, by the titles above it */
    GB_PROCEDURE_INNER = 1 << 2,     /* lies in a step of another one */
    GB_PROCEDURE_DRAWN =
        1 << 3, /* the clause has or names a figure that is there: it may show what the text leaves out */
    GB_PROCEDURE_DASHED = 1 << 4,     /* a list whose items have dashes or dots */
    GB_PROCEDURE_TITLED = 1 << 6,     /* the title of its clause ends in 流程, 程序, 步骤 */
    GB_PROCEDURE_PARALLEL = 1 << 5,   /* the text says that the order does not matter */
    GB_PROCEDURE_BY_PERSONS = 1 << 8, /* a list or titled clauses, most of which say who acts */
};

struct gb_procedure {
    const struct gb_node *clause; /* that holds it; NULL outside of all clauses */
    const struct gb_node *titled; /* where its title ends in 流程 …: the clause, or the one above it; else NULL */
    const struct gb_node *holder; /* list, table or paragraph with the steps; the clause where these are clauses */
    const struct gb_node *lead;   /* paragraph before them, or NULL */
    enum gb_procedure_form form;
    unsigned flags;
    const struct gb_procedure_step *steps;
    uint32_t n_steps;            /* at least two */
    const struct gb_jump *jumps; /* by step */
    uint32_t n_jumps;
    uint32_t n_acts;                        /* different acts of the lexicon that its steps and title name */
    const struct gb_procedure_step *stages; /* named in a sentence before other steps */
    uint32_t n_stages;
};

struct gb_procedures {
    const struct gb_procedure *items;
    uint32_t n;
};

/* Bytes [begin, end) of a step's text as bytes of its node's text. */
void gb_step_place(const struct gb_step_text *text, size_t begin, size_t end, size_t *out_begin, size_t *out_end);

/*
 * The steps as a chart: vertex i is step i, vertex n_steps the start, n_steps + 1 the end. Each step leads to the next, unless it ends
 * in a jump that nothing makes conditional. Made anew at each call.
 */
const struct gb_flow_graph *gb_procedure_graph(const struct gb_procedure *procedure, struct gb_arena *arena);

/* Length of the act of the lexicon at the start of s (受理, 审核); 0: none. *out_is_noun: what follows makes a thing of it (登记表). */
struct gb_lexicon;
size_t gb_act_at(const struct gb_lexicon *lexicon, struct gb_str s, bool *out_is_noun);

/* Length of a verb of the lexicon, of two characters or more, at the start of s; 0: none. */
size_t gb_verb_at(const struct gb_lexicon *lexicon, struct gb_str s);

/* Length of the subject at the head of a part of a sentence: words that end in 岗, 人员, 机构 … before a modal or verb; 0: none. */
size_t gb_actor_at(const struct gb_lexicon *lexicon, struct gb_str part);

/* Does the text begin, or end, with the end of such a name: 岗, 人员, 机构? */
bool gb_begins_with_post(const struct gb_lexicon *lexicon, struct gb_str text);
bool gb_ends_with_post(const struct gb_lexicon *lexicon, struct gb_str text);

/* The first subject of that kind in a text; empty without. */
struct gb_str gb_first_actor(const struct gb_lexicon *lexicon, struct gb_str text);

/* Titles below a procedure that say something about it, and are none of its steps: 办理条件. */
bool gb_is_aspect_title(struct gb_str title);
/* 程序确立, 阶段划分: below it the stages are named, in a sentence. */
bool gb_is_overview_title(struct gb_str title);
/* 程序指示: what GB/T 20001.6—2017, 6.4 calls so; its subclauses treat the stages one by one. */
bool gb_is_instructions_title(struct gb_str title);

/* Does the text hold a word that tells when something starts, or what has come out of it? */
bool gb_tells_start(const struct gb_lexicon *lexicon, struct gb_str text);
bool gb_tells_result(const struct gb_lexicon *lexicon, struct gb_str text);

/* Do words end in such as say that what follows makes up a procedure (程序由), up to 构成 or 组成, whose length at the head of s is told? */
bool gb_says_composed(struct gb_str before);
size_t gb_composed_end(struct gb_str s);

/* Do words end in such as tell that what they list comes in this order: 依次完成? */
bool gb_tells_in_order(struct gb_str before);
/* Bytes of s up to the end of the first such word in it; 0: it has none. */
size_t gb_in_order_end(struct gb_str s);

#endif
