/* Stands in for rooms that have not landed: weak, so that the real ones take their place. Goes with the last of them. */
#include "app/options.h"
#include "read/block.h"

#include <stdio.h>

#define WEAK __attribute__((weak))

WEAK void
gb_read_docbook(struct gb_blocks *blocks, uint32_t file, const struct gb_includer *includer)
{
    (void)blocks;
    (void)file;
    (void)includer;
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
