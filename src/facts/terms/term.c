#include "facts/terms/term_priv.h"

GB_NAME_OF(gb_term_kind_name, enum gb_term_kind, GB_TERM_KINDS)

GB_NAME_OF(gb_designation_status_name, enum gb_designation_status, GB_DESIGNATION_STATUSES)

/* What stays of the reader's work. */
struct terms {
    struct gb_terms list;
    struct gb_term_index index;
};

void
gb_find_terms(struct gb_facts *facts)
{
    struct gb_term_reader r = {.facts = facts};
    struct terms *terms = gb_arena_new(facts->arena, struct terms);

    gb_read_term_entries(&r);
    gb_read_abbreviations(&r);
    gb_read_declared_forms(&r);
    gb_find_term_uses(&r);
    gb_find_variants(facts, &r);
    GB_KEEP(facts->arena, &r.terms, terms->list.items, terms->list.n);
    GB_KEEP(facts->arena, &r.designations, terms->list.designations, terms->list.n_designations);
    GB_KEEP(facts->arena, &r.uses, terms->list.uses, terms->list.n_uses);
    GB_KEEP(facts->arena, &r.capitals, terms->list.capitals, terms->list.n_capitals);
    GB_KEEP(facts->arena, &r.bank_uses, terms->list.bank_uses, terms->list.n_bank_uses);
    terms->index = r.index;
    facts->vocabulary = &terms->list;
}

/* Entries and abbreviations stand in document order: a search finds them. */
const struct gb_term *
gb_term_of_node(const struct gb_facts *facts, const struct gb_node *node)
{
    const struct gb_terms *terms = facts->vocabulary;

    for (uint32_t low = 0, high = terms->n; low < high;) {
        uint32_t middle = low + (high - low) / 2;
        const struct gb_term *term = &terms->items[middle];
        if (term->node == node)
            return term;
        bool is_before = term->kind == GB_TERM_ENTRY && node->kind != GB_NODE_TERM;
        bool is_behind = term->kind == GB_TERM_DECLARED ||
                         (term->kind != GB_TERM_ENTRY && node->kind == GB_NODE_TERM) ||
                         term->node->kind == GB_NODE_TABLE; /* they come last */
        if (is_before || (!is_behind && term->node->id < node->id))
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

uint32_t
gb_term_called(const struct gb_facts *facts, struct gb_str words, enum gb_designation_status *out_status)
{
    const struct terms *terms = (const struct terms *)facts->vocabulary;
    uint32_t which;

    if (!gb_index_get(&terms->index, words, &which) || which & (GB_INDEX_HEAD | GB_INDEX_FORM))
        return GB_NO_TERM;
    *out_status = facts->vocabulary->designations[which].status;
    return facts->vocabulary->designations[which].term;
}
