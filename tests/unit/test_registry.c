/* Tables of standards: CSV, dates, looking up. What is faulty is tested at the command line, in cli.py. */
#include "base/csv.h"

#include "facts/citations/registry.h"
#include "text/date.h"
#include "unit.h"

TEST(cuts_csv)
{
    /* Fields in brackets, rows behind the line where they begin. */
    static const struct {
        const char *text, *rows;
    } cases[] = {
        {"", ""},
        {"a,b\n", "1[a][b]"},
        {"a,b", "1[a][b]"},
        {"a,,c\r\n,\r\n", "1[a][][c]2[][]"},
        {"\n\r\n\"a,b\",c\rd", "3[a,b][c]4[d]"},
        {"\"a\"\"b\",\"\"\n", "1[a\"b][]"},
        {"\"a\nb\",c\nd", "1[a\nb][c]3[d]"},
        {"a \"b\",c", "1[a \"b\"][c]"},
        {"甲，乙,丙", "1[甲，乙][丙]"},
    };

    for (size_t i = 0; i < GB_COUNT(cases); i++) {
        struct gb_arena arena = GB_ARENA_ZERO;
        struct gb_csv csv = {.rest = gb_str_from(cases[i].text), .path = "x", .line = 1, .arena = &arena};
        struct gb_str fields[4], all = GB_STR("");
        struct gb_error error;
        unsigned line;
        size_t n;

        while (gb_csv_next(&csv, fields, 4, &n, &line, &error) == GB_CSV_ROW) {
            all = gb_arena_printf(&arena, "%.*s%u", GB_FMT(all), line);
            for (size_t k = 0; k < n; k++)
                all = gb_arena_printf(&arena, "%.*s[%.*s]", GB_FMT(all), GB_FMT(fields[k]));
        }
        if (!gb_str_is(all, cases[i].rows))
            fail_msg("%s: got %.*s, want %s", cases[i].text, GB_FMT(all), cases[i].rows);
        gb_arena_release(&arena);
    }
}

TEST(reads_dates)
{
    static const struct {
        const char *text;
        uint32_t date; /* 0: none */
    } cases[] = {
        {"2018-09-01", 20180901},
        {"2018/9/1", 20180901},
        {"2018.9.01", 20180901},
        {"20180901", 20180901},
        {" 2018年9月1日 ", 20180901},
        {"2024-02-29", 20240229},
        {"2000-02-29", 20000229},
        {"2018-02-29", 0},
        {"1900-02-29", 0},
        {"2018-13-01", 0},
        {"2018-00-10", 0},
        {"2018-9-31", 0},
        {"2018-9", 0},
        {"18-09-01", 0},
        {"2018-09-01x", 0},
        {"2018-9/1", 0},
        {"2018年9月1", 0},
        {"", 0},
        {"2018-09-011", 0},
        {"2018 09 01", 0},
    };

    for (size_t i = 0; i < GB_COUNT(cases); i++) {
        uint32_t date = 0;
        bool ok = gb_date_read(gb_str_from(cases[i].text), &date);
        if (ok != (cases[i].date != 0) || (ok && date != cases[i].date))
            fail_msg("“%s”: got %s%u", cases[i].text, ok ? "" : "nothing, not ", (unsigned)cases[i].date);
    }
}

TEST(finds_documents)
{
    static const char table[] =
        "code,year,title\nGB/T 1.1,2009,甲\nGB 1.10,,乙\nGB 1.1,2020,丙\nDB 32/T 2796-2015,,丁\n"
        "ISO/IEC TR 13335-1:1996,,戊\nT/CAS 1,2020,己\n";
    static const struct {
        const char *identifier, *titles; /* of all its editions */
    } cases[] = {
        {"GB/T 1.1—2009", "甲丙"},
        {"GB 1.1", "甲丙"},
        {"GB／T 1．1", "甲丙"},
        {"GB/T 1.10", "乙"},
        {"DB32/T 2796", "丁"},
        {"DB33/T 2796", ""},
        {"ISO/IEC TR 13335-1", "戊"},
        {"T/CAS 1", "己"},
        {"GB/T 1", ""},
        {"旧书", ""},
        {"", ""},
    };
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_error error = {0};
    const struct gb_registry *registry = gb_registry_read("x.csv", gb_str_from(table), &arena, &error);

    if (!registry)
        fail_msg("%u: %s", error.line, error.message);
    for (size_t i = 0; i < GB_COUNT(cases); i++) {
        struct gb_str titles = GB_STR("");
        for (const struct gb_registry_row *row = gb_registry_find_text(registry, gb_str_from(cases[i].identifier)); row;
             row = row->next)
            titles = gb_arena_printf(&arena, "%.*s%.*s", GB_FMT(titles), GB_FMT(row->title));
        if (!gb_str_is(titles, cases[i].titles))
            fail_msg("%s: got “%.*s”", cases[i].identifier, GB_FMT(titles));
    }
    assert_true(gb_registry_find(registry, GB_STR("GB"), GB_STR("1.1")) ==
                gb_registry_find_text(registry, GB_STR("GB 1.1")));
    assert_null(gb_registry_find(registry, GB_STR("HJ"), GB_STR("1.1")));
    gb_arena_release(&arena);
}
