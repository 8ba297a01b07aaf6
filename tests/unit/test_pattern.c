/* Patterns: keys taken from them, bounds, windows; and the table of literals. */
#include "rule/literal_priv.h"
#include "rule/pattern_priv.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Keys joined by commas; "-" when there are none. */
TEST(takes_keys)
{
    static const struct {
        const char *pattern, *keys;
    } rows[] = {
        {"必须", "必须"},
        {"应当?按", "应"},
        {"(?:必须|务必)做", "必须做,务必做"},
        {"[应宜]当", "应当,宜当"},
        {"[应宜]", "应,宜"},
        {"\\d+工作日", "工作日"},
        {"\\d+(\\.\\d+)?%", "%"},
        {"GB/T\\s*\\d+", "GB/T"},
        {"(?i)gb\\d+号", "号"},
        {"(?i)gb", "-"},
        {"\\d+", "-"},
        {"[^应]", "-"},
        {"[一-龥]+", "-"},
        {"(a|b)?c+", "c"},
        {"(?<!不)应(?!急)", "应"},
        {"(?=.*必须)x?", "必须"},
        {"a{0,3}b{2}", "b"},
        {"甲|\\d", "-"},
        {"^第(?<n>[一二三])章", "第一章,第二章,第三章"},
        {"(?:(?:甲|乙)丙){2,}丁", "甲丙,乙丙"},
        {"甲.*乙丙丁", "乙丙丁"},
        {"\\p{Han}、", "、"},
        {"[[:alpha:]]号", "号"},
        {"应\\b宜", "应宜"},
    };

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct gb_buf keys = {0};
        bool opens;

        if (!gb_pattern_keys(gb_str_from(rows[i].pattern), &keys, &opens))
            gb_buf_add(&keys, (struct gb_str){"-", 2});
        for (size_t k = 0; k + 1 < keys.len; k++)
            keys.ptr[k] = keys.ptr[k] ? keys.ptr[k] : ',';
        if (strcmp(keys.ptr, rows[i].keys) != 0)
            fail_msg("%s: got %s, expected %s", rows[i].pattern, keys.ptr, rows[i].keys);
        gb_buf_release(&keys);
    }
}

/* Are the keys what each match begins with? */
TEST(knows_openings)
{
    static const struct {
        const char *pattern, *key;
        bool opens;
    } rows[] = {
        {"必须", "必须", true},
        {"必须", "必", true},
        {"必须", "须", false},
        {"(?:必须|必然)做?", "必", true},
        {"(?!必须要)(?<!不)必须", "必须", true},
        {"(?=.应)必须", "必须", true},
        {"(?:不)?必须", "必须", false},
        {"必须|务必", "必须", false},
        {"必+须", "必", true},
        {"(必须|必)(甲|乙)?丙", "必", true},
        {"\\b必须", "必须", true},
        {"\\d必须", "必须", false},
        {"(?1)必须", "必须", false},
        {"(?i)iso", "iso", false},
        {"\\G必须", "必须", false},
        {"[必须]要", "必", false},
    };

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct gb_str key = gb_str_from(rows[i].key);

        if (gb_pattern_opens(gb_str_from(rows[i].pattern), &key, 1) != rows[i].opens)
            fail_msg("%s: expected %d", rows[i].pattern, rows[i].opens);
    }
}

TEST(finds_faults)
{
    static const struct {
        const char *pattern;
        size_t at;
    } rows[] = {{"(应", 4}, {"应[宜", 7}, {"*应", 0}, {"x*", 2}, {"(?<=a+)b", 0}};

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        char message[200] = "";
        size_t at = 0;
        bool is_good = gb_pattern_check(gb_str_from(rows[i].pattern), message, sizeof(message), &at);

        if (is_good || (rows[i].at && at != rows[i].at))
            fail_msg("%s: %s at %zu", rows[i].pattern, message, at);
    }
}

TEST(matches_groups)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_str text = GB_STR("见GB/T 1.1—2020，5.2。");
    struct gb_pattern *pattern = gb_pattern_new(&arena, GB_STR("(GB(/T)?) (\\d+)(Z)?"));
    struct gb_matcher matcher = {0};
    struct gb_match match;

    for (int round = 0; round < 400; round++) { /* past the point where it is compiled to machine code */
        assert_true(gb_pattern_match(pattern, &matcher, text, 0, &match));
        assert_int_equal(match.begin, 3);
        assert_int_equal(match.end, 9);
        assert_int_equal(match.n_groups, 3);
        assert_true(gb_str_is(match.groups[0], "GB/T"));
        assert_true(gb_str_is(match.groups[2], "1"));
        assert_false(gb_pattern_match(pattern, &matcher, text, match.end, &match));
    }
    gb_matcher_release(&matcher);
    gb_pattern_release(pattern);
    gb_arena_release(&arena);
}

/* What all matches begin with; literals past the limit are cut to their first characters. */
TEST(finds_openers)
{
    static const struct {
        const char *pattern, *openers;
    } rows[] = {
        {"(?:应|宜)当", "应当 宜当 "},
        {"(?<![除有])无不|非.*不可", "无不 非 "},
        {"见\\s*\\K第|第", "见 第 "},
        {"(?x) 应 当 # 应 | 可 \n | 宜 *", ""},
        {"(?x) 应 当 # 可 \n | 宜 +", "应当 宜 "},
        {"\\d+", ""},
        {"[一二三四五六七八九十]月|[一二三四五六七八九十]日|[一二三四五六七八九十]年|[一二三四五六七八九十]个",
         "一 二 三 四 五 六 七 八 九 十 "},
    };

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct gb_buf found = {0}, shown = {0};

        gb_pattern_openers(gb_str_from(rows[i].pattern), &found);
        gb_buf_puts(&shown, "");
        for (size_t at = 0; at < found.len; at++)
            gb_buf_add_char(&shown, found.ptr[at] ? found.ptr[at] : ' ');
        if (!gb_str_is(gb_buf_str(&shown), rows[i].openers))
            fail_msg("%s: got %.*s, expected %s", rows[i].pattern, GB_FMT(gb_buf_str(&shown)), rows[i].openers);
        gb_buf_release(&found);
        gb_buf_release(&shown);
    }
}

/* Bad patterns end soon, and are counted. */
TEST(is_bounded)
{
    static const char *const patterns[] = {"(a+)+$", "(?:应|宜)*。", "(a|aa)+b", "(.*)*x", "(?:a?){40}a{40}b"};
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_buf text = {0};

    for (int i = 0; i < 40000; i++)
        gb_buf_add_char(&text, 'a');
    for (int i = 0; i < 6000; i++)
        gb_buf_puts(&text, "应");
    for (size_t i = 0; i < GB_COUNT(patterns); i++) {
        struct gb_pattern *pattern = gb_pattern_new(&arena, gb_str_from(patterns[i]));
        struct gb_matcher matcher = {0};
        struct gb_match match;
        clock_t begin = clock();

        gb_pattern_match(pattern, &matcher, gb_buf_str(&text), 0, &match);
        double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
        if (seconds > 2)
            fail_msg("%s took %.1f s", patterns[i], seconds);
        gb_matcher_release(&matcher);
        gb_pattern_release(pattern);
    }
    gb_buf_release(&text);
    gb_arena_release(&arena);
}

/* A match is found wherever it stands in a long text, across the edges of windows too, and "^" only at its begin. */
TEST(slides_over_long_texts)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_pattern *pattern = gb_pattern_new(&arena, GB_STR("(?<=甲)乙丙丁")),
                      *anchored = gb_pattern_new(&arena, GB_STR("^中"));
    struct gb_matcher matcher = {0};
    struct gb_match match;

    for (size_t at = 0; at < 17000; at += 97) {
        struct gb_buf text = {0};
        for (size_t i = 0; i < at; i++)
            gb_buf_puts(&text, "中");
        gb_buf_puts(&text, "甲乙丙丁");
        for (size_t i = 0; i < 8000; i++)
            gb_buf_puts(&text, "文");
        assert_true(gb_pattern_match(pattern, &matcher, gb_buf_str(&text), 0, &match));
        assert_int_equal(match.begin, 3 * at + 3);
        assert_int_equal(match.end, 3 * at + 12);
        assert_int_equal(gb_pattern_match(anchored, &matcher, gb_buf_str(&text), 0, &match), at > 0);
        gb_buf_release(&text);
    }
    assert_int_equal(matcher.failures, 0);
    gb_matcher_release(&matcher);
    gb_pattern_release(pattern);
    gb_pattern_release(anchored);
    gb_arena_release(&arena);
}

static void
note_hit(void *data, const struct gb_literal_hit *hit)
{
    gb_buf_printf(data, "%u.%u@%zu-%zu ", hit->id, hit->word, hit->begin, hit->end);
}

TEST(scans_literals)
{
    static const struct {
        const char *text, *hits;
    } rows[] = {
        {"应必须做", "1.0@3-9 "},
        {"必须的", "1.0@0-6 "},
        {"必需品", "2.0@0-9 2.1@0-6 "},
        {"5%", "3.0@1-2 "},
        {"kg", "4.0@0-2 "},
        {"k", ""},
        {"", ""},
        {"必", ""},
        {"必必须须", "1.0@3-9 "},
        {"登記必須必需品", "6.2@3-6 6.2@9-12 2.0@12-21 2.1@12-18 "},
        {"要件，目的：1%", "3.0@19-20 "},
        {"𣒌𠀀", ""},
    };
    struct gb_literals literals = {0};
    struct gb_buf table = {0};

    gb_literals_add(&literals, GB_STR("必须"), 1, 0);
    gb_literals_add(&literals, GB_STR("必需"), 2, 1);
    gb_literals_add(&literals, GB_STR("必需品"), 2, 0);
    gb_literals_add(&literals, GB_STR("%"), 3, 0);
    gb_literals_add(&literals, GB_STR("kg"), 4, 0);
    gb_literals_add(&literals, GB_STR(""), 5, 0);
    gb_literals_add(&literals, GB_STR(GB_NONSTANDARD), 6, 2);
    gb_literals_build(&literals, &table);
    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct gb_buf hits = {0};

        gb_buf_puts(&hits, "");
        gb_literals_scan((const uint32_t *)(const void *)table.ptr, gb_str_from(rows[i].text), note_hit, &hits);
        if (!gb_str_is(gb_buf_str(&hits), rows[i].hits))
            fail_msg("%s: got %.*s, expected %s", rows[i].text, GB_FMT(gb_buf_str(&hits)), rows[i].hits);
        gb_buf_release(&hits);
    }
    gb_buf_release(&table);
}
