/* Finds quotations and the like in one text. Quotes that never close reach nowhere. */
#include "rule/context_priv.h"

#include "rule/place.h"
#include "text/utf8.h"

static const struct {
    uint32_t open, close;
    enum gb_context context;
} pairs[] = {
    {0x201C, 0x201D, GB_CONTEXT_QUOTES},                                      /* “ ” */
    {0x2018, 0x2019, GB_CONTEXT_QUOTES},                                      /* ‘ ’ */
    {0x300C, 0x300D, GB_CONTEXT_QUOTES},                                      /* 「 」 */
    {0x300E, 0x300F, GB_CONTEXT_QUOTES},                                      /* 『 』 */
    {'"', '"', GB_CONTEXT_QUOTES},       {0x300A, 0x300B, GB_CONTEXT_TITLES}, /* 《 》 */
    {0x3008, 0x3009, GB_CONTEXT_TITLES},                                      /* 〈 〉 */
};

static const struct {
    uint32_t flag;
    enum gb_context context;
} run_contexts[] = {
    {GB_RUN_CODE, GB_CONTEXT_CODE},
    {GB_RUN_MATH, GB_CONTEXT_FORMULA},
    {GB_RUN_QUOTE, GB_CONTEXT_QUOTES},
};

static void
add(struct gb_stretches *out, size_t begin, size_t end, enum gb_context context)
{
    *gb_push(&out->items) = (struct gb_stretch){(uint32_t)begin, (uint32_t)end, UINT32_C(1) << context};
}

static void
find_pairs(struct gb_str s, struct gb_stretches *out)
{
    size_t open[GB_COUNT(pairs)], at = 0;

    for (size_t i = 0; i < GB_COUNT(pairs); i++)
        open[i] = GB_NOT_FOUND;
    while (at < s.len) {
        size_t here = at;
        uint32_t c = gb_utf8_at(s, at, &at);

        if (c != '"' && (c < 0x2018 || c > 0x300F))
            continue;
        for (size_t i = 0; i < GB_COUNT(pairs); i++) {
            if (c == pairs[i].close && open[i] != GB_NOT_FOUND) {
                add(out, open[i], at, pairs[i].context);
                open[i] = GB_NOT_FOUND;
            } else if (c == pairs[i].open && open[i] == GB_NOT_FOUND) {
                open[i] = here;
            }
        }
    }
}

static void
find_runs(const struct gb_text *text, struct gb_stretches *out)
{
    size_t end = text->off + text->str.len;

    for (uint32_t i = 0; i < text->n_runs; i++) {
        size_t from = text->runs[i].at, to = i + 1 < text->n_runs ? text->runs[i + 1].at : end;

        from = from < text->off ? text->off : from;
        to = to > end ? end : to;
        for (size_t k = 0; k < GB_COUNT(run_contexts) && from < to; k++) {
            if (text->runs[i].flags & run_contexts[k].flag)
                add(out, from - text->off, to - text->off, run_contexts[k].context);
        }
    }
}

static bool
is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Length of a dash between a serial and a year: hyphen, minus and dashes in half and full width. */
static size_t
dash_at(struct gb_str s, size_t at)
{
    static const char *const dashes[] = {"—", "–", "―", "－", "-", ":"};

    for (size_t i = 0; i < GB_COUNT(dashes); i++) {
        if (gb_str_starts(gb_str_skip(s, at), gb_str_from(dashes[i])))
            return strlen(dashes[i]);
    }
    return 0;
}

/* GB/T 1.1—2020, ISO 9001:2015, Q/ABC 001: upper-case letters with slashes, a number, a year. 0 when it is none. */
static size_t
identifier_at(struct gb_str s, size_t begin)
{
    size_t at = begin, letters = 0;

    while (at < s.len &&
           (is_upper(s.ptr[at]) || (s.ptr[at] == '/' && letters) || (letters && is_digit(s.ptr[at])))) {
        letters++;
        at++;
    }
    bool ends_in_digit = letters && is_digit(s.ptr[at - 1]);
    size_t head = at;
    while (at < s.len && s.ptr[at] == ' ')
        at++;
    if (letters < 2 || (at == s.len || !is_digit(s.ptr[at])) || at - head > 2)
        return ends_in_digit && letters > 2 ? head : 0;
    while (at < s.len &&
           (is_digit(s.ptr[at]) || (s.ptr[at] == '.' && at + 1 < s.len && is_digit(s.ptr[at + 1]))))
        at++;
    for (int i = 0; i < 2; i++) { /* part of ISO, then the year */
        size_t dash = dash_at(s, at), digits = 0;
        while (dash && at + dash + digits < s.len && is_digit(s.ptr[at + dash + digits]))
            digits++;
        if (digits == 0)
            break;
        at += dash + digits;
    }
    return at;
}

static size_t
address_at(struct gb_str s, size_t begin)
{
    static const char *const schemes[] = {"http://", "https://", "ftp://", "www."};
    size_t at = begin;

    for (size_t i = 0; i < GB_COUNT(schemes) && at == begin; i++) {
        if (gb_str_starts(gb_str_skip(s, begin), gb_str_from(schemes[i])))
            at += strlen(schemes[i]);
    }
    while (at > begin && at < s.len && s.ptr[at] > ' ' && s.ptr[at] < 0x7F && !strchr("<>\"'", s.ptr[at]))
        at++;
    return at;
}

static void
find_latin(struct gb_str s, struct gb_stretches *out)
{
    for (size_t at = 0; at < s.len; at++) {
        char c = s.ptr[at];
        bool is_first =
            at == 0 || !(is_upper(s.ptr[at - 1]) || is_digit(s.ptr[at - 1]) || s.ptr[at - 1] == '/');
        size_t end = 0;

        if (is_upper(c) && is_first && (end = identifier_at(s, at)) > at)
            add(out, at, end, GB_CONTEXT_IDENTIFIERS);
        else if ((c == 'h' || c == 'f' || c == 'w') && (end = address_at(s, at)) > at)
            add(out, at, end, GB_CONTEXT_URLS);
        if (end > at)
            at = end - 1;
    }
}

static int
by_begin(const void *a, const void *b)
{
    const struct gb_stretch *x = a, *y = b;

    return x->begin != y->begin ? (x->begin > y->begin ? 1 : -1) : (x->end > y->end) - (x->end < y->end);
}

void
gb_find_stretches(const struct gb_text *text, struct gb_stretches *out)
{
    out->items.len = 0;
    find_pairs(text->str, out);
    find_runs(text, out);
    find_latin(text->str, out);
    if (out->items.len)
        qsort(out->items.items, out->items.len, sizeof(*out->items.items), by_begin);
}

bool
gb_in_stretch(const struct gb_stretches *stretches, uint32_t contexts, size_t begin, size_t end)
{
    for (size_t i = 0; i < stretches->items.len && stretches->items.items[i].begin < end; i++) {
        const struct gb_stretch *s = &stretches->items.items[i];

        if ((s->context & contexts) && s->end > begin)
            return true;
    }
    return false;
}
