/* Files that hold a chart. */
#ifndef GB_APP_FILES_CHART_FILE_H
#define GB_APP_FILES_CHART_FILE_H

#include "flow/flow.h"

/* Does the name end as those of charts do, or as those of files that may hold one: .xml, .png, .svg? */
bool gb_may_hold_chart(struct gb_str name);

/* Text of a file with a chart, as UTF-8; of a PNG its signature and the chunk with a drawing of draw.io, as stored. Empty when it
 * is no regular file, is too large, or holds nothing. */
struct gb_str gb_read_chart_file(const char *path, struct gb_arena *arena);

/* The notation of a file: by its ending, else by its text. UNKNOWN: it holds no chart. */
enum gb_flow_format gb_chart_file_format(struct gb_str name, struct gb_str bytes);

#endif
