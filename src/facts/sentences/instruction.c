#include "facts/sentences/instruction_priv.h"

#include "facts/sentences/act_priv.h"

#include "text/chars.h"
#include "text/utf8.h"

/* 按下列步骤办理外借：: the sentence before the list promises steps. */
static bool
has_steps_lead(const struct gb_node *list)
{
    GB_WORDS(steps, "步骤", "程序", "流程");
    const struct gb_node *lead = list->prev;
    size_t tail = 0;

    if (!lead || lead->kind != GB_NODE_PARA || !gb_str_ends(lead->text.str, GB_STR("：")))
        return false;
    for (size_t at = 0; (at = gb_str_find(lead->text.str, GB_STR("。"), at)) != GB_NOT_FOUND; tail = at)
        at += strlen("。");
    struct gb_str promise = gb_str_skip(lead->text.str, tail);
    return GB_HAS_ANY(promise, steps) && !gb_str_has(promise, GB_STR("包括"));
}

/* 本文件描述了测定…的方法, 本文件确立了…的程序: what the scope says of the document; 规定了 before it makes methods of verification of them. */
static bool
scope_promises_acts(const struct gb_node *scope)
{
    GB_WORDS(acts, "描述了", "确立了");
    const struct gb_node *first = scope ? scope->first : NULL;

    return first && first->kind == GB_NODE_PARA && GB_HAS_ANY(first->text.str, acts) &&
           !gb_str_has(first->text.str, GB_STR("规定了"));
}

/* A lead-in or title near the node decides; without one, whether the whole document is of that kind. */
bool
gb_gives_instructions(const struct gb_facts *facts, const struct gb_lexicon *lexicon, const struct gb_node *node)
{
    bool in_body = false;

    for (const struct gb_node *n = node; n && n->kind != GB_NODE_DOC; n = n->parent) {
        if (n->kind == GB_NODE_FOREWORD || n->kind == GB_NODE_INTRO || n->role != GB_ROLE_NONE)
            return false;
        if (n->kind == GB_NODE_LIST && has_steps_lead(n))
            return true;
        if (n->kind != GB_NODE_CLAUSE && n->kind != GB_NODE_ANNEX)
            continue;
        in_body = true;
        if (gb_words_in(gb_rel_at(&lexicon->statement_titles), n->title.str))
            return false;
        if (gb_words_in(gb_rel_at(&lexicon->instruction_titles), n->title.str))
            return true;
    }
    return in_body && (facts->gives_instructions || scope_promises_acts(facts->scope));
}

bool
gb_is_technical(const struct gb_node *node)
{
    bool in_body = false;

    for (const struct gb_node *n = node; n && n->kind != GB_NODE_DOC; n = n->parent) {
        if (n->kind == GB_NODE_FOREWORD || n->kind == GB_NODE_INTRO || n->kind == GB_NODE_TERM ||
            n->role != GB_ROLE_NONE)
            return false;
        in_body |= n->kind == GB_NODE_CLAUSE || n->kind == GB_NODE_ANNEX;
    }
    return in_body;
}

/* Length of the span of time at `at`: 3 d～5 d, 1个月, 一周. */
static size_t
lapse_at(const struct gb_lexicon *lexicon, struct gb_str s, size_t at)
{
    struct gb_str rest = gb_str_skip(s, at);
    size_t count = gb_words_start(gb_rel_at(&lexicon->inst_counts), rest),
           lapse = count ? gb_words_start(gb_rel_at(&lexicon->inst_lapses), gb_str_skip(rest, count)) : 0;

    if (lapse)
        return count + lapse;
    for (count = 0; count < rest.len; count += (unsigned char)rest.ptr[count] < 0x80 ? 1 : GB_HAN) {
        if ((unsigned char)rest.ptr[count] >= 0x80 && !gb_str_starts(gb_str_skip(rest, count), GB_STR("～")))
            break;
    }
    return count ? count + gb_words_start(gb_rel_at(&lexicon->inst_lapses), gb_str_skip(rest, count)) : 0;
}

/* 雪深超过3 cm: a condition without a word for it. */
static bool
is_bound(const struct gb_lexicon *lexicon, struct gb_str clause)
{
    if (gb_act_word(lexicon, clause))
        return false;
    for (size_t at = 0; at < clause.len; gb_utf8_at(clause, at, &at)) {
        size_t bound = gb_words_start(gb_rel_at(&lexicon->inst_comparisons), gb_str_skip(clause, at));
        if (bound > GB_HAN && at > 0)
            return gb_act_quantity(lexicon, gb_str_skip(clause, at + bound)) && !gb_str_has(clause, GB_STR("的"));
    }
    return false;
}

/* 定植前1个月，…: time words of a span before or after something. */
static bool
is_span(const struct gb_lexicon *lexicon, struct gb_str clause)
{
    GB_WORDS(sides, "前", "后");

    if (!gb_ends(&lexicon->inst_lapses, clause) && (unsigned char)gb_str_at(clause, clause.len - 1) >= 0x80)
        return false;
    for (size_t at = gb_utf8_ceil(clause, GB_HAN); at < clause.len; gb_utf8_at(clause, at, &at)) {
        size_t lapse = GB_ENDS_ANY(gb_str_sub(clause, 0, at), sides) ? lapse_at(lexicon, clause, at) : 0;
        if (lapse)
            return at + lapse == clause.len;
    }
    return false;
}

/* 溶液冷却后，…; 溶液变色时，…: behind such a clause, which has a subject of its own; 0: none stands at the start. */
static size_t
behind_time(const struct gb_lexicon *lexicon, struct gb_str s)
{
    enum { FARTHEST = 25 * GB_HAN };
    size_t comma = gb_str_find(gb_str_sub(s, 0, FARTHEST), GB_STR("，"), 0);

    return comma == gb_act_clause(s).len && comma >= 3 * GB_HAN &&
                   (gb_act_ends_in_time(lexicon, gb_str_sub(s, 0, comma)) ||
                    is_bound(lexicon, gb_str_sub(s, 0, comma)) || is_span(lexicon, gb_str_sub(s, 0, comma)))
               ? comma + strlen("，")
               : 0;
}

/* Behind a phrase or condition that stands before the verb: 按4.3规定，称取…. */
static size_t
skip_condition(const struct gb_lexicon *lexicon, struct gb_str s)
{
    enum { COMMAS = 2 };

    if (!gb_words_start(gb_rel_at(&lexicon->prepositions), s) && !gb_begins(&lexicon->inst_conditions, s))
        return behind_time(lexicon, s);
    size_t comma = gb_act_clause(s).len;
    if (gb_str_ends(gb_str_sub(s, 0, comma), GB_STR("为例"))) /* 以200 g为例，配制…需要1片: told */
        return 0;
    /* 以A为横坐标，B为纵坐标，… */
    for (size_t n = 0; n < COMMAS && gb_str_starts(s, GB_STR("以")) && comma < s.len; n++) {
        size_t next = comma + strlen("，");
        struct gb_str clause = gb_act_clause(gb_str_skip(s, next));
        if (!gb_str_has(clause, GB_STR("为")) || next + clause.len >= s.len)
            break;
        comma = next + clause.len;
    }
    return comma < s.len ? comma + strlen("，") : 0;
}

/* Length of an adverb at the start of s: one of the list, or 逐 and what is taken one by one: 逐页, 逐箱. */
static size_t
adverb_at(const struct gb_lexicon *lexicon, struct gb_str s)
{
    enum { LONGEST_NAME = 2 * GB_HAN };
    size_t len = gb_words_start(gb_rel_at(&lexicon->instruction_adverbs), s);

    if (!gb_str_starts(s, GB_STR("逐")) || gb_begins(&lexicon->inst_manner_others, s))
        return len;
    if (!len)
        gb_utf8_at(s, GB_HAN, &len);
    if (gb_act_word(lexicon, gb_str_skip(s, len)))
        return len;
    for (size_t more = GB_HAN; more <= LONGEST_NAME; more += GB_HAN) { /* 逐测区, 逐个通道 */
        if (gb_act_word(lexicon, gb_str_skip(s, len + more)))
            return len + more;
    }
    return len;
}

/* Behind the adverbs at `at`, and a span of time behind one of them: 术后24 h更换敷料. */
static size_t
skip_adverbs(const struct gb_lexicon *lexicon, struct gb_str s, size_t at)
{
    GB_WORDS(times, "前", "后");

    for (size_t n; (n = adverb_at(lexicon, gb_str_skip(s, at))) > 0;) {
        at += n;
        at += GB_ENDS_ANY(gb_str_sub(s, 0, at), times) ? lapse_at(lexicon, s, at) : 0;
    }
    return at;
}

/* 退货或换货: length of the clause that is nothing but verbs. */
static size_t
all_verbs(const struct gb_lexicon *lexicon, struct gb_str s)
{
    size_t words = gb_act_words(lexicon, s);

    return words == gb_act_without_stop(gb_act_clause(s)).len ? words : 0;
}

/*
 * 轻敲琴键, 逐层清场, 先润潮书脊: behind a manner, which only one who acts can have, and before its object any two characters are a verb.
 * `manner`: where the manner begins; the act begins at `at`.
 */
static size_t
act_behind_manner(const struct gb_lexicon *lexicon, struct gb_str s, size_t manner, size_t at)
{
    enum { VERB = 2 * GB_HAN };
    struct gb_str begin = gb_str_skip(s, manner), act = gb_str_skip(s, at), clause = gb_act_clause(act);
    size_t len = gb_act_led_verb(lexicon, act), hand = gb_words_start(gb_rel_at(&lexicon->inst_hands), act);

    if (!len && at > manner && hand && /* 再烘30 min, 逐层拆 */
        (gb_act_quantity(lexicon, gb_str_skip(act, hand)) || gb_act_without_stop(clause).len == hand))
        return hand;
    if (!len && at > manner && all_verbs(lexicon, act))
        return all_verbs(lexicon, act);
    if (len || at == manner || clause.len < VERB || gb_begins(&lexicon->inst_manner_others, begin) ||
        !gb_begins(&lexicon->inst_manners, begin) || gb_str_has(clause, GB_STR("的")) ||
        gb_begins(&lexicon->inst_unsure, act) ||
        (gb_begins(&lexicon->nouns, act) && clause.len > VERB) || /* no 继续操作，直到… */
        gb_begins(&lexicon->prepositions, act))
        return len;
    for (size_t i = 0; i < VERB; i += GB_HAN) {
        if (!gb_char_is_han(gb_char_at(act, i)))
            return 0;
    }
    struct gb_str verb = gb_str_sub(act, 0, VERB), behind = gb_str_skip(act, VERB);
    if (gb_begins(&lexicon->inst_causes, behind)) /* 反复冻融使效价下降 */
        return 0;
    return gb_act_is_told(lexicon, verb, behind) || gb_act_has_predicate(lexicon, verb, behind) ? 0 : VERB;
}

/* 补测一次, 复核两遍, 作废该备份集: two characters and how often, or what is pointed at. */
static bool
is_counted_act(const struct gb_lexicon *lexicon, struct gb_str s)
{
    GB_WORDS(times, "次", "遍", "回");
    GB_WORDS(pointers, "该", "此", "其", "上述", "全部", "所有");
    GB_WORDS(ties, "于", "为", "自"); /* 属于该类别, 视为全部完成 */
    struct gb_str clause = gb_act_without_stop(gb_act_clause(s)), object = gb_str_skip(clause, 2 * GB_HAN);

    if (object.len > 2 * GB_HAN && GB_STARTS_ANY(object, pointers))
        return !gb_act_noun(lexicon, clause) && !gb_begins(&lexicon->inst_never_acts, clause) &&
               !GB_ENDS_ANY(gb_str_sub(clause, 0, 2 * GB_HAN), ties) &&
               !gb_act_has_predicate(lexicon, GB_STR(""), object);
    return clause.len == 4 * GB_HAN && gb_begins(&lexicon->inst_counts, gb_str_skip(clause, 2 * GB_HAN)) &&
           GB_ENDS_ANY(clause, times);
}

/* 在坡口内引弧: behind a place, two characters up to the end of the clause are a verb, unless they are known as another word. */
static bool
is_last_verb(const struct gb_lexicon *lexicon, struct gb_str s)
{
    struct gb_str word = gb_act_without_stop(gb_act_clause(s));

    return word.len == 2 * GB_HAN && gb_char_is_han(gb_char_at(word, 0)) && gb_char_is_han(gb_char_at(word, GB_HAN)) &&
           !gb_act_noun(lexicon, word) && !gb_begins(&lexicon->inst_states, word) &&
           !gb_begins(&lexicon->inst_never_acts, word) && !gb_act_ends_in_time(lexicon, word) &&
           !gb_ends(&lexicon->inst_adverbial_ends, word); /* 在试点场景中 */
}

/* The phrase ends at `at`, and a verb that no object follows ends the clause. */
static bool
is_final_act(const struct gb_lexicon *lexicon, struct gb_str clause, size_t at)
{
    enum { LONGEST = 4 * GB_HAN };
    GB_WORDS(ends, "）", "”", "》", "\"");

    if (clause.len - at > LONGEST)
        return false;
    struct gb_str rest = gb_str_skip(clause, at), act = gb_act_without_stop(rest);
    if (gb_str_ends(act, GB_STR("：")))
        act.len -= strlen("：");
    return act.len >= 2 * GB_HAN && !gb_begins(&lexicon->inst_unsure, act) &&
           !gb_begins(&lexicon->inst_told_verbs, rest) &&
           (gb_act_words(lexicon, act) == act.len ||
            (GB_ENDS_ANY(gb_str_sub(clause, 0, at), ends) && is_last_verb(lexicon, act)));
}

static bool is_presumed_act(const struct gb_lexicon *lexicon, struct gb_str s);
static size_t skip_place(const struct gb_lexicon *lexicon, struct gb_str s);
static size_t skip_phrase(const struct gb_lexicon *lexicon, struct gb_str s);
static size_t bare_hand(const struct gb_lexicon *lexicon, struct gb_str s);

/*
 * 雨后及时排水, 提取藏品前核对编号, 室温下放置24 h: behind words of time or place without a comma, before an adverb or verb;
 * 0: none stand at the start.
 */
static size_t
behind_adverbial(const struct gb_lexicon *lexicon, struct gb_str s)
{
    enum { LONGEST = 12 * GB_HAN, SHORT_PLACE = 4 * GB_HAN };
    struct gb_str between = GB_STR("之间");
    struct gb_str clause = gb_str_sub(gb_act_clause(s), 0, LONGEST);
    size_t word = gb_act_word(lexicon, s);
    struct gb_str behind = gb_str_skip(s, word);
    bool has_noun = false; /* 张紧轮与地面的距离不足时: no manner of an act, but its condition */

    if (word && (gb_begins(&lexicon->inst_things, behind) || gb_begins(&lexicon->inst_actors, behind)) &&
        gb_act_is_noun(lexicon, gb_str_sub(s, 0, word), behind)) /* 采样瓶清洗后…, 扫描人员每天开机后… */
        return 0;

    for (size_t at = 0, next; at < clause.len; at = next) {
        gb_utf8_at(clause, at, &next);
        if (at == 0 && word) /* 使用前: no preposition 用 */
            next = word;
        struct gb_str here = gb_str_skip(clause, at);
        bool may_lapse =
            at > 0 && next < s.len &&
            ((unsigned char)s.ptr[next] < 0x80 ? !gb_str_starts(here, GB_STR("内")) : GB_STARTS_WITH(here, "前", "后"));
        size_t lapse = may_lapse && !gb_ends(&lexicon->inst_phrases, gb_str_sub(clause, 0, next)) /* no 提前3 d公示 */
                           ? lapse_at(lexicon, s, next)
                           : 0;
        next += lapse;
        struct gb_str rest = gb_str_skip(s, next);
        if (at > 0 && !word && gb_str_starts(here, GB_STR("每"))) /* 仪器每次更换支架后…: told of a thing */
            return 0;
        size_t end = at > 0 ? gb_words_start(gb_rel_at(&lexicon->inst_adverbial_ends), here) : 0;
        size_t manner = end && gb_str_starts(here, GB_STR("时"))
                            ? gb_words_end(gb_rel_at(&lexicon->instruction_adverbs), gb_str_sub(clause, 0, at + GB_HAN))
                            : 0;
        if (manner > GB_HAN && at + GB_HAN >= manner + 2 * GB_HAN) /* 温度实时记录, 死鱼及时捞出, no 率定时 */
            continue;
        bool is_of = gb_str_starts(here, GB_STR("的"));
        if (at > 0 &&
            (is_of || /* 试验在暗室中进行, but 风力大于5级时 */
             (gb_begins(&lexicon->prepositions, here) && !gb_str_starts(here, GB_STR("和")) &&
              !gb_begins(&lexicon->inst_predicate_others, here) &&
              !(at == GB_HAN && gb_begins(&lexicon->inst_adverbial_ends, gb_str_skip(here, GB_HAN))) && /* 临用前 */
              !gb_ends(&lexicon->inst_comparisons, gb_str_sub(clause, 0, at + GB_HAN))))) {
            GB_WORDS(levels, "在", "从");
            GB_WORDS(changes, "变", "转", "升", "降");
            bool is_level = GB_STARTS_ANY(here, levels) && gb_act_quantity(lexicon, gb_str_skip(here, GB_HAN)),
                 is_change = gb_str_starts(here, GB_STR("由")) && GB_HAS_ANY(here, changes); /* 由红色转变为蓝色时 */
            if (!(is_of || is_level || is_change || gb_str_starts(here, GB_STR("与"))) ||
                !(gb_str_has(here, GB_STR("时")) || gb_str_has(here, between)))
                return 0;
            has_noun = true;
        }
        if (gb_str_starts(here, between) && gb_act_measured(lexicon, gb_str_skip(here, between.len)))
            return at + between.len; /* 棚与棚之间留1.5 m宽的作业道 */
        if (has_noun && !gb_str_starts(here, GB_STR("时")))
            continue;
        if (end > GB_HAN) { /* 期间 */
            next = at + end;
            rest = gb_str_skip(s, next);
        }
        if (at > 0 && at < SHORT_PLACE && gb_begins(&lexicon->inst_place_ends, here) &&
            gb_act_measured(lexicon, rest)) /* 沟底铺20 cm厚的秸秆 */
            return next;
        if (end && (gb_begins(&lexicon->instruction_adverbs, rest) || gb_begins(&lexicon->inst_phrases, rest) ||
                    skip_place(lexicon, rest) || gb_act_led_verb(lexicon, rest) ||
                    (lapse && gb_str_starts(here, GB_STR("后")) && all_verbs(lexicon, rest)) ||
                    ((lapse || end > GB_HAN || gb_begins(&lexicon->inst_time_ends, here)) &&
                     bare_hand(lexicon, rest)) || /* 产后1 h喂温水, 完工后做蓄水试验 */
                    (gb_str_starts(here, GB_STR("时")) &&
                     (is_last_verb(lexicon, rest) || is_presumed_act(lexicon, rest))))) /* 40 cm高时吊蔓 */
            return next;
    }
    return 0;
}

bool
gb_may_instruct(const struct gb_lexicon *lexicon, struct gb_str sentence)
{
    const struct gb_han_words *sets[] = {gb_rel_at(&lexicon->instructions), gb_rel_at(&lexicon->instruction_adverbs),
                                         gb_rel_at(&lexicon->prepositions), gb_rel_at(&lexicon->inst_hands)};

    for (size_t i = 0; i < GB_COUNT(sets) && sentence.len >= GB_HAN; i++) {
        if (gb_words_bit(sets[i]->heads, sentence.ptr))
            return true;
    }
    return gb_act_measured(lexicon, sentence) || gb_begins(&lexicon->inst_conditions, sentence) ||
           behind_time(lexicon, sentence) || behind_adverbial(lexicon, sentence);
}

/* 从冰箱中取出样品, 在540 nm处测定吸光度: the place of the verb behind a phrase of place; 0 where none stands at the start. */
static size_t
skip_place(const struct gb_lexicon *lexicon, struct gb_str s)
{
    enum { FARTHEST = 60 };

    if (!gb_begins(&lexicon->inst_places, s) || gb_begins(&lexicon->inst_place_others, s))
        return 0;
    struct gb_str clause = gb_act_clause(s);
    GB_WORDS(joints, "和", "与", "及", "、", "或");
    bool has_end = false; /* 在车体粘贴标识: none is needed */
    for (size_t at = strlen("在"), next; at < clause.len && at < FARTHEST; at = next) {
        gb_utf8_at(clause, at, &next);
        size_t from = skip_adverbs(lexicon, clause, next);
        bool is_end = gb_begins(&lexicon->inst_place_ends, gb_str_skip(clause, at));
        if (is_end && is_last_verb(lexicon, gb_str_skip(s, from)))
            return next;
        size_t word = is_end ? gb_act_word(lexicon, gb_str_skip(s, from)) : 0;
        if (word && word == gb_act_without_stop(gb_str_skip(s, from)).len)
            return next;
        size_t verb = is_end || (!has_end && at > 3 * GB_HAN) ? gb_act_led_verb(lexicon, gb_str_skip(clause, from)) : 0;
        verb = verb || !is_end ? verb : bare_hand(lexicon, gb_str_skip(s, from)); /* 在接触处垫护套 */
        has_end |= is_end && !GB_STARTS_ANY(gb_str_skip(s, next), joints);        /* 在基站和作业层设置… */
        struct gb_str behind = gb_str_skip(clause, from + verb);
        if (is_end && skip_phrase(lexicon, gb_str_skip(s, next))) /* 在10 min内从零加速 */
            return next;
        if (verb && (!gb_str_has(behind, GB_STR("的")) ||
                     !gb_act_has_predicate(lexicon, gb_str_sub(clause, from, from + verb), behind)))
            return next;
    }
    return 0;
}

/* The place of the verb behind a phrase; 0 where none stands at the start, or the verb is a part of a noun: 按6.2测定的值. */
static size_t
skip_phrase(const struct gb_lexicon *lexicon, struct gb_str s)
{
    enum { FARTHEST = 60, EACH = 3 * GB_HAN };
    struct gb_str clause = gb_act_clause(s);

    bool is_all = clause.len == s.len && gb_str_ends(s, GB_STR("。"));
    if (!gb_begins(&lexicon->inst_phrases, s) &&
        !(is_all && gb_begins(&lexicon->inst_conditions, s))) /* 不经处理直接进样 */
        return 0;
    size_t word = gb_act_word(lexicon, s);
    if (gb_begins(&lexicon->inst_place_others, s) || gb_act_is_use(lexicon, s) || /* 自检, 对比, 用药 */
        (word && !gb_begins(&lexicon->inst_unsure, s) &&
         !gb_words_has(gb_rel_at(&lexicon->prepositions), gb_str_sub(s, 0, word)) &&
         !gb_words_has(gb_rel_at(&lexicon->inst_phrases), gb_str_sub(s, 0, word))))
        return 0;
    GB_WORDS(aims, "为", "用", "凭");
    bool is_for = GB_STARTS_ANY(s, aims); /* 为老年人提供助餐的场所 */
    GB_WORDS(towards, "给", "往", "向", "为");
    GB_WORDS(fills, "装", "盛", "带");
    bool is_each = gb_str_starts(s, GB_STR("每")), is_toward = GB_STARTS_ANY(s, towards);
    for (size_t at = gb_utf8_ceil(clause, 2 * GB_HAN); at < clause.len && at < FARTHEST;
         at = gb_utf8_ceil(clause, at + 1)) {
        struct gb_str before = gb_str_sub(clause, 0, at);
        if (is_each && at <= EACH && !GB_STARTS_ANY(gb_str_skip(s, at), fills) &&
            (bare_hand(lexicon, gb_str_skip(s, at)) || gb_act_measured(lexicon, gb_str_skip(s, at))))
            return at;                                    /* 每株施复合肥50 g, 每批抽5件, no 每箱装20瓶 */
        if (is_each && gb_str_ends(before, GB_STR("的"))) /* 每千米测量的误差按…计算: told of it */
            return 0;
        if ((is_each && !gb_str_has_digit(before)) ||   /* 每个试样测量3次, no 每下潜10 m核对压力 */
            gb_ends(&lexicon->inst_told_verbs, before)) /* 以负号表示缩短 */
            continue;
        if (is_final_act(lexicon, clause, at)) /* 按感染性织物处理, 按公式（1）修正 */
            return at;
        if (gb_str_starts(gb_str_skip(clause, at), GB_STR("每隔"))) /* 沿轨道每隔2 m测一点 */
            return at;
        size_t manner = adverb_at(lexicon, gb_str_skip(clause, at));
        if (manner && act_behind_manner(lexicon, clause, at, at + manner)) /* 从左至右依次安放传感器 */
            return at;
        size_t verb = gb_act_led_verb(lexicon, gb_str_skip(clause, at));
        if (!verb && is_toward && bare_hand(lexicon, gb_str_skip(s, at))) /* 给轴承加润滑脂 */
            return at;
        struct gb_str object = gb_str_skip(s, at + verb);
        if (verb && (verb >= 2 * GB_HAN || is_each || gb_act_measured(lexicon, gb_str_skip(clause, at)) == verb) &&
            object.len >= GB_HAN && !gb_begins(&lexicon->inst_phrase_nouns, object) &&
            !gb_act_is_thing(lexicon, gb_act_clause(object)) && /* 为填充剂，… */
            !(is_for && gb_str_has(gb_act_clause(object), GB_STR("的"))) &&
            !gb_ends(&lexicon->inst_told_verbs, before)) /* 以负号表示缩短 */
            return at;
    }
    return 0;
}

static bool is_bare_act(const struct gb_lexicon *lexicon, struct gb_str s);

/* 不合格的图像，重新扫描; 前茬为水稻的地块，先深耕: the place of the act behind what it is done to; 0: there is none. */
static size_t
behind_topic(const struct gb_lexicon *lexicon, struct gb_str s, size_t comma)
{
    enum { LONGEST = 20 * GB_HAN, LONGEST_NAME = 5 * GB_HAN };
    size_t from = comma + strlen("，"), verb = skip_adverbs(lexicon, s, from), name = 0;
    struct gb_str act = gb_str_skip(s, verb);

    if (comma > LONGEST || gb_begins(&lexicon->inst_actors, s)) /* 双方当面清点档案的卷数，… */
        return 0;
    GB_EACH_FOUND(of, gb_str_sub(s, 0, comma), GB_STR("的"), 0) {
        name = of + GB_HAN;
    }
    struct gb_str thing = gb_str_sub(s, name, comma);
    if (!name || !thing.len ||
        (verb == from && !skip_phrase(lexicon, act) &&
         (thing.len > LONGEST_NAME || gb_act_verb(lexicon, act) < 2 * GB_HAN)) ||
        gb_act_has_predicate(lexicon, GB_STR(""), thing) || gb_act_is_told(lexicon, GB_STR(""), thing))
        return 0;
    if (skip_phrase(lexicon, act)) /* 外径大于40 mm的试样，沿长度方向画出标线 */
        return verb + skip_phrase(lexicon, act);
    return act_behind_manner(lexicon, s, from, verb) || all_verbs(lexicon, act) ? verb : 0;
}

/* 封堵管段两端，注水浸泡，然后测定渗水量: the place of an act without doubt behind short clauses that tell nothing; 0: there is none. */
static size_t
later_act(const struct gb_lexicon *lexicon, struct gb_str s)
{
    enum { LONGEST = 16 * GB_HAN };
    bool acts = gb_act_led_verb(lexicon, s) > 0; /* 运行脚本，比较输出 */

    if (gb_act_is_subject(lexicon, gb_str_skip(s, skip_adverbs(lexicon, s, 0))) || gb_act_has_actor(lexicon, s))
        return 0;
    for (size_t at = 0, comma;; at = comma + strlen("，")) {
        struct gb_str clause = gb_act_clause(gb_str_skip(s, at));
        size_t place = skip_place(lexicon, gb_str_skip(s, at));
        place = place || at == 0 ? place : behind_adverbial(lexicon, gb_str_skip(s, at)); /* 封板，37 ℃孵育60 min */
        size_t verb = skip_adverbs(lexicon, s, at + place);
        struct gb_str act = gb_str_skip(s, verb);
        if (at > 0 && (is_bare_act(lexicon, act) || gb_act_measured(lexicon, act) ||
                       act_behind_manner(lexicon, s, at, verb) || (acts && gb_act_led_verb(lexicon, act))))
            return verb;
        comma = at + clause.len;
        size_t led = at == 0 && comma < s.len ? behind_topic(lexicon, s, comma) : 0;
        if (led)
            return led;
        if (comma == s.len || clause.len > LONGEST || (!acts && gb_str_has(clause, GB_STR("的"))) ||
            gb_str_has(clause, GB_STR("：")) || gb_act_has_predicate(lexicon, GB_STR(""), clause) ||
            gb_str_has(clause, GB_STR("一式")))
            return 0;
    }
}

/* 煮浆至沸，…; 叠齐纸张: a hand's work and its object, with no predicate behind. 拉力, 滤网 are things. */
static size_t
bare_hand(const struct gb_lexicon *lexicon, struct gb_str s)
{
    enum { SHORTEST = 3 * GB_HAN, LONGEST = 14 * GB_HAN };
    size_t hand = gb_words_start(gb_rel_at(&lexicon->inst_hands), s);
    struct gb_str clause = gb_act_without_stop(gb_act_clause(s)), verb = gb_str_sub(s, 0, hand),
                  behind = gb_str_skip(s, hand);

    GB_WORDS(senses, "看", "听", "查", "摸", "闻", "问"); /* these name no things */

    return hand && clause.len >= SHORTEST && clause.len <= LONGEST &&
                   (gb_char_is_han(gb_char_at(s, hand)) || gb_is_letter(gb_char_at(s, hand)) ||
                    gb_str_starts(behind, GB_STR("“"))) &&
                   !gb_begins(&lexicon->instructions, s) && !gb_begins(&lexicon->verbs, s) && /* judged above */
                   !gb_begins(&lexicon->inst_devices, s) &&                                   /* 移液管 */
                   gb_words_start(gb_rel_at(&lexicon->nouns), s) <= hand &&                   /* 装置 */
                   (!gb_begins(&lexicon->inst_things, behind) || GB_IS_ANY(verb, senses)) &&
                   !gb_begins(&lexicon->inst_measures, behind) && !gb_begins(&lexicon->inst_hand_nouns, behind) &&
                   !(clause.len > 2 * GB_HAN && /* 充氧时间不少于… */
                     gb_act_is_noun(lexicon, gb_str_sub(s, 0, 2 * GB_HAN), gb_str_skip(s, 2 * GB_HAN))) &&
                   gb_str_find(clause, GB_STR("至"), 0) <=
                       gb_str_find(clause, GB_STR("的"), 0) && /* 倒酒至杯的三分之一 */
                   !gb_act_ends_in_time(lexicon, clause) &&
                   !gb_act_has_predicate(lexicon, verb, behind) && !gb_act_is_told(lexicon, verb, behind)
               ? hand
               : 0;
}

/*
 * 剖割轮胎，…: every clause has a predicate; where no word of the clause is known as one, nor as a noun at its head, it begins with a verb that
 * no list holds. Fragments have no stop.
 */
static bool
is_presumed_act(const struct gb_lexicon *lexicon, struct gb_str s)
{
    enum { SHORTEST = 4 * GB_HAN, LONGEST = 14 * GB_HAN, VERB = 2 * GB_HAN };
    struct gb_str clause = gb_act_without_stop(gb_act_clause(s)), verb = gb_str_sub(clause, 0, VERB),
                  behind = gb_str_skip(clause, VERB);

    if (clause.len < SHORTEST || clause.len > LONGEST || !gb_str_ends(s, GB_STR("。")) || gb_str_has(s, GB_STR("：")) ||
        gb_str_has(clause, GB_STR("的")) || gb_act_noun(lexicon, clause) ||
        gb_begins(&lexicon->inst_never_acts, clause) || gb_act_ends_in_time(lexicon, clause) ||
        gb_act_is_noun(lexicon, verb, behind) || gb_act_has_predicate(lexicon, GB_STR(""), clause) ||
        gb_act_is_told(lexicon, GB_STR(""), clause))
        return false;
    GB_WORDS(inner, "内", "中", "里");
    if (gb_begins(&lexicon->inst_hands, clause)) /* judged above */
        return false;
    for (size_t at = 0; at < clause.len; at += GB_HAN) {
        struct gb_str word = gb_str_skip(clause, at);
        if (at >= 2 * GB_HAN && GB_STARTS_ANY(word, inner)) /* 油浴锅内装甘油 */
            return false;
        if (!gb_char_is_han(gb_char_at(clause, at)) || gb_act_word(lexicon, word) ||
            gb_begins(&lexicon->prepositions, word) || gb_begins(&lexicon->inst_states, word))
            return false;
    }
    return true;
}

/* 空白有检出的，本批结果作废，重新测定: the place of the act behind what is told of a case; `at`: behind the case. */
static size_t
act_upon_case(const struct gb_lexicon *lexicon, struct gb_str s, size_t at)
{
    struct gb_str clause = gb_act_clause(gb_str_skip(s, at));
    size_t from = at + clause.len + strlen("，"), verb = from < s.len ? skip_adverbs(lexicon, s, from) : 0;

    return gb_str_ends(gb_str_sub(s, 0, at), GB_STR("的，")) && verb && !gb_begins(&lexicon->inst_agents, clause) &&
                   !gb_begins(&lexicon->inst_actors, clause) && !gb_str_has(clause, GB_STR("由")) &&
                   (is_bare_act(lexicon, gb_str_skip(s, verb)) || act_behind_manner(lexicon, s, from, verb))
               ? verb
               : 0;
}

/* 空白试验：…, 洗涤剂：… */
static bool
is_label(const struct gb_lexicon *lexicon, struct gb_str label)
{
    return !gb_act_led_verb(lexicon, label) ||
           gb_act_is_thing(lexicon, gb_str_skip(label, gb_act_word(lexicon, label)));
}

struct gb_span
gb_instruction_verb(const struct gb_lexicon *lexicon, struct gb_str s, size_t begin, size_t end)
{
    enum { CONDITIONS = 4, LONGEST_LABEL = 16 * GB_HAN };
    size_t colon = gb_str_find(gb_str_sub(s, begin, end), GB_STR("："), 0);
    struct gb_str label = gb_str_sub(s, begin, colon <= LONGEST_LABEL ? begin + colon : begin);
    if (label.len > 0 && is_label(lexicon, label) && colon < gb_act_clause(gb_str_sub(s, begin, end)).len &&
        begin + colon + strlen("：") < end)
        begin += colon + strlen("：");
    struct gb_str sentence = gb_str_sub(s, begin, end);
    if (GB_ENDS_WITH(label, "检验方法", "检查方法") && gb_ends(&lexicon->verbs, gb_act_without_stop(sentence)))
        return (struct gb_span){0}; /* 检验方法：观察和尺量检查: the name of a way */

    size_t at = 0;
    for (size_t tries = 0, next; tries < CONDITIONS; tries++, at += next) {
        if ((next = behind_time(lexicon, gb_str_skip(sentence, at))) > 0) /* 冷却后，…: what follows tells */
            continue;
        size_t verb = skip_adverbs(lexicon, sentence, at);
        struct gb_str rest = gb_str_skip(sentence, at), act = gb_str_skip(sentence, verb);
        size_t len = verb > 0 ? act_behind_manner(lexicon, sentence, at, verb) : gb_act_led_verb(lexicon, act);
        len = len ? len : bare_hand(lexicon, act);
        bool is_when =
            gb_str_ends(gb_str_sub(sentence, 0, at), GB_STR("时")); /* 下降时截短绳: no subject without a comma */
        if (!len && at > 0 &&
            (is_counted_act(lexicon, act) || is_last_verb(lexicon, act) || (is_when && is_presumed_act(lexicon, act))))
            len = 2 * GB_HAN;
        if (!len && at > 0) /* 在…的环境中试验。 */
            len = all_verbs(lexicon, act);
        if (len)
            return (struct gb_span){(uint32_t)(begin + verb), (uint32_t)(begin + verb + len)};
        if ((next = skip_place(lexicon, act)) > 0 || (next = skip_phrase(lexicon, act)) > 0 ||
            (next = behind_adverbial(lexicon, act)) > 0) {
            next += verb - at;
            continue;
        }
        next = skip_condition(lexicon, rest);
        if (!next && verb > at && (next = skip_condition(lexicon, act)) > 0) /* 立即以水为参比，读取… */
            next += verb - at;
        if (!next)
            break;
    }
    size_t verb = later_act(lexicon, sentence);
    verb = verb ? verb : act_upon_case(lexicon, sentence, at);
    size_t len = verb ? gb_act_led_verb(lexicon, gb_str_skip(sentence, verb)) : 0;
    if ((verb && !len) || (!verb && is_presumed_act(lexicon, sentence)))
        len = 2 * GB_HAN;
    return (struct gb_span){(uint32_t)(begin + verb), (uint32_t)(begin + verb + len)};
}

/* Begins the text with a verb of instructions, an object behind it? */
static bool
is_bare_act(const struct gb_lexicon *lexicon, struct gb_str s)
{
    enum { SHORTEST_OBJECT = 2 * GB_HAN };
    size_t len = gb_act_verb(lexicon, s);
    struct gb_str behind = gb_str_skip(s, len);

    return len >= 2 * GB_HAN && !gb_begins(&lexicon->inst_unsure, s) && gb_act_clause(behind).len >= SHORTEST_OBJECT &&
           !gb_begins(&lexicon->inst_no_objects, behind) &&
           !gb_act_has_predicate(lexicon, gb_str_sub(s, 0, len), behind);
}

/* 移动展柜，检查锁具: any verb with a short object, where an act without doubt follows. */
static bool
leads_to_act(const struct gb_lexicon *lexicon, struct gb_str s, unsigned depth)
{
    enum { SHORTEST_OBJECT = 2 * GB_HAN, LONGEST = 8 * GB_HAN };
    size_t len = gb_words_start(gb_rel_at(&lexicon->verbs), s);
    size_t comma = gb_str_find(gb_str_sub(s, 0, LONGEST + strlen("，")), GB_STR("，"), 0);
    struct gb_str behind = gb_str_sub(s, len, comma == GB_NOT_FOUND ? len : comma),
                  next = gb_str_skip(s, comma == GB_NOT_FOUND ? s.len : comma + strlen("，"));
    size_t work = comma == GB_NOT_FOUND ? 0 : gb_words_start(gb_rel_at(&lexicon->instructions), s);

    if (work && work == comma) /* 弹线，找平，铺设龙骨 */
        return is_bare_act(lexicon, next) || (depth > 0 && leads_to_act(lexicon, next, depth - 1));
    return len && comma != GB_NOT_FOUND && behind.len >= SHORTEST_OBJECT && !gb_begins(&lexicon->inst_unsure, s) &&
           !gb_begins(&lexicon->inst_no_objects, behind) && !gb_act_ends_in_time(lexicon, behind) &&
           !gb_act_has_predicate(lexicon, gb_str_sub(s, 0, len), behind) && is_bare_act(lexicon, next) &&
           !gb_act_is_subject(lexicon, s);
}

bool
gb_is_imperative(const struct gb_lexicon *lexicon, struct gb_str sentence)
{
    size_t comma = gb_act_clause(sentence).len;
    if (gb_str_starts(sentence, GB_STR("每"))) /* 每季度汇总意见，提出措施: alone it tells as well, and so does 予以 */
        return skip_adverbs(lexicon, sentence, 0) && comma < sentence.len &&
               is_bare_act(lexicon, gb_str_skip(sentence, comma + strlen("，")));
    size_t begin = gb_begins(&lexicon->inst_grounds, sentence) ? skip_condition(lexicon, sentence)
                                                               : behind_time(lexicon, sentence);
    size_t verb = skip_adverbs(lexicon, sentence, begin ? begin : behind_adverbial(lexicon, sentence));
    struct gb_str rest = gb_str_skip(sentence, verb);

    enum { SHORT_ACTS = 3 };
    bool is_short = false; /* 主动问候，微笑服务: an adverb and nothing behind the verb */
    if (verb > begin && !gb_begins(&lexicon->inst_unsure, rest)) {
        size_t len = gb_act_verb(lexicon, rest);
        struct gb_str behind = gb_str_skip(rest, len);
        is_short = len && (gb_str_starts(behind, GB_STR("，")) || gb_str_is(behind, "。"));
    }
    bool acts = begin > 0 ? !gb_begins(&lexicon->inst_unsure, rest) && gb_act_led_verb(lexicon, rest) >= 2 * GB_HAN
                          : is_bare_act(lexicon, rest);
    return (is_short || acts || leads_to_act(lexicon, rest, SHORT_ACTS) ||
            (verb > 0 && begin == 0 && is_bare_act(lexicon, sentence))) &&
           !gb_str_has(sentence, GB_STR("予以"));
}
