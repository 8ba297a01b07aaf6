/* Inside of facts/: how mentions are found. The index of parts is made first, mention_scan.c reads one text after the other. */
#ifndef GB_FACTS_MENTION_PRIV_H
#define GB_FACTS_MENTION_PRIV_H

#include "base/array.h"
#include "doc/joined.h"
#include "facts/facts_priv.h"

/* ── parts of the draft by number (part.c) ── */

/* A hash table; immutable once it is made. */
struct gb_parts {
    const struct gb_node **slots;    /* NULL: empty */
    uint32_t n_slots;                /* a power of two */
    uint32_t letters;                /* annexes: bit of each letter */
};

void gb_index_parts(struct gb_facts *facts);

/* Does the draft have an annex of that letter? */
static inline bool
gb_has_annex(const struct gb_facts *facts, char letter)
{
    return letter >= 'A' && letter <= 'Z' && facts->parts->letters >> (letter - 'A') & 1;
}

/* ── words around a number (mention_words.c) ── */

/* Behind blanks (full-width too) at `at`; before those that end at `at`. */
size_t gb_skip_blanks(struct gb_str s, size_t at);
size_t gb_skip_blanks_back(struct gb_str s, size_t at);

/* The verb that ends at `at`, which may be followed by 本文件的 and the like. */
enum gb_mention_verb gb_mention_verb_before(struct gb_str s, size_t at, size_t *out_begin, size_t *out_end,
                                            bool *out_negated);

/* Does a unit, a measure word or a mark of arithmetic stand at `at`? Then the number before it is a quantity. */
bool gb_is_unit_at(struct gb_str s, size_t at);

/* How sure what stands behind a bare number makes it a mention: 的规定, a mark or the end; 计算, 分别. */
enum gb_behind { GB_BEHIND_OTHER, GB_BEHIND_OPEN, GB_BEHIND_PROVISION };
enum gb_behind gb_mention_behind(struct gb_str s, size_t at);

/* What joins two mentions. */
enum gb_joint {
    GB_JOINT_NONE,
    GB_JOINT_INSIDE,   /* nothing, 中, 的: 附录B中的图B.1 */
    GB_JOINT_AND,      /* 和 及 与 、 … */
    GB_JOINT_COMMA,
    GB_JOINT_RANGE,    /* ～ 至 - */
};
enum gb_joint gb_mention_joint(struct gb_str s, size_t begin, size_t end);

/* Is what stands between the end of another document's name and a mention only 中, 的, a year, a part's number …? */
bool gb_is_of_document(struct gb_str s, size_t begin, size_t end);

/* Does a word for another document end at `at`: 该标准的, 2009年版的, 国际标准中? */
bool gb_is_behind_document_word(struct gb_str s, size_t at);

/* ── texts (mention_scan.c) ── */

struct gb_mention_list {
    GB_ARRAY(struct gb_mention) items;
};

struct gb_mention_scanner {
    const struct gb_facts *facts;
    struct gb_str own_code;          /* the draft's own identifier, bare */
    struct gb_joined joined;
    struct gb_mention_list *out;
};

/* Adds the mentions of one text of the node. */
void gb_scan_mentions(struct gb_mention_scanner *scanner, const struct gb_node *node, const struct gb_text *text,
                      unsigned flags);

#endif
