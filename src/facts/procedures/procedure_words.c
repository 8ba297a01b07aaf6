/* Words by which procedures written as text are known: titles, lead-ins, acts, what tells when one starts and what comes out. */
#include "facts/procedures/procedure_priv.h"

#include "text/utf8.h"

/* ---- What starts and what comes out ---- */

bool
gb_tells_condition(struct gb_str s)
{
    GB_WORDS(ends, "时，", "后，", "的，", "前，", "时,", "后,", "的,", "前,");
    GB_WORDS(no, "及时", "同时", "最后", "然后", "其后", "随后", "目的", "此前", "目前", "之后", "先后", "前后");

    for (size_t i = 0; i < GB_COUNT(ends); i++) {
        GB_EACH_FOUND(at, s, ends[i], 0) {
            if (!GB_ENDS_ANY(gb_str_sub(s, 0, at + GB_HAN), no))
                return true;
        }
    }
    return false;
}

/* 离店后第3 d，…; 送达后5个工作日内，…: so long after something. */
static bool
tells_time_after(struct gb_str s)
{
    enum { LONGEST = 8 * GB_HAN };
    GB_WORDS(no, "最后", "然后", "随后", "其后", "前后", "先后");
    GB_WORDS(fills, "的", "第");
    GB_WORDS(days, "次日", "翌日");
    static const struct gb_str after = GB_WORD("后");

    GB_EACH_FOUND(at, s, after, 0) {
        struct gb_str rest = gb_str_skip(s, at + after.len);
        while (GB_STARTS_ANY(rest, fills))
            rest = gb_str_skip(rest, GB_HAN);
        size_t end = gb_str_find(rest, GB_STR("，"), 0);
        bool is_time = rest.len && (gb_is_digit(rest.ptr[0]) || GB_STARTS_ANY(rest, days));
        if (is_time && end != GB_NOT_FOUND && end <= LONGEST && !GB_ENDS_ANY(gb_str_sub(s, 0, at + after.len), no))
            return true;
    }
    return false;
}

/* 在许可获批后由登记员核对: after an event, though no comma follows. Not 在后台, 在最后. */
static bool
tells_after_event(struct gb_str s)
{
    GB_WORDS(heads, "在", "于");
    GB_WORDS(no, "最后", "然后", "随后", "其后", "此后", "前后", "先后", "背后", "售后");
    GB_WORDS(goes_on, "台", "续", "勤", "面", "方", "备", "期", "端");
    GB_WORDS(marks, "，", "。", "；", "：");
    enum { SHORTEST = 2 * GB_HAN, LONGEST = 16 * GB_HAN };
    static const struct gb_str after = GB_WORD("后");

    for (size_t i = 0; i < GB_COUNT(heads); i++) {
        GB_EACH_FOUND(at, s, heads[i], 0) {
            struct gb_str rest = gb_str_sub(s, at + heads[i].len, at + LONGEST);
            size_t end = gb_str_find(rest, after, 0);
            if (end != GB_NOT_FOUND && end >= SHORTEST && !GB_HAS_ANY(gb_str_sub(rest, 0, end), marks) &&
                !GB_ENDS_ANY(gb_str_sub(rest, 0, end + after.len), no) &&
                !GB_STARTS_ANY(gb_str_skip(rest, end + after.len), goes_on))
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

    return GB_ANY(GB_EACH_FOUND(at, s, word, 0), !gb_str_starts(gb_str_skip(s, at + word.len), GB_STR("的")));
}

/* 当申请人到达时, 如需变更: at the head of a clause of the sentence. */
static bool
begins_condition(struct gb_str s)
{
    GB_WORDS(heads, "当", "如", "若", "经", "凡", "自");
    GB_WORDS(no, "当场", "当日", "当面", "当天", "当地", "如实", "如下", "若干", "经办", "经营", "经济", "经费", "自行",
             "自动", "自助", "自愿", "经由", "经手");

    return GB_STARTS_ANY(s, heads) && !GB_STARTS_ANY(s, no);
}

/* 读者到服务台…, 患者凭入院证…: who wants something done comes before those who do it. */
static bool
begins_with_applicant(struct gb_str s)
{
    GB_WORDS(words, "申请人", "申报人", "申请单位", "申报单位", "参保人", "参保单位", "用人单位", "居民", "读者",
             "患者", "病人", "顾客", "客户", "客人", "宾客", "游客", "旅客", "乘客", "学生", "考生", "家长", "职工",
             "用户", "业主", "消费者", "投诉人", "经营者", "当事人", "委托人", "服务对象", "企业", "寄件人", "老年人",
             "借款人");
    GB_WORDS(marks, "，", "：", "。");
    enum { HEAD = 60 };
    bool is_begin = true;

    for (size_t at = 0; at < s.len && at < HEAD;) {
        if (is_begin && GB_STARTS_ANY(gb_str_skip(s, at), words))
            return true;
        is_begin = GB_STARTS_ANY(gb_str_skip(s, at), marks);
        gb_utf8_at(s, at, &at);
    }
    return false;
}

bool
gb_tells_start(const struct gb_lexicon *lexicon, struct gb_str text)
{
    return gb_words_in(gb_rel_at(&lexicon->procedure_starts), text) || gb_tells_condition(text) ||
           tells_time_after(text) || tells_after_event(text) || hands_in(text) || begins_condition(text) ||
           begins_with_applicant(text);
}

/* …，业务办结。, …，入住办理完成。: nothing follows. Not 审核完成后转5.3. */
bool
gb_tells_close(struct gb_str text)
{
    GB_WORDS(words, "办结", "完成", "结束", "完毕");
    GB_WORDS(marks, "。", "；", ";");

    text = gb_str_trim(text);
    return GB_ENDS_ANY(gb_str_sub(text, 0, text.len - GB_END(text, marks)), words);
}

/* 申请人提出申请后，应按下列步骤办理：, 读者提出异议的，: somebody comes, and what follows is done for him alone. */
bool
gb_tells_request(struct gb_str text)
{
    GB_WORDS(words, "提出申请", "申请的，", "申请后，", "报名后，", "预约后，", "委托后，", "投诉后，");
    size_t comma = gb_str_find(text, GB_STR("，"), 0);
    struct gb_str head = gb_str_sub(text, 0, comma == GB_NOT_FOUND ? 0 : comma);

    return GB_HAS_ANY(text, words) || (gb_str_has(head, GB_STR("提出")) && gb_str_ends(head, GB_STR("的")));
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
    GB_WORDS(names, "岗", "员", "人员", "窗口", "部门", "科", "前");

    return GB_STARTS_ANY(behind, names);
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

GB_WORDS(strong_ends, "流程", "程序", "步骤");
GB_WORDS(weak_ends, "办理", "经办", "受理", "操作");
GB_WORDS(tails, "及要求", "和要求", "与要求", "要求", "及时限", "与时限", "和时限");

bool
gb_says_procedure(struct gb_str s)
{
    return GB_HAS_ANY(s, strong_ends);
}

/* 应用程序 and the like are things, no procedures. */
static bool
is_program(struct gb_str title)
{
    GB_WORDS(words, "应用程序", "小程序", "主程序", "子程序", "源程序", "计算机程序", "软件程序", "控制程序",
             "驱动程序", "数据流程", "工艺流程");

    return GB_ENDS_ANY(title, words);
}

bool
gb_is_overview_title(struct gb_str title)
{
    GB_WORDS(words, "程序", "流程", "阶段", "环节");
    GB_WORDS(ends, "的确立", "确立", "的构成", "构成", "的组成", "组成", "的划分", "划分", "概述");
    enum { LONGEST = 60 };

    title = gb_str_trim(title);
    size_t end = title.len <= LONGEST ? GB_END(title, ends) : 0;
    return end && GB_ENDS_ANY(gb_str_sub(title, 0, title.len - end), words);
}

bool
gb_is_instructions_title(struct gb_str title)
{
    return gb_str_ends(gb_str_trim(title), GB_STR("指示"));
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
        title = gb_str_trim(gb_str_sub(title, 0, open));
    }
    size_t tail = GB_END(title, tails);
    if (tail && GB_ENDS_ANY(gb_str_sub(title, 0, title.len - tail), strong_ends))
        return GB_TITLE_STRONG;
    if (GB_ENDS_ANY(title, strong_ends))
        return is_program(title) ? GB_TITLE_NONE : GB_TITLE_STRONG;
    if (gb_is_overview_title(title))
        return GB_TITLE_OVERVIEW;
    return GB_ENDS_ANY(title, weak_ends) ? GB_TITLE_WEAK : GB_TITLE_NONE;
}

bool
gb_is_aspect_title(struct gb_str title)
{
    GB_WORDS(words, "要求", "总则", "通则", "一般", "原则", "条件", "材料", "时限", "概述", "流程图", "依据", "人员",
             "设备", "设施", "环境", "资料", "对象", "范围", "方式", "渠道", "地点", "时间", "期限", "职责", "费用",
             "收费标准", "注意事项", "其他", "记录", "附则", "机构", "情形", "监督", "评价");

    return GB_ENDS_ANY(title, words) || gb_str_starts(title, GB_STR("一般"));
}

bool
gb_is_technical_title(struct gb_str title)
{
    GB_WORDS(words, "试验", "测定", "分析", "检测", "测试", "测量", "校准", "检定", "计算", "制备", "采样", "取样",
             "抽样", "样品", "标定", "滴定", "施工", "安装", "调试", "通信", "协议", "报文", "消息", "信令", "加密",
             "算法", "数据", "软件", "接口", "交互", "编码", "技术要求", "方法", "工艺", "加工", "栽培", "养殖", "诊断",
             "网络", "信息系统", "技术规程");

    return GB_HAS_ANY(title, words);
}

/* ---- Lead-ins ---- */

GB_WORDS(step_nouns, "步骤", "流程", "程序", "顺序", "环节");
GB_WORDS(pointers, "下列", "以下", "下述");

bool
gb_announces_steps(struct gb_str s)
{
    GB_WORDS(behind, "如下", "为：", "：", "是：", "进行：");
    enum { TAIL = 90, NEAR = 4 * GB_HAN };

    s = gb_utf8_tail(s, TAIL);
    if (!GB_HAS_ANY(s, step_nouns))
        return gb_str_has(s, GB_STR("依次"));
    for (size_t i = 0; i < GB_COUNT(pointers); i++) {
        size_t at = gb_str_find(s, pointers[i], 0);
        if (at != GB_NOT_FOUND && GB_HAS_ANY(gb_str_sub(s, at, at + pointers[i].len + NEAR + 2 * GB_HAN), step_nouns))
            return true;
    }
    for (size_t i = 0; i < GB_COUNT(step_nouns); i++) {
        GB_EACH_FOUND(at, s, step_nouns[i], 0) {
            if (GB_STARTS_ANY(gb_str_skip(s, at + step_nouns[i].len), behind))
                return true;
        }
    }
    return false;
}

bool
gb_announces_things(struct gb_str s)
{
    GB_WORDS(words, "材料", "资料", "要求：", "条件", "内容", "信息", "原则", "职责", "情形", "文件", "证件", "方式",
             "渠道", "因素", "事项：", "情况", "要求。", "规定：", "之一", "要点", "凭证", "注意", "应符合", "遵守",
             "包括：", "做到", "满足", "要素", "范围", "类型", "种类", "要求:", "事项:", "规定:", "包括:");
    enum { TAIL = 60 };

    s = gb_utf8_tail(s, TAIL);
    /* 收到申请材料后，应按下列步骤办理：: what came before is none of it. */
    size_t after = gb_str_find(s, GB_STR("后，"), 0);
    if (after != GB_NOT_FOUND && GB_HAS_ANY(gb_str_skip(s, after), step_nouns))
        s = gb_str_skip(s, after);
    /* 材料补正应按下列步骤办理：: nor is what the steps are done to. */
    for (size_t i = 0; i < GB_COUNT(pointers); i++) {
        size_t at = gb_str_find(s, pointers[i], 0);
        struct gb_str behind = at == GB_NOT_FOUND ? GB_STR("") : gb_str_skip(s, at + pointers[i].len);
        if (GB_STARTS_ANY(behind, step_nouns))
            s = behind;
    }
    return GB_HAS_ANY(s, words);
}

bool
gb_leads_in(struct gb_str s)
{
    GB_WORDS(ends, "：", ":", "。");

    return GB_ENDS_ANY(s, ends);
}

bool
gb_says_parallel(struct gb_str s)
{
    GB_WORDS(words, "不分先后", "不分次序", "同时进行", "并行", "任选", "任意顺序", "之一", "先后不限", "可同步");

    return GB_HAS_ANY(s, words);
}

/* ---- Acts ---- */

size_t
gb_act_at(const struct gb_lexicon *lexicon, struct gb_str s, bool *out_is_noun)
{
    GB_WORDS(behind, "表", "证", "书", "单", "材料", "意见", "结果", "人", "岗", "窗口", "部门", "机构", "凭证", "资料",
             "条件", "事项", "手续", "的", "记录", "决定", "信息", "时限", "通过", "合格", "完成");
    size_t len = gb_words_start(gb_rel_at(&lexicon->procedure_acts), s);

    struct gb_str rest = gb_str_skip(s, len);
    bool is_post = gb_str_starts(rest, GB_STR("员")) && !gb_str_starts(rest, GB_STR("员工")); /* 评估员 */
    *out_is_noun = len > 0 && (is_post || GB_STARTS_ANY(rest, behind));
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
