/*
 * What a requirement says besides its modal verb: words that make it a recommendation, words that nobody can measure, 符合 and 遵守:
 * WRD-007 to WRD-010. GB/T 1.1—2020, 9.4.2 and C.1.
 */
#include "check/wording/wording_priv.h"

enum {
    REACH = 200 * GB_HAN, /* a modal farther away governs nothing here */
};

/* ---- The 应 that governs a word ---- */

struct governed {
    const struct gb_sentence *sentence;
    const struct gb_modal *modal;
    struct gb_str between; /* the words from the modal to the word */
    struct gb_str clause;  /* the words of the word's own clause that stand before it, the modal left out */
    struct gb_str behind;  /* what follows the word in its clause */
    bool is_same_clause;   /* no comma between modal and word */
};

static bool
is_requirement_word(struct gb_str word)
{
    return GB_IS_ONE_OF(word, "应", "不应", "应该", "不应该", "应当", "必须", "须");
}

/* The last modal before the word is 应; no other provides between them. */
static bool
is_governed(const struct gb_check *c, const struct gb_found *found, struct governed *out)
{
    const struct gb_sentence *s = gb_sentence_at(c->facts, found->node, found->text, found->begin);
    const struct gb_modal *m = s ? gb_modal_before(c->facts, s, found->begin) : NULL;

    if (!m || !is_requirement_word(m->word) || found->begin - m->end > REACH || !gb_holds_provisions(c, found->node))
        return false;
    out->sentence = s;
    out->modal = m;
    out->between = gb_words_between(c, found->text, m->end, found->begin);
    out->clause = gb_last_clause(out->between);
    out->behind = gb_first_clause(gb_words_behind(c, s, found->end));
    out->is_same_clause = out->clause.len == out->between.len;
    return true;
}

/* Takes words off the front of s as long as it begins with one of them. */
static struct gb_str
without(struct gb_str s, const struct gb_str *words, size_t n)
{
    size_t len;

    while ((len = gb_any_at_start(s, words, n)) > 0)
        s = gb_str_skip(s, len);
    return s;
}

GB_WORDS(joints, "并且", "并", "且", "和", "及", "与", "、", "或", "同时", "而");
GB_WORDS(adverbs, "在", "严格", "首先", "同时", "均", "都", "也", "注意", "予以", "加以", "进行", "给予", "得到",
         "尽可能", "尽量", "充分", "优先", "全面", "综合", "重点", "主动", "切实", "认真", "更", "再", "分别", "力求",
         "做到", "力", "还");

/* ---- WRD-007: 应 with 尽可能, 考虑, 避免 ---- */

static bool
opens_phrase(struct gb_str between)
{
    GB_WORDS(prepositions, "按", "根据", "依据", "在", "对", "从", "将", "把", "就", "结合", "由", "以", "为", "向",
             "与");

    return GB_STARTS_ANY(between, prepositions);
}

/* Does the word stand where the verb of the requirement stands: behind 应, behind an adverb or a phrase, or at the head of a clause of its own? */
static bool
is_predicate(const struct governed *g)
{
    if (!g->is_same_clause)
        return without(g->clause, joints, GB_COUNT(joints)).len == 0;
    return without(g->clause, adverbs, GB_COUNT(adverbs)).len == 0 || opens_phrase(g->clause) ||
           GB_ENDS_ANY(g->clause, joints);
}

/* 考虑因素, 考虑的…: a noun; 避免…的措施: an attribute. */
static bool
is_noun(struct gb_str word, struct gb_str behind)
{
    return gb_str_ends(word, GB_STR("考虑")) && GB_STARTS_WITH(behind, "的", "因素", "事项", "范围", "之", "周");
}

/* 应轻放，避免碰撞 and 应包好，防止受潮并避免碰撞 tell an aim; 应轻放，并避免碰撞 and 应避免碰撞 require it. */
static bool
is_aim(struct gb_str word, const struct governed *g)
{
    return gb_str_is(word, "避免") && !g->is_same_clause &&
           (g->clause.len == 0 || gb_str_has(g->between, GB_STR("，防止")));
}

static bool
is_softened(struct gb_str word, const struct governed *g)
{
    if (is_noun(word, g->behind) || is_aim(word, g))
        return false;
    if (g->is_same_clause && GB_STARTS_WITH(word, "尽可能", "尽量", "尽力", "慎重"))
        return true;
    return is_predicate(g);
}

/* Bytes of the text that the last finding of a rule covers: one finding for one 应. */
struct last {
    const struct gb_modal *modal;
    const struct gb_node *node;
};

static void
report_softened(struct gb_check *c, const struct gb_found *found, const struct governed *g, struct gb_str word)
{
    struct gb_at at = gb_at_found(found);
    struct gb_at modal = gb_at_part(found->text, g->modal->begin, g->modal->end);
    bool is_near = g->is_same_clause && g->between.len <= 4 * GB_HAN;
    struct gb_finding *f = gb_report(c, is_near ? gb_at_part(found->text, g->modal->begin, found->end) : at,
                                     found->node, GB_ARGS(word, g->modal->word));

    if (!is_near)
        gb_also(c, f, modal, gb_say(c, "表示要求的词", "the word that makes it a requirement"));
    gb_fix(c, f, modal.span, gb_str_starts(g->modal->word, GB_STR("不")) ? GB_STR("不宜") : GB_STR("宜"));
}

/* Source: GB/T 1.1—2020, 9.4.2.2. */
static void
hit_soft_word(struct gb_check *c, const struct gb_found *found)
{
    static const char key;
    struct last *last = gb_check_shared(c, &key, sizeof(*last));
    struct gb_str word = gb_found_str(found);
    struct governed g;

    if (!is_governed(c, found, &g) || g.modal == last->modal || !is_softened(word, &g))
        return;
    last->modal = g.modal;
    report_softened(c, found, &g, word);
}

/* ---- WRD-008: 应 with 一般, 通常, 原则上 ---- */

/* 一般人员, 通常的: an adjective. 一般情况下 is told from the adverb by its case. */
static bool
is_adverb(struct gb_str word, struct gb_str behind, bool is_before_modal)
{
    GB_WORDS(verbs, "按", "由", "在", "为", "不", "采用", "使用", "设", "每", "以", "从", "控制", "取", "选", "高于",
             "低于", "大于", "小于", "超过", "少于", "放", "安", "布置", "位于", "配", "保持");

    if (behind.len == 0)
        return true; /* 原则上，应…; or the modal follows at once */
    if (!gb_str_is(word, "一般") && is_before_modal)
        return !gb_str_starts(behind, GB_STR("的"));
    return GB_STARTS_ANY(behind, verbs);
}

/* The length of 情况下 at the start; 0: it is not there. */
static size_t
situation_at(struct gb_str behind)
{
    GB_WORDS(words, "情况下", "情况", "条件下", "情形下");

    return GB_START(behind, words);
}

/* Words from the end of the hit to the 应 behind it in the same clause, one comma right behind the word allowed; false: there is none. */
static bool
has_modal_behind(const struct gb_check *c, const struct gb_found *found, const struct gb_sentence *s,
                 const struct gb_modal **out_modal, struct gb_str *out_between)
{
    const struct gb_modal *m = gb_modal_from(c->facts, s, found->end);

    if (!m || !is_requirement_word(m->word) || m->begin - found->end > REACH)
        return false;
    struct gb_str between = gb_words_between(c, found->text, found->end, m->begin);
    if (gb_str_starts(between, GB_STR("，")))
        between = gb_str_skip(between, GB_HAN);
    *out_modal = m;
    *out_between = between;
    size_t situation = situation_at(between), comma = strlen("，");
    if (situation && gb_str_starts(gb_str_skip(between, situation), GB_STR("，"))) /* 一般情况下，应… */
        return gb_last_clause(gb_str_skip(between, situation + comma)).len == between.len - situation - comma;
    return gb_last_clause(between).len == between.len;
}

static void
report_general(struct gb_check *c, const struct gb_found *found, const struct gb_modal *modal, const char *which)
{
    struct gb_str word = gb_found_str(found);
    struct gb_at at = gb_at_part(found->text, modal->begin, modal->end);
    struct gb_finding *f = gb_report_case(c, which, gb_at_found(found), found->node, GB_ARGS(word, modal->word));

    gb_also(c, f, at, gb_say(c, "表示要求的词", "the word that makes it a requirement"));
    gb_fix(c, f, at.span, gb_str_starts(modal->word, GB_STR("不")) ? GB_STR("不宜") : GB_STR("宜"));
}

/* Source: GB/T 1.1—2020, 9.4.2.3. */
static void
hit_general_word(struct gb_check *c, const struct gb_found *found)
{
    const struct gb_sentence *s = gb_sentence_at(c->facts, found->node, found->text, found->begin);
    struct gb_str word = gb_found_str(found), between;
    const struct gb_modal *modal;
    struct governed g;

    if (!s || !gb_holds_provisions(c, found->node))
        return;
    if (has_modal_behind(c, found, s, &modal, &between)) {
        if (situation_at(between))
            report_general(c, found, modal, "situation");
        else if (is_adverb(word, between, true))
            report_general(c, found, modal, NULL);
    } else if (is_governed(c, found, &g) && g.clause.len == 0 && g.is_same_clause && !situation_at(g.behind) &&
               is_adverb(word, g.behind, false)) {
        report_general(c, found, g.modal, NULL);
    }
}

/* ---- WRD-009: what nobody can measure ---- */

/* Words of the entry, each with what it may be in a sentence. */
enum quality {
    QUALITY_STRONG,   /* a predicate that tells nothing: 科学, 合理 */
    QUALITY_WEAK,     /* one that a look may decide: 清晰, 良好; told for information when it stands alone */
    QUALITY_VERB,     /* 便于: the verb that follows is its object */
    QUALITY_ABSTRACT, /* 可操作性, behind 具有 */
    QUALITY_PHRASE,   /* 有效措施 */
    QUALITY_ADVERB,   /* 有效 before a verb: 应有效防止…; 证件应有效 can be told */
    QUALITY_NONE,
};

static enum quality
quality_of(struct gb_check *c, const struct gb_found *found)
{
    GB_WORDS(names, "strong", "weak", "verb", "abstract", "phrase", "adverb");
    const struct gb_str *pairs;
    size_t n = gb_param_words(c, "words", &pairs);

    for (size_t q = 0; found->word < n && q < GB_COUNT(names); q++) {
        if (gb_str_eq(pairs[2 * found->word + 1], names[q]))
            return (enum quality)q;
    }
    return QUALITY_NONE;
}

/* Takes vague words, adverbs and what joins them off both ends as long as there are any. */
static struct gb_str
without_qualities(struct gb_check *c, struct gb_str s, bool from_start, size_t *out_n)
{
    const struct gb_str *pairs;
    size_t n = gb_param_words(c, "words", &pairs), len = 1;

    while (s.len && len) {
        len = from_start ? gb_any_at_start(s, joints, GB_COUNT(joints)) : GB_END(s, joints);
        if (len && from_start && gb_str_starts(s, GB_STR("及时"))) /* no 及 */
            len = 0;
        for (size_t i = 0; !len && i < n; i++) {
            struct gb_str word = pairs[2 * i];
            if (from_start ? gb_str_starts(s, word) : gb_str_ends(s, word)) {
                len = word.len;
                ++*out_n;
            }
        }
        s = from_start ? gb_str_skip(s, len) : gb_str_sub(s, 0, s.len - len);
    }
    return s;
}

/* Has s at `at` one of the words of a document or a part of it: 附录, 《, 见? 意见 and 可见 are other words. */
static bool
names_part(struct gb_str s, size_t at, uint32_t c)
{
    switch (c) {
    case 0x300A: /* 《 */
        return true;
    case 0x9644: /* 附 */
        return gb_str_starts(gb_str_skip(s, at), GB_STR("附录"));
    case 0x89C1: /* 见 */
        return !GB_ENDS_WITH(gb_str_sub(s, 0, at), "意", "可", "常") &&
               !GB_STARTS_WITH(gb_str_skip(s, at), "见证", "见习", "见面");
    default:
        return false;
    }
}

/* A number (of tables, clauses and documents too), an annex, a title. */
static bool
holds_measure(struct gb_str s)
{
    for (size_t at = 0, next; at < s.len; at = next) {
        uint32_t c = gb_utf8_at(s, at, &next);
        if (gb_is_digit(c) || names_part(s, at, c))
            return true;
    }
    return false;
}

/*
 * Does the sentence give a measure of what the word asks for? What another clause before the word measures is something else where the
 * word's own clause has the modal, or the word is a phrase: 间距应为50 mm，布局应合理; 每月检查1次，并采取有效措施. So is what has a modal of its
 * own behind it: 布局应合理，间距应为50 mm.
 */
static bool
is_measured(const struct gb_check *c, const struct gb_found *found, const struct governed *g, enum quality quality)
{
    if (!g->is_same_clause && quality != QUALITY_PHRASE)
        return holds_measure(gb_words_behind(c, g->sentence, g->sentence->begin));
    const struct gb_modal *next = gb_modal_from(c->facts, g->sentence, found->end);
    struct gb_str behind =
        next ? gb_words_between(c, found->text, found->end, next->begin) : gb_words_behind(c, g->sentence, found->end);
    return holds_measure(gb_last_clause(gb_words_before(c, g->sentence, found->begin))) || holds_measure(behind);
}

/* The subject may be looked at: 标志应清晰 can be judged by anyone. */
static bool
is_visible(struct gb_check *c, const struct governed *g)
{
    return gb_param_has(c, "visible", gb_words_before(c, g->sentence, g->modal->begin));
}

/* Behind 应 directly, behind 注意, 做到 and a noun, behind other such words, or at the head of a clause joined by 并. */
static bool
is_quality_place(struct gb_check *c, const struct governed *g, size_t *out_n)
{
    GB_WORDS(verbs, "注意", "做到", "保持", "力求", "确保", "保证", "达到");
    struct gb_str rest = without_qualities(c, g->clause, false, out_n),
                  bare = without(rest, adverbs, GB_COUNT(adverbs));

    if (bare.len == 0)
        return true;
    if (!g->is_same_clause)
        return false;
    size_t verb = gb_any_at_start(rest, verbs, GB_COUNT(verbs));
    return verb && rest.len - verb <= 6 * GB_HAN && !gb_str_has(rest, GB_STR("的"));
}

static bool
is_verb_behind(struct gb_check *c, struct gb_str behind)
{
    return gb_str_starts(behind, GB_STR("地")) || gb_words_start(gb_param_set(c, "verbs"), behind) > 0;
}

/* 应合理X: what stands behind a manner that the modal governs is a verb, whichever it is; 的 would make a noun of it. */
static bool
is_manner(const struct governed *g, struct gb_str word)
{
    return g->is_same_clause && without(g->clause, adverbs, GB_COUNT(adverbs)).len == 0 &&
           GB_IS_ONE_OF(word, "合理", "科学") && gb_str_han_length(g->behind) > 1 &&
           !gb_str_has(g->behind, GB_STR("的"));
}

/* 应有足够的强度, 应有良好的防松性能: the attribute of all that is said. */
static bool
is_enough_of(const struct governed *g, struct gb_str word)
{
    GB_WORDS(holders, "具有", "具备", "有", "留有", "保证", "保持");
    GB_WORDS(qualities, "较好", "较强", "优良", "优异", "足够", "良好", "合理", "合适", "充分",
             "较为"); /* 适当的 is WRD-015 */

    return gb_any_at_start(word, qualities, GB_COUNT(qualities)) == word.len && g->is_same_clause &&
           gb_str_starts(g->behind, GB_STR("的")) &&
           gb_any_at_start(g->clause, holders, GB_COUNT(holders)) == g->clause.len && g->clause.len > 0;
}

/* Does the clause end with the word, or with others like it? 的 makes it an attribute, a verb an adverb. */
static bool
is_vague(struct gb_check *c, const struct governed *g, struct gb_str word, enum quality quality, size_t *out_n)
{
    *out_n = 1;
    switch (quality) {
    case QUALITY_PHRASE:
        return true;
    case QUALITY_ABSTRACT: {
        struct gb_str clause = without(g->clause, joints, GB_COUNT(joints));
        return GB_STARTS_WITH(clause, "具有", "具备", "有", "体现", "保持", "注重", "确保") &&
               !gb_str_starts(g->behind, GB_STR("的"));
    }
    case QUALITY_VERB:
        return is_quality_place(c, g, out_n) && g->behind.len > 0 && !gb_str_has(g->behind, GB_STR("的"));
    case QUALITY_ADVERB:
        return is_quality_place(c, g, out_n) && is_verb_behind(c, g->behind);
    default:
        break;
    }
    struct gb_str rest = without_qualities(c, g->behind, true, out_n);
    if (!is_quality_place(c, g, out_n))
        return false;
    struct gb_str taken = gb_str_sub(g->behind, 0, g->behind.len - rest.len); /* 简洁美观、操作方便 */
    return rest.len == 0 || (*out_n > 1 && gb_str_ends(taken, GB_STR("、"))) ||
           (quality == QUALITY_STRONG && gb_str_starts(g->behind, GB_STR("、"))) ||
           (quality == QUALITY_STRONG && !GB_IS_ONE_OF(word, "足够", "健全") && rest.len == g->behind.len &&
            (is_verb_behind(c, rest) || is_manner(g, word))) ||
           (rest.len < g->behind.len && gb_str_starts(rest, GB_STR("地"))) || gb_str_is(word, "较为") ||
           (gb_str_is(word, "足够") && !gb_str_starts(rest, GB_STR("的")) && rest.len <= 4 * GB_HAN);
}

/* Source: GB/T 1.1—2020, C.1; 2009, 6.3.1.3. Once for a paragraph or item. */
static void
hit_quality(struct gb_check *c, const struct gb_found *found)
{
    static const char key;
    struct last *last = gb_check_shared(c, &key, sizeof(*last));
    struct gb_str word = gb_found_str(found);
    struct governed g;
    size_t n;

    if (last->node == found->node || !is_governed(c, found, &g))
        return;
    enum quality quality = quality_of(c, found);
    bool is_share = is_enough_of(&g, word);
    if (gb_str_starts(g.modal->word, GB_STR("不")) || !(is_vague(c, &g, word, quality, &n) || is_share) ||
        is_measured(c, found, &g, quality))
        return;
    bool is_weak = is_share || quality == QUALITY_ADVERB || (quality == QUALITY_WEAK && (n < 2 || is_visible(c, &g)));
    last->node = found->node;
    gb_report_case(c, is_weak ? "weak" : NULL, gb_at_found(found), found->node, GB_ARGS(word));
}

/* ---- WRD-010: people obey, things conform ---- */

/* 的规定, 《…法》: what can be obeyed; 下列要求, 以下条件 are qualities, which people have as well. */
static bool
names_rule(struct gb_str behind)
{
    return !GB_HAS_ONE_OF(behind, "下列", "以下", "如下", "条件") &&
           GB_HAS_ONE_OF(behind, "规定", "法律", "法规", "制度", "规则", "守则", "纪律", "规程", "》");
}

/* 数据提供单位: a body, and no unit of measurement. */
static bool
is_body(struct gb_str subject)
{
    GB_WORDS(units, "计量单位", "量单位", "量的单位", "货币单位", "基本单位", "时间单位", "长度单位", "法定单位",
             "数据单位", "统计单位", "换算单位", "数值单位", "的单位", "和单位", "与单位", "及单位", "符号单位");

    return gb_str_ends(subject, GB_STR("单位")) && subject.len > strlen("单位") && !GB_ENDS_ANY(subject, units);
}

/* Source: GB/T 1.1—2020, 9.4.2.1. */
static void
hit_comply(struct gb_check *c, const struct gb_found *found)
{
    GB_WORDS(links, "均", "都", "也", "还");
    const struct gb_sentence *s = gb_sentence_at(c->facts, found->node, found->text, found->begin);
    const struct gb_modal *m = s ? gb_modal_from(c->facts, s, found->begin) : NULL;
    bool conforms = gb_str_ends(gb_str_sub(found->str, 0, found->match.end), GB_STR("符合"));
    const struct gb_str *subjects;
    size_t n = gb_param_words(c, conforms ? "people" : "things", &subjects);

    if (!m || m->begin != found->begin || !gb_holds_provisions(c, found->node))
        return;
    struct gb_str subject = gb_last_clause(gb_words_before(c, s, found->begin));
    subject.len -= GB_END(subject, links);
    if ((!gb_str_ends_any(subject, subjects, n) && !(conforms && is_body(subject))) ||
        (conforms && !names_rule(gb_words_behind(c, s, found->end))))
        return;
    size_t verb = found->end - 2 * GB_HAN;
    struct gb_str word = conforms ? GB_STR("符合") : GB_STR("遵守"), by = conforms ? GB_STR("遵守") : GB_STR("符合");
    if (!gb_str_starts(gb_str_skip(found->text->str, verb), word))
        return; /* a line break inside the word */
    struct gb_at at = gb_at_part(found->text, verb, found->end);
    struct gb_finding *f =
        gb_report_case(c, conforms ? "people" : "things", at, found->node, GB_ARGS(word, by, subject));
    gb_fix(c, f, at.span, by);
}

const struct gb_check_def gb_requirement_checks[] = {
    {.name = "soft-requirement", .hit = hit_soft_word, .params = GB_SEARCH_PARAMS "words:words"},
    {.name = "general-requirement",
     .hit = hit_general_word,
     .cases = "situation",
     .params = GB_SEARCH_PARAMS "words:words"},
    {.name = "vague-requirement",
     .hit = hit_quality,
     .cases = "weak",
     .params = GB_SEARCH_PARAMS "words:pairs verbs:words visible:words"},
    {.name = "comply-or-conform",
     .hit = hit_comply,
     .cases = "people things",
     .params = GB_SEARCH_PARAMS "words:words people:words things:words"},
    {0},
};
