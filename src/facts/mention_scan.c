/*
 * Finds mentions in one text. It goes from one Latin letter or digit to the next: every mention holds one, and most
 * bytes of a draft are Han. What stands before and behind a number tells what it is; a number that only 和, 、, 至 part from a
 * mention is one of its kind.
 */
#include "facts/mention_priv.h"

#include "doc/identifier.h"
#include "text/chars.h"
#include "text/utf8.h"

/* A number or letter of the text. */
struct token {
    size_t begin, end;
    struct gb_number num;
    bool has_zero;                   /* a part that begins with 0 */
    bool is_huge;                    /* a part that no part of a draft has */
};

/* Where reading stands. */
struct scan {
    struct gb_mention_scanner *scanner;
    const struct gb_node *node;
    const struct gb_text *text;
    unsigned flags;                  /* of all mentions of this text */
    struct gb_str s;                 /* the text, joined */
    size_t gap, gap_at;              /* soft breaks before gap_at that were taken out: joined.gaps[0 … gap] */
    size_t tracked;                  /* brackets and quotes are counted up to here */
    unsigned depth;                  /* （ ） */
    bool in_quote, in_title;
    size_t document_begin;           /* the last name of another document */
    size_t document_end;             /* behind it; GB_NOT_FOUND */
    unsigned document_part;          /* first part of its serial; 0: it has none */
    size_t run_begin, run_end;       /* numbers joined to each other; see behind_joined_numbers */
    size_t last_end;                 /* behind the last mention, in s; GB_NOT_FOUND: it is not the last of this text */
    uint32_t last;                   /* its index */
};

/* ── numbers ───────────────────────────────────────────────────────────── */

static uint32_t
narrow_at(struct gb_str s, size_t at, size_t *out_next)
{
    *out_next = at;
    return at < s.len ? gb_char_narrow(gb_utf8_at(s, at, out_next)) : 0;
}

static bool
is_digit(uint32_t c)
{
    return c - '0' < 10;
}

static bool
is_letter(uint32_t c)
{
    return (c | 0x20) - 'a' < 26;
}

/* Digits at `at`: their value, capped; 0 digits: false. */
static bool
read_part(struct token *token, size_t *at, struct gb_str s)
{
    enum { HIGHEST = 999 };
    unsigned value = 0, n = 0;
    size_t next;

    for (uint32_t c = narrow_at(s, *at, &next); is_digit(c); c = narrow_at(s, *at, &next)) {
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

    if (narrow_at(s, *at, &next) != '.')
        return false;
    if (blank_allowed && next < s.len && s.ptr[next] == ' ')
        next++;
    if (!is_digit(narrow_at(s, next, &behind)))
        return false;
    *at = next;
    return true;
}

/* 5, 5.2, A.1.3; a lone letter has no parts. */
static struct token
read_token(struct gb_str s, size_t begin)
{
    struct token token = {.begin = begin};
    size_t next, at = begin;
    uint32_t c = narrow_at(s, at, &next);

    if (is_letter(c)) {
        token.num.letter = (char)c;
        at = next;
    } else {
        read_part(&token, &at, s);
    }
    while (take_dot(s, &at, token.num.letter && token.num.n == 0))
        read_part(&token, &at, s);
    token.end = at;
    return token;
}

/* No chapter has the number 0 or 100, no clause ends in 0. Engineering standards number A.0.1. */
static bool
may_be_clause(const struct token *token)
{
    const struct gb_number *num = &token->num;

    if (token->is_huge || token->has_zero || num->n == 0 || num->part[num->n - 1] == 0)
        return false;
    if (!num->letter && (num->part[0] == 0 || num->part[0] > 99))
        return false;
    for (unsigned i = 0; i < num->n; i++) {
        if (num->part[i] > 199 || (num->part[i] == 0 && num->n != (num->letter ? 2 : 3)))
            return false;
    }
    return true;
}

/* ── where a place is ──────────────────────────────────────────────────── */

/* Counts brackets and quotes up to `at`; text that was passed is not read again. */
static void
track(struct scan *scan, size_t at)
{
    while (scan->tracked < at) {
        unsigned char first = (unsigned char)scan->s.ptr[scan->tracked];
        if (first >= 0xE4 && first <= 0xE9) { /* Han */
            scan->tracked += 3;
            continue;
        }
        switch (gb_utf8_at(scan->s, scan->tracked, &scan->tracked)) {
        case '(':
        case U'（':
            scan->depth++;
            break;
        case ')':
        case U'）':
            scan->depth -= scan->depth > 0;
            break;
        case U'“':
            scan->in_quote = true;
            break;
        case U'”':
            scan->in_quote = false;
            break;
        case U'《':
            scan->in_title = true;
            break;
        case U'》':
            scan->in_title = false;
            scan->document_end = scan->tracked;
            scan->document_part = 0;
            break;
        case U'。':
            scan->depth = 0;
            break;
        default:
            break;
        }
    }
}

/* Offset in the text of an offset in the joined text; they are asked for in ascending order, but for a few steps. */
static uint32_t
unjoin(struct scan *scan, size_t at, bool is_end)
{
    const struct gb_joined *joined = &scan->scanner->joined;

    while (scan->gap > 0 && joined->gaps.items[scan->gap - 1] > at - is_end)
        scan->gap--;
    while (scan->gap < joined->gaps.len && joined->gaps.items[scan->gap] <= at - is_end)
        scan->gap++;
    return (uint32_t)(at + scan->gap);
}

static uint32_t
flags_at(struct scan *scan, size_t at)
{
    return gb_text_flags(scan->text, unjoin(scan, at, false));
}

/* ── names of documents, words in Latin letters ────────────────────────── */

static bool
is_word_joiner(char c)
{
    return c && strchr("./-_:@", c);
}

/* Behind a Latin word with the digits, dots, slashes in it: GB/T, v2.0.1, http://…, ISO/IEC. */
static size_t
behind_word(struct gb_str s, size_t at)
{
    while (at < s.len) {
        unsigned char c = (unsigned char)s.ptr[at];
        if (is_digit(c) || is_letter(c)) {
            at++;
            continue;
        }
        size_t joiners = 0;
        while (at + joiners < s.len && is_word_joiner(s.ptr[at + joiners]))
            joiners++;
        unsigned char behind = at + joiners < s.len ? (unsigned char)s.ptr[at + joiners] : 0;
        if (joiners == 0 || !(is_digit(behind) || is_letter(behind)))
            break;
        at += joiners;
    }
    return at;
}

/* GB/T 1.1 or GB/T 1.1—2020 in that very draft. Another year is another edition of it. */
static bool
is_own_code(const struct scan *scan, size_t begin, size_t end)
{
    struct gb_str own = scan->scanner->own_code;
    struct gb_buf bare = {0};
    bool is_own = false;

    if (own.len) {
        gb_normalise(gb_str_sub(scan->s, begin, end), &bare);
        struct gb_str written = gb_buf_str(&bare);
        is_own = gb_str_eq(written, own) ||
                 (gb_str_starts(own, written) && gb_str_starts(gb_str_skip(own, written.len), GB_STR("—")));
        gb_buf_release(&bare);
    }
    return is_own;
}

/* ── what a number is ──────────────────────────────────────────────────── */

static const struct gb_word_index *
words(const struct scan *scan)
{
    return &scan->scanner->words;
}

/* The word of kind that ends at `at`; NULL for none. *out_begin is where it begins. */
static const struct gb_listed_word *
kind_before(const struct scan *scan, size_t at, size_t *out_begin)
{
    size_t end = gb_skip_blanks_back(scan->s, at);
    const struct gb_listed_word *word = gb_listed_before(words(scan), scan->s, end, GB_WORDS_KINDS);

    if (!word || gb_listed_before(words(scan), scan->s, end, GB_WORDS_NO_KINDS))
        return NULL;
    *out_begin = end - word->str.len;
    return word;
}

/* May the word of kind that begins at `at` stand there, or is it the end of a longer noun (登记表1, 流程图1)? */
static bool
is_free_kind_word(const struct scan *scan, size_t at)
{
    size_t prev, end = gb_skip_blanks_back(scan->s, at);

    return end == 0 || !gb_char_is_han(gb_utf8_before(scan->s, end, &prev)) ||
           gb_listed_before(words(scan), scan->s, end, GB_WORDS_BEFORE_KINDS);
}

/* 章, 条, 节, 款, 步 behind a number. *out_end is behind it. */
static enum gb_suffix
suffix_at(const struct scan *scan, size_t at, size_t *out_end)
{
    size_t i = gb_skip_blanks(scan->s, at);
    const struct gb_listed_word *word = gb_listed_at(words(scan), scan->s, i, GB_WORDS_SUFFIXES);

    *out_end = at;
    if (!word || gb_listed_at(words(scan), scan->s, i, GB_WORDS_NO_SUFFIXES))
        return GB_SUFFIX_NONE;
    *out_end = i + word->str.len;
    return (enum gb_suffix)word->value;
}

/* Behind the last of the numbers that 、和至 and the like join to the one that ends at `at`. */
static size_t
behind_joined_numbers(struct scan *scan, size_t at)
{
    enum { LONGEST_RUN = 64 };
    struct gb_str s = scan->s;

    if (scan->run_begin <= at && at <= scan->run_end)
        return scan->run_end;
    scan->run_begin = at;
    for (unsigned n = 0; n < LONGEST_RUN; n++) {
        size_t next, i = gb_skip_blanks(s, at);
        const struct gb_listed_word *joint = gb_listed_at(words(scan), s, i, GB_WORDS_JOINTS);
        if (!joint || joint->value == GB_JOINT_INSIDE || joint->value == GB_JOINT_COMMA)
            break;
        i = gb_skip_blanks(s, i + joint->str.len);
        if (!is_digit(narrow_at(s, i, &next)))
            break;
        at = read_token(s, i).end;
    }
    scan->run_end = at;
    return at;
}

/* ── adding ────────────────────────────────────────────────────────────── */

/* A mention while it is put together; offsets in the joined text. */
struct candidate {
    enum gb_mention_kind kind;
    struct token token;
    size_t begin, end;               /* with the words of kind and 章, 条 */
    size_t item_begin, item_end;
    uint16_t item[GB_MENTION_ITEMS];
    bool is_bare;                    /* nothing says its kind */
    bool is_bracketed;               /* brackets of its own: 公式（3） */
    bool is_doubtful;
    enum gb_joint joint;             /* to the last mention */
};

/* One marker: a letter or one or two digits, then ) or ）; 第b项 has none. *out_end behind it. */
static bool
marker_at(const struct scan *scan, size_t at, uint16_t *out_item, size_t *out_end)
{
    struct gb_str s = scan->s;
    size_t next;
    uint32_t c = narrow_at(s, at, &next);
    unsigned value = 0;
    bool is_ordinal = c >= 'a' && c <= 'z' && gb_listed_before(words(scan), s, gb_skip_blanks_back(s, at), GB_WORDS_ORDINALS);

    if (c >= 'a' && c <= 'z') {
        *out_item = (uint16_t)c;
        at = next;
    } else {
        for (unsigned n = 0; n < 2 && is_digit(c); n++) {
            value = value * 10 + (c - '0');
            at = next;
            c = narrow_at(s, at, &next);
        }
        *out_item = (uint16_t)value;
        if (value == 0)
            return false;
    }
    size_t close = gb_skip_blanks(s, at);
    if (narrow_at(s, close, &next) == ')')
        *out_end = next;
    else if (is_ordinal && gb_listed_at(words(scan), s, close, GB_WORDS_MARKER_TAILS))
        *out_end = at;
    else
        return false;
    return true;
}

/* Markers behind a number: 5.2 b）, 5.2中第b）项, 5.2 a）1）. */
static void
take_markers(const struct scan *scan, struct candidate *candidate)
{
    struct gb_str s = scan->s;
    size_t at = gb_skip_blanks(s, candidate->end), end, next;
    bool is_apart = at > candidate->end;

    at = gb_skip_blanks(s, gb_skip_listed(words(scan), s, at, GB_WORDS_MARKER_TIES));
    uint32_t c = narrow_at(s, at, &next);
    /* 5.2（1） is none, and digits must stand apart: 5.2 1）. */
    if (!(c >= 'a' && c <= 'z') && !(is_digit(c) && is_apart))
        return;
    if (!marker_at(scan, at, &candidate->item[0], &end))
        return;
    candidate->item_begin = at;
    candidate->item_end = end;
    at = gb_skip_blanks(s, end);
    if (candidate->item[0] >= 'a' && is_digit(narrow_at(s, at, &next)) && marker_at(scan, at, &candidate->item[1], &end))
        candidate->item_end = end;
    candidate->end = gb_skip_listed(words(scan), s, candidate->item_end, GB_WORDS_MARKER_TAILS);
    if (candidate->kind == GB_MENTION_CLAUSE || candidate->kind == GB_MENTION_CHAPTER)
        candidate->kind = GB_MENTION_ITEM;
}

/* Right behind the name of another document, with 中 or 的 at most. */
static bool
is_behind_document(const struct scan *scan, size_t begin)
{
    return scan->document_end != GB_NOT_FOUND && gb_is_of_document(words(scan), scan->s, scan->document_end, begin);
}

/* GB 4943.1和5.7: 和 makes it the draft's own, but not in GB/T 1.1和1.2, whose code is left out. */
static bool
is_beside_document(const struct scan *scan, const struct token *token)
{
    return scan->document_end != GB_NOT_FOUND && scan->document_part != token->num.part[0] &&
           gb_joint_between(words(scan), scan->s, scan->document_end, token->begin) == GB_JOINT_AND;
}

/* An identifier or title before the place, with nothing that ends its part of the sentence between them. */
static bool
is_near_document(const struct scan *scan, size_t begin)
{
    enum { FARTHEST = 90 };

    if (scan->document_end == GB_NOT_FOUND || begin - scan->document_end > FARTHEST)
        return false;
    struct gb_str between = gb_str_sub(scan->s, scan->document_end, begin);
    /* GB 4943和5.7: the joint makes it one of the draft's own. */
    enum gb_joint joint = gb_joint_between(words(scan), scan->s, scan->document_end, begin);
    if (joint == GB_JOINT_AND || joint == GB_JOINT_RANGE)
        return false;
    for (size_t at = 0; at < between.len;) {
        if (gb_listed_at(words(scan), between, at, GB_WORDS_ENDS))
            return false;
        gb_utf8_at(between, at, &at);
    }
    return true;
}

/* Flags and verb from the mention that the candidate is joined to, else from the words before it. */
static void
fill_context(struct scan *scan, const struct candidate *candidate, struct gb_mention *mention)
{
    const struct gb_mention *last = scan->last_end != GB_NOT_FOUND ? &scan->scanner->out->items.items[scan->last] : NULL;
    bool is_joined = last && (candidate->joint == GB_JOINT_AND || candidate->joint == GB_JOINT_RANGE ||
                              candidate->joint == GB_JOINT_COMMA);

    mention->run = (uint32_t)scan->scanner->out->items.len;
    if (is_joined || (last && candidate->joint == GB_JOINT_INSIDE)) {
        enum { INHERITED = GB_MENTION_EXTERNAL | GB_MENTION_DOUBTFUL | GB_MENTION_NEGATED };
        mention->flags |= (uint16_t)(last->flags & INHERITED);
        mention->verb = last->verb;
        mention->verb_begin = last->verb_begin;
        mention->verb_end = last->verb_end;
        if (is_joined) {
            mention->flags |= GB_MENTION_JOINED;
            mention->run = last->run;
        }
        if (candidate->joint == GB_JOINT_COMMA && last->flags & GB_MENTION_EXTERNAL)
            mention->flags |= GB_MENTION_DOUBTFUL;
        return;
    }
    bool is_behind = is_behind_document(scan, candidate->begin);
    struct gb_verb_found found = gb_verb_before(words(scan), scan->s, candidate->begin);
    /* GB 4943.1和5.7: the verb stands before both. */
    if (found.verb == GB_VERB_NONE && candidate->is_bare && scan->document_part && is_beside_document(scan, &candidate->token))
        found = gb_verb_before(words(scan), scan->s, scan->document_begin);
    mention->verb = found.verb;
    /* GB/T 191，表1: whose table? In brackets, or with a bare number, it is the document's. */
    if (is_behind && !candidate->is_bare && scan->depth == 0 && gb_listed_at(words(scan), scan->s, scan->document_end, GB_WORDS_COMMAS))
        mention->flags |= GB_MENTION_DOUBTFUL;
    else if (is_behind || gb_is_behind_document_word(words(scan), scan->s, candidate->begin))
        mention->flags |= GB_MENTION_EXTERNAL;
    else if (mention->verb <= GB_VERB_AS && is_near_document(scan, candidate->begin))
        mention->flags |= GB_MENTION_DOUBTFUL;
    mention->verb_begin = unjoin(scan, found.begin, false);
    mention->verb_end = found.begin == found.end ? mention->verb_begin : unjoin(scan, found.end, true);
    if (found.is_negated)
        mention->flags |= GB_MENTION_NEGATED;
}

static void
add_mention(struct scan *scan, const struct candidate *candidate)
{
    struct gb_mention_list *out = scan->scanner->out;
    struct gb_mention mention = {
        .node = scan->node,
        .text = scan->text,
        .kind = candidate->kind,
        .num = candidate->token.num,
        .item = {candidate->item[0], candidate->item[1]},
        .flags = (uint16_t)scan->flags,
        .sentence = GB_NO_SENTENCE,
        .next = GB_NO_MENTION,
    };

    fill_context(scan, candidate, &mention);
    if (candidate->is_doubtful && !(mention.flags & GB_MENTION_EXTERNAL))
        mention.flags |= GB_MENTION_DOUBTFUL;
    if (scan->depth > candidate->is_bracketed)
        mention.flags |= GB_MENTION_BRACKETED;
    if (scan->in_quote || flags_at(scan, candidate->begin) & GB_RUN_QUOTE)
        mention.flags |= GB_MENTION_QUOTED;
    mention.begin = unjoin(scan, candidate->begin, false);
    mention.num_begin = unjoin(scan, candidate->token.begin, false);
    mention.num_end = candidate->token.end > candidate->token.begin ? unjoin(scan, candidate->token.end, true) : mention.num_begin;
    mention.item_begin = mention.item_end = mention.num_end;
    if (candidate->item_end) {
        mention.item_begin = unjoin(scan, candidate->item_begin, false);
        mention.item_end = unjoin(scan, candidate->item_end, true);
    }
    mention.end = unjoin(scan, candidate->end, true);
    if (candidate->joint == GB_JOINT_RANGE && scan->last_end != GB_NOT_FOUND) {
        struct gb_mention *first = &out->items.items[scan->last];
        if (first->kind == mention.kind && (mention.num.n == 0 || first->num.letter == mention.num.letter)) {
            first->flags |= GB_MENTION_RANGE_FIRST;
            mention.flags |= GB_MENTION_RANGE_LAST;
        }
    }
    scan->last = (uint32_t)out->items.len;
    scan->last_end = candidate->end;
    *gb_push(&out->items) = mention;
}

/* ── deciding ──────────────────────────────────────────────────────────── */

static bool
is_part(const struct scan *scan, const struct candidate *candidate)
{
    return gb_find_part(scan->scanner->facts, candidate->kind, &candidate->token.num) != NULL;
}

static enum gb_joint
joint_before(const struct scan *scan, size_t begin)
{
    return scan->last_end == GB_NOT_FOUND ? GB_JOINT_NONE : gb_joint_between(words(scan), scan->s, scan->last_end, begin);
}

/* 7 behind 见: a chapter, if nothing follows that would make it a quantity. */
static bool
judge_integer(struct scan *scan, struct candidate *candidate, enum gb_mention_verb verb, bool is_strong)
{
    struct gb_str s = scan->s;
    size_t next, suffix_end, behind = gb_skip_blanks(s, candidate->token.end);
    uint32_t c = behind < s.len ? gb_utf8_at(s, behind, &next) : 0;

    candidate->kind = GB_MENTION_CHAPTER;
    if (suffix_at(scan, behind_joined_numbers(scan, candidate->token.end), &suffix_end) == GB_SUFFIX_CHAPTER)
        return is_strong;
    candidate->is_doubtful = true;
    return candidate->joint == GB_JOINT_NONE && (verb == GB_VERB_SEE || verb == GB_VERB_SEE_ALSO) &&
           (c == 0 || c == U'。' || c == U'，' || c == U'；' || c == U'、' || (scan->depth > 0 && c == U'）'));
}

/* Only numbers in the whole text, as in a cell that lists clauses, or in its brackets. */
static bool
stands_alone(const struct scan *scan, const struct token *token)
{
    size_t prev, next, begin = gb_skip_blanks_back(scan->s, token->begin), end = gb_skip_blanks(scan->s, token->end);

    return (begin == 0 && end == scan->s.len) ||
           (begin > 0 && end < scan->s.len && gb_char_narrow(gb_utf8_before(scan->s, begin, &prev)) == '(' &&
            gb_char_narrow(gb_utf8_at(scan->s, end, &next)) == ')');
}

/* 5.2, A.1, or 7 behind 见: is it a mention, and how sure? */
static bool
judge_bare(struct scan *scan, struct candidate *candidate)
{
    struct gb_str s = scan->s;
    const struct token *token = &candidate->token;
    size_t last = behind_joined_numbers(scan, token->end), suffix_end;
    bool is_joined = candidate->joint == GB_JOINT_AND || candidate->joint == GB_JOINT_RANGE;

    if (!may_be_clause(token) || (!is_joined && gb_is_value_before(words(scan), s, token->begin)))
        return false;
    struct gb_verb_found found = gb_verb_before(words(scan), s, token->begin);
    enum gb_mention_verb verb = found.verb;
    bool is_inside = candidate->joint == GB_JOINT_INSIDE && scan->scanner->out->items.items[scan->last].kind == GB_MENTION_CHAPTER;
    bool is_strong = verb > GB_VERB_AS || (verb == GB_VERB_AS && found.is_negated) || is_joined || is_inside ||
                     (candidate->joint == GB_JOINT_COMMA && scan->depth > 0) || is_beside_document(scan, token);
    if (!token->num.letter && token->num.n == 1)
        return judge_integer(scan, candidate, verb, is_strong);
    if (suffix_at(scan, last, &suffix_end) == GB_SUFFIX_NONE && gb_is_unit_at(words(scan), s, last) && !candidate->item_end)
        return false;
    if (is_behind_document(scan, token->begin) || gb_is_behind_document_word(words(scan), s, token->begin))
        return true;
    enum gb_behind behind = candidate->item_end ? GB_BEHIND_PROVISION : gb_mention_behind(words(scan), s, last);
    bool exists = is_part(scan, candidate);
    /* 按1.5计算 is a factor, unless there is such a clause. */
    if (is_strong && (behind != GB_BEHIND_OTHER || exists || token->num.n > 2))
        return true;
    if (token->num.letter && gb_has_annex(scan->scanner->facts, token->num.letter))
        return true;
    /* 蓝牙5.2的要求: what the number belongs to stands before it. */
    size_t prev, before = gb_skip_blanks_back(s, token->begin);
    bool is_free = verb == GB_VERB_AS || before == 0 || !gb_char_is_han(gb_utf8_before(s, before, &prev)) ||
                   gb_listed_before(words(scan), s, before, GB_WORDS_TIES);
    if (is_free && behind == GB_BEHIND_PROVISION && (token->num.n > 2 || verb == GB_VERB_AS || exists))
        return true;
    candidate->is_doubtful = true;
    return exists && (token->num.n > 2 || verb != GB_VERB_NONE || stands_alone(scan, token));
}

/* （3） behind 公式: the bracket belongs to the mention. */
static bool
take_brackets(struct gb_str s, struct candidate *candidate)
{
    size_t prev, next, open = gb_skip_blanks_back(s, candidate->token.begin);

    if (open == 0 || gb_char_narrow(gb_utf8_before(s, open, &prev)) != '(')
        return false;
    size_t close = gb_skip_blanks(s, candidate->token.end);
    if (narrow_at(s, close, &next) != ')')
        return false;
    candidate->begin = prev;
    candidate->end = next;
    candidate->is_bracketed = true;
    return true;
}

/* 图1, 表A.2, 公式（3）, 附录B, 注1, 步骤3. */
static bool
judge_kind(struct scan *scan, struct candidate *candidate, const struct gb_listed_word *word, size_t word_begin)
{
    struct gb_str s = scan->s;
    const struct token *token = &candidate->token;
    size_t last = behind_joined_numbers(scan, token->end), next;

    candidate->kind = (enum gb_mention_kind)word->value;
    candidate->begin = word_begin;
    if (token->is_huge || token->has_zero || (token->num.n > 0 && token->num.part[token->num.n - 1] == 0))
        return false;
    if (word->value == GB_MENTION_ANNEX) {
        if (!token->num.letter)
            return false;
        if (token->num.n > 0) /* 附录A.1 */
            candidate->kind = GB_MENTION_CLAUSE;
        return true;
    }
    if (token->num.n == 0 || (candidate->kind == GB_MENTION_CLAUSE && (!may_be_clause(token) || token->num.n + !!token->num.letter < 2)))
        return false;
    /* 表1个, 图2张; 表 1 mm is none, but 图1 a）is. */
    if (gb_is_unit_at(words(scan), s, last)) {
        struct candidate probe = *candidate;
        take_markers(scan, &probe);
        if (!probe.item_end)
            return false;
    }
    /* 图3-1, 表2-1: numbers by chapter, or a range without its word. */
    uint32_t c = narrow_at(s, token->end, &next);
    if (c == '-' && is_digit(narrow_at(s, next, &next)) && token->num.n == 1)
        return false;
    if (candidate->kind == GB_MENTION_NOTE || candidate->kind == GB_MENTION_EXAMPLE || candidate->kind == GB_MENTION_STEP)
        return word_begin > 0 && token->num.n == 1;
    if (!is_free_kind_word(scan, word_begin))
        candidate->is_doubtful = !is_part(scan, candidate);
    return true;
}

/*
 * The caption of a figure or table, or the head of an annex, that the reader left as text: it begins the paragraph, which does not
 * end as a sentence.
 */
static bool
is_caption(const struct scan *scan, const struct candidate *candidate)
{
    size_t prev, next, end = gb_skip_blanks_back(scan->s, scan->s.len);
    bool has_caption = candidate->kind == GB_MENTION_FIGURE || candidate->kind == GB_MENTION_TABLE ||
                       candidate->kind == GB_MENTION_ANNEX;

    if (!has_caption || scan->node->kind != GB_NODE_PARA || gb_skip_blanks(scan->s, 0) != candidate->begin)
        return false;
    uint32_t last = gb_utf8_before(scan->s, end, &prev);
    uint32_t behind = candidate->end < end ? gb_utf8_at(scan->s, candidate->end, &next) : 0;
    return last != U'。' && last != U'；' && last != U'：' && last != U'，' &&
           (behind == 0 || behind == ' ' || behind == 0x3000 || behind == U'（' || behind == '(');
}

/* 第5章, 第5.2条, 第3步. */
static bool
judge_ordinal(struct scan *scan, struct candidate *candidate, size_t word_begin)
{
    struct gb_str s = scan->s;
    const struct token *token = &candidate->token;
    size_t own_end, last_end, last = behind_joined_numbers(scan, token->end);
    enum gb_suffix own = suffix_at(scan, token->end, &own_end), suffix = suffix_at(scan, last, &last_end);

    if (token->num.letter && token->num.n == 0)
        return false;
    if (token->is_huge || token->has_zero || token->num.part[token->num.n - 1] == 0)
        return false;
    candidate->begin = word_begin;
    candidate->end = own == GB_SUFFIX_NONE ? token->end : own_end;
    if (token->num.n > 1 || token->num.letter) {
        candidate->kind = GB_MENTION_CLAUSE;
        return may_be_clause(token) && suffix != GB_SUFFIX_OTHER && (suffix != GB_SUFFIX_NONE || !gb_is_unit_at(words(scan), s, last));
    }
    /* 第5条 is a law's; 第1部分, 第3次 are none. */
    if (suffix != GB_SUFFIX_CHAPTER && suffix != GB_SUFFIX_STEP) {
        /* 第5章至第7章: the word stands behind each; 第5至第7章: only behind the last. */
        size_t first = gb_skip_blanks(s, token->end), next;
        size_t behind = gb_skip_listed(words(scan), s, first, GB_WORDS_ORDINAL_JOINTS), second = gb_skip_blanks(s, behind);
        if (behind == first || !is_digit(narrow_at(s, second, &next)) ||
            suffix_at(scan, read_token(s, second).end, &next) != GB_SUFFIX_CHAPTER)
            return false;
        suffix = GB_SUFFIX_CHAPTER;
    }
    candidate->kind = suffix == GB_SUFFIX_CHAPTER ? GB_MENTION_CHAPTER : GB_MENTION_STEP;
    return true;
}

/* A number that is joined to the mention before it, without words of its own: 图1和2, 附录A、B, 公式（1）～（3）, 第5、6章. */
static bool
judge_joined(struct scan *scan, struct candidate *candidate)
{
    const struct gb_mention *last = &scan->scanner->out->items.items[scan->last];
    const struct token *token = &candidate->token;
    struct gb_str s = scan->s;
    size_t end, prev;

    switch (last->kind) {
    case GB_MENTION_ANNEX: {
        uint32_t behind = token->end < s.len ? gb_utf8_at(s, token->end, &prev) : 0;
        candidate->kind = GB_MENTION_ANNEX;
        return token->num.letter && token->num.n == 0 && !is_digit(behind) && behind != '-' && !gb_is_unit_at(words(scan), s, token->end);
    }
    case GB_MENTION_FORMULA:
        candidate->kind = GB_MENTION_FORMULA;
        return token->num.n > 0 && take_brackets(s, candidate);
    case GB_MENTION_FIGURE:
    case GB_MENTION_TABLE:
    case GB_MENTION_NOTE:
        candidate->kind = last->kind;
        return candidate->joint != GB_JOINT_COMMA && token->num.n == last->num.n && token->num.letter == last->num.letter &&
               !token->is_huge && !token->has_zero && !gb_is_unit_at(words(scan), s, behind_joined_numbers(scan, token->end));
    case GB_MENTION_CHAPTER:
        candidate->kind = GB_MENTION_CHAPTER;
        if (token->num.letter || token->num.n != 1 || suffix_at(scan, behind_joined_numbers(scan, token->end), &end) != GB_SUFFIX_CHAPTER)
            return false;
        suffix_at(scan, token->end, &candidate->end);
        return true;
    default:
        return false;
    }
}

/* Numbers. Returns where to read on. */
static size_t
take_number(struct scan *scan, size_t at)
{
    struct gb_str s = scan->s;
    struct candidate candidate = {.kind = GB_MENTION_CLAUSE, .token = read_token(s, at)};
    const struct token *token = &candidate.token;
    size_t word_begin = 0, end, next;
    uint32_t behind = narrow_at(s, token->end, &next);
    bool accepted;

    track(scan, at);
    candidate.begin = token->begin;
    candidate.end = token->end;
    /* 8:30, 1/2, 2020-01-05 */
    if ((behind == ':' || behind == '/') && !token->num.letter && is_digit(narrow_at(s, next, &end)))
        return behind_word(s, token->end);
    if (scan->in_title || flags_at(scan, at) & (GB_RUN_CODE | GB_RUN_MATH))
        return token->end;
    struct candidate probe = candidate;
    take_brackets(s, &probe);
    bool is_bracketed = probe.begin < candidate.begin;
    const struct gb_listed_word *word = kind_before(scan, is_bracketed ? probe.begin : token->begin, &word_begin);
    if (word && is_bracketed && word->value != GB_MENTION_FORMULA)
        word = NULL;
    size_t before = gb_skip_blanks_back(s, token->begin), ordinal = before;
    if (!word)
        ordinal = gb_skip_listed_back(words(scan), s, before, GB_WORDS_ORDINALS);
    candidate.joint = joint_before(scan, word ? word_begin : ordinal < before ? ordinal : token->begin);
    if (word) {
        candidate.end = is_bracketed ? probe.end : token->end;
        candidate.is_bracketed = is_bracketed;
        accepted = judge_kind(scan, &candidate, word, word_begin);
    } else if (ordinal < before) {
        accepted = judge_ordinal(scan, &candidate, ordinal);
    } else {
        enum gb_joint bracket_joint = is_bracketed ? joint_before(scan, probe.begin) : GB_JOINT_NONE;
        if (bracket_joint > GB_JOINT_INSIDE)
            candidate.joint = bracket_joint;
        candidate.is_bare = true;
        accepted = candidate.joint > GB_JOINT_INSIDE && judge_joined(scan, &candidate);
        if (!accepted) {
            candidate.kind = GB_MENTION_CLAUSE;
            candidate.begin = token->begin;
            candidate.end = token->end;
            suffix_at(scan, token->end, &candidate.end);
            if (token->num.n > 1 || (token->num.letter && token->num.n))
                take_markers(scan, &candidate);
            accepted = token->num.n > 0 && judge_bare(scan, &candidate);
        }
    }
    if (!accepted || is_caption(scan, &candidate))
        return token->end;
    if (candidate.kind != GB_MENTION_ANNEX && !candidate.item_end)
        take_markers(scan, &candidate);
    add_mention(scan, &candidate);
    return candidate.end;
}

/* A letter or digit with ) behind it: 步骤c）, b）项, 转h）, and c）, d） that are joined to such. */
static bool
take_marker(struct scan *scan, size_t at, size_t *out_end)
{
    struct gb_str s = scan->s;
    struct candidate candidate = {.token = {.begin = at, .end = at}, .begin = at, .item_begin = at};

    if (!marker_at(scan, at, &candidate.item[0], &candidate.item_end))
        return false;
    track(scan, at);
    if (scan->in_title || flags_at(scan, at) & (GB_RUN_CODE | GB_RUN_MATH))
        return false;
    size_t before = gb_skip_blanks_back(s, at);
    size_t ordinal = gb_skip_listed_back(words(scan), s, before, GB_WORDS_ORDINALS);
    size_t tail = gb_skip_listed(words(scan), s, candidate.item_end, GB_WORDS_MARKER_TAILS);
    bool is_ordinal = ordinal < before;
    const struct gb_listed_word *step = gb_listed_before(words(scan), s, before, GB_WORDS_STEPS);
    candidate.begin = is_ordinal ? ordinal : at;
    candidate.end = tail;
    candidate.joint = joint_before(scan, candidate.begin);
    const struct gb_mention *last = scan->last_end == GB_NOT_FOUND ? NULL : &scan->scanner->out->items.items[scan->last];
    if (step) {
        candidate.kind = GB_MENTION_STEP;
        if (gb_str_is(step->str, "步骤"))
            candidate.begin = before - step->str.len;
    } else if (candidate.joint > GB_JOINT_INSIDE && candidate.joint != GB_JOINT_COMMA && last && last->item[0]) {
        candidate.kind = last->kind;
        candidate.token.num = last->num;
    } else {
        bool has_verb = gb_verb_before(words(scan), s, ordinal).verb != GB_VERB_NONE;
        if (!(is_ordinal && tail > candidate.item_end) && !(has_verb && candidate.item[0] >= 'a'))
            return false;
        candidate.kind = GB_MENTION_ITEM;
    }
    add_mention(scan, &candidate);
    *out_end = candidate.end;
    return true;
}

/* ── reading ───────────────────────────────────────────────────────────── */

/* Eight bytes of Han and punctuation other than the full-width forms, whose first byte is EF? */
static bool
has_no_latin(const char *bytes)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
    uint64_t word, full_width;

    memcpy(&word, bytes, sizeof(word));
    full_width = word ^ ones * 0xEF;
    return (word & tops) == tops && !((full_width - ones) & ~full_width & tops);
}

/* The next Latin letter or digit, of any width, at or behind `at`; the length where there is none. */
static size_t
next_latin(struct gb_str s, size_t at)
{
    while (at < s.len) {
        while (s.len - at >= sizeof(uint64_t) && has_no_latin(s.ptr + at))
            at += sizeof(uint64_t);
        if (at == s.len)
            break;
        unsigned char c = (unsigned char)s.ptr[at];
        if (c < 0x80) {
            if (is_digit(c) || is_letter(c))
                return at;
            at++;
        } else if (c == 0xEF) {
            size_t next;
            uint32_t narrow = narrow_at(s, at, &next);
            if (is_digit(narrow) || is_letter(narrow))
                return at;
            at = next;
        } else { /* perhaps in the middle of a character */
            at++;
        }
    }
    return s.len;
}

/* A capital: a number of an annex, an annex's letter, or a word. */
static size_t
take_capital(struct scan *scan, size_t at)
{
    struct gb_str s = scan->s;
    size_t next, behind;

    narrow_at(s, at, &next);
    uint32_t c = narrow_at(s, next, &behind);
    bool is_number = c == '.' && (is_digit(narrow_at(s, behind, &behind)) || gb_str_starts(gb_str_skip(s, next), GB_STR(". ")));
    if (is_number || !(is_digit(c) || is_letter(c) || c == '/' || c == '-' || c == '_'))
        return take_number(scan, at);
    struct gb_identifier_shape shape;
    if (!gb_identifier_at(s, at, &shape)) {
        size_t end = behind_word(s, at);
        return end > at ? end : next;
    }
    if (!is_own_code(scan, at, shape.end)) {
        struct token serial = {0};
        size_t serial_at = shape.serial.begin;
        track(scan, shape.end);
        scan->document_begin = at;
        scan->document_end = shape.end;
        scan->document_part = read_part(&serial, &serial_at, s) ? serial.num.part[0] : 0;
    }
    return shape.end;
}

void
gb_scan_mentions(struct gb_mention_scanner *scanner, const struct gb_node *node, const struct gb_text *text, unsigned flags)
{
    size_t at = next_latin(text->str, 0);

    if (at == text->str.len)
        return;
    gb_join(text, &scanner->joined);
    struct scan scan = {.scanner = scanner, .node = node, .text = text, .flags = flags, .s = scanner->joined.str,
                        .document_end = GB_NOT_FOUND, .last_end = GB_NOT_FOUND, .run_begin = GB_NOT_FOUND};
    for (at = next_latin(scan.s, 0); at < scan.s.len; at = next_latin(scan.s, at)) {
        size_t next;
        uint32_t c = narrow_at(scan.s, at, &next);
        if (c >= 'a' && c <= 'z') {
            if (!take_marker(&scan, at, &at)) {
                size_t end = behind_word(scan.s, at);
                at = end > at ? end : next;
            }
        } else if (c >= 'A' && c <= 'Z') {
            at = take_capital(&scan, at);
        } else if (!take_marker(&scan, at, &at)) {
            at = take_number(&scan, at);
        }
    }
}
