/*
 * YAML front matter of a Markdown draft: keys and values as META blocks. A tolerant reader of what such headers hold
 * (maps, lists, quoted and block scalars), with exact places, not a YAML parser.
 */
#ifndef GB_READ_MARKDOWN_FRONTMATTER_PRIV_H
#define GB_READ_MARKDOWN_FRONTMATTER_PRIV_H

#include "read/block.h"

/*
 * Reads front matter at the start of the file into blocks->root and returns the offset behind it; 0 when the file has
 * none. What is not as it should be is a fault. Nested keys are joined by dots: cover.ics; each element of a list is
 * a META of its own.
 */
uint32_t gb_read_front_matter(struct gb_blocks *blocks, const struct gb_source_file *file);

#endif
