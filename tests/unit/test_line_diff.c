/* Lines that hold: always equal ones in rising order, and as many as may be expected. */
#include "app/fix/line_diff.h"

#include "unit.h"

#include <stdlib.h>

static uint32_t seed = 1;

static uint32_t
next_random(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 16) % below;
}

/* Compares, checks what must always be so, and gives the number of lines that hold. */
static uint32_t
held(const uint64_t *old, uint32_t n_old, const uint64_t *now, uint32_t n_now, uint32_t *old_of)
{
    uint32_t n = 0, next = 0;

    gb_line_diff(old, n_old, now, n_now, old_of);
    for (uint32_t i = 0; i < n_now; i++) {
        if (old_of[i] == GB_NO_LINE)
            continue;
        assert_in_range(old_of[i], next, n_old - 1);
        assert_true(old[old_of[i]] == now[i]);
        next = old_of[i] + 1;
        n++;
    }
    return n;
}

TEST(test_lines_put_in_hold_the_others)
{
    enum { OLD = 3000, MORE = 1000, AT = 1234 };
    static uint64_t old[OLD], now[OLD + MORE];
    static uint32_t old_of[OLD + MORE];

    for (uint32_t i = 0; i < OLD; i++)
        old[i] = i % 3 ? i : 7; /* a third of the lines are alike */
    for (uint32_t i = 0; i < OLD + MORE; i++)
        now[i] = i < AT ? old[i] : i < AT + MORE ? 100000 + i : old[i - MORE];
    assert_int_equal(held(old, OLD, now, OLD + MORE, old_of), OLD);
    for (uint32_t i = AT; i < AT + MORE; i++)
        assert_int_equal(old_of[i], GB_NO_LINE);
    /* The other way round they are taken out. */
    assert_int_equal(held(now, OLD + MORE, old, OLD, old_of), OLD);
}

TEST(test_lines_that_are_all_alike)
{
    uint64_t old[] = {1, 2, 1, 2, 1, 2}, now[] = {1, 2, 1, 2, 2};
    uint32_t old_of[8];

    assert_int_equal(held(old, 6, now, 5, old_of), 5);
    assert_int_equal(held(old, 0, now, 5, old_of), 0);
    assert_int_equal(held(old, 6, now, 0, old_of), 0);
}

TEST(test_moved_lines_are_new_in_one_place)
{
    uint64_t old[] = {1, 2, 3, 4, 5, 6}, now[] = {4, 1, 2, 3, 5, 6};
    uint32_t old_of[6];

    assert_int_equal(held(old, 6, now, 6, old_of), 5);
    assert_int_equal(old_of[0], GB_NO_LINE);
}

TEST(test_any_lines)
{
    enum { MOST = 60 };
    uint64_t old[MOST], now[MOST];
    uint32_t old_of[MOST];

    for (int round = 0; round < 2000; round++) {
        uint32_t kinds = 1 + next_random(30), n_old = next_random(MOST), n_now = next_random(MOST);
        for (uint32_t i = 0; i < n_old; i++)
            old[i] = next_random(kinds);
        for (uint32_t i = 0; i < n_now; i++)
            now[i] = next_random(kinds);
        (void)held(old, n_old, now, n_now, old_of);
        assert_int_equal(held(old, n_old, old, n_old, old_of), n_old);
    }
}
