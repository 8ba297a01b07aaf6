/*
 * Emitters: a finished report in, bytes out. They know no rule. Each is one row of gb_emitters; a run calls `begin`
 * once, `draft` for each draft in the order of the arguments with `separator` between two of them, then `end`; NULL: nothing is to be
 * written there.
 */
#ifndef GB_EMIT_EMIT_H
#define GB_EMIT_EMIT_H

#include "base/out.h"
#include "diag/report.h"
#include "facts/facts.h"

/* What all drafts of a run gave. */
struct gb_totals {
    uint32_t drafts;
    uint32_t counts[4];  /* by level */
    uint32_t hidden;     /* of them below the level shown */
    uint32_t failed;     /* drafts, and folders, that could not be read */
    uint32_t suppressed; /* by the drafts themselves */
    uint32_t known;      /* by the baseline */
    uint32_t fixed;      /* in the baseline and found no more */
    bool is_since;       /* only findings in changed clauses are told */
    uint32_t unchanged;  /* so many others were not */
};

/* What a finished report adds to them; `level`: the lowest that is shown. */
struct gb_totals gb_totals_of(const struct gb_report *report, enum gb_level level);
void gb_totals_add(struct gb_totals *all, const struct gb_totals *more);

/* What an emitter is told of the run, and in each call of what is to be written. */
struct gb_emit {
    struct gb_out *out;
    const struct gb_report *report; /* in `draft` */
    const struct gb_doc *doc;       /* the same; this and the facts may be NULL, but for emitters that show the tree */
    const struct gb_facts *facts;
    const struct gb_totals *totals; /* in `end` */
    void **kept;                    /* what an emitter `in_order` keeps from `begin` to `end`, which frees it */
    bool english;
    bool color;
    bool quiet;          /* findings and nothing about the run */
    bool single;         /* the run has one draft */
    bool has_tables;     /* beside drafts the run may tell of tables of their series */
    bool shows_score;    /* where the report has one */
    unsigned ambiguous;  /* cells of East Asian ambiguous characters: 1 or 2 */
    unsigned columns;    /* of the terminal; 0: unknown, or none */
    enum gb_level level; /* the lowest that formats for people show */
    const char *folder;  /* absolute path of the folder that relative ones start from; NULL: unknown */
};

typedef void gb_emit_function(const struct gb_emit *e);

struct gb_emitter {
    const char *name;
    const char *extension; /* without the dot: chooses the format of an output named so; NULL: none does */
    const char *separator;
    bool shows_fixes;
    gb_emit_function *begin, *draft, *end;
    bool shows_tree; /* `draft` needs the clause tree and the facts */
    bool in_order;   /* `draft` is called for one draft after the other, and writes where the one before ended */
    bool shows_score;
    /* An extension that several formats have: a.NAME.CONTAINER or NAME.CONTAINER chooses this one; NULL: none. */
    const char *container;
};

/* Ended by a row without a name. */
extern const struct gb_emitter gb_emitters[];

/* NULL when there is none of that name. */
const struct gb_emitter *gb_emitter_find(struct gb_str name);

/* The clause tree as read; in JSON with the sentences and their clause types. `edition` as outputs show it. */
void gb_outline_text(struct gb_out *out, const struct gb_doc *doc);
void gb_outline_json(struct gb_out *out, const struct gb_doc *doc, const struct gb_facts *facts, struct gb_str edition);

#endif
