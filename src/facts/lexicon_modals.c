/* Modal verbs and the words around them, made ready for one pass over a text. */
#include "facts/lexicon_priv.h"

#include "base/array.h"
#include "text/utf8.h"

/* ── sets of words ─────────────────────────────────────────────────────── */

enum { HAN = 3 };                /* bytes of a Han character */

static uint32_t
hash(struct gb_str word)
{
    uint32_t h = 2166136261u;

    for (size_t i = 0; i < word.len; i++)
        h = (h ^ (unsigned char)word.ptr[i]) * 16777619u;
    return h ^ h >> 15;
}

static void
make_words(struct gb_words *words, struct gb_arena *arena, gb_lexicon_list *list, void *data, const char *name)
{
    const struct gb_str *items;
    size_t n = list(data, name, &items), size = 4;

    while (size < n * 2)
        size *= 2;
    words->slots = gb_arena_new_array(arena, struct gb_str, size);
    words->mask = (uint32_t)size - 1;
    for (size_t i = 0; i < n; i++) {
        uint32_t at = hash(items[i]);
        while (words->slots[at & words->mask].len)
            at++;
        words->slots[at & words->mask] = items[i];
        words->longest = items[i].len > words->longest ? items[i].len : words->longest;
    }
}

bool
gb_words_has(const struct gb_words *words, struct gb_str word)
{
    for (uint32_t at = hash(word); words->slots[at & words->mask].len; at++) {
        if (gb_str_eq(words->slots[at & words->mask], word))
            return true;
    }
    return false;
}

size_t
gb_words_start(const struct gb_words *words, struct gb_str s)
{
    for (size_t len = words->longest < s.len ? words->longest : s.len - s.len % HAN; len; len -= HAN) {
        if (gb_words_has(words, gb_str_sub(s, 0, len)))
            return len;
        if (len < HAN)
            break;
    }
    return 0;
}

size_t
gb_words_end(const struct gb_words *words, struct gb_str s)
{
    for (size_t len = words->longest < s.len ? words->longest : s.len - s.len % HAN; len; len -= HAN) {
        if (gb_words_has(words, gb_str_skip(s, s.len - len)))
            return len;
        if (len < HAN)
            break;
    }
    return 0;
}

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
    lexicon->stops[c >> 6 & 0x3F][c >> 12 & 0xF] |= UINT64_C(1) << (c & 0x3F);
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

/* In 不应, 无须, 有可能 the character that is searched is the one behind these. */
static size_t
core_of(struct gb_str word)
{
    static const struct gb_str prefixes[] = {GB_WORD("不"), GB_WORD("没"), GB_WORD("有"), GB_WORD("只"),
                                             GB_WORD("无"), GB_WORD("毋"), GB_WORD("切"), GB_WORD("一"), GB_WORD("定")};
    size_t at = 0;

    while (word.len - at > HAN && gb_str_starts_any(gb_str_skip(word, at), prefixes, GB_COUNT(prefixes)))
        at += HAN;
    return at;
}

static bool
is_negative(struct gb_str word)
{
    static const struct gb_str prefixes[] = {GB_WORD("不"), GB_WORD("没"), GB_WORD("无"), GB_WORD("毋"),
                                             GB_WORD("切"), GB_WORD("严"), GB_WORD("禁"), GB_WORD("可以不")};

    return gb_str_starts_any(word, prefixes, GB_COUNT(prefixes));
}

static void
read_modals(entry_list *out, const struct gb_words *with_verb, gb_lexicon_list *list, void *data)
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

        for (size_t i = 0; i + 1 < n; i += 2)
            *gb_push(out) = (struct gb_entry){.word = words[i],
                                              .undo = words[i + 1],
                                              .core = (uint8_t)core_of(words[i]),
                                              .type = types[t].type,
                                              .is_negative = is_negative(words[i]),
                                              .needs_verb = gb_words_has(with_verb, words[i])};
    }
}

/* An exclusion is an entry of each core character in it; those where the core stands first are `behind`. */
static void
add_exclusion(entry_list *before, entry_list *behind, uint32_t core, struct gb_str word, struct gb_str undo)
{
    for (size_t at = 0, next; at < word.len; at = next) {
        size_t other;
        if (gb_utf8_at(word, at, &next) != core || (at == 0 && next == word.len))
            continue;
        uint32_t key = at ? gb_utf8_before(word, at, &other) : gb_utf8_at(word, next, &other);
        *gb_push(at ? before : behind) = (struct gb_entry){.word = word, .undo = undo, .key = key, .core = (uint8_t)at};
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
    if (list->len)
        qsort(list->items, list->len, sizeof(*list->items), order);
    *out_n = (uint32_t)list->len;
    return gb_arena_copy_bytes(arena, list->items, list->len * sizeof(*list->items));
}

static void
make_core(struct gb_core *core, struct gb_arena *arena, const entry_list *all, const struct gb_str *exclusions, size_t n)
{
    entry_list modals = {0}, before = {0}, behind = {0};
    size_t next;

    for (size_t i = 0; i < all->len; i++) {
        if (gb_utf8_at(all->items[i].word, all->items[i].core, &next) == core->code_point)
            *gb_push(&modals) = all->items[i];
    }
    for (size_t i = 0; i + 1 < n; i += 2)
        add_exclusion(&before, &behind, core->code_point, exclusions[i], exclusions[i + 1]);
    core->modals = keep(arena, &modals, longer_first, &core->n_modals);
    core->before = keep(arena, &before, by_key, &core->n_before);
    core->behind = keep(arena, &behind, by_key, &core->n_behind);
    gb_array_release(&modals);
    gb_array_release(&before);
    gb_array_release(&behind);
}

static void
make_cores(struct gb_lexicon *lexicon, struct gb_arena *arena, gb_lexicon_list *list, void *data)
{
    enum { MOST = GB_STOP_SLOTS - GB_COUNT(marks) - 64 };
    struct gb_words with_verb = {0};
    entry_list modals = {0};
    const struct gb_str *exclusions;
    size_t n = list(data, "modal-exclusions", &exclusions);
    struct gb_core *cores = gb_arena_new_array(arena, struct gb_core, MOST);

    make_words(&with_verb, arena, list, data, "modal-before-verb");
    read_modals(&modals, &with_verb, list, data);
    for (size_t i = 0; i < modals.len && lexicon->n_cores < MOST; i++) {
        size_t next;
        uint32_t c = gb_utf8_at(modals.items[i].word, modals.items[i].core, &next), k = 0;
        while (k < lexicon->n_cores && cores[k].code_point != c)
            k++;
        if (k < lexicon->n_cores || c < 0x800 || c > 0xFFFF) /* a scan looks for characters of three bytes only */
            continue;
        cores[k].code_point = c;
        make_core(&cores[k], arena, &modals, exclusions, n);
        add_stop(lexicon, (struct gb_stop_row){c, GB_STOP_CORE, (uint8_t)k});
        lexicon->n_cores++;
    }
    lexicon->cores = cores;
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
        struct gb_words *words;
        const char *name;
    } sets[] = {{&lexicon->verbs, "verbs"},
                {&lexicon->short_verbs, "short-verbs"},
                {&lexicon->prepositions, "prepositions"},
                {&lexicon->adverbs, "adverbs"},
                {&lexicon->instructions, "instruction-verbs"},
                {&lexicon->instruction_adverbs, "instruction-adverbs"},
                {&lexicon->nouns, "instruction-nouns"},
                {&lexicon->instrument_verbs, "instrument-verbs"},
                {&lexicon->applications, "application-nouns"}};

    for (size_t i = 0; i < GB_COUNT(sets); i++)
        make_words(sets[i].words, arena, list, data, sets[i].name);
    for (size_t i = 0; i < GB_COUNT(marks); i++)
        add_stop(lexicon, marks[i]);
    make_cores(lexicon, arena, list, data);
    make_openers(lexicon, arena, list, data);
}
