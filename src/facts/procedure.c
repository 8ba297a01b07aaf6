/* Where a draft writes procedures: clauses by the end of their title, lists by their lead-in. See procedure.h. */
#include "facts/procedure_priv.h"

#include "base/sort.h"
#include "text/chars.h"
#include "text/utf8.h"

#define HAS_ANY(s, words) gb_str_has_any((s), (words), GB_COUNT(words))

/* ---- What starts and what comes out ---- */

/* 收到申请后， 材料齐全的， 有下列情形时：: the character before a comma makes a condition of the words. */
static bool
has_condition_end(struct gb_str s)
{
    static const struct gb_str ends[] = {GB_WORD("时，"), GB_WORD("后，"), GB_WORD("的，"), GB_WORD("前，"), GB_WORD("时,"), GB_WORD("后,"), GB_WORD("的,"), GB_WORD("前,")};
    static const struct gb_str no[] = {GB_WORD("及时"), GB_WORD("同时"), GB_WORD("最后"), GB_WORD("然后"), GB_WORD("其后"), GB_WORD("随后"),
                                       GB_WORD("目的"), GB_WORD("此前"), GB_WORD("目前"), GB_WORD("之后"), GB_WORD("先后"), GB_WORD("前后")};

    for (size_t i = 0; i < GB_COUNT(ends); i++) {
        for (size_t at = gb_str_find(s, ends[i], 0); at != GB_NOT_FOUND; at = gb_str_find(s, ends[i], at + 1)) {
            struct gb_str before = gb_str_sub(s, 0, at + GB_HAN);
            bool is_word = false;
            for (size_t k = 0; k < GB_COUNT(no) && !is_word; k++)
                is_word = gb_str_ends(before, no[k]);
            if (!is_word)
                return true;
        }
    }
    return false;
}

/* Somebody hands something in: 提交申请材料; not 提交的材料. */
static bool
hands_in(struct gb_str s)
{
    static const struct gb_str word = GB_WORD("提交");

    for (size_t at = gb_str_find(s, word, 0); at != GB_NOT_FOUND; at = gb_str_find(s, word, at + 1)) {
        if (!gb_str_starts(gb_str_skip(s, at + word.len), GB_STR("的")))
            return true;
    }
    return false;
}

/* 当申请人到达时, 如需变更: at the head of a clause of the sentence. */
static bool
begins_condition(struct gb_str s)
{
    static const struct gb_str heads[] = {GB_WORD("当"), GB_WORD("如"), GB_WORD("若"), GB_WORD("经"), GB_WORD("凡"), GB_WORD("自")};
    static const struct gb_str no[] = {GB_WORD("当场"), GB_WORD("当日"), GB_WORD("当面"), GB_WORD("当天"), GB_WORD("当地"), GB_WORD("如实"), GB_WORD("如下"),
                                       GB_WORD("若干"), GB_WORD("经办"), GB_WORD("经营"), GB_WORD("经济"), GB_WORD("经费"), GB_WORD("自行"), GB_WORD("自动"), GB_WORD("自助"), GB_WORD("自愿"), GB_WORD("经由"), GB_WORD("经手")};

    return gb_str_starts_any(s, heads, GB_COUNT(heads)) && !gb_str_starts_any(s, no, GB_COUNT(no));
}

/* 读者到服务台…, 患者凭入院证…: who wants something done comes before those who do it. */
static bool
begins_with_applicant(struct gb_str s)
{
    static const struct gb_str words[] = {GB_WORD("申请人"), GB_WORD("申报人"), GB_WORD("申请单位"), GB_WORD("申报单位"), GB_WORD("参保人"), GB_WORD("参保单位"), GB_WORD("用人单位"), GB_WORD("居民"), GB_WORD("读者"), GB_WORD("患者"),
                                          GB_WORD("病人"), GB_WORD("顾客"), GB_WORD("客户"), GB_WORD("客人"), GB_WORD("宾客"), GB_WORD("游客"), GB_WORD("旅客"), GB_WORD("乘客"), GB_WORD("学生"), GB_WORD("考生"), GB_WORD("家长"), GB_WORD("职工"),
                                          GB_WORD("用户"), GB_WORD("业主"), GB_WORD("消费者"), GB_WORD("投诉人"), GB_WORD("经营者"), GB_WORD("当事人"), GB_WORD("委托人"), GB_WORD("服务对象"), GB_WORD("企业"), GB_WORD("寄件人"), GB_WORD("老年人"), GB_WORD("借款人")};
    static const struct gb_str marks[] = {GB_WORD("，"), GB_WORD("："), GB_WORD("。")};
    enum { HEAD = 60 };
    bool is_begin = true;

    for (size_t at = 0; at < s.len && at < HEAD;) {
        if (is_begin && gb_str_starts_any(gb_str_skip(s, at), words, GB_COUNT(words)))
            return true;
        is_begin = gb_str_starts_any(gb_str_skip(s, at), marks, GB_COUNT(marks));
        gb_utf8_at(s, at, &at);
    }
    return false;
}

bool
gb_tells_start(const struct gb_lexicon *lexicon, struct gb_str text)
{
    return gb_words_in(gb_rel_at(&lexicon->procedure_starts), text) || has_condition_end(text) || hands_in(text) || begins_condition(text) ||
           begins_with_applicant(text);
}

bool
gb_tells_result(const struct gb_lexicon *lexicon, struct gb_str text)
{
    return gb_words_in(gb_rel_at(&lexicon->procedure_results), text);
}

/* ---- Titles ---- */

enum title_kind { TITLE_NONE, TITLE_WEAK, TITLE_STRONG };

static const struct gb_str strong_ends[] = {GB_WORD("流程"), GB_WORD("程序"), GB_WORD("步骤")};
static const struct gb_str weak_ends[] = {GB_WORD("办理"), GB_WORD("经办"), GB_WORD("受理"), GB_WORD("操作")};
static const struct gb_str tails[] = {GB_WORD("及要求"), GB_WORD("和要求"), GB_WORD("与要求"), GB_WORD("要求"), GB_WORD("及时限"), GB_WORD("与时限"), GB_WORD("和时限")};

static bool
ends_in(struct gb_str s, const struct gb_str *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (gb_str_ends(s, words[i]))
            return true;
    }
    return false;
}

/* 应用程序 and the like are things, no procedures. */
static bool
is_program(struct gb_str title)
{
    static const struct gb_str words[] = {GB_WORD("应用程序"), GB_WORD("小程序"), GB_WORD("主程序"), GB_WORD("子程序"), GB_WORD("源程序"), GB_WORD("计算机程序"),
                                          GB_WORD("软件程序"), GB_WORD("控制程序"), GB_WORD("驱动程序"), GB_WORD("数据流程"), GB_WORD("工艺流程")};

    return ends_in(title, words, GB_COUNT(words));
}

static enum title_kind
kind_of_title(struct gb_str title)
{
    enum { SHORTEST = 2 * GB_HAN, LONGEST = 120 };

    title = gb_str_trim(title);
    if (title.len < SHORTEST || title.len > LONGEST)
        return TITLE_NONE;
    if (gb_str_ends(title, GB_STR("）"))) {
        size_t open = gb_str_find(title, GB_STR("（"), 0);
        title = gb_str_trim(gb_str_sub(title, 0, open == GB_NOT_FOUND ? title.len : open));
    }
    for (size_t i = 0; i < GB_COUNT(tails); i++) {
        if (gb_str_ends(title, tails[i]) && ends_in(gb_str_sub(title, 0, title.len - tails[i].len), strong_ends, GB_COUNT(strong_ends)))
            return TITLE_STRONG;
    }
    if (ends_in(title, strong_ends, GB_COUNT(strong_ends)))
        return is_program(title) ? TITLE_NONE : TITLE_STRONG;
    return ends_in(title, weak_ends, GB_COUNT(weak_ends)) ? TITLE_WEAK : TITLE_NONE;
}

/* Titles of clauses below a procedure that say something about it, and are none of its steps. */
static bool
is_aspect(struct gb_str title)
{
    static const struct gb_str words[] = {GB_WORD("要求"), GB_WORD("总则"), GB_WORD("通则"), GB_WORD("一般"), GB_WORD("原则"), GB_WORD("条件"), GB_WORD("材料"), GB_WORD("时限"),
                                          GB_WORD("概述"), GB_WORD("流程图"), GB_WORD("依据"), GB_WORD("人员"), GB_WORD("设备"), GB_WORD("设施"), GB_WORD("环境"), GB_WORD("资料"),
                                          GB_WORD("对象"), GB_WORD("范围"), GB_WORD("方式"), GB_WORD("渠道"), GB_WORD("地点"), GB_WORD("时间"), GB_WORD("期限"), GB_WORD("职责"),
                                          GB_WORD("费用"), GB_WORD("收费标准"), GB_WORD("注意事项"), GB_WORD("其他"), GB_WORD("记录"), GB_WORD("附则"), GB_WORD("机构"), GB_WORD("情形"), GB_WORD("监督"), GB_WORD("评价")};

    return ends_in(title, words, GB_COUNT(words)) || gb_str_starts(title, GB_STR("一般"));
}

/* Tests, machines, programs and protocols have steps too, but no applicants and no results to hand out. */
static bool
is_technical(struct gb_str title)
{
    static const struct gb_str words[] = {GB_WORD("试验"), GB_WORD("测定"), GB_WORD("分析"), GB_WORD("检测"), GB_WORD("测试"), GB_WORD("测量"), GB_WORD("校准"), GB_WORD("检定"),
                                          GB_WORD("计算"), GB_WORD("制备"), GB_WORD("采样"), GB_WORD("取样"), GB_WORD("抽样"), GB_WORD("样品"), GB_WORD("标定"), GB_WORD("滴定"),
                                          GB_WORD("施工"), GB_WORD("安装"), GB_WORD("调试"), GB_WORD("通信"), GB_WORD("协议"), GB_WORD("报文"), GB_WORD("消息"), GB_WORD("信令"),
                                          GB_WORD("加密"), GB_WORD("算法"), GB_WORD("数据"), GB_WORD("软件"), GB_WORD("接口"), GB_WORD("交互"), GB_WORD("编码"), GB_WORD("技术要求"),
                                          GB_WORD("方法"), GB_WORD("工艺"), GB_WORD("加工"), GB_WORD("栽培"), GB_WORD("养殖"), GB_WORD("诊断"), GB_WORD("网络"), GB_WORD("信息系统"), GB_WORD("技术规程"), GB_WORD("操作步骤")};

    return HAS_ANY(title, words);
}

/* ---- Lead-ins ---- */

static const struct gb_str step_nouns[] = {GB_WORD("步骤"), GB_WORD("流程"), GB_WORD("程序"), GB_WORD("顺序"), GB_WORD("环节")};

/* 按下列步骤办理：, 流程如下：, 应依次：; not 程序应包括下列内容：. */
static bool
announces_steps(struct gb_str s)
{
    static const struct gb_str pointers[] = {GB_WORD("下列"), GB_WORD("以下"), GB_WORD("下述")};
    static const struct gb_str behind[] = {GB_WORD("如下"), GB_WORD("为："), GB_WORD("："), GB_WORD("是："), GB_WORD("进行：")};
    enum { TAIL = 90, NEAR = 4 * GB_HAN };

    if (s.len > TAIL) {
        size_t from = s.len - TAIL;
        while (((unsigned char)s.ptr[from] & 0xC0) == 0x80)
            from++;
        s = gb_str_skip(s, from);
    }
    if (!HAS_ANY(s, step_nouns))
        return gb_str_has(s, GB_STR("依次"));
    for (size_t i = 0; i < GB_COUNT(pointers); i++) {
        size_t at = gb_str_find(s, pointers[i], 0);
        if (at != GB_NOT_FOUND && HAS_ANY(gb_str_sub(s, at, at + pointers[i].len + NEAR + 2 * GB_HAN), step_nouns))
            return true;
    }
    for (size_t i = 0; i < GB_COUNT(step_nouns); i++) {
        for (size_t at = gb_str_find(s, step_nouns[i], 0); at != GB_NOT_FOUND; at = gb_str_find(s, step_nouns[i], at + 1)) {
            if (gb_str_starts_any(gb_str_skip(s, at + step_nouns[i].len), behind, GB_COUNT(behind)))
                return true;
        }
    }
    return false;
}

/* A list of what is needed or owed, not of what is done. */
static bool
announces_things(struct gb_str s)
{
    static const struct gb_str words[] = {GB_WORD("材料"), GB_WORD("资料"), GB_WORD("要求："), GB_WORD("条件"), GB_WORD("内容"), GB_WORD("信息"), GB_WORD("原则"), GB_WORD("职责"),
                                          GB_WORD("情形"), GB_WORD("文件"), GB_WORD("证件"), GB_WORD("方式"), GB_WORD("渠道"), GB_WORD("因素"), GB_WORD("事项："), GB_WORD("情况"),
                                          GB_WORD("要求。"), GB_WORD("规定："), GB_WORD("之一"), GB_WORD("要点"), GB_WORD("凭证"), GB_WORD("注意"), GB_WORD("应符合"), GB_WORD("遵守"), GB_WORD("包括："), GB_WORD("做到"), GB_WORD("满足"), GB_WORD("要素"), GB_WORD("范围"), GB_WORD("类型"), GB_WORD("种类")};
    enum { TAIL = 60 };
    size_t from = s.len > TAIL ? s.len - TAIL : 0;

    while (from < s.len && ((unsigned char)s.ptr[from] & 0xC0) == 0x80)
        from++;
    s = gb_str_skip(s, from);
    /* 收到申请材料后，应按下列步骤办理：: what came before is none of it. */
    size_t after = gb_str_find(s, GB_STR("后，"), 0);
    if (after != GB_NOT_FOUND && HAS_ANY(gb_str_skip(s, after), step_nouns))
        s = gb_str_skip(s, after);
    return HAS_ANY(s, words);
}

/* ：, or 。 where the items are sentences (GB/T 1.1—2020, 7.5.3). */
static bool
leads_in(struct gb_str s)
{
    return gb_str_ends(s, GB_STR("：")) || gb_str_ends(s, GB_STR(":")) || gb_str_ends(s, GB_STR("。"));
}

static const struct gb_node *
lead_of(const struct gb_node *list)
{
    const struct gb_node *n = list->prev;

    while (n && (n->kind == GB_NODE_COMMENT || n->kind == GB_NODE_NOTE))
        n = n->prev;
    return n && n->kind == GB_NODE_PARA ? n : NULL;
}

static bool
says_parallel(struct gb_str s)
{
    static const struct gb_str words[] = {GB_WORD("不分先后"), GB_WORD("不分次序"), GB_WORD("同时进行"), GB_WORD("并行"), GB_WORD("任选"), GB_WORD("任意顺序"), GB_WORD("之一"), GB_WORD("先后不限"), GB_WORD("可同步")};

    return HAS_ANY(s, words);
}

/* ---- What a procedure is about ---- */

size_t
gb_act_at(const struct gb_lexicon *lexicon, struct gb_str s, bool *out_is_noun)
{
    static const struct gb_str behind[] = {GB_WORD("表"), GB_WORD("证"), GB_WORD("书"), GB_WORD("单"), GB_WORD("材料"), GB_WORD("意见"), GB_WORD("结果"), GB_WORD("人"), GB_WORD("岗"), GB_WORD("窗口"), GB_WORD("部门"), GB_WORD("机构"),
                                           GB_WORD("凭证"), GB_WORD("资料"), GB_WORD("条件"), GB_WORD("事项"), GB_WORD("手续"), GB_WORD("的"), GB_WORD("记录"), GB_WORD("决定"), GB_WORD("信息"), GB_WORD("时限"), GB_WORD("通过"), GB_WORD("合格"), GB_WORD("完成")};
    size_t len = gb_words_start(gb_rel_at(&lexicon->procedure_acts), s);

    *out_is_noun = len > 0 && gb_str_starts_any(gb_str_skip(s, len), behind, GB_COUNT(behind));
    return len;
}

/* Different acts of the lexicon in a text; up to `most` are kept in seen. */
enum { MOST_ACTS = 8 };
struct acts {
    struct gb_str seen[MOST_ACTS];
    uint32_t n;
};

static void
count_acts(const struct gb_lexicon *lexicon, struct gb_str s, struct acts *acts)
{
    for (size_t at = 0; at + GB_HAN <= s.len && acts->n < MOST_ACTS;) {
        bool is_noun;
        size_t len = gb_act_at(lexicon, gb_str_skip(s, at), &is_noun);
        bool is_known = !len || is_noun;
        for (uint32_t i = 0; i < acts->n && !is_known; i++)
            is_known = gb_str_eq(acts->seen[i], gb_str_sub(s, at, at + len));
        if (!is_known)
            acts->seen[acts->n++] = gb_str_sub(s, at, at + len);
        at += len ? len : (unsigned char)s.ptr[at] < 0x80 ? 1 : GB_HAN;
    }
}

static bool
is_in_technical(const struct gb_facts *facts, const struct gb_node *clause)
{
    if (is_technical(facts->of_kind[GB_NODE_DOC].items[0]->title.str))
        return true;
    for (const struct gb_node *n = clause; n && n->parent; n = n->parent) {
        if (is_technical(n->title.str))
            return true;
    }
    return false;
}

/* The clause has a figure, or names one that is there. */
static bool
is_drawn(const struct gb_facts *facts, const struct gb_node *clause)
{
    uint32_t low = 0, high = facts->n_mentions;

    for (const struct gb_node *n = clause->first; n; n = n->next) {
        if (n->kind == GB_NODE_FIGURE && n->encoding != GB_ENCODING_LOST)
            return true;
    }
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (facts->mentions[middle].node->id < clause->id)
            low = middle + 1;
        else
            high = middle;
    }
    const struct gb_node *end = gb_node_walk_past(clause, facts->of_kind[GB_NODE_DOC].items[0]);
    for (; low < facts->n_mentions && (!end || facts->mentions[low].node->id < end->id); low++) {
        const struct gb_mention *m = &facts->mentions[low];
        if (m->kind == GB_MENTION_FIGURE && m->target && m->target->encoding != GB_ENCODING_LOST)
            return true;
    }
    return false;
}

/* ---- Putting one together ---- */

static bool
is_inner(const struct gb_procedure_reader *r, const struct gb_node *clause)
{
    enum { LOOK_BACK = 20 };

    for (size_t i = r->procedures.len; i > 0 && r->procedures.len - i < LOOK_BACK; i--) {
        const struct gb_procedure *p = &r->procedures.items[i - 1];
        if (!p->clause)
            continue;
        for (const struct gb_node *n = clause; n; n = n->parent) {
            if (n == p->clause)
                return true;
        }
    }
    return false;
}

static void
take(struct gb_procedure_reader *r, const struct gb_node *node)
{
    if (!r->is_taken)
        r->is_taken = gb_arena_new_array(r->facts->arena, bool, r->facts->n_nodes + 1);
    r->is_taken[node->id] = true;
}

/* The steps read so far are a procedure. */
static struct gb_procedure *
add_procedure(struct gb_procedure_reader *r, enum gb_procedure_form form, const struct gb_node *clause, const struct gb_node *holder,
              const struct gb_node *lead)
{
    struct gb_facts *facts = r->facts;
    struct gb_procedure p = {.clause = clause, .holder = holder, .lead = lead, .form = form, .n_steps = (uint32_t)r->steps.len};
    struct acts acts = {.n = 0};

    p.steps = gb_arena_copy_bytes(facts->arena, r->steps.items, r->steps.len * sizeof(struct gb_procedure_step));
    for (uint32_t i = 0; i < p.n_steps && acts.n < MOST_ACTS; i++) {
        uint32_t n = form == GB_PROCEDURE_CLAUSES ? 1 : p.steps[i].n_texts;
        for (uint32_t k = 0; k < n; k++)
            count_acts(facts->lexicon, p.steps[i].texts[k].str, &acts);
    }
    p.n_acts = acts.n;
    if (is_in_technical(facts, clause))
        p.flags |= GB_PROCEDURE_TECHNICAL;
    else if (p.n_acts >= 2)
        p.flags |= GB_PROCEDURE_SERVICE;
    if (clause && is_inner(r, clause))
        p.flags |= GB_PROCEDURE_INNER;
    if (clause && clause != r->asked) {
        r->asked = clause;
        r->is_drawn = is_drawn(facts, clause);
    }
    if (clause && r->is_drawn)
        p.flags |= GB_PROCEDURE_DRAWN;
    if (lead && announces_steps(lead->text.str))
        p.flags |= GB_PROCEDURE_ANNOUNCED;
    if (lead && says_parallel(lead->text.str))
        p.flags |= GB_PROCEDURE_PARALLEL;
    take(r, holder);
    *gb_push(&r->procedures) = p;
    return &r->procedures.items[r->procedures.len - 1];
}

static bool
has_dashes(const struct gb_node *list)
{
    const struct gb_node *item = gb_node_child(list, GB_NODE_ITEM);
    struct gb_str marker = item ? item->marker.str : GB_STR("");

    return marker.len && !((marker.ptr[0] >= 'a' && marker.ptr[0] <= 'z') || (marker.ptr[0] >= '0' && marker.ptr[0] <= '9') ||
                           marker.ptr[0] == '(' || gb_str_starts(marker, GB_STR("（")));
}

static bool
read_list(struct gb_procedure_reader *r, const struct gb_node *list, const struct gb_node *clause, const struct gb_node *lead)
{
    r->steps.len = 0;
    for (const struct gb_node *item = list->first; item; item = item->next) {
        if (item->kind == GB_NODE_ITEM && !gb_add_step(r, item))
            break;
    }
    if (r->steps.len < 2)
        return false;
    struct gb_procedure *p = add_procedure(r, GB_PROCEDURE_LIST, clause, list, lead);
    if (has_dashes(list))
        p->flags |= GB_PROCEDURE_DASHED;
    return true;
}

/* ---- Below a title ---- */

/* Do two titles end in the same word? Then they are kinds of one thing (首次登记, 变更登记), no steps. */
static bool
share_ending(const struct gb_procedure_reader *r)
{
    enum { COMPARED = 20 };
    size_t n = r->steps.len < COMPARED ? r->steps.len : COMPARED;

    for (size_t i = 0; i < n; i++) {
        struct gb_str a = r->steps.items[i].name;
        for (size_t k = 0; k < i; k++) {
            struct gb_str b = r->steps.items[k].name;
            if (a.len > 2 * GB_HAN && b.len > 2 * GB_HAN && gb_str_eq(gb_str_skip(a, a.len - 2 * GB_HAN), gb_str_skip(b, b.len - 2 * GB_HAN)) &&
                !gb_str_ends(a, GB_STR("阶段")))
                return true;
        }
    }
    return false;
}

/* Subclauses with titles: the steps, unless they are procedures themselves, kinds of one thing, or mostly remarks. */
static bool
read_titles(struct gb_procedure_reader *r, const struct gb_node *clause)
{
    enum { LONGEST = 14 };
    size_t n_aspects = 0;

    r->steps.len = 0;
    for (const struct gb_node *n = clause->first; n; n = n->next) {
        if (n->kind != GB_NODE_CLAUSE || !gb_node_is_titled(n))
            continue;
        struct gb_str title = gb_str_trim(n->title.str);
        if (kind_of_title(title) == TITLE_STRONG || gb_str_han_length(title) > LONGEST)
            return false;
        if (is_aspect(title))
            n_aspects++;
        else if (!gb_add_step(r, n))
            break;
    }
    if (r->steps.len < 2 || n_aspects > r->steps.len || share_ending(r))
        return false;
    add_procedure(r, GB_PROCEDURE_CLAUSES, clause, clause, NULL);
    return true;
}

static const struct gb_node *
first_para(const struct gb_node *clause)
{
    const struct gb_node *para = gb_node_child(clause, GB_NODE_PARA);

    return para && !gb_node_is_titled(clause) ? para : NULL;
}

/* 收到申请后，, 复核通过的，: a text that something else went before. */
static bool
tells_sequence(struct gb_str s)
{
    static const struct gb_str words[] = {GB_WORD("后，"), GB_WORD("后应"), GB_WORD("通过的，"), GB_WORD("后,"), GB_WORD("合格的，"), GB_WORD("之后")};

    return HAS_ANY(s, words);
}

/*
 * Untitled subclauses that are steps: at least half name an act, some follow on another, few speak of the procedure as such (应公示服务
 * 流程). Those that only point to a figure are none.
 */
static bool
read_untitled(struct gb_procedure_reader *r, const struct gb_node *clause, const struct gb_node *overview)
{
    size_t n_acting = 0, n_following = 0, n_about = 0;

    r->steps.len = 0;
    for (const struct gb_node *n = clause->first; n; n = n->next) {
        const struct gb_node *para = n->kind == GB_NODE_CLAUSE ? first_para(n) : NULL;
        struct acts acts = {.n = 0};
        if (!para || para == overview || gb_str_has(para->text.str, GB_STR("流程图")) || gb_str_has(para->text.str, GB_STR("示意图")))
            continue;
        if (!gb_add_step(r, n))
            break;
        count_acts(r->facts->lexicon, para->text.str, &acts);
        n_acting += acts.n > 0;
        n_following += tells_sequence(para->text.str);
        n_about += ends_in(clause->title.str, strong_ends, GB_COUNT(strong_ends)) && HAS_ANY(para->text.str, strong_ends);
    }
    if (r->steps.len < 2 || 2 * n_acting < r->steps.len || n_following == 0 || 3 * n_about > r->steps.len)
        return false;
    add_procedure(r, GB_PROCEDURE_UNTITLED, clause, clause, NULL);
    return true;
}

/* The list in the clause, or in one of its untitled subclauses, that has the steps: announced, or the only one of its kind. */
static bool
read_lists(struct gb_procedure_reader *r, const struct gb_node *clause, enum title_kind title)
{
    const struct gb_node *found = NULL;
    size_t n = 0;

    for (const struct gb_node *child = clause->first; child; child = child->next) {
        bool is_open = child->kind == GB_NODE_CLAUSE && !gb_node_is_titled(child);
        for (const struct gb_node *list = is_open ? child->first : child; list; list = is_open ? list->next : NULL) {
            const struct gb_node *lead = list->kind == GB_NODE_LIST ? lead_of(list) : NULL;
            if (list->kind != GB_NODE_LIST)
                continue;
            if (lead && announces_steps(lead->text.str) && !announces_things(lead->text.str)) {
                found = list;
                n = 1;
                break;
            }
            if (title == TITLE_STRONG && (!lead || (!announces_things(lead->text.str) && !has_dashes(list)))) {
                found = list;
                n++;
            }
        }
        if (n == 1 && found && lead_of(found) && announces_steps(lead_of(found)->text.str))
            break;
    }
    return n == 1 && read_list(r, found, clause, lead_of(found));
}

/* Paragraphs or items that begin with 第一步, 首先 …. */
static bool
read_ordinals(struct gb_procedure_reader *r, const struct gb_node *clause)
{
    r->steps.len = 0;
    for (const struct gb_node *n = clause->first; n; n = n->next) {
        bool is_word;
        if (n->kind == GB_NODE_PARA && gb_ordinal_of(n->text.str, &is_word) && !gb_add_step(r, n))
            break;
    }
    if (r->steps.len < 2)
        return false;
    add_procedure(r, GB_PROCEDURE_PARAGRAPHS, clause, r->steps.items[0].node, NULL);
    return true;
}

/* A table of which a head cell names steps. */
static bool
has_steps(const struct gb_node *table)
{
    static const struct gb_str heads[] = {GB_WORD("步骤"), GB_WORD("环节"), GB_WORD("流程"), GB_WORD("阶段"), GB_WORD("程序"), GB_WORD("工作节点")};
    const struct gb_table *t = table->u.table;
    bool found = false;

    for (uint32_t i = 0; t && i < t->n_cells && t->cells[i].is_header; i++)
        found = found || HAS_ANY(t->cells[i].text.str, heads);
    return found;
}

static bool
read_table(struct gb_procedure_reader *r, const struct gb_node *clause)
{
    for (const struct gb_node *n = clause->first; n; n = n->next) {
        if (n->kind != GB_NODE_TABLE || !has_steps(n))
            continue;
        r->steps.len = 0;
        gb_add_rows(r, n);
        if (r->steps.len >= 2) {
            add_procedure(r, GB_PROCEDURE_TABLE, clause, n, NULL);
            return true;
        }
    }
    return false;
}

/* … or of one whose title says that it is an overview. */
static const struct gb_node *
overview_para(const struct gb_node *clause)
{
    static const struct gb_str titles[] = {GB_WORD("概述"), GB_WORD("总则"), GB_WORD("通则"), GB_WORD("总体流程"), GB_WORD("流程概述"), GB_WORD("基本流程")};

    for (size_t i = 0; i < GB_COUNT(titles); i++) {
        if (gb_str_eq(gb_str_trim(clause->title.str), titles[i]))
            return gb_node_child(clause, GB_NODE_PARA);
    }
    return first_para(clause);
}

/* The paragraph of the clause, or of an untitled subclause, that names stages; the steps are left in the reader. */
static const struct gb_node *
find_stages(struct gb_procedure_reader *r, const struct gb_node *clause)
{
    enum { FEW = 6 };
    int i = 0;

    for (const struct gb_node *n = clause->first; n && i < FEW; n = n->next, i++) {
        const struct gb_node *para = n->kind == GB_NODE_PARA ? n : n->kind == GB_NODE_CLAUSE ? overview_para(n) : NULL;
        if (para && gb_add_stages(r, para, true))
            return para;
    }
    return NULL;
}

static const struct gb_node *
find_running(struct gb_procedure_reader *r, const struct gb_node *clause)
{
    for (const struct gb_node *n = clause->first; n; n = n->next) {
        const struct gb_node *para = n->kind == GB_NODE_PARA ? n : n->kind == GB_NODE_CLAUSE ? first_para(n) : NULL;
        if (para && gb_add_running(r, para))
            return para;
    }
    return NULL;
}

/* The steps of a clause, in the first form that it has. */
static void
read_clause(struct gb_procedure_reader *r, const struct gb_node *clause, enum title_kind title)
{
    const struct gb_node *overview = title == TITLE_STRONG ? find_stages(r, clause) : NULL;
    struct gb_procedure_step *stages = NULL;
    uint32_t n_stages = overview ? (uint32_t)r->steps.len : 0;
    size_t n = r->procedures.len;

    if (n_stages)
        stages = gb_arena_copy_bytes(r->facts->arena, r->steps.items, n_stages * sizeof(*stages));
    bool found = read_lists(r, clause, title);
    if (!found && title == TITLE_STRONG)
        found = read_titles(r, clause) || read_ordinals(r, clause) || read_table(r, clause) || read_untitled(r, clause, overview);
    if (!found && overview && gb_add_stages(r, overview, false)) {
        add_procedure(r, GB_PROCEDURE_STAGES, clause, overview, NULL);
        found = true;
    }
    const struct gb_node *running = !found && title == TITLE_STRONG ? find_running(r, clause) : NULL;
    if (running)
        add_procedure(r, GB_PROCEDURE_RUNNING, clause, running, NULL);
    if (r->procedures.len > n && title == TITLE_STRONG)
        r->procedures.items[n].flags |= GB_PROCEDURE_TITLED;
    if (r->procedures.len > n && stages) {
        struct gb_procedure *p = &r->procedures.items[n];
        p->overview = stages->texts;
        p->stages = stages;
        p->n_stages = n_stages;
    }
}

/* 第一步：…: numbered steps are a procedure under any title. */
static bool
has_first_step(const struct gb_node *clause)
{
    static const struct gb_str firsts[] = {GB_WORD("第一步"), GB_WORD("第1步")};

    for (const struct gb_node *n = clause->first; n; n = n->next) {
        if (n->kind == GB_NODE_PARA && gb_str_starts_any(n->text.str, firsts, GB_COUNT(firsts)))
            return true;
    }
    return false;
}

static void
read_numbered(struct gb_procedure_reader *r, const struct gb_node *clause)
{
    size_t n = r->procedures.len;

    if (has_first_step(clause) && read_ordinals(r, clause))
        r->procedures.items[n].flags |= GB_PROCEDURE_TITLED;
}

static void
read_clauses(struct gb_procedure_reader *r)
{
    const struct gb_nodes *clauses = &r->facts->of_kind[GB_NODE_CLAUSE];

    for (uint32_t i = 0; i < clauses->n; i++) {
        enum title_kind title = kind_of_title(clauses->items[i]->title.str);
        if (title != TITLE_NONE)
            read_clause(r, clauses->items[i], title);
        else
            read_numbered(r, clauses->items[i]);
    }
}

/* Lists outside of such clauses whose lead-in announces steps. */
static void
read_announced(struct gb_procedure_reader *r)
{
    const struct gb_nodes *lists = &r->facts->of_kind[GB_NODE_LIST];

    for (uint32_t i = 0; i < lists->n; i++) {
        const struct gb_node *list = lists->items[i], *lead = lead_of(list);
        if (lead && leads_in(lead->text.str) && !(r->is_taken && r->is_taken[list->id]) && announces_steps(lead->text.str) &&
            !announces_things(lead->text.str))
            read_list(r, list, gb_node_clause(list), lead);
    }
}

static int
compare_places(const void *a, const void *b)
{
    const struct gb_procedure *left = a, *right = b;

    return left->holder->id < right->holder->id ? -1 : left->holder->id > right->holder->id;
}

void
gb_find_procedures(struct gb_facts *facts)
{
    struct gb_procedure_reader r = {.facts = facts};

    read_clauses(&r);
    read_announced(&r);
    for (size_t i = 0; i < r.procedures.len; i++)
        gb_read_jumps(&r, &r.procedures.items[i]);
    if (r.procedures.len) {
        gb_sort(r.procedures.items, r.procedures.len, sizeof(struct gb_procedure), compare_places);
        facts->procedures.items = gb_arena_copy_bytes(facts->arena, r.procedures.items, r.procedures.len * sizeof(struct gb_procedure));
        facts->procedures.n = (uint32_t)r.procedures.len;
    }
    gb_joined_release(&r.joined);
    gb_array_release(&r.steps);
    gb_array_release(&r.texts);
    gb_array_release(&r.jumps);
    gb_array_release(&r.procedures);
}
