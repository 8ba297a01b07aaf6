/* Steps of the newer syntax, start and end, and the arrows written between them. */
#include "flow/plantuml/new_priv.h"

/* ---- steps ---- */

/* Characters that end a step, and the shape that they give it. */
static const struct {
    char end;
    const char *shape;
    enum gb_flow_kind kind;
} step_ends[] = {
    {';', "activity", GB_FLOW_STEP}, {'|', "procedure", GB_FLOW_SUBPROCESS},
    {'<', "input", GB_FLOW_STEP},    {'>', "output", GB_FLOW_STEP},
    {'/', "save", GB_FLOW_IO},       {'\\', "load", GB_FLOW_IO},
    {']', "task", GB_FLOW_STEP},     {'}', "continuous", GB_FLOW_STEP},
};

_Static_assert(GB_COUNT(step_ends) == GB_UML_NO_END, "rows of ends");

/* Stereotypes that say the same in newer versions: :text; <<input>> */
static const struct {
    const char *name, *shape;
    enum gb_flow_kind kind;
} stereotypes[] = {
    {"<<procedure>>", "procedure", GB_FLOW_SUBPROCESS},
    {"<<input>>", "input", GB_FLOW_IO},
    {"<<output>>", "output", GB_FLOW_IO},
    {"<<save>>", "save", GB_FLOW_IO},
    {"<<load>>", "load", GB_FLOW_IO},
    {"<<task>>", "task", GB_FLOW_STEP},
    {"<<continuous>>", "continuous", GB_FLOW_STEP},
    {"<<object>>", "object", GB_FLOW_DOCUMENT},
    {"<<objectSignal>>", "object", GB_FLOW_DOCUMENT},
    {"<<acceptEvent>>", "input", GB_FLOW_STEP},
    {"<<sendSignal>>", "output", GB_FLOW_STEP},
    {"<<trigger>>", "trigger", GB_FLOW_STEP},
    {"<<timeEvent>>", "timeEvent", GB_FLOW_STEP},
};

/* Which character ends the step at the end of a line; GB_UML_NO_END for none. */
static size_t
step_end(struct gb_str line)
{
    size_t i = 0;

    while (i < GB_COUNT(step_ends) && (!line.len || line.ptr[line.len - 1] != step_ends[i].end))
        i++;
    return i;
}

/* One that only names a style: :text; <<重要>> */
static void
cut_style(struct gb_str *line)
{
    size_t open = line->len - 2;

    while (open > 0 && line->ptr[open - 1] != '<' && line->ptr[open - 1] != '>')
        open--;
    if (open < 2 || line->ptr[open - 1] != '<' || line->ptr[open - 2] != '<')
        return;
    struct gb_str before = gb_str_trim(gb_str_sub(*line, 0, open - 2));
    if (gb_str_ends(before, GB_STR(";")))
        *line = before;
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
    cut_style(line);
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
size_t
gb_uml_find_step_end(struct gb_uml_reader *r, size_t *out_end, int *out_stereotype)
{
    struct gb_str s = r->graph->s, line = gb_str_sub(s, r->c.at, r->line.end);
    struct gb_uml_text ahead = r->text;
    struct gb_uml_line next = r->line;

    for (;;) {
        *out_stereotype = cut_stereotype(&line);
        size_t end = step_end(line);
        if (end < GB_UML_NO_END) {
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
    return GB_UML_NO_END;
}

void
gb_uml_fail_open_step(struct gb_uml_reader *r, size_t begin)
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

void
gb_uml_read_step(struct gb_uml_reader *r)
{
    size_t begin = r->c.at - 1, end;
    int stereotype;
    uint32_t node;

    r->c.at = begin + 1;
    size_t row = gb_uml_find_step_end(r, &end, &stereotype);
    if (row == GB_UML_NO_END)
        gb_uml_fail_open_step(r, begin);
    struct gb_uml_words words = gb_uml_words_at(r->graph->s, begin + 1, end);
    struct gb_span span = {(uint32_t)begin, (uint32_t)(end + (end < r->line.end))};
    const char *shape = row < GB_UML_NO_END ? step_ends[row].shape : "activity";
    enum gb_flow_kind kind = row < GB_UML_NO_END ? step_ends[row].kind : GB_FLOW_STEP;
    if (stereotype >= 0) {
        shape = stereotypes[stereotype].shape;
        kind = stereotypes[stereotype].kind;
    }
    (void)gb_uml_step(r->graph, shape, kind, words, words.str.len ? words.span : span, &node);
}

/* - words, * words: steps in the manner of a list. */
void
gb_uml_read_item(struct gb_uml_reader *r)
{
    struct gb_uml_words words = gb_uml_words_at(r->graph->s, r->line.begin + 1, r->line.end);
    uint32_t node;

    if (words.str.len && words.str.ptr[words.str.len - 1] == ';')
        words = gb_uml_words_at(r->graph->s, words.span.begin, words.span.end - 1);
    (void)gb_uml_step(r->graph, "activity", GB_FLOW_STEP, words, words.span, &node);
}

void
gb_uml_read_start(struct gb_uml_reader *r)
{
    struct gb_span span = gb_uml_keyword(r);
    uint32_t node;

    (void)gb_uml_step(r->graph, "start", GB_FLOW_START, GB_UML_NO_WORDS, span, &node);
    gb_uml_expect_end(r);
}

void
gb_uml_read_end(struct gb_uml_reader *r)
{
    struct gb_span span = gb_uml_keyword(r);
    bool is_stop = gb_str_eq_nocase(gb_str_sub(r->graph->s, span.begin, span.end), GB_STR("stop"));
    uint32_t node;

    (void)gb_uml_step(r->graph, is_stop ? "stop" : "end", GB_FLOW_END, GB_UML_NO_WORDS, span, &node);
    r->graph->tails.len = 0;
    gb_uml_expect_end(r);
}

void
gb_uml_read_detach(struct gb_uml_reader *r)
{
    r->graph->tails.len = 0;
    gb_uml_expect_end(r);
}

/* ( A ) goes on elsewhere. */
void
gb_uml_read_connector(struct gb_uml_reader *r)
{
    struct gb_uml_words words;
    uint32_t node;

    if (!gb_uml_take_group(&r->c, &words)) {
        gb_uml_fail_line(r);
        return;
    }
    (void)gb_uml_step(r->graph, "circle", GB_FLOW_CONNECTOR, words, words.span, &node);
    gb_uml_expect_end(r);
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
bool
gb_uml_read_arrow(struct gb_uml_reader *r)
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
