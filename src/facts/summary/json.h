/*
 * What was taken down of drafts as JSON lines: a line for the draft, then one for each fact, so that the first step of judging a series can
 * be spread over machines and the second one joins the lines. README.md lists the members.
 */
#ifndef GB_FACTS_SUMMARY_JSON_H
#define GB_FACTS_SUMMARY_JSON_H

#include "base/array.h"
#include "base/error.h"
#include "base/out.h"
#include "facts/summary/summary.h"

/* `source` gives the lines and columns for readers; NULL leaves them out. */
void gb_summary_write(struct gb_out *out, const struct gb_summary *summary, const struct gb_source *source);

typedef GB_ARRAY(struct gb_summary) gb_summary_array;

/* Adds the drafts of a file of such lines; all lives in the arena. False and *error with file and line on anything else. */
bool gb_summaries_read(struct gb_str text, const char *path, struct gb_arena *arena, gb_summary_array *out,
                       struct gb_error *error);

#endif
