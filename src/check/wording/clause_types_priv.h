/* The sentences of the draft's own provisions, with what the titles above them ask of them. Inside of check/ only. */
#ifndef GB_CHECK_WORDING_CLAUSE_TYPES_PRIV_H
#define GB_CHECK_WORDING_CLAUSE_TYPES_PRIV_H

#include "rule/check.h"

/* What a title says of the types of the sentences below it; GB/T 1.1—2020, 8.10 and 9.3. */
enum gb_under {
    GB_UNDER_PRINCIPLES = 1 << 0,   /* 总体原则, 总则 … */
    GB_UNDER_INNER = 1 << 1,        /* 总则 inside of a chapter: it stands there for 通则 */
    GB_UNDER_REQUIREMENTS = 1 << 2, /* 总体要求, 通用要求 */
    GB_UNDER_BASIC = 1 << 3,        /* 基本要求 */
    GB_UNDER_OVERVIEW = 1 << 4,     /* 概述 */
    GB_UNDER_GENERAL = 1 << 5,      /* 通则 */
    GB_UNDER_SLOGANS = 1 << 6,      /* any principles, aims, policies: 服务原则, 工作目标 */
    GB_UNDER_ANNEX = 1 << 7,        /* a normative annex, not a chapter */
    GB_UNDER_WITHIN = 1 << 8,       /* below 总体要求 or 基本要求, but under a title of its own kind: 人员 */
};

struct gb_provision {
    const struct gb_sentence *sentence; /* of a paragraph or an item */
    const struct gb_node *clause;       /* clause or annex that holds it */
    const struct gb_node *top;          /* its chapter or annex */
    uint16_t under;                     /* enum gb_under */
};

struct gb_provisions {
    const struct gb_provision *items; /* in document order */
    size_t n;
    bool is_made;
};

/* The text of technical chapters and normative annexes, without notes, examples, quotations and samples. Made for the rule that asks
 * first; lives as long as the document. */
const struct gb_provisions *gb_provisions_of(struct gb_check *check);

/* What the titles above a clause or annex, and its own, ask: enum gb_under. */
unsigned gb_under(struct gb_check *check, const struct gb_node *clause);

/* The clause or annex that bears the title which says so of the clause. */
const struct gb_node *gb_under_holder(struct gb_check *check, const struct gb_node *clause, enum gb_under under);

/* Is it a provision of that type by a word of its own? */
static inline bool
gb_provision_is(const struct gb_provision *p, enum gb_clause_type type)
{
    return p->sentence->type == type && !(p->sentence->flags & GB_SENTENCE_INHERITS);
}

/* The words of a sentence as a reader sees them, without soft line breaks and without its end mark; as long as the document. */
struct gb_str gb_sentence_words(const struct gb_check *check, const struct gb_sentence *sentence);

static inline struct gb_at
gb_sentence_place(const struct gb_sentence *sentence)
{
    return GB_AT(sentence);
}

/*
 * Does the sentence tell somebody what to do without a modal: 遵循…宗旨, 按照…，建立…体系? `check` has the parameters `verbs`,
 * `adverbs`, `prepositions`, `no-objects`, `objects`, `grounds`, `copulas`.
 */
bool gb_is_bare_instruction(struct gb_check *check, const struct gb_sentence *sentence);
#define GB_BARE_PARAMS                                                                                                 \
    "verbs:words adverbs:words prepositions:words no-objects:words copulas:words objects:words grounds:words "

#endif
