/* The built-in packs as they lie in the repository: for the generator, and for the test that compares. */
#ifndef GB_RULE_FOLDER_PRIV_H
#define GB_RULE_FOLDER_PRIV_H

#include "rule/image_priv.h"

/*
 * Loads words/, profiles.yaml, base/ and then each other folder as a pack of its name. The image is freed by free(); NULL
 * and *error on a fault. *out_read lists the files and folders read, in the arena.
 */
struct gb_image *gb_load_folder(const char *root, struct gb_arena *arena, const char ***out_read, size_t *out_n_read,
                                struct gb_error *error);

#endif
