#include "app/app.h"

#include "app/options.h"
#include "base/arena.h"
#include "read/block.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>

/* What was printed is told to have been lost, unless its reader went away. */
static bool
is_printed(const struct gb_options *options)
{
    struct gb_error error;

    errno = 0;
    if (!fflush(stdout) && !ferror(stdout))
        return true;
    gb_error_set(&error, NULL, 0, 0, "%s%s%s",
                 GB_SAY(options->english, "不能写标准输出", "cannot write standard output"),
                 errno ? GB_SAY(options->english, "：", ": ") : "", errno ? strerror(errno) : "");
    if (errno != EPIPE)
        gb_error_print(&error);
    return false;
}

static int
run(const struct gb_options *options)
{
    int status = GB_STATUS_CLEAN;

    gb_errors_are_english = options->english;
    if (options->help)
        gb_options_help(options);
    else if (options->version)
        puts("gblint " GB_VERSION);
    else
        status = options->command->run(options);
    return is_printed(options) ? status : GB_STATUS_FAILED;
}

int
gb_refuse(bool english, const char *zh, const char *en)
{
    struct gb_error error;

    gb_error_set(&error, NULL, 0, 0, "%s", GB_SAY(english, zh, en));
    gb_error_print(&error);
    return GB_STATUS_FAILED;
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
    gb_memory_startup();
    gb_markdown_startup();
    if (gb_options_parse(&options, argc, argv, &error))
        status = run(&options);
    else
        gb_error_print(&error);
    gb_options_release(&options);
    return status;
}
