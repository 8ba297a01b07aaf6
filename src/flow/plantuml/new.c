/*
 * The newer syntax of activity diagrams: start, :step;, if, switch, while, repeat, fork, split, lanes. One statement a line, but for
 * steps and conditions, which may run over several.
 */
#include "flow/plantuml/new_priv.h"

struct gb_span
gb_uml_keyword(const struct gb_uml_reader *r)
{
    return gb_uml_words_at(r->graph->s, r->line.begin, r->c.at).span;
}

bool
gb_uml_take(struct gb_uml_reader *r, const char *words)
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

void
gb_uml_fail_line(struct gb_uml_reader *r)
{
    struct gb_str line = gb_str_sub(r->graph->s, r->line.begin, r->line.end);

    GB_FIND(slip, slips, GB_COUNT(slips), gb_str_starts(line, gb_str_from(slip->begin)));
    if (slip) {
        struct gb_span span = {(uint32_t)r->line.begin, (uint32_t)(r->line.begin + strlen(slip->begin))};
        gb_uml_fail(r->graph, span, slip->zh, slip->en);
        return;
    }
    gb_uml_fail(r->graph, gb_uml_line_span(&r->line), "“%s”不是活动图的语句：步骤写作“:文字;”",
                "“%s” is no statement of an activity diagram: a step is “:words;”");
}

void
gb_uml_expect_end(struct gb_uml_reader *r)
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
    [GB_UML_IF] = {"if", "endif"},
    [GB_UML_SWITCH] = {"switch", "endswitch"},
    [GB_UML_WHILE] = {"while", "endwhile"},
    [GB_UML_REPEAT] = {"repeat", "repeat while"},
    [GB_UML_FORK] = {"fork", "end fork"},
    [GB_UML_SPLIT] = {"split", "end split"},
    [GB_UML_GROUP] = {"{", "}"},
};

static const char *
end_word(const struct gb_uml_frame *frame)
{
    return frame->kind == GB_UML_GROUP && !frame->has_brace ? "end group" : frame_names[frame->kind].close;
}

/* Something is open that this keyword does not belong to. */
static void
fail_frame(struct gb_uml_reader *r, enum gb_uml_frame_kind kind)
{
    struct gb_uml_graph *graph = r->graph;
    struct gb_span span = gb_uml_keyword(r);

    if (!graph->frames.len) {
        const char *open = frame_names[kind].open;
        gb_uml_fail(graph, span, gb_arena_printf(graph->arena, "“%%s”没有对应的“%s”", open).ptr,
                    gb_arena_printf(graph->arena, "there is no “%s” that “%%s” belongs to", open).ptr);
        return;
    }
    const char *close = end_word(&graph->frames.items[graph->frames.len - 1]);
    gb_uml_fail(graph, span, gb_arena_printf(graph->arena, "“%%s”之前须先写“%s”，结束其内的结构", close).ptr,
                gb_arena_printf(graph->arena, "“%s” must stand ahead of “%%s”, to end what is open in it", close).ptr);
}

struct gb_uml_frame *
gb_uml_need(struct gb_uml_reader *r, enum gb_uml_frame_kind kind)
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

/* ---- jumps and lanes ---- */

static void
read_label(struct gb_uml_reader *r)
{
    struct gb_uml_words name = gb_uml_words_at(r->graph->s, r->c.at, r->c.end);

    if (name.str.len)
        *gb_push(&r->graph->labels) = name.str;
}

static void
read_goto(struct gb_uml_reader *r)
{
    struct gb_uml_words name = gb_uml_words_at(r->graph->s, r->c.at, r->c.end);
    struct gb_span span = gb_uml_keyword(r);

    for (size_t i = 0; i < r->graph->tails.len; i++) {
        struct gb_uml_jump *jump = gb_push(&r->graph->jumps);
        *jump = (struct gb_uml_jump){r->graph->tails.items[i], name};
        jump->tail.span = jump->tail.span.end ? jump->tail.span : span;
    }
    r->graph->tails.len = 0;
}

/* |name|, |#colour|name|, |alias| title, |#colour|alias| title; a bar may close the title */
static void
read_lane(struct gb_uml_reader *r)
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
        gb_uml_fail(graph, gb_uml_line_span(&r->line), "泳道写作“|名称|”，两侧都有竖线",
                    "a lane is written between bars, “|name|”");
        return;
    }
    struct gb_uml_words name = gb_uml_words_at(s, at, (size_t)(bar - s.ptr));
    if (s.ptr[end - 1] == '|' && s.ptr + end - 1 > bar)
        end--;
    struct gb_uml_words title = gb_uml_words_at(s, (size_t)(bar - s.ptr) + 1, end);
    bool is_new;
    uint32_t lane = gb_strmap_add(&graph->lanes, name.str, (uint32_t)graph->build.groups.len, &is_new);
    if (!is_new)
        graph->lane = (int32_t)lane;
    else
        graph->lane =
            gb_uml_add_group(graph, GB_FLOW_LANE, name.str, title.str.len ? title : name, gb_uml_line_span(&r->line));
}

/* ---- statements ---- */

/* Longer ones first. The sort tells such lines from words of a step. */
enum sort { ALONE, WITH_GROUP, WITH_WORDS };

static const struct {
    const char *words;
    enum sort sort;
    void (*read)(struct gb_uml_reader *r);
    enum gb_uml_frame_kind kind;
} statements[] = {
    {"start", ALONE, gb_uml_read_start},
    {"stop", ALONE, gb_uml_read_end},
    {"end fork", ALONE, gb_uml_read_end_bar, GB_UML_FORK},
    {"end merge", ALONE, gb_uml_read_end_merge, GB_UML_FORK},
    {"end split", ALONE, gb_uml_read_end_bar, GB_UML_SPLIT},
    {"end if", ALONE, gb_uml_read_endif},
    {"end while", WITH_GROUP, gb_uml_read_endwhile},
    {"end switch", ALONE, gb_uml_read_endswitch},
    {"end", ALONE, gb_uml_read_end},
    {"detach", ALONE, gb_uml_read_detach},
    {"kill", ALONE, gb_uml_read_detach},
    {"break", ALONE, gb_uml_read_break},
    {"fork again", ALONE, gb_uml_read_again, GB_UML_FORK},
    {"fork", ALONE, gb_uml_read_bar, GB_UML_FORK},
    {"split again", ALONE, gb_uml_read_again, GB_UML_SPLIT},
    {"split", ALONE, gb_uml_read_bar, GB_UML_SPLIT},
    {"repeat while", WITH_GROUP, gb_uml_read_repeat_while},
    {"repeat", ALONE, gb_uml_read_repeat},
    {"backward", WITH_WORDS, gb_uml_read_backward},
    {"while", WITH_GROUP, gb_uml_read_while},
    {"if", WITH_GROUP, gb_uml_read_if},
    {"else if", WITH_GROUP, gb_uml_read_elseif_plain},
    {"else", WITH_GROUP, gb_uml_read_else},
    {"switch", WITH_GROUP, gb_uml_read_switch},
    {"case", WITH_GROUP, gb_uml_read_case},
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
        if (c.at == c.end || (line.ptr[c.at] | 0x20) != statements[i].words[0] || statements[i].sort == WITH_WORDS ||
            !gb_uml_take_words(&c, statements[i].words))
            continue;
        if (c.at == c.end)
            return statements[i].sort == ALONE || may_stand_alone(statements[i].words);
        return statements[i].sort == WITH_GROUP && line.ptr[c.at] == '(';
    }
    return false;
}

/* #colour: ahead of a step or statement. */
static void
skip_colour(struct gb_uml_reader *r)
{
    struct gb_str s = gb_str_sub(r->graph->s, r->c.at, r->c.end);
    const char *colon = s.len && s.ptr[0] == '#' ? memchr(s.ptr, ':', s.len) : NULL;

    if (!colon || memchr(s.ptr, ' ', (size_t)(colon - s.ptr)))
        return;
    size_t at = r->c.at + (size_t)(colon - s.ptr);
    bool is_statement = gb_uml_is_new_statement(gb_str_sub(r->graph->s, at + 1, r->c.end)) ||
                        gb_str_starts(gb_str_skip(s, (size_t)(colon - s.ptr) + 1), GB_STR("("));
    r->c.at = is_statement ? at + 1 : at;
    r->line.begin = r->c.at;
}

/* (words) elseif, or a connector. */
static void
read_bracket(struct gb_uml_reader *r)
{
    struct gb_uml_cursor begin = r->c;
    struct gb_uml_words words;

    if (gb_uml_take_group(&r->c, &words)) {
        size_t at = r->c.at;
        if (gb_uml_take(r, "else if")) {
            r->line.begin = at;
            gb_uml_read_elseif(r, words);
            return;
        }
    }
    r->c = begin;
    gb_uml_read_connector(r);
}

static void
read_statement(struct gb_uml_reader *r)
{
    struct gb_uml_graph *graph = r->graph;

    skip_colour(r);
    switch (graph->s.ptr[r->c.at]) {
    case ':':
        r->c.at++;
        gb_uml_read_step(r);
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
    if (gb_uml_read_arrow(r))
        return;
    if ((graph->s.ptr[r->c.at] == '-' || graph->s.ptr[r->c.at] == '*') && r->c.at + 1 < r->c.end &&
        gb_uml_is_blank(graph->s.ptr[r->c.at + 1])) {
        gb_uml_read_item(r);
        return;
    }
    if (gb_uml_take_partition(graph, &r->line))
        return;
    for (size_t i = 0; i < GB_COUNT(statements); i++) {
        if (gb_uml_take(r, statements[i].words)) {
            r->kind = statements[i].kind;
            statements[i].read(r);
            return;
        }
    }
    gb_uml_fail_line(r);
}

void
gb_uml_read_new(struct gb_uml_graph *graph, struct gb_uml_text text)
{
    struct gb_uml_reader r = {.graph = graph, .text = text};

    while (!graph->is_full && gb_uml_next_line(&r.text, &r.line)) {
        r.c = (struct gb_uml_cursor){graph->s, r.line.begin, r.line.end};
        if (!gb_uml_take_common(graph, &r.text, &r.line) && !gb_uml_take_note(graph, &r.text, &r.line))
            read_statement(&r);
    }
    if (graph->frames.len && !graph->is_full) {
        const struct gb_uml_frame *top = &graph->frames.items[graph->frames.len - 1];
        const char *close = end_word(top);
        gb_uml_fail(graph, top->span, gb_arena_printf(graph->arena, "“%%s”没有结束：补上“%s”", close).ptr,
                    gb_arena_printf(graph->arena, "“%%s” has no end: add “%s”", close).ptr);
    }
}
