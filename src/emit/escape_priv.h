/* Text in the notations that emitters write beside JSON (base/json.h): XML, and fields of CSV. In one line, free of control characters. */
#ifndef GB_EMIT_ESCAPE_PRIV_H
#define GB_EMIT_ESCAPE_PRIV_H

#include "base/out.h"

/* Text of an element, or the value of an attribute in double quotes. What XML 1.0 does not allow becomes a blank or U+FFFD. */
void gb_put_xml(struct gb_out *out, struct gb_str text);
/* The same between bytes of our own. */
void gb_put_xml_in(struct gb_out *out, const char *before, struct gb_str text, const char *behind);

/* ` name="text"`. */
void gb_put_xml_attribute(struct gb_out *out, const char *name, struct gb_str text);

/*
 * A field in quotes, with the comma or line end behind it. Where a spreadsheet would take it for a formula (it begins with one of
 * = + - @, also in full width), or for a number that it shows otherwise (5.10 as 5.1), an apostrophe stands before it.
 */
void gb_put_csv(struct gb_out *out, struct gb_str text, bool is_last);

/* What a file in CSV begins with, so that spreadsheets take it for UTF-8. */
#define GB_CSV_MARK "\xEF\xBB\xBF"

#endif
