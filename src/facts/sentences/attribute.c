/*
 * Clauses and what is an attribute in them. 应达到的要求 holds no predicate, 应按规定的程序办理 does: its 的 belongs to
 * 规定的程序. In doubt it is a predicate: most are.
 */
#include "facts/sentences/modal_priv.h"

#include "text/utf8.h"

/* ── clauses ───────────────────────────────────────────────────────────── */

static bool
is_punctuation(uint32_t c)
{
    switch (c) {
    case ',':
    case ';':
    case ':':
    case '?':
    case '!':
    case '(':
    case ')':
    case '\n':
    case U'，':
    case U'。':
    case U'；':
    case U'：':
    case U'？':
    case U'！':
    case U'（':
    case U'）':
        return true;
    default:
        return false;
    }
}

bool
gb_is_clause_start(struct gb_str s, size_t at)
{
    return at == 0 || is_punctuation(gb_char_before(s, at));
}

size_t
gb_clause_start(struct gb_str s, size_t at, size_t reach)
{
    size_t start = at;

    while (start > 0 && start + reach > at && !gb_is_clause_start(s, start))
        gb_utf8_before(s, start, &start);
    return start;
}

/* 的 in 目的, 标的物, 的确 is no particle. */
static bool
is_particle(const struct gb_lexicon *lexicon, struct gb_str s, size_t at)
{
    struct gb_str from = gb_str_skip(s, at), before = gb_str_sub(s, 0, at);

    return !gb_str_ends(before, GB_STR("目")) && !gb_begins(&lexicon->attr_particle_words, from) &&
           !(gb_str_ends(before, GB_STR("标")) && gb_begins(&lexicon->attr_goods, from));
}

/* Without a lexicon the particles are not looked for. */
struct gb_clause
gb_clause_from(const struct gb_lexicon *lexicon, struct gb_str s, size_t at)
{
    enum { REACH = 40 * GB_HAN, PARTICLE = 0x7684 }; /* 的 */
    struct gb_clause clause = {at, GB_NOT_FOUND, GB_NOT_FOUND};
    size_t limit = at + REACH < s.len ? at + REACH : s.len, next;

    for (; clause.end < limit; clause.end = next) {
        uint32_t c = gb_utf8_at(s, clause.end, &next);
        if ((c < 0x3003 || c >= 0xFF00) && is_punctuation(c))
            break;
        if (c == PARTICLE && lexicon && is_particle(lexicon, s, clause.end)) {
            clause.de = clause.de == GB_NOT_FOUND ? clause.end : clause.de;
            clause.last_de = clause.end;
        }
    }
    return clause;
}

/* ── neighbours ────────────────────────────────────────────────────────── */

/* Does the neighbour, as written in the list, stand where it undoes the word at [begin, end)? */
static bool
has_neighbour(struct gb_str s, size_t begin, size_t end, struct gb_str neighbour)
{
    struct gb_str later = GB_STR("…");

    if (neighbour.ptr[0] == '-')
        return gb_str_starts(gb_str_skip(s, end), gb_str_skip(neighbour, 1));
    if (neighbour.ptr[neighbour.len - 1] == '-')
        return gb_str_ends(gb_str_sub(s, 0, begin), gb_str_sub(neighbour, 0, neighbour.len - 1));
    return gb_str_starts(neighbour, later) &&
           gb_str_has(gb_str_sub(s, end, gb_clause_from(NULL, s, end).end), gb_str_skip(neighbour, later.len));
}

bool
gb_is_undone(struct gb_str s, size_t begin, size_t end, struct gb_str undo)
{
    for (size_t at = 0, stop; at < undo.len; at = stop + 1) {
        for (stop = at; stop < undo.len && undo.ptr[stop] != ' ';)
            stop++;
        if (stop > at && has_neighbour(s, begin, end, gb_str_sub(undo, at, stop)))
            return true;
    }
    return false;
}

/* ── attributes ────────────────────────────────────────────────────────── */

/* 应用新的…: verb and adjective of one character each. */
static bool
is_verb_and_adjective(const struct gb_lexicon *lexicon, struct gb_str x)
{
    return x.len == 2 * GB_HAN && gb_begins(&lexicon->attr_adjectives, gb_str_skip(x, GB_HAN));
}

/* 见表10, 见附录A, 见5.2 */
static bool
points_to(const struct gb_lexicon *lexicon, struct gb_str s)
{
    if (!gb_str_starts(s, GB_STR("见")))
        return false;
    struct gb_str target = gb_str_skip(s, GB_HAN);
    char c = target.len ? target.ptr[0] : 0;
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'H') || gb_begins(&lexicon->attr_targets, target);
}

/* …资料应完整, …时间见表10: the noun behind 的 has a predicate of its own. */
static bool
has_own_predicate(const struct gb_lexicon *lexicon, struct gb_str y)
{
    size_t at = 0;

    for (size_t last = 0; at < y.len; last = at, gb_utf8_at(y, at, &at)) {
        struct gb_str rest = gb_str_skip(y, at);
        if (at == 0)
            continue;
        if (points_to(lexicon, rest))
            return true;
        bool is_end = rest.len <= GB_HAN; /* …的作用效应 */
        if (!is_end && gb_begins(&lexicon->attr_modals, rest) && !gb_begins(&lexicon->attr_nouns, rest) &&
            !gb_begins(&lexicon->attr_joints, gb_str_skip(y, last)))
            return true;
    }
    return false;
}

/* 人员由…确定: a short noun that something is done with. */
static bool
is_done_by(struct gb_str y)
{
    enum { FARTHEST = 6 * GB_HAN };
    size_t by = gb_str_find(gb_str_sub(y, 0, FARTHEST + strlen("由")), GB_STR("由"), 0);

    return by != GB_NOT_FOUND && by >= 2 * GB_HAN;
}

/* The noun behind 的 stands alone: it is not followed by the verb that the modal belongs to. */
static bool
is_bare(const struct gb_lexicon *lexicon, struct gb_str y)
{
    if (y.len > 6 * GB_HAN || gb_words_end(gb_rel_at(&lexicon->verbs), y))
        return false;
    return !gb_ends(&lexicon->attr_places, y);
}

/* 包括应…的…, 对可能…的…: what stands before the modal takes a noun. */
static bool
is_opened(const struct gb_lexicon *lexicon, struct gb_str before)
{
    const struct gb_entry *openers = gb_rel_at(&lexicon->openers);

    for (uint32_t i = 0; i < lexicon->openers.n; i++) {
        struct gb_str word = gb_rel_str(&openers[i].word);
        if (gb_str_ends(before, word) &&
            !gb_is_undone(before, before.len - word.len, before.len, gb_rel_str(&openers[i].undo)))
            return true;
    }
    return false;
}

/* 确保网址的稳定和可解释: what a verb takes, at the end of its clause, is a quality. */
bool
gb_is_quality(const struct gb_lexicon *lexicon, struct gb_str s, size_t begin, size_t end, size_t clause_end)
{
    enum { REACH = 30 * GB_HAN, LONGEST = 4 * GB_HAN };
    GB_WORDS(joints, "的", "和", "与", "及", "、");
    const struct gb_entry *openers = gb_rel_at(&lexicon->openers);

    if (clause_end - end > LONGEST || begin < 2 * GB_HAN || !GB_STARTS_ANY(gb_str_skip(s, begin - GB_HAN), joints))
        return false;
    struct gb_str before = gb_str_sub(s, gb_clause_start(s, begin, REACH), begin);
    GB_FIND(opener, openers, lexicon->openers.n,
            opener->word.n > GB_HAN && gb_str_has(before, gb_rel_str(&opener->word)));
    return opener != NULL;
}

/* 优先考虑, 同时具备: adverbs, then nothing but the verb. */
static bool
is_adverb_and_verb(const struct gb_lexicon *lexicon, struct gb_str x)
{
    struct gb_str rest = x;

    for (size_t n; (n = gb_words_start(gb_rel_at(&lexicon->adverbs), rest)) > 0 && n < rest.len;)
        rest = gb_str_skip(rest, n);
    return rest.len < x.len && gb_words_has(gb_rel_at(&lexicon->verbs), rest);
}

/* x stands between modal and 的, y behind it up to the end of the clause. Is x 的 an attribute? */
static bool
is_attribute(const struct gb_lexicon *lexicon, struct gb_str before, struct gb_str x, struct gb_str y)
{
    if (gb_begins(&lexicon->attr_copulas, x))
        return false;
    if (x.len <= GB_HAN)
        return true;
    bool is_verb = gb_words_has(gb_rel_at(&lexicon->verbs), x),
         has_preposition = gb_words_start(gb_rel_at(&lexicon->prepositions), x) > 0;
    size_t verb = gb_words_end(gb_rel_at(&lexicon->verbs), x);
    if (y.len == 0)
        return verb || !has_preposition;
    if (is_verb || has_own_predicate(lexicon, y))
        return true;
    if (gb_is_clause_start(before, before.len) && is_done_by(y) && !has_preposition) /* 不需要佩戴剂量计的人员由…确定 */
        return true;
    if (x.len <= 2 * GB_HAN)
        return !has_preposition && !gb_words_has(gb_rel_at(&lexicon->adverbs), x) && !is_verb_and_adjective(lexicon, x);
    if (gb_str_starts(x, GB_STR("供")) && verb)
        return true;
    bool is_place = gb_str_starts(x, GB_STR("在")) || gb_str_starts(x, GB_STR("向"));
    if (is_place && verb &&
        gb_words_end(gb_rel_at(&lexicon->verbs), gb_str_sub(x, 0, x.len - verb))) /* 在说明书中给出清洗的方法 */
        return false;
    if (gb_begins(&lexicon->attr_givers, x))
        return verb && verb + GB_HAN < x.len && is_bare(lexicon, y);
    if (is_adverb_and_verb(lexicon, x))
        return true;
    return (!has_preposition || gb_str_ends(before, GB_STR("了"))) && is_opened(lexicon, before);
}

/* 是一种可…的期权, 1种可…: a measure word that nothing but the noun can follow. 每一种应… has its noun before it. */
static bool
is_measured(const struct gb_lexicon *lexicon, struct gb_str before)
{
    size_t kind = gb_words_end(gb_rel_at(&lexicon->attr_kinds), before);

    if (kind && gb_str_ends(gb_str_sub(before, 0, before.len - kind), GB_STR("1")))
        kind += strlen("1");
    return kind > GB_HAN && gb_ends(&lexicon->attr_kind_copulas, gb_str_sub(before, 0, before.len - kind));
}

bool
gb_is_attributive(const struct gb_lexicon *lexicon, struct gb_str s, size_t begin, size_t end,
                  const struct gb_clause *clause)
{
    if (clause->de != GB_NOT_FOUND && is_measured(lexicon, gb_str_sub(s, 0, begin)))
        return true;
    return clause->de != GB_NOT_FOUND && is_attribute(lexicon, gb_str_sub(s, 0, begin), gb_str_sub(s, end, clause->de),
                                                      gb_str_sub(s, clause->de + GB_HAN, clause->end));
}

bool
gb_is_in_noun(const struct gb_lexicon *lexicon, struct gb_str s, const struct gb_clause *clause)
{
    GB_WORDS(times, "期间", "时间", "期限");
    struct gb_str behind = gb_str_skip(s, clause->end);

    return clause->last_de != GB_NOT_FOUND && (behind.len == 0 || gb_str_starts(behind, GB_STR("。"))) &&
           (is_bare(lexicon, gb_str_sub(s, clause->last_de + GB_HAN, clause->end)) ||
            GB_IS_ANY(gb_str_sub(s, clause->last_de + GB_HAN, clause->end), times));
}
