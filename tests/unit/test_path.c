#include "app/files/path.h"

#include "unit.h"

TEST(matches_patterns)
{
    static const struct {
        const char *pattern, *path;
        bool matches;
    } cases[] = {
        {"a.md", "a.md", true},
        {"a.md", "x/a.md", true},
        {"a.md", "a.md.bak", false},
        {"*.md", "x/y.md", true},
        {"x/*.md", "x/y.md", true},
        {"x/*.md", "x/z/y.md", false},
        {"x/**/y.md", "x/y.md", true},
        {"x/**/y.md", "x/a/b/y.md", true},
        {"**/y.md", "y.md", true},
        {"x", "x/a/b.md", true},
        {"x/", "x/a.md", true},
        {"x/**", "x/a/b.md", true},
        {"/x", "x/a.md", true},
        {"/x/y", "x/y/a.md", true},
        {"x/y", "a/x/y", false},
        {"?.md", "a.md", true},
        {"?.md", "ab.md", false},
        {"a?b/c", "a/b/c", false},
        {"草案/*", "草案/第1部分.md", true},
        {"", "a.md", false},
        {"/", "a.md", false},
        {"*", "a", true},
        {"**", "a/b", true},
        {"a*b*c", "aXbYc", true},
        {"a*b*c", "aXbY", false},
    };

    for (size_t i = 0; i < GB_COUNT(cases); i++) {
        if (gb_path_matches(cases[i].pattern, cases[i].path) != cases[i].matches)
            fail_msg("“%s” and “%s”: got %d", cases[i].pattern, cases[i].path, !cases[i].matches);
    }
}

TEST(joins_and_parts)
{
    struct gb_arena arena = GB_ARENA_ZERO;

    assert_string_equal(gb_path_join(&arena, ".", "a.md"), "a.md");
    assert_string_equal(gb_path_join(&arena, "x", "a.md"), "x/a.md");
    assert_string_equal(gb_path_join(&arena, "x/", "a.md"), "x/a.md");
    assert_string_equal(gb_path_join(&arena, "x", "/a.md"), "/a.md");
    assert_string_equal(gb_path_folder(&arena, "a.md").ptr, ".");
    assert_string_equal(gb_path_folder(&arena, "x/y/a.md").ptr, "x/y");
    assert_string_equal(gb_path_folder(&arena, "/a.md").ptr, "/");
    gb_arena_release(&arena);
}

TEST(knows_what_lies_inside)
{
    assert_true(gb_path_inside("/a/b", "/a"));
    assert_true(gb_path_inside("/a", "/a"));
    assert_true(gb_path_inside("/a", "/"));
    assert_false(gb_path_inside("/ab", "/a"));
    assert_false(gb_path_inside("/b", "/a"));
}
