/*
 * Picture files of the draft, put into the page as data: URLs, so that it stays one file. Only as the source of an <img>: there
 * a browser runs no script of an SVG and loads nothing for it.
 */
#include "emit/html/html_priv.h"

#include "base/sort.h"

enum { MOST_BYTES = 2 << 20, MOST_IN_ALL = 16 << 20, HEAD_BYTES = 4096 };

/* Written in the page: what else is in a file is not. */
static const struct {
    const char *type, *magic;
    size_t len;
} kinds[] = {
    {"image/png", "\x89PNG\r\n\x1A\n", 8},
    {"image/jpeg", "\xFF\xD8\xFF", 3},
    {"image/gif", "GIF8", 4},
};

/* By its bytes: names lie. An SVG that declares entities may be made to grow without end. */
static const char *
type_of(struct gb_str bytes)
{
    for (size_t i = 0; i < GB_COUNT(kinds); i++) {
        if (bytes.len > kinds[i].len && memcmp(bytes.ptr, kinds[i].magic, kinds[i].len) == 0)
            return kinds[i].type;
    }
    struct gb_str head = gb_str_sub(bytes, 0, bytes.len < HEAD_BYTES ? bytes.len : HEAD_BYTES);
    bool is_svg =
        gb_str_has(head, GB_STR("<svg")) && !memchr(head.ptr, '\0', head.len) && !gb_str_has(bytes, GB_STR("<!ENTITY"));
    return is_svg ? "image/svg+xml" : NULL;
}

static void
put_base64(struct gb_out *out, struct gb_str bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *p = (const unsigned char *)bytes.ptr;

    for (size_t i = 0; i < bytes.len; i += 3) {
        size_t n = bytes.len - i < 3 ? bytes.len - i : 3;
        uint32_t three = (uint32_t)p[i] << 16 | (n > 1 ? (uint32_t)p[i + 1] << 8 : 0) | (n > 2 ? p[i + 2] : 0);
        char four[] = {digits[three >> 18], digits[three >> 12 & 63], n > 1 ? digits[three >> 6 & 63] : '=',
                       n > 2 ? digits[three & 63] : '='};
        gb_out_add(out, (struct gb_str){four, 4});
    }
}

static const struct gb_picture_file *
file_of(const struct gb_doc *doc, const struct gb_figure *figure)
{
    GB_SEEK(uint32_t, i, doc->n_picture_files, (uintptr_t)doc->picture_files[i].of < (uintptr_t)figure);
    return i < doc->n_picture_files && doc->picture_files[i].of == figure ? &doc->picture_files[i] : NULL;
}

bool
gb_html_picture(struct gb_html *h, const struct gb_figure *figure)
{
    const struct gb_picture_file *file = file_of(h->doc, figure);
    const char *type;
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_str bytes;
    struct gb_error error;
    bool is_put = false;

    if (!file || file->size == 0 || file->size > MOST_BYTES || *h->picture_bytes + file->size > MOST_IN_ALL)
        return false;
    if (gb_read_regular_file(file->path, &arena, &bytes, &error) && bytes.len <= MOST_BYTES &&
        (type = type_of(bytes))) {
        *h->picture_bytes += bytes.len;
        gb_out_printf(h->out, "<img loading=\"lazy\" src=\"data:%s;base64,", type);
        put_base64(h->out, bytes);
        gb_out_char(h->out, '"');
        gb_html_put_attribute(h->out, "alt", gb_str_trim(figure->alt.str.len ? figure->alt.str : figure->file.str));
        gb_out_char(h->out, '>');
        is_put = true;
    }
    gb_arena_release(&arena);
    return is_put;
}
