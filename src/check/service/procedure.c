/*
 * Procedures written as text: what all checks on them share, and whether they tell how they start and end: PRC-001, PRC-002.
 * DB32/T 2796—2015, 7.3.4.5 a). Order and steps are in procedure_order.c.
 */
#include "check/service/procedure_priv.h"

/* ---- Procedures and their words ---- */

void
gb_each_procedure(struct gb_check *c, gb_procedure_function *judge)
{
    const struct gb_procedures *all = &c->facts->procedures;

    for (uint32_t i = 0; i < all->n; i++) {
        enum gb_zone zone = gb_zone_of(all->items[i].holder);
        if (GB_AMONG(zone, GB_ZONE_BODY, GB_ZONE_NORMATIVE_ANNEX, GB_ZONE_INFORMATIVE_ANNEX))
            judge(c, &all->items[i]);
    }
}

void
gb_each_service_procedure(struct gb_check *c, gb_procedure_function *judge)
{
    const struct gb_procedures *all = &c->facts->procedures;

    for (uint32_t i = 0; i < all->n; i++) {
        enum gb_zone zone = gb_zone_of(all->items[i].holder);
        if (gb_is_service_procedure(&all->items[i]) && (zone == GB_ZONE_BODY || zone == GB_ZONE_NORMATIVE_ANNEX))
            judge(c, &all->items[i]);
    }
}

struct gb_at
gb_at_step(const struct gb_step_text *text, size_t begin, size_t end)
{
    size_t from, to;

    gb_step_place(text, begin, end, &from, &to);
    return gb_at_part(text->text, from, to);
}

/* Bytes of the first text that name the step. */
static void
head_of(const struct gb_procedure_step *step, size_t *out_begin, size_t *out_end)
{
    GB_WORDS(ends, "，", "。", "；", "：", ";", ",", "\n");
    struct gb_str s = step->texts->str;

    if (step->name.len) {
        *out_begin = (size_t)(step->name.ptr - s.ptr);
        *out_end = *out_begin + step->name.len;
        return;
    }
    *out_begin = 0;
    *out_end = GB_UNTIL(s, 0, ends);
}

struct gb_at
gb_at_step_head(const struct gb_procedure_step *step)
{
    size_t begin, end;

    head_of(step, &begin, &end);
    return gb_at_step(step->texts, begin, end);
}

struct gb_str
gb_step_words(const struct gb_procedure_step *step)
{
    size_t begin, end;

    head_of(step, &begin, &end);
    return gb_str_sub(step->texts->str, begin, end);
}

struct gb_str
gb_step_quote(struct gb_check *c, struct gb_str text)
{
    enum { LONGEST = 20 };
    size_t at = 0;

    for (int i = 0; i < LONGEST && at < text.len; i++)
        gb_utf8_at(text, at, &at);
    return at == text.len ? text : gb_arena_printf(c->arena, "%.*s…", (int)at, text.ptr);
}

struct gb_str
gb_procedure_title(struct gb_check *c, const struct gb_procedure *p)
{
    if (p->lead && !(p->flags & GB_PROCEDURE_TITLED))
        return gb_step_quote(c, p->lead->text.str);
    return p->clause && p->clause->title.str.len ? gb_step_quote(c, p->clause->title.str) : gb_step_words(&p->steps[0]);
}

/* ---- PRC-001, PRC-002: where it starts and ends ---- */

/* Text of the clause that stands before, or behind, the steps: paragraphs beside the holder. */
typedef bool tells_function(const struct gb_lexicon *lexicon, struct gb_str text);

static bool
tells_beside(const struct gb_check *c, const struct gb_procedure *p, bool is_before, tells_function *tells)
{
    enum { NEAR = 8 };
    int i = 0;

    if (p->holder == p->clause) {
        for (const struct gb_node *n = p->clause->first; is_before && n && n != p->steps[0].node && i < NEAR;
             n = n->next, i++) {
            if (n->kind == GB_NODE_PARA && tells(c->facts->lexicon, n->text.str))
                return true;
        }
        return false;
    }
    const struct gb_node *last = p->form == GB_PROCEDURE_PARAGRAPHS ? p->steps[p->n_steps - 1].node : p->holder;
    for (const struct gb_node *n = is_before ? p->holder->prev : last->next; n && i < NEAR;
         n = is_before ? n->prev : n->next, i++) {
        if (n->kind == GB_NODE_PARA && tells(c->facts->lexicon, n->text.str))
            return true;
    }
    return false;
}

/* What the first step, or the last one, says; of steps in a sentence all words before its end, or behind its begin. */
static bool
step_tells(const struct gb_check *c, const struct gb_procedure *p, bool is_first, tells_function *tells)
{
    enum { HEAD = 3 };
    const struct gb_procedure_step *step = &p->steps[is_first ? 0 : p->n_steps - 1];
    const struct gb_lexicon *lexicon = c->facts->lexicon;

    if (!gb_has_step_texts(p)) {
        const struct gb_text *text = step->texts->text;
        size_t begin, end;
        gb_step_place(step->texts, 0, step->texts->str.len, &begin, &end);
        return tells(lexicon, is_first ? gb_str_sub(text->str, 0, end + GB_HAN) : gb_str_skip(text->str, begin));
    }
    /* Of a clause that is a step, title, lead-in and first item tell when it starts: further down stand conditions of its own. */
    uint32_t n = is_first && p->form == GB_PROCEDURE_CLAUSES && step->n_texts > HEAD ? HEAD : step->n_texts;
    return GB_ANY(GB_ITEMS(text, step->texts, n), tells(lexicon, text->str));
}

/* A clause beside the procedure, or below its title, that treats who may apply and when. */
static bool
has_condition_clause(const struct gb_procedure *p)
{
    GB_WORDS(words, "条件", "对象", "时机", "情形", "申请", "启动", "触发", "申报");
    enum { NEAR = 30 };
    int i = 0;

    for (const struct gb_node *n = p->clause ? p->clause->first : NULL; n && i < NEAR; n = n->next, i++) {
        if (n->kind == GB_NODE_CLAUSE && GB_HAS_ANY(n->title.str, words))
            return true;
    }
    i = 0;
    return GB_ANY(for (const struct gb_node *n = p->clause ? p->clause->prev : NULL; n && i < NEAR; n = n->prev, i++),
                  n->kind == GB_NODE_CLAUSE && GB_HAS_ANY(n->title.str, words));
}

/* 申请, 认证申请, 咨询: the first step is what starts it; not 申请受理. */
static bool
is_start_name(struct gb_str name)
{
    GB_WORDS(words, "申请", "申报", "咨询", "预约", "报名", "接待", "接单", "接案", "接警", "报案", "报警", "提出",
             "提交", "申领", "开始", "启动", "委托", "进店", "迎客", "预订", "迎接");
    GB_WORDS(ends, "受理", "审核", "审查", "评审", "处理", "审批", "材料", "核对");

    GB_WORDS(posts, "员", "人员", "岗", "处", "室", "台", "窗口", "人");
    bool is_act = false;

    for (size_t i = 0; i < GB_COUNT(words) && !is_act; i++) {
        size_t at = gb_str_find(name, words[i], 0);
        is_act = at != GB_NOT_FOUND && !GB_STARTS_ANY(gb_str_skip(name, at + words[i].len), posts); /* 接待员 */
    }
    if (name.len > 8 * GB_HAN || !is_act)
        return false;
    return !GB_ANY(GB_ITEMS(end, ends, GB_COUNT(ends)), gb_str_ends(name, *end) && !GB_HAS_ONE_OF(name, "与", "和"));
}

/* 登记由登记、初筛和采血组成 under 服务流程 before it: the clause treats a stage, which begins where the one before ends. */
static bool
follows_overview(const struct gb_procedure *p)
{
    GB_WORDS(ends, "流程", "程序", "步骤", "概述", "流程图");
    enum { NEAR = 30 };
    int i = 0;

    return GB_ANY(for (const struct gb_node *n = p->clause ? p->clause->prev : NULL; n && i < NEAR; n = n->prev, i++),
                  n->kind == GB_NODE_CLAUSE && GB_ENDS_ANY(gb_str_trim(n->title.str), ends));
}

const struct gb_node *
gb_instructed_stage(const struct gb_node *node)
{
    GB_FIND_NEXT(n, node, n->parent, n->parent && gb_is_instructions_title(n->parent->title.str));
    return n;
}

/*
 * The stages that an overview before the procedure names, if it lies in a clause with the name of one: *out_place of *out_n. Overviews
 * stand near.
 */
static bool
find_in_overview(const struct gb_check *c, const struct gb_procedure *p, uint32_t *out_place, uint32_t *out_n)
{
    enum { LOOK_BACK = 40 };
    const struct gb_procedures *all = &c->facts->procedures;
    int i = 0;

    for (const struct gb_procedure *other = p; other != all->items && i < LOOK_BACK; i++) {
        other--;
        const struct gb_procedure_step *stages = other->form == GB_PROCEDURE_STAGES ? other->steps : other->stages;
        *out_n = other->form == GB_PROCEDURE_STAGES ? other->n_steps : other->n_stages;
        for (*out_place = 0; *out_place < *out_n; ++*out_place) {
            struct gb_str name = gb_stage_core(stages[*out_place].name);
            for (const struct gb_node *n = p->clause; n && n->kind == GB_NODE_CLAUSE; n = n->parent) {
                if (gb_str_eq(gb_str_trim(n->title.str), name))
                    return true;
            }
        }
    }
    return false;
}

/* It begins where the stage before it ends, or when 程序确立, the chapter before, says. */
static bool
begins_as_stage(const struct gb_check *c, const struct gb_procedure *p)
{
    enum { MOST_NODES = 30 };
    const struct gb_node *stage = gb_instructed_stage(p->clause), *chapter = stage ? stage->parent->prev : NULL;
    uint32_t place, n_stages;
    int i = 0;

    if ((stage && stage->prev && stage->prev->kind == GB_NODE_CLAUSE) ||
        (find_in_overview(c, p, &place, &n_stages) && place > 0))
        return true;
    return GB_ANY(for (const struct gb_node *n = chapter; n && i < MOST_NODES; n = gb_node_walk(n, chapter), i++),
                  n->kind == GB_NODE_PARA && gb_tells_start(c->facts->lexicon, n->text.str));
}

/* A stage with others behind it does not end the procedure. */
static bool
ends_as_stage(const struct gb_check *c, const struct gb_procedure *p)
{
    const struct gb_node *stage = gb_instructed_stage(p->clause);
    uint32_t place, n_stages;

    return (stage && stage->next && stage->next->kind == GB_NODE_CLAUSE) ||
           (find_in_overview(c, p, &place, &n_stages) && place + 1 < n_stages);
}

/*
 * Steps that are meant as a whole procedure: not those of an overview whose stages the clauses behind treat, nor of an inner
 * procedure, nor a few acts in a clause on something else.
 */
static bool
is_whole(struct gb_check *c, const struct gb_procedure *p)
{
    enum { SEVERAL_ACTS = 3 };

    if (p->flags & (GB_PROCEDURE_INNER | GB_PROCEDURE_DRAWN) || p->form == GB_PROCEDURE_TABLE)
        return false;
    bool is_done = p->flags & GB_PROCEDURE_BY_PERSONS && p->flags & GB_PROCEDURE_ANNOUNCED && !follows_overview(p);
    return (p->flags & GB_PROCEDURE_TITLED || p->n_acts >= SEVERAL_ACTS || is_done) && !gb_stages_are_treated(c, p) &&
           !gb_list_is_overview(c, p);
}

static void
judge_start(struct gb_check *c, const struct gb_procedure *p)
{
    const struct gb_procedure_step *first = &p->steps[0];

    if (!is_whole(c, p) || is_start_name(first->name) || step_tells(c, p, true, gb_tells_start) ||
        tells_beside(c, p, true, gb_tells_start) || has_condition_clause(p) || begins_as_stage(c, p))
        return;
    struct gb_finding *f = gb_report(c, gb_at_step_head(first), first->node,
                                     GB_ARGS(gb_procedure_title(c, p), gb_step_quote(c, gb_step_words(first))));
    if (p->lead)
        gb_also(c, f, gb_at_text(&p->lead->text), gb_say(c, "步骤的引导语", "what leads the steps in"));
}

/* Source: DB32/T 2796—2015, 7.3.4.5 a); GB/T 20001.6—2017, 6.4.1. */
GB_CHECK_WHOLE(check_start, gb_each_service_procedure(c, judge_start))

static void
judge_end(struct gb_check *c, const struct gb_procedure *p)
{
    const struct gb_procedure_step *last = &p->steps[p->n_steps - 1];

    if (p->n_stages && gb_tells_result(c->facts->lexicon, p->stages[p->n_stages - 1].name))
        return; /* the overview names a last stage with a result */
    /* the last stage below 程序指示 ends the procedure, however few its acts */
    bool is_last = gb_instructed_stage(p->clause) && p->flags & GB_PROCEDURE_ANNOUNCED && p->form == GB_PROCEDURE_LIST;
    if (!(is_whole(c, p) || is_last) || step_tells(c, p, false, gb_tells_result) ||
        tells_beside(c, p, false, gb_tells_result) || ends_as_stage(c, p))
        return;
    gb_report(c, gb_at_step_head(last), last->node,
              GB_ARGS(gb_procedure_title(c, p), gb_step_quote(c, gb_step_words(last))));
}

/* Source: DB32/T 2796—2015, 7.3.4.5 a); GB/T 20001.6—2017, 6.4.1. */
GB_CHECK_WHOLE(check_end, gb_each_service_procedure(c, judge_end))

const struct gb_check_def gb_procedure_checks[] = {
    {.name = "procedure-start", .whole = check_start},
    {.name = "procedure-end", .whole = check_end},
    {0},
};
