/* Finds quotations and the like in one text. Quotes that never close reach nowhere. */
#include "rule/context_priv.h"

#include "base/sort.h"
#include "doc/identifier.h"
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
    *gb_push(&out->items) =
        (struct gb_stretch){.begin = (uint32_t)begin, .end = (uint32_t)end, .context = UINT32_C(1) << context};
}

/* Signs of stretches that may be in a text; most have none of them. */
enum { MARKS = 1, IDENTIFIERS = 2, ADDRESSES = 4 };

/* What a character may be part of: of an ASCII one or the first byte of another; Han begin with 0xE4 to 0xE9. */
static const uint8_t signs[256] = {
    ['"'] = MARKS,     ['A' ... 'Z'] = IDENTIFIERS, ['g'] = IDENTIFIERS,
    [':'] = ADDRESSES, ['w'] = ADDRESSES,           [0xE2] = MARKS,
    [0xE3] = MARKS,    [0xEF] = IDENTIFIERS,
};

/* Marks of pairs begin with E2 80 or E3 80 as pauses do, capitals in full width with EF BC as commas do. */
static unsigned
sign_of(const unsigned char *p)
{
    switch (p[0]) {
    case 0xE2:
        return p[1] == 0x80 && p[2] >= 0x98 && p[2] <= 0x9D ? MARKS : 0;
    case 0xE3:
        return p[1] == 0x80 && p[2] >= 0x88 && p[2] <= 0x8F ? MARKS : 0;
    case 0xEF:
        return p[1] == 0xBC && p[2] >= 0xA1 && p[2] <= 0xBA ? IDENTIFIERS : 0;
    default:
        return signs[p[0]];
    }
}

static bool
is_han_lead(unsigned char c)
{
    return c - 0xE4U <= 0xE9 - 0xE4;
}

static unsigned
find_signs(struct gb_str s)
{
    const unsigned char *p = (const unsigned char *)s.ptr, *end = p + s.len;
    unsigned found = 0;

    while (p < end) {
        if (is_han_lead(*p)) {
            p += 3;
            continue;
        }
        if (signs[*p])
            found |= sign_of(p);
        p += gb_utf8_length(*p);
    }
    return found;
}

static void
find_pairs(struct gb_str s, struct gb_stretches *out)
{
    size_t open[GB_COUNT(pairs)], at = 0;

    for (size_t i = 0; i < GB_COUNT(pairs); i++)
        open[i] = GB_NOT_FOUND;
    while (at < s.len) {
        const unsigned char *p = (const unsigned char *)s.ptr + at;
        size_t here = at;
        if (sign_of(p) != MARKS) {
            at += gb_utf8_length(*p);
            continue;
        }
        uint32_t c = gb_utf8_at(s, here, &at);
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

static size_t
address_at(struct gb_str s, size_t begin)
{
    GB_WORDS(schemes, "http://", "https://", "ftp://", "www.");
    size_t at = begin;

    for (size_t i = 0; i < GB_COUNT(schemes) && at == begin; i++) {
        if (gb_str_starts(gb_str_skip(s, begin), schemes[i]))
            at += schemes[i].len;
    }
    while (at > begin && at < s.len && s.ptr[at] > ' ' && s.ptr[at] < 0x7F && !strchr("<>\"'", s.ptr[at]))
        at++;
    return at;
}

static void
find_identifiers(struct gb_str s, struct gb_stretches *out)
{
    struct gb_identifier_shape shape;

    for (size_t at = 0; gb_identifier_next(s, at, &shape); at = shape.end)
        add(out, shape.begin, shape.end, GB_CONTEXT_IDENTIFIERS);
}

static void
find_addresses(struct gb_str s, struct gb_stretches *out)
{
    if (!GB_HAS_ONE_OF(s, "://", "www."))
        return;
    for (size_t at = 0; at < s.len; at++) {
        char c = s.ptr[at];
        size_t end = c == 'h' || c == 'f' || c == 'w' ? address_at(s, at) : at;
        if (end > at) {
            add(out, at, end, GB_CONTEXT_URLS);
            at = end - 1;
        }
    }
}

GB_ORDER(by_begin, struct gb_stretch, GB_KEY(begin) GB_KEY(end))

void
gb_find_stretches(const struct gb_text *text, struct gb_stretches *out)
{
    unsigned found = find_signs(text->str);
    uint32_t reach = 0;

    out->items.len = 0;
    if (found & MARKS)
        find_pairs(text->str, out);
    find_runs(text, out);
    if (found & IDENTIFIERS)
        find_identifiers(text->str, out);
    if (found & ADDRESSES)
        find_addresses(text->str, out);
    gb_sort(out->items.items, out->items.len, sizeof(*out->items.items), by_begin);
    for (size_t i = 0; i < out->items.len; i++) {
        reach = out->items.items[i].end > reach ? out->items.items[i].end : reach;
        out->items.items[i].reach = reach;
    }
}

/* The first stretch that may go beyond `at`: those before it have ended. */
static size_t
first_beyond(const struct gb_stretches *stretches, size_t at)
{
    GB_SEEK(size_t, i, stretches->items.len, stretches->items.items[i].reach <= at);
    return i;
}

bool
gb_in_stretch(const struct gb_stretches *stretches, uint32_t contexts, size_t begin, size_t end)
{
    for (size_t i = first_beyond(stretches, begin); i < stretches->items.len && stretches->items.items[i].begin < end;
         i++) {
        const struct gb_stretch *s = &stretches->items.items[i];

        if ((s->context & contexts) && s->end > begin)
            return true;
    }
    return false;
}
