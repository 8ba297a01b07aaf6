#include "facts/instruction_priv.h"

#include "text/utf8.h"

/* A title near the node decides; without one, whether the whole document is of that kind. */
bool
gb_gives_instructions(const struct gb_facts *facts, const struct gb_lexicon *lexicon, const struct gb_node *node)
{
    bool in_body = false;

    for (const struct gb_node *n = node; n && n->kind != GB_NODE_DOC; n = n->parent) {
        if (n->kind == GB_NODE_FOREWORD || n->kind == GB_NODE_INTRO || n->role != GB_ROLE_NONE)
            return false;
        if (n->kind != GB_NODE_CLAUSE && n->kind != GB_NODE_ANNEX)
            continue;
        in_body = true;
        if (gb_words_in(gb_rel_at(&lexicon->statement_titles), n->title.str))
            return false;
        if (gb_words_in(gb_rel_at(&lexicon->instruction_titles), n->title.str))
            return true;
    }
    return in_body && (gb_str_is(facts->function, "规程") || gb_str_is(facts->function, "试验"));
}

bool
gb_is_technical(const struct gb_node *node)
{
    bool in_body = false;

    for (const struct gb_node *n = node; n && n->kind != GB_NODE_DOC; n = n->parent) {
        if (n->kind == GB_NODE_FOREWORD || n->kind == GB_NODE_INTRO || n->kind == GB_NODE_TERM || n->role != GB_ROLE_NONE)
            return false;
        in_body |= n->kind == GB_NODE_CLAUSE || n->kind == GB_NODE_ANNEX;
    }
    return in_body;
}

static struct gb_str
first_clause(struct gb_str s)
{
    return gb_str_sub(s, 0, gb_str_find(s, GB_STR("，"), 0));
}

/* 检查结果为…, 测量范围见…: the verb is a part of a noun, the subject of its clause. */
static bool
is_noun(const struct gb_lexicon *lexicon, struct gb_str behind)
{
    static const struct gb_str copulas[] = {GB_WORD("为"), GB_WORD("是"), GB_WORD("见"), GB_WORD("包括"), GB_WORD("表明"),
                                            GB_WORD("显示"), GB_WORD("由"), GB_WORD("分为"), GB_WORD("如下"), GB_WORD("不超过"),
                                            GB_WORD("不大于"), GB_WORD("不小于"), GB_WORD("有"), GB_WORD("以"), GB_WORD("不低于")};
    /* 审核人员核对…, 测定结果保留…: these are subjects, whatever their verb is. */
    static const struct gb_str actors[] = {GB_WORD("人员"), GB_WORD("机构"), GB_WORD("单位"), GB_WORD("部门"), GB_WORD("窗口")};
    static const struct gb_str rounded[] = {GB_WORD("取"), GB_WORD("保留"), GB_WORD("修约"), GB_WORD("精确"), GB_WORD("按"), GB_WORD("用")};
    size_t noun = gb_words_start(gb_rel_at(&lexicon->nouns), behind);
    struct gb_str rest = gb_str_skip(noun ? first_clause(behind) : behind, noun);

    if (gb_str_starts_any(behind, actors, GB_COUNT(actors)) ||
        (gb_str_starts(behind, GB_STR("结果")) && gb_str_starts_any(rest, rounded, GB_COUNT(rounded))))
        return true;

    for (size_t at = 0; noun && at < rest.len; gb_utf8_at(rest, at, &at)) {
        if (gb_str_starts_any(gb_str_skip(rest, at), copulas, GB_COUNT(copulas)))
            return true;
    }
    return false;
}

/* 冷却后, 采用直接法时: a clause of time or condition. */
static bool
ends_in_time(struct gb_str clause)
{
    static const struct gb_str ends[] = {GB_WORD("后"), GB_WORD("时"), GB_WORD("前")};

    return (clause.len > GB_HAN && gb_str_starts_any(gb_str_skip(clause, clause.len - GB_HAN), ends, GB_COUNT(ends))) ||
           gb_str_ends(clause, GB_STR("过程中")) || gb_str_ends(clause, GB_STR("期间"));
}

/* 收集到的废液, 标记的位置, 调整后的参数: the verb is an attribute. */
static bool
is_attribute(struct gb_str behind)
{
    static const struct gb_str complements[] = {GB_WORD("到"), GB_WORD("好"), GB_WORD("得"), GB_WORD("出"), GB_WORD("后"), GB_WORD("过"), GB_WORD("完"), GB_WORD("前"), GB_WORD("时")};

    if (gb_str_starts_any(behind, complements, GB_COUNT(complements)))
        behind = gb_str_skip(behind, GB_HAN);
    return gb_str_starts(behind, GB_STR("的"));
}

/*
 * 记录纸的宽度为250 mm, 洗脱液呈黄色: what begins with the verb is the subject of a predicate. Not where this is a part of an attribute
 * (称取质量为5 g的样品), nor where the verb makes the thing be so (调节电压为220 V).
 */
static bool
is_told(struct gb_str verb, struct gb_str behind)
{
    static const struct gb_str copulas[] = {GB_WORD("为"), GB_WORD("是"), GB_WORD("呈"), GB_WORD("见图"), GB_WORD("见表"), GB_WORD("见附"),
                                            GB_WORD("不小于"), GB_WORD("不大于"), GB_WORD("不少于"), GB_WORD("不超过"), GB_WORD("不低于"),
                                            GB_WORD("不高于"), GB_WORD("等于"), GB_WORD("称为"), GB_WORD("没有"), GB_WORD("代表")};
    static const struct gb_str makers[] = {GB_WORD("调"), GB_WORD("设"), GB_WORD("控制"), GB_WORD("保持"), GB_WORD("选"), GB_WORD("确定"),
                                           GB_WORD("将"), GB_WORD("把"), GB_WORD("使"), GB_WORD("取"), GB_WORD("输入"), GB_WORD("升"), GB_WORD("降"),
                                           GB_WORD("确认"), GB_WORD("确保"), GB_WORD("检查"), GB_WORD("校")};
    static const struct gb_str others[] = {GB_WORD("为止"), GB_WORD("为宜"), GB_WORD("是否")};
    struct gb_str clause = gb_str_sub(first_clause(behind), 0, gb_str_find(behind, GB_STR("（"), 0));
    bool is_maker = gb_str_starts_any(verb, makers, GB_COUNT(makers)) && !gb_str_starts(clause, GB_STR("要"));

    for (size_t at = 0, next; at < clause.len; at = next) {
        gb_utf8_at(clause, at, &next);
        struct gb_str rest = gb_str_skip(clause, at);
        if (at == 0 || !gb_str_starts_any(rest, copulas, GB_COUNT(copulas)) || gb_str_starts_any(rest, others, GB_COUNT(others)))
            continue;
        return !gb_str_has(rest, GB_STR("的")) && (!is_maker || gb_str_starts(gb_str_skip(clause, at), GB_STR("呈")));
    }
    return false;
}

/* 取5 g, 加 20 mL: a verb of one character before a quantity. */
static size_t
measured_verb(struct gb_str s)
{
    static const struct gb_str verbs[] = {GB_WORD("取"), GB_WORD("加"), GB_WORD("称"), GB_WORD("量"), GB_WORD("移")};
    size_t len = strlen("取"), at = len;

    if (!gb_str_starts_any(s, verbs, GB_COUNT(verbs)))
        return 0;
    while (at < s.len && s.ptr[at] == ' ')
        at++;
    return at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9' ? len : 0;
}

/* 撬除, 刮净, 拧紧: what hands do, and what comes of it. */
static size_t
resultative_verb(struct gb_str s)
{
    static const struct gb_str acts[] = {GB_WORD("撬"), GB_WORD("刮"), GB_WORD("铲"), GB_WORD("剔"), GB_WORD("挖"), GB_WORD("擦"), GB_WORD("剪"), GB_WORD("割"), GB_WORD("切"),
                                         GB_WORD("扫"), GB_WORD("刷"), GB_WORD("拆"), GB_WORD("锯"), GB_WORD("削"), GB_WORD("凿"), GB_WORD("吹"), GB_WORD("冲"), GB_WORD("抹"),
                                         GB_WORD("揩"), GB_WORD("拭"), GB_WORD("抖"), GB_WORD("拧"), GB_WORD("旋"), GB_WORD("压"), GB_WORD("捆"), GB_WORD("扎"), GB_WORD("绑"), GB_WORD("拉"), GB_WORD("关"), GB_WORD("敲"), GB_WORD("拔")};
    static const struct gb_str results[] = {GB_WORD("除"), GB_WORD("净"), GB_WORD("紧"), GB_WORD("掉"), GB_WORD("平"), GB_WORD("齐"), GB_WORD("断"), GB_WORD("碎"), GB_WORD("落")};
    static const struct gb_str nouns[] = {GB_WORD("压紧力"), GB_WORD("拧紧力"), GB_WORD("切断阀"), GB_WORD("关断阀"), GB_WORD("关断"), GB_WORD("压紧弹"), GB_WORD("切断器"), GB_WORD("压平")};

    return s.len > 4 * GB_HAN && gb_str_starts_any(s, acts, GB_COUNT(acts)) && gb_str_starts_any(gb_str_skip(s, GB_HAN), results, GB_COUNT(results)) &&
           !gb_str_starts_any(s, nouns, GB_COUNT(nouns)) ? 2 * GB_HAN : 0;
}

/* Words that begin a condition before the verb. */
static const struct gb_str conditions[] = {GB_WORD("如"), GB_WORD("若"), GB_WORD("待"), GB_WORD("当"), GB_WORD("每")};

/* 溶液冷却后，…; 溶液变色时，…: behind such a clause, which has a subject of its own; 0: none stands at the start. */
static size_t
behind_time(struct gb_str s)
{
    enum { FARTHEST = 25 * GB_HAN };
    size_t comma = gb_str_find(gb_str_sub(s, 0, FARTHEST), GB_STR("，"), 0);

    return comma != GB_NOT_FOUND && comma >= 3 * GB_HAN && ends_in_time(gb_str_sub(s, 0, comma)) ? comma + strlen("，") : 0;
}

/* Phrases before a verb, without a comma between: 按公式（1）计算, 沿瓶壁加入, 每5 min记录. */
static const struct gb_str phrases[] = {GB_WORD("按"), GB_WORD("沿"), GB_WORD("向"), GB_WORD("往"), GB_WORD("以"), GB_WORD("每"),
                                        GB_WORD("对"), GB_WORD("通过"), GB_WORD("从")};

bool
gb_may_instruct(const struct gb_lexicon *lexicon, struct gb_str sentence)
{
    const struct gb_han_words *sets[] = {gb_rel_at(&lexicon->instructions), gb_rel_at(&lexicon->instruction_adverbs), gb_rel_at(&lexicon->prepositions)};

    for (size_t i = 0; i < GB_COUNT(sets) && sentence.len >= GB_HAN; i++) {
        if (gb_words_bit(sets[i]->heads, sentence.ptr))
            return true;
    }
    return measured_verb(sentence) || resultative_verb(sentence) || gb_str_starts_any(sentence, conditions, GB_COUNT(conditions)) || behind_time(sentence);
}

/* Behind a phrase or condition that stands before the verb: 按4.3规定，称取…. */
static size_t
skip_condition(const struct gb_lexicon *lexicon, struct gb_str s)
{
    if (!gb_words_start(gb_rel_at(&lexicon->prepositions), s) && !gb_str_starts_any(s, conditions, GB_COUNT(conditions)))
        return behind_time(s);
    size_t comma = first_clause(s).len;
    if (gb_str_ends(gb_str_sub(s, 0, comma), GB_STR("为例"))) /* 以200 g为例，配制…需要1片: told */
        return 0;
    return comma < s.len ? comma + strlen("，") : 0;
}

/* Length of the verb at the start of s. */
static size_t
verb_at(const struct gb_lexicon *lexicon, struct gb_str s)
{
    static const struct gb_str devices[] = {GB_WORD("计算机"), GB_WORD("记录仪"), GB_WORD("测量仪"), GB_WORD("检测仪"),
                                            GB_WORD("加热器"), GB_WORD("搅拌器"), GB_WORD("过滤器"), GB_WORD("称量瓶")};
    static const struct gb_str uses[] = {GB_WORD("于"), GB_WORD("作"), GB_WORD("途"), GB_WORD("量"), GB_WORD("户"), GB_WORD("电"), GB_WORD("水量")};
    static const struct gb_str tools[] = {GB_WORD("量杯"), GB_WORD("量筒"), GB_WORD("量瓶"), GB_WORD("量具"), GB_WORD("量规"), GB_WORD("量块"), GB_WORD("量角器"), GB_WORD("电子"), GB_WORD("电动")};
    size_t len = gb_words_start(gb_rel_at(&lexicon->instructions), s);

    if (!len)
        len = resultative_verb(s);
    if (!len)
        return measured_verb(s);
    if (gb_str_starts_any(s, devices, GB_COUNT(devices)))
        return 0;
    struct gb_str verb = gb_str_sub(s, 0, len), behind = gb_str_skip(s, len);
    if ((gb_str_is(verb, "用") && gb_str_starts_any(behind, uses, GB_COUNT(uses)) && !gb_str_starts_any(behind, tools, GB_COUNT(tools))) || gb_str_starts(s, GB_STR("将要")) ||
        gb_str_starts(s, GB_STR("按下列"))) /* no 按下 */
        return 0;
    return is_noun(lexicon, behind) || is_attribute(behind) || is_told(verb, behind) ? 0 : len;
}

/* Behind the adverbs at `at`. */
static size_t
skip_adverbs(const struct gb_lexicon *lexicon, struct gb_str s, size_t at)
{
    for (size_t n; (n = gb_words_start(gb_rel_at(&lexicon->instruction_adverbs), gb_str_skip(s, at))) > 0;)
        at += n;
    return at;
}

/* 从冰箱中取出样品, 在540 nm处测定吸光度: the place of the verb behind a phrase of place; 0 where none stands at the start. */
static size_t
skip_place(const struct gb_lexicon *lexicon, struct gb_str s)
{
    static const struct gb_str prepositions[] = {GB_WORD("在"), GB_WORD("从"), GB_WORD("于")};
    static const struct gb_str ends[] = {GB_WORD("中"), GB_WORD("上"), GB_WORD("下"), GB_WORD("内"), GB_WORD("处"), GB_WORD("后"), GB_WORD("里"), GB_WORD("时")};
    enum { FARTHEST = 60 };

    if (!gb_str_starts_any(s, prepositions, GB_COUNT(prepositions)))
        return 0;
    struct gb_str clause = first_clause(s);
    for (size_t at = strlen("在"), next; at < clause.len && at < FARTHEST; at = next) {
        gb_utf8_at(clause, at, &next);
        if (gb_str_starts_any(gb_str_skip(clause, at), ends, GB_COUNT(ends)) && verb_at(lexicon, gb_str_skip(clause, next)) &&
            !gb_str_has(gb_str_skip(clause, next), GB_STR("的")))
            return next;
    }
    return 0;
}

/* The place of the verb behind a phrase; 0 where none stands at the start, or the verb is a part of a noun: 按6.2测定的值. */
static size_t
skip_phrase(const struct gb_lexicon *lexicon, struct gb_str s)
{
    static const struct gb_str nouns[] = {GB_WORD("的"), GB_WORD("时"), GB_WORD("后"), GB_WORD("前"), GB_WORD("中"), GB_WORD("和"), GB_WORD("、"),
                                          GB_WORD("方法"), GB_WORD("步骤"), GB_WORD("条件"), GB_WORD("结果"), GB_WORD("装置"), GB_WORD("公式"),
                                          GB_WORD("得到"), GB_WORD("得出"), GB_WORD("所得"), GB_WORD("值"), GB_WORD("要求"), GB_WORD("规程"), GB_WORD("：")};
    enum { FARTHEST = 60 };
    struct gb_str clause = first_clause(s);

    if (!gb_str_starts_any(s, phrases, GB_COUNT(phrases)))
        return 0;
    bool is_each = gb_str_starts(s, GB_STR("每")) && !gb_str_starts(s, GB_STR("每隔"));
    if (is_each && (s.len <= GB_HAN || (s.ptr[GB_HAN] != ' ' && (s.ptr[GB_HAN] < '0' || s.ptr[GB_HAN] > '9')))) /* 每个试样测量3次 */
        return 0;
    for (size_t at = 2 * GB_HAN, next; at < clause.len && at < FARTHEST; at = next) {
        next = at + 1;
        while (next < clause.len && ((unsigned char)clause.ptr[next] & 0xC0) == 0x80)
            next++;
        if (((unsigned char)clause.ptr[at] & 0xC0) == 0x80)
            continue;
        size_t verb = verb_at(lexicon, gb_str_skip(clause, at));
        struct gb_str object = gb_str_skip(clause, at + verb);
        if (verb && verb >= 2 * GB_HAN && object.len >= GB_HAN && !gb_str_starts_any(object, nouns, GB_COUNT(nouns)))
            return at;
    }
    return 0;
}

struct gb_span
gb_instruction_verb(const struct gb_lexicon *lexicon, struct gb_str s, size_t begin, size_t end)
{
    enum { CONDITIONS = 3 };
    struct gb_str sentence = gb_str_sub(s, begin, end);

    for (size_t at = 0, tries = 0, next; tries < CONDITIONS; tries++, at += next) {
        size_t verb = skip_adverbs(lexicon, sentence, at);
        struct gb_str rest = gb_str_skip(sentence, at);
        size_t len = verb_at(lexicon, gb_str_skip(sentence, verb));
        if (len && (next = behind_time(rest)) > 0) /* 冷却后，…: what follows tells */
            continue;
        if (!len && ((next = skip_place(lexicon, rest)) > 0 || (next = skip_phrase(lexicon, rest)) > 0)) {
            verb = at + next;
            len = verb_at(lexicon, gb_str_skip(sentence, verb));
        }
        if (len)
            return (struct gb_span){(uint32_t)(begin + verb), (uint32_t)(begin + verb + len)};
        next = skip_condition(lexicon, rest);
        if (!next)
            break;
    }
    return (struct gb_span){0, 0};
}

/* 审核准则由…, 测量重复性随…: what follows the verb is a noun with a predicate of its own. Verbs of finding out take such a clause as object. */
static bool
has_predicate(struct gb_str verb, struct gb_str behind)
{
    static const struct gb_str predicates[] = {GB_WORD("由"), GB_WORD("随"), GB_WORD("被"), GB_WORD("均"), GB_WORD("已"), GB_WORD("分为"), GB_WORD("分成"),
                                               GB_WORD("属于"), GB_WORD("取决"), GB_WORD("达"), GB_WORD("占"), GB_WORD("称为"), GB_WORD("即"), GB_WORD("是"),
                                               GB_WORD("为"), GB_WORD("见"), GB_WORD("包括"), GB_WORD("如下"), GB_WORD("不"), GB_WORD("无"), GB_WORD("应"), GB_WORD("超过"),
                                               GB_WORD("遵循"), GB_WORD("具有"), GB_WORD("实行"), GB_WORD("采用"), GB_WORD("按"), GB_WORD("以"), GB_WORD("有")};
    static const struct gb_str finders[] = {GB_WORD("确认"), GB_WORD("检查"), GB_WORD("核对"), GB_WORD("核实"), GB_WORD("查看"), GB_WORD("观察")};
    struct gb_str clause = first_clause(behind);

    if (gb_str_starts_any(verb, finders, GB_COUNT(finders)))
        return false;
    for (size_t at = 0; at < clause.len; gb_utf8_at(clause, at, &at)) {
        if (at > 0 && gb_str_starts_any(gb_str_skip(clause, at), predicates, GB_COUNT(predicates)))
            return true;
    }
    return false;
}

bool
gb_is_imperative(const struct gb_lexicon *lexicon, struct gb_str sentence)
{
    /* 断电后备用电源…, 组织了解…, 使用者…, 检验人员…: no verbs. */
    static const struct gb_str behind_nouns[] = {GB_WORD("后"), GB_WORD("前"), GB_WORD("时"), GB_WORD("中"), GB_WORD("的"), GB_WORD("者"), GB_WORD("员"),
                                                 GB_WORD("机"), GB_WORD("器"), GB_WORD("率"), GB_WORD("性"), GB_WORD("法"), GB_WORD("剂"), GB_WORD("完"), GB_WORD("期间"), GB_WORD("过程"), GB_WORD("不"),
                                                 GB_WORD("、"), GB_WORD("和"), GB_WORD("与"), GB_WORD("及"), GB_WORD("或"), GB_WORD("："), GB_WORD("是否")};
    static const struct gb_str no_verbs[] = {GB_WORD("按照"), GB_WORD("依据"), GB_WORD("根据"), GB_WORD("进行"), GB_WORD("组织"), GB_WORD("遵循"), GB_WORD("采用"),
                                             GB_WORD("采取"), GB_WORD("使用"), GB_WORD("使"), GB_WORD("平衡"), GB_WORD("实施"), GB_WORD("执行"), GB_WORD("设置"), GB_WORD("编号"), GB_WORD("固定"), GB_WORD("混合"), GB_WORD("超声"), GB_WORD("恒温"), GB_WORD("保温")};
    enum { SHORTEST_OBJECT = 2 * GB_HAN };
    size_t from = behind_time(sentence), verb = skip_adverbs(lexicon, sentence, from);
    struct gb_str rest = gb_str_skip(sentence, verb);
    size_t len = verb_at(lexicon, rest);
    struct gb_str behind = gb_str_skip(rest, len);

    return len >= 2 * GB_HAN && !gb_str_starts_any(rest, no_verbs, GB_COUNT(no_verbs)) && first_clause(behind).len >= SHORTEST_OBJECT &&
           !gb_str_starts_any(behind, behind_nouns, GB_COUNT(behind_nouns)) && !has_predicate(gb_str_sub(rest, 0, len), behind);
}
