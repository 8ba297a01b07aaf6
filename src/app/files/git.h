/*
 * The repository that the current folder lies in, asked through the git program: the one file that runs it. No shell is used, and
 * nothing that the repository holds is run: no hook, filter, external diff or file-system monitor; nothing is fetched or written.
 *
 * GIT_DIR, GIT_WORK_TREE and GIT_INDEX_FILE hold as they do for git itself, so that a hook sees what is about to be committed.
 */
#ifndef GB_APP_FILES_GIT_H
#define GB_APP_FILES_GIT_H

#include "base/arena.h"
#include "base/array.h"
#include "base/error.h"

struct gb_git;

/* NULL and *error when there is no git program, or no repository with a work tree. */
struct gb_git *gb_git_open(bool english, struct gb_error *error);
void gb_git_close(struct gb_git *git);

/* A file by its real path, whether it is in the work tree or not. */
struct gb_git_file {
    const char *real;
    const char *shown; /* as seen from the current folder */
};

struct gb_git_files {
    GB_ARRAY(struct gb_git_file) list;
};

/* Regular files of the index that HEAD does not have so: added, changed, renamed, copied. In the order of their names. */
bool gb_git_staged(struct gb_git *git, struct gb_arena *arena, struct gb_git_files *out, struct gb_error *error);

/* The commit that a revision names, as its full id. False and *error when there is none. */
bool gb_git_commit(struct gb_git *git, const char *revision, struct gb_arena *arena, const char **out,
                   struct gb_error *error);

/*
 * What a commit (NULL: the index) holds of a file; *out_found says whether it has one of that name. False and *error when git failed.
 * Threads may ask at the same time.
 */
bool gb_git_read(struct gb_git *git, const char *commit, const char *real, struct gb_arena *arena,
                 struct gb_str *out_bytes, bool *out_found, struct gb_error *error);

/* The real path that the file, now in the index under another name, had in the commit; NULL when it is new. As gb_git_read. */
bool gb_git_renamed(struct gb_git *git, const char *commit, const char *real, struct gb_arena *arena, const char **out,
                    struct gb_error *error);

/* The folder of the repository's hooks, as core.hooksPath and linked work trees have it, seen from the current folder. */
bool gb_git_hooks(struct gb_git *git, struct gb_arena *arena, const char **out, struct gb_error *error);

#endif
