/*
 * Classes and forms of characters, and their width on a terminal. Tables are made at build time
 * from the Unicode data files.
 */
#ifndef GB_TEXT_CHARS_H
#define GB_TEXT_CHARS_H

#include "base/str.h"

enum { GB_HAN = 3 }; /* bytes of a Han character of the basic plane */

/* Script=Han: 3005, 3007, 3400-4DBF, 4E00-9FFF, F900-FAD9, 20000-323AF and the like. */
bool gb_char_is_han(uint32_t c);

/* White space of any kind: ASCII blanks, U+00A0, U+2000-200A, U+3000, tab, line ends. */
bool gb_char_is_space(uint32_t c);

/* Zero-width and other invisible characters: U+200B-200F, U+202A-202E, U+2060-206F, U+FEFF, U+00AD. */
bool gb_char_is_invisible(uint32_t c);

/* Letter of the basic plane, any script, that Unicode 6.2 had: Han up to U+9FCC, no 〇. Names in Mermaid are made of them. */
bool gb_char_is_early_letter(uint32_t c);

/* Full-width forms FF01-FF5E to ASCII, U+3000 to a blank; all others to themselves. */
static inline uint32_t
gb_char_narrow(uint32_t c)
{
    if (c - 0xFF01 <= 0xFF5E - 0xFF01)
        return c - 0xFF01 + '!';
    return c == 0x3000 ? ' ' : c;
}

/* ASCII or full-width digit: its value; -1 for anything else. */
int gb_char_digit(uint32_t c);

/* 1 to 10 for 一 to 十; 0 for anything else. */
static inline unsigned
gb_han_digit(uint32_t c)
{
    static const uint32_t digits[] = {U'一', U'二', U'三', U'四', U'五', U'六', U'七', U'八', U'九', U'十'};

    if (c - U'一' > U'四' - U'一') /* the last of them */
        return 0;
    GB_FIND(digit, digits, GB_COUNT(digits), *digit == c);
    return digit ? (unsigned)(digit - digits) + 1 : 0;
}

/* The value of 一 to 九十九 at *at, which moves behind it; 0: none. */
unsigned gb_take_han_number(struct gb_str s, size_t *at);
/* The same of such numerals or of digits: 二十五, 25. */
unsigned gb_take_numeral(struct gb_str s, size_t *at);

/* ASCII or full-width Latin letter. */
bool gb_char_is_latin(uint32_t c);

/* Chinese punctuation in full width: ，。；：？！（）、“”‘’《》〈〉【】「」『』〔〕［］…—～· */
bool gb_char_is_cjk_punct(uint32_t c);

/*
 * The standard form (规范汉字) of a traditional character, of a radical or of a compatibility ideograph; 0 for all other characters.
 * *out_is_certain: it has no other standard form (鍾 is 钟 or 锺). NULL to not ask.
 */
uint32_t gb_char_standard(uint32_t c, bool *out_is_certain);

/* Terminal cells: 0 (combining, invisible), 1 or 2; `ambiguous` (1 or 2) for the East Asian
 * ambiguous class, which holds — “ ” … · ① ℃ and is drawn two wide by Chinese terminals.
 * Control characters count 1: whoever prints them prints something in their place. */
unsigned gb_char_width(uint32_t c, unsigned ambiguous);
unsigned gb_str_width(struct gb_str s, unsigned ambiguous);

/*
 * Normalisation N of the rule catalogue, 4.1: white space and invisible characters dropped, half-width
 * , ; : ? ! ( ) made full-width, "…" made “…”, full-width digits and letters made half-width, the dash
 * between a serial number and a year made U+2014 (one dash or two, or 一; a year is 1900 to 2099, no
 * fifth digit behind it). Appends to out.
 */
struct gb_buf;
void gb_normalise(struct gb_str s, struct gb_buf *out);

/* Reads a text as N leaves it, character by character; set `s` (and `at`) and begin. */
struct gb_normal {
    struct gb_str s;
    size_t begin, at; /* the bytes that the last character stands for */
    uint32_t last;    /* that character; 0 at the beginning */
    bool in_quotes;   /* a straight quotation mark was opened */
};

/* The next character; 0 at the end. */
uint32_t gb_normal_next(struct gb_normal *normal);

/* Equal under N. */
bool gb_str_same(struct gb_str a, struct gb_str b);

bool gb_str_has_han(struct gb_str s);

/* Behind the white space at `at`, full-width too. */
size_t gb_str_skip_space(struct gb_str s, size_t at);

/* Number of Han characters; two Latin letters or digits count as one, an odd one left over as well. */
size_t gb_str_han_length(struct gb_str s);

/* 说明：…, 单位: …: does a short word of Han characters with a colon stand at its start? */
bool gb_begins_with_label(struct gb_str s);

#endif
