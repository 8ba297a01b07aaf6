/*
 * What a run may still do once it is known what it is about: read beneath the projects of its drafts, write what it was told to write,
 * and nothing else: no other file, no program, no TCP connection. Held by the kernel (Landlock, with no_new_privs, Linux 5.13), not by
 * our own care, so that a fault of a reader reaches no further than the draft. Nothing happens where the kernel does not know it.
 *
 * It holds for the thread that enters and all it starts afterwards; descriptors that are open stay as they are.
 */
#ifndef GB_APP_FILES_CONFINE_H
#define GB_APP_FILES_CONFINE_H

#include "app/files/input.h"

struct gb_confine {
    int ruleset;      /* -1: the kernel has none */
    uint64_t handled; /* rights of the file system that are withheld */
};

struct gb_confine gb_confine_begin(void);
/* All beneath a folder is read; files beneath it are made, replaced and removed. Paths that are not there are passed over. */
void gb_confine_allow_reading(const struct gb_confine *confine, const char *folder);
void gb_confine_allow_writing(const struct gb_confine *confine, const char *folder);
/* False when the kernel refuses; everything is as it was then. The struct is of no use afterwards. */
bool gb_confine_enter(struct gb_confine *confine);

/* What a command is about to do. */
struct gb_plans {
    const struct gb_options *options; /* its outputs are written */
    const struct gb_input *inputs;
    size_t n_inputs;
    const struct gb_input *others; /* read beside them */
    size_t n_others;
    const struct gb_baselines *baselines; /* written; NULL: none is */
    bool mends;                           /* files of the drafts are written */
};

void gb_confine_to(const struct gb_plans *plans);

#endif
