/* 可, 能, 可能: what is permitted, what somebody is able to do, what may happen: WRD-006. GB/T 1.1—2020, C.4 and C.5; 2009, annex F. */
#include "check/wording/wording_priv.h"

/* 使 that is no part of 使用. */
static bool
has_maker(struct gb_str s)
{
    const struct gb_str maker = GB_STR("使");

    return GB_ANY(GB_EACH_FOUND(at, s, maker, 0), !gb_str_starts(gb_str_skip(s, at), GB_STR("使用")));
}

/* 申请人能…: who is able; not 使申请人能…, 系统应保证用户能…. */
static bool
has_actor(struct gb_check *c, struct gb_str before)
{
    struct gb_str clause = gb_last_clause(before);
    const struct gb_str *actors;
    size_t n = gb_param_words(c, "actors", &actors), actor = gb_str_end(clause, actors, n);

    clause.len -= actor;
    return actor && !has_maker(clause) && !gb_param_has(c, "makers", clause);
}

/* What a body may choose to do: nothing that it is able to, or that happens to it. */
static bool
is_choice(struct gb_check *c, struct gb_str behind)
{
    return gb_words_start(gb_param_set(c, "choices"), behind) > 0;
}

static bool
is_uncertain(struct gb_str sentence)
{
    GB_WORDS(words, "如", "若", "因", "导致", "造成", "风险", "时", "情况", "由于", "影响");

    return GB_HAS_ANY(sentence, words);
}

/* A device that does what devices are made for: 系统可能识别…, 传感器可自动补偿…. */
static bool
is_device_able(struct gb_check *c, struct gb_str before, struct gb_str behind)
{
    struct gb_str subject = gb_last_clause(before);

    return gb_param_ends(c, "devices", subject) && !has_maker(subject) &&
           gb_words_start(gb_param_set(c, "abilities"), behind) > 0;
}

/* The case of the finding, and the word that is meant; NULL: the word is right, or nothing tells that it is not. */
static const char *
confusion_of(struct gb_check *c, const struct gb_sentence *s, const struct gb_modal *m, struct gb_str *out_meant)
{
    bool is_ability = gb_str_is(m->word, "能") || gb_str_is(m->word, "能够"), is_possible = gb_str_is(m->word, "可能"),
         is_permission = gb_str_is(m->word, "可");

    if (!(is_permission ? s->type == GB_TYPE_PERMISSION : (is_ability || is_possible) && s->type == GB_TYPE_STATEMENT))
        return NULL;
    struct gb_str before = gb_words_before(c, s, m->begin), behind = gb_words_behind(c, s, m->end);
    *out_meant = GB_STR("能");
    if (is_permission)
        return gb_str_starts(behind, GB_STR("自动")) && !gb_param_ends(c, "actors", gb_last_clause(before)) &&
                       before.len
                   ? "automatic"
                   : NULL;
    if (is_possible && (is_uncertain(before) || is_uncertain(behind)))
        return NULL;
    if (is_possible && !gb_str_starts(behind, GB_STR("自动")) && is_device_able(c, before, behind))
        return "device";
    *out_meant = GB_STR("可");
    if (!has_actor(c, before) ||
        !(is_choice(c, behind) || (is_ability && gb_str_has(gb_first_clause(behind), GB_STR("或")))))
        return NULL;
    return is_possible ? "possible" : "able";
}

/* Two signs are wanted: who acts, and that it is his choice; or a device, and what it does by itself. */
static void
check_can_may(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;

    GB_EACH(const struct gb_sentence, s, facts->sentences, facts->n_sentences) {
        if (s->type != GB_TYPE_STATEMENT && s->type != GB_TYPE_PERMISSION)
            continue;
        GB_EACH_MODAL(m, facts, s) {
            struct gb_str meant;
            const char *which = confusion_of(c, s, m, &meant);
            if (which && gb_holds_provisions(c, s->node))
                gb_report_case(c, which, gb_at_part(s->text, m->begin, m->end), s->node, GB_ARGS(m->word, meant));
        }
    }
}

const struct gb_check_def gb_ability_checks[] = {
    {.name = "can-may",
     .whole = check_can_may,
     .cases = "able possible device automatic",
     .params = "actors:words choices:words devices:words abilities:words makers:words"},
    {0},
};
