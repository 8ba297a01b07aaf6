/*
 * Sentences and their clause types: rule catalogue 4.2 and 4.3; GB/T 1.1—2020, 9.1 and annex C.
 *
 * A text is cut behind 。！？, inside lists behind ； as well, and behind the ： of a lead-in; never inside
 * quotes, brackets, titles, identifiers, code or formulas. A modal counts where it is the predicate of the draft's own words.
 */
#ifndef GB_FACTS_SENTENCES_SENTENCE_H
#define GB_FACTS_SENTENCES_SENTENCE_H

#include "doc/node.h"

/* By strength: of several modals in one sentence the strongest gives the type. */
#define GB_CLAUSE_TYPES(X)                                                                                             \
    X(STATEMENT, "statement")                                                                                          \
    X(PERMISSION, "permission")                                                                                        \
    X(RECOMMENDATION, "recommendation")                                                                                \
    X(INSTRUCTION, "instruction")                                                                                      \
    X(REQUIREMENT, "requirement")

enum gb_clause_type {
#define X(id, name) GB_TYPE_##id,
    GB_CLAUSE_TYPES(X)
#undef X
};

/* A modal verb as predicate, or the verb that makes a sentence an instruction. */
struct gb_modal {
    uint32_t begin, end;          /* bytes of the sentence's text */
    enum gb_clause_type type : 8; /* STATEMENT: ability and possibility (能, 可能) */
    bool is_negative;             /* 不应, 不宜, 不必 */
    struct gb_str word; /* of the lexicon: 应, 不宜 … (a line break inside the text's word is not in it) */
};

enum gb_sentence_flag {
    GB_SENTENCE_INHERITS = 1 << 0, /* a list item without a modal of its own: the type is that of its lead-in */
    GB_SENTENCE_LEAD_IN = 1 << 1,  /* ends in ：(or 。) and a list, table or figure of its own follows */
    GB_SENTENCE_PARTIES = 1 << 2,  /* only lists organisations or persons (起草单位：…): has no type */
    GB_SENTENCE_IMPERATIVE =
        1 << 3, /* of type statement, in the imperative where none belongs: rules see a missing modal in it */
    GB_SENTENCE_DOUBTFUL = 1 << 4, /* may be such a one: its chapter or document tells */
};

struct gb_sentence {
    const struct gb_node *node;
    const struct gb_text *text; /* the node's text, or the text of one of its cells */
    uint32_t begin, end;        /* bytes of text->str: blanks at both ends left out, the end mark is in it */
    uint32_t modals, n_modals;  /* its predicates in order: facts->modals from `modals` on */
    enum gb_clause_type type : 8;
    uint8_t flags;
};

const char *gb_clause_type_name(enum gb_clause_type type);

#endif
