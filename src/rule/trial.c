/* Tries patterns on texts made to be bad for them, before a draft does. */
#include "rule/page.h"
#include "rule/ruleset_priv.h"
#include "text/utf8.h"

/*
 * A pattern that goes through the rest of the text from each place takes 900,000 steps in a run; those of the built-in
 * packs stay below 100,000.
 */
enum { RUN_BYTES = 4096, MAX_SAMPLES = 12, MAX_STEPS = 500000 };

struct samples {
    uint32_t chars[MAX_SAMPLES];
    size_t n;
};

static void
add_sample(struct samples *samples, uint32_t c)
{
    for (size_t i = 0; i < samples->n; i++) {
        if (samples->chars[i] == c)
            return;
    }
    if (samples->n < MAX_SAMPLES)
        samples->chars[samples->n++] = c;
}

/* One character for each literal, class and escape of the pattern. */
static void
collect_samples(struct gb_str pattern, struct samples *samples)
{
    static const struct {
        char escape;
        uint32_t sample;
    } escapes[] = {{'d', '5'}, {'w', 'a'}, {'s', ' '}, {'h', ' '}, {'D', 'a'}, {'W', ' '}, {'S', 'a'}};
    size_t at = 0;

    while (at < pattern.len) {
        uint32_t c = gb_utf8_at(pattern, at, &at);
        if (c == '\\' && at < pattern.len) {
            uint32_t escaped = gb_utf8_at(pattern, at, &at);
            uint32_t sample = escaped;
            for (size_t i = 0; i < GB_COUNT(escapes); i++)
                sample = escaped == (uint32_t)escapes[i].escape ? escapes[i].sample : sample;
            add_sample(samples, sample);
        } else if (c == '.') {
            add_sample(samples, 0x7684); /* 的 */
        } else if (c >= 0x80 || !strchr("()[]{}|*+?^$:<>=!", (int)c)) {
            add_sample(samples, c);
        }
    }
}

static void
fill_run(const struct samples *samples, size_t from, size_t n, struct gb_buf *run)
{
    run->len = 0;
    for (size_t i = 0; run->len < RUN_BYTES; i++) {
        char bytes[4];
        size_t len = gb_utf8_put(bytes, samples->chars[(from + i % n) % samples->n]);
        gb_buf_add(run, (struct gb_str){bytes, len});
    }
}

static bool
gives_up(struct gb_pattern *pattern, struct gb_matcher *matcher, struct gb_str text)
{
    struct gb_match match;
    size_t from = 0;

    while (gb_pattern_match(pattern, matcher, text, from, &match) && match.end > from)
        from = match.end;
    return matcher->failures > 0;
}

static void
try_pattern(struct gb_str text, struct gb_pattern *pattern, struct gb_trial *out)
{
    struct samples samples = {0};
    struct gb_matcher matcher = {0};
    struct gb_buf run = {0};

    collect_samples(text, &samples);
    for (size_t from = 0; from < samples.n; from++) {
        const size_t widths[] = {1, 2, samples.n};
        for (size_t k = 0; k < GB_COUNT(widths); k++) {
            fill_run(&samples, from, widths[k], &run);
            out->gives_up = gives_up(pattern, &matcher, gb_buf_str(&run));
            out->is_slow = out->is_slow || gb_pattern_steps(text, gb_buf_str(&run), MAX_STEPS) > MAX_STEPS;
        }
    }
    gb_matcher_release(&matcher);
    gb_buf_release(&run);
}

size_t
gb_page_try(const struct gb_ruleset *rules, size_t i, struct gb_trial *out, size_t max)
{
    const struct gb_rule *rule = &rules->rules[i];
    size_t n = 0;

    GB_EACH(const struct gb_value, value, rule->params, rule->n_params) {
        size_t count = value->patterns ? (value->data->type == GB_PARAM_PATTERN ? 1 : gb_value_count(value)) : 0;
        for (size_t k = 0; k < count; k++, n++) {
            if (n >= max)
                continue;
            out[n] = (struct gb_trial){.has_no_key = rule->is_slow && value->patterns[k] == rule->pattern};
            out[n].pattern = value->data->type == GB_PARAM_PATTERN ? gb_image_str(value->image, value->data->text)
                                                                   : gb_value_word(value, k);
            try_pattern(out[n].pattern, value->patterns[k], &out[n]);
        }
    }
    return n;
}
