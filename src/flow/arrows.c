/*
 * Processes written as text with arrows between the steps: 受理 → 审核 →（通过）→ 办结. A line goes on with ↓ in the next one; a line that
 * begins with a step of another line is a branch of it. What stands in brackets between two arrows is the condition. Lines drawn with characters
 * (┌─┐) are no such text: they are recognised, never read (detect.c).
 */
#include "flow/build_priv.h"
#include "flow/detect.h"
#include "text/chars.h"
#include "text/utf8.h"

enum { LONGEST_TEXT = 8000, LONGEST_STEP = 40 };

static const struct {
    struct gb_str word;
    bool is_both;
} arrows[] = {{GB_WORD("<-->"), true}, {GB_WORD("<->"), true},   {GB_WORD("↔"), true},     {GB_WORD("⇄"), true},
              {GB_WORD("⇌"), true},    {GB_WORD("───>"), false}, {GB_WORD("──>"), false},  {GB_WORD("─>"), false},
              {GB_WORD("——>"), false}, {GB_WORD("—>"), false},   {GB_WORD("--->"), false}, {GB_WORD("-->"), false},
              {GB_WORD("->"), false},  {GB_WORD("=>"), false},   {GB_WORD("→"), false},    {GB_WORD("⇒"), false},
              {GB_WORD("➔"), false},   {GB_WORD("➜"), false},    {GB_WORD("⟶"), false}};

struct arrow_text {
    struct gb_flow_build build;
    struct gb_str text;
    int32_t last;           /* the node that the next one follows; -1: none */
    size_t line;            /* where the line begins */
    GB_ARRAY(size_t) lines; /* of each node the line in which it was made */
    bool is_down;           /* an arrow down led to this line */
};

/* Length of the arrow at the start of s; 0: none. */
static size_t
arrow_at(struct gb_str s, bool *out_both)
{
    for (size_t i = 0; i < GB_COUNT(arrows); i++) {
        if (gb_str_starts(s, arrows[i].word)) {
            *out_both = arrows[i].is_both;
            return arrows[i].word.len;
        }
    }
    return 0;
}

static size_t
step_end(struct gb_str s, size_t at)
{
    bool both;

    while (at < s.len && !arrow_at(gb_str_skip(s, at), &both))
        gb_utf8_at(s, at, &at);
    return at;
}

/* ↓ alone, or what draws lines beside it. */
static bool
leads_down(struct gb_str line)
{
    GB_WORDS(marks, "↓", "|", "│", "⇓", "▼", " ", "　");
    bool any = false;

    for (size_t at = 0, i; at < line.len; at += marks[i].len) {
        for (i = 0; i < GB_COUNT(marks) && !gb_str_starts(gb_str_skip(line, at), marks[i]);)
            i++;
        if (i == GB_COUNT(marks))
            return false;
        any = true;
    }
    return any;
}

/* 否 of （否） between two arrows; empty for other words. */
static struct gb_str
condition_in(struct gb_str s)
{
    static const struct {
        struct gb_str open, close;
    } brackets[] = {{GB_WORD("（"), GB_WORD("）")}, {GB_WORD("("), GB_WORD(")")}, {GB_WORD("["), GB_WORD("]")}};

    GB_FIND(bracket, brackets, GB_COUNT(brackets), gb_str_starts(s, bracket->open) && gb_str_ends(s, bracket->close));
    return bracket ? gb_flow_trim(gb_str_sub(s, bracket->open.len, s.len - bracket->close.len)) : GB_STR("");
}

/* The words of a step or condition: no sentence, no program, no path of menus. */
static bool
is_step(struct gb_str s)
{
    GB_WORDS(no_steps, "。", "；", ";", "{", "}", "=", "“", "”", "《");

    return gb_str_has_han(s) && gb_str_han_length(s) <= LONGEST_STEP && !GB_HAS_ANY(s, no_steps);
}

bool
gb_flow_is_arrows(struct gb_str s)
{
    enum { LEAST = 2 };
    struct gb_str line;
    size_t n_arrows = 0;
    bool is_down = true, is_loose = false, both; /* loose: a step alone, which an arrow down has to follow */

    if (s.len > LONGEST_TEXT)
        return false;
    while (gb_str_next_line(&s, &line)) {
        line = gb_flow_trim(line);
        if (!line.len)
            continue;
        if (leads_down(line)) {
            n_arrows += !is_down;
            is_down = true;
            is_loose = false;
            continue;
        }
        if (is_loose) /* a line of words under another */
            return false;
        size_t arrows_before = n_arrows;
        for (size_t at = 0, end;; at = end) {
            end = step_end(line, at);
            if (!is_step(gb_flow_trim(gb_str_sub(line, at, end))))
                return false;
            if (end == line.len)
                break;
            n_arrows++;
            end += arrow_at(gb_str_skip(line, end), &both);
        }
        is_loose = !is_down && n_arrows == arrows_before;
        is_down = false;
    }
    return n_arrows >= LEAST && !is_loose;
}

/* The first step of a line may be one of another line; further ones are new, but for ways back to other lines. */
static int32_t
node_of(struct arrow_text *a, struct gb_str words, struct gb_span span)
{
    for (size_t i = 0; i < a->build.nodes.len; i++) {
        if (a->lines.items[i] != a->line && gb_str_eq(a->build.nodes.items[i].text, words))
            return (int32_t)i;
    }
    struct gb_flow_node *node = gb_flow_add_node(&a->build);
    node->id = node->label = node->text = words;
    node->span = node->words = span;
    node->is_declared = true;
    *gb_push(&a->lines) = a->line;
    return (int32_t)a->build.nodes.len - 1;
}

static struct gb_span
span_in(const struct arrow_text *a, struct gb_str part)
{
    uint32_t begin = (uint32_t)(part.ptr - a->text.ptr);

    return (struct gb_span){begin, begin + (uint32_t)part.len};
}

static void
read_line(struct arrow_text *a, struct gb_str line)
{
    struct gb_str arrow = {NULL, 0}, condition = {NULL, 0};
    bool is_both = false, both = false;

    a->last = a->is_down ? a->last : -1;
    for (size_t at = 0, end;; at = end) {
        end = step_end(line, at);
        struct gb_str words = gb_flow_trim(gb_str_sub(line, at, end));
        struct gb_str told = at > 0 && end < line.len ? condition_in(words) : GB_STR("");
        if (told.len) {
            condition = told;
        } else if (words.len) {
            int32_t node = node_of(a, words, span_in(a, words));
            if (a->last >= 0) {
                struct gb_flow_edge *edge = gb_flow_add_edge(&a->build);
                edge->from.node = a->last;
                edge->to.node = node;
                edge->head = GB_FLOW_ARROW;
                edge->tail = is_both ? GB_FLOW_ARROW : GB_FLOW_NO_HEAD;
                edge->span = edge->words = span_in(a, arrow.len ? arrow : words);
                if (condition.len) {
                    edge->label = edge->text = condition;
                    edge->words = span_in(a, condition);
                }
            }
            a->last = node;
            condition = (struct gb_str){NULL, 0};
            is_both = false;
        }
        if (end == line.len)
            return;
        size_t len = arrow_at(gb_str_skip(line, end), &both);
        arrow = gb_str_sub(line, end, end + len);
        is_both = is_both || both;
        end += len;
    }
}

/* Words tell a decision; where nothing leads in or out a start or an end may be. */
static void
set_kinds(struct gb_flow_build *build)
{
    GB_WORDS(asks, "？", "?");

    for (size_t i = 0; i < build->nodes.len; i++) {
        struct gb_flow_node *node = &build->nodes.items[i];
        bool has_in = false, has_out = false;
        for (size_t k = 0; k < build->edges.len; k++) {
            has_in = has_in || build->edges.items[k].to.node == (int32_t)i;
            has_out = has_out || build->edges.items[k].from.node == (int32_t)i;
        }
        enum gb_flow_kind by_place = GB_ENDS_ANY(node->text, asks) || gb_str_has(node->text, GB_STR("是否"))
                                         ? GB_FLOW_DECISION
                                     : has_in && has_out ? GB_FLOW_STEP
                                                         : GB_FLOW_TERMINAL;
        node->kind = gb_flow_kind_of(by_place, false, node->text);
    }
}

struct gb_flows
gb_flow_read_arrows(struct gb_str text, struct gb_arena *arena)
{
    struct arrow_text a = {.text = text, .last = -1};
    struct gb_flow *chart = gb_arena_new(arena, struct gb_flow);
    struct gb_str rest = gb_str_sub(text, 0, LONGEST_TEXT), line;

    gb_flow_build_init(&a.build, GB_FLOW_ARROWS, arena);
    a.build.flow.direction = GB_FLOW_LR;
    while (gb_str_next_line(&rest, &line)) {
        line = gb_flow_trim(line);
        if (!line.len)
            continue;
        if (leads_down(line)) {
            a.is_down = true;
            a.build.flow.direction = GB_FLOW_TB;
            continue;
        }
        a.line = (size_t)(line.ptr - text.ptr);
        read_line(&a, line);
        a.is_down = false;
    }
    set_kinds(&a.build);
    if (!a.build.edges.len)
        gb_flow_add_problem(&a.build, GB_FLOW_UNREADABLE, (struct gb_span){0, 0}, GB_STR("文字之间没有箭头"),
                            GB_STR("there are no arrows between the words"));
    *chart = gb_flow_build_take(&a.build);
    gb_array_release(&a.lines);
    return (struct gb_flows){chart, 1};
}
