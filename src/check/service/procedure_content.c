/*
 * What a procedure says as a whole: its conditions, requirements and goal, the names of its actors, the form of its steps in a 规程:
 * PRC-011, PRC-013, PRC-014. DB32/T 2796—2015, 7.3.4.5 e); GB/T 20001.6—2017, 6.4.2.
 */
#include "check/service/procedure_priv.h"

#include "check/clause_priv.h"

/* ---- PRC-011 ---- */

/* The goal is a result and its limit of time. */
enum slot { CONDITION = 1, REQUIREMENT = 2, RESULT = 4, LIMIT = 8, ALL_SLOTS = 15 };

/* 两次, 三份 count as well as figures. */
static bool
has_count(struct gb_str s)
{
    GB_WORDS(counts, "一次", "两次", "二次", "三次", "四次", "一份", "两份", "三份", "两名", "三名", "两人", "三人");

    if (GB_HAS_ANY(s, counts))
        return true;
    return GB_ANY(for (size_t at = 0; at < s.len;), gb_char_digit(gb_utf8_at(s, at, &at)) >= 0);
}

/* 24 h内, 3 d: a span of time by the sign of its unit. */
static bool
has_span(struct gb_str s)
{
    for (size_t at = 0; at + 1 < s.len; at++) {
        size_t unit = gb_skip_any(s, at + 1, " ");
        if (gb_is_digit(s.ptr[at]) && unit < s.len && (s.ptr[unit] == 'h' || s.ptr[unit] == 'd') &&
            !gb_is_letter(unit + 1 < s.len ? s.ptr[unit + 1] : 0))
            return true;
    }
    return false;
}

/* The slots among `wanted` that a text fills. In a 规程 acts are imperatives, without a modal. */
static unsigned
slots_of_text(const struct gb_facts *facts, struct gb_str s, unsigned wanted)
{
    const struct gb_lexicon *lexicon = facts->lexicon;
    GB_WORDS(limits, "时限", "当场", "当日", "当天", "工作日", "日内", "小时", "分钟", "期限", "即时", "天内", "月底",
             "日前", "min", "个月");
    unsigned slots = 0;

    if (wanted & CONDITION && (GB_HAS_ONE_OF(s, "条件", "材料", "对象", "资格", "情形") || gb_tells_start(lexicon, s)))
        slots |= CONDITION;
    if (wanted & REQUIREMENT && (GB_HAS_ONE_OF(s, "应", "宜", "不超过", "须") || gb_str_is(facts->function, "规程")) &&
        (has_count(s) || GB_HAS_ONE_OF(s, "GB", "DB", "附录", "《")))
        slots |= REQUIREMENT;
    if (wanted & RESULT && gb_tells_result(lexicon, s))
        slots |= RESULT;
    if (wanted & LIMIT && (GB_HAS_ANY(s, limits) || has_span(s)))
        slots |= LIMIT;
    return slots;
}

/* What a clause fills with all that lies in it; a table or figure may fill any. Kept for the procedures beside each other. */
struct filled {
    const struct gb_node *top;
    unsigned slots;
};

/* A picture may tell anything; of tables and charts the words are read. */
static unsigned
slots_of_drawing(const struct gb_facts *facts, const struct gb_node *node, unsigned wanted)
{
    enum { MOST_CELLS = 400 };
    unsigned slots = 0;

    if (node->kind == GB_NODE_FIGURE)
        return node->u.figure && node->u.figure->chart.str.len ? slots_of_text(facts, node->u.figure->chart.str, wanted)
                                                               : ALL_SLOTS;
    if (!node->u.table || node->u.table->n_cells > MOST_CELLS || node->encoding == GB_ENCODING_LOST)
        return ALL_SLOTS;
    for (uint32_t i = 0; i < node->u.table->n_cells; i++)
        slots |= slots_of_text(facts, node->u.table->cells[i].text.str, wanted);
    return slots;
}

/* What lies in a clause, and the clause itself, is added to what is filled. */
static void
add_slots(const struct gb_facts *facts, const struct gb_node *top, struct filled *filled)
{
    enum { MOST_NODES = 400 };
    int i = 0;

    for (const struct gb_node *n = top; n && filled->slots != ALL_SLOTS; n = gb_node_walk(n, top), i++) {
        filled->slots |= slots_of_text(facts, n->text.str, ALL_SLOTS & ~filled->slots);
        filled->slots |= slots_of_text(facts, n->title.str, ALL_SLOTS & ~filled->slots);
        if (n->kind == GB_NODE_TABLE || n->kind == GB_NODE_FIGURE)
            filled->slots |= slots_of_drawing(facts, n, ALL_SLOTS & ~filled->slots);
        if (i == MOST_NODES)
            filled->slots = ALL_SLOTS;
    }
}

/* The slots that the clause and its siblings fill; those of a chapter are the other technical chapters. */
static unsigned
slots_beside(struct gb_check *c, const struct gb_node *clause)
{
    static const char key;
    const struct gb_node *top = clause->parent ? clause->parent : clause;
    struct filled *filled = gb_check_shared(c, &key, sizeof(*filled));

    if (filled->top == top)
        return filled->slots;
    *filled = (struct filled){.top = top};
    if (top->kind == GB_NODE_CLAUSE)
        add_slots(c->facts, top, filled);
    for (const struct gb_node *n = gb_clause_first(top); n && top->kind != GB_NODE_CLAUSE; n = gb_clause_next(n)) {
        if (n->role == GB_ROLE_NONE)
            add_slots(c->facts, n, filled);
    }
    return filled->slots;
}

/* The clause or the document is on services; a guide, a system of standards or a vocabulary is not, as for SVC-001. */
static bool
is_of_service(const struct gb_check *c, const struct gb_procedure *p)
{
    GB_WORDS(words, "经办", "办理", "服务", "业务");
    GB_WORDS(others, "工作指南", "管理规范", "标准体系", "术语");
    struct gb_str title = c->doc->root->title.str;

    return GB_HAS_ANY(p->titled->title.str, words) || (GB_HAS_ANY(title, words) && !GB_HAS_ANY(title, others));
}

static void
judge_slots(struct gb_check *c, const struct gb_procedure *p)
{
    static const struct {
        enum slot slot;
        const char *zh, *en;
    } names[] = {{CONDITION, "条件", "conditions"},
                 {REQUIREMENT, "要求", "requirements"},
                 {RESULT, "结果", "result"},
                 {LIMIT, "时限", "time limit"}};

    if (!p->clause || p->flags & GB_PROCEDURE_INNER || !p->titled || !is_of_service(c, p))
        return;
    unsigned slots = slots_beside(c, p->titled);
    struct gb_buf missing = {0};
    for (size_t i = 0; i < GB_COUNT(names); i++) {
        if (slots & names[i].slot)
            continue;
        gb_buf_puts(&missing, missing.len ? "、" : "");
        gb_buf_add(&missing, gb_say(c, names[i].zh, names[i].en));
    }
    if (missing.len)
        gb_report(c, gb_at_head(p->titled), p->titled,
                  GB_ARGS(gb_step_quote(c, p->titled->title.str), gb_buf_take(&missing, c->arena)));
}

/* Source: DB32/T 2796—2015, 7.3.4.5 e). */
GB_CHECK_WHOLE(check_slots, gb_each_service_procedure(c, judge_slots))

/* ---- PRC-013 ---- */

enum { MOST_ACTORS = 24 };

struct actor {
    struct gb_str words;
    const struct gb_step_text *text;
    size_t begin, end;
};

struct actors {
    struct actor items[MOST_ACTORS];
    size_t n;
};

static void
collect_actors(struct gb_check *c, const struct gb_procedure *p, struct actors *out)
{
    out->n = 0;
    for (uint32_t i = 0; i < p->n_steps; i++) {
        GB_EACH(const struct gb_step_text, text, p->steps[i].texts, p->steps[i].n_texts) {
            struct gb_str words = text->is_title ? GB_STR("") : gb_first_actor(c->facts->lexicon, text->str);
            bool is_new = words.len > 0 && out->n < MOST_ACTORS;
            for (size_t k = 0; k < out->n && is_new; k++)
                is_new = !gb_str_eq(out->items[k].words, words);
            if (is_new) {
                size_t begin = (size_t)(words.ptr - text->str.ptr);
                out->items[out->n++] = (struct actor){words, text, begin, begin + words.len};
            }
        }
    }
}

/* Words for one and the same post at the end of its name: 审核岗, 审核人员, 审核员. Longer ones first. */
GB_WORDS(posts, "工作人员", "岗位人员", "经办人员", "办事人员", "人员", "岗位", "岗", "专员", "老师", "教师", "员");
/* Names for who sits at the counter. */
GB_WORDS(counter, "窗口", "前台", "柜台", "受理", "服务窗口", "受理窗口");

/* The name without its post; false: it is no post. */
static bool
cut_post(struct gb_str words, struct gb_str *out_before)
{
    for (size_t i = 0; i < GB_COUNT(posts); i++) {
        if (gb_str_ends(words, posts[i]) && words.len > posts[i].len) {
            *out_before = gb_str_sub(words, 0, words.len - posts[i].len);
            return true;
        }
    }
    return false;
}

static bool
is_counter(struct gb_str before)
{
    GB_WORDS(acts, "接待", "服务", "值班", "工作", "受理");

    for (size_t i = 0; i < GB_COUNT(acts); i++) {
        if (gb_str_ends(before, acts[i]) && before.len > acts[i].len) /* 前台接待员 */
            before = gb_str_sub(before, 0, before.len - acts[i].len);
    }
    return GB_IS_ANY(before, counter);
}

/* 前台接待 is 接待. */
static struct gb_str
without_counter(struct gb_str before)
{
    for (size_t i = GB_COUNT(counter); i > 0; i--) {
        if (gb_str_starts(before, counter[i - 1]) && before.len > counter[i - 1].len)
            return gb_str_skip(before, counter[i - 1].len);
    }
    return before;
}

/* 审核岗 and 审核人员; 窗口人员 and 前台人员; 接待员 and 前台接待人员. */
static bool
are_one(struct gb_str a, struct gb_str b)
{
    struct gb_str left, right;

    if (!cut_post(a, &left) || !cut_post(b, &right))
        return false;
    return gb_str_eq(without_counter(left), without_counter(right)) || (is_counter(left) && is_counter(right));
}

/* TRM-016 has the pair already. */
static bool
is_known_variant(const struct gb_facts *facts, struct gb_str a, struct gb_str b)
{
    return GB_ANY(GB_ITEMS(v, facts->variants->items, facts->variants->n),
                  (gb_str_has(v->kept.words, a) && gb_str_has(v->other.words, b)) ||
                      (gb_str_has(v->kept.words, b) && gb_str_has(v->other.words, a)));
}

static void
judge_actors(struct gb_check *c, const struct gb_procedure *p)
{
    struct actors actors;

    if (!gb_has_step_texts(p) || p->flags & GB_PROCEDURE_INNER)
        return;
    collect_actors(c, p, &actors);
    for (size_t i = 1; i < actors.n; i++) {
        const struct actor *other = &actors.items[i], *first = actors.items;
        for (; first < other; first++) {
            if (!are_one(first->words, other->words) || is_known_variant(c->facts, first->words, other->words))
                continue;
            struct gb_at at = gb_at_step(other->text, other->begin, other->end);
            struct gb_finding *f = gb_report(c, at, other->text->node, GB_ARGS(first->words, other->words));
            gb_also(c, f, gb_at_step(first->text, first->begin, first->end),
                    gb_say(c, "先用的名称", "the name used first"));
            if (f && !at.by_line && gb_wants_fix(c, f))
                gb_fix(c, f, at.span, first->words);
            break;
        }
    }
}

/* Source: GB/T 1.1—2020, 5.4.1; 2009, 4.2. */
GB_CHECK_WHOLE(check_actors, gb_each_service_procedure(c, judge_actors))

/* ---- PRC-014 ---- */

/* The place of the modal of requirement in the first sentence of the step: 应核对材料, 受理岗应核对材料. False: it has none. */
static bool
find_modal(const struct gb_facts *facts, const struct gb_step_text *text, uint32_t *out_begin, uint32_t *out_end)
{
    const struct gb_sentence *sentence = gb_sentence_at(facts, text->node, text->text, 0);

    for (uint32_t i = 0; sentence && i < sentence->n_modals; i++) {
        const struct gb_modal *modal = &facts->modals[sentence->modals + i];
        if (modal->type == GB_TYPE_REQUIREMENT && gb_str_is(modal->word, "应")) {
            *out_begin = modal->begin;
            *out_end = modal->end;
            return true;
        }
    }
    return false;
}

static const struct gb_step_text *
own_text(const struct gb_procedure_step *step)
{
    return step->texts->is_title && step->n_texts > 1 ? &step->texts[1] : step->texts;
}

/* A condition on which one goes elsewhere binds: it has a modal, 只准许 or the like. */
static bool
has_modal(struct gb_str s)
{
    return GB_HAS_ONE_OF(s, "应", "只准许", "只允许", "不准许", "可", "宜", "不得", "才能", "方可");
}

static void
judge_form(struct gb_check *c, const struct gb_procedure *p)
{
    uint32_t n = 0, begin, end;

    if (!gb_has_step_texts(p) || p->form == GB_PROCEDURE_TABLE)
        return;
    for (uint32_t i = 0; i < p->n_steps; i++)
        n += find_modal(c->facts, own_text(&p->steps[i]), &begin, &end);
    if (n >= 2 && n == p->n_steps) {
        const struct gb_step_text *text = own_text(&p->steps[0]);
        find_modal(c->facts, text, &begin, &end);
        gb_report(c, gb_at_part(text->text, begin, end), text->node, GB_ARGS(gb_procedure_title(c, p)));
    }
    GB_EACH(const struct gb_jump, jump, p->jumps, p->n_jumps) {
        const struct gb_step_text *text = &p->steps[jump->step].texts[jump->text];
        if (!GB_AMONG(jump->kind, GB_JUMP_STEP, GB_JUMP_CLAUSE) || !jump->is_conditional || has_modal(text->str))
            continue;
        gb_report_case(c, "transfer", gb_at_step(text, jump->begin, jump->end), text->node,
                       GB_ARGS(gb_step_quote(c, gb_str_sub(text->str, jump->begin, jump->end))));
        return;
    }
}

/* Is the name the title of the clause behind one that the node lies in? */
static bool
is_next_title(const struct gb_node *node, struct gb_str name)
{
    enum { DEEPEST = 8 };
    const struct gb_node *n = gb_node_clause(node);

    return GB_ANY(for (int i = 0; n && i < DEEPEST && n->kind == GB_NODE_CLAUSE; n = n->parent, i++),
                  n->next && n->next->kind == GB_NODE_CLAUSE && gb_str_eq(gb_str_trim(n->next->title.str), name));
}

/* 评估合格的患者进入实施阶段: who goes on to the next stage, below 程序指示 or where its clause follows, and no modal. */
static void
judge_transfers(struct gb_check *c)
{
    GB_WORDS(nouns, "阶段", "环节");
    static const struct gb_str cue = GB_WORD("进入");
    enum { NEAR = 12 * GB_HAN };

    GB_EACH(const struct gb_sentence, sentence, c->facts->sentences, c->facts->n_sentences) {
        struct gb_str s = GB_WORDS_OF(sentence);
        size_t at = gb_str_find(s, cue, 0), noun = 0, end = 0;
        if (at == GB_NOT_FOUND || sentence->node->kind != GB_NODE_PARA || has_modal(s) ||
            !GB_HAS_ONE_OF(gb_str_sub(s, 0, at), "的", "后"))
            continue;
        struct gb_str behind = gb_str_sub(s, at + cue.len, at + cue.len + NEAR);
        for (size_t i = 0; i < GB_COUNT(nouns) && !end; i++) {
            noun = gb_str_find(behind, nouns[i], 0);
            end = noun == GB_NOT_FOUND ? 0 : at + cue.len + noun + nouns[i].len;
        }
        if (end && !gb_str_starts(gb_str_skip(s, end), GB_STR("的")) && /* 进入消毒环节的工作区 */
            (gb_instructed_stage(sentence->node) || is_next_title(sentence->node, gb_str_sub(behind, 0, noun))))
            gb_report_case(c, "transfer", gb_at_part(sentence->text, sentence->begin + at, sentence->begin + end),
                           sentence->node, GB_ARGS(gb_step_quote(c, gb_str_sub(s, at, end))));
    }
}

/* In a 规程 alone. Source: GB/T 20001.6—2017, 6.4.2. */
static void
check_form(struct gb_check *c)
{
    if (!gb_str_is(c->facts->function, "规程"))
        return;
    gb_each_procedure(c, judge_form);
    judge_transfers(c);
}

const struct gb_check_def gb_procedure_content_checks[] = {
    {.name = "procedure-content", .whole = check_slots},
    {.name = "procedure-actors", .whole = check_actors},
    {.name = "procedure-form", .whole = check_form, .cases = "transfer"},
    {0},
};
