/*
 * Provisions that show no type: instructions outside of procedures and test methods, WRD-011 and WRD-025. GB/T 1.1—2020, 9.1 and
 * C.2; 2009, annex F. Where instructions are given by right (步骤, 试验方法, a 规程), facts/ call the sentence one.
 */
#include "check/wording/clause_types_priv.h"

#include "check/wording/wording_priv.h"

enum {
    SHORTEST = 6 * GB_HAN, /* shorter sentences are names of things */
    MOST_PHRASES = 4,      /* before the verb */
    FEW = 3,               /* sentences that do not make a style */
};

/* ---- How an instruction begins ---- */

/* Length of the longest word of the parameter at the start of s. */
static size_t
opener_at(struct gb_check *check, const char *key, struct gb_str s)
{
    return gb_words_start(gb_param_set(check, key), s);
}

/* Up to the next comma. */
static struct gb_str
phrase_of(struct gb_str s)
{
    size_t wide = gb_str_find(s, GB_STR("，"), 0), narrow = gb_str_find(s, GB_STR(","), 0);

    return gb_str_sub(s, 0, wide < narrow ? wide : narrow);
}

/* 以…为目标, 作为, 成为: 为 that says not what something is. */
static bool
is_copula(struct gb_str phrase, size_t at)
{
    GB_WORDS(before, "作", "成", "认", "行", "列", "设", "改", "变", "以");

    return !GB_ENDS_ANY(gb_str_sub(phrase, 0, at), before) && !GB_STARTS_ANY(phrase, before) &&
           !gb_str_starts(gb_str_skip(phrase, at), GB_STR("为主")); /* 坚持预防为主的方针 */
}

/* What follows the verb makes a noun, an attribute or a condition of it, or the phrase says what something is. */
static bool
is_no_predicate(struct gb_check *check, struct gb_str behind, bool is_last)
{
    GB_WORDS(ends, "时", "后", "前", "的", "者", "中");

    /* 检查台, 评价值, but 建立台账, 落实值班制度 */
    if (opener_at(check, "no-objects", behind) && !gb_param_starts(check, "objects", behind))
        return true;
    if (!is_last && GB_ENDS_ANY(behind, ends))
        return true;
    size_t be = gb_str_find(behind, GB_STR("为"), 0);
    return gb_param_has(check, "copulas", behind) || (be != GB_NOT_FOUND && is_copula(behind, be));
}

/* 对发现的问题及时整改: an adverb and a verb at the end. */
static bool
ends_in_act(struct gb_check *check, struct gb_str phrase)
{
    for (size_t at = gb_utf8_ceil(phrase, GB_HAN), next; at < phrase.len; at = next) {
        gb_utf8_at(phrase, at, &next);
        size_t adverb = opener_at(check, "adverbs", gb_str_skip(phrase, at));
        struct gb_str rest = gb_str_skip(phrase, at + adverb);
        size_t verb = adverb ? opener_at(check, "verbs", rest) : 0;
        if (verb && (verb == rest.len || gb_str_is(gb_str_skip(rest, verb), "。")))
            return true;
    }
    return false;
}

/* 对实施效果进行评价: an act, though it begins with its object. */
static bool
is_act_upon(struct gb_check *check, struct gb_str phrase)
{
    GB_WORDS(acts, "进行", "予以", "加以", "给予", "开展", "实施");

    for (size_t n; (n = opener_at(check, "adverbs", phrase)) > 0;)
        phrase = gb_str_skip(phrase, n);
    return GB_STARTS_WITH(phrase, "对", "将") && (GB_HAS_ANY(phrase, acts) || ends_in_act(check, phrase)) &&
           !GB_ENDS_WITH(phrase, "时", "后", "的");
}

/* Does the phrase begin with a verb, adverbs before it allowed? */
static bool
begins_with_verb(struct gb_check *check, struct gb_str phrase, bool is_last)
{
    size_t at = 0, n;

    while ((n = opener_at(check, "adverbs", gb_str_skip(phrase, at))) > 0)
        at += n;
    n = opener_at(check, "verbs", gb_str_skip(phrase, at));
    return n && at + n < phrase.len && !is_no_predicate(check, gb_str_skip(phrase, at + n), is_last);
}

/* 依据临床的需要确定罩体的形状: the verb behind the ground that it goes by, without a comma. */
static bool
acts_by_ground(struct gb_check *check, struct gb_str phrase)
{
    GB_WORDS(openers, "依据", "根据", "按照", "按", "结合", "依照", "针对");

    if (!GB_STARTS_ANY(phrase, openers))
        return false;
    for (size_t at = gb_utf8_ceil(phrase, 2 * GB_HAN), next; at + 2 * GB_HAN < phrase.len; at = next) {
        gb_utf8_at(phrase, at, &next);
        if (gb_param_starts(check, "grounds", gb_str_skip(phrase, at)) &&
            begins_with_verb(check, gb_str_skip(phrase, at + 2 * GB_HAN), true))
            return true;
    }
    return false;
}

static bool
is_instruction(struct gb_check *check, struct gb_str s)
{
    /* What refers to a figure or a formula describes it. */
    GB_WORDS(references, "见公式", "见图", "见表", "见式", "如图", "如表", "按公式", "按式", "公式（", "公式(");

    if (GB_HAS_ANY(s, references))
        return false;
    for (unsigned i = 0; i < MOST_PHRASES && s.len; i++) {
        struct gb_str phrase = phrase_of(s);
        bool is_last = phrase.len == s.len;
        if (begins_with_verb(check, phrase, is_last) || is_act_upon(check, phrase) ||
            (is_last && acts_by_ground(check, phrase)))
            return true;
        if (is_last || !opener_at(check, "prepositions", s))
            return false;
        s = gb_str_skip(s, phrase.len + (s.ptr[phrase.len] == ',' ? 1 : GB_HAN));
    }
    return false;
}

static bool
is_bare(struct gb_check *check, const struct gb_sentence *sentence, size_t shortest)
{
    GB_WORDS(verdicts, "，判", "，则判", "，视为", "的，为");
    GB_WORDS(criteria, "之一者", "项者", "条者", "以上者", "以下者", "表现者", "改变者", "异常者", "阳性者", "阴性者");
    GB_WORDS(stops, "。");
    struct gb_str raw = GB_WORDS_OF(sentence);

    if (sentence->type != GB_TYPE_STATEMENT || sentence->n_modals || raw.len < shortest ||
        sentence->flags & (GB_SENTENCE_LEAD_IN | GB_SENTENCE_PARTIES))
        return false;
    if (gb_str_has(raw, GB_STR("制定本"))) /* 1.0.1 为规范……，制定本标准。: why there is one */
        return false;
    if (!opener_at(check, "verbs", raw) && !opener_at(check, "adverbs", raw) && !opener_at(check, "prepositions", raw))
        return false;
    if (GB_HAS_ANY(raw, verdicts)) /* 符合第5章，且检查合格的，判为…: a condition, and what follows from it */
        return false;
    /* 具备5.1，且有下列表现之一者。: whom it is about */
    if (GB_ENDS_ANY(gb_str_sub(raw, 0, raw.len - GB_END(raw, stops)), criteria))
        return false;
    return is_instruction(check, gb_sentence_words(check, sentence));
}

bool
gb_is_bare_instruction(struct gb_check *check, const struct gb_sentence *sentence)
{
    return is_bare(check, sentence, SHORTEST);
}

/* ---- WRD-011 ---- */

/* What is known of clauses, by node->id. */
enum stated { UNKNOWN, NOT_STATED, STATED, SOFT };

/* 6 功能: what a thing has, required as often as told. */
static bool
names_thing(struct gb_str title)
{
    GB_WORDS(things, "功能", "组成", "构成", "结构", "内容", "特征");

    return GB_ENDS_ANY(title, things);
}

static enum stated
stated_below(const struct gb_han_words *stated, uint8_t *known, const struct gb_node *clause)
{
    if (clause->kind == GB_NODE_DOC)
        return NOT_STATED;
    if (known[clause->id] == UNKNOWN) {
        struct gb_str title = clause->title.str;
        bool is_own = gb_words_in(stated, title) && !gb_str_has(title, GB_STR("要求"));
        known[clause->id] =
            (uint8_t)(is_own ? names_thing(title) ? SOFT : STATED : stated_below(stated, known, clause->parent));
    }
    return (enum stated)known[clause->id];
}

/* Does a title around the clause name duties, contents, means or ends, which are stated without a modal? */
static enum stated
stated_of(struct gb_check *c, const struct gb_node *clause)
{
    static const char key;
    uint8_t *known = gb_check_shared(c, &key, c->facts->n_nodes + 1);

    return stated_below(gb_param_set(c, "stated"), known, clause);
}

/* Sentences without modal in one chapter, and how many sentences of it and of all chapters have one. */
struct chapter {
    const struct gb_node *top;
    GB_ARRAY(const struct gb_provision *) bare;
    size_t n_modal, n_modal_all;
};

/*
 * Where no sentence of the chapter has a modal, or those without are by far the most, that is its style, and perhaps it is a procedure;
 * principles are often worded as slogans.
 */
static const char *
case_of(const struct chapter *chapter, const struct gb_provision *p)
{
    if (p->under & (GB_UNDER_SLOGANS | GB_UNDER_PRINCIPLES))
        return "slogan";
    size_t n_modal = chapter->bare.len < FEW ? chapter->n_modal_all : chapter->n_modal;
    return chapter->bare.len > 2 * n_modal ? "style" : NULL;
}

/* Under titles that name a thing it is told, unless nearly all of the chapter is required. */
static void
drop_told(struct gb_check *c, struct chapter *chapter)
{
    enum { FEWEST_MODALS = 4 };
    size_t n = 0;

    if (chapter->n_modal >= FEWEST_MODALS && chapter->n_modal >= FEWEST_MODALS * chapter->bare.len)
        return;
    for (size_t i = 0; i < chapter->bare.len; i++) {
        if (stated_of(c, chapter->bare.items[i]->clause) != SOFT)
            chapter->bare.items[n++] = chapter->bare.items[i];
    }
    chapter->bare.len = n;
}

/* One finding for each clause. */
static void
report_chapter(struct gb_check *c, struct chapter *chapter)
{
    struct gb_finding *f = NULL;
    const struct gb_node *clause = NULL;

    drop_told(c, chapter);
    for (size_t i = 0; i < chapter->bare.len; i++) {
        const struct gb_provision *p = chapter->bare.items[i];
        if (p->clause == clause) {
            gb_also_there(c, f, gb_sentence_place(p->sentence));
            continue;
        }
        clause = p->clause;
        f = gb_report_case(c, case_of(chapter, p), gb_sentence_place(p->sentence), p->sentence->node,
                           GB_ARGS(phrase_of(gb_sentence_words(c, p->sentence))));
    }
    chapter->bare.len = 0;
    chapter->n_modal = 0;
}

static bool
is_modal(const struct gb_provision *p)
{
    return p->sentence->type == GB_TYPE_REQUIREMENT || p->sentence->type == GB_TYPE_RECOMMENDATION;
}

/* Source: GB/T 1.1—2020, 9.1, C.1 and C.2; 2009, 7.1.2 and annex F. Lists are WRD-025. */
static void
check_bare_provisions(struct gb_check *c)
{
    const struct gb_provisions *all = gb_provisions_of(c);
    struct chapter chapter = {0};

    if (c->facts->gives_instructions)
        return;
    for (size_t i = 0; i < all->n; i++)
        chapter.n_modal_all += is_modal(&all->items[i]);
    GB_EACH(const struct gb_provision, p, all->items, all->n) {
        if (p->under & GB_UNDER_ANNEX)
            continue;
        if (p->top != chapter.top)
            report_chapter(c, &chapter);
        chapter.top = p->top;
        if (is_modal(p))
            chapter.n_modal++;
        else if (p->sentence->node->kind == GB_NODE_PARA && p->sentence->node->parent == p->clause &&
                 gb_str_ends(gb_str_sub(p->sentence->text->str, 0, p->sentence->end), GB_STR("。")) &&
                 gb_is_bare_instruction(c, p->sentence) && stated_of(c, p->clause) != STATED)
            *gb_push(&chapter.bare) = p;
    }
    report_chapter(c, &chapter);
    gb_array_release(&chapter.bare);
}

/* ---- WRD-025 ---- */

/* 操作人员：, no more: 操作 is a part of whom it names. */
static bool
names_people(struct gb_str lead)
{
    enum { LONGEST = 10 * 3 };
    struct gb_str colon = GB_STR("：");

    if (gb_str_ends(lead, colon))
        lead.len -= colon.len;
    return lead.len <= LONGEST && gb_str_ends(lead, GB_STR("人员"));
}

/* A lead-in that promises contents, duties, means or steps has nouns or instructions behind it by right. */
static bool
is_list_of_acts(struct gb_check *c, const struct gb_node *list)
{
    const struct gb_sentence *lead = gb_list_lead_in(c->facts, list);

    if (!lead)
        return true;
    struct gb_str words = gb_sentence_words(c, lead);
    return lead->n_modals == 0 && lead->type == GB_TYPE_STATEMENT &&
           (names_people(words) || !gb_param_has(c, "stated", words)) && !gb_param_has(c, "things", words);
}

/* 统一着装, 主动问候: a manner, then any verb. */
static bool
begins_with_manner(struct gb_check *c, struct gb_str s)
{
    GB_WORDS(nouns, "的", "性", "化", "标", "规", "编", "格式");
    const struct gb_str *words;
    size_t n = gb_param_words(c, "manners", &words);

    GB_FIND(word, words, n, gb_str_starts(s, *word));
    return word && s.len >= word->len + 2 * GB_HAN && !GB_STARTS_ANY(gb_str_skip(s, word->len), nouns) &&
           !gb_str_has(s, GB_STR("的")) && !is_no_predicate(c, gb_str_skip(s, word->len), true);
}

/* 建立台账；: few words, but of a verb that makes no names. */
static bool
is_short_act(struct gb_check *c, const struct gb_sentence *s)
{
    enum { SHORT = 5 * GB_HAN };
    const struct gb_str *plain;
    size_t n = gb_param_words(c, "plain", &plain);

    return gb_str_starts_any(GB_WORDS_OF(s), plain, n) && is_bare(c, s, SHORT);
}

static bool
is_act(struct gb_check *c, const struct gb_sentence *s, bool is_led)
{
    return s->type == GB_TYPE_STATEMENT && s->n_modals == 0 &&
           ((is_led && s->flags & GB_SENTENCE_IMPERATIVE) || gb_is_bare_instruction(c, s) || is_short_act(c, s) ||
            begins_with_manner(c, gb_sentence_words(c, s)));
}

/* The list is the steps of a service's procedure, whose title does not say 流程. */
static bool
is_procedure(const struct gb_facts *facts, const struct gb_node *list)
{
    const struct gb_procedures *all = &facts->procedures;

    GB_SEEK(uint32_t, i, all->n, all->items[i].holder->id < list->id);
    return i < all->n && all->items[i].holder == list && all->items[i].flags & GB_PROCEDURE_SERVICE;
}

/* All items but one at most tell what to do, and none has a modal. Source: GB/T 1.1—2020, C.2; 2009, annex F. */
static void
check_bare_list(struct gb_check *c, const struct gb_node *list)
{
    const struct gb_node *first = NULL;
    size_t n_items = 0, n_acts = 0;
    bool is_led = gb_list_lead_in(c->facts, list) != NULL;

    if (c->facts->gives_instructions || list->encoding == GB_ENCODING_LOST)
        return;
    for (const struct gb_node *item = list->first; item; item = item->next) {
        uint32_t n;
        const struct gb_sentence *s = gb_sentences_of(c->facts, item, &n);
        if (item->kind != GB_NODE_ITEM)
            continue;
        n_items++;
        if (n == 0)
            continue;
        if (s->n_modals || s->type != GB_TYPE_STATEMENT)
            return;
        if (is_act(c, s, is_led)) {
            n_acts++;
            first = first ? first : item;
        }
    }
    if (n_acts < 2 || n_acts + 1 < n_items || !is_list_of_acts(c, list) || is_procedure(c->facts, list))
        return;
    const struct gb_node *clause = gb_node_clause(list);
    if (clause && clause->kind != GB_NODE_TERM && gb_holds_provisions(c, list) && stated_of(c, clause) <= NOT_STATED &&
        !(gb_under(c, clause) & (GB_UNDER_ANNEX | GB_UNDER_SLOGANS)))
        gb_report(c, gb_at_text(&first->text), first,
                  GB_ARGS(gb_str_sub(first->text.str, 0, phrase_of(first->text.str).len)));
}

const struct gb_check_def gb_instruction_checks[] = {
    {.name = "bare-provisions",
     .whole = check_bare_provisions,
     .cases = "slogan style",
     .params = GB_BARE_PARAMS "stated:words"},
    {.name = "bare-lists",
     .run = check_bare_list,
     .on = GB_ON(LIST),
     .params = GB_BARE_PARAMS "stated:words things:words manners:words plain:words"},
    {0},
};
