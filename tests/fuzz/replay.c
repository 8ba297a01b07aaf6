/*
 * Runs a fuzz target in a build without libFuzzer.
 *
 *     GB_FUZZ=TARGET replay FILE…                             on stored inputs
 *     GB_FUZZ=TARGET replay --mutate SECONDS LAST WORDS FILE… on what comes of them by small changes, the same sequence on every run
 *
 * Without a target it lists them. What goes wrong ends the program; the name of the input is printed before, or the input is left in
 * the file LAST. WORDS holds what the format knows: before each word a byte that says how long it is.
 */
#include "fuzz.h"
#include "mutate.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
    /* So that a target that never ends is told by its input as well. */
    MOST_SECONDS = 60,
    MOST_BYTES = 3072
};

static struct gb_str
read_or_end(const char *path, struct gb_arena *arena)
{
    struct gb_error error;
    struct gb_str bytes;

    if (!gb_read_file(path, arena, &bytes, &error)) {
        gb_error_print(&error);
        exit(2);
    }
    return bytes;
}

static void
run(struct gb_str bytes)
{
    alarm(MOST_SECONDS);
    LLVMFuzzerTestOneInput((const uint8_t *)bytes.ptr, bytes.len);
}

static void
replay(char **files)
{
    for (; *files; files++) {
        struct gb_arena arena = GB_ARENA_ZERO;
        struct gb_str bytes = read_or_end(*files, &arena);
        printf("%s\n", *files);
        fflush(stdout);
        run(bytes);
        gb_arena_release(&arena);
    }
    puts("done");
}

static void
read_words(struct gb_mutator *mutator, struct gb_str words)
{
    while (words.len) {
        size_t end = 1 + (unsigned char)words.ptr[0];
        *gb_push(&mutator->words) = gb_str_sub(words, 1, end);
        words = gb_str_skip(words, end);
    }
}

/* Each input is written down before it runs: the file outlives whatever happens. */
static void
run_written(int last, struct gb_str bytes)
{
    GB_HOLDS(pwrite(last, bytes.ptr, bytes.len, 0) == (ssize_t)bytes.len && ftruncate(last, (off_t)bytes.len) == 0);
    struct gb_str exact = gb_fuzz_exact(bytes);
    run(exact);
    gb_fuzz_forget(exact);
}

static void
mutate(double seconds, const char *path, const char *words, char **files)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_mutator mutator = {.most = MOST_BYTES, .state = 1};
    struct gb_buf input = {0};
    unsigned n = 0;
    int last = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);

    read_words(&mutator, read_or_end(words, &arena));
    for (; *files; files++)
        *gb_push(&mutator.seeds) = read_or_end(*files, &arena);
    for (double end = gb_clock() + seconds; gb_clock() < end; n++) {
        gb_mutate(&mutator, &input);
        run_written(last, gb_buf_str(&input));
    }
    printf("%u inputs\n", n);
    close(last);
    gb_buf_release(&input);
    gb_array_release(&mutator.seeds);
    gb_array_release(&mutator.words);
    gb_arena_release(&arena);
}

int
main(int argc, char **argv)
{
    LLVMFuzzerInitialize(&argc, &argv);
    if (argc > 5 && strcmp(argv[1], "--mutate") == 0)
        mutate(strtod(argv[2], NULL), argv[3], argv[4], argv + 5);
    else
        replay(argv + 1);
    return 0;
}
