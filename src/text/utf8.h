/*
 * UTF-8 that has been checked: decoding, counting, stepping. Bytes that were never checked go
 * through gb_utf8_check first (source/ does so once for every input).
 */
#ifndef GB_TEXT_UTF8_H
#define GB_TEXT_UTF8_H

#include "base/str.h"

/* Length in bytes of the valid sequence at ptr, 0 when it is none (overlong, surrogate, cut). */
size_t gb_utf8_valid(const char *ptr, size_t len);

/* Length of the longest valid prefix of the text. */
size_t gb_utf8_check(struct gb_str text);

/* The code point at `at` of checked text and, in *out_next, the offset behind it. */
static inline uint32_t
gb_utf8_at(struct gb_str s, size_t at, size_t *out_next)
{
    const unsigned char *p = (const unsigned char *)s.ptr + at;

    if (p[0] < 0x80) {
        *out_next = at + 1;
        return p[0];
    }
    if (p[0] < 0xE0) {
        *out_next = at + 2;
        return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    }
    if (p[0] < 0xF0) {
        *out_next = at + 3;
        return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    }
    *out_next = at + 4;
    return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 | (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
}

/* The code point that ends at `at` (0 when at is 0) and, in *out_prev, the offset of its start. */
static inline uint32_t
gb_utf8_before(struct gb_str s, size_t at, size_t *out_prev)
{
    size_t next;

    if (at == 0) {
        *out_prev = 0;
        return 0;
    }
    do
        at--;
    while (at > 0 && ((unsigned char)s.ptr[at] & 0xC0) == 0x80);
    *out_prev = at;
    return gb_utf8_at(s, at, &next);
}

/* The code point at `at`; 0 behind the end. */
static inline uint32_t
gb_char_at(struct gb_str s, size_t at)
{
    return at < s.len ? gb_utf8_at(s, at, &(size_t){0}) : 0;
}

/* The code point that ends at `at`; 0 at the beginning. */
static inline uint32_t
gb_char_before(struct gb_str s, size_t at)
{
    return gb_utf8_before(s, at, &(size_t){0});
}

static inline bool
gb_utf8_is_inside(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* The beginning of the character that byte `at` belongs to. */
static inline size_t
gb_utf8_floor(struct gb_str s, size_t at)
{
    while (at > 0 && at < s.len && gb_utf8_is_inside(s.ptr[at]))
        at--;
    return at;
}

/* The first beginning of a character from `at` on, or the end. */
static inline size_t
gb_utf8_ceil(struct gb_str s, size_t at)
{
    while (at < s.len && gb_utf8_is_inside(s.ptr[at]))
        at++;
    return at;
}

/* The last bytes of s, at most so many, without half a character. */
static inline struct gb_str
gb_utf8_tail(struct gb_str s, size_t most)
{
    return gb_str_skip(s, gb_utf8_ceil(s, s.len > most ? s.len - most : 0));
}

/* Length in bytes of the code point that begins with this byte, plain or unsigned. */
static inline size_t
gb_utf8_length(int first)
{
    static const unsigned char lengths[16] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 4};

    return lengths[(first & 0xFF) >> 4];
}

/* Is the character one of those in the list? */
bool gb_is_one_of(uint32_t c, const char *characters);

/* Number of code points. */
size_t gb_utf8_count(struct gb_str s);

#endif
