/* One pass over a text for thousands of words: most pairs of characters fail at one bit. */
#include "rule/literal_priv.h"

#include "base/sort.h"
#include "text/utf8.h"

#include <endian.h>
#include <stdlib.h>

/* The table: header, filter, slots (index of the first literal of a pair + 1), literals by pair, their bytes. */
enum { N_SLOTS, N_LITERALS, N_SINGLES, ASCII, HEADER = ASCII + 4 };
enum { FILTER_BITS = 65536, FILTER_WORDS = FILTER_BITS / 32, LITERAL_WORDS = sizeof(struct gb_literal) / 4 };

/* Three-byte sequences, of which Chinese consists, in the low bytes of a word: one behind the other. */
#define TWO_MASK UINT64_C(0xC0C0F0C0C0F0)
#define TWO_MARK UINT64_C(0x8080E08080E0)

/* The bytes of a pair, at most eight, stand at the upper end of a word; its product with this is their hash. */
#define FACTOR UINT64_C(0x9E3779B97F4A7C15)

static uint32_t
filter_bit(uint64_t product)
{
    return (uint32_t)(product >> 48);
}

static size_t
slot_of(uint64_t product, size_t n_slots)
{
    return (size_t)(product >> 24) & (n_slots - 1);
}

/* Bytes of the character that begins so. */
static size_t
length_of(unsigned char lead)
{
    static const unsigned char lengths[16] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 4};

    return lengths[lead >> 4];
}

/* The bytes at ptr, low byte first, of which `left` are text; those behind are zero. */
static uint64_t
load(const unsigned char *ptr, size_t left)
{
    uint64_t word = 0;

    memcpy(&word, ptr, left < sizeof(word) ? left : sizeof(word));
    return le64toh(word);
}

/* The product for the first n bytes of the word; n from 1 to 8. */
static uint64_t
product_of(uint64_t word, size_t n)
{
    return (word << (64 - 8 * n)) * FACTOR;
}

/* Of a literal: its first two characters, or its only one. */
static uint64_t
literal_product(const char *text, const struct gb_literal *item)
{
    const unsigned char *ptr = (const unsigned char *)text + item->off;
    size_t n = length_of(ptr[0]);

    if (item->second)
        n += length_of(ptr[n]);
    return product_of(load(ptr, item->len), n);
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
        gb_sort(items, n, sizeof(*items), by_pair);
    uint32_t *filter = gb_alloc((FILTER_WORDS + n_slots) * sizeof(*filter)), *slots = filter + FILTER_WORDS;
    uint32_t header[HEADER] = {(uint32_t)n_slots, (uint32_t)n};
    struct gb_str text = gb_buf_str(&literals->text);
    memset(filter, 0, (FILTER_WORDS + n_slots) * sizeof(*filter));
    for (size_t i = 0; i < n; i++) {
        uint64_t product = literal_product(text.ptr, &items[i]);
        size_t slot = slot_of(product, n_slots);
        uint32_t bit = filter_bit(product), first = items[i].first;

        if (i && items[i].first == items[i - 1].first && items[i].second == items[i - 1].second)
            continue;
        header[N_SINGLES] += items[i].second == 0;
        if (first < 0x80)
            header[ASCII + first / 32] |= UINT32_C(1) << (first % 32);
        filter[bit / 32] |= UINT32_C(1) << (bit % 32);
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
may_be_there(const uint32_t *filter, uint64_t product)
{
    uint32_t bit = filter_bit(product);

    return filter[bit / 32] >> (bit % 32) & 1;
}

/* Called where the filter lets the pair at `begin` pass, or the single character. */
static void
probe(const struct scan *s, uint64_t product, size_t begin, bool is_pair)
{
    size_t next, n_slots = s->table[N_SLOTS], slot = slot_of(product, n_slots);
    uint32_t first = gb_utf8_at(s->text, begin, &next), second = 0;

    if (is_pair)
        second = gb_utf8_at(s->text, next, &next);
    while (s->slots[slot] &&
           (s->items[s->slots[slot] - 1].first != first || s->items[s->slots[slot] - 1].second != second))
        slot = (slot + 1) & (n_slots - 1);
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

/* One character at `at`, whatever its length, and the pair that it begins; returns the character's length. */
static size_t
scan_character(const struct scan *s, const uint32_t *filter, size_t at)
{
    const unsigned char *ptr = (const unsigned char *)s->text.ptr + at;
    size_t left = s->text.len - at, n;

    if (ptr[0] < 0x80 && !(s->table[ASCII + ptr[0] / 32] >> (ptr[0] % 32) & 1))
        return 1;
    n = length_of(ptr[0]);
    uint64_t word = load(ptr, left), product;
    if (s->table[N_SINGLES] && may_be_there(filter, product = product_of(word, n)))
        probe(s, product, at, false);
    if (left > n && may_be_there(filter, product = product_of(word, n + length_of(ptr[n]))))
        probe(s, product, at, true);
    return n;
}

void
gb_literals_scan(const uint32_t *table, struct gb_str text,
                 void (*found)(void *data, const struct gb_literal_hit *hit), void *data)
{
    struct scan s = {.table = table, .text = text, .found = found, .data = data};
    const uint32_t *filter = table + HEADER;
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    size_t at = 0, stop = text.len < 8 ? 0 : text.len - 7;

    if (table[N_LITERALS] == 0)
        return;
    s.slots = filter + FILTER_WORDS;
    s.items = (const struct gb_literal *)(const void *)(s.slots + table[N_SLOTS]);
    s.bytes = (const char *)(s.items + table[N_LITERALS]);
    const bool has_singles = table[N_SINGLES] > 0;
    while (at < stop) {
        uint64_t word = load(bytes + at, sizeof(word));
        if ((word & TWO_MASK) != TWO_MARK) {
            at += scan_character(&s, filter, at);
            continue;
        }
        uint64_t product = product_of(word, 6);
        if (has_singles && may_be_there(filter, product_of(word, 3)))
            probe(&s, product_of(word, 3), at, false);
        if (may_be_there(filter, product))
            probe(&s, product, at, true);
        at += 3;
    }
    while (at < text.len)
        at += scan_character(&s, filter, at);
}
