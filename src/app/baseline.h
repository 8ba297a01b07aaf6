/*
 * The baseline of a project: findings that were there when it was written. They are known by rule, clause and words, never by line; a
 * draft's known findings are suppressed, so that only new ones count. One that has become graver since is new.
 *
 * The file `.gblint-baseline.json` is the nearest one upward from the draft, up to the folder that has .git:
 *
 *     {"schema":1,"known":[
 *     {"file":"a.md","clause":"5.1","rule":"WRD-001","level":"warning","quote":"尽快","words":"…","around":"…","n":2},
 *     {}]}
 *
 * One entry a line, each line whole by itself: what two branches added can be merged line by line, in whatever order.
 */
#ifndef GB_APP_BASELINE_H
#define GB_APP_BASELINE_H

#include "app/config/config.h"

/* One place of a finding, or several that are alike. */
struct gb_known {
    struct gb_str file; /* of the draft, seen from the baseline's folder */
    struct gb_str clause, rule;
    enum gb_level level;    /* OFF: written before levels were, known at any */
    struct gb_str quote;    /* its beginning, for people */
    uint64_t words, around; /* hashes of the finding's words and of its line, without blanks */
    uint32_t n;
};

struct gb_baseline {
    struct gb_arena arena;
    const char *path;                  /* as messages show it */
    const char *folder;                /* real */
    GB_ARRAY(struct gb_known) entries; /* in the order of the file; no two are alike */
    bool is_stored;                    /* the file is there */
    struct gb_str bytes;               /* what it holds */
    uint32_t n_stale;                  /* entries told of as found no more */
};

/* What a baseline has of one draft. */
struct gb_baseline_part {
    struct gb_baseline *whole;
    struct gb_str file;
    const struct gb_known *entries;
    uint32_t n;
};

/* The baselines of a run. */
struct gb_baselines {
    struct gb_arena arena;
    bool english;
    GB_ARRAY(struct gb_baseline *) list;
    struct gb_str last_folder; /* drafts of one folder come after each other */
    struct gb_baseline *last;
};

/*
 * The part of the draft at `path`, NULL when there is no baseline; with `create`, a baseline not yet stored at the root of its project.
 * False and *error when the baseline is faulty. Lives as long as the baselines.
 */
bool gb_baselines_part(struct gb_baselines *baselines, const char *path, bool create,
                       const struct gb_baseline_part **out, struct gb_error *error);
void gb_baselines_release(struct gb_baselines *baselines);

/* Fills in the entries of a baseline whose path is set; the bytes must outlive it. False and *error when they are faulty. */
bool gb_baseline_read(struct gb_baseline *baseline, struct gb_str bytes, bool english, struct gb_error *error);

/*
 * Which entries of the part are of rules that judged the draft: only their silence means that something was fixed. Not those of the
 * series: other drafts have a say there. In the arena.
 */
const bool *gb_baseline_ran(const struct gb_baseline_part *part, const struct gb_doc *doc,
                            const struct gb_ruleset *rules, const struct gb_facts *facts, struct gb_arena *arena);
/* The same entries, and those of the rules of series, all drafts of which were judged. `ran` may be NULL: no others. */
const bool *gb_baseline_ran_with_series(const struct gb_baseline_part *part, const bool *ran, struct gb_arena *arena);

/*
 * Suppresses the known findings of a finished report, and fills in what is fixed (of entries that ran; NULL: none did). May be called
 * again when findings were added.
 */
void gb_baseline_apply(const struct gb_baseline_part *part, const bool *ran, struct gb_report *report, bool english);

/* What a run of `baseline` did to one file. */
struct gb_baseline_counts {
    uint32_t known, added, removed, stale;
};

/*
 * The entries of the draft as they are now, to go into the file: known findings with their present words; else with `prune` nothing is
 * added and what is fixed is taken out, without it new findings are added and nothing is taken out.
 */
void gb_baseline_update(const struct gb_baseline_part *part, const bool *ran, const struct gb_report *report,
                        bool prune, struct gb_arena *arena, struct gb_known **out, size_t *out_n,
                        struct gb_baseline_counts *counts);

/* Orders entries and joins those that are alike: a merge of branches may have doubled them. */
void gb_baseline_order(struct gb_known *entries, size_t *n, bool adds);

/* The bytes of a baseline with these entries, ordered. */
void gb_baseline_write(const struct gb_known *entries, size_t n, struct gb_buf *out);

#endif
