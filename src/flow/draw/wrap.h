/*
 * Words in a drawing: how wide they are, in cells of half a full-width character, and where their lines break. Estimates by
 * character class: no font is asked, so that a drawing is the same on every machine.
 */
#ifndef GB_FLOW_DRAW_WRAP_H
#define GB_FLOW_DRAW_WRAP_H

#include "flow/flow.h"

/* Pixels of the drawing's type. */
enum { GB_FLOW_CELL = 7, GB_FLOW_EM = 14, GB_FLOW_LEADING = 19 };

struct gb_flow_lines {
    struct gb_str *lines;
    uint32_t n;
    uint32_t cells; /* of the widest */
    bool is_cut;    /* there was more; the last line is to end in … */
};

/* Cells of one line. */
uint32_t gb_flow_cells(struct gb_str line);

/*
 * Lines of at most max_cells (a word of Latin letters is broken only where it is longer; a closing mark may hang over), about
 * equally long, at most max_lines of them. The text's own line ends hold. The lines point into the text.
 */
struct gb_flow_lines gb_flow_wrap(struct gb_str text, uint32_t max_cells, uint32_t max_lines, struct gb_arena *arena);

/* How the words of a node or edge stand in a drawing. */
struct gb_flow_lines gb_flow_node_lines(const struct gb_flow_node *node, struct gb_arena *arena);
struct gb_flow_lines gb_flow_edge_lines(const struct gb_flow_edge *edge, struct gb_arena *arena);

#endif
