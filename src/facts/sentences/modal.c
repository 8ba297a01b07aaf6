/*
 * The modal engine: which 应, 宜, 可 … of a text are modal verbs and predicates. Words in which the character is
 * no modal come from the lists.
 */
#include "facts/sentences/modal_priv.h"

#include "facts/sentences/act_priv.h"

#include "base/sort.h"
#include "text/utf8.h"

/* A place at which a modal may stand, and what is around it. */
struct site {
    struct gb_str s;
    size_t at;               /* of the core character */
    size_t begin, end;       /* of the modal */
    struct gb_clause clause; /* behind the modal */
};

/* ── words ─────────────────────────────────────────────────────────────── */

/* Where the word of the entry begins when its core stands at `at`; GB_NOT_FOUND when another word stands there. */
static size_t
place_of(const struct gb_entry *entry, struct gb_str s, size_t at)
{
    if (at < entry->core || !gb_str_starts(gb_str_skip(s, at - entry->core), gb_rel_str(&entry->word)))
        return GB_NOT_FOUND;
    size_t begin = at - entry->core;
    return entry->undo.n && gb_is_undone(s, begin, begin + entry->word.n, gb_rel_str(&entry->undo)) ? GB_NOT_FOUND
                                                                                                    : begin;
}

/* previous and next: the characters around the core. */
static const struct gb_entry *
longest_modal(const struct gb_core *core, struct gb_str s, size_t floor, size_t at, uint32_t previous, uint32_t next)
{
    const struct gb_entry *modals = gb_rel_at(&core->modals.items);

    GB_EACH(const struct gb_entry, modal, modals, core->modals.items.n) {
        if (modal->key && modal->key != (modal->core ? previous : next))
            continue;
        size_t begin = place_of(modal, s, at);
        if (begin != GB_NOT_FOUND && begin >= floor)
            return modal;
    }
    return NULL;
}

/* Does a word that is no part of the modal hold its core? */
static bool
is_excluded(const struct gb_entries *entries, uint32_t key, const struct site *site)
{
    const struct gb_entry *items = gb_rel_at(&entries->items);
    uint32_t n = entries->items.n;

    if (!(entries->keys >> (key & 0x3F) & 1))
        return false;
    GB_SEEK(uint32_t, i, n, items[i].key < key);
    for (; i < n && items[i].key == key; i++) {
        size_t place = place_of(&items[i], site->s, site->at);
        if (place != GB_NOT_FOUND && (place < site->begin || place + items[i].word.n > site->end))
            return true;
    }
    return false;
}

/* ── words that only sometimes are modals ──────────────────────────────── */

static struct gb_str
before(const struct site *site)
{
    return gb_str_sub(site->s, 0, site->begin);
}

static struct gb_str
behind(const struct site *site)
{
    return gb_str_skip(site->s, site->end);
}

/* 应 + 用 + instrument + verb (分图的编号应用续图×表示), or the word 应用? */
static bool
is_instrument(const struct gb_lexicon *lexicon, const struct site *site)
{
    struct gb_str rest = gb_str_sub(site->s, site->end + GB_HAN, site->clause.end);

    if (site->begin < site->at) /* 不应用于… */
        return true;
    if (gb_words_start(gb_rel_at(&lexicon->applications), rest) ||
        gb_words_end(gb_rel_at(&lexicon->appliers), before(site)))
        return false;
    if (gb_str_ends(rest, GB_STR("法进行")) || gb_str_ends(rest, GB_STR("式进行"))) /* 应用湿法进行。 */
        return true;
    for (size_t verb = 0, next; verb < rest.len; verb = next) {
        gb_utf8_at(rest, verb, &next);
        if (verb > 0 && gb_words_start(gb_rel_at(&lexicon->instrument_verbs), gb_str_skip(rest, verb)))
            return true;
    }
    return false;
}

/* 可移植性, 可湿性: one or two characters between 可 and 性, and no word such as 性能 there; 可折式, 可拆卸式: a verb before 式. */
static bool
is_property(const struct gb_lexicon *lexicon, struct gb_str rest)
{
    for (size_t at = GB_HAN; at <= 2 * GB_HAN; at += GB_HAN) {
        struct gb_str from = gb_str_skip(rest, at);
        if (gb_str_starts(from, GB_STR("性")))
            return !gb_begins(&lexicon->modal_property_others, from);
        if (gb_str_starts(from, GB_STR("式")) && !gb_words_start(gb_rel_at(&lexicon->prepositions), rest) &&
            (at == GB_HAN || gb_words_has(gb_rel_at(&lexicon->verbs), gb_str_sub(rest, 0, at))))
            return true;
    }
    return false;
}

/* 可配置项见表10, 可通行地沟是…: what stands at the head of the clause is its subject. */
static bool
is_subject(const struct gb_lexicon *lexicon, const struct site *site)
{
    struct gb_str clause = gb_str_sub(site->s, site->end, site->clause.end);

    if (!gb_is_clause_start(site->s, site->begin))
        return false;
    for (size_t at = 0, last = 0; at < clause.len; last = at, gb_utf8_at(clause, at, &at)) {
        if (at > GB_HAN && gb_begins(&lexicon->modal_topic_places, gb_str_skip(clause, at)) &&
            !gb_str_starts(gb_str_skip(clause, last), GB_STR("参")))
            return true;
        if (at > 2 * GB_HAN && site->begin == 0 && site->end + at < site->clause.de &&
            gb_begins(&lexicon->topic_copulas, gb_str_skip(clause, at)) &&
            !gb_begins(&lexicon->topic_others, gb_str_skip(clause, at)) &&
            !gb_begins(&lexicon->topic_changes, gb_str_skip(clause, last)))
            return true;
    }
    return false;
}

/* The last character of the name of a quantity: 范围, 温度, 时间. */
static bool
ends_quantity(const struct gb_lexicon *lexicon, struct gb_str s)
{
    size_t bound = gb_words_end(gb_rel_at(&lexicon->modal_quantity_bounds), s);

    return gb_ends(&lexicon->modal_quantity_ends, gb_str_sub(s, 0, s.len - bound));
}

/*
 * 可伸缩看台的踏步宽度为…, 应建档案的名录由…: the sentence begins with an attribute, and its short noun has a predicate of its own.
 * The attribute may be longer where what follows is what a quantity is: 可借出新旧图书的册数范围至少为…. Not behind a preposition, nor
 * behind a verb that takes a clause.
 */
static bool
opens_subject(const struct gb_lexicon *lexicon, const struct site *site, bool is_permit)
{
    enum { LONGEST = 7 * GB_HAN, LONGEST_OF_QUANTITY = 16 * GB_HAN };
    const struct gb_rel *predicates = is_permit ? &lexicon->modal_topic_predicates : &lexicon->modal_topic_duties;
    struct gb_str x = gb_str_sub(site->s, site->end, site->clause.de);

    if (site->begin > 0 || site->clause.de == GB_NOT_FOUND || site->clause.de != site->clause.last_de ||
        x.len > LONGEST_OF_QUANTITY ||
        (gb_words_start(gb_rel_at(&lexicon->prepositions), x) && !gb_str_starts(x, GB_STR("用于"))) ||
        gb_begins(&lexicon->topic_takers, x))
        return false;
    struct gb_str y = gb_str_sub(site->s, site->clause.de + GB_HAN, site->clause.end);
    for (size_t at = 0, last = 0; at < y.len && at <= LONGEST; last = at, gb_utf8_at(y, at, &at)) {
        if (x.len > LONGEST && !(is_permit && gb_str_starts(gb_str_skip(y, at), GB_STR("为")) &&
                                 ends_quantity(lexicon, gb_str_sub(y, 0, at))))
            continue;
        if (at >= 2 * GB_HAN && gb_begins(predicates, gb_str_skip(y, at)) &&
            !gb_begins(&lexicon->topic_others, gb_str_skip(y, at)) &&
            !gb_begins(&lexicon->topic_changes, gb_str_skip(y, last)))
            return true;
    }
    return false;
}

/* 应办未办, 应收尽收, 宜林则林: set phrases of one verb said twice. */
static bool
is_doubled(const struct gb_lexicon *lexicon, const struct site *site)
{
    struct gb_str rest = behind(site);

    return rest.len >= 3 * GB_HAN && gb_begins(&lexicon->modal_doubled_links, gb_str_skip(rest, GB_HAN)) &&
           gb_str_starts(gb_str_skip(rest, 2 * GB_HAN), gb_str_sub(rest, 0, GB_HAN));
}

/* 应收港杂费按月结算, 应补水量按…: a sum or an amount, the subject of the sentence. */
static bool
names_sum(const struct gb_lexicon *lexicon, const struct site *site)
{
    struct gb_str rest = gb_str_sub(site->s, site->end, site->clause.end), object = gb_str_skip(rest, GB_HAN);

    if (site->begin > 0 || !gb_begins(&lexicon->sum_acts, rest) || gb_begins(&lexicon->sum_acted, object))
        return false;
    for (size_t at = 0, next; at < object.len && at <= 6 * GB_HAN; at = next) {
        gb_utf8_at(object, at, &next);
        if (gb_begins(&lexicon->sum_names, gb_str_skip(object, at)) &&
            gb_begins(&lexicon->sum_predicates, gb_str_skip(object, next)))
            return true;
    }
    return false;
}

/* 实到人数与应到人数之比, 占应检样品数的比例: what is divided by. */
static bool
names_divisor(const struct gb_lexicon *lexicon, const struct site *site)
{
    struct gb_str rest = gb_str_sub(site->s, site->end, site->clause.end);

    if (!gb_ends(&lexicon->ratio_links, before(site)))
        return false;
    for (size_t at = 0; at < rest.len; gb_utf8_at(rest, at, &at)) {
        if (gb_begins(&lexicon->ratio_ends, gb_str_skip(rest, at)))
            return true;
    }
    return false;
}

/* 允许排放量由…, 推荐施肥量见…: a quantity, named in a few characters. 允许延长时间 is a clause of its own. */
static bool
names_quantity(const struct gb_lexicon *lexicon, const struct site *site)
{
    struct gb_str clause = gb_str_sub(site->s, site->end, site->clause.end);
    bool opens = gb_is_clause_start(site->s, site->begin) &&
                 (site->begin > 0 || gb_str_starts(gb_str_skip(site->s, site->clause.end), GB_STR("，")));

    for (size_t at = 0, next; at < clause.len && at < 6 * GB_HAN; at = next) {
        gb_utf8_at(clause, at, &next);
        struct gb_str rest = gb_str_skip(clause, next);
        struct gb_str until = gb_str_sub(clause, 0, next);
        if (gb_ends(&lexicon->instructions, until)) /* verbs */
            continue;
        if (gb_ends(&lexicon->modal_quantity_tails, until) &&
            ((rest.len == 0 && !opens) || (rest.len && rest.ptr[0] >= '0' && rest.ptr[0] <= '9') ||
             gb_begins(&lexicon->modal_quantity_joints, rest)))
            return true;
    }
    return false;
}

static bool
starts_with_verb(const struct gb_lexicon *lexicon, struct gb_str s)
{
    return gb_words_start(gb_rel_at(&lexicon->verbs), s) || gb_words_start(gb_rel_at(&lexicon->short_verbs), s) ||
           gb_words_start(gb_rel_at(&lexicon->adverbs), s);
}

/* 遗物允许家属当日领取, 推荐赛前2 h开启空调: words follow that are no name (允许缺陷见表3, 允许温升80 K). */
static bool
governs_clause(const struct gb_lexicon *lexicon, const struct site *site, bool needs_verb)
{
    enum { SHORTEST = 4 };
    struct gb_str clause = gb_str_sub(site->s, site->end, site->clause.end);
    size_t n_han = 0;
    bool has_verb = false;

    if (gb_str_ends(clause, GB_STR("时")) || gb_str_ends(clause, GB_STR("后")) ||
        gb_str_ends(before(site), GB_STR("的")) || gb_str_ends(before(site), GB_STR("及")) ||
        gb_str_ends(before(site), GB_STR("和")))
        return false;
    for (size_t at = 0, next; at < clause.len; at = next) {
        struct gb_str rest = gb_str_skip(clause, at);
        n_han += gb_utf8_at(clause, at, &next) >= 0x4E00;
        if (gb_begins(&lexicon->permit_copulas, rest))
            return false;
        has_verb |= at > 0 && gb_words_start(gb_rel_at(&lexicon->verbs), rest) > 0;
    }
    return n_han >= SHORTEST && (has_verb || !needs_verb);
}

/* Is a word that is a noun as well (建议, 允许) a verb here? At the head of a clause it governs a clause of its own. */
static bool
is_verbal(const struct gb_lexicon *lexicon, const struct gb_entry *modal, const struct site *site)
{
    GB_WORDS(extremes, "最长", "最短", "最大", "最小", "最高", "最低", "最多", "最少"); /* 最长允许时间: a quantity */
    struct gb_str word = gb_rel_str(&modal->word);
    bool is_advice = gb_str_ends(word, GB_STR("建议")), is_start = gb_is_clause_start(site->s, site->begin);

    if (gb_str_is(word, "要"))
        return gb_begins(&lexicon->modal_want_objects, behind(site));
    if (GB_ENDS_ANY(before(site), extremes))
        return false;
    if (!is_advice && !gb_str_starts(behind(site), GB_STR("有")) && names_quantity(lexicon, site))
        return false;
    if (is_start && gb_begins(&lexicon->modal_verbal_heads, word))
        return site->clause.end > site->end;
    if (is_advice || gb_str_ends(word, GB_STR("推荐")))
        return modal->is_negative || gb_begins(&lexicon->advised, behind(site)) ||
               (is_start && !gb_act_is_subject(lexicon, behind(site)) && /* 推荐检定点见表1 */
                (starts_with_verb(lexicon, behind(site)) || governs_clause(lexicon, site, true)));
    struct gb_str clause = gb_str_sub(site->s, site->end, site->clause.end);
    return starts_with_verb(lexicon, behind(site)) ||
           (gb_str_ends(word, GB_STR("不需")) && !gb_str_has(clause, GB_STR("的")) &&
            gb_words_end(gb_rel_at(&lexicon->verbs), clause) > GB_HAN) ||
           (gb_str_ends(word, GB_STR("允许")) && site->begin > 0 && governs_clause(lexicon, site, false));
}

/* 来自禁止采捕区, 禁止采捕期应…, 禁止停车区为黄色: a zone or a time that two characters name, and what governs the name. */
static bool
names_zone(const struct gb_lexicon *lexicon, const struct site *site)
{
    struct gb_str zone = gb_str_skip(gb_str_sub(site->s, site->end, site->clause.end), 2 * GB_HAN);
    size_t len = gb_words_start(gb_rel_at(&lexicon->modal_zones), zone);
    struct gb_str then = gb_str_skip(zone, len);

    return len && (gb_ends(&lexicon->prepositions, before(site)) || gb_ends(&lexicon->instructions, before(site)) ||
                   gb_begins(&lexicon->attr_modals, then) || gb_begins(&lexicon->modal_topic_predicates, then) ||
                   GB_STARTS_WITH(then, "不", "可"));
}

/* 警告、禁止、指令标志; 禁止通行标志: a name, no predicate. */
static bool
names_sign(const struct gb_lexicon *lexicon, const struct site *site)
{
    struct gb_str clause = gb_str_sub(site->s, site->end, site->clause.end);

    if (gb_str_starts(behind(site), GB_STR("：")))
        return false;
    if (clause.len == 0 || gb_str_starts(clause, GB_STR("、")))
        return true;
    for (size_t at = 0; at < clause.len && at <= 4 * GB_HAN; gb_utf8_at(clause, at, &at)) {
        if (gb_begins(&lexicon->modal_signs, gb_str_skip(clause, at)))
            return true;
    }
    return false;
}

/*
 * 黄色实线表示禁止跨越，即车辆不可越线; …，表示除公交车外，其他车辆不得进入: what a line or a light says to those who see it, not the draft.
 */
static bool
is_said_by_sign(const struct site *site, bool forbids)
{
    enum { REACH = 60 * GB_HAN };
    GB_WORDS(verbs, "表示", "标示");
    GB_WORDS(nouns, "的", "方法", "方式", "形式", "为", "内容", "法");
    struct gb_str words = gb_utf8_tail(before(site), REACH);
    size_t at = GB_NOT_FOUND;

    GB_EACH_FOUND(found, words, GB_STR("表示"), 0)
        at = found;
    if (forbids && GB_ENDS_ANY(words, verbs))
        return true;
    if (at == GB_NOT_FOUND || gb_str_find(words, GB_STR("。"), at) != GB_NOT_FOUND)
        return false;
    struct gb_str said = gb_str_skip(words, at + 2 * GB_HAN);
    return !GB_STARTS_ANY(said, nouns) && (gb_is_clause_start(words, at) || gb_str_has(said, GB_STR("，即")));
}

/* The cell or example is the word itself, and says nothing with it. */
static bool
stands_alone(const struct site *site)
{
    return site->begin == 0 && site->clause.end == site->end && !gb_str_starts(behind(site), GB_STR("：")) &&
           !gb_str_starts(behind(site), GB_STR(":"));
}

/* 是否应, 何时可: a question inside the sentence. */
static bool
is_embedded(const struct gb_lexicon *lexicon, struct gb_str words)
{
    if (words.len >= GB_HAN && gb_begins(&lexicon->modal_question_adverbs, gb_str_skip(words, words.len - GB_HAN)))
        words.len -= GB_HAN;
    return words.len >= 2 * GB_HAN && gb_begins(&lexicon->modal_questions, gb_str_skip(words, words.len - 2 * GB_HAN));
}

/* 图书馆应向社会开放已成为共识: the words with the modal are the subject of another verb. */
static bool
is_topic(const struct site *site)
{
    struct gb_str clause = gb_str_sub(site->s, site->end, site->clause.end);

    return gb_str_has(clause, GB_STR("已成为")) || gb_str_has(clause, GB_STR("已经成为")) ||
           gb_str_has(clause, GB_STR("这一")); /* 试样可不加工这一做法见附录B */
}

/* The demand in a definition, where no comma follows: 应当事人（3.1）的申请开展…. */
static bool
goes_on(const struct gb_lexicon *lexicon, struct gb_str then)
{
    return gb_str_starts(then, GB_STR("而")) || starts_with_verb(lexicon, then);
}

/* 应委托方要求，…; 应人员疏散的需要，…: on somebody's demand. The words between are no verb, unless it is part of who demands. */
static bool
is_demand(const struct gb_lexicon *lexicon, const struct site *site, bool in_definition)
{
    enum { LONGEST = 8 * GB_HAN, REACH = 2 * LONGEST };
    GB_WORDS(marks, "，", "。", "；", "、");
    struct gb_str words = gb_str_sub(site->s, site->end, site->end + REACH), who = {0};
    size_t at = 0;

    if (!gb_is_clause_start(site->s, site->begin))
        return false;
    while (at < words.len && who.len <= LONGEST &&
           (at == 0 || !gb_begins(&lexicon->modal_demands, gb_str_skip(words, at)))) {
        struct gb_str here = gb_str_skip(words, at);
        if (GB_STARTS_ANY(here, marks))
            return false;
        size_t close = gb_str_starts(here, GB_STR("（")) ? gb_str_find(here, GB_STR("）"), 0) : GB_NOT_FOUND;
        if (close == GB_NOT_FOUND) {
            gb_utf8_at(words, at, &at);
            who = gb_str_sub(words, 0, at);
        } else {
            at += close + GB_HAN;
        }
    }
    if (!gb_begins(&lexicon->modal_demands, gb_str_skip(words, at)))
        return false;
    struct gb_str then = gb_str_skip(site->s, site->end + at + 2 * GB_HAN);
    if (!gb_str_starts(then, GB_STR("，")) && !(in_definition && goes_on(lexicon, then)))
        return false;
    size_t verb = gb_words_start(gb_rel_at(&lexicon->verbs), who),
           ends = gb_words_end(gb_rel_at(&lexicon->modal_demanders), who);
    return ends && (!starts_with_verb(lexicon, who) || verb + ends == who.len);
}

/* Book（可外借图书类）: a name in brackets behind a foreign one; 信号（GPS可用）: a state. */
static bool
is_name_in_brackets(const struct gb_lexicon *lexicon, const struct site *site)
{
    enum { LONGEST = 12 * GB_HAN };
    struct gb_str words = before(site);

    if (gb_begins(&lexicon->modal_states, gb_str_skip(site->s, site->at)))
        return true;
    if (!gb_str_ends(words, GB_STR("（")) || site->clause.end - site->end > LONGEST ||
        !gb_str_starts(gb_str_skip(site->s, site->clause.end), GB_STR("）")))
        return false;
    uint32_t c = words.len > GB_HAN ? gb_char_before(site->s, words.len - GB_HAN) : 0;
    return gb_is_letter(c);
}

/* 由于旧书不需要分类，…; 如果旧书不需要分类，…: the words tell why or when, and allow nothing. */
static bool
is_reason(const struct gb_lexicon *lexicon, const struct site *site)
{
    enum { REACH = 40 * GB_HAN };

    if (!gb_str_starts(gb_str_skip(site->s, site->clause.end), GB_STR("，")))
        return false;
    struct gb_str clause = gb_str_skip(site->s, gb_clause_start(site->s, site->begin, REACH));
    return gb_begins(&lexicon->modal_reasons, clause) ||
           (gb_begins(&lexicon->modal_conditions, clause) &&
            gb_begins(&lexicon->modal_needs, gb_str_skip(site->s, site->begin)));
}

/* 仅在可以辨认书名的范围内登记: the words tell where it holds, and allow nothing. */
static bool
is_circumstance(const struct site *site)
{
    GB_WORDS(ends, "范围内", "情况下", "条件下", "前提下");

    return gb_str_ends(before(site), GB_STR("在")) &&
           GB_HAS_ANY(gb_str_sub(site->s, site->end, site->clause.end), ends);
}

/* ── the decision ──────────────────────────────────────────────────────── */

static bool
is_predicate(const struct gb_lexicon *lexicon, const struct gb_core *core, const struct gb_entry *modal,
             const struct site *site, bool in_definition)
{
    enum { PERMIT = 0x53EF, FORBID = 0x7981, OUGHT = 0x5E94, ADVISE = 0x5B9C }; /* 可, 禁, 应, 宜 */

    if (modal->needs_verb && !is_verbal(lexicon, modal, site))
        return false;
    if (core->code_point == PERMIT &&
        (is_property(lexicon, gb_str_skip(site->s, site->at + GB_HAN)) || is_subject(lexicon, site)))
        return false;
    if (core->code_point == PERMIT && (is_name_in_brackets(lexicon, site) ||
                                       gb_is_quality(lexicon, site->s, site->begin, site->end, site->clause.end)))
        return false;
    if (core->code_point == FORBID && (names_sign(lexicon, site) || names_zone(lexicon, site)))
        return false;
    if (modal->type == GB_TYPE_REQUIREMENT && core->code_point != OUGHT &&
        is_said_by_sign(site, core->code_point == FORBID))
        return false;
    if ((core->code_point == PERMIT || core->code_point == OUGHT) &&
        opens_subject(lexicon, site, core->code_point == PERMIT))
        return false;
    if ((core->code_point == OUGHT || core->code_point == ADVISE) && is_doubled(lexicon, site))
        return false;
    if (core->code_point == OUGHT &&
        (is_demand(lexicon, site, in_definition) || names_sum(lexicon, site) || names_divisor(lexicon, site)))
        return false;
    return !stands_alone(site) && !is_embedded(lexicon, before(site)) && !is_topic(site) && !is_reason(lexicon, site) &&
           !is_circumstance(site) && !gb_is_attributive(lexicon, site->s, site->begin, site->end, &site->clause);
}

/*
 * A definition is a noun with its attributes: 不允许越过的特定点. But a requirement that was written into it is one: with 应,
 * in a clause of its own, or in a second sentence.
 */
static bool
is_part_of_noun(const struct gb_lexicon *lexicon, const struct gb_entry *modal, const struct site *site)
{
    GB_WORDS(debts, "支付", "缴", "偿", "退还", "返还", "补偿", "赔", "分摊", "承担", "获得", "享有", "收取", "交付");
    bool is_soft = modal->type < GB_TYPE_REQUIREMENT ||
                   (gb_str_is(gb_rel_str(&modal->word), "应") && GB_STARTS_ANY(behind(site), debts)); /* 应支付的款项 */
    bool is_ban = modal->is_negative && !gb_str_starts(gb_rel_str(&modal->word), GB_STR("不应")) &&
                  !gb_str_has(before(site), GB_STR("。")) &&
                  (site->begin == 0 || !gb_is_clause_start(site->s, site->begin));

    return (is_soft || is_ban) && gb_is_in_noun(lexicon, site->s, &site->clause);
}

/* The most frequent case first: gb_utf8_before has to look for the start of the character. */
static uint32_t
character_before(struct gb_str s, size_t at)
{
    if (at >= GB_HAN && ((unsigned char)s.ptr[at - GB_HAN] & 0xF0) == 0xE0)
        return gb_char_at(s, at - GB_HAN);
    return gb_char_before(s, at);
}

const struct gb_entry *
gb_modal_at(const struct gb_lexicon *lexicon, const struct gb_core *core, struct gb_str s, size_t floor, size_t at,
            bool in_definition)
{
    uint32_t previous = character_before(s, at), next = gb_char_at(s, at + GB_HAN);
    const struct gb_entry *modal = longest_modal(core, s, floor, at, previous, next);
    if (!modal)
        return NULL;
    struct site site = {.s = s, .at = at, .begin = at - modal->core};
    site.end = site.begin + modal->word.n;
    if (is_excluded(&core->before, previous, &site))
        return NULL;
    bool is_application = gb_str_starts(gb_str_skip(s, at), GB_STR("应用"));
    if (!is_application && is_excluded(&core->behind, next, &site))
        return NULL;
    site.clause = gb_clause_from(lexicon, s, site.end);
    if (is_application) /* 云应用各要素的描述: a definition is a noun */
        return !in_definition && is_instrument(lexicon, &site) ? modal : NULL;
    if (!is_predicate(lexicon, core, modal, &site, in_definition) ||
        (in_definition && is_part_of_noun(lexicon, modal, &site)))
        return NULL;
    return modal;
}
