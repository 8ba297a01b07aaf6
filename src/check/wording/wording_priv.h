/* What the checks of wording share. Inside of check/ only. */
#ifndef GB_CHECK_WORDING_WORDING_PRIV_H
#define GB_CHECK_WORDING_WORDING_PRIV_H

#include "check/structure/elements_priv.h"

/*
 * Does the node hold the draft's own provisions? Those in foreword, introduction, scope, definitions, notes, examples and informative
 * annexes are faults already as provisions (FWD-012, INT-001, SCP-003, TRM-007, NEF-002, NEF-006, ANX-010), whatever their
 * words are; samples and quotations speak for others.
 */
bool gb_holds_provisions(const struct gb_check *check, const struct gb_node *node);

/* The last predicate of the sentence that ends at or before byte `at` of its text, the first that begins there or behind; NULL: none. */
const struct gb_modal *gb_modal_before(const struct gb_facts *facts, const struct gb_sentence *sentence, size_t at);
const struct gb_modal *gb_modal_from(const struct gb_facts *facts, const struct gb_sentence *sentence, size_t at);

/*
 * The words of a sentence before or behind byte `at` of its text, as a reader sees them: without soft line breaks, and not
 * farther than matters for one word. They live as long as the document.
 */
struct gb_str gb_words_before(const struct gb_check *check, const struct gb_sentence *sentence, size_t at);
struct gb_str gb_words_behind(const struct gb_check *check, const struct gb_sentence *sentence, size_t at);
/* The words between two places of a text; no more than the last ones where they are many. */
struct gb_str gb_words_between(const struct gb_check *check, const struct gb_text *text, size_t begin, size_t end);

/* The part of s behind its last comma or other mark, and the part before the first. */
struct gb_str gb_last_clause(struct gb_str s);
struct gb_str gb_first_clause(struct gb_str s);

/* Does s begin with one of the words of the list (of Han)? The length of the longest; 0: none. */
size_t gb_any_at_start(struct gb_str s, const struct gb_str *words, size_t n);

/* 依据《…法》的规定…, 法律、法规规定…: do the words before a modal say that it is the law that speaks? */
bool gb_reports_law(struct gb_str before);

#endif
