#include "facts/citations/registry.h"

#include "base/array.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/hash.h"
#include "base/yaml.h"
#include "doc/identifier.h"
#include "text/date.h"
#include "text/utf8.h"

#define COLUMNS(X)                                                                                                     \
    X(CODE, "code")                                                                                                    \
    X(YEAR, "year") X(TITLE, "title") X(STATUS, "status") X(REPLACED_BY, "replaced_by") X(FROM, "from")

enum column {
#define X(id, name) COLUMN_##id,
    COLUMNS(X)
#undef X
        COLUMN_COUNT
};

static const char *const column_names[] = {COLUMNS(GB_NAMED)};

static const struct {
    const char *zh, *en;
} states[] = {
#define X(id, zh, en) {zh, en},
    GB_REGISTRY_STATES(X)
#undef X
};

struct gb_registry {
    struct gb_registry_row *rows;
    uint32_t n_rows;
    uint32_t *slots; /* 1 + index of the first row of a key, by its hash; open addressing */
    uint32_t mask;
};

/* While a table is read. */
struct reader {
    const char *path;
    struct gb_arena *arena;
    struct gb_error *error;
    GB_ARRAY(struct gb_registry_row) rows;
};

#define FAIL(r, line, ...) (gb_error_set((r)->error, (r)->path, (line), 0, __VA_ARGS__), false)

/* ---- Rows ---- */

/* Code and serial in normal form; `key` leaves out what tells a mandatory document from a recommended one. */
static bool
read_identifier(struct gb_str text, struct gb_arena *arena, struct gb_str *out_code, struct gb_str *out_key,
                struct gb_str *out_year)
{
    struct gb_identifier_shape shape;
    struct gb_buf buf = {0};

    text = gb_str_trim(text);
    if (!gb_identifier_at(text, 0, &shape) || shape.end == shape.code.end)
        return false;
    gb_identifier_put_code(text, &shape, &buf);
    size_t nature = buf.len;
    if (nature > 2 && buf.ptr[nature - 2] == '/' && (buf.ptr[nature - 1] == 'T' || buf.ptr[nature - 1] == 'Z'))
        nature -= 2;
    size_t code = buf.len;
    gb_buf_add_char(&buf, ' ');
    gb_identifier_put_digits(text, shape.serial, &buf);
    *out_code = gb_arena_copy(arena, gb_buf_str(&buf));
    *out_key = *out_code;
    if (nature < code)
        *out_key = gb_arena_printf(arena, "%.*s%.*s", GB_FMT(gb_str_sub(*out_code, 0, nature)),
                                   GB_FMT(gb_str_skip(*out_code, code)));
    buf.len = 0;
    gb_identifier_put_digits(text, shape.year, &buf);
    *out_year = gb_buf_take(&buf, arena);
    return true;
}

static bool
read_state(struct reader *r, unsigned line, struct gb_str text, enum gb_registry_state *out)
{
    GB_FIND(state, states, GB_COUNT(states),
            gb_str_is(text, state->zh) || gb_str_eq_nocase(text, gb_str_from(state->en)));
    *out = state ? (enum gb_registry_state)(state - states) : GB_REGISTRY_CURRENT;
    if (state || !text.len)
        return true;
    return FAIL(r, line,
                "没有状态“%.*s”，可以是现行、废止、被代替、即将实施（current、withdrawn、superseded、upcoming）",
                GB_FMT(text));
}

static bool
add_row(struct reader *r, unsigned line, struct gb_str fields[COLUMN_COUNT])
{
    struct gb_registry_row row = {.line = line};
    struct gb_str year;

    for (size_t i = 0; i < COLUMN_COUNT; i++)
        fields[i] = gb_str_trim(fields[i]);
    if (!fields[COLUMN_CODE].len)
        return FAIL(r, line, "缺编号（code）");
    if (!read_identifier(fields[COLUMN_CODE], r->arena, &row.code, &row.key, &year))
        return FAIL(r, line, "“%.*s”不是文件编号", GB_FMT(fields[COLUMN_CODE]));
    row.year = fields[COLUMN_YEAR].len ? fields[COLUMN_YEAR] : year;
    if (row.year.len && (row.year.len != 4 || gb_skip_digits(row.year, 0) < 4))
        return FAIL(r, line, "年份“%.*s”应为四位数字", GB_FMT(row.year));
    if (year.len && !gb_str_eq(year, row.year))
        return FAIL(r, line, "年份“%.*s”与编号“%.*s”中的不同", GB_FMT(row.year), GB_FMT(fields[COLUMN_CODE]));
    if (!read_state(r, line, fields[COLUMN_STATUS], &row.state))
        return false;
    if (fields[COLUMN_FROM].len && !gb_date_read(fields[COLUMN_FROM], &row.from))
        return FAIL(r, line, "“%.*s”不是日期，应为2018-09-01这样的形式", GB_FMT(fields[COLUMN_FROM]));
    row.title = fields[COLUMN_TITLE];
    row.replaced_by = fields[COLUMN_REPLACED_BY];
    *gb_push(&r->rows) = row;
    return true;
}

/* ---- Tables ---- */

static bool
find_column(struct reader *r, unsigned line, struct gb_str name, size_t *out)
{
    GB_FIND(column, column_names, COLUMN_COUNT, gb_str_is(name, *column));
    if (column) {
        *out = (size_t)(column - column_names);
        return true;
    }
    struct gb_str word = gb_arena_copy(r->arena, name);
    const char *near = gb_nearest(word, column_names, COLUMN_COUNT);
    if (near)
        return FAIL(r, line, "没有列“%s”；是否指“%s”？", word.ptr, near);
    return FAIL(r, line, "没有列“%s”；第一行应为列名：code,year,title,status,replaced_by,from", word.ptr);
}

/* The header row: which column each field is. */
static bool
read_header(struct reader *r, struct gb_csv *csv, size_t columns[COLUMN_COUNT], size_t *out_n)
{
    struct gb_str fields[COLUMN_COUNT];
    unsigned line = 1, seen = 0;

    switch (gb_csv_next(csv, fields, COLUMN_COUNT, out_n, &line, r->error)) {
    case GB_CSV_FAULT:
        return false;
    case GB_CSV_END:
        return FAIL(r, 1, "名录是空的：第一行应为列名code,year,title,status,replaced_by,from");
    case GB_CSV_ROW:
        break;
    }
    for (size_t i = 0; i < *out_n; i++) {
        if (!find_column(r, line, gb_str_trim(fields[i]), &columns[i]))
            return false;
        if (seen & 1u << columns[i])
            return FAIL(r, line, "列“%s”出现两次", column_names[columns[i]]);
        seen |= 1u << columns[i];
    }
    return seen & 1u << COLUMN_CODE ? true : FAIL(r, line, "缺列“code”");
}

static bool
read_csv(struct reader *r, struct gb_str text)
{
    struct gb_csv csv = {.rest = text, .path = r->path, .line = 1, .arena = r->arena};
    size_t columns[COLUMN_COUNT], n_columns, n;
    struct gb_str fields[COLUMN_COUNT];
    enum gb_csv_result result;
    unsigned line;

    if (!read_header(r, &csv, columns, &n_columns))
        return false;
    while ((result = gb_csv_next(&csv, fields, n_columns, &n, &line, r->error)) == GB_CSV_ROW) {
        struct gb_str ordered[COLUMN_COUNT] = {0};
        for (size_t i = 0; i < n; i++)
            ordered[columns[i]] = fields[i];
        if (!add_row(r, line, ordered))
            return false;
    }
    return result == GB_CSV_END;
}

static bool
read_map(struct reader *r, const struct gb_yaml *map)
{
    struct gb_str fields[COLUMN_COUNT] = {0};

    if (!gb_yaml_expect(map, GB_YAML_MAP, "名录的一项", r->path, r->error))
        return false;
    GB_YAML_EACH(value, map) {
        size_t column = 0;
        if (!find_column(r, value->key->line, value->key->text, &column) ||
            !gb_yaml_expect(value, GB_YAML_SCALAR, column_names[column], r->path, r->error))
            return false;
        fields[column] = gb_arena_copy(r->arena, value->text);
    }
    return add_row(r, map->line, fields);
}

/* The tree of a long list takes far more memory than its rows, so it has an arena of its own. */
static bool
read_yaml(struct reader *r, struct gb_str text)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    const struct gb_yaml *root = gb_yaml_parse(text, r->path, &arena, r->error);
    bool ok = root && gb_yaml_expect(root, GB_YAML_LIST, "名录", r->path, r->error);

    for (const struct gb_yaml *item = ok ? root->first : NULL; item && ok; item = item->next)
        ok = read_map(r, item);
    gb_arena_release(&arena);
    return ok;
}

/* By its extension, else by its first character. */
static bool
is_yaml(const char *path, struct gb_str text)
{
    struct gb_str name = gb_str_from(path), begin = gb_str_trim(text);

    if (gb_str_ends(name, GB_STR(".yaml")) || gb_str_ends(name, GB_STR(".yml")))
        return true;
    return !gb_str_ends(name, GB_STR(".csv")) && begin.len && strchr("-[#", begin.ptr[0]);
}

/* ---- Index ---- */

/* The slot of the key, or the empty one where it belongs. */
static uint32_t
slot_of(const struct gb_registry *registry, struct gb_str key)
{
    uint32_t slot = gb_hash_slot(key) & registry->mask;

    while (registry->slots[slot] && !gb_str_eq(registry->rows[registry->slots[slot] - 1].key, key))
        slot = (slot + 1) & registry->mask;
    return slot;
}

/* Editions of one document that are held against each other. */
enum { MOST_COMPARED = 64 };

static bool
is_same_row(const struct gb_registry_row *a, const struct gb_registry_row *b)
{
    return a->state == b->state && a->from == b->from && gb_str_eq(a->title, b->title) &&
           gb_str_eq(a->replaced_by, b->replaced_by);
}

/* Hangs the rows of each document together, in their order. */
static bool
build_index(struct reader *r, struct gb_registry *registry)
{
    uint32_t size = 16;

    while (size < 2 * registry->n_rows)
        size *= 2;
    registry->mask = size - 1;
    registry->slots = gb_arena_new_array(r->arena, uint32_t, size);
    for (uint32_t i = registry->n_rows; i > 0; i--) {
        struct gb_registry_row *row = &registry->rows[i - 1];
        uint32_t *slot = &registry->slots[slot_of(registry, row->key)];
        const struct gb_registry_row *other = *slot ? &registry->rows[*slot - 1] : NULL;
        row->next = other;
        for (unsigned n = 0; other && n < MOST_COMPARED; other = other->next, n++) {
            if (gb_str_eq(other->code, row->code) && gb_str_eq(other->year, row->year) && !is_same_row(row, other))
                return FAIL(r, other->line, "“%.*s%s%.*s”与第%u行重复，内容不同", GB_FMT(row->code),
                            row->year.len ? "—" : "", GB_FMT(row->year), row->line);
        }
        *slot = i;
    }
    return true;
}

const struct gb_registry *
gb_registry_read(const char *path, struct gb_str bytes, struct gb_arena *arena, struct gb_error *error)
{
    struct reader r = {.path = path, .arena = arena, .error = error};
    struct gb_registry *registry = gb_arena_new(arena, struct gb_registry);
    struct gb_str text = gb_str_starts(bytes, GB_STR("\xEF\xBB\xBF")) ? gb_str_skip(bytes, 3) : bytes;
    size_t valid = gb_utf8_check(text);
    bool ok = valid == text.len;

    if (!ok) {
        unsigned line = 1;
        for (size_t i = 0; i < valid; i++)
            line += text.ptr[i] == '\n';
        gb_error_set(error, path, line, 0, "不是UTF-8：把名录另存为UTF-8的CSV");
    } else {
        ok = is_yaml(path, text) ? read_yaml(&r, text) : read_csv(&r, text);
    }
    GB_KEEP(arena, &r.rows, registry->rows, registry->n_rows);
    return ok && build_index(&r, registry) ? registry : NULL;
}

static const struct gb_registry_row *
find_key(const struct gb_registry *registry, struct gb_str key)
{
    uint32_t first = registry->slots[slot_of(registry, key)];

    return first ? &registry->rows[first - 1] : NULL;
}

const struct gb_registry_row *
gb_registry_find(const struct gb_registry *registry, struct gb_str base, struct gb_str serial)
{
    struct gb_buf key = {0};

    gb_buf_add(&key, base);
    gb_buf_add_char(&key, ' ');
    gb_buf_add(&key, serial);
    const struct gb_registry_row *row = find_key(registry, gb_buf_str(&key));
    gb_buf_release(&key);
    return row;
}

const struct gb_registry_row *
gb_registry_find_text(const struct gb_registry *registry, struct gb_str identifier)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_str code, key, year;
    const struct gb_registry_row *row = NULL;

    if (read_identifier(identifier, &arena, &code, &key, &year))
        row = find_key(registry, key);
    gb_arena_release(&arena);
    return row;
}
