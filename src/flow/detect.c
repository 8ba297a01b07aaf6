/* Telling notations apart. Nothing is read here but the head of a text. */
#include "flow/detect.h"

/* ---- Words ---- */

static struct gb_str
first_word(struct gb_str s)
{
    size_t n = 0;

    while (n < s.len && !gb_is_space(s.ptr[n]) && s.ptr[n] != ';' && s.ptr[n] != '{')
        n++;
    return gb_str_sub(s, 0, n);
}

static struct gb_str
without_blanks(struct gb_str s)
{
    size_t n = gb_skip_any(s, 0, " \t\n\r");

    return gb_str_skip(s, n);
}

static struct gb_str
first_line(struct gb_str s)
{
    return gb_str_sub(s, 0, gb_line_end(s, 0));
}

/* ---- Mermaid ---- */

/* Behind front matter, directives and comments. */
static struct gb_str
mermaid_body(struct gb_str s)
{
    if (gb_str_starts(s, GB_STR("---\n")) || gb_str_starts(s, GB_STR("---\r\n"))) {
        size_t end = gb_str_find(s, GB_STR("\n---"), 3);
        if (end == GB_NOT_FOUND)
            return s;
        s = without_blanks(gb_str_skip(s, end + strlen("\n---")));
    }
    while (gb_str_starts(s, GB_STR("%%"))) {
        bool is_directive = gb_str_starts(s, GB_STR("%%{"));
        size_t end = gb_str_find(s, is_directive ? GB_STR("}%%") : GB_STR("\n"), 2);
        if (end == GB_NOT_FOUND)
            return gb_str_skip(s, s.len);
        s = without_blanks(gb_str_skip(s, end + (is_directive ? 3 : 1)));
    }
    return s;
}

static bool
is_direction(struct gb_str word)
{
    GB_WORDS(names, "TB", "TD", "BT", "LR", "RL", "BR", "<", ">", "^", "v");

    return GB_IS_ANY(word, names);
}

/*
 * flowchart and its kin with a direction, or alone in their line; kinds of diagrams whose names are no words of a language. Other
 * names (pie, timeline) begin many a text: there the language of the fence has to say it.
 */
static bool
is_mermaid(struct gb_str s)
{
    GB_WORDS(charts, "flowchart", "flowchart-elk", "graph", "swimlane-beta");
    GB_WORDS(others, "sequenceDiagram", "classDiagram", "classDiagram-v2", "stateDiagram", "stateDiagram-v2",
             "erDiagram", "gitGraph", "quadrantChart", "requirementDiagram", "xychart-beta", "sankey-beta",
             "block-beta", "architecture-beta");
    struct gb_str word = first_word(s), rest = gb_str_skip(s, word.len);

    if (GB_IS_ANY(word, others))
        return true;
    for (size_t i = 0; i < GB_COUNT(charts); i++) {
        if (!gb_str_eq(word, charts[i]))
            continue;
        struct gb_str line = gb_str_trim(first_line(rest));
        return line.len == 0 || line.ptr[0] == ';' || is_direction(first_word(line));
    }
    return false;
}

/* ---- DOT ---- */

static bool
is_word(struct gb_str s, const char *word)
{
    return gb_str_eq_nocase(first_word(s), gb_str_from(word));
}

/* graph or digraph, a name or none, and a brace in the first line or alone in the next. */
static bool
is_dot(struct gb_str s)
{
    while (gb_str_starts(s, GB_STR("//")) || gb_str_starts(s, GB_STR("#")))
        s = without_blanks(gb_str_skip(s, first_line(s).len));
    if (is_word(s, "strict"))
        s = without_blanks(gb_str_skip(s, strlen("strict")));
    if (!is_word(s, "digraph") && !is_word(s, "graph"))
        return false;
    struct gb_str line = gb_str_trim(first_line(s));
    if (gb_str_has(line, GB_STR("{")))
        return true;
    return gb_str_starts(without_blanks(gb_str_skip(s, first_line(s).len)), GB_STR("{"));
}

/* ---- XML ---- */

/* Name of the root element, without prefix; *out_tag is its tag. */
static struct gb_str
xml_root(struct gb_str s, struct gb_str *out_tag)
{
    while (s.len && s.ptr[0] == '<') {
        bool is_comment = gb_str_starts(s, GB_STR("<!--"));
        if (s.len > 1 && s.ptr[1] != '?' && s.ptr[1] != '!')
            break;
        size_t end = gb_str_find(s, is_comment ? GB_STR("-->") : GB_STR(">"), 0);
        if (end == GB_NOT_FOUND)
            return GB_STR("");
        s = without_blanks(gb_str_skip(s, end + (is_comment ? 3 : 1)));
    }
    if (!s.len || s.ptr[0] != '<')
        return GB_STR("");
    size_t end = 1, colon = 0;
    while (end < s.len && !gb_is_space(s.ptr[end]) && s.ptr[end] != '>' && s.ptr[end] != '/') {
        if (s.ptr[end] == ':')
            colon = end;
        end++;
    }
    size_t close = gb_str_find(s, GB_STR(">"), end);
    *out_tag = gb_str_sub(s, 0, close);
    return gb_str_sub(s, colon ? colon + 1 : 1, end);
}

static enum gb_flow_format
xml_format(struct gb_str s)
{
    struct gb_str tag, root = xml_root(s, &tag);

    if (gb_str_is(root, "mxfile") || gb_str_is(root, "mxGraphModel"))
        return GB_FLOW_DRAWIO;
    if (gb_str_is(root, "definitions") && gb_str_has(tag, GB_STR("/BPMN/")))
        return GB_FLOW_BPMN;
    return gb_str_is(root, "svg") ? GB_FLOW_SVG : GB_FLOW_UNKNOWN;
}

/* ---- Characters ---- */

static size_t
count_of(struct gb_str s, struct gb_str word, size_t most)
{
    size_t n = 0;

    for (size_t at = gb_str_find(s, word, 0); at != GB_NOT_FOUND && n < most; at = gb_str_find(s, word, at + word.len))
        n++;
    return n;
}

/* A line of nothing but arrows that lead down or up, and of what draws lines. */
static bool
has_arrow_line(struct gb_str s)
{
    struct gb_str line;

    while (gb_str_next_line(&s, &line)) {
        line = gb_str_trim(line);
        size_t n = gb_skip_any(line, 0, "vV^| ");
        if (line.len && n == line.len && memchr("vV^", line.ptr[0], 3))
            return true;
    }
    return false;
}

/* Two boxes at least, and an arrow between them. */
static bool
is_ascii_chart(struct gb_str s)
{
    GB_WORDS(arrows, "▼", "▶", "►", "↓", "→", "▲", "◄", "←", "->", "─>", "<-");
    GB_WORDS(corners, "┌", "╔", "╭", "┏");
    enum { LEAST = 2, LEAST_PLUS = 4, LOOKED_AT = 20000 };
    size_t n = 0;

    s = gb_str_sub(s, 0, LOOKED_AT);
    for (size_t i = 0; i < GB_COUNT(corners); i++)
        n += count_of(s, corners[i], LEAST);
    if (n < LEAST && count_of(s, GB_STR("+--"), LEAST_PLUS) < LEAST_PLUS)
        return false;
    return GB_HAS_ANY(s, arrows) || has_arrow_line(s);
}

enum gb_flow_format
gb_flow_detect(struct gb_str text)
{
    struct gb_str s = text;

    if (gb_str_starts(s, GB_STR("\xEF\xBB\xBF")))
        s = gb_str_skip(s, 3);
    s = without_blanks(s);
    if (s.len == 0)
        return GB_FLOW_UNKNOWN;
    if (s.ptr[0] == '<')
        return xml_format(s);
    if (gb_str_starts(s, GB_STR("@startuml")) || (gb_str_starts(s, GB_STR("@start")) && gb_str_has(s, GB_STR("@end"))))
        return GB_FLOW_PLANTUML;
    if (is_dot(s))
        return GB_FLOW_DOT;
    if (is_mermaid(mermaid_body(s)))
        return GB_FLOW_MERMAID;
    if (is_ascii_chart(s))
        return GB_FLOW_ASCII;
    return gb_flow_is_arrows(s) ? GB_FLOW_ARROWS : GB_FLOW_UNKNOWN;
}

static bool
is_one_of(struct gb_str word, const char *const *names, size_t n)
{
    return GB_ANY(GB_ITEMS(name, names, n), gb_str_eq_nocase(word, gb_str_from(*name)));
}

enum gb_flow_format
gb_flow_format_of(struct gb_str language, struct gb_str text)
{
    static const char *const open[] = {"", "text", "txt", "plain", "plaintext", "ascii", "xml", "none"};
    /* a chart's first word put behind the fence, with its head there or in the text */
    GB_WORDS(heads, "flow", "flowchart", "graph");
    GB_WORDS(others, "flowchart.js", "flowchartjs", "flow.js", "d2", "nomnoml", "bytefield", "blockdiag", "actdiag");

    language = gb_str_trim(language);
    enum gb_flow_format named = gb_flow_format_named(language);
    if (named != GB_FLOW_UNKNOWN && named < GB_FLOW_ASCII)
        return named;
    if (GB_IS_ANY(language, others))
        return GB_FLOW_OTHER;
    if (is_one_of(language, open, GB_COUNT(open)))
        return gb_flow_detect(text);
    if (!GB_IS_ANY(language, heads))
        return gb_str_eq_nocase(language, GB_STR("digraph")) ? GB_FLOW_DOT : GB_FLOW_UNKNOWN;
    enum gb_flow_format found = gb_flow_detect(text);
    if (found != GB_FLOW_UNKNOWN)
        return found;
    return gb_str_has(text, GB_STR("=>start")) || gb_str_has(text, GB_STR("=>operation")) ? GB_FLOW_OTHER
                                                                                          : GB_FLOW_MERMAID;
}

enum gb_flow_format
gb_flow_format_of_file(struct gb_str path)
{
    static const struct {
        const char *ending;
        enum gb_flow_format format;
    } endings[] = {
        {".mmd", GB_FLOW_MERMAID},   {".mermaid", GB_FLOW_MERMAID}, {".dot", GB_FLOW_DOT},
        {".gv", GB_FLOW_DOT},        {".puml", GB_FLOW_PLANTUML},   {".plantuml", GB_FLOW_PLANTUML},
        {".iuml", GB_FLOW_PLANTUML}, {".pu", GB_FLOW_PLANTUML},     {".drawio", GB_FLOW_DRAWIO},
        {".dio", GB_FLOW_DRAWIO},    {".png", GB_FLOW_DRAWIO},      {".bpmn", GB_FLOW_BPMN},
        {".bpmn2", GB_FLOW_BPMN},    {".svg", GB_FLOW_SVG},
    };

    for (size_t i = 0; i < GB_COUNT(endings); i++) {
        struct gb_str ending = gb_str_from(endings[i].ending);
        if (path.len > ending.len && gb_str_eq_nocase(gb_str_skip(path, path.len - ending.len), ending))
            return endings[i].format;
    }
    return GB_FLOW_UNKNOWN;
}
