/* The bytes of the file around a place. Inside of check/ only. */
#ifndef GB_CHECK_SOURCE_MARKUP_PRIV_H
#define GB_CHECK_SOURCE_MARKUP_PRIV_H

#include "rule/check.h"

/* The line of a place, without its end. */
struct gb_span gb_markup_line(const struct gb_check *c, uint32_t offset);

/* What stands on the line before the node's head. */
struct gb_span gb_markup_before_head(const struct gb_check *c, const struct gb_node *node);

/* Is the place of its head known by more than its line? */
static inline bool
gb_markup_is_exact(const struct gb_node *node)
{
    return !(node->flags & GB_NODE_APPROX);
}

/* Does a blank line, or nothing at all, stand above the line that begins here? */
bool gb_markup_is_blank_above(const struct gb_source_file *file, uint32_t begin);

/* The end of line that most lines of the file have. */
struct gb_str gb_markup_line_end(const struct gb_source_file *file);

/* The line below the one that ends here, empty where there is none. */
struct gb_str gb_markup_line_below(const struct gb_source *source, const struct gb_source_file *file, uint32_t end);

#endif
