/*
 * Jumps in procedures written as text: do they name a target, is it a step, does every way come to an end? PRC-006 to PRC-008.
 * DB32/T 2796—2015, 7.3.4.5 c); GB/T 1.1—2020, 9.5.5.2. A number that does not exist is XRF-001.
 */
#include "check/service/procedure_priv.h"

#include "check/references/mentions_priv.h"

static const struct gb_step_text *
text_of(const struct gb_procedure *p, const struct gb_jump *jump)
{
    return &p->steps[jump->step].texts[jump->text];
}

static struct gb_str
words_of(const struct gb_procedure *p, const struct gb_jump *jump, size_t from)
{
    return gb_str_sub(text_of(p, jump)->str, from, jump->end);
}

static struct gb_finding *
report_jump(struct gb_check *c, const char *which, const struct gb_procedure *p, const struct gb_jump *jump,
            struct gb_str more)
{
    const struct gb_step_text *text = text_of(p, jump);

    return gb_report_case(c, which, gb_at_step(text, jump->begin, jump->end), text->node,
                          GB_ARGS(gb_step_quote(c, words_of(p, jump, jump->begin)),
                                  gb_step_quote(c, words_of(p, jump, jump->target_begin)), more));
}

/* ---- PRC-006 ---- */

/* A name may be that of a clause elsewhere, or of several steps in short: nothing is said where a title or step has its words. */
static bool
is_named_somewhere(const struct gb_check *c, const struct gb_procedure *p, struct gb_str words)
{
    GB_WORDS(nouns, "步骤", "环节", "阶段");
    const struct gb_nodes *clauses = &c->facts->of_kind[GB_NODE_CLAUSE];
    enum { MOST_CLAUSES = 2000 };

    for (size_t i = 0; i < GB_COUNT(nouns); i++) {
        if (gb_str_ends(words, nouns[i]))
            words = gb_str_sub(words, 0, words.len - nouns[i].len);
    }
    GB_ITEMS(step, p->steps, p->n_steps) {
        GB_ITEMS(text, step->texts, step->n_texts) {
            if (gb_str_has(gb_str_sub(text->str, 0, text->is_title ? SIZE_MAX : 90), words))
                return true;
        }
    }
    for (uint32_t i = 0; i < clauses->n && i < MOST_CLAUSES; i++) {
        if (gb_str_has(clauses->items[i]->title.str, words))
            return true;
    }
    return clauses->n > MOST_CLAUSES;
}

static void
judge_targets(struct gb_check *c, const struct gb_procedure *p)
{
    GB_EACH(const struct gb_jump, jump, p->jumps, p->n_jumps) {
        if (jump->kind == GB_JUMP_VAGUE)
            report_jump(c, NULL, p, jump, GB_STR(""));
        else if (jump->kind == GB_JUMP_RELATIVE)
            report_jump(c, "relative", p, jump, GB_STR(""));
        else if (jump->kind == GB_JUMP_UNKNOWN && !is_named_somewhere(c, p, words_of(p, jump, jump->target_begin)))
            report_jump(c, "unknown", p, jump, GB_STR(""));
    }
}

/* Source: DB32/T 2796—2015, 7.3.4.5 c); GB/T 1.1—2020, 9.5.5.2; 2009, 8.1.2.2. */
GB_CHECK_WHOLE(check_targets, gb_each_procedure(c, judge_targets))

/* ---- PRC-007 ---- */

/* Index of the first procedure whose holder is the node or stands behind it. */
static uint32_t
first_from(const struct gb_procedures *all, uint32_t id)
{
    GB_SEEK(uint32_t, i, all->n, all->items[i].holder->id < id);
    return i;
}

/* Is the part a procedure, a step of one, or does it hold one? */
static bool
is_procedural(const struct gb_facts *facts, const struct gb_node *part)
{
    const struct gb_procedures *all = &facts->procedures;
    const struct gb_node *end = gb_node_walk_past(part, facts->of_kind[GB_NODE_DOC].items[0]);
    uint32_t i = first_from(all, part->id);

    if (i < all->n && (!end || all->items[i].holder->id < end->id))
        return true;
    for (const struct gb_node *n = part; n; n = n->parent) {
        i = first_from(all, n->id);
        if (i < all->n && all->items[i].holder == n)
            return true;
    }
    return false;
}

/* The title that tells what the part is about: its own, else the nearest above. */
static const struct gb_node *
titled(const struct gb_node *part)
{
    const struct gb_node *n = gb_node_clause(part);

    while (n && !gb_node_is_titled(n))
        n = n->parent ? gb_node_clause(n->parent) : NULL;
    return n;
}

/* Does the clause name no act at all, nor a place to go on to? 犬舍应独立通风: nothing is done there. */
static bool
tells_no_act(const struct gb_facts *facts, const struct gb_node *part)
{
    GB_WORDS(more, "处理", "处置", "流程", "程序", "步骤", "操作", "转", "返回", "检查", "进行", "实施", "执行", "采取",
             "后，");
    enum { MOST_NODES = 40 };
    int i = 0;

    for (const struct gb_node *n = part; n && i < MOST_NODES; n = gb_node_walk(n, part), i++) {
        const struct gb_text *text = n->kind == GB_NODE_CLAUSE ? &n->title : &n->text;
        bool is_noun;
        if (GB_AMONG(n->kind, GB_NODE_LIST, GB_NODE_TABLE, GB_NODE_FIGURE) || GB_HAS_ANY(text->str, more))
            return false;
        for (size_t at = 0; at + GB_HAN <= text->str.len;) {
            if (gb_act_at(facts->lexicon, gb_str_skip(text->str, at), &is_noun) && !is_noun)
                return false;
            at += (unsigned char)text->str.ptr[at] < 0x80 ? 1 : GB_HAN;
        }
    }
    return i > 1 && i < MOST_NODES;
}

static bool
ends_in_one(struct gb_check *c, const char *key, struct gb_str s)
{
    return gb_words_end(gb_param_set(c, key), gb_str_trim(s)) > 0;
}

/* Only a part of a draft: a number that is not there says nothing. Asked once. */
static bool
is_excerpt(struct gb_check *c)
{
    static const char key;
    struct {
        bool is_known, answer;
    } *known = gb_check_shared(c, &key, sizeof(*known));

    if (!known->is_known) {
        known->is_known = true;
        known->answer = gb_is_excerpt(c->facts);
    }
    return known->answer;
}

static void
judge_steps(struct gb_check *c, const struct gb_procedure *p)
{
    GB_EACH(const struct gb_jump, jump, p->jumps, p->n_jumps) {
        struct gb_str words = words_of(p, jump, jump->target_begin);
        if (jump->kind == GB_JUMP_MISSING && GB_STARTS_WITH(words, "第", "步骤"))
            report_jump(c, "missing", p, jump, gb_count_text(c, p->n_steps));
        else if (jump->kind == GB_JUMP_MISSING && gb_char_digit((unsigned char)words.ptr[0]) >= 0 && !is_excerpt(c))
            report_jump(c, "no-clause", p, jump, GB_STR(""));
        const struct gb_node *head = jump->kind == GB_JUMP_CLAUSE ? titled(jump->node) : NULL;
        if (!head || is_procedural(c->facts, jump->node))
            continue;
        const struct gb_node *chapter = gb_node_top(head);
        bool is_element = head->role != GB_ROLE_NONE || head->kind == GB_NODE_TERM ||
                          (chapter->kind == GB_NODE_CLAUSE && ends_in_one(c, "chapters", chapter->title.str));
        if (!is_element && !ends_in_one(c, "titles", head->title.str) && !tells_no_act(c->facts, jump->node))
            continue;
        struct gb_finding *f = report_jump(c, NULL, p, jump, gb_step_quote(c, head->title.str));
        gb_also(c, f, gb_at_head(head), gb_say(c, "所指的条", "the clause that it leads to"));
    }
}

/* Source: DB32/T 2796—2015, 7.3.4.5 c); GB/T 1.1—2009, 8.1.2.2. */
GB_CHECK_WHOLE(check_steps, gb_each_procedure(c, judge_steps))

/* ---- PRC-008 ---- */

/* What is said behind the condition of a jump: 对处理结果不满意的，… tells of no result. */
static struct gb_str
behind_condition(struct gb_str s, size_t jump)
{
    GB_WORDS(marks, "的，", "时，");
    size_t from = 0;

    for (size_t i = 0; i < GB_COUNT(marks); i++) {
        size_t at = gb_str_find(gb_str_sub(s, 0, jump), marks[i], 0);
        if (at != GB_NOT_FOUND && at + marks[i].len > from)
            from = at + marks[i].len;
    }
    return gb_str_skip(s, from);
}

/* The last step only says when to go back: what holds otherwise is told nowhere. FLW-015. */
static bool
judge_last(struct gb_check *c, const struct gb_procedure *p)
{
    for (uint32_t i = p->n_jumps; i > 0 && p->jumps[i - 1].step + 1 == p->n_steps; i--) {
        const struct gb_jump *jump = &p->jumps[i - 1];
        const struct gb_step_text *text = text_of(p, jump);
        if (jump->kind != GB_JUMP_STEP || jump->target >= jump->step || !jump->is_all ||
            p->steps[jump->step].n_texts > 1 ||
            gb_tells_result(c->facts->lexicon, behind_condition(text->str, jump->begin)))
            continue;
        const struct gb_node *behind = p->holder == p->clause ? NULL : p->holder->next;
        if (behind && behind->kind == GB_NODE_PARA)
            continue;
        report_jump(c, "open", p, jump, GB_STR(""));
        return true;
    }
    return false;
}

/* Does the jump lead back from a step that has no way to the end? */
static bool
closes_circle(const struct gb_flow_graph *g, const struct gb_jump *jump)
{
    return jump->kind == GB_JUMP_STEP && jump->target <= jump->step && !g->vertices[jump->step].to_end;
}

/* The jump that closes the circle: of those back, the first without a condition, which leaves no other way. */
static const struct gb_jump *
closing_jump(const struct gb_procedure *p, const struct gb_flow_graph *g)
{
    GB_FIND(jump, p->jumps, p->n_jumps, closes_circle(g, jump) && !jump->is_conditional);
    if (jump)
        return jump;
    GB_FIND(any, p->jumps, p->n_jumps, closes_circle(g, any));
    return any;
}

/* 转相关环节, 转步骤g) of five: the step that seems unreached may be the one that is meant. */
static bool
leads_nowhere(const struct gb_procedure *p)
{
    return GB_ANY(GB_ITEMS(jump, p->jumps, p->n_jumps), jump->kind != GB_JUMP_STEP && jump->kind != GB_JUMP_CLAUSE);
}

static void
judge_ways(struct gb_check *c, const struct gb_procedure *p)
{
    if (!p->n_jumps || !gb_has_step_texts(p) || judge_last(c, p))
        return;
    const struct gb_flow_graph *g = gb_procedure_graph(p, c->arena);
    const struct gb_jump *jump = closing_jump(p, g);
    if (jump) {
        report_jump(c, NULL, p, jump, GB_STR(""));
        return;
    }
    if (leads_nowhere(p))
        return;
    for (uint32_t i = 1; i < p->n_steps; i++) {
        if (g->vertices[i].from_start && g->vertices[i].n_in > 0)
            continue;
        gb_report_case(c, "unreached", gb_at_step_head(&p->steps[i]), p->steps[i].node,
                       GB_ARGS(gb_step_quote(c, gb_step_words(&p->steps[i])),
                               gb_step_quote(c, gb_step_words(&p->steps[i - 1]))));
        return;
    }
}

/* Source: DB32/T 2796—2015, 7.3.4.5 c); as FLW-014, FLW-015 and FLW-024 for charts. */
GB_CHECK_WHOLE(check_ways, gb_each_procedure(c, judge_ways))

const struct gb_check_def gb_procedure_jump_checks[] = {
    {.name = "procedure-targets", .whole = check_targets, .cases = "relative unknown"},
    {.name = "procedure-jumps",
     .whole = check_steps,
     .cases = "missing no-clause",
     .params = "titles:words chapters:words"},
    {.name = "procedure-ways", .whole = check_ways, .cases = "open unreached"},
    {0},
};
