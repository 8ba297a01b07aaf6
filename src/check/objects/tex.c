/* Braces and indexes of TeX. */
#include "check/objects/tex_priv.h"

#include "text/utf8.h"

size_t
gb_tex_behind_group(struct gb_str s, size_t at)
{
    unsigned depth = 0;

    for (; at < s.len; at++) {
        if (s.ptr[at] == '{')
            depth++;
        else if (s.ptr[at] == '}' && --depth == 0)
            return at + 1;
    }
    return s.len;
}

size_t
gb_tex_behind_index(struct gb_str s, size_t at)
{
    if (s.ptr[at] == '\\' && GB_STARTS_WITH(gb_str_skip(s, at), "\\tag{", "\\label{", "\\begin{", "\\end{"))
        return gb_tex_behind_group(s, gb_str_find(s, GB_STR("{"), at));
    if (s.ptr[at] != '_')
        return at;
    size_t next = gb_skip_any(s, at + 1, " ");
    if (next >= s.len)
        return s.len;
    if (s.ptr[next] == '{')
        return gb_tex_behind_group(s, next);
    if (s.ptr[next] == '\\') { /* _\mathrm{…} */
        next = gb_skip_letters(s, next + 1);
        return next < s.len && s.ptr[next] == '{' ? gb_tex_behind_group(s, next) : next;
    }
    gb_utf8_at(s, next, &next);
    return next;
}
