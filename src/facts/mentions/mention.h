/*
 * Mentions of the parts of a draft in its own text: 第5章, 5.2, A.1, 5.2 b）, 附录B, 图A.1, 表2, 公式（3）, 步骤c）; rule
 * catalogue 4.4 and 4.7; GB/T 1.1—2020, 9.5.3.
 *
 * Each number is one mention: 图1至图3 are two, 5.1、5.2和5.4 three. Parts of other documents are told apart by their
 * flag; quantities, versions, dates, serials of documents and numbers in code, formulas and 《 》 are no mentions.
 */
#ifndef GB_FACTS_MENTIONS_MENTION_H
#define GB_FACTS_MENTIONS_MENTION_H

#include "doc/node.h"

#define GB_MENTION_KINDS(X)                                                                                            \
    X(CHAPTER, "chapter") /* 第5章 */                                                                                \
    X(CLAUSE, "clause")   /* 5.2, A.1, 第5.2条 */                                                                    \
    X(ITEM, "item")       /* 5.2 b）; without a number: of the clause itself */                                       \
    X(ANNEX, "annex")     /* 附录B */                                                                                \
    X(FIGURE, "figure")   /* 图A.1 */                                                                                 \
    X(TABLE, "table")     /* 表2 */                                                                                   \
    X(FORMULA, "formula") /* 公式（3）, 式（3） */                                                              \
    X(NOTE, "note")       /* 注2 */                                                                                   \
    X(EXAMPLE, "example") /* 示例1 */                                                                                \
    X(STEP, "step")       /* 步骤c）, 第3步 */

enum gb_mention_kind {
#define X(id, name) GB_MENTION_##id,
    GB_MENTION_KINDS(X)
#undef X
        GB_MENTION_KIND_COUNT
};

/* What the words before a mention make of it. */
#define GB_MENTION_VERBS(X)                                                                                            \
    X(NONE, "none")                                                                                                    \
    X(AS, "as")             /* 如, 由, 在, 对 … : they say little */                                             \
    X(SEE, "see")           /* 见, 详见 */                                                                          \
    X(SEE_ALSO, "see-also") /* 参见, 参阅, 参考 */                                                               \
    X(CONSULT, "consult")   /* 参照 */                                                                               \
    X(FOLLOW, "follow")     /* 按, 按照, 依据, 根据 … */                                                      \
    X(COMPLY, "comply")     /* 符合, 满足, 遵守 */

enum gb_mention_verb {
#define X(id, name) GB_VERB_##id,
    GB_MENTION_VERBS(X)
#undef X
};

enum gb_mention_flag {
    GB_MENTION_EXTERNAL = 1 << 0,  /* a part of another document, or of an earlier edition */
    GB_MENTION_DOUBTFUL = 1 << 1,  /* may be a part of another document, or no mention at all: nothing may rest on it */
    GB_MENTION_BRACKETED = 1 << 2, /* inside of （ ） */
    GB_MENTION_QUOTED = 1 << 3,    /* inside of “ ” or a quotation of the markup */
    GB_MENTION_NEGATED = 1 << 4,   /* 不按5.2, 除5.2外 */
    GB_MENTION_JOINED = 1 << 5,    /* 、和及与至 join it to the mention before */
    GB_MENTION_RANGE_FIRST = 1 << 6, /* 5.1 of 5.1～5.3 */
    GB_MENTION_RANGE_LAST = 1 << 7,  /* 5.3 of 5.1～5.3 */
    GB_MENTION_IMPLIED = 1 << 8,     /* 5.2 of 5.1～5.3: has the place of the last one, and no words of its own */
    GB_MENTION_IN_CELL = 1 << 9,     /* in a cell of a table */
    GB_MENTION_IN_TITLE = 1 << 10,   /* in a title or caption */
};

enum { GB_MENTION_ITEMS = 2 };

struct gb_mention {
    const struct gb_node *node;    /* whose text it stands in */
    const struct gb_text *text;    /* text or title of the node, or text of one of its cells */
    const struct gb_node *target;  /* NULL: of another document, or no such part */
    uint32_t begin, end;           /* bytes of text: all of it, 第5章, 附录B, 公式（3）, 5.2 b） */
    uint32_t num_begin, num_end;   /* its number or letter: 5, B, 3, 5.2; empty where it has none (步骤c）) */
    uint32_t item_begin, item_end; /* its markers: b）, a）1）; empty where it has none */
    uint32_t verb_begin, verb_end; /* the verb before it, or before the first of its run; empty where there is none */
    uint32_t sentence;             /* index in facts->sentences; GB_NO_SENTENCE in titles */
    uint32_t run;                  /* index of the first mention that it is joined to, of itself where it is that one */
    uint32_t next;                 /* index of the next mention of the same target; GB_NO_MENTION */
    uint16_t flags;
    enum gb_mention_kind kind : 8;
    enum gb_mention_verb verb : 8;
    uint16_t item[GB_MENTION_ITEMS]; /* markers: 'a' …, or the digit; 0: none */
    struct gb_number num;            /* n = 0: none (步骤c）); of an annex the letter alone */
};

#define GB_NO_MENTION UINT32_MAX
#define GB_NO_SENTENCE UINT32_MAX

struct gb_facts;

/* Source bytes of the number or letter, of the whole mention; *out_exact as gb_text_span has it. */
static inline struct gb_span
gb_mention_number_span(const struct gb_mention *mention, bool *out_exact)
{
    return gb_text_span(mention->text, mention->num_begin, mention->num_end, out_exact);
}

/* Its words, as written. */
static inline struct gb_str
gb_mention_words(const struct gb_mention *mention)
{
    return gb_str_sub(mention->text->str, mention->begin, mention->end);
}

/* The part of the draft with that number (kinds CHAPTER to FORMULA; ITEM: its clause), or NULL. */
const struct gb_node *gb_find_part(const struct gb_facts *facts, enum gb_mention_kind kind,
                                   const struct gb_number *num);

/* First mention of a part in document order, the one after it; NULL where there is none. Ranges mention what they span. */
const struct gb_mention *gb_first_mention(const struct gb_facts *facts, const struct gb_node *part);
const struct gb_mention *gb_next_mention(const struct gb_facts *facts, const struct gb_mention *mention);

#endif
