/*
 * What a clause of an instruction begins with: a verb that acts, or a noun made with a verb, of which the clause tells. Every rule is a word
 * list of rules/words/instructions.yaml and verbs.yaml, and the place at which its words are looked for.
 */
#include "facts/sentences/act_priv.h"
#include "facts/sentences/modal_priv.h"

#include "text/utf8.h"

struct gb_str
gb_act_clause(struct gb_str s)
{
    const char *p = s.ptr, *end = s.ptr + s.len;

    while (p < end && (p = memchr(p, (unsigned char)"，"[0], (size_t)(end - p)))) {
        size_t at = (size_t)(p - s.ptr);
        if (memcmp(p, "，", GB_HAN) != 0 && memcmp(p, "；", GB_HAN) != 0) {
            p += GB_HAN;
            continue;
        }
        if (!memchr(s.ptr, (unsigned char)"“"[0], at)) /* most clauses */
            return gb_str_sub(s, 0, at);
        size_t open = gb_str_find(gb_str_sub(s, 0, at), GB_STR("“"), 0),
               close = open == GB_NOT_FOUND ? open : gb_str_find(s, GB_STR("”"), open);
        if (close == GB_NOT_FOUND || close < at)
            return gb_str_sub(s, 0, at);
        p = s.ptr + close; /* 坚持“预防为主，…”的方针 */
    }
    return s;
}

/* Is a number the next, in digits or Han characters, or an amount: 等体积? */
bool
gb_act_quantity(const struct gb_lexicon *lexicon, struct gb_str s)
{
    size_t at = 0;

    while (at < s.len && s.ptr[at] == ' ')
        at++;
    if (gb_str_starts(gb_str_skip(s, at), GB_STR("（")))
        at += strlen("（");
    return gb_is_digit(gb_str_at(s, at)) || gb_begins(&lexicon->inst_amounts, s) ||
           (gb_begins(&lexicon->inst_counts, s) && !gb_begins(&lexicon->inst_states, s)); /* no 一致性 */
}

size_t
gb_act_word(const struct gb_lexicon *lexicon, struct gb_str s)
{
    size_t act = gb_words_start(gb_rel_at(&lexicon->instructions), s);

    return act > GB_HAN ? act : gb_words_start(gb_rel_at(&lexicon->verbs), s);
}

/* 结果, 密度: a noun that a verb before it makes the name of. */
size_t
gb_act_noun(const struct gb_lexicon *lexicon, struct gb_str s)
{
    size_t property = gb_words_start(gb_rel_at(&lexicon->inst_told_properties), s);

    return property ? property : gb_words_start(gb_rel_at(&lexicon->nouns), s);
}

/* 取出, 调节, 根据: verbs that make no noun with an act behind them. */
static bool
is_plain(const struct gb_lexicon *lexicon, struct gb_str verb)
{
    return gb_begins(&lexicon->inst_makers, verb) || gb_str_has(verb, GB_STR("取")) ||
           gb_ends(&lexicon->inst_results, verb) || gb_words_has(gb_rel_at(&lexicon->prepositions), verb);
}

/* 采样瓶清洗后…, 点火丝用…, 清扫车停在…: a thing, named by what it is for, has a predicate. */
static bool
is_thing_told(const struct gb_lexicon *lexicon, struct gb_str verb, struct gb_str behind)
{
    size_t thing = gb_words_start(gb_rel_at(&lexicon->inst_things), behind);
    struct gb_str rest = gb_str_skip(behind, thing);

    if (gb_act_word(lexicon, behind) >= thing || verb.len == GB_HAN || gb_begins(&lexicon->inst_finders, verb))
        return false; /* 安排轮换 */
    return gb_act_word(lexicon, rest) || gb_str_starts(gb_str_skip(rest, 2 * GB_HAN), GB_STR("后")) ||
           (!is_plain(lexicon, verb) &&
            (gb_begins(&lexicon->inst_thing_acts, rest) || gb_begins(&lexicon->inst_hands, rest)));
}

/* 审核人员核对…, 拆卸作业人员系…: who acts is named by what he does; no 查阅人员档案, 通知人员撤离. */
static bool
is_actor(const struct gb_lexicon *lexicon, struct gb_str verb, struct gb_str behind)
{
    const struct gb_rel *acts[] = {&lexicon->instructions,    &lexicon->verbs,        &lexicon->inst_hands,
                                   &lexicon->prepositions,    &lexicon->adverbs,      &lexicon->inst_predicates,
                                   &lexicon->inst_thing_acts, &lexicon->inst_manners, &lexicon->instruction_adverbs};
    size_t act = is_plain(lexicon, verb) || gb_begins(&lexicon->inst_actors, behind) ? 0 : gb_act_word(lexicon, behind);
    struct gb_str who = gb_str_skip(behind, act);
    size_t actor = gb_words_start(gb_rel_at(&lexicon->inst_actors), who);

    bool is_name = actor == GB_HAN && !act && verb.len > GB_HAN; /* 授权方, 委托人 */
    if (!actor || (!is_name && gb_begins(&lexicon->inst_addresses, verb)))
        return false;
    for (size_t i = 0; i < GB_COUNT(acts); i++) {
        if (gb_begins(acts[i], gb_str_skip(who, actor)))
            return true;
    }
    return false;
}

bool
gb_act_has_actor(const struct gb_lexicon *lexicon, struct gb_str s)
{
    enum { LONGEST = 4 * GB_HAN };

    for (size_t at = 2 * GB_HAN; at <= LONGEST && at < s.len; at += GB_HAN) {
        if (gb_begins(&lexicon->inst_actors, gb_str_skip(s, at)) &&
            is_actor(lexicon, gb_str_sub(s, 0, at), gb_str_skip(s, at)))
            return true;
    }
    return false;
}

/* Length of the noun that the verb begins: 结果 of 检查结果, 落实情况 of 整改落实情况; 分选 of 破碎分选在…. */
static size_t
named_behind(const struct gb_lexicon *lexicon, struct gb_str verb, struct gb_str behind)
{
    size_t thing = gb_words_start(gb_rel_at(&lexicon->inst_things), behind);
    struct gb_str rest = gb_str_skip(behind, thing);
    size_t noun = thing + (gb_begins(&lexicon->inst_makers, verb) ? gb_words_start(gb_rel_at(&lexicon->nouns), rest)
                                                                  : gb_act_noun(lexicon, rest));
    if (noun)
        return noun;
    size_t act = gb_act_word(lexicon, behind);
    struct gb_str after = gb_str_skip(behind, act);
    bool is_name = !is_plain(lexicon, verb) && !gb_begins(&lexicon->inst_no_objects, after);
    noun = act && is_name ? gb_act_noun(lexicon, after) : 0;
    return noun || (act && gb_begins(&lexicon->inst_noun_relations, after)) ? act + noun : 0;
}

/* Has what stands behind the noun a predicate? `rest` is up to the end of the clause. */
static bool
is_noun_told(const struct gb_lexicon *lexicon, struct gb_str verb, struct gb_str rest)
{
    GB_WORDS(inner, "内", "中", "上");
    struct gb_str of = GB_STR("的");
    bool is_maker = gb_begins(&lexicon->inst_makers, verb), has_of = gb_str_has(rest, of);
    size_t manner = gb_words_start(gb_rel_at(&lexicon->instruction_adverbs), rest),
           told = gb_begins(&lexicon->inst_finders, verb) ? 0 : gb_act_word(lexicon, gb_str_skip(rest, manner));

    if ((told && !has_of && (manner || rest.len >= told + 2 * GB_HAN)) ||
        (manner && gb_str_starts(gb_str_skip(rest, manner), GB_STR("每"))))
        return true; /* 总结报告抄送主管部门, 处置过程全程录像, 校准曲线至少每半年核查一次 */
    if (GB_STARTS_ANY(rest, inner) && gb_act_word(lexicon, gb_str_skip(rest, GB_HAN))) /* 检测通道内安装… */
        return true;
    if (gb_begins(&lexicon->inst_noun_acts, rest) &&
        !(is_maker && gb_str_starts(rest, GB_STR("距"))) && /* no 保持车距50 m, 凿出直径约15 mm的孔 */
        !(has_of && gb_str_starts(rest, GB_STR("约"))))
        return true;
    for (size_t at = 0; at < rest.len; gb_utf8_at(rest, at, &at)) {
        struct gb_str word = gb_str_skip(rest, at);
        size_t bound = gb_words_start(gb_rel_at(&lexicon->inst_comparisons), word), act = gb_act_word(lexicon, word);

        if (gb_begins(&lexicon->inst_told_stops, word)) /* 检查表面是否… */
            return false;
        if (bound && gb_act_quantity(lexicon, gb_str_skip(word, bound)) && gb_str_has(word, of))
            return false;                                   /* 选取浓度为0.5 mg/L的溶液 */
        if (gb_begins(&lexicon->inst_noun_copulas, word) || /* 测量数据在现场录入…, 分析结果反馈到… */
            (gb_begins(&lexicon->inst_noun_relations, word) && !gb_begins(&lexicon->inst_predicate_others, word)) ||
            (act && gb_begins(&lexicon->inst_goals, gb_str_skip(word, act))))
            return true;
    }
    if (!is_maker && !has_of && gb_begins(&lexicon->inst_told_verbs, rest) &&
        !gb_begins(&lexicon->inst_predicate_others, rest)) /* 测试数据取自账单, no 按下报警按钮 */
        return true;
    return gb_act_quantity(lexicon, rest) && !is_plain(lexicon, verb) && !has_of; /* 加热温度60 ℃, no 贴上胶带5 min内 */
}

/* 检查结果为…, 测量范围见…: the verb is a part of a noun, the subject of its clause. */
bool
gb_act_is_noun(const struct gb_lexicon *lexicon, struct gb_str verb, struct gb_str behind)
{
    size_t noun = named_behind(lexicon, verb, behind);
    struct gb_str rest = gb_str_skip(noun ? gb_act_clause(behind) : behind, noun);

    /* 测定结果保留…, 查验结果填入…, 重复性限: these are subjects, whatever their verb is. */
    bool is_result = gb_str_starts(behind, GB_STR("结果")) &&
                     (gb_begins(&lexicon->inst_roundings, rest) || gb_act_word(lexicon, rest));
    bool is_property =
        gb_begins(&lexicon->inst_noun_ends, behind) && !gb_begins(&lexicon->modal_property_others, behind);
    return is_result || is_property || is_actor(lexicon, verb, behind) || is_thing_told(lexicon, verb, behind) ||
           (noun && is_noun_told(lexicon, verb, rest));
}

/* 后 of 加热后样品变深, no 后盖, 时间: what makes a time of the verb before it. */
static bool
is_time(const struct gb_lexicon *lexicon, struct gb_str behind)
{
    return gb_begins(&lexicon->inst_verb_times, behind) && !gb_begins(&lexicon->inst_part_names, behind);
}

/* 测定结果用…: the sentence begins with a verb that is a part of its subject. */
bool
gb_act_is_subject(const struct gb_lexicon *lexicon, struct gb_str s)
{
    size_t word = gb_act_word(lexicon, s);

    return word && !is_time(lexicon, gb_str_skip(s, word)) && /* 检定前静置2 h */
           gb_act_is_noun(lexicon, gb_str_sub(s, 0, word), gb_str_skip(s, word));
}

/* 冷却后, 采用直接法时, 检查发现超差的: a clause of time or condition. */
bool
gb_act_ends_in_time(const struct gb_lexicon *lexicon, struct gb_str clause)
{
    return gb_words_end(gb_rel_at(&lexicon->inst_time_ends), clause) > 0 || gb_str_ends(clause, GB_STR("的"));
}

/* 收集到的废液, 标记的位置, 调整后的参数, 放置在架上的书: the verb is an attribute. */
static bool
is_attribute(const struct gb_lexicon *lexicon, struct gb_str verb, struct gb_str behind)
{
    enum { LONGEST_PLACE = 6 * GB_HAN };

    size_t outcome =
        gb_begins(&lexicon->inst_judges, verb) ? gb_words_start(gb_rel_at(&lexicon->inst_outcomes), behind) : 0;
    if (outcome && !gb_begins(&lexicon->inst_outcome_names, gb_str_skip(behind, outcome)))
        return true; /* 检查发现的缺陷, 上传失败…, no 剔除不合格的样品, 检查合格证 */
    behind = gb_str_skip(behind, gb_words_start(gb_rel_at(&lexicon->inst_complements), behind));
    if (gb_str_starts(behind, GB_STR("在"))) { /* 施加在结构上的力 */
        for (size_t at = gb_utf8_ceil(behind, 2 * GB_HAN); at < behind.len && at <= LONGEST_PLACE;
             gb_utf8_at(behind, at, &at)) {
            if (gb_begins(&lexicon->inst_attribute_places, gb_str_skip(behind, at)))
                return true;
        }
    }
    size_t after = gb_str_find(gb_act_clause(behind), GB_STR("后的"), 0);
    return gb_str_starts(behind, GB_STR("的")) || /* 加入内标后的溶液, no 称取干燥后的试样 */
           (verb.len > GB_HAN && after != GB_NOT_FOUND &&
            !gb_words_in(gb_rel_at(&lexicon->verbs), gb_str_sub(behind, 0, after)));
}

/* 检查卡悬挂在…: a character that makes a thing of the verb. */
static bool
is_thing(const struct gb_lexicon *lexicon, struct gb_str behind)
{
    size_t thing = gb_words_start(gb_rel_at(&lexicon->inst_things), behind);
    struct gb_str rest = gb_str_skip(behind, thing);

    return thing && (gb_begins(&lexicon->inst_thing_marks, rest) || gb_begins(&lexicon->inst_told_verbs, rest));
}

bool
gb_act_is_thing(const struct gb_lexicon *lexicon, struct gb_str words)
{
    return words.len && gb_words_start(gb_rel_at(&lexicon->inst_things), words) == words.len;
}

/* 检查井的间距, 培养皿直径, 清洗液每周: such a thing or noun, and what it is not the object of. */
static bool
is_compound(const struct gb_lexicon *lexicon, struct gb_str behind)
{
    struct gb_str rest = gb_str_skip(behind, gb_words_start(gb_rel_at(&lexicon->inst_things), behind));

    return rest.len < behind.len && (gb_begins(&lexicon->inst_thing_marks, rest) || gb_begins(&lexicon->nouns, rest));
}

struct gb_str
gb_act_without_stop(struct gb_str clause)
{
    return gb_str_sub(clause, 0, clause.len - (gb_str_ends(clause, GB_STR("。")) ? strlen("。") : 0));
}

/* 的直径约2 mm, and nothing behind it. */
static bool
has_value(const struct gb_lexicon *lexicon, struct gb_str s)
{
    struct gb_str of = GB_STR("的"), about = GB_STR("约");
    size_t property = gb_words_start(gb_rel_at(&lexicon->inst_told_properties), s);
    struct gb_str value = gb_str_skip(s, property);

    value = gb_str_starts(value, about) ? gb_str_skip(value, about.len) : value;
    return property && gb_act_quantity(lexicon, value) && !gb_str_has(value, of);
}

/* 剔除超过期限的样品, no 扫描的图像占用较多的空间: a 的 follows the word at `at`, and none stands before it. */
static bool
is_inside_attribute(struct gb_str clause, size_t at)
{
    size_t of = gb_str_find(clause, GB_STR("的"), 0);

    return of != GB_NOT_FOUND && of > at;
}

/* 记录包括…, 清洗用水…, 压迫止血用纱球…: the verb, or two of them, is a noun. */
static bool
tells_directly(const struct gb_lexicon *lexicon, struct gb_str clause)
{
    GB_WORDS(ways, "方式", "方法", "形式", "原则", "制度", "模式"); /* 评价采用自评和互评相结合的方式 */
    struct gb_str use = GB_STR("用");
    size_t act = gb_act_word(lexicon, clause);

    if (gb_begins(&lexicon->inst_told_others, clause))
        return false;
    return (gb_begins(&lexicon->inst_told_directly, clause) &&
            (!is_inside_attribute(clause, 0) || GB_ENDS_ANY(gb_act_without_stop(clause), ways))) ||
           gb_str_starts(clause, use) || (act && gb_str_starts(gb_str_skip(clause, act), use));
}

/* 发送请求的客户端记录…: a thing that acts by itself. */
static bool
is_agent(const struct gb_lexicon *lexicon, struct gb_str s)
{
    size_t agent = gb_words_start(gb_rel_at(&lexicon->inst_agents), s);

    return agent && gb_act_word(lexicon, gb_str_skip(s, agent));
}

/* 录入差错率, 巡视保洁间隔: a few characters up to `at` are the name of a property. */
static bool
is_named_property(const struct gb_lexicon *lexicon, struct gb_str clause, size_t at)
{
    enum { LONGEST = 8 * GB_HAN };
    struct gb_str name = gb_str_sub(clause, 0, at);

    return at > GB_HAN && at <= LONGEST &&
           (gb_ends(&lexicon->inst_measures, name) || gb_ends(&lexicon->inst_told_properties, name)) &&
           !gb_str_has(name, GB_STR("的"));
}

/* 使字迹更清晰, no 使滤芯更换位置: a cause tells what comes of it. */
static bool
tells_effect(struct gb_str s)
{
    static const struct {
        struct gb_str word, undo;
    } effects[] = {
        {GB_WORD("更"), GB_WORD("-换 -新 -改 -正 -替 变-")},
        {GB_WORD("易"), GB_WORD("-位 交- 贸- 简-")},
        {GB_WORD("变得"), GB_WORD("")},
    };

    for (size_t i = 0; i < GB_COUNT(effects); i++) {
        GB_EACH_FOUND(at, s, effects[i].word, 0) {
            if (!gb_is_undone(s, at, at + effects[i].word.len, effects[i].undo))
                return true;
        }
    }
    return false;
}

/*
 * 记录纸的宽度为250 mm, 洗脱液呈黄色: what begins with the verb is the subject of a predicate. Not where this is a part of an attribute
 * (称取质量为5 g的样品), nor where the verb makes the thing be so (调节电压为220 V).
 */
bool
gb_act_is_told(const struct gb_lexicon *lexicon, struct gb_str verb, struct gb_str behind)
{
    struct gb_str see = GB_STR("见");
    GB_WORDS(aims, "至", "到");
    GB_WORDS(demands, "要求", "规定", "条件");
    struct gb_str whole = gb_act_clause(behind), clause = gb_str_sub(whole, 0, gb_str_find(whole, GB_STR("（"), 0)),
                  words = gb_act_without_stop(clause);
    bool takes_clause = gb_begins(&lexicon->inst_finders, verb);
    bool takes = gb_str_has(verb, GB_STR("取")) || gb_str_starts(verb, GB_STR("称")); /* 取冷却的试样在室温下晾干 */
    size_t of = takes || takes_clause ? GB_NOT_FOUND : gb_str_find(clause, GB_STR("的"), 0);
    bool is_maker =
        gb_begins(&lexicon->inst_makers, verb) && !gb_str_starts(clause, GB_STR("要")) && !is_compound(lexicon, clause);

    if (GB_ENDS_ANY(verb, aims)) /* 滴定至溶液变为无色 */
        return false;
    if (!is_maker && !takes_clause && clause.len >= 4 * GB_HAN && gb_ends(&lexicon->inst_told_ends, words) &&
        !gb_words_in(gb_rel_at(&lexicon->inst_told_stops), clause))
        return true;
    if (tells_directly(lexicon, clause) || (of < clause.len && is_agent(lexicon, gb_str_skip(clause, of + GB_HAN))))
        return true;
    for (size_t at = 0, next; at < clause.len; at = next) {
        gb_utf8_at(clause, at, &next);
        struct gb_str rest = gb_str_skip(clause, at);
        size_t other = gb_words_start(gb_rel_at(&lexicon->inst_predicate_others), rest),
               stop = gb_words_start(gb_rel_at(&lexicon->inst_told_stops), rest),
               told = gb_words_start(gb_rel_at(&lexicon->inst_told_verbs), rest);
        if (stop && stop >= other && stop >= told) /* 加硫酸使pH小于2, 查看指针是否位于绿区, but 去除底灰使字迹更清晰 */
            return gb_begins(&lexicon->inst_causes, rest) && tells_effect(rest);
        if (other && !is_maker && is_named_property(lexicon, clause, at) && !is_inside_attribute(clause, at))
            return true; /* 录入差错率不高于0.01 %, no 测量长度不小于5 m的试样 */
        if (at > 0 && gb_str_starts(rest, GB_STR("后")) &&
            (is_agent(lexicon, gb_str_skip(rest, GB_HAN)) || gb_ends(&lexicon->inst_states, words)))
            return true; /* 勾选后系统弹出提示, 切断电源后指示灯熄灭 */
        if (at > of && gb_begins(&lexicon->inst_told_after_of, rest) && !gb_str_has(rest, GB_STR("的")))
            return true; /* 移动尺框所需的力在3 N～7 N之间 */
        if (at > 0 && !takes_clause && gb_begins(&lexicon->inst_told_conforms, rest) && GB_ENDS_ANY(words, demands))
            return true;                                     /* 预埋螺栓长度符合说明书的要求 */
        if (told && told == other && at + told == words.len) /* 清塘药物的药性与水温有关 */
            return true;
        if (told == GB_HAN && at + told == words.len) /* 召开总结会 */
            continue;
        if (other) { /* 不少于 */
            next = at + other;
            continue;
        }
        bool is_inside = is_inside_attribute(clause, at),
             is_bound = gb_str_ends(gb_str_sub(rest, 0, told), GB_STR("于")) && !GB_STARTS_WITH(rest, "有", "不利");
        if (gb_str_starts(rest, GB_STR("是")) && (!is_maker || of < at) && !gb_begins(&lexicon->inst_told_others, rest))
            return true;
        if (at == 0)
            continue;
        if (!is_maker && (gb_begins(&lexicon->inst_told_places, rest) || has_value(lexicon, rest)))
            return true;
        if (gb_str_starts(rest, see) && !is_inside && gb_is_letter(gb_str_at(rest, see.len))) /* 品种见GB 2760 */
            return true;
        if (told && !is_inside && !(is_maker && is_bound) && (!takes_clause || is_thing(lexicon, clause)))
            return true; /* 观察孔位于…, 检测器采用… */
        if (gb_begins(&lexicon->inst_told_copulas, rest) && !gb_begins(&lexicon->inst_told_others, rest) &&
            !gb_str_ends(gb_str_sub(clause, 0, at), GB_STR("作")) && /* 作为空白 */
            !is_inside && (!is_maker || gb_str_starts(rest, GB_STR("呈"))))
            return true;
    }
    return false;
}

/* 试样一块, 对照品适量: the clause ends with a count and what is counted, or an amount. */
static bool
ends_quantity(const struct gb_lexicon *lexicon, struct gb_str clause)
{
    return gb_ends(&lexicon->inst_amounts, clause) ||
           (clause.len > 3 * GB_HAN && gb_begins(&lexicon->inst_counts, gb_str_skip(clause, clause.len - 2 * GB_HAN)));
}

/* 取5 g, 加 20 mL, 取对照品适量: a verb of one character and a quantity. */
size_t
gb_act_measured(const struct gb_lexicon *lexicon, struct gb_str s)
{
    size_t len = gb_words_start(gb_rel_at(&lexicon->inst_measured_verbs), s),
           hand = gb_words_start(gb_rel_at(&lexicon->inst_hands), s);

    if (gb_begins(&lexicon->inst_devices, s)) /* 移液管检定两次 */
        return 0;
    if (!len && hand && gb_act_quantity(lexicon, gb_str_skip(s, hand))) /* 画一条直线, 留5片叶 */
        return hand;
    bool is_thing = hand && gb_begins(&lexicon->inst_hand_nouns, gb_str_skip(s, hand)); /* 测点三个 */
    return len && (gb_act_quantity(lexicon, gb_str_skip(s, len)) ||
                   (!is_thing && !gb_act_word(lexicon, s) &&
                    ends_quantity(lexicon, gb_act_without_stop(gb_act_clause(s)))))
               ? len
               : 0;
}

/* 拆下, 塞紧: a hand's work and what comes of it; no 拧紧力. */
static size_t
hand_work(const struct gb_lexicon *lexicon, struct gb_str s)
{
    size_t prefix = gb_words_start(gb_rel_at(&lexicon->inst_prefixes), s);
    if (prefix && !gb_begins(&lexicon->inst_unsure, s) &&        /* no 试验 */
        gb_begins(&lexicon->inst_hands, gb_str_skip(s, prefix))) /* 补刷, 重测, 初拧 */
        return prefix + GB_HAN;
    size_t hand = gb_words_start(gb_rel_at(&lexicon->inst_hands), s),
           result = hand ? gb_words_start(gb_rel_at(&lexicon->inst_results), gb_str_skip(s, hand)) : 0;

    return result && !gb_begins(&lexicon->inst_measures, gb_str_skip(s, hand + result)) ? hand + result : 0;
}

/* 边洗边观察, 随起随运, 先推后扫 */
static bool
is_pair(struct gb_str s)
{
    enum { FARTHEST = 5 * GB_HAN };
    GB_WORDS(halves, "边", "随", "先");
    struct gb_str half = gb_str_sub(s, 0, GB_HAN), other = gb_str_is(half, "先") ? GB_STR("后") : half;
    size_t at = GB_STARTS_ANY(s, halves) ? gb_str_find(gb_str_sub(s, GB_HAN, FARTHEST), other, 0) : GB_NOT_FOUND;

    return at != GB_NOT_FOUND && at > 0;
}

bool
gb_act_is_use(const struct gb_lexicon *lexicon, struct gb_str s)
{
    struct gb_str use = GB_STR("用"), behind = gb_str_skip(s, use.len);

    return gb_str_starts(s, use) && gb_begins(&lexicon->inst_not_uses, behind) &&
           !gb_begins(&lexicon->inst_tools, behind);
}

/* 清洁、消毒浴具, 检查和维护: the place of the last of several verbs, the one that has the object. */
static size_t
last_of_verbs(const struct gb_lexicon *lexicon, struct gb_str s, size_t word)
{
    enum { MOST = 4 };
    GB_WORDS(joints, "、", "和", "或", "并");
    size_t at = 0;

    for (size_t n = 0; n < MOST && word >= 2 * GB_HAN && GB_STARTS_ANY(gb_str_skip(s, at + word), joints); n++) {
        size_t next = at + word + GB_HAN;
        if ((word = gb_act_word(lexicon, gb_str_skip(s, next))) < 2 * GB_HAN)
            break;
        at = next;
    }
    return at;
}

size_t
gb_act_words(const struct gb_lexicon *lexicon, struct gb_str s)
{
    size_t word = gb_act_word(lexicon, s), last = last_of_verbs(lexicon, s, word);

    return last + (last ? gb_act_word(lexicon, gb_str_skip(s, last)) : word);
}

/* Length of the verb at the start of s, `len` where it is one of instructions. */
static size_t
single_verb(const struct gb_lexicon *lexicon, struct gb_str s, size_t len)
{
    if (!len)
        len = hand_work(lexicon, s);
    if (!len && is_pair(s))
        return GB_HAN;
    if (!len)
        return gb_act_measured(lexicon, s);
    struct gb_str clause = gb_act_clause(s);
    if (gb_begins(&lexicon->inst_devices, s) || (clause.len < s.len && gb_str_ends(clause, GB_STR("的"))))
        return 0;
    struct gb_str verb = gb_str_sub(s, 0, len), behind = gb_str_skip(s, len);
    GB_WORDS(movers, "将", "把", "请");
    if (GB_IS_ANY(verb, movers))
        return gb_str_starts(s, GB_STR("将要")) ? 0 : len;
    GB_WORDS(energies, "能量", "能耗", "能源", "能效", "能级", "能见度");
    if (gb_str_starts(behind, GB_STR("能")) && !GB_STARTS_ANY(behind, energies)) /* 记录能识别 */
        return 0;
    if (gb_act_is_use(lexicon, s) || gb_str_starts(s, GB_STR("按下列")) || /* no 按下 */
        is_time(lexicon, behind))
        return 0;
    return is_attribute(lexicon, verb, behind) || gb_act_is_noun(lexicon, verb, behind) ||
                   gb_act_is_told(lexicon, verb, behind)
               ? 0
               : len;
}

/* Length of the verb, or of the verbs, at the start of s. */
size_t
gb_act_verb(const struct gb_lexicon *lexicon, struct gb_str s)
{
    size_t word = gb_words_start(gb_rel_at(&lexicon->instructions), s),
           last = word > GB_HAN ? last_of_verbs(lexicon, s, word) : 0;
    struct gb_str rest = gb_str_skip(s, last);
    size_t len = single_verb(lexicon, rest, last ? gb_words_start(gb_rel_at(&lexicon->instructions), rest) : word);

    return len ? last + len : 0;
}

/* 审核准则由…, 测量重复性随…: what follows the verb is a noun with a predicate of its own. Verbs of finding out take such a clause as object. */
bool
gb_act_has_predicate(const struct gb_lexicon *lexicon, struct gb_str verb, struct gb_str behind)
{
    struct gb_str clause = gb_act_clause(behind);

    if (gb_begins(&lexicon->inst_finders, verb) || gb_str_starts(behind, GB_STR("至"))) /* 蒸煮至无白心 */
        return false;
    for (size_t at = 0, next; at < clause.len; at = next) {
        gb_utf8_at(clause, at, &next);
        size_t other = gb_words_start(gb_rel_at(&lexicon->inst_predicate_others), gb_str_skip(clause, at));
        if (gb_words_start(gb_rel_at(&lexicon->inst_told_stops), gb_str_skip(clause, at)) > other)
            return false;
        if (at > 0 && other && !gb_act_quantity(lexicon, gb_str_skip(clause, at + other)) &&
            gb_words_start(gb_rel_at(&lexicon->inst_comparisons), gb_str_skip(clause, at)) == other)
            return true; /* 载员不超过额定人数 */
        next = other ? at + other : next;
        size_t len =
            at > 0 && !other ? gb_words_start(gb_rel_at(&lexicon->inst_predicates), gb_str_skip(clause, at)) : 0;
        struct gb_str rest = gb_str_skip(clause, at + len);
        bool is_attribute = gb_str_starts(rest, GB_STR("的")) || /* 已有的图 */
                            (rest.len > GB_HAN && gb_str_starts(gb_str_skip(rest, GB_HAN), GB_STR("的")));
        if (len && !is_attribute && !gb_str_ends(gb_str_sub(clause, 0, at), GB_STR("作")))
            return true;
    }
    return false;
}

/* 依次拍摄, 样品量不足时，增加取样次数: behind what stands before the verb of an act it may be any verb with an object. */
size_t
gb_act_led_verb(const struct gb_lexicon *lexicon, struct gb_str s)
{
    enum { SHORTEST_OBJECT = 2 * GB_HAN };
    size_t len = gb_act_verb(lexicon, s);

    if (len)
        return len;
    len = gb_words_start(gb_rel_at(&lexicon->verbs), s);
    struct gb_str verb = gb_str_sub(s, 0, len), behind = gb_str_skip(s, len);

    if (!len || gb_act_clause(behind).len < SHORTEST_OBJECT || gb_begins(&lexicon->inst_unsure, s) ||
        gb_words_start(gb_rel_at(&lexicon->inst_devices), s) > len || /* 排水口 */
        gb_begins(&lexicon->nouns, behind) || gb_begins(&lexicon->inst_things, behind) ||
        (gb_act_noun(lexicon, behind) && gb_act_quantity(lexicon, gb_str_skip(behind, gb_act_noun(lexicon, behind)))) ||
        (gb_begins(&lexicon->inst_no_objects, behind) && !gb_begins(&lexicon->inst_predicate_others, behind)) ||
        is_attribute(lexicon, verb, behind) || gb_act_has_predicate(lexicon, verb, behind) ||
        gb_act_is_told(lexicon, verb, behind) || gb_act_is_subject(lexicon, s))
        return 0;
    return len;
}
