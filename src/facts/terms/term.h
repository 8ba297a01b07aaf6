/*
 * Terms, abbreviations, symbols and short forms of a draft, what each is called, and every place where one is used. Rule
 * catalogue, 4.6; GB/T 1.1—2020, 8.7, 8.8, 9.4.3.
 *
 * The longest designation at a place is used there: 服务窗口 is no use of 服务. Titles of cited documents, code, formulas and
 * quotations use nothing; cover, contents, lists of documents and sources neither.
 */
#ifndef GB_FACTS_TERMS_TERM_H
#define GB_FACTS_TERMS_TERM_H

#include "doc/node.h"
#include "facts/terms/term_bank.h"

#define GB_TERM_KINDS(X)                                                                                               \
    X(ENTRY, "term")                /* 术语条目 */                                                                 \
    X(ABBREVIATION, "abbreviation") /* 缩略语 of the list */                                                        \
    X(SYMBOL, "symbol")             /* 符号 of the list */                                                           \
    X(DECLARED, "declared")         /* …（以下简称“…”） in the text */

enum gb_term_kind {
#define X(id, name) GB_TERM_##id,
    GB_TERM_KINDS(X)
#undef X
};

#define GB_DESIGNATION_STATUSES(X)                                                                                     \
    X(PREFERRED, "preferred")   /* 首选; of a declared short form: the full one */                                   \
    X(ADMITTED, "admitted")     /* 许用, 又称 */                                                                   \
    X(SHORT, "short")           /* 简称, 缩写, the abbreviation itself */                                          \
    X(DEPRECATED, "deprecated") /* 拒用, 被取代, 曾用 */

enum gb_designation_status {
#define X(id, name) GB_DESIGNATION_##id,
    GB_DESIGNATION_STATUSES(X)
#undef X
};

/* One name of a term. */
struct gb_designation {
    struct gb_text text;        /* as written where it is given */
    struct gb_str words;        /* the same without line breaks: what is looked for */
    const struct gb_node *node; /* in which it is given */
    enum gb_designation_status status : 8;
    bool is_searched;             /* false: too short to be told from other words, nothing is known of its uses */
    bool begins_other;            /* another designation goes on from here: 停车场, 停车场系统 */
    uint32_t term;                /* index in terms->items */
    uint32_t first_use, last_use; /* indexes in terms->uses, GB_NO_USE without */
    uint32_t n_uses;              /* those in its own entry are not counted */
    uint32_t n_quoted;            /* places in quotations, which are no uses */
};

struct gb_term {
    enum gb_term_kind kind : 8;
    const struct gb_node *node;       /* the entry; of a declared short form the text that declares it */
    uint32_t first, n;                /* designations: terms->designations from `first` on */
    struct gb_text en;                /* English; empty without */
    struct gb_str domain;             /* inside 〈 〉 before the definition; empty without */
    const struct gb_node *definition; /* its first paragraph; NULL without; of an abbreviation: the node itself */
    uint32_t definition_from;         /* byte of the definition's text behind the domain */
    const struct gb_node *source;     /* the first [来源：…]; NULL without */
    uint32_t n_uses;                  /* of all its designations */
};

enum gb_use_flag {
    GB_USE_OWN = 1 << 0,      /* in its own entry */
    GB_USE_IN_ENTRY = 1 << 1, /* in another entry, or in the list of abbreviations */
    GB_USE_IN_TITLE = 1 << 2, /* title of a clause or annex, caption */
    GB_USE_IN_CELL = 1 << 3,
    GB_USE_FRONT = 1 << 4, /* foreword or introduction */
};

/* A place where a designation is used. */
struct gb_term_use {
    const struct gb_node *node;
    const struct gb_text *text; /* text or title of the node, or that of one of its cells */
    uint32_t begin, end;        /* bytes of text */
    uint32_t designation;       /* index in terms->designations */
    uint32_t next;              /* next use of the same designation, GB_NO_USE */
    uint16_t flags;
};

/* A word of capital letters in the draft's own words, which may be an abbreviation. */
struct gb_capitals {
    const struct gb_node *node;
    const struct gb_text *text;
    uint32_t begin, end; /* bytes of text */
    struct gb_str word;
    uint16_t flags; /* of gb_use_flag; FRONT, IN_TITLE, IN_CELL, IN_ENTRY */
    bool is_quoted;
};

/* A deprecated name of the user's term bank. */
struct gb_bank_use {
    const struct gb_node *node;
    const struct gb_text *text;
    uint32_t begin, end; /* bytes of text */
    const struct gb_bank_entry *entry;
};

#define GB_NO_USE UINT32_MAX
#define GB_NO_TERM UINT32_MAX

struct gb_terms {
    const struct gb_term *items; /* in document order, entries before abbreviations before declared forms */
    uint32_t n;
    const struct gb_designation *designations;
    uint32_t n_designations;
    const struct gb_term_use *uses; /* in document order */
    uint32_t n_uses;
    const struct gb_capitals *capitals; /* in document order */
    uint32_t n_capitals;
    const struct gb_bank_use *bank_uses; /* in document order */
    uint32_t n_bank_uses;
};

struct gb_facts;

const char *gb_term_kind_name(enum gb_term_kind kind);
const char *gb_designation_status_name(enum gb_designation_status status);

/* The name under which a term is entered: its first designation; an empty one where its entry has lost its name. */
static inline const struct gb_designation *
gb_term_name(const struct gb_terms *terms, const struct gb_term *term)
{
    static const struct gb_designation none = {.first_use = GB_NO_USE};

    return term->n ? &terms->designations[term->first] : &none;
}

/* The term that a node enters (a term entry or an abbreviation), or NULL. */
const struct gb_term *gb_term_of_node(const struct gb_facts *facts, const struct gb_node *node);

/* The term that is called by these words, whatever the status of the designation; GB_NO_TERM. */
uint32_t gb_term_called(const struct gb_facts *facts, struct gb_str words, enum gb_designation_status *out_status);

#endif
