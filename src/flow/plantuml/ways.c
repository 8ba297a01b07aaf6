/* Structures of the newer syntax: conditions, loops, branches side by side. */
#include "flow/plantuml/new_priv.h"

/* ---- conditions ---- */

/* ( words ); a full-width bracket is the fault that is met most. */
static bool
take_group(struct gb_uml_reader *r, struct gb_uml_words *out)
{
    size_t end = r->c.end;

    if (!gb_uml_take_group(&r->c, out))
        return false;
    if (r->c.end > end) /* it ran over lines */
        r->line.end = r->text.at = r->c.end;
    return true;
}

static bool
need_group(struct gb_uml_reader *r, struct gb_uml_words *out)
{
    static const struct gb_str full = GB_WORD("（");
    size_t at = r->c.at;

    if (take_group(r, out))
        return true;
    if (gb_str_starts(gb_str_sub(r->graph->s, at, r->c.end), full))
        gb_uml_fail(r->graph, (struct gb_span){(uint32_t)at, (uint32_t)(at + full.len)},
                    "条件写在半角括号内：“（”改为“(”", "a condition stands in half-width brackets, not in “（ ）”");
    else if (at < r->c.end && r->graph->s.ptr[at] == '(')
        gb_uml_fail(r->graph, (struct gb_span){(uint32_t)at, (uint32_t)at + 1}, "“(”没有闭合：在条件末尾补上半角“)”",
                    "“(” is not closed: add a half-width “)” behind the condition");
    else
        gb_uml_fail(r->graph, gb_uml_keyword(r), "“%s”之后缺少写在半角括号内的条件",
                    "a condition in brackets is missing behind “%s”");
    *out = gb_uml_words_at(r->graph->s, at, r->c.end);
    r->c.at = r->c.end;
    return false;
}

/* is (words), equals (words) */
static void
take_is(struct gb_uml_reader *r, struct gb_uml_words *out)
{
    if (gb_uml_take(r, "is") || gb_uml_take(r, "equals") || gb_uml_take(r, "equal"))
        (void)take_group(r, out);
}

/* (condition) is (words) then (words) behind if and elseif; PlantUML needs no "then". */
static bool
take_condition(struct gb_uml_reader *r, struct gb_uml_words *out_condition, struct gb_uml_words *out_words)
{
    *out_words = GB_UML_NO_WORDS;
    if (!need_group(r, out_condition))
        return false;
    take_is(r, out_words);
    if (!gb_uml_take(r, "then"))
        return true;
    if (r->c.at < r->c.end && r->graph->s.ptr[r->c.at] != ';')
        (void)need_group(r, out_words);
    return true;
}

/* The question as the next step of the flow. */
static bool
ask(struct gb_uml_reader *r, struct gb_uml_words condition, struct gb_span keyword, uint32_t *out_node)
{
    return gb_uml_step(r->graph, "diamond", GB_FLOW_DECISION, condition, condition.str.len ? condition.span : keyword,
                       out_node);
}

void
gb_uml_read_if(struct gb_uml_reader *r)
{
    struct gb_span span = gb_uml_keyword(r);
    struct gb_uml_words condition, words;
    uint32_t node;

    (void)take_condition(r, &condition, &words);
    gb_uml_expect_end(r);
    if (ask(r, condition, span, &node) && gb_uml_open(r->graph, GB_UML_IF, (int32_t)node, span))
        gb_uml_go_on(r->graph, node, words, span);
}

/* The branch that follows another is drawn from the decision before it: no, then the next question. */
void
gb_uml_read_elseif(struct gb_uml_reader *r, struct gb_uml_words inbound)
{
    struct gb_span span = gb_uml_keyword(r);
    struct gb_uml_words condition, words;
    uint32_t node;

    struct gb_uml_frame *frame = gb_uml_need(r, GB_UML_IF);
    (void)take_condition(r, &condition, &words);
    gb_uml_expect_end(r);
    if (!frame)
        return;
    if (frame->has_else)
        gb_uml_fail(r->graph, span, "“elseif”须写在“else”之前", "an “elseif” stands ahead of the “else”");
    gb_uml_end_branch(r->graph);
    gb_uml_go_on(r->graph, (uint32_t)frame->node, inbound, span);
    r->graph->tails.items[0].is_default = true;
    if (!ask(r, condition, span, &node))
        return;
    gb_uml_top(r->graph, GB_UML_IF)->node = (int32_t)node;
    gb_uml_go_on(r->graph, node, words, span);
}

void
gb_uml_read_elseif_plain(struct gb_uml_reader *r)
{
    gb_uml_read_elseif(r, GB_UML_NO_WORDS);
}

void
gb_uml_read_else(struct gb_uml_reader *r)
{
    struct gb_span span = gb_uml_keyword(r);
    struct gb_uml_words words = GB_UML_NO_WORDS;
    struct gb_uml_frame *frame = gb_uml_need(r, GB_UML_IF);

    if (r->c.at < r->c.end)
        (void)need_group(r, &words);
    gb_uml_expect_end(r);
    if (!frame)
        return;
    if (frame->has_else)
        gb_uml_fail(r->graph, span, "一个“if”只能有一个“else”：多个条件写“elseif”",
                    "an “if” has one “else”: further conditions are “elseif”");
    frame->has_else = true;
    gb_uml_end_branch(r->graph);
    gb_uml_go_on(r->graph, (uint32_t)frame->node, words, span);
}

void
gb_uml_read_endif(struct gb_uml_reader *r)
{
    struct gb_span span = gb_uml_keyword(r);
    struct gb_uml_frame *frame = gb_uml_need(r, GB_UML_IF);

    gb_uml_expect_end(r);
    if (!frame)
        return;
    uint32_t node = (uint32_t)frame->node;
    bool has_else = frame->has_else;
    gb_uml_end_branch(r->graph);
    gb_uml_close(r->graph);
    if (!has_else)
        *gb_push(&r->graph->tails) = (struct gb_uml_tail){.node = node, .label = GB_UML_NO_WORDS, .span = span};
}

void
gb_uml_read_switch(struct gb_uml_reader *r)
{
    struct gb_span span = gb_uml_keyword(r);
    struct gb_uml_words condition;
    uint32_t node;

    (void)need_group(r, &condition);
    gb_uml_expect_end(r);
    if (ask(r, condition, span, &node) && gb_uml_open(r->graph, GB_UML_SWITCH, (int32_t)node, span))
        r->graph->tails.len = 0;
}

void
gb_uml_read_case(struct gb_uml_reader *r)
{
    struct gb_span span = gb_uml_keyword(r);
    struct gb_uml_words words;
    struct gb_uml_frame *frame = gb_uml_need(r, GB_UML_SWITCH);

    (void)need_group(r, &words);
    gb_uml_expect_end(r);
    if (!frame)
        return;
    gb_uml_end_branch(r->graph);
    gb_uml_go_on(r->graph, (uint32_t)frame->node, words, span);
}

void
gb_uml_read_endswitch(struct gb_uml_reader *r)
{
    struct gb_uml_frame *frame = gb_uml_need(r, GB_UML_SWITCH);

    gb_uml_expect_end(r);
    if (!frame)
        return;
    gb_uml_end_branch(r->graph);
    gb_uml_close(r->graph);
}

/* ---- loops ---- */

void
gb_uml_read_while(struct gb_uml_reader *r)
{
    struct gb_span span = gb_uml_keyword(r);
    struct gb_uml_words condition, words = GB_UML_NO_WORDS;
    uint32_t node;

    (void)need_group(r, &condition);
    take_is(r, &words);
    gb_uml_expect_end(r);
    if (ask(r, condition, span, &node) && gb_uml_open(r->graph, GB_UML_WHILE, (int32_t)node, span))
        gb_uml_go_on(r->graph, node, words, span);
}

/* From the step on the way back to where the loop begins; the keyword of the step is the place of the arrow. */
static void
join_backward(struct gb_uml_reader *r, const struct gb_uml_frame *frame, uint32_t begin)
{
    gb_uml_connect(
        r->graph,
        &(struct gb_uml_tail){.node = (uint32_t)frame->backward, .span = frame->backward_span, .is_loop = true}, begin);
}

void
gb_uml_read_endwhile(struct gb_uml_reader *r)
{
    struct gb_span span = gb_uml_keyword(r);
    struct gb_uml_words words = GB_UML_NO_WORDS;
    struct gb_uml_frame *frame = gb_uml_need(r, GB_UML_WHILE);

    if (r->c.at < r->c.end)
        (void)need_group(r, &words);
    gb_uml_expect_end(r);
    if (!frame)
        return;
    uint32_t node = (uint32_t)frame->node;
    if (frame->backward >= 0) {
        gb_uml_join(r->graph, (uint32_t)frame->backward);
        join_backward(r, frame, node);
    } else {
        GB_EACH(struct gb_uml_tail, tail, r->graph->tails.items, r->graph->tails.len) {
            tail->span = tail->span.end ? tail->span : span;
            tail->is_loop = true;
        }
        gb_uml_join(r->graph, node);
    }
    gb_uml_go_on(r->graph, node, words, span);
    gb_uml_close(r->graph);
}

void
gb_uml_read_repeat(struct gb_uml_reader *r)
{
    struct gb_span span = gb_uml_keyword(r);

    if (!gb_uml_open(r->graph, GB_UML_REPEAT, -1, span))
        return;
    if (gb_uml_take_mark(&r->c, ":"))
        gb_uml_read_step(r);
    else
        gb_uml_expect_end(r);
}

/* backward:words; on the way back of a loop. */
void
gb_uml_read_backward(struct gb_uml_reader *r)
{
    struct gb_span span = gb_uml_keyword(r);
    size_t at = r->c.at, end;
    int stereotype;
    uint32_t node;

    if (!gb_uml_take_mark(&r->c, ":")) {
        gb_uml_fail_line(r);
        return;
    }
    r->c.at = at + 1;
    if (gb_uml_find_step_end(r, &end, &stereotype) == GB_UML_NO_END)
        gb_uml_fail_open_step(r, at);
    struct gb_uml_words words = gb_uml_words_at(r->graph->s, at + 1, end);
    struct gb_uml_frame *frame = gb_uml_top(r->graph, GB_UML_REPEAT);
    frame = frame ? frame : gb_uml_top(r->graph, GB_UML_WHILE);
    if (!frame) {
        gb_uml_fail(r->graph, span, "“%s”只能写在循环（repeat、while）内",
                    "“%s” may stand inside a loop (repeat, while) only");
        return;
    }
    if (gb_uml_add(r->graph, "activity", GB_FLOW_STEP, words, words.span, &node)) {
        frame->backward = (int32_t)node;
        frame->backward_span = span;
    }
}

/* From the condition of a repeat, or from all ends where it has none, back to where the loop begins. */
static void
loop_back(struct gb_uml_reader *r, struct gb_uml_frame frame, uint32_t node, struct gb_uml_words words,
          struct gb_span span)
{
    struct gb_uml_tail tail = {.node = node, .label = words, .span = span, .is_loop = true};
    uint32_t begin = (uint32_t)frame.node;

    if (frame.backward < 0) {
        gb_uml_connect(r->graph, &tail, begin);
        return;
    }
    gb_uml_connect(r->graph, &tail, (uint32_t)frame.backward);
    join_backward(r, &frame, begin);
}

void
gb_uml_read_repeat_while(struct gb_uml_reader *r)
{
    struct gb_span span = gb_uml_keyword(r);
    struct gb_uml_words condition = GB_UML_NO_WORDS, again = GB_UML_NO_WORDS, out = GB_UML_NO_WORDS;
    struct gb_uml_frame *frame = gb_uml_need(r, GB_UML_REPEAT);
    uint32_t node;

    if (r->c.at < r->c.end && r->graph->s.ptr[r->c.at] != ';' && r->graph->s.ptr[r->c.at] != '-')
        (void)need_group(r, &condition);
    take_is(r, &again);
    if (gb_uml_take(r, "not"))
        (void)take_group(r, &out);
    if (!frame || !ask(r, condition, span, &node))
        return;
    loop_back(r, *gb_uml_top(r->graph, GB_UML_REPEAT), node, again, again.str.len ? again.span : span);
    gb_uml_go_on(r->graph, node, out, span);
    gb_uml_close(r->graph);
    if (!gb_uml_read_arrow(r))
        gb_uml_expect_end(r);
}

void
gb_uml_read_break(struct gb_uml_reader *r)
{
    bool is_inside = GB_ANY(GB_EACH_IN(frame, &r->graph->frames), GB_AMONG(frame->kind, GB_UML_REPEAT, GB_UML_WHILE));

    if (!is_inside)
        gb_uml_fail(r->graph, gb_uml_keyword(r), "“break”只能写在循环（repeat、while）内",
                    "“break” may stand inside a loop (repeat, while) only");
    for (size_t i = 0; is_inside && i < r->graph->tails.len; i++)
        *gb_push(&r->graph->breaks) = r->graph->tails.items[i];
    r->graph->tails.len = 0;
    gb_uml_expect_end(r);
}

/* ---- branches side by side ---- */

static const char *
bar_name(const struct gb_uml_reader *r)
{
    return r->kind == GB_UML_FORK ? "fork" : "split";
}

void
gb_uml_read_bar(struct gb_uml_reader *r)
{
    struct gb_span span = gb_uml_keyword(r);
    bool begins_here = r->kind == GB_UML_SPLIT && !r->graph->tails.len; /* each branch begins by itself */
    uint32_t node = 0;

    gb_uml_expect_end(r);
    if (!begins_here && !gb_uml_step(r->graph, bar_name(r), GB_FLOW_FORK, GB_UML_NO_WORDS, span, &node))
        return;
    (void)gb_uml_open(r->graph, r->kind, begins_here ? -1 : (int32_t)node, span);
}

void
gb_uml_read_again(struct gb_uml_reader *r)
{
    struct gb_span span = gb_uml_keyword(r);
    struct gb_uml_frame *frame = gb_uml_need(r, r->kind);

    gb_uml_expect_end(r);
    if (!frame)
        return;
    gb_uml_end_branch(r->graph);
    if (frame->node >= 0)
        gb_uml_go_on(r->graph, (uint32_t)frame->node, GB_UML_NO_WORDS, span);
}

/* The bar at which branches meet, where more than one gets there; end merge has none. */
static void
close_bar(struct gb_uml_reader *r, bool has_bar)
{
    struct gb_span span = gb_uml_keyword(r);
    uint32_t node;

    if (r->c.at < r->c.end && r->graph->s.ptr[r->c.at] == '{') /* end fork {and} */
        r->c.at = r->c.end;
    gb_uml_expect_end(r);
    if (!gb_uml_need(r, r->kind))
        return;
    gb_uml_end_branch(r->graph);
    gb_uml_close(r->graph);
    if (has_bar && r->graph->tails.len)
        (void)gb_uml_step(r->graph, bar_name(r), GB_FLOW_FORK, GB_UML_NO_WORDS, span, &node);
}

void
gb_uml_read_end_bar(struct gb_uml_reader *r)
{
    close_bar(r, true);
}

void
gb_uml_read_end_merge(struct gb_uml_reader *r)
{
    close_bar(r, false);
}
