#include "text/scan.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define HAS_AVX2 1
#endif

void
gb_byte_class_init(struct gb_byte_class *class, const char *bytes)
{
    memset(class, 0, sizeof(*class));
    for (; *bytes; bytes++) {
        unsigned char c = (unsigned char)*bytes;
        class->low[c & 15] |= (unsigned char)(1u << (c >> 4));
        class->high[c >> 4] = (unsigned char)(1u << (c >> 4));
    }
}

/* ---- any machine ---- */

static void
class_of_bytes(const char *ptr, size_t n, const struct gb_byte_class *class, uint64_t *out)
{
    const unsigned char *p = (const unsigned char *)ptr;

    for (size_t i = 0; i < n; i++, p += GB_SCAN_BLOCK) {
        out[i] = 0;
        for (unsigned k = 0; k < GB_SCAN_BLOCK; k++)
            out[i] |= (uint64_t)((class->low[p[k] & 15] & class->high[p[k] >> 4]) != 0) << k;
    }
}

static void
pairs_of_bytes(const char *ptr, size_t n, char a, char b, size_t distance, uint64_t *out)
{
    for (size_t i = 0; i < n; i++, ptr += GB_SCAN_BLOCK) {
        out[i] = 0;
        for (unsigned k = 0; k < GB_SCAN_BLOCK; k++)
            out[i] |= (uint64_t)(ptr[k] == a && ptr[k + distance] == b) << k;
    }
}

/* ---- AVX2: 32 bytes at once ---- */

#ifdef HAS_AVX2

__attribute__((target("avx2"))) static inline __m256i
load(const char *p)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

__attribute__((target("avx2"))) static inline uint64_t
half_of_class(const char *p, __m256i low, __m256i high)
{
    __m256i bytes = load(p), nibbles = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(15));
    __m256i found = _mm256_and_si256(_mm256_shuffle_epi8(low, bytes), _mm256_shuffle_epi8(high, nibbles));

    return (uint32_t)~_mm256_movemask_epi8(_mm256_cmpeq_epi8(found, _mm256_setzero_si256()));
}

__attribute__((target("avx2"))) static void
class_of_vectors(const char *ptr, size_t n, const struct gb_byte_class *class, uint64_t *out)
{
    const __m256i low = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)class->low));
    const __m256i high = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)class->high));

    for (size_t i = 0; i < n; i++, ptr += GB_SCAN_BLOCK)
        out[i] = half_of_class(ptr, low, high) | half_of_class(ptr + 32, low, high) << 32;
}

__attribute__((target("avx2"))) static inline uint64_t
half_of_pairs(const char *p, __m256i a, __m256i b, size_t distance)
{
    __m256i first = _mm256_cmpeq_epi8(load(p), a), second = _mm256_cmpeq_epi8(load(p + distance), b);

    return (uint32_t)_mm256_movemask_epi8(_mm256_and_si256(first, second));
}

__attribute__((target("avx2"))) static void
pairs_of_vectors(const char *ptr, size_t n, char a, char b, size_t distance, uint64_t *out)
{
    const __m256i first = _mm256_set1_epi8(a), second = _mm256_set1_epi8(b);

    for (size_t i = 0; i < n; i++, ptr += GB_SCAN_BLOCK)
        out[i] = half_of_pairs(ptr, first, second, distance) | half_of_pairs(ptr + 32, first, second, distance) << 32;
}

#endif

/* ---- the way that the machine has ---- */

void
gb_scan_class(const char *ptr, size_t n, const struct gb_byte_class *class, uint64_t *out)
{
#ifdef HAS_AVX2
    if (__builtin_cpu_supports("avx2")) {
        class_of_vectors(ptr, n, class, out);
        return;
    }
#endif
    class_of_bytes(ptr, n, class, out);
}

void
gb_scan_pairs(const char *ptr, size_t n, char a, char b, size_t distance, uint64_t *out)
{
#ifdef HAS_AVX2
    if (__builtin_cpu_supports("avx2")) {
        pairs_of_vectors(ptr, n, a, b, distance, out);
        return;
    }
#endif
    pairs_of_bytes(ptr, n, a, b, distance, out);
}

/* ---- from mark to mark ---- */

/* The last block is scanned in a copy, filled up with a byte of no class. */
static void
scan_last(struct gb_marks *marks, size_t left)
{
    char copy[GB_SCAN_BLOCK];

    memset(copy, 0xFF, sizeof(copy));
    memcpy(copy, marks->text.ptr + marks->next, left);
    gb_scan_class(copy, 1, &marks->class, marks->blocks);
}

bool
gb_marks_more(struct gb_marks *marks)
{
    size_t left = marks->text.len - marks->next, n = left / GB_SCAN_BLOCK;

    if (left == 0)
        return false;
    n = n < GB_SCAN_BLOCKS ? n : GB_SCAN_BLOCKS;
    if (n > 0)
        gb_scan_class(marks->text.ptr + marks->next, n, &marks->class, marks->blocks);
    else
        scan_last(marks, left);
    marks->at = marks->next - GB_SCAN_BLOCK; /* of the block before: wraps at the first one */
    marks->next += n > 0 ? n * GB_SCAN_BLOCK : left;
    marks->block = 0;
    marks->n_blocks = n > 0 ? (uint32_t)n : 1;
    return true;
}

void
gb_marks_seek(struct gb_marks *marks, size_t at)
{
    marks->next = at;
    marks->bits = 0;
    marks->block = marks->n_blocks = 0;
}
