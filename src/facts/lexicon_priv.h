/* What is inside a lexicon: the characters at which a scan of a text stops, and the words to be compared there. */
#ifndef GB_FACTS_LEXICON_PRIV_H
#define GB_FACTS_LEXICON_PRIV_H

#include "facts/identifier.h"
#include "facts/lexicon.h"
#include "facts/sentence.h"
#include "facts/measure.h"
#include "facts/words.h"

/* A list of words as it was written. */
struct gb_word_list {
    const struct gb_str *items;
    size_t n;
};

/* A prefix of identifiers. */
struct gb_code {
    struct gb_str code;
    enum gb_publisher publisher;
    bool is_ambiguous;
};

/* A word with the neighbours that undo it. */
struct gb_entry {
    struct gb_str word;
    struct gb_str undo;          /* as in the list: "-当 核-" */
    uint32_t key;                /* the character before its core, or behind a core that stands first; 0: the core is all */
    uint8_t core;                /* offset of the core character in the word */
    enum gb_clause_type type : 8;/* of a modal */
    bool is_negative, needs_verb;/* of a modal */
};

/* Words around one character: 应, 可 … Modals: longer ones first; the others by key. */
struct gb_core {
    uint32_t code_point;
    const struct gb_entry *modals, *before, *behind;
    uint32_t n_modals, n_before, n_behind;
    uint64_t before_keys, behind_keys; /* bit n: a key with these low six bits is there */
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
    const struct gb_core *cores;
    uint32_t n_cores;
    struct gb_han_words verbs, short_verbs, prepositions, adverbs, instructions, instruction_adverbs, nouns,
        instrument_verbs, applications, appliers, instruction_titles, statement_titles;
    const struct gb_entry *openers; /* of attributes */
    uint32_t n_openers;

    const struct gb_code *codes; /* sorted by code */
    size_t n_codes;
    struct gb_word_list regions; /* 32, name … */
    struct gb_word_list cite_binding, cite_see, cite_see_also, cite_gives, cite_kinds, cite_no_document;
    const struct gb_measures *measures;
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

/* NULL: no such prefix. */
const struct gb_code *gb_lexicon_code(const struct gb_lexicon *lexicon, struct gb_str code);

/* The parts of gb_lexicon_new. */
void gb_lexicon_add_modals(struct gb_lexicon *lexicon, struct gb_arena *arena, gb_lexicon_list *list, void *data);
void gb_lexicon_add_codes(struct gb_lexicon *lexicon, struct gb_arena *arena, gb_lexicon_list *list, void *data);

#endif
