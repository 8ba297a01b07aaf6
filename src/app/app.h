/*
 * The program: commands and their exit status. main.c hands its arguments to gb_main.
 */
#ifndef GB_APP_APP_H
#define GB_APP_APP_H

/* Exit status of the program. */
enum gb_status { GB_STATUS_CLEAN = 0, GB_STATUS_FOUND = 1, GB_STATUS_FAILED = 2 };

int gb_main(int argc, char **argv);

#endif
