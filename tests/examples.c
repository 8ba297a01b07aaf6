/*
 * Runs the examples of the built-in rules: all, or those of the codes and groups given. A failure prints where the example
 * stands, what was expected and what came.
 */
#include "app/example.h"
#include "read/block.h"

#include <stdio.h>

static bool
is_wanted(struct gb_str code, char **names)
{
    if (!*names)
        return true;
    for (; *names; names++) {
        struct gb_str name = gb_str_from(*names);
        if (gb_str_eq(code, name) || (gb_str_starts(code, name) && code.len > name.len && code.ptr[name.len] == '-'))
            return true;
    }
    return false;
}

/* The base documents are complete and clean, or every example would fail for their faults. */
static unsigned
check_bases(const struct gb_ruleset *rules, struct gb_arena *arena, struct gb_buf *fault)
{
    unsigned n_failed = 0;

    for (int i = 0; i < 4; i++) {
        struct gb_example base;

        fault->len = 0;
        gb_base_example(rules, i & 1 ? GB_EDITION_2009 : GB_EDITION_2020, i & 2, arena, &base);
        if (gb_example_holds(&base, GB_STR(""), NULL, fault))
            continue;
        n_failed++;
        printf("rules/base/%s.%s: %.*s", base.args[1].ptr, base.is_docbook ? "xml" : "md", GB_FMT(gb_buf_str(fault)));
    }
    return n_failed;
}

int
main(int argc, char **argv)
{
    struct gb_ruleset_options options = {0};
    struct gb_error error;
    struct gb_ruleset *rules = gb_ruleset_new(&options, &error);
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_buf fault = {0};
    unsigned n = 0, n_failed = 0;

    (void)argc;
    gb_markdown_startup();
    if (!rules) {
        gb_error_print(&error);
        return 2;
    }
    n_failed = check_bases(rules, &arena, &fault);
    n = 4;
    for (size_t i = 0; i < gb_ruleset_count(rules); i++) {
        struct gb_page page;

        gb_page_read(rules, i, true, &arena, &page);
        for (size_t k = 0; k < page.n_examples && is_wanted(page.code, argv + 1); k++) {
            const struct gb_example *example = &page.examples[k];

            n++;
            fault.len = 0;
            if (gb_example_holds(example, page.code, NULL, &fault))
                continue;
            n_failed++;
            printf("%.*s:%u:%u: %.*s %s (%.*s): %.*s", GB_FMT(page.file), example->line, example->column,
                   GB_FMT(page.code), gb_example_kind_name(example->kind), GB_FMT(example->context),
                   GB_FMT(gb_buf_str(&fault)));
        }
    }
    printf("%u examples, %u do not hold\n", n, n_failed);
    gb_buf_release(&fault);
    gb_arena_release(&arena);
    gb_ruleset_free(rules);
    return n_failed != 0;
}
