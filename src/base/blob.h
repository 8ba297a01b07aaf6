/*
 * Data that holds distances in place of pointers, so that it can lie in the program as a constant (nothing to be set up at
 * start, no relocation) or be copied as a whole. What is in it must not be copied singly: a distance counts from its own place.
 */
#ifndef GB_BASE_BLOB_H
#define GB_BASE_BLOB_H

#include "base/buf.h"

/* n elements, or bytes of text, at a distance from here. */
struct gb_rel {
    int32_t distance;
    uint32_t n;
};

static inline const void *
gb_rel_at(const struct gb_rel *rel)
{
    return (const char *)rel + rel->distance;
}

static inline struct gb_str
gb_rel_str(const struct gb_rel *rel)
{
    return (struct gb_str){(const char *)rel + rel->distance, rel->n};
}

/* A blob being built; zeroed is empty. Offsets count from its begin; pieces are aligned for any object. */
struct gb_blob {
    struct gb_buf buf;
};

/* Adds bytes and gives their offset; NULL: zeroed ones. */
size_t gb_blob_add(struct gb_blob *blob, const void *bytes, size_t size);

/* Lets the gb_rel at offset `field` point to n elements at offset `target`. */
void gb_blob_link(struct gb_blob *blob, size_t field, size_t target, size_t n);

/* Adds a text and lets the gb_rel at `field` point to it. */
void gb_blob_link_str(struct gb_blob *blob, size_t field, struct gb_str text);

/* Adds an array of gb_rel that point to the texts, and lets the one at `field` point to it. */
void gb_blob_link_words(struct gb_blob *blob, size_t field, const struct gb_str *words, size_t n);

/* A struct of the blob; the pointer holds until something is added. */
#define gb_blob_at(blob, type, offset) ((type *)(void *)((blob)->buf.ptr + (offset)))

#endif
