/* What the checks on figures share. Inside of check/ only. */
#ifndef GB_CHECK_OBJECTS_FIGURES_PRIV_H
#define GB_CHECK_OBJECTS_FIGURES_PRIV_H

#include "check/objects/objects_priv.h"

/* 图1-1 beside 图1: a part of it, whose number is in the wrong form. */
bool gb_figure_is_part_of_other(const struct gb_check *check, const struct gb_node *figure);

/* （1）迁移前, 1.1 主视图 right below a picture: the title of a part, numbered in a wrong form. */
bool gb_is_numbered_part(const struct gb_node *line);

enum { GB_NAME_LONGEST = 30 };

/* The first Han characters of a name, read once where it is compared with many. */
struct gb_han_name {
    uint32_t han[GB_NAME_LONGEST];
    size_t n;
    uint64_t
        pairs; /* a bit for each pair of neighbours, by a hash: names without a common bit have no pair in common */
};

struct gb_han_name gb_han_name_read(struct gb_str s);
/* Share of the pairs of neighbouring Han characters that two names have in common (Dice); 0 where one has too few to tell. */
double gb_name_likeness(const struct gb_han_name *a, const struct gb_han_name *b);

#endif
