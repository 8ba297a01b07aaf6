/* Statements that both syntaxes of activity diagrams have: titles, styles, notes, partitions. */
#include "flow/plantuml/plantuml_priv.h"

static struct gb_uml_cursor
cursor_at(struct gb_str s, const struct gb_uml_line *line)
{
    return (struct gb_uml_cursor){s, line->begin, line->end};
}

/*
 * Lines up to one that is `end`, which is taken; *out_words is what stands between. Where none comes, only the line itself is
 * taken, and false given.
 */
static bool
take_block(struct gb_uml_graph *graph, struct gb_uml_text *text, const struct gb_uml_line *line, const char *end,
           struct gb_uml_words *out_words)
{
    struct gb_uml_text ahead = *text;
    struct gb_uml_line next;
    size_t i = 0;

    for (; i < GB_COUNT(graph->missing) && graph->missing[i]; i++) {
        if (strcmp(graph->missing[i], end) == 0)
            return false;
    }
    while (gb_uml_next_line(&ahead, &next)) {
        struct gb_uml_cursor c = cursor_at(text->s, &next);
        if (!gb_uml_take_words(&c, end) || c.at < c.end)
            continue;
        *out_words = gb_uml_words_at(text->s, line->next, next.begin);
        text->at = ahead.at;
        return true;
    }
    if (i < GB_COUNT(graph->missing))
        graph->missing[i] = end;
    return false;
}

/* Heads of what is drawn beside the chart: words in the line, or a block that an end closes. */
static const struct {
    const char *word, *end;
} margins[] = {
    {"legend", "end legend"},        {"header", "end header"},      {"footer", "end footer"},
    {"center header", "end header"}, {"left header", "end header"}, {"right header", "end header"},
    {"center footer", "end footer"}, {"left footer", "end footer"}, {"right footer", "end footer"},
    {"caption", "end caption"},
};

/* Statements of one line that style the chart. */
static const char *const styles[] = {
    "hide",
    "show",
    "scale",
    "left to right direction",
    "top to bottom direction",
    "mainframe",
    "sprite",
    "pragma",
    "newpage",
    "allowmixing",
    "allow_mixing",
};

/* Blocks of style: skinparam x { … }, <style> … </style>. */
static bool
take_style(struct gb_uml_graph *graph, struct gb_uml_text *text, const struct gb_uml_line *line)
{
    struct gb_uml_cursor c = cursor_at(graph->s, line);
    struct gb_str s = gb_str_sub(graph->s, line->begin, line->end);
    struct gb_uml_line next;
    struct gb_uml_words words;

    if (s.ptr[0] == '!') /* !include is never opened, !theme and !define are not for the flow */
        return true;
    if (gb_str_starts(s, GB_STR("<style>"))) {
        (void)take_block(graph, text, line, "</style>", &words);
        return true;
    }
    if (GB_ANY(GB_ITEMS(style, styles, GB_COUNT(styles)), gb_uml_take_words(&c, *style)))
        return true;
    for (size_t i = 0; i < GB_COUNT(margins); i++) {
        if (!gb_uml_take_words(&c, margins[i].word))
            continue;
        if (c.at == c.end || i == 0)
            take_block(graph, text, line, margins[i].end, &words);
        return true;
    }
    if (!gb_uml_take_words(&c, "skinparam"))
        return false;
    if (s.ptr[s.len - 1] != '{')
        return true;
    for (int depth = 1; depth > 0 && gb_uml_next_line(text, &next);) {
        depth += graph->s.ptr[next.end - 1] == '{';
        depth -= graph->s.ptr[next.begin] == '}';
    }
    return true;
}

bool
gb_uml_take_common(struct gb_uml_graph *graph, struct gb_uml_text *text, const struct gb_uml_line *line)
{
    struct gb_uml_cursor c = cursor_at(graph->s, line);
    struct gb_uml_words title;

    if (!gb_uml_take_words(&c, "title"))
        return take_style(graph, text, line);
    if (c.at < c.end)
        title = gb_uml_words_at(graph->s, c.at, c.end);
    else if (!take_block(graph, text, line, "end title", &title))
        return true;
    graph->build.flow.title = gb_uml_label_text(title.str, graph->arena);
    graph->build.flow.title_span = title.span;
    return true;
}

/* #colour, and blanks behind it. */
static void
skip_colour(struct gb_uml_cursor *c)
{
    if (c->at >= c->end || c->s.ptr[c->at] != '#')
        return;
    while (c->at < c->end && !strchr(" \t:{", c->s.ptr[c->at]))
        c->at++;
    gb_uml_skip_blanks(c);
}

static bool
skip_side(struct gb_uml_cursor *c)
{
    static const char *const sides[] = {"left", "right", "top", "bottom", "as", "on link", "over", "of"};

    return GB_ANY(GB_ITEMS(side, sides, GB_COUNT(sides)), gb_uml_take_words(c, *side));
}

bool
gb_uml_take_note(struct gb_uml_graph *graph, struct gb_uml_text *text, const struct gb_uml_line *line)
{
    struct gb_uml_cursor c = cursor_at(graph->s, line);
    struct gb_uml_words words;
    uint32_t node;

    (void)gb_uml_take_words(&c, "floating");
    if (!gb_uml_take_words(&c, "note"))
        return false;
    while (skip_side(&c))
        ;
    skip_colour(&c);
    if (gb_uml_take_mark(&c, ":")) {
        words = gb_uml_words_at(graph->s, c.at, c.end);
    } else if (c.at < c.end && c.s.ptr[c.at] == '"') { /* note "text" as N */
        const char *end = memchr(c.s.ptr + c.at + 1, '"', c.end - c.at - 1);
        words = gb_uml_words_at(graph->s, c.at + 1, end ? (size_t)(end - c.s.ptr) : c.end);
    } else if (!take_block(graph, text, line, "end note", &words)) {
        gb_uml_fail(graph, gb_uml_line_span(line), "注释没有结束：在其后写“end note”",
                    "a note has no end: write “end note” behind it");
        return true;
    }
    (void)gb_uml_add(graph, "note", GB_FLOW_NOTE, words, gb_uml_line_span(line), &node);
    return true;
}

static bool
close_group(struct gb_uml_graph *graph, const struct gb_uml_line *line, bool has_brace)
{
    struct gb_uml_frame *frame = gb_uml_top(graph, GB_UML_GROUP);

    if (frame && frame->has_brace == has_brace) {
        gb_uml_close(graph);
        return true;
    }
    gb_uml_fail(graph, gb_uml_line_span(line), "“%s”没有对应的开头，或其中的结构尚未结束",
                "nothing was opened that “%s” could close, or what stands in it has not ended");
    return true;
}

bool
gb_uml_take_partition(struct gb_uml_graph *graph, const struct gb_uml_line *line)
{
    static const char *const words[] = {"partition", "group", "package", "rectangle", "card"};
    struct gb_uml_cursor c = cursor_at(graph->s, line);

    if (gb_str_is(gb_str_sub(graph->s, line->begin, line->end), "}"))
        return close_group(graph, line, true);
    if (gb_uml_take_words(&c, "end group") || gb_uml_take_words(&c, "end partition"))
        return close_group(graph, line, false);
    if (!GB_ANY(GB_ITEMS(word, words, GB_COUNT(words)), gb_uml_take_words(&c, *word)))
        return false;
    size_t end = c.end;
    bool has_brace = end > c.at && c.s.ptr[end - 1] == '{';
    end -= has_brace;
    skip_colour(&c);
    struct gb_uml_words title = gb_uml_words_at(graph->s, c.at, end);
    if (title.str.len > 1 && title.str.ptr[0] == '"') {
        const char *quote = memchr(title.str.ptr + 1, '"', title.str.len - 1);
        if (quote)
            title = gb_uml_words_at(graph->s, title.span.begin + 1, (size_t)(quote - graph->s.ptr));
    }
    struct gb_span span = gb_uml_line_span(line);
    if (!gb_uml_open(graph, GB_UML_GROUP, -1, span))
        return true;
    gb_uml_top(graph, GB_UML_GROUP)->has_brace = has_brace;
    graph->group = gb_uml_add_group(graph, GB_FLOW_PARTITION,
                                    gb_arena_printf(graph->arena, "g%zu", graph->build.groups.len + 1), title, span);
    return true;
}
