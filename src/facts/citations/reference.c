/* The entries of the normative references and of the bibliography, and looking them up. See citation.h. */
#include "facts/facts_priv.h"

#include "base/array.h"
#include "base/sort.h"

typedef GB_ARRAY(struct gb_reference) reference_array;

static void
add_entry(struct gb_facts *facts, const struct gb_lexicon *lexicon, const struct gb_node *node,
          enum gb_reference_list list, reference_array *out)
{
    struct gb_reference *reference = gb_push(out);

    *reference = (struct gb_reference){.node = node, .list = list, .title = node->title};
    if (!gb_identifier_parse(facts->arena, lexicon, &node->code, &reference->id))
        reference->id = (struct gb_identifier){.cell = GB_NO_CELL};
    reference->id.node = node;
}

/* An entry that the reader left in a paragraph of the list still lists its document. */
static void
add_loose(struct gb_facts *facts, const struct gb_lexicon *lexicon, const struct gb_node *node,
          enum gb_reference_list list, reference_array *out)
{
    struct gb_identifier_shape shape;

    for (size_t at = 0; gb_identifier_next(node->text.str, at, &shape); at = shape.end) {
        struct gb_text piece = gb_text_slice(&node->text, shape.begin, node->text.str.len);
        struct gb_reference *reference = gb_push(out);
        *reference = (struct gb_reference){.node = node, .list = list, .is_loose = true};
        gb_identifier_parse(facts->arena, lexicon, &piece, &reference->id);
        reference->id.node = node;
        reference->id.text = NULL;
    }
}

static void
add_list(struct gb_facts *facts, const struct gb_lexicon *lexicon, const struct gb_node *top,
         enum gb_reference_list list, reference_array *out)
{
    for (const struct gb_node *n = top; n; n = gb_node_walk(n, top)) {
        if (n->kind == GB_NODE_REF)
            add_entry(facts, lexicon, n, list, out);
        else if (n->text.str.len)
            add_loose(facts, lexicon, n, list, out);
    }
}

/* qsort has no argument: what is compared carries the identifier with it. */
struct sort_key {
    const struct gb_identifier *id;
    uint32_t index;
};

GB_ORDER(by_identifier, struct sort_key, GB_KEY_BY(gb_identifier_cmp, id) GB_KEY(index))

static void
sort_references(struct gb_facts *facts)
{
    struct sort_key *keys = gb_alloc(sizeof(*keys) * (facts->n_entries + 1));
    uint32_t n = 0;

    for (uint32_t i = 0; i < facts->n_entries; i++) {
        if (facts->entries[i].id.serial.len)
            keys[n++] = (struct sort_key){&facts->entries[i].id, i};
    }
    gb_sort(keys, n, sizeof(*keys), by_identifier);
    uint32_t *sorted = gb_arena_new_array(facts->arena, uint32_t, n + 1);
    for (uint32_t i = 0; i < n; i++)
        sorted[i] = keys[i].index;
    facts->entries_sorted = sorted;
    facts->n_entries_sorted = n;
    free(keys);
}

void
gb_find_references(struct gb_facts *facts, const struct gb_lexicon *lexicon)
{
    reference_array found = {0};

    add_list(facts, lexicon, facts->references, GB_LIST_REFERENCES, &found);
    add_list(facts, lexicon, facts->bibliography, GB_LIST_BIBLIOGRAPHY, &found);
    GB_KEEP(facts->arena, &found, facts->entries, facts->n_entries);
    sort_references(facts);
}

/* ---- looking up ---- */

/* Order of the sorted entries against a family: code, then the serial without its part. */
static int
cmp_family(const struct gb_identifier *entry, const struct gb_identifier *id)
{
    int order = gb_str_cmp(entry->base, id->base);

    return order ? order : gb_serial_cmp(gb_serial_head(entry->serial), gb_serial_head(id->serial));
}

typedef int entry_order(const struct gb_identifier *entry, const struct gb_identifier *id);

static bool
is_equal(const struct gb_facts *facts, const struct gb_identifier *id, entry_order *cmp, size_t at)
{
    return at < facts->n_entries_sorted && cmp(&facts->entries[facts->entries_sorted[at]].id, id) == 0;
}

/* The sorted entries that equal the identifier: mostly one, or none. */
static const uint32_t *
find_entries(const struct gb_facts *facts, const struct gb_identifier *id, entry_order *cmp, size_t *out_n)
{
    const uint32_t *sorted = facts->entries_sorted;

    GB_SEEK(size_t, first, facts->n_entries_sorted, cmp(&facts->entries[sorted[first]].id, id) < 0);
    *out_n = id->serial.len && is_equal(facts, id, cmp, first);
    if (*out_n && is_equal(facts, id, cmp, first + 1)) {
        GB_SEEK(size_t, end, facts->n_entries_sorted, cmp(&facts->entries[sorted[end]].id, id) <= 0);
        *out_n = end - first;
    }
    return sorted + first;
}

const uint32_t *
gb_references_same(const struct gb_facts *facts, const struct gb_identifier *id, size_t *out_n)
{
    return find_entries(facts, id, gb_identifier_cmp, out_n);
}

const uint32_t *
gb_references_kin(const struct gb_facts *facts, const struct gb_identifier *id, size_t *out_n)
{
    return find_entries(facts, id, cmp_family, out_n);
}

/* Names all parts: says so, or gives a series by the number that its parts share. */
static bool
is_series(const struct gb_identifier *id)
{
    return !gb_extent_is_empty(id->at.all_parts) || gb_str_eq(gb_serial_head(id->serial), id->serial);
}

/* GB/T 10001系列标准: （所有部分） in other words, REF-013. */
static bool
says_series(const struct gb_reference *reference)
{
    GB_WORDS(words, "系列", "（系列", "(系列", "（全部", "(全部", "（各部分", "(各部分", "所有部分", "全部部分");

    return is_series(&reference->id) && GB_STARTS_ANY(gb_str_trim(reference->title.str), words);
}

bool
gb_reference_covers(const struct gb_reference *reference, const struct gb_identifier *id)
{
    if (gb_identifier_cmp(&reference->id, id) == 0)
        return true;
    if (!gb_identifier_is_kin(&reference->id, id))
        return false;
    return !gb_extent_is_empty(reference->id.at.all_parts) || says_series(reference) || is_series(id);
}

bool
gb_is_own_identifier(const struct gb_facts *facts, const struct gb_identifier *id)
{
    if (!facts->own.serial.len || !id->serial.len)
        return false;
    if (gb_identifier_cmp(&facts->own, id) == 0)
        return id->year.len == 0 || facts->own.year.len == 0 || gb_str_eq(id->year, facts->own.year);
    return gb_identifier_is_kin(&facts->own, id) && is_series(id);
}
