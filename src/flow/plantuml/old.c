/*
 * The older syntax of activity diagrams: arrows between texts in quotes, (*) for start and end. Equal texts are one node. An arrow
 * without a source goes on from the node before it.
 */
#include "flow/plantuml/plantuml_priv.h"

struct reader {
    struct gb_uml_graph *graph;
    struct gb_uml_text text;
    struct gb_uml_line line;
    struct gb_uml_cursor c;
    int32_t last; /* the node that an arrow without a source leaves; -1 */
};

static const struct gb_uml_words no_words = {.str = {NULL, 0}};

static bool
fail_rest(struct reader *r)
{
    struct gb_span span = gb_uml_words_at(r->graph->s, r->c.at < r->c.end ? r->c.at : r->line.begin, r->c.end).span;

    return gb_uml_fail(r->graph, span, "此处不能有“%s”：写作 \"步骤甲\" --> \"步骤乙\"",
                       "no “%s” may stand here: write \"step\" --> \"step\"");
}

/* ---- nodes ---- */

static bool
is_name(char c)
{
    return gb_is_alnum(c) || c == '_' || c == '.' || (unsigned char)c >= 0x80;
}

/* The node of a key; made where it is new. */
static bool
node_of(struct reader *r, struct gb_str key, const char *shape, enum gb_flow_kind kind, struct gb_uml_words words,
        struct gb_span span, uint32_t *out_node)
{
    bool is_new;
    uint32_t next = (uint32_t)r->graph->build.nodes.len;

    *out_node = gb_strmap_add(&r->graph->nodes, key, next, &is_new);
    if (!is_new)
        return true;
    if (!gb_uml_add(r->graph, shape, kind, words, span, out_node))
        return false;
    struct gb_flow_node *node = &r->graph->build.nodes.items[*out_node];
    if (kind == GB_FLOW_STEP)
        node->kind = gb_flow_kind_of(kind, false, node->text);
    return true;
}

/* #colour and << stereotype >> behind a node. */
static void
skip_style(struct reader *r)
{
    struct gb_uml_cursor *c = &r->c;

    if (c->at < c->end && c->s.ptr[c->at] == '#') {
        while (c->at < c->end && !gb_uml_is_blank(c->s.ptr[c->at]))
            c->at++;
        gb_uml_skip_blanks(c);
    }
    if (gb_str_starts(gb_str_sub(c->s, c->at, c->end), GB_STR("<<"))) {
        size_t end = gb_str_find(gb_str_sub(c->s, 0, c->end), GB_STR(">>"), c->at);
        c->at = end == GB_NOT_FOUND ? c->end : end + 2;
        gb_uml_skip_blanks(c);
    }
}

/* "text" over lines, with "as id" behind it. */
static bool
take_text(struct reader *r, uint32_t *out_node)
{
    struct gb_str s = r->graph->s;
    size_t begin = r->c.at + 1;
    const char *quote = memchr(s.ptr + begin, '"', r->text.end - begin);

    if (!quote)
        return gb_uml_fail(r->graph, (struct gb_span){(uint32_t)begin - 1, (uint32_t)begin},
                           "双引号没有闭合：在文字末尾补上半角双引号",
                           "a quotation mark is not closed: add one behind the text");
    size_t end = (size_t)(quote - s.ptr);
    struct gb_uml_words words = gb_uml_words_at(s, begin, end);
    r->c.at = end + 1;
    if (r->c.at > r->c.end) { /* the rest of the line in which the text ends */
        r->line.end = r->c.end = gb_line_end(gb_str_sub(s, 0, r->text.end), r->c.at);
        r->text.at = r->c.end + (r->c.end < r->text.end);
        while (r->c.end > r->c.at && gb_uml_is_blank(s.ptr[r->c.end - 1]))
            r->c.end--;
    }
    gb_uml_skip_blanks(&r->c);
    if (!node_of(r, words.str, "activity", GB_FLOW_STEP, words, words.span, out_node))
        return false;
    if (gb_uml_take_words(&r->c, "as")) {
        size_t at = r->c.at;
        bool is_new;
        while (r->c.at < r->c.end && is_name(s.ptr[r->c.at]))
            r->c.at++;
        gb_strmap_add(&r->graph->nodes, gb_str_sub(s, at, r->c.at), *out_node, &is_new);
        gb_uml_skip_blanks(&r->c);
    }
    return true;
}

/* (*), (*top), ===bar===, "text", name. False where none stands here. */
static bool
take_node(struct reader *r, bool is_source, uint32_t *out_node)
{
    struct gb_str s = r->graph->s, rest = gb_str_sub(s, r->c.at, r->c.end);
    size_t begin = r->c.at, at = begin;
    bool is_made;

    if (gb_str_starts(rest, GB_STR("(*)")) || gb_str_starts(rest, GB_STR("(*top)"))) {
        r->c.at += rest.ptr[2] == ')' ? 3 : 6;
        struct gb_span span = {(uint32_t)begin, (uint32_t)r->c.at};
        gb_uml_skip_blanks(&r->c);
        is_made = node_of(r, is_source ? GB_STR("(*) start") : GB_STR("(*) end"), is_source ? "start" : "stop",
                          is_source ? GB_FLOW_START : GB_FLOW_END, no_words, span, out_node);
    } else if (rest.len && rest.ptr[0] == '"') {
        is_made = take_text(r, out_node);
    } else {
        bool is_bar = rest.len && rest.ptr[0] == '=';
        while (at < r->c.end && (is_name(s.ptr[at]) || (is_bar && s.ptr[at] == '=')))
            at++;
        if (at == begin)
            return false;
        r->c.at = at;
        gb_uml_skip_blanks(&r->c);
        struct gb_uml_words words = gb_uml_words_at(s, begin, at);
        is_made = node_of(r, words.str, is_bar ? "bar" : "activity", is_bar ? GB_FLOW_FORK : GB_FLOW_STEP,
                          is_bar ? no_words : words, words.span, out_node);
    }
    if (is_made)
        skip_style(r);
    return is_made;
}

/* ---- arrows ---- */

/* The arrow at `at`: -->, ->, ..>, -down->, -[#red]->; its end, or `at` for none. */
static size_t
arrow_end(const struct gb_uml_cursor *c)
{
    static const char *const ways[] = {"left", "right", "up", "down", "le", "ri", "do", "l", "r", "u", "d"};
    size_t at = c->at;
    char mark = at < c->end ? c->s.ptr[at] : '\0';

    if (mark != '-' && mark != '.')
        return c->at;
    while (at < c->end && c->s.ptr[at] == mark)
        at++;
    if (at < c->end && c->s.ptr[at] == '[') {
        const char *close = memchr(c->s.ptr + at, ']', c->end - at);
        if (!close)
            return c->at;
        at = (size_t)(close - c->s.ptr) + 1;
    }
    for (size_t i = 0; i < GB_COUNT(ways); i++) {
        size_t len = strlen(ways[i]);
        if (at + len < c->end && gb_str_eq_nocase(gb_str_sub(c->s, at, at + len), gb_str_from(ways[i])) &&
            c->s.ptr[at + len] == mark) {
            at += len;
            break;
        }
    }
    while (at < c->end && c->s.ptr[at] == mark)
        at++;
    return at < c->end && c->s.ptr[at] == '>' ? at + 1 : c->at;
}

/* An arrow and the words in brackets behind it. */
static bool
take_arrow(struct reader *r, struct gb_uml_tail *tail)
{
    struct gb_str s = r->graph->s;
    size_t begin = r->c.at, end = arrow_end(&r->c);

    if (end == begin)
        return false;
    tail->span = (struct gb_span){(uint32_t)begin, (uint32_t)end};
    bool is_hidden = gb_str_has(gb_str_sub(s, begin, end), GB_STR("hidden"));
    tail->line = is_hidden ? GB_FLOW_INVISIBLE : s.ptr[begin] == '.' ? GB_FLOW_DOTTED : GB_FLOW_NORMAL;
    r->c.at = end;
    gb_uml_skip_blanks(&r->c);
    if (r->c.at < r->c.end && s.ptr[r->c.at] == '[') {
        const char *close = memchr(s.ptr + r->c.at, ']', r->c.end - r->c.at);
        if (!close)
            return gb_uml_fail(r->graph, (struct gb_span){(uint32_t)r->c.at, (uint32_t)r->c.at + 1},
                               "“[”没有闭合：在箭头文字之后补上“]”",
                               "“[” is not closed: add “]” behind the words of the arrow");
        tail->label = gb_uml_words_at(s, r->c.at + 1, (size_t)(close - s.ptr));
        r->c.at = (size_t)(close - s.ptr) + 1;
        gb_uml_skip_blanks(&r->c);
    }
    return true;
}

static void
connect(struct reader *r, struct gb_uml_tail tail, uint32_t to)
{
    struct gb_flow_edge *edge = gb_uml_connect(r->graph, &tail, to);

    if (!edge)
        return;
    edge->span = tail.span;
    if (!tail.label.str.len)
        edge->words = tail.span;
}

/* ---- structures ---- */

/* if "words" then */
static bool
take_if(struct reader *r, uint32_t *out_node)
{
    struct gb_str s = r->graph->s;
    size_t begin = r->c.at;
    struct gb_uml_words words = no_words;

    if (!gb_uml_take_words(&r->c, "if"))
        return false;
    if (r->c.at < r->c.end && s.ptr[r->c.at] == '"') {
        const char *quote = memchr(s.ptr + r->c.at + 1, '"', r->c.end - r->c.at - 1);
        size_t end = quote ? (size_t)(quote - s.ptr) : r->c.end;
        words = gb_uml_words_at(s, r->c.at + 1, end);
        r->c.at = quote ? end + 1 : end;
        gb_uml_skip_blanks(&r->c);
    } else {
        (void)gb_uml_take_group(&r->c, &words);
    }
    struct gb_span span = {(uint32_t)begin, (uint32_t)begin + 2};
    if (!gb_uml_take_words(&r->c, "then"))
        gb_uml_fail(r->graph, gb_uml_words_at(s, begin, r->c.end).span, "条件写作 if \"条件\" then",
                    "a condition is written if \"condition\" then");
    if (!gb_uml_add(r->graph, "diamond", GB_FLOW_DECISION, words, words.str.len ? words.span : span, out_node))
        return false;
    return gb_uml_open(r->graph, GB_UML_IF, (int32_t)*out_node, span);
}

static bool
take_branch(struct reader *r)
{
    bool is_else = gb_uml_take_words(&r->c, "else"), is_end = !is_else && gb_uml_take_words(&r->c, "end if");
    struct gb_uml_frame *frame = gb_uml_top(r->graph, GB_UML_IF);

    if (!is_else && !is_end)
        return false;
    if (!frame) {
        gb_uml_fail(r->graph, gb_uml_line_span(&r->line), "“%s”没有对应的“if”",
                    "there is no “if” that “%s” belongs to");
        return true;
    }
    if (is_else)
        r->last = frame->node;
    else
        gb_uml_close(r->graph);
    return true;
}

static void
read_line(struct reader *r)
{
    struct gb_uml_tail tail = {.label = no_words};
    uint32_t node;

    if (take_branch(r))
        return;
    struct gb_uml_cursor begin = r->c;
    if (take_if(r, &node)) { /* on from the node before it */
        if (r->last >= 0) {
            tail.node = (uint32_t)r->last;
            tail.span = (struct gb_span){(uint32_t)begin.at, (uint32_t)begin.at + 2};
            connect(r, tail, node);
        }
        r->last = (int32_t)node;
        return;
    }
    if (take_node(r, true, &node))
        r->last = (int32_t)node;
    if (r->c.at == r->c.end)
        return;
    if (!take_arrow(r, &tail) || r->last < 0 || !(take_if(r, &node) || take_node(r, false, &node))) {
        fail_rest(r);
        return;
    }
    tail.node = (uint32_t)r->last;
    connect(r, tail, node);
    r->last = (int32_t)node;
    if (r->c.at < r->c.end && arrow_end(&r->c) > r->c.at)
        gb_uml_fail(r->graph, gb_uml_words_at(r->graph->s, r->c.at, r->c.end).span, "一行只写一个箭头：此处换行",
                    "one arrow a line: break it here");
    else if (r->c.at < r->c.end)
        fail_rest(r);
}

void
gb_uml_read_old(struct gb_uml_graph *graph, struct gb_uml_text text)
{
    struct reader r = {.graph = graph, .text = text, .last = -1};

    while (!graph->is_full && gb_uml_next_line(&r.text, &r.line)) {
        r.c = (struct gb_uml_cursor){graph->s, r.line.begin, r.line.end};
        if (!gb_uml_take_common(graph, &r.text, &r.line) && !gb_uml_take_note(graph, &r.text, &r.line) &&
            !gb_uml_take_partition(graph, &r.line))
            read_line(&r);
    }
    if (graph->frames.len && !graph->is_full) {
        const struct gb_uml_frame *top = &graph->frames.items[graph->frames.len - 1];
        bool is_if = top->kind == GB_UML_IF;
        gb_uml_fail(graph, top->span, is_if ? "“%s”没有结束：补上“endif”" : "“%s”没有结束：补上“}”",
                    is_if ? "“%s” has no end: add “endif”" : "“%s” has no end: add “}”");
    }
}
