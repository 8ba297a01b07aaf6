/* UTF-8, classes, widths and normal forms of characters. */
#include "base/buf.h"
#include "text/chars.h"
#include "text/utf8.h"
#include "unit.h"

TEST(checks_single_sequences)
{
    static const struct {
        const char *bytes;
        size_t length;
    } rows[] = {
        {"A", 1},
        {"\x7F", 1},
        {"\xC2\x80", 2},
        {"\xDF\xBF", 2},
        {"\xE0\xA0\x80", 3},
        {"\xED\x9F\xBF", 3},
        {"\xEE\x80\x80", 3},
        {"\xEF\xBF\xBF", 3},
        {"中", 3},
        {"𠀀", 4},
        {"\xF4\x8F\xBF\xBF", 4},
        {"\xF0\x90\x80\x80", 4},
        {"\x80", 0},
        {"\xBF", 0},
        {"\xC0\x80", 0},
        {"\xC1\xBF", 0},
        {"\xC2", 0},
        {"\xC2"
         "A",
         0},
        {"\xE0\x9F\xBF", 0},
        {"\xED\xA0\x80", 0},
        {"\xED\xBF\xBF", 0},
        {"\xE4\xB8", 0},
        {"\xE4"
         "AB",
         0},
        {"\xF0\x8F\xBF\xBF", 0},
        {"\xF4\x90\x80\x80", 0},
        {"\xF5\x80\x80\x80", 0},
        {"\xF0\xA0\x80", 0},
        {"\xFF", 0},
        {"", 0},
    };

    for (size_t i = 0; i < GB_COUNT(rows); i++)
        assert_int_equal(gb_utf8_valid(rows[i].bytes, strlen(rows[i].bytes)), rows[i].length);
}

/* A fault is found at its place wherever it stands, in fast paths and outside of them. */
TEST(finds_the_first_fault)
{
    static const char *const fillers[] = {"a", "中", "é", "𠀀", "中a", "a中文", "ab,中é", "퐀", "ࠀ"};
    static const char *const faults[] = {"\x80",         "\xE4\xB8", "\xED\xA0\x80",
                                         "\xE0\x80\x80", "\xFF",     "\xF4\x90\x80\x80"};
    char text[640];

    for (size_t f = 0; f < GB_COUNT(fillers); f++) {
        size_t n = strlen(fillers[f]);
        for (size_t count = 0; count * n < 300; count++) {
            for (size_t i = 0; i < count; i++)
                memcpy(text + i * n, fillers[f], n);
            assert_int_equal(gb_utf8_check((struct gb_str){text, count * n}), count * n);
            for (size_t b = 0; b < GB_COUNT(faults); b++) {
                size_t len = count * n + strlen(faults[b]);
                memcpy(text + count * n, faults[b], strlen(faults[b]));
                assert_int_equal(gb_utf8_check((struct gb_str){text, len}), count * n);
                memcpy(text + len, "中中中文字", 15);
                assert_int_equal(gb_utf8_check((struct gb_str){text, len + 15}), count * n);
                for (size_t i = 0; i < 80; i++)
                    memcpy(text + len + i * 3, "中", 3);
                assert_int_equal(gb_utf8_check((struct gb_str){text, len + 240}), count * n);
            }
        }
    }
}

TEST(steps_and_counts)
{
    struct gb_str s = GB_STR("a中é𠀀文字字字b");
    static const uint32_t codes[] = {'a', 0x4E2D, 0xE9, 0x20000, 0x6587, 0x5B57, 0x5B57, 0x5B57, 'b'};
    size_t at = 0;

    assert_int_equal(gb_utf8_count(s), GB_COUNT(codes));
    assert_int_equal(gb_utf8_count(GB_STR("")), 0);
    for (size_t i = 0; i < GB_COUNT(codes); i++) {
        char out[4];
        size_t begin = at, prev;
        assert_int_equal(gb_utf8_at(s, at, &at), codes[i]);
        assert_int_equal(gb_utf8_put(out, codes[i]), at - begin);
        assert_memory_equal(out, s.ptr + begin, at - begin);
        assert_int_equal(gb_utf8_before(s, at, &prev), codes[i]);
        assert_int_equal(prev, begin);
    }
    assert_int_equal(at, s.len);
    assert_int_equal(gb_utf8_before(s, 0, &at), 0);
    assert_int_equal(at, 0);
}

TEST(knows_han)
{
    static const uint32_t han[] = {0x2E80, 0x3005, 0x3007, 0x3021,  0x3400,  0x4DBF,  0x4E00,
                                   0x9FFF, 0xF900, 0xFAD9, 0x20000, 0x2A6DF, 0x30000, 0x323AF};
    static const uint32_t others[] = {0,      'a',    0x2E7F, 0x2FFF, 0x3000, 0x3001,  0x3006,  0x3040,  0x3105,
                                      0x4DC0, 0xA000, 0xAC00, 0xFF0C, 0xFF21, 0x1F600, 0x323B0, 0x10FFFF};

    for (size_t i = 0; i < GB_COUNT(han); i++)
        assert_true(gb_char_is_han(han[i]));
    for (size_t i = 0; i < GB_COUNT(others); i++)
        assert_false(gb_char_is_han(others[i]));
}

/* Traditional characters, radicals, compatibility ideographs; what is in the official table or has no standard form in use stays. */
TEST(knows_standard_forms)
{
    static const struct {
        uint32_t c, form;
        bool is_certain;
    } rows[] = {{U'標', U'标', true},  {U'準', U'准', true},  {U'鍾', U'钟', false}, {0x2F42, U'文', true},
                {0x2EC5, U'见', true}, {0x2F92, U'见', true}, {0xF9D3, U'陆', true}, {0x2F800, 0x4E3D, true}};
    static const uint32_t others[] = {U'标', U'著', U'乾', U'噁', 'a', U'，', 0x20000, 0xFFFF, 0x10FFFF};
    bool is_certain;

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        assert_int_equal(gb_char_standard(rows[i].c, &is_certain), rows[i].form);
        assert_int_equal(is_certain, rows[i].is_certain);
    }
    for (size_t i = 0; i < GB_COUNT(others); i++)
        assert_int_equal(gb_char_standard(others[i], NULL), 0);
}

TEST(knows_small_classes)
{
    static const uint32_t spaces[] = {' ', '\t', '\n', '\r', 0xA0, 0x2000, 0x200A, 0x2028, 0x3000};
    static const uint32_t invisible[] = {0xAD, 0x200B, 0x200D, 0x200F, 0x202E, 0x2060, 0xFEFF};
    const struct gb_str punct = GB_STR("，。；：？！（）、“”‘’《》〈〉【】…—～·「」［］〔〕");

    for (size_t i = 0; i < GB_COUNT(spaces); i++) {
        assert_true(gb_char_is_space(spaces[i]));
        assert_false(gb_char_is_invisible(spaces[i]));
    }
    for (size_t i = 0; i < GB_COUNT(invisible); i++) {
        assert_true(gb_char_is_invisible(invisible[i]));
        assert_false(gb_char_is_space(invisible[i]));
    }
    assert_false(gb_char_is_space('a'));
    assert_false(gb_char_is_space(0x4E00));
    assert_false(gb_char_is_invisible('-'));
    for (size_t at = 0; at < punct.len;)
        assert_true(gb_char_is_cjk_punct(gb_utf8_at(punct, at, &at)));
    assert_false(gb_char_is_cjk_punct(','));
    assert_false(gb_char_is_cjk_punct(0x4E2D));
    assert_false(gb_char_is_cjk_punct(0xFF0D));

    assert_int_equal(gb_char_narrow(0xFF21), 'A');
    assert_int_equal(gb_char_narrow(0xFF5E), '~');
    assert_int_equal(gb_char_narrow(0x3000), ' ');
    assert_int_equal(gb_char_narrow(0x4E00), 0x4E00);
    assert_int_equal(gb_char_digit('7'), 7);
    assert_int_equal(gb_char_digit(0xFF19), 9);
    assert_int_equal(gb_char_digit(0x2460), -1);
    assert_int_equal(gb_char_digit('/'), -1);
    assert_true(gb_char_is_latin('z') && gb_char_is_latin(0xFF3A));
    assert_false(gb_char_is_latin('@') || gb_char_is_latin('[') || gb_char_is_latin(0xE9));
}

TEST(measures_width)
{
    static const struct {
        const char *text;
        unsigned narrow, wide; /* with ambiguous characters 1 and 2 wide */
    } rows[] = {
        {"", 0, 0},
        {"abc", 3, 3},
        {"中文", 4, 4},
        {"，：（", 6, 6},
        {"Ａ１", 4, 4},
        {"—", 1, 2},
        {"“”", 2, 4},
        {"…", 1, 2},
        {"·", 1, 2},
        {"①", 1, 2},
        {"℃", 1, 2},
        {"Ω", 1, 2},
        {"×", 1, 2},
        {"Я", 1, 2},
        {"é", 1, 2},
        {"ñ", 1, 1},
        {"e\u0301", 1, 1},
        {"\u200B", 0, 0},
        {"\uFEFF", 0, 0},
        {"\u00AD", 0, 0},
        {"〇々", 4, 4},
        {"𠀀", 2, 2},
        {"😀", 2, 2},
        {"✅", 2, 2},
        {"☎\uFE0F", 1, 2},
        {"한", 2, 2},
        {"ｱ", 1, 1},
        {"\u3000", 2, 2},
        {"\uFFFD", 1, 2},
        {"\x1A", 1, 1},
        {"GB/T 1.1—2020", 13, 14},
    };

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        assert_int_equal(gb_str_width(gb_str_from(rows[i].text), 1), rows[i].narrow);
        assert_int_equal(gb_str_width(gb_str_from(rows[i].text), 2), rows[i].wide);
    }
}

TEST(normalises)
{
    static const struct {
        const char *from, *to;
    } rows[] = {
        {"", ""},
        {" 目　次\t\n", "目次"},
        {"前\u200B言\uFEFF", "前言"},
        {"a,b;c:d?e!(f)", "a，b；c：d？e！（f）"},
        {"他说\"应\"和\"宜\"。", "他说“应”和“宜”。"},
        {"ＧＢ／Ｔ １．１", "GB／T1．1"},
        {"GB/T 1.1-2009", "GB/T1.1—2009"},
        {"GB/T 1.1 – 2009", "GB/T1.1—2009"},
        {"GB/T 1.1——2009", "GB/T1.1—2009"},
        {"GB/T 1.1—2009", "GB/T1.1—2009"},
        {"GB/T 1.1一2009的", "GB/T1.1—2009的"},
        {"ＧＢ １－２００９", "GB1—2009"},
        {"IEC 60027-1", "IEC60027-1"},
        {"2015-09-10", "2015-09-10"},
        {"0510-85002000", "0510-85002000"},
        {"7-20091", "7-20091"},
        {"第一章", "第一章"},
        {"A-2009", "A-2009"},
        {"①℃½", "①℃½"},
        {"1—", "1—"},
    };

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct gb_buf buf = {0};
        gb_normalise(gb_str_from(rows[i].from), &buf);
        gb_buf_add_char(&buf, '\0');
        assert_string_equal(buf.ptr, rows[i].to);
        assert_true(gb_str_same(gb_str_from(rows[i].from), gb_str_from(rows[i].to)));
        gb_buf_release(&buf);
    }
    assert_false(gb_str_same(GB_STR("目次"), GB_STR("目录")));
    assert_false(gb_str_same(GB_STR("前言"), GB_STR("前")));
    assert_false(gb_str_same(GB_STR("前"), GB_STR("前言")));
}

TEST(counts_han_length)
{
    assert_int_equal(gb_str_han_length(GB_STR("")), 0);
    assert_int_equal(gb_str_han_length(GB_STR("应符合，GB/T 1234的规定。")), 3 + 4 + 3);
    assert_int_equal(gb_str_han_length(GB_STR("ＡＢ中")), 2);
}
