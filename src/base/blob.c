#include "base/blob.h"

enum { ALIGN = 8 };

size_t
gb_blob_add(struct gb_blob *blob, const void *bytes, size_t size)
{
    size_t before = -blob->buf.len & (ALIGN - 1), offset = blob->buf.len + before;

    gb_buf_reserve(&blob->buf, before + size);
    memset(blob->buf.ptr + blob->buf.len, 0, before + size);
    if (bytes && size)
        memcpy(blob->buf.ptr + offset, bytes, size);
    blob->buf.len = offset + size;
    return offset;
}

void
gb_blob_link(struct gb_blob *blob, size_t field, size_t target, size_t n)
{
    *gb_blob_at(blob, struct gb_rel, field) = (struct gb_rel){(int32_t)target - (int32_t)field, (uint32_t)n};
}

/* Texts need no alignment: they lie one behind the other. */
void
gb_blob_link_str(struct gb_blob *blob, size_t field, struct gb_str text)
{
    size_t target = blob->buf.len;

    gb_buf_add(&blob->buf, text);
    gb_blob_link(blob, field, target, text.len);
}

void
gb_blob_link_words(struct gb_blob *blob, size_t field, const struct gb_str *words, size_t n)
{
    size_t array = gb_blob_add(blob, NULL, n * sizeof(struct gb_rel));

    gb_blob_link(blob, field, array, n);
    for (size_t i = 0; i < n; i++)
        gb_blob_link_str(blob, array + i * sizeof(struct gb_rel), words[i]);
}
