/* What a run is about: its drafts, the series that they belong to, and what baselines know of them. */
#ifndef GB_APP_FILES_COLLECT_H
#define GB_APP_FILES_COLLECT_H

#include "app/series.h"
#include "app/since.h"

struct gb_collection {
    struct gb_inputs inputs;
    struct gb_plan plan;
    struct gb_baselines baselines;
    struct gb_git *git;       /* NULL: not asked for */
    struct gb_overlay staged; /* of --staged */
    struct gb_since since;    /* of --since */
};

/* How baselines are to be found. */
enum gb_baseline_use {
    GB_BASELINE_READ,   /* where there is one, and unless options or config switch it off */
    GB_BASELINE_CREATE, /* each draft has one, stored or not */
};

/*
 * Finds the drafts that the command line names; with a manifest and no operands those that it lists, with --staged those that are in git's
 * index and were changed there, all or in the folders named. False and *error when a manifest,
 * or a baseline, is faulty; the message may be empty when that was told before. Zeroed collections are ready; to be released in every
 * case.
 */
bool gb_collect(struct gb_collection *collection, const struct gb_options *options, struct gb_configs *configs,
                enum gb_baseline_use use, struct gb_error *error);
/* The series and baselines of inputs that are there already. */
bool gb_collect_beside(struct gb_collection *collection, const struct gb_options *options, struct gb_configs *configs,
                       enum gb_baseline_use use, struct gb_error *error);
/* What baselines know of the inputs; with `create` each draft has one, stored or not. False and *error when one is faulty. */
bool gb_collect_baselines(struct gb_inputs *inputs, bool english, bool create, struct gb_baselines *baselines,
                          struct gb_error *error);
void gb_collection_release(struct gb_collection *collection);

#endif
