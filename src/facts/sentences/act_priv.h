/* Verbs at the head of a clause, and what makes no act of them. Lengths and places are in bytes; 0: none. */
#ifndef GB_FACTS_SENTENCES_ACT_PRIV_H
#define GB_FACTS_SENTENCES_ACT_PRIV_H

#include "facts/lexicon_priv.h"

/* Up to the first comma or semicolon; without the full stop at its end. */
struct gb_str gb_act_clause(struct gb_str s);
struct gb_str gb_act_without_stop(struct gb_str clause);

/* Does a number begin the text, in digits or Han characters? */
bool gb_act_quantity(const struct gb_lexicon *lexicon, struct gb_str s);

/* Length of the word at the start that may be a verb, or a noun behind a verb (结果, 密度). */
size_t gb_act_word(const struct gb_lexicon *lexicon, struct gb_str s);
size_t gb_act_noun(const struct gb_lexicon *lexicon, struct gb_str s);

/* Is the verb a part of a noun, the subject of its clause: 检查结果为…? `behind`: what follows the verb. */
bool gb_act_is_noun(const struct gb_lexicon *lexicon, struct gb_str verb, struct gb_str behind);

/* The same for the text that may begin with a verb. */
bool gb_act_is_subject(const struct gb_lexicon *lexicon, struct gb_str s);

/* The same for several verbs: 退货或换货. */
size_t gb_act_words(const struct gb_lexicon *lexicon, struct gb_str s);

/* Is something told of what begins with the verb: 记录纸的宽度为250 mm? */
bool gb_act_is_told(const struct gb_lexicon *lexicon, struct gb_str verb, struct gb_str behind);

/* Has what follows the verb a predicate of its own: 审核准则由…? */
bool gb_act_has_predicate(const struct gb_lexicon *lexicon, struct gb_str verb, struct gb_str behind);

/* 工作人员核验证件, 质量检验部门抽样: is who acts the first that is named? */
bool gb_act_has_actor(const struct gb_lexicon *lexicon, struct gb_str s);

/* Are the words the name of a thing behind a verb, and nothing else: 剂 of 填充剂? */
bool gb_act_is_thing(const struct gb_lexicon *lexicon, struct gb_str words);

/* 用药, 用户, no 用量杯: a word that begins with 用. */
bool gb_act_is_use(const struct gb_lexicon *lexicon, struct gb_str s);

/* 冷却后, 采用直接法时: a clause of time or condition. */
bool gb_act_ends_in_time(const struct gb_lexicon *lexicon, struct gb_str clause);

/* Length of the verb at the start that acts: one before a quantity (取5 g), any of instructions, any of all where something leads to it. */
size_t gb_act_measured(const struct gb_lexicon *lexicon, struct gb_str s);
size_t gb_act_verb(const struct gb_lexicon *lexicon, struct gb_str s);
size_t gb_act_led_verb(const struct gb_lexicon *lexicon, struct gb_str s);

#endif
