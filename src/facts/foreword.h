/*
 * What the foreword says: its statements, each with the item of GB/T 1.1 that it belongs to (2020, 8.3; 2009,
 * 6.1.3), and the data in them. Recognised by meaning, in whatever form the text came: paragraphs, bullets, one
 * paragraph with line ends, bold labels, table cells. Finds nothing wrong: that is for checks.
 */
#ifndef GB_FACTS_FOREWORD_H
#define GB_FACTS_FOREWORD_H

#include "doc/identifier.h"
#include "doc/node.h"

/* The items, in the order of 2020. */
#define GB_FOREWORD_ITEMS(X)                                                                                           \
    X(OTHER, "其他内容") /* none of the items */                                                                       \
    X(BASIS, "起草所依据的规则")                                                                                       \
    X(PARTS, "与其他部分的关系") /* parts of the document, documents of a series */                                    \
    X(REPLACEMENT, "代替和主要技术变化")                                                                               \
    X(INTERNATIONAL, "与国际文件的关系")                                                                               \
    X(PATENT, "专利的说明")                                                                                            \
    X(OWNER, "提出和归口")                                                                                             \
    X(ORGANISATIONS, "起草单位")                                                                                       \
    X(DRAFTERS, "起草人")                                                                                              \
    X(HISTORY, "历次版本发布情况")

enum gb_foreword_item {
#define X(id, name) GB_FOREWORD_##id,
    GB_FOREWORD_ITEMS(X)
#undef X
        GB_FOREWORD_ITEM_COUNT
};

enum gb_foreword_flag {
    GB_FOREWORD_ENTRY = 1 << 0,  /* of a list: the kind is that of the statement that leads it in */
    GB_FOREWORD_NESTED = 1 << 1, /* entry of a list inside another */
    GB_FOREWORD_CELL = 1 << 2,   /* stands in a table */
    GB_FOREWORD_LEADS = 1 << 3,  /* ends in ：, entries follow */
};

/* One sentence, or one entry of a list. */
struct gb_foreword_statement {
    enum gb_foreword_item kind;
    uint32_t flags;
    const struct gb_node *node;
    const struct gb_text *text; /* the node's text, or that of a cell */
    uint32_t begin, end;        /* bytes of text->str, without blanks and markers of a list at the ends */
    struct gb_str key;          /* the same under normalisation N, with / for ／: what is compared */
};

/* A name, number or title in a statement: bytes of its key. */
struct gb_foreword_part {
    uint32_t statement;
    uint32_t begin, end;
};

struct gb_foreword_parts {
    const struct gb_foreword_part *items;
    uint32_t n;
};

/* A document that the draft replaces. */
struct gb_replaced {
    uint32_t statement;
    struct gb_identifier_shape shape; /* in the statement's key */
    bool has_title;                   /* 《…》 behind it */
};

struct gb_foreword {
    const struct gb_node *node; /* NULL: the draft has none */
    const struct gb_foreword_statement *statements;
    uint32_t n_statements;
    const struct gb_foreword_statement *first[GB_FOREWORD_ITEM_COUNT]; /* of each kind, entries left out */
    bool is_divided; /* put together from several headings of that title */

    const struct gb_replaced *replaced;
    uint32_t n_replaced;
    struct gb_foreword_parts parts;                   /* 第1部分 …: the number alone, 1 or 一 */
    struct gb_foreword_parts organisations, drafters; /* names between 、 of the sentences that list them */
};

struct gb_facts;

/* Reads the foreword of facts->foreword; the tree's nodes are found. In the document's arena. */
const struct gb_foreword *gb_foreword_read(const struct gb_facts *facts, const struct gb_doc *doc);

/* Does any statement, of a kind or of all (GB_FOREWORD_ITEM_COUNT), hold one of the words? */
bool gb_foreword_says(const struct gb_foreword *foreword, enum gb_foreword_item kind, const struct gb_str *words,
                      size_t n);

/* The bytes of text->str that bytes [begin, end) of the key stand for. */
struct gb_span gb_foreword_bytes(const struct gb_foreword_statement *statement, size_t begin, size_t end);

/* The key of any text: appended to out. Offsets in it are turned to bytes of the text as above. */
void gb_foreword_key(struct gb_str text, struct gb_buf *out);
struct gb_span gb_key_bytes(struct gb_str text, size_t begin, size_t end);

/*
 * Length of the name that a document calls itself by, at byte `at` of a key: 本文件, 本标准, 本规程 … 0 where there is
 * none: 本标准体系, 本规范性 are other words.
 */
size_t gb_self_name_at(struct gb_str key, size_t at);

/* Bytes of 第…部分 at byte `at` of a key, its number alone in *out_number; 0 for anything else. Its value: 2 for 2 and 二. */
size_t gb_part_at(struct gb_str key, size_t at, struct gb_span *out_number);
unsigned gb_part_value(struct gb_str number);

/* Length of the label at the beginning of a statement (本文件主要起草人：) with its colon or 为; 0 without. */
size_t gb_foreword_label(const struct gb_foreword_statement *statement);

#endif
