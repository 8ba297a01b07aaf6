/* Usage: generate man|bash|zsh|fish zh|en; the page or the script goes to standard output. */
#include "app/generate/generate_priv.h"

#include <stdio.h>

enum gb_value
gb_value_of(const char *argument)
{
    static const struct {
        const char *word;
        enum gb_value value;
    } words[] = {
        {"|", GB_VALUE_WORDS},   {"FMT", GB_VALUE_FORMAT},   {"RULE", GB_VALUE_RULES},
        {"FILE", GB_VALUE_FILE}, {"REV", GB_VALUE_REVISION},
    };

    if (!argument || !*argument)
        return GB_VALUE_NONE;
    GB_FIND(row, words, GB_COUNT(words), strstr(argument, row->word));
    return row ? row->value : GB_VALUE_TEXT;
}

void
gb_out_formats(struct gb_out *out, const struct gb_command *command)
{
    for (const char *const *f = command->formats; f && *f; f++)
        gb_out_printf(out, "%s%s", f > command->formats ? " " : "", *f);
}

void
gb_out_value(struct gb_out *out, const struct gb_value_form *forms, const char *argument,
             const struct gb_command *command)
{
    enum gb_value value = gb_value_of(argument);

    gb_out_puts(out, forms[value].before);
    for (const char *p = argument; value == GB_VALUE_WORDS && *p; p++)
        gb_out_char(out, *p == '|' ? ' ' : *p);
    if (value == GB_VALUE_FORMAT)
        gb_out_formats(out, command);
    gb_out_puts(out, forms[value].after);
}

void
gb_out_commands(struct gb_out *out, const char *parting)
{
    for (const struct gb_command *c = gb_commands; c->name; c++)
        gb_out_printf(out, "%s%s", c > gb_commands ? parting : "", c->name);
}

bool
gb_next_option(size_t *i, const struct gb_command *command, struct gb_option_row *out)
{
    unsigned mask = command ? 1U << (command - gb_commands) : ~0U;

    while (gb_option_row((*i)++, out)) {
        if (out->commands & mask)
            return true;
    }
    return false;
}

struct gb_str
gb_fixed_operand(const struct gb_command *command)
{
    size_t n = strspn(command->operands, "abcdefghijklmnopqrstuvwxyz");

    return (struct gb_str){command->operands, n};
}

static void
write_out(void *data, struct gb_str bytes)
{
    fwrite(bytes.ptr, 1, bytes.len, data);
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*run)(struct gb_out *out, bool english);
    } generators[] = {{"man", gb_generate_man},
                      {"bash", gb_generate_bash},
                      {"zsh", gb_generate_zsh},
                      {"fish", gb_generate_fish}};
    struct gb_out out = {.write = write_out, .data = stdout};

    for (size_t i = 0; argc == 3 && i < GB_COUNT(generators); i++) {
        if (strcmp(argv[1], generators[i].name))
            continue;
        generators[i].run(&out, strcmp(argv[2], "en") == 0);
        gb_out_flush(&out);
        gb_out_release(&out);
        return fflush(stdout) ? 2 : 0;
    }
    fputs("usage: generate man|bash|zsh|fish zh|en\n", stderr);
    return 2;
}
