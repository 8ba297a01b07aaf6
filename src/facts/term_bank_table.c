/* Term banks in CSV and YAML. */
#include "base/csv.h"
#include "base/yaml.h"
#include "facts/term_bank_priv.h"

static const char *const names[] = {
#define X(id, name) name,
    GB_BANK_FIELDS(X)
#undef X
};

/* Columns that lists of terms have as well, and that say nothing here. */
static const char *const ignored[] = {"kind", "file", "line", "column", "uses", "defined", "form", "variants", "number", "note"};

enum { IGNORED = GB_BANK_FIELD_COUNT, MOST_COLUMNS = 24 };

/* ---- CSV ---- */

static bool
find_column(struct gb_str name, const char *path, unsigned line, size_t *out, struct gb_error *error)
{
    for (size_t i = 0; i < GB_COUNT(ignored); i++) {
        if (gb_str_is(name, ignored[i])) {
            *out = IGNORED;
            return true;
        }
    }
    for (size_t i = 0; i < GB_BANK_FIELD_COUNT; i++) {
        if (gb_str_is(name, names[i])) {
            *out = i;
            return true;
        }
    }
    const char *near = gb_nearest(name, names, GB_BANK_FIELD_COUNT);
    gb_error_set(error, path, line, 0, near ? "没有列“%.*s”；是否指“%s”？" : "没有列“%.*s”；第一行应为列名：%s", GB_FMT(name),
                 near ? near : "term,status,concept,en,definition,source");
    return false;
}

struct columns {
    size_t field[MOST_COLUMNS];
    size_t n;
};

static bool
read_header(const char *path, unsigned line, const struct gb_str *cells, size_t n, struct columns *out, struct gb_error *error)
{
    unsigned seen = 0;

    out->n = n;
    for (size_t i = 0; i < n; i++) {
        if (!find_column(gb_str_trim(cells[i]), path, line, &out->field[i], error))
            return false;
        if (out->field[i] != IGNORED && seen & 1u << out->field[i]) {
            gb_error_set(error, path, line, 0, "列“%s”出现两次", names[out->field[i]]);
            return false;
        }
        seen |= 1u << out->field[i];
    }
    if (!(seen & 1u << GB_BANK_FIELD_TERM))
        gb_error_set(error, path, line, 0, "缺列“term”");
    return (seen & 1u << GB_BANK_FIELD_TERM) != 0;
}

static bool
add_row(struct gb_bank_reader *reader, const char *path, unsigned line, const struct columns *columns,
        const struct gb_str *cells, size_t n, struct gb_error *error)
{
    struct gb_str fields[GB_BANK_FIELD_COUNT + 1] = {0};

    for (size_t i = 0; i < n; i++)
        fields[columns->field[i]] = cells[i];
    return gb_bank_add(reader, path, line, fields, error);
}

static struct gb_str
without_blanks(struct gb_str s)
{
    return s.len && ((unsigned char)s.ptr[0] <= ' ' || (unsigned char)s.ptr[s.len - 1] <= ' ') ? gb_str_trim(s) : s;
}

/* The cells of a line without quotes; more than there is room for is a fault. */
static size_t
cut(struct gb_str line, struct gb_str *cells)
{
    size_t n = 0;

    for (;;) {
        const char *comma = memchr(line.ptr, ',', line.len);
        size_t len = comma ? (size_t)(comma - line.ptr) : line.len;
        if (n == MOST_COLUMNS)
            return n + 1;
        cells[n++] = without_blanks(gb_str_sub(line, 0, len));
        if (!comma)
            return n;
        line = gb_str_skip(line, len + 1);
    }
}

/* A file without quotes is cut at its commas: a bank of ten thousand terms is read faster than a draft of ten pages. */
static bool
read_plain(struct gb_bank_reader *reader, const char *path, struct gb_str text, struct gb_error *error)
{
    enum { TYPICAL = 32 };           /* bytes of a line */
    struct gb_str cells[MOST_COLUMNS];
    struct columns columns = {0};
    unsigned number = 0;

    gb_array_grow((void **)&reader->entries.items, &reader->entries.cap, reader->entries.len + text.len / TYPICAL,
                  sizeof(*reader->entries.items));
    while (text.len) {
        const char *end = memchr(text.ptr, '\n', text.len);
        struct gb_str line = gb_str_sub(text, 0, end ? (size_t)(end - text.ptr) : text.len);
        text = gb_str_skip(text, line.len + (end != NULL));
        number++;
        line = without_blanks(line);
        if (!line.len)
            continue;
        size_t n = cut(line, cells);
        if (n > (columns.n ? columns.n : MOST_COLUMNS)) {
            gb_error_set(error, path, number, 0, "这一行有%zu个字段，比列名多：含逗号的字段应加引号", n);
            return false;
        }
        if (columns.n ? !add_row(reader, path, number, &columns, cells, n, error)
                      : !read_header(path, number, cells, n, &columns, error))
            return false;
    }
    if (!columns.n)
        gb_error_set(error, path, 1, 0, "术语库是空的：第一行应为列名term,status,concept,en,definition,source");
    return columns.n > 0;
}

bool
gb_bank_read_csv(struct gb_bank_reader *reader, const char *path, struct gb_str text, struct gb_error *error)
{
    struct gb_csv csv = {.rest = text, .path = path, .line = 1, .arena = reader->arena};
    struct gb_str cells[MOST_COLUMNS];
    struct columns columns = {0};
    enum gb_csv_result result;
    unsigned line;
    size_t n;

    if (text.len == 0 || (!memchr(text.ptr, '"', text.len) && !memchr(text.ptr, '\r', text.len)))
        return read_plain(reader, path, text, error);
    while ((result = gb_csv_next(&csv, cells, columns.n ? columns.n : MOST_COLUMNS, &n, &line, error)) == GB_CSV_ROW) {
        for (size_t i = 0; i < n; i++)
            cells[i] = without_blanks(cells[i]);
        if (columns.n ? !add_row(reader, path, line, &columns, cells, n, error) : !read_header(path, line, cells, n, &columns, error))
            return false;
    }
    return result == GB_CSV_END;
}

/* ---- YAML ---- */

static const char *const map_keys[] = {"term",     "status",   "concept",    "en",        "definition",
                                       "source",   "preferred", "admitted", "deprecated"};

static bool
add_names(struct gb_bank_reader *reader, const char *path, const struct gb_yaml *value, const char *status, struct gb_str *fields,
          struct gb_error *error)
{
    if (!value)
        return true;
    fields[GB_BANK_FIELD_STATUS] = gb_str_from(status);
    if (value->kind == GB_YAML_SCALAR) {
        fields[GB_BANK_FIELD_TERM] = gb_arena_copy(reader->arena, value->text);
        return gb_bank_add(reader, path, value->line, fields, error);
    }
    if (!gb_yaml_expect(value, GB_YAML_LIST, status, path, error))
        return false;
    GB_YAML_EACH (item, value) {
        if (!gb_yaml_expect(item, GB_YAML_SCALAR, status, path, error))
            return false;
        fields[GB_BANK_FIELD_TERM] = gb_arena_copy(reader->arena, item->text);
        if (!gb_bank_add(reader, path, item->line, fields, error))
            return false;
    }
    return true;
}

bool
gb_bank_read_map(struct gb_bank_reader *reader, const char *path, const struct gb_yaml *map, struct gb_error *error)
{
    struct gb_str fields[GB_BANK_FIELD_COUNT + 1] = {0};
    bool has_names = false;

    if (!gb_yaml_expect(map, GB_YAML_MAP, "术语库的一项", path, error))
        return false;
    GB_YAML_EACH (value, map) {
        size_t i = 0;
        while (i < GB_COUNT(map_keys) && !gb_str_is(value->key->text, map_keys[i]))
            i++;
        if (i == GB_COUNT(map_keys)) {
            const char *near = gb_nearest(value->key->text, map_keys, GB_COUNT(map_keys));
            gb_error_set(error, path, value->key->line, value->key->column, near ? "没有键“%.*s”；是否指“%s”？" : "没有键“%.*s”%s",
                         GB_FMT(value->key->text), near ? near : "");
            return false;
        }
        has_names = has_names || i >= GB_BANK_FIELD_COUNT;
        if (i >= GB_BANK_FIELD_COUNT)
            continue;
        if (!gb_yaml_expect(value, GB_YAML_SCALAR, map_keys[i], path, error))
            return false;
        fields[i] = gb_arena_copy(reader->arena, value->text);
    }
    if (!has_names)
        return gb_bank_add(reader, path, map->line, fields, error);
    /* One map holds all names of a concept: without a number of its own it gets one. */
    if (!fields[GB_BANK_FIELD_CONCEPT].len)
        fields[GB_BANK_FIELD_CONCEPT] = gb_arena_printf(reader->arena, "%s:%u", path, map->line);
    return add_names(reader, path, gb_yaml_get(map, "preferred"), "preferred", fields, error) &&
           add_names(reader, path, gb_yaml_get(map, "admitted"), "admitted", fields, error) &&
           add_names(reader, path, gb_yaml_get(map, "deprecated"), "deprecated", fields, error);
}

/* "key: value" of a plain scalar, as most banks are written; false for anything else. */
static bool
plain_pair(struct gb_str line, size_t *out_field, struct gb_str *out_value)
{
    const char *colon = memchr(line.ptr, ':', line.len);
    size_t at = colon ? (size_t)(colon - line.ptr) : line.len, i = 0;

    if (!colon || at + 1 >= line.len || line.ptr[at + 1] != ' ')
        return false;
    struct gb_str key = gb_str_sub(line, 0, at), value = without_blanks(gb_str_skip(line, at + 2));
    while (i < GB_BANK_FIELD_COUNT && !gb_str_is(key, names[i]))
        i++;
    if (i == GB_BANK_FIELD_COUNT || !value.len || strchr("'\"[]{}&*!|>%@`#,?-:", value.ptr[0]) || memchr(value.ptr, '#', value.len) ||
        gb_str_has(value, GB_STR(": ")) || value.ptr[value.len - 1] == ':')
        return false;
    *out_field = i;
    *out_value = value;
    return true;
}

/*
 * A list of maps with plain values, one a line, is read without making a tree of it. False, with nothing added, when any line is
 * of another form.
 */
static bool
read_plain_maps(struct gb_bank_reader *reader, const char *path, struct gb_str text, struct gb_error *error, bool *out_ok)
{
    size_t first = reader->entries.len;
    struct gb_str fields[GB_BANK_FIELD_COUNT] = {0};
    unsigned number = 0, begun = 0, seen = 0;

    *out_ok = true;
    for (bool more = true; more;) {
        const char *end = memchr(text.ptr, '\n', text.len);
        struct gb_str line = gb_str_sub(text, 0, end ? (size_t)(end - text.ptr) : text.len);
        text = gb_str_skip(text, line.len + (end != NULL));
        number++;
        more = text.len > 0;
        bool is_item = gb_str_starts(line, GB_STR("- "));
        bool is_blank = line.len == 0 || line.ptr[0] == '#';
        if (!is_blank && !is_item && !(begun && gb_str_starts(line, GB_STR("  "))))
            goto other_form;
        if (begun && (is_item || !more)) {
            size_t field;
            struct gb_str value;
            if (!is_item && !is_blank) { /* the last line belongs to the entry */
                if (!plain_pair(gb_str_skip(line, 2), &field, &value) || seen & 1u << field)
                    goto other_form;
                fields[field] = value;
            }
            if (!fields[GB_BANK_FIELD_TERM].len)
                goto other_form;
            *out_ok = gb_bank_add(reader, path, begun, fields, error);
            if (!*out_ok)
                return true;
            memset(fields, 0, sizeof(fields));
            seen = 0;
            if (!is_item)
                return true;
        }
        if (is_blank)
            continue;
        size_t field;
        struct gb_str value;
        if (!plain_pair(gb_str_skip(line, 2), &field, &value) || seen & 1u << field)
            goto other_form;
        fields[field] = value;
        seen |= 1u << field;
        begun = is_item ? number : begun;
        if (is_item && !more) {
            if (!fields[GB_BANK_FIELD_TERM].len)
                goto other_form;
            *out_ok = gb_bank_add(reader, path, begun, fields, error);
            return true;
        }
    }
    return true;
other_form:
    reader->entries.len = first;
    return false;
}

bool
gb_bank_read_yaml(struct gb_bank_reader *reader, const char *path, struct gb_str text, struct gb_error *error)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    bool ok;

    if (text.len && read_plain_maps(reader, path, text, error, &ok))
        return ok;
    const struct gb_yaml *root = gb_yaml_parse(text, path, &arena, error);
    ok = root && gb_yaml_expect(root, GB_YAML_LIST, "术语库", path, error);
    for (const struct gb_yaml *item = ok ? root->first : NULL; item && ok; item = item->next)
        ok = gb_bank_read_map(reader, path, item, error);
    gb_arena_release(&arena);
    return ok;
}
