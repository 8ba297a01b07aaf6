/* The words around a number that tell whether it is a mention, of what, and of which document. Rule catalogue 4.4. */
#include "facts/lexicon_priv.h"
#include "facts/mentions/mention_priv.h"

#include "text/utf8.h"

#include <stddef.h>

/* ── lists ── */

static const char *const list_names[] = {GB_WORD_LISTS(GB_NAMED)};

static const char *const kinds[] = {GB_MENTION_KINDS(GB_NAMED)};
static const char *const verbs[] = {GB_MENTION_VERBS(GB_NAMED)};
static const char *const suffixes[] = {[GB_SUFFIX_CHAPTER] = "chapter",
                                       [GB_SUFFIX_ARTICLE] = "article",
                                       [GB_SUFFIX_STEP] = "step",
                                       [GB_SUFFIX_OTHER] = "other"};
static const char *const behinds[] = {[GB_BEHIND_OPEN] = "open", [GB_BEHIND_PROVISION] = "provision"};
static const char *const joints[] = {
    [GB_JOINT_INSIDE] = "inside", [GB_JOINT_AND] = "and", [GB_JOINT_COMMA] = "comma", [GB_JOINT_RANGE] = "range"};

/* What the words of a list may stand for; none: they are not told apart. */
static const struct {
    const char *const *names;
    size_t n;
} values[GB_WORDS_COUNT] = {
    [GB_WORDS_KINDS] = {kinds, GB_COUNT(kinds)},          [GB_WORDS_VERBS] = {verbs, GB_COUNT(verbs)},
    [GB_WORDS_SUFFIXES] = {suffixes, GB_COUNT(suffixes)}, [GB_WORDS_BEHIND] = {behinds, GB_COUNT(behinds)},
    [GB_WORDS_JOINTS] = {joints, GB_COUNT(joints)},
};

static uint8_t
value_of(size_t list, struct gb_str name)
{
    GB_FIND(value, values[list].names, values[list].n, *value && gb_str_is(name, *value));
    return value ? (uint8_t)(value - values[list].names) : 0;
}

static uint32_t
slot_of(uint32_t c)
{
    return (c * UINT32_C(2654435761)) >> (32 - GB_WORD_BITS);
}

/* The last byte of the character at `at`. */
static char
last_byte_at(struct gb_str s, size_t at)
{
    size_t next;

    gb_utf8_at(s, at, &next);
    return s.ptr[next - 1];
}

static void
add_word(struct gb_lexicon_maker *maker, size_t at, size_t list, size_t word_at, struct gb_str word)
{
    struct gb_mention_words *all = gb_blob_at(&maker->blob, struct gb_mention_words, at);

    all->begins[slot_of(gb_char_at(word, 0))] |= UINT32_C(1) << list;
    all->ends[slot_of(gb_char_before(word, word.len))] |= UINT32_C(1) << list;
    struct gb_listed_word *listed = gb_blob_at(&maker->blob, struct gb_listed_word, word_at);
    listed->first = last_byte_at(word, 0);
    listed->last = word.ptr[word.len - 1];
    gb_blob_link_str(&maker->blob, word_at + offsetof(struct gb_listed_word, str), word);
}

size_t
gb_mention_words_add(struct gb_lexicon_maker *maker)
{
    size_t at = gb_blob_add(&maker->blob, NULL, sizeof(struct gb_mention_words));

    for (size_t list = 0; list < GB_WORDS_COUNT; list++) {
        const struct gb_str *words;
        size_t step = values[list].n ? 2 : 1, n = gb_maker_list(maker, list_names[list], &words) / step;
        size_t array = gb_blob_add(&maker->blob, NULL, n * sizeof(struct gb_listed_word));
        gb_blob_link(&maker->blob, at + offsetof(struct gb_mention_words, lists) + list * sizeof(struct gb_rel), array,
                     n);
        for (size_t i = 0; i < n; i++) {
            size_t word_at = array + i * sizeof(struct gb_listed_word);
            if (step == 2)
                gb_blob_at(&maker->blob, struct gb_listed_word, word_at)->value = value_of(list, words[2 * i + 1]);
            add_word(maker, at, list, word_at, words[step * i]);
        }
    }
    return at;
}

const struct gb_mention_words *
gb_lexicon_mentions(const struct gb_lexicon *lexicon)
{
    return gb_rel_at(&lexicon->mentions);
}

/* ── finding them ── */

const struct gb_listed_word *
gb_listed_at(const struct gb_mention_words *words, struct gb_str s, size_t at, enum gb_word_set list)
{
    if (at >= s.len || !(words->begins[slot_of(gb_char_at(s, at))] >> list & 1))
        return NULL;
    const struct gb_listed_word *all = gb_rel_at(&words->lists[list]);
    struct gb_str rest = gb_str_skip(s, at);
    char first = last_byte_at(s, at);
    GB_FIND(word, all, words->lists[list].n, word->first == first && gb_str_starts(rest, gb_rel_str(&word->str)));
    return word;
}

const struct gb_listed_word *
gb_listed_before(const struct gb_mention_words *words, struct gb_str s, size_t at, enum gb_word_set list)
{
    if (at == 0 || !(words->ends[slot_of(gb_char_before(s, at))] >> list & 1))
        return NULL;
    const struct gb_listed_word *all = gb_rel_at(&words->lists[list]);
    struct gb_str head = gb_str_sub(s, 0, at);
    char last = s.ptr[at - 1];
    GB_FIND(word, all, words->lists[list].n, word->last == last && gb_str_ends(head, gb_rel_str(&word->str)));
    return word;
}
