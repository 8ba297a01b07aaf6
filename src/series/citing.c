/*
 * What documents of a system cite of each other: SYS-007; and between its parts: SYS-010. DB32/T 2796—2015, 6.1.1 and 6.1.3.
 *
 * Only documents of the organisation itself can be missing in its system: Q/…; perhaps those of its association, T/…, which may have several
 * systems. Others are published by others, and the registry tells whether they are in force.
 */
#include "series/series_priv.h"

/* ---- What is cited ---- */

/* Is the document one of the organisation's own, as a member is: Q/JSD of Q/JSD 201? */
static bool
is_of_house(const struct gb_series *series, const struct gb_fact *citation)
{
    if (!GB_STARTS_WITH(citation->about, "Q/", "T/"))
        return false;
    for (uint32_t i = 0; i < series->n_members; i++) {
        struct gb_str base = series->members[i].summary->base;
        if (base.len && gb_str_starts(citation->key, base) && citation->key.len > base.len &&
            citation->key.ptr[base.len] == ' ')
            return true;
    }
    return false;
}

/* Is there a row of that number, whose draft is not in the run? */
static const struct gb_manifest_row *
row_of(const struct gb_series *series, struct gb_str key)
{
    const struct gb_manifest *m = series->manifest;

    for (uint32_t i = 0; m && i < m->n_rows; i++) {
        const struct gb_identifier *id = &m->rows[i].id;
        if (m->rows[i].has_identifier && gb_is_key_of(key, id->base, id->serial))
            return &m->rows[i];
    }
    return NULL;
}

/* What was told of one member: a document is taken down twice where it is cited in both ways. */
typedef GB_ARRAY(struct gb_str) told_array;

static bool
was_told(told_array *told, struct gb_str key)
{
    GB_FIND(known, told->items, told->len, gb_str_eq(*known, key));
    if (!known)
        *gb_push(told) = key;
    return known != NULL;
}

/* Told at the entry of chapter 2, where there is one: it is what has to change first. */
static struct gb_finding *
tell_citation(struct gb_series *series, const char *which, uint32_t member, const struct gb_fact *c,
              const struct gb_str *args, size_t n)
{
    bool is_listed = c->more.span.end != 0;
    struct gb_finding *f = gb_tell(series, "SYS-007", which, member, is_listed ? c->more : c->at,
                                   is_listed ? GB_STR("2") : c->clause, args, n);

    if (is_listed && c->at.span.begin != c->more.span.begin)
        gb_relate_member(series, member, f, member, c->at, c->text);
    return f;
}

static void
judge_year(struct gb_series *series, told_array *told, uint32_t member, const struct gb_fact *c, uint32_t cited)
{
    const struct gb_summary *target = series->members[cited].summary;

    if (gb_str_eq(c->value, target->year) || !c->value.len || !target->year.len || c->value.len != target->year.len ||
        was_told(told, c->key))
        return;
    bool is_older = gb_str_cmp(c->value, target->year) < 0;
    struct gb_finding *f =
        tell_citation(series, is_older ? "older" : "newer", member, c, GB_ARGS(c->text, target->number));
    gb_relate_member(series, member, f, cited, target->number_at, target->number);
}

static void
judge_missing(struct gb_series *series, told_array *told, uint32_t member, const struct gb_fact *c)
{
    const struct gb_manifest_row *row = row_of(series, c->key);

    if (!series->manifest || !is_of_house(series, c) || was_told(told, c->key))
        return;
    if (!row) {
        tell_citation(series, gb_str_starts(c->about, GB_STR("T/")) ? "other" : "missing", member, c, GB_ARGS(c->text));
    } else if (c->value.len && row->id.year.len && gb_str_cmp(c->value, row->id.year) < 0) {
        struct gb_finding *f =
            tell_citation(series, "older", member, c, GB_ARGS(c->text, row->fields[GB_MANIFEST_NUMBER]));
        gb_relate_row(series, member, f, row, GB_MANIFEST_NUMBER, row->fields[GB_MANIFEST_NUMBER]);
    }
}

/* Two documents that require each other. */
static const struct gb_fact *requires(const struct gb_series *series, uint32_t member, const struct gb_summary *target)
{
    uint32_t n;
    const struct gb_fact *facts = gb_summary_facts(series->members[member].summary, GB_FACT_CITATION, &n);

    GB_FIND(fact, facts, n,
            fact->number != 0 && fact->clause.len && gb_is_key_of(fact->key, target->base, target->serial));
    return fact;
}

static void
judge_circle(struct gb_series *series, uint32_t member, const struct gb_fact *c, uint32_t cited)
{
    const struct gb_fact *back =
        cited < member && c->number != 0 ? requires(series, cited, series->members[member].summary) : NULL;

    /* Lists are no requirements: chapter 2 is named in them. */
    if (!back || gb_str_is(c->clause, "2") || gb_str_is(back->clause, "2"))
        return;
    struct gb_finding *f = gb_tell(series, "SYS-007", "circle", member, c->at, c->clause,
                                   GB_ARGS(gb_member_name(series, member), gb_member_name(series, cited)));
    gb_relate_member(series, member, f, cited, back->at, back->text);
}

/* ---- SYS-010 ---- */

enum { LEAST_MEMBERS = 10 };

static bool
is_in(const struct gb_series *series, uint32_t member, const char *subsystem)
{
    const struct gb_manifest_row *row = series->members[member].row;

    return row && gb_str_has(row->fields[GB_MANIFEST_SUBSYSTEM], gb_str_from(subsystem));
}

static void
judge_direction(struct gb_series *series, const gb_keyed_array *by_key, uint32_t member)
{
    uint32_t n, to_base = 0;
    const struct gb_summary *s = series->members[member].summary;
    const struct gb_fact *facts = gb_summary_facts(s, GB_FACT_CITATION, &n);
    bool is_base = is_in(series, member, "通用基础"), is_service = is_in(series, member, "服务提供");

    for (uint32_t i = 0; i < n; i++) {
        uint32_t cited = gb_series_find(by_key, facts[i].key);
        if (cited == GB_NO_MEMBER || cited == member)
            continue;
        to_base += is_in(series, cited, "通用基础");
        if (is_base && facts[i].number != 0 && is_in(series, cited, "服务提供")) {
            struct gb_finding *f =
                gb_tell(series, "SYS-010", NULL, member, facts[i].at, facts[i].clause, GB_ARGS(facts[i].text));
            gb_relate_row(series, member, f, series->members[cited].row, GB_MANIFEST_SUBSYSTEM, GB_STR("服务提供"));
        }
    }
    if (is_service && !to_base && s->is_standard && !gb_member_is_requirement(series, member))
        gb_tell(series, "SYS-010", "nothing", member, s->title_at, GB_STR(""), GB_NO_ARGS);
}

/* ---- All of it ---- */

void
gb_check_citing(struct gb_series *series)
{
    gb_keyed_array by_key = {0};

    gb_series_by_key(series, &by_key);
    for (uint32_t i = 0; i < series->n_members; i++) {
        uint32_t n;
        const struct gb_fact *facts = gb_summary_facts(series->members[i].summary, GB_FACT_CITATION, &n);
        uint32_t circle_told = GB_NO_MEMBER;
        told_array told = {0};
        for (uint32_t k = 0; k < n && series->members[i].report; k++) {
            uint32_t cited = gb_series_find(&by_key, facts[k].key);
            if (cited == i)
                continue;
            if (cited == GB_NO_MEMBER) {
                judge_missing(series, &told, i, &facts[k]);
                continue;
            }
            judge_year(series, &told, i, &facts[k], cited);
            if (circle_told != cited && facts[k].number != 0) {
                judge_circle(series, i, &facts[k], cited);
                circle_told = cited;
            }
        }
        gb_array_release(&told);
        if (series->manifest && series->n_members >= LEAST_MEMBERS)
            judge_direction(series, &by_key, i);
    }
    gb_array_release(&by_key);
}
