/* Modal verbs and the words around them, made ready for one pass over a text. */
#include "facts/lexicon_priv.h"

#include "base/array.h"
#include "base/sort.h"
#include "text/utf8.h"

/* ── stops ─────────────────────────────────────────────────────────────── */

static const struct gb_stop_row marks[] = {
    {0x3002, GB_STOP_END, 0}, /* 。 */
    {0xFF01, GB_STOP_END, 0}, /* ！ */
    {0xFF1F, GB_STOP_END, 0}, /* ？ */
    {0xFF61, GB_STOP_END, 0}, /* ｡ */
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

typedef GB_ARRAY(struct gb_entry) entry_list;

enum { MOST_CORES = 128 };       /* half of the slots stay free */

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
    static const struct gb_str prefixes[] = {GB_WORD("不"), GB_WORD("没"), GB_WORD("有"), GB_WORD("只"),
                                             GB_WORD("无"), GB_WORD("毋"), GB_WORD("切"), GB_WORD("一"), GB_WORD("定")};
    size_t at = 0;

    while (word.len - at > GB_HAN && gb_str_starts_any(gb_str_skip(word, at), prefixes, GB_COUNT(prefixes)))
        at += GB_HAN;
    return at;
}

static bool
is_negative(struct gb_str word)
{
    static const struct gb_str prefixes[] = {GB_WORD("不"), GB_WORD("没"), GB_WORD("无"), GB_WORD("毋"),
                                             GB_WORD("切"), GB_WORD("严"), GB_WORD("禁"), GB_WORD("可以不")};

    return gb_str_starts_any(word, prefixes, GB_COUNT(prefixes));
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
read_modals(entry_list *out, const struct gb_han_words *with_verb, gb_lexicon_list *list, void *data)
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
        size_t n = list(data, types[t].list, &words);

        for (size_t i = 0; i + 1 < n; i += 2) {
            size_t core = core_of(words[i]);
            *gb_push(out) = (struct gb_entry){.word = words[i],
                                              .undo = words[i + 1],
                                              .key = key_of(words[i], core),
                                              .core = (uint8_t)core,
                                              .type = types[t].type,
                                              .is_negative = is_negative(words[i]),
                                              .needs_verb = gb_words_has(with_verb, words[i])};
        }
    }
}

static int
by_key(const void *a, const void *b)
{
    const struct gb_entry *x = a, *y = b;

    return x->key != y->key ? (x->key > y->key ? 1 : -1) : gb_str_cmp(x->word, y->word);
}

static int
longer_first(const void *a, const void *b)
{
    const struct gb_entry *x = a, *y = b;

    return x->word.len != y->word.len ? (x->word.len < y->word.len ? 1 : -1) : gb_str_cmp(x->word, y->word);
}

static const struct gb_entry *
keep(struct gb_arena *arena, entry_list *list, int (*order)(const void *, const void *), uint32_t *out_n)
{
    gb_sort(list->items, list->len, sizeof(*list->items), order);
    *out_n = (uint32_t)list->len;
    const struct gb_entry *kept = gb_arena_copy_bytes(arena, list->items, list->len * sizeof(*list->items));
    gb_array_release(list);
    return kept;
}

static uint64_t
keys_of(const struct gb_entry *entries, uint32_t n)
{
    uint64_t keys = 0;

    for (uint32_t i = 0; i < n; i++)
        keys |= UINT64_C(1) << (entries[i].key & 0x3F);
    return keys;
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
add_exclusion(struct gb_lexicon *lexicon, struct core_list *cores, struct gb_str word, struct gb_str undo)
{
    for (size_t at = 0; at + GB_HAN <= word.len; at++) {
        const unsigned char *p = (const unsigned char *)word.ptr + at;
        size_t next;
        if (p[0] < 0xE0 || p[0] >= 0xF0 || !gb_lexicon_stops(lexicon, p))
            continue;
        const struct gb_stop_row *row = gb_lexicon_stop(lexicon, gb_utf8_at(word, at, &next));
        if (row->stop != GB_STOP_CORE || word.len == GB_HAN)
            continue;
        struct core_words *core = &cores->items[row->which];
        *gb_push(at ? &core->before : &core->behind) =
            (struct gb_entry){.word = word, .undo = undo, .key = key_of(word, at), .core = (uint8_t)at};
    }
}

/* The set of the list of that name. */
static void
make_set(struct gb_han_words *set, struct gb_arena *arena, gb_lexicon_list *list, void *data, const char *name)
{
    const struct gb_str *words;
    size_t n = list(data, name, &words);

    gb_words_make(set, arena, words, n);
}

static void
make_cores(struct gb_lexicon *lexicon, struct gb_arena *arena, gb_lexicon_list *list, void *data)
{
    struct gb_han_words with_verb = {0};
    struct core_list cores = {.n = 0};
    entry_list modals = {0};
    const struct gb_str *exclusions;
    size_t n = list(data, "modal-exclusions", &exclusions);

    make_set(&with_verb, arena, list, data, "modal-before-verb");
    read_modals(&modals, &with_verb, list, data);
    for (size_t i = 0; i < modals.len; i++) {
        size_t next;
        uint32_t c = gb_utf8_at(modals.items[i].word, modals.items[i].core, &next);
        if (c < 0x800 || c > 0xFFFF) /* a scan looks for characters of three bytes only */
            continue;
        size_t known = cores.n, k = number_of(&cores, c);
        if (k == known && k < MOST_CORES)
            add_stop(lexicon, (struct gb_stop_row){c, GB_STOP_CORE, (uint8_t)k});
        if (k < MOST_CORES)
            *gb_push(&cores.items[k].modals) = modals.items[i];
    }
    for (size_t i = 0; i + 1 < n; i += 2)
        add_exclusion(lexicon, &cores, exclusions[i], exclusions[i + 1]);
    struct gb_core *kept = gb_arena_new_array(arena, struct gb_core, cores.n + 1);
    for (size_t i = 0; i < cores.n; i++) {
        kept[i].code_point = cores.items[i].code_point;
        kept[i].modals = keep(arena, &cores.items[i].modals, longer_first, &kept[i].n_modals);
        kept[i].before = keep(arena, &cores.items[i].before, by_key, &kept[i].n_before);
        kept[i].before_keys = keys_of(kept[i].before, kept[i].n_before);
        kept[i].behind = keep(arena, &cores.items[i].behind, by_key, &kept[i].n_behind);
        kept[i].behind_keys = keys_of(kept[i].behind, kept[i].n_behind);
    }
    lexicon->cores = kept;
    lexicon->n_cores = (uint32_t)cores.n;
    gb_array_release(&modals);
}

static void
make_openers(struct gb_lexicon *lexicon, struct gb_arena *arena, gb_lexicon_list *list, void *data)
{
    const struct gb_str *words;
    size_t n = list(data, "attribute-openers", &words) / 2;
    struct gb_entry *openers = gb_arena_new_array(arena, struct gb_entry, n + 1);

    for (size_t i = 0; i < n; i++)
        openers[i] = (struct gb_entry){.word = words[2 * i], .undo = words[2 * i + 1]};
    lexicon->openers = openers;
    lexicon->n_openers = (uint32_t)n;
}

void
gb_lexicon_add_modals(struct gb_lexicon *lexicon, struct gb_arena *arena, gb_lexicon_list *list, void *data)
{
    const struct {
        struct gb_han_words *words;
        const char *name;
    } sets[] = {{&lexicon->verbs, "verbs"},
                {&lexicon->short_verbs, "short-verbs"},
                {&lexicon->prepositions, "prepositions"},
                {&lexicon->adverbs, "adverbs"},
                {&lexicon->instructions, "instruction-verbs"},
                {&lexicon->instruction_adverbs, "instruction-adverbs"},
                {&lexicon->nouns, "instruction-nouns"},
                {&lexicon->instrument_verbs, "instrument-verbs"},
                {&lexicon->applications, "application-nouns"},
                {&lexicon->appliers, "application-openers"},
                {&lexicon->instruction_titles, "instruction-titles"},
                {&lexicon->statement_titles, "statement-titles"}};

    for (size_t i = 0; i < GB_COUNT(sets); i++)
        make_set(sets[i].words, arena, list, data, sets[i].name);
    for (size_t i = 0; i < GB_COUNT(marks); i++)
        add_stop(lexicon, marks[i]);
    make_cores(lexicon, arena, list, data);
    make_openers(lexicon, arena, list, data);
}
