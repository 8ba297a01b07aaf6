/* Dates as people and tables write them. */
#ifndef GB_TEXT_DATE_H
#define GB_TEXT_DATE_H

#include "base/str.h"

/*
 * 2018-09-01, 2018/9/1, 2018.9.1, 2018年9月1日 or 20180901, nothing else in the text but blanks at its ends: *out is 20180901, so
 * that dates compare as numbers. False for anything else, and for days that the calendar does not have.
 */
bool gb_date_read(struct gb_str text, uint32_t *out);

#endif
