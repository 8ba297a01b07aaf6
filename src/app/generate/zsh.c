/* Completion for zsh. */
#include "app/generate/generate_priv.h"

/* Inside of single quotes and of [brackets]. */
static void
put(struct gb_out *out, const char *text)
{
    for (const char *p = text; *p; p++) {
        if (*p == '\'')
            gb_out_puts(out, "'\\''");
        else if (*p == '[' || *p == ']' || *p == '\\' || *p == ':')
            gb_out_printf(out, "\\%c", *p);
        else
            gb_out_char(out, *p);
    }
}

static void
put_value(struct gb_out *out, const struct gb_command *command, const struct gb_option_row *row)
{
    static const struct gb_value_form forms[] = {
        [GB_VALUE_NONE] = {": ", ""},      [GB_VALUE_WORDS] = {":(", ")"},
        [GB_VALUE_FORMAT] = {":(", ")"},   [GB_VALUE_RULES] = {":_gblint_rules", ""},
        [GB_VALUE_FILE] = {":_files", ""}, [GB_VALUE_REVISION] = {":_gblint_revisions", ""},
        [GB_VALUE_TEXT] = {": ", ""},
    };

    gb_out_char(out, ':');
    put(out, strchr(row->argument, '|') ? row->name : row->argument);
    gb_out_value(out, forms, row->argument, command);
}

static void
put_option(struct gb_out *out, const struct gb_command *command, const struct gb_option_row *row, bool english)
{
    const char *sign = row->argument ? "=" : "";

    if (row->letter)
        gb_out_printf(out, "            '*'{-%c%s,--%s%s}'[", row->letter, row->argument ? "+" : "", row->name, sign);
    else
        gb_out_printf(out, "            '*--%s%s[", row->name, sign);
    put(out, GB_SAY(english, row->zh, row->en));
    gb_out_char(out, ']');
    if (row->argument)
        put_value(out, command, row);
    gb_out_puts(out, "' \\\n");
}

static void
put_operands(struct gb_out *out, const struct gb_command *command)
{
    struct gb_str fixed = gb_fixed_operand(command);
    enum gb_value value = gb_value_of(command->operands);

    if (command == gb_commands)
        gb_out_puts(out, "            '1: :_gblint_first' '*:file:_files' && ret=0\n");
    else if (fixed.len)
        gb_out_printf(out, "            '1: :' '2: :(%.*s)' '*:file:_files' && ret=0\n", GB_FMT(fixed));
    else if (value == GB_VALUE_NONE)
        gb_out_puts(out, "            '1: :' && ret=0\n");
    else
        gb_out_printf(out, "            '1: :' '*: :%s' && ret=0\n",
                      value == GB_VALUE_RULES ? "_gblint_rules" : "_files");
}

void
gb_generate_zsh(struct gb_out *out, bool english)
{
    struct gb_option_row row;

    gb_out_puts(out, "#compdef gblint\n"
                     "# Completion of gblint for zsh, made from the tables of the program.\n\n"
                     "# Rules and groups, with those of the packs in use; several with commas.\n"
                     "_gblint_rules() {\n"
                     "    local -a codes\n"
                     "    codes=(${${(f)\"$(gblint rules 2>/dev/null)\"}%% *})\n"
                     "    codes=(${(u)codes%%-*} $codes)\n"
                     "    compset -P '*,'\n"
                     "    compadd -a codes\n"
                     "}\n\n"
                     "_gblint_revisions() {\n"
                     "    local -a revisions\n"
                     "    revisions=(${(f)\"$(git rev-parse --symbolic --branches --tags 2>/dev/null)\"})\n"
                     "    compadd -a revisions\n"
                     "}\n\n"
                     "_gblint_first() {\n"
                     "    local -a commands\n"
                     "    commands=(\n");
    for (const struct gb_command *c = gb_commands; c->name; c++) {
        gb_out_printf(out, "        '%s:", c->name);
        put(out, GB_SAY(english, c->zh, c->en));
        gb_out_puts(out, "'\n");
    }
    gb_out_puts(out, "    )\n"
                     "    _describe command commands\n"
                     "    _files\n"
                     "}\n\n"
                     "_gblint() {\n"
                     "    local command=lint word ret=1\n"
                     "    for word in ${words[2,CURRENT-1]}; do\n"
                     "        case $word in\n        (");
    gb_out_commands(out, "|");
    gb_out_puts(out, ") command=$word; break ;;\n        esac\n    done\n    case $command in\n");
    for (const struct gb_command *c = gb_commands; c->name; c++) {
        gb_out_printf(out, "    (%s)\n        _arguments -s -S : \\\n", c->name);
        for (size_t i = 0; gb_next_option(&i, c, &row);)
            put_option(out, c, &row, english);
        put_operands(out, c);
        gb_out_puts(out, "        ;;\n");
    }
    gb_out_puts(out, "    esac\n    return ret\n}\n\n_gblint \"$@\"\n");
}
