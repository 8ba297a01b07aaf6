#include "facts/words.h"

enum { LENGTHS = 32 };

/* The state of a hash behind one more character, which its last twelve bits tell from others. */
static uint32_t
step(uint32_t state, const char *character)
{
    unsigned second = (unsigned char)character[1], third = (unsigned char)character[2];

    return (state ^ (second << 8 | third)) * 0x9E3779B1u;
}

static uint32_t
hash_of(uint32_t state)
{
    return state ^ state >> 15;
}

static uint32_t
hash(struct gb_str word)
{
    uint32_t state = 0;

    for (size_t i = 0; i + GB_HAN <= word.len; i += GB_HAN)
        state = step(state, word.ptr + i);
    return hash_of(state);
}

static void
set_bit(uint64_t *bits, const char *character)
{
    bits[(unsigned char)character[2] & 0xF] |= UINT64_C(1) << ((unsigned char)character[1] & 0x3F);
}

/* The bits behind the slots, eight for each, that tell how words begin; the one of the first two characters. */
static unsigned char *
start_of(const struct gb_han_words *words, uint32_t hash, unsigned *bit)
{
    *bit = 1u << (hash >> 13 & 7);
    return (unsigned char *)(words->slots + words->mask + 1) + (hash & words->mask);
}

static bool
is_of_han(struct gb_str word)
{
    return word.len > 0 && word.len % GB_HAN == 0 && word.len < LENGTHS * GB_HAN;
}

static void
add_word(struct gb_han_words *words, struct gb_str word, char *place)
{
    uint32_t at = hash(word);

    while (words->slots[at & words->mask].n)
        at++;
    struct gb_rel *slot = &words->slots[at & words->mask];
    memcpy(place, word.ptr, word.len);
    *slot = (struct gb_rel){(int32_t)(place - (char *)slot), (uint32_t)word.len};
    words->lengths |= UINT32_C(1) << word.len / GB_HAN;
    if (word.len >= 2 * GB_HAN) {
        unsigned bit;
        *start_of(words, hash(gb_str_sub(word, 0, 2 * GB_HAN)), &bit) |= (unsigned char)bit;
    }
    set_bit(words->heads, word.ptr);
    set_bit(words->tails, word.ptr + word.len - GB_HAN);
}

const struct gb_han_words *
gb_words_new(struct gb_arena *arena, const struct gb_str *items, size_t n)
{
    size_t n_slots = 4, n_bytes = 0;

    while (n_slots < n * 2)
        n_slots *= 2;
    for (size_t i = 0; i < n; i++)
        n_bytes += is_of_han(items[i]) ? items[i].len : 0;
    size_t head = sizeof(struct gb_han_words) + n_slots * (sizeof(struct gb_rel) + 1);
    struct gb_han_words *words = gb_arena_alloc(arena, head + n_bytes);
    char *place = (char *)words + head;
    words->size = (uint32_t)(head + n_bytes);
    words->mask = (uint32_t)n_slots - 1;
    for (size_t i = 0; i < n; i++) {
        if (!is_of_han(items[i]))
            continue;
        add_word(words, items[i], place);
        place += items[i].len;
    }
    return words;
}

static bool
has_hashed(const struct gb_han_words *words, uint32_t hash, struct gb_str word)
{
    const struct gb_rel *slot;

    return GB_ANY(for (uint32_t at = hash; (slot = &words->slots[at & words->mask])->n; at++),
                  gb_str_eq(gb_rel_str(slot), word));
}

bool
gb_words_has(const struct gb_han_words *words, struct gb_str word)
{
    return has_hashed(words, hash(word), word);
}

/* Lengths of words that have room in `len` bytes, longer ones first; 0 at the end. */
static size_t
next_length(const struct gb_han_words *words, size_t len, size_t last)
{
    size_t most = last ? last / GB_HAN - 1 : len / GB_HAN;

    for (size_t n = most < LENGTHS - 1 ? most : LENGTHS - 1; n > 0; n--) {
        if (words->lengths >> n & 1)
            return n * GB_HAN;
    }
    return 0;
}

size_t
gb_words_longest_start(const struct gb_han_words *words, struct gb_str s)
{
    size_t longest = 0;
    uint32_t state = 0;

    for (unsigned n = 1; n < LENGTHS && words->lengths >> n && n * GB_HAN <= s.len; n++) {
        struct gb_str word = gb_str_sub(s, 0, n * GB_HAN);
        unsigned bit;
        state = step(state, s.ptr + word.len - GB_HAN);
        if (n == 2 && !(*start_of(words, hash_of(state), &bit) & bit))
            break;
        if (words->lengths >> n & 1 && has_hashed(words, hash_of(state), word))
            longest = word.len;
    }
    return longest;
}

size_t
gb_words_longest_end(const struct gb_han_words *words, struct gb_str s)
{
    for (size_t len = 0; (len = next_length(words, s.len, len)) > 0;) {
        if (gb_words_has(words, gb_str_skip(s, s.len - len)))
            return len;
    }
    return 0;
}

bool
gb_words_in(const struct gb_han_words *words, struct gb_str s)
{
    return GB_ANY(for (size_t at = 0; at + GB_HAN <= s.len; at += (unsigned char)s.ptr[at] < 0xE0 ? 1 : GB_HAN),
                  gb_words_start(words, gb_str_skip(s, at)));
}
