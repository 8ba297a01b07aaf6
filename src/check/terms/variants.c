/*
 * One name for one concept: TRM-016. Source: GB/T 1.1—2020, 5.4.1; 2009, 4.2. Which names are held against each other is said
 * by facts/terms/variant.h; deprecated ones are told by the entries of the draft.
 */
#include "rule/check.h"

enum { MOST_PLACES = 50, MOST_PAIRS = 200 };

static void
relate_places(struct gb_check *c, struct gb_finding *f, const struct gb_variant_form *form, uint32_t from)
{
    for (uint32_t i = from; i < form->n_places && i < from + MOST_PLACES; i++)
        gb_also(c, f, GB_AT(&form->places[i]), form->words);
}

/* One finding for a pair, at the first place of the form that should give way. What stands once only describes, and names no thing. */
static void
report_pair(struct gb_check *c, const struct gb_variant *pair)
{
    if (!pair->is_certain && pair->kind == GB_VARIANT_SHORTENED && pair->kept.n_places < 2)
        return;
    const char *certain = pair->kind == GB_VARIANT_SHORTENED ? "short" : NULL,
               *likely = pair->kind == GB_VARIANT_SHORTENED ? "likely-short"
                         : pair->kind == GB_VARIANT_SWAPPED ? "swapped"
                                                            : "likely";
    const struct gb_variant_place *first = pair->other.places;
    struct gb_finding *f =
        gb_report_case(c, pair->is_certain ? certain : likely, GB_AT(first), first->node,
                       GB_ARGS(pair->other.words, pair->kept.words, gb_count_text(c, pair->other.n_places),
                               gb_count_text(c, pair->kept.n_places)));

    relate_places(c, f, &pair->other, 1);
    relate_places(c, f, &pair->kept, 0);
    for (uint32_t i = 0; i < pair->other.n_places; i++)
        gb_fix(c, f, GB_AT(&pair->other.places[i]).span, pair->kept.words);
}

/* Names that an entry calls deprecated, used outside of it. */
static void
report_deprecated(struct gb_check *c, const struct gb_designation *designation)
{
    const struct gb_terms *terms = c->facts->vocabulary;
    const struct gb_term *term = &terms->items[designation->term];
    struct gb_str preferred = gb_term_name(terms, term)->words;
    struct gb_finding *f = NULL;
    unsigned n = 0;

    for (uint32_t i = designation->first_use; i != GB_NO_USE; i = terms->uses[i].next) {
        const struct gb_term_use *use = &terms->uses[i];
        if (use->flags & GB_USE_OWN)
            continue;
        struct gb_at at = GB_AT(use);
        if (n++ == 0)
            f = gb_report_case(c, "deprecated", at, use->node,
                               GB_ARGS(designation->words, preferred, term->node->number.str));
        else if (n < MOST_PLACES)
            gb_also(c, f, at, designation->words);
        gb_fix(c, f, at.span, preferred);
    }
}

/* ---- the user's term bank ---- */

GB_ORDER_OF_POINTERS(by_entry, struct gb_bank_use, GB_KEY(entry->row) GB_KEY_PLACE)

/* All places of one deprecated name, in their order. */
static void
report_banned(struct gb_check *c, const struct gb_bank_use *const *uses, size_t n)
{
    const struct gb_bank_entry *entry = uses[0]->entry;
    const struct gb_bank_entry *preferred = gb_bank_preferred(c->facts->bank, entry);
    struct gb_finding *f = NULL;

    for (size_t i = 0; i < n; i++) {
        struct gb_at at = GB_AT(uses[i]);
        if (i == 0)
            f = gb_report_case(c, preferred ? "bank" : "bank-only", at, uses[i]->node,
                               GB_ARGS(entry->term, preferred ? preferred->term : GB_STR("")));
        else if (i < MOST_PLACES)
            gb_also(c, f, at, entry->term);
        if (preferred)
            gb_fix(c, f, at.span, preferred->term);
    }
}

static void
check_bank(struct gb_check *c)
{
    const struct gb_terms *terms = c->facts->vocabulary;
    const struct gb_bank_use **uses = gb_arena_new_array(c->arena, const struct gb_bank_use *, terms->n_bank_uses);

    for (uint32_t i = 0; i < terms->n_bank_uses; i++)
        uses[i] = &terms->bank_uses[i];
    gb_sort(uses, terms->n_bank_uses, sizeof(*uses), by_entry);
    GB_EACH_RUN(begin, end, terms->n_bank_uses, uses[end]->entry == uses[begin]->entry)
        report_banned(c, uses + begin, end - begin);
}

static void
check_variants(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;

    if (facts->vocabulary->n_bank_uses)
        check_bank(c);
    if (facts->bank && gb_bank_fault(facts->bank))
        gb_not_checked(c, gb_say(c, "术语库中拒用的名称（TRM-016）", "names that the term bank deprecates (TRM-016)"),
                       gb_arena_printf(c->arena, "%s%.*s", gb_bank_fault(facts->bank),
                                       GB_FMT(gb_say(c, "中有的条目读不出", " has entries that cannot be read"))));
    for (uint32_t i = 0; i < facts->vocabulary->n_designations; i++) {
        if (facts->vocabulary->designations[i].status == GB_DESIGNATION_DEPRECATED)
            report_deprecated(c, &facts->vocabulary->designations[i]);
    }
    for (uint32_t i = 0; i < facts->variants->n && i < MOST_PAIRS; i++)
        report_pair(c, &facts->variants->items[i]);
}

const struct gb_check_def gb_variant_checks[] = {
    {.name = "term-variants",
     .whole = check_variants,
     .cases = "short likely likely-short swapped deprecated bank bank-only"},
    {0},
};
