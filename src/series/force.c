/*
 * Documents of a system are in force: SYS-006. DB32/T 2796—2015, 6.1.3; GB/T 1.1—2020, 9.5.4.4.2. As of a day, and with a registry also by
 * what that says of the documents that the table lists.
 */
#include "series/series_priv.h"
#include "base/sort.h"

/* Years after which a document is looked at again: of the organisation, and of all others. */
enum { REVIEW_OF_HOUSE = 3, REVIEW_OF_OTHERS = 5 };

/* A day of the calendar as people write it; in the arena. */
static struct gb_str
date_text(struct gb_series *series, uint32_t date)
{
    return gb_arena_printf(series->arena, "%04u-%02u-%02u", date / 10000, date / 100 % 100, date % 100);
}

static void
judge_review(struct gb_series *series, const struct gb_manifest_row *row)
{
    bool is_of_house = gb_str_starts(row->fields[GB_MANIFEST_NUMBER], GB_STR("Q/"));
    uint32_t cycle = is_of_house ? REVIEW_OF_HOUSE : REVIEW_OF_OTHERS;

    if (row->review_by) {
        if (row->review_by < series->as_of)
            gb_tell_row(series, "SYS-006", "review", row, GB_MANIFEST_REVIEW_BY,
                        GB_ARGS(date_text(series, row->review_by)));
    } else if (row->published && row->published + cycle * 10000 < series->as_of) {
        gb_tell_row(series, "SYS-006", "age", row, GB_MANIFEST_PUBLISHED,
                    GB_ARGS(row->fields[GB_MANIFEST_NUMBER], gb_arena_printf(series->arena, "%u", cycle)));
    }
}

/* What the registry says of the edition that the row lists. */
static bool
judge_by_registry(struct gb_series *series, const struct gb_manifest_row *row)
{
    const struct gb_registry_row *entry = series->registry && row->has_identifier
                                              ? gb_registry_find(series->registry, row->id.base, row->id.serial)
                                              : NULL;

    for (; entry; entry = entry->next) {
        if (entry->year.len && !gb_str_eq(entry->year, row->id.year))
            continue;
        if ((entry->state != GB_REGISTRY_WITHDRAWN && entry->state != GB_REGISTRY_SUPERSEDED) ||
            (entry->from && entry->from > series->as_of))
            continue;
        gb_tell_row(series, "SYS-006", entry->replaced_by.len ? "replaced" : NULL, row, GB_MANIFEST_NUMBER,
                    GB_ARGS(row->fields[GB_MANIFEST_NUMBER], entry->replaced_by));
        return true;
    }
    return false;
}

static void
judge_row(struct gb_series *series, const struct gb_manifest_row *row)
{
    uint32_t from = row->effective ? row->effective : row->published;

    if (gb_row_is_out_of_force(row)) {
        gb_tell_row(series, "SYS-006", NULL, row, GB_MANIFEST_STATUS,
                    GB_ARGS(row->fields[GB_MANIFEST_NUMBER], row->fields[GB_MANIFEST_STATUS]));
        return;
    }
    if (row->state == GB_MANIFEST_DRAFT_STATE || judge_by_registry(series, row))
        return;
    if (from > series->as_of)
        gb_tell_row(series, "SYS-006", "upcoming", row, row->effective ? GB_MANIFEST_EFFECTIVE : GB_MANIFEST_PUBLISHED,
                    GB_ARGS(row->fields[GB_MANIFEST_NUMBER], date_text(series, from)));
    else
        judge_review(series, row);
}

/* ---- Rows that others replace ---- */

/* A document that another one of the table replaces, and that is still given as in force. */
static void
judge_replaced(struct gb_series *series, const gb_keyed_array *numbers, const struct gb_manifest_row *by)
{
    struct gb_str rest = by->fields[GB_MANIFEST_REPLACES];
    uint32_t from = by->effective ? by->effective : by->published;
    struct gb_identifier_shape shape;

    if (gb_row_is_out_of_force(by) || by->state == GB_MANIFEST_DRAFT_STATE || from > series->as_of)
        return;
    for (size_t at = 0; gb_identifier_next(rest, at, &shape); at = shape.end) {
        struct gb_buf number = {0};
        gb_identifier_put_code(rest, &shape, &number);
        gb_buf_add_char(&number, ' ');
        gb_identifier_put_digits(rest, shape.serial, &number);
        gb_buf_puts(&number, "—");
        gb_identifier_put_digits(rest, shape.year, &number);
        uint32_t found = gb_series_find(numbers, gb_buf_str(&number));
        gb_buf_release(&number);
        const struct gb_manifest_row *row = found == GB_NO_MEMBER ? NULL : &series->manifest->rows[found];
        if (!row || row == by || gb_row_is_out_of_force(row))
            continue;
        struct gb_finding *f = gb_tell_row(series, "SYS-006", "replaced", row, GB_MANIFEST_NUMBER,
                                           GB_ARGS(row->fields[GB_MANIFEST_NUMBER], by->fields[GB_MANIFEST_NUMBER]));
        gb_relate_row(series, GB_NO_MEMBER, f, by, GB_MANIFEST_REPLACES, by->fields[GB_MANIFEST_NUMBER]);
    }
}

/* ---- Citations of what is out of force ---- */

static void
judge_citations(struct gb_series *series, const gb_keyed_array *rows, const struct gb_manifest *m)
{
    for (uint32_t i = 0; i < series->n_members; i++) {
        uint32_t n;
        const struct gb_fact *facts = gb_summary_facts(series->members[i].summary, GB_FACT_CITATION, &n);
        struct gb_str last = {0};
        for (uint32_t k = 0; k < n && !gb_member_is_out_of_force(series, i); k++) {
            uint32_t at = gb_series_find(rows, facts[k].key);
            if (at == GB_NO_MEMBER || gb_str_eq(last, facts[k].key))
                continue;
            const struct gb_manifest_row *row = &m->rows[at];
            last = facts[k].key;
            struct gb_finding *f = gb_tell(series, "SYS-006", "cited", i, facts[k].at, facts[k].clause,
                                           GB_ARGS(facts[k].text, row->fields[GB_MANIFEST_STATUS]));
            gb_relate_row(series, i, f, row, GB_MANIFEST_STATUS, row->fields[GB_MANIFEST_STATUS]);
        }
    }
}

/* Documents that are out of force in every row, with the first of these: a newer edition in force takes the place of the older. */
static void
find_out(struct gb_series *series, const struct gb_manifest *m, gb_keyed_array *out)
{
    gb_keyed_array all = {0};

    for (uint32_t i = 0; i < m->n_rows; i++) {
        const struct gb_manifest_row *row = &m->rows[i];
        if (row->has_identifier)
            *gb_push(&all) = (struct gb_keyed){gb_arena_printf(series->arena, "%.*s %.*s", GB_FMT(row->id.base),
                                                               GB_FMT(row->id.serial)),
                                               i};
    }
    gb_keyed_sort(&all);
    GB_EACH_RUN(begin, end, all.len, gb_str_eq(all.items[end].key, all.items[begin].key)) {
        if (!GB_ANY(GB_ITEMS(row, all.items + begin, end - begin), !gb_row_is_out_of_force(&m->rows[row->member])))
            *gb_push(out) = all.items[begin];
    }
    gb_array_release(&all);
}

void
gb_check_force(struct gb_series *series)
{
    const struct gb_manifest *m = series->manifest;
    gb_keyed_array numbers = {0}, out = {0}; /* rows by their numbers with years */

    if (!m)
        return;
    for (uint32_t i = 0; i < m->n_rows; i++) {
        if (m->rows[i].has_identifier)
            *gb_push(&numbers) = (struct gb_keyed){gb_identifier_text(series->arena, &m->rows[i].id), i};
        judge_row(series, &m->rows[i]);
    }
    gb_keyed_sort(&numbers);
    for (uint32_t i = 0; i < m->n_rows; i++)
        judge_replaced(series, &numbers, &m->rows[i]);
    find_out(series, m, &out);
    if (out.len)
        judge_citations(series, &out, m);
    GB_RELEASE(&numbers, &out);
}
