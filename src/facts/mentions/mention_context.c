/* What stands before and behind a number, and what it says of it. The words are in mention_words.c. */
#include "facts/mentions/mention_priv.h"

#include "text/chars.h"
#include "text/utf8.h"

/* ── blanks and words ──────────────────────────────────────────────────── */

static bool
is_blank(uint32_t c)
{
    return c == ' ' || c == 0x3000 || c == 0xA0 || c == '\t' || c == '\n';
}

size_t
gb_skip_blanks(struct gb_str s, size_t at)
{
    size_t next;

    while (at < s.len && is_blank(gb_utf8_at(s, at, &next)))
        at = next;
    return at;
}

size_t
gb_skip_blanks_back(struct gb_str s, size_t at)
{
    size_t prev;

    while (at > 0 && is_blank(gb_utf8_before(s, at, &prev)))
        at = prev;
    return at;
}

size_t
gb_skip_listed(const struct gb_mention_words *words, struct gb_str s, size_t at, enum gb_word_set list)
{
    const struct gb_listed_word *word = gb_listed_at(words, s, at, list);

    return word ? at + word->str.n : at;
}

size_t
gb_skip_listed_back(const struct gb_mention_words *words, struct gb_str s, size_t at, enum gb_word_set list)
{
    const struct gb_listed_word *word = gb_listed_before(words, s, at, list);

    return word ? at - word->str.n : at;
}

/* ── verbs ─────────────────────────────────────────────────────────────── */

/* Before 本文件的, 本标准中; `at` itself where no such name ends there. */
static size_t
skip_self_name_back(const struct gb_mention_words *words, struct gb_str s, size_t at)
{
    size_t name_end = gb_skip_blanks_back(s, gb_skip_listed_back(words, s, at, GB_WORDS_TIES));
    size_t name = gb_skip_listed_back(words, s, name_end, GB_WORDS_SELF_NAMES);

    return name < name_end ? gb_skip_blanks_back(s, name) : at;
}

struct gb_verb_found
gb_verb_before(const struct gb_mention_words *words, struct gb_str s, size_t at)
{
    size_t end = skip_self_name_back(words, s, gb_skip_blanks_back(s, at));
    const struct gb_listed_word *verb = gb_listed_before(words, s, end, GB_WORDS_VERBS);

    if (!verb || gb_listed_before(words, s, end, GB_WORDS_NO_VERBS))
        return (struct gb_verb_found){GB_VERB_NONE, end, end, false};
    size_t begin = end - verb->str.n;
    bool is_negated = gb_str_is(gb_rel_str(&verb->str), "除") || gb_listed_before(words, s, begin, GB_WORDS_NEGATIONS);
    return (struct gb_verb_found){(enum gb_mention_verb)verb->value, begin, end, is_negated};
}

/* ── quantities ────────────────────────────────────────────────────────── */

bool
gb_is_unit_at(const struct gb_mention_words *words, struct gb_str s, size_t at)
{
    size_t next, i = gb_skip_blanks(s, at);

    if (i >= s.len)
        return false;
    uint32_t c = gb_char_narrow(gb_utf8_at(s, i, &next));
    if (c < 0x80)
        return gb_char_is_latin(c) || (c && strchr("%*+=<>/^$_@#&|\\", (int)c));
    if (gb_listed_at(words, s, i, GB_WORDS_MEASURES))
        return !gb_listed_at(words, s, i, GB_WORDS_NO_MEASURES);
    return c == 0x00B0 || c == 0x00B1 || c == 0x00D7 || c == 0x00B5 || c == 0x2030 || c == 0x2032 || c == 0x2033 ||
           (c >= 0x370 && c < 0x400) || (c >= 0x2100 && c < 0x2150) || (c >= 0x2200 && c < 0x2300 && c != 0x223C) ||
           (c >= 0x3380 && c < 0x33E0);
}

bool
gb_is_value_before(const struct gb_mention_words *words, struct gb_str s, size_t at)
{
    size_t prev, end = gb_skip_blanks_back(s, at);
    uint32_t c = end ? gb_char_narrow(gb_utf8_before(s, end, &prev)) : 0;

    if (c < 0x80)
        return gb_char_is_latin(c) || gb_char_digit(c) >= 0 || (c && strchr("=<>+-*/%$#@[", (int)c));
    return c == 0x00B1 || c == 0x00D7 || c == 0x2264 || c == 0x2265 || gb_listed_before(words, s, end, GB_WORDS_VALUES);
}

enum gb_behind
gb_mention_behind(const struct gb_mention_words *words, struct gb_str s, size_t at)
{
    size_t next, i = gb_skip_blanks(s, at);

    if (i >= s.len)
        return GB_BEHIND_OPEN;
    const struct gb_listed_word *word = gb_listed_at(words, s, i, GB_WORDS_BEHIND);
    if (word)
        return (enum gb_behind)word->value;
    uint32_t c = gb_utf8_at(s, i, &next);
    return gb_char_is_cjk_punct(c) || (c < 0x80 && strchr(",;:)]}.", (int)c)) ? GB_BEHIND_OPEN : GB_BEHIND_OTHER;
}

/* ── joints ────────────────────────────────────────────────────────────── */

enum gb_joint
gb_joint_between(const struct gb_mention_words *words, struct gb_str s, size_t begin, size_t end)
{
    begin = gb_skip_blanks(s, begin);
    end = gb_skip_blanks_back(s, end);
    if (end <= begin)
        return GB_JOINT_INSIDE;
    struct gb_str between = gb_str_sub(s, 0, end);
    const struct gb_listed_word *word = gb_listed_at(words, between, begin, GB_WORDS_JOINTS);
    return word && begin + word->str.n == end ? (enum gb_joint)word->value : GB_JOINT_NONE;
}

/* ── other documents ───────────────────────────────────────────────────── */

bool
gb_is_of_document(const struct gb_mention_words *words, struct gb_str s, size_t begin, size_t end)
{
    enum { LONGEST = 48 };

    if (begin > end || end - begin > LONGEST)
        return false;
    struct gb_str between = gb_str_sub(s, 0, end);
    for (size_t at = begin; at < end;) {
        size_t next, behind = gb_skip_listed(words, between, at, GB_WORDS_OF_DOCUMENT);
        if (behind == at && gb_char_digit(gb_utf8_at(between, at, &next)) >= 0)
            behind = next;
        if (behind == at)
            return false;
        at = behind;
    }
    return true;
}

/* Does 本 stand at most a few Han characters before `at`? 本文件, 本推荐性标准. */
static bool
is_own(struct gb_str s, size_t at)
{
    enum { FARTHEST = 6 };

    for (unsigned n = 0; n < FARTHEST && at > 0; n++) {
        size_t prev;
        uint32_t c = gb_utf8_before(s, at, &prev);
        if (!gb_char_is_han(c))
            return false;
        if (c == U'本')
            return true;
        at = prev;
    }
    return false;
}

/* Before [3] of a bibliography. */
static size_t
skip_bracketed_digits_back(struct gb_str s, size_t at)
{
    if (at == 0 || s.ptr[at - 1] != ']')
        return at;
    size_t i = gb_skip_digits_back(s, at - 1);
    return i > 0 && s.ptr[i - 1] == '[' ? i - 1 : at;
}

bool
gb_is_behind_document_word(const struct gb_mention_words *words, struct gb_str s, size_t at)
{
    at = gb_skip_blanks_back(s, at);
    at = gb_skip_blanks_back(s, gb_skip_listed_back(words, s, at, GB_WORDS_ORDINALS));
    at = gb_skip_blanks_back(s, gb_skip_listed_back(words, s, at, GB_WORDS_TIES));
    at = gb_skip_blanks_back(s, skip_bracketed_digits_back(s, at));
    size_t begin = gb_skip_listed_back(words, s, at, GB_WORDS_DOCUMENTS);
    return begin < at && !gb_listed_before(words, s, at, GB_WORDS_NO_DOCUMENTS) && !is_own(s, begin);
}
