/* The sentences of the scope, for the checks of form and of content. */
#ifndef GB_CHECK_STRUCTURE_SCOPE_PRIV_H
#define GB_CHECK_STRUCTURE_SCOPE_PRIV_H

#include "rule/check.h"

struct gb_statement {
    const struct gb_sentence *sentence;
    struct gb_str str;     /* without soft line breaks */
    size_t verb, verb_end; /* the first verb of the fixed forms, with 了; equal when there is none */
    size_t modal;          /* where the first modal stands; the length without */
};

/* More sentences than these are no scope, and are not read. */
enum { GB_MOST_STATEMENTS = 100 };

struct gb_scope {
    const struct gb_node *node; /* NULL: none, or one that is not judged */
    struct gb_statement items[GB_MOST_STATEMENTS];
    size_t n;
    bool is_known;
};

/* Read for the rule that asks first; lives as long as the document. */
const struct gb_scope *gb_scope_of(struct gb_check *check);

/* The first statement of the object in one of the fixed forms (规定了 …); NULL without. */
const struct gb_statement *gb_scope_stated(const struct gb_scope *scope);

/* The next verb of the fixed forms with 了 in the string, from `from` on. */
bool gb_scope_verb(struct gb_str s, size_t from, size_t *out_begin, size_t *out_end);

/* Place of bytes of a statement's string. */
struct gb_at gb_at_words(const struct gb_statement *statement, size_t begin, size_t end);

#endif
