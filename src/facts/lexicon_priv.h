/* What is inside a lexicon: the characters at which a scan of a text stops, and the words to be compared there. */
#ifndef GB_FACTS_LEXICON_PRIV_H
#define GB_FACTS_LEXICON_PRIV_H

#include "facts/identifier.h"
#include "facts/lexicon.h"
#include "facts/sentence.h"

/* A set of words; slots hold an empty one where none is. */
struct gb_words {
    struct gb_str *slots;
    uint32_t mask;
    size_t longest;              /* bytes */
};

bool gb_words_has(const struct gb_words *words, struct gb_str word);
/* Length in bytes of the longest word at the start, or at the end, of s; 0 when there is none. Han words only. */
size_t gb_words_start(const struct gb_words *words, struct gb_str s);
size_t gb_words_end(const struct gb_words *words, struct gb_str s);

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
    uint32_t key;                /* the character before its core, or behind a core that stands first */
    uint8_t core;                /* offset of the core character in the word */
    enum gb_clause_type type : 8;/* of a modal */
    bool is_negative, needs_verb;/* of a modal */
};

/* Words around one character: 应, 可 … Modals: longer ones first; the others by key. */
struct gb_core {
    uint32_t code_point;
    const struct gb_entry *modals, *before, *behind;
    uint32_t n_modals, n_before, n_behind;
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

enum { GB_STOP_SLOTS = 256 };

struct gb_lexicon {
    /* Does the scan stop at a character of three bytes? By the low bits of its first two bytes a set of third bytes. */
    uint64_t stops[64][16];
    struct gb_stop_row slots[GB_STOP_SLOTS]; /* hashed by code point */
    const struct gb_core *cores;
    uint32_t n_cores;
    struct gb_words verbs, short_verbs, prepositions, adverbs, instructions, instruction_adverbs, nouns,
        instrument_verbs, applications;
    const struct gb_entry *openers; /* of attributes */
    uint32_t n_openers;

    const struct gb_code *codes; /* sorted by code */
    size_t n_codes;
    struct gb_word_list regions; /* 32, name … */
    struct gb_word_list cite_binding, cite_see, cite_see_also, cite_gives, cite_kinds, cite_no_document;
};

/* The row of a character at which the scan stops. */
const struct gb_stop_row *gb_lexicon_stop(const struct gb_lexicon *lexicon, uint32_t code_point);

/* NULL: no such prefix. */
const struct gb_code *gb_lexicon_code(const struct gb_lexicon *lexicon, struct gb_str code);

/* The parts of gb_lexicon_new. */
void gb_lexicon_add_modals(struct gb_lexicon *lexicon, struct gb_arena *arena, gb_lexicon_list *list, void *data);
void gb_lexicon_add_codes(struct gb_lexicon *lexicon, struct gb_arena *arena, gb_lexicon_list *list, void *data);

#endif
