#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

bool gb_errors_are_english;

void
gb_error_set(struct gb_error *error, const char *path, unsigned line, unsigned column, const char *format, ...)
{
    if (!error)
        return;
    va_list args;
    va_start(args, format);
    snprintf(error->path, sizeof(error->path), "%s", path ? path : "");
    error->line = line;
    error->column = column;
    vsnprintf(error->message, sizeof(error->message), format, args);
    va_end(args);
}

void
gb_error_print(const struct gb_error *error)
{
    if (!error->message[0])
        return;
    fputs("gblint: ", stderr);
    if (error->path[0]) {
        fprintf(stderr, "%s:", error->path);
        if (error->line)
            fprintf(stderr, "%u:", error->line);
        if (error->line && error->column)
            fprintf(stderr, "%u:", error->column);
        fputc(' ', stderr);
    }
    fprintf(stderr, "%s\n", error->message);
}
