/* The bytes around a place, as the file has them, for the checks on how a draft was written down. */
#include "check/source/markup_priv.h"

struct gb_span
gb_markup_line(const struct gb_check *c, uint32_t offset)
{
    return (struct gb_span){gb_source_line_begin(c->doc->source, offset), gb_source_line_end(c->doc->source, offset)};
}

struct gb_span
gb_markup_before_head(const struct gb_check *c, const struct gb_node *node)
{
    return (struct gb_span){gb_source_line_begin(c->doc->source, node->span.begin), node->span.begin};
}

bool
gb_markup_is_blank_above(const struct gb_source_file *file, uint32_t begin)
{
    const char *text = file->text.ptr;
    uint32_t at = begin - file->base;

    if (at > 0 && text[at - 1] == '\n')
        at--;
    if (at > 0 && text[at - 1] == '\r')
        at--;
    at = (uint32_t)gb_skip_any_back(file->text, at, " \t");
    return at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r';
}

struct gb_str
gb_markup_line_below(const struct gb_source *source, const struct gb_source_file *file, uint32_t end)
{
    struct gb_str rest = gb_str_skip(file->text, end - file->base);
    struct gb_span below = {end, end};

    if (rest.len && rest.ptr[0] == '\r')
        below.begin++;
    if (rest.len > below.begin - end && rest.ptr[below.begin - end] == '\n')
        below.begin++;
    below.end = below.begin;
    if (below.begin - file->base < file->text.len)
        below.end = gb_source_line_end(source, below.begin);
    return gb_str_sub(file->text, below.begin - file->base, below.end - file->base);
}

struct gb_str
gb_markup_line_end(const struct gb_source_file *file)
{
    if (file->n_crlf > file->n_lf)
        return GB_STR("\r\n");
    return file->n_cr > file->n_lf ? GB_STR("\r") : GB_STR("\n");
}
