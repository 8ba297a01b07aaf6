/* Items of a list and the modal of their lead-in: WRD-012, and lists that their lead-in leaves open: WRD-016. GB/T 1.1—2020, 7.5 and 9.1. */
#include "check/wording/clause_types_priv.h"

#include "check/wording/wording_priv.h"

/* ---- WRD-012 ---- */

static bool
is_provision_type(enum gb_clause_type type)
{
    return type == GB_TYPE_REQUIREMENT || type == GB_TYPE_RECOMMENDATION || type == GB_TYPE_PERMISSION;
}

/* 宜按年登记，规则如下：: what is announced behind the clause of the modal has its own. 应符合要求，具体如下：has not. */
static bool
announces_other(struct gb_str behind)
{
    GB_WORDS(commas, "，", ",");
    GB_WORDS(same, "具体", "详细", "即", "分别", "其中");
    size_t comma = GB_NOT_FOUND;

    for (size_t i = 0; i < GB_COUNT(commas) && comma == GB_NOT_FOUND; i++)
        comma = gb_str_find(behind, commas[i], 0);
    return comma != GB_NOT_FOUND && gb_str_has(gb_str_skip(behind, comma), GB_STR("如下")) &&
           !GB_HAS_ANY(gb_str_skip(behind, comma), same);
}

/*
 * The modal that governs the items: the last one of the lead-in. Of several types the last one only where the list is announced behind
 * it (应登记，并宜注明下列内容：); otherwise none is certain.
 */
static const struct gb_modal *
modal_of_lead(struct gb_check *c, const struct gb_sentence *lead)
{
    GB_WORDS(promises, "下列", "以下", "如下");
    const struct gb_modal *all = c->facts->modals + lead->modals, *last = NULL;
    bool is_mixed = false;

    for (uint32_t i = 0; i < lead->n_modals; i++) {
        if (!is_provision_type(all[i].type))
            continue;
        is_mixed = is_mixed || (last && last->type != all[i].type);
        last = &all[i];
    }
    if (!last)
        return NULL;
    struct gb_str behind = gb_words_behind(c, lead, last->end);
    return (is_mixed && !GB_HAS_ANY(behind, promises)) || announces_other(behind) ? NULL : last;
}

/* Before the modal: 但在特殊情况下可…, 如无…可…: the item names an exception or a condition. */
static bool
is_exception(struct gb_check *c, const struct gb_sentence *s, const struct gb_modal *m)
{
    return gb_param_has(c, "exceptions", gb_words_before(c, s, m->begin));
}

/* 具有自动搜索可用频道的功能, 可测量；: the character belongs to an attribute, or to a word. */
static bool
is_attribute(struct gb_str behind)
{
    GB_WORDS(words, "用", "行", "见", "选", "调", "控");
    enum { NOUN = 4 * 3, VERB = 2 };
    struct gb_str clause = gb_first_clause(behind);
    size_t de = clause.len > NOUN ? gb_str_find(clause, GB_STR("的"), clause.len - NOUN - 3)
                                  : gb_str_find(clause, GB_STR("的"), 0);

    return GB_STARTS_ANY(behind, words) || de != GB_NOT_FOUND || gb_str_han_length(clause) <= VERB;
}

/*
 * The modal of the item that conflicts with the lead-in's. A weaker one is none beside the lead-in's own (应…，可…), nor as the
 * exception to it.
 */
static const struct gb_modal *
conflict_in(struct gb_check *c, const struct gb_sentence *s, enum gb_clause_type lead)
{
    bool has_same = false;

    GB_EACH_MODAL(m, c->facts, s) {
        if (!is_provision_type(m->type))
            continue;
        if (m->type == lead) {
            has_same = true;
            continue;
        }
        if (m->type == GB_TYPE_PERMISSION &&
            (has_same || is_exception(c, s, m) || is_attribute(gb_words_behind(c, s, m->end))))
            continue;
        return m;
    }
    return NULL;
}

/* The same modal once more; 不应 behind 应 is none that could be dropped. */
static const struct gb_modal *
same_in(const struct gb_facts *facts, const struct gb_sentence *s, const struct gb_modal *lead)
{
    GB_FIND(m, facts->modals + s->modals, s->n_modals, m->type == lead->type && m->is_negative == lead->is_negative);
    return m;
}

struct list {
    const struct gb_sentence *lead;
    const struct gb_modal *modal;
    bool tells_contents;     /* 应包括：: what it contains is no provision, unless it advises */
    struct gb_finding *same; /* one finding for all items that repeat the modal */
};

static bool
is_behind_comma(const struct gb_sentence *s, const struct gb_modal *m)
{
    struct gb_str before = gb_str_sub(s->text->str, s->begin, m->begin);

    return GB_HAS_ONE_OF(before, "，", ",");
}

/* （已登记的宜保持不变）: an aside. */
static bool
is_in_brackets(const struct gb_sentence *s, const struct gb_modal *m)
{
    int depth = 0;

    for (size_t at = s->begin, next; at < m->begin; at = next) {
        uint32_t c = gb_char_narrow(gb_utf8_at(s->text->str, at, &next));
        depth += (c == '(') - (c == ')' && depth > 0);
    }
    return depth > 0;
}

/* 应标注县道 among contents is a provision of its own; 应检项目 and 应注意事项 are things. */
static bool
is_provision_of_its_own(struct gb_check *c, const struct gb_sentence *s, const struct gb_modal *m)
{
    struct gb_str behind = gb_words_behind(c, s, m->end);
    size_t verb = gb_words_start(gb_param_set(c, "verbs"), behind);

    return m->begin == s->begin && m->type != GB_TYPE_PERMISSION && verb > GB_HAN &&
           !gb_param_starts(c, "nouns", gb_str_skip(behind, verb));
}

static void
judge_item(struct gb_check *c, struct list *list, const struct gb_node *item)
{
    uint32_t n;
    const struct gb_sentence *s = gb_sentences_of(c->facts, item, &n);

    /* What stands behind the first sentence does not go on from the lead-in. */
    if (n == 0 || s->n_modals == 0)
        return;
    const struct gb_modal *m = conflict_in(c, s, list->modal->type);
    if (!m)
        return;
    bool is_advice = m->type == GB_TYPE_RECOMMENDATION && list->modal->type == GB_TYPE_REQUIREMENT;
    if (list->tells_contents && !is_advice && !is_provision_of_its_own(c, s, m))
        return;
    const char *which = NULL;
    if (list->modal->type == GB_TYPE_PERMISSION)
        which = "permission";
    else if (is_in_brackets(s, m) || ((m->type == GB_TYPE_PERMISSION || list->tells_contents) && is_behind_comma(s, m)))
        which = "later"; /* a remark on the item, rather than the item */
    struct gb_finding *f =
        gb_report_case(c, which, gb_at_part(s->text, m->begin, m->end), item, GB_ARGS(list->modal->word, m->word));
    gb_also(c, f, gb_at_part(list->lead->text, list->modal->begin, list->modal->end),
            gb_say(c, "引导语中的助动词", "modal of the lead-in"));
}

static void
judge_repetition(struct gb_check *c, struct list *list, const struct gb_node *item)
{
    uint32_t n;
    const struct gb_sentence *s = gb_sentences_of(c->facts, item, &n);
    const struct gb_modal *m = n ? same_in(c->facts, s, list->modal) : NULL;

    if (!m)
        return;
    struct gb_at at = gb_at_part(s->text, m->begin, m->end);
    list->same = gb_report_one(c, list->same, "same", at, item, GB_ARGS(list->modal->word, m->word));
}

/* Source: GB/T 1.1—2020, 7.5 and 9.1; 2009, 5.2.6 and 7.1.2. Lists that say what something contains are no provisions one by one. */
static void
check_list_modals(struct gb_check *c, const struct gb_node *node)
{
    struct list list = {.lead = gb_list_lead_in(c->facts, node)};

    if (!list.lead || list.lead->n_modals == 0)
        return;
    list.modal = modal_of_lead(c, list.lead);
    if (!list.modal || !gb_holds_provisions(c, node))
        return;
    list.tells_contents = gb_param_has(c, "contents", gb_words_behind(c, list.lead, list.modal->end));
    for (const struct gb_node *item = node->first; item; item = item->next) {
        if (item->kind == GB_NODE_ITEM)
            judge_item(c, &list, item);
    }
    for (const struct gb_node *item = node->first; item && !list.tells_contents; item = item->next) {
        if (item->kind == GB_NODE_ITEM)
            judge_repetition(c, &list, item);
    }
}

/* ---- WRD-016 ---- */

/* 其他。 as the whole of an item. */
static bool
is_other(struct gb_str item)
{
    GB_WORDS(words, "其他", "其它", "其他内容", "其他事项", "其他要求", "其他信息", "其他情况");
    GB_WORDS(marks, "。", "；", ".", ";");

    item.len -= GB_END(item, marks);
    return GB_IS_ANY(item, words);
}

/* The end mark of the item before takes the place of both: ；/ d) 其他。 becomes 。 */
static void
offer_without(struct gb_check *c, struct gb_finding *f, const struct gb_node *item)
{
    GB_WORDS(marks, "；", ";", "，");
    const struct gb_node *before = item->prev;
    bool is_exact;

    if (!before || before->kind != GB_NODE_ITEM || before->first || item->first)
        return;
    size_t len = before->text.str.len, mark = GB_END(before->text.str, marks);
    struct gb_span at = gb_text_span(&before->text, len - mark, len, &is_exact);
    struct gb_at end = gb_at_text(&item->text);
    if (mark && is_exact && !end.by_line && at.end < end.span.end)
        gb_fix_markup(c, f, (struct gb_span){at.begin, end.span.end}, GB_STR("。"));
}

static void
check_open_list(struct gb_check *c, const struct gb_node *list)
{
    const struct gb_node *last = list->last;
    const struct gb_sentence *lead = gb_list_lead_in(c->facts, list);

    if (!lead || !last || last->kind != GB_NODE_ITEM || !is_other(last->text.str))
        return;
    if (!gb_param_has(c, "open", gb_sentence_words(c, lead)))
        return;
    struct gb_finding *f = gb_report(c, gb_at_text(&last->text), last, GB_ARGS(last->text.str));
    offer_without(c, f, last);
}

/* A list that its lead-in leaves open needs no last item for the rest. Source: GB/T 1.1—2020, 5.1; 2009, 4.1. */
static void
check_open_lists(struct gb_check *c)
{
    GB_EACH_NODE(node, &c->facts->of_kind[GB_NODE_LIST])
        check_open_list(c, node);
}

enum { FARTHEST = 150 * 3 }; /* bytes between 包括 and 等 */

/* Bytes of the text where 等 closes a list; GB_NOT_FOUND. In 等级, 平等 it is a part of a word. */
static size_t
closing_etc(struct gb_str s, size_t from, size_t end)
{
    GB_WORDS(behind, "级", "于", "同", "待", "效", "候", "离", "值", "距", "分", "次", "价", "比", "量", "高", "长",
             "温", "压", "电");
    GB_WORDS(before, "平", "对", "相", "均", "优", "高", "中", "初", "上", "下", "同", "特", "一", "二", "三", "何",
             "立");
    struct gb_str until = gb_str_sub(s, 0, end);

    GB_EACH_FOUND(at, until, GB_STR("等"), from) {
        if (!GB_STARTS_ANY(gb_str_skip(s, at + strlen("等")), behind) && !GB_ENDS_ANY(gb_str_sub(s, 0, at), before))
            return at;
    }
    return GB_NOT_FOUND;
}

static bool
ends_clause(struct gb_str s, size_t at)
{
    GB_WORDS(ends, "。", "；", "，");

    return at >= s.len || GB_STARTS_ANY(gb_str_skip(s, at), ends);
}

/* 包括但不限于A、B等; 应包括A、B等: nobody can tell what has to be met. */
static void
hit_open_end(struct gb_check *c, const struct gb_found *found)
{
    const struct gb_sentence *s = gb_sentence_at(c->facts, found->node, found->text, found->begin);

    if (!s)
        return;
    size_t end = s->end - found->end > FARTHEST ? found->end + FARTHEST : s->end;
    size_t at = closing_etc(found->text->str, found->end, end);
    bool is_open = gb_param_has(c, "open", gb_found_str(found));
    bool is_list_word = gb_str_starts(gb_str_skip(found->str, found->match.begin), GB_STR("包"));
    if (!is_list_word && at != GB_NOT_FOUND && !ends_clause(found->text->str, at + strlen("等"))) /* 应支持查询等操作 */
        return;
    if (at == GB_NOT_FOUND || (!is_open && s->type != GB_TYPE_REQUIREMENT) || !gb_holds_provisions(c, found->node))
        return;
    struct gb_at place = gb_at_part(found->text, at, at + strlen("等"));
    struct gb_finding *f =
        gb_report_case(c, is_open ? "open" : "requirement", place, found->node, GB_ARGS(GB_STR("等")));
    if (is_open)
        gb_fix(c, f, place.span, GB_STR(""));
}

const struct gb_check_def gb_list_type_checks[] = {
    {.name = "list-modals",
     .run = check_list_modals,
     .on = GB_ON(LIST),
     .cases = "same permission later",
     .params = "contents:words verbs:words nouns:words exceptions:words"},
    {.name = "open-list",
     .hit = hit_open_end,
     .finish = check_open_lists,
     .cases = "open requirement",
     .params = GB_SEARCH_PARAMS "words:words open:words"},
    {0},
};
