/*
 * The newer syntax of activity diagrams: start, :step;, if, switch, while, repeat, fork, split, lanes. One statement a line, but for
 * steps and conditions, which may run over several.
 */
#include "flow/plantuml_priv.h"

struct reader {
    struct gb_uml_graph *graph;
    struct gb_uml_text text;
    struct gb_uml_line line;
    struct gb_uml_cursor c;       /* behind the keyword */
};

static const struct gb_uml_words no_words = {.str = {NULL, 0}};

static struct gb_span
line_span(const struct reader *r)
{
    return (struct gb_span){(uint32_t)r->line.begin, (uint32_t)r->line.end};
}

/* From the begin of the line to the cursor, without blanks: the keyword. */
static struct gb_span
keyword_span(const struct reader *r)
{
    return gb_uml_words_at(r->graph->s, r->line.begin, r->c.at).span;
}

static bool
take(struct reader *r, const char *words)
{
    return gb_uml_take_words(&r->c, words);
}

/* ---- faults ---- */

/* What an author may have meant by a line, and what to write. The first that fits. */
static const struct {
    const char *begin, *zh, *en;
} slips[] = {
    {"：", "“：”须用半角：步骤写作“:文字;”", "“：” must be a half-width colon: a step is written “:words;”"},
    {"→", "“→”不是PlantUML的箭头：步骤依次写出即相连，箭头文字写作“-> 文字;”",
     "“→” is no arrow: steps follow each other, and the words of an arrow are “-> words;”"},
    {"else if", "写作“elseif (条件) then (文字)”", "write “elseif (condition) then (words)”"},
    {"如果", "条件写作“if (条件) then (是)”", "a condition is written “if (condition) then (yes)”"},
    {"开始", "起点写“start”，步骤写作“:文字;”", "the begin is “start”, a step “:words;”"},
    {"结束", "终点写“stop”或“end”，步骤写作“:文字;”", "the end is “stop” or “end”, a step “:words;”"},
    {"｜", "泳道用半角竖线，写作“|名称|”", "lanes are written between half-width bars, “|name|”"},
    {"}", "“}”没有对应的“{”", "there is no “{” that “}” could close"},
};

static void
fail_line(struct reader *r)
{
    struct gb_str line = gb_str_sub(r->graph->s, r->line.begin, r->line.end);

    for (size_t i = 0; i < GB_COUNT(slips); i++) {
        struct gb_str begin = gb_str_from(slips[i].begin);
        if (gb_str_starts(line, begin)) {
            struct gb_span span = {(uint32_t)r->line.begin, (uint32_t)(r->line.begin + begin.len)};
            gb_uml_fail(r->graph, span, slips[i].zh, slips[i].en);
            return;
        }
    }
    gb_uml_fail(r->graph, line_span(r), "“%s”不是活动图的语句：步骤写作“:文字;”", "“%s” is no statement of an activity diagram: a step is “:words;”");
}

/* Words behind a statement that has ended; a semicolon may. */
static void
expect_end(struct reader *r)
{
    while (gb_uml_take_mark(&r->c, ";"))
        ;
    if (r->c.at < r->c.end)
        gb_uml_fail(r->graph, gb_uml_words_at(r->graph->s, r->c.at, r->c.end).span, "语句之后不能有“%s”：另起一行",
                    "no “%s” may stand behind the statement: put it on a line of its own");
}

static const struct {
    const char *open, *close;
} frame_names[] = {
    [GB_UML_IF] = {"if", "endif"},         [GB_UML_SWITCH] = {"switch", "endswitch"}, [GB_UML_WHILE] = {"while", "endwhile"},
    [GB_UML_REPEAT] = {"repeat", "repeat while"}, [GB_UML_FORK] = {"fork", "end fork"},      [GB_UML_SPLIT] = {"split", "end split"},
    [GB_UML_GROUP] = {"{", "}"},
};

/* Something is open that this keyword does not belong to. */
static void
fail_frame(struct reader *r, enum gb_uml_frame_kind kind)
{
    struct gb_uml_graph *graph = r->graph;
    struct gb_span span = keyword_span(r);

    if (!graph->frames.len) {
        const char *open = frame_names[kind].open;
        gb_uml_fail(graph, span, gb_arena_printf(graph->arena, "“%%s”没有对应的“%s”", open).ptr,
                    gb_arena_printf(graph->arena, "there is no “%s” that “%%s” belongs to", open).ptr);
        return;
    }
    const struct gb_uml_frame *top = &graph->frames.items[graph->frames.len - 1];
    const char *close = top->kind == GB_UML_GROUP && !top->has_brace ? "end group" : frame_names[top->kind].close;
    gb_uml_fail(graph, span, gb_arena_printf(graph->arena, "“%%s”之前须先写“%s”，结束其内的结构", close).ptr,
                gb_arena_printf(graph->arena, "“%s” must stand ahead of “%%s”, to end what is open in it", close).ptr);
}

/* The innermost frame, which must be of this kind; on a fault those inside of one of the kind are closed first. */
static struct gb_uml_frame *
need(struct reader *r, enum gb_uml_frame_kind kind)
{
    struct gb_uml_frame *top = gb_uml_top(r->graph, kind);
    size_t n = r->graph->frames.len;

    if (top)
        return top;
    fail_frame(r, kind);
    while (n > 0 && r->graph->frames.items[n - 1].kind != kind)
        n--;
    if (n == 0)
        return NULL;
    while (r->graph->frames.len > n) {
        gb_uml_end_branch(r->graph);
        gb_uml_close(r->graph);
    }
    return gb_uml_top(r->graph, kind);
}

/* ---- steps ---- */

/* Characters that end a step, and the shape that they give it. */
static const struct {
    char end;
    const char *shape;
    enum gb_flow_kind kind;
} step_ends[] = {
    {';', "activity", GB_FLOW_STEP},  {'|', "procedure", GB_FLOW_SUBPROCESS}, {'<', "input", GB_FLOW_STEP},
    {'>', "output", GB_FLOW_STEP},    {'/', "save", GB_FLOW_IO},              {'\\', "load", GB_FLOW_IO},
    {']', "task", GB_FLOW_STEP},      {'}', "continuous", GB_FLOW_STEP},
};

/* Stereotypes that say the same in newer versions: :text; <<input>> */
static const struct {
    const char *name, *shape;
    enum gb_flow_kind kind;
} stereotypes[] = {
    {"<<procedure>>", "procedure", GB_FLOW_SUBPROCESS}, {"<<input>>", "input", GB_FLOW_IO},
    {"<<output>>", "output", GB_FLOW_IO},               {"<<save>>", "save", GB_FLOW_IO},
    {"<<load>>", "load", GB_FLOW_IO},                   {"<<task>>", "task", GB_FLOW_STEP},
    {"<<continuous>>", "continuous", GB_FLOW_STEP},     {"<<object>>", "object", GB_FLOW_DOCUMENT},
    {"<<objectSignal>>", "object", GB_FLOW_DOCUMENT},   {"<<acceptEvent>>", "input", GB_FLOW_STEP},
    {"<<sendSignal>>", "output", GB_FLOW_STEP},         {"<<trigger>>", "trigger", GB_FLOW_STEP},
    {"<<timeEvent>>", "timeEvent", GB_FLOW_STEP},
};

/* Which character ends the step at the end of a line; GB_COUNT(step_ends) for none. */
static size_t
step_end(struct gb_str line)
{
    size_t i = 0;

    while (i < GB_COUNT(step_ends) && (!line.len || line.ptr[line.len - 1] != step_ends[i].end))
        i++;
    return i;
}

/* Cuts a stereotype off the end of a line; its row, or -1. */
static int
cut_stereotype(struct gb_str *line)
{
    if (!gb_str_ends(*line, GB_STR(">>")))
        return -1;
    for (size_t i = 0; i < GB_COUNT(stereotypes); i++) {
        struct gb_str name = gb_str_from(stereotypes[i].name);
        if (line->len < name.len || !gb_str_eq_nocase(gb_str_skip(*line, line->len - name.len), name))
            continue;
        *line = gb_str_trim(gb_str_sub(*line, 0, line->len - name.len));
        return (int)i;
    }
    return -1;
}

/* Is this line, inside of a step that has not ended, no part of its words any more? */
static bool
ends_open_step(struct gb_str line)
{
    return line.ptr[0] == ':' || gb_str_starts(line, GB_STR("->")) || gb_str_starts(line, GB_STR("-->")) ||
           gb_str_starts(line, GB_STR("-[")) || gb_uml_is_new_statement(line);
}

/*
 * :words; the words may run over lines. Where a step has no end, it is one line long, and that is the fault. *out_end is where the
 * words end, the row of what ends it is given back.
 */
static size_t
find_step_end(struct reader *r, size_t *out_end, int *out_stereotype)
{
    struct gb_str s = r->graph->s, line = gb_str_sub(s, r->c.at, r->line.end);
    struct gb_uml_text ahead = r->text;
    struct gb_uml_line next = r->line;

    for (;;) {
        *out_stereotype = cut_stereotype(&line);
        size_t end = step_end(line);
        if (end < GB_COUNT(step_ends)) {
            *out_end = (size_t)(line.ptr - s.ptr) + line.len - 1;
            r->text.at = ahead.at;
            r->line.end = next.end;
            return end;
        }
        if (!gb_uml_next_line(&ahead, &next))
            break;
        line = gb_str_sub(s, next.begin, next.end);
        if (ends_open_step(line))
            break;
    }
    *out_end = r->line.end;
    *out_stereotype = -1;
    return GB_COUNT(step_ends);
}

static void
fail_open_step(struct reader *r, size_t begin)
{
    static const struct gb_str full = GB_WORD("；");
    struct gb_str line = gb_str_sub(r->graph->s, begin, r->line.end);
    uint32_t end = (uint32_t)r->line.end;

    if (gb_str_ends(line, full))
        gb_uml_fail(r->graph, (struct gb_span){end - (uint32_t)full.len, end}, "步骤以半角分号结束：“；”改为“;”",
                    "a step ends with a half-width semicolon, not with “；”");
    else
        gb_uml_fail(r->graph, (struct gb_span){(uint32_t)begin, end}, "步骤“%s”没有结束：末尾补上半角分号“;”",
                    "the step “%s” has no end: add a semicolon");
}

static void
read_step(struct reader *r)
{
    size_t begin = r->c.at - 1, end;
    int stereotype;
    uint32_t node;

    r->c.at = begin + 1;
    size_t row = find_step_end(r, &end, &stereotype);
    if (row == GB_COUNT(step_ends))
        fail_open_step(r, begin);
    struct gb_uml_words words = gb_uml_words_at(r->graph->s, begin + 1, end);
    struct gb_span span = {(uint32_t)begin, (uint32_t)(end + (end < r->line.end))};
    const char *shape = row < GB_COUNT(step_ends) ? step_ends[row].shape : "activity";
    enum gb_flow_kind kind = row < GB_COUNT(step_ends) ? step_ends[row].kind : GB_FLOW_STEP;
    if (stereotype >= 0) {
        shape = stereotypes[stereotype].shape;
        kind = stereotypes[stereotype].kind;
    }
    (void)gb_uml_step(r->graph, shape, kind, words, words.str.len ? words.span : span, &node);
}

/* - words, * words: steps in the manner of a list. */
static void
read_item(struct reader *r)
{
    struct gb_uml_words words = gb_uml_words_at(r->graph->s, r->line.begin + 1, r->line.end);
    uint32_t node;

    if (words.str.len && words.str.ptr[words.str.len - 1] == ';')
        words = gb_uml_words_at(r->graph->s, words.span.begin, words.span.end - 1);
    (void)gb_uml_step(r->graph, "activity", GB_FLOW_STEP, words, words.span, &node);
}

static void
read_start(struct reader *r)
{
    struct gb_span span = keyword_span(r);
    uint32_t node;

    (void)gb_uml_step(r->graph, "start", GB_FLOW_START, no_words, span, &node);
    expect_end(r);
}

static void
read_end(struct reader *r)
{
    struct gb_span span = keyword_span(r);
    bool is_stop = gb_str_eq_nocase(gb_str_sub(r->graph->s, span.begin, span.end), GB_STR("stop"));
    uint32_t node;

    (void)gb_uml_step(r->graph, is_stop ? "stop" : "end", GB_FLOW_END, no_words, span, &node);
    r->graph->tails.len = 0;
    expect_end(r);
}

static void
read_detach(struct reader *r)
{
    r->graph->tails.len = 0;
    expect_end(r);
}

/* ( A ) goes on elsewhere. */
static void
read_connector(struct reader *r)
{
    struct gb_uml_words words;
    uint32_t node;

    if (!gb_uml_take_group(&r->c, &words)) {
        fail_line(r);
        return;
    }
    (void)gb_uml_step(r->graph, "circle", GB_FLOW_CONNECTOR, words, words.span, &node);
    expect_end(r);
}

/* ---- arrows ---- */

static enum gb_flow_line
line_of(struct gb_str style)
{
    if (gb_str_has(style, GB_STR("hidden")))
        return GB_FLOW_INVISIBLE;
    if (gb_str_has(style, GB_STR("dashed")) || gb_str_has(style, GB_STR("dotted")))
        return GB_FLOW_DOTTED;
    return gb_str_has(style, GB_STR("bold")) ? GB_FLOW_THICK : GB_FLOW_NORMAL;
}

/* -> words; --> words; and -[style]-> words; the words may run over lines up to the semicolon. */
static bool
read_arrow(struct reader *r)
{
    struct gb_str s = r->graph->s;
    size_t begin = r->c.at, at = begin;
    struct gb_str style = GB_STR("");

    if (gb_str_starts(gb_str_sub(s, at, r->c.end), GB_STR("-["))) {
        const char *close = memchr(s.ptr + at, ']', r->c.end - at);
        if (!close)
            return false;
        style = gb_str_sub(s, at + 2, (size_t)(close - s.ptr));
        at = (size_t)(close - s.ptr) + 1;
    }
    size_t line = at;
    while (at < r->c.end && s.ptr[at] == '-')
        at++;
    if (at == line || at == r->c.end || s.ptr[at] != '>')
        return false;
    at++;
    r->graph->arrow = (struct gb_span){(uint32_t)begin, (uint32_t)at};
    r->graph->arrow_line = line_of(style);
    size_t end = r->c.end;
    struct gb_uml_text ahead = r->text;
    struct gb_uml_line next = {.end = end};
    while (gb_uml_words_at(s, at, end).str.len && s.ptr[next.end - 1] != ';' && gb_uml_next_line(&ahead, &next) &&
           !ends_open_step(gb_str_sub(s, next.begin, next.end)))
        ;
    if (next.end > end && s.ptr[next.end - 1] == ';') {
        r->text.at = ahead.at;
        end = next.end;
    }
    if (end > at && s.ptr[end - 1] == ';')
        end--;
    r->graph->arrow_words = gb_uml_words_at(s, at, end);
    r->c.at = r->c.end;
    return true;
}

/* ---- conditions ---- */

/* ( words ); a full-width bracket is the fault that is met most. */
static bool
take_group(struct reader *r, struct gb_uml_words *out)
{
    size_t end = r->c.end;

    if (gb_uml_take_group(&r->c, out)) {
        if (r->c.end > end) { /* it ran over lines */
            r->line.end = r->c.end;
            r->text.at = r->c.end;
        }
        return true;
    }
    return false;
}

static bool
need_group(struct reader *r, struct gb_uml_words *out)
{
    static const struct gb_str full = GB_WORD("（");
    size_t at = r->c.at;

    if (take_group(r, out))
        return true;
    if (gb_str_starts(gb_str_sub(r->graph->s, at, r->c.end), full))
        gb_uml_fail(r->graph, (struct gb_span){(uint32_t)at, (uint32_t)(at + full.len)}, "条件写在半角括号内：“（”改为“(”",
                    "a condition stands in half-width brackets, not in “（ ）”");
    else if (at < r->c.end && r->graph->s.ptr[at] == '(')
        gb_uml_fail(r->graph, (struct gb_span){(uint32_t)at, (uint32_t)at + 1}, "“(”没有闭合：在条件末尾补上半角“)”",
                    "“(” is not closed: add a half-width “)” behind the condition");
    else
        gb_uml_fail(r->graph, keyword_span(r), "“%s”之后缺少写在半角括号内的条件", "a condition in brackets is missing behind “%s”");
    *out = gb_uml_words_at(r->graph->s, at, r->c.end);
    r->c.at = r->c.end;
    return false;
}

/* is (words), equals (words) */
static void
take_is(struct reader *r, struct gb_uml_words *out)
{
    if (take(r, "is") || take(r, "equals") || take(r, "equal"))
        (void)take_group(r, out);
}

/* (condition) is (words) then (words) behind if and elseif; PlantUML needs no "then". */
static bool
take_condition(struct reader *r, struct gb_uml_words *out_condition, struct gb_uml_words *out_words)
{
    *out_words = no_words;
    if (!need_group(r, out_condition))
        return false;
    take_is(r, out_words);
    if (!take(r, "then"))
        return true;
    if (r->c.at < r->c.end && r->graph->s.ptr[r->c.at] != ';' && !take_group(r, out_words))
        (void)need_group(r, out_words);
    return true;
}

static void
read_if(struct reader *r)
{
    struct gb_span span = keyword_span(r);
    struct gb_uml_words condition, words;
    uint32_t node;

    (void)take_condition(r, &condition, &words);
    expect_end(r);
    if (gb_uml_step(r->graph, "diamond", GB_FLOW_DECISION, condition, condition.str.len ? condition.span : span, &node) &&
        gb_uml_open(r->graph, GB_UML_IF, (int32_t)node, span))
        gb_uml_go_on(r->graph, node, words, span);
}

/* The branch that follows another is drawn from the decision before it: no, then the next question. */
static void
read_elseif(struct reader *r, struct gb_uml_words inbound)
{
    struct gb_span span = keyword_span(r);
    struct gb_uml_words condition, words;
    uint32_t node;

    struct gb_uml_frame *frame = need(r, GB_UML_IF);
    (void)take_condition(r, &condition, &words);
    expect_end(r);
    if (!frame)
        return;
    gb_uml_end_branch(r->graph);
    gb_uml_go_on(r->graph, (uint32_t)frame->node, inbound, span);
    r->graph->tails.items[0].is_default = true;
    if (!gb_uml_step(r->graph, "diamond", GB_FLOW_DECISION, condition, condition.str.len ? condition.span : span, &node))
        return;
    gb_uml_top(r->graph, GB_UML_IF)->node = (int32_t)node;
    gb_uml_go_on(r->graph, node, words, span);
}

static void
read_else(struct reader *r)
{
    struct gb_span span = keyword_span(r);
    struct gb_uml_words words = no_words;
    struct gb_uml_frame *frame = need(r, GB_UML_IF);

    if (r->c.at < r->c.end && !take_group(r, &words))
        (void)need_group(r, &words);
    expect_end(r);
    if (!frame)
        return;
    if (frame->has_else)
        gb_uml_fail(r->graph, span, "一个“if”只能有一个“else”：多个条件写“elseif”", "an “if” has one “else”: further conditions are “elseif”");
    frame->has_else = true;
    gb_uml_end_branch(r->graph);
    gb_uml_go_on(r->graph, (uint32_t)frame->node, words, span);
}

static void
read_endif(struct reader *r)
{
    struct gb_span span = keyword_span(r);
    struct gb_uml_frame *frame = need(r, GB_UML_IF);

    expect_end(r);
    if (!frame)
        return;
    uint32_t node = (uint32_t)frame->node;
    bool has_else = frame->has_else;
    gb_uml_end_branch(r->graph);
    gb_uml_close(r->graph);
    if (!has_else)
        *gb_push(&r->graph->tails) = (struct gb_uml_tail){.node = node, .label = no_words, .span = span};
}

static void
read_switch(struct reader *r)
{
    struct gb_span span = keyword_span(r);
    struct gb_uml_words condition;
    uint32_t node;

    (void)need_group(r, &condition);
    expect_end(r);
    if (gb_uml_step(r->graph, "diamond", GB_FLOW_DECISION, condition, condition.str.len ? condition.span : span, &node) &&
        gb_uml_open(r->graph, GB_UML_SWITCH, (int32_t)node, span))
        r->graph->tails.len = 0;
}

static void
read_case(struct reader *r)
{
    struct gb_span span = keyword_span(r);
    struct gb_uml_words words;
    struct gb_uml_frame *frame = need(r, GB_UML_SWITCH);

    (void)need_group(r, &words);
    expect_end(r);
    if (!frame)
        return;
    gb_uml_end_branch(r->graph);
    gb_uml_go_on(r->graph, (uint32_t)frame->node, words, span);
}

static void
read_endswitch(struct reader *r)
{
    struct gb_uml_frame *frame = need(r, GB_UML_SWITCH);

    expect_end(r);
    if (!frame)
        return;
    gb_uml_end_branch(r->graph);
    gb_uml_close(r->graph);
}

/* ---- loops ---- */

static void
read_while(struct reader *r)
{
    struct gb_span span = keyword_span(r);
    struct gb_uml_words condition, words = no_words;
    uint32_t node;

    (void)need_group(r, &condition);
    take_is(r, &words);
    expect_end(r);
    if (gb_uml_step(r->graph, "diamond", GB_FLOW_DECISION, condition, condition.str.len ? condition.span : span, &node) &&
        gb_uml_open(r->graph, GB_UML_WHILE, (int32_t)node, span))
        gb_uml_go_on(r->graph, node, words, span);
}

static void
read_endwhile(struct reader *r)
{
    struct gb_span span = keyword_span(r);
    struct gb_uml_words words = no_words;
    struct gb_uml_frame *frame = need(r, GB_UML_WHILE);

    if (r->c.at < r->c.end && !take_group(r, &words))
        (void)need_group(r, &words);
    expect_end(r);
    if (!frame)
        return;
    uint32_t node = (uint32_t)frame->node;
    if (frame->backward >= 0) {
        gb_uml_join(r->graph, (uint32_t)frame->backward);
        gb_uml_connect(r->graph, &(struct gb_uml_tail){.node = (uint32_t)frame->backward, .span = span}, node);
    } else {
        for (size_t i = 0; i < r->graph->tails.len; i++) {
            if (r->graph->tails.items[i].span.end == 0)
                r->graph->tails.items[i].span = span;
        }
        gb_uml_join(r->graph, node);
    }
    gb_uml_go_on(r->graph, node, words, span);
    gb_uml_close(r->graph);
}

static void
read_repeat(struct reader *r)
{
    struct gb_span span = keyword_span(r);

    if (!gb_uml_open(r->graph, GB_UML_REPEAT, -1, span))
        return;
    if (gb_uml_take_mark(&r->c, ":"))
        read_step(r);
    else
        expect_end(r);
}

/* backward:words; on the way back of a loop. */
static void
read_backward(struct reader *r)
{
    size_t at = r->c.at, end;
    int stereotype;
    uint32_t node;

    if (!gb_uml_take_mark(&r->c, ":")) {
        fail_line(r);
        return;
    }
    r->c.at = at + 1;
    if (find_step_end(r, &end, &stereotype) == GB_COUNT(step_ends))
        fail_open_step(r, at);
    struct gb_uml_words words = gb_uml_words_at(r->graph->s, at + 1, end);
    size_t n = r->graph->frames.len;
    if (n == 0 || (r->graph->frames.items[n - 1].kind != GB_UML_REPEAT && r->graph->frames.items[n - 1].kind != GB_UML_WHILE)) {
        gb_uml_fail(r->graph, (struct gb_span){(uint32_t)r->line.begin, (uint32_t)at}, "“%s”只能写在循环（repeat、while）内",
                    "“%s” may stand inside a loop (repeat, while) only");
        return;
    }
    if (gb_uml_add(r->graph, "activity", GB_FLOW_STEP, words, words.span, &node))
        r->graph->frames.items[n - 1].backward = (int32_t)node;
}

/* From the condition of a repeat, or from all ends where it has none, back to where the loop begins. */
static void
loop_back(struct reader *r, struct gb_uml_frame frame, uint32_t node, struct gb_uml_words words, struct gb_span span)
{
    struct gb_uml_tail tail = {.node = node, .label = words, .span = span};
    uint32_t begin = (uint32_t)frame.node;

    if (frame.backward < 0) {
        gb_uml_connect(r->graph, &tail, begin);
        return;
    }
    gb_uml_connect(r->graph, &tail, (uint32_t)frame.backward);
    gb_uml_connect(r->graph, &(struct gb_uml_tail){.node = (uint32_t)frame.backward, .span = span}, begin);
}

static void
read_repeat_while(struct reader *r)
{
    struct gb_span span = keyword_span(r);
    struct gb_uml_words condition = no_words, again = no_words, out = no_words;
    struct gb_uml_frame *frame = need(r, GB_UML_REPEAT);
    uint32_t node;

    if (r->c.at < r->c.end && r->graph->s.ptr[r->c.at] != ';' && r->graph->s.ptr[r->c.at] != '-')
        (void)need_group(r, &condition);
    take_is(r, &again);
    if (take(r, "not"))
        (void)take_group(r, &out);
    if (!frame)
        return;
    if (!gb_uml_step(r->graph, "diamond", GB_FLOW_DECISION, condition, condition.str.len ? condition.span : span, &node))
        return;
    loop_back(r, *gb_uml_top(r->graph, GB_UML_REPEAT), node, again, again.str.len ? again.span : span);
    gb_uml_go_on(r->graph, node, out, span);
    gb_uml_close(r->graph);
    if (!read_arrow(r))
        expect_end(r);
}

static void
read_break(struct reader *r)
{
    bool is_inside = false;

    for (size_t i = 0; i < r->graph->frames.len; i++)
        is_inside = is_inside || r->graph->frames.items[i].kind == GB_UML_REPEAT || r->graph->frames.items[i].kind == GB_UML_WHILE;
    if (!is_inside)
        gb_uml_fail(r->graph, keyword_span(r), "“break”只能写在循环（repeat、while）内", "“break” may stand inside a loop (repeat, while) only");
    for (size_t i = 0; is_inside && i < r->graph->tails.len; i++)
        *gb_push(&r->graph->breaks) = r->graph->tails.items[i];
    r->graph->tails.len = 0;
    expect_end(r);
}

/* ---- branches side by side ---- */

static void
open_bar(struct reader *r, enum gb_uml_frame_kind kind)
{
    struct gb_span span = keyword_span(r);
    bool begins_here = kind == GB_UML_SPLIT && !r->graph->tails.len; /* each branch begins by itself */
    uint32_t node = 0;

    expect_end(r);
    if (!begins_here && !gb_uml_step(r->graph, frame_names[kind].open, GB_FLOW_FORK, no_words, span, &node))
        return;
    (void)gb_uml_open(r->graph, kind, begins_here ? -1 : (int32_t)node, span);
}

static void
next_branch(struct reader *r, enum gb_uml_frame_kind kind)
{
    struct gb_span span = keyword_span(r);
    struct gb_uml_frame *frame = need(r, kind);

    expect_end(r);
    if (!frame)
        return;
    gb_uml_end_branch(r->graph);
    if (frame->node >= 0)
        gb_uml_go_on(r->graph, (uint32_t)frame->node, no_words, span);
}

/* The bar at which branches meet, where more than one gets there; end merge has none. */
static void
close_bar(struct reader *r, enum gb_uml_frame_kind kind, bool has_bar)
{
    struct gb_span span = keyword_span(r);
    uint32_t node;

    if (r->c.at < r->c.end && r->graph->s.ptr[r->c.at] == '{') /* end fork {and} */
        r->c.at = r->c.end;
    expect_end(r);
    if (!need(r, kind))
        return;
    gb_uml_end_branch(r->graph);
    gb_uml_close(r->graph);
    if (has_bar && r->graph->tails.len)
        (void)gb_uml_step(r->graph, frame_names[kind].open, GB_FLOW_FORK, no_words, span, &node);
}

static void
read_fork(struct reader *r)
{
    open_bar(r, GB_UML_FORK);
}

static void
read_split(struct reader *r)
{
    open_bar(r, GB_UML_SPLIT);
}

static void
read_fork_again(struct reader *r)
{
    next_branch(r, GB_UML_FORK);
}

static void
read_split_again(struct reader *r)
{
    next_branch(r, GB_UML_SPLIT);
}

static void
read_end_fork(struct reader *r)
{
    close_bar(r, GB_UML_FORK, true);
}

static void
read_end_split(struct reader *r)
{
    close_bar(r, GB_UML_SPLIT, true);
}

static void
read_end_merge(struct reader *r)
{
    close_bar(r, GB_UML_FORK, false);
}

/* ---- jumps and lanes ---- */

static void
read_label(struct reader *r)
{
    struct gb_uml_words name = gb_uml_words_at(r->graph->s, r->c.at, r->c.end);

    if (name.str.len)
        *gb_push(&r->graph->labels) = name.str;
}

static void
read_goto(struct reader *r)
{
    struct gb_uml_words name = gb_uml_words_at(r->graph->s, r->c.at, r->c.end);
    struct gb_span span = keyword_span(r);

    for (size_t i = 0; i < r->graph->tails.len; i++) {
        struct gb_uml_jump *jump = gb_push(&r->graph->jumps);
        *jump = (struct gb_uml_jump){r->graph->tails.items[i], name};
        jump->tail.span = jump->tail.span.end ? jump->tail.span : span;
    }
    r->graph->tails.len = 0;
}

/* |name|, |#colour|name|, |alias| title, |#colour|alias| title */
static void
read_lane(struct reader *r)
{
    struct gb_uml_graph *graph = r->graph;
    struct gb_str s = graph->s;
    size_t at = r->line.begin + 1, end = r->line.end;
    const char *bar = memchr(s.ptr + at, '|', end - at);

    if (bar && s.ptr[at] == '#') {
        at = (size_t)(bar - s.ptr) + 1;
        bar = memchr(s.ptr + at, '|', end - at);
    }
    if (!bar) {
        gb_uml_fail(graph, line_span(r), "泳道写作“|名称|”，两侧都有竖线", "a lane is written between bars, “|name|”");
        return;
    }
    struct gb_uml_words name = gb_uml_words_at(s, at, (size_t)(bar - s.ptr));
    struct gb_uml_words title = gb_uml_words_at(s, (size_t)(bar - s.ptr) + 1, end);
    bool is_new;
    uint32_t lane = gb_flow_names_add(&graph->lanes, name.str, (uint32_t)graph->build.groups.len, &is_new);
    if (!is_new)
        graph->lane = (int32_t)lane;
    else
        graph->lane = gb_uml_add_group(graph, GB_FLOW_LANE, name.str, title.str.len ? title : name, line_span(r));
}

/* ---- statements ---- */

static void
read_elseif_plain(struct reader *r)
{
    read_elseif(r, no_words);
}

/* Longer ones first. The sort tells such lines from words of a step. */
enum sort { ALONE, WITH_GROUP, WITH_WORDS };

static const struct {
    const char *words;
    enum sort sort;
    void (*read)(struct reader *r);
} statements[] = {
    {"start", ALONE, read_start},
    {"stop", ALONE, read_end},
    {"end fork", ALONE, read_end_fork},
    {"end merge", ALONE, read_end_merge},
    {"end split", ALONE, read_end_split},
    {"end if", ALONE, read_endif},
    {"end while", WITH_GROUP, read_endwhile},
    {"end switch", ALONE, read_endswitch},
    {"end", ALONE, read_end},
    {"detach", ALONE, read_detach},
    {"kill", ALONE, read_detach},
    {"break", ALONE, read_break},
    {"fork again", ALONE, read_fork_again},
    {"fork", ALONE, read_fork},
    {"split again", ALONE, read_split_again},
    {"split", ALONE, read_split},
    {"repeat while", WITH_GROUP, read_repeat_while},
    {"repeat", ALONE, read_repeat},
    {"backward", WITH_WORDS, read_backward},
    {"while", WITH_GROUP, read_while},
    {"if", WITH_GROUP, read_if},
    {"else if", WITH_GROUP, read_elseif_plain},
    {"else", WITH_GROUP, read_else},
    {"switch", WITH_GROUP, read_switch},
    {"case", WITH_GROUP, read_case},
    {"label", WITH_WORDS, read_label},
    {"goto", WITH_WORDS, read_goto},
};

/* "else" and its kin may stand without brackets. */
static bool
may_stand_alone(const char *words)
{
    return strcmp(words, "else") == 0 || strcmp(words, "end while") == 0 || strcmp(words, "repeat while") == 0;
}

bool
gb_uml_is_new_statement(struct gb_str line)
{
    struct gb_uml_cursor c = {line, 0, line.len};

    gb_uml_skip_blanks(&c);
    while (c.end > c.at && (gb_uml_is_blank(line.ptr[c.end - 1]) || line.ptr[c.end - 1] == ';'))
        c.end--;
    for (size_t i = 0; i < GB_COUNT(statements); i++) {
        if (statements[i].sort == WITH_WORDS || !gb_uml_take_words(&c, statements[i].words))
            continue;
        if (c.at == c.end)
            return statements[i].sort == ALONE || may_stand_alone(statements[i].words);
        return statements[i].sort == WITH_GROUP && line.ptr[c.at] == '(';
    }
    return false;
}

/* #colour: ahead of a step or statement. */
static void
skip_colour(struct reader *r)
{
    struct gb_str s = gb_str_sub(r->graph->s, r->c.at, r->c.end);
    const char *colon = s.len && s.ptr[0] == '#' ? memchr(s.ptr, ':', s.len) : NULL;

    if (!colon || memchr(s.ptr, ' ', (size_t)(colon - s.ptr)))
        return;
    size_t at = r->c.at + (size_t)(colon - s.ptr);
    bool is_statement = gb_uml_is_new_statement(gb_str_sub(r->graph->s, at + 1, r->c.end)) || gb_str_starts(gb_str_skip(s, (size_t)(colon - s.ptr) + 1), GB_STR("("));
    r->c.at = is_statement ? at + 1 : at;
    r->line.begin = r->c.at;
}

/* (words) elseif, or a connector. */
static void
read_bracket(struct reader *r)
{
    struct gb_uml_cursor begin = r->c;
    struct gb_uml_words words;

    if (gb_uml_take_group(&r->c, &words)) {
        size_t at = r->c.at;
        if (take(r, "else if")) {
            r->line.begin = at;
            read_elseif(r, words);
            return;
        }
    }
    r->c = begin;
    read_connector(r);
}

static void
read_statement(struct reader *r)
{
    struct gb_uml_graph *graph = r->graph;

    skip_colour(r);
    switch (graph->s.ptr[r->c.at]) {
    case ':':
        r->c.at++;
        read_step(r);
        return;
    case '|':
        read_lane(r);
        return;
    case '(':
        read_bracket(r);
        return;
    default:
        break;
    }
    if (read_arrow(r))
        return;
    if ((graph->s.ptr[r->c.at] == '-' || graph->s.ptr[r->c.at] == '*') && r->c.at + 1 < r->c.end && gb_uml_is_blank(graph->s.ptr[r->c.at + 1])) {
        read_item(r);
        return;
    }
    if (gb_uml_take_partition(graph, &r->line))
        return;
    for (size_t i = 0; i < GB_COUNT(statements); i++) {
        if (take(r, statements[i].words)) {
            statements[i].read(r);
            return;
        }
    }
    fail_line(r);
}

void
gb_uml_read_new(struct gb_uml_graph *graph, struct gb_uml_text text)
{
    struct reader r = {.graph = graph, .text = text};

    while (!graph->is_full && gb_uml_next_line(&r.text, &r.line)) {
        r.c = (struct gb_uml_cursor){graph->s, r.line.begin, r.line.end};
        if (!gb_uml_take_common(graph, &r.text, &r.line) && !gb_uml_take_note(graph, &r.text, &r.line))
            read_statement(&r);
    }
    if (graph->frames.len && !graph->is_full) {
        const struct gb_uml_frame *top = &graph->frames.items[graph->frames.len - 1];
        const char *close = top->kind == GB_UML_GROUP && !top->has_brace ? "end group" : frame_names[top->kind].close;
        gb_uml_fail(graph, top->span, gb_arena_printf(graph->arena, "“%%s”没有结束：补上“%s”", close).ptr,
                    gb_arena_printf(graph->arena, "“%%s” has no end: add “%s”", close).ptr);
    }
}
