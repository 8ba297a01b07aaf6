/* Completion for bash, which needs nothing but bash. */
#include "app/generate/generate_priv.h"

/* "-f --format": as the user may write it. */
static void
put_names(struct gb_out *out, const struct gb_option_row *row, const char *parting)
{
    if (row->letter)
        gb_out_printf(out, "-%c%s", row->letter, parting);
    gb_out_printf(out, "--%s", row->name);
}

/* Options that take a value, for finding out which words are values. */
static void
put_takers(struct gb_out *out)
{
    struct gb_option_row row;

    gb_out_puts(out, "    local takes=\" ");
    for (size_t i = 0; gb_next_option(&i, NULL, &row);) {
        if (!row.argument)
            continue;
        put_names(out, &row, " ");
        gb_out_char(out, ' ');
    }
    gb_out_puts(out, "\"\n");
}

static void
put_formats(struct gb_out *out)
{
    gb_out_puts(out, "        case ${command:-lint} in\n");
    for (const struct gb_command *c = gb_commands; c->name; c++) {
        if (!c->formats)
            continue;
        gb_out_printf(out, "        %s) words='", c->name);
        gb_out_formats(out, c);
        gb_out_puts(out, "' ;;\n");
    }
    gb_out_puts(out, "        esac\n");
}

static void
put_value(struct gb_out *out, const struct gb_option_row *row)
{
    static const struct gb_value_form forms[] = {
        [GB_VALUE_NONE] = {"        :\n", ""},
        [GB_VALUE_WORDS] = {"        words='", "'\n"},
        [GB_VALUE_RULES] = {"        words=$(_gblint_rules \"$1\")\n",
                            "        [[ $cur == *,* ]] && before=${cur%,*},\n"},
        [GB_VALUE_FILE] = {"        files=yes\n", ""},
        [GB_VALUE_REVISION] = {"        words=$(git rev-parse --symbolic --branches --tags 2>/dev/null)\n", ""},
        [GB_VALUE_TEXT] = {"        :\n", ""},
    };

    gb_out_puts(out, "    ");
    put_names(out, row, " | ");
    gb_out_puts(out, ")\n");
    if (gb_value_of(row->argument) == GB_VALUE_FORMAT)
        put_formats(out);
    else
        gb_out_value(out, forms, row->argument, NULL);
    gb_out_puts(out, "        ;;\n");
}

static void
put_values(struct gb_out *out)
{
    struct gb_option_row row;

    gb_out_puts(out, "    case $option in\n    '') ;;\n");
    for (size_t i = 0; gb_next_option(&i, NULL, &row);) {
        if (row.argument)
            put_value(out, &row);
    }
    gb_out_puts(out, "    esac\n");
}

static void
put_command_options(struct gb_out *out)
{
    struct gb_option_row row;

    gb_out_puts(out, "        case ${command:-lint} in\n");
    for (const struct gb_command *c = gb_commands; c->name; c++) {
        gb_out_printf(out, "        %s) words='", c->name);
        for (size_t i = 0, n = 0; gb_next_option(&i, c, &row); n++) {
            gb_out_puts(out, n ? " " : "");
            put_names(out, &row, " ");
        }
        gb_out_puts(out, "' ;;\n");
    }
    gb_out_puts(out, "        esac\n");
}

static void
put_operands(struct gb_out *out)
{
    gb_out_puts(out, "        files=yes\n        case $command in\n        '') words='");
    gb_out_commands(out, " ");
    gb_out_puts(out, "' ;;\n");
    for (const struct gb_command *c = gb_commands; c->name; c++) {
        struct gb_str fixed = gb_fixed_operand(c);
        if (fixed.len)
            gb_out_printf(out, "        %s) ((operands)) || { words='%.*s'; files=; } ;;\n", c->name, GB_FMT(fixed));
        else if (gb_value_of(c->operands) == GB_VALUE_RULES)
            gb_out_printf(out, "        %s) words=$(_gblint_rules \"$1\") files= ;;\n", c->name);
        else if (gb_value_of(c->operands) == GB_VALUE_NONE)
            gb_out_printf(out, "        %s) files= ;;\n", c->name);
    }
    gb_out_puts(out, "        esac\n");
}

void
gb_generate_bash(struct gb_out *out, bool english)
{
    (void)english;
    gb_out_puts(out,
                "# Completion of gblint for bash, made from the tables of the program.\n\n"
                "# Rules and groups, with those of the packs in use.\n"
                "_gblint_rules()\n{\n"
                "    \"$1\" rules 2>/dev/null | sed -n 's/^\\(\\([A-Z]*\\)-[0-9]*\\) .*/\\2\\n\\1/p' | sort -u\n}\n\n"
                "_gblint()\n{\n"
                "    local cur=${COMP_WORDS[COMP_CWORD]} command= option= words= files= before= word i operands=0\n");
    put_takers(out);
    gb_out_puts(out, "    # An \"=\" is a word of its own.\n"
                     "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                     "        word=${COMP_WORDS[i]}\n"
                     "        if [[ $takes == *\" $word \"* ]]; then\n"
                     "            [[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))\n"
                     "            ((++i >= COMP_CWORD)) && option=$word\n"
                     "        elif [[ $word != -* && -z $command ]]; then\n"
                     "            command=lint\n"
                     "            case $word in\n            ");
    gb_out_commands(out, " | ");
    gb_out_puts(out, ") command=$word ;;\n"
                     "            esac\n"
                     "        elif [[ $word != -* ]]; then\n"
                     "            ((operands++))\n"
                     "        fi\n"
                     "    done\n"
                     "    [[ $cur == = ]] && cur=\n");
    put_values(out);
    gb_out_puts(out, "    if [[ -z $option && $cur == -* ]]; then\n");
    put_command_options(out);
    gb_out_puts(out, "    elif [[ -z $option ]]; then\n");
    put_operands(out);
    gb_out_puts(out, "    fi\n"
                     "    mapfile -t COMPREPLY < <(compgen -P \"$before\" -W \"$words\" -- \"${cur#\"$before\"}\")\n"
                     "    [[ $files ]] || return 0\n"
                     "    compopt -o filenames 2>/dev/null\n"
                     "    mapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY < <(compgen -f -- \"$cur\")\n"
                     "}\n\n"
                     "complete -F _gblint gblint\n");
}
