#include "series/manifest.h"

#include "base/array.h"
#include "base/csv.h"
#include "base/yaml.h"
#include "text/date.h"

static const struct column {
    const char *name, *zh;
} columns_table[] = {
#define X(id, name, zh) {name, zh},
    GB_MANIFEST_COLUMNS(X)
#undef X
};

static const struct {
    enum gb_manifest_state state;
    const char *words;
} states[] = {
    {GB_MANIFEST_CURRENT_STATE, "现行|现行有效|有效|current|修订中"},
    {GB_MANIFEST_UPCOMING_STATE, "即将实施|upcoming"},
    {GB_MANIFEST_WITHDRAWN_STATE, "作废|废止|withdrawn"},
    {GB_MANIFEST_SUPERSEDED_STATE, "被代替|superseded"},
    {GB_MANIFEST_DRAFT_STATE, "制定中|在编|拟制定|draft"},
};

static const struct {
    const char *word;
    bool is_requirement;
} kinds[] = {
    {"standard", false},
    {"标准", false},
    {"working-requirement", true},
    {"工作要求", true},
};

struct reader {
    struct gb_arena *arena;
    const struct gb_lexicon *lexicon;
    struct gb_error *error;
    const char *path;
    bool english;
    const struct gb_source_file *file;
    size_t columns[GB_MANIFEST_COLUMN_COUNT]; /* of the fields, in the order of the file */
    size_t n_columns;
    GB_ARRAY(struct gb_manifest_row) rows;
};

#define FAIL(r, line, zh, en, ...)                                                                                     \
    (gb_error_set((r)->error, (r)->path, (line), 0, (r)->english ? (en) : (zh), __VA_ARGS__), false)

static bool
find_column(struct reader *r, unsigned line, struct gb_str name, size_t *out)
{
    const char *names[2 * GB_MANIFEST_COLUMN_COUNT];

    for (size_t i = 0; i < GB_COUNT(columns_table); i++) {
        names[2 * i] = columns_table[i].name;
        names[2 * i + 1] = columns_table[i].zh;
        if (gb_str_eq_nocase(name, gb_str_from(columns_table[i].name)) || gb_str_is(name, columns_table[i].zh)) {
            *out = i;
            return true;
        }
    }
    struct gb_str word = gb_arena_copy(r->arena, name);
    const char *near = gb_nearest(word, names, GB_COUNT(names));
    if (near)
        return FAIL(r, line, "没有列“%s”；是否指“%s”？", "no column “%s”; did you mean “%s”?", word.ptr, near);
    return FAIL(r, line, "没有列“%s”；第一行应为列名：%s", "no column “%s”; the first line names the columns: %s",
                word.ptr, "number,title,subsystem,kind,status,published,effective,review-by,replaces,file,series");
}

static bool
read_header(struct reader *r, struct gb_csv *csv, uint32_t *out_columns)
{
    struct gb_str fields[GB_MANIFEST_COLUMN_COUNT];
    unsigned line = 1;

    *out_columns = 0;
    switch (gb_csv_next(csv, fields, GB_MANIFEST_COLUMN_COUNT, &r->n_columns, &line, r->error)) {
    case GB_CSV_FAULT:
        return false;
    case GB_CSV_END:
        return FAIL(r, 1, "体系表是空的：第一行应为列名%s", "the manifest is empty: its first line names the columns%s",
                    "");
    case GB_CSV_ROW:
        break;
    }
    for (size_t i = 0; i < r->n_columns; i++) {
        if (!find_column(r, line, gb_str_trim(fields[i]), &r->columns[i]))
            return false;
        if (*out_columns >> r->columns[i] & 1)
            return FAIL(r, line, "列“%s”出现两次", "the column “%s” is there twice", columns_table[r->columns[i]].name);
        *out_columns |= UINT32_C(1) << r->columns[i];
    }
    return *out_columns >> GB_MANIFEST_NUMBER & 1
               ? true
               : FAIL(r, line, "缺列“number”（编号）%s", "the column “number” is missing%s", "");
}

/* Where a field stands in the file; the line of a field that was copied to take its quotes off. */
static struct gb_span
span_of(const struct reader *r, struct gb_str field, struct gb_span line)
{
    struct gb_str text = r->file->text;
    uint32_t at = r->file->base;

    if (!field.len || field.ptr < text.ptr || field.ptr + field.len > text.ptr + text.len)
        return line;
    at += (uint32_t)(field.ptr - text.ptr);
    return (struct gb_span){at, at + (uint32_t)field.len};
}

static bool
read_date(struct reader *r, const struct gb_manifest_row *row, enum gb_manifest_column column, uint32_t *out)
{
    struct gb_str text = row->fields[column];

    if (!text.len || gb_date_read(text, out))
        return true;
    return FAIL(r, row->line, "“%.*s”不是日期，应为2018-09-01这样的形式", "“%.*s” is no date such as 2018-09-01",
                GB_FMT(text));
}

static bool
read_kind(struct reader *r, struct gb_manifest_row *row)
{
    struct gb_str text = row->fields[GB_MANIFEST_KIND];

    for (size_t i = 0; i < GB_COUNT(kinds); i++) {
        if (gb_str_is(text, kinds[i].word)) {
            row->is_requirement = kinds[i].is_requirement;
            return true;
        }
    }
    if (!text.len) {
        row->is_requirement = gb_str_has(row->fields[GB_MANIFEST_SUBSYSTEM], GB_STR("工作要求"));
        return true;
    }
    return FAIL(r, row->line, "类别“%.*s”应为标准或工作要求（standard、working-requirement）",
                "the kind “%.*s” should be standard or working-requirement", GB_FMT(text));
}

static void
read_state(struct gb_manifest_row *row)
{
    struct gb_str text = row->fields[GB_MANIFEST_STATUS];

    row->state = text.len ? GB_MANIFEST_UNKNOWN_STATE : GB_MANIFEST_UNTOLD_STATE;
    for (size_t i = 0; i < GB_COUNT(states); i++) {
        struct gb_str rest = gb_str_from(states[i].words), word;
        while (gb_str_cut(&rest, '|', &word)) {
            if (gb_str_eq_nocase(text, word))
                row->state = states[i].state;
        }
    }
}

static void
read_identifier(struct reader *r, struct gb_manifest_row *row)
{
    struct gb_text text =
        gb_text_exact(r->arena, row->fields[GB_MANIFEST_NUMBER], row->spans[GB_MANIFEST_NUMBER].begin);

    row->has_identifier = text.str.len && gb_identifier_parse(r->arena, r->lexicon, &text, &row->id);
}

/* The path of a draft is seen from the folder of the manifest. */
static const char *
path_of(struct reader *r, struct gb_str file)
{
    const char *slash = strrchr(r->path, '/');

    if (!file.len)
        return NULL;
    if (!slash || file.ptr[0] == '/')
        return gb_arena_copy(r->arena, file).ptr;
    return gb_arena_printf(r->arena, "%.*s%.*s", (int)(slash - r->path) + 1, r->path, GB_FMT(file)).ptr;
}

static bool
add_row(struct reader *r, unsigned line, const struct gb_str *fields, size_t n)
{
    struct gb_manifest_row row = {.line = line, .span = gb_source_line_span(r->file, line)};
    bool any = false;

    for (size_t i = 0; i < n; i++) {
        struct gb_str field = gb_str_trim(fields[i]);
        row.fields[r->columns[i]] = field;
        row.spans[r->columns[i]] = span_of(r, field, row.span);
        any = any || field.len;
    }
    if (!any)
        return true;
    if (!read_kind(r, &row) || !read_date(r, &row, GB_MANIFEST_PUBLISHED, &row.published) ||
        !read_date(r, &row, GB_MANIFEST_EFFECTIVE, &row.effective) ||
        !read_date(r, &row, GB_MANIFEST_REVIEW_BY, &row.review_by))
        return false;
    read_state(&row);
    read_identifier(r, &row);
    row.file = path_of(r, row.fields[GB_MANIFEST_FILE]);
    *gb_push(&r->rows) = row;
    return true;
}

static bool
read_rows(struct reader *r, struct gb_csv *csv)
{
    struct gb_str fields[GB_MANIFEST_COLUMN_COUNT];
    enum gb_csv_result result;
    size_t n;
    unsigned line;

    while ((result = gb_csv_next(csv, fields, r->n_columns, &n, &line, r->error)) == GB_CSV_ROW) {
        if (!add_row(r, line, fields, n))
            return false;
    }
    return result == GB_CSV_END;
}

const struct gb_manifest *
gb_manifest_read(const char *path, struct gb_str bytes, const struct gb_lexicon *lexicon, bool english,
                 struct gb_arena *arena, struct gb_error *error)
{
    struct gb_manifest *m = gb_arena_new(arena, struct gb_manifest);
    struct reader r = {.arena = arena, .lexicon = lexicon, .error = error, .path = path, .english = english};

    gb_source_init(&m->source, arena);
    m->path = gb_arena_copy(arena, gb_str_from(path)).ptr;
    r.file = gb_source_add(&m->source, m->path, bytes);
    struct gb_csv csv = {.rest = r.file->text, .path = path, .line = 1, .arena = arena};
    bool ok =
        r.file->charset != GB_CHARSET_UNKNOWN || FAIL(&r, 0, "体系表不是UTF-8、GB18030或UTF-16编码的文本%s",
                                                      "the manifest is no text in UTF-8, GB18030 or UTF-16%s", "");
    m->header = gb_source_line_span(r.file, 1);
    ok = ok && read_header(&r, &csv, &m->columns) && read_rows(&r, &csv);
    GB_KEEP(arena, &r.rows, m->rows, m->n_rows);
    return ok ? m : NULL;
}
