/*
 * The grammar of Mermaid flowcharts, by recursive descent with one token ahead. Subgraphs are a stack, not a recursion. On a
 * fault the rest of the line is skipped, and reading goes on with the next statement.
 */
#include "flow/mermaid/parse_priv.h"

/* More faults than this, and the text is no chart any more; it also bounds what is read twice behind open brackets. */
enum { MAX_FAULTS = 20 };
/* Nodes with data, and bytes in one of them: each is a text in YAML. */
enum { MAX_DATA = 20000, MAX_DATA_SIZE = 64 * 1024 };

const uint8_t gb_mermaid_roles[TOKEN_COUNT] = {
    [TOKEN_NUM] = ID | STYLE | TITLE | CALLBACK,
    [TOKEN_NODE_STRING] = ID | STYLE | TITLE | CALLBACK,
    [TOKEN_UNICODE] = ID | TITLE | CALLBACK | WORDS | LINE_WORDS,
    [TOKEN_COLON] = ID | STYLE | TITLE | CALLBACK,
    [TOKEN_BRKT] = ID | STYLE | TITLE | CALLBACK,
    [TOKEN_MINUS] = ID | TITLE | CALLBACK,
    [TOKEN_MULT] = ID | TITLE | CALLBACK,
    [TOKEN_AMP] = ID | TITLE | CALLBACK,
    [TOKEN_DOWN] = ID | TITLE | CALLBACK,
    [TOKEN_COMMA] = ID | CALLBACK,
    [TOKEN_DEFAULT] = ID,
    [TOKEN_DIR] = TITLE | CALLBACK,
    [TOKEN_SPACE] = STYLE | TITLE,
    [TOKEN_STYLE] = STYLE | TITLE,
    [TOKEN_LINK_STYLE] = TITLE,
    [TOKEN_CLASS_DEF] = TITLE,
    [TOKEN_CLASS] = TITLE,
    [TOKEN_CLICK] = TITLE,
    [TOKEN_GRAPH] = TITLE,
    [TOKEN_SUBGRAPH] = TITLE,
    [TOKEN_END_WORD] = TITLE,
    [TOKEN_UP] = TITLE,
    [TOKEN_START_LINK] = TITLE,
    [TOKEN_TEXT] = WORDS,
    [TOKEN_TAG_START] = WORDS,
    [TOKEN_TAG_END] = WORDS,
    [TOKEN_EDGE_TEXT] = LINE_WORDS,
    [TOKEN_NEWLINE] = SEPARATOR,
    [TOKEN_SEMI] = SEPARATOR,
    [TOKEN_EOF_MARK] = SEPARATOR,
    [TOKEN_DATA_OPEN] = DATA,
    [TOKEN_SHAPE_DATA] = DATA,
    [TOKEN_DATA_STR] = DATA,
};

/* Brackets of nodes. A second closing bracket gives another shape. */
static const struct bracket {
    enum gb_mermaid_kind open, close, other_close;
    const char *shape, *other_shape;
} brackets[] = {
    {TOKEN_SQUARE_OPEN, TOKEN_SQUARE_CLOSE, TOKEN_BAD, "square", NULL},
    {TOKEN_ROUND_OPEN, TOKEN_ROUND_CLOSE, TOKEN_BAD, "round", NULL},
    {TOKEN_BRACE_OPEN, TOKEN_BRACE_CLOSE, TOKEN_BAD, "diamond", NULL},
    {TOKEN_STADIUM_OPEN, TOKEN_STADIUM_CLOSE, TOKEN_BAD, "stadium", NULL},
    {TOKEN_SUBROUTINE_OPEN, TOKEN_SUBROUTINE_CLOSE, TOKEN_BAD, "subroutine", NULL},
    {TOKEN_CYLINDER_OPEN, TOKEN_CYLINDER_CLOSE, TOKEN_BAD, "cylinder", NULL},
    {TOKEN_DOUBLE_OPEN, TOKEN_DOUBLE_CLOSE, TOKEN_BAD, "doublecircle", NULL},
    {TOKEN_ELLIPSE_OPEN, TOKEN_ELLIPSE_CLOSE, TOKEN_BAD, "ellipse", NULL},
    {TOKEN_TAG_END, TOKEN_SQUARE_CLOSE, TOKEN_BAD, "odd", NULL},
    {TOKEN_TRAP_OPEN, TOKEN_TRAP_CLOSE, TOKEN_INVTRAP_CLOSE, "trapezoid", "lean_right"},
    {TOKEN_INVTRAP_OPEN, TOKEN_INVTRAP_CLOSE, TOKEN_TRAP_CLOSE, "inv_trapezoid", "lean_left"},
};

/* ---- texts ---- */

/* Without the empty strings that stand in plain text. */
static struct gb_str
without_quotes(struct parser *p, struct gb_str s)
{
    char *out = gb_arena_alloc(p->graph->arena, s.len + 1);
    size_t len = 0;

    for (size_t at = 0; at < s.len;) {
        if (gb_str_starts(gb_str_skip(s, at), GB_STR("\"\"")))
            at += 2;
        else
            out[len++] = s.ptr[at++];
    }
    return (struct gb_str){out, len};
}

/* A string or a run of tokens; tokens may follow a string and belong to it. An empty string between tokens makes none. */
static bool
take_words(struct parser *p, unsigned role, enum gb_mermaid_place at, size_t opened, struct gb_mermaid_words *out)
{
    bool is_string = p->token.kind == TOKEN_STR, is_markdown = p->token.kind == TOKEN_MD_STR;
    size_t begin = p->token.begin;
    struct gb_str rest;

    if (!is_string && !is_markdown && !is(p, role))
        return fail_inside(p, at, opened);
    advance(p);
    out->kind = is_string ? GB_MERMAID_STRING : is_markdown ? GB_MERMAID_MARKDOWN : GB_MERMAID_PLAIN;
    size_t end = p->behind, from = p->token.begin;
    bool has_gap = false;
    for (; is(p, role); advance(p))
        has_gap = has_gap || p->token.begin > p->behind;
    rest = text_of(p, from, p->behind > from ? p->behind : from);
    if (out->kind == GB_MERMAID_PLAIN)
        end = p->behind;
    out->str = text_of(p, begin, end);
    out->place = place_of(p, begin, end);
    if (out->kind == GB_MERMAID_PLAIN && has_gap)
        out->str = without_quotes(p, out->str);
    if (out->kind != GB_MERMAID_PLAIN && rest.len)
        out->str = gb_arena_printf(p->graph->arena, "%.*s%.*s", GB_FMT(out->str), GB_FMT(rest));
    return true;
}

/* The words between brackets, up to the closing one. */
static bool
take_bracketed(struct parser *p, size_t opened, enum gb_mermaid_kind close, enum gb_mermaid_kind other,
               struct gb_mermaid_words *out, bool *out_is_other)
{
    if (!take_words(p, WORDS, GB_MERMAID_IN_TEXT, opened, out))
        return false;
    *out_is_other = other != TOKEN_BAD && take(p, other);
    return *out_is_other || take(p, close) || fail_inside(p, GB_MERMAID_IN_TEXT, opened);
}

/* ---- nodes ---- */

/* (( )) and {{ }} */
static bool
take_doubled(struct parser *p, uint32_t name, size_t opened, enum gb_mermaid_kind close, const char *shape)
{
    struct gb_mermaid_words words;
    bool is_other;

    advance(p);
    if (!take_bracketed(p, opened, close, TOKEN_BAD, &words, &is_other))
        return false;
    if (!take(p, close))
        return fail_inside(p, GB_MERMAID_IN_TEXT, opened);
    gb_mermaid_describe(p->graph, name, &words, shape);
    return true;
}

/* [|name:value|text] */
static bool
take_properties(struct parser *p, uint32_t name)
{
    static const enum gb_mermaid_kind head[] = {TOKEN_PROPS_OPEN, TOKEN_NODE_STRING, TOKEN_COLON, TOKEN_NODE_STRING,
                                                TOKEN_PIPE};
    struct gb_mermaid_words words;
    size_t opened = p->token.begin;
    bool is_other;

    for (size_t i = 0; i < GB_COUNT(head); i++) {
        if (!take(p, head[i]))
            return fail_inside(p, GB_MERMAID_IN_TEXT, opened);
    }
    if (!take_bracketed(p, opened, TOKEN_SQUARE_CLOSE, TOKEN_BAD, &words, &is_other))
        return false;
    gb_mermaid_describe(p->graph, name, &words, "rect");
    return true;
}

/* The brackets behind an id, where there are any. */
static bool
take_brackets(struct parser *p, uint32_t name)
{
    enum gb_mermaid_kind open = p->token.kind;
    size_t opened = p->token.begin;
    struct gb_mermaid_words words;
    bool is_other;

    if (open == TOKEN_PROPS_OPEN)
        return take_properties(p, name);
    GB_EACH(const struct bracket, row, brackets, GB_COUNT(brackets)) {
        if (row->open != open)
            continue;
        advance(p);
        if (open == TOKEN_ROUND_OPEN && p->token.kind == open)
            return take_doubled(p, name, opened, TOKEN_ROUND_CLOSE, "circle");
        if (open == TOKEN_BRACE_OPEN && p->token.kind == open)
            return take_doubled(p, name, opened, TOKEN_BRACE_CLOSE, "hexagon");
        if (!take_bracketed(p, opened, row->close, row->other_close, &words, &is_other))
            return false;
        gb_mermaid_describe(p->graph, name, &words, is_other ? row->other_shape : row->shape);
        return true;
    }
    return true;
}

/* id, brackets, :::class */
static bool
take_vertex(struct parser *p, enum gb_mermaid_place at)
{
    struct gb_str id;
    struct gb_span place;

    if (!take_run(p, ID, at, &id, &place))
        return false;
    uint32_t name = gb_mermaid_name(p->graph, id);
    *gb_push(&p->set) = name;
    *gb_push(&p->listed) = name;
    gb_mermaid_mention(p->graph, name, place);
    if (!take_brackets(p, name))
        return false;
    return !take(p, TOKEN_STYLE_SEPARATOR) || take_run(p, ID, GB_MERMAID_IN_STYLE, &id, NULL);
}

/* Data that have been read: the reference applies them when the next node of the set has been read. */
struct pending {
    struct gb_mermaid_data data;
    uint32_t name;
    size_t begin, end;
    bool is_set;
};

/* The pieces of @{ … }: line ends in quoted values become breaks. */
static bool
take_data(struct parser *p, uint32_t name, struct pending *out)
{
    size_t begin = p->token.begin;
    struct gb_buf buf = {0};
    struct gb_mermaid_data data;
    const char *zh, *en;

    for (; is(p, DATA); advance(p)) {
        struct gb_str piece = text_of(p, p->token.begin, p->token.end);
        if (p->token.kind == TOKEN_DATA_OPEN)
            continue;
        for (size_t at = 0; at < piece.len;) {
            if (p->token.kind == TOKEN_DATA_STR && piece.ptr[at] == '\n') {
                gb_buf_puts(&buf, "<br/>");
                at = gb_mermaid_skip_space(piece, at);
            } else {
                gb_buf_add_char(&buf, piece.ptr[at++]);
            }
        }
    }
    if (p->token.kind != TOKEN_BAD && p->token.kind != TOKEN_END &&
        (++p->n_data > MAX_DATA || buf.len > MAX_DATA_SIZE)) {
        gb_mermaid_limit(p->graph, place_of(p, begin, p->behind));
        gb_buf_release(&buf);
        return true;
    }
    struct gb_str yaml = gb_buf_take(&buf, p->graph->arena);
    if (p->token.kind == TOKEN_BAD || p->token.kind == TOKEN_END)
        return fail(p, GB_MERMAID_IN_DATA);
    if (!gb_mermaid_read_data(yaml, p->graph->arena, &data, &zh, &en))
        return fail_with(p, begin, p->behind, zh, en);
    if (data.has_wide_colon)
        gb_flow_add_problem(
            &p->graph->build, GB_FLOW_SWALLOWED, place_of(p, begin, p->behind),
            GB_STR("“@{ }”中用了全角冒号，Mermaid不把它当作键和值，所写内容不会显示：改用半角冒号并空一格"),
            GB_STR("a full-width colon inside @{ } parts no key from a value, and nothing of it will be "
                   "seen: write a half-width colon and a blank"));
    *out = (struct pending){.name = name, .begin = begin, .end = p->behind, .data = data, .is_set = true};
    return true;
}

static bool
apply_data(struct parser *p, struct pending *pending)
{
    if (!pending->is_set)
        return true;
    pending->is_set = false;
    bool is_judged = gb_mermaid_is_node(p->graph, pending->name) ||
                     (pending->data.is_nothing && !p->graph->names.items[pending->name].is_edge);
    if (pending->data.node_zh && is_judged) {
        struct gb_str wrong = pending->data.wrong;
        size_t at = wrong.len ? gb_str_find(text_of(p, pending->begin, pending->end), wrong, 0) : GB_NOT_FOUND;
        size_t begin = at == GB_NOT_FOUND ? pending->begin : pending->begin + at;
        return fail_with(p, begin, at == GB_NOT_FOUND ? pending->end : begin + wrong.len, pending->data.node_zh,
                         pending->data.node_en);
    }
    gb_mermaid_apply(p->graph, pending->name, &pending->data, place_of(p, pending->begin, pending->end));
    return true;
}

/* Nodes joined by &, with their data. White space behind them is taken. */
static bool
take_nodes(struct parser *p, enum gb_mermaid_place at)
{
    struct pending pending = {.is_set = false};

    p->set.len = 0;
    *gb_push(&p->sets) = p->listed.len;
    for (;;) {
        if (!take_vertex(p, at) || !apply_data(p, &pending))
            return false;
        bool has_data = is(p, DATA);
        if (has_data && !take_data(p, p->set.items[p->set.len - 1], &pending))
            return false;
        if (p->token.kind != TOKEN_SPACE)
            return apply_data(p, &pending);
        skip_spaces(p);
        if (!take(p, TOKEN_AMP)) /* behind data nothing but & may follow white space */
            return !has_data || fail(p, GB_MERMAID_BEHIND_NODE);
        if (p->token.kind != TOKEN_SPACE)
            return fail(p, GB_MERMAID_BEHIND_NODE);
        skip_spaces(p);
        at = GB_MERMAID_BEHIND_LINE;
    }
}

/* ---- lines ---- */

static struct gb_span
place_of_str(const struct parser *p, struct gb_str s)
{
    size_t begin = (size_t)(s.ptr - p->graph->text->ptr);

    return place_of(p, begin, begin + s.len);
}

/* a@: without its first @ */
static struct gb_str
line_id(struct parser *p)
{
    struct gb_str s = text_of(p, p->token.begin, p->token.end);
    size_t at = gb_str_find(s, GB_STR("@"), 0);

    return at + 1 == s.len
               ? gb_str_sub(s, 0, at)
               : gb_arena_printf(p->graph->arena, "%.*s%.*s", (int)at, s.ptr, GB_FMT(gb_str_skip(s, at + 1)));
}

/* |text| behind a line, and one blank. */
static bool
take_bar_text(struct parser *p, struct gb_mermaid_line *line)
{
    size_t opened = p->token.begin;
    bool is_other;

    advance(p);
    if (!take_bracketed(p, opened, TOKEN_PIPE, TOKEN_BAD, &line->words, &is_other))
        return false;
    (void)take(p, TOKEN_SPACE);
    return true;
}

/* A -- 是, and B --> C on the next line: one line whose words are 是 and B. */
static void
warn_of_lost_lines(struct parser *p, const struct gb_mermaid_line *line)
{
    if (line->words.kind != GB_MERMAID_PLAIN || !gb_str_has(line->words.str, GB_STR("\n")))
        return;
    gb_flow_add_problem(
        &p->graph->build, GB_FLOW_SWALLOWED, line->place,
        GB_STR("连线上的文字跨行：下一行的内容被当作文字，不会画出；在文字之后补上“-->”，或给文字加双引号"),
        GB_STR("the words of a line run on to the next one, and what stands there is not drawn: end them with "
               "“-->”, or quote them"));
    p->graph->build.flow.is_partial = true;
}

static bool
take_line(struct parser *p, struct gb_mermaid_line *line)
{
    *line = (struct gb_mermaid_line){0};
    if (p->token.kind == TOKEN_LINK_ID) {
        line->id = line_id(p);
        advance(p);
    }
    size_t opened = p->token.begin;
    if (p->token.kind == TOKEN_START_LINK) {
        line->start = trimmed(p, p->token);
        advance(p);
        if (!take_words(p, LINE_WORDS, GB_MERMAID_IN_LINE_TEXT, opened, &line->words))
            return false;
        line->end = trimmed(p, p->token);
        line->place = place_of_str(p, line->start);
        line->place.end = place_of_str(p, line->end).end;
        if (p->token.kind != TOKEN_LINK)
            return fail_inside(p, GB_MERMAID_IN_LINE_TEXT, opened);
        warn_of_lost_lines(p, line);
        advance(p);
        return true;
    }
    if (p->token.kind != TOKEN_LINK)
        return fail(p, GB_MERMAID_BEHIND_NODE);
    line->end = trimmed(p, p->token);
    line->place = place_of_str(p, line->end);
    advance(p);
    return p->token.kind != TOKEN_PIPE || take_bar_text(p, line);
}

/* A subgraph lists the sets of a chain from the last to the first. */
static void
list_nodes(struct parser *p)
{
    size_t end = p->listed.len;

    for (size_t i = p->sets.len; i-- > 0; end = p->sets.items[i]) {
        for (size_t k = p->sets.items[i]; k < end; k++)
            gb_mermaid_list(p->graph, p->listed.items[k]);
    }
}

static bool
take_chain(struct parser *p)
{
    struct gb_mermaid_line line;

    p->listed.len = p->sets.len = 0;
    if (!take_nodes(p, GB_MERMAID_AT_STATEMENT))
        return false;
    while (!is(p, SEPARATOR)) {
        p->previous.len = 0;
        for (size_t i = 0; i < p->set.len; i++)
            *gb_push(&p->previous) = p->set.items[i];
        if (!take_line(p, &line) || !take_nodes(p, GB_MERMAID_BEHIND_LINE))
            return false;
        gb_mermaid_link(p->graph, p->previous.items, p->previous.len, p->set.items, p->set.len, &line);
    }
    /* A node that stands alone is meant as one. */
    if (p->sets.len == 1) {
        for (size_t i = 0; i < p->set.len; i++) {
            int32_t node = p->graph->names.items[p->set.items[i]].node;
            if (node >= 0)
                p->graph->build.nodes.items[node].is_declared = true;
        }
    }
    list_nodes(p);
    return expect_separator(p, GB_MERMAID_BEHIND_NODE);
}

/* ---- subgraphs ---- */

/* subgraph id [title] */
static bool
take_subgraph_head(struct parser *p, struct gb_mermaid_level *level)
{
    struct gb_mermaid_words *id = &level->id;
    bool is_other;

    level->is_one = true;
    level->place = place_of(p, p->token.begin, p->token.end);
    advance(p);
    if (is(p, SEPARATOR)) /* the reference fails on its end */
        return fail(p, GB_MERMAID_IN_SUBGRAPH);
    if (!expect(p, TOKEN_SPACE, GB_MERMAID_IN_SUBGRAPH) ||
        !take_words(p, TITLE, GB_MERMAID_IN_SUBGRAPH, p->statement, id))
        return false;
    id->kind = GB_MERMAID_PLAIN;
    level->title = *id;
    size_t opened = p->token.begin;
    if (take(p, TOKEN_SQUARE_OPEN)) {
        level->is_one = false;
        if (!take_bracketed(p, opened, TOKEN_SQUARE_CLOSE, TOKEN_BAD, &level->title, &is_other))
            return false;
    }
    return expect_separator(p, GB_MERMAID_IN_SUBGRAPH);
}

/* It is open even if its head cannot be read: its end will come. */
static bool
take_subgraph(struct parser *p)
{
    struct gb_mermaid_level level = {.id.str = GB_STR(""), .title.str = GB_STR("")};
    bool ok = take_subgraph_head(p, &level);

    gb_mermaid_open(p->graph, &level);
    return ok;
}

static bool
take_end(struct parser *p)
{
    if (!p->graph->levels.len)
        return fail(p, GB_MERMAID_AT_STATEMENT);
    gb_mermaid_close(p->graph);
    advance(p);
    return true;
}

/* The word behind the last "direction" of the line. Other words on it vanish: the author is told. */
static bool
take_direction(struct parser *p)
{
    struct gb_str line = text_of(p, p->token.begin, p->token.end);
    GB_WORDS(words, "TB", "BT", "RL", "LR", "TD");
    size_t at = 0, best = GB_NOT_FOUND, next;
    struct gb_str value = GB_STR("");

    for (size_t i = 0; i < GB_COUNT(words) && !value.len; i++) {
        for (at = 0; (at = gb_str_find(line, GB_STR("direction"), at)) != GB_NOT_FOUND; at = next) {
            next = at + strlen("direction");
            size_t behind = gb_mermaid_skip_space(line, next);
            if (behind == next || !gb_str_starts(gb_str_skip(line, behind), words[i]))
                continue;
            best = at;
            value = gb_str_sub(line, behind, behind + 2);
        }
    }
    struct gb_str behind = gb_flow_trim(gb_str_skip(line, (size_t)(value.ptr - line.ptr) + 2));
    if (best > gb_mermaid_skip_space(line, 0) || (behind.len && behind.ptr[0] != ';')) {
        gb_flow_add_problem(&p->graph->build, GB_FLOW_SWALLOWED, place_of(p, p->token.begin, p->token.end),
                            GB_STR("这一行含有“direction”加方向，Mermaid把整行当作方向语句，行中的节点和箭头不会画出；"
                                   "改写文字，或改用中文“方向”"),
                            GB_STR(
                                "this line holds “direction” and a direction: Mermaid takes all of it for a direction "
                                "statement, and its nodes and arrows vanish; word it otherwise"));
        p->graph->build.flow.is_partial = true;
    }
    if (p->graph->levels.len)
        p->graph->levels.items[p->graph->levels.len - 1].direction = value;
    advance(p);
    return true;
}

/* ---- statements ---- */

static bool
take_statement(struct parser *p)
{
    p->statement = p->token.begin;
    switch (p->token.kind) {
    case TOKEN_NEWLINE:
    case TOKEN_SPACE:
    case TOKEN_EOF_MARK:
        advance(p);
        return true;
    case TOKEN_SEMI: /* one that ends nothing is listed as if it were a node */
        gb_mermaid_list(p->graph, gb_mermaid_name(p->graph, GB_STR(";")));
        advance(p);
        return true;
    case TOKEN_SUBGRAPH:
        return take_subgraph(p);
    case TOKEN_END_WORD:
        return take_end(p);
    case TOKEN_DIRECTION:
        return take_direction(p);
    case TOKEN_ACC_TITLE:
        return gb_mermaid_take_accessible(p, TOKEN_ACC_TITLE_VALUE);
    case TOKEN_ACC_DESCR:
        return gb_mermaid_take_accessible(p, TOKEN_ACC_DESCR_VALUE);
    case TOKEN_ACC_BLOCK:
        return gb_mermaid_take_accessible(p, TOKEN_ACC_BLOCK);
    case TOKEN_STYLE:
    case TOKEN_CLASS_DEF:
    case TOKEN_CLASS:
        return gb_mermaid_take_style(p, p->token.kind);
    case TOKEN_LINK_STYLE:
        return gb_mermaid_take_link_style(p);
    case TOKEN_CLICK:
        return gb_mermaid_take_click(p);
    default:
        return take_chain(p);
    }
}

/* graph < and others */
static struct gb_str
direction_word(struct gb_str s)
{
    static const struct {
        const char *mark, *word;
    } marks[] = {{"<", "RL"}, {"^", "BT"}, {">", "LR"}, {"v", "TB"}, {"TD", "TB"}};

    s = gb_flow_trim(s);
    GB_FIND(row, marks, GB_COUNT(marks), gb_str_is(s, row->mark));
    return row ? gb_str_from(row->word) : s;
}

/* graph TD, and the end of its line */
static bool
take_header(struct parser *p)
{
    while (take(p, TOKEN_SPACE) || take(p, TOKEN_NEWLINE))
        ;
    p->graph->direction = GB_STR("TB");
    if (!expect(p, TOKEN_GRAPH, GB_MERMAID_AT_HEADER))
        return false;
    if (take(p, TOKEN_NODIR))
        return true;
    struct gb_mermaid_token token = p->token;
    if (!expect(p, TOKEN_DIR, GB_MERMAID_AT_HEADER))
        return false;
    p->graph->direction = direction_word(text_of(p, token.begin, token.end));
    if (p->token.kind != TOKEN_SPACE)
        return take(p, TOKEN_SEMI) || take(p, TOKEN_NEWLINE) || fail(p, GB_MERMAID_AT_HEADER);
    skip_spaces(p);
    return expect(p, TOKEN_NEWLINE, GB_MERMAID_AT_HEADER);
}

/* Skips to behind the next line end or semicolon outside quotes. */
static size_t
behind_statement(struct gb_str s, size_t at)
{
    bool in_quotes = false;

    for (; at < s.len && s.ptr[at] != '\n'; at++) {
        if (s.ptr[at] == '"')
            in_quotes = !in_quotes;
        else if (s.ptr[at] == ';' && !in_quotes)
            return at + 1;
    }
    return at < s.len ? at + 1 : s.len;
}

static void
recover(struct parser *p)
{
    size_t from = gb_mermaid_explain(p->graph, &p->fault);

    p->n_faults++;
    p->graph->build.flow.is_partial = true;
    list_nodes(p);
    p->listed.len = p->sets.len = 0;
    gb_mermaid_resume(&p->lexer, behind_statement(p->lexer.s, from));
    advance(p);
}

static void
report_open_subgraph(struct parser *p)
{
    struct gb_mermaid_level *level = &p->graph->levels.items[p->graph->levels.len - 1];

    gb_flow_add_fault(&p->graph->build, GB_FLOW_SYNTAX, level->place,
                      GB_STR("这个子图（subgraph）没有结束：在其最后一行之后另起一行写“end”"),
                      GB_STR("this subgraph has no end: write “end” on a line behind its last one"));
    while (p->graph->levels.len)
        gb_mermaid_close(p->graph);
}

void
gb_mermaid_parse(struct gb_mermaid_graph *graph)
{
    struct parser parser = {.graph = graph};

    gb_mermaid_lexer_init(&parser.lexer, graph->text);
    advance(&parser);
    if (!take_header(&parser))
        recover(&parser);
    while (parser.token.kind != TOKEN_END && parser.n_faults < MAX_FAULTS) {
        if (!take_statement(&parser))
            recover(&parser);
    }
    if (graph->levels.len)
        report_open_subgraph(&parser);
    GB_RELEASE(&parser.set, &parser.previous, &parser.listed, &parser.sets);
}
