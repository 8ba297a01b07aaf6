/* Modal verbs and the words around them, made ready for one pass over a text. */
#include "facts/lexicon_priv.h"

#include "base/array.h"
#include "base/sort.h"
#include "text/utf8.h"

#include <stddef.h>

/* ── stops ─────────────────────────────────────────────────────────────── */

static const struct gb_stop_row marks[] = {
    {0x3002, GB_STOP_END, 0},        /* 。 */
    {0xFF01, GB_STOP_END, 0},        /* ！ */
    {0xFF1F, GB_STOP_END, 0},        /* ？ */
    {0xFF61, GB_STOP_END, 0},        /* ｡ */
    {0xFF0E, GB_STOP_NARROW_END, 0}, /* ． */
    {'.', GB_STOP_NARROW_END, 0},
    {'!', GB_STOP_NARROW_END, 0},
    {'?', GB_STOP_NARROW_END, 0},
    {0xFF1B, GB_STOP_SEMICOLON, 0}, /* ； */
    {';', GB_STOP_SEMICOLON, 0},
    {'\n', GB_STOP_BREAK, 0},
    {0xFF08, GB_STOP_OPEN, GB_BRACKET_ROUND},
    {'(', GB_STOP_OPEN, GB_BRACKET_ROUND},
    {0xFF09, GB_STOP_CLOSE, GB_BRACKET_ROUND},
    {')', GB_STOP_CLOSE, GB_BRACKET_ROUND},
    {0x201C, GB_STOP_OPEN, GB_BRACKET_DOUBLE}, /* “ ” */
    {0x201D, GB_STOP_CLOSE, GB_BRACKET_DOUBLE},
    {0x2018, GB_STOP_OPEN, GB_BRACKET_SINGLE}, /* ‘ ’ */
    {0x2019, GB_STOP_CLOSE, GB_BRACKET_SINGLE},
    {0x300C, GB_STOP_OPEN, GB_BRACKET_CORNER}, /* 「 」 */
    {0x300D, GB_STOP_CLOSE, GB_BRACKET_CORNER},
    {0x300E, GB_STOP_OPEN, GB_BRACKET_WHITE_CORNER}, /* 『 』 */
    {0x300F, GB_STOP_CLOSE, GB_BRACKET_WHITE_CORNER},
    {0x300A, GB_STOP_OPEN, GB_BRACKET_TITLE}, /* 《 》 */
    {0x300B, GB_STOP_CLOSE, GB_BRACKET_TITLE},
    {0x3008, GB_STOP_OPEN, GB_BRACKET_INNER_TITLE}, /* 〈 〉 */
    {0x3009, GB_STOP_CLOSE, GB_BRACKET_INNER_TITLE},
    {'"', GB_STOP_TOGGLE, GB_BRACKET_STRAIGHT},
};

static uint32_t
slot_of(uint32_t code_point)
{
    return (code_point * 2654435761u) >> 24;
}

static void
add_stop(struct gb_lexicon *lexicon, struct gb_stop_row row)
{
    uint32_t at = slot_of(row.code_point), c = row.code_point;

    while (lexicon->slots[at % GB_STOP_SLOTS].stop != GB_STOP_NONE)
        at++;
    lexicon->slots[at % GB_STOP_SLOTS] = row;
    if (c < 0x80)
        lexicon->ascii_stops[c >> 6] |= UINT64_C(1) << (c & 0x3F);
    else
        lexicon->stops[gb_stop_pair(c >> 6 & 0x3F, c & 0x3F)] |= (uint16_t)(1u << (c >> 12 & 0xF));
}

const struct gb_stop_row *
gb_lexicon_stop(const struct gb_lexicon *lexicon, uint32_t code_point)
{
    uint32_t at = slot_of(code_point);

    while (lexicon->slots[at % GB_STOP_SLOTS].code_point != code_point)
        at++;
    return &lexicon->slots[at % GB_STOP_SLOTS];
}

/* ── modals and exclusions ─────────────────────────────────────────────── */

/* An entry before it is in the blob. */
struct entry {
    struct gb_str word, undo;
    struct gb_entry kept; /* all but the texts */
};

typedef GB_ARRAY(struct entry) entry_list;

enum { MOST_CORES = 128 }; /* half of the slots stay free */

/* Words around a core being collected. */
struct core_words {
    uint32_t code_point;
    entry_list modals, before, behind;
};

struct core_list {
    struct core_words items[MOST_CORES];
    size_t n;
};

/* In 不应, 无须, 有可能 the character that is searched is the one behind these. */
static size_t
core_of(struct gb_str word)
{
    GB_WORDS(prefixes, "不", "没", "有", "只", "无", "毋", "切", "一", "定");
    size_t at = 0;

    while (word.len - at > GB_HAN && GB_STARTS_ANY(gb_str_skip(word, at), prefixes))
        at += GB_HAN;
    return at;
}

static bool
is_negative(struct gb_str word)
{
    GB_WORDS(prefixes, "不", "没", "无", "毋", "切", "严", "禁", "可以不");

    return GB_STARTS_ANY(word, prefixes);
}

/* The character beside the core: before it, or behind a core that stands first; 0 where the core is the whole word. */
static uint32_t
key_of(struct gb_str word, size_t core)
{
    size_t other;

    if (core)
        return gb_utf8_before(word, core, &other);
    gb_utf8_at(word, 0, &other);
    return other < word.len ? gb_utf8_at(word, other, &other) : 0;
}

static void
read_modals(entry_list *out, const struct gb_han_words *with_verb, struct gb_lexicon_maker *maker)
{
    static const struct {
        const char *list;
        enum gb_clause_type type;
    } types[] = {{"modal-requirement", GB_TYPE_REQUIREMENT},
                 {"modal-recommendation", GB_TYPE_RECOMMENDATION},
                 {"modal-permission", GB_TYPE_PERMISSION},
                 {"modal-possibility", GB_TYPE_STATEMENT}};

    for (size_t t = 0; t < GB_COUNT(types); t++) {
        const struct gb_str *words;
        size_t n = gb_maker_list(maker, types[t].list, &words);

        for (size_t i = 0; i + 1 < n; i += 2) {
            size_t core = core_of(words[i]);
            *gb_push(out) = (struct entry){words[i],
                                           words[i + 1],
                                           {.key = key_of(words[i], core),
                                            .core = (uint8_t)core,
                                            .type = types[t].type,
                                            .is_negative = is_negative(words[i]),
                                            .needs_verb = gb_words_has(with_verb, words[i])}};
        }
    }
}

GB_ORDER(by_key, struct entry, GB_KEY(kept.key) GB_KEY_STR(word))

GB_ORDER(longer_first, struct entry, GB_KEY_DOWN(word.len) GB_KEY_STR(word))

/* Adds the entries and lets the gb_rel at `field` point to them. */
static void
add_entries(struct gb_blob *blob, size_t field, const struct entry *entries, size_t n)
{
    size_t array = gb_blob_add(blob, NULL, n * sizeof(struct gb_entry));

    gb_blob_link(blob, field, array, n);
    for (size_t i = 0; i < n; i++) {
        size_t at = array + i * sizeof(struct gb_entry);
        *gb_blob_at(blob, struct gb_entry, at) = entries[i].kept;
        gb_blob_link_str(blob, at + offsetof(struct gb_entry, word), entries[i].word);
        gb_blob_link_str(blob, at + offsetof(struct gb_entry, undo), entries[i].undo);
    }
}

/* The same for the struct gb_entries at `place`, in order; the list is emptied. */
static void
keep(struct gb_blob *blob, size_t place, entry_list *list, int (*order)(const void *, const void *))
{
    uint64_t keys = 0;

    gb_sort(list->items, list->len, sizeof(*list->items), order);
    for (size_t i = 0; i < list->len; i++)
        keys |= UINT64_C(1) << (list->items[i].kept.key & 0x3F);
    add_entries(blob, place + offsetof(struct gb_entries, items), list->items, list->len);
    gb_blob_at(blob, struct gb_entries, place)->keys = keys;
    gb_array_release(list);
}

/* The number of the core in the list, or of a new one at its end. */
static size_t
number_of(struct core_list *cores, uint32_t code_point)
{
    size_t k = 0;

    while (k < cores->n && cores->items[k].code_point != code_point)
        k++;
    if (k == cores->n && k < MOST_CORES)
        cores->items[cores->n++].code_point = code_point;
    return k;
}

/* An exclusion is an entry of each core character in it; those where the core stands first are `behind`. */
static void
add_exclusion(const struct gb_lexicon *lexicon, struct core_list *cores, struct gb_str word, struct gb_str undo)
{
    for (size_t at = 0; at + GB_HAN <= word.len; at++) {
        const unsigned char *p = (const unsigned char *)word.ptr + at;
        if (p[0] < 0xE0 || p[0] >= 0xF0 || !gb_lexicon_stops(lexicon, p))
            continue;
        const struct gb_stop_row *row = gb_lexicon_stop(lexicon, gb_char_at(word, at));
        if (row->stop != GB_STOP_CORE || word.len == GB_HAN)
            continue;
        struct core_words *core = &cores->items[row->which];
        *gb_push(at ? &core->before : &core->behind) =
            (struct entry){word, undo, {.key = key_of(word, at), .core = (uint8_t)at}};
    }
}

/* The set of the list of that name. */
/* All modals and exclusions by their core characters, which become stops. */
static void
gather_cores(struct gb_lexicon_maker *maker, struct core_list *cores)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    entry_list modals = {0};
    const struct gb_str *exclusions;
    size_t n = gb_maker_list(maker, "modal-exclusions", &exclusions);

    read_modals(&modals, gb_maker_set(maker, &arena, "modal-before-verb"), maker);
    for (size_t i = 0; i < modals.len; i++) {
        uint32_t c = gb_char_at(modals.items[i].word, modals.items[i].kept.core);
        if (c < 0x800 || c > 0xFFFF) /* a scan looks for characters of three bytes only */
            continue;
        size_t known = cores->n, k = number_of(cores, c);
        if (k == known && k < MOST_CORES)
            add_stop(gb_maker_lexicon(maker), (struct gb_stop_row){c, GB_STOP_CORE, (uint8_t)k});
        if (k < MOST_CORES)
            *gb_push(&cores->items[k].modals) = modals.items[i];
    }
    for (size_t i = 0; i + 1 < n; i += 2)
        add_exclusion(gb_maker_lexicon(maker), cores, exclusions[i], exclusions[i + 1]);
    gb_array_release(&modals);
    gb_arena_release(&arena);
}

static void
add_cores(struct gb_lexicon_maker *maker)
{
    struct core_list cores = {.n = 0};

    gather_cores(maker, &cores);
    size_t array = gb_blob_add(&maker->blob, NULL, cores.n * sizeof(struct gb_core));
    gb_blob_link(&maker->blob, offsetof(struct gb_lexicon, cores), array, cores.n);
    for (size_t i = 0; i < cores.n; i++) {
        size_t at = array + i * sizeof(struct gb_core);
        gb_blob_at(&maker->blob, struct gb_core, at)->code_point = cores.items[i].code_point;
        keep(&maker->blob, at + offsetof(struct gb_core, modals), &cores.items[i].modals, longer_first);
        keep(&maker->blob, at + offsetof(struct gb_core, before), &cores.items[i].before, by_key);
        keep(&maker->blob, at + offsetof(struct gb_core, behind), &cores.items[i].behind, by_key);
    }
}

static void
add_openers(struct gb_lexicon_maker *maker)
{
    const struct gb_str *words;
    size_t n = gb_maker_list(maker, "attribute-openers", &words);
    entry_list openers = {0};

    for (size_t i = 0; i + 1 < n; i += 2)
        *gb_push(&openers) = (struct entry){.word = words[i], .undo = words[i + 1]};
    add_entries(&maker->blob, offsetof(struct gb_lexicon, openers), openers.items, openers.len);
    gb_array_release(&openers);
}

void
gb_lexicon_add_modals(struct gb_lexicon_maker *maker)
{
    for (size_t i = 0; i < GB_COUNT(marks); i++)
        add_stop(gb_maker_lexicon(maker), marks[i]);
    add_cores(maker);
    add_openers(maker);
}
