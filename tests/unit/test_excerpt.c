#include "emit/excerpt_priv.h"

#include "unit.h"

/* Draws the line with the place at `words` in it and compares text, indent and carets. */
static void
expect(const char *line, const char *words, unsigned ambiguous, const char *text, unsigned indent, unsigned carets)
{
    struct gb_excerpt e = {0};
    struct gb_str whole = gb_str_from(line);
    size_t begin = *words ? gb_str_find(whole, gb_str_from(words), 0) : 0;

    gb_excerpt_draw(&e, whole, begin, begin + strlen(words), 100, ambiguous);
    gb_buf_add_char(&e.text, '\0');
    assert_string_equal(e.text.ptr, text);
    assert_int_equal(e.indent, indent);
    assert_int_equal(e.carets, carets);
    gb_buf_release(&e.text);
}

TEST(measures_cells)
{
    expect("登记abc", "abc", 1, "登记abc", 4, 3);
    expect("登记abc", "登记", 1, "登记abc", 0, 4);
    expect("“登记”", "登记", 1, "“登记”", 1, 4);
    expect("“登记”", "登记", 2, "“登记”", 2, 4);
    expect("", "", 1, "", 0, 1);
}

TEST(spells_out_what_is_not_seen)
{
    expect("a\tb", "b", 1, "a    b", 5, 1);
    expect("a\xE2\x80\x8B登", "\xE2\x80\x8B", 1, "a<U+200B>登", 1, 8);
    expect("a\x1B[31mb", "b", 1, "a\xE2\x90\x9B[31mb", 6, 1);
    expect("a\xE2\x80\xAE"
           "b",
           "b", 1, "a<U+202E>b", 9, 1);
}

/* A line of n times the character, then the mark, then n times again. */
static struct gb_buf
long_line(unsigned before, const char *mark, unsigned after)
{
    struct gb_buf line = {0};

    while (before--)
        gb_buf_puts(&line, "前");
    gb_buf_puts(&line, mark);
    while (after--)
        gb_buf_puts(&line, "后");
    gb_buf_add_char(&line, '\0');
    return line;
}

static void
expect_window(unsigned before, unsigned after, unsigned indent, bool cut_left, bool cut_right)
{
    struct gb_buf line = long_line(before, "X", after);
    struct gb_str text = {line.ptr, line.len - 1};
    struct gb_excerpt e = {0};

    gb_excerpt_draw(&e, text, before * 3, before * 3 + 1, 100, 1);
    assert_int_equal(e.indent, indent);
    assert_int_equal(e.carets, 1);
    assert_int_equal(gb_str_starts(gb_buf_str(&e.text), GB_STR("…")), cut_left);
    assert_int_equal(gb_str_ends(gb_buf_str(&e.text), GB_STR("…")), cut_right);
    gb_buf_release(&e.text);
    gb_buf_release(&line);
}

TEST(shows_a_window_of_long_lines)
{
    expect_window(20, 20, 40, false, false);
    expect_window(100, 100, 31, true, true);
    /* What is not needed on the right is used on the left. */
    expect_window(100, 5, 89, true, false);
    expect_window(5, 100, 10, false, true);
}
