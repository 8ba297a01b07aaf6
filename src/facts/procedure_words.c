/* Words by which procedures written as text are known: titles, lead-ins, acts, what tells when one starts and what comes out. */
#include "facts/procedure_priv.h"

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

/* …，业务办结。, …，入住办理完成。: nothing follows. Not 审核完成后转5.3. */
bool
gb_tells_close(struct gb_str text)
{
    static const struct gb_str words[] = {GB_WORD("办结"), GB_WORD("完成"), GB_WORD("结束"), GB_WORD("完毕")};
    static const struct gb_str marks[] = {GB_WORD("。"), GB_WORD("；"), GB_WORD(";")};

    text = gb_str_trim(text);
    for (size_t i = 0; i < GB_COUNT(marks); i++) {
        if (gb_str_ends(text, marks[i]))
            text = gb_str_sub(text, 0, text.len - marks[i].len);
    }
    for (size_t i = 0; i < GB_COUNT(words); i++) {
        if (gb_str_ends(text, words[i]))
            return true;
    }
    return false;
}

/* 申请人提出申请后，应按下列步骤办理：: somebody comes, and what follows is done for him alone. */
bool
gb_tells_request(struct gb_str text)
{
    static const struct gb_str words[] = {GB_WORD("提出申请"), GB_WORD("申请的，"), GB_WORD("申请后，"), GB_WORD("报名后，"), GB_WORD("预约后，"), GB_WORD("委托后，"), GB_WORD("投诉后，")};

    return HAS_ANY(text, words);
}

size_t
gb_verb_at(const struct gb_lexicon *lexicon, struct gb_str s)
{
    return gb_words_start(gb_rel_at(&lexicon->verbs), s);
}

/* 支付岗, 归档人员, 签收单: a name, and no result. */
static bool
is_in_name(struct gb_str behind)
{
    static const struct gb_str names[] = {GB_WORD("岗"), GB_WORD("员"), GB_WORD("人员"), GB_WORD("窗口"), GB_WORD("部门"), GB_WORD("科"), GB_WORD("前")};

    return gb_str_starts_any(behind, names, GB_COUNT(names));
}

bool
gb_tells_result(const struct gb_lexicon *lexicon, struct gb_str text)
{
    const struct gb_han_words *words = gb_rel_at(&lexicon->procedure_results);

    if (!gb_words_in(words, text))
        return false;
    for (size_t at = 0; at + GB_HAN <= text.len;) {
        size_t len = gb_words_start(words, gb_str_skip(text, at));
        if (len && !is_in_name(gb_str_skip(text, at + len)))
            return true;
        gb_utf8_at(text, at, &at);
    }
    return false;
}

/* ---- Titles ---- */

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

bool
gb_says_procedure(struct gb_str s)
{
    return HAS_ANY(s, strong_ends);
}

/* 应用程序 and the like are things, no procedures. */
static bool
is_program(struct gb_str title)
{
    static const struct gb_str words[] = {GB_WORD("应用程序"), GB_WORD("小程序"), GB_WORD("主程序"), GB_WORD("子程序"), GB_WORD("源程序"), GB_WORD("计算机程序"),
                                          GB_WORD("软件程序"), GB_WORD("控制程序"), GB_WORD("驱动程序"), GB_WORD("数据流程"), GB_WORD("工艺流程")};

    return ends_in(title, words, GB_COUNT(words));
}

enum gb_procedure_title_kind
gb_procedure_title_kind(struct gb_str title)
{
    enum { SHORTEST = 2 * GB_HAN, LONGEST = 120 };

    title = gb_str_trim(title);
    if (title.len < SHORTEST || title.len > LONGEST)
        return GB_TITLE_NONE;
    if (gb_str_ends(title, GB_STR("）"))) {
        size_t open = gb_str_find(title, GB_STR("（"), 0);
        title = gb_str_trim(gb_str_sub(title, 0, open == GB_NOT_FOUND ? title.len : open));
    }
    for (size_t i = 0; i < GB_COUNT(tails); i++) {
        if (gb_str_ends(title, tails[i]) && ends_in(gb_str_sub(title, 0, title.len - tails[i].len), strong_ends, GB_COUNT(strong_ends)))
            return GB_TITLE_STRONG;
    }
    if (ends_in(title, strong_ends, GB_COUNT(strong_ends)))
        return is_program(title) ? GB_TITLE_NONE : GB_TITLE_STRONG;
    return ends_in(title, weak_ends, GB_COUNT(weak_ends)) ? GB_TITLE_WEAK : GB_TITLE_NONE;
}

bool
gb_is_aspect_title(struct gb_str title)
{
    static const struct gb_str words[] = {GB_WORD("要求"), GB_WORD("总则"), GB_WORD("通则"), GB_WORD("一般"), GB_WORD("原则"), GB_WORD("条件"), GB_WORD("材料"), GB_WORD("时限"),
                                          GB_WORD("概述"), GB_WORD("流程图"), GB_WORD("依据"), GB_WORD("人员"), GB_WORD("设备"), GB_WORD("设施"), GB_WORD("环境"), GB_WORD("资料"),
                                          GB_WORD("对象"), GB_WORD("范围"), GB_WORD("方式"), GB_WORD("渠道"), GB_WORD("地点"), GB_WORD("时间"), GB_WORD("期限"), GB_WORD("职责"),
                                          GB_WORD("费用"), GB_WORD("收费标准"), GB_WORD("注意事项"), GB_WORD("其他"), GB_WORD("记录"), GB_WORD("附则"), GB_WORD("机构"), GB_WORD("情形"), GB_WORD("监督"), GB_WORD("评价")};

    return ends_in(title, words, GB_COUNT(words)) || gb_str_starts(title, GB_STR("一般"));
}

bool
gb_is_technical_title(struct gb_str title)
{
    static const struct gb_str words[] = {GB_WORD("试验"), GB_WORD("测定"), GB_WORD("分析"), GB_WORD("检测"), GB_WORD("测试"), GB_WORD("测量"), GB_WORD("校准"), GB_WORD("检定"),
                                          GB_WORD("计算"), GB_WORD("制备"), GB_WORD("采样"), GB_WORD("取样"), GB_WORD("抽样"), GB_WORD("样品"), GB_WORD("标定"), GB_WORD("滴定"),
                                          GB_WORD("施工"), GB_WORD("安装"), GB_WORD("调试"), GB_WORD("通信"), GB_WORD("协议"), GB_WORD("报文"), GB_WORD("消息"), GB_WORD("信令"),
                                          GB_WORD("加密"), GB_WORD("算法"), GB_WORD("数据"), GB_WORD("软件"), GB_WORD("接口"), GB_WORD("交互"), GB_WORD("编码"), GB_WORD("技术要求"),
                                          GB_WORD("方法"), GB_WORD("工艺"), GB_WORD("加工"), GB_WORD("栽培"), GB_WORD("养殖"), GB_WORD("诊断"), GB_WORD("网络"), GB_WORD("信息系统"), GB_WORD("技术规程")};

    return HAS_ANY(title, words);
}

/* ---- Lead-ins ---- */

static const struct gb_str step_nouns[] = {GB_WORD("步骤"), GB_WORD("流程"), GB_WORD("程序"), GB_WORD("顺序"), GB_WORD("环节")};

bool
gb_announces_steps(struct gb_str s)
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

bool
gb_announces_things(struct gb_str s)
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

bool
gb_leads_in(struct gb_str s)
{
    return gb_str_ends(s, GB_STR("：")) || gb_str_ends(s, GB_STR(":")) || gb_str_ends(s, GB_STR("。"));
}

bool
gb_says_parallel(struct gb_str s)
{
    static const struct gb_str words[] = {GB_WORD("不分先后"), GB_WORD("不分次序"), GB_WORD("同时进行"), GB_WORD("并行"), GB_WORD("任选"), GB_WORD("任意顺序"), GB_WORD("之一"), GB_WORD("先后不限"), GB_WORD("可同步")};

    return HAS_ANY(s, words);
}

/* ---- Acts ---- */

size_t
gb_act_at(const struct gb_lexicon *lexicon, struct gb_str s, bool *out_is_noun)
{
    static const struct gb_str behind[] = {GB_WORD("表"), GB_WORD("证"), GB_WORD("书"), GB_WORD("单"), GB_WORD("材料"), GB_WORD("意见"), GB_WORD("结果"), GB_WORD("人"), GB_WORD("岗"), GB_WORD("窗口"), GB_WORD("部门"), GB_WORD("机构"),
                                           GB_WORD("凭证"), GB_WORD("资料"), GB_WORD("条件"), GB_WORD("事项"), GB_WORD("手续"), GB_WORD("的"), GB_WORD("记录"), GB_WORD("决定"), GB_WORD("信息"), GB_WORD("时限"), GB_WORD("通过"), GB_WORD("合格"), GB_WORD("完成")};
    size_t len = gb_words_start(gb_rel_at(&lexicon->procedure_acts), s);

    *out_is_noun = len > 0 && gb_str_starts_any(gb_str_skip(s, len), behind, GB_COUNT(behind));
    return len;
}

void
gb_count_acts(const struct gb_lexicon *lexicon, struct gb_str s, struct gb_acts *acts)
{
    for (size_t at = 0; at + GB_HAN <= s.len && acts->n < GB_MOST_ACTS;) {
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
