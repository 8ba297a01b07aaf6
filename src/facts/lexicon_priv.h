/*
 * What is inside a lexicon: the characters at which a scan of a text stops, and the words to be compared there. It is a
 * blob: that of the built-in lists is made with the program and lies in it as a constant.
 */
#ifndef GB_FACTS_LEXICON_PRIV_H
#define GB_FACTS_LEXICON_PRIV_H

#include "facts/citations/identifier.h"
#include "facts/lexicon.h"
#include "facts/sentences/sentence.h"
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
    struct gb_rel undo; /* as in the list: "-当 核-" */
    uint32_t key;       /* the character before its core, or behind a core that stands first; 0: the core is all */
    uint8_t core;       /* offset of the core character in the word */
    enum gb_clause_type type : 8; /* of a modal */
    bool is_negative, needs_verb; /* of a modal */
};

/* Entries, and bit n set where there is a key with these low six bits. */
struct gb_entries {
    struct gb_rel items; /* of struct gb_entry */
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
    GB_STOP_END,        /* 。！？ */
    GB_STOP_NARROW_END, /* . ! ? ．: behind a Han character */
    GB_STOP_SEMICOLON,
    GB_STOP_OPEN,
    GB_STOP_CLOSE,
    GB_STOP_TOGGLE, /* " */
    GB_STOP_BREAK,  /* a hard line break */
};

/* Brackets and quotes by what they hold: only quotations and titles are not the draft's own words. */
enum gb_bracket {
    GB_BRACKET_ROUND,
    GB_BRACKET_DOUBLE,
    GB_BRACKET_SINGLE,
    GB_BRACKET_CORNER,
    GB_BRACKET_WHITE_CORNER,
    GB_BRACKET_TITLE,
    GB_BRACKET_INNER_TITLE,
    GB_BRACKET_STRAIGHT
};

struct gb_stop_row {
    uint32_t code_point;
    enum gb_stop stop : 8;
    uint8_t which; /* bracket, or index of the core */
};

enum { GB_STOP_SLOTS = 256, GB_STOP_PAIRS = 0x4000 };

/* Sets of words and the names of their lists in rules/words. */
#define GB_LEXICON_SETS(X)                                                                                             \
    X(verbs, "verbs")                                                                                                  \
    X(short_verbs, "short-verbs")                                                                                      \
    X(prepositions, "prepositions")                                                                                    \
    X(adverbs, "adverbs")                                                                                              \
    X(instructions, "instruction-verbs")                                                                               \
    X(instruction_adverbs, "instruction-adverbs")                                                                      \
    X(nouns, "instruction-nouns")                                                                                      \
    X(instrument_verbs, "instrument-verbs")                                                                            \
    X(applications, "application-nouns")                                                                               \
    X(appliers, "application-openers")                                                                                 \
    X(instruction_titles, "instruction-titles")                                                                        \
    X(statement_titles, "statement-titles")                                                                            \
    X(procedure_acts, "procedure-acts")                                                                                \
    X(procedure_starts, "procedure-starts")                                                                            \
    X(procedure_results, "procedure-results")                                                                          \
    X(procedure_stages, "procedure-stages")                                                                            \
    X(procedure_actors, "procedure-actors")                                                                            \
    X(variant_contracted, "variant-contractions")                                                                      \
    X(variant_no_qualifiers, "variant-no-qualifiers")                                                                  \
    X(variant_open_stems, "variant-open-stems")                                                                        \
    X(variant_own_ends, "variant-own-ends")                                                                            \
    X(variant_synonym_words, "variant-synonyms")                                                                       \
    X(variant_end_words, "variant-ends")                                                                               \
    X(variant_likely_end_words, "variant-likely-ends")                                                                 \
    X(variant_like_character_set, "variant-like-characters")                                                           \
    X(variant_likely_word_set, "variant-likely-words")                                                                 \
    X(inst_noun_copulas, "instruction-noun-copulas")                                                                   \
    X(inst_actors, "instruction-actors")                                                                               \
    X(inst_roundings, "instruction-roundings")                                                                         \
    X(inst_time_ends, "instruction-time-ends")                                                                         \
    X(inst_complements, "instruction-complements")                                                                     \
    X(inst_told_copulas, "instruction-told-copulas")                                                                   \
    X(inst_makers, "instruction-makers")                                                                               \
    X(inst_told_others, "instruction-told-others")                                                                     \
    X(inst_measured_verbs, "instruction-measured-verbs")                                                               \
    X(inst_conditions, "instruction-conditions")                                                                       \
    X(inst_phrases, "instruction-phrases")                                                                             \
    X(inst_devices, "instruction-devices")                                                                             \
    X(inst_hands, "instruction-hands")                                                                                 \
    X(inst_grounds, "instruction-grounds")                                                                             \
    X(inst_results, "instruction-results")                                                                             \
    X(inst_hand_nouns, "instruction-hand-nouns")                                                                       \
    X(inst_measures, "instruction-measures")                                                                           \
    X(inst_not_uses, "instruction-not-uses")                                                                           \
    X(inst_places, "instruction-places")                                                                               \
    X(inst_place_ends, "instruction-place-ends")                                                                       \
    X(inst_phrase_nouns, "instruction-phrase-nouns")                                                                   \
    X(inst_tools, "instruction-tools")                                                                                 \
    X(inst_predicates, "instruction-predicates")                                                                       \
    X(inst_finders, "instruction-finders")                                                                             \
    X(inst_no_objects, "instruction-no-objects")                                                                       \
    X(inst_unsure, "instruction-unsure")                                                                               \
    X(inst_attribute_places, "instruction-attribute-places")                                                           \
    X(inst_adverbial_ends, "instruction-adverbial-ends")                                                               \
    X(inst_predicate_others, "instruction-predicate-others")                                                           \
    X(inst_counts, "instruction-counts")                                                                               \
    X(inst_noun_acts, "instruction-noun-acts")                                                                         \
    X(inst_noun_ends, "instruction-noun-ends")                                                                         \
    X(inst_amounts, "instruction-amounts")                                                                             \
    X(inst_things, "instruction-things")                                                                               \
    X(inst_thing_marks, "instruction-thing-marks")                                                                     \
    X(inst_told_verbs, "instruction-told-verbs")                                                                       \
    X(inst_told_ends, "instruction-told-ends")                                                                         \
    X(inst_told_places, "instruction-told-places")                                                                     \
    X(inst_told_properties, "instruction-told-properties")                                                             \
    X(inst_verb_times, "instruction-verb-times")                                                                       \
    X(inst_part_names, "instruction-part-names")                                                                       \
    X(inst_manners, "instruction-manners")                                                                             \
    X(inst_manner_others, "instruction-manner-others")                                                                 \
    X(inst_comparisons, "instruction-comparisons")                                                                     \
    X(inst_place_others, "instruction-place-others")                                                                   \
    X(inst_noun_relations, "instruction-noun-relations")                                                               \
    X(inst_goals, "instruction-goals")                                                                                 \
    X(inst_judges, "instruction-judges")                                                                               \
    X(inst_outcomes, "instruction-outcomes")                                                                           \
    X(inst_told_directly, "instruction-told-directly")                                                                 \
    X(inst_told_stops, "instruction-told-stops")                                                                       \
    X(lead_things, "lead-things")                                                                                      \
    X(lead_acts, "lead-acts")                                                                                          \
    X(inst_outcome_names, "instruction-outcome-names")                                                                 \
    X(inst_told_after_of, "instruction-told-after-attribute")                                                          \
    X(inst_thing_acts, "instruction-thing-acts")                                                                       \
    X(inst_never_acts, "instruction-never-acts")                                                                       \
    X(inst_states, "instruction-states")                                                                               \
    X(inst_agents, "instruction-agents")                                                                               \
    X(inst_told_conforms, "instruction-told-conforms")                                                                 \
    X(inst_addresses, "instruction-addresses")                                                                         \
    X(inst_causes, "instruction-causes")                                                                               \
    X(inst_lapses, "instruction-lapses")                                                                               \
    X(inst_takers, "instruction-takers")                                                                               \
    X(inst_prefixes, "instruction-prefixes")                                                                           \
    X(topic_others, "topic-others")                                                                                    \
    X(topic_changes, "topic-changes")                                                                                  \
    X(topic_copulas, "topic-copulas")                                                                                  \
    X(topic_takers, "topic-takers")                                                                                    \
    X(sum_acts, "sum-acts")                                                                                            \
    X(sum_acted, "sum-acted")                                                                                          \
    X(sum_names, "sum-names")                                                                                          \
    X(sum_predicates, "sum-predicates")                                                                                \
    X(ratio_links, "ratio-links")                                                                                      \
    X(ratio_ends, "ratio-ends")                                                                                        \
    X(permit_copulas, "permit-copulas")                                                                                \
    X(advised, "advised-verbs")                                                                                        \
    X(modal_property_others, "property-others")                                                                        \
    X(modal_topic_places, "topic-places")                                                                              \
    X(modal_topic_predicates, "topic-predicates")                                                                      \
    X(modal_topic_duties, "topic-duties")                                                                              \
    X(modal_quantity_ends, "quantity-ends")                                                                            \
    X(modal_quantity_bounds, "quantity-bounds")                                                                        \
    X(modal_quantity_tails, "quantity-tails")                                                                          \
    X(modal_quantity_joints, "quantity-joints")                                                                        \
    X(modal_doubled_links, "doubled-links")                                                                            \
    X(modal_verbal_heads, "verbal-heads")                                                                              \
    X(modal_want_objects, "want-objects")                                                                              \
    X(modal_signs, "sign-names")                                                                                       \
    X(modal_zones, "zone-names")                                                                                       \
    X(modal_question_adverbs, "question-adverbs")                                                                      \
    X(modal_questions, "question-words")                                                                               \
    X(modal_demands, "demand-words")                                                                                   \
    X(modal_demanders, "demand-bodies")                                                                                \
    X(modal_states, "bracket-states")                                                                                  \
    X(modal_reasons, "reason-words")                                                                                   \
    X(modal_conditions, "condition-words")                                                                             \
    X(modal_needs, "need-words")                                                                                       \
    X(attr_particle_words, "particle-words")                                                                           \
    X(attr_goods, "particle-goods")                                                                                    \
    X(attr_adjectives, "attribute-adjectives")                                                                         \
    X(attr_copulas, "attribute-copulas")                                                                               \
    X(attr_targets, "pointer-targets")                                                                                 \
    X(attr_modals, "predicate-modals")                                                                                 \
    X(attr_joints, "predicate-joints")                                                                                 \
    X(attr_nouns, "predicate-nouns")                                                                                   \
    X(attr_places, "place-ends")                                                                                       \
    X(attr_givers, "attribute-givers")                                                                                 \
    X(attr_kinds, "kind-words")                                                                                        \
    X(attr_kind_copulas, "kind-copulas")                                                                               \
    X(cite_binding, "cite-binding")                                                                                    \
    X(cite_see, "cite-see")                                                                                            \
    X(cite_see_also, "cite-see-also")                                                                                  \
    X(cite_gives, "cite-gives")                                                                                        \
    X(cite_kinds, "cite-kinds")                                                                                        \
    X(cite_no_document, "cite-no-document")                                                                            \
    X(variant_qualifiers, "variant-qualifiers")                                                                        \
    X(variant_fillings, "variant-fillings")                                                                            \
    X(variant_contrasts, "variant-contrasts")                                                                          \
    X(variant_loose_words, "variant-loose-words")                                                                      \
    X(value_empty_words, "value-empty-words")                                                                          \
    X(value_generic_words, "value-generic-words")

/* Lists that are kept as they were written, of gb_rel to texts; of a map word, what it is mapped to … */
#define GB_LEXICON_LISTS(X)                                                                                            \
    X(regions, "codes-region")          /* 32, name */                                                                 \
    X(variant_heads, "variant-heads")   /* head, kind */                                                               \
    X(variant_things, "variant-things") /* heads as well: 报告 */                                                    \
    X(variant_weak, "variant-weak")                                                                                    \
    X(variant_contractions, "variant-contractions") /* 社保, 社会保险 */                                         \
    X(variant_synonyms, "variant-synonyms")         /* 进驻, 入驻 */                                               \
    X(value_periods, "value-periods")               /* 每季度, 1600 */                                              \
    X(variant_ends, "variant-ends")                 /* 房, 室 */                                                     \
    X(variant_likely_ends, "variant-likely-ends")                                                                      \
    X(variant_like_characters, "variant-like-characters")                                                              \
    X(variant_likely_words, "variant-likely-words") /* 核实, 核查 */

struct gb_lexicon {
    /* Does the scan stop at a character of three bytes? By its second and third byte a set of low bits of the first. */
    uint16_t stops[GB_STOP_PAIRS];
    uint64_t ascii_stops[2];
    struct gb_stop_row slots[GB_STOP_SLOTS]; /* hashed by code point */
    struct gb_rel cores;                     /* of struct gb_core */
#define X(field, name) struct gb_rel field;
    GB_LEXICON_SETS(X) /* of one struct gb_han_words each */
    GB_LEXICON_LISTS(X)
#undef X
    struct gb_rel openers;  /* of attributes: of struct gb_entry */
    struct gb_rel codes;    /* of struct gb_code, sorted by code */
    struct gb_rel measures; /* one struct gb_measures */
    struct gb_rel mentions; /* one struct gb_mention_words */
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

/* Does one of the words of a set begin, or end, the text? */
static inline bool
gb_begins(const struct gb_rel *words, struct gb_str s)
{
    return gb_words_start(gb_rel_at(words), s) > 0;
}

static inline bool
gb_ends(const struct gb_rel *words, struct gb_str s)
{
    return gb_words_end(gb_rel_at(words), s) > 0;
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

static inline struct gb_lexicon *
gb_maker_lexicon(struct gb_lexicon_maker *maker)
{
    return gb_blob_at(&maker->blob, struct gb_lexicon, 0);
}

/* The words of a list as a set in the arena. */
const struct gb_han_words *gb_maker_set(struct gb_lexicon_maker *maker, struct gb_arena *arena, const char *name);

/* The parts of a lexicon; gb_measures_add and gb_mention_words_add give the offset of theirs. */
void gb_lexicon_add_modals(struct gb_lexicon_maker *maker);
size_t gb_measures_add(struct gb_lexicon_maker *maker);
size_t gb_mention_words_add(struct gb_lexicon_maker *maker);

#endif
