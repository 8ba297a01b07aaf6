/* Inside of facts/: how the steps of a procedure are read (procedure_steps.c) and where procedures are looked for (procedure.c). */
#ifndef GB_FACTS_PROCEDURES_PROCEDURE_PRIV_H
#define GB_FACTS_PROCEDURES_PROCEDURE_PRIV_H

#include "base/array.h"
#include "doc/joined.h"
#include "facts/facts_priv.h"
#include "facts/procedures/procedure.h"

/* More steps, or texts of a step, no procedure has that people write. */
enum { GB_MOST_STEPS = 100, GB_MOST_STEP_TEXTS = 40 };

typedef GB_ARRAY(struct gb_procedure_step) gb_step_array;

struct gb_procedure_reader {
    struct gb_facts *facts;
    struct gb_joined joined;
    gb_step_array steps;                 /* of the procedure at hand */
    GB_ARRAY(struct gb_step_text) texts; /* of the step at hand */
    GB_ARRAY(struct gb_jump) jumps;      /* of the procedure at hand */
    GB_ARRAY(struct gb_procedure) procedures;
    const struct gb_node *asked; /* the clause that is_drawn was found for: one may hold many lists */
    bool is_drawn;
    bool *is_taken; /* by node->id: lists and tables whose steps are known; NULL before the first procedure */
    bool *is_whole; /* by node->id: lists that are a procedure of their own below the title of one; or NULL */
    const struct gb_node *above;  /* the clause that is_above was found for: subclauses share it */
    bool is_above;                /* its title names a procedure */
    bool is_service;              /* by the title of the document */
    const struct gb_node *titled; /* the clause above such lists of which one stands for its title */
};

/* ---- Words: procedure_words.c ---- */

/*
 * Does the title name a procedure (流程, 程序, 步骤), or perhaps one, where steps are announced (办理, 受理)? Below 程序确立, 阶段划分 a
 * sentence names the stages, and other clauses treat them.
 */
enum gb_procedure_title_kind { GB_TITLE_NONE, GB_TITLE_WEAK, GB_TITLE_OVERVIEW, GB_TITLE_STRONG };

enum gb_procedure_title_kind gb_procedure_title_kind(struct gb_str title);
/* Does a text speak of 流程, 程序 or 步骤? */
bool gb_says_procedure(struct gb_str s);
/* Tests, machines, programs and protocols have steps too, but no applicants and no results to hand out. */
bool gb_is_technical_title(struct gb_str title);

/* 按下列步骤办理：, 流程如下：, 应依次：; not 程序应包括下列内容：. */
bool gb_announces_steps(struct gb_str s);
/* A list of what is needed or owed, not of what is done. */
bool gb_announces_things(struct gb_str s);
/* ：, or 。 where the items are sentences (GB/T 1.1—2020, 7.5.3). */
bool gb_leads_in(struct gb_str s);
bool gb_says_parallel(struct gb_str s);
/* 收到申请后， 材料齐全的， 有下列情形时：: the character before a comma makes a condition of the words. */
bool gb_tells_condition(struct gb_str s);
/* Does the last step of a procedure say that all is done, or a lead-in that somebody asks for something? */
bool gb_tells_close(struct gb_str text);
bool gb_tells_request(struct gb_str text);

/* Different acts of the lexicon in a text; no more than these are kept. */
enum { GB_MOST_ACTS = 8 };
struct gb_acts {
    struct gb_str seen[GB_MOST_ACTS];
    uint32_t n;
};

void gb_count_acts(const struct gb_lexicon *lexicon, struct gb_str s, struct gb_acts *acts);

/* ---- Steps: procedure_steps.c ---- */

/* Adds a step that is a node with all that stands in it; false where it has no text, or there are too many steps. */
bool gb_add_step(struct gb_procedure_reader *r, const struct gb_node *node);
/* A paragraph behind the steps that belongs to the last of them. */
void gb_add_to_last_step(struct gb_procedure_reader *r, const struct gb_node *para);
/* Steps that are the rows of a table. */
void gb_add_rows(struct gb_procedure_reader *r, const struct gb_node *table);
/* Steps named in a sentence as stages: A、B和C等阶段. False where the paragraph names none. */
bool gb_add_stages(struct gb_procedure_reader *r, const struct gb_node *para, bool is_overview);
/* Steps that sentences tell: 先…，然后…，最后…: three words of order, each at the head of a clause of the sentence. */
bool gb_add_running(struct gb_procedure_reader *r, const struct gb_node *para);

/* The jumps of a procedure whose steps are known. */
void gb_read_jumps(struct gb_procedure_reader *r, struct gb_procedure *procedure);

/* 3 of 第三步, 步骤3; of 首先 1; *out_is_word: 首先, 其次, 再次, 然后, 最后, whose value is a rank. 0: the text begins otherwise. */
uint32_t gb_ordinal_of(struct gb_str s, bool *out_is_word);

#endif
