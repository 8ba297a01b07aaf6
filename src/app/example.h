/* Examples of rules, linted as the program lints a draft: for `pack check` and for the tests. */
#ifndef GB_APP_EXAMPLE_H
#define GB_APP_EXAMPLE_H

#include "base/buf.h"
#include "rule/page.h"

/*
 * Does the example hold? A bad one gives exactly the rule, at its `at`; a good or silent one gives nothing; none gives an
 * error or warning of another rule. False: what was expected and what came is appended to `fault`, one line each.
 * `pack` is a user's pack to load, or NULL.
 */
bool gb_example_holds(const struct gb_example *example, struct gb_str code, const char *pack, struct gb_buf *fault);

#endif
