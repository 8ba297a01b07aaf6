/*
 * One concept, one term and one definition in all documents of a system: SYS-003. GB/T 1.1—2020, 5.4.1; 2009, 4.2; DB32/T 2796—2015,
 * 7.1.3 and 7.3.2.3.
 */
#include "series/series_priv.h"
#include "base/sort.h"

static const double nearly_equal = 0.95, same_meaning = 0.6;

/* ---- One term, several definitions ---- */

GB_ORDER(compare_terms, struct gb_stated, GB_KEY_STR(fact->key) GB_KEY_STR(fact->about) GB_KEY(member))

/* The document that a term is to be taken from: a vocabulary, else the first. */
static const struct gb_stated *
model_of(const struct gb_series *series, const struct gb_stated *items, size_t n)
{
    GB_FIND(item, items, n, gb_str_is(series->members[item->member].summary->function, "术语"));
    return item ? item : &items[0];
}

/* The entry names that document as its source, and does not say that the definition was changed. */
static bool
claims_to_be_of(const struct gb_series *series, const struct gb_stated *entry, uint32_t member)
{
    const struct gb_summary *s = series->members[member].summary;

    return entry->fact->number > 1 && s->base.len && gb_is_key_of(entry->fact->source, s->base, s->serial);
}

/* GB/T 1.1—2020, 8.7.3.4: of a definition taken over and changed, TRM-012 across documents. */
static void
judge_marks(struct gb_series *series, const struct gb_stated *a, const struct gb_stated *b)
{
    const struct gb_stated *entry = claims_to_be_of(series, a, b->member)   ? a
                                    : claims_to_be_of(series, b, a->member) ? b
                                                                            : NULL;
    const struct gb_stated *source = entry == a ? b : a;

    if (!entry)
        return;
    struct gb_finding *f = gb_tell(series, "TRM-012", NULL, entry->member, entry->fact->more, entry->fact->clause,
                                   GB_ARGS(entry->fact->text, source->fact->value));
    gb_relate_member(series, entry->member, f, source->member, source->fact->more, source->fact->text);
}

static void
judge_definitions(struct gb_series *series, const struct gb_stated *items, size_t n)
{
    const struct gb_stated *model = model_of(series, items, n);

    for (size_t i = 0; i < n; i++) {
        if (items[i].member == model->member || gb_str_eq(items[i].fact->value, model->fact->value))
            continue;
        double like = gb_likeness(items[i].fact->value, model->fact->value);
        if (like >= nearly_equal)
            gb_tell_pair(series, "SYS-003", "near", model, &items[i], true);
        else if (items[i].fact->number == 0 && model->fact->number == 0)
            gb_tell_pair(series, "SYS-003", NULL, model, &items[i], true);
        else
            judge_marks(series, model, &items[i]);
    }
}

/* ---- One definition, several terms ---- */

GB_ORDER(compare_definitions, struct gb_stated, GB_KEY_STR(fact->value) GB_KEY(member))

/* Shorter definitions are phrases that several terms may share. */
enum { SHORTEST = 6 * 3 };

static void
judge_names(struct gb_series *series, gb_stated_array *terms)
{
    gb_sort(terms->items, terms->len, sizeof(terms->items[0]), compare_definitions);
    for (size_t i = 1; i < terms->len; i++) {
        const struct gb_stated *a = &terms->items[i - 1], *b = &terms->items[i];
        if (b->fact->value.len < SHORTEST || !gb_str_eq(a->fact->value, b->fact->value) || a->member == b->member ||
            gb_str_eq(a->fact->key, b->fact->key))
            continue;
        gb_tell_pair(series, "SYS-003", "name", a, b, false);
    }
}

/* ---- Symbols and abbreviations ---- */

/* The Chinese of a meaning: 社会保险（Social Insurance） is 社会保险. */
static struct gb_str
chinese_of(struct gb_series *series, struct gb_str meaning)
{
    struct gb_buf out = {0};

    for (size_t i = 0; i + 2 < meaning.len; i++) {
        unsigned char c = (unsigned char)meaning.ptr[i];
        if (c >= 0xE4 && c <= 0xE9) {
            gb_buf_add(&out, gb_str_sub(meaning, i, i + 3));
            i += 2;
        }
    }
    return gb_buf_take(&out, series->arena);
}

static void
judge_meanings(struct gb_series *series, const struct gb_stated *items, size_t n)
{
    struct gb_str first = chinese_of(series, items[0].fact->value);

    /* One letter stands for many things: each document explains its own. */
    if (items[0].fact->key.len < 2)
        return;
    for (size_t i = 1; i < n; i++) {
        struct gb_str meaning = chinese_of(series, items[i].fact->value);
        if (items[i].member == items[0].member || !meaning.len || !first.len || gb_str_has(meaning, first) ||
            gb_str_has(first, meaning) || gb_likeness(meaning, first) >= same_meaning)
            continue;
        gb_tell_pair(series, "SYS-003", "symbol", &items[0], &items[i], true);
    }
}

/* ---- All of it ---- */

static void
each_run(struct gb_series *series, gb_stated_array *all,
         void (*judge)(struct gb_series *, const struct gb_stated *, size_t))
{
    gb_sort(all->items, all->len, sizeof(all->items[0]), compare_terms);
    GB_EACH_RUN(begin, end, all->len,
                gb_str_eq(all->items[end].fact->key, all->items[begin].fact->key) &&
                    gb_str_eq(all->items[end].fact->about, all->items[begin].fact->about)) {
        if (end - begin > 1)
            judge(series, all->items + begin, end - begin);
    }
}

void
gb_check_words(struct gb_series *series)
{
    gb_stated_array terms = {0}, symbols = {0};

    gb_series_collect(series, NULL, GB_FACT_TERM, &terms);
    each_run(series, &terms, judge_definitions);
    judge_names(series, &terms);
    gb_series_collect(series, NULL, GB_FACT_SYMBOL, &symbols);
    each_run(series, &symbols, judge_meanings);
    GB_RELEASE(&terms, &symbols);
}
