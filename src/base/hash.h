/* FNV-1a: hashes of bytes, the same on every machine. */
#ifndef GB_BASE_HASH_H
#define GB_BASE_HASH_H

#include "base/str.h"

/* The hash of nothing, which the others go on with. */
#define GB_HASH UINT64_C(14695981039346656037)

static inline uint64_t
gb_hash_byte(uint64_t hash, unsigned char byte)
{
    return (hash ^ byte) * UINT64_C(1099511628211);
}

static inline uint64_t
gb_hash_str(uint64_t hash, struct gb_str s)
{
    for (size_t i = 0; i < s.len; i++)
        hash = gb_hash_byte(hash, (unsigned char)s.ptr[i]);
    return hash;
}

/* Without blanks: a paragraph that is wrapped anew stays the same. The end is marked. */
static inline uint64_t
gb_hash_words(uint64_t hash, struct gb_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.ptr[i] > ' ')
            hash = gb_hash_byte(hash, (unsigned char)s.ptr[i]);
    }
    return gb_hash_byte(hash, 0);
}

/* For a table of slots. */
static inline uint32_t
gb_hash_slot(struct gb_str s)
{
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < s.len; i++)
        hash = (hash ^ (unsigned char)s.ptr[i]) * 16777619u;
    return hash ^ hash >> 15;
}

#endif
