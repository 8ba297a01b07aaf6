/* What the lists of terms hold besides the entries of each draft: uses in other drafts, and names that seem to stand for others. */
#include "emit/terms_priv.h"

#include "base/sort.h"

struct gb_range
gb_place_in_draft(const struct gb_term_draft *draft, const struct gb_text *text, size_t begin, size_t end)
{
    return gb_range_of(draft->doc->source, gb_at_part(text, begin, end));
}

struct gb_range
gb_place_of_form(const struct gb_term_draft *draft, const struct gb_variant_form *form, uint32_t i)
{
    return gb_place_in_draft(draft, form->places[i].text, form->places[i].begin, form->places[i].end);
}

void
gb_each_listed_name(const struct gb_term_list *list, bool entries, gb_each_name_function *call, void *data)
{
    for (size_t i = 0; i < list->n; i++) {
        const struct gb_terms *terms = list->drafts[i].facts->vocabulary;
        GB_EACH(const struct gb_term, term, terms->items, terms->n) {
            if ((term->kind == GB_TERM_ENTRY) != entries)
                continue;
            for (uint32_t d = 0; d < term->n; d++)
                call(data, &(struct gb_listed_name){&list->drafts[i], term, &terms->designations[term->first + d]});
        }
    }
}

/* Shorter words are parts of others. */
enum { SHORTEST_FOREIGN = 2 * 3 };

static void
add_words(void *data, const struct gb_listed_name *name)
{
    struct gb_listed_uses *f = data;
    struct gb_str words = name->designation->words;
    uint32_t which = (uint32_t)f->chains.len;

    if (words.len >= SHORTEST_FOREIGN && gb_index_add(&f->index, words, which, &which) && which == f->chains.len)
        *gb_push(&f->chains) = (struct gb_use_chain){GB_NO_FOREIGN_USE, GB_NO_FOREIGN_USE};
}

static void
find_in_sentence(struct gb_listed_uses *f, const struct gb_term_draft *draft, const struct gb_sentence *sentence)
{
    struct gb_str s = gb_str_sub(sentence->text->str, 0, sentence->end);
    enum gb_designation_status status;
    uint32_t which;

    for (size_t at = sentence->begin, next; at < s.len; at = next) {
        size_t len = gb_index_longest(&f->index, s, at, &which);
        uint32_t use = (uint32_t)f->uses.len;
        (void)gb_utf8_at(s, at, &next);
        if (!len)
            continue;
        next = at + len;
        if (gb_term_called(draft->facts, gb_str_sub(s, at, next), &status) != GB_NO_TERM)
            continue; /* what a draft enters itself is listed with that entry */
        struct gb_use_chain *chain = &f->chains.items[which];
        *gb_push(&f->uses) = (struct gb_foreign_use){draft, sentence->text, at, next, GB_NO_FOREIGN_USE};
        if (chain->first == GB_NO_FOREIGN_USE)
            chain->first = use;
        else
            f->uses.items[chain->last].next = use;
        chain->last = use;
    }
}

GB_ORDER(compare_suspects, struct gb_suspect, GB_KEY_STR(variant->kept.words) GB_KEY(draft) GB_KEY(variant))

static void
find_suspects(const struct gb_term_list *list, struct gb_listed_uses *f)
{
    for (size_t i = 0; i < list->n; i++) {
        const struct gb_variants *variants = list->drafts[i].facts->variants;
        for (uint32_t k = 0; k < variants->n; k++)
            *gb_push(&f->suspects) = (struct gb_suspect){&list->drafts[i], &variants->items[k]};
    }
    if (f->suspects.len)
        gb_sort(f->suspects.items, f->suspects.len, sizeof(*f->suspects.items), compare_suspects);
}

const struct gb_suspect *
gb_suspects_of(const struct gb_listed_uses *f, struct gb_str words, size_t *out_n)
{
    size_t n = 0;

    GB_SEEK(size_t, first, f->suspects.len, gb_str_cmp(f->suspects.items[first].variant->kept.words, words) < 0);
    while (first + n < f->suspects.len && gb_str_eq(f->suspects.items[first + n].variant->kept.words, words))
        n++;
    *out_n = n;
    return f->suspects.items + first;
}

void
gb_find_listed_uses(const struct gb_term_list *list, struct gb_listed_uses *f)
{
    size_t n = 0;

    find_suspects(list, f);
    for (size_t i = 0; i < list->n; i++)
        n += list->drafts[i].facts->vocabulary->n_designations;
    gb_index_init(&f->index, &f->arena, n);
    gb_each_listed_name(list, true, add_words, f);
    gb_each_listed_name(list, false, add_words, f);
    for (size_t i = 0; i < list->n && list->n > 1; i++) {
        const struct gb_facts *facts = list->drafts[i].facts;
        for (uint32_t k = 0; k < facts->n_sentences; k++)
            find_in_sentence(f, &list->drafts[i], &facts->sentences[k]);
    }
}

void
gb_listed_uses_release(struct gb_listed_uses *f)
{
    GB_RELEASE(&f->uses, &f->chains, &f->suspects);
    gb_arena_release(&f->arena);
}

uint32_t
gb_first_foreign_use(const struct gb_listed_uses *f, const struct gb_listed_name *name)
{
    uint32_t which;

    return gb_index_get(&f->index, name->designation->words, &which) ? f->chains.items[which].first : GB_NO_FOREIGN_USE;
}

void
gb_each_kept(const struct gb_listed_uses *f, gb_each_kept_function *call, void *data)
{
    uint32_t which;
    size_t n = 0;

    for (size_t i = 0; i < f->suspects.len; i += n) {
        const struct gb_suspect *first = &f->suspects.items[i];
        gb_suspects_of(f, first->variant->kept.words, &n);
        if (!gb_index_get(&f->index, first->variant->kept.words, &which))
            call(data, first);
    }
}

void
gb_put_suspects(const struct gb_listed_uses *f, struct gb_str words, struct gb_buf *out)
{
    size_t n;
    const struct gb_suspect *all = gb_suspects_of(f, words, &n);

    out->len = 0;
    for (size_t i = 0; i < n; i++) {
        const struct gb_variant_form *other = &all[i].variant->other;
        gb_buf_printf(out, "%s%.*s（", i ? "；" : "", GB_FMT(other->words));
        for (uint32_t k = 0; k < other->n_places; k++) {
            struct gb_range range = gb_place_of_form(all[i].draft, other, k);
            if (k == 0)
                gb_add_clean(out, gb_str_from(range.start.file->path));
            gb_buf_printf(out, k ? ", %u" : ":%u", range.start.line);
        }
        gb_buf_puts(out, "）");
    }
}
