/*
 * What is inside a lexicon: the characters at which a scan of a text stops, and the words to be compared there. It is a
 * blob: that of the built-in lists is made with the program and lies in it as a constant.
 */
#ifndef GB_FACTS_LEXICON_PRIV_H
#define GB_FACTS_LEXICON_PRIV_H

#include "facts/identifier.h"
#include "facts/lexicon.h"
#include "facts/sentence.h"
#include "facts/measure.h"
#include "facts/words.h"

/* A prefix of identifiers. */
struct gb_code {
    struct gb_rel code;
    enum gb_publisher publisher;
    bool is_ambiguous;
};

/* A word with the neighbours that undo it. */
struct gb_entry {
    struct gb_rel word;
    struct gb_rel undo;          /* as in the list: "-当 核-" */
    uint32_t key;                /* the character before its core, or behind a core that stands first; 0: the core is all */
    uint8_t core;                /* offset of the core character in the word */
    enum gb_clause_type type : 8;/* of a modal */
    bool is_negative, needs_verb;/* of a modal */
};

/* Entries, and bit n set where there is a key with these low six bits. */
struct gb_entries {
    struct gb_rel items;         /* of struct gb_entry */
    uint64_t keys;
};

/* Words around one character: 应, 可 … Modals: longer ones first; the others by key. */
struct gb_core {
    uint32_t code_point;
    struct gb_entries modals, before, behind;
};

/* What a scan does at a character. */
enum gb_stop {
    GB_STOP_NONE,
    GB_STOP_CORE,
    GB_STOP_END,                 /* 。！？ */
    GB_STOP_NARROW_END,          /* . ! ? ．: behind a Han character */
    GB_STOP_SEMICOLON,
    GB_STOP_OPEN, GB_STOP_CLOSE,
    GB_STOP_TOGGLE,              /* " */
    GB_STOP_BREAK,               /* a hard line break */
};

/* Brackets and quotes by what they hold: only quotations and titles are not the draft's own words. */
enum gb_bracket { GB_BRACKET_ROUND, GB_BRACKET_DOUBLE, GB_BRACKET_SINGLE, GB_BRACKET_CORNER, GB_BRACKET_WHITE_CORNER,
                  GB_BRACKET_TITLE, GB_BRACKET_INNER_TITLE, GB_BRACKET_STRAIGHT };

struct gb_stop_row {
    uint32_t code_point;
    enum gb_stop stop : 8;
    uint8_t which;               /* bracket, or index of the core */
};

enum { GB_STOP_SLOTS = 256, GB_STOP_PAIRS = 0x4000 };

struct gb_lexicon {
    /* Does the scan stop at a character of three bytes? By its second and third byte a set of low bits of the first. */
    uint16_t stops[GB_STOP_PAIRS];
    uint64_t ascii_stops[2];
    struct gb_stop_row slots[GB_STOP_SLOTS]; /* hashed by code point */
    struct gb_rel cores;         /* of struct gb_core */
    /* Of one struct gb_han_words each. */
    struct gb_rel verbs, short_verbs, prepositions, adverbs, instructions, instruction_adverbs, nouns, instrument_verbs,
        applications, appliers, instruction_titles, statement_titles, procedure_acts, procedure_starts, procedure_results,
        procedure_stages, variant_contracted,
        variant_open_stems, variant_synonym_words, variant_end_words, variant_likely_end_words;
    /* How a sentence is an instruction: facts/instruction.c. */
    struct gb_rel inst_noun_copulas, inst_actors, inst_roundings, inst_time_ends, inst_complements, inst_told_copulas, inst_makers,
        inst_told_others, inst_measured_verbs, inst_conditions, inst_phrases, inst_devices, inst_not_uses, inst_places, inst_place_ends,
        inst_hands, inst_grounds, inst_results, inst_measures, inst_phrase_nouns, inst_tools, inst_predicates, inst_finders, inst_unsure, inst_no_objects;
    /* What a modal at the head of a sentence belongs to: facts/modal.c. */
    struct gb_rel topic_others, topic_changes, topic_takers, sum_acts, sum_acted, sum_names, sum_predicates, permit_copulas, advised;
    struct gb_rel openers;       /* of attributes: of struct gb_entry */

    struct gb_rel codes;         /* of struct gb_code, sorted by code */
    /* Lists as they were written, of gb_rel to texts. */
    struct gb_rel regions;       /* 32, name … */
    struct gb_rel cite_binding, cite_see, cite_see_also, cite_gives, cite_kinds, cite_no_document;
    struct gb_rel variant_heads; /* head, kind … */
    struct gb_rel variant_weak, variant_qualifiers;
    struct gb_rel variant_contractions; /* 社保, 社会保险 … */
    struct gb_rel variant_synonyms; /* 进驻, 入驻 … */
    struct gb_rel variant_ends, variant_likely_ends; /* 房, 室 … */
    struct gb_rel measures;      /* one struct gb_measures */
};

static inline unsigned
gb_stop_pair(unsigned second, unsigned third)
{
    return (second | third << 8) & 0x3F3F;
}

/* Does the scan stop at this character of three bytes? */
static inline bool
gb_lexicon_stops(const struct gb_lexicon *lexicon, const unsigned char *p)
{
    return lexicon->stops[gb_stop_pair(p[1], p[2])] >> (p[0] & 0xF) & 1;
}

/* The row of a character at which the scan stops. */
const struct gb_stop_row *gb_lexicon_stop(const struct gb_lexicon *lexicon, uint32_t code_point);

static inline const struct gb_core *
gb_lexicon_core(const struct gb_lexicon *lexicon, const struct gb_stop_row *row)
{
    return (const struct gb_core *)gb_rel_at(&lexicon->cores) + row->which;
}

/* NULL: no such prefix. */
const struct gb_code *gb_lexicon_code(const struct gb_lexicon *lexicon, struct gb_str code);

/* The lists that a lexicon is made of, and the blob: its first struct is the lexicon. */
struct gb_lexicon_maker {
    struct gb_blob blob;
    gb_lexicon_list *list;
    void *data;
};

static inline size_t
gb_maker_list(struct gb_lexicon_maker *maker, const char *name, const struct gb_str **out_words)
{
    return maker->list(maker->data, name, out_words);
}

/* The parts of a lexicon; gb_measures_add gives the offset of the measures. */
void gb_lexicon_add_modals(struct gb_lexicon_maker *maker);
void gb_lexicon_add_codes(struct gb_lexicon_maker *maker);
size_t gb_measures_add(struct gb_lexicon_maker *maker);

#endif
