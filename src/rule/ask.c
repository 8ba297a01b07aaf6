/* What checks ask: their options, memory that they share, the language of the run. */
#include "rule/run_priv.h"

const struct gb_rule *
gb_check_rule(const struct gb_check *check)
{
    return check->rule;
}

void *
gb_check_shared(struct gb_check *check, const void *key, size_t size)
{
    struct gb_rule_run *run = check->run;
    struct gb_shared **chain = &run->shared[((uintptr_t)key >> 3) % GB_RUN_SHARED], *shared = *chain;

    while (shared && shared->key != key)
        shared = shared->next;
    if (!shared) {
        shared = gb_arena_new(check->arena, struct gb_shared);
        *shared = (struct gb_shared){key, gb_arena_alloc(check->arena, size), *chain};
        *chain = shared;
    }
    return shared->memory;
}

static struct gb_param_memo *
param_of(const struct gb_check *check, const char *key)
{
    struct gb_param_memo **chain = &check->run->memos[check - check->run->checks], *memo = *chain;

    while (memo && memo->key != key)
        memo = memo->next;
    if (!memo) {
        memo = gb_arena_new(check->arena, struct gb_param_memo);
        *memo = (struct gb_param_memo){.next = *chain, .key = key, .value = gb_rule_param(check->rule, key)};
        *chain = memo;
    }
    return memo;
}

/* The words as an array: those of the image are put in one for the run that asks, since most are never asked for. */
static const struct gb_str *
words_of(const struct gb_check *check, struct gb_value *value)
{
    size_t n = value->data->words.n;

    if (!value->words && n) {
        struct gb_str *words = gb_arena_take(check->arena, n * sizeof(*words));
        for (size_t i = 0; i < n; i++)
            words[i] = gb_image_word(value->image, value->data->words, i);
        value->words = words;
        value->n_words = n;
    }
    return value->words;
}

const struct gb_han_words *
gb_param_set(struct gb_check *check, const char *key)
{
    struct gb_param_memo *memo = param_of(check, key);
    struct gb_value *value = &memo->value;

    if (!memo->set && !value->words) /* else a pack of the user changed them */
        memo->set = gb_made_of(gb_builtin_sets, gb_image_at(value->image, value->data->words), 0);
    if (!memo->set)
        memo->set = gb_words_new(check->arena, words_of(check, value), gb_value_count(value));
    return memo->set;
}

double
gb_param_number(const struct gb_check *check, const char *key)
{
    return gb_value_number(&param_of(check, key)->value);
}

bool
gb_param_bool(const struct gb_check *check, const char *key)
{
    return param_of(check, key)->value.data->number[0] != 0;
}

struct gb_str
gb_param_text(const struct gb_check *check, const char *key)
{
    const struct gb_value *value = &param_of(check, key)->value;

    return value->data->is_set ? gb_image_str(value->image, value->data->text) : GB_STR("");
}

size_t
gb_param_words(const struct gb_check *check, const char *key, const struct gb_str **out_words)
{
    struct gb_value *value = &param_of(check, key)->value;

    *out_words = words_of(check, value);
    return gb_value_count(value);
}

struct gb_str
gb_param_pair(const struct gb_check *check, const char *key, struct gb_str word)
{
    const struct gb_str *pairs;
    size_t n = gb_param_words(check, key, &pairs);

    for (size_t i = 0; i < n; i++) {
        if (gb_str_eq(pairs[2 * i], word))
            return pairs[2 * i + 1];
    }
    return (struct gb_str){0};
}

bool
gb_check_match(struct gb_check *check, struct gb_pattern *pattern, struct gb_str text, size_t from,
               struct gb_match *out)
{
    uint32_t before = check->run->matcher.failures;

    if (check->failures >= GB_MOST_FAILURES)
        return false;
    bool is_found = gb_pattern_match(pattern, &check->run->matcher, text, from, out);

    check->failures += check->run->matcher.failures - before;
    return is_found;
}

bool
gb_param_match(struct gb_check *check, const char *key, struct gb_str text, size_t from, struct gb_match *out)
{
    const struct gb_value *value = &param_of(check, key)->value;

    return value->data->is_set && gb_check_match(check, value->patterns[0], text, from, out);
}

struct gb_str
gb_count_text(const struct gb_check *check, size_t n)
{
    char digits[24], *at = digits + sizeof(digits);

    do
        *--at = (char)('0' + n % 10);
    while (n /= 10);
    return gb_arena_copy(check->arena, (struct gb_str){at, (size_t)(digits + sizeof(digits) - at)});
}

struct gb_str
gb_say(const struct gb_check *check, const char *zh, const char *en)
{
    return gb_str_from(check->run->rules->english ? en : zh);
}

void
gb_not_checked(struct gb_check *check, struct gb_str what, struct gb_str why)
{
    gb_report_not_checked(check->run->report, what, why);
}

size_t
gb_most_places(const struct gb_check *check)
{
    return check->run->report->most_taken;
}

void
gb_leave_out(struct gb_check *check, size_t n)
{
    gb_report_leave_out(check->run->report, gb_rule_info_of(check->run->rules, check->rule), n);
}
