#include "fuzz.h"

#include "rule/rule.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static const struct target {
    const char *name;
    void (*run)(struct gb_str bytes);
} targets[] = {
#define X(name) {#name, gb_fuzz_##name},
    GB_FUZZ_TARGETS(X)
#undef X
};

static const struct target *chosen;
static struct gb_ruleset *rules;
static int file = -1;

_Noreturn void
gb_fuzz_fail(const char *path, int line, const char *condition)
{
    fprintf(stderr, "%s:%d: does not hold: %s\n", path, line, condition);
    abort();
}

struct gb_str
gb_fuzz_exact(struct gb_str bytes)
{
    char *copy = gb_alloc(bytes.len);

    if (bytes.len)
        memcpy(copy, bytes.ptr, bytes.len);
    return (struct gb_str){copy, bytes.len};
}

void
gb_fuzz_forget(struct gb_str exact)
{
    free((void *)(uintptr_t)exact.ptr);
}

uint32_t
gb_fuzz_choice(struct gb_str bytes, uint32_t salt, uint32_t n)
{
    uint32_t h = 2166136261u ^ salt;

    for (size_t i = 0; i < bytes.len; i++)
        h = (h ^ (unsigned char)bytes.ptr[i]) * 16777619u;
    return (h >> 8) % n;
}

const struct gb_ruleset *
gb_fuzz_rules(void)
{
    struct gb_error error;

    if (!rules)
        rules = gb_ruleset_new(&(struct gb_ruleset_options){0}, &error);
    GB_HOLDS(rules);
    return rules;
}

const char *
gb_fuzz_file(struct gb_str bytes)
{
    static char path[64];

    if (file < 0)
        file = memfd_create("fuzz", MFD_CLOEXEC);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
    GB_HOLDS(ftruncate(file, 0) == 0 && pwrite(file, bytes.ptr, bytes.len, 0) == (ssize_t)bytes.len);
    return path;
}

static void
choose(const char *name)
{
    for (size_t i = 0; i < GB_COUNT(targets); i++) {
        if (name && strcmp(targets[i].name, name) == 0)
            chosen = &targets[i];
    }
}

/* The target is named by an environment variable: libFuzzer starts itself anew with its own arguments. */
int LLVMFuzzerInitialize(int *argc, char ***argv);

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    choose(getenv("GB_FUZZ"));
    if (!chosen) {
        for (size_t i = 0; i < GB_COUNT(targets); i++)
            puts(targets[i].name);
        exit(2);
    }
    gb_markdown_startup();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    chosen->run((struct gb_str){(const char *)data, size});
    return 0;
}
