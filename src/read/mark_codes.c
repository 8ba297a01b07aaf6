/* Recognisers of identifiers of documents: GB/T 1.1—2020, ISO 9001:2015, T/CAMET 04010.3—2018. See marks.h. */
#include "read/marks.h"

#include "read/cursor_priv.h"

/* Publishers whose serials may begin with letters: 3GPP TS36.321, SAE J3161, ANSI/NISO Z39.9, ITU-T G.984. */
static bool
take_foreign_publisher(struct cursor *cur)
{
    static const char *const publishers[] = {
        "ANSI", "ASTM", "SAE", "ITU-T", "ITU-R", "3GPP2", "3GPP", "ETSI", "NIST", "NISO", "IEEE", "JIS", "FIPS", "IETF", "ASME", "OMA",
    };
    static const char *const documents[] = {"FIPS", "PUB", "Std", "STD", "std", "TS", "TR", "EN", "SP", "Recommendation", "Rec."};
    struct cursor here = *cur;

    if (!take_any(&here, publishers, GB_COUNT(publishers)))
        return false;
    while (here.c == '/') { /* ANSI/NISO */
        advance(&here);
        while (here.c >= 'A' && here.c <= 'Z')
            advance(&here);
    }
    if (!is_blank(here.c))
        return false;
    skip_blanks(&here);
    for (unsigned n = 0; n < 2 && take_any(&here, documents, GB_COUNT(documents)); n++)
        skip_blanks(&here);
    /* At most two letters of the serial itself. */
    for (unsigned n = 0; n < 2 && here.c >= 'A' && here.c <= 'Z'; n++)
        advance(&here);
    if (here.c == '.')
        advance(&here);
    if (!is_digit(here.c))
        return false;
    *cur = here;
    return true;
}

/* One of the letter groups before a serial number: longest first. */
static bool
take_publisher(struct cursor *cur)
{
    struct cursor here = *cur;
    unsigned letters = 0;

    if (take_foreign_publisher(cur))
        return true;
    while (here.c >= 'A' && here.c <= 'Z' && letters < 8) {
        advance(&here);
        letters++;
    }
    if (letters < 1)
        return false;
    bool local = letters == 2 && cur->s.ptr[cur->at] == 'D' && cur->s.ptr[cur->at + 1] == 'B';
    if (local) {
        struct cursor region = here;
        uint16_t value;
        unsigned digits;
        skip_blanks(&region);
        if (take_integer(&region, &value, &digits) && (digits == 2 || digits == 4 || digits == 6))
            here = region;
    }
    /* /T, /Z, /T ABC, /ABC 001 (enterprise, association); digits belong to it only where the serial follows: /ABC001 002. */
    bool slash = false;
    struct cursor part = here;
    skip_blanks(&part);
    while (part.c == '/') {
        advance(&part);
        skip_blanks(&part);
        unsigned n = 0;
        while (part.c >= 'A' && part.c <= 'Z') {
            advance(&part);
            n++;
        }
        if (n == 0)
            break;
        slash = true;
        here = part;
        while ((part.c >= 'A' && part.c <= 'Z') || is_digit(part.c))
            advance(&part);
        struct cursor serial = part;
        skip_blanks(&serial);
        if (part.c != '/' && (serial.at == part.at || !is_digit(serial.c)))
            break;
        here = part;
    }
    if (letters == 1 && !slash)
        return false;
    *cur = here;
    return true;
}

/* Digits of a serial number. More than seven are a serial and a year whose dash was lost: 501572013. */
static bool
take_serial(struct cursor *cur)
{
    enum { LONGEST_SERIAL = 7, YEAR = 4 };
    struct cursor here = *cur;
    size_t digits = 0;

    while (is_digit(here.c)) {
        advance(&here);
        digits++;
    }
    if (digits == 0 || digits > LONGEST_SERIAL + YEAR)
        return false;
    struct gb_str year = gb_str_sub(here.s, here.at - YEAR, here.at);
    if (digits > LONGEST_SERIAL && !gb_str_starts(year, GB_STR("19")) && !gb_str_starts(year, GB_STR("20")))
        return false;
    *cur = here;
    return true;
}

size_t
gb_mark_code(struct gb_str line)
{
    struct cursor cur = cursor_at(line, 0);
    uint16_t value;
    unsigned digits;

    /* Han begins none, and most lines begin with Han. */
    if ((cur.c < 'A' && !gb_str_starts(line, GB_STR("3GPP"))) || gb_char_is_han(cur.c) || !take_publisher(&cur))
        return 0;
    unsigned blanks = 0;
    while (is_blank(cur.c) && blanks++ < 3)
        advance(&cur);
    if (cur.c == '-' && blanks == 0)
        advance(&cur);
    /* Serial: digits with dots, or with hyphens (ISO). */
    if (!take_serial(&cur))
        return 0;
    for (;;) {
        struct cursor part = cur;
        if (part.c != '.')
            break;
        advance(&part);
        bool has_blank = is_blank(part.c); /* 33133. 1—2016, but not "GB/T 1. 1 …" */
        skip_blanks(&part);
        if (!take_serial(&part) || (has_blank && part.c != U'—' && part.c != '-' && part.c != U'–'))
            break;
        cur = part;
    }
    size_t end = cur.at;
    /* Year behind a dash of any kind or a colon; ISO part numbers behind hyphens. */
    for (;;) {
        struct cursor year = cur;
        skip_blanks(&year);
        static const char *const dashes[] = {"——", "—", "–", "―", "-", "一", ":", "－"};
        if (!take_any(&year, dashes, GB_COUNT(dashes)))
            break;
        skip_blanks(&year);
        if (!take_integer(&year, &value, &digits) || digits > 4)
            break;
        cur = year;
        end = cur.at;
        if (digits == 4)
            break;
    }
    return end;
}

size_t
gb_find_code(struct gb_str line, size_t from, size_t *out_len)
{
    for (size_t at = from; at < line.len; at++) {
        char c = line.ptr[at];
        if ((c < 'A' || c > 'Z') && c != '3') /* 3GPP */
            continue;
        if (at > 0 && (is_latin((unsigned char)line.ptr[at - 1]) || is_digit((unsigned char)line.ptr[at - 1]) ||
                       line.ptr[at - 1] == '/'))
            continue;
        size_t len = gb_mark_code(gb_str_skip(line, at));
        if (len) {
            *out_len = len;
            return at;
        }
    }
    return GB_NOT_FOUND;
}
