/* Braces of TeX. */
#include "check/tex_priv.h"

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
