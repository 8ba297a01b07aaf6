/* What checks ask: their options, memory that they share, the language of the run. */
#include "rule/run_priv.h"

#include <assert.h>

const struct gb_check_context *
gb_check_context(const struct gb_check *check)
{
    return &check->run->context;
}

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
        shared = gb_arena_new(run->context.arena, struct gb_shared);
        *shared = (struct gb_shared){key, gb_arena_alloc(run->context.arena, size), *chain};
        *chain = shared;
    }
    return shared->memory;
}

/* The memo of a parameter; its key is NULL where it was not asked for yet. NULL: there are too many. */
static struct gb_param_memo *
memo_of(const struct gb_check *check, const char *key)
{
    struct gb_param_memo **memo = &check->run->memos[check - check->run->checks];
    size_t i = 0;

    if (!*memo)
        *memo = gb_arena_new_array(check->run->context.arena, struct gb_param_memo, GB_RUN_MEMO);
    while (i < GB_RUN_MEMO && (*memo)[i].key && (*memo)[i].key != key)
        i++;
    return i < GB_RUN_MEMO ? &(*memo)[i] : NULL;
}

static struct gb_value
param_of(const struct gb_check *check, const char *key)
{
    struct gb_param_memo *memo = memo_of(check, key);

    if (memo && memo->key)
        return memo->value;
    struct gb_value value = gb_rule_param(check->rule, key);
    if (memo)
        *memo = (struct gb_param_memo){.key = key, .value = value};
    return value;
}

const struct gb_han_words *
gb_param_set(struct gb_check *check, const char *key)
{
    struct gb_value value = param_of(check, key);
    struct gb_param_memo *memo = memo_of(check, key);

    assert(memo && "a check asks for more parameters than are remembered");
    if (!memo->set && value.image)
        memo->set = gb_made_of(gb_builtin_sets, gb_image_at(value.image, value.data->words), 0);
    if (!memo->set)
        memo->set = gb_words_new(check->run->context.arena, value.words, gb_value_count(&value));
    return memo->set;
}

double
gb_param_number(const struct gb_check *check, const char *key)
{
    struct gb_value value = param_of(check, key);

    return gb_value_number(&value);
}

bool
gb_param_bool(const struct gb_check *check, const char *key)
{
    return param_of(check, key).data->number[0] != 0;
}

struct gb_str
gb_param_text(const struct gb_check *check, const char *key)
{
    struct gb_value value = param_of(check, key);

    return value.data->is_set ? gb_image_str(value.image, value.data->text) : GB_STR("");
}

size_t
gb_param_words(const struct gb_check *check, const char *key, const struct gb_str **out_words)
{
    struct gb_value value = param_of(check, key);

    *out_words = value.words;
    return gb_value_count(&value);
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
    struct gb_value value = param_of(check, key);

    return value.data->is_set && gb_check_match(check, value.patterns[0], text, from, out);
}

struct gb_str
gb_count_text(const struct gb_check *check, size_t n)
{
    char digits[24], *at = digits + sizeof(digits);

    do
        *--at = (char)('0' + n % 10);
    while (n /= 10);
    return gb_arena_copy(check->run->context.arena,
                         (struct gb_str){at, (size_t)(digits + sizeof(digits) - at)});
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
