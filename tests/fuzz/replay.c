/*
 * Runs a fuzz target on stored inputs, in a build without libFuzzer.
 *
 *     GB_FUZZ=TARGET replay FILE…
 *
 * Without a target it lists them. What goes wrong ends the program; the name of the input is printed before.
 */
#include "fuzz.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* So that a target that never ends is told by its input as well. */
enum { MOST_SECONDS = 60 };

int
main(int argc, char **argv)
{
    LLVMFuzzerInitialize(&argc, &argv);
    for (int i = 1; i < argc; i++) {
        struct gb_arena arena = GB_ARENA_ZERO;
        struct gb_error error;
        struct gb_str bytes;
        if (!gb_read_file(argv[i], &arena, &bytes, &error)) {
            gb_error_print(&error);
            return 2;
        }
        printf("%s\n", argv[i]);
        fflush(stdout);
        alarm(MOST_SECONDS);
        LLVMFuzzerTestOneInput((const uint8_t *)bytes.ptr, bytes.len);
        gb_arena_release(&arena);
    }
    puts("done");
    return 0;
}
