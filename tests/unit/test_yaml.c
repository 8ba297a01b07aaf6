/* YAML: the subset, places, and what is said of usual mistakes. */
#include "base/yaml.h"

#include "unit.h"
#include <stdio.h>

static const struct gb_yaml *
parse(const char *text, struct gb_arena *arena, struct gb_error *error)
{
    return gb_yaml_parse(gb_str_from(text), "t.yaml", arena, error);
}

TEST(keeps_places)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_error error;
    const struct gb_yaml *root = parse("标题: 中文\n表:\n  - 甲\n  - {键: '乙'}\n", &arena, &error);

    assert_non_null(root);
    assert_int_equal(root->kind, GB_YAML_MAP);
    const struct gb_yaml *title = gb_yaml_get(root, "标题"), *list = gb_yaml_get(root, "表");
    assert_true(gb_str_is(title->text, "中文"));
    assert_int_equal(title->line, 1);
    assert_int_equal(title->column, 5);
    assert_int_equal(title->key->column, 1);
    assert_int_equal(list->n, 2);
    assert_int_equal(list->first->line, 3);
    assert_int_equal(list->first->column, 5);
    const struct gb_yaml *value = gb_yaml_get(list->first->next, "键");
    assert_true(gb_str_is(value->text, "乙"));
    assert_false(value->is_plain);
    assert_int_equal(value->column, 9);
    assert_null(gb_yaml_get(root, "无"));
    gb_arena_release(&arena);
}

TEST(reads_blocks_and_strings)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_error error;
    const struct gb_yaml *root = parse("a: |\n  ## 5 检查\n\n  文\nb: no\nc: '\\d+'\nd:\n", &arena, &error);
    bool value = true;

    assert_true(gb_str_is(gb_yaml_get(root, "a")->text, "## 5 检查\n\n文\n"));
    assert_true(gb_str_is(gb_yaml_get(root, "b")->text, "no"));
    assert_true(gb_yaml_bool(gb_yaml_get(root, "b"), &value));
    assert_false(value);
    assert_true(gb_str_is(gb_yaml_get(root, "c")->text, "\\d+"));
    assert_true(gb_str_is(gb_yaml_get(root, "d")->text, ""));
    gb_arena_release(&arena);
}

TEST(reads_numbers)
{
    static const struct {
        const char *text;
        bool is_number;
        double value;
    } rows[] = {{"12", true, 12}, {"-0.5", true, -0.5}, {"1.25", true, 1.25}, {"", false, 0},
                {".", false, 0},  {"1e3", false, 0},    {"-", false, 0}};

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct gb_yaml node = {.kind = GB_YAML_SCALAR, .text = gb_str_from(rows[i].text)};
        double value = 0;
        assert_int_equal(gb_yaml_number(&node, &value), rows[i].is_number);
        assert_true(value == rows[i].value);
    }
}

/* What must be refused: where, and a piece of what is said. */
TEST(refuses)
{
    static const struct {
        const char *text;
        unsigned line, column;
        const char *says;
    } rows[] = {
        {"标题： 中\nb: c\n", 1, 3, "全角冒号"},
        {"- rule: X\n  标题：中\n  name: y\n", 2, 5, "全角冒号"},
        {"a: \"\\d\"\n", 1, 5, "单引号"},
        {"a: *必须\n", 1, 5, "单引号"},
        {"a: *b\n", 1, 4, "别名"},
        {"a: &b c\n", 1, 4, "锚"},
        {"a: !b c\n", 1, 4, "标签"},
        {"a: 1\n\tb: 2\n", 2, 1, "制表符"},
        {"a: 1\nb: 2\na: 3\n", 3, 1, "第1行"},
        {"<<: {a: 1}\n", 1, 1, "合并键"},
        {"a: 1\n---\nb: 2\n", 2, 1, "一个YAML文档"},
        {"[[[[[[[[[1]]]]]]]]]", 1, 9, "8层"},
        {"a: \"x\n", 2, 1, "引号没有闭合"},
        {"%YAML 1.1\n---\na: b\n", 1, 1, "指令"},
        {"a: b: c\n", 1, 5, "单引号"},
        {"a: \xff\n", 1, 0, "UTF-8"},
        {"? [a]\n: b\n", 1, 3, "键必须是文字"},
        {"a: [b, c\nd: e\n", 2, 0, ""},
        {"a: 1\n  b: 2\n", 2, 0, ""},
        {"- a\nb: c\n", 2, 1, ""},
    };

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct gb_arena arena = GB_ARENA_ZERO;
        struct gb_error error = {0};

        if (parse(rows[i].text, &arena, &error) || error.line != rows[i].line ||
            (rows[i].column && error.column != rows[i].column) || !strstr(error.message, rows[i].says))
            fail_msg("%s\ngot %u:%u %s, expected %u:%u %s", rows[i].text, error.line, error.column, error.message,
                     rows[i].line, rows[i].column, rows[i].says);
        gb_arena_release(&arena);
    }
}

TEST(explains_kinds)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_error error;
    const struct gb_yaml *root = parse("pattern: [应宜]\n", &arena, &error);

    assert_false(gb_yaml_expect(gb_yaml_get(root, "pattern"), GB_YAML_SCALAR, "pattern", "t.yaml", &error));
    assert_int_equal(error.column, 10);
    assert_non_null(strstr(error.message, "单引号"));
    root = parse("标题：中\n", &arena, &error);
    assert_false(gb_yaml_expect(root, GB_YAML_MAP, "配置", "t.yaml", &error));
    assert_non_null(strstr(error.message, "半角冒号"));
    gb_arena_release(&arena);
}

TEST(finds_near_names)
{
    static const char *const names[] = {"level", "message", "name"};

    assert_string_equal(gb_nearest(GB_STR("levle"), names, 3), "level");
    assert_string_equal(gb_nearest(GB_STR("mesage"), names, 3), "message");
    assert_null(gb_nearest(GB_STR("quantum"), names, 3));
}
