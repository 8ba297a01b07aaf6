/*
 * What the items of lists say, and what stands around them: LST-010 to LST-014. GB/T 1.1—2020, 7.5.1 and 7.5.4; 2009, 5.2.6.
 */
#include "check/lists/lists_priv.h"

#include "check/wording/wording_priv.h"

/* ---- LST-010: one item ---- */

/* Does something follow that may be the next item, whose marker a conversion lost? */
static bool
may_go_on(const struct gb_list_item *item, const struct gb_node *list)
{
    const struct gb_node *behind = gb_block_behind(list);
    enum gb_end_mark mark = item->end.mark;

    return behind && behind->kind == GB_NODE_PARA &&
           (mark == GB_END_SEMICOLON || mark == GB_END_COMMA || mark == GB_END_NONE ||
            gb_end_of(&behind->text).mark == GB_END_SEMICOLON);
}

/* The item's words go to the lead-in: from its colon to them all is taken out. */
static void
fix_single(struct gb_check *c, struct gb_finding *f, const struct gb_list *g, const struct gb_node *item)
{
    bool exact;

    if (gb_block_before(g->first) != g->lead_in || g->lead_in != g->first->prev)
        return;
    struct gb_span colon = gb_text_span(g->lead_end.text, g->lead_end.begin, g->lead_end.end, NULL);
    struct gb_span text = gb_text_whole(&item->text, &exact);
    if (exact && colon.begin < text.begin)
        gb_fix(c, f, (struct gb_span){colon.begin, text.begin}, GB_STR(""));
}

/* Source: GB/T 1.1—2020, 7.5.1; 2009, 5.2.6. */
static void
check_single(struct gb_check *c)
{
    GB_EACH_LIST(g, c) {
        const struct gb_list_item *item = g->items;
        if (g->n != 1 || g->lead != GB_LEAD_COLON || !g->lead_in || gb_item_value(item->node) > 1 ||
            may_go_on(item, g->first))
            continue;
        if (gb_zone_of(item->node) == GB_ZONE_FOREWORD) /* one change, one earlier edition: the form is kept there */
            continue;
        GB_FIND_NEXT(block, item->node->first, block->next, block->kind != GB_NODE_COMMENT);
        if (block && !GB_AMONG(block->kind, GB_NODE_NOTE, GB_NODE_FOOTNOTE)) /* pieces of a list that was cut */
            continue;
        if (gb_str_has(item->node->text.str, GB_STR("；\n"))) /* the others have lost their markers */
            continue;
        struct gb_finding *f = gb_report(c, gb_at_item(item->node), item->node, GB_ARGS(item->node->marker.str));
        fix_single(c, f, g, item->node);
    }
}

/* ---- LST-011: items of one kind ---- */

enum phrase { PHRASE_UNSURE, PHRASE_NOUN, PHRASE_VERB, PHRASE_MODAL, PHRASE_COUNT };

/* Length of the longest verb that stands at `at`; 0 for none. */
static size_t
verb_at(const struct gb_han_words *verbs, struct gb_str s, size_t at)
{
    return gb_words_start(verbs, gb_str_skip(s, at));
}

/* 制造商名称, 冷却液: the verb is part of a noun. */
static bool
is_part_of_noun(struct gb_str s, size_t verb)
{
    GB_WORDS(nouns, "商", "厂", "者", "方", "人", "员", "单", "日", "机", "器", "物", "率", "性", "量", "表", "书",
             "证", "号", "期", "地", "时", "液", "泵", "油", "剂", "室", "点", "站", "部门", "机构", "设备", "装置");

    bool is_short = s.len >= verb + GB_HAN && GB_IS_ONE_OF(gb_str_skip(s, verb + GB_HAN), "", "；", "。"); /* 登记台 */

    return verb && (is_short || GB_STARTS_ANY(gb_str_skip(s, verb), nouns));
}

/* A verb, or the preposition of a predicate, at the head: 以文字说明为主, 用流程图表明. */
static bool
begins_with_verb(struct gb_check *c, struct gb_str s)
{
    const struct gb_han_words *verbs = gb_param_set(c, "verbs");
    size_t verb = verb_at(verbs, s, 0);
    bool has_comma = GB_HAS_ONE_OF(s, "，", ","), has_de = gb_str_has(s, GB_STR("的"));

    if (GB_STARTS_WITH(s, "将", "把"))
        return true;
    const struct gb_str *adverbs;
    size_t n = gb_param_words(c, "adverbs", &adverbs), adverb = gb_any_at_start(s, adverbs, n);
    if (adverb && verb_at(verbs, s, adverb) && !gb_str_has(s, GB_STR("的"))) /* 及时清理散热器 */
        return true;
    if (gb_param_starts(c, "openers", s))
        return has_comma || !has_de;
    if (is_part_of_noun(s, verb))
        return false;
    /* 检查结果, 登记表 and 委托事项和期限 begin like verbs: a longer object without attribute tells. */
    return verb && !has_de && gb_str_han_length(s) >= 6 && verb_at(verbs, s, verb) == 0 &&
           !gb_param_starts(c, "results", gb_str_skip(s, verb));
}

/* 的 before any verb, or no verb at all; 箱体的倾角大于5° says something of its noun. */
static bool
is_noun_phrase(struct gb_check *c, struct gb_str s)
{
    const struct gb_han_words *verbs = gb_param_set(c, "verbs");
    size_t next;

    for (size_t at = 0; at < s.len; at = next) {
        uint32_t ch = gb_utf8_at(s, at, &next);
        if (ch == U'的')
            return at > 0 && !gb_param_has(c, "comparisons", gb_str_skip(s, next));
        if (ch == U'，' || ch == ',' || ch == U'。')
            return false;
        size_t verb = verb_at(verbs, s, at);
        if (verb && !(at == 0 && is_part_of_noun(s, verb)))
            return false;
        next = verb ? at + verb : next;
    }
    return !gb_param_has(c, "comparisons", s);
}

static enum phrase
phrase_of(struct gb_check *c, const struct gb_list_item *item)
{
    uint32_t n;
    const struct gb_sentence *sentences = gb_sentences_of(c->facts, item->node, &n);

    if (item->has_list || !n)
        return PHRASE_UNSURE;
    if (GB_ANY(GB_ITEMS(one, sentences, n), one->n_modals && one->type != GB_TYPE_INSTRUCTION))
        return PHRASE_MODAL;
    struct gb_str s = gb_str_sub(sentences[0].text->str, sentences[0].begin, sentences[0].end);
    if (GB_ENDS_WITH(s, "。", "；"))
        s.len -= strlen("。");
    if (n > 1 || GB_HAS_ONE_OF(s, "：", "\n"))
        return PHRASE_UNSURE;
    if (begins_with_verb(c, s))
        return PHRASE_VERB;
    size_t verb = verb_at(gb_param_set(c, "verbs"), s, 0);
    return (!verb || is_part_of_noun(s, verb)) && !gb_param_starts(c, "openers", s) && is_noun_phrase(c, s)
               ? PHRASE_NOUN
               : PHRASE_UNSURE;
}

/* 审查资料: short words that may be a noun as well, which a lead-in of duties (职责包括：, 应：) makes a verb and its object. */
static bool
may_be_act(struct gb_check *c, const struct gb_list_item *item)
{
    struct gb_str s = item->node->text.str;

    return !item->has_list && verb_at(gb_param_set(c, "verbs"), s, 0) && gb_str_han_length(s) >= 4 &&
           gb_str_han_length(s) <= 12 && !GB_HAS_ONE_OF(s, "的", "，");
}

/* Do acts follow the lead-in: 验收组的职责包括：, 安装单位应：? */
static bool
leads_to_acts(struct gb_check *c, const struct gb_list *g)
{
    GB_WORDS(ends, "应：", "宜：", "可：", "负责：");
    struct gb_str lead = g->lead_in ? g->lead_in->text.str : g->first->parent->title.str;

    if (GB_ENDS_ANY(lead, ends))
        return true;
    return gb_str_ends(lead, GB_STR("：")) &&
           gb_param_has(c, "duties", gb_last_clause(gb_str_sub(lead, 0, lead.len - strlen("："))));
}

/* The one item that is a noun with its attribute (安装单位的整改情况) among acts; NULL: there is none, or there are more. */
static const struct gb_node *
noun_among_acts(struct gb_check *c, const struct gb_list *g, const enum phrase *phrases)
{
    const struct gb_node *noun = NULL;
    unsigned n_acts = 0, n_nouns = 0;
    bool is_long = g->n > 3; /* there the others tell that they are acts */

    if (!leads_to_acts(c, g))
        return NULL;
    for (uint32_t k = 0; k < g->n; k++) {
        bool is_noun = phrases[k] == PHRASE_NOUN && (is_long || gb_str_has(g->items[k].node->text.str, GB_STR("的")));
        n_acts += phrases[k] == PHRASE_VERB || (!is_noun && may_be_act(c, &g->items[k]));
        n_nouns += is_noun;
        noun = is_noun ? g->items[k].node : noun;
    }
    return n_nouns == 1 && n_acts + 1 == g->n ? noun : NULL;
}

/* The one item with a subject and a modal (用户可以检索目录) among short ones without; NULL as above. */
static const struct gb_node *
sentence_among_words(struct gb_check *c, const struct gb_list *g, const enum phrase *phrases)
{
    enum { SHORT = 8 };
    const struct gb_node *sentence = NULL;
    unsigned n_sentences = 0;

    for (uint32_t k = 0; k < g->n; k++) {
        struct gb_str s = g->items[k].node->text.str;
        if (phrases[k] != PHRASE_MODAL) {
            if (g->items[k].has_list || gb_str_han_length(s) > SHORT || gb_str_has(s, GB_STR("，")))
                return NULL;
            continue;
        }
        uint32_t n;
        const struct gb_sentence *own = gb_sentences_of(c->facts, g->items[k].node, &n);
        bool has_subject = n && own->n_modals && c->facts->modals[own->modals].begin >= own->begin + 2 * GB_HAN;
        n_sentences++;
        sentence = has_subject ? g->items[k].node : NULL;
    }
    return n_sentences == 1 ? sentence : NULL;
}

/* Source: GB/T 1.1—2020, 7.5.1; 2009, 5.2.6. A rough look: only what is sure counts, and no more than two may differ. */
static void
check_parallelism(struct gb_check *c)
{
    enum { LEAST = 3, MOST_ITEMS = 40, MOST_OTHERS = 2 };
    static const char *const cases[PHRASE_COUNT] = {
        [PHRASE_NOUN] = "noun", [PHRASE_VERB] = "verb", [PHRASE_MODAL] = "modal"};
    GB_EACH_LIST(g, c) {
        enum phrase phrases[MOST_ITEMS];
        unsigned of[PHRASE_COUNT] = {0};
        enum phrase most = PHRASE_NOUN;
        if (g->n < LEAST || g->n > MOST_ITEMS || g->lead != GB_LEAD_COLON)
            continue;
        for (uint32_t k = 0; k < g->n; k++) {
            phrases[k] = phrase_of(c, &g->items[k]);
            of[phrases[k]]++;
        }
        for (unsigned p = PHRASE_NOUN; p < PHRASE_COUNT; p++)
            most = of[p] > of[most] ? (enum phrase)p : most;
        const struct gb_node *noun = of[PHRASE_NOUN] ? noun_among_acts(c, g, phrases) : NULL;
        const struct gb_node *sentence = of[PHRASE_MODAL] == 1 ? sentence_among_words(c, g, phrases) : NULL;
        if (noun || sentence) {
            const struct gb_node *odd = noun ? noun : sentence;
            gb_report_case(c, noun ? "verb" : NULL, gb_at_item(odd), odd, GB_ARGS(odd->marker.str));
            continue;
        }
        unsigned others = g->n - of[PHRASE_UNSURE] - of[most];
        if (of[PHRASE_UNSURE] || !others || others > MOST_OTHERS || of[most] * 10 < g->n * 6)
            continue;
        for (uint32_t k = 0; k < g->n; k++) {
            if (phrases[k] != most)
                gb_report_case(c, cases[most], gb_at_item(g->items[k].node), g->items[k].node,
                               GB_ARGS(g->items[k].node->marker.str));
        }
    }
}

/* ---- LST-012: highlighted words ---- */

/* The bold words that an item begins with, as source bytes without their marks; empty for none. */
static struct gb_span
bold_head(const struct gb_node *item)
{
    const struct gb_text *text = &item->text;
    struct gb_span none = {0};

    if (!text->str.len || !(gb_text_flags(text, 0) & GB_RUN_STRONG))
        return none;
    size_t end = 0;
    while (end < text->str.len && gb_text_flags(text, end) & GB_RUN_STRONG)
        gb_utf8_at(text->str, end, &end);
    bool exact;
    struct gb_span span = gb_text_span(text, 0, end, &exact);
    return exact ? span : none;
}

/* The marks of the markup around bold words, where they are the same two bytes on both sides: ** or __. */
static struct gb_str
bold_marks(struct gb_check *c, struct gb_span bold)
{
    const struct gb_source *source = c->doc->source;

    if (bold.begin < 2)
        return (struct gb_str){0};
    struct gb_str open = gb_source_text(source, (struct gb_span){bold.begin - 2, bold.begin});
    struct gb_str close = gb_source_text(source, (struct gb_span){bold.end, bold.end + 2});
    bool is_pair = gb_str_eq(open, close) && (gb_str_is(open, "**") || gb_str_is(open, "__"));
    return is_pair ? open : (struct gb_str){0};
}

/* The words before the colon of an item, which the other items have bold. */
static struct gb_span
words_before_colon(const struct gb_node *item)
{
    struct gb_str s = item->text.str;
    size_t colon = gb_str_find(s, GB_STR("："), 0);
    bool exact = false;
    struct gb_span span = {0};

    if (colon != GB_NOT_FOUND && colon > 0 && !gb_str_has(gb_str_sub(s, 0, colon), GB_STR("\n")))
        span = gb_text_span(&item->text, 0, colon, &exact);
    return exact ? span : (struct gb_span){0};
}

/* Source: GB/T 1.1—2020, 7.5.4; 2009, 5.2.6. */
static void
check_highlight(struct gb_check *c)
{
    GB_EACH_LIST(g, c) {
        struct gb_span model = {0};
        uint32_t bold = 0;
        GB_EACH_ITEM(item, g) {
            struct gb_span head = bold_head(item->node);
            bold += head.end > head.begin;
            model = head.end > head.begin ? head : model;
        }
        if (!bold || bold == g->n)
            continue;
        bool wants_bold = bold * 2 >= g->n;
        struct gb_str marks = bold_marks(c, model);
        GB_EACH_ITEM(each, g) {
            const struct gb_node *item = each->node;
            struct gb_span head = bold_head(item);
            if ((head.end > head.begin) == wants_bold || !item->text.str.len)
                continue;
            struct gb_finding *f =
                gb_report_case(c, wants_bold ? NULL : "bold", gb_at_item(item), item, GB_ARGS(item->marker.str));
            if (wants_bold) {
                head = words_before_colon(item);
                if (head.end > head.begin && marks.len) {
                    gb_fix_markup(c, f, (struct gb_span){head.begin, head.begin}, marks);
                    gb_fix_markup(c, f, (struct gb_span){head.end, head.end}, marks);
                }
            } else if (bold_marks(c, head).len) {
                gb_fix_markup(c, f, (struct gb_span){head.begin - 2, head.begin}, GB_STR(""));
                gb_fix_markup(c, f, (struct gb_span){head.end, head.end + 2}, GB_STR(""));
            }
        }
    }
}

/* ---- LST-013: text behind a list ---- */

/* Source: GB/T 1.1—2020, 7.5.1; 2009, 5.2.6. */
static void
check_behind(struct gb_check *c)
{
    struct gb_match match;

    GB_EACH_LIST(g, c) {
        const struct gb_node *list = g->first;
        for (uint32_t k = 1; k < g->n_lists; k++)
            list = gb_block_behind(list);
        const struct gb_node *para = gb_block_behind(list);
        if (para && para->kind == GB_NODE_PARA && gb_param_match(c, "words", para->text.str, 0, &match))
            gb_report(c, gb_at_part(&para->text, match.begin, match.end), para,
                      GB_ARGS(gb_str_sub(para->text.str, match.begin, match.end)));
    }
}

/* ---- LST-014: long items ---- */

/* Source: GB/T 1.1—2020, 7.5.1; 2009, 5.2.6. */
static void
check_length(struct gb_check *c)
{
    size_t limit = (size_t)gb_param_number(c, "limit");
    struct gb_str limit_text = gb_count_text(c, limit);

    GB_EACH_LIST(g, c) {
        GB_EACH_ITEM(each, g) {
            const struct gb_node *item = each->node, *para = gb_node_child(item, GB_NODE_PARA);
            /* A Han character has three bytes: a short text need not be counted. */
            if (item->text.str.len > limit && gb_str_han_length(item->text.str) > limit)
                gb_report(c, gb_at_item(item), item, GB_ARGS(item->marker.str, limit_text));
            else if (para && para->text.str.len)
                gb_report_case(c, "paragraphs", gb_at_item(item), item, GB_ARGS(item->marker.str));
        }
    }
}

const struct gb_check_def gb_list_item_checks[] = {
    {.name = "single-item-list", .whole = check_single},
    {.name = "list-parallelism",
     .whole = check_parallelism,
     .cases = "noun verb modal",
     .params = "verbs:words openers:words adverbs:words duties:words results:words comparisons:words"},
    {.name = "list-highlight", .whole = check_highlight, .cases = "bold"},
    {.name = "text-after-list", .whole = check_behind, .params = "words:pattern"},
    {.name = "item-length", .whole = check_length, .cases = "paragraphs", .params = "limit:number"},
    {0},
};
