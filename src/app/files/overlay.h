/*
 * What a run reads in place of the work tree: the index of git, or files as the run has changed them so far: of those the new
 * content is read again, whether it was written already or only will be shown. Files are known by where they really are, so that one that two drafts share is one.
 */
#ifndef GB_APP_FILES_OVERLAY_H
#define GB_APP_FILES_OVERLAY_H

#include "app/files/git.h"
#include "diag/edits.h"

struct gb_overlay_file {
    const char *shown; /* path as messages show it */
    const char *path;  /* as it is opened; "-": standard input */
    const char *real;
    struct gb_str old, now;
    struct gb_traces traces; /* of the edits that lead from old to now */
};

struct gb_overlay {
    struct gb_arena arena;
    GB_ARRAY(struct gb_overlay_file) files; /* in the order of their first change */
    struct gb_git *git;                     /* files are those of its index; NULL: of the work tree */
    bool english;                           /* language of errors; asked with `git` only */
};

void gb_overlay_release(struct gb_overlay *overlay);

/* Where a file really is, as gb_path_real says; in the index it need not be in the work tree. overlay may be NULL. */
const char *gb_overlay_real(const struct gb_overlay *overlay, const char *path, struct gb_arena *arena);

/* Like gb_read_file, but of a changed file the new content. overlay may be NULL. */
bool gb_overlay_read(const struct gb_overlay *overlay, const char *path, struct gb_arena *arena,
                     struct gb_str *out_bytes, struct gb_error *error);

/* A changed file, or NULL. */
const struct gb_overlay_file *gb_overlay_find(const struct gb_overlay *overlay, const char *path);

/* The file, with the content given; it is added with `old` where it is not there yet. Texts and traces (NULL: none) are copied. */
void gb_overlay_put(struct gb_overlay *overlay, const char *path, const char *shown, struct gb_str old,
                    struct gb_str now, const struct gb_traces *traces);

#endif
