/*
 * What cmocka wants before its header, and tests that run in the order in which they stand: TEST(name) { … }. A program whose tests need
 * more defines UNIT_OWN_MAIN and lists them itself.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#ifndef UNIT_OWN_MAIN
static struct CMUnitTest unit_tests[64];
static size_t n_unit_tests;

#define TEST(name)                                                                                                     \
    static void name(void **state);                                                                                    \
    __attribute__((constructor)) static void name##_is_a_test(void)                                                    \
    {                                                                                                                  \
        unit_tests[n_unit_tests++] = (struct CMUnitTest)cmocka_unit_test(name);                                        \
    }                                                                                                                  \
    static void name(__attribute__((unused)) void **state)

int
main(void)
{
    return _cmocka_run_group_tests("unit", unit_tests, n_unit_tests, NULL, NULL);
}
#endif
