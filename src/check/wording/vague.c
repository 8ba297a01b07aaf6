/*
 * Requirements that nobody can check: vague amounts and conditions, words that point nowhere, chapters without anything to measure:
 * WRD-015, WRD-022, WRD-024, ELM-011. GB/T 1.1—2020, 5.1, 9.4.2.4 and C.1.
 */
#include "check/wording/clause_types_priv.h"
#include "check/wording/wording_priv.h"

/* A word in a requirement. */
struct use {
    const struct gb_sentence *sentence;
    const struct gb_node *clause;
    const struct gb_text *text;
    uint32_t begin, end;
    const char *which; /* case of the finding */
    struct gb_str word;
};

typedef GB_ARRAY(struct use) use_array; /* those that a rule has met; they are told behind the walk */

enum { LONGEST = 1000 * 3 }; /* bytes; what is longer is no sentence, and would be read for each word in it */

static const char amounts_key, measures_key;

/* The requirement around what was found; NULL: none. */
static const struct gb_sentence *
sentence_of(struct gb_check *c, const struct gb_found *found)
{
    const struct gb_sentence *s = gb_sentence_at(c->facts, found->node, found->text, found->begin);

    return s && s->type == GB_TYPE_REQUIREMENT && s->end - s->begin <= LONGEST ? s : NULL;
}

/* The same among the draft's own provisions. */
static const struct gb_sentence *
requirement_at(struct gb_check *c, const struct gb_found *found)
{
    const struct gb_sentence *s = sentence_of(c, found);

    return s && gb_holds_provisions(c, found->node) ? s : NULL;
}

static void
add_use(struct gb_check *c, use_array *uses, const struct gb_found *found, const struct gb_sentence *s,
        const char *which)
{
    *gb_push(uses) = (struct use){.sentence = s,
                                  .clause = gb_node_clause(found->node),
                                  .text = found->text,
                                  .begin = (uint32_t)found->begin,
                                  .end = (uint32_t)found->end,
                                  .which = which,
                                  .word = gb_arena_copy(c->arena, gb_found_str(found))};
}

/* One finding for each clause and case, at the first word of it. */
static void
report_uses(struct gb_check *c, use_array *uses)
{
    struct gb_finding *f = NULL;
    const struct use *first = NULL;

    GB_EACH(const struct use, use, uses->items, uses->len) {
        if (!first || first->clause != use->clause || first->which != use->which) {
            first = use;
            f = gb_report_case(c, use->which, GB_AT(use), use->sentence->node, GB_ARGS(use->word));
        } else {
            gb_also_there(c, f, GB_AT(use));
        }
    }
    gb_array_release(uses);
}

static bool
has_digit(struct gb_str s)
{
    for (size_t at = 0; at < s.len;) {
        uint32_t code = gb_char_narrow(gb_utf8_at(s, at, &at));
        if (gb_is_digit(code))
            return true;
    }
    return false;
}

/* A digit, or 每 as in 每年: what is vague is given a measure. */
static bool
has_measure(struct gb_str s)
{
    GB_WORDS(words, "每", "一次", "两次", "当日", "当场", "次日", "工作日", "逐", "规定的", "合同", "协议", "约定");

    return has_digit(s) || GB_HAS_ANY(s, words);
}

/* ---- WRD-015 ---- */

static bool
ends_in_number(struct gb_str s)
{
    GB_WORDS(numerals, "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "半");
    struct gb_str tail = gb_utf8_tail(s, 4 * GB_HAN);

    GB_FIND(byte, tail.ptr, tail.len, gb_is_digit(*byte));
    return byte || GB_HAS_ANY(tail, numerals);
}

/* 应设置多个出口: how many is asked for, by the same modal; not 有多个出口的, 应逐个检查. */
static bool
is_asked_for(const struct gb_facts *facts, const struct gb_found *found, const struct gb_sentence *s)
{
    const struct gb_modal *m = gb_modal_before(facts, s, found->begin);

    return m && m->type == GB_TYPE_REQUIREMENT && !m->is_negative &&
           gb_last_clause(gb_str_sub(s->text->str, m->begin, found->begin)).len == found->begin - m->begin;
}

/* The words that may measure what is asked for: 低于85%的 in 低于85%的，应及时整改 names the case, and measures nothing. */
static struct gb_str
measuring_words(struct gb_check *c, const struct gb_found *found, const struct gb_sentence *s)
{
    GB_WORDS(cases, "的", "时", "后");
    struct gb_str before = gb_str_sub(s->text->str, s->begin, found->begin);
    size_t clause = found->begin - gb_last_clause(before).len, mark = strlen("，");
    if (clause < s->begin + mark || !is_asked_for(c->facts, found, s))
        return gb_sentence_words(c, s);
    before = gb_str_sub(s->text->str, s->begin, clause - mark);
    size_t others = before.len - gb_last_clause(before).len;
    bool has_case = GB_ENDS_ANY(before, cases) && !has_measure(gb_str_sub(before, 0, others));

    return has_case ? gb_words_behind(c, s, clause) : gb_sentence_words(c, s);
}

/* 左右, 大约 and 大概 blur a number; the other words stand for one. */
static bool
is_vague(const struct gb_facts *facts, const struct gb_found *found, const struct gb_sentence *s, struct gb_str words)
{
    struct gb_str word = gb_found_str(found), before = gb_found_before(found);

    if (gb_str_is(word, "左右"))
        return ends_in_number(before);
    /* 应包括日常巡检、定期检测的数据: the name of a kind; 应减少多次查询: what is to be less. */
    if (gb_str_is(word, "定期") && gb_str_ends(before, GB_STR("、")) && !is_asked_for(facts, found, s))
        return false;
    if (GB_HAS_ONE_OF(gb_last_clause(before), "减少", "避免", "防止") && gb_str_starts(word, GB_STR("多")))
        return false;
    if (GB_IS_ONE_OF(word, "大约", "大概"))
        return true;
    if (GB_STARTS_WITH(word, "多", "几", "数") && !gb_str_is(word, "多次") && !is_asked_for(facts, found, s))
        return false;
    /* 有多个出口的，应将多个出口编号: those that the sentence has named. */
    if (gb_str_starts(word, GB_STR("多")) && gb_str_has(gb_str_sub(s->text->str, s->begin, found->begin), word))
        return false;
    /* 每隔一段时间检查一次: what 每 and 一次 measure is vague itself. */
    return GB_ENDS_WITH(word, "时间", "时期") ? !has_digit(words) : !has_measure(words);
}

/* Source: GB/T 1.1—2020, 5.1 and C.1; 2009, 4.1. */
static void
hit_vague_amount(struct gb_check *c, const struct gb_found *found)
{
    use_array *uses = gb_check_shared(c, &amounts_key, sizeof(*uses));
    const struct gb_sentence *s = requirement_at(c, found);

    if (!s || found->node->kind == GB_NODE_TABLE || !is_vague(c->facts, found, s, measuring_words(c, found, s)))
        return;
    if (!gb_str_is(gb_found_str(found), "必要时"))
        add_use(c, uses, found, s, NULL);
    else if (c->facts->edition == GB_EDITION_2009) /* in 2020 it is an unclear condition: WRD-022 */
        add_use(c, uses, found, s, "condition");
}

GB_CHECK_WHOLE(finish_vague_amounts, report_uses(c, gb_check_shared(c, &amounts_key, sizeof(use_array))))

/* ---- WRD-022 ---- */

/* The case is named: 特殊情况（如停电）下, 有下列特殊情况时, 暴雨等特殊情况下. */
static bool
is_named(const struct gb_found *found)
{
    GB_WORDS(before, "等", "下列", "以下", "上述", "规定的", "非", "无", "没有", "该", "此", "不", "列出的", "给出的");
    struct gb_str lead = gb_found_before(found), behind = gb_found_behind(found);

    return GB_ENDS_ANY(lead, before) || GB_STARTS_WITH(behind, "（", "(") ||
           gb_str_has(gb_found_str(found), GB_STR("（"));
}

/* Source: GB/T 1.1—2020, 9.4.2.4. */
static void
hit_condition(struct gb_check *c, const struct gb_found *found)
{
    if (requirement_at(c, found) && found->node->kind != GB_NODE_TABLE && !is_named(found))
        gb_report(c, gb_at_found(found), found->node, GB_ARGS(gb_found_str(found)));
}

/* ---- WRD-024 ---- */

/* 上述 behind a list or 以下 before one points at it. */
static bool
points_at_list(const struct gb_found *found, const struct gb_sentence *s)
{
    return (s && s->flags & GB_SENTENCE_LEAD_IN) || found->node->kind == GB_NODE_TABLE;
}

/* Source: GB/T 1.1—2020, 9.5.3 and 9.5.5.2; 2009, 8.1.2.2. */
static void
hit_deictic(struct gb_check *c, const struct gb_found *found)
{
    const struct gb_sentence *s = gb_sentence_at(c->facts, found->node, found->text, found->begin);
    bool is_own_body = gb_str_starts(gb_found_str(found), GB_STR("本")) && !gb_str_is(gb_found_str(found), "本条");

    if (!s || points_at_list(found, s) || !gb_holds_provisions(c, found->node))
        return;
    /* 其 stands for what the sentence or the title before names; not at the head of a later paragraph */
    bool is_pronoun = gb_str_starts(gb_found_str(found), GB_STR("其"));
    if (is_pronoun && (found->begin > 0 || found->node->kind != GB_NODE_PARA || !found->node->prev ||
                       found->node->prev->kind != GB_NODE_PARA))
        return;
    if (is_own_body && gb_str_starts(c->facts->type, GB_STR("Q/")))
        return;
    gb_report_case(c, is_own_body ? "own" : NULL, gb_at_found(found), found->node, GB_ARGS(gb_found_str(found)));
}

/* ---- ELM-011 ---- */

/* A measure, or something that can be looked at: a record, a list, a document. */
static bool
is_measurable(struct gb_str s)
{
    GB_WORDS(objects, "《", "附录", "记录", "清单", "台账", "档案", "登记", "公示", "图", "表", "证", "单", "标志",
             "制度");

    return has_measure(s) || GB_HAS_ANY(s, objects);
}

static void
hit_unmeasurable(struct gb_check *c, const struct gb_found *found)
{
    use_array *uses = gb_check_shared(c, &measures_key, sizeof(*uses));
    const struct gb_sentence *s = sentence_of(c, found);
    bool is_known = uses->len && uses->items[uses->len - 1].sentence == s;

    if (s && !is_known && found->node->kind != GB_NODE_TABLE)
        add_use(c, uses, found, s, NULL);
}

/* Drops those uses from `from` on that are no unmeasurable requirements of the list; returns how many are left. */
static size_t
keep_unmeasurable(struct gb_check *c, struct use *uses, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        if (gb_holds_provisions(c, uses[i].sentence->node) && !is_measurable(gb_sentence_words(c, uses[i].sentence)))
            uses[kept++] = uses[i];
    }
    return kept;
}

/* The sentences of one chapter, all[0] to all[n - 1], and its uses. */
static void
judge_chapter(struct gb_check *c, const struct gb_provision *all, size_t n, struct use *uses, size_t n_uses)
{
    enum { LEAST = 4 };
    const unsigned other = GB_UNDER_ANNEX | GB_UNDER_PRINCIPLES | GB_UNDER_SLOGANS;

    size_t n_required = GB_HOW_MANY(GB_ITEMS(one, all, n), one->sentence->type == GB_TYPE_REQUIREMENT &&
                                                               !(one->sentence->flags & GB_SENTENCE_LEAD_IN));
    if (n_required < LEAST || 2 * n_uses <= n_required || all[0].under & other)
        return;
    n_uses = keep_unmeasurable(c, uses, n_uses);
    if (2 * n_uses <= n_required)
        return;
    struct gb_arena *arena = c->arena;
    struct gb_finding *f =
        gb_report(c, gb_at_head(all[0].top), all[0].top,
                  GB_ARGS(gb_arena_printf(arena, "%zu", n_required), gb_arena_printf(arena, "%zu", n_uses)));
    for (size_t i = 0; i < n_uses; i++)
        gb_also(c, f, GB_AT(&uses[i]), uses[i].word);
}

/* Source: GB/T 1.1—2020, C.1; GB/T 20001.5—2017, 6.3.5.2; 2009, 6.3.1.3. */
static void
finish_measures(struct gb_check *c)
{
    use_array *uses = gb_check_shared(c, &measures_key, sizeof(*uses));
    const struct gb_provisions *all = gb_provisions_of(c);
    size_t used = 0;

    for (size_t from = 0, to; from < all->n; from = to) {
        const struct gb_node *top = all->items[from].top;
        for (to = from + 1; to < all->n && all->items[to].top == top; to++)
            continue;
        while (used < uses->len && uses->items[used].sentence->node->id < top->id)
            used++;
        size_t first = used;
        while (used < uses->len && (!top->next || uses->items[used].sentence->node->id < top->next->id))
            used++;
        judge_chapter(c, all->items + from, to - from, uses->items + first, used - first);
    }
    gb_array_release(uses);
}

const struct gb_check_def gb_vague_checks[] = {
    {.name = "vague-amount",
     .hit = hit_vague_amount,
     .finish = finish_vague_amounts,
     .cases = "condition",
     .params = GB_SEARCH_PARAMS "words:words"},
    {.name = "unclear-condition", .hit = hit_condition, .params = GB_SEARCH_PARAMS "words:words"},
    {.name = "deictic", .hit = hit_deictic, .cases = "own", .params = GB_SEARCH_PARAMS "words:words"},
    {.name = "unmeasurable",
     .hit = hit_unmeasurable,
     .finish = finish_measures,
     .params = GB_SEARCH_PARAMS "words:words"},
    {0},
};
