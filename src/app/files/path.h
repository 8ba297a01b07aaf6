/* Paths: what is there, where it really is, and which project it belongs to. */
#ifndef GB_APP_FILES_PATH_H
#define GB_APP_FILES_PATH_H

#include "base/arena.h"

/* Something of that name is there, whatever it is. */
bool gb_path_exists(const char *path);
bool gb_path_is_directory(const char *path);
/* Bytes of a regular file; 0 of a device or the like, which might never end. */
uint64_t gb_path_size(const char *path);

/* The folder that a path names its file in: "." for a bare name. */
struct gb_str gb_path_folder(struct gb_arena *arena, const char *path);
/* Its last part: the name of the file. */
const char *gb_path_name(const char *path);
/* `name` as seen from `folder`; absolute names stay; "./" is left out. */
const char *gb_path_join(struct gb_arena *arena, const char *folder, const char *name);
/* Absolute and free of links and "..", or NULL when the path does not exist. */
const char *gb_path_real(struct gb_arena *arena, const char *path);
/* Where the file is, or would be: its name in its real folder. NULL when the folder does not exist. */
const char *gb_path_place(struct gb_arena *arena, const char *path);
/* A real path as messages show it: seen from the current folder when it lies inside, else as it is. */
const char *gb_path_shown(struct gb_arena *arena, const char *path);
/* Is `path` the folder or inside it? Both as gb_path_real gives them. */
bool gb_path_inside(const char *path, const char *folder);
/* The same path as seen from the folder; NULL when it lies outside. */
const char *gb_path_below(const char *path, const char *folder);

/* The nearest .gblint.yaml in the folder of the path or above it, as gb_path_shown gives it, or NULL. The path need not
 * exist. */
const char *gb_path_config(struct gb_arena *arena, const char *path);
/*
 * The nearest folder, from this real one upward, that holds something of that name, or NULL; no folder above one that holds `end`
 * (NULL: whatever it holds) is looked at.
 */
const char *gb_path_upward(struct gb_arena *arena, const char *folder, const char *name, const char *end);
/*
 * The root of the project of a draft: the nearest folder above it with .gblint.yaml or .git, else the draft's own
 * folder. As gb_path_real gives it; NULL when the folder does not exist.
 */
const char *gb_path_root(struct gb_arena *arena, const char *path);

/* Does the pattern match the path? `*` and `?` stay within a part, `**` goes over parts; a pattern without '/' is held
 * against each part, and one that matches a folder matches all in it. */
bool gb_path_matches(const char *pattern, const char *path);

#endif
