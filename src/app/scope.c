#include "app/scope.h"

#include <assert.h>

void
gb_choice_of(const char *words, struct gb_arena *arena, struct gb_choice *out)
{
    struct gb_str rest = gb_str_from(words), word;

    out->n = 0;
    while (gb_str_cut(&rest, '|', &word)) {
        assert(out->n < GB_COUNT(out->names));
        out->names[out->n++] = gb_arena_copy(arena, word).ptr;
    }
}

int
gb_choice_find(const struct gb_choice *choice, struct gb_str word)
{
    GB_FIND(name, choice->names, choice->n, gb_str_is(word, *name));
    return name ? (int)(name - choice->names) : -1;
}

void
gb_scope_set(struct gb_scope *scope, enum gb_setting setting, const struct gb_choice *words, int place)
{
    switch (setting) {
    case GB_SETTING_NONE:
        break;
    case GB_SETTING_EDITION:
        scope->facts.has_edition = true;
        scope->facts.edition = (enum gb_edition)place;
        break;
    case GB_SETTING_STAGE:
        scope->facts.stage = (enum gb_stage)(GB_STAGE_DRAFT + place % (GB_STAGE_COUNT - 1));
        break;
    case GB_SETTING_PROFILE:
        scope->facts.profile = words->names[place];
        break;
    case GB_SETTING_LANG:
        scope->has_lang = true;
        scope->english = place == 1;
        break;
    case GB_SETTING_LEVEL:
        scope->has_level = true;
        scope->level = (enum gb_level)(GB_LEVEL_ERROR - place);
        break;
    case GB_SETTING_FAIL_ON:
        scope->has_fail_on = true;
        scope->fail_on = (enum gb_level)(GB_LEVEL_ERROR - place);
        break;
    case GB_SETTING_BASELINE:
        scope->has_baseline = true;
        scope->no_baseline = place == 1;
        break;
    }
}
