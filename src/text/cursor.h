/*
 * A reader of one line, character by character, for recognisers. Full-width forms read as narrow ones.
 */
#ifndef GB_TEXT_CURSOR_H
#define GB_TEXT_CURSOR_H

#include "text/chars.h"
#include "text/utf8.h"

/* A reader of code points over one line: `at` is the offset of `c`; c is 0 at the end. */
struct gb_cursor {
    struct gb_str s;
    size_t at, next;
    uint32_t c; /* narrow form */
};

static inline void
cursor_set(struct gb_cursor *cur, size_t at)
{
    cur->at = at;
    if (at >= cur->s.len) {
        cur->at = cur->next = cur->s.len;
        cur->c = 0;
        return;
    }
    cur->c = gb_char_narrow(gb_utf8_at(cur->s, at, &cur->next));
}

static inline struct gb_cursor
cursor_at(struct gb_str s, size_t at)
{
    struct gb_cursor cur = {.s = s};

    cursor_set(&cur, at);
    return cur;
}

static inline void
advance(struct gb_cursor *cur)
{
    cursor_set(cur, cur->next);
}

/* Steps over characters of a class, gb_is_upper say, at most so many; gives their number. */
static inline unsigned
skip_class(struct gb_cursor *cur, bool (*is_in_class)(int64_t c), unsigned most)
{
    unsigned n = 0;

    for (; n < most && is_in_class(cur->c); n++)
        advance(cur);
    return n;
}

static inline bool
is_blank(uint32_t c)
{
    /* Letters, digits, Han and marks of Chinese are most of what is asked for: one blank stands behind U+3000. */
    if ((c > ' ' && c < 0x7F) || (c > 0x3000 && c != 0xFEFF))
        return false;
    if (c <= ' ')
        return c == ' ' || c - '\t' <= '\r' - '\t';
    return gb_char_is_space(c) || gb_char_is_invisible(c);
}

static inline void
skip_blanks(struct gb_cursor *cur)
{
    while (is_blank(cur->c))
        advance(cur);
}

/*
 * The first character that is no blank, narrow. Most lines are told apart by it, so that each recogniser below begins with
 * a look at it: they run over every line of a draft, several times.
 */
static inline uint32_t
first_char(struct gb_str line)
{
    for (size_t at = 0; at < line.len;) {
        uint32_t c = gb_char_narrow(gb_utf8_at(line, at, &at));
        if (!is_blank(c))
            return c;
    }
    return 0;
}

static inline bool
starts_like(struct gb_str line, const uint32_t *firsts, size_t n)
{
    uint32_t c = first_char(line);

    GB_FIND(first, firsts, n, *first == c);
    return first != NULL;
}

#define STARTS_LIKE(line, ...)                                                                                         \
    starts_like((line), (const uint32_t[]){__VA_ARGS__}, GB_COUNT(((const uint32_t[]){__VA_ARGS__})))

/* Steps over a literal; blanks between its Han characters are allowed (目 次). */
static inline bool
take_word(struct gb_cursor *cur, const char *word)
{
    struct gb_cursor w = cursor_at(gb_str_from(word), 0), here = *cur;

    while (w.c) {
        if (here.c != w.c)
            return false;
        advance(&here);
        advance(&w);
        struct gb_cursor ahead = here;
        if (w.c && gb_char_is_han(w.c)) {
            skip_blanks(&ahead);
            if (ahead.c == w.c)
                here = ahead;
        }
    }
    *cur = here;
    return true;
}

static inline bool
take_any(struct gb_cursor *cur, const char *const *words, size_t n)
{
    GB_FIND(word, words, n, take_word(cur, *word));
    return word != NULL;
}

/* Digits with a value of at most 9999; *out_digits is how many. */
static inline bool
take_integer(struct gb_cursor *cur, uint16_t *out, unsigned *out_digits)
{
    unsigned value = 0, digits = 0;

    while (gb_is_digit(cur->c)) {
        value = value * 10 + (cur->c - '0');
        if (++digits > 4)
            return false;
        advance(cur);
    }
    *out = (uint16_t)value;
    *out_digits = digits;
    return digits > 0;
}

#endif
