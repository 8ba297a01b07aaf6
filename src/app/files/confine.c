#include "app/files/confine.h"

#include "app/files/path.h"
#include "app/files/temporary.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- The kernel's interface, of which headers may know less than the kernel: landlock(7) ---- */

enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446 };
enum { ASK_VERSION = 1, PATH_BENEATH = 1 };

#define WRITE_FILE (UINT64_C(1) << 1)
#define READ_FILE (UINT64_C(1) << 2)
#define READ_FOLDER (UINT64_C(1) << 3)
#define REMOVE_FILE (UINT64_C(1) << 5)
#define MAKE_FILE (UINT64_C(1) << 8)
#define TRUNCATE (UINT64_C(1) << 14)

struct ruleset {
    uint64_t files, net;
};

struct beneath {
    uint64_t allowed;
    int32_t folder;
} __attribute__((packed));

/* How many rights of the file system, and of TCP, each version of the interface knows: 1, 2 … All are withheld, those that have no name here
 * (to run a program, to make a folder or a link …) for good. */
static const struct {
    unsigned files, net;
} versions[] = {{13, 0}, {14, 0}, {15, 0}, {15, 2}, {16, 2}};

/* ---- Rules ---- */

struct gb_confine
gb_confine_begin(void)
{
    struct gb_confine confine = {.ruleset = -1};
    long version = syscall(CREATE_RULESET, NULL, 0, ASK_VERSION);

    if (version < 1)
        return confine;
    if ((size_t)version > GB_COUNT(versions))
        version = GB_COUNT(versions);
    const struct ruleset set = {(UINT64_C(1) << versions[version - 1].files) - 1,
                                (UINT64_C(1) << versions[version - 1].net) - 1};
    confine.ruleset = (int)syscall(CREATE_RULESET, &set, sizeof(set), 0);
    confine.handled = set.files;
    return confine;
}

/* What cannot be added (a pipe, a file that is gone) is either free or cannot be opened. */
static void
allow(const struct gb_confine *confine, const char *path, uint64_t rights)
{
    int fd = confine->ruleset < 0 ? -1 : open(path, O_PATH | O_CLOEXEC);
    const struct beneath rule = {rights & confine->handled, fd};

    if (fd < 0)
        return;
    syscall(ADD_RULE, confine->ruleset, PATH_BENEATH, &rule, 0);
    close(fd);
}

void
gb_confine_allow_reading(const struct gb_confine *confine, const char *folder)
{
    allow(confine, folder, READ_FILE | READ_FOLDER);
}

void
gb_confine_allow_writing(const struct gb_confine *confine, const char *folder)
{
    allow(confine, folder, READ_FILE | READ_FOLDER | WRITE_FILE | TRUNCATE | MAKE_FILE | REMOVE_FILE);
}

bool
gb_confine_enter(struct gb_confine *confine)
{
    if (confine->ruleset < 0)
        return false;
    bool ok = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(RESTRICT_SELF, confine->ruleset, 0) == 0;
    close(confine->ruleset);
    confine->ruleset = -1;
    return ok;
}

/* ---- What a run needs ---- */

struct grant {
    struct gb_confine confine;
    struct gb_arena arena;
    struct gb_str last; /* the folder whose project was let in last: drafts of one folder come after each other */
    bool mends;
};

static bool
is_link(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

/* The project of a draft, with all that it includes and its pictures. */
static void
allow_project(struct grant *grant, const char *path)
{
    struct gb_str folder = gb_path_folder(&grant->arena, path);

    if (grant->last.ptr && gb_str_eq(folder, grant->last) && !is_link(path))
        return;
    const char *root = gb_path_root(&grant->arena, path);
    if (root)
        (grant->mends ? gb_confine_allow_writing : gb_confine_allow_reading)(&grant->confine, root);
    if (root && !is_link(path))
        grant->last = folder;
}

static void
allow_inputs(struct grant *grant, const struct gb_input *inputs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        allow_project(grant, inputs[i].shown);
        for (uint32_t k = 0; k < inputs[i].n_paths; k++)
            allow_project(grant, inputs[i].paths[k]);
    }
}

/* A regular file is made beside the one that it replaces. */
static void
allow_output(struct grant *grant, const char *path)
{
    struct stat st;

    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
        allow(&grant->confine, path, WRITE_FILE); /* it is written as it is */
        return;
    }
    char *target = gb_temporary_target(path);
    if (target)
        gb_confine_allow_writing(&grant->confine, gb_path_folder(&grant->arena, target).ptr);
    free(target);
}

/* A sanitizer reads of its own process when it has something to tell, and at the end. */
static void
allow_sanitizers(struct grant *grant)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    gb_confine_allow_reading(&grant->confine, "/");
#else
    (void)grant;
#endif
}

void
gb_confine_to(const struct gb_plans *plans)
{
    struct grant grant = {.confine = gb_confine_begin(), .mends = plans->mends};

    if (grant.confine.ruleset < 0)
        return;
    allow_inputs(&grant, plans->inputs, plans->n_inputs);
    allow_inputs(&grant, plans->others, plans->n_others);
    GB_EACH_IN(output, &plans->options->outputs) {
        if (output->path)
            allow_output(&grant, output->path);
    }
    for (size_t i = 0; plans->baselines && i < plans->baselines->list.len; i++)
        gb_confine_allow_writing(&grant.confine, plans->baselines->list.items[i]->folder);
    allow_sanitizers(&grant);
    gb_confine_enter(&grant.confine);
    gb_arena_release(&grant.arena);
}
