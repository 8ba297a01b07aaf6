#include "diag/fingerprint.h"

#define UNIT_OWN_MAIN
#include "unit.h"

#include <stdio.h>

static const struct gb_str folded[] = {GB_STR("B-001"), GB_STR("C-001")};
static const struct gb_rule_info rules[] = {
    {.code = GB_STR("A-001"), .folds = folded, .n_folds = 2},
    {.code = GB_STR("B-001"), .index = 1},
    {.code = GB_STR("C-001"), .index = 2},
};

struct fixture {
    struct gb_arena arena;
    struct gb_source source;
    struct gb_report report;
};

static int
set_up(void **state)
{
    static struct fixture f;

    f = (struct fixture){0};
    gb_source_init(&f.source, &f.arena);
    /* Lines begin at 0, 10, 20, 30, 40. */
    gb_source_add(&f.source, "a.md",
                  gb_arena_copy(&f.arena, GB_STR("012345678\n012345678\n012345678\n012345678\n0123")));
    gb_report_init(&f.report, &f.arena, &f.source);
    *state = &f;
    return 0;
}

static int
tear_down(void **state)
{
    struct fixture *f = *state;

    gb_report_release(&f->report);
    gb_arena_release(&f->arena);
    return 0;
}

static struct gb_finding *
add(struct fixture *f, int rule, uint32_t begin, uint32_t end, const char *message)
{
    struct gb_finding *finding = gb_report_add(&f->report, &rules[rule], GB_LEVEL_WARNING);

    if (!finding)
        return NULL;
    finding->at.span = (struct gb_span){begin, end};
    finding->message = gb_str_from(message);
    return finding;
}

/* The findings as "A3 B12", codes by their letter with the begin. */
static void
expect(struct fixture *f, const char *want)
{
    char got[256] = "";
    size_t n = 0;

    for (size_t i = 0; i < f->report.findings.len; i++) {
        const struct gb_finding *finding = &f->report.findings.items[i];
        n += (size_t)snprintf(got + n, sizeof(got) - n, "%s%c%u", i ? " " : "", finding->rule->code.ptr[0],
                              finding->at.span.begin);
    }
    assert_string_equal(got, want);
}

static void
orders_by_start_end_rule(void **state)
{
    struct fixture *f = *state;

    add(f, 2, 20, 25, "x");
    add(f, 1, 20, 25, "x");
    add(f, 2, 20, 22, "x");
    add(f, 1, 3, 9, "x");
    gb_report_finish(&f->report);
    expect(f, "B3 C20 B20 C20");
}

static void
drops_doubles_only(void **state)
{
    struct fixture *f = *state;

    add(f, 1, 3, 9, "x");
    add(f, 1, 3, 9, "y");
    add(f, 1, 3, 9, "x");
    add(f, 1, 3, 8, "x");
    gb_report_finish(&f->report);
    expect(f, "B3 B3 B3");
    assert_int_equal(f->report.counts[GB_LEVEL_WARNING], 3);
}

static void
folds_on_the_same_line_or_overlapping(void **state)
{
    struct fixture *f = *state;

    add(f, 1, 2, 4, "same line");
    add(f, 0, 6, 25, "three lines");
    add(f, 2, 12, 14, "inside");
    add(f, 1, 27, 28, "on its last line");
    add(f, 1, 31, 32, "behind it");
    gb_report_finish(&f->report);
    expect(f, "A6 B31");
}

static void
folds_by_the_longest_reach(void **state)
{
    struct fixture *f = *state;

    add(f, 0, 0, 35, "long");
    add(f, 0, 11, 12, "short");
    add(f, 1, 33, 34, "under the long one");
    add(f, 1, 41, 43, "under none");
    gb_report_finish(&f->report);
    expect(f, "A0 A11 B41");
}

static void
counts_by_level(void **state)
{
    struct fixture *f = *state;

    add(f, 1, 3, 9, "x")->level = GB_LEVEL_ERROR;
    add(f, 1, 13, 19, "x")->level = GB_LEVEL_INFO;
    add(f, 1, 23, 29, "x")->is_suppressed = true;
    gb_report_finish(&f->report);
    assert_int_equal(f->report.counts[GB_LEVEL_ERROR], 1);
    assert_int_equal(f->report.counts[GB_LEVEL_WARNING], 0);
    assert_int_equal(f->report.counts[GB_LEVEL_INFO], 1);
    assert_int_equal(f->report.n_suppressed, 1);
}

static void
keeps_what_is_added_to_a_finding(void **state)
{
    struct fixture *f = *state;
    struct gb_finding *finding = add(f, 1, 3, 9, "x");

    for (uint32_t i = 0; i < 5; i++) {
        gb_finding_relate(&f->report, finding, (struct gb_at){.span = {i, i + 1}}, GB_STR("there"));
        gb_finding_edit(&f->report, finding, (struct gb_span){i, i}, GB_STR("text"));
    }
    assert_int_equal(finding->n_related, 5);
    assert_int_equal(finding->n_edits, 5);
    for (uint32_t i = 0; i < 5; i++) {
        assert_int_equal(finding->related[i].at.span.begin, i);
        assert_int_equal(finding->edits[i].span.begin, i);
    }
}

static void
puts_edits_in_the_order_of_the_file(void **state)
{
    static const uint32_t added[] = {7, 9, 2, 4, 12}, ordered[] = {2, 4, 7, 9, 12};
    struct fixture *f = *state;
    struct gb_finding *finding = add(f, 1, 3, 9, "x");

    for (size_t i = 0; i < GB_COUNT(added); i++)
        gb_finding_edit(&f->report, finding, (struct gb_span){added[i], added[i] + 1}, GB_STR("text"));
    gb_report_finish(&f->report);
    for (size_t i = 0; i < GB_COUNT(ordered); i++)
        assert_int_equal(f->report.findings.items[0].edits[i].span.begin, ordered[i]);
}

static void
tells_so_many_of_a_rule_and_level(void **state)
{
    struct fixture *f = *state;

    gb_report_limit(&f->report, 2);
    add(f, 0, 0, 1, "folds");
    for (uint32_t i = 0; i < 2 * GB_TAKEN_PER_TOLD; i++)
        assert_non_null(add(f, 1, i, i + 1, "x"));
    assert_null(add(f, 1, 41, 42, "x"));
    add(f, 2, 5, 6, "folded");
    gb_report_leave_out(&f->report, &rules[1], 3);
    gb_report_leave_out(&f->report, &rules[2], 3);
    gb_report_finish(&f->report);
    expect(f, "A0 B10 B11"); /* those from 0 to 9 are folded */
    assert_int_equal(f->report.tallies.items[1].left_out, 2 * GB_TAKEN_PER_TOLD - 12 + 4);
    assert_int_equal(f->report.tallies.items[2].left_out, 0);
}

/* Words and clause make the key: the line does not, nor how the words are wrapped; no two are equal. */
static void
fingerprints_outlive_moves(void **state)
{
    struct fixture *f = *state;
    add(f, 0, 0, 5, "x");
    add(f, 0, 10, 15, "x");
    add(f, 0, 0, 4, "x");
    add(f, 2, 20, 24, "x");
    gb_report_finish(&f->report);
    expect(f, "A0 A0 A10 C20");
    uint64_t *keys = gb_fingerprints(&f->report);
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < i; j++)
            assert_true(keys[i] != keys[j]);

    struct gb_report later;
    struct gb_source source;
    gb_source_init(&source, &f->arena);
    gb_source_add(&source, "a.md", gb_arena_copy(&f->arena, GB_STR("new\n\n01\n234")));
    gb_report_init(&later, &f->arena, &source);
    struct gb_finding *finding = gb_report_add(&later, &rules[0], GB_LEVEL_WARNING);
    finding->at.span = (struct gb_span){5, 11};
    gb_report_finish(&later);
    uint64_t *moved = gb_fingerprints(&later);
    gb_report_release(&later);
    assert_true(moved[0] == keys[1]);
    free(moved);
    free(keys);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(orders_by_start_end_rule, set_up, tear_down),
        cmocka_unit_test_setup_teardown(drops_doubles_only, set_up, tear_down),
        cmocka_unit_test_setup_teardown(folds_on_the_same_line_or_overlapping, set_up, tear_down),
        cmocka_unit_test_setup_teardown(folds_by_the_longest_reach, set_up, tear_down),
        cmocka_unit_test_setup_teardown(counts_by_level, set_up, tear_down),
        cmocka_unit_test_setup_teardown(keeps_what_is_added_to_a_finding, set_up, tear_down),
        cmocka_unit_test_setup_teardown(puts_edits_in_the_order_of_the_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tells_so_many_of_a_rule_and_level, set_up, tear_down),

        cmocka_unit_test_setup_teardown(fingerprints_outlive_moves, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
