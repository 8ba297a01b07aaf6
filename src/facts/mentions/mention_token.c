/* Numbers, and the words and markers beside them that belong to a mention. See mention_scan_priv.h. */
#include "facts/mentions/mention_scan_priv.h"

/* ── numbers ───────────────────────────────────────────────────────────── */

/* Digits at `at`: their value, capped; 0 digits: false. */
bool
gb_read_part(struct gb_token *token, size_t *at, struct gb_str s)
{
    enum { HIGHEST = 999 };
    unsigned value = 0, n = 0;
    size_t next;

    for (uint32_t c = gb_narrow_at(s, *at, &next); gb_is_digit(c); c = gb_narrow_at(s, *at, &next)) {
        token->has_zero = token->has_zero || (n == 1 && value == 0);
        value = value > HIGHEST ? value : value * 10 + (c - '0');
        *at = next;
        n++;
    }
    if (n == 0)
        return false;
    token->is_huge = token->is_huge || value > HIGHEST || token->num.n == GB_MAX_COMPONENTS;
    if (token->num.n < GB_MAX_COMPONENTS)
        token->num.part[token->num.n++] = (uint16_t)value;
    return true;
}

/* A dot with a digit behind it; in numbers with a letter a blank may follow the dot (A. 1). */
static bool
take_dot(struct gb_str s, size_t *at, bool blank_allowed)
{
    size_t next, behind;

    if (gb_narrow_at(s, *at, &next) != '.')
        return false;
    if (blank_allowed && next < s.len && s.ptr[next] == ' ')
        next++;
    if (!gb_is_digit(gb_narrow_at(s, next, &behind)))
        return false;
    *at = next;
    return true;
}

struct gb_token
gb_read_token(struct gb_str s, size_t begin)
{
    struct gb_token token = {.begin = begin};
    size_t next, at = begin;
    uint32_t c = gb_narrow_at(s, at, &next);

    if (gb_is_letter(c)) {
        token.num.letter = (char)c;
        at = next;
        uint32_t second = gb_narrow_at(s, at, &next);
        if (c == 'N' && gb_is_letter(second)) { /* 附录NA */
            token.num.letter = (char)(second - 'A' + 'a');
            at = next;
        }
    } else {
        gb_read_part(&token, &at, s);
    }
    while (take_dot(s, &at, token.num.letter && token.num.n == 0))
        gb_read_part(&token, &at, s);
    token.end = at;
    return token;
}

/* No chapter has the number 0 or 100, no clause ends in 0. Engineering standards number A.0.1. */
bool
gb_may_be_clause(const struct gb_token *token)
{
    const struct gb_number *num = &token->num;

    if (token->is_huge || token->has_zero || num->n == 0 || num->part[num->n - 1] == 0)
        return false;
    if (!num->letter && (num->part[0] == 0 || num->part[0] > 99))
        return false;
    GB_FIND(part, num->part, num->n, *part > 199 || (*part == 0 && num->n != (num->letter ? 2 : 3)));
    return part == NULL;
}

/* ── words of kind ─────────────────────────────────────────────────────── */

const struct gb_listed_word *
gb_kind_before(const struct gb_scan *scan, size_t at, size_t *out_begin)
{
    size_t end = gb_skip_blanks_back(scan->s, at);
    const struct gb_listed_word *word = gb_listed_before(gb_scan_words(scan), scan->s, end, GB_WORDS_KINDS);

    if (!word || gb_listed_before(gb_scan_words(scan), scan->s, end, GB_WORDS_NO_KINDS))
        return NULL;
    *out_begin = end - word->str.n;
    return word;
}

bool
gb_is_free_kind_word(const struct gb_scan *scan, size_t at)
{
    size_t prev, end = gb_skip_blanks_back(scan->s, at);

    return end == 0 || !gb_char_is_han(gb_utf8_before(scan->s, end, &prev)) ||
           gb_listed_before(gb_scan_words(scan), scan->s, end, GB_WORDS_BEFORE_KINDS);
}

enum gb_suffix
gb_suffix_at(const struct gb_scan *scan, size_t at, size_t *out_end)
{
    size_t i = gb_skip_blanks(scan->s, at);
    const struct gb_listed_word *word = gb_listed_at(gb_scan_words(scan), scan->s, i, GB_WORDS_SUFFIXES);

    *out_end = at;
    if (!word || gb_listed_at(gb_scan_words(scan), scan->s, i, GB_WORDS_NO_SUFFIXES))
        return GB_SUFFIX_NONE;
    *out_end = i + word->str.n;
    return (enum gb_suffix)word->value;
}

size_t
gb_behind_joined_numbers(struct gb_scan *scan, size_t at)
{
    enum { LONGEST_RUN = 64 };
    struct gb_str s = scan->s;

    if (scan->run_begin <= at && at <= scan->run_end)
        return scan->run_end;
    scan->run_begin = at;
    for (unsigned n = 0; n < LONGEST_RUN; n++) {
        size_t next, i = gb_skip_blanks(s, at);
        const struct gb_listed_word *joint = gb_listed_at(gb_scan_words(scan), s, i, GB_WORDS_JOINTS);
        if (!joint || joint->value == GB_JOINT_INSIDE || joint->value == GB_JOINT_COMMA)
            break;
        i = gb_skip_blanks(s, i + joint->str.n);
        if (!gb_is_digit(gb_narrow_at(s, i, &next)))
            break;
        at = gb_read_token(s, i).end;
    }
    scan->run_end = at;
    return at;
}

/* ── markers and brackets ──────────────────────────────────────────────── */

bool
gb_marker_at(const struct gb_scan *scan, size_t at, uint16_t *out_item, size_t *out_end)
{
    struct gb_str s = scan->s;
    size_t next;
    uint32_t c = gb_narrow_at(s, at, &next);
    unsigned value = 0;
    /* 第b项, 7.1的a项, 7.1 a项 of a list, but 第i项 of a sum: from i on letters are indexes. */
    size_t before = gb_skip_blanks_back(s, at);
    bool is_ordinal = c >= 'a' && c < 'i' &&
                      ((before > 0 && gb_is_digit((unsigned char)s.ptr[before - 1])) ||
                       gb_listed_before(gb_scan_words(scan), s, before, GB_WORDS_ORDINALS) ||
                       gb_listed_before(gb_scan_words(scan), s, before, GB_WORDS_MARKER_TIES));

    if (gb_is_lower(c)) {
        *out_item = (uint16_t)c;
        at = next;
    } else {
        for (unsigned n = 0; n < 2 && gb_is_digit(c); n++) {
            value = value * 10 + (c - '0');
            at = next;
            c = gb_narrow_at(s, at, &next);
        }
        *out_item = (uint16_t)value;
        if (value == 0)
            return false;
    }
    size_t close = gb_skip_blanks(s, at);
    if (gb_narrow_at(s, close, &next) == ')')
        *out_end = next;
    else if (is_ordinal && gb_listed_at(gb_scan_words(scan), s, close, GB_WORDS_MARKER_TAILS))
        *out_end = at;
    else
        return false;
    return true;
}

/* （3.2m）: all that is in the brackets, and what stands behind the number is a unit; `end` is behind the bracket. */
static bool
is_measure_in_brackets(const struct gb_scan *scan, const struct gb_candidate *candidate, size_t end)
{
    const struct gb_token *token = &candidate->token;
    size_t prev, next, begin = gb_skip_blanks_back(scan->s, token->begin);

    return !token->num.letter && token->num.n == 2 && begin > 0 &&
           gb_char_narrow(gb_utf8_before(scan->s, begin, &prev)) == '(' && gb_narrow_at(scan->s, end, &next) != ')' &&
           gb_is_unit_at(gb_scan_words(scan), scan->s, gb_skip_blanks(scan->s, token->end));
}

void
gb_take_markers(const struct gb_scan *scan, struct gb_candidate *candidate)
{
    struct gb_str s = scan->s;
    size_t at = gb_skip_blanks(s, candidate->end), end, next;
    bool is_apart = at > candidate->end;

    at = gb_skip_blanks(s, gb_skip_listed(gb_scan_words(scan), s, at, GB_WORDS_MARKER_TIES));
    uint32_t c = gb_narrow_at(s, at, &next);
    /* 5.2（1） is none, and digits must stand apart: 5.2 1）. */
    if (!gb_is_lower(c) && !(gb_is_digit(c) && is_apart))
        return;
    if (!gb_marker_at(scan, at, &candidate->item[0], &end) || is_measure_in_brackets(scan, candidate, end))
        return;
    candidate->item_begin = at;
    candidate->item_end = end;
    at = gb_skip_blanks(s, end);
    if (candidate->item[0] >= 'a' && gb_is_digit(gb_narrow_at(s, at, &next)) &&
        gb_marker_at(scan, at, &candidate->item[1], &end))
        candidate->item_end = end;
    candidate->end = gb_skip_listed(gb_scan_words(scan), s, candidate->item_end, GB_WORDS_MARKER_TAILS);
    if (candidate->kind == GB_MENTION_CLAUSE || candidate->kind == GB_MENTION_CHAPTER)
        candidate->kind = GB_MENTION_ITEM;
}

bool
gb_take_brackets(struct gb_str s, struct gb_candidate *candidate)
{
    size_t prev, next, open = gb_skip_blanks_back(s, candidate->token.begin);

    if (open == 0 || gb_char_narrow(gb_utf8_before(s, open, &prev)) != '(')
        return false;
    size_t close = gb_skip_blanks(s, candidate->token.end);
    if (gb_narrow_at(s, close, &next) != ')')
        return false;
    candidate->begin = prev;
    candidate->end = next;
    candidate->is_bracketed = true;
    return true;
}
