/*
 * The terms of several drafts in one list, for the terms command: each with its status, its English, where it is defined, and every use; text for
 * people, JSON, CSV for spreadsheets, TBX-Basic (ISO 30042, DCA style) for terminology tools.
 */
#ifndef GB_EMIT_TERMS_H
#define GB_EMIT_TERMS_H

#include "base/out.h"
#include "facts/facts.h"
#include "facts/terms/term.h"

/* A draft whose tree and facts are there. */
struct gb_term_draft {
    const struct gb_doc *doc;
    const struct gb_facts *facts;
};

struct gb_term_list {
    const struct gb_term_draft *drafts;
    size_t n;
    bool english; /* language of the text form */
};

typedef void gb_terms_writer(struct gb_out *out, const struct gb_term_list *list);

/* The writer of a format (text, json, csv, tbx), or NULL. */
gb_terms_writer *gb_terms_writer_find(const char *format);

#endif
