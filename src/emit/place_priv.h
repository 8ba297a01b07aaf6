/*
 * What emitters share: places as people and programs read them, and text that is safe to show.
 */
#ifndef GB_EMIT_PLACE_PRIV_H
#define GB_EMIT_PLACE_PRIV_H

#include "base/out.h"
#include "diag/report.h"

/* Both ends of a finding in one file. For a place known by line only, the range is widened to whole lines. */
struct gb_range {
    struct gb_span span;
    struct gb_place start, end;
    bool by_line; /* columns mean nothing */
};

/* The source that a related place is in. */
static inline const struct gb_source *
gb_source_of(const struct gb_report *report, const struct gb_related *related)
{
    return related->source ? related->source : report->source;
}

struct gb_range gb_range_of(const struct gb_source *source, struct gb_at at);

/* Appends the source text of a span; each run of bytes that could not be decoded is one U+FFFD. */
void gb_add_source_text(struct gb_buf *out, const struct gb_source *source, struct gb_span span);

/* The text in one line: bytes that are no UTF-8 become U+FFFD, control characters blanks. */
void gb_add_clean(struct gb_buf *out, struct gb_str text);
void gb_put_clean(struct gb_out *out, struct gb_str text);

#endif
