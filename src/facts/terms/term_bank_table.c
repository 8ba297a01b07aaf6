/* Term banks in CSV. */
#include "base/csv.h"
#include "base/yaml.h"
#include "facts/terms/term_bank_priv.h"
#include "text/scan.h"

/* Columns that lists of terms have as well, and that say nothing here. */
GB_WORDS(ignored, "kind", "file", "line", "column", "uses", "defined", "form", "variants", "number", "note", "path");

enum { IGNORED = GB_BANK_FIELD_COUNT, MOST = GB_BANK_MOST_COLUMNS };

/* ---- the line of names ---- */

static bool
find_column(struct gb_str name, const char *path, unsigned line, uint8_t *out, struct gb_error *error)
{
    for (size_t i = 0; i < GB_COUNT(ignored); i++) {
        if (gb_str_eq(name, ignored[i])) {
            *out = IGNORED;
            return true;
        }
    }
    /* As gblint terms writes it: names of one concept have its name in common. */
    if (gb_str_is(name, "of")) {
        *out = GB_BANK_FIELD_CONCEPT;
        return true;
    }
    for (uint8_t i = 0; i < GB_BANK_FIELD_COUNT; i++) {
        if (gb_str_is(name, gb_bank_field_names[i])) {
            *out = i;
            return true;
        }
    }
    const char *near = gb_nearest(name, gb_bank_field_names, GB_BANK_FIELD_COUNT);
    gb_error_set(error, path, line, 0, near ? "没有列“%.*s”；是否指“%s”？" : "没有列“%.*s”；第一行应为列名：%s",
                 GB_FMT(name), near ? near : "term,status,concept,en,definition,source");
    return false;
}

static bool
read_header(struct gb_bank_file *file, unsigned line, const struct gb_str *cells, size_t n, struct gb_error *error)
{
    struct gb_bank_columns *columns = &file->columns;
    unsigned seen = 0;

    columns->n = (uint32_t)n;
    for (size_t i = 0; i < n; i++) {
        if (!find_column(cells[i], file->path, line, &columns->field[i], error))
            return false;
        if (columns->field[i] != IGNORED && seen & 1u << columns->field[i]) {
            gb_error_set(error, file->path, line, 0, "列“%s”出现两次", gb_bank_field_names[columns->field[i]]);
            return false;
        }
        seen |= 1u << columns->field[i];
    }
    if (!(seen & 1u << GB_BANK_FIELD_TERM))
        gb_error_set(error, file->path, line, 0, "缺列“term”");
    return (seen & 1u << GB_BANK_FIELD_TERM) != 0;
}

static bool
say_empty(const struct gb_bank_file *file, struct gb_error *error)
{
    gb_error_set(error, file->path, 1, 0, "术语库是空的：第一行应为列名term,status,concept,en,definition,source");
    return false;
}

/* ---- cells ---- */

static inline struct gb_str
without_blanks(struct gb_str s)
{
    return s.len && ((unsigned char)s.ptr[0] <= ' ' || (unsigned char)s.ptr[s.len - 1] <= ' ') ? gb_str_trim(s) : s;
}

/* A cell as it stands in the file; one in quotes has no quotes inside. */
static inline struct gb_str
cell_of(struct gb_str raw)
{
    return without_blanks(raw.len > 1 && raw.ptr[0] == '"' ? gb_str_sub(raw, 1, raw.len - 1) : raw);
}

static void
sort_cells(const struct gb_bank_columns *columns, const struct gb_str *cells, size_t n, struct gb_str *fields)
{
    for (size_t i = 0; i < n && i < columns->n; i++)
        fields[columns->field[i]] = cells[i];
}

/* ---- the whole file, row by row ---- */

/* The next row, its cells without blanks at their ends; rows of blanks are skipped. */
static enum gb_csv_result
next_row(struct gb_csv *csv, const struct gb_bank_file *file, struct gb_str *cells, size_t *out_n, unsigned *out_line,
         struct gb_error *error)
{
    enum gb_csv_result result;

    do {
        result = gb_csv_next(csv, cells, MOST, out_n, out_line, error);
        for (size_t i = 0; result == GB_CSV_ROW && i < *out_n; i++)
            cells[i] = without_blanks(cells[i]);
    } while (result == GB_CSV_ROW && *out_n == 1 && !cells[0].len);
    if (result == GB_CSV_ROW && file->columns.n && *out_n > file->columns.n) {
        gb_error_set(error, file->path, *out_line, 0, "这一行有%zu个字段，比列名多：含逗号的字段应加引号", *out_n);
        return GB_CSV_FAULT;
    }
    return result;
}

static bool
add_row_at_once(struct gb_bank_reader *reader, const struct gb_bank_file *file, unsigned line,
                const struct gb_str *cells, size_t n, struct gb_error *error)
{
    struct gb_str fields[GB_BANK_FIELD_COUNT + 1] = {0};

    sort_cells(&file->columns, cells, n, fields);
    return gb_bank_add(reader, file->path, line, fields, error);
}

bool
gb_bank_read_csv_at_once(struct gb_bank_reader *reader, struct gb_bank_file *file, struct gb_error *error)
{
    struct gb_csv csv = {.rest = file->text, .path = file->path, .line = 1, .arena = reader->arena};
    struct gb_str cells[MOST];
    enum gb_csv_result result;
    unsigned line;
    size_t n;

    file->columns.n = 0;
    while ((result = next_row(&csv, file, cells, &n, &line, error)) == GB_CSV_ROW) {
        if (file->columns.n ? !add_row_at_once(reader, file, line, cells, n, error)
                            : !read_header(file, line, cells, n, error))
            return false;
    }
    return result == GB_CSV_END && (file->columns.n || say_empty(file, error));
}

/* ---- names now, entries when they are asked for ---- */

/*
 * A row has its cells in one line, and those in quotes have none inside. Commas and line ends are found by a scan: what stands between
 * them is not looked at, but for the name and its status.
 */
struct pass {
    struct gb_bank_reader *reader;
    struct gb_bank_file *file;
    struct gb_error *error;
    size_t begin;          /* of the row */
    size_t ends[MOST + 1]; /* of its cells */
    size_t n;              /* of its ends; beyond MOST: too many */
    unsigned line;
    size_t term, status; /* columns; status: MOST without */
};

static inline struct gb_str
cell_at(const struct pass *p, size_t i)
{
    size_t begin = i ? p->ends[i - 1] + 1 : p->begin;

    return cell_of((struct gb_str){p->file->text.ptr + begin, p->ends[i] - begin});
}

static void
end_cell(struct pass *p, size_t at)
{
    p->ends[p->n < MOST ? p->n : MOST] = at;
    p->n++;
}

static void
begin_rows(struct pass *p)
{
    p->status = MOST;
    for (size_t i = 0; i < p->file->columns.n; i++) {
        if (p->file->columns.field[i] == GB_BANK_FIELD_TERM)
            p->term = i;
        if (p->file->columns.field[i] == GB_BANK_FIELD_STATUS)
            p->status = i;
    }
    gb_array_grow((void **)&p->reader->rows.items, &p->reader->rows.cap, p->reader->rows.len + p->file->text.len / 32,
                  sizeof(*p->reader->rows.items));
}

/* The row whose last cell has ended. */
static bool
end_row(struct pass *p)
{
    const struct gb_bank_file *file = p->file;
    size_t n = p->n;

    if (n == 1 && !cell_at(p, 0).len)
        return true;
    if (n > file->columns.n) {
        gb_error_set(p->error, file->path, p->line, 0, "这一行有%zu个字段，比列名多：含逗号的字段应加引号", n);
        return false;
    }
    struct gb_str term = p->term < n ? cell_at(p, p->term) : GB_STR("");
    struct gb_str status = p->status < n ? cell_at(p, p->status) : GB_STR("");
    if (!gb_bank_check_row(file->path, p->line, term, status, p->error))
        return false;
    gb_bank_note(p->reader, file->text.ptr, term);
    return true;
}

/* A row that is read as a whole, because of what stands in its quotes. */
static bool
take_whole_row(struct pass *p, struct gb_marks *marks)
{
    struct gb_csv csv = {.rest = gb_str_skip(p->file->text, p->begin),
                         .path = p->file->path,
                         .line = p->line,
                         .arena = p->reader->arena};
    struct gb_str cells[MOST];
    unsigned line;
    size_t n;

    if (next_row(&csv, p->file, cells, &n, &line, p->error) != GB_CSV_ROW ||
        !add_row_at_once(p->reader, p->file, line, cells, n, p->error))
        return false;
    p->begin = (size_t)(csv.rest.ptr - p->file->text.ptr);
    p->line = csv.line;
    p->n = 0;
    gb_marks_seek(marks, p->begin);
    return true;
}

/* From the quote that opens a cell to the one that closes it; false when it must be read by others. */
static bool
skip_quoted(struct gb_marks *marks)
{
    struct gb_str text = marks->text;
    size_t at;

    while (gb_marks_next(marks, &at) && text.ptr[at] != '\n' && text.ptr[at] != '\r') {
        if (text.ptr[at] == '"')
            return at + 1 == text.len || memchr(",\r\n", text.ptr[at + 1], 3);
    }
    return false;
}

enum result { DONE, FAULT, OTHER_FORM };

/* Without the CR of its line end. */
static bool
end_last_cell(struct pass *p, size_t end)
{
    end_cell(p, end - (end > p->begin && p->file->text.ptr[end - 1] == '\r'));
    return end_row(p);
}

static enum result
read_rows(struct pass *p)
{
    struct gb_str text = p->file->text;
    struct gb_marks marks = {.text = text};
    size_t at;

    gb_byte_class_init(&marks.class, ",\"\r\n");
    gb_marks_seek(&marks, p->begin);
    while (gb_marks_next(&marks, &at)) {
        switch (text.ptr[at]) {
        case ',':
            end_cell(p, at);
            break;
        case '\n':
            if (!end_last_cell(p, at))
                return FAULT;
            p->begin = at + 1;
            p->line++;
            p->n = 0;
            break;
        case '\r':
            if (at + 1 < text.len && text.ptr[at + 1] != '\n')
                return OTHER_FORM;
            break;
        default:
            if (p->n > MOST || at != (p->n ? p->ends[p->n - 1] + 1 : p->begin) || skip_quoted(&marks))
                break;
            if (!take_whole_row(p, &marks))
                return FAULT;
            break;
        }
    }
    return p->begin == text.len || end_last_cell(p, text.len) ? DONE : FAULT;
}

/* The cells of a line without quotes. */
static size_t
cut(struct gb_str line, struct gb_str *cells)
{
    for (size_t n = 0;;) {
        const char *comma = memchr(line.ptr, ',', line.len);
        size_t len = comma ? (size_t)(comma - line.ptr) : line.len;
        cells[n++] = without_blanks(gb_str_sub(line, 0, len));
        if (!comma || n == MOST)
            return n;
        line = gb_str_skip(line, len + 1);
    }
}

/* The row whose name stands at `at`, once more. */
static enum gb_bank_read
read_row_at(const struct gb_bank_file *file, uint32_t at, struct gb_arena *arena, struct gb_bank_entry *out)
{
    struct gb_str fields[GB_BANK_FIELD_COUNT + 1] = {0}, cells[MOST];
    const char *before = memrchr(file->text.ptr, '\n', at),
               *end = memchr(file->text.ptr + at, '\n', file->text.len - at);
    size_t begin = before ? (size_t)(before - file->text.ptr) + 1 : 0, n;
    struct gb_str line = gb_str_sub(file->text, begin, end ? (size_t)(end - file->text.ptr) : file->text.len);
    struct gb_csv csv = {.rest = line, .arena = arena};
    struct gb_error error;
    unsigned number;

    if (!memchr(line.ptr, '"', line.len))
        n = cut(line, cells);
    else if (next_row(&csv, file, cells, &n, &number, &error) != GB_CSV_ROW)
        return GB_BANK_FAULTY;
    sort_cells(&file->columns, cells, n, fields);
    *out = gb_bank_entry_of(fields);
    return GB_BANK_READ;
}

bool
gb_bank_read_csv(struct gb_bank_reader *reader, struct gb_bank_file *file, struct gb_error *error)
{
    struct gb_csv csv = {.rest = file->text, .path = file->path, .line = 1, .arena = reader->arena};
    struct pass p = {.reader = reader, .file = file, .error = error};
    size_t n_rows = reader->rows.len, n_entries = reader->entries.len, n;
    struct gb_str cells[MOST];
    unsigned line;

    enum gb_csv_result header = next_row(&csv, file, cells, &n, &line, error);
    if (header != GB_CSV_ROW)
        return header == GB_CSV_END && say_empty(file, error);
    if (!read_header(file, line, cells, n, error))
        return false;
    file->read = read_row_at;
    begin_rows(&p);
    p.begin = (size_t)(csv.rest.ptr - file->text.ptr);
    p.line = csv.line;
    enum result result = read_rows(&p);
    if (result != OTHER_FORM)
        return result == DONE;
    gb_bank_take_back(reader, n_rows, n_entries);
    return gb_bank_read_csv_at_once(reader, file, error);
}
