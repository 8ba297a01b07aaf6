/* One pass over a text for many words: most characters begin none of them, which one bit tells. */
#include "rule/literal_priv.h"

#include "base/sort.h"
#include "text/chars.h"
#include "text/utf8.h"

#include <endian.h>
#include <stdlib.h>

/* The table: header, bits of heads, buckets, literals by head, those that are a class of characters, the bytes of the others. */
enum { N_SLOTS, N_LITERALS, N_CLASSES, HEADER };
enum { ASCII_WORDS = 4, HAN_BYTES = 0x3F3F + 1 };

/* A literal as it is compared: its first eight bytes as a word, which `mask` cuts to its length. */
struct entry {
    uint32_t bytes[2], mask[2];
    uint32_t off, len, id, word;
};

/* The literals that begin with one character. */
struct bucket {
    uint32_t head;       /* its bytes as a number; 0: none */
    uint32_t begin, end; /* among the entries */
    uint32_t is_nonstandard;
    uint32_t next[2]; /* bits of what their second characters end in; all bits where one has none */
};

/* Three-byte sequences, of which Chinese consists, in the low bytes of a word. */
#define HAN_MASK UINT64_C(0xC0C0F0)
#define HAN_MARK UINT64_C(0x8080E0)

/* The bytes at ptr, low byte first, of which `left` are text; those behind are zero. */
static uint64_t
load(const unsigned char *ptr, size_t left)
{
    uint64_t word = 0;

    memcpy(&word, ptr, left < sizeof(word) ? left : sizeof(word));
    return le64toh(word);
}

static uint64_t
first_bytes(uint64_t word, size_t n)
{
    return n < sizeof(word) ? word & ((UINT64_C(1) << 8 * n) - 1) : word;
}

/* Where the bits of a three-byte head stand: its last two bytes name a byte, its first one a bit. */
static size_t
han_byte(uint64_t word)
{
    return (word >> 8) & (HAN_BYTES - 1);
}

static size_t
home_of(uint32_t head, size_t n_slots)
{
    return (head * 0x9E3779B1u >> 16) & (n_slots - 1);
}

static const struct bucket *
find_bucket(const struct bucket *slots, size_t n_slots, uint32_t head)
{
    size_t slot = home_of(head, n_slots);

    while (slots[slot].head && slots[slot].head != head)
        slot = (slot + 1) & (n_slots - 1);
    return &slots[slot];
}

/* What the second character of a text ends in, as one of 64 bits; `n`: bytes of the first. */
static unsigned
bit_of_second(const unsigned char *ptr, size_t n)
{
    return ptr[n + gb_utf8_length(ptr[n]) - 1] & 63;
}

void
gb_literals_add(struct gb_literals *literals, struct gb_str text, uint32_t id, uint32_t word)
{
    struct gb_literal item = {.off = (uint32_t)literals->text.len, .len = (uint32_t)text.len, .id = id, .word = word};
    size_t at = 0;

    if (text.len == 0)
        return;
    if (gb_str_is(text, GB_NONSTANDARD)) {
        *gb_push(&literals->classes) = item;
        return;
    }
    item.first = gb_utf8_at(text, 0, &at);
    if (at < text.len)
        item.second = gb_utf8_at(text, at, &at);
    gb_buf_add(&literals->text, text);
    *gb_push(&literals->items) = item;
}

/* By the first two characters, then the longer first, then as added, so that the table depends on nothing but its content. */
GB_ORDER(by_pair, struct gb_literal, GB_KEY(first) GB_KEY(second) GB_KEY_DOWN(len) GB_KEY(off))

/* ---- The table ---- */

struct table {
    uint32_t header[HEADER];
    uint32_t ascii[ASCII_WORDS];
    uint8_t han[HAN_BYTES];
};

static void
note_head(struct table *table, const unsigned char *ptr, uint64_t word)
{
    if (ptr[0] < 0x80)
        table->ascii[ptr[0] / 32] |= UINT32_C(1) << (ptr[0] % 32);
    else if ((word & HAN_MASK) == HAN_MARK)
        table->han[han_byte(word)] |= (uint8_t)(1 << (ptr[0] & 7));
}

static void
put_literal(struct table *table, struct bucket *slots, struct entry *entries, uint32_t i, const struct gb_literal *item,
            const char *text)
{
    const unsigned char *ptr = (const unsigned char *)text + item->off;
    uint64_t word = load(ptr, item->len), mask = first_bytes(~UINT64_C(0), item->len);
    size_t n = gb_utf8_length(ptr[0]);
    uint32_t head = (uint32_t)first_bytes(word, n);
    struct bucket *bucket = &slots[find_bucket(slots, table->header[N_SLOTS], head) - slots];
    uint64_t next = item->second ? UINT64_C(1) << bit_of_second(ptr, n) : ~UINT64_C(0);

    note_head(table, ptr, word);
    if (!bucket->head)
        *bucket = (struct bucket){.head = head, .begin = i, .is_nonstandard = gb_char_standard(item->first, NULL) != 0};
    bucket->end = i + 1;
    bucket->next[0] |= (uint32_t)next;
    bucket->next[1] |= (uint32_t)(next >> 32);
    entries[i] = (struct entry){
        .bytes = {(uint32_t)word, (uint32_t)(word >> 32)},
        .mask = {(uint32_t)mask, (uint32_t)(mask >> 32)},
        .off = item->off,
        .len = item->len,
        .id = item->id,
        .word = item->word,
    };
}

/* Bits for all of them: those of four bytes are looked at anyway. */
static void
note_nonstandard(struct table *table)
{
    for (uint32_t c = 0x800; c < 0x10000; c++) {
        char bytes[4];
        if (!gb_char_standard(c, NULL))
            continue;
        size_t n = gb_utf8_put(bytes, c);
        note_head(table, (const unsigned char *)bytes, load((const unsigned char *)bytes, n));
    }
}

static void
add_words(struct gb_buf *out, const void *items, size_t n, size_t size)
{
    gb_buf_add(out, (struct gb_str){items, n * size});
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
    struct table *table = gb_alloc(sizeof(*table));
    struct bucket *slots = gb_alloc_zeroed(n_slots * sizeof(*slots));
    struct entry *entries = gb_alloc((n + 1) * sizeof(*entries));
    *table = (struct table){
        .header = {
            [N_SLOTS] = (uint32_t)n_slots, [N_LITERALS] = (uint32_t)n, [N_CLASSES] = (uint32_t)literals->classes.len}};
    for (size_t i = 0; i < n; i++)
        put_literal(table, slots, entries, (uint32_t)i, &items[i], literals->text.ptr);
    if (literals->classes.len)
        note_nonstandard(table);
    add_words(out, table, 1, sizeof(*table));
    add_words(out, slots, n_slots, sizeof(*slots));
    add_words(out, entries, n, sizeof(*entries));
    add_words(out, literals->classes.items, literals->classes.len, sizeof(struct gb_literal));
    gb_buf_add(out, gb_buf_str(&literals->text));
    while (out->len % 4)
        gb_buf_add_char(out, 0);
    free(table);
    free(slots);
    free(entries);
    GB_RELEASE(&literals->items, &literals->classes);
    gb_buf_release(&literals->text);
}

/* ---- The pass ---- */

struct scan {
    const struct bucket *slots;
    size_t n_slots;
    const struct entry *entries;
    const struct gb_literal *classes;
    size_t n_classes;
    const char *bytes;
    struct gb_str text;
    void (*found)(void *, const struct gb_literal_hit *);
    void *data;
};

static uint64_t
joined(const uint32_t *halves)
{
    return halves[0] | (uint64_t)halves[1] << 32;
}

static bool
is_there(const struct scan *s, const struct entry *entry, size_t begin)
{
    if (entry->len <= sizeof(uint64_t))
        return true;
    return entry->len <= s->text.len - begin && memcmp(s->text.ptr + begin, s->bytes + entry->off, entry->len) == 0;
}

/* Tells of the character at `begin`, of n bytes, if it is not standard. */
static void
probe_class(const struct scan *s, size_t begin, size_t n)
{
    if (!gb_char_standard(gb_char_at(s->text, begin), NULL))
        return;
    for (size_t i = 0; i < s->n_classes; i++)
        s->found(s->data, &(struct gb_literal_hit){s->classes[i].id, s->classes[i].word, begin, begin + n});
}

/* Called where a literal may begin: with the bytes from there on, of which the character takes up n. */
static void
probe(const struct scan *s, uint64_t word, size_t begin, size_t n)
{
    const struct bucket *bucket = find_bucket(s->slots, s->n_slots, (uint32_t)first_bytes(word, n));
    uint64_t next = joined(bucket->next);

    if (s->n_classes && (!bucket->head || bucket->is_nonstandard))
        probe_class(s, begin, n);
    if (next != ~UINT64_C(0)) {
        if (begin + n >= s->text.len || !(next >> bit_of_second((const unsigned char *)s->text.ptr + begin, n) & 1))
            return;
    }
    for (uint32_t i = bucket->begin; i < bucket->end; i++) {
        const struct entry *entry = &s->entries[i];
        if (((word ^ joined(entry->bytes)) & joined(entry->mask)) == 0 && is_there(s, entry, begin))
            s->found(s->data, &(struct gb_literal_hit){entry->id, entry->word, begin, begin + entry->len});
    }
}

/* The bytes from `at` on, where fewer than eight are left. */
static uint64_t
load_last(struct gb_str text, size_t at)
{
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    size_t left = text.len - at;

    if (text.len < sizeof(uint64_t))
        return load(bytes + at, left);
    return load(bytes + text.len - sizeof(uint64_t), sizeof(uint64_t)) >> 8 * (sizeof(uint64_t) - left);
}

void
gb_literals_scan(const uint32_t *words, struct gb_str text, void (*found)(void *data, const struct gb_literal_hit *hit),
                 void *data)
{
    const struct table *table = (const struct table *)(const void *)words;
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    struct scan s = {.n_slots = table->header[N_SLOTS], .text = text, .found = found, .data = data};
    size_t stop = text.len < sizeof(uint64_t) ? 0 : text.len - (sizeof(uint64_t) - 1);

    if (table->header[N_LITERALS] + table->header[N_CLASSES] == 0)
        return;
    s.slots = (const struct bucket *)(const void *)(table + 1);
    s.entries = (const struct entry *)(const void *)(s.slots + s.n_slots);
    s.classes = (const struct gb_literal *)(const void *)(s.entries + table->header[N_LITERALS]);
    s.n_classes = table->header[N_CLASSES];
    s.bytes = (const char *)(s.classes + s.n_classes);
    for (size_t at = 0, n; at < text.len; at += n) {
        uint64_t word = at < stop ? load(bytes + at, sizeof(word)) : load_last(text, at);
        if ((word & HAN_MASK) == HAN_MARK) {
            n = 3;
            if (!(table->han[han_byte(word)] >> (word & 7) & 1))
                continue;
        } else {
            n = gb_utf8_length(bytes[at]);
            if (n == 1 && !(table->ascii[(word & 0xFF) / 32] >> (word % 32) & 1))
                continue;
        }
        probe(&s, word, at, n);
    }
}
