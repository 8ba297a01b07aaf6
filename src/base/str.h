/*
 * Spans and views: the two ways gblint speaks of text without owning it; and the classes of ASCII characters.
 */
#ifndef GB_BASE_STR_H
#define GB_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Half-open byte range [begin, end) in the UTF-8 text of one source. */
struct gb_span {
    uint32_t begin, end;
};

/* Bytes that live elsewhere. Not NUL-terminated. */
struct gb_str {
    const char *ptr;
    size_t len;
};

#define GB_STR(literal) ((struct gb_str){(literal), sizeof(literal) - 1})
/* For printf: printf("%.*s", GB_FMT(s)). */
#define GB_FMT(s) (int)(s).len, (s).ptr

/* Is the value, of fewer than 64, one of these: GB_AMONG(node->kind, GB_NODE_TABLE, GB_NODE_FIGURE)? */
#define GB_AMONG(value, ...) ((UINT64_C(1) << (value) & (GB_PASSES_16(GB_FIRST_BIT(__VA_ARGS__)))) != 0)
#define GB_FIRST_BIT(value, ...) UINT64_C(1) << (value)__VA_OPT__(| GB_OTHER_BITS GB_LATER(__VA_ARGS__))
#define GB_OTHER_BITS() GB_FIRST_BIT

#define GB_COUNT(array) (sizeof(array) / sizeof((array)[0]))
/* The names of a list of X(id, name), as rows. */
#define GB_NAMED(id, name) name,
/* A function that gives the name of a value: GB_NAME_OF(gb_level_name, enum gb_level, GB_LEVELS) */
#define GB_NAME_OF(function, type, list)                                                                               \
    const char *function(type value)                                                                                   \
    {                                                                                                                  \
        static const char *const names[] = {list(GB_NAMED)};                                                           \
        return names[value];                                                                                           \
    }
/* A loop over n items, none of which is moved in it; NULL has none: GB_EACH(const struct gb_mention, m, all->mentions, all->n) { … } */
#define GB_EACH(type, item, items, n)                                                                                  \
    for (type *item = (items), *item##_end = item ? item + (n) : item; item < item##_end; item++)
/* Declares item, the first of n items of which `is` holds; NULL where it holds of none: GB_FIND(m, all->mentions, all->n, m->node == node); */
#define GB_FIND(item, items, n, is)                                                                                    \
    __typeof__(*(items)) *item = (items), *item##_end = item ? item + (n) : item;                                      \
    for (; item < item##_end || (item = NULL); item++) {                                                               \
        if (is)                                                                                                        \
            break;                                                                                                     \
    }

/* The same in a chain: GB_FIND_NEXT(n, node->first, n->next, n->kind == GB_NODE_TABLE); */
#define GB_FIND_NEXT(item, first, next, is)                                                                            \
    const __typeof__(*(first)) *item = (first);                                                                        \
    while (item && !(is))                                                                                              \
        item = (next);

/* The loops over items and over a chain for what follows: GB_ITEMS(m, all->mentions, all->n), GB_CHAIN(n, node->first, n->next). */
#define GB_ITEMS(item, items, n) GB_EACH(const __typeof__(*(items)), item, (items), (n))
#define GB_CHAIN(item, first, next) for (const __typeof__(*(first)) *item = (first); item; item = (next))
/* Does `is` hold in one round of a loop, and in how many: GB_ANY(GB_EACH_NODE(n, nodes), n->first == NULL). */
#define GB_ANY(loop, is) GB_ANY_AS(GB_JOIN(is_any_, __COUNTER__), loop, is)
#define GB_ANY_AS(is_any, loop, is)                                                                                    \
    ({                                                                                                                 \
        bool is_any = false;                                                                                           \
        loop                                                                                                           \
        {                                                                                                              \
            if (is) {                                                                                                  \
                is_any = true;                                                                                         \
                break;                                                                                                 \
            }                                                                                                          \
        }                                                                                                              \
        is_any;                                                                                                        \
    })
#define GB_HOW_MANY(loop, is)                                                                                          \
    ({                                                                                                                 \
        uint32_t n_such = 0;                                                                                           \
        loop n_such += (is) ? 1u : 0u;                                                                                 \
        n_such;                                                                                                        \
    })
#define GB_JOIN(name, number) GB_JOIN_AS(name, number)
#define GB_JOIN_AS(name, number) name##number

/*
 * Classes of ASCII characters. c is a byte or a code point: no character beyond ASCII, and no byte of one, is in any of them.
 */
static inline bool
gb_is_digit(int64_t c)
{
    return c >= '0' && c <= '9';
}

static inline bool
gb_is_upper(int64_t c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool
gb_is_lower(int64_t c)
{
    return c >= 'a' && c <= 'z';
}

static inline bool
gb_is_letter(int64_t c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static inline bool
gb_is_alnum(int64_t c)
{
    return gb_is_letter(c) || gb_is_digit(c);
}

/* The value of a hexadecimal digit; -1 for any other. */
static inline int
gb_hex_digit(int64_t c)
{
    if (gb_is_digit(c))
        return (int)(c - '0');
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (int)((c | 0x20) - 'a' + 10) : -1;
}

/* What names in most languages consist of. */
static inline bool
gb_is_word(int64_t c)
{
    return gb_is_alnum(c) || c == '_';
}

static inline bool
gb_is_blank(int64_t c)
{
    return c == ' ' || c == '\t';
}

static inline bool
gb_is_line_end(int64_t c)
{
    return c == '\n' || c == '\r';
}

static inline bool
gb_is_space(int64_t c)
{
    return gb_is_blank(c) || gb_is_line_end(c);
}

static inline struct gb_str
gb_str_from(const char *text)
{
    return (struct gb_str){text, text ? strlen(text) : 0};
}

static inline bool
gb_str_eq(struct gb_str a, struct gb_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool
gb_str_is(struct gb_str a, const char *text)
{
    return gb_str_eq(a, gb_str_from(text));
}

static inline bool
gb_str_starts(struct gb_str s, struct gb_str prefix)
{
    return s.len >= prefix.len && memcmp(s.ptr, prefix.ptr, prefix.len) == 0;
}

/* A row in a table of words. */
#define GB_WORD(literal)                                                                                               \
    {                                                                                                                  \
        (literal), sizeof(literal) - 1                                                                                 \
    }

/*
 * A static table of words, at most 85: GB_WORDS(ends, "。", "；", "！"); The preprocessor takes one word in each pass over what is
 * left, and has to be told to pass again.
 */
#define GB_WORDS(name, ...) static const struct gb_str name[] = {GB_PASSES(GB_FIRST_WORD(__VA_ARGS__))}
#define GB_FIRST_WORD(word, ...) GB_WORD(word), __VA_OPT__(GB_OTHER_WORDS GB_LATER(__VA_ARGS__))
#define GB_OTHER_WORDS() GB_FIRST_WORD
#define GB_LATER ()
#define GB_PASSES(...) GB_PASSES_16(GB_PASSES_16(GB_PASSES_16(GB_PASSES_16(__VA_ARGS__))))
#define GB_PASSES_16(...) GB_PASSES_4(GB_PASSES_4(GB_PASSES_4(GB_PASSES_4(__VA_ARGS__))))
#define GB_PASSES_4(...) GB_PASS(GB_PASS(GB_PASS(GB_PASS(__VA_ARGS__))))
#define GB_PASS(...) __VA_ARGS__

/* Bytes of the first of the words with which s begins, 0 without. None of them is empty. Han share their first bytes, seldom the last. */
static inline size_t
gb_str_start(struct gb_str s, const struct gb_str *words, size_t n)
{
    GB_FIND(word, words, n,
            word->len <= s.len && s.ptr[word->len - 1] == word->ptr[word->len - 1] && gb_str_starts(s, *word));
    return word ? word->len : 0;
}

static inline bool
gb_str_starts_any(struct gb_str s, const struct gb_str *words, size_t n)
{
    return gb_str_start(s, words, n) > 0;
}

static inline bool
gb_str_ends(struct gb_str s, struct gb_str suffix)
{
    return s.len >= suffix.len && memcmp(s.ptr + s.len - suffix.len, suffix.ptr, suffix.len) == 0;
}

/* The byte at `at`; 0 behind the end. */
static inline char
gb_str_at(struct gb_str s, size_t at)
{
    return at < s.len ? s.ptr[at] : '\0';
}

/* Behind the digits at `at`; `at` itself where none are there. And behind the letters; before the digits that end there. */
static inline size_t
gb_skip_digits(struct gb_str s, size_t at)
{
    while (gb_is_digit(gb_str_at(s, at)))
        at++;
    return at;
}

static inline size_t
gb_skip_letters(struct gb_str s, size_t at)
{
    while (gb_is_letter(gb_str_at(s, at)))
        at++;
    return at;
}

static inline size_t
gb_skip_digits_back(struct gb_str s, size_t at)
{
    while (at > 0 && gb_is_digit(s.ptr[at - 1]))
        at--;
    return at;
}

/* The number that the digits at *at make, of which at most `most` are taken; *at moves behind them. */
static inline unsigned
gb_take_digits(struct gb_str s, size_t *at, size_t most)
{
    unsigned value = 0;

    for (size_t i = 0; i < most && gb_is_digit(gb_str_at(s, *at)); i++, ++*at)
        value = value * 10 + (unsigned)(s.ptr[*at] - '0');
    return value;
}

/* c is one of these characters of ASCII, of which most text has none. */
static inline bool
gb_is_any_of(char c, const char *bytes)
{
    return c == bytes[0] || (c > 0 && memchr(bytes + 1, c, strlen(bytes + 1)));
}

/* Behind the characters of ASCII at `at` that are among these: gb_skip_any(s, at, " \t"); and before those that end there. */
static inline size_t
gb_skip_any(struct gb_str s, size_t at, const char *bytes)
{
    while (at < s.len && gb_is_any_of(s.ptr[at], bytes))
        at++;
    return at;
}

static inline size_t
gb_skip_any_back(struct gb_str s, size_t at, const char *bytes)
{
    while (at > 0 && gb_is_any_of(s.ptr[at - 1], bytes))
        at--;
    return at;
}

/* Bytes [begin, end) of s; both are cut to its length. */
static inline struct gb_str
gb_str_sub(struct gb_str s, size_t begin, size_t end)
{
    if (end > s.len)
        end = s.len;
    if (begin > end)
        begin = end;
    return (struct gb_str){s.ptr + begin, end - begin};
}

/* s without its first n bytes. */
static inline struct gb_str
gb_str_skip(struct gb_str s, size_t n)
{
    return gb_str_sub(s, n, s.len);
}

/* Order by bytes, which for UTF-8 is the order of code points. */
int gb_str_cmp(struct gb_str a, struct gb_str b);

#define GB_NOT_FOUND ((size_t)-1)

/* Byte offset of needle in s at or after `from`, or GB_NOT_FOUND. */
size_t gb_str_find(struct gb_str s, struct gb_str needle, size_t from);

/* A loop over the places of a word in s from `from` on: GB_EACH_FOUND(at, s, GB_STR("分"), 0) { … } */
#define GB_EACH_FOUND(at, s, word, from)                                                                               \
    for (size_t at = gb_str_find((s), (word), (from)); at != GB_NOT_FOUND;                                             \
         at = gb_str_find((s), (word), at + (word).len))

/* Does one of the words stand in s? Costs little for each word that does not. */
bool gb_str_has_any(struct gb_str s, const struct gb_str *words, size_t n);
bool gb_str_is_any(struct gb_str s, const struct gb_str *words, size_t n);
/* Bytes of the first of the words with which s ends, 0 without. */
size_t gb_str_end(struct gb_str s, const struct gb_str *words, size_t n);

static inline bool
gb_str_ends_any(struct gb_str s, const struct gb_str *words, size_t n)
{
    return gb_str_end(s, words, n) > 0;
}

/* Behind the words at `at`, as many as stand there, one behind another; `at` itself where none does. */
static inline size_t
gb_skip_words(struct gb_str s, size_t at, const struct gb_str *words, size_t n)
{
    for (size_t len; (len = gb_str_start(gb_str_skip(s, at), words, n)) > 0;)
        at += len;
    return at;
}

/* The first place from `at` on where one of the marks stands, the end of s where none does: GB_UNTIL(s, at, marks). */
static inline size_t
gb_str_until(struct gb_str s, size_t at, const struct gb_str *marks, size_t n)
{
    while (at < s.len &&
           (((unsigned char)s.ptr[at] & 0xC0) == 0x80 || !gb_str_starts_any(gb_str_skip(s, at), marks, n)))
        at++;
    return at;
}

/* The same of tables. */
#define GB_SKIP(s, at, words) gb_skip_words((s), (at), (words), GB_COUNT(words))
#define GB_UNTIL(s, at, marks) gb_str_until((s), (at), (marks), GB_COUNT(marks))
#define GB_HAS_ANY(s, words) gb_str_has_any((s), (words), GB_COUNT(words))
#define GB_STARTS_ANY(s, words) gb_str_starts_any((s), (words), GB_COUNT(words))
#define GB_ENDS_ANY(s, words) gb_str_ends_any((s), (words), GB_COUNT(words))
#define GB_IS_ANY(s, words) gb_str_is_any((s), (words), GB_COUNT(words))
#define GB_START(s, words) gb_str_start((s), (words), GB_COUNT(words))
#define GB_END(s, words) gb_str_end((s), (words), GB_COUNT(words))

/* The same of words that are asked for once: GB_ENDS_WITH(s, "。", "；"). */
#define GB_HAS_ONE_OF(s, ...) GB_ASK_WORDS(GB_HAS_ANY, s, __VA_ARGS__)
#define GB_STARTS_WITH(s, ...) GB_ASK_WORDS(GB_STARTS_ANY, s, __VA_ARGS__)
#define GB_ENDS_WITH(s, ...) GB_ASK_WORDS(GB_ENDS_ANY, s, __VA_ARGS__)
#define GB_IS_ONE_OF(s, ...) GB_ASK_WORDS(GB_IS_ANY, s, __VA_ARGS__)
#define GB_ASK_WORDS(ask, s, ...)                                                                                      \
    ({                                                                                                                 \
        GB_WORDS(words_asked, __VA_ARGS__);                                                                            \
        ask((s), words_asked);                                                                                         \
    })

/* An ASCII digit. */
bool gb_str_has_digit(struct gb_str s);

static inline bool
gb_str_has(struct gb_str s, struct gb_str needle)
{
    return gb_str_find(s, needle, 0) != GB_NOT_FOUND;
}

/* Equal but for the case of ASCII letters. */
bool gb_str_eq_nocase(struct gb_str a, struct gb_str b);

/* Without ASCII blanks, tabs and line ends at both ends. */
struct gb_str gb_str_trim(struct gb_str s);

/* Cuts the next line off *rest (without its line end), or what stands before the next mark; false when nothing is left. */
bool gb_str_next_line(struct gb_str *rest, struct gb_str *out_line);
bool gb_str_cut(struct gb_str *rest, char mark, struct gb_str *out);

/* Edit distance of two names in bytes, for "did you mean"; more than `limit` reads as limit + 1. */
unsigned gb_str_distance(struct gb_str a, struct gb_str b, unsigned limit);

/* Book, Collection: a capital, then small letters only; acronyms and names such as BeiDou are none. */
bool gb_str_is_capitalised(struct gb_str word);

/* Where the line ends that `at` is in. */
static inline size_t
gb_line_end(struct gb_str s, size_t at)
{
    const char *feed = at < s.len ? memchr(s.ptr + at, '\n', s.len - at) : NULL;

    return feed ? (size_t)(feed - s.ptr) : s.len;
}

/* Writes the code point as UTF-8 to out (4 bytes of room) and returns the length. */
size_t gb_utf8_put(char *out, uint32_t code_point);

#endif
