/* What options and environment say of the terminal. It never touches a machine format. */
#ifndef GB_APP_TERMINAL_H
#define GB_APP_TERMINAL_H

#include "app/options.h"

/* Is what goes to the descriptor (-1: a file of its own) to have colours? */
bool gb_wants_color(const struct gb_options *options, int fd);

/* Columns of the terminal behind the descriptor; 0: it is none, or does not say. */
unsigned gb_terminal_columns(int fd);

/* Cells of East Asian ambiguous characters: without an option 2 in a Chinese, Japanese or Korean locale, else 1. */
unsigned gb_ambiguous_width(const struct gb_options *options);

#endif
