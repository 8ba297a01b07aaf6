/*
 * Drafts that belong together, judged by what was taken down of each (facts/summary/summary.h) and by the table of their system: SYS-001 to
 * SYS-010. Rule catalogue, 8.5 and 8.6; DB32/T 2796—2015, 6.1, 6.2, 7.1.3.
 *
 * A finding stands in the report of one member and relates places of others. A member without report is read for what it
 * says, but nothing is told of it: of two that contradict each other the one with a report is told, of two the later one.
 */
#ifndef GB_SERIES_SERIES_H
#define GB_SERIES_SERIES_H

#include "facts/summary/summary.h"
#include "rule/rule.h"
#include "series/manifest.h"

struct gb_member {
    const struct gb_summary *summary;
    const struct gb_source *source; /* for places; it may be filled later than this */
    struct gb_report *report;       /* NULL: nothing is told of it */
    const struct gb_ruleset *rules;
    const struct gb_manifest_row *row; /* NULL: the manifest does not list it, or there is none */
    struct gb_str series;              /* name that the members of one series share; empty: none told */
};

struct gb_series {
    struct gb_arena *arena;    /* for what lives as long as the findings */
    struct gb_member *members; /* in any order; the check orders them by table, then path */
    uint32_t n_members;
    const struct gb_manifest *manifest; /* NULL: none */
    struct gb_report *manifest_report;  /* of the manifest itself; NULL without */
    const struct gb_ruleset *manifest_rules;
    const struct gb_registry *registry; /* NULL: none */
    uint32_t as_of;                     /* day on which it is asked what is in force */
    bool english;
};

/* Finds the rows of the members, by file or else by number. To be called before gb_series_check. */
void gb_series_match(struct gb_series *series);

/* Runs the rules on all members. Reports are not finished. */
void gb_series_check(struct gb_series *series);

#endif
