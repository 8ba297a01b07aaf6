/*
 * The program: commands and their exit status. main.c hands its arguments to gb_main.
 */
#ifndef GB_APP_APP_H
#define GB_APP_APP_H

#include <stdbool.h>

/* Exit status of the program. */
enum gb_status { GB_STATUS_CLEAN = 0, GB_STATUS_FOUND = 1, GB_STATUS_FAILED = 2 };

int gb_main(int argc, char **argv);

/* Says on standard error why nothing was done; gives the status of that. */
int gb_refuse(bool english, const char *zh, const char *en);

#endif
