#include "mutate.h"

#include <stdlib.h>

/* xorshift64*. */
static size_t
below(struct gb_mutator *m, size_t n)
{
    m->state ^= m->state >> 12;
    m->state ^= m->state << 25;
    m->state ^= m->state >> 27;
    return n ? (size_t)((m->state * 2685821657736338717u) >> 33) % n : 0;
}

static struct gb_str
any(struct gb_mutator *m, const struct gb_str *items, size_t n)
{
    return n ? items[below(m, n)] : GB_STR("\n");
}

/* A stretch of at most `most` bytes; of a long text it begins at a line, where most readers begin anew. */
static struct gb_str
stretch(struct gb_mutator *m, struct gb_str text, size_t most)
{
    size_t begin = below(m, text.len);

    if (text.len > most && most >= 256) {
        size_t line = gb_str_find(text, GB_STR("\n"), begin);
        begin = line == GB_NOT_FOUND ? 0 : line + 1;
        return gb_str_sub(text, begin, begin + most);
    }
    return gb_str_sub(text, begin, begin + 1 + below(m, most));
}

/* The bytes [begin, end) give way to `text`. */
static void
splice(struct gb_buf *out, size_t begin, size_t end, struct gb_str text)
{
    size_t tail = out->len - end;

    gb_buf_reserve(out, text.len);
    memmove(out->ptr + begin + text.len, out->ptr + end, tail);
    if (text.len)
        memcpy(out->ptr + begin, text.ptr, text.len);
    out->len = begin + text.len + tail;
}

static void
change_byte(struct gb_mutator *m, struct gb_buf *out)
{
    static const char bytes[] = "\0\n\r\t \xFF\x80\xE5#|<>&\"'`*_-[](){}:;,09aA";

    if (out->len)
        out->ptr[below(m, out->len)] = below(m, 2) ? bytes[below(m, sizeof(bytes))] : (char)below(m, 256);
}

static void
change_bit(struct gb_mutator *m, struct gb_buf *out)
{
    if (out->len) {
        char *byte = &out->ptr[below(m, out->len)];
        *byte = (char)(*byte ^ (1 << below(m, 8)));
    }
}

static void
take_out(struct gb_mutator *m, struct gb_buf *out)
{
    size_t begin = below(m, out->len), n = 1 + below(m, below(m, 4) ? 8 : 200);

    splice(out, begin, begin + n > out->len ? out->len : begin + n, GB_STR(""));
}

static void
cut_off(struct gb_mutator *m, struct gb_buf *out)
{
    if (below(m, 8) == 0)
        out->len = below(m, out->len + 1);
}

static void
put_in_word(struct gb_mutator *m, struct gb_buf *out)
{
    size_t begin = below(m, out->len + 1);
    struct gb_str word = any(m, m->words.items, m->words.len);
    size_t end = below(m, 2) ? begin : begin + word.len;

    splice(out, begin, end > out->len ? out->len : end, word);
}

static void
put_in_other(struct gb_mutator *m, struct gb_buf *out)
{
    size_t begin = below(m, out->len + 1);

    splice(out, begin, begin, stretch(m, any(m, m->seeds.items, m->seeds.len), 200));
}

/* One of its own stretches again, perhaps many times. */
static void
repeat(struct gb_mutator *m, struct gb_buf *out)
{
    struct gb_buf copy = {0};
    size_t times = below(m, 4) ? 1 : 1 + below(m, 40), at = below(m, out->len + 1);

    gb_buf_add(&copy, stretch(m, gb_buf_str(out), 60));
    while (times-- && out->len < m->most)
        splice(out, at, at, gb_buf_str(&copy));
    gb_buf_release(&copy);
}

static void
change_number(struct gb_mutator *m, struct gb_buf *out)
{
    static const struct gb_str numbers[] = {
        GB_WORD("0"),     GB_WORD("1"),          GB_WORD("-1"),    GB_WORD("999"),
        GB_WORD("65536"), GB_WORD("4294967296"), GB_WORD("1e308"), GB_WORD("99999999999999999999"),
    };
    size_t begin = below(m, out->len), end;

    while (begin < out->len && (out->ptr[begin] < '0' || out->ptr[begin] > '9'))
        begin++;
    for (end = begin; end < out->len && out->ptr[end] >= '0' && out->ptr[end] <= '9';)
        end++;
    splice(out, begin, end, any(m, numbers, GB_COUNT(numbers)));
}

void
gb_mutate(struct gb_mutator *m, struct gb_buf *out)
{
    static void (*const changes[])(struct gb_mutator *, struct gb_buf *) = {
        change_byte, change_bit, take_out, cut_off, put_in_word, put_in_word, put_in_other, repeat, change_number,
    };

    struct gb_str seed = any(m, m->seeds.items, m->seeds.len);
    out->len = 0;
    gb_buf_add(out, seed.len > m->most ? stretch(m, seed, m->most) : seed);
    for (size_t n = 1 + below(m, 1 + below(m, 12)); n; n--)
        changes[below(m, GB_COUNT(changes))](m, out);
    if (out->len > m->most)
        out->len = m->most;
}
