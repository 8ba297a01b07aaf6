#include "base/json_read.h"

#include "unit.h"

#include <stdint.h>
#include <stdlib.h>

TEST(reads_values_in_order)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_error error;
    const struct gb_json_value *root =
        gb_json_parse(GB_STR("{\"z\":\"甲\\u4e59\\n\",\"a\":[1,-2.5,true,null,{}],\"大\":false}"), "x.json", 1, &arena,
                      &error);

    assert_non_null(root);
    assert_int_equal(root->kind, GB_JSON_MAP);
    assert_int_equal(root->n, 3);
    assert_true(gb_str_is(root->first->key, "z"));
    assert_true(gb_str_is(gb_json_text(root, "z"), "甲乙\n"));
    const struct gb_json_value *list = gb_json_get(root, "a");
    assert_int_equal(list->n, 5);
    double sum = 0;
    GB_JSON_EACH(item, list)
        sum += item->number;
    assert_true(sum == -1.5);
    assert_true(list->first->next->next->is_true);
    assert_false(gb_json_get(root, "大")->is_true);
    assert_null(gb_json_get(root, "b"));
    assert_null(gb_json_get(list, "a"));
    assert_null(gb_json_text(root, "a").ptr);
    gb_arena_release(&arena);
}

TEST(refuses_what_is_no_json)
{
    static const struct {
        const char *text;
        unsigned line;
    } rows[] = {
        {"", 7},         {"{\"a\":1,\n\"a\":2}", 8}, {"[1,]", 7}, {"{'a':1}", 7}, {"[1]\n\n x", 9},
        {"\"\xff\"", 7}, {"\"\xed\xa0\x80\"", 7},
    };
    struct gb_arena arena = GB_ARENA_ZERO;

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct gb_error error;
        assert_null(gb_json_parse(gb_str_from(rows[i].text), "x.json", 7, &arena, &error));
        assert_int_equal(error.line, rows[i].line);
        assert_string_equal(error.path, "x.json");
    }
    gb_arena_release(&arena);
}

/* Nesting is limited by the library: an error, no fall of the stack. */
TEST(bounds_depth)
{
    static char deep[100000];
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_error error;

    memset(deep, '[', sizeof deep);
    assert_null(gb_json_parse((struct gb_str){deep, sizeof deep}, NULL, 1, &arena, &error));
    memset(deep + 2000, ']', 2000);
    assert_non_null(gb_json_parse((struct gb_str){deep, 4000}, NULL, 1, &arena, &error));
    gb_arena_release(&arena);
}
