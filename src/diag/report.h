/*
 * Findings on one draft, collected while the rules run, then ordered, freed of doubles and folded.
 */
#ifndef GB_DIAG_REPORT_H
#define GB_DIAG_REPORT_H

#include "base/array.h"
#include "source/source.h"

#define GB_LEVELS(X)                                                                                                   \
    X(OFF, "off")                                                                                                      \
    X(INFO, "info")                                                                                                    \
    X(WARNING, "warning")                                                                                              \
    X(ERROR, "error")

enum gb_level {
#define X(id, name) GB_LEVEL_##id,
    GB_LEVELS(X)
#undef X
};

const char *gb_level_name(enum gb_level level);

/* Editions of GB/T 1.1 that rules differ by, the newest last (facts/facts.h). */
enum { GB_RULE_EDITIONS = 2 };

/* What a report has to know of a rule; lives as long as the rule set. */
struct gb_rule_info {
    struct gb_str code;         /* NUM-012 */
    struct gb_str name;         /* hanging-paragraph */
    struct gb_str title, why;   /* in the language of the run */
    const struct gb_str *folds; /* codes of the rules that it folds where both speak of one place */
    uint32_t n_folds;
    uint32_t index;                          /* among the rules of the set, from 0 */
    enum gb_level levels[GB_RULE_EDITIONS];  /* OFF: not in that edition */
    struct gb_str sources[GB_RULE_EDITIONS]; /* "GB/T 1.1—2020, 7.4" */
};

/* A place in the draft: a range of bytes, or whole lines when no column is certain. */
struct gb_at {
    struct gb_span span;
    bool by_line;
};

struct gb_related {
    struct gb_at at;
    struct gb_str message;          /* may be empty */
    const struct gb_source *source; /* of another draft that the place is in; NULL: that of the report */
    bool is_alike;                  /* the same fault once more: the finding could as well stand there … */
    struct gb_str clause;           /* … in the clause of that number */
};

struct gb_edit {
    struct gb_span span; /* replaced by text; empty span: insertion */
    struct gb_str text;
    bool is_markup; /* text is written in the markup of the file; else as a reader sees it */
    bool is_move;   /* text stands elsewhere in the file, whole: code and formulas may go with it */
    bool is_code;   /* text is of the language of the code that it goes into: a chart */
};

struct gb_chart;

struct gb_finding {
    const struct gb_rule_info *rule;
    enum gb_level level;
    struct gb_at at;
    struct gb_str clause;                  /* number of the clause in the draft, "" outside of all */
    struct gb_str message, remedy, source; /* source: "GB/T 1.1—2020, 7.4" */
    struct gb_related *related;
    uint32_t n_related;
    struct gb_edit *edits; /* not overlapping, in order */
    uint32_t n_edits;
    const struct gb_chart *chart; /* flowchart that it speaks of, for drawings; NULL: none */
    struct gb_span in_chart;      /* the place in the chart's own text; empty: all of it */
    bool fix_safe;
    bool is_suppressed;
    bool is_known;        /* suppressed because the baseline has it */
    struct gb_str reason; /* of the suppression */
};

/* Something that could not be judged, so that silence is not taken for success. */
struct gb_not_checked {
    struct gb_str what, why;
};

/* How often a rule spoke, and how often more than is told. */
struct gb_tally {
    const struct gb_rule_info *rule; /* NULL: it did not */
    uint32_t n[4];                   /* by level: taken, after finish told */
    uint32_t left_out;
};

/*
 * Findings of one rule and level that are told: more help nobody. Some of those taken are folded or doubles, so that more are
 * taken; but not without end, as they cost time and memory. So many places alike has one finding at most.
 */
enum { GB_MOST_FINDINGS = 1000, GB_MOST_PLACES = 1000, GB_TAKEN_PER_TOLD = 20, GB_MOST_TAKEN = 1000000 };

/* What the baseline has of the draft and no finding says any more: `n` times. */
struct gb_fixed {
    struct gb_str rule, clause, quote; /* as the baseline has them; the quote may be cut */
    uint32_t n;
};

/* The score of a draft by its findings, in hundredths of a point; app/score.h. */
enum { GB_SCORE_GROUPS = 9 };

struct gb_score_group {
    const char *name;   /* the groups of rules in it: STR+NUM */
    uint32_t counts[4]; /* by level, without suppressed ones */
    uint32_t off;       /* taken off */
    bool is_capped;     /* the findings would take off more */
};

struct gb_score {
    uint32_t value; /* 10000: nothing was taken off */
    uint32_t n_clauses;
    struct gb_score_group groups[GB_SCORE_GROUPS];
};

struct gb_report {
    struct gb_arena *arena; /* borrowed: the document's */
    const struct gb_source *source;
    GB_ARRAY(struct gb_finding) findings;
    GB_ARRAY(struct gb_not_checked) not_checked;
    GB_ARRAY(struct gb_tally) tallies; /* by index of the rule */
    uint32_t most;       /* of one rule and level that are told: GB_MOST_FINDINGS, unless it is set to another number */
    uint32_t most_taken; /* as gb_report_limit says */
    struct gb_str edition, stage, type, function, profile; /* as shown in outputs; "" where unknown */
    struct gb_str profile_why, edition_why;                /* one phrase each, in the language of the run */
    struct gb_str format;
    bool wants_fixes;             /* some output shows or applies them; else none is made */
    uint32_t n_clauses;           /* clauses that bind, for the score */
    const struct gb_score *score; /* NULL: nobody asked for it */
    uint32_t counts[4];           /* by level, after finish; suppressed ones not counted */
    uint32_t n_suppressed;        /* by the draft itself */
    uint32_t n_known;             /* by the baseline */
    bool has_baseline;
    const struct gb_fixed *fixed; /* in the order of the baseline */
    uint32_t n_fixed;
    bool is_since;        /* --since: what stands in clauses not changed was taken out */
    uint32_t n_unchanged; /* so many findings */
};

void gb_report_init(struct gb_report *report, struct gb_arena *arena, const struct gb_source *source);
void gb_report_release(struct gb_report *report);

/* So many of a rule and level are told, and some more taken: GB_TAKEN_PER_TOLD times as many, but no more than GB_MOST_TAKEN. */
void gb_report_limit(struct gb_report *report, uint32_t most);

/* A new finding at the end, zeroed but for rule and level; NULL where no more of the rule are taken. Good until the next call. */
struct gb_finding *gb_report_add(struct gb_report *report, const struct gb_rule_info *rule, enum gb_level level);
/* `n` more places of the rule that are not told. */
void gb_report_leave_out(struct gb_report *report, const struct gb_rule_info *rule, size_t n);
void gb_report_not_checked(struct gb_report *report, struct gb_str what, struct gb_str why);

/* Adds to the last added finding; valid until the next. The source of a place in another draft may be filled later, before it is written. */
struct gb_related *gb_finding_relate(struct gb_report *report, struct gb_finding *finding, struct gb_at at,
                                     struct gb_str message);
/* Lets it stand at its related place i, which is alike. */
void gb_finding_move(struct gb_finding *finding, uint32_t i);
void gb_finding_edit(struct gb_report *report, struct gb_finding *finding, struct gb_span span, struct gb_str text);

/*
 * A finished report in another arena, with another source of the same text: what it was made from can be given back. Codes and titles of
 * rules stay those of the rule set.
 */
void gb_report_copy(const struct gb_report *report, struct gb_arena *arena, const struct gb_source *source,
                    struct gb_report *out);

/*
 * Orders findings by start, end, rule; drops doubles (same rule, same range, same message); folds: a finding whose
 * rule is in the `folds` of another finding's rule and that overlaps it or a place related to it, or stands on the same
 * line, is dropped; leaves out what is more than `most` of a rule and level; counts.
 */
void gb_report_finish(struct gb_report *report);

/* NUM of the code NUM-012. */
static inline struct gb_str
gb_rule_group(struct gb_str code)
{
    return gb_str_sub(code, 0, gb_str_find(code, GB_STR("-"), 0));
}

#endif
