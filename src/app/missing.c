/* Stands in for rooms that have not landed: weak, so that the real ones take their place. Goes with the last of them. */
#include "app/options.h"
#include "read/block.h"

#include <stdio.h>
#include <stdlib.h>

#define WEAK __attribute__((weak))

WEAK void
gb_read_docbook(struct gb_blocks *blocks, uint32_t file, const struct gb_includer *includer)
{
    (void)blocks;
    (void)file;
    (void)includer;
}

WEAK struct gb_ruleset *
gb_ruleset_new(const struct gb_ruleset_options *options, struct gb_error *error)
{
    (void)options;
    (void)error;
    return gb_alloc(1);
}

WEAK void
gb_ruleset_free(struct gb_ruleset *rules)
{
    free(rules);
}

WEAK void
gb_rules_run(const struct gb_ruleset *rules, const struct gb_doc *doc, const struct gb_facts *facts,
             struct gb_report *report)
{
    (void)rules;
    (void)doc;
    (void)facts;
    (void)report;
}

WEAK bool
gb_ruleset_knows(const struct gb_ruleset *rules, struct gb_str name, struct gb_str *near)
{
    (void)rules;
    (void)name;
    (void)near;
    return true;
}

WEAK bool
gb_ruleset_ran(const struct gb_ruleset *rules, struct gb_str code, const struct gb_facts *facts)
{
    (void)rules;
    (void)code;
    (void)facts;
    return false;
}

WEAK struct gb_finding *
gb_ruleset_report(const struct gb_ruleset *rules, const char *code, const char *which, const struct gb_facts *facts,
                  struct gb_report *report, struct gb_at at, struct gb_str clause, const struct gb_str *args,
                  size_t n_args)
{
    (void)rules;
    (void)code;
    (void)which;
    (void)facts;
    (void)report;
    (void)at;
    (void)clause;
    (void)args;
    (void)n_args;
    return NULL;
}

static int
missing(const struct gb_options *options)
{
    fprintf(stderr, GB_SAY(options->english, "gblint: 本版本还没有命令“%s”\n", "gblint: this version does not have the command “%s”\n"),
            options->command->name);
    return 2;
}

WEAK int
gb_cmd_rules(const struct gb_options *options)
{
    return missing(options);
}

WEAK int
gb_cmd_explain(const struct gb_options *options)
{
    return missing(options);
}

WEAK int
gb_cmd_pack(const struct gb_options *options)
{
    return missing(options);
}
