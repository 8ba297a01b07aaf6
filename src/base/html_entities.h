/* Names of characters as HTML 5 has them, for the labels of charts: &nbsp; &hellip; &#x4E00; */
#ifndef GB_BASE_HTML_ENTITIES_H
#define GB_BASE_HTML_ENTITIES_H

#include "base/str.h"

/*
 * The reference at the head of s, which begins with '&'. Its length in bytes and its code point; 0 when it is none. The
 * semicolon may be left out behind a number and behind the oldest names, as browsers have it.
 */
size_t gb_html_reference(struct gb_str s, uint32_t *out_code_point);

#endif
