/*
 * Term banks of random files: reading names now and entries when a draft asks for them gives what reading all at once gives, and the
 * same fault. The vector ways of the scans agree with the bytes.
 */
#include "base/buf.h"

#include "facts/terms/term_bank_priv.h"
#include "unit.h"

/* ---- chance ---- */

static uint32_t seed;

static uint32_t
chance(uint32_t n)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

static const char *
any_of(const char *const *list, size_t n)
{
    return list[chance((uint32_t)n)];
}

#define ANY(list) any_of(list, GB_COUNT(list))

static const char *const names[] = {"经办机构", "经办处", "社会保险经办机构", "信息系统", "PLC",    "PLC控制器",
                                    "级",       "D级",    "甲乙丙丁戊己庚辛", "A",        "馆员证", "a b",
                                    "x:y",      "x-1",    "机构（内设）",     "é"};
static const char *const tails[] = {"", "", "服务", "管理", "1", "B"};
static const char *const rare[] = {"",          "\"甲,乙\"", "'甲'",   "\"甲\"\"乙\"", "\"甲\n乙\"", "甲 \"乙\"",
                                   " 甲 ",      "甲, 乙",    "甲: 乙", "甲 # 乙",      "[甲]",       "- 甲",
                                   "甲:",       "\t甲",      "&甲",    "\"甲",         "~",          "甲\r",
                                   "\"甲\\n\"", "[甲, 乙]",  "甲]",    "\x01"};
static const char *const statuses[] = {"preferred", "deprecated", "admitted", "拒用", "", "short"};

/* A value; one time in `odds` a rare one. */
static void
put_value(struct gb_buf *out, uint32_t odds)
{
    if (odds && chance(odds) == 0)
        gb_buf_puts(out, ANY(rare));
    else
        gb_buf_printf(out, "%s%s", ANY(names), ANY(tails));
}

static void
put_csv(struct gb_buf *out, uint32_t odds)
{
    static const char *const heads[] = {"term,status,concept,en,definition", "concept,term,source,status", "term",
                                        "en,note,term", "\"term\",status,concept"};
    static const unsigned counts[] = {5, 4, 1, 3, 3};
    uint32_t which = chance(GB_COUNT(heads));
    const char *end = chance(4) ? "\n" : "\r\n";

    gb_buf_printf(out, "%s%s", heads[which], end);
    for (uint32_t row = chance(60); row > 0; row--) {
        for (unsigned i = 0; i < counts[which]; i++) {
            gb_buf_puts(out, i ? "," : "");
            if (which < 2 && i == (which ? 3 : 1))
                gb_buf_puts(out, odds && chance(odds * 4) == 0 ? "falsch" : ANY(statuses));
            else if (which < 2 && i == (which ? 0 : 2))
                gb_buf_printf(out, "c%u", chance(5));
            else if (which == 4 && i == 1)
                gb_buf_puts(out, "\"deprecated\"");
            else if (chance(8) == 0)
                gb_buf_puts(out, "\"甲乙服务\"");
            else
                put_value(out, odds);
        }
        gb_buf_puts(out, row > 1 || chance(2) ? end : "");
        gb_buf_puts(out, chance(20) ? "" : end);
    }
}

static void
put_names(struct gb_buf *out, const char *key, uint32_t odds)
{
    uint32_t form = chance(4);

    gb_buf_printf(out, "%s:%s", key, form == 0 ? " " : form == 1 ? " [" : "\n");
    for (uint32_t i = 0, n = form == 0 ? 1 : 1 + chance(3); i < n; i++) {
        gb_buf_puts(out, form == 1 ? (i ? ", " : "") : form == 2 ? "  - " : form == 3 ? "    - " : "");
        put_value(out, odds);
        gb_buf_puts(out, form >= 2 && i + 1 < n ? "\n" : "");
    }
    gb_buf_puts(out, form == 1 ? "]\n" : "\n");
}

static void
put_yaml(struct gb_buf *out, uint32_t odds)
{
    static const char *const keys[] = {"en", "definition", "source", "concept"};

    for (uint32_t map = 1 + chance(30); map > 0; map--) {
        gb_buf_puts(out, "- ");
        if (chance(2)) {
            put_names(out, "preferred", odds);
            if (chance(2)) {
                gb_buf_puts(out, "  ");
                put_names(out, chance(3) ? "deprecated" : "admitted", odds);
            }
        } else {
            gb_buf_puts(out, "term: ");
            put_value(out, odds);
            gb_buf_printf(out, "\n  status: %s\n", ANY(statuses));
        }
        for (uint32_t i = chance(3), from = chance(4); i > 0; i--) {
            gb_buf_printf(out, "  %s: ", keys[(from + i) % 4]);
            put_value(out, odds);
            gb_buf_puts(out, chance(20) ? "\n" : "\r\n");
        }
        gb_buf_puts(out, chance(10) ? "" : "\n");
        gb_buf_puts(out, chance(10) ? "" : "# 甲: 乙\n");
        gb_buf_puts(out, odds && chance(odds * 8) == 0 ? "  nonsense: 1\n" : "");
    }
}

static void
put_tbx(struct gb_buf *out, uint32_t odds)
{
    static const char *const inside[] = {"&amp;", "<hi>甲</hi>", "<!-- 甲 -->", "<![CDATA[甲]]>"};

    gb_buf_puts(out, "<?xml version=\"1.0\"?>\n<tbx><text><body>\n");
    for (uint32_t concept = 0; out->len < 70000; concept ++) {
        gb_buf_printf(out, chance(2) ? "<termEntry id=\"c%u\">\n" : "<termEntry>\n", concept);
        for (uint32_t i = 1 + chance(4); i > 0; i--) {
            gb_buf_printf(out, "<langSet xml:lang=\"%s\"><tig>%s", chance(4) ? "zh" : "en",
                          chance(9) ? "<term>" : "<term type=\"a\">");
            gb_buf_printf(out, "%s%s%s", chance(9) ? "" : "\n ", ANY(names), ANY(tails));
            gb_buf_puts(out, odds && chance(odds * 8) == 0 ? ANY(inside) : "");
            gb_buf_printf(out, "</term><termNote type=\"administrativeStatus\">%s</termNote></tig></langSet>\n",
                          ANY(statuses));
        }
        if (chance(2))
            gb_buf_printf(out, "<descrip type=\"definition\">%s%s</descrip>\n", ANY(names),
                          odds && chance(9) == 0 ? ANY(inside) : "");
        gb_buf_puts(out, "</termEntry>\n");
    }
    gb_buf_puts(out, "</body></text></tbx>\n");
}

/* ---- both ways ---- */

typedef bool reading(struct gb_bank_reader *reader, struct gb_bank_file *file, struct gb_error *error);

static const struct {
    const char *path;
    void (*put)(struct gb_buf *out, uint32_t odds);
    reading *at_once;
} forms[] = {
    {"bank.csv", put_csv, gb_bank_read_csv_at_once},
    {"bank.yaml", put_yaml, gb_bank_read_yaml_at_once},
    {"bank.tbx", put_tbx, gb_bank_read_tbx_at_once},
};

static void
check_field(struct gb_str text, const char *what, struct gb_str got, struct gb_str want)
{
    if (!gb_str_eq(got, want))
        fail_msg("%s: got “%.*s”, want “%.*s” in\n%.*s", what, GB_FMT(got), GB_FMT(want),
                 (int)(text.len < 4000 ? text.len : 4000), text.ptr);
}

/* An entry, and the preferred name of its concept. */
static void
compare_entries(struct gb_str text, struct gb_bank_view *got_view, const struct gb_bank_entry *got,
                struct gb_bank_view *want_view, const struct gb_bank_entry *want)
{
    for (; got && want; got = got->next, want = want->next) {
        check_field(text, "term", got->term, want->term);
        check_field(text, "en", got->en, want->en);
        check_field(text, "definition", got->definition, want->definition);
        check_field(text, "source", got->source, want->source);
        assert_int_equal(got->status, want->status);
        const struct gb_bank_entry *one = gb_bank_preferred(got_view, got), *two = gb_bank_preferred(want_view, want);
        check_field(text, "preferred", one ? one->term : GB_STR("-"), two ? two->term : GB_STR("-"));
    }
    if (got || want)
        fail_msg("%s entries of a name in\n%.*s", got ? "more" : "fewer", (int)text.len, text.ptr);
}

static struct gb_bank_view *
view_of(struct gb_bank_reader *reader, struct gb_str all, struct gb_arena *arena, const struct gb_term_bank **out_bank)
{
    *out_bank = gb_bank_finish(reader);
    struct gb_bank_view *view = gb_bank_view_new(*out_bank, all.len, arena);
    gb_bank_expect(view, all);
    gb_bank_open(view);
    return view;
}

static void
compare(const char *path, struct gb_str text, reading *at_once)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_bank_reader *got = gb_bank_reader_new(&arena), *want = gb_bank_reader_new(&arena);
    struct gb_error got_error = {.message = ""}, want_error = {.message = ""};
    struct gb_buf all = {0};
    const struct gb_term_bank *banks[2];

    bool got_ok = gb_bank_read(got, path, text, &got_error);
    *gb_push(&want->files) = (struct gb_bank_file){.path = path, .text = text};
    bool want_ok = at_once(want, want->files.items, &want_error);
    if (got_ok != want_ok || strcmp(got_error.message, want_error.message) != 0 || got_error.line != want_error.line)
        fail_msg("got %u “%s”, want %u “%s” for\n%.*s", got_error.line, got_error.message, want_error.line,
                 want_error.message, GB_FMT(text));
    for (size_t i = 0; i < want->entries.len; i++)
        gb_buf_printf(&all, "%.*s。", GB_FMT(want->entries.items[i].term));
    size_t n = got_ok ? want->entries.len : 0;
    const struct gb_bank_entry *entries = want->entries.items;
    struct gb_bank_view *got_view = view_of(got, gb_buf_str(&all), &arena, &banks[0]);
    struct gb_bank_view *want_view = view_of(want, gb_buf_str(&all), &arena, &banks[1]);
    for (size_t i = 0; i < n; i++)
        compare_entries(text, got_view, gb_bank_find(got_view, entries[i].term), want_view,
                        gb_bank_find(want_view, entries[i].term));
    gb_term_bank_free(banks[0]);
    gb_term_bank_free(banks[1]);
    gb_buf_release(&all);
    gb_arena_release(&arena);
}

TEST(both_ways_agree)
{
    for (size_t form = 0; form < GB_COUNT(forms); form++) {
        for (uint32_t i = 0, n = form == 2 ? 40 : 3000; i < n; i++) {
            static const uint32_t odds[] = {0, 300, 40, 5};
            struct gb_buf text = {0};
            seed = i * 977 + (uint32_t)form;
            forms[form].put(&text, odds[i % 4]);
            compare(forms[form].path, gb_buf_str(&text), forms[form].at_once);
            gb_buf_release(&text);
        }
    }
}

TEST(scans_agree)
{
    char bytes[3 * GB_SCAN_BLOCK + 16];
    struct gb_byte_class class;
    uint64_t bits[3];

    gb_byte_class_init(&class, "\n,\"]{~");
    for (uint32_t round = 0; round < 300; round++) {
        seed = round;
        for (size_t i = 0; i < sizeof(bytes); i++)
            bytes[i] = (char)(chance(3) ? (round % 2 ? "\n,\"]{~a0" : "\n,\"]aab0")[chance(8)]
                                        : (char)(chance(256) & (round % 2 ? 0xFF : 0x8F)));
        gb_scan_class(bytes, 3, &class, bits);
        for (size_t i = 0; i < sizeof(bytes) - 16; i++)
            assert_int_equal(bits[i / 64] >> (i % 64) & 1, bytes[i] && strchr("\n,\"]{~", bytes[i]) != NULL);
        gb_scan_pairs(bytes, 3, ',', 'a', 6, bits);
        for (size_t i = 0; i < sizeof(bytes) - 16; i++)
            assert_int_equal(bits[i / 64] >> (i % 64) & 1, bytes[i] == ',' && bytes[i + 6] == 'a');
    }
}
