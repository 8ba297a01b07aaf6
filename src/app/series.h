/*
 * Drafts of a run that belong together: which they are (`series:` of a config, --manifest), what is kept of each when it has been judged, and the
 * findings that come when all are read.
 */
#ifndef GB_APP_SERIES_H
#define GB_APP_SERIES_H

#include "app/draft.h"
#include "app/since.h"
#include "facts/summary/json.h"
#include "series/series.h"

/* Of one draft: enough for its output and for what others say of it. */
struct gb_kept {
    struct gb_arena arena;
    const struct gb_input *input;
    enum gb_outcome outcome;
    struct gb_error error;
    bool is_told;            /* false: read only for what it says */
    struct gb_draft *draft;  /* the whole draft; NULL when it was given back */
    struct gb_source source; /* unless the draft is whole: a copy */
    struct gb_doc doc;       /* what outputs ask without its tree */
    struct gb_report report;
    struct gb_summary summary;
    const struct gb_changed *changed; /* of --since; NULL: all of it counts */
    const bool *ran;                  /* entries of its baseline whose rules judged it; NULL: there is none */
    double seconds[GB_STEP_COUNT];
};

/* Reads and judges a draft and keeps what is needed of it, with `tree` all of it; one that is not told of is only read. */
void gb_keep(struct gb_kept *kept, const struct gb_input *input, bool is_told, struct gb_wanted wanted);
/* What facts say of a draft, as if it had been kept; its file is read once more for the words to be shown. False and *error. */
bool gb_keep_facts(struct gb_kept *kept, const struct gb_input *input, const struct gb_summary *summary,
                   struct gb_error *error);
void gb_kept_release(struct gb_kept *kept);

static inline struct gb_report *
gb_kept_report(struct gb_kept *kept)
{
    return kept->draft ? &kept->draft->report : &kept->report;
}

static inline const struct gb_doc *
gb_kept_doc(const struct gb_kept *kept)
{
    return kept->draft ? kept->draft->doc : &kept->doc;
}

/* The series of a run. Zeroed is ready. */
struct gb_plan {
    struct gb_arena arena;
    struct gb_series_spec line; /* of --manifest */
    GB_ARRAY(struct gb_series_spec *) specs;
    GB_ARRAY(struct gb_input) context;      /* drafts that a manifest names and the command line does not */
    GB_ARRAY(struct gb_report *) manifests; /* of each manifest, when gb_plan_judge has run */
};

/* Reads the manifest of --manifest, so that its drafts can be the operands. False and *error when it is faulty. */
bool gb_plan_manifest(struct gb_plan *plan, const struct gb_options *options, struct gb_configs *configs,
                      struct gb_error *error);

/* Finds the series of each input, and drafts to be read beside. False and *error when a manifest is faulty. */
bool gb_plan_inputs(struct gb_plan *plan, struct gb_inputs *inputs, const struct gb_options *options,
                    struct gb_configs *configs, struct gb_error *error);

/* Does any draft of the run belong with others? */
static inline bool
gb_plan_has_series(const struct gb_plan *plan)
{
    return plan->specs.len > 0;
}

/* Judges the series among all kept drafts, and finishes their reports. */
void gb_plan_judge(struct gb_plan *plan, struct gb_kept *kept, size_t n);

void gb_plan_release(struct gb_plan *plan);

#endif
