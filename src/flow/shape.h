/* The outlines of boxes: where a line that comes from outside meets them. Layout and painter share them. */
#ifndef GB_FLOW_SHAPE_H
#define GB_FLOW_SHAPE_H

#include "flow/flow.h"

/* How far the upper edge of a parallelogram stands right of the lower one; how deep the wave of a document is. */
double gb_flow_slant(struct gb_flow_box box);
enum { GB_FLOW_WAVE = 7 };

/*
 * Distance from the middle of a box to its outline: downwards or upwards (`is_y`, sign 1 or -1) at `offset` right of the
 * middle, or to the right or left at `offset` below it.
 */
double gb_flow_reach(enum gb_flow_kind kind, struct gb_flow_box box, bool is_y, double offset, int sign);

#endif
