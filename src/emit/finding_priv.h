/* What formats show of a finding. */
#ifndef GB_EMIT_FINDING_PRIV_H
#define GB_EMIT_FINDING_PRIV_H

#include "emit/emit.h"
#include "emit/place_priv.h"

/* In formats that show a level and above: neither below it nor excused. */
static inline bool
gb_is_shown(const struct gb_emit *e, const struct gb_finding *finding)
{
    return !finding->is_suppressed && finding->level >= e->level;
}

/* A loop over those of the report: GB_EACH_SHOWN(f, e) { … } */
#define GB_EACH_SHOWN(f, e)                                                                                            \
    GB_EACH_IN(f, &(e)->report->findings)                                                                              \
        if (gb_is_shown((e), f))

/* Text in the language of the run. */
static inline const char *
gb_say_of(const struct gb_emit *e, const char *zh, const char *en)
{
    return e->english ? en : zh;
}

size_t gb_count_shown(const struct gb_emit *e);

/* 错误, or error. */
const char *gb_level_word(enum gb_level level, bool english);

/* Of an element that has no number: 前言, or Foreword; NULL: it has one. */
const char *gb_unnumbered_name(enum gb_node_kind kind, bool english);

/* path:line:column, or path:line where no column is certain. */
void gb_add_position(struct gb_buf *out, const struct gb_range *range);
void gb_put_position(struct gb_out *out, const struct gb_range *range);

/* Appends message, remedy and source, each in one line, with the separator between two of them, where they are given. */
void gb_add_advice(struct gb_buf *out, const struct gb_emit *e, const struct gb_finding *finding,
                   const char *separator);

/* Appends the clauses that a rule is from in the editions that have it, the newest first; once where they are the same. */
void gb_add_sources(struct gb_buf *out, const struct gb_rule_info *rule, const char *separator);

#endif
