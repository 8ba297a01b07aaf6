/*
 * The generator of man page and shell completion: a program of its own, that reads the tables of commands and options which
 * gblint parses and shows help by.
 */
#ifndef GB_APP_GENERATE_GENERATE_PRIV_H
#define GB_APP_GENERATE_GENERATE_PRIV_H

#include "app/options.h"
#include "base/out.h"

/* What an option, or a command, takes: by the word that help shows for it. */
enum gb_value {
    GB_VALUE_NONE,
    GB_VALUE_WORDS,  /* one of "a|b|c" */
    GB_VALUE_FORMAT, /* of the command */
    GB_VALUE_RULES,
    GB_VALUE_FILE,
    GB_VALUE_REVISION, /* of git */
    GB_VALUE_TEXT,
};

enum gb_value gb_value_of(const char *argument);

/* What a shell is told of an option's value: the words of WORDS, and of FORMAT those of the command, stand between the two. */
struct gb_value_form {
    const char *before, *after;
};

void gb_out_value(struct gb_out *out, const struct gb_value_form *forms, const char *argument,
                  const struct gb_command *command);

void gb_out_formats(struct gb_out *out, const struct gb_command *command);
void gb_out_commands(struct gb_out *out, const char *parting);

/* Steps through the options that this version has, in the order of the table: those of a command, NULL: all. False behind the last. */
bool gb_next_option(size_t *i, const struct gb_command *command, struct gb_option_row *out);

/* The first word of the command's operands that is written as it stands ("check FILE…"), or an empty one. */
struct gb_str gb_fixed_operand(const struct gb_command *command);

void gb_generate_man(struct gb_out *out, bool english);
void gb_generate_bash(struct gb_out *out, bool english);
void gb_generate_zsh(struct gb_out *out, bool english);
void gb_generate_fish(struct gb_out *out, bool english);

#endif
