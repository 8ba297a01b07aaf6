#include "facts/instruction_priv.h"

#include "text/chars.h"
#include "text/utf8.h"

/* 按下列步骤办理外借：: the sentence before the list promises steps. */
static bool
has_steps_lead(const struct gb_node *list)
{
    const struct gb_node *lead = list->prev;
    size_t tail = 0;

    if (!lead || lead->kind != GB_NODE_PARA || !gb_str_ends(lead->text.str, GB_STR("：")))
        return false;
    for (size_t at = 0; (at = gb_str_find(lead->text.str, GB_STR("。"), at)) != GB_NOT_FOUND; tail = at)
        at += strlen("。");
    return gb_str_find(lead->text.str, GB_STR("步骤"), tail) != GB_NOT_FOUND;
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
    return in_body && (gb_str_is(facts->function, "规程") || gb_str_is(facts->function, "试验") ||
                       scope_promises_acts(facts->scope));
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

static struct gb_str
first_clause(struct gb_str s)
{
    const char *p = s.ptr, *end = s.ptr + s.len;

    while (p < end && (p = memchr(p, (unsigned char)"，"[0], (size_t)(end - p))) && memcmp(p, "，", GB_HAN) != 0 &&
           memcmp(p, "；", GB_HAN) != 0)
        p += GB_HAN;
    return gb_str_sub(s, 0, p && p < end ? (size_t)(p - s.ptr) : s.len);
}

/* Is a number the next, in digits or Han characters? */
static bool
starts_quantity(const struct gb_lexicon *lexicon, struct gb_str s)
{
    size_t at = 0;

    while (at < s.len && s.ptr[at] == ' ')
        at++;
    if (gb_str_starts(gb_str_skip(s, at), GB_STR("（")))
        at += strlen("（");
    return gb_is_digit(gb_str_at(s, at)) || gb_begins(&lexicon->inst_counts, s);
}

static size_t
any_verb(const struct gb_lexicon *lexicon, struct gb_str s)
{
    size_t act = gb_words_start(gb_rel_at(&lexicon->instructions), s);

    return act > GB_HAN ? act : gb_words_start(gb_rel_at(&lexicon->verbs), s);
}

/* 检查结果为…, 测量范围见…: the verb is a part of a noun, the subject of its clause. */
static bool
is_noun(const struct gb_lexicon *lexicon, struct gb_str verb, struct gb_str behind)
{
    size_t thing = gb_words_start(gb_rel_at(&lexicon->inst_things), behind);
    size_t noun = thing + gb_words_start(gb_rel_at(&lexicon->nouns), gb_str_skip(behind, thing));
    size_t act = any_verb(lexicon, gb_str_skip(behind, thing));
    if (thing && act && verb.len > GB_HAN && !gb_begins(&lexicon->inst_finders, verb)) /* 采样瓶清洗后… */
        return true;
    if (thing && gb_str_starts(gb_str_skip(behind, thing + 2 * GB_HAN), GB_STR("后"))) /* 清洗剂挥发后… */
        return true;
    if (!noun && act && gb_begins(&lexicon->inst_noun_relations, gb_str_skip(behind, act))) /* 破碎分选在… */
        noun = act;
    struct gb_str rest = gb_str_skip(noun ? first_clause(behind) : behind, noun);

    /* 审核人员核对…, 测定结果保留…, 校准系数列于…, 重复性限: these are subjects, whatever their verb is. */
    bool is_result = gb_str_starts(behind, GB_STR("结果")) && gb_begins(&lexicon->inst_roundings, rest);
    bool is_property =
        gb_begins(&lexicon->inst_noun_ends, behind) && !gb_begins(&lexicon->modal_property_others, behind);
    struct gb_str acted = gb_str_skip(behind, gb_words_start(gb_rel_at(&lexicon->inst_actors), behind));
    bool is_actor = acted.len < behind.len && /* no 查阅人员档案 */
                    (any_verb(lexicon, acted) || gb_begins(&lexicon->prepositions, acted) ||
                     gb_begins(&lexicon->adverbs, acted) || gb_begins(&lexicon->inst_predicates, acted));
    if (is_actor || is_result || is_property)
        return true;
    size_t told = noun && !gb_begins(&lexicon->inst_finders, verb) ? any_verb(lexicon, rest) : 0;
    if (told && rest.len >= told + 2 * GB_HAN && !gb_begins(&lexicon->nouns, gb_str_skip(rest, told)) &&
        !gb_str_has(rest, GB_STR("的"))) /* 总结报告抄送主管部门 */
        return true;
    if (noun && gb_begins(&lexicon->inst_noun_acts, rest) &&
        !(gb_str_starts(rest, GB_STR("约")) && gb_str_has(rest, GB_STR("的")))) /* 凿出直径约15 mm的孔 */
        return true;
    for (size_t at = 0; noun && at < rest.len; gb_utf8_at(rest, at, &at)) {
        struct gb_str word = gb_str_skip(rest, at);
        if (gb_begins(&lexicon->inst_told_stops, word)) /* 检查表面是否… */
            return false;
        act = any_verb(lexicon, word);
        if (gb_begins(&lexicon->inst_noun_copulas, word) || /* 测量数据在现场录入…, 分析结果反馈到… */
            (gb_begins(&lexicon->inst_noun_relations, word) && !gb_begins(&lexicon->inst_predicate_others, word)) ||
            (act && gb_begins(&lexicon->inst_goals, gb_str_skip(word, act))))
            return true;
    }
    return noun && starts_quantity(lexicon, rest) && !gb_begins(&lexicon->inst_makers, verb) &&
           !gb_str_has(rest, GB_STR("的")); /* 加热温度60 ℃ */
}

/* 冷却后, 采用直接法时, 检查发现超差的: a clause of time or condition. */
static bool
ends_in_time(const struct gb_lexicon *lexicon, struct gb_str clause)
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
        for (size_t at = 2 * GB_HAN; at < behind.len && at <= LONGEST_PLACE; gb_utf8_at(behind, at, &at)) {
            if (gb_begins(&lexicon->inst_attribute_places, gb_str_skip(behind, at)))
                return true;
        }
    }
    size_t after = gb_str_find(first_clause(behind), GB_STR("后的"), 0);
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

static bool
is_whole_thing(const struct gb_lexicon *lexicon, struct gb_str words)
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

static struct gb_str
without_stop(struct gb_str clause)
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
    return property && starts_quantity(lexicon, value) && !gb_str_has(value, of);
}

/* 剔除超过期限的样品, no 扫描的图像占用较多的空间: a 的 follows the word at `at`, and none stands before it. */
static bool
is_inside_attribute(struct gb_str clause, size_t at)
{
    size_t of = gb_str_find(clause, GB_STR("的"), 0);

    return of != GB_NOT_FOUND && of > at;
}

/*
 * 记录纸的宽度为250 mm, 洗脱液呈黄色: what begins with the verb is the subject of a predicate. Not where this is a part of an attribute
 * (称取质量为5 g的样品), nor where the verb makes the thing be so (调节电压为220 V).
 */
static bool
is_told(const struct gb_lexicon *lexicon, struct gb_str verb, struct gb_str behind)
{
    GB_WORDS(aims, "至", "到");
    if (GB_STARTS_ANY(behind, aims) || GB_ENDS_ANY(verb, aims)) /* 滴定至溶液变为无色 */
        return false;
    struct gb_str clause = gb_str_sub(first_clause(behind), 0, gb_str_find(behind, GB_STR("（"), 0));
    bool takes_clause = gb_begins(&lexicon->inst_finders, verb);
    bool takes = gb_str_has(verb, GB_STR("取")) || gb_str_starts(verb, GB_STR("称")); /* 取冷却的试样在室温下晾干 */
    size_t of = takes ? GB_NOT_FOUND : gb_str_find(clause, GB_STR("的"), 0);
    bool is_maker =
        gb_begins(&lexicon->inst_makers, verb) && !gb_str_starts(clause, GB_STR("要")) && !is_compound(lexicon, clause);

    if (!is_maker && clause.len >= 4 * GB_HAN && !gb_begins(&lexicon->inst_finders, verb) &&
        gb_ends(&lexicon->inst_told_ends, without_stop(clause)))
        return true;
    for (size_t at = 0, next; at < clause.len; at = next) {
        gb_utf8_at(clause, at, &next);
        struct gb_str rest = gb_str_skip(clause, at);
        size_t other = gb_words_start(gb_rel_at(&lexicon->inst_predicate_others), rest);
        if (other) { /* 不少于 */
            next = at + other;
            continue;
        }
        if (gb_begins(&lexicon->inst_told_stops, rest)) /* 加硫酸使pH小于2, 查看指针是否位于绿区 */
            return false;
        if (gb_str_starts(rest, GB_STR("是")) && !is_maker && !gb_begins(&lexicon->inst_told_others, rest))
            return true;
        if (at > 0 && !is_maker && (gb_begins(&lexicon->inst_told_places, rest) || has_value(lexicon, rest)))
            return true;
        if (at > 0 && (!takes_clause || is_thing(lexicon, clause)) && gb_begins(&lexicon->inst_told_verbs, rest) &&
            !is_inside_attribute(clause, at)) /* 观察孔位于…, 检测器采用… */
            return true;
        if (at == 0 && gb_begins(&lexicon->inst_told_directly, rest) && !gb_begins(&lexicon->inst_told_others, rest) &&
            (gb_str_starts(rest, GB_STR("用")) || !is_inside_attribute(clause, at))) /* 记录包括…, 清洗用水… */
            return true;
        if (at > of && !takes_clause && gb_begins(&lexicon->inst_told_after_of, rest) &&
            !gb_str_has(rest, GB_STR("的"))) /* 移动尺框所需的力在3 N～7 N之间 */
            return true;
        if (at == 0 || !gb_begins(&lexicon->inst_told_copulas, rest) || gb_begins(&lexicon->inst_told_others, rest) ||
            gb_str_ends(gb_str_sub(clause, 0, at), GB_STR("作"))) /* 作为空白 */
            continue;
        if (!is_inside_attribute(clause, at) && (!is_maker || gb_str_starts(rest, GB_STR("呈"))))
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
static size_t
measured_verb(const struct gb_lexicon *lexicon, struct gb_str s)
{
    size_t len = gb_words_start(gb_rel_at(&lexicon->inst_measured_verbs), s);

    return len && (starts_quantity(lexicon, gb_str_skip(s, len)) ||
                   ends_quantity(lexicon, without_stop(first_clause(s))))
               ? len
               : 0;
}

/* 溶液冷却后，…; 溶液变色时，…: behind such a clause, which has a subject of its own; 0: none stands at the start. */
static size_t
behind_time(const struct gb_lexicon *lexicon, struct gb_str s)
{
    enum { FARTHEST = 25 * GB_HAN };
    size_t comma = gb_str_find(gb_str_sub(s, 0, FARTHEST), GB_STR("，"), 0);

    return comma == first_clause(s).len && comma >= 3 * GB_HAN && ends_in_time(lexicon, gb_str_sub(s, 0, comma))
               ? comma + strlen("，")
               : 0;
}

/* Behind a phrase or condition that stands before the verb: 按4.3规定，称取…. */
static size_t
skip_condition(const struct gb_lexicon *lexicon, struct gb_str s)
{
    if (!gb_words_start(gb_rel_at(&lexicon->prepositions), s) && !gb_begins(&lexicon->inst_conditions, s))
        return behind_time(lexicon, s);
    size_t comma = first_clause(s).len;
    if (gb_str_ends(gb_str_sub(s, 0, comma), GB_STR("为例"))) /* 以200 g为例，配制…需要1片: told */
        return 0;
    return comma < s.len ? comma + strlen("，") : 0;
}

/* 拆下, 塞紧: a hand's work and what comes of it; no 拧紧力. */
static size_t
hand_work(const struct gb_lexicon *lexicon, struct gb_str s)
{
    size_t hand = gb_words_start(gb_rel_at(&lexicon->inst_hands), s),
           result = hand ? gb_words_start(gb_rel_at(&lexicon->inst_results), gb_str_skip(s, hand)) : 0;

    return result && !gb_begins(&lexicon->inst_measures, gb_str_skip(s, hand + result)) ? hand + result : 0;
}

/* Length of the verb at the start of s. */
static size_t
verb_at(const struct gb_lexicon *lexicon, struct gb_str s)
{
    size_t len = gb_words_start(gb_rel_at(&lexicon->instructions), s);

    if (!len)
        len = hand_work(lexicon, s);
    if (!len)
        return measured_verb(lexicon, s);
    struct gb_str clause = first_clause(s);
    if (gb_begins(&lexicon->inst_devices, s) || (clause.len < s.len && gb_str_ends(clause, GB_STR("的"))))
        return 0;
    struct gb_str verb = gb_str_sub(s, 0, len), behind = gb_str_skip(s, len);
    GB_WORDS(movers, "将", "把", "请");
    if (GB_IS_ANY(verb, movers))
        return gb_str_starts(s, GB_STR("将要")) ? 0 : len;
    if (gb_str_starts(behind, GB_STR("能")) && !gb_str_starts(behind, GB_STR("能量")) &&
        !gb_str_starts(behind, GB_STR("能耗"))) /* 记录能识别 */
        return 0;
    if ((gb_str_is(verb, "用") && gb_begins(&lexicon->inst_not_uses, behind) &&
         !gb_begins(&lexicon->inst_tools, behind)) ||
        gb_str_starts(s, GB_STR("按下列")) || /* no 按下 */
        (gb_begins(&lexicon->inst_verb_times, behind) &&
         !gb_begins(&lexicon->inst_part_names, behind))) /* 加热后样品变深, no 打开后盖 */
        return 0;
    return is_noun(lexicon, verb, behind) || is_attribute(lexicon, verb, behind) || is_told(lexicon, verb, behind)
               ? 0
               : len;
}

/* Length of an adverb at the start of s: one of the list, or 逐 and what is taken one by one: 逐页, 逐箱. */
static size_t
adverb_at(const struct gb_lexicon *lexicon, struct gb_str s)
{
    size_t len = gb_words_start(gb_rel_at(&lexicon->instruction_adverbs), s);

    if (len || !gb_str_starts(s, GB_STR("逐")) || gb_begins(&lexicon->inst_manner_others, s))
        return len;
    gb_utf8_at(s, GB_HAN, &len);
    return len;
}

/* Behind the adverbs at `at`. */
static size_t
skip_adverbs(const struct gb_lexicon *lexicon, struct gb_str s, size_t at)
{
    for (size_t n; (n = adverb_at(lexicon, gb_str_skip(s, at))) > 0;)
        at += n;
    return at;
}

/* 审核准则由…, 测量重复性随…: what follows the verb is a noun with a predicate of its own. Verbs of finding out take such a clause as object. */
static bool
has_predicate(const struct gb_lexicon *lexicon, struct gb_str verb, struct gb_str behind)
{
    struct gb_str clause = first_clause(behind);

    if (gb_begins(&lexicon->inst_finders, verb) || gb_str_starts(behind, GB_STR("至"))) /* 蒸煮至无白心 */
        return false;
    for (size_t at = 0; at < clause.len; gb_utf8_at(clause, at, &at)) {
        size_t len = at > 0 ? gb_words_start(gb_rel_at(&lexicon->inst_predicates), gb_str_skip(clause, at)) : 0;
        struct gb_str rest = gb_str_skip(clause, at + len);
        bool is_attribute = gb_str_starts(rest, GB_STR("的")) || /* 已有的图 */
                            (rest.len > GB_HAN && gb_str_starts(gb_str_skip(rest, GB_HAN), GB_STR("的")));
        if (len && !is_attribute && !gb_begins(&lexicon->inst_predicate_others, gb_str_skip(clause, at)) &&
            !gb_str_ends(gb_str_sub(clause, 0, at), GB_STR("作")))
            return true;
    }
    return false;
}

/* 依次拍摄, 样品量不足时，增加取样次数: behind what stands before the verb of an act it may be any verb with an object. */
static size_t
led_verb(const struct gb_lexicon *lexicon, struct gb_str s)
{
    enum { SHORTEST_OBJECT = 2 * GB_HAN };
    size_t len = verb_at(lexicon, s);

    if (len)
        return len;
    len = gb_words_start(gb_rel_at(&lexicon->verbs), s);
    struct gb_str verb = gb_str_sub(s, 0, len), behind = gb_str_skip(s, len);

    if (!len || first_clause(behind).len < SHORTEST_OBJECT || gb_begins(&lexicon->inst_unsure, s) ||
        gb_begins(&lexicon->nouns, behind) || gb_begins(&lexicon->inst_things, behind) ||
        gb_begins(&lexicon->inst_no_objects, behind) || is_attribute(lexicon, verb, behind) ||
        is_told(lexicon, verb, behind) || has_predicate(lexicon, verb, behind))
        return 0;
    return len;
}

/*
 * 轻敲琴键, 逐层清场, 先润潮书脊: behind a manner, which only one who acts can have, and before its object any two characters are a verb.
 * `manner`: where the manner begins; the act begins at `at`.
 */
static size_t
act_behind_manner(const struct gb_lexicon *lexicon, struct gb_str s, size_t manner, size_t at)
{
    enum { VERB = 2 * GB_HAN };
    struct gb_str begin = gb_str_skip(s, manner), act = gb_str_skip(s, at), clause = first_clause(act);
    size_t len = led_verb(lexicon, act);

    if (len || at == manner || clause.len < VERB || gb_begins(&lexicon->inst_manner_others, begin) ||
        !(gb_begins(&lexicon->inst_manners, begin) || gb_str_starts(begin, GB_STR("逐"))) ||
        gb_str_has(clause, GB_STR("的")) || gb_begins(&lexicon->inst_unsure, act) ||
        (gb_begins(&lexicon->nouns, act) && clause.len > VERB) || /* no 继续操作，直到… */
        gb_begins(&lexicon->prepositions, act))
        return len;
    for (size_t i = 0; i < VERB; i += GB_HAN) {
        if (!gb_char_is_han(gb_char_at(act, i)))
            return 0;
    }
    struct gb_str verb = gb_str_sub(act, 0, VERB), behind = gb_str_skip(act, VERB);
    return is_told(lexicon, verb, behind) || has_predicate(lexicon, verb, behind) ? 0 : VERB;
}

/* 补测一次, 复核两遍: two characters and how often. */
static bool
is_counted_act(const struct gb_lexicon *lexicon, struct gb_str s)
{
    GB_WORDS(times, "次", "遍", "回");
    struct gb_str clause = without_stop(first_clause(s));

    return clause.len == 4 * GB_HAN && gb_begins(&lexicon->inst_counts, gb_str_skip(clause, 2 * GB_HAN)) &&
           GB_ENDS_ANY(clause, times);
}

/* Is what stands at `at` no Han character: a digit, a unit, ～? */
static bool
is_in_quantity(struct gb_str s, size_t at)
{
    return (unsigned char)s.ptr[at] < 0x80 || gb_str_starts(gb_str_skip(s, at), GB_STR("～"));
}

static size_t skip_place(const struct gb_lexicon *lexicon, struct gb_str s);

/*
 * 雨后及时排水, 提取藏品前核对编号, 室温下放置24 h: behind words of time or place without a comma, before an adverb or verb;
 * 0: none stand at the start.
 */
static size_t
behind_adverbial(const struct gb_lexicon *lexicon, struct gb_str s)
{
    enum { LONGEST = 12 * GB_HAN };
    struct gb_str clause = gb_str_sub(first_clause(s), 0, LONGEST);

    for (size_t at = 0, next; at < clause.len; at = next) {
        gb_utf8_at(clause, at, &next);
        while (at > 0 && next < s.len && is_in_quantity(s, next)) /* 播种前3 d～5 d灌水 */
            next += (unsigned char)s.ptr[next] < 0x80 ? 1 : GB_HAN;
        struct gb_str here = gb_str_skip(clause, at), rest = gb_str_skip(s, next);
        if (at > 0 && (gb_str_starts(here, GB_STR("的")) || /* 试验在暗室中进行, but 风力大于5级时 */
                       (gb_begins(&lexicon->prepositions, here) &&
                        !gb_ends(&lexicon->inst_comparisons, gb_str_sub(clause, 0, at + GB_HAN)))))
            return 0;
        size_t end = at > 0 ? gb_words_start(gb_rel_at(&lexicon->inst_adverbial_ends), here) : 0;
        if (end > GB_HAN) { /* 期间 */
            next = at + end;
            rest = gb_str_skip(s, next);
        }
        if (end && (gb_begins(&lexicon->instruction_adverbs, rest) || gb_begins(&lexicon->inst_phrases, rest) ||
                    skip_place(lexicon, rest) || led_verb(lexicon, rest)))
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
    return measured_verb(lexicon, sentence) || gb_begins(&lexicon->inst_conditions, sentence) ||
           behind_time(lexicon, sentence) || behind_adverbial(lexicon, sentence);
}

/* 从冰箱中取出样品, 在540 nm处测定吸光度: the place of the verb behind a phrase of place; 0 where none stands at the start. */
static size_t
skip_place(const struct gb_lexicon *lexicon, struct gb_str s)
{
    enum { FARTHEST = 60 };

    if (!gb_begins(&lexicon->inst_places, s) || gb_begins(&lexicon->inst_place_others, s))
        return 0;
    struct gb_str clause = first_clause(s);
    bool has_end = false; /* 在车体粘贴标识: none is needed */
    for (size_t at = strlen("在"), next; at < clause.len && at < FARTHEST; at = next) {
        gb_utf8_at(clause, at, &next);
        size_t from = skip_adverbs(lexicon, clause, next);
        bool is_end = gb_begins(&lexicon->inst_place_ends, gb_str_skip(clause, at));
        size_t verb = is_end || (!has_end && at > 3 * GB_HAN) ? led_verb(lexicon, gb_str_skip(clause, from)) : 0;
        has_end |= is_end;
        struct gb_str behind = gb_str_skip(clause, from + verb);
        if (verb && (!gb_str_has(behind, GB_STR("的")) ||
                     !has_predicate(lexicon, gb_str_sub(clause, from, from + verb), behind)))
            return next;
    }
    return 0;
}

/* The place of the verb behind a phrase; 0 where none stands at the start, or the verb is a part of a noun: 按6.2测定的值. */
static size_t
skip_phrase(const struct gb_lexicon *lexicon, struct gb_str s)
{
    enum { FARTHEST = 60 };
    struct gb_str clause = first_clause(s);

    bool is_all = clause.len == s.len && gb_str_ends(s, GB_STR("。"));
    if (!gb_begins(&lexicon->inst_phrases, s) &&
        !(is_all && gb_begins(&lexicon->inst_conditions, s))) /* 不经处理直接进样 */
        return 0;
    GB_WORDS(aims, "为", "用", "凭");
    bool is_for = GB_STARTS_ANY(s, aims); /* 为老年人提供助餐的场所 */
    bool is_each = gb_str_starts(s, GB_STR("每"));
    for (size_t at = 2 * GB_HAN, next; at < clause.len && at < FARTHEST; at = next) {
        next = at + 1;
        while (next < clause.len && ((unsigned char)clause.ptr[next] & 0xC0) == 0x80)
            next++;
        if (((unsigned char)clause.ptr[at] & 0xC0) == 0x80)
            continue;
        if (is_each && !gb_str_has_digit(gb_str_sub(clause, 0, at))) /* 每个试样测量3次, no 每下潜10 m核对压力 */
            continue;
        if (gb_str_starts(gb_str_skip(clause, at), GB_STR("每隔"))) /* 沿轨道每隔2 m测一点 */
            return at;
        size_t manner = adverb_at(lexicon, gb_str_skip(clause, at));
        if (manner && act_behind_manner(lexicon, clause, at, at + manner)) /* 从左至右依次安放传感器 */
            return at;
        size_t verb = led_verb(lexicon, gb_str_skip(clause, at));
        struct gb_str object = gb_str_skip(s, at + verb);
        if (verb && (verb >= 2 * GB_HAN || is_each) && object.len >= GB_HAN &&
            !gb_begins(&lexicon->inst_phrase_nouns, object) &&
            !is_whole_thing(lexicon, first_clause(object)) && /* 为填充剂，… */
            !(is_for && gb_str_has(first_clause(object), GB_STR("的"))))
            return at;
    }
    return 0;
}

static bool is_bare_act(const struct gb_lexicon *lexicon, struct gb_str s);

/* 封堵管段两端，注水浸泡，然后测定渗水量: the place of an act without doubt behind short clauses that tell nothing; 0: there is none. */
static size_t
later_act(const struct gb_lexicon *lexicon, struct gb_str s)
{
    enum { LONGEST = 16 * GB_HAN };
    bool acts = led_verb(lexicon, s) > 0; /* 运行脚本，比较输出 */

    for (size_t at = 0, comma;; at = comma + strlen("，")) {
        struct gb_str clause = first_clause(gb_str_skip(s, at));
        size_t verb = skip_adverbs(lexicon, s, at + skip_place(lexicon, gb_str_skip(s, at)));
        struct gb_str act = gb_str_skip(s, verb);
        if (at > 0 &&
            (is_bare_act(lexicon, act) || act_behind_manner(lexicon, s, at, verb) || (acts && led_verb(lexicon, act))))
            return verb;
        comma = at + clause.len;
        if (comma == s.len || clause.len > LONGEST || (!acts && gb_str_has(clause, GB_STR("的"))) ||
            gb_str_has(clause, GB_STR("：")) || has_predicate(lexicon, GB_STR(""), clause))
            return 0;
    }
}

/* 煮浆至沸，…; 叠齐纸张: a hand's work and its object, with no predicate behind. 拉力, 滤网 are things. */
static size_t
bare_hand(const struct gb_lexicon *lexicon, struct gb_str s)
{
    enum { SHORTEST = 3 * GB_HAN, LONGEST = 14 * GB_HAN };
    size_t hand = gb_words_start(gb_rel_at(&lexicon->inst_hands), s);
    struct gb_str clause = without_stop(first_clause(s)), verb = gb_str_sub(s, 0, hand), behind = gb_str_skip(s, hand);

    return hand && clause.len >= SHORTEST && clause.len <= LONGEST && gb_char_is_han(gb_char_at(s, hand)) &&
                   !gb_begins(&lexicon->instructions, s) && !gb_begins(&lexicon->verbs, s) && /* judged above */
                   !gb_begins(&lexicon->inst_things, behind) && !gb_begins(&lexicon->inst_measures, behind) &&
                   !gb_begins(&lexicon->inst_hand_nouns, behind) && !gb_str_has(clause, GB_STR("的")) &&
                   !ends_in_time(lexicon, clause) && !has_predicate(lexicon, verb, behind) &&
                   !is_told(lexicon, verb, behind)
               ? hand
               : 0;
}

struct gb_span
gb_instruction_verb(const struct gb_lexicon *lexicon, struct gb_str s, size_t begin, size_t end)
{
    enum { CONDITIONS = 4, LONGEST_LABEL = 8 * GB_HAN };
    size_t colon = gb_str_find(gb_str_sub(s, begin, end), GB_STR("："), 0);
    if (colon <= LONGEST_LABEL && begin + colon + strlen("：") < end) /* 空白试验：… */
        begin += colon + strlen("：");
    struct gb_str sentence = gb_str_sub(s, begin, end);

    for (size_t at = 0, tries = 0, next; tries < CONDITIONS; tries++, at += next) {
        size_t verb = skip_adverbs(lexicon, sentence, at);
        struct gb_str rest = gb_str_skip(sentence, at), act = gb_str_skip(sentence, verb);
        size_t len = verb > 0 ? act_behind_manner(lexicon, sentence, at, verb) : led_verb(lexicon, act);
        len = len ? len : bare_hand(lexicon, act);
        if (!len && at > 0 && is_counted_act(lexicon, act))
            len = 2 * GB_HAN;
        if (len && (next = behind_time(lexicon, rest)) > 0) /* 冷却后，…: what follows tells */
            continue;
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
    size_t verb = later_act(lexicon, sentence), len = verb ? led_verb(lexicon, gb_str_skip(sentence, verb)) : 0;
    len = verb && !len ? 2 * GB_HAN : len; /* behind a manner */
    return (struct gb_span){(uint32_t)(begin + verb), (uint32_t)(begin + verb + len)};
}

/* Begins the text with a verb of instructions, an object behind it? */
static bool
is_bare_act(const struct gb_lexicon *lexicon, struct gb_str s)
{
    enum { SHORTEST_OBJECT = 2 * GB_HAN };
    size_t len = verb_at(lexicon, s);
    struct gb_str behind = gb_str_skip(s, len);

    return len >= 2 * GB_HAN && !gb_begins(&lexicon->inst_unsure, s) && first_clause(behind).len >= SHORTEST_OBJECT &&
           !gb_begins(&lexicon->inst_no_objects, behind) && !has_predicate(lexicon, gb_str_sub(s, 0, len), behind);
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
           !gb_begins(&lexicon->inst_no_objects, behind) && !ends_in_time(lexicon, behind) &&
           !has_predicate(lexicon, gb_str_sub(s, 0, len), behind) && is_bare_act(lexicon, next);
}

bool
gb_is_imperative(const struct gb_lexicon *lexicon, struct gb_str sentence)
{
    if (gb_str_starts(sentence, GB_STR("每"))) /* how often tells as well */
        return false;
    size_t begin = gb_begins(&lexicon->inst_grounds, sentence) ? skip_condition(lexicon, sentence)
                                                               : behind_time(lexicon, sentence);
    size_t verb = skip_adverbs(lexicon, sentence, begin ? begin : behind_adverbial(lexicon, sentence));
    struct gb_str rest = gb_str_skip(sentence, verb);

    enum { SHORT_ACTS = 3 };
    if (verb > begin &&
        !gb_begins(&lexicon->inst_unsure, rest)) { /* 主动问候，微笑服务: an adverb and nothing behind the verb */
        size_t len = verb_at(lexicon, rest);
        struct gb_str behind = gb_str_skip(rest, len);
        if (len && (gb_str_starts(behind, GB_STR("，")) || gb_str_is(behind, "。")))
            return true;
    }
    return is_bare_act(lexicon, rest) || leads_to_act(lexicon, rest, SHORT_ACTS);
}
