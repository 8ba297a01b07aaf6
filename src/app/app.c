#include "app/app.h"

#include "app/options.h"
#include "read/block.h"

#include <signal.h>
#include <stdio.h>

static int
run(const struct gb_options *options)
{
    if (options->help) {
        gb_options_help(options);
    } else if (options->version) {
        puts("gblint " GB_VERSION);
    } else {
        return options->command->run(options);
    }
    return fflush(stdout) ? GB_STATUS_FAILED : GB_STATUS_CLEAN;
}

int
gb_main(int argc, char **argv)
{
    struct gb_options options = {0};
    struct gb_error error;
    int status = GB_STATUS_FAILED;

    /* A reader that goes away, or a limit to the size of files, is told by the write that fails. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    gb_markdown_startup();
    if (gb_options_parse(&options, argc, argv, &error))
        status = run(&options);
    else
        gb_error_print(&error);
    gb_options_release(&options);
    return status;
}
