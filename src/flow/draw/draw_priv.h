/* A picture being painted: scale, marks by what they stand on, words. */
#ifndef GB_FLOW_DRAW_DRAW_PRIV_H
#define GB_FLOW_DRAW_DRAW_PRIV_H

#include "base/array.h"
#include "flow/draw/draw.h"
#include "flow/draw/wrap.h"

struct gb_picture {
    struct gb_out *out;
    struct gb_arena *arena;
    const struct gb_flow *flow;
    const struct gb_flow_draw_options *options;
    struct gb_flow_box *boxes; /* as drawn: scaled, moved to 0, 0 */
    struct gb_flow_box *frames;
    struct gb_flow_path *paths;
    double width, height;
    struct gb_flow_lines *words;  /* of the nodes */
    uint8_t *em;                  /* size of type in each node */
    struct gb_flow_box *asides;   /* of words that stand beside their node; no width: they stand in it */
    struct gb_flow_lines *labels; /* of the edges */
    struct gb_flow_box *places;   /* of the labels */
};

/* shape.c: a number with at most one decimal; a letter of a path and its numbers; ' name="number"'. */
void gb_svg_number(struct gb_out *out, double number);
void gb_svg_step(struct gb_out *out, char letter, const double *numbers, int n);
void gb_svg_attribute(struct gb_out *out, const char *name, double number);
/* Lines of words round a middle. A class says the size of type as well. */
void gb_svg_lines(struct gb_out *out, const char *class, const struct gb_flow_lines *lines, double x, double y,
                  double em);
/* <path class="…" d=" */
void gb_svg_open_path(struct gb_out *out, const char *class);
void gb_svg_rect(struct gb_out *out, const char *class, struct gb_flow_box b, double radius);
void gb_svg_circle(struct gb_out *out, const char *class, double x, double y, double radius);
void gb_svg_outline(struct gb_out *out, enum gb_flow_kind kind, const char *class, struct gb_flow_box b,
                    bool has_words);

#define STEP(out, letter, ...)                                                                                         \
    gb_svg_step((out), (letter), (const double[]){__VA_ARGS__}, (int)GB_COUNT(((const double[]){__VA_ARGS__})))

/*
 * label.c: where the labels stand: beside their own line, off boxes, other labels and other lines. Before them the words of
 * the author's boxes that are too small to read them in: below the box or above it, where nothing else is.
 */
void gb_picture_place_labels(struct gb_picture *p);

#endif
