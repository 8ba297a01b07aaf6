/* Instructions: sentences in the imperative, in the chapters where a standard gives them. Rule catalogue 4.3, 5. */
#ifndef GB_FACTS_SENTENCES_INSTRUCTION_PRIV_H
#define GB_FACTS_SENTENCES_INSTRUCTION_PRIV_H

#include "facts/facts.h"
#include "facts/lexicon_priv.h"

/* Does the node stand where instructions are given: procedures, test methods, steps? */
bool gb_gives_instructions(const struct gb_facts *facts, const struct gb_lexicon *lexicon, const struct gb_node *node);

/* Does the node stand in the technical chapters or an annex, not under definitions? */
bool gb_is_technical(const struct gb_node *node);

/* May the sentence be an instruction, by its first character? */
bool gb_may_instruct(const struct gb_lexicon *lexicon, struct gb_str sentence);

/* The verb at the head of the sentence [begin, end) that makes it an instruction: its place, or an empty span. */
struct gb_span gb_instruction_verb(const struct gb_lexicon *lexicon, struct gb_str s, size_t begin, size_t end);

/* Is the sentence in the imperative without doubt, whatever the chapter? It begins with the verb, and its first clause has no predicate besides. */
bool gb_is_imperative(const struct gb_lexicon *lexicon, struct gb_str sentence);

#endif
