#include "base/csv.h"

#include "base/buf.h"

static bool
is_line_end(struct gb_str s)
{
    return s.len && (s.ptr[0] == '\n' || s.ptr[0] == '\r');
}

/* Takes one line end off, of whatever form. */
static void
skip_line_end(struct gb_csv *csv)
{
    size_t n = gb_str_starts(csv->rest, GB_STR("\r\n")) ? 2 : 1;

    csv->rest = gb_str_skip(csv->rest, n);
    csv->line++;
}

static struct gb_str
take_plain(struct gb_csv *csv)
{
    size_t n = 0;

    while (n < csv->rest.len && csv->rest.ptr[n] != ',' && !is_line_end(gb_str_skip(csv->rest, n)))
        n++;
    struct gb_str field = gb_str_sub(csv->rest, 0, n);
    csv->rest = gb_str_skip(csv->rest, n);
    return field;
}

static struct gb_str
without_doubles(struct gb_arena *arena, struct gb_str field)
{
    struct gb_buf out = {0};

    for (size_t i = 0; i < field.len; i++) {
        gb_buf_add_char(&out, field.ptr[i]);
        i += field.ptr[i] == '"';
    }
    return gb_buf_take(&out, arena);
}

/* A field in quotes, up to the comma or line end behind it. */
static bool
take_quoted(struct gb_csv *csv, struct gb_str *out, struct gb_error *error)
{
    unsigned line = csv->line;
    bool has_double = false;
    size_t n = 1;

    for (; n < csv->rest.len; n++) {
        char c = csv->rest.ptr[n];
        if (c == '"' && n + 1 < csv->rest.len && csv->rest.ptr[n + 1] == '"') {
            has_double = true;
            n++;
        } else if (c == '"') {
            break;
        } else if (c == '\n' || (c == '\r' && (n + 1 == csv->rest.len || csv->rest.ptr[n + 1] != '\n'))) {
            csv->line++;
        }
    }
    if (n == csv->rest.len) {
        gb_error_set(error, csv->path, line, 0, "引号没有闭合");
        return false;
    }
    *out = gb_str_sub(csv->rest, 1, n);
    if (has_double)
        *out = without_doubles(csv->arena, *out);
    csv->rest = gb_str_skip(csv->rest, n + 1);
    if (csv->rest.len && csv->rest.ptr[0] != ',' && !is_line_end(csv->rest)) {
        gb_error_set(error, csv->path, csv->line, 0, "引号之后还有文字：字段中的引号应写两个（\"\"）");
        return false;
    }
    return true;
}

enum gb_csv_result
gb_csv_next(struct gb_csv *csv, struct gb_str *fields, size_t max, size_t *out_n, unsigned *out_line,
            struct gb_error *error)
{
    size_t n = 0;

    while (is_line_end(csv->rest))
        skip_line_end(csv);
    if (!csv->rest.len)
        return GB_CSV_END;
    *out_line = csv->line;
    for (;;) {
        if (n == max) {
            gb_error_set(error, csv->path, csv->line, 0, "这一行的字段多于%zu个：含逗号的字段应加引号", max);
            return GB_CSV_FAULT;
        }
        if (!csv->rest.len || csv->rest.ptr[0] != '"')
            fields[n++] = take_plain(csv);
        else if (!take_quoted(csv, &fields[n++], error))
            return GB_CSV_FAULT;
        if (!csv->rest.len || csv->rest.ptr[0] != ',')
            break;
        csv->rest = gb_str_skip(csv->rest, 1);
    }
    if (csv->rest.len)
        skip_line_end(csv);
    *out_n = n;
    return GB_CSV_ROW;
}
