/* The raised letters that mark footnotes of tables, where a conversion left them as characters. */
#ifndef GB_DOC_RAISED_H
#define GB_DOC_RAISED_H

#include "base/str.h"

/* "^a^" of pandoc, "$^{a}$" and "$ ^{a} $" of page readers at byte `at`: where it ends, 0 for anything else; *out_letter is its letter. */
static inline size_t
gb_raised_letter(struct gb_str s, size_t at, size_t *out_letter)
{
    bool has_dollar = at < s.len && s.ptr[at] == '$', has_brace;
    size_t i = at + has_dollar;

    while (has_dollar && i < s.len && s.ptr[i] == ' ')
        i++;
    if (i + 2 >= s.len || s.ptr[i] != '^')
        return 0;
    has_brace = s.ptr[i + 1] == '{';
    i += 1u + has_brace;
    *out_letter = i;
    if (i + 1 >= s.len || s.ptr[i] < 'a' || s.ptr[i] > 'z' || (has_brace && s.ptr[i + 1] != '}'))
        return 0;
    i += 1u + has_brace;
    while (has_dollar && i < s.len && s.ptr[i] == ' ')
        i++;
    char end = has_dollar ? '$' : '^';
    if (!has_dollar && has_brace)
        return i;
    return i < s.len && s.ptr[i] == end ? i + 1 : 0;
}

enum { GB_RAISED_BRACKET = 0x207E };

/* ¹, ², ³ and ⁴ to ⁹; 0 for another character. */
static inline unsigned
gb_raised_digit(uint32_t c)
{
    return c >= 0x2074 && c <= 0x2079 ? c - 0x2070 : c == 0xB9 ? 1 : c == 0xB2 || c == 0xB3 ? c - 0xB0 : 0;
}

#endif
