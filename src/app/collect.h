/* What a run is about: its drafts, the series that they belong to, and what baselines know of them. */
#ifndef GB_APP_COLLECT_H
#define GB_APP_COLLECT_H

#include "app/series.h"

struct gb_collection {
    struct gb_inputs inputs;
    struct gb_plan plan;
    struct gb_baselines baselines;
};

/* How baselines are to be found. */
enum gb_baseline_use {
    GB_BASELINE_READ,   /* where there is one, and unless options or config switch it off */
    GB_BASELINE_CREATE, /* each draft has one, stored or not */
};

/*
 * Finds the drafts that the command line names; with a manifest and no operands those that it lists. False and *error when a manifest,
 * or a baseline, is faulty; the message may be empty when that was told before. Zeroed collections are ready; to be released in every
 * case.
 */
bool gb_collect(struct gb_collection *collection, const struct gb_options *options, struct gb_configs *configs,
                enum gb_baseline_use use, struct gb_error *error);
/* The series and baselines of inputs that are there already. */
bool gb_collect_beside(struct gb_collection *collection, const struct gb_options *options, struct gb_configs *configs,
                       enum gb_baseline_use use, struct gb_error *error);
void gb_collection_release(struct gb_collection *collection);

#endif
