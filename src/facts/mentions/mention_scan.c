/*
 * Finds mentions in one text. It goes from one Latin letter or digit to the next: every mention holds one, and most
 * bytes of a draft are Han. What stands before and behind a number tells what it is; a number that only 和, 、, 至 part from a
 * mention is one of its kind.
 */
#include "facts/mentions/mention_scan_priv.h"

#include "doc/identifier.h"

/* ── where a place is ──────────────────────────────────────────────────── */

/* Counts brackets and quotes up to `at`; text that was passed is not read again. */
static void
track(struct gb_scan *scan, size_t at)
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
unjoin(struct gb_scan *scan, size_t at, bool is_end)
{
    const struct gb_joined *joined = &scan->scanner->joined;

    while (scan->gap > 0 && joined->gaps.items[scan->gap - 1] > at - is_end)
        scan->gap--;
    while (scan->gap < joined->gaps.len && joined->gaps.items[scan->gap] <= at - is_end)
        scan->gap++;
    return (uint32_t)(at + scan->gap);
}

static uint32_t
flags_at(struct gb_scan *scan, size_t at)
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
        if (gb_is_alnum(c)) {
            at++;
            continue;
        }
        size_t joiners = 0;
        while (at + joiners < s.len && is_word_joiner(s.ptr[at + joiners]))
            joiners++;
        unsigned char behind = at + joiners < s.len ? (unsigned char)s.ptr[at + joiners] : 0;
        if (joiners == 0 || !(gb_is_alnum(behind)))
            break;
        at += joiners;
    }
    return at;
}

/* GB/T 1.1 or GB/T 1.1—2020 in that very draft. Another year is another edition of it. */
static bool
is_own_code(const struct gb_scan *scan, size_t begin, size_t end)
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

/* ── adding ────────────────────────────────────────────────────────────── */

/* An identifier or title before the place, with nothing that ends its part of the sentence between them. */
static bool
is_near_document(const struct gb_scan *scan, size_t begin)
{
    enum { FARTHEST = 90 };

    if (scan->document_end == GB_NOT_FOUND || begin - scan->document_end > FARTHEST)
        return false;
    struct gb_str between = gb_str_sub(scan->s, scan->document_end, begin);
    /* GB 4943和5.7: the joint makes it one of the draft's own. */
    enum gb_joint joint = gb_joint_between(gb_scan_words(scan), scan->s, scan->document_end, begin);
    if (joint == GB_JOINT_AND || joint == GB_JOINT_RANGE)
        return false;
    for (size_t at = 0; at < between.len;) {
        if (gb_listed_at(gb_scan_words(scan), between, at, GB_WORDS_ENDS))
            return false;
        gb_utf8_at(between, at, &at);
    }
    return true;
}

/* Flags and verb from the mention that the candidate is joined to, else from the words before it. */
static void
fill_context(struct gb_scan *scan, const struct gb_candidate *candidate, struct gb_mention *mention)
{
    const struct gb_mention *last =
        scan->last_end != GB_NOT_FOUND ? &scan->scanner->out->items.items[scan->last] : NULL;
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
    bool is_behind = gb_is_behind_document(scan, candidate->begin);
    struct gb_verb_found found = gb_verb_before(gb_scan_words(scan), scan->s, candidate->begin);
    /* GB 4943.1和5.7: the verb stands before both. */
    if (found.verb == GB_VERB_NONE && candidate->is_bare && scan->document_part &&
        gb_is_beside_document(scan, &candidate->token))
        found = gb_verb_before(gb_scan_words(scan), scan->s, scan->document_begin);
    mention->verb = found.verb;
    /* GB/T 191，表1: whose table? In brackets, or with a bare number, it is the document's. */
    if (is_behind && !candidate->is_bare && scan->depth == 0 &&
        gb_listed_at(gb_scan_words(scan), scan->s, scan->document_end, GB_WORDS_COMMAS))
        mention->flags |= GB_MENTION_DOUBTFUL;
    else if (is_behind || gb_is_behind_document_word(gb_scan_words(scan), scan->s, candidate->begin))
        mention->flags |= GB_MENTION_EXTERNAL;
    else if (mention->verb <= GB_VERB_AS && is_near_document(scan, candidate->begin))
        mention->flags |= GB_MENTION_DOUBTFUL;
    mention->verb_begin = unjoin(scan, found.begin, false);
    mention->verb_end = found.begin == found.end ? mention->verb_begin : unjoin(scan, found.end, true);
    if (found.is_negated)
        mention->flags |= GB_MENTION_NEGATED;
}

static void
add_mention(struct gb_scan *scan, const struct gb_candidate *candidate)
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
    mention.num_end =
        candidate->token.end > candidate->token.begin ? unjoin(scan, candidate->token.end, true) : mention.num_begin;
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

/* ── taking ────────────────────────────────────────────────────────────── */

/* A number without a word of its kind: one of the mention before it, 图1和2, else 5.2 or A.1 by itself. */
static bool
judge_unnamed(struct gb_scan *scan, struct gb_candidate *candidate)
{
    const struct gb_token *token = &candidate->token;

    candidate->is_bare = true;
    if (candidate->joint > GB_JOINT_INSIDE && gb_judge_joined(scan, candidate))
        return true;
    candidate->kind = GB_MENTION_CLAUSE;
    candidate->begin = token->begin;
    if (gb_suffix_at(scan, token->end, &candidate->end) == GB_SUFFIX_OTHER)
        candidate->end = token->end;
    if (token->num.n > 1 || (token->num.letter && token->num.n))
        gb_take_markers(scan, candidate);
    return token->num.n > 0 && gb_judge_bare(scan, candidate);
}

/* What stands before the number tells how it is judged. */
static bool
judge_number(struct gb_scan *scan, struct gb_candidate *candidate)
{
    struct gb_str s = scan->s;
    struct gb_candidate probe = *candidate;
    size_t begin = candidate->begin, word_begin = 0;

    bool is_bracketed = gb_take_brackets(s, &probe);
    const struct gb_listed_word *word = gb_kind_before(scan, probe.begin, &word_begin);
    if (word && (!is_bracketed || word->value == GB_MENTION_FORMULA)) {
        candidate->joint = gb_joint_before(scan, word_begin);
        candidate->end = probe.end;
        candidate->is_bracketed = is_bracketed;
        return gb_judge_kind(scan, candidate, word, word_begin);
    }
    size_t before = gb_skip_blanks_back(s, begin);
    size_t ordinal = gb_skip_listed_back(gb_scan_words(scan), s, before, GB_WORDS_ORDINALS);
    if (ordinal < before) {
        candidate->joint = gb_joint_before(scan, ordinal);
        return gb_judge_ordinal(scan, candidate, ordinal);
    }
    candidate->joint = gb_joint_before(scan, begin);
    enum gb_joint bracket_joint = is_bracketed ? gb_joint_before(scan, probe.begin) : GB_JOINT_NONE;
    if (bracket_joint > GB_JOINT_INSIDE)
        candidate->joint = bracket_joint;
    return judge_unnamed(scan, candidate);
}

/* Numbers. Returns where to read on. */
static size_t
take_number(struct gb_scan *scan, size_t at)
{
    struct gb_str s = scan->s;
    struct gb_candidate candidate = {.kind = GB_MENTION_CLAUSE, .token = gb_read_token(s, at)};
    const struct gb_token *token = &candidate.token;
    size_t end, next;
    uint32_t behind = gb_narrow_at(s, token->end, &next);

    track(scan, at);
    candidate.begin = token->begin;
    candidate.end = token->end;
    /* 8:30, 1/2, 2020-01-05 */
    if ((behind == ':' || behind == '/') && !token->num.letter && gb_is_digit(gb_narrow_at(s, next, &end)))
        return behind_word(s, token->end);
    if (scan->in_title || flags_at(scan, at) & (GB_RUN_CODE | GB_RUN_MATH))
        return token->end;
    if (!judge_number(scan, &candidate) || gb_is_caption(scan, &candidate))
        return token->end;
    if (candidate.kind != GB_MENTION_ANNEX && !candidate.item_end)
        gb_take_markers(scan, &candidate);
    add_mention(scan, &candidate);
    return candidate.end;
}

/* A letter or digit with ) behind it: 步骤c）, b）项, 转h）, and c）, d） that are joined to such. */
static bool
take_marker(struct gb_scan *scan, size_t at, size_t *out_end)
{
    struct gb_str s = scan->s;
    struct gb_candidate candidate = {.token = {.begin = at, .end = at}, .begin = at, .item_begin = at};

    if (!gb_marker_at(scan, at, &candidate.item[0], &candidate.item_end))
        return false;
    track(scan, at);
    if (scan->in_title || flags_at(scan, at) & (GB_RUN_CODE | GB_RUN_MATH))
        return false;
    size_t before = gb_skip_blanks_back(s, at);
    size_t ordinal = gb_skip_listed_back(gb_scan_words(scan), s, before, GB_WORDS_ORDINALS);
    size_t tail = gb_skip_listed(gb_scan_words(scan), s, candidate.item_end, GB_WORDS_MARKER_TAILS);
    bool is_ordinal = ordinal < before;
    const struct gb_listed_word *step = gb_listed_before(gb_scan_words(scan), s, before, GB_WORDS_STEPS);
    candidate.begin = is_ordinal ? ordinal : at;
    candidate.end = tail;
    candidate.joint = gb_joint_before(scan, candidate.begin);
    const struct gb_mention *last =
        scan->last_end == GB_NOT_FOUND ? NULL : &scan->scanner->out->items.items[scan->last];
    if (step) {
        candidate.kind = GB_MENTION_STEP;
        if (gb_str_is(gb_rel_str(&step->str), "步骤"))
            candidate.begin = before - step->str.n;
    } else if (candidate.joint > GB_JOINT_INSIDE && candidate.joint != GB_JOINT_COMMA && last && last->item[0]) {
        candidate.kind = last->kind;
        candidate.token.num = last->num;
    } else {
        bool has_verb = gb_verb_before(gb_scan_words(scan), s, ordinal).verb != GB_VERB_NONE;
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
            if (gb_is_alnum(c))
                return at;
            at++;
        } else if (c == 0xEF) {
            size_t next;
            uint32_t narrow = gb_narrow_at(s, at, &next);
            if (gb_is_alnum(narrow))
                return at;
            at = next;
        } else { /* perhaps in the middle of a character */
            at++;
        }
    }
    return s.len;
}

/* NA of 附录NA, NA.1: letters of an annex that the draft has. */
static bool
is_added_annex(const struct gb_scan *scan, size_t at)
{
    size_t next, behind, end;
    uint32_t first = gb_narrow_at(scan->s, at, &next), second = gb_narrow_at(scan->s, next, &behind),
             third = gb_narrow_at(scan->s, behind, &end);

    return first == 'N' && gb_is_letter(second) && !gb_is_letter(third) && !gb_is_digit(third) && !gb_is_lower(third) &&
           gb_has_annex(scan->scanner->facts, (char)(second - 'A' + 'a'));
}

/* A capital: a number of an annex, an annex's letter, or a word. */
static size_t
take_capital(struct gb_scan *scan, size_t at)
{
    struct gb_str s = scan->s;
    size_t next, behind;

    gb_narrow_at(s, at, &next);
    uint32_t c = gb_narrow_at(s, next, &behind);
    bool is_number = c == '.' && (gb_is_digit(gb_narrow_at(s, behind, &behind)) ||
                                  gb_str_starts(gb_str_skip(s, next), GB_STR(". ")));
    if (is_number || is_added_annex(scan, at) || !(gb_is_alnum(c) || c == '/' || c == '-' || c == '_'))
        return take_number(scan, at);
    struct gb_identifier_shape shape;
    if (!gb_identifier_at(s, at, &shape)) {
        size_t end = behind_word(s, at);
        return end > at ? end : next;
    }
    if (!is_own_code(scan, at, shape.end)) {
        struct gb_token serial = {0};
        size_t serial_at = shape.serial.begin;
        track(scan, shape.end);
        scan->document_begin = at;
        scan->document_end = shape.end;
        scan->document_part = gb_read_part(&serial, &serial_at, s) ? serial.num.part[0] : 0;
    }
    return shape.end;
}

void
gb_scan_mentions(struct gb_mention_scanner *scanner, const struct gb_node *node, const struct gb_text *text,
                 unsigned flags)
{
    size_t at = next_latin(text->str, 0);

    if (at == text->str.len)
        return;
    gb_join(text, &scanner->joined);
    struct gb_scan scan = {.scanner = scanner,
                           .node = node,
                           .text = text,
                           .flags = flags,
                           .s = scanner->joined.str,
                           .document_end = GB_NOT_FOUND,
                           .last_end = GB_NOT_FOUND,
                           .run_begin = GB_NOT_FOUND};
    for (at = next_latin(scan.s, 0); at < scan.s.len; at = next_latin(scan.s, at)) {
        size_t next;
        uint32_t c = gb_narrow_at(scan.s, at, &next);
        if (gb_is_lower(c)) {
            if (!take_marker(&scan, at, &at)) {
                size_t end = behind_word(scan.s, at);
                at = end > at ? end : next;
            }
        } else if (gb_is_upper(c)) {
            at = take_capital(&scan, at);
        } else if (!take_marker(&scan, at, &at)) {
            at = take_number(&scan, at);
        }
    }
}
