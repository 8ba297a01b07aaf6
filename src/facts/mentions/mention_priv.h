/* Inside of facts/: how mentions are found. The index of parts is made first, mention_scan.c reads one text after the other. */
#ifndef GB_FACTS_MENTIONS_MENTION_PRIV_H
#define GB_FACTS_MENTIONS_MENTION_PRIV_H

#include "base/array.h"
#include "doc/joined.h"
#include "facts/facts_priv.h"

/* ── parts of the draft by number (part.c) ── */

/* A hash table; immutable once it is made. */
struct gb_parts {
    const struct gb_node **slots; /* NULL: empty */
    uint32_t n_slots;             /* a power of two */
    uint64_t letters;             /* annexes: bit of each letter, those of NA, NB … behind those of A, B … */
};

void gb_index_parts(struct gb_facts *facts);

/* The bit of an annex's letter; 0 for anything else. */
static inline uint64_t
gb_annex_bit(char letter)
{
    enum { LETTERS = 26 };

    if (gb_is_upper(letter))
        return UINT64_C(1) << (letter - 'A');
    return gb_is_lower(letter) ? UINT64_C(1) << (letter - 'a' + LETTERS) : 0;
}

/* Does the draft have an annex of that letter? */
static inline bool
gb_has_annex(const struct gb_facts *facts, char letter)
{
    return facts->parts->letters & gb_annex_bit(letter);
}

/* ── words around a number (mention_words.c) ── */

/* first, last: the last byte of its first and of its last character, which differs most from word to word. */
struct gb_listed_word {
    struct gb_rel str;
    uint8_t value; /* what it stands for, by list */
    char first, last;
};

/* The lists of rules/words/mentions.yaml. */
#define GB_WORD_LISTS(X)                                                                                               \
    X(KINDS, "mention-kinds") /* enum gb_mention_kind */                                                               \
    X(NO_KINDS, "mention-no-kinds")                                                                                    \
    X(BEFORE_KINDS, "mention-before-kinds")                                                                            \
    X(ORDINALS, "mention-ordinals")                                                                                    \
    X(SUFFIXES, "mention-suffixes") /* enum gb_suffix */                                                               \
    X(NO_SUFFIXES, "mention-no-suffixes")                                                                              \
    X(ORDINAL_JOINTS, "mention-ordinal-joints")                                                                        \
    X(MARKER_TIES, "mention-marker-ties")                                                                              \
    X(MARKER_TAILS, "mention-marker-tails")                                                                            \
    X(STEPS, "mention-steps")                                                                                          \
    X(VERBS, "mention-verbs") /* enum gb_mention_verb */                                                               \
    X(NO_VERBS, "mention-no-verbs")                                                                                    \
    X(NEGATIONS, "mention-negations")                                                                                  \
    X(SELF_NAMES, "mention-self-names")                                                                                \
    X(TIES, "mention-ties")                                                                                            \
    X(MEASURES, "mention-measures")                                                                                    \
    X(NO_MEASURES, "mention-no-measures")                                                                              \
    X(VALUES, "mention-values")                                                                                        \
    X(BEHIND, "mention-behind") /* enum gb_behind */                                                                   \
    X(JOINTS, "mention-joints") /* enum gb_joint */                                                                    \
    X(OF_DOCUMENT, "mention-of-document")                                                                              \
    X(DOCUMENTS, "mention-documents")                                                                                  \
    X(NO_DOCUMENTS, "mention-no-documents")                                                                            \
    X(ENDS, "mention-ends")                                                                                            \
    X(COMMAS, "mention-commas")

enum gb_word_set {
#define X(id, name) GB_WORDS_##id,
    GB_WORD_LISTS(X)
#undef X
        GB_WORDS_COUNT
};

enum { GB_WORD_BITS = 10 };

/*
 * The lists as they were written; and for a hash of each character the lists with a word that begins (ends) with it, one bit a list: most
 * words need not be compared.
 */
struct gb_mention_words {
    struct gb_rel lists[GB_WORDS_COUNT]; /* of struct gb_listed_word */
    uint32_t begins[1 << GB_WORD_BITS], ends[1 << GB_WORD_BITS];
};

const struct gb_mention_words *gb_lexicon_mentions(const struct gb_lexicon *lexicon);

/* The first word of the list that begins at `at`, or ends there. */
const struct gb_listed_word *gb_listed_at(const struct gb_mention_words *words, struct gb_str s, size_t at,
                                          enum gb_word_set list);
const struct gb_listed_word *gb_listed_before(const struct gb_mention_words *words, struct gb_str s, size_t at,
                                              enum gb_word_set list);

/* 章, 条, 步 behind a number. */
enum gb_suffix { GB_SUFFIX_NONE, GB_SUFFIX_CHAPTER, GB_SUFFIX_ARTICLE, GB_SUFFIX_STEP, GB_SUFFIX_OTHER };

/* ── what they say (mention_context.c) ── */

/* Behind blanks (full-width too) at `at`; before those that end at `at`. */
size_t gb_skip_blanks(struct gb_str s, size_t at);
size_t gb_skip_blanks_back(struct gb_str s, size_t at);

/* Behind a word of the list at `at`, before one that ends there; `at` where there is none. */
size_t gb_skip_listed(const struct gb_mention_words *words, struct gb_str s, size_t at, enum gb_word_set list);
size_t gb_skip_listed_back(const struct gb_mention_words *words, struct gb_str s, size_t at, enum gb_word_set list);

/* The verb that ends at `at`, which may be followed by 本文件的 and the like. NONE: begin and end are where it would end. */
struct gb_verb_found {
    enum gb_mention_verb verb;
    size_t begin, end;
    bool is_negated;
};
struct gb_verb_found gb_verb_before(const struct gb_mention_words *words, struct gb_str s, size_t at);

/* Does a unit, a measure word or a mark of arithmetic stand at `at`, 版本, ± or a Latin letter before it? Then it is a quantity. */
bool gb_is_unit_at(const struct gb_mention_words *words, struct gb_str s, size_t at);
bool gb_is_value_before(const struct gb_mention_words *words, struct gb_str s, size_t at);

/* How sure what stands behind a bare number makes it a mention: 的规定; a mark or the end; 计算, 分别. */
enum gb_behind { GB_BEHIND_OTHER, GB_BEHIND_OPEN, GB_BEHIND_PROVISION };
enum gb_behind gb_mention_behind(const struct gb_mention_words *words, struct gb_str s, size_t at);

/* What joins two mentions. */
enum gb_joint {
    GB_JOINT_NONE,
    GB_JOINT_INSIDE, /* nothing, 中, 的: 附录B中的图B.1 */
    GB_JOINT_AND,    /* 和 及 与 、 … */
    GB_JOINT_COMMA,
    GB_JOINT_RANGE, /* ～ 至 - */
};
enum gb_joint gb_joint_between(const struct gb_mention_words *words, struct gb_str s, size_t begin, size_t end);

/* Is what stands between the name of another document and a mention only 中, 的, a year, a part's number …? */
bool gb_is_of_document(const struct gb_mention_words *words, struct gb_str s, size_t begin, size_t end);

/* Does a word for another document end at `at`: 该标准的, 2009年版的, 国际标准中? */
bool gb_is_behind_document_word(const struct gb_mention_words *words, struct gb_str s, size_t at);

/* ── texts (mention_scan.c) ── */

struct gb_mention_list {
    GB_ARRAY(struct gb_mention) items;
};

struct gb_mention_scanner {
    const struct gb_facts *facts;
    const struct gb_mention_words *words;
    struct gb_str own_code; /* the draft's own identifier, bare */
    struct gb_joined joined;
    struct gb_mention_list *out;
};

/* Adds the mentions of one text of the node. */
void gb_scan_mentions(struct gb_mention_scanner *scanner, const struct gb_node *node, const struct gb_text *text,
                      unsigned flags);

#endif
