/* Candidates for variants, which the pass over the texts collects (term_use.c) and variant.c compares. */
#ifndef GB_FACTS_TERMS_VARIANT_PRIV_H
#define GB_FACTS_TERMS_VARIANT_PRIV_H

#include "base/array.h"
#include "doc/joined.h"
#include "facts/facts_priv.h"
#include "facts/terms/variant.h"
#include "facts/terms/term_index.h"

enum gb_head_kind { GB_HEAD_BODY, GB_HEAD_PERSON, GB_HEAD_PLACE, GB_HEAD_POST, GB_HEAD_THING };

/* A head with the words before it that may belong to it. */
struct gb_head_place {
    struct gb_variant_place place; /* of the head */
    struct gb_str run;             /* words before it, and the head */
    uint32_t head_len;
    enum gb_head_kind kind : 8;
    bool is_key; /* in a title, or in the scope */
    bool is_front;
};

/* Heads of which one is written for another; the last is a kind of the others. */
enum { GB_BODIES = 4 };
extern const struct gb_str gb_variant_bodies[GB_BODIES];

/* Which of them the words end with; GB_BODIES: none. */
size_t gb_variant_body_of(struct gb_str words);

/*
 * Ends of names for persons and parties that say the same behind one stem: 讲解员, 讲解人员; 承运人, 承运方. Longer ones first; those of
 * one group stand for each other.
 */
struct gb_variant_post {
    struct gb_str word;
    unsigned group;
};

enum { GB_POST_STAFF, GB_POST_PARTY, GB_POST_TEAM, GB_POST_DESK }; /* 员, 方, 组, 岗 */
enum { GB_POSTS = 11 };
extern const struct gb_variant_post gb_variant_posts[GB_POSTS];

/* Which of them the words end with; GB_POSTS: none. */
size_t gb_variant_post_of(struct gb_str words);

/* Behind these words the ends differ: 管理员 is no 管理人员, 参与方 no 参与者. */
bool gb_variant_is_open_stem(const struct gb_lexicon *lexicon, struct gb_str stem);

/* 技术|服务|人员, 公共|服务|场所: behind these words one that adds little names another thing. */
bool gb_variant_makes_kind(const struct gb_lexicon *lexicon, struct gb_str stem);

/* A form of a defined term that is none of its designations. */
struct gb_term_form {
    struct gb_str words;
    uint32_t designation; /* UINT32_MAX: of a name that sentences are about */
    enum gb_variant_kind kind : 8;
    bool is_certain;
    GB_ARRAY(struct gb_variant_place) places;
};

/* ---- names that sentences are about: variant_subject.c ---- */

struct gb_subject_place {
    struct gb_variant_place place;
    uint32_t next; /* of the same name */
};

struct gb_subject {
    struct gb_str words;
    uint32_t first, last, n; /* places */
    bool is_listed;          /* has a word of the list of synonyms */
};

/* What is left of a name without its beginning. */
struct gb_short_name {
    struct gb_str words;
    uint32_t full;     /* index of the subject */
    uint32_t form;     /* value in the index of words, or UINT32_MAX */
    bool is_of_title;  /* the title of the draft has the beginning */
    bool is_ambiguous; /* several names end with it, or the full one is used once */
};

/* Names that stand for each other, as a list of members. */
struct gb_subject_group {
    uint32_t first;
};

enum gb_likeness {
    GB_SAME,
    GB_OWN,    /* the name that sentences are about: it is not looked for again */
    GB_ALIKE,  /* by a character that says the same in most names: where it is the rarer one */
    GB_LIKELY, /* says the same often, not always */
};

struct gb_subject_member {
    struct gb_str words;
    uint32_t form; /* value in the index of words, or UINT32_MAX */
    uint32_t next;
    uint32_t subject; /* its index, or UINT32_MAX */
    enum gb_likeness likeness : 8;
};

/* ---- words that say the same: variant_pairs.c ---- */

struct gb_word_pairs {
    const struct gb_rel *items; /* word, usual word … */
    uint16_t *next, first[64];
};

void gb_pairs_init(struct gb_word_pairs *pairs, const struct gb_rel *list, struct gb_arena *arena);

/* The usual one of the words that say the same as this. */
struct gb_str gb_pairs_usual(const struct gb_word_pairs *pairs, struct gb_str own);

/* The next word that says the same, from *link on, which is 0 at first; empty when there is none. */
struct gb_str gb_pairs_next(const struct gb_word_pairs *pairs, uint32_t *link, struct gb_str own, struct gb_str usual);

/* ---- forms near a defined term: variant_near.c ---- */

/* What of a name two characters are: its first ones, its last ones, the first and the last of three. */
enum gb_near_way { GB_NEAR_BEGIN, GB_NEAR_END, GB_NEAR_GAP, GB_NEAR_WAYS };

struct gb_near_name {
    struct gb_str words;
    uint32_t designation;
    uint32_t next[GB_NEAR_WAYS]; /* other names that have the same two characters so */
};

/* Two characters, and the first names that have them so. */
struct gb_near_anchor {
    uint32_t first[GB_NEAR_WAYS];
};

struct gb_near_form {
    struct gb_str words;
    uint32_t name;
    uint32_t at, len, own_len; /* bytes of words that are not the name's; of the name that they stand for */
    bool is_qualified;         /* a place stands behind 的 */
    bool is_dropped;           /* it is listed as a thing of its own, stands beside the name, or everywhere */
    GB_ARRAY(struct gb_variant_place) places;
};

struct gb_variant_reader {
    GB_ARRAY(struct gb_head_place) heads;
    GB_ARRAY(struct gb_term_form) forms;
    GB_ARRAY(struct gb_subject) subjects;
    GB_ARRAY(struct gb_subject_place) subject_places;
    GB_ARRAY(struct gb_subject_group) groups;
    GB_ARRAY(struct gb_subject_member) members;
    GB_ARRAY(struct gb_short_name) shorts;
    GB_ARRAY(struct gb_near_name) near_names;
    GB_ARRAY(struct gb_near_anchor) near_anchors;
    GB_ARRAY(struct gb_near_form) near_forms;
    GB_ARRAY(struct gb_variant) subject_pairs, form_pairs, near_pairs;
    struct gb_term_index subject_index, group_index, short_index, near_index;
    bool near_has_gaps;
    struct gb_word_pairs ends, likely_ends, like_characters, likely_words;
    uint32_t most_subjects;
};

/* Value of a word in the index: of designations as it is, of heads and forms with a bit. */
#define GB_INDEX_HEAD (UINT32_C(1) << 31)
#define GB_INDEX_FORM (UINT32_C(1) << 30)

struct gb_term_reader;

/* A word of a list that is kept as it was written; of a map every other one is what a word is mapped to. */
static inline struct gb_str
gb_variant_listed(const struct gb_rel *list, uint32_t i)
{
    return gb_rel_str((const struct gb_rel *)gb_rel_at(list) + i);
}

/* Puts heads and forms of terms into the index of the reader; returns how many words that are, at most. */
size_t gb_variant_most_words(const struct gb_term_reader *r);
void gb_variant_add_words(struct gb_term_reader *r);

/* The words with `len` bytes at `at` replaced. */
struct gb_str gb_variant_replaced(struct gb_arena *arena, struct gb_str s, size_t at, size_t len, struct gb_str by);

/* Length of the head of a value: a character is kept with what ends it. */
size_t gb_variant_head_len(const struct gb_term_reader *r, uint32_t value);

/* A head at [at, at + len) of the joined text s. */
void gb_variant_add_head(struct gb_term_reader *r, uint32_t value, struct gb_str s, size_t at, size_t len,
                         struct gb_variant_place place, unsigned flags);

/* Does the character end a run of words that may be a name? `behind`: the next one. */
bool gb_variant_ends_run(uint32_t c, uint32_t behind);
/* 应 of 供应, 所 of 场所: the end of a word, which ends no run. */
bool gb_variant_ends_word(uint32_t before, uint32_t c);

/* Does a name end there: before a mark, 应, 中, a verb? */
bool gb_variant_ends_name(const struct gb_lexicon *lexicon, struct gb_str s, size_t at);

/* Han characters and nothing else. */
bool gb_variant_is_han(struct gb_str words);

/* Do the words end with a listed head: is it a body, a person, a place of service? */
bool gb_variant_has_head(const struct gb_lexicon *lexicon, struct gb_str words);

/* Words that name a kind of what follows: 省级, 第三方, 专业. */
bool gb_variant_is_kind_word(const struct gb_lexicon *lexicon, struct gb_str words);

/* Does the title of the draft, or its scope, have the words? */
bool gb_variant_scope_names(const struct gb_facts *facts, struct gb_str words);

/* Does the title of the draft have the words? */
bool gb_variant_is_of_title(const struct gb_facts *facts, struct gb_str words);

/* The forms of defined terms that the pass over the texts found: variant_form.c. */
void gb_find_form_variants(struct gb_term_reader *r);

/* All places where a designation is used outside of its own entry. */
struct gb_variant_form gb_variant_form_of_uses(const struct gb_facts *facts, const struct gb_term_reader *r,
                                               uint32_t designation);

/* A form with its places, copied. */
struct gb_variant_form gb_variant_form_of(struct gb_arena *arena, struct gb_str words,
                                          const struct gb_variant_place *places, size_t n);

/* Of one name so many places are looked at. */
enum { GB_VARIANT_MOST_PLACES = 100 };

/* Do the words stand in s elsewhere than within the name? 借书人 in 借书人员 is none of its own. */
bool gb_variant_stands_apart(struct gb_str s, struct gb_str words, struct gb_str name);
/* Is the place a part of the longer name there? */
bool gb_variant_lies_within(const struct gb_variant_place *place, struct gb_str name);
/* 20张, 每名 before the place. */
bool gb_variant_is_counted(struct gb_str s, size_t at);
/* 填写登记册，登记簿应归档: the other name stands before the comma, and what it names goes on. */
bool gb_variant_goes_on(struct gb_str s, size_t begin, size_t end, struct gb_str other);
/* Both in one sentence: whoever wrote it tells them apart. */
bool gb_variant_is_contrasted(const struct gb_facts *facts, const struct gb_variant_form *form, struct gb_str other);
/* Both in one paragraph. 提书单 in 提书单据 is no place of its own. */
bool gb_variant_stands_with(const struct gb_variant_form *form, struct gb_str other);
/* Does one stand with the other? 装卸工人 has 装卸工 in it: then nothing is told by that. */
bool gb_variant_are_told_apart(const struct gb_variant_form *a, const struct gb_variant_form *b);

/*
 * Names that sentences are about: collected before the pass over the texts, which looks for their other forms as well (at most
 * so many, put into its index); then compared.
 */
void gb_variant_collect_subjects(struct gb_term_reader *r);
size_t gb_variant_subject_forms(struct gb_term_reader *r);
void gb_variant_add_subject_forms(struct gb_term_reader *r);
/* Is a value of the index such a form? */
bool gb_variant_is_subject_form(const struct gb_term_reader *r, uint32_t value);
void gb_find_subject_variants(struct gb_term_reader *r);
void gb_variant_release_subjects(struct gb_variant_reader *v);

/* The text in hand, of which the pass over the texts asks for near forms. */
struct gb_near_text {
    const struct gb_node *node, *entry; /* the term entry that holds it */
    const struct gb_text *text;
    const struct gb_joined *joined;
};

/* What the index of words has at a place of a text; len 0: nothing. */
struct gb_near_found {
    size_t at, len;
    uint32_t value;
};

/* The names; what stands at a place, and in what is read over there; then the pairs. */
void gb_near_add_names(struct gb_term_reader *r);
void gb_near_take(struct gb_term_reader *r, struct gb_str s, struct gb_near_found found,
                  const struct gb_near_text *text);
/* The same for three characters of which the first and the last are those of a name. */
void gb_near_take_gap(struct gb_term_reader *r, struct gb_str s, size_t at, const struct gb_near_text *text);
void gb_find_near_variants(struct gb_term_reader *r);

/* The pairs, when all texts are read; sets facts->variants. */
void gb_find_variants(struct gb_facts *facts, struct gb_term_reader *r);

#endif
