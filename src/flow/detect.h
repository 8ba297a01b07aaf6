/* Which notation a text is in, told from its first words: for fences without a language, and for files. */
#ifndef GB_FLOW_DETECT_H
#define GB_FLOW_DETECT_H

#include "flow/flow.h"

/*
 * UNKNOWN for text that is no chart in a known notation. Front matter, directives and comments of Mermaid are looked past. An
 * XML text counts as DRAWIO, BPMN or SVG by its root element. A list of a folder's files and a table drawn with characters are no
 * chart (ASCII needs boxes and arrows).
 */
enum gb_flow_format gb_flow_detect(struct gb_str text);

/* Steps with arrows between them on every line, or from line to line: two arrows at least. */
bool gb_flow_is_arrows(struct gb_str text);

/* The notation of a fence or element with this language (empty for none) and text. */
enum gb_flow_format gb_flow_format_of(struct gb_str language, struct gb_str text);

/* The notation that a file's name promises by its ending; UNKNOWN. PNG may hold a drawing of draw.io: DRAWIO. */
enum gb_flow_format gb_flow_format_of_file(struct gb_str path);

#endif
