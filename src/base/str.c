/* What does not fit inline of str.h. */
#include "base/str.h"

int
gb_str_cmp(struct gb_str a, struct gb_str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n ? memcmp(a.ptr, b.ptr, n) : 0;

    return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* Two bytes of a needle that tell most: Chinese characters share their first bytes, seldom their last. */
struct telling {
    size_t one, two;
};

static struct telling
telling_bytes(struct gb_str needle)
{
    enum { HAN = 3 };
    size_t last = needle.len - 1;

    if ((unsigned char)needle.ptr[0] >= 0xE0 && needle.len > HAN)
        return (struct telling){HAN - 1, last};
    return (struct telling){last, last ? last - 1 : 0};
}

size_t
gb_str_find(struct gb_str s, struct gb_str needle, size_t from)
{
    enum { LONG = 64 }; /* words are shorter; the library's preparations pay for longer texts only */

    if (from >= s.len || needle.len == 0 || needle.len > s.len - from)
        return GB_NOT_FOUND;
    if (needle.len > LONG) {
        const char *hit = memmem(s.ptr + from, s.len - from, needle.ptr, needle.len);
        return hit ? (size_t)(hit - s.ptr) : GB_NOT_FOUND;
    }
    struct telling by = telling_bytes(needle);
    const char one = needle.ptr[by.one], two = needle.ptr[by.two];
    const char *at = s.ptr + from + by.one, *end = s.ptr + s.len - needle.len + by.one + 1;
    while (at < end && (at = memchr(at, one, (size_t)(end - at)))) {
        const char *begin = at - by.one;
        if (begin[by.two] == two && memcmp(begin, needle.ptr, needle.len) == 0)
            return (size_t)(begin - s.ptr);
        at++;
    }
    return GB_NOT_FOUND;
}

/* Two bytes that tell most words apart: the last ones of their first two Han characters. */
enum { FIRST = 2, SECOND = 5 };

static unsigned
pair_of(const char *ptr)
{
    return ((unsigned)ptr[FIRST] & 0x3F) << 6 | ((unsigned)ptr[SECOND] & 0x3F);
}

static bool
has_one(struct gb_str s, const struct gb_str *words, size_t n)
{
    GB_FIND(word, words, n, gb_str_find(s, *word, 0) != GB_NOT_FOUND);
    return word != NULL;
}

/* The same of many words in a text that is not long: one look at each pair of its characters leaves few to search for. */
static bool
has_one_of_many(struct gb_str s, const struct gb_str *words, size_t n)
{
    uint64_t pairs[64] = {0};

    for (size_t at = 0; at + SECOND < s.len; at += (unsigned char)s.ptr[at] >= 0xE0 ? 3 : 1) { /* Han by Han */
        unsigned pair = pair_of(s.ptr + at);
        pairs[pair >> 6] |= UINT64_C(1) << (pair & 63);
    }
    for (size_t i = 0; i < n; i++) {
        unsigned pair = words[i].len > SECOND ? pair_of(words[i].ptr) : 0;
        if (words[i].len > SECOND && !(pairs[pair >> 6] >> (pair & 63) & 1))
            continue;
        if (gb_str_find(s, words[i], 0) != GB_NOT_FOUND)
            return true;
    }
    return false;
}

bool
gb_str_has_any(struct gb_str s, const struct gb_str *words, size_t n)
{
    enum { FEW = 6, LONG = 2048 };

    return n < FEW || s.len > LONG ? has_one(s, words, n) : has_one_of_many(s, words, n);
}

bool
gb_str_has_digit(struct gb_str s)
{
    GB_FIND(byte, s.ptr, s.len, gb_is_digit(*byte));
    return byte != NULL;
}

static char
lower(char c)
{
    return gb_is_upper(c) ? (char)(c + 32) : c;
}

bool
gb_str_eq_nocase(struct gb_str a, struct gb_str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++) {
        if (lower(a.ptr[i]) != lower(b.ptr[i]))
            return false;
    }
    return true;
}

struct gb_str
gb_str_trim(struct gb_str s)
{
    while (s.len && gb_is_space(s.ptr[0]))
        s = gb_str_skip(s, 1);
    while (s.len && gb_is_space(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

bool
gb_str_cut(struct gb_str *rest, char mark, struct gb_str *out)
{
    const char *end = rest->len ? memchr(rest->ptr, mark, rest->len) : NULL;

    *out = gb_str_sub(*rest, 0, end ? (size_t)(end - rest->ptr) : rest->len);
    *rest = gb_str_skip(*rest, out->len + (end != NULL));
    return out->len || end;
}

bool
gb_str_next_line(struct gb_str *rest, struct gb_str *out_line)
{
    if (!gb_str_cut(rest, '\n', out_line))
        return false;
    if (gb_str_ends(*out_line, GB_STR("\r")))
        out_line->len--;
    return true;
}

unsigned
gb_str_distance(struct gb_str a, struct gb_str b, unsigned limit)
{
    enum { MAX = 64 };
    unsigned row[MAX + 1];

    if (a.len > MAX || b.len > MAX)
        return limit + 1;
    for (unsigned j = 0; j <= b.len; j++)
        row[j] = j;
    for (unsigned i = 1; i <= a.len; i++) {
        unsigned diagonal = row[0];
        row[0] = i;
        for (unsigned j = 1; j <= b.len; j++) {
            unsigned best = diagonal + (a.ptr[i - 1] != b.ptr[j - 1]);
            diagonal = row[j];
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            row[j] = best;
        }
    }
    return row[b.len] > limit ? limit + 1 : row[b.len];
}

size_t
gb_str_end(struct gb_str s, const struct gb_str *words, size_t n)
{
    char last = s.len ? s.ptr[s.len - 1] : '\0'; /* tells most words apart */

    GB_FIND(word, words, n,
            word->len <= s.len && word->len && word->ptr[word->len - 1] == last && gb_str_ends(s, *word));
    return word ? word->len : 0;
}

bool
gb_str_is_any(struct gb_str s, const struct gb_str *words, size_t n)
{
    char last = s.len ? s.ptr[s.len - 1] : '\0'; /* tells most words apart, as in gb_str_end */

    GB_FIND(word, words, n, word->len == s.len && (!s.len || word->ptr[s.len - 1] == last) && gb_str_eq(s, *word));
    return word != NULL;
}

bool
gb_str_is_capitalised(struct gb_str word)
{
    if (word.len < 2 || !gb_is_upper(word.ptr[0]))
        return false;
    for (size_t i = 1; i < word.len; i++) {
        if (!gb_is_lower(word.ptr[i]))
            return false;
    }
    return true;
}

size_t
gb_utf8_put(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}
