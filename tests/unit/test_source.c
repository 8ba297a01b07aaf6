/* Charsets, flaws, lines and places of a draft's bytes; reading files. */
#include "source/source.h"

#include "text/utf8.h"
#include "unit.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* A source with one file. */
struct fixture {
    struct gb_arena arena;
    struct gb_source source;
    struct gb_source_file *file;
};

static void
open_bytes(struct fixture *f, struct gb_str bytes)
{
    f->arena = GB_ARENA_ZERO;
    gb_source_init(&f->source, &f->arena);
    f->file = gb_source_add(&f->source, "draft.md", gb_arena_copy(&f->arena, bytes));
}

static void
close_bytes(struct fixture *f)
{
    gb_arena_release(&f->arena);
}

static void
assert_text(struct gb_str got, struct gb_str expected)
{
    if (!gb_str_eq(got, expected))
        fail_msg("got \"%.*s\" (%zu bytes), expected \"%.*s\" (%zu bytes)", GB_FMT(got), got.len, GB_FMT(expected),
                 expected.len);
}

static void
assert_place(const struct fixture *f, uint32_t offset, uint32_t line, uint32_t column, uint64_t byte)
{
    struct gb_place p = gb_source_place(&f->source, offset);

    if (p.line != line || p.column != column || p.byte != byte)
        fail_msg("offset %u: got %u:%u byte %llu, expected %u:%u byte %llu", offset, p.line, p.column,
                 (unsigned long long)p.byte, line, column, (unsigned long long)byte);
    assert_int_equal(gb_source_line(&f->source, offset), line);
}

/* --- Charsets --- */

/* "图1　甲" in each charset; 𠀀 and € are four bytes of GB 18030, 𠀀 is a surrogate pair of UTF-16. */
#define SAMPLE "图1　甲𠀀€\n"
#define IN_GB                                                                                                          \
    "\xCD\xBC"                                                                                                         \
    "1"                                                                                                                \
    "\xA1\xA1\xBC\xD7\x95\x32\x82\x36\xA2\xE3\n"
#define IN_LE                                                                                                          \
    "\xFE\x56"                                                                                                         \
    "1\0"                                                                                                              \
    "\0\x30"                                                                                                           \
    "\x32\x75"                                                                                                         \
    "\x40\xD8\0\xDC"                                                                                                   \
    "\xAC\x20"                                                                                                         \
    "\n\0"
#define IN_BE                                                                                                          \
    "\x56\xFE"                                                                                                         \
    "\0"                                                                                                               \
    "1"                                                                                                                \
    "\x30\0"                                                                                                           \
    "\x75\x32"                                                                                                         \
    "\xD8\x40\xDC\0"                                                                                                   \
    "\x20\xAC"                                                                                                         \
    "\0\n"

TEST(tells_charsets)
{
    static const struct {
        struct gb_str bytes;
        enum gb_charset charset;
        bool has_bom;
        const char *text;
    } rows[] = {
        {GB_STR(""), GB_CHARSET_UTF_8, false, ""},
        {GB_STR("\xEF\xBB\xBF"), GB_CHARSET_UTF_8, true, ""},
        {GB_STR("\xFF\xFE"), GB_CHARSET_UTF_16LE, true, ""},
        {GB_STR("\xFE\xFF"), GB_CHARSET_UTF_16BE, true, ""},
        {GB_STR("\x84\x31\x95\x33"), GB_CHARSET_GB18030, true, ""},
        {GB_STR("1 Scope\n"), GB_CHARSET_UTF_8, false, "1 Scope\n"},
        {GB_STR(SAMPLE), GB_CHARSET_UTF_8, false, SAMPLE},
        {GB_STR("\xEF\xBB\xBF" SAMPLE), GB_CHARSET_UTF_8, true, SAMPLE},
        {GB_STR("a × b, 20 °C ± 2 °C, Müller\n"), GB_CHARSET_UTF_8, false, "a × b, 20 °C ± 2 °C, Müller\n"},
        {GB_STR("图\uFFFD\uFFFD示\uFFFD\n"), GB_CHARSET_UTF_8, false, "图\uFFFD\uFFFD示\uFFFD\n"},
        {GB_STR("图\xFF\uFFFD示"), GB_CHARSET_UTF_8, false, "图\x1A\uFFFD示"},
        {GB_STR(IN_GB), GB_CHARSET_GB18030, false, SAMPLE},
        {GB_STR("\x84\x31\x95\x33" IN_GB), GB_CHARSET_GB18030, true, SAMPLE},
        {GB_STR(IN_LE), GB_CHARSET_UTF_16LE, false, SAMPLE},
        {GB_STR(IN_BE), GB_CHARSET_UTF_16BE, false, SAMPLE},
        {GB_STR("\xFF\xFE" IN_LE), GB_CHARSET_UTF_16LE, true, SAMPLE},
        {GB_STR("\xFE\xFF" IN_BE), GB_CHARSET_UTF_16BE, true, SAMPLE},
        {GB_STR("#\0 \0A\0\n\0"), GB_CHARSET_UTF_16LE, false, "# A\n"},
        {GB_STR("\0#\0 \0A\0\n"), GB_CHARSET_UTF_16BE, false, "# A\n"},
        /* U+FFFD, U+FE10 and U+9FB4 in GB 18030. */
        {GB_STR("\xCD\xBC\x84\x31\xA4\x37\xA6\xD9\xFE\x59"), GB_CHARSET_GB18030, false, "图\uFFFD\uFE10\u9FB4"},
        /* Valid as UTF-8, but not what the declaration says. */
        {GB_STR("<?xml version='1.0' encoding=\"GB2312\"?><a>\xC4\xBF</a>"), GB_CHARSET_GB18030, false,
         "<?xml version='1.0' encoding=\"GB2312\"?><a>目</a>"},
        {GB_STR("<?xml version='1.0' encoding=\"GB2312\"?><a>目</a>"), GB_CHARSET_UTF_8, false,
         "<?xml version='1.0' encoding=\"GB2312\"?><a>目</a>"},
    };

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct fixture f;
        open_bytes(&f, rows[i].bytes);
        if (f.file->charset != rows[i].charset)
            fail_msg("row %zu: got %s, expected %s", i, gb_charset_name(f.file->charset),
                     gb_charset_name(rows[i].charset));
        assert_int_equal(f.file->has_bom, rows[i].has_bom);
        assert_text(f.file->text, gb_str_from(rows[i].text));
        assert_text(f.file->stored, rows[i].bytes);
        assert_int_equal(gb_source_place(&f.source, (uint32_t)f.file->text.len).byte, rows[i].bytes.len);
        close_bytes(&f);
    }
}

TEST(refuses_what_is_no_text)
{
    unsigned char noise[4096];
    uint32_t seed = 1;
    static const struct gb_str magic[] = {
        GB_STR("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0"),
        GB_STR("PK\3\4\x14\0\0\0\x08\0\xE6"),
        GB_STR("\x7F"
               "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0>\0"),
        GB_STR("\xFF\xFE\0\0A\0\0\0B\0\0\0"),
        GB_STR("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
    };

    for (size_t i = 0; i < sizeof(noise); i++) {
        seed = seed * 1664525 + 1013904223;
        noise[i] = (unsigned char)(seed >> 24);
    }
    for (size_t i = 0; i < GB_COUNT(magic) + 3; i++) {
        static const size_t lengths[] = {128, 1000, 4096};
        struct gb_str bytes =
            i < GB_COUNT(magic) ? magic[i] : (struct gb_str){(const char *)noise, lengths[i - GB_COUNT(magic)]};
        struct fixture f;
        open_bytes(&f, bytes);
        if (f.file->charset != GB_CHARSET_UNKNOWN)
            fail_msg("row %zu: got %s", i, gb_charset_name(f.file->charset));
        assert_int_equal(f.file->text.len, 0);
        assert_int_equal(f.file->n_flaws, 0);
        assert_int_equal(f.file->n_lines, 1);
        assert_place(&f, 0, 1, 1, 0);
        assert_text(f.file->stored, bytes);
        close_bytes(&f);
    }
}

/* Real prose of a draft, of the length of several reads. */
static const char prose[] =
    "前　　言\n\n本标准依据GB/T 1.1—2009的有关规定编制。\n\n"
    "本标准规定社会保险经办服务标准化工作的基本要求、总体原则、标准化管理和实施体系、标准体系、标准实施、监督指导。\n\n"
    "## 3 基本要求\n\n3.1 应建立健全标准化工作机构，明确职责，配备人员。\n\n"
    "a）经办服务应以服务对象为中心；\nb）应收集国家、行业标准，并定期更新。\n\n注：流程图符号见图A.1。\n";

static bool
convert(const char *charset, struct gb_str text, char *out, size_t room, size_t *out_len)
{
    iconv_t cd = iconv_open(charset, "UTF-8");
    char *in = (char *)(uintptr_t)text.ptr, *end = out;
    size_t left = text.len;

    if (cd == (iconv_t)-1)
        return false;
    size_t result = iconv(cd, &in, &left, &end, &room);
    iconv_close(cd);
    *out_len = (size_t)(end - out);
    return result != (size_t)-1;
}

/* Wherever prose is cut off at its end, its charset is told; the cut shows as at most one flaw, at the end. */
TEST(tells_charsets_of_cut_text)
{
    static const struct {
        const char *name;
        enum gb_charset charset;
    } rows[] = {
        {"UTF-8", GB_CHARSET_UTF_8},
        {"GB18030", GB_CHARSET_GB18030},
        {"UTF-16LE", GB_CHARSET_UTF_16LE},
        {"UTF-16BE", GB_CHARSET_UTF_16BE},
    };
    static char bytes[2 * sizeof(prose)];

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        size_t len;
        if (!convert(rows[i].name, gb_str_from(prose), bytes, sizeof(bytes), &len)) {
            print_message("left out: iconv does not know %s\n", rows[i].name);
            continue;
        }
        for (size_t n = 20; n <= len; n++) {
            struct fixture f;
            open_bytes(&f, (struct gb_str){bytes, n});
            if (f.file->charset != rows[i].charset)
                fail_msg("%s cut to %zu bytes: got %s", rows[i].name, n, gb_charset_name(f.file->charset));
            assert_true(f.file->n_flaws <= 1);
            if (f.file->n_flaws)
                assert_int_equal(f.file->flaws[0].span.end, f.file->text.len);
            size_t whole = f.file->text.len - (f.file->n_flaws ? f.file->flaws[0].stored_len : 0);
            assert_text(gb_str_sub(f.file->text, 0, whole), gb_str_sub(gb_str_from(prose), 0, whole));
            close_bytes(&f);
        }
    }
}

/* Text of one charset stays text of that charset when single bytes of it are spoilt. */
TEST(tells_charsets_of_spoilt_text)
{
    static char bytes[2 * sizeof(prose)];
    static const struct {
        const char *name;
        enum gb_charset charset;
    } rows[] = {{"UTF-8", GB_CHARSET_UTF_8}, {"GB18030", GB_CHARSET_GB18030}};

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        size_t len;
        if (!convert(rows[i].name, gb_str_from(prose), bytes, sizeof(bytes), &len))
            continue;
        for (size_t at = 0; at + 40 < len; at++) {
            struct fixture f;
            char kept = bytes[at];
            bytes[at] = (char)0xFF;
            open_bytes(&f, (struct gb_str){bytes, at + 40});
            assert_int_equal(f.file->charset, rows[i].charset);
            assert_true(f.file->n_flaws >= 1);
            close_bytes(&f);
            bytes[at] = kept;
        }
    }
}

/* Every two-byte code, and the four-byte codes of the Basic Multilingual Plane, mean what the C library says. */
TEST(decodes_gb18030_like_iconv)
{
    iconv_t cd = iconv_open("UTF-8", "GB18030");
    unsigned differing = 0;

    if (cd == (iconv_t)-1) {
        print_message("left out: iconv does not know GB18030\n");
        return;
    }
    for (unsigned lead = 0x81; lead <= 0xFE; lead++) {
        for (unsigned trail = 0x30; trail <= 0xFE; trail++) {
            /* The mark at the beginning settles the charset. */
            char stored[8] = {'\x84', '\x31', '\x95', '\x33', (char)lead, (char)trail, '\x81', '\x30'};
            bool quad = trail <= 0x39;
            if ((quad && lead > 0x84) || (trail > 0x39 && trail < 0x40) || trail == 0x7F)
                continue;
            for (unsigned third = 0x81; third <= (quad ? 0xFEu : 0x81u); third++) {
                char expected[8], *in = stored + 4, *out = expected;
                size_t left = quad ? 4 : 2, room = sizeof(expected);
                stored[6] = (char)third;
                struct fixture f;
                open_bytes(&f, (struct gb_str){stored, 4 + left});
                bool valid = iconv(cd, &in, &left, &out, &room) != (size_t)-1;
                struct gb_str text = {expected, (size_t)(out - expected)};
                differing += valid != (f.file->n_flaws == 0) || (valid && !gb_str_eq(f.file->text, text));
                close_bytes(&f);
                iconv(cd, NULL, NULL, NULL, NULL);
            }
        }
    }
    iconv_close(cd);
    /* In 2022, 18 private characters moved from two-byte to four-byte codes, which not every C library knows. */
    assert_in_range(differing, 0, 18);
}

/* --- Flaws --- */

/* What is written back reads as the same character, in every charset. */
TEST(encodes_what_it_decodes)
{
    static const enum gb_charset charsets[] = {GB_CHARSET_GB18030, GB_CHARSET_UTF_16LE, GB_CHARSET_UTF_16BE};
    static const struct gb_str samples[] = {GB_STR(IN_GB), GB_STR(IN_LE), GB_STR(IN_BE)};
    static const char *const before[] = {"\xCD\xBC", "\xFE\x56", "\x56\xFE"};
    struct gb_buf out = {0};

    for (size_t k = 0; k < GB_COUNT(charsets); k++) {
        out.len = 0;
        assert_true(gb_encode(charsets[k], GB_STR(SAMPLE), &out));
        assert_text(gb_buf_str(&out), samples[k]);
        for (uint32_t c = 0x80; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 251) {
            char utf8[4];
            struct gb_str character = {utf8, gb_utf8_put(utf8, c)};
            if (c >= 0xD800 && c < 0xE000)
                continue;
            out.len = 0;
            gb_buf_add(&out, (struct gb_str){before[k], 2});
            assert_true(gb_encode(charsets[k], GB_STR("表"), &out));
            if (!gb_encode(charsets[k], character, &out))
                fail_msg("%s has no code for U+%04X", gb_charset_name(charsets[k]), c);
            assert_true(gb_encode(charsets[k], GB_STR("图标准的规定"), &out));
            struct fixture f;
            open_bytes(&f, gb_buf_str(&out));
            assert_text(gb_str_sub(f.file->text, 6, 6 + character.len), character);
            close_bytes(&f);
        }
    }
    gb_buf_release(&out);
}

TEST(keeps_clean_text_in_place)
{
    struct fixture f;

    open_bytes(&f, GB_STR("\xEF\xBB\xBF范围\r\n"));
    assert_ptr_equal(f.file->text.ptr, f.file->stored.ptr + 3);
    assert_int_equal(f.file->n_flaws, 0);
    close_bytes(&f);
}

TEST(finds_flaws)
{
    static const struct {
        struct gb_str bytes;
        const char *text;
        struct gb_flaw flaws[4];
        uint32_t n;
    } rows[] = {
        {GB_STR("经办\xE5\x8A服务\n"), "经办\x1A\x1A服务\n", {{{6, 8}, 6, 2, false}}, 1},
        {GB_STR("\xFD\xFF\xFE经办服务\n"), "\x1A\x1A\x1A经办服务\n", {{{0, 3}, 0, 3, false}}, 1},
        {GB_STR("经办服务\xE5"), "经办服务\x1A", {{{12, 13}, 12, 1, false}}, 1},
        {GB_STR("经办\x80\n\x80服务\n"), "经办\x1A\n\x1A服务\n", {{{6, 7}, 6, 1, false}, {{8, 9}, 8, 1, false}}, 2},
        {GB_STR("经\0\0办\xED\xA0\x80\0服务机构\n"),
         "经\x1A\x1A办\x1A\x1A\x1A\x1A服务机构\n",
         {{{3, 5}, 3, 2, true}, {{8, 11}, 8, 3, false}, {{11, 12}, 11, 1, true}},
         3},
        {GB_STR("\xEF\xBB\xBF经\xFF办\n"), "经\x1A办\n", {{{3, 4}, 6, 1, false}}, 1},
        /* GB 18030: a lead byte before a line end, 80 and FF, a four-byte code that stands for nothing. */
        {GB_STR("\xBE\xAD\xB0\xEC\xB0\n\xB7\xFE\xCE\xF1\x80\xFF\n\xB7\xFE\xE3\x32\x9A\x36"),
         "经办\x1A\n服务\x1A\x1A\n服\x1A"
         "2\x1A"
         "6",
         {{{6, 7}, 4, 1, false}, {{14, 16}, 10, 2, false}, {{20, 21}, 15, 1, false}, {{22, 23}, 17, 1, false}},
         4},
        /* UTF-16: a low and a high surrogate without the other, a NUL, an odd last byte. */
        {GB_STR("\xFF\xFE\x00\xDC\xCF\x7E\x00\xD8\x00\xD8\x9E\x52\0\0\x2C\x67\x07\x68\xC6\x51\n\0x"),
         "\x1A\x1A经\x1A\x1A\x1A\x1A办\x1A\x1A本标准\n\x1A",
         {{{0, 2}, 2, 2, false}, {{5, 9}, 6, 4, false}, {{12, 14}, 12, 2, true}, {{24, 25}, 22, 1, false}},
         4},
    };

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct fixture f;
        open_bytes(&f, rows[i].bytes);
        assert_text(f.file->text, gb_str_from(rows[i].text));
        assert_int_equal(f.file->n_flaws, rows[i].n);
        for (uint32_t k = 0; k < rows[i].n; k++) {
            const struct gb_flaw *got = &f.file->flaws[k], *expected = &rows[i].flaws[k];
            assert_int_equal(got->span.begin, expected->span.begin);
            assert_int_equal(got->span.end, expected->span.end);
            assert_int_equal(got->stored, expected->stored);
            assert_int_equal(got->stored_len, expected->stored_len);
            assert_int_equal(got->is_nul, expected->is_nul);
            assert_int_equal(gb_source_place(&f.source, got->span.begin).byte, got->stored);
        }
        close_bytes(&f);
    }
}

/* --- Lines --- */

TEST(splits_lines)
{
    static const struct {
        const char *text;
        const char *lines[5];
        uint32_t n, n_lf, n_crlf, n_cr;
    } rows[] = {
        {"", {""}, 1, 0, 0, 0},
        {"a", {"a"}, 1, 0, 0, 0},
        {"\n", {""}, 1, 1, 0, 0},
        {"\r", {""}, 1, 0, 0, 1},
        {"\r\n", {""}, 1, 0, 1, 0},
        {"\n\n", {"", ""}, 2, 2, 0, 0},
        {"\r\r\n", {"", ""}, 2, 0, 1, 1},
        {"\n\r", {"", ""}, 2, 1, 0, 1},
        {"甲\n乙\r\n丙\r丁", {"甲", "乙", "丙", "丁"}, 4, 1, 1, 1},
        {"甲\r\r乙\n\n", {"甲", "", "乙", ""}, 4, 2, 0, 2},
        {"甲\r\n\r\n乙\r\n", {"甲", "", "乙"}, 3, 0, 3, 0},
        {"甲\r\n乙\r", {"甲", "乙"}, 2, 0, 1, 1},
        {"甲\u2028乙\x0B\x0C丙\n", {"甲\u2028乙\x0B\x0C丙"}, 1, 1, 0, 0},
    };

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct fixture f;
        open_bytes(&f, gb_str_from(rows[i].text));
        assert_int_equal(f.file->n_lines, rows[i].n);
        assert_int_equal(f.file->n_lf, rows[i].n_lf);
        assert_int_equal(f.file->n_crlf, rows[i].n_crlf);
        assert_int_equal(f.file->n_cr, rows[i].n_cr);
        for (uint32_t line = 1; line <= rows[i].n; line++) {
            assert_text(gb_source_line_text(f.file, line), gb_str_from(rows[i].lines[line - 1]));
            struct gb_span span = gb_source_line_span(f.file, line);
            assert_text(gb_source_text(&f.source, span), gb_str_from(rows[i].lines[line - 1]));
            assert_int_equal(gb_source_line(&f.source, span.begin), line);
            assert_int_equal(gb_source_line(&f.source, span.end), line);
        }
        close_bytes(&f);
    }
}

/* --- Places --- */

TEST(finds_places)
{
    struct fixture f;

    open_bytes(&f, GB_STR("\xEF\xBB\xBF甲a\r\n𠀀乙\n"));
    assert_place(&f, 0, 1, 1, 3);
    assert_place(&f, 1, 1, 1, 3); /* inside 甲 */
    assert_place(&f, 3, 1, 2, 6);
    assert_place(&f, 4, 1, 3, 7); /* CR */
    assert_place(&f, 5, 1, 4, 8); /* LF */
    assert_place(&f, 6, 2, 1, 9);
    assert_place(&f, 10, 2, 2, 13);
    assert_place(&f, 13, 2, 3, 16);
    assert_place(&f, 14, 2, 4, 17); /* the very end */
    assert_place(&f, 99, 2, 4, 17);
    close_bytes(&f);

    open_bytes(&f, GB_STR(""));
    assert_place(&f, 0, 1, 1, 0);
    close_bytes(&f);
}

TEST(counts_a_flaw_as_one_column)
{
    struct fixture f;

    open_bytes(&f, GB_STR("\xFF\xFF\xFF甲\0\0乙\x80\n\x80丙\xE5\x8A\n本标准规定了经办服务的要求。"));
    assert_place(&f, 0, 1, 1, 0);
    assert_place(&f, 2, 1, 1, 0); /* inside the flaw */
    assert_place(&f, 3, 1, 2, 3);
    assert_place(&f, 6, 1, 3, 6);
    assert_place(&f, 8, 1, 4, 8);
    assert_place(&f, 11, 1, 5, 11);
    assert_place(&f, 12, 1, 6, 12);
    assert_place(&f, 13, 2, 1, 13);
    assert_place(&f, 14, 2, 2, 14);
    assert_place(&f, 17, 2, 3, 17);
    assert_place(&f, 19, 2, 4, 19);
    close_bytes(&f);
}

/* Bytes are counted as stored, in all charsets; the text of SAMPLE twice, after a mark. */
TEST(counts_stored_bytes)
{
    static const struct {
        struct gb_str bytes;
        uint64_t stored[8]; /* of each character of the second line, and of the end */
    } rows[] = {
        {GB_STR("\x84\x31\x95\x33" IN_GB IN_GB), {18, 20, 21, 23, 25, 29, 31, 32}},
        {GB_STR("\xFF\xFE" IN_LE IN_LE), {18, 20, 22, 24, 26, 30, 32, 34}},
        {GB_STR("\xFE\xFF" IN_BE IN_BE), {18, 20, 22, 24, 26, 30, 32, 34}},
    };
    static const uint32_t offsets[] = {0, 3, 4, 7, 10, 14, 17, 18};

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct fixture f;
        open_bytes(&f, rows[i].bytes);
        assert_text(f.file->text, GB_STR(SAMPLE SAMPLE));
        for (uint32_t k = 0; k < GB_COUNT(offsets); k++)
            assert_place(&f, 18 + offsets[k], 2, k + 1, rows[i].stored[k]);
        assert_place(&f, 18 + 12, 2, 5, rows[i].stored[4]); /* inside 𠀀 */
        close_bytes(&f);
    }
}

/* In a line that is longer than the marks are apart, each place is what counting from its beginning gives. */
TEST(finds_places_in_long_lines)
{
    static const char *const units[] = {"甲a", "𠀀", "甲乙丙丁\xFF戊己庚\xE5\x8A", "ab"};
    enum { LENGTH = 30000 };
    char *bytes = gb_alloc(LENGTH);

    for (size_t i = 0; i < GB_COUNT(units); i++) {
        size_t n = strlen(units[i]), len = 0;
        memcpy(bytes, "标\n", 4);
        for (len = 4; len + n + 4 <= LENGTH; len += n)
            memcpy(bytes + len, units[i], n);
        memcpy(bytes + len, "\n末", 4);
        len += 4;
        struct fixture f;
        open_bytes(&f, (struct gb_str){bytes, len});
        assert_int_equal(f.file->charset, GB_CHARSET_UTF_8);
        uint32_t column = 1, flaw = 0;
        for (size_t at = 4; at + 4 < len;) {
            assert_place(&f, (uint32_t)at, 2, column, at);
            if (flaw < f.file->n_flaws && f.file->flaws[flaw].span.begin == at)
                at = f.file->flaws[flaw++].span.end;
            else
                gb_utf8_at(f.file->text, at, &at);
            column++;
        }
        assert_place(&f, (uint32_t)len - 3, 3, 1, len - 3);
        close_bytes(&f);
    }
    free(bytes);
}

TEST(joins_files)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_source source;
    static const struct gb_str texts[] = {
        GB_STR("\xEF\xBB\xBF甲\n乙"),
        GB_STR(""),
        GB_STR(IN_GB),
        GB_STR("丁\n"),
    };

    gb_source_init(&source, &arena);
    for (size_t i = 0; i < GB_COUNT(texts); i++)
        gb_source_add(&source, i % 2 ? "b.md" : "a.md", texts[i]);
    assert_int_equal(source.n_files, GB_COUNT(texts));
    for (uint32_t i = 0; i < source.n_files; i++) {
        const struct gb_source_file *file = &source.files[i];
        uint32_t end = file->base + (uint32_t)file->text.len;
        assert_ptr_equal(gb_source_file_at(&source, file->base), file);
        assert_ptr_equal(gb_source_file_at(&source, end), file);
        struct gb_place last = gb_source_place(&source, end);
        assert_ptr_equal(last.file, file);
        assert_int_equal(last.line, file->n_lines);
        assert_int_equal(last.byte, texts[i].len);
        assert_text(gb_source_text(&source, (struct gb_span){file->base, end}), file->text);
        assert_text(gb_source_text(&source, gb_source_line_span(file, file->n_lines)),
                    gb_source_line_text(file, file->n_lines));
    }
    assert_int_equal(source.files[0].base, 0);
    struct gb_place place = gb_source_place(&source, source.files[2].base + 4);
    assert_int_equal(place.line, 1);
    assert_int_equal(place.column, 3);
    assert_int_equal(place.byte, 3);
    gb_arena_release(&arena);
}

/* --- Files --- */

static void
write_file(const char *path, struct gb_str bytes)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
}

TEST(reads_files)
{
    static const size_t lengths[] = {0, 1, 13413, 65536, 300000};
    char folder[] = "/tmp/gblint-test-XXXXXX", path[64], missing[64];
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_error error;
    struct gb_str got;

    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/a.md", folder);
    snprintf(missing, sizeof(missing), "%s/b.md", folder);
    for (size_t i = 0; i < GB_COUNT(lengths); i++) {
        char *bytes = gb_arena_alloc(&arena, lengths[i]);
        memset(bytes, 'x', lengths[i]);
        write_file(path, (struct gb_str){bytes, lengths[i]});
        assert_true(gb_read_file(path, &arena, &got, &error));
        assert_text(got, (struct gb_str){bytes, lengths[i]});
    }

    assert_false(gb_read_file(missing, &arena, &got, &error));
    assert_string_equal(error.path, missing);
    assert_string_equal(error.message, "不能打开：No such file or directory");
    assert_false(gb_read_file(folder, &arena, &got, &error));
    assert_string_equal(error.message, "不能读取：Is a directory");
    assert_int_equal(truncate(path, (off_t)1 << 31), 0);
    assert_false(gb_read_file(path, &arena, &got, &error));
    assert_string_equal(error.message, "不能读取：大于2 GB");
    gb_errors_are_english = true;
    assert_false(gb_read_file(path, &arena, &got, &error));
    assert_string_equal(error.message, "cannot read: larger than 2 GB");
    gb_errors_are_english = false;
    assert_false(gb_read_file(path, &arena, &got, NULL));
    if (geteuid() != 0) {
        assert_int_equal(chmod(path, 0), 0);
        assert_false(gb_read_file(path, &arena, &got, &error));
        assert_string_equal(error.message, "不能打开：Permission denied");
    }

    unlink(path);
    rmdir(folder);
    gb_arena_release(&arena);
}

TEST(reads_streams)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_error error;
    struct gb_str got;
    int ends[2], kept = dup(STDIN_FILENO);

    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "经办", 6), 6);
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    assert_true(gb_read_file("-", &arena, &got, &error));
    assert_text(got, GB_STR("经办"));
    dup2(kept, STDIN_FILENO);
    close(kept);
    gb_arena_release(&arena);
}
