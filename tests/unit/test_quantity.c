/* The reader of quantities: numbers, units and what joins them. One row a text, with the lists below. */
#include "base/buf.h"

#include "facts/quantity.h"
#include "unit.h"

static const struct gb_str symbols[] = {GB_WORD("m"), GB_WORD("mm"),  GB_WORD("kg"), GB_WORD("mg"), GB_WORD("d"),
                                        GB_WORD("h"), GB_WORD("V"),   GB_WORD("W"),  GB_WORD("℃"),  GB_WORD("s"),
                                        GB_WORD("K"), GB_WORD("mol"), GB_WORD("μg"), GB_WORD("L")};
static const struct gb_str names[] = {GB_WORD("米"), GB_WORD("m"),    GB_WORD("平方米"),
                                      GB_WORD("m²"), GB_WORD("千克"), GB_WORD("kg")};

static size_t
list_of(void *data, const char *name, const struct gb_str **out_words)
{
    (void)data;
    *out_words = strcmp(name, "unit-symbols") == 0 ? symbols : names;
    if (strcmp(name, "unit-symbols") == 0)
        return GB_COUNT(symbols);
    return strcmp(name, "unit-names") == 0 ? GB_COUNT(names) : 0;
}

/* All quantities of a text: "[80|mm]x[25|mm]", the joints as ~ - t ± x. */
static void
write_all(const struct gb_measures *measures, struct gb_str s, struct gb_buf *out)
{
    static const char *const joints[] = {"~", "-", "t", "±", "x"};
    struct gb_quantity q;

    for (size_t at = 0; gb_quantity_next(measures, s, &at, &q);) {
        gb_buf_puts(out, out->len ? " " : "");
        for (unsigned i = 0; i < q.n; i++) {
            const struct gb_amount *a = &q.amounts[i];
            gb_buf_puts(out, i > 0 ? joints[q.joints[i - 1].kind] : "");
            gb_buf_printf(out, "[%.*s|%.*s]", GB_FMT(gb_str_sub(s, a->begin, a->end)),
                          GB_FMT(gb_str_sub(s, a->unit.begin, a->unit.end)));
        }
        assert_true(at >= q.end && q.end > q.begin);
    }
}

TEST(test_texts)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        {"长5 m，宽.5m", "[5|m] [.5|m]"},
        {"0～10 ℃", "[0|]~[10|℃]"},
        {"-10 ℃～+40 ℃", "[10|℃]~[40|℃]"},
        {"80±2 mm，80×25x50 mm", "[80|]±[2|mm] [80|]x[25|]x[50|mm]"},
        {"1 234.567 8 kg，12,345 m", "[1 234.567 8|kg] [12,345|m]"},
        {"2.5×10³ m，1×10^-3 mol/L，5 x 10-6 m", "[2.5×10³|m] [1×10^-3|mol/L] [5 x 10-6|m]"},
        {"5 m²，5 m2，5 m^2，5 m/s，5 mg/(kg·d)，5 W/(m·K)", "[5|m²] [5|m2] [5|m^2] [5|m/s] [5|mg/(kg·d)] [5|W/(m·K)]"},
        {"5米，5平方米，5千克", "[5|米] [5|平方米] [5|千克]"},
        /* Types, versions, dates, times, ratios, addresses. */
        {"M12，5G，SAE 5W-30，1.2.3，8:30，1:50，192.168.0.1，AB-12，0x1F", "[0|]"},
        {"2015-09-10", "[2015|]-[09|]-[10|]"},
        {"5 mol1，5 kgf", "[5|] [5|]"},
        {"无数字", ""},
        {"", ""},
    };
    struct gb_buf lexicon = gb_lexicon_make(list_of, NULL);
    const struct gb_measures *measures = gb_lexicon_measures((const struct gb_lexicon *)(const void *)lexicon.ptr);

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct gb_buf out = {0};
        write_all(measures, gb_str_from(rows[i].text), &out);
        gb_buf_add_char(&out, '\0');
        assert_string_equal(out.ptr, rows[i].want);
        gb_buf_release(&out);
    }
    gb_buf_release(&lexicon);
}
