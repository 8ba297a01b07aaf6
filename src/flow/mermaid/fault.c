/*
 * What is wrong in a chart that Mermaid does not read, in the words of its author: what stands there, and what to write. The
 * slips of Chinese authors come first: full-width marks in ids, one-dash arrows, "end" in small letters.
 */
#include "flow/mermaid/mermaid_priv.h"
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
    {"%%",
     {"“%%”注释须独占一行，不能写在语句之后", "a %% comment stands on a line of its own, not behind a statement"}},
    {"->>", {"“->>”不是流程图的连线：写“-->”", "“->>” is no line of a flowchart: write “-->”"}},
    {"->", {"“->”不是流程图的连线：写“-->”", "“->” is no line of a flowchart: write “-->”"}},
    {"=>", {"“=>”不是流程图的连线：写“==>”或“-->”", "“=>” is no line of a flowchart: write “==>” or “-->”"}},
    {"—", {"“—”（破折号）不能作连线：用半角写“-->”", "an em dash is no line: write “-->” in half-width marks"}},
    {"–", {"“–”不能作连线：用半角写“-->”", "an en dash is no line: write “-->” in half-width marks"}},
    {"－", {"“－”（全角）不能作连线：用半角写“-->”", "a full-width dash is no line: write “-->” in half-width marks"}},
    {"→", {"“→”不是流程图的连线：写“-->”", "“→” is no line of a flowchart: write “-->”"}},
    {"＞",
     {"“＞”（全角）不能作连线：用半角写“-->”", "a full-width “＞” is no arrowhead: write “-->” in half-width marks"}},
    {"（",
     {"节点名中不能有全角括号“（”：文字加双引号，写作 A[\"文字\"]，或改用半角括号",
      "no full-width bracket may stand in an id: quote the text, A[\"text\"], or use half-width brackets"}},
    {"）",
     {"节点名中不能有全角括号“）”：文字加双引号，写作 A[\"文字\"]，或改用半角括号",
      "no full-width bracket may stand in an id: quote the text, A[\"text\"], or use half-width brackets"}},
    {"【",
     {"“【”不是图形的括号：改用半角方括号，写作 A[\"文字\"]",
      "“【” opens no shape: write A[\"text\"] in half-width brackets"}},
    {"［",
     {"“［”不是图形的括号：改用半角方括号，写作 A[\"文字\"]",
      "“［” opens no shape: write A[\"text\"] in half-width brackets"}},
    {"｛",
     {"“｛”不是图形的括号：改用半角大括号，写作 A{\"文字\"}",
      "“｛” opens no shape: write A{\"text\"} in half-width brackets"}},
    {"《",
     {"节点名中不能有书名号：文字加双引号，写作 A[\"《…》\"]",
      "no “《” may stand in an id: quote the text, A[\"《…》\"]"}},
    {"：",
     {"节点名中不能有全角冒号“：”：文字加双引号，写作 A[\"文字\"]，或改用半角冒号",
      "no full-width colon may stand in an id: quote the text, A[\"text\"], or use a half-width colon"}},
    {"，",
     {"节点名中不能有全角逗号“，”：文字加双引号，写作 A[\"文字\"]",
      "no full-width comma may stand in an id: quote the text, A[\"text\"]"}},
    {"、",
     {"节点名中不能有顿号“、”：文字加双引号，写作 A[\"文字\"]",
      "no “、” may stand in an id: quote the text, A[\"text\"]"}},
    {"；",
     {"语句不能以全角分号结束：换行，或改用半角分号",
      "a full-width semicolon ends no statement: break the line or use a half-width one"}},
    {"。",
     {"节点名中不能有句号“。”：文字加双引号，写作 A[\"文字\"]",
      "no “。” may stand in an id: quote the text, A[\"text\"]"}},
    {"“", {"文字要用半角双引号，写作 A[\"文字\"]，不用“ ”", "quote with half-width quotation marks, A[\"text\"]"}},
    {"”", {"文字要用半角双引号，写作 A[\"文字\"]，不用“ ”", "quote with half-width quotation marks, A[\"text\"]"}},
    {"｜", {"连线上的文字用半角竖线，写作 -->|文字|", "put the words of a line between half-width bars, -->|words|"}},
    {"=",
     {"节点名中不能有“=”：文字加双引号，写作 A[\"文字\"]", "no “=” may stand in an id: quote the text, A[\"text\"]"}},
    {"@", {"“@”须在双引号内，写作 A[\"文字\"]", "an @ must stand inside quotes, A[\"text\"]"}},
};

/* Tokens that tell more than their characters. */
static const struct {
    enum gb_mermaid_kind kind;
    struct sentence say;
} tokens[] = {
    {TOKEN_END_WORD,
     {"小写的“end”是Mermaid的关键字，不能作节点名：写“End”或“结束”",
      "“end” in small letters is a keyword of Mermaid and no id: write “End” or “结束”"}},
    {TOKEN_LINK_ID, {"“@”须在双引号内，写作 A[\"文字\"]", "an @ must stand inside quotes, A[\"text\"]"}},
    {TOKEN_STYLE,
     {"“style”是Mermaid的关键字，不能作节点名：换一个名称，文字写在方括号内",
      "“style” is a keyword of Mermaid and no id: take another id and put the text in brackets"}},
    {TOKEN_CLASS,
     {"“class”是Mermaid的关键字，不能作节点名：换一个名称，文字写在方括号内",
      "“class” is a keyword of Mermaid and no id: take another id and put the text in brackets"}},
    {TOKEN_GRAPH,
     {"“graph”是Mermaid的关键字，不能作节点名：换一个名称，文字写在方括号内",
      "“graph” is a keyword of Mermaid and no id: take another id and put the text in brackets"}},
    {TOKEN_SUBGRAPH, {"“subgraph”须另起一行", "“subgraph” must begin a line"}},
    {TOKEN_DIRECTION, {"“direction”加方向须独占一行", "a direction stands on a line of its own"}},
};

static const struct sentence generals[] = {
    [GB_MERMAID_AT_HEADER] = {"“flowchart”之后写方向（TB、BT、LR、RL），再换行；此处不能有“%s”",
                              "behind “flowchart” stand a direction (TB, BT, LR, RL) and a line end, not “%s”"},
    [GB_MERMAID_AT_STATEMENT] = {"语句不能以“%s”开头", "a statement cannot begin with “%s”"},
    [GB_MERMAID_BEHIND_NODE] = {"节点之后不能是“%s”：写连线，或换行写下一条语句",
                                "behind a node no “%s” may stand: write a line, or the next statement on a new line"},
    [GB_MERMAID_BEHIND_LINE] = {"连线之后须是节点名，不能是“%s”", "behind a line stands the id of a node, not “%s”"},
    [GB_MERMAID_IN_TEXT] = {"图形内的文字含有“%s”：给整段文字加双引号，写作 A[\"文字\"]",
                            "the text of a shape holds “%s”: quote all of it, A[\"text\"]"},
    [GB_MERMAID_IN_LINE_TEXT] = {"连线上的文字含有“%s”：写作 -->|\"文字\"|",
                                 "the words of a line hold “%s”: write -->|\"words\"|"},
    [GB_MERMAID_IN_SUBGRAPH] =
        {"“subgraph”之后写名称，标题加双引号，写作 subgraph S1[\"标题\"]；此处不能有“%s”",
         "behind “subgraph” stands an id, its title in quotes, subgraph S1[\"title\"], not “%s”"},
    [GB_MERMAID_IN_STYLE] = {"样式或链接语句写法不对，此处不能有“%s”",
                             "a statement of style or link is malformed at “%s”"},
    [GB_MERMAID_IN_DATA] = {"“@{ }”中不能有“%s”：给值加双引号", "no “%s” may stand inside @{ }: quote the value"},
};

static const struct sentence open_bracket = {"“%s”没有闭合：在同一图形的文字之后补上对应的括号",
                                             "“%s” is not closed: add the bracket that answers it behind the text"};
static const struct sentence wrong_bracket = {"“%s”不能闭合这个图形：换成与开头对应的括号",
                                              "“%s” closes another shape: write the bracket that answers the first"};
static const struct sentence open_quote = {"双引号没有闭合", "a quotation mark is not closed"};
static const struct sentence open_line = {"连线上的文字之后缺少连线的后一半（如“-->”）",
                                          "the second half of a line (such as “-->”) is missing behind its words"};
static const struct sentence open_bar = {"“|”没有闭合：在连线上的文字之后补上“|”",
                                         "“|” is not closed: add a “|” behind the words of the line"};
static const struct sentence colour_code = {
    "颜色之后紧接分号，Mermaid读作字符编码（“#…;”）：去掉这个分号",
    "a semicolon right behind a colour makes a character code of it (“#…;”): drop it"};
static const struct sentence bare_address = {"链接地址须加半角双引号", "the address of a link stands in quotes"};
static const struct sentence open_data = {"“@{”没有闭合：补上“}”", "“@{” is not closed: add “}”"};
static const struct sentence no_text = {"图形内没有文字：写文字，或去掉括号",
                                        "there is no text in the shape: write one or drop the brackets"};
static const struct sentence no_target = {"连线之后缺少节点", "there is no node behind the line"};
static const struct sentence no_source = {"连线之前缺少节点", "there is no node ahead of the line"};
static const struct sentence two_statements = {"一行只写一条语句：此处换行或加半角分号",
                                               "one statement a line: break it here, or put a semicolon"};
static const struct sentence no_header = {"流程图须以“flowchart TD”（方向可为TB、BT、LR、RL）开头",
                                          "a flowchart begins with “flowchart TD” (or TB, BT, LR, RL)"};
static const struct sentence no_name = {"“subgraph”之后缺少名称，写作 subgraph S1[\"标题\"]",
                                        "there is no id behind “subgraph”: write subgraph S1[\"title\"]"};
static const struct sentence lone_end = {"这个“end”没有对应的“subgraph”：删去",
                                         "there is no subgraph for this “end”: drop it"};
static const struct sentence open_front = {"前置块没有结束：在其最后一行之后写一行“---”",
                                           "the front matter has no end: write a line of “---” behind its last one"};
static const struct sentence outer_text = {"双引号须括住图形内的全部文字，引号之前不能有文字",
                                           "quotes hold all of the text of a shape: nothing may stand ahead of them"};
static const struct sentence late_blank = {"“]”之后不能有空格，须直接换行",
                                           "no blank may stand behind the “]” of a subgraph: end the line"};
static const struct sentence second_blank = {"“|文字|”之后只能有一个空格",
                                             "one blank at most may stand behind |words|"};
static const struct sentence word_as_id = {
    "“%s”是Mermaid的关键字，不能作节点名：换一个名称，文字写在方括号内",
    "“%s” is a keyword of Mermaid and no id: take another id and put the text in brackets"};
static const struct sentence rare_character = {"“%s”不能用于节点名：把文字写在双引号内，写作 A[\"文字\"]",
                                               "“%s” may not stand in an id: put the text in quotes, A[\"text\"]"};

/* A fault located: what to say, of which bytes, and from where its line is skipped. */
struct finding {
    const struct sentence *say;
    size_t begin, end, from;
};

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static bool
is_end(enum gb_mermaid_kind kind)
{
    return kind == TOKEN_END || kind == TOKEN_EOF_MARK || kind == TOKEN_NEWLINE || kind == TOKEN_SEMI;
}

static size_t
character_end(struct gb_str s, size_t at)
{
    size_t next = at;

    if (at < s.len)
        gb_utf8_at(s, at, &next);
    return next;
}

static bool
has_feed(struct gb_str s, size_t begin, size_t end)
{
    return end > begin && memchr(s.ptr + begin, '\n', end - begin);
}

/* The brackets, or the bracket, at `at`. */
static size_t
bracket_end(struct gb_str s, size_t at)
{
    size_t end = at + 1;

    while (end < s.len && end < at + 3 && strchr("([{|/\\<-", s.ptr[end]) && s.ptr[at] != '>' && s.ptr[at] != '|')
        end++;
    return end;
}

/* Something that was opened at fault->opened and is not closed on its line, or not at all. */
static bool
is_left_open(struct gb_str s, const struct gb_mermaid_fault *fault)
{
    return fault->token.kind == TOKEN_END || has_feed(s, fault->opened, fault->token.begin);
}

/* An odd number of double quotes between two offsets on one line. */
static bool
has_open_quote(struct gb_str s, size_t at)
{
    bool is_open = false;

    for (; at < s.len && s.ptr[at] != '\n'; at++)
        is_open ^= s.ptr[at] == '"';
    return is_open;
}

/* What a bracket is closed with; 0: it is none of those that come in pairs. */
static char
closer_of(char bracket)
{
    return bracket == '(' ? ')' : bracket == '[' ? ']' : bracket == '{' ? '}' : 0;
}

static struct finding
find_in_text(struct gb_str s, const struct gb_mermaid_fault *fault)
{
    static const struct sentence *const arrow = &slips[2].say;
    size_t at = fault->opened, begin = fault->token.begin;

    /* a->b opens the flag shape. */
    if (s.ptr[at] == '>' && at > 0 && (s.ptr[at - 1] == '-' || s.ptr[at - 1] == '='))
        return (struct finding){s.ptr[at - 1] == '-' ? arrow : &slips[3].say, at - 1, at + 1, at};
    if (has_open_quote(s, at) && is_left_open(s, fault)) {
        const char *quote = memchr(s.ptr + at, '"', s.len - at);
        size_t place = (size_t)(quote - s.ptr);
        return (struct finding){&open_quote, place, place + 1, at};
    }
    if (s.ptr[at] == '|' && !memchr(s.ptr + at + 1, '|', gb_line_end(s, at) - at - 1))
        return (struct finding){&open_bar, at, at + 1, at};
    if (is_left_open(s, fault))
        return (struct finding){&open_bracket, at, bracket_end(s, at), at};
    size_t words = bracket_end(s, at);
    if (gb_str_starts(gb_str_skip(s, words), GB_STR("\"\"")) && gb_mermaid_skip_space(s, words + 2) == begin)
        return (struct finding){&no_text, words, words + 2, begin};
    if (begin == words || (begin > 0 && begin - 1 == at))
        return (struct finding){strchr(")]}", s.ptr[begin]) && s.ptr[begin] ? &no_text : &generals[GB_MERMAID_IN_TEXT],
                                begin, character_end(s, begin), begin};
    if (strchr(")]}", s.ptr[begin]) && closer_of(s.ptr[at]) &&
        !memchr(s.ptr + begin, closer_of(s.ptr[at]), gb_line_end(s, begin) - begin))
        return (struct finding){&wrong_bracket, begin, begin + 1, begin};
    bool is_string = fault->token.kind == TOKEN_STR || fault->token.kind == TOKEN_MD_STR;
    return (struct finding){is_string ? &outer_text : &generals[GB_MERMAID_IN_TEXT], begin, character_end(s, begin),
                            begin};
}

static size_t
word_end(struct gb_str s, size_t at)
{
    size_t next;

    while (at < s.len && !gb_mermaid_is_space(gb_utf8_at(s, at, &next)))
        at = next;
    return at;
}

/* The head of the chart: no keyword, no direction, or a statement on its line. */
static struct finding
find_in_header(struct gb_str s, const struct gb_mermaid_fault *fault)
{
    size_t begin = gb_mermaid_skip_space(s, fault->token.begin);
    struct finding finding = {&generals[GB_MERMAID_AT_HEADER], begin, word_end(s, begin), fault->token.begin};

    if (gb_str_starts(s, GB_STR("---")))
        finding.say = &open_front;
    else if (fault->token.begin == 0 || fault->token.kind == TOKEN_END)
        finding.say = &no_header;
    else if (fault->token.kind == TOKEN_LINK || fault->token.kind == TOKEN_START_LINK)
        finding = (struct finding){&no_source, begin, word_end(s, begin), begin};
    return finding;
}

/* style, class, click … as ids; else what does not fit. */
static struct finding
find_in_style(struct gb_str s, const struct gb_mermaid_fault *fault)
{
    size_t begin = fault->token.begin, word = fault->opened;

    if (fault->token.kind == TOKEN_LINK || fault->token.kind == TOKEN_START_LINK ||
        (begin < s.len && strchr("[({>", s.ptr[begin])))
        return (struct finding){&word_as_id, word, word_end(gb_str_sub(s, 0, begin), word), begin};
    if (begin < s.len && (s.ptr[begin] == CODE_NUMBER || s.ptr[begin] == CODE_NAME))
        return (struct finding){&colour_code, begin, character_end(s, begin), begin};
    if (gb_str_starts(gb_str_skip(s, begin), GB_STR("http")))
        return (struct finding){&bare_address, begin, word_end(s, begin), begin};
    return (struct finding){&generals[GB_MERMAID_IN_STYLE], begin, character_end(s, begin), begin};
}

/* Between statements, nodes and lines: what stands there? */
static struct finding
find_between(struct gb_str s, const struct gb_mermaid_fault *fault)
{
    size_t begin = fault->token.begin, end = fault->token.end;
    struct finding finding = {&generals[fault->at], begin, end > begin ? end : character_end(s, begin), begin};

    while (finding.end > begin + 1 && is_blank(s.ptr[finding.end - 1]))
        finding.end--;
    GB_FIND(slip, slips, GB_COUNT(slips), gb_str_starts(gb_str_skip(s, begin), gb_str_from(slip->begin)));
    if (slip) {
        finding.say = &slip->say;
        finding.end = begin + strlen(slip->begin);
        return finding;
    }
    if (fault->token.kind == TOKEN_END_WORD && fault->at == GB_MERMAID_AT_STATEMENT &&
        (has_feed(s, begin, fault->token.end) || s.ptr[fault->token.end] == ';')) {
        finding.say = &lone_end;
        return finding;
    }
    if (fault->token.kind == TOKEN_SPACE && fault->at == GB_MERMAID_BEHIND_LINE) {
        finding.say = &second_blank;
        return finding;
    }
    GB_FIND(row, tokens, GB_COUNT(tokens), row->kind == fault->token.kind);
    if (row)
        finding.say = &row->say;
    else if (fault->token.kind == TOKEN_BAD && (unsigned char)s.ptr[begin] >= 0x80)
        finding.say = &rare_character;
    else if (fault->at == GB_MERMAID_AT_STATEMENT &&
             (fault->token.kind == TOKEN_LINK || fault->token.kind == TOKEN_START_LINK))
        finding.say = &no_source;
    else if (fault->at == GB_MERMAID_BEHIND_NODE &&
             (fault->token.kind == TOKEN_NODE_STRING || fault->token.kind == TOKEN_UNICODE ||
              fault->token.kind == TOKEN_NUM))
        finding.say = &two_statements;
    return finding;
}

/* Nothing behind a line: the fault is where the line ends, not at the next word. */
static bool
find_missing_target(struct gb_str s, const struct gb_mermaid_fault *fault, struct finding *out)
{
    size_t end = fault->token.begin < s.len ? fault->token.begin : s.len, before;

    if (fault->at != GB_MERMAID_BEHIND_LINE)
        return false;
    while (end > 0 && gb_mermaid_is_space(gb_utf8_before(s, end, &before)))
        end = before;
    bool goes_on = fault->token.kind == TOKEN_END_WORD || fault->token.kind == TOKEN_SUBGRAPH;
    if (end == 0 || (!is_end(fault->token.kind) && !(goes_on && has_feed(s, end, fault->token.begin))))
        return false;
    size_t begin = gb_skip_any_back(s, end, "-=.~>xo");
    if (begin == end)
        gb_utf8_before(s, end, &begin);
    *out = (struct finding){&no_target, begin, end, end};
    return true;
}

static struct finding
locate(struct gb_str s, const struct gb_mermaid_fault *fault)
{
    size_t begin = fault->token.begin;
    struct finding finding = {&generals[fault->at], begin, character_end(s, begin), begin};

    switch (fault->at) {
    case GB_MERMAID_IN_TEXT:
        return find_in_text(s, fault);
    case GB_MERMAID_IN_LINE_TEXT:
        if (is_left_open(s, fault) || is_end(fault->token.kind)) {
            size_t at = gb_mermaid_skip_space(s, fault->opened);
            return (struct finding){&open_line, at, at + 2 < s.len ? at + 2 : s.len, at};
        }
        return finding;
    case GB_MERMAID_IN_DATA:
        if (fault->token.kind == TOKEN_END)
            return (struct finding){&open_data, fault->opened, character_end(s, fault->opened), fault->opened};
        return finding;
    case GB_MERMAID_AT_HEADER:
        return find_in_header(s, fault);
    case GB_MERMAID_IN_SUBGRAPH:
        if (is_end(fault->token.kind)) {
            size_t at = fault->opened;
            return (struct finding){&no_name, at, at + strlen("subgraph"), begin};
        }
        if (fault->token.kind == TOKEN_SPACE && begin > 0 && s.ptr[begin - 1] == ']')
            finding.say = &late_blank;
        return finding;
    case GB_MERMAID_AT_STATEMENT:
    case GB_MERMAID_BEHIND_NODE:
    case GB_MERMAID_BEHIND_LINE:
        if (!find_missing_target(s, fault, &finding))
            finding = find_between(s, fault);
        return finding;
    case GB_MERMAID_IN_STYLE:
        return find_in_style(s, fault);
    }
    return finding;
}

size_t
gb_mermaid_explain(struct gb_mermaid_graph *graph, const struct gb_mermaid_fault *fault)
{
    struct gb_str s = gb_mermaid_str(graph->text, 0, graph->text->len);
    struct sentence own = {fault->zh, fault->en};
    struct finding finding = {&own, fault->token.begin, fault->token.end, fault->token.begin};

    if (!fault->zh)
        finding = locate(s, fault);
    struct gb_str shown = gb_str_sub(s, finding.begin, finding.end);
    if (gb_str_starts(shown, GB_STR("\n")))
        shown = GB_STR("↵");
    gb_flow_add_problem(&graph->build, GB_FLOW_SYNTAX, gb_mermaid_place(graph->text, finding.begin, finding.end),
                        gb_flow_fill_in(finding.say->zh, shown, graph->arena),
                        gb_flow_fill_in(finding.say->en, shown, graph->arena));
    return finding.from;
}
