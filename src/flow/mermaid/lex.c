/*
 * The scanner of Mermaid flowcharts. Its rules stand in one table in their order, and the first that fits wins, be it
 * shorter than another: so the word "end" at the beginning of a token is always a keyword, and a line that holds
 * "direction LR" is a direction whatever else stands on it. A state says which rules are asked.
 */
#include "flow/mermaid/mermaid_priv.h"
#include "text/chars.h"
#include "text/utf8.h"

enum state {
    INITIAL,
    DIR,
    TEXT,
    ELLIPSE,
    TRAP,
    STRING,
    MD_STRING,
    EDGE,
    THICK,
    DOTTED,
    CLICK,
    CALLBACK_NAME,
    CALLBACK_ARGS,
    SHAPE_DATA,
    SHAPE_STRING,
    ACC_TITLE,
    ACC_DESCR,
    ACC_BLOCK,
};

#define IN(state) (1u << (state))
#define ALL (~0u)

/* What a rule does to the stack of states: nothing, leave the state, or enter the one given. */
enum { STAY = -1, POP = -2, REPLACE_ARGS = -3, HEADER = -4 };

#define NONE SIZE_MAX

typedef size_t match(struct gb_mermaid_lexer *lexer, size_t at, const char *word);

struct rule {
    uint32_t states;
    char first;   /* what it begins with; NUL: any of several */
    match *match; /* end of the match, NONE where the rule does not fit */
    const char *word;
    int token; /* -1: no token, scanning goes on */
    int action;
};

/* Behind the white space at `at`; a run is measured once. */
static size_t
skip_space(struct gb_mermaid_lexer *lexer, size_t at)
{
    unsigned char c = (unsigned char)gb_str_at(lexer->s, at);

    if (c > ' ' && c < 0x80)
        return at;
    if (at < lexer->space_begin || at >= lexer->space_end) {
        lexer->space_begin = at;
        lexer->space_end = gb_mermaid_skip_space(lexer->s, at);
    }
    return lexer->space_end > at ? lexer->space_end : at;
}

/* ---- shapes of rules ---- */

static size_t
literal(struct gb_mermaid_lexer *lexer, size_t at, const char *word)
{
    return gb_str_starts(gb_str_skip(lexer->s, at), gb_str_from(word)) ? at + strlen(word) : NONE;
}

/* The word, and no letter, digit or _ behind it. */
static size_t
keyword(struct gb_mermaid_lexer *lexer, size_t at, const char *word)
{
    size_t end = literal(lexer, at, word);

    return end != NONE && !gb_is_word(gb_str_at(lexer->s, end)) ? end : NONE;
}

/* The word and the white space behind it. */
static size_t
keyword_and_space(struct gb_mermaid_lexer *lexer, size_t at, const char *word)
{
    size_t end = keyword(lexer, at, word);

    return end == NONE ? NONE : skip_space(lexer, end);
}

/* The word and at least one blank behind it. */
static size_t
before_space(struct gb_mermaid_lexer *lexer, size_t at, const char *word)
{
    size_t end = literal(lexer, at, word);

    if (end == NONE)
        return NONE;
    size_t behind = skip_space(lexer, end);
    return behind > end ? behind : NONE;
}

/* The word and exactly one blank behind it. */
static size_t
before_blank(struct gb_mermaid_lexer *lexer, size_t at, const char *word)
{
    size_t end = literal(lexer, at, word), next;

    if (end == NONE || end >= lexer->s.len)
        return NONE;
    return gb_mermaid_is_space(gb_utf8_at(lexer->s, end, &next)) ? next : NONE;
}

/* White space, then the keyword. */
static size_t
spaced_keyword(struct gb_mermaid_lexer *lexer, size_t at, const char *word)
{
    return keyword(lexer, skip_space(lexer, at), word);
}

static size_t
spaced_literal(struct gb_mermaid_lexer *lexer, size_t at, const char *word)
{
    return literal(lexer, skip_space(lexer, at), word);
}

/* The word, a mark behind optional white space (its last character), white space: accTitle : */
static size_t
word_and_mark(struct gb_mermaid_lexer *lexer, size_t at, const char *word)
{
    size_t n = strlen(word) - 1;

    if (!gb_str_starts(gb_str_skip(lexer->s, at), (struct gb_str){word, n}))
        return NONE;
    at = skip_space(lexer, at + n);
    return gb_str_at(lexer->s, at) == word[n] && at < lexer->s.len ? skip_space(lexer, at + 1) : NONE;
}

/* All up to one of the characters; empty matches count for `up_to`, not for `some_up_to`. */
static size_t
up_to(struct gb_mermaid_lexer *lexer, size_t at, const char *stops)
{
    if (!stops[1]) {
        const char *stop = at < lexer->s.len ? memchr(lexer->s.ptr + at, stops[0], lexer->s.len - at) : NULL;
        return stop ? (size_t)(stop - lexer->s.ptr) : lexer->s.len;
    }
    while (at < lexer->s.len && (lexer->s.ptr[at] == '\0' || !strchr(stops, lexer->s.ptr[at])))
        at++;
    return at;
}

static size_t
some_up_to(struct gb_mermaid_lexer *lexer, size_t at, const char *stops)
{
    size_t end = up_to(lexer, at, stops);

    return end > at ? end : NONE;
}

static size_t
one_space(struct gb_mermaid_lexer *lexer, size_t at, const char *word)
{
    size_t next;

    (void)word;
    return at < lexer->s.len && gb_mermaid_is_space(gb_utf8_at(lexer->s, at, &next)) ? next : NONE;
}

static size_t
until_space(struct gb_mermaid_lexer *lexer, size_t at, const char *word)
{
    size_t next;

    (void)word;
    while (at < lexer->s.len && !gb_mermaid_is_space(gb_utf8_at(lexer->s, at, &next)))
        at = next;
    return at;
}

/* One character that is none of these. */
static size_t
one_except(struct gb_mermaid_lexer *lexer, size_t at, const char *stops)
{
    size_t next;

    if (at >= lexer->s.len || (lexer->s.ptr[at] && strchr(stops, lexer->s.ptr[at])))
        return NONE;
    gb_utf8_at(lexer->s, at, &next);
    return next;
}

static size_t
run_of(struct gb_mermaid_lexer *lexer, size_t at, const char *characters)
{
    size_t end = gb_skip_any(lexer->s, at, characters);

    return end > at ? end : NONE;
}

/* ---- arrows: white space, an optional head, the line, an optional head, white space ---- */

static size_t
skip_head(struct gb_str s, size_t at)
{
    char c = gb_str_at(s, at);

    return at + (c == 'x' || c == 'o' || c == '<');
}

static size_t
skip_run(struct gb_str s, size_t at, char c)
{
    while (at < s.len && s.ptr[at] == c)
        at++;
    return at;
}

/* --> --- --x; ==> === (the word is the character of the line). A head of its own may be missing behind three. */
static size_t
arrow(struct gb_mermaid_lexer *lexer, size_t at, const char *word)
{
    struct gb_str s = lexer->s;
    size_t line = skip_head(s, skip_space(lexer, at)), end = skip_run(s, line, word[0]);
    char head = gb_str_at(s, end);

    if (end - line >= 2 && (head == 'x' || head == 'o' || head == '>'))
        return skip_space(lexer, end + 1);
    return end - line >= 3 ? skip_space(lexer, end) : NONE;
}

/* The first half of a line with words in it: -- == -. */
static size_t
arrow_start(struct gb_mermaid_lexer *lexer, size_t at, const char *word)
{
    size_t end = literal(lexer, skip_head(lexer->s, skip_space(lexer, at)), word);

    return end == NONE ? NONE : skip_space(lexer, end);
}

/* -.-> .- */
static size_t
dotted_arrow(struct gb_mermaid_lexer *lexer, size_t at, const char *word)
{
    struct gb_str s = lexer->s;
    size_t line = skip_head(s, skip_space(lexer, at));

    (void)word;
    line += gb_str_at(s, line) == '-';
    size_t end = skip_run(s, line, '.');
    if (end == line || gb_str_at(s, end) != '-')
        return NONE;
    char head = gb_str_at(s, ++end);
    return skip_space(lexer, end + (head == 'x' || head == 'o' || head == '>'));
}

/* ~~~ */
static size_t
invisible_arrow(struct gb_mermaid_lexer *lexer, size_t at, const char *word)
{
    size_t line = skip_space(lexer, at), end = skip_run(lexer->s, line, '~');

    (void)word;
    return end - line >= 3 ? skip_space(lexer, end) : NONE;
}

/* One character of the words on a line of dashes: any, or a dash that no dash follows. */
static size_t
dash_text(struct gb_mermaid_lexer *lexer, size_t at, const char *word)
{
    if (gb_str_at(lexer->s, at) == '-')
        return gb_str_at(lexer->s, at + 1) == '-' ? NONE : at + 1;
    return one_except(lexer, at, word);
}

/* ---- the rest ---- */

GB_WORDS(direction_words, "TB", "BT", "RL", "LR", "TD");

/* Ends of a line for the pattern "." */
static size_t
pattern_line_end(struct gb_str s, size_t at)
{
    for (; at < s.len && s.ptr[at] != '\n'; at++) {
        if ((unsigned char)s.ptr[at] == 0xE2 && at + 2 < s.len && (unsigned char)s.ptr[at + 1] == 0x80 &&
            ((unsigned char)s.ptr[at + 2] | 1) == 0xA9)
            break;
    }
    return at;
}

/* For each direction: the last place on the line of `at` where the word "direction" and it stand. */
static void
look_for_directions(struct gb_mermaid_lexer *lexer, size_t at)
{
    struct gb_str s = lexer->s;

    lexer->line_end = pattern_line_end(s, at);
    for (size_t i = 0; i < GB_COUNT(direction_words); i++)
        lexer->direction[i] = NONE;
    if (lexer->next_direction < at || lexer->next_direction == 0)
        lexer->next_direction = gb_str_find(s, GB_STR("direction"), at);
    while (lexer->next_direction < lexer->line_end) { /* GB_NOT_FOUND lies behind every line */
        size_t word = lexer->next_direction + strlen("direction"), behind = gb_mermaid_skip_space(s, word);
        for (size_t i = 0; behind > word && i < GB_COUNT(direction_words); i++) {
            if (!gb_str_starts(gb_str_skip(s, behind), direction_words[i]))
                continue;
            lexer->direction[i] = lexer->next_direction;
            lexer->direction_end[i] = behind;
        }
        lexer->next_direction = gb_str_find(s, GB_STR("direction"), word);
    }
}

static size_t
direction(struct gb_mermaid_lexer *lexer, size_t at, const char *word)
{
    (void)word;
    if (at >= lexer->line_end)
        look_for_directions(lexer, at);
    for (size_t i = 0; i < GB_COUNT(direction_words); i++) {
        if (lexer->direction[i] != NONE && lexer->direction[i] >= at)
            return up_to(lexer, lexer->direction_end[i], "\n");
    }
    return NONE;
}

/* The last @ of a run without blanks and double quotes, with something ahead of it and neither { nor " behind it. */
static size_t
link_id(struct gb_mermaid_lexer *lexer, size_t at, const char *word)
{
    struct gb_str s = lexer->s;

    (void)word;
    if (at < lexer->run_begin || at >= lexer->run_end) {
        size_t i = at, next;
        lexer->run_begin = at;
        lexer->run_at = NONE;
        for (; i < s.len && s.ptr[i] != '"' && !gb_mermaid_is_space(gb_utf8_at(s, i, &next)); i = next) {
            char behind = gb_str_at(s, i + 1);
            if (s.ptr[i] == '@' && i + 1 < s.len && behind != '{' && behind != '"')
                lexer->run_at = i;
        }
        lexer->run_end = i > at ? i : at + 1;
    }
    return lexer->run_at != NONE && lexer->run_at > at ? lexer->run_at + 1 : NONE;
}

static bool
is_name_char(struct gb_str s, size_t at)
{
    char c = s.ptr[at];

    if (c == '-') {
        char behind = gb_str_at(s, at + 1);
        return at + 1 < s.len && behind != '>' && behind != '-' && behind != '.';
    }
    return gb_is_word(c) || (c && strchr("!\"#$%&'*+.`?\\/", c));
}

static size_t
name(struct gb_mermaid_lexer *lexer, size_t at, const char *word)
{
    size_t end = at;

    (void)word;
    while (end < lexer->s.len && is_name_char(lexer->s, end))
        end++;
    return end > at ? end : NONE;
}

static size_t
letter(struct gb_mermaid_lexer *lexer, size_t at, const char *word)
{
    size_t next;

    (void)word;
    if (at >= lexer->s.len || (unsigned char)lexer->s.ptr[at] < 0x80)
        return NONE;
    return gb_char_is_early_letter(gb_utf8_at(lexer->s, at, &next)) ? next : NONE;
}

/* White space up to its last line feed: no direction follows. */
static size_t
blank_lines(struct gb_mermaid_lexer *lexer, size_t at, const char *word)
{
    size_t end = skip_space(lexer, at);

    (void)word;
    while (end > at && lexer->s.ptr[end - 1] != '\n')
        end--;
    return end > at ? end : NONE;
}

/* A pair of characters, the first out of a set, the second the last of the word. */
static size_t
pair(struct gb_mermaid_lexer *lexer, size_t at, const char *word)
{
    size_t n = strlen(word) - 1;
    char c = gb_str_at(lexer->s, at);

    return c && memchr(word, c, n) && gb_str_at(lexer->s, at + 1) == word[n] ? at + 2 : NONE;
}

/* ( and ) with nothing but white space between them. */
static size_t
empty_arguments(struct gb_mermaid_lexer *lexer, size_t at, const char *word)
{
    (void)word;
    if (gb_str_at(lexer->s, at) != '(')
        return NONE;
    at = skip_space(lexer, at + 1);
    return gb_str_at(lexer->s, at) == ')' ? at + 1 : NONE;
}

/* The text of slanted shapes: slashes that no ] follows, or all up to a bracket or slash. */
static size_t
trap_text(struct gb_mermaid_lexer *lexer, size_t at, const char *word)
{
    char c = gb_str_at(lexer->s, at);

    if ((c == '/' || c == '\\') && at < lexer->s.len)
        return gb_str_at(lexer->s, at + 1) == ']' ? NONE : at + 1;
    return some_up_to(lexer, at, word);
}

static size_t
at_end(struct gb_mermaid_lexer *lexer, size_t at, const char *word)
{
    (void)word;
    return at >= lexer->s.len ? at : NONE;
}

/* In the order of the reference; the first that fits wins. */
static const struct rule rules[] = {
    {IN(INITIAL), 'a', word_and_mark, "accTitle:", TOKEN_ACC_TITLE, ACC_TITLE},
    {IN(ACC_TITLE), 0, up_to, "\n", TOKEN_ACC_TITLE_VALUE, POP},
    {IN(INITIAL), 'a', word_and_mark, "accDescr:", TOKEN_ACC_DESCR, ACC_DESCR},
    {IN(ACC_DESCR), 0, up_to, "\n", TOKEN_ACC_DESCR_VALUE, POP},
    {IN(INITIAL), 'a', word_and_mark, "accDescr{", -1, ACC_BLOCK},
    {IN(ACC_BLOCK), '}', literal, "}", -1, POP},
    {IN(ACC_BLOCK), 0, up_to, "}", TOKEN_ACC_BLOCK, STAY},
    {IN(INITIAL), '@', literal, "@{", TOKEN_DATA_OPEN, SHAPE_DATA},
    {IN(SHAPE_DATA), '"', literal, "\"", TOKEN_SHAPE_DATA, SHAPE_STRING},
    {IN(SHAPE_STRING), '"', literal, "\"", TOKEN_SHAPE_DATA, POP},
    {IN(SHAPE_STRING), 0, some_up_to, "\"", TOKEN_DATA_STR, STAY},
    {IN(SHAPE_DATA), 0, some_up_to, "}^\"", TOKEN_SHAPE_DATA, STAY},
    {IN(SHAPE_DATA), '}', literal, "}", -1, POP},
    {IN(INITIAL), 'c', before_space, "call", -1, CALLBACK_NAME},
    {IN(CALLBACK_NAME), '(', empty_arguments, NULL, -1, POP},
    {IN(CALLBACK_NAME), '(', literal, "(", -1, REPLACE_ARGS},
    {IN(CALLBACK_NAME), 0, up_to, "(", TOKEN_CALLBACK_NAME, STAY},
    {IN(CALLBACK_ARGS), ')', literal, ")", -1, POP},
    {IN(CALLBACK_ARGS), 0, up_to, ")", TOKEN_CALLBACK_ARGS, STAY},
    {IN(MD_STRING), 0, some_up_to, "`\"", TOKEN_MD_STR, STAY},
    {IN(MD_STRING), '`', literal, "`\"", -1, POP},
    {ALL, '"', literal, "\"`", -1, MD_STRING},
    {IN(STRING), 0, some_up_to, "\"", TOKEN_STR, STAY},
    {IN(STRING), '"', literal, "\"", -1, POP},
    {ALL, '"', literal, "\"", -1, STRING},
    {IN(INITIAL), 's', keyword, "style", TOKEN_STYLE, STAY},
    {IN(INITIAL), 'd', keyword, "default", TOKEN_DEFAULT, STAY},
    {IN(INITIAL), 'l', keyword, "linkStyle", TOKEN_LINK_STYLE, STAY},
    {IN(INITIAL), 'i', keyword, "interpolate", TOKEN_INTERPOLATE, STAY},
    {IN(INITIAL), 'c', keyword, "classDef", TOKEN_CLASS_DEF, STAY},
    {IN(INITIAL), 'c', keyword, "class", TOKEN_CLASS, STAY},
    {IN(INITIAL), 'h', before_blank, "href", TOKEN_HREF, STAY},
    {IN(INITIAL), 'c', before_space, "click", -1, CLICK},
    {IN(CLICK), 0, one_space, NULL, -1, POP},
    {IN(CLICK), 0, until_space, NULL, TOKEN_CLICK, STAY},
    {IN(INITIAL), 'f', keyword, "flowchart-elk", TOKEN_GRAPH, HEADER},
    {IN(INITIAL), 's', keyword, "swimlane-beta", TOKEN_GRAPH, HEADER},
    {IN(INITIAL), 'g', keyword, "graph", TOKEN_GRAPH, HEADER},
    {IN(INITIAL), 'f', keyword, "flowchart", TOKEN_GRAPH, HEADER},
    {IN(INITIAL), 's', keyword, "subgraph", TOKEN_SUBGRAPH, STAY},
    {IN(INITIAL), 'e', keyword_and_space, "end", TOKEN_END_WORD, STAY},
    {IN(INITIAL), '_', keyword, "_self", TOKEN_TARGET, STAY},
    {IN(INITIAL), '_', keyword, "_blank", TOKEN_TARGET, STAY},
    {IN(INITIAL), '_', keyword, "_parent", TOKEN_TARGET, STAY},
    {IN(INITIAL), '_', keyword, "_top", TOKEN_TARGET, STAY},
    {IN(DIR), 0, blank_lines, NULL, TOKEN_NODIR, POP},
    {IN(DIR), 0, spaced_keyword, "LR", TOKEN_DIR, POP},
    {IN(DIR), 0, spaced_keyword, "RL", TOKEN_DIR, POP},
    {IN(DIR), 0, spaced_keyword, "TB", TOKEN_DIR, POP},
    {IN(DIR), 0, spaced_keyword, "BT", TOKEN_DIR, POP},
    {IN(DIR), 0, spaced_keyword, "TD", TOKEN_DIR, POP},
    {IN(DIR), 0, spaced_keyword, "BR", TOKEN_DIR, POP},
    {IN(DIR), 0, spaced_literal, "<", TOKEN_DIR, POP},
    {IN(DIR), 0, spaced_literal, ">", TOKEN_DIR, POP},
    {IN(DIR), 0, spaced_literal, "^", TOKEN_DIR, POP},
    {IN(DIR), 0, spaced_keyword, "v", TOKEN_DIR, POP},
    {IN(INITIAL), 0, direction, NULL, TOKEN_DIRECTION, STAY},
    {IN(INITIAL), 0, link_id, NULL, TOKEN_LINK_ID, STAY},
    {IN(INITIAL), 0, run_of, "0123456789", TOKEN_NUM, STAY},
    {IN(INITIAL), '#', literal, "#", TOKEN_BRKT, STAY},
    {IN(INITIAL), ':', literal, ":::", TOKEN_STYLE_SEPARATOR, STAY},
    {IN(INITIAL), ':', literal, ":", TOKEN_COLON, STAY},
    {IN(INITIAL), '&', literal, "&", TOKEN_AMP, STAY},
    {IN(INITIAL), ';', literal, ";", TOKEN_SEMI, STAY},
    {IN(INITIAL), ',', literal, ",", TOKEN_COMMA, STAY},
    {IN(INITIAL), '*', literal, "*", TOKEN_MULT, STAY},
    {IN(INITIAL) | IN(EDGE), 0, arrow, "-", TOKEN_LINK, POP},
    {IN(INITIAL), 0, arrow_start, "--", TOKEN_START_LINK, EDGE},
    {IN(EDGE), 0, dash_text, "-", TOKEN_EDGE_TEXT, STAY},
    {IN(INITIAL) | IN(THICK), 0, arrow, "=", TOKEN_LINK, POP},
    {IN(INITIAL), 0, arrow_start, "==", TOKEN_START_LINK, THICK},
    {IN(THICK), 0, one_except, "=", TOKEN_EDGE_TEXT, STAY},
    {IN(INITIAL) | IN(DOTTED), 0, dotted_arrow, NULL, TOKEN_LINK, POP},
    {IN(INITIAL), 0, arrow_start, "-.", TOKEN_START_LINK, DOTTED},
    {IN(DOTTED), 0, one_except, ".", TOKEN_EDGE_TEXT, STAY},
    {ALL, 0, invisible_arrow, NULL, TOKEN_LINK, STAY},
    {IN(ELLIPSE), 0, pair, "-/))", TOKEN_ELLIPSE_CLOSE, POP},
    {IN(ELLIPSE), 0, one_except, "()[]{}", TOKEN_TEXT, STAY},
    {ALL, '(', literal, "(-", TOKEN_ELLIPSE_OPEN, ELLIPSE},
    {IN(TEXT), ']', literal, "])", TOKEN_STADIUM_CLOSE, POP},
    {ALL, '(', literal, "([", TOKEN_STADIUM_OPEN, TEXT},
    {IN(TEXT), ']', literal, "]]", TOKEN_SUBROUTINE_CLOSE, POP},
    {ALL, '[', literal, "[[", TOKEN_SUBROUTINE_OPEN, TEXT},
    {IN(INITIAL), '[', literal, "[|", TOKEN_PROPS_OPEN, STAY},
    {IN(INITIAL), '>', literal, ">", TOKEN_TAG_END, TEXT},
    {IN(TEXT), ')', literal, ")]", TOKEN_CYLINDER_CLOSE, POP},
    {ALL, '[', literal, "[(", TOKEN_CYLINDER_OPEN, TEXT},
    {IN(TEXT), ')', literal, ")))", TOKEN_DOUBLE_CLOSE, POP},
    {ALL, '(', literal, "(((", TOKEN_DOUBLE_OPEN, TEXT},
    {IN(TRAP), 0, pair, "\\(?=])]", TOKEN_TRAP_CLOSE, POP},
    {IN(TRAP), '/', literal, "/]", TOKEN_INVTRAP_CLOSE, POP},
    {IN(TRAP), 0, trap_text, "\\[](){}/", TOKEN_TEXT, STAY},
    {ALL, '[', literal, "[/", TOKEN_TRAP_OPEN, TRAP},
    {ALL, '[', literal, "[\\", TOKEN_INVTRAP_OPEN, TRAP},
    {IN(INITIAL), '<', literal, "<", TOKEN_TAG_START, STAY},
    {IN(INITIAL), '^', literal, "^", TOKEN_UP, STAY},
    {IN(INITIAL), '\\', literal, "\\|", TOKEN_SEP, STAY},
    {IN(INITIAL), 'v', keyword, "v", TOKEN_DOWN, STAY},
    {IN(INITIAL), 0, name, NULL, TOKEN_NODE_STRING, STAY},
    {IN(INITIAL), '-', literal, "-", TOKEN_MINUS, STAY},
    {IN(INITIAL), 0, letter, NULL, TOKEN_UNICODE, STAY},
    {IN(TEXT), '|', literal, "|", TOKEN_PIPE, POP},
    {ALL, '|', literal, "|", TOKEN_PIPE, TEXT},
    {IN(TEXT), ')', literal, ")", TOKEN_ROUND_CLOSE, POP},
    {ALL, '(', literal, "(", TOKEN_ROUND_OPEN, TEXT},
    {IN(TEXT), ']', literal, "]", TOKEN_SQUARE_CLOSE, POP},
    {ALL, '[', literal, "[", TOKEN_SQUARE_OPEN, TEXT},
    {IN(TEXT), '}', literal, "}", TOKEN_BRACE_CLOSE, POP},
    {ALL, '{', literal, "{", TOKEN_BRACE_OPEN, TEXT},
    {IN(TEXT), 0, some_up_to, "[](){}|\"", TOKEN_TEXT, STAY},
    {IN(INITIAL), 0, run_of, "\n", TOKEN_NEWLINE, STAY},
    {IN(INITIAL), 0, one_space, NULL, TOKEN_SPACE, STAY},
    {IN(INITIAL), 0, at_end, NULL, TOKEN_EOF_MARK, STAY},
};

void
gb_mermaid_lexer_init(struct gb_mermaid_lexer *lexer, const struct gb_mermaid_text *text)
{
    *lexer = (struct gb_mermaid_lexer){.s = gb_mermaid_str(text, 0, text->len)};
    lexer->states[0] = INITIAL;
}

void
gb_mermaid_resume(struct gb_mermaid_lexer *lexer, size_t at)
{
    lexer->at = at;
    lexer->depth = 0;
    lexer->is_done = false;
    lexer->line_end = lexer->space_end = lexer->run_end = lexer->plain_end = 0;
    lexer->next_direction = 0;
}

/* False when the stack is full: such a text is in no grammar. */
static bool
act(struct gb_mermaid_lexer *lexer, int action)
{
    if (action == STAY || (action == HEADER && lexer->has_header))
        return true;
    if (action == POP) {
        lexer->depth -= lexer->depth > 0;
        return true;
    }
    if (action == REPLACE_ARGS) {
        lexer->states[lexer->depth] = CALLBACK_ARGS;
        return true;
    }
    if (action == HEADER) {
        lexer->has_header = true;
        action = DIR;
    }
    if (lexer->depth + 1 >= MERMAID_MAX_STATES)
        return false;
    lexer->states[++lexer->depth] = (uint8_t)action;
    return true;
}

/*
 * A blank in a run of white space whose first one was a token of its own: so no arrow follows the run, and no direction
 * was on the line. All rules would say the same again.
 */
static bool
is_plain_blank(const struct gb_mermaid_lexer *lexer, size_t at)
{
    return at < lexer->plain_end && at < lexer->line_end && lexer->s.ptr[at] == ' ' &&
           lexer->states[lexer->depth] == INITIAL;
}

struct gb_mermaid_token
gb_mermaid_next(struct gb_mermaid_lexer *lexer)
{
    for (;;) {
        uint32_t state = IN(lexer->states[lexer->depth]);
        size_t begin = lexer->at, end = NONE, i;

        if (lexer->is_done)
            return (struct gb_mermaid_token){TOKEN_END, begin, begin};
        if (is_plain_blank(lexer, begin)) {
            lexer->at = begin + 1;
            return (struct gb_mermaid_token){TOKEN_SPACE, begin, begin + 1};
        }
        lexer->is_done = begin >= lexer->s.len;
        char c = gb_str_at(lexer->s, begin);
        for (i = 0; i < GB_COUNT(rules); i++) {
            if ((rules[i].states & state) && (!rules[i].first || rules[i].first == c) &&
                (end = rules[i].match(lexer, begin, rules[i].word)) != NONE)
                break;
        }
        if (i == GB_COUNT(rules) || !act(lexer, rules[i].action)) {
            enum gb_mermaid_kind kind = begin >= lexer->s.len ? TOKEN_END : TOKEN_BAD;
            return (struct gb_mermaid_token){kind, begin, begin};
        }
        lexer->at = end;
        if (rules[i].token == TOKEN_SPACE)
            lexer->plain_end = skip_space(lexer, begin);
        if (rules[i].token >= 0)
            return (struct gb_mermaid_token){(enum gb_mermaid_kind)rules[i].token, begin, end};
    }
}
