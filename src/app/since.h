/*
 * --since REV: only findings in what has changed since a revision of git.
 *
 * Lines are compared with those of the revision; blank ones do not count, nor does a change of line ends or encoding. A finding is told
 * when one of its lines was changed or added, or when one of the lines of its clause was: of the innermost clause, term, annex,
 * foreword, introduction, bibliography or index, from its head to the next. Where lines were taken out, the clause of the line before
 * and the line behind count as changed. All of a file counts that the revision does not have under this name nor, moved, under another.
 */
#ifndef GB_APP_SINCE_H
#define GB_APP_SINCE_H

#include "app/files/git.h"
#include "diag/report.h"
#include "doc/node.h"

/* What changes are told from; lives as long as the run. */
struct gb_since {
    struct gb_git *git;
    const char *commit; /* its full id */
};

struct gb_changed;

/* What has changed in a draft, in the arena; `doc` and its source are not kept. NULL and *error when git failed. */
const struct gb_changed *gb_changed_new(const struct gb_since *since, const struct gb_doc *doc, struct gb_arena *arena,
                                        struct gb_error *error);

const struct gb_changed *gb_changed_copy(const struct gb_changed *changed, struct gb_arena *arena);

/* Takes the findings out of a finished report that stand in what has not changed. */
void gb_changed_filter(const struct gb_changed *changed, struct gb_report *report);

#endif
