/* What is wrong in a text of DOT, and what to write instead. Graphviz itself names only the line and the token. */
#include "flow/dot/dot_priv.h"
#include "text/utf8.h"

/* A sentence; %s stands for what the author wrote there. */
struct sentence {
    const char *zh, *en;
};

/* Begins of what stands at a fault, and what to say of it. The first that fits. */
static const struct {
    const char *begin;
    struct sentence say;
} slips[] = {
    {"-->", {"“-->”是Mermaid的连线：DOT写“->”", "“-->” is a line of Mermaid: DOT has “->”"}},
    {"=>", {"“=>”不是DOT的连线：写“->”", "“=>” is no line of DOT: write “->”"}},
    {">",
     {"“>”不能单独出现：连线写“->”，文字加半角双引号", "“>” stands alone nowhere: a line is “->”, words are quoted"}},
    {"-",
     {"不加引号的名称中不能有“-”：写作 \"名称\"；连线写“->”",
      "no “-” in a name without quotes: write \"name\"; a line is “->”"}},
    {"(",
     {"不加引号的名称中不能有括号：加半角双引号，写作 \"名称（说明）\"",
      "no bracket in a name without quotes: write \"name (note)\""}},
    {")",
     {"不加引号的名称中不能有括号：加半角双引号，写作 \"名称（说明）\"",
      "no bracket in a name without quotes: write \"name (note)\""}},
    {"/*", {"注释没有闭合：补上“*/”", "a comment is not closed: add “*/”"}},
    {"|",
     {"连线的文字写在属性中：A -> B [label=\"文字\"]",
      "the words of a line are an attribute: A -> B [label=\"words\"]"}},
    {"'", {"文字用半角双引号，不用单引号：写作 \"文字\"", "quote with double quotation marks: \"text\""}},
    {";", {"多余的“;”：语句之后只写一个分号", "a semicolon too many: one ends a statement"}},
    {",",
     {"多余的“,”：属性之间只写一个逗号，语句之间写分号或换行",
      "a comma too many: one parts two attributes, semicolons part statements"}},
};

static const struct sentence arrow_in_graph = {"无向图（graph）的连线写“--”；有方向的流程图以“digraph”开头",
                                               "lines of a graph are “--”; a chart with arrows begins with “digraph”"};
static const struct sentence line_in_digraph = {"有向图（digraph）的连线写“->”，不写“--”",
                                                "lines of a digraph are “->”, not “--”"};
static const struct sentence no_head = {"DOT的流程图以“digraph {”开头，以“}”结束",
                                        "a flowchart in DOT begins with “digraph {” and ends with “}”"};
static const struct sentence no_brace = {
    "“digraph”和图名之后须是“{”；图名含空格或标点时加双引号",
    "“{” must stand behind “digraph” and the name; a name with blanks or marks is quoted"};
static const struct sentence open_quote = {"双引号没有闭合：在文字末尾补上半角双引号",
                                           "a quotation mark is not closed: add one behind the text"};
static const struct sentence odd_quotes = {
    "双引号不成对：文字中的双引号写作 \\\"，文字末尾须有双引号",
    "quotation marks do not pair: inside a text write \\\", and close the text with one"};
static const struct sentence open_html = {"“<”没有闭合：尖括号须成对",
                                          "“<” is not closed: angle brackets come in pairs"};
static const struct sentence open_brace = {"“{”没有闭合：补上“}”", "“{” is not closed: add “}”"};
static const struct sentence open_list = {"“[”没有闭合：在属性末尾补上“]”",
                                          "“[” is not closed: add “]” behind the attributes"};
static const struct sentence extra_close = {
    "图已在前面的“}”处结束：删去多余的“}”，或把其后的内容移到图内",
    "the graph has ended at an earlier “}”: drop this brace, or move it behind the rest"};
static const struct sentence behind_graph = {"图已结束，“}”之后不能有“%s”：移到大括号内",
                                             "the graph has ended, “%s” may not stand behind “}”: move it inside"};
static const struct sentence keyword = {"“%s”是DOT的关键字，不能作节点名：加半角双引号，写作 \"%s\"",
                                        "“%s” is a keyword of DOT and no name of a node: write it in quotes"};
static const struct sentence no_list = {
    "“%s”之后须是属性，写作 %s [属性=值]；作节点名时加半角双引号",
    "behind “%s” stand attributes, [name=value]; as the name of a node it is quoted"};
static const struct sentence no_value = {"“=”之后缺少值：写属性的值，文字加半角双引号",
                                         "a value is missing behind “=”: words are quoted"};
static const struct sentence no_equals = {"属性写作“名称=值”，此处不能有“%s”",
                                          "attributes are written name=value; no “%s” may stand here"};
static const struct sentence no_assignment = {"属性“%s”之后须写“=”和值",
                                              "“=” and a value must stand behind the attribute “%s”"};
static const struct sentence no_target = {"连线或逗号之后须是节点，不能是“%s”",
                                          "behind a line or comma stands a node, not “%s”"};
static const struct sentence no_source = {"连线之前缺少节点", "there is no node ahead of the line"};
static const struct sentence no_body = {"“subgraph”之后须是名称和“{ }”", "behind “subgraph” stand a name and “{ }”"};
static const struct sentence two_lists = {"此处不能有属性：属性写在节点或连线之后",
                                          "no attributes may stand here: they follow a node or a line"};
static const struct sentence general = {"此处不能有“%s”：名称含标点时加半角双引号，写作 \"名称\"",
                                        "“%s” may not stand here: a name with marks in it is quoted, \"name\""};

/* A fault located: what to say, of which bytes. */
struct finding {
    const struct sentence *say;
    uint32_t begin, end;
};

static bool
is_keyword(enum gb_dot_kind kind)
{
    return kind >= DOT_STRICT && kind <= DOT_SUBGRAPH;
}

/* The character at `begin` of what is no token. */
static uint32_t
shown_end(struct gb_str s, const struct gb_dot_token *token)
{
    size_t next = token->begin;

    if (token->begin < s.len && token->kind == DOT_BAD)
        gb_utf8_at(s, token->begin, &next);
    return token->kind == DOT_BAD ? (uint32_t)next : token->end;
}

/* A text in quotes that runs over a line end shortly ahead of the fault, with marks of DOT in it: its own mark is missing. */
static bool
find_long_text(struct gb_str s, const struct gb_dot_fault *fault, struct finding *out)
{
    enum { NEAR = 300 };
    GB_WORDS(marks, "]", "->", "--", ";");
    const struct gb_dot_token *text = &fault->long_text;

    if (text->kind != DOT_ID || fault->token.begin > text->end + NEAR)
        return false;
    if (!GB_HAS_ANY(gb_str_sub(s, text->inside.begin, text->inside.end), marks))
        return false;
    *out = (struct finding){&open_quote, text->begin, text->begin + 1};
    return true;
}

static bool
find_by_token(struct gb_dot_graph *graph, const struct gb_dot_fault *fault, struct finding *out)
{
    const struct gb_dot_token *token = &fault->token, *before = &fault->before;
    struct gb_str s = graph->text;

    if (find_long_text(s, fault, out))
        return true;
    if (token->kind == DOT_BAD && token->writing != GB_DOT_PLAIN) {
        bool is_quote = token->writing == GB_DOT_QUOTED;
        bool touches = before->kind == DOT_ID && before->end == token->begin;
        out->say = is_quote ? (touches ? &odd_quotes : &open_quote) : &open_html;
        return true;
    }
    if (token->kind == DOT_ID && token->writing == GB_DOT_QUOTED && before->kind == DOT_ID &&
        before->end == token->begin) {
        *out = (struct finding){&odd_quotes, before->begin, token->begin + 1};
        return true;
    }
    if (GB_AMONG(fault->at, GB_DOT_AT_HEAD, GB_DOT_BEHIND_GRAPH, GB_DOT_AT_CLOSE, GB_DOT_AT_SUBGRAPH))
        return false;
    for (size_t i = 0; i < GB_COUNT(slips); i++) {
        struct gb_str slip = gb_str_from(slips[i].begin);
        uint32_t begin = token->begin;
        if (token->kind == DOT_BAD && begin > 0 && s.ptr[begin] == '>' && s.ptr[begin - 1] == '=')
            begin--;
        if (token->kind != DOT_ARROW && gb_str_starts(gb_str_skip(s, begin), slip) &&
            (token->kind == DOT_LINE ? i == 0
                                     : token->kind == DOT_BAD || token->kind == DOT_SEMI || token->kind == DOT_COMMA)) {
            *out = (struct finding){&slips[i].say, begin, begin + (uint32_t)slip.len};
            return true;
        }
    }
    return false;
}

static struct finding
find_behind_node(struct gb_dot_graph *graph, const struct gb_dot_fault *fault, struct finding finding)
{
    enum gb_dot_kind kind = fault->token.kind;

    if (is_keyword(fault->before.kind)) {
        finding = (struct finding){&no_list, fault->before.begin, fault->before.end};
    } else if (kind == DOT_ARROW && !graph->is_directed) {
        finding.say = &arrow_in_graph;
    } else if (kind == DOT_LINE && graph->is_directed) {
        finding.say = &line_in_digraph;
    } else if (kind == DOT_OPEN_LIST) {
        finding.say = &two_lists;
    } else if (kind == DOT_CLOSE_LIST) {
        finding.say = &general;
    }
    return finding;
}

static struct finding
find_in_list(const struct gb_dot_fault *fault, struct finding finding)
{
    enum gb_dot_kind kind = fault->token.kind;

    finding.say = &no_equals;
    if (GB_AMONG(kind, DOT_END, DOT_ARROW, DOT_LINE, DOT_OPEN_LIST, DOT_OPEN, DOT_CLOSE))
        return (struct finding){&open_list, fault->opened, fault->opened + 1};
    if (kind == DOT_CLOSE_LIST && fault->before.kind == DOT_ID)
        return (struct finding){&no_assignment, fault->before.begin, fault->before.end};
    return finding;
}

static struct finding
locate(struct gb_dot_graph *graph, const struct gb_dot_fault *fault)
{
    struct finding finding = {&general, fault->token.begin, shown_end(graph->text, &fault->token)};

    if (find_by_token(graph, fault, &finding))
        return finding;
    switch (fault->at) {
    case GB_DOT_AT_HEAD:
        finding.say = GB_AMONG(fault->before.kind, DOT_GRAPH, DOT_DIGRAPH, DOT_ID) ? &no_brace : &no_head;
        break;
    case GB_DOT_AT_STATEMENT:
        if (fault->token.kind == DOT_ARROW || fault->token.kind == DOT_LINE)
            finding.say = &no_source;
        else if (is_keyword(fault->token.kind))
            finding.say = &keyword;
        break;
    case GB_DOT_AT_SUBGRAPH:
        return (struct finding){&no_body, fault->opened, fault->opened + (uint32_t)strlen("subgraph")};
    case GB_DOT_AT_CLOSE:
        return (struct finding){&open_brace, fault->opened, fault->opened + 1};
    case GB_DOT_BEHIND_NODE:
        return find_behind_node(graph, fault, finding);
    case GB_DOT_BEHIND_LINE:
        if (is_keyword(fault->token.kind))
            finding.say = &keyword;
        else
            finding = (struct finding){&no_target, fault->token.begin, finding.end};
        break;
    case GB_DOT_IN_LIST:
        return find_in_list(fault, finding);
    case GB_DOT_IN_VALUE:
        finding.say = is_keyword(fault->token.kind) ? &keyword : &no_value;
        break;
    case GB_DOT_BEHIND_GRAPH:
        finding.say = fault->token.kind == DOT_CLOSE ? &extra_close : &behind_graph;
        break;
    }
    return finding;
}

void
gb_dot_explain(struct gb_dot_graph *graph, const struct gb_dot_fault *fault)
{
    enum { MOST_SHOWN = 60 };

    graph->build.flow.is_partial = true;
    if (graph->n_faults++ > 0) {
        graph->is_full = graph->is_full || graph->n_faults > GB_DOT_MAX_FAULTS;
        return;
    }
    struct finding finding = locate(graph, fault);
    struct gb_str shown = gb_str_sub(graph->text, finding.begin, finding.end);
    struct gb_arena *arena = graph->arena;
    if (shown.len > MOST_SHOWN) {
        shown.len = gb_utf8_floor(shown, MOST_SHOWN);
        finding.end = finding.begin + (uint32_t)shown.len;
    }
    gb_flow_add_problem(&graph->build, GB_FLOW_SYNTAX, (struct gb_span){finding.begin, finding.end},
                        gb_flow_fill_in(finding.say->zh, shown, arena), gb_flow_fill_in(finding.say->en, shown, arena));
}

void
gb_dot_stop(struct gb_dot_graph *graph, struct gb_span span, const char *zh, const char *en)
{
    graph->build.flow.is_partial = true;
    if (!graph->is_full)
        gb_flow_add_problem(&graph->build, GB_FLOW_LIMIT, span, gb_str_from(zh), gb_str_from(en));
    graph->is_full = true;
}
