#include "series/series_priv.h"
#include "base/sort.h"

#include <stdlib.h>

/* ---- Telling ---- */

struct gb_finding *
gb_tell(struct gb_series *series, const char *code, const char *which, uint32_t member, struct gb_at at,
        struct gb_str clause, const struct gb_str *args, size_t n_args)
{
    const struct gb_member *m = &series->members[member];
    const struct gb_summary *s = m->summary;
    /* What the rule set asks of a draft, put together from what was taken down of it. */
    struct gb_facts facts = {.edition = s->edition, .stage = s->stage, .profile = s->profile};

    if (!m->report)
        return NULL;
    return gb_ruleset_report(m->rules, code, which, &facts, m->report, at, clause, args, n_args);
}

static struct gb_at
at_cell(const struct gb_manifest_row *row, enum gb_manifest_column column)
{
    struct gb_span span = row->spans[column];
    bool is_there = row->fields[column].len && span.begin != span.end;

    return (struct gb_at){is_there ? span : row->span, !is_there};
}

struct gb_finding *
gb_tell_row(struct gb_series *series, const char *code, const char *which, const struct gb_manifest_row *row,
            enum gb_manifest_column column, const struct gb_str *args, size_t n_args)
{
    struct gb_facts facts = {.edition = GB_EDITION_2020, .profile = GB_STR("gb11")};

    if (!series->manifest_report)
        return NULL;
    return gb_ruleset_report(series->manifest_rules, code, which, &facts, series->manifest_report, at_cell(row, column),
                             GB_STR(""), args, n_args);
}

static void
relate(struct gb_series *series, uint32_t of, struct gb_finding *finding, const struct gb_source *source,
       struct gb_at at, struct gb_str message)
{
    struct gb_report *report = of == GB_NO_MEMBER ? series->manifest_report : series->members[of].report;

    if (finding)
        gb_finding_relate(report, finding, at, message)->source = source;
}

void
gb_relate_member(struct gb_series *series, uint32_t of, struct gb_finding *finding, uint32_t other, struct gb_at at,
                 struct gb_str message)
{
    relate(series, of, finding, series->members[other].source, at, message);
}

void
gb_relate_row(struct gb_series *series, uint32_t of, struct gb_finding *finding, const struct gb_manifest_row *row,
              enum gb_manifest_column column, struct gb_str message)
{
    relate(series, of, finding, &series->manifest->source, at_cell(row, column), message);
}

void
gb_tell_pair(struct gb_series *series, const char *code, const char *which, const struct gb_stated *first,
             const struct gb_stated *later, bool at_definition)
{
    const struct gb_stated *told = gb_tells_first(series, first->member, later->member) ? first : later;
    const struct gb_stated *beside = told == later ? first : later;
    struct gb_finding *f = gb_tell(series, code, which, told->member, at_definition ? told->fact->more : told->fact->at,
                                   told->fact->clause,
                                   GB_ARGS(told->fact->text, gb_member_name(series, beside->member),
                                           beside->fact->clause, beside->fact->text));

    gb_relate_member(series, told->member, f, beside->member, at_definition ? beside->fact->more : beside->fact->at,
                     beside->fact->text);
}

struct gb_str
gb_member_name(const struct gb_series *series, uint32_t member)
{
    const struct gb_member *m = &series->members[member];

    if (m->summary->number.len)
        return m->summary->number;
    return m->row && m->row->fields[GB_MANIFEST_NUMBER].len ? m->row->fields[GB_MANIFEST_NUMBER]
                                                            : gb_str_from(m->summary->path);
}

/* ---- Members ---- */

bool
gb_member_is_requirement(const struct gb_series *series, uint32_t member)
{
    const struct gb_member *m = &series->members[member];

    return (m->row && m->row->is_requirement) || gb_str_has(m->summary->profile, GB_STR("working-requirement"));
}

bool
gb_member_is_out_of_force(const struct gb_series *series, uint32_t member)
{
    const struct gb_manifest_row *row = series->members[member].row;

    return row && gb_row_is_out_of_force(row);
}

void
gb_series_collect(const struct gb_series *series, const struct gb_group *group, enum gb_fact_kind kind,
                  gb_stated_array *out)
{
    for (uint32_t i = 0; i < (group ? group->n : series->n_members); i++) {
        uint32_t n, member = group ? group->members[i] : i;
        const struct gb_fact *facts = gb_summary_facts(series->members[member].summary, kind, &n);
        GB_EACH(const struct gb_fact, fact, facts, n)
            *gb_push(out) = (struct gb_stated){fact, member};
    }
}

GB_ORDER(compare_keyed, struct gb_keyed, GB_KEY_STR(key) GB_KEY(member))

void
gb_keyed_sort(gb_keyed_array *keyed)
{
    gb_sort(keyed->items, keyed->len, sizeof(keyed->items[0]), compare_keyed);
}

void
gb_series_by_key(struct gb_series *series, gb_keyed_array *out)
{
    for (uint32_t i = 0; i < series->n_members; i++) {
        const struct gb_summary *s = series->members[i].summary;
        if (s->serial.len)
            *gb_push(out) =
                (struct gb_keyed){gb_arena_printf(series->arena, "%.*s %.*s", GB_FMT(s->base), GB_FMT(s->serial)), i};
    }
    gb_keyed_sort(out);
}

uint32_t
gb_series_find(const gb_keyed_array *by_key, struct gb_str key)
{
    GB_SEEK(size_t, i, by_key->len, gb_str_cmp(by_key->items[i].key, key) < 0);
    return i < by_key->len && gb_str_eq(by_key->items[i].key, key) ? by_key->items[i].member : GB_NO_MEMBER;
}

/* The row whose number the draft bears; of several, NULL: then it cannot be told which. */
static const struct gb_manifest_row *
row_by_number(const struct gb_manifest *m, const struct gb_summary *s)
{
    const struct gb_manifest_row *found = NULL;

    for (uint32_t i = 0; s->serial.len && i < m->n_rows; i++) {
        const struct gb_manifest_row *row = &m->rows[i];
        if (!row->has_identifier || !gb_str_eq(row->id.base, s->base) || !gb_str_eq(row->id.serial, s->serial))
            continue;
        /* The row of that year is meant, wherever it stands. */
        if (!found || (gb_str_eq(row->id.year, s->year) && !gb_str_eq(found->id.year, s->year)))
            found = row;
    }
    return found;
}

/* Without "./" at its head: people write it or not. */
static struct gb_str
plain_path(const char *path)
{
    struct gb_str s = gb_str_from(path);

    while (gb_str_starts(s, GB_STR("./")))
        s = gb_str_skip(s, 2);
    return s;
}

void
gb_series_match(struct gb_series *series)
{
    const struct gb_manifest *m = series->manifest;
    gb_keyed_array rows = {0}; /* by their files */

    if (!m)
        return;
    for (uint32_t i = 0; i < m->n_rows; i++) {
        if (m->rows[i].file)
            *gb_push(&rows) = (struct gb_keyed){plain_path(m->rows[i].file), i};
    }
    gb_keyed_sort(&rows);
    GB_EACH(struct gb_member, member, series->members, series->n_members) {
        uint32_t found = gb_series_find(&rows, plain_path(member->summary->path));
        member->row = found == GB_NO_MEMBER ? row_by_number(m, member->summary) : &m->rows[found];
        if (member->row && member->row->fields[GB_MANIFEST_SERIES].len)
            member->series = member->row->fields[GB_MANIFEST_SERIES];
    }
    gb_array_release(&rows);
}

/* ---- Series among the members ---- */

/* The number without its part: what the parts of one document share. */
static struct gb_str
family_of(struct gb_series *series, const struct gb_member *m)
{
    struct gb_str head = gb_serial_head(m->summary->serial);

    if (m->series.len)
        return gb_arena_printf(series->arena, "=%.*s", GB_FMT(m->series));
    if (!m->summary->serial.len || head.len == m->summary->serial.len)
        return GB_STR("");
    return gb_arena_printf(series->arena, "%.*s %.*s", GB_FMT(m->summary->base), GB_FMT(head));
}

/* Vocabularies, general parts and guides differ from the others by their nature. */
static bool
differs_by_nature(const struct gb_summary *s)
{
    GB_WORDS(words, "总则", "通则", "术语", "导则", "标准体系", "符号");

    return GB_IS_ONE_OF(s->function, "术语", "符号", "分类") || GB_HAS_ANY(s->title, words);
}

/* The general part of a family: 第1部分：通则. */
static uint32_t
general_of(struct gb_series *series, struct gb_str family)
{
    GB_FIND(member, series->members, series->n_members,
            differs_by_nature(member->summary) && gb_str_eq(family_of(series, member), family));
    return member ? (uint32_t)(member - series->members) : GB_NO_MEMBER;
}

void
gb_series_groups(struct gb_series *series, gb_group_array *out)
{
    gb_keyed_array keyed = {0};

    for (uint32_t i = 0; i < series->n_members; i++) {
        const struct gb_member *m = &series->members[i];
        struct gb_str family = family_of(series, m);
        if (family.len && m->summary->is_standard && !gb_member_is_requirement(series, i) &&
            !differs_by_nature(m->summary) && !gb_member_is_out_of_force(series, i))
            *gb_push(&keyed) = (struct gb_keyed){family, i};
    }
    gb_keyed_sort(&keyed);
    GB_EACH_RUN(begin, end, keyed.len, gb_str_eq(keyed.items[end].key, keyed.items[begin].key)) {
        if (end - begin < 2)
            continue;
        uint32_t *members = gb_arena_new_array(series->arena, uint32_t, end - begin);
        for (size_t i = begin; i < end; i++)
            members[i - begin] = keyed.items[i].member;
        *gb_push(out) = (struct gb_group){members, (uint32_t)(end - begin),
                                          end - begin == 2 ? general_of(series, keyed.items[begin].key) : GB_NO_MEMBER};
    }
    gb_array_release(&keyed);
}

/* ---- Likeness ---- */

enum { MOST_CHARACTERS = 400 };

static size_t
characters(struct gb_str s, uint32_t *out)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len && n < MOST_CHARACTERS; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if ((c & 0xC0) != 0x80)
            out[n++] = c;
        else
            out[n - 1] = out[n - 1] << 8 | c;
    }
    return n;
}

/* 2·LCS / (a + b): characters in common, in their order. */
double
gb_likeness(struct gb_str a, struct gb_str b)
{
    uint32_t left[MOST_CHARACTERS], right[MOST_CHARACTERS];
    uint16_t row[MOST_CHARACTERS + 1] = {0};
    size_t n = characters(a, left), m = characters(b, right);

    if (gb_str_eq(a, b))
        return 1;
    for (size_t i = 0; i < n; i++) {
        uint16_t diagonal = 0;
        for (size_t k = 0; k < m; k++) {
            uint16_t above = row[k + 1];
            if (left[i] == right[k])
                row[k + 1] = (uint16_t)(diagonal + 1);
            else if (row[k] > above)
                row[k + 1] = row[k];
            diagonal = above;
        }
    }
    return n + m ? 2.0 * row[m] / (double)(n + m) : 1;
}

/* The order of the table, then of names: of two documents the same one is the later, however the run was made. */
static int
compare_members(const void *left, const void *right)
{
    const struct gb_member *a = left, *b = right;
    unsigned row_a = a->row ? a->row->line : UINT32_MAX, row_b = b->row ? b->row->line : UINT32_MAX;

    if (row_a != row_b)
        return row_a < row_b ? -1 : 1;
    return strcmp(a->summary->path, b->summary->path);
}

void
gb_series_check(struct gb_series *series)
{
    gb_sort(series->members, series->n_members, sizeof(series->members[0]), compare_members);
    gb_check_table(series);
    gb_check_force(series);
    gb_check_structure(series);
    gb_check_style(series);
    gb_check_words(series);
    gb_check_citing(series);
    gb_check_values(series);
    gb_check_twins(series);
}
