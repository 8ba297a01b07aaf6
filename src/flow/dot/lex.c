/* The tokens of DOT. Bytes from 0x80 on are letters, as they are to Graphviz: 受理（窗口） is a name. */
#include "flow/dot/dot_priv.h"

static bool
is_letter(char c)
{
    return gb_is_letter(c) || c == '_' || (unsigned char)c >= 0x80;
}

/* Behind a comment at `at`; `at` itself where there is none or it does not end. Graphviz 2.43 takes # for one anywhere. */
static size_t
comment_end(struct gb_str s, size_t at)
{
    if (s.ptr[at] == '#')
        return gb_line_end(s, at);
    if (s.ptr[at] != '/')
        return at;
    if (gb_str_at(s, at + 1) == '/')
        return gb_line_end(s, at);
    if (gb_str_at(s, at + 1) != '*')
        return at;
    size_t end = gb_str_find(s, GB_STR("*/"), at + 2);
    return end == GB_NOT_FOUND ? at : end + 2;
}

/* Behind blanks and comments. */
static void
skip(struct gb_dot_lexer *lexer, bool *out_on_new_line)
{
    struct gb_str s = lexer->s;

    *out_on_new_line = lexer->at == 0;
    while (lexer->at < s.len) {
        char c = s.ptr[lexer->at];
        size_t end = lexer->at + 1;
        if (c == '\n') {
            *out_on_new_line = true;
        } else if (lexer->at == 0 && gb_str_starts(s, GB_STR("\xEF\xBB\xBF"))) {
            end = 3;
        } else if (c != ' ' && c != '\t' && c != '\r') {
            end = comment_end(s, lexer->at);
            if (end == lexer->at)
                return;
            *out_on_new_line = *out_on_new_line || memchr(s.ptr + lexer->at, '\n', end - lexer->at);
        }
        lexer->at = end;
    }
}

/* Behind the number at `at`; `at` where there is none: -1, 1.5, .5 */
static size_t
number_end(struct gb_str s, size_t at)
{
    size_t end = at + (gb_str_at(s, at) == '-'), digits = end;

    end = gb_skip_digits(s, end);
    bool has_digit = end > digits;
    if (gb_str_at(s, end) == '.' && (has_digit || gb_is_digit(gb_str_at(s, end + 1)))) {
        end++;
        end = gb_skip_digits(s, end);
        has_digit = true;
    }
    return has_digit ? end : at;
}

/* \" is a quotation mark, a backslash ahead of a line end joins the lines; all else stays as it is. */
static struct gb_str
unescape(struct gb_str s, struct gb_arena *arena)
{
    char *out = NULL;
    size_t len = 0;

    for (size_t i = 0; i < s.len; i++) {
        size_t drop = 0, next = i + 1;
        if (s.ptr[i] == '\\' && gb_str_at(s, next) == '"')
            drop = 1;
        else if (s.ptr[i] == '\\' && gb_str_at(s, next) == '\n')
            drop = 2;
        else if (s.ptr[i] == '\\' && gb_str_at(s, next) == '\r' && gb_str_at(s, next + 1) == '\n')
            drop = 3;
        if (drop && !out) {
            out = gb_arena_alloc(arena, s.len);
            memcpy(out, s.ptr, len = i);
        }
        if (drop > 1) {
            i += drop - 1;
            continue;
        }
        if (out)
            out[len++] = s.ptr[i + drop];
        if (drop == 0 && s.ptr[i] == '\\' && gb_str_at(s, next) == '\\') { /* the second one escapes nothing */
            if (out)
                out[len++] = '\\';
            drop = 1;
        }
        i += drop;
    }
    return out ? (struct gb_str){out, len} : s;
}

static void
take_quoted(struct gb_dot_lexer *lexer, struct gb_dot_token *token)
{
    struct gb_str s = lexer->s;
    size_t end = token->begin + 1;

    token->writing = GB_DOT_QUOTED;
    while (end < s.len && s.ptr[end] != '"')
        end += s.ptr[end] == '\\' && end + 1 < s.len ? 2 : 1;
    if (end >= s.len) {
        token->kind = DOT_BAD;
        lexer->at = s.len;
        return;
    }
    token->inside = (struct gb_span){token->begin + 1, (uint32_t)end};
    token->value = unescape(gb_str_sub(s, token->begin + 1, end), lexer->arena);
    lexer->at = end + 1;
}

/* < … > with brackets in pairs; a comment of HTML may hold any. */
static void
take_html(struct gb_dot_lexer *lexer, struct gb_dot_token *token)
{
    struct gb_str s = lexer->s;
    size_t at = token->begin, depth = 0;

    token->writing = GB_DOT_HTML;
    while (at < s.len) {
        size_t end = at + 1;
        if (gb_str_starts(gb_str_skip(s, at), GB_STR("<!--"))) {
            end = gb_str_find(s, GB_STR("-->"), at);
            end = end == GB_NOT_FOUND ? s.len : end + 3;
        } else if (s.ptr[at] == '<') {
            depth++;
        } else if (s.ptr[at] == '>' && --depth == 0) {
            token->inside = (struct gb_span){token->begin + 1, (uint32_t)at};
            token->value = gb_str_sub(s, token->begin + 1, at);
            lexer->at = end;
            return;
        }
        at = end;
    }
    token->kind = DOT_BAD;
    lexer->at = s.len;
}

static const struct {
    char c;
    enum gb_dot_kind kind;
} marks[] = {
    {'{', DOT_OPEN},  {'}', DOT_CLOSE}, {'[', DOT_OPEN_LIST}, {']', DOT_CLOSE_LIST}, {';', DOT_SEMI},
    {',', DOT_COMMA}, {':', DOT_COLON}, {'=', DOT_EQUALS},    {'+', DOT_PLUS},
};

static const struct {
    const char *word;
    enum gb_dot_kind kind;
} keywords[] = {
    {"strict", DOT_STRICT}, {"graph", DOT_GRAPH}, {"digraph", DOT_DIGRAPH},
    {"node", DOT_NODE},     {"edge", DOT_EDGE},   {"subgraph", DOT_SUBGRAPH},
};

static void
take_word(struct gb_dot_lexer *lexer, struct gb_dot_token *token)
{
    struct gb_str s = lexer->s;
    size_t end = number_end(s, token->begin);

    if (end == token->begin) {
        while (end < s.len && (is_letter(s.ptr[end]) || gb_is_digit(s.ptr[end])))
            end++;
    }
    token->value = gb_str_sub(s, token->begin, end);
    token->inside = (struct gb_span){token->begin, (uint32_t)end};
    lexer->at = end;
    for (size_t i = 0; i < GB_COUNT(keywords); i++) {
        if (gb_str_eq_nocase(token->value, gb_str_from(keywords[i].word)))
            token->kind = keywords[i].kind;
    }
}

static void
take_mark(struct gb_dot_lexer *lexer, struct gb_dot_token *token)
{
    struct gb_str rest = gb_str_skip(lexer->s, token->begin);

    token->kind = DOT_BAD;
    lexer->at = token->begin + 1;
    if (gb_str_starts(rest, GB_STR("->")) || gb_str_starts(rest, GB_STR("--"))) {
        token->kind = rest.ptr[1] == '>' ? DOT_ARROW : DOT_LINE;
        lexer->at++;
    }
    for (size_t i = 0; i < GB_COUNT(marks); i++) {
        if (marks[i].c == rest.ptr[0])
            token->kind = marks[i].kind;
    }
}

struct gb_dot_token
gb_dot_next(struct gb_dot_lexer *lexer)
{
    struct gb_dot_token token = {.kind = DOT_ID};

    skip(lexer, &token.on_new_line);
    token.begin = (uint32_t)lexer->at;
    char c = gb_str_at(lexer->s, lexer->at);
    if (lexer->at >= lexer->s.len) {
        token.kind = DOT_END;
        lexer->at = lexer->s.len;
    } else if (c == '"') {
        take_quoted(lexer, &token);
    } else if (c == '<') {
        take_html(lexer, &token);
    } else if (is_letter(c) || number_end(lexer->s, lexer->at) > lexer->at) {
        take_word(lexer, &token);
    } else {
        take_mark(lexer, &token);
    }
    token.end = (uint32_t)lexer->at;
    return token;
}
