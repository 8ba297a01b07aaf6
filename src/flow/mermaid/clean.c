/*
 * What Mermaid does to a chart before it is scanned, in its order: line ends, quotes in tags, front matter, directives,
 * comments, semicolons of styles, entity codes, blanks behind braces. Nothing grows, so all of it is done in place; every
 * byte that stays knows its place.
 */
#include "base/yaml.h"
#include "flow/mermaid/mermaid_priv.h"
#include "text/chars.h"
#include "text/utf8.h"

bool
gb_mermaid_is_space(uint32_t c)
{
    if (c < 0x80)
        return c == ' ' || c - '\t' <= '\r' - '\t';
    return c == 0xFEFF || (c != 0x85 && gb_char_is_space(c));
}

size_t
gb_mermaid_skip_space(struct gb_str s, size_t at)
{
    size_t next;

    while (at < s.len && gb_mermaid_is_space(gb_utf8_at(s, at, &next)))
        at = next;
    return at;
}

static struct gb_str
whole(const struct gb_mermaid_text *t)
{
    return gb_mermaid_str(t, 0, t->len);
}

static size_t
skip_word(struct gb_str s, size_t at)
{
    while (at < s.len && gb_is_word(s.ptr[at]))
        at++;
    return at;
}

static bool
stands_at(struct gb_str s, size_t at, const char *word)
{
    return gb_str_starts(gb_str_skip(s, at), gb_str_from(word));
}

/* A pass: bytes are taken over one after the other, or left out. */
struct pass {
    struct gb_mermaid_text *t;
    size_t out;
};

static void
keep(struct pass *pass, size_t begin, size_t end)
{
    struct gb_mermaid_text *t = pass->t;

    if (pass->out != begin && end > begin) {
        memmove(t->ptr + pass->out, t->ptr + begin, end - begin);
        memmove(t->places + pass->out, t->places + begin, (end - begin) * sizeof(*t->places));
    }
    pass->out += end - begin;
}

/* What lies ahead of `begin` is gone. */
static void
cut_head(struct gb_mermaid_text *t, size_t begin)
{
    struct pass pass = {t, 0};

    keep(&pass, begin, t->len);
    t->len = pass.out;
}

static void
unify_line_ends(struct gb_mermaid_text *t)
{
    struct pass pass = {t, 0};

    for (size_t at = 0; at < t->len; at++) {
        if (t->ptr[at] == '\r' && at + 1 < t->len && t->ptr[at + 1] == '\n')
            continue;
        if (t->ptr[at] == '\r')
            t->ptr[at] = '\n';
        keep(&pass, at, at + 1);
    }
    t->len = pass.out;
}

/* <a href="x"> is scanned as <a href='x'>: a double quote would end a string. */
static void
soften_quotes(struct gb_mermaid_text *t, size_t begin, size_t end)
{
    struct gb_str attributes = gb_mermaid_str(t, 0, end);

    for (size_t at = begin; (at = gb_str_find(attributes, GB_STR("=\""), at)) != GB_NOT_FOUND;) {
        size_t close = gb_str_find(attributes, GB_STR("\""), at + 2);
        if (close == GB_NOT_FOUND)
            return;
        t->ptr[at + 1] = t->ptr[close] = '\'';
        at = close + 1;
    }
}

static void
soften_tags(struct gb_mermaid_text *t)
{
    struct gb_str s = whole(t);

    for (size_t at = 0; (at = gb_str_find(s, GB_STR("<"), at)) != GB_NOT_FOUND;) {
        size_t name_end = skip_word(s, at + 1);
        if (name_end == at + 1) {
            at++;
            continue;
        }
        size_t close = gb_str_find(s, GB_STR(">"), name_end);
        if (close == GB_NOT_FOUND)
            return;
        soften_quotes(t, name_end, close);
        at = close + 1;
    }
}

/* Does a configuration say inheritDir: true? */
static bool
asks_to_inherit(struct gb_str config)
{
    size_t at = gb_str_find(config, GB_STR("inheritDir"), 0);

    if (at == GB_NOT_FOUND)
        return false;
    for (at += strlen("inheritDir"); at < config.len && strchr("\"' :", config.ptr[at]); at++)
        ;
    return stands_at(config, at, "true");
}

static void
set_fault(struct gb_mermaid_text *t, size_t begin, size_t end, const char *zh, const char *en)
{
    t->fault = gb_mermaid_place(t, begin, end);
    t->fault_zh = zh;
    t->fault_en = en;
}

/* The body without the indentation of its fence. */
static struct gb_str
unindent(struct gb_str body, size_t indent, struct gb_arena *arena)
{
    char *out = gb_arena_alloc(arena, body.len + 1);
    size_t len = 0;

    for (size_t at = 0; at < body.len;) {
        size_t end = gb_line_end(body, at), text = at;
        while (text < end && text - at < indent && (body.ptr[text] == ' ' || body.ptr[text] == '\t'))
            text++;
        if (text - at < indent)
            text = at;
        memcpy(out + len, body.ptr + text, end - text);
        len += end - text;
        if (end < body.len)
            out[len++] = '\n';
        at = end + 1;
    }
    return (struct gb_str){out, len};
}

/* Where a line of the front matter in [begin, end) begins, counted from 1. */
static size_t
front_line(struct gb_str s, size_t begin, size_t end, unsigned number)
{
    size_t at = begin;

    for (unsigned line = 1; line < number && at < end; line++)
        at = gb_line_end(gb_str_sub(s, 0, end), at) + 1;
    return at;
}

/* Title and configuration of the front matter, whose lines are [begin, end). */
static void
read_front(struct gb_mermaid_text *t, size_t indent, size_t begin, size_t end, struct gb_arena *arena)
{
    struct gb_str body = gb_mermaid_str(t, begin, end > begin ? end : begin);
    struct gb_error error;
    const struct gb_yaml *yaml = gb_yaml_parse(unindent(body, indent, arena), "", arena, &error);

    if (!yaml) {
        size_t at = front_line(whole(t), begin, end, error.line);
        at = at < end ? at : begin;
        set_fault(t, at, gb_line_end(whole(t), at), "“---”之间的前置块不是正确的YAML；含冒号、井号的值须加引号",
                  "the block between “---” lines is no YAML; quote values that hold a colon or a hash");
        return;
    }
    const struct gb_yaml *title = gb_yaml_get(yaml, "title");
    if (title && title->kind == GB_YAML_SCALAR) {
        size_t at = front_line(whole(t), begin, end, title->line);
        t->title = title->text;
        t->title_place = gb_mermaid_place(t, at, gb_line_end(whole(t), at));
    }
    t->inherits_direction = t->inherits_direction || asks_to_inherit(body);
}

/* Behind the last line feed of the white space at `at`; 0 when it holds none. */
static size_t
behind_blank_lines(struct gb_str s, size_t at)
{
    size_t end = gb_mermaid_skip_space(s, at);

    while (end > at && s.ptr[end - 1] != '\n')
        end--;
    return end > at ? end : 0;
}

/* Behind a closing line of --- at `line`, with the indentation of the opening one; 0 when it is none. */
static size_t
behind_closing(struct gb_str s, size_t indent, size_t line)
{
    if (line > s.len || !gb_str_eq(gb_str_sub(s, line, line + indent), gb_str_sub(s, 0, indent)) ||
        !stands_at(s, line + indent, "---"))
        return 0;
    return behind_blank_lines(s, line + indent + 3);
}

/* The front matter: a line of ---, lines, a line of --- with the same indentation. Only at the very beginning. */
static void
take_front(struct gb_mermaid_text *t, struct gb_arena *arena)
{
    struct gb_str s = whole(t);
    size_t indent = 0, end = 0, line;

    while (indent < s.len && s.ptr[indent] != '\n' &&
           gb_mermaid_skip_space(gb_str_sub(s, 0, indent + 1), indent) > indent)
        indent++;
    size_t begin = stands_at(s, indent, "---") ? behind_blank_lines(s, indent + 3) : 0;
    if (begin == 0)
        return;
    for (line = gb_line_end(s, begin) + 1; line <= s.len; line = gb_line_end(s, line) + 1) {
        end = behind_closing(s, indent, line);
        if (end)
            break;
    }
    if (end == 0 && memchr(s.ptr + indent + 3, '\n', begin - indent - 4)) { /* nothing but an empty line between them */
        line = begin;
        end = behind_closing(s, indent, line);
    }
    if (end == 0)
        return;
    read_front(t, indent, begin, line > begin ? line - 1 : begin, arena);
    cut_head(t, end);
}

/* The end of the directive that begins with %%{ at `at`; 0 when it is none. */
static size_t
directive_end(struct gb_str s, size_t at)
{
    size_t word = gb_mermaid_skip_space(s, at + 3), end = skip_word(s, word);

    if (end == word)
        return 0;
    size_t colon = gb_mermaid_skip_space(s, end);
    if (colon < s.len && s.ptr[colon] == ':')
        end = colon + 1;
    end = gb_mermaid_skip_space(s, end);
    if (end < s.len && gb_is_word(s.ptr[end])) {
        end = skip_word(s, end);
    } else {
        size_t close = gb_str_find(s, GB_STR("}%%"), end);
        end = close == GB_NOT_FOUND ? s.len : close;
    }
    end = gb_mermaid_skip_space(s, end);
    return stands_at(s, end, "}%%") ? end + 3 : end;
}

static void
drop_directives(struct gb_mermaid_text *t)
{
    struct gb_str s = whole(t);
    struct pass pass = {t, 0};
    size_t from = 0;

    if (gb_str_find(s, GB_STR("%%{"), 0) == GB_NOT_FOUND)
        return;
    for (size_t at = 0; (at = gb_str_find(s, GB_STR("%%{"), at)) != GB_NOT_FOUND;) {
        size_t end = directive_end(s, at);
        if (end == 0) {
            at += 3;
            continue;
        }
        t->inherits_direction = t->inherits_direction || asks_to_inherit(gb_str_sub(s, at, end));
        keep(&pass, from, at);
        at = from = end;
    }
    keep(&pass, from, s.len);
    t->len = pass.out;
}

/* Lines of %% and at least one more character that is no brace, with the empty lines ahead of them. */
static void
drop_comments(struct gb_mermaid_text *t)
{
    struct gb_str s = whole(t);
    struct pass pass = {t, 0};

    for (size_t line = 0; line < s.len;) {
        size_t at = gb_mermaid_skip_space(s, line), end = gb_line_end(s, at);
        bool is_comment = stands_at(s, at, "%%") && at + 2 < end && s.ptr[at + 2] != '{';
        size_t next = end < s.len ? end + 1 : s.len;
        if (!is_comment)
            keep(&pass, line, next);
        line = next;
    }
    t->len = pass.out;
    cut_head(t, gb_mermaid_skip_space(whole(t), 0));
}

/*
 * On a line with the word, a colon and a # behind it without a blank between them, the last semicolon is dropped when it
 * stands behind that #: it would make an entity code of a colour.
 */
static size_t
lost_semicolon(struct gb_str line, const char *word)
{
    size_t at = gb_str_find(line, gb_str_from(word), 0);
    bool has_colon = false;

    if (at == GB_NOT_FOUND)
        return GB_NOT_FOUND;
    for (at += strlen(word); at < line.len; at++) {
        if (line.ptr[at] == ':')
            has_colon = true;
        else if (line.ptr[at] == '#' && has_colon)
            break;
        else if (line.ptr[at] == ' ' || line.ptr[at] == '\t')
            has_colon = false;
    }
    for (size_t last = line.len; last > at + 1; last--) {
        if (line.ptr[last - 1] == ';')
            return last - 1;
    }
    return GB_NOT_FOUND;
}

static void
drop_semicolons(struct gb_mermaid_text *t, const char *word)
{
    struct gb_str s = whole(t);
    struct pass pass = {t, 0};

    if (gb_str_find(s, gb_str_from(word), 0) == GB_NOT_FOUND)
        return;
    for (size_t line = 0; line < s.len;) {
        size_t end = gb_line_end(s, line), lost = lost_semicolon(gb_str_sub(s, line, end), word);
        size_t next = end < s.len ? end + 1 : s.len;
        if (lost == GB_NOT_FOUND) {
            keep(&pass, line, next);
        } else {
            keep(&pass, line, line + lost);
            keep(&pass, line + lost + 1, next);
        }
        line = next;
    }
    t->len = pass.out;
}

/* #35; and #quot; */
static void
hide_codes(struct gb_mermaid_text *t)
{
    struct gb_str s = whole(t);

    for (size_t at = 0; (at = gb_str_find(s, GB_STR("#"), at)) != GB_NOT_FOUND;) {
        size_t end = skip_word(s, at + 1), digit = gb_skip_digits(s, at + 1);
        if (end > at + 1 && end < s.len && s.ptr[end] == ';') {
            t->ptr[at] = digit == end ? CODE_NUMBER : CODE_NAME;
            t->ptr[end] = CODE_END;
        }
        at = end;
    }
}

/* White space between } and the end of its line, and empty lines there. */
static void
close_braces(struct gb_mermaid_text *t)
{
    struct gb_str s = whole(t);
    struct pass pass = {t, 0};
    size_t from = 0;

    for (size_t at = 0; (at = gb_str_find(s, GB_STR("}"), at)) != GB_NOT_FOUND;) {
        size_t end = behind_blank_lines(s, at + 1);
        at++;
        if (end > at + 1) {
            keep(&pass, from, at);
            from = end - 1;
            at = end;
        }
    }
    keep(&pass, from, s.len);
    t->len = pass.out;
}

void
gb_mermaid_clean(struct gb_mermaid_text *t, struct gb_str text, struct gb_arena *arena)
{
    *t = (struct gb_mermaid_text){.len = text.len, .n_typed = (uint32_t)text.len};
    t->ptr = gb_arena_alloc(arena, text.len + 1);
    t->places = gb_arena_new_array(arena, uint32_t, text.len + 1);
    if (text.len)
        memcpy(t->ptr, text.ptr, text.len);
    for (size_t i = 0; i < text.len; i++)
        t->places[i] = (uint32_t)i;

    unify_line_ends(t);
    soften_tags(t);
    take_front(t, arena);
    drop_directives(t);
    drop_comments(t);
    drop_semicolons(t, "style");
    drop_semicolons(t, "classDef");
    hide_codes(t);
    t->ptr[t->len] = '\n';
    t->places[t->len++] = (uint32_t)text.len;
    close_braces(t);
}
