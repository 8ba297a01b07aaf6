#include "emit/path.h"

#include "emit/place_priv.h"

/* Goes on from the path in `out`, from its byte `root` on. Links are not looked for: names are what was given. */
static void
go(struct gb_buf *out, size_t root, struct gb_str path)
{
    struct gb_str part;

    while (gb_str_cut(&path, '/', &part)) {
        if (!part.len || gb_str_is(part, "."))
            continue;
        if (gb_str_is(part, "..")) {
            while (out->len > root && out->ptr[--out->len] != '/')
                ;
            continue;
        }
        gb_buf_add_char(out, '/');
        gb_buf_add(out, part);
    }
}

bool
gb_add_path_below(struct gb_buf *out, const char *folder, const char *path)
{
    struct gb_str base = gb_str_from(folder);
    size_t root = out->len;
    bool is_absolute = path[0] == '/';

    if (base.len == 1)
        base.len = 0; /* the root itself */
    if (!is_absolute)
        gb_buf_add(out, base);
    go(out, root, gb_str_from(path));
    struct gb_str whole = gb_str_skip(gb_buf_str(out), root);
    bool is_below = folder ? gb_str_starts(whole, base) : !is_absolute;
    if (!is_below || whole.len <= base.len + 1 || whole.ptr[base.len] != '/')
        return false;
    struct gb_str below = gb_str_skip(whole, base.len + 1);
    memmove(out->ptr + root, below.ptr, below.len);
    out->len = root + below.len;
    return true;
}

void
gb_add_clean_path(struct gb_buf *out, const char *folder, const char *path)
{
    struct gb_buf plain = {0};

    gb_add_path_below(&plain, folder, path);
    gb_add_clean(out, gb_buf_str(&plain));
    gb_buf_release(&plain);
}

void
gb_add_uri(struct gb_buf *out, struct gb_str path)
{
    static const char hex[] = "0123456789ABCDEF";

    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.ptr[i];
        bool is_letter = gb_is_alnum(c);
        if (is_letter || (c && strchr("-._~/", c))) {
            gb_buf_add_char(out, (char)c);
            continue;
        }
        gb_buf_add_char(out, '%');
        gb_buf_add_char(out, hex[c >> 4]);
        gb_buf_add_char(out, hex[c & 15]);
    }
}
