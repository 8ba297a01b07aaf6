/* What the rules on series share. Inside of series/ only. */
#ifndef GB_SERIES_SERIES_PRIV_H
#define GB_SERIES_SERIES_PRIV_H

#include "base/array.h"
#include "base/buf.h"
#include "base/sort.h"
#include "series/series.h"

/* A fact and who states it. */
struct gb_stated {
    const struct gb_fact *fact;
    uint32_t member;
};

typedef GB_ARRAY(struct gb_stated) gb_stated_array;

#define GB_NO_MEMBER UINT32_MAX

/* Members that form one series: [begin, end) of an array of indexes that lie together. */
struct gb_group {
    const uint32_t *members;
    uint32_t n;
    uint32_t general; /* the part that differs by its nature, as 通则 does; GB_NO_MEMBER: none */
};

typedef GB_ARRAY(struct gb_group) gb_group_array;

/* All facts of a kind, by member: of a group, or of all members where it is NULL. */
void gb_series_collect(const struct gb_series *series, const struct gb_group *group, enum gb_fact_kind kind,
                       gb_stated_array *out);

/* The series among the members: those that the manifest or config names, else parts of one number. In the arena. */
void gb_series_groups(struct gb_series *series, gb_group_array *out);

/* Reports at a place of a member; NULL where it has no report, or the rule is off for it. */
struct gb_finding *gb_tell(struct gb_series *series, const char *code, const char *which, uint32_t member,
                           struct gb_at at, struct gb_str clause, const struct gb_str *args, size_t n_args);

/* At a cell of a row of the manifest; of its line where the row has no such field. */
struct gb_finding *gb_tell_row(struct gb_series *series, const char *code, const char *which,
                               const struct gb_manifest_row *row, enum gb_manifest_column column,
                               const struct gb_str *args, size_t n_args);

/* Relates a place of another member, or of a row, to a finding just reported of `member` (GB_NO_MEMBER: of the manifest). */
void gb_relate_member(struct gb_series *series, uint32_t of, struct gb_finding *finding, uint32_t other,
                      struct gb_at at, struct gb_str message);
void gb_relate_row(struct gb_series *series, uint32_t of, struct gb_finding *finding, const struct gb_manifest_row *row,
                   enum gb_manifest_column column, struct gb_str message);

/* Of two that contradict each other, is the first to be told of: the second has no report? */
static inline bool
gb_tells_first(const struct gb_series *series, uint32_t first, uint32_t second)
{
    return series->members[first].report && !series->members[second].report;
}

/* Tells of two facts that contradict each other, with the member, clause and text of the one beside; or of their definitions. */
void gb_tell_pair(struct gb_series *series, const char *code, const char *which, const struct gb_stated *first,
                  const struct gb_stated *later, bool at_definition);

/* How messages name a member: its number, else its path. */
struct gb_str gb_member_name(const struct gb_series *series, uint32_t member);

static inline struct gb_str
gb_series_say(const struct gb_series *series, const char *zh, const char *en)
{
    return gb_str_from(series->english ? en : zh);
}

/* Share of neighbouring characters that two texts have in common: 1 for equal ones. Texts of names, not of pages. */
double gb_likeness(struct gb_str a, struct gb_str b);

/* Is the key, as of a citation, that of the document with this number? */
static inline bool
gb_is_key_of(struct gb_str key, struct gb_str base, struct gb_str serial)
{
    return key.len == base.len + 1 + serial.len && gb_str_starts(key, base) && gb_str_ends(key, serial);
}

/* Is the row, or the member, out of force: withdrawn, replaced? */
static inline bool
gb_row_is_out_of_force(const struct gb_manifest_row *row)
{
    return row->state == GB_MANIFEST_WITHDRAWN_STATE || row->state == GB_MANIFEST_SUPERSEDED_STATE;
}

bool gb_member_is_out_of_force(const struct gb_series *series, uint32_t member);

/* Is it a rule or system of the organisation, no standard? */
bool gb_member_is_requirement(const struct gb_series *series, uint32_t member);

/* A member by a key of its own. */
struct gb_keyed {
    struct gb_str key;
    uint32_t member;
};

typedef GB_ARRAY(struct gb_keyed) gb_keyed_array;

/* By key, then by member. */
void gb_keyed_sort(gb_keyed_array *keyed);
/* Members by their number: base and serial, as in citations. */
void gb_series_by_key(struct gb_series *series, gb_keyed_array *out);
/* The first member of that key, whatever its year; GB_NO_MEMBER. */
uint32_t gb_series_find(const gb_keyed_array *by_key, struct gb_str key);

/* The rules, each on all members. */
void gb_check_structure(struct gb_series *series); /* SYS-001 */
void gb_check_style(struct gb_series *series);     /* SYS-002 */
void gb_check_words(struct gb_series *series);     /* SYS-003 */
void gb_check_table(struct gb_series *series);     /* SYS-004, SYS-005 */
void gb_check_force(struct gb_series *series);     /* SYS-006 */
void gb_check_citing(struct gb_series *series);    /* SYS-007, SYS-010 */
void gb_check_values(struct gb_series *series);    /* SYS-008 */
void gb_check_twins(struct gb_series *series);     /* SYS-009 */

#endif
