/* What commands share that print one thing, a tree, charts or rules: their outputs, and what rules and explain say alike of a rule. */
#ifndef GB_APP_PAGE_H
#define GB_APP_PAGE_H

#include "app/config/config.h"
#include "base/json.h"
#include "rule/page.h"

/* Opens each output of the options and calls `write` for it; returns the exit status. */
int gb_write_outputs(const struct gb_options *options,
                     void (*write)(void *data, struct gb_out *out, const char *format), void *data);

/* Level, pack, state, kind and source of a page as members of the open object. */
void gb_page_json(struct gb_json *json, const struct gb_page *page);

/* "GB/T 1.1—2020, 7.4" */
void gb_page_source_text(struct gb_out *out, const struct gb_page_source *source);

#endif
