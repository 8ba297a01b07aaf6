/*
 * Clauses and what is an attribute in them. 应达到的要求 holds no predicate, 应按规定的程序办理 does: its 的 belongs to
 * 规定的程序. In doubt it is a predicate: most are.
 */
#include "facts/modal_priv.h"

#include "text/utf8.h"

/* ── clauses ───────────────────────────────────────────────────────────── */

static bool
is_punctuation(uint32_t c)
{
    switch (c) {
    case 0xFF0C: case ',': case 0x3002: case 0xFF1B: case ';': case 0xFF1A: case ':': case 0xFF01: case 0xFF1F: case '?':
    case '!': case '\n': case 0xFF08: case '(': case 0xFF09: case ')':
        return true;
    default:
        return false;
    }
}

bool
gb_is_clause_start(struct gb_str s, size_t at)
{
    size_t other;

    return at == 0 || is_punctuation(gb_utf8_before(s, at, &other));
}

/* 的 in 目的, 标的物, 的确 is no particle. */
static bool
is_particle(struct gb_str s, size_t at)
{
    GB_WORDS(behind, "的确", "的士", "的放矢");
    GB_WORDS(goods, "的物", "的额", "的价", "的资");
    struct gb_str from = gb_str_skip(s, at), before = gb_str_sub(s, 0, at);

    return !gb_str_ends(before, GB_STR("目")) && !GB_STARTS_ANY(from, behind) &&
           !(gb_str_ends(before, GB_STR("标")) && GB_STARTS_ANY(from, goods));
}

struct gb_clause
gb_clause_from(struct gb_str s, size_t at)
{
    enum { REACH = 40 * GB_HAN, PARTICLE = 0x7684 }; /* 的 */
    struct gb_clause clause = {at, GB_NOT_FOUND, GB_NOT_FOUND};
    size_t limit = at + REACH < s.len ? at + REACH : s.len, next;

    for (; clause.end < limit; clause.end = next) {
        uint32_t c = gb_utf8_at(s, clause.end, &next);
        if ((c < 0x3003 || c >= 0xFF00) && is_punctuation(c))
            break;
        if (c == PARTICLE && is_particle(s, clause.end)) {
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
           gb_str_has(gb_str_sub(s, end, gb_clause_from(s, end).end), gb_str_skip(neighbour, later.len));
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
is_verb_and_adjective(struct gb_str x)
{
    GB_WORDS(adjectives, "新", "大", "小", "高", "低", "旧", "长", "短", "厚", "薄", "同", "其", "他");

    return x.len == 2 * GB_HAN && GB_STARTS_ANY(gb_str_skip(x, GB_HAN), adjectives);
}

static bool
is_copula(struct gb_str x)
{
    GB_WORDS(copulas, "是", "为", "属");

    return GB_STARTS_ANY(x, copulas);
}

/* 见表10, 见附录A, 见5.2 */
static bool
points_to(struct gb_str s)
{
    GB_WORDS(targets, "表", "图", "附录", "第", "公式");

    if (!gb_str_starts(s, GB_STR("见")))
        return false;
    struct gb_str target = gb_str_skip(s, GB_HAN);
    char c = target.len ? target.ptr[0] : 0;
    return gb_is_digit(c) || (c >= 'A' && c <= 'H') || GB_STARTS_ANY(target, targets);
}

/* …资料应完整, …时间见表10: the noun behind 的 has a predicate of its own. */
static bool
has_own_predicate(struct gb_str y)
{
    GB_WORDS(modals, "应", "宜", "须", "方可", "不需", "无需", "不必", "不得");
    GB_WORDS(joints, "并", "且", "也", "还", "而", "相", "适", "响", "供", "对", "反", "则", "感", "呼");
    GB_WORDS(nouns, "应用", "应急", "应力", "应变", "应答", "宜居");
    size_t at = 0;

    for (size_t last = 0; at < y.len; last = at, gb_utf8_at(y, at, &at)) {
        struct gb_str rest = gb_str_skip(y, at);
        if (at == 0)
            continue;
        if (points_to(rest))
            return true;
        bool is_end = rest.len <= GB_HAN; /* …的作用效应 */
        if (!is_end && GB_STARTS_ANY(rest, modals) && !GB_STARTS_ANY(rest, nouns) &&
            !GB_STARTS_ANY(gb_str_skip(y, last), joints))
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
    GB_WORDS(places, "内", "中", "上", "下", "间", "前", "后", "处", "外", "时");

    if (y.len > 6 * GB_HAN || gb_words_end(gb_rel_at(&lexicon->verbs), y))
        return false;
    return y.len < GB_HAN || !GB_STARTS_ANY(gb_str_skip(y, y.len - GB_HAN), places);
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
    GB_WORDS(givers, "由", "被", "供", "向", "在");

    if (is_copula(x))
        return false;
    if (x.len <= GB_HAN)
        return true;
    bool is_verb = gb_words_has(gb_rel_at(&lexicon->verbs), x), has_preposition = gb_words_start(gb_rel_at(&lexicon->prepositions), x) > 0;
    size_t verb = gb_words_end(gb_rel_at(&lexicon->verbs), x);
    if (y.len == 0)
        return verb || !has_preposition;
    if (is_verb || has_own_predicate(y))
        return true;
    if (gb_is_clause_start(before, before.len) && is_done_by(y) && !has_preposition) /* 不需要佩戴剂量计的人员由…确定 */
        return true;
    if (x.len <= 2 * GB_HAN)
        return !has_preposition && !gb_words_has(gb_rel_at(&lexicon->adverbs), x) && !is_verb_and_adjective(x);
    if (gb_str_starts(x, GB_STR("供")) && verb)
        return true;
    bool is_place = gb_str_starts(x, GB_STR("在")) || gb_str_starts(x, GB_STR("向"));
    if (is_place && verb && gb_words_end(gb_rel_at(&lexicon->verbs), gb_str_sub(x, 0, x.len - verb))) /* 在说明书中给出清洗的方法 */
        return false;
    if (GB_STARTS_ANY(x, givers))
        return verb && verb + GB_HAN < x.len && is_bare(lexicon, y);
    if (is_adverb_and_verb(lexicon, x))
        return true;
    return (!has_preposition || gb_str_ends(before, GB_STR("了"))) && is_opened(lexicon, before);
}

/* 是一种可…的期权, 1种可…: a measure word that nothing but the noun can follow. 每一种应… has its noun before it. */
static bool
is_measured(struct gb_str before)
{
    GB_WORDS(ones, "一种", "一类", "1种", "1类");
    GB_WORDS(copulas, "是", "为", "指");

    for (size_t i = 0; i < GB_COUNT(ones); i++) {
        if (!gb_str_ends(before, ones[i]))
            continue;
        struct gb_str rest = gb_str_sub(before, 0, before.len - ones[i].len);
        for (size_t k = 0; k < GB_COUNT(copulas); k++) {
            if (gb_str_ends(rest, copulas[k]))
                return true;
        }
    }
    return false;
}

bool
gb_is_attributive(const struct gb_lexicon *lexicon, struct gb_str s, size_t begin, size_t end, const struct gb_clause *clause)
{
    if (clause->de != GB_NOT_FOUND && is_measured(gb_str_sub(s, 0, begin)))
        return true;
    return clause->de != GB_NOT_FOUND && is_attribute(lexicon, gb_str_sub(s, 0, begin), gb_str_sub(s, end, clause->de),
                                                      gb_str_sub(s, clause->de + GB_HAN, clause->end));
}

bool
gb_is_in_noun(const struct gb_lexicon *lexicon, struct gb_str s, const struct gb_clause *clause)
{
    struct gb_str behind = gb_str_skip(s, clause->end);

    return clause->last_de != GB_NOT_FOUND && (behind.len == 0 || gb_str_starts(behind, GB_STR("。"))) &&
           is_bare(lexicon, gb_str_sub(s, clause->last_de + GB_HAN, clause->end));
}
