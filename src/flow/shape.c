/* Outlines of boxes by kind of node. */
#include "flow/shape.h"

#include <math.h>

double
gb_flow_slant(struct gb_flow_box box)
{
    double slant = box.h * 0.4;

    return slant < box.w / 3 ? slant : box.w / 3;
}

/* Half the chord of a circle. */
static double
chord(double radius, double offset)
{
    double square = radius * radius - offset * offset;

    return square > 0 ? sqrt(square) : 0;
}

double
gb_flow_reach(enum gb_flow_kind kind, struct gb_flow_box box, bool is_y, double offset, int sign)
{
    double half = (is_y ? box.h : box.w) / 2, side = (is_y ? box.w : box.h) / 2, far = fabs(offset);
    double radius = (box.w < box.h ? box.w : box.h) / 2;

    switch (kind) {
    case GB_FLOW_DECISION:
        return far < side ? half * (1 - far / side) : 0;
    case GB_FLOW_CONNECTOR:
        return chord(radius, offset);
    case GB_FLOW_START:
    case GB_FLOW_END:
    case GB_FLOW_TERMINAL:
        return far > side - radius ? half - radius + chord(radius, far - (side - radius)) : half;
    case GB_FLOW_IO: {
        double slant = gb_flow_slant(box), below = side > 0 ? (offset + side) / (2 * side) : 0.5;
        return is_y ? half : half - slant * (sign > 0 ? below : 1 - below);
    }
    case GB_FLOW_DOCUMENT:
        return is_y && sign > 0 ? half - GB_FLOW_WAVE / 2.0 : half;
    default:
        return half;
    }
}
