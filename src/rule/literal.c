/* One pass over a text for thousands of words: most pairs of characters fail at one bit. */
#include "rule/literal_priv.h"

#include "text/utf8.h"

#include <stdlib.h>

/* The table: header, filter, slots (index of the first literal of a pair + 1), literals by pair, their bytes. */
enum { N_SLOTS, N_LITERALS, HEADER };
enum { FILTER_BITS = 65536, FILTER_WORDS = FILTER_BITS / 32, LITERAL_WORDS = sizeof(struct gb_literal) / 4 };

/* The hash of a pair is made of two products, so that the scan computes one for each character. */
#define FIRST_FACTOR 0x9E3779B1u
#define SECOND_FACTOR 0x85EBCA6Bu

static uint32_t
mix(uint32_t product)
{
    return product ^ product >> 15;
}

static uint32_t
pair_hash(uint32_t first, uint32_t second)
{
    return mix(first * FIRST_FACTOR ^ second * SECOND_FACTOR);
}

void
gb_literals_add(struct gb_literals *literals, struct gb_str text, uint32_t id, uint32_t word)
{
    struct gb_literal item = {
        .off = (uint32_t)literals->text.len, .len = (uint32_t)text.len, .id = id, .word = word};
    size_t at = 0;

    if (text.len == 0)
        return;
    item.first = gb_utf8_at(text, 0, &at);
    if (at < text.len)
        item.second = gb_utf8_at(text, at, &at);
    gb_buf_add(&literals->text, text);
    *gb_push(&literals->items) = item;
}

/* By pair, then the longer first, then as added, so that the table depends on nothing but its content. */
static int
by_pair(const void *a, const void *b)
{
    const struct gb_literal *x = a, *y = b;

    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->second != y->second)
        return x->second < y->second ? -1 : 1;
    if (x->len != y->len)
        return x->len > y->len ? -1 : 1;
    return (x->off > y->off) - (x->off < y->off);
}

void
gb_literals_build(struct gb_literals *literals, struct gb_buf *out)
{
    size_t n = literals->items.len, n_slots = 16;
    struct gb_literal *items = literals->items.items;

    while (n_slots < 2 * n)
        n_slots *= 2;
    if (n)
        qsort(items, n, sizeof(*items), by_pair);
    uint32_t *filter = gb_alloc((FILTER_WORDS + n_slots) * sizeof(*filter)), *slots = filter + FILTER_WORDS;
    uint32_t header[HEADER] = {(uint32_t)n_slots, (uint32_t)n};
    memset(filter, 0, (FILTER_WORDS + n_slots) * sizeof(*filter));
    for (size_t i = 0; i < n; i++) {
        uint32_t h = pair_hash(items[i].first, items[i].second);
        size_t slot = h & (n_slots - 1);

        if (i && items[i].first == items[i - 1].first && items[i].second == items[i - 1].second)
            continue;
        filter[(h >> 5) & (FILTER_WORDS - 1)] |= UINT32_C(1) << (h & 31);
        while (slots[slot])
            slot = (slot + 1) & (n_slots - 1);
        slots[slot] = (uint32_t)i + 1;
    }
    gb_buf_add(out, (struct gb_str){(const char *)header, sizeof(header)});
    gb_buf_add(out, (struct gb_str){(const char *)filter, (FILTER_WORDS + n_slots) * sizeof(*filter)});
    gb_buf_add(out, (struct gb_str){(const char *)items, n * sizeof(*items)});
    gb_buf_add(out, gb_buf_str(&literals->text));
    while (out->len % 4)
        gb_buf_add_char(out, 0);
    free(filter);
    gb_array_release(&literals->items);
    gb_buf_release(&literals->text);
}

struct scan {
    const uint32_t *table, *slots;
    const struct gb_literal *items;
    const char *bytes;
    struct gb_str text;
    void (*found)(void *, const struct gb_literal_hit *);
    void *data;
};

static bool
may_be_there(const uint32_t *filter, uint32_t hash)
{
    return filter[(hash >> 5) & (FILTER_WORDS - 1)] >> (hash & 31) & 1;
}

/* Called where the filter lets a pair pass. */
static void
probe(const struct scan *s, uint32_t hash, uint32_t first, uint32_t second, size_t begin)
{
    size_t mask = s->table[N_SLOTS] - 1, slot = hash & mask;

    while (s->slots[slot] &&
           (s->items[s->slots[slot] - 1].first != first || s->items[s->slots[slot] - 1].second != second))
        slot = (slot + 1) & mask;
    if (!s->slots[slot])
        return;
    for (size_t i = s->slots[slot] - 1;
         i < s->table[N_LITERALS] && s->items[i].first == first && s->items[i].second == second; i++) {
        const struct gb_literal *item = &s->items[i];

        if (item->len <= s->text.len - begin &&
            memcmp(s->text.ptr + begin, s->bytes + item->off, item->len) == 0)
            s->found(s->data, &(struct gb_literal_hit){item->id, item->word, begin, begin + item->len});
    }
}

void
gb_literals_scan(const uint32_t *table, struct gb_str text,
                 void (*found)(void *data, const struct gb_literal_hit *hit), void *data)
{
    struct scan s = {.table = table, .text = text, .found = found, .data = data};
    const uint32_t *filter = table + HEADER;
    size_t at = 0, begin = 0;
    uint32_t first = 0, first_product = 0;

    if (table[N_LITERALS] == 0)
        return;
    s.slots = filter + FILTER_WORDS;
    s.items = (const struct gb_literal *)(const void *)(s.slots + table[N_SLOTS]);
    s.bytes = (const char *)(s.items + table[N_LITERALS]);
    while (at < text.len) {
        size_t here = at;
        uint32_t c = gb_utf8_at(text, at, &at), product = c * FIRST_FACTOR;
        uint32_t pair = mix(first_product ^ c * SECOND_FACTOR), single = mix(product);

        if (may_be_there(filter, pair) && first)
            probe(&s, pair, first, c, begin);
        if (may_be_there(filter, single))
            probe(&s, single, c, 0, here);
        first = c;
        first_product = product;
        begin = here;
    }
}
