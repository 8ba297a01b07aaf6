/* What the user's locale says of the terminal. It never touches a machine format. */
#ifndef GB_APP_LOCALE_H
#define GB_APP_LOCALE_H

/* Cells of East Asian ambiguous characters: 2 in a Chinese, Japanese or Korean locale, else 1. */
unsigned gb_locale_ambiguous_width(void);

#endif
