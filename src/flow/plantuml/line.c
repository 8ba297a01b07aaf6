/* Lines of PlantUML, and the words in them. */
#include "flow/plantuml/plantuml_priv.h"

bool
gb_uml_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* Comments are lines that begin with ' and everything from / ' to ' /. */
bool
gb_uml_next_line(struct gb_uml_text *text, struct gb_uml_line *out)
{
    struct gb_str s = text->s;

    while (text->at < text->end) {
        size_t begin = text->at, end = gb_line_end(gb_str_sub(s, 0, text->end), begin);
        text->at = end < text->end ? end + 1 : end;
        while (begin < end && (gb_uml_is_blank(s.ptr[begin])))
            begin++;
        if (gb_str_starts(gb_str_skip(s, begin), GB_STR("\xEF\xBB\xBF")))
            begin += 3;
        if (gb_str_starts(gb_str_sub(s, begin, end), GB_STR("/'"))) {
            size_t close = gb_str_find(gb_str_sub(s, 0, text->end), GB_STR("'/"), begin + 2);
            text->at = close == GB_NOT_FOUND ? text->end : close + 2;
            continue;
        }
        while (end > begin && gb_uml_is_blank(s.ptr[end - 1]))
            end--;
        if (begin == end || s.ptr[begin] == '\'')
            continue;
        *out = (struct gb_uml_line){begin, end, text->at};
        return true;
    }
    return false;
}

void
gb_uml_skip_blanks(struct gb_uml_cursor *c)
{
    c->at = gb_skip_any(gb_str_sub(c->s, 0, c->end), c->at, " \t\r");
}

/* Behind the word at `at`; 0 for another. */
static size_t
word_end(const struct gb_uml_cursor *c, size_t at, struct gb_str word)
{
    size_t end = at + word.len;

    return end <= c->end && gb_str_eq_nocase(gb_str_sub(c->s, at, end), word) ? end : 0;
}

bool
gb_uml_take_words(struct gb_uml_cursor *c, const char *words)
{
    struct gb_str rest = gb_str_from(words), word;
    size_t at = c->at;

    if (at >= c->end || (c->s.ptr[at] | 0x20) != rest.ptr[0]) /* most words are not it */
        return false;
    while (gb_str_cut(&rest, ' ', &word)) {
        size_t end = word_end(c, at, word);
        if (!end)
            return false;
        at = end;
        while (rest.len && at < c->end && gb_uml_is_blank(c->s.ptr[at]))
            at++;
    }
    if (at < c->end && gb_is_word(c->s.ptr[at]))
        return false;
    c->at = at;
    gb_uml_skip_blanks(c);
    return true;
}

bool
gb_uml_take_mark(struct gb_uml_cursor *c, const char *mark)
{
    struct gb_str m = gb_str_from(mark);

    if (!gb_str_starts(gb_str_sub(c->s, c->at, c->end), m))
        return false;
    c->at += m.len;
    gb_uml_skip_blanks(c);
    return true;
}

struct gb_uml_words
gb_uml_words_at(struct gb_str s, size_t begin, size_t end)
{
    s = gb_str_sub(s, 0, end);
    begin = gb_skip_any(s, begin < s.len ? begin : s.len, " \t\r\n");
    end = begin + gb_skip_any_back(gb_str_skip(s, begin), s.len - begin, " \t\r\n");
    return (struct gb_uml_words){gb_str_sub(s, begin, end), {(uint32_t)begin, (uint32_t)end}};
}

bool
gb_uml_take_group(struct gb_uml_cursor *c, struct gb_uml_words *out)
{
    enum { MOST_BYTES = 2000 };
    size_t at = c->at, depth = 0;

    if (at >= c->end || c->s.ptr[at] != '(')
        return false;
    for (; at < c->s.len && at < c->at + MOST_BYTES; at++) {
        depth += c->s.ptr[at] == '(';
        if (c->s.ptr[at] == ')' && --depth == 0)
            break;
        if (c->s.ptr[at] == '\n' && gb_uml_is_new_statement(gb_str_sub(c->s, at + 1, gb_line_end(c->s, at + 1))))
            return false;
    }
    if (at >= c->s.len || c->s.ptr[at] != ')')
        return false;
    *out = gb_uml_words_at(c->s, c->at + 1, at);
    c->at = at + 1;
    if (c->at > c->end) {
        c->end = gb_line_end(c->s, c->at);
        while (c->end > c->at && gb_uml_is_blank(c->s.ptr[c->end - 1]))
            c->end--;
    }
    gb_uml_skip_blanks(c);
    return true;
}
