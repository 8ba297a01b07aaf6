/*
 * Regular expressions of rules; the only user of pcre2. A pattern is compiled when it is first used and shared by threads;
 * subjects are checked UTF-8, looked at 16 kB at a time, and every match is bounded.
 */
#ifndef GB_RULE_PATTERN_PRIV_H
#define GB_RULE_PATTERN_PRIV_H

#include "base/buf.h"
#include "base/error.h"
#include "rule/check.h"

struct gb_pattern;

enum { GB_SUBJECT_MAX = 16384 };

/* The text lives as long as the pattern. It must have passed gb_pattern_check. Release before the arena. */
struct gb_pattern *gb_pattern_new(struct gb_arena *arena, struct gb_str text);
void gb_pattern_release(struct gb_pattern *pattern);
/* One for gb_pattern_match_at. */
struct gb_pattern *gb_pattern_new_anchored(struct gb_arena *arena, struct gb_str text);

/* Compiles it once to see whether it is right: false, a sentence in Chinese, and the fault's offset in bytes. */
bool gb_pattern_check(struct gb_str text, char *message, size_t size, size_t *out_at);

/* What one thread needs for matching; zeroed is ready. */
struct gb_matcher {
    void *data, *context, *stack;
    uint32_t failures; /* matches given up because of a limit */
};

void gb_matcher_release(struct gb_matcher *matcher);

/* First match at or after `from`, a boundary of code points. Where a limit stops it, failures grows. */
bool gb_pattern_match(struct gb_pattern *pattern, struct gb_matcher *matcher, struct gb_str subject, size_t from,
                      struct gb_match *out);
/* The match that begins at `at`, if there is one. */
bool gb_pattern_match_at(struct gb_pattern *pattern, struct gb_matcher *matcher, struct gb_str subject, size_t at,
                         struct gb_match *out);

/*
 * How many items of the pattern are tried to find all its matches in `text`, without the stops of a match; no more than
 * `most` + 1 are. The same on every machine.
 */
size_t gb_pattern_steps(struct gb_str pattern, struct gb_str text, size_t most);

/* Appends the code of a right pattern, for gb_builtin_codes (image_priv.h); false when the library cannot. */
bool gb_pattern_encode(struct gb_str text, bool is_anchored, struct gb_buf *out);

/*
 * Literals of which every text that the pattern matches holds at least one, appended to `out`, each ended by a NUL;
 * *out_opens: each match begins with one of them. False (nothing appended) when the pattern has no such set.
 */
bool gb_pattern_keys(struct gb_str text, struct gb_buf *out, bool *out_opens);

/* Literals with one of which every match begins, appended as above; false (nothing appended) when there is no such set. */
bool gb_pattern_openers(struct gb_str text, struct gb_buf *out);

/* Is it known that each match begins with one of the keys? */
bool gb_pattern_opens(struct gb_str text, const struct gb_str *keys, size_t n);

#endif
