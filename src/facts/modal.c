/*
 * The modal engine: which 应, 宜, 可 … of a text are modal verbs and predicates. Words in which the character is
 * no modal come from the lists; what an attribute is, is told from the words around its 的. In doubt it is a predicate:
 * most are.
 */
#include "facts/modal_priv.h"

#include "text/utf8.h"

enum {
    HAN = 3,                     /* bytes of a Han character */
    REACH = 40 * HAN,            /* how far an attribute may go; bounds the work for each modal */
};

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

/* Behind the clause that begins at `at`: the next comma or mark, at most REACH away. */
static size_t
clause_end(struct gb_str s, size_t at)
{
    size_t limit = at + REACH < s.len ? at + REACH : s.len;

    while (at < limit) {
        size_t next;
        if (is_punctuation(gb_utf8_at(s, at, &next)))
            break;
        at = next;
    }
    return at;
}

/* Nothing of the clause stands before `at`. */
static bool
is_clause_start(struct gb_str s, size_t at)
{
    size_t other;

    return at == 0 || is_punctuation(gb_utf8_before(s, at, &other));
}

/* ── exclusions ────────────────────────────────────────────────────────── */

/* Does the neighbour, as written in the list, stand where it undoes the word at [begin, end)? */
static bool
has_neighbour(struct gb_str s, size_t begin, size_t end, struct gb_str neighbour)
{
    struct gb_str later = GB_STR("…");

    if (gb_str_starts(neighbour, GB_STR("-")))
        return gb_str_starts(gb_str_skip(s, end), gb_str_skip(neighbour, 1));
    if (gb_str_ends(neighbour, GB_STR("-")))
        return gb_str_ends(gb_str_sub(s, 0, begin), gb_str_sub(neighbour, 0, neighbour.len - 1));
    return gb_str_starts(neighbour, later) &&
           gb_str_has(gb_str_sub(s, end, clause_end(s, end)), gb_str_skip(neighbour, later.len));
}

static bool
is_undone(struct gb_str s, size_t begin, size_t end, struct gb_str undo)
{
    for (size_t at = 0; at < undo.len;) {
        size_t blank = gb_str_find(undo, GB_STR(" "), at), stop = blank == GB_NOT_FOUND ? undo.len : blank;
        if (stop > at && has_neighbour(s, begin, end, gb_str_sub(undo, at, stop)))
            return true;
        at = stop + 1;
    }
    return false;
}

/* Where the word of the entry begins when its core stands at `at`; GB_NOT_FOUND when another word stands there. */
static size_t
place_of(const struct gb_entry *entry, struct gb_str s, size_t at)
{
    if (at < entry->core || !gb_str_starts(gb_str_skip(s, at - entry->core), entry->word))
        return GB_NOT_FOUND;
    size_t begin = at - entry->core;
    return is_undone(s, begin, begin + entry->word.len, entry->undo) ? GB_NOT_FOUND : begin;
}

static uint32_t
first_with(const struct gb_entry *entries, uint32_t n, uint32_t key)
{
    uint32_t low = 0, high = n;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (entries[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Does a word that is no part of [begin, end) hold the core at `at`? */
static bool
is_excluded(const struct gb_entry *entries, uint32_t n, uint32_t key, struct gb_str s, size_t at, size_t begin, size_t end)
{
    for (uint32_t i = first_with(entries, n, key); i < n && entries[i].key == key; i++) {
        size_t place = place_of(&entries[i], s, at);
        if (place != GB_NOT_FOUND && (place < begin || place + entries[i].word.len > end))
            return true;
    }
    return false;
}

/* ── what stands around ────────────────────────────────────────────────── */

/* 的 that is a particle, from `at` on; GB_NOT_FOUND where there is none before `end`. */
static size_t
particle(struct gb_str s, size_t at, size_t end)
{
    static const struct gb_str behind[] = {GB_WORD("的确"), GB_WORD("的士"), GB_WORD("的放矢")};
    static const struct gb_str goods[] = {GB_WORD("的物"), GB_WORD("的额"), GB_WORD("的价"), GB_WORD("的资")}; /* 标的物 */

    for (; (at = gb_str_find(gb_str_sub(s, 0, end), GB_STR("的"), at)) != GB_NOT_FOUND; at += HAN) {
        struct gb_str before = gb_str_sub(s, 0, at);
        struct gb_str from = gb_str_skip(s, at);
        if (!gb_str_ends(before, GB_STR("目")) && !gb_str_starts_any(from, behind, GB_COUNT(behind)) &&
            !(gb_str_ends(before, GB_STR("标")) && gb_str_starts_any(from, goods, GB_COUNT(goods))))
            return at;
    }
    return GB_NOT_FOUND;
}

static bool
starts_with_verb(const struct gb_lexicon *lexicon, struct gb_str s)
{
    return gb_words_start(&lexicon->verbs, s) || gb_words_start(&lexicon->short_verbs, s) ||
           gb_words_start(&lexicon->adverbs, s);
}

/* 是否应, 能否可: a question inside the sentence. */
static bool
is_embedded(struct gb_str before)
{
    static const char *const adverbs[] = {"也", "均", "仍", "还", "都"};
    static const char *const questions[] = {"是否", "能否", "可否", "会否"};

    for (size_t i = 0; i < GB_COUNT(adverbs); i++) {
        if (gb_str_ends(before, gb_str_from(adverbs[i]))) {
            before.len -= HAN;
            break;
        }
    }
    for (size_t i = 0; i < GB_COUNT(questions); i++) {
        if (gb_str_ends(before, gb_str_from(questions[i])))
            return true;
    }
    return false;
}

/* ── attributes ────────────────────────────────────────────────────────── */

/* 应用新的…: verb and adjective of one character each. */
static bool
is_verb_and_adjective(struct gb_str x)
{
    static const struct gb_str adjectives[] = {GB_WORD("新"), GB_WORD("大"), GB_WORD("小"), GB_WORD("高"), GB_WORD("低"),
                                               GB_WORD("旧"), GB_WORD("长"), GB_WORD("短"), GB_WORD("厚"), GB_WORD("薄"),
                                               GB_WORD("同"), GB_WORD("其"), GB_WORD("他")};

    return gb_str_starts_any(gb_str_skip(x, HAN), adjectives, GB_COUNT(adjectives));
}

static bool
is_copula(struct gb_str x)
{
    static const struct gb_str copulas[] = {GB_WORD("是"), GB_WORD("为"), GB_WORD("属")};

    return gb_str_starts_any(x, copulas, GB_COUNT(copulas));
}

/* …资料应完整, …时间见表10: the noun behind 的 has a predicate of its own. */
static bool
has_own_predicate(struct gb_str y)
{
    static const char *const places[] = {"见表", "见图", "见附录", "见第", "见公式", "见3", "见4", "见5", "见6", "见7", "见8", "见9", "见1", "见A", "见B", "见C"};
    static const struct gb_str words[] = {GB_WORD("应"), GB_WORD("宜"), GB_WORD("须")};
    static const struct gb_str joints[] = {GB_WORD("并"), GB_WORD("且"), GB_WORD("也"), GB_WORD("还"), GB_WORD("而"), GB_WORD("相"),
                                           GB_WORD("适"), GB_WORD("响"), GB_WORD("供"), GB_WORD("对"), GB_WORD("反"), GB_WORD("则")};

    for (size_t i = 0; i < GB_COUNT(words); i++) {
        size_t at = gb_str_find(y, words[i], 0);
        if (at == GB_NOT_FOUND || at < HAN)
            continue;
        struct gb_str last = gb_str_sub(y, at - HAN, at);
        if (!gb_str_starts_any(last, joints, GB_COUNT(joints)))
            return true;
    }
    for (size_t i = 0; i < GB_COUNT(places); i++) {
        size_t at = gb_str_find(y, gb_str_from(places[i]), 0);
        if (at != GB_NOT_FOUND && at > 0)
            return true;
    }
    return false;
}

/* The noun behind 的 stands alone: it is not followed by the verb that the modal belongs to. */
static bool
is_bare(const struct gb_lexicon *lexicon, struct gb_str y)
{
    static const char *const places[] = {"内", "中", "上", "下", "间", "前", "后", "处", "外", "时"};

    for (size_t i = 0; i < GB_COUNT(places); i++) {
        if (gb_str_ends(y, gb_str_from(places[i])))
            return false;
    }
    return y.len <= 6 * HAN && !gb_words_end(&lexicon->verbs, y);
}

/* 包括应…的…, 对可能…的…: what stands before the modal takes a noun. */
static bool
is_opened(const struct gb_lexicon *lexicon, struct gb_str before)
{
    for (uint32_t i = 0; i < lexicon->n_openers; i++) {
        const struct gb_entry *opener = &lexicon->openers[i];
        if (gb_str_ends(before, opener->word) &&
            !is_undone(before, before.len - opener->word.len, before.len, opener->undo))
            return true;
    }
    return false;
}

/* x stands between modal and 的, y behind it up to the end of the clause. Is x 的 an attribute? */
static bool
is_attribute(const struct gb_lexicon *lexicon, struct gb_str before, struct gb_str x, struct gb_str y)
{
    static const struct gb_str givers[] = {GB_WORD("由"), GB_WORD("被"), GB_WORD("供"), GB_WORD("向"), GB_WORD("在")};
    size_t verb = gb_words_end(&lexicon->verbs, x), preposition = gb_words_start(&lexicon->prepositions, x), n;

    if (is_copula(x))
        return false;
    if (x.len <= HAN)
        return true;
    if (y.len == 0)
        return verb || !preposition;
    if (has_own_predicate(y))
        return true;
    if (x.len <= 2 * HAN)
        return gb_words_has(&lexicon->verbs, x) ||
               (!preposition && !gb_words_has(&lexicon->adverbs, x) && !(x.len == 2 * HAN && is_verb_and_adjective(x)));
    if (gb_words_has(&lexicon->verbs, x))
        return true;
    if (gb_str_starts(x, GB_STR("供")) && verb)
        return true;
    if (gb_str_starts_any(x, givers, GB_COUNT(givers)))
        return verb && verb + HAN < x.len && is_bare(lexicon, y);
    struct gb_str rest = x;
    while ((n = gb_words_start(&lexicon->adverbs, rest)) > 0 && n < rest.len)
        rest = gb_str_skip(rest, n);
    if (rest.len < x.len && gb_words_has(&lexicon->verbs, rest))
        return true;
    return (!preposition || gb_str_ends(before, GB_STR("了"))) && is_opened(lexicon, before);
}

/* Modal + verb … + 的 + noun: 应达到的要求, 可供选择的方案. But 应按规定的程序办理 is a predicate: its 的 belongs to 规定. */
static bool
is_attributive(const struct gb_lexicon *lexicon, struct gb_str s, size_t begin, size_t end)
{
    size_t stop = clause_end(s, end), de = particle(s, end, stop);

    return de != GB_NOT_FOUND && is_attribute(lexicon, gb_str_sub(s, 0, begin), gb_str_sub(s, end, de),
                                              gb_str_sub(s, de + HAN, stop));
}

/* In a definition: not more than a noun stands behind the last 的 of the clause, and that ends the sentence. */
static bool
is_in_noun(const struct gb_lexicon *lexicon, struct gb_str s, size_t end)
{
    size_t stop = clause_end(s, end), last = GB_NOT_FOUND, de = end;

    while ((de = particle(s, de, stop)) != GB_NOT_FOUND) {
        last = de;
        de += HAN;
    }
    struct gb_str behind = gb_str_skip(s, stop);
    return last != GB_NOT_FOUND && (behind.len == 0 || gb_str_starts(behind, GB_STR("。"))) &&
           is_bare(lexicon, gb_str_sub(s, last + HAN, stop));
}

/* ── words that only sometimes are modals ──────────────────────────────── */

/* 应 + 用 + instrument + verb (分图的编号应用续图×表示), or the word 应用? */
static bool
is_instrument(const struct gb_lexicon *lexicon, struct gb_str s, size_t at)
{
    static const char *const before[] = {"推广", "实际", "广泛", "的", "开发", "移动", "和", "与", "及", "、", "对", "该", "可", "其", "在", "各", "类",
                                         "应", "产品", "工程", "技术", "具体", "用户", "业务", "上层", "第三方", "个", "软件", "网络", "综合"};
    struct gb_str rest = gb_str_sub(s, at + 2 * HAN, clause_end(s, at + 2 * HAN));

    if (gb_words_start(&lexicon->applications, rest))
        return false;
    for (size_t i = 0; i < GB_COUNT(before); i++) {
        if (gb_str_ends(gb_str_sub(s, 0, at), gb_str_from(before[i])))
            return false;
    }
    for (size_t verb = 0, next; verb < rest.len; verb = next) {
        gb_utf8_at(rest, verb, &next);
        if (verb > 0 && gb_words_start(&lexicon->instrument_verbs, gb_str_skip(rest, verb)))
            return true;
    }
    return false;
}

/* 可移植性, 可湿性: one or two characters between 可 and 性, and no word such as 性能 there. */
static bool
is_property(struct gb_str behind)
{
    static const struct gb_str others[] = {GB_WORD("性能"), GB_WORD("性质"), GB_WORD("性别"), GB_WORD("性格"), GB_WORD("性状"), GB_WORD("性命")};

    for (size_t at = HAN; at <= 2 * HAN; at += HAN) {
        struct gb_str rest = gb_str_skip(behind, at);
        if (gb_str_starts(rest, GB_STR("性")))
            return !gb_str_starts_any(rest, others, GB_COUNT(others));
    }
    return false;
}

/* 允许排放量由…, 推荐施肥量见…: a quantity, named in a few characters. */
static bool
names_quantity(struct gb_str s, size_t end)
{
    static const struct gb_str units[] = {GB_WORD("量"), GB_WORD("值"), GB_WORD("限"), GB_WORD("差"), GB_WORD("度"), GB_WORD("力"), GB_WORD("率"),
                                          GB_WORD("数"), GB_WORD("围"), GB_WORD("径"), GB_WORD("速"), GB_WORD("压"), GB_WORD("流"), GB_WORD("载"),
                                          GB_WORD("重"), GB_WORD("距"), GB_WORD("隔")};
    static const struct gb_str behind[] = {GB_WORD("为"), GB_WORD("由"), GB_WORD("见"), GB_WORD("按"), GB_WORD("的"), GB_WORD("是"),
                                           GB_WORD("、"), GB_WORD("不"), GB_WORD("应"), GB_WORD("和"), GB_WORD("及"), GB_WORD("与"), GB_WORD("以")};
    size_t stop = clause_end(s, end);

    for (size_t at = end, next; at < stop && at < end + 6 * HAN; at = next) {
        gb_utf8_at(s, at, &next);
        struct gb_str rest = gb_str_sub(s, next, stop);
        if (gb_str_starts_any(gb_str_skip(s, at), units, GB_COUNT(units)) &&
            (rest.len == 0 || gb_str_starts_any(rest, behind, GB_COUNT(behind))))
            return true;
    }
    return false;
}

/* Is a word that is a noun as well (建议, 允许) a verb here? At the head of a clause it governs a clause of its own. */
static bool
is_verbal(const struct gb_lexicon *lexicon, const struct gb_entry *modal, struct gb_str s, size_t begin, size_t end)
{
    static const struct gb_str openers[] = {GB_WORD("允许"), GB_WORD("准许"), GB_WORD("建议"), GB_WORD("不建议"), GB_WORD("不允许")};
    static const struct gb_str advised[] = {GB_WORD("采用"), GB_WORD("使用"), GB_WORD("选用"), GB_WORD("选择"), GB_WORD("设置"), GB_WORD("采取"),
                                            GB_WORD("优先"), GB_WORD("将"), GB_WORD("按"), GB_WORD("在")};
    struct gb_str behind = gb_str_skip(s, end);

    bool is_advice = gb_str_ends(modal->word, GB_STR("建议"));

    if (!is_advice && !gb_str_starts(behind, GB_STR("有")) && names_quantity(s, end))
        return false;
    if (is_clause_start(s, begin) && gb_str_starts_any(modal->word, openers, GB_COUNT(openers)))
        return clause_end(s, end) > end;
    if (is_advice || gb_str_ends(modal->word, GB_STR("推荐")))
        return gb_str_starts_any(behind, advised, GB_COUNT(advised)) ||
               (is_clause_start(s, begin) && starts_with_verb(lexicon, behind));
    return starts_with_verb(lexicon, behind);
}

/* 警告、禁止、指令标志; 禁止通行标志: a name, no predicate. */
static bool
names_sign(const struct gb_entry *modal, struct gb_str s, size_t end)
{
    static const char *const signs[] = {"标志", "标识", "标线", "信号"};
    struct gb_str clause = gb_str_sub(s, end, clause_end(s, end));

    if (!gb_str_is(modal->word, "禁止") || gb_str_starts(gb_str_skip(s, end), GB_STR("：")))
        return false;
    if (clause.len == 0 || gb_str_starts(clause, GB_STR("、")))
        return true;
    for (size_t i = 0; i < GB_COUNT(signs); i++) {
        size_t at = gb_str_find(clause, gb_str_from(signs[i]), 0);
        if (at != GB_NOT_FOUND && at <= 4 * HAN)
            return true;
    }
    return false;
}

/* 可配置项见表10: what stands at the head of the clause is its subject. */
static bool
is_subject(struct gb_str s, size_t begin, size_t end)
{
    static const struct gb_str places[] = {GB_WORD("见表"), GB_WORD("见图"), GB_WORD("见附"), GB_WORD("见第"), GB_WORD("见公")};
    struct gb_str clause = gb_str_sub(s, end, clause_end(s, end));

    if (!is_clause_start(s, begin))
        return false;
    for (size_t i = 0; i < GB_COUNT(places); i++) {
        size_t at = gb_str_find(clause, places[i], 0);
        if (at != GB_NOT_FOUND && at > HAN && !gb_str_ends(gb_str_sub(clause, 0, at), GB_STR("参")))
            return true;
    }
    return false;
}

/* ── the decision ──────────────────────────────────────────────────────── */

static const struct gb_entry *
longest_modal(const struct gb_core *core, struct gb_str s, size_t floor, size_t at)
{
    for (uint32_t i = 0; i < core->n_modals; i++) {
        size_t begin = place_of(&core->modals[i], s, at);
        if (begin != GB_NOT_FOUND && begin >= floor)
            return &core->modals[i];
    }
    return NULL;
}

const struct gb_entry *
gb_modal_at(const struct gb_lexicon *lexicon, const struct gb_core *core, struct gb_str s, size_t floor, size_t at,
            bool in_definition)
{
    const struct gb_entry *modal = longest_modal(core, s, floor, at);
    size_t other;

    if (!modal)
        return NULL;
    size_t begin = at - modal->core, end = begin + modal->word.len;
    uint32_t next = at + HAN < s.len ? gb_utf8_at(s, at + HAN, &other) : 0, previous = gb_utf8_before(s, at, &other);
    if (is_excluded(core->before, core->n_before, previous, s, at, begin, end))
        return NULL;
    if (gb_str_starts(gb_str_skip(s, at), GB_STR("应用")))
        return is_instrument(lexicon, s, at) ? modal : NULL;
    if (is_excluded(core->behind, core->n_behind, next, s, at, begin, end))
        return NULL;
    if ((modal->needs_verb && !is_verbal(lexicon, modal, s, begin, end)) || names_sign(modal, s, end) ||
        (core->code_point == 0x53EF && (is_property(gb_str_skip(s, at + HAN)) || is_subject(s, begin, end))) ||
        is_embedded(gb_str_sub(s, 0, begin)) || is_attributive(lexicon, s, begin, end) ||
        (in_definition && modal->type < GB_TYPE_REQUIREMENT && is_in_noun(lexicon, s, end)))
        return NULL;
    return modal;
}
