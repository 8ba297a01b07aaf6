/*
 * What the command line, a config or a part of one says of drafts: what a narrower scope says wins. Settings that are one of some words have
 * the same words as an option and as a key.
 */
#ifndef GB_APP_SCOPE_H
#define GB_APP_SCOPE_H

#include "base/array.h"
#include "facts/facts.h"
#include "rule/rule.h"

#define GB_EDITION_WORDS "2009|2020"
#define GB_STAGE_WORDS "草|征|送|报|draft|comment|review|approval"
#define GB_PROFILE_WORDS                                                                                               \
    "gb11|engineering|food-safety|environment|metrology|earlier|other-rules|particular|q|service-business|"            \
    "db32-2796|working-requirement"
#define GB_LANG_WORDS "zh|en"
#define GB_LEVEL_WORDS "error|warning|info"
#define GB_FAIL_ON_WORDS "error|warning|info|never"
#define GB_BASELINE_WORDS "on|off"

enum gb_setting {
    GB_SETTING_NONE,
    GB_SETTING_EDITION,
    GB_SETTING_STAGE,
    GB_SETTING_PROFILE,
    GB_SETTING_LANG,
    GB_SETTING_LEVEL,
    GB_SETTING_FAIL_ON,
    GB_SETTING_BASELINE,
};

struct gb_scope {
    struct gb_facts_options facts; /* edition, stage, profile; of the command line the day of the registry, too */
    bool has_level, has_fail_on, has_lang, english, has_baseline, no_baseline;
    enum gb_level level, fail_on; /* fail_on OFF: never */
    GB_ARRAY(struct gb_rule_change) changes;
};

/* "a|b|c" taken apart, in the arena. */
struct gb_choice {
    const char *names[12];
    size_t n;
};

void gb_choice_of(const char *words, struct gb_arena *arena, struct gb_choice *out);
/* The place of a word among them, or -1. */
int gb_choice_find(const struct gb_choice *choice, struct gb_str word);

/* Gives the setting the word at a place of its words. */
void gb_scope_set(struct gb_scope *scope, enum gb_setting setting, const struct gb_choice *words, int place);

#endif
