/*
 * Where bytes of a class stand in a long text: 64 bytes at a time, a bit for each. For files of which most bytes say nothing to
 * their reader. Classes are of ASCII, so that no byte of another character of UTF-8 belongs to one.
 */
#ifndef GB_TEXT_SCAN_H
#define GB_TEXT_SCAN_H

#include "base/str.h"

enum { GB_SCAN_BLOCK = 64, GB_SCAN_BLOCKS = 32 };

/* A byte is in the class when low[byte & 15] and high[byte >> 4] share a bit. */
struct gb_byte_class {
    unsigned char low[16], high[16];
};

/* The class of these bytes. */
void gb_byte_class_init(struct gb_byte_class *class, const char *bytes);

/* Bits of n blocks, which are n * 64 bytes at ptr. */
void gb_scan_class(const char *ptr, size_t n, const struct gb_byte_class *class, uint64_t *out);

/* Bits of n blocks: bytes that are `a` and have `b` `distance` bytes behind them. Reads `distance` bytes more. */
void gb_scan_pairs(const char *ptr, size_t n, char a, char b, size_t distance, uint64_t *out);

/* Goes from mark to mark: {.text = …, .class = …}. */
struct gb_marks {
    struct gb_str text;
    struct gb_byte_class class;
    size_t next;              /* byte at which the blocks that are not scanned begin */
    size_t at;                /* byte at which the block of `bits` begins */
    uint64_t bits;            /* its marks that are left */
    uint32_t block, n_blocks; /* of blocks */
    uint64_t blocks[GB_SCAN_BLOCKS];
};

/* Scans on; false at the end of the text. */
bool gb_marks_more(struct gb_marks *marks);

/* The next mark is the first one at or behind `at`. */
void gb_marks_seek(struct gb_marks *marks, size_t at);

/* The next mark; false without. */
static inline bool
gb_marks_next(struct gb_marks *marks, size_t *out)
{
    while (!marks->bits) {
        if (marks->block == marks->n_blocks && !gb_marks_more(marks))
            return false;
        marks->at += GB_SCAN_BLOCK;
        marks->bits = marks->blocks[marks->block++];
    }
    *out = marks->at + (size_t)__builtin_ctzll(marks->bits);
    marks->bits &= marks->bits - 1;
    return true;
}

#endif
