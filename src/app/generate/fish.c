/* Completion for fish. */
#include "app/generate/generate_priv.h"

/* Inside of single quotes. */
static void
put(struct gb_out *out, const char *text)
{
    for (const char *p = text; *p; p++) {
        if (*p == '\'' || *p == '\\')
            gb_out_char(out, '\\');
        gb_out_char(out, *p);
    }
}

/* When the words before the cursor belong to one of these commands; lint is meant where none is named. */
static void
put_condition(struct gb_out *out, unsigned commands)
{
    gb_out_puts(out, "-n '__gblint_is");
    for (const struct gb_command *c = gb_commands; c->name; c++) {
        if (commands & 1U << (c - gb_commands))
            gb_out_printf(out, " %s", c->name);
    }
    gb_out_puts(out, "' ");
}

static void
put_option(struct gb_out *out, unsigned commands, const struct gb_command *command, const struct gb_option_row *row,
           bool english)
{
    static const struct gb_value_form forms[] = {
        [GB_VALUE_NONE] = {"", ""},
        [GB_VALUE_WORDS] = {"-x -a '", "' "},
        [GB_VALUE_FORMAT] = {"-x -a '", "' "},
        [GB_VALUE_RULES] = {"-x -a '(__fish_complete_list , __gblint_rules)' ", ""},
        [GB_VALUE_FILE] = {"-r -F ", ""},
        [GB_VALUE_REVISION] = {"-x -a '(git rev-parse --symbolic --branches --tags 2>/dev/null)' ", ""},
        [GB_VALUE_TEXT] = {"-x ", ""},
    };

    gb_out_puts(out, "complete -c gblint ");
    put_condition(out, commands);
    if (row->letter)
        gb_out_printf(out, "-s %c ", row->letter);
    gb_out_printf(out, "-l %s ", row->name);
    gb_out_value(out, forms, row->argument, command);
    gb_out_puts(out, "-d '");
    put(out, GB_SAY(english, row->zh, row->en));
    gb_out_puts(out, "'\n");
}

/* Formats differ by command. */
static void
put_options(struct gb_out *out, bool english)
{
    struct gb_option_row row;

    for (size_t i = 0; gb_next_option(&i, NULL, &row);) {
        bool is_format = gb_value_of(row.argument) == GB_VALUE_FORMAT;
        if (!is_format)
            put_option(out, row.commands, NULL, &row, english);
        for (const struct gb_command *c = gb_commands; is_format && c->name; c++) {
            if (c->formats)
                put_option(out, 1U << (c - gb_commands), c, &row, english);
        }
    }
}

static void
put_operands(struct gb_out *out, const struct gb_command *c)
{
    struct gb_str fixed = gb_fixed_operand(c);
    enum gb_value value = gb_value_of(c->operands);

    if (fixed.len)
        gb_out_printf(
            out,
            "complete -c gblint -n '__fish_seen_subcommand_from %s; and not __fish_seen_subcommand_from %.*s' -f -a %.*s\n",
            c->name, GB_FMT(fixed), GB_FMT(fixed));
    else if (value == GB_VALUE_RULES)
        gb_out_printf(out, "complete -c gblint -n '__fish_seen_subcommand_from %s' -f -a '(__gblint_rules)'\n",
                      c->name);
    else if (value == GB_VALUE_NONE)
        gb_out_printf(out, "complete -c gblint -n '__fish_seen_subcommand_from %s' -f\n", c->name);
}

void
gb_generate_fish(struct gb_out *out, bool english)
{
    gb_out_puts(out, "# Completion of gblint for fish, made from the tables of the program.\n\n"
                     "set -g __gblint_commands ");
    gb_out_commands(out, " ");
    gb_out_puts(out, "\n\n"
                     "# Is the command one of these? It is lint where none is named.\n"
                     "function __gblint_is\n"
                     "    for word in (commandline -opc)[2..-1]\n"
                     "        if contains -- $word $__gblint_commands\n"
                     "            contains -- $word $argv\n"
                     "            return\n"
                     "        end\n"
                     "    end\n"
                     "    contains -- lint $argv\n"
                     "end\n\n"
                     "# Rules and groups, with those of the packs in use.\n"
                     "function __gblint_rules\n"
                     "    set -l lines (gblint rules 2>/dev/null)\n"
                     "    string replace -r -- '^([A-Z]+)-.*' '$1' $lines | sort -u\n"
                     "    string replace -r -- '^(\\S+) .* (?:on|off)\\s+\\S+\\s+(.*)$' '$1\\t$2' $lines\n"
                     "end\n\n");
    for (const struct gb_command *c = gb_commands; c->name; c++) {
        gb_out_printf(out, "complete -c gblint -n 'not __fish_seen_subcommand_from $__gblint_commands' -a %s -d '",
                      c->name);
        put(out, GB_SAY(english, c->zh, c->en));
        gb_out_puts(out, "'\n");
        put_operands(out, c);
    }
    put_options(out, english);
}
