#include "app/terminal.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool
gb_wants_color(const struct gb_options *options, int fd)
{
    const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");

    if (options->color != GB_COLOR_AUTO)
        return options->color == GB_COLOR_ALWAYS;
    return fd >= 0 && isatty(fd) && !(no_color && *no_color) && term && strcmp(term, "dumb");
}

unsigned
gb_ambiguous_width(const struct gb_options *options)
{
    static const char *const variables[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    static const char *const wide[] = {"zh", "ja", "ko"};

    for (size_t i = 0; i < GB_COUNT(variables) && !options->ambiguous; i++) {
        const char *value = getenv(variables[i]);
        if (!value || !*value)
            continue;
        GB_FIND(language, wide, GB_COUNT(wide), strncmp(value, *language, 2) == 0);
        return language ? 2 : 1;
    }
    return options->ambiguous ? options->ambiguous : 1;
}

unsigned
gb_terminal_columns(int fd)
{
    struct winsize size;

    return fd >= 0 && ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}
